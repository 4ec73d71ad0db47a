/* Texts in the columns of a terminal. */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <utf8proc.h>

#include "core/base/fold.h"
#include "core/tool/columns.h"

#define COLUMNS_LEAST 40   /* in fewer nothing of ours has a place */
#define COLUMNS_SAID 10000 /* whoever says more means no limit */

/* 0: it is none. */
static long terminal(FILE *out)
{
	struct winsize size = { .ws_col = 0 };

	if (!isatty(fileno(out)))
		return 0;
	if (ioctl(fileno(out), TIOCGWINSZ, &size) != 0 || size.ws_col == 0 ||
	    size.ws_col > COLUMNS_MOST)
		return COLUMNS_MOST;
	return size.ws_col;
}

int columns_there(FILE *out)
{
	const char *said = getenv("COLUMNS");
	long columns = said != NULL ? strtol(said, NULL, 10) : 0;

	if (columns <= 0)
		columns = terminal(out);
	if (columns <= 0 || columns > COLUMNS_SAID)
		return 0;
	return columns > COLUMNS_LEAST ? (int)columns : COLUMNS_LEAST;
}

/* Bytes of what only paints, "\033[31m"; 0 where it begins otherwise. */
static size_t paint_len(const char *text)
{
	size_t len;

	if (text[0] != '\033' || text[1] != '[')
		return 0;
	len = 2 + strspn(text + 2, "0123456789;");
	return text[len] != '\0' ? len + 1 : len;
}

/* Bytes of a character, and its columns; 0 at the end. */
static size_t character(const char *text, int *columns)
{
	size_t len = paint_len(text);
	uint32_t point;

	*columns = 0;
	if (len > 0)
		return len;
	point = fold_next(text, &len);
	if (point != 0)
		*columns = utf8proc_charwidth((utf8proc_int32_t)point);
	return len;
}

int columns_of(const char *utf8)
{
	int sum = 0, columns;
	size_t len;

	for (; (len = character(utf8, &columns)) > 0; utf8 += len)
		sum += columns;
	return sum;
}

size_t columns_cut(const char *utf8, int columns)
{
	const char *at = utf8;
	size_t len;
	int more;

	for (; (len = character(at, &more)) > 0 && more <= columns; at += len)
		columns -= more;
	return (size_t)(at - utf8);
}

static bool is_space(char byte)
{
	return byte == ' ' || byte == '\n';
}

/* Bytes up to where a line may be broken, and their columns. */
static size_t word(const char *text, int *columns)
{
	const char *at = text;
	size_t len;
	int more;

	*columns = 0;
	for (; !is_space(*at) && (len = character(at, &more)) > 0; at += len) {
		if (more == 2 && *columns > 0)
			break;
		*columns += more;
		if (more == 2)
			return (size_t)(at + len - text);
	}
	return (size_t)(at - text);
}

int columns_print(FILE *out, const char *utf8, int at, int indent, int width)
{
	const char *text = utf8 + strspn(utf8, " \n");
	int gap = 0, columns;
	size_t len;

	for (; *text != '\0'; text += len + strspn(text + len, " \n")) {
		len = word(text, &columns);
		if (width > 0 && at + gap + columns > width && at > indent) {
			fprintf(out, "\n%*s", indent, "");
			at = indent;
			gap = 0;
		}
		fprintf(out, "%*s%.*s", gap, "", (int)len, text);
		at += gap + columns;
		gap = is_space(text[len]);
	}
	return at;
}

int columns_fit(FILE *out, const char *utf8, int most)
{
	int all = columns_of(utf8);
	size_t len;

	if (all <= most) {
		fputs(utf8, out);
		return all;
	}
	len = columns_cut(utf8, most - 1);
	fprintf(out, "%.*s…", (int)len, utf8);
	return columns_of(utf8) - columns_of(utf8 + len) + 1;
}

void columns_wrap(FILE *out, const char *utf8, int at)
{
	columns_print(out, utf8, at, at, COLUMNS_MOST);
	fputc('\n', out);
}
