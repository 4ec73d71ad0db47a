/* A run of all that a spool does, in which every single operation of the disk
   fails once, or is the last one that succeeds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/spool/run.h"
#include "tests/spool/told.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define TRIES 6
#define STEPS_BEGUN 6 /* of a spool that has something to recover */
#define CUTS 2        /* of the power, in each run after which it is cut */

static const struct row {
	struct fault fault;
	bool silent; /* nobody hears of it */
	bool power;  /* it is cut at some time after the failure */
	bool alone;  /* without consumers */
} rows[] = {
	{ { "EIO", EIO, 1 } },
	{ { "EIO three times", EIO, 3 } },
	{ { "EIO, reading too", EIO, 1, .reads = true } },
	{ { "EIO again and again, and no cut", EIO, 1, 29, .cuts = true } },
	{ { "ENOSPC", ENOSPC, 1 } },
	{ { "ENOSPC three times", ENOSPC, 3 } },
	{ { "EINTR", EINTR, 2, .reads = true }, .silent = true },
	{ { "short write", .half = 1 }, .silent = true },
	{ { "short write or read", .half = 1, .reads = true }, .silent = true },
	{ { "short write, ENOSPC", ENOSPC, 1, .half = 1 } },
	{ { "short write, EIO", EIO, 1, .half = 1 } },
	{ { "short write, EIO twice", EIO, 2, .half = 1 } },
	{ { "short write, EIO, and no cut", EIO, 1, .half = 1, .cuts = true } },
	{ { "killed", ECANCELED, FOREVER } },
	/* What lies in one sector is written by the kernel at once. */
	{ { "killed in a write", ECANCELED, FOREVER, .half = SECTOR } },
	{ { "EIO, later a power cut", EIO, 1 }, .power = true },
	{ { "EIO twice, later a power cut", EIO, 2 }, .power = true },
	{ { "short write, EIO twice, later a power cut", EIO, 2,
	      .half = SECTOR },
	    .power = true },
	/* A position is less than a sector, and relies on it. */
	{ { "short write of anything, EIO, later a power cut", EIO, 1,
	      .half = 1 },
	    .power = true, .alone = true },
};

/* How the spool is found: with nothing, with a whole commit that is pending,
   with one that is torn. */
static const struct step_of begins[][5] = {
	{ { CLOSE } },
	{ { OPEN }, { APPEND, 2 }, { APPEND, 3 }, { KILL, 2 } },
	{ { OPEN }, { APPEND, 2 }, { APPEND, 3 }, { KILL_HALF, 0 } },
};

static const struct step_of steps[] = {
	{ OPEN },
	{ APPEND, 2 },
	{ APPEND, 6 },
	{ ACK, 4 },
	{ LOSE, 2 },
	{ APPEND, 4 },
	{ BACK, 5000 },
	{ SEAL },
	{ APPEND, 3 },
	{ APPEND, 5 },
	{ DAMAGE },
	{ APPEND, 7 },
	{ REPAIR },
	{ ACK, 9 },
	{ SEAL },
	{ APPEND, 8 },
	{ RETAIN },
	{ CLOSE },
	{ OPEN },
	{ APPEND, 2 },
};

#define CHECK(trial, what)                                                \
	do {                                                              \
		if (!(what))                                              \
			fail_msg("%s: not so: %s", (trial)->name, #what); \
	} while (0)

struct trial {
	char name[160];
	const struct row *row;
	struct run *run;
	struct spool_reader *follower, *reader; /* of these two folders */
	struct judge judge;
	struct after after;
	char path[64], again[64]; /* folders: of the run, of what is left */
	uint64_t seen, serial, seed;
	size_t begun; /* operations until something failed */
	bool opened;
};

/* The number of a line, or the last one that a loss tells of. */
static uint64_t number(const struct spool_line *line)
{
	const char *to = strstr(line->text, "\"to\":");

	return line->seq > 0 ? line->seq : strtoull(to + 5, NULL, 10);
}

/* Who follows sees one line after the other, and nothing that was not written;
   all of it, unless more than one thing fails. */
static void follow(struct trial *trial, bool all)
{
	const struct spool_line *line;
	enum spool_status status;
	uint64_t next;

	while ((status = spool_next(trial->follower, &line)) != SPOOL_END) {
		CHECK(trial, status == SPOOL_LINE);
		if (line->seq > 0)
			CHECK(trial, line->seq == trial->seen + 1);
		CHECK(trial, number(line) > trial->seen);
		trial->seen = number(line);
	}
	if (trial->run->writer == NULL || !trial->opened)
		return;
	next = spool_writer_next(trial->run->writer);
	if (trial->seen >= next || (all && trial->seen + 1 != next))
		fail_msg("%s: %" PRIu64 " was seen, and %" PRIu64 " is next",
		    trial->name, trial->seen, next);
}

/* Again and again: what has failed can be tried again. */
static int insist(struct trial *trial, const struct step_of *step)
{
	const struct fault *fault = &trial->row->fault;
	int tries = fault->times == FOREVER || trial->row->silent ? 1 : TRIES;
	int done = -1;

	while (tries-- > 0 && done != 0) {
		done = run_do(trial->run, step);
		if (done != 0 && (trial->row->silent || errno != fault->error))
			fail_msg("%s: %s: %s", trial->name,
			    deed_names[step->deed], strerror(errno));
		if (step->deed == OPEN)
			trial->opened = done == 0;
		follow(trial, fault->times <= 1 && !fault->cuts);
	}
	return done;
}

static void begin(struct trial *trial, size_t begins_at, int before)
{
	const struct step_of *step = begins[begins_at];
	struct run *run = trial->run;

	spool_folder_empty(trial->path);
	run_begin(run, trial->path);
	for (; step->deed != OPEN || step == begins[begins_at]; step++)
		assert_int_equal(run_do(run, step), 0);
	spool_seek(trial->follower, 1);
	trial->seen = 0;
	trial->begun = run->tape.n;
	trial->opened = false;
	run->fake.fault = trial->row->fault;
	run->fake.before = run->fake.done + before;
	snprintf(trial->name, sizeof(trial->name), "%s at %d, begun %zu",
	    trial->row->fault.name, before, begins_at);
}

/* The first `n` of the steps. Whether nothing was left to fail. */
static bool deeds(struct trial *trial, size_t n)
{
	struct run *run = trial->run;
	size_t i;
	int done = 0;

	for (i = 0; i < n && done == 0; i++) {
		if (!trial->row->alone || steps[i].deed != ACK)
			done = insist(trial, &steps[i]);
	}
	if (trial->row->fault.times < FOREVER && !trial->row->fault.cuts)
		CHECK(trial, done == 0);
	run->fake.fault = (struct fault){ 0 };
	run_close(run);
	return run->fake.done <= run->fake.before;
}

static bool is_well(struct trial *trial, const struct moment *then)
{
	struct after *after = &trial->after;

	after->then = *then;
	after->known = trial->serial % 2 ? after->visible + 1 : 0;
	after->serial = LINE_AFTER + 10 * ++trial->serial;
	return run_after(after);
}

/* The process is gone, and what it has written is there. */
static void check_left(struct trial *trial)
{
	struct after *after = &trial->after;

	after->folder = trial->path;
	after->reader = trial->follower;
	after->visible = trial->seen;
	after_look(after);
	if (!trial->run->now.damaged)
		CHECK(trial, after->visible == trial->seen);
	if (!is_well(trial, &trial->run->now))
		fail_msg("%s: %s", trial->name, after->why);
}

static struct now *state(
    struct trial *trial, const struct past *past, const struct chance *chance)
{
	struct now *now = now_make(past, chance);

	spool_folder_empty(trial->again);
	now_write(now, trial->again);
	return now;
}

/* What everybody could see before the power went. */
static void look(
    struct trial *trial, const struct past *past, struct chance *chance)
{
	chance_data(past, chance, true);
	chance_renames(past, chance, past->n_renames);
	now_free(state(trial, past, chance));
	trial->after.folder = trial->again;
	trial->after.reader = trial->reader;
	trial->after.visible = 0;
	after_look(&trial->after);
}

/* The power goes at some time after the failure. */
static void check_cut(struct trial *trial)
{
	const struct tape *tape = &trial->run->tape;
	size_t at = trial->begun +
	    chance_random(&trial->seed) % (tape->n - trial->begun + 1);
	struct past *past = past_begin(tape);
	struct chance *chance = calloc(1, sizeof(*chance));
	struct now *now;

	while (past->at < at)
		past_step(past);
	look(trial, past, chance);
	chance_data_random(past, chance, &trial->seed);
	chance_renames_random(past, chance, &trial->seed);
	now = state(trial, past, chance);
	if (!is_well(trial, &trial->run->moments[at])) {
		past_print(past, now);
		fail_msg("%s, cut after %zu operations: %s", trial->name, at,
		    trial->after.why);
	}
	now_free(now);
	free(chance);
	past_free(past);
}

/* Whether nothing was left to fail. */
static bool try(struct trial *trial, size_t begins_at, int before)
{
	bool over;
	int i;

	begin(trial, begins_at, before);
	over = deeds(trial, begins_at == 0 ? COUNT(steps) : STEPS_BEGUN);
	for (i = 0; trial->row->power && i < CUTS; i++)
		check_cut(trial);
	if (!trial->row->power)
		check_left(trial);
	run_end(trial->run);
	return over;
}

static void trial_begin(struct trial *trial, struct folder *folder)
{
	sprintf(trial->path, "%.40s/run", folder->path);
	sprintf(trial->again, "%.40s/again", folder->path);
	mkdir(trial->path, 0755);
	mkdir(trial->again, 0755);
	trial->seed = 1;
	trial->run = calloc(1, sizeof(*trial->run));
	trial->after.run = trial->run;
	trial->after.judge = &trial->judge;
	judge_open(&trial->judge);
}

static void every_failing_call_does_no_harm(void **state_)
{
	struct trial trial = { 0 };
	size_t i, k;

	trial_begin(&trial, *state_);
	trial.follower = reader_at(trial.path);
	trial.reader = reader_at(trial.again);
	for (i = 0; i < COUNT(rows); i++) {
		trial.row = &rows[i];
		for (k = 0; k < COUNT(begins); k++) {
			int before = 0;

			while (!try(&trial, k, before))
				before++;
			assert_true(before > (k == 0 ? 60 : 10));
		}
	}
	spool_close(trial.follower);
	spool_close(trial.reader);
	judge_close(&trial.judge);
	free(trial.run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(every_failing_call_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
