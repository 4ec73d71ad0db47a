/* Reading a spool: seeking, following, and what damage and gaps look like. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/spool/told.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define ONE "00000000000000000001.jsonl.zst"
#define SEVEN "00000000000000000007.jsonl.zst"

/* A segment takes three commits of two lines. */
static const struct spool_settings settings = { .segment_bytes = 450,
	.segment_age = 1 << 30 };

static struct spool_writer *writer;
static struct spool_reader *reader;

/* [1 2] [3 4] [5 6] | [7 8] [9 10] [11 12] | ...: so many commits. */
static void begin(struct folder *folder, int commits)
{
	writer = writer_at(folder->path, &settings);
	reader = spool_open(folder->path);
	assert_non_null(reader);
	while (commits-- > 0)
		assert_int_equal(write_lines(writer, 2), 0);
}

static void end(void)
{
	spool_close(reader);
	spool_writer_close(writer);
}

/* Offset of a commit of a segment, the first one being 0, and of its frame. */
static uint64_t commit_at(
    struct folder *folder, const char *name, int which, uint64_t *frame)
{
	int fd = open(folder_file(folder, name), O_RDONLY);
	struct step step = { .next = SEGMENT_HEADER };

	for (; which >= 0; which--)
		assert_int_equal(segment_step(&disk_real, fd, step.next, &step),
		    FOUND_COMMIT);
	*frame = step.at + mark_size(&step.mark);
	close(fd);
	return step.at;
}

static void a_new_spool_is_empty(void **state)
{
	struct folder *folder = *state;
	uint64_t oldest = 0, next = 0;
	char uuid[37];

	begin(folder, 0);
	assert_string_equal(told(reader), "");
	assert_int_equal(spool_bounds(folder->path, &oldest, &next), 0);
	assert_int_equal(oldest, 1);
	assert_int_equal(next, 1);
	assert_int_equal(spool_uuid(folder->path, uuid), -1);
	assert_int_equal(write_lines(writer, 1), 0);
	assert_string_equal(told(reader), "1");
	end();

	folder_file(folder, "none");
	errno = 0;
	assert_null(spool_open(folder->file));
	assert_int_equal(errno, ENOENT);
	assert_int_equal(spool_bounds(folder->file, &oldest, &next), -1);
	assert_int_equal(spool_uuid(folder->file, uuid), -1);
	spool_close(NULL);
}

static void a_line_is_found_by_its_number(void **state)
{
	static const struct {
		uint64_t seq;
		const char *told;
	} rows[] = {
		{ 0, "1, 2, 3, 4, 5, 6, 7, 8, loss, 11, 12" },
		{ 1, "1, 2, 3, 4, 5, 6, 7, 8, loss, 11, 12" },
		{ 2, "2, 3, 4, 5, 6, 7, 8, loss, 11, 12" },
		{ 6, "6, 7, 8, loss, 11, 12" },
		{ 7, "7, 8, loss, 11, 12" },
		{ 9, "loss, 11, 12" },
		{ 10, "loss, 11, 12" },
		{ 11, "11, 12" },
		{ 12, "12" },
		{ 13, "" },
		{ UINT64_MAX, "" },
	};
	const struct spool_line *line;
	size_t i;

	begin(*state, 4);
	assert_int_equal(spool_resume(writer, 11, NULL, "a crash"), 0);
	assert_int_equal(write_lines(writer, 2), 0);
	for (i = 0; i < COUNT(rows); i++) {
		spool_seek(reader, rows[i].seq);
		assert_string_equal(told(reader), rows[i].told);
		assert_string_equal(told(reader), "");
	}
	/* From the middle of a frame to another place. */
	for (i = 0; i < COUNT(rows); i++) {
		spool_seek(reader, 3);
		assert_int_equal(spool_next(reader, &line), SPOOL_LINE);
		spool_seek(reader, rows[i].seq);
		assert_string_equal(told(reader), rows[i].told);
	}
	/* A line that does not exist yet. */
	spool_seek(reader, 14);
	assert_string_equal(told(reader), "");
	assert_int_equal(write_lines(writer, 2), 0);
	assert_string_equal(told(reader), "14");
	check_zstdcat(*state, reader);
	end();
}

static void a_reader_follows_its_writer(void **state)
{
	char want[32];
	uint64_t n;

	begin(*state, 0);
	for (n = 1; n < 40; n += 2) {
		assert_int_equal(write_lines(writer, 2), 0);
		sprintf(want, "%d, %d", (int)n, (int)n + 1);
		assert_string_equal(told(reader), want);
		assert_string_equal(told(reader), "");
	}
	check_zstdcat(*state, reader);
	end();
}

/* Several commits and segments between two looks. */
static void a_reader_that_is_late_misses_nothing(void **state)
{
	begin(*state, 2);
	assert_string_equal(told(reader), "1, 2, 3, 4");
	assert_int_equal(write_lines(writer, 2), 0);
	assert_int_equal(write_lines(writer, 6), 0);
	assert_int_equal(write_lines(writer, 2), 0);
	assert_string_equal(told(reader), "5, 6, 7, 8, 9, 10, 11, 12, 13, 14");
	end();
}

static void what_is_pending_is_not_there(void **state)
{
	struct folder *folder = *state;
	uint64_t frame, at, oldest, next;
	char *published;
	size_t len;

	begin(folder, 2);
	at = commit_at(folder, ONE, 1, &frame);
	published = file_read(folder_file(folder, ONE), &len);
	unpublish(folder->file, at);
	assert_string_equal(told(reader), "1, 2");
	assert_int_equal(spool_bounds(folder->path, &oldest, &next), 0);
	assert_int_equal(next, 3);
	file_write(folder_file(folder, ONE), published, len);
	assert_string_equal(told(reader), "3, 4");
	assert_int_equal(spool_bounds(folder->path, &oldest, &next), 0);
	assert_int_equal(next, 5);
	free(published);
	end();
}

/* The second commit, lines 3 and 4, is damaged somewhere: it costs those, and
   it is told where; or it is harmless. */
static void check_damage(struct folder *folder, uint64_t bit, uint64_t least,
    uint64_t most, bool harmless)
{
	static const char all[] = "1, 2, 3, 4, 5, 6, 7, 8";
	char start[64];
	const char *text;
	uint64_t offset;
	int at = 0;

	flip(folder_file(folder, ONE), bit);
	text = told_all(reader);
	flip(folder->file, bit);
	if (harmless) {
		assert_string_equal(text, all);
		return;
	}
	sprintf(start, "1, 2, damaged %s@%%" SCNu64 " 3-4%%n", ONE);
	if (sscanf(text, start, &offset, &at) != 1 || at == 0 ||
	    offset < least || offset > most ||
	    strcmp(text + at, ", 5, 6, 7, 8") != 0)
		fail_msg("bit %" PRIu64 ": %s", bit, text);
}

static void a_flipped_bit_costs_one_commit(void **state)
{
	struct folder *folder = *state;
	uint64_t mark, frame, next, bit, end_;

	begin(folder, 4);
	mark = commit_at(folder, ONE, 1, &frame);
	end_ = commit_at(folder, ONE, 2, &next);
	/* What its size says does not matter with a mark behind it. */
	for (bit = 8 * mark; bit < 8 * (mark + SEGMENT_MARK); bit++)
		check_damage(
		    folder, bit, mark, frame, bit / 32 == mark / 4 + 1);
	for (; bit < 8 * end_; bit++)
		check_damage(folder, bit, mark, mark, false);
	for (bit = 0; bit < 8 * SEGMENT_HEADER; bit++) {
		flip(folder_file(folder, ONE), bit);
		assert_string_equal(told_all(reader),
		    "damaged " ONE "@0 1-0, 1, 2, 3, 4, 5, 6, 7, 8");
		flip(folder->file, bit);
	}
	end();
}

/* In a frame at once, in a mark when something was written behind it. */
static void damage_at_the_end_is_told(void **state)
{
	struct folder *folder = *state;
	uint64_t frame, at;
	char want[128];

	begin(folder, 4);
	at = commit_at(folder, SEVEN, 0, &frame);
	flip(folder_file(folder, SEVEN), 8 * (frame + 16));
	sprintf(want, "1, 2, 3, 4, 5, 6, damaged %s@%d 7-8", SEVEN, (int)at);
	assert_string_equal(told(reader), want);
	flip(folder->file, 8 * (frame + 16));

	flip(folder->file, 8 * (at + 30));
	assert_string_equal(told_all(reader), "1, 2, 3, 4, 5, 6");
	assert_int_equal(write_lines(writer, 2), 0);
	sprintf(want, "damaged %s@%d 7-8, 9, 10", SEVEN, (int)at);
	assert_string_equal(told(reader), want);

	/* A file that has lost its end. */
	assert_int_equal(truncate(folder->file, (off_t)frame + 8), 0);
	flip(folder->file, 8 * (at + 30));
	sprintf(want, "1, 2, 3, 4, 5, 6, damaged %s@%d 7-8", SEVEN, (int)at);
	assert_string_equal(told_all(reader), want);
	end();
}

static void damage_before_a_successor_is_told(void **state)
{
	struct folder *folder = *state;
	uint64_t frame, at;
	char want[128];

	begin(folder, 4);
	at = commit_at(folder, ONE, 2, &frame);
	flip(folder_file(folder, ONE), 8 * (at + 30));
	sprintf(want, "1, 2, 3, 4, damaged %s@%d 5-6, 7, 8", ONE, (int)at);
	assert_string_equal(told(reader), want);
	end();
}

/* An index, a seek table: whatever others put between commits. */
static void frames_of_others_are_skipped(void **state)
{
	static const char other[] = "\x5e\x2a\x4d\x18\x05\0\0\0index";
	struct folder *folder = *state;
	char *bytes, *more;
	size_t len;

	begin(folder, 4);
	bytes = file_read(folder_file(folder, ONE), &len);
	more = calloc(1, len + 26);
	memcpy(more, bytes, SEGMENT_HEADER);
	memcpy(more + SEGMENT_HEADER, other, 13);
	memcpy(more + SEGMENT_HEADER + 13, bytes + SEGMENT_HEADER,
	    len - SEGMENT_HEADER);
	memcpy(more + len + 13, other, 13);
	file_write(folder->file, more, len + 26);
	assert_string_equal(told(reader), "1, 2, 3, 4, 5, 6, 7, 8");
	check_zstdcat(folder, reader);
	free(bytes);
	free(more);
	end();
}

static void removed_segments_are_a_gap(void **state)
{
	struct folder *folder = *state;
	const struct spool_line *line;
	uint64_t oldest, next;

	begin(folder, 7); /* 1 to 6, 7 to 12, 13 and 14 */
	assert_int_equal(spool_next(reader, &line), SPOOL_LINE);
	assert_int_equal(unlink(folder_file(folder, SEVEN)), 0);
	assert_string_equal(told(reader), "2, 3, 4, 5, 6, gap 7-12, 13, 14");
	assert_int_equal(spool_bounds(folder->path, &oldest, &next), 0);
	assert_int_equal(oldest, 1);
	assert_int_equal(next, 15);

	/* What is open can still be read. */
	spool_seek(reader, 2);
	assert_int_equal(spool_next(reader, &line), SPOOL_LINE);
	assert_int_equal(unlink(folder_file(folder, ONE)), 0);
	assert_string_equal(told(reader), "3, 4, 5, 6, gap 7-12, 13, 14");
	assert_string_equal(told_all(reader), "gap 1-12, 13, 14");
	spool_seek(reader, 8);
	assert_string_equal(told(reader), "gap 8-12, 13, 14");
	assert_int_equal(spool_bounds(folder->path, &oldest, &next), 0);
	assert_int_equal(oldest, 13);
	assert_int_equal(next, 15);
	end();
}

/* Each of these is told at once: nothing waits here as long as it says. */
static void waiting_ends_when_there_is_more(void **state)
{
	struct folder *folder = *state;

	begin(folder, 0);
	assert_int_equal(spool_wait(reader, 0), 0);
	assert_int_equal(write_lines(writer, 2), 0);
	assert_int_equal(spool_wait(reader, -1), 1);
	assert_string_equal(told(reader), "1, 2");
	assert_int_equal(spool_wait(reader, 0), 0);
	/* Written before the look, so that it is told although it was seen. */
	assert_int_equal(write_lines(writer, 4), 0);
	assert_string_equal(told(reader), "3, 4, 5, 6");
	assert_int_equal(spool_wait(reader, -1), 1);
	assert_string_equal(told(reader), "");
	assert_int_equal(unlink(folder_file(folder, ONE)), 0);
	assert_int_equal(spool_wait(reader, -1), 1);
	assert_int_equal(spool_wait(reader, 1), 0);
	end();
}

static void bounds_are_those_of_what_can_be_read(void **state)
{
	struct folder *folder = *state;
	uint64_t frame, at, oldest, next;

	begin(folder, 3);
	at = commit_at(folder, ONE, 1, &frame);
	flip(folder_file(folder, ONE), 8 * (at + 20));
	assert_int_equal(spool_bounds(folder->path, &oldest, &next), 0);
	assert_int_equal(oldest, 1);
	assert_int_equal(next, 7);
	end();
}

static int64_t counted; /* the time of a clock that goes by itself */

static int64_t clock_counts(void)
{
	return counted += 1000;
}

/* One commit a line, of text that does not get much shorter. */
static void write_large(struct spool_writer *large, int n)
{
	char json[3000];
	uint64_t first;
	int i;

	for (i = 1; i <= n; i++) {
		struct spool_batch batch = { 0 };
		size_t at = (size_t)sprintf(json, "{\"n\":%d,\"x\":\"", i);

		while (at < sizeof(json) - 3)
			json[at++] = (char)('a' + rand() % 26);
		memcpy(json + at, "\"}", 3);
		spool_add(&batch, json, strlen(json));
		assert_int_equal(spool_write(large, &batch, &first), 0);
		spool_batch_free(&batch);
	}
}

static uint64_t next_number(void)
{
	const struct spool_line *line;

	assert_int_equal(spool_next(reader, &line), SPOOL_LINE);
	return line->seq;
}

/* In a segment that is large enough for it. */
static void a_number_and_a_time_are_found_by_halving(void **state)
{
	static const struct spool_settings all_in_one = { .segment_bytes = 1
		    << 30,
		.segment_age = INT64_MAX,
		.now = clock_counts };
	struct folder *folder = *state;
	struct spool_writer *large = writer_at(folder->path, &all_in_one);
	struct stat about;
	uint64_t n;

	counted = 0;
	write_large(large, 400);
	spool_writer_close(large);
	assert_int_equal(stat(folder_file(folder, ONE), &about), 0);
	assert_true(about.st_size > 512 << 10);
	reader = reader_at(folder->path);
	for (n = 1; n <= 400; n++) {
		spool_seek(reader, n);
		assert_int_equal(next_number(), n);
	}
	for (n = 0; n < 400; n++) {
		spool_seek_time(reader, counted - (int64_t)n * 1000 - 500);
		assert_int_equal(next_number(), 400 - n);
	}
	spool_close(reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_number_and_a_time_are_found_by_halving),
		IN_FOLDER(a_new_spool_is_empty),
		IN_FOLDER(a_line_is_found_by_its_number),
		IN_FOLDER(a_reader_follows_its_writer),
		IN_FOLDER(a_reader_that_is_late_misses_nothing),
		IN_FOLDER(what_is_pending_is_not_there),
		IN_FOLDER(a_flipped_bit_costs_one_commit),
		IN_FOLDER(damage_at_the_end_is_told),
		IN_FOLDER(damage_before_a_successor_is_told),
		IN_FOLDER(frames_of_others_are_skipped),
		IN_FOLDER(removed_segments_are_a_gap),
		IN_FOLDER(waiting_ends_when_there_is_more),
		IN_FOLDER(bounds_are_those_of_what_can_be_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
