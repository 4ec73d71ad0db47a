/* `dateline poll`, `pause` and `resume`: what an operator asks of sources. */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "core/base/buf.h"
#include "core/tool/control.h"
#include "core/tool/tool.h"

/* The daemon takes all up to the end of the line for a name. */
static bool is_name(const char *name)
{
	return *name != '\0' && strchr(name, '\n') == NULL;
}

/* False where the daemon refuses: it says why. */
static bool order(
    const struct conf *conf, const char *command, const char *source)
{
	struct buf word = { 0 };
	json_t *answer;
	const json_t *feeds;
	bool fine;

	buf_printf(&word, "%s %s", command, source);
	answer = control_ask(conf->control, word.bytes, CONTROL_SOON);
	fine = json_is_true(json_object_get(answer, "ok"));
	feeds = json_object_get(answer, "feeds");
	if (!fine)
		fprintf(stderr, "dateline: %s\n",
		    json_string_value(json_object_get(answer, "complaints")));
	else if (feeds != NULL)
		printf("%s: feeds asked now: %" JSON_INTEGER_FORMAT "\n",
		    source, json_integer_value(feeds));
	json_decref(answer);
	buf_free(&word);
	return fine;
}

static int orders_run(const char *command, int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	const char *path = NULL;
	struct conf *conf;
	bool fine = true;
	int option, i;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (option != 'c')
			tool_usage(command);
		path = optarg;
	}
	for (i = optind; i < argc; i++)
		fine &= is_name(argv[i]);
	if (optind == argc || !fine)
		tool_usage(command);
	conf = tool_glance(path);
	for (i = optind; i < argc; i++)
		fine &= order(conf, command, argv[i]);
	conf_free(conf);
	return fine ? 0 : EX_UNAVAILABLE;
}

int poll_main(int argc, char **argv)
{
	return orders_run("poll", argc, argv);
}

int pause_main(int argc, char **argv)
{
	return orders_run("pause", argc, argv);
}

int resume_main(int argc, char **argv)
{
	return orders_run("resume", argc, argv);
}
