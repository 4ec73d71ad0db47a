/*
 * What a sealed segment has behind its commits: an index of ours, and the seek
 * table that tools for seekable zstd files look for.
 */
#ifndef INDEX_H
#define INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "spool/disk.h"
#include "spool/segment.h"

struct indexed {     /* a commit, as index and seek table tell of it */
	uint64_t at; /* offset of its mark */
	uint64_t first;
	int64_t committed;
	uint32_t mark, frame, lines; /* bytes */
};

struct index { /* all of a segment, in order; all zero at first */
	struct indexed *commits;
	size_t n, room;
};

/* A commit at an offset, whose lines have so many bytes. */
void index_add(
    struct index *index, uint64_t at, const struct mark *mark, size_t lines);
void index_free(struct index *index);

/* Both, in one piece; the caller frees. NULL and errno. */
uint8_t *index_make(const struct index *index, size_t *len);

/* Whether both, and nothing else, stand at an offset of an open segment: 1 or
   0; -1 and errno. */
int index_check(
    const struct disk *disk, int fd, uint64_t at, const struct index *index);

/* Whether an open segment is sealed: its index and seek table are good. */
bool index_is_there(const struct disk *disk, int fd);

/*
 * The offset of the commit of a sealed segment that has the line of a number,
 * or the first one that has a line of a time or later; `seq` 0: by time. 0
 * where the index does not say.
 */
uint64_t index_find(
    const struct disk *disk, int fd, uint64_t seq, int64_t millis);

#endif
