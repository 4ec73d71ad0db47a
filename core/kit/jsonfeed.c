/* JSON Feed, version 1.0 and 1.1. */
#include <string.h>

#include "core/kit/entry.h"
#include "core/kit/job.h"
#include "core/kit/json.h"
#include "core/kit/jsonfeed.h"

#define MOST_DEPTH 64 /* brackets in each other; an entry has four */

/* The address may have its slashes escaped, and stand at the end. */
bool jsonfeed_is(const char *bytes)
{
	return bytes[strspn(bytes, " \t\r\n")] == '{' &&
	    strstr(bytes, "jsonfeed.org") != NULL &&
	    strstr(bytes, "\"items\"") != NULL;
}

/* ---- one that was cut off ---- */

struct brackets { /* that end what is open, the innermost last */
	char ends[MOST_DEPTH];
	size_t n;
};

/* Past a string that begins here. */
static const char *past_string(const char *at)
{
	for (at++; *at != '"' && *at != '\0'; at++)
		at += *at == '\\' && at[1] != '\0';
	return at + (*at == '"');
}

/* False where they nest too deep or end what was not begun. */
static bool take_bracket(struct brackets *open, char bracket)
{
	if (bracket == '{' || bracket == '[') {
		if (open->n == MOST_DEPTH)
			return false;
		open->ends[open->n++] = bracket == '{' ? '}' : ']';
		return true;
	}
	return open->n > 0 && open->ends[--open->n] == bracket;
}

/* The text up to the last object of a list that is whole, with what was open
   there ended; NULL if there is none. */
static const char *whole_part(struct dl_job *job, const char *text)
{
	struct brackets open = { .n = 0 }, then = { .n = 0 };
	const char *at = text, *end = NULL;
	char *part;
	size_t i;

	while (*(at += strcspn(at, "{}[]\"")) != '\0') {
		if (*at == '"') {
			at = past_string(at);
			continue;
		}
		if (!take_bracket(&open, *at))
			break;
		at++;
		if (at[-1] == '}' && open.n > 0 &&
		    open.ends[open.n - 1] == ']') {
			end = at;
			then = open;
		}
	}
	if (end == NULL)
		return NULL;
	part = job_alloc(job, (size_t)(end - text) + then.n + 1);
	memcpy(part, text, (size_t)(end - text));
	for (i = 0; i < then.n; i++)
		part[(size_t)(end - text) + i] = then.ends[then.n - 1 - i];
	return part;
}

/* ---- entries ---- */

static const char *text_of(struct dl_job *job, const json_t *value)
{
	if (json_is_integer(value))
		return job_printf(
		    job, "%lld", (long long)json_integer_value(value));
	if (json_is_string(value) && json_string_length(value) > 0)
		return job_copy(
		    job, json_string_value(value), json_string_length(value));
	return NULL;
}

/* Version 1.1 has a list of authors, 1.0 has one. */
static const char *author_of(struct dl_job *job, const json_t *entry)
{
	const json_t *author =
	    json_array_get(json_object_get(entry, "authors"), 0);

	if (author == NULL)
		author = json_object_get(entry, "author");
	return json_is_string(author)
	    ? text_of(job, author)
	    : text_of(job, json_object_get(author, "name"));
}

static const struct {
	const char *key;
	enum part part;
	int rank;
} keys[] = {
	{ "url", URL, 1 },
	{ "external_url", URL, 2 },
	{ "id", ID, 1 },
	{ "title", TITLE, 1 },
	{ "summary", SUMMARY, 1 },
	{ "content_html", HTML, 1 },
	{ "content_text", HTML, 2 },
	{ "date_published", PUBLISHED, 1 },
	{ "date_modified", UPDATED, 1 },
};

static void read_entry(struct reading *reading, const json_t *entry)
{
	struct dl_job *job = reading->job;
	struct raw raw = { { NULL }, { 0 } };
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *text =
		    text_of(job, json_object_get(entry, keys[i].key));

		if (keys[i].part == URL)
			text = url_absolute(job, reading->base, text);
		else if (strcmp(keys[i].key, "content_text") == 0)
			text = html_of(job, text);
		raw_say(&raw, keys[i].part, text, keys[i].rank);
	}
	/* An id should be an address, and is at times the only one. */
	raw_say(&raw, URL, url_absolute(job, NULL, raw.parts[ID]), 9);
	raw_say(&raw, AUTHOR, author_of(job, entry), 1);
	reading_add(reading, &raw);
}

bool jsonfeed_read(struct reading *reading, const char *bytes)
{
	json_t *feed = json_mended(reading->job, bytes), *list;
	bool is_feed;
	size_t i;

	if (feed == NULL) {
		bytes = whole_part(reading->job, bytes);
		if (bytes != NULL)
			feed = json_mended(reading->job, bytes);
	}
	list = json_object_get(feed, "items");
	is_feed = json_is_array(list);
	for (i = 0; i < json_array_size(list) && !reading_is_full(reading); i++)
		read_entry(reading, json_array_get(list, i));
	page_want(reading->job,
	    text_of(reading->job, json_object_get(feed, "next_url")),
	    DL_WANT_OLDER);
	json_decref(feed);
	return is_feed;
}
