/*
 * The feeds that an OPML file lists, as readers of feeds write it. Nothing is
 * fetched and nothing from outside is read: no DTD, no entity, no other OPML.
 */
#ifndef OPML_H
#define OPML_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/arena.h"

struct opml_feed { /* all the arena's; texts in one line; NULL: not said */
	const char *title;
	const char *url;    /* of the web, absolute */
	const char *page;   /* where people read it */
	const char *folder; /* "Asia / Vietnam": the outlines that it is in */
	long line;
	struct opml_feed *next;
};

struct opml {
	struct opml_feed *feeds; /* in the order of the file */
	size_t faults;           /* that were told */
};

/*
 * Reads what can be read: each fault is a line for `complaints`, with file and
 * line. False: it is no OPML at all, which is told, too.
 */
bool opml_read(struct arena *arena, const char *bytes, size_t len,
    const char *file, FILE *complaints, struct opml *opml);

/* Of libxml2, as loaded: 20914 is 2.9.14. */
const char *opml_library_version(void);

#endif
