/* Hosts that want to be left alone, also after a restart. */
#include <inttypes.h>
#include <stdlib.h>

#include "core/base/log.h"
#include "core/base/time.h"
#include "core/base/url.h"
#include "core/base/xalloc.h"
#include "core/daemon/holds.h"
#include "core/daemon/ingest.h"

struct hold {
	struct ingest *ingest;
	struct arena arena;
	struct held one;   /* that is kept, */
	struct held *list; /* or all that were */
};

static void hold_work(void *whose)
{
	struct hold *hold = whose;

	seen_hold(hold->ingest->seen, &hold->one);
}

static void hold_done(void *whose)
{
	struct hold *hold = whose;

	arena_reset(&hold->arena);
	free(hold);
}

void holds_keep(void *whose, const char *url, int64_t millis)
{
	struct ingest *ingest = whose;
	struct hold *hold = xcalloc(1, sizeof(*hold));

	hold->ingest = ingest;
	hold->one = (struct held){ .host = url_host(&hold->arena, url),
		.why = outcome_name(OUTCOME_LIMITED),
		.since = time_now(),
		.until = time_now() + millis };
	log_warn("%s: %s wants to be left alone for %" PRId64 " s", url,
	    hold->one.host, millis / 1000);
	queue_add(ingest->queue, hold_work, hold_done, hold);
}

static void held_work(void *whose)
{
	struct hold *hold = whose;

	seen_held(hold->ingest->seen, &hold->arena, time_now(), &hold->list);
}

/* The clock may have been set since: never more than what was asked for. */
static int64_t time_left(const struct held *held)
{
	int64_t left = held->until - time_now();
	int64_t all = held->until - held->since;

	return left < all ? left : all;
}

static void held_done(void *whose)
{
	struct hold *hold = whose;
	const struct held *held = hold->list;

	for (; held != NULL && !hold->ingest->stopping; held = held->next)
		fetch_hold(hold->ingest->fetcher, held->host, time_left(held));
	hold_done(hold);
}

void holds_remember(struct ingest *ingest)
{
	struct hold *hold = xcalloc(1, sizeof(*hold));

	hold->ingest = ingest;
	queue_add(ingest->queue, held_work, held_done, hold);
}
