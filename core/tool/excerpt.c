/* Two texts on one line, shortened to where they differ. */
#include <stdbool.h>
#include <string.h>

#include "core/tool/excerpt.h"

#define WHOLE 72  /* bytes of a text that is not shortened, */
#define AROUND 24 /* and of what is shown around a difference */

static bool is_inside(char byte) /* of a character of UTF-8 */
{
	return ((unsigned char)byte & 0xC0) == 0x80;
}

static size_t same_begin(const char *a, const char *b)
{
	size_t n = 0;

	while (a[n] != '\0' && a[n] == b[n])
		n++;
	return n;
}

/* Bytes at their ends, but for those that are the same at their beginnings. */
static size_t same_end(const char *a, const char *b, size_t begin)
{
	size_t x = strlen(a), y = strlen(b), n = 0;

	while (n + begin < x && n + begin < y && a[x - 1 - n] == b[y - 1 - n])
		n++;
	return n;
}

/* The part between so many bytes at the beginning and at the end, which are
   those of another, and a little around it; cut between characters. */
static void print_part(FILE *out, const char *whole, size_t begin, size_t end)
{
	size_t len = strlen(whole), from = begin > AROUND ? begin - AROUND : 0;
	size_t to = end > AROUND ? len - (end - AROUND) : len;

	if (len <= WHOLE) {
		fputs(whole, out);
		return;
	}
	if (to > from + 2 * WHOLE)
		to = from + 2 * WHOLE;
	while (from > 0 && is_inside(whole[from]))
		from--;
	while (to < len && is_inside(whole[to]))
		to++;
	fprintf(out, "%s%.*s%s", from > 0 ? "…" : "", (int)(to - from),
	    whole + from, to < len ? "…" : "");
}

void excerpt_print(FILE *out, const char *old, const char *new)
{
	size_t begin = same_begin(old, new), end = same_end(old, new, begin);

	print_part(out, old, begin, end);
	fputs(" -> ", out);
	print_part(out, new, begin, end);
}
