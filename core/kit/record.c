/* What a page says, normalised; and of each value, who found it where. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/fold.h"
#include "core/base/limits.h"
#include "core/base/time.h"
#include "core/kit/gazetteer.h"
#include "core/kit/origin.h"
#include "core/kit/record.h"

/* Where the options "oldest" and "ahead" of the extractor dates say nothing: a
   year, and days. The web is from 1990, and zones are less than a day apart. */
#define OLDEST 1990
#define AHEAD 1

static const struct {
	const char *name;
	size_t at;
	bool is_url;
} fields[] = {
	[DL_URL] = { "url", offsetof(struct dl_record, url), true },
	[DL_TITLE] = { "title", offsetof(struct dl_record, title) },
	[DL_TITLE_ASCII] = { "title_ascii",
	    offsetof(struct dl_record, title_ascii) },
	[DL_SUMMARY] = { "summary", offsetof(struct dl_record, summary) },
	[DL_TEXT] = { "text", offsetof(struct dl_record, text) },
	[DL_TEXT_ASCII] = { "text_ascii",
	    offsetof(struct dl_record, text_ascii) },
	[DL_LANGUAGE] = { "language", offsetof(struct dl_record, language) },
	[DL_SECTION] = { "section", offsetof(struct dl_record, section) },
	[DL_LICENSE] = { "license", offsetof(struct dl_record, license), true },
	[DL_FINGERPRINT] = { "fingerprint",
	    offsetof(struct dl_record, fingerprint) },
};

static struct record *inside(struct dl_record *record)
{
	return (struct record *)record;
}

struct record *record_new(struct dl_job *job)
{
	struct record *record = job_alloc(job, sizeof(*record));

	record->job = job;
	record->traces_end = &record->traces;
	*job->records_end = record;
	job->records_end = &record->next;
	return record;
}

struct dl_record *record_more(struct dl_job *job, const char *key)
{
	struct record *record = record_new(job);

	record->key = key;
	return &record->open;
}

static const struct dl_list *list_copy(
    struct dl_job *job, const struct dl_list *list)
{
	const struct dl_list *copy = NULL;

	for (; list != NULL; list = list->next)
		text_append(job, &copy, list->text);
	return copy;
}

static const struct dl_image *images_copy(
    struct dl_job *job, const struct dl_image *image)
{
	const struct dl_image *first = NULL, **end = &first;

	for (; image != NULL; image = image->next) {
		struct dl_image *copy = job_alloc(job, sizeof(*copy));

		*copy = *image;
		*end = copy;
		end = &copy->next;
	}
	return first;
}

static struct pair *pairs_copy(struct dl_job *job, const struct pair *pair)
{
	struct pair *first = NULL, **end = &first;

	for (; pair != NULL; pair = pair->next) {
		*end = job_alloc(job, sizeof(**end));
		**end = *pair;
		end = &(*end)->next;
	}
	return first;
}

static struct place_use *places_copy(
    struct dl_job *job, const struct place_use *use)
{
	struct place_use *first = NULL, **end = &first;

	for (; use != NULL; use = use->next) {
		*end = job_alloc(job, sizeof(**end));
		**end = *use;
		(*end)->as = list_copy(job, use->as);
		(*end)->in = list_copy(job, use->in);
		end = &(*end)->next;
	}
	return first;
}

/* Strings and moments are never changed, so the lists of them are all that has
   to be doubled; traces are only added. */
struct record record_copy(const struct record *record)
{
	struct dl_job *job = record->job;
	struct record copy = *record;

	copy.open.authors = list_copy(job, record->open.authors);
	copy.open.tags = list_copy(job, record->open.tags);
	copy.open.credits = list_copy(job, record->open.credits);
	copy.open.quality = list_copy(job, record->open.quality);
	copy.open.images = images_copy(job, record->open.images);
	copy.places = places_copy(job, record->places);
	copy.extra = pairs_copy(job, record->extra);
	copy.alternates = pairs_copy(job, record->alternates);
	copy.extractors = list_copy(job, record->extractors);
	return copy;
}

void record_undo(
    struct record *record, const struct record *copy, const char *why)
{
	struct trace *first = record->traces, **end = record->traces_end;
	struct trace *undone = *copy->traces_end;

	for (; undone != NULL; undone = undone->next) {
		if (undone->refused == NULL)
			undone->refused = why;
	}
	*record = *copy;
	record->traces = first;
	record->traces_end = end;
}

static struct trace *trace(struct dl_job *job, struct dl_record *record,
    const char *field, const char *value, enum dl_from from, const char *how)
{
	struct record *in = inside(record);
	struct trace *added = job_alloc(job, sizeof(*added));

	added->field = field;
	added->value = value;
	added->from = from;
	added->how = how;
	added->plugin = job->plugin != NULL ? job->plugin->name : NULL;
	*in->traces_end = added;
	in->traces_end = &added->next;
	return added;
}

/* Clean and without white space at its ends; NULL if nothing is left. */
static const char *value_clean(struct dl_job *job, const char *value)
{
	static const char white[] = " \t\r\n";
	size_t len;

	value = job_clean(job, value);
	if (value == NULL)
		return NULL;
	value += strspn(value, white);
	len = strlen(value);
	while (len > 0 && strchr(white, value[len - 1]) != NULL)
		len--;
	if (len == 0)
		return NULL;
	return value[len] == '\0' ? value : job_copy(job, value, len);
}

static const char **field_of(
    struct dl_job *job, struct dl_record *record, enum dl_field field)
{
	if (field < DL_URL || field > DL_FINGERPRINT) {
		job_break(job, "no field of a record: %d", (int)field);
		return NULL;
	}
	return (const char **)((char *)record + fields[field].at);
}

static bool is_same(const char *old, const char *value)
{
	return old != NULL && strcmp(old, value) == 0;
}

void record_set(struct dl_job *job, struct dl_record *record,
    enum dl_field field, const char *value, enum dl_from from, const char *how)
{
	const char **member = field_of(job, record, field);

	if (value == NULL || member == NULL || is_same(*member, value))
		return; /* and what a record has is clean */
	value = value_clean(job, value);
	if (value == NULL)
		return;
	if (fields[field].is_url)
		value = url_absolute(job, job->base, value);
	if (value == NULL || is_same(*member, value))
		return;
	*member = value;
	trace(job, record, fields[field].name, value, from, how);
}

void record_clear(struct dl_job *job, struct dl_record *record,
    enum dl_field field, const char *rule)
{
	const char **member = field_of(job, record, field);

	if (member == NULL || *member == NULL)
		return;
	*member = NULL;
	trace(job, record, fields[field].name, NULL, DL_FROM_RULE, rule);
}

void record_take(struct dl_job *job, struct dl_record *record,
    enum dl_field field, const struct dl_node *root, const char *selector)
{
	const struct dl_node *node = NULL;
	const char *text = NULL;

	while (text == NULL &&
	    (node = dom_next(job, root, selector, node)) != NULL)
		text = field == DL_TEXT ? dom_prose(job, node, NULL)
					: dom_text(job, node);
	record_set(job, record, field, text, DL_FROM_PAGE, selector);
}

/* The number of the day, counted where the moment was written. */
static int64_t moment_day(const struct dl_moment *moment)
{
	int64_t local = moment->seconds + moment->offset;

	return (local >= 0 ? local : local - 86399) / 86400;
}

/* A moment that is only a day is as far from another as their days are. */
static bool moments_differ(const struct dl_moment *a, const struct dl_moment *b)
{
	if (a->precision == DL_DAY || b->precision == DL_DAY)
		return llabs(moment_day(a) - moment_day(b)) > 1;
	return llabs(a->seconds - b->seconds) > 86400;
}

/*
 * Where a moment comes from, the most trusted first: what a page says to
 * machines, what it shows, what others say of it, what its text does. A time
 * whose zone was only assumed is that of whoever reads "3 hours ago": it counts
 * where there is nothing else.
 */
static int trust(const struct dl_moment *moment)
{
	static const int ranks[] = { [DL_FROM_META] = 1,
		[DL_FROM_JSON_LD] = 2,
		[DL_FROM_PAGE] = 3,
		[DL_FROM_FEED] = 4,
		[DL_FROM_URL] = 5,
		[DL_FROM_TEXT] = 6,
		[DL_FROM_DATELINE] = 7,
		[DL_FROM_RULE] = 8,
		[DL_FROM_NOWHERE] = 9 };
	const int assumed = 10;

	return ranks[moment->from] +
	    (moment->zone == DL_ZONE_ASSUMED ? assumed : 0);
}

/* A number of [options] that counts for whatever plugin offers the moment. */
static int64_t setting(
    const struct dl_job *job, const char *name, int64_t standard)
{
	const struct option *option = job->options;

	while (option != NULL && strcmp(option->name, name) != 0)
		option = option->next;
	return option != NULL ? strtoll(option->value, NULL, 10) : standard;
}

/* NULL, or why no story of this source can be of that time. */
static const char *why_never(
    const struct dl_job *job, const struct dl_moment *moment)
{
	int year, month, day;

	time_civil(moment_day(moment), &year, &month, &day);
	if (year < setting(job, "oldest", OLDEST))
		return "too long ago";
	if (job->fetched != 0 &&
	    moment->seconds >
		job->fetched + setting(job, "ahead", AHEAD) * 86400)
		return "after the page came";
	return NULL;
}

/*
 * The more trusted one is better. But a bare day is no time of day: where a
 * less trusted one lies on that day and has it, that one says more.
 */
static bool moment_is_better(
    const struct dl_moment *new, const struct dl_moment *old)
{
	if (moment_day(new) == moment_day(old) &&
	    (new->precision == DL_DAY) != (old->precision == DL_DAY))
		return old->precision == DL_DAY;
	return trust(new) < trust(old);
}

/* Why a moment is not taken in place of another; NULL: it is. */
static const char *why_not(
    const struct dl_moment *offered, const struct dl_moment *kept)
{
	if (moment_is_better(offered, kept))
		return NULL;
	if (offered->seconds == kept->seconds &&
	    offered->precision == kept->precision)
		return "the same";
	if (offered->precision == DL_DAY && kept->precision != DL_DAY &&
	    moment_day(offered) == moment_day(kept))
		return "only the day";
	return trust(offered) > trust(kept) ? "less trusted"
					    : "not more trusted";
}

static void record_moment(struct dl_job *job, struct dl_record *record,
    const struct dl_moment **member, const struct dl_moment *moment,
    const char *field, const char *how)
{
	struct trace *added;
	const char *never;

	if (moment == NULL)
		return;
	never = why_never(job, moment);
	if (never == NULL && *member != NULL && moments_differ(moment, *member))
		record_doubt(job, record, "date-conflict");
	added = trace(job, record, field, moment->raw, moment->from, how);
	added->moment = moment;
	added->refused = never;
	if (never == NULL && *member != NULL)
		added->refused = why_not(moment, *member);
	if (added->refused == NULL)
		*member = moment;
}

void record_published(struct dl_job *job, struct dl_record *record,
    const struct dl_moment *moment, const char *how)
{
	record_moment(
	    job, record, &record->published, moment, "published", how);
}

void record_updated(struct dl_job *job, struct dl_record *record,
    const struct dl_moment *moment, const char *how)
{
	record_moment(job, record, &record->updated, moment, "updated", how);
}

/* Whether it was added: it was not there, and there is room. */
static bool list_add(
    struct dl_job *job, const struct dl_list **list, const char *text)
{
	const struct dl_list *one;
	size_t n = 0;

	for (one = *list; one != NULL; one = one->next, n++) {
		if (strcmp(one->text, text) == 0)
			return false;
	}
	if (n >= LIMIT_LIST)
		return false;
	text_append(job, list, text);
	return true;
}

/* A step of a function that was not told where it has its text from. */
static struct trace *trace_found(struct dl_job *job, struct dl_record *record,
    const char *field, const char *value, const char *text)
{
	const struct origin *origin = origin_find(job, text);

	if (origin == NULL)
		return trace(job, record, field, value, DL_FROM_NOWHERE, NULL);
	return trace(job, record, field, value, origin->from, origin->how);
}

static void record_name(struct dl_job *job, struct dl_record *record,
    const struct dl_list **list, const char *text, const char *field)
{
	const char *value = value_clean(job, text);

	if (value != NULL && list_add(job, list, value))
		trace_found(job, record, field, value, text);
}

void record_author(
    struct dl_job *job, struct dl_record *record, const char *name)
{
	/* "By Mai Lan" */
	if (name != NULL && strncasecmp(name, "by ", 3) == 0)
		name += 3;
	record_name(job, record, &record->authors, name, "authors");
}

void record_tag(struct dl_job *job, struct dl_record *record, const char *tag)
{
	record_name(job, record, &record->tags, tag, "tags");
}

void record_tags(struct dl_job *job, struct dl_record *record,
    const struct dl_node *root, const char *selector)
{
	const struct dl_node *tag = NULL;

	while ((tag = dom_next(job, root, selector, tag)) != NULL)
		record_tag(job, record, dom_text(job, tag));
}

void record_credit(
    struct dl_job *job, struct dl_record *record, const char *agency)
{
	record_name(job, record, &record->credits, agency, "credits");
}

void record_doubt(
    struct dl_job *job, struct dl_record *record, const char *reason)
{
	record_name(job, record, &record->quality, reason, "quality");
}

static bool same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* Images are const to plugins only. */
static const struct dl_image **image_next(const struct dl_image *image)
{
	return &((struct dl_image *)image)->next;
}

/*
 * The image that this is: of its url, or of its caption if one of the two has
 * no url (captions stand in alt, data-caption and figcaption). If there is
 * none, where it is to be added; NULL if there are too many.
 */
static const struct dl_image **image_place(
    const struct dl_image **images, const char *url, const char *caption)
{
	const struct dl_image **at, **by_caption = NULL;
	size_t n = 0;

	for (at = images; *at != NULL; n++, at = image_next(*at)) {
		if (same((*at)->url, url))
			return at;
		if (by_caption == NULL && same((*at)->caption, caption) &&
		    (url == NULL || (*at)->url == NULL))
			by_caption = at;
	}
	if (by_caption != NULL)
		return by_caption;
	return n < LIMIT_LIST ? at : NULL;
}

/* An image that has its caption now also stands for what was only that. */
static void image_drop_double(
    const struct dl_image **images, struct dl_image *image)
{
	const struct dl_image **at = images;

	while (*at != NULL) {
		if (*at == image || (*at)->url != NULL ||
		    !same((*at)->caption, image->caption)) {
			at = image_next(*at);
			continue;
		}
		if (image->credit == NULL)
			image->credit = (*at)->credit;
		*at = (*at)->next;
	}
}

/* What is new of an image; nothing if nothing is. */
static void image_trace(struct dl_job *job, struct dl_record *record,
    const struct dl_image *image, const struct dl_image *was, const char *text)
{
	struct dl_image *said = job_alloc(job, sizeof(*said));
	struct trace *added;

	said->url = was->url == NULL ? image->url : NULL;
	said->caption = was->caption == NULL ? image->caption : NULL;
	said->credit = was->credit == NULL ? image->credit : NULL;
	if (said->url == NULL && said->caption == NULL && said->credit == NULL)
		return;
	added = trace_found(
	    job, record, "images", text_or(image->url, image->caption), text);
	added->image = said;
}

void record_image(struct dl_job *job, struct dl_record *record, const char *url,
    const char *caption, const char *credit)
{
	const char *text = text_or(url, caption);
	const struct dl_image **place;
	struct dl_image *image, was;

	url = url_absolute(job, job->base, value_clean(job, url));
	caption = value_clean(job, caption);
	credit = value_clean(job, credit);
	if (url == NULL && caption == NULL)
		return;
	place = image_place(&record->images, url, caption);
	if (place == NULL)
		return;
	image = (struct dl_image *)*place;
	if (image == NULL)
		*place = image = job_alloc(job, sizeof(*image));
	was = *image;
	image->url = image->url != NULL ? image->url : url;
	image->caption = image->caption != NULL ? image->caption : caption;
	image->credit = image->credit != NULL ? image->credit : credit;
	image_drop_double(&record->images, image);
	image_trace(job, record, image, &was, text);
}

#define CAPTION_BYTES 500 /* of all a box's text; a longer one is the story */

static const char *box_caption(
    struct dl_job *job, const struct dl_node *box, const char *captions)
{
	const char *text;

	if (captions != NULL)
		return dom_text(job, dom_first(job, box, captions));
	text = dom_text(job, box);
	return text == NULL || strlen(text) > CAPTION_BYTES ? NULL : text;
}

void record_images(struct dl_job *job, struct dl_record *record,
    const struct dl_node *root, const char *boxes, const char *captions)
{
	const struct dl_node *box = NULL;

	while ((box = dom_next(job, root, boxes, box)) != NULL) {
		const char *url = dom_image_url(job, box);

		if (url != NULL || captions != NULL)
			record_image(job, record, url,
			    box_caption(job, box, captions), NULL);
	}
}

/* What is another one than before. */
static void caption_trace(struct dl_job *job, struct dl_record *record,
    const struct dl_image *image, const struct dl_image *was)
{
	struct dl_image *said = job_alloc(job, sizeof(*said));
	struct trace *added;

	said->caption =
	    same(image->caption, was->caption) ? NULL : image->caption;
	said->credit = same(image->credit, was->credit) ? NULL : image->credit;
	added = trace(job, record, "images", text_or(was->url, was->caption),
	    DL_FROM_RULE, "another caption");
	added->image = said;
}

void record_caption(struct dl_job *job, struct dl_record *record,
    const struct dl_image *image, const char *caption, const char *credit)
{
	const struct dl_image **at = &record->images;
	struct dl_image *changed = (struct dl_image *)image, was;

	while (*at != NULL && *at != image)
		at = image_next(*at);
	if (*at == NULL)
		return;
	was = *image;
	changed->caption = value_clean(job, caption);
	changed->credit = value_clean(job, credit);
	caption_trace(job, record, image, &was);
	if (changed->caption != NULL)
		image_drop_double(&record->images, changed);
	else if (changed->url == NULL)
		*at = changed->next;
}

/* Where `key` is, or where it is to be added; NULL if there are too many. */
static struct pair **pair_place(struct pair **pairs, const char *key)
{
	size_t n = 0;

	for (; *pairs != NULL; pairs = &(*pairs)->next, n++) {
		if (strcmp((*pairs)->key, key) == 0)
			return pairs;
	}
	return n < LIMIT_LIST ? pairs : NULL;
}

/* Whether it was not so before. */
static bool pair_set(
    struct dl_job *job, struct pair **pairs, const char *key, const char *value)
{
	struct pair **place;

	if (key == NULL || value == NULL)
		return false;
	place = pair_place(pairs, key);
	if (place == NULL)
		return false;
	if (*place == NULL)
		*place = job_alloc(job, sizeof(**place));
	if (same((*place)->value, value))
		return false;
	(*place)->key = key;
	(*place)->value = value;
	return true;
}

void record_alternate(struct dl_job *job, struct dl_record *record,
    const char *language, const char *url)
{
	const char *key = value_clean(job, language);
	const char *value = url_absolute(job, job->base, value_clean(job, url));

	if (pair_set(job, &inside(record)->alternates, key, value))
		trace_found(job, record, "alternates", value, url)->key = key;
}

void record_note(struct dl_job *job, struct dl_record *record, const char *key,
    const char *value)
{
	const char *text = value;

	key = value_clean(job, key);
	value = value_clean(job, value);
	if (pair_set(job, &inside(record)->extra, key, value))
		trace_found(job, record, "extra", value, text)->key = key;
}

void record_links(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	static const char canonical[] = "link[rel~=canonical]",
			  license[] = "link[rel~=license], a[rel~=license]",
			  other[] = "link[rel~=alternate][hreflang]";
	const struct dl_node *root = dom_root(job, page), *link = NULL;

	record_set(job, record, DL_URL,
	    dom_url(job, dom_first(job, root, canonical), "href"), DL_FROM_META,
	    canonical);
	record_set(job, record, DL_LICENSE,
	    dom_url(job, dom_first(job, root, license), "href"), DL_FROM_META,
	    license);
	while ((link = dom_next(job, root, other, link)) != NULL)
		record_alternate(job, record, dom_attr(job, link, "hreflang"),
		    dom_url(job, link, "href"));
}

static bool same_place(const struct dl_place *a, const struct dl_place *b)
{
	return a == b || same(a->code, b->code);
}

/* Where a place is, or is to be added; NULL if there are too many. */
static struct place_use **use_place(
    struct place_use **use, const struct dl_place *place)
{
	size_t n = 0;

	for (; *use != NULL && !same_place((*use)->place, place); n++)
		use = &(*use)->next;
	return *use != NULL || n < LIMIT_LIST ? use : NULL;
}

/* The place as it was on the day of the story: provinces are merged. */
static const struct dl_place *place_then(struct dl_job *job,
    const struct dl_record *record, const struct dl_moment *date,
    const struct dl_place *place)
{
	if (date == NULL && record->dateline != NULL)
		date = record->dateline->date;
	if (date == NULL)
		date = record->published;
	if (date == NULL)
		return place;
	return gazetteer_on(
	    job->gazetteer, place, (date->seconds + date->offset) / 86400);
}

void record_place(struct dl_job *job, struct dl_record *record,
    const struct dl_place *place, const char *as, const char *in)
{
	struct place_use **use;
	struct trace *added;
	bool says_more;

	place = place_then(job, record, NULL, place);
	use = place != NULL ? use_place(&inside(record)->places, place) : NULL;
	if (use == NULL)
		return;
	says_more = *use == NULL;
	if (*use == NULL) {
		*use = job_alloc(job, sizeof(**use));
		(*use)->place = place;
	}
	as = value_clean(job, as);
	if (as != NULL && !list_add(job, &(*use)->as, as))
		as = NULL;
	if (in != NULL && list_add(job, &(*use)->in, in))
		says_more = true;
	if (!says_more && as == NULL)
		return;
	added = trace(job, record, "places", place->name, DL_FROM_RULE, in);
	added->place = place;
	added->as = as;
}

void record_dateline(struct dl_job *job, struct dl_record *record,
    const char *text, const struct dl_place *place,
    const struct dl_moment *date, const char *agency)
{
	struct dl_dateline *dateline;
	struct trace *added;

	text = value_clean(job, text);
	if (text == NULL)
		return;
	place = place_then(job, record, date, place);
	dateline = job_alloc(job, sizeof(*dateline));
	dateline->text = text;
	dateline->place = place;
	dateline->date = date;
	dateline->agency = value_clean(job, agency);
	record->dateline = dateline;
	added = trace(job, record, "dateline", text, DL_FROM_DATELINE, NULL);
	added->place = place;
	added->moment = date;
}

/* Letters of a script that puts no spaces between words: each is counted. */
static bool is_ideograph(uint32_t c)
{
	return (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
	    (c >= 0x3040 && c <= 0x30ff) || (c >= 0x20000 && c <= 0x3ffff);
}

static bool is_gap(uint32_t c)
{
	return c <= ' ' || c == 0xa0 || (c >= 0x3000 && c <= 0x303f) ||
	    (c >= 0xff00 && c <= 0xff0f) || (c >= 0xff1a && c <= 0xff20);
}

/* Dashes and quotes: they neither make a word nor part one ("don’t"). */
static bool is_mark(uint32_t c)
{
	return c >= 0x2010 && c <= 0x205e;
}

int record_words(struct dl_job *job, const struct dl_record *record)
{
	const char *text = text_or(record->text, "");
	bool in_word = false;
	size_t len;
	uint32_t c;
	int n = 0;

	(void)job;
	for (; (c = fold_next(text, &len)) != 0; text += len) {
		if (is_ideograph(c)) {
			n++;
			in_word = false;
		} else if (is_gap(c)) {
			in_word = false;
		} else if (!in_word && !is_mark(c)) {
			n++;
			in_word = true;
		}
	}
	return n;
}
