/* Where a site says what its stories are. */
#include <stdio.h>
#include <string.h>

#include "core/base/url.h"
#include "core/tool/discovery.h"

#define NAMED_MOST 4 /* feeds of one page that are tried */

/* Where feeds and sitemaps of news are on most sites, the best first. */
static const char *const usual[] = { "/rss", "/feed", "/rss.xml", "/feed.xml",
	"/atom.xml", "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml" };

static const struct came *ask(
    struct site *site, const char *url, const char **why)
{
	fprintf(stderr, "asking %s\n", url);
	return site_get(site, url, why);
}

/* An index of sitemaps leads to one that has entries. */
static bool entries_take(struct site *site, const struct came *came,
    struct discovery *discovery, bool again)
{
	struct result result;
	const char *why;

	site_order(site, TASK_DISCOVER, &came, 1, NULL, &result);
	if (result.verdict != DL_DONE)
		return false;
	if (result.n_entries == 0 && result.n_wanted > 0 && again) {
		came = ask(site, result.wanted[0].url, &why);
		return came != NULL &&
		    entries_take(site, came, discovery, false);
	}
	discovery->entries = result.entries;
	discovery->n_entries = result.n_entries;
	return result.n_entries > 0;
}

static bool feed_try(
    struct site *site, const char *url, struct discovery *discovery)
{
	const char *why;
	const struct came *came = ask(site, url, &why);

	if (came == NULL || !entries_take(site, came, discovery, true))
		return false;
	discovery->feed = came;
	return true;
}

/* The last selectors of a proposal are the vaguest. */
static bool listing_try(struct site *site, const struct came *page,
    const json_t *told, struct discovery *discovery)
{
	const json_t *list = json_object_get(told, "listing"), *one;
	struct setting option = { .name = "entries" };
	bool found = false;
	size_t i;

	site->source->options = &option;
	site->source->n_options = 1;
	json_array_foreach(list, i, one)
	{
		option.value = arena_dup(&site->arena,
		    json_string_value(json_object_get(one, "boxes")));
		found = entries_take(site, page, discovery, false);
		if (found)
			break;
	}
	site->source->options = NULL;
	site->source->n_options = 0;
	if (found) {
		discovery->feed = page;
		discovery->boxes = option.value;
	}
	return found;
}

static json_t *probe(struct site *site, const struct came *page)
{
	struct result result;

	site_order(site, TASK_PROBE, &page, 1, NULL, &result);
	return result.n_records > 0
	    ? json_loads(result.records[0].json, 0, NULL)
	    : json_object();
}

static bool named_try(
    struct site *site, const json_t *told, struct discovery *discovery)
{
	const json_t *feeds = json_object_get(told, "feeds"), *one;
	size_t i;

	json_array_foreach(feeds, i, one)
	{
		if (i < NAMED_MOST &&
		    feed_try(site,
			json_string_value(json_object_get(one, "url")),
			discovery))
			return true;
	}
	return false;
}

static bool usual_try(
    struct site *site, const char *url, struct discovery *discovery)
{
	size_t i;

	for (i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
		if (feed_try(
			site, url_join(&site->arena, url, usual[i]), discovery))
			return true;
	}
	return false;
}

void discovery_make(
    struct site *site, const char *url, struct discovery *discovery)
{
	const struct came *page;
	json_t *told;

	*discovery = (struct discovery){ 0 };
	page = ask(site, url, &discovery->why);
	discovery->answered = site->answered;
	if (page == NULL) {
		if (site->answered && usual_try(site, url, discovery))
			discovery->why = NULL;
		return;
	}
	if (entries_take(site, page, discovery, true)) {
		discovery->feed = page;
		return;
	}
	told = probe(site, page);
	if (!named_try(site, told, discovery) &&
	    !usual_try(site, page->url, discovery) &&
	    !listing_try(site, page, told, discovery))
		discovery->why = "no feed, no sitemap and no listing was found";
	json_decref(told);
}
