/*
 * spool.h - the records of dateline, for everybody who wants to read them.
 *
 * A spool is a folder of segments; a segment is a row of commits; a commit is a
 * zstd frame of lines; a line is one JSON object. zstdcat(1) prints them all.
 * Lines have sequence numbers that begin with 1, rise in the order of commit
 * and are never used twice: remember the last one that you have dealt with, and
 * go on behind it. The format, byte by byte, is in the README beside this file.
 *
 * Reading needs no lock and no daemon, and blocks nobody. A line is shown only
 * once it is on the disk: what was read is not taken back by a power cut.
 *
 * A reader belongs to one thread. This header needs nothing of core/.
 */
#ifndef DATELINE_SPOOL_H
#define DATELINE_SPOOL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

struct spool_reader;

enum spool_status {
	SPOOL_LINE = 1,     /* here is one */
	SPOOL_END = 0,      /* no more for now; see spool_wait() */
	SPOOL_GAP = -1,     /* numbers that are not there any more; go on */
	SPOOL_DAMAGED = -2, /* bytes that cannot be read were skipped; go on */
	SPOOL_ERROR = -3,   /* see errno; nothing more can be read */
};

struct spool_line {
	uint64_t seq;     /* of a LINE; 0 for the daemon's own "loss" lines */
	const char *text; /* a JSON object; no newline, but a NUL */
	size_t len;       /* bytes */

	uint64_t from, to; /* of a GAP and DAMAGED: the numbers that are gone;
			      to < from where none are */
	const char *file;  /* of DAMAGED: name of the segment, */
	uint64_t offset;   /* and bytes into it */
};

/* NULL and errno if there is no such folder. Starts with the oldest line. */
struct spool_reader *spool_open(const char *folder);
void spool_close(struct spool_reader *reader); /* takes NULL */

/* The next line will be that of this number, or the first one after it. */
void spool_seek(struct spool_reader *reader, uint64_t seq);

/*
 * Moves on by one line. What `line` points to holds until the next call. After
 * END, GAP and DAMAGED it can be called again.
 */
enum spool_status spool_next(
    struct spool_reader *reader, struct spool_line *line);

/*
 * Waits until there may be more, at most `patience` milliseconds (-1: as long
 * as it takes). 1 if there may be, 0 if the time is over, -1 with errno: EINTR
 * where a signal came.
 */
int spool_wait(struct spool_reader *reader, int patience);

/*
 * The number of the oldest line, and the one that the next line will have. Both
 * are 1 in a new spool. -1 with errno if the folder cannot be read.
 */
int spool_bounds(const char *folder, uint64_t *oldest, uint64_t *next);

/* The spool's own number, 36 characters and a NUL; -1 if there is none yet. */
int spool_uuid(const char *folder, char uuid[37]);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif

#endif
