/* Dates as feeds, pages and texts have them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/base/zones.h"
#include "core/kit/date.h"
#include "core/kit/job.h"
#include "tests/plain.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct place { /* a job in a zone */
	struct dl_job job;
	struct zones *zones;
};

static struct dl_job *place_open(struct place *place, const char *zone)
{
	job_init(&place->job);
	place->zones = zones_open();
	place->job.zones = place->zones;
	if (zone == NULL)
		return &place->job;
	place->job.zone = zones_find(place->zones, zone, strlen(zone));
	assert_non_null(place->job.zone);
	return &place->job;
}

static void place_close(struct place *place)
{
	job_finish(&place->job);
	zones_close(place->zones);
}

/* "2024-11-07T15:24:00+07:00 minute explicit", or "none". */
static const char *told(struct dl_job *job, const struct dl_moment *moment)
{
	static const char *const precisions[] = {
		[DL_DAY] = "day", [DL_MINUTE] = "minute", [DL_SECOND] = "second"
	};
	static const char *const zones[] = { [DL_ZONE_EXPLICIT] = "explicit",
		[DL_ZONE_SOURCE] = "source",
		[DL_ZONE_ASSUMED] = "assumed" };
	char text[TIME_TEXT];

	if (moment == NULL)
		return "none";
	time_rfc3339(text, moment->seconds, moment->offset, false);
	return job_printf(job, "%s %s %s", text, precisions[moment->precision],
	    zones[moment->zone]);
}

struct row {
	const char *text, *told;
};

static void check_rows(
    const char *zone, unsigned hints, const struct row *rows, size_t n)
{
	struct place place;
	struct dl_job *job = place_open(&place, zone);
	const char *found;
	size_t i;

	for (i = 0; i < n; i++) {
		found = told(
		    job, date_parse(job, rows[i].text, DL_FROM_PAGE, hints));
		if (strcmp(found, rows[i].told) != 0)
			fail_msg("\"%s\": %s, not %s", rows[i].text, found,
			    rows[i].told);
	}
	place_close(&place);
}

static void programs_write_dates_like_this(void **state)
{
	static const struct row rows[] = {
		{ "2024-11-07T15:24:05Z",
		    "2024-11-07T15:24:05+00:00 second "
		    "explicit" },
		{ "2024-11-07T15:24:05+07:00",
		    "2024-11-07T15:24:05+07:00 second explicit" },
		{ "2024-11-07T15:24:05+0700",
		    "2024-11-07T15:24:05+07:00 second explicit" },
		{ "2024-11-07T15:24:05+07",
		    "2024-11-07T15:24:05+07:00 second explicit" },
		{ "2024-11-07T15:24:05.123456+07:00",
		    "2024-11-07T15:24:05+07:00 second explicit" },
		{ "2024-11-07T15:24:05,5-03:30",
		    "2024-11-07T15:24:05-03:30 second explicit" },
		{ "2024-11-07T15:24:05\xe2\x88\x92"
		  "05:00",
		    "2024-11-07T15:24:05-05:00 second explicit" },
		{ "2024-11-07T15:24+07:00",
		    "2024-11-07T15:24:00+07:00 minute explicit" },
		{ "2024-11-07T15:24:05",
		    "2024-11-07T15:24:05+07:00 second source" },
		{ "2024-11-07 15:24:05 +0700",
		    "2024-11-07T15:24:05+07:00 second explicit" },
		{ "2024-11-07 15:24:05",
		    "2024-11-07T15:24:05+07:00 second source" },
		{ "2024-11-07 15:24",
		    "2024-11-07T15:24:00+07:00 minute source" },
		{ "2024-11-07", "2024-11-07T00:00:00+07:00 day source" },
		{ "20241107", "2024-11-07T00:00:00+07:00 day source" },
		{ "20241107T152405Z",
		    "2024-11-07T15:24:05+00:00 second explicit" },
		{ "20241107T1524+0700",
		    "2024-11-07T15:24:00+07:00 minute explicit" },
		{ "2024/11/07 15:24:05",
		    "2024-11-07T15:24:05+07:00 second source" },
		{ "Thu, 07 Nov 2024 15:24:05 +0700",
		    "2024-11-07T15:24:05+07:00 second explicit" },
		{ "Thu, 07 Nov 2024 15:24:05 GMT",
		    "2024-11-07T15:24:05+00:00 second explicit" },
		{ "Thu, 7 Nov 2024 15:24 UT",
		    "2024-11-07T15:24:00+00:00 minute explicit" },
		{ "Thu, 07 Nov 2024 15:24:05 EST",
		    "2024-11-07T15:24:05-05:00 second explicit" },
		{ "Thu, 07 Nov 2024 15:24:05 PDT",
		    "2024-11-07T15:24:05-07:00 second explicit" },
		{ "Thu, 07 Nov 2024 15:24:05 -0000",
		    "2024-11-07T15:24:05+00:00 second explicit" },
		{ "Thu, 07 Nov 2024 15:24:05 +0700 (ICT)",
		    "2024-11-07T15:24:05+07:00 second explicit" },
		{ "07 Nov 24 15:24 Z",
		    "2024-11-07T15:24:00+00:00 minute explicit" },
		{ "07 Nov 94 15:24 GMT",
		    "1994-11-07T15:24:00+00:00 minute explicit" },
		{ "Sunday, 06-Nov-94 08:49:37 GMT",
		    "1994-11-06T08:49:37+00:00 second explicit" },
		{ "Sun Nov  6 08:49:37 1994",
		    "1994-11-06T08:49:37+07:00 second source" },
		{ "Sun Nov  6 08:49:37 ICT 1994",
		    "1994-11-06T08:49:37+07:00 second explicit" },
		{ "Sat Sep 05 2026 13:30:56 GMT+0700 (Indochina Time)",
		    "2026-09-05T13:30:56+07:00 second explicit" },
		{ "Sat Sep 05 2026 13:30:56 GMT+0700 (Giờ Đông Dương)",
		    "2026-09-05T13:30:56+07:00 second explicit" },
		{ "  2024-11-07\n\t 15:24  ",
		    "2024-11-07T15:24:00+07:00 minute source" },
		{ "2024-11-07\xc2\xa0"
		  "15:24",
		    "2024-11-07T15:24:00+07:00 minute source" },
	};

	(void)state;
	check_rows("Asia/Ho_Chi_Minh", 0, rows, COUNT(rows));
}

static void people_write_dates_like_this(void **state)
{
	static const struct row rows[] = {
		{ "November 07, 2024 3:24 PM GMT+7",
		    "2024-11-07T15:24:00+07:00 minute explicit" },
		{ "November 7, 2024", "2024-11-07T00:00:00+07:00 day source" },
		{ "Nov. 7, 2024, 3:24 p.m.",
		    "2024-11-07T15:24:00+07:00 minute source" },
		{ "Nov 7, 2024 at 3:24pm",
		    "2024-11-07T15:24:00+07:00 minute source" },
		{ "Thursday, November 7th, 2024",
		    "2024-11-07T00:00:00+07:00 day source" },
		{ "NOVEMBER 7 2024", "2024-11-07T00:00:00+07:00 day source" },
		{ "Sept. 7, 2024", "2024-09-07T00:00:00+07:00 day source" },
		{ "Oct. 12, 2024", "2024-10-12T00:00:00+07:00 day source" },
		{ "12 October 2024", "2024-10-12T00:00:00+07:00 day source" },
		{ "12th of October 2024",
		    "2024-10-12T00:00:00+07:00 day source" },
		{ "12-Oct-2024 08:15",
		    "2024-10-12T08:15:00+07:00 minute source" },
		{ "12 October 2024 | 08:15",
		    "2024-10-12T08:15:00+07:00 minute source" },
		{ "12 October 2024 \xe2\x80\x93 08:15",
		    "2024-10-12T08:15:00+07:00 minute source" },
		{ "Oct 12, 2024, 3 PM",
		    "2024-10-12T15:00:00+07:00 minute source" },
		{ "Oct 12, 2024 12:05 AM",
		    "2024-10-12T00:05:00+07:00 minute source" },
		{ "Oct 12, 2024 12:05 PM",
		    "2024-10-12T12:05:00+07:00 minute source" },
		{ "July, 20/2021 - 08:25",
		    "2021-07-20T08:25:00+07:00 minute source" },
		{ "08.07.2026 [10:28]",
		    "2026-07-08T10:28:00+07:00 minute source" },
		{ "08.07.2026 [10:28] (GMT+4)",
		    "2026-07-08T10:28:00+04:00 minute explicit" },
		{ "05/09/2026 13:30",
		    "2026-09-05T13:30:00+07:00 minute source" },
		{ "05/09/2026 \xc2\xb7 13:30",
		    "2026-09-05T13:30:00+07:00 minute source" },
		{ "5/9/2026", "2026-09-05T00:00:00+07:00 day source" },
		{ "05-09-2026 13:30",
		    "2026-09-05T13:30:00+07:00 minute source" },
		{ "13:30 05/09/2026",
		    "2026-09-05T13:30:00+07:00 minute source" },
		{ "13:30, 05/09/2026",
		    "2026-09-05T13:30:00+07:00 minute source" },
		{ "16:04' - 04/09/2026",
		    "2026-09-04T16:04:00+07:00 minute source" },
		{ "04/12/2017 07:23 GMT+7",
		    "2017-12-04T07:23:00+07:00 minute explicit" },
		{ "07/11/2024 15:24 UTC+07:00",
		    "2024-11-07T15:24:00+07:00 minute explicit" },
		{ "07/11/2024 15:24 (GMT+7)",
		    "2024-11-07T15:24:00+07:00 minute explicit" },
		{ "07/11/2024 15:24 GMT-03",
		    "2024-11-07T15:24:00-03:00 minute explicit" },
		{ "07/11/2024 15:24 GMT +0530",
		    "2024-11-07T15:24:00+05:30 minute explicit" },
		{ "07/11/2024 15:24 ICT",
		    "2024-11-07T15:24:00+07:00 minute explicit" },
		{ "07/11/2024 15:24 MSK",
		    "2024-11-07T15:24:00+03:00 minute explicit" },
		{ "07/11/2024 15:24 AZT",
		    "2024-11-07T15:24:00+04:00 minute explicit" },
		{ "Thu, 07 Nov 2024 15:24 CST",
		    "2024-11-07T15:24:00-06:00 minute explicit" },
		{ "07/11/2024 15:24 CST", "none" },
	};

	(void)state;
	check_rows("Asia/Ho_Chi_Minh", 0, rows, COUNT(rows));
}

static void dates_are_read_in_eight_languages(void **state)
{
	static const struct row rows[] = {
		{ "21 tháng 9 năm 2025",
		    "2025-09-21T00:00:00+07:00 day source" },
		{ "Ngày 21 tháng 9 năm 2025",
		    "2025-09-21T00:00:00+07:00 day source" },
		{ "21 tháng 9, 2025", "2025-09-21T00:00:00+07:00 day source" },
		{ "21 THÁNG 9/2025", "2025-09-21T00:00:00+07:00 day source" },
		{ "21 Tháng Chín, 2025",
		    "2025-09-21T00:00:00+07:00 day source" },
		{ "Tháng Mười Một 21, 2025",
		    "2025-11-21T00:00:00+07:00 day source" },
		{ "21 tháng Mười năm 2025",
		    "2025-10-21T00:00:00+07:00 day source" },
		{ "Tháng 9 21, 2025", "2025-09-21T00:00:00+07:00 day source" },
		{ "Thứ Năm, 07/11/2024 15:24 (GMT+7)",
		    "2024-11-07T15:24:00+07:00 minute explicit" },
		{ "Thứ năm, ngày 07/11/2024",
		    "2024-11-07T00:00:00+07:00 day source" },
		{ "Chủ nhật, 10/11/2024, 08:05",
		    "2024-11-10T08:05:00+07:00 minute source" },
		{ "15:24 | Thứ Năm, 07/11/2024",
		    "2024-11-07T15:24:00+07:00 minute source" },
		{ "15h24 ngày 07/11/2024",
		    "2024-11-07T15:24:00+07:00 minute source" },
		{ "15 giờ 24 phút ngày 07/11/2024",
		    "2024-11-07T15:24:00+07:00 minute source" },
		{ "lúc : 11/07/14 11:35",
		    "2014-07-11T11:35:00+07:00 minute source" },
		{ "07/11/2024 03:24 CH",
		    "2024-11-07T15:24:00+07:00 minute source" },
		{ "07/11/2024 3:24 chiều",
		    "2024-11-07T15:24:00+07:00 minute source" },
		{ "27 oktyabr 2025", "2025-10-27T00:00:00+07:00 day source" },
		{ "27 OKTYABR, 2025", "2025-10-27T00:00:00+07:00 day source" },
		{ "27 İyun 2025", "2025-06-27T00:00:00+07:00 day source" },
		{ "27 oktyabr 2025-ci il, 15:24",
		    "2025-10-27T15:24:00+07:00 minute source" },
		{ "27 октября 2025", "2025-10-27T00:00:00+07:00 day source" },
		{ "27 октября 2025 г., 15:24",
		    "2025-10-27T15:24:00+07:00 minute source" },
		{ "27 октября 2025 года в 15:24 MSK",
		    "2025-10-27T15:24:00+03:00 minute explicit" },
		{ "Понедельник, 27 Октября 2025",
		    "2025-10-27T00:00:00+07:00 day source" },
		{ "5 мая 2025", "2025-05-05T00:00:00+07:00 day source" },
		{ "2024年10月12日", "2024-10-12T00:00:00+07:00 day source" },
		{ "2024年10月12日 08:00",
		    "2024-10-12T08:00:00+07:00 minute source" },
		{ "2024年10月12日08:00:30",
		    "2024-10-12T08:00:30+07:00 second source" },
		{ "2024年10月12日 星期六 下午3:24",
		    "2024-10-12T15:24:00+07:00 minute source" },
		{ "2024年10月12日（星期六）8时30分",
		    "2024-10-12T08:30:00+07:00 minute source" },
		{ "2024 年 10 月 12 日",
		    "2024-10-12T00:00:00+07:00 day source" },
		{ "10 août 2024", "2024-08-10T00:00:00+07:00 day source" },
		{ "1er février 2024", "2024-02-01T00:00:00+07:00 day source" },
		{ "lundi 5 août 2024 à 15h24",
		    "2024-08-05T15:24:00+07:00 minute source" },
		{ "18 de junio de 2024",
		    "2024-06-18T00:00:00+07:00 day source" },
		{ "18 jun 2024", "2024-06-18T00:00:00+07:00 day source" },
		{ "miércoles, 18 de diciembre de 2024",
		    "2024-12-18T00:00:00+07:00 day source" },
		{ "12 Ağustos 2024", "2024-08-12T00:00:00+07:00 day source" },
		{ "12 Şubat 2024 saat 10:05",
		    "2024-02-12T10:05:00+07:00 minute source" },
		{ "3 Kasım 2024", "2024-11-03T00:00:00+07:00 day source" },
	};

	(void)state;
	check_rows("Asia/Ho_Chi_Minh", 0, rows, COUNT(rows));
}

static void what_is_not_wholly_a_date_is_refused(void **state)
{
	static const char *const texts[] = { "", " ", "now", "yesterday",
		"2024", "2024-10", "October 2024", "12 October", "15:24",
		"2024-13-07", "2024-00-07", "2024-02-30", "2023-02-29",
		"31 February 2024", "31/04/2024", "2024-11-07T24:00:00Z",
		"2024-11-07 24:00", "2024-11-07 15:60", "2024-11-07 15:24:60",
		"2024-11-07 25:24", "2024-11-07 15:2", "Oct 12, 2024 15:24 PM",
		"2024-11-07 15:24 AM", "2024-11-07 15:24:05 XYZ",
		"2024-11-07 15:24 LMT", "Thu, 07 Nov 2024 15:24:05 QST",
		"2024-11-07 15:24 GMT+15", "2024-11-07 15:24 +1500",
		"2024-11-07 15:24 +07:75", "2024-11-07 15:24 +7",
		"2024-11-07 15:24 07:00", "2024-11-07 15:24 (GMT+7",
		"2024-11-07 15:24 ICT+7", "2024-11-07 15:24 A",
		"2024-11-07 rubbish", "rubbish 2024-11-07",
		"2024-11-07 15:24 and more", "2024-11-07x", "x2024-11-07",
		"2024-11-07T", "2024-11-07 +07:00", "2024-11-07-08:00",
		"2024-11-07/2024-11-09", "07/11/2024 - 09/11/2024",
		"12-14 October 2024", "October 12-14, 2024",
		"October 12 to October 14, 2024", "9/15/2026 1:30:00 PM",
		"Smarch 7, 2024", "7 Novembre-Decembre 2024", "12 10 2024",
		"7.11", "1730967845", "0001-01-01T00:00:00", "12024-11-07",
		"2024-011-07", "2024-11-007", "99999999", "00/00/0000 00:00",
		"07/11/2024 - ", "[10:28]", "{{date}}", "\xff\xfe",
		"2024\xe5\xb9\xb4", "Thứ Năm", "tháng 9 năm 2025" };
	struct place place;
	struct dl_job *job = place_open(&place, "Asia/Ho_Chi_Minh");
	size_t i;

	(void)state;
	assert_null(date_parse(job, NULL, DL_FROM_PAGE, 0));
	for (i = 0; i < COUNT(texts); i++) {
		if (date_parse(job, texts[i], DL_FROM_PAGE, 0) != NULL)
			fail_msg("\"%s\" is no date", texts[i]);
	}
	place_close(&place);
}

static void the_hint_says_which_number_is_the_month(void **state)
{
	static const struct row rows[] = {
		{ "9/5/2026 1:30:00 PM",
		    "2026-09-05T13:30:00+07:00 second source" },
		{ "9/15/2026", "2026-09-15T00:00:00+07:00 day source" },
		{ "09-05-2026", "2026-09-05T00:00:00+07:00 day source" },
		{ "15/9/2026", "none" },
		{ "9/5/26", "2026-09-05T00:00:00+07:00 day source" },
		{ "05.09.2026", "2026-09-05T00:00:00+07:00 day source" },
		{ "2026-09-05", "2026-09-05T00:00:00+07:00 day source" },
	};
	static const struct row usual[] = {
		{ "9/5/2026 1:30:00 PM",
		    "2026-05-09T13:30:00+07:00 second source" },
		{ "15/9/2026", "2026-09-15T00:00:00+07:00 day source" },
	};

	(void)state;
	check_rows("Asia/Ho_Chi_Minh", DL_MONTH_FIRST, rows, COUNT(rows));
	check_rows("Asia/Ho_Chi_Minh", DL_DAY_FIRST, usual, COUNT(usual));
}

static void a_time_without_a_zone_is_of_the_source(void **state)
{
	static const struct row baku[] = {
		{ "2015-07-01 12:00",
		    "2015-07-01T12:00:00+05:00 minute source" },
		{ "2017-07-01 12:00",
		    "2017-07-01T12:00:00+04:00 minute source" },
		{ "2015-07-01 12:00 AZT",
		    "2015-07-01T12:00:00+04:00 minute explicit" },
	};
	static const struct row shanghai[] = {
		{ "2024-10-12 21:38:15",
		    "2024-10-12T21:38:15+08:00 second source" },
		{ "2024-10-12 21:38 CST",
		    "2024-10-12T21:38:00+08:00 minute explicit" },
	};
	static const struct row nowhere[] = {
		{ "2024-10-12 21:38:15",
		    "2024-10-12T21:38:15+00:00 second assumed" },
		{ "2024-10-12", "2024-10-12T00:00:00+00:00 day assumed" },
		{ "2024-10-12 21:38 +0800",
		    "2024-10-12T21:38:00+08:00 minute explicit" },
	};

	(void)state;
	check_rows("Asia/Baku", 0, baku, COUNT(baku));
	check_rows("Asia/Shanghai", 0, shanghai, COUNT(shanghai));
	check_rows(NULL, 0, nowhere, COUNT(nowhere));
}

static void the_text_is_kept_in_one_line(void **state)
{
	struct place place;
	struct dl_job *job = place_open(&place, "Asia/Ho_Chi_Minh");
	const struct dl_moment *moment;

	(void)state;
	moment = date_parse(
	    job, " \n05/09/2026\n\t\xe2\x80\x8b 13:30\xc2\xa0", DL_FROM_URL, 0);
	assert_non_null(moment);
	assert_string_equal(moment->raw, "05/09/2026 13:30");
	assert_int_equal(moment->from, DL_FROM_URL);
	place_close(&place);
}

static void the_first_whole_date_in_a_text_is_found(void **state)
{
	static const struct {
		const char *text, *found, *told;
	} rows[] = {
		{ "Signed in Hanoi, Vietnam, Oct. 12, 2024. (Gazette)",
		    "Oct. 12, 2024", "2024-10-12T00:00:00+07:00 day source" },
		{ "On October 27 he came, on 28 October 2025 he left.",
		    "28 October 2025", "2025-10-28T00:00:00+07:00 day source" },
		{ "Kunming, November 7, 2024 - Photo: Gazette",
		    "November 7, 2024",
		    "2024-11-07T00:00:00+07:00 day source" },
		{ "có hiệu lực từ ngày 04/9/2026.", "04/9/2026",
		    "2026-09-04T00:00:00+07:00 day source" },
		{ "Hôm 21 tháng 9 năm 2025, tại Huế", "21 tháng 9 năm 2025",
		    "2025-09-21T00:00:00+07:00 day source" },
		{ "记者2024年10月12日报道", "2024年10月12日",
		    "2024-10-12T00:00:00+07:00 day source" },
		{ "встреча 27 октября 2025 года прошла", "27 октября 2025 года",
		    "2025-10-27T00:00:00+07:00 day source" },
		{ "it was 7 November 2024 15:24 ICT in town",
		    "7 November 2024 15:24 ICT",
		    "2024-11-07T15:24:00+07:00 minute explicit" },
		{ "by 12 October 2024 Sun Yang had left", "12 October 2024",
		    "2024-10-12T00:00:00+07:00 day source" },
		{ "12 October 2024, 300 people", "12 October 2024",
		    "2024-10-12T00:00:00+07:00 day source" },
		{ "31 February 2024, then 1 March 2024", "1 March 2024",
		    "2024-03-01T00:00:00+07:00 day source" },
		{ "2024-10-12", "2024-10-12",
		    "2024-10-12T00:00:00+07:00 day source" },
		{ "No. 40/2026/QD of 3 May 2026", "3 May 2026",
		    "2026-05-03T00:00:00+07:00 day source" },
		{ "No date: Oct. 12, 40/2026/QD, 20241012, 1/2/24", NULL,
		    "none" },
		{ "12-14 October 2024 and 2024-10-12/2024-10-14", NULL,
		    "none" },
		{ "12024-10-12 2024-10-123 v1.12.10.2024 x12 May 2024x", NULL,
		    "none" },
		{ "12 Octobers 2024", NULL, "none" },
		{ "", NULL, "none" },
		{ NULL, NULL, "none" },
	};
	struct place place;
	struct dl_job *job = place_open(&place, "Asia/Ho_Chi_Minh");
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		size_t at = 0, len = 0;
		const struct dl_moment *moment;
		const char *found;

		moment =
		    date_find(job, rows[i].text, DL_FROM_TEXT, 0, &at, &len);
		found = told(job, moment);
		if (strcmp(found, rows[i].told) != 0)
			fail_msg("\"%s\": %s", rows[i].text, found);
		if (moment == NULL)
			continue;
		assert_string_equal(
		    job_copy(job, rows[i].text + at, len), rows[i].found);
		assert_string_equal(moment->raw, rows[i].found);
		assert_non_null(
		    date_find(job, rows[i].text, DL_FROM_TEXT, 0, NULL, NULL));
	}
	place_close(&place);
}

static void the_path_of_an_address_has_a_day(void **state)
{
	static const struct {
		const char *url, *day, *raw;
	} rows[] = {
		{ "https://wire.example/20260509/"
		  "0123456789abcdef0123456789abcdef/c.html",
		    "2026-05-09", "20260509" },
		{ "http://wire.example/english/2017-01/22/c_136004898.htm",
		    "2017-01-22", "2017-01/22" },
		{ "https://wire.example/2024/10/12/talks", "2024-10-12",
		    "2024/10/12" },
		{ "https://wire.example/2024-10-12/talks", "2024-10-12",
		    "2024-10-12" },
		{ "https://wire.example/talks-2024-10-12.html", "2024-10-12",
		    "2024-10-12" },
		{ "https://wire.example/20261399/20261003/", "2026-10-03",
		    "20261003" },
		{ "https://wire.example/talks-102260905122709839.htm", NULL,
		    NULL },
		{ "https://wire.example/1692879/talks.html", NULL, NULL },
	};
	struct place place;
	struct dl_job *job = place_open(&place, "Asia/Shanghai");
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		size_t at, len;
		const struct dl_moment *moment =
		    date_find(job, rows[i].url, DL_FROM_URL, 0, &at, &len);

		assert_string_equal(text_or(date_day(job, moment), "none"),
		    text_or(rows[i].day, "none"));
		if (moment == NULL)
			continue;
		assert_string_equal(moment->raw, rows[i].raw);
		assert_string_equal(
		    job_copy(job, rows[i].url + at, len), rows[i].raw);
	}
	place_close(&place);
}

static void a_day_without_a_year_is_the_one_nearby(void **state)
{
	static const struct {
		const char *text, *near, *day;
	} rows[] = {
		{ "Oct. 12", "2024-10-12T21:38:00+08:00", "2024-10-12" },
		{ "Oct. 12", "2024-10-13T01:00:00+08:00", "2024-10-12" },
		{ "October 27", "2025-11-01", "2025-10-27" },
		{ "Saturday, Oct. 12", "2024-10-14", "2024-10-12" },
		{ "27 oktyabr", "2025-10-27", "2025-10-27" },
		{ "27 октября", "2025-10-27", "2025-10-27" },
		{ "10月12日", "2024-10-12", "2024-10-12" },
		{ "12 tháng 10", "2024-10-12", "2024-10-12" },
		{ "ngày 12 tháng 10", "2024-10-12", "2024-10-12" },
		{ "ngày 12/10", "2024-10-12", "2024-10-12" },
		{ "10 août", "2024-08-11", "2024-08-10" },
		{ "18 de junio", "2024-06-18", "2024-06-18" },
		{ "Dec. 31", "2025-01-01", "2024-12-31" },
		{ "Jan. 1", "2024-12-31", "2025-01-01" },
		{ "Feb. 29", "2024-03-01", "2024-02-29" },
		{ "Feb. 29", "2023-03-01", NULL },
		{ "Feb. 30", "2024-03-01", NULL },
		{ "Oct. 12, 2019", "2024-10-12", "2019-10-12" },
		{ "12/10/2019", "2024-10-12", "2019-10-12" },
		{ "12/10", "2024-10-12", NULL },
		{ "Oct. 12-14", "2024-10-12", NULL },
		{ "Oct.", "2024-10-12", NULL },
		{ "Oct. 12", NULL, NULL },
		{ NULL, "2024-10-12", NULL },
	};
	struct place place;
	struct dl_job *job = place_open(&place, "Asia/Shanghai");
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct dl_moment *near =
		    date_parse(job, rows[i].near, DL_FROM_META, 0);
		const char *day = date_day(
		    job, date_near(job, rows[i].text, DL_FROM_DATELINE, near));

		if (strcmp(text_or(day, "none"),
			text_or(rows[i].day, "none")) != 0)
			fail_msg("\"%s\": %s", rows[i].text, day);
	}
	place_close(&place);
}

static void a_day_before_is_the_last_one(void **state)
{
	static const struct {
		const char *text, *base, *day;
	} rows[] = {
		{ "Oct. 12", "2024-10-12", "2024-10-12" },
		{ "Oct. 12", "2024-10-11", "2023-10-12" },
		{ "Dec. 31", "2025-01-01", "2024-12-31" },
		{ "Jan. 1", "2024-12-31", "2024-01-01" },
		{ "Feb. 29", "2023-03-01", "2020-02-29" },
		{ "27 oktyabr", "2025-10-26", "2024-10-27" },
		{ "Oct. 12, 2030", "2024-10-12", "2030-10-12" },
		{ "Feb. 30", "2024-03-01", NULL },
		{ "Oct. 12", NULL, NULL },
	};
	struct place place;
	struct dl_job *job = place_open(&place, "Asia/Shanghai");
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct dl_moment *base =
		    date_parse(job, rows[i].base, DL_FROM_META, 0);
		const char *day = date_day(job,
		    date_before(job, rows[i].text, DL_FROM_DATELINE, base));

		if (strcmp(text_or(day, "none"),
			text_or(rows[i].day, "none")) != 0)
			fail_msg("\"%s\": %s", rows[i].text, day);
	}
	place_close(&place);
}

static void the_day_is_the_one_at_its_own_offset(void **state)
{
	struct place place;
	struct dl_job *job = place_open(&place, NULL);

	(void)state;
	assert_string_equal(
	    date_day(job,
		date_parse(job, "2024-10-12T00:30:00+08:00", DL_FROM_META, 0)),
	    "2024-10-12");
	assert_string_equal(
	    date_day(job,
		date_parse(job, "1969-12-31T23:30:00-08:00", DL_FROM_META, 0)),
	    "1969-12-31");
	assert_null(date_day(job, NULL));
	place_close(&place);
}

/* Texts that make a reader that goes back take the square of their length. */
static void long_texts_take_their_length(void **state)
{
	static const char *const pieces[] = { "1 ", "October ", "12 October ",
		"2024-10-", "tháng ", "                                 1",
		"1/", "年", "a", "é", "11:11 " };
	const size_t size = 1 << 18;
	struct place place;
	struct dl_job *job = place_open(&place, "Asia/Ho_Chi_Minh");
	size_t i, at;

	(void)state;
	for (i = 0; i < COUNT(pieces); i++) {
		size_t len = strlen(pieces[i]);
		char *text = job_alloc(job, size + len + 1);
		clock_t start = clock();

		for (at = 0; at < size; at += len)
			memcpy(text + at, pieces[i], len);
		assert_null(date_find(job, text, DL_FROM_TEXT, 0, NULL, NULL));
		assert_null(date_parse(job, text, DL_FROM_TEXT, 0));
		if (clock() - start > 10 * CLOCKS_PER_SEC)
			fail_msg("\"%s\" again and again", pieces[i]);
	}
	place_close(&place);
}

/* ---- every form, every month, every language ---- */

struct tongue {
	const char *code;
	const char *months[12]; /* as they stand behind a day */
	const char *shorts[12]; /* abbreviated; NULL: not at all */
	const char *weekdays[7];
	const char *date; /* D day, B month, S its abbreviation, Y year */
	const char *time; /* behind a date: T the time */
};

static const struct tongue tongues[] = {
	{ "en",
	    { "January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December" },
	    { "Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.",
		"Sept.", "Oct.", "Nov.", "Dec." },
	    { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
		"Saturday", "Sunday" },
	    "B D, Y", " at T" },
	{ "vi",
	    { "tháng Một", "tháng Hai", "tháng Ba", "tháng Tư", "tháng Năm",
		"tháng Sáu", "tháng Bảy", "tháng Tám", "tháng Chín",
		"tháng Mười", "tháng Mười Một", "tháng Mười Hai" },
	    { "thg 1", "thg 2", "thg 3", "thg 4", "thg 5", "thg 6", "thg 7",
		"thg 8", "thg 9", "thg 10", "thg 11", "thg 12" },
	    { "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy",
		"Chủ Nhật" },
	    "D B năm Y", " lúc T" },
	{ "az",
	    { "yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul",
		"avqust", "sentyabr", "oktyabr", "noyabr", "dekabr" },
	    { "yan", "fev", "mar", "apr", "may", "iyn", "iyl", "avq", "sen",
		"okt", "noy", "dek" },
	    { "Bazar ertəsi", "Çərşənbə axşamı", "Çərşənbə", "Cümə axşamı",
		"Cümə", "Şənbə", "Bazar" },
	    "D B Y", ", saat T" },
	{ "zh",
	    { "1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月",
		"10月", "11月", "12月" },
	    { NULL },
	    { "星期一", "星期二", "星期三", "星期四", "星期五", "星期六",
		"星期日" },
	    "Y年BD日", " T" },
	{ "ru",
	    { "января", "февраля", "марта", "апреля", "мая", "июня", "июля",
		"августа", "сентября", "октября", "ноября", "декабря" },
	    { "янв.", "февр.", "мар.", "апр.", "мая", "июн.", "июл.", "авг.",
		"сент.", "окт.", "нояб.", "дек." },
	    { "понедельник", "вторник", "среда", "четверг", "пятница",
		"суббота", "воскресенье" },
	    "D B Y г.", " в T" },
	{ "fr",
	    { "janvier", "février", "mars", "avril", "mai", "juin", "juillet",
		"août", "septembre", "octobre", "novembre", "décembre" },
	    { "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août",
		"sept.", "oct.", "nov.", "déc." },
	    { "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi",
		"dimanche" },
	    "D B Y", " à T" },
	{ "es",
	    { "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
		"agosto", "septiembre", "octubre", "noviembre", "diciembre" },
	    { "ene.", "feb.", "mar.", "abr.", "may.", "jun.", "jul.", "ago.",
		"sept.", "oct.", "nov.", "dic." },
	    { "lunes", "martes", "miércoles", "jueves", "viernes", "sábado",
		"domingo" },
	    "D de B de Y", " a las T" },
	{ "tr",
	    { "Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz",
		"Ağustos", "Eylül", "Ekim", "Kasım", "Aralık" },
	    { "Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl",
		"Eki", "Kas", "Ara" },
	    { "Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi",
		"Pazar" },
	    "D B Y", " T" },
	{ "id",
	    { "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli",
		"Agustus", "September", "Oktober", "November", "Desember" },
	    { "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep",
		"Okt", "Nov", "Des" },
	    { "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu" },
	    "D B Y", " pukul T" },
	{ "de",
	    { "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli",
		"August", "September", "Oktober", "November", "Dezember" },
	    { "Jan.", "Feb.", "Mär.", "Apr.", "Mai", "Jun.", "Jul.", "Aug.",
		"Sept.", "Okt.", "Nov.", "Dez." },
	    { "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag",
		"Samstag", "Sonntag" },
	    "D. B Y", " um T Uhr" },
	{ "pt",
	    { "janeiro", "fevereiro", "março", "abril", "maio", "junho",
		"julho", "agosto", "setembro", "outubro", "novembro",
		"dezembro" },
	    { "jan.", "fev.", "mar.", "abr.", "mai.", "jun.", "jul.", "ago.",
		"set.", "out.", "nov.", "dez." },
	    { "segunda-feira", "terça-feira", "quarta-feira", "quinta-feira",
		"sexta-feira", "sábado", "domingo" },
	    "D de B de Y", " às T" },
	{ "it",
	    { "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
		"luglio", "agosto", "settembre", "ottobre", "novembre",
		"dicembre" },
	    { "gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set",
		"ott", "nov", "dic" },
	    { "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato",
		"domenica" },
	    "D B Y", ", ore T" },
	{ "ar",
	    { "يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو",
		"أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر" },
	    { NULL },
	    { "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت",
		"الأحد" },
	    "D B Y", "، T" },
	{ "th",
	    { "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
		"กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม" },
	    { "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.",
		"ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค." },
	    { "วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์",
		"วันอาทิตย์" },
	    "D B Y", " T น." },
	{ "ms",
	    { "Januari", "Februari", "Mac", "April", "Mei", "Jun", "Julai",
		"Ogos", "September", "Oktober", "November", "Disember" },
	    { "Jan", "Feb", "Mac", "Apr", "Mei", "Jun", "Jul", "Ogo", "Sep",
		"Okt", "Nov", "Dis" },
	    { "Isnin", "Selasa", "Rabu", "Khamis", "Jumaat", "Sabtu", "Ahad" },
	    "D B Y", " T" },
	{ "ja",
	    { "1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月",
		"10月", "11月", "12月" },
	    { NULL },
	    { "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日",
		"日曜日" },
	    "Y年BD日", " T" },
	{ "ko",
	    { "1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월",
		"10월", "11월", "12월" },
	    { NULL },
	    { "월요일", "화요일", "수요일", "목요일", "금요일", "토요일",
		"일요일" },
	    "Y년 B D일", " T" },
	{ "fa",
	    { "ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت",
		"سپتامبر", "اکتبر", "نوامبر", "دسامبر" },
	    { NULL },
	    { "دوشنبه", "سه شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه",
		"یکشنبه" },
	    "D B Y", "، T" },
	{ "uk",
	    { "січня", "лютого", "березня", "квітня", "травня", "червня",
		"липня", "серпня", "вересня", "жовтня", "листопада", "грудня" },
	    { NULL },
	    { "понеділок", "вівторок", "середа", "четвер", "п'ятниця", "субота",
		"неділя" },
	    "D B Y", ", T" },
	{ "pl",
	    { "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca",
		"lipca", "sierpnia", "września", "października", "listopada",
		"grudnia" },
	    { NULL },
	    { "poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota",
		"niedziela" },
	    "D B Y", ", T" },
	{ "nl",
	    { "januari", "februari", "maart", "april", "mei", "juni", "juli",
		"augustus", "september", "oktober", "november", "december" },
	    { NULL },
	    { "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag",
		"zaterdag", "zondag" },
	    "D B Y", " om T" },
	{ "lo",
	    { "ມັງກອນ", "ກຸມພາ", "ມີນາ", "ເມສາ", "ພຶດສະພາ", "ມິຖຸນາ", "ກໍລະກົດ", "ສິງຫາ",
		"ກັນຍາ", "ຕຸລາ", "ພະຈິກ", "ທັນວາ" },
	    { NULL },
	    { "ວັນຈັນ", "ວັນອັງຄານ", "ວັນພຸດ", "ວັນພະຫັດ", "ວັນສຸກ", "ວັນເສົາ", "ວັນອາທິດ" },
	    "D B Y", ", T" },
	{ "km",
	    { "មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា",
		"កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ" },
	    { NULL },
	    { "ថ្ងៃចន្ទ", "ថ្ងៃអង្គារ", "ថ្ងៃពុធ", "ថ្ងៃព្រហស្បតិ៍", "ថ្ងៃសុក្រ", "ថ្ងៃសៅរ៍",
		"ថ្ងៃអាទិត្យ" },
	    "D B Y", ", T" },
};

#define N_TONGUES COUNT(tongues)

struct clock {
	int year, month, day, hour, minute;
};

/* Thailand counts from the death of Buddha. */
static int own_year(const struct tongue *tongue, int year)
{
	return strcmp(tongue->code, "th") == 0 ? year + 543 : year;
}

static const char *written(struct dl_job *job, const struct tongue *tongue,
    const char *form, const struct clock *clock)
{
	const char *text = "";

	for (; *form != '\0'; form++) {
		const char *month = tongue->months[clock->month - 1];

		switch (*form) {
		case 'D':
			text = job_printf(job, "%s%d", text, clock->day);
			break;
		case 'B': text = job_printf(job, "%s%s", text, month); break;
		case 'Y':
			text = job_printf(
			    job, "%s%d", text, own_year(tongue, clock->year));
			break;
		case 'T':
			text = job_printf(job, "%s%02d:%02d", text, clock->hour,
			    clock->minute);
			break;
		default: text = job_printf(job, "%s%c", text, *form);
		}
	}
	return text;
}

static const char *day_told(struct dl_job *job, const struct clock *clock)
{
	return job_printf(job, "%04d-%02d-%02dT00:00:00+07:00 day source",
	    clock->year, clock->month, clock->day);
}

static const char *time_told(struct dl_job *job, const struct clock *clock)
{
	return job_printf(job,
	    "%04d-%02d-%02dT%02d:%02d:00+07:00 minute source", clock->year,
	    clock->month, clock->day, clock->hour, clock->minute);
}

static void check_text(
    struct dl_job *job, const char *text, const char *expected)
{
	const char *found = told(job, date_parse(job, text, DL_FROM_PAGE, 0));

	if (strcmp(found, expected) != 0)
		fail_msg("\"%s\": %s, not %s", text, found, expected);
}

/* Monday is 0; 1990-01-01 was one. */
static int weekday(const struct clock *clock)
{
	int64_t days = time_days(clock->year, clock->month, clock->day) -
	    time_days(1990, 1, 1);

	return (int)(days % 7);
}

/* All that a language can do with one day. */
static void check_tongue(
    struct dl_job *job, const struct tongue *tongue, const struct clock *clock)
{
	struct tongue shorter = *tongue;
	const char *date = written(job, tongue, tongue->date, clock);
	const char *day = day_told(job, clock);

	check_text(job, date, day);
	check_text(job,
	    job_printf(
		job, "%s%s", date, written(job, tongue, tongue->time, clock)),
	    time_told(job, clock));
	check_text(job,
	    job_printf(job, "%02d:%02d, %s", clock->hour, clock->minute, date),
	    time_told(job, clock));
	check_text(job,
	    job_printf(job, "%s, %s", tongue->weekdays[weekday(clock)], date),
	    day);
	if (tongue->shorts[0] == NULL)
		return;
	memcpy(shorter.months, tongue->shorts, sizeof(shorter.months));
	check_text(job, written(job, &shorter, "D B Y", clock), day);
}

static void every_language_has_every_month(void **state)
{
	struct place place;
	struct dl_job *job = place_open(&place, "Asia/Ho_Chi_Minh");
	size_t i;
	int month;

	(void)state;
	for (i = 0; i < N_TONGUES; i++) {
		for (month = 1; month <= 12; month++) {
			struct clock clock = { 2024, month, 2 * month + 3,
				(5 * month) % 24, 4 * month };

			check_tongue(job, &tongues[i], &clock);
		}
	}
	place_close(&place);
}

/* Forms of digits alone, and of English, with each month. */
static void every_form_has_every_month(void **state)
{
	static const char *const days[] = { "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d",
		"%Y%m%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d / %m / %Y",
		"%d.%m.%y", "%d/%m/%y", "%Y年%m月%d日", "%Y年%m月%d号",
		"%Y년 %m월 %d일", "%d tháng %m năm %Y", "%d tháng %m, %Y",
		"%d tháng %m/%Y", "ngày %d/%m/%Y", "Ngày %d tháng %m năm %Y",
		"%d %B %Y", "%B %d, %Y", "%B %d %Y", "%d-%b-%Y", "%d/%b/%Y",
		"%d.%b.%Y", "%b-%d-%Y", "%Y-%b-%d", "%b %d, %Y", "%b. %d, %Y",
		"%A, %d %B %Y", "%a, %d %b %Y", "%A %d %B %Y", "%d %b %y",
		"on %B %d, %Y", "%B, %d/%Y", "%dth of %B %Y", "(%d/%m/%Y)" };
	static const char *const times[] = { "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M",
		"%Y%m%dT%H%M", "%d/%m/%Y %H:%M", "%d/%m/%Y - %H:%M",
		"%d/%m/%Y | %H:%M", "%d.%m.%Y [%H:%M]", "%d.%m.%Y, %H:%M",
		"%H:%M %d/%m/%Y", "%H:%M, %d/%m/%Y", "%H:%M - %d/%m/%Y",
		"%Hh%M ngày %d/%m/%Y", "%H giờ %M phút ngày %d/%m/%Y",
		"%d %B %Y %H:%M", "%B %d, %Y %I:%M %p", "%b %d, %Y, %I:%M%p",
		"%I:%M %p, %B %d, %Y", "%Y年%m月%d日 %H:%M",
		"%Y年%m月%d日%H时%M分", "%d %b %Y | %H:%M", "%d %b %Y, %H.%M" };
	struct place place;
	struct dl_job *job = place_open(&place, "Asia/Ho_Chi_Minh");
	char text[128];
	size_t i;
	int month;

	(void)state;
	for (month = 1; month <= 12; month++) {
		struct clock clock = { 2024, month, 30 - 2 * month,
			2 * month - 1, 4 * month + 1 };
		struct tm tm = { .tm_year = 124,
			.tm_mon = month - 1,
			.tm_mday = clock.day,
			.tm_hour = clock.hour,
			.tm_min = clock.minute,
			.tm_wday = (weekday(&clock) + 1) % 7 };

		for (i = 0; i < COUNT(days); i++) {
			assert_true(
			    strftime(text, sizeof(text), days[i], &tm) > 0);
			check_text(job, text, day_told(job, &clock));
		}
		for (i = 0; i < COUNT(times); i++) {
			assert_true(
			    strftime(text, sizeof(text), times[i], &tm) > 0);
			check_text(job, text, time_told(job, &clock));
		}
	}
	place_close(&place);
}

/* Whatever the year, and to the last day of a month. */
static void what_is_printed_is_read_as_it_was(void **state)
{
	static const int last[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };
	struct place place;
	struct dl_job *job = place_open(&place, "Asia/Ho_Chi_Minh");
	size_t i;
	int step;

	(void)state;
	for (i = 0; i < N_TONGUES; i++) {
		for (step = 0; step < 600; step++) {
			struct clock clock = { 1990 + step * 7 % 45,
				1 + step * 5 % 12, 0, step * 11 % 24,
				step * 17 % 60 };

			clock.day = 1 + step * 13 % last[clock.month - 1];
			check_tongue(job, &tongues[i], &clock);
		}
	}
	place_close(&place);
}

/* What `dateline date` prints is a line that it reads as the same. */
static void check_printed(
    struct dl_job *job, const char *language, const struct dl_moment *moment)
{
	struct date_rules rules = { .language = language };
	const struct dl_moment *again;
	char text[TIME_TEXT];
	const char *why;

	time_rfc3339(text, moment->seconds, moment->offset, false);
	again = date_read(job, text, DL_FROM_TEXT, &rules, &why);
	if (again == NULL || again->seconds != moment->seconds ||
	    again->offset != moment->offset)
		fail_msg("%s: \"%s\" is not read as it is", language, text);
	assert_true(is_plain(text) && is_plain(again->raw));
}

/* In all languages, by all forms, with the zone that is said or the own one. */
static void what_is_read_in_a_language_is_printed_and_read_again(void **state)
{
	static const char *const zones[] = { "", " (GMT+7)", " UTC+04:00",
		" +0530", " UTC-03:30", " America/New_York", " Z" };
	static const char *const own[] = { "Asia/Baku", "Europe/London",
		"America/St_Johns", "Asia/Kathmandu" };
	struct place place;
	struct dl_job *job;
	size_t i, k;
	int step;

	(void)state;
	for (k = 0; k < COUNT(own); k++) {
		job = place_open(&place, own[k]);
		for (i = 0; i < N_TONGUES; i++) {
			const struct tongue *tongue = &tongues[i];
			struct date_rules rules = { .language = tongue->code };

			for (step = 0; step < 84; step++) {
				struct clock clock = { 1991 + step % 40,
					1 + step % 12, 1 + step * 5 % 28,
					4 + step % 20, step * 7 % 60 };
				const char *why,
				    *text = job_printf(job, "%02d:%02d%s, %s",
					clock.hour, clock.minute,
					zones[step % COUNT(zones)],
					written(
					    job, tongue, tongue->date, &clock));
				const struct dl_moment *moment = date_read(
				    job, text, DL_FROM_TEXT, &rules, &why);

				if (moment == NULL)
					fail_msg("\"%s\": %s", text, why);
				check_printed(job, tongue->code, moment);
			}
		}
		place_close(&place);
	}
}

/* ---- what a line of `dateline date` is ---- */

struct line {
	const char *text, *told; /* or why there is none */
};

static void check_lines(const char *zone, const char *language,
    const char *base, const struct line *lines, size_t n)
{
	struct place place;
	struct dl_job *job = place_open(&place, zone);
	struct date_rules rules = { language,
		date_parse(job, base, DL_FROM_RULE, 0) };
	size_t i;

	for (i = 0; i < n; i++) {
		const char *why;
		const struct dl_moment *moment =
		    date_read(job, lines[i].text, DL_FROM_TEXT, &rules, &why);
		const char *found = moment != NULL ? told(job, moment) : why;

		if (strcmp(found, lines[i].told) != 0)
			fail_msg("\"%s\": %s, not %s", lines[i].text, found,
			    lines[i].told);
	}
	place_close(&place);
}

static void a_language_declares_the_order_and_the_era(void **state)
{
	static const struct line unsaid[] = {
		{ "05/09/2026", "2026-09-05T00:00:00+00:00 day source" },
		{ "05/09/2026 13:30",
		    "2026-09-05T13:30:00+00:00 minute source" },
		{ "9/5/2026 1:30:00 PM",
		    "2026-09-05T13:30:00+00:00 second source" },
		{ "12/25/2024", "2024-12-25T00:00:00+00:00 day source" },
		{ "25/12/2024 1:30 pm",
		    "2024-12-25T13:30:00+00:00 minute source" },
		{ "13/13/2024", "no such day" },
	};
	static const struct line american[] = {
		{ "05/09/2026 13:30",
		    "2026-05-09T13:30:00+00:00 minute source" },
		{ "25/12/2024", "no such day" },
	};
	static const struct line vietnamese[] = {
		{ "9/5/2026 1:30:00 PM",
		    "2026-05-09T13:30:00+00:00 second source" },
		{ "12/25/2024", "no such day" },
	};
	static const struct line thai[] = {
		{ "07/11/2567", "2024-11-07T00:00:00+00:00 day source" },
		{ "07/11/2024", "2024-11-07T00:00:00+00:00 day source" },
		{ "07/11/67", "2024-11-07T00:00:00+00:00 day source" },
		{ "7 พ.ย. พ.ศ. 2567", "2024-11-07T00:00:00+00:00 day source" },
		{ "7 พ.ย. ค.ศ. 2024", "2024-11-07T00:00:00+00:00 day source" },
	};
	static const struct line any[] = {
		{ "07/11/2567", "2567-11-07T00:00:00+00:00 day source" },
		{ "๗ พฤศจิกายน ๒๕๖๗", "2024-11-07T00:00:00+00:00 day source" },
	};

	(void)state;
	check_lines("UTC", NULL, NULL, unsaid, COUNT(unsaid));
	check_lines("UTC", "en", NULL, unsaid, COUNT(unsaid));
	check_lines("UTC", "en-US", NULL, american, COUNT(american));
	check_lines("UTC", "vi", NULL, vietnamese, COUNT(vietnamese));
	check_lines("UTC", "en-GB", NULL, vietnamese, COUNT(vietnamese));
	check_lines("UTC", "th", NULL, thai, COUNT(thai));
	check_lines("UTC", NULL, NULL, any, COUNT(any));
}

static void a_day_without_a_year_is_the_last_one(void **state)
{
	static const struct line lines[] = {
		{ "Oct. 12", "2024-10-12T00:00:00+08:00 day source" },
		{ "Oct. 13", "2023-10-13T00:00:00+08:00 day source" },
		{ "Dec. 31", "2023-12-31T00:00:00+08:00 day source" },
		{ "Jan. 1", "2024-01-01T00:00:00+08:00 day source" },
		{ "Feb. 29", "2024-02-29T00:00:00+08:00 day source" },
		{ "Feb. 30", "no such day" },
		{ "10月12日 21:38", "2023-10-12T21:38:00+08:00 minute source" },
		{ "10月12日 08:38", "2024-10-12T08:38:00+08:00 minute source" },
		{ "10-12 08:38", "2024-10-12T08:38:00+08:00 minute source" },
		{ "12/10, 08:38", "2024-10-12T08:38:00+08:00 minute source" },
		{ "12 tháng 10", "2024-10-12T00:00:00+08:00 day source" },
		{ "27 октября", "2023-10-27T00:00:00+08:00 day source" },
		{ "Saturday, Oct. 12", "2024-10-12T00:00:00+08:00 day source" },
		{ "Thursday, Oct. 12", "2023-10-12T00:00:00+08:00 day source" },
		{ "Oct. 12, 2019", "2019-10-12T00:00:00+08:00 day source" },
		{ "12/10", "not wholly a date" },
		{ "7.11", "not wholly a date" },
	};
	static const struct line leap[] = {
		{ "Feb. 29", "2024-02-29T00:00:00+08:00 day source" },
	};
	static const struct line none[] = {
		{ "Oct. 12", "no year" },
		{ "yesterday", "relative" },
		{ "3 giờ trước", "relative" },
		{ "", "empty" },
		{ "soon", "no number" },
		{ "Friday, November 7, 2024", "not that weekday" },
	};

	(void)state;
	check_lines("Asia/Shanghai", NULL, "2024-10-12T12:00:00+08:00", lines,
	    COUNT(lines));
	check_lines("Asia/Shanghai", NULL, "2027-02-01", leap, COUNT(leap));
	check_lines("Asia/Shanghai", NULL, NULL, none, COUNT(none));
}

static void names_of_zones_are_those_of_their_time(void **state)
{
	static const struct line nowhere[] = {
		{ "2024-11-07 15:24 CST", "no zone, or several" },
		{ "Thu, 07 Nov 2024 15:24:05 CST",
		    "2024-11-07T15:24:05-06:00 second explicit" },
		{ "2024-11-07 15:24 IST", "no zone, or several" },
		{ "2024-11-07 15:24 Asia/Baku",
		    "2024-11-07T15:24:00+04:00 minute explicit" },
		{ "2015-07-01 15:24 (Asia/Baku)",
		    "2015-07-01T15:24:00+05:00 minute explicit" },
		{ "2024-03-10 02:30 ET", "no zone, or several" },
		{ "2024-03-10 03:30 ET",
		    "2024-03-10T03:30:00-04:00 minute explicit" },
		{ "2024-11-03 01:30 ET",
		    "2024-11-03T01:30:00-04:00 minute explicit" },
		{ "2012-07-01 15:24 MSK",
		    "2012-07-01T15:24:00+04:00 minute explicit" },
		{ "2024-07-01 15:24 МСК",
		    "2024-07-01T15:24:00+03:00 minute explicit" },
		{ "2024-11-07 15:24 (giờ Việt Nam)",
		    "2024-11-07T15:24:00+07:00 minute explicit" },
		{ "北京时间2024年11月7日15:24",
		    "2024-11-07T15:24:00+08:00 minute explicit" },
		{ "2024-11-07 15:24:05 +0700 ICT",
		    "2024-11-07T15:24:05+07:00 second explicit" },
		{ "2024-11-07 15:24:05 +0700 EST", "not wholly a date" },
		{ "2024-11-07 15:24 ist", "not wholly a date" },
		{ "2024-11-07 15:24",
		    "2024-11-07T15:24:00+00:00 minute assumed" },
	};
	static const struct line dublin[] = {
		{ "2024-07-07 15:24 IST",
		    "2024-07-07T15:24:00+01:00 minute explicit" },
	};
	static const struct line shanghai[] = {
		{ "2024-11-07 15:24 CST",
		    "2024-11-07T15:24:00+08:00 minute explicit" },
	};

	(void)state;
	check_lines(NULL, NULL, NULL, nowhere, COUNT(nowhere));
	check_lines("Europe/Dublin", NULL, NULL, dublin, COUNT(dublin));
	check_lines("Asia/Shanghai", NULL, NULL, shanghai, COUNT(shanghai));
}

static void hours_of_twelve_are_those_of_their_part_of_the_day(void **state)
{
	static const struct line lines[] = {
		{ "7/11/2024 12:00 AM",
		    "2024-11-07T00:00:00+00:00 minute source" },
		{ "7/11/2024 12:00 PM",
		    "2024-11-07T12:00:00+00:00 minute source" },
		{ "7/11/2024 0:10 AM",
		    "2024-11-07T00:10:00+00:00 minute source" },
		{ "7/11/2024 0:10 PM", "no such time" },
		{ "7/11/2024 13:10 PM", "no such time" },
		{ "7/11/2024 13:10 AM", "no such time" },
		{ "7/11/2024 13:10 CH", "no such time" },
		{ "7/11/2024 12:10 SA",
		    "2024-11-07T00:10:00+00:00 minute source" },
		{ "15h10 chiều 7/11/2024",
		    "2024-11-07T15:10:00+00:00 minute source" },
		{ "3h10 chiều 7/11/2024",
		    "2024-11-07T15:10:00+00:00 minute source" },
		{ "9h10 chiều 7/11/2024", "no such time" },
		{ "7 giờ tối 7/11/2024",
		    "2024-11-07T19:00:00+00:00 minute source" },
		{ "12 giờ đêm 7/11/2024", "no such time" },
		{ "1 giờ trưa 7/11/2024",
		    "2024-11-07T13:00:00+00:00 minute source" },
		{ "2024年11月7日下午15时10分",
		    "2024-11-07T15:10:00+00:00 minute source" },
		{ "2024年11月7日下午3点10分",
		    "2024-11-07T15:10:00+00:00 minute source" },
		{ "2024年11月7日上午15时", "no such time" },
		{ "2024年11月7日凌晨3时",
		    "2024-11-07T03:00:00+00:00 minute source" },
		{ "7 Kasım 2024 ÖS 3:10",
		    "2024-11-07T15:10:00+00:00 minute source" },
		{ "7 ноября 2024, 7:10 вечера",
		    "2024-11-07T19:10:00+00:00 minute source" },
		{ "7 de noviembre de 2024, 3:10 de la tarde",
		    "2024-11-07T15:10:00+00:00 minute source" },
		{ "2024년 11월 7일 오후 3시 10분",
		    "2024-11-07T15:10:00+00:00 minute source" },
	};

	(void)state;
	check_lines("UTC", "vi", NULL, lines, COUNT(lines));
}

static void forms_of_many_houses_are_read(void **state)
{
	static const struct line lines[] = {
		{ "2024-11-07T15:24:05.000+0000",
		    "2024-11-07T15:24:05+00:00 second explicit" },
		{ "2024-11-07t15:24:05z",
		    "2024-11-07T15:24:05+00:00 second explicit" },
		{ "2024-11-07T15:24:05+07:00[Asia/Ho_Chi_Minh]",
		    "2024-11-07T15:24:05+07:00 second explicit" },
		{ "2024-11-07 03:24 -05:00", "not wholly a date" },
		{ "2024-11-07T03:24-05:00",
		    "2024-11-07T03:24:00-05:00 minute explicit" },
		{ "2024-11-07 15:24 -05:00",
		    "2024-11-07T15:24:00-05:00 minute explicit" },
		{ "Fri, 07 Nov 2024 15:24:05 +0700",
		    "2024-11-07T15:24:05+07:00 second explicit" },
		{ "Thứ 5, 07/11/2024", "2024-11-07T00:00:00+00:00 day source" },
		{ "T5, 07/11/2024 - 15:24",
		    "2024-11-07T15:24:00+00:00 minute source" },
		{ "CN, 10/11/2024", "2024-11-10T00:00:00+00:00 day source" },
		{ "Thứ 6, 07/11/2024", "not that weekday" },
		{ "2 Th9 2025", "2025-09-02T00:00:00+00:00 day source" },
		{ "Ngày mùng 2 tháng 9 năm 2025",
		    "2025-09-02T00:00:00+00:00 day source" },
		{ "2025-ci il oktyabrın 27-də",
		    "2025-10-27T00:00:00+00:00 day source" },
		{ "2025-ci ilin 27 oktyabrı",
		    "2025-10-27T00:00:00+00:00 day source" },
		{ "в понедельник, 27 октября 2025 года",
		    "2025-10-27T00:00:00+00:00 day source" },
		{ "«27» октября 2025 г.",
		    "2025-10-27T00:00:00+00:00 day source" },
		{ "二〇二四年十一月二十七日",
		    "2024-11-27T00:00:00+00:00 day source" },
		{ "２０２４年１１月０７日　１５：２４",
		    "2024-11-07T15:24:00+00:00 minute source" },
		{ "2024年11月7日（木）15時24分",
		    "2024-11-07T15:24:00+00:00 minute source" },
		{ "٧ نوفمبر ٢٠٢٤", "2024-11-07T00:00:00+00:00 day source" },
		{ "7 تشرين الثاني 2024",
		    "2024-11-07T00:00:00+00:00 day source" },
		{ "Mar. 12 mars 2024", "2024-03-12T00:00:00+00:00 day source" },
		{ "1er mars 2024", "2024-03-01T00:00:00+00:00 day source" },
		{ "7 Kasım 2024 Perşembe 15:24",
		    "2024-11-07T15:24:00+00:00 minute source" },
		{ "Kamis, 7 November 2024 | 15:24 WIB",
		    "2024-11-07T15:24:00+07:00 minute explicit" },
		{ "วันพฤหัสบดีที่ 7 พฤศจิกายน พ.ศ. 2567 15:24 น.",
		    "2024-11-07T15:24:00+00:00 minute source" },
		{ "2024. 11. 7. 15:24",
		    "2024-11-07T15:24:00+00:00 minute source" },
	};

	(void)state;
	check_lines("UTC", NULL, NULL, lines, COUNT(lines));
}

static const char *dash_or(const char *field)
{
	return strcmp(field, "-") != 0 ? field : NULL;
}

/* One row of the table: zone, language, base, what is told, the line. */
static bool row_is_right(char *row)
{
	char *field[5], *rest = row;
	struct place place;
	struct dl_job *job;
	struct date_rules rules;
	const char *why, *found;
	int n;

	for (n = 0; n < 5; n++)
		field[n] = strsep(&rest, n < 4 ? "\t" : "\n");
	assert_non_null(field[4]);
	job = place_open(&place, dash_or(field[0]));
	rules.language = dash_or(field[1]);
	rules.base = date_parse(job, dash_or(field[2]), DL_FROM_RULE, 0);
	found = told(job, date_read(job, field[4], DL_FROM_TEXT, &rules, &why));
	if (strcmp(found, text_or(dash_or(field[3]), "none")) == 0)
		n = 0;
	else
		print_error("\"%s\": %s, not %s\n", field[4], found, field[3]);
	place_close(&place);
	return n == 0;
}

static void each_line_of_the_table_is_read_as_it_says(void **state)
{
	FILE *file = fopen("tests/kit/dates.tsv", "re");
	char row[1024];
	int rows = 0, wrong = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(row, sizeof(row), file) != NULL) {
		if (*row == '#')
			continue;
		rows++;
		wrong += !row_is_right(row);
	}
	fclose(file);
	assert_int_equal(wrong, 0);
	assert_true(rows >= 1000);
}

/* Each is no date for one reason, and stays none in any language. */
static void what_is_no_whole_existing_absolute_date_is_refused(void **state)
{
	static const char *const texts[] = { /* ranges, and more than one */
		"12–14 October 2024", "12 - 14 October 2024",
		"12 to 14 October 2024", "from 12 to 14 October 2024",
		"October 12–14, 2024", "12/10 - 14/10/2024", "12-14/10/2024",
		"12-14.10.2024", "12.10.2024-14.10.2024",
		"12.10.2024 - 14.10.2024", "2024-10-12 to 2024-10-14",
		"2024-10-12/14", "2024-10-12, 2024-10-13",
		"2024-10-12 and 2024-10-13", "12 and 13 October 2024",
		"12, 13 October 2024", "từ 12 đến 14/10/2024",
		"12-14 tháng 10 năm 2024", "ngày 12 và 13/10/2024",
		"2024年10月12日至14日", "2024年10月12-14日",
		"с 12 по 14 октября 2025", "12 и 13 октября 2025",
		"12-14 oktyabr 2025", "du 12 au 14 octobre 2024",
		"del 12 al 14 de octubre de 2024", "12-14 Ekim 2024",
		"09:00-11:30 07/11/2024", "07/11/2024 09:00-11:30",
		"2024-11-07 09:00-10:30", "9h-11h ngày 7/11/2024",
		"15:24 15:30 07/11/2024", "07/11/2024 15:24 15:30",
		/* not whole */
		"2024", "11/2024", "2024-11", "November 2024", "Nov. 2024",
		"tháng 11 năm 2024", "tháng 11/2024", "2024年11月", "2024年",
		"ноябрь 2024", "noyabr 2024", "novembre 2024", "Q3 2024",
		"năm 2024", "15:24", "3:24 PM", "Thursday", "Thứ Năm", "十一月",
		"7 of 2024", "the 7th", "7th", "noon, 2024", "24-hour",
		/* days that are not there */
		"31 April 2024", "31 June 2024", "31 September 2024",
		"31 November 2024", "30 February 2024", "29 February 2023",
		"29 February 1900", "32 January 2024", "0 January 2024",
		"31/04/2024", "31/06/2024", "29/02/2023", "00/11/2024",
		"07/00/2024", "07/13/2024 15:24 13", "2024-02-30", "2024-04-31",
		"2024-13-01", "2024-00-10", "2024-11-00", "2024-11-32",
		"31 tháng 4 năm 2024", "30 tháng 2 năm 2024",
		"32 tháng 1 năm 2024", "7 tháng 13 năm 2024", "2023年2月29日",
		"2024年13月1日", "2024年4月31日", "31 сентября 2024 г.",
		"30 февраля 2024", "31 aprel 2024", "31 Nisan 2024",
		"31 avril 2024", "31 de abril de 2024", "31 avril 2024 à 15h24",
		"20240230", "20241301",
		/* times that are not there */
		"2024-11-07 24:00", "2024-11-07T24:00:00Z", "2024-11-07 25:00",
		"2024-11-07 15:60", "2024-11-07 15:24:61",
		"2016-12-31T23:59:60Z", "25:61 07/11/2024",
		"24h00 ngày 7/11/2024", "13:24 PM, 7 November 2024",
		"0:24 PM, 7 November 2024", "21:24 AM, 7 November 2024",
		"15h60 ngày 7/11/2024", "2024年11月7日24时",
		"2024年11月7日25时10分", "7 ноября 2024 в 24:00",
		/* zones that are none */
		"2024-11-07T15:24:05+25:00", "2024-11-07T15:24:05-13:00",
		"2024-11-07T15:24:05+07:60", "2024-11-07 15:24 GMT+17",
		"2024-11-07 15:24 UTC+", "2024-11-07 15:24 (GMT+7",
		"2024-11-07 15:24 XYZ", "2024-11-07 15:24 QQQ+7",
		"Thu, 07 Nov 2024 15:24:05 B", "2024-11-07 15:24 Mars/Base",
		/* weekdays that are another's */
		"Friday, November 7, 2024", "Monday 7 November 2024",
		"Thứ Sáu, 07/11/2024", "Chủ nhật, 07/11/2024",
		"2024年11月7日 星期五", "2024年11月7日（周一）",
		"пятница, 7 ноября 2024", "cümə, 7 noyabr 2024",
		"vendredi 7 novembre 2024", "viernes, 7 de noviembre de 2024",
		"7 Kasım 2024 Cuma", "Jumat, 7 November 2024",
		/* told from now */
		"now", "today", "yesterday", "tomorrow", "2 hours ago",
		"an hour ago", "5 min ago", "yesterday, 15:24",
		"today at 15:24", "last week", "next Friday", "hôm nay",
		"hôm qua", "3 giờ trước", "5 phút trước", "vừa xong",
		"hôm qua, 15:24", "昨天", "3小时前", "刚刚", "今天 15:24",
		"вчера", "3 часа назад", "сегодня, 15:24", "dünən",
		"3 saat əvvəl", "3 saat önce", "dün", "il y a 3 heures", "hier",
		"hace 3 horas", "ayer", "3 jam lalu", "kemarin",
		/* something else */
		"1730967845", "1730967845123", "192.168.10.24", "1.2.3",
		"v2.10.2024", "No. 40/2026/QD", "+84 24 3825 1234",
		"10-12-14-16", "2024-11-07x", "x2024-11-07",
		"7 November 2024 and on", "about 7 November 2024",
		"early November 2024", "mid-November 2024", "end of 2024",
		"7 Smarch 2024", "7 Novembery 2024", "0000-00-00",
		"0000-00-00 00:00:00", "0001-01-01T00:00:00Z", "1/1/1",
		"99/99/9999", "{{ date }}", "Invalid date", "NaN", "null", "-",
		"dd/mm/yyyy", "2024-11-07T", "T15:24", "07/11/", "/11/2024",
		"07//11/2024", "07/11-2024", "2024--11-07", "12024-11-07",
		"2024-011-07", "7 11 2024", "7,11,2024", "7:11:2024"
	};
	static const char *const languages[] = { NULL, "en", "en-US", "vi",
		"az", "zh", "ru", "fr", "es", "tr", "id" };
	struct place place;
	struct dl_job *job = place_open(&place, "Asia/Ho_Chi_Minh");
	size_t i, k;

	(void)state;
	assert_true(COUNT(texts) > 200);
	for (i = 0; i < COUNT(texts); i++) {
		for (k = 0; k < COUNT(languages); k++) {
			struct date_rules rules = { .language = languages[k] };
			const char *why = NULL;

			if (date_read(job, texts[i], DL_FROM_TEXT, &rules,
				&why) != NULL)
				fail_msg("\"%s\" is no date", texts[i]);
			assert_non_null(why);
		}
		if (date_parse(job, texts[i], DL_FROM_TEXT, 0) != NULL)
			fail_msg("\"%s\" is no date", texts[i]);
	}
	place_close(&place);
}

static void what_is_told_from_now_is_told_from_the_fetch(void **state)
{
	static const struct line lines[] = {
		{ "just now", "2024-11-07T15:24:00+07:00 minute assumed" },
		{ "vừa xong", "2024-11-07T15:24:00+07:00 minute assumed" },
		{ "30 seconds ago",
		    "2024-11-07T15:23:30+07:00 minute assumed" },
		{ "5 minutes ago", "2024-11-07T15:19:00+07:00 minute assumed" },
		{ "a minute ago", "2024-11-07T15:23:00+07:00 minute assumed" },
		{ "45 phút trước", "2024-11-07T14:39:00+07:00 minute assumed" },
		{ "5分钟前", "2024-11-07T15:19:00+07:00 minute assumed" },
		{ "5 минут назад", "2024-11-07T15:19:00+07:00 minute assumed" },
		{ "минуту назад", "2024-11-07T15:23:00+07:00 minute assumed" },
		{ "5 dəqiqə əvvəl",
		    "2024-11-07T15:19:00+07:00 minute assumed" },
		{ "5 dakika önce", "2024-11-07T15:19:00+07:00 minute assumed" },
		{ "il y a 5 minutes",
		    "2024-11-07T15:19:00+07:00 minute assumed" },
		{ "hace 5 minutos",
		    "2024-11-07T15:19:00+07:00 minute assumed" },
		{ "5 menit yang lalu",
		    "2024-11-07T15:19:00+07:00 minute assumed" },
		{ "2 hours ago", "2024-11-07T00:00:00+07:00 day assumed" },
		{ "3 giờ trước", "2024-11-07T00:00:00+07:00 day assumed" },
		{ "16 giờ trước", "2024-11-06T00:00:00+07:00 day assumed" },
		{ "3小时前", "2024-11-07T00:00:00+07:00 day assumed" },
		{ "2 days ago", "2024-11-05T00:00:00+07:00 day assumed" },
		{ "hôm qua", "2024-11-06T00:00:00+07:00 day assumed" },
		{ "yesterday", "2024-11-06T00:00:00+07:00 day assumed" },
		{ "Yesterday, 22:10",
		    "2024-11-06T22:10:00+07:00 minute assumed" },
		{ "hôm nay lúc 08:05",
		    "2024-11-07T08:05:00+07:00 minute assumed" },
		{ "сегодня, 08:05",
		    "2024-11-07T08:05:00+07:00 minute assumed" },
		{ "昨天 22:10", "2024-11-06T22:10:00+07:00 minute assumed" },
		{ "yesterday in town", "none" },
		{ "2 hours", "none" },
		{ "ago", "none" },
		{ "99999 hours ago", "none" },
		{ "2024-11-07", "none" },
		{ "", "none" },
	};
	struct place place;
	struct dl_job *job = place_open(&place, "Asia/Ho_Chi_Minh");
	const struct dl_moment *now =
	    date_parse(job, "2024-11-07T15:24:00+07:00", DL_FROM_META, 0);
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lines); i++) {
		const char *found = told(job,
		    date_ago(job, lines[i].text, DL_FROM_FEED, now->seconds));

		if (strcmp(found, lines[i].told) != 0)
			fail_msg("\"%s\": %s", lines[i].text, found);
	}
	place_close(&place);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(programs_write_dates_like_this),
		cmocka_unit_test(people_write_dates_like_this),
		cmocka_unit_test(dates_are_read_in_eight_languages),
		cmocka_unit_test(what_is_not_wholly_a_date_is_refused),
		cmocka_unit_test(the_hint_says_which_number_is_the_month),
		cmocka_unit_test(a_time_without_a_zone_is_of_the_source),
		cmocka_unit_test(the_text_is_kept_in_one_line),
		cmocka_unit_test(the_first_whole_date_in_a_text_is_found),
		cmocka_unit_test(the_path_of_an_address_has_a_day),
		cmocka_unit_test(a_day_without_a_year_is_the_one_nearby),
		cmocka_unit_test(a_day_before_is_the_last_one),
		cmocka_unit_test(the_day_is_the_one_at_its_own_offset),
		cmocka_unit_test(long_texts_take_their_length),
		cmocka_unit_test(every_language_has_every_month),
		cmocka_unit_test(every_form_has_every_month),
		cmocka_unit_test(what_is_printed_is_read_as_it_was),
		cmocka_unit_test(
		    what_is_read_in_a_language_is_printed_and_read_again),
		cmocka_unit_test(a_language_declares_the_order_and_the_era),
		cmocka_unit_test(a_day_without_a_year_is_the_last_one),
		cmocka_unit_test(names_of_zones_are_those_of_their_time),
		cmocka_unit_test(
		    hours_of_twelve_are_those_of_their_part_of_the_day),
		cmocka_unit_test(forms_of_many_houses_are_read),
		cmocka_unit_test(
		    what_is_no_whole_existing_absolute_date_is_refused),
		cmocka_unit_test(each_line_of_the_table_is_read_as_it_says),
		cmocka_unit_test(what_is_told_from_now_is_told_from_the_fetch),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
