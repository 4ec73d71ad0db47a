/*
 * Who rewrites or removes segments has the spool's upkeep: one at a time, and
 * besides the writer, which after its start only touches the last segment.
 */
#ifndef UPKEEP_H
#define UPKEEP_H

#include "spool/disk.h"

struct upkeep {
	const struct disk *disk;
	int folder, lock;
};

/* -1 and errno: EWOULDBLOCK where another process has it. */
int upkeep_begin(
    struct upkeep *upkeep, const struct disk *disk, const char *folder);
void upkeep_end(struct upkeep *upkeep); /* keeps errno */

#endif
