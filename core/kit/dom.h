/* What of dom.c is not for plugins. */
#ifndef DOM_H
#define DOM_H

#include <stdbool.h>
#include <stddef.h>

struct dl_job;
struct dl_node;
struct dl_page;

struct tree { /* a page that was parsed */
	const struct dl_page *page;
	const struct dl_node *root; /* NULL if it nests too deep */
	const char *ld; /* its JSON-LD scripts, each ended by a NUL */
	size_t ld_len;
	const struct meta *metas; /* page.c's, once it was asked for any */
	bool metas_read;
	struct tree *next;
};

/* Parsed at the first call for this page; NULL of NULL. */
struct tree *dom_tree(struct dl_job *job, const struct dl_page *page);

/* The name of an element: "div"; NULL of one that HTML does not know. */
const char *dom_name(const struct dl_node *node);

/* The text with its entities resolved; tags stay as they are. NULL of NULL. */
const char *dom_unescape(struct dl_job *job, const char *text);

/* In one line, runs of white space made one, none at the ends, and clean;
   NULL if nothing is left. */
const char *dom_line(struct dl_job *job, const char *text);

#endif
