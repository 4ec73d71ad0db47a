/*
 * What came of a request, as a class: what is done about it, and what people
 * are told, depends on nothing else. A table says it all; pure.
 */
#ifndef OUTCOME_H
#define OUTCOME_H

#include <stdbool.h>
#include <stdint.h>

enum outcome {
	OUTCOME_FINE,      /* a page came */
	OUTCOME_UNCHANGED, /* 304, or the same bytes once more */

	/* The host was not reached, or did not keep it up. */
	OUTCOME_DNS,
	OUTCOME_CONNECT,
	OUTCOME_TLS,
	OUTCOME_TIMEOUT,
	OUTCOME_BROKEN, /* cut short, or no HTTP */

	/* It answered, but not with what was asked for. */
	OUTCOME_HTTP_4XX,
	OUTCOME_HTTP_5XX,
	OUTCOME_NOT_FOUND, /* 404 */
	OUTCOME_GONE,      /* 410 */
	OUTCOME_LIMITED,   /* 429, or 503 with Retry-After */
	OUTCOME_BLOCKED,   /* 403, 451, or the wall of a bot hunter */
	OUTCOME_REDIRECTS, /* too many, or to nowhere */

	/* It was not asked. */
	OUTCOME_FORBIDDEN, /* by its robots.txt */
	OUTCOME_HELD,      /* it wants to be left alone for now */
	OUTCOME_REFUSED,   /* by us: its address, its size */

	/* A feed came, or what should be one. */
	OUTCOME_EMPTY,      /* no byte */
	OUTCOME_NO_ENTRIES, /* a feed, of nothing */
	OUTCOME_NOT_A_FEED,
	OUTCOME_UNREADABLE, /* the plugin does not understand it */

	OUTCOME_OURS, /* our disk, our worker: nobody else's fault */
	N_OUTCOMES
};

/* "http-4xx". */
const char *outcome_name(enum outcome outcome);

bool outcome_is_fine(enum outcome outcome);

/* Milliseconds between two looks at a feed of which this comes again and again:
   the interval doubles up to there. */
int64_t outcome_back_off(enum outcome outcome);

/* How often a page is asked for of which this comes, before it is given up. */
int64_t outcome_tries(enum outcome outcome);

/* Of an answer that came whole. `retry_after`: it says when to come again. */
enum outcome outcome_of_status(long status, bool retry_after);

#endif
