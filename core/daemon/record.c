/* Records become lines: which revision they are, and what has changed. */
#include <inttypes.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/daemon/record.h"

/* A change in one of these is news. */
static const char *const compared[] = { "title", "summary", "text", "authors",
	"published", "updated", "places", "images" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define VERSIONS "extractors"

/* FNV-1a: to tell versions of one field apart, not to keep anybody out. */
static uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
	return hash;
}

/* Images by their urls without the query: resizers put times into it. */
static uint64_t hash_images(const json_t *images)
{
	uint64_t hash = 0xcbf29ce484222325u;
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
	uint64_t hash = 0xcbf29ce484222325u;
	char *text, hex[17];

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
	snprintf(hex, sizeof(hex), "%016" PRIx64, hash);
	return json_string(hex);
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

/* Fields whose hashes differ; none where other extractors made them: that is
   our news, not the agency's. */
static json_t *differences(const json_t *before, const json_t *now)
{
	json_t *changed = json_array();
	size_t i;

	if (!is_same(json_object_get(before, VERSIONS),
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

static json_t *feeds_of(const struct known *known)
{
	const struct dl_list *feed;
	json_t *feeds = json_array();

	for (feed = known->feeds; feed != NULL; feed = feed->next)
		json_array_append_new(feeds, json_string(feed->text));
	return feeds;
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
		"changed", "status", "feeds" };
	size_t i;

	for (i = 0; i < COUNT(ours); i++) {
		if (strcmp(key, ours[i]) == 0)
			return true;
	}
	return false;
}

/* The worker's fields in their order, with ours where a reader looks for
   them. `changed` is taken over. */
static const char *line_make(struct arena *arena, json_t *record,
    const struct known *known, int64_t revision, json_t *changed)
{
	json_t *line = json_object(), *feeds = feeds_of(known), *value;
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
	text = dump(arena, line);
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

void record_compose(struct arena *arena, const char *json,
    const struct known *known, struct composed *composed)
{
	json_t *record = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
	json_t *before, *now, *changed;

	*composed = (struct composed){ .news = NEWS_BAD };
	if (!json_is_string(json_object_get(record, "id")) ||
	    !json_is_string(json_object_get(record, "source"))) {
		json_decref(record);
		return;
	}
	now = hashes_of(record);
	before =
	    known->hashes != NULL ? json_loads(known->hashes, 0, NULL) : NULL;
	changed = known->revision > 0 ? differences(before, now) : json_array();
	composed->id = string(arena, record, "id");
	composed->source = string(arena, record, "source");
	composed->url = string(arena, record, "url");
	composed->hashes = dump(arena, now);
	composed->revision = known->revision;
	composed->news = known->revision == 0 ? NEWS_FIRST
	    : json_array_size(changed) > 0    ? NEWS_CHANGED
					      : NEWS_NONE;
	if (composed->news != NEWS_NONE)
		composed->line = line_make(
		    arena, record, known, ++composed->revision, changed);
	json_decref(changed);
	json_decref(before);
	json_decref(now);
	json_decref(record);
}

bool record_replay(struct arena *arena, const char *line,
    struct composed *composed, const char **id)
{
	json_t *record = json_loads(line, 0, NULL), *now;

	*composed = (struct composed){ .news = NEWS_NONE };
	*id = string(arena, record, "id");
	if (*id != NULL) {
		now = hashes_of(record);
		composed->hashes = dump(arena, now);
		composed->source = string(arena, record, "source");
		composed->url = string(arena, record, "url");
		composed->revision =
		    json_integer_value(json_object_get(record, "revision"));
		json_decref(now);
	}
	json_decref(record);
	return *id != NULL;
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
