/*
 * A run of all that a spool does, as a row of deeds; and what must be found
 * after it, however it ended.
 */
#ifndef TESTS_RUN_H
#define TESTS_RUN_H

#include <inttypes.h>

#include "spool/consumer.h"
#include "spool/retention.h"
#include "spool/seal.h"
#include "spool/segment.h"
#include "spool/spool.h"
#include "spool/verify.h"
#include "spool/writer.h"
#include "tests/folder.h"
#include "tests/judge/ask.h"
#include "tests/judge/line.h"
#include "tests/spool/fake.h"
#include "tests/spool/tape.h"

#define RUN_LINES 8192 /* numbers of a run, at most */
#define RUN_SEGMENT 2500
#define RUN_LIMIT 12000 /* bytes of all segments, when some are removed */
#define CONSUMERS 2

enum deed {
	OPEN,   /* recovers, and resumes with what the state knows */
	APPEND, /* a commit of so many lines */
	LOSE,   /* the state knows of so many more numbers */
	ACK,    /* a consumer acknowledges: all, or what is so far behind */
	SEAL,
	RETAIN,
	DAMAGE, /* a bit turns over */
	REPAIR,
	CLOSE,
	BACK,      /* the clock is set back so many milliseconds */
	KILL,      /* all fails, so many operations into a commit */
	KILL_HALF, /* and the first of these writes does half its work */
};

static const char *const deed_names[] = { "open", "append", "lose", "ack",
	"seal", "retain", "damage", "repair", "close", "back", "kill",
	"kill in a write" };

struct step_of { /* a run */
	enum deed deed;
	int n;
};

struct moment { /* what was promised when so many operations were done */
	uint64_t acked; /* number of the last line that was written */
	uint64_t positions[CONSUMERS];
	uint64_t from, to; /* what damage may have cost */
	bool damaged;      /* and it is not repaired yet */
};

struct run {
	const char *folder;
	struct fake fake;
	struct tape tape;        /* of what the fake disk has let through */
	const struct disk *disk; /* that of the tape */
	struct spool_writer *writer;
	struct spool_consumer *consumers[CONSUMERS];
	uint64_t serial;             /* of the last line that was tried */
	uint64_t serials[RUN_LINES]; /* by number, of what was written */
	struct moment now, *moments;
	struct moment before; /* as it was noted last, */
	size_t noted, room;   /* when so many operations were done */
};

static int64_t run_clock = INT64_C(1730980800123);

static inline int64_t run_now(void)
{
	return run_clock++;
}

/* A commit of lines of the serials from `serial` on. */
static inline int run_append(
    struct spool_writer *writer, uint64_t serial, int n, uint64_t *first)
{
	struct spool_batch batch = { 0 };
	char text[LINE_ROOM];
	int i, done;

	for (i = 0; i < n; i++)
		spool_add(&batch, text, line_text(text, serial + (uint64_t)i));
	done = spool_write(writer, &batch, first);
	spool_batch_free(&batch);
	return done;
}

static inline int run_open(struct run *run)
{
	struct spool_settings settings = { .segment_bytes = RUN_SEGMENT,
		.segment_age = 1 << 30,
		.now = run_now,
		.disk = run->disk };
	struct spool_recovered found;

	spool_writer_close(run->writer);
	run->writer = spool_writer_open(run->folder, &settings);
	if (run->writer == NULL || spool_recover(run->writer, &found) != 0)
		return -1;
	return spool_resume(run->writer, run->now.acked + 1, NULL, "a crash");
}

static inline int run_write(struct run *run, int n)
{
	uint64_t serial = run->serial + 1, first;

	run->serial += (uint64_t)n;
	if (run_append(run->writer, serial, n, &first) != 0)
		return -1;
	run->now.acked = first + (uint64_t)n - 1;
	assert_true(run->now.acked < RUN_LINES);
	for (; first <= run->now.acked; first++)
		run->serials[first] = serial++;
	return 0;
}

static inline int run_lose(struct run *run, int n)
{
	uint64_t next = spool_writer_next(run->writer) + (uint64_t)n;

	if (spool_resume(run->writer, next, NULL, LINE_LOSS) != 0)
		return -1;
	run->now.acked = next - 1;
	return 0;
}

static inline int run_ack_one(struct run *run, int i, uint64_t seq)
{
	static const char *const names[CONSUMERS] = { "near", "far" };

	if (seq < run->now.positions[i])
		seq = run->now.positions[i];
	if (run->consumers[i] == NULL)
		run->consumers[i] =
		    consumer_open(run->disk, run->folder, names[i]);
	if (run->consumers[i] == NULL ||
	    spool_consumer_ack(run->consumers[i], seq) != 0)
		return -1;
	run->now.positions[i] = seq;
	return 0;
}

/* The first consumer has dealt with all that there is to see, the other one is
   that far behind. */
static inline int run_ack(struct run *run, uint64_t behind)
{
	uint64_t oldest, next;

	if (spool_bounds(run->folder, &oldest, &next) != 0)
		return -1;
	if (next == 1)
		return 0;
	if (run_ack_one(run, 0, next - 1) != 0)
		return -1;
	return run_ack_one(run, 1, next - 1 > behind ? next - 1 - behind : 1);
}

static inline int run_retain(struct run *run)
{
	static const struct spool_limits limits = { .bytes = RUN_LIMIT,
		.consumer_bytes = 2 * RUN_LIMIT };
	struct spool_room room;

	return spool_retain(run->folder, run->disk, &limits, run_clock, &room);
}

static inline void run_told(void *whose, const struct spool_finding *finding)
{
	(void)whose, (void)finding;
}

static inline int repair(const char *folder, const struct disk *disk)
{
	struct spool_verified verified;

	return spool_repair(folder, disk, run_told, NULL, &verified);
}

static inline int run_close(struct run *run)
{
	int i;

	for (i = 0; i < CONSUMERS; i++) {
		spool_consumer_close(run->consumers[i]);
		run->consumers[i] = NULL;
	}
	spool_writer_close(run->writer);
	run->writer = NULL;
	return 0;
}

/* Nothing more succeeds from an operation of the next commit on. */
static inline int run_kill(struct run *run, int before, size_t half)
{
	run->fake.fault = (struct fault){
		.error = ECANCELED, .times = FOREVER, .half = half
	};
	run->fake.before = run->fake.done + before;
	run_write(run, 3); /* what it returns, nobody hears */
	run->fake.fault = (struct fault){ 0 };
	return run_close(run);
}

/* Of the first frame of the last segment but one. */
static inline int run_damage(struct run *run)
{
	int folder = open(run->folder, O_RDONLY | O_DIRECTORY), fd;
	size_t n;
	uint64_t *list = segment_list(&disk_real, folder, &n), seq;
	char name[SEGMENT_NAME];
	struct step step;

	assert_true(n > 1);
	segment_name(name, list[n - 2]);
	free(list);
	fd = openat(folder, name, O_RDONLY);
	assert_true(segment_step(&disk_real, fd, SEGMENT_HEADER, &step) <=
	    FOUND_PENDING);
	close(fd);
	tape_flip(&run->tape, folder, name,
	    step.at + mark_size(&step.mark) + step.mark.frame / 2);
	close(folder);
	run->now.damaged = true;
	run->now.from = step.mark.first;
	run->now.to = step.mark.next - 1;
	for (seq = step.mark.first; seq < step.mark.next; seq++)
		run->serials[seq] = 0;
	return 0;
}

static inline int run_repair(struct run *run)
{
	if (repair(run->folder, run->disk) != 0)
		return -1;
	run->now.damaged = false;
	return 0;
}

static inline int run_deed(struct run *run, const struct step_of *step)
{
	struct spool_sealed sealed;

	run_clock++;
	switch (step->deed) {
	case OPEN: return run_open(run);
	case APPEND: return run_write(run, step->n);
	case LOSE: return run_lose(run, step->n);
	case ACK: return run_ack(run, (uint64_t)step->n);
	case SEAL: return spool_seal(run->folder, run->disk, &sealed);
	case RETAIN: return run_retain(run);
	case DAMAGE: return run_damage(run);
	case REPAIR: return run_repair(run);
	case CLOSE: return run_close(run);
	case BACK: run_clock -= step->n; return 0;
	case KILL: return run_kill(run, step->n, 0);
	case KILL_HALF: return run_kill(run, step->n, 1);
	}
	return -1;
}

/* What was promised is so from now on. */
static inline void run_note(struct run *run)
{
	if (run->tape.n >= run->room) {
		run->room = 2 * run->tape.n + 1024;
		run->moments =
		    realloc(run->moments, run->room * sizeof(struct moment));
		assert_non_null(run->moments);
	}
	while (run->noted < run->tape.n)
		run->moments[++run->noted] = run->before;
	run->moments[run->noted] = run->before = run->now;
}

static inline int run_do(struct run *run, const struct step_of *step)
{
	int done = run_deed(run, step), error = errno;

	run_note(run);
	errno = error;
	return done;
}

/* In a folder that nothing is in. */
static inline void run_begin(struct run *run, const char *folder)
{
	*run = (struct run){ .folder = folder, .now.from = UINT64_MAX };
	fake_begin(&run->fake);
	tape_begin(&run->tape, folder, &run->fake.disk);
	run->disk = &run->tape.disk;
	run_note(run);
}

static inline void run_end(struct run *run)
{
	run_close(run);
	tape_free(&run->tape);
	free(run->moments);
}

/* ---- what is found then ---- */

struct after {
	const char *folder;
	const struct run *run;
	struct judge *judge;
	struct spool_reader *reader; /* of the folder */
	struct moment then;          /* when it ended */
	uint64_t visible;            /* number of the last line that was seen */
	uint64_t oldest;             /* what is before it may be gone */
	uint64_t known;  /* the state's next number; 0: it knows nothing */
	uint64_t serial; /* from LINE_AFTER on */
	char why[1200];
};

#define SO(after, what)                                                 \
	do {                                                            \
		if (!(what)) {                                          \
			snprintf((after)->why, sizeof((after)->why),    \
			    "not so: %s (%s)", #what, strerror(errno)); \
			return false;                                   \
		}                                                       \
	} while (0)

static inline int no_sync(void *whose, int fd)
{
	(void)whose, (void)fd;
	return 0;
}

/* Syncing takes long, and no power goes here. */
static inline struct disk unsynced(void)
{
	struct disk disk = disk_real;

	disk.fdatasync = disk.fsync = no_sync;
	return disk;
}

static inline bool after_write(struct after *after, struct spool_writer *writer)
{
	struct spool_recovered found;
	uint64_t next, first;

	SO(after, spool_recover(writer, &found) == 0);
	next = found.next;
	SO(after, next == spool_writer_next(writer));
	SO(after, next > after->visible);
	SO(after, next > after->then.acked);
	SO(after, spool_resume(writer, after->known, NULL, "a crash") == 0);
	next = spool_writer_next(writer);
	SO(after, next >= after->known);
	SO(after, run_append(writer, after->serial, 2, &first) == 0);
	SO(after, first == next);
	SO(after, spool_writer_next(writer) == next + 2);
	return true;
}

/* Recovering twice finds nothing to do. */
static inline bool after_recover(struct after *after)
{
	struct disk disk = unsynced();
	struct spool_settings settings = { .segment_bytes = RUN_SEGMENT,
		.segment_age = 1 << 30,
		.now = run_now,
		.disk = &disk };
	struct spool_writer *writer =
	    spool_writer_open(after->folder, &settings);
	struct spool_recovered found;
	bool good;

	SO(after, writer != NULL);
	good = after_write(after, writer);
	spool_writer_close(writer);
	if (!good)
		return false;
	writer = spool_writer_open(after->folder, &settings);
	SO(after, writer != NULL);
	good = spool_recover(writer, &found) == 0 && found.cut == 0 &&
	    found.published == 0;
	spool_writer_close(writer);
	SO(after, good);
	return true;
}

/* What was repaired is kept. */
static inline bool is_kept(const char *folder)
{
	DIR *open = opendir(folder);
	struct dirent *file;
	bool kept = false;

	while ((file = readdir(open)) != NULL)
		kept = kept || strstr(file->d_name, ".damaged") != NULL;
	closedir(open);
	return kept;
}

static inline bool after_keep(struct after *after)
{
	struct disk disk = unsynced();
	struct spool_sealed sealed;

	if (after->then.damaged)
		SO(after, repair(after->folder, &disk) == 0);
	if (after->then.from <= after->then.to)
		SO(after, is_kept(after->folder));
	SO(after, spool_seal(after->folder, &disk, &sealed) == 0);
	SO(after, sealed.left == 0);
	return true;
}

/* One line after the other, those that were written as they were. */
static inline bool after_read(struct after *after)
{
	const struct spool_line *line;
	enum spool_status status;
	uint64_t want = 1;

	spool_seek(after->reader, 1);
	while ((status = spool_next(after->reader, &line)) != SPOOL_END) {
		const char *n =
		    status == SPOOL_LINE ? strstr(line->text, "\"n\":") : NULL;
		uint64_t seq = n != NULL ? line->seq : 0;

		SO(after, status != SPOOL_DAMAGED);
		SO(after, status != SPOOL_ERROR);
		SO(after, status != SPOOL_GAP || want == 1);
		if (n == NULL)
			continue;
		SO(after, seq >= want);
		want = seq + 1;
		if (seq <= after->then.acked && after->run->serials[seq] != 0)
			SO(after,
			    strtoull(n + 4, NULL, 10) ==
				after->run->serials[seq]);
	}
	return true;
}

static inline bool after_consumers(struct after *after)
{
	static const char *const names[CONSUMERS] = { "near", "far" };
	struct disk disk = unsynced();
	int i;

	for (i = 0; i < CONSUMERS; i++) {
		struct spool_consumer *consumer =
		    consumer_open(&disk, after->folder, names[i]);
		uint64_t next;

		SO(after, consumer != NULL);
		next = spool_consumer_next(consumer);
		spool_consumer_close(consumer);
		SO(after,
		    after->then.positions[i] == 0 ||
			next > after->then.positions[i]);
	}
	return true;
}

static inline bool after_judge(struct after *after)
{
	uint64_t oldest, next;

	if (!judge_ask(after->judge, &oldest, &next,
		"judge %s %" PRIu64 " %" PRIu64 " %" PRIu64, after->folder,
		after->visible, after->then.from, after->then.to)) {
		snprintf(
		    after->why, sizeof(after->why), "%s", after->judge->text);
		return false;
	}
	SO(after, after->oldest == 0 || oldest <= after->oldest);
	SO(after, next > after->then.acked);
	return true;
}

/* What everybody can see before anything is done about it. */
static inline void after_look(struct after *after)
{
	uint64_t last;

	if (!judge_ask(
		after->judge, &after->oldest, &last, "live %s", after->folder))
		fail_msg("%s", after->judge->text);
	if (last > after->visible)
		after->visible = last;
}

/* Whether what was left is a spool that works, and has all that it must: when
   it is recovered, and when it is sealed, too. */
static inline bool run_after(struct after *after)
{
	errno = 0;
	if (after->visible < after->then.acked)
		after->visible = after->then.acked;
	return after_recover(after) &&
	    (after->then.damaged || after_judge(after)) && after_keep(after) &&
	    after_read(after) && after_consumers(after) && after_judge(after);
}

/* Takes away all that is in a folder, and in the one for consumers in it. */
static inline void spool_folder_empty(const char *path)
{
	char name[512];
	struct dirent *file;
	DIR *open = opendir(path);

	assert_non_null(open);
	while ((file = readdir(open)) != NULL) {
		snprintf(name, sizeof(name), "%.200s/%s", path, file->d_name);
		if (file->d_type != DT_DIR)
			unlink(name);
		else if (file->d_name[0] != '.')
			spool_folder_empty(name);
		if (file->d_type == DT_DIR && file->d_name[0] != '.')
			rmdir(name);
	}
	closedir(open);
}

#endif
