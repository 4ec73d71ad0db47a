/*
 * VNS, Viet Nam News: vietnamnews.vn, the English daily of VNA.
 *
 * Addresses have the number before the words. No page was at hand when this was
 * written, so each part is looked for in more than one place.
 */
#include <string.h>

#include "plugin.h"

static const char digits[] = "0123456789";

/* "/economy/1692879/some-words.html": the number before the last slash. */
static const char *key(struct dl_job *job, const char *url)
{
	const char *at = url != NULL ? url : "";

	while ((at = strchr(at, '/')) != NULL) {
		size_t len = strspn(++at, digits);
		const char *end = at + len + 1, *stop;

		if (len < 4 || at[len] != '/')
			continue;
		stop = end + strcspn(end, "/?#");
		if (stop - end > 5 && memcmp(stop - 5, ".html", 5) == 0)
			return job_copy(job, at, len);
	}
	return NULL;
}

static enum dl_verdict discover(struct dl_job *job, const struct dl_page *feed)
{
	static const struct dl_listing listing = {
		.boxes = "div.vnnews-list-news ul li a, "
			 "div.vnnews-big-list-news a, "
			 ".l-content article h2 a",
	};
	struct dl_entry *entry = NULL;

	while ((entry = listing_next(job, feed, &listing, entry)) != NULL) {
		if (key(job, entry->url) != NULL)
			entry_add(job, entry);
	}
	return DL_DONE;
}

/* The paper, where a name would stand. */
static int is_house(struct dl_job *job, const char *name)
{
	const char *ascii = text_ascii(job, name);

	return ascii != NULL && strcmp(ascii, "Viet Nam News") == 0;
}

/* The paragraphs of the story without the house's own name. */
static const char *without_house(struct dl_job *job, const char *text)
{
	const struct dl_list *one, *left = NULL;

	for (one = text_paragraphs(job, text); one != NULL; one = one->next) {
		if (!is_house(job, one->text))
			text_append(job, &left, one->text);
	}
	return text_join(job, left);
}

/* "By Hoàng Mai & Lê Hương" */
static void say_authors(
    struct dl_job *job, struct dl_record *record, const char *names)
{
	static const char *const between[] = { " & ", " and ", ", ", NULL };
	const struct dl_list *name = text_split(job, names, between);

	for (; name != NULL; name = name->next) {
		if (!is_house(job, name->text))
			record_author(job, record, name->text);
	}
}

/* Whether two moments are the same minute on the clock of their place. */
static int same_clock(const struct dl_moment *a, const struct dl_moment *b)
{
	return a != NULL && b != NULL &&
	    (a->seconds + a->offset) / 60 == (b->seconds + b->offset) / 60;
}

/* A `Z` behind the time that the page shows, too, is Hà Nội's all the same. */
static const struct dl_moment *moment_meta(
    struct dl_job *job, const char *text, const struct dl_moment *shown)
{
	const struct dl_moment *moment = date_parse(job, text, DL_FROM_META, 0);
	size_t len = text != NULL ? strlen(text) : 0;

	if (len == 0 || text[len - 1] != 'Z' || !same_clock(moment, shown))
		return moment;
	return date_parse(job, job_copy(job, text, len - 1), DL_FROM_META, 0);
}

/* "July, 20/2021 - 08:25", "January 03, 2018 - 09:00", and with "Update: " */
static void say_dates(struct dl_job *job, struct dl_record *record,
    const struct dl_page *page, const struct dl_node *root)
{
	static const char meta[] = "article:published_time",
			  time_is[] = "div.vnnews-time-post > span, "
				      "div.vnnews-time-post";
	const char *time = dom_text(job, dom_first(job, root, time_is));
	const struct dl_moment *shown =
	    date_parse(job, time, DL_FROM_PAGE, DL_DAY_FIRST);

	if (shown == NULL && time != NULL)
		shown = date_find(
		    job, time, DL_FROM_PAGE, DL_DAY_FIRST, NULL, NULL);
	record_published(job, record,
	    moment_meta(job, page_meta(job, page, meta), shown), meta);
	record_published(job, record, shown, time_is);
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	/* Teasers of other stories look like theirs. */
	static const char bodies[] =
	    "div.vnnews-ct-post div.vnnews-text-post, div.vnnews-text-post, "
	    "#abody";
	static const char boxes[] = "figure, .vnnews-relate-post, "
				    ".vnnews-share-post, .vnnews-tags-post";
	const struct dl_node *root = dom_root(job, page);
	const char *body_is;
	const struct dl_node *body = dom_best(job, root, bodies, &body_is);
	const char *text = dom_prose(job, body, boxes);

	if (body == NULL)
		return job_fail(job, "no text: no %s", bodies);
	say_dates(job, record, page, root);
	record_head(job, record, page);
	record_set(
	    job, record, DL_LANGUAGE, "en", DL_FROM_RULE, "a paper in English");
	record_take(job, record, DL_TITLE, root, "div.vnnews-ct-post h3");
	record_take(job, record, DL_TITLE, root, ".vnnews-tt-post");
	record_images(job, record, body, "figure, table, img", NULL);
	text = text_uncaptioned(job, text, record->images);
	record_set(job, record, DL_TEXT, without_house(job, text), DL_FROM_PAGE,
	    body_is);
	say_authors(job, record,
	    dom_text(job, dom_first(job, root, "span.vnnews-user-post")));
	record_tags(job, record, root, ".vnnews-tags-post a");
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "vns",
	.version = "1.0",
	.about = "VNS, Viet Nam News, vietnamnews.vn",
	.agency = "VNS",
	.zone = "Asia/Ho_Chi_Minh",
	.key = key,
	.discover = discover,
	.extract = extract,
};
