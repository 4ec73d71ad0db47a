/* A folder of test pages. */
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/tool/tool.h"
#include "core/tool/trial.h"

#define PAGES "pages"
#define CONF ".conf"

/* ---- paths ---- */

static const char *joined(
    struct arena *arena, const char *folder, const char *name)
{
	struct buf path = { .len = 0 };
	const char *copy;

	buf_printf(&path, "%s/%s", folder, name);
	copy = arena_dup(arena, path.bytes);
	buf_free(&path);
	return copy;
}

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

static const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL && slash > path
	    ? arena_copy(arena, path, (size_t)(slash - path))
	    : "/";
}

static bool is_folder(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool has_file(const char *folder, const char *name)
{
	struct arena scratch = { .limit = 0 };
	bool has = access(joined(&scratch, folder, name), F_OK) == 0;

	arena_reset(&scratch);
	return has;
}

static bool has_plugin(const char *folder, const char *name)
{
	struct buf file = { .len = 0 };
	bool has;

	buf_printf(&file, "%s.so", name);
	has = has_file(folder, file.bytes);
	buf_free(&file);
	return has;
}

/* ---- where it is ---- */

static int is_conf(const struct dirent *file)
{
	size_t len = strlen(file->d_name);

	return file->d_name[0] != '.' && len > strlen(CONF) &&
	    strcmp(file->d_name + len - strlen(CONF), CONF) == 0;
}

/* How many a folder has, and the last one. */
static int confs_of(struct arena *arena, const char *folder, const char **last)
{
	struct dirent **files;
	int n = scandir(folder, &files, is_conf, alphasort), i;

	for (i = 0; i < n; i++) {
		*last = joined(arena, folder, files[i]->d_name);
		free(files[i]);
	}
	if (n >= 0)
		free(files);
	return n > 0 ? n : 0;
}

/* A .conf that has a name of its own names the source. */
static void conf_find(
    struct trial *trial, struct arena *arena, const char *folder)
{
	const char *conf = NULL, *name;

	if (has_file(folder, "source" CONF)) {
		trial->conf = joined(arena, folder, "source" CONF);
		trial->confs = 1;
		return;
	}
	trial->confs = confs_of(arena, folder, &conf);
	if (trial->confs != 1)
		return;
	trial->conf = conf;
	name = name_of(conf);
	trial->name = arena_copy(arena, name, strlen(name) - strlen(CONF));
}

static const char *without_slashes(struct arena *arena, const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	return strcmp(path, ".") == 0 ? "" : arena_copy(arena, path, len);
}

bool trial_at(struct trial *trial, struct arena *arena, const char *path)
{
	char whole[PATH_MAX];

	if (realpath(path, whole) == NULL || !is_folder(whole))
		return false;
	*trial = (struct trial){ .folder = arena_dup(arena, whole),
		.shown = without_slashes(arena, path) };
	trial->root = trial->folder;
	if (strcmp(name_of(whole), PAGES) == 0) {
		trial->root = folder_of(arena, trial->folder);
	} else if (!has_file(whole, TRIAL_LINES) &&
	    is_folder(joined(arena, whole, PAGES))) {
		trial->folder = joined(arena, whole, PAGES);
		trial->shown = *trial->shown != '\0'
		    ? joined(arena, trial->shown, PAGES)
		    : PAGES;
	}
	trial->name = name_of(trial->root);
	conf_find(trial, arena, trial->folder);
	if (trial->confs == 0 && trial->root != trial->folder)
		conf_find(trial, arena, trial->root);
	return true;
}

const char *trial_tree(struct arena *arena)
{
	char path[PATH_MAX];

	return tool_beside(path, "../tests/plugins") ? arena_dup(arena, path)
						     : NULL;
}

bool trial_in_tree(struct trial *trial, struct arena *arena, const char *name)
{
	const char *tree = trial_tree(arena);

	if (tree == NULL || strchr(name, '/') != NULL || name[0] == '.' ||
	    !trial_at(trial, arena, joined(arena, tree, name)))
		return false;
	trial->shown = arena_dup(arena, name);
	return true;
}

/* ---- whose it is ---- */

static void plugin_path_add(struct conf *conf, const char *folder)
{
	struct dl_list *first = arena_alloc(&conf->arena, sizeof(*first));

	first->text = arena_dup(&conf->arena, folder);
	first->next = conf->plugin_path;
	conf->plugin_path = first;
}

static bool has_any(const char *folder, const struct source *source)
{
	const struct dl_list *extractor = source->extractors;

	while (extractor != NULL && !has_plugin(folder, extractor->text))
		extractor = extractor->next;
	return extractor != NULL || has_plugin(folder, source->plugin);
}

/* The last one that is added is looked into first. */
static void plugins_find(
    const struct trial *trial, struct conf *conf, const struct source *source)
{
	static const char *const places[] = { "../build", "..", "build",
		PAGES };
	struct arena scratch = { .limit = 0 };
	const char *folder;
	size_t i;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		folder = joined(&scratch, trial->root, places[i]);
		if (has_any(folder, source))
			plugin_path_add(conf, folder);
	}
	if (has_any(trial->root, source))
		plugin_path_add(conf, trial->root);
	arena_reset(&scratch);
}

struct source *trial_source(
    const struct trial *trial, struct conf *conf, FILE *complaints)
{
	struct source *source;

	if (trial->confs > 1) {
		fprintf(complaints,
		    "%s: which of its %d .conf is it? call it source.conf\n",
		    trial->root, trial->confs);
		return NULL;
	}
	if (trial->conf != NULL)
		source = conf_take(conf, trial->name, trial->conf, complaints);
	else
		source = conf_source(conf, trial->name);
	if (source == NULL && trial->conf == NULL)
		source = conf_bare(conf, trial->name);
	if (source != NULL)
		plugins_find(trial, conf, source);
	return source;
}

/* Whether pages that lie beside a plugin are of that one. */
static bool is_of(const struct trial *trial, const char *plugin)
{
	struct conf *conf = conf_standard();
	FILE *nobody = fopen("/dev/null", "w");
	const struct source *source = trial_source(trial, conf, nobody);
	const struct dl_list *extractor;
	bool is = source != NULL && strcmp(source->plugin, plugin) == 0;

	for (extractor = source != NULL ? source->extractors : NULL;
	     extractor != NULL; extractor = extractor->next)
		is = is || strcmp(extractor->text, plugin) == 0;
	fclose(nobody);
	conf_free(conf);
	return is;
}

bool trial_of(struct trial *trial, struct arena *arena, const char *name,
    const char *path)
{
	const char *folder = folder_of(arena, path);
	const char *places[] = { joined(arena, folder, name), folder, NULL };
	size_t i;

	if (trial_in_tree(trial, arena, name))
		return true;
	if (strcmp(name_of(folder), "build") == 0)
		places[2] = folder_of(arena, folder);
	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (places[i] != NULL && trial_at(trial, arena, places[i]) &&
		    has_file(trial->folder, TRIAL_LINES) && is_of(trial, name))
			return true;
	}
	return false;
}
