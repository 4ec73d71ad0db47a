/*
 * The score: what strict owners of feeds hold against those who ask. It sees
 * each request with its answer, whichever server gave it, and counts faults.
 */
#ifndef WIRE_SCORE_H
#define WIRE_SCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "tests/wire/owner.h"

enum kind { PAGE, FEED, ROBOTS };

struct visit { /* a request and its answer; NULL: had no such header */
	const char *host, *path;
	enum kind kind;
	const char *etag, *since; /* If-None-Match, If-Modified-Since */
	const char *agent, *cookie, *referrer;

	unsigned status;
	const char *sent_etag, *sent_modified;
	double retry_after; /* seconds; 0: the answer did not say */

	double asked, answered; /* seconds of clock_now() */
};

enum fault {
	UNCONDITIONAL,    /* without the validators that it was given */
	WRONG_VALIDATORS, /* others than the last ones, byte for byte */
	TOO_SOON,         /* before the feed's own interval was over */
	INSIDE_RETRY_AFTER,
	FORBIDDEN, /* by robots.txt */
	ROBOTS_NOT_ASKED,
	CRAWL_DELAY,
	NO_CONTACT, /* in the User-Agent */
	COOKIE,
	REFERRER,
	FAULTS
};

enum { MAX_EXAMPLES = 3 }; /* of each fault */

struct example {
	char host[64], path[320], why[256];
	double when;
};

struct score {
	struct seen_page *page; /* what was asked for, and given with it */
	size_t pages, room;
	struct seen_host *host;
	size_t hosts;
	unsigned long visits, feeds, conditional, unchanged;
	unsigned long count[FAULTS];
	struct example example[FAULTS][MAX_EXAMPLES];
};

/* `owner` may be NULL. The texts of the visit are copied. */
void score_visit(
    struct score *score, const struct owner *owner, const struct visit *visit);

/* A robots.txt is being asked for: from now on its rules hold, though its
   answer may take a while. score_visit() says so, too. */
void score_robots(
    struct score *score, const struct owner *owner, const char *host);

/* Who asks has just been killed, and may not have kept what it was answered in
   its last second: of pages answered then the next request is let pass, as far
   as it is about that answer, and a Retry-After of then is void. Returns how
   many pages there are. */
unsigned score_pardon(struct score *score, double now);

/* One JSON object; `begun` is what milliseconds are counted from. */
void score_write(FILE *out, const struct score *score, double begun);
void score_free(struct score *score);

#endif
