/*
 * What must be true of whoever asks the model network, whatever he decides by.
 * The judge sees requests and answers, knows what the sources' owners and the
 * configuration want, and shares no code with what it judges.
 *
 * A rule is either about too much, and looked at with every request, or about
 * too little, and looked at again and again: nothing that is owed is late while
 * the host that it is owed by has nothing to do.
 */
#ifndef JUDGE_H
#define JUDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "tests/sim/sim.h"
#include "tests/sim/world.h"

enum rule {
	/* The score of the strict owner of a feed. */
	RULE_PAUSE,         /* two requests to a host, and a pause between */
	RULE_CONNECTIONS,   /* not more of them at a time */
	RULE_RETRY_AFTER,   /* nothing before it is over */
	RULE_INTERVAL,      /* no look at a feed before its time */
	RULE_SKIPPED,       /* nor in an hour or on a day that it names */
	RULE_UNCONDITIONAL, /* a whole feed only with a reason */
	RULE_VALIDATORS,    /* those that it has given, and the last ones */
	RULE_ROBOTS,        /* robots.txt is asked, and obeyed */
	RULE_ROBOTS_OFTEN,  /* but not again and again */
	RULE_PAGE_OFTEN,    /* nor is a page */

	/* What those want who read the news. */
	RULE_FEED_LATE,   /* a feed is looked at when its time has come */
	RULE_WHOLE_LATE,  /* and once in a while as a whole */
	RULE_STORY_LATE,  /* a story that was shown is fetched */
	RULE_STORY_BOUND, /* and in the end not later than... */
	RULE_LADDER,      /* and looked at again, as often as is said */
	RULE_OVERFLOW,    /* what could not be seen is told */
	RULE_LIES,        /* who lies is found out, and nobody else */
	RULE_DRIFT,       /* who is silent is told, and nobody else */
	RULE_HOSTS,       /* what is remembered of hosts is bounded */
	N_RULES
};

struct asked { /* a request */
	struct place place;
	size_t source;    /* for whom */
	uint64_t etag;    /* 0: without */
	size_t robots_of; /* of A_ROBOTS: the host for which it is asked */
};

struct judge_report {
	uint64_t checks[N_RULES], broken[N_RULES];
	uint64_t requests, polls, whole, unchanged, pages, rechecks, robots;
	uint64_t failed; /* answers that were none */
	uint64_t stories, fetched, overflowed, given_up;
	int64_t late_half, late_tenth, late_most; /* ms from publication on */
	int64_t alarms, watched; /* hours of drift told, and of all sources */
};

struct judge;

/* What is broken is told to `out`, the first few of each rule; and each request
   to the host `trace`, if that is not -1. */
struct judge *judge_new(struct sim *sim, struct world *world, uint64_t seed,
    int64_t trace, FILE *out);
void judge_free(struct judge *judge);

void judge_asked(struct judge *judge, const struct asked *asked);

/* It has come, and been told to the daemon; what it has said of a feed. */
void judge_answered(struct judge *judge, const struct asked *asked,
    const struct answer *answer);
void judge_said(
    struct judge *judge, size_t source, int feed, bool overflow, bool lies);

/* An hour is over, and a source drifts; or does not. */
void judge_drift(struct judge *judge, size_t source, bool drifts);

/* How many hosts are remembered. */
void judge_hosts(struct judge *judge, size_t n);

/* The daemon ends, with what is under way; it begins; the clock on its wall has
   been set. */
void judge_stopped(struct judge *judge);
void judge_started(struct judge *judge);
void judge_clock_set(struct judge *judge);

/* Looks for what is late. */
void judge_look(struct judge *judge);

void judge_tell(struct judge *judge, struct judge_report *report);
const char *judge_rule(enum rule rule);

/* How much has been broken so far. */
uint64_t judge_broken(const struct judge *judge);

#endif
