/*
 * A configuration at work, and the feeds that are watched under it. A reload
 * makes a new edition; what was begun under the old one ends under it.
 */
#ifndef EDITION_H
#define EDITION_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/conf.h"
#include "core/daemon/schedule.h"

struct feed {
	const struct source *source;
	const char *url;
	struct watch watch;
	bool busy;    /* it is being looked at */
	bool failing; /* since it was last told of in the log */
};

struct edition {
	struct conf *conf;
	struct feed *feeds; /* of enabled sources */
	size_t n_feeds;
	int users; /* tasks under it, and the daemon */
};

/* Takes the configuration over. Feeds that `before` (may be NULL) watched too
   keep their turn. `chance` spreads the others. */
struct edition *edition_new(struct conf *conf, const struct edition *before,
    int64_t now, uint64_t chance);

struct edition *edition_use(struct edition *edition);
void edition_leave(
    struct edition *edition); /* the last one frees; takes NULL */

/* The feed whose turn is next, of those that are not busy; NULL: none. */
struct feed *edition_next(const struct edition *edition);

#endif
