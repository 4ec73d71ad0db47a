/* The daemon's status in the text format of Prometheus. */
#include <inttypes.h>
#include <string.h>

#include "core/base/time.h"
#include "core/tool/metrics.h"

static const struct row { /* a number, and what it counts */
	const char *key, *name, *help;
} counters[] = {
	{ "polls", "polls", "Looks at feeds." },
	{ "not_modified", "not_modified", "Of them, those with nothing new." },
	{ "failed", "failures", "Looks and pages that failed." },
	{ "overflows", "overflows", "Looks between which entries were missed." },
	{ "entries", "entries", "Entries that were new." },
	{ "pages", "pages", "Pages that came." },
	{ "rechecks", "rechecks", "Pages that were looked at again." },
	{ "records", "records", "Records that were new." },
	{ "revisions", "revisions", "Records that were revised." },
	{ "withdrawn", "withdrawals", "Records that were withdrawn." },
	{ "trivial", "trivial", "Pages that changed, but no record did." },
	{ "quarantined", "quarantined", "Pages that were not understood." },
}, of_plugins[] = {
	{ "lost", "lost", "Pages and feeds that cost a worker." },
	{ "leaks", "leaks", "Workers that were replaced for what it leaked." },
	{ "statics", "statics", "Pages after which statics were put back." },
}, totals[] = {
	{ "requests", "requests", "Requests to hosts." },
	{ "failed", "requests_failed", "Of them, those that failed." },
	{ "bytes", "bytes", "Bytes that came, as they came out of it." },
};

static const char *const states[] = { "fine", "failing", "stale", "drifting",
	"disabled" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void head(
    FILE *out, const char *name, const char *kind, const char *help)
{
	fprintf(out, "# HELP dateline_%s %s\n# TYPE dateline_%s %s\n", name,
	    help, name, kind);
}

static int64_t number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static const char *text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value != NULL ? value : "";
}

/* Of a "source" or a "plugin"; up to where its value, or another label,
 * follows.
 */
static void sample_of(
    FILE *out, const char *name, const char *label, const json_t *whose)
{
	const char *at = text(whose, label);

	fprintf(out, "dateline_%s{%s=\"", name, label);
	for (; *at != '\0'; at++)
		fprintf(out, *at == '"' || *at == '\\' ? "\\%c" : "%c", *at);
	fputc('"', out);
}

static void sample(FILE *out, const char *name, const json_t *source)
{
	sample_of(out, name, "source", source);
}

static void counter_show(
    FILE *out, const char *label, const json_t *all, const struct row *row)
{
	const json_t *one;
	char name[64];
	size_t i;

	snprintf(name, sizeof(name), "%s_%s_total", label, row->name);
	head(out, name, "counter", row->help);
	json_array_foreach(all, i, one)
	{
		sample_of(out, name, label, one);
		fprintf(out, "} %" PRId64 "\n", number(one, row->key));
	}
}

static void states_show(FILE *out, const json_t *sources)
{
	const json_t *source;
	size_t i, k;

	head(out, "source_state", "gauge", "1 for the state that it is in.");
	json_array_foreach(sources, i, source)
	{
		for (k = 0; k < COUNT(states); k++) {
			sample(out, "source_state", source);
			fprintf(out, ",state=\"%s\"} %d\n", states[k],
			    strcmp(text(source, "state"), states[k]) == 0);
		}
	}
	head(out, "source_drifting", "gauge",
	    "Whether it brings less than it usually does.");
	json_array_foreach(sources, i, source)
	{
		sample(out, "source_drifting", source);
		fprintf(
		    out, "} %d\n", json_object_get(source, "drift") != NULL);
	}
}

static void moment_show(FILE *out, const json_t *sources, const char *key,
    const char *name, const char *help)
{
	const json_t *source;
	int64_t millis;
	size_t i;

	head(out, name, "gauge", help);
	json_array_foreach(sources, i, source)
	{
		if (!time_parse(text(source, key), &millis))
			continue;
		sample(out, name, source);
		fprintf(out, "} %" PRId64 "\n", millis / 1000);
	}
}

static void whole_show(FILE *out, const json_t *status)
{
	const json_t *network = json_object_get(status, "network");
	const json_t *entries = json_object_get(status, "entries");
	size_t i;
	char name[64];

	for (i = 0; i < COUNT(totals); i++) {
		snprintf(name, sizeof(name), "%s_total", totals[i].name);
		head(out, name, "counter", totals[i].help);
		fprintf(out, "dateline_%s %" PRId64 "\n", name,
		    number(network, totals[i].key));
	}
	head(out, "entries_pending", "gauge", "Entries whose page is to come.");
	fprintf(out, "dateline_entries_pending %" PRId64 "\n",
	    number(entries, "pending"));
	head(out, "spool_last_seq", "gauge", "Number of the last line.");
	fprintf(out, "dateline_spool_last_seq %" PRId64 "\n",
	    number(json_object_get(status, "spool"), "last_seq"));
}

void metrics_show(FILE *out, const json_t *status)
{
	const json_t *sources = json_object_get(status, "sources");
	size_t i;

	whole_show(out, status);
	states_show(out, sources);
	for (i = 0; i < COUNT(counters); i++)
		counter_show(out, "source", sources, &counters[i]);
	for (i = 0; i < COUNT(of_plugins); i++)
		counter_show(out, "plugin", json_object_get(status, "plugins"),
		    &of_plugins[i]);
	moment_show(out, sources, "next_poll",
	    "source_next_poll_timestamp_seconds", "When it is asked next.");
	moment_show(out, sources, "last_record",
	    "source_last_record_timestamp_seconds", "Of its last line.");
}
