/*
 * The hosts that are asked: for each a queue of turns, its politeness, and its
 * robots.txt. Pure: it says who may go, and is told what came; who drives it
 * has the network and the clock (fetch.c; in the tests a model of both).
 *
 *     hosts_add > hosts_next: HOSTS_ASK_ROBOTS > hosts_ended, hosts_robots
 *               > hosts_next: HOSTS_GO > hosts_ended
 *               > hosts_next: HOSTS_NO
 *
 * Times are milliseconds of a clock that only goes forward.
 */
#ifndef HOSTS_H
#define HOSTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/net/outcome.h"

struct host;
struct hosts;
struct site;

struct turn { /* who wants to ask a host; the caller's, until it had its turn */
	const char *url; /* as long as the turn */
	int64_t pause;   /* the source's */
	int connections; /* at a time, as the source has it */
	bool robots;     /* robots.txt is asked first */
	bool first;      /* it goes before all that wait */

	/* The table's. */
	struct host *host;
	struct site *site; /* whose robots.txt counts; or NULL */
	bool refused;      /* its robots.txt was, by us */
	struct turn *next;
};

struct hosts *hosts_new(void);
void hosts_free(struct hosts *hosts); /* no turn of them is touched */

/* At the end of its host's queue. */
void hosts_add(struct hosts *hosts, struct turn *turn, int64_t now);

enum hosts_what {
	HOSTS_NOTHING,    /* call it again after `wait`, or when something has
			     ended if that is -1 */
	HOSTS_GO,         /* the turn may ask: hosts_ended() must follow */
	HOSTS_ASK_ROBOTS, /* ask for `robots` first, for the turn's sake:
			     hosts_ended() and hosts_robots() must follow */
	HOSTS_NO,         /* the turn is over: see `outcome` */
};

struct hosts_next {
	enum hosts_what what;
	struct turn *turn;
	char *robots;         /* url of a robots.txt; the caller frees it */
	enum outcome outcome; /* of HOSTS_NO: FORBIDDEN, HELD, REFUSED, or why
				 there is no robots.txt */
	int64_t again;        /* of HOSTS_NO: not before so many ms */
	char why[256];        /* of HOSTS_NO, a sentence */
	int64_t wait;         /* of HOSTS_NOTHING */
};

/* Call it until it says HOSTS_NOTHING. */
void hosts_next(struct hosts *hosts, int64_t now, struct hosts_next *next);

/* A request of the turn has ended, at this host. `retry_after`: milliseconds,
   or 0. A turn that is redirected is added again, with its new url. */
void hosts_ended(struct hosts *hosts, const struct turn *turn,
    enum outcome outcome, int64_t retry_after, int64_t now);

/* What came for a robots.txt. The bytes count if it is FINE. */
void hosts_robots(struct hosts *hosts, struct turn *turn, enum outcome outcome,
    const char *bytes, size_t len, int64_t now);

/* What robots.txt said of the turn that went: "allowed", or NULL if it was not
   asked. */
const char *hosts_rights(const struct turn *turn);

/* What a host has asked for before the daemon was started; believed up to a
   day. */
void hosts_hold(
    struct hosts *hosts, const char *name, int64_t until, int64_t now);

/* Somebody says that the host of `url` may be there again: see
   politeness_retry(); and a robots.txt of it that could not be had is asked for
   at the next turn. */
void hosts_retry(struct hosts *hosts, const char *url, int64_t now);

struct host_about {
	const char *name;
	int64_t held; /* ms from now; 0: it is not */
	enum outcome why;
	int waiting, under_way;
};

/* Each host that is held or has turns waiting. */
void hosts_each(const struct hosts *hosts, int64_t now,
    void (*tell)(void *whose, const struct host_about *about), void *whose);

/* How many there are. */
size_t hosts_count(const struct hosts *hosts);

#endif
