/*
 * Dates as people and programs write them.
 *
 * One grammar: a date, or a date and a time in either order, with what may
 * stand between them. The forms of its parts are the tables below. In a form
 *
 *     %Y %y      year of four digits, of two
 *     %m %b      month in one or two digits, its name
 *     %d         day in one or two digits
 *     %C %K      a date of eight digits, a time of four or six
 *     %H %M %S   hour, minute, second; %f its fraction, %p AM or PM
 *     %T %Z      a time (one of `times`), a zone
 *     ' ' '_'    white space: any or none, at least some
 *     ?          what stands before it may be missing
 *     a-z        a whole word, compared without marks and capitals
 *
 * and everything else stands for itself.
 */
#include <ctype.h>
#include <string.h>

#include "core/base/fold.h"
#include "core/base/time.h"
#include "core/kit/calendar.h"
#include "core/kit/job.h"

#define DAY 86400
#define HALF_A_YEAR 183 /* days */

/* Bytes of a text that may still be a date and nothing else; the longest we
   know, a date of JavaScript with its zone in words, has 80. */
#define DATE_SIZE 200

/* White space that may stand at one place; bounds the look ahead. */
#define GAP 40

/* Earlier years are how programs print a date that they do not have. */
#define FIRST_YEAR 1000

#define WORD 64 /* bytes of a word, and more */

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* When a form counts. */
enum {
	DAY_FIRST = 1,   /* unless the hint is another */
	MONTH_FIRST = 2, /* only with that hint */
	ALONE = 4,       /* not inside a longer text */
};

struct form {
	const char *pattern;
	unsigned when;
};

static const struct form dates[] = {
	{ "%Y-%m-%d", 0 },
	{ "%Y/%m/%d", 0 },
	{ "%Y.%m.%d", 0 },
	{ "%Y 年 %m 月 %d 日", 0 },
	{ "%Y年%m月%d号", 0 },
	{ "%CT%K", ALONE },
	{ "%C", ALONE },
	{ "%d/%m/%Y", DAY_FIRST },
	{ "%m/%d/%Y", MONTH_FIRST },
	{ "%d-%m-%Y", DAY_FIRST },
	{ "%m-%d-%Y", MONTH_FIRST },
	{ "%d.%m.%Y", 0 },
	{ "%d/%m/%y", DAY_FIRST | ALONE },
	{ "%m/%d/%y", MONTH_FIRST | ALONE },
	{ "%d-%m-%y", DAY_FIRST | ALONE },
	{ "%m-%d-%y", MONTH_FIRST | ALONE },
	{ "%d.%m.%y", ALONE },
	{ "%b %d%o,? %Y%E", 0 },
	{ "%b, %d/%Y", 0 },
	{ "%d%o %b,? %Y%E", 0 },
	{ "%d%o of %b,? %Y", 0 },
	{ "%d. %b %Y", 0 },
	{ "%d-%b-%Y", 0 },
	{ "%d/%b/%Y", 0 },
	{ "%d %b %y", ALONE },
	{ "%d-%b-%y", ALONE },
	{ "%d de %b de %Y", 0 },
	{ "%d de %b del %Y", 0 },
	{ "%Y%E,? %d %b", 0 },
	{ "%d thang %m,? nam %Y", 0 },
	{ "%d thang %m,? %Y", 0 },
	{ "%d thang %m/%Y", 0 },
	{ "%d %b,? nam %Y", 0 },
	{ "thang %m %d, %Y", 0 },
	{ "%b %d %T %Y", 0 },
	{ "%b %d %T %Z %Y", 0 },
};

static const struct form paths[] = {
	/* of the address of a page */
	{ "/%C/", 0 },
	{ "/%Y-%m/%d/", 0 },
	{ "/%Y/%m/%d/", 0 },
	{ "/%Y-%m-%d/", 0 },
};

static const struct form days[] = {
	/* a day without its year */
	{ "%b %d%o", 0 },
	{ "%d%o %b", 0 },
	{ "%d%o of %b", 0 },
	{ "%d de %b", 0 },
	{ "%m 月 %d 日", 0 },
	{ "%d thang %m", 0 },
	{ "ngay %d/%m", 0 },
};

static const struct form times[] = {
	/* the longest first */
	{ "%H:%M:%S%f %p", 0 },
	{ "%H:%M:%S%f", 0 },
	{ "%p %H:%M:%S", 0 },
	{ "%H:%M %p", 0 },
	{ "%p %H:%M", 0 },
	{ "%H:%M'", 0 },
	{ "%H:%M", 0 },
	{ "%H时%M分%S秒", 0 },
	{ "%p?%H时%M分", 0 },
	{ "%p?%H点%M分", 0 },
	{ "%H gio %M phut", 0 },
	{ "%H gio %M", 0 },
	{ "%Hh%M'", 0 },
	{ "%Hh%M", 0 },
	{ "%H %p", ALONE },
};

/* What stands between a date and a time, and behind the second of them. */
static const struct {
	const char *between, *behind;
} joints[] = {
	{ "T", "" },
	{ " [", "]" },
	{ " (", ")" },
	{ " ", "" },
	{ ",? at ", "" },
	{ ",? luc ", "" },
	{ ",? ngay ", "" },
	{ ",? saat ", "" },
	{ ",? on ", "" },
	{ ",? в ", "" },
	{ ",? a ", "" },
	{ ",? a las ", "" },
	{ ", ", "" },
	{ "_-_", "" },
	{ " – ", "" },
	{ " — ", "" },
	{ " · ", "" },
	{ " • ", "" },
	{ " | ", "" },
	{ "，", "" },
};

/* What may stand before all of it. */
static const char *const leads[] = { "%A ,? ngay ", "%A ,? ", "luc :? ",
	"ngay ", "vao ngay ", "le ", "on " };

/* What may stand behind a year: "2025-ci il", "2025 г." */
static const char *const years[] = { "-ci il", "-cı il", "-cu il", "-cü il",
	" г.", " года", " год" };

struct parts { /* what was read so far */
	int year, month, day;
	int hour, minute, second;
	int half; /* of the day: 1 AM, 2 PM */
	int offset;
	enum dl_precision precision;
	bool zoned;       /* `offset` was in the text */
	int own;          /* offset of the source's zone */
	unsigned without; /* forms with one of these flags do not count */
};

static const char *match(
    const char *pattern, const char *at, struct parts *parts);

/* ---- the parts of a form ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

static const char *skip_gap(const char *at)
{
	int left;

	for (left = GAP; left > 0 && is_blank(*at); left--)
		at++;
	return at;
}

/* A number of so many digits, and no digit behind it. */
static const char *read_number(
    const char *at, size_t least, size_t most, int *number)
{
	size_t i, n = 0;

	while (n <= most && isdigit((unsigned char)at[n]))
		n++;
	if (n < least || n > most)
		return NULL;
	for (*number = 0, i = 0; i < n; i++)
		*number = *number * 10 + (at[i] - '0');
	return at + n;
}

/* RFC 2822: years from 50 on are of the last century. */
static const char *read_short_year(const char *at, struct parts *parts)
{
	at = read_number(at, 2, 2, &parts->year);
	if (at == NULL || *at == ':')
		return NULL;
	parts->year += parts->year < 50 ? 2000 : 1900;
	return at;
}

static const char *read_compact_date(const char *at, struct parts *parts)
{
	int number;

	at = read_number(at, 8, 8, &number);
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

	end = read_number(at, 6, 6, &number);
	parts->precision = end != NULL ? DL_SECOND : DL_MINUTE;
	if (end == NULL) {
		end = read_number(at, 4, 4, &number);
		number *= 100;
	}
	parts->hour = number / 10000;
	parts->minute = number / 100 % 100;
	parts->second = number % 100;
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

static const char *read_name(enum calendar kind, const char *at, int *means)
{
	size_t len;
	int found = calendar_name(kind, at, &len);

	if (found == 0)
		return NULL;
	*means = found;
	return at + len;
}

/* "12th", "1er", "2nd". */
static const char *read_ordinal(const char *at)
{
	static const char *const endings[] = { "st", "nd", "rd", "th", "er" };
	char key[WORD];
	size_t i, len = fold_word(at, key, sizeof(key));

	for (i = 0; len > 0 && i < COUNT(endings); i++) {
		if (strcmp(key, endings[i]) == 0)
			return at + len;
	}
	return at;
}

static const char *read_year_ending(const char *at)
{
	const char *end = NULL;
	size_t i;

	for (i = 0; end == NULL && i < COUNT(years); i++) {
		size_t len = strlen(years[i]);

		if (strncmp(at, years[i], len) == 0)
			end = at + len;
	}
	return end != NULL ? end : at;
}

/* ---- zones ---- */

/* "+0700", "+07:00", "+07", and behind GMT also "+7"; no more than 14 hours. */
static const char *read_offset(const char *at, size_t least, int *offset)
{
	static const char minus[] = "−"; /* U+2212 */
	int sign, hours, minutes = 0;
	const char *end;

	sign = *at == '+' ? 1 : -1;
	if (*at == '+' || *at == '-')
		at++;
	else if (strncmp(at, minus, sizeof(minus) - 1) == 0)
		at += sizeof(minus) - 1;
	else
		return NULL;

	end = read_number(at, 4, 4, &hours);
	if (end != NULL) {
		minutes = hours % 100;
		hours /= 100;
	} else {
		end = read_number(at, least, 2, &hours);
		if (end != NULL && *end == ':')
			end = read_number(end + 1, 2, 2, &minutes);
	}
	if (end == NULL || hours > 14 || minutes > 59)
		return NULL;
	*offset = sign * (hours * 3600 + minutes * 60);
	return end;
}

/* People who write GMT+7 mean seven hours east, whatever POSIX says. */
static const char *read_zone_name(const char *at, struct parts *parts)
{
	const char *end;
	size_t len = 0;

	while (len < 6 && at[len] >= 'A' && at[len] <= 'Z')
		len++;
	if (len == 0 || isalpha((unsigned char)at[len]) ||
	    !calendar_zone(at, len, parts->own, &parts->offset))
		return NULL;
	if (len < 2 || (*at != 'G' && *at != 'U'))
		return at + len;
	end = read_offset(skip_gap(at + len), 1, &parts->offset);
	return end != NULL ? end : at + len;
}

/* "(Indochina Time)" behind an offset is said to people. */
static const char *read_comment(const char *at)
{
	const char *open = skip_gap(at);
	size_t len;

	if (*open != '(')
		return at;
	len = strcspn(open, ")\n");
	return open[len] == ')' && len < GAP ? open + len + 1 : at;
}

/* An offset in which a date goes on ("13:30 -05/09/2026") is none. */
static bool is_part(const char *at)
{
	return isalnum((unsigned char)*at) ||
	    (*at != '\0' && strchr("/-:", *at) != NULL);
}

static const char *read_zone(const char *at, struct parts *parts)
{
	const char *end;
	bool open;

	at = skip_gap(at);
	open = *at == '(';
	if (open)
		at = skip_gap(at + 1);
	end = read_offset(at, 2, &parts->offset);
	if (end == NULL)
		end = read_zone_name(at, parts);
	if (end != NULL && open) {
		end = skip_gap(end);
		end = *end == ')' ? end + 1 : NULL;
	}
	if (end == NULL || is_part(end))
		return NULL;
	parts->zoned = true;
	return open ? end : read_comment(end);
}

/* ---- forms ---- */

static const char *read_time(const char *at, struct parts *parts)
{
	const char *end = NULL;
	size_t i;

	for (i = 0; end == NULL && i < COUNT(times); i++) {
		struct parts tried = *parts;

		if ((times[i].when & tried.without) != 0)
			continue;
		tried.precision = DL_MINUTE;
		end = match(times[i].pattern, at, &tried);
		if (end != NULL)
			*parts = tried;
	}
	return end;
}

static const char *read_seconds(const char *at, struct parts *parts)
{
	parts->precision = DL_SECOND;
	return read_number(at, 2, 2, &parts->second);
}

static const char *read_field(char sign, const char *at, struct parts *parts)
{
	int weekday;

	switch (sign) {
	case 'Y': return read_number(at, 4, 4, &parts->year);
	case 'y': return read_short_year(at, parts);
	case 'm': return read_number(at, 1, 2, &parts->month);
	case 'b': return read_name(CALENDAR_MONTH, at, &parts->month);
	case 'd': return read_number(at, 1, 2, &parts->day);
	case 'C': return read_compact_date(at, parts);
	case 'K': return read_compact_time(at, parts);
	case 'H': return read_number(at, 1, 2, &parts->hour);
	case 'M': return read_number(at, 2, 2, &parts->minute);
	case 'S': return read_seconds(at, parts);
	case 'f': return read_fraction(at);
	case 'p': return read_name(CALENDAR_HALF, at, &parts->half);
	case 'A': return read_name(CALENDAR_WEEKDAY, at, &weekday);
	case 'o': return read_ordinal(at);
	case 'E': return read_year_ending(at);
	case 'T': return read_time(at, parts);
	case 'Z': return read_zone(at, parts);
	default: return NULL;
	}
}

/* Bytes of the pattern's first element: "%Y", "nam", ",", a Chinese sign. */
static size_t element_size(const char *pattern)
{
	size_t size = 1;

	if (*pattern == '%')
		return 2;
	if (islower((unsigned char)*pattern))
		return strspn(pattern, "abcdefghijklmnopqrstuvwxyz");
	while (((unsigned char)pattern[size] & 0xc0) == 0x80)
		size++;
	return size;
}

static const char *read_word(const char *at, const char *word, size_t size)
{
	char key[WORD];
	size_t len = fold_word(at, key, sizeof(key));

	if (len == 0 || strlen(key) != size || memcmp(key, word, size) != 0)
		return NULL;
	return at + len;
}

static const char *match_element(
    const char *element, size_t size, const char *at, struct parts *parts)
{
	if (*element == '%')
		return read_field(element[1], at, parts);
	if (*element == ' ')
		return skip_gap(at);
	if (*element == '_')
		return is_blank(*at) ? skip_gap(at) : NULL;
	if (islower((unsigned char)*element))
		return read_word(at, element, size);
	return strncmp(at, element, size) == 0 ? at + size : NULL;
}

/* Where the text at `at` ends that has this form; NULL if it has not. */
static const char *match(
    const char *pattern, const char *at, struct parts *parts)
{
	while (*pattern != '\0' && at != NULL) {
		size_t size = element_size(pattern);
		const char *end = match_element(pattern, size, at, parts);

		pattern += size;
		if (*pattern == '?') {
			pattern++;
			end = end != NULL ? end : at;
		}
		at = end;
	}
	return at;
}

/* ---- the grammar ---- */

/* What the first of these forms that fits leaves; all of it if none does. */
static const char *skip_any(
    const char *const *patterns, size_t n, const char *at)
{
	struct parts unused = { 0 };
	const char *end = NULL;
	size_t i;

	for (i = 0; end == NULL && i < n; i++)
		end = match(patterns[i], at, &unused);
	return end != NULL ? end : at;
}

/* A weekday behind the date, as Chinese has it: "12日（星期六）". In running
   text "12 October 2024 Sun Yang" has none: there it is left. */
static const char *skip_weekday(const char *at, const struct parts *parts)
{
	static const char *const patterns[] = { " (%A)", " （%A）", " %A" };

	return skip_any(
	    patterns, COUNT(patterns) - ((parts->without & ALONE) != 0), at);
}

static const char *read_date(
    const struct form *forms, size_t n, const char *at, struct parts *parts)
{
	size_t i;

	for (i = 0; i < n; i++) {
		struct parts tried = *parts;
		const char *end;

		if ((forms[i].when & tried.without) != 0)
			continue;
		end = match(forms[i].pattern, at, &tried);
		if (end != NULL) {
			*parts = tried;
			return skip_weekday(end, parts);
		}
	}
	return NULL;
}

static const char *read_zoned_time(const char *at, struct parts *parts)
{
	struct parts with;
	const char *end, *zone;

	end = read_time(at, parts);
	if (end == NULL)
		return NULL;
	with = *parts;
	zone = read_zone(end, &with);
	if (zone == NULL)
		return end;
	*parts = with;
	return zone;
}

static const char *read_second(bool time, const char *at, struct parts *parts)
{
	if (time)
		return read_zoned_time(at, parts);
	at = match("%A?,? ", at, parts);
	return read_date(dates, COUNT(dates), at, parts);
}

/* Behind a date its time, or behind a time its date. */
static const char *read_joined(bool time, const char *at, struct parts *parts)
{
	size_t i;

	for (i = 0; i < COUNT(joints); i++) {
		struct parts tried = *parts;
		const char *end;

		end = match(joints[i].between, at, &tried);
		if (end != NULL)
			end = read_second(time, end, &tried);
		if (end != NULL)
			end = match(joints[i].behind, end, &tried);
		if (end != NULL) {
			*parts = tried;
			return end;
		}
	}
	return NULL;
}

/* "[10:28] (GMT+4)": a zone may also come last. */
static const char *read_late_zone(const char *at, struct parts *parts)
{
	struct parts tried = *parts;
	const char *end;

	if (parts->zoned || parts->precision == 0)
		return at;
	end = read_zone(at, &tried);
	if (end == NULL)
		return at;
	*parts = tried;
	return end;
}

/* Where the moment that begins at `at` ends; NULL if none does. */
static const char *read_moment(const char *at, struct parts *parts)
{
	struct parts first = *parts;
	const char *end, *next;

	end = read_date(dates, COUNT(dates), at, &first);
	if (end != NULL) {
		next = first.precision == 0 ? read_joined(true, end, &first)
					    : NULL;
		*parts = first;
		return read_late_zone(next != NULL ? next : end, parts);
	}
	end = read_zoned_time(at, &first);
	if (end != NULL)
		end = read_joined(false, end, &first);
	if (end != NULL) {
		*parts = first;
		end = read_late_zone(end, parts);
	}
	return end;
}

/* ---- moments ---- */

/*
 * The hour of 24. "15:24 PM" and "0:10 AM" can only be meant in one way, "15:24
 * AM" in none; and there is no 24:00, which would be of another day.
 */
static bool settle_hour(struct parts *parts)
{
	if (parts->half == 1 && parts->hour > 12)
		return false;
	if (parts->half == 1 && parts->hour == 12)
		parts->hour = 0;
	if (parts->half == 2 && parts->hour < 12)
		parts->hour += 12;
	return parts->hour <= 23 && parts->minute <= 59 && parts->second <= 59;
}

static struct parts parts_new(const struct dl_job *job, unsigned hints)
{
	struct parts parts = { .own = INT32_MIN };

	parts.without = (hints & DL_MONTH_FIRST) != 0 ? DAY_FIRST : MONTH_FIRST;
	/* In winter: it only decides whose CST, standard time, is meant. */
	if (job->zone != NULL)
		parts.own = zone_offset(job->zone, time_days(2024, 1, 1) * DAY);
	return parts;
}

static const struct dl_moment *moment_make(
    struct dl_job *job, struct parts parts, enum dl_from from, const char *raw)
{
	struct dl_moment *moment;
	int64_t local;

	if (parts.year < FIRST_YEAR ||
	    !time_is_day(parts.year, parts.month, parts.day) ||
	    !settle_hour(&parts))
		return NULL;
	local = time_days(parts.year, parts.month, parts.day) * DAY +
	    parts.hour * 3600 + parts.minute * 60 + parts.second;

	moment = job_alloc(job, sizeof(*moment));
	moment->from = from;
	moment->raw = raw;
	moment->precision = parts.precision != 0 ? parts.precision : DL_DAY;
	if (parts.zoned) {
		moment->zone = DL_ZONE_EXPLICIT;
		moment->offset = parts.offset;
		moment->seconds = local - parts.offset;
	} else if (job->zone != NULL) {
		moment->zone = DL_ZONE_SOURCE;
		moment->seconds = zone_moment(job->zone, local);
		moment->offset = zone_offset(job->zone, moment->seconds);
	} else {
		moment->zone = DL_ZONE_ASSUMED;
		moment->seconds = local;
	}
	return moment;
}

/* Cleaned, in one line, without white space at its ends; NULL if too long. */
static const char *date_text(struct dl_job *job, const char *text)
{
	char *line, *out;

	if (text == NULL || strlen(text) > DATE_SIZE)
		return NULL;
	text = job_clean(job, text);
	line = out = job_copy(job, text, strlen(text));
	for (; *text != '\0'; text++) {
		if (!is_blank(*text))
			*out++ = *text;
		else if (out > line && out[-1] != ' ')
			*out++ = ' ';
	}
	if (out > line && out[-1] == ' ')
		out--;
	*out = '\0';
	return line;
}

const struct dl_moment *date_parse(
    struct dl_job *job, const char *text, enum dl_from from, unsigned hints)
{
	struct parts parts = parts_new(job, hints);
	const char *line = date_text(job, text), *end;

	if (line == NULL)
		return NULL;
	end = read_moment(skip_any(leads, COUNT(leads), line), &parts);
	if (end == NULL || *end != '\0')
		return NULL;
	return moment_make(job, parts, from, line);
}

/* ---- dates in running text ---- */

/* Letters and digits of scripts that put spaces between words. */
static bool is_word(uint32_t point)
{
	if (point < 0x80)
		return isalnum((int)point);
	return point >= 0xc0 && point < 0x2000 && point != 0xd7 &&
	    point != 0xf7;
}

/* Behind a digit, one of these and a digit the number goes on: a range, a
   number of a law, a version. */
static bool is_inner(char c)
{
	return c != '\0' && strchr("/-.:,", c) != NULL;
}

static bool starts_here(const char *text, const char *at, uint32_t before)
{
	if (at == text)
		return true;
	if (is_word(before))
		return false;
	return !(at - text >= 2 && is_inner(at[-1]) &&
	    isdigit((unsigned char)at[-2]) && at[-1] != ',');
}

static bool ends_here(const char *end)
{
	size_t len;

	if (is_inner(*end) && isdigit((unsigned char)end[1]))
		return false;
	return !is_word(fold_next(end, &len));
}

/* Only a digit or the name of a month can begin a date. */
static bool may_start(const char *at)
{
	char key[WORD];
	size_t len;

	if ((unsigned char)*at < 0x80 && isdigit((unsigned char)*at))
		return true;
	/* Chinese writes its months in digits. */
	if ((unsigned char)*at >= 0xe3 || fold_word(at, key, sizeof(key)) == 0)
		return false;
	return strcmp(key, "thang") == 0 ||
	    calendar_name(CALENDAR_MONTH, at, &len) != 0;
}

static const char *skip_blanks_back(const char *start, const char *end)
{
	while (end > start && is_blank(end[-1]))
		end--;
	return end;
}

/* The moment that was read from `here` to `end`. */
static const struct dl_moment *moment_found(struct dl_job *job,
    struct parts parts, enum dl_from from, const char *here, const char *end)
{
	return moment_make(
	    job, parts, from, job_copy(job, here, (size_t)(end - here)));
}

/* The first day among the folders of an address: "/20241012/", "/2024-10/12/".
 */
static const struct dl_moment *path_find(
    struct dl_job *job, const char **here, const char **end, unsigned hints)
{
	const struct dl_moment *moment = NULL;
	const char *slash = *here;

	while (moment == NULL && (slash = strchr(slash, '/')) != NULL) {
		struct parts parts = parts_new(job, hints);

		*end = read_date(paths, COUNT(paths), slash, &parts);
		*here = ++slash;
		if (*end == NULL)
			continue;
		(*end)--; /* the slash behind it may be before the next */
		moment = moment_found(job, parts, DL_FROM_URL, *here, *end);
	}
	return moment;
}

static const struct dl_moment *text_find(struct dl_job *job, const char **at,
    const char **end, enum dl_from from, unsigned hints)
{
	struct parts empty = parts_new(job, hints);
	const struct dl_moment *moment = NULL;
	const char *here = *at;
	uint32_t before = ' ';
	size_t used;

	empty.without |= ALONE;
	for (; moment == NULL && *here != '\0'; here += used) {
		struct parts parts = empty;
		const char *stop = NULL;

		if (starts_here(*at, here, before) && may_start(here))
			stop = read_moment(here, &parts);
		before = fold_next(here, &used);
		if (stop == NULL || !ends_here(stop))
			continue;
		*end = skip_blanks_back(here, stop);
		moment = moment_found(job, parts, from, here, *end);
		if (moment != NULL)
			*at = here;
	}
	return moment;
}

const struct dl_moment *date_find(struct dl_job *job, const char *text,
    enum dl_from from, unsigned hints, size_t *at, size_t *len)
{
	const struct dl_moment *moment = NULL;
	const char *here = text, *end = NULL;

	if (text == NULL)
		return NULL;
	if (from == DL_FROM_URL)
		moment = path_find(job, &here, &end, hints);
	if (moment == NULL) {
		here = text;
		moment = text_find(job, &here, &end, from, hints);
	}
	if (moment != NULL && at != NULL)
		*at = (size_t)(here - text);
	if (moment != NULL && len != NULL)
		*len = (size_t)(end - here);
	return moment;
}

/* ---- days without a year ---- */

/* The year in which that day is the closest to `near`; 0 if none is close. */
static int year_near(const struct parts *parts, int64_t near)
{
	int64_t least = HALF_A_YEAR + 1;
	int year, month, day, best = 0, step;

	time_civil(near, &year, &month, &day);
	for (step = -1; step <= 1; step++) {
		int64_t apart;

		if (!time_is_day(year + step, parts->month, parts->day))
			continue;
		apart = time_days(year + step, parts->month, parts->day) - near;
		apart = apart < 0 ? -apart : apart;
		if (apart < least) {
			least = apart;
			best = year + step;
		}
	}
	return best;
}

/* Days since 1970, where the moment is. */
static int64_t moment_day(const struct dl_moment *moment)
{
	int64_t local = moment->seconds + moment->offset;

	return (local >= 0 ? local : local - DAY + 1) / DAY;
}

const struct dl_moment *date_near(struct dl_job *job, const char *text,
    enum dl_from from, const struct dl_moment *near)
{
	struct parts parts = parts_new(job, 0);
	const char *line = date_text(job, text), *start, *end;

	if (line == NULL || near == NULL)
		return NULL;
	start = skip_any(leads, COUNT(leads), line);
	end = read_moment(start, &parts);
	if (end != NULL && *end == '\0')
		return moment_make(job, parts, from, line);

	parts = parts_new(job, 0);
	end = read_date(days, COUNT(days), start, &parts);
	if (end == NULL)
		end = read_date(days, COUNT(days), line, &parts);
	if (end == NULL || *end != '\0')
		return NULL;
	parts.year = year_near(&parts, moment_day(near));
	return moment_make(job, parts, from, line);
}

const char *date_day(struct dl_job *job, const struct dl_moment *moment)
{
	int year, month, day;

	if (moment == NULL)
		return NULL;
	time_civil(moment_day(moment), &year, &month, &day);
	return job_printf(job, "%04d-%02d-%02d", year, month, day);
}
