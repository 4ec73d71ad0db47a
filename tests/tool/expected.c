/* A line of expected.jsonl, beside what came of its page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/tool/expected.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Behind its path. */
#define LINE(rest) "{\"path\": \"p.html\"" rest "}"
#define RECORD(members) "{\"records\": [{" members "}]}"
#define SAME NULL /* nothing to show, and the line is right */

static const struct {
	const char *line, *came, *shown, *renewed;
} rows[] = {
	/* what is not named is not looked at */
	{ LINE(", \"title\": \"A week\""),
	    RECORD("\"id\": \"a:1\", \"title\": \"A week\""), "", SAME },
	{ LINE(", \"url\": \"u\", \"type\": \"t\", \"why\": \"w\", "
	       "\"title\": \"A\""),
	    RECORD("\"url\": \"v\", \"title\": \"A\""), "", SAME },
	/* words, in their order on the line */
	{ LINE(", \"title\": \"A dry week\", \"id\": \"a:1\""),
	    RECORD("\"id\": \"a:1\", \"title\": \"A wet week\""),
	    "    title: A [-dry-]{+wet+} week\n",
	    LINE(", \"title\": \"A wet week\", \"id\": \"a:1\"") },
	/* what is missing, and what is too much; null is for both */
	{ LINE(", \"title\": \"A week\", \"summary\": null, \"tags\": null"),
	    RECORD("\"summary\": \"Rain.\", \"tags\": [\"sky\"]"),
	    "    title: [-A week-]\n    summary: {+Rain.+}\n"
	    "    tags:\n        + sky\n",
	    LINE(", \"title\": null, \"summary\": \"Rain.\", "
		 "\"tags\": [\"sky\"]") },
	{ LINE(", \"updated\": null"), RECORD("\"id\": \"a:1\""), "", SAME },
	/* a time is one word */
	{ LINE(", \"published\": \"2026-11-05T14:00:00+07:00\""),
	    RECORD("\"published\": \"2026-11-05T15:00:00+07:00\""),
	    "    published: [-2026-11-05T14:00:00+07:00-]"
	    "{+2026-11-05T15:00:00+07:00+}\n",
	    LINE(", \"published\": \"2026-11-05T15:00:00+07:00\"") },
	/* a text has paragraphs */
	{ LINE(", \"text\": \"a\\n\\nb\\n\\nc d e f\""),
	    RECORD("\"text\": \"a\\n\\nb\\n\\nc x e f\""),
	    "    text:\n        ...\n        c [-d-]{+x+} e f\n",
	    LINE(", \"text\": \"a\\n\\nb\\n\\nc x e f\"") },
	{ LINE(", \"text\": \"a\\n\\nb\""), RECORD("\"text\": \"a\\n\\n\\nb\""),
	    "    text:\n        ...\n        only empty lines differ\n",
	    LINE(", \"text\": \"a\\n\\n\\nb\"") },
	/* lists as a whole */
	{ LINE(", \"authors\": [\"An Roe\", \"Bo Li\"]"),
	    RECORD("\"authors\": [\"Bo Li\", \"Cy Vu\"]"),
	    "    authors:\n        - An Roe\n        + Cy Vu\n",
	    LINE(", \"authors\": [\"Bo Li\", \"Cy Vu\"]") },
	{ LINE(", \"authors\": [\"An Roe\", \"Bo Li\"]"),
	    RECORD("\"authors\": [\"Bo Li\", \"An Roe\"]"),
	    "    authors:\n        the same, in another order or number\n",
	    LINE(", \"authors\": [\"Bo Li\", \"An Roe\"]") },
	/* what is in a list is compared whole, field by field */
	{ LINE(", \"images\": [{\"url\": \"i\", \"caption\": \"A boat\"}]"),
	    RECORD("\"images\": [{\"url\": \"i\", \"caption\": \"A ship\", "
		   "\"credit\": \"An\"}]"),
	    "    images[0].caption: A [-boat-]{+ship+}\n"
	    "    images[0].credit: {+An+}\n",
	    LINE(", \"images\": [{\"url\": \"i\", \"caption\": \"A ship\", "
		 "\"credit\": \"An\"}]") },
	{ LINE(", \"images\": [{\"url\": \"i\"}]"),
	    RECORD("\"images\": [{\"url\": \"i\"}, {\"url\": \"j\"}]"),
	    "    images:\n        + {\"url\": \"j\"}\n",
	    LINE(", \"images\": [{\"url\": \"i\"}, {\"url\": \"j\"}]") },
	/* of an object only what is named */
	{ LINE(", \"dateline\": {\"place\": {\"code\": \"VN-HN\"}}"),
	    RECORD("\"dateline\": {\"text\": \"x\", \"place\": "
		   "{\"name\": \"y\", \"code\": \"VN-SG\"}}"),
	    "    dateline.place.code: VN-[-HN-]{+SG+}\n",
	    LINE(", \"dateline\": {\"place\": {\"code\": \"VN-SG\"}}") },
	{ LINE(", \"dateline\": {\"text\": \"x\"}"), RECORD("\"id\": \"a\""),
	    "    dateline: [-{\"text\": \"x\"}-]\n",
	    LINE(", \"dateline\": null") },
	/* values of other kinds */
	{ LINE(", \"words\": 7"), RECORD("\"words\": 8"),
	    "    words: [-7-]{+8+}\n", LINE(", \"words\": 8") },
	{ LINE(", \"tags\": \"sky\""), RECORD("\"tags\": [\"sky\"]"),
	    "    tags: [-sky-]{+[\"sky\"]+}\n", LINE(", \"tags\": [\"sky\"]") },
	/* a title that is given is not what came */
	{ LINE(", \"title\": \"A dry week\", \"given\": true, \"id\": \"a\""),
	    RECORD("\"id\": \"b\", \"title\": \"A wet week\""),
	    "    title: A [-dry-]{+wet+} week\n    id: [-a-]{+b+}\n",
	    LINE(", \"title\": \"A dry week\", \"given\": true, "
		 "\"id\": \"b\"") },
	/* the url of a record has another name: one says what is read */
	{ LINE(", \"url\": \"u\", \"canonical\": \"http://a/7\""),
	    RECORD("\"url\": \"http://a/8\""),
	    "    canonical: http://a/[-7-]{+8+}\n",
	    LINE(", \"url\": \"u\", \"canonical\": \"http://a/8\"") },
	/* what fails, for another reason or not at all */
	{ LINE(", \"fails\": \"no text\""),
	    "{\"records\": [], \"fails\": \"no text in: article\"}", "", SAME },
	{ LINE(", \"fails\": \"skipped, a video\""),
	    "{\"records\": [], \"fails\": \"skipped, a video page\"}", "",
	    SAME },
	{ LINE(", \"url\": \"u\", \"fails\": \"no text\""),
	    "{\"records\": [], \"fails\": \"no title\"}",
	    "    fails: no [-text-]{+title+}\n",
	    LINE(", \"url\": \"u\", \"fails\": \"no title\"") },
	{ LINE(", \"why\": \"w\", \"fails\": \"no text\""),
	    RECORD("\"title\": \"A week\", \"id\": \"a:1\", \"words\": 3"),
	    "    fails: [-no text-]\n        it came to one record: A week\n",
	    LINE(", \"why\": \"w\", \"id\": \"a:1\", \"title\": \"A week\"") },
	{ LINE(", \"url\": \"u\", \"title\": \"A week\""),
	    "{\"records\": [], \"fails\": \"no text\"}",
	    "    fails: {+no text+}\n",
	    LINE(", \"url\": \"u\", \"fails\": \"no text\"") },
	/* feeds: their number, the first entry, or all of them */
	{ LINE(", \"entries\": 2, \"first\": {\"id\": \"a\"}"),
	    "{\"entries\": [{\"id\": \"a\", \"url\": \"u\"}, {}]}", "", SAME },
	{ LINE(", \"entries\": 2, \"first\": {\"id\": \"a\", \"url\": \"u\"}"),
	    "{\"entries\": [{\"id\": \"b\", \"title\": \"t\"}]}",
	    "    entries: [-2-]{+1+}\n    entries[0].id: [-a-]{+b+}\n"
	    "    entries[0].url: [-u-]\n",
	    LINE(", \"entries\": 1, "
		 "\"first\": {\"id\": \"b\", \"url\": null}") },
	{ LINE(", \"entries\": 2, \"all\": [{\"id\": \"a\"}, {\"id\": \"b\"}]"),
	    "{\"entries\": [{\"id\": \"a\"}, {\"id\": \"c\"}]}",
	    "    entries[1].id: [-b-]{+c+}\n",
	    LINE(", \"entries\": 2, "
		 "\"all\": [{\"id\": \"a\"}, {\"id\": \"c\"}]") },
	{ LINE(", \"entries\": 1, \"all\": [{\"url\": \"u\"}]"),
	    "{\"entries\": [{\"url\": \"v\", \"id\": \"a\"}, "
	    "{\"url\": \"u\", \"id\": \"b\"}]}",
	    "    entries: [-1-]{+2+}\n        + v\n",
	    LINE(", \"entries\": 2, "
		 "\"all\": [{\"url\": \"v\"}, {\"url\": \"u\"}]") },
	{ LINE(", \"entries\": 1, \"first\": {\"id\": \"a\"}"),
	    "{\"entries\": []}", "    entries: [-1-]{+0+}\n",
	    LINE(", \"entries\": 0") },
	{ LINE(", \"entries\": 1, \"first\": {\"id\": \"a\"}"),
	    "{\"entries\": [], \"fails\": \"not a feed\"}",
	    "    fails: {+not a feed+}\n",
	    LINE(", \"entries\": 0, \"fails\": \"not a feed\"") },
	{ LINE(", \"entries\": 0, \"fails\": \"not a feed\""),
	    "{\"entries\": [{\"id\": \"a\", \"author\": \"An\"}]}",
	    "    fails: [-not a feed-]\n        it came to one entry: -\n",
	    LINE(", \"entries\": 1, \"first\": {\"id\": \"a\"}") },
	/* a page of several records */
	{ LINE(", \"title\": \"A week\""),
	    "{\"records\": [{\"title\": \"A week\"}, {\"title\": \"b\"}]}",
	    "    records: [-1-]{+2+}\n",
	    LINE(", \"records\": 2, "
		 "\"all\": [{\"title\": \"A week\"}, {\"title\": \"b\"}]") },
	{ LINE(", \"records\": 2, \"all\": [{\"id\": \"a\"}, {\"id\": \"b\"}]"),
	    "{\"records\": [{\"id\": \"a\"}, {\"id\": \"c\"}]}",
	    "    records[1].id: [-b-]{+c+}\n",
	    LINE(", \"records\": 2, "
		 "\"all\": [{\"id\": \"a\"}, {\"id\": \"c\"}]") },
	/* of further pages, what they are and which are wanted */
	{ LINE(", \"next\": [\"q.html\"], \"title\": \"A week\""),
	    "{\"records\": [{\"title\": \"A week\"}], "
	    "\"wants\": [\"u\"]}",
	    "", SAME },
	{ LINE(", \"title\": \"A week\", \"wants\": [\"u\", \"v\"]"),
	    "{\"records\": [{\"title\": \"A week\"}], "
	    "\"wants\": [\"u\", \"w\"]}",
	    "    wants:\n        - v\n        + w\n",
	    LINE(", \"title\": \"A week\", \"wants\": [\"u\", \"w\"]") },
	{ LINE(", \"entries\": 0, \"wants\": [\"u\"]"), "{\"entries\": []}",
	    "    wants:\n        - u\n",
	    LINE(", \"entries\": 0, \"wants\": null") },
	{ LINE(", \"wants\": null, \"fails\": \"on further pages\""),
	    "{\"records\": [], \"wants\": [\"u\"], "
	    "\"fails\": \"its text is on further pages\"}",
	    "    wants:\n        + u\n",
	    LINE(", \"fails\": \"its text is on further pages\", "
		 "\"wants\": [\"u\"]") },
	{ LINE(", \"next\": [\"q.html\"]"),
	    "{\"entries\": [], \"wants\": [\"u\"]}",
	    "    records: [-1-]{+0+}\n",
	    LINE(", \"next\": [\"q.html\"], \"entries\": 0, "
		 "\"wants\": [\"u\"]") },
	/* a line that says nothing gets what matters, in one order */
	{ LINE(", \"url\": \"u\""),
	    RECORD("\"text\": \"x\", \"words\": 1, \"title\": \"ü/\", "
		   "\"id\": \"a\", \"url\": \"v\""),
	    "",
	    LINE(", \"url\": \"u\", \"id\": \"a\", \"title\": \"ü/\", "
		 "\"text\": \"x\"") },
	{ LINE(""), "{\"entries\": [{\"title\": \"t\", \"url\": \"u\"}, {}]}",
	    "    records: [-1-]{+0+}\n",
	    LINE(", \"entries\": 2, "
		 "\"first\": {\"url\": \"u\", \"title\": \"t\"}") },
};

static json_t *read_json(const char *text)
{
	json_t *json = json_loads(text, 0, NULL);

	assert_non_null(json);
	return json;
}

static void each_field_that_differs_is_shown(void **state)
{
	size_t i, len;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		json_t *line = read_json(rows[i].line);
		json_t *came = read_json(rows[i].came);
		struct sight sight = { .colour = false };
		char *shown = NULL;

		sight.out = open_memstream(&shown, &len);
		assert_int_equal(expected_compare(&sight, line, came) > 0,
		    *rows[i].shown != '\0');
		fclose(sight.out);
		assert_string_equal(shown, rows[i].shown);
		free(shown);
		json_decref(line);
		json_decref(came);
	}
}

static void a_line_is_renewed_and_right(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		json_t *line = read_json(rows[i].line);
		json_t *came = read_json(rows[i].came);
		json_t *renewed = expected_renew(line, came);
		char *text = json_dumps(renewed, 0);

		assert_string_equal(text,
		    rows[i].renewed != SAME ? rows[i].renewed : rows[i].line);
		if (json_object_get(line, "given") == NULL)
			assert_int_equal(
			    expected_compare(NULL, renewed, came), 0);
		free(text);
		json_decref(renewed);
		json_decref(line);
		json_decref(came);
	}
}

static void colour_is_around_what_differs(void **state)
{
	json_t *line = read_json(LINE(", \"title\": \"A dry week\""));
	json_t *came = read_json(RECORD("\"title\": \"A wet week\""));
	struct sight sight = { .colour = true };
	char *shown = NULL;
	size_t len;

	(void)state;
	sight.out = open_memstream(&shown, &len);
	expected_compare(&sight, line, came);
	fclose(sight.out);
	assert_string_equal(shown,
	    "    \033[1mtitle:\033[0m A \033[31m[-dry-]\033[0m"
	    "\033[32m{+wet+}\033[0m week\n");
	free(shown);
	json_decref(line);
	json_decref(came);
}

static void what_came_is_told_in_a_few_words(void **state)
{
	static const struct {
		const char *came, *told;
	} few[] = {
		{ RECORD("\"title\": \"A week\""), "one record: A week" },
		{ RECORD("\"id\": \"a\""), "one record: -" },
		{ "{\"records\": [{}, {}]}", "2 records" },
		{ "{\"entries\": [{}, {}, {}]}", "3 entries" },
		{ "{\"entries\": [], \"fails\": \"no XML\"}",
		    "nothing: no XML" },
	};
	size_t i, len;

	(void)state;
	for (i = 0; i < COUNT(few); i++) {
		json_t *came = read_json(few[i].came);
		char *told = NULL;
		FILE *out = open_memstream(&told, &len);

		expected_tell(out, came);
		fclose(out);
		assert_string_equal(told, few[i].told);
		free(told);
		json_decref(came);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_field_that_differs_is_shown),
		cmocka_unit_test(a_line_is_renewed_and_right),
		cmocka_unit_test(colour_is_around_what_differs),
		cmocka_unit_test(what_came_is_told_in_a_few_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
