/* `dateline plugin list`: the plugins that there are. */
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "core/tool/columns.h"
#include "core/tool/inventory.h"
#include "core/tool/plugin.h"
#include "core/tool/tool.h"

struct widths { /* of columns */
	int name, kind, version;
};

static void widen(int *width, const char *text)
{
	int needs = text != NULL ? columns_of(text) : 0;

	*width = needs > *width ? needs : *width;
}

static struct widths widths_of(const struct ready *ready)
{
	struct widths widths = { 0, 0, 0 };
	size_t i;

	for (i = 0; i < ready->n_plugins; i++) {
		widen(&widths.name, ready->plugins[i].name);
		widen(&widths.kind, inventory_kind(&ready->plugins[i]));
		widen(&widths.version, ready->plugins[i].version);
	}
	return widths;
}

static void print_row(const struct widths *widths, const struct loaded *plugin)
{
	char abi[INVENTORY_ABI];
	int at = printf("  %-*s  %-*s  ", widths->name, plugin->name,
	    widths->kind, inventory_kind(plugin));

	if (plugin->refused == NULL)
		at += printf("%-*s  %-3s  ", widths->version, plugin->version,
		    inventory_abi(abi, plugin));
	columns_wrap(stdout,
	    plugin->refused != NULL ? plugin->refused
				    : text_or(plugin->about, ""),
	    at);
}

/* Whether a plugin was found in this one of the folders. */
static bool is_in(const struct loaded *plugin, const char *folder)
{
	size_t len = strlen(folder);

	return strncmp(plugin->path, folder, len) == 0 &&
	    plugin->path[len] == '/' &&
	    strchr(plugin->path + len + 1, '/') == NULL;
}

static void print_table(const struct ready *ready, const struct conf *conf)
{
	const struct widths widths = widths_of(ready);
	const struct dl_list *folder;
	bool told;
	size_t i;

	for (folder = conf->plugin_path; folder != NULL;
	     folder = folder->next) {
		told = false;
		for (i = 0; i < ready->n_plugins; i++) {
			if (!is_in(&ready->plugins[i], folder->text))
				continue;
			if (!told)
				printf("%s\n", folder->text);
			told = true;
			print_row(&widths, &ready->plugins[i]);
		}
	}
}

static void print_json(const struct loaded *plugin)
{
	bool fine = plugin->refused == NULL;
	char abi[INVENTORY_ABI];
	json_t *line = json_pack("{s:s, s:s*, s:s*, s:s*, s:s, s:s*, s:s*}",
	    "name", plugin->name, "kind", fine ? inventory_kind(plugin) : NULL,
	    "version", plugin->version, "abi",
	    fine ? inventory_abi(abi, plugin) : NULL, "path", plugin->path,
	    "about", plugin->about, "refused", plugin->refused);

	json_dumpf(line, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(line);
}

static void tell_refused(const struct ready *ready)
{
	size_t n = 0, i;

	for (i = 0; i < ready->n_plugins; i++)
		n += ready->plugins[i].refused != NULL;
	if (ready->n_plugins == 0)
		fprintf(stderr,
		    "dateline: there are no plugins in "
		    "plugin_path\n");
	else if (n > 0)
		fprintf(stderr, "dateline: %zu of %zu plugins %s refused\n", n,
		    ready->n_plugins, n == 1 ? "is" : "are");
}

int plugin_list(int argc, char **argv)
{
	const struct plugin_wish wish = plugin_options(argc, argv);
	struct inventory inventory;
	struct conf *conf;
	size_t i;

	if (optind != argc)
		plugin_usage("list");
	conf = tool_conf(wish.conf);
	inventory_take(&inventory, conf);
	if (!wish.json)
		print_table(&inventory.ready, conf);
	for (i = 0; wish.json && i < inventory.ready.n_plugins; i++)
		print_json(&inventory.ready.plugins[i]);
	fflush(stdout);
	tell_refused(&inventory.ready);
	inventory_free(&inventory);
	conf_free(conf);
	return 0;
}
