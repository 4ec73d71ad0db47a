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
		return NULL;
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
		.link = "h1 a, h2 a, h3 a, a.story__title, a.cms-link",
		.time = "time",
		.hints = DL_DAY_FIRST,
	};
	struct dl_entry *entry = NULL;

	while ((entry = listing_next(job, feed, &listing, entry)) != NULL)
		add(job, entry);
	return DL_DONE;
}

/* ---- what both sites have ---- */

/* Splits "… Ảnh: Văn Giáp/BNEWS/TTXVN" and "… (Photo: VNA)" off a caption. */
static const char *caption_credit(struct dl_job *job, const char **caption)
{
	static const char *const signs[] = { "Ảnh:", "Photo:", "Ảnh :" };
	size_t i, len;

	for (i = 0; *caption != NULL && i < sizeof(signs) / sizeof(*signs);
	     i++) {
		const char *sign = strstr(*caption, signs[i]);

		if (sign == NULL)
			continue;
		len = (size_t)(sign - *caption);
		while (len > 0 && strchr(" (", (*caption)[len - 1]) != NULL)
			len--;
		*caption = job_copy(job, *caption, len);
		sign += strlen(signs[i]);
		sign += strspn(sign, " ");
		return job_copy(job, sign, strcspn(sign, ")"));
	}
	return NULL;
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

/* "Văn Giáp/Bnews/vnanet.vn": the names are those that are no desk's. */
static void bnews_authors(
    struct dl_job *job, struct dl_record *record, const char *line)
{
	static const char desks[] = "|bnews|ttxvn|vnanet vn|vna|tong hop|";

	while (line != NULL && *line != '\0') {
		size_t len = strcspn(line, "/");
		const char *name = job_copy(job, line, len);

		if (strstr(desks,
			job_printf(job, "|%s|", text_key(job, name))) == NULL)
			record_author(job, record, name);
		line += len + (line[len] == '/');
	}
}

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
	bnews_authors(job, record,
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
		{ "time.cms-date", "datetime" },
		{ "time[datetime]", "datetime" },
	};
	static const char shown[] = ".article__meta time, .article__header "
				    "time, .article__meta .time, time.cms-date",
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

/* A figure has a caption; other pictures stand in a paragraph. Those of related
   stories are links. */
static void plus_images(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	const struct dl_node *node = NULL;

	while ((node = dom_next(job, body, "figure, .article-photo", node)) !=
	    NULL)
		say_image(job, record, dom_first(job, node, "img"),
		    dom_text(
			job, dom_first(job, node, "figcaption, .caption")));
	while ((node = dom_next(job, body, "p > img", node)) != NULL)
		say_image(job, record, node, NULL);
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
    struct dl_record *record, const struct dl_node *body)
{
	static const char
	    title_is[] = "h1.article__title, h1.cms-title, .cms-title",
	    lead_is[] = ".article__sapo, .cms-desc",
	    author_is[] = ".article__author, span.author.cms-author, "
			  ".cms-author",
	    source_is[] = ".article__source",
	    boxes[] = "figure, figcaption, .article-photo, .article__sapo, "
		      ".article__social, .article__source, .article__author, "
		      ".sda_middle, .ads_middle, [id^=adsWeb_], "
		      ".article-relate, .article__relate, .related-news, "
		      ".notebox, a.cms-relate";
	const struct dl_node *root = dom_root(job, page);
	const char *lead;

	record_take(job, record, DL_TITLE, root, title_is);
	lead = dom_text(job, dom_first(job, root, lead_is));
	record_set(job, record, DL_SUMMARY, lead, DL_FROM_PAGE, lead_is);
	record_set(job, record, DL_TEXT,
	    story(job, lead, dom_prose(job, body, boxes)), DL_FROM_PAGE,
	    "body");
	record_take(job, record, DL_SECTION, root,
	    ".breadcrumb h2 a, .breadcrumb a, .article__breadcrumb a");
	record_author(
	    job, record, dom_text(job, dom_first(job, root, author_is)));
	plus_credit(
	    job, record, dom_text(job, dom_first(job, root, source_is)));
	plus_images(job, record, body);
	say_tags(job, record, root,
	    ".article__tag a, .article__tags a, .cms-tags a");
	plus_dates(job, record, page);
	return DL_DONE;
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	static const char plus_is[] = ".article__body, .cms-body, "
				      ".zce-content-body",
			  bnews_is[] = "div.lr-ct";
	const struct dl_node *root = dom_root(job, page), *body;

	record_links(job, record, page);
	record_set(job, record, DL_TITLE, page_meta(job, page, "og:title"),
	    DL_FROM_META, "og:title");
	body = dom_first(job, root, bnews_is);
	if (body != NULL)
		return bnews(job, page, record, body);
	body = dom_first(job, root, plus_is);
	if (body != NULL)
		return plus(job, page, record, body);
	return job_fail(job, "no text: none of %s, %s", plus_is, bnews_is);
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
