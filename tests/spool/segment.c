/* A segment's bytes: names, headers, marks, and what damage makes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zlib.h>
#include <zstd.h>

#include "spool/frame.h"
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

	list = segment_list(&disk_real, fd, &n);
	assert_null(list);
	assert_int_equal(n, 0);
	for (i = 0; i < COUNT(names); i++)
		file_write(folder_file(folder, names[i]), "", 0);
	list = segment_list(&disk_real, fd, &n);
	assert_int_equal(n, 3);
	assert_int_equal(list[0], 1);
	assert_int_equal(list[1], 30);
	assert_int_equal(list[2], 200);
	free(list);
	close(fd);
}

/* A file with nothing but these bytes, opened for reading and writing. */
static int file_of(struct folder *folder, const void *bytes, size_t len)
{
	const char *path = folder_file(folder, "segment");

	file_write(path, bytes, len);
	return open(path, O_RDWR | O_CLOEXEC);
}

/* 0, or errno. */
static int header_of(
    struct folder *folder, const void *bytes, size_t len, struct header *found)
{
	int fd = file_of(folder, bytes, len), done;

	errno = 0;
	done = header_read(&disk_real, fd, found);
	close(fd);
	return done == 0 ? 0 : errno;
}

static void a_header_is_read_as_it_was_written(void **state)
{
	const struct header header = { .uuid = "\xff\0\1dateline-uui",
		.first = 0x0102030405060708,
		.created = 1730966640123 };
	uint8_t bytes[SEGMENT_HEADER];
	struct header found;
	int i;

	header_put(bytes, &header);
	assert_int_equal(header_of(*state, bytes, sizeof(bytes), &found), 0);
	assert_memory_equal(found.uuid, header.uuid, sizeof(header.uuid));
	assert_true(found.first == header.first);
	assert_true(found.created == header.created);
	for (i = 0; i < SEGMENT_HEADER * 8; i++) {
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
		if (header_of(*state, bytes, sizeof(bytes), &found) != EBADMSG)
			fail_msg("bit %d was not missed", i);
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
	}
	for (i = 0; i < SEGMENT_HEADER; i++)
		assert_int_equal(
		    header_of(*state, bytes, (size_t)i, &found), EBADMSG);
	assert_int_equal(
	    ZSTD_findFrameCompressedSize(bytes, sizeof(bytes)), sizeof(bytes));
}

static void a_later_version_is_told_from_damage(void **state)
{
	const struct header header = { .first = 1 };
	uint8_t bytes[SEGMENT_HEADER];
	struct header found;
	uLong crc;
	int i;

	header_put(bytes, &header);
	bytes[20] = SEGMENT_VERSION + 1;
	crc = crc32(0, bytes + 20, SEGMENT_HEADER - 20);
	for (i = 0; i < 4; i++)
		bytes[16 + i] = (uint8_t)(crc >> 8 * i);
	assert_int_equal(
	    header_of(*state, bytes, sizeof(bytes), &found), EPROTONOSUPPORT);
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

static void check_mark(const struct mark *found, const struct mark *mark)
{
	assert_int_equal(found->first, mark->first);
	assert_int_equal(found->next, mark->next);
	assert_int_equal(found->committed, mark->committed);
	assert_int_equal(found->frame, mark->frame);
	assert_int_equal(found->padding, mark->padding);
	assert_int_equal(found->crc, mark->crc);
	assert_int_equal(found->kind, mark->kind);
	assert_int_equal(found->pending, mark->pending);
}

/* Mark and frame are a multiple of four long, and until it is published the
   mark covers the frame for everybody who knows zstd. */
static void a_mark_is_read_as_it_was_written(void **state)
{
	uint8_t bytes[SEGMENT_MARK_MOST + 64] = { 0 };
	uint32_t frame;

	for (frame = 1; frame <= 64; frame++) {
		struct mark mark = { .first = 7,
			.next = 7 + frame,
			.committed = 1730966640123,
			.frame = frame,
			.padding = mark_padding(frame),
			.crc = 0x01020304 * frame,
			.kind = frame % 2 ? MARK_RECORDS : MARK_LOSS };
		int pending;

		assert_true(mark.padding < 4);
		assert_int_equal((mark_size(&mark) + frame) % 4, 0);
		assert_true(mark_size(&mark) <= SEGMENT_MARK_MOST);
		for (pending = 1; pending >= 0; pending--) {
			size_t covered = mark_size(&mark);
			struct step step;
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
			assert_int_equal(segment_step(&disk_real, fd, 0, &step),
			    pending ? FOUND_PENDING : FOUND_COMMIT);
			close(fd);
			assert_int_equal(step.at, 0);
			assert_int_equal(step.next, mark_size(&mark) + frame);
			assert_false(step.stale);
			check_mark(&step.mark, &mark);
		}
	}
}

/* A row's bytes, and behind them perhaps a mark. */
static void what_is_at_an_offset_is_told_apart(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		bool mark; /* behind them */
		enum found found;
		uint64_t at, next;
	} rows[] = {
		{ "", 0, false, FOUND_END, 0, 0 },
		{ "", 0, true, FOUND_COMMIT, 0, 64 },
		{ "\x5b\x2a\x4d\x18", 4, false, FOUND_TORN, 0, 0 },
		{ "\x5b\x2a\x4d\x18\x30\0\0\0DLMK", 12, false, FOUND_TORN, 0,
		    0 },
		{ "\x5b\x2a\x4d\x18\x30\0\0\0DLMK", 12, true, FOUND_DAMAGE, 0,
		    12 },
		{ "\x50\x2a\x4d\x18\x04\0\0\0abcd", 12, false, FOUND_END, 12,
		    12 },
		{ "\x50\x2a\x4d\x18\x04\0\0\0abcd", 12, true, FOUND_COMMIT, 12,
		    76 },
		{ "\x5f\x2a\x4d\x18\xff\xff\xff\xff", 8, false, FOUND_END,
		    8 + (uint64_t)UINT32_MAX, 8 + (uint64_t)UINT32_MAX },
		{ "\x28\xb5\x2f\xfd\0\0\0\0", 8, false, FOUND_TORN, 0, 0 },
		{ "\x28\xb5\x2f\xfd\0\0\0\0", 8, true, FOUND_DAMAGE, 0, 8 },
		{ "\0\0\0\0\0\0\0\0", 8, false, FOUND_TORN, 0, 0 },
		{ "\0\0\0\0\0\0\0\0", 8, true, FOUND_DAMAGE, 0, 8 },
	};
	const struct mark mark = { .first = 3, .next = 4, .frame = 8 };
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		uint8_t bytes[128] = { 0 };
		struct step step;
		int fd;

		memcpy(bytes, rows[i].bytes, rows[i].len);
		if (rows[i].mark)
			mark_put(bytes + rows[i].len, &mark);
		fd = file_of(*state, bytes,
		    rows[i].len + (rows[i].mark ? SEGMENT_MARK + 8 : 0));
		if (segment_step(&disk_real, fd, 0, &step) != rows[i].found)
			fail_msg("row %zu", i);
		assert_true(step.at == rows[i].at);
		assert_true(step.next == rows[i].next);
		close(fd);
	}
}

/* The size field of a mark is that of a pending one, or says nothing at all:
   with a good mark behind it, it was published. */
static void what_has_a_mark_behind_it_was_published(void **state)
{
	static const struct {
		uint32_t flip; /* of the size field */
		bool pending, behind;
		enum found found;
		bool stale;
	} rows[] = {
		{ 0, false, false, FOUND_COMMIT, false },
		{ 0, false, true, FOUND_COMMIT, false },
		{ 0, true, false, FOUND_PENDING, false },
		{ 0, true, true, FOUND_COMMIT, true },
		{ 1, false, false, FOUND_PENDING, false },
		{ 0x800000, false, true, FOUND_COMMIT, true },
		{ 1, true, false, FOUND_PENDING, false },
		{ 2, true, true, FOUND_COMMIT, true },
	};
	struct mark mark = { .first = 3, .next = 4, .frame = 8 };
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		uint8_t bytes[SEGMENT_MARK + 8 + SEGMENT_MARK_MOST] = { 0 };
		struct step step;
		int fd;

		if (rows[i].behind)
			mark_put(bytes + SEGMENT_MARK + 8, &mark);
		mark.pending = rows[i].pending;
		mark_put(bytes, &mark);
		bytes[4] ^= (uint8_t)rows[i].flip;
		bytes[6] ^= (uint8_t)(rows[i].flip >> 16);
		fd = file_of(*state, bytes, sizeof(bytes));
		if (segment_step(&disk_real, fd, 0, &step) != rows[i].found)
			fail_msg("row %zu", i);
		assert_int_equal(step.stale, rows[i].stale);
		assert_int_equal(
		    step.mark.pending, rows[i].found == FOUND_PENDING);
		assert_int_equal(step.next, SEGMENT_MARK + 8);
		close(fd);
	}
}

static void check_step(int fd, uint64_t at, enum found found, uint64_t next)
{
	struct step step;

	assert_int_equal(segment_step(&disk_real, fd, at, &step), found);
	assert_int_equal(step.at, at);
	assert_int_equal(step.next, next);
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
		uint64_t at = offsets[i];

		memset(bytes, 0, room);
		memcpy(bytes, "\x5b\x2a\x4d\x18", 4);
		if (at > 57)
			mark_put(bytes + 1, &mark);
		if (at > 57)
			bytes[1 + 30] ^= 1; /* a mark that is damaged */
		mark_put(bytes + at, &mark);
		fd = file_of(*state, bytes, at + SEGMENT_MARK);
		check_step(fd, 0, FOUND_DAMAGE, at);
		check_step(fd, at, FOUND_COMMIT, at + SEGMENT_MARK + 8);
		check_step(fd, at + 1, FOUND_TORN, at + 1);
		close(fd);
	}
	free(bytes);
}

/* But for its size field, without which the commit is a pending one. */
static void every_flipped_bit_of_a_mark_is_noticed(void **state)
{
	const struct mark mark = { .first = 9,
		.next = 12,
		.committed = 1730966640123,
		.frame = 99,
		.padding = mark_padding(99),
		.kind = MARK_RECORDS };
	uint8_t bytes[SEGMENT_MARK_MOST];
	struct step step;
	enum found found;
	int i, fd;

	mark_put(bytes, &mark);
	for (i = 0; i < SEGMENT_MARK * 8; i++) {
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
		fd = file_of(*state, bytes, sizeof(bytes));
		found = segment_step(&disk_real, fd, 0, &step);
		if (found == FOUND_COMMIT ||
		    (found == FOUND_PENDING) != (i / 32 == 1))
			fail_msg("bit %d was not missed", i);
		close(fd);
		bytes[i / 8] ^= (uint8_t)(1 << i % 8);
	}
}

/* A segment's bytes that are one commit of these lines. */
static void commit_of(
    struct frame_out *out, struct mark *mark, const char *lines)
{
	*mark = (struct mark){ .first = 1, .next = 3 };
	assert_int_equal(commit_make(out, mark, lines, strlen(lines)), 0);
	assert_int_equal(out->len, mark_size(mark) + mark->frame);
	assert_int_equal(out->len % 4, 0);
}

static void lines_are_those_of_the_frame(void **state)
{
	static const struct {
		const char *lines;
		size_t cut; /* bytes missing at the end of the file */
		int flip;   /* a byte from the end of the file; 0: none */
		bool known; /* the mark's checksum is that of what is there */
		int error;
	} rows[] = {
		{ "{\"a\":1}\n{\"b\":2}\n", 0, 0, false, 0 },
		{ "\n", 0, 0, false, 0 },
		{ "no newline at the end", 0, 0, false, EBADMSG },
		{ "{\"a\":1}\n", 1, 0, false, ENODATA },
		{ "{\"a\":1}\n", 0, 1, false, EBADMSG },
		{ "{\"a\":1}\n", 0, 1, true, EBADMSG },
		{ "{\"a\":1}\n", 0, 6, false, EBADMSG },
		{ "{\"a\":1}\n", 0, 6, true, EBADMSG },
	};
	struct frame_out out = { .level = 3 };
	struct frame_in in = { 0 };
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct mark mark;
		int fd, done;

		commit_of(&out, &mark, rows[i].lines);
		if (rows[i].flip != 0)
			out.bytes[out.len - (size_t)rows[i].flip] ^= 4;
		if (rows[i].known)
			mark.crc = (uint32_t)crc32(0, out.bytes + SEGMENT_MARK,
			    (uInt)(out.len - SEGMENT_MARK));
		fd = file_of(*state, out.bytes, out.len - rows[i].cut);
		errno = 0;
		done = frame_read(&in, &disk_real, fd, 0, &mark);
		close(fd);
		assert_int_equal(done, rows[i].error == 0 ? 0 : -1);
		if (done != 0) {
			assert_int_equal(errno, rows[i].error);
			continue;
		}
		assert_string_equal(in.lines, rows[i].lines);
		assert_int_equal(in.len, strlen(rows[i].lines));
	}
	frame_in_free(&in);
	frame_out_free(&out);
}

/* The padding, too, and what zstd would not miss. */
static void every_flipped_bit_of_a_frame_is_noticed(void **state)
{
	static const char *const lines[] = { "{}\n", "{\"a\":1}\n",
		"{\"a\":12}\n", "{\"a\":123}\n" };
	struct frame_out out = { .level = 3 };
	struct frame_in in = { 0 };
	size_t i, bit;

	for (i = 0; i < COUNT(lines); i++) {
		struct mark mark;

		commit_of(&out, &mark, lines[i]);
		for (bit = 8 * SEGMENT_MARK; bit < 8 * out.len; bit++) {
			int fd;

			out.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
			fd = file_of(*state, out.bytes, out.len);
			out.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
			if (frame_read(&in, &disk_real, fd, 0, &mark) == 0)
				fail_msg("bit %zu was not missed", bit);
			assert_int_equal(errno, EBADMSG);
			close(fd);
		}
	}
	frame_in_free(&in);
	frame_out_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_numbers),
		IN_FOLDER(segments_are_listed_in_order),
		IN_FOLDER(a_header_is_read_as_it_was_written),
		IN_FOLDER(a_later_version_is_told_from_damage),
		cmocka_unit_test(a_uuid_has_a_text),
		IN_FOLDER(a_mark_is_read_as_it_was_written),
		IN_FOLDER(what_is_at_an_offset_is_told_apart),
		IN_FOLDER(what_has_a_mark_behind_it_was_published),
		IN_FOLDER(reading_resumes_at_the_next_good_mark),
		IN_FOLDER(every_flipped_bit_of_a_mark_is_noticed),
		IN_FOLDER(lines_are_those_of_the_frame),
		IN_FOLDER(every_flipped_bit_of_a_frame_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
