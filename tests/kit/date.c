/* Dates as feeds, pages and texts have them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "core/base/time.h"
#include "core/kit/job.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

struct place { /* a job in a zone */
	struct dl_job job;
	struct zone *zone;
};

static struct dl_job *place_open(struct place *place, const char *zone)
{
	job_init(&place->job);
	place->zone = zone != NULL ? zone_open(zone) : NULL;
	place->job.zone = place->zone;
	if (zone != NULL)
		assert_non_null(place->zone);
	return &place->job;
}

static void place_close(struct place *place)
{
	job_finish(&place->job);
	zone_close(place->zone);
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
		{ "Oct 12, 2024 15:24 PM",
		    "2024-10-12T15:24:00+07:00 minute source" },
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
		{ "07/11/2024 15:24 CST",
		    "2024-11-07T15:24:00-06:00 minute explicit" },
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
		"2024-11-07 25:24", "2024-11-07 15:2", "2024-11-07 15:24 AM",
		"2024-11-07 15:24:05 XYZ", "2024-11-07 15:24 LMT",
		"Thu, 07 Nov 2024 15:24:05 QST", "2024-11-07 15:24 GMT+15",
		"2024-11-07 15:24 +1500", "2024-11-07 15:24 +07:75",
		"2024-11-07 15:24 +7", "2024-11-07 15:24 07:00",
		"2024-11-07 15:24 (GMT+7", "2024-11-07 15:24 ICT+7",
		"2024-11-07 15:24 A", "2024-11-07 rubbish",
		"rubbish 2024-11-07", "2024-11-07 15:24 and more",
		"2024-11-07x", "x2024-11-07", "2024-11-07T",
		"2024-11-07 +07:00", "2024-11-07-08:00",
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
		cmocka_unit_test(the_day_is_the_one_at_its_own_offset),
		cmocka_unit_test(long_texts_take_their_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
