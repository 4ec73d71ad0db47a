/* The daemon's status as a collector of metrics reads it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/daemon/metrics.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char status[] =
    "{\"network\": {\"requests\": 12, \"failed\": 2, \"bytes\": 4096},"
    " \"entries\": {\"pending\": 3}, \"spool\": {\"last_seq\": 41},"
    " \"plugins\": [{\"plugin\": \"feed\", \"lost\": 2, \"leaks\": 1,"
    "  \"statics\": 9}],"
    " \"loop\": {\"turns\": 9, \"delay\": {\"le\": [0.001],"
    "  \"counts\": [7, 2], \"sum\": 0.25}},"
    " \"consumers\": [{\"name\": \"archive\", \"lag_lines\": 3},"
    "  {\"name\": \"lost\", \"error\": \"its file is damaged\"}],"
    " \"state\": \"fine\", \"version\": \"0.1.0\","
    " \"sources\": [{\"source\": \"vgp\", \"state\": \"drifting\","
    "  \"drift\": \"brings nothing\", \"polls\": 7, \"records\": 5,"
    "  \"failures\": {\"dns\": 2, \"http-5xx\": 1},"
    "  \"publish_lag\": {\"le\": [60.0, 300.0], \"counts\": [4, 2, 1],"
    "   \"sum\": 123456789.5},"
    "  \"next_poll\": \"2026-11-22T08:00:00Z\"},"
    "  {\"source\": \"o\\\"dd\\\\\", \"state\": \"fine\", \"polls\": 1}]}";

/* The caller's. */
static char *shown(const char *json, bool open)
{
	json_t *object = json_loads(json, 0, NULL);
	struct buf out = { 0 };

	assert_non_null(object);
	metrics_put(&out, object, open);
	json_decref(object);
	return out.bytes;
}

static void each_number_has_a_line_of_its_own(void **state)
{
	static const char *const lines[] = {
		"\n# TYPE dateline_source_polls_total counter\n",
		"\ndateline_source_polls_total{source=\"vgp\"} 7\n",
		"\ndateline_source_polls_total{source=\"o\\\"dd\\\\\"} 1\n",
		"\ndateline_source_records_total{source=\"vgp\"} 5\n",
		"\ndateline_source_drifting{source=\"vgp\"} 1\n",
		"\ndateline_source_drifting{source=\"o\\\"dd\\\\\"} 0\n",
		"\ndateline_source_state{source=\"vgp\",state=\"drifting\"} "
		"1\n",
		"\ndateline_source_state{source=\"vgp\",state=\"fine\"} 0\n",
		"\ndateline_source_next_poll_timestamp_seconds{source=\"vgp\"} "
		"1795334400\n",
		"\n# TYPE dateline_plugin_lost_total counter\n",
		"\ndateline_plugin_lost_total{plugin=\"feed\"} 2\n",
		"\ndateline_plugin_leaks_total{plugin=\"feed\"} 1\n",
		"\ndateline_plugin_statics_total{plugin=\"feed\"} 9\n",
		"\ndateline_requests_total 12\n",
		"\ndateline_requests_failed_total 2\n",
		"\ndateline_entries_pending 3\n",
		"\ndateline_spool_last_seq 41\n",
		"\ndateline_source_failures_total{source=\"vgp\",class=\"dns\"}"
		" "
		"2\n",
		"\ndateline_source_publish_lag_seconds_bucket{source=\"vgp\","
		"le=\"60\"} 4\n",
		"\ndateline_source_publish_lag_seconds_bucket{source=\"vgp\","
		"le=\"300\"} 6\n",
		"\ndateline_source_publish_lag_seconds_bucket{source=\"vgp\","
		"le=\"+Inf\"} 7\n",
		"\ndateline_source_publish_lag_seconds_sum{source=\"vgp\"} "
		"123456789.5\n",
		"\ndateline_source_publish_lag_seconds_count{source=\"vgp\"} "
		"7\n",
		"\ndateline_loop_delay_seconds_bucket{le=\"0.001\"} 7\n",
		"\ndateline_loop_delay_seconds_count 9\n",
		"\ndateline_consumer_lag_lines{consumer=\"archive\"} 3\n",
		"\ndateline_up 1\n",
		"\ndateline_build_info{version=\"0.1.0\"} 1\n",
	};
	char *text = shown(status, false);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lines); i++) {
		if (strstr(text, lines[i]) == NULL)
			fail_msg("no line %s in %s", lines[i], text);
	}
	/* What is not known has no line. */
	assert_null(strstr(text, "next_poll_timestamp_seconds{source=\"o"));
	free(text);
}

static void a_status_of_nothing_does_no_harm(void **state)
{
	char *text = shown("{}", false);

	(void)state;
	assert_null(strstr(text, "source=\""));
	assert_non_null(strstr(text, "\ndateline_entries_pending 0\n"));
	free(text);
}

/* There a family has the name of its counter without what that ends in. */
static void open_metrics_ends_with_its_mark(void **state)
{
	char *text = shown(status, true);
	const char *mark = strstr(text, "# EOF\n");

	(void)state;
	assert_non_null(mark);
	assert_string_equal(mark, "# EOF\n");
	assert_non_null(
	    strstr(text, "\n# TYPE dateline_source_polls counter\n"));
	assert_non_null(
	    strstr(text, "\ndateline_source_polls_total{source=\"vgp\"} 7\n"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_number_has_a_line_of_its_own),
		cmocka_unit_test(open_metrics_ends_with_its_mark),
		cmocka_unit_test(a_status_of_nothing_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
