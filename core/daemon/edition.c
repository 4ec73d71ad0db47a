/* A configuration at work, and the feeds that are watched under it. */
#include <search.h>
#include <stddef.h>
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

/* ---- feeds that the edition before has watched, too ---- */

static int by_name(const void *a, const void *b)
{
	const struct feed *one = a, *other = b;
	int order = strcmp(one->source->name, other->source->name);

	return order != 0 ? order : strcmp(one->url, other->url);
}

static struct feed *find(const struct edition *edition, const struct feed *like)
{
	struct feed *const *found =
	    edition != NULL ? tfind(like, &edition->by_name, by_name) : NULL;

	return found != NULL ? *found : NULL;
}

static void keep(void *node)
{
	(void)node; /* it is its edition's */
}

static bool is_same_pace(const struct pace *a, const struct pace *b)
{
	return a->min_interval == b->min_interval &&
	    a->max_interval == b->max_interval && a->distrust == b->distrust &&
	    a->honour_ttl == b->honour_ttl;
}

static void feed_inherit(struct feed *feed, const struct feed *same)
{
	feed->watch = same->watch;
	feed->remembered = same->remembered;
	feed->failing = same->failing;
	feed->stale = same->stale;
	feed->overflows = same->overflows;
	feed_keep(&feed->error, same->error);
	feed_keep(&feed->moved_to, same->moved_to);
}

static void feed_begin(struct feed *feed, const struct edition *before,
    struct now now, uint64_t chance)
{
	const struct feed *same = find(before, feed);

	if (same != NULL)
		feed_inherit(feed, same);
	feed->awaited = same != NULL && same->turn.place == 0 && !same->rests;
	if (same == NULL || !is_same_pace(&same->pace, &feed->pace))
		schedule_begin(&feed->watch, &feed->pace, now, chance);
}

/* ---- the edition ---- */

static void feed_init(
    struct feed *feed, const struct source *source, const char *url)
{
	feed->source = source;
	feed->url = url;
	feed->pace = (struct pace){ .min_interval = source->min_interval,
		.max_interval = source->max_interval,
		.distrust = source->distrust,
		.honour_ttl = source->honour_ttl };
}

/* Few rest, and there may be a great many sources. */
static void pauses_inherit(struct conf *conf, const struct conf *before)
{
	const struct source *source = before->sources;
	struct source *same;

	for (; source != NULL; source = source->next) {
		if (source->paused &&
		    (same = conf_source(conf, source->name)) != NULL)
			same->paused = true;
	}
}

struct edition *edition_new(struct conf *conf, const struct edition *before,
    struct now now, uint64_t chance)
{
	struct edition *edition = xcalloc(1, sizeof(*edition));
	const struct source *source;
	const struct dl_list *url;

	edition->conf = conf;
	if (before != NULL)
		pauses_inherit(conf, before->conf);
	edition->generation = before != NULL ? before->generation + 1 : 1;
	edition->users = 1;
	edition->feeds = xcalloc(count_feeds(conf) + 1, sizeof(struct feed));
	for (source = conf->sources; source != NULL; source = source->next) {
		for (url = source->feeds; url != NULL && source->enabled;
		     url = url->next) {
			struct feed *feed = &edition->feeds[edition->n_feeds++];

			feed_init(feed, source, url->text);
			chance = chance * 6364136223846793005u + 1;
			feed_begin(feed, before, now, chance >> 33);
			tsearch(feed, &edition->by_name, by_name);
			if (!feed->awaited)
				edition_turn(edition, feed);
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
	size_t i;

	if (edition == NULL || --edition->users > 0)
		return;
	for (i = 0; i < edition->n_feeds; i++) {
		feed_keep(&edition->feeds[i].error, NULL);
		feed_keep(&edition->feeds[i].moved_to, NULL);
	}
	tdestroy(edition->by_name, keep);
	heap_free(&edition->turns);
	conf_free(edition->conf);
	free(edition->feeds);
	free(edition);
}

struct feed *edition_next(const struct edition *edition)
{
	struct heap_node *first = heap_first(&edition->turns);

	return first != NULL
	    ? (struct feed *)((char *)first - offsetof(struct feed, turn))
	    : NULL;
}

void edition_busy(struct edition *edition, struct feed *feed)
{
	heap_remove(&edition->turns, &feed->turn);
}

void edition_turn(struct edition *edition, struct feed *feed)
{
	feed->rests = feed->source->paused;
	if (!feed->rests)
		heap_set(&edition->turns, &feed->turn, feed->watch.due);
}

bool edition_pause(struct edition *edition, const char *name, bool paused)
{
	struct source *source = conf_source(edition->conf, name);
	size_t i;

	if (source == NULL || !source->enabled)
		return false;
	source->paused = paused;
	for (i = 0; i < edition->n_feeds; i++) {
		struct feed *feed = &edition->feeds[i];

		if (feed->source != source)
			continue;
		if (feed->turn.place != 0)
			edition_busy(edition, feed);
		else if (!feed->rests)
			continue; /* it is looked at, or another look awaited */
		edition_turn(edition, feed);
	}
	return true;
}

size_t edition_want(struct edition *edition, const char *source, struct now now)
{
	size_t i, n = 0;

	for (i = 0; i < edition->n_feeds; i++) {
		struct feed *feed = &edition->feeds[i];

		if (feed->turn.place == 0 ||
		    strcmp(feed->source->name, source) != 0)
			continue;
		feed->wanted = true;
		feed->watch.due = now.steady;
		edition_turn(edition, feed);
		n++;
	}
	return n;
}

struct feed *edition_hand_over(struct edition *edition, const struct feed *feed)
{
	struct feed *heir = find(edition, feed);

	if (heir == NULL || !heir->awaited)
		return NULL;
	feed_inherit(heir, feed);
	heir->awaited = false;
	return heir;
}

void feed_keep(const char **place, const char *text)
{
	char *copy = xstrdup(text);

	free((char *)*place);
	*place = copy;
}
