/*
 * A plugin's table, this_plugin: copied as far as the plugin has it, and looked
 * over. Nobody else in the worker reads what is the plugin's own.
 */
#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/kit/job.h"
#include "core/kit/select.h"
#include "core/worker/table.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define UP_TO(member)                         \
	(offsetof(struct dl_plugin, member) + \
	    sizeof(((struct dl_plugin *)NULL)->member))

/* Bytes of a table, by the minor that it was made for: up to the last member
   that this minor has. A minor that brings none repeats the row before. */
enum { IN_1_0 = UP_TO(transform), IN_ALL = IN_1_0 };
static const size_t made_for[] = { IN_1_0 };

static_assert(COUNT(made_for) == DL_ABI_MINOR + 1, "a minor without its row");
static_assert(sizeof(struct dl_plugin) - IN_ALL < sizeof(void *),
    "a member that came with no minor");

static unsigned minor_of(uint32_t abi)
{
	return abi & 0xffff;
}

/* All that may be looked at before the version is known. */
static uint32_t abi_of(const void *theirs)
{
	uint32_t abi;

	memcpy(&abi, theirs, sizeof(abi));
	return abi;
}

const char *table_version(struct arena *arena, const void *theirs, size_t size)
{
	uint32_t abi = size >= sizeof(abi) ? abi_of(theirs) : 0;

	if (theirs == NULL)
		return "it has no symbol this_plugin: declare it with "
		       "DL_PLUGIN = { ... }";
	if (abi == 0)
		return "it does not say what ABI it was made for: write "
		       ".abi = DL_ABI";
	if (abi >> 16 != DL_ABI_MAJOR)
		return arena_printf(arena,
		    "it was made for ABI %u.%u, this dateline has %d.%d: "
		    "compile it again with this version's plugin.h",
		    abi >> 16, minor_of(abi), DL_ABI_MAJOR, DL_ABI_MINOR);
	if (minor_of(abi) > DL_ABI_MINOR)
		return arena_printf(arena,
		    "it was made for ABI %u.%u, this dateline has only %d.%d: "
		    "install a newer dateline",
		    abi >> 16, minor_of(abi), DL_ABI_MAJOR, DL_ABI_MINOR);
	if (size < made_for[minor_of(abi)])
		return "its this_plugin is no struct dl_plugin: declare it "
		       "with DL_PLUGIN = { ... }";
	return NULL;
}

const struct dl_plugin *table_copy(struct arena *arena, const void *theirs)
{
	struct dl_plugin *copy = arena_alloc(arena, sizeof(*copy));

	memcpy(copy, theirs, made_for[minor_of(abi_of(theirs))]);
	return copy;
}

static const char *check_name(
    struct arena *arena, const struct dl_plugin *plugin, const char *name)
{
	if (plugin->name == NULL)
		return arena_printf(
		    arena, "it has no name: write .name = \"%s\"", name);
	if (strcmp(plugin->name, name) != 0)
		return arena_printf(arena,
		    "it calls itself \"%s\", its file %s.so: rename one of "
		    "them",
		    plugin->name, name);
	if (plugin->version == NULL || *plugin->version == '\0')
		return "it has no version: write .version = \"1.0\"";
	return NULL;
}

static const char *check_kind(const struct dl_plugin *plugin)
{
	bool discover = plugin->discover != NULL;
	bool extract = plugin->extract != NULL;
	bool transform = plugin->transform != NULL;

	if (discover && !extract)
		return "it has discover and no extract: a source needs both";
	if (extract && !discover)
		return "it has extract and no discover: a source needs both, "
		       "and feed_discover is one";
	if (discover && transform)
		return "it is both a source and an extractor: make two of it";
	if (!discover && !transform)
		return "it can do nothing: a source needs discover and "
		       "extract, an extractor needs transform";
	return NULL;
}

/* NULL, or what is no selector about it. */
static const char *check_selector(struct arena *arena, const char *text)
{
	struct dl_job job;
	const char *why;

	job_init(&job);
	select_compile(&job, text);
	why = arena_dup(arena, job.reason);
	job_finish(&job);
	return why;
}

static bool is_number(const char *text)
{
	char *end;

	strtod(text, &end);
	return end != text && *end == '\0';
}

static const char *check_standard(
    struct arena *arena, const struct dl_option *option)
{
	const char *why;

	if (option->standard == NULL)
		return NULL;
	if (option->kind == DL_NUMBER_OPTION && !is_number(option->standard))
		return arena_printf(arena,
		    "the standard of its option %s is no number: %s",
		    option->name, option->standard);
	if (option->kind != DL_SELECTOR_OPTION)
		return NULL;
	why = check_selector(arena, option->standard);
	if (why == NULL)
		return NULL;
	return arena_printf(arena,
	    "the standard of its option %s: %s: dom_next() in plugin.h tells "
	    "what selectors have",
	    option->name, why);
}

static const char *check_option(
    struct arena *arena, const struct dl_option *all, size_t i)
{
	const struct dl_option *option = &all[i];
	size_t other = 0;

	if (*option->name == '\0')
		return "it has an option without a name: NULL ends the table, "
		       "not \"\"";
	while (strcmp(all[other].name, option->name) != 0)
		other++;
	if (other < i)
		return arena_printf(arena,
		    "it has two options %s: rename one of them", option->name);
	if (option->kind < DL_TEXT_OPTION || option->kind > DL_SELECTOR_OPTION)
		return arena_printf(arena,
		    "its option %s is of kind %d, which is none of "
		    "enum dl_option_kind",
		    option->name, (int)option->kind);
	return check_standard(arena, option);
}

static const char *check_options(
    struct arena *arena, const struct dl_option *all)
{
	const char *why = NULL;
	size_t i;

	for (i = 0; why == NULL && all != NULL && all[i].name != NULL; i++)
		why = check_option(arena, all, i);
	return why;
}

const char *table_check(
    struct arena *arena, const struct dl_plugin *plugin, const char *name)
{
	const char *why = check_name(arena, plugin, name);

	if (why == NULL)
		why = check_kind(plugin);
	if (why == NULL)
		why = check_options(arena, plugin->options);
	return why;
}
