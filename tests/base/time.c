/* Days, zones and the texts of times. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/time.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static int64_t utc(const char *text)
{
	int64_t millis;

	if (!time_parse(text, &millis))
		fail_msg("%s does not parse", text);
	return millis / 1000;
}

static void days_count_from_1970(void **state)
{
	static const struct {
		int year, month, day;
		int64_t days;
	} rows[] = {
		{ 1970, 1, 1, 0 },
		{ 1969, 12, 31, -1 },
		{ 2000, 2, 29, 11016 },
		{ 2000, 3, 1, 11017 },
		{ 2024, 11, 7, 20034 },
		{ 1, 1, 1, -719162 },
		{ 9999, 12, 31, 2932896 },
	};
	int64_t days;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(
		    time_days(rows[i].year, rows[i].month, rows[i].day),
		    rows[i].days);
	for (days = -800000; days < 800000; days += 13) {
		int year, month, day;

		time_civil(days, &year, &month, &day);
		assert_int_equal(time_days(year, month, day), days);
	}
}

static void only_days_of_the_calendar_are_days(void **state)
{
	(void)state;
	assert_true(time_is_day(2024, 2, 29));
	assert_true(time_is_day(2000, 2, 29));
	assert_false(time_is_day(1900, 2, 29));
	assert_false(time_is_day(2023, 2, 29));
	assert_false(time_is_day(2024, 4, 31));
	assert_false(time_is_day(2024, 0, 1));
	assert_false(time_is_day(2024, 13, 1));
	assert_false(time_is_day(2024, 1, 0));
	assert_false(time_is_day(0, 1, 1));
	assert_false(time_is_day(10000, 1, 1));
}

static void a_time_has_the_text_of_its_offset(void **state)
{
	static const struct {
		int64_t seconds;
		int offset;
		bool utc;
		const char *text;
	} rows[] = {
		{ 1730967840, 25200, false, "2024-11-07T15:24:00+07:00" },
		{ 1730967840, 0, true, "2024-11-07T08:24:00Z" },
		{ 1730967840, 0, false, "2024-11-07T08:24:00+00:00" },
		{ 1730967840, 25200, true, "2024-11-07T15:24:00+07:00" },
		{ 0, -12600, false, "1969-12-31T20:30:00-03:30" },
		{ -1, 0, true, "1969-12-31T23:59:59Z" },
		{ 0, 25590, false, "1970-01-01T07:06:00+07:06" },
		{ INT64_MAX, 3600, false, "9999-12-31T23:59:59+01:00" },
		{ INT64_MIN, 0, true, "0000-01-01T00:00:00Z" },
	};
	char text[TIME_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_string_equal(time_rfc3339(text, rows[i].seconds,
					rows[i].offset, rows[i].utc),
		    rows[i].text);
	assert_string_equal(
	    time_millis(text, 1795248000123), "2026-11-21T08:00:00.123Z");
	assert_string_equal(time_millis(text, -1), "1969-12-31T23:59:59.999Z");
}

static void what_is_written_is_read_again(void **state)
{
	static const struct {
		const char *text;
		int64_t millis;
	} rows[] = {
		{ "2024-11-07T15:24:00+07:00", 1730967840000 },
		{ "2024-11-07T08:24:00Z", 1730967840000 },
		{ "2026-11-21T08:00:00.123Z", 1795248000123 },
		{ "2026-11-21T08:00:00.1239Z", 1795248000123 },
		{ "2026-11-21T08:00:00.5Z", 1795248000500 },
	};
	static const char *const wrong[] = { "", "2024-11-07",
		"2024-11-07T08:24:00", "2024-11-07 08:24:00Z",
		"2024-11-07T08:24:00z", "2024-11-07T24:00:00Z",
		"2024-02-30T08:24:00Z", "2024-11-07T08:24:00.Z",
		"2024-11-07T08:24:00+0700", "2024-11-07T08:24:00Z ",
		"+2024-11-07T08:24:00Z", "2024-1-7T08:24:00Z" };
	int64_t millis;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_true(time_parse(rows[i].text, &millis));
		assert_int_equal(millis, rows[i].millis);
	}
	for (i = 0; i < COUNT(wrong); i++) {
		if (time_parse(wrong[i], &millis))
			fail_msg("\"%s\" was read", wrong[i]);
	}
	assert_false(time_parse(NULL, &millis));
}

static void a_zone_has_the_offset_of_the_moment(void **state)
{
	static const struct {
		const char *zone, *utc;
		int offset; /* minutes */
	} rows[] = {
		{ "Asia/Baku", "2015-07-01T00:00:00Z", 5 * 60 },
		{ "Asia/Baku", "2015-12-01T00:00:00Z", 4 * 60 },
		{ "Asia/Baku", "2017-07-01T00:00:00Z", 4 * 60 },
		{ "Asia/Baku", "2090-07-01T00:00:00Z", 4 * 60 },
		{ "Asia/Ho_Chi_Minh", "2024-11-07T00:00:00Z", 7 * 60 },
		{ "Asia/Ho_Chi_Minh", "1970-01-01T00:00:00Z", 8 * 60 },
		{ "Asia/Ho_Chi_Minh", "2200-01-01T00:00:00Z", 7 * 60 },
		{ "Asia/Shanghai", "2024-10-12T00:00:00Z", 8 * 60 },
		{ "Asia/Shanghai", "1988-07-01T00:00:00Z", 9 * 60 },
		{ "Europe/Berlin", "2024-03-31T00:59:59Z", 60 },
		{ "Europe/Berlin", "2024-03-31T01:00:00Z", 120 },
		{ "Europe/Berlin", "2024-10-27T00:59:59Z", 120 },
		{ "Europe/Berlin", "2024-10-27T01:00:00Z", 60 },
		{ "Europe/Berlin", "2099-03-29T00:59:59Z", 60 },
		{ "Europe/Berlin", "2099-03-29T01:00:00Z", 120 },
		{ "Europe/Berlin", "2099-10-25T00:59:59Z", 120 },
		{ "Europe/Berlin", "2099-10-25T01:00:00Z", 60 },
		{ "America/New_York", "2060-03-14T06:59:59Z", -5 * 60 },
		{ "America/New_York", "2060-03-14T07:00:00Z", -4 * 60 },
		{ "America/New_York", "2060-11-07T05:59:59Z", -4 * 60 },
		{ "America/New_York", "2060-11-07T06:00:00Z", -5 * 60 },
		{ "Australia/Sydney", "2060-01-15T00:00:00Z", 11 * 60 },
		{ "Australia/Sydney", "2060-07-15T00:00:00Z", 10 * 60 },
		{ "Europe/Dublin", "2060-01-15T00:00:00Z", 0 },
		{ "Europe/Dublin", "2060-07-15T00:00:00Z", 60 },
		{ "Asia/Kolkata", "2060-07-15T00:00:00Z", 330 },
		{ "Europe/Moscow", "2013-07-15T00:00:00Z", 240 },
		{ "UTC", "2024-07-15T00:00:00Z", 0 },
		{ "Etc/GMT-7", "2024-07-15T00:00:00Z", 420 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct zone *zone = zone_open(rows[i].zone);
		int offset;

		assert_non_null(zone);
		assert_string_equal(zone_name(zone), rows[i].zone);
		offset = zone_offset(zone, utc(rows[i].utc));
		if (offset != rows[i].offset * 60)
			fail_msg(
			    "%s at %s: %d", rows[i].zone, rows[i].utc, offset);
		zone_close(zone);
	}
}

static void what_a_clock_shows_is_a_moment(void **state)
{
	static const struct {
		const char *zone, *clock, *moment;
	} rows[] = {
		{ "Asia/Ho_Chi_Minh", "2024-11-07T15:24:00Z",
		    "2024-11-07T15:24:00+07:00" },
		{ "Asia/Baku", "2015-07-01T12:00:00Z",
		    "2015-07-01T12:00:00+05:00" },
		/* at 02:00 it is 03:00 at once */
		{ "Europe/Berlin", "2024-03-31T01:59:59Z",
		    "2024-03-31T01:59:59+01:00" },
		{ "Europe/Berlin", "2024-03-31T02:30:00Z",
		    "2024-03-31T03:30:00+02:00" },
		{ "Europe/Berlin", "2024-03-31T03:00:00Z",
		    "2024-03-31T03:00:00+02:00" },
		/* from 02:00 to 03:00 it is everything twice */
		{ "Europe/Berlin", "2024-10-27T01:59:59Z",
		    "2024-10-27T01:59:59+02:00" },
		{ "Europe/Berlin", "2024-10-27T02:30:00Z",
		    "2024-10-27T02:30:00+02:00" },
		{ "Europe/Berlin", "2024-10-27T03:00:00Z",
		    "2024-10-27T03:00:00+01:00" },
		{ "Europe/Berlin", "2099-10-25T02:30:00Z",
		    "2099-10-25T02:30:00+02:00" },
		{ "America/New_York", "2024-11-03T01:30:00Z",
		    "2024-11-03T01:30:00-04:00" },
		/* a day that was left out */
		{ "Pacific/Apia", "2011-12-30T12:00:00Z",
		    "2011-12-31T12:00:00+14:00" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct zone *zone = zone_open(rows[i].zone);
		char text[TIME_TEXT];
		int64_t moment;

		assert_non_null(zone);
		moment = zone_moment(zone, utc(rows[i].clock));
		time_rfc3339(text, moment, zone_offset(zone, moment), false);
		assert_string_equal(text, rows[i].moment);
		zone_close(zone);
	}
}

static void what_is_no_zone_is_refused(void **state)
{
	static const char *const names[] = { "", "/", "Asia", "Asia/",
		"/etc/passwd", "../../../etc/passwd", "Asia/../UTC",
		"Asia//Baku", "/Asia/Baku", "Asia/Bakuu", "tzdata.zi",
		"zone1970.tab", "right/Asia/Baku", "leapseconds",
		"Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"a"
		"aaaaaaaaaaaaaaaaaa" };
	size_t i;

	(void)state;
	assert_null(zone_open(NULL));
	for (i = 0; i < COUNT(names); i++) {
		if (zone_open(names[i]) != NULL)
			fail_msg("\"%s\" is no zone", names[i]);
	}
	assert_null(zone_name(NULL));
	zone_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_count_from_1970),
		cmocka_unit_test(only_days_of_the_calendar_are_days),
		cmocka_unit_test(a_time_has_the_text_of_its_offset),
		cmocka_unit_test(what_is_written_is_read_again),
		cmocka_unit_test(a_zone_has_the_offset_of_the_moment),
		cmocka_unit_test(what_a_clock_shows_is_a_moment),
		cmocka_unit_test(what_is_no_zone_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
