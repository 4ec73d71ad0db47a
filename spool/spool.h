/*
 * spool.h - the records of dateline, for everybody who wants to read them.
 *
 * A spool is a folder of segments; a segment is a row of commits; a commit is a
 * zstd frame of lines; a line is one JSON object. zstdcat(1) prints them all.
 * Lines have sequence numbers that begin with 1, rise in the order of commit
 * and are never used twice: remember the last one that you have dealt with, and
 * go on behind it. The format, byte by byte, is in the README beside the
 * source of this; dateline-spool(5) has examples.
 *
 *     #include <dateline/spool.h>
 *     cc reader.c $(pkg-config --cflags --libs dateline-spool)
 *
 * Reading needs no lock and no daemon, and blocks nobody. A line is shown only
 * once it is on the disk: what was read is not taken back by a power cut.
 *
 * A reader, and a consumer, belong to one thread. Where a function fails, it
 * says so by NULL or -1, and errno says why.
 *
 * The shared library is libdateline-spool.so.0. Its number rises when a program
 * that was built against this header would have to be built anew.
 */
#ifndef DATELINE_SPOOL_H
#define DATELINE_SPOOL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

/* ---- reading ---- */

struct spool_reader;

enum spool_status {
	SPOOL_LINE = 1,     /* here is one */
	SPOOL_END = 0,      /* no more for now; see spool_wait() */
	SPOOL_GAP = -1,     /* numbers that are not there any more; go on */
	SPOOL_DAMAGED = -2, /* bytes that cannot be read were skipped; go on */
	SPOOL_ERROR = -3,   /* see errno; nothing more can be read for now */
};

struct spool_line {   /* the library's own; later ones may have more in it */
	uint64_t seq; /* of a LINE; 0 for the daemon's own "loss" lines */
	const char *text; /* a JSON object; no newline, but a NUL */
	size_t len;       /* bytes */

	uint64_t from, to; /* of a GAP and DAMAGED: the numbers that are gone;
			      to < from where none are */
	const char *file;  /* of DAMAGED and ERROR: name of the segment, */
	uint64_t offset;   /* and bytes into it */
};

/*
 * Starts with the oldest line. errno: that of open(), or EMEDIUMTYPE for a
 * folder that no spool is in.
 */
struct spool_reader *spool_open(const char *folder);
void spool_close(struct spool_reader *reader); /* takes NULL */

/* The next line will be that of this number, or the first one after it. */
void spool_seek(struct spool_reader *reader, uint64_t seq);

/* The next line will be the first that was committed at this time or later, in
   milliseconds since 1970. No gap is told before it. */
void spool_seek_time(struct spool_reader *reader, int64_t millis);

/*
 * Moves on by one line. *line, and what it points to, hold until the next call.
 * After END, GAP and DAMAGED it can be called again. errno of an ERROR: that of
 * the disk, or EPROTONOSUPPORT for a segment of a later version of the format.
 */
enum spool_status spool_next(
    struct spool_reader *reader, const struct spool_line **line);

/*
 * Waits until there may be more, at most `patience` milliseconds (-1: as long
 * as it takes). 1 if there may be, 0 if the time is over, -1 with errno: EINTR
 * where a signal came. Where inotify(7) is not to be had it looks every second.
 */
int spool_wait(struct spool_reader *reader, int patience);

/* ---- about a spool ---- */

/*
 * The number of the oldest line, and the one that the next line will have. Both
 * are 1 in a new spool. -1 with errno as spool_open().
 */
int spool_bounds(const char *folder, uint64_t *oldest, uint64_t *next);

/* The spool's own number, 36 characters and a NUL; -1 if there is none yet. */
int spool_uuid(const char *folder, char uuid[37]);

/* ---- consumers: positions that the spool keeps ---- */

struct spool_consumer;

/*
 * Takes a consumer by its name (letters, digits, "._-", at most 64, the first
 * no dot), or makes a new one; nobody else can take it until it is closed.
 * What it has not acknowledged is kept for it, within the limits of the
 * daemon's configuration. errno: EINVAL (its name), EWOULDBLOCK (another has
 * it), ESTALE (its position is one of another spool), ERANGE (it is beyond the
 * end of this one), EBADMSG (its file is damaged), EPROTONOSUPPORT (that,
 * or the spool, is of a later version), or that of open() for
 * FOLDER/consumers/NAME.
 */
struct spool_consumer *spool_consumer_open(
    const char *folder, const char *name);
void spool_consumer_close(struct spool_consumer *consumer); /* takes NULL */

/* The number to go on with; 0 for a new one, which has no position yet. */
uint64_t spool_consumer_next(const struct spool_consumer *consumer);

/* All lines up to and with this one, which was read, are dealt with; it is on
   the disk when this returns 0. A smaller number than before is EINVAL. */
int spool_consumer_ack(struct spool_consumer *consumer, uint64_t seq);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif

#endif
