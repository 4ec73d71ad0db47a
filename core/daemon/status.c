/* Counters, and how they are told. */
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/time.h"
#include "core/base/url.h"
#include "core/base/xalloc.h"
#include "core/daemon/edition.h"
#include "core/daemon/pages.h"
#include "core/daemon/status.h"

/* Turns in which everything happens for the first time: the first TLS
   connection, the first page, the first worker. */
#define WARM_UP 200

static int64_t thread_time(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* A turn is what lies between two of these: waiting takes no CPU time. */
static void turn_ended(uv_prepare_t *prepare)
{
	struct turns *turns = prepare->data;
	int64_t now = thread_time(), took = now - turns->began;

	if (turns->n++ >= turns->warm_up && took > turns->longest)
		turns->longest = took;
	turns->began = now;
}

void status_init(struct status *status, uv_loop_t *loop)
{
	struct turns *turns = &status->turns;

	*status = (struct status){ .started = time(NULL) };
	turns->warm_up = WARM_UP;
	turns->began = thread_time();
	uv_prepare_init(loop, &turns->prepare);
	turns->prepare.data = turns;
	uv_prepare_start(&turns->prepare, turn_ended);
	uv_unref((uv_handle_t *)&turns->prepare);
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
	struct source_counts *counts =
	    (struct source_counts *)counts_find(status, source);

	if (counts != NULL)
		return counts;
	counts = xcalloc(1, sizeof(*counts));
	counts->source = xstrdup(source);
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
		json_object_set_new(object, key,
		    json_string(time_rfc3339(text, seconds, 0, true)));
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
	return source->enabled ? state : "disabled";
}

static json_t *counts_json(const struct source_counts *counts)
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
		{ "failed", counts->polls_failed + counts->pages_failed },
	};
	json_t *object = json_object();
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		json_object_set_new(
		    object, rows[i].name, json_integer((json_int_t)rows[i].n));
	return object;
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
	if (n > 0)
		put_time(object, "next_poll", seconds_of(next, now));
}

static json_t *source_json(struct telling *telling, const struct source *source)
{
	static const struct source_counts none = { 0 };
	const struct source_counts *counts =
	    counts_find(telling->status, source->name);
	const struct feed *feeds = &telling->edition->feeds[telling->feed];
	const struct feed *of;
	size_t n = 0;
	json_t *object;

	while (telling->feed + n < telling->edition->n_feeds &&
	    feeds[n].source == source)
		n++;
	telling->feed += n;
	if (counts == NULL)
		counts = &none;
	object = json_pack("{s:s, s:s}", "source", source->name, "state",
	    source_state(source, counts, feeds, n, &of));
	if (of != NULL)
		put_text(object, "class", outcome_name(of->watch.outcome));
	put_text(object, "drift", counts->drifting ? counts->drift_say : NULL);
	put_next(object, feeds, n, telling->now);
	json_object_update_new(object, counts_json(counts));
	put_time(object, "last_poll", counts->last_poll);
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

json_t *status_json(const struct status *status, const struct edition *edition,
    const struct pool *pool, const struct fetcher *fetcher,
    const struct committer *committer, const struct keeper *keeper,
    const struct pages *pages, struct now now)
{
	const char *trouble = commit_trouble(committer);
	const struct seen_counts *entries = &status->entries;
	json_t *object = json_pack("{s:s, s:i, s:I, s:I, s:s}", "version",
	    VERSION, "pid", (int)getpid(), "uptime",
	    (json_int_t)(time(NULL) - status->started), "generation",
	    (json_int_t)edition->generation, "state",
	    trouble != NULL ? trouble : "fine");

	json_object_set_new(object, "spool",
	    spool_json(edition->conf->spool, status->last_seq, keeper));
	json_object_set_new(object, "kept_pages", pages_json(pages));
	json_object_set_new(object, "entries",
	    json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "pending",
		(json_int_t)entries->pending, "done", (json_int_t)entries->done,
		"watched", (json_int_t)entries->watched, "withdrawn",
		(json_int_t)entries->withdrawn, "dropped",
		(json_int_t)entries->dropped, "quarantined",
		(json_int_t)entries->quarantined));
	json_object_set_new(object, "workers", workers_json(pool));
	json_object_set_new(object, "plugins", plugins_json(pool));
	json_object_set_new(object, "network", network_json(fetcher));
	json_object_set_new(object, "loop",
	    json_pack("{s:I, s:f}", "turns", (json_int_t)status->turns.n,
		"longest_ms", (double)status->turns.longest / 1e6));
	json_object_set_new(
	    object, "sources", sources_json(status, edition, now));
	json_object_set_new(object, "hosts", hosts_json(fetcher, now));
	return object;
}
