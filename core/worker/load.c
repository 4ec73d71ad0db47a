/* Plugins: from a .so file to a struct dl_plugin, or to why not. */
#include <dirent.h>
#include <dlfcn.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/worker/load.h"

#define SUFFIX ".so"

static const char *__attribute__((format(printf, 2, 3)))
say(struct arena *arena, const char *format, ...)
{
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return arena_dup(arena, text);
}

static const char *check_abi(struct arena *arena, uint32_t abi)
{
	unsigned major = abi >> 16, minor = abi & 0xffff;

	if (major != DL_ABI_MAJOR)
		return say(arena,
		    "it was made for ABI %u.%u, this dateline has %d.%d: "
		    "compile it again with this version's plugin.h",
		    major, minor, DL_ABI_MAJOR, DL_ABI_MINOR);
	if (minor > DL_ABI_MINOR)
		return say(arena,
		    "it was made for ABI %u.%u, this dateline has only %d.%d: "
		    "install a newer dateline",
		    major, minor, DL_ABI_MAJOR, DL_ABI_MINOR);
	return NULL;
}

static const char *check_kind(const struct dl_plugin *plugin)
{
	bool source = plugin->discover != NULL && plugin->extract != NULL;
	bool half = (plugin->discover != NULL) != (plugin->extract != NULL);
	bool extractor = plugin->transform != NULL;

	if (half)
		return "a source needs both discover and extract";
	if (source && extractor)
		return "it is both a source and an extractor: make it two";
	if (!source && !extractor)
		return "it has neither discover and extract nor transform";
	return NULL;
}

/* The version is looked at before any other member. */
static const char *check(
    struct arena *arena, const struct dl_plugin *plugin, const char *name)
{
	const char *why;

	if (plugin == NULL)
		return "it has no symbol this_plugin: declare it with "
		       "DL_PLUGIN = { ... }";
	why = check_abi(arena, plugin->abi);
	if (why != NULL)
		return why;
	if (plugin->name == NULL || strcmp(plugin->name, name) != 0)
		return say(arena, "it calls itself \"%s\", its file %s" SUFFIX,
		    text_or(plugin->name, ""), name);
	if (plugin->version == NULL)
		return "it has no version";
	return check_kind(plugin);
}

/*
 * A plugin that was made for a later minor may want functions that are not
 * here: opened once more lazily, it can be asked for its version.
 */
static const char *refusal(struct arena *arena, const char *path)
{
	const char *why = arena_dup(arena, dlerror()), *version = NULL;
	void *file = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
	const struct dl_plugin *plugin;

	if (file == NULL)
		return why;
	plugin = dlsym(file, "this_plugin");
	if (plugin != NULL)
		version = check_abi(arena, plugin->abi);
	dlclose(file);
	return text_or(version, why);
}

static const char *plugin_path(
    struct arena *arena, const struct setup *setup, const char *name)
{
	const struct dl_list *folder;

	for (folder = setup->folders; folder != NULL; folder = folder->next) {
		const char *path =
		    say(arena, "%s/%s" SUFFIX, folder->text, name);

		if (access(path, F_OK) == 0)
			return path;
	}
	return NULL;
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

static void load(struct arena *arena, const struct setup *setup,
    const char *name, struct plugins *plugins)
{
	struct loaded *told = &plugins->told[plugins->n_told++];
	const struct dl_plugin *plugin;
	void *file;

	told->name = name;
	told->path = plugin_path(arena, setup, name);
	if (told->path == NULL) {
		told->refused =
		    say(arena, "there is no %s" SUFFIX " in plugin_path", name);
		return;
	}
	file = dlopen(told->path, RTLD_NOW | RTLD_LOCAL);
	if (file == NULL) {
		told->refused = refusal(arena, told->path);
		return;
	}
	plugin = dlsym(file, "this_plugin");
	told->refused = check(arena, plugin, name);
	if (told->refused != NULL)
		return;
	tell(arena, plugin, told);
	plugins->loaded[plugins->n_loaded++] = plugin;
}

static int is_plugin(const struct dirent *file)
{
	size_t len = strlen(file->d_name);

	return file->d_name[0] != '.' && len > strlen(SUFFIX) &&
	    strcmp(file->d_name + len - strlen(SUFFIX), SUFFIX) == 0;
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

void load_plugins(
    struct arena *arena, const struct setup *setup, struct plugins *plugins)
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
	for (name = names; name != NULL; name = name->next)
		load(arena, setup, name->text, plugins);
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
