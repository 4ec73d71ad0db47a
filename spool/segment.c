/* A segment's bytes: its name, its header, and its commits. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "spool/segment.h"

#define MAGIC_HEADER 0x184D2A5Au
#define MAGIC_MARK 0x184D2A5Bu
#define MAGIC_SKIPPABLE 0x184D2A50u /* and the fifteen after it */
#define SIGN_HEADER "dateline"
#define SIGN_MARK "DLMK"

static void put32(uint8_t *at, uint32_t number)
{
	int i;

	for (i = 0; i < 4; i++)
		at[i] = (uint8_t)(number >> 8 * i);
}

static void put64(uint8_t *at, uint64_t number)
{
	put32(at, (uint32_t)number);
	put32(at + 4, (uint32_t)(number >> 32));
}

static uint32_t get32(const uint8_t *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
	    (uint32_t)at[3] << 24;
}

static uint64_t get64(const uint8_t *at)
{
	return get32(at) | (uint64_t)get32(at + 4) << 32;
}

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
	return errno == 0 && strcmp(end, SEGMENT_SUFFIX) == 0;
}

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

uint64_t *segment_list(int folder, size_t *n)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *open = fd >= 0 ? fdopendir(fd) : NULL;
	uint64_t *list = NULL, *more, first;
	struct dirent *file;

	*n = 0;
	if (open == NULL)
		return NULL;
	for (errno = 0; (file = readdir(open)) != NULL; errno = 0) {
		if (!segment_named(file->d_name, &first))
			continue;
		more = realloc(list, (*n + 1) * sizeof(*list));
		if (more == NULL)
			abort();
		list = more;
		list[(*n)++] = first;
	}
	if (errno != 0) {
		free(list);
		list = NULL;
		*n = 0;
	}
	closedir(open);
	if (list != NULL)
		qsort(list, *n, sizeof(*list), by_number);
	return list;
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

bool header_get(const uint8_t bytes[SEGMENT_HEADER], struct header *header)
{
	if (get32(bytes) != MAGIC_HEADER ||
	    get32(bytes + 4) != SEGMENT_HEADER - 8 ||
	    memcmp(bytes + 8, SIGN_HEADER, 8) != 0 ||
	    get32(bytes + 16) != crc(bytes + 20, SEGMENT_HEADER - 20) ||
	    get32(bytes + 20) != SEGMENT_VERSION)
		return false;
	memcpy(header->uuid, bytes + 24, 16);
	header->first = get64(bytes + 40);
	header->created = (int64_t)get64(bytes + 48);
	return true;
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
	put32(bytes + 12, crc(bytes + 16, SEGMENT_MARK - 16));
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
	mark->pending = size == mark_size(mark) - 8 + mark->frame;
	mark->stale = false;
	return mark->padding < 4 && mark->next > mark->first &&
	    mark->frame <= ZSTD_COMPRESSBOUND(SEGMENT_LINES_MOST) &&
	    (mark->pending || size == mark_size(mark) - 8);
}

/* What a read that did not come to its end means. */
static enum found found_short(void)
{
	return errno == ENODATA ? FOUND_END : FOUND_ERROR;
}

/*
 * A pending commit is the last thing in a file. With a good mark behind it, it
 * was published, and that write, or a bit of it, has been lost since.
 */
static void pending_doubt(
    const struct disk *disk, int fd, uint64_t behind, struct mark *mark)
{
	uint8_t bytes[SEGMENT_MARK];
	struct mark next;

	if (mark->pending &&
	    disk_read(disk, fd, bytes, sizeof(bytes), behind) == 0 &&
	    mark_get(bytes, &next)) {
		mark->pending = false;
		mark->stale = true;
	}
}

enum found segment_at(const struct disk *disk, int fd, uint64_t at,
    struct mark *mark, uint64_t *skip)
{
	uint8_t bytes[SEGMENT_MARK];

	*skip = 0;
	if (disk_read(disk, fd, bytes, 8, at) != 0)
		return found_short();
	if (get32(bytes) == MAGIC_MARK) {
		if (disk_read(disk, fd, bytes, sizeof(bytes), at) != 0)
			return found_short();
		if (!mark_get(bytes, mark))
			return FOUND_NOTHING;
		*skip = mark_size(mark) + mark->frame;
		pending_doubt(disk, fd, at + *skip, mark);
		return FOUND_MARK;
	}
	if ((get32(bytes) & 0xFFFFFFF0u) != MAGIC_SKIPPABLE)
		return FOUND_NOTHING;
	*skip = 8 + (uint64_t)get32(bytes + 4);
	return FOUND_OTHER;
}

/* Looks through the file in pieces that overlap by what a sign may need. */
uint64_t segment_resume(const struct disk *disk, int fd, uint64_t at)
{
	uint8_t piece[65536], magic[4];
	struct mark mark;
	uint64_t skip;

	put32(magic, MAGIC_MARK);
	for (at++;; at += sizeof(piece) - 3) {
		ssize_t n = disk->pread(
		    disk->whose, fd, piece, sizeof(piece), (off_t)at);
		uint8_t *hit = piece;

		if (n < 4)
			return 0;
		while ((hit = memmem(hit, (size_t)(piece + n - hit), magic,
			    4)) != NULL) {
			uint64_t here = at + (uint64_t)(hit - piece);

			if (segment_at(disk, fd, here, &mark, &skip) ==
			    FOUND_MARK)
				return here;
			hit++;
		}
		if ((size_t)n < sizeof(piece))
			return 0;
	}
}

static char *decompress(const void *frame, size_t size, size_t *len)
{
	unsigned long long room = ZSTD_getFrameContentSize(frame, size);
	char *lines;

	errno = EBADMSG;
	if (room > SEGMENT_LINES_MOST ||
	    ZSTD_findFrameCompressedSize(frame, size) != size)
		return NULL;
	lines = malloc((size_t)room + 1);
	if (lines == NULL)
		return NULL;
	*len = ZSTD_decompress(lines, (size_t)room, frame, size);
	if (ZSTD_isError(*len) || *len != room || *len == 0 ||
	    lines[*len - 1] != '\n') {
		free(lines);
		errno = EBADMSG;
		return NULL;
	}
	lines[*len] = '\0';
	return lines;
}

char *segment_lines(const struct disk *disk, int fd, uint64_t at,
    const struct mark *mark, size_t *len)
{
	char *lines = NULL;
	void *frame = malloc(mark->frame + 1);

	if (frame != NULL &&
	    disk_read(disk, fd, frame, mark->frame, at + mark_size(mark)) == 0)
		lines = decompress(frame, mark->frame, len);
	free(frame);
	return lines;
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
