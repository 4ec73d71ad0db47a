/* Pages in quarantine as people read and name them. */
#include <string.h>

#include "core/base/fold.h"
#include "core/base/time.h"
#include "core/tool/columns.h"
#include "core/tool/listing.h"
#include "core/tool/when.h"

#define DIGITS_LEAST 8 /* of a short name: mostly enough */
#define SAID_LEAST 4   /* of one that somebody types */
#define SOURCE_MOST 24 /* columns of the source */
#define AGE 6          /* and of the age */

/* ---- names ---- */

/* Behind the source, which may have hyphens, too. */
static const char *hash_of(const struct quarantined *page)
{
	const char *hyphen = strrchr(page->name, '-');

	return hyphen != NULL ? hyphen + 1 : page->name;
}

static int digits_common(const char *a, const char *b)
{
	int n = 0;

	while (a[n] != '\0' && a[n] == b[n])
		n++;
	return n;
}

int listing_digits(const struct quarantined *list, size_t n)
{
	int digits = DIGITS_LEAST, common;
	size_t i, j;

	for (i = 0; i < n; i++) {
		for (j = 0; j < i; j++) {
			common =
			    digits_common(hash_of(&list[i]), hash_of(&list[j]));
			if (common >= digits)
				digits = common + 1;
		}
	}
	return digits;
}

static bool is_meant(const struct quarantined *page, const char *said)
{
	size_t len = strlen(said);

	return strcmp(page->name, said) == 0 ||
	    (len >= SAID_LEAST && strncmp(hash_of(page), said, len) == 0);
}

const struct quarantined *listing_find(
    const struct quarantined *list, size_t n, const char *said, bool *many)
{
	const struct quarantined *found = NULL;
	size_t i;

	*many = false;
	for (i = 0; i < n; i++) {
		if (!is_meant(&list[i], said))
			continue;
		if (found != NULL) {
			*many = true;
			return NULL;
		}
		found = &list[i];
	}
	return found;
}

/* ---- rows ---- */

/* Some of it was said by servers, and must not speak to the terminal. */
static const char *shown(struct arena *arena, const char *text)
{
	text = text_or(text, "-");
	return fold_clean(arena, text, strlen(text));
}

int listing_source(const struct quarantined *list, size_t n)
{
	int width = (int)strlen("source"), one;
	size_t i;

	for (i = 0; i < n; i++) {
		one = columns_of(text_or(list[i].first.source, "-"));
		width = one > width ? one : width;
	}
	return width < SOURCE_MOST ? width : SOURCE_MOST;
}

void listing_head(FILE *out, int digits, int source)
{
	fprintf(out, "%-*s %*s  %-*s  %s\n", digits, "page", AGE, "kept",
	    source, "source", "reason");
}

void listing_row(FILE *out, const struct quarantined *page, int digits,
    int source, int64_t now)
{
	struct arena arena = { 0 };
	char age[WHEN_AGE];
	int used;

	fprintf(out, "%-*.*s %*s  ", digits, digits, hash_of(page), AGE,
	    when_age(age, now - page->kept));
	used = columns_fit(out, shown(&arena, page->first.source), source);
	fprintf(out, "%*s  ", source - used, "");
	columns_fit(out, shown(&arena, page->reason),
	    COLUMNS_MOST - digits - AGE - source - 5);
	fprintf(out, "\n    %s\n", shown(&arena, page->first.entry.url));
	arena_reset(&arena);
}

/* ---- JSON ---- */

static void put_text(json_t *object, const char *key, const char *text)
{
	if (text != NULL)
		json_object_set_new(object, key, json_string(text));
}

static void put_time(json_t *object, const char *key, int64_t millis)
{
	char text[TIME_TEXT];

	if (millis != 0)
		put_text(object, key, time_millis(text, millis));
}

static void put_number(json_t *object, const char *key, int64_t number)
{
	json_object_set_new(object, key, json_integer(number));
}

json_t *listing_json(const struct quarantined *page, const char *folder)
{
	const struct dl_entry *entry = &page->first.entry;
	const struct order_page *first = &page->first.page;
	struct buf file = { 0 };
	json_t *object = json_object();

	buf_printf(&file, "%s/%s.page", folder, page->name);
	put_text(object, "name", page->name);
	put_text(object, "source", page->first.source);
	put_text(object, "id", entry->id);
	put_text(object, "url", entry->url);
	put_text(object, "title", entry->title);
	put_text(object, "reason", page->reason);
	put_time(object, "kept", page->kept);
	put_time(object, "tried", page->tried);
	put_number(object, "tries", page->tries);
	put_time(object, "fetched", first->fetched * 1000);
	put_text(object, "type", first->type);
	put_text(object, "charset", first->charset);
	put_text(object, "file", file.bytes);
	put_number(object, "bytes", (int64_t)page->bytes);
	put_number(object, "pages", (int64_t)page->n);
	buf_free(&file);
	return object;
}
