/* Counters, and how they are told. */
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/advice.h"
#include "core/base/arena.h"
#include "core/base/time.h"
#include "core/base/url.h"
#include "core/base/xalloc.h"
#include "core/daemon/edition.h"
#include "core/daemon/pages.h"
#include "core/daemon/status.h"
#include "core/daemon/survey.h"
#include "core/daemon/web.h"

/* Turns in which everything happens for the first time: the first TLS
   connection, the first page, the first worker. */
#define WARM_UP 200

static int64_t thread_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void turn_began(uv_check_t *check)
{
	struct turns *turns = check->data;

	turns->woke = uv_hrtime();
}

/* A turn is what lies between two of these: waiting takes no CPU time. */
static void turn_ended(uv_prepare_t *prepare)
{
	struct turns *turns = prepare->data;
	int64_t now = thread_time(), took = now - turns->began;

	if (turns->n++ >= turns->warm_up && took > turns->longest)
		turns->longest = took;
	turns->began = now;
	if (turns->woke > 0)
		histogram_add(
		    &turns->delay, (double)(uv_hrtime() - turns->woke) / 1e9);
}

void status_init(struct status *status, uv_loop_t *loop)
{
	static const double bounds[] = { 0.001, 0.005, 0.01, 0.02, 0.05, 0.1,
		0.5, 1, 0 };
	struct turns *turns = &status->turns;

	*status = (struct status){ .started = time(NULL) };
	turns->delay.bounds = bounds;
	turns->warm_up = WARM_UP;
	turns->began = thread_time();
	uv_prepare_init(loop, &turns->prepare);
	turns->prepare.data = turns;
	uv_prepare_start(&turns->prepare, turn_ended);
	uv_unref((uv_handle_t *)&turns->prepare);
	uv_check_init(loop, &turns->check);
	turns->check.data = turns;
	uv_check_start(&turns->check, turn_began);
	uv_unref((uv_handle_t *)&turns->check);
}

static int by_name(const void *a, const void *b)
{
	const struct source_counts *one = a, *other = b;

	return strcmp(one->source, other->source);
}

void status_free(struct status *status)
{
	struct source_counts *counts;

	while ((counts = status->sources) != NULL) {
		status->sources = counts->next;
		tdelete(counts, &status->by_name, by_name);
		free(counts->source);
		free(counts->last_error);
		free(counts);
	}
}

static const struct source_counts *counts_find(
    const struct status *status, const char *source)
{
	const struct source_counts like = { .source = (char *)source };
	struct source_counts **found =
	    tfind(&like, (void *const *)&status->by_name, by_name);

	return found != NULL ? *found : NULL;
}

struct source_counts *status_of(struct status *status, const char *source)
{
	static const double bounds[] = { 60, 300, 900, 1800, 3600, 7200, 21600,
		86400, 172800, 604800, 0 };
	struct source_counts *counts =
	    (struct source_counts *)counts_find(status, source);

	if (counts != NULL)
		return counts;
	counts = xcalloc(1, sizeof(*counts));
	counts->source = xstrdup(source);
	counts->lag.bounds = bounds;
	counts->next = status->sources;
	status->sources = counts;
	if (tsearch(counts, &status->by_name, by_name) == NULL)
		_exit(EXIT_MEMORY);
	return counts;
}

void status_error(struct source_counts *counts, const char *error)
{
	free(counts->last_error);
	counts->last_error = xstrdup(error);
}

static void put_time(json_t *object, const char *key, int64_t seconds)
{
	char text[TIME_TEXT];

	if (seconds > 0)
		json_object_set_new_nocheck(object, key,
		    json_string_nocheck(time_rfc3339(text, seconds, 0, true)));
}

static void put_text(json_t *object, const char *key, const char *text)
{
	if (text != NULL)
		json_object_set_new(object, key, json_string(text));
}

static const char *feed_state(const struct feed *feed)
{
	if (feed->watch.failures > 0)
		return "failing";
	return feed->stale ? "stale" : "fine";
}

/* The steady clock's moment, as the clock on the wall will show it. */
static int64_t seconds_of(int64_t steady, struct now now)
{
	return (now.wall + steady - now.steady) / 1000;
}

static json_t *feed_json(const struct feed *feed, struct now now)
{
	const struct watch *watch = &feed->watch;
	struct arena arena = { 0 };
	json_t *object = json_pack("{s:s, s:s, s:s, s:I, s:b}", "url",
	    url_shown(&arena, feed->url), "state", feed_state(feed), "class",
	    outcome_name(watch->outcome), "interval_ms",
	    (json_int_t)watch->interval, "lies", watch->lies);

	if (!feed->source->paused)
		put_time(object, "next_poll", seconds_of(watch->due, now));
	put_time(object, "last_answer", watch->asked / 1000);
	put_time(object, "newest", watch->newest / 1000);
	put_text(object, "moved_to", feed->moved_to);
	put_text(object, "said", feed->error);
	arena_reset(&arena);
	return object;
}

struct telling { /* of all sources */
	const struct status *status;
	const struct edition *edition;
	size_t feed; /* of the edition: they stand in the order of sources */
	struct now now;
};

/* The worst that is true of a source, and of which feed. */
static const char *source_state(const struct source *source,
    const struct source_counts *counts, const struct feed *feeds, size_t n,
    const struct feed **of)
{
	const char *state = counts->drifting ? "drifting" : "fine";
	size_t i;

	*of = NULL;
	for (i = 0; i < n; i++) {
		if (strcmp(feed_state(&feeds[i]), "stale") == 0 &&
		    !counts->drifting)
			state = "stale";
	}
	for (i = 0; i < n && *of == NULL; i++) {
		if (feeds[i].watch.failures > 0) {
			state = "failing";
			*of = &feeds[i];
		}
	}
	if (source->paused)
		state = "paused";
	return source->enabled ? state : "disabled";
}

static uint64_t failures(const struct source_counts *counts)
{
	uint64_t n = 0;
	int i;

	for (i = 0; i < N_OUTCOMES; i++)
		n += counts->failed[i];
	return n;
}

/* By their class; those that never came are left out. */
static json_t *failures_json(const struct source_counts *counts)
{
	json_t *object = json_object();
	int i;

	for (i = 0; i < N_OUTCOMES; i++) {
		if (counts->failed[i] > 0)
			json_object_set_new(object,
			    outcome_name((enum outcome)i),
			    json_integer((json_int_t)counts->failed[i]));
	}
	return object;
}

static void put_counts(json_t *object, const struct source_counts *counts)
{
	const struct {
		const char *name;
		uint64_t n;
	} rows[] = {
		{ "polls", counts->polls },
		{ "not_modified", counts->not_modified },
		{ "entries", counts->entries },
		{ "changed", counts->changed },
		{ "overflows", counts->overflows },
		{ "pages", counts->pages },
		{ "rechecks", counts->rechecks },
		{ "rechecked_same", counts->rechecked_same },
		{ "records", counts->records },
		{ "revisions", counts->revisions },
		{ "withdrawn", counts->withdrawn },
		{ "trivial", counts->trivial },
		{ "skipped", counts->skipped },
		{ "quarantined", counts->quarantined },
		{ "failed", failures(counts) },
	};
	json_t *zero = json_integer(0);
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		json_object_set_new_nocheck(
		    object, rows[i].name, count_json(zero, rows[i].n));
	json_decref(zero);
}

static json_t *feeds_json(const struct feed *feeds, size_t n, struct now now)
{
	json_t *array = json_array();
	size_t i;

	for (i = 0; i < n; i++)
		json_array_append_new(array, feed_json(&feeds[i], now));
	return array;
}

static void put_next(
    json_t *object, const struct feed *feeds, size_t n, struct now now)
{
	int64_t next = INT64_MAX;
	size_t i;

	for (i = 0; i < n; i++)
		next = feeds[i].watch.due < next ? feeds[i].watch.due : next;
	if (n > 0 && !feeds[0].source->paused)
		put_time(object, "next_poll", seconds_of(next, now));
}

/* When a feed of it last said something that was read, as far as is known: the
   last answer of one that does not fail was fine. */
static int64_t last_success(
    const struct source_counts *counts, const struct feed *feeds, size_t n)
{
	int64_t last = counts->last_success;
	size_t i;

	for (i = 0; i < n; i++) {
		const struct watch *watch = &feeds[i].watch;

		if (watch->failures == 0 && watch->asked / 1000 > last)
			last = watch->asked / 1000;
	}
	return last;
}

static json_t *source_json(struct telling *telling, const struct source *source)
{
	static const struct source_counts none = { 0 };
	const struct source_counts *counts =
	    counts_find(telling->status, source->name);
	const struct feed *feeds = &telling->edition->feeds[telling->feed];
	const struct feed *of;
	const char *state, *class;
	size_t n = 0;
	json_t *object;

	while (telling->feed + n < telling->edition->n_feeds &&
	    feeds[n].source == source)
		n++;
	telling->feed += n;
	if (counts == NULL)
		counts = &none;
	state = source_state(source, counts, feeds, n, &of);
	class = of != NULL ? outcome_name(of->watch.outcome) : NULL;
	object =
	    json_pack("{s:s, s:s}", "source", source->name, "state", state);
	put_text(object, "class", class);
	put_text(object, "advice", advice_of(state, text_or(class, "")));
	put_text(object, "drift", counts->drifting ? counts->drift_say : NULL);
	put_next(object, feeds, n, telling->now);
	put_counts(object, counts);
	json_object_set_new(object, "failures", failures_json(counts));
	if (counts->lag.bounds != NULL)
		json_object_set_new(
		    object, "publish_lag", histogram_json(&counts->lag));
	json_object_set_new(object, "hours",
	    hours_json(&counts->hours, telling->now.wall / 1000));
	put_time(object, "last_poll", counts->last_poll);
	put_time(object, "last_success", last_success(counts, feeds, n));
	put_time(object, "last_record", counts->last_record);
	put_text(object, "last_error",
	    counts->last_error != NULL || of == NULL ? counts->last_error
						     : of->error);
	json_object_set_new(
	    object, "feeds", feeds_json(feeds, n, telling->now));
	return object;
}

static json_t *sources_json(
    const struct status *status, const struct edition *edition, struct now now)
{
	struct telling telling = { status, edition, 0, now };
	const struct source *source = edition->conf->sources;
	json_t *array = json_array();

	for (; source != NULL; source = source->next)
		json_array_append_new(array, source_json(&telling, source));
	return array;
}

static void host_tell(void *whose, const struct host_about *about)
{
	json_t *object = json_pack("{s:s, s:i, s:i}", "host", about->name,
	    "waiting", about->waiting, "under_way", about->under_way);

	if (about->held > 0) {
		put_time(
		    object, "held_until", (time_now() + about->held) / 1000);
		put_text(object, "why", outcome_name(about->why));
	}
	json_array_append_new(whose, object);
}

static json_t *hosts_json(const struct fetcher *fetcher, struct now now)
{
	json_t *array = json_array();

	hosts_each(fetch_hosts(fetcher), now.steady, host_tell, array);
	return array;
}

static json_t *workers_json(const struct pool *pool)
{
	struct pool_counts counts;

	pool_counts(pool, &counts);
	return json_pack("{s:i, s:i, s:i, s:I, s:I, s:I}", "working",
	    counts.working, "idle", counts.idle, "waiting", counts.waiting,
	    "orders", (json_int_t)counts.orders, "lost",
	    (json_int_t)counts.lost, "started", (json_int_t)counts.started);
}

/* Those that have done something to a worker. */
static json_t *plugins_json(const struct pool *pool)
{
	const struct blamed *one = pool_blame(pool)->first;
	json_t *array = json_array();

	for (; one != NULL; one = one->next) {
		if (one->lost + one->leaks + one->statics == 0)
			continue;
		json_array_append_new(array,
		    json_pack("{s:s, s:I, s:I, s:I, s:I, s:I}", "plugin",
			one->plugin, "lost", (json_int_t)one->lost, "leaks",
			(json_int_t)one->leaks, "leak_bytes",
			(json_int_t)one->heap_bytes, "statics",
			(json_int_t)one->statics, "statics_bytes",
			(json_int_t)one->statics_bytes));
	}
	return array;
}

static json_t *network_json(const struct fetcher *fetcher)
{
	struct fetch_counts counts;

	fetch_counts(fetcher, &counts);
	return json_pack("{s:I, s:I, s:I, s:i, s:i}", "requests",
	    (json_int_t)counts.requests, "failed", (json_int_t)counts.failed,
	    "bytes", (json_int_t)counts.bytes, "waiting", counts.waiting,
	    "under_way", counts.under_way);
}

static json_t *spool_json(
    const char *folder, uint64_t last_seq, const struct keeper *keeper)
{
	struct kept_spool kept;
	json_t *object;

	keeper_kept(keeper, &kept);
	object = json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:b}", "folder",
	    folder, "last_seq", (json_int_t)last_seq, "oldest_seq",
	    (json_int_t)kept.room.oldest, "segments",
	    (json_int_t)kept.room.segments, "bytes",
	    (json_int_t)kept.room.bytes, "free", (json_int_t)kept.room.free,
	    "sealing", kept.sealing);
	if (kept.failed != NULL)
		json_object_set_new(
		    object, "retention_failed", json_string(kept.failed));
	return object;
}

static json_t *pages_json(const struct pages *pages)
{
	struct pages_counts counts;

	pages_counts(pages, &counts);
	return json_pack("{s:I, s:I, s:I}", "kept", (json_int_t)counts.kept,
	    "dropped", (json_int_t)counts.dropped, "bytes",
	    (json_int_t)counts.spool.room.bytes);
}

static json_t *entries_json(const struct seen_counts *entries)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "pending",
	    (json_int_t)entries->pending, "done", (json_int_t)entries->done,
	    "watched", (json_int_t)entries->watched, "withdrawn",
	    (json_int_t)entries->withdrawn, "dropped",
	    (json_int_t)entries->dropped, "quarantined",
	    (json_int_t)entries->quarantined);
}

static json_t *loop_json(const struct turns *turns)
{
	return json_pack("{s:I, s:f, s:o}", "turns", (json_int_t)turns->n,
	    "longest_ms", (double)turns->longest / 1e6, "delay",
	    histogram_json(&turns->delay));
}

json_t *status_json(const struct about *about)
{
	const struct status *status = about->status;
	const char *trouble = commit_trouble(about->committer);
	const struct {
		const char *name;
		json_t *value;
	} parts[] = {
		{ "spool",
		    spool_json(about->edition->conf->spool, status->last_seq,
			about->keeper) },
		{ "kept_pages", pages_json(about->pages) },
		{ "entries", entries_json(&status->entries) },
		{ "workers", workers_json(about->pool) },
		{ "plugins", plugins_json(about->pool) },
		{ "network", network_json(about->fetcher) },
		{ "loop", loop_json(&status->turns) },
		{ "commits", histogram_json(commit_latency(about->committer)) },
		{ "sources", sources_json(status, about->edition, about->now) },
		{ "hosts", hosts_json(about->fetcher, about->now) },
		{ "consumers",
		    survey_consumers(about->survey, status->last_seq) },
		{ "quarantine", survey_quarantine(about->survey) },
	};
	json_t *object = json_pack("{s:s, s:i, s:I, s:I, s:s, s:I}", "version",
	    VERSION, "pid", (int)getpid(), "uptime",
	    (json_int_t)(time(NULL) - status->started), "generation",
	    (json_int_t)about->edition->generation, "state",
	    trouble != NULL ? trouble : "fine", "today",
	    (json_int_t)today_records(&status->today, about->now.wall / 1000));
	size_t i;

	if (about->web != NULL)
		json_object_set_new(
		    object, "web", json_string(web_url(about->web)));
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		json_object_set_new(object, parts[i].name, parts[i].value);
	return object;
}
