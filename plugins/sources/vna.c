/*
 * VNA, the Vietnam News Agency: VietnamPlus in six languages, and Bnews, its
 * economic site, which runs on a system of its own.
 *
 * Every edition counts its pages for itself, so a key begins with the edition:
 * "en-340851", "bnews-435525". The number outlives words and folders. Of
 * VietnamPlus no page was at hand when this was written, so each part is looked
 * for in more than one place; other papers on that system are read as well.
 */
#include <string.h>

#include "plugin.h"

static const char digits[] = "0123456789";

/* Where the path begins: at the slash behind the host. */
static const char *path_of(const char *url)
{
	const char *host = url != NULL ? strstr(url, "://") : NULL;

	return host != NULL ? host + 3 + strcspn(host + 3, "/?#") : "";
}

/* The language that the first label of the host names: en.vietnamplus.vn is
   English, www.vietnamplus.vn and whatever else are Vietnamese. */
static const char *edition(const char *url)
{
	static const char *const languages[] = { "en", "fr", "es", "zh", "ru" };
	const char *host = strstr(url, "://") + 3;
	size_t i;

	for (i = 0; i < sizeof(languages) / sizeof(*languages); i++) {
		if (strncmp(host, languages[i], 2) == 0 && host[2] == '.')
			return languages[i];
	}
	return "vi";
}

/* The view for the printer, in the old system: it names the story's number. */
static const char *print_key(struct dl_job *job, const char *url)
{
	static const char view[] = "/Utilities/Print.aspx?contentid=";
	const char *number = path_of(url);
	size_t len;

	if (strncmp(number, view, strlen(view)) != 0)
		return NULL;
	number += strlen(view);
	len = strspn(number, digits);
	if (len == 0)
		return NULL;
	return job_printf(job, "%s-%.*s", edition(url), (int)len, number);
}

/*
 * VietnamPlus: "/words-post340851.vnp", in older addresses "/words/340851.vnp".
 * Bnews: "/words/435525.html", and nothing deeper: that are tags and channels.
 * The form tells the sites apart, so that it works for any host.
 */
static const char *key(struct dl_job *job, const char *url)
{
	const char *path = path_of(url), *name = path, *end, *number;
	size_t len, folders = 0;

	for (end = path; *end != '\0' && *end != '?' && *end != '#'; end++) {
		folders += *end == '/';
		name = *end == '/' ? end + 1 : name;
	}
	number = end;
	while (number > name && strncmp(number - 1, "-post", 5) != 0)
		number--;
	number = number > name ? number + 4 : name;
	len = strspn(number, digits);
	if (len == 0)
		return print_key(job, url);
	if (end - number - len == 4 && strncmp(number + len, ".vnp", 4) == 0)
		return job_printf(
		    job, "%s-%.*s", edition(url), (int)len, number);
	if (number == name && folders == 2 && end - number - len == 5 &&
	    strncmp(number + len, ".html", 5) == 0)
		return job_printf(job, "bnews-%.*s", (int)len, number);
	return NULL;
}

/* Front pages, galleries and videos stand in the sitemaps, too. What those of
   Bnews give as changed is when it was published. */
static void add(struct dl_job *job, struct dl_entry *entry)
{
	const char *id = key(job, entry->url);

	if (id == NULL)
		return;
	if (strncmp(id, "bnews-", 6) == 0 && entry->published == NULL) {
		entry->published = entry->updated;
		entry->updated = NULL;
	}
	entry_add(job, entry);
}

static enum dl_verdict discover(struct dl_job *job, const struct dl_page *feed)
{
	static const struct dl_listing listing = {
		.boxes = ".story, .b-item-news",
		.link = "h1 a, h2 a, h3 a, a.story__title",
		.time = "time",
		.hints = DL_DAY_FIRST,
	};
	struct dl_entry *entry = NULL;

	while ((entry = listing_next(job, feed, &listing, entry)) != NULL)
		add(job, entry);
	return DL_DONE;
}

/* ---- what both sites have ---- */

/* The label in front of a credit, with the bytes it has. */
static const char *credit_label(const char *caption, size_t *len)
{
	static const char *const labels[] = { "Ảnh:", "Ảnh :", "Ảnh minh họa:",
		"Photo:", "Photo :", "photo:", "Foto:", "Фото:", "Nguồn:",
		"（图自", "（图片来源：", "图自", "图片来源：" };
	const char *at;
	size_t i;

	for (i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		*len = strlen(labels[i]);
		at = strstr(caption, labels[i]);
		if (at != NULL)
			return at;
	}
	return NULL;
}

/* The bracket that is open at `at`, or `at`: "(Illustrative photo: VNA)". */
static const char *bracket_before(const char *text, const char *at)
{
	const char *open = at;

	while (open > text && open[-1] != ')') {
		if (*--open == '(')
			return open;
	}
	return at;
}

/* Splits "… Ảnh: Văn Giáp/BNEWS/TTXVN", "… (Photo: VNA)" and "…。图自越通社"
   off a caption. */
static const char *caption_credit(struct dl_job *job, const char **caption)
{
	const char *text = text_or(*caption, ""), *label, *close;
	size_t len;

	label = credit_label(text, &len);
	if (label == NULL)
		return NULL;
	*caption =
	    job_copy(job, text, (size_t)(bracket_before(text, label) - text));
	label += len;
	close = strstr(label, "）");
	return job_copy(job, label,
	    close != NULL ? (size_t)(close - label) : strcspn(label, ")"));
}

static void say_image(struct dl_job *job, struct dl_record *record,
    const struct dl_node *image, const char *caption)
{
	const char *credit = caption_credit(job, &caption);

	record_image(job, record,
	    text_or(
		dom_url(job, image, "data-src"), dom_url(job, image, "src")),
	    caption, credit);
}

/* The lead comes first, and is not said a second time. */
static const char *story(struct dl_job *job, const char *lead, const char *body)
{
	const struct dl_list *rest = text_paragraphs(job, body), *text = NULL;

	if (lead == NULL)
		return body;
	text_append(job, &text, lead);
	if (rest != NULL &&
	    strcmp(text_key(job, rest->text), text_key(job, lead)) == 0)
		rest = rest->next;
	for (; rest != NULL; rest = rest->next)
		text_append(job, &text, rest->text);
	return text_join(job, text);
}

/* Whether the name is a desk's, or "Theo Reuters": who was followed. */
static int is_desk(struct dl_job *job, const char *name)
{
	static const char desks[] = "|bnews|ttxvn|vnanet vn|vna|vietnam|vnp|"
				    "tong hop|pv|越通社|виа|";
	const char *key = text_key(job, name);

	return strncmp(key, "theo ", 5) == 0 ||
	    strstr(desks, job_printf(job, "|%s|", key)) != NULL;
}

/* "Văn Giáp - Thu An/Bnews/vnanet.vn", "Minh Nguyệt (TTXVN/Vietnam+)". */
static void say_authors(
    struct dl_job *job, struct dl_record *record, const char *line)
{
	static const char parting[] = "/(),";

	while (line != NULL && *line != '\0') {
		const char *dash = strstr(line, " - "), *name;
		size_t len = strcspn(line, parting);

		if (dash != NULL && (size_t)(dash - line) < len)
			len = (size_t)(dash - line);
		name = job_copy(job, line, len);
		if (!is_desk(job, name))
			record_author(job, record, name);
		line += len;
		line += strspn(line, "/(), -");
	}
}

static void say_tags(struct dl_job *job, struct dl_record *record,
    const struct dl_node *root, const char *selector)
{
	const struct dl_node *tag = NULL;

	while ((tag = dom_next(job, root, selector, tag)) != NULL)
		record_tag(job, record, dom_text(job, tag));
}

static void say_ld_dates(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	record_published(job, record,
	    date_parse(
		job, page_ld(job, page, "datePublished"), DL_FROM_JSON_LD, 0),
	    "datePublished");
	record_updated(job, record,
	    date_parse(
		job, page_ld(job, page, "dateModified"), DL_FROM_JSON_LD, 0),
	    "dateModified");
}

/* ---- Bnews ---- */

static void bnews_images(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	const struct dl_node *box = NULL;

	while ((box = dom_next(job, body, ".lr-pic", box)) != NULL) {
		const struct dl_node *link =
		    dom_first(job, box, "a[data-caption]");
		const char *caption =
		    dom_text(job, dom_first(job, box, ".lr-caption"));

		say_image(job, record, dom_first(job, box, "img"),
		    text_or(caption, dom_attr(job, link, "data-caption")));
	}
}

static enum dl_verdict bnews(struct dl_job *job, const struct dl_page *page,
    struct dl_record *record, const struct dl_node *body)
{
	static const char lead_is[] = ".lr-summary-post",
			  boxes[] = ".lr-summary-post, .lr-pic, .lr-caption, "
				    ".lr-author, .editor_inpage, .insertImage";
	const struct dl_node *root = dom_root(job, page);
	const char *lead;

	record_take(job, record, DL_TITLE, root, "h1.font-42, article h1");
	/* Without the label "BNEWS" in front. */
	lead = dom_prose(job, dom_first(job, body, lead_is), ".bnews-summary");
	record_set(job, record, DL_SUMMARY, lead, DL_FROM_PAGE, lead_is);
	record_set(job, record, DL_TEXT,
	    story(job, lead, dom_prose(job, body, boxes)), DL_FROM_PAGE,
	    "div.lr-ct");
	record_set(job, record, DL_SECTION,
	    page_meta(job, page, "article:section"), DL_FROM_META,
	    "article:section");
	say_authors(job, record,
	    text_or(dom_text(job, dom_first(job, body, ".lr-author")),
		page_meta(job, page, "article:author")));
	bnews_images(job, record, body);
	say_tags(job, record, root, ".b-tags a");
	/* There is no time on the page but that of today. */
	say_ld_dates(job, record, page);
	return DL_DONE;
}

/* ---- VietnamPlus ---- */

static void plus_dates(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	static const struct {
		const char *selector, *attribute;
	} places[] = {
		{ "meta.cms-date", "content" },
		{ ".article__meta time", "datetime" },
		{ ".article__header time", "datetime" },
		{ ".article-header time", "datetime" },
		{ "time.cms-date", "datetime" },
		{ "time[datetime]", "datetime" },
	};
	static const char shown[] = ".article__meta time, .article__header "
				    "time, .article-header time, .source time, "
				    ".article__meta .time, time.cms-date",
			  meta[] = "article:published_time";
	const struct dl_node *root = dom_root(job, page);
	const struct dl_moment *moment;
	size_t i;

	record_published(job, record,
	    date_parse(job, page_meta(job, page, meta), DL_FROM_META, 0), meta);
	record_updated(job, record,
	    date_parse(job, page_meta(job, page, "article:modified_time"),
		DL_FROM_META, 0),
	    "article:modified_time");
	for (i = 0; i < sizeof(places) / sizeof(*places); i++) {
		moment = date_parse(job,
		    dom_attr(job, dom_first(job, root, places[i].selector),
			places[i].attribute),
		    DL_FROM_META, 0);
		record_published(job, record, moment, places[i].selector);
		if (moment != NULL)
			break;
	}
	record_published(job, record,
	    date_parse(job, dom_text(job, dom_first(job, root, shown)),
		DL_FROM_PAGE, DL_DAY_FIRST),
	    shown);
	say_ld_dates(job, record, page);
}

/* Captions are marked, or the bare text beside the picture. The small pictures
   of related stories are figures, too. */
static void boxed_images(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	static const char boxes[] = "figure:not(.story__thumb), "
				    ".article-photo, table.picture";
	const struct dl_node *box = NULL, *caption;

	while ((box = dom_next(job, body, boxes, box)) != NULL) {
		caption = dom_first(job, box, "figcaption, .caption");
		say_image(job, record, dom_first(job, box, "img"),
		    dom_text(job, caption != NULL ? caption : box));
	}
}

/* A picture may be a paragraph, and the next one its caption if it ends with a
   credit; the text loses that one to the extractors. */
static void bare_images(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	const struct dl_node *node = NULL, *image, *above = NULL;

	while ((node = dom_next(job, body, "p", node)) != NULL) {
		const char *line = dom_text(job, node), *caption = line;
		const char *credit = caption_credit(job, &caption);

		image = dom_first(job, node, "img");
		if (image != NULL)
			say_image(job, record, image, NULL);
		else
			image = above;
		above = line == NULL ? image : NULL;
		if (image != NULL && credit != NULL)
			say_image(job, record, image, line);
	}
}

/* "(TTXVN/Vietnam+)" closes the body: whom the story comes from. */
static void plus_credit(
    struct dl_job *job, struct dl_record *record, const char *line)
{
	if (line == NULL)
		return;
	record_note(job, record, "source", line);
	if (strstr(line, "TTXVN") != NULL || strstr(line, "VNA") != NULL)
		record_credit(job, record, "VNA");
}

static enum dl_verdict plus(struct dl_job *job, const struct dl_page *page,
    struct dl_record *record, const struct dl_node *body, const char *body_is)
{
	static const char
	    title_is[] = "h1.article__title, h1.cms-title, .cms-title, "
			 ".article-header h1",
	    lead_is[] = ".article__sapo, .cms-desc",
	    author_is[] = ".article__author, span.author.cms-author, "
			  ".cms-author, .article-header .author",
	    source_is[] = ".article__source",
	    boxes[] = "figure, figcaption, .article-photo, table.picture, "
		      ".article__sapo, .article__social, .article__source, "
		      ".article__author, .sda_middle, .ads_middle, "
		      "[id^=adsWeb_], [id^=sas_], .article-relate, "
		      ".article__relate, .related-news, article.story, "
		      ".notebox, a.cms-relate";
	const struct dl_node *root = dom_root(job, page);
	const char *lead;

	record_take(job, record, DL_TITLE, root, title_is);
	lead = dom_text(job, dom_first(job, root, lead_is));
	record_set(job, record, DL_SUMMARY, lead, DL_FROM_PAGE, lead_is);
	record_set(job, record, DL_TEXT,
	    story(job, lead, dom_prose(job, body, boxes)), DL_FROM_PAGE,
	    body_is);
	record_set(job, record, DL_SECTION,
	    page_meta(job, page, "article:section"), DL_FROM_META,
	    "article:section");
	record_take(job, record, DL_SECTION, root,
	    ".breadcrumb h2 a, .article__breadcrumb a");
	say_authors(
	    job, record, dom_text(job, dom_first(job, root, author_is)));
	plus_credit(
	    job, record, dom_text(job, dom_first(job, root, source_is)));
	boxed_images(job, record, body);
	bare_images(job, record, body);
	say_tags(job, record, root,
	    ".article__tag a, .article__tags a, .cms-tags a");
	plus_dates(job, record, page);
	return DL_DONE;
}

/* From the surest to the vaguest: .cms-body may be the box of a picture, too.
 */
static const struct dl_node *plus_body(
    struct dl_job *job, const struct dl_node *root, const char **how)
{
	static const char *const bodies[] = { ".article__body", ".article-body",
		".zce-content-body", ".cms-body" };
	const struct dl_node *body = NULL;
	size_t i;

	for (i = 0; body == NULL && i < sizeof(bodies) / sizeof(*bodies); i++) {
		*how = bodies[i];
		body = dom_first(job, root, bodies[i]);
	}
	return body;
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const struct dl_node *root = dom_root(job, page), *body;
	const char *how = NULL;

	record_links(job, record, page);
	record_set(job, record, DL_TITLE, page_meta(job, page, "og:title"),
	    DL_FROM_META, "og:title");
	record_set(job, record, DL_LANGUAGE, dom_attr(job, root, "lang"),
	    DL_FROM_META, "html[lang]");
	body = dom_first(job, root, "div.lr-ct");
	if (body != NULL)
		return bnews(job, page, record, body);
	body = plus_body(job, root, &how);
	if (body != NULL)
		return plus(job, page, record, body, how);
	return job_fail(job, "no text: no .article__body, .cms-body, .lr-ct");
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "vna",
	.version = "1.0",
	.about = "VNA, vietnamplus.vn in its six languages and bnews.vn",
	.agency = "VNA",
	.zone = "Asia/Ho_Chi_Minh",
	.key = key,
	.discover = discover,
	.extract = extract,
};
