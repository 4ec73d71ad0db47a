/* A source on its site as it is now. */
#include <string.h>

#include "core/tool/live.h"
#include "core/tool/site.h"

#define PAGES_WANTED 3
#define SHOWN_MOST 40 /* characters of a value */

/* What a record should have; the first three it must. */
static const struct {
	const char *name;
	bool must;
} fields[] = {
	{ "title", true },
	{ "text", true },
	{ "published", true },
	{ "updated", false },
	{ "authors", false },
	{ "section", false },
	{ "summary", false },
	{ "tags", false },
	{ "images", false },
};

#define N_FIELDS (sizeof(fields) / sizeof(fields[0]))

struct live {
	struct site site;
	const char *urls[PAGES_WANTED];
	size_t n_urls, n_pages;
	size_t found[N_FIELDS]; /* on how many pages */
	int failed;
};

static const char *text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* The last step that was taken: who has said what stands there now. */
static const json_t *step_of(const json_t *trace, const char *field)
{
	const json_t *step, *last = NULL;
	size_t i;

	json_array_foreach(trace, i, step)
	{
		if (strcmp(text(step, "field"), field) == 0 &&
		    json_is_true(json_object_get(step, "taken")))
			last = step;
	}
	return last;
}

static void value_print(const char *value)
{
	int n = 0;

	putchar('"');
	for (; *value != '\0' && *value != '\n'; value++) {
		if ((*value & 0xc0) != 0x80 && n++ == SHOWN_MOST)
			break;
		putchar(*value);
	}
	printf(*value != '\0' ? "…\"" : "\"");
}

static void field_print(const json_t *step, const char *name)
{
	const char *from = text(step, "from"), *how = text(step, "how");
	const char *value = text(step, "value");

	printf("  %-10s ", name);
	if (value == NULL) {
		puts("-");
		return;
	}
	value_print(value);
	printf("  by %s", text(step, "by") != NULL ? text(step, "by") : "?");
	if (from != NULL)
		printf(", %s", from);
	if (how != NULL)
		printf(" %s", how);
	putchar('\n');
}

static void record_tell(struct live *live, const struct result_record *record)
{
	json_t *made = json_loads(record->json, 0, NULL);
	json_t *trace = json_loads(record->trace, 0, NULL);
	bool whole = true;
	size_t i;

	for (i = 0; i < N_FIELDS; i++) {
		bool has = json_object_get(made, fields[i].name) != NULL;

		field_print(has ? step_of(trace, fields[i].name) : NULL,
		    fields[i].name);
		live->found[i] += has;
		whole = whole && (has || !fields[i].must);
	}
	live->failed += !whole;
	json_decref(trace);
	json_decref(made);
}

static void page_try(struct live *live, const char *url)
{
	const struct dl_entry entry = { .url = url };
	const struct came *came;
	struct result result;
	const char *why;

	printf("%s\n", url);
	came = site_get(&live->site, url, &why);
	if (came == NULL) {
		printf("  %s\n", why);
		live->failed++;
		return;
	}
	live->n_pages++;
	site_order(&live->site, TASK_EXTRACT, &came, 1, &entry, &result);
	if (result.verdict == DL_DONE && result.n_records > 0) {
		record_tell(live, &result.records[0]);
		return;
	}
	printf("  %s%s\n", result.verdict == DL_SKIP ? "skipped, " : "",
	    result.reason != NULL ? result.reason
				  : "its text is on further pages");
	live->failed += result.verdict == DL_FAIL;
}

/* An index of sitemaps leads to one that has entries. */
static void feed_try(struct live *live, const char *url, bool again)
{
	const struct came *came;
	struct result result;
	const char *why;
	size_t i;

	came = site_get(&live->site, url, &why);
	if (came == NULL) {
		printf("%s\n  %s\n", url, why);
		live->failed++;
		return;
	}
	site_order(&live->site, TASK_DISCOVER, &came, 1, NULL, &result);
	printf("%s\n  ", url);
	if (result.verdict != DL_DONE)
		printf("%s\n", result.reason);
	else
		printf("%zu entries\n", result.n_entries);
	if (result.n_entries == 0 && result.n_wanted > 0 && again) {
		feed_try(live,
		    arena_dup(&live->site.arena, result.wanted[0].url), false);
		return;
	}
	live->failed += result.n_entries == 0;
	for (i = 0; i < result.n_entries && i < PAGES_WANTED; i++)
		live->urls[live->n_urls++] =
		    arena_dup(&live->site.arena, result.entries[i]->url);
}

static void sum_print(const struct live *live)
{
	size_t i;

	printf("Of %zu pages have:", live->n_pages);
	for (i = 0; i < N_FIELDS; i++)
		printf("%s %s %zu", i > 0 ? "," : "", fields[i].name,
		    live->found[i]);
	putchar('\n');
}

int live_try(struct conf *conf, struct source *source)
{
	struct live live = { .failed = 0 };
	size_t i;

	site_open(&live.site, conf, source);
	if (source->feeds != NULL)
		feed_try(&live, source->feeds->text, true);
	else
		printf("%s has no feed\n", source->name);
	for (i = 0; i < live.n_urls; i++)
		page_try(&live, live.urls[i]);
	if (live.n_pages > 0)
		sum_print(&live);
	live.failed += source->feeds == NULL;
	site_close(&live.site);
	return live.failed;
}
