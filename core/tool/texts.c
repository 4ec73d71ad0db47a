/*
 * `dateline fold`, `date`, `dateline` and `places`: what the kit makes of a
 * text, a line of output for each line of input. A worker does it, line by line
 * as they come.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/limits.h"
#include "core/base/time.h"
#include "core/tool/tool.h"
#include "core/tool/worker.h"

#define PART \
	((size_t)64 << 10) /* bytes read, and given to the worker, at once */

/* What each command is about, and which options it takes. */
static const struct about {
	const char *name;
	enum task_kind task;
	const char *extractor; /* that it needs; or NULL */
	const char *options;   /* of "zone", "lang" and "base" */
} abouts[] = {
	{ "fold", TASK_FOLD, NULL, "" },
	{ "places", TASK_PLACES, NULL, "b" },
	{ "dateline", TASK_DATELINE, "dateline", "b" },
	{ "date", TASK_DATE, NULL, "zlb" },
};

struct texts {
	const struct about *about;
	struct conf *conf;
	struct source *source;
	struct worker worker;
	struct setting settings[3]; /* zone, lang and base, as far as said */
	size_t n_settings;
	struct buf in;
};

/* ---- lines ---- */

/* Whole lines; as many come out. */
static void lines_ask(struct texts *texts, const char *bytes, size_t len)
{
	struct order_page page = { .type = "text/plain",
		.charset = "utf-8",
		.bytes = bytes,
		.len = len };
	struct dl_entry entry = { 0 };
	struct order order = { .task = texts->about->task,
		.pages = &page,
		.n_pages = 1,
		.entry = &entry };
	struct arena arena = { 0 };
	struct result result;

	if (texts->worker.process == 0)
		worker_start(&texts->worker, texts->conf);
	worker_about(&order, texts->source);
	order.options = texts->settings;
	order.n_options = texts->n_settings;
	worker_order(
	    &texts->worker, &arena, &order, texts->source->patience, &result);
	if (result.verdict != DL_DONE)
		tool_die(
		    EX_SOFTWARE, "%s: %s", texts->about->name, result.reason);
	fputs(result.records[0].json, stdout);
	if (fflush(stdout) != 0)
		exit(errno == EPIPE ? 0 : EX_IOERR);
	arena_reset(&arena);
}

/* What has come whole so far; a rest without a line end stays. */
static void lines_take(struct texts *texts)
{
	struct buf *in = &texts->in;
	const char *last =
	    in->len > 0 ? memrchr(in->bytes, '\n', in->len) : NULL;
	size_t len = last != NULL ? (size_t)(last + 1 - in->bytes) : 0;

	if (len == 0 && in->len > LIMIT_PAGE)
		tool_die(EX_DATAERR, "a line of more than %zu MiB",
		    LIMIT_PAGE >> 20);
	if (len == 0)
		return;
	lines_ask(texts, in->bytes, len);
	memmove(in->bytes, in->bytes + len, in->len - len);
	in->len -= len;
}

/* Who writes a line and waits gets its answer. */
static void input_take(struct texts *texts)
{
	char part[PART];
	ssize_t n;

	while ((n = read(STDIN_FILENO, part, sizeof(part))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			tool_die(EX_IOERR, "stdin: %s", strerror(errno));
		buf_add(&texts->in, part, (size_t)n);
		lines_take(texts);
	}
	if (texts->in.len > 0)
		lines_ask(texts, texts->in.bytes, texts->in.len);
}

/* ---- the command ---- */

/* The last one counts. */
static void setting_put(
    struct texts *texts, const char *name, const char *value)
{
	size_t i = 0;

	while (
	    i < texts->n_settings && strcmp(texts->settings[i].name, name) != 0)
		i++;
	texts->settings[i] = (struct setting){ name, value };
	texts->n_settings += i == texts->n_settings;
}

static const char *zone_check(const char *name)
{
	struct zone *zone = zone_open(name);

	if (zone == NULL)
		tool_die(EX_USAGE, "there is no zone %s", name);
	zone_close(zone);
	return name;
}

/* A day is its midnight. */
static const char *base_check(const char *text)
{
	char midnight[TIME_TEXT];
	int64_t millis;

	snprintf(midnight, sizeof(midnight), "%.20sT00:00:00Z", text);
	if (!time_parse(text, &millis) && !time_parse(midnight, &millis))
		tool_die(EX_USAGE,
		    "%s is no base: write 2024-11-07 or "
		    "2024-11-07T15:24:00+07:00",
		    text);
	return text;
}

/* The machine's own configuration is none of its business, but for where the
   worker is. */
static void options(struct texts *texts, int argc, char **argv)
{
	static const struct option known[] = {
		{ "zone", required_argument, NULL, 'z' },
		{ "lang", required_argument, NULL, 'l' },
		{ "base", required_argument, NULL, 'b' },
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	const char *zone = "UTC", *conf = NULL;
	const struct about *about = texts->about;
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (option != 'c' &&
		    (option == '?' || strchr(about->options, option) == NULL))
			tool_usage(about->name);
		switch (option) {
		case 'z':
			zone = zone_check(optarg);
			setting_put(texts, "zone", optarg);
			break;
		case 'l': setting_put(texts, "lang", optarg); break;
		case 'b': setting_put(texts, "base", base_check(optarg)); break;
		default: conf = optarg;
		}
	}
	texts->conf = tool_conf(conf);
	texts->source = conf_bare(texts->conf, "feed");
	texts->source->zone = zone;
	texts->source->extractors = NULL;
	texts->source->next = NULL;
	texts->conf->sources = texts->source;
}

/* The words of the command are one text, also where they say nothing. */
static void words_take(struct texts *texts, char **words)
{
	const char *before = "";

	for (; *words != NULL; words++, before = " ")
		buf_printf(&texts->in, "%s%s", before, *words);
	buf_text(&texts->in, "\n");
	lines_ask(texts, texts->in.bytes, texts->in.len);
}

/* A command of the table: what it is given, or the input. */
static int texts_run(const char *name, int argc, char **argv)
{
	struct texts texts = { .about = abouts };
	struct dl_list extractor = { .next = NULL };

	while (strcmp(texts.about->name, name) != 0)
		texts.about++;
	options(&texts, argc, argv);
	extractor.text = texts.about->extractor;
	if (extractor.text != NULL)
		texts.source->extractors = &extractor;
	if (optind < argc)
		words_take(&texts, argv + optind);
	else
		input_take(&texts);
	worker_stop(&texts.worker);
	buf_free(&texts.in);
	conf_free(texts.conf);
	return 0;
}

int date_main(int argc, char **argv)
{
	return texts_run("date", argc, argv);
}

int fold_main(int argc, char **argv)
{
	return texts_run("fold", argc, argv);
}

int places_main(int argc, char **argv)
{
	return texts_run("places", argc, argv);
}

int dateline_main(int argc, char **argv)
{
	return texts_run("dateline", argc, argv);
}
