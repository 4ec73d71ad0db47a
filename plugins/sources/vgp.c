/*
 * VGP, the government's portal of Vietnam: baochinhphu.vn in Vietnamese,
 * en.baochinhphu.vn in English and cn.baochinhphu.vn in Chinese, on one system.
 *
 * Feeds have dates in American order, listings have the day first. The lead
 * stands outside the body, the author is its last line, to the right.
 */
#include <string.h>

#include "plugin.h"

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

/* "Hà Văn - Thu Giang (tổng hợp)" are two; behind the last may be a dash all
   the same. */
static void say_authors(
    struct dl_job *job, struct dl_record *record, const char *names)
{
	static const char *const between[] = { " -", " –", NULL };
	const struct dl_list *name;

	names = text_or(names, "");
	names = job_copy(job, names, strcspn(names, "("));
	name = text_split(job, names, between);
	for (; name != NULL; name = name->next)
		record_author(job, record, name->text);
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

/* The text up to where it is signed, and the authors, who are said. */
static const char *story(struct dl_job *job, struct dl_record *record,
    const char *prose, const struct dl_node *body)
{
	const struct dl_list *one = text_paragraphs(job, prose), *text = NULL;
	const struct dl_list *end = story_end(one, signatures(job, body));

	for (; one != end; one = one->next)
		text_append(job, &text, one->text);
	for (; end != NULL; end = end->next) {
		if (is_house(end->text))
			text_append(job, &text, end->text);
		else
			say_authors(job, record, end->text);
	}
	return text_join(job, text);
}

/* Pictures of the oldest stories stand in tables or in paragraphs. */
static void say_images(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	record_images(job, record, body,
	    "figure, div[type=Photo], div.media, p img",
	    "figcaption, .PhotoCMS_Caption");
	record_images(job, record, body, "table", NULL);
}

static void say_dates(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	static const char shown[] = "[data-role=publishdate]";
	const struct dl_node *time = dom_first(job, dom_root(job, page), shown);

	record_times(job, record, page, 0);
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
	static const char bodies[] = "div.detail-content[data-role=content], "
				     "div.detail-content, [data-role=content]",
			  leads[] = "h2.detail-sapo, h2[data-role=sapo], "
				    "[data-role=sapo]",
			  boxes[] = "figure, figcaption, .PhotoCMS_Caption, "
				    "[type^=Related], [type=VideoStream], "
				    ".kbwscwl-relatedbox";
	const struct dl_node *root = dom_root(job, page), *body, *sapo;
	const char *lead, *lead_is, *text, *body_is;

	body = dom_best(job, root, bodies, &body_is);
	sapo = dom_best(job, root, leads, &lead_is);
	lead = dom_text(job, sapo);
	if (body == NULL)
		return job_fail(job, "no text: no div.detail-content");
	record_head(job, record, page);
	record_take(job, record, DL_TITLE, root, "h1[data-role=title]");
	record_take(job, record, DL_TITLE, root, "h1.detail-title");
	record_take(job, record, DL_SECTION, root, "[data-role=cate-name]");
	record_set(
	    job, record, DL_SUMMARY, without_mark(lead), DL_FROM_PAGE, lead_is);

	say_images(job, record, body);
	say_authors_on_top(job, record, root);
	text =
	    text_uncaptioned(job, dom_prose(job, body, boxes), record->images);
	text = text_lead(job, lead, story(job, record, text, body));
	record_set(job, record, DL_TEXT, text, DL_FROM_PAGE, body_is);
	say_dates(job, record, page);
	record_tags(job, record, root, "[data-role=tags] a");
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
