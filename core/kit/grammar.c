/*
 * The grammar of dates: a date, or a date and a time in either order, with what
 * may stand before, between and behind them. The forms of its parts are the
 * tables below; form.c says what is in one.
 */
#include <string.h>

#include "core/base/time.h"
#include "core/kit/grammar.h"
#include "core/kit/number.h"

/* Earlier years are of another calendar (1404 is a year of Iran's), or how
   programs print a date that they do not have. */
#define FIRST_YEAR 1583

#define BUDDHIST 543        /* years that the era of Buddha is ahead */
#define BUDDHIST_FIRST 2400 /* smaller numbers are of the common era */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* When a form counts. */
enum {
	DAY_FIRST = 1,   /* unless the month is */
	MONTH_FIRST = 2, /* only then */
	ALONE = 4,       /* not inside a longer text */
	TIMED = 8,       /* with a time or a weekday: 7/11 may be a fraction */
};

struct form {
	const char *pattern;
	unsigned when;
};

static const struct form dates[] = {
	{ "%Y-%m-%d", 0 },
	{ "%Y/%m/%d", 0 },
	{ "%Y.%m.%d", 0 },
	{ "%Y. %m. %d.?", ALONE },
	{ "%Y %m/%d", ALONE },
	{ "%Y 年 %m 月 %d 日", 0 },
	{ "%Y年%m月%d号", 0 },
	{ "%Y年%m月%d號", 0 },
	{ "%J年%j月%j日", 0 },
	{ "%y年%m月%d日", ALONE },
	{ "%Y 년 %m 월 %d 일", 0 },
	{ "%R 年 %m 月 %d 日", 0 },
	{ "%Y-W%V", ALONE },
	{ "%YW%V", ALONE },
	{ "%Y-%U", ALONE },
	{ "%CT%K", ALONE },
	{ "%Y-%m-%dT%K", ALONE },
	{ "%L", ALONE },
	{ "%C", ALONE },
	{ "%y. %m. %d.", ALONE },
	{ "%d/%m/%Y", DAY_FIRST },
	{ "%m/%d/%Y", MONTH_FIRST },
	{ "%d / %m / %Y", DAY_FIRST | ALONE },
	{ "%d-%m-%Y", DAY_FIRST },
	{ "%m-%d-%Y", MONTH_FIRST },
	{ "%d - %m - %Y", DAY_FIRST | ALONE },
	{ "%d.%m.%Y", 0 },
	{ "%d. %m. %Y", ALONE },
	{ "( %d/%m/%Y )", DAY_FIRST | ALONE },
	{ "%d/%m/%y", DAY_FIRST | ALONE },
	{ "%m/%d/%y", MONTH_FIRST | ALONE },
	{ "%d-%m-%y", DAY_FIRST | ALONE },
	{ "%m-%d-%y", MONTH_FIRST | ALONE },
	{ "%d.%m.%y", ALONE },
	{ "%b %d%o ,? %Y", 0 },
	{ "%b, %d/%Y", 0 },
	{ "%b, %d,? %Y", ALONE },
	{ "%b-%d-%Y", 0 },
	{ "%b/%d/%Y", 0 },
	{ "%b the %d%o ,? %Y", 0 },
	{ "%b %d%o de %Y", 0 },
	{ "%d%o %b ,? %Y", 0 },
	{ "%d %b,? %A ,? %Y", ALONE },
	{ "«%d» %b %Y", ALONE },
	{ "%d%o of %b,? %Y", 0 },
	{ "%d. %b %Y", 0 },
	{ "%d-%b-%Y", 0 },
	{ "%d/%b/%Y", 0 },
	{ "%d.%b.%Y", 0 },
	{ "%d %b %y", ALONE },
	{ "%d %b '%y", ALONE },
	{ "%b %d%o ,? '%y", ALONE },
	{ "%d-%b-%y", ALONE },
	{ "%d/%b/%y", ALONE },
	{ "%d%o de %b,? de %Y", 0 },
	{ "%d%o de %b,? del %Y", 0 },
	{ "%d%o de %b,? %Y", 0 },
	{ "%d %b de %Y", 0 },
	{ "%Y-%b-%d", 0 },
	{ "%Y%E,? %d%o %b", 0 },
	{ "%Y%E,? %b %d%o", 0 },
	{ "%d %t %m,? nam? %Y", 0 },
	{ "%d %t %m / %Y", 0 },
	{ "%d %t %m - %Y", 0 },
	{ "%d/%t %m/%Y", 0 },
	{ "%d / %m nam %Y", 0 },
	{ "%d %b,? nam %Y", 0 },
	{ "%t %m %d,? %Y", 0 },
	{ "%d %b %e %Y", 0 },
	{ "%d %b %e %y", ALONE },
	{ "%b %d %H:%M:%S %Y", 0 },
	{ "%b %d %H:%M %Y", 0 },
	{ "%b %d %H:%M:%S %Z %Y", 0 },
	{ "%b %d %H:%M:%S %p %Z %Y", 0 },
};

static const struct form days[] = {
	{ "%b %d%o", 0 },
	{ "%d%o %b", 0 },
	{ "%d. %b", 0 },
	{ "%d%o of %b", 0 },
	{ "%d%o de %b", 0 },
	{ "%m 月 %d 日", 0 },
	{ "%m月%d号", 0 },
	{ "%j月%j日", 0 },
	{ "%m 월 %d 일", 0 },
	{ "%d %t %m", 0 },
	{ "ngay %d/%m", 0 },
	{ "ngay %d-%m", 0 },
	{ "ngay %d.%m", 0 },
	{ "%d/%m", DAY_FIRST | TIMED },
	{ "( %d/%m )", DAY_FIRST | TIMED },
	{ "%m/%d", MONTH_FIRST | TIMED },
	{ "%d.%m", TIMED },
	{ "%d.%m.", TIMED },
	{ "%m-%d", TIMED },
};

static const struct form paths[] = {
	{ "/%C/", 0 },
	{ "/%Y-%m/%d/", 0 },
	{ "/%Y/%m/%d/", 0 },
	{ "/%Y-%m-%d/", 0 },
};

static const struct {
	const struct form *forms;
	size_t n;
} tables[] = {
	[GRAMMAR_YEARS] = { dates, COUNT(dates) },
	[GRAMMAR_DAYS] = { days, COUNT(days) },
	[GRAMMAR_PATHS] = { paths, COUNT(paths) },
};

static const struct form times[] = {
	/* the longest first */
	{ "%H:%M:%S%f %p", 0 },
	{ "%H:%M:%S%f", 0 },
	{ "%p %H:%M:%S", 0 },
	{ "%H:%M %p", 0 },
	{ "%p %H:%M", 0 },
	{ "%H:%M'", 0 },
	{ "%H:%M uhr", 0 },
	{ "%H:%M hs.?", 0 },
	{ "%H:%M h.?", 0 },
	{ "%H:%M horas", 0 },
	{ "%H:%M น.", 0 },
	{ "%H:%M", 0 },
	{ "%p? %H%c%N分%S秒", 0 },
	{ "%p? %H%c%N分", 0 },
	{ "%p? %H%c%q", 0 },
	{ "%p? %H%c", 0 },
	{ "%p? %H시 %N분 %S초", 0 },
	{ "%p? %H시 %N분", 0 },
	{ "%p? %H시", 0 },
	{ "%H gio %N phut %S giay", 0 },
	{ "%H gio %N phut? %p?", 0 },
	{ "%H gio %q %p?", ALONE },
	{ "%H gio %p?", ALONE },
	{ "%H h %M'", 0 },
	{ "%H h %M min.?", 0 },
	{ "%H h %M %p?", 0 },
	{ "%H h %p?", ALONE },
	{ "%H g %M'? %p?", 0 },
	{ "%H heures? %M", 0 },
	{ "%H ч .? %N мин .?", 0 },
	{ "%H часов %N минут", 0 },
	{ "%H часа %N минут", 0 },
	{ "%H.%M.%S %p?", ALONE },
	{ "%H.%M uhr", 0 },
	{ "%H uhr", 0 },
	{ "%H.%M น.", 0 },
	{ "%H.%M %p", ALONE },
	{ "%p %H.%M", ALONE },
	{ "%H.%M h?", ALONE },
	{ "%H %p", ALONE },
};

/* What stands between a date and a time, and behind the second of them. The
   first is that of programs. */
static const struct {
	const char *between, *behind;
} joints[] = {
	{ "t", "" },
	{ " [ ", " ]" },
	{ " ( %a? ", " )" },
	{ " ,? %a? ", "" },
	{ "%D %a? ", "" },
	{ " ,? %n ", "" },
	{ "%D %n ", "" },
	{ " ( %n ", " )" },
};

/* What may stand before a date; nothing, first. */
static const char *const leads[] = { "", "%A ,? %n? ", "%n ", "%n %A ,? %n? ",
	"%A%D", "thu %w ,? %n? ", "t%w ,? %n? ", "th %w ,? %n? ",
	"%n thu %w ,? %n? ", "luc :? ", "%Aที่ ", "%A ,? luc ", "%z ,? " };

/* What may stand before a time that comes first; nothing, first. */
static const char *const time_leads[] = { "", "%a :? ", "%A ,? %a? ",
	"%z ,? %a? " };

/* What may stand behind a date: an era, a weekday. In running text "12 October
   2024 Sun Yang" has no weekday: there the last rows do not count. */
static const char *const tails[] = { "%E ( %A )", "%E", "%E ,? %A", "%E%D%A" };

#define TAILS_IN_TEXT 2

bool grammar_is_month(const struct grammar *grammar, const char *at)
{
	struct parts unused = { .calendar = grammar->calendar };

	return form_match("%t", at, &unused) != NULL ||
	    form_match("%b", at, &unused) != NULL;
}

/* ---- what is right ---- */

/* Monday is 1. */
static int weekday_of(const struct parts *parts)
{
	int64_t day = time_days(parts->year, parts->month, parts->day);

	/* 1970-01-01 was a Thursday. */
	return (int)((day % 7 + 10) % 7) + 1;
}

/*
 * Programs write the weekday of RFC 822 from the same number as the day, or
 * from one of another zone, or always the same: so it is no reason for doubt,
 * and no reader of feeds makes it one. Where people read it, one of the two is
 * wrong, and nobody knows which.
 */
static bool weekday_is_right(const struct parts *parts)
{
	if (parts->weekday == 0 || parts->year == 0)
		return true;
	if (parts->by_program && parts->zoned && parts->precision != 0)
		return true;
	return parts->weekday == weekday_of(parts);
}

static bool year_settle(struct parts *parts)
{
	if (parts->buddhist && parts->year >= BUDDHIST_FIRST)
		parts->year -= BUDDHIST;
	return parts->year == 0 || parts->year >= FIRST_YEAR;
}

/* There is no 24:00, which would be of another day, and no 13 PM. */
static bool hour_settle(struct parts *parts)
{
	if (parts->part != NULL)
		parts->hour = calendar_hour(parts->part, parts->hour);
	parts->part = NULL;
	return parts->hour >= 0 && parts->hour <= 23 && parts->minute <= 59 &&
	    parts->second <= 59;
}

bool grammar_is_day(const struct parts *parts)
{
	return time_is_day(parts->year, parts->month, parts->day) &&
	    weekday_is_right(parts);
}

/* NULL, or why these are not the parts of a moment. */
static const char *parts_settle(
    const struct grammar *grammar, struct parts *parts)
{
	int year;

	if (grammar->dates != GRAMMAR_DAYS && parts->year == 0)
		return "no such year";
	if (!year_settle(parts))
		return "no such year";
	year = parts->year != 0 ? parts->year : 2000;
	if (!time_is_day(year, parts->month, parts->day))
		return "no such day";
	if (!hour_settle(parts))
		return "no such time";
	return weekday_is_right(parts) ? NULL : "not that weekday";
}

/* What comes of a way through the grammar that ends here. */
static const char *accept(
    const char *end, struct grammar *grammar, struct parts *parts)
{
	const char *why;

	if (end == NULL || (grammar->whole && *end != '\0'))
		return NULL;
	why = parts_settle(grammar, parts);
	if (grammar->why == NULL || !grammar->whole)
		grammar->why = why;
	return why == NULL || !grammar->whole ? end : NULL;
}

/* ---- the ways ---- */

struct start { /* what stands at the beginning of a form; most forms cannot */
	size_t digits; /* more than eight are nine */
	bool month, sign, part;
};

static size_t count_digits(const char *at)
{
	size_t n = 0, len;

	for (; n < 9 && number_digit(at, &len) >= 0; n++)
		at += len;
	return n;
}

static struct start start_of(const char *at, const struct parts *parts)
{
	struct start start = { .digits = count_digits(at) };
	struct parts unused = *parts;

	if (start.digits > 0)
		return start;
	start.month = form_match("%b", at, &unused) != NULL;
	start.sign = form_match("%t", at, &unused) != NULL;
	start.part = form_match("%p", at, &unused) != NULL;
	return start;
}

static bool begins_with(const char *pattern, const struct start *start)
{
	if (*pattern != '%')
		return true;
	switch (pattern[1]) {
	case 'Y': return start->digits == 4;
	case 'C': return start->digits == 8;
	case 'L': return start->digits > 8;
	case 'R': return start->digits == 0;
	case 'y': return start->digits == 2;
	case 'd':
	case 'm':
	case 'H': return start->digits == 1 || start->digits == 2;
	case 'b': return start->month;
	case 't': return start->sign;
	case 'p': return start->part || pattern[2] == '?';
	default: return true;
	}
}

static bool form_counts(const struct form *form, const struct grammar *grammar)
{
	unsigned without = grammar->month_first ? DAY_FIRST : MONTH_FIRST;

	if (!grammar->whole)
		without |= ALONE;
	return (form->when & without) == 0;
}

static const char *time_match(size_t i, const char *at,
    const struct start *begin, const struct grammar *grammar,
    struct parts *parts)
{
	const char *end;

	if (!begins_with(times[i].pattern, begin) ||
	    !form_counts(&times[i], grammar))
		return NULL;
	parts->precision = DL_MINUTE;
	end = form_match(times[i].pattern, at, parts);
	/* A blank before a word that may be there, and is not. */
	while (end != NULL && form_is_blank(end[-1]))
		end--;
	return end;
}

/* The zone behind a time, or none. */
static const char *read_late_zone(
    const char *at, const struct grammar *grammar, struct parts *parts)
{
	static const char *const forms[] = { "%Z", " ,%Z", "%D%Z" };
	size_t n = grammar->whole ? COUNT(forms) : 1, i;

	if (parts->zoned || parts->precision == 0)
		return at;
	for (i = 0; i < n; i++) {
		struct parts tried = *parts;
		const char *end = form_match(forms[i], at, &tried);

		if (end != NULL) {
			*parts = tried;
			return end;
		}
	}
	return at;
}

/* "2025年10月20日 06:45 星期一" */
static const char *read_late_weekday(
    const char *at, const struct grammar *grammar, struct parts *parts)
{
	static const char *const forms[] = { " ( %A )", " ,? %A" };
	const char *end = NULL;
	size_t i;

	if (!grammar->whole || *at == '\0' || parts->weekday != 0)
		return at;
	for (i = 0; end == NULL && i < COUNT(forms); i++)
		end = form_match(forms[i], at, parts);
	return end != NULL ? end : at;
}

/* What goes on behind a time that was read up to `at`. */
static const char *read_behind_time(const char *at, const char *behind,
    struct grammar *grammar, struct parts *parts)
{
	const char *end =
	    form_match(behind, read_late_zone(at, grammar, parts), parts);

	if (end == NULL)
		return NULL;
	end = read_late_zone(end, grammar, parts);
	return accept(read_late_weekday(end, grammar, parts), grammar, parts);
}

/* Behind a date its time. */
static const char *read_timed(
    const char *at, struct grammar *grammar, struct parts *parts)
{
	size_t joint, i;

	for (joint = 0; joint < COUNT(joints); joint++) {
		struct parts unused = { 0 };
		const char *start =
		    form_match(joints[joint].between, at, &unused);
		struct start begin;

		if (start == NULL)
			continue;
		begin = start_of(start, parts);
		for (i = 0; i < COUNT(times); i++) {
			struct parts tried = *parts;
			const char *end =
			    time_match(i, start, &begin, grammar, &tried);

			if (end == NULL)
				continue;
			tried.machine = joint == 0;
			end = read_behind_time(
			    end, joints[joint].behind, grammar, &tried);
			if (end == NULL)
				continue;
			*parts = tried;
			return end;
		}
	}
	return NULL;
}

/* Behind a date what may be there, and the time, if it is not inside. */
static const char *read_behind_date(
    const char *at, unsigned when, struct grammar *grammar, struct parts *parts)
{
	size_t n = grammar->whole ? COUNT(tails) : TAILS_IN_TEXT, i;

	for (i = 0; i < n; i++) {
		struct parts tried = *parts;
		const char *tail = form_match(tails[i], at, &tried), *end;
		struct parts timed = tried;

		if (tail == NULL)
			continue;
		end = tried.precision == 0 ? read_timed(tail, grammar, &timed)
					   : NULL;
		if (end != NULL) {
			*parts = timed;
			return end;
		}
		if ((when & TIMED) != 0 && tried.precision == 0 &&
		    tried.weekday == 0)
			continue;
		end = accept(
		    read_late_zone(tail, grammar, &tried), grammar, &tried);
		if (end != NULL) {
			*parts = tried;
			return end;
		}
	}
	return NULL;
}

static const char *read_date(
    const char *at, struct grammar *grammar, struct parts *parts)
{
	const struct form *forms = tables[grammar->dates].forms;
	struct start begin = start_of(at, parts);
	size_t i;

	for (i = 0; i < tables[grammar->dates].n; i++) {
		struct parts tried = *parts;
		const char *end;

		if (!begins_with(forms[i].pattern, &begin) ||
		    !form_counts(&forms[i], grammar))
			continue;
		end = form_match(forms[i].pattern, at, &tried);
		if (grammar->dates == GRAMMAR_PATHS)
			end = accept(end, grammar, &tried);
		else if (end != NULL)
			end = read_behind_date(
			    end, forms[i].when, grammar, &tried);
		if (end != NULL) {
			*parts = tried;
			return end;
		}
	}
	return NULL;
}

/* A date with what may stand before it. */
static const char *read_led_date(
    const char *at, struct grammar *grammar, struct parts *parts)
{
	size_t i;

	for (i = 0; i < COUNT(leads); i++) {
		struct parts tried = *parts;
		const char *end = form_match(leads[i], at, &tried);

		if (end != NULL)
			end = read_date(end, grammar, &tried);
		if (end != NULL) {
			*parts = tried;
			return end;
		}
	}
	return NULL;
}

/* Behind a time its date. */
static const char *read_dated(
    const char *at, struct grammar *grammar, struct parts *parts)
{
	size_t i;

	for (i = 0; i < COUNT(joints); i++) {
		struct grammar inner = *grammar;
		struct parts tried = *parts;
		const char *end = form_match(joints[i].between, at, &tried);

		/* The bracket behind it is for us to look at. */
		if (end == NULL || *joints[i].behind != '\0')
			continue;
		end = read_led_date(end, &inner, &tried);
		grammar->why = inner.why;
		if (end != NULL) {
			*parts = tried;
			return end;
		}
	}
	return NULL;
}

/* A time that begins here and its date, with its zone or without. */
static const char *read_first_time(
    const char *at, struct grammar *grammar, struct parts *parts)
{
	struct start begin = start_of(at, parts);
	size_t i;

	for (i = 0; i < COUNT(times); i++) {
		struct parts tried = *parts, plain;
		const char *end = time_match(i, at, &begin, grammar, &tried),
			   *zone;

		if (end == NULL)
			continue;
		plain = tried;
		zone = read_late_zone(end, grammar, &tried);
		zone = read_dated(zone, grammar, &tried);
		if (zone == NULL && tried.zoned) {
			tried = plain;
			zone = read_dated(end, grammar, &tried);
		}
		if (zone != NULL) {
			*parts = tried;
			return zone;
		}
	}
	return NULL;
}

/* The same with what may stand before it, which running text has not. */
static const char *read_led_time(
    const char *at, struct grammar *grammar, struct parts *parts)
{
	size_t n = grammar->whole ? COUNT(time_leads) : 1, i;

	for (i = 0; i < n; i++) {
		struct parts tried = *parts;
		const char *end = form_match(time_leads[i], at, &tried);

		if (end != NULL)
			end = read_first_time(end, grammar, &tried);
		if (end != NULL) {
			*parts = tried;
			return end;
		}
	}
	return NULL;
}

/* Most lines are no dates, and most of them are none from their first word on.
 */
static bool may_begin(const char *at, struct parts *parts)
{
	static const char *const firsts[] = { "%b", "%A", "%n", "%a", "%t",
		"%p", "%z", "%j", "%R", "«", "[", "(" };
	struct parts unused = *parts;
	size_t i, len;

	if (number_digit(at, &len) >= 0)
		return true;
	for (i = 0; i < COUNT(firsts); i++) {
		if (form_match(firsts[i], at, &unused) != NULL)
			return true;
	}
	return false;
}

const char *grammar_read(
    const char *at, struct grammar *grammar, struct parts *parts)
{
	const char *end;

	*parts = (struct parts){ .buddhist = grammar->buddhist,
		.calendar = grammar->calendar,
		.zones = grammar->zones };
	if (grammar->dates == GRAMMAR_PATHS)
		return read_date(at, grammar, parts);
	if (grammar->whole && !may_begin(at, parts))
		return NULL;
	end = grammar->whole ? read_led_date(at, grammar, parts)
			     : read_date(at, grammar, parts);
	if (end != NULL || (!grammar->whole && count_digits(at) == 0))
		return end;
	return read_led_time(at, grammar, parts);
}
