/*
 * Readers, wherever they start, and whatever happens under them: each way with
 * each other. And what wakes a reader that waits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

#include "spool/retention.h"
#include "spool/seal.h"
#include "spool/segment.h"
#include "tests/spool/told.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define PATIENCE 10000 /* ms; nothing here waits as long */
#define AHEAD 50       /* lines that a writer is before its reader, at most */
#define CONSUMER "archive"

/*
 * Two lines every second; after three of them a segment is too old. So first
 * there are [1 2] [3 4] [5 6] | [7 8] [9 10], and the next ones are [11 12] |
 * [13 14] [15 16] [17 18] | [19 20].
 */
enum { BEFORE = 5, SECOND = 1000, AGE = 3 * SECOND };

static int64_t now;

static int64_t clock_now(void)
{
	return now;
}

static struct spool_settings settings_on(const struct disk *disk)
{
	return (struct spool_settings){ .segment_bytes = 1 << 20,
		.segment_age = AGE,
		.now = clock_now,
		.disk = disk };
}

struct play {
	struct folder *folder;
	struct spool_settings settings;
	struct spool_writer *writer;
	struct spool_reader *reader;
	struct spool_consumer *consumer;
	uint64_t told;           /* number of the last line, or gap, */
	_Atomic uint64_t *heard; /* and for other processes to see; or NULL */
};

static void writer_starts(struct play *play)
{
	play->writer = writer_at(play->folder->path, &play->settings);
}

static void writer_ends(struct play *play)
{
	spool_writer_close(play->writer);
	play->writer = NULL;
}

static void commits(struct play *play, int n)
{
	while (n-- > 0) {
		now += SECOND;
		assert_int_equal(write_lines(play->writer, 2), 0);
	}
}

static void play_begins(struct play *play, struct folder *folder)
{
	*play =
	    (struct play){ .folder = folder, .settings = settings_on(NULL) };
	now = 0;
	folder_empty(folder);
	unlink(folder_file(folder, "consumers/" CONSUMER));
	writer_starts(play);
	commits(play, BEFORE);
}

static void play_ends(struct play *play)
{
	spool_writer_close(play->writer);
	spool_close(play->reader);
	spool_consumer_close(play->consumer);
}

/* ---- a writer that is killed, in a process of its own ---- */

struct dying { /* the operations of a disk, the last of which is not done */
	int left;
	bool publishing; /* only these are counted */
};

static void operation(struct dying *dying, bool counts)
{
	if (counts && --dying->left == 0)
		raise(SIGKILL);
}

/* The last one is done by half; but four bytes in one sector never are. */
static ssize_t dying_pwrite(
    void *whose, int fd, const void *bytes, size_t len, off_t at)
{
	struct dying *dying = whose;

	if (!dying->publishing && dying->left == 1 && len > 4)
		assert_true(pwrite(fd, bytes, len / 2, at) > 0);
	operation(dying, !dying->publishing || len == 4);
	return pwrite(fd, bytes, len, at);
}

static int dying_sync(void *whose, int fd)
{
	struct dying *dying = whose;

	operation(dying, !dying->publishing);
	return fdatasync(fd);
}

static int dying_ftruncate(void *whose, int fd, off_t size)
{
	struct dying *dying = whose;

	operation(dying, !dying->publishing);
	return ftruncate(fd, size);
}

static int dying_rename(
    void *whose, int folder, const char *from, const char *to)
{
	struct dying *dying = whose;

	operation(dying, !dying->publishing);
	return renameat(folder, from, folder, to);
}

static int dying_unlink(void *whose, int folder, const char *name)
{
	struct dying *dying = whose;

	operation(dying, !dying->publishing);
	return unlinkat(folder, name, 0);
}

/* True if it was killed, false if it has written all. */
static bool killed(struct play *play, struct dying dying, int n)
{
	struct disk disk = disk_real;
	pid_t child;
	int status;

	disk.whose = &dying;
	disk.pwrite = dying_pwrite;
	disk.fdatasync = disk.fsync = dying_sync;
	disk.ftruncate = dying_ftruncate;
	disk.rename = dying_rename;
	disk.unlink = dying_unlink;
	writer_ends(play); /* its lock, too */
	child = fork();
	if (child == 0) {
		play->settings = settings_on(&disk);
		writer_starts(play);
		commits(play, n);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	now += n * SECOND;
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

/* ---- what happens ---- */

static void rotation(struct play *play)
{
	commits(play, 2);
}

static void sealing(struct play *play)
{
	struct spool_sealed sealed;

	commits(play, 2);
	assert_int_equal(
	    spool_seal(play->folder->path, &disk_real, &sealed), 0);
	assert_int_equal(sealed.segments, 2);
	assert_int_equal(sealed.left, 0);
}

static void removal(struct play *play)
{
	const struct spool_limits limits = { .bytes = 1, .consumer_bytes = 1 };
	struct spool_room room;

	commits(play, 5);
	assert_int_equal(
	    spool_retain(play->folder->path, &disk_real, &limits, now, &room),
	    0);
	assert_int_equal(room.removed, 3);
	assert_int_equal(room.oldest, 19);
}

/* The writer is gone, and its last commit was never whole. */
static void torn_tail(struct play *play)
{
	const char *path =
	    folder_file(play->folder, "00000000000000000007.jsonl.zst");
	size_t before, after;

	free(file_read(path, &before));
	commits(play, 1);
	free(file_read(path, &after));
	writer_ends(play);
	unpublish(path, before);
	assert_int_equal(truncate(path, (off_t)after - 7), 0);
}

/* Its third commit is on the disk, but not there for all. */
static void writer_killed(struct play *play)
{
	const struct dying dying = { .left = 3, .publishing = true };

	assert_true(killed(play, dying, 8));
}

/* ---- how readers start ---- */

static void by_seq(struct play *play)
{
	spool_seek(play->reader, 3);
}

/* A moment after [3 4]. */
static void by_time(struct play *play)
{
	spool_seek_time(play->reader, 2 * SECOND + 1);
}

static void oldest(struct play *play)
{
	(void)play;
}

static void newest(struct play *play)
{
	uint64_t from, next;

	assert_int_equal(spool_bounds(play->folder->path, &from, &next), 0);
	spool_seek(play->reader, next);
}

static void consumer_opens(struct play *play)
{
	play->consumer = spool_consumer_open(play->folder->path, CONSUMER);
	assert_non_null(play->consumer);
}

static void by_consumer(struct play *play)
{
	consumer_opens(play);
	assert_int_equal(spool_consumer_next(play->consumer), 9);
	spool_seek(play->reader, 9);
}

static void reader_starts(struct play *play, void (*start)(struct play *))
{
	play->reader = spool_open(play->folder->path);
	assert_non_null(play->reader);
	start(play);
}

/* ---- each with each ---- */

enum mode { FOLLOW, BATCH };

/* Parted by "|": what was told before, what then, and what after one commit
   more, of a new writer where the old one is gone. */
static const struct cell {
	void (*start)(struct play *);
	void (*happens)(struct play *);
	enum mode mode;
	const char *told;
} cells[] = {
	{ by_seq, rotation, FOLLOW,
	    "3, 4, 5, 6, 7, 8, 9, 10|11, 12, 13, 14|15, 16" },
	{ by_seq, sealing, FOLLOW,
	    "3, 4, 5, 6, 7, 8, 9, 10|11, 12, 13, 14|15, 16" },
	{ by_seq, removal, FOLLOW,
	    "3, 4, 5, 6, 7, 8, 9, 10|11, 12, gap 13-18, 19, 20|21, 22" },
	{ by_seq, torn_tail, FOLLOW, "3, 4, 5, 6, 7, 8, 9, 10||11, 12" },
	{ by_seq, writer_killed, FOLLOW,
	    "3, 4, 5, 6, 7, 8, 9, 10|11, 12, 13, 14|15, 16, 17, 18" },
	{ by_time, rotation, FOLLOW,
	    "5, 6, 7, 8, 9, 10|11, 12, 13, 14|15, 16" },
	{ by_time, sealing, FOLLOW, "5, 6, 7, 8, 9, 10|11, 12, 13, 14|15, 16" },
	{ by_time, removal, FOLLOW,
	    "5, 6, 7, 8, 9, 10|11, 12, gap 13-18, 19, 20|21, 22" },
	{ by_time, torn_tail, FOLLOW, "5, 6, 7, 8, 9, 10||11, 12" },
	{ by_time, writer_killed, FOLLOW,
	    "5, 6, 7, 8, 9, 10|11, 12, 13, 14|15, 16, 17, 18" },
	{ oldest, rotation, FOLLOW,
	    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10|11, 12, 13, 14|15, 16" },
	{ oldest, sealing, FOLLOW,
	    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10|11, 12, 13, 14|15, 16" },
	{ oldest, removal, FOLLOW,
	    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10|11, 12, gap 13-18, 19, 20|21, 22" },
	{ oldest, torn_tail, FOLLOW, "1, 2, 3, 4, 5, 6, 7, 8, 9, 10||11, 12" },
	{ oldest, writer_killed, FOLLOW,
	    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10|11, 12, 13, 14|15, 16, 17, 18" },
	{ newest, rotation, FOLLOW, "|11, 12, 13, 14|15, 16" },
	{ newest, sealing, FOLLOW, "|11, 12, 13, 14|15, 16" },
	{ newest, removal, FOLLOW, "|11, 12, gap 13-18, 19, 20|21, 22" },
	{ newest, torn_tail, FOLLOW, "||11, 12" },
	{ newest, writer_killed, FOLLOW, "|11, 12, 13, 14|15, 16, 17, 18" },
	{ by_consumer, rotation, FOLLOW, "9, 10|11, 12, 13, 14|15, 16" },
	{ by_consumer, sealing, FOLLOW, "9, 10|11, 12, 13, 14|15, 16" },
	{ by_consumer, removal, FOLLOW,
	    "9, 10|11, 12, gap 13-18, 19, 20|21, 22" },
	{ by_consumer, torn_tail, FOLLOW, "9, 10||11, 12" },
	{ by_consumer, writer_killed, FOLLOW,
	    "9, 10|11, 12, 13, 14|15, 16, 17, 18" },

	{ by_seq, rotation, BATCH,
	    "|3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14|15, 16" },
	{ by_seq, sealing, BATCH,
	    "|3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14|15, 16" },
	{ by_seq, removal, BATCH, "|gap 3-18, 19, 20|21, 22" },
	{ by_seq, torn_tail, BATCH, "|3, 4, 5, 6, 7, 8, 9, 10|11, 12" },
	{ by_seq, writer_killed, BATCH,
	    "|3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14|15, 16, 17, 18" },
	{ by_time, rotation, BATCH,
	    "|5, 6, 7, 8, 9, 10, 11, 12, 13, 14|15, 16" },
	{ by_time, sealing, BATCH,
	    "|5, 6, 7, 8, 9, 10, 11, 12, 13, 14|15, 16" },
	{ by_time, removal, BATCH, "|19, 20|21, 22" },
	{ by_time, torn_tail, BATCH, "|5, 6, 7, 8, 9, 10|11, 12" },
	{ by_time, writer_killed, BATCH,
	    "|5, 6, 7, 8, 9, 10, 11, 12, 13, 14|15, 16, 17, 18" },
	{ oldest, rotation, BATCH,
	    "|1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14|15, 16" },
	{ oldest, sealing, BATCH,
	    "|1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14|15, 16" },
	{ oldest, removal, BATCH, "|19, 20|21, 22" },
	{ oldest, torn_tail, BATCH, "|1, 2, 3, 4, 5, 6, 7, 8, 9, 10|11, 12" },
	{ oldest, writer_killed, BATCH,
	    "|1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14|15, 16, 17, 18" },
	{ newest, rotation, BATCH, "||15, 16" },
	{ newest, sealing, BATCH, "||15, 16" },
	{ newest, removal, BATCH, "||21, 22" },
	{ newest, torn_tail, BATCH, "||11, 12" },
	{ newest, writer_killed, BATCH, "||15, 16, 17, 18" },
	{ by_consumer, rotation, BATCH, "|9, 10, 11, 12, 13, 14|15, 16" },
	{ by_consumer, sealing, BATCH, "|9, 10, 11, 12, 13, 14|15, 16" },
	{ by_consumer, removal, BATCH, "|gap 9-18, 19, 20|21, 22" },
	{ by_consumer, torn_tail, BATCH, "|9, 10|11, 12" },
	{ by_consumer, writer_killed, BATCH,
	    "|9, 10, 11, 12, 13, 14|15, 16, 17, 18" },
};

/* What has happened until now wakes it no more. */
static void drain(struct play *play)
{
	int times = 0;

	while (spool_wait(play->reader, 0) == 1)
		assert_true(++times < 10);
}

/* Woken by what has happened, not by looking now and then: that takes time. */
static void woken(struct play *play)
{
	assert_int_equal(spool_wait(play->reader, 0), 1);
}

/* The text so far, and what is told now behind it. */
static void hear(struct play *play, char *text, size_t room)
{
	size_t len = strlen(text);
	const char *now_told;

	now_told = told(play->reader);
	assert_true(len + strlen(now_told) < room);
	strcpy(text + len, now_told);
	assert_string_equal(told(play->reader), "");
}

/* One that had dealt with 8 lines when it was here last. */
static void consumer_has_been_here(struct play *play)
{
	consumer_opens(play);
	assert_int_equal(spool_consumer_next(play->consumer), 0);
	assert_int_equal(spool_consumer_ack(play->consumer, 8), 0);
	spool_consumer_close(play->consumer);
	play->consumer = NULL;
}

/* It has dealt with all that there is, and says so. */
static void consumer_leaves(struct play *play)
{
	uint64_t last = spool_writer_next(play->writer) - 1;

	assert_int_equal(spool_consumer_ack(play->consumer, last), 0);
	spool_consumer_close(play->consumer);
	consumer_opens(play);
	assert_int_equal(spool_consumer_next(play->consumer), last + 1);
}

static void cell_runs(
    struct play *play, const struct cell *cell, char *text, size_t room)
{
	text[0] = '\0';
	consumer_has_been_here(play);
	if (cell->mode == FOLLOW) {
		reader_starts(play, cell->start);
		hear(play, text, room);
		drain(play);
	}
	cell->happens(play);
	if (cell->mode == FOLLOW)
		woken(play);
	else
		reader_starts(play, cell->start);
	strcat(text, "|");
	hear(play, text, room);
	drain(play);

	if (play->writer == NULL)
		writer_starts(play);
	commits(play, 1);
	woken(play);
	strcat(text, "|");
	hear(play, text, room);
	if (play->consumer != NULL)
		consumer_leaves(play);
}

static void readers_are_told_each_line_once(void **state)
{
	char text[512];
	size_t i;

	assert_int_equal(COUNT(cells), 50);
	for (i = 0; i < COUNT(cells); i++) {
		struct play play;

		play_begins(&play, *state);
		cell_runs(&play, &cells[i], text, sizeof(text));
		play_ends(&play);
		if (strcmp(text, cells[i].told) != 0)
			fail_msg(
			    "cell %zu: %s\nnot %s", i, text, cells[i].told);
	}
}

/* ---- killed at any moment ---- */

/* Each line is told, once and in order, up to an end or to a number. */
static void hear_to(struct play *play, uint64_t last)
{
	const struct spool_line *line;
	enum spool_status status;

	while (play->told < last &&
	    (status = spool_next(play->reader, &line)) != SPOOL_END) {
		char text[128];

		tell(text, sizeof(text), status, line);
		if (status != SPOOL_LINE || line->seq != play->told + 1)
			fail_msg("%s behind %" PRIu64, text, play->told);
		play->told = line->seq;
		if (play->heard != NULL)
			atomic_store(play->heard, line->seq);
	}
}

static void hear_on(struct play *play)
{
	hear_to(play, UINT64_MAX);
}

/* All that is in the spool has been told. */
static void all_is_told(struct play *play)
{
	uint64_t from, next;

	assert_int_equal(spool_bounds(play->folder->path, &from, &next), 0);
	assert_int_equal(play->told, next - 1);
}

/* The end of what one writer has left is where the next one goes on. */
static void a_writer_may_die_at_each_operation(void **state)
{
	struct dying dying = { 0 };
	struct play play;
	int last = 0;
	bool dies;

	do {
		uint64_t shown;

		play_begins(&play, *state);
		reader_starts(&play, oldest);
		hear_on(&play);
		dying.left = ++last;
		dies = killed(&play, dying, 5);
		hear_on(&play);
		all_is_told(&play);
		shown = play.told;
		writer_starts(&play);
		hear_on(&play);
		assert_in_range(play.told, shown, shown + 2);
		commits(&play, 1);
		hear_on(&play);
		all_is_told(&play);
		play_ends(&play);
	} while (dies);
	assert_true(last > 20);
}

/* A process that does one thing again and again until it is killed, or until
   this one has died. */
static pid_t process(void (*does)(struct play *), struct play *play)
{
	pid_t child = fork();

	if (child != 0)
		return child;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (;;)
		does(play);
}

static void process_ends(pid_t process)
{
	int status;

	kill(process, SIGKILL);
	assert_int_equal(waitpid(process, &status, 0), process);
	assert_true(WIFSIGNALED(status));
}

/* Not far ahead of the reader: there shall be no more than it can read. */
static void writes(struct play *play)
{
	if (play->writer == NULL)
		writer_starts(play);
	while (
	    spool_writer_next(play->writer) > atomic_load(play->heard) + AHEAD)
		sched_yield();
	now += SECOND;
	write_lines(play->writer, 1 + (int)(now / SECOND % 7));
}

static void seals(struct play *play)
{
	struct spool_sealed sealed;

	spool_seal(play->folder->path, &disk_real, &sealed);
}

static void hear_lines(struct play *play, uint64_t n)
{
	uint64_t last = play->told + n;

	for (hear_to(play, last); play->told < last; hear_to(play, last))
		assert_int_equal(spool_wait(play->reader, PATIENCE), 1);
}

/* One that follows reads while writer and sealing die and begin again. */
static void killed_at_any_moment(void **state)
{
	struct play play;
	uint64_t round;

	play_begins(&play, *state);
	writer_ends(&play);
	reader_starts(&play, oldest);
	play.heard = mmap(NULL, sizeof(*play.heard), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(play.heard != MAP_FAILED);
	for (round = 1; round <= 20; round++) {
		pid_t writer, sealer;

		now = (int64_t)play.told * SECOND;
		writer = process(writes, &play);
		sealer = process(seals, &play);
		hear_lines(&play, 11 * round);
		process_ends(writer);
		process_ends(sealer);
		hear_on(&play);
		all_is_told(&play);
	}
	writer_starts(&play);
	commits(&play, 1);
	hear_on(&play);
	all_is_told(&play);
	play_ends(&play);
	munmap(play.heard, sizeof(*play.heard));
}

/* ---- what wakes ---- */

/* Rotation has woken it before: now only names change. */
static void a_follower_is_woken_by_each_change(void **state)
{
	const struct spool_limits limits = { .bytes = 1 };
	struct spool_sealed sealed;
	struct spool_room room;
	struct play play;

	play_begins(&play, *state);
	reader_starts(&play, oldest);
	rotation(&play);
	assert_string_equal(
	    told(play.reader), "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14");
	drain(&play);
	assert_int_equal(spool_seal(play.folder->path, &disk_real, &sealed), 0);
	woken(&play);
	assert_string_equal(told(play.reader), "");
	drain(&play);
	assert_int_equal(
	    spool_retain(play.folder->path, &disk_real, &limits, now, &room),
	    0);
	assert_int_equal(room.removed, 2);
	woken(&play);
	assert_string_equal(told(play.reader), "");
	drain(&play);
	commits(&play, 1);
	woken(&play);
	assert_string_equal(told(play.reader), "15, 16");
	play_ends(&play);
}

/* Whether a process sleeps, as /proc says. */
static bool is_asleep(pid_t process)
{
	char path[64], *text, *end;
	size_t len = 0;
	bool is;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)process);
	file = fopen(path, "r");
	assert_non_null(file);
	text = NULL;
	assert_true(getline(&text, &len, file) > 0);
	fclose(file);
	end = strrchr(text, ')');
	is = end != NULL && end[2] == 'S';
	free(text);
	return is;
}

/* A child waits until this process sleeps, and then does what wakes it. */
static void wake_soon(struct play *play, void (*happens)(struct play *))
{
	if (fork() != 0)
		return;
	while (!is_asleep(getppid()))
		sched_yield();
	happens(play);
	_exit(0);
}

static void one_commit(struct play *play)
{
	commits(play, 1);
}

/* It is woken while the thing goes on: so it may be told what is removed next,
   or a gap; but each number once. */
static void hear_until(struct play *play, uint64_t last)
{
	while (play->told < last) {
		const struct spool_line *line;
		enum spool_status status;

		assert_int_equal(spool_wait(play->reader, PATIENCE), 1);
		while (
		    (status = spool_next(play->reader, &line)) != SPOOL_END) {
			bool gap = status == SPOOL_GAP;

			assert_true(gap || status == SPOOL_LINE);
			assert_int_equal(
			    gap ? line->from : line->seq, play->told + 1);
			play->told = gap ? line->to : line->seq;
		}
	}
}

static void a_follower_that_sleeps_is_woken(void **state)
{
	static const struct {
		void (*happens)(struct play *);
		uint64_t last;
	} rows[] = {
		{ one_commit, 12 },
		{ rotation, 14 },
		{ sealing, 14 },
		{ removal, 20 },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct play play;
		int status;

		play_begins(&play, *state);
		reader_starts(&play, oldest);
		hear_on(&play);
		drain(&play);
		wake_soon(&play, rows[i].happens);
		hear_until(&play, rows[i].last);
		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
		play_ends(&play);
	}
}

/* ---- without inotify ---- */

static int64_t monotonic(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static bool call_fails(const char *name, int error)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	bool done = filter != NULL &&
	    seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint16_t)error),
		seccomp_syscall_resolve_name(name), 0) == 0 &&
	    seccomp_load(filter) == 0;

	seccomp_release(filter);
	return done;
}

/* It looks every second: a commit is told long before the patience is over, and
   without one the patience holds. */
static bool follows(struct play *play)
{
	int64_t begun;

	reader_starts(play, newest);
	if (strcmp(told(play->reader), "") != 0)
		return false;
	commits(play, 1);
	begun = monotonic();
	if (spool_wait(play->reader, PATIENCE) != 1 ||
	    monotonic() - begun > PATIENCE / 2)
		return false;
	if (strcmp(told(play->reader), "11, 12") != 0)
		return false;
	commits(play, 2);
	if (spool_wait(play->reader, -1) != 1)
		return false;
	return strcmp(told(play->reader), "13, 14, 15, 16") == 0;
}

static void without_inotify_it_looks_every_second(void **state)
{
	static const struct {
		const char *call;
		int error;
	} rows[] = {
		{ "inotify_init1", EMFILE },
		{ "inotify_add_watch", ENOSPC },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		struct play play;
		int status;
		pid_t child;

		play_begins(&play, *state);
		child = fork();
		if (child == 0)
			_exit(call_fails(rows[i].call, rows[i].error) &&
				    follows(&play)
				? 0
				: 1);
		assert_int_equal(waitpid(child, &status, 0), child);
		if (status != 0)
			fail_msg("%s: status %d", rows[i].call, status);
		play_ends(&play);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(readers_are_told_each_line_once),
		IN_FOLDER(a_writer_may_die_at_each_operation),
		IN_FOLDER(killed_at_any_moment),
		IN_FOLDER(a_follower_is_woken_by_each_change),
		IN_FOLDER(a_follower_that_sleeps_is_woken),
		IN_FOLDER(without_inotify_it_looks_every_second),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
