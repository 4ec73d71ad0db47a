/* Which plugins there are. */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "core/base/nearest.h"
#include "core/tool/inventory.h"
#include "core/tool/tool.h"

void inventory_take(struct inventory *inventory, struct conf *conf)
{
	struct setup setup;

	*inventory = (struct inventory){ .ready.n_plugins = 0 };
	conf_setup(conf, &setup);
	setup.plugins = NULL;
	worker_open(&inventory->worker, conf->worker, &setup, &inventory->arena,
	    &inventory->ready);
	if (inventory->ready.refused != NULL)
		tool_die(
		    EX_CONFIG, "%s: %s", conf->path, inventory->ready.refused);
}

void inventory_free(struct inventory *inventory)
{
	worker_stop(&inventory->worker);
	arena_reset(&inventory->arena);
}

const struct loaded *inventory_find(
    const struct inventory *inventory, const char *name)
{
	const struct ready *ready = &inventory->ready;
	struct nearest nearest = { .to = name };
	size_t i;

	for (i = 0; i < ready->n_plugins; i++) {
		if (strcmp(ready->plugins[i].name, name) == 0)
			return &ready->plugins[i];
		nearest_try(&nearest, ready->plugins[i].name);
	}
	if (nearest.best != NULL)
		tool_die(EX_NOINPUT,
		    "there is no plugin \"%s\": did you mean \"%s\"?", name,
		    nearest.best);
	tool_die(EX_NOINPUT,
	    "there is no plugin \"%s\": see dateline plugin list", name);
}

const char *inventory_kind(const struct loaded *plugin)
{
	if (plugin->refused != NULL)
		return "refused";
	return plugin->source ? "source" : "extractor";
}

const char *inventory_abi(char text[INVENTORY_ABI], const struct loaded *plugin)
{
	snprintf(text, INVENTORY_ABI, "%u.%u", plugin->abi >> 16,
	    plugin->abi & 0xffff);
	return text;
}
