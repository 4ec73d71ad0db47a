/*
 * A segment's bytes: its name, its header, and its commits.
 *
 *     +--------+------+-------+------+-------+----
 *     | header | mark | frame | mark | frame | ...
 *     +--------+------+-------+------+-------+----
 *
 * Header and marks are skippable frames of zstd, frames are frames of zstd. A
 * mark's size field at first covers the frame behind it too, so that the whole
 * commit is skipped by everybody: it is pending. When both are on the disk, the
 * field is set to the mark's own size, and the frame is there for all.
 */
#ifndef SEGMENT_H
#define SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "spool/disk.h"

#define SEGMENT_VERSION 1
#define SEGMENT_NAME                                            \
	32 /* bytes of "00000000000000000042.jsonl.zst" and NUL \
	    */
#define SEGMENT_SUFFIX ".jsonl.zst"

#define SEGMENT_HEADER 56 /* bytes, with the frame's own 8 */
#define SEGMENT_MARK 56   /* bytes, with the frame's own 8, without padding */
#define SEGMENT_MARK_MOST 60 /* a mark with all its padding */

/* Bytes of a frame's lines: a commit of lines at their limit. */
#define SEGMENT_LINES_MOST ((size_t)64 << 20)

struct header {
	uint8_t uuid[16];
	uint64_t first;  /* number of the first line, as in the name */
	int64_t created; /* milliseconds since 1970 */
};

enum mark_kind { MARK_RECORDS, MARK_LOSS };

struct mark {
	uint64_t first, next; /* numbers covered: from first to next - 1 */
	int64_t committed;    /* milliseconds since 1970; never goes back */
	uint32_t frame;       /* bytes of the zstd frame behind it */
	uint32_t padding;     /* bytes at the mark's end, 0 to 3 */
	enum mark_kind kind;
	bool pending; /* its size field still covers the frame */
	bool stale;   /* its size field does, but it is published */
};

void segment_name(char name[SEGMENT_NAME], uint64_t first);
bool segment_named(const char *name, uint64_t *first);

/* Numbers in the names of all segments of a folder, in order; *n of them. The
   caller frees. NULL where there are none, with errno 0, and where the folder
   cannot be read. */
uint64_t *segment_list(int folder, size_t *n);

void header_put(uint8_t bytes[SEGMENT_HEADER], const struct header *header);
bool header_get(const uint8_t bytes[SEGMENT_HEADER], struct header *header);

/* Padding that makes mark and frame a multiple of four bytes long, so that no
   size field straddles a sector. */
uint32_t mark_padding(uint32_t frame);
size_t mark_size(const struct mark *mark); /* bytes in the file */
void mark_put(uint8_t bytes[SEGMENT_MARK_MOST], const struct mark *mark);

/* The four bytes at offset 4 of a mark: pending, or not. */
void mark_put_size(uint8_t bytes[4], const struct mark *mark);

enum found {
	FOUND_MARK,
	FOUND_OTHER,   /* a skippable frame that is none of ours: `skip` it */
	FOUND_END,     /* nothing, or the beginning of something, at the end */
	FOUND_NOTHING, /* bytes that are no frame we know */
	FOUND_ERROR,   /* the disk does not say; see errno */
};

/* What is at an offset. *skip: bytes to the next frame. */
enum found segment_at(const struct disk *disk, int fd, uint64_t at,
    struct mark *mark, uint64_t *skip);

/* The offset of the next mark with a valid checksum after `at`; 0 if none. */
uint64_t segment_resume(const struct disk *disk, int fd, uint64_t at);

/* The lines of a frame, decompressed; the caller frees. NULL and errno: EBADMSG
   where the frame is damaged, ENODATA where the file ends before it does. */
char *segment_lines(const struct disk *disk, int fd, uint64_t at,
    const struct mark *mark, size_t *len);

void uuid_text(char text[37], const uint8_t uuid[16]);
bool uuid_parse(const char *text, uint8_t uuid[16]);

#endif
