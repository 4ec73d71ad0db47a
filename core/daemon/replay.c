/*
 * Extraction once more, over the pages that are kept:
 *
 *     replay_asked > (thread) look_work ... : the newest of each story
 *         > (thread) take_work > taken > ingest_again > again_done
 *         > take_work ... > replay_end: the caller has his answer
 *
 * The thread is asked for a moment at a time, for records have to be written
 * there, too.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/pick.h"
#include "core/base/xalloc.h"
#include "core/daemon/replay.h"
#include "spool/spool.h"

#define MOMENT 50 /* ms that the thread is held up */

/* Orders, and their bytes, that are extracted and committed at a time: enough
   to keep workers busy, few beside those that the daemon fetches. */
#define AGAIN_MOST 16
#define AGAIN_BYTES ((size_t)4 << 20)

struct again { /* an order that is at work once more */
	struct replay *replay;
	size_t bytes;
	struct again *next, **from;
};

struct replay {
	struct queue *queue;
	struct ingest *ingest;
	char *folder;

	/* All that follows is of the one under way. */
	struct caller *caller; /* NULL: there is none */
	json_t *wanted;
	int64_t since;
	struct again *at_work;
	size_t n_at_work, bytes;
	int64_t pages, revisions, failed;
	uint64_t first;
	bool busy; /* the thread has it */
	bool stopping;

	/* The thread's, while it has it. */
	struct spool_reader *reader;
	struct pick pick;
	bool found; /* there is an order in `pick` */
	bool ended; /* the last line was read */
	int error;
};

/* ---- on the thread ---- */

static uint64_t millis(void)
{
	return uv_hrtime() / 1000000;
}

/* A folder without a spool has no pages. */
static bool reader_open(struct replay *replay)
{
	if (replay->reader != NULL)
		return true;
	replay->reader = spool_open(replay->folder);
	if (replay->reader == NULL) {
		replay->ended = true;
		if (errno != EMEDIUMTYPE && errno != ENOENT)
			replay->error = errno;
		return false;
	}
	spool_seek_time(replay->reader, replay->since);
	return true;
}

/* Lines, until one is what is looked for, the moment is over, or they are. */
static bool lines_read(struct replay *replay,
    bool (*line_read)(struct replay *replay, const struct spool_line *line))
{
	uint64_t until = millis() + MOMENT;
	const struct spool_line *line;

	if (!reader_open(replay))
		return false;
	while (millis() < until) {
		enum spool_status status = spool_next(replay->reader, &line);

		if (status == SPOOL_LINE && line_read(replay, line))
			return true;
		if (status != SPOOL_END && status != SPOOL_ERROR)
			continue;
		replay->ended = true;
		replay->error = status == SPOOL_ERROR ? errno : 0;
		spool_close(replay->reader);
		replay->reader = NULL;
		return false;
	}
	return false;
}

static bool line_look(struct replay *replay, const struct spool_line *line)
{
	pick_note(&replay->pick, line->seq, line->text, line->len);
	return false;
}

static bool line_take(struct replay *replay, const struct spool_line *line)
{
	return pick_take(&replay->pick, line->seq, line->text, line->len);
}

static void look_work(void *whose)
{
	lines_read(whose, line_look);
}

static void take_work(void *whose)
{
	struct replay *replay = whose;

	replay->found = lines_read(replay, line_take);
}

/* ---- on the loop ---- */

static void go_on(struct replay *replay);

static json_t *complaint(const char *what, bool busy)
{
	json_t *answer = json_pack("{s:b, s:s}", "ok", 0, "complaints", what);

	if (busy)
		json_object_set_new(answer, "busy", json_true());
	return answer;
}

static json_t *outcome(const struct replay *replay)
{
	json_t *answer = json_pack("{s:b, s:I, s:I}", "ok", 1, "pages",
	    (json_int_t)replay->pages, "revisions",
	    (json_int_t)replay->revisions);

	if (replay->revisions > 0)
		json_object_set_new(
		    answer, "first", json_integer((json_int_t)replay->first));
	json_object_set_new(
	    answer, "failed", json_integer((json_int_t)replay->failed));
	return answer;
}

static void replay_clear(struct replay *replay)
{
	spool_close(replay->reader);
	replay->reader = NULL;
	pick_free(&replay->pick);
	json_decref(replay->wanted);
	replay->wanted = NULL;
	replay->caller = NULL;
}

static void replay_end(struct replay *replay)
{
	log_info("replay: %" PRId64 " pages, %" PRId64 " revisions, %" PRId64
		 " came to nothing%s%s",
	    replay->pages, replay->revisions, replay->failed,
	    replay->error != 0 ? ": " : "",
	    replay->error != 0 ? strerror(replay->error) : "");
	if (replay->error != 0)
		control_answer(
		    replay->caller, complaint(strerror(replay->error), false));
	else
		control_answer(replay->caller, outcome(replay));
	replay_clear(replay);
}

static void again_end(struct again *again)
{
	struct replay *replay = again->replay;

	*again->from = again->next;
	if (again->next != NULL)
		again->next->from = again->from;
	replay->n_at_work--;
	replay->bytes -= again->bytes;
	free(again);
}

static void again_done(void *whose, const struct committed *committed)
{
	struct again *again = whose;
	struct replay *replay = again->replay;

	if (committed == NULL || committed->news == NEWS_BAD) {
		replay->failed++;
	} else if (committed->seq > 0) {
		if (replay->revisions == 0 || committed->seq < replay->first)
			replay->first = committed->seq;
		replay->revisions++;
	}
	again_end(again);
	go_on(replay);
}

static void again_begin(struct replay *replay)
{
	const struct pick *pick = &replay->pick;
	struct again *again = xcalloc(1, sizeof(*again));
	size_t i;

	again->replay = replay;
	for (i = 0; i < pick->n; i++)
		again->bytes += pick->pages[i].len;
	again->next = replay->at_work;
	again->from = &replay->at_work;
	if (again->next != NULL)
		again->next->from = &again->next;
	replay->at_work = again;
	replay->n_at_work++;
	replay->bytes += again->bytes;
	replay->pages++;
	ingest_again(replay->ingest, pick->first.source, &pick->first.entry,
	    pick->pages, pick->n, again_done, again);
}

static void taken(void *whose)
{
	struct replay *replay = whose;

	replay->busy = false;
	if (replay->stopping)
		return;
	if (replay->found)
		again_begin(replay);
	go_on(replay);
}

static void looked(void *whose)
{
	struct replay *replay = whose;

	replay->busy = false;
	if (replay->stopping)
		return;
	if (!replay->ended) {
		replay->busy = true;
		queue_add(replay->queue, look_work, looked, replay);
		return;
	}
	replay->ended = replay->error != 0 || replay->pick.newest.n == 0;
	go_on(replay);
}

/* There is room for more, or all is done. */
static void go_on(struct replay *replay)
{
	if (replay->busy || replay->stopping)
		return;
	if (replay->ended && replay->n_at_work == 0) {
		replay_end(replay);
	} else if (!replay->ended && replay->n_at_work < AGAIN_MOST &&
	    replay->bytes < AGAIN_BYTES) {
		replay->busy = true;
		queue_add(replay->queue, take_work, taken, replay);
	}
}

/* ---- what is wanted ---- */

static const char *text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

void replay_asked(
    struct replay *replay, const char *wanted, struct caller *caller)
{
	json_t *object = json_loads(wanted, 0, NULL);

	if (replay->caller != NULL || replay->stopping ||
	    !json_is_object(object)) {
		control_answer(caller,
		    replay->stopping ? complaint("datelined ends", false)
			: replay->caller != NULL
			? complaint("another replay is under way", true)
			: complaint("replay wants a JSON object", false));
		json_decref(object);
		return;
	}
	replay->caller = caller;
	replay->wanted = object;
	replay->since = json_integer_value(json_object_get(object, "since"));
	replay->pick = (struct pick){ .source = text(object, "source"),
		.id = text(object, "id") };
	replay->pages = replay->revisions = replay->failed = 0;
	replay->first = 0;
	replay->ended = replay->found = false;
	replay->error = 0;
	replay->busy = true;
	queue_add(replay->queue, look_work, looked, replay);
}

/* ---- the whole ---- */

struct replay *replay_new(
    struct queue *queue, struct ingest *ingest, const char *folder)
{
	struct replay *replay = xcalloc(1, sizeof(*replay));

	replay->queue = queue;
	replay->ingest = ingest;
	replay->folder = xstrdup(folder);
	return replay;
}

void replay_stop(struct replay *replay)
{
	replay->stopping = true;
	if (replay->caller != NULL)
		control_answer(
		    replay->caller, complaint("datelined ends", false));
	replay->caller = NULL;
}

void replay_free(struct replay *replay)
{
	struct again *again;

	while ((again = replay->at_work) != NULL) {
		replay->at_work = again->next;
		free(again);
	}
	replay_clear(replay);
	free(replay->folder);
	free(replay);
}
