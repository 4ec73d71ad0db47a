/* A page that was saved is tried. */
#include <stdlib.h>
#include <string.h>

#include "core/tool/attempt.h"
#include "core/tool/entry.h"
#include "core/tool/expected.h"

static const char *text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static json_t *json_records(const struct result *result)
{
	json_t *records = json_array();
	size_t i;

	for (i = 0; i < result->n_records; i++)
		json_array_append_new(
		    records, json_loads(result->records[i].json, 0, NULL));
	return records;
}

static json_t *json_entries(const struct result *result)
{
	json_t *entries = json_array();
	size_t i;

	for (i = 0; i < result->n_entries; i++)
		json_array_append_new(entries, entry_json(result->entries[i]));
	return entries;
}

static json_t *json_wants(const struct result *result)
{
	json_t *wants = json_array();
	size_t i;

	for (i = 0; i < result->n_wanted; i++)
		json_array_append_new(
		    wants, json_string(result->wanted[i].url));
	return wants;
}

/* What came, as expected.h has it. */
static json_t *json_result(const struct result *result, enum task_kind task)
{
	json_t *came = json_object();

	if (task == TASK_DISCOVER)
		json_object_set_new(came, "entries", json_entries(result));
	else
		json_object_set_new(came, "records", json_records(result));
	if (result->n_wanted > 0)
		json_object_set_new(came, "wants", json_wants(result));
	if (result->verdict != DL_DONE)
		json_object_set_new(came, "fails",
		    json_sprintf("%s%s",
			result->verdict == DL_SKIP ? "skipped, " : "",
			result->reason));
	else if (task == TASK_EXTRACT && result->n_records == 0)
		json_object_set_new(
		    came, "fails", json_string("its text is on further pages"));
	return came;
}

/* A file beside the others; the arena's. */
static const char *path_of(
    struct arena *arena, const char *folder, const char *name)
{
	return arena_printf(arena, "%s/%s", folder, name);
}

/* The story's further pages. */
static const struct dl_list *next_of(
    struct arena *arena, const char *folder, const json_t *line)
{
	const struct dl_list *first = NULL, **end = &first;
	const json_t *name;
	size_t i;

	json_array_foreach(json_object_get(line, "next"), i, name)
	{
		struct dl_list *one = arena_alloc(arena, sizeof(*one));

		one->text = path_of(
		    arena, folder, text_or(json_string_value(name), ""));
		*end = one;
		end = &one->next;
	}
	return first;
}

static json_t *page_try(struct saved *saved, const char *folder,
    const json_t *line, enum task_kind task)
{
	struct arena arena = { .limit = 0 };
	bool given = json_is_true(json_object_get(line, "given"));
	struct saved_page page = { .path = path_of(
				       &arena, folder, text(line, "path")),
		.url = text(line, "url"),
		.title = given ? text(line, "title") : NULL,
		.type = text(line, "type"),
		.next = next_of(&arena, folder, line) };
	struct result result;
	json_t *came;

	saved_result(saved, &arena, task, &page, &result);
	came = json_result(&result, task);
	arena_reset(&arena);
	return came;
}

static const struct {
	const char *suffix;
	bool feed;
} kinds[] = {
	{ ".html", false },
	{ ".htm", false },
	{ ".xhtml", false },
	{ ".txt", false },
	{ ".xml", true },
	{ ".rss", true },
	{ ".atom", true },
	{ ".json", true },
};

/* A row of `kinds`; -1: it is no page. */
static int kind_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	size_t i;

	for (i = 0; dot != NULL && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(dot, kinds[i].suffix) == 0)
			return (int)i;
	}
	return -1;
}

static bool is_failed(const json_t *came)
{
	return json_object_get(came, "fails") != NULL;
}

/* The page often says what its address is, which may be all that a key has to
   go by. */
static void take_url(json_t *line, const json_t *came)
{
	const json_t *record =
	    json_array_get(json_object_get(came, "records"), 0);

	if (text(line, "url") == NULL && text(record, "url") != NULL)
		json_object_set(line, "url", json_object_get(record, "url"));
}

/* What is no story may be a listing of stories. */
json_t *attempt_guess(struct saved *saved, const char *folder, json_t *line)
{
	int kind = kind_of(text(line, "path"));
	json_t *came, *listing;

	if (kind >= 0 && kinds[kind].feed)
		return page_try(saved, folder, line, TASK_DISCOVER);
	came = page_try(saved, folder, line, TASK_EXTRACT);
	if (!is_failed(came)) {
		take_url(line, came);
		json_decref(came);
		return page_try(saved, folder, line, TASK_EXTRACT);
	}
	listing = page_try(saved, folder, line, TASK_DISCOVER);
	if (json_array_size(json_object_get(listing, "entries")) > 0) {
		json_decref(came);
		return listing;
	}
	json_decref(listing);
	return came;
}

json_t *attempt_page(
    struct saved *saved, const char *folder, const json_t *line)
{
	return page_try(saved, folder, line,
	    expected_is_feed(line) ? TASK_DISCOVER : TASK_EXTRACT);
}

bool attempt_is_page(const char *name)
{
	return kind_of(name) >= 0;
}
