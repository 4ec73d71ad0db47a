/*
 * Where texts of a page were found, for what is told of them without it: the
 * functions of plugin.h for lists have no `how`. Only a job that explains
 * keeps it, and only of what was found last; of the rest nothing is known.
 */
#ifndef ORIGIN_H
#define ORIGIN_H

#include "core/kit/job.h"

#define ORIGINS 64 /* remembered: a text is told soon, or not at all */

struct origin {
	const char *at; /* a text, or a node, which has no bytes */
	size_t len;     /* bytes */
	enum dl_from from;
	const char *how;
};

struct origins { /* the last ones, as a ring; all zero at first */
	struct origin ring[ORIGINS];
	size_t n;
};

/* A node, or a text, NULL being none, was found so. */
void origin_node(
    struct dl_job *job, const struct dl_node *node, const char *how);
void origin_text(
    struct dl_job *job, const char *text, enum dl_from from, const char *how);

/* A text was taken of a node, or of another text; both may be NULL. */
void origin_of_node(struct dl_job *job, const struct dl_node *node,
    const char *text, enum dl_from from);
void origin_of_text(struct dl_job *job, const char *whole, const char *text);

/* NULL: it is not known. The text may be a part of the one that was found. */
const struct origin *origin_find(const struct dl_job *job, const char *text);

#endif
