/* Listings: pages, and lists in JSON, that name stories. */
#include <string.h>

#include "core/kit/date.h"
#include "core/kit/dom.h"
#include "core/kit/entry.h"
#include "core/kit/job.h"
#include "core/kit/json.h"

#define MILLIS_FROM ((int64_t)100000000000) /* seconds of the year 5138 */

static void nothing(
    struct dl_job *job, const struct dl_listing *listing, size_t boxes)
{
	job->not_a_feed = true;
	if (boxes == 0)
		job_break(job, "neither a feed nor a listing: it has no %s",
		    listing->boxes);
	else
		job_break(job, "no link with a title in any %s: %s",
		    listing->boxes, text_or(listing->link, "a[href]"));
}

/* ---- of a page ---- */

/* Pictures are links of their own, to the same page. */
static const struct dl_node *link_in(struct dl_job *job,
    const struct dl_node *box, const struct dl_listing *listing)
{
	const char *selector = text_or(listing->link, "a[href]");
	const struct dl_node *link = NULL;

	if (listing->link == NULL && dom_is(job, box, selector))
		return box;
	while ((link = dom_next(job, box, selector, link)) != NULL) {
		if (listing->title != NULL || dom_text(job, link) != NULL)
			return link;
	}
	return NULL;
}

/* "3 hours ago" is told from the fetch, where there was one. */
static const struct dl_moment *time_shown(
    struct dl_job *job, const struct dl_node *time, unsigned hints)
{
	const char *shown = dom_text(job, time);
	const struct dl_moment *moment = date_parse(
	    job, dom_attr(job, time, "datetime"), DL_FROM_FEED, hints);

	if (moment == NULL)
		moment = date_parse(job, shown, DL_FROM_FEED, hints);
	if (moment == NULL)
		moment = date_find(job, shown, DL_FROM_FEED, hints, NULL, NULL);
	if (moment == NULL)
		moment = date_parse(job, dom_attr(job, time, "title"),
		    DL_FROM_FEED, job->plugin->hints);
	if (moment == NULL && job->fetched != 0)
		moment = date_ago(job, shown, DL_FROM_FEED, job->fetched);
	return moment;
}

static void box_read(struct reading *reading, const struct dl_node *box,
    const struct dl_listing *listing)
{
	struct dl_job *job = reading->job;
	const struct dl_node *link = link_in(job, box, listing);
	struct dl_entry entry = { .url = dom_url(job, link, "href") };

	entry.title = dom_text(job,
	    listing->title != NULL ? dom_first(job, box, listing->title)
				   : link);
	if (entry.url == NULL || entry.title == NULL)
		return;
	entry.summary = dom_text(job, dom_first(job, box, listing->summary));
	entry.published =
	    time_shown(job, dom_first(job, box, listing->time), listing->hints);
	reading_put(reading, &entry);
}

static void page_read(struct reading *reading, const struct dl_page *page,
    const struct dl_listing *listing)
{
	struct dl_job *job = reading->job;
	const struct dl_node *root = dom_root(job, page), *box = NULL;
	size_t boxes = 0;

	while ((box = dom_next(job, root, listing->boxes, box)) != NULL) {
		box_read(reading, box, listing);
		boxes++;
	}
	if (reading->n == 0)
		nothing(job, listing, boxes);
	page_want(job,
	    dom_url(job, dom_first(job, root, listing->older), "href"),
	    DL_WANT_OLDER);
}

/* ---- of a list in JSON ---- */

static bool is_json(const struct dl_page *page)
{
	const char *start = page->bytes + strspn(page->bytes, " \t\r\n");

	return *start == '{' || *start == '[' ||
	    strstr(page->type, "json") != NULL ||
	    strstr(page->type, "javascript") != NULL;
}

/* Text or HTML in one line. */
static const char *line_at(
    struct dl_job *job, const json_t *value, const char *path)
{
	const char *text =
	    path != NULL ? json_text(job, json_at(value, path)) : NULL;

	return text != NULL ? dom_text(job, dom_fragment(job, text)) : NULL;
}

static const struct dl_moment *time_at(
    struct dl_job *job, const json_t *value, const struct dl_listing *listing)
{
	const json_t *time =
	    listing->time != NULL ? json_at(value, listing->time) : NULL;
	int64_t number = json_integer_value(time);
	struct dl_moment *moment;

	if (!json_is_integer(time))
		return date_parse(
		    job, json_text(job, time), DL_FROM_FEED, listing->hints);
	moment = job_alloc(job, sizeof(*moment));
	*moment = (struct dl_moment){
		.seconds = number >= MILLIS_FROM ? number / 1000 : number,
		.precision = DL_SECOND,
		.zone = DL_ZONE_EXPLICIT,
		.from = DL_FROM_FEED,
		.raw = json_text(job, time),
	};
	return moment;
}

static void member_read(struct reading *reading, const json_t *value,
    const struct dl_listing *listing)
{
	struct dl_job *job = reading->job;
	const json_t *link = json_at(value, text_or(listing->link, "url"));
	struct dl_entry entry = { .url = url_absolute(job, reading->base,
				      json_text(job, link)) };

	entry.title = line_at(job, value, text_or(listing->title, "title"));
	if (entry.url == NULL || entry.title == NULL)
		return;
	entry.summary = line_at(job, value, listing->summary);
	entry.published = time_at(job, value, listing);
	reading_put(reading, &entry);
}

static void json_read(struct reading *reading, const struct dl_page *page,
    const struct dl_listing *listing)
{
	struct dl_job *job = reading->job;
	json_t *json = json_mended(job, page->bytes);
	const json_t *list = json_at(json, listing->boxes), *value;
	size_t i;

	if (!json_is_array(list))
		nothing(job, listing, 0);
	json_array_foreach(list, i, value) member_read(reading, value, listing);
	if (json_array_size(list) > 0 && reading->n == 0)
		nothing(job, listing, i);
	if (listing->older != NULL)
		page_want(job, json_text(job, json_at(json, listing->older)),
		    DL_WANT_OLDER);
	json_decref(json);
}

/* ---- either ---- */

static void listing_read(struct dl_job *job, const struct dl_page *page,
    const struct dl_listing *listing)
{
	struct reading reading;

	reading_begin(
	    &reading, job, text_or(page->url, job->base), &job->entries);
	if (is_json(page))
		json_read(&reading, page, listing);
	else
		page_read(&reading, page, listing);
}

struct dl_entry *listing_next(struct dl_job *job, const struct dl_page *page,
    const struct dl_listing *listing, const struct dl_entry *after)
{
	if (page == NULL || feed_is(job, page))
		return feed_next(job, page, after);
	if (job->read != page) {
		job->read = page;
		job->entries = NULL;
		listing_read(job, page, listing);
	}
	return entry_after(job, after);
}
