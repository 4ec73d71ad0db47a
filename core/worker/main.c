/*
 * dateline-worker: a process that runs plugins, and can do nothing else.
 *
 * It is started with a socket as its descriptor 3, and may have a slate as its
 * descriptor 4 (core/base/slate.h). It reads a setup, loads what that names,
 * remembers what that has in its statics, locks itself in, says what it has,
 * and then carries out one order after the other until the socket is closed.
 * Nobody starts it by hand.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <jansson.h>
#include <libxml/parser.h>

#include "core/base/limits.h"
#include "core/base/slate.h"
#include "core/base/zones.h"
#include "core/kit/calendar.h"
#include "core/kit/decode.h"
#include "core/kit/gazetteer.h"
#include "core/kit/job.h"
#include "core/worker/ledger.h"
#include "core/worker/run.h"
#include "core/worker/sandbox.h"

#define SOCKET 3
#define SLATE 4

static const struct dl_list *zone_tell(struct arena *arena,
    const struct zones *zones, const char *name, const struct dl_list *told)
{
	struct dl_list *zone;

	if (name == NULL || zones_find(zones, name, strlen(name)) == NULL)
		return told;
	zone = arena_alloc(arena, sizeof(*zone));
	zone->text = name;
	zone->next = told;
	return zone;
}

/* Of those that sources and plugins name, those that are there. */
static const struct dl_list *zones_tell(
    struct arena *arena, const struct tools *tools, const struct setup *setup)
{
	const struct dl_list *told = NULL, *zone;
	size_t i;

	for (zone = setup->zones; zone != NULL; zone = zone->next)
		told = zone_tell(arena, tools->zones, zone->text, told);
	for (i = 0; i < tools->plugins.n_loaded; i++)
		told = zone_tell(
		    arena, tools->zones, tools->plugins.loaded[i]->zone, told);
	return told;
}

/* Pages are not there to find out which selectors of a .conf are none. */
static const struct dl_list *no_selectors(
    struct arena *arena, const struct dl_list *value)
{
	const struct dl_list *first = NULL;

	for (; value != NULL; value = value->next) {
		struct dl_list *wrong;
		struct dl_job job;

		job_init(&job);
		dom_first(&job, dom_fragment(&job, "<p>"), value->text);
		if (job.broken) {
			wrong = arena_alloc(arena, sizeof(*wrong));
			wrong->text = value->text;
			wrong->next = first;
			first = wrong;
		}
		job_finish(&job);
	}
	return first;
}

/* Whoever has started this worker can tell what it died of. */
static void is_at(const char *plugin)
{
	char through[MESSAGE_PIECE];
	struct buf out = { 0 };

	message_put_loading(&out, plugin);
	if (!message_send(SOCKET, through, &out))
		_exit(EX_UNAVAILABLE);
	buf_free(&out);
}

/* NULL, or why no order can be carried out. */
static const char *tools_take(
    struct arena *arena, struct tools *tools, const struct setup *setup)
{
	const char *why = NULL;

	xmlInitParser();
	json_object_seed(0);
	load_plugins(arena, setup, &tools->plugins, is_at);
	tools->zones = zones_open();
	tools->calendar = calendar_new(arena);
	if (!decode_prepare(&tools->decoder, &why))
		return why;
	if (setup->gazetteer != NULL) {
		tools->gazetteer = gazetteer_open(setup->gazetteer, &why);
		if (tools->gazetteer == NULL)
			return why;
	}
	load_prepare(arena, &tools->plugins, is_at);
	ledger_open(arena, tools->ledger, tools->plugins.loaded,
	    tools->plugins.n_loaded);
	return NULL;
}

static _Noreturn void orders(const struct tools *tools, char *through)
{
	struct buf in = { 0 }, out = { 0 };
	struct order order;
	struct arena arena = { 0 };
	enum message kind;
	bool goes_on = true;

	while (goes_on && message_receive(SOCKET, through, &in, &kind)) {
		if (kind != MESSAGE_ORDER ||
		    !message_get_order(&arena, in.bytes, in.len, &order))
			_exit(EX_PROTOCOL);
		out.len = 0;
		goes_on = run_order(tools, &order, &out);
		if (!message_send(SOCKET, through, &out))
			break;
		arena_reset(&arena);
	}
	_exit(goes_on ? 0 : EXIT_MEMORY);
}

/* Nobody, or one of another version, has no setup for us. */
static int setup_is_none(bool came)
{
	fprintf(stderr, "dateline-worker: %s\n",
	    came ? "it was built apart from who starts it: restart datelined"
		 : "it is started by datelined and dateline, never by hand");
	return EX_USAGE;
}

int main(void)
{
	struct buf in = { 0 }, out = { 0 };
	struct arena arena = { 0 };
	struct ledger ledger = { 0 };
	struct tools tools = { .ledger = &ledger };
	struct ready ready = { 0 };
	char through[MESSAGE_PIECE]; /* the only way out, and in */
	struct setup setup;
	enum message kind;

	/* Whatever a library of the daemon's forgot to close. */
	close_range(SLATE + 1, ~0U, 0);
	if (!message_receive(SOCKET, through, &in, &kind))
		return setup_is_none(false);
	if (kind != MESSAGE_SETUP ||
	    !message_get_setup(&arena, in.bytes, in.len, &setup))
		return setup_is_none(true);
	tools.slate = slate_take(SLATE);
	ready.refused = tools_take(&arena, &tools, &setup);
	if (ready.refused == NULL)
		ready.refused = sandbox_enter(SOCKET, through);
	ready.plugins = tools.plugins.told;
	ready.n_plugins = tools.plugins.n_told;
	ready.zones = zones_tell(&arena, &tools, &setup);
	ready.no_selectors = no_selectors(&arena, setup.values);
	message_put_ready(&out, &ready);
	if (!message_send(SOCKET, through, &out) || ready.refused != NULL)
		_exit(EX_UNAVAILABLE);
	orders(&tools, through);
}
