/* How feeds and sources do, and what is said of it. */
#include <inttypes.h>
#include <stdio.h>

#include "core/base/log.h"
#include "core/base/time.h"
#include "core/daemon/health.h"
#include "core/daemon/ingest.h"

#define TOLD_MOST 20   /* lines about a source's pages in a minute */
#define PAGE_LINE 1024 /* bytes of one */
#define KEPT_EVERY ((int64_t)3600 * 1000) /* ms between two writings */

/* Only a change of how it goes is told. */
static void goes_tell(struct task *task, unsigned say)
{
	struct feed *feed = task->feed;
	struct log_about about = { .source = task->source->name,
		.url = task_feed_name(task) };
	bool failing = feed->watch.failures > 0;

	if (!failing && feed->failing)
		log_about(LOG_LEVEL_INFO, &about, "it goes well again");
	if (say & SAY_OVERFLOW && !feed->overflows)
		log_about(LOG_LEVEL_WARN, &about,
		    "none of its entries was there at the last look: some may "
		    "have been missed; lower min_interval");
	if (say & SAY_LIES)
		log_about(LOG_LEVEL_WARN, &about,
		    "it said that nothing had changed when it had: it is asked "
		    "for all of it from now on");
	about.class = outcome_name(feed->watch.outcome);
	if (failing && !feed->failing)
		log_about(LOG_LEVEL_WARN, &about, "%s", task->say);
	feed->failing = failing;
	if (task->poll.new > 0)
		feed->overflows = (say & SAY_OVERFLOW) != 0;
}

static void stale_tell(struct task *task)
{
	struct feed *feed = task->feed;
	const struct log_about about = { .source = task->source->name,
		.url = task_feed_name(task) };
	bool stale = schedule_is_stale(&feed->watch, ingest_now(task->ingest));
	char text[TIME_TEXT];

	if (stale && !feed->stale)
		log_about(LOG_LEVEL_WARN, &about,
		    "stale: its newest entry is of %s",
		    time_rfc3339(text, feed->watch.newest / 1000, 0, true));
	feed->stale = stale;
}

void health_feed(struct task *task, unsigned say)
{
	goes_tell(task, say);
	stale_tell(task);
}

/* Only a change of it is told. */
static void drift_judge(struct source_counts *counts, int64_t now)
{
	const struct log_about about = { .source = counts->source };
	bool before = counts->drifting;

	counts->drifting = drift_verdict(&counts->drift, now, counts->drift_say,
			       sizeof(counts->drift_say)) != NULL;
	if (counts->drifting && !before)
		log_about(LOG_LEVEL_WARN, &about, "drifting: it %s",
		    counts->drift_say);
	if (!counts->drifting && before)
		log_about(LOG_LEVEL_INFO, &about,
		    "it brings again what it usually brings");
}

/* What a feed shows at the first look is not news. */
void health_source(struct task *task)
{
	struct source_counts *counts = task->counts;
	bool held = task->poll.outcome == OUTCOME_HELD;
	struct now at = ingest_now(task->ingest);
	struct buf text = { 0 };
	int64_t now = at.wall;

	task->drift = NULL;
	if (!held) /* it says nothing of how the feed does */
		counts->listening = outcome_is_fine(task->feed->watch.outcome);
	if (counts->listening && !held)
		counts->last_success = now / 1000;
	drift_passes(&counts->drift, now, counts->listening);
	if (counts->listening && !held)
		drift_entries(&counts->drift, task->first ? 0 : task->poll.new);
	drift_judge(counts, now);
	if (at.steady - counts->drift_kept < KEPT_EVERY)
		return;
	drift_print(&counts->drift, &text);
	task->drift = arena_dup(&task->arena, text.bytes);
	counts->drift_kept = at.steady;
	buf_free(&text);
}

void health_page(struct task *task, enum log_level level, const char *class,
    const char *format, ...)
{
	const struct log_about about = { .source = task->source->name,
		.url = task->due.entry.url,
		.class = class };
	char line[PAGE_LINE];
	va_list args;

	if (task->counts->told++ >= TOLD_MOST)
		return;
	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	log_about(level, &about, "%s", line);
}

static void rest_tell(struct source_counts *counts)
{
	const struct log_about about = { .source = counts->source };

	if (counts->told > TOLD_MOST)
		log_about(LOG_LEVEL_WARN, &about,
		    "%" PRIu64 " more lines about its pages were left out: see "
		    "dateline status --source %s, and dateline quarantine",
		    counts->told - TOLD_MOST, counts->source);
	counts->told = 0;
}

void health_pass(struct status *status)
{
	struct source_counts *counts = status->sources;
	int64_t now = time_now();

	for (; counts != NULL; counts = counts->next) {
		rest_tell(counts);
		if (counts->drift_known)
			drift_passes(&counts->drift, now, counts->listening);
	}
}
