/*
 * What the positions of consumers are to the rest of the spool: files of one
 * line each in the folder "consumers", see README.md.
 */
#ifndef CONSUMER_H
#define CONSUMER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "spool/disk.h"
#include "spool/spool.h"

#define CONSUMER_FOLDER "consumers"
#define CONSUMER_NAME 65  /* bytes of a name and its NUL */
#define CONSUMER_TEXT 160 /* bytes of a file, and room for a NUL */

struct position {
	uint8_t uuid[16]; /* of the spool */
	uint64_t seq;     /* acknowledged, as are all before it */
	int64_t acked;    /* when: milliseconds since 1970 */
};

void position_put(char text[CONSUMER_TEXT], const struct position *position);

/* 0; -1 and errno as spool_consumer_open() has it. */
int position_get(const char *text, size_t len, struct position *position);

struct consumer {
	char name[CONSUMER_NAME];
	struct position position;
	int error; /* errno, where the position cannot be read; or 0 */
	bool held; /* somebody has it now */
};

/* All consumers of a spool, by name, without those that have no position yet;
   the caller frees. NULL where there are none, with errno 0, and where they
   cannot be listed. */
struct consumer *consumer_list(const struct disk *disk, int folder, size_t *n);

/* What is wrong with one of this spool, whose next line has that number, as a
   sentence; NULL: nothing. */
const char *consumer_wrong(
    const struct consumer *consumer, const uint8_t uuid[16], uint64_t next);

/* *next: the number behind the last line that consumers of this spool have
   acknowledged; 0 where none did. -1 and errno. */
int consumers_know(const struct disk *disk, int folder, const uint8_t uuid[16],
    uint64_t *next);

/* Removes a consumer, whatever is in its file. -1 and errno: EWOULDBLOCK where
   somebody has it, or as open(). */
int consumer_forget(
    const struct disk *disk, const char *folder, const char *name);

/* The same as spool_consumer_open(), on a disk. */
struct spool_consumer *consumer_open(
    const struct disk *disk, const char *folder, const char *name);

#endif
