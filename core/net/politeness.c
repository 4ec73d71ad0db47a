/* When a host may be asked again. */
#include <stddef.h>

#include "core/net/politeness.h"

#define SECOND ((int64_t)1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

/*
 * What a host is held for: from so many in a row on, at first for so long, then
 * twice as long each time, up to a cap. One 403 may be of one page; a host that
 * is not reached is tried again soon, for outages should not last longer for
 * us than for others.
 */
static const struct hold {
	enum outcome outcome;
	int from;
	int64_t first, most;
	bool unreached; /* nobody there has asked for it */
} holds[] = {
	{ OUTCOME_LIMITED, 1, MINUTE, 6 * HOUR },
	{ OUTCOME_BLOCKED, 3, MINUTE, 6 * HOUR },
	{ OUTCOME_DNS, 2, 15 * SECOND, 15 * MINUTE, true },
	{ OUTCOME_CONNECT, 2, 15 * SECOND, 15 * MINUTE, true },
	{ OUTCOME_TLS, 2, 15 * SECOND, 15 * MINUTE, true },
	{ OUTCOME_TIMEOUT, 2, 15 * SECOND, 15 * MINUTE, true },
	{ OUTCOME_HTTP_5XX, 3, 30 * SECOND, 15 * MINUTE },
};

#define STRIKES_MOST 1000 /* enough for any cap */

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

int64_t politeness_wait(
    const struct politeness *host, int connections, int64_t pause, int64_t now)
{
	int64_t until = later(host->held, host->next);

	if (host->under_way >= connections)
		return -1;
	if (host->asked)
		until = later(until, host->last + pause);
	return later(until - now, 0);
}

static void pause_after(struct politeness *host, int64_t pause, int64_t now)
{
	host->asked = true;
	host->last = now;
	host->next = later(host->next, now + pause);
}

void politeness_begin(struct politeness *host, int64_t pause, int64_t now)
{
	host->under_way++;
	pause_after(host, pause, now);
}

static const struct hold *hold_of(enum outcome outcome)
{
	size_t i;

	for (i = 0; i < COUNT(holds); i++) {
		if (holds[i].outcome == outcome)
			return &holds[i];
	}
	return NULL;
}

static int64_t hold_time(const struct hold *hold, int strikes)
{
	int64_t time = hold->first;
	int i;

	if (strikes < hold->from)
		return 0;
	for (i = hold->from; i < strikes && time < hold->most; i++)
		time *= 2;
	return time < hold->most ? time : hold->most;
}

static void strike(struct politeness *host, enum outcome outcome,
    const struct hold *hold, int64_t retry_after, int64_t now)
{
	int strikes = host->why == outcome ? host->strikes + 1 : 1;
	int64_t time = hold_time(hold, strikes);

	if (retry_after > 0)
		time = retry_after;
	if (time > RETRY_AFTER_MOST)
		time = RETRY_AFTER_MOST;
	if (host->why != outcome && host->held > now &&
	    now + time <= host->held)
		return; /* it is held already, and longer, for another reason */
	host->why = outcome;
	host->strikes = strikes < STRIKES_MOST ? strikes : STRIKES_MOST;
	host->held = later(host->held, now + time);
}

void politeness_end(struct politeness *host, enum outcome outcome,
    int64_t retry_after, int64_t pause, int64_t now)
{
	const struct hold *hold = hold_of(outcome);

	host->under_way--;
	pause_after(host, pause, now);
	if (hold != NULL) {
		strike(host, outcome, hold, retry_after, now);
	} else if (now >= host->held) {
		host->strikes = 0;
		host->why = OUTCOME_FINE;
	}
}

void politeness_retry(struct politeness *host, int64_t now)
{
	const struct hold *hold = hold_of(host->why);

	if (hold == NULL || !hold->unreached)
		return;
	host->held = now;
	host->strikes = 0;
	host->why = OUTCOME_FINE;
}
