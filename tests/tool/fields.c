/* The fields of a record, each of them on a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/tool/fields.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static json_t *json(const char *text)
{
	json_t *object = json_loads(text, 0, NULL);

	assert_non_null(object);
	return object;
}

static void what_a_field_is_stands_on_a_line(void **state)
{
	static const struct {
		const char *field, *record, *line;
	} rows[] = {
		{ "title", "{\"title\":\"Rain\"}", "Rain" },
		{ "summary", "{\"summary\":\"Rain.\\n\\nSun.\"}",
		    "Rain. Sun." },
		{ "text", "{\"text\":\"Rain.\\n\\nSun.\",\"words\":2}",
		    "2 words in 2 paragraphs" },
		{ "text", "{\"text\":\"Rain.\"}", "1 paragraph" },
		{ "text_ascii", "{\"text_ascii\":\"Rain.\",\"words\":1}",
		    "1 paragraph" },
		{ "words", "{\"words\":214}", "214" },
		{ "authors", "{\"authors\":[\"An Roe\",\"Bo Li\"]}",
		    "An Roe, Bo Li" },
		{ "places",
		    "{\"places\":[{\"name\":\"Huế\",\"code\":\"VN-26\"},"
		    "{\"name\":\"Lagi\"}]}",
		    "Huế, Lagi" },
		{ "images", "{\"images\":[{\"caption\":\"Rain\"}]}",
		    "1 image" },
		{ "alternates",
		    "{\"alternates\":[{\"language\":\"fr\",\"url\":\"u\"},"
		    "{\"language\":\"ru\",\"url\":\"v\"}]}",
		    "fr, ru" },
		{ "extra", "{\"extra\":{\"editor\":\"li\",\"desk\":\"x\"}}",
		    "editor: li, desk: x" },
		{ "http", "{\"http\":{\"status\":200,\"etag\":\"e\"}}",
		    "status: 200, etag: e" },
		{ "license", "{\"rights\":{\"license\":\"https://l\"}}",
		    "https://l" },
		{ "dateline",
		    "{\"dateline\":{\"text\":\"HUE, Oct. 12 (VNA) --\","
		    "\"place\":{\"name\":\"Huế\",\"code\":\"VN-26\"},"
		    "\"date\":\"2026-10-12\",\"agency\":\"VNA\"}}",
		    "\"HUE, Oct. 12 (VNA) --\", Huế (VN-26), 2026-10-12, "
		    "VNA" },
		{ "dateline", "{\"dateline\":{\"text\":\"(VNA) --\"}}",
		    "\"(VNA) --\"" },
		{ "published", "{\"published\":\"2026-11-05T14:00:00+07:00\"}",
		    "2026-11-05T14:00:00+07:00" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct field *field = field_called(rows[i].field);
		json_t *record = json(rows[i].record);
		struct buf line = { .len = 0 };

		assert_non_null(field);
		assert_non_null(field_value(field, record));
		field->value(&line, field, record);
		assert_string_equal(line.bytes, rows[i].line);
		buf_free(&line);
		json_decref(record);
	}
}

static void what_a_step_has_given_stands_on_a_line(void **state)
{
	static const struct {
		const char *field, *step, *line;
	} rows[] = {
		{ "title", "{\"value\":\"Rain\"}", "\"Rain\"" },
		{ "authors", "{\"value\":\"An Roe\"}", "An Roe" },
		{ "extra", "{\"key\":\"editor\",\"value\":\"li\"}",
		    "editor: li" },
		/* a time, with what was read from it */
		{ "published",
		    "{\"value\":\"2026-11-05T14:00:00+07:00\",\"moment\":"
		    "\"2026-11-05T14:00:00+07:00\",\"zone\":\"explicit\","
		    "\"precision\":\"second\"}",
		    "\"2026-11-05T14:00:00+07:00\"" },
		{ "published",
		    "{\"value\":\"05/11/2026 14:00\",\"moment\":"
		    "\"2026-11-05T14:00:00+07:00\",\"zone\":\"source\","
		    "\"precision\":\"minute\"}",
		    "\"05/11/2026 14:00\" -> 2026-11-05T14:00+07:00 in the "
		    "zone of the source" },
		{ "updated",
		    "{\"value\":\"2026-11-05\",\"moment\":"
		    "\"2026-11-05T00:00:00+07:00\",\"zone\":\"explicit\","
		    "\"precision\":\"day\"}",
		    "\"2026-11-05\"" },
		{ "dateline",
		    "{\"value\":\"HUE, Oct. 12 (VNA) --\",\"place\":\"Huế\","
		    "\"code\":\"VN-26\",\"moment\":"
		    "\"2026-10-12T00:00:00+07:00\"}",
		    "\"HUE, Oct. 12 (VNA) --\", Huế (VN-26), 2026-10-12" },
		{ "dateline", "{\"value\":\"(VNA) --\"}", "\"(VNA) --\"" },
		{ "places",
		    "{\"value\":\"Huế\",\"place\":\"Huế\",\"code\":\"VN-26\","
		    "\"as\":\"HUE\"}",
		    "Huế (VN-26), as HUE" },
		{ "places", "{\"value\":\"Lagi\"}", "Lagi" },
		{ "images",
		    "{\"value\":\"https://i\",\"caption\":\"Rain\","
		    "\"credit\":\"VNA\"}",
		    "https://i, caption \"Rain\", credit \"VNA\"" },
		{ "images", "{\"value\":\"Rain\",\"caption\":\"Rain\"}",
		    "Rain" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct field *field = field_called(rows[i].field);
		json_t *step = json(rows[i].step);
		struct buf line = { .len = 0 };

		assert_non_null(field);
		field->step(&line, step);
		assert_string_equal(line.bytes, rows[i].line);
		buf_free(&line);
		json_decref(step);
	}
}

static void how_exactly_a_time_is_known_is_told(void **state)
{
	static const struct {
		const char *field, *evidence, *line;
	} rows[] = {
		{ "published", "\"precision\":\"day\",\"zone\":\"source\"",
		    ", only the day, in the zone of the source" },
		{ "published", "\"zone\":\"explicit\",\"precision\":\"minute\"",
		    ", to the minute, with its zone" },
		{ "published", "\"zone\":\"assumed\",\"precision\":\"second\"",
		    ", to the second, in a zone that is assumed" },
		{ "updated", "\"precision\":\"day\"", NULL },
		{ "title", "\"precision\":\"day\"", NULL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct buf text = { .len = 0 }, line = { .len = 0 };
		json_t *record;

		buf_printf(
		    &text, "{\"published_evidence\":{%s}}", rows[i].evidence);
		record = json(text.bytes);
		field_evidence(&line, field_called(rows[i].field), record);
		if (rows[i].line == NULL)
			assert_int_equal(line.len, 0);
		else
			assert_string_equal(line.bytes, rows[i].line);
		json_decref(record);
		buf_free(&line);
		buf_free(&text);
	}
}

/* Each can be shown by one who goes through all of them. */
static void each_field_has_what_it_is(void **state)
{
	const struct field *field;

	(void)state;
	for (field = fields; field->name != NULL; field++) {
		assert_ptr_equal(field_called(field->name),
		    field->of != NULL ? field_called(field->of) : field);
		assert_true((field->of == NULL) == (field->value != NULL));
		assert_false(field->step != NULL && field->about != NULL);
	}
	assert_string_equal(
	    field_called("published_evidence")->name, "published");
	assert_null(field_called("titel"));
	assert_null(field_called(""));
	assert_string_equal(field_nearest("titel"), "title");
	assert_string_equal(field_nearest("publish"), "published");
	assert_null(field_nearest("weather"));
	assert_true(field_is_own(field_called("title")));
	assert_false(field_is_own(field_called("kind")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_field_is_stands_on_a_line),
		cmocka_unit_test(what_a_step_has_given_stands_on_a_line),
		cmocka_unit_test(how_exactly_a_time_is_known_is_told),
		cmocka_unit_test(each_field_has_what_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
