/*
 * Extraction once more, over pages that lie on the disk:
 *
 *     again_begin > (thread) take_work > taken > ingest_again > trial_done
 *         > (thread) tried_work > trial_told > take_work ... > again_end: the
 *         caller has his answer
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/xalloc.h"
#include "core/daemon/again.h"

/* Orders, and their bytes, that are extracted and committed at a time: enough
   to keep workers busy, few beside those that the daemon fetches. */
#define TRIALS_MOST 16
#define TRIALS_BYTES ((size_t)4 << 20)

struct trial { /* an order that is at work once more */
	struct again *again;
	size_t bytes;
	struct arena arena; /* of the result */
	struct again_result result;
	struct trial *next, **from;
};

struct again {
	struct queue *queue;
	struct ingest *ingest;
	bool stopping;

	/* All that follows is of what is under way. */
	const struct again_kind *kind; /* NULL: nothing is */
	void *whose;
	struct caller *caller;
	struct trial *at_work;
	size_t n_at_work, bytes;
	int64_t pages, lines, failed;
	uint64_t first;
	bool busy;  /* the thread has it */
	bool ended; /* there are no more pages */

	/* The thread's, while it has it. */
	enum taken taken;
	struct again_page page;
	int error;
};

static void go_on(struct again *again);

/* ---- answers ---- */

static json_t *complaint(const char *what)
{
	return json_pack("{s:b, s:s}", "ok", 0, "complaints", what);
}

void again_refuse(struct caller *caller, const char *what)
{
	control_answer(caller, complaint(what));
}

static void again_busy(struct caller *caller, const char *word)
{
	struct buf text = { 0 };
	json_t *answer;

	buf_printf(&text, "another %s is under way", word);
	answer = complaint(text.bytes);
	json_object_set_new(answer, "busy", json_true());
	control_answer(caller, answer);
	buf_free(&text);
}

static json_t *outcome(const struct again *again)
{
	json_t *answer = json_pack("{s:b, s:I, s:I}", "ok", 1, "pages",
	    (json_int_t)again->pages, again->kind->lines,
	    (json_int_t)again->lines);

	if (again->lines > 0)
		json_object_set_new(
		    answer, "first", json_integer((json_int_t)again->first));
	json_object_set_new(
	    answer, "failed", json_integer((json_int_t)again->failed));
	return answer;
}

static void again_end(struct again *again)
{
	const struct again_kind *kind = again->kind;
	const char *why = again->error != 0 ? strerror(again->error) : "";

	log_info("%s: %" PRId64 " pages, %" PRId64 " %s, %" PRId64
		 " came to nothing%s%s",
	    kind->word, again->pages, again->lines, kind->lines, again->failed,
	    *why != '\0' ? ": " : "", why);
	if (again->caller != NULL)
		control_answer(again->caller,
		    again->error != 0 ? complaint(why) : outcome(again));
	again->caller = NULL;
	again->kind = NULL;
	kind->ended(again->whose);
}

/* ---- one page ---- */

static void trial_free(struct trial *trial)
{
	arena_reset(&trial->arena);
	free(trial);
}

static void trial_end(struct trial *trial)
{
	struct again *again = trial->again;

	*trial->from = trial->next;
	if (trial->next != NULL)
		trial->next->from = trial->from;
	again->n_at_work--;
	again->bytes -= trial->bytes;
	trial_free(trial);
	go_on(again);
}

static void tried_work(void *whose)
{
	struct trial *trial = whose;
	struct again *again = trial->again;

	again->kind->tried(again->whose, &trial->result);
}

static void trial_told(void *whose)
{
	trial_end(whose);
}

static void trial_count(struct trial *trial, const struct committed *committed)
{
	struct again *again = trial->again;

	if (committed == NULL || committed->news == NEWS_BAD) {
		again->failed++;
	} else if (committed->seq > 0) {
		if (again->lines == 0 || committed->seq < again->first)
			again->first = committed->seq;
		again->lines++;
	}
}

static void trial_done(
    void *whose, const struct committed *committed, const char *reason)
{
	struct trial *trial = whose;
	struct again *again = trial->again;

	trial_count(trial, committed);
	if (committed != NULL && committed->news == NEWS_BAD)
		reason = "the worker's answer was no record";
	trial->result.reason = arena_dup(&trial->arena, reason);
	if (again->kind->tried != NULL)
		queue_add(again->queue, tried_work, trial_told, trial);
	else
		trial_end(trial);
}

static void trial_begin(struct again *again)
{
	const struct again_page *page = &again->page;
	const struct again_order order = { .source = page->first->source,
		.entry = &page->first->entry,
		.pages = page->pages,
		.n = page->n,
		.goes_on = again->kind->goes_on };
	struct trial *trial = xcalloc(1, sizeof(*trial));
	size_t i;

	trial->again = again;
	trial->result =
	    (struct again_result){ .name = arena_dup(&trial->arena, page->name),
		    .version = page->version,
		    .id = arena_dup(&trial->arena, page->first->entry.id) };
	for (i = 0; i < page->n; i++)
		trial->bytes += page->pages[i].len;
	trial->next = again->at_work;
	trial->from = &again->at_work;
	if (trial->next != NULL)
		trial->next->from = &trial->next;
	again->at_work = trial;
	again->n_at_work++;
	again->bytes += trial->bytes;
	again->pages++;
	ingest_again(again->ingest, &order, trial_done, trial);
}

/* ---- one after the other ---- */

static void take_work(void *whose)
{
	struct again *again = whose;

	again->taken = again->kind->take(again->whose, &again->page);
	again->error = again->taken == TAKEN_ERROR ? errno : 0;
}

static void taken(void *whose)
{
	struct again *again = whose;

	again->busy = false;
	if (again->stopping)
		return;
	switch (again->taken) {
	case TAKEN: trial_begin(again); break;
	case TAKEN_LATER: break;
	case TAKEN_BAD:
		again->pages++;
		again->failed++;
		break;
	default: again->ended = true;
	}
	go_on(again);
}

/* There is room for more, or all is done. */
static void go_on(struct again *again)
{
	if (again->busy || again->stopping)
		return;
	if (again->ended && again->n_at_work == 0) {
		again_end(again);
	} else if (!again->ended && again->n_at_work < TRIALS_MOST &&
	    again->bytes < TRIALS_BYTES) {
		again->busy = true;
		queue_add(again->queue, take_work, taken, again);
	}
}

bool again_refused(struct again *again, struct caller *caller)
{
	if (again->stopping)
		again_refuse(caller, "datelined ends");
	else if (again->kind != NULL)
		again_busy(caller, again->kind->word);
	else
		return false;
	return true;
}

void again_begin(struct again *again, const struct again_kind *kind,
    void *whose, struct caller *caller)
{
	again->kind = kind;
	again->whose = whose;
	again->caller = caller;
	again->pages = again->lines = again->failed = 0;
	again->first = 0;
	again->ended = false;
	go_on(again);
}

/* ---- the whole ---- */

struct again *again_new(struct queue *queue, struct ingest *ingest)
{
	struct again *again = xcalloc(1, sizeof(*again));

	again->queue = queue;
	again->ingest = ingest;
	return again;
}

void again_stop(struct again *again)
{
	again->stopping = true;
	if (again->caller != NULL)
		again_refuse(again->caller, "datelined ends");
	again->caller = NULL;
}

void again_free(struct again *again)
{
	struct trial *trial;

	while ((trial = again->at_work) != NULL) {
		again->at_work = trial->next;
		trial_free(trial);
	}
	if (again->kind != NULL)
		again->kind->ended(again->whose);
	free(again);
}
