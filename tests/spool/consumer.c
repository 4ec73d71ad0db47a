/* Consumers: their names, their positions, who has them, and what becomes of
   them when files are damaged or lines are lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zlib.h>

#include "spool/consumer.h"
#include "spool/moment.h"
#include "tests/spool/fake.h"
#include "tests/spool/other.h"
#include "tests/spool/told.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define NOON INT64_C(1730980800123)   /* 2024-11-07T12:00:00.123Z */
#define LAST INT64_C(253402300799999) /* 9999-12-31T23:59:59.999Z */
#define LENGTH 112                    /* bytes of a position in its file */
#define OURS "00112233-4455-6677-8899-aabbccddeeff"
#define ANOTHERS "ffeeddcc-bbaa-9988-7766-554433221100"
#define SIXTY "123456789a123456789b123456789c123456789d123456789e123456789f"

/* A segment takes two commits of two lines. */
static const struct spool_settings settings = { .segment_bytes = 300,
	.segment_age = 1 << 30 };

static void write_spool(struct folder *folder, int commits)
{
	struct spool_writer *writer = writer_at(folder->path, &settings);

	if (commits > 0)
		assert_int_equal(spool_resume(writer, 1, OURS, ""), 0);
	while (commits-- > 0)
		assert_int_equal(write_lines(writer, 2), 0);
	spool_writer_close(writer);
}

/* The path of a consumer's file, until the next call. */
static const char *file_of(struct folder *folder, const char *name)
{
	char file[128];

	snprintf(file, sizeof(file), CONSUMER_FOLDER "/%s", name);
	return folder_file(folder, file);
}

static void write_position(
    struct folder *folder, const char *name, const char *uuid, uint64_t seq)
{
	struct position position = { .seq = seq, .acked = NOON };
	char text[CONSUMER_TEXT];

	assert_true(uuid_parse(uuid, position.uuid));
	position_put(text, &position);
	file_write(file_of(folder, name), text, strlen(text));
}

/* What a consumer goes on with when it is taken, or -errno. */
static int64_t next_of(struct folder *folder, const char *name)
{
	struct spool_consumer *consumer;
	int64_t next;

	errno = 0;
	consumer = spool_consumer_open(folder->path, name);
	if (consumer == NULL)
		return -errno;
	next = (int64_t)spool_consumer_next(consumer);
	spool_consumer_close(consumer);
	return next;
}

static int forget(struct folder *folder, const char *name)
{
	errno = 0;
	return consumer_forget(&disk_real, folder->path, name) == 0 ? 0 : errno;
}

/* ---- the file ---- */

static void a_position_is_a_line(void **state)
{
	static const struct {
		uint64_t seq;
		int64_t acked;
		const char *text; /* behind the uuid */
	} rows[] = {
		{ 42, NOON,
		    "00000000000000000042 2024-11-07T12:00:00.123Z 5e6209b6" },
		{ 0, 0,
		    "00000000000000000000 1970-01-01T00:00:00.000Z 7a6ca530" },
		{ INT64_MAX, LAST,
		    "09223372036854775807 9999-12-31T23:59:59.999Z 3fb4b640" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct position position = { .seq = rows[i].seq,
			.acked = rows[i].acked },
				again;
		char text[CONSUMER_TEXT], want[CONSUMER_TEXT];

		assert_true(uuid_parse(OURS, position.uuid));
		position_put(text, &position);
		snprintf(want, sizeof(want), "dateline-consumer 1 %s %s\n",
		    OURS, rows[i].text);
		assert_string_equal(text, want);
		assert_int_equal(strlen(text), LENGTH);
		assert_int_equal(position_get(text, LENGTH, &again), 0);
		assert_memory_equal(again.uuid, position.uuid, 16);
		assert_int_equal(again.seq, position.seq);
		assert_int_equal(again.acked, position.acked);
	}
}

#define SIGN "dateline-consumer 1 "
#define SEQ " 00000000000000000042 "
#define TIME "2024-11-07T12:00:00.123Z "

/* Each gets a checksum that is right, and bytes behind it. */
static void only_what_is_written_is_read(void **state)
{
	static const struct {
		const char *text, *behind;
		int error;
	} rows[] = {
		{ SIGN OURS SEQ TIME, "\n", 0 },
		{ "dateline-consumer 2 " OURS SEQ TIME, "\n", EPROTONOSUPPORT },
		{ "dateline-consumer 10 " OURS SEQ, "\n", EPROTONOSUPPORT },
		{ "dateline-consumer 2 what it has ", "", EPROTONOSUPPORT },
		{ "dateline-consumers 1 " OURS SEQ TIME, "\n", EBADMSG },
		{ "Dateline-consumer 1 " OURS SEQ TIME, "\n", EBADMSG },
		{ " dateline-consumer 1 " OURS SEQ TIME, "\n", EBADMSG },
		{ SIGN " " OURS SEQ TIME, "\n", EBADMSG },
		{ SIGN "00112233-4455-6677-8899-AABBCCDDEEFF" SEQ TIME, "\n",
		    EBADMSG },
		{ SIGN "00112233-4455-6677-8899-aabbccddeef" SEQ TIME, "\n",
		    EBADMSG },
		{ SIGN "0011223344556677-8899-aabbccddeeff" SEQ TIME, "\n",
		    EBADMSG },
		{ SIGN OURS " 42 " TIME, "\n", EBADMSG },
		{ SIGN OURS " 0000000000000000042 " TIME, "\n", EBADMSG },
		{ SIGN OURS " 000000000000000000042 " TIME, "\n", EBADMSG },
		{ SIGN OURS " -0000000000000000042 " TIME, "\n", EBADMSG },
		{ SIGN OURS " +0000000000000000042 " TIME, "\n", EBADMSG },
		{ SIGN OURS " 0000000000000000002a " TIME, "\n", EBADMSG },
		{ SIGN OURS " 18446744073709551616 " TIME, "\n", EBADMSG },
		{ SIGN OURS " 99999999999999999999 " TIME, "\n", EBADMSG },
		{ SIGN OURS SEQ "2023-02-29T12:00:00.123Z ", "\n", EBADMSG },
		{ SIGN OURS SEQ "2024-11-07T24:00:00.000Z ", "\n", EBADMSG },
		{ SIGN OURS SEQ "2024-11-07T12:00:00.123+ ", "\n", EBADMSG },
		{ SIGN OURS SEQ "2024-11-07T12:00:00Z ", "\n", EBADMSG },
		{ SIGN OURS SEQ, "\n", EBADMSG },
		{ SIGN OURS SEQ TIME, "", EBADMSG },
		{ SIGN OURS SEQ TIME, " \n", EBADMSG },
		{ SIGN OURS SEQ TIME, "\n\n", EBADMSG },
		{ SIGN OURS SEQ TIME, "\r\n", EBADMSG },
		{ "", "", EBADMSG },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		unsigned long crc = crc32(0, (const uint8_t *)rows[i].text,
		    (uInt)strlen(rows[i].text));
		char text[2 * CONSUMER_TEXT];
		struct position position;
		int len = sprintf(
			text, "%s%08lx%s", rows[i].text, crc, rows[i].behind),
		    done;

		errno = 0;
		done = position_get(text, (size_t)len, &position);
		if (done != (rows[i].error == 0 ? 0 : -1) ||
		    (done != 0 && errno != rows[i].error))
			fail_msg("row %zu: %d, %s: %s", i, done,
			    strerror(errno), text);
	}
}

/* What is left of a file, and what is more than one. */
static void a_length_that_is_not_its_own_is_damage(void **state)
{
	struct position position = { .seq = 42, .acked = NOON }, got;
	char text[4 * CONSUMER_TEXT] = "";
	size_t len;

	(void)state;
	position_put(text, &position);
	assert_int_equal(position_get(text, LENGTH, &got), 0);
	for (len = 0; len < sizeof(text); len++) {
		/* Nobody knows what a later version has behind its sign. */
		bool later = len == 18 || len == 19;

		if (len == LENGTH)
			continue;
		errno = 0;
		assert_int_equal(position_get(text, len, &got), -1);
		assert_int_equal(errno, later ? EPROTONOSUPPORT : EBADMSG);
	}
	text[30] = '\0';
	assert_int_equal(position_get(text, LENGTH, &got), -1);
	assert_int_equal(errno, EBADMSG);
}

/* ---- names ---- */

static void a_name_is_good_or_it_is_no_file(void **state)
{
	static const struct {
		const char *name;
		int error;
	} rows[] = {
		{ "a", 0 },
		{ "Z", 0 },
		{ "0", 0 },
		{ "-", 0 },
		{ "_", 0 },
		{ "-rf", 0 },
		{ "a.", 0 },
		{ "search-index_2.old", 0 },
		{ SIXTY "abcd", 0 },
		{ SIXTY "abcde", EINVAL },
		{ SIXTY SIXTY SIXTY, EINVAL },
		{ "", EINVAL },
		{ ".", EINVAL },
		{ "..", EINVAL },
		{ ".hidden", EINVAL },
		{ "a/b", EINVAL },
		{ "/", EINVAL },
		{ "../.lock", EINVAL },
		{ "a b", EINVAL },
		{ "a\n", EINVAL },
		{ "a\\b", EINVAL },
		{ "*", EINVAL },
		{ "\xc3\xa4", EINVAL },
	};
	struct folder *folder = *state;
	size_t i;

	write_spool(folder, 1);
	for (i = 0; i < COUNT(rows); i++) {
		int64_t next = next_of(folder, rows[i].name);
		int forgot = forget(folder, rows[i].name);

		if (next != -rows[i].error || forgot != rows[i].error)
			fail_msg(
			    "\"%s\": %d, %d", rows[i].name, (int)next, forgot);
	}
	assert_int_equal(rmdir(folder_file(folder, CONSUMER_FOLDER)), 0);
	assert_int_equal(next_of(folder, "a"), -ENOENT);
	assert_int_equal(forget(folder, "a"), ENOENT);
	folder_file(folder, "none");
	assert_null(spool_consumer_open(folder->file, "a"));
	assert_int_equal(errno, ENOENT);
	spool_consumer_close(NULL);
}

/* ---- positions ---- */

static void a_new_one_has_no_position(void **state)
{
	struct folder *folder = *state;
	size_t len;
	int i;

	write_spool(folder, 1);
	for (i = 0; i < 2; i++) {
		assert_int_equal(next_of(folder, "a"), 0);
		free(file_read(file_of(folder, "a"), &len));
		assert_int_equal(len, 0);
	}
	file_write(file_of(folder, "b"), "", 0);
	assert_int_equal(next_of(folder, "b"), 0);
}

static void what_was_acknowledged_stays(void **state)
{
	static const struct {
		uint64_t seq;
		int error;
		uint64_t next; /* after it */
	} rows[] = {
		{ 0, 0, 1 },
		{ 3, 0, 4 },
		{ 3, 0, 4 },
		{ 2, EINVAL, 4 },
		{ 0, EINVAL, 4 },
		{ 4, 0, 5 },
		{ 3, EINVAL, 5 },
		{ 6, 0, 7 },
	};
	struct folder *folder = *state;
	struct spool_consumer *consumer;
	struct position position;
	char *text, uuid[37];
	size_t i, len;

	write_spool(folder, 3);
	for (i = 0; i < COUNT(rows); i++) {
		int64_t before = moment_now();
		int done;

		consumer = spool_consumer_open(folder->path, "a");
		assert_non_null(consumer);
		errno = 0;
		done = spool_consumer_ack(consumer, rows[i].seq);
		assert_int_equal(done, rows[i].error == 0 ? 0 : -1);
		assert_true(done == 0 || errno == rows[i].error);
		assert_int_equal(spool_consumer_next(consumer), rows[i].next);
		spool_consumer_close(consumer);
		assert_int_equal(next_of(folder, "a"), rows[i].next);

		text = file_read(file_of(folder, "a"), &len);
		assert_int_equal(position_get(text, len, &position), 0);
		free(text);
		assert_int_equal(position.seq, rows[i].next - 1);
		uuid_text(uuid, position.uuid);
		assert_string_equal(uuid, OURS);
		assert_true(done != 0 || position.acked >= before);
		assert_true(position.acked <= moment_now());
	}
}

/* Several times in a row, by one holder. */
static void a_holder_goes_on(void **state)
{
	struct folder *folder = *state;
	struct spool_consumer *consumer;
	uint64_t seq;

	write_spool(folder, 20);
	consumer = spool_consumer_open(folder->path, "a");
	for (seq = 1; seq <= 40; seq++) {
		assert_int_equal(spool_consumer_ack(consumer, seq), 0);
		assert_int_equal(spool_consumer_next(consumer), seq + 1);
	}
	assert_int_equal(spool_consumer_ack(consumer, 39), -1);
	assert_int_equal(errno, EINVAL);
	spool_consumer_close(consumer);
	assert_int_equal(next_of(folder, "a"), 41);
}

static void a_position_counts_only_in_its_spool(void **state)
{
	static const struct {
		int commits; /* of two lines, in the spool */
		const char *uuid;
		uint64_t seq;
		int64_t next; /* or -errno */
	} rows[] = {
		{ 3, OURS, 0, 1 }, { 3, OURS, 3, 4 }, { 3, OURS, 6, 7 },
		{ 3, OURS, 7, -ERANGE }, { 3, OURS, 1000, -ERANGE },
		{ 3, OURS, INT64_MAX, -ERANGE },
		/* no spool has so many */
		{ 3, OURS, UINT64_MAX, -EBADMSG }, { 3, ANOTHERS, 3, -ESTALE },
		{ 3, ANOTHERS, 7, -ESTALE },
		{ 0, OURS, 0, -ESTALE }, /* it has no uuid yet */
	};
	struct folder *folder = *state;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		int64_t next;

		write_spool(folder, rows[i].commits);
		write_position(folder, "a", rows[i].uuid, rows[i].seq);
		next = next_of(folder, "a");
		if (next != rows[i].next)
			fail_msg("row %zu: %d", i, (int)next);
		assert_int_equal(next_of(folder, "a"), next);
		folder_empty(folder);
	}
}

static void a_spool_without_a_line_has_nothing_to_acknowledge(void **state)
{
	struct folder *folder = *state;
	struct spool_consumer *consumer;

	write_spool(folder, 0);
	consumer = spool_consumer_open(folder->path, "a");
	assert_non_null(consumer);
	assert_int_equal(spool_consumer_ack(consumer, 0), -1);
	assert_int_equal(errno, ENODATA);
	assert_int_equal(spool_consumer_ack(consumer, 1), -1);
	assert_int_equal(spool_consumer_next(consumer), 0);
	write_spool(folder, 1);
	assert_int_equal(spool_consumer_ack(consumer, 1), 0);
	assert_int_equal(spool_consumer_next(consumer), 2);
	spool_consumer_close(consumer);
	assert_int_equal(next_of(folder, "a"), 2);
}

/* ---- damage ---- */

static void every_flipped_bit_is_told(void **state)
{
	struct folder *folder = *state;
	uint64_t bit;

	write_spool(folder, 3);
	write_position(folder, "a", OURS, 4);
	for (bit = 0; bit < 8 * LENGTH; bit++) {
		/* The version may be a later one's, and its space, too. */
		bool later = bit / 8 == 18 || bit / 8 == 19;
		int64_t next;

		flip(file_of(folder, "a"), bit);
		next = next_of(folder, "a");
		if (next != (later ? -EPROTONOSUPPORT : -EBADMSG))
			fail_msg("bit %d: %d", (int)bit, (int)next);
		flip(file_of(folder, "a"), bit);
	}
	assert_int_equal(next_of(folder, "a"), 5);
}

static void a_file_of_another_length_is_told(void **state)
{
	static const int lens[] = { 1, 17, 20, LENGTH - 1, LENGTH + 1,
		CONSUMER_TEXT - 1, CONSUMER_TEXT, 100000 };
	struct folder *folder = *state;
	size_t i;

	write_spool(folder, 3);
	for (i = 0; i < COUNT(lens); i++) {
		write_position(folder, "a", OURS, 4);
		assert_int_equal(truncate(folder->file, lens[i]), 0);
		assert_int_equal(next_of(folder, "a"), -EBADMSG);
	}
}

/* ---- who has it ---- */

static bool a_taken(const char *folder)
{
	return spool_consumer_open(folder, "a") != NULL;
}

static void one_is_held_by_one_process(void **state)
{
	struct folder *folder = *state;
	struct spool_consumer *consumer;
	struct other other;

	write_spool(folder, 3);
	write_position(folder, "a", OURS, 4);
	other = other_begin(folder->path, a_taken);
	assert_int_equal(next_of(folder, "a"), -EWOULDBLOCK);
	assert_int_equal(next_of(folder, "b"), 0);
	assert_int_equal(forget(folder, "a"), EWOULDBLOCK);
	assert_int_equal(access(file_of(folder, "a"), F_OK), 0);
	other_end(&other);

	consumer = spool_consumer_open(folder->path, "a");
	assert_non_null(consumer);
	assert_int_equal(next_of(folder, "a"), -EWOULDBLOCK);
	assert_int_equal(forget(folder, "a"), EWOULDBLOCK);
	assert_int_equal(spool_consumer_ack(consumer, 5), 0);
	spool_consumer_close(consumer);
	assert_int_equal(next_of(folder, "a"), 6);
}

static void one_that_is_forgotten_is_new_again(void **state)
{
	static const char *const texts[] = { "", "x", "dateline-consumer 7 " };
	struct folder *folder = *state;
	size_t i;

	write_spool(folder, 3);
	write_position(folder, "a", OURS, 4);
	assert_int_equal(forget(folder, "a"), 0);
	assert_int_equal(access(file_of(folder, "a"), F_OK), -1);
	assert_int_equal(forget(folder, "a"), ENOENT);
	assert_int_equal(next_of(folder, "a"), 0);
	for (i = 0; i < COUNT(texts); i++) {
		file_write(file_of(folder, "b"), texts[i], strlen(texts[i]));
		assert_int_equal(forget(folder, "b"), 0);
		assert_int_equal(forget(folder, "b"), ENOENT);
	}
	write_position(folder, "b", ANOTHERS, 99);
	assert_int_equal(forget(folder, "b"), 0);
}

/* ---- all of them ---- */

/* "a@4, b!EBADMSG, c@2 held": as far as they have acknowledged. */
static const char *listed(struct folder *folder, char text[512])
{
	int dir = open(folder->path, O_RDONLY | O_DIRECTORY), at = 0;
	struct consumer *list;
	size_t n, i;

	errno = EIO;
	list = consumer_list(&disk_real, dir, &n);
	text[0] = '\0';
	if (list == NULL)
		at += sprintf(text, "%s", errno != 0 ? strerror(errno) : "");
	for (i = 0; i < n; i++) {
		at +=
		    sprintf(text + at, "%s%s", i > 0 ? ", " : "", list[i].name);
		if (list[i].error != 0)
			at += sprintf(
			    text + at, "!%s", strerrorname_np(list[i].error));
		else
			at += sprintf(
			    text + at, "@%" PRIu64, list[i].position.seq);
		if (list[i].held)
			at += sprintf(text + at, " held");
	}
	free(list);
	close(dir);
	return text;
}

static void all_are_listed_by_name(void **state)
{
	struct folder *folder = *state;
	struct other other;
	char text[512];

	write_spool(folder, 3);
	assert_string_equal(listed(folder, text), "");
	write_position(folder, "b", OURS, 2);
	write_position(folder, "a", OURS, 4);
	write_position(folder, "c", ANOTHERS, 7);
	write_position(folder, "B", OURS, 99);
	write_position(folder, "a-1", OURS, 0);
	file_write(file_of(folder, "new"), "", 0);
	file_write(file_of(folder, "d"), "x", 1);
	file_write(file_of(folder, "e"), "dateline-consumer 2 ", 20);
	write_position(folder, ".f", OURS, 1);
	write_position(folder, SIXTY "abcde", OURS, 1);
	write_position(folder, SIXTY "abcd", OURS, 1);
	write_position(folder, "g h", OURS, 1);
	assert_int_equal(mkdir(file_of(folder, "i"), 0755), 0);
	other = other_begin(folder->path, a_taken);
	assert_string_equal(listed(folder, text),
	    SIXTY "abcd@1, B@99, a@4 held, a-1@0, b@2, c@7, d!EBADMSG, "
		  "e!EPROTONOSUPPORT");
	other_end(&other);
}

static void a_spool_without_their_folder_has_none(void **state)
{
	struct folder *folder = *state;
	char text[512];

	assert_string_equal(listed(folder, text), "");
	file_write(folder_file(folder, CONSUMER_FOLDER), "x", 1);
	assert_string_equal(listed(folder, text), strerror(ENOTDIR));
}

/* What they know of the lines: the highest number, of this spool only. */
static void they_know_what_was_there(void **state)
{
	static const struct {
		const char *uuid;
		uint64_t seq, next;
	} rows[] = {
		{ ANOTHERS, 100, 0 },
		{ OURS, 0, 1 },
		{ OURS, 7, 8 },
		{ OURS, 3, 8 },
		{ ANOTHERS, 9, 8 },
		{ OURS, 8, 9 },
	};
	struct folder *folder = *state;
	uint8_t uuid[16];
	uint64_t next = 5;
	size_t i;
	int dir;

	write_spool(folder, 1);
	assert_true(uuid_parse(OURS, uuid));
	dir = open(folder->path, O_RDONLY | O_DIRECTORY);
	assert_int_equal(consumers_know(&disk_real, dir, uuid, &next), 0);
	assert_int_equal(next, 0);
	file_write(file_of(folder, "damaged"), "x", 1);
	file_write(file_of(folder, "new"), "", 0);
	for (i = 0; i < COUNT(rows); i++) {
		char name[8];

		sprintf(name, "%zu", i);
		write_position(folder, name, rows[i].uuid, rows[i].seq);
		assert_int_equal(
		    consumers_know(&disk_real, dir, uuid, &next), 0);
		assert_int_equal(next, rows[i].next);
	}
	close(dir);
}

/* Somebody has put an older copy of the segments back. */
static void lines_that_one_had_are_told_as_a_loss(void **state)
{
	struct folder *folder = *state;
	struct spool_reader *reader;
	struct spool_consumer *consumer;

	write_spool(folder, 6); /* 1 to 4, 5 to 8, 9 to 12 */
	consumer = spool_consumer_open(folder->path, "a");
	assert_int_equal(spool_consumer_ack(consumer, 11), 0);
	spool_consumer_close(consumer);
	write_position(folder, "b", ANOTHERS, 50);
	assert_int_equal(
	    unlink(folder_file(folder, "00000000000000000009.jsonl.zst")), 0);
	assert_int_equal(next_of(folder, "a"), -ERANGE);

	write_spool(folder, 1);
	assert_int_equal(next_of(folder, "a"), 12);
	reader = reader_at(folder->path);
	assert_string_equal(
	    told_all(reader), "1, 2, 3, 4, 5, 6, 7, 8, loss, 12, 13");
	check_zstdcat(folder, reader);
	spool_close(reader);
}

/* ---- the disk ---- */

struct noting {
	struct disk disk;
	char text[256]; /* what was done */
};

static void note(struct noting *noting, const char *what)
{
	size_t at = strlen(noting->text);

	snprintf(noting->text + at, sizeof(noting->text) - at, "%s%s",
	    at > 0 ? ", " : "", what);
}

static ssize_t noting_pwrite(
    void *whose, int fd, const void *bytes, size_t len, off_t at)
{
	char text[64];

	snprintf(text, sizeof(text), "write %zu@%d", len, (int)at);
	note(whose, text);
	return disk_real.pwrite(NULL, fd, bytes, len, at);
}

static int noting_fdatasync(void *whose, int fd)
{
	note(whose, "sync");
	return disk_real.fdatasync(NULL, fd);
}

static int noting_fsync(void *whose, int fd)
{
	note(whose, "sync folder");
	return disk_real.fsync(NULL, fd);
}

/* The name must last before the position does; that is in one piece. */
static void an_acknowledgement_is_one_write_and_its_sync(void **state)
{
	struct folder *folder = *state;
	struct noting noting = { .disk = disk_real };
	struct spool_consumer *consumer;

	noting.disk.whose = &noting;
	noting.disk.pwrite = noting_pwrite;
	noting.disk.fdatasync = noting_fdatasync;
	noting.disk.fsync = noting_fsync;
	write_spool(folder, 3);
	consumer = consumer_open(&noting.disk, folder->path, "a");
	assert_int_equal(spool_consumer_ack(consumer, 1), 0);
	assert_string_equal(noting.text, "sync folder, write 112@0, sync");
	noting.text[0] = '\0';
	assert_int_equal(spool_consumer_ack(consumer, 2), 0);
	assert_string_equal(noting.text, "write 112@0, sync");
	noting.text[0] = '\0';
	assert_int_equal(spool_consumer_ack(consumer, 1), -1);
	assert_string_equal(noting.text, "");
	spool_consumer_close(consumer);
}

/* One operation of the disk fails in it: whether there was such an operation.
   `was` is what the consumer went on with before. */
static bool ack_failing(struct folder *folder, uint64_t was, int before)
{
	struct spool_consumer *consumer;
	struct fake fake;
	bool failed, tried;

	fake_begin(&fake);
	consumer = consumer_open(&fake.disk, folder->path, "a");
	assert_non_null(consumer);
	assert_int_equal(spool_consumer_next(consumer), was);
	fake.fault = (struct fault){ "EIO", EIO, 1, .reads = true };
	fake.before = fake.done + before;
	failed = spool_consumer_ack(consumer, 6) != 0;
	tried = fake.done > fake.before;
	fake.fault.times = 0;
	assert_int_equal(spool_consumer_next(consumer), failed ? was : 7);
	assert_int_equal(spool_consumer_ack(consumer, 6), 0);
	assert_int_equal(spool_consumer_next(consumer), 7);
	spool_consumer_close(consumer);
	return tried;
}

static void one_that_failed_can_be_done_again(void **state)
{
	struct folder *folder = *state;
	int before;

	write_spool(folder, 10);
	for (before = 0; ack_failing(folder, 0, before); before++) {
		assert_int_equal(next_of(folder, "a"), 7);
		assert_int_equal(forget(folder, "a"), 0);
	}
	assert_true(before >= 4);
	write_position(folder, "a", OURS, 1);
	for (before = 0; ack_failing(folder, 2, before); before++) {
		assert_int_equal(next_of(folder, "a"), 7);
		write_position(folder, "a", OURS, 1);
	}
	assert_int_equal(before, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_position_is_a_line),
		cmocka_unit_test(only_what_is_written_is_read),
		cmocka_unit_test(a_length_that_is_not_its_own_is_damage),
		IN_FOLDER(a_name_is_good_or_it_is_no_file),
		IN_FOLDER(a_new_one_has_no_position),
		IN_FOLDER(what_was_acknowledged_stays),
		IN_FOLDER(a_holder_goes_on),
		IN_FOLDER(a_position_counts_only_in_its_spool),
		IN_FOLDER(a_spool_without_a_line_has_nothing_to_acknowledge),
		IN_FOLDER(every_flipped_bit_is_told),
		IN_FOLDER(a_file_of_another_length_is_told),
		IN_FOLDER(one_is_held_by_one_process),
		IN_FOLDER(one_that_is_forgotten_is_new_again),
		IN_FOLDER(all_are_listed_by_name),
		IN_FOLDER(a_spool_without_their_folder_has_none),
		IN_FOLDER(they_know_what_was_there),
		IN_FOLDER(lines_that_one_had_are_told_as_a_loss),
		IN_FOLDER(an_acknowledgement_is_one_write_and_its_sync),
		IN_FOLDER(one_that_failed_can_be_done_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
