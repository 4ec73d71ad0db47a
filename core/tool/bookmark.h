/*
 * A consumer that `dateline tail` goes on for: what it has dealt with, as it is
 * known here and as it is on the disk.
 */
#ifndef BOOKMARK_H
#define BOOKMARK_H

#include <stdbool.h>
#include <stdint.h>

#include "spool/spool.h"

struct bookmark { /* zeroed: there is no consumer, and nothing happens */
	struct spool_consumer *consumer;
	const char *folder, *name;
	bool begun;      /* where it begins is on the disk */
	uint64_t passed; /* all up to here was printed or did not count */
	uint64_t acked;  /* and this is on the disk */
	int64_t due;     /* milliseconds of some clock */
};

/* Ends with EX_TEMPFAIL where another has it, and as bookmark.c's table says
   where it cannot be had. */
void bookmark_take(
    struct bookmark *bookmark, const char *folder, const char *name);
void bookmark_close(struct bookmark *bookmark);

/* The number to go on with; 0 for a new one. */
uint64_t bookmark_next(const struct bookmark *bookmark);

/* A new one begins with this number: written at once, so that nothing is left
   out if it comes to its end before it has acknowledged anything. */
void bookmark_begin(struct bookmark *bookmark, uint64_t seq);

/* These numbers were printed or did not count. */
void bookmark_pass(struct bookmark *bookmark, uint64_t from, uint64_t to);

/* Whether there is a consumer that has not acknowledged this one. */
bool bookmark_is_behind(const struct bookmark *bookmark, uint64_t seq);

/* All up to this one are dealt with: on the disk when it returns. */
void bookmark_ack(struct bookmark *bookmark, uint64_t seq);

/* Whether it is time to write it, for it says so once a second. */
bool bookmark_is_due(struct bookmark *bookmark);

#endif
