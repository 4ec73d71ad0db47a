/* Which segments go, and that they go, the oldest first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "spool/consumer.h"
#include "spool/retention.h"
#include "spool/upkeep.h"
#include "tests/spool/other.h"
#include "tests/spool/told.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define NOON INT64_C(1730980800123)
#define HOUR INT64_C(3600000)
#define NONE UINT64_MAX /* behind the last position of a row */
#define OURS "00112233-4455-6677-8899-aabbccddeeff"
#define ANOTHERS "ffeeddcc-bbaa-9988-7766-554433221100"

/* ---- deciding ---- */

/* Five of ten lines and 100 bytes each, from five hours old to one. */
static const struct kept five[] = {
	{ 1, 11, 100, NOON - 5 * HOUR },
	{ 11, 21, 100, NOON - 4 * HOUR },
	{ 21, 31, 100, NOON - 3 * HOUR },
	{ 31, 41, 100, NOON - 2 * HOUR },
	{ 41, UINT64_MAX, 100, NOON - 1 * HOUR },
};

static void so_many_go(void **state)
{
	static const struct {
		struct spool_limits limits;
		uint64_t free;
		uint64_t positions[4];
		size_t n; /* of the five */
	} rows[] = {
		/* no limits */
		{ { 0 }, 0, { NONE }, 0 },
		{ { 0 }, 0, { 50, NONE }, 0 },
		{ { .consumer_bytes = 1 }, 0, { 0, NONE }, 0 },
		{ { .consumer_age = 1 }, 0, { 0, NONE }, 0 },
		/* bytes */
		{ { .bytes = 501 }, 0, { NONE }, 0 },
		{ { .bytes = 500 }, 0, { NONE }, 0 },
		{ { .bytes = 499 }, 0, { NONE }, 1 },
		{ { .bytes = 400 }, 0, { NONE }, 1 },
		{ { .bytes = 399 }, 0, { NONE }, 2 },
		{ { .bytes = 100 }, 0, { NONE }, 4 },
		{ { .bytes = 1 }, 0, { NONE }, 4 },
		/* age */
		{ { .age = 5 * HOUR }, 0, { NONE }, 0 },
		{ { .age = 5 * HOUR - 1 }, 0, { NONE }, 1 },
		{ { .age = 4 * HOUR }, 0, { NONE }, 1 },
		{ { .age = 2 * HOUR }, 0, { NONE }, 3 },
		{ { .age = 1 }, 0, { NONE }, 4 },
		/* free */
		{ { .free = 1000 }, 1001, { NONE }, 0 },
		{ { .free = 1000 }, 1000, { NONE }, 0 },
		{ { .free = 1000 }, 999, { NONE }, 1 },
		{ { .free = 1000 }, 900, { NONE }, 1 },
		{ { .free = 1000 }, 899, { NONE }, 2 },
		{ { .free = 1000 }, 0, { NONE }, 4 },
		/* two of them: it is enough that one says so */
		{ { .bytes = 400, .age = 2 * HOUR }, 0, { NONE }, 3 },
		{ { .bytes = 200, .age = 4 * HOUR }, 0, { NONE }, 3 },
		{ { .bytes = 400, .free = 1000 }, 800, { NONE }, 2 },
		{ { .bytes = 300, .free = 1000 }, 950, { NONE }, 2 },
		{ { .age = 4 * HOUR, .free = 1000 }, 750, { NONE }, 3 },
		/* consumers without a leash */
		{ { .bytes = 1 }, 0, { 0, NONE }, 0 },
		{ { .bytes = 1 }, 0, { 9, NONE }, 0 },
		{ { .bytes = 1 }, 0, { 10, NONE }, 1 },
		{ { .bytes = 1 }, 0, { 11, NONE }, 1 },
		{ { .bytes = 1 }, 0, { 25, NONE }, 2 },
		{ { .bytes = 1 }, 0, { 45, NONE }, 4 },
		{ { .bytes = 300 }, 0, { 45, NONE }, 2 },
		{ { .bytes = 1 }, 0, { 45, 20, NONE }, 2 },
		{ { .bytes = 1 }, 0, { 20, 45, NONE }, 2 },
		{ { .bytes = 1 }, 0, { 45, 10, 30, NONE }, 1 },
		{ { .age = 1 }, 0, { 30, NONE }, 3 },
		{ { .free = 1000 }, 0, { 30, NONE }, 3 },
		/* a leash of bytes */
		{ { .bytes = 1, .consumer_bytes = 500 }, 0, { 0, NONE }, 0 },
		{ { .bytes = 1, .consumer_bytes = 499 }, 0, { 0, NONE }, 1 },
		{ { .bytes = 1, .consumer_bytes = 200 }, 0, { 0, NONE }, 3 },
		{ { .bytes = 1, .consumer_bytes = 1 }, 0, { 0, NONE }, 4 },
		{ { .bytes = 1, .consumer_bytes = 300 }, 0, { 35, NONE }, 3 },
		{ { .bytes = 400, .consumer_bytes = 300 }, 0, { 0, NONE }, 1 },
		{ { .free = 1000, .consumer_bytes = 300 }, 0, { 0, NONE }, 2 },
		/* a leash of time */
		{ { .bytes = 1, .consumer_age = 5 * HOUR }, 0, { 0, NONE }, 0 },
		{ { .bytes = 1, .consumer_age = 5 * HOUR - 1 }, 0, { 0, NONE },
		    1 },
		{ { .bytes = 1, .consumer_age = 3 * HOUR }, 0, { 0, NONE }, 2 },
		{ { .age = 1, .consumer_age = 1 }, 0, { 0, NONE }, 4 },
		{ { .age = 4 * HOUR, .consumer_age = 1 }, 0, { 0, NONE }, 1 },
		/* both */
		{ { .bytes = 1,
		      .consumer_bytes = 400,
		      .consumer_age = 3 * HOUR },
		    0, { 0, NONE }, 2 },
		{ { .bytes = 1,
		      .consumer_bytes = 200,
		      .consumer_age = 4 * HOUR },
		    0, { 0, NONE }, 3 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct retention retention = { .segments = five,
			.n_segments = COUNT(five),
			.positions = rows[i].positions,
			.free = rows[i].free,
			.now = NOON };
		size_t n;

		while (rows[i].positions[retention.n_positions] != NONE)
			retention.n_positions++;
		n = retention_decide(&retention, &rows[i].limits);
		if (n != rows[i].n)
			fail_msg("row %zu: %zu", i, n);
	}
}

/* However few there are, and wherever the clock went. */
static void the_last_one_never_goes(void **state)
{
	static const struct spool_limits limits = {
		.bytes = 1, .age = 1, .free = UINT64_MAX
	};
	struct retention retention = { .segments = five, .now = NOON };
	size_t n;

	(void)state;
	for (n = 0; n <= COUNT(five); n++) {
		retention.n_segments = n;
		assert_int_equal(
		    retention_decide(&retention, &limits), n > 0 ? n - 1 : 0);
	}
}

static void nothing_is_old_where_the_clock_was_set_back(void **state)
{
	static const struct spool_limits limits = { .age = 1 };
	struct retention retention = { .segments = five,
		.n_segments = COUNT(five),
		.now = NOON - 100 * HOUR };

	(void)state;
	assert_int_equal(retention_decide(&retention, &limits), 0);
}

/* ---- doing ---- */

struct spare { /* a disk that has so many bytes left */
	struct disk disk;
	uint64_t free;
};

static int spare_space(void *whose, int folder, uint64_t *bytes)
{
	const struct spare *spare = whose;

	(void)folder;
	*bytes = spare->free;
	return 0;
}

static int64_t clock_millis;

static int64_t clock_told(void)
{
	return clock_millis;
}

/* [1 2] | [3 4] | ... | [9 10]: a segment each hour, and the last one at noon.
 */
static void write_spool(struct folder *folder)
{
	static const struct spool_settings settings = {
		.segment_bytes = 1, .segment_age = INT64_MAX, .now = clock_told
	};
	struct spool_writer *writer = writer_at(folder->path, &settings);
	int i;

	assert_int_equal(spool_resume(writer, 1, OURS, ""), 0);
	for (i = 4; i >= 0; i--) {
		clock_millis = NOON - i * HOUR;
		assert_int_equal(write_lines(writer, 2), 0);
	}
	spool_writer_close(writer);
}

/* "7 9": numbers in the names of what is there, and their bytes. */
static const char *segments(
    struct folder *folder, char text[128], uint64_t *bytes)
{
	int dir = open(folder->path, O_RDONLY | O_DIRECTORY), at = 0;
	size_t n, i;
	uint64_t *list = segment_list(&disk_real, dir, &n);

	*bytes = 0;
	text[0] = '\0';
	for (i = 0; i < n; i++) {
		char name[SEGMENT_NAME];
		struct stat about;

		segment_name(name, list[i]);
		assert_int_equal(fstatat(dir, name, &about, 0), 0);
		*bytes += (uint64_t)about.st_size;
		at +=
		    sprintf(text + at, "%s%" PRIu64, i > 0 ? " " : "", list[i]);
	}
	free(list);
	close(dir);
	return text;
}

/* What so many of the newest segments have in bytes. */
static uint64_t bytes_of(struct folder *folder, uint64_t n)
{
	uint64_t all = 0, first;

	for (first = 11 - 2 * n; first < 11; first += 2) {
		char name[SEGMENT_NAME];
		struct stat about;

		segment_name(name, first);
		assert_int_equal(stat(folder_file(folder, name), &about), 0);
		all += (uint64_t)about.st_size;
	}
	return all;
}

static void check_room(struct folder *folder, const struct spool_room *room,
    size_t row, const char *want)
{
	uint64_t bytes, oldest;
	char text[128];

	if (strcmp(segments(folder, text, &bytes), want) != 0)
		fail_msg("row %zu: %s", row, text);
	oldest = strtoull(text, NULL, 10);
	assert_int_equal(room->bytes, bytes);
	assert_int_equal(room->oldest, oldest);
	assert_int_equal(room->segments, (11 - oldest) / 2);
	assert_int_equal(room->removed, 5 - room->segments);
	if (room->removed > 0) {
		assert_int_equal(room->from, 1);
		assert_int_equal(room->to, oldest - 1);
	}
}

static void the_oldest_go_first(void **state)
{
	static const struct {
		uint64_t segments; /* bytes of so many, and one byte less */
		bool less;
		int64_t age;
		uint64_t want; /* bytes free when so many have gone */
		const char *left;
	} rows[] = {
		{ 0, false, 0, 0, "1 3 5 7 9" },
		{ 5, false, 0, 0, "1 3 5 7 9" },
		{ 5, true, 0, 0, "3 5 7 9" },
		{ 4, false, 0, 0, "3 5 7 9" },
		{ 4, true, 0, 0, "5 7 9" },
		{ 1, false, 0, 0, "9" },
		{ 1, true, 0, 0, "9" },
		/* No line is newer than the first one of the next segment. */
		{ 0, false, 4 * HOUR, 0, "1 3 5 7 9" },
		{ 0, false, 3 * HOUR, 0, "1 3 5 7 9" },
		{ 0, false, 3 * HOUR - 1, 0, "3 5 7 9" },
		{ 0, false, 1, 0, "7 9" },
		{ 0, false, 0, 1, "3 5 7 9" },
		{ 0, false, 0, 2, "5 7 9" },
		{ 0, false, 0, 5, "9" },
		{ 4, false, 0, 3, "7 9" },
		{ 2, false, 0, 1, "7 9" },
		{ 4, false, 1, 1, "7 9" },
	};
	struct folder *folder = *state;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct spare spare = { disk_real, 1000 };
		struct spool_limits limits = { .age = rows[i].age };
		struct spool_room room;
		uint64_t all;

		spare.disk.whose = &spare;
		spare.disk.space = spare_space;
		write_spool(folder);
		all = bytes_of(folder, 5);
		limits.bytes =
		    bytes_of(folder, rows[i].segments) - rows[i].less;
		if (rows[i].want > 0)
			limits.free = spare.free + all -
			    bytes_of(folder, 5 - rows[i].want);
		assert_int_equal(spool_retain(folder->path, &spare.disk,
				     &limits, NOON, &room),
		    0);
		check_room(folder, &room, i, rows[i].left);
		assert_int_equal(room.free, spare.free + all - room.bytes);
		folder_empty(folder);
	}
}

static void readers_are_told_of_a_gap(void **state)
{
	static const struct spool_limits limits = { .age = 1 };
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	const struct spool_line *line;
	struct spool_room room;
	uint64_t oldest, next;

	write_spool(folder);
	assert_int_equal(spool_next(reader, &line), SPOOL_LINE);
	assert_int_equal(
	    spool_retain(folder->path, &disk_real, &limits, NOON, &room), 0);
	assert_string_equal(told(reader), "2, gap 3-6, 7, 8, 9, 10");
	assert_string_equal(told_all(reader), "gap 1-6, 7, 8, 9, 10");
	check_zstdcat(folder, reader);
	assert_int_equal(spool_bounds(folder->path, &oldest, &next), 0);
	assert_int_equal(oldest, room.oldest);
	assert_int_equal(next, 11);

	/* Who writes goes on. */
	write_spool(folder);
	assert_string_equal(told(reader),
	    "11, 12, 13, 14, 15, 16, 17, 18, "
	    "19, 20");
	spool_close(reader);
}

static void write_consumer(
    struct folder *folder, const char *name, const char *uuid, uint64_t seq)
{
	struct position position = { .seq = seq, .acked = NOON };
	char text[CONSUMER_TEXT], file[64];

	assert_true(uuid_parse(uuid, position.uuid));
	position_put(text, &position);
	snprintf(file, sizeof(file), CONSUMER_FOLDER "/%s", name);
	file_write(folder_file(folder, file), text, strlen(text));
}

/* One beside "done", which has acknowledged all lines. */
static void consumers_hold_what_they_need(void **state)
{
	static const struct {
		const char *uuid; /* or the bytes of its file */
		uint64_t seq;
		uint64_t leash; /* bytes of so many segments */
		const char *left;
	} rows[] = {
		{ OURS, 10, 0, "9" },
		{ OURS, 0, 0, "1 3 5 7 9" },
		{ OURS, 1, 0, "1 3 5 7 9" },
		{ OURS, 2, 0, "3 5 7 9" },
		{ OURS, 5, 0, "5 7 9" },
		{ OURS, 0, 5, "1 3 5 7 9" },
		{ OURS, 0, 3, "5 7 9" },
		{ OURS, 7, 3, "7 9" },
		{ OURS, 99, 0, "9" },
		{ ANOTHERS, 0, 0, "9" },
		{ ANOTHERS, 0, 3, "9" },
		{ "", 0, 0, "9" },
		{ "damaged", 0, 0, "1 3 5 7 9" },
		{ "damaged", 0, 3, "5 7 9" },
		{ "dateline-consumer 2 later", 0, 0, "1 3 5 7 9" },
		{ "dateline-consumer 2 later", 0, 2, "7 9" },
	};
	struct folder *folder = *state;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct spool_limits limits = { .bytes = 1 };
		struct spool_room room;

		write_spool(folder);
		limits.consumer_bytes = bytes_of(folder, rows[i].leash);
		write_consumer(folder, "done", OURS, 10);
		if (strlen(rows[i].uuid) == 36)
			write_consumer(folder, "it", rows[i].uuid, rows[i].seq);
		else
			file_write(folder_file(folder, CONSUMER_FOLDER "/it"),
			    rows[i].uuid, strlen(rows[i].uuid));
		assert_int_equal(spool_retain(folder->path, &disk_real, &limits,
				     NOON, &room),
		    0);
		check_room(folder, &room, i, rows[i].left);
		folder_empty(folder);
	}
}

/* By age it is as old as what follows; where nobody knows that, it is kept. */
static void what_is_of_an_unknown_age_is_kept(void **state)
{
	static const struct spool_limits limits = { .age = 1 };
	struct folder *folder = *state;
	struct spool_room room;

	write_spool(folder);
	flip(folder_file(folder, "00000000000000000005.jsonl.zst"), 8 * 50);
	assert_int_equal(
	    spool_retain(folder->path, &disk_real, &limits, NOON, &room), 0);
	check_room(folder, &room, 0, "7 9");

	folder_empty(folder);
	write_spool(folder);
	flip(folder_file(folder, "00000000000000000007.jsonl.zst"), 8 * 50);
	flip(folder_file(folder, "00000000000000000009.jsonl.zst"), 8 * 50);
	assert_int_equal(
	    spool_retain(folder->path, &disk_real, &limits, NOON, &room), 0);
	check_room(folder, &room, 0, "5 7 9");
}

/* ---- what stands in the way ---- */

static bool upkeep_taken(const char *folder)
{
	struct upkeep upkeep;

	return upkeep_begin(&upkeep, &disk_real, folder) == 0;
}

static void it_waits_for_nobody(void **state)
{
	static const struct spool_limits limits = { .age = 1 };
	struct folder *folder = *state;
	struct spool_room room;
	struct other other;

	write_spool(folder);
	other = other_begin(folder->path, upkeep_taken);
	errno = 0;
	assert_int_equal(
	    spool_retain(folder->path, &disk_real, &limits, NOON, &room), -1);
	assert_int_equal(errno, EWOULDBLOCK);
	assert_int_equal(room.segments, 0);
	assert_int_equal(room.removed, 0);
	other_end(&other);
	assert_int_equal(
	    spool_retain(folder->path, &disk_real, &limits, NOON, &room), 0);
	check_room(folder, &room, 0, "7 9");
	assert_int_equal(spool_retain(folder_file(folder, "none"), &disk_real,
			     &limits, NOON, &room),
	    -1);
	assert_int_equal(errno, ENOENT);
}

static void a_new_spool_has_nothing_to_remove(void **state)
{
	static const struct spool_limits limits = { .bytes = 1, .age = 1 };
	static const struct spool_settings settings = { 0 };
	struct folder *folder = *state;
	struct spool_room room;

	spool_writer_close(writer_at(folder->path, &settings));
	assert_int_equal(
	    spool_retain(folder->path, &disk_real, &limits, NOON, &room), 0);
	assert_int_equal(room.segments, 0);
	assert_int_equal(room.bytes, 0);
	assert_int_equal(room.oldest, 0);
	assert_int_equal(room.removed, 0);
}

struct stubborn { /* a disk that fails to remove */
	struct disk disk;
	int before; /* so many it removes */
	int error;
	char did[128];
};

static int stubborn_unlink(void *whose, int folder, const char *name)
{
	struct stubborn *stubborn = whose;

	sprintf(stubborn->did + strlen(stubborn->did), "-%d ", atoi(name));
	if (stubborn->before-- != 0)
		return disk_real.unlink(NULL, folder, name);
	errno = stubborn->error;
	return -1;
}

static int stubborn_fsync(void *whose, int fd)
{
	struct stubborn *stubborn = whose;

	strcat(stubborn->did, "sync ");
	return disk_real.fsync(NULL, fd);
}

/* Where one is gone already, somebody else has removed it. */
static void what_a_failure_leaves_is_the_newer_part(void **state)
{
	static const struct {
		int before, error;
		int done;
		const char *did, *left;
	} rows[] = {
		{ -1, 0, 0, "-1 -3 -5 sync ", "7 9" },
		{ 0, EIO, -1, "-1 ", "1 3 5 7 9" },
		{ 1, EIO, -1, "-1 -3 ", "3 5 7 9" },
		{ 2, EROFS, -1, "-1 -3 -5 ", "5 7 9" },
		{ 0, ENOENT, 0, "-1 -3 -5 sync ", "1 7 9" },
	};
	static const struct spool_limits limits = { .age = 1 };
	struct folder *folder = *state;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct stubborn stubborn = { .disk = disk_real,
			.before = rows[i].before,
			.error = rows[i].error };
		struct spool_room room;
		char text[128];
		uint64_t bytes;

		stubborn.disk.whose = &stubborn;
		stubborn.disk.unlink = stubborn_unlink;
		stubborn.disk.fsync = stubborn_fsync;
		write_spool(folder);
		assert_int_equal(spool_retain(folder->path, &stubborn.disk,
				     &limits, NOON, &room),
		    rows[i].done);
		assert_true(rows[i].done == 0 || errno == rows[i].error);
		assert_string_equal(stubborn.did, rows[i].did);
		assert_string_equal(
		    segments(folder, text, &bytes), rows[i].left);
		folder_empty(folder);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(so_many_go),
		cmocka_unit_test(the_last_one_never_goes),
		cmocka_unit_test(nothing_is_old_where_the_clock_was_set_back),
		IN_FOLDER(the_oldest_go_first),
		IN_FOLDER(readers_are_told_of_a_gap),
		IN_FOLDER(consumers_hold_what_they_need),
		IN_FOLDER(what_is_of_an_unknown_age_is_kept),
		IN_FOLDER(it_waits_for_nobody),
		IN_FOLDER(a_new_spool_has_nothing_to_remove),
		IN_FOLDER(what_a_failure_leaves_is_the_newer_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
