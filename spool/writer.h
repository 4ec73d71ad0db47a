/*
 * Writing a spool: one writer, one batch of lines at a time.
 *
 * Nothing here starts a thread; spool_write() and spool_recover() block for the
 * disk and are meant for one. Between two calls nothing else happens.
 */
#ifndef SPOOL_WRITER_H
#define SPOOL_WRITER_H

#include <stddef.h>
#include <stdint.h>

#include "spool/disk.h"
#include "spool/segment.h"

struct spool_writer;

struct spool_settings {
	uint64_t segment_bytes;  /* a segment is full when it has so many, */
	int64_t segment_age;     /* or is older than so many milliseconds */
	int64_t (*now)(void);    /* milliseconds since 1970; NULL: the clock */
	const struct disk *disk; /* NULL: the real one */
};

/*
 * Opens a folder that is there, and keeps other writers out. NULL and errno:
 * EWOULDBLOCK where another has it.
 */
struct spool_writer *spool_writer_open(
    const char *folder, const struct spool_settings *settings);
void spool_writer_close(struct spool_writer *writer); /* takes NULL */

struct spool_recovered {
	uint64_t next;      /* the number of the next line */
	char uuid[37];      /* "" for a spool that has no segment yet */
	uint64_t published; /* lines of commits that were whole but pending */
	uint64_t cut;       /* bytes of such that were not, taken off */
};

/*
 * Makes the end of the spool whole: what was pending is published, what is torn
 * is cut off. Where consumers acknowledged lines that are not there any more, a
 * "loss" line tells of them. In memory of one frame, and the time of the
 * segments that are not sealed. -1 and errno; EPROTONOSUPPORT: it is of a later
 * version of the format.
 */
int spool_recover(struct spool_writer *writer, struct spool_recovered *found);

/*
 * Where the state, which says `why`, or a consumer knows more than the disk:
 * numbers below `next` were used, and a "loss" line tells of what is missing.
 * `uuid` is that of the state, or NULL; it counts only for a spool that has
 * none. -1 and errno.
 */
int spool_resume(struct spool_writer *writer, uint64_t next, const char *uuid,
    const char *why);

struct spool_batch { /* lines that will be one commit */
	char *bytes; /* each a JSON object and a newline */
	size_t len, room;
	size_t n_lines;
};

/* Adds a line: a JSON object in one line, with at least one member, and without
   seq and spooled. */
void spool_add(struct spool_batch *batch, const char *json, size_t len);
void spool_batch_free(struct spool_batch *batch);

/*
 * Appends the batch as one commit: it is on the disk when this returns 0, and
 * its lines have the numbers from *first on. It is visible, too; only where the
 * disk fails right behind it, with the next commit or start. The batch is left
 * as it is. -1 and errno: nothing of it is or will be visible, and it can be
 * tried again; EFBIG: it is more than SEGMENT_LINES_MOST.
 */
int spool_write(struct spool_writer *writer, const struct spool_batch *batch,
    uint64_t *first);

/* As in spool_settings, from the next commit on. */
void spool_writer_set(
    struct spool_writer *writer, uint64_t segment_bytes, int64_t segment_age);

/* The number in the name of the segment that grows; 0: there is none. */
uint64_t spool_writer_segment(const struct spool_writer *writer);

uint64_t spool_writer_next(const struct spool_writer *writer);
void spool_writer_uuid(const struct spool_writer *writer, char uuid[37]);

#endif
