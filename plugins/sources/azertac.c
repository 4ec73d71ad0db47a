/*
 * AZERTAC, the state agency of Azerbaijan: azertag.az in Azerbaijani, English,
 * Russian and more.
 *
 * Feeds have title, link and date only; that an entry was edited is told by its
 * date and by a mark behind its title. No page was at hand when this was
 * written, so each part is looked for in more than one place.
 */
#include <string.h>

#include "plugin.h"

static const char digits[] = "0123456789";

/* "/en/xeber/some_words-4306118", or "/en/xeber/1782007": the number at the end
   of the last name. All languages share one count. */
static const char *key(struct dl_job *job, const char *url)
{
	const char *path = url != NULL ? strstr(url, "/xeber/") : NULL;
	const char *end, *number;

	if (path == NULL)
		return NULL;
	path += strlen("/xeber/");
	end = path + strcspn(path, "/?#");
	number = end;
	while (number > path && strchr(digits, number[-1]) != NULL)
		number--;
	if (end - number < 4 || (number > path && number[-1] != '-'))
		return NULL;
	return job_copy(job, number, (size_t)(end - number));
}

/* Bytes of the title in front of a mark at its end; 0 if there is none. */
static size_t before_mark(const char *title, size_t len)
{
	static const char *const marks[] = { "YENİLƏNİB", "UPDATED",
		"ОБНОВЛЕНО", "VİDEO", "VIDEO", "ВИДЕО", "FOTO", "PHOTO",
		"PHOTOS", "ФОТО", "FOTOREPORTAJ", "PHOTO REPORT",
		"ФОТОРЕПОРТАЖ", "FAKTİKİ HAVA" };
	size_t i, mark;

	while (len > 0 && strchr(" 0123456789", title[len - 1]) != NULL)
		len--;
	for (i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		mark = strlen(marks[i]);
		if (len > mark && title[len - mark - 1] == ' ' &&
		    memcmp(title + len - mark, marks[i], mark) == 0)
			return len - mark - 1;
	}
	return 0;
}

/* "… olub – YENİLƏNİB 2" without what is not its title: so that an edit does
   not look like another one. */
static const char *clean_title(struct dl_job *job, const char *title)
{
	size_t len = title != NULL ? strlen(title) : 0, before;

	while (len > 0 && (before = before_mark(title, len)) > 0) {
		len = before;
		while (len > 0 && strchr(" -", title[len - 1]) != NULL)
			len--;
		if (len > 3 && memcmp(title + len - 3, "–", 3) == 0)
			len -= 3;
		while (len > 0 && title[len - 1] == ' ')
			len--;
	}
	return len > 0 ? job_copy(job, title, len) : title;
}

static enum dl_verdict discover(struct dl_job *job, const struct dl_page *feed)
{
	static const struct dl_listing listing = {
		.boxes = ".entry-title a, .news-title a, .news-item a, "
			 "a[href*='/xeber/']",
	};
	struct dl_entry *entry = NULL;

	while ((entry = listing_next(job, feed, &listing, entry)) != NULL) {
		if (!feed_is(job, feed) && key(job, entry->url) == NULL)
			continue;
		entry->title = clean_title(job, entry->title);
		entry_add(job, entry);
	}
	return DL_DONE;
}

/* The head of the page adds the agency's name to the title. */
static const char *head_title(struct dl_job *job, const char *title)
{
	static const char *const names[] = { "AZƏRTAC", "AZERTAC", "АЗЕРТАДЖ" };
	static const char *const dashes[] = { " - ", " – ", " | " };
	size_t i, k;

	for (i = 0; title != NULL && i < sizeof(names) / sizeof(*names); i++) {
		for (k = 0; k < sizeof(dashes) / sizeof(*dashes); k++) {
			const char *end = strstr(title,
			    job_printf(job, "%s%s", dashes[k], names[i]));

			if (end != NULL && end > title)
				title =
				    job_copy(job, title, (size_t)(end - title));
		}
	}
	return clean_title(job, title);
}

static void say_title(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	const struct dl_node *root = dom_root(job, page);
	const char *meta = page_meta(job, page, "og:title");

	record_set(job, record, DL_TITLE,
	    head_title(job, dom_text(job, dom_first(job, root, "title"))),
	    DL_FROM_META, "title");
	record_set(job, record, DL_TITLE, head_title(job, meta), DL_FROM_META,
	    "og:title");
}

/* "21.02.2026 [19:22]", wherever the page shows it. */
static void say_dates(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	static const char meta[] = "article:published_time",
			  times[] = ".news-date, .news-time, .entry-date, "
				    ".post-date, .date, .news-info, time";
	const struct dl_node *root = dom_root(job, page), *time = NULL;
	const struct dl_moment *moment;

	record_published(job, record,
	    date_parse(job, page_meta(job, page, meta), DL_FROM_META, 0), meta);
	record_updated(job, record,
	    date_parse(job, page_meta(job, page, "article:modified_time"),
		DL_FROM_META, 0),
	    "article:modified_time");
	while ((time = dom_next(job, root, times, time)) != NULL) {
		moment = date_parse(
		    job, dom_text(job, time), DL_FROM_PAGE, DL_DAY_FIRST);
		record_published(job, record, moment, times);
		if (moment != NULL)
			return;
	}
}

static void say_images(struct dl_job *job, struct dl_record *record,
    const struct dl_page *page, const struct dl_node *body)
{
	static const char gallery[] = ".gallery a[href*=galleryphoto], "
				      "a[href*='/files/galleryphoto/']";
	const struct dl_node *node = NULL;

	record_image(job, record, page_meta(job, page, "og:image"), NULL, NULL);
	while ((node = dom_next(job, body, "img", node)) != NULL)
		record_image(
		    job, record, dom_url(job, node, "src"), NULL, NULL);
	while (
	    (node = dom_next(job, dom_root(job, page), gallery, node)) != NULL)
		record_image(
		    job, record, dom_url(job, node, "href"), NULL, NULL);
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	static const char body_is[] = "div.news-body, .news-text, "
				      ".news-detail, [itemprop=articleBody], "
				      ".entry-content",
			  boxes[] = "figure, figcaption, .share, .tags, "
				    ".gallery, .related, .news-date, "
				    ".news-time, h1",
			  tags[] = ".news-tags a, .tags a";
	const struct dl_node *root = dom_root(job, page), *body, *tag = NULL;

	body = dom_first(job, root, body_is);
	if (body == NULL)
		return job_fail(job, "no text: none of %s", body_is);
	record_links(job, record, page);
	say_title(job, record, page);
	/* "The main news of this hour": links to what we have already. */
	if (record->title != NULL &&
	    strcmp(record->title, "Bu saata olan əsas xəbərlər") == 0)
		return job_skip(job, "an hourly round-up");
	record_set(job, record, DL_SUMMARY,
	    page_meta(job, page, "og:description"), DL_FROM_META,
	    "og:description");
	record_set(job, record, DL_TEXT, dom_prose(job, body, boxes),
	    DL_FROM_PAGE, body_is);
	record_take(job, record, DL_SECTION, root,
	    ".breadcrumb a[href*='/bolme/'], .news-category a");
	say_images(job, record, page, body);
	say_dates(job, record, page);
	while ((tag = dom_next(job, root, tags, tag)) != NULL)
		record_tag(job, record, dom_text(job, tag));
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "azertac",
	.version = "1.0",
	.about = "AZERTAC, azertag.az in all its languages",
	.agency = "AZERTAC",
	.zone = "Asia/Baku",
	.key = key,
	.discover = discover,
	.extract = extract,
};
