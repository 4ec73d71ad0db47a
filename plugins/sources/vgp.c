/*
 * VGP, the government's portal of Vietnam: baochinhphu.vn in Vietnamese,
 * en.baochinhphu.vn in English and cn.baochinhphu.vn in Chinese, on one system.
 *
 * Feeds have dates in American order, listings have the day first. The lead
 * stands outside the body, the author is its last line, to the right.
 */
#include <string.h>

#include "plugin.h"

enum { CAPTION_BYTES = 500 }; /* a longer one is the story */

/* The digits of an id: the edition's, and behind them the time of creation down
   to milliseconds, which come without leading zeros; of older ones a number. */
static size_t id_len(const char *digits)
{
	static const char *const editions[] = { "102", "111", "116" };
	size_t len = strspn(digits, "0123456789"), i;

	for (i = 0; i < sizeof(editions) / sizeof(*editions); i++) {
		if (strncmp(digits, editions[i], 3) == 0 &&
		    ((len >= 7 && len <= 12) || (len >= 15 && len <= 18)))
			return len;
	}
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

/* An unknown feed is answered with another one, of anything. */
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
		if (key(job, entry->url) == NULL)
			continue;
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

/* What stands in a picture's place, as the system has it today and had it. */
static void say_images(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	static const char boxes[] = "figure, div[type=Photo], div.media",
			  captions[] = "figcaption, .PhotoCMS_Caption";
	const struct dl_node *box = NULL, *image;
	const char *caption, *credit;

	while ((box = dom_next(job, body, boxes, box)) != NULL) {
		image = dom_first(job, box, "img");
		caption = dom_text(job, dom_first(job, box, captions));
		credit = caption_credit(job, &caption);
		record_image(job, record,
		    text_or(dom_url(job, image, "data-original"),
			dom_url(job, image, "src")),
		    caption, credit);
	}
}

/* Pictures of the oldest stories stand in tables, with the caption below; what
   was said of them is given back. */
static const struct dl_list *say_tables(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	const struct dl_list *captions = NULL;
	const struct dl_node *table = NULL, *image;
	const char *caption, *credit;

	while ((table = dom_next(job, body, "table", table)) != NULL) {
		image = dom_first(job, table, "img");
		caption = dom_text(job, table);
		if (image == NULL ||
		    strlen(text_or(caption, "")) > CAPTION_BYTES)
			continue;
		if (caption != NULL)
			text_append(job, &captions, caption);
		credit = caption_credit(job, &caption);
		record_image(
		    job, record, dom_url(job, image, "src"), caption, credit);
	}
	return captions;
}

/* Or in a paragraph of their own, and the caption is the one below. */
static void say_loose(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	const struct dl_node *line = NULL, *image;
	const char *url = NULL, *caption, *credit;

	while ((line = dom_next(job, body, "p", line)) != NULL) {
		image = dom_first(job, line, "img");
		if (image != NULL) {
			url = dom_url(job, image, "src");
			record_image(job, record, url, NULL, NULL);
		}
		caption = dom_text(job, line);
		credit = caption_credit(job, &caption);
		if (url != NULL && credit != NULL)
			record_image(job, record, url, caption, credit);
		url = caption == NULL ? url : NULL;
	}
}

static int is_in(const struct dl_list *list, const char *text)
{
	while (list != NULL && strcmp(list->text, text) != 0)
		list = list->next;
	return list != NULL;
}

/* The lines that stand to the right, all in bold, short enough for a name. */
static const struct dl_list *signatures(
    struct dl_job *job, const struct dl_node *body)
{
	const struct dl_node *line = NULL;
	const struct dl_list *list = NULL;

	while ((line = dom_next(job, body, "p[style*=right]", line)) != NULL) {
		const char *text = dom_text(job, line);
		const char *bold =
		    dom_text(job, dom_first(job, line, "b, strong"));

		if (text != NULL && bold != NULL && strcmp(text, bold) == 0 &&
		    strlen(text) < 100)
			text_append(job, &list, text);
	}
	return list;
}

/* The paper itself, which signs answers to readers, is no author; what it says
   of its sources is for the extractors. */
static int is_house(const char *name)
{
	static const char *const houses[] = { "Chinhphu.vn", "VGP", "Theo " };
	size_t i;

	for (i = 0; i < sizeof(houses) / sizeof(*houses); i++) {
		if (strncmp(name, houses[i], strlen(houses[i])) == 0)
			return 1;
	}
	return 0;
}

/* "Hà Văn - Thu Giang" are two; behind the last may be a dash all the same. */
static void say_authors(
    struct dl_job *job, struct dl_record *record, const char *authors)
{
	static const char *const between[] = { " - ", " – " };
	const char *end;
	size_t len, i;

	for (; authors != NULL; authors = end) {
		for (i = 0, end = NULL; end == NULL && i < 2; i++)
			end = strstr(authors, between[i]);
		len = end != NULL ? (size_t)(end - authors)
				  : strcspn(authors, "(");
		while (len > 0 && strchr(" -", authors[len - 1]) != NULL)
			len--;
		record_author(job, record, job_copy(job, authors, len));
		end = end != NULL ? end + strlen(between[i - 1]) : NULL;
	}
}

static void say_authors_on_top(
    struct dl_job *job, struct dl_record *record, const struct dl_node *root)
{
	static const char names[] = ".detail-author-top-name",
			  line[] = ".detail-author-top";
	const struct dl_node *name = NULL;

	while ((name = dom_next(job, root, names, name)) != NULL)
		say_authors(job, record, dom_text(job, name));
	if (record->authors == NULL)
		say_authors(
		    job, record, dom_text(job, dom_first(job, root, line)));
}

/* The first paragraph behind the story: from there on it is only signed. */
static const struct dl_list *story_end(
    const struct dl_list *one, const struct dl_list *signatures)
{
	const struct dl_list *end = NULL;

	for (; one != NULL; one = one->next) {
		if (!is_in(signatures, one->text))
			end = NULL;
		else if (end == NULL)
			end = one;
	}
	return end;
}

/* Lead and body, without a lead that is repeated, what tables have said of
   their pictures, and the authors, who are said. */
static const char *story(struct dl_job *job, struct dl_record *record,
    const char *lead, const struct dl_node *body, const char *without)
{
	const struct dl_list *taken = say_tables(job, record, body);
	const struct dl_list *one =
	    text_paragraphs(job, dom_prose(job, body, without));
	const struct dl_list *end = story_end(one, signatures(job, body));
	const struct dl_list *text = NULL;

	if (lead != NULL)
		text_append(job, &text, lead);
	if (lead != NULL && one != NULL &&
	    strcmp(text_key(job, one->text), text_key(job, lead)) == 0)
		one = one->next;
	for (; one != NULL && one != end; one = one->next) {
		if (!is_in(taken, one->text))
			text_append(job, &text, one->text);
	}
	for (; end != NULL; end = end->next) {
		if (is_house(end->text))
			text_append(job, &text, end->text);
		else
			say_authors(job, record, end->text);
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

/* The first node of the first selector that has one, and which that is: cards
   of other stories look alike, so the surest stands first. */
static const struct dl_node *first_of(struct dl_job *job,
    const struct dl_node *root, const char *const *selectors, const char **how)
{
	const struct dl_node *node = NULL;

	for (; node == NULL && *selectors != NULL; selectors++) {
		*how = *selectors;
		node = dom_first(job, root, *selectors);
	}
	return node;
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	static const char *const bodies[] = {
		"div.detail-content[data-role=content]", "div.detail-content",
		"[data-role=content]", NULL
	};
	static const char *const leads[] = { "h2.detail-sapo",
		"h2[data-role=sapo]", "[data-role=sapo]", NULL };
	static const char tags[] = "[data-role=tags] a",
			  boxes[] = "figure, figcaption, .PhotoCMS_Caption, "
				    "[type^=Related], [type=VideoStream], "
				    ".kbwscwl-relatedbox";
	const struct dl_node *root = dom_root(job, page), *body, *tag = NULL;
	const char *lead, *lead_is = NULL, *body_is = NULL;

	body = first_of(job, root, bodies, &body_is);
	if (body == NULL)
		return job_fail(job, "no text: no %s", bodies[1]);
	record_links(job, record, page);
	record_set(job, record, DL_LANGUAGE, dom_attr(job, root, "lang"),
	    DL_FROM_META, "html[lang]");
	record_set(job, record, DL_TITLE, page_meta(job, page, "og:title"),
	    DL_FROM_META, "og:title");
	record_take(job, record, DL_TITLE, root, "h1[data-role=title]");
	record_take(job, record, DL_TITLE, root, "h1.detail-title");
	record_take(job, record, DL_SECTION, root, "[data-role=cate-name]");
	lead = dom_text(job, first_of(job, root, leads, &lead_is));
	record_set(
	    job, record, DL_SUMMARY, without_mark(lead), DL_FROM_PAGE, lead_is);

	say_authors_on_top(job, record, root);
	record_set(job, record, DL_TEXT, story(job, record, lead, body, boxes),
	    DL_FROM_PAGE, body_is);
	say_images(job, record, body);
	say_loose(job, record, body);
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
