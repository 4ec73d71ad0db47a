/*
 * What the daemon knows of the world: entries and how far they have come,
 * validators of feeds, and how far the spool was when all that was true.
 *
 *     new --> PENDING --> DONE          a record of it is in the spool
 *               ^  |  `-> DROPPED       skipped, gone, or tried too often
 *               |  `----> QUARANTINED   its page was not understood
 *               `-- from any of them, when its feed says something new
 *
 * A file of SQLite. Every function blocks for the disk and is called by one
 * thread at a time; each that writes is one transaction. Where the disk fails
 * they return false, and seen_error() has a sentence.
 */
#ifndef SEEN_H
#define SEEN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "plugins/plugin.h"

struct seen;

/* NULL and a sentence, which the caller frees, in *why. */
struct seen *seen_open(const char *path, char **why);
void seen_close(struct seen *seen); /* takes NULL */
const char *seen_error(struct seen *seen);

/* ---- the spool that belongs to it ---- */

struct seen_spool {
	char uuid[37];     /* "": none yet */
	uint64_t last_seq; /* of the last line whose record is marked */
};

bool seen_spool(struct seen *seen, struct seen_spool *spool);
bool seen_spool_set(struct seen *seen, const struct seen_spool *spool);

/* ---- feeds ---- */

struct validators { /* as the server gave them, byte for byte */
	const char *etag, *modified;
};

bool seen_validators(struct seen *seen, struct arena *arena, const char *source,
    const char *feed, struct validators *validators);

/* ---- entries ---- */

struct noted {
	size_t new, changed;
};

/*
 * What a feed has shown, together with its validators: new entries become
 * pending, and so do those of which this feed now says another date or title.
 */
bool seen_note(struct seen *seen, const char *source, const char *feed,
    const struct validators *validators, const struct dl_entry *const *entries,
    size_t n, int64_t now, struct noted *noted);

struct due { /* an entry whose page is to be fetched; all the arena's */
	const char *source;
	struct dl_entry entry;
	int64_t tries;    /* that failed so far */
	int64_t revision; /* of the record in the spool; 0: none */
	struct due *next;
};

/* Entries of these sources only are claimed from now on: names. */
bool seen_watch(struct seen *seen, const struct dl_list *sources);

/*
 * At most `most` pending entries that are due and not claimed, a few of each
 * source: they are claimed then, until they are settled or the process ends.
 * *wake: when the next one will be due (milliseconds since 1970), or 0.
 */
bool seen_claim(struct seen *seen, struct arena *arena, int64_t now, int most,
    struct due **list, int64_t *wake);

enum settled {
	SETTLED_AGAIN,
	SETTLED_DONE,
	SETTLED_DROPPED,
	SETTLED_QUARANTINED
};

/* Ends a claim without a line. AGAIN: pending, due at `due`, one more try. */
bool seen_settle(
    struct seen *seen, const char *id, enum settled how, int64_t due);

/* ---- records ---- */

struct known {                       /* of a record; all the arena's */
	int64_t revision;            /* 0: there is none */
	const char *hashes;          /* of its fields, as record.h makes them */
	const struct dl_list *feeds; /* it was found in */
};

bool seen_known(struct seen *seen, struct arena *arena, const char *id,
    struct known *known);

/* Whose canonical url this is, if that is another entry's; else NULL. */
bool seen_alias(struct seen *seen, struct arena *arena, const char *url,
    const char *id, const char **other);

struct marked {
	const char *id, *source, *url, *hashes;
	int64_t revision;
	uint64_t seq; /* 0: nothing new was spooled */
	struct marked *next;
};

/* After the lines are on the disk: all of them, and the spool's last number. */
bool seen_mark(struct seen *seen, const struct marked *marked,
    uint64_t last_seq, int64_t now);

struct seen_counts {
	int64_t pending, done, dropped, quarantined;
};

bool seen_counts(struct seen *seen, struct seen_counts *counts);

#endif
