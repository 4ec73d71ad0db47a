/*
 * The way of the news through the house. Read this first.
 *
 *     feeds_due > feed_begin > feed_asked > feed_fetched > feed_discovered
 *         > feed_noted: what is new is pending, and cannot be forgotten
 *
 *     pages_due > pages_claimed > page_begin > page_fetched > page_extracted
 *         > page_committed: a line in the spool, and marked in the state
 *
 * Each function is named after what has just happened and starts what happens
 * next. A task goes along, one for a feed and one for a page; wherever its way
 * ends, it ends in task_end(): of a feed that is feed_end(), of a page that
 * brings no line ending.c. What blocks for the disk is done on the queue's
 * thread, by the functions whose names end in _work; what is not begun there
 * when the daemon ends is left for the next time.
 *
 * What is decided on the way is decided elsewhere, by functions of what is
 * known: when a feed is asked (schedule.c), who may ask a host (hosts.c), what
 * an answer means (outcome.c), what is news (record.c), whether a source does
 * as usual (drift.c).
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/hash.h"
#include "core/base/limits.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "core/base/url.h"
#include "core/base/xalloc.h"
#include "core/daemon/backfill.h"
#include "core/daemon/copies.h"
#include "core/daemon/ending.h"
#include "core/daemon/health.h"
#include "core/daemon/holds.h"
#include "core/daemon/live.h"
#include "core/daemon/ingest.h"
#include "core/daemon/pages.h"
#include "core/daemon/shown.h"
#include "core/daemon/task.h"

/* Pages at once: most of them wait for the pause of their host. What they may
   weigh is LIMIT_IN_FLIGHT's, how many are asked for at once fetch.c's. */
#define TASKS_MOST 1024
#define SET_BACK_LEAST ((int64_t)60 * 1000) /* ms: less is no matter */
#define CLAIM_MOST 64 /* pages at once: some bring their text along */
#define NO_ENTRIES "it has no entries"
#define NO_SOURCE "there is no such source, or it is disabled"
#define CLAIM_AGAIN 1000 /* ms after the state could not be read */
#define TRIES_EXTRACT 3  /* of a page that the plugin does not understand */
#define GONE_TWICE 2     /* looks in a row that find no page: it has gone */
#define GONE_AGAIN ((int64_t)15 * 60 * 1000) /* ms between the two */
#define DAY ((int64_t)24 * 3600 * 1000)
#define HOUR ((int64_t)3600 * 1000)
#define DRIFT_EVERY ((int64_t)60 * 1000)
#define FORGET_AFTER (180 * DAY) /* ms since the last sighting of an entry */

static void feeds_watch(struct ingest *ingest);
static void url_fail(
    struct task *task, enum outcome outcome, const char *reason);

uint64_t ingest_chance(struct ingest *ingest)
{
	ingest->chance =
	    ingest->chance * 6364136223846793005u + 1442695040888963407u;
	return ingest->chance >> 33;
}

struct now ingest_now(const struct ingest *ingest)
{
	return (struct now){ (int64_t)uv_now(ingest->loop), time_now() };
}

/* ---- feeds ---- */

static bool is_root(const struct task *task)
{
	return task->url == task->feed->url;
}

static struct watch *watch_of(struct task *task)
{
	return is_root(task) ? &task->feed->watch : &task->watch;
}

static bool watch_keep(struct task *task)
{
	struct buf text = { 0 };
	bool fine;

	schedule_print(&task->watch, task->now, &text);
	fine = seen_watched(task->ingest->seen, task->source->name,
	    task_feed_name(task), text.bytes, task->now.wall);
	buf_free(&text);
	return fine;
}

static void feed_keep_work(void *whose)
{
	struct task *task = whose;

	task->fine = watch_keep(task) &&
	    (task->drift == NULL ||
		seen_drift_keep(
		    task->ingest->seen, task->source->name, task->drift));
}

/* Only a change of it is told. */
static void state_tell(struct ingest *ingest, bool fine)
{
	if (!fine && !ingest->unwritable)
		log_err("state: it cannot be written: no page is fetched until "
			"it can, and feeds are asked early after a restart");
	if (fine && ingest->unwritable)
		log_info("state: it can be written again");
	ingest->unwritable = !fine;
}

/* What is not kept is asked for too early after a restart, that is all. */
static void feed_kept(void *whose)
{
	struct task *task = whose;
	struct ingest *ingest = task->ingest;

	if (!ingest->stopping)
		state_tell(ingest, task->fine);
	task_end(task);
	if (ingest->no_room && ingest->bytes < LIMIT_IN_FLIGHT)
		ingest_wake(ingest, 0);
}

/* A reload may have come in between: a look ends under the edition that is at
   work now, if that has the feed. */
static struct feed *feed_at_work(struct task *task)
{
	struct ingest *ingest = task->ingest;
	struct feed *heir = edition_hand_over(ingest->edition, task->feed);

	if (heir != NULL) {
		edition_leave(task->edition);
		task->edition = edition_use(ingest->edition);
		task->feed = heir;
		task->source = heir->source;
	}
	task->url = task->feed->url;
	return task->feed;
}

/* The feed has its next turn. */
static void feed_end(struct task *task)
{
	struct ingest *ingest = task->ingest;
	struct feed *feed = feed_at_work(task);
	unsigned say;

	task->now = ingest_now(ingest);
	say = schedule_next(&feed->watch, &feed->pace, &task->poll, task->now,
	    ingest_chance(ingest));
	health_feed(task, say);
	health_source(task);
	task->counts->overflows += (say & SAY_OVERFLOW) != 0;
	feed_keep(&feed->error, task->say);
	status_error(task->counts, task->say);
	edition_turn(task->edition, feed);
	feeds_watch(ingest);
	task->watch = feed->watch;
	queue_add(ingest->queue, feed_keep_work, feed_kept, task);
}

static void feed_fail(
    struct task *task, enum outcome outcome, const char *reason)
{
	bool held = outcome == OUTCOME_HELD;

	task->counts->failed[outcome] += !held;
	if (!is_root(task) && outcome != OUTCOME_OURS) {
		url_fail(task, outcome, reason);
		return;
	}
	task->poll.outcome = outcome;
	task->poll.conditional = task->conditional;
	/* What is wrong with it is what it was held for. */
	task->say = arena_dup(&task->arena,
	    held && task->feed->error != NULL ? task->feed->error : reason);
	feed_end(task);
}

static void feed_ask_work(void *whose)
{
	struct task *task = whose;
	struct seen *seen = task->ingest->seen;

	if (task->ingest->stopping)
		return;
	task->fine = seen_feed(seen, &task->arena, task->source->name,
			 task_feed_name(task), &task->known) &&
	    (!task->drift_wanted ||
		seen_drift(
		    seen, &task->arena, task->source->name, &task->drift));
}

/* What is known of the source and of its feed from before the start. */
static void feed_remember(struct task *task)
{
	struct source_counts *counts = task->counts;
	struct now now = ingest_now(task->ingest);
	struct feed *feed = task->feed;

	if (task->drift_wanted && !counts->drift_known) {
		drift_read(&counts->drift, text_or(task->drift, ""));
		counts->drift_kept = now.steady;
		counts->drift_known = true;
	}
	if (!is_root(task)) {
		schedule_read(
		    &task->watch, &feed->pace, task->known.watch, now);
		return;
	}
	/* A look that failed has left a row, and shown nothing. */
	task->first = !task->known.known ||
	    (task->known.shown == 0 && task->known.watch != NULL);
	task->counts->newcomer |= task->first;
	if (!feed->remembered)
		schedule_read(
		    &feed->watch, &feed->pace, task->known.watch, now);
	feed->remembered = true;
}

/* It was asked before the restart, and it is not time yet. */
static void feed_put_back(struct task *task)
{
	struct ingest *ingest = task->ingest;
	struct feed *feed = feed_at_work(task);

	edition_turn(task->edition, feed);
	task_end(task);
	feeds_watch(ingest);
}

static void feed_fetched(void *whose, struct fetched *got);
static void feed_goes_on(struct task *task);

static void feed_ask(struct task *task)
{
	const struct validators *known = &task->known.validators;
	bool has = known->etag != NULL || known->modified != NULL;

	task->conditional = has && task->known.hash != NULL &&
	    !schedule_full(
		watch_of(task), &task->feed->pace, ingest_now(task->ingest));
	task_fetch(
	    task, task->url, task->conditional ? known : NULL, feed_fetched);
}

static void feed_asked(void *whose)
{
	struct task *task = whose;

	if (task->ingest->stopping) {
		task_end(task);
		return;
	}
	if (!task->fine) {
		feed_fail(task, OUTCOME_OURS, "the state cannot be read");
		return;
	}
	feed_remember(task);
	if (is_root(task) && !task->feed->wanted &&
	    task->feed->watch.due > ingest_now(task->ingest).steady) {
		feed_put_back(task);
		return;
	}
	task->feed->wanted = false;
	if (!is_root(task) && task->watch.failures > 0 &&
	    task->watch.due > ingest_now(task->ingest).steady) {
		feed_goes_on(task); /* it has failed, and is left alone */
		return;
	}
	if (is_root(task)) {
		task->counts->polls++;
		task->counts->last_poll = time(NULL);
	}
	feed_ask(task);
}

static void feed_begin(struct ingest *ingest, struct feed *feed)
{
	struct task *task = task_begin(ingest, feed->source);

	edition_busy(ingest->edition, feed);
	task->feed = feed;
	task->url = feed->url;
	task->drift_wanted = !task->counts->drift_known;
	queue_add(ingest->queue, feed_ask_work, feed_asked, task);
}

/* A feed may have asked for further ones (of an index of sitemaps): they are
   asked one after the other, each with validators of its own. */
static void feed_goes_on(struct task *task)
{
	if (task->wanted == NULL) {
		feed_end(task);
		return;
	}
	task->url = task->wanted->text;
	task->wanted = task->wanted->next;
	task->known = (struct seen_feed){ 0 };
	queue_add(task->ingest->queue, feed_ask_work, feed_asked, task);
}

/* ---- what the feed has answered ---- */

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static struct validators validators_of(
    struct task *task, const struct fetched *got)
{
	struct arena *arena = &task->arena;

	return (struct validators){ .etag = arena_dup(arena, got->etag),
		.modified = arena_dup(arena, got->modified),
		.at = got->redirected ? arena_dup(arena, got->url) : NULL };
}

/* Those of the answer, also of a 304; one that names none leaves the old. */
static void feed_validators(struct task *task, const struct fetched *got)
{
	task->validators = validators_of(task, got);
	if (got->outcome == OUTCOME_UNCHANGED && got->etag == NULL &&
	    got->modified == NULL)
		task->validators = task->known.validators;
}

/* One that the feed has wanted has a watch of its own, for its validators. */
static void url_learn(struct task *task, const struct poll *poll)
{
	if (is_root(task))
		return;
	task->now = ingest_now(task->ingest);
	schedule_next(&task->watch, &task->feed->pace, poll, task->now, 0);
}

static void url_keep_work(void *whose)
{
	struct task *task = whose;

	task->fine = watch_keep(task);
}

/* Nobody goes on when the daemon ends, or with what was not written down. */
static bool feed_is_stopped(struct task *task)
{
	if (task->ingest->stopping)
		task_end(task);
	else if (!task->fine)
		feed_fail(task, OUTCOME_OURS, "the state cannot be written");
	else
		return false;
	return true;
}

static void url_kept(void *whose)
{
	struct task *task = whose;

	if (!feed_is_stopped(task))
		feed_goes_on(task);
}

/* One of many that a feed is made of: the others are asked nevertheless. */
static void url_fail(
    struct task *task, enum outcome outcome, const char *reason)
{
	const struct poll poll = { .outcome = outcome,
		.again = task->poll.again,
		.unasked = task->poll.unasked,
		.conditional = task->conditional };
	bool before = task->watch.failures > 0;

	url_learn(task, &poll);
	if (!before && task->watch.failures > 0)
		log_warn("%s: %s: %s: %s", task->source->name,
		    task_feed_name(task), outcome_name(outcome), reason);
	if (task->say == NULL)
		task->say = arena_dup(&task->arena, reason);
	task->poll.again = 0;
	task->poll.unasked = false;
	/* What came of it is nothing to the next one. */
	if (task->answer != NULL)
		answer_free(task->answer);
	task->answer = NULL;
	task_pages_drop(task);
	queue_add(task->ingest->queue, url_keep_work, url_kept, task);
}

static void feed_unchanged_work(void *whose)
{
	struct task *task = whose;

	/* The feed's own is kept at its end. */
	task->fine = (is_root(task) || watch_keep(task)) &&
	    (validators_same(&task->validators, &task->known.validators) ||
		seen_unchanged(task->ingest->seen, task->source->name,
		    task_feed_name(task), &task->validators, time_now()));
}

/* A 304, or the same bytes as before. */
static void feed_unchanged(struct task *task)
{
	const struct poll poll = { .outcome = OUTCOME_UNCHANGED,
		.conditional = task->conditional };

	task->counts->not_modified++;
	if (is_root(task))
		task->poll = poll;
	if (watch_of(task)->outcome == OUTCOME_NO_ENTRIES)
		task->say = NO_ENTRIES; /* still */
	url_learn(task, &poll);
	queue_add(task->ingest->queue, feed_unchanged_work, url_kept, task);
}

static answer_fn feed_discovered;

/* An entry that is shown counts as sighted once a day: then the feed is read,
   though it brings the same bytes. */
static bool is_read_already(const struct task *task)
{
	return is_same_text(task->hash, task->known.hash) &&
	    time_now() - task->known.shown < DAY;
}

static void feed_came(struct task *task, struct fetched *got)
{
	hash_print(task->hash, got->hash);
	if (got->body.len == 0) {
		feed_fail(task, OUTCOME_EMPTY, "an empty page");
	} else if (is_read_already(task)) {
		feed_unchanged(task);
	} else {
		task->max_age = got->max_age;
		task_page_add(task, got, time(NULL));
		task_order(task, TASK_DISCOVER, feed_discovered);
	}
}

/* The configuration is the operator's: he is told, once. */
static void feed_moved(struct task *task, const char *to)
{
	struct feed *feed = task->feed;

	if (!is_root(task) || is_same_text(feed->moved_to, to))
		return;
	if (to != NULL)
		log_warn("%s: %s: it has moved to %s: write feed = %s",
		    task->source->name, task_feed_name(task), to, to);
	feed_keep(&feed->moved_to, to);
}

static void feed_fetched(void *whose, struct fetched *got)
{
	struct task *task = whose;

	if (task->ingest->stopping) {
		task_end(task);
		return;
	}
	task->poll.again = got->again;
	task->poll.unasked = got->unasked;
	if (outcome_is_fine(got->outcome))
		feed_moved(task, got->moved_to);
	feed_validators(task, got);
	if (got->outcome == OUTCOME_UNCHANGED && task->conditional)
		feed_unchanged(task);
	else if (got->outcome == OUTCOME_UNCHANGED)
		feed_fail(task, OUTCOME_BROKEN,
		    "HTTP status 304, and nobody had asked for that");
	else if (got->outcome != OUTCOME_FINE)
		feed_fail(task, got->outcome, got->error);
	else
		feed_came(task, got);
}

/* ---- what the feed shows ---- */

static bool *unwanted_of(struct task *task)
{
	const struct result *result = &task->answer->result;
	bool *unwanted;

	if (!task->first)
		return NULL;
	unwanted = arena_alloc(&task->arena, result->n_entries + 1);
	backfill_choose(&task->source->backfill, result->entries,
	    result->n_entries, time_now(), unwanted);
	return unwanted;
}

/* It leads to further feeds, which may have what is new. */
static bool is_index(const struct result *result)
{
	size_t i;

	for (i = 0; i < result->n_wanted; i++) {
		if (result->wanted[i].role == DL_WANT_FEED)
			return true;
	}
	return false;
}

/* Entries and validators in one transaction, before any page is fetched. */
static void feed_note_work(void *whose)
{
	struct task *task = whose;
	const struct result *result = &task->answer->result;
	struct showing showing = { .source = task->source->name,
		.feed = task_feed_name(task),
		.validators = task->validators,
		.hash = task->hash,
		.entries = result->entries,
		.unwanted = unwanted_of(task),
		.n = result->n_entries };

	if (task->ingest->stopping)
		return;
	/* An index that has not changed still leads to what may have. */
	if (is_index(result)) {
		showing.validators = (struct validators){ NULL, NULL, NULL };
		showing.hash = NULL;
	}
	task->fine =
	    seen_note(task->ingest->seen, &showing, time_now(), &task->noted);
}

/* More is new than it shows; but what a new feed has shown before is for
   `backfill` to say. */
static bool is_overrun(const struct task *task)
{
	size_t n = task->answer->result.n_entries;

	return !task->first && n > 0 && task->noted.new == n;
}

static void feed_noted(void *whose)
{
	struct task *task = whose;
	const struct result *result;
	struct poll poll;

	if (feed_is_stopped(task))
		return;
	poll = shown_poll(task);
	shown_add(&task->poll, &poll);
	result = &task->answer->result;
	if (result->n_entries == 0 && !is_index(result)) {
		feed_fail(task, OUTCOME_NO_ENTRIES, NO_ENTRIES);
		return;
	}
	url_learn(task, &poll);
	task->counts->entries += task->noted.new;
	task->counts->changed += task->noted.changed;
	if (task->noted.new + task->noted.changed > 0)
		ingest_wake(task->ingest, 0);
	task_wants_take(task, DL_WANT_FEED);
	if (is_overrun(task))
		task_wants_take(task, DL_WANT_OLDER);
	answer_free(task->answer);
	task->answer = NULL;
	task_pages_drop(task);
	if (is_root(task))
		feed_goes_on(task);
	else
		queue_add(task->ingest->queue, url_keep_work, url_kept, task);
}

static void feed_discovered(void *whose, struct answer *answer)
{
	struct task *task = whose;
	const struct result *result = &answer->result;

	task_answered(task, answer);
	if (task->ingest->stopping)
		task_end(task);
	else if (answer->lost != NULL)
		feed_fail(task, OUTCOME_UNREADABLE, answer->lost);
	else if (result->verdict != DL_DONE)
		feed_fail(task,
		    result->not_a_feed ? OUTCOME_NOT_A_FEED
				       : OUTCOME_UNREADABLE,
		    result->reason);
	else
		queue_add(
		    task->ingest->queue, feed_note_work, feed_noted, task);
}

static void feeds_due(uv_timer_t *timer)
{
	struct ingest *ingest = timer->data;
	int64_t now = (int64_t)uv_now(ingest->loop);
	struct feed *feed;

	while (commit_trouble(ingest->committer) == NULL &&
	    (feed = edition_next(ingest->edition)) != NULL &&
	    feed->watch.due <= now)
		feed_begin(ingest, feed);
	feeds_watch(ingest);
}

/* The timer goes off when the next feed is due. */
static void feeds_watch(struct ingest *ingest)
{
	const struct feed *feed = edition_next(ingest->edition);
	int64_t now = (int64_t)uv_now(ingest->loop), wait;

	if (ingest->stopping || feed == NULL ||
	    commit_trouble(ingest->committer) != NULL)
		return;
	wait = feed->watch.due > now ? feed->watch.due - now : 0;
	uv_timer_start(&ingest->feeds_timer, feeds_due, (uint64_t)wait, 0);
}

/* ---- pages ---- */

struct claim { /* of pending entries, by the thread */
	struct ingest *ingest;
	struct arena arena;
	struct due *list;
	int64_t wake;
	int64_t set_back; /* ms, of the clock since the last claim; or 0 */
	int most;
	struct seen_counts counts;
	bool fine;
};

static void claim_work(void *whose)
{
	struct claim *claim = whose;

	if (claim->ingest->stopping)
		return;
	if (claim->set_back > 0 &&
	    !seen_set_back(claim->ingest->seen, claim->set_back, time_now()))
		return;
	claim->fine = seen_claim(claim->ingest->seen, &claim->arena, time_now(),
	    claim->most, &claim->list, &claim->wake);
	claim->fine =
	    claim->fine && seen_counts(claim->ingest->seen, &claim->counts);
}

static void page_begin(struct ingest *ingest, const struct due *due);

static void pages_claimed(void *whose)
{
	struct claim *claim = whose;
	struct ingest *ingest = claim->ingest;
	int64_t now = time_now();
	const struct due *due;

	ingest->claiming = false;
	if (claim->fine)
		ingest->status->entries = claim->counts;
	for (due = claim->list; due != NULL && !ingest->stopping;
	     due = due->next, claim->most--)
		page_begin(ingest, due);
	if (ingest->claim_again || claim->most == 0)
		ingest_wake(ingest, 0);
	else if (!claim->fine)
		ingest_wake(ingest, CLAIM_AGAIN);
	else if (claim->wake > 0)
		ingest_wake(ingest, claim->wake > now ? claim->wake - now : 0);
	arena_reset(&claim->arena);
	free(claim);
}

/* How far the clock on the wall was set back since the last look at it. */
static int64_t clock_set_back(struct ingest *ingest)
{
	struct now now = ingest_now(ingest);
	int64_t ahead = now.wall - now.steady, before = ingest->wall_ahead;

	ingest->wall_ahead = ahead;
	return before - ahead > SET_BACK_LEAST ? before - ahead : 0;
}

static void pages_due(uv_timer_t *timer)
{
	struct ingest *ingest = timer->data;
	struct claim *claim;

	ingest->no_room = ingest->bytes >= LIMIT_IN_FLIGHT;
	if (ingest->claiming || ingest->n_tasks >= TASKS_MOST ||
	    ingest->no_room || commit_trouble(ingest->committer) != NULL) {
		ingest->claim_again = ingest->claiming;
		return; /* the end of a task looks again */
	}
	ingest->claim_again = false;
	ingest->claiming = true;
	claim = xcalloc(1, sizeof(*claim));
	claim->ingest = ingest;
	claim->most = TASKS_MOST - ingest->n_tasks;
	if (claim->most > CLAIM_MOST)
		claim->most = CLAIM_MOST;
	claim->set_back = clock_set_back(ingest);
	queue_add(ingest->queue, claim_work, pages_claimed, claim);
}

void ingest_wake(struct ingest *ingest, int64_t in)
{
	uv_handle_t *timer = (uv_handle_t *)&ingest->pages_timer;

	if (ingest->stopping)
		return;
	if (uv_is_active(timer) &&
	    (int64_t)uv_timer_get_due_in(&ingest->pages_timer) <= in)
		return;
	uv_timer_start(&ingest->pages_timer, pages_due, (uint64_t)in, 0);
}

static void page_committed(void *whose, const struct committed *committed);

/* Once may be a mistake: it is looked at again, and then withdrawn. */
static void page_gone(struct task *task, const char *reason)
{
	const int64_t *ladder = task->source->recheck;

	if (task->due.gone < 0) { /* it is withdrawn already */
		ending_stays(task, NULL);
	} else if (task->due.gone + 1 < GONE_TWICE) {
		task->due.gone++;
		ending_again(task, OUTCOME_NOT_FOUND,
		    ladder[0] > 0 ? ladder[0] : GONE_AGAIN, reason);
	} else {
		log_info("%s: %s: %s: its record is withdrawn",
		    task->source->name, task->due.entry.url, reason);
		task->visit = (struct visit){ .id = task->due.entry.id,
			.source = task->source };
		commit_withdraw(task->ingest->committer, &task->visit,
		    page_committed, task);
	}
}

static answer_fn page_extracted;

/* The story goes on elsewhere: those pages too, then extract() once more. */
static void page_next_fetched(void *whose, struct fetched *got)
{
	struct task *task = whose;

	if (task->ingest->stopping) {
		task_end(task);
		return;
	}
	if (got->outcome == OUTCOME_HELD) {
		ending_held(task, got->again);
		return;
	}
	if (got->outcome != OUTCOME_FINE) {
		ending_failed(task, got->outcome, got->error, got->again);
		return;
	}
	task_page_add(task, got, time(NULL));
	if (task_bytes(task) > LIMIT_PAGE) {
		ending_failed(task, OUTCOME_REFUSED,
		    "too-big: all pages of the story", 0);
		return;
	}
	if (task->wanted == NULL) {
		task_order(task, TASK_EXTRACT, page_extracted);
		return;
	}
	task_fetch(task, task->wanted->text, NULL, page_next_fetched);
	task->wanted = task->wanted->next;
}

/* Its validators tell of the first page alone: next time all is fetched. */
static void page_goes_on(struct task *task)
{
	answer_free(task->answer);
	task->answer = NULL;
	task->visit.validators = (struct validators){ NULL, NULL, NULL };
	task->visit.hash = NULL;
	task_fetch(task, task->wanted->text, NULL, page_next_fetched);
	task->wanted = task->wanted->next;
}

/* What was out before anybody looked on says nothing of how fast we are; what
   came out while we were not at work does. -1: the record has no lag. */
static int64_t lag_of(const struct task *task, int64_t lag)
{
	int64_t up = time(NULL) - task->ingest->status->started;

	return lag <= up || (!task->counts->newcomer && lag < DAY / 1000) ? lag
									  : -1;
}

static void page_count(struct task *task, const struct committed *committed)
{
	struct source_counts *counts = task->counts;
	int64_t lag = lag_of(task, committed->lag);

	if (committed->seq > task->ingest->status->last_seq)
		task->ingest->status->last_seq = committed->seq;
	counts->records += committed->news == NEWS_FIRST;
	counts->revisions += committed->news == NEWS_CHANGED;
	counts->withdrawn += committed->withdrawn;
	counts->trivial +=
	    committed->news == NEWS_NONE && task->due.revision > 0;
	if (committed->seq > 0) {
		counts->last_record = time(NULL);
		live_add(task->ingest->live, committed->seq, committed->brief);
	}
	if (committed->news != NEWS_FIRST)
		return;
	drift_record(&counts->drift, committed->filled);
	hours_add(&counts->hours, time(NULL), 1);
	today_record(&task->ingest->status->today, time(NULL), lag);
	if (lag >= 0)
		histogram_add(&counts->lag, (double)lag);
}

static void page_committed(void *whose, const struct committed *committed)
{
	struct task *task = whose;

	page_count(task, committed);
	if (committed->own || task->done != NULL) {
		ending_done(task, committed);
	} else if (committed->news == NEWS_BAD) {
		ending_unread(
		    task, "the worker's answer was no record", TRIES_EXTRACT);
	} else { /* an extractor has dropped it, and left others */
		ending_settle(task, SETTLED_DONE, NULL);
	}
}

static void page_kept(struct task *task)
{
	size_t n;
	struct order_page *parts = task_parts(task, &n);

	if (task->done == NULL)
		pages_keep(task->ingest->pages, task->source->name,
		    &task->due.entry, parts, n);
}

static void page_extracted(void *whose, struct answer *answer)
{
	struct task *task = whose;
	const struct result *result = &answer->result;
	const char *complaint;

	task_answered(task, answer);
	if (task->ingest->stopping) {
		task_end(task);
		return;
	}
	if ((task->done == NULL || task->goes_on) &&
	    task_wants_take(task, DL_WANT_NEXT)) {
		page_goes_on(task);
		return;
	}
	page_kept(task); /* also what was not understood */
	if (answer->lost != NULL) {
		ending_unread(task, answer->lost, 1);
	} else if (result->verdict == DL_SKIP) {
		ending_skipped(task, result->reason);
	} else if (result->verdict == DL_FAIL) {
		ending_unread(task, result->reason, TRIES_EXTRACT);
	} else if (result->n_records == 0) {
		ending_unread(task, "no record came of it", TRIES_EXTRACT);
	} else if ((complaint = record_complaint(task->source, result,
			task->edition->conf->max_line)) != NULL) {
		ending_unread(task, complaint, 1);
	} else {
		task->answer = NULL;
		task_pages_drop(task);
		commit_add(task->ingest->committer, &task->visit, answer,
		    page_committed, task);
	}
}

/* A story that leads to the front page is not there any more. */
static bool is_gone(const struct task *task, const struct fetched *got)
{
	if (got->outcome == OUTCOME_NOT_FOUND || got->outcome == OUTCOME_GONE)
		return true;
	return got->outcome == OUTCOME_FINE && url_is_front(got->url) &&
	    !url_is_front(task->due.entry.url);
}

static const char *gone_reason(const struct fetched *got)
{
	return got->error != NULL ? got->error : "redirected to the front page";
}

static void visit_begin(struct task *task, const struct fetched *got)
{
	hash_print(task->hash, got->hash);
	task->visit = (struct visit){ .id = task->due.entry.id,
		.source = task->source,
		.hash = task->hash,
		.once = task->due.entry.html != NULL,
		.validators = validators_of(task, got) };
}

/* Nothing has changed since the last visit; what the server says of the page
   is remembered for the next one. */
static bool is_as_before(const struct task *task, const struct fetched *got)
{
	return task->due.again &&
	    (got->outcome == OUTCOME_UNCHANGED ||
		(got->outcome == OUTCOME_FINE &&
		    is_same_text(task->hash, task->due.hash)));
}

static void page_is_as_before(struct task *task, const struct fetched *got)
{
	struct settlement *settlement = &task->settlement;

	task->counts->rechecked_same++;
	settlement->anew = got->etag != NULL || got->modified != NULL;
	settlement->validators = task->visit.validators;
	settlement->hash = task->due.hash;
	ending_stays(task, NULL);
}

static void page_fetched(void *whose, struct fetched *got)
{
	struct task *task = whose;

	if (task->ingest->stopping) {
		task_end(task);
		return;
	}
	visit_begin(task, got);
	task->counts->rechecks += task->due.again;
	if (got->outcome == OUTCOME_HELD) {
		ending_held(task, got->again);
	} else if (is_gone(task, got) && task->due.revision > 0) {
		page_gone(task, gone_reason(got));
	} else if (is_as_before(task, got)) {
		page_is_as_before(task, got);
	} else if (got->outcome == OUTCOME_FORBIDDEN) {
		ending_skipped(task, got->error);
	} else if (is_gone(task, got)) {
		ending_failed(task,
		    got->outcome == OUTCOME_GONE ? OUTCOME_GONE
						 : OUTCOME_NOT_FOUND,
		    gone_reason(got), got->again);
	} else if (got->outcome != OUTCOME_FINE) {
		ending_failed(task,
		    got->outcome != OUTCOME_UNCHANGED ? got->outcome
						      : OUTCOME_BROKEN,
		    text_or(got->error, "HTTP status 304, unasked"),
		    got->again);
	} else {
		task->counts->pages++;
		task_page_add(task, got, time(NULL));
		task_order(task, TASK_EXTRACT, page_extracted);
	}
}

/* A feed that brings the whole story has brought the page. */
static void page_came_along(struct task *task)
{
	struct fetched got = { .url = task->due.entry.url,
		.type = "text/html",
		.charset = "utf-8" };

	buf_text(&got.body, task->due.entry.html);
	got.hash = hash_bytes(HASH_BEGIN, got.body.bytes, got.body.len);
	visit_begin(task, &got);
	task->counts->pages++;
	task_page_add(task, &got, time(NULL));
	task_order(task, TASK_EXTRACT, page_extracted);
}

/* An entry whose source is not configured any more waits until it is. */
static void page_begin(struct ingest *ingest, const struct due *due)
{
	const struct source *source =
	    conf_source(ingest->edition->conf, due->source);
	struct task *task;

	if (source == NULL || !source->enabled || source->paused)
		return; /* a reload came in between: after the next one */
	task = task_begin(ingest, source);
	ingest->n_tasks++;
	due_copy(&task->arena, &task->due, due);
	if (task->due.entry.html != NULL)
		page_came_along(task);
	else
		task_fetch(task, task->due.entry.url,
		    due->again ? &task->due.validators : NULL, page_fetched);
}

struct refusal { /* that is told later, as all that is told */
	again_fn *done;
	void *whose;
};

static void refusal_work(void *whose)
{
	(void)whose; /* there is nothing to do */
}

static void refusal_done(void *whose)
{
	struct refusal *refusal = whose;

	refusal->done(refusal->whose, NULL, NO_SOURCE);
	free(refusal);
}

static void again_refuse(
    struct ingest *ingest, const char *name, again_fn *done, void *whose)
{
	struct refusal *refusal = xcalloc(1, sizeof(*refusal));

	log_warn("%s: extraction again: " NO_SOURCE, name);
	*refusal = (struct refusal){ done, whose };
	queue_add(ingest->queue, refusal_work, refusal_done, refusal);
}

/* As it was kept; the first one is the entry's. */
static void again_page(
    struct task *task, const struct order_page *page, bool first)
{
	struct fetched got = { .url = page->url,
		.type = page->type,
		.charset = page->charset,
		.etag = page->etag,
		.status = page->status };

	buf_add(&got.body, page->bytes, page->len);
	if (first) {
		got.hash = hash_bytes(HASH_BEGIN, got.body.bytes, got.body.len);
		visit_begin(task, &got);
	}
	task_page_add(task, &got, page->fetched);
}

void ingest_again(struct ingest *ingest, const struct again_order *order,
    again_fn *done, void *whose)
{
	const struct source *source =
	    conf_source(ingest->edition->conf, order->source);
	const struct due due = { .source = order->source,
		.entry = *order->entry };
	struct task *task;
	size_t i;

	if (source == NULL || !source->enabled || ingest->stopping) {
		again_refuse(ingest, order->source, done, whose);
		return;
	}
	task = task_begin(ingest, source);
	ingest->n_tasks++;
	task->done = done;
	task->whose = whose;
	task->goes_on = order->goes_on && order->n == 1;
	due_copy(&task->arena, &task->due, &due);
	for (i = 0; i < order->n; i++)
		again_page(task, &order->pages[i], i == 0);
	task->visit.any = true;
	task_order(task, TASK_EXTRACT, page_extracted);
}

/* ---- now and then ---- */

static void drift_due(uv_timer_t *timer)
{
	struct ingest *ingest = timer->data;

	health_pass(ingest->status);
}

static void forget_work(void *whose)
{
	struct ingest *ingest = whose;
	bool more = true, prints = true;

	while (more && !ingest->stopping &&
	    seen_forget(ingest->seen, time_now() - FORGET_AFTER, &more))
		;
	while (prints && !ingest->stopping &&
	    seen_forget_prints(
		ingest->seen, time_now() - COPIES_WINDOW, &prints))
		;
}

static void forget_done(void *whose)
{
	(void)whose; /* what could not be forgotten is, next time */
}

static void forget_due(uv_timer_t *timer)
{
	struct ingest *ingest = timer->data;

	queue_add(ingest->queue, forget_work, forget_done, ingest);
}

/* ---- the whole ---- */

/* Nothing is begun while the disk is in trouble; all goes on when it is over.
 */
static void trouble_changed(void *whose)
{
	struct ingest *ingest = whose;

	if (commit_trouble(ingest->committer) != NULL)
		return;
	feeds_watch(ingest);
	ingest_wake(ingest, 0);
}

struct watching { /* the names of the enabled sources, for the thread */
	struct seen *seen;
	struct arena arena;
	const struct dl_list *names;
};

static void watch_work(void *whose)
{
	struct watching *watching = whose;

	if (!seen_watch(watching->seen, watching->names))
		log_err("state: %s", seen_error(watching->seen));
}

static void watch_done(void *whose)
{
	struct watching *watching = whose;

	arena_reset(&watching->arena);
	free(watching);
}

static void pages_watch(struct ingest *ingest)
{
	struct watching *watching = xcalloc(1, sizeof(*watching));
	const struct dl_list **end = &watching->names;
	const struct source *source = ingest->edition->conf->sources;

	watching->seen = ingest->seen;
	for (; source != NULL; source = source->next) {
		struct dl_list *name;

		if (!source->enabled || source->paused)
			continue;
		name = arena_alloc(&watching->arena, sizeof(*name));
		name->text = arena_dup(&watching->arena, source->name);
		*end = name;
		end = &name->next;
	}
	queue_add(ingest->queue, watch_work, watch_done, watching);
	ingest_wake(ingest, 0);
}

void ingest_start(struct ingest *ingest)
{
	uv_timer_init(ingest->loop, &ingest->feeds_timer);
	uv_timer_init(ingest->loop, &ingest->pages_timer);
	uv_timer_init(ingest->loop, &ingest->settle_timer);
	uv_timer_init(ingest->loop, &ingest->forget_timer);
	uv_timer_init(ingest->loop, &ingest->drift_timer);
	ingest->feeds_timer.data = ingest->pages_timer.data =
	    ingest->settle_timer.data = ingest->forget_timer.data =
		ingest->drift_timer.data = ingest;
	uv_timer_start(&ingest->forget_timer, forget_due, HOUR, HOUR);
	uv_timer_start(
	    &ingest->drift_timer, drift_due, DRIFT_EVERY, DRIFT_EVERY);
	commit_on_trouble(ingest->committer, trouble_changed, ingest);
	fetch_on_held(ingest->fetcher, holds_keep, ingest);
	holds_remember(ingest);
	feeds_watch(ingest);
	pages_watch(ingest);
}

void ingest_change(struct ingest *ingest, struct edition *edition)
{
	struct edition *before = ingest->edition;

	ingest->edition = edition;
	edition_leave(before);
	feeds_watch(ingest);
	pages_watch(ingest);
}

/* What is not looked at brings nothing, and that is no drift. */
bool ingest_pause(struct ingest *ingest, const char *source, bool paused)
{
	if (!edition_pause(ingest->edition, source, paused))
		return false;
	if (paused)
		status_of(ingest->status, source)->listening = false;
	feeds_watch(ingest);
	pages_watch(ingest);
	return true;
}

/* Who asks knows that there is a network again, or a server. */
size_t ingest_poll(struct ingest *ingest, const char *source)
{
	struct edition *edition = ingest->edition;
	size_t i, n = edition_want(edition, source, ingest_now(ingest));

	for (i = 0; i < edition->n_feeds; i++) {
		if (strcmp(edition->feeds[i].source->name, source) == 0)
			fetch_retry(ingest->fetcher, edition->feeds[i].url);
	}
	feeds_watch(ingest);
	return n;
}

void ingest_stop(struct ingest *ingest)
{
	ingest->stopping = true;
	uv_close((uv_handle_t *)&ingest->feeds_timer, NULL);
	uv_close((uv_handle_t *)&ingest->pages_timer, NULL);
	uv_close((uv_handle_t *)&ingest->settle_timer, NULL);
	uv_close((uv_handle_t *)&ingest->forget_timer, NULL);
	uv_close((uv_handle_t *)&ingest->drift_timer, NULL);
}

void ingest_free(struct ingest *ingest)
{
	struct task *task, *next;

	for (task = ingest->tasks; task != NULL; task = next) {
		next = task->next;
		task_end(task);
	}
	edition_leave(ingest->edition);
}
