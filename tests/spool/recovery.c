/* What failures leave in a spool costs no line that was shown. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/resource.h>

#include "tests/spool/fake.h"
#include "tests/spool/told.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define ONE "00000000000000000001.jsonl.zst"
#define TWO "00000000000000000002.jsonl.zst"
#define NOON INT64_C(1730980800123)

static int64_t noon(void)
{
	return NOON;
}

static int64_t morning(void)
{
	return NOON - 4 * 3600 * 1000;
}

/* Each commit fills a segment, or none ever does. */
static const struct spool_settings one_each = { .segment_bytes = 1,
	.segment_age = 1 << 30,
	.now = noon },
				   all_in_one = { .segment_bytes = 1 << 20,
					   .segment_age = 1 << 30,
					   .now = noon };

/* Commits of so many lines each: the numbers end with a 0. */
static void write_commits(struct folder *folder,
    const struct spool_settings *settings, const int *commits)
{
	struct spool_writer *writer = writer_at(folder->path, settings);

	for (; *commits > 0; commits++)
		assert_int_equal(write_lines(writer, *commits), 0);
	spool_writer_close(writer);
}

/* Each operation of the first commit fails once, under a reader's eyes. */
static void a_follower_sees_what_is_written_after_a_failure(void **state)
{
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	struct spool_settings settings = one_each;
	struct fake fake;
	int before;

	for (before = 0; before < 8; before++) {
		struct spool_writer *writer;

		folder_empty(folder);
		fake_begin(&fake);
		settings.disk = &fake.disk;
		writer = writer_at(folder->path, &settings);
		spool_seek(reader, 1);
		fake.fault = (struct fault){ "EIO", EIO, 1 };
		fake.before = fake.done + before;
		while (write_lines(writer, 1) != 0)
			assert_string_equal(told(reader), "");
		assert_string_equal(told(reader), "1");
		assert_int_equal(write_lines(writer, 1), 0);
		assert_string_equal(told(reader), "2");
		assert_true(fake.done > fake.before + 1);
		spool_writer_close(writer);
	}
	spool_close(reader);
}

/* The second segment has its header, and the clock was set back. */
static void time_does_not_go_back_behind_an_empty_segment(void **state)
{
	struct folder *folder = *state;
	struct spool_settings settings = one_each;
	struct spool_reader *reader = reader_at(folder->path);
	const struct spool_line *line;
	int i;

	write_commits(folder, &settings, (const int[]){ 1, 1, 0 });
	assert_int_equal(truncate(folder_file(folder, TWO), SEGMENT_HEADER), 0);
	settings.now = morning;
	write_commits(folder, &settings, (const int[]){ 1, 0 });
	for (i = 0; i < 2; i++) {
		assert_int_equal(spool_next(reader, &line), SPOOL_LINE);
		assert_non_null(strstr(line->text, "2024-11-07T12:00:00.123Z"));
	}
	assert_int_equal(spool_next(reader, &line), SPOOL_END);
	spool_close(reader);
}

struct failing {
	struct disk disk;
	int left; /* reads until the one that fails */
};

static ssize_t failing_pread(
    void *whose, int fd, void *bytes, size_t len, off_t at)
{
	struct failing *failing = whose;

	if (failing->left-- != 0)
		return pread(fd, bytes, len, at);
	errno = EIO;
	return -1;
}

/* Recovers while one read fails: whether there was such a read. */
static bool recover_failing(struct folder *folder, int before)
{
	struct failing failing = { disk_real, before };
	struct spool_settings settings = all_in_one;
	struct spool_recovered found;
	struct spool_writer *writer;

	failing.disk.whose = &failing;
	failing.disk.pread = failing_pread;
	settings.disk = &failing.disk;
	writer = spool_writer_open(folder->path, &settings);
	assert_non_null(writer);
	errno = 0;
	if (spool_recover(writer, &found) != 0)
		assert_int_equal(errno, EIO);
	else
		assert_int_equal(found.next, 7);
	assert_int_equal(found.cut, 0);
	spool_writer_close(writer);
	return failing.left < 0;
}

static void recovery_cuts_nothing_that_it_cannot_read(void **state)
{
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	struct spool_writer *writer;
	bool failed;
	int before = 0;

	do {
		folder_empty(folder);
		write_commits(folder, &all_in_one, (const int[]){ 2, 2, 2, 0 });
		failed = recover_failing(folder, before++);
		assert_string_equal(told_all(reader), "1, 2, 3, 4, 5, 6");
		writer = writer_at(folder->path, &all_in_one);
		assert_int_equal(spool_writer_next(writer), 7);
		spool_writer_close(writer);
		assert_string_equal(told_all(reader), "1, 2, 3, 4, 5, 6");
		check_zstdcat(folder, reader);
	} while (failed);
	assert_true(before > 5);
	spool_close(reader);
}

/* Of the last segment; the one before it has the uuid, too. */
static void the_uuid_is_kept_behind_a_bad_header(void **state)
{
	struct folder *folder = *state;
	struct spool_writer *writer = writer_at(folder->path, &one_each);
	struct spool_recovered found;
	char uuid[37], now[37];

	assert_int_equal(write_lines(writer, 1), 0);
	assert_int_equal(write_lines(writer, 1), 0);
	spool_writer_uuid(writer, uuid);
	spool_writer_close(writer);
	flip(folder_file(folder, TWO), UINT64_C(8) * 30);
	assert_int_equal(spool_uuid(folder->path, now), 0);
	assert_string_equal(now, uuid);

	writer = spool_writer_open(folder->path, &one_each);
	assert_int_equal(spool_recover(writer, &found), 0);
	assert_int_equal(found.next, 3);
	assert_string_equal(found.uuid, uuid);
	assert_int_equal(write_lines(writer, 1), 0);
	spool_writer_uuid(writer, now);
	assert_string_equal(now, uuid);
	spool_writer_close(writer);
}

static void a_segment_without_its_header_is_made_again(void **state)
{
	static const char bytes[SEGMENT_HEADER] = "0123456789";
	static const size_t sizes[] = { 0, 10, SEGMENT_HEADER - 1 };
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	size_t i;

	for (i = 0; i < COUNT(sizes); i++) {
		struct spool_recovered found;
		struct spool_writer *writer;
		struct stat about;

		folder_empty(folder);
		file_write(folder_file(folder, ONE), bytes, sizes[i]);
		writer = spool_writer_open(folder->path, &one_each);
		assert_int_equal(spool_recover(writer, &found), 0);
		assert_int_equal(found.next, 1);
		assert_int_equal(found.cut, 0);
		assert_int_equal(stat(folder_file(folder, ONE), &about), 0);
		assert_int_equal(about.st_size, sizes[i]);
		assert_int_equal(write_lines(writer, 1), 0);
		spool_writer_close(writer);
		assert_string_equal(told_all(reader), "1");
		check_zstdcat(folder, reader);
	}
	spool_close(reader);
}

/* So many descriptors that there is none for another: what was allowed. */
static struct rlimit leave_none(void)
{
	struct rlimit was, few;
	int next = dup(STDIN_FILENO);

	assert_true(next >= 0);
	close(next);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &was), 0);
	few = was;
	few.rlim_cur = (rlim_t)next;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	return was;
}

/* A folder that cannot be listed is no empty one. */
static void recovery_fails_where_the_folder_cannot_be_listed(void **state)
{
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	struct spool_recovered found;
	struct spool_writer *writer;
	uint64_t oldest, next;
	struct rlimit was;
	int recovered, bounds;

	write_commits(folder, &one_each, (const int[]){ 2, 2, 0 });
	writer = spool_writer_open(folder->path, &one_each);
	was = leave_none();
	bounds = spool_bounds(folder->path, &oldest, &next);
	recovered = spool_recover(writer, &found);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &was), 0);
	assert_int_equal(bounds, -1);
	assert_int_equal(recovered, -1);

	assert_int_equal(spool_recover(writer, &found), 0);
	assert_int_equal(found.next, 5);
	assert_int_equal(write_lines(writer, 1), 0);
	spool_writer_close(writer);
	assert_string_equal(told(reader), "1, 2, 3, 4, 5");
	spool_close(reader);
}

/* So many commits of one line, each a little longer than the one before; what
   zstd makes of noise is as long as the noise. */
static void write_growing(struct folder *folder, int n)
{
	struct spool_writer *writer = writer_at(folder->path, &all_in_one);
	uint32_t noise = 2024;
	int i, k;

	for (i = 0; i < n; i++) {
		struct spool_batch batch = { 0 };
		char json[500];
		uint64_t first;
		int len = sprintf(json, "{\"n\":%d,\"noise\":\"", i + 1);

		for (k = 0; k < i / 2; k++) {
			noise = noise * 1103515245u + 12345;
			json[len++] = (char)('a' + (noise >> 16) % 26);
		}
		len += sprintf(json + len, "\"}");
		spool_add(&batch, json, (size_t)len);
		assert_int_equal(spool_write(writer, &batch, &first), 0);
		spool_batch_free(&batch);
	}
	spool_writer_close(writer);
}

/* The offset of the first commit that one flipped bit makes a pending one. */
static uint64_t nearly_pending(const char *path)
{
	int fd = open(path, O_RDONLY);
	struct step step = { .next = SEGMENT_HEADER };
	uint32_t own, bits;

	do {
		assert_int_equal(segment_step(&disk_real, fd, step.next, &step),
		    FOUND_COMMIT);
		own = (uint32_t)mark_size(&step.mark) - 8;
		bits = own ^ (own + step.mark.frame);
	} while ((bits & (bits - 1)) != 0);
	close(fd);
	return step.at;
}

static void check_count(struct spool_reader *reader, uint64_t n)
{
	const struct spool_line *line;
	uint64_t i;

	spool_seek(reader, 1);
	for (i = 1; i <= n; i++) {
		assert_int_equal(spool_next(reader, &line), SPOOL_LINE);
		assert_int_equal(line->seq, i);
	}
	assert_int_equal(spool_next(reader, &line), SPOOL_END);
}

static void a_flipped_bit_makes_nothing_pending(void **state)
{
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	struct spool_recovered found;
	struct spool_writer *writer;
	const char *path;

	write_growing(folder, 400);
	check_count(reader, 400);
	path = folder_file(folder, ONE);
	unpublish(path, nearly_pending(path));
	check_count(reader, 400);

	writer = spool_writer_open(folder->path, &all_in_one);
	assert_int_equal(spool_recover(writer, &found), 0);
	assert_int_equal(found.next, 401);
	assert_int_equal(found.cut, 0);
	assert_int_equal(found.published, 0);
	spool_writer_close(writer);
	check_count(reader, 400);
	check_zstdcat(folder, reader);
	spool_close(reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_follower_sees_what_is_written_after_a_failure),
		IN_FOLDER(time_does_not_go_back_behind_an_empty_segment),
		IN_FOLDER(recovery_cuts_nothing_that_it_cannot_read),
		IN_FOLDER(the_uuid_is_kept_behind_a_bad_header),
		IN_FOLDER(a_segment_without_its_header_is_made_again),
		IN_FOLDER(recovery_fails_where_the_folder_cannot_be_listed),
		IN_FOLDER(a_flipped_bit_makes_nothing_pending),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
