/* Entries: of what a feed says, and of what a plugin puts together. */
#include <stdlib.h>
#include <string.h>

#include "core/base/limits.h"
#include "core/base/message.h"
#include "core/base/url.h"
#include "core/kit/dom.h"
#include "core/kit/entry.h"
#include "core/kit/job.h"

/* ---- texts ---- */

/* Whether there is something that only HTML can mean: a tag, an entity. */
static bool is_markup(const char *text, const char *signs)
{
	const char *last = strrchr(text, '>');

	for (; *(text += strcspn(text, signs)) != '\0'; text++) {
		size_t len = strspn(text + 1,
		    "abcdefghijklmnopqrstuvwxyz"
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		    "0123456789#/!");

		if (len > 0 && *text == '<' && last != NULL && text < last)
			return true;
		if (len > 0 && *text == '&' && text[1 + len] == ';')
			return true;
	}
	return false;
}

/* The text of HTML; entities that were escaped once too often are resolved as
   well. */
static const char *text_of(struct dl_job *job, const char *html)
{
	const char *text;

	if (is_markup(html, "<"))
		text = dom_text(job, dom_fragment(job, html));
	else
		text = dom_unescape(job, html);
	if (text != NULL && is_markup(text, "&"))
		text = dom_unescape(job, text);
	return text;
}

/*
 * Text in one line, of text or HTML. Reading HTML takes a hundred times its
 * size: that is given back at once, or a large feed takes all there is. What
 * cannot be read is only missing from its entry.
 */
static const char *plain(struct dl_job *job, const char *text)
{
	struct dl_job reader;

	if (text == NULL)
		return NULL;
	if (!is_markup(text, "<") && !is_markup(text, "&"))
		return dom_line(job, text);
	job_init(&reader);
	reader.arena.limit = job->arena.limit - job->arena.taken;
	reader.exhausted = job->exhausted;
	text = dom_line(job, text_of(&reader, text));
	job_finish(&reader);
	return text;
}

/* "desk@news.example (An Nguyen)" is An Nguyen; an address alone is no name. */
static const char *author_name(struct dl_job *job, const char *text)
{
	const char *open, *close;

	if (text == NULL || strchr(text, '@') == NULL)
		return plain(job, text);
	open = strchr(text, '(');
	close = open != NULL ? strrchr(open, ')') : NULL;
	if (close == NULL)
		return NULL;
	return plain(job, job_copy(job, open + 1, (size_t)(close - open - 1)));
}

const char *html_of(struct dl_job *job, const char *text)
{
	size_t room = sizeof("<p></p>");
	const char *at;
	char *html, *out;

	if (text == NULL)
		return NULL;
	for (at = text; *at != '\0'; at++)
		room += strchr("&<\n", *at) != NULL ? 8 : 1;
	html = job_alloc(job, room);
	out = stpcpy(html, "<p>");
	for (at = text; *at != '\0'; at++) {
		if (*at == '&')
			out = stpcpy(out, "&amp;");
		else if (*at == '<')
			out = stpcpy(out, "&lt;");
		else if (*at == '\n' && at[1 + (at[1] == '\r')] == '\n')
			out = stpcpy(out, "</p><p>");
		else
			*out++ = *at;
	}
	strcpy(out, "</p>");
	return html;
}

/* ---- of what a feed says ---- */

void raw_say(struct raw *raw, enum part part, const char *text, int rank)
{
	if (text == NULL || (raw->ranks[part] > 0 && raw->ranks[part] <= rank))
		return;
	raw->parts[part] = text;
	raw->ranks[part] = rank;
}

/* The plugin's, unless it leaves the order of dates to its sources. */
static unsigned feed_hints(struct dl_job *job)
{
	static const char name[] = "date_order";
	const struct dl_option *option =
	    job->plugin != NULL ? job->plugin->options : NULL;

	while (option != NULL && option->name != NULL &&
	    strcmp(option->name, name) != 0)
		option++;
	if (option == NULL || option->name == NULL)
		return job->plugin != NULL ? job->plugin->hints : 0;
	return strcmp(text_or(job_option(job, name), "day"), "month") == 0
	    ? DL_MONTH_FIRST
	    : DL_DAY_FIRST;
}

void reading_begin(struct reading *reading, struct dl_job *job,
    const char *base, struct found **first)
{
	*reading = (struct reading){
		.job = job, .base = base, .hints = feed_hints(job), .end = first
	};
}

bool reading_is_full(const struct reading *reading)
{
	return reading->n >= LIMIT_ENTRIES || reading->size > LIMIT_MESSAGE;
}

void reading_put(struct reading *reading, const struct dl_entry *entry)
{
	struct found *found;

	if (reading_is_full(reading))
		return;
	*reading->end = found = job_alloc(reading->job, sizeof(*found));
	reading->end = &found->next;
	found->entry = *entry;
	reading->size += message_entry_size(entry);
	reading->n++;
}

void reading_add(struct reading *reading, const struct raw *raw)
{
	struct dl_job *job = reading->job;
	struct dl_entry entry = { .url = raw->parts[URL] };
	const char *html;

	if (entry.url == NULL || reading_is_full(reading))
		return;
	entry.id = dom_line(job, raw->parts[ID]);
	entry.title = plain(job, raw->parts[TITLE]);
	entry.summary = plain(job, raw->parts[SUMMARY]);
	entry.author = author_name(job, raw->parts[AUTHOR]);
	entry.published = date_parse(
	    job, raw->parts[PUBLISHED], DL_FROM_FEED, reading->hints);
	entry.updated =
	    date_parse(job, raw->parts[UPDATED], DL_FROM_FEED, reading->hints);
	html = plain(job, raw->parts[HTML]);
	if (html != NULL && strlen(html) > strlen(text_or(entry.summary, "")))
		entry.html = job_clean(job, raw->parts[HTML]);
	reading_put(reading, &entry);
}

struct dl_entry *entry_after(struct dl_job *job, const struct dl_entry *after)
{
	struct found *found =
	    after == NULL ? job->entries : ((const struct found *)after)->next;

	return found != NULL ? &found->entry : NULL;
}

/* ---- which ids count ---- */

static int compare_ids(const void *a, const void *b)
{
	const struct found *const *left = a, *const *right = b;

	return strcmp((*left)->entry.id, (*right)->entry.id);
}

static const char *bare_url(struct dl_job *job, const struct found *found)
{
	return text_or(
	    url_strip(&job->arena, found->entry.url), found->entry.url);
}

/* An id that several pages share says nothing: their addresses do. */
static void drop_shared_ids(struct dl_job *job, struct found **sorted, size_t n)
{
	size_t from, to, i;

	for (from = 0; from < n; from = to) {
		const char *id = sorted[from]->entry.id, *url = NULL;
		bool shared = false;

		for (to = from + 1;
		     to < n && strcmp(sorted[to]->entry.id, id) == 0; to++) {
			if (url == NULL)
				url = bare_url(job, sorted[from]);
			if (!shared)
				shared =
				    strcmp(bare_url(job, sorted[to]), url) != 0;
		}
		for (i = from; shared && i < to; i++)
			sorted[i]->entry.id = NULL;
	}
}

void reading_end(struct reading *reading, struct found *first)
{
	struct dl_job *job = reading->job;
	struct found **sorted = job_alloc(job, reading->n * sizeof(*sorted));
	size_t with = 0;

	for (; first != NULL; first = first->next) {
		if (first->entry.id != NULL)
			sorted[with++] = first;
	}
	qsort(sorted, with, sizeof(*sorted), compare_ids);
	drop_shared_ids(job, sorted, with);
}

/* ---- of what a plugin puts together ---- */

struct dl_entry *entry_new(struct dl_job *job)
{
	return &((struct found *)job_alloc(job, sizeof(struct found)))->entry;
}

/* It is made as clean as what we have read. */
void entry_add(struct dl_job *job, struct dl_entry *entry)
{
	struct found *found;
	const char *url;

	if (entry == NULL || job->n_found >= LIMIT_ENTRIES)
		return;
	url = url_absolute(job, job->base, entry->url);
	if (url == NULL)
		return;
	found = job_alloc(job, sizeof(*found));
	found->entry = *entry;
	found->entry.url = url;
	found->entry.id = job_clean(job, entry->id);
	found->entry.title = job_clean(job, entry->title);
	found->entry.summary = job_clean(job, entry->summary);
	found->entry.author = job_clean(job, entry->author);
	*job->found_end = found;
	job->found_end = &found->next;
	job->n_found++;
}

const char *url_absolute(struct dl_job *job, const char *base, const char *url)
{
	return url_join(&job->arena, base, url);
}

void page_want(struct dl_job *job, const char *url, enum dl_role role)
{
	struct want *want;

	if (role < DL_WANT_FEED || role > DL_WANT_OLDER)
		job_break(job, "no role of a page: %d", (int)role);
	url = url_absolute(job, job->base, url);
	if (url == NULL || job->n_wants >= LIMIT_WANTED)
		return;
	if (job->base != NULL && strcmp(url, job->base) == 0)
		return; /* a pager names the page that it stands on, too */
	for (want = job->wants; want != NULL; want = want->next) {
		if (strcmp(want->url, url) == 0)
			return;
	}
	want = job_alloc(job, sizeof(*want));
	want->url = url;
	want->role = role;
	*job->wants_end = want;
	job->wants_end = &want->next;
	job->n_wants++;
}
