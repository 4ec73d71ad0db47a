/* `dateline status` and `dateline reload`: over the daemon's control socket. */
#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <stddef.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/time.h"
#include "core/tool/control.h"
#include "core/tool/report.h"
#include "core/tool/show.h"
#include "core/tool/tool.h"

/* -1 and errno. */
static int control_connect(const char *path, int seconds)
{
	const struct timeval patience = { .tv_sec = seconds };
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), error;

	if (strlen(path) >= sizeof(to.sun_path))
		tool_die(EX_CONFIG, "%s: too long for a socket's path", path);
	strcpy(to.sun_path, path);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0)
		return fd;
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

/* NULL: there was none. */
static json_t *answer_read(int fd, const char *word)
{
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
	return object;
}

json_t *control_look(const char *path, const char *word, int seconds)
{
	int fd = control_connect(path, seconds);

	return fd >= 0 ? answer_read(fd, word) : NULL;
}

static json_t *control_answer(int fd, const char *path, const char *word)
{
	json_t *object = answer_read(fd, word);

	if (object == NULL)
		tool_die(EX_UNAVAILABLE, "%s: the daemon gave no answer", path);
	return object;
}

json_t *control_try(const char *path, const char *word, int seconds)
{
	int fd = control_connect(path, seconds);

	if (fd >= 0)
		return control_answer(fd, path, word);
	if (errno != ENOENT && errno != ECONNREFUSED)
		tool_die(EX_UNAVAILABLE, "%s: %s", path, strerror(errno));
	return NULL;
}

json_t *control_ask(const char *path, const char *word, int seconds)
{
	int fd = control_connect(path, seconds);

	if (fd < 0)
		tool_die(EX_UNAVAILABLE, "%s: %s: is datelined running?", path,
		    strerror(errno));
	return control_answer(fd, path, word);
}

struct wish { /* what the command was called with */
	const char *conf;
	const char *source; /* NULL: all */
	bool json, metrics;
};

/* Only the status has more than a configuration. */
static struct wish options(
    const char *command, bool is_status, int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ "json", no_argument, NULL, 'j' },
		{ "metrics", no_argument, NULL, 'm' },
		{ "source", required_argument, NULL, 's' },
		{ NULL, 0, NULL, 0 },
	};
	struct wish wish = { .conf = NULL };
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (option == 'c')
			wish.conf = optarg;
		else if (option == 'j' && is_status)
			wish.json = true;
		else if (option == 'm' && is_status)
			wish.metrics = true;
		else if (option == 's' && is_status)
			wish.source = optarg;
		else
			tool_usage(command);
	}
	if (optind != argc)
		tool_usage(command);
	return wish;
}

static const char *text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value != NULL ? value : "";
}

static json_t *status_ask(const struct conf *conf, const char *word)
{
	json_t *status = control_ask(conf->control, word, CONTROL_SOON);

	if (json_is_false(json_object_get(status, "ok")))
		tool_die(EX_UNAVAILABLE, "%s: no status yet: %s", conf->control,
		    text(status, "complaints"));
	return status;
}

static int metrics_show(struct conf *conf)
{
	json_t *metrics = status_ask(conf, "metrics");

	fputs(text(metrics, "metrics"), stdout);
	json_decref(metrics);
	conf_free(conf);
	return 0;
}

int status_main(int argc, char **argv)
{
	const struct wish wish = options("status", true, argc, argv);
	struct conf *conf = tool_glance(wish.conf);
	json_t *status, *shown;
	bool colour = show_colour(stdout);

	if (wish.metrics)
		return metrics_show(conf);
	status = shown = status_ask(conf, "status");
	if (wish.source != NULL)
		shown = report_find(status, wish.source);
	if (shown == NULL)
		tool_die(EX_NOINPUT, "%s: the daemon has no such source",
		    wish.source);
	if (wish.json) {
		json_dumpf(shown, stdout, JSON_INDENT(2));
		putchar('\n');
	} else if (wish.source != NULL) {
		report_source(stdout, shown, time_now(), colour);
	} else {
		report_show(stdout, shown, time_now(), colour);
	}
	json_decref(status);
	conf_free(conf);
	return 0;
}

/* A configuration that cannot even be read is refused here and now, with the
   same words and the same status as the daemon would use. */
int reload_main(int argc, char **argv)
{
	struct conf *conf =
	    tool_conf(options("reload", false, argc, argv).conf);
	json_t *answer = control_ask(conf->control, "reload", CONTROL_WHENEVER);
	bool fine = json_is_true(json_object_get(answer, "ok"));

	if (!fine)
		fprintf(stderr, "%s\n", text(answer, "complaints"));
	json_decref(answer);
	conf_free(conf);
	return fine ? 0 : EX_CONFIG;
}
