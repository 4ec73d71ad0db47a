/*
 * Any site with a feed or a listing and ordinary pages, by configuration alone.
 *
 * What a page says of itself counts before what it shows, unless [options]
 * name a place. Where an option lists several selectors, the first that finds
 * anything counts, not the one that stands first in the page.
 */
#include <string.h>

#include "plugin.h"

static const struct dl_option options[] = {
	{ "title", DL_SELECTOR_OPTION, NULL,
	    "Where the title is; else JSON-LD, og:title and h1 have it." },
	{ "text", DL_SELECTOR_OPTION, NULL,
	    "What the story is in; else the usual names are tried." },
	{ "without", DL_SELECTOR_OPTION, NULL,
	    "What is in it, but not of the story; added to the usual." },
	{ "time", DL_SELECTOR_OPTION, NULL,
	    "Where the time of publication is; else JSON-LD, meta, time." },
	{ "author", DL_SELECTOR_OPTION, NULL,
	    "Where its authors are, one each; else JSON-LD and meta." },
	{ "caption", DL_SELECTOR_OPTION, "figcaption",
	    "Where captions of images are." },
	{ "section", DL_SELECTOR_OPTION, NULL,
	    "Where its section is; else JSON-LD and meta." },
	{ "language", DL_TEXT_OPTION, NULL,
	    "Of all its pages: vi, en; else what each page says." },
	{ "pages", DL_SELECTOR_OPTION, NULL,
	    "Links to the story's further pages, or to the next of them." },
	{ "entries", DL_TEXT_OPTION, NULL,
	    "Of a listing: selector of what is an entry each; in JSON the "
	    "names on the way to the list: data.list." },
	{ "entry_link", DL_TEXT_OPTION, NULL,
	    "In an entry: its link; else the first with a text; in JSON "
	    "url." },
	{ "entry_title", DL_TEXT_OPTION, NULL,
	    "In an entry: its title; else the link's text; in JSON title." },
	{ "entry_summary", DL_TEXT_OPTION, NULL, "In an entry: its summary." },
	{ "entry_time", DL_TEXT_OPTION, NULL,
	    "In an entry: its time; in JSON also a number." },
	{ "older", DL_TEXT_OPTION, NULL,
	    "Of a listing: the link to older entries." },
	{ "date_order", DL_TEXT_OPTION, "day",
	    "day or month: which of them comes first in 05/09/2026." },
	{ NULL },
};

/* From the surest to the widest. */
static const char texts[] =
    "[itemprop=articleBody], .article-body, .article__body, .article-content, "
    ".entry-content, .post-content, .story-body, article, main";

/* What no story has in it. */
static const char others[] =
    "aside, nav, header, footer, form, button, h1, time, figure, "
    "[rel~=author], .byline, .author, .share, .social, .related, .tags, "
    ".advertisement, .ad";

static unsigned hints(struct dl_job *job)
{
	const char *order = text_or(job_option(job, "date_order"), "day");

	return strcmp(order, "month") == 0 ? DL_MONTH_FIRST : DL_DAY_FIRST;
}

/* ---- places of a page ---- */

/* The selector before the first comma that is not in brackets or quotes; the
   rest of the list is at *rest, NULL after the last. */
static const char *list_first(
    struct dl_job *job, const char *list, const char **rest)
{
	const char *at = list + strspn(list, " ");
	const char *from = at;
	char quote = '\0';
	int open = 0;

	for (; *at != '\0' && (*at != ',' || open > 0); at++) {
		if (quote != '\0' ? *at == quote : *at == '"' || *at == '\'') {
			open += quote != '\0' ? -1 : 1;
			quote = quote != '\0' ? '\0' : *at;
		} else if (quote == '\0') {
			open += *at == '[' || *at == '(';
			open -= *at == ']' || *at == ')';
		}
	}
	*rest = *at != '\0' ? at + 1 : NULL;
	return job_copy(job, from, (size_t)(at - from));
}

/* The first text of the first selector of the list that has any. */
static const char *text_at(struct dl_job *job, const struct dl_node *root,
    const char *list, const char **how)
{
	while (list != NULL) {
		const char *selector = list_first(job, list, &list);
		const struct dl_node *node = NULL;

		while ((node = dom_next(job, root, selector, node)) != NULL) {
			const char *text = dom_text(job, node);

			*how = selector;
			if (text != NULL)
				return text;
		}
	}
	return NULL;
}

static void say(struct dl_job *job, const struct dl_page *page,
    struct dl_record *record, enum dl_field field, const char *list)
{
	const char *how = NULL;
	const char *text = text_at(job, dom_root(job, page), list, &how);

	record_set(job, record, field, text, DL_FROM_PAGE, how);
}

/* What the page shows first, then what its head says, then the options: the
   last one stays. */
static void say_head(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	say(job, page, record, DL_TITLE, "[itemprop=headline], article h1, h1");
	record_head(job, record, page);
	say(job, page, record, DL_TITLE, job_option(job, "title"));
	say(job, page, record, DL_SECTION, job_option(job, "section"));
	record_set(job, record, DL_LANGUAGE, job_option(job, "language"),
	    DL_FROM_RULE, "option language");
}

/* ---- times ---- */

/* Of <time datetime>, else of what it shows. */
static const struct dl_moment *moment_of(
    struct dl_job *job, const struct dl_node *node)
{
	const char *attribute = dom_attr(job, node, "datetime");
	const char *text = dom_text(job, node);
	const struct dl_moment *moment;

	moment = date_parse(job, attribute, DL_FROM_META, hints(job));
	if (moment == NULL)
		moment = date_parse(job, text, DL_FROM_PAGE, hints(job));
	if (moment == NULL)
		moment =
		    date_find(job, text, DL_FROM_PAGE, hints(job), NULL, NULL);
	return moment;
}

static const struct dl_moment *moment_at(struct dl_job *job,
    const struct dl_node *root, const char *list, const char **how)
{
	const struct dl_moment *moment = NULL;

	while (moment == NULL && list != NULL) {
		*how = list_first(job, list, &list);
		moment = moment_of(job, dom_first(job, root, *how));
	}
	return moment;
}

/* Other stories on the page have <time> as well: it counts only where it is
   asked for, or nothing else is known. */
static void say_time(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const char *list = job_option(job, "time"), *how = NULL;
	const struct dl_moment *moment;

	record_times(job, record, page, hints(job));
	if (list == NULL && record->published == NULL)
		list = "[itemprop=datePublished], article time, time";
	moment = moment_at(job, dom_root(job, page), list, &how);
	record_published(job, record, moment, how);
}

/* ---- people, tags, links, images ---- */

/* What is an address is no name. */
static void say_author(
    struct dl_job *job, struct dl_record *record, const char *name)
{
	if (name != NULL && strstr(name, "://") == NULL)
		record_author(job, record, name);
}

static void say_authors(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const struct dl_node *root = dom_root(job, page), *node = NULL;
	const char *selector = job_option(job, "author");

	if (selector != NULL) {
		while ((node = dom_next(job, root, selector, node)) != NULL)
			say_author(job, record, dom_text(job, node));
		return;
	}
	say_author(job, record,
	    text_or(page_ld(job, page, "author.name"),
		text_or(page_meta(job, page, "article:author"),
		    page_meta(job, page, "author"))));
}

static void say_tags(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	static const char tag[] = "meta[property='article:tag']";
	static const char *const between[] = { ",", NULL };
	const struct dl_node *root = dom_root(job, page), *node = NULL;
	const struct dl_list *word;

	while ((node = dom_next(job, root, tag, node)) != NULL)
		record_tag(job, record, dom_attr(job, node, "content"));
	if (record->tags != NULL)
		return;
	word = text_split(job,
	    text_or(page_meta(job, page, "news_keywords"),
		page_meta(job, page, "keywords")),
	    between);
	for (; word != NULL; word = word->next)
		record_tag(job, record, word->text);
}

/* Captions that stand apart from their images come by themselves. */
static void say_images(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	const char *captions = job_option(job, "caption");
	const struct dl_node *node = NULL;

	record_images(job, record, body, "figure, img", captions);
	while ((node = dom_next(job, body, captions, node)) != NULL)
		record_image(job, record, NULL, dom_text(job, node), NULL);
}

/* ---- the story ---- */

/* A feed that brings the story whole brings no page around it: pages have at
   least a title in their head. */
static int is_whole(struct dl_job *job, const struct dl_node *root)
{
	return root != NULL && dom_first(job, root, "head *") == NULL;
}

static const char *left_out(struct dl_job *job)
{
	const char *without = job_option(job, "without");

	return job_printf(job, "%s, %s%s%s", others, job_option(job, "caption"),
	    without != NULL ? ", " : "", text_or(without, ""));
}

static const char *prose_at(struct dl_job *job, const struct dl_node *root,
    const char *list, const char **how, const struct dl_node **body)
{
	const char *text = NULL;

	while (text == NULL && list != NULL) {
		*how = list_first(job, list, &list);
		*body = dom_first(job, root, *how);
		text = dom_prose(job, *body, left_out(job));
	}
	return text;
}

static const struct dl_node *say_text(struct dl_job *job,
    const struct dl_node *root, const char *list, struct dl_record *record)
{
	const struct dl_node *body = NULL;
	const char *how = NULL, *text = prose_at(job, root, list, &how, &body);

	record_set(job, record, DL_TEXT, text, DL_FROM_PAGE, how);
	return text != NULL ? body : NULL;
}

/* The story may go on on further pages, of which each may lead to the next. */
static void say_rest(struct dl_job *job, const struct dl_page *page,
    const char *list, struct dl_record *record)
{
	const char *pages = job_option(job, "pages"), *how = NULL;
	const struct dl_list *whole = NULL;

	if (pages == NULL)
		return;
	for (; page != NULL; page = page->next) {
		const struct dl_node *root = dom_root(job, page), *link = NULL;
		const char *text = prose_at(job, root, list, &how, &link);

		if (text != NULL)
			text_append(job, &whole, text);
		link = NULL;
		while ((link = dom_next(job, root, pages, link)) != NULL)
			page_want(
			    job, dom_url(job, link, "href"), DL_WANT_NEXT);
	}
	record_set(
	    job, record, DL_TEXT, text_join(job, whole), DL_FROM_PAGE, how);
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const struct dl_node *root = dom_root(job, page), *body;
	const char *list = text_or(job_option(job, "text"), texts);

	if (is_whole(job, root)) {
		body = say_text(job, root, "body", record);
		if (body == NULL)
			return job_fail(job, "the feed's story has no text");
		say_images(job, record, body);
		return DL_DONE;
	}
	body = say_text(job, root, list, record);
	if (body == NULL)
		return job_fail(job, "no text in: %s", list);
	say_head(job, page, record);
	say_time(job, page, record);
	say_authors(job, page, record);
	say_tags(job, page, record);
	say_images(job, record, body);
	say_rest(job, page, list, record);
	return DL_DONE;
}

/* Feeds are read as they are; what a listing has is the options' to say. */
static enum dl_verdict discover(struct dl_job *job, const struct dl_page *feed)
{
	const struct dl_listing listing = {
		.boxes = job_option(job, "entries"),
		.link = job_option(job, "entry_link"),
		.title = job_option(job, "entry_title"),
		.summary = job_option(job, "entry_summary"),
		.time = job_option(job, "entry_time"),
		.older = job_option(job, "older"),
		.hints = hints(job),
	};
	struct dl_entry *entry = NULL;

	if (listing.boxes == NULL)
		return feed_discover(job, feed);
	while ((entry = listing_next(job, feed, &listing, entry)) != NULL)
		entry_add(job, entry);
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "feed",
	.version = "1.0",
	.about = "Any RSS, Atom or news sitemap, and ordinary pages",
	.options = options,
	.discover = discover,
	.extract = extract,
};
