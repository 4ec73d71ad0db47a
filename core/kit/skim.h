/*
 * What of a page the parser gets. Most of a news page is script, style and
 * comments, and gumbo makes a token of every character.
 */
#ifndef SKIM_H
#define SKIM_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct skimmed {
	char *bytes; /* the page without what nobody reads; a NUL follows */
	size_t len;
	char *ld; /* the JSON-LD scripts, each ended by a NUL */
	size_t ld_len;
	bool deep; /* elements nest beyond LIMIT_DEPTH: do not parse it */
};

/*
 * Leaves out script, style, svg, noscript, template, comments, and all but one
 * character of white space in a row. What gumbo makes of the rest is what it
 * would have made of it in the whole page. Never longer than the page.
 */
struct skimmed skim_page(struct arena *arena, const char *bytes, size_t len);

#endif
