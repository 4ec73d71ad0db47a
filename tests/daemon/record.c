/* Which revision a record is, and what has changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/daemon/drift.h"
#include "core/daemon/record.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A record of which `fields` differ from row to row. */
#define RECORD(fields)                                               \
	"{\"v\":1,\"kind\":\"record\",\"id\":\"vgp:1\","             \
	"\"source\":\"vgp\",\"url\":\"https://a.example/1\"," fields \
	"\"extractors\":[\"vgp 1\",\"dates 1\"]}"

#define OF_VGP "\"source\":\"vgp\","

static const char first[] = RECORD(
    "\"title\":\"A\",\"summary\":\"S\",\"text\":\"T\","
    "\"authors\":[\"X\",\"Y\"],\"published\":\"2024-11-07T15:24:00+07:00\","
    "\"places\":[{\"name\":\"Bakı\",\"code\":\"AZ-BA\"}],"
    "\"images\":[{\"url\":\"https://a.example/"
    "a.jpg?w=1\",\"caption\":\"C\"}],");

static struct arena arena;

static int give_back(void **state)
{
	(void)state;
	arena_reset(&arena);
	return 0;
}

/* The hashes of a record, as the state keeps them. */
static const char *hashes(const char *json)
{
	static const struct known none = { 0 };
	struct composed composed;

	record_compose(&arena, json, &none, false, &composed);
	assert_int_equal(composed.news, NEWS_FIRST);
	return composed.hashes;
}

static void the_first_record_is_revision_one(void **state)
{
	static const struct dl_list second = { "https://a.example/b", NULL },
				    feeds = { "https://a.example/a", &second };
	static const struct known known = { .feeds = &feeds }, none = { 0 };
	struct composed composed;

	(void)state;
	record_compose(
	    &arena, RECORD("\"title\":\"Hà Nội\","), &known, false, &composed);
	assert_int_equal(composed.news, NEWS_FIRST);
	assert_int_equal(composed.revision, 1);
	assert_string_equal(composed.source, "vgp");
	assert_string_equal(composed.url, "https://a.example/1");
	assert_string_equal(composed.line,
	    "{\"v\":1,\"kind\":\"record\",\"id\":\"vgp:1\",\"revision\":1,"
	    "\"status\":\"usable\",\"source\":\"vgp\","
	    "\"url\":\"https://a.example/1\",\"feeds\":"
	    "[\"https://a.example/a\",\"https://a.example/b\"],"
	    "\"title\":\"Hà Nội\",\"extractors\":[\"vgp 1\",\"dates 1\"]}");
	record_compose(&arena, first, &none, false, &composed);
	assert_null(strstr(composed.line, "\"feeds\""));
	assert_null(strchr(composed.line, '\n'));
}

static void copies_are_told_by_the_daemon_alone(void **state)
{
	static const struct dl_list second = { "vna:2", NULL },
				    same_as = { "xinhua:1", &second };
	static const struct known known = { .same_as = &same_as }, none = { 0 };
	const char lie[] =
	    RECORD("\"same_as\":[\"x:1\"],\"fingerprint\":\"00\",");
	struct composed composed, again;
	const char *id;

	(void)state;
	record_compose(&arena, lie, &none, false, &composed);
	assert_null(strstr(composed.line, "same_as"));
	assert_string_equal(composed.fingerprint, "00");
	record_compose(&arena, lie, &known, false, &composed);
	assert_non_null(
	    strstr(composed.line, "\"same_as\":[\"xinhua:1\",\"vna:2\"]"));
	assert_true(record_replay(&arena, composed.line, &again, &id));
	assert_string_equal(again.fingerprint, "00");
	assert_string_equal(again.same_as->text, "xinhua:1");
	assert_string_equal(again.same_as->next->text, "vna:2");
	assert_null(again.same_as->next->next);
}

static void only_what_is_news_makes_a_revision(void **state)
{
	static const struct {
		const char *json, *changed; /* NULL: no news */
	} rows[] = {
		{ first, NULL },
		/* a title; several at once, in their own order */
		{ RECORD("\"title\":\"B\",\"summary\":\"S\",\"text\":\"T\","
			 "\"authors\":[\"X\",\"Y\"],\"published\":"
			 "\"2024-11-07T15:24:00+07:00\",\"places\":[{\"name\":"
			 "\"Bakı\",\"code\":\"AZ-BA\"}],\"images\":[{\"url\":"
			 "\"https://a.example/a.jpg\",\"caption\":\"C\"}],"),
		    "[\"title\"]" },
		{ RECORD("\"text\":\"U\",\"summary\":\"R\",\"title\":\"A\","
			 "\"authors\":[\"X\",\"Y\"],\"published\":"
			 "\"2024-11-07T15:24:00+07:00\",\"places\":[{\"name\":"
			 "\"Bakı\",\"code\":\"AZ-BA\"}],\"images\":[{\"url\":"
			 "\"https://a.example/a.jpg\",\"caption\":\"C\"}],"),
		    "[\"summary\",\"text\"]" },
		/* the order of authors; what was added, and what went */
		{ RECORD("\"title\":\"A\",\"summary\":\"S\",\"text\":\"T\","
			 "\"authors\":[\"Y\",\"X\"],\"updated\":"
			 "\"2024-11-07T15:25:00+07:00\",\"places\":[{\"name\":"
			 "\"Bakı\",\"code\":\"AZ-BA\"}],\"images\":[{\"url\":"
			 "\"https://a.example/a.jpg\",\"caption\":\"C\"}],"),
		    "[\"authors\",\"published\",\"updated\"]" },
		/* the order of keys, queries of images, and all that is not
		   compared */
		{ RECORD("\"fetched\":\"2025-01-01T00:00:00Z\",\"words\":9,"
			 "\"quality\":[\"short\"],\"rights\":{\"meta\":\"x\"},"
			 "\"tags\":[\"t\"],\"title\":\"A\",\"text\":\"T\","
			 "\"summary\":\"S\",\"authors\":[\"X\",\"Y\"],"
			 "\"published\":\"2024-11-07T15:24:00+07:00\","
			 "\"places\":[{\"code\":\"AZ-BA\",\"name\":\"Bakı\"}],"
			 "\"images\":[{\"credit\":\"D\",\"caption\":\"C\","
			 "\"url\":\"https://a.example/a.jpg?w=2&t=9#x\"}],"),
		    NULL },
		/* another image, another caption */
		{ RECORD(
		      "\"title\":\"A\",\"summary\":\"S\",\"text\":\"T\","
		      "\"authors\":[\"X\",\"Y\"],\"published\":"
		      "\"2024-11-07T15:24:00+07:00\",\"places\":[{\"name\":"
		      "\"Bakı\",\"code\":\"AZ-BA\"}],\"images\":[{\"url\":"
		      "\"https://a.example/b.jpg?w=1\",\"caption\":\"C\"}],"),
		    "[\"images\"]" },
		{ RECORD("\"title\":\"A\",\"summary\":\"S\",\"text\":\"T\","
			 "\"authors\":[\"X\",\"Y\"],\"published\":"
			 "\"2024-11-07T15:24:00+07:00\",\"places\":[],"
			 "\"images\":[{\"url\":\"https://a.example/a.jpg?w=1\","
			 "\"caption\":\"E\"}],"),
		    "[\"places\",\"images\"]" },
	};
	struct known known = { .revision = 4 };
	struct composed composed;
	size_t i;

	(void)state;
	known.hashes = hashes(first);
	for (i = 0; i < COUNT(rows); i++) {
		char want[128];

		record_compose(&arena, rows[i].json, &known, false, &composed);
		if (rows[i].changed == NULL) {
			if (composed.line != NULL)
				fail_msg("row %zu: %s", i, composed.line);
			assert_int_equal(composed.news, NEWS_NONE);
			assert_int_equal(composed.revision, 4);
			assert_string_equal(composed.hashes, known.hashes);
			continue;
		}
		assert_int_equal(composed.news, NEWS_CHANGED);
		assert_int_equal(composed.revision, 5);
		snprintf(want, sizeof(want),
		    "\"id\":\"vgp:1\",\"revision\":5,\"changed\":%s,"
		    "\"status\":\"usable\",",
		    rows[i].changed);
		if (strstr(composed.line, want) == NULL)
			fail_msg("row %zu: %s", i, composed.line);
		assert_string_not_equal(composed.hashes, known.hashes);
	}
}

/* What other extractors make of a page is our news, not the agency's: what is
   remembered is renewed, and a change after that counts again. */
static void other_extractors_rebase(void **state)
{
	static const char *const others[] = {
		"{\"id\":\"vgp:1\",\"source\":\"vgp\",\"title\":\"B\","
		"\"extractors\":[\"vgp 2\",\"dates 1\"]}",
		"{\"id\":\"vgp:1\",\"source\":\"vgp\",\"title\":\"B\","
		"\"extractors\":[\"vgp 1\"]}",
		"{\"id\":\"vgp:1\",\"source\":\"vgp\",\"title\":\"B\"}",
	};
	struct known known = { .revision = 4 };
	struct composed composed;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(others); i++) {
		known.hashes = hashes(first);
		record_compose(&arena, others[i], &known, false, &composed);
		assert_int_equal(composed.news, NEWS_NONE);
		assert_int_equal(composed.revision, 4);
		assert_null(composed.line);
		assert_string_equal(composed.hashes, hashes(others[i]));
	}
	known.hashes = hashes(others[0]);
	record_compose(&arena,
	    "{\"id\":\"vgp:1\",\"source\":\"vgp\",\"title\":\"C\","
	    "\"extractors\":[\"vgp 2\",\"dates 1\"]}",
	    &known, false, &composed);
	assert_int_equal(composed.news, NEWS_CHANGED);

	/* The same where nothing, or nothing good, is remembered. */
	known.hashes = NULL;
	record_compose(&arena, first, &known, false, &composed);
	assert_int_equal(composed.news, NEWS_NONE);
	known.hashes = "{\"title\":";
	record_compose(&arena, first, &known, false, &composed);
	assert_int_equal(composed.news, NEWS_NONE);
	assert_string_equal(composed.hashes, hashes(first));
}

/* A record that says no versions is compared with another that says none. */
static void without_versions_a_change_is_news(void **state)
{
	struct known known = { .revision = 1 };
	struct composed composed;

	(void)state;
	known.hashes = hashes("{" OF_VGP "\"id\":\"vgp:1\",\"title\":\"A\"}");
	record_compose(&arena, "{" OF_VGP "\"id\":\"vgp:1\",\"title\":\"A\"}",
	    &known, false, &composed);
	assert_int_equal(composed.news, NEWS_NONE);
	record_compose(&arena, "{" OF_VGP "\"id\":\"vgp:1\",\"title\":\"B\"}",
	    &known, false, &composed);
	assert_int_equal(composed.news, NEWS_CHANGED);
	assert_int_equal(composed.revision, 2);
}

/* Whatever a worker says of them: each is there once, and is ours. */
static void some_fields_are_the_daemons_own(void **state)
{
	static const struct dl_list feeds = { "https://a.example/a", NULL };
	static const struct known known = { .feeds = &feeds };
	struct composed composed;

	(void)state;
	record_compose(&arena,
	    "{\"seq\":9,\"spooled\":\"x\",\"id\":\"vgp:1\"," OF_VGP
	    "\"revision\":77,\"changed\":[\"x\"],\"status\":\"withdrawn\","
	    "\"url\":\"https://a.example/1\",\"feeds\":[\"x\"]}",
	    &known, false, &composed);
	assert_int_equal(composed.news, NEWS_FIRST);
	assert_string_equal(composed.line,
	    "{\"id\":\"vgp:1\",\"revision\":1,\"status\":\"usable\","
	    "\"source\":\"vgp\",\"url\":\"https://a.example/1\","
	    "\"feeds\":[\"https://a.example/a\"]}");
}

static void what_is_no_record_is_bad(void **state)
{
	static const char *const rows[] = { "", "{", "null", "7", "[]",
		"\"vgp:1\"", "{}", "{" OF_VGP "\"id\":7}",
		"{" OF_VGP "\"id\":null}", "{" OF_VGP "\"ID\":\"vgp:1\"}",
		"[{" OF_VGP "\"id\":\"vgp:1\"}]",
		"{" OF_VGP "\"id\":\"vgp:1\",\"id\":\"vgp:2\"}",
		"{" OF_VGP "\"id\":\"vgp:1\"} x",
		"{" OF_VGP "\"id\":\"vgp:\xff\"}",
		"{" OF_VGP "\"id\":\"vgp:\\u0000\"}",
		"{" OF_VGP "\"id\":\"vgp:1\",\"words\":1e999}",
		"{\"id\":\"vgp:1\"}", "{\"id\":\"vgp:1\",\"source\":7}",
		"{\"id\":\"vgp:1\",\"source\":null}" };
	static const struct known none = { 0 };
	struct composed composed;
	const char *id;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		record_compose(&arena, rows[i], &none, false, &composed);
		if (composed.news != NEWS_BAD || composed.line != NULL)
			fail_msg("%s is not bad", rows[i]);
	}
	assert_false(record_replay(
	    &arena, "{\"kind\":\"loss\",\"from\":1}", &composed, &id));
	assert_false(record_replay(&arena, "{", &composed, &id));
	assert_null(id);
}

/* After a crash the state knows of a line what it would have known. */
static void a_line_is_replayed(void **state)
{
	static const struct known none = { 0 };
	struct composed composed, replayed;
	struct known known = { .revision = 1 };
	const char *id;

	(void)state;
	record_compose(&arena, first, &none, false, &composed);
	assert_true(record_replay(&arena, composed.line, &replayed, &id));
	assert_string_equal(id, "vgp:1");
	assert_string_equal(replayed.source, "vgp");
	assert_string_equal(replayed.url, "https://a.example/1");
	assert_string_equal(replayed.hashes, composed.hashes);
	assert_int_equal(replayed.revision, 1);
	known.hashes = replayed.hashes;
	record_compose(&arena, first, &known, false, &composed);
	assert_int_equal(composed.news, NEWS_NONE);
}

static void texts_are_the_same_by_their_hashes(void **state)
{
	const char *a =
	    hashes("{\"source\":\"s\",\"id\":\"a\",\"text\":\"T\"}");
	const char *b = hashes(
	    "{\"source\":\"s\",\"id\":\"b\",\"text\":\"T\",\"title\":\"B\"}");
	const char *c =
	    hashes("{\"source\":\"s\",\"id\":\"c\",\"text\":\"U\"}");
	const char *none = hashes("{\"source\":\"s\",\"id\":\"d\"}");

	(void)state;
	assert_true(record_same_text(a, b));
	assert_false(record_same_text(a, c));
	assert_false(record_same_text(a, none));
	assert_false(record_same_text(none, none));
	assert_false(record_same_text("{", a));
}

/* ---- extraction that is run once more ---- */

/* Then what other extractors make of a page is what is asked for. */
static void any_change_counts_where_it_is_wanted(void **state)
{
	static const char other[] =
	    "{\"id\":\"vgp:1\",\"source\":\"vgp\",\"title\":\"B\","
	    "\"extractors\":[\"vgp 2\",\"dates 1\"]}",
			  same[] =
			      "{\"id\":\"vgp:1\",\"source\":\"vgp\","
			      "\"title\":\"B\",\"extractors\":[\"vgp 3\"]}";
	struct known known = { .revision = 4 };
	struct composed composed;

	(void)state;
	known.hashes = hashes(first);
	record_compose(&arena, other, &known, true, &composed);
	assert_int_equal(composed.news, NEWS_CHANGED);
	assert_int_equal(composed.revision, 5);
	assert_non_null(strstr(composed.line,
	    "\"changed\":[\"title\",\"summary\",\"text\",\"authors\","
	    "\"published\",\"places\",\"images\"],"));
	known.hashes = composed.hashes;
	record_compose(&arena, same, &known, true, &composed);
	assert_int_equal(composed.news, NEWS_NONE);
	assert_null(composed.line);
	assert_string_equal(composed.hashes, hashes(same));
}

static void a_line_has_the_hashes_of_its_record(void **state)
{
	static const struct known none = { 0 };
	struct composed composed;

	(void)state;
	record_compose(&arena, first, &none, false, &composed);
	assert_string_equal(
	    record_hashes(&arena, composed.line), composed.hashes);
	assert_non_null(record_hashes(&arena, "{"));
	assert_non_null(record_hashes(&arena, "[]"));
}

static void an_older_page_is_told_by_its_time(void **state)
{
	static const struct {
		const char *json, *line;
		bool older;
	} rows[] = {
		{ "{\"fetched\":\"2026-05-09T12:00:00Z\"}",
		    "{\"fetched\":\"2026-05-09T12:00:01Z\"}", true },
		{ "{\"fetched\":\"2026-05-09T12:00:01Z\"}",
		    "{\"fetched\":\"2026-05-09T12:00:01Z\"}", false },
		{ "{\"fetched\":\"2026-05-10T00:00:00Z\"}",
		    "{\"fetched\":\"2026-05-09T23:59:59Z\"}", false },
		{ "{\"fetched\":\"2025-12-31T23:59:59Z\"}",
		    "{\"fetched\":\"2026-01-01T00:00:00Z\"}", true },
		{ "{}", "{\"fetched\":\"2026-01-01T00:00:00Z\"}", true },
		/* one that was withdrawn says no time */
		{ "{\"fetched\":\"2026-01-01T00:00:00Z\"}", "{}", false },
		{ "{}", "{}", false },
		{ "{", "{", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (record_is_older(rows[i].json, rows[i].line) !=
		    rows[i].older)
			fail_msg("row %zu", i);
	}
}

/* What is missing of a source all at once is told of it. */
static void what_is_filled_is_counted(void **state)
{
	static const struct {
		const char *json;
		unsigned filled;
	} rows[] = {
		{ "{" OF_VGP "\"id\":\"vgp:1\"}", 0 },
		{ "{" OF_VGP "\"id\":\"vgp:1\",\"text\":\"T\"}",
		    1u << DRIFT_TEXT },
		{ "{" OF_VGP "\"id\":\"vgp:1\",\"published\":\"P\","
		  "\"authors\":[\"A\"],\"updated\":\"U\"}",
		    1u << DRIFT_PUBLISHED | 1u << DRIFT_AUTHORS },
	};
	const struct known known = { .revision = 1 };
	struct composed composed;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		record_compose(&arena, rows[i].json, &known, false, &composed);
		assert_int_equal(composed.filled, rows[i].filled);
	}
}

/* ---- records that are withdrawn ---- */

static const struct dl_list of_feed = { "https://a.example/a", NULL };

static void who_has_gone_is_withdrawn(void **state)
{
	static const char line[] =
	    "{\"v\":1,\"kind\":\"record\",\"seq\":7,\"spooled\":"
	    "\"2026-05-09T12:00:00.000Z\",\"id\":\"vgp:1\",\"revision\":2,"
	    "\"changed\":[\"title\"],\"status\":\"usable\",\"source\":"
	    "\"vgp\",\"agency\":\"VGP\",\"url\":\"https://a.example/one\","
	    "\"feeds\":[\"https://a.example/old\"],\"title\":\"Hà Nội\","
	    "\"text\":\"T\",\"fetched\":\"2026-05-09T12:00:00Z\","
	    "\"http\":{\"sha256\":\"0\"},\"published\":\"P\"}";
	static const struct {
		const char *line, *agency, *title, *want;
	} rows[] = {
		{ line, "Other", "of the feed",
		    "{\"v\":1,\"kind\":\"record\",\"id\":\"vgp:1\","
		    "\"revision\":3,\"changed\":[\"status\"],"
		    "\"status\":\"withdrawn\",\"source\":\"vgp\","
		    "\"agency\":\"VGP\",\"url\":\"https://a.example/one\","
		    "\"title\":\"Hà Nội\","
		    "\"feeds\":[\"https://a.example/a\"]}" },
		/* retention has removed it, or it is no line any more */
		{ NULL, "VGP", "of the feed",
		    "{\"v\":1,\"kind\":\"record\",\"id\":\"vgp:1\","
		    "\"revision\":3,\"changed\":[\"status\"],"
		    "\"status\":\"withdrawn\",\"source\":\"vgp\","
		    "\"agency\":\"VGP\",\"url\":\"https://a.example/1\","
		    "\"title\":\"of the feed\","
		    "\"feeds\":[\"https://a.example/a\"]}" },
		{ "{", NULL, NULL,
		    "{\"v\":1,\"kind\":\"record\",\"id\":\"vgp:1\","
		    "\"revision\":3,\"changed\":[\"status\"],"
		    "\"status\":\"withdrawn\",\"source\":\"vgp\","
		    "\"agency\":\"vgp\",\"url\":\"https://a.example/1\","
		    "\"feeds\":[\"https://a.example/a\"]}" },
		/* a field that is not known is left out */
		{ NULL, NULL, "",
		    "{\"v\":1,\"kind\":\"record\",\"id\":\"vgp:1\","
		    "\"revision\":3,\"changed\":[\"status\"],"
		    "\"status\":\"withdrawn\",\"source\":\"vgp\","
		    "\"agency\":\"vgp\",\"url\":\"https://a.example/1\","
		    "\"feeds\":[\"https://a.example/a\"]}" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct known known = { .revision = 2,
			.url = "https://a.example/1",
			.title = rows[i].title,
			.feeds = &of_feed };
		struct composed composed;

		record_withdraw(&arena, rows[i].line, "vgp:1", "vgp",
		    rows[i].agency, &known, &composed);
		if (composed.line == NULL ||
		    strcmp(composed.line, rows[i].want) != 0)
			fail_msg("row %zu: %s", i, composed.line);
		assert_int_equal(composed.news, NEWS_CHANGED);
		assert_int_equal(composed.revision, 3);
		assert_true(composed.withdrawn);
		assert_null(composed.hashes);
		assert_string_equal(composed.id, "vgp:1");
		assert_string_equal(composed.source, "vgp");
		assert_string_equal(composed.url,
		    i == 0 ? "https://a.example/one" : "https://a.example/1");
	}
}

/* What no JSON can say costs the title, and not the line. */
static void a_withdrawal_is_always_a_line(void **state)
{
	static const struct known known = {
		.revision = 1, .url = "https://a.example/1", .title = "one \xff"
	};
	struct composed composed;

	(void)state;
	record_withdraw(&arena, NULL, "vgp:1", "vgp", NULL, &known, &composed);
	assert_non_null(composed.line);
	assert_non_null(strstr(composed.line, "\"status\":\"withdrawn\""));
}

/* It is there again, whether or not it says something else, and whoever has
   read it. */
static void what_comes_back_is_news(void **state)
{
	static const char other[] =
	    "{\"id\":\"vgp:1\",\"source\":\"vgp\",\"title\":\"A\","
	    "\"extractors\":[\"vgp 2\"]}";
	struct known known = { .revision = 2, .withdrawn = true };
	struct composed composed;
	bool any;

	(void)state;
	known.hashes = hashes(first);
	for (any = false;; any = true) {
		record_compose(&arena, first, &known, any, &composed);
		assert_int_equal(composed.news, NEWS_CHANGED);
		assert_int_equal(composed.revision, 3);
		assert_false(composed.withdrawn);
		assert_string_equal(composed.hashes, known.hashes);
		assert_non_null(strstr(composed.line,
		    "\"revision\":3,\"changed\":[\"status\"],"
		    "\"status\":\"usable\","));
		if (any)
			break;
	}
	record_compose(&arena, other, &known, false, &composed);
	assert_int_equal(composed.news, NEWS_CHANGED);
	assert_non_null(strstr(composed.line, "\"changed\":[\"status\"],"));
	known.hashes = hashes("{\"id\":\"vgp:1\",\"source\":\"vgp\","
			      "\"title\":\"Z\",\"extractors\":[\"vgp 2\"]}");
	record_compose(&arena, other, &known, false, &composed);
	assert_non_null(
	    strstr(composed.line, "\"changed\":[\"title\",\"status\"],"));
}

/* After a crash, too: and its fields are as they were before. */
static void a_withdrawal_is_replayed(void **state)
{
	const struct known known = { .revision = 2,
		.url = "https://a.example/1",
		.title = "A",
		.feeds = &of_feed };
	struct composed composed, replayed;
	const char *id;

	(void)state;
	record_withdraw(&arena, NULL, "vgp:1", "vgp", "VGP", &known, &composed);
	assert_true(record_replay(&arena, composed.line, &replayed, &id));
	assert_string_equal(id, "vgp:1");
	assert_true(replayed.withdrawn);
	assert_null(replayed.hashes);
	assert_int_equal(replayed.revision, 3);
	assert_string_equal(replayed.source, "vgp");
	assert_string_equal(replayed.url, "https://a.example/1");
	assert_true(record_replay(&arena,
	    "{\"id\":\"vgp:1\",\"status\":\"usable\",\"spooled\":"
	    "\"2026-05-09T12:00:00.250Z\"}",
	    &replayed, &id));
	assert_false(replayed.withdrawn);
	assert_true(replayed.spooled == INT64_C(1778328000250));
}

/* ---- answers of a worker ---- */

/* A worker that a page has taken over may say anything. */
static void a_worker_speaks_for_its_source_alone(void **state)
{
	static const struct {
		const char *id, *complaint;
	} rows[] = {
		{ "gazette:1", NULL },
		{ "feed:1", NULL },
		{ "gazette:", NULL },
		{ "gazette",
		    "the worker answered with another source's "
		    "record" },
		{ "gazettes:1",
		    "the worker answered with another source's "
		    "record" },
		{ "other:1",
		    "the worker answered with another source's "
		    "record" },
		{ "", "the worker answered with another source's record" },
		{ "g:1", "the worker answered with another source's record" },
	};
	const struct source source = { .name = "gazette", .plugin = "feed" };
	struct result_record records[2] = { { .id = "gazette:0", .json = "{}" },
		{ .json = "{}" } };
	const struct result result = { .records = records, .n_records = 2 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const char *complaint;

		records[1].id = rows[i].id;
		complaint = record_complaint(&source, &result, 2000);
		if (rows[i].complaint == NULL)
			assert_null(complaint);
		else
			assert_string_equal(complaint, rows[i].complaint);
	}
	records[1].id = "gazette:1";
	assert_string_equal(record_complaint(&source, &result, 1),
	    "too-big: a record that is longer than max_line");
}

#define TIDY(test) cmocka_unit_test_teardown(test, give_back)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TIDY(the_first_record_is_revision_one),
		TIDY(copies_are_told_by_the_daemon_alone),
		TIDY(only_what_is_news_makes_a_revision),
		TIDY(other_extractors_rebase),
		TIDY(without_versions_a_change_is_news),
		TIDY(some_fields_are_the_daemons_own),
		TIDY(what_is_no_record_is_bad),
		TIDY(a_line_is_replayed),
		TIDY(texts_are_the_same_by_their_hashes),
		TIDY(any_change_counts_where_it_is_wanted),
		TIDY(a_line_has_the_hashes_of_its_record),
		TIDY(an_older_page_is_told_by_its_time),
		TIDY(what_is_filled_is_counted),
		TIDY(who_has_gone_is_withdrawn),
		TIDY(a_withdrawal_is_always_a_line),
		TIDY(what_comes_back_is_news),
		TIDY(a_withdrawal_is_replayed),
		TIDY(a_worker_speaks_for_its_source_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
