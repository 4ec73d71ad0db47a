/*
 * The lines that tests write for the judge: what is in one follows from its
 * serial number, so that nobody has to remember any.
 */
#ifndef TESTS_LINE_H
#define TESTS_LINE_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>

#define LINE_ROOM 2048 /* bytes of the longest, and a NUL */

/* From this serial number on: written after a crash, by who looks what it has
   left. No such line can have a number that was seen before the crash. */
#define LINE_AFTER UINT64_C(1000000000)

/* Why a test tells of lines that it has never written. Whatever else a loss
   tells of must not have been seen. */
#define LINE_LOSS "the test left them out"

/* Some are long, so that commits have several sectors; noise, so that zstd
   leaves them long. Returns its bytes, without a newline. */
static inline size_t line_text(char text[LINE_ROOM], uint64_t n)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				      "abcdefghijklmnopqrstuvwxyz-_";
	uint64_t noise =
	    n * UINT64_C(6364136223846793005) + 1442695040888963407;
	size_t want = (size_t)(noise >> 40) % (n % 4 == 0 ? 1900 : 90), at;

	at = (size_t)sprintf(text, "{\"n\":%" PRIu64 ",\"noise\":\"", n);
	for (; want > 0; want--) {
		noise = noise * UINT64_C(6364136223846793005) + 1;
		text[at++] = letters[noise >> 58];
	}
	return at + (size_t)sprintf(text + at, "\"}");
}

#endif
