/* Texts instead of pages: lines in, as many lines out. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "core/base/buf.h"
#include "core/base/fold.h"
#include "core/base/time.h"
#include "core/kit/date.h"
#include "core/worker/line.h"
#include "core/worker/texts.h"

struct texts {
	struct dl_job *job;
	const struct plugins *plugins;
	const struct order *order;
	struct buf out;
};

/* ---- what is made of a line ---- */

static void fold(struct texts *texts, const char *line)
{
	buf_text(&texts->out, fold_ascii(&texts->job->arena, line));
}

/* What an option of the command says; NULL if it was not given. */
static const char *setting(const struct texts *texts, const char *name)
{
	const struct option *option = texts->job->options;

	while (option != NULL && strcmp(option->name, name) != 0)
		option = option->next;
	return option != NULL ? option->value : NULL;
}

static void put_object(struct texts *texts, json_t *object)
{
	char *dump = json_dumps(object, JSON_COMPACT);

	buf_text(&texts->out, dump);
	free(dump);
	json_decref(object);
}

/* Without a zone that is given, that of a text which names none is assumed. The
   base was checked by who gives it. */
static void date(struct texts *texts, const char *line)
{
	struct dl_job *job = texts->job;
	char time[TIME_TEXT];
	const char *why;
	const struct dl_moment *moment;
	struct date_rules rules = { .language = setting(texts, "lang") };

	if (setting(texts, "zone") == NULL)
		job->zone = NULL;
	rules.base = date_parse(job, setting(texts, "base"), DL_FROM_RULE, 0);
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

/* ---- lines ---- */

static const struct {
	enum task_kind task;
	/* Adds a line without its end; `line` is clean. */
	void (*make)(struct texts *texts, const char *line);
} kinds[] = {
	{ TASK_FOLD, fold },
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
