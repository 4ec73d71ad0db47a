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
		/* Videos have a host and numbers of their own. */
		if (key(job, entry->url) == NULL)
			continue;
		entry->title = clean_title(job, entry->title);
		entry_add(job, entry);
	}
	return DL_DONE;
}

/* Whether nothing follows, or a dash and what the agency is. */
static int is_title_end(const char *rest)
{
	return *rest == '\0' || strncmp(rest, " - ", 3) == 0 ||
	    strncmp(rest, " – ", strlen(" – ")) == 0;
}

/* The head of the page adds the agency's name to the title; in the middle of it
   the agency is what it is about. */
static const char *head_title(struct dl_job *job, const char *title)
{
	static const char *const names[] = { " - AZƏRTAC", " – AZƏRTAC",
		" | AZƏRTAC", " - AZERTAC", " – AZERTAC", " | AZERTAC",
		" - АЗЕРТАДЖ", " – АЗЕРТАДЖ", " | АЗЕРТАДЖ" };
	size_t i;

	for (i = 0; title != NULL && i < sizeof(names) / sizeof(*names); i++) {
		const char *end = strstr(title, names[i]);

		if (end != NULL && end > title &&
		    is_title_end(end + strlen(names[i])))
			title = job_copy(job, title, (size_t)(end - title));
	}
	return clean_title(job, title);
}

static void say_title(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	static const char shown[] = "h1.content-title";
	const struct dl_node *root = dom_root(job, page);
	const char *meta = page_meta(job, page, "og:title");

	record_set(job, record, DL_TITLE,
	    head_title(job, dom_text(job, dom_first(job, root, "title"))),
	    DL_FROM_META, "title");
	record_set(job, record, DL_TITLE,
	    clean_title(job, dom_text(job, dom_first(job, root, shown))),
	    DL_FROM_PAGE, shown);
	record_set(job, record, DL_TITLE, head_title(job, meta), DL_FROM_META,
	    "og:title");
}

/* "21.02.2026 [19:22]", wherever the page shows it; a day without its time is
   of a calendar, if there is anything better. */
static const struct dl_moment *moment_shown(
    struct dl_job *job, const struct dl_node *root, const char *times)
{
	const struct dl_node *time = NULL;
	const struct dl_moment *moment, *day = NULL;

	while ((time = dom_next(job, root, times, time)) != NULL) {
		moment = date_parse(
		    job, dom_text(job, time), DL_FROM_PAGE, DL_DAY_FIRST);
		if (moment != NULL && moment->precision != DL_DAY)
			return moment;
		day = day != NULL ? day : moment;
	}
	return day;
}

static void say_dates(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	static const char anywhere[] = ".news-date, .news-time, .entry-date, "
				       ".post-date, .date, .news-info, time";
	static const char *const times[] = { "#content-article .news-date",
		".news-header .news-date, .news-detail .news-date", anywhere };
	const struct dl_node *root = dom_root(job, page);
	const struct dl_moment *moment = NULL;
	const char *how = NULL;
	size_t i;

	record_times(job, record, page, 0);
	for (i = 0; moment == NULL && i < sizeof(times) / sizeof(*times); i++) {
		how = times[i];
		moment = moment_shown(job, root, how);
	}
	record_published(job, record, moment, how);
}

/* "…/1200x630/17751257016182521861_1200x630.jpg?v=69ce": the bytes that name
   the picture, whatever its size. */
static size_t picture_name(const char *url, const char **name)
{
	const char *slash = url, *next;
	size_t len = strcspn(url, "?#");

	while ((next = strchr(slash, '/')) != NULL && next < url + len)
		slash = next + 1;
	*name = slash;
	return strcspn(slash, "_.?#");
}

/* The url under which the picture is known; its own if it is new. */
static const char *known_url(const struct dl_record *record, const char *url)
{
	const struct dl_image *image = record->images;
	const char *name, *other;
	size_t len = url != NULL ? picture_name(url, &name) : 0;

	for (; len > 0 && image != NULL; image = image->next) {
		if (image->url != NULL &&
		    picture_name(image->url, &other) == len &&
		    strncmp(name, other, len) == 0)
			return image->url;
	}
	return url;
}

/* Pictures come in several sizes; each is said once. */
static void say_image(struct dl_job *job, struct dl_record *record,
    const char *url, const char *caption)
{
	record_image(job, record, known_url(record, url), caption, NULL);
}

static void say_images(struct dl_job *job, struct dl_record *record,
    const struct dl_page *page, const struct dl_node *body)
{
	static const char boxes[] = "figure, .news-image, img",
			  captions[] = "figcaption, .image-caption",
			  above[] = "#content-article > img",
			  gallery[] = ".gallery a[href*=galleryphoto], "
				      "a[href*='/files/galleryphoto/']";
	const struct dl_node *root = dom_root(job, page), *node = NULL;

	say_image(job, record, page_meta(job, page, "og:image"), NULL);
	while ((node = dom_next(job, root, above, node)) != NULL)
		say_image(job, record, dom_image_url(job, node), NULL);
	while ((node = dom_next(job, body, boxes, node)) != NULL)
		say_image(job, record, dom_image_url(job, node),
		    dom_text(job, dom_first(job, node, captions)));
	while ((node = dom_next(job, root, gallery, node)) != NULL)
		say_image(job, record, dom_url(job, node, "href"), NULL);
}

/* A paragraph in which tags are shown to the reader, "…!<br>", because they
   were escaped twice. */
static const char *paragraph_clean(struct dl_job *job, const char *text)
{
	if (strstr(text, "<br") == NULL)
		return text;
	return dom_prose(job, dom_fragment(job, text), NULL);
}

/* The story without the buttons that stand over it. */
static const char *text_clean(struct dl_job *job, const char *text)
{
	const struct dl_list *one = text_paragraphs(job, text), *kept = NULL;

	for (; one != NULL; one = one->next) {
		const char *clean = paragraph_clean(job, one->text);

		if (clean != NULL && strcmp(clean, "A+ A") != 0)
			text_append(job, &kept, clean);
	}
	return text_join(job, kept);
}

/* "The main news of this hour": links to what we have already. */
static int is_roundup(const struct dl_record *record)
{
	static const char begins[] = "Bu saata olan əsas xəbərlər";

	return record->title != NULL &&
	    strncmp(record->title, begins, strlen(begins)) == 0;
}

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	/* From the surest to the vaguest, which may hold other news, too. */
	static const char bodies[] =
	    "div.news-body, div#selectedtext, [itemprop=articleBody], "
	    ".news-text, .entry-content, .news-detail";
	static const char boxes[] = "figure, figcaption, .news-image, "
				    ".image-caption, .share, .tags, .gallery, "
				    ".related, .news-date, .news-time, h1",
			  sections[] = ".breadcrumb a[href*='/bolme/'], "
				       ".news-category a, "
				       ".category a[href*='/bolme/']";
	const struct dl_node *root = dom_root(job, page);
	const char *body_is;
	const struct dl_node *body = dom_best(job, root, bodies, &body_is);

	if (body == NULL)
		return job_fail(job, "no text: no %s", bodies);
	record_head(job, record, page);
	say_title(job, record, page);
	if (is_roundup(record))
		return job_skip(job, "an hourly round-up");
	record_set(job, record, DL_TEXT,
	    text_clean(job, dom_prose(job, body, boxes)), DL_FROM_PAGE,
	    body_is);
	record_take(job, record, DL_SECTION, root, sections);
	say_images(job, record, page, body);
	say_dates(job, record, page);
	record_tags(job, record, root, ".news-tags a, .tags a");
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
