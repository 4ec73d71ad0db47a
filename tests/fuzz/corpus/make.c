/*
 * make FOLDER: the seeds of the fuzzers, as the spool's own code writes them.
 * They are small, and each is named for what it shows.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spool/consumer.h"
#include "spool/frame.h"
#include "spool/seal.h"
#include "spool/segment.h"
#include "spool/writer.h"
#include "tests/fuzz/fuzz.h"

#define ONE "00000000000000000001.jsonl.zst"
#define UUID "6f9d3c1e-5a2b-4c7d-8e9f-0a1b2c3d4e5f"
#define NOON INT64_C(1793880000000) /* 2026-11-05T12:00:00.000Z */
#define NEVER INT64_MAX

#define DO(what)                            \
	do {                                \
		if (!(what)) {              \
			perror(#what);      \
			exit(EXIT_FAILURE); \
		}                           \
	} while (0)

struct file {
	uint8_t data[8192];
	size_t size;
};

static const char *top; /* where the seeds go */
static char spool[] = "/tmp/dateline-seeds-XXXXXX";
static int64_t now;

/* A minute passes from commit to commit. */
static int64_t clock_ticks(void)
{
	return now += 60 * 1000;
}

/* ---- files ---- */

static struct file file_take(const char *folder, const char *name)
{
	struct file bytes = { 0 };
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	DO((file = fopen(path, "rb")) != NULL);
	bytes.size = fread(bytes.data, 1, sizeof(bytes.data), file);
	fclose(file);
	return bytes;
}

static void seed_write(
    const char *fuzzer, const char *name, const void *bytes, size_t size)
{
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", top, fuzzer);
	DO(mkdir(path, 0777) == 0 || errno == EEXIST);
	snprintf(path, sizeof(path), "%s/%s/%s", top, fuzzer, name);
	DO((file = fopen(path, "wb")) != NULL);
	DO(fwrite(bytes, 1, size, file) == size);
	DO(fclose(file) == 0);
}

static void spool_clear(void)
{
	DIR *list = opendir(spool);
	struct dirent *file;

	DO(list != NULL);
	while ((file = readdir(list)) != NULL)
		unlinkat(dirfd(list), file->d_name, 0);
	closedir(list);
}

/* ---- spools ---- */

/* Of commits: so many lines each, or so many that are lost. */
static struct file segment(const int *commits, uint64_t segment_bytes)
{
	struct spool_settings settings = { segment_bytes, NEVER, clock_ticks,
		NULL };
	struct spool_writer *writer = spool_writer_open(spool, &settings);
	struct spool_recovered found;

	now = NOON - 2 * 60 * 1000;
	DO(writer != NULL && spool_recover(writer, &found) == 0);
	DO(spool_resume(writer, 0, UUID, "") == 0);
	for (; *commits != 0; commits++) {
		struct spool_batch batch = { 0 };
		uint64_t first = spool_writer_next(writer);
		int i;

		for (i = 0; i < *commits; i++)
			spool_add(&batch, "{\"v\":1,\"kind\":\"record\"}", 23);
		if (*commits < 0)
			first += (uint64_t) - *commits;
		DO(*commits < 0
			? spool_resume(writer, first, NULL, "a crash") == 0
			: spool_write(writer, &batch, &first) == 0);
		spool_batch_free(&batch);
	}
	spool_writer_close(writer);
	return file_take(spool, ONE);
}

static struct file live(const int *commits)
{
	spool_clear();
	return segment(commits, 1 << 20);
}

/* Its successor has one line. */
static struct file sealed(const int *commits)
{
	struct spool_sealed done;

	spool_clear();
	segment(commits, 1 << 20);
	segment((const int[]){ 1, 0 }, 1);
	DO(spool_seal(spool, &disk_real, &done) == 0 && done.segments == 1);
	return file_take(spool, ONE);
}

static struct step commit_at(const struct file *bytes, int which)
{
	struct step step = { .next = SEGMENT_HEADER };
	FILE *file = tmpfile();

	DO(file != NULL);
	DO(fwrite(bytes->data, 1, bytes->size, file) == bytes->size);
	DO(fflush(file) == 0);
	for (; which >= 0; which--)
		DO(segment_step(&disk_real, fileno(file), step.next, &step) ==
		    FOUND_COMMIT);
	fclose(file);
	return step;
}

/* The size of a mark as it was before it was published. */
static struct file unpublished(struct file bytes, int which)
{
	struct step step = commit_at(&bytes, which);

	step.mark.pending = true;
	mark_put_size(bytes.data + step.at + 4, &step.mark);
	return bytes;
}

static struct file flipped(struct file bytes, size_t at)
{
	bytes.data[at] ^= 1;
	return bytes;
}

static struct file cut(struct file bytes, size_t size)
{
	bytes.size = size;
	return bytes;
}

static struct file with_stranger(struct file bytes)
{
	static const uint8_t frame[] = { 0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0,
		'e', 'l', 's', 'e' };

	memmove(bytes.data + SEGMENT_HEADER + sizeof(frame),
	    bytes.data + SEGMENT_HEADER, bytes.size - SEGMENT_HEADER);
	memcpy(bytes.data + SEGMENT_HEADER, frame, sizeof(frame));
	bytes.size += sizeof(frame);
	return bytes;
}

/* Lines of a commit whose marks are good. */
static struct file with_nul(struct file bytes)
{
	static const char lines[] =
	    "{\"seq\":1,\"spooled\":\"2026-11-05T12:00:00.000Z\",\"\0\":1}\n";
	struct mark mark = { .first = 1, .next = 2, .committed = NOON };
	struct frame_out out = { .level = 3 };

	DO(commit_make(&out, &mark, lines, sizeof(lines) - 1) == 0);
	memcpy(bytes.data + SEGMENT_HEADER, out.bytes, out.len);
	bytes.size = SEGMENT_HEADER + out.len;
	frame_out_free(&out);
	return bytes;
}

static struct file begun_at(struct file bytes, int64_t created)
{
	struct header header = { .first = 1, .created = created };

	DO(uuid_parse(UUID, header.uuid));
	header_put(bytes.data, &header);
	return bytes;
}

static struct file of_version(struct file bytes, int version)
{
	bytes = begun_at(bytes, NOON);
	bytes.data[20] = (uint8_t)version;
	sums_mend(bytes.data, bytes.size);
	return bytes;
}

static void put(const char *fuzzer, const char *name, struct file bytes)
{
	seed_write(fuzzer, name, bytes.data, bytes.size);
}

static void segments(const char *fuzzer)
{
	const struct file few = live((const int[]){ 2, 1, 0 });
	const struct file three = live((const int[]){ 1, 2, 1, 0 });
	const struct file done = sealed((const int[]){ 2, 1, 0 });
	const size_t middle = (size_t)commit_at(&three, 1).at;
	const size_t last = (size_t)commit_at(&three, 2).at;

	put(fuzzer, "nothing", cut(few, 0));
	put(fuzzer, "header", cut(few, SEGMENT_HEADER));
	put(fuzzer, "half-a-header", cut(few, SEGMENT_HEADER / 2));
	put(fuzzer, "one-commit", live((const int[]){ 1, 0 }));
	put(fuzzer, "three-commits", three);
	put(fuzzer, "loss", live((const int[]){ 1, -3, 1, 0 }));
	put(fuzzer, "loss-of-all-before-the-next",
	    live((const int[]){ 2, -97, 0 }));
	put(fuzzer, "pending", unpublished(three, 2));
	put(fuzzer, "published-but-stale", unpublished(three, 1));
	put(fuzzer, "torn-frame", cut(unpublished(three, 2), last + 70));
	put(fuzzer, "torn-mark", cut(three, last + 30));
	put(fuzzer, "damaged-header", flipped(few, 30));
	put(fuzzer, "damaged-mark", flipped(few, SEGMENT_HEADER + 30));
	put(fuzzer, "damaged-frame", flipped(few, SEGMENT_HEADER + 70));
	put(fuzzer, "frame-of-others", with_stranger(few));
	put(fuzzer, "later-version", of_version(few, 2));
	put(fuzzer, "line-with-a-nul", with_nul(few));
	put(fuzzer, "begun-before-1970", begun_at(few, INT64_MIN));
	put(fuzzer, "torn-behind-damage",
	    flipped(cut(unpublished(three, 2), last + 70), middle + 30));
	put(fuzzer, "stale-before-damage",
	    flipped(unpublished(three, 0), middle + 30));
	put(fuzzer, "sealed", done);
	put(fuzzer, "sealed-with-loss", sealed((const int[]){ 1, -2, 1, 0 }));
	put(fuzzer, "sealed-without-its-table", cut(done, done.size - 9));
}

/* ---- consumers ---- */

static void text_put(const char *name, const char *text)
{
	seed_write("consumer", name, text, strlen(text));
}

static void positions(void)
{
	static const struct {
		const char *name;
		uint64_t seq;
		int64_t acked;
	} rows[] = {
		{ "first-line", 1, NOON },
		{ "no-line", 0, NOON },
		{ "last-of-all-numbers", UINT64_MAX, NOON },
		{ "in-1970", 42, 1 },
		{ "in-9999", 42, INT64_C(253402300799999) },
		{ "after-9999", 42, INT64_C(253402300800000) },
	};
	struct position position;
	char text[CONSUMER_TEXT];
	size_t i;

	DO(uuid_parse(UUID, position.uuid));
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		position.seq = rows[i].seq;
		position.acked = rows[i].acked;
		position_put(text, &position);
		text_put(rows[i].name, text);
	}
	position = (struct position){ .seq = 4, .acked = NOON };
	position_put(text, &position);
	text_put("of-no-spool", text);
	text[strlen("dateline-consumer ")] = '2';
	text_put("later-version", text);
	text[strlen(text) - 1] = '\0';
	text_put("without-newline", text);
	text[60] = '\0';
	text_put("cut-short", text);
	text_put("nothing", "");
	text_put("something-else", "4\n");
}

int main(int argc, char **argv)
{
	char consumers[64];

	top = argc == 2 ? argv[1] : "tests/fuzz/corpus";
	DO(mkdtemp(spool) != NULL);
	segments("segment");
	segments("mark");
	positions();
	spool_clear();
	snprintf(consumers, sizeof(consumers), "%s/" CONSUMER_FOLDER, spool);
	rmdir(consumers);
	rmdir(spool);
	return EXIT_SUCCESS;
}
