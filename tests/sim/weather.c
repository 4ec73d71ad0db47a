/* What is wrong with a host, and when. */
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "tests/sim/tally.h"
#include "tests/sim/weather.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What a trouble is in the way of, a bit for each kind of place. */
#define OF(kind) (1 << (kind))
#define FEEDS (OF(A_FEED))
#define PAGES (OF(A_PAGE))
#define ALL (~0)

enum wait { SAYS_NOTHING, SECONDS, A_DATE, ITS_END, TOO_MUCH, RUBBISH };

/* Some come twice, for they are frequent. */
static const struct row {
	enum way way;
	long status;
	enum wait wait;
	enum looks looks;
	int parts;
	int64_t least, most; /* it lasts */
} rows[] = {
	{ NO_NAME, 0, 0, 0, ALL, 5 * MINUTE, 6 * HOUR },
	{ NO_CONNECTION, 0, 0, 0, ALL, 30 * SECOND, 5 * HOUR },
	{ NO_CONNECTION, 0, 0, 0, ALL, 30 * SECOND, 5 * MINUTE },
	{ NO_TLS, 0, 0, 0, ALL, HOUR, 2 * DAY },
	{ TOO_SLOW, 0, 0, 0, ALL, MINUTE, 3 * HOUR },
	{ TOO_SLOW, 0, 0, 0, FEEDS, MINUTE, 3 * HOUR },
	{ CUT_SHORT, 0, 0, 0, ALL, MINUTE, 2 * HOUR },
	{ CAME, 500, 0, 0, ALL, MINUTE, 8 * HOUR },
	{ CAME, 500, 0, 0, PAGES, MINUTE, 8 * HOUR },
	{ CAME, 502, 0, 0, FEEDS, MINUTE, 8 * HOUR },
	{ CAME, 503, SAYS_NOTHING, 0, ALL, MINUTE, HOUR },
	{ CAME, 503, SECONDS, 0, ALL, MINUTE, HOUR },
	{ CAME, 503, A_DATE, 0, ALL, MINUTE, 4 * HOUR },
	{ CAME, 429, SAYS_NOTHING, 0, ALL, MINUTE, 2 * HOUR },
	{ CAME, 429, SECONDS, 0, ALL, 10 * SECOND, 3 * HOUR },
	{ CAME, 429, A_DATE, 0, ALL, MINUTE, 3 * HOUR },
	{ CAME, 429, ITS_END, 0, ALL, MINUTE, 10 * HOUR },
	{ CAME, 429, TOO_MUCH, 0, ALL, MINUTE, HOUR },
	{ CAME, 429, RUBBISH, 0, PAGES, MINUTE, HOUR },
	{ CAME, 403, 0, 0, ALL, MINUTE, DAY },
	{ CAME, 403, 0, 0, PAGES, MINUTE, 5 * HOUR },
	{ CAME, 202, 0, 0, FEEDS, MINUTE, 5 * HOUR },
	{ CAME, 404, 0, 0, FEEDS, 10 * MINUTE, DAY },
	{ CAME, 400, 0, 0, FEEDS, 10 * MINUTE, 5 * HOUR },
	{ CAME, 200, 0, LIKE_NOTHING, FEEDS, MINUTE, 5 * HOUR },
	{ CAME, 200, 0, LIKE_HTML, FEEDS, MINUTE, 5 * HOUR },
	{ CAME, 200, 0, LIKE_NOISE, FEEDS, MINUTE, 5 * HOUR },
	{ CAME, 500, 0, 0, OF(A_ROBOTS), HOUR, 2 * DAY },
	{ TOO_SLOW, 0, 0, 0, OF(A_ROBOTS), HOUR, 2 * DAY },
};

void weather_begin(
    struct weather *weather, struct chance chance, int64_t days, int64_t mean)
{
	int64_t at = chance_while(&chance, mean);

	while (at < days * DAY) {
		struct trouble trouble = { .from = at,
			.row = (int)(chance_any(&chance) % COUNT(rows)) };
		const struct row *row = &rows[trouble.row];

		at += chance_scale(&chance, row->least, row->most);
		trouble.until = at;
		at += MINUTE + chance_while(&chance, mean);
		weather->troubles = tally_more(
		    weather->troubles, (weather->n + 1) * sizeof(trouble));
		weather->troubles[weather->n++] = trouble;
	}
}

void weather_free(struct weather *weather)
{
	tally_free(weather->troubles);
}

void weather_date(char text[32], int64_t date)
{
	time_t seconds = (time_t)(date / 1000);
	struct tm at;

	gmtime_r(&seconds, &at);
	strftime(text, 32, "%a, %d %b %Y %H:%M:%S GMT", &at);
}

/* Whether its `Date` comes along is the host's habit, and so is what its clock
   says: it may be an hour off. */
static void say_wait(const struct trouble *trouble, enum wait wait, int64_t now,
    int64_t date, struct answer *answer)
{
	int64_t left = (trouble->until - now) / SECOND + 1;
	int64_t seconds = 30 + trouble->from % 600, wrong;

	wrong = trouble->from % 3 == 0 ? HOUR : 0;
	switch (wait) {
	case SAYS_NOTHING: return;
	case ITS_END: seconds = left; break;
	case TOO_MUCH: seconds = 40 * DAY / SECOND; break;
	case RUBBISH: snprintf(answer->retry_after, 32, "soon"); return;
	case A_DATE:
		weather_date(answer->retry_after, date + wrong + left * SECOND);
		weather_date(answer->date, date + wrong);
		return;
	default: break;
	}
	snprintf(answer->retry_after, 32, "%" PRId64, seconds);
}

static const struct trouble *trouble_at(
    const struct weather *weather, int64_t now)
{
	size_t i;

	for (i = 0; i < weather->n && weather->troubles[i].from <= now; i++) {
		if (now < weather->troubles[i].until)
			return &weather->troubles[i];
	}
	return NULL;
}

static int64_t takes(enum way way, struct chance *chance)
{
	switch (way) {
	case NO_NAME: return chance_between(chance, 20, 5 * SECOND);
	case NO_CONNECTION: return chance_between(chance, 20, 15 * SECOND);
	case TOO_SLOW: return WORLD_TIMEOUT;
	default: return chance_between(chance, 30, 2 * SECOND);
	}
}

bool weather_strikes(const struct weather *weather, enum kind kind, int64_t now,
    int64_t date, struct chance *chance, struct answer *answer)
{
	const struct trouble *trouble = trouble_at(weather, now);
	const struct row *row;

	if (trouble == NULL)
		return false;
	row = &rows[trouble->row];
	if ((row->parts & OF(kind)) == 0)
		return false;
	answer->way = row->way;
	answer->status = row->status;
	answer->looks = row->looks;
	answer->took = takes(row->way, chance);
	say_wait(trouble, row->wait, now, date, answer);
	return true;
}
