/* What no output of ours holds. */
#ifndef TESTS_PLAIN_H
#define TESTS_PLAIN_H

#include <stdbool.h>

/* Nothing that moves a cursor or turns a line around: no control character, in
   ASCII or behind it. */
static inline bool is_plain(const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20 || c == 0x7f ||
		    (c == 0xc2 && ((unsigned char)text[1] & 0xe0) == 0x80))
			return false;
	}
	return true;
}

#endif
