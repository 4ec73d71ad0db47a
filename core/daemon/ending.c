/* How a page ends that brings no line. */
#include <errno.h>
#include <string.h>

#include "core/base/limits.h"
#include "core/base/log.h"
#include "core/base/quarantine.h"
#include "core/base/time.h"
#include "core/daemon/ending.h"
#include "core/daemon/health.h"
#include "core/daemon/ingest.h"
#include "core/daemon/release.h"

#define SETTLE_AGAIN 1000 /* ms after the state could not be written */
#define TRIES_AGAIN 3     /* of a page that is only looked at once more */

/* ms after a page could not be kept in quarantine: it is fetched again, or it
   would be lost. */
#define KEEP_AGAIN ((int64_t)3600 * 1000)

static void ending_due(uv_timer_t *timer);

/* Whoever is told of a page that was only extracted again. */
static void done_tell(struct task *task, const struct committed *committed)
{
	bool held = committed == NULL && task->reason == NULL &&
	    task->settlement.how == SETTLED_AGAIN;

	task->done(task->whose, committed,
	    held ? "its host wants to be left alone for now" : task->reason);
}

void ending_done(struct task *task, const struct committed *committed)
{
	struct ingest *ingest = task->ingest;

	ingest->n_tasks--;
	if (task->done != NULL)
		done_tell(task, committed);
	task_end(task);
	ingest_wake(ingest, 0);
}

static bool page_keep(struct task *task, size_t *gone)
{
	struct quarantined page = { .reason = task->reason,
		.kept = time_now(),
		.tries = task->settlement.tries,
		.first = {
		    .source = task->source->name, .entry = task->due.entry } };
	struct buf folder = { 0 };
	bool fine;

	page.tried = page.kept;
	page.pages = task_parts(task, &page.n);
	buf_printf(
	    &folder, "%s/" QUARANTINE_FOLDER, task->edition->conf->state);
	fine = quarantine_keep(folder.bytes, &page, gone);
	if (!fine)
		log_err("%s: %s: it cannot be kept in quarantine: %s",
		    page.first.source, page.first.entry.url, strerror(errno));
	if (*gone > 0)
		release_tidy(task->ingest->seen, folder.bytes);
	buf_free(&folder);
	return fine;
}

static void ending_quarantine(struct task *task)
{
	struct ingest *ingest = task->ingest;
	struct settlement *settlement = &task->settlement;
	size_t gone = 0;

	if (!page_keep(task, &gone) && settlement->how == SETTLED_QUARANTINED)
		*settlement = (struct settlement){ .how = SETTLED_AGAIN,
			.due = time_now() + KEEP_AGAIN,
			.tries = task->due.tries,
			.why = task->due.why,
			.gone = task->due.gone };
	if (gone > 0 && !ingest->quarantine_full)
		log_warn("quarantine is full: %d pages or %zu MiB are kept "
			 "there, the oldest go",
		    LIMIT_QUARANTINE_PAGES, LIMIT_QUARANTINE_BYTES >> 20);
	ingest->quarantine_full = gone > 0;
}

static void ending_work(void *whose)
{
	struct task *task = whose;

	if (task->ingest->stopping)
		return;
	if (task->quarantined && task->pages != NULL)
		ending_quarantine(task);
	task->quarantined = false; /* the state may have to be tried again */
	task->fine = seen_settle(
	    task->ingest->seen, task->due.entry.id, &task->settlement);
}

/* A claim that is never given back is a page that is never fetched again. */
static void ending_settled(void *whose)
{
	struct task *task = whose;
	struct ingest *ingest = task->ingest;

	if (task->fine || ingest->stopping) {
		ending_done(task, NULL);
		return;
	}
	if (ingest->unsettled == NULL) {
		log_err("%s: %s: the state cannot be written",
		    task->source->name, task->due.entry.url);
		uv_timer_start(
		    &ingest->settle_timer, ending_due, SETTLE_AGAIN, 0);
	}
	task->next_unsettled = ingest->unsettled;
	ingest->unsettled = task;
}

static void ending_due(uv_timer_t *timer)
{
	struct ingest *ingest = timer->data;
	struct task *task;

	while ((task = ingest->unsettled) != NULL) {
		ingest->unsettled = task->next_unsettled;
		queue_add(ingest->queue, ending_work, ending_settled, task);
	}
}

static void reason_tell(struct task *task, const char *what_now)
{
	health_page(
	    task, LOG_LEVEL_WARN, NULL, "%s; %s", task->reason, what_now);
	status_error(task->counts, task->reason);
}

/* Once more the same is no news. */
static bool is_told(const struct task *task, enum settled how)
{
	return how == SETTLED_AGAIN && task->due.tries > 0 &&
	    task->due.why == task->settlement.why;
}

void ending_settle(struct task *task, enum settled how, const char *reason)
{
	static const char *const words[] = { [SETTLED_AGAIN] =
						 "tried again later",
		[SETTLED_DROPPED] = "given up",
		[SETTLED_DONE] = "done",
		[SETTLED_QUARANTINED] = "kept in quarantine",
		[SETTLED_SAME] = "the record stays as it is" };
	bool only_again = task->done != NULL; /* nobody has claimed it */

	task->settlement.how = how;
	task->reason = arena_dup(&task->arena, reason);
	if (reason != NULL && !is_told(task, how))
		reason_tell(task,
		    only_again ? "extraction again brings nothing"
			       : words[how]);
	if (only_again)
		ending_done(task, NULL);
	else
		queue_add(
		    task->ingest->queue, ending_work, ending_settled, task);
}

/* Its record stays, and it has its next turn on the ladder. */
void ending_stays(struct task *task, const char *reason)
{
	task->settlement.due =
	    schedule_recheck(task->source->recheck, task->due.done, time_now());
	task->settlement.gone = task->due.gone < 0 ? -1 : 0;
	ending_settle(task, SETTLED_SAME, reason);
}

/* Whoever has less patience than the class before counts from the start: that a
   host was away is no reason to give a page up at its first 404. */
static int64_t tries_of(const struct task *task, enum outcome outcome)
{
	enum outcome before = (enum outcome)task->due.why;

	if (outcome_tries(outcome) < outcome_tries(before))
		return 0;
	return task->due.tries;
}

static void again_at(struct task *task, int64_t due, const char *reason)
{
	task->settlement.due = due;
	task->settlement.gone = task->due.gone;
	ending_settle(task, SETTLED_AGAIN, reason);
}

void ending_again(
    struct task *task, enum outcome outcome, int64_t wait, const char *reason)
{
	int64_t tries = tries_of(task, outcome);
	int64_t retry = schedule_retry(
	    task->edition->conf->retry, tries, ingest_chance(task->ingest));

	task->settlement.tries = tries + 1;
	task->settlement.why = (int)outcome;
	again_at(task, time_now() + (wait > retry ? wait : retry), reason);
}

/* Not all come at the same moment. */
void ending_held(struct task *task, int64_t wait)
{
	int64_t more =
	    (int64_t)(ingest_chance(task->ingest) % (uint64_t)(wait / 10 + 1));

	task->settlement.tries = task->due.tries;
	task->settlement.why = task->due.why;
	again_at(task, time_now() + wait + more, NULL);
}

/* How often it is tried depends on whose fault it seems to be. */
static bool is_worth_a_try(const struct task *task, enum outcome outcome)
{
	int64_t tries = task->due.again ? TRIES_AGAIN : outcome_tries(outcome);

	return tries_of(task, outcome) + 1 < tries;
}

void ending_failed(
    struct task *task, enum outcome outcome, const char *reason, int64_t wait)
{
	task->counts->failed[outcome]++;
	if (is_worth_a_try(task, outcome))
		ending_again(task, outcome, wait, reason);
	else if (task->due.revision > 0)
		ending_stays(task, reason);
	else
		ending_settle(task, SETTLED_DROPPED, reason);
}

/* What the plugin cannot read may be half a page; tried often enough, it is
   for somebody to look at. */
void ending_unread(struct task *task, const char *reason, int64_t tries)
{
	bool again = tries_of(task, OUTCOME_UNREADABLE) + 1 < tries &&
	    task->done == NULL;

	task->counts->failed[OUTCOME_UNREADABLE]++;
	task->counts->quarantined += !again && task->done == NULL;
	task->quarantined = !again;
	task->settlement.tries = tries_of(task, OUTCOME_UNREADABLE) + 1;
	if (again)
		ending_again(task, OUTCOME_UNREADABLE, 0, reason);
	else if (task->due.revision > 0)
		ending_stays(task, reason);
	else
		ending_settle(task, SETTLED_QUARANTINED, reason);
}

void ending_skipped(struct task *task, const char *reason)
{
	task->counts->skipped++;
	health_page(task, LOG_LEVEL_INFO, NULL, "skipped, %s", reason);
	if (task->due.revision > 0)
		ending_stays(task, NULL);
	else
		ending_settle(task, SETTLED_DROPPED, NULL);
}
