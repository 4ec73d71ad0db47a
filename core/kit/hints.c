/* What a feed says about how often it wants to be asked. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/limits.h"
#include "core/kit/hints.h"

#define MINUTE ((int64_t)60 * 1000) /* ms */
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static const char white[] = " \t\r\n";

/* A number of digits and nothing else; `most` where it is larger, -1 where it
   is none. */
static int64_t number(const char *text, int64_t most)
{
	int64_t value = 0;
	size_t digits;

	text += strspn(text, white);
	digits = strspn(text, "0123456789");
	if (digits == 0 || text[digits + strspn(text + digits, white)] != '\0')
		return -1;
	for (; digits > 0; digits--, text++) {
		value = 10 * value + (*text - '0');
		if (value > most)
			value = most;
	}
	return value;
}

/* Index of a word in a table; `n` if it is not there. */
static size_t word(const char *text, const char *const *words, size_t n)
{
	size_t i = 0, len;

	text += strspn(text, white);
	len = strcspn(text, white);
	if (text[len + strspn(text + len, white)] != '\0')
		return n;
	while (i < n &&
	    (strlen(words[i]) != len || strncasecmp(words[i], text, len) != 0))
		i++;
	return i;
}

int64_t hints_ttl(const char *minutes)
{
	int64_t n = minutes != NULL ? number(minutes, LIMIT_TTL / MINUTE) : -1;

	return n > 0 ? n * MINUTE : 0;
}

int64_t hints_period(const char *period, const char *frequency)
{
	static const char *const words[] = { "hourly", "daily", "weekly",
		"monthly", "yearly" };
	static const int64_t lengths[] = { HOUR, DAY, 7 * DAY, 30 * DAY,
		365 * DAY, 0 };
	size_t n = sizeof(words) / sizeof(words[0]);
	int64_t times, each;

	if (period == NULL && frequency == NULL)
		return 0;
	times = frequency != NULL ? number(frequency, 365 * DAY) : 1;
	each = period != NULL ? lengths[word(period, words, n)] : DAY;
	if (times <= 0)
		return 0;
	return each / times < LIMIT_TTL ? each / times : LIMIT_TTL;
}

uint32_t hints_hour(const char *hour)
{
	int64_t n = hour != NULL ? number(hour, 25) : -1;

	return n >= 0 && n <= 24 ? UINT32_C(1) << n % 24 : 0;
}

uint32_t hints_day(const char *day)
{
	static const char *const words[] = { "Sunday", "Monday", "Tuesday",
		"Wednesday", "Thursday", "Friday", "Saturday" };
	size_t i = day != NULL ? word(day, words, 7) : 7;

	return i < 7 ? UINT32_C(1) << i : 0;
}
