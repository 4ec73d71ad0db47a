/* A record as a line of JSON. */
#include <jansson.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/worker/line.h"

#define RECORD_VERSION 1 /* of the record's fields; see spool/README.md */

/* NULL and what is no UTF-8 are left out: never "", never invented. */
static void put_text(json_t *object, const char *key, const char *text)
{
	if (text != NULL && *text != '\0')
		json_object_set_new(object, key, json_string(text));
}

/* Empty objects and arrays are left out too. */
static void put_whole(json_t *object, const char *key, json_t *value)
{
	if (json_object_size(value) > 0 || json_array_size(value) > 0)
		json_object_set_new(object, key, value);
	else
		json_decref(value);
}

static json_t *texts(const struct dl_list *list)
{
	json_t *array = json_array();

	for (; list != NULL; list = list->next)
		json_array_append_new(array, json_string(list->text));
	return array;
}

static void put_seconds(json_t *object, const char *key, int64_t seconds)
{
	char text[TIME_TEXT];

	put_text(object, key, time_rfc3339(text, seconds, 0, true));
}

const char *line_from(enum dl_from from)
{
	static const char *const names[] = { [DL_FROM_META] = "meta",
		[DL_FROM_JSON_LD] = "json-ld",
		[DL_FROM_PAGE] = "page",
		[DL_FROM_FEED] = "feed",
		[DL_FROM_URL] = "url",
		[DL_FROM_TEXT] = "text",
		[DL_FROM_DATELINE] = "dateline",
		[DL_FROM_RULE] = "text" };

	return names[from];
}

const char *line_zone(enum dl_zone zone)
{
	static const char *const names[] = { NULL, "explicit", "source",
		"assumed" };

	return names[zone];
}

const char *line_precision(enum dl_precision precision)
{
	static const char *const names[] = { NULL, "day", "minute", "second" };

	return names[precision];
}

static void put_moment(
    json_t *object, const char *key, const struct dl_moment *moment)
{
	char text[TIME_TEXT], name[32];
	json_t *evidence = json_object();

	if (moment != NULL) {
		put_text(object, key,
		    time_rfc3339(text, moment->seconds, moment->offset, false));
		put_text(evidence, "raw", moment->raw);
		put_text(evidence, "from", line_from(moment->from));
		put_text(evidence, "zone", line_zone(moment->zone));
		put_text(
		    evidence, "precision", line_precision(moment->precision));
	}
	snprintf(name, sizeof(name), "%s_evidence", key);
	put_whole(object, name, evidence);
}

static json_t *place_object(const struct dl_place *place)
{
	json_t *object = json_object();

	put_text(object, "name", place->name);
	put_text(object, "code", place->code);
	put_text(object, "country", place->country);
	return object;
}

static void put_dateline(
    struct dl_job *job, json_t *object, const struct dl_dateline *dateline)
{
	json_t *value = json_object();

	if (dateline != NULL) {
		put_text(value, "text", dateline->text);
		if (dateline->place != NULL)
			put_whole(
			    value, "place", place_object(dateline->place));
		put_text(value, "date", date_day(job, dateline->date));
		put_text(value, "agency", dateline->agency);
	}
	put_whole(object, "dateline", value);
}

static void put_images(json_t *object, const struct dl_image *image)
{
	json_t *array = json_array();

	for (; image != NULL; image = image->next) {
		json_t *one = json_object();

		put_text(one, "url", image->url);
		put_text(one, "caption", image->caption);
		put_text(one, "credit", image->credit);
		json_array_append_new(array, one);
	}
	put_whole(object, "images", array);
}

static void put_places(json_t *object, const struct place_use *use)
{
	json_t *array = json_array();

	for (; use != NULL; use = use->next) {
		json_t *one = place_object(use->place);

		put_whole(one, "as", texts(use->as));
		put_whole(one, "in", texts(use->in));
		json_array_append_new(array, one);
	}
	put_whole(object, "places", array);
}

static json_t *pairs(const struct pair *pair)
{
	json_t *object = json_object();

	for (; pair != NULL; pair = pair->next)
		put_text(object, pair->key, pair->value);
	return object;
}

static json_t *alternates(const struct pair *pair)
{
	json_t *array = json_array();

	for (; pair != NULL; pair = pair->next) {
		json_t *one = json_object();

		put_text(one, "language", pair->key);
		put_text(one, "url", pair->value);
		json_array_append_new(array, one);
	}
	return array;
}

const char *line_digest(struct dl_job *job, const char *bytes, size_t len)
{
	return SHA256Data((const uint8_t *)bytes, len,
	    job_alloc(job, SHA256_DIGEST_STRING_LENGTH));
}

static void put_http(
    struct dl_job *job, json_t *object, const struct order_page *page)
{
	json_t *http = json_object();

	if (page->status != 0) {
		json_object_set_new(http, "status", json_integer(page->status));
		put_text(http, "url", page->url);
		put_text(http, "etag", page->etag);
	}
	put_text(http, "sha256", line_digest(job, page->bytes, page->len));
	put_whole(object, "http", http);
}

static void put_rights(struct dl_job *job, json_t *object,
    const struct dl_record *record, const struct dl_page *page,
    const char *robots)
{
	json_t *rights = json_object();
	const char *meta = NULL;

	if (strcmp(page->type, "text/plain") != 0)
		meta = page_meta(job, page, "robots");
	put_text(rights, "robots", robots);
	put_text(rights, "meta", meta);
	put_text(rights, "license", record->license);
	if (json_object_size(rights) > 0)
		put_seconds(rights, "checked", page->fetched);
	put_whole(object, "rights", rights);
}

/* In the order in which people read: who, when, what, then the rest. */
static void put_record(
    struct dl_job *job, json_t *object, const struct record *record)
{
	const struct dl_record *open = &record->open;
	int words = record_words(job, open);

	put_text(object, "title", open->title);
	put_text(object, "title_ascii", open->title_ascii);
	put_dateline(job, object, open->dateline);
	put_moment(object, "published", open->published);
	put_moment(object, "updated", open->updated);
	put_text(object, "language", open->language);
	put_whole(object, "authors", texts(open->authors));
	put_text(object, "section", open->section);
	put_whole(object, "tags", texts(open->tags));
	put_text(object, "summary", open->summary);
	put_text(object, "text", open->text);
	put_text(object, "text_ascii", open->text_ascii);
	if (words > 0)
		json_object_set_new(object, "words", json_integer(words));
	put_images(object, open->images);
	put_places(object, record->places);
	put_whole(object, "credits", texts(open->credits));
	put_text(object, "fingerprint", open->fingerprint);
	put_whole(object, "alternates", alternates(record->alternates));
	put_whole(object, "extra", pairs(record->extra));
	put_whole(object, "quality", texts(open->quality));
	put_whole(object, "extractors", texts(record->extractors));
}

const char *line_of(struct dl_job *job, const struct record *record,
    const struct dl_page *page, const struct order *order, const char *id)
{
	json_t *object = json_object();
	const char *line;
	char *dump;

	json_object_set_new(object, "v", json_integer(RECORD_VERSION));
	put_text(object, "kind", "record");
	put_text(object, "id", id);
	put_text(object, "source", job->source);
	put_text(object, "agency", job->agency);
	put_text(object, "url", record->open.url);
	put_record(job, object, record);
	put_seconds(object, "fetched", page->fetched);
	put_http(job, object, &order->pages[0]);
	put_rights(job, object, &record->open, page, order->robots);

	dump = json_dumps(object, JSON_COMPACT);
	json_decref(object);
	if (dump == NULL)
		return NULL;
	line = job_copy(job, dump, strlen(dump));
	free(dump);
	return line;
}
