/* `dateline plugin info`: what there is to know about a plugin. */
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "core/tool/columns.h"
#include "core/tool/inventory.h"
#include "core/tool/plugin.h"
#include "core/tool/tool.h"
#include "core/tool/trial.h"

#define LABEL 10 /* columns before a value */

struct info {
	const struct loaded *plugin;
	const struct conf *conf;
	struct trial trial;
	bool has_pages;
};

static const char *kind_of(const struct loaded_option *option)
{
	static const char *const kinds[] = {
		[DL_TEXT_OPTION] = "text",
		[DL_NUMBER_OPTION] = "number",
		[DL_SELECTOR_OPTION] = "selector",
	};
	size_t kind = option->kind;

	if (kind >= sizeof(kinds) / sizeof(kinds[0]) || kinds[kind] == NULL)
		return "of an unknown kind";
	return kinds[kind];
}

static bool is_listed(const struct dl_list *list, const char *text)
{
	while (list != NULL && strcmp(list->text, text) != 0)
		list = list->next;
	return list != NULL;
}

/* The first one that uses the plugin, from `source` on. */
static const struct source *using(
    const struct info *info, const struct source *source)
{
	const char *name = info->plugin->name;

	while (source != NULL && strcmp(source->plugin, name) != 0 &&
	    !is_listed(source->extractors, name))
		source = source->next;
	return source;
}

/* ---- for people ---- */

static void print_value(const char *label, const char *value)
{
	if (value == NULL)
		return;
	printf("%-*s", LABEL, label);
	columns_wrap(stdout, value, LABEL);
}

static void print_sources(const struct info *info)
{
	const struct source *source = using(info, info->conf->sources);
	struct buf names = { .len = 0 };

	for (; source != NULL; source = using(info, source->next))
		buf_printf(&names, "%s%s%s", names.len > 0 ? ", " : "",
		    source->name, source->enabled ? "" : " (not enabled)");
	print_value("sources", names.len > 0 ? names.bytes : "none");
	buf_free(&names);
}

static void print_option(const struct loaded_option *option)
{
	printf("  %s, %s", option->name, kind_of(option));
	if (option->standard != NULL)
		printf(", default \"%s\"", option->standard);
	printf("\n      ");
	columns_wrap(stdout, text_or(option->about, "-"), 6);
}

static void print_text(const struct info *info)
{
	const struct loaded *plugin = info->plugin;
	char abi[INVENTORY_ABI];
	size_t i;

	print_value("name", plugin->name);
	print_value("about", plugin->about);
	print_value("kind", inventory_kind(plugin));
	print_value("version", plugin->version);
	print_value("ABI", inventory_abi(abi, plugin));
	print_value("path", plugin->path);
	print_value("agency", plugin->agency);
	print_value("zone", plugin->zone);
	print_sources(info);
	if (info->has_pages)
		print_value("pages", info->trial.folder);
	if (plugin->n_options > 0)
		printf("options\n");
	for (i = 0; i < plugin->n_options; i++)
		print_option(&plugin->options[i]);
}

/* ---- as JSON ---- */

static json_t *json_options(const struct loaded *plugin)
{
	json_t *options = json_array();
	size_t i;

	for (i = 0; i < plugin->n_options; i++) {
		const struct loaded_option *option = &plugin->options[i];

		json_array_append_new(options,
		    json_pack("{s:s, s:s, s:s?, s:s?}", "name", option->name,
			"kind", kind_of(option), "default", option->standard,
			"about", option->about));
	}
	return options;
}

static json_t *json_sources(const struct info *info)
{
	const struct source *source = using(info, info->conf->sources);
	json_t *sources = json_array();

	for (; source != NULL; source = using(info, source->next))
		json_array_append_new(sources,
		    json_pack("{s:s, s:b}", "name", source->name, "enabled",
			source->enabled));
	return sources;
}

static void print_json(const struct info *info)
{
	const struct loaded *plugin = info->plugin;
	char abi[INVENTORY_ABI];
	json_t *object = json_pack(
	    "{s:s, s:s?, s:s, s:s, s:s, s:s, s:s?, s:s?, s:o, s:s?, s:o}",
	    "name", plugin->name, "about", plugin->about, "kind",
	    inventory_kind(plugin), "version", plugin->version, "abi",
	    inventory_abi(abi, plugin), "path", plugin->path, "agency",
	    plugin->agency, "zone", plugin->zone, "sources", json_sources(info),
	    "pages", info->has_pages ? info->trial.folder : NULL, "options",
	    json_options(plugin));

	json_dumpf(object, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(object);
}

static void inform(const struct info *info, bool json)
{
	if (info->plugin->refused != NULL)
		tool_die(EX_CONFIG, "%s: %s", info->plugin->path,
		    info->plugin->refused);
	if (json)
		print_json(info);
	else
		print_text(info);
}

int plugin_info(int argc, char **argv)
{
	const struct plugin_wish wish = plugin_options(argc, argv);
	struct inventory inventory;
	struct arena arena = { .limit = 0 };
	struct info info = { .plugin = NULL };
	struct conf *conf;

	if (optind != argc - 1)
		plugin_usage("info");
	conf = tool_conf(wish.conf);
	inventory_take(&inventory, conf);
	info.conf = conf;
	info.plugin = inventory_find(&inventory, argv[optind]);
	info.has_pages =
	    trial_of(&info.trial, &arena, info.plugin->name, info.plugin->path);
	inform(&info, wish.json);
	arena_reset(&arena);
	inventory_free(&inventory);
	conf_free(conf);
	return 0;
}
