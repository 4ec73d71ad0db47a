/*
 * Sealing: a segment that is finished is compressed once more, better, into
 * larger frames with an index, and takes the place of the old one. Its lines
 * and their numbers stay, and who has the old one open reads on in it.
 *
 * It takes long, and 20 MB of memory: it is meant for a process of low
 * priority.
 */
#ifndef SEAL_H
#define SEAL_H

#include <stddef.h>
#include <stdint.h>

#include "spool/disk.h"

/* Of a sealed segment: what a reader has to decompress for one line, and how
   hard zstd tries. See README.md for what others would bring. */
#define SEAL_LINES ((size_t)1 << 20) /* bytes */
#define SEAL_LEVEL 17

/* As a power of two: a larger one would take twice the memory for the few lines
   that a frame has above SEAL_LINES, and pack them no better. */
#define SEAL_WINDOW 20

struct spool_sealed {
	size_t segments;        /* that were sealed, */
	uint64_t before, after; /* and their bytes */
	size_t left; /* that are damaged, and are left for `dateline verify` */
};

/*
 * Seals every segment but the last one that is not sealed yet, the oldest
 * first. -1 and errno: EWOULDBLOCK where another process rewrites or removes
 * segments. What was sealed until then stays sealed.
 */
int spool_seal(
    const char *folder, const struct disk *disk, struct spool_sealed *sealed);

#endif
