/*
 * A robots.txt, read as RFC 9309 says: of all that it tells, the rules for one
 * robot. Pure: bytes and a URL go in, a verdict comes out.
 */
#ifndef ROBOTS_H
#define ROBOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct robots;

/*
 * Reads the first LIMIT_ROBOTS bytes; of more, a line that the limit cuts in
 * two does not count, so whoever cuts leaves one byte more. `agent` is a
 * product token, or a whole User-Agent that begins with one: "dateline/0.1
 * (+https://…)" is `dateline`. What begins with none ("News Bot", "4news")
 * gets the rules for everybody. Never NULL: what is no robots.txt has no
 * rules. Nothing of `bytes` and `agent` is kept. robots_free() takes NULL.
 */
struct robots *robots_read(const char *bytes, size_t len, const char *agent);
void robots_free(struct robots *robots);

struct robots_verdict {
	bool allowed;
	int line;         /* of the rule, from 1; 0: no rule matched */
	const char *rule; /* as it stands there: "Disallow: /tmp/"; or NULL;
			     as long as the robots live; any bytes but NUL */
};

/* May the page be fetched? `url` is whole, or a path with its query. */
void robots_ask(const struct robots *robots, const char *url,
    struct robots_verdict *verdict);

/* Milliseconds that it wants between two requests (Crawl-delay, which is not
   of the RFC but of many files); 0: it does not say. At most a day. */
int64_t robots_delay(const struct robots *robots);

#endif
