/* `dateline tail`: the lines of a spool, and those to come. */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/tool/show.h"
#include "core/tool/tool.h"
#include "spool/spool.h"

#define LAST_STANDARD 10 /* lines, as tail(1) has it */

struct tail {
	const char *folder, *conf, *source, *output;
	const char *from; /* NULL: the last lines */
	long last;        /* how many; -1: not said */
	bool follow, text, colour;
	struct spool_reader *reader;

	char **kept; /* the last lines that count, as a ring */
	long n_kept;
};

static void print(const struct tail *tail, const char *text)
{
	json_t *line;

	if (!tail->text) {
		puts(text);
		return;
	}
	line = json_loads(text, 0, NULL);
	if (line != NULL)
		show_line(stdout, line, tail->colour);
	json_decref(line);
}

static bool counts(const struct tail *tail, const struct spool_line *line)
{
	const char *source;
	json_t *record;
	bool does;

	if (tail->source == NULL || line->seq == 0)
		return true;
	record = json_loads(line->text, 0, NULL);
	source = json_string_value(json_object_get(record, "source"));
	does = source != NULL && strcmp(source, tail->source) == 0;
	json_decref(record);
	return does;
}

/* Numbers that are gone are told in the stream, as a line of kind "gap". */
static void print_gap(
    const struct tail *tail, const struct spool_line *line, const char *why)
{
	char text[256];

	if (line->to < line->from)
		return;
	snprintf(text, sizeof(text),
	    "{\"v\":1,\"kind\":\"gap\",\"from\":%" PRIu64 ",\"to\":%" PRIu64
	    ",\"why\":\"%s\"}",
	    line->from, line->to, why);
	print(tail, text);
}

static void complain_damage(
    const struct tail *tail, const struct spool_line *line)
{
	fprintf(stderr, "dateline: %s/%s: damaged at byte %" PRIu64 "\n",
	    tail->folder, line->file, line->offset);
	print_gap(tail, line, "damaged");
}

static void keep(struct tail *tail, const char *text)
{
	char **place = &tail->kept[tail->n_kept++ % tail->last];

	free(*place);
	*place = strdup(text);
}

static void print_kept(struct tail *tail)
{
	long i = tail->n_kept > tail->last ? tail->n_kept - tail->last : 0;

	for (; i < tail->n_kept; i++)
		print(tail, tail->kept[i % tail->last]);
	for (i = 0; i < tail->last; i++)
		free(tail->kept[i]);
	free(tail->kept);
	tail->kept = NULL;
}

/* Reads to the end of what is there now. */
static void read_on(struct tail *tail)
{
	struct spool_line line;
	enum spool_status status;

	while ((status = spool_next(tail->reader, &line)) != SPOOL_END) {
		if (status == SPOOL_ERROR)
			tool_die(
			    EX_IOERR, "%s: %s", tail->folder, strerror(errno));
		else if (status == SPOOL_DAMAGED)
			complain_damage(tail, &line);
		else if (status == SPOOL_GAP)
			print_gap(tail, &line, "removed");
		else if (counts(tail, &line) && tail->kept != NULL)
			keep(tail, line.text);
		else if (counts(tail, &line))
			print(tail, line.text);
	}
	if (fflush(stdout) != 0)
		tool_die(EX_IOERR, "the output cannot be written: %s",
		    strerror(errno));
}

/* Without a filter the last lines are found by their numbers. */
static void start(struct tail *tail)
{
	uint64_t oldest, next, first;
	char *end;

	if (spool_bounds(tail->folder, &oldest, &next) != 0)
		tool_die(EX_NOINPUT, "%s: %s", tail->folder, strerror(errno));
	first = oldest;
	if (tail->from == NULL && tail->source == NULL) {
		first = next - oldest > (uint64_t)tail->last
		    ? next - (uint64_t)tail->last
		    : oldest;
	} else if (tail->from == NULL && tail->last > 0) {
		tail->kept = calloc((size_t)tail->last, sizeof(char *));
	} else if (tail->from == NULL || strcmp(tail->from, "newest") == 0) {
		first = next;
	} else if (strcmp(tail->from, "oldest") != 0) {
		first = strtoull(tail->from, &end, 10);
		if (*end != '\0' || end == tail->from || *tail->from == '-')
			tool_die(EX_USAGE,
			    "--from %s: want a number, oldest or newest",
			    tail->from);
	}
	if (first > next)
		tool_die(EX_DATAERR,
		    "--from %s: the last line of this spool is %" PRIu64,
		    tail->from, next - 1);
	spool_seek(tail->reader, first);
}

static void options(struct tail *tail, int argc, char **argv)
{
	static const struct option known[] = {
		{ "from", required_argument, NULL, 'r' },
		{ "source", required_argument, NULL, 's' },
		{ "spool", required_argument, NULL, 'd' },
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	char *end = (char *)"";
	int option;

	while ((option = getopt_long(argc, argv, "fn:o:", known, NULL)) != -1) {
		switch (option) {
		case 'f': tail->follow = true; break;
		case 'n': tail->last = strtol(optarg, &end, 10); break;
		case 'o': tail->output = optarg; break;
		case 'r': tail->from = optarg; break;
		case 's': tail->source = optarg; break;
		case 'd': tail->folder = optarg; break;
		case 'c': tail->conf = optarg; break;
		default: tool_usage("tail");
		}
	}
	if (optind != argc || *end != '\0' || tail->last < -1 ||
	    tail->last > 1000000 || (tail->last >= 0 && tail->from != NULL))
		tool_usage("tail");
	if (tail->last < 0)
		tail->last = LAST_STANDARD;
}

static void output(struct tail *tail)
{
	tail->text = isatty(STDOUT_FILENO);
	if (tail->output != NULL && strcmp(tail->output, "json") == 0)
		tail->text = false;
	else if (tail->output != NULL && strcmp(tail->output, "text") == 0)
		tail->text = true;
	else if (tail->output != NULL)
		tool_die(EX_USAGE, "-o %s: want json or text", tail->output);
	tail->colour = show_colour(stdout);
}

int tail_main(int argc, char **argv)
{
	struct tail tail = { .last = -1 };
	struct conf *conf = NULL;

	options(&tail, argc, argv);
	output(&tail);
	if (tail.folder == NULL) {
		conf = tool_conf(tail.conf);
		tail.folder = conf->spool;
	}
	tail.reader = spool_open(tail.folder);
	if (tail.reader == NULL)
		tool_die(EX_NOINPUT, "%s: %s", tail.folder, strerror(errno));
	start(&tail);
	read_on(&tail);
	if (tail.kept != NULL)
		print_kept(&tail);
	while (tail.follow) {
		fflush(stdout);
		spool_wait(tail.reader, -1);
		read_on(&tail);
	}
	spool_close(tail.reader);
	conf_free(conf);
	return 0;
}
