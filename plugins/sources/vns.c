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
			 "div.vnnews-big-list-news a",
	};
	struct dl_entry *entry = NULL;

	while ((entry = listing_next(job, feed, &listing, entry)) != NULL) {
		if (key(job, entry->url) != NULL)
			entry_add(job, entry);
	}
	return DL_DONE;
}

/* Splits "— VNA/VNS Photo Việt Thanh" and "– VNS Photo" off a caption. */
static const char *caption_credit(struct dl_job *job, const char **caption)
{
	static const char *const dashes[] = { "— ", "– " };
	size_t i, len;

	for (i = 0; *caption != NULL && i < sizeof(dashes) / sizeof(*dashes);
	     i++) {
		const char *dash = *caption, *next;

		while ((next = strstr(dash + 1, dashes[i])) != NULL)
			dash = next;
		if (strncmp(dash, dashes[i], strlen(dashes[i])) != 0 ||
		    strstr(dash, "Photo") == NULL)
			continue;
		len = (size_t)(dash - *caption);
		while (len > 0 && (*caption)[len - 1] == ' ')
			len--;
		*caption = job_copy(job, *caption, len);
		dash += strlen(dashes[i]);
		return job_copy(job, dash, strlen(dash));
	}
	return NULL;
}

/*
 * Pictures stand in a figure or in a table with their caption; what was said of
 * a picture is given back, so that it is not said in the text once more.
 */
static const struct dl_list *say_images(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	const struct dl_list *captions = NULL;
	const struct dl_node *box = NULL, *image = NULL;

	while ((box = dom_next(job, body, "figure, table", box)) != NULL) {
		const char *caption = dom_text(job, box), *credit;

		image = dom_first(job, box, "img");
		if (image == NULL)
			continue;
		if (caption != NULL)
			text_append(job, &captions, caption);
		credit = caption_credit(job, &caption);
		record_image(
		    job, record, dom_url(job, image, "src"), caption, credit);
	}
	image = NULL;
	while ((image = dom_next(job, body, "img", image)) != NULL)
		record_image(
		    job, record, dom_url(job, image, "src"), NULL, NULL);
	return captions;
}

static const char *without(
    struct dl_job *job, const char *text, const struct dl_list *captions)
{
	const struct dl_list *one, *caption, *left = NULL;

	for (one = text_paragraphs(job, text); one != NULL; one = one->next) {
		caption = captions;
		while (caption != NULL && strcmp(caption->text, one->text) != 0)
			caption = caption->next;
		if (caption == NULL)
			text_append(job, &left, one->text);
	}
	return text_join(job, left);
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	static const char body_is[] = "div.vnnews-text-post",
			  title_is[] = ".vnnews-tt-post, "
				       "div.vnnews-ct-post h3",
			  time_is[] = "div.vnnews-time-post > span, "
				      "div.vnnews-time-post",
			  boxes[] = "figcaption, .vnnews-relate-post, "
				    ".vnnews-share-post, .vnnews-tags-post",
			  tags[] = ".vnnews-tags-post a";
	const struct dl_node *root = dom_root(job, page), *body, *tag = NULL;
	const struct dl_list *captions;

	body = dom_first(job, root, body_is);
	if (body == NULL)
		return job_fail(job, "no text: no %s", body_is);
	record_links(job, record, page);
	record_set(job, record, DL_TITLE, page_meta(job, page, "og:title"),
	    DL_FROM_META, "og:title");
	record_take(job, record, DL_TITLE, root, title_is);
	record_set(job, record, DL_SUMMARY,
	    page_meta(job, page, "og:description"), DL_FROM_META,
	    "og:description");
	record_set(job, record, DL_SECTION,
	    page_meta(job, page, "article:section"), DL_FROM_META,
	    "article:section");

	captions = say_images(job, record, body);
	record_set(job, record, DL_TEXT,
	    without(job, dom_prose(job, body, boxes), captions), DL_FROM_PAGE,
	    body_is);
	record_author(job, record,
	    dom_text(job, dom_first(job, root, "span.vnnews-user-post")));
	record_published(job, record,
	    date_parse(job, page_meta(job, page, "article:published_time"),
		DL_FROM_META, 0),
	    "article:published_time");
	record_published(job, record,
	    date_parse(job, dom_text(job, dom_first(job, root, time_is)),
		DL_FROM_PAGE, DL_DAY_FIRST),
	    time_is);
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
