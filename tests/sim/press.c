/* When a source publishes. */
#include <stdlib.h>

#include "core/base/time.h"
#include "tests/sim/press.h"
#include "tests/sim/sim.h"
#include "tests/sim/tally.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))
#define PAST (3 * DAY) /* what a feed shows already when the run begins */
#define SILENT_RATE 15 /* stories a day of those that are silenced */

enum daylight { NO_DAYLIGHT, EUROPE, AMERICA, AUSTRALIA };

static const struct {
	int hours; /* east of Greenwich, in winter */
	enum daylight daylight;
} zones[] = { { 7, NO_DAYLIGHT }, { 4, NO_DAYLIGHT }, { 8, NO_DAYLIGHT },
	{ 1, EUROPE }, { 0, EUROPE }, { -5, AMERICA }, { 10, AUSTRALIA } };

/* How much of the usual comes in an hour of the day, in tenths. */
static const struct {
	char hours[25]; /* a digit each */
	int weekend;    /* tenths, on Saturday and Sunday */
} rhythms[] = {
	{ "111112468999989998765321", 4 },  /* an office */
	{ "555555555555555555555555", 10 }, /* all round the clock */
	{ "000000900000000000700000", 8 },  /* two editions a day */
	{ "000000037999999999500000", 0 },  /* a ministry */
};

/* The first or, with week -1, the last Sunday of a month: days since 1970. */
static int64_t sunday(int year, int month, int week)
{
	int64_t day = week > 0 ? time_days(year, month, 7 * week - 6)
			       : time_days(year, month + 1, 1) - 7;

	return day + ((3 - day) % 7 + 7) % 7; /* 1970-01-04 was one */
}

static bool is_daylight(enum daylight daylight, int64_t hour)
{
	static const struct {
		int from, from_week, until, until_week; /* months, Sundays */
		bool winter; /* it is daylight time outside of them */
	} rules[] = { [EUROPE] = { 3, -1, 10, -1, false },
		[AMERICA] = { 3, 2, 11, 1, false },
		[AUSTRALIA] = { 4, 1, 10, 1, true } };
	int year, month, day;

	if (daylight == NO_DAYLIGHT)
		return false;
	time_civil(hour / 24, &year, &month, &day);
	return (hour >= 24 *
			       sunday(year, rules[daylight].from,
				   rules[daylight].from_week) +
			   1 &&
		   hour < 24 *
			       sunday(year, rules[daylight].until,
				   rules[daylight].until_week) +
			   1) != rules[daylight].winter;
}

/* Stories of an hour in the mean; `hour` counts from 1970. */
static double rate_of(const struct press *press, int64_t hour)
{
	int64_t local = hour + zones[press->zone].hours +
	    is_daylight(zones[press->zone].daylight, hour);
	int64_t day = local / 24;
	struct chance fate = chance_of((uint64_t)press->zone, 7, (uint64_t)day);
	const char *hours = rhythms[press->rhythm].hours;
	double rate = press->rate / 24 * (hours[local % 24] - '0') / 5;
	bool weekend = (day + 3) % 7 >= 5; /* 1970-01-01 was a Thursday */

	if (weekend)
		rate = rate * rhythms[press->rhythm].weekend / 10;
	return chance_once_in(&fate, 25) ? rate * 0.15 : rate; /* a holiday */
}

static void publish(struct press *press, int64_t at)
{
	if (press->n == press->room) {
		press->room = press->room * 2 + 16;
		press->at = tally_more(
		    press->at, (size_t)press->room * sizeof(*press->at));
	}
	press->at[press->n++] = at;
}

static int by_time(const void *a, const void *b)
{
	int64_t one = *(const int64_t *)a, other = *(const int64_t *)b;

	return (one > other) - (one < other);
}

static void hour_make(struct press *press, int64_t began)
{
	int64_t hour = press->hour * HOUR, first = press->n, at;
	double rate = rate_of(press, (began + hour) / HOUR);
	int n = chance_many(&press->chance, rate / press->batch), batch;

	while (n-- > 0) {
		at = hour + chance_between(&press->chance, 0, HOUR - 1);
		batch = press->batch == 1 ? 1
					  : (int)chance_between(&press->chance,
						1, 2 * press->batch - 1);
		if (at >= press->silent_from && at < press->silent_until)
			continue;
		while (batch-- > 0)
			publish(press, at);
	}
	if (press->n - first > 1)
		qsort(press->at + first, (size_t)(press->n - first),
		    sizeof(int64_t), by_time);
	press->hour++;
}

void press_begin(
    struct press *press, uint64_t seed, size_t source, int64_t days)
{
	struct chance *chance = &press->chance;
	int64_t last = days * DAY;

	*press = (struct press){ .chance = chance_of(seed, 1, source),
		.hour = -PAST / HOUR };
	press->zone = (int)chance_between(chance, 0, COUNT(zones) - 1);
	press->rhythm = (int)chance_between(chance, 0, COUNT(rhythms) - 1);
	press->rate = (double)chance_scale(chance, 300, 120000) / 1000;
	press->batch =
	    chance_once_in(chance, 5) ? (int)chance_between(chance, 2, 6) : 1;
	/* Late, so that there was something to get used to; and nobody who is
	   silent for half a week anyway. */
	if (press->rate > SILENT_RATE && press->batch == 1 &&
	    press->rhythm < 2 && days >= 25 && chance_once_in(chance, 2)) {
		press->silent_from = last - chance_between(chance, 5, 8) * DAY;
		press->silent_until = press->silent_from + 4 * DAY;
	}
}

void press_run(struct press *press, int64_t began, int64_t until)
{
	while (press->hour * HOUR <= until)
		hour_make(press, began);
}

int64_t press_count(const struct press *press, int64_t until)
{
	int64_t n = press->n;

	while (n > 0 && press->at[n - 1] > until)
		n--;
	return n;
}

void press_free(struct press *press)
{
	tally_free(press->at);
}
