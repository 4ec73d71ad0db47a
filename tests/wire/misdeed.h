/*
 * Misdeeds: what hosts do that hosts should not do. Each has a name and a host
 * of its own, NAME.odd.localhost, so that what is done about one leaves the
 * others alone. A row says what is sent, byte by byte where it must be, and
 * what is expected of the daemon; the plays read the same table.
 */
#ifndef WIRE_MISDEED_H
#define WIRE_MISDEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "tests/wire/score.h"
#include "tests/wire/wire.h"

struct answer;
struct call; /* see call.h */

struct body { /* of an answer; from malloc() */
	char *bytes;
	size_t length;
};

/* What is done to a body before it is sent; what it takes is freed. */
typedef void pack_fn(
    struct call *call, const struct answer *answer, struct body *body);

/* How an answer is sent. */
typedef void send_fn(
    struct call *call, const struct answer *answer, const struct body *body);

enum fresh {
	IF_SAME, /* 304 to who sends back what was given last, byte for byte */
	ALWAYS,  /* whatever is asked */
	NEVER
};

/* Zeroed it is what an ordinary host answers. In `headers` @RAW@, @TLS@ and
   @HOST@ are filled in, and @NTH@, which counts requests. */
struct answer {
	const char *status;  /* NULL: "200 OK" */
	const char *headers; /* lines with their ends; instead of validators */
	const char *part;    /* of pages/odd.localhost.html; "": no body */
	pack_fn *pack;
	send_fn *send;        /* NULL: as it should be */
	unsigned long number; /* for pack or send */
	enum fresh fresh;
	unsigned times; /* so often, then comes `then`; 0: always */
};

struct misdeed {
	const char *name, *what;

	/* Expected: a class of the source's status or several with |, a part of
	   what is said (a pattern), and records in the spool; -1: any. */
	const char *class, *said;
	int records;

	const char *url;      /* NULL: http://NAME.odd.localhost:@RAW@/feed */
	const char *settings; /* lines of its .conf, separated by ; */

	struct answer feed, then, page, robots;
	const char *forbid; /* what its robots.txt says, for the score */
	double crawl_delay;
};

/* The first label of the host is its name; NULL: there is none. */
const struct misdeed *misdeed_of(const char *host);
size_t misdeed_number(const struct misdeed *misdeed);
enum { MAX_MISDEEDS = 160 };

/* Tab-separated: name, url, class, records, said, settings, what. */
void misdeeds_write(FILE *out);

/* What their robots.txt lay down. */
void misdeeds_own(struct owners *owners);

#endif
