/*
 * The stand-in newswire: five agencies on loopback, each under a host of its
 * own, that publish and correct invented news. README.md says what they serve.
 */
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/wire/desk.h"
#include "tests/wire/file.h"
#include "tests/wire/misdeed.h"
#include "tests/wire/raw.h"
#include "tests/wire/server.h"

enum { TICK = 50 * 1000 * 1000 }; /* nanoseconds between looks */

struct options {
	unsigned short port;
	const char *stories, *address;
	unsigned seed, shown;
	struct pace pace;
	bool control;
};

static void usage(void)
{
	fputs("usage: wire [--port N] [--stories DIR] [--first N]\n"
	      "    [--every SECONDS] [--after SECONDS] [--control]\n"
	      "    [--seed N] [--shown N] [--address ADDRESS] | --misdeeds\n",
	    stderr);
	exit(64);
}

static double number(const char *text, double most)
{
	char *end;
	double value = strtod(text, &end);

	if (end == text || *end != '\0' || !(value >= 0 && value <= most))
		usage();
	return value;
}

static void option_read(struct options *options, int which)
{
	switch (which) {
	case 'p': options->port = (unsigned short)number(optarg, 65535); break;
	case 's': options->stories = optarg; break;
	case 'f': options->pace.first = (int)number(optarg, MAX_STORIES); break;
	case 'e': options->pace.every = number(optarg, 1e6); break;
	case 'a': options->pace.after = number(optarg, 1e6); break;
	case 'c': options->control = true; break;
	case 'd': options->seed = (unsigned)number(optarg, 1e9); break;
	case 'n': options->shown = (unsigned)number(optarg, 1e9); break;
	case 'i': options->address = optarg; break;
	case 'm': misdeeds_write(stdout); exit(0);
	default: usage();
	}
}

static void options_read(struct options *options, int argc, char **argv)
{
	static const struct option known[] = {
		{ "port", required_argument, NULL, 'p' },
		{ "stories", required_argument, NULL, 's' },
		{ "first", required_argument, NULL, 'f' },
		{ "every", required_argument, NULL, 'e' },
		{ "after", required_argument, NULL, 'a' },
		{ "control", no_argument, NULL, 'c' },
		{ "seed", required_argument, NULL, 'd' },
		{ "shown", required_argument, NULL, 'n' },
		{ "address", required_argument, NULL, 'i' },
		{ "misdeeds", no_argument, NULL, 'm' },
		{ NULL, 0, NULL, 0 },
	};
	int which;

	while ((which = getopt_long(argc, argv, "", known, NULL)) != -1)
		option_read(options, which);
	if (optind != argc)
		usage();
}

/* The pages lie beside the stories. */
static void wire_read(struct wire *wire, const char *stories)
{
	char *pages = format("%s/../pages", stories);

	hosts_read(&wire->hosts, pages);
	stories_read(&wire->stories, stories);
	free(pages);
}

/* Until a signal comes, what is due comes out. */
static void wire_run(struct wire *wire, const sigset_t *signals)
{
	const struct timespec tick = { .tv_nsec = TICK };

	while (sigtimedwait(signals, NULL, &tick) < 0) {
		pthread_mutex_lock(&wire->lock);
		desk_tick(wire, clock_now());
		pthread_mutex_unlock(&wire->lock);
	}
}

static void wire_free(struct wire *wire)
{
	stories_free(&wire->stories);
	bulk_free(&wire->bulk);
	score_free(&wire->score);
	hosts_free(&wire->hosts);
	pthread_mutex_destroy(&wire->lock);
	free(wire);
}

/* Before the first thread, so that all of them leave these to us. */
static void signals_block(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGTERM);
	sigaddset(signals, SIGINT);
	pthread_sigmask(SIG_BLOCK, signals, NULL);
	signal(SIGPIPE, SIG_IGN);
}

int main(int argc, char **argv)
{
	struct options options = {
		.stories = "tests/wire/stories",
		.address = "127.0.0.1",
		.seed = 1,
		.shown = UINT_MAX,
		.pace = { .first = -1, .every = 3, .after = 2 },
	};
	struct wire *wire = must(calloc(1, sizeof(*wire)));
	struct MHD_Daemon *server;
	struct raw *raw;
	sigset_t signals;

	options_read(&options, argc, argv);
	wire->pace = options.pace;
	wire->control = options.control;
	wire->bulk.seed = options.seed;
	wire->bulk.shown = options.shown;
	pthread_mutex_init(&wire->lock, NULL);
	wire_read(wire, options.stories);
	desk_open(wire);
	misdeeds_own(&wire->owners);

	signals_block(&signals);
	server = server_start(wire, options.port);
	raw = raw_start(wire, options.address);
	printf("misdeeds on %s:%u\n", options.address, wire->raw);
	printf("misdeeds on [::1]:%u\n", wire->six);
	printf("listening on 127.0.0.1:%u\n", wire->port);
	fflush(stdout);
	wire_run(wire, &signals);

	raw_stop(raw);
	server_stop(server);
	wire_free(wire);
	return 0;
}
