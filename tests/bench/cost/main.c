/*
 * What texts cost that were written to be dear: a piece over and over, 1 KiB of
 * it, 32 and 1024. What is linear costs as much for each KiB.
 *
 *     bench-cost BUILD
 *
 * A line of output is a text: the command, the piece and its KiB. Each costs
 * what is done within measured(), once: cost.sh has valgrind count that.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/fold.h"
#include "core/base/time.h"
#include "core/kit/decode.h"
#include "core/kit/gazetteer.h"
#include "core/kit/job.h"
#include "core/kit/record.h"
#include "core/worker/load.h"
#include "core/worker/texts.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct bench {
	struct arena arena;
	struct plugins plugins;
	struct gazetteer *gazetteer;
	struct decoder *decoder;
	struct zone *zone;
};

struct text {
	char *bytes;
	size_t len;
};

static void need(bool fine, const char *what, const char *why)
{
	if (fine)
		return;
	fprintf(stderr, "bench-cost: %s: %s\n", what, why);
	exit(1);
}

/* ---- what is measured ---- */

static void lines(struct bench *bench, struct dl_job *job,
    const struct text *text, enum task_kind task)
{
	struct order_page page = { .type = "text/plain",
		.charset = "utf-8",
		.bytes = text->bytes,
		.len = text->len };
	struct order order = { .task = task, .pages = &page, .n_pages = 1 };

	need(texts_of(job, &bench->plugins, &order) != NULL, "texts", "none");
}

static void date(
    struct bench *bench, struct dl_job *job, const struct text *text)
{
	lines(bench, job, text, TASK_DATE);
}

static void dateline(
    struct bench *bench, struct dl_job *job, const struct text *text)
{
	lines(bench, job, text, TASK_DATELINE);
}

static void fold(
    struct bench *bench, struct dl_job *job, const struct text *text)
{
	lines(bench, job, text, TASK_FOLD);
}

static void places(
    struct bench *bench, struct dl_job *job, const struct text *text)
{
	lines(bench, job, text, TASK_PLACES);
}

static void decode(
    struct bench *bench, struct dl_job *job, const struct text *text)
{
	const char *why;
	size_t len;

	decode_page(&job->arena, bench->decoder, text->bytes, text->len, NULL,
	    "text/html", &len, &why);
}

/* The first date of a text that has none. */
static void find(
    struct bench *bench, struct dl_job *job, const struct text *text)
{
	size_t at, len;

	(void)bench;
	date_find(job, text->bytes, DL_FROM_TEXT, 0, &at, &len);
}

static void extract(
    struct bench *bench, struct dl_job *job, const struct text *text)
{
	static const char *const names[] = { "dateline", "dates", "boilerplate",
		"bylines", "places", "diacritics", "language", "credits",
		"fingerprint" };
	static const struct dl_page page = { .type = "text/plain" };
	struct dl_record *record = &record_new(job)->open;
	size_t i;

	record_set(job, record, DL_TEXT, text->bytes, DL_FROM_TEXT, "bench");
	for (i = 0; i < COUNT(names); i++) {
		job->plugin = load_find(&bench->plugins, names[i]);
		need(job->plugin != NULL, names[i], "no such extractor");
		job->plugin->transform(job, &page, record);
	}
}

/* ---- what is dear ---- */

typedef void run_fn(
    struct bench *bench, struct dl_job *job, const struct text *text);

/*
 * Each has its worst: beginnings of what does not come, what means several
 * things, letters that change places, and what was misread. Found by trying 146
 * pieces on all of them.
 */
static const struct {
	const char *name;
	run_fn *run;
	const char *pieces[6]; /* NULL behind the last one */
} commands[] = {
	{ "date", date, { "tháng ", "1 Jan 2024 - ", "((((", "GMT+" } },
	{ "find", find, { "Jan Jan ", "1/1/", "tháng " } },
	{ "dateline", dateline, { "HANOI, ", "(Xinhua ", "新华社北京" } },
	{ "fold", fold, { "São ", "ẹ᷎́", "ÃƒÂ©", "\u202e\u202c", "\xff" } },
	{ "places", places, { "Nguyen Van ", "北京", "San ", "Georgia, " } },
	{ "decode", decode,
	    { "\xe1\xbb", "TiÕng ViÖt ", "<meta charset=", "&#x" } },
	{ "extract", extract, { "By A ", "./.", "Ảnh: TTXVN " } },
};

static const size_t sizes[] = { 1, 32, 1024 }; /* KiB */

/* ---- measuring ---- */

/* By its name valgrind knows when to count. */
__attribute__((noinline)) void measured(run_fn *run, struct bench *bench,
    struct dl_job *job, const struct text *text);

void measured(run_fn *run, struct bench *bench, struct dl_job *job,
    const struct text *text)
{
	run(bench, job, text);
}

/* Whole pieces, and so a little less. */
static struct text text_make(const char *piece, size_t size)
{
	size_t len = strlen(piece);
	struct text text = { malloc(size + 1), 0 };

	need(text.bytes != NULL, "texts", "no memory");
	for (; text.len + len <= size; text.len += len)
		memcpy(text.bytes + text.len, piece, len);
	text.bytes[text.len] = '\0';
	return text;
}

/* On one line, and so that it does not turn it around. */
static void piece_print(const char *piece)
{
	size_t len, i;

	for (; *piece != '\0'; piece += len) {
		uint32_t point = fold_next(piece, &len);
		bool plain = (point >= ' ' && point < 0x7f) ||
		    (point >= 0xa0 && (point & 0xff80) != 0x2000 &&
			point != 0xfffd);

		for (i = 0; i < len; i++)
			printf(
			    plain ? "%c" : "\\x%02x", (unsigned char)piece[i]);
	}
}

static void measure(
    struct bench *bench, const char *name, run_fn *run, const char *piece)
{
	size_t i;

	for (i = 0; i < COUNT(sizes); i++) {
		struct text text = text_make(piece, sizes[i] << 10);
		struct dl_job job;

		job_init(&job);
		job.source = job.agency = "bench";
		job.zone = bench->zone;
		job.gazetteer = bench->gazetteer;
		measured(run, bench, &job, &text);
		job_finish(&job);
		free(text.bytes);
		printf("%s\t", name);
		piece_print(piece);
		printf("\t%zu\n", sizes[i]);
	}
}

/* ---- what is needed ---- */

static void is_at(const char *name)
{
	(void)name; /* it is our own plugins */
}

static void tools_make(struct bench *bench, const char *build)
{
	const struct dl_list folder = {
		arena_printf(&bench->arena, "%s/plugins", build), NULL
	};
	const struct setup setup = { .folders = &folder };
	const char *why = NULL;

	load_plugins(&bench->arena, &setup, &bench->plugins, is_at);
	load_prepare(&bench->arena, &bench->plugins, is_at);
	bench->gazetteer = gazetteer_open(
	    arena_printf(&bench->arena, "%s/gazetteer.tsv", build), &why);
	need(bench->gazetteer != NULL, "gazetteer", why);
	need(decode_prepare(&bench->decoder, &why), "decoder", why);
	bench->zone = zone_open("UTC");
}

int main(int argc, char **argv)
{
	struct bench bench = { 0 };
	size_t i, k;

	if (argc != 2)
		return 64;
	tools_make(&bench, argv[1]);
	for (i = 0; i < COUNT(commands); i++) {
		for (k = 0; commands[i].pieces[k] != NULL; k++)
			measure(&bench, commands[i].name, commands[i].run,
			    commands[i].pieces[k]);
	}
	gazetteer_close(bench.gazetteer);
	decode_close(bench.decoder);
	zone_close(bench.zone);
	arena_reset(&bench.arena);
	return 0;
}
