/* A configuration at work, and the feeds that are watched under it. */
#include <stdlib.h>
#include <string.h>

#include "core/base/xalloc.h"
#include "core/daemon/edition.h"

static size_t count_feeds(const struct conf *conf)
{
	const struct source *source;
	const struct dl_list *url;
	size_t n = 0;

	for (source = conf->sources; source != NULL; source = source->next) {
		for (url = source->feeds; url != NULL && source->enabled;
		     url = url->next)
			n++;
	}
	return n;
}

static const struct feed *same_feed(
    const struct edition *edition, const struct feed *feed)
{
	size_t i;

	for (i = 0; edition != NULL && i < edition->n_feeds; i++) {
		const struct feed *other = &edition->feeds[i];

		if (strcmp(other->source->name, feed->source->name) == 0 &&
		    strcmp(other->url, feed->url) == 0 &&
		    other->source->interval == feed->source->interval)
			return other;
	}
	return NULL;
}

static void feed_begin(struct feed *feed, const struct edition *before,
    int64_t now, uint64_t chance)
{
	const struct feed *same = same_feed(before, feed);

	if (same != NULL) {
		feed->watch = same->watch;
		feed->failing = same->failing;
		if (same->busy) /* who is at it has no turn to give us */
			feed->watch.due = now + feed->source->interval;
	} else {
		schedule_begin(
		    &feed->watch, feed->source->interval, now, chance);
	}
}

struct edition *edition_new(struct conf *conf, const struct edition *before,
    int64_t now, uint64_t chance)
{
	struct edition *edition = xcalloc(1, sizeof(*edition));
	const struct source *source;
	const struct dl_list *url;

	edition->conf = conf;
	edition->users = 1;
	edition->feeds = xcalloc(count_feeds(conf) + 1, sizeof(struct feed));
	for (source = conf->sources; source != NULL; source = source->next) {
		for (url = source->feeds; url != NULL && source->enabled;
		     url = url->next) {
			struct feed *feed = &edition->feeds[edition->n_feeds++];

			feed->source = source;
			feed->url = url->text;
			chance = chance * 6364136223846793005u + 1;
			feed_begin(feed, before, now, chance >> 33);
		}
	}
	return edition;
}

struct edition *edition_use(struct edition *edition)
{
	edition->users++;
	return edition;
}

void edition_leave(struct edition *edition)
{
	if (edition == NULL || --edition->users > 0)
		return;
	conf_free(edition->conf);
	free(edition->feeds);
	free(edition);
}

struct feed *edition_next(const struct edition *edition)
{
	struct feed *next = NULL;
	size_t i;

	for (i = 0; i < edition->n_feeds; i++) {
		struct feed *feed = &edition->feeds[i];

		if (!feed->busy &&
		    (next == NULL || feed->watch.due < next->watch.due))
			next = feed;
	}
	return next;
}
