/*
 * What the model's state remembers of stories, in place of core/daemon/seen.c:
 * which are pending, which are looked at again some day, and when. It survives
 * the daemon, as the other does on its disk; times are of the clock on the
 * wall.
 */
#ifndef SHELF_H
#define SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/heap.h"

struct page { /* of one story, until nothing more is to come of it */
	size_t source;
	int64_t story;
	bool again; /* it has been fetched, and is looked at again */
	int64_t due, done;
	int64_t tries, gone; /* see core/daemon/ending.c, */
	int why;             /* and there, too */
	uint64_t etag;
	bool claimed;
	struct heap_node turn; /* of its source, where nobody has claimed it */
	struct page *next, **from; /* all of them */
};

struct shelf;

struct shelf *shelf_new(size_t sources);
void shelf_free(struct shelf *shelf);

/* A story that nobody has shown before: it is due. False: somebody has. */
bool shelf_note(struct shelf *shelf, size_t source, int64_t story);

/* Nobody waits for days to be tried again: the clock was ahead. */
void shelf_ahead(struct shelf *shelf, int64_t now);

/* The clock was: so much less is to be waited for. */
void shelf_set_back(struct shelf *shelf, int64_t millis, int64_t now);

/* One that is due and that nobody has claimed, of the source that has the
   fewest claimed; NULL: there is none. */
struct page *shelf_claim(struct shelf *shelf, int64_t now);

/* When that will be, or -1: nobody knows. */
int64_t shelf_wake(const struct shelf *shelf);

/* A claim ends: its page is due then, or never again. */
void shelf_settle(struct shelf *shelf, struct page *page, int64_t due);
void shelf_forget(struct shelf *shelf, struct page *page);

/* Whose claims have ended with the daemon. */
void shelf_unclaim(struct shelf *shelf);

/* Of its heaps, which are not in the tally. */
size_t shelf_bytes(const struct shelf *shelf);

#endif
