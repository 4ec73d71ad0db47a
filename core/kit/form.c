/*
 * How the parts of a date are written. In a form
 *
 *     %m %b      month in one or two digits, its name
 *     %d %o      day in one or two digits, the ending of "12th"
 *     %C %K %L   a date of eight digits, a time of four or six, both at once
 *     %U %V      day of the year in three digits; week and weekday: "W41-7"
 *     %H %S %f   hour, second and its fraction
 *     %M %N      minute in two digits, in one or two
 *     %p         part of the day: AM, chiều, 下午
 *     %c %q      a Chinese sign behind an hour, "half" behind that
 *     %J %j      year and other numbers in Chinese signs
 *     %A %w      weekday: its name, its number in Vietnamese
 *     %t %E      what stands before the number of a month, behind a year
 *     %e %R      the era before a year in Thai; in Chinese with its year
 *     %a %n      what stands before a time ("at"), before a date ("on")
 *     %D         a dash, or what is used for one
 *     %Z %z      a zone, one in words
 *     %l         a case of "il", year
 *     ' ' '_'    white space: any or none, at least some
 *     ?          what stands before it may be missing
 *     a-z а-я    a whole word, compared without marks and capitals
 *
 * and everything else stands for itself, also in full width. Digits are those
 * of any script.
 */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "core/base/fold.h"
#include "core/base/time.h"
#include "core/kit/form.h"
#include "core/kit/number.h"
#include "core/kit/zonename.h"

/* White space that may stand at one place; bounds the look ahead. */
#define GAP 40

#define COMMENT 96 /* bytes of what a zone is called in words, and more */

#define ABBREVIATION 6 /* bytes that one of a zone has not */

#define WORD 64 /* bytes of a word, and more */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *const dashes[] = { "_-_", " – ", " — ", " | ", " · ", " • ",
	" ● ", " ‧ ", " ∙ ", "_/_", " ・ " };

/* "lúc", "à", "saat", "pukul" ... */
static const char *const ats[] = { "at", "luc :?", "vao luc", "vao hoi", "hoi",
	"a las", "a la", "a les", "a", "as", "alle ore", "alle", "ore", "um",
	"saat", "pukul", "pkl", "pk", "jam", "в", "om", "kl.?", "klo", "في",
	"الساعة", "เวลา", "o", "о", "@" };

static const char *const ons[] = { "on", "op", "vao ngay", "vao", "ngay mung",
	"ngay mong", "ngay", "mung", "mong", "hom", "le", "el dia", "el", "am",
	"em", "the", "on the", "den", "pada tanggal", "tanggal", "pada hari",
	"hari", "pada", "во", "в", "от", "dia", "il", "في", "بتاريخ", "يوم",
	"วันที่" };

/* "2025-ci il", "2025 г." */
static const char *const years[] = { "-%l il", "-%l ilin", "-%l ilde", " г.",
	" года", " году", " год", " г", " yili" };

/* Those of the Buddhist era first. */
static const char *const eras[] = { "พ.ศ.", "พุทธศักราช", "ค.ศ.", "คริสต์ศักราช" };

#define BUDDHIST_ERAS 2

static const char *const month_signs[] = { "thang", "thg", "th", "t" };

static const char *const hour_signs[] = { "时", "時", "点", "點" };

/* ---- signs and numbers ---- */

static const char *skip_gap(const char *at)
{
	int left;

	for (left = GAP; left > 0 && form_is_blank(*at); left--)
		at++;
	return at;
}

/* RFC 2822: years from 50 on are of the last century. In Thai they are of the
   Buddhist one, from 2007 on. */
static const char *read_short_year(const char *at, struct parts *parts)
{
	at = number_read(at, 2, 2, &parts->year);
	if (at == NULL || *at == ':')
		return NULL;
	if (parts->buddhist && parts->year >= 50)
		parts->year += 2500;
	else
		parts->year += parts->year < 50 ? 2000 : 1900;
	return at;
}

static const char *read_compact_date(const char *at, struct parts *parts)
{
	int number;

	at = number_read(at, 8, 8, &number);
	if (at == NULL)
		return NULL;
	parts->year = number / 10000;
	parts->month = number / 100 % 100;
	parts->day = number % 100;
	return at;
}

static const char *read_compact_time(const char *at, struct parts *parts)
{
	const char *end;
	int number = 0;

	end = number_read(at, 6, 6, &number);
	parts->precision = end != NULL ? DL_SECOND : DL_MINUTE;
	if (end == NULL) {
		end = number_read(at, 4, 4, &number);
		number *= 100;
	}
	parts->hour = number / 10000;
	parts->minute = number / 100 % 100;
	parts->second = number % 100;
	parts->machine = true;
	return end;
}

/* "20251012091533" */
static const char *read_stamp(const char *at, struct parts *parts)
{
	char date[9] = "", time[7] = "";

	if (strspn(at, "0123456789") != 14)
		return NULL;
	memcpy(date, at, 8);
	memcpy(time, at + 8, 6);
	read_compact_date(date, parts);
	read_compact_time(time, parts);
	return at + 14;
}

/* The year that was read has so many days before this one. A month that there
   is not is for grammar.c to refuse. */
static void take_day(struct parts *parts, int64_t days)
{
	parts->month = 0;
	if (days >= 0)
		time_civil(time_days(parts->year, 1, 1) + days, &parts->year,
		    &parts->month, &parts->day);
}

static int year_size(int year)
{
	return (int)(time_days(year + 1, 1, 1) - time_days(year, 1, 1));
}

static const char *read_day_of_year(const char *at, struct parts *parts)
{
	int number;

	at = number_read(at, 3, 3, &number);
	if (at != NULL)
		take_day(
		    parts, number <= year_size(parts->year) ? number - 1 : -1);
	return at;
}

/* Days from the first of January to the Monday of week 1, which is the one with
   the first Thursday. */
static int week_one(int year)
{
	/* 1970-01-01 was a Thursday. */
	int weekday = (int)((time_days(year, 1, 1) % 7 + 10) % 7);

	return weekday <= 3 ? -weekday : 7 - weekday;
}

static const char *read_week(const char *at, struct parts *parts)
{
	const char *end;
	int week, day, first = week_one(parts->year), days;

	end = number_read(at, 3, 3, &week);
	day = week % 10;
	week /= 10;
	if (end == NULL) {
		end = number_read(at, 2, 2, &week);
		end = end != NULL && *end == '-'
		    ? number_read(end + 1, 1, 1, &day)
		    : NULL;
	}
	if (end == NULL)
		return NULL;
	/* The last week is the one before that of the next year. */
	days = year_size(parts->year) + week_one(parts->year + 1);
	parts->weekday = 0;
	if (week < 1 || day < 1 || day > 7 || first + week * 7 > days) {
		take_day(parts, -1);
		return end;
	}
	time_civil(
	    time_days(parts->year, 1, 1) + first + (week - 1) * 7 + day - 1,
	    &parts->year, &parts->month, &parts->day);
	return end;
}

/* ".123", which nobody needs. */
static const char *read_fraction(const char *at)
{
	size_t n;

	if (*at != '.' && *at != ',')
		return at;
	for (n = 1; n < 12 && isdigit((unsigned char)at[n]); n++)
		;
	return n > 1 ? at + n : at;
}

static const char *read_seconds(const char *at, struct parts *parts)
{
	parts->precision = DL_SECOND;
	return number_read(at, 2, 2, &parts->second);
}

/* ---- words ---- */

/* What the longest of these forms that fits leaves; NULL if none does. */
static const char *read_any(
    const char *const *forms, size_t n, const char *at, size_t *which)
{
	struct parts unused = { 0 };
	const char *most = NULL, *end;
	size_t i;

	for (i = 0; i < n; i++) {
		end = form_match(forms[i], at, &unused);
		if (end != NULL && (most == NULL || end > most)) {
			most = end;
			if (which != NULL)
				*which = i;
		}
	}
	return most;
}

#define ANY(forms, at) read_any(forms, COUNT(forms), at, NULL)

/* "آذار/مارس", "ديسمبر كانون الأول": Arabic has two names for a month, and some
   write both. */
static const char *read_other_name(const char *at, const struct parts *parts)
{
	static const char *const between[] = { " / ", "_" };
	const char *other = ANY(between, at);
	struct calendar_name name = { 0 };

	if (other != NULL)
		name = calendar_month(parts->calendar, other);
	return name.means != 0 && name.means == parts->month ? other + name.len
							     : at;
}

static const char *read_month(const char *at, struct parts *parts)
{
	struct calendar_name name = calendar_month(parts->calendar, at);

	if (name.means == 0)
		return NULL;
	parts->month = name.means;
	parts->buddhist |= strcmp(name.language, "th") == 0;
	return read_other_name(at + name.len, parts);
}

/* "Thu," is how programs write it, and some write one that is none. */
static const char *read_weekday(const char *at, struct parts *parts)
{
	struct calendar_name name = calendar_weekday(parts->calendar, at);

	if (name.means == 0)
		return NULL;
	parts->weekday = name.means;
	parts->by_program =
	    name.len == 3 && at[3] == ',' && strcmp(name.language, "en") == 0;
	parts->buddhist |= strcmp(name.language, "th") == 0;
	return at + name.len;
}

/* In Vietnamese Monday is the second day of the week: "thứ 2". */
static const char *read_weekday_number(const char *at, struct parts *parts)
{
	at = number_read(at, 1, 1, &parts->weekday);
	parts->weekday--;
	return at != NULL && parts->weekday >= 1 && parts->weekday <= 6 ? at
									: NULL;
}

static const char *read_part(const char *at, struct parts *parts)
{
	size_t len;

	parts->part = calendar_part(at, &len);
	if (parts->part == NULL)
		return NULL;
	parts->american = parts->part->english;
	return at + len;
}

static const char *read_one_of(
    const char *const *words, size_t n, const char *at)
{
	char key[WORD];
	size_t i, len = fold_word(at, key, sizeof(key));

	for (i = 0; len > 0 && i < n; i++) {
		if (strcmp(key, words[i]) == 0)
			return at + len;
	}
	return NULL;
}

/* "2025-ci" */
static const char *read_year_case(const char *at)
{
	static const char *const cases[] = { "ci", "cu" };

	return read_one_of(cases, COUNT(cases), at);
}

/* "12th", "1er", "1.º", "27-si", "27-го": nothing, too, is one. */
static const char *read_ordinal(const char *at)
{
	static const char *const endings[] = { "st", "nd", "rd", "th", "er",
		"o", "a" };
	static const char *const cases[] = { "si", "i", "u", "su", "da", "de",
		"dan", "den", "е", "го", "ое", "inde", "sinde" };
	const char *end = read_one_of(endings, COUNT(endings), at);

	if (end == NULL && (*at == '-' || *at == '\''))
		end = read_one_of(cases, COUNT(cases), at + 1);
	if (end == NULL && strncmp(at, "º", 2) == 0)
		end = at + 2;
	if (end == NULL && strncmp(at, ".º", 3) == 0)
		end = at + 3;
	if (end == NULL && strncmp(at, "°", 2) == 0)
		end = at + 2;
	return end != NULL ? end : at;
}

static const char *read_year_ending(const char *at)
{
	const char *end = ANY(years, at);

	return end != NULL ? end : at;
}

static const char *read_era(const char *at, struct parts *parts)
{
	size_t which = 0;
	const char *end = read_any(eras, COUNT(eras), at, &which);

	if (end != NULL)
		parts->buddhist = which < BUDDHIST_ERAS;
	return end;
}

/* "民國114", "令和元" */
static const char *read_reign(const char *at, struct parts *parts)
{
	static const struct {
		const char *sign;
		int before, last; /* the year before its first, its last year */
	} reigns[] = {
		{ "民国", 1911, 999 },
		{ "民國", 1911, 999 },
		{ "令和", 2018, 99 },
		{ "平成", 1988, 31 },
		{ "昭和", 1925, 64 },
	};
	const char *end;
	size_t i;

	for (i = 0; i < COUNT(reigns); i++) {
		size_t len = strlen(reigns[i].sign);

		if (strncmp(at, reigns[i].sign, len) != 0)
			continue;
		end = number_read(skip_gap(at + len), 1, 3, &parts->year);
		if (end == NULL && strncmp(at + len, "元", 3) == 0) {
			parts->year = 1;
			end = at + len + 3;
		}
		if (parts->year < 1 || parts->year > reigns[i].last)
			return NULL;
		parts->year += reigns[i].before;
		return end;
	}
	return NULL;
}

/* "8点半", "9 giờ rưỡi" */
static const char *read_half(const char *at, struct parts *parts)
{
	static const struct {
		const char *form;
		int minute;
	} halves[] = {
		{ "半", 30 },
		{ "整", 0 },
		{ "钟", 0 },
		{ "鐘", 0 },
		{ "一刻", 15 },
		{ "三刻", 45 },
		{ "ruoi", 30 },
	};
	const char *end = NULL;
	size_t i;

	for (i = 0; end == NULL && i < COUNT(halves); i++) {
		end = form_match(halves[i].form, at, parts);
		parts->minute = halves[i].minute;
	}
	return end;
}

/* ---- zones ---- */

/* "+0700", "+07:00", "+07", and behind GMT also "+7" and "+700"; from 12 hours
   west to 14 hours east. */
static const char *read_offset(const char *at, size_t least, int *offset)
{
	static const struct {
		const char *sign;
		int factor, most; /* hours */
	} signs[] = { { "+", 1, 14 }, { "-", -1, 12 }, { "−", -1, 12 },
		{ "±", 0, 0 } };
	int hours, minutes = 0;
	const char *end;
	size_t i = 0, len;

	while (i < COUNT(signs) &&
	    strncmp(at, signs[i].sign, strlen(signs[i].sign)) != 0)
		i++;
	if (i == COUNT(signs))
		return NULL;
	len = strlen(signs[i].sign);
	at = least == 1 ? skip_gap(at + len) : at + len;
	end = number_read(at, least == 1 ? 3 : 4, 4, &hours);
	if (end != NULL) {
		minutes = hours % 100;
		hours /= 100;
	} else {
		end = number_read(at, 1, 2, &hours);
		if (end != NULL && *end == ':')
			end = number_read(end + 1, 2, 2, &minutes);
		else if (end != NULL && (size_t)(end - at) < least)
			end = NULL;
	}
	if (end == NULL || minutes > 59 ||
	    hours * 60 + minutes > signs[i].most * 60)
		return NULL;
	*offset = signs[i].factor * (hours * 3600 + minutes * 60);
	return end;
}

static bool is_greenwich(const char *name, size_t len)
{
	return (len == 3 && (*name | 0x20) != 'z' &&
		   (strncasecmp(name, "gmt", 3) == 0 ||
		       strncasecmp(name, "utc", 3) == 0)) ||
	    (len == 2 && strncmp(name, "UT", 2) == 0);
}

/* People who write GMT+7 mean seven hours east, whatever POSIX says. */
static const char *read_zone_name(const char *at, struct parts *parts)
{
	size_t len = zonename_at(parts->zones, at);
	const char *end = NULL;

	if (len == 0)
		return NULL;
	if (is_greenwich(at, len))
		end = read_offset(skip_gap(at + len), 1, &parts->offset);
	if (end != NULL) {
		parts->zone_len = 0;
		return end;
	}
	parts->zone = at;
	parts->zone_len = len;
	return at + len;
}

/* "(Indochina Time)" or "[Asia/Baku]" behind an offset is said to people. */
static const char *read_comment(const char *at)
{
	const char *open = skip_gap(at);
	size_t len;

	if (*open != '(' && *open != '[')
		return at;
	for (len = 0; len < COMMENT && strchr(")]\n", open[len]) == NULL; len++)
		;
	return open[len] == ')' || open[len] == ']' ? open + len + 1 : at;
}

/* "+0700 ICT", which must be the same. */
static const char *read_second_name(const char *at, const struct parts *parts)
{
	const char *name = skip_gap(at);
	size_t len = zonename_at(parts->zones, name);

	if (len == 0 || parts->zone_len != 0 ||
	    (!is_greenwich(name, len) &&
		!zonename_may_be(name, len, parts->offset)))
		return at;
	return name + len;
}

/* An offset in which a date goes on ("13:30 -05/09/2026") is none. */
static bool is_part(const char *at)
{
	return isalnum((unsigned char)*at) ||
	    (*at != '\0' && strchr("/-:.", *at) != NULL &&
		isalnum((unsigned char)at[1]));
}

/* "09:00-11:30" are two times, from and to. */
static bool is_range(const char *at, const struct parts *parts)
{
	return *at == '-' && memchr(at, ':', 4) != NULL && !parts->machine &&
	    parts->precision == DL_MINUTE &&
	    -parts->offset > parts->hour * 3600 + parts->minute * 60;
}

/* What opens a bracket at `at`, in any width, and what has to close it; NULL:
   there is none. */
static const char *read_open(const char *at, const char **close)
{
	static const char *const brackets[][2] = { { "( ", " )" },
		{ "[ ", " ]" } };
	struct parts unused = { 0 };
	const char *inner = NULL;
	size_t i;

	for (i = 0; inner == NULL && i < COUNT(brackets); i++) {
		inner = form_match(brackets[i][0], at, &unused);
		*close = brackets[i][1];
	}
	return inner;
}

static const char *read_zone(const char *at, struct parts *parts)
{
	const char *end, *start, *inner, *close;

	start = skip_gap(at);
	inner = read_open(start, &close);
	at = inner != NULL ? inner : start;
	parts->zone_len = 0;
	end = read_offset(at, 2, &parts->offset);
	if (end != NULL && is_range(start, parts))
		return NULL;
	if (end == NULL)
		end = read_zone_name(at, parts);
	if (end != NULL && inner != NULL)
		end = form_match(close, end, parts);
	if (end == NULL || is_part(end))
		return NULL;
	parts->zoned = true;
	return inner != NULL ? end : read_comment(read_second_name(end, parts));
}

/* "北京时间2024年10月12日": abbreviations stand behind. */
static const char *read_zone_words(const char *at, struct parts *parts)
{
	const char *end = read_zone_name(at, parts);

	if (end == NULL || parts->zone_len < ABBREVIATION)
		return NULL;
	parts->zoned = true;
	return end;
}

/* ---- forms ---- */

static const char *read_field(char sign, const char *at, struct parts *parts)
{
	switch (sign) {
	case 'Y': return number_read(at, 4, 4, &parts->year);
	case 'y': return read_short_year(at, parts);
	case 'm': return number_read(at, 1, 2, &parts->month);
	case 'b': return read_month(at, parts);
	case 'd': return number_read(at, 1, 2, &parts->day);
	case 'C': return read_compact_date(at, parts);
	case 'K': return read_compact_time(at, parts);
	case 'L': return read_stamp(at, parts);
	case 'U': return read_day_of_year(at, parts);
	case 'V': return read_week(at, parts);
	case 'R': return read_reign(at, parts);
	case 'q': return read_half(at, parts);
	case 'H': return number_read(at, 1, 2, &parts->hour);
	case 'M': return number_read(at, 2, 2, &parts->minute);
	case 'N': return number_read(at, 1, 2, &parts->minute);
	case 'S': return read_seconds(at, parts);
	case 'f': return read_fraction(at);
	case 'p': return read_part(at, parts);
	case 'A': return read_weekday(at, parts);
	case 'w': return read_weekday_number(at, parts);
	case 'o': return read_ordinal(at);
	case 'l': return read_year_case(at);
	case 'E': return read_year_ending(at);
	case 'e': return read_era(at, parts);
	case 'a': return ANY(ats, at);
	case 'n': return ANY(ons, at);
	case 'D': return ANY(dashes, at);
	case 't': return ANY(month_signs, at);
	case 'c': return ANY(hour_signs, at);
	case 'Z': return read_zone(at, parts);
	case 'z': return read_zone_words(at, parts);
	default: return NULL;
	}
}

/* The numbers in Chinese signs say which part they are by what is behind them.
 */
static const char *read_chinese_field(
    char sign, const char *at, struct parts *parts)
{
	int number = 0;

	if (sign == 'J')
		return number_chinese_year(at, &parts->year);
	at = number_chinese(at, &number);
	if (at != NULL && strncmp(at, "月", 3) == 0)
		parts->month = number;
	else
		parts->day = number;
	return at;
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c == 0xd0 ||
	    (unsigned char)c == 0xd1 || ((unsigned char)c & 0xc0) == 0x80;
}

/* Bytes of the form's first element: "%Y", "nam", ",", a Chinese sign. */
static size_t element_size(const char *form)
{
	size_t size = 1;

	if (*form == '%')
		return 2;
	if (is_word_byte(*form)) {
		while (is_word_byte(form[size]))
			size++;
		return size;
	}
	while (((unsigned char)form[size] & 0xc0) == 0x80)
		size++;
	return size;
}

static const char *read_word(const char *at, const char *word, size_t size)
{
	char key[WORD];
	size_t len;

	/* Most words are another one already in their first letter. */
	if ((unsigned char)*at < 0x80 && (*at | 0x20) != *word)
		return NULL;
	len = fold_word(at, key, sizeof(key));
	if (len == 0 || strlen(key) != size || memcmp(key, word, size) != 0)
		return NULL;
	return at + len;
}

/* The sign itself, or what stands for it in other scripts. */
static const char *read_sign(const char *at, const char *sign, size_t size)
{
	uint32_t point;
	size_t len;

	if (strncmp(at, sign, size) == 0)
		return at + size;
	if (size > 1 || (unsigned char)*at < 0x80)
		return NULL;
	point = fold_next(at, &len);
	if (point > 0xff00 && point < 0xff5f)
		point -= 0xfee0;
	else if (point == 0x060c || point == 0x3001)
		point = ',';
	else if (point >= 0x2010 && point <= 0x2012)
		point = '-';
	else if (point == 0x2019 || point == 0x2032)
		point = '\'';
	return point == (unsigned char)*sign ? at + len : NULL;
}

static const char *match_element(
    const char *element, size_t size, const char *at, struct parts *parts)
{
	if (*element == '%' && (element[1] | 0x20) == 'j')
		return read_chinese_field(element[1], at, parts);
	if (*element == '%')
		return read_field(element[1], at, parts);
	if (*element == ' ')
		return skip_gap(at);
	if (*element == '_')
		return form_is_blank(*at) ? skip_gap(at) : NULL;
	if (is_word_byte(*element))
		return read_word(at, element, size);
	return read_sign(at, element, size);
}

const char *form_match(const char *form, const char *at, struct parts *parts)
{
	while (*form != '\0' && at != NULL) {
		size_t size = element_size(form);
		const char *end = match_element(form, size, at, parts);

		form += size;
		if (*form == '?') {
			form++;
			end = end != NULL ? end : at;
		}
		at = end;
	}
	return at;
}
