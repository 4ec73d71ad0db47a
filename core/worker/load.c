/* Plugins: from a .so file to a struct dl_plugin, or to why not. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/limits.h"
#include "core/kit/guard.h"
#include "core/kit/job.h"
#include "core/worker/load.h"
#include "core/worker/object.h"
#include "core/worker/statics.h"
#include "core/worker/table.h"

#define SUFFIX ".so"

static bool is_suffixed(const char *name)
{
	size_t len = strlen(name);

	return len > strlen(SUFFIX) &&
	    strcmp(name + len - strlen(SUFFIX), SUFFIX) == 0;
}

/* A name is a part of ids and of records, and no way to a file elsewhere. */
static const char *check_name(const char *name)
{
	size_t i;

	if (strchr(name, '/') != NULL || is_suffixed(name))
		return "a plugin is called by its name alone, without folder "
		       "and .so: put its folder into plugin_path";
	for (i = 0; name[i] != '\0'; i++) {
		if (!isalnum((unsigned char)name[i]) &&
		    strchr("-_", name[i]) == NULL)
			break;
	}
	if (i == 0 || name[i] != '\0')
		return "a plugin's name is of letters, digits, - and _: rename "
		       "it";
	return NULL;
}

static const char *plugin_path(
    struct arena *arena, const struct setup *setup, const char *name)
{
	const struct dl_list *folder;

	for (folder = setup->folders; folder != NULL; folder = folder->next) {
		const char *path =
		    arena_printf(arena, "%s/%s" SUFFIX, folder->text, name);

		if (access(path, F_OK) == 0 || errno == EACCES)
			return path;
	}
	return NULL;
}

static const char *is_nowhere(
    struct arena *arena, const struct setup *setup, const char *name)
{
	const struct dl_list *folder = setup->folders;
	const char *folders = "";

	for (; folder != NULL; folder = folder->next)
		folders = arena_printf(arena, "%s%s%s", folders,
		    *folders != '\0' ? " or " : ": put it into ", folder->text);
	return arena_printf(
	    arena, "there is no %s" SUFFIX " in plugin_path%s", name, folders);
}

static void tell_options(
    struct arena *arena, const struct dl_plugin *plugin, struct loaded *told)
{
	const struct dl_option *option = plugin->options;
	struct loaded_option *options;
	size_t n = 0, i;

	while (option != NULL && option[n].name != NULL)
		n++;
	options = arena_alloc(arena, n * sizeof(*options));
	for (i = 0; i < n; i++)
		options[i] = (struct loaded_option){ option[i].name,
			option[i].standard, option[i].about, option[i].kind };
	told->options = options;
	told->n_options = n;
}

static void tell(
    struct arena *arena, const struct dl_plugin *plugin, struct loaded *told)
{
	told->version = plugin->version;
	told->about = plugin->about;
	told->agency = plugin->agency;
	told->zone = plugin->zone;
	told->abi = plugin->abi;
	told->source = plugin->discover != NULL;
	tell_options(arena, plugin, told);
}

/* The plugin's table, if it is one that can work; else *why. */
static const struct dl_plugin *take(
    struct arena *arena, const char *path, const char *name, const char **why)
{
	void *object = object_open(arena, path, why);
	const struct dl_plugin *plugin;
	const void *table;
	size_t size;

	if (object == NULL)
		return NULL;
	table = object_table(object, &size);
	*why = table_version(arena, table, size);
	if (*why != NULL)
		return NULL;
	plugin = table_copy(arena, table);
	*why = table_check(arena, plugin, name);
	return *why == NULL ? plugin : NULL;
}

static void load(struct arena *arena, const struct setup *setup,
    const char *name, struct plugins *plugins)
{
	struct loaded *told = &plugins->told[plugins->n_told++];
	const struct dl_plugin *plugin;

	told->name = name;
	told->refused = check_name(name);
	if (told->refused != NULL)
		return;
	told->path = plugin_path(arena, setup, name);
	if (told->path == NULL) {
		told->refused = is_nowhere(arena, setup, name);
		return;
	}
	plugin = take(arena, told->path, name, &told->refused);
	if (plugin == NULL)
		return;
	tell(arena, plugin, told);
	plugins->loaded[plugins->n_loaded++] = plugin;
}

static int is_plugin(const struct dirent *file)
{
	return file->d_name[0] != '.' && is_suffixed(file->d_name);
}

/* The names in all folders; one in an earlier folder hides later ones. */
static const struct dl_list *all_names(
    struct arena *arena, const struct setup *setup)
{
	const struct dl_list *names = NULL, *folder, *one;
	struct dirent **files;
	int n, i;

	for (folder = setup->folders; folder != NULL; folder = folder->next) {
		n = scandir(folder->text, &files, is_plugin, alphasort);
		for (i = n - 1; i >= 0; i--) {
			struct dl_list *name =
			    arena_alloc(arena, sizeof(*name));

			name->text = arena_copy(arena, files[i]->d_name,
			    strlen(files[i]->d_name) - strlen(SUFFIX));
			free(files[i]);
			for (one = names; one != NULL; one = one->next) {
				if (strcmp(one->text, name->text) == 0)
					break;
			}
			if (one != NULL)
				continue;
			name->next = names;
			names = name;
		}
		if (n >= 0)
			free(files);
	}
	return names;
}

void load_plugins(struct arena *arena, const struct setup *setup,
    struct plugins *plugins, at_fn *at)
{
	const struct dl_list *names = setup->plugins, *name;
	size_t n = 0;

	if (names == NULL)
		names = all_names(arena, setup);
	for (name = names; name != NULL; name = name->next)
		n++;
	*plugins = (struct plugins){ 0 };
	plugins->loaded =
	    arena_alloc(arena, n * sizeof(const struct dl_plugin *));
	plugins->told = arena_alloc(arena, n * sizeof(*plugins->told));
	for (name = names; name != NULL; name = name->next) {
		at(name->text);
		load(arena, setup, name->text, plugins);
	}
	at(NULL);
}

/* NULL, or a sentence, of which the job's memory may have a part. */
static const char *flaw(struct dl_job *job, const struct dl_plugin *plugin)
{
	size_t bytes = 0;
	bool fails = plugin->prepare != NULL &&
	    (plugin->prepare(job) != DL_DONE || job->broken);

	if (fails && job->reason == NULL)
		return "its prepare() fails and gives no reason: job_fail() "
		       "takes one";
	if (fails)
		return job_printf(job, "its prepare() fails: %s", job->reason);
	if (guard_overrun(job, &bytes) != NULL)
		return job_printf(job,
		    "its prepare() wrote beyond %zu bytes that it had from "
		    "job_alloc()",
		    bytes);
	bytes = statics_size(plugin);
	if (bytes > LIMIT_STATICS)
		return job_printf(job,
		    "it has %zu bytes of statics, and may have %zu: what is "
		    "worked with belongs into job_alloc()",
		    bytes, LIMIT_STATICS);
	return NULL;
}

/* NULL, or why the plugin is not to be worked with. */
static const char *prepared(struct arena *arena, const struct dl_plugin *plugin)
{
	const char *why;
	struct dl_job job;

	job_init(&job);
	job.plugin = plugin;
	why = arena_dup(arena, flaw(&job, plugin));
	job_finish(&job);
	return why;
}

void load_prepare(struct arena *arena, struct plugins *plugins, at_fn *at)
{
	size_t i, kept = 0;

	for (i = 0; i < plugins->n_loaded; i++) {
		const struct dl_plugin *plugin = plugins->loaded[i];
		struct loaded *told = plugins->told;

		while (strcmp(told->name, plugin->name) != 0)
			told++;
		at(plugin->name);
		told->refused = prepared(arena, plugin);
		if (told->refused == NULL)
			plugins->loaded[kept++] = plugin;
	}
	plugins->n_loaded = kept;
	at(NULL);
}

const struct dl_plugin *load_find(
    const struct plugins *plugins, const char *name)
{
	size_t i;

	for (i = 0; i < plugins->n_loaded; i++) {
		if (strcmp(plugins->loaded[i]->name, name) == 0)
			return plugins->loaded[i];
	}
	return NULL;
}
