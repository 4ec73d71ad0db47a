/*
 * The model network: hosts that answer, or do not, and sources that publish.
 * What it does at a time depends on its seed and on what it was asked before
 * (by hosts that count), not on who asks.
 *
 * Stories of a source are numbered from 0 in the order in which they came out.
 * Times are true: milliseconds since the run began.
 */
#ifndef WORLD_H
#define WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/sim/chance.h"
#include "tests/sim/sim.h"

#define WORLD_FEEDS 2               /* of a source, at most */
#define WORLD_LADDER 6              /* steps, with the 0 at the end */
#define WORLD_URL 80                /* bytes of an address */
#define WORLD_TIMEOUT (60 * SECOND) /* the daemon's */

struct world;

/* ---- what the configuration says of a source ---- */

struct plan {
	int64_t min_interval, max_interval, pause; /* milliseconds */
	int64_t distrust;
	int connections;
	bool robots, honour_ttl;
	int64_t ladder[WORLD_LADDER];
	int n_feeds;
};

/* ---- what is true of it ---- */

enum validators {
	HONEST, /* an ETag that changes with the bytes */
	DATED,  /* Last-Modified, which has seconds only */
	NONE,
	STUCK,      /* one for all times; "unchanged" to who sends it */
	NEVER_SAME, /* another one with each answer */
	IGNORED,    /* they are right, but what is sent is the whole */
	NOISY,      /* bytes and ETag change each time, the entries do not */
	N_VALIDATORS
};

struct truth { /* of one feed */
	size_t source, host, page_host;
	int window; /* entries that it shows */
	int every;  /* of how many stories it shows one */
	enum validators validators;
	bool moved;           /* its address leads to another one */
	bool tells_changes;   /* corrections change its bytes */
	int64_t ttl, max_age; /* milliseconds; 0: it does not say */
	uint32_t skip_hours;
	uint8_t skip_days;
	int64_t gone; /* 410 from then on */
};

enum robots_kind {
	ROBOTS_NONE,    /* 404 */
	ROBOTS_FREE,    /* it forbids what is not asked for */
	ROBOTS_DELAY,   /* and has a Crawl-delay */
	ROBOTS_CLOSED,  /* it forbids all */
	ROBOTS_US,      /* it forbids us */
	ROBOTS_OTHERS,  /* it forbids all but us */
	ROBOTS_PAGES,   /* it forbids the pages, not the feeds */
	ROBOTS_WALL,    /* 403 */
	ROBOTS_BROKEN,  /* 500, for ever */
	ROBOTS_HTML,    /* a page that says 200 */
	ROBOTS_MOVED,   /* a redirect to another host's */
	ROBOTS_CHANGES, /* free, later closed, later free */
	N_ROBOTS
};

/* ---- asking ---- */

enum way { CAME, NO_NAME, NO_CONNECTION, NO_TLS, TOO_SLOW, CUT_SHORT };

enum looks { LIKE_A_FEED, LIKE_A_PAGE, LIKE_NOTHING, LIKE_HTML, LIKE_NOISE };

enum kind { A_ROBOTS, A_FEED, A_MOVED_FEED, A_PAGE, A_MOVED_PAGE, A_STRANGER };

struct place { /* what an address leads to */
	size_t host;
	enum kind kind;
	size_t source;
	int feed;      /* of the source, 0 or 1 */
	int64_t story; /* its number */
};

struct answer {
	enum way way;
	int64_t took; /* milliseconds until it came */
	long status;
	char retry_after[32], date[32], cache[48]; /* headers; "": none */
	char location[WORLD_URL];
	uint64_t etag;     /* 0: none */
	uint64_t body;     /* a hash of the bytes */
	const char *bytes; /* of a robots.txt */
	enum looks looks;

	/* Of a feed: the stories `first`, `first + every`... `last`. */
	int64_t first, last;
	int every;
};

struct world *world_new(
    struct sim *sim, uint64_t seed, size_t sources, size_t hosts, int days);
void world_free(struct world *world);

size_t world_sources(const struct world *world);
size_t world_hosts(const struct world *world);
const struct plan *world_plan(const struct world *world, size_t source);
const struct truth *world_truth(
    const struct world *world, size_t source, int feed);
enum robots_kind world_robots(const struct world *world, size_t host);

/* Its Crawl-delay, in milliseconds, or 0. */
int64_t world_delay(const struct world *world, size_t host);

/* Whether a source's robots.txt lets us have what is there; as it is now. */
bool world_allows(
    const struct world *world, const struct place *place, int64_t at);

/* The address that the configuration has for a feed; and that of a story. */
void world_feed_url(
    const struct world *world, size_t source, int feed, char url[WORLD_URL]);
void world_page_url(const struct world *world, size_t source, int64_t story,
    char url[WORLD_URL]);
bool world_place(
    const struct world *world, const char *url, struct place *place);

/* What comes of a request that is made now, with that validator or 0. */
void world_ask(
    struct world *world, const char *url, uint64_t etag, struct answer *answer);

/* How many stories a source has published until now, and when each was. */
int64_t world_published(struct world *world, size_t source);
int64_t world_when(const struct world *world, size_t source, int64_t story);

/* When a story was corrected; INT64_MAX: never. */
int64_t world_corrected(
    const struct world *world, size_t source, int64_t story);

/* While it is silent it publishes nothing; both 0: it never is. */
void world_silence(
    const struct world *world, size_t source, int64_t *from, int64_t *until);

#endif
