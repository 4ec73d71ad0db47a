/* What a host answers to a request, before HTTP has its say. */
#ifndef WIRE_REPLY_H
#define WIRE_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "tests/wire/wire.h"

struct asked {
	const char *method, *host, *path;
};

struct reply {
	unsigned status;
	char *body; /* from malloc(); the server frees it */
	size_t length;
	const char *type;     /* Content-Type */
	const char *encoding; /* Content-Encoding, or NULL */
	char *location;       /* from malloc(), or NULL */
	time_t modified;      /* 0: no validators */
	bool slow;            /* a byte every now and then */
	enum kind kind;       /* what was asked for, for the score */
	unsigned max_age;     /* seconds; 0: not said */
	unsigned retry_after; /* seconds; 0: not said */
};

/* Who answers for a host; all are called with the wire locked. */
typedef void answer_fn(
    struct wire *wire, const struct asked *asked, struct reply *reply);
answer_fn site_answer, odd_answer, bulk_answer, control_answer;

/* A short text, for all that goes wrong. */
void reply_plain(struct reply *reply, unsigned status, const char *text);

/* "http://vgp.localhost:8080"; the caller frees it. */
char *reply_base(const struct wire *wire, const char *host);

#endif
