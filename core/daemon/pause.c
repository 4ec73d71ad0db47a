/* What an operator asks of a source. */
#include <stdlib.h>

#include "core/base/log.h"
#include "core/base/time.h"
#include "core/base/xalloc.h"
#include "core/daemon/again.h"
#include "core/daemon/pause.h"

struct pausing { /* that is to be written down */
	struct ingest *ingest;
	char *source;
	bool paused, fine;
	struct caller *caller;
};

static void no_source(const char *source, struct caller *caller)
{
	control_answer(caller,
	    json_pack("{s:b, s:s+}", "ok", 0, "complaints", source,
		": there is no such source, or it is disabled"));
}

static void pause_work(void *whose)
{
	struct pausing *pausing = whose;

	pausing->fine = seen_pause(pausing->ingest->seen, pausing->source,
	    pausing->paused, time_now());
}

static void pause_done(void *whose)
{
	struct pausing *pausing = whose;

	if (pausing->fine)
		control_answer(pausing->caller, json_pack("{s:b}", "ok", 1));
	else
		again_refuse(pausing->caller,
		    "it is so, but the state cannot be written: not after a "
		    "restart");
	free(pausing->source);
	free(pausing);
}

void pause_asked(struct ingest *ingest, const char *source, bool paused,
    struct caller *caller)
{
	struct pausing *pausing;

	if (!ingest_pause(ingest, source, paused)) {
		no_source(source, caller);
		return;
	}
	log_info("%s: %s, as an operator asked", source,
	    paused ? "it rests" : "it goes on");
	pausing = xcalloc(1, sizeof(*pausing));
	*pausing = (struct pausing){ .ingest = ingest,
		.source = xstrdup(source),
		.paused = paused,
		.caller = caller };
	queue_add(ingest->queue, pause_work, pause_done, pausing);
}

void poll_asked(
    struct ingest *ingest, const char *source, struct caller *caller)
{
	const struct source *found = conf_source(ingest->edition->conf, source);
	size_t n;

	if (found == NULL || !found->enabled) {
		no_source(source, caller);
	} else if (found->paused) {
		again_refuse(caller, "it is paused: resume it first");
	} else {
		n = ingest_poll(ingest, source);
		control_answer(caller,
		    json_pack("{s:b, s:I}", "ok", 1, "feeds", (json_int_t)n));
	}
}

bool pause_remember(struct seen *seen, struct conf *conf)
{
	struct arena arena = { 0 };
	const struct dl_list *name = NULL;
	bool fine = seen_paused(seen, &arena, &name);

	for (; name != NULL; name = name->next) {
		struct source *source = conf_source(conf, name->text);

		if (source != NULL)
			source->paused = true;
	}
	arena_reset(&arena);
	return fine;
}
