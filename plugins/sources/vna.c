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
	static const char *const between[] = { "/", "(", ")", ",", " - ",
		NULL };
	const struct dl_list *name = text_split(job, line, between);

	for (; name != NULL; name = name->next) {
		if (!is_desk(job, name->text))
			record_author(job, record, name->text);
	}
}

/* ---- Bnews ---- */

static const char bnews_is[] = "div.lr-ct";

/* Where no caption is shown, the link to the whole picture has it. */
static void bnews_images(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	static const char links[] = ".lr-pic a[data-caption]";
	const struct dl_node *link = NULL;

	record_images(job, record, body, ".lr-pic", ".lr-caption");
	while ((link = dom_next(job, body, links, link)) != NULL)
		record_image(job, record, dom_image_url(job, link),
		    dom_attr(job, link, "data-caption"), NULL);
}

static void bnews(struct dl_job *job, const struct dl_page *page,
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
	    text_lead(job, lead, dom_prose(job, body, boxes)), DL_FROM_PAGE,
	    bnews_is);
	say_authors(job, record,
	    text_or(dom_text(job, dom_first(job, body, ".lr-author")),
		page_meta(job, page, "article:author")));
	bnews_images(job, record, body);
	record_tags(job, record, root, ".b-tags a");
}

/* ---- VietnamPlus ---- */

/* From the surest to the vaguest: .cms-body may be the box of a picture, too.
 */
static const char plus_is[] = ".article__body, .article-body, "
			      ".zce-content-body, .cms-body";

static void plus_dates(
    struct dl_job *job, struct dl_record *record, const struct dl_node *root)
{
	static const char meta[] = "meta.cms-date",
			  times[] = ".article__meta time[datetime], "
				    ".article__header time[datetime], "
				    ".article-header time[datetime], "
				    "time.cms-date[datetime], time[datetime]",
			  shown[] = ".article__meta time, .article__header "
				    "time, .article-header time, .source time, "
				    ".article__meta .time, time.cms-date";
	const char *said, *how;

	said = dom_attr(job, dom_first(job, root, meta), "content");
	record_published(
	    job, record, date_parse(job, said, DL_FROM_META, 0), meta);
	said = dom_attr(job, dom_best(job, root, times, &how), "datetime");
	record_published(
	    job, record, date_parse(job, said, DL_FROM_META, 0), how);
	record_published(job, record,
	    date_parse(job, dom_text(job, dom_first(job, root, shown)),
		DL_FROM_PAGE, DL_DAY_FIRST),
	    shown);
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

static void plus(struct dl_job *job, const struct dl_page *page,
    struct dl_record *record, const struct dl_node *body, const char *body_is)
{
	static const char
	    title_is[] = "h1.article__title, h1.cms-title, .cms-title, "
			 ".article-header h1",
	    lead_is[] = ".article__sapo, .cms-desc",
	    author_is[] = ".article__author, span.author.cms-author, "
			  ".cms-author, .article-header .author",
	    pictures[] = "figure:not(.story__thumb), .article-photo, "
			 "table.picture, p img",
	    boxes[] = "figure, figcaption, .article-photo, table.picture, "
		      ".article__sapo, .article__social, .article__source, "
		      ".article__author, .sda_middle, .ads_middle, "
		      "[id^=adsWeb_], [id^=sas_], .article-relate, "
		      ".article__relate, .related-news, article.story, "
		      ".notebox, a.cms-relate";
	const struct dl_node *root = dom_root(job, page);
	const char *lead = dom_text(job, dom_first(job, root, lead_is));

	record_take(job, record, DL_TITLE, root, title_is);
	record_set(job, record, DL_SUMMARY, lead, DL_FROM_PAGE, lead_is);
	record_set(job, record, DL_TEXT,
	    text_lead(job, lead, dom_prose(job, body, boxes)), DL_FROM_PAGE,
	    body_is);
	record_take(job, record, DL_SECTION, root,
	    ".breadcrumb h2 a, .article__breadcrumb a");
	say_authors(
	    job, record, dom_text(job, dom_first(job, root, author_is)));
	plus_credit(job, record,
	    dom_text(job, dom_first(job, root, ".article__source")));
	record_images(job, record, body, pictures, NULL);
	record_tags(job, record, root,
	    ".article__tag a, .article__tags a, .cms-tags a");
	plus_dates(job, record, root);
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const struct dl_node *root = dom_root(job, page);
	const struct dl_node *bnews_body = dom_first(job, root, bnews_is);
	const char *how;
	const struct dl_node *plus_body = dom_best(job, root, plus_is, &how);

	record_head(job, record, page);
	record_times(job, record, page, 0);
	if (bnews_body != NULL)
		bnews(job, page, record, bnews_body);
	else if (plus_body != NULL)
		plus(job, page, record, plus_body, how);
	else
		return job_fail(job, "no text: no %s, %s", plus_is, bnews_is);
	return DL_DONE;
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
