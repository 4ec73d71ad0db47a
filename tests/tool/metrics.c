/* The daemon's status as a collector of metrics reads it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/tool/metrics.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char status[] =
    "{\"network\": {\"requests\": 12, \"failed\": 2, \"bytes\": 4096},"
    " \"entries\": {\"pending\": 3}, \"spool\": {\"last_seq\": 41},"
    " \"plugins\": [{\"plugin\": \"feed\", \"lost\": 2, \"leaks\": 1,"
    "  \"statics\": 9}],"
    " \"sources\": [{\"source\": \"vgp\", \"state\": \"drifting\","
    "  \"drift\": \"brings nothing\", \"polls\": 7, \"records\": 5,"
    "  \"next_poll\": \"2026-11-22T08:00:00Z\"},"
    "  {\"source\": \"o\\\"dd\\\\\", \"state\": \"fine\", \"polls\": 1}]}";

static char *shown(const char *json)
{
	json_t *object = json_loads(json, 0, NULL);
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	assert_non_null(object);
	assert_non_null(out);
	metrics_show(out, object);
	fclose(out);
	json_decref(object);
	return text;
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
	};
	char *text = shown(status);
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
	char *text = shown("{}");

	(void)state;
	assert_null(strstr(text, "source=\""));
	assert_non_null(strstr(text, "\ndateline_entries_pending 0\n"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_number_has_a_line_of_its_own),
		cmocka_unit_test(a_status_of_nothing_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
