/* The daemon's status as Prometheus takes it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/base/time.h"
#include "core/daemon/metrics.h"

struct row { /* a number, and what it counts */
	const char *key, *name, *help;
};

static const struct row of_sources[] = {
	{ "polls", "source_polls", "Looks at feeds." },
	{ "not_modified", "source_not_modified",
	    "Of them, those with nothing new." },
	{ "overflows", "source_overflows",
	    "Looks between which entries were missed." },
	{ "entries", "source_entries", "Entries that were new." },
	{ "pages", "source_pages", "Pages that came." },
	{ "rechecks", "source_rechecks", "Pages that were looked at again." },
	{ "records", "source_records", "Records that were new." },
	{ "revisions", "source_revisions", "Records that were revised." },
	{ "withdrawn", "source_withdrawals", "Records that were withdrawn." },
	{ "trivial", "source_trivial",
	    "Pages that changed, but no record did." },
	{ "skipped", "source_skipped", "Pages that are no stories." },
	{ "quarantined", "source_quarantined",
	    "Pages that were not understood." },
};

static const struct row of_plugins[] = {
	{ "lost", "plugin_lost", "Pages and feeds that cost a worker." },
	{ "leaks", "plugin_leaks",
	    "Workers that were replaced for what it leaked." },
	{ "statics", "plugin_statics",
	    "Pages after which statics were put back." },
};

static const struct moment {
	const char *key, *name, *help;
} moments[] = {
	{ "next_poll", "source_next_poll_timestamp_seconds",
	    "When it is asked next." },
	{ "last_poll", "source_last_poll_timestamp_seconds",
	    "When it was asked last." },
	{ "last_record", "source_last_record_timestamp_seconds",
	    "Of its last line." },
};

/* Single numbers: where each stands in the status. */
static const struct single {
	const char *part, *key, *kind, *name, *help;
} singles[] = {
	{ NULL, "uptime", "gauge", "uptime_seconds", "Since its start." },
	{ "network", "requests", "counter", "requests", "Requests to hosts." },
	{ "network", "failed", "counter", "requests_failed",
	    "Of them, those that failed." },
	{ "network", "bytes", "counter", "bytes",
	    "Bytes that came, as they came out of it." },
	{ "network", "waiting", "gauge", "requests_waiting",
	    "Requests that wait for their turn." },
	{ "network", "under_way", "gauge", "requests_under_way",
	    "Requests that wait for their answer." },
	{ "entries", "pending", "gauge", "entries_pending",
	    "Entries whose page is to come." },
	{ "entries", "watched", "gauge", "entries_watched",
	    "Entries whose page is looked at again." },
	{ "entries", "quarantined", "gauge", "entries_quarantined",
	    "Entries whose page is in quarantine." },
	{ "workers", "working", "gauge", "workers_working",
	    "Workers that have a page." },
	{ "workers", "idle", "gauge", "workers_idle",
	    "Workers that have none." },
	{ "workers", "waiting", "gauge", "orders_waiting",
	    "Pages and feeds that wait for a worker." },
	{ "workers", "orders", "counter", "orders",
	    "Pages and feeds that workers were given." },
	{ "workers", "started", "counter", "workers_started",
	    "Worker processes that were started." },
	{ "workers", "lost", "counter", "workers_lost",
	    "Worker processes that ended over a page." },
	{ "spool", "last_seq", "gauge", "spool_last_seq",
	    "Number of the last line." },
	{ "spool", "oldest_seq", "gauge", "spool_oldest_seq",
	    "Number of the oldest line." },
	{ "spool", "bytes", "gauge", "spool_bytes", "Bytes of all segments." },
	{ "spool", "segments", "gauge", "spool_segments", "Segments." },
	{ "spool", "free", "gauge", "spool_free_bytes",
	    "Bytes that its disk has left." },
	{ "kept_pages", "bytes", "gauge", "kept_pages_bytes",
	    "Bytes of pages that are kept for replay." },
	{ "loop", "turns", "counter", "loop_turns", "Turns of the loop." },
};

static const char *const states[] = { "fine", "failing", "stale", "drifting",
	"paused", "disabled" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

struct metrics {
	struct buf *out;
	bool open; /* OpenMetrics */
};

/* ---- lines ---- */

/* A counter's samples end in _total; OpenMetrics names the family without. */
static void head(const struct metrics *metrics, const char *name,
    const char *kind, const char *help)
{
	bool counter = strcmp(kind, "counter") == 0;
	const char *end = counter && !metrics->open ? "_total" : "";

	buf_printf(metrics->out,
	    "# HELP dateline_%s%s %s\n# TYPE dateline_%s%s %s\n", name, end,
	    help, name, end, kind);
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

static void put_label(
    const struct metrics *metrics, const char *label, const char *value)
{
	static const char special[] = "\"\\\n";

	buf_text(metrics->out, label);
	buf_text(metrics->out, "=\"");
	for (;;) {
		size_t len = strcspn(value, special);

		buf_add(metrics->out, value, len);
		value += len;
		if (*value == '\0')
			break;
		buf_text(metrics->out, "\\");
		buf_add(metrics->out, *value == '\n' ? "n" : value, 1);
		value++;
	}
	buf_text(metrics->out, "\"");
}

/* Up to where its value, or another label, follows. */
static void sample_of(const struct metrics *metrics, const char *name,
    const char *end, const char *label, const char *value)
{
	buf_text(metrics->out, "dateline_");
	buf_text(metrics->out, name);
	buf_text(metrics->out, end);
	buf_text(metrics->out, "{");
	put_label(metrics, label, value);
}

/* Most are 0, and there are a great many of them. */
static void put_value(const struct metrics *metrics, int64_t value)
{
	if (value == 0)
		buf_text(metrics->out, "} 0\n");
	else
		buf_printf(metrics->out, "} %" PRId64 "\n", value);
}

/* ---- families ---- */

static void put_counters(const struct metrics *metrics, const json_t *all,
    const char *label, const struct row *rows, size_t n)
{
	const json_t *one;
	size_t i, k;

	for (i = 0; i < n; i++) {
		head(metrics, rows[i].name, "counter", rows[i].help);
		json_array_foreach(all, k, one)
		{
			sample_of(metrics, rows[i].name, "_total", label,
			    text(one, label));
			put_value(metrics, number(one, rows[i].key));
		}
	}
}

static void put_failures(const struct metrics *metrics, const json_t *sources)
{
	const char *class;
	json_t *source, *n;
	size_t i;

	head(metrics, "source_failures", "counter",
	    "Looks and pages that failed.");
	json_array_foreach(sources, i, source)
	{
		json_object_foreach(
		    json_object_get(source, "failures"), class, n)
		{
			sample_of(metrics, "source_failures", "_total",
			    "source", text(source, "source"));
			buf_text(metrics->out, ",");
			put_label(metrics, "class", class);
			put_value(metrics, json_integer_value(n));
		}
	}
}

static void put_states(const struct metrics *metrics, const json_t *sources)
{
	const json_t *source;
	size_t i, k;

	head(
	    metrics, "source_state", "gauge", "1 for the state that it is in.");
	json_array_foreach(sources, i, source)
	{
		for (k = 0; k < COUNT(states); k++) {
			sample_of(metrics, "source_state", "", "source",
			    text(source, "source"));
			buf_text(metrics->out, ",");
			put_label(metrics, "state", states[k]);
			put_value(metrics,
			    strcmp(text(source, "state"), states[k]) == 0);
		}
	}
	head(metrics, "source_drifting", "gauge",
	    "Whether it brings less than it usually does.");
	json_array_foreach(sources, i, source)
	{
		sample_of(metrics, "source_drifting", "", "source",
		    text(source, "source"));
		put_value(metrics, json_object_get(source, "drift") != NULL);
	}
}

static void put_moments(const struct metrics *metrics, const json_t *sources,
    const struct moment *moment)
{
	const json_t *source;
	int64_t millis;
	size_t i;

	head(metrics, moment->name, "gauge", moment->help);
	json_array_foreach(sources, i, source)
	{
		if (!time_parse(text(source, moment->key), &millis))
			continue;
		sample_of(metrics, moment->name, "", "source",
		    text(source, "source"));
		put_value(metrics, millis / 1000);
	}
}

static void put_name(const struct metrics *metrics, const char *name,
    const char *end, const char *source)
{
	if (source != NULL) {
		sample_of(metrics, name, end, "source", source);
		buf_text(metrics->out, "} ");
	} else {
		buf_printf(metrics->out, "dateline_%s%s ", name, end);
	}
}

/* The values of one histogram; Prometheus counts up to each bound. */
static void put_buckets(const struct metrics *metrics, const char *name,
    const json_t *histogram, const char *source)
{
	const json_t *bounds = json_object_get(histogram, "le"), *count;
	char bound[32];
	int64_t n = 0;
	size_t i;

	json_array_foreach(json_object_get(histogram, "counts"), i, count)
	{
		n += json_integer_value(count);
		if (i < json_array_size(bounds))
			snprintf(bound, sizeof(bound), "%.10g",
			    json_number_value(json_array_get(bounds, i)));
		else
			snprintf(bound, sizeof(bound), "+Inf");
		if (source != NULL) {
			sample_of(metrics, name, "_bucket", "source", source);
			buf_text(metrics->out, ",");
			put_label(metrics, "le", bound);
		} else {
			sample_of(metrics, name, "_bucket", "le", bound);
		}
		put_value(metrics, n);
	}
	put_name(metrics, name, "_sum", source);
	buf_printf(metrics->out, "%.15g\n",
	    json_number_value(json_object_get(histogram, "sum")));
	put_name(metrics, name, "_count", source);
	buf_printf(metrics->out, "%" PRId64 "\n", n);
}

static void put_histograms(const struct metrics *metrics, const json_t *status)
{
	const json_t *sources = json_object_get(status, "sources"), *source;
	const json_t *loop = json_object_get(status, "loop");
	size_t i;

	head(metrics, "source_publish_lag_seconds", "histogram",
	    "From a story's publication until it was fetched.");
	json_array_foreach(sources, i, source)
	{
		const json_t *lag = json_object_get(source, "publish_lag");

		if (lag != NULL)
			put_buckets(metrics, "source_publish_lag_seconds", lag,
			    text(source, "source"));
	}
	head(metrics, "loop_delay_seconds", "histogram",
	    "How long a turn of the loop kept all others waiting.");
	put_buckets(metrics, "loop_delay_seconds",
	    json_object_get(loop, "delay"), NULL);
	head(metrics, "commit_seconds", "histogram",
	    "What it took to make collected records safe.");
	put_buckets(metrics, "commit_seconds",
	    json_object_get(status, "commits"), NULL);
}

static void put_consumers(
    const struct metrics *metrics, const json_t *consumers)
{
	const json_t *one;
	size_t i;

	head(metrics, "consumer_lag_lines", "gauge",
	    "Lines that it has not acknowledged yet.");
	json_array_foreach(consumers, i, one)
	{
		if (json_object_get(one, "lag_lines") == NULL)
			continue;
		sample_of(metrics, "consumer_lag_lines", "", "consumer",
		    text(one, "name"));
		put_value(metrics, number(one, "lag_lines"));
	}
}

static void put_singles(const struct metrics *metrics, const json_t *status)
{
	const struct single *one;
	size_t i;

	for (i = 0; i < COUNT(singles); i++) {
		const json_t *part;
		bool counter;

		one = &singles[i];
		part = one->part != NULL ? json_object_get(status, one->part)
					 : status;
		counter = strcmp(one->kind, "counter") == 0;
		head(metrics, one->name, one->kind, one->help);
		buf_printf(metrics->out, "dateline_%s%s %" PRId64 "\n",
		    one->name, counter ? "_total" : "", number(part, one->key));
	}
	head(metrics, "up", "gauge",
	    "1: fine; 0: the disk is in trouble, and nothing is fetched.");
	buf_printf(metrics->out, "dateline_up %d\n",
	    strcmp(text(status, "state"), "fine") == 0);
	head(metrics, "build_info", "gauge", "Always 1: what is at work.");
	sample_of(
	    metrics, "build_info", "", "version", text(status, "version"));
	put_value(metrics, 1);
}

void metrics_put(struct buf *out, const json_t *status, bool open)
{
	const struct metrics metrics = { out, open };
	const json_t *sources = json_object_get(status, "sources");
	size_t i;

	put_singles(&metrics, status);
	put_states(&metrics, sources);
	put_counters(
	    &metrics, sources, "source", of_sources, COUNT(of_sources));
	put_failures(&metrics, sources);
	for (i = 0; i < COUNT(moments); i++)
		put_moments(&metrics, sources, &moments[i]);
	put_counters(&metrics, json_object_get(status, "plugins"), "plugin",
	    of_plugins, COUNT(of_plugins));
	put_consumers(&metrics, json_object_get(status, "consumers"));
	put_histograms(&metrics, status);
	if (open)
		buf_text(out, "# EOF\n");
}
