/* Texts instead of pages: lines in, as many lines out. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "core/base/buf.h"
#include "core/base/fold.h"
#include "core/base/time.h"
#include "core/kit/date.h"
#include "core/kit/gazetteer.h"
#include "core/kit/record.h"
#include "core/worker/line.h"
#include "core/worker/texts.h"

struct texts {
	struct dl_job *job;
	const struct plugins *plugins;
	const struct order *order;
	struct buf out;
};

/* ---- what is made of a line ---- */

/* What an option of the command says; NULL if it was not given. */
static const char *setting(const struct texts *texts, const char *name)
{
	const struct option *option = texts->job->options;

	while (option != NULL && strcmp(option->name, name) != 0)
		option = option->next;
	return option != NULL ? option->value : NULL;
}

/* It was checked by who gives it. */
static const struct dl_moment *base(const struct texts *texts)
{
	return date_parse(texts->job, setting(texts, "base"), DL_FROM_FEED, 0);
}

static void put_object(struct texts *texts, json_t *object)
{
	char *dump = json_dumps(object, JSON_COMPACT);

	buf_text(&texts->out, text_or(dump, "{}"));
	free(dump);
	json_decref(object);
}

static void fold(struct texts *texts, const char *line)
{
	buf_text(
	    &texts->out, fold_text(&texts->job->arena, line, strlen(line)));
}

/* Without a zone that is given, that of a text which names none is assumed. */
static void date(struct texts *texts, const char *line)
{
	struct dl_job *job = texts->job;
	char time[TIME_TEXT];
	const char *why;
	const struct dl_moment *moment;
	struct date_rules rules = { .language = setting(texts, "lang"),
		.base = base(texts) };

	if (setting(texts, "zone") == NULL)
		job->zone = NULL;
	moment = date_read(job, line, DL_FROM_TEXT, &rules, &why);
	if (moment == NULL) {
		put_object(texts,
		    json_pack(
			"{s:s,s:n,s:s}", "raw", line, "time", "why", why));
		return;
	}
	time_rfc3339(time, moment->seconds, moment->offset, false);
	put_object(texts,
	    json_pack("{s:s,s:s,s:s,s:s}", "raw", line, "time", time, "zone",
		line_zone(moment->zone), "precision",
		line_precision(moment->precision)));
}

/* What the place is on the day of --base, and what is called so today where
   there is none. */
static const struct dl_place *place_then(
    const struct texts *texts, const struct dl_place *place)
{
	const struct dl_moment *moment = base(texts);

	if (moment == NULL || place == NULL)
		return place;
	return gazetteer_on(texts->job->gazetteer, place,
	    (moment->seconds + moment->offset) / 86400);
}

static json_t *text_or_null(const char *text)
{
	return text != NULL ? json_string(text) : json_null();
}

static json_t *place_object(const struct dl_place *place)
{
	if (place == NULL)
		return json_null();
	return json_pack("{s:s, s:s, s:s}", "name", place->name, "code",
	    place->code, "country", place->country);
}

static json_t *dateline_object(
    const struct texts *texts, const struct dl_dateline *dateline)
{
	if (dateline == NULL)
		return json_null();
	return json_pack("{s:s, s:o, s:o, s:o}", "text", dateline->text,
	    "place", place_object(place_then(texts, dateline->place)), "date",
	    text_or_null(date_day(texts->job, dateline->date)), "agency",
	    text_or_null(dateline->agency));
}

/* The beginning of a story, read by the extractor. */
static void dateline(struct texts *texts, const char *line)
{
	const struct dl_plugin *plugin = load_find(texts->plugins, "dateline");
	static const struct dl_page page = { .type = "text/plain" };
	struct dl_job *job = texts->job;
	struct record *record = record_new(job);
	const struct dl_record *open = &record->open;
	const char *rest = line;

	job->plugin = plugin;
	record_set(job, &record->open, DL_TEXT, line, DL_FROM_TEXT, "line");
	record_published(job, &record->open, base(texts), "base");
	plugin->transform(job, &page, &record->open);
	/* A record keeps its text; a line may be a dateline and no more. */
	if (open->dateline != NULL)
		rest = strcmp(open->text, open->dateline->text) != 0
		    ? open->text
		    : "";
	put_object(texts,
	    json_pack("{s:s, s:o, s:s}", "raw", line, "dateline",
		dateline_object(texts, open->dateline), "rest", rest));
}

/* As often as it has another form; each line is a story of its own. */
static void places(struct texts *texts, const char *line)
{
	struct dl_job *job = texts->job;
	const struct dl_mention *mention = NULL;
	json_t *all = json_array(), *met = json_object();

	memset(job->countries, 0, sizeof(job->countries));
	while ((mention = place_next(job, line, mention)) != NULL) {
		const struct dl_place *place =
		    place_then(texts, mention->place);
		const char *key =
		    job_printf(job, "%s %s", place->code, mention->as);

		if (json_object_get(met, key) != NULL)
			continue;
		json_object_set_new(met, key, json_true());
		json_array_append_new(all,
		    json_pack("{ss ss ss ss}", "name", place->name, "code",
			place->code, "country", place->country, "as",
			mention->as));
	}
	json_decref(met);
	put_object(texts, json_pack("{ss so}", "raw", line, "places", all));
}

/* ---- lines ---- */

static const struct {
	enum task_kind task;
	/* Adds a line without its end; `line` is clean. */
	void (*make)(struct texts *texts, const char *line);
} kinds[] = {
	{ TASK_FOLD, fold },
	{ TASK_PLACES, places },
	{ TASK_DATELINE, dateline },
	{ TASK_DATE, date },
};

#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

static size_t kind_of(enum task_kind task)
{
	size_t i = 0;

	while (i < N_KINDS && kinds[i].task != task)
		i++;
	return i;
}

bool texts_is(enum task_kind task)
{
	return kind_of(task) < N_KINDS;
}

/* Clean, and one line whatever ends of lines other systems have. */
static const char *line_clean(struct dl_job *job, const char *bytes, size_t len)
{
	char *line, *at;

	if (len > 0 && bytes[len - 1] == '\r')
		len--;
	line = fold_clean(&job->arena, bytes, len);
	for (at = line; (at = strpbrk(at, "\n\r")) != NULL;)
		*at = ' ';
	return line;
}

const char *texts_of(struct dl_job *job, const struct plugins *plugins,
    const struct order *order)
{
	struct texts texts = { .job = job, .plugins = plugins, .order = order };
	const char *at = order->pages[0].bytes;
	const char *end = at + order->pages[0].len, *all;
	size_t kind = kind_of(order->task);

	job->agency = NULL; /* whoever wrote them */
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		size_t len = (size_t)((stop != NULL ? stop : end) - at);

		kinds[kind].make(&texts, line_clean(job, at, len));
		buf_text(&texts.out, "\n");
		at += len + 1;
	}
	all = job_copy(job, text_or(texts.out.bytes, ""), texts.out.len);
	buf_free(&texts.out);
	return all;
}
