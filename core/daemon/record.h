/* Records become lines: which revision they are, and what has changed. */
#ifndef DAEMON_RECORD_H
#define DAEMON_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/daemon/seen.h"

enum news {
	NEWS_NONE,    /* as it is in the spool already */
	NEWS_FIRST,   /* there is no record of this id yet */
	NEWS_CHANGED, /* there is, and it said something else */
	NEWS_BAD,     /* the worker's answer is no record */
};

struct composed {
	enum news news;
	const char *line;   /* for the spool; NULL of NONE and BAD */
	const char *hashes; /* of the fields that are compared */
	int64_t revision;
	const char *id, *source, *url;
};

/*
 * `json` is a record as the worker made it. Pure: what comes out depends on
 * what goes in, and is the arena's.
 */
void record_compose(struct arena *arena, const char *json,
    const struct known *known, struct composed *composed);

/* The hashes of a record that is a line of the spool already, and who it is;
   false if the line is none (a loss). For the replay after a crash. */
bool record_replay(struct arena *arena, const char *line,
    struct composed *composed, const char **id);

/* Whether two records have the same text, by their hashes. */
bool record_same_text(const char *hashes, const char *others);

#endif
