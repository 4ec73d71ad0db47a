/*
 * The log of requests: a ring, so that a long play does not eat memory. Those
 * to the control host are not in it, or asking would fill it.
 */
#ifndef WIRE_REQUESTS_H
#define WIRE_REQUESTS_H

#include <stdbool.h>
#include <stdio.h>

enum { MAX_REQUESTS = 4096 };

struct request {
	char host[64], path[320];
	char since[40]; /* If-Modified-Since, "" if none */
	char agent[128];
	char key[64];     /* X-Key, a header of a source's own; "" if none */
	bool match;       /* had it an If-None-Match? */
	unsigned status;  /* of the answer */
	unsigned long ms; /* since the wire began */
};

struct requests {
	struct request ring[MAX_REQUESTS];
	unsigned long count; /* ever; the last ones are kept */
};

void requests_add(struct requests *requests, const struct request *request);
void requests_write(FILE *out, const struct requests *requests);

#endif
