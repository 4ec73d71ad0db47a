/* Pages one after the other. */
#include <stdlib.h>

#include "core/base/xalloc.h"
#include "core/net/visit.h"

struct visit {
	uv_loop_t loop;
	struct fetcher *fetcher;
	struct arena *arena; /* of who waits, */
	struct fetched *got; /* and for what; NULL: it has come */
};

struct visit *visit_new(const struct fetch_settings *settings)
{
	struct visit *visit = xcalloc(1, sizeof(*visit));

	uv_loop_init(&visit->loop);
	visit->fetcher = fetch_new(&visit->loop);
	fetch_set(visit->fetcher, settings);
	return visit;
}

void visit_free(struct visit *visit)
{
	fetch_stop(visit->fetcher);
	uv_run(&visit->loop, UV_RUN_DEFAULT);
	fetch_free(visit->fetcher);
	uv_loop_close(&visit->loop);
	free(visit);
}

/* What came is the fetcher's as long as this call. */
static void came(void *whose, struct fetched *got)
{
	struct visit *visit = whose;
	struct fetched *to = visit->got;
	const char **texts[] = { &to->error, &to->url, &to->moved_to, &to->type,
		&to->charset, &to->etag, &to->modified, &to->robots };
	size_t i;

	*to = *got;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		*texts[i] = arena_dup(visit->arena, *texts[i]);
	got->body = (struct buf){ 0 };
	visit->got = NULL;
}

void visit_get(struct visit *visit, struct arena *arena, const struct get *get,
    struct fetched *got)
{
	visit->arena = arena;
	visit->got = got;
	fetch_get(visit->fetcher, get, came, visit);
	while (visit->got != NULL)
		uv_run(&visit->loop, UV_RUN_ONCE);
}
