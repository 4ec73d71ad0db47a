/*
 * Fills in the parts of a host. What stands in a part between braces:
 *
 *     {{title}} {{title|hex}} {{published|%d/%m/%Y}}	a value, filtered
 *     {{@blocks}}		each block, by the part named as its kind
 *     {{@tag tags}}		the part `tag` for each value of a field
 *     {{@entry entries}}	the part `entry` for each story published
 *     {{@entry entries published:2026-11}}	and only of that month
 */
#ifndef WIRE_RENDER_H
#define WIRE_RENDER_H

#include <stdio.h>

#include "tests/wire/host.h"
#include "tests/wire/story.h"

struct shown { /* what a host has published, newest first */
	const struct story *story[MAX_STORIES];
	unsigned count;
};

struct scope {
	const struct host *host;
	const char *base; /* "http://vgp.localhost:8080" */
	const struct shown *shown;
	const struct story *story; /* NULL: no particular one */
	const char *text;          /* of the block or value at hand */
	unsigned number;           /* of the block in its kind; 0: the first */
};

void render(FILE *out, const struct scope *scope, const char *text);

/* A value unfiltered, "" if there is none; the caller frees it. */
char *render_value(const struct scope *scope, const char *name);

#endif
