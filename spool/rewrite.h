/*
 * A segment written anew, from lines of an old one: under a name that readers
 * do not look at, until it takes the place of the old one.
 */
#ifndef REWRITE_H
#define REWRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "spool/disk.h"
#include "spool/frame.h"
#include "spool/index.h"
#include "spool/segment.h"

struct rewrite {
	const struct disk *disk;
	int folder, fd;
	const char *temporary; /* its name for now */
	uint64_t end;          /* bytes */
	struct index index;
	struct frame_out frame;
};

/* All: 0, or -1 and errno. Whatever happens, rewrite_drop() comes last. */
int rewrite_begin(struct rewrite *rewrite, const struct disk *disk, int folder,
    const char *temporary, const struct header *header, int level);

/* Lines as one commit; of `mark` the numbers, the time and the kind count. */
int rewrite_commit(struct rewrite *rewrite, const struct mark *mark,
    const char *lines, size_t len);
int rewrite_loss(struct rewrite *rewrite, uint64_t first, uint64_t next,
    int64_t committed, const char *why);

int rewrite_index(struct rewrite *rewrite); /* nothing comes behind it */

/* Whether it can be read again as it was written. */
bool rewrite_index_is_right(const struct rewrite *rewrite);

/* On the disk, then in the place of `name`. */
int rewrite_sync(struct rewrite *rewrite);
int rewrite_take(struct rewrite *rewrite, const char *name);

/* Keeps errno. What did not take its place is removed. */
void rewrite_drop(struct rewrite *rewrite);

#endif
