/*
 * A text: what is made clean of it is UTF-8 without controls, and what is clean
 * or folded stays as it is.
 */
#include <utf8proc.h>

#include "core/base/arena.h"
#include "core/base/fold.h"
#include "tests/fuzz/fuzz.h"

static void check_points(const char *text, bool folded)
{
	size_t len, left = strlen(text);

	for (; left > 0; text += len, left -= len) {
		uint32_t point = fold_next(text, &len);

		MUST(point == '\n' || (point >= ' ' && point < 0x7f) ||
		    point >= 0xa0);
		MUST(point < 0xd800 || point > 0xdfff);
		MUST((point & 0xfffe) != 0xfffe);
		MUST(len > 1 || point < 0x80);
		MUST(!folded || point < 0x80 || point > 0x24f);
	}
}

static void check_clean(struct arena *arena, const char *text)
{
	char *again = fold_clean(arena, text, strlen(text));
	utf8proc_uint8_t *normal = utf8proc_NFC((const utf8proc_uint8_t *)text);

	check_points(text, false);
	MUST(strcmp(again, text) == 0);
	MUST(strcmp((const char *)normal, text) == 0);
	free(normal);
}

static void check_folded(struct arena *arena, const char *text)
{
	check_points(text, true);
	MUST(strcmp(fold_text(arena, text, strlen(text)), text) == 0);
	MUST(strcmp(fold_ascii(arena, text), text) == 0);
}

/* A key consists of words, each of which is one. */
static void check_key(struct arena *arena, const char *text)
{
	const char *key = fold_key(arena, text), *at;
	char word[64];

	MUST(*key != ' ' && strstr(key, "  ") == NULL);
	MUST(*key == '\0' || key[strlen(key) - 1] != ' ');
	for (at = text; *at != '\0'; at++)
		MUST(fold_word(at, word, sizeof(word)) <= strlen(at));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena = { 0 };
	char *clean = fold_clean(&arena, (const char *)data, size);

	check_clean(&arena, clean);
	check_folded(&arena, fold_text(&arena, (const char *)data, size));
	check_key(&arena, clean);
	arena_reset(&arena);
	return 0;
}
