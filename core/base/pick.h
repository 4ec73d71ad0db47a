/*
 * Of the pages that are kept, the newest of each id, out of two passes over
 * their lines: the first finds out which lines those are, the second takes
 * them, in the order in which they came. So nothing has to be in memory but
 * what newest.h says, and the pages of one order.
 */
#ifndef PICK_H
#define PICK_H

#include "core/base/kept.h"
#include "core/base/limits.h"
#include "core/base/newest.h"

struct pick {               /* all zero at first, but for what is wanted: */
	const char *source; /* NULL: of all sources */
	const char *id;     /* NULL: all ids */

	struct newest newest;

	/* What pick_take() has found, until it is called again: as it was
	   ordered then. */
	struct kept_page first;
	struct order_page pages[LIMIT_WANTED + 1];
	size_t n;
	struct arena arena;
};

/* A line of the first pass. */
void pick_note(struct pick *pick, uint64_t seq, const char *line, size_t len);

/* A line of the second pass: true if with it there is a whole order. */
bool pick_take(struct pick *pick, uint64_t seq, const char *line, size_t len);

void pick_free(struct pick *pick);

#endif
