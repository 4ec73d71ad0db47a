/* Days, zones and the texts of times. A zone is its TZif file (RFC 9636), kept
   as it was read, and the rule at the file's end for all later years. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/time.h"

/* Bytes of a zone's file; the largest has less than 4 KiB. */
#define ZONE_SIZE ((size_t)64 << 10)

#define HEADER 44 /* bytes before each of the two blocks of a TZif file */
#define TYPE 6    /* bytes of one kind of time: offset, summer, name */

#define DAY 86400

/* ---- days ---- */

int64_t time_days(int year, int month, int day)
{
	/* Years begin in March here, so that the leap day is their last. */
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year =
	    (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year - 719468;
}

void time_civil(int64_t days, int *year, int *month, int *day)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t y =
	    (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t march = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * march + 2) / 5 + 1);
	*month = (int)(march < 10 ? march + 3 : march - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };

	return days[month - 1] + (month == 2 && is_leap(year));
}

bool time_is_day(int year, int month, int day)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 &&
	    day >= 1 && day <= month_days(year, month);
}

/* Division that rounds down also before 1970. */
static int64_t day_of(int64_t seconds)
{
	return (seconds >= 0 ? seconds : seconds - DAY + 1) / DAY;
}

/* ---- texts ---- */

/* What has four digits for its year: 0000-01-01 to 9999-12-31. */
static int64_t within_texts(int64_t seconds)
{
	const int64_t first = -62167219200, last = 253402300799;

	return seconds < first ? first : seconds > last ? last : seconds;
}

struct clock {
	int year, month, day, hour, minute, second;
};

static struct clock clock_at(int64_t seconds)
{
	int64_t days = day_of(seconds);
	int rest = (int)(seconds - days * DAY);
	struct clock clock = { .hour = rest / 3600 };

	time_civil(days, &clock.year, &clock.month, &clock.day);
	clock.minute = rest / 60 % 60;
	clock.second = rest % 60;
	return clock;
}

char *time_rfc3339(char text[TIME_TEXT], int64_t seconds, int offset, bool utc)
{
	/* Offsets of long ago have seconds; RFC 3339 has none for them. */
	int minutes = offset / 60;
	int hours = abs(minutes) / 60 % 24;
	struct clock clock;
	int len;

	clock = clock_at(within_texts(within_texts(seconds) + minutes * 60));
	len = snprintf(text, TIME_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d",
	    clock.year % 10000, clock.month, clock.day, clock.hour,
	    clock.minute, clock.second);
	if (minutes == 0 && utc)
		snprintf(text + len, (size_t)(TIME_TEXT - len), "Z");
	else
		snprintf(text + len, (size_t)(TIME_TEXT - len), "%c%02d:%02d",
		    minutes < 0 ? '-' : '+', hours, abs(minutes) % 60);
	return text;
}

int64_t time_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

char *time_millis(char text[TIME_TEXT], int64_t millis)
{
	int64_t seconds = (millis >= 0 ? millis : millis - 999) / 1000;
	int rest = (int)(millis - seconds * 1000);
	struct clock clock = clock_at(within_texts(seconds));

	snprintf(text, TIME_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
	    clock.year % 10000, clock.month, clock.day, clock.hour,
	    clock.minute, clock.second, rest);
	return text;
}

/* `count` digits as a number, and the place behind them; NULL stays NULL. */
static const char *read_digits(const char *text, int count, int *number)
{
	*number = 0;
	for (; text != NULL && count > 0; count--, text++) {
		if (*text < '0' || *text > '9')
			return NULL;
		*number = *number * 10 + (*text - '0');
	}
	return text;
}

static const char *read_sign(const char *text, char sign)
{
	return text != NULL && *text == sign ? text + 1 : NULL;
}

static const char *read_clock(const char *text, struct clock *clock)
{
	text = read_sign(read_digits(text, 4, &clock->year), '-');
	text = read_sign(read_digits(text, 2, &clock->month), '-');
	text = read_sign(read_digits(text, 2, &clock->day), 'T');
	text = read_sign(read_digits(text, 2, &clock->hour), ':');
	text = read_sign(read_digits(text, 2, &clock->minute), ':');
	text = read_digits(text, 2, &clock->second);
	if (text == NULL || clock->hour > 23 || clock->minute > 59 ||
	    clock->second > 59 ||
	    !time_is_day(clock->year, clock->month, clock->day))
		return NULL;
	return text;
}

/* ".5" is 500; digits after the third count for nothing. */
static const char *read_fraction(const char *text, int *millis)
{
	int weight = 100;

	*millis = 0;
	if (text == NULL || *text != '.')
		return text;
	text++;
	if (*text < '0' || *text > '9')
		return NULL;
	for (; *text >= '0' && *text <= '9'; text++, weight /= 10)
		*millis += (*text - '0') * weight;
	return text;
}

static const char *read_offset(const char *text, int *offset)
{
	int sign, hours, minutes;

	*offset = 0;
	if (text == NULL || *text == 'Z')
		return text != NULL ? text + 1 : NULL;
	if (*text != '+' && *text != '-')
		return NULL;
	sign = *text == '-' ? -1 : 1;
	text = read_sign(read_digits(text + 1, 2, &hours), ':');
	text = read_digits(text, 2, &minutes);
	if (text == NULL || hours > 23 || minutes > 59)
		return NULL;
	*offset = sign * (hours * 3600 + minutes * 60);
	return text;
}

bool time_parse(const char *text, int64_t *millis)
{
	struct clock clock;
	int fraction, offset;
	int64_t seconds;

	text = read_fraction(read_clock(text, &clock), &fraction);
	text = read_offset(text, &offset);
	if (text == NULL || *text != '\0')
		return false;
	seconds = time_days(clock.year, clock.month, clock.day) * DAY +
	    clock.hour * 3600 + clock.minute * 60 + clock.second - offset;
	*millis = seconds * 1000 + fraction;
	return true;
}

/* ---- the rule for later years, "CET-1CEST,M3.5.0,M10.5.0/3" ---- */

struct turn {      /* when the clocks change, each year */
	char form; /* 'M': a weekday of a month; 'J': a day that no leap day
		      moves; '0': a day of the year, from 0 */
	int month, week, weekday, day;
	int time; /* seconds after that day's midnight */
};

struct rule {
	int standard, summer; /* seconds east of Greenwich */
	bool turns;
	struct turn to_summer, to_standard;
};

static const char *rule_number(const char *text, int *number)
{
	const char *start = text;

	*number = 0;
	for (; text != NULL && *text >= '0' && *text <= '9'; text++) {
		if (*number > 999)
			return NULL;
		*number = *number * 10 + (*text - '0');
	}
	return text != start ? text : NULL;
}

/* "CET", or anything between < and >. */
static const char *rule_name(const char *text)
{
	size_t len;

	if (*text == '<') {
		text = strchr(text, '>');
		return text != NULL ? text + 1 : NULL;
	}
	len = strspn(
	    text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
	return len >= 3 ? text + len : NULL;
}

/* "3", "-1", "5:30": seconds. */
static const char *rule_time(const char *text, int *seconds)
{
	int sign = 1, part, weight = 3600;

	*seconds = 0;
	if (text == NULL)
		return NULL;
	if (*text == '-' || *text == '+')
		sign = *text++ == '-' ? -1 : 1;
	for (; weight > 0; weight /= 60) {
		text = rule_number(text, &part);
		if (text == NULL)
			return NULL;
		*seconds += sign * part * weight;
		if (*text != ':')
			break;
		text++;
	}
	return text;
}

static const char *rule_turn(const char *text, struct turn *turn)
{
	text = read_sign(text, ',');
	if (text == NULL)
		return NULL;
	turn->form = *text == 'M' || *text == 'J' ? *text++ : '0';
	if (turn->form == 'M') {
		text = read_sign(rule_number(text, &turn->month), '.');
		text = read_sign(rule_number(text, &turn->week), '.');
		text = rule_number(text, &turn->weekday);
		if (text != NULL &&
		    (turn->month < 1 || turn->month > 12 || turn->week < 1 ||
			turn->week > 5 || turn->weekday > 6))
			return NULL;
	} else {
		text = rule_number(text, &turn->day);
	}
	turn->time = 2 * 3600;
	if (text != NULL && *text == '/')
		text = rule_time(text + 1, &turn->time);
	return text;
}

/* What POSIX calls west is east for the rest of the world. */
static bool rule_read(struct rule *rule, const char *text)
{
	int west;

	text = rule_name(text);
	text = rule_time(text, &west);
	if (text == NULL)
		return false;
	rule->standard = -west;
	if (*text == '\0')
		return true;

	text = rule_name(text);
	if (text == NULL)
		return false;
	rule->summer = rule->standard + 3600;
	if (*text != ',' && *text != '\0') {
		text = rule_time(text, &west);
		rule->summer = -west;
	}
	rule->turns = true;
	text = rule_turn(text, &rule->to_summer);
	text = rule_turn(text, &rule->to_standard);
	return text != NULL && *text == '\0';
}

/* The day of that year on which the clocks change. */
static int64_t turn_day(const struct turn *turn, int year)
{
	int64_t first = time_days(year, 1, 1);
	int weekday, day;

	if (turn->form == '0')
		return first + turn->day;
	if (turn->form == 'J')
		return first + turn->day - 1 +
		    (is_leap(year) && turn->day >= 60);

	first = time_days(year, turn->month, 1);
	weekday = (int)((first % 7 + 11) % 7); /* 1970-01-01 was a Thursday */
	day = (turn->weekday - weekday + 7) % 7 + (turn->week - 1) * 7;
	if (day >= month_days(year, turn->month))
		day -= 7;
	return first + day;
}

static int rule_offset(const struct rule *rule, int64_t seconds)
{
	int64_t start, end;
	int year, month, day;
	bool summer;

	if (!rule->turns)
		return rule->standard;
	time_civil(day_of(seconds + rule->standard), &year, &month, &day);
	start = turn_day(&rule->to_summer, year) * DAY + rule->to_summer.time -
	    rule->standard;
	end = turn_day(&rule->to_standard, year) * DAY +
	    rule->to_standard.time - rule->summer;

	/* South of the equator, summer goes over the end of the year. */
	if (start < end)
		summer = seconds >= start && seconds < end;
	else
		summer = seconds >= start || seconds < end;
	return summer ? rule->summer : rule->standard;
}

/* ---- zones ---- */

struct block { /* of a TZif file: what its header counts */
	const unsigned char *bytes;
	size_t width; /* bytes of a time: 4 in the first block, then 8 */
	size_t utcs, standards, leaps, times, types, names;
};

struct zone {
	char name[ZONE_NAME];
	const unsigned char *times, *indexes, *types; /* into `file` */
	size_t n_times, n_types, width;
	bool ruled; /* a rule says what comes after the last of the times */
	struct rule rule;
	size_t size;
	unsigned char file[];
};

static int64_t number_at(const unsigned char *bytes, size_t width)
{
	uint64_t number = (bytes[0] & 0x80) != 0 ? UINT64_MAX : 0;
	size_t i;

	for (i = 0; i < width; i++)
		number = number << 8 | bytes[i];
	return (int64_t)number;
}

/* A name is a path below ZONE_FOLDER, and must not lead out of it. */
static bool is_name(const char *name)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789_+-/";
	size_t len = name != NULL ? strspn(name, letters) : 0;

	return len > 0 && len < ZONE_NAME && name[len] == '\0' &&
	    name[0] != '/' && name[len - 1] != '/' &&
	    strstr(name, "//") == NULL;
}

/* The whole file, with a NUL behind it; NULL if it is none. */
static struct zone *file_read(int file)
{
	unsigned char bytes[ZONE_SIZE];
	struct zone *zone;
	ssize_t got = 1;
	size_t size = 0;

	while (got > 0 && size < sizeof(bytes)) {
		got = read(file, bytes + size, sizeof(bytes) - size);
		if (got > 0)
			size += (size_t)got;
	}
	if (got != 0)
		return NULL;
	zone = calloc(1, sizeof(*zone) + size + 1);
	if (zone == NULL)
		return NULL;
	zone->size = size;
	memcpy(zone->file, bytes, size);
	return zone;
}

static size_t block_size(const struct block *block)
{
	return HEADER + block->times * (block->width + 1) +
	    block->types * TYPE + block->names +
	    block->leaps * (block->width + 4) + block->standards + block->utcs;
}

/* The block that begins at `at`; false if the file does not hold all of it. */
static bool block_read(
    struct block *block, const struct zone *zone, size_t at, size_t width)
{
	size_t *const counts[] = { &block->utcs, &block->standards,
		&block->leaps, &block->times, &block->types, &block->names };
	size_t i;

	if (zone->size < HEADER || at > zone->size - HEADER)
		return false;
	block->bytes = zone->file + at;
	block->width = width;
	if (memcmp(block->bytes, "TZif", 4) != 0)
		return false;
	for (i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
		int64_t count = number_at(block->bytes + 20 + 4 * i, 4);

		if (count < 0 || (size_t)count > ZONE_SIZE)
			return false;
		*counts[i] = (size_t)count;
	}
	return block_size(block) <= zone->size - at;
}

/* Zones that count leap seconds ("right/...") are not what a clock shows. */
static bool zone_take(struct zone *zone, const struct block *block)
{
	size_t i;

	zone->width = block->width;
	zone->n_times = block->times;
	zone->n_types = block->types;
	zone->times = block->bytes + HEADER;
	zone->indexes = zone->times + block->times * block->width;
	zone->types = zone->indexes + block->times;
	for (i = 0; i < zone->n_times; i++) {
		if (zone->indexes[i] >= zone->n_types)
			return false;
	}
	return zone->n_types > 0 && block->leaps == 0;
}

/* The footer stands between two line ends; an empty one says nothing. */
static bool zone_footer(struct zone *zone, size_t at)
{
	char *footer = (char *)zone->file + at, *end;

	if (at >= zone->size || *footer != '\n')
		return false;
	end = strchr(++footer, '\n');
	if (end == NULL)
		return false;
	*end = '\0';
	zone->ruled = *footer != '\0';
	return !zone->ruled || rule_read(&zone->rule, footer);
}

static bool zone_read(struct zone *zone)
{
	struct block block;
	size_t at;

	if (!block_read(&block, zone, 0, 4))
		return false;
	if (block.bytes[4] < '2') /* an old file: times of 32 bits, no rule */
		return zone_take(zone, &block);
	at = block_size(&block);
	return block_read(&block, zone, at, 8) && zone_take(zone, &block) &&
	    zone_footer(zone, at + block_size(&block));
}

struct zone *zone_open(const char *name)
{
	char path[sizeof(ZONE_FOLDER) + ZONE_NAME];
	struct zone *zone;
	int file;

	if (!is_name(name))
		return NULL;
	snprintf(path, sizeof(path), "%s%s", ZONE_FOLDER, name);
	file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (file < 0)
		return NULL;
	zone = file_read(file);
	close(file);
	if (zone == NULL)
		return NULL;
	if (!zone_read(zone)) {
		free(zone);
		return NULL;
	}
	snprintf(zone->name, sizeof(zone->name), "%s", name);
	return zone;
}

void zone_close(struct zone *zone)
{
	free(zone);
}

const char *zone_name(const struct zone *zone)
{
	return zone != NULL ? zone->name : NULL;
}

static int64_t zone_time(const struct zone *zone, size_t i)
{
	return number_at(zone->times + i * zone->width, zone->width);
}

/* How many of the zone's times are not after that moment. */
static size_t zone_times(const struct zone *zone, int64_t seconds)
{
	size_t low = 0, high = zone->n_times;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone_time(zone, middle) <= seconds)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int zone_offset(const struct zone *zone, int64_t seconds)
{
	size_t passed = zone_times(zone, seconds), type = 0;

	if (passed == zone->n_times && zone->ruled)
		return rule_offset(&zone->rule, seconds);
	if (passed > 0)
		type = zone->indexes[passed - 1];
	return (int)number_at(zone->types + type * TYPE, 4);
}

int64_t zone_moment(const struct zone *zone, int64_t local)
{
	/* The clocks change at most once within two days. */
	int64_t before = local - zone_offset(zone, local - DAY);
	int64_t after = local - zone_offset(zone, local + DAY);
	int64_t early = before < after ? before : after;
	int64_t late = before < after ? after : before;

	if (early + zone_offset(zone, early) == local)
		return early;
	return late;
}
