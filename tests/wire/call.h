/*
 * A request to the raw server, and its answer on the way: bytes that nobody
 * has looked at, so that they can be wrong in any way.
 */
#ifndef WIRE_CALL_H
#define WIRE_CALL_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "tests/wire/misdeed.h"

struct state { /* of a misdeed, between calls; the wire's lock is around it */
	unsigned asked[3];              /* by enum kind */
	char etag[8192], modified[128]; /* given last with a feed */
};

struct call {
	struct wire *wire;
	int fd;
	char head[16384]; /* of the request, ended by NUL */
	char method[16], path[320], host[256]; /* host with its port */
	const struct misdeed *misdeed;
	struct state *state;
	enum kind kind;
	unsigned nth; /* of this kind at this misdeed, from 1 */
	double asked; /* seconds of clock_now() */

	char sent[16384]; /* the beginning of the answer */
	size_t n_sent;
	bool lost; /* nobody is there any more */
};

/* A header of the request or, below, of what was sent so far: without white
   space around it, in `value`; NULL if there is none. */
const char *call_header(
    const struct call *call, const char *name, char *value, size_t size);
const char *call_told(
    const struct call *call, const char *name, char *value, size_t size);

void call_send(struct call *call, const void *bytes, size_t length);
void call_say(struct call *call, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Until the other side is gone; false if it is. */
bool call_pause(struct call *call, int millis);

/* Resets the connection instead of closing it. */
void call_reset(struct call *call);

/* The head of an answer without its empty line; the caller frees it. Validators
   are those of `answer`, or ordinary ones. */
char *call_head(struct call *call, const struct answer *answer);

#endif
