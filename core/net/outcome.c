/* What came of a request, as a class. */
#include "core/net/outcome.h"

#define MINUTE ((int64_t)60 * 1000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define WEEK (7 * DAY)

/* About a week: the time between two doubles, from a minute up to six hours. */
#define TRIES_MOST 36

/*
 * A host that is not reached may be back any minute; one that says no will say
 * so tomorrow. How often a page is asked for: what the network does to us is
 * nobody's no, what we refuse ourselves will not change.
 */
static const struct {
	const char *name;
	int64_t back_off; /* cap, ms */
	int64_t tries;    /* of a page */
} abouts[N_OUTCOMES] = {
	[OUTCOME_FINE] = { "fine", 0, 0 },
	[OUTCOME_UNCHANGED] = { "unchanged", 0, 0 },
	[OUTCOME_DNS] = { "dns", 15 * MINUTE, TRIES_MOST },
	[OUTCOME_CONNECT] = { "connect", 15 * MINUTE, TRIES_MOST },
	[OUTCOME_TLS] = { "tls", HOUR, TRIES_MOST },
	[OUTCOME_TIMEOUT] = { "timeout", HOUR, TRIES_MOST },
	[OUTCOME_BROKEN] = { "broken", HOUR, 10 },
	[OUTCOME_HTTP_4XX] = { "http-4xx", DAY, 4 },
	[OUTCOME_HTTP_5XX] = { "http-5xx", HOUR, TRIES_MOST },
	[OUTCOME_NOT_FOUND] = { "not-found", DAY, 4 },
	[OUTCOME_GONE] = { "gone", WEEK, 1 },
	[OUTCOME_LIMITED] = { "limited", 6 * HOUR, TRIES_MOST },
	[OUTCOME_BLOCKED] = { "blocked", 6 * HOUR, TRIES_MOST },
	[OUTCOME_REDIRECTS] = { "redirects", DAY, 4 },
	[OUTCOME_FORBIDDEN] = { "forbidden", DAY, 1 },
	[OUTCOME_HELD] = { "held", 0, TRIES_MOST },
	[OUTCOME_REFUSED] = { "refused", DAY, 1 },
	[OUTCOME_EMPTY] = { "empty", 6 * HOUR, 4 },
	[OUTCOME_NO_ENTRIES] = { "no-entries", 6 * HOUR, 4 },
	[OUTCOME_NOT_A_FEED] = { "not-a-feed", 6 * HOUR, 4 },
	[OUTCOME_UNREADABLE] = { "unreadable", 6 * HOUR, 3 },
	[OUTCOME_OURS] = { "ours", MINUTE, TRIES_MOST },
};

const char *outcome_name(enum outcome outcome)
{
	return abouts[outcome].name;
}

bool outcome_is_fine(enum outcome outcome)
{
	return outcome == OUTCOME_FINE || outcome == OUTCOME_UNCHANGED;
}

int64_t outcome_back_off(enum outcome outcome)
{
	return abouts[outcome].back_off;
}

int64_t outcome_tries(enum outcome outcome)
{
	return abouts[outcome].tries;
}

/* 202 is what a wall answers while its script runs: "accepted", and no page. */
enum outcome outcome_of_status(long status, bool retry_after)
{
	switch (status) {
	case 200:
	case 203: return OUTCOME_FINE;
	case 202: return OUTCOME_BLOCKED;
	case 204:
	case 205: return OUTCOME_EMPTY;
	case 304: return OUTCOME_UNCHANGED;
	case 403:
	case 451: return OUTCOME_BLOCKED;
	case 404: return OUTCOME_NOT_FOUND;
	case 410: return OUTCOME_GONE;
	case 429: return OUTCOME_LIMITED;
	case 503: return retry_after ? OUTCOME_LIMITED : OUTCOME_HTTP_5XX;
	default: break;
	}
	if (status >= 500)
		return OUTCOME_HTTP_5XX;
	if (status >= 400)
		return OUTCOME_HTTP_4XX;
	return status >= 300 ? OUTCOME_REDIRECTS : OUTCOME_BROKEN;
}
