/*
 * A charset, a type and a page, a line each and the rest: what comes is UTF-8
 * without zeros, and stays as it is when it is read again.
 */
#include "core/base/arena.h"
#include "core/base/fold.h"
#include "core/kit/decode.h"
#include "tests/fuzz/fuzz.h"

static char *line_take(struct arena *arena, const uint8_t **data, size_t *size)
{
	const uint8_t *end = *size > 0 ? memchr(*data, '\n', *size) : NULL;
	size_t len = end != NULL ? (size_t)(end - *data) : *size;
	char *line = arena_copy(arena, (const char *)*data, len);

	len += end != NULL;
	*data += len;
	*size -= len;
	return line;
}

static void check_utf8(const char *text, size_t size)
{
	size_t len;

	MUST(strlen(text) == size);
	for (; *text != '\0'; text += len) {
		uint32_t point = fold_next(text, &len);

		MUST(len > 1 || point < 0x80);
	}
}

/* A mark at its beginning would be taken off. */
static void check_again(struct arena *arena, const struct decoder *decoder,
    const char *text, size_t size)
{
	const char *why;
	size_t len;
	char *again;

	if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
		return;
	again = decode_page(
	    arena, decoder, text, size, "utf-8", "text/plain", &len, &why);
	MUST(again != NULL && len == size && strcmp(again, text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct decoder *decoder;
	struct arena arena = { 0 };
	char *charset = line_take(&arena, &data, &size);
	char *type = line_take(&arena, &data, &size);
	const char *why = NULL;
	size_t len;
	char *text;

	/* Once for all: to open them takes longer than any page. */
	if (decoder == NULL)
		MUST(decode_prepare(&decoder, &why));
	text = decode_page(&arena, decoder, (const char *)data, size,
	    *charset != '\0' ? charset : NULL, *type != '\0' ? type : NULL,
	    &len, &why);
	if (text == NULL) {
		MUST(why != NULL);
	} else {
		check_utf8(text, len);
		check_again(&arena, decoder, text, len);
	}
	arena_reset(&arena);
	return 0;
}
