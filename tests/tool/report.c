/* The daemon's status as people read it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/tool/report.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* 2024-11-08T00:00:00Z */
#define NOW INT64_C(1731024000000)

#define SOURCES(all) "{\"state\":\"fine\",\"sources\":[" all "]}"

static json_t *parsed(const char *text)
{
	json_t *json = json_loads(text, 0, NULL);

	assert_non_null(json);
	return json;
}

/* What is shown; the caller frees it. */
static char *shown(const char *status, const char *source, bool colour)
{
	json_t *json = parsed(status);
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	if (source != NULL)
		report_source(out, report_find(json, source), NOW, colour);
	else
		report_show(out, json, NOW, colour);
	fclose(out);
	json_decref(json);
	return text;
}

/* Below what is always there. */
static void want(const char *status, const char *source, const char *wanted)
{
	char *text = shown(status, source, false);
	const char *at = source != NULL ? text : strstr(text, "\n\n") + 2;

	if (strcmp(at, wanted) != 0)
		fail_msg("%s\n--- is shown as\n%s", status, at);
	free(text);
}

static void what_is_not_fine_comes_first(void **state)
{
	static const struct {
		const char *status, *text;
	} rows[] = {
		/* a daemon that says no more than the first one did */
		{ SOURCES("{\"source\":\"vna\",\"state\":\"fine\",\"polls\":3,"
			  "\"records\":14}"),
		    "source       state    records revised failed    lag next "
		    "poll\n"
		    "vna          fine          14       0      0      -       "
		    "  -\n" },
		{ "{}",
		    "source       state    records revised failed    lag next "
		    "poll\n" },
		/* all there is to say */
		{ SOURCES(
		      "{\"source\":\"fine\",\"state\":\"fine\","
		      "\"publish_lag\":{\"le\":[60.0,300.0],"
		      "\"counts\":[10,0,0],\"sum\":5.0},"
		      "\"next_poll\":\"2024-11-07T23:59:59Z\"},"
		      "{\"source\":\"off\",\"state\":\"disabled\"},"
		      "{\"source\":\"drifts\",\"state\":\"drifting\","
		      "\"drift\":\"two entries a day, and once it was 40\"},"
		      "{\"source\":\"late\",\"state\":\"fine\",\"failed\":1,"
		      "\"last_error\":\"http://a.example/7: no title\"},"
		      "{\"source\":\"a-long-name-for-one\","
		      "\"state\":\"failing\",\"class\":\"http-5xx\","
		      "\"last_error\":\"http://a.example/: 503\","
		      "\"next_poll\":\"2024-11-08T00:15:00Z\"}"),
		    "source              state            records revised "
		    "failed    lag next poll\n"
		    "a-long-name-for-one failing http-5xx       0       0      "
		    "0      -  in 15min\n"
		    "    http://a.example/: 503\n"
		    "    to do: its server is in trouble: wait\n"
		    "drifts              drifting               0       0      "
		    "0      -         -\n"
		    "    two entries a day, and once it was 40\n"
		    "    to do: the site may have changed: try dateline plugin "
		    "test --live\n"
		    "off                 disabled               0       0      "
		    "0      -         -\n"
		    "fine                fine                   0       0      "
		    "0    30s       now\n"
		    "late                fine                   0       0      "
		    "1      -         -\n"
		    "    last error: http://a.example/7: no title\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		want(rows[i].status, NULL, rows[i].text);
}

static void hosts_that_rest_are_told(void **state)
{
	(void)state;
	want("{\"hosts\":[{\"host\":\"b.example\",\"waiting\":2},"
	     "{\"host\":\"a.example\",\"waiting\":3,"
	     "\"held_until\":\"2024-11-08T00:02:00Z\","
	     "\"why\":\"HTTP status 429\"}]}",
	    NULL,
	    "source       state    records revised failed    lag next poll\n"
	    "\n"
	    "host             again waiting  why\n"
	    "a.example      in 2min       3  HTTP status 429\n");
}

static void plugins_that_cost_workers_are_told(void **state)
{
	(void)state;
	want("{\"plugins\":[{\"plugin\":\"gazette\",\"lost\":2,"
	     "\"leaks\":0,\"statics\":0},"
	     "{\"plugin\":\"a-long-name-for-one\",\"lost\":0,"
	     "\"leaks\":31,\"statics\":120}]}",
	    NULL,
	    "source       state    records revised failed    lag next poll\n"
	    "\n"
	    "plugin                 lost   leaks statics\n"
	    "gazette                   2       0       0\n"
	    "a-long-name-for-one       0      31     120\n");
}

static void a_source_has_its_feeds(void **state)
{
	static const char status[] = SOURCES(
	    "{\"source\":\"vgp\",\"state\":\"failing\",\"class\":\"gone\","
	    "\"polls\":4,\"feeds\":["
	    "{\"url\":\"http://a.example/1\",\"state\":\"fine\","
	    "\"interval_ms\":900000,\"newest\":\"2024-11-07T21:00:00Z\","
	    "\"next_poll\":\"2024-11-08T00:00:30Z\"},"
	    "{\"url\":\"http://a.example/2\",\"state\":\"failing\","
	    "\"class\":\"not-a-feed\",\"said\":\"a page of HTML\","
	    "\"moved_to\":\"http://b.example/\"}]}");

	(void)state;
	want(status, "vgp",
	    "source state              records revised failed    lag next "
	    "poll\n"
	    "vgp    failing gone             0       0      0      -         -"
	    "\n"
	    "    to do: the feed is gone for good: take it out, or write "
	    "another\n"
	    "\n"
	    "feeds  state                 every next poll   newest  url\n"
	    "       failing not-a-feed        -         -        -  "
	    "http://a.example/2\n"
	    "    is now at http://b.example/\n"
	    "    a page of HTML\n"
	    "       fine                  15min    in 30s       3h  "
	    "http://a.example/1\n");
	want(SOURCES("{\"source\":\"vgp\",\"state\":\"fine\"}"), "vgp",
	    "source state    records revised failed    lag next poll\n"
	    "vgp    fine           0       0      0      -         -\n");
}

static void only_sources_that_are_there_are_found(void **state)
{
	json_t *status = parsed(SOURCES("{\"source\":\"vgp\"}"));

	(void)state;
	assert_non_null(report_find(status, "vgp"));
	assert_null(report_find(status, "vg"));
	json_decref(status);
}

/* A name or a state that is too long is cut; what is below has room. */
static void a_line_fits_a_terminal(void **state)
{
	char *text = shown(
	    SOURCES("{\"source\":\"a-very-long-name-for-one-source\","
		    "\"state\":\"failing\",\"class\":\"http-5xx-and-more\","
		    "\"records\":1234567,\"revisions\":1234567,"
		    "\"failed\":123456,"
		    "\"next_poll\":\"2024-11-08T00:15:00Z\"}"),
	    NULL, false);
	const char *line = strstr(text, "a-very-long-name-for");

	(void)state;
	assert_non_null(line);
	/* Of its bytes two are more than columns: of the "…". */
	assert_int_equal(strcspn(line, "\n"), 80 + 2);
	free(text);
}

/* What a server has said goes to a terminal. */
static void servers_do_not_speak_to_the_terminal(void **state)
{
	char *text = shown(SOURCES("{\"source\":\"vgp\",\"state\":\"x\","
				   "\"last_error\":\"a\\u001b[2Jb\\u009bc\\n"
				   "đ\\u007fe\"}"),
	    NULL, false);

	(void)state;
	assert_non_null(strstr(text, "\n    a [2Jb c đ e\n"));
	free(text);
}

static void colour_is_for_those_who_want_it(void **state)
{
	static const char status[] =
	    SOURCES("{\"source\":\"vgp\",\"state\":\"failing\"}");
	char *with = shown(status, NULL, true);
	char *without = shown(status, NULL, false);

	(void)state;
	assert_non_null(strstr(with, "\033[31m failing"));
	assert_null(strchr(without, '\033'));
	free(with);
	free(without);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_fine_comes_first),
		cmocka_unit_test(hosts_that_rest_are_told),
		cmocka_unit_test(plugins_that_cost_workers_are_told),
		cmocka_unit_test(a_source_has_its_feeds),
		cmocka_unit_test(a_line_fits_a_terminal),
		cmocka_unit_test(only_sources_that_are_there_are_found),
		cmocka_unit_test(servers_do_not_speak_to_the_terminal),
		cmocka_unit_test(colour_is_for_those_who_want_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
