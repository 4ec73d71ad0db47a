/* What daemon and worker say to each other arrives whole, or is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/limits.h"
#include "core/base/message.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct dl_list two = { "two", NULL }, empty = { "", &two },
			    one = { "one", &empty };
static const struct dl_moment noon = { 1730980800, 25200, DL_MINUTE,
	DL_ZONE_EXPLICIT, DL_FROM_PAGE, "07/11/2024 19:00 (GMT+7)" },
			      old = { -1, -3600, DL_DAY, DL_ZONE_ASSUMED,
				      DL_FROM_RULE, "" };
static const struct dl_entry full = { "https://a.example/1", "vna:1", "Tiêu đề",
	"tóm tắt", "", "<p>html", &noon, &old },
			     bare = { "https://a.example/2", "vna:2" };
static const struct dl_entry *const entries[] = { &full, &bare };

static const struct setup setups[] = {
	{ &one, &two, &empty, "/usr/share/gazetteer.tsv", &two },
	{ NULL, NULL, NULL, NULL, NULL },
};

static const struct loaded_option options[] = {
	{ "body", "article", "where the text is", DL_SELECTOR_OPTION },
	{ "limit", NULL, NULL, DL_NUMBER_OPTION },
};
static const struct loaded plugins[] = {
	{ "vgp", "/lib/vgp.so", NULL, "1.2", "about", "VGP", "Asia/Ho_Chi_Minh",
	    0x10000, true, options, 2 },
	{ "dates", "/lib/dates.so", NULL, "1", NULL, NULL, NULL, 0x10000, false,
	    NULL, 0 },
	{ "none", NULL, "there is no none.so", NULL, NULL, NULL, NULL, 0, false,
	    NULL, 0 },
};
static const struct ready readies[] = {
	{ NULL, plugins, COUNT(plugins), &one, &two },
	{ "no gazetteer", NULL, 0, NULL, NULL },
};

static const char *const loading[] = { "vgp", NULL };

static const struct setting settings[] = { { "body", "div.a" }, { "x", "" } };
static const struct order_page pages[] = {
	{ "https://a.example/1", "text/html", "utf-8", "\"etag\"", "a\0b\xff",
	    4, 200, 1730980800 },
	{ NULL, NULL, NULL, NULL, NULL, 0, 0, -1 },
};
static const struct order orders[] = {
	{ TASK_EXTRACT, "vgp", "feed", "VGP", "Asia/Ho_Chi_Minh", "allowed",
	    &one, settings, 2, pages, 2, &full, true, UINT64_MAX - 1 },
	{ TASK_DISCOVER, "vgp", "vgp", NULL, NULL, NULL, NULL, NULL, 0, pages,
	    1, &bare, false },
};

static const struct wanted wanted[] = {
	{ "https://a.example/more", DL_WANT_FEED },
	{ "https://a.example/next", DL_WANT_NEXT },
};
static const struct result_record records[] = {
	{ "vgp:1", "https://a.example/1", "{\"id\":\"vgp:1\"}", "[]" },
	{ "vgp:2", NULL, "{}", NULL },
};
static const struct litter litter[] = {
	{ "vgp", 8, 0, false },
	{ "feed", 0, INT64_C(1) << 40, true },
};
static const struct result results[] = {
	{ .verdict = DL_DONE,
	    .number = UINT64_C(0xfedcba9876543210),
	    .last = true,
	    .hints = { LIMIT_TTL, 0x800001, 0x41 },
	    .entries = entries,
	    .n_entries = 2,
	    .wanted = wanted,
	    .n_wanted = 2,
	    .records = records,
	    .n_records = 2,
	    .litter = litter,
	    .n_litter = 2 },
	{ .verdict = DL_SKIP, .reason = "a video" },
	{ .verdict = DL_FAIL, .reason = "", .not_a_feed = true },
};

static struct buf message, again; /* as all tests here need them */
static char through[MESSAGE_PIECE];

#define FIELDS message.bytes + MESSAGE_HEAD, message.len - MESSAGE_HEAD

/* Message `i` of all of the above, and its kind; false where there is none. */
static bool sample(size_t i, enum message *kind)
{
	struct buf *out = &message;

	out->len = 0;
	*kind = i < 2 ? MESSAGE_SETUP
	    : i < 4   ? MESSAGE_READY
	    : i < 6   ? MESSAGE_ORDER
	    : i < 8   ? MESSAGE_LOADING
		      : MESSAGE_RESULT;
	switch (*kind) {
	case MESSAGE_SETUP: message_put_setup(out, &setups[i]); break;
	case MESSAGE_READY: message_put_ready(out, &readies[i - 2]); break;
	case MESSAGE_ORDER: message_put_order(out, &orders[i - 4]); break;
	case MESSAGE_LOADING: message_put_loading(out, loading[i - 6]); break;
	default:
		if (i - 8 == COUNT(results))
			return false;
		message_put_result(out, &results[i - 8]);
	}
	return true;
}

/* Reads fields, and writes what was read to `again`. The bytes are copied, so
   that what is read beyond them is noticed. */
static bool reread(enum message kind, const char *bytes, size_t len)
{
	struct arena arena = { 0 };
	struct setup setup;
	struct ready ready;
	struct order order;
	struct result result;
	const char *plugin;
	char *copy = malloc(len + (len == 0));
	bool fine = false;

	memcpy(copy, bytes, len);
	again.len = 0;
	if (kind == MESSAGE_SETUP &&
	    (fine = message_get_setup(&arena, copy, len, &setup)))
		message_put_setup(&again, &setup);
	if (kind == MESSAGE_LOADING &&
	    (fine = message_get_loading(&arena, copy, len, &plugin)))
		message_put_loading(&again, plugin);
	if (kind == MESSAGE_READY &&
	    (fine = message_get_ready(&arena, copy, len, &ready)))
		message_put_ready(&again, &ready);
	if (kind == MESSAGE_ORDER &&
	    (fine = message_get_order(&arena, copy, len, &order)))
		message_put_order(&again, &order);
	if (kind == MESSAGE_RESULT &&
	    (fine = message_get_result(&arena, copy, len, &result)))
		message_put_result(&again, &result);
	free(copy);
	arena_reset(&arena);
	return fine;
}

static bool reread_whole(enum message kind)
{
	return reread(kind, FIELDS);
}

static void what_is_read_is_what_was_written(void **state)
{
	enum message kind, found;
	size_t i, fields;

	(void)state;
	for (i = 0; sample(i, &kind); i++) {
		assert_true(
		    message_head(message.bytes, message.len, &found, &fields));
		assert_int_equal(found, kind);
		assert_int_equal(fields, message.len - MESSAGE_HEAD);
		if (!reread_whole(kind))
			fail_msg("message %zu is refused", i);
		assert_int_equal(again.len, message.len);
		assert_memory_equal(again.bytes, message.bytes, message.len);
	}
	assert_int_equal(i, 11);
}

/* That nothing is left out on both ways. */
static void fields_come_where_they_belong(void **state)
{
	struct arena arena = { 0 };
	struct order order;
	struct result result;
	struct ready ready;

	(void)state;
	message.len = 0;
	message_put_order(&message, &orders[0]);
	assert_true(message_get_order(&arena, FIELDS, &order));
	assert_int_equal(order.task, TASK_EXTRACT);
	assert_string_equal(order.zone, "Asia/Ho_Chi_Minh");
	assert_string_equal(order.robots, "allowed");
	assert_string_equal(order.extractors->next->next->text, "two");
	assert_string_equal(order.options[1].name, "x");
	assert_string_equal(order.pages[0].etag, "\"etag\"");
	assert_int_equal(order.pages[0].len, 4);
	assert_memory_equal(order.pages[0].bytes, "a\0b\xff", 5);
	assert_int_equal(order.pages[0].status, 200);
	assert_int_equal(order.pages[0].fetched, 1730980800);
	assert_string_equal(order.pages[1].bytes, "");
	assert_int_equal(order.pages[1].fetched, -1);
	assert_string_equal(order.entry->html, "<p>html");
	assert_int_equal(order.entry->published->offset, 25200);
	assert_int_equal(order.entry->published->precision, DL_MINUTE);
	assert_int_equal(order.entry->published->zone, DL_ZONE_EXPLICIT);
	assert_int_equal(order.entry->published->from, DL_FROM_PAGE);
	assert_int_equal(order.entry->updated->seconds, -1);
	assert_int_equal(order.entry->updated->offset, -3600);
	message.len = 0;
	message_put_result(&message, &results[0]);
	assert_true(message_get_result(&arena, FIELDS, &result));
	assert_string_equal(result.entries[1]->id, "vna:2");
	assert_null(result.entries[1]->title);
	assert_true(result.last);
	assert_false(result.not_a_feed);
	assert_true(result.hints.ttl == LIMIT_TTL);
	assert_int_equal(result.hints.skip_hours, 0x800001);
	assert_int_equal(result.hints.skip_days, 0x41);
	assert_int_equal(result.wanted[1].role, DL_WANT_NEXT);
	assert_string_equal(result.records[0].json, "{\"id\":\"vgp:1\"}");
	assert_null(result.records[1].url);
	message.len = 0;
	message_put_result(&message, &results[2]);
	assert_true(message_get_result(&arena, FIELDS, &result));
	assert_true(result.not_a_feed);
	message.len = 0;
	message_put_ready(&message, &readies[0]);
	assert_true(message_get_ready(&arena, FIELDS, &ready));
	assert_true(ready.plugins[0].source);
	assert_int_equal(ready.plugins[0].abi, 0x10000);
	assert_int_equal(ready.plugins[0].options[1].kind, DL_NUMBER_OPTION);
	assert_null(ready.plugins[0].options[1].standard);
	assert_string_equal(ready.plugins[2].refused, "there is no none.so");
	assert_string_equal(ready.zones->next->next->text, "two");
	arena_reset(&arena);
}

static void a_plugin_that_kills_its_worker_is_named(void **state)
{
	struct arena arena = { 0 };
	struct ready ready;

	(void)state;
	message_not_ready(&arena, "vgp", "the worker ended by itself", &ready);
	assert_string_equal(ready.refused,
	    "plugin vgp: as it was loaded, the worker ended by itself: look at "
	    "its constructors and its prepare()");
	assert_int_equal(ready.n_plugins, 0);
	arena_reset(&arena);
}

static void an_entry_takes_the_bytes_that_are_told(void **state)
{
	struct result result = { .entries = entries };
	size_t before, i;

	(void)state;
	message.len = 0;
	message_put_result(&message, &result);
	for (i = 0; i < COUNT(entries); i++) {
		before = message.len;
		message.len = 0;
		result.n_entries = i + 1;
		message_put_result(&message, &result);
		assert_int_equal(
		    message.len - before, message_entry_size(entries[i]));
	}
}

static void every_part_of_a_message_is_refused(void **state)
{
	enum message kind;
	size_t i, len;

	(void)state;
	for (i = 0; sample(i, &kind); i++) {
		const char *fields = message.bytes + MESSAGE_HEAD;

		for (len = 0; len < message.len - MESSAGE_HEAD; len++) {
			if (reread(kind, fields, len))
				fail_msg("%zu bytes of message %zu", len, i);
		}
		buf_add(&message, "", 1);
		assert_false(reread_whole(kind));
	}
	for (len = 0; len < MESSAGE_HEAD; len++)
		assert_false(message_head("\1\0\0\0\1\0\0", len, &kind, &i));
}

/* xorshift: the same numbers each time. */
static uint32_t chance(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* Read or refused, and what is read can be written: a sanitizer looks on. */
static void flipped_bits_do_no_harm(void **state)
{
	uint32_t seed = 0x2024;
	enum message kind;
	size_t i, refused = 0;
	int k, flips;

	(void)state;
	for (k = 0; k < 2000; k++) {
		for (i = 0; sample(i, &kind); i++) {
			size_t len = message.len - MESSAGE_HEAD;

			for (flips = k % 4; flips >= 0; flips--)
				message.bytes[MESSAGE_HEAD +
				    chance(&seed) % len] ^=
				    (char)(1 << chance(&seed) % 8);
			refused += !reread_whole(kind);
		}
	}
	assert_true(refused > 1000);
}

/* Counts that the bytes cannot hold; texts longer than what is there. */
static void counts_that_are_too_large_are_refused(void **state)
{
	static const int64_t counts[] = { -1, 3, 1000, INT32_MAX, UINT32_MAX,
		INT64_MAX, INT64_MIN, (int64_t)1 << 32, INT64_MAX / 4 };
	enum message kind;
	size_t i, k, at, len;

	(void)state;
	for (i = 0; sample(i, &kind); i++) {
		len = message.len - MESSAGE_HEAD;
		for (at = 0; at + 8 <= len; at++) {
			char *field = message.bytes + MESSAGE_HEAD + at, was[8];

			memcpy(was, field, 8);
			for (k = 0; k < COUNT(counts); k++) {
				memcpy(field, &counts[k], 8);
				reread_whole(kind);
			}
			memcpy(field, was, 8);
		}
	}
	/* The last four are numbers of entries, wanted pages, records, litter.
	 */
	for (k = 0; k < 4 * COUNT(counts); k++) {
		message.len = 0;
		message_put_result(&message, &results[1]);
		at = message.len - 8 * (k % 4 + 1);
		memcpy(message.bytes + at, &counts[k / 4], 8);
		assert_false(reread_whole(MESSAGE_RESULT));
	}
}

/* Many, with as little in each of them as there can be. */
static void counts_of_what_is_short_are_taken(void **state)
{
	struct order_page none[17] = { { 0 } };
	struct setting shortest[200];
	struct order order = orders[0];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(shortest); i++)
		shortest[i] = (struct setting){ "a", "" };
	order.options = shortest;
	order.n_options = COUNT(shortest);
	order.pages = none;
	order.n_pages = COUNT(none);
	message.len = 0;
	message_put_order(&message, &order);
	assert_true(reread_whole(MESSAGE_ORDER));
	assert_int_equal(again.len, message.len);
	assert_memory_equal(again.bytes, message.bytes, message.len);
}

static void what_must_be_there_is_asked_for(void **state)
{
	const struct dl_entry no_url = { NULL, "id" }, no_id = { "url", NULL };
	const struct dl_entry *const without[] = { &no_url, &no_id };
	const struct result_record half[] = { { "id", "url", NULL },
		{ NULL, "url", "{}" } };
	const struct wanted nowhere = { NULL, DL_WANT_NEXT };
	const struct litter nobodys = { NULL, 8, 0, false };
	const struct result bad[] = {
		{ .entries = without, .n_entries = 1 },
		{ .entries = without + 1, .n_entries = 1 },
		{ .records = half, .n_records = 1 },
		{ .records = half + 1, .n_records = 1 },
		{ .wanted = &nowhere, .n_wanted = 1 },
		{ .hints.ttl = -1 },
		{ .hints.ttl = LIMIT_TTL + 1 },
		{ .hints.skip_hours = 1 << 24 },
		{ .hints.skip_days = 1 << 7 },
		{ .litter = &nobodys, .n_litter = 1 },
		{ .verdict = (enum dl_verdict)3 },
		{ .verdict = (enum dl_verdict) - 1 },
	};
	struct order order = orders[0];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++) {
		message.len = 0;
		message_put_result(&message, &bad[i]);
		if (reread_whole(MESSAGE_RESULT))
			fail_msg("row %zu is not refused", i);
	}
	order.n_pages = 0;
	message.len = 0;
	message_put_order(&message, &order);
	assert_false(reread_whole(MESSAGE_ORDER));
}

/* A worker that was installed over that of a daemon at work. */
static void a_setup_of_another_build_is_refused(void **state)
{
	struct arena arena = { 0 };
	struct setup setup;

	(void)state;
	message.len = 0;
	message_put_setup(&message, &setups[0]);
	assert_true(message_get_setup(&arena, FIELDS, &setup));
	message.bytes[MESSAGE_HEAD] ^= 1;
	assert_false(message_get_setup(&arena, FIELDS, &setup));
	arena_reset(&arena);
}

static void messages_go_over_a_socket(void **state)
{
	const uint32_t long_[2] = { (uint32_t)LIMIT_MESSAGE + 1, 1 };
	struct buf fields = { 0 };
	enum message kind, found;
	int ends[2];
	size_t i;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	for (i = 0; sample(i, &kind); i++) {
		assert_true(message_send(ends[0], through, &message));
		assert_true(message_receive(ends[1], through, &fields, &found));
		assert_int_equal(found, kind);
		assert_int_equal(fields.len, message.len - MESSAGE_HEAD);
		assert_memory_equal(
		    fields.bytes, message.bytes + MESSAGE_HEAD, fields.len);
	}
	assert_int_equal(write(ends[0], long_, 8), 8);
	assert_false(message_receive(ends[1], through, &fields, &found));
	assert_int_equal(errno, EMSGSIZE);
	assert_int_equal(write(ends[0], "\1\0\0", 3), 3);
	close(ends[0]);
	assert_false(message_receive(ends[1], through, &fields, &found));
	assert_int_equal(errno, 0);
	close(ends[1]);
	buf_free(&fields);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_read_is_what_was_written),
		cmocka_unit_test(fields_come_where_they_belong),
		cmocka_unit_test(a_plugin_that_kills_its_worker_is_named),
		cmocka_unit_test(an_entry_takes_the_bytes_that_are_told),
		cmocka_unit_test(every_part_of_a_message_is_refused),
		cmocka_unit_test(flipped_bits_do_no_harm),
		cmocka_unit_test(counts_that_are_too_large_are_refused),
		cmocka_unit_test(counts_of_what_is_short_are_taken),
		cmocka_unit_test(what_must_be_there_is_asked_for),
		cmocka_unit_test(a_setup_of_another_build_is_refused),
		cmocka_unit_test(messages_go_over_a_socket),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
