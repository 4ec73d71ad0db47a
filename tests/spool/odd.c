/* What went wrong once, in the parts of the spool that look after it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zlib.h>

#include "spool/bytes.h"
#include "spool/consumer.h"
#include "spool/frame.h"
#include "spool/index.h"
#include "spool/retention.h"
#include "spool/seal.h"
#include "spool/verify.h"
#include "tests/spool/told.h"

#define NOON INT64_C(1730980800123)
#define OURS "00112233-4455-6677-8899-aabbccddeeff"
#define ONE "00000000000000000001.jsonl.zst"
#define SEVEN "00000000000000000007.jsonl.zst"
#define LAST "00000000000000000013.jsonl.zst"

static int64_t clock_millis;

static int64_t clock_told(void)
{
	return clock_millis;
}

static const struct spool_settings settings = {
	.segment_bytes = 450, .segment_age = INT64_MAX, .now = clock_told
};

/* [1 2] [3 4] [5 6] | [7 8] [9 10] [11 12] | [13 14] [15 16] */
static void write_spool(struct folder *folder)
{
	struct spool_writer *writer = writer_at(folder->path, &settings);

	assert_int_equal(spool_resume(writer, 1, OURS, ""), 0);
	for (clock_millis = NOON; clock_millis < NOON + 8000;
	     clock_millis += 1000)
		assert_int_equal(write_lines(writer, 2), 0);
	spool_writer_close(writer);
}

static void write_position(
    struct folder *folder, const char *name, uint64_t seq)
{
	struct position position = { .seq = seq, .acked = NOON };
	char text[CONSUMER_TEXT], file[64];

	uuid_parse(OURS, position.uuid);
	position_put(text, &position);
	snprintf(file, sizeof(file), CONSUMER_FOLDER "/%s", name);
	file_write(folder_file(folder, file), text, strlen(text));
}

static char found_text[4096];

static void found(void *whose, const struct spool_finding *finding)
{
	(void)whose;
	sprintf(found_text + strlen(found_text), "%s%s@%d %s\n",
	    finding->note ? "note " : "", finding->file, (int)finding->offset,
	    finding->what);
}

static void header_change(struct folder *folder, const char *name,
    const char *uuid, int64_t created, uint32_t version)
{
	int fd = open(folder_file(folder, name), O_RDWR);
	struct header header;
	uint8_t bytes[SEGMENT_HEADER];

	assert_int_equal(header_read(&disk_real, fd, &header), 0);
	if (uuid != NULL)
		uuid_parse(uuid, header.uuid);
	if (created != 0)
		header.created = created;
	header_put(bytes, &header);
	put32(bytes + 20, version);
	put32(bytes + 16, (uint32_t)crc32(0, bytes + 20, 36));
	assert_int_equal(pwrite(fd, bytes, 56, 0), 56);
	close(fd);
}

/* ---- retention ---- */

static void retain_check(struct folder *folder)
{
	struct spool_limits limits = { .bytes = 1 };
	struct spool_room room;

	write_position(folder, "a", 1);
	spool_retain(folder->path, &disk_real, &limits, NOON, &room);
	assert_int_equal(room.removed, 0);
	assert_int_equal(access(folder_file(folder, ONE), F_OK), 0);
}

static void retain_later_version(void **state)
{
	write_spool(*state);
	header_change(*state, LAST, NULL, 0, 2);
	retain_check(*state);
}

static void retain_all_headers_damaged(void **state)
{
	write_spool(*state);
	flip(folder_file(*state, ONE), 8 * 30);
	flip(folder_file(*state, SEVEN), 8 * 30);
	flip(folder_file(*state, LAST), 8 * 30);
	retain_check(*state);
}

struct failing {
	struct disk disk;
	int left;
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

static void retain_read_error(void **state)
{
	struct folder *folder = *state;
	int i;

	write_spool(folder);
	write_position(folder, "a", 1);
	for (i = 0; i < 40; i++) {
		struct spool_limits limits = { .bytes = 1 };
		struct failing failing = { disk_real, i };
		struct spool_room room;

		failing.disk.whose = &failing;
		failing.disk.pread = failing_pread;
		spool_retain(folder->path, &failing.disk, &limits, NOON, &room);
		if (room.removed > 0)
			fail_msg("read %d fails: %d are removed", i,
			    (int)room.removed);
	}
}

static void retain_done_with_all(void **state)
{
	static const struct kept kept[] = { { 1, 11, 100, 0 },
		{ 11, UINT64_MAX, 100, 0 } };
	static const uint64_t positions[] = { UINT64_MAX };
	static const struct retention retention = { kept, 2, positions, 1, 0,
		0 };
	static const struct spool_limits limits = { .bytes = 1 };

	(void)state;
	assert_int_equal(retention_decide(&retention, &limits), 1);
}

/* ---- consumers ---- */

static void ack_beyond_the_end(void **state)
{
	struct folder *folder = *state;
	struct spool_consumer *consumer;

	write_spool(folder);
	consumer = spool_consumer_open(folder->path, "a");
	assert_int_equal(spool_consumer_ack(consumer, 1000), -1);
	assert_int_equal(errno, ERANGE);
	spool_consumer_close(consumer);
}

static void ack_does_not_end_the_spool(void **state)
{
	struct folder *folder = *state;
	struct spool_consumer *consumer;
	struct spool_writer *writer;
	struct spool_reader *reader = reader_at(folder->path);

	write_spool(folder);
	consumer = spool_consumer_open(folder->path, "a");
	spool_consumer_ack(consumer, UINT64_MAX - 1);
	spool_consumer_close(consumer);
	writer = writer_at(folder->path, &settings);
	assert_int_equal(write_lines(writer, 1), 0);
	spool_writer_close(writer);
	assert_string_equal(told(reader),
	    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17");
	spool_close(reader);
}

static int list_more(void *whose, int folder,
    void (*telling)(void *to, const char *name), void *to)
{
	(void)whose;
	telling(to, "ghost");
	return disk_real.list(NULL, folder, telling, to);
}

/* One was removed while they were listed. */
static void list_ghost(void **state)
{
	struct folder *folder = *state;
	struct disk disk = disk_real;
	struct consumer *list;
	size_t n;
	int dir;

	write_spool(folder);
	write_position(folder, "a", 5);
	disk.list = list_more;
	dir = open(folder->path, O_RDONLY | O_DIRECTORY);
	list = consumer_list(&disk, dir, &n);
	close(dir);
	assert_int_equal(n, 1);
	assert_string_equal(list[0].name, "a");
	free(list);
}

static void list_none(void **state)
{
	struct folder *folder = *state;
	size_t n;
	int dir;

	write_spool(folder);
	file_write(folder_file(folder, CONSUMER_FOLDER "/new"), "", 0);
	dir = open(folder->path, O_RDONLY | O_DIRECTORY);
	assert_null(consumer_list(&disk_real, dir, &n));
	close(dir);
}

/* A link that leads elsewhere: what it leads to is left alone. */
static void consumer_link(void **state)
{
	struct folder *folder = *state;
	struct stat about;
	char secret[128];

	write_spool(folder);
	file_write(folder_file(folder, "secret"), "", 0);
	strcpy(secret, folder->file);
	assert_int_equal(chmod(secret, 0600), 0);
	assert_int_equal(
	    symlink(secret, folder_file(folder, CONSUMER_FOLDER "/a")), 0);
	assert_int_equal(
	    link(secret, folder_file(folder, CONSUMER_FOLDER "/b")), 0);
	assert_null(spool_consumer_open(folder->path, "a"));
	assert_int_equal(errno, ELOOP);
	spool_consumer_close(spool_consumer_open(folder->path, "b"));
	assert_int_equal(stat(secret, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
}

/* ---- starting ---- */

/* The newest header is damaged, and the older segments are sealed. */
static void start_keeps_the_uuid(void **state)
{
	struct folder *folder = *state;
	struct spool_sealed sealed;
	struct spool_writer *writer;
	char uuid[37];

	write_spool(folder);
	assert_int_equal(spool_seal(folder->path, &disk_real, &sealed), 0);
	flip(folder_file(folder, LAST), 8 * 30);
	writer = writer_at(folder->path, &settings);
	spool_writer_uuid(writer, uuid);
	assert_string_equal(uuid, OURS);
	spool_writer_close(writer);
}

/* There is no segment left, but a consumer knows more than the state. */
static void start_asks_consumers(void **state)
{
	struct folder *folder = *state;
	struct spool_writer *writer;
	struct spool_recovered found_now;

	write_spool(folder);
	folder_empty(folder);
	write_position(folder, "a", 9);
	writer = spool_writer_open(folder->path, &settings);
	assert_int_equal(spool_recover(writer, &found_now), 0);
	assert_int_equal(spool_resume(writer, 6, OURS, "state"), 0);
	assert_int_equal(spool_writer_next(writer), 10);
	spool_writer_close(writer);
}

/* Of a finished segment the last mark is damaged: its bytes stay. */
static void start_cuts_no_damage(void **state)
{
	struct folder *folder = *state;
	struct spool_reader *reader = reader_at(folder->path);
	size_t before, after;
	struct step step;
	int fd;

	write_spool(folder);
	fd = open(folder_file(folder, SEVEN), O_RDONLY);
	step.next = SEGMENT_HEADER;
	segment_step(&disk_real, fd, step.next, &step);
	segment_step(&disk_real, fd, step.next, &step);
	segment_step(&disk_real, fd, step.next, &step);
	close(fd);
	flip(folder_file(folder, SEVEN), 8 * (step.at + 20));
	free(file_read(folder->file, &before));
	spool_writer_close(writer_at(folder->path, &settings));
	free(file_read(folder_file(folder, SEVEN), &after));
	assert_int_equal(after, before);
	assert_non_null(strstr(told_all(reader), "11-12, 13"));
	spool_close(reader);
}

/* More than any reader takes is refused. */
static void write_too_much(void **state)
{
	struct folder *folder = *state;
	struct spool_writer *writer = writer_at(folder->path, &settings);
	struct spool_batch batch = { 0 };
	size_t len = SEGMENT_LINES_MOST;
	char *json = malloc(len);
	uint64_t first;

	memset(json, 'x', len);
	memcpy(json, "{\"n\":\"", 6);
	memcpy(json + len - 2, "\"}", 2);
	spool_add(&batch, json, len);
	assert_int_equal(spool_write(writer, &batch, &first), -1);
	assert_int_equal(errno, EFBIG);
	assert_int_equal(write_lines(writer, 1), 0);
	spool_batch_free(&batch);
	free(json);
	spool_writer_close(writer);
}

/* ---- sealing ---- */

static size_t sealed_len(struct folder *folder)
{
	struct spool_sealed sealed;
	size_t len;

	write_spool(folder);
	assert_int_equal(spool_seal(folder->path, &disk_real, &sealed), 0);
	free(file_read(folder_file(folder, ONE), &len));
	folder_empty(folder);
	return len;
}

/* A small commit, and then one of nearly all that a frame may have. */
static void seal_most(void **state)
{
	struct folder *folder = *state;
	struct spool_settings large = { .segment_bytes = UINT64_MAX,
		.segment_age = INT64_MAX };
	struct spool_writer *writer = writer_at(folder->path, &large);
	struct spool_reader *reader = reader_at(folder->path);
	struct spool_batch batch = { 0 };
	struct spool_sealed sealed;
	const struct spool_line *line;
	size_t len = SEGMENT_LINES_MOST - 200;
	char *json = malloc(len);
	uint64_t first;

	assert_int_equal(write_lines(writer, 5000), 0);
	memset(json, 'x', len);
	memcpy(json, "{\"n\":\"", 6);
	memcpy(json + len - 2, "\"}", 2);
	spool_add(&batch, json, len);
	assert_int_equal(spool_write(writer, &batch, &first), 0);
	spool_batch_free(&batch);
	free(json);
	spool_writer_set(writer, 1, 1);
	assert_int_equal(write_lines(writer, 1), 0);
	spool_writer_close(writer);
	while (spool_next(reader, &line) == SPOOL_LINE)
		;
	assert_string_equal(told(reader), "");
	spool_close(reader);
	assert_int_equal(spool_seal(folder->path, &disk_real, &sealed), 0);
	assert_int_equal(sealed.left, 0);
	assert_int_equal(sealed.segments, 1);
}

/* Of a later version: it is left, the others are sealed. */
static void seal_later_version(void **state)
{
	struct folder *folder = *state;
	struct spool_sealed sealed;

	write_spool(folder);
	header_change(folder, ONE, NULL, 0, 2);
	assert_int_equal(spool_seal(folder->path, &disk_real, &sealed), 0);
	assert_int_equal(sealed.segments, 1);
}

/* ---- verifying ---- */

static void repair_twice(struct folder *folder)
{
	struct spool_verified verified;

	assert_int_equal(
	    spool_repair(folder->path, &disk_real, found, NULL, &verified), 0);
	found_text[0] = '\0';
	assert_int_equal(
	    spool_verify(folder->path, &disk_real, found, NULL, &verified), 0);
	if (verified.damaged != 0)
		fail_msg("after the repair: %s", found_text);
}

static void repair_begun_early(void **state)
{
	write_spool(*state);
	header_change(*state, SEVEN, NULL, NOON - 1, 1);
	repair_twice(*state);
}

static void verify_later_version_last(void **state)
{
	struct folder *folder = *state;
	struct spool_verified verified;

	write_spool(folder);
	header_change(folder, LAST, NULL, 0, 2);
	found_text[0] = '\0';
	assert_int_equal(
	    spool_verify(folder->path, &disk_real, found, NULL, &verified), 0);
	assert_non_null(strstr(found_text, LAST "@0 it is of a later version"));
}

static void verify_index_offset(void **state)
{
	struct folder *folder = *state;
	struct spool_verified verified;
	char want[64];
	size_t len = sealed_len(folder);
	struct spool_sealed sealed;

	write_spool(folder);
	assert_int_equal(spool_seal(folder->path, &disk_real, &sealed), 0);
	flip(folder_file(folder, ONE), 8 * (len - 60));
	found_text[0] = '\0';
	spool_verify(folder->path, &disk_real, found, NULL, &verified);
	sprintf(want, ONE "@%zu ", len - 97);
	if (strstr(found_text, want) == NULL)
		fail_msg("%s, not %s", found_text, want);
}

static void verify_nul(void **state)
{
	static const char lines[] =
	    "{\"seq\":1,\"spooled\":\"2024-11-07T12:00:00.123Z\",\"n\":\"\0\"}"
	    "\n";
	struct folder *folder = *state;
	struct frame_out frame = { .level = 3 };
	struct mark mark = { .first = 1, .next = 2, .committed = NOON };
	struct spool_verified verified;
	int fd;

	write_spool(folder);
	assert_int_equal(
	    commit_make(&frame, &mark, lines, sizeof(lines) - 1), 0);
	fd = open(folder_file(folder, ONE), O_RDWR);
	assert_int_equal(pwrite(fd, frame.bytes, frame.len, 56), frame.len);
	assert_int_equal(ftruncate(fd, 56 + (off_t)frame.len), 0);
	close(fd);
	frame_out_free(&frame);
	spool_verify(folder->path, &disk_real, found, NULL, &verified);
}

static void verify_read_error(void **state)
{
	struct folder *folder = *state;
	struct spool_sealed sealed;
	struct failing failing;
	int i = 0;

	write_spool(folder);
	assert_int_equal(spool_seal(folder->path, &disk_real, &sealed), 0);
	do {
		struct spool_verified verified;

		failing = (struct failing){ disk_real, i++ };
		failing.disk.whose = &failing;
		failing.disk.pread = failing_pread;
		found_text[0] = '\0';
		errno = 0;
		if (spool_verify(folder->path, &failing.disk, found, NULL,
			&verified) == 0 &&
		    verified.damaged > 0)
			fail_msg("read %d: %s", i, found_text);
	} while (failing.left < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(retain_later_version),
		IN_FOLDER(retain_all_headers_damaged),
		IN_FOLDER(retain_read_error),
		IN_FOLDER(retain_done_with_all),
		IN_FOLDER(ack_beyond_the_end),
		IN_FOLDER(ack_does_not_end_the_spool),
		IN_FOLDER(list_ghost),
		IN_FOLDER(list_none),
		IN_FOLDER(consumer_link),
		IN_FOLDER(start_keeps_the_uuid),
		IN_FOLDER(start_asks_consumers),
		IN_FOLDER(start_cuts_no_damage),
		IN_FOLDER(write_too_much),
		IN_FOLDER(seal_most),
		IN_FOLDER(seal_later_version),
		IN_FOLDER(repair_begun_early),
		IN_FOLDER(verify_later_version_last),
		IN_FOLDER(verify_index_offset),
		IN_FOLDER(verify_read_error),
		IN_FOLDER(verify_nul),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
