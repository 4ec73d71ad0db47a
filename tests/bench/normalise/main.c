/*
 * What the extractors cost beside parsing the page, both in the same run: the
 * time of a processor that it takes to decode a page and make a tree of it, and
 * that of all transform() calls. Each page is taken ROUNDS times, and of each
 * step the fastest time counts: others are at work on the machine, too.
 *
 *     bench-normalise BUILD EXTRACTOR... <LINES
 *
 * A line is a page: its source, its file and its address, parted by tabs. It
 * is made heavier by WEIGHT KiB, see weight_add(); 0 leaves it as it is.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/buf.h"
#include "core/base/time.h"
#include "core/kit/calendar.h"
#include "core/kit/decode.h"
#include "core/kit/gazetteer.h"
#include "core/kit/job.h"
#include "core/kit/record.h"
#include "core/worker/load.h"

#define AIM 15.0 /* of a hundred */
#define PAGES_MOST 1024
#define STEPS_MOST 32
#define ROUNDS_MOST 1000

enum { PARSE, EXTRACT, TRANSFORMS }; /* and each transform() from there on */

struct sample { /* a page */
	char *source, *file, *url;
	struct buf bytes;
	double best[STEPS_MOST]; /* seconds */
	size_t text;             /* bytes of what came of it */
};

struct bench {
	const char *build;
	char **extractors;
	int n_extractors;
	struct arena arena;
	struct plugins plugins;
	struct gazetteer *gazetteer;
	const struct calendar *calendar;
	struct decoder *decoder;
	struct sample *samples;
	size_t n, weight; /* bytes that are added to each */
};

static void need(bool fine, const char *what, const char *why)
{
	if (fine)
		return;
	fprintf(stderr, "bench-normalise: %s: %s\n", what, why);
	exit(1);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* ---- what is needed ---- */

static void is_at(const char *name)
{
	(void)name; /* it is our own plugins */
}

static void tools_make(struct bench *bench)
{
	const struct dl_list folder = {
		arena_printf(&bench->arena, "%s/plugins", bench->build), NULL
	};
	const struct setup setup = { .folders = &folder };
	const char *why = NULL;

	load_plugins(&bench->arena, &setup, &bench->plugins, is_at);
	load_prepare(&bench->arena, &bench->plugins, is_at);
	bench->gazetteer = gazetteer_open(
	    arena_printf(&bench->arena, "%s/gazetteer.tsv", bench->build),
	    &why);
	need(bench->gazetteer != NULL, "gazetteer", why);
	bench->calendar = calendar_new(&bench->arena);
	need(decode_prepare(&bench->decoder, &why), "decoder", why);
}

static void file_read(struct buf *bytes, const char *path)
{
	FILE *file = fopen(path, "r");
	char block[16384];
	size_t len;

	need(file != NULL, path, "it cannot be read");
	while ((len = fread(block, 1, sizeof(block), file)) > 0)
		buf_add(bytes, block, len);
	fclose(file);
}

/*
 * Saved pages are kept small, those of agencies are not: for a story of four
 * kilobytes they bring a hundred and more. Three fifths of that are scripts,
 * styles and comments, the rest are lists of links.
 */
static void weight_add(struct buf *bytes, size_t weight)
{
	size_t scripts = bytes->len + weight * 3 / 5;
	size_t all = bytes->len + weight;
	int n = 0;

	for (; bytes->len < scripts; n++)
		buf_printf(bytes,
		    "<script>window.slots = window.slots || []; "
		    "window.slots.push({id: 'slot-%d', sizes: [[300, 250], "
		    "[728, 90]], when: function (w) { return w > %d; }});"
		    "</script>\n<!-- slot %d -->\n",
		    n, n, n);
	for (; bytes->len < all; n++)
		buf_printf(bytes,
		    "<div class=\"box box-%d\"><ul class=\"list list-small\">"
		    "<li class=\"row\"><a class=\"thumb\" "
		    "href=\"/news/%d.htm\" "
		    "title=\"The bridge\"><img src=\"/i/%d.jpg\" alt=\"\" "
		    "width=\"120\" height=\"80\"></a><h3 class=\"name\">"
		    "<a href=\"/news/%d.htm\">The bridge is open &amp; the "
		    "ferry "
		    "rests</a></h3><span class=\"more\">More</span></li></ul>"
		    "</div>\n",
		    n % 7, n, n, n);
}

static void samples_read(struct bench *bench)
{
	char *line = NULL, *rest;
	struct sample *sample;
	size_t room = 0;
	ssize_t len;

	bench->samples =
	    arena_alloc(&bench->arena, PAGES_MOST * sizeof(*bench->samples));
	while (
	    bench->n < PAGES_MOST && (len = getline(&line, &room, stdin)) > 0) {
		sample = &bench->samples[bench->n++];
		rest = arena_copy(&bench->arena, line, (size_t)len - 1);
		sample->source = strsep(&rest, "\t");
		sample->file = strsep(&rest, "\t");
		sample->url = rest;
		need(rest != NULL, line, "it is no line of three");
		file_read(&sample->bytes, sample->file);
		weight_add(&sample->bytes, bench->weight);
	}
	free(line);
}

/* ---- a page ---- */

static double best(double *seconds_, double took, bool first)
{
	if (first || took < *seconds_)
		*seconds_ = took;
	return seconds();
}

static const struct dl_page *parse(
    struct bench *bench, const struct sample *sample, struct dl_job *job)
{
	struct dl_page *page = job_alloc(job, sizeof(*page));
	const char *why = NULL;

	*page = (struct dl_page){
		.url = sample->url, .type = "text/html", .fetched = 1730980800
	};
	page->bytes =
	    decode_page(&job->arena, bench->decoder, sample->bytes.bytes,
		sample->bytes.len, NULL, page->type, &page->len, &why);
	need(page->bytes != NULL, sample->file, why);
	dom_root(job, page);
	return page;
}

/* False where the page is none that records are made of. */
static bool sample_take(
    struct bench *bench, struct sample *sample, struct zone *zone, bool first)
{
	const struct dl_plugin *source =
	    load_find(&bench->plugins, sample->source);
	const struct dl_page *page;
	struct record *record;
	struct dl_job job;
	double begun;
	bool is_one;
	int i;

	job_init(&job);
	job.plugin = source;
	job.source = job.agency = sample->source;
	job.zone = zone;
	job.gazetteer = bench->gazetteer;
	job.calendar = bench->calendar;
	job.base = sample->url;
	begun = seconds();
	page = parse(bench, sample, &job);
	begun = best(&sample->best[PARSE], seconds() - begun, first);
	record = record_new(&job);
	is_one = source->extract(&job, page, &record->open) == DL_DONE &&
	    !job.broken && record->open.text != NULL;
	begun = best(&sample->best[EXTRACT], seconds() - begun, first);
	for (i = 0; i < bench->n_extractors && is_one; i++) {
		job.plugin = load_find(&bench->plugins, bench->extractors[i]);
		need(job.plugin != NULL, bench->extractors[i],
		    "there is no such extractor");
		begun = seconds();
		job.plugin->transform(&job, page, &record->open);
		best(&sample->best[TRANSFORMS + i], seconds() - begun, first);
	}
	sample->text = is_one ? strlen(text_or(record->open.text, "")) : 0;
	job_finish(&job);
	return is_one;
}

static void measure(struct bench *bench, int rounds)
{
	size_t i, kept = 0;
	int k;

	for (i = 0; i < bench->n; i++) {
		struct sample *sample = &bench->samples[i];
		const struct dl_plugin *source =
		    load_find(&bench->plugins, sample->source);
		struct zone *zone = zone_open(
		    source != NULL ? text_or(source->zone, "UTC") : "UTC");
		bool is_one = source != NULL && source->extract != NULL;

		need(zone != NULL, sample->source, "it has no zone");
		for (k = 0; k < rounds && is_one; k++)
			is_one = sample_take(bench, sample, zone, k == 0);
		zone_close(zone);
		if (is_one)
			bench->samples[kept++] = *sample;
		else
			buf_free(&sample->bytes);
	}
	bench->n = kept;
}

/* ---- what came of it ---- */

static double total(const struct bench *bench, int step)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < bench->n; i++)
		sum += bench->samples[i].best[step];
	return sum;
}

static void row(const char *name, double took, double parse_, size_t n)
{
	printf("  %-14s %8.1f us a page %8.2f %%\n", name,
	    took * 1e6 / (double)n, 100 * took / parse_);
}

static void report(const struct bench *bench)
{
	double parsing = total(bench, PARSE), all = 0;
	size_t i, bytes = 0, text = 0;
	int k;

	for (i = 0; i < bench->n; i++) {
		bytes += bench->samples[i].bytes.len;
		text += bench->samples[i].text;
	}
	printf("%zu pages of %zu bytes, with texts of %zu\n", bench->n,
	    bytes / bench->n, text / bench->n);
	row("parsing", parsing, parsing, bench->n);
	row("extract()", total(bench, EXTRACT), parsing, bench->n);
	for (k = 0; k < bench->n_extractors; k++) {
		row(bench->extractors[k], total(bench, TRANSFORMS + k), parsing,
		    bench->n);
		all += total(bench, TRANSFORMS + k);
	}
	row("all extractors", all, parsing, bench->n);
	printf("  aim: at most %.0f %% %s\n", AIM,
	    100 * all / parsing > AIM ? "above" : "");
}

static size_t setting(const char *name, size_t standard)
{
	const char *text = getenv(name);

	return text != NULL ? strtoull(text, NULL, 10) : standard;
}

int main(int argc, char **argv)
{
	struct bench bench = { .build = argv[1],
		.weight = setting("WEIGHT", 100) << 10,
		.extractors = argv + 2,
		.n_extractors = argc - 2 };
	int n = (int)setting("ROUNDS", 50);
	size_t i;

	if (argc < 3 || argc - 2 > STEPS_MOST - TRANSFORMS || n < 1 ||
	    n > ROUNDS_MOST)
		return 64;
	tools_make(&bench);
	samples_read(&bench);
	measure(&bench, n);
	need(bench.n > 0, "pages", "there are none");
	report(&bench);
	for (i = 0; i < bench.n; i++)
		buf_free(&bench.samples[i].bytes);
	decode_close(bench.decoder);
	gazetteer_close(bench.gazetteer);
	arena_reset(&bench.arena);
	return 0;
}
