/* A segment's bytes: names, headers, marks, and what damage makes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zstd.h>

#include "spool/segment.h"
#include "tests/folder.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void names_are_numbers(void **state)
{
	static const struct {
		const char *name;
		uint64_t first;
	} good[] = {
		{ "00000000000000000001.jsonl.zst", 1 },
		{ "00000000000000000042.jsonl.zst", 42 },
		{ "18446744073709551615.jsonl.zst", UINT64_MAX },
	};
	static const char *const bad[] = { "", ".lock", ".new", "consumers",
		"1.jsonl.zst", "00000000000000000001.jsonl",
		"00000000000000000001.jsonl.zst2",
		"00000000000000000001.jsonl.zs",
		"000000000000000000001jsonl.zst",
		"0000000000000000000a.jsonl.zst",
		"-0000000000000000001.jsonl.zst",
		" 0000000000000000001.jsonl.zst",
		"00000000000000000001.JSONL.ZST",
		"99999999999999999999.jsonl.zst" };
	char name[SEGMENT_NAME];
	uint64_t first;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(good); i++) {
		segment_name(name, good[i].first);
		assert_string_equal(name, good[i].name);
		assert_true(segment_named(name, &first));
		assert_true(first == good[i].first);
	}
	for (i = 0; i < COUNT(bad); i++) {
		if (segment_named(bad[i], &first))
			fail_msg("\"%s\" is no segment", bad[i]);
	}
}

static void segments_are_listed_in_order(void **state)
{
	static const char *const names[] = { "00000000000000000200.jsonl.zst",
		"00000000000000000001.jsonl.zst", ".new", ".lock",
		"00000000000000000030.jsonl.zst", "README" };
	struct folder *folder = *state;
	int fd = open(folder->path, O_RDONLY | O_DIRECTORY);
	uint64_t *list;
	size_t n, i;

	list = segment_list(fd, &n);
	assert_null(list);
	assert_int_equal(n, 0);
	for (i = 0; i < COUNT(names); i++)
		file_write(folder_file(folder, names[i]), "", 0);
	list = segment_list(fd, &n);
	assert_int_equal(n, 3);
	assert_int_equal(list[0], 1);
	assert_int_equal(list[1], 30);
	assert_int_equal(list[2], 200);
	free(list);
	close(fd);
}

static void a_header_is_read_as_it_was_written(void **state)
{
	const struct header header = { .uuid = "\xff\0\1dateline-uui",
		.first = 0x0102030405060708,
		.created = 1730966640123 };
	uint8_t bytes[SEGMENT_HEADER];
	struct header found;
	int i;

	(void)state;
	header_put(bytes, &header);
	assert_true(header_get(bytes, &found));
	assert_memory_equal(found.uuid, header.uuid, sizeof(header.uuid));
	assert_true(found.first == header.first);
	assert_true(found.created == header.created);
	for (i = 0; i < SEGMENT_HEADER * 8; i++) {
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
		if (header_get(bytes, &found))
			fail_msg("bit %d was not missed", i);
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	assert_int_equal(
	    ZSTD_findFrameCompressedSize(bytes, sizeof(bytes)), sizeof(bytes));
}

static void a_uuid_has_a_text(void **state)
{
	static const char *const bad[] = { "", "00112233",
		"00112233-4455-6677-8899-aabbccddee",
		"00112233-4455-6677-8899-aabbccddeeff0",
		"g0112233-4455-6677-8899-aabbccddeeff",
		"0011223g-4455-6677-8899-aabbccddeeff",
		" 0112233-4455-6677-8899-aabbccddeeff",
		"00112233-4455-6677-8899-aabbccddeef" };
	const char *good = "00112233-4455-6677-8899-aabbccddeeff";
	uint8_t uuid[16];
	char text[37];
	size_t i;

	(void)state;
	assert_true(uuid_parse(good, uuid));
	assert_int_equal(uuid[0], 0);
	assert_int_equal(uuid[15], 0xff);
	uuid_text(text, uuid);
	assert_string_equal(text, good);
	for (i = 0; i < COUNT(bad); i++)
		assert_false(uuid_parse(bad[i], uuid));
}

/* A file with nothing but these bytes, opened for reading and writing. */
static int file_of(struct folder *folder, const void *bytes, size_t len)
{
	const char *path = folder_file(folder, "segment");

	file_write(path, bytes, len);
	return open(path, O_RDWR | O_CLOEXEC);
}

/* Mark and frame are a multiple of four long, and until it is published the
   mark covers the frame for everybody who knows zstd. */
static void a_mark_is_read_as_it_was_written(void **state)
{
	uint8_t bytes[SEGMENT_MARK_MOST + 64] = { 0 };
	uint32_t frame;

	for (frame = 1; frame <= 64; frame++) {
		struct mark found,
		    mark = { .first = 7,
			    .next = 7 + frame,
			    .committed = 1730966640123,
			    .frame = frame,
			    .padding = mark_padding(frame),
			    .kind = frame % 2 ? MARK_RECORDS : MARK_LOSS };
		int pending;

		assert_true(mark.padding < 4);
		assert_int_equal((mark_size(&mark) + frame) % 4, 0);
		assert_true(mark_size(&mark) <= SEGMENT_MARK_MOST);
		for (pending = 1; pending >= 0; pending--) {
			size_t covered = mark_size(&mark);
			uint64_t skip;
			int fd;

			mark.pending = pending;
			if (pending)
				mark_put(bytes, &mark);
			else
				mark_put_size(bytes + 4, &mark);
			covered += pending ? frame : 0;
			assert_int_equal(
			    ZSTD_findFrameCompressedSize(bytes, sizeof(bytes)),
			    covered);

			fd = file_of(*state, bytes, sizeof(bytes));
			assert_int_equal(
			    segment_at(&disk_real, fd, 0, &found, &skip),
			    FOUND_MARK);
			close(fd);
			assert_int_equal(skip, mark_size(&mark) + frame);
			assert_int_equal(found.first, mark.first);
			assert_int_equal(found.next, mark.next);
			assert_int_equal(found.committed, mark.committed);
			assert_int_equal(found.frame, frame);
			assert_int_equal(found.padding, mark.padding);
			assert_int_equal(found.kind, mark.kind);
			assert_int_equal(found.pending, pending);
		}
	}
}

static void what_is_at_an_offset_is_told_apart(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		enum found found;
		uint64_t skip;
	} rows[] = {
		{ "", 0, FOUND_END, 0 },
		{ "\x5b\x2a\x4d\x18", 4, FOUND_END, 0 },
		{ "\x5b\x2a\x4d\x18\x30\0\0\0DLMK", 12, FOUND_END, 0 },
		{ "\x50\x2a\x4d\x18\x04\0\0\0abcd", 12, FOUND_OTHER, 12 },
		{ "\x5f\x2a\x4d\x18\xff\xff\xff\xff", 8, FOUND_OTHER,
		    8 + (uint64_t)UINT32_MAX },
		{ "\x28\xb5\x2f\xfd\0\0\0\0", 8, FOUND_NOTHING, 0 },
		{ "\0\0\0\0\0\0\0\0", 8, FOUND_NOTHING, 0 },
	};
	struct mark mark;
	uint64_t skip;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		int fd = file_of(*state, rows[i].bytes, rows[i].len);

		assert_int_equal(
		    segment_at(&disk_real, fd, 0, &mark, &skip), rows[i].found);
		assert_true(skip == rows[i].skip);
		close(fd);
	}
}

/* Marks at offsets around the ends of the pieces in which a file is read, and
   signs of marks that are none before them. */
static void reading_resumes_at_the_next_good_mark(void **state)
{
	static const uint64_t offsets[] = { 1, 2, 57, 65533, 65534, 65535,
		65536, 65537, 131067, 131070, 131072, 200000 };
	const size_t room = 200000 + SEGMENT_MARK + 8;
	struct mark mark = {
		.first = 3, .next = 4, .frame = 8, .kind = MARK_RECORDS
	};
	uint8_t *bytes = calloc(1, room);
	size_t i;
	int fd;

	for (i = 0; i < COUNT(offsets); i++) {
		memset(bytes, 0, room);
		memcpy(bytes, "\x5b\x2a\x4d\x18", 4);
		if (offsets[i] > 57)
			mark_put(bytes + 1, &mark);
		if (offsets[i] > 57)
			bytes[1 + 30] ^= 1; /* a mark that is damaged */
		mark_put(bytes + offsets[i], &mark);
		fd = file_of(*state, bytes, offsets[i] + SEGMENT_MARK);
		assert_int_equal(segment_resume(&disk_real, fd, 0), offsets[i]);
		assert_int_equal(segment_resume(&disk_real, fd, offsets[i]), 0);
		close(fd);
	}
	free(bytes);
}

static void every_flipped_bit_of_a_mark_is_noticed(void **state)
{
	const struct mark mark = { .first = 9,
		.next = 12,
		.committed = 1730966640123,
		.frame = 99,
		.padding = mark_padding(99),
		.kind = MARK_RECORDS };
	uint8_t bytes[SEGMENT_MARK_MOST];
	struct mark found;
	uint64_t skip;
	int i, fd;

	mark_put(bytes, &mark);
	for (i = 0; i < SEGMENT_MARK * 8; i++) {
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
		fd = file_of(*state, bytes, sizeof(bytes));
		if (segment_at(&disk_real, fd, 0, &found, &skip) == FOUND_MARK)
			fail_msg("bit %d was not missed", i);
		close(fd);
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
	}
}

static void lines_are_those_of_the_frame(void **state)
{
	static const struct {
		const char *lines;
		size_t cut; /* bytes missing at the end of the file */
		int flip;   /* a byte of the frame, from its end; 0: none */
		int error;
	} rows[] = {
		{ "{\"a\":1}\n{\"b\":2}\n", 0, 0, 0 },
		{ "\n", 0, 0, 0 },
		{ "no newline at the end", 0, 0, EBADMSG },
		{ "{\"a\":1}\n", 1, 0, ENODATA },
		{ "{\"a\":1}\n", 0, 1, EBADMSG },
		{ "{\"a\":1}\n", 0, 6, EBADMSG },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		ZSTD_CCtx *zstd = ZSTD_createCCtx();
		uint8_t bytes[256];
		struct mark mark = { .first = 1, .next = 3 };
		size_t len = strlen(rows[i].lines);
		char *found;
		int fd;

		ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1);
		mark.frame = (uint32_t)ZSTD_compress2(
		    zstd, bytes + 60, sizeof(bytes) - 60, rows[i].lines, len);
		ZSTD_freeCCtx(zstd);
		mark.padding = mark_padding(mark.frame);
		mark_put(bytes, &mark);
		memmove(bytes + mark_size(&mark), bytes + 60, mark.frame);
		len = mark_size(&mark) + mark.frame;
		if (rows[i].flip != 0)
			bytes[len - (size_t)rows[i].flip] ^= 4;
		fd = file_of(*state, bytes, len - rows[i].cut);
		errno = 0;
		found = segment_lines(&disk_real, fd, 0, &mark, &len);
		close(fd);
		if (rows[i].error == 0) {
			assert_non_null(found);
			assert_string_equal(found, rows[i].lines);
			assert_int_equal(len, strlen(rows[i].lines));
		} else {
			assert_null(found);
			assert_int_equal(errno, rows[i].error);
		}
		free(found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_numbers),
		IN_FOLDER(segments_are_listed_in_order),
		cmocka_unit_test(a_header_is_read_as_it_was_written),
		cmocka_unit_test(a_uuid_has_a_text),
		IN_FOLDER(a_mark_is_read_as_it_was_written),
		IN_FOLDER(what_is_at_an_offset_is_told_apart),
		IN_FOLDER(reading_resumes_at_the_next_good_mark),
		IN_FOLDER(every_flipped_bit_of_a_mark_is_noticed),
		IN_FOLDER(lines_are_those_of_the_frame),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
