/* Moments as people type them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/base/time.h"
#include "core/tool/when.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* 2024-11-07T08:24:00.500Z */
#define NOW INT64_C(1730967840500)

static void use_zone(const char *zone)
{
	setenv("TZ", zone, 1);
	tzset();
}

static void moments_are_read(void **state)
{
	static const struct {
		const char *zone, *text, *moment; /* NULL: it is none */
	} rows[] = {
		/* so long ago */
		{ "UTC", "0s", "2024-11-07T08:24:00.500Z" },
		{ "UTC", "500ms", "2024-11-07T08:24:00.000Z" },
		{ "UTC", "90s", "2024-11-07T08:22:30.500Z" },
		{ "UTC", "30min", "2024-11-07T07:54:00.500Z" },
		{ "Asia/Ho_Chi_Minh", "2h", "2024-11-07T06:24:00.500Z" },
		{ "UTC", "7d", "2024-10-31T08:24:00.500Z" },
		{ "UTC", "2 h", "2024-11-07T06:24:00.500Z" },
		{ "UTC", "2", NULL },
		{ "UTC", "2w", NULL },
		{ "UTC", "-2h", NULL },
		{ "UTC", "h", NULL },
		{ "UTC", "2h ago", NULL },
		/* by the clocks here */
		{ "UTC", "2024-11-07", "2024-11-07T00:00:00.000Z" },
		{ "Asia/Ho_Chi_Minh", "2024-11-07",
		    "2024-11-06T17:00:00.000Z" },
		{ "Asia/Ho_Chi_Minh", "2024-11-07 15:04",
		    "2024-11-07T08:04:00.000Z" },
		{ "Asia/Ho_Chi_Minh", "2024-11-07T15:04",
		    "2024-11-07T08:04:00.000Z" },
		{ "Asia/Ho_Chi_Minh", "2024-11-07 15:04:05",
		    "2024-11-07T08:04:05.000Z" },
		{ "America/New_York", "2024-07-01T12:00:00",
		    "2024-07-01T16:00:00.000Z" },
		{ "America/New_York", "2024-12-01T12:00:00",
		    "2024-12-01T17:00:00.000Z" },
		{ "UTC", "2024-02-29", "2024-02-29T00:00:00.000Z" },
		{ "UTC", "2023-02-29", NULL },
		{ "UTC", "2024-13-01", NULL },
		{ "UTC", "2024-11-31", NULL },
		{ "UTC", "2024-11-7", NULL },
		{ "UTC", "07-11-2024", NULL },
		{ "UTC", "2024-11-07 24:00", NULL },
		{ "UTC", "2024-11-07 15:60", NULL },
		{ "UTC", "2024-11-07 15", NULL },
		{ "UTC", "2024-11-07x15:04", NULL },
		{ "UTC", "2024-11-07 15:04 ", NULL },
		/* shown twice, and left out, on the days of change */
		{ "Europe/Berlin", "2024-10-27 02:30",
		    "2024-10-27T00:30:00.000Z" },
		{ "Europe/Berlin", "2024-10-27 03:00",
		    "2024-10-27T02:00:00.000Z" },
		{ "Europe/Berlin", "2024-03-31 02:30",
		    "2024-03-31T01:30:00.000Z" },
		{ "Europe/Berlin", "2024-03-31 01:59:59",
		    "2024-03-31T00:59:59.000Z" },
		{ "Europe/Berlin", "2024-03-31 03:00",
		    "2024-03-31T01:00:00.000Z" },
		/* with its zone */
		{ "Asia/Ho_Chi_Minh", "2024-11-07T15:04:05Z",
		    "2024-11-07T15:04:05.000Z" },
		{ "Asia/Ho_Chi_Minh", "2024-11-07 15:04:05Z",
		    "2024-11-07T15:04:05.000Z" },
		{ "UTC", "2024-11-07T15:04:05+07:00",
		    "2024-11-07T08:04:05.000Z" },
		{ "UTC", "2024-11-07T15:04:05.123-03:30",
		    "2024-11-07T18:34:05.123Z" },
		{ "UTC", "2024-11-07T15:04:05+7", NULL },
		{ "UTC", "2024-11-07T15:04:05 Z", NULL },
		/* seconds since 1970 */
		{ "Asia/Ho_Chi_Minh", "@1730967840",
		    "2024-11-07T08:24:00.000Z" },
		{ "UTC", "@0", "1970-01-01T00:00:00.000Z" },
		{ "UTC", "@", NULL },
		{ "UTC", "@-1", NULL },
		{ "UTC", "@12x", NULL },
		{ "UTC", "@99999999999999999999", NULL },
		{ "UTC", "1730967840", NULL },
		/* and nothing else */
		{ "UTC", "", NULL },
		{ "UTC", " ", NULL },
		{ "UTC", "yesterday", NULL },
		{ "UTC", "Thu, 07 Nov 2024 15:24:00 +0700 (Indochina Time)",
		    NULL },
	};
	char text[TIME_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		int64_t millis = -1;
		bool is;

		use_zone(rows[i].zone);
		is = when_parse(rows[i].text, NOW, &millis);
		if (is != (rows[i].moment != NULL) ||
		    (is &&
			strcmp(time_millis(text, millis), rows[i].moment) != 0))
			fail_msg("%s, \"%s\": %s, not %s", rows[i].zone,
			    rows[i].text, is ? text : "none", rows[i].moment);
	}
}

static void ages_are_short(void **state)
{
	static const struct {
		int64_t millis;
		const char *age;
	} rows[] = {
		{ -5000, "0ms" },
		{ 0, "0ms" },
		{ 999, "999ms" },
		{ 1000, "1s" },
		{ 119999, "119s" },
		{ 120000, "2min" },
		{ INT64_C(119) * 60000, "119min" },
		{ INT64_C(120) * 60000, "2h" },
		{ INT64_C(47) * 3600000, "47h" },
		{ INT64_C(48) * 3600000, "2d" },
		{ INT64_C(4000) * 86400000, "4000d" },
		{ INT64_MAX, "106751991167d" },
	};
	char text[WHEN_AGE];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_string_equal(
		    when_age(text, rows[i].millis), rows[i].age);
}

static void lines_tell_when_they_were_committed(void **state)
{
	static const struct {
		const char *line, *moment; /* NULL: it does not say */
	} rows[] = {
		{ "{\"seq\":1,\"spooled\":\"2026-11-05T07:20:03.311Z\",\"v\":"
		  "1}",
		    "2026-11-05T07:20:03.311Z" },
		{ "{\"seq\":18446744073709551615,"
		  "\"spooled\":\"2026-11-05T07:20:03.311Z\"}",
		    "2026-11-05T07:20:03.311Z" },
		{ "{\"v\":1,\"kind\":\"loss\",\"from\":1,\"to\":2,"
		  "\"why\":\"\\\"spooled\\\"\"}",
		    NULL },
		{ "{\"seq\":1,\"spooled\":\"soon\"}", NULL },
		{ "{\"seq\":1,\"spooled\":\"", NULL },
		{ "{\"seq\":1}", NULL },
		{ "", NULL },
	};
	char text[TIME_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		int64_t millis;
		bool says = when_spooled(rows[i].line, &millis);

		assert_int_equal(says, rows[i].moment != NULL);
		if (says)
			assert_string_equal(
			    time_millis(text, millis), rows[i].moment);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments_are_read),
		cmocka_unit_test(ages_are_short),
		cmocka_unit_test(lines_tell_when_they_were_committed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
