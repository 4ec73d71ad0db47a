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
#define SEGMENT_NAME 32 /* bytes of "00000000000000000042.jsonl.zst", NUL */
#define SEGMENT_SUFFIX ".jsonl.zst"
#define SEGMENT_NEW ".new" /* one whose header is not on the disk yet */

#define SEGMENT_HEADER 56 /* bytes, with the frame's own 8 */
#define SEGMENT_MARK 56   /* bytes, with the frame's own 8, without padding */
#define SEGMENT_MARK_MOST 60 /* a mark with all its padding */

/* Bytes of a frame's lines: a commit of lines at their limit. */
#define SEGMENT_LINES_MOST ((size_t)64 << 20)

/* ---- names ---- */

void segment_name(char name[SEGMENT_NAME], uint64_t first);
bool segment_named(const char *name, uint64_t *first);

/* Numbers in the names of all segments of a folder, in order; *n of them. The
   caller frees. NULL where there are none, with errno 0, and where the folder
   cannot be read. */
uint64_t *segment_list(const struct disk *disk, int folder, size_t *n);

/* Whether a folder has a spool, be it an empty one: 0; -1 and errno:
   EMEDIUMTYPE where it has not. */
int spool_is_there(const struct disk *disk, int folder);

/* A second name for what is damaged, NAME.damaged, so that another can take the
   first. -1 and errno. */
int segment_keep(const struct disk *disk, int folder, const char *name);

/* ---- the header ---- */

struct header {
	uint8_t uuid[16];
	uint64_t first;  /* number of the first line, as in the name */
	int64_t created; /* milliseconds since 1970: no line of it is older */
};

void header_put(uint8_t bytes[SEGMENT_HEADER], const struct header *header);

/* Of an open segment: 0; -1 and errno: EBADMSG where it is none or damaged,
   EPROTONOSUPPORT where it is of a later version. */
int header_read(const struct disk *disk, int fd, struct header *header);

/* A damaged header, where a single bit of it has changed: its checksum tells
   which one. */
bool header_mend(const struct disk *disk, int fd, struct header *header);

/* The same, of a segment by its number; or as open(). */
int segment_header(
    const struct disk *disk, int folder, uint64_t first, struct header *header);

/* The number of a spool, from its newest good header: 0; -1 and errno: ENODATA
   where there is none. */
int segments_uuid(const struct disk *disk, int folder, uint8_t uuid[16]);

/* ---- marks ---- */

enum mark_kind { MARK_RECORDS, MARK_LOSS };

struct mark {
	uint64_t first, next; /* numbers covered: from first to next - 1 */
	int64_t committed;    /* milliseconds since 1970, of the last of them;
				 never goes back */
	uint32_t frame;       /* bytes of the zstd frame behind it */
	uint32_t padding;     /* bytes at the mark's end, 0 to 3 */
	uint32_t crc;         /* of padding and frame */
	enum mark_kind kind;
	bool pending; /* its size field still covers the frame, or is odd */
	bool odd;     /* that is neither of the two: it is damaged */
};

/* Padding that makes mark and frame a multiple of four bytes long, so that no
   size field straddles a sector. */
uint32_t mark_padding(uint32_t frame);
size_t mark_size(const struct mark *mark); /* bytes in the file */
void mark_put(uint8_t bytes[SEGMENT_MARK_MOST], const struct mark *mark);

/* The four bytes at offset 4 of a mark: pending, or not. */
void mark_put_size(uint8_t bytes[4], const struct mark *mark);

/* Has the mark at an offset say that it is not pending: 0; -1 and errno. */
int mark_publish(
    const struct disk *disk, int fd, uint64_t at, struct mark *mark);

/* ---- from one commit to the next ---- */

enum found {
	FOUND_COMMIT,  /* a published one */
	FOUND_PENDING, /* a mark whose frame nobody may see yet: the end */
	FOUND_DAMAGE, /* nothing of ours from `at` to `next`: a mark is there */
	FOUND_TORN,   /* nothing of ours from `at` on: the end */
	FOUND_END,
	FOUND_ERROR, /* the disk does not say; see errno */
};

struct step {
	struct mark mark;  /* of COMMIT and PENDING */
	uint64_t at, next; /* offsets of what was found and of what follows;
			      frames that are none of ours are passed over */
	bool stale; /* a COMMIT whose mark says that it is pending: with a
		       mark behind it, it was published */
};

/* What comes at or behind an offset. */
enum found segment_step(
    const struct disk *disk, int fd, uint64_t at, struct step *step);

/* The number of the oldest line of a spool, and the one that the next line will
   have; both 1 where there is none. -1 and errno. */
int segments_bounds(
    const struct disk *disk, int folder, uint64_t *oldest, uint64_t *next);

void uuid_text(char text[37], const uint8_t uuid[16]);
bool uuid_parse(const char *text, uint8_t uuid[16]);

#endif
