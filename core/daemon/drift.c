/*
 * Whether a source brings what it usually brings.
 *
 * Silence is counted in entries that were expected and did not come: each that
 * was due adds one, each that came takes six away, and below nothing it does
 * not go (a CUSUM of Poisson counts). So a quiet day at half the usual comes to
 * nothing, while a fall to a tenth, or to none, adds up. When 16 are missing it
 * is drifting, and when a quarter of that is left it is not any more: at 40 an
 * hour that is told after 24 minutes, at 5 a day after three days.
 *
 * News that come by chance alone are seldom 10 behind and never 16; news that
 * come in heaps, with slack hours and days, are. Therefore a source that was
 * far behind and got over it must be twice as far behind the next time. For
 * such sources that makes about one false alarm in the first year; the tests
 * play some. A source that falls silent on holidays, or brings a tenth in a
 * week of them, is told on the first few of them: it is silent.
 */
#include "core/daemon/drift.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE ((int64_t)60 * 1000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* One entry, as silence is counted: a usual rate, in thousandths an hour, times
   milliseconds is silence without a division. */
#define ENTRY (1000 * HOUR)

/* Expected entries that one entry makes up for. With ln 10 / 0.9, which suits
   a fall to a tenth best, everything under two fifths of the usual would be
   silence: holidays have that much. With six it is under a sixth. */
#define WORTH 6

/* Expected entries that are missing before it is drifting. */
#define MISSING 16

/* So many are missing now and then by mere chance: that makes nobody patient.
 */
#define CHANCE 12

/* What it got over is forgotten by a part of so many each hour: half of it in
   34 weeks. */
#define FORGET 8192

/* Not sooner than this: feeds lie in caches for minutes. */
#define LASTED_LEAST (20 * MINUTE)

/* Between two calls; longer is a clock that jumped or a daemon that slept. */
#define GAP_MOST (15 * MINUTE)

/* Weeks that a usual rate remembers, about. */
#define WEEKS 8

/* Of what a few weeks taught so much less is expected: weeks / (weeks + 3). */
#define CAUTION 3

/* Weeks of drifting after which an hour begins anew: a new normal. */
#define ACCEPT_WEEKS 4

/* Entries an hour, beyond which we do not count. */
#define HEARD_MOST 30000

/* Entries that can be missing or come: so that nothing overflows. */
#define ENTRIES_MOST 1000000

/* Records: looked at; learned from before a field is judged; that a usual share
   remembers, about; after which a loss is the new normal. */
#define LAST 20
#define LEARNED_LEAST 50
#define LEARNED_MOST 256
#define ACCEPT_RECORDS 1000

#define ALL 65535                    /* the share that is all */
#define OFTEN ((int64_t)ALL * 4 / 5) /* less often filled is not judged */

static_assert(sizeof(struct drift) <= 1024, "a source costs a KiB at most");

static int hour_of_week(int64_t time)
{
	return (int)((time / HOUR + 3 * 24) % DRIFT_HOURS); /* a Thursday */
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t highest(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* ---- what is usual ---- */

/* Of an hour that was not heard yet: the least that two or more other days
   from Monday to Friday had; of Saturdays and Sundays nobody knows. */
static int64_t usual_elsewhere(const struct drift *drift, int hour)
{
	int64_t usual = INT64_MAX;
	int other, days = 0;

	if (hour >= 5 * 24)
		return -1;
	for (other = hour % 24; other < 5 * 24; other += 24) {
		if (drift->hours[other].weeks == 0)
			continue;
		usual = least(usual, drift->hours[other].usual);
		days++;
	}
	return days < 2 ? -1 : usual;
}

/* Thousandths of an entry in that hour of the week; -1: not known. */
static int64_t usual(const struct drift *drift, int hour)
{
	if (drift->hours[hour].weeks > 0)
		return drift->hours[hour].usual;
	return usual_elsewhere(drift, hour);
}

static int64_t usual_between(const struct drift *drift, int from, int to)
{
	int64_t sum = 0;

	for (; from < to; from++)
		sum += highest(usual(drift, from), 0);
	return sum;
}

/* An hour was heard from beginning to end. No week raises it by more than half
   and two entries: an archive that comes all at once is not usual. */
static void hour_learned(struct drift *drift, int hour)
{
	struct drift_hour *known = &drift->hours[hour];
	int64_t old = usual(drift, hour);
	int64_t new = least(drift->heard, HEARD_MOST) * 1000;

	if (known->weeks > 0)
		new = old + (new - old) / least(known->weeks + 1, WEEKS);
	if (old >= 0)
		new = least(new, old + old / 2 + 2000);
	known->usual = (uint32_t)least(new, HEARD_MOST * 1000);
	known->weeks = (uint32_t)least(known->weeks + 1, WEEKS);
	known->passed = 0;
}

/* An hour of drifting teaches nothing, or its silence would be usual soon; but
   what lasts for weeks is. */
static void hour_was_ill(struct drift *drift, int hour)
{
	struct drift_hour *known = &drift->hours[hour];

	if (known->passed < ACCEPT_WEEKS) {
		known->passed++;
		return;
	}
	known->weeks = 0;
	hour_learned(drift, hour);
}

/* ---- silence ---- */

static void hour_begins(struct drift *drift, bool whole)
{
	drift->heard = 0;
	drift->whole = whole;
	drift->ill = drift->drifting;
}

static void hour_ended(struct drift *drift)
{
	int hour = hour_of_week(drift->until - 1);

	if (drift->whole && drift->ill)
		hour_was_ill(drift, hour);
	else if (drift->whole)
		hour_learned(drift, hour);
	drift->peak -= drift->peak / FORGET;
	hour_begins(drift, true);
}

/* What was heard in a week or two may have been chance, so less is expected. */
static int64_t expected(const struct drift *drift, int hour)
{
	int64_t weeks = highest(drift->hours[hour].weeks, 1);
	int64_t rate = highest(usual(drift, hour), 0);

	return weeks < WEEKS ? rate * weeks / (weeks + CAUTION) : rate;
}

/* Within one hour, at most to its end. */
static void listened(struct drift *drift, int64_t time)
{
	int64_t rate = expected(drift, hour_of_week(drift->until));

	drift->silence += rate * time;
	drift->silence = least(drift->silence, ENTRIES_MOST * ENTRY);
	if (drift->silence > 0)
		drift->lasted += time;
	drift->until += time;
	if (drift->until % HOUR == 0)
		hour_ended(drift);
}

void drift_passes(struct drift *drift, int64_t now, bool listening)
{
	now = highest(now, 0);
	if (!listening || now < drift->until || now - drift->until > GAP_MOST) {
		drift->until = now;
		hour_begins(drift, false);
		return;
	}
	while (drift->until < now)
		listened(drift,
		    least(now - drift->until, HOUR - drift->until % HOUR));
}

/* How silent is too silent; -1: it brings so little that nobody can tell within
   a week, which is the longest that it takes for all others. */
static int64_t patience(const struct drift *drift)
{
	int64_t week = usual_between(drift, 0, DRIFT_HOURS) * HOUR;
	int64_t patience = MISSING * ENTRY;

	if (drift->peak > CHANCE * ENTRY)
		patience = 2 * drift->peak;
	return week < MISSING * ENTRY ? -1 : least(patience, week);
}

static void silence_ends(struct drift *drift)
{
	drift->peak = highest(drift->peak, drift->high);
	drift->high = drift->silence = drift->lasted = drift->came = 0;
}

static void judged(struct drift *drift)
{
	int64_t most = patience(drift);

	if (most < 0) {
		silence_ends(drift);
		drift->drifting = false;
	} else if (drift->drifting) {
		drift->drifting = drift->silence > most / 4;
	} else {
		drift->drifting =
		    drift->silence >= most && drift->lasted >= LASTED_LEAST;
	}
	if (drift->drifting) {
		drift->silence = least(drift->silence, most);
		drift->ill = true;
	}
	drift->high = highest(drift->high, least(drift->silence, most));
}

void drift_entries(struct drift *drift, int64_t n)
{
	n = highest(0, least(n, ENTRIES_MOST));
	drift->heard = least(drift->heard + n, ENTRIES_MOST);
	drift->came = least(drift->came + n, ENTRIES_MOST);
	drift->silence -= n * WORTH * ENTRY;
	if (drift->silence <= 0)
		silence_ends(drift);
	judged(drift);
}

/* ---- fields ---- */

static int filled_of_last(const struct drift_filled *field)
{
	return __builtin_popcount(field->last);
}

/* Lost with a quarter of its usual share; found again with half of it. */
static bool is_lost(const struct drift_filled *field)
{
	int64_t part = field->lost ? 2 : 4;

	return field->learned >= LEARNED_LEAST && field->usual >= OFTEN &&
	    filled_of_last(field) * part * ALL <= (int64_t)field->usual * LAST;
}

static void field_learned(struct drift_filled *field, bool filled)
{
	int usual = field->usual;

	if (field->learned < LEARNED_MOST)
		field->learned++;
	usual += ((filled ? ALL : 0) - usual) / field->learned;
	field->usual = (uint16_t)usual;
	field->passed = 0;
}

static void field_accepted(struct drift_filled *field)
{
	field->usual = (uint16_t)(filled_of_last(field) * ALL / LAST);
	field->learned = LEARNED_LEAST;
	field->passed = 0;
}

/* What is usual is learned from records that are not among the last any more:
   else a loss would be usual before it is seen. */
static void field_came(struct drift_filled *field, bool filled, bool full)
{
	bool oldest = field->last >> (LAST - 1) & 1;

	field->last = (field->last << 1 | filled) & ((1u << LAST) - 1);
	if (!full)
		return;
	if (!field->lost)
		field_learned(field, oldest);
	else if (++field->passed >= ACCEPT_RECORDS)
		field_accepted(field);
	field->lost = is_lost(field);
}

void drift_record(struct drift *drift, unsigned filled)
{
	bool full = drift->records == LAST;
	int i;

	for (i = 0; i < DRIFT_FIELDS; i++)
		field_came(&drift->fields[i], filled >> i & 1, full);
	if (!full)
		drift->records++;
}

/* ---- what is wrong ---- */

struct sentence {
	char *text;
	size_t size;
	size_t len;
};

static void say(struct sentence *to, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void say(struct sentence *to, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(to->text + to->len, to->size - to->len, format, args);
	va_end(args);
	if (n > 0 && to->size > 0)
		to->len += (size_t)least(n, (int64_t)(to->size - to->len) - 1);
}

static void say_what_came(struct sentence *to, const struct drift *drift)
{
	static const struct {
		int64_t unit, from;
		const char *name;
	} rows[] = {
		{ DAY, 2 * DAY, "days" },
		{ HOUR, 2 * HOUR, "hours" },
		{ MINUTE, 0, "minutes" },
	};
	int i = 0;

	if (drift->came == 0) {
		say(to, "brings no entries");
		return;
	}
	while (drift->lasted < rows[i].from)
		i++;
	say(to, "brings %" PRId64 " %s in %" PRId64 " %s", drift->came,
	    drift->came == 1 ? "entry" : "entries",
	    drift->lasted / rows[i].unit, rows[i].name);
}

/* Of the hour, or where that is less than one, the day or the week. */
static void say_what_is_usual(
    struct sentence *to, const struct drift *drift, int64_t now)
{
	static const struct {
		int hours;
		const char *when;
	} rows[] = {
		{ 1, "at this hour" },
		{ 24, "on this day" },
		{ DRIFT_HOURS, "in a week" },
	};
	int i, from, hour = hour_of_week(highest(now, 0));
	int64_t n = 0;

	for (i = 0; i < 3 && n == 0; i++) {
		from = hour - hour % rows[i].hours;
		n = usual_between(drift, from, from + rows[i].hours);
		n = (n + 500) / 1000;
	}
	say(to, ", and %s usually %" PRId64, rows[i - 1].when, n);
}

static void say_what_is_lost(
    struct sentence *to, const struct drift_filled *field, const char *name)
{
	int empty = (int)((100 * (ALL - field->usual) + ALL / 2) / ALL);

	say(to, "%s%s empty in %d of the last %d records, usually in ",
	    to->len > 0 ? "; " : "", name, LAST - filled_of_last(field), LAST);
	if (empty > 0)
		say(to, "%d of 100", empty);
	else
		say(to, "none");
}

const char *drift_verdict(
    const struct drift *drift, int64_t now, char *text, size_t size)
{
	static const char *const names[DRIFT_FIELDS] = {
		[DRIFT_TEXT] = "text is",
		[DRIFT_PUBLISHED] = "published is",
		[DRIFT_AUTHORS] = "authors are",
	};
	struct sentence to = { .text = text, .size = size };
	int i;

	assert(size > 0);
	text[0] = '\0';
	if (drift->drifting) {
		say_what_came(&to, drift);
		say_what_is_usual(&to, drift, now);
	}
	for (i = 0; i < DRIFT_FIELDS; i++)
		if (drift->fields[i].lost)
			say_what_is_lost(&to, &drift->fields[i], names[i]);
	return to.len > 0 ? text : NULL;
}

/* ---- the state ---- */

/* The line's numbers, in this order, after its version: what is not of an hour
   or a field; fields, five each; hours, three each. An hour of which nothing is
   known is a dash. */
void drift_print(const struct drift *drift, struct buf *out)
{
	const struct drift_filled *field = drift->fields;
	const struct drift_hour *hour = drift->hours;

	buf_printf(out,
	    "1 %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64
	    " %d %d",
	    drift->silence, drift->high, drift->peak, drift->lasted,
	    drift->came, drift->drifting, drift->records);
	for (; field < drift->fields + DRIFT_FIELDS; field++)
		buf_printf(out, " %u:%u:%u:%u:%d", field->last, field->usual,
		    field->learned, field->passed, field->lost);
	for (; hour < drift->hours + DRIFT_HOURS; hour++)
		if (hour->weeks == 0 && hour->passed == 0)
			buf_text(out, " -");
		else
			buf_printf(out, " %u:%u:%u", (unsigned)hour->usual,
			    (unsigned)hour->weeks, (unsigned)hour->passed);
}

/* The number at *text, which is moved behind it and what stands there, or is
   NULL after a number that is none or too high. */
static int64_t number(const char **text, int64_t most)
{
	uint64_t n;
	char *end;

	if (*text == NULL)
		return 0;
	n = strtoull(*text, &end, 10);
	if (end == *text || n > (uint64_t)most) {
		*text = NULL;
		return 0;
	}
	*text = *end == '\0' ? end : end + 1;
	return (int64_t)n;
}

static const char *field_read(struct drift_filled *field, const char *text)
{
	field->last = (uint32_t)number(&text, (1 << LAST) - 1);
	field->usual = (uint16_t)number(&text, ALL);
	field->learned = (uint16_t)number(&text, LEARNED_MOST);
	field->passed = (uint16_t)number(&text, ACCEPT_RECORDS);
	field->lost = number(&text, 1) != 0;
	return text;
}

static const char *hour_read(struct drift_hour *hour, const char *text)
{
	if (text != NULL && text[0] == '-')
		return text[1] == '\0' ? text + 1 : text + 2;
	hour->usual = (uint32_t)number(&text, HEARD_MOST * 1000);
	hour->weeks = (uint32_t)number(&text, WEEKS);
	hour->passed = (uint32_t)number(&text, ACCEPT_WEEKS);
	return text;
}

static const char *all_read(struct drift *drift, const char *text)
{
	const int64_t most = ENTRIES_MOST * ENTRY;
	int i;

	if (number(&text, 1) != 1)
		return NULL;
	drift->silence = number(&text, most);
	drift->high = number(&text, most);
	drift->peak = number(&text, most);
	drift->lasted = number(&text, INT64_MAX / 2);
	drift->came = number(&text, ENTRIES_MOST);
	drift->drifting = number(&text, 1) != 0;
	drift->records = (uint8_t)number(&text, LAST);
	for (i = 0; i < DRIFT_FIELDS; i++)
		text = field_read(&drift->fields[i], text);
	for (i = 0; i < DRIFT_HOURS; i++)
		text = hour_read(&drift->hours[i], text);
	return text;
}

/* What was read must be what would be printed, to the letter: so no sign, no
   leading zero and nothing left over needs a check of its own. */
bool drift_read(struct drift *drift, const char *text)
{
	struct buf again = { 0 };
	bool same;

	memset(drift, 0, sizeof(*drift));
	same = all_read(drift, text) != NULL;
	if (same) {
		drift_print(drift, &again);
		same = strcmp(again.bytes, text) == 0;
		buf_free(&again);
	}
	if (!same)
		memset(drift, 0, sizeof(*drift));
	return same;
}
