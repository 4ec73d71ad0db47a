/*
 * A configuration at work, and the feeds that are watched under it. A reload
 * makes a new edition; what was begun under the old one ends under it.
 */
#ifndef EDITION_H
#define EDITION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/conf.h"
#include "core/base/heap.h"
#include "core/daemon/schedule.h"

struct feed {
	const struct source *source;
	const char *url;
	struct pace pace;
	struct watch watch;
	bool remembered;      /* what the state knows of it is in the watch */
	bool failing;         /* since it was last told of in the log */
	bool stale;           /* likewise */
	bool overflows;       /* likewise */
	const char *error;    /* what went wrong last; NULL: nothing */
	const char *moved_to; /* for good, as it says itself; or NULL */
	bool awaited; /* a look that was begun under an edition before */
	bool rests;   /* it would have its turn, but its source is paused */
	bool wanted;  /* by an operator, whatever the state says of its turn */
	struct heap_node turn; /* not in the heap while it is looked at */
};

struct edition {
	struct conf *conf;
	uint64_t generation; /* 1 since the start, and one more a reload */
	struct feed *feeds;  /* of enabled sources, in their order */
	size_t n_feeds;
	void *by_name;     /* the same, a tree of tsearch(3) */
	struct heap turns; /* of feeds, by when they are due */
	int users;         /* tasks under it, and the daemon */
};

/* Takes the configuration over. Feeds that `before` (may be NULL) watched too
   keep their turn; those that are looked at under it have none until that look
   is handed over. `chance` spreads the others. */
struct edition *edition_new(struct conf *conf, const struct edition *before,
    struct now now, uint64_t chance);

struct edition *edition_use(struct edition *edition);
void edition_leave(
    struct edition *edition); /* the last one frees; takes NULL */

/* Feeds of a source that is paused have no turns until it is not. False: there
   is none of this name that is enabled. */
bool edition_pause(struct edition *edition, const char *source, bool paused);

/* Feeds of the source that are not looked at have their turn now; how many. */
size_t edition_want(
    struct edition *edition, const char *source, struct now now);

/* The feed whose turn is next, of those that are not looked at; NULL: none. */
struct feed *edition_next(const struct edition *edition);

/* It is looked at now; and it has its next turn when its watch says. */
void edition_busy(struct edition *edition, struct feed *feed);
void edition_turn(struct edition *edition, struct feed *feed);

/* A feed of an edition before was looked at, and this one has waited for that:
   what is known of it is its heir's, which is returned. NULL: nobody has. */
struct feed *edition_hand_over(
    struct edition *edition, const struct feed *feed);

/* Keeps a copy of the text, or NULL, in *place: feed->error, feed->moved_to. */
void feed_keep(const char **place, const char *text);

#endif
