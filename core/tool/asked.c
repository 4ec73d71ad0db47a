/* What `dateline tail` was asked for. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "core/base/time.h"
#include "core/tool/asked.h"
#include "core/tool/tool.h"
#include "core/tool/when.h"

#define LAST_STANDARD 10 /* lines, as tail(1) has it */
#define LAST_MOST 1000000

enum said { /* options with a value, but for those of the filter */
	FROM,
	SINCE,
	UNTIL,
	LAST,
	OUTPUT,
	CONSUMER,
	FOLDER,
	CONF,
	SAID,
};

enum { FILTER = 256 }; /* its options, behind all letters */

static void want(struct asked *asked, enum filter_by by, const char *value)
{
	const char *wrong = filter_want(&asked->filter, by, value, time_now());

	if (wrong != NULL)
		tool_die(
		    EX_USAGE, "--%s %s: %s", filter_option(by), value, wrong);
}

static void take(struct asked *asked, const char **said, int option)
{
	if (option >= FILTER)
		want(asked, (enum filter_by)(option - FILTER), optarg);
	else if (option < SAID)
		said[option] = optarg;
	else if (option == 'f')
		asked->follow = true;
	else if (option == 'n')
		said[LAST] = optarg;
	else if (option == 'o')
		said[OUTPUT] = optarg;
	else if (option == 'a')
		asked->by_hand = true;
	else if (option == 'd')
		asked->diff = true;
	else
		tool_usage("tail");
}

static void options(
    struct asked *asked, const char **said, int argc, char **argv)
{
	struct option known[SAID + FILTERS + 3] = {
		{ "from", required_argument, NULL, FROM },
		{ "since", required_argument, NULL, SINCE },
		{ "until", required_argument, NULL, UNTIL },
		{ "consumer", required_argument, NULL, CONSUMER },
		{ "ack", no_argument, NULL, 'a' },
		{ "diff", no_argument, NULL, 'd' },
		{ "spool", required_argument, NULL, FOLDER },
		{ "conf", required_argument, NULL, CONF },
	};
	struct option *more = known;
	int option, by;

	while (more->name != NULL)
		more++;
	for (by = 0; by < FILTERS; by++)
		*more++ = (struct option){ filter_option((enum filter_by)by),
			required_argument, NULL, FILTER + by };
	while ((option = getopt_long(argc, argv, "fn:o:", known, NULL)) != -1)
		take(asked, said, option);
	if (optind != argc)
		tool_usage("tail");
}

/* What was said must go together. */
static void check(const struct asked *asked, const char *const *said)
{
	bool from = said[FROM] != NULL, since = said[SINCE] != NULL;
	bool last = said[LAST] != NULL, consumer = said[CONSUMER] != NULL;

	if (from + since + last > 1)
		tool_die(EX_USAGE, "-n, --from and --since exclude each other");
	if (consumer && last)
		tool_die(EX_USAGE,
		    "-n is not for a consumer: --from or --since say where a "
		    "new one begins");
	if (asked->by_hand && !consumer)
		tool_die(EX_USAGE, "--ack wants a --consumer");
}

static bool is_number(const char *text)
{
	return *text != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static const char *from_said(const char *said)
{
	if (said != NULL && strcmp(said, "oldest") != 0 &&
	    strcmp(said, "newest") != 0 && !is_number(said))
		tool_die(EX_USAGE, "--from %s: want a number, oldest or newest",
		    said);
	return said;
}

static int64_t time_said(
    const char *option, const char *said, int64_t otherwise)
{
	int64_t millis = otherwise;

	if (said != NULL && !when_parse(said, time_now(), &millis))
		tool_die(EX_USAGE, "%s %s: want " WHEN_WANT, option, said);
	return millis;
}

/* Who asks for a story wants to know it from its begin. */
static long last_said(const struct asked *asked, const char *const *said)
{
	long last;

	if (said[LAST] == NULL)
		return said[FROM] != NULL || said[SINCE] != NULL ||
			said[CONSUMER] != NULL ||
			filter_asks_ids(&asked->filter)
		    ? ASKED_NO_LAST
		    : LAST_STANDARD;
	last = strtol(said[LAST], NULL, 10);
	if (!is_number(said[LAST]) || last > LAST_MOST)
		tool_die(EX_USAGE, "-n %s: want a number, %d at most",
		    said[LAST], LAST_MOST);
	return last;
}

void asked_read(struct asked *asked, int argc, char **argv)
{
	const char *said[SAID] = { NULL };

	*asked = (struct asked){ .follow = false };
	options(asked, said, argc, argv);
	check(asked, said);
	asked->from = from_said(said[FROM]);
	asked->since = time_said("--since", said[SINCE], ASKED_NO_TIME);
	asked->last = last_said(asked, said);
	asked->until = time_said("--until", said[UNTIL], ASKED_NO_END);
	asked->consumer = said[CONSUMER];
	if (!output_open(&asked->output, said[OUTPUT], asked->diff))
		tool_die(EX_USAGE, "-o %s: want json%s", said[OUTPUT],
		    asked->diff ? " or text for --diff" : ", text or ninjs");
	asked->folder = said[FOLDER];
	if (asked->folder == NULL) {
		asked->conf = tool_conf(said[CONF]);
		asked->folder = asked->conf->spool;
	}
}

void asked_free(struct asked *asked)
{
	filter_free(&asked->filter);
	conf_free(asked->conf);
}
