/*
 * What the owners of hosts have laid down: how often a feed may be asked, how
 * fast, and what not at all. It is told to those who ask, in headers, feeds and
 * robots.txt, and the score (score.h) holds them to it.
 */
#ifndef WIRE_OWNER_H
#define WIRE_OWNER_H

#include <stdbool.h>

enum { MAX_OWNERS = 128 };

struct owner { /* 0 and "": nothing is laid down */
	char host[64];
	unsigned max_age;     /* seconds, in Cache-Control of feeds */
	unsigned ttl;         /* minutes, in the feed itself */
	unsigned distrust;    /* requests with validators for one without */
	double crawl_delay;   /* seconds, in robots.txt */
	char forbid[128];     /* paths that begin so, in robots.txt */
	unsigned retry_after; /* seconds, with 429 and 503 */
};

struct owners {
	struct owner owner[MAX_OWNERS];
	unsigned count;
};

/* NULL: nobody has laid down anything for the host. */
const struct owner *owner_find(const struct owners *owners, const char *host);

/* The host's, made if there is none; dies if there are too many. */
struct owner *owner_of(struct owners *owners, const char *host);

/* "max-age", "2": false if there is no such rule, or it is no number. */
bool owner_rule(struct owner *owner, const char *rule, const char *value);

/* Seconds between two looks at a feed, by max-age and ttl; 0: any. */
double owner_interval(const struct owner *owner);

#endif
