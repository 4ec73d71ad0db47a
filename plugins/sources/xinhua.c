/*
 * Xinhua: english.news.cn, www.news.cn and the older xinhuanet.com.
 *
 * Its addresses have the day in them, China's. Lists are filled in by scripts
 * and feeds are often years old, so what is listed counts by that day. Pages of
 * many years are about; each part is looked for where any of them has it.
 */
#include <string.h>

#include "plugin.h"

static const char digits[] = "0123456789";

/*
 * The name behind the day: "…/20260509/<32 hex digits>/c.html",
 * "…/2020-02/19/c_1125597921.htm", "…/2008-04/09/content_7945866.htm". Further
 * pages of a story ("c_1125597921_2.htm") have the number of the first.
 */
static const char *key(struct dl_job *job, const char *url)
{
	const char *at = url != NULL ? url : "";
	size_t len;

	while ((at = strchr(at, '/')) != NULL) {
		at++;
		len = strspn(at, "0123456789abcdef");
		if (len == 32 && strncmp(at + len, "/c", 2) == 0)
			return job_copy(job, at, len);
		if (strncmp(at, "c_", 2) == 0)
			len = 2;
		else if (strncmp(at, "content_", 8) == 0)
			len = 8;
		else
			continue;
		if (strspn(at + len, digits) > 0)
			return job_copy(
			    job, at + len, strspn(at + len, digits));
	}
	return NULL;
}

/* "/20260509/", "/2020-02/19/", "/2017-01/22/": the day in China. */
static const struct dl_moment *url_day(struct dl_job *job, const char *url)
{
	const char *at = url != NULL ? url : "";

	while ((at = strchr(at, '/')) != NULL) {
		const char *month = ++at + 4, *day;

		if (strspn(at, digits) < 4 || strncmp(at, "20", 2) != 0)
			continue;
		month += *month == '-';
		if (strspn(month, digits) < 2)
			continue;
		day = month + 2;
		day += *day == '-' || *day == '/';
		if (strspn(day, digits) == 2 && day[2] == '/')
			return date_parse(job,
			    job_printf(job, "%.4s-%.2s-%.2s", at, month, day),
			    DL_FROM_URL, 0);
	}
	return NULL;
}

/* What its scripts fill the lists with has an address of its own. */
static const struct dl_listing *listing_of(const struct dl_page *feed)
{
	static const struct {
		const char *part; /* of the address */
		struct dl_listing listing;
	} lists[] = {
		{ "/ds_",
		    { .boxes = "datasource",
			.link = "publishUrl",
			.summary = "summary",
			.time = "publishTime" } },
		{ "/nodeart/",
		    { .boxes = "data.list",
			.link = "LinkUrl",
			.title = "Title",
			.summary = "Abstract",
			.time = "PubTime" } },
		{ "",
		    { .boxes =
			    "#content-list .tit a, #latest li a, "
			    "#recommendDepth a, .item .tit a, "
			    ".list .tit a, .dataList h3 a, h4.dataList a" } },
	};
	const char *url = text_or(feed->url, "");
	size_t i = 0;

	while (strstr(url, lists[i].part) == NULL)
		i++;
	return &lists[i].listing;
}

static enum dl_verdict discover(struct dl_job *job, const struct dl_page *feed)
{
	const struct dl_listing *listing = listing_of(feed);
	struct dl_entry *entry = NULL;

	while ((entry = listing_next(job, feed, listing, entry)) != NULL) {
		if (key(job, entry->url) == NULL)
			continue;
		if (entry->published == NULL)
			entry->published = url_day(job, entry->url);
		entry_add(job, entry);
	}
	return DL_DONE;
}

/* Pages of fifteen years. */
static const char bodies[] = "#detailContent, #p-detail, #detail, "
			     "div.xlcontent, #content, #Content";

/* What in them is not of the story. */
static const char boxes[] =
    ".zan-wap, .tadd, .share, .tiyi, .tiyi1, .video-url, .lb, .p-tags, .p-jc, "
    ".editor, #div_currpage, .nextpage, #articleEdit";

/* ---- title and language ---- */

/* What an address says of it. Pages in Chinese say nothing. */
static void say_language(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	static const struct {
		const char *part, *language;
	} editions[] = {
		{ "://english.", "en" },
		{ "/english", "en" },
		{ "://spanish.", "es" },
		{ "://french.", "fr" },
		{ "://russian.", "ru" },
		{ "://arabic.", "ar" },
		{ "://german.", "de" },
		{ "://portuguese.", "pt" },
		{ "://jp.", "ja" },
		{ "://kr.", "ko" },
	};
	const char *url = text_or(page->url, "");
	size_t i;

	for (i = 0; i < sizeof(editions) / sizeof(*editions); i++) {
		if (strstr(url, editions[i].part) != NULL)
			record_set(job, record, DL_LANGUAGE,
			    editions[i].language, DL_FROM_URL, "edition");
	}
}

static const char *without_site(struct dl_job *job, const char *title)
{
	static const char *const sites[] = { " | English.news.cn",
		"_Spanish.xinhuanet.com", "_French.xinhuanet.com", " - Xinhua",
		"-Xinhua", "-新华网", "_新华网" };
	size_t i, end, len = strlen(text_or(title, ""));

	for (i = 0; i < sizeof(sites) / sizeof(*sites); i++) {
		end = strlen(sites[i]);
		if (len > end && strcmp(title + len - end, sites[i]) == 0)
			len -= end;
		title = job_copy(job, text_or(title, ""), len);
	}
	return title;
}

static void say_title(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	static const char titles[] = ".h-title, .head-line h1, h1.Btitle, "
				     "h1#title, h1.title, h1, #title";
	const struct dl_node *root = dom_root(job, page), *title;
	const char *how;

	record_set(job, record, DL_TITLE,
	    without_site(job, dom_text(job, dom_first(job, root, "title"))),
	    DL_FROM_META, "title");
	record_set(job, record, DL_TITLE,
	    without_site(job, page_meta(job, page, "og:title")), DL_FROM_META,
	    "og:title");
	title = dom_best(job, root, titles, &how);
	record_set(job, record, DL_TITLE,
	    without_site(job, dom_text(job, title)), DL_FROM_PAGE, how);
}

/* ---- dates ---- */

/* The `Z` at the end of a time of Xinhua is China's time all the same. */
static const char *without_z(struct dl_job *job, const char *text)
{
	size_t len = text != NULL ? strlen(text) : 0;

	return len > 0 && text[len - 1] == 'Z' ? job_copy(job, text, len - 1)
					       : text;
}

/* On newer Chinese pages year, day and time are elements of their own. */
static const char *split_time(struct dl_job *job, const struct dl_node *root)
{
	const struct dl_node *box = dom_first(job, root, ".header-time");
	const char *year = dom_text(job, dom_first(job, box, ".year"));
	const char *day = dom_text(job, dom_first(job, box, ".day"));
	const char *time = dom_text(job, dom_first(job, box, ".time"));

	if (year == NULL || day == NULL || strspn(day, digits) != 2 ||
	    strlen(day) < 5)
		return NULL;
	return job_printf(job, "%.4s-%.2s-%s %s", year, day,
	    day + strlen(day) - 2, text_or(time, ""));
}

/* Further times on old pages are left over from their template: of each kind
   the first counts. */
static const struct dl_moment *shown_time(
    struct dl_job *job, const struct dl_node *root, const char **how)
{
	static const char *const places[] = { ".h-info .h-time", ".h-time",
		"#pubtime", ".pubtime", ".info .time", ".info", ".source",
		".time" };
	const struct dl_moment *moment = NULL;
	size_t i;

	for (i = 0; i < sizeof(places) / sizeof(*places) && moment == NULL;
	     i++) {
		*how = places[i];
		moment = date_find(job,
		    without_z(
			job, dom_text(job, dom_first(job, root, places[i]))),
		    DL_FROM_PAGE, 0, NULL, NULL);
	}
	return moment;
}

static void say_dates(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	static const char *const metas[] = { "publishdate", "pubdate",
		"datePublished", "article:published_time" };
	const struct dl_node *root = dom_root(job, page);
	const struct dl_moment *shown;
	const char *text, *how = NULL;
	size_t i;

	for (i = 0; i < sizeof(metas) / sizeof(*metas); i++) {
		text = without_z(job, page_meta(job, page, metas[i]));
		record_published(job, record,
		    date_parse(job, text, DL_FROM_META, 0), metas[i]);
	}
	record_published(job, record,
	    date_parse(job, split_time(job, root), DL_FROM_PAGE, 0),
	    ".header-time");
	shown = shown_time(job, root, &how);
	record_published(job, record, shown, how);
	record_published(job, record,
	    url_day(job, text_or(page->url, record->url)), "day in the url");
}

/* ---- who says it ---- */

/* What stands behind a label, up to the next one or a time: "来源： 半月谈",
   "Source: Xinhua Editor: huaxia 2026-05-09 …". */
static const char *labelled(
    struct dl_job *job, const char *text, const char *label)
{
	static const char *const ends[] = { "|", "】", "]", " Editor:", " 20" };
	const char *at = text != NULL ? strstr(text, label) : NULL, *end;
	size_t i, len;

	if (at == NULL)
		return NULL;
	at += strlen(label);
	at += strspn(at, " ");
	len = strlen(at);
	for (i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		end = strstr(at, ends[i]);
		if (end != NULL && (size_t)(end - at) < len)
			len = (size_t)(end - at);
	}
	/* Names in Chinese have no spaces. */
	if (*at != '\0' && (unsigned char)*at >= 0xe3 && strcspn(at, " ") < len)
		len = strcspn(at, " ");
	return job_copy(job, at, len);
}

/* Xinhua under whatever name it goes, or another paper. */
static const char *source_name(const char *name)
{
	static const char *const own[] = { "新华社", "新华网", "新华网客户端",
		"新华社客户端", "Xinhuanet", "Xinhua News Agency" };
	size_t i;

	for (i = 0; name != NULL && i < sizeof(own) / sizeof(*own); i++) {
		if (strcmp(name, own[i]) == 0)
			return "Xinhua";
	}
	return name;
}

static void say_source(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	static const struct {
		const char *label, *note; /* no note: it is a credit */
	} labels[] = {
		{ "来源：", NULL },
		{ "Source: ", NULL },
		{ "责任编辑：", "editor" },
		{ "责任编辑:", "editor" },
		{ "Editor: ", "editor" },
	};
	static const char places[] = ".h-info, .info, .source, #source, .p-jc, "
				     ".editor, .header-cont";
	const struct dl_node *root = dom_root(job, page), *node = NULL;
	const char *found;
	size_t i;

	record_credit(job, record,
	    source_name(dom_text(job, dom_first(job, root, "em#source"))));
	while ((node = dom_next(job, root, places, node)) != NULL) {
		const char *text = dom_text(job, node);

		for (i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
			found = labelled(job, text, labels[i].label);
			if (found != NULL && labels[i].note == NULL)
				record_credit(job, record, source_name(found));
			else if (found != NULL)
				record_note(job, record, labels[i].note, found);
		}
	}
}

/* ---- pictures and text ---- */

/* Captions are set in another colour, or name who took the picture, which is
   for the extractors. */
static int is_blue(
    struct dl_job *job, const struct dl_node *body, const char *text)
{
	static const char blue[] = "font[color=navy], .picture-caption";
	const struct dl_node *node = NULL;

	while ((node = dom_next(job, body, blue, node)) != NULL) {
		const char *words = dom_text(job, node);

		if (text != NULL && words != NULL && strstr(text, words))
			return 1;
	}
	return 0;
}

static void say_images(
    struct dl_job *job, struct dl_record *record, const struct dl_node *body)
{
	const struct dl_image *image = dom_images(job, body, boxes);

	for (; image != NULL; image = image->next)
		record_image(job, record, image->url,
		    is_blue(job, body, image->caption) ? image->caption : NULL,
		    NULL);
}

/* Old stories go on behind a pager. */
static void want_rest(struct dl_job *job, const struct dl_page *page)
{
	const struct dl_node *root = dom_root(job, page), *link = NULL;
	const char *id = key(job, page->url);

	while (id != NULL &&
	    (link = dom_next(job, root, "#div_currpage a", link)) != NULL) {
		const char *url = dom_url(job, link, "href");
		const char *of = key(job, url);

		if (of != NULL && strcmp(of, id) == 0 &&
		    strcmp(url, page->url) != 0)
			page_want(job, url, DL_WANT_NEXT);
	}
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const struct dl_node *root = dom_root(job, page), *body;
	const struct dl_list *text = NULL;
	const struct dl_page *more;
	const char *body_is;

	if (dom_best(job, root, bodies, &body_is) == NULL)
		return job_fail(job, "no text: no %s", bodies);
	record_links(job, record, page);
	say_title(job, record, page);
	say_language(job, record, page);
	record_take(
	    job, record, DL_SECTION, root, ".news-position .news-location");
	want_rest(job, page);
	for (more = page; more != NULL; more = more->next) {
		body = dom_best(job, dom_root(job, more), bodies, NULL);
		say_images(job, record, body);
		text_append(job, &text,
		    text_uncaptioned(
			job, dom_prose(job, body, boxes), record->images));
	}
	record_set(
	    job, record, DL_TEXT, text_join(job, text), DL_FROM_PAGE, body_is);
	if (record->text == NULL && record->images != NULL)
		return job_skip(job, "a gallery");
	say_dates(job, record, page);
	say_source(job, record, page);
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "xinhua",
	.version = "1.0",
	.about = "Xinhua, news.cn and xinhuanet.com",
	.agency = "Xinhua",
	.zone = "Asia/Shanghai",
	.key = key,
	.discover = discover,
	.extract = extract,
};
