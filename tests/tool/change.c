/* What changed from one revision of a story to another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/tool/change.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define FIRST "\"kind\":\"record\",\"id\":\"a:1\",\"revision\":1,"
#define SECOND                                               \
	"\"kind\":\"record\",\"id\":\"a:1\",\"revision\":2," \
	"\"spooled\":\"2026-11-05T07:20:03.311Z\",\"changed\":"
#define HEADING "2026-11-05 07:20 UTC revision 2 of a:1: "

static const struct {
	const char *before, *now; /* behind FIRST and SECOND */
	const char *json, *text;
} rows[] = {
	{ "\"title\":\"A dry week\"", "[\"title\"],\"title\":\"A wet week\"",
	    "{\"title\":{\"from\":\"A dry week\",\"to\":\"A wet week\"}}",
	    HEADING "title\n    title: A [-dry-]{+wet+} week\n" },
	/* what was not there, and what is not there any more */
	{ "\"v\":1", "[\"title\"],\"title\":\"A week\"",
	    "{\"title\":{\"to\":\"A week\"}}",
	    HEADING "title\n    title: {+A week+}\n" },
	{ "\"title\":\"A week\"", "[\"title\"]",
	    "{\"title\":{\"from\":\"A week\"}}",
	    HEADING "title\n    title: [-A week-]\n" },
	/* unchanged paragraphs are left out */
	{ "\"text\":\"a\\n\\nb\\n\\nc d e f\\n\\ng\\n\\nh\"",
	    "[\"text\"],\"text\":\"a\\n\\nb\\n\\nc x e f\\n\\ng\\n\\ni\"",
	    "{\"text\":{\"out\":[\"c d e f\",\"h\"],"
	    "\"in\":[\"c x e f\",\"i\"]}}",
	    HEADING "text\n    text:\n        ...\n"
		    "        c [-d-]{+x+} e f\n        ...\n"
		    "        [-h-]\n        {+i+}\n" },
	/* times as a whole */
	{ "\"published\":\"2026-11-05T14:00:00+07:00\"",
	    "[\"published\"],\"published\":\"2026-11-05T15:00:00+07:00\"",
	    "{\"published\":{\"from\":\"2026-11-05T14:00:00+07:00\","
	    "\"to\":\"2026-11-05T15:00:00+07:00\"}}",
	    HEADING "published\n    published: [-2026-11-05T14:00:00+07:00-]"
		    "{+2026-11-05T15:00:00+07:00+}\n" },
	/* lists */
	{ "\"authors\":[\"An Roe\",\"Bo Li\"]",
	    "[\"authors\"],\"authors\":[\"Bo Li\",\"Cy Vu\"]",
	    "{\"authors\":{\"from\":[\"An Roe\",\"Bo Li\"],"
	    "\"to\":[\"Bo Li\",\"Cy Vu\"]}}",
	    HEADING "authors\n    authors:\n        - An Roe\n"
		    "        + Cy Vu\n" },
	{ "\"authors\":[\"An Roe\",\"Bo Li\"]",
	    "[\"authors\"],\"authors\":[\"Bo Li\",\"An Roe\"]",
	    "{\"authors\":{\"from\":[\"An Roe\",\"Bo Li\"],"
	    "\"to\":[\"Bo Li\",\"An Roe\"]}}",
	    HEADING "authors\n    authors:\n"
		    "        the same, in another order\n" },
	{ "\"places\":[{\"name\":\"Huế\",\"code\":\"VN-26\",\"as\":[\"Hue\"],"
	  "\"in\":[\"text\"]}]",
	    "[\"places\"],\"places\":[{\"name\":\"Huế\",\"code\":\"VN-26\","
	    "\"as\":[\"Hue\",\"HUE\"],\"in\":[\"text\",\"title\"]},"
	    "{\"name\":\"Lagi\"}]",
	    "{\"places\":{\"from\":[{\"name\":\"Huế\",\"code\":\"VN-26\","
	    "\"as\":[\"Hue\"],\"in\":[\"text\"]}],"
	    "\"to\":[{\"name\":\"Huế\",\"code\":\"VN-26\","
	    "\"as\":[\"Hue\",\"HUE\"],\"in\":[\"text\",\"title\"]},"
	    "{\"name\":\"Lagi\"}]}}",
	    HEADING "places\n    places:\n"
		    "        - Huế (VN-26), as Hue, in text\n"
		    "        + Huế (VN-26), as Hue, HUE, in text, title\n"
		    "        + Lagi\n" },
	/* images without the queries of their urls */
	{ "\"images\":[{\"url\":\"http://a.example/1.jpg?w=3\","
	  "\"caption\":\"A bridge\",\"credit\":\"An\"}]",
	    "[\"title\"],\"title\":\"t\","
	    "\"images\":[{\"url\":\"http://a.example/1.jpg?w=4\","
	    "\"caption\":\"A bridge\"}]",
	    "{\"title\":{\"to\":\"t\"}}", HEADING "title\n    title: {+t+}\n" },
	{ "\"images\":[{\"url\":\"http://a.example/1.jpg\"}]",
	    "[\"images\"],\"images\":[{\"url\":\"http://a.example/2.jpg?t=7\","
	    "\"caption\":\"A bridge\"},{\"caption\":\"A boat\"}]",
	    "{\"images\":{\"from\":[{\"url\":\"http://a.example/1.jpg\"}],"
	    "\"to\":[{\"url\":\"http://a.example/2.jpg\","
	    "\"caption\":\"A bridge\"},{\"caption\":\"A boat\"}]}}",
	    HEADING "images\n    images:\n        - http://a.example/1.jpg\n"
		    "        + http://a.example/2.jpg: A bridge\n"
		    "        + A boat\n" },
	/* first what `changed` names, in its order; the rest is not left out */
	{ "\"title\":\"t\",\"summary\":\"s\",\"updated\":\"x\"",
	    "[\"updated\",\"title\",\"other\"],\"title\":\"T\","
	    "\"summary\":\"S\",\"updated\":\"X\"",
	    "{\"updated\":{\"from\":\"x\",\"to\":\"X\"},"
	    "\"title\":{\"from\":\"t\",\"to\":\"T\"},"
	    "\"summary\":{\"from\":\"s\",\"to\":\"S\"}}",
	    HEADING "updated, title, other\n    updated: [-x-]{+X+}\n"
		    "    title: [-t-]{+T+}\n    summary: [-s-]{+S+}\n" },
	/* gone, and back */
	{ "\"status\":\"usable\",\"title\":\"A week\",\"text\":\"a\"",
	    "[\"status\"],\"status\":\"withdrawn\",\"title\":\"A week\"",
	    "{\"status\":{\"from\":\"usable\",\"to\":\"withdrawn\"}}",
	    HEADING "status\n    The story was withdrawn: A week\n" },
	{ "\"status\":\"withdrawn\",\"text\":\"a\"",
	    "[\"status\"],\"status\":\"usable\",\"text\":\"a\"",
	    "{\"status\":{\"from\":\"withdrawn\",\"to\":\"usable\"}}",
	    HEADING "status\n    status: [-withdrawn-]{+usable+}\n" },
	/* a copy of the same */
	{ "\"title\":\"t\"", "[\"title\"],\"title\":\"t\"", "{}",
	    HEADING "title\n    Nothing of it has changed.\n" },
};

static json_t *record(const char *begin, const char *rest)
{
	char text[2048];
	json_t *json;

	snprintf(text, sizeof(text), "{%s%s}", begin, rest);
	json = json_loads(text, 0, NULL);
	assert_non_null(json);
	return json;
}

static char *shown(const json_t *before, const json_t *now, bool colour)
{
	char *text;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	change_show(out, before, now, colour);
	fclose(out);
	return text;
}

static void changes_are_told_to_programs(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		json_t *before = record(FIRST, rows[i].before);
		json_t *now = record(SECOND, rows[i].now);
		json_t *change = change_json(before, now);
		char *text = json_dumps(change, JSON_COMPACT);

		assert_string_equal(text, rows[i].json);
		free(text);
		json_decref(change);
		json_decref(now);
		json_decref(before);
	}
}

static void changes_are_told_to_people(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		json_t *before = record(FIRST, rows[i].before);
		json_t *now = record(SECOND, rows[i].now);
		char *text = shown(before, now, false);

		assert_string_equal(text, rows[i].text);
		free(text);
		json_decref(now);
		json_decref(before);
	}
}

static void what_is_not_known_is_told(void **state)
{
	json_t *first = record(FIRST, "\"title\":\"t\"");
	json_t *second = record(SECOND, "[\"title\"],\"title\":\"T\"");
	json_t *fourth =
	    record("\"id\":\"a:1\",\"revision\":4,", "\"title\":\"t\"");
	json_t *gone = record(SECOND, "[\"status\"],\"status\":\"withdrawn\"");
	char *text = shown(NULL, second, false);

	(void)state;
	assert_string_equal(text,
	    HEADING "title\n    What it was before is not known: revision 1 "
		    "is not there any more, or came too long ago.\n");
	free(text);
	text = shown(second, fourth, false);
	assert_string_equal(text,
	    "-                    revision 4 of a:1\n"
	    "    (compared with revision 2)\n    title: [-T-]{+t+}\n");
	free(text);
	/* that it is gone can be told without */
	text = shown(NULL, gone, false);
	assert_string_equal(
	    text, HEADING "status\n    The story was withdrawn\n");
	free(text);
	json_decref(gone);
	json_decref(fourth);
	json_decref(second);
	json_decref(first);
}

static void colour_leaves_the_signs(void **state)
{
	json_t *first = record(FIRST, "\"title\":\"t\",\"authors\":[\"An\"]");
	json_t *second = record(SECOND, "[\"title\"],\"title\":\"T\"");
	char *text = shown(first, second, true);

	(void)state;
	assert_non_null(
	    strstr(text, "\033[31m[-t-]\033[0m\033[32m{+T+}\033[0m"));
	assert_non_null(strstr(text, "\033[31m- An\033[0m\n"));
	free(text);
	json_decref(second);
	json_decref(first);
}

static void revisions_are_records_behind_the_first(void **state)
{
	static const struct {
		const char *line;
		bool is;
	} lines[] = {
		{ "\"kind\":\"record\",\"revision\":2", true },
		{ "\"kind\":\"record\",\"revision\":1", false },
		{ "\"kind\":\"record\"", false },
		{ "\"kind\":\"loss\",\"revision\":2", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lines); i++) {
		json_t *line = record("", lines[i].line);

		assert_int_equal(change_is(line), lines[i].is);
		json_decref(line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_are_told_to_programs),
		cmocka_unit_test(changes_are_told_to_people),
		cmocka_unit_test(what_is_not_known_is_told),
		cmocka_unit_test(colour_leaves_the_signs),
		cmocka_unit_test(revisions_are_records_behind_the_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
