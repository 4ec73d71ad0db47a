/*
 * Weeks of a model network in seconds: the daemon's decision code is driven
 * through outages, lies, restarts and clocks that are set, and judged at every
 * step. See README.md.
 */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/sim/driver.h"
#include "tests/sim/judge.h"
#include "tests/sim/sim.h"
#include "tests/sim/tally.h"
#include "tests/sim/world.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define LOOK_EVERY (10 * MINUTE)
#define GROWN(bytes) ((bytes) + (bytes) / 8 + (128 << 10))

struct wants {
	uint64_t seed, seeds;
	size_t sources, hosts;
	int days;
	bool calm; /* no restarts, no clock is set */
	bool verbose;
	bool cost;
	bool test;     /* as `make test` has it */
	int64_t trace; /* a host; or -1 */
	enum wrong wrong;
};

struct play {
	const struct wants *wants;
	struct sim sim;
	struct world *world;
	struct judge *judge;
	struct driver *driver;
	struct chance chance;
	int kill_in; /* steps; 0: not now */
	size_t bytes_before, bytes_early, bytes_most;
	int64_t reloaded;
	bool grows;
	double seconds;
	FILE *out; /* for what is broken */
};

static double cpu(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- what happens to the daemon ---- */

static void look(void *whose)
{
	struct play *play = whose;

	judge_look(play->judge);
	sim_at(&play->sim, play->sim.now + LOOK_EVERY, look, play);
}

static size_t bytes_now(const struct play *play)
{
	size_t all = tally_others(), disk = driver_disk(play->driver);

	disk += play->bytes_before;
	return all > disk ? all - disk : 0;
}

/* What it takes at half-time is what it takes; but the old configuration is
   kept for a while by what was begun under it. */
static void measure(void *whose)
{
	struct play *play = whose;
	size_t bytes = bytes_now(play);

	judge_hosts(play->judge, driver_hosts(play->driver));
	sim_at(&play->sim, play->sim.now + HOUR, measure, play);
	if (play->sim.now < play->reloaded + 2 * HOUR)
		return;
	if (bytes > play->bytes_most)
		play->bytes_most = bytes;
	if (play->sim.now < play->wants->days * DAY / 2)
		play->bytes_early = play->bytes_most;
	else if (bytes > GROWN(play->bytes_early))
		play->grows = true;
}

static void clock_right(void *whose)
{
	struct play *play = whose;

	if (play->sim.wrong != 0)
		judge_clock_set(play->judge);
	play->sim.wrong = 0;
}

static void clock_wrong(void *whose)
{
	struct play *play = whose;
	struct chance *chance = &play->chance;
	int64_t by = chance_once_in(chance, 6)
	    ? chance_scale(chance, HOUR, 30 * DAY)
	    : chance_scale(chance, SECOND, 2 * HOUR);

	play->sim.wrong = chance_once_in(chance, 2) ? by : -by;
	judge_clock_set(play->judge);
	sim_at(&play->sim,
	    play->sim.now + chance_scale(chance, MINUTE, 12 * HOUR),
	    clock_right, play);
	sim_at(&play->sim, play->sim.now + chance_while(chance, 5 * DAY),
	    clock_wrong, play);
}

static void kill_it(void *whose);

/* A machine that was started anew has another steady clock, and some think at
   first that it is 1970. */
static void start_it(void *whose)
{
	struct play *play = whose;
	struct chance *chance = &play->chance;
	struct sim *sim = &play->sim;

	if (chance_once_in(chance, 3))
		sim->booted = sim->now - chance_between(chance, 0, MINUTE);
	if (chance_once_in(chance, 8)) {
		sim->wrong = -sim->began - sim->now + MINUTE;
		judge_clock_set(play->judge);
		sim_at(sim, sim->now + chance_scale(chance, SECOND, HOUR),
		    clock_right, play);
	}
	driver_start(play->driver);
	sim_at(sim, sim->now + chance_while(chance, 4 * DAY), kill_it, play);
}

/* Between any two steps. */
static void kill_it(void *whose)
{
	struct play *play = whose;

	play->kill_in = (int)chance_between(&play->chance, 1, 20);
}

static void killed(struct play *play)
{
	int64_t off = chance_scale(&play->chance, SECOND / 5, 8 * HOUR);

	driver_kill(play->driver);
	sim_at(&play->sim, play->sim.now + off, start_it, play);
}

static void reload_it(void *whose)
{
	struct play *play = whose;

	driver_reload(play->driver);
	play->reloaded = play->sim.now;
	sim_at(&play->sim, play->sim.now + chance_while(&play->chance, 6 * DAY),
	    reload_it, play);
}

/* ---- a play ---- */

/* Some days before clocks are set to daylight time somewhere, or back. */
static int64_t first_day(struct chance *chance)
{
	static const int64_t days[] = { 20518, 20536, 20715, 20744, 20758 };

	return (days[chance_between(chance, 0, COUNT(days) - 1)] * 24 +
		   chance_between(chance, 0, 23)) *
	    HOUR;
}

static void play_begin(struct play *play, uint64_t seed)
{
	const struct wants *wants = play->wants;
	struct sim *sim = &play->sim;

	play->chance = chance_of(seed, 9, 0);
	sim->began = first_day(&play->chance);
	sim->booted = -chance_between(&play->chance, 0, DAY);
	play->reloaded = -DAY;
	play->bytes_before = tally_others();
	play->world =
	    world_new(sim, seed, wants->sources, wants->hosts, wants->days);
	play->judge =
	    judge_new(sim, play->world, seed, wants->trace, play->out);
	play->driver =
	    driver_new(sim, play->world, play->judge, seed, wants->wrong);
	if (wants->calm) {
		driver_start(play->driver);
	} else {
		start_it(play);
		sim_at(sim, chance_while(&play->chance, 5 * DAY), clock_wrong,
		    play);
		sim_at(
		    sim, chance_while(&play->chance, 6 * DAY), reload_it, play);
	}
	sim_at(sim, LOOK_EVERY, look, play);
	sim_at(sim, HOUR / 2, measure, play);
}

static void play_end(struct play *play)
{
	driver_free(play->driver);
	judge_free(play->judge);
	sim_free(&play->sim);
	world_free(play->world);
}

static void run(struct play *play, uint64_t seed)
{
	int64_t until = play->wants->days * DAY;

	play->seconds = -cpu();
	play_begin(play, seed);
	while (sim_step(&play->sim, until)) {
		if (play->kill_in > 0 && --play->kill_in == 0)
			killed(play);
	}
	play->seconds += cpu();
}

/* ---- what is printed ---- */

static void checks_print(const struct judge_report *report)
{
	int i;

	for (i = 0; i < N_RULES; i++)
		printf("  %-14s %12" PRIu64 " times, broken %" PRIu64 "\n",
		    judge_rule((enum rule)i), report->checks[i],
		    report->broken[i]);
}

static void head_print(void)
{
	printf("  seed sources  days  requests     polls  whole     pages "
	       "again robots failed  stories fetched missed  after, half/"
	       "tenth/most  drift   CPU s  us/req  bytes/source\n");
}

static void row_print(const struct play *play, uint64_t seed)
{
	struct judge_report report;
	const struct wants *wants = play->wants;

	judge_tell(play->judge, &report);
	printf("%6" PRIu64 " %7zu %5d %9" PRIu64 " %9" PRIu64 " %6" PRIu64
	       " %9" PRIu64 " %5.1f %6" PRIu64 " %6" PRIu64 " %8" PRIu64
	       " %7" PRIu64 " %6" PRIu64 " %7" PRId64 "s %6" PRId64
	       "s %5" PRId64 "h %6.2f%% %7.2f %7.2f %13zu\n",
	    seed, wants->sources, wants->days, report.requests, report.polls,
	    report.whole, report.pages,
	    report.fetched > 0
		? (double)report.rechecks / (double)report.fetched
		: 0,
	    report.robots, report.failed, report.stories, report.fetched,
	    report.overflowed, report.late_half / SECOND,
	    report.late_tenth / SECOND, report.late_most / HOUR,
	    report.watched > 0
		? 100.0 * (double)report.alarms / (double)report.watched
		: 0,
	    play->seconds, 1e6 * play->seconds / (double)(report.requests + 1),
	    play->bytes_most / wants->sources);
	if (wants->verbose)
		checks_print(&report);
	fflush(stdout);
}

static bool play_one(const struct wants *wants, uint64_t seed)
{
	struct play play = { .wants = wants, .out = stdout };
	bool fine;

	run(&play, seed);
	row_print(&play, seed);
	if (play.grows)
		printf("seed %" PRIu64 ": memory grows: %zu bytes at half-"
		       "time, then %zu\n",
		    seed, play.bytes_early, play.bytes_most);
	fine = judge_broken(play.judge) == 0 && !play.grows;
	play_end(&play);
	return fine;
}

static bool play_seeds(const struct wants *wants)
{
	uint64_t i, failed = 0;

	head_print();
	for (i = 0; i < wants->seeds; i++)
		failed += !play_one(wants, wants->seed + i);
	if (failed > 0)
		printf("%" PRIu64 " of %" PRIu64 " seeds have failed\n", failed,
		    wants->seeds);
	return failed == 0;
}

/* ---- what the judge is good for ---- */

struct misdeed {
	enum wrong wrong;
	enum rule rule;
	int days; /* that it takes to show */
};

static bool is_caught(
    const struct misdeed *misdeed, uint64_t seed, FILE *nowhere)
{
	const struct wants wants = { .sources = 16,
		.hosts = 12,
		.days = misdeed->days,
		.calm = true,
		.trace = -1,
		.wrong = misdeed->wrong };
	struct play play = { .wants = &wants, .out = nowhere };
	struct judge_report report;

	run(&play, seed);
	judge_tell(play.judge, &report);
	play_end(&play);
	return report.broken[misdeed->rule] > 0;
}

/* A driver that does something wrong must be caught at it, by the right rule:
   sooner or later. */
static bool is_caught_some_day(const struct misdeed *misdeed, FILE *nowhere)
{
	uint64_t seed;

	for (seed = 1; seed <= 16; seed++) {
		if (is_caught(misdeed, seed, nowhere))
			return true;
	}
	printf(
	    "nobody has seen that %s is broken\n", judge_rule(misdeed->rule));
	return false;
}

/* Those that show in so many days. */
static bool play_wrongs(int days)
{
	static const struct misdeed rows[] = {
		{ WRONG_PAUSE, RULE_PAUSE, 1 },
		{ WRONG_ROBOTS, RULE_ROBOTS, 1 },
		{ WRONG_RETRY, RULE_RETRY_AFTER, 1 },
		{ WRONG_INTERVAL, RULE_INTERVAL, 1 },
		{ WRONG_INTERVAL, RULE_SKIPPED, 1 },
		{ WRONG_FULL, RULE_UNCONDITIONAL, 1 },
		{ WRONG_VALIDATORS, RULE_VALIDATORS, 1 },
		{ WRONG_TRUST, RULE_WHOLE_LATE, 1 },
		{ WRONG_CLAIMS, RULE_STORY_LATE, 1 },
		{ WRONG_LADDER, RULE_LADDER, 1 },
		{ WRONG_SILENCE, RULE_LIES, 1 },
		{ WRONG_SILENCE, RULE_OVERFLOW, 1 },
		{ WRONG_STUCK, RULE_FEED_LATE, 1 },
		{ WRONG_DRIFT, RULE_DRIFT, 26 },
	};
	FILE *nowhere = fopen("/dev/null", "w");
	bool fine = nowhere != NULL;
	size_t i;

	for (i = 0; i < COUNT(rows) && nowhere != NULL; i++)
		fine = (rows[i].days > days ||
			   is_caught_some_day(&rows[i], nowhere)) &&
		    fine;
	if (nowhere != NULL)
		fclose(nowhere);
	return fine;
}

/* ---- what it costs ---- */

/* Ten times the sources must not cost more each. Time is only printed: a
   machine that is busy is no bug. */
static bool play_cost(const struct wants *wants)
{
	static const size_t sources[] = { 200, 2000, 20000 };
	size_t i, bytes = 0;
	bool fine = true;

	head_print();
	for (i = 0; i < COUNT(sources); i++) {
		struct wants day = { .sources = sources[i],
			.hosts = sources[i] * 3 / 4,
			.days = 1,
			.calm = true,
			.trace = -1 };
		struct play play = { .wants = &day, .out = stdout };
		size_t each;

		run(&play, wants->seed);
		row_print(&play, wants->seed);
		fine = fine && judge_broken(play.judge) == 0;
		each = play.bytes_most / sources[i];
		if (bytes > 0 && each > bytes + bytes / 8) {
			printf("a source takes more than among fewer\n");
			fine = false;
		}
		bytes = each;
		play_end(&play);
	}
	return fine;
}

/* ---- options ---- */

static uint64_t number(const char *text)
{
	char *end;
	uint64_t value = strtoull(text, &end, 10);

	if (*text == '\0' || *end != '\0') {
		fprintf(stderr, "sim: %s: want a number\n", text);
		exit(2);
	}
	return value;
}

static void options(struct wants *wants, int argc, char **argv)
{
	static const struct option known[] = {
		{ "seed", required_argument, NULL, 's' },
		{ "seeds", required_argument, NULL, 'n' },
		{ "sources", required_argument, NULL, 'S' },
		{ "hosts", required_argument, NULL, 'H' },
		{ "days", required_argument, NULL, 'd' },
		{ "wrong", required_argument, NULL, 'w' },
		{ "trace", required_argument, NULL, 't' },
		{ "calm", no_argument, NULL, 'c' },
		{ "cost", no_argument, NULL, 'C' },
		{ "verbose", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(
		    argc, argv, "vs:n:S:d:w:t:c", known, NULL)) != -1) {
		switch (option) {
		case 's': wants->seed = number(optarg); break;
		case 'n': wants->seeds = number(optarg); break;
		case 'S': wants->sources = number(optarg); break;
		case 'H': wants->hosts = number(optarg); break;
		case 'd': wants->days = (int)number(optarg); break;
		case 'w': wants->wrong = (enum wrong)number(optarg); break;
		case 't': wants->trace = (int64_t)number(optarg); break;
		case 'c': wants->calm = true; break;
		case 'C': wants->cost = true; break;
		case 'v': wants->verbose = true; break;
		default: exit(2);
		}
	}
	if (wants->hosts == 0)
		wants->hosts = wants->sources * 3 / 4 + 1;
}

int main(int argc, char **argv)
{
	struct wants wants = {
		.seed = 1, .seeds = 1, .sources = 40, .days = 3, .trace = -1
	};

	if (argc == 1)
		wants.seeds = 3;
	options(&wants, argc, argv);
	if (wants.cost)
		return play_cost(&wants) ? 0 : 1;
	if (wants.wrong == NOTHING_WRONG && wants.trace < 0 &&
	    !play_wrongs(wants.days))
		return 1;
	return play_seeds(&wants) ? 0 : 1;
}
