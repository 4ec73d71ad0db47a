/*
 * VGP, the government's portal of Vietnam: baochinhphu.vn in Vietnamese and
 * en.baochinhphu.vn in English, on one system.
 *
 * Feeds have dates in American order, listings have the day first. The lead
 * stands outside the body, the author is its last line, to the right.
 */
#include <string.h>

#include "plugin.h"

/* The digits of an id; the newer ones are 102 (in English 111) and the time of
   creation down to milliseconds, which come without leading zeros. */
static size_t id_len(const char *digits)
{
	size_t len = strspn(digits, "0123456789");

	if (strncmp(digits, "102", 3) != 0 && strncmp(digits, "111", 3) != 0)
		return 0;
	if ((len >= 9 && len <= 12) || (len >= 15 && len <= 18))
		return len;
	return 0;
}

/* "…-102260905122709839.htm", whatever the host and the words before it. */
static const char *key(struct dl_job *job, const char *url)
{
	const char *dash = url != NULL ? url : "";

	while ((dash = strchr(dash, '-')) != NULL) {
		size_t len = id_len(++dash);
		const char *end = dash + len;

		if (len > 0 && strncmp(end, ".htm", 4) == 0 &&
		    (end[4] == '\0' || end[4] == '?' || end[4] == '#'))
			return job_copy(job, dash, len);
	}
	return NULL;
}

/* A page's creation is no more than a lower bound of its publication. */
static const struct dl_moment *created(struct dl_job *job, const char *id)
{
	if (id == NULL || strlen(id) < 15)
		return NULL;
	return date_parse(job,
	    job_printf(job, "20%.2s-%.2s-%.2s %.2s:%.2s:%.2s", id + 3, id + 5,
		id + 7, id + 9, id + 11, id + 13),
	    DL_FROM_URL, 0);
}

/* The lead without the mark that opens it: "(Chinhphu.vn) - ", "VGP – ". */
static const char *without_mark(const char *lead)
{
	static const char *const marks[] = { "(Chinhphu.vn)", "VGP" };
	static const char *const dashes[] = { "-", "–", "—" };
	size_t i, k;

	for (i = 0; lead != NULL && i < sizeof(marks) / sizeof(*marks); i++) {
		const char *rest = lead + strlen(marks[i]);

		if (strncmp(lead, marks[i], strlen(marks[i])) != 0)
			continue;
		rest += strspn(rest, " ");
		for (k = 0; k < sizeof(dashes) / sizeof(*dashes); k++) {
			size_t len = strlen(dashes[k]);

			if (strncmp(rest, dashes[k], len) == 0)
				return rest + len + strspn(rest + len, " ");
		}
	}
	return lead;
}

static enum dl_verdict discover(struct dl_job *job, const struct dl_page *feed)
{
	static const struct dl_listing listing = {
		.boxes = "div.box-stream-item",
		.link = "a.box-stream-link-title",
		.summary = ".box-stream-sapo",
		.time = ".box-stream-time",
		.hints = DL_DAY_FIRST,
	};
	struct dl_entry *entry = NULL;

	while ((entry = listing_next(job, feed, &listing, entry)) != NULL) {
		entry->summary = without_mark(entry->summary);
		entry_add(job, entry);
	}
	return DL_DONE;
}

/* Splits "… - Photo: VGP" and "… - Ảnh: VGP/Nhật Bắc" off a caption. */
static const char *caption_credit(struct dl_job *job, const char **caption)
{
	static const char *const signs[] = {
		"Photo:", "Ảnh:", "Photo :", "Ảnh :"
	};
	size_t i, len;

	for (i = 0; *caption != NULL && i < sizeof(signs) / sizeof(*signs);
	     i++) {
		const char *sign = strstr(*caption, signs[i]);

		if (sign == NULL)
			continue;
		len = (size_t)(sign - *caption);
		while (len > 0 && strchr(" -(", (*caption)[len - 1]) != NULL)
			len--;
		if (len >= 3 && memcmp(*caption + len - 3, "–", 3) == 0)
			len -= 3;
		*caption = job_copy(job, *caption, len);
		sign += strlen(signs[i]);
		sign += strspn(sign, " ");
		return job_copy(job, sign, strcspn(sign, ")"));
	}
	return NULL;
}

static void say_images(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	const struct dl_node *figure = NULL, *image;
	const char *caption, *credit;

	while ((figure = dom_next(job, body, "figure", figure)) != NULL) {
		image = dom_first(job, figure, "img");
		caption = dom_text(job, dom_first(job, figure, "figcaption"));
		credit = caption_credit(job, &caption);
		record_image(job, record,
		    text_or(dom_url(job, image, "data-original"),
			dom_url(job, image, "src")),
		    caption, credit);
	}
}

/* The last line to the right, all in bold, short enough for a name. */
static const char *last_author(struct dl_job *job, const struct dl_node *body)
{
	const struct dl_node *line = NULL;
	const char *author = NULL;

	while ((line = dom_next(job, body, "p[style*=right]", line)) != NULL) {
		const char *text = dom_text(job, line);
		const char *bold =
		    dom_text(job, dom_first(job, line, "b, strong"));

		if (text != NULL && bold != NULL && strcmp(text, bold) == 0 &&
		    strlen(text) < 100)
			author = text;
	}
	return author;
}

/* "Hà Văn - Thu Giang" are two. */
static void say_authors(
    struct dl_job *job, struct dl_record *record, const char *authors)
{
	while (authors != NULL) {
		const char *end = strstr(authors, " - ");
		size_t len =
		    end != NULL ? (size_t)(end - authors) : strlen(authors);

		record_author(job, record, job_copy(job, authors, len));
		authors = end != NULL ? end + 3 : NULL;
	}
}

/* Lead and body, without a lead that is repeated and without the author. */
static const char *story(
    struct dl_job *job, const char *lead, const char *body, const char *author)
{
	const struct dl_list *one = text_paragraphs(job, body), *text = NULL;
	const char *lead_key = text_key(job, lead);

	if (lead != NULL)
		text_append(job, &text, lead);
	if (lead != NULL && one != NULL &&
	    strcmp(text_key(job, one->text), lead_key) == 0)
		one = one->next;
	for (; one != NULL; one = one->next) {
		if (author == NULL || strcmp(one->text, author) != 0)
			text_append(job, &text, one->text);
	}
	return text_join(job, text);
}

static void say_dates(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	static const char published[] = "article:published_time",
			  updated[] = "article:modified_time",
			  shown[] = "[data-role=publishdate]";
	const struct dl_node *time = dom_first(job, dom_root(job, page), shown);

	record_published(job, record,
	    date_parse(job, page_meta(job, page, published), DL_FROM_META, 0),
	    published);
	record_updated(job, record,
	    date_parse(job, page_meta(job, page, updated), DL_FROM_META, 0),
	    updated);
	record_published(job, record,
	    date_parse(job, dom_text(job, time), DL_FROM_PAGE, DL_DAY_FIRST),
	    shown);
	if (record->published == NULL)
		record_published(job, record,
		    created(job, key(job, text_or(record->url, page->url))),
		    "time of creation in the id");
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	static const char body_is[] = "div.detail-content, [data-role=content]",
			  lead_is[] = "h2.detail-sapo, [data-role=sapo]",
			  title_is[] = "h1.detail-title, [data-role=title]",
			  tags[] = "[data-role=tags] a",
			  boxes[] = "figure, figcaption, .PhotoCMS_Caption, "
				    "[type=RelatedNewsBox], "
				    "[type=VideoStream], .kbwscwl-relatedbox";
	const struct dl_node *root = dom_root(job, page), *body, *tag = NULL;
	const char *lead, *author;

	body = dom_first(job, root, body_is);
	if (body == NULL)
		return job_fail(job, "no text: neither of %s", body_is);
	record_links(job, record, page);
	record_set(job, record, DL_TITLE, page_meta(job, page, "og:title"),
	    DL_FROM_META, "og:title");
	record_take(job, record, DL_TITLE, root, title_is);
	record_take(job, record, DL_SECTION, root, "[data-role=cate-name]");
	lead = dom_text(job, dom_first(job, root, lead_is));
	record_set(
	    job, record, DL_SUMMARY, without_mark(lead), DL_FROM_PAGE, lead_is);

	author = last_author(job, body);
	say_authors(job, record, author);
	say_authors(job, record,
	    dom_text(job, dom_first(job, root, ".detail-author-top")));
	record_set(job, record, DL_TEXT,
	    story(job, lead, dom_prose(job, body, boxes), author), DL_FROM_PAGE,
	    body_is);
	say_images(job, record, body);
	say_dates(job, record, page);
	while ((tag = dom_next(job, root, tags, tag)) != NULL)
		record_tag(job, record, dom_text(job, tag));
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "vgp",
	.version = "1.0",
	.about = "VGP, baochinhphu.vn and en.baochinhphu.vn",
	.agency = "VGP",
	.zone = "Asia/Ho_Chi_Minh",
	.hints = DL_MONTH_FIRST,
	.key = key,
	.discover = discover,
	.extract = extract,
};
