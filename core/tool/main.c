/* dateline: the tool. A table of subcommands, each in a file of its own. */
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/version.h"
#include "core/tool/libraries.h"
#include "core/tool/plugin.h"
#include "core/tool/tool.h"

const struct command commands[] = {
	{ "tail", tail_main,
	    "[-f] [-n N | --from SEQ|oldest|newest | --since WHEN]\n"
	    "                       [--until WHEN] [-o json|text|ninjs] "
	    "[--diff]\n"
	    "                       [--source S] [--agency A] [--place P]\n"
	    "                       [--lang L] [--grep RE] [--id ID]\n"
	    "                       [--published-since WHEN]\n"
	    "                       [--consumer NAME [--ack]]\n"
	    "                       [--spool DIR] [--conf FILE]",
	    "print records of the spool, and those to come" },
	{ "consumers", consumers_main,
	    "[--json | --forget NAME] [--spool DIR]\n"
	    "                       [--conf FILE]",
	    "who reads the spool, and how far they are" },
	{ "verify", verify_main,
	    "[--repair] [--json] [--spool DIR] [--conf FILE]",
	    "look for damage in the spool, and mend it" },
	{ "extract", extract_main,
	    "--source S [--url U] [--title T] [--type T] [--conf FILE]\n"
	    "                       FILE... | --manifest M.jsonl",
	    "make records of saved pages" },
	{ "explain", explain_main,
	    "[--source S] [--url U] [--title T] [--type T]\n"
	    "                       [--json] [--conf FILE] FILE|ID [FIELD]",
	    "how the fields of a record came about" },
	{ "feed", feed_main,
	    "--source S [--url U] [--type T] [--conf FILE] FILE",
	    "print the entries of a saved feed or listing" },
	{ "replay", replay_main,
	    "[--source S] [--since WHEN] [--id ID]\n"
	    "                       [--append] [--json] [--conf FILE]",
	    "extract again from pages that are kept, and compare" },
	{ "quarantine", quarantine_main,
	    "list [--source S] [--json] [--conf FILE]\n"
	    "                       | show [--page | --json] [--conf FILE] "
	    "NAME\n"
	    "                       | retry [--source S | NAME...] [--json]\n"
	    "                         [--conf FILE]\n"
	    "                       | clear [--source S] [--older-than AGE] | "
	    "--all\n"
	    "                         | NAME... [--conf FILE]",
	    "pages that were not understood: look, try again, clear" },
	{ "robots", robots_main, "--url URL [--agent NAME] [--json] FILE",
	    "what a saved robots.txt says of an address" },
	{ "plugin", plugin_main, "list | info NAME | test [NAME | DIR]...",
	    "what plugins there are, and what they make of test pages",
	    plugin_verbs },
	{ "date", date_main,
	    "[--zone IANA] [--lang L] [--base RFC3339]\n"
	    "                       [--conf FILE] [TEXT]",
	    "when a text is, in JSON, a line each; null where it is no date" },
	{ "fold", fold_main, "[--conf FILE] [TEXT]",
	    "texts in ASCII, a line each; of standard input without TEXT" },
	{ "places", places_main, "[--base DATE] [--conf FILE] [TEXT]",
	    "the places that texts name, a line each" },
	{ "dateline", dateline_main, "[--base DATE] [--conf FILE] [TEXT]",
	    "what beginnings of stories say of place, day and agency" },
	{ "check", check_main, "[--conf FILE]", "validate a configuration" },
	{ "sources", sources_main,
	    "list [--json] [--conf FILE]\n"
	    "                       | import [--dir FOLDER] [--dry-run]\n"
	    "                         [--conf FILE] FILE.opml",
	    "the configured sources, and new ones for its feeds" },
	{ "status", status_main,
	    "[--source S | --metrics] [--json] [--conf FILE]",
	    "how the daemon and its sources are" },
	{ "top", top_main, "[--conf FILE]",
	    "the status, live, in the whole of a terminal" },
	{ "poll", poll_main, "[--conf FILE] SOURCE...",
	    "look at the feeds of sources now" },
	{ "pause", pause_main, "[--conf FILE] SOURCE...",
	    "let sources rest, until they are resumed" },
	{ "resume", resume_main, "[--conf FILE] SOURCE...",
	    "let paused sources go on" },
	{ "reload", reload_main, "[--conf FILE]",
	    "let the daemon read its configuration again" },
	{ "state", state_main, "rebuild [--conf FILE]",
	    "make the daemon's state anew, from the spool" },
	{ "completion", completion_main, "bash|zsh|fish",
	    "a script with which a shell completes all this" },
	{ .name = NULL },
};

void tool_die(int status, const char *format, ...)
{
	va_list args;

	fflush(stdout);
	fprintf(stderr, "dateline: ");
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(status);
}

void tool_no_spool(const char *folder)
{
	if (errno == EPROTONOSUPPORT)
		tool_die(EX_DATAERR,
		    "%s: is of a later version of the format: use a newer "
		    "dateline",
		    folder);
	tool_die(EX_NOINPUT, "%s: %s", folder,
	    errno == EMEDIUMTYPE
		? "is no spool: it has no segments and no .lock"
		: strerror(errno));
}

void tool_usage(const char *name)
{
	const struct command *command = commands;

	while (strcmp(command->name, name) != 0)
		command++;
	fprintf(
	    stderr, "usage: dateline %s %s\n", command->name, command->usage);
	exit(EX_USAGE);
}

static void help(FILE *out)
{
	const struct command *command;

	fprintf(out, "usage: dateline COMMAND ...\n\n");
	for (command = commands; command->name != NULL; command++)
		fprintf(out, "  dateline %-9s %s\n%23s%s\n\n", command->name,
		    command->usage, "", command->about);
	fprintf(out, "See dateline(1).\n");
}

bool tool_beside(char path[PATH_MAX], const char *file)
{
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash;

	if (len < 0)
		return false;
	self[len] = '\0';
	slash = strrchr(self, '/');
	*slash = '\0';
	if (snprintf(path, PATH_MAX, "%s/%s", self, file) >= PATH_MAX)
		return false;
	return access(path, F_OK) == 0;
}

static struct conf *read_or_die(const char *path)
{
	struct conf *conf = conf_read(path, stderr);

	if (conf == NULL)
		exit(EX_CONFIG);
	return conf;
}

/* In a build tree nothing is where an installation would have it. */
static void conf_beside(struct conf *conf)
{
	struct dl_list *folder = arena_alloc(&conf->arena, sizeof(*folder));
	char path[PATH_MAX];

	if (!tool_beside(path, "dateline-worker"))
		return;
	conf->worker = arena_dup(&conf->arena, path);
	tool_beside(path, "plugins");
	folder->text = arena_dup(&conf->arena, path);
	conf->plugin_path = folder;
	tool_beside(path, "gazetteer.tsv");
	conf->gazetteer = arena_dup(&conf->arena, path);
}

/* The file that counts where none is named; NULL: there is none. */
static const char *conf_path(char near[PATH_MAX])
{
	static const char installed[] = SYSCONF "/dateline/datelined.conf";

	if (tool_beside(near, "../conf/datelined.conf"))
		return near;
	return access(installed, F_OK) == 0 ? installed : NULL;
}

struct conf *tool_conf(const char *path)
{
	char near[PATH_MAX];
	struct conf *conf;

	if (path != NULL)
		return read_or_die(path);
	path = conf_path(near);
	conf = path != NULL ? read_or_die(path) : conf_standard();
	conf_beside(conf);
	return conf;
}

struct conf *tool_glance(const char *path)
{
	char near[PATH_MAX];

	if (path == NULL)
		path = conf_path(near);
	return path != NULL ? conf_glance(path) : conf_standard();
}

void tool_daemon(char path[PATH_MAX])
{
	if (!tool_beside(path, "datelined"))
		strcpy(path, PREFIX "/sbin/datelined");
}

static int version(int n, char **options)
{
	bool verbose = n == 1 && strcmp(options[0], "--verbose") == 0;

	if (n > 0 && !verbose) {
		fprintf(stderr, "usage: dateline --version [--verbose]\n");
		return EX_USAGE;
	}
	version_print("dateline", tool_libraries, verbose);
	return 0;
}

int main(int argc, char **argv)
{
	const struct command *command;

	setlocale(LC_CTYPE, "C.UTF-8");
	/* Those of a reload, which systemd starts, cannot be read by it. */
	unsetenv("CREDENTIALS_DIRECTORY");
	if (argc < 2) {
		help(stderr);
		return EX_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		help(stdout);
		return 0;
	}
	if (strcmp(argv[1], "--version") == 0) {
		return version(argc - 2, argv + 2);
	}
	for (command = commands; command->name != NULL; command++) {
		if (strcmp(command->name, argv[1]) == 0)
			return command->run(argc - 1, argv + 1);
	}
	fprintf(stderr, "dateline: no command \"%s\"; see dateline --help\n",
	    argv[1]);
	return EX_USAGE;
}
