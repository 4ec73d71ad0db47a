/* A run of the writer in which every single operation of the disk fails once,
   or is the last one before the process or the power is gone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/spool/fake.h"
#include "tests/spool/told.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define STATE_NEXT 10 /* what the state knows of, and the spool does not */
#define TRIES 6

#define SMALL 300 /* bytes of a segment: two commits */
#define LARGE (1 << 20)

static const struct {
	struct fault fault;
	uint64_t segment_bytes;
} rows[] = {
	{ { "EIO", EIO, 1, false, STAYS }, SMALL },
	{ { "EIO three times", EIO, 3, false, STAYS }, SMALL },
	{ { "ENOSPC", ENOSPC, 1, false, STAYS }, SMALL },
	{ { "ENOSPC three times", ENOSPC, 3, false, STAYS }, SMALL },
	{ { "short write", 0, 0, true, STAYS }, SMALL },
	{ { "short write, ENOSPC", ENOSPC, 1, true, STAYS }, SMALL },
	{ { "short write, EIO", EIO, 1, true, STAYS }, SMALL },
	{ { "killed", EIO, FOREVER, false, STAYS }, SMALL },
	{ { "killed in a write", EIO, FOREVER, true, STAYS }, SMALL },
	{ { "power cut", EIO, FOREVER, false, LOSES_ALL }, SMALL },
	{ { "power cut", EIO, FOREVER, false, LOSES_ALL }, LARGE },
	{ { "power cut, reordered", EIO, FOREVER, false, KEEPS_LAST }, SMALL },
	{ { "power cut in a write", EIO, FOREVER, true, KEEPS_LAST }, SMALL },
};

/* How a spool is found: with nothing, with a whole commit that is pending, with
   one that is torn. */
enum start { NEW, PENDING, TORN, N_STARTS };

static const char *const begins[] = { "loss", "1, 2, 3, 4, 5, loss",
	"1, 2, loss" };

#define CHECK(trial, what) \
	if (!(what))       \
	fail_msg("%s: not so: %s", (trial)->name, #what)

struct trial {
	char name[128];
	struct folder *folder;
	struct spool_reader *reader;
	struct fake fake;
	uint64_t segment_bytes;
	uint64_t acked, seen; /* numbers of lines: written, read */
};

/* Syncing takes long, and no power is cut here. */
static int no_sync(void *whose, int fd)
{
	(void)whose, (void)fd;
	return 0;
}

static struct spool_settings settings_on(
    const struct disk *disk, uint64_t segment_bytes)
{
	return (struct spool_settings){ .segment_bytes = segment_bytes,
		.segment_age = 1 << 30,
		.disk = disk };
}

static void start_from(struct folder *folder, enum start start)
{
	struct disk disk = disk_real;
	struct spool_settings settings = settings_on(&disk, LARGE);
	struct spool_writer *writer;
	const char *path;
	size_t before, after;

	folder_empty(folder);
	if (start == NEW)
		return;
	disk.fdatasync = disk.fsync = no_sync;
	writer = writer_at(folder->path, &settings);
	path = folder_file(folder, "00000000000000000001.jsonl.zst");
	assert_int_equal(write_lines(writer, 2), 0);
	free(file_read(path, &before));
	assert_int_equal(write_lines(writer, 3), 0);
	free(file_read(path, &after));
	spool_writer_close(writer);
	unpublish(path, before);
	if (start == TORN)
		assert_int_equal(truncate(path, (off_t)after - 7), 0);
}

/* Readers see one number after the other. */
static void look(struct trial *trial)
{
	const struct spool_line *line;

	spool_seek(trial->reader, trial->seen + 1);
	while (spool_next(trial->reader, &line) == SPOOL_LINE) {
		if (line->seq == 0)
			continue;
		if (trial->seen >= STATE_NEXT)
			CHECK(trial, line->seq == trial->seen + 1);
		trial->seen = line->seq;
	}
}

/* Written again and again: "nothing of it is or will be visible". */
static int insist(struct trial *trial, struct spool_writer *writer, int n)
{
	int tries, done = -1;

	for (tries = 0; tries < TRIES && done != 0; tries++) {
		done = n == 0
		    ? spool_resume(writer, STATE_NEXT, NULL, "a crash")
		    : write_lines(writer, n);
		look(trial);
	}
	if (n > 0 && done == 0)
		trial->acked = spool_writer_next(writer) - 1;
	return done;
}

static void run(struct trial *trial)
{
	struct spool_settings settings =
	    settings_on(&trial->fake.disk, trial->segment_bytes);
	struct spool_writer *writer =
	    spool_writer_open(trial->folder->path, &settings);
	struct spool_recovered found;
	int i, done;

	trial->acked = trial->seen = 0;
	done = writer != NULL ? spool_recover(writer, &found) : -1;
	if (done == 0)
		done = insist(trial, writer, 0);
	for (i = 0; i < 7 && done == 0; i++)
		done = insist(trial, writer, 1 + i % 3);
	if (done == 0 && trial->fake.fault.times < 2)
		CHECK(trial, trial->seen == trial->acked);
	spool_writer_close(writer);
}

/* Opened again: what was acknowledged or seen is there, once and in order. */
static void check(struct trial *trial, enum start start)
{
	struct disk disk = disk_real;
	struct spool_settings settings = settings_on(&disk, LARGE);
	struct spool_writer *writer;
	char want[1024];
	const char *text;
	uint64_t next, n;
	int at;

	disk.fdatasync = disk.fsync = no_sync;
	writer = writer_at(trial->folder->path, &settings);
	assert_int_equal(spool_resume(writer, STATE_NEXT, NULL, "a crash"), 0);
	next = spool_writer_next(writer);
	assert_int_equal(write_lines(writer, 1), 0);
	spool_writer_close(writer);

	at = sprintf(want, "%s", begins[start]);
	for (n = STATE_NEXT; n <= next; n++)
		at += sprintf(want + at, ", %" PRIu64, n);
	text = told_all(trial->reader);
	if (strcmp(text, want) != 0)
		fail_msg("%s: %s", trial->name, text);
	CHECK(trial, next > trial->acked);
	CHECK(trial, next > trial->seen);
	if (trial->fake.fault.times < FOREVER && trial->acked > 0)
		CHECK(trial, next == trial->acked + 1);
	check_zstdcat(trial->folder, trial->reader);
}

static void nothing_is_lost_or_doubled(void **state)
{
	struct trial trial = { .folder = *state };
	size_t i;
	int start, last;

	trial.reader = reader_at(trial.folder->path);
	for (i = 0; i < COUNT(rows); i++) {
		trial.segment_bytes = rows[i].segment_bytes;
		for (start = NEW; start < N_STARTS; start++) {
			int before = 0;

			do {
				start_from(trial.folder, start);
				fake_begin(&trial.fake, trial.folder);
				trial.fake.fault = rows[i].fault;
				trial.fake.before = before;
				sprintf(trial.name, "%s at %d after %s",
				    rows[i].fault.name, before, begins[start]);
				run(&trial);
				last = trial.fake.done;
				fake_end(&trial.fake, trial.folder);
				check(&trial, start);
			} while (++before <= last);
			assert_true(before > 20);
		}
	}
	spool_close(trial.reader);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(nothing_is_lost_or_doubled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
