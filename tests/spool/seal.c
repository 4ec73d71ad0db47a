/* Sealing: other bytes, the same lines; and nothing that is damaged is touched
   or taken for whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zlib.h>
#include <zstd.h>

#include "spool/bytes.h"
#include "spool/frame.h"
#include "spool/index.h"
#include "spool/seal.h"
#include "spool/upkeep.h"
#include "tests/spool/fake.h"
#include "tests/spool/other.h"
#include "tests/spool/told.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define NOON INT64_C(1730980800123)
#define ONE "00000000000000000001.jsonl.zst"
#define SEVEN "00000000000000000007.jsonl.zst"
#define LAST "00000000000000000013.jsonl.zst"
#define TABLE_OF_ONE 49 /* bytes of the seek table of one commit, */
#define BEHIND_ONE 97   /* and with the index */

static int64_t clock_millis;

static int64_t clock_told(void)
{
	return clock_millis;
}

static struct spool_settings settings_of(uint64_t bytes)
{
	clock_millis = NOON;
	return (struct spool_settings){ .segment_bytes = bytes,
		.segment_age = INT64_MAX,
		.now = clock_told };
}

/* A commit of `n` lines, each with so many bytes of text that zstd can do
   something with; a second later than the one before. */
static void write_long(struct spool_writer *writer, int n, size_t size)
{
	static const char words[] = "the river rose above its banks again ";
	struct spool_batch batch = { 0 };
	char *json = malloc(size + 64);
	uint64_t seq = spool_writer_next(writer), first;
	size_t at, i;

	for (; n > 0; n--, seq++) {
		at = (size_t)sprintf(
		    json, "{\"n\":%" PRIu64 ",\"text\":\"", seq);
		for (i = 0; i < size; i++)
			json[at++] = words[(i * (seq % 7 + 1) + i / 1000) %
			    (sizeof(words) - 1)];
		at += (size_t)sprintf(json + at, "\"}");
		spool_add(&batch, json, at);
	}
	free(json);
	assert_int_equal(spool_write(writer, &batch, &first), 0);
	spool_batch_free(&batch);
	clock_millis += 1000;
}

/* [1 2] [3 4] [5 6] | [7 8] [9 10] [11 12] | [13 14] */
static void write_small(struct folder *folder)
{
	struct spool_settings settings = settings_of(450);
	struct spool_writer *writer = writer_at(folder->path, &settings);
	int i;

	for (i = 0; i < 7; i++) {
		assert_int_equal(write_lines(writer, 2), 0);
		clock_millis += 1000;
	}
	spool_writer_close(writer);
	assert_int_equal(access(folder_file(folder, LAST), F_OK), 0);
}

#define FROM_3 "3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14"
#define ALL_OF_SMALL "1, 2, " FROM_3

/* All that a reader is told, a line each; the caller frees. */
static char *read_all(struct spool_reader *reader, size_t *len)
{
	const struct spool_line *line;
	enum spool_status status;
	char *all = NULL, other[256];
	FILE *to = open_memstream(&all, len);

	spool_seek(reader, 1);
	while ((status = spool_next(reader, &line)) != SPOOL_END) {
		tell(other, sizeof(other), status, line);
		fprintf(to, "%s\n", status == SPOOL_LINE ? line->text : other);
		assert_int_not_equal(status, SPOOL_ERROR);
	}
	fclose(to);
	return all;
}

static bool is_sealed(struct folder *folder, const char *name)
{
	int fd = open(folder_file(folder, name), O_RDONLY);
	bool is = index_is_there(&disk_real, fd);

	close(fd);
	return is;
}

static struct spool_sealed seal(struct folder *folder)
{
	struct spool_sealed sealed;

	assert_int_equal(spool_seal(folder->path, &disk_real, &sealed), 0);
	return sealed;
}

/* Numbers in the names of segments; and their bytes, without the last one. */
static uint64_t *segments(struct folder *folder, size_t *n, uint64_t *bytes)
{
	int dir = open(folder->path, O_RDONLY | O_DIRECTORY);
	uint64_t *list = segment_list(&disk_real, dir, n);
	size_t i;

	*bytes = 0;
	for (i = 0; i + 1 < *n; i++) {
		char name[SEGMENT_NAME];
		struct stat about;

		segment_name(name, list[i]);
		assert_int_equal(fstatat(dir, name, &about, 0), 0);
		*bytes += (uint64_t)about.st_size;
	}
	close(dir);
	return list;
}

/* ---- the lines stay ---- */

/* Seals; all that readers and zstdcat(1) are told stays as it was. */
static struct spool_sealed check_seal(
    struct folder *folder, struct spool_reader *reader)
{
	struct spool_sealed sealed;
	uint64_t *list, before, after;
	size_t n, len, len_after;
	char *lines = read_all(reader, &len), *lines_after;

	free(segments(folder, &n, &before));
	sealed = seal(folder);
	lines_after = read_all(reader, &len_after);
	assert_int_equal(len, len_after);
	assert_memory_equal(lines, lines_after, len);
	check_zstdcat(folder, reader);

	list = segments(folder, &n, &after);
	assert_int_equal(sealed.segments + sealed.left, n - 1);
	assert_int_equal(before - after, sealed.before - sealed.after);
	free(list);
	free(lines);
	free(lines_after);
	return sealed;
}

static void lines_stay_and_take_less_room(void **state)
{
	struct folder *folder = *state;
	struct spool_settings settings = settings_of(20000);
	struct spool_writer *writer = writer_at(folder->path, &settings);
	struct spool_reader *reader = spool_open(folder->path);
	struct spool_sealed sealed, again;
	uint64_t *list, bytes;
	size_t n, i;

	for (i = 0; i < 600; i++)
		write_long(writer, (int)(i % 3) + 1, 100 + 7 * (i % 50));
	sealed = check_seal(folder, reader);
	assert_int_equal(sealed.left, 0);
	assert_true(sealed.segments > 3);
	assert_true(3 * sealed.after < sealed.before);

	list = segments(folder, &n, &bytes);
	for (i = 0; i < n; i++) {
		char name[SEGMENT_NAME];

		segment_name(name, list[i]);
		assert_int_equal(is_sealed(folder, name), i + 1 < n);
	}
	free(list);
	again = seal(folder);
	assert_int_equal(again.segments + again.left, 0);
	assert_int_equal(again.before + again.after, 0);

	/* The writer has noticed nothing. */
	write_long(writer, 1, 100);
	check_zstdcat(folder, reader);
	spool_writer_close(writer);
	spool_close(reader);
}

static void big_lines_are_sealed(void **state)
{
	static const struct {
		int n;
		size_t size;
	} rows[] = {
		{ 1, 10 },
		{ 1, 5 << 20 },
		{ 2, 3 << 20 },
		{ 1, 10 },
		{ 1, SEAL_LINES - 200 },
		{ 1, SEAL_LINES },
		{ 5, 300000 },
		{ 1, 10 },
	};
	struct folder *folder = *state;
	struct spool_settings settings = settings_of(UINT64_MAX);
	struct spool_writer *writer = writer_at(folder->path, &settings);
	struct spool_reader *reader = spool_open(folder->path);
	struct spool_sealed sealed;
	size_t i;

	for (i = 0; i < COUNT(rows); i++)
		write_long(writer, rows[i].n, rows[i].size);
	spool_writer_set(writer, 1, 1);
	write_long(writer, 1, 10);
	spool_writer_close(writer);
	sealed = check_seal(folder, reader);
	assert_int_equal(sealed.segments, 1);
	spool_close(reader);
}

static void losses_are_kept(void **state)
{
	struct folder *folder = *state;
	struct spool_settings settings = settings_of(UINT64_MAX);
	struct spool_writer *writer = writer_at(folder->path, &settings);
	struct spool_reader *reader = spool_open(folder->path);

	assert_int_equal(spool_resume(writer, 4, NULL, "first"), 0);
	assert_int_equal(write_lines(writer, 2), 0);
	assert_int_equal(spool_resume(writer, 8, NULL, "second"), 0);
	assert_int_equal(spool_resume(writer, 9, NULL, "third"), 0);
	assert_int_equal(write_lines(writer, 1), 0);
	assert_int_equal(write_lines(writer, 1), 0);
	assert_int_equal(spool_resume(writer, 20, NULL, "last"), 0);
	spool_writer_set(writer, 1, 1);
	assert_int_equal(write_lines(writer, 1), 0);
	spool_writer_close(writer);
	assert_string_equal(
	    told(reader), "loss, 4, 5, loss, loss, 9, 10, loss, 20");
	assert_int_equal(check_seal(folder, reader).segments, 1);
	assert_string_equal(
	    told_all(reader), "loss, 4, 5, loss, loss, 9, 10, loss, 20");
	spool_seek(reader, 7);
	assert_string_equal(told(reader), "loss, loss, 9, 10, loss, 20");
	spool_seek(reader, 12);
	assert_string_equal(told(reader), "loss, 20");
	spool_close(reader);
}

/* ---- who reads while it is sealed ---- */

static void a_reader_in_the_middle_reads_on(void **state)
{
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	const struct spool_line *line;
	uint64_t n, seq;

	for (n = 0; n <= 14; n++) {
		write_small(folder);
		spool_seek(reader, 1);
		for (seq = 1; seq <= n; seq++)
			assert_int_equal(spool_next(reader, &line), SPOOL_LINE);
		assert_int_equal(seal(folder).segments, 2);
		for (; seq <= 14; seq++) {
			assert_int_equal(spool_next(reader, &line), SPOOL_LINE);
			assert_int_equal(line->seq, seq);
		}
		assert_int_equal(spool_next(reader, &line), SPOOL_END);
		assert_string_equal(told_all(reader), ALL_OF_SMALL);
		folder_empty(folder);
	}
	spool_close(reader);
}

/* ---- damage ---- */

struct file {
	char *bytes;
	size_t len;
	uint64_t commits[8]; /* offsets of the commits, and of the end */
	int n;
};

static struct file file_of(struct folder *folder, const char *name)
{
	struct file file = { 0 };
	struct step step = { .next = SEGMENT_HEADER };
	int fd;

	file.bytes = file_read(folder_file(folder, name), &file.len);
	fd = open(folder->file, O_RDONLY);
	while (segment_step(&disk_real, fd, step.next, &step) == FOUND_COMMIT)
		file.commits[file.n++] = step.at;
	file.commits[file.n] = step.at;
	close(fd);
	return file;
}

struct damage {
	enum { FLIP, CUT, DROP, TWICE, SWAP } what;
	int commit; /* -1: the header */
	int at;     /* byte of it */
};

/* From there to there. */
static void piece(
    FILE *to, const struct file *file, uint64_t from, uint64_t end)
{
	fwrite(file->bytes + from, 1, end - from, to);
}

/* Writes the damaged file to `path`, and has its bytes then. */
static void file_damage(
    struct file *file, const struct damage *damage, const char *path)
{
	uint64_t at = damage->commit < 0 ? 0 : file->commits[damage->commit];
	uint64_t behind = file->commits[damage->commit + 1];
	char *bytes = NULL;
	size_t len;
	FILE *to = open_memstream(&bytes, &len);

	piece(to, file, 0, at);
	switch (damage->what) {
	case FLIP:
		file->bytes[at + (uint64_t)damage->at] ^= 4;
		piece(to, file, at, file->len);
		break;
	case CUT: piece(to, file, at, at + (uint64_t)damage->at); break;
	case DROP: piece(to, file, behind, file->len); break;
	case TWICE:
		piece(to, file, at, behind);
		piece(to, file, at, file->len);
		break;
	case SWAP:
		piece(to, file, behind, file->commits[damage->commit + 2]);
		piece(to, file, at, behind);
		piece(to, file, file->commits[damage->commit + 2], file->len);
	}
	fclose(to);
	file_write(path, bytes, len);
	free(file->bytes);
	file->bytes = bytes;
	file->len = len;
}

static void check_same(const struct file *file, const char *path)
{
	size_t len;
	char *bytes = file_read(path, &len);

	assert_int_equal(len, file->len);
	assert_memory_equal(bytes, file->bytes, len);
	free(bytes);
}

static void what_is_damaged_is_left_as_it_is(void **state)
{
	static const struct damage rows[] = {
		{ FLIP, -1, 0 },
		{ FLIP, -1, 16 },
		{ FLIP, -1, 30 },
		{ FLIP, -1, 45 },
		{ FLIP, 0, 0 },
		{ FLIP, 0, 13 },
		{ FLIP, 0, 30 },
		{ FLIP, 1, 30 },
		{ FLIP, 2, 30 },
		{ FLIP, 0, 70 },
		{ FLIP, 1, 70 },
		{ FLIP, 2, 70 },
		{ CUT, -1, 0 },
		{ CUT, -1, 30 },
		{ CUT, 0, 0 },
		{ CUT, 1, 0 },
		{ CUT, 2, 0 },
		{ CUT, 2, 30 },
		{ CUT, 2, 56 },
		{ CUT, 2, 80 },
		{ DROP, 0 },
		{ DROP, 1 },
		{ TWICE, 0 },
		{ TWICE, 1 },
		{ TWICE, 2 },
		{ SWAP, 0 },
		{ SWAP, 1 },
	};
	struct folder *folder = *state;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct spool_sealed sealed;
		struct file file;

		write_small(folder);
		file = file_of(folder, ONE);
		assert_int_equal(file.n, 3);
		file_damage(&file, &rows[i], folder_file(folder, ONE));
		sealed = seal(folder);
		if (sealed.left != 1 || sealed.segments != 1)
			fail_msg("row %zu: left %zu, sealed %zu", i,
			    sealed.left, sealed.segments);
		assert_true(is_sealed(folder, SEVEN));
		check_same(&file, folder_file(folder, ONE));
		free(file.bytes);
		folder_empty(folder);
	}
}

static void the_last_one_is_never_sealed(void **state)
{
	struct folder *folder = *state;
	struct spool_settings settings = settings_of(UINT64_MAX);
	struct spool_writer *writer = writer_at(folder->path, &settings);
	struct file file;

	assert_int_equal(seal(folder).segments, 0);
	write_long(writer, 10, 1000);
	file = file_of(folder, ONE);
	assert_int_equal(seal(folder).segments, 0);
	check_same(&file, folder_file(folder, ONE));
	free(file.bytes);
	spool_writer_close(writer);
}

static void what_stands_before_a_missing_segment_is_left(void **state)
{
	struct folder *folder = *state;
	struct spool_sealed sealed;

	write_small(folder);
	assert_int_equal(unlink(folder_file(folder, SEVEN)), 0);
	sealed = seal(folder);
	assert_int_equal(sealed.segments, 0);
	assert_int_equal(sealed.left, 1);
	assert_false(is_sealed(folder, ONE));
}

static void append(const char *path, const void *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_APPEND);

	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
}

/* What others put behind the last commit, and what crashes left there. */
static void what_is_no_commit_is_not_kept(void **state)
{
	static const char other[] = "\x5d\x2a\x4d\x18\x05\0\0\0other",
			  text[] = "0123456789abcdefghijklmnopqrstuvwxyz"
				   "0123456789abcdefghijklmnopqrstuvwxyz";
	static const struct {
		const char *bytes;
		size_t len;
	} rows[] = {
		{ text, 0 },
		{ text, 1 },
		{ text, 7 },
		{ text, 70 },
		{ other, 13 },
		{ other, 5 },
		{ other, 10 },
	};
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		write_small(folder);
		append(folder_file(folder, ONE), rows[i].bytes, rows[i].len);
		if (seal(folder).segments != 2)
			fail_msg("row %zu", i);
		assert_string_equal(told_all(reader), ALL_OF_SMALL);
		check_zstdcat(folder, reader);
		folder_empty(folder);
	}
	spool_close(reader);
}

/* It failed, and its numbers were used again in the next segment. */
static void a_commit_that_failed_is_not_kept(void **state)
{
	static const char lines[] = "{\"seq\":7,\"spooled\":\"2024-\"}\n";
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	struct frame_out frame = { .level = 3 };
	struct mark mark = {
		.first = 7, .next = 9, .committed = NOON, .pending = true
	};
	size_t len;

	assert_int_equal(commit_make(&frame, &mark, lines, strlen(lines)), 0);
	for (len = 50; len <= frame.len; len++) {
		write_small(folder);
		append(folder_file(folder, ONE), frame.bytes, len);
		assert_int_equal(seal(folder).segments, 2);
		assert_string_equal(told_all(reader), ALL_OF_SMALL);
		folder_empty(folder);
	}
	frame_out_free(&frame);
	spool_close(reader);
}

/* Its size was not on the disk when the power went, or is damaged. */
static void what_was_published_is_kept(void **state)
{
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	int commit, odd;

	for (commit = 0; commit < 3; commit++) {
		for (odd = 0; odd < 2; odd++) {
			struct file file;

			write_small(folder);
			file = file_of(folder, ONE);
			if (odd)
				flip(folder_file(folder, ONE),
				    8 * (file.commits[commit] + 6));
			else
				unpublish(folder_file(folder, ONE),
				    file.commits[commit]);
			assert_string_equal(told_all(reader), ALL_OF_SMALL);
			assert_int_equal(seal(folder).segments, 2);
			assert_string_equal(told_all(reader), ALL_OF_SMALL);
			check_zstdcat(folder, reader);
			free(file.bytes);
			folder_empty(folder);
		}
	}
	spool_close(reader);
}

static void a_damaged_index_is_made_again(void **state)
{
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	struct file file;
	uint64_t at, end;

	write_small(folder);
	assert_int_equal(seal(folder).segments, 2);
	file = file_of(folder, ONE);
	end = file.len - TABLE_OF_ONE;
	for (at = file.len - BEHIND_ONE; at < end; at++) {
		flip(folder_file(folder, ONE), 8 * at + at % 8);
		assert_false(is_sealed(folder, ONE));
		assert_string_equal(told_all(reader), ALL_OF_SMALL);
		assert_int_equal(seal(folder).segments, 1);
		check_same(&file, folder_file(folder, ONE));
	}
	free(file.bytes);
	spool_close(reader);
}

/* ---- index and seek table ---- */

/* [1] loss [3] loss [5] ...: each a commit, for a loss keeps its own; among
   them are some that come at the same time. Then a second segment. */
static void write_many(struct folder *folder, uint64_t n)
{
	struct spool_settings settings = settings_of(UINT64_MAX);
	struct spool_writer *writer = writer_at(folder->path, &settings);
	uint64_t seq;

	for (seq = 1; seq < n; seq += 3) {
		write_long(writer, 2, 50);
		assert_int_equal(
		    spool_resume(writer, seq + 3, NULL, "a test"), 0);
		clock_millis -= seq % 4 == 0 ? 1000 : 0;
	}
	spool_writer_set(writer, 1, 1);
	write_long(writer, 1, 50);
	spool_writer_close(writer);
}

/* Frame by frame as zstd sees them: what the table says is so. */
static size_t check_table(const uint8_t *bytes, size_t len)
{
	uint32_t n = get32(bytes + len - 9), i;
	size_t table = len - 9 - 8 * (size_t)n - 8, at = 0;

	assert_int_equal(get32(bytes + len - 4), 0x8F92EAB1u);
	assert_int_equal(bytes[len - 5], 0);
	assert_int_equal(get32(bytes + table), 0x184D2A5Eu);
	assert_int_equal(get32(bytes + table + 4), len - table - 8);
	for (i = 0; i < n; i++) {
		const uint8_t *entry = bytes + table + 8 + 8 * (size_t)i;

		assert_int_equal(get32(entry),
		    ZSTD_findFrameCompressedSize(bytes + at, len - at));
		assert_int_equal(get32(entry + 4),
		    ZSTD_getFrameContentSize(bytes + at, len - at));
		at += get32(entry);
	}
	assert_int_equal(at, table);
	return n;
}

/* The index stands before the table, and has the marks that are there. */
static void check_index(const uint8_t *bytes, size_t n)
{
	const uint8_t *index = bytes + 56, *entry;
	size_t i;

	for (i = 0; i < n; i++)
		index += 8 + get32(index + 4) + get32(index + 16);
	assert_int_equal(get32(index), 0x184D2A5Cu);
	assert_int_equal(get32(index + 4), 16 + 24 * n);
	assert_memory_equal(index + 8, "DLIX", 4);
	assert_int_equal(
	    get32(index + 12), crc32(0, index + 16, (uInt)(8 + 24 * n)));
	assert_int_equal(get32(index + 16), n);
	assert_int_equal(get32(index + 20), 0);
	for (i = 0, entry = index + 24; i < n; i++, entry += 24) {
		const uint8_t *mark = bytes + get64(entry);

		assert_int_equal(get32(mark), 0x184D2A5Bu);
		assert_int_equal(get64(entry + 8), get64(mark + 24));
		assert_int_equal(get64(entry + 16), get64(mark + 40));
	}
}

static void the_tables_tell_of_every_frame(void **state)
{
	struct folder *folder = *state;
	uint8_t *bytes;
	size_t len, n;

	write_many(folder, 300);
	assert_int_equal(seal(folder).segments, 1);
	bytes = (uint8_t *)file_read(folder_file(folder, ONE), &len);
	n = check_table(bytes, len);
	assert_int_equal(n, 2 * 200 + 2);
	check_index(bytes, n / 2 - 1);
	free(bytes);
}

/* What hopping finds; 0: nothing. */
static uint64_t hop(int fd, uint64_t seq, int64_t millis)
{
	struct step step = { .next = SEGMENT_HEADER };

	while (segment_step(&disk_real, fd, step.next, &step) == FOUND_COMMIT) {
		if (seq > 0 ? step.mark.next > seq
			    : step.mark.committed >= millis)
			return step.at;
	}
	return 0;
}

static void the_index_finds_what_hopping_finds(void **state)
{
	struct folder *folder = *state;
	uint64_t seq;
	int64_t millis;
	int fd;

	write_many(folder, 100);
	assert_int_equal(seal(folder).segments, 1);
	fd = open(folder_file(folder, ONE), O_RDONLY);
	for (seq = 1; seq < 100; seq++)
		assert_int_equal(
		    index_find(&disk_real, fd, seq, 0), hop(fd, seq, 0));
	for (millis = NOON - 250; hop(fd, 0, millis) != 0; millis += 250)
		assert_int_equal(
		    index_find(&disk_real, fd, 0, millis), hop(fd, 0, millis));
	assert_true(millis > NOON + 10000);
	close(fd);

	/* The second one is not sealed. */
	folder_file(folder, "00000000000000000100.jsonl.zst");
	fd = open(folder->file, O_RDONLY);
	assert_int_equal(index_find(&disk_real, fd, 100, 0), 0);
	close(fd);
}

/* The lines of a sealed commit have different times. */
static void seeking_finds_the_same_lines(void **state)
{
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	char by_number[16][64], by_time[40][64];
	int i, sealed;

	write_small(folder);
	for (sealed = 0; sealed < 2; sealed++) {
		for (i = 0; i < 16; i++) {
			spool_seek(reader, (uint64_t)i);
			if (!sealed)
				strcpy(by_number[i], told(reader));
			assert_string_equal(told_all(reader), ALL_OF_SMALL);
			spool_seek(reader, (uint64_t)i);
			assert_string_equal(told(reader), by_number[i]);
		}
		for (i = 0; i < 40; i++) {
			spool_seek_time(reader, NOON - 500 + i * 250);
			if (!sealed)
				strcpy(by_time[i], told(reader));
			spool_seek_time(reader, NOON - 500 + i * 250);
			assert_string_equal(told(reader), by_time[i]);
		}
		assert_int_equal(seal(folder).segments, sealed ? 0 : 2);
	}
	assert_string_equal(by_time[2], ALL_OF_SMALL);
	assert_string_equal(by_time[3], FROM_3);
	assert_string_equal(by_time[27], "");
	spool_close(reader);
}

/* ---- what stands in the way ---- */

static void what_was_left_lying_goes_away(void **state)
{
	struct folder *folder = *state;
	int i;

	write_small(folder);
	for (i = 0; i < 2; i++) {
		file_write(folder_file(folder, ".sealing"), "left", 4);
		assert_int_equal(seal(folder).segments, i == 0 ? 2 : 0);
		assert_int_equal(access(folder->file, F_OK), -1);
	}
}

static bool upkeep_taken(const char *folder)
{
	struct upkeep upkeep;

	return upkeep_begin(&upkeep, &disk_real, folder) == 0;
}

static void one_seals_at_a_time(void **state)
{
	struct folder *folder = *state;
	struct spool_sealed sealed;
	struct other other;

	write_small(folder);
	file_write(folder_file(folder, ".sealing"), "another's", 9);
	other = other_begin(folder->path, upkeep_taken);
	errno = 0;
	assert_int_equal(spool_seal(folder->path, &disk_real, &sealed), -1);
	assert_int_equal(errno, EWOULDBLOCK);
	assert_int_equal(sealed.segments, 0);
	assert_int_equal(access(folder_file(folder, ".sealing"), F_OK), 0);
	other_end(&other);
	assert_int_equal(seal(folder).segments, 2);
	folder_file(folder, "none");
	assert_int_equal(spool_seal(folder->file, &disk_real, &sealed), -1);
	assert_int_equal(errno, ENOENT);
}

/* Each operation fails, once or from then on. When the power goes: states.c. */
static void a_failure_costs_no_line(void **state)
{
	static const struct fault faults[] = {
		{ "EIO", EIO, 1 },
		{ "ENOSPC", ENOSPC, 1 },
		{ "short write", .half = 1 },
		{ "killed", EIO, FOREVER },
	};
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	struct spool_sealed sealed;
	struct fake fake;
	size_t i;
	bool tried;

	for (i = 0; i < COUNT(faults); i++) {
		int before = 0;

		do {
			int done;

			write_small(folder);
			fake_begin(&fake);
			fake.fault = faults[i];
			fake.before = before++;
			done = spool_seal(folder->path, &fake.disk, &sealed);
			tried = fake.done > fake.before;
			assert_true(tried || done == 0);
			assert_string_equal(told_all(reader), ALL_OF_SMALL);
			seal(folder);
			assert_true(is_sealed(folder, ONE));
			assert_true(is_sealed(folder, SEVEN));
			assert_string_equal(told_all(reader), ALL_OF_SMALL);
			assert_int_equal(
			    access(folder_file(folder, ".sealing"), F_OK), -1);
			folder_empty(folder);
		} while (tried);
		assert_true(before > 15);
	}
	spool_close(reader);
}

struct lying { /* a disk that writes another bit */
	struct disk disk;
	size_t at; /* byte of all that is written */
	size_t done;
};

static ssize_t lying_pwrite(
    void *whose, int fd, const void *bytes, size_t len, off_t at)
{
	struct lying *lying = whose;
	ssize_t n = disk_real.pwrite(NULL, fd, bytes, len, at);
	char byte;

	if (lying->at >= lying->done && lying->at < lying->done + len) {
		off_t there = at + (off_t)(lying->at - lying->done);

		assert_int_equal(pread(fd, &byte, 1, there), 1);
		byte = (char)(byte ^ 1 << lying->at % 8);
		assert_int_equal(pwrite(fd, &byte, 1, there), 1);
	}
	lying->done += len;
	return n;
}

/* All of it, before it takes the place of what is good. */
static void what_is_written_is_read_again(void **state)
{
	struct folder *folder = *state;
	struct spool_sealed sealed;
	struct file good, new;
	size_t at;

	write_small(folder);
	good = file_of(folder, ONE);
	assert_int_equal(seal(folder).segments, 2);
	new = file_of(folder, ONE);
	assert_int_equal(new.n, 1);
	for (at = 0; at < new.len; at++) {
		struct lying lying = { .disk = disk_real, .at = at };

		lying.disk.whose = &lying;
		lying.disk.pwrite = lying_pwrite;
		file_write(folder_file(folder, ONE), good.bytes, good.len);
		assert_int_equal(
		    spool_seal(folder->path, &lying.disk, &sealed), -1);
		if (errno != EIO || sealed.left != 0 || sealed.segments != 0)
			fail_msg("byte %zu", at);
		check_same(&good, folder_file(folder, ONE));
	}
	free(good.bytes);
	free(new.bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(lines_stay_and_take_less_room),
		IN_FOLDER(big_lines_are_sealed),
		IN_FOLDER(losses_are_kept),
		IN_FOLDER(the_last_one_is_never_sealed),
		IN_FOLDER(a_reader_in_the_middle_reads_on),
		IN_FOLDER(what_is_damaged_is_left_as_it_is),
		IN_FOLDER(what_stands_before_a_missing_segment_is_left),
		IN_FOLDER(what_is_no_commit_is_not_kept),
		IN_FOLDER(a_commit_that_failed_is_not_kept),
		IN_FOLDER(what_was_published_is_kept),
		IN_FOLDER(a_damaged_index_is_made_again),
		IN_FOLDER(the_tables_tell_of_every_frame),
		IN_FOLDER(the_index_finds_what_hopping_finds),
		IN_FOLDER(seeking_finds_the_same_lines),
		IN_FOLDER(what_was_left_lying_goes_away),
		IN_FOLDER(one_seals_at_a_time),
		IN_FOLDER(a_failure_costs_no_line),
		IN_FOLDER(what_is_written_is_read_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
