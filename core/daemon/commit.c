/*
 * Records on their way into the spool:
 *
 *     commit_add ... > commit_begin > (thread) compose > spool_write
 *         > seen_mark > (loop) commit_done
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "core/base/log.h"
#include "core/base/time.h"
#include "core/base/url.h"
#include "core/base/xalloc.h"
#include "core/daemon/commit.h"
#include "core/daemon/copies.h"
#include "core/daemon/notify.h"
#include "core/daemon/schedule.h"
#include "spool/spool.h"

/* Bytes of answers in one commit: a reader takes no frame with twice as many
   (SEGMENT_LINES_MOST), and while the disk is in trouble many come together. */
#define COMMIT_MOST (SEGMENT_LINES_MOST / 2)
#define AGAIN_MILLIS 1000 /* after the disk has failed */

struct item { /* the records of one page */
	const struct visit *visit;
	struct answer *answer; /* NULL: the page has gone */
	committed_fn *done;
	void *whose;
	struct committed committed;
	struct item *next;
};

struct items {
	struct item *first, **end;
	size_t bytes;
};

struct committer {
	struct queue *queue;
	struct seen *seen;
	struct spool_writer *writer;
	struct keeper *keeper;
	char *folder; /* of the spool */
	uv_timer_t timer;
	int64_t interval;
	size_t bytes;
	uint64_t segment_bytes;
	int64_t segment_age;
	struct items collected;

	/* The commit under way: the thread's while it works. */
	struct items writing;
	struct arena arena;
	struct spool_batch batch;
	struct marked *marked, **marked_end;
	bool busy, written, marked_too;
	char *failed;     /* a sentence */
	uint64_t segment; /* number in the name of the one that grows */
	uint64_t began;   /* uv_hrtime() */
	struct histogram latency;

	char *trouble;
	void (*trouble_changed)(void *whose);
	void *trouble_whose;
	bool stopping;
};

static size_t item_bytes(const struct item *item)
{
	return item->answer != NULL ? item->answer->bytes.len : 0;
}

static void items_init(struct items *items)
{
	*items = (struct items){ .end = &items->first };
}

static void items_add(struct items *items, struct item *item)
{
	item->next = NULL;
	*items->end = item;
	items->end = &item->next;
	items->bytes += item_bytes(item);
}

/* As many as one commit holds; the first whatever its size. */
static void items_take(struct items *to, struct items *from)
{
	struct item *left = from->first, *item;

	items_init(to);
	items_init(from);
	while ((item = left) != NULL) {
		size_t len = item_bytes(item);

		left = item->next;
		if (from->first == NULL &&
		    (to->first == NULL || to->bytes + len <= COMMIT_MOST))
			items_add(to, item);
		else
			items_add(from, item);
	}
}

/* ---- on the thread ---- */

/* A record of this very commit counts as known. */
static bool known_in_commit(
    const struct committer *committer, const char *id, struct known *known)
{
	const struct marked *marked;
	bool found = false;

	for (marked = committer->marked; marked != NULL;
	     marked = marked->next) {
		if (strcmp(marked->id, id) == 0) {
			known->revision = marked->revision;
			known->withdrawn = marked->withdrawn;
			known->same_as = marked->same_as;
			if (marked->hashes != NULL)
				known->hashes = marked->hashes;
			found = true;
		}
	}
	return found;
}

static struct marked *mark_add(struct committer *committer, const char *id,
    const struct composed *composed, uint64_t seq)
{
	struct marked *marked = arena_alloc(&committer->arena, sizeof(*marked));

	*marked = (struct marked){ .id = id,
		.source = composed->source,
		.url = composed->url,
		.hashes = composed->hashes,
		.revision = composed->revision,
		.withdrawn = composed->withdrawn,
		.seq = seq,
		.spooled = time_now(),
		.fingerprint = composed->fingerprint,
		.same_as = composed->same_as };
	*committer->marked_end = marked;
	committer->marked_end = &marked->next;
	return marked;
}

/* Only the entry's own page is looked at again. */
static void mark_visit(
    struct marked *marked, const struct visit *visit, const struct known *known)
{
	int64_t now = time_now();

	marked->done = known->done > 0 ? known->done : now;
	marked->validators = visit->validators;
	marked->hash = visit->hash;
	if (!visit->once)
		marked->due =
		    schedule_recheck(visit->source->recheck, marked->done, now);
}

/* The hashes of a record with this address and another id: of this commit, or
   of an earlier one. NULL: there is none. */
static const char *hashes_at(
    struct committer *committer, const char *url, const char *id)
{
	struct arena *arena = &committer->arena;
	const struct marked *marked;
	struct known known = { 0 };
	const char *other;

	url = url_strip(arena, url);
	for (marked = committer->marked; marked != NULL;
	     marked = marked->next) {
		if (marked->url != NULL && strcmp(marked->id, id) != 0 &&
		    strcmp(url_strip(arena, marked->url), url) == 0)
			return marked->hashes;
	}
	if (seen_alias(committer->seen, arena, url, id, &other) &&
	    other != NULL)
		seen_known(committer->seen, arena, other, &known);
	return known.hashes;
}

/* The same story under another id: one page claims the other's address, and
   has the same text. A site that names one address everywhere is not believed.
 */
static bool is_alias(struct committer *committer, const char *id,
    const struct composed *composed)
{
	const char *hashes = NULL;

	if (composed->news == NEWS_FIRST && composed->url != NULL)
		hashes = hashes_at(committer, composed->url, id);
	return hashes != NULL && record_same_text(hashes, composed->hashes);
}

static bool known_find(
    struct committer *committer, const char *id, struct known *known)
{
	if (!seen_known(committer->seen, &committer->arena, id, known))
		return false;
	known_in_commit(committer, id, known);
	return true;
}

/* Its number, or 0: there is nothing to be written. */
static uint64_t line_add(
    struct committer *committer, const struct composed *composed)
{
	uint64_t seq =
	    spool_writer_next(committer->writer) + committer->batch.n_lines;

	if (composed->line == NULL)
		return 0;
	spool_add(&committer->batch, composed->line, strlen(composed->line));
	return seq;
}

/* The line as it was written; NULL: it is not there any more. */
static const char *line_find(struct committer *committer, uint64_t seq)
{
	struct spool_reader *reader =
	    seq > 0 ? spool_open(committer->folder) : NULL;
	const struct spool_line *line;
	const char *text = NULL;

	if (reader == NULL)
		return NULL;
	spool_seek(reader, seq);
	if (spool_next(reader, &line) == SPOOL_LINE && line->seq == seq)
		text = arena_dup(&committer->arena, line->text);
	spool_close(reader);
	return text;
}

/* What is compared when extraction is run once more is the line itself: the
   hashes may have followed the extractors since. False where there is nothing
   to be compared with, or something newer. */
static bool known_of_line(
    struct committer *committer, const char *json, struct known *known)
{
	const char *line;

	if (known->withdrawn)
		return false;
	line = line_find(committer, known->seq);
	if (line != NULL)
		known->hashes = record_hashes(&committer->arena, line);
	return line == NULL || !record_is_older(json, line);
}

static void compose_record(struct committer *committer, const struct item *item,
    const struct result_record *record, const struct known *known,
    struct composed *composed)
{
	record_compose(
	    &committer->arena, record->json, known, item->visit->any, composed);
	if (composed->news != NEWS_BAD && strcmp(composed->id, record->id) != 0)
		*composed = (struct composed){ .news = NEWS_BAD };
	if (is_alias(committer, record->id, composed)) {
		composed->news = NEWS_NONE;
		composed->line = NULL;
		composed->revision = 0;
	}
}

/* What becomes no line is not searched for; and copies are few, so it is made
   anew where there are any. */
static bool copies_add(struct committer *committer, const struct item *item,
    const struct result_record *record, struct known *known,
    struct composed *composed)
{
	if (composed->line == NULL)
		return true;
	if (!copies_find(committer->seen, &committer->arena, committer->marked,
		record->id, composed->fingerprint, known))
		return false;
	if (known->same_as != NULL)
		compose_record(committer, item, record, known, composed);
	return true;
}

/* Whether it is to be looked at at all. */
static bool record_counts(struct committer *committer, const struct item *item,
    const struct result_record *record, struct known *known)
{
	return !item->visit->any || known->revision == 0 ||
	    known_of_line(committer, record->json, known);
}

static bool record_add(struct committer *committer, struct item *item,
    const struct result_record *record, bool first)
{
	bool own = strcmp(record->id, item->visit->id) == 0;
	struct composed composed;
	struct marked *marked;
	struct known known;
	uint64_t seq;

	if (!known_find(committer, record->id, &known))
		return false;
	if (!record_counts(committer, item, record, &known)) {
		item->committed.news = NEWS_NONE;
		return true;
	}
	compose_record(committer, item, record, &known, &composed);
	if (!copies_add(committer, item, record, &known, &composed))
		return false;
	seq = line_add(committer, &composed);
	if (composed.news != NEWS_BAD) {
		marked = mark_add(committer, record->id, &composed, seq);
		marked->visited = own;
		marked->again = item->visit->any;
		item->committed.own |= own;
		if (own && composed.revision > 0)
			mark_visit(marked, item->visit, &known);
	}
	if (first) {
		item->committed.news = composed.news;
		item->committed.revision = composed.revision;
		item->committed.seq = seq;
		item->committed.filled = composed.filled;
		item->committed.brief = composed.brief;
		item->committed.lag = composed.lag;
	}
	return true;
}

static bool records_add(struct committer *committer, struct item *item)
{
	const struct result *result = &item->answer->result;
	size_t i;

	for (i = 0; i < result->n_records; i++) {
		if (!record_add(committer, item, &result->records[i], i == 0))
			return false;
	}
	return true;
}

static bool withdrawal_add(struct committer *committer, struct item *item)
{
	const struct visit *visit = item->visit;
	struct composed composed;
	struct marked *marked;
	struct known known;
	uint64_t seq;

	if (!known_find(committer, visit->id, &known))
		return false;
	item->committed.news = NEWS_NONE;
	if (known.withdrawn || known.revision == 0)
		return true; /* there is nothing to be said, or marked */
	item->committed.own = true;
	record_withdraw(&committer->arena, line_find(committer, known.seq),
	    visit->id, visit->source->name, visit->source->agency, &known,
	    &composed);
	seq = line_add(committer, &composed);
	marked = mark_add(committer, visit->id, &composed, seq);
	marked->visited = true;
	marked->done = known.done;
	/* It may have been a mistake of the site. */
	marked->due =
	    schedule_recheck(visit->source->recheck, known.done, time_now());
	item->committed.news = composed.news;
	item->committed.revision = composed.revision;
	item->committed.seq = seq;
	item->committed.withdrawn = true;
	item->committed.brief = composed.brief;
	return true;
}

static bool compose(struct committer *committer)
{
	struct item *item;
	bool fine = true;

	arena_reset(&committer->arena);
	committer->batch.len = committer->batch.n_lines = 0;
	committer->marked = NULL;
	committer->marked_end = &committer->marked;
	for (item = committer->writing.first; item != NULL && fine;
	     item = item->next) {
		item->committed = (struct committed){ .news = NEWS_BAD };
		fine = item->answer != NULL ? records_add(committer, item)
					    : withdrawal_add(committer, item);
	}
	return fine;
}

static void fail(struct committer *committer, const char *what, const char *why)
{
	struct buf text = { 0 };

	buf_printf(&text, "%s: %s", what, why);
	committer->failed = text.bytes;
}

/* First the lines, then what remembers them. What is written is not written
   again when only the second failed. */
static void commit_work(void *whose)
{
	struct committer *committer = whose;
	uint64_t first;

	if (!committer->written) {
		if (!compose(committer)) {
			fail(committer, "state", seen_error(committer->seen));
			return;
		}
		if (spool_write(committer->writer, &committer->batch, &first) !=
		    0) {
			fail(committer, "spool", strerror(errno));
			return;
		}
		committer->written = true;
		committer->segment = spool_writer_segment(committer->writer);
	}
	if (!seen_mark(committer->seen, committer->marked,
		spool_writer_next(committer->writer) - 1, time_now())) {
		fail(committer, "state", seen_error(committer->seen));
		return;
	}
	committer->marked_too = true;
}

/* ---- on the loop ---- */

static void commit_begin(struct committer *committer);

static void trouble_set(struct committer *committer, char *trouble)
{
	bool changed = (committer->trouble == NULL) != (trouble == NULL);

	if (changed && trouble != NULL)
		log_err("%s: fetching pauses until it can be written", trouble);
	else if (changed)
		log_info("the disk takes writes again");
	free(committer->trouble);
	committer->trouble = trouble;
	if (changed && trouble != NULL)
		keeper_short(committer->keeper);
	if (changed && committer->trouble_changed != NULL)
		committer->trouble_changed(committer->trouble_whose);
}

static void item_end(struct item *item)
{
	item->done(item->whose, &item->committed);
	if (item->answer != NULL)
		answer_free(item->answer);
	free(item);
}

static void timer_due(uv_timer_t *timer)
{
	commit_begin(timer->data);
}

static void stop_if_wanted(struct committer *committer)
{
	if (!committer->stopping || committer->busy)
		return;
	uv_close((uv_handle_t *)&committer->timer, NULL);
	committer->stopping = false;
}

static void commit_done(void *whose)
{
	struct committer *committer = whose;
	struct item *item;

	committer->busy = false;
	if (!committer->marked_too) {
		trouble_set(committer, committer->failed);
		committer->failed = NULL;
		if (!committer->stopping)
			uv_timer_start(
			    &committer->timer, timer_due, AGAIN_MILLIS, 0);
		stop_if_wanted(committer);
		return;
	}
	trouble_set(committer, NULL);
	histogram_add(&committer->latency,
	    (double)(uv_hrtime() - committer->began) / 1e9);
	keeper_segment(committer->keeper, committer->segment);
	committer->written = committer->marked_too = false;
	while ((item = committer->writing.first) != NULL) {
		committer->writing.first = item->next;
		item_end(item);
	}
	items_init(&committer->writing);
	if (committer->collected.first != NULL)
		commit_begin(committer);
	stop_if_wanted(committer);
}

static void commit_begin(struct committer *committer)
{
	if (committer->busy)
		return;
	if (committer->writing.first == NULL)
		items_take(&committer->writing, &committer->collected);
	if (committer->writing.first == NULL)
		return;
	committer->busy = true;
	committer->began = uv_hrtime();
	uv_timer_stop(&committer->timer);
	spool_writer_set(committer->writer, committer->segment_bytes,
	    committer->segment_age);
	queue_add(committer->queue, commit_work, commit_done, committer);
}

static void item_add(struct committer *committer, const struct visit *visit,
    struct answer *answer, committed_fn *done, void *whose)
{
	struct item *item = xcalloc(1, sizeof(*item));

	item->visit = visit;
	item->answer = answer;
	item->done = done;
	item->whose = whose;
	items_add(&committer->collected, item);
	if (committer->trouble != NULL || committer->busy)
		return;
	if (committer->collected.bytes >= committer->bytes)
		commit_begin(committer);
	else if (!uv_is_active((uv_handle_t *)&committer->timer))
		uv_timer_start(&committer->timer, timer_due,
		    (uint64_t)committer->interval, 0);
}

void commit_add(struct committer *committer, const struct visit *visit,
    struct answer *answer, committed_fn *done, void *whose)
{
	item_add(committer, visit, answer, done, whose);
}

void commit_withdraw(struct committer *committer, const struct visit *visit,
    committed_fn *done, void *whose)
{
	item_add(committer, visit, NULL, done, whose);
}

const struct histogram *commit_latency(const struct committer *committer)
{
	return &committer->latency;
}

const char *commit_trouble(const struct committer *committer)
{
	return committer->trouble;
}

void commit_on_trouble(
    struct committer *committer, void (*changed)(void *), void *whose)
{
	committer->trouble_changed = changed;
	committer->trouble_whose = whose;
}

struct committer *commit_new(uv_loop_t *loop, struct queue *queue,
    struct seen *seen, struct spool_writer *writer, struct keeper *keeper)
{
	static const double bounds[] = { 0.005, 0.01, 0.025, 0.05, 0.1, 0.25,
		0.5, 1, 2.5, 10, 0 };
	struct committer *committer = xcalloc(1, sizeof(*committer));

	committer->latency.bounds = bounds;
	committer->queue = queue;
	committer->seen = seen;
	committer->writer = writer;
	committer->keeper = keeper;
	items_init(&committer->collected);
	items_init(&committer->writing);
	uv_timer_init(loop, &committer->timer);
	committer->timer.data = committer;
	return committer;
}

void commit_set(struct committer *committer, const struct conf *conf)
{
	if (committer->folder == NULL) /* it never changes; see main.c */
		committer->folder = xstrdup(conf->spool);
	committer->interval = conf->commit_interval;
	committer->bytes = (size_t)conf->commit_bytes;
	committer->segment_bytes = (uint64_t)conf->segment_bytes;
	committer->segment_age = conf->segment_age;
}

void commit_stop(struct committer *committer)
{
	commit_begin(committer);
	committer->stopping = true;
	stop_if_wanted(committer);
}

static void items_free(struct items *items)
{
	struct item *item;

	while ((item = items->first) != NULL) {
		items->first = item->next;
		if (item->answer != NULL)
			answer_free(item->answer);
		free(item);
	}
}

void commit_free(struct committer *committer)
{
	items_free(&committer->collected);
	items_free(&committer->writing);
	spool_batch_free(&committer->batch);
	arena_reset(&committer->arena);
	free(committer->trouble);
	free(committer->folder);
	free(committer);
}

/* ---- before the loop ---- */

static char *__attribute__((format(printf, 1, 2)))
sentence(const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		abort();
	va_end(args);
	return text;
}

#define REPLAY_AT_ONCE 500 /* lines a transaction */

/* Pages whose lines are younger than this are looked at again after that; then
   the source's ladder goes on. Milliseconds. */
#define REPLAY_WATCHED ((int64_t)3 * 24 * 3600 * 1000)
#define REPLAY_AGAIN ((int64_t)15 * 60 * 1000)

struct replay {
	struct seen *seen;
	struct arena arena;
	struct marked *marked, **end;
	int n;
	uint64_t last; /* number of the last line */
};

static bool replay_flush(struct replay *replay)
{
	bool fine =
	    seen_mark(replay->seen, replay->marked, replay->last, time_now());

	notify_extend();
	notify_status(
	    "recovering: the state knows the spool up to line %" PRIu64,
	    replay->last);
	arena_reset(&replay->arena);
	replay->marked = NULL;
	replay->end = &replay->marked;
	replay->n = 0;
	return fine;
}

static bool replay_line(struct replay *replay, const struct spool_line *line)
{
	struct marked *marked = arena_alloc(&replay->arena, sizeof(*marked));
	int64_t now = time_now();
	struct composed composed;

	if (!record_replay(&replay->arena, line->text, &composed, &marked->id))
		return true;
	marked->source = composed.source;
	marked->url = composed.url;
	marked->hashes = composed.hashes;
	marked->revision = composed.revision;
	marked->visited = true;
	marked->withdrawn = composed.withdrawn;
	marked->seq = line->seq;
	marked->done = marked->spooled = composed.spooled;
	marked->fingerprint = composed.fingerprint;
	marked->same_as = composed.same_as;
	if (!composed.withdrawn && now - composed.spooled < REPLAY_WATCHED)
		marked->due = now + REPLAY_AGAIN;
	*replay->end = marked;
	replay->end = &marked->next;
	replay->last = line->seq;
	return ++replay->n < REPLAY_AT_ONCE || replay_flush(replay);
}

/* Lines that were spooled but not marked, into the state. */
static bool replay(
    struct seen *seen, const char *folder, uint64_t from, uint64_t next)
{
	struct spool_reader *reader = spool_open(folder);
	struct replay replay = { .seen = seen, .end = &replay.marked };
	const struct spool_line *line;
	enum spool_status status = SPOOL_ERROR;
	bool fine = reader != NULL;

	if (fine)
		spool_seek(reader, from);
	while (fine && (status = spool_next(reader, &line)) != SPOOL_END &&
	    status != SPOOL_ERROR) {
		if (status == SPOOL_LINE)
			fine = replay_line(&replay, line);
	}
	spool_close(reader);
	/* What was not read must not count as known. */
	fine = fine && status == SPOOL_END;
	replay.last = next - 1;
	if (fine && from < next) /* else there is nothing new to write */
		fine = replay_flush(&replay);
	arena_reset(&replay.arena);
	return fine;
}

struct spool_writer *commit_writer(const struct conf *conf, int *status)
{
	struct spool_settings settings = { .segment_bytes =
					       (uint64_t)conf->segment_bytes,
		.segment_age = conf->segment_age };
	struct spool_writer *writer = spool_writer_open(conf->spool, &settings);

	*status = 0;
	if (writer == NULL && errno == EWOULDBLOCK) {
		log_err("%s: another datelined writes this spool", conf->spool);
		*status = EX_TEMPFAIL;
	} else if (writer == NULL) {
		log_err("%s: %s", conf->spool, strerror(errno));
		*status = EX_IOERR;
	}
	return writer;
}

bool commit_recover(struct seen *seen, struct spool_writer *writer,
    const char *folder, struct spool_recovered *found, char **why)
{
	struct seen_spool state;
	uint64_t next;

	if (spool_recover(writer, found) != 0) {
		*why = sentence("%s: %s", folder,
		    errno == EPROTONOSUPPORT
			? "a segment is of a later version of the format: use "
			  "the datelined that wrote it, or a newer one"
			: strerror(errno));
		return false;
	}
	if (!seen_spool(seen, &state)) {
		*why = sentence("state: %s", seen_error(seen));
		return false;
	}
	if (found->uuid[0] != '\0' && state.uuid[0] != '\0' &&
	    strcmp(found->uuid, state.uuid) != 0) {
		*why =
		    sentence("%s is spool %s, but the state belongs to spool "
			     "%s: put the right one back, or begin anew "
			     "with an empty state folder",
			folder, found->uuid, state.uuid);
		return false;
	}
	next = state.last_seq + 1;
	if (spool_resume(writer, next,
		state.uuid[0] != '\0' ? state.uuid : NULL,
		"lines that the state knows of are not in the spool") != 0) {
		*why = sentence("%s: %s", folder, strerror(errno));
		return false;
	}
	found->next = spool_writer_next(writer);
	if (state.uuid[0] == '\0') {
		state.last_seq = 0;
		spool_writer_uuid(writer, state.uuid);
		if (!seen_spool_set(seen, &state)) {
			*why = sentence("state: %s", seen_error(seen));
			return false;
		}
	}
	if (!replay(seen, folder, next, found->next)) {
		*why =
		    sentence("%s: it could not be read into the state", folder);
		return false;
	}
	return true;
}
