/* Dates as people and programs write them: moments of texts. What forms there
   are is in grammar.c. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/fold.h"
#include "core/base/time.h"
#include "core/kit/ago.h"
#include "core/kit/date.h"
#include "core/kit/grammar.h"
#include "core/kit/label.h"
#include "core/kit/number.h"
#include "core/kit/zonename.h"

#define DAY 86400
#define HALF_A_YEAR 183 /* days */

/* Years between two of 29 February, at most. */
#define LEAP_YEARS 8

/* Bytes of a text that may still be a date and nothing else; the longest we
   know, a date of JavaScript with its zone in words, has 80. */
#define DATE_SIZE 200

/* Bytes before the first number of a date: the names of a weekday, a month and
   a zone, in Thai three bytes a letter. */
#define LEAD_SIZE 96

/* Bytes from the name of a month to a digit of its date. */
#define MONTH_SIZE 32

/* ---- moments ---- */

static int64_t parts_local(const struct parts *parts)
{
	return time_days(parts->year, parts->month, parts->day) * DAY +
	    parts->hour * 3600 + parts->minute * 60 + parts->second;
}

static bool named_place(const struct dl_job *job, const struct parts *parts,
    struct dl_moment *moment)
{
	const struct zonename name = { parts->zone, parts->zone_len, job->zones,
		job->zone, parts->by_program };
	int64_t local = parts_local(parts);

	if (!zonename_offset(&name, local, &moment->offset))
		return false;
	moment->offset -= moment->offset % 60;
	moment->seconds = local - moment->offset;
	return true;
}

/* Clocks that are put forward at midnight have no 00:00, but the day is one.
   Offsets of long ago had seconds, which no text of a time has. */
static bool own_place(const struct dl_job *job, const struct parts *parts,
    struct dl_moment *moment)
{
	int64_t local = parts_local(parts), seconds;

	seconds = zone_moment(job->zone, local);
	moment->offset = (int)(local - seconds);
	if (moment->precision != DL_DAY &&
	    moment->offset != zone_offset(job->zone, seconds))
		return false;
	moment->offset -= moment->offset % 60;
	moment->seconds = local - moment->offset;
	return true;
}

/* False if no clock of the zone shows that time. */
static bool moment_place(
    struct dl_job *job, const struct parts *parts, struct dl_moment *moment)
{
	moment->zone = DL_ZONE_EXPLICIT;
	if (parts->zoned && parts->zone_len > 0)
		return named_place(job, parts, moment);
	if (parts->zoned) {
		moment->offset = parts->offset;
		moment->seconds = parts_local(parts) - parts->offset;
		return true;
	}
	moment->zone = DL_ZONE_SOURCE;
	if (job->zone != NULL)
		return own_place(job, parts, moment);
	moment->zone = DL_ZONE_ASSUMED;
	moment->seconds = parts_local(parts);
	return true;
}

static const struct dl_moment *moment_make(struct dl_job *job,
    const struct parts *parts, enum dl_from from, const char *raw)
{
	struct dl_moment *moment = job_alloc(job, sizeof(*moment));

	moment->from = from;
	moment->raw = raw;
	moment->precision = parts->precision != 0 ? parts->precision : DL_DAY;
	return moment_place(job, parts, moment) ? moment : NULL;
}

/* Days since 1970 on a clock that is so far from Greenwich. */
static int64_t day_at(int64_t seconds, int offset)
{
	int64_t local = seconds + offset;

	return (local >= 0 ? local : local - DAY + 1) / DAY;
}

/* The same where the moment is. */
static int64_t moment_day(const struct dl_moment *moment)
{
	return day_at(moment->seconds, moment->offset);
}

/* ---- texts that are dates ---- */

static void calendar_need(struct dl_job *job)
{
	if (job->calendar == NULL)
		job->calendar = calendar_new(&job->arena);
}

static struct grammar grammar_new(struct dl_job *job, unsigned hints)
{
	calendar_need(job);
	return (struct grammar){ .calendar = job->calendar,
		.zones = job->zones,
		.month_first = (hints & DL_MONTH_FIRST) != 0 };
}

/* Cleaned, in one line, without white space at its ends; NULL if too long. */
static const char *date_text(struct dl_job *job, const char *text)
{
	char *line, *out;

	/* Clean it is shorter, and not by so much. */
	if (text == NULL || strlen(text) > (size_t)2 * DATE_SIZE)
		return NULL;
	text = job_clean(job, text);
	if (strlen(text) > DATE_SIZE)
		return NULL;
	line = out = job_copy(job, text, strlen(text));
	for (; *text != '\0'; text++) {
		if (!form_is_blank(*text))
			*out++ = *text;
		else if (out > line && out[-1] != ' ')
			*out++ = ' ';
	}
	if (out > line && out[-1] == ' ')
		out--;
	*out = '\0';
	return line;
}

/* "(07/11/2024)" and "[07/11/2024]" as what is in them. */
static const char *date_bare(struct dl_job *job, const char *line)
{
	static const struct {
		const char *open, *close;
	} brackets[] = { { "(", ")" }, { "[", "]" }, { "（", "）" },
		{ "【", "】" } };
	size_t len = strlen(line), i;

	for (i = 0; i < sizeof(brackets) / sizeof(brackets[0]); i++) {
		const char *open = brackets[i].open;
		size_t size = strlen(open); /* as that of the other one */

		if (len > 2 * size && strncmp(line, open, size) == 0 &&
		    strcmp(line + len - size, brackets[i].close) == 0 &&
		    strstr(line + size, open) == NULL)
			return date_text(
			    job, job_copy(job, line + size, len - 2 * size));
	}
	return line;
}

/* Whether there is a number in so many bytes. Chinese writes those of dates in
   other signs, too. */
static bool has_digit(const char *line, size_t size)
{
	const char *at = line;
	size_t len;

	for (; *at != '\0' && (size_t)(at - line) < size; at += len) {
		if (number_digit(at, &len) >= 0)
			return true;
	}
	return strstr(line, "月") != NULL;
}

/* What is read of the line: all of it, or what is left without brackets
   and labels, which datelines have not; NULL if neither is a date. */
static const char *line_read(struct dl_job *job, const char *line,
    enum dl_from from, struct grammar *grammar, struct parts *parts)
{
	const char *bare;

	grammar->whole = true;
	if (!has_digit(line, LEAD_SIZE))
		return NULL;
	if (grammar_read(line, grammar, parts) != NULL)
		return line;
	bare = date_bare(job, line);
	if (from != DL_FROM_DATELINE)
		bare = label_bare(job, bare);
	if (bare == line || grammar_read(bare, grammar, parts) == NULL)
		return NULL;
	return bare;
}

/* A line that is a date by this grammar. */
static const struct dl_moment *line_moment(struct dl_job *job, const char *line,
    enum dl_from from, struct grammar *grammar, struct parts *parts)
{
	const struct dl_moment *moment;

	line = line_read(job, line, from, grammar, parts);
	if (line == NULL || parts->year == 0)
		return NULL;
	moment = moment_make(job, parts, from, line);
	if (moment == NULL)
		grammar->why = parts->zone_len > 0 ? "no zone, or several"
						   : "no clock shows that";
	return moment;
}

const struct dl_moment *date_parse(
    struct dl_job *job, const char *text, enum dl_from from, unsigned hints)
{
	struct grammar grammar;
	struct parts parts;
	const char *line;

	/* Most texts are none, which is seen before they are cleaned. */
	if (text == NULL || !has_digit(text, SIZE_MAX))
		return NULL;
	grammar = grammar_new(job, hints);
	line = date_text(job, text);
	if (line == NULL)
		return NULL;
	return line_moment(job, line, from, &grammar, &parts);
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

/* Only a digit or the name of a month can begin a date; and where no digit is
   near, no name is looked up. */
static bool may_start(
    const struct grammar *grammar, const char *at, const char *digit)
{
	size_t len;

	if (number_digit(at, &len) >= 0)
		return true;
	/* Chinese writes its months in digits. */
	return digit != NULL && digit - at < MONTH_SIZE &&
	    (unsigned char)*at < 0xe3 && grammar_is_month(grammar, at);
}

/* The first digit from `at` on; NULL if there is none. */
static const char *text_digit(const char *at)
{
	size_t len;

	for (; *at != '\0'; at += len) {
		if (number_digit(at, &len) >= 0)
			return at;
	}
	return NULL;
}

/* The same where `digit` was the first from an earlier place on. */
static const char *next_digit(const char *at, const char *digit)
{
	return digit == NULL || digit >= at ? digit : text_digit(at);
}

static const char *skip_blanks_back(const char *start, const char *end)
{
	while (end > start && form_is_blank(end[-1]))
		end--;
	return end;
}

/* The moment that was found in a longer text, from `here` to `end`: it may go
   on from line to line. */
static const struct dl_moment *moment_found(struct dl_job *job,
    const struct parts *parts, enum dl_from from, const char *here,
    const char *end)
{
	char *raw = job_copy(job, here, (size_t)(end - here)), *at;

	for (at = raw; *at != '\0'; at++) {
		if (form_is_blank(*at))
			*at = ' ';
	}
	return moment_make(job, parts, from, raw);
}

/* The first day among the folders of an address: "/20241012/", "/2024-10/12/".
 */
static const struct dl_moment *path_find(
    struct dl_job *job, const char **here, const char **end)
{
	struct grammar grammar = grammar_new(job, 0);
	const struct dl_moment *moment = NULL;
	const char *slash = *here;
	struct parts parts;

	grammar.dates = GRAMMAR_PATHS;
	while (moment == NULL && (slash = strchr(slash, '/')) != NULL) {
		*end = grammar_read(slash, &grammar, &parts);
		*here = ++slash;
		if (*end == NULL || grammar.why != NULL)
			continue;
		(*end)--; /* the slash behind it may be before the next */
		moment = moment_found(job, &parts, DL_FROM_URL, *here, *end);
	}
	return moment;
}

static const struct dl_moment *text_find(struct dl_job *job, const char **at,
    const char **end, enum dl_from from, struct grammar *grammar)
{
	const struct dl_moment *moment = NULL;
	const char *here = *at, *digit = text_digit(here);
	uint32_t before = ' ';
	size_t used;

	for (; moment == NULL && digit != NULL; here += used) {
		const char *stop = NULL;
		struct parts parts;

		digit = next_digit(here, digit);
		if (starts_here(*at, here, before) &&
		    may_start(grammar, here, digit))
			stop = grammar_read(here, grammar, &parts);
		before = fold_next(here, &used);
		if (stop == NULL || grammar->why != NULL || !ends_here(stop))
			continue;
		*end = skip_blanks_back(here, stop);
		moment = moment_found(job, &parts, from, here, *end);
		if (moment != NULL)
			*at = here;
	}
	return moment;
}

const struct dl_moment *date_find(struct dl_job *job, const char *text,
    enum dl_from from, unsigned hints, size_t *at, size_t *len)
{
	struct grammar grammar = grammar_new(job, hints);
	const struct dl_moment *moment = NULL;
	const char *here = text, *end = NULL;

	if (text == NULL)
		return NULL;
	if (from == DL_FROM_URL)
		moment = path_find(job, &here, &end);
	if (moment == NULL) {
		here = text;
		moment = text_find(job, &here, &end, from, &grammar);
	}
	if (moment != NULL && at != NULL)
		*at = (size_t)(here - text);
	if (moment != NULL && len != NULL)
		*len = (size_t)(end - here);
	return moment;
}

/* ---- days without a year ---- */

/* The moment of the day in that year; NULL if there is none, or if it is not
   of the weekday that is said. */
static const struct dl_moment *year_try(struct dl_job *job,
    const struct parts *parts, int year, enum dl_from from, const char *line)
{
	struct parts tried = *parts;

	tried.year = year;
	if (!grammar_is_day(&tried))
		return NULL;
	return moment_make(job, &tried, from, line);
}

/* The parts of a line that is a day without its year. */
static bool line_day(struct dl_job *job, const char *line, enum dl_from from,
    struct grammar *grammar, struct parts *parts)
{
	grammar->dates = GRAMMAR_DAYS;
	return line_read(job, line, from, grammar, parts) != NULL;
}

static int moment_year(const struct dl_moment *moment)
{
	int year, month, day;

	time_civil(moment_day(moment), &year, &month, &day);
	return year;
}

/* The moment of a day without its year, as `base` tells which year it is. */
typedef const struct dl_moment *day_chooser(struct dl_job *job,
    const struct parts *parts, enum dl_from from, const char *line,
    const struct dl_moment *base);

/* In the year in which that day is the closest to `near`; NULL if none is. */
static const struct dl_moment *day_near(struct dl_job *job,
    const struct parts *parts, enum dl_from from, const char *line,
    const struct dl_moment *near)
{
	const struct dl_moment *best = NULL, *moment;
	int64_t least = HALF_A_YEAR + 1, apart;
	int step;

	for (step = -1; step <= 1; step++) {
		moment =
		    year_try(job, parts, moment_year(near) + step, from, line);
		if (moment == NULL)
			continue;
		apart = llabs(moment_day(moment) - moment_day(near));
		if (apart >= least)
			continue;
		least = apart;
		best = moment;
	}
	return best;
}

/* The day that `base` is where the moment is, if that is known; what is a day
   is the same one everywhere. */
static int64_t day_there(
    const struct dl_moment *base, const struct dl_moment *moment)
{
	if (base->precision == DL_DAY || moment->zone == DL_ZONE_ASSUMED)
		return moment_day(base);
	return day_at(base->seconds, moment->offset);
}

static bool is_after(
    const struct dl_moment *moment, const struct dl_moment *base)
{
	if (moment->precision == DL_DAY || base->precision == DL_DAY)
		return moment_day(moment) > day_there(base, moment);
	return moment->seconds > base->seconds;
}

/* The last one that is not after `base`. */
static const struct dl_moment *day_before(struct dl_job *job,
    const struct parts *parts, enum dl_from from, const char *line,
    const struct dl_moment *base)
{
	int back;

	/* Where it is later than there, the next year may have begun. */
	for (back = -1; back <= LEAP_YEARS; back++) {
		const struct dl_moment *moment =
		    year_try(job, parts, moment_year(base) - back, from, line);

		if (moment != NULL && !is_after(moment, base))
			return moment;
	}
	return NULL;
}

/* A line with its year, or the day that it names without. */
static const struct dl_moment *day_by(struct dl_job *job, const char *text,
    enum dl_from from, const struct dl_moment *base, day_chooser *choose)
{
	struct grammar grammar = grammar_new(job, 0);
	const char *line = date_text(job, text);
	const struct dl_moment *moment;
	struct parts parts;

	if (line == NULL || base == NULL)
		return NULL;
	moment = line_moment(job, line, from, &grammar, &parts);
	if (moment != NULL || !line_day(job, line, from, &grammar, &parts))
		return moment;
	return choose(job, &parts, from, line, base);
}

const struct dl_moment *date_near(struct dl_job *job, const char *text,
    enum dl_from from, const struct dl_moment *near)
{
	return day_by(job, text, from, near, day_near);
}

const struct dl_moment *date_before(struct dl_job *job, const char *text,
    enum dl_from from, const struct dl_moment *base)
{
	return day_by(job, text, from, base, day_before);
}

/* ---- lines of which nothing is known but what the rules say ---- */

static const struct dl_moment *read_ordered(struct dl_job *job,
    const char *line, enum dl_from from, const struct date_rules *rules,
    struct grammar *grammar, struct parts *parts)
{
	const struct dl_moment *moment;

	grammar->dates = GRAMMAR_YEARS;
	moment = line_moment(job, line, from, grammar, parts);
	if (moment != NULL || !line_day(job, line, from, grammar, parts))
		return moment;
	if (rules->base == NULL) {
		grammar->why = "no year";
		return NULL;
	}
	moment = day_before(job, parts, from, line, rules->base);
	if (moment == NULL)
		grammar->why = "no year has that day";
	return moment;
}

/* Where the order of numbers is not declared, it is that of the day before the
   month, unless the text can or will be read only in the other. */
static const struct dl_moment *read_unordered(struct dl_job *job,
    const char *line, enum dl_from from, const struct date_rules *rules,
    struct grammar *grammar)
{
	const struct dl_moment *day_first, *month_first;
	struct parts parts;
	const char *why;

	day_first = read_ordered(job, line, from, rules, grammar, &parts);
	/* 9/5/2026 1:30 PM is how Americans write it. */
	if (day_first != NULL && !parts.american)
		return day_first;
	why = grammar->why;
	grammar->month_first = true;
	grammar->why = NULL;
	month_first = read_ordered(job, line, from, rules, grammar, &parts);
	if (why != NULL)
		grammar->why = why;
	return month_first != NULL ? month_first : day_first;
}

static const char *why_not(
    struct dl_job *job, const char *line, const struct grammar *grammar)
{
	struct ago ago;

	if (grammar->why != NULL)
		return grammar->why;
	if (*line == '\0')
		return "empty";
	if (ago_read(label_bare(job, line), &ago))
		return "relative";
	return has_digit(line, LEAD_SIZE) ? "not wholly a date" : "no number";
}

/* A line may be a sentence: "12 October 2024." */
static const char *without_stop(struct dl_job *job, const char *line)
{
	size_t len = line != NULL ? strlen(line) : 0;

	if (len < 2 || line[len - 1] != '.' ||
	    !isdigit((unsigned char)line[len - 2]))
		return line;
	return job_copy(job, line, len - 1);
}

const struct dl_moment *date_read(struct dl_job *job, const char *text,
    enum dl_from from, const struct date_rules *rules, const char **why)
{
	enum calendar_order order = calendar_order(rules->language);
	struct grammar grammar =
	    grammar_new(job, order == CALENDAR_MONTH ? DL_MONTH_FIRST : 0);
	const char *line = without_stop(job, date_text(job, text));
	const struct dl_moment *moment;
	struct parts parts;

	grammar.buddhist = calendar_is_buddhist(rules->language);
	*why = "too long";
	if (line == NULL)
		return NULL;
	moment = order == CALENDAR_UNSAID
	    ? read_unordered(job, line, from, rules, &grammar)
	    : read_ordered(job, line, from, rules, &grammar, &parts);
	*why = moment == NULL ? why_not(job, line, &grammar) : NULL;
	return moment;
}

const char *date_day(struct dl_job *job, const struct dl_moment *moment)
{
	int year, month, day;

	if (moment == NULL)
		return NULL;
	time_civil(moment_day(moment), &year, &month, &day);
	return job_printf(job, "%04d-%02d-%02d", year, month, day);
}

/* ---- times that are told from now ---- */

static struct dl_moment *moment_ago(
    struct dl_job *job, const char *line, enum dl_from from, int64_t seconds)
{
	struct dl_moment *moment = job_alloc(job, sizeof(*moment));

	*moment = (struct dl_moment){ .seconds = seconds,
		.precision = DL_MINUTE,
		.zone = DL_ZONE_ASSUMED,
		.from = from,
		.raw = line };
	if (job->zone != NULL)
		moment->offset = zone_offset(job->zone, seconds);
	return moment;
}

/* Its day, from midnight on. */
static void moment_round(struct dl_moment *moment)
{
	moment->seconds = moment_day(moment) * DAY - moment->offset;
	moment->precision = DL_DAY;
}

/* "yesterday, 15:24": the day is known, the rest is a date like others. */
static const struct dl_moment *day_timed(
    struct dl_job *job, const struct dl_moment *day, const char *time)
{
	const char *text = job_printf(job, "%s %s", date_day(job, day), time);
	const struct dl_moment *moment = date_parse(job, text, day->from, 0);
	struct dl_moment *own;

	if (moment == NULL || moment->precision == DL_DAY)
		return NULL;
	own = job_alloc(job, sizeof(*own));
	*own = *moment;
	own->raw = day->raw;
	own->zone = DL_ZONE_ASSUMED;
	return own;
}

const struct dl_moment *date_ago(
    struct dl_job *job, const char *text, enum dl_from from, int64_t now)
{
	const char *line = date_text(job, text);
	struct dl_moment *moment;
	struct ago ago;

	calendar_need(job);
	if (line == NULL || !ago_read(label_bare(job, line), &ago))
		return NULL;
	moment = moment_ago(job, line, from, now - ago.seconds);
	if (ago.unit <= 60)
		return moment;
	moment_round(moment);
	if (ago.time != NULL && *ago.time != '\0')
		return day_timed(job, moment, ago.time);
	return moment;
}
