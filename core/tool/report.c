/* The daemon's status as people read it. */
#include <inttypes.h>
#include <string.h>

#include "core/base/advice.h"
#include "core/base/arena.h"
#include "core/base/time.h"
#include "core/tool/columns.h"
#include "core/tool/lag.h"
#include "core/tool/report.h"
#include "core/tool/when.h"

#define DIM "\033[2m"
#define RED "\033[31m"
#define GREEN "\033[32m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

/* Columns: with the others they are 80. */
#define SOURCE_MOST 21
#define STATE_MOST 18

struct report {
	FILE *out;
	int64_t now;
	bool colour;
	int source, state, host, plugin; /* widths of columns */
};

static const char *text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value != NULL ? value : "";
}

static int64_t number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

/* Some of it was said by servers, and must not speak to the terminal: neither
   in ASCII nor by the controls behind it, which begin with 0xC2. */
static void put(const struct report *report, const char *words)
{
	const unsigned char *at = (const unsigned char *)words;

	for (; *at != '\0'; at++) {
		bool high = *at == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0;

		if (*at < 0x20 || *at == 0x7f || high)
			fputc(' ', report->out);
		else
			fputc(*at, report->out);
		at += high;
	}
}

static void paint(const struct report *report, const char *colour)
{
	if (report->colour)
		fputs(colour, report->out);
}

/* "in 4min", "now"; "-" where it is not known. */
static void put_until(
    const struct report *report, const json_t *object, const char *key)
{
	char age[WHEN_AGE], words[WHEN_AGE + 4] = "-";
	int64_t then;

	if (time_parse(text(object, key), &then))
		snprintf(words, sizeof(words),
		    then > report->now ? "in %s" : "now",
		    when_age(age, then - report->now));
	fprintf(report->out, " %9s", words);
}

/* A line under what it is about. */
static void put_under(
    const struct report *report, const char *what, const char *words)
{
	if (*words == '\0')
		return;
	fprintf(report->out, "    %s", what);
	put(report, words);
	fputc('\n', report->out);
}

/* ---- how it is ---- */

enum rank { /* in this order they are shown */
	WRONG,
	ODD,
	OFF,
	FINE,
};

/* What is in no row is wrong. */
static enum rank rank(const json_t *object)
{
	static const struct {
		const char *state;
		enum rank rank;
	} ranks[] = {
		{ "fine", FINE },
		{ "disabled", OFF },
		{ "paused", OFF },
		{ "drifting", ODD },
		{ "stale", ODD },
	};
	const char *state = text(object, "state");
	size_t i;

	for (i = 0; i < sizeof(ranks) / sizeof(ranks[0]); i++) {
		if (strcmp(ranks[i].state, state) == 0)
			return ranks[i].rank;
	}
	return WRONG;
}

/* "failing http-5xx": with the class of what went wrong. */
static void put_state(const struct report *report, const json_t *object)
{
	static const char *const colours[] = {
		[WRONG] = RED,
		[ODD] = YELLOW,
		[OFF] = DIM,
		[FINE] = GREEN,
	};
	const char *state = text(object, "state");
	char words[STATE_MOST + 1];

	snprintf(words, sizeof(words), "%s %s", *state != '\0' ? state : "-",
	    text(object, "class"));
	paint(report, colours[rank(object)]);
	fprintf(report->out, " %-*s", report->state, words);
	paint(report, PLAIN);
}

/* What there is to be known, and what to do. */
static void put_trouble(const struct report *report, const json_t *object)
{
	const char *advice =
	    advice_of(text(object, "state"), text(object, "class"));

	put_under(report, "", text(object, "drift"));
	put_under(report, rank(object) == WRONG ? "" : "last error: ",
	    text(object, "last_error"));
	if (rank(object) != FINE)
		put_under(report, "to do: ", advice != NULL ? advice : "");
}

/* Columns that a field takes below its head: `least`, or more; a head that
   stands over nothing counts for nothing. */
static int wide(
    const json_t *object, const char *key, const char *head, int least)
{
	int len = (int)strlen(text(object, key)), over = (int)strlen(head);

	if (len > 0 && over > least)
		least = over;
	return len > least ? len : least;
}

static int widest(
    const json_t *objects, const char *key, const char *head, int least)
{
	const json_t *object;
	size_t i;

	json_array_foreach(objects, i, object) least =
	    wide(object, key, head, least);
	return least;
}

/* Columns for states with their classes. */
static int states_width(const json_t *objects, int least)
{
	const json_t *object;
	size_t i;

	json_array_foreach(objects, i, object)
	{
		int class = (int)strlen(text(object, "class"));
		int len = (int)strlen(text(object, "state"));

		len += class > 0 ? class + 1 : 0;
		least = len > least ? len : least;
	}
	return least < STATE_MOST ? least : STATE_MOST;
}

/* Over the columns that sources and feeds have in common. */
static void put_heads(const struct report *report, const char *first)
{
	fprintf(report->out, "%-*s %-*s", report->source, first, report->state,
	    "state");
}

/* ---- sources ---- */

static void source_heads(const struct report *report)
{
	put_heads(report, "source");
	fprintf(report->out, " %7s %7s %6s %6s %9s\n", "records", "revised",
	    "failed", "lag", "next poll");
}

/* Half of its records were fetched so long after they were published. */
static void put_lag(const struct report *report, const json_t *source)
{
	double lag = lag_quantile(json_object_get(source, "publish_lag"), 0.5);
	char age[WHEN_AGE] = "-";

	if (lag >= 0)
		when_age(age, (int64_t)(lag * 1000));
	fprintf(report->out, " %6s", age);
}

static void put_source(const struct report *report, const json_t *source)
{
	int took =
	    columns_fit(report->out, text(source, "source"), report->source);

	fprintf(report->out, "%*s", report->source - took, "");
	put_state(report, source);
	fprintf(report->out, " %7" PRId64 " %7" PRId64 " %6" PRId64,
	    number(source, "records"), number(source, "revisions"),
	    number(source, "failed"));
	put_lag(report, source);
	put_until(report, source, "next_poll");
	fputc('\n', report->out);
	put_trouble(report, source);
}

/* Those that are not fine come first, in the order of the configuration. */
static void put_sources(const struct report *report, const json_t *sources)
{
	const json_t *source;
	int of;
	size_t i;

	source_heads(report);
	for (of = WRONG; of <= FINE; of++) {
		json_array_foreach(sources, i, source)
		{
			if (rank(source) == (enum rank)of)
				put_source(report, source);
		}
	}
}

/* ---- feeds ---- */

/* When the newest entry was published: how long ago, as far as it is known. */
static void put_newest(const struct report *report, const json_t *feed)
{
	const char *newest = text(feed, "newest");
	char age[WHEN_AGE] = "-";
	int64_t then;

	if (time_parse(newest, &then))
		when_age(age, report->now - then);
	fprintf(report->out, " %8s", age);
}

static void put_feed(const struct report *report, const json_t *feed)
{
	char every[WHEN_AGE] = "-";
	int64_t interval = number(feed, "interval_ms");

	if (interval > 0)
		when_age(every, interval);
	fprintf(report->out, "%-*s", report->source, "");
	put_state(report, feed);
	fprintf(report->out, " %8s", every);
	put_until(report, feed, "next_poll");
	put_newest(report, feed);
	fputs("  ", report->out);
	put(report, text(feed, "url"));
	fputc('\n', report->out);
	put_under(report, "is now at ", text(feed, "moved_to"));
	put_under(report, "", text(feed, "said"));
}

static void put_feeds(const struct report *report, const json_t *feeds)
{
	const json_t *feed;
	int of;
	size_t i;

	if (json_array_size(feeds) == 0)
		return;
	fputc('\n', report->out);
	put_heads(report, "feeds");
	fprintf(report->out, " %8s %9s %8s  %s\n", "every", "next poll",
	    "newest", "url");
	for (of = WRONG; of <= FINE; of++) {
		json_array_foreach(feeds, i, feed)
		{
			if (rank(feed) == (enum rank)of)
				put_feed(report, feed);
		}
	}
}

void report_source(FILE *out, const json_t *source, int64_t now, bool colour)
{
	const json_t *feeds = json_object_get(source, "feeds");
	struct report report = { .out = out, .now = now, .colour = colour };
	json_t *alone = json_pack("[O]", source);

	report.source = wide(source, "source", "source", 6);
	report.state = states_width(alone, states_width(feeds, 8));
	json_decref(alone);
	source_heads(&report);
	put_source(&report, source);
	put_feeds(&report, feeds);
}

/* ---- hosts ---- */

/* Those that are let alone for now; that nobody waits for one says nothing. */
static void put_hosts(struct report *report, const json_t *hosts)
{
	const json_t *host;
	bool any = false;
	size_t i;

	report->host = widest(hosts, "host", "host", 12);
	json_array_foreach(hosts, i, host)
	{
		if (*text(host, "held_until") == '\0' &&
		    *text(host, "why") == '\0')
			continue;
		if (!any)
			fprintf(report->out, "\n%-*s %9s %7s  %s\n",
			    report->host, "host", "again", "waiting", "why");
		any = true;
		fprintf(report->out, "%-*s", report->host, text(host, "host"));
		put_until(report, host, "held_until");
		fprintf(
		    report->out, " %7" PRId64 "  ", number(host, "waiting"));
		put(report, text(host, "why"));
		fputc('\n', report->out);
	}
}

/* ---- plugins ---- */

/* Those that have cost a worker, or would keep something between pages. */
static void put_plugins(const struct report *report, const json_t *plugins)
{
	const json_t *plugin;
	size_t i;

	if (json_array_size(plugins) > 0)
		fprintf(report->out, "\n%-*s %7s %7s %7s\n", report->plugin,
		    "plugin", "lost", "leaks", "statics");
	json_array_foreach(plugins, i, plugin)
	{
		fprintf(report->out,
		    "%-*s %7" PRId64 " %7" PRId64 " %7" PRId64 "\n",
		    report->plugin, text(plugin, "plugin"),
		    number(plugin, "lost"), number(plugin, "leaks"),
		    number(plugin, "statics"));
	}
}

/* ---- all of it ---- */

static void put_head(const struct report *report, const json_t *status)
{
	const json_t *spool = json_object_get(status, "spool");
	const json_t *entries = json_object_get(status, "entries");
	const char *state = text(status, "state");
	char up[WHEN_AGE];

	fprintf(report->out,
	    "datelined %s, process %" PRId64 ", up %s, configuration %" PRId64
	    ": ",
	    text(status, "version"), number(status, "pid"),
	    when_age(up, number(status, "uptime") * 1000),
	    number(status, "generation"));
	paint(report, strcmp(state, "fine") == 0 ? GREEN : RED);
	put(report, state);
	paint(report, PLAIN);
	fprintf(report->out, "\nspool   %s, last line %" PRId64 "\n",
	    text(spool, "folder"), number(spool, "last_seq"));
	if (*text(status, "web") != '\0')
		fprintf(report->out, "web     %s\n", text(status, "web"));
	fprintf(report->out,
	    "entries %" PRId64 " pending, %" PRId64 " done, %" PRId64
	    " dropped, %" PRId64 " in quarantine\n\n",
	    number(entries, "pending"), number(entries, "done"),
	    number(entries, "dropped"), number(entries, "quarantined"));
}

void report_show(FILE *out, const json_t *status, int64_t now, bool colour)
{
	const json_t *sources = json_object_get(status, "sources");
	const json_t *plugins = json_object_get(status, "plugins");
	struct report report = { .out = out, .now = now, .colour = colour };

	report.source = widest(sources, "source", "source", 12);
	if (report.source > SOURCE_MOST)
		report.source = SOURCE_MOST;
	report.state = states_width(sources, 8);
	report.plugin = widest(plugins, "plugin", "plugin", 12);
	put_head(&report, status);
	put_sources(&report, sources);
	put_hosts(&report, json_object_get(status, "hosts"));
	put_plugins(&report, plugins);
}

json_t *report_find(const json_t *status, const char *source)
{
	const json_t *sources = json_object_get(status, "sources");
	json_t *one;
	size_t i;

	json_array_foreach(sources, i, one)
	{
		if (strcmp(text(one, "source"), source) == 0)
			return one;
	}
	return NULL;
}
