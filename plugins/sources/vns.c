/*
 * VNS, Viet Nam News: vietnamnews.vn, the English daily of VNA.
 *
 * Addresses have the number before the words. No page was at hand when this was
 * written, so each part is looked for in more than one place.
 */
#include <string.h>

#include "plugin.h"

enum { CAPTION_BYTES = 500 }; /* a longer one is the story */

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

/* "VNA/VNS Photo Việt Thanh", and without the word where it says nothing:
   "Photo courtesy of the museum". NULL if it is something else. */
static const char *credit_of(const char *text)
{
	static const char *const words[] = { "Photo courtesy of ", "Photo by ",
		"Photo: ", "Photo " };
	const char *photo = strstr(text, "Photo");
	size_t i;

	if (photo == NULL || photo > text + strcspn(text, ".,"))
		return NULL;
	for (i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strncmp(text, words[i], strlen(words[i])) == 0)
			return text + strlen(words[i]);
	}
	return text;
}

/* The credit behind a dash or a full stop, and in *len the bytes before it. A
   sentence that begins with a photograph has a stop of its own. */
static const char *credit_at(const char *at, size_t *len)
{
	static const char *const openings[] = { "— ", "– ", ". " };
	const char *credit = NULL;
	size_t i;

	for (i = 0; i < sizeof(openings) / sizeof(*openings); i++) {
		if (strncmp(at, openings[i], strlen(openings[i])) == 0)
			credit = credit_of(at + strlen(openings[i]));
	}
	if (credit == NULL || *at != '.')
		return credit;
	*len += 1;
	return credit[strlen(credit) - 1] != '.' ? credit : NULL;
}

/* Splits "— VNA/VNS Photo Việt Thanh", "– VNS Photo" and ". Photo moit.gov.vn"
   off a caption. */
static const char *caption_credit(struct dl_job *job, const char **caption)
{
	const char *text = text_or(*caption, ""), *credit = NULL;
	size_t n, len = 0;

	for (n = strlen(text); credit == NULL && n-- > 0;) {
		len = n;
		credit = credit_at(text + n, &len);
	}
	if (credit == NULL)
		return NULL;
	while (len > 0 && text[len - 1] == ' ')
		len--;
	*caption = job_copy(job, text, len);
	return credit;
}

/* What is said of a picture, paragraph by paragraph, so that the text does not
   say it once more. */
static void caption_keep(
    struct dl_job *job, const struct dl_list **captions, const char *prose)
{
	const struct dl_list *one = text_paragraphs(job, prose);

	for (; one != NULL; one = one->next)
		text_append(job, captions, one->text);
}

/* Pictures stand in a figure or in a table with their caption, */
static void say_boxes(struct dl_job *job, struct dl_record *record,
    const struct dl_node *body, const struct dl_list **captions)
{
	const struct dl_node *box = NULL, *image;

	while ((box = dom_next(job, body, "figure, table", box)) != NULL) {
		const char *caption = dom_text(job, box), *credit;

		image = dom_first(job, box, "img");
		if (image == NULL ||
		    strlen(text_or(caption, "")) > CAPTION_BYTES)
			continue;
		caption_keep(job, captions, dom_prose(job, box, NULL));
		credit = caption_credit(job, &caption);
		record_image(
		    job, record, dom_url(job, image, "src"), caption, credit);
	}
}

/* or in a paragraph, and the caption is in it or is the next one: if it has a
   credit, for a picture may also stand beside the story. */
static void say_loose(struct dl_job *job, struct dl_record *record,
    const struct dl_node *body, const struct dl_list **captions)
{
	const struct dl_node *line = NULL, *image;
	const char *url = NULL, *text, *caption, *credit;

	while ((line = dom_next(job, body, "p", line)) != NULL) {
		image = dom_first(job, line, "img");
		if (image != NULL)
			url = dom_url(job, image, "src");
		text = caption = dom_text(job, line);
		credit = caption_credit(job, &caption);
		if (url != NULL && credit != NULL) {
			record_image(job, record, url, caption, credit);
			caption_keep(job, captions, text);
		}
		if (text != NULL)
			url = NULL;
	}
}

/* What was said of the pictures is given back. */
static const struct dl_list *say_images(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	const struct dl_list *captions = NULL;
	const struct dl_node *image = NULL;

	while ((image = dom_next(job, body, "img", image)) != NULL)
		record_image(
		    job, record, dom_url(job, image, "src"), NULL, NULL);
	say_boxes(job, record, body, &captions);
	say_loose(job, record, body, &captions);
	return captions;
}

/* The paper, where a name would stand. */
static int is_house(struct dl_job *job, const char *name)
{
	const char *ascii = text_ascii(job, name);

	return ascii != NULL && strcmp(ascii, "Viet Nam News") == 0;
}

/* The paragraphs of the story: neither captions, nor the house's own name. */
static const char *without(
    struct dl_job *job, const char *text, const struct dl_list *captions)
{
	const struct dl_list *one, *caption, *left = NULL;

	for (one = text_paragraphs(job, text); one != NULL; one = one->next) {
		caption = captions;
		while (caption != NULL && strcmp(caption->text, one->text) != 0)
			caption = caption->next;
		if (caption == NULL && !is_house(job, one->text))
			text_append(job, &left, one->text);
	}
	return text_join(job, left);
}

/* "By Hoàng Mai & Lê Hương" */
static void say_authors(
    struct dl_job *job, struct dl_record *record, const char *names)
{
	static const char *const between[] = { " & ", " and ", ", " };
	const char *end, *next;
	size_t i;

	if (names == NULL || is_house(job, names))
		return;
	for (; *names != '\0'; names = next) {
		end = next = names + strlen(names);
		for (i = 0; i < sizeof(between) / sizeof(*between); i++) {
			const char *at = strstr(names, between[i]);

			if (at == NULL || at >= end)
				continue;
			end = at;
			next = at + strlen(between[i]);
		}
		record_author(
		    job, record, job_copy(job, names, (size_t)(end - names)));
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

	if (!same_clock(moment, shown) || text[len - 1] != 'Z')
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

/* The first that is there: teasers of other stories look like theirs. */
static const struct dl_node *body_of(
    struct dl_job *job, const struct dl_node *root, const char **how)
{
	static const char *const bodies[] = {
		"div.vnnews-ct-post div.vnnews-text-post",
		"div.vnnews-text-post", "#abody"
	};
	const struct dl_node *body = NULL;
	size_t i;

	for (i = 0; body == NULL && i < sizeof(bodies) / sizeof(*bodies); i++) {
		*how = bodies[i];
		body = dom_first(job, root, bodies[i]);
	}
	return body;
}

static void say_head(struct dl_job *job, struct dl_record *record,
    const struct dl_page *page, const struct dl_node *root)
{
	record_links(job, record, page);
	record_set(
	    job, record, DL_LANGUAGE, "en", DL_FROM_RULE, "a paper in English");
	record_set(job, record, DL_TITLE, page_meta(job, page, "og:title"),
	    DL_FROM_META, "og:title");
	record_take(job, record, DL_TITLE, root, "div.vnnews-ct-post h3");
	record_take(job, record, DL_TITLE, root, ".vnnews-tt-post");
	record_set(job, record, DL_SUMMARY,
	    page_meta(job, page, "og:description"), DL_FROM_META,
	    "og:description");
	record_set(job, record, DL_SECTION,
	    page_meta(job, page, "article:section"), DL_FROM_META,
	    "article:section");
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	static const char boxes[] = "figcaption, .vnnews-relate-post, "
				    ".vnnews-share-post, .vnnews-tags-post",
			  tags[] = ".vnnews-tags-post a";
	const struct dl_node *root = dom_root(job, page), *tag = NULL;
	const char *how = NULL;
	const struct dl_node *body = body_of(job, root, &how);
	const struct dl_list *captions;

	if (body == NULL)
		return job_fail(job, "no text: no div.vnnews-text-post");
	say_head(job, record, page, root);
	captions = say_images(job, record, body);
	record_set(job, record, DL_TEXT,
	    without(job, dom_prose(job, body, boxes), captions), DL_FROM_PAGE,
	    how);
	say_authors(job, record,
	    dom_text(job, dom_first(job, root, "span.vnnews-user-post")));
	say_dates(job, record, page, root);
	while ((tag = dom_next(job, root, tags, tag)) != NULL)
		record_tag(job, record, dom_text(job, tag));
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
