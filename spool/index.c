/*
 * Index and seek table. Entry by entry the seek table tells of every frame of
 * the file before it: the header, each mark, each frame, the index. So the
 * index is found from the end of the file:
 *
 *     ... | index | seek table: ... size of the index, 0 | footer |
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "spool/bytes.h"
#include "spool/index.h"
#include "spool/segment.h"

#define MAGIC_INDEX 0x184D2A5Cu
#define MAGIC_TABLE 0x184D2A5Eu
#define MAGIC_SEEKABLE 0x8F92EAB1u
#define SIGN_INDEX "DLIX"

#define INDEX_HEAD 24
#define INDEX_ENTRY 24
#define TABLE_ENTRY 8
#define FOOTER 9

/* Entries: a commit has at least one line, and a segment is read whole by who
   makes this; it keeps a damaged count from taking all memory. */
#define INDEX_MOST ((uint32_t)1 << 24)

void index_add(
    struct index *index, uint64_t at, const struct mark *mark, size_t lines)
{
	if (index->n == index->room) {
		index->room = index->room * 2 + 64;
		index->commits = realloc(
		    index->commits, index->room * sizeof(*index->commits));
		if (index->commits == NULL)
			abort();
	}
	index->commits[index->n++] = (struct indexed){ .at = at,
		.first = mark->first,
		.committed = mark->committed,
		.mark = (uint32_t)mark_size(mark),
		.frame = mark->frame,
		.lines = (uint32_t)lines };
}

void index_free(struct index *index)
{
	free(index->commits);
	*index = (struct index){ 0 };
}

static size_t index_size(size_t n)
{
	return INDEX_HEAD + n * INDEX_ENTRY;
}

static size_t table_size(size_t n)
{
	return 8 + (2 * n + 2) * TABLE_ENTRY + FOOTER;
}

static void index_put(uint8_t *at, const struct indexed *commits, size_t n)
{
	uint8_t *entry = at + INDEX_HEAD;
	size_t i;

	put32(at, MAGIC_INDEX);
	put32(at + 4, (uint32_t)index_size(n) - 8);
	memcpy(at + 8, SIGN_INDEX, 4);
	put32(at + 16, (uint32_t)n);
	put32(at + 20, 0);
	for (i = 0; i < n; i++, entry += INDEX_ENTRY) {
		put64(entry, commits[i].at);
		put64(entry + 8, commits[i].first);
		put64(entry + 16, (uint64_t)commits[i].committed);
	}
	put32(at + 12, (uint32_t)crc32(0, at + 16, (uInt)(index_size(n) - 16)));
}

static uint8_t *table_entry(uint8_t *at, size_t packed, size_t lines)
{
	put32(at, (uint32_t)packed);
	put32(at + 4, (uint32_t)lines);
	return at + TABLE_ENTRY;
}

static void table_put(uint8_t *at, const struct indexed *commits, size_t n)
{
	size_t i;

	put32(at, MAGIC_TABLE);
	put32(at + 4, (uint32_t)table_size(n) - 8);
	at = table_entry(at + 8, SEGMENT_HEADER, 0);
	for (i = 0; i < n; i++) {
		at = table_entry(at, commits[i].mark, 0);
		at = table_entry(at, commits[i].frame, commits[i].lines);
	}
	at = table_entry(at, index_size(n), 0);
	put32(at, (uint32_t)(2 * n + 2));
	at[4] = 0; /* no checksums: the frames have their own */
	put32(at + 5, MAGIC_SEEKABLE);
}

uint8_t *index_make(const struct index *index, size_t *len)
{
	size_t size = index_size(index->n);
	uint8_t *bytes;

	*len = size + table_size(index->n);
	bytes = malloc(*len);
	if (bytes == NULL)
		return NULL;
	index_put(bytes, index->commits, index->n);
	table_put(bytes + size, index->commits, index->n);
	return bytes;
}

int index_check(
    const struct disk *disk, int fd, uint64_t at, const struct index *index)
{
	size_t len;
	uint8_t *want = index_make(index, &len), *is = malloc(len);
	struct stat about;
	int done = -1;

	if (want != NULL && is != NULL &&
	    disk_stat(disk, fd, "", &about) == 0) {
		done = (uint64_t)about.st_size == at + len;
		if (done == 1 && disk_read(disk, fd, is, len, at) != 0)
			done = -1;
		else if (done == 1)
			done = memcmp(is, want, len) == 0;
	}
	free(want);
	free(is);
	return done;
}

/* How many commits the footer speaks of, and where the index is then; 0 where
   no such thing is at the file's end. */
static uint32_t footer_read(const struct disk *disk, int fd, uint64_t *at)
{
	uint8_t bytes[FOOTER];
	struct stat about;
	uint32_t n;

	if (disk_stat(disk, fd, "", &about) != 0 || about.st_size < FOOTER ||
	    disk_read(disk, fd, bytes, FOOTER,
		(uint64_t)about.st_size - FOOTER) != 0 ||
	    get32(bytes + 5) != MAGIC_SEEKABLE || bytes[4] != 0)
		return 0;
	n = get32(bytes) / 2 - 1;
	if (get32(bytes) % 2 != 0 || n == 0 || n > INDEX_MOST ||
	    index_size(n) + table_size(n) > (uint64_t)about.st_size)
		return 0;
	*at = (uint64_t)about.st_size - table_size(n) - index_size(n);
	return n;
}

/* The index of an open segment, and the number of its entries; the caller
   frees. NULL where there is none that is good. */
static uint8_t *index_read(const struct disk *disk, int fd, uint32_t *n)
{
	uint64_t at;
	uint8_t *bytes;
	size_t size;

	*n = footer_read(disk, fd, &at);
	if (*n == 0)
		return NULL;
	size = index_size(*n);
	bytes = malloc(size);
	if (bytes != NULL && disk_read(disk, fd, bytes, size, at) == 0 &&
	    get32(bytes) == MAGIC_INDEX && get32(bytes + 4) == size - 8 &&
	    memcmp(bytes + 8, SIGN_INDEX, 4) == 0 && get32(bytes + 16) == *n &&
	    get32(bytes + 12) == crc32(0, bytes + 16, (uInt)(size - 16)))
		return bytes;
	free(bytes);
	return NULL;
}

bool index_is_there(const struct disk *disk, int fd)
{
	uint32_t n;
	uint8_t *index = index_read(disk, fd, &n);

	free(index);
	return index != NULL;
}

/* Whether what is looked for is behind a commit, which is not the last one. */
static bool is_behind(const uint8_t *entry, uint64_t seq, int64_t millis)
{
	const uint8_t *next = entry + INDEX_ENTRY;

	if (seq == 0)
		return (int64_t)get64(entry + 16) < millis;
	return get64(next + 8) <= seq;
}

uint64_t index_find(
    const struct disk *disk, int fd, uint64_t seq, int64_t millis)
{
	uint32_t n, low = 0, high, middle;
	uint8_t *index = index_read(disk, fd, &n), *entry;
	uint64_t at;

	if (index == NULL)
		return 0;
	for (high = n - 1; low < high;) {
		middle = low + (high - low) / 2;
		entry = index + INDEX_HEAD + (size_t)middle * INDEX_ENTRY;
		if (is_behind(entry, seq, millis))
			low = middle + 1;
		else
			high = middle;
	}
	at = get64(index + INDEX_HEAD + (size_t)low * INDEX_ENTRY);
	free(index);
	return at;
}
