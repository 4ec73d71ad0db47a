/* Whether a source brings what it usually brings: years of sources, played. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/daemon/drift.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define MINUTE ((int64_t)60 * 1000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)
#define MONDAY (4 * DAY + 2800 * WEEK) /* the first was the 5th of January */

/* How a newsroom writes: by day from 00:00 to 15:00 UTC. */
struct flow {
	int daily;   /* entries on a working day */
	int night;   /* in percent of what an hour of the day has */
	int weekend; /* in percent of a working day */
	int heap;    /* entries that come at once, on average */
	bool rough;  /* slack and busy days and hours, ten holidays */
	int poll;    /* minutes between two looks at its feed */
};

static const struct flow steady = { 600, 0, 100, 1, false, 5 };
static const struct flow few = { 5, 0, 100, 1, false, 15 };

struct world { /* one source and its feed */
	struct drift drift;
	struct flow flow;
	int64_t now;
	int64_t polled;
	int64_t waiting; /* entries in the feed */
	int share;       /* percent of its usual that it brings */
	int day, hour;   /* how busy they are, in percent */
	int alarms;
	uint64_t chance;
};

static uint64_t drawn(struct world *world)
{
	world->chance ^= world->chance << 13;
	world->chance ^= world->chance >> 7;
	world->chance ^= world->chance << 17;
	return (world->chance * 0x2545f4914f6cdd1dull) >> 33;
}

static void world_begins(
    struct world *world, const struct flow *flow, int64_t now, uint64_t chance)
{
	memset(world, 0, sizeof(*world));
	world->flow = *flow;
	world->now = now;
	world->share = world->day = world->hour = 100;
	world->chance = 88172645463325252ull + 7919 * chance;
}

static const char *verdict(const struct world *world)
{
	static char text[300];

	return drift_verdict(&world->drift, world->now, text, sizeof(text));
}

static bool on_weekend(int64_t now)
{
	return (now - MONDAY) % WEEK >= 5 * DAY;
}

/* How slack or busy, in percent: the middle of two draws of ten. */
static int mood(struct world *world)
{
	static const int moods[] = { 30, 50, 60, 70, 80, 100, 120, 140, 160,
		190 };

	return (moods[drawn(world) % 10] + moods[drawn(world) % 10]) / 2;
}

static void day_begins(struct world *world)
{
	if (!world->flow.rough)
		return;
	world->day = (mood(world) + 100) / 2;
	if (!on_weekend(world->now) && drawn(world) % 26 == 0)
		world->day = world->day * 40 / 100;
}

/* Hundred millionths of the entries of a minute. */
static int64_t rate(const struct world *world)
{
	const struct flow *flow = &world->flow;
	int64_t hours = 15 * 100 + 9 * flow->night;
	int64_t rate = flow->daily * (int64_t)100000000 / hours * 100 / 60;

	if (world->now % DAY >= 15 * HOUR)
		rate = rate * flow->night / 100;
	if (on_weekend(world->now))
		rate = rate * flow->weekend / 100;
	return rate * world->day / 100 * world->hour / 100 * world->share / 100;
}

/* News come by chance, in heaps of one to twice the average less one. */
static void news_come(struct world *world)
{
	int heap = world->flow.heap, i;
	int64_t most = rate(world) / (16 * heap);

	for (i = 0; i < 16; i++)
		if ((int64_t)(drawn(world) % 100000000) < most)
			world->waiting += 1 +
			    (int64_t)(drawn(world) % (2 * (unsigned)heap - 1));
}

static void minute_passes(struct world *world, bool listening)
{
	bool well = !world->drift.drifting;

	if (world->now % DAY == 0)
		day_begins(world);
	if (world->now % HOUR == 0 && world->flow.rough)
		world->hour = (world->hour + mood(world)) / 2;
	news_come(world);
	world->now += MINUTE;
	drift_passes(&world->drift, world->now, listening);
	if (!listening || world->now < world->polled)
		return;
	world->polled = world->now + world->flow.poll * MINUTE;
	drift_entries(&world->drift, world->waiting);
	world->waiting = 0;
	world->alarms += well && world->drift.drifting;
}

static void play(struct world *world, int64_t time)
{
	int64_t end = world->now + time;

	while (world->now < end)
		minute_passes(world, true);
}

/* A source that is known well, on a Wednesday at eight. */
static void settled(
    struct world *world, const struct flow *flow, uint64_t chance)
{
	world_begins(world, flow, MONDAY, chance);
	play(world, 12 * WEEK + 2 * DAY + 8 * HOUR);
	assert_int_equal(world->alarms, 0);
}

/* Minutes until it is drifting, at most so many. */
static int64_t told_after(struct world *world, int64_t most)
{
	int64_t begin = world->now;

	while (verdict(world) == NULL && world->now - begin < most * MINUTE)
		minute_passes(world, true);
	return verdict(world) == NULL ? INT64_MAX
				      : (world->now - begin) / MINUTE;
}

static void check_at_most(int64_t value, int64_t most)
{
	if (value > most)
		fail_msg("%lld is more than %lld", (long long)value,
		    (long long)most);
}

/* ---- what comes ---- */

static void what_comes_by_chance_is_no_alarm(void **state)
{
	static const struct flow rows[] = {
		{ 960, 100, 100, 1, false, 5 },
		{ 600, 0, 100, 1, false, 5 },
		{ 600, 0, 0, 1, false, 15 },
		{ 600, 5, 40, 1, false, 5 },
		{ 3000, 5, 40, 1, false, 5 },
		{ 30, 0, 0, 1, false, 15 },
		{ 5, 0, 100, 1, false, 15 },
		{ 5, 0, 0, 1, false, 360 },
		{ 1, 100, 100, 1, false, 15 },
		{ 0, 0, 0, 1, false, 15 },
	};
	struct world world;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		world_begins(
		    &world, &rows[i], MONDAY + (int64_t)i * 31 * HOUR, i);
		play(&world, 52 * WEEK);
		assert_int_equal(world.alarms, 0);
		assert_null(verdict(&world));
	}
}

/* Heaps, slack hours and days, weekends and holidays, seldom looked at: at most
   one alarm a year and source, on average. */
static void what_comes_roughly_is_an_alarm_a_year(void **state)
{
	static const struct flow rows[] = {
		{ 600, 5, 40, 1, false, 60 },
		{ 3000, 5, 40, 1, false, 15 },
		{ 600, 5, 40, 3, true, 5 },
		{ 600, 5, 40, 3, true, 60 },
		{ 3000, 5, 40, 3, true, 15 },
		{ 150, 5, 40, 2, true, 15 },
		{ 30, 5, 40, 2, true, 15 },
		{ 5, 5, 40, 2, true, 15 },
	};
	struct world world;
	size_t i, k;
	int alarms;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		for (k = alarms = 0; k < 4; k++) {
			world_begins(&world, &rows[i],
			    MONDAY + (int64_t)k * 31 * HOUR, 1 + k);
			play(&world, 52 * WEEK);
			alarms += world.alarms;
		}
		check_at_most(alarms, 4);
	}
}

/* ---- what does not come ---- */

static void silence_is_told(void **state)
{
	static const struct {
		struct flow flow;
		int share;
		int64_t least, most; /* minutes */
	} rows[] = {
		{ { 600, 0, 100, 1, false, 5 }, 0, 20, 30 },
		{ { 600, 0, 0, 1, false, 5 }, 0, 20, 30 },
		{ { 600, 0, 0, 1, false, 5 }, 10, 20, 180 },
		{ { 6000, 0, 0, 1, false, 5 }, 0, 20, 25 },
		{ { 600, 5, 40, 3, true, 5 }, 0, 20, 6 * 60 },
		{ { 5, 0, 100, 1, false, 15 }, 0, 2 * 1440, 5 * 1440 },
		{ { 5, 100, 100, 1, false, 15 }, 0, 2 * 1440, 5 * 1440 },
		{ { 3, 100, 100, 1, false, 15 }, 0, 4 * 1440, 7 * 1440 },
	};
	struct world world;
	int64_t minutes;
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		for (k = 0; k < 3; k++) {
			world_begins(&world, &rows[i].flow, MONDAY, k + 40);
			play(&world, 12 * WEEK + 2 * DAY + 4 * HOUR);
			world.share = rows[i].share;
			minutes = told_after(&world, rows[i].most);
			check_at_most(minutes, rows[i].most);
			check_at_most(rows[i].least, minutes);
		}
	}
}

static void a_source_of_one_a_day_is_never_told(void **state)
{
	static const struct flow rare = { 1, 100, 100, 1, false, 15 };
	struct world world;

	(void)state;
	settled(&world, &rare, 1);
	world.share = 0;
	assert_true(told_after(&world, 3 * 7 * 1440) == INT64_MAX);
}

/* It falls silent in the evening; that is told in the morning. */
static void a_night_is_no_silence(void **state)
{
	struct world world;

	(void)state;
	settled(&world, &steady, 1);
	play(&world, 7 * HOUR);
	world.share = 0;
	play(&world, 9 * HOUR);
	assert_int_equal(world.now % DAY, 0);
	assert_null(verdict(&world));
	check_at_most(told_after(&world, 60), 30);
}

/* Nobody knows a Saturday in the first week, but on the third day what the
   first two were like. */
static void the_first_week_is_judged_by_its_other_days(void **state)
{
	static const struct flow office = { 600, 0, 0, 1, false, 5 };
	struct world world;

	(void)state;
	world_begins(&world, &office, MONDAY, 3);
	play(&world, 2 * DAY + 4 * HOUR);
	assert_null(verdict(&world));
	world.share = 0;
	check_at_most(told_after(&world, 180), 180);

	world_begins(&world, &office, MONDAY, 3);
	play(&world, DAY + 4 * HOUR);
	world.share = 0;
	play(&world, 8 * HOUR);
	assert_null(verdict(&world));

	world_begins(&world, &office, MONDAY, 3);
	play(&world, WEEK);
	assert_int_equal(world.alarms, 0);
}

static void it_is_over_when_entries_come_again(void **state)
{
	struct world world;

	(void)state;
	settled(&world, &steady, 4);
	world.share = 0;
	check_at_most(told_after(&world, 30), 30);
	play(&world, 2 * HOUR);
	drift_entries(&world.drift, 1);
	assert_non_null(verdict(&world));
	drift_entries(&world.drift, 1);
	assert_null(verdict(&world));

	play(&world, 5 * MINUTE);
	assert_null(verdict(&world)); /* not at once again */
	world.share = 100;
	world.alarms = 0;
	play(&world, 4 * WEEK);
	assert_int_equal(world.alarms, 0);
}

/* What came back by itself is told after twice the time; a year later as
   at first. */
static void what_it_got_over_makes_patient(void **state)
{
	static const struct {
		int64_t before, least, most; /* minutes */
	} rows[] = {
		{ 0, 20, 30 },
		{ 1440, 45, 65 },
		{ 56 * 7 * 1440, 20, 30 },
	};
	struct world world;
	int64_t minutes;
	size_t i;

	(void)state;
	settled(&world, &steady, 4);
	for (i = 0; i < COUNT(rows); i++) {
		world.share = 100;
		play(&world, rows[i].before * MINUTE);
		world.share = 0;
		minutes = told_after(&world, rows[i].most);
		check_at_most(minutes, rows[i].most);
		check_at_most(rows[i].least, minutes);
	}
}

/* ---- not listening ---- */

static char *printed(const struct drift *drift)
{
	struct buf buf = { 0 };

	drift_print(drift, &buf);
	return buf.bytes;
}

static void check_same(const struct drift *drift, char *before)
{
	char *after = printed(drift);

	assert_string_equal(after, before);
	free(before);
	free(after);
}

static void a_day_off_teaches_nothing(void **state)
{
	struct world world;
	char *before;
	int i;

	(void)state;
	settled(&world, &steady, 5);
	before = printed(&world.drift);
	world.now += DAY;
	drift_passes(&world.drift, world.now, true);
	for (i = 0; i < 1440; i++)
		minute_passes(&world, false);
	check_same(&world.drift, before);
	assert_null(verdict(&world));
	play(&world, WEEK);
	assert_int_equal(world.alarms, 0);
}

static void what_comes_while_not_listening_is_not_usual(void **state)
{
	struct world world;
	struct drift before;
	int i;

	(void)state;
	settled(&world, &steady, 5);
	drift_entries(&world.drift, 0);
	before = world.drift;
	for (i = 0; i < 120; i++) {
		drift_passes(&world.drift, world.now += MINUTE, false);
		drift_entries(&world.drift, 1000);
	}
	assert_memory_equal(
	    world.drift.hours, before.hours, sizeof(before.hours));
	assert_int_equal(world.drift.silence, 0);
	assert_null(verdict(&world));
}

static void an_hour_heard_in_part_teaches_nothing(void **state)
{
	struct world world;
	struct drift before;

	(void)state;
	settled(&world, &steady, 5);
	before = world.drift;
	play(&world, 20 * MINUTE);
	minute_passes(&world, false);
	play(&world, 39 * MINUTE);
	assert_memory_equal(
	    world.drift.hours, before.hours, sizeof(before.hours));
	play(&world, HOUR);
	assert_memory_not_equal(
	    world.drift.hours, before.hours, sizeof(before.hours));
}

static void a_clock_that_jumps_does_no_harm(void **state)
{
	static const int64_t jumps[] = { 3 * HOUR, 40 * DAY, -3 * HOUR,
		-40 * DAY, 20 * MINUTE, -1, -MONDAY - 365 * DAY };
	struct world world;
	struct drift before;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(jumps); i++) {
		settled(&world, &steady, 6);
		before = world.drift;
		drift_passes(&world.drift, world.now + jumps[i], true);
		assert_memory_equal(
		    world.drift.hours, before.hours, sizeof(before.hours));
		assert_int_equal(world.drift.silence, before.silence);
		assert_null(verdict(&world));
		drift_passes(&world.drift, world.now, true);
		play(&world, WEEK);
		assert_int_equal(world.alarms, 0);
	}
}

/* ---- what is learned ---- */

static int64_t usual_of_week(const struct world *world)
{
	int64_t sum = 0;
	int i;

	for (i = 0; i < DRIFT_HOURS; i++)
		sum += world->drift.hours[i].usual;
	return sum / 1000;
}

static void its_own_death_is_not_usual(void **state)
{
	struct world world;
	int64_t before;

	(void)state;
	settled(&world, &steady, 7);
	before = usual_of_week(&world);
	world.share = 0;
	play(&world, 3 * WEEK);
	assert_non_null(verdict(&world));
	check_at_most(before * 99 / 100, usual_of_week(&world));
	world.share = 100;
	play(&world, 2 * DAY);
	assert_null(verdict(&world));
}

static void after_weeks_it_is(void **state)
{
	static const struct {
		int share;
		int64_t least, most; /* entries a week */
	} rows[] = { { 0, 0, 1 }, { 10, 350, 490 } };
	struct world world;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		settled(&world, &steady, 8);
		world.share = rows[i].share;
		play(&world, 4 * WEEK);
		assert_non_null(verdict(&world));
		play(&world, 2 * WEEK);
		assert_null(verdict(&world));
		check_at_most(usual_of_week(&world), rows[i].most);
		check_at_most(rows[i].least, usual_of_week(&world));
		world.alarms = 0;
		world.share = 100;
		play(&world, 12 * WEEK);
		assert_int_equal(world.alarms, 0);
		check_at_most(3000, usual_of_week(&world));
	}
}

static void an_archive_that_comes_at_once_is_not_usual(void **state)
{
	struct world world;

	(void)state;
	settled(&world, &steady, 9);
	world.waiting += 30000;
	play(&world, 4 * WEEK);
	assert_int_equal(world.alarms, 0);
	assert_null(verdict(&world));
}

static void numbers_out_of_range_do_no_harm(void **state)
{
	struct world world;

	(void)state;
	settled(&world, &steady, 10);
	drift_entries(&world.drift, INT64_MAX);
	drift_entries(&world.drift, INT64_MAX);
	drift_entries(&world.drift, INT64_MIN);
	assert_int_equal(world.drift.silence, 0);
	drift_passes(&world.drift, INT64_MIN, true);
	drift_passes(&world.drift, INT64_MAX, true);
	drift_passes(&world.drift, INT64_MIN, true);
	assert_null(verdict(&world));
	play(&world, 2 * WEEK);
	assert_int_equal(world.alarms, 0);
}

/* ---- fields ---- */

#define TEXT (1u << DRIFT_TEXT)
#define PUBLISHED (1u << DRIFT_PUBLISHED)
#define AUTHORS (1u << DRIFT_AUTHORS)
#define EVERY (TEXT | PUBLISHED | AUTHORS)

static void records_come(struct drift *drift, int n, unsigned filled)
{
	for (; n > 0; n--)
		drift_record(drift, filled);
}

/* So many of 100 with authors, evenly. */
static void authors_come(struct drift *drift, int n, int share)
{
	int i;

	for (i = 0; i < n; i++)
		drift_record(drift,
		    (i + 1) * share / 100 > i * share / 100 ? EVERY
							    : EVERY & ~AUTHORS);
}

static void a_field_that_is_lost_is_told(void **state)
{
	static const struct {
		int records, share; /* with authors, of 100, before */
		int then, share_then;
		const char *wrong;
	} rows[] = {
		{ 100, 100, 20, 0,
		    "authors are empty in 20 of the last 20 records, "
		    "usually in none" },
		{ 1000, 97, 20, 10,
		    "authors are empty in 18 of the last 20 records, "
		    "usually in 3 of 100" },
		{ 1000, 97, 20, 25, NULL },
		{ 1000, 97, 20, 20,
		    "authors are empty in 16 of the last 20 records, "
		    "usually in 3 of 100" },
		{ 1000, 97, 14, 0, NULL },
		{ 1000, 75, 20, 0, NULL },
		{ 1000, 0, 20, 0, NULL },
		{ 1000, 0, 20, 100, NULL },
		{ 10, 100, 20, 0, NULL },
		{ 0, 0, 0, 0, NULL },
	};
	const char *wrong;
	char text[200];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct drift drift = { 0 };

		authors_come(&drift, rows[i].records, rows[i].share);
		assert_null(drift_verdict(&drift, 0, text, sizeof(text)));
		authors_come(&drift, rows[i].then, rows[i].share_then);
		wrong = drift_verdict(&drift, 0, text, sizeof(text));
		assert_string_equal(wrong ? wrong : "nothing",
		    rows[i].wrong ? rows[i].wrong : "nothing");
	}
}

static void a_field_is_found_again(void **state)
{
	struct drift drift = { 0 };
	char text[200];

	(void)state;
	records_come(&drift, 200, EVERY);
	records_come(&drift, 500, EVERY & ~TEXT);
	assert_string_equal(drift_verdict(&drift, 0, text, sizeof(text)),
	    "text is empty in 20 of the last 20 records, usually in none");
	records_come(&drift, 10, EVERY);
	assert_non_null(drift_verdict(&drift, 0, text, sizeof(text)));
	records_come(&drift, 1, EVERY);
	assert_null(drift_verdict(&drift, 0, text, sizeof(text)));
	records_come(&drift, 16, EVERY & ~TEXT);
	assert_non_null(drift_verdict(&drift, 0, text, sizeof(text)));
	records_come(&drift, 2000, EVERY & ~TEXT);
	assert_null(drift_verdict(&drift, 0, text, sizeof(text)));
	records_come(&drift, 1000, EVERY);
	records_come(&drift, 20, EVERY & ~TEXT);
	assert_non_null(drift_verdict(&drift, 0, text, sizeof(text)));
}

/* ---- sentences ---- */

/* On a Tuesday at three every hour has the usual of the row. */
static void told_of(struct drift *drift, uint32_t usual, int minutes, int64_t n)
{
	int64_t now = MONDAY + DAY + 3 * HOUR, end = now + minutes * MINUTE;
	int i;

	memset(drift, 0, sizeof(*drift));
	for (i = 0; i < DRIFT_HOURS; i++)
		drift->hours[i] =
		    (struct drift_hour){ .usual = usual & 0xffffff,
			    .weeks = 8 };
	drift_passes(drift, now, true);
	for (; now < end; now += MINUTE)
		drift_passes(drift, now, true);
	drift_entries(drift, n);
}

static void what_is_wrong_is_a_sentence(void **state)
{
	static const struct {
		uint32_t usual; /* thousandths, each hour */
		int minutes;
		int64_t n;
		const char *wrong;
	} rows[] = {
		{ 40000, 30, 0,
		    "brings no entries, and at this hour usually 40" },
		{ 40000, 20, 0, NULL },
		{ 60000, 30, 1,
		    "brings 1 entry in 29 minutes, and at this hour usually "
		    "60" },
		{ 40000, 119, 7,
		    "brings 7 entries in 118 minutes, and at this hour usually "
		    "40" },
		{ 40000, 121, 7,
		    "brings 7 entries in 2 hours, and at this hour usually "
		    "40" },
		{ 1000, 40 * 60, 0,
		    "brings no entries, and at this hour usually 1" },
		{ 1400, 47 * 60, 2,
		    "brings 2 entries in 46 hours, and at this hour usually "
		    "1" },
		{ 208, 4 * 1440, 0,
		    "brings no entries, and on this day usually 5" },
		{ 450, 4 * 1440, 3,
		    "brings 3 entries in 3 days, and on this day usually 11" },
		{ 130, 6 * 1440, 0,
		    "brings no entries, and on this day usually 3" },
		{ 90, 8 * 1440, 0, NULL },
	};
	const char *wrong;
	struct drift drift;
	char text[200];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		told_of(&drift, rows[i].usual, rows[i].minutes, rows[i].n);
		wrong = drift_verdict(
		    &drift, MONDAY + 3 * HOUR, text, sizeof(text));
		assert_string_equal(wrong ? wrong : "nothing",
		    rows[i].wrong ? rows[i].wrong : "nothing");
	}
}

/* All that it brings it brings on Fridays. */
static void on_other_days_the_week_is_named(void **state)
{
	struct drift drift;
	char text[200];
	int i;

	(void)state;
	told_of(&drift, 40000, 60, 0);
	for (i = 0; i < DRIFT_HOURS; i++)
		drift.hours[i].usual = i / 24 == 4 ? 2000 : 0;
	assert_string_equal(
	    drift_verdict(&drift, MONDAY + DAY, text, sizeof(text)),
	    "brings no entries, and in a week usually 48");
}

static void several_are_told_as_far_as_there_is_room(void **state)
{
	static const char all[] =
	    "brings no entries, and at this hour usually 40; "
	    "text is empty in 20 of the last 20 records, usually in none; "
	    "published is empty in 20 of the last 20 records, usually in none";
	struct drift drift;
	char text[sizeof(all) + 1];
	size_t size;

	(void)state;
	told_of(&drift, 40000, 30, 0);
	records_come(&drift, 100, TEXT | PUBLISHED);
	records_come(&drift, 20, 0);
	for (size = 2; size <= sizeof(text); size++) {
		memset(text, 'x', sizeof(text));
		assert_ptr_equal(
		    drift_verdict(&drift, MONDAY, text, size), text);
		assert_int_equal(
		    strlen(text), size < sizeof(all) ? size - 1 : strlen(all));
		assert_memory_equal(text, all, strlen(text));
	}
}

/* ---- the state ---- */

static void what_is_printed_is_read(void **state)
{
	struct world world;
	struct drift again;
	char *text;
	int i;

	(void)state;
	world_begins(&world, &few, MONDAY, 12);
	for (i = 0; i < 60; i++) {
		text = printed(&world.drift);
		check_at_most((int64_t)strlen(text), 4096);
		assert_true(drift_read(&again, text));
		assert_memory_equal(
		    again.hours, world.drift.hours, sizeof(again.hours));
		assert_int_equal(again.drifting, world.drift.drifting);
		check_same(&again, text);
		records_come(&world.drift, i, i < 40 ? EVERY : 0);
		world.share = i < 30 ? 100 : 0;
		play(&world, 31 * HOUR);
	}
	assert_non_null(verdict(&world));
}

/* A daemon that begins again each night knows all but that hour. */
static void a_new_beginning_does_no_harm(void **state)
{
	struct world world;
	char *text;
	int i;

	(void)state;
	world_begins(&world, &steady, MONDAY, 13);
	for (i = 0; i < 12 * 7; i++) {
		play(&world, DAY);
		text = printed(&world.drift);
		assert_true(drift_read(&world.drift, text));
		free(text);
	}
	assert_int_equal(world.alarms, 0);
	play(&world, 2 * HOUR);
	world.share = 0;
	check_at_most(told_after(&world, 30), 30);
}

static void what_is_none_is_refused_whole(void **state)
{
	static const char *const rows[] = { "", " ", "1", "0", "2 0 0", "-",
		"1 0 0 0 0 0 0 0", "1 0 0 0 0 0 0 0 0:0:0:0:0", "{}" };
	struct drift none = { 0 }, drift;
	struct world world;
	char *text;
	size_t i, len;

	(void)state;
	settled(&world, &few, 14);
	text = printed(&world.drift);
	len = strlen(text);
	for (i = 0; i < COUNT(rows); i++) {
		drift = world.drift;
		assert_false(drift_read(&drift, rows[i]));
		assert_memory_equal(&drift, &none, sizeof(drift));
	}
	for (i = 0; i < len; i++) {
		char kept = text[i];
		static const char bad[] = "\n:x+ -";
		size_t k;

		for (k = 0; k < sizeof(bad); k++) {
			if (bad[k] == kept)
				continue;
			text[i] = bad[k];
			assert_false(drift_read(&drift, text));
			assert_memory_equal(&drift, &none, sizeof(drift));
		}
		text[i] = kept;
	}
	assert_true(drift_read(&drift, text));
	free(text);
}

static void numbers_too_high_are_refused(void **state)
{
	static const struct {
		const char *begin;
		bool fine;
	} rows[] = {
		{ "1 0 0 0 0 0 0 0", true },
		{ "2 0 0 0 0 0 0 0", false },
		{ "1 3600000000000 0 0 0 0 0 0", true },
		{ "1 3600000000001 0 0 0 0 0 0", true },
		{ "1 3600000000000001 0 0 0 0 0 0", false },
		{ "1 99999999999999999999999 0 0 0 0 0 0", false },
		{ "1 -1 0 0 0 0 0 0", false },
		{ "1 01 0 0 0 0 0 0", false },
		{ "1 0 0 0 0 1000000 0 0", true },
		{ "1 0 0 0 0 1000001 0 0", false },
		{ "1 0 0 0 0 0 2 0", false },
		{ "1 0 0 0 0 0 0 21", false },
	};
	struct drift drift;
	struct buf buf = { 0 };
	size_t i;
	int k;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		buf_text(&buf, rows[i].begin);
		for (k = 0; k < DRIFT_FIELDS; k++)
			buf_text(&buf, " 0:0:0:0:0");
		for (k = 0; k < DRIFT_HOURS; k++)
			buf_text(&buf, " -");
		assert_int_equal(drift_read(&drift, buf.bytes), rows[i].fine);
		buf_free(&buf);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_by_chance_is_no_alarm),
		cmocka_unit_test(what_comes_roughly_is_an_alarm_a_year),
		cmocka_unit_test(silence_is_told),
		cmocka_unit_test(a_source_of_one_a_day_is_never_told),
		cmocka_unit_test(a_night_is_no_silence),
		cmocka_unit_test(the_first_week_is_judged_by_its_other_days),
		cmocka_unit_test(it_is_over_when_entries_come_again),
		cmocka_unit_test(what_it_got_over_makes_patient),
		cmocka_unit_test(a_day_off_teaches_nothing),
		cmocka_unit_test(what_comes_while_not_listening_is_not_usual),
		cmocka_unit_test(an_hour_heard_in_part_teaches_nothing),
		cmocka_unit_test(a_clock_that_jumps_does_no_harm),
		cmocka_unit_test(its_own_death_is_not_usual),
		cmocka_unit_test(after_weeks_it_is),
		cmocka_unit_test(an_archive_that_comes_at_once_is_not_usual),
		cmocka_unit_test(numbers_out_of_range_do_no_harm),
		cmocka_unit_test(a_field_that_is_lost_is_told),
		cmocka_unit_test(a_field_is_found_again),
		cmocka_unit_test(what_is_wrong_is_a_sentence),
		cmocka_unit_test(on_other_days_the_week_is_named),
		cmocka_unit_test(several_are_told_as_far_as_there_is_room),
		cmocka_unit_test(what_is_printed_is_read),
		cmocka_unit_test(a_new_beginning_does_no_harm),
		cmocka_unit_test(what_is_none_is_refused_whole),
		cmocka_unit_test(numbers_too_high_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
