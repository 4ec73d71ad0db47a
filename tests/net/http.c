/* What headers of HTTP mean to us. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/net/http.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define YEAR_MOST ((int64_t)366 * 24 * 3600 * 1000)

/* 2026-05-09T12:00:00Z, a Saturday. */
#define NOW ((int64_t)1778328000)

static void a_date_has_three_forms(void **state)
{
	static const struct {
		const char *text;
		int64_t is;
	} rows[] = {
		/* the examples of RFC 9110, 5.6.7 */
		{ "Sun, 06 Nov 1994 08:49:37 GMT", 784111777 },
		{ "Sunday, 06-Nov-94 08:49:37 GMT", 784111777 },
		{ "Sun Nov  6 08:49:37 1994", 784111777 },
		{ "Sat, 09 May 2026 12:00:00 GMT", NOW },
		{ "Saturday, 09-May-26 12:00:00 GMT", NOW },
		{ "Sat May  9 12:00:00 2026", NOW },
		{ "Sat, 09 May 2026 12:00:00 GMT  ", NOW },
		{ "Thu, 01 Jan 1970 00:00:00 GMT", 0 },
		{ "Fri, 31 Dec 1999 23:59:59 GMT", 946684799 },
		{ "Thu, 29 Feb 2024 00:00:00 GMT", 1709164800 },
		{ "Tue, 19 Jan 2038 03:14:08 GMT", 2147483648 },
		{ "Fri, 31 Dec 9999 23:59:59 GMT", 253402300799 },
		/* A year of two digits is none that is 50 years ahead. */
		{ "Saturday, 09-May-99 12:00:00 GMT", 926251200 },
		{ NULL, -1 },
		{ "", -1 },
		{ "0", -1 },
		{ "-1", -1 },
		{ "tomorrow", -1 },
		{ "Sat, 09 May 2026", -1 },
		{ "Sat, 09 May 2026 12:00:00", -1 },
		{ "Sat, 09 May 2026 12:00:00 GMT x", -1 },
		{ "Sat, 09 May 2026 12:00:00 +0700", -1 },
		{ "2026-05-09T12:00:00Z", -1 },
		{ "Sat, 39 May 2026 12:00:00 GMT", -1 },
		{ "Sat, 09 Mai 2026 12:00:00 GMT", -1 },
		{ "Sat, 09 May 2026 25:00:00 GMT", -1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (http_date(rows[i].text) != rows[i].is)
			fail_msg("%s: %lld", rows[i].text,
			    (long long)http_date(rows[i].text));
	}
}

static void retry_after_is_seconds_or_a_date(void **state)
{
	static const struct {
		const char *text, *date;
		int64_t is;
	} rows[] = {
		{ NULL, NULL, 0 },
		{ "", NULL, 0 },
		{ "0", NULL, 0 },
		{ "1", NULL, 1000 },
		{ "120", NULL, 120000 },
		{ "0120", NULL, 120000 },
		{ "120 ", NULL, 120000 },
		{ "99999999", NULL, YEAR_MOST },
		{ "99999999999999999999999", NULL, YEAR_MOST },
		{ "-1", NULL, 0 },
		{ "+1", NULL, 0 },
		{ "1.5", NULL, 0 },
		{ "1m", NULL, 0 },
		{ "0x10", NULL, 0 },
		{ "soon", NULL, 0 },
		{ "Sat, 09 May 2026 12:01:00 GMT", NULL, 60000 },
		{ "Saturday, 09-May-26 12:01:00 GMT", NULL, 60000 },
		{ "Sat May  9 12:01:00 2026", NULL, 60000 },
		{ "Sat, 09 May 2026 12:00:00 GMT", NULL, 0 },
		{ "Sat, 09 May 2026 11:00:00 GMT", NULL, 0 },
		{ "Thu, 01 Jan 1970 00:00:00 GMT", NULL, 0 },
		{ "Fri, 31 Dec 9999 23:59:59 GMT", NULL, YEAR_MOST },
		/* the server's clock is an hour behind ours, or a day before */
		{ "Sat, 09 May 2026 11:01:00 GMT",
		    "Sat, 09 May 2026 11:00:00 GMT", 60000 },
		{ "Sun, 10 May 2026 12:01:00 GMT",
		    "Sun, 10 May 2026 12:00:00 GMT", 60000 },
		{ "Sat, 09 May 2026 12:01:00 GMT",
		    "Sat, 09 May 2026 12:02:00 GMT", 0 },
		{ "Sat, 09 May 2026 12:01:00 GMT", "now", 60000 },
		/* seconds need no clock */
		{ "60", "Thu, 01 Jan 1970 00:00:00 GMT", 60000 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		int64_t is = http_retry_after(rows[i].text, rows[i].date, NOW);

		if (is != rows[i].is)
			fail_msg("row %zu: %lld", i, (long long)is);
	}
}

static void an_answer_holds_as_long_as_it_says(void **state)
{
	static const struct {
		const char *text, *age;
		int64_t is;
	} rows[] = {
		{ NULL, NULL, 0 },
		{ "", NULL, 0 },
		{ "max-age=60", NULL, 60000 },
		{ "max-age=0", NULL, 0 },
		{ "Max-Age=60", NULL, 60000 },
		{ "max-age=\"60\"", NULL, 60000 },
		{ "public, max-age=60", NULL, 60000 },
		{ "public,max-age=60,must-revalidate", NULL, 60000 },
		{ " , ,\tpublic ,\tmax-age=60 ", NULL, 60000 },
		{ "private, max-age=60", NULL, 60000 },
		/* shared caches are not we */
		{ "s-maxage=9, max-age=60", NULL, 60000 },
		{ "s-maxage=9", NULL, 0 },
		{ "x-max-age=9", NULL, 0 },
		{ "no-cache, max-age=60", NULL, 0 },
		{ "max-age=60, no-cache", NULL, 0 },
		{ "max-age=60, No-Store", NULL, 0 },
		{ "max-age", NULL, 0 },
		{ "max-age=", NULL, 0 },
		{ "max-age=-1", NULL, 0 },
		{ "max-age=x", NULL, 0 },
		{ "max-age=99999999999999999999999999999", NULL, YEAR_MOST },
		{ "max-age=31536000", NULL, (int64_t)31536000 * 1000 },
		/* what it has been in a cache already */
		{ "max-age=60", "0", 60000 },
		{ "max-age=60", "20", 40000 },
		{ "max-age=60", "60", 0 },
		{ "max-age=60", "9999", 0 },
		{ "max-age=60", "-20", 60000 },
		{ "max-age=60", "x", 60000 },
		{ "max-age=60", "", 60000 },
		{ "max-age=60", "99999999999999999999999", 0 },
		/* names that only begin alike, and quoted ones */
		{ "max-age=60, no-cachet", NULL, 60000 },
		{ "ext=\"no-store, no-cache\", max-age=60", NULL, 60000 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		int64_t is = http_max_age(rows[i].text, rows[i].age);

		if (is != rows[i].is)
			fail_msg("%s, %s: %lld", rows[i].text,
			    rows[i].age != NULL ? rows[i].age : "none",
			    (long long)is);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_date_has_three_forms),
		cmocka_unit_test(retry_after_is_seconds_or_a_date),
		cmocka_unit_test(an_answer_holds_as_long_as_it_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
