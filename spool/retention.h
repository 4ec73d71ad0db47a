/*
 * Which segments may go: the oldest ones, when there are too many bytes, when
 * they are too old, or when the disk gets full; but not what a consumer still
 * needs, on a leash.
 */
#ifndef RETENTION_H
#define RETENTION_H

#include <stddef.h>
#include <stdint.h>

#include "spool/disk.h"

struct spool_limits {            /* 0: no limit */
	uint64_t bytes;          /* of all segments */
	int64_t age;             /* milliseconds, of a segment's last line */
	uint64_t free;           /* bytes that others shall find on the disk */
	uint64_t consumer_bytes; /* that are kept for consumers at most */
	int64_t consumer_age;    /* milliseconds; as `age` */
};

struct kept { /* a segment, as far as this goes */
	uint64_t first, next;
	uint64_t bytes;
	int64_t newest; /* milliseconds since 1970: no line is newer */
};

struct retention { /* what there is, the oldest segment first */
	const struct kept *segments;
	size_t n_segments;
	const uint64_t *positions; /* that consumers have acknowledged */
	size_t n_positions;
	uint64_t free; /* bytes of the disk */
	int64_t now;   /* milliseconds since 1970 */
};

/* How many of the oldest segments go. Never the last one. */
size_t retention_decide(
    const struct retention *retention, const struct spool_limits *limits);

struct spool_room { /* what there is when it is done */
	size_t segments;
	uint64_t bytes, free;
	uint64_t oldest;   /* number of the oldest line; 0: none */
	size_t removed;    /* segments, now */
	uint64_t from, to; /* the numbers that were removed */
};

/* Looks, decides and removes. -1 and errno: EWOULDBLOCK where another process
   rewrites segments. */
int spool_retain(const char *folder, const struct disk *disk,
    const struct spool_limits *limits, int64_t now, struct spool_room *room);

#endif
