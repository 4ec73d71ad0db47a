/* Records as IPTC ninjs; tests/house/75-ninjs.sh has them checked against the
   published schema. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/tool/ninjs.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* What every record has, before and after it is turned. */
#define RECORD "\"v\":1,\"kind\":\"record\",\"id\":\"vgp:1\","
#define NINJS                                                              \
	"\"uri\":\"urn:dateline:vgp:1\",\"type\":\"text\","                \
	"\"representationType\":\"full\","                                 \
	"\"altIds\":[{\"role\":\"dateline\",\"value\":\"vgp:1\"}],"        \
	"\"standard\":{\"name\":\"ninjs\",\"version\":\"3.1\",\"schema\":" \
	"\"http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#\"},"

static void fields_have_their_places(void **state)
{
	static const struct {
		const char *record, *ninjs;
	} rows[] = {
		/* who, what, when */
		{ "\"title\":\"Hà Nội\"",
		    "\"headlines\":[{\"role\":\"main\",\"contentType\":"
		    "\"text/plain\",\"value\":\"Hà Nội\"}]" },
		{ "\"summary\":\"a lead\"",
		    "\"descriptions\":[{\"role\":\"summary\",\"contentType\":"
		    "\"text/plain\",\"value\":\"a lead\"}]" },
		{ "\"text\":\"Đắk\\n\\nLắk\",\"words\":2,\"language\":\"vi\"",
		    "\"bodies\":[{\"role\":\"main\",\"contentType\":"
		    "\"text/plain\",\"value\":\"Đắk\\n\\nLắk\","
		    "\"charCount\":8,\"wordCount\":2}],\"language\":\"vi\"" },
		{ "\"text\":\"越南\",\"words\":2,\"language\":\"zh\"",
		    "\"bodies\":[{\"role\":\"main\",\"contentType\":"
		    "\"text/plain\",\"value\":\"越南\",\"charCount\":2}],"
		    "\"language\":\"zh\"" },
		{ "\"language\":\"zh-Hans\"", "\"language\":\"zh\"" },
		{ "\"language\":\"zha\"", "\"language\":\"zha\"" },
		{ "\"published\":\"2024-11-07T15:24:00+07:00\","
		  "\"published_evidence\":{\"raw\":\"x\"}",
		    "\"contentCreated\":\"2024-11-07T15:24:00+07:00\"" },
		{ "\"revision\":3,\"changed\":[\"text\"],"
		  "\"spooled\":\"2026-11-05T07:20:03.311Z\"",
		    "\"version\":\"3\","
		    "\"versionCreated\":\"2026-11-05T07:20:03.311Z\"" },
		{ "\"status\":\"usable\"", "\"pubStatus\":\"usable\"" },
		{ "\"status\":\"withdrawn\"",
		    "\"pubStatus\":\"canceled\","
		    "\"representationType\":\"partial\"" },
		{ "\"agency\":\"VNS\",\"source\":\"vns\","
		  "\"credits\":[\"VNA\",\"VNS\"]",
		    "\"copyrightHolder\":\"VNS\",\"infoSources\":["
		    "{\"name\":\"VNS\",\"role\":\"publisher\"},"
		    "{\"name\":\"VNA\",\"role\":\"credit\"}]" },
		{ "\"authors\":[\"An Roe\",\"Bình Roe\"]",
		    "\"by\":\"An Roe, Bình Roe\"" },
		{ "\"section\":\"Society\",\"tags\":[\"a\",\"b\"]",
		    "\"subjects\":[{\"name\":\"Society\",\"rel\":\"section\"},"
		    "{\"name\":\"a\",\"rel\":\"tag\"},"
		    "{\"name\":\"b\",\"rel\":\"tag\"}]" },
		/* where */
		{ "\"dateline\":{\"text\":\"HÀ NỘI\",\"place\":{\"name\":"
		  "\"Hà Nội\",\"code\":\"VN-HN\",\"country\":\"VN\"}}",
		    "\"located\":\"Hà Nội\"" },
		{ "\"dateline\":{\"text\":\"NOWHERE\"}", "" },
		{ "\"places\":[{\"name\":\"Hà Nội\",\"code\":\"VN-HN\","
		  "\"country\":\"VN\",\"in\":[\"text\"]},"
		  "{\"name\":\"China\",\"code\":\"CN\",\"country\":\"CN\"}]",
		    "\"places\":[{\"name\":\"Hà Nội\",\"literal\":\"VN-HN\"},"
		    "{\"name\":\"China\",\"literal\":\"CN\"}]" },
		/* addresses */
		{ "\"url\":\"https://a.example/b c?đ#e\"",
		    "\"renditions\":[{\"name\":\"web\",\"href\":"
		    "\"https://a.example/b%20c?%C4%91#e\"}]" },
		{ "\"rights\":{\"robots\":\"allowed\","
		  "\"license\":\"https://a.example/l\"}",
		    "\"rightsInfo\":{\"linkedRights\":"
		    "\"https://a.example/l\"}" },
		{ "\"rights\":{\"robots\":\"allowed\"}", "" },
		{ "\"images\":[{\"caption\":\"no url\"},"
		  "{\"url\":\"https://a.example/1.jpg\",\"caption\":\"c\","
		  "\"credit\":\"An Roe\"},{\"url\":\"nonsense\"}]",
		    "\"associations\":[{\"name\":\"picture-2\","
		    "\"rel\":\"picture\",\"type\":\"picture\","
		    "\"uri\":\"https://a.example/1.jpg\",\"by\":\"An Roe\","
		    "\"descriptions\":[{\"role\":\"caption\",\"contentType\":"
		    "\"text/plain\",\"value\":\"c\"}],\"renditions\":["
		    "{\"name\":\"original\","
		    "\"href\":\"https://a.example/1.jpg\"}]}]" },
		/* nothing becomes of nothing */
		{ "\"authors\":[],\"tags\":[],\"images\":[],\"title\":\"\"",
		    "" },
		{ "\"authors\":[1],\"tags\":[null],\"title\":7", "" },
		{ "\"fingerprint\":\"0123456789abcdef\",\"quality\":[\"x\"]",
		    "" },
		{ "\"same_as\":[\"vna:1\"]", "" },
	};
	char text[4096];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		json_t *record, *want, *more, *got;

		snprintf(text, sizeof(text), "{" RECORD "%s}", rows[i].record);
		record = json_loads(text, 0, NULL);
		assert_non_null(record);
		/* A key that comes again takes the place of the first. */
		want = json_loads("{" NINJS "\"-\":0}", 0, NULL);
		json_object_del(want, "-");
		snprintf(text, sizeof(text), "{%s}", rows[i].ninjs);
		more = json_loads(text, 0, NULL);
		assert_non_null(more);
		json_object_update(want, more);
		got = ninjs(record);
		if (!json_equal(got, want))
			fail_msg("%s: %s", rows[i].record,
			    json_dumps(got, JSON_COMPACT));
		json_decref(got);
		json_decref(more);
		json_decref(want);
		json_decref(record);
	}
}

static void an_id_becomes_a_uri(void **state)
{
	static const struct {
		const char *id, *uri;
	} rows[] = {
		{ "vgp:102241107152407", "urn:dateline:vgp:102241107152407" },
		{ "feed:https://a.example/b?c=d#e f",
		    "urn:dateline:feed:https://a.example/b%3Fc=d%23e%20f" },
		{ "feed:100%", "urn:dateline:feed:100%25" },
		{ "feed:đ", "urn:dateline:feed:%C4%91" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		json_t *record =
		    json_pack("{ss ss}", "kind", "record", "id", rows[i].id);
		json_t *object = ninjs(record);

		assert_string_equal(
		    json_string_value(json_object_get(object, "uri")),
		    rows[i].uri);
		json_decref(object);
		json_decref(record);
	}
}

static void what_is_no_record_is_left_out(void **state)
{
	static const char *const lines[] = {
		"{\"v\":1,\"kind\":\"loss\",\"from\":1,\"to\":2,\"why\":\"x\"}",
		"{\"v\":1,\"kind\":\"gap\",\"from\":1,\"to\":2,\"why\":\"x\"}",
		"{}",
		"[]",
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lines); i++) {
		json_t *line = json_loads(lines[i], 0, NULL);

		assert_null(ninjs(line));
		json_decref(line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_have_their_places),
		cmocka_unit_test(an_id_becomes_a_uri),
		cmocka_unit_test(what_is_no_record_is_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
