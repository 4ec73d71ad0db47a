/*
 * What the daemon knows of the world: entries and how far they have come,
 * feeds and what they have answered, and how far the spool was when all that
 * was true.
 *
 *     new --> PENDING --> WATCHED       a record of it is in the spool, and its
 *               ^  |  |      |          page is looked at again some day
 *               |  |  |      `-> DONE   as before, and never again
 *               |  |  |      `-> WITHDRAWN   likewise, and its page has gone
 *               |  |  `-> DROPPED       skipped, gone, or tried too often
 *               |  `----> QUARANTINED   its page was not understood, and is
 * kept
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
	const char *at; /* url that gave them, after redirects; NULL: without */
};

bool validators_same(const struct validators *a, const struct validators *b);

struct seen_feed {  /* what is known of one; all the arena's */
	bool known; /* it has been asked before */
	struct validators validators; /* of its last answer */
	const char *hash;             /* of the bytes last read; NULL: none */
	int64_t shown;     /* when they were read: ms since 1970; 0: never */
	const char *watch; /* as schedule.h prints it; or NULL */
};

bool seen_feed(struct seen *seen, struct arena *arena, const char *source,
    const char *feed, struct seen_feed *known);

/* It has answered, and shows what it has shown before. */
bool seen_unchanged(struct seen *seen, const char *source, const char *feed,
    const struct validators *validators, int64_t now);

/* When it is asked next, and why. */
bool seen_watched(struct seen *seen, const char *source, const char *feed,
    const char *watch, int64_t now);

/* ---- entries ---- */

struct showing { /* of a feed, read anew */
	const char *source, *feed;
	struct validators validators;
	const char *hash;
	const struct dl_entry *const *entries;
	const bool *unwanted; /* a bit an entry: new, but not to be fetched;
				 NULL: all are wanted */
	size_t n;
};

struct noted {
	size_t new, changed;
	size_t known; /* this feed has shown them before */
};

/*
 * What a feed has shown, together with its validators: new entries become
 * pending, and so do those of which this feed now says another date or title.
 */
bool seen_note(struct seen *seen, const struct showing *showing, int64_t now,
    struct noted *noted);

struct due { /* an entry whose page is to be fetched; all the arena's */
	const char *source;
	struct dl_entry entry;
	int64_t tries;    /* that failed so far */
	int why;          /* the last one did: a number of the caller, or 0 */
	int64_t revision; /* of the record in the spool; 0: none */
	bool again; /* nothing new is said of it: it is its turn, that is all */
	struct validators validators; /* of its page, as last seen */
	const char *hash;             /* likewise; or NULL */
	int64_t done; /* when its first record came, ms since 1970 */
	int64_t gone; /* so often in a row there was no page; -1: it has been
			 withdrawn */
	struct due *next;
};

/* A copy in another arena. */
void due_copy(struct arena *arena, struct due *to, const struct due *from);

/* The clock was set back by so many milliseconds: who waits, waits no longer.
 */
bool seen_set_back(struct seen *seen, int64_t millis, int64_t now);

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
	SETTLED_QUARANTINED,
	SETTLED_SAME, /* its page has been looked at again, in vain */
};

struct settlement {
	enum settled how;
	int64_t due;   /* AGAIN, SAME: when its page is looked at again; SAME:
			  0 is never */
	int64_t tries; /* AGAIN: that failed so far, */
	int why;      /* AGAIN: of the kind that the last one was; any number */
	int64_t gone; /* AGAIN, SAME */
	bool anew;    /* SAME: the following are of a page that came */
	struct validators validators;
	const char *hash;
};

/* Ends a claim without a line. */
bool seen_settle(
    struct seen *seen, const char *id, const struct settlement *settlement);

struct patient { /* an entry that is in quarantine */
	const char *id, *source;
	struct patient *next;
};

/* All of them, the arena's. */
bool seen_quarantined(
    struct seen *seen, struct arena *arena, struct patient **list);

/* The pages of these are not kept any more: who is in quarantine is dropped. */
bool seen_let_go(struct seen *seen, const struct patient *list);

/* ---- records ---- */

struct known {                   /* of a record; all the arena's */
	int64_t revision;        /* 0: there is none */
	const char *hashes;      /* of its fields, as record.h makes them */
	int64_t done;            /* when its first record came, ms since 1970 */
	uint64_t seq;            /* of the last line of it; 0: none */
	bool withdrawn;          /* is what that line says */
	const char *url, *title; /* that its entry has */
	const struct dl_list *feeds;   /* it was found in */
	const struct dl_list *same_as; /* ids; copies.c fills it in */
};

bool seen_known(struct seen *seen, struct arena *arena, const char *id,
    struct known *known);

/* Whose canonical url this is, if that is another entry's; else NULL. */
bool seen_alias(struct seen *seen, struct arena *arena, const char *url,
    const char *id, const char **other);

#define SEEN_COPIES 10 /* of which a record is told to be a copy, at most */

/* Of which records this one was a copy, the oldest first: ids. */
bool seen_copies(struct seen *seen, struct arena *arena, const char *id,
    const struct dl_list **list);

/*
 * Other records in the spool with nearly this fingerprint: those of the time
 * since, and before the record itself had one; the oldest first.
 */
bool seen_near(struct seen *seen, struct arena *arena, const char *id,
    const char *fingerprint, int64_t since, const struct dl_list **list);

/* Whether two fingerprints are of copies; NULL is of none. */
bool seen_is_near(const char *a, const char *b);

struct marked {
	const char *id, *source, *url;
	const char *hashes; /* NULL: as they were */
	int64_t revision;
	uint64_t seq; /* 0: nothing new was spooled */
	bool visited; /* its own page was looked at: what follows is of that */
	bool again;   /* but not fetched: who is pending, or claimed, is so
			 still */
	bool withdrawn;
	int64_t done;    /* its first record came then, if none was known; ms */
	int64_t due;     /* its page is looked at again then; 0: never */
	int64_t spooled; /* its line, ms */
	const char *fingerprint;       /* of that line, or NULL */
	const struct dl_list *same_as; /* likewise */
	struct validators validators;  /* of that page */
	const char *hash;              /* likewise; NULL: as it was */
	struct marked *next;
};

/* After the lines are on the disk: all of them, and the spool's last number. */
bool seen_mark(struct seen *seen, const struct marked *marked,
    uint64_t last_seq, int64_t now);

struct seen_counts {
	int64_t pending, done, dropped, quarantined, withdrawn;
	int64_t watched; /* of those that are done */
};

bool seen_counts(struct seen *seen, struct seen_counts *counts);

/* How many entries had their first record since, up to now (ms since 1970).
   Looks at all of them: for the start. */
bool seen_done_since(
    struct seen *seen, int64_t since, int64_t now, uint64_t *n);

/* Likewise, by source and hour: `n` of the hour that begins at `at`, in seconds
   since 1970. */
typedef void seen_hour_fn(
    void *whose, const char *source, int64_t at, int64_t n);
bool seen_hours(struct seen *seen, int64_t since, int64_t now,
    seen_hour_fn *told, void *whose);

/* Forgets some of the entries that were last sighted before that (ms since
   1970), but for those that are pending: *more says whether there are others.
 */
bool seen_forget(struct seen *seen, int64_t before, bool *more);

/* Likewise the fingerprints of records that were spooled before that. */
bool seen_forget_prints(struct seen *seen, int64_t before, bool *more);

/* ---- hosts and sources ---- */

struct held { /* a host that wants to be left alone */
	const char *host, *why;
	int64_t since, until; /* ms since 1970 */
	struct held *next;
};

bool seen_hold(struct seen *seen, const struct held *held);
bool seen_held(
    struct seen *seen, struct arena *arena, int64_t now, struct held **list);

/* An operator lets it rest, or go on; and those that rest. */
bool seen_pause(
    struct seen *seen, const char *source, bool paused, int64_t now);
bool seen_paused(
    struct seen *seen, struct arena *arena, const struct dl_list **list);

/* What a source usually brings, as drift.h prints it. */
bool seen_drift(struct seen *seen, struct arena *arena, const char *source,
    const char **drift);
bool seen_drift_keep(struct seen *seen, const char *source, const char *drift);

/* Of SQLite, as loaded. */
const char *seen_library_version(void);

#endif
