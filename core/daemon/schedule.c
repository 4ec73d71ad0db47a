/* When a feed is looked at next. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/daemon/schedule.h"

#define MINUTE ((int64_t)60 * 1000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

#define SPREAD_MOST MINUTE
#define RETRY_MOST (6 * HOUR)
#define FLOOR_MOST DAY /* who asks for more has made a mistake */
#define AGAIN_MOST DAY
#define SANE_MOST ((int64_t)1 << 48) /* ms: in ten thousand years */
#define WAIT_MOST (8 * DAY) /* a week and its jitter: of what has gone */

/* After an hour that is skipped: others wait for its end, too. */
#define LATER_MOST (10 * MINUTE)

/* Four usual gaps without a new entry are silence: the interval grows then,
   and validators are believed no more. */
#define SILENCE 4

/* The usual gap moves by an eighth of what was seen: one slow hour is none. */
#define SMOOTH 8

/* A feed whose newest entry is older than this, and than ten of its usual
   gaps, has died, whatever the server says. */
#define STALE_LEAST (14 * DAY)
#define STALE_GAPS 10

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Up to a tenth later, and never earlier: the bounds are promises. */
static int64_t jitter(int64_t interval, uint64_t chance)
{
	return interval + (int64_t)(chance % (uint64_t)(interval / 10 + 1));
}

static int64_t doubled(int64_t interval, int64_t times, int64_t cap)
{
	for (; times > 0 && interval < cap; times--)
		interval *= 2;
	return least(interval, cap);
}

/* ---- what a feed brings ---- */

/* The clock on the wall may have gone back. */
static int64_t since(int64_t then, struct now now)
{
	return most(now.wall - then, 0);
}

/* Of a feed that is seen for the first time: its entries' dates tell. */
static int64_t gap_of_dates(const struct poll *poll, struct now now)
{
	int64_t newest = least(poll->newest, now.wall);

	if (poll->entries < 2 || poll->oldest == 0 || newest <= poll->oldest)
		return 0;
	return (newest - poll->oldest) / (poll->entries - 1);
}

/* A night must not look like a habit: what is seen counts for four times the
   usual gap at most. */
static void gap_learn(
    struct watch *watch, const struct poll *poll, struct now now)
{
	int64_t seen;

	if (watch->news == 0) { /* the first look, even if nothing is new */
		watch->usual = gap_of_dates(poll, now);
	} else if (poll->new == 0) {
		return;
	} else {
		seen = since(watch->news, now) / poll->new;
		if (watch->usual == 0)
			watch->usual = seen;
		seen = least(seen, SILENCE * watch->usual);
		watch->usual += (seen - watch->usual) / SMOOTH;
	}
	watch->news = now.wall;
}

/* The validators said "unchanged", and a whole feed brings what they hid. */
static bool is_caught(const struct watch *watch, const struct poll *poll)
{
	return !watch->lies && !poll->conditional && poll->lied &&
	    poll->new > 0;
}

/* A feed came, and was understood. */
static bool is_read(const struct poll *poll)
{
	return poll->outcome == OUTCOME_FINE ||
	    poll->outcome == OUTCOME_NO_ENTRIES;
}

static void looks_count(
    struct watch *watch, const struct poll *poll, struct now now)
{
	if (poll->conditional) {
		watch->since_full++;
	} else if (is_read(poll) || poll->outcome == OUTCOME_UNCHANGED) {
		watch->since_full = 0;
		watch->full = now.wall;
	}
}

/* What it asks for itself. */
static void hints_learn(struct watch *watch, const struct poll *poll)
{
	watch->floor = least(most(poll->ttl, poll->max_age), FLOOR_MOST);
	watch->skip_hours = poll->skip_hours;
	watch->skip_days = poll->skip_days;
}

static unsigned feed_learn(
    struct watch *watch, const struct poll *poll, struct now now)
{
	unsigned say = 0;

	looks_count(watch, poll, now);
	if (is_read(poll))
		hints_learn(watch, poll);
	if (poll->outcome != OUTCOME_FINE)
		return 0;
	if (poll->new > 0 && poll->known == 0 && watch->news > 0)
		say |= SAY_OVERFLOW;
	if (is_caught(watch, poll)) {
		watch->lies = true;
		say |= SAY_LIES;
	}
	gap_learn(watch, poll, now);
	watch->full = now.wall;
	watch->newest = most(watch->newest, least(poll->newest, now.wall));
	return say;
}

/* ---- when it is looked at ---- */

void schedule_begin(struct watch *watch, const struct pace *pace,
    struct now now, uint64_t chance)
{
	int64_t spread = least(pace->min_interval / 10, SPREAD_MOST);

	watch->due = now.steady + (int64_t)(chance % (uint64_t)(spread + 1));
}

bool schedule_full(
    const struct watch *watch, const struct pace *pace, struct now now)
{
	int64_t silence = since(watch->news, now);

	if (watch->lies || watch->full == 0 ||
	    watch->since_full >= pace->distrust)
		return true;
	/* Once in a silence, however long it is. */
	return watch->usual > 0 && silence >= SILENCE * watch->usual &&
	    watch->full < watch->news + SILENCE * watch->usual &&
	    watch->since_full >= SILENCE;
}

static int64_t interval_of(
    const struct watch *watch, const struct pace *pace, struct now now)
{
	int64_t interval = watch->usual;

	if (watch->news > 0)
		interval = most(interval, since(watch->news, now) / SILENCE);
	interval = least(interval, pace->max_interval);
	interval = most(interval, pace->min_interval);
	return pace->honour_ttl ? most(interval, watch->floor) : interval;
}

static bool is_skipped(const struct watch *watch, int64_t wall)
{
	time_t seconds = (time_t)(wall / 1000);
	struct tm at;

	gmtime_r(&seconds, &at);
	return watch->skip_hours >> at.tm_hour & 1 ||
	    watch->skip_days >> at.tm_wday & 1;
}

/* The first hour, of a week, in which it may be asked. */
static int64_t after_skipped(
    const struct watch *watch, int64_t wait, struct now now, uint64_t chance)
{
	int64_t at = now.wall + wait, end = at + 7 * DAY;

	while (at < end && is_skipped(watch, at))
		at += HOUR - at % HOUR + (int64_t)(chance % LATER_MOST);
	return at < end ? at - now.wall : wait;
}

/* From the least interval on: an outage should not last longer for us than for
   others. Who is gone for good is asked once a week from the start. */
static int64_t failed_wait(const struct watch *watch, const struct pace *pace)
{
	int64_t cap =
	    most(pace->min_interval, outcome_back_off(watch->outcome));
	int64_t wait = watch->outcome == OUTCOME_GONE
	    ? cap
	    : doubled(pace->min_interval, watch->failures - 1, cap);

	return pace->honour_ttl ? most(wait, watch->floor) : wait;
}

/* Each kind begins anew: an hour without a network is no reason to stay away
   for a day from who has lost a page. */
static void count_failures(struct watch *watch, enum outcome outcome)
{
	/* Nothing has come to what was empty. */
	if (outcome == OUTCOME_UNCHANGED &&
	    watch->outcome == OUTCOME_NO_ENTRIES)
		outcome = OUTCOME_NO_ENTRIES;
	if (outcome_is_fine(outcome) || outcome == OUTCOME_OURS)
		watch->failures = 0;
	else if (watch->outcome == outcome)
		watch->failures++;
	else
		watch->failures = 1;
	watch->outcome = outcome;
}

/* What keeps us from asking is no failure of the feed, but it is told. */
static void unasked_learn(struct watch *watch, enum outcome outcome)
{
	if (outcome == OUTCOME_HELD)
		return;
	watch->outcome = outcome;
	watch->failures = most(watch->failures, 1);
}

unsigned schedule_next(struct watch *watch, const struct pace *pace,
    const struct poll *poll, struct now now, uint64_t chance)
{
	int64_t again = least(poll->again, AGAIN_MOST), wait;
	bool unasked = poll->unasked || poll->outcome == OUTCOME_HELD;
	unsigned say = 0;

	if (unasked) {
		unasked_learn(watch, poll->outcome);
	} else {
		count_failures(watch, poll->outcome);
		watch->asked = now.wall;
		say = feed_learn(watch, poll, now);
	}
	watch->interval = say & SAY_OVERFLOW
	    ? most(pace->min_interval, pace->honour_ttl ? watch->floor : 0)
	    : interval_of(watch, pace, now);
	wait = jitter(
	    watch->failures > 0 ? failed_wait(watch, pace) : watch->interval,
	    chance);
	if (unasked && again > 0)
		wait = 0;
	/* Not all who were held come at the same moment. */
	if (again > 0)
		wait = most(wait,
		    again + (int64_t)(chance % (uint64_t)(again / 10 + 1)));
	if (pace->honour_ttl)
		wait = after_skipped(watch, wait, now, chance);
	watch->due = now.steady + wait;
	return say;
}

bool schedule_is_stale(const struct watch *watch, struct now now)
{
	return watch->newest > 0 &&
	    since(watch->newest, now) >
	    most(STALE_LEAST, STALE_GAPS * watch->usual);
}

/* ---- in the state ---- */

void schedule_print(const struct watch *watch, struct now now, struct buf *out)
{
	buf_printf(out,
	    "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64
	    " %" PRId64 " %" PRId64 " %" PRId64 " %" PRIu32 " %" PRIu8
	    " %" PRId64 " %" PRId64 " %d %d %" PRId64,
	    watch->due - now.steady + now.wall, watch->asked, watch->full,
	    watch->news, watch->newest, watch->usual, watch->interval,
	    watch->floor, watch->skip_hours, watch->skip_days,
	    watch->since_full, watch->failures, (int)watch->outcome,
	    watch->lies, now.wall);
}

/* The clock may have been set in between: nobody waits longer than was decided
   when that was written down. */
static int64_t wait_left(int64_t due, int64_t decided, struct now now)
{
	int64_t wait = least(due - now.wall, due - decided);

	return most(least(wait, WAIT_MOST), 0);
}

/* Times and lengths of a state that was not damaged. */
static bool is_sane(const struct watch *watch, int64_t due, int64_t decided)
{
	const int64_t numbers[] = { due, decided, watch->asked, watch->full,
		watch->news, watch->newest, watch->usual, watch->interval,
		watch->floor, watch->since_full, watch->failures };
	size_t i;

	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (numbers[i] < 0 || numbers[i] > SANE_MOST)
			return false;
	}
	return true;
}

bool schedule_read(struct watch *watch, const struct pace *pace,
    const char *text, struct now now)
{
	int64_t due, decided, wait;
	int outcome, lies;

	*watch = (struct watch){ 0 };
	if (text == NULL ||
	    sscanf(text,
		"%" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64
		" %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNu32 " %" SCNu8
		" %" SCNd64 " %" SCNd64 " %d %d %" SCNd64,
		&due, &watch->asked, &watch->full, &watch->news, &watch->newest,
		&watch->usual, &watch->interval, &watch->floor,
		&watch->skip_hours, &watch->skip_days, &watch->since_full,
		&watch->failures, &outcome, &lies, &decided) != 15 ||
	    outcome < 0 || outcome >= N_OUTCOMES ||
	    !is_sane(watch, due, decided)) {
		*watch = (struct watch){ .due = now.steady };
		return false;
	}
	watch->outcome = (enum outcome)outcome;
	watch->lies = lies != 0;
	wait = wait_left(due, decided, now);
	if (pace->honour_ttl)
		wait = after_skipped(watch, wait, now, 0);
	watch->due = now.steady + wait;
	return true;
}

/* ---- pages ---- */

int64_t schedule_retry(int64_t first, int64_t tries, uint64_t chance)
{
	return jitter(doubled(first, tries, most(first, RETRY_MOST)), chance);
}

int64_t schedule_recheck(const int64_t *ladder, int64_t done, int64_t wall)
{
	int64_t last = 0;

	for (; ladder != NULL && *ladder != 0; ladder++) {
		last = *ladder;
		if (done <= wall && done + last > wall)
			return done + last;
	}
	/* The clock was ahead when it came, and nobody knows how far. */
	return done > wall && last > 0 ? wall + last : 0;
}
