/* Texts in the columns of a terminal. */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "core/base/arena.h"
#include "core/base/fold.h"
#include "core/tool/columns.h"

int columns_of(const char *utf8)
{
	wchar_t wide[256];
	size_t n = mbstowcs(wide, utf8, 255);
	int width;

	if (n == (size_t)-1)
		return (int)strlen(utf8);
	wide[n < 255 ? n : 255] = L'\0';
	width = wcswidth(wide, 255);
	return width >= 0 ? width : (int)n;
}

static int columns_at(const char *at, size_t *len)
{
	int width = wcwidth((wchar_t)fold_next(at, len));

	return width > 0 ? width : 0;
}

int columns_cut(FILE *out, const char *utf8, int most)
{
	int used = columns_of(utf8);
	const char *at = utf8;
	size_t len;

	if (used <= most) {
		fputs(utf8, out);
		return used;
	}
	for (used = 0; used + columns_at(at, &len) < most; at += len)
		used += columns_at(at, &len);
	fprintf(out, "%.*s…", (int)(at - utf8), utf8);
	return used + 1;
}

void columns_wrap(FILE *out, const char *utf8, int at)
{
	struct arena scratch = { .limit = 0 };
	char *text = arena_dup(&scratch, utf8), *rest, *word;
	int used = at, width;

	for (word = strtok_r(text, " \n", &rest); word != NULL;
	     word = strtok_r(NULL, " \n", &rest)) {
		width = columns_of(word);
		if (used > at && used + 1 + width > COLUMNS_MOST) {
			fprintf(out, "\n%*s", at, "");
			used = at;
		}
		used += fprintf(out, "%s", used > at ? " " : "") + width;
		fputs(word, out);
	}
	fputc('\n', out);
	arena_reset(&scratch);
}
