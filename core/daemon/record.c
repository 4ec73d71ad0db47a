/* Records become lines: which revision they are, and what has changed. */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/base/time.h"
#include "core/daemon/drift.h"
#include "core/daemon/record.h"

/* A change in one of these is news. */
static const char *const compared[] = { "title", "summary", "text", "authors",
	"published", "updated", "places", "images" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define VERSIONS "extractors"
#define OURS_MOST 1024 /* bytes that we add to a line, as a rule */

/* Images by their urls without the query: resizers put times into it. */
static uint64_t hash_images(const json_t *images)
{
	uint64_t hash = HASH_BEGIN;
	const json_t *image;
	size_t i;

	json_array_foreach(images, i, image)
	{
		const char *url = text_or(
		    json_string_value(json_object_get(image, "url")), "");
		const char *caption = text_or(
		    json_string_value(json_object_get(image, "caption")), "");

		hash = hash_bytes(hash, url, strcspn(url, "?#"));
		hash = hash_bytes(hash, "\n", 1);
		hash = hash_bytes(hash, caption, strlen(caption));
	}
	return hash;
}

static json_t *hash_of(const json_t *record, const char *field)
{
	const json_t *value = json_object_get(record, field);
	uint64_t hash = HASH_BEGIN;
	char *text, hex[HASH_TEXT];

	if (value == NULL)
		return NULL;
	if (strcmp(field, "images") == 0) {
		hash = hash_images(value);
	} else {
		text = json_dumps(
		    value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
		hash = hash_bytes(hash, text, strlen(text));
		free(text);
	}
	return json_string(hash_print(hex, hash));
}

static json_t *hashes_of(const json_t *record)
{
	json_t *hashes = json_object();
	size_t i;

	for (i = 0; i < COUNT(compared); i++)
		json_object_set_new(
		    hashes, compared[i], hash_of(record, compared[i]));
	json_object_set_new(hashes, VERSIONS, hash_of(record, VERSIONS));
	return hashes;
}

static bool is_same(const json_t *a, const json_t *b)
{
	return a == b || json_equal(a, b);
}

/* Fields whose hashes differ. */
static json_t *differences(const json_t *before, const json_t *now, bool any)
{
	json_t *changed = json_array();
	size_t i;

	if (!any &&
	    !is_same(json_object_get(before, VERSIONS),
		json_object_get(now, VERSIONS)))
		return changed;
	for (i = 0; i < COUNT(compared); i++) {
		const json_t *a = json_object_get(before, compared[i]);
		const json_t *b = json_object_get(now, compared[i]);

		if (!is_same(a, b))
			json_array_append_new(
			    changed, json_string(compared[i]));
	}
	return changed;
}

/* None where there is no record of it yet. */
static json_t *changes(const struct known *known, const json_t *now, bool any)
{
	json_t *before, *changed;

	if (known->revision == 0)
		return json_array();
	before =
	    known->hashes != NULL ? json_loads(known->hashes, 0, NULL) : NULL;
	changed = differences(before, now, any);
	if (known->withdrawn) /* it is there again */
		json_array_append_new(changed, json_string("status"));
	json_decref(before);
	return changed;
}

static json_t *array_of(const struct dl_list *list)
{
	json_t *array = json_array();

	for (; list != NULL; list = list->next)
		json_array_append_new(array, json_string(list->text));
	return array;
}

static const char *text_of(
    const json_t *record, const char *key, const char *otherwise)
{
	return text_or(
	    json_string_value(json_object_get(record, key)), otherwise);
}

static const char *dump(struct arena *arena, json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT);
	const char *copy = arena_dup(arena, text);

	free(text);
	return copy;
}

/* What only the daemon says, whatever a worker may say. */
static bool is_ours(const char *key)
{
	static const char *const ours[] = { "seq", "spooled", "revision",
		"changed", "status", "feeds", "same_as" };
	size_t i;

	for (i = 0; i < COUNT(ours); i++) {
		if (strcmp(key, ours[i]) == 0)
			return true;
	}
	return false;
}

/* Where the story is from, as its dateline says, or the first place in it. */
static json_t *place_of(const json_t *line)
{
	json_t *dateline = json_object_get(line, "dateline");
	json_t *place = json_object_get(dateline, "place");

	if (!json_is_object(place))
		place = json_array_get(json_object_get(line, "places"), 0);
	return json_object_get(place, "name");
}

static const char *brief_of(struct arena *arena, const json_t *line)
{
	static const char *const keys[] = { "id", "revision", "changed",
		"status", "source", "agency", "url", "language", "title",
		"published" };
	const json_t *evidence = json_object_get(line, "published_evidence");
	json_t *brief = json_object();
	const char *text;
	size_t i;

	for (i = 0; i < COUNT(keys); i++)
		json_object_set(brief, keys[i], json_object_get(line, keys[i]));
	json_object_set(
	    brief, "precision", json_object_get(evidence, "precision"));
	json_object_set(brief, "place", place_of(line));
	text = dump(arena, brief);
	json_decref(brief);
	return text;
}

/* The worker's fields in their order, with ours where a reader looks for
   them. `changed` is taken over. */
static const char *line_make(struct arena *arena, json_t *record,
    const struct known *known, int64_t revision, json_t *changed,
    const char **brief)
{
	json_t *line = json_object(), *feeds = array_of(known->feeds);
	json_t *same_as = array_of(known->same_as), *value;
	const char *text, *key;

	json_object_foreach(record, key, value)
	{
		if (is_ours(key))
			continue;
		json_object_set(line, key, value);
		if (strcmp(key, "id") == 0) {
			json_object_set_new(
			    line, "revision", json_integer(revision));
			if (json_array_size(changed) > 0)
				json_object_set(line, "changed", changed);
			json_object_set_new(
			    line, "status", json_string("usable"));
		}
		if (strcmp(key, "url") == 0 && json_array_size(feeds) > 0)
			json_object_set(line, "feeds", feeds);
	}
	if (json_array_size(same_as) > 0)
		json_object_set(line, "same_as", same_as);
	text = dump(arena, line);
	*brief = brief_of(arena, line);
	json_decref(same_as);
	json_decref(feeds);
	json_decref(line);
	return text;
}

static const char *string(
    struct arena *arena, const json_t *record, const char *key)
{
	return arena_dup(
	    arena, json_string_value(json_object_get(record, key)));
}

/* Empty ones are left out by the worker. */
static unsigned filled(const json_t *record)
{
	static const char *const fields[DRIFT_FIELDS] = { [DRIFT_TEXT] = "text",
		[DRIFT_PUBLISHED] = "published",
		[DRIFT_AUTHORS] = "authors" };
	unsigned bits = 0;
	int i;

	for (i = 0; i < DRIFT_FIELDS; i++)
		bits |=
		    json_object_get(record, fields[i]) != NULL ? 1u << i : 0;
	return bits;
}

/* Of one whose minute is not known nobody can say. */
static int64_t lag_of(const json_t *record)
{
	const json_t *evidence = json_object_get(record, "published_evidence");
	int64_t published, fetched;

	if (strcmp(text_of(evidence, "precision", "day"), "day") == 0 ||
	    !time_parse(text_of(record, "published", ""), &published) ||
	    !time_parse(text_of(record, "fetched", ""), &fetched))
		return -1;
	return fetched > published ? (fetched - published) / 1000 : 0;
}

void record_compose(struct arena *arena, const char *json,
    const struct known *known, bool any, struct composed *composed)
{
	json_t *record = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
	json_t *now, *changed;

	*composed = (struct composed){ .news = NEWS_BAD };
	if (!json_is_string(json_object_get(record, "id")) ||
	    !json_is_string(json_object_get(record, "source"))) {
		json_decref(record);
		return;
	}
	now = hashes_of(record);
	changed = changes(known, now, any);
	composed->id = string(arena, record, "id");
	composed->source = string(arena, record, "source");
	composed->url = string(arena, record, "url");
	composed->hashes = dump(arena, now);
	composed->revision = known->revision;
	composed->filled = filled(record);
	composed->lag = lag_of(record);
	composed->fingerprint = string(arena, record, "fingerprint");
	composed->same_as = known->same_as;
	composed->news = known->revision == 0 ? NEWS_FIRST
	    : json_array_size(changed) > 0    ? NEWS_CHANGED
					      : NEWS_NONE;
	if (composed->news != NEWS_NONE)
		composed->line = line_make(arena, record, known,
		    ++composed->revision, changed, &composed->brief);
	json_decref(changed);
	json_decref(now);
	json_decref(record);
}

/* Of the line, else what is known; what is empty or no UTF-8 is left out. */
static void put_either(
    json_t *record, const char *key, const json_t *line, const char *known)
{
	const char *text = text_of(line, key, text_or(known, ""));

	if (*text != '\0')
		json_object_set_new(record, key, json_string(text));
}

void record_withdraw(struct arena *arena, const char *line, const char *id,
    const char *source, const char *agency, const struct known *known,
    struct composed *composed)
{
	json_t *before = line != NULL ? json_loads(line, 0, NULL) : NULL;
	json_t *feeds = array_of(known->feeds), *record;

	*composed = (struct composed){ .news = NEWS_CHANGED,
		.revision = known->revision + 1,
		.withdrawn = true,
		.id = id,
		.source = source };
	composed->url = arena_dup(arena, text_of(before, "url", known->url));
	record = json_pack("{s:i, s:s, s:s, s:I, s:[s], s:s}", "v", 1, "kind",
	    "record", "id", id, "revision", (json_int_t)composed->revision,
	    "changed", "status", "status", "withdrawn");
	put_either(record, "source", before, source);
	put_either(record, "agency", before, text_or(agency, source));
	put_either(record, "url", before, known->url);
	put_either(record, "title", before, known->title);
	if (json_array_size(feeds) > 0)
		json_object_set(record, "feeds", feeds);
	composed->line = dump(arena, record);
	composed->brief = brief_of(arena, record);
	json_decref(feeds);
	json_decref(record);
	json_decref(before);
}

static const struct dl_list *list_of(struct arena *arena, const json_t *array)
{
	const struct dl_list *first = NULL, **end = &first;
	const json_t *value;
	size_t i;

	json_array_foreach(array, i, value)
	{
		struct dl_list *one = arena_alloc(arena, sizeof(*one));

		one->text =
		    arena_dup(arena, text_or(json_string_value(value), ""));
		*end = one;
		end = &one->next;
	}
	return first;
}

bool record_replay(struct arena *arena, const char *line,
    struct composed *composed, const char **id)
{
	json_t *record = json_loads(line, 0, NULL), *now;

	*composed = (struct composed){ .news = NEWS_NONE };
	*id = string(arena, record, "id");
	if (*id != NULL) {
		now = hashes_of(record);
		composed->withdrawn =
		    strcmp(text_of(record, "status", ""), "withdrawn") == 0;
		if (!composed->withdrawn)
			composed->hashes = dump(arena, now);
		composed->source = string(arena, record, "source");
		composed->url = string(arena, record, "url");
		composed->fingerprint = string(arena, record, "fingerprint");
		composed->same_as =
		    list_of(arena, json_object_get(record, "same_as"));
		time_parse(text_of(record, "spooled", ""), &composed->spooled);
		composed->revision =
		    json_integer_value(json_object_get(record, "revision"));
		json_decref(now);
	}
	json_decref(record);
	return *id != NULL;
}

const char *record_hashes(struct arena *arena, const char *line)
{
	json_t *record = json_loads(line, 0, NULL);
	json_t *hashes = hashes_of(record);
	const char *text = dump(arena, hashes);

	json_decref(hashes);
	json_decref(record);
	return text;
}

/* Both times are of one form, in UTC: they compare as text. */
bool record_is_older(const char *json, const char *line)
{
	json_t *a = json_loads(json, 0, NULL), *b = json_loads(line, 0, NULL);
	bool older =
	    strcmp(text_of(a, "fetched", ""), text_of(b, "fetched", "")) < 0;

	json_decref(a);
	json_decref(b);
	return older;
}

bool record_same_text(const char *hashes, const char *others)
{
	json_t *a = json_loads(hashes, 0, NULL),
	       *b = json_loads(others, 0, NULL);
	const json_t *text = json_object_get(a, "text");
	bool same =
	    text != NULL && json_equal(text, json_object_get(b, "text"));

	json_decref(a);
	json_decref(b);
	return same;
}

/* A worker that a page has taken over could speak for other sources. */
static bool is_of_source(const struct source *source, const char *id)
{
	size_t name = strlen(source->name), plugin = strlen(source->plugin);

	return (strncmp(id, source->name, name) == 0 && id[name] == ':') ||
	    (strncmp(id, source->plugin, plugin) == 0 && id[plugin] == ':');
}

static bool records_fit(const struct result *result, int64_t max_line)
{
	size_t i;

	for (i = 0; i < result->n_records; i++) {
		if (strlen(result->records[i].json) + OURS_MOST >
		    (size_t)max_line)
			return false;
	}
	return true;
}

static bool records_are_of_source(
    const struct source *source, const struct result *result)
{
	size_t i;

	for (i = 0; i < result->n_records; i++) {
		if (!is_of_source(source, result->records[i].id))
			return false;
	}
	return true;
}

const char *record_complaint(
    const struct source *source, const struct result *result, int64_t max_line)
{
	if (!records_are_of_source(source, result))
		return "the worker answered with another source's record";
	if (!records_fit(result, max_line))
		return "too-big: a record that is longer than max_line";
	return NULL;
}
