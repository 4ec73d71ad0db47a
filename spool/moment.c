/* Moments as lines and consumers have them. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "spool/moment.h"

#define LAST INT64_C(253402300799999) /* 9999-12-31T23:59:59.999Z */

void moment_put(char text[MOMENT_TEXT], int64_t millis)
{
	time_t seconds = (time_t)(millis / 1000);
	struct tm day;
	size_t len;

	gmtime_r(&seconds, &day);
	len = strftime(text, 24, "%Y-%m-%dT%H:%M:%S", &day);
	snprintf(text + len, MOMENT_TEXT - len, ".%03dZ", (int)(millis % 1000));
}

bool moment_get(const char *text, int64_t *millis)
{
	struct tm day = { 0 };
	char again[MOMENT_TEXT];
	int fraction;

	if (strnlen(text, MOMENT_LEN) < MOMENT_LEN ||
	    sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ", &day.tm_year,
		&day.tm_mon, &day.tm_mday, &day.tm_hour, &day.tm_min,
		&day.tm_sec, &fraction) != 7)
		return false;
	day.tm_year -= 1900;
	day.tm_mon--;
	*millis = (int64_t)timegm(&day) * 1000 + fraction;
	if (!moment_is(*millis))
		return false;
	moment_put(again, *millis);
	return strncmp(text, again, MOMENT_LEN) == 0;
}

bool moment_is(int64_t millis)
{
	return millis >= 0 && millis <= LAST;
}

int64_t moment_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
