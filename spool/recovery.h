/*
 * What a start finds at the end of a spool, and makes whole. Starting is
 * recovering: there is no other way, and it takes the memory of one frame.
 */
#ifndef RECOVERY_H
#define RECOVERY_H

#include <stdbool.h>
#include <stdint.h>

#include "spool/disk.h"

struct recovery {
	int fd;          /* of the last segment, to go on in; -1: begin one */
	uint64_t first;  /* in its name */
	uint64_t end;    /* bytes of it that are published */
	int64_t created; /* of it */
	uint64_t next;   /* number of the next line: 1 in a new spool */
	int64_t last;    /* time of the last commit */
	uint8_t uuid[16];
	bool has_uuid;
	uint64_t published; /* lines of commits that were whole but pending */
	uint64_t cut;       /* bytes of such that were not, taken off */
};

/*
 * Publishes what is whole and cuts off what is torn, in all segments from the
 * newest back to the first sealed one: no other can be unfinished. -1 and
 * errno, with recovery->fd -1; EPROTONOSUPPORT: a later version's.
 */
int recovery_run(
    const struct disk *disk, int folder, struct recovery *recovery);

#endif
