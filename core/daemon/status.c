/* Counters, and how they are told. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/time.h"
#include "core/base/xalloc.h"
#include "core/daemon/edition.h"
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

void status_free(struct status *status)
{
	struct source_counts *counts;

	while ((counts = status->sources) != NULL) {
		status->sources = counts->next;
		free(counts->source);
		free(counts->last_error);
		free(counts);
	}
}

struct source_counts *status_of(struct status *status, const char *source)
{
	struct source_counts **at = &status->sources;

	while (*at != NULL && strcmp((*at)->source, source) != 0)
		at = &(*at)->next;
	if (*at == NULL) {
		*at = xcalloc(1, sizeof(**at));
		(*at)->source = xstrdup(source);
	}
	return *at;
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

static const char *source_state(
    const struct edition *edition, const struct source *source)
{
	size_t i;

	if (!source->enabled)
		return "disabled";
	for (i = 0; i < edition->n_feeds; i++) {
		if (edition->feeds[i].source == source &&
		    edition->feeds[i].watch.failures > 0)
			return "failing";
	}
	return "fine";
}

static json_t *source_json(
    const struct source_counts *counts, const char *name, const char *state)
{
	static const struct source_counts none = { 0 };
	json_t *object;

	if (counts == NULL)
		counts = &none;
	object = json_pack(
	    "{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
	    "source", name, "state", state, "polls", (json_int_t)counts->polls,
	    "not_modified", (json_int_t)counts->not_modified, "entries",
	    (json_int_t)counts->entries, "changed", (json_int_t)counts->changed,
	    "pages", (json_int_t)counts->pages, "records",
	    (json_int_t)counts->records, "revisions",
	    (json_int_t)counts->revisions, "skipped",
	    (json_int_t)counts->skipped, "quarantined",
	    (json_int_t)counts->quarantined, "failed",
	    (json_int_t)counts->polls_failed +
		(json_int_t)counts->pages_failed);
	put_time(object, "last_poll", counts->last_poll);
	put_time(object, "last_record", counts->last_record);
	if (counts->last_error != NULL)
		json_object_set_new(
		    object, "last_error", json_string(counts->last_error));
	return object;
}

static json_t *sources_json(
    const struct status *status, const struct edition *edition)
{
	const struct source *source = edition->conf->sources;
	json_t *array = json_array();

	for (; source != NULL; source = source->next) {
		const struct source_counts *counts = status->sources;

		while (
		    counts != NULL && strcmp(counts->source, source->name) != 0)
			counts = counts->next;
		json_array_append_new(array,
		    source_json(
			counts, source->name, source_state(edition, source)));
	}
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

json_t *status_json(const struct status *status, const struct edition *edition,
    const struct pool *pool, const struct fetcher *fetcher,
    const struct committer *committer, const struct keeper *keeper)
{
	const char *trouble = commit_trouble(committer);
	const struct seen_counts *entries = &status->entries;
	json_t *object = json_pack("{s:s, s:i, s:I, s:s}", "version", VERSION,
	    "pid", (int)getpid(), "uptime",
	    (json_int_t)(time(NULL) - status->started), "state",
	    trouble != NULL ? trouble : "fine");

	json_object_set_new(object, "spool",
	    spool_json(edition->conf->spool, status->last_seq, keeper));
	json_object_set_new(object, "entries",
	    json_pack("{s:I, s:I, s:I, s:I}", "pending",
		(json_int_t)entries->pending, "done", (json_int_t)entries->done,
		"dropped", (json_int_t)entries->dropped, "quarantined",
		(json_int_t)entries->quarantined));
	json_object_set_new(object, "workers", workers_json(pool));
	json_object_set_new(object, "network", network_json(fetcher));
	json_object_set_new(object, "loop",
	    json_pack("{s:I, s:f}", "turns", (json_int_t)status->turns.n,
		"longest_ms", (double)status->turns.longest / 1e6));
	json_object_set_new(object, "sources", sources_json(status, edition));
	return object;
}
