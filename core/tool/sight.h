/*
 * How a difference looks to people: what is gone as [-words-], what has come as
 * {+words+}, and both in colour where there is any.
 */
#ifndef SIGHT_H
#define SIGHT_H

#include <stdbool.h>
#include <stdio.h>

#include "core/tool/diff.h"

#define SIGHT_INDENT "    "
#define SIGHT_PLAIN "\033[0m"

struct sight {
	FILE *out;
	bool colour;
};

/* From here on, until SIGHT_PLAIN; nothing where there is no colour. */
void sight_paint(const struct sight *sight, const char *colour);

/* "    title:", and the line goes on. */
void sight_name(const struct sight *sight, const char *name);

/* A line each: the words of both, or each as a whole; NULL: there is none. */
void sight_words(const struct sight *sight, const char *name, const char *old,
    const char *new);
void sight_whole(const struct sight *sight, const char *name, const char *old,
    const char *new);

/* A line for each paragraph that differs; NULL: there are none. Below a line
   with the name, or without it. */
void sight_paragraphs(const struct sight *sight, const char *name,
    const char *old, const char *new);
void sight_text(const struct sight *sight, const char *old, const char *new);

/* A line for one of a list, that only one side has. */
void sight_listed(
    const struct sight *sight, enum diff_side side, struct diff_text text);

/* A line below the name of a field. */
void sight_remark(const struct sight *sight, const char *text);

#endif
