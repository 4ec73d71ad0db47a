/* CSS selectors, as far as plugins/plugin.h promises them. */
#ifndef SELECT_H
#define SELECT_H

#include <gumbo.h>
#include <stdbool.h>

struct dl_job;
struct selector;

/* Compiled once a job; NULL, and the job is broken, if it does not parse. The
   text is copied. NULL of NULL. */
const struct selector *select_compile(struct dl_job *job, const char *text);

/* What stands before the first comma, and what behind it; NULL if nothing. */
const char *select_first(const struct selector *selector);
const struct selector *select_rest(const struct selector *selector);

/* Whether one of its alternatives matches; no node and no selector never do.
   Takes at most as many tests as the node has ancestors, for each step. */
bool select_matches(const struct selector *selector, const GumboNode *node);

#endif
