/* Records become lines: which revision they are, and what has changed. */
#ifndef DAEMON_RECORD_H
#define DAEMON_RECORD_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/conf.h"
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
	const char *hashes; /* of the fields that are compared; NULL of one
			       that is withdrawn */
	int64_t revision;
	bool withdrawn;
	unsigned filled;               /* bits of enum drift_field */
	const char *fingerprint;       /* NULL: the text has none */
	const struct dl_list *same_as; /* ids; see copies.h */
	const char *brief; /* of the line, for people: see live.h; or NULL */
	int64_t lag;       /* seconds from published to fetched; -1: unknown */
	int64_t spooled;   /* of a replay: ms since 1970 */
	const char *id, *source, *url;
};

/*
 * `json` is a record as the worker made it. Pure: what comes out depends on
 * what goes in, and is the arena's. What other extractors made than those of
 * the record before is our news, not the agency's, and no revision; unless that
 * is what is wanted: `any`.
 */
void record_compose(struct arena *arena, const char *json,
    const struct known *known, bool any, struct composed *composed);

/*
 * The record whose page has gone. `line` is the last line of it, or NULL where
 * retention has removed that: then it says what is known.
 */
void record_withdraw(struct arena *arena, const char *line, const char *id,
    const char *source, const char *agency, const struct known *known,
    struct composed *composed);

/* The hashes of a record that is a line of the spool already, and who it is;
   false if the line is none (a loss). For the replay after a crash. */
bool record_replay(struct arena *arena, const char *line,
    struct composed *composed, const char **id);

/* The hashes of a line; and whether a record was made of an older page than it.
   For extraction that is run once more. */
const char *record_hashes(struct arena *arena, const char *line);
bool record_is_older(const char *json, const char *line);

/* What is wrong with records that a worker has made of a source's page, as a
   sentence; NULL: nothing. */
const char *record_complaint(
    const struct source *source, const struct result *result, int64_t max_line);

/* Whether two records have the same text, by their hashes. */
bool record_same_text(const char *hashes, const char *others);

#endif
