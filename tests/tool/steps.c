/* How a field came about, as people read it, and as programs do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/tool/columns.h"
#include "core/tool/steps.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define BY(field, plugin) "{\"field\":\"" field "\",\"by\":\"" plugin "\","
#define HOW(from, how) "\"from\":\"" from "\",\"how\":\"" how "\","
#define VALUE(value) "\"value\":\"" value "\""
#define TAKEN ",\"taken\":true}"
#define NOT(why) ",\"taken\":false,\"why\":\"" why "\"}"
#define FOUND(key, value, n)                                            \
	"{\"field\":\"options\",\"key\":\"" key "\",\"value\":\"" value \
	"\",\"found\":" n "}"

#define META                                        \
	"\"value\":\"2026-11-05T14:00:00+07:00\","  \
	"\"moment\":\"2026-11-05T14:00:00+07:00\"," \
	"\"zone\":\"explicit\",\"precision\":\"second\""
#define SHOWN                                                                \
	"\"value\":\"05/11/2026\",\"moment\":\"2026-11-05T00:00:00+07:00\"," \
	"\"zone\":\"source\",\"precision\":\"day\""

#define BOTH "It rained in Hue all week.\\n\\nNobody complained."
#define MORE "Read also: Snow"

static const char record[] =
    "{\"id\":\"gazette:7\",\"source\":\"gazette\",\"kind\":\"record\","
    "\"title\":\"A wet week\",\"published\":\"2026-11-05T14:00:00+07:00\","
    "\"published_evidence\":{\"zone\":\"explicit\",\"precision\":\"second\"},"
    "\"authors\":[\"An Roe\",\"Bo Li\"],\"words\":9,"
    "\"text\":\"" BOTH "\"}";

static const char *const trace[] = {
	BY("id", "feed") HOW("url", "key of the address") VALUE("gazette:7")
	    TAKEN,
	BY("title", "feed") HOW("feed", "entry") VALUE("A wet week") TAKEN,
	BY("published", "feed") HOW("meta", "article:published_time")
	    META TAKEN,
	BY("authors", "feed") VALUE("An Roe") TAKEN,
	BY("text", "feed") HOW("page", ".story p")
	    VALUE("HUE (VNA) -- " BOTH "\\n\\n" MORE) TAKEN,
	BY("text", "dateline") HOW("rule", "without its dateline")
	    VALUE(BOTH "\\n\\n" MORE) TAKEN,
	BY("published", "dates") HOW("page", ".date") SHOWN NOT("only the day"),
	BY("text", "shaky")
	    HOW("rule", "x") "\"value\":null" NOT("shaky failed"),
	BY("text", "boilerplate") HOW("rule", "without boilerplate") VALUE(BOTH)
	    TAKEN,
	BY("authors", "bylines") VALUE("Bo Li") TAKEN,
	BY("summary", "shaky") HOW("rule", "y") VALUE("It rained.")
	    NOT("shaky failed"),
	FOUND("author", ".byline a", "0"),
	FOUND("text", ".story p", "2"),
};

static struct steps steps; /* of the two above */

static int steps_read(void **state)
{
	json_t *array = json_array(), *step;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(trace); i++) {
		step = json_loads(trace[i], 0, NULL);
		assert_non_null(step);
		json_array_append_new(array, step);
	}
	steps.trace = array;
	steps.record = json_loads(record, 0, NULL);
	return steps.record != NULL ? 0 : -1;
}

static int steps_drop(void **state)
{
	(void)state;
	json_decref((json_t *)steps.record);
	json_decref((json_t *)steps.trace);
	return 0;
}

/* The caller frees; NULL is all fields. */
static char *shown(const char *field, int width, bool colour)
{
	char *text = NULL;
	size_t len = 0;
	struct steps_on on = { { open_memstream(&text, &len), colour }, width };

	assert_non_null(on.sight.out);
	if (field != NULL)
		steps_show(&on, &steps, field_called(field));
	else
		steps_list(&on, &steps);
	fclose(on.sight.out);
	return text;
}

static void each_step_of_a_field_is_shown(void **state)
{
	static const struct {
		const char *field;
		int width;
		const char *text;
	} rows[] = {
		{ "title", 0,
		    "title  A wet week\n"
		    "  1 feed  feed entry  \"A wet week\"\n" },
		{ "published", 0,
		    "published  2026-11-05T14:00:00+07:00, to the second, "
		    "with its zone\n"
		    "  1 feed   meta article:published_time  "
		    "\"2026-11-05T14:00:00+07:00\"\n"
		    "  2 dates  page .date                   "
		    "\"05/11/2026\" -> 2026-11-05 in the zone of the source"
		    "  not taken: only the day\n" },
		{ "published", 60,
		    "published  2026-11-05T14:00:00+07:00, to the second, "
		    "with\n"
		    "        its zone\n"
		    "  1 feed   meta article:published_time\n"
		    "        \"2026-11-05T14:00:00+07:00\"\n"
		    "  2 dates  page .date\n"
		    "        \"05/11/2026\" -> 2026-11-05 in the zone of the "
		    "source\n"
		    "        not taken: only the day\n" },
		/* where nothing was said of where it is from */
		{ "authors", 80,
		    "authors  An Roe, Bo Li\n"
		    "  1 feed     An Roe\n"
		    "  2 bylines  Bo Li\n" },
		/* of a text, what was changed */
		{ "text", 80,
		    "text  9 words in 2 paragraphs\n"
		    "  1 feed         page .story p              3 "
		    "paragraphs\n"
		    "  2 dateline     rule without its dateline\n"
		    "        [-HUE (VNA) ---] It rained in Hue all week.\n"
		    "        ...\n"
		    "  3 shaky        rule x                     it was taken "
		    "away\n"
		    "        not taken: shaky failed\n"
		    "  4 boilerplate  rule without boilerplate\n"
		    "        ...\n"
		    "        [-Read also: Snow-]\n" },
		{ "text", 40,
		    "text  9 words in 2 paragraphs\n"
		    "  1 feed         page .story p\n"
		    "        3 paragraphs\n"
		    "  2 dateline\n"
		    "        rule without its dateline\n"
		    "        [-HUE (VNA) ---] It rained in\n"
		    "        Hue all week.\n"
		    "        ...\n"
		    "  3 shaky        rule x\n"
		    "        it was taken away\n"
		    "        not taken: shaky failed\n"
		    "  4 boilerplate\n"
		    "        rule without boilerplate\n"
		    "        ...\n"
		    "        [-Read also: Snow-]\n" },
		/* a short text as it is */
		{ "summary", 80,
		    "summary  there is none\n"
		    "  1 shaky  rule y  \"It rained.\"  not taken: shaky "
		    "failed\n" },
		{ "words", 80, "words  9\n    counted in the text\n" },
		{ "section", 80,
		    "section  there is none\n    nobody has said anything\n" },
		{ "seq", 80,
		    "seq  there is none\n    only the daemon knows it\n" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char *text = shown(rows[i].field, rows[i].width, false);

		assert_string_equal(text, rows[i].text);
		free(text);
	}
}

static void all_fields_are_listed_with_who_gave_them_last(void **state)
{
	char *text = shown(NULL, 60, false);

	(void)state;
	assert_string_equal(text,
	    "id           gazette:7           feed url key of the address\n"
	    "source       gazette             the name of its .conf\n"
	    "title        A wet week          feed feed entry\n"
	    "published    2026-11-05T14:00:…  feed meta article:publishe…\n"
	    "authors      An Roe, Bo Li       bylines\n"
	    "summary      there is none       shaky rule y, not taken: s…\n"
	    "text         9 words in 2 para…  boilerplate rule without b…\n"
	    "words        9                   counted in the text\n"
	    "\nOptions that find nothing on this page:\n"
	    "    author = .byline a\n");
	free(text);
	text = shown(NULL, 0, false);
	assert_non_null(strstr(text,
	    "summary      there is none                             shaky rule "
	    "y, not taken: shaky failed\n"));
	free(text);
}

/* However few there are, and whatever is in them. */
static void no_line_is_longer_than_there_are_columns(void **state)
{
	static const char *const names[] = { NULL, "title", "published",
		"authors", "text", "summary", "id" };
	int width;
	size_t i;

	(void)state;
	for (width = 40; width <= 120; width++) {
		for (i = 0; i < COUNT(names); i++) {
			char *text = shown(names[i], width, i % 2 == 0), *line,
			     *rest = NULL;

			for (line = strtok_r(text, "\n", &rest); line != NULL;
			     line = strtok_r(NULL, "\n", &rest)) {
				assert_true(columns_of(line) <= width);
				assert_int_not_equal(
				    line[strlen(line) - 1], ' ');
			}
			free(text);
		}
	}
}

static void colour_is_for_what_differs(void **state)
{
	char *text = shown("text", 80, true);

	(void)state;
	assert_non_null(strstr(text, "\033[1mtext\033[0m  9 words"));
	assert_non_null(
	    strstr(text, "        \033[31m[-Read also: Snow-]\033[0m\n"));
	assert_non_null(strstr(text, "\033[2m  3 shaky "));
	assert_non_null(strstr(text, "not taken: shaky failed\033[0m\n"));
	free(text);
}

static void programs_get_the_steps_as_they_are(void **state)
{
	json_t *one = steps_json(&steps, field_called("published_evidence"));
	json_t *all = steps_json(&steps, NULL), *told;
	char *text = json_dumps(one, JSON_COMPACT);

	(void)state;
	assert_string_equal(text,
	    "{\"id\":\"gazette:7\",\"source\":\"gazette\",\"fields\":"
	    "{\"published\":{\"value\":\"2026-11-05T14:00:00+07:00\",\"steps\":"
	    "[" BY("published", "feed") HOW("meta", "article:published_time")
		META TAKEN "," BY("published", "dates") HOW("page", ".date")
		    SHOWN NOT("only the day") "]}}}");
	free(text);
	told = json_object_get(all, "fields");
	assert_int_equal(json_object_size(told), 8);
	assert_null(json_object_get(told, "kind"));
	assert_true(json_is_null(
	    json_object_get(json_object_get(told, "summary"), "value")));
	assert_int_equal(json_array_size(json_object_get(
			     json_object_get(told, "text"), "steps")),
	    4);
	text = json_dumps(json_object_get(all, "options"), JSON_COMPACT);
	assert_string_equal(text,
	    "[" FOUND("author", ".byline a", "0") "," FOUND(
		"text", ".story p", "2") "]");
	free(text);
	json_decref(all);
	json_decref(one);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_step_of_a_field_is_shown),
		cmocka_unit_test(all_fields_are_listed_with_who_gave_them_last),
		cmocka_unit_test(no_line_is_longer_than_there_are_columns),
		cmocka_unit_test(colour_is_for_what_differs),
		cmocka_unit_test(programs_get_the_steps_as_they_are),
	};

	return cmocka_run_group_tests(tests, steps_read, steps_drop);
}
