/* A segment's bytes: its name, its header, and its commits. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "spool/bytes.h"
#include "spool/lock.h"
#include "spool/moment.h"
#include "spool/segment.h"

#define MAGIC_HEADER 0x184D2A5Au
#define MAGIC_MARK 0x184D2A5Bu
#define MAGIC_SKIPPABLE 0x184D2A50u /* and the fifteen after it */
#define SIGN_HEADER "dateline"
#define SIGN_MARK "DLMK"
#define KEPT_MOST 100 /* damaged ones of one name: somebody should look */

static uint32_t crc(const uint8_t *bytes, size_t len)
{
	return (uint32_t)crc32(0, bytes, (uInt)len);
}

void segment_name(char name[SEGMENT_NAME], uint64_t first)
{
	snprintf(name, SEGMENT_NAME, "%020" PRIu64 SEGMENT_SUFFIX, first);
}

bool segment_named(const char *name, uint64_t *first)
{
	char *end;

	if (strlen(name) != SEGMENT_NAME - 2 ||
	    strspn(name, "0123456789") != 20)
		return false;
	errno = 0;
	*first = strtoull(name, &end, 10);
	return errno == 0 && *first > 0 && strcmp(end, SEGMENT_SUFFIX) == 0;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

struct list {
	uint64_t *first;
	size_t n, room;
};

static void list_add(void *to, const char *name)
{
	struct list *list = to;
	uint64_t first;

	if (!segment_named(name, &first))
		return;
	if (list->n == list->room) {
		list->room = list->room * 2 + 16;
		list->first =
		    realloc(list->first, list->room * sizeof(*list->first));
		if (list->first == NULL)
			abort();
	}
	list->first[list->n++] = first;
}

uint64_t *segment_list(const struct disk *disk, int folder, size_t *n)
{
	struct list list = { 0 };

	*n = 0;
	if (disk_list(disk, folder, list_add, &list) != 0) {
		free(list.first);
		return NULL;
	}
	errno = 0;
	if (list.n > 0)
		qsort(list.first, list.n, sizeof(*list.first), by_number);
	*n = list.n;
	return list.first;
}

int spool_is_there(const struct disk *disk, int folder)
{
	struct stat about;
	uint64_t *list;
	size_t n;

	if (disk_stat(disk, folder, LOCK_WRITER, &about) == 0)
		return 0;
	list = segment_list(disk, folder, &n);
	free(list);
	if (n > 0)
		return 0;
	errno = errno == 0 ? EMEDIUMTYPE : errno;
	return -1;
}

static bool is_same(
    const struct disk *disk, int folder, const char *one, const char *other)
{
	struct stat a, b;

	return disk_stat(disk, folder, one, &a) == 0 &&
	    disk_stat(disk, folder, other, &b) == 0 && a.st_ino == b.st_ino;
}

int segment_keep(const struct disk *disk, int folder, const char *name)
{
	char kept[SEGMENT_NAME + 16];
	int i;

	for (i = 1; i < KEPT_MOST; i++) {
		snprintf(kept, sizeof(kept),
		    i == 1 ? "%s.damaged" : "%s.damaged.%d", name, i);
		if (disk_link(disk, folder, name, kept) != 0 && errno != EEXIST)
			return -1;
		/* This name must last before the other is taken. */
		if (is_same(disk, folder, name, kept))
			return disk_sync_folder(disk, folder);
	}
	errno = EEXIST;
	return -1;
}

void header_put(uint8_t bytes[SEGMENT_HEADER], const struct header *header)
{
	put32(bytes, MAGIC_HEADER);
	put32(bytes + 4, SEGMENT_HEADER - 8);
	memcpy(bytes + 8, SIGN_HEADER, 8);
	put32(bytes + 20, SEGMENT_VERSION);
	memcpy(bytes + 24, header->uuid, 16);
	put64(bytes + 40, header->first);
	put64(bytes + 48, (uint64_t)header->created);
	put32(bytes + 16, crc(bytes + 20, SEGMENT_HEADER - 20));
}

static bool header_get(
    const uint8_t bytes[SEGMENT_HEADER], struct header *header)
{
	if (get32(bytes) != MAGIC_HEADER ||
	    get32(bytes + 4) != SEGMENT_HEADER - 8 ||
	    memcmp(bytes + 8, SIGN_HEADER, 8) != 0 ||
	    get32(bytes + 16) != crc(bytes + 20, SEGMENT_HEADER - 20))
		return false;
	memcpy(header->uuid, bytes + 24, 16);
	header->first = get64(bytes + 40);
	header->created = (int64_t)get64(bytes + 48);
	return moment_is(header->created);
}

bool header_mend(const struct disk *disk, int fd, struct header *header)
{
	uint8_t bytes[SEGMENT_HEADER];
	int bit;

	if (disk_read(disk, fd, bytes, sizeof(bytes), 0) != 0)
		return false;
	for (bit = 0; bit < 8 * SEGMENT_HEADER; bit++) {
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		if (header_get(bytes, header) &&
		    get32(bytes + 20) == SEGMENT_VERSION)
			return true;
		bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	return false;
}

int header_read(const struct disk *disk, int fd, struct header *header)
{
	uint8_t bytes[SEGMENT_HEADER];

	if (disk_read(disk, fd, bytes, sizeof(bytes), 0) != 0) {
		errno = errno == ENODATA ? EBADMSG : errno;
		return -1;
	}
	if (!header_get(bytes, header)) {
		errno = EBADMSG;
		return -1;
	}
	errno = EPROTONOSUPPORT;
	return get32(bytes + 20) == SEGMENT_VERSION ? 0 : -1;
}

int segment_header(
    const struct disk *disk, int folder, uint64_t first, struct header *header)
{
	char name[SEGMENT_NAME];
	int fd, done;

	segment_name(name, first);
	fd = disk_open(disk, folder, name, O_RDONLY);
	done = fd >= 0 ? header_read(disk, fd, header) : -1;
	disk_close(disk, fd);
	return done;
}

/* By its errno: it could be read, and another one may say more. */
static bool header_says_nothing(void)
{
	return errno == EBADMSG || errno == ENOENT || errno == EPROTONOSUPPORT;
}

int segments_uuid(const struct disk *disk, int folder, uint8_t uuid[16])
{
	size_t n;
	uint64_t *list = segment_list(disk, folder, &n);
	struct header header;
	int done = -1;

	if (list == NULL && errno != 0)
		return -1;
	errno = EBADMSG;
	while (n > 0 && done != 0 && header_says_nothing())
		done = segment_header(disk, folder, list[--n], &header);
	free(list);
	if (done == 0)
		memcpy(uuid, header.uuid, sizeof(header.uuid));
	else if (header_says_nothing())
		errno = ENODATA;
	return done;
}

uint32_t mark_padding(uint32_t frame)
{
	return (4 - frame % 4) % 4;
}

size_t mark_size(const struct mark *mark)
{
	return SEGMENT_MARK + mark->padding;
}

void mark_put_size(uint8_t bytes[4], const struct mark *mark)
{
	uint32_t own = (uint32_t)mark_size(mark) - 8;

	put32(bytes, mark->pending ? own + mark->frame : own);
}

/* The checksum covers all but the size field, which changes. */
void mark_put(uint8_t bytes[SEGMENT_MARK_MOST], const struct mark *mark)
{
	memset(bytes, 0, SEGMENT_MARK_MOST);
	put32(bytes, MAGIC_MARK);
	mark_put_size(bytes + 4, mark);
	memcpy(bytes + 8, SIGN_MARK, 4);
	put32(bytes + 16, mark->frame);
	put32(bytes + 20, mark->padding);
	put64(bytes + 24, mark->first);
	put64(bytes + 32, mark->next);
	put64(bytes + 40, (uint64_t)mark->committed);
	put32(bytes + 48, mark->kind);
	put32(bytes + 52, mark->crc);
	put32(bytes + 12, crc(bytes + 16, SEGMENT_MARK - 16));
}

int mark_publish(
    const struct disk *disk, int fd, uint64_t at, struct mark *mark)
{
	uint8_t size[4];

	mark->pending = false;
	mark_put_size(size, mark);
	return disk_write(disk, fd, size, sizeof(size), at + 4);
}

static bool mark_get(const uint8_t bytes[SEGMENT_MARK], struct mark *mark)
{
	uint32_t size = get32(bytes + 4);

	if (get32(bytes) != MAGIC_MARK ||
	    memcmp(bytes + 8, SIGN_MARK, 4) != 0 ||
	    get32(bytes + 12) != crc(bytes + 16, SEGMENT_MARK - 16))
		return false;
	mark->frame = get32(bytes + 16);
	mark->padding = get32(bytes + 20);
	mark->first = get64(bytes + 24);
	mark->next = get64(bytes + 32);
	mark->committed = (int64_t)get64(bytes + 40);
	mark->kind = get32(bytes + 48) == MARK_LOSS ? MARK_LOSS : MARK_RECORDS;
	mark->crc = get32(bytes + 52);
	mark->pending = size != mark_size(mark) - 8;
	mark->odd = mark->pending && size != mark_size(mark) - 8 + mark->frame;
	return mark->padding < 4 && mark->next > mark->first &&
	    moment_is(mark->committed) &&
	    mark->frame <= ZSTD_COMPRESSBOUND(SEGMENT_LINES_MOST);
}

/* As much of it as the file has: bytes, or -1 and errno. */
static ssize_t read_some(
    const struct disk *disk, int fd, uint8_t *bytes, size_t len, uint64_t at)
{
	size_t got = 0;

	while (got < len) {
		ssize_t n = disk->pread(
		    disk->whose, fd, bytes + got, len - got, (off_t)(at + got));

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		got += (size_t)n;
	}
	return (ssize_t)got;
}

/* A mark at an offset: 1, or 0 where none is, or -1 and errno. */
static int mark_read(
    const struct disk *disk, int fd, uint64_t at, struct mark *mark)
{
	uint8_t bytes[SEGMENT_MARK];
	ssize_t n = read_some(disk, fd, bytes, sizeof(bytes), at);

	if (n < 0)
		return -1;
	return n == sizeof(bytes) && mark_get(bytes, mark);
}

/* A good mark in a piece of the file that is at `at`; as mark_read(). */
static int piece_search(const struct disk *disk, int fd, const uint8_t *piece,
    size_t len, uint64_t at, uint64_t *found)
{
	const uint8_t *hit = piece;
	uint8_t magic[4];
	struct mark mark;
	int is = 0;

	put32(magic, MAGIC_MARK);
	while (is == 0 &&
	    (hit = memmem(hit, (size_t)(piece + len - hit), magic, 4)) !=
		NULL) {
		*found = at + (uint64_t)(hit - piece);
		is = mark_read(disk, fd, *found, &mark);
		hit++;
	}
	return is;
}

/* The next mark behind an offset, through the file in pieces that overlap by
   what its sign may need; as mark_read(). */
static int mark_search(
    const struct disk *disk, int fd, uint64_t at, uint64_t *found)
{
	uint8_t piece[65536];
	int is = 0;

	for (at++; is == 0; at += sizeof(piece) - 3) {
		ssize_t n = read_some(disk, fd, piece, sizeof(piece), at);

		if (n < 4)
			return n < 0 ? -1 : 0;
		is = piece_search(disk, fd, piece, (size_t)n, at, found);
	}
	return is;
}

/*
 * A pending commit is the last thing in a file. With a good mark behind it, it
 * was published, and that write, or a bit of it, has been lost since.
 */
static enum found step_commit(
    const struct disk *disk, int fd, struct step *step)
{
	uint64_t behind;

	step->next = step->at + mark_size(&step->mark) + step->mark.frame;
	if (!step->mark.pending)
		return FOUND_COMMIT;
	switch (mark_search(disk, fd, step->next - 1, &behind)) {
	case 1: break;
	case 0: return FOUND_PENDING;
	default: return FOUND_ERROR;
	}
	step->mark.pending = false;
	step->stale = true;
	return FOUND_COMMIT;
}

/* Nothing of ours is at an offset: damage, or the end of a torn commit. */
static enum found step_lost(const struct disk *disk, int fd, struct step *step)
{
	switch (mark_search(disk, fd, step->at, &step->next)) {
	case 1: break;
	case 0: return FOUND_TORN;
	default: return FOUND_ERROR;
	}
	/* It may have been half written when it was looked at. */
	switch (mark_read(disk, fd, step->at, &step->mark)) {
	case 1: return step_commit(disk, fd, step);
	case 0: return FOUND_DAMAGE;
	default: return FOUND_ERROR;
	}
}

enum found segment_step(
    const struct disk *disk, int fd, uint64_t at, struct step *step)
{
	uint8_t head[SEGMENT_MARK];

	for (;;) {
		ssize_t n = read_some(disk, fd, head, sizeof(head), at);

		*step = (struct step){ .at = at, .next = at };
		if (n <= 0)
			return n < 0 ? FOUND_ERROR : FOUND_END;
		if (n == sizeof(head) && mark_get(head, &step->mark))
			return step_commit(disk, fd, step);
		if (n < 8)
			return FOUND_TORN;
		if ((get32(head) & 0xFFFFFFF0u) != MAGIC_SKIPPABLE ||
		    get32(head) == MAGIC_MARK)
			return step_lost(disk, fd, step);
		at += 8 + (uint64_t)get32(head + 4);
	}
}

/* The number behind the last commit of an open segment; 0 and errno. */
static uint64_t commits_end(const struct disk *disk, int fd, uint64_t first)
{
	uint64_t at = SEGMENT_HEADER, next = first;
	enum found found = FOUND_DAMAGE;
	struct header header;
	struct step step;

	if (header_read(disk, fd, &header) != 0 && errno != EBADMSG)
		return 0;
	while (found == FOUND_COMMIT || found == FOUND_DAMAGE) {
		found = segment_step(disk, fd, at, &step);
		at = step.next;
		if (found == FOUND_COMMIT)
			next = step.mark.next;
	}
	return found == FOUND_ERROR ? 0 : next;
}

static uint64_t segment_end(const struct disk *disk, int folder, uint64_t first)
{
	char name[SEGMENT_NAME];
	uint64_t next = 0;
	int fd;

	segment_name(name, first);
	fd = disk_open(disk, folder, name, O_RDONLY);
	if (fd >= 0)
		next = commits_end(disk, fd, first);
	disk_close(disk, fd);
	return next;
}

int segments_bounds(
    const struct disk *disk, int folder, uint64_t *oldest, uint64_t *next)
{
	size_t n;
	uint64_t *list = segment_list(disk, folder, &n);

	*oldest = *next = 1;
	if (list == NULL)
		return errno == 0 ? 0 : -1;
	*oldest = list[0];
	*next = segment_end(disk, folder, list[n - 1]);
	free(list);
	return *next > 0 ? 0 : -1;
}

void uuid_text(char text[37], const uint8_t uuid[16])
{
	int i;

	for (i = 0; i < 16; i++)
		text += sprintf(text, "%s%02x",
		    i == 4 || i == 6 || i == 8 || i == 10 ? "-" : "", uuid[i]);
}

bool uuid_parse(const char *text, uint8_t uuid[16])
{
	static const char digits[] = "0123456789abcdef";
	char byte[3] = "";
	int i;

	for (i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10) {
			if (*text++ != '-')
				return false;
		}
		if (strspn(text, digits) < 2)
			return false;
		memcpy(byte, text, 2);
		uuid[i] = (uint8_t)strtoul(byte, NULL, 16);
		text += 2;
	}
	return *text == '\0';
}
