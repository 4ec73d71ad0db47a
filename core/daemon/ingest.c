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
 * ends, it ends in task_end(). What blocks for the disk is done on the queue's
 * thread, by the functions whose names end in _work; what is not begun there
 * when the daemon ends is left for the next time.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/limits.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "core/base/xalloc.h"
#include "core/daemon/ingest.h"
#include "core/daemon/quarantine.h"

#define TASKS_MOST 48     /* pages at once: hosts are asked one by one anyway */
#define SETTLE_AGAIN 1000 /* ms after the state could not be written */
#define TRIES_FETCH 10    /* of a page that the network does not give us */
#define TRIES_EXTRACT 3   /* of a page that the plugin does not understand */

struct page { /* from the network, or from a feed that brings it whole */
	const char *url, *type, *charset, *etag;
	long status;
	int64_t fetched; /* seconds since 1970 */
	struct buf body;
	struct page *next;
};

struct task { /* a feed or a page that is worked on */
	struct ingest *ingest;
	struct edition *edition;
	const struct source *source; /* of the edition */
	struct source_counts *counts;
	struct feed *feed;  /* of a feed's task */
	struct due due;     /* of a page's task */
	struct arena arena; /* all that the task has to remember */

	struct page *pages, **pages_end;
	struct validators validators;
	const char *url;              /* of the feed: what is asked for now */
	const struct dl_list *wanted; /* still to be fetched */
	int n_wanted;
	struct answer *answer;
	struct noted noted;
	bool fine; /* what the thread says */
	bool ours; /* the fault is not the feed's, but our disk's */

	enum settled settled; /* how a page ends without a line, */
	int64_t again;        /* when it is tried again, */
	const char *reason;   /* and why */

	struct task *next, **from, *next_unsettled;
};

static void feeds_watch(struct ingest *ingest);
static void pages_wake(struct ingest *ingest, int64_t in);

static uint64_t chance(struct ingest *ingest)
{
	ingest->chance =
	    ingest->chance * 6364136223846793005u + 1442695040888963407u;
	return ingest->chance >> 33;
}

/* ---- tasks ---- */

static struct task *task_begin(
    struct ingest *ingest, const struct source *source)
{
	struct task *task = xcalloc(1, sizeof(*task));

	task->ingest = ingest;
	task->edition = edition_use(ingest->edition);
	task->source = source;
	task->counts = status_of(ingest->status, source->name);
	task->pages_end = &task->pages;
	task->next = ingest->tasks;
	task->from = &ingest->tasks;
	if (task->next != NULL)
		task->next->from = &task->next;
	ingest->tasks = task;
	return task;
}

static void task_pages_drop(struct task *task)
{
	struct page *page;

	for (page = task->pages; page != NULL; page = page->next) {
		task->ingest->bytes -= page->body.len;
		buf_free(&page->body);
	}
	task->pages = NULL;
	task->pages_end = &task->pages;
}

static void task_end(struct task *task)
{
	*task->from = task->next;
	if (task->next != NULL)
		task->next->from = task->from;
	task_pages_drop(task);
	if (task->answer != NULL)
		answer_free(task->answer);
	edition_leave(task->edition);
	arena_reset(&task->arena);
	free(task);
}

/* The page is the task's now: its bytes are not copied. */
static void task_page_add(struct task *task, struct fetched *got)
{
	struct page *page = arena_alloc(&task->arena, sizeof(*page));

	page->url = arena_dup(&task->arena, got->url);
	page->type = arena_dup(&task->arena, got->type);
	page->charset = arena_dup(&task->arena, got->charset);
	page->etag = arena_dup(&task->arena, got->etag);
	page->status = got->status;
	page->fetched = time(NULL);
	page->body = got->body;
	got->body = (struct buf){ 0 };
	task->ingest->bytes += page->body.len;
	*task->pages_end = page;
	task->pages_end = &page->next;
}

static void task_fetch(struct task *task, const char *url, fetched_fn *done)
{
	const struct source *source = task->source;
	struct get get = { .url = url,
		.user_agent = source->user_agent,
		.pause = source->pause,
		.allow_private = source->allow_private,
		.etag = task->validators.etag,
		.modified = task->validators.modified };

	fetch_get(task->ingest->fetcher, &get, done, task);
}

static void task_order(struct task *task, enum task_kind kind, answer_fn *done)
{
	const struct source *source = task->source;
	struct order_page pages[LIMIT_WANTED + 1];
	struct order order = { .task = kind,
		.source = source->name,
		.plugin = source->plugin,
		.agency = source->agency,
		.zone = source->zone,
		.extractors = source->extractors,
		.options = source->options,
		.n_options = source->n_options,
		.pages = pages,
		.entry = &task->due.entry };
	const struct page *page;

	for (page = task->pages; page != NULL; page = page->next)
		pages[order.n_pages++] = (struct order_page){ .url = page->url,
			.type = page->type,
			.charset = page->charset,
			.etag = page->etag,
			.bytes = page->body.bytes,
			.len = page->body.len,
			.status = (uint32_t)page->status,
			.fetched = page->fetched };
	pool_order(task->ingest->pool, &order, source->patience, done, task);
}

/* ---- feeds ---- */

/* The feed has its next turn; only a change of how it goes is told. */
static void feed_end(struct task *task, const char *error)
{
	struct ingest *ingest = task->ingest;
	struct feed *feed = task->feed;

	if (error != NULL)
		task->counts->polls_failed++;
	if (error != NULL && !feed->failing)
		log_warn("%s: %s: %s", task->source->name, task->url, error);
	if (error == NULL && feed->failing)
		log_info("%s: %s: it goes well again", task->source->name,
		    feed->url);
	feed->failing = error != NULL;
	status_error(task->counts, error);
	schedule_next(&feed->watch,
	    error != NULL && !task->ours ? OUTCOME_FAILED : OUTCOME_FINE,
	    task->source->interval, (int64_t)uv_now(ingest->loop),
	    chance(ingest));
	feed->busy = false;
	task_end(task);
	feeds_watch(ingest);
	if (ingest->bytes == 0 && ingest->n_tasks == 0)
		pages_wake(ingest, 0); /* there was no room for pages */
}

static void feed_ask_work(void *whose)
{
	struct task *task = whose;

	if (task->ingest->stopping)
		return;
	task->fine = seen_validators(task->ingest->seen, &task->arena,
	    task->source->name, task->url, &task->validators);
}

static void feed_fetched(void *whose, struct fetched *got);

static void feed_asked(void *whose)
{
	struct task *task = whose;

	if (task->ingest->stopping)
		task_end(task);
	else if ((task->ours = !task->fine))
		feed_end(task, "the state cannot be read");
	else
		task_fetch(task, task->url, feed_fetched);
}

static void feed_begin(struct ingest *ingest, struct feed *feed)
{
	struct task *task = task_begin(ingest, feed->source);

	feed->busy = true;
	task->feed = feed;
	task->url = feed->url;
	task->counts->polls++;
	task->counts->last_poll = time(NULL);
	queue_add(ingest->queue, feed_ask_work, feed_asked, task);
}

static answer_fn feed_discovered;

/* NULL, or why what came is no page. */
static const char *page_trouble(struct task *task, const struct fetched *got)
{
	struct buf text = { 0 };
	const char *why;

	if (got->error != NULL)
		return arena_dup(&task->arena, got->error);
	if (got->status >= 200 && got->status < 300)
		return NULL;
	buf_printf(&text, "HTTP status %ld", got->status);
	why = arena_dup(&task->arena, text.bytes);
	buf_free(&text);
	return why;
}

/* A feed may have asked for further ones (of an index of sitemaps): they are
   asked one after the other, each with validators of its own. */
static void feed_goes_on(struct task *task)
{
	if (task->wanted == NULL) {
		feed_end(task, NULL);
		return;
	}
	task->url = task->wanted->text;
	task->wanted = task->wanted->next;
	queue_add(task->ingest->queue, feed_ask_work, feed_asked, task);
}

static void feed_fetched(void *whose, struct fetched *got)
{
	struct task *task = whose;
	const char *trouble;

	if (task->ingest->stopping) {
		task_end(task);
		return;
	}
	if (got->status == 304) {
		task->counts->not_modified++;
		feed_goes_on(task);
		return;
	}
	trouble = page_trouble(task, got);
	if (trouble != NULL) {
		feed_end(task, trouble);
		return;
	}
	task->validators.etag = arena_dup(&task->arena, got->etag);
	task->validators.modified = arena_dup(&task->arena, got->modified);
	task_page_add(task, got);
	task_order(task, TASK_DISCOVER, feed_discovered);
}

/* Entries and validators in one transaction, before any page is fetched. */
static void feed_note_work(void *whose)
{
	struct task *task = whose;
	const struct result *result = &task->answer->result;

	if (task->ingest->stopping)
		return;
	/* An index that has not changed still leads to what may have. */
	if (result->n_wanted > 0)
		task->validators = (struct validators){ NULL, NULL };
	task->fine = seen_note(task->ingest->seen, task->source->name,
	    task->url, &task->validators, result->entries, result->n_entries,
	    time_now(), &task->noted);
}

static void wants_take(struct task *task)
{
	const struct result *result = &task->answer->result;
	const struct dl_list **end = &task->wanted;
	size_t i;

	while (*end != NULL)
		end = (const struct dl_list **)&(*end)->next;
	for (i = 0; i < result->n_wanted && task->n_wanted < LIMIT_WANTED;
	     i++) {
		struct dl_list *one = arena_alloc(&task->arena, sizeof(*one));

		one->text = arena_dup(&task->arena, result->wanted[i].url);
		*end = one;
		end = &one->next;
		task->n_wanted++;
	}
}

static void feed_noted(void *whose)
{
	struct task *task = whose;

	if (task->ingest->stopping) {
		task_end(task);
		return;
	}
	task->ours = !task->fine;
	if (task->ours) {
		feed_end(task, "the state cannot be written");
		return;
	}
	task->counts->entries += task->noted.new;
	task->counts->changed += task->noted.changed;
	if (task->noted.new + task->noted.changed > 0)
		pages_wake(task->ingest, 0);
	wants_take(task);
	answer_free(task->answer);
	task->answer = NULL;
	task_pages_drop(task);
	feed_goes_on(task);
}

static void feed_discovered(void *whose, struct answer *answer)
{
	struct task *task = whose;

	task->answer = answer;
	if (task->ingest->stopping)
		task_end(task);
	else if (answer->lost != NULL)
		feed_end(task, answer->lost);
	else if (answer->result.verdict != DL_DONE)
		feed_end(task, answer->result.reason);
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
	int most;
	struct seen_counts counts;
	bool fine;
};

static void claim_work(void *whose)
{
	struct claim *claim = whose;

	if (claim->ingest->stopping)
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
	     due = due->next)
		page_begin(ingest, due);
	if (ingest->claim_again)
		pages_wake(ingest, 0);
	else if (!claim->fine)
		pages_wake(ingest, SETTLE_AGAIN);
	else if (claim->fine && claim->wake > 0)
		pages_wake(ingest, claim->wake > now ? claim->wake - now : 0);
	arena_reset(&claim->arena);
	free(claim);
}

static void pages_due(uv_timer_t *timer)
{
	struct ingest *ingest = timer->data;
	struct claim *claim;

	if (ingest->claiming || ingest->n_tasks >= TASKS_MOST ||
	    ingest->bytes >= LIMIT_IN_FLIGHT ||
	    commit_trouble(ingest->committer) != NULL) {
		ingest->claim_again = ingest->claiming;
		return; /* the end of a task looks again */
	}
	ingest->claim_again = false;
	ingest->claiming = true;
	claim = xcalloc(1, sizeof(*claim));
	claim->ingest = ingest;
	claim->most = TASKS_MOST - ingest->n_tasks;
	queue_add(ingest->queue, claim_work, pages_claimed, claim);
}

static void pages_wake(struct ingest *ingest, int64_t in)
{
	uv_handle_t *timer = (uv_handle_t *)&ingest->pages_timer;

	if (ingest->stopping)
		return;
	if (uv_is_active(timer) &&
	    (int64_t)uv_timer_get_due_in(&ingest->pages_timer) <= in)
		return;
	uv_timer_start(&ingest->pages_timer, pages_due, (uint64_t)in, 0);
}

static void page_end(struct task *task)
{
	struct ingest *ingest = task->ingest;

	ingest->n_tasks--;
	task_end(task);
	pages_wake(ingest, 0);
}

static void settle_due(uv_timer_t *timer);

static void page_settle_work(void *whose)
{
	struct task *task = whose;
	const struct dl_entry *entry = &task->due.entry;
	struct quarantined page = { .source = task->source->name,
		.id = entry->id,
		.url = entry->url,
		.reason = task->reason };
	struct buf folder = { 0 };

	if (task->ingest->stopping)
		return;
	if (task->settled == SETTLED_QUARANTINED && task->pages != NULL) {
		buf_printf(
		    &folder, "%s/quarantine", task->edition->conf->state);
		page.type = task->pages->type;
		page.bytes = task->pages->body.bytes;
		page.len = task->pages->body.len;
		task->fine = quarantine_keep(folder.bytes, &page);
		buf_free(&folder);
	}
	task->fine = seen_settle(
	    task->ingest->seen, entry->id, task->settled, task->again);
}

/* A claim that is never given back is a page that is never fetched again. */
static void page_settled(void *whose)
{
	struct task *task = whose;
	struct ingest *ingest = task->ingest;

	if (task->fine || ingest->stopping) {
		page_end(task);
		return;
	}
	if (ingest->unsettled == NULL) {
		log_err("%s: %s: the state cannot be written",
		    task->source->name, task->due.entry.url);
		uv_timer_start(
		    &ingest->settle_timer, settle_due, SETTLE_AGAIN, 0);
	}
	task->next_unsettled = ingest->unsettled;
	ingest->unsettled = task;
}

static void settle_due(uv_timer_t *timer)
{
	struct ingest *ingest = timer->data;
	struct task *task;

	while ((task = ingest->unsettled) != NULL) {
		ingest->unsettled = task->next_unsettled;
		queue_add(ingest->queue, page_settle_work, page_settled, task);
	}
}

/* A page that brings no line: told in the log, and settled in the state. */
static void page_settle(struct task *task, enum settled how, const char *reason)
{
	static const char *const words[] = { [SETTLED_AGAIN] =
						 "tried again later",
		[SETTLED_DROPPED] = "given up",
		[SETTLED_DONE] = "done",
		[SETTLED_QUARANTINED] = "kept in quarantine" };
	const struct conf *conf = task->edition->conf;

	task->settled = how;
	task->reason = arena_dup(&task->arena, reason);
	task->again = time_now() +
	    schedule_retry(conf->retry, task->due.tries, chance(task->ingest));
	log_warn("%s: %s: %s; %s", task->source->name, task->due.entry.url,
	    reason, words[how]);
	status_error(task->counts, reason);
	queue_add(task->ingest->queue, page_settle_work, page_settled, task);
}

static void page_failed(struct task *task, const char *reason, int64_t tries)
{
	task->counts->pages_failed++;
	page_settle(task,
	    task->due.tries + 1 < tries ? SETTLED_AGAIN : SETTLED_DROPPED,
	    reason);
}

/* What the plugin cannot read may be half a page; tried often enough, it is
   for somebody to look at. */
static void page_not_understood(
    struct task *task, const char *reason, int64_t tries)
{
	bool again = task->due.tries + 1 < tries;

	task->counts->pages_failed++;
	task->counts->quarantined += !again;
	page_settle(task, again ? SETTLED_AGAIN : SETTLED_QUARANTINED, reason);
}

static void page_skipped(struct task *task, const char *reason)
{
	task->counts->skipped++;
	log_info("%s: %s: skipped, %s", task->source->name, task->due.entry.url,
	    reason);
	task->settled = SETTLED_DROPPED;
	queue_add(task->ingest->queue, page_settle_work, page_settled, task);
}

/* A worker that a page has taken over could speak for other sources. */
static bool is_of_source(const struct source *source, const char *id)
{
	size_t name = strlen(source->name), plugin = strlen(source->plugin);

	return (strncmp(id, source->name, name) == 0 && id[name] == ':') ||
	    (strncmp(id, source->plugin, plugin) == 0 && id[plugin] == ':');
}

static bool records_fit(const struct result *result, int64_t max_line)
{
	size_t i;

	for (i = 0; i < result->n_records; i++) {
		if (strlen(result->records[i].json) > (size_t)max_line)
			return false;
	}
	return true;
}

static bool records_are_of_source(
    const struct source *source, const struct result *result)
{
	size_t i;

	for (i = 0; i < result->n_records; i++) {
		if (!is_of_source(source, result->records[i].id))
			return false;
	}
	return true;
}

static answer_fn page_extracted;

static size_t task_bytes(const struct task *task)
{
	const struct page *page;
	size_t bytes = 0;

	for (page = task->pages; page != NULL; page = page->next)
		bytes += page->body.len;
	return bytes;
}

/* The story goes on elsewhere: those pages too, then extract() once more. */
static void page_next_fetched(void *whose, struct fetched *got)
{
	struct task *task = whose;
	const char *trouble;

	if (task->ingest->stopping) {
		task_end(task);
		return;
	}
	trouble = page_trouble(task, got);
	if (trouble != NULL) {
		page_failed(task, trouble, got->for_good ? 1 : TRIES_FETCH);
		return;
	}
	task_page_add(task, got);
	if (task_bytes(task) > LIMIT_PAGE) {
		page_failed(task, "too-big: all pages of the story", 1);
		return;
	}
	if (task->wanted == NULL) {
		task_order(task, TASK_EXTRACT, page_extracted);
		return;
	}
	task_fetch(task, task->wanted->text, page_next_fetched);
	task->wanted = task->wanted->next;
}

static void page_goes_on(struct task *task)
{
	wants_take(task);
	answer_free(task->answer);
	task->answer = NULL;
	task_fetch(task, task->wanted->text, page_next_fetched);
	task->wanted = task->wanted->next;
}

static void page_committed(void *whose, const struct committed *committed)
{
	struct task *task = whose;

	if (committed->seq > task->ingest->status->last_seq)
		task->ingest->status->last_seq = committed->seq;
	task->counts->records += committed->news == NEWS_FIRST;
	task->counts->revisions += committed->news == NEWS_CHANGED;
	if (committed->seq > 0)
		task->counts->last_record = time(NULL);
	if (committed->own) {
		page_end(task);
	} else if (committed->news == NEWS_BAD) {
		page_failed(
		    task, "the worker's answer was no record", TRIES_EXTRACT);
	} else { /* an extractor has dropped it, and left others */
		task->settled = SETTLED_DONE;
		queue_add(
		    task->ingest->queue, page_settle_work, page_settled, task);
	}
}

static void page_extracted(void *whose, struct answer *answer)
{
	struct task *task = whose;
	const struct result *result = &answer->result;

	task->answer = answer;
	if (task->ingest->stopping) {
		task_end(task);
	} else if (answer->lost != NULL) {
		page_not_understood(task, answer->lost, 1);
	} else if (result->verdict == DL_SKIP) {
		page_skipped(task, result->reason);
	} else if (result->verdict == DL_FAIL) {
		page_not_understood(task, result->reason, TRIES_EXTRACT);
	} else if (result->n_wanted > 0 && task->n_wanted == 0) {
		page_goes_on(task);
	} else if (result->n_records == 0) {
		page_not_understood(
		    task, "no record came of it", TRIES_EXTRACT);
	} else if (!records_are_of_source(task->source, result)) {
		page_not_understood(task,
		    "the worker answered with another source's record", 1);
	} else if (!records_fit(
		       result, task->ingest->edition->conf->max_line)) {
		page_not_understood(
		    task, "too-big: a record that is longer than max_line", 1);
	} else {
		task->answer = NULL;
		task_pages_drop(task);
		commit_add(task->ingest->committer, task->due.entry.id, answer,
		    page_committed, task);
	}
}

static void page_fetched(void *whose, struct fetched *got)
{
	struct task *task = whose;
	const char *trouble;

	if (task->ingest->stopping) {
		task_end(task);
		return;
	}
	trouble = page_trouble(task, got);
	if (trouble != NULL) {
		page_failed(task, trouble, got->for_good ? 1 : TRIES_FETCH);
		return;
	}
	task->counts->pages++;
	task_page_add(task, got);
	task_order(task, TASK_EXTRACT, page_extracted);
}

/* A feed that brings the whole story has brought the page. */
static void page_came_along(struct task *task)
{
	struct fetched got = { .url = task->due.entry.url,
		.type = "text/html",
		.charset = "utf-8" };

	buf_text(&got.body, task->due.entry.html);
	task->counts->pages++;
	task_page_add(task, &got);
	task_order(task, TASK_EXTRACT, page_extracted);
}

static void due_copy(
    struct arena *arena, struct due *to, const struct due *from)
{
	const struct dl_moment *const moments[2] = { from->entry.published,
		from->entry.updated };
	struct dl_moment *copies[2] = { NULL, NULL };
	int i;

	for (i = 0; i < 2; i++) {
		if (moments[i] == NULL)
			continue;
		copies[i] = arena_alloc(arena, sizeof(**copies));
		*copies[i] = *moments[i];
		copies[i]->raw = arena_dup(arena, moments[i]->raw);
	}
	*to = *from;
	to->entry = (struct dl_entry){ .id = arena_dup(arena, from->entry.id),
		.url = arena_dup(arena, from->entry.url),
		.title = arena_dup(arena, from->entry.title),
		.summary = arena_dup(arena, from->entry.summary),
		.author = arena_dup(arena, from->entry.author),
		.html = arena_dup(arena, from->entry.html),
		.published = copies[0],
		.updated = copies[1] };
}

/* An entry whose source is not configured any more waits until it is. */
static void page_begin(struct ingest *ingest, const struct due *due)
{
	const struct source *source =
	    conf_source(ingest->edition->conf, due->source);
	struct task *task;

	if (source == NULL || !source->enabled)
		return; /* a reload came in between: after the next one */
	task = task_begin(ingest, source);
	ingest->n_tasks++;
	due_copy(&task->arena, &task->due, due);
	if (task->due.entry.html != NULL)
		page_came_along(task);
	else
		task_fetch(task, task->due.entry.url, page_fetched);
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
	pages_wake(ingest, 0);
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

		if (!source->enabled)
			continue;
		name = arena_alloc(&watching->arena, sizeof(*name));
		name->text = arena_dup(&watching->arena, source->name);
		*end = name;
		end = &name->next;
	}
	queue_add(ingest->queue, watch_work, watch_done, watching);
	pages_wake(ingest, 0);
}

void ingest_start(struct ingest *ingest)
{
	uv_timer_init(ingest->loop, &ingest->feeds_timer);
	uv_timer_init(ingest->loop, &ingest->pages_timer);
	uv_timer_init(ingest->loop, &ingest->settle_timer);
	ingest->feeds_timer.data = ingest->pages_timer.data =
	    ingest->settle_timer.data = ingest;
	commit_on_trouble(ingest->committer, trouble_changed, ingest);
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

void ingest_stop(struct ingest *ingest)
{
	ingest->stopping = true;
	uv_close((uv_handle_t *)&ingest->feeds_timer, NULL);
	uv_close((uv_handle_t *)&ingest->pages_timer, NULL);
	uv_close((uv_handle_t *)&ingest->settle_timer, NULL);
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
