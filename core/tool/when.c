/* Moments as people type them, and how long ago one is as they read it. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/base/conf.h"
#include "core/base/time.h"
#include "core/tool/when.h"

#define DAY 86400 /* seconds */

/* 9999-12-31T23:59:59Z, the last second that a time's text can say. */
#define LAST_SECOND INT64_C(253402300799)

/* Seconds east of Greenwich, of the clocks here. */
static int64_t offset_at(int64_t seconds)
{
	const time_t moment = (time_t)seconds;
	struct tm local;

	return localtime_r(&moment, &local) != NULL ? local.tm_gmtoff : 0;
}

/* As zone_moment() has it, for the zone of this machine. */
static int64_t local_moment(int64_t local)
{
	int64_t before, after, early, late;

	tzset();
	before = local - offset_at(local - DAY);
	after = local - offset_at(local + DAY);
	early = before < after ? before : after;
	late = before < after ? after : before;
	return early + offset_at(early) == local ? early : late;
}

static bool is_ago(const char *text, int64_t now, int64_t *millis)
{
	int64_t ago;

	if (!conf_duration(text, &ago))
		return false;
	*millis = now - ago;
	return true;
}

static bool is_seconds(const char *text, int64_t *millis)
{
	long long seconds;
	char *end;

	if (text[0] != '@' || !isdigit((unsigned char)text[1]))
		return false;
	seconds = strtoll(text + 1, &end, 10);
	if (*end != '\0' || seconds > LAST_SECOND)
		return false;
	*millis = (int64_t)seconds * 1000;
	return true;
}

/*
 * A time without a zone is what time_parse() takes for one in UTC, once the
 * rest of this has been put behind it: a day is its midnight.
 */
static bool is_local(const char *text, int64_t *millis)
{
	static const char rest[] = "0000-00-00T00:00:00Z";
	static const size_t lengths[] = { 10, 16,
		19 }; /* day, minute, second */
	char full[sizeof(rest)];
	size_t len = strlen(text), i = 0;

	while (i < sizeof(lengths) / sizeof(lengths[0]) && lengths[i] != len)
		i++;
	if (i == sizeof(lengths) / sizeof(lengths[0]))
		return false;
	memcpy(full, rest, sizeof(full));
	memcpy(full, text, len);
	if (!time_parse(full, millis))
		return false;
	*millis = local_moment(*millis / 1000) * 1000;
	return true;
}

bool when_parse(const char *text, int64_t now, int64_t *millis)
{
	char with_t[TIME_TEXT]; /* no time has more */

	if (is_ago(text, now, millis) || is_seconds(text, millis))
		return true;
	snprintf(with_t, sizeof(with_t), "%s", text);
	if (strlen(with_t) > 10 && with_t[10] == ' ')
		with_t[10] = 'T';
	return strlen(text) < sizeof(with_t) &&
	    (is_local(with_t, millis) || time_parse(with_t, millis));
}

/* Every record begins with its number and this time: the rest, which may be
   long, need not be looked at. */
bool when_spooled(const char *line, int64_t *millis)
{
	static const char number[] = "{\"seq\":", time[] = ",\"spooled\":\"";
	char spooled[TIME_TEXT];
	size_t len;

	if (strncmp(line, number, strlen(number)) != 0)
		return false;
	line += strlen(number);
	line += strspn(line, "0123456789");
	if (strncmp(line, time, strlen(time)) != 0)
		return false;
	line += strlen(time);
	len = strnlen(line, sizeof(spooled));
	snprintf(spooled, sizeof(spooled), "%.*s", (int)len, line);
	spooled[strcspn(spooled, "\"")] = '\0';
	return time_parse(spooled, millis);
}

char *when_age(char text[WHEN_AGE], int64_t millis)
{
	static const struct {
		const char *name;
		int64_t is, upto; /* milliseconds; what it is used for */
	} units[] = {
		{ "ms", 1, 999 },
		{ "s", 1000, 120 * 1000 - 1 },
		{ "min", 60 * 1000, 120 * 60 * 1000 - 1 },
		{ "h", 3600 * 1000, 48 * 3600 * 1000 - 1 },
		{ "d", DAY * 1000, INT64_MAX },
	};
	size_t i = 0;

	if (millis < 0)
		millis = 0;
	while (millis > units[i].upto)
		i++;
	snprintf(text, WHEN_AGE, "%" PRId64 "%s", millis / units[i].is,
	    units[i].name);
	return text;
}
