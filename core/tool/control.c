/* `dateline status` and `dateline reload`: over the daemon's control socket. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <stddef.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/tool/tool.h"

static int control_connect(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (strlen(path) >= sizeof(to.sun_path))
		tool_die(EX_CONFIG, "%s: too long for a socket's path", path);
	strcpy(to.sun_path, path);
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) != 0)
		tool_die(EX_UNAVAILABLE, "%s: %s: is datelined running?", path,
		    strerror(errno));
	return fd;
}

/* The daemon's answer to a word; it waits as long as the daemon takes. */
static json_t *control_ask(const char *path, const char *word)
{
	int fd = control_connect(path);
	struct buf answer = { 0 };
	char piece[4096];
	json_t *object;
	ssize_t n;

	dprintf(fd, "%s\n", word);
	while ((n = read(fd, piece, sizeof(piece))) > 0)
		buf_add(&answer, piece, (size_t)n);
	close(fd);
	object = answer.len > 0 ? json_loads(answer.bytes, 0, NULL) : NULL;
	buf_free(&answer);
	if (object == NULL)
		tool_die(EX_UNAVAILABLE, "%s: the daemon gave no answer", path);
	return object;
}

static const char *options(
    const char *command, bool *json, int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ "json", no_argument, NULL, 'j' },
		{ NULL, 0, NULL, 0 },
	};
	const char *conf = NULL;
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (option == 'c')
			conf = optarg;
		else if (option == 'j' && json != NULL)
			*json = true;
		else
			tool_usage(command);
	}
	if (optind != argc)
		tool_usage(command);
	return conf;
}

static const char *text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value != NULL ? value : "";
}

static int64_t number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static void show_source(const json_t *source)
{
	printf("%-12s %-9s %7" PRId64 " %7" PRId64 " %7" PRId64 " %7" PRId64
	       " %7" PRId64 "  %s\n",
	    text(source, "source"), text(source, "state"),
	    number(source, "polls"), number(source, "pages"),
	    number(source, "records"), number(source, "revisions"),
	    number(source, "failed"), text(source, "last_error"));
}

static void show_status(const json_t *status)
{
	const json_t *sources = json_object_get(status, "sources"), *source;
	const json_t *spool = json_object_get(status, "spool");
	const json_t *entries = json_object_get(status, "entries");
	size_t i;

	printf("datelined %s, process %" PRId64 ", up %" PRId64 " s: %s\n",
	    text(status, "version"), number(status, "pid"),
	    number(status, "uptime"), text(status, "state"));
	printf("spool   %s, last line %" PRId64 "\n", text(spool, "folder"),
	    number(spool, "last_seq"));
	printf("entries %" PRId64 " pending, %" PRId64 " done, %" PRId64
	       " dropped, %" PRId64 " in quarantine\n\n",
	    number(entries, "pending"), number(entries, "done"),
	    number(entries, "dropped"), number(entries, "quarantined"));
	printf("%-12s %-9s %7s %7s %7s %7s %7s  %s\n", "source", "state",
	    "polls", "pages", "records", "revised", "failed", "last error");
	json_array_foreach(sources, i, source) show_source(source);
}

int status_main(int argc, char **argv)
{
	bool json = false;
	struct conf *conf = tool_conf(options("status", &json, argc, argv));
	json_t *status = control_ask(conf->control, "status");

	if (json) {
		json_dumpf(status, stdout, JSON_INDENT(2));
		putchar('\n');
	} else {
		show_status(status);
	}
	json_decref(status);
	conf_free(conf);
	return 0;
}

/* A configuration that cannot even be read is refused here and now, with the
   same words and the same status as the daemon would use. */
int reload_main(int argc, char **argv)
{
	struct conf *conf = tool_conf(options("reload", NULL, argc, argv));
	json_t *answer = control_ask(conf->control, "reload");
	bool fine = json_is_true(json_object_get(answer, "ok"));

	if (!fine)
		fprintf(stderr, "%s\n", text(answer, "complaints"));
	json_decref(answer);
	conf_free(conf);
	return fine ? 0 : EX_CONFIG;
}
