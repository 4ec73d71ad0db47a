/* Which records count. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/tool/filter.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* 2024-11-08T00:00:00Z */
#define NOW INT64_C(1731024000000)

static const char *const records[] = {
	/* 0 */
	"{\"v\":1,\"kind\":\"record\",\"seq\":1,\"id\":\"vgp:102241107152407\","
	"\"source\":\"vgp\",\"agency\":\"VGP\",\"language\":\"en\","
	"\"title\":\"Prime Minister holds talks in Hà Nội\","
	"\"summary\":\"A lead of its own…\","
	"\"text\":\"First paragraph.\\n\\nKunming is far (№ 7).\","
	"\"published\":\"2024-11-07T15:24:00+07:00\","
	"\"published_evidence\":{\"precision\":\"minute\"},"
	"\"places\":[{\"name\":\"Hà Nội\",\"code\":\"VN-HN\","
	"\"country\":\"VN\",\"as\":[\"HÀ NỘI\",\"Thủ đô\"],"
	"\"in\":[\"title\"]},"
	"{\"name\":\"Yunnan\",\"code\":\"CN-YN\",\"country\":\"CN\","
	"\"as\":[\"Kunming\"],\"in\":[\"text\"]}]}",
	/* 1 */
	"{\"v\":1,\"kind\":\"record\",\"seq\":2,\"id\":\"azertac:3840001\","
	"\"source\":\"azertac\",\"agency\":\"AZƏRTAC\",\"language\":\"az\","
	"\"text\":\"Gəncədə görüş keçirilib. Đắk Lắk\","
	"\"published\":\"2024-11-06T00:00:00+04:00\","
	"\"published_evidence\":{\"precision\":\"day\"},"
	"\"dateline\":{\"text\":\"BAKI\",\"place\":{\"name\":\"Bakı\","
	"\"code\":\"AZ-BA\",\"country\":\"AZ\"}}}",
	/* 2 */
	"{\"v\":1,\"kind\":\"record\",\"seq\":3,\"id\":\"xinhua:0a1b\","
	"\"source\":\"xinhua\",\"agency\":\"Xinhua\","
	"\"language\":\"zh-Hant\",\"title\":\"武汉，有 Viet Nam\","
	"\"text\":\"越南\"}",
	/* 3 */
	"{\"v\":1,\"kind\":\"record\",\"seq\":4,\"id\":\"vgp:9\","
	"\"source\":\"vgp-vi\",\"agency\":\"VGP\",\"status\":\"withdrawn\","
	"\"title\":\"gone\"}",
	/* 4, 5: no records */
	"{\"v\":1,\"kind\":\"loss\",\"from\":5,\"to\":6,\"why\":\"crash\"}",
	"{\"v\":1,\"kind\":\"gap\",\"from\":7,\"to\":9,\"why\":\"removed\"}",
};

struct row {
	struct {
		enum filter_by by;
		const char *value; /* NULL: no more */
	} wants[4];
	const char *count; /* which of the records; not 4 and 5, which do */
};

static const struct row rows[] = {
	{ { { BY_SOURCE, NULL } }, "0123" },
	{ { { BY_SOURCE, "vgp" } }, "0" },
	/* agencies: folded, in any case, and nothing more */
	{ { { BY_AGENCY, "vgp" } }, "03" },
	{ { { BY_AGENCY, "AZERTAC" } }, "1" },
	{ { { BY_AGENCY, "azərtac" } }, "1" },
	{ { { BY_AGENCY, "xin" } }, "" },
	{ { { BY_AGENCY, "xin hua" } }, "2" },
	/* places by name, by form, by code */
	{ { { BY_PLACE, "Hà Nội" } }, "0" },
	{ { { BY_PLACE, "ha noi" } }, "0" },
	{ { { BY_PLACE, "HANOI" } }, "0" },
	{ { { BY_PLACE, "Hanoi," } }, "0" },
	{ { { BY_PLACE, "kunming" } }, "0" },
	{ { { BY_PLACE, "thu do" } }, "0" },
	{ { { BY_PLACE, "noi" } }, "" },
	{ { { BY_PLACE, "Baki" } }, "1" },
	{ { { BY_PLACE, "VN" } }, "0" },
	{ { { BY_PLACE, "VN-HN" } }, "0" },
	{ { { BY_PLACE, "vn-hn" } }, "0" },
	{ { { BY_PLACE, "VN-H" } }, "" },
	{ { { BY_PLACE, "VN-SG" } }, "" },
	{ { { BY_PLACE, "AZ" } }, "1" },
	{ { { BY_PLACE, "az-ba" } }, "1" },
	{ { { BY_PLACE, "CN" } }, "0" },
	/* languages by prefix */
	{ { { BY_LANG, "en" } }, "0" },
	{ { { BY_LANG, "zh" } }, "2" },
	{ { { BY_LANG, "ZH-hant" } }, "2" },
	{ { { BY_LANG, "zh-Hant-TW" } }, "" },
	{ { { BY_LANG, "z" } }, "" },
	/* ids, and how they begin */
	{ { { BY_ID, "vgp:102241107152407" } }, "0" },
	{ { { BY_ID, "vgp:10224110715240" } }, "" },
	{ { { BY_ID, "vgp:*" } }, "03" },
	{ { { BY_ID, "vgp:1*" } }, "0" },
	{ { { BY_ID, "*" } }, "0123" },
	{ { { BY_ID, "VGP:*" } }, "" },
	/* words, as they are and folded */
	{ { { BY_GREP, "Hà Nội" } }, "0" },
	{ { { BY_GREP, "Ha Noi" } }, "0" },
	{ { { BY_GREP, "HÀ NỘI" } }, "0" },
	{ { { BY_GREP, "hà noi" } }, "0" },
	{ { { BY_GREP, "viet nam|gence" } }, "12" },
	{ { { BY_GREP, "Việt Nam" } }, "2" },
	{ { { BY_GREP, "dak l[aă]k" } }, "1" },
	{ { { BY_GREP, "đ[ăâ]k l[ắ]k" } }, "1" },
	{ { { BY_GREP, "越南|武漢" } }, "2" },
	{ { { BY_GREP, "^Kunming" } }, "0" },
	{ { { BY_GREP, "^is far" } }, "" },
	{ { { BY_GREP, "paragraph\\.$" } }, "0" },
	{ { { BY_GREP, "first.*kunming" } }, "" }, /* not over paragraphs */
	{ { { BY_GREP, "lead of" } }, "0" },
	{ { { BY_GREP, "own…$" } }, "0" },
	{ { { BY_GREP, "own\\.{3}$" } }, "0" },
	{ { { BY_GREP, "№+ 7" } }, "0" },
	{ { { BY_GREP, "no. 7\\)" } }, "0" },
	{ { { BY_GREP, "†" } }, "" }, /* not the "+" it is folded to */
	{ { { BY_GREP, "Ho\xcc\x80 No\xcc\xa3\xcc\x82i" } }, "" },
	{ { { BY_GREP, "Ha\xcc\x80 No\xcc\xa3\xcc\x82i" } }, "0" },
	{ { { BY_GREP, "withdrawn" } }, "" }, /* the text, not the JSON */
	{ { { BY_GREP, "[[:digit:]]" } }, "0" },
	{ { { BY_GREP, "[]x(]№" } }, "0" },
	{ { { BY_GREP, "\\(№" } }, "0" },
	{ { { BY_GREP, "\\[№" } }, "" },
	{ { { BY_GREP, "" } }, "0123" },
	/* published: a day is all of it */
	{ { { BY_PUBLISHED, "2024-11-07T08:24:00Z" } }, "0" },
	{ { { BY_PUBLISHED, "2024-11-07T08:24:01Z" } }, "" },
	{ { { BY_PUBLISHED, "2024-11-06T19:59:59Z" } }, "01" },
	{ { { BY_PUBLISHED, "2024-11-06T20:00:00Z" } }, "0" },
	{ { { BY_PUBLISHED, "16h" } }, "0" },
	{ { { BY_PUBLISHED, "7d" } }, "01" },
	{ { { BY_PUBLISHED, "@0" } }, "01" },
	/* alternatives, and what must all be so */
	{ { { BY_SOURCE, "vgp" }, { BY_SOURCE, "xinhua" } }, "02" },
	{ { { BY_SOURCE, "vgp" }, { BY_AGENCY, "Xinhua" } }, "" },
	{ { { BY_AGENCY, "vgp" }, { BY_LANG, "en" } }, "0" },
	{ { { BY_AGENCY, "vgp" }, { BY_LANG, "en" }, { BY_LANG, "vi" } }, "0" },
	{ { { BY_PLACE, "AZ" }, { BY_PLACE, "CN" }, { BY_GREP, "gorus" } },
	    "1" },
	{ { { BY_PUBLISHED, "7d" }, { BY_PUBLISHED, "1h" } }, "01" },
};

static bool row_holds(const struct row *row, char *got)
{
	struct filter filter = { .wants = { NULL } };
	size_t i;

	for (i = 0; i < COUNT(row->wants) && row->wants[i].value != NULL; i++)
		assert_null(filter_want(
		    &filter, row->wants[i].by, row->wants[i].value, NOW));
	assert_int_equal(filter_asks(&filter), i > 0);
	for (i = 0; i < COUNT(records); i++) {
		json_t *record = json_loads(records[i], 0, NULL);

		assert_non_null(record);
		if (filter_counts(&filter, record)) {
			*got++ = (char)('0' + i);
			assert_true(
			    i > 3 || filter_may_count(&filter, records[i]));
		}
		json_decref(record);
	}
	*got = '\0';
	filter_free(&filter);
	assert_false(filter_asks(&filter));
	return true;
}

static void those_count_that_were_asked_for(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char got[COUNT(records) + 1], want[COUNT(records) + 1];

		row_holds(&rows[i], got);
		snprintf(want, sizeof(want), "%s45", rows[i].count);
		if (strcmp(got, want) != 0)
			fail_msg("row %zu, \"%s\": %s, not %s", i,
			    rows[i].wants[0].value, got, want);
	}
}

/* However a writer of JSON writes the id. */
static void what_cannot_count_is_seen_at_once(void **state)
{
	static const struct {
		const char *id, *line;
		bool may;
	} ids[] = {
		{ "vgp:1", "{\"id\":\"vgp:1\"}", true },
		{ "vgp:1", "{\"id\":\"vgp:12\"}", true }, /* filter_counts() */
		{ "vgp:1", "{\"id\":\"vgp:2\"}", false },
		{ "vgp:*", "{\"id\":\"vgp:2\"}", true },
		{ "vgp:*", "{\"id\":\"vna:2\"}", false },
		{ "*", "{\"id\":\"vna:2\"}", true },
		{ "a:1/long", "{\"id\":\"a:1\\/long\"}", true },
		{ "a:đ", "{\"id\":\"a:\\u0111\"}", true },
		{ "đ", "{\"id\":\"\\u0111\"}", true },
		{ "a\"b", "{\"id\":\"a\\\"b\"}", true },
		{ "a:đb", "{\"id\":\"c\"}", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(ids); i++) {
		struct filter filter = { .wants = { NULL } };

		assert_true(filter_may_count(&filter, ids[i].line));
		assert_false(filter_asks_ids(&filter));
		assert_null(filter_want(&filter, BY_ID, ids[i].id, NOW));
		assert_true(filter_asks_ids(&filter));
		if (filter_may_count(&filter, ids[i].line) != ids[i].may)
			fail_msg("%s: %s", ids[i].id, ids[i].line);
		filter_free(&filter);
	}
}

static void what_makes_no_sense_is_refused(void **state)
{
	static const struct {
		enum filter_by by;
		const char *value, *says;
	} bad[] = {
		{ BY_SOURCE, "", "want a name" },
		{ BY_AGENCY, "", "want a name" },
		{ BY_AGENCY, " - ", "want a name" },
		{ BY_PLACE, "…", "want a name" },
		{ BY_LANG, "", "want a" },
		{ BY_ID, "", "want an id" },
		{ BY_GREP, "(", "Unmatched ( or \\(" },
		{ BY_GREP, "[a", "Unmatched [" },
		{ BY_GREP, "[à-ỹ]", "Invalid collation character" },
		{ BY_GREP, "a{2,1}", "Invalid content of \\{\\}" },
		{ BY_PUBLISHED, "yesterday", "want a time" },
		{ BY_PUBLISHED, "", "want a time" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++) {
		struct filter filter = { .wants = { NULL } };
		const char *wrong =
		    filter_want(&filter, bad[i].by, bad[i].value, NOW);

		if (wrong == NULL || strstr(wrong, bad[i].says) != wrong)
			fail_msg("\"%s\": %s, not %s", bad[i].value, wrong,
			    bad[i].says);
		assert_false(filter_asks(&filter));
		filter_free(&filter);
	}
}

static void options_have_their_names(void **state)
{
	static const char *const names[] = {
		[BY_SOURCE] = "source",
		[BY_AGENCY] = "agency",
		[BY_PLACE] = "place",
		[BY_LANG] = "lang",
		[BY_GREP] = "grep",
		[BY_ID] = "id",
		[BY_PUBLISHED] = "published-since",
	};
	int by;

	(void)state;
	for (by = 0; by < FILTERS; by++)
		assert_string_equal(
		    filter_option((enum filter_by)by), names[by]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(those_count_that_were_asked_for),
		cmocka_unit_test(what_cannot_count_is_seen_at_once),
		cmocka_unit_test(what_makes_no_sense_is_refused),
		cmocka_unit_test(options_have_their_names),
	};

	setenv("TZ", "UTC", 1);
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
