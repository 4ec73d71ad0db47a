/* Writing a spool: numbers, times, segments, and how its end is made whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/spool/told.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define NOON INT64_C(1730980800123) /* 2024-11-07T12:00:00.123Z */
#define ONE "00000000000000000001.jsonl.zst"

static int64_t clock_millis;

static int64_t clock_told(void)
{
	return clock_millis;
}

static struct spool_settings settings_of(uint64_t bytes, int64_t age)
{
	clock_millis = NOON;
	return (struct spool_settings){
		.segment_bytes = bytes, .segment_age = age, .now = clock_told
	};
}

static struct spool_settings large(void)
{
	return settings_of(1 << 20, 1 << 30);
}

static char *zstdcat(struct folder *folder)
{
	char command[256];
	int status;

	snprintf(
	    command, sizeof(command), "zstdcat %s/*.jsonl.zst", folder->path);
	return printed_by(command, &status);
}

static void lines_get_their_number_and_their_time(void **state)
{
	struct folder *folder = *state;
	struct spool_settings settings = large();
	struct spool_writer *writer = writer_at(folder->path, &settings);
	char *all;

	assert_int_equal(spool_writer_next(writer), 1);
	assert_int_equal(write_lines(writer, 2), 0);
	assert_int_equal(write_lines(writer, 0), 0);
	clock_millis++;
	assert_int_equal(write_lines(writer, 1), 0);
	spool_writer_close(writer);
	all = zstdcat(folder);
	assert_string_equal(all,
	    "{\"seq\":1,\"spooled\":\"2024-11-07T12:00:00.123Z\",\"n\":1}\n"
	    "{\"seq\":2,\"spooled\":\"2024-11-07T12:00:00.123Z\",\"n\":2}\n"
	    "{\"seq\":3,\"spooled\":\"2024-11-07T12:00:00.124Z\",\"n\":3}\n");
	free(all);
}

static void numbers_go_on_where_they_ended(void **state)
{
	struct folder *folder = *state;
	struct spool_settings settings = large();
	struct spool_reader *reader = reader_at(folder->path);
	char uuid[37], again[37];
	int i;

	for (i = 0; i < 3; i++) {
		struct spool_writer *writer =
		    writer_at(folder->path, &settings);

		assert_int_equal(spool_writer_next(writer), 1 + 2 * i);
		assert_int_equal(write_lines(writer, 2), 0);
		spool_writer_uuid(writer, i == 0 ? uuid : again);
		spool_writer_close(writer);
	}
	assert_string_equal(told_all(reader), "1, 2, 3, 4, 5, 6");
	assert_string_equal(uuid, again);
	assert_int_equal(spool_uuid(folder->path, again), 0);
	assert_string_equal(uuid, again);
	check_zstdcat(folder, reader);
	spool_close(reader);
}

/* The clock is set back within a run, and between two. */
static void time_never_goes_back(void **state)
{
	static const struct {
		int64_t clock;
		const char *spooled;
		bool restart; /* before it */
	} rows[] = {
		{ 0, "2024-11-07T12:00:00.123Z", false },
		{ -1, "2024-11-07T12:00:00.123Z", false },
		{ 5000, "2024-11-07T12:00:05.123Z", false },
		{ -86400000, "2024-11-07T12:00:05.123Z", false },
		{ -86400000, "2024-11-07T12:00:05.123Z", true },
		{ 4999, "2024-11-07T12:00:05.123Z", true },
		{ 6000, "2024-11-07T12:00:06.123Z", false },
	};
	struct folder *folder = *state;
	struct spool_settings settings = large();
	struct spool_writer *writer = writer_at(folder->path, &settings);
	struct spool_reader *reader = reader_at(folder->path);
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		const struct spool_line *line;

		if (rows[i].restart) {
			spool_writer_close(writer);
			writer = writer_at(folder->path, &settings);
		}
		clock_millis = NOON + rows[i].clock;
		assert_int_equal(write_lines(writer, 1), 0);
		assert_int_equal(spool_next(reader, &line), SPOOL_LINE);
		if (strstr(line->text, rows[i].spooled) == NULL)
			fail_msg("%s, not %s", line->text, rows[i].spooled);
	}
	spool_close(reader);
	spool_writer_close(writer);
}

/* "1 4 7": the numbers in the names of the segments. */
static const char *segments(const char *folder, char text[256])
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY), at = 0;
	size_t n, i;
	uint64_t *list = segment_list(&disk_real, fd, &n);

	text[0] = '\0';
	for (i = 0; i < n; i++)
		at +=
		    sprintf(text + at, "%s%" PRIu64, i > 0 ? " " : "", list[i]);
	free(list);
	close(fd);
	return text;
}

static void a_segment_is_full_at_some_time(void **state)
{
	static const struct {
		uint64_t bytes;
		int64_t age, step; /* of the clock, between two commits */
		bool restart;      /* between two commits */
		const char *segments;
	} rows[] = {
		{ 1 << 20, 1000, 0, false, "1" },
		{ 1, 1000, 0, false, "1 2 3 4 5" },
		{ 1, 1000, 0, true, "1 2 3 4 5" },
		{ 300, 1000, 0, false, "1 3 5" },
		{ 300, 1000, 0, true, "1 3 5" },
		{ 1 << 20, 1000, 1000, false, "1 2 3 4 5" },
		{ 1 << 20, 1000, 500, false, "1 3 5" },
		{ 1 << 20, 1000, 500, true, "1 3 5" },
		{ 1 << 20, 1000, -500, false, "1" },
	};
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	size_t i;
	int k;

	for (i = 0; i < COUNT(rows); i++) {
		struct spool_settings settings =
		    settings_of(rows[i].bytes, rows[i].age);
		struct spool_writer *writer =
		    writer_at(folder->path, &settings);
		char text[256];

		for (k = 0; k < 5; k++) {
			assert_int_equal(write_lines(writer, 1), 0);
			clock_millis += rows[i].step;
			if (!rows[i].restart)
				continue;
			spool_writer_close(writer);
			writer = writer_at(folder->path, &settings);
		}
		spool_writer_close(writer);
		if (strcmp(segments(folder->path, text), rows[i].segments) != 0)
			fail_msg("row %zu: %s", i, text);
		assert_string_equal(told_all(reader), "1, 2, 3, 4, 5");
		check_zstdcat(folder, reader);
		folder_empty(folder);
	}
	spool_close(reader);
}

static void a_spool_has_one_writer(void **state)
{
	struct folder *folder = *state;
	struct spool_settings settings = large();
	struct spool_writer *writer = writer_at(folder->path, &settings);

	errno = 0;
	assert_null(spool_writer_open(folder->path, &settings));
	assert_int_equal(errno, EWOULDBLOCK);
	assert_int_equal(write_lines(writer, 1), 0);
	spool_writer_close(writer);
	writer = spool_writer_open(folder->path, &settings);
	assert_non_null(writer);
	spool_writer_close(writer);
	assert_null(spool_writer_open(folder_file(folder, "none"), &settings));
	assert_int_equal(errno, ENOENT);
	spool_writer_close(NULL);
}

static void what_is_missing_is_told_as_a_loss(void **state)
{
	static const char *const uuid = "00112233-4455-6677-8899-aabbccddeeff";
	struct folder *folder = *state;
	struct spool_settings settings = large();
	struct spool_writer *writer = writer_at(folder->path, &settings);
	struct spool_reader *reader = reader_at(folder->path);
	const struct spool_line *line;
	char found[37];

	/* A new spool takes the uuid and the numbers of the state. */
	assert_int_equal(spool_resume(writer, 4, uuid, "a crash"), 0);
	assert_int_equal(spool_writer_next(writer), 4);
	assert_int_equal(write_lines(writer, 2), 0);
	assert_int_equal(spool_resume(writer, 6, NULL, "no more"), 0);
	assert_int_equal(spool_resume(writer, 2, NULL, "no more"), 0);
	spool_writer_close(writer);

	/* One that has a uuid keeps it. */
	writer = writer_at(folder->path, &settings);
	assert_int_equal(spool_resume(writer, 9,
			     "ffffffff-ffff-ffff-ffff-ffffffffffff", "b"),
	    0);
	assert_int_equal(write_lines(writer, 1), 0);
	spool_writer_uuid(writer, found);
	assert_string_equal(found, uuid);
	spool_writer_close(writer);
	assert_int_equal(spool_uuid(folder->path, found), 0);
	assert_string_equal(found, uuid);

	assert_string_equal(told_all(reader), "loss, 4, 5, loss, 9");
	spool_seek(reader, 1);
	assert_int_equal(spool_next(reader, &line), SPOOL_LINE);
	assert_string_equal(line->text,
	    "{\"v\":1,\"kind\":\"loss\",\"from\":1,\"to\":3,"
	    "\"why\":\"a crash\"}");
	check_zstdcat(folder, reader);
	spool_close(reader);
}

static void a_long_why_is_cut_short(void **state)
{
	static const char begins[] =
	    "{\"v\":1,\"kind\":\"loss\",\"from\":1,\"to\":4,\"why\":\"";
	struct folder *folder = *state;
	struct spool_settings settings = large();
	struct spool_writer *writer = writer_at(folder->path, &settings);
	struct spool_reader *reader = reader_at(folder->path);
	const struct spool_line *line;
	char why[400] = { 0 };
	size_t n;

	memset(why, 'x', sizeof(why) - 1);
	assert_int_equal(spool_resume(writer, 5, NULL, why), 0);
	assert_int_equal(spool_next(reader, &line), SPOOL_LINE);
	assert_int_equal(line->len, strlen(line->text));
	assert_true(line->len < 256);
	assert_memory_equal(line->text, begins, strlen(begins));
	n = strspn(line->text + strlen(begins), "x");
	assert_true(n > 100);
	assert_string_equal(line->text + strlen(begins) + n, "\"}");
	check_zstdcat(folder, reader);
	spool_close(reader);
	spool_writer_close(writer);
}

struct torn {
	struct folder *folder;
	struct spool_settings settings;
	struct spool_reader *reader;
	char path[512], uuid[37];
	char *commit;         /* the whole file, its last commit pending, */
	size_t before, whole; /* which begins and ends there */
};

/* Of the commit so many bytes are on the disk; the file ends there, or is
   longer. */
static void check_torn(struct torn *torn, size_t have, size_t size)
{
	bool published = have == torn->whole;
	struct spool_writer *writer;
	struct spool_recovered found;
	char *bytes = calloc(1, size + 1);

	memcpy(bytes, torn->commit, have);
	file_write(torn->path, bytes, size);
	free(bytes);
	file_write(folder_file(torn->folder, ".new"), "x", 1);
	assert_string_equal(told_all(torn->reader), "1, 2");

	writer = spool_writer_open(torn->folder->path, &torn->settings);
	assert_int_equal(spool_recover(writer, &found), 0);
	assert_string_equal(found.uuid, torn->uuid);
	assert_int_equal(found.published, published ? 3 : 0);
	assert_int_equal(found.cut, published ? 0 : size - torn->before);
	assert_int_equal(found.next, published ? 6 : 3);
	assert_int_equal(write_lines(writer, 1), 0);
	spool_writer_close(writer);
	assert_string_equal(
	    told_all(torn->reader), published ? "1, 2, 3, 4, 5, 6" : "1, 2, 3");
	assert_int_not_equal(
	    access(folder_file(torn->folder, ".new"), F_OK), 0);
	check_zstdcat(torn->folder, torn->reader);
}

static void the_end_is_made_whole(void **state)
{
	struct torn torn = { .folder = *state, .settings = large() };
	struct spool_writer *writer;
	size_t have;

	torn.reader = reader_at(torn.folder->path);
	writer = writer_at(torn.folder->path, &torn.settings);
	strcpy(torn.path, folder_file(torn.folder, ONE));
	assert_int_equal(write_lines(writer, 2), 0);
	free(file_read(torn.path, &torn.before));
	assert_int_equal(write_lines(writer, 3), 0);
	spool_writer_uuid(writer, torn.uuid);
	spool_writer_close(writer);
	unpublish(torn.path, torn.before);
	torn.commit = file_read(torn.path, &torn.whole);
	for (have = torn.before; have <= torn.whole; have++) {
		check_torn(&torn, have, have);
		check_torn(&torn, have, torn.whole);
	}
	free(torn.commit);
	spool_close(torn.reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(lines_get_their_number_and_their_time),
		IN_FOLDER(numbers_go_on_where_they_ended),
		IN_FOLDER(time_never_goes_back),
		IN_FOLDER(a_segment_is_full_at_some_time),
		IN_FOLDER(a_spool_has_one_writer),
		IN_FOLDER(what_is_missing_is_told_as_a_loss),
		IN_FOLDER(a_long_why_is_cut_short),
		IN_FOLDER(the_end_is_made_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
