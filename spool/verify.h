/*
 * Whether every byte of a spool is as it was written; and, where some are not,
 * new segments of what is left.
 */
#ifndef VERIFY_H
#define VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "spool/disk.h"

struct spool_finding {
	const char *file;  /* in the spool's folder */
	uint64_t offset;   /* bytes into it */
	const char *what;  /* a sentence without a full stop */
	uint64_t from, to; /* numbers of lines that cannot be read; to < from
			      where none are lost */
	bool note;         /* worth knowing, but no damage */
};

typedef void spool_told_fn(void *whose, const struct spool_finding *finding);

struct spool_verified {
	size_t segments, sealed;
	uint64_t commits, lines, bytes;
	size_t damaged;  /* findings that are no notes */
	uint64_t lost;   /* numbers of lines that cannot be read */
	size_t repaired; /* segments */
};

/* Reads everything, and tells what it finds while it goes. Readers and a writer
   may be at work. -1 and errno: EMEDIUMTYPE where no spool is there. */
int spool_verify(const char *folder, const struct disk *disk,
    spool_told_fn *told, void *whose, struct spool_verified *verified);

/*
 * The same, and each damaged segment NAME is written anew from what can be
 * read, with "loss" lines for what cannot, and takes its place; what was there
 * is kept as NAME.damaged. The numbers of lines stay. -1 and errno: EWOULDBLOCK
 * where another process rewrites segments, or where the segment that datelined
 * writes to is damaged and it runs.
 */
int spool_repair(const char *folder, const struct disk *disk,
    spool_told_fn *told, void *whose, struct spool_verified *verified);

#endif
