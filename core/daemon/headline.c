/* How the service is, in a line. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/daemon/headline.h"

struct line {
	char *text;
	size_t len;
};

/* What does not fit is left out. */
static void __attribute__((format(printf, 2, 3)))
add(struct line *line, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(
	    line->text + line->len, HEADLINE - line->len, format, args);
	va_end(args);
	if (n > 0)
		line->len += (size_t)n;
	if (line->len > HEADLINE - 1)
		line->len = HEADLINE - 1;
}

/* The feeds of a source stand together. */
static void add_sources(struct line *line, const struct edition *edition)
{
	const struct source *before = NULL, *failed = NULL;
	const struct feed *first = NULL;
	size_t sources = 0, failing = 0, i;

	for (i = 0; i < edition->n_feeds; i++) {
		const struct feed *feed = &edition->feeds[i];

		sources += feed->source != before;
		before = feed->source;
		if (feed->watch.failures == 0 || feed->source == failed)
			continue;
		failing++;
		failed = feed->source;
		if (first == NULL)
			first = feed;
	}
	add(line, "%zu source%s", sources, sources == 1 ? "" : "s");
	if (first != NULL)
		add(line, ", %zu failing (%s%s: %s)", failing,
		    failing > 1 ? "first " : "", first->source->name,
		    outcome_name(first->watch.outcome));
}

static void add_lag(struct line *line, int64_t lag)
{
	static const struct {
		int64_t from, is;
		const char *unit;
	} units[] = { { 2 * 86400, 86400, "d" }, { 2 * 3600, 3600, "h" },
		{ 120, 60, "min" }, { 0, 1, "s" } };
	size_t i = 0;

	if (lag < 0)
		return;
	while (lag < units[i].from)
		i++;
	add(line, ", %" PRId64 "%s behind", lag / units[i].is, units[i].unit);
}

void headline(char text[HEADLINE], const struct edition *edition,
    const struct status *status, const char *trouble, int64_t now)
{
	struct line line = { .text = text };
	uint64_t records = today_records(&status->today, now);

	if (trouble != NULL)
		add(&line, "%s: fetching pauses; ", trouble);
	add_sources(&line, edition);
	add(&line, "; %" PRIu64 " record%s today", records,
	    records == 1 ? "" : "s");
	add_lag(&line, today_lag(&status->today));
	add(&line, "; %" PRId64 " page%s pending", status->entries.pending,
	    status->entries.pending == 1 ? "" : "s");
}
