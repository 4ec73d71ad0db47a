/*
 * Extraction once more, over the pages that are kept. Their lines are read
 * twice: first to find out which is the newest of each story, then those.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/pick.h"
#include "core/base/xalloc.h"
#include "core/daemon/replay.h"
#include "spool/spool.h"

struct replay {
	struct again *again;
	char *folder;

	/* All that follows is of the one under way: the thread's. */
	json_t *wanted;
	int64_t since;
	bool looked; /* for the first time */
	struct spool_reader *reader;
	struct pick pick;
};

/* ---- on the thread ---- */

static uint64_t millis(void)
{
	return uv_hrtime() / 1000000;
}

/* A folder without a spool has no pages. */
static enum taken reader_open(struct replay *replay)
{
	if (replay->reader != NULL)
		return TAKEN;
	replay->reader = spool_open(replay->folder);
	if (replay->reader == NULL)
		return errno == EMEDIUMTYPE || errno == ENOENT ? TAKEN_ALL
							       : TAKEN_ERROR;
	spool_seek_time(replay->reader, replay->since);
	return TAKEN;
}

static enum taken reader_end(struct replay *replay, enum spool_status status)
{
	int error = errno;

	spool_close(replay->reader);
	replay->reader = NULL;
	errno = error;
	return status == SPOOL_ERROR ? TAKEN_ERROR : TAKEN_ALL;
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

/* Lines, until one is what is looked for, the moment is over, or they are. */
static enum taken lines_read(struct replay *replay)
{
	uint64_t until = millis() + AGAIN_MOMENT;
	enum taken opened = reader_open(replay);
	const struct spool_line *line;

	if (opened != TAKEN)
		return opened;
	while (millis() < until) {
		enum spool_status status = spool_next(replay->reader, &line);

		if (status == SPOOL_END || status == SPOOL_ERROR)
			return reader_end(replay, status);
		if (status == SPOOL_LINE &&
		    (replay->looked ? line_take : line_look)(replay, line))
			return TAKEN;
	}
	return TAKEN_LATER;
}

static enum taken take(void *whose, struct again_page *page)
{
	struct replay *replay = whose;
	enum taken taken = lines_read(replay);

	if (taken == TAKEN_ALL && !replay->looked &&
	    replay->pick.newest.n > 0) {
		replay->looked = true;
		return TAKEN_LATER;
	}
	if (taken == TAKEN)
		*page = (struct again_page){ .first = &replay->pick.first,
			.pages = replay->pick.pages,
			.n = replay->pick.n };
	return taken;
}

/* ---- on the loop ---- */

static void ended(void *whose)
{
	struct replay *replay = whose;

	spool_close(replay->reader);
	replay->reader = NULL;
	pick_free(&replay->pick);
	json_decref(replay->wanted);
	replay->wanted = NULL;
}

static const char *text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void wanted_take(struct replay *replay, json_t *wanted)
{
	replay->wanted = wanted;
	replay->since = json_integer_value(json_object_get(wanted, "since"));
	replay->looked = false;
	replay->pick = (struct pick){ .source = text(wanted, "source"),
		.id = text(wanted, "id") };
}

void replay_asked(
    struct replay *replay, const char *wanted, struct caller *caller)
{
	static const struct again_kind kind = { .word = "replay",
		.lines = "revisions",
		.take = take,
		.ended = ended };
	json_t *object = json_loads(wanted, 0, NULL);

	if (!json_is_object(object)) {
		again_refuse(caller, "replay wants a JSON object");
		json_decref(object);
	} else if (again_refused(replay->again, caller)) {
		json_decref(object);
	} else {
		wanted_take(replay, object);
		again_begin(replay->again, &kind, replay, caller);
	}
}

/* ---- the whole ---- */

struct replay *replay_new(struct again *again, const char *folder)
{
	struct replay *replay = xcalloc(1, sizeof(*replay));

	replay->again = again;
	replay->folder = xstrdup(folder);
	return replay;
}

void replay_free(struct replay *replay)
{
	free(replay->folder);
	free(replay);
}
