/*
 * Whatever the moment at which the power goes, and whatever of what was not
 * synced has come to the disk by then: recovery makes a spool of it that has
 * every line that anybody has seen.
 *
 *     STATES=20000 SEED=7 build/tests/spool/states
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/spool/run.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define STATES 5000
#define ROUNDS_MOST 100

/* What happens in a round, again and again. */
static const struct step_of round_steps[] = {
	{ APPEND, 1 },
	{ APPEND, 3 },
	{ ACK, 9 },
	{ APPEND, 2 },
	{ KILL, 2 }, /* so many operations into the commit */
	{ OPEN },
	{ APPEND, 4 },
	{ BACK, 5000 },
	{ APPEND, 1 },
	{ SEAL },
	{ APPEND, 2 },
	{ LOSE, 3 },
	{ APPEND, 7 },
	{ KILL_HALF, 0 },
	{ OPEN },
	{ ACK, 14 },
	{ RETAIN },
	{ CLOSE },
	{ OPEN },
	{ APPEND, 2 },
	{ KILL, 1 },
	{ OPEN },
	{ APPEND, 5 },
	{ SEAL },
	{ APPEND, 3 },
	{ APPEND, 3 },
};

/* Once, in the middle. */
static const struct step_of damage_steps[] = {
	{ DAMAGE },
	{ APPEND, 1 },
	{ REPAIR },
};

static char summary[128];

struct proof {
	struct run run;
	struct judge judge;
	struct after after;
	struct past *past;
	uint64_t seed, *seen;    /* hashes, in a table */
	size_t states, distinct; /* that are wanted, that there were */
	long budget;             /* states for one moment */
};

#define SEEN (1 << 20)

/* ---- the run ---- */

static void steps(struct run *run, const struct step_of *steps, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (run_do(run, &steps[i]) != 0)
			fail_msg("%s: %s", deed_names[steps[i].deed],
			    strerror(errno));
	}
}

static void run(struct proof *proof, const char *path)
{
	static const struct step_of open_step = { OPEN };
	size_t round, rounds = 4 + proof->states / 500; /* more to lose */

	if (rounds > ROUNDS_MOST)
		rounds = ROUNDS_MOST;
	run_begin(&proof->run, path);
	steps(&proof->run, &open_step, 1);
	for (round = 0; round < rounds; round++) {
		steps(&proof->run, round_steps, COUNT(round_steps));
		if (round == rounds / 2)
			steps(&proof->run, damage_steps, COUNT(damage_steps));
	}
	run_close(&proof->run);
}

/* ---- the states ---- */

/* Whether this folder was met for the first time. */
static bool is_new(struct proof *proof, uint64_t hash)
{
	uint64_t at = hash % SEEN;

	hash += hash == 0;
	while (proof->seen[at] != 0 && proof->seen[at] != hash)
		at = (at + 1) % SEEN;
	if (proof->seen[at] == hash)
		return false;
	proof->seen[at] = hash;
	return true;
}

static void failed(struct proof *proof, const struct now *now)
{
	past_print(proof->past, now);
	fail_msg("SEED=%" PRIu64 ", after %zu operations, visible %" PRIu64
		 ": %s",
	    proof->seed, proof->past->at, proof->after.visible,
	    proof->after.why);
}

/* One that is new. */
static void check(struct proof *proof, const struct now *now)
{
	struct after *after = &proof->after;

	after->then = proof->run.moments[proof->past->at];
	after->known = proof->distinct++ % 2 ? after->visible + 1 : 0;
	after->serial = LINE_AFTER + 10 * proof->distinct;
	proof->budget--;
	if (!run_after(after))
		failed(proof, now);
}

/* One of them; `all`: nothing was lost, and readers see what they see. */
static void state(struct proof *proof, const struct chance *chance, bool all)
{
	struct now *now = now_make(proof->past, chance);
	bool fresh = is_new(proof, now_hash(now));

	if (fresh || all) {
		spool_folder_empty(proof->after.folder);
		now_write(now, proof->after.folder);
	}
	if (all)
		after_look(&proof->after);
	if (fresh)
		check(proof, now);
	now_free(now);
}

/* ---- states that can be counted ---- */

struct pick {
	bool data;        /* has come to the disk, */
	int but;          /* but of this operation, -1: none, */
	uint64_t sectors; /* only these, */
	bool grown;       /* though the file has grown; */
	int renames;      /* and so many names */
};

struct picks {
	struct pick all[8 * PAST_OPS];
	int n;
};

static void pick(struct picks *picks, bool data, int but, uint64_t sectors,
    bool grown, int renames)
{
	if (picks->n < 8 * PAST_OPS)
		picks->all[picks->n++] =
		    (struct pick){ data, but, sectors, grown, renames };
}

/* Each prefix of the names, with all data and with none. */
static void pick_renames(struct picks *picks, const struct past *past)
{
	int i;

	for (i = past->n_renames; i >= 0; i--) {
		pick(picks, true, -1, 0, true, i);
		pick(picks, false, -1, 0, true, i);
	}
}

/* Each operation on a file dropped alone, and kept alone. */
static void pick_singles(struct picks *picks, const struct past *past)
{
	int i;

	for (i = 0; i < past->n_data; i++) {
		pick(picks, true, i, 0, false, past->n_renames);
		pick(picks, true, i, 0, false, 0);
		pick(picks, false, i, UINT64_MAX, true, past->n_renames);
		pick(picks, false, i, UINT64_MAX, true, 0);
	}
}

/* Each write torn at each end of a sector. */
static void pick_torn(struct picks *picks, const struct past *past)
{
	int i, k;

	for (i = 0; i < past->n_data; i++) {
		const struct op *op = past->data[i];
		size_t n = (op->at + op->len) / SECTOR - op->at / SECTOR;

		for (k = 1; k <= (int)n; k++) {
			uint64_t sectors = (UINT64_C(1) << k % 64) - 1;

			pick(picks, true, i, sectors, false, past->n_renames);
			pick(picks, true, i, sectors, true, past->n_renames);
		}
	}
}

static void picked(
    const struct past *past, const struct pick *pick, struct chance *chance)
{
	chance_data(past, chance, pick->data);
	chance_renames(past, chance, pick->renames);
	if (pick->but < 0)
		return;
	chance->sectors[pick->but] = pick->sectors;
	chance->grown[pick->but] = pick->grown;
}

/* As long as the budget lasts, from any of them on. */
static void states_counted(
    struct proof *proof, struct chance *chance, uint64_t *seed)
{
	struct picks *picks = calloc(1, sizeof(*picks));
	int from, i;

	pick_renames(picks, proof->past);
	pick_singles(picks, proof->past);
	pick_torn(picks, proof->past);
	picked(proof->past, &picks->all[0], chance);
	state(proof, chance, true);
	from = (int)(chance_random(seed) % (uint64_t)picks->n);
	for (i = 0; i < picks->n && proof->budget > 0; i++) {
		picked(proof->past, &picks->all[(from + i) % picks->n], chance);
		state(proof, chance, false);
	}
	free(picks);
}

/* ---- and others ---- */

static void states_of_chance(
    struct proof *proof, struct chance *chance, uint64_t *seed)
{
	const struct past *past = proof->past;
	long tries = 4 * proof->budget;

	for (; tries > 0 && proof->budget > 0; tries--) {
		uint64_t n = (uint64_t)past->n_renames + 1;

		chance_data_random(past, chance, seed);
		if (chance_random(seed) % 2)
			chance_renames(
			    past, chance, (int)(chance_random(seed) % n));
		else
			chance_renames_random(past, chance, seed);
		state(proof, chance, false);
	}
}

/* Syncing loses nothing more. */
static void states_all(struct proof *proof)
{
	const struct tape *tape = &proof->run.tape;
	struct chance *chance = calloc(1, sizeof(*chance));
	uint64_t seed = proof->seed;

	proof->past = past_begin(tape);
	while (proof->past->at < tape->n) {
		long left = (long)(tape->n - proof->past->at);
		const struct op *op = &tape->ops[proof->past->at];

		past_step(proof->past);
		if (op->kind == OP_SYNC || op->kind == OP_SYNC_FOLDER)
			continue;
		proof->budget =
		    ((long)proof->states - (long)proof->distinct) / left + 1;
		states_counted(proof, chance, &seed);
		states_of_chance(proof, chance, &seed);
	}
	past_free(proof->past);
	free(chance);
}

static uint64_t number_of(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

static void a_crash_at_any_moment_costs_no_line(void **state_)
{
	struct folder *folder = *state_;
	struct proof *proof = calloc(1, sizeof(*proof));
	char path[sizeof(folder->path) + 8];

	proof->states = number_of("STATES", STATES);
	proof->seed = number_of("SEED", 1);
	proof->seen = calloc(SEEN, sizeof(uint64_t));
	sprintf(path, "%s/run", folder->path);
	mkdir(path, 0755);
	run(proof, path);

	sprintf(path, "%s/spool", folder->path);
	mkdir(path, 0755);
	close(open(folder_file(folder, "spool/.lock"), O_CREAT | O_RDWR, 0644));
	judge_open(&proof->judge);
	proof->after.folder = path;
	proof->after.run = &proof->run;
	proof->after.judge = &proof->judge;
	proof->after.reader = spool_open(path);
	assert_non_null(proof->after.reader);
	states_all(proof);
	spool_close(proof->after.reader);
	judge_close(&proof->judge);
	sprintf(summary,
	    "%zu states, all different, of %zu operations; SEED=%" PRIu64,
	    proof->distinct, proof->run.tape.n, proof->seed);
	run_end(&proof->run);
	free(proof->seen);
	free(proof);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_crash_at_any_moment_costs_no_line),
	};
	int failures = cmocka_run_group_tests(tests, NULL, NULL);

	if (failures == 0)
		puts(summary);
	return failures;
}
