/* Where a site says what its stories are. */
#ifndef DISCOVERY_H
#define DISCOVERY_H

#include "core/tool/site.h"

struct discovery {               /* all the site's */
	const struct came *feed; /* NULL: neither feed nor listing was found */
	const char *boxes;       /* of a listing; NULL: it is a feed */
	const struct dl_entry *const *entries;
	size_t n_entries;
	const char *why; /* there is no feed; NULL: there is one */
	bool answered;   /* the url's host did */
};

/*
 * At the url itself, at the feeds that its page names, and at the usual paths
 * of its host; else the page as a listing. Says on stderr what it asks for.
 */
void discovery_make(
    struct site *site, const char *url, struct discovery *discovery);

#endif
