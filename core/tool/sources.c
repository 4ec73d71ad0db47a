/* `dateline sources`: those that are configured, and new ones from an OPML. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/url.h"
#include "core/tool/newsource.h"
#include "core/tool/opml.h"
#include "core/tool/tool.h"

/* Bytes of an OPML file: ten times the longest list that anybody has kept, of
   ten thousand feeds. */
#define OPML_MOST ((size_t)32 << 20)

struct asking {
	const char *conf_path, *folder;
	bool json, dry;
	const char *file;

	struct conf *conf;
	struct arena arena;
	const struct dl_list *given; /* names, in this run */
	int written, known, left_out;
};

/* ---- list ---- */

/* "5min", in the largest unit that says it. */
static const char *interval(char text[32], int64_t millis)
{
	static const struct {
		const char *name;
		int64_t is;
	} units[] = { { "d", 86400000 }, { "h", 3600000 }, { "min", 60000 },
		{ "s", 1000 }, { "ms", 1 } };
	size_t i = 0;

	while (millis % units[i].is != 0)
		i++;
	snprintf(
	    text, 32, "%" PRId64 "%s", millis / units[i].is, units[i].name);
	return text;
}

static void print_source(
    struct asking *asking, const struct source *source, int name, int plugin)
{
	const struct dl_list *feed = source->feeds;
	char least[32], most[32], both[72];

	interval(least, source->min_interval);
	interval(most, source->max_interval);
	snprintf(both, sizeof(both), "%s%s%s", least,
	    strcmp(least, most) != 0 ? " to " : "",
	    strcmp(least, most) != 0 ? most : "");
	printf("%-*s %-*s %-7s %-13s %s\n", name, source->name, plugin,
	    source->plugin, source->enabled ? "yes" : "no", both,
	    feed != NULL ? url_shown(&asking->arena, feed->text) : "-");
	for (; feed != NULL && feed->next != NULL; feed = feed->next)
		printf("%*s%s\n", name + plugin + 24, "",
		    url_shown(&asking->arena, feed->next->text));
}

static json_t *source_json(struct asking *asking, const struct source *source)
{
	const struct dl_list *feed;
	json_t *feeds = json_array();

	for (feed = source->feeds; feed != NULL; feed = feed->next)
		json_array_append_new(
		    feeds, json_string(url_shown(&asking->arena, feed->text)));
	return json_pack("{s:s, s:s, s:s, s:b, s:s?, s:s?, s:I, s:I, s:o}",
	    "source", source->name, "file", source->file, "plugin",
	    source->plugin, "enabled", source->enabled, "agency",
	    source->agency, "zone", source->zone, "min_interval_ms",
	    (json_int_t)source->min_interval, "max_interval_ms",
	    (json_int_t)source->max_interval, "feeds", feeds);
}

static void print_json(struct asking *asking)
{
	const struct source *source = asking->conf->sources;

	for (; source != NULL; source = source->next) {
		json_t *object = source_json(asking, source);

		if (object == NULL)
			tool_die(
			    EX_DATAERR, "%s: it is not UTF-8", source->file);
		json_dumpf(object, stdout, JSON_COMPACT);
		putchar('\n');
		json_decref(object);
	}
}

static void longest(int *width, const char *text)
{
	if ((int)strlen(text) > *width)
		*width = (int)strlen(text);
}

static int list(struct asking *asking)
{
	const struct source *source, *first = asking->conf->sources;
	int name = (int)strlen("source"), plugin = (int)strlen("plugin");

	if (asking->json) {
		print_json(asking);
		return 0;
	}
	for (source = first; source != NULL; source = source->next) {
		longest(&name, source->name);
		longest(&plugin, source->plugin);
	}
	if (first != NULL)
		printf("%-*s %-*s %-7s %-13s %s\n", name, "source", plugin,
		    "plugin", "enabled", "interval", "feeds");
	for (source = first; source != NULL; source = source->next)
		print_source(asking, source, name, plugin);
	return 0;
}

/* ---- import ---- */

static void complain(struct asking *asking, const struct opml_feed *feed,
    const char *what, const char *where)
{
	fprintf(stderr, "%s:%ld: %s: %s %s\n", asking->file, feed->line,
	    url_shown(&asking->arena, feed->url), what, where);
}

/* The source that has this feed; NULL: there is none. */
static const struct source *source_of(
    struct asking *asking, const struct opml_feed *feed)
{
	const struct source *source = asking->conf->sources;
	const struct dl_list *one;

	for (; source != NULL; source = source->next) {
		for (one = source->feeds; one != NULL; one = one->next) {
			if (newsource_same(
				&asking->arena, one->text, feed->url))
				return source;
		}
	}
	return NULL;
}

static void file_read(const char *path, struct buf *bytes)
{
	FILE *file = fopen(path, "rb");
	char piece[65536];
	size_t n;

	if (file == NULL)
		tool_die(EX_NOINPUT, "%s: %s", path, strerror(errno));
	while ((n = fread(piece, 1, sizeof(piece), file)) > 0) {
		buf_add(bytes, piece, n);
		if (bytes->len > OPML_MOST)
			tool_die(EX_DATAERR,
			    "%s: larger than 32 MiB: break it into several",
			    path);
	}
	if (ferror(file))
		tool_die(EX_NOINPUT, "%s: %s", path, strerror(errno));
	fclose(file);
}

static const char *path_of(
    struct asking *asking, const char *before, const char *name)
{
	struct buf path = { 0 };
	const char *copy;

	buf_printf(&path, "%s/%s%s.conf", asking->folder, before, name);
	copy = arena_dup(&asking->arena, path.bytes);
	buf_free(&path);
	return copy;
}

/* "gazette", then "gazette-2" ... */
static const char *name_of(struct asking *asking, const char *first, int n)
{
	struct buf name = { 0 };
	const char *copy;

	buf_text(&name, first);
	if (n > 1)
		buf_printf(&name, "-%d", n);
	copy = arena_dup(&asking->arena, name.bytes);
	buf_free(&name);
	return copy;
}

/* A folder that is not the configuration's may have it from the last time: the
   path, or NULL. */
static const char *written_before(
    struct asking *asking, const struct opml_feed *feed)
{
	const char *first = newsource_name(&asking->arena, feed), *path;
	struct buf line = { 0 }, file = { 0 };
	bool found = false;
	int n = 0;

	buf_printf(&line, "\nfeed = %s\n", feed->url);
	do {
		path = path_of(asking, "", name_of(asking, first, ++n));
		file.len = 0;
		if (access(path, F_OK) != 0)
			break;
		file_read(path, &file);
		found = file.len > 0 && strstr(file.bytes, line.bytes) != NULL;
	} while (!found);
	buf_free(&line);
	buf_free(&file);
	return found ? path : NULL;
}

/* Whether another outline has shown it before. */
static bool is_twice(struct asking *asking, const struct opml_feed *first,
    const struct opml_feed *feed)
{
	while (first != feed &&
	    !newsource_same(&asking->arena, first->url, feed->url))
		first = first->next;
	return first != feed;
}

static bool is_given(const struct asking *asking, const char *name)
{
	const struct dl_list *given = asking->given;

	while (given != NULL && strcmp(given->text, name) != 0)
		given = given->next;
	return given != NULL;
}

_Noreturn static void write_die(const char *path)
{
	tool_die(errno == EACCES || errno == EROFS ? EX_NOPERM : EX_IOERR,
	    "%s: %s", path, strerror(errno));
}

/* A daemon that reloads just now sees all of it or nothing; false: somebody has
   the name. */
static bool file_write(
    struct asking *asking, const char *name, const struct buf *text)
{
	const char *new = path_of(asking, ".new-", name);
	const char *path = path_of(asking, "", name);
	int fd = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	bool fine;

	if (fd < 0 || write(fd, text->bytes, text->len) != (ssize_t)text->len ||
	    fsync(fd) != 0)
		write_die(new);
	close(fd);
	fine = link(new, path) == 0;
	if (!fine && errno != EEXIST)
		write_die(path);
	unlink(new);
	return fine;
}

static bool is_taken(struct asking *asking, const char *name)
{
	return is_given(asking, name) ||
	    access(path_of(asking, "", name), F_OK) == 0;
}

static const char *name_take(
    struct asking *asking, const char *first, const struct buf *text)
{
	struct dl_list *given = arena_alloc(&asking->arena, sizeof(*given));
	int n = 0;

	do
		given->text = name_of(asking, first, ++n);
	while (is_taken(asking, given->text) ||
	    (!asking->dry && !file_write(asking, given->text, text)));
	given->next = asking->given;
	asking->given = given;
	return given->text;
}

static void feed_import(struct asking *asking, const struct opml_feed *feed)
{
	struct buf text = { 0 };
	const char *name;

	if (!newsource_put(&text, feed, asking->file)) {
		complain(asking, feed, "too long for", "a line of a .conf");
		asking->left_out++;
	} else {
		name = name_take(
		    asking, newsource_name(&asking->arena, feed), &text);
		printf("%s  %s\n", name, url_shown(&asking->arena, feed->url));
		asking->written++;
	}
	buf_free(&text);
}

/* Where it is already; NULL: it is new. */
static const char *whereabouts(struct asking *asking,
    const struct opml_feed *first, const struct opml_feed *feed)
{
	const struct source *source = source_of(asking, feed);

	if (source != NULL)
		return source->file;
	if (is_twice(asking, first, feed))
		return asking->file;
	return written_before(asking, feed);
}

static void feed_look(struct asking *asking, const struct opml_feed *first,
    const struct opml_feed *feed)
{
	const char *where = whereabouts(asking, first, feed);

	if (where == NULL) {
		feed_import(asking, feed);
		return;
	}
	complain(asking, feed, "it is there already, in", where);
	asking->known++;
}

static void print_sum(const struct asking *asking)
{
	printf("%d source%s %s%s", asking->written,
	    asking->written == 1 ? "" : "s",
	    asking->dry ? "would be written to " : "written to ",
	    asking->folder);
	if (asking->known > 0)
		printf(", %d there already", asking->known);
	if (asking->left_out > 0)
		printf(", %d left out", asking->left_out);
	putchar('\n');
}

static void folder_check(struct asking *asking)
{
	struct stat about;

	asking->folder = text_or(asking->folder, asking->conf->sources_folder);
	if (stat(asking->folder, &about) != 0)
		tool_die(EX_NOINPUT, "%s: %s", asking->folder, strerror(errno));
	if (!S_ISDIR(about.st_mode))
		tool_die(EX_NOINPUT, "%s: it is no folder", asking->folder);
}

static int import(struct asking *asking)
{
	const struct opml_feed *feed;
	struct buf bytes = { 0 };
	struct opml opml;
	bool fine;

	folder_check(asking);
	file_read(asking->file, &bytes);
	fine = opml_read(&asking->arena, text_or(bytes.bytes, ""), bytes.len,
	    asking->file, stderr, &opml);
	for (feed = opml.feeds; feed != NULL; feed = feed->next)
		feed_look(asking, opml.feeds, feed);
	if (fine)
		print_sum(asking);
	buf_free(&bytes);
	return opml.faults > 0 || asking->left_out > 0 ? EX_DATAERR : 0;
}

/* ---- the command ---- */

static const struct {
	const char *word;
	int (*act)(struct asking *asking);
	const char *options; /* that it has */
	int files;
} acts[] = { { "list", list, "cj", 0 }, { "import", import, "cdn", 1 } };

static size_t act_of(const char *word)
{
	size_t i = 0;

	while (i < sizeof(acts) / sizeof(acts[0]) &&
	    strcmp(acts[i].word, text_or(word, "")) != 0)
		i++;
	if (i == sizeof(acts) / sizeof(acts[0]))
		tool_usage("sources");
	return i;
}

static void options(struct asking *asking, size_t act, int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ "dir", required_argument, NULL, 'd' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ "json", no_argument, NULL, 'j' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (strchr(acts[act].options, option) == NULL)
			tool_usage("sources");
		switch (option) {
		case 'c': asking->conf_path = optarg; break;
		case 'd': asking->folder = optarg; break;
		case 'n': asking->dry = true; break;
		case 'j': asking->json = true; break;
		default: break;
		}
	}
	if (argc - optind != acts[act].files)
		tool_usage("sources");
	asking->file = argv[optind];
}

int sources_main(int argc, char **argv)
{
	struct asking asking = { .conf = NULL };
	size_t act = act_of(argv[1]);
	int status;

	signal(SIGPIPE, SIG_DFL);
	options(&asking, act, argc - 1, argv + 1);
	asking.conf = tool_conf(asking.conf_path);
	status = acts[act].act(&asking);
	arena_reset(&asking.arena);
	conf_free(asking.conf);
	return status;
}
