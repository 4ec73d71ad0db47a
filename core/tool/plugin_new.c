/*
 * `dateline plugin new`: a source for a site that nobody knows yet.
 *
 *     discovery_make > pages_take > probe > files_write > plugin_test --update
 */
#include <errno.h>
#include <getopt.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/url.h"
#include "core/tool/discovery.h"
#include "core/tool/plugin.h"
#include "core/tool/scaffold.h"
#include "core/tool/tool.h"

#define PAGES_WANTED 3

struct making {
	const char *name, *url, *conf;
	const char *folder; /* NULL: the tree that we are in */
	bool alone;         /* a .conf without C */
	bool private;

	struct site site;
	struct discovery discovery;
	const struct came *pages[PAGES_WANTED];
	const char *of[PAGES_WANTED]; /* what the pages were asked for as */
	size_t n_pages;
	json_t *told;
	struct scaffold scaffold;
	char *zone;
};

/* ---- looking at the site ---- */

/* Entries that do not come are passed over, but not all of them. */
static void pages_take(struct making *making)
{
	const struct discovery *discovery = &making->discovery;
	size_t i, tries = 0;
	const char *why;

	for (i = 0; i < discovery->n_entries &&
	     making->n_pages < PAGES_WANTED && tries < 2 * PAGES_WANTED;
	     i++, tries++) {
		const char *url =
		    arena_dup(&making->site.arena, discovery->entries[i]->url);
		const struct came *came;

		fprintf(stderr, "asking %s\n", url);
		came = site_get(&making->site, url, &why);
		if (came == NULL) {
			fprintf(stderr, "  %s\n", why);
			continue;
		}
		making->of[making->n_pages] = url;
		making->pages[making->n_pages++] = came;
	}
}

static void probe(struct making *making)
{
	struct result result;

	if (making->n_pages == 0)
		return;
	site_order(&making->site, TASK_PROBE, making->pages, making->n_pages,
	    NULL, &result);
	if (result.n_records > 0)
		making->told = json_loads(result.records[0].json, 0, NULL);
	else
		fprintf(
		    stderr, "the pages cannot be read: %s\n", result.reason);
}

/* "www." is no part of what a site is called. */
static const char *agency_of(struct making *making, const char *host)
{
	return strncmp(host, "www.", 4) == 0
	    ? arena_dup(&making->site.arena, host + 4)
	    : host;
}

static void look(struct making *making)
{
	struct scaffold *scaffold = &making->scaffold;
	struct discovery *discovery = &making->discovery;
	struct source *source;
	struct conf *conf;

	conf = tool_conf(making->conf);
	source = conf_bare(conf, "feed");
	source->zone = "UTC";
	source->allow_private = making->private;
	site_open(&making->site, conf, source);
	discovery_make(&making->site, making->url, discovery);
	if (!discovery->answered)
		tool_die(EX_UNAVAILABLE, "%s: %s", making->url, discovery->why);
	if (discovery->why != NULL)
		fprintf(stderr, "%s: %s\n", making->url, discovery->why);
	pages_take(making);
	probe(making);
	scaffold->host = url_host(&making->site.arena, making->url);
	if (scaffold->host != NULL)
		scaffold->agency = agency_of(making, scaffold->host);
	scaffold->feed = discovery->feed != NULL ? discovery->feed->url : NULL;
	scaffold->boxes = discovery->boxes;
	scaffold->told = making->told;
	scaffold->agency =
	    text_or(json_string_value(json_object_get(making->told, "site")),
		scaffold->agency);
}

/* ---- writing ---- */

/* All folders on the way to a file. */
static void folders_make(const char *path)
{
	char *copy = strdup(path), *slash = copy;

	while (copy != NULL && (slash = strchr(slash + 1, '/')) != NULL) {
		*slash = '\0';
		if (mkdir(copy, 0777) != 0 && errno != EEXIST)
			tool_die(EX_CANTCREAT, "%s: %s", copy, strerror(errno));
		*slash = '/';
	}
	free(copy);
}

/* What is there already is somebody's work. */
static FILE *file_new(const char *path)
{
	FILE *file;

	folders_make(path);
	file = fopen(path, "wx");
	if (file == NULL)
		tool_die(EX_CANTCREAT, "%s: %s", path,
		    errno == EEXIST ? "it is there already: remove it, or "
				      "take another name"
				    : strerror(errno));
	printf("  %s\n", path);
	return file;
}

static void file_close(FILE *file, const char *path)
{
	if (ferror(file) || fclose(file) != 0)
		tool_die(EX_IOERR, "%s: %s", path, strerror(errno));
}

static const char *path_of(struct making *making, const char *in_tree,
    const char *file, const char *suffix)
{
	struct buf path = { 0 };
	const char *copy;

	buf_printf(&path, "%s/%s%s",
	    making->folder != NULL ? making->folder : in_tree, file, suffix);
	copy = arena_dup(&making->site.arena, path.bytes);
	buf_free(&path);
	return copy;
}

static void bytes_write(const char *path, const struct came *came)
{
	FILE *file = file_new(path);

	fwrite(came->bytes, 1, came->len, file);
	file_close(file, path);
}

static bool is_json(const struct came *came)
{
	return came->type != NULL && strstr(came->type, "json") != NULL;
}

static void line_write(FILE *lines, const char *path, const char *url)
{
	json_t *line = json_pack("{s:s, s:s}", "path", path, "url", url);

	json_dumpf(line, lines, JSON_COMPACT | JSON_ENSURE_ASCII);
	putc('\n', lines);
	json_decref(line);
}

/* The feed or listing, and the pages; what comes of them is filled in later. */
static void pages_write(struct making *making, const char *folder)
{
	const struct discovery *discovery = &making->discovery;
	const char *path = path_of(making, folder, "expected", ".jsonl");
	const char *feed = discovery->boxes != NULL ? "listing.html"
	    : is_json(discovery->feed)              ? "feed.json"
						    : "feed.xml";
	FILE *lines = file_new(path);
	size_t i;

	bytes_write(path_of(making, folder, feed, ""), discovery->feed);
	line_write(lines, feed, discovery->feed->url);
	for (i = 0; i < making->n_pages; i++) {
		char name[32];

		snprintf(name, sizeof(name), "page-%zu.html", i + 1);
		bytes_write(
		    path_of(making, folder, name, ""), making->pages[i]);
		line_write(lines, name, making->of[i]);
	}
	file_close(lines, path);
}

static void files_write(struct making *making)
{
	const struct scaffold *scaffold = &making->scaffold;
	char folder[128];
	const char *path;
	FILE *file;

	puts("Written:");
	snprintf(folder, sizeof(folder), "tests/plugins/%s", making->name);
	path = path_of(making, "conf/sources.d", making->name, ".conf");
	file = file_new(path);
	scaffold_conf(file, scaffold, making->alone);
	file_close(file, path);
	if (!making->alone) {
		path = path_of(making, "plugins/sources", making->name, ".c");
		file = file_new(path);
		scaffold_source(file, scaffold);
		file_close(file, path);
	}
	if (making->folder != NULL) {
		path = path_of(making, "", "Makefile", "");
		file = file_new(path);
		scaffold_makefile(file, scaffold, making->alone);
		file_close(file, path);
	}
	if (making->discovery.feed != NULL)
		pages_write(making, folder);
}

/* ---- telling ---- */

/* The first words, in one line. */
static void example_print(const char *text)
{
	int n = 0;

	printf("  \"");
	for (; *text != '\0' && *text != '\n'; text++) {
		if ((*text & 0xc0) != 0x80 && n++ == 32)
			break;
		putchar(*text);
	}
	puts(*text != '\0' ? "…\"" : "\"");
}

static void places_print(const struct making *making)
{
	int i;

	if (making->told == NULL)
		return;
	printf("Found on %zu page%s:\n", making->n_pages,
	    making->n_pages == 1 ? "" : "s");
	for (i = 0; i < N_PLACES; i++) {
		struct place place =
		    scaffold_place(making->told, i, i == PLACE_TEXT);

		if (place.how == NULL) {
			printf("  %-8s nowhere\n", scaffold_fields[i]);
			continue;
		}
		printf("  %-8s %d of %d  %s %s", scaffold_fields[i],
		    place.matched, place.pages, place.from, place.how);
		example_print(place.example);
	}
}

static void next_print(const struct making *making)
{
	const char *folder = making->folder != NULL ? making->folder : ".";

	puts("Next:");
	if (making->discovery.feed == NULL)
		puts("  write its feed into the .conf, and save a page of it "
		     "beside expected.jsonl");
	printf("  look at zone = %s, for times that name none\n",
	    making->scaffold.zone);
	if (making->folder != NULL)
		printf("  make -C %s test, and read what came: "
		       "%s/expected.jsonl\n",
		    folder, folder);
	else
		printf("  make && dateline plugin test %s, and read what "
		       "came: tests/plugins/%s/expected.jsonl\n",
		    making->name, making->name);
	puts("  save a page that looks different: an old one, a gallery, one "
	     "without an author");
}

/* ---- the whole ---- */

/* `make` in the tree, or in the folder of the source; whether it went well. */
static bool build(const struct making *making)
{
	char target[128], make[] = "make", quiet[] = "-s", in[] = "-C";
	char *argv[] = { make, quiet, in,
		(char *)(making->folder != NULL ? making->folder : "."), target,
		NULL };
	int status = -1;
	pid_t process;

	snprintf(target, sizeof(target), "%s%s.so",
	    making->folder != NULL ? "" : "build/plugins/", making->name);
	fflush(stdout);
	if (posix_spawnp(&process, make, NULL, NULL, argv, environ) == 0)
		waitpid(process, &status, 0);
	return status == 0;
}

/* What comes of the pages is what is expected, until somebody knows better. */
static int expect(const struct making *making)
{
	char update[] = "--update", test[] = "test", conf[] = "--conf";
	char *argv[] = { test, update,
		(char *)(making->folder != NULL ? making->folder
						: making->name),
		conf, (char *)making->conf, NULL };

	if (making->discovery.feed == NULL)
		return 0;
	if (!making->alone && !build(making)) {
		puts("It was not built, so nothing has been tried.");
		return EX_SOFTWARE;
	}
	puts("Tried:");
	optind = 0;
	return plugin_test(making->conf != NULL ? 5 : 3, argv);
}

static void options(struct making *making, int argc, char **argv)
{
	static const struct option known[] = {
		{ "url", required_argument, NULL, 'u' },
		{ "conf-only", no_argument, NULL, 'o' },
		{ "in", required_argument, NULL, 'i' },
		{ "allow-private", no_argument, NULL, 'p' },
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 'u': making->url = optarg; break;
		case 'o': making->alone = true; break;
		case 'i': making->folder = optarg; break;
		case 'p': making->private = true; break;
		case 'c': making->conf = optarg; break;
		default: plugin_usage("new");
		}
	}
	if (optind != argc - 1)
		plugin_usage("new");
	making->name = argv[optind];
	if (!scaffold_name_is(making->name))
		tool_die(EX_USAGE,
		    "%s: a name has small letters, digits, - and _, and "
		    "begins with a letter",
		    making->name);
}

/* Outside of a tree the source gets a folder of its own. */
static bool is_tree(void)
{
	return access("plugins/sources", W_OK) == 0 &&
	    access("conf/sources.d", W_OK) == 0;
}

int plugin_new(int argc, char **argv)
{
	struct making making = { 0 };
	int status;

	options(&making, argc, argv);
	if (making.folder == NULL && !is_tree())
		making.folder = making.name;
	making.scaffold =
	    (struct scaffold){ .name = making.name, .private = making.private };
	if (making.url != NULL)
		look(&making);
	making.zone = scaffold_zone(making.scaffold.host);
	making.scaffold.zone = making.zone;
	places_print(&making);
	files_write(&making);
	status = expect(&making);
	next_print(&making);
	json_decref(making.told);
	if (making.url != NULL)
		site_close(&making.site);
	else
		arena_reset(&making.site.arena); /* the paths */
	free(making.zone);
	return status;
}
