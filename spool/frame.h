/*
 * Frames: lines, compressed by zstd. One of these is used again and again, for
 * what zstd needs is made only once.
 */
#ifndef FRAME_H
#define FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "spool/segment.h"

struct frame_in {    /* reading; all zero at first */
	char *lines; /* of the frame that was read last, and a NUL */
	size_t len;
	size_t room, packed_room;
	uint8_t *packed;
	void *zstd;
};

/* The lines of a commit. -1 and errno: EBADMSG where the frame is damaged,
   ENODATA where the file ends before it does. */
int frame_read(struct frame_in *in, const struct disk *disk, int fd,
    uint64_t at, const struct mark *mark);
void frame_in_free(struct frame_in *in);

struct frame_out {      /* writing; all zero at first */
	uint8_t *bytes; /* of the commit that was made last */
	size_t len, room;
	void *zstd;
	int level;  /* of zstd */
	int window; /* of zstd, as a power of two; 0: as it thinks best */
};

/* A commit of lines, in one piece: the mark gets its sizes and its checksum,
   and stands before the frame. -1 and errno. */
int commit_make(
    struct frame_out *out, struct mark *mark, const char *lines, size_t len);
void frame_out_free(struct frame_out *out);

#define LOSS_TEXT 256 /* bytes of a loss line, at most */

/* The line of a loss, with its newline: bytes. */
size_t loss_put(
    char text[LOSS_TEXT], uint64_t from, uint64_t to, const char *why);

/* Of the libraries that are loaded. */
const char *frame_zlib_version(void);
const char *frame_zstd_version(void);

#endif
