/* What headers of HTTP mean to us. */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "core/net/http.h"

#define SECONDS_MOST ((int64_t)366 * 24 * 3600) /* nobody means more */

int64_t http_date(const char *text)
{
	static const char *const forms[] = {
		"%a, %d %b %Y %H:%M:%S GMT", /* as it should be */
		"%A, %d-%b-%y %H:%M:%S GMT", /* of RFC 850 */
		"%a %b %d %H:%M:%S %Y",      /* of asctime() */
	};
	size_t i;

	for (i = 0; text != NULL && i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct tm at = { 0 };
		const char *end = strptime(text, forms[i], &at);

		if (end != NULL && end[strspn(end, " \t")] == '\0')
			return timegm(&at);
	}
	return -1;
}

/* Digits alone; -1: it is no number. */
static int64_t seconds_of(const char *text)
{
	char *end;
	long long number;

	if (text == NULL || !isdigit((unsigned char)*text))
		return -1;
	errno = 0;
	number = strtoll(text, &end, 10);
	if (errno == ERANGE || number > SECONDS_MOST)
		number = SECONDS_MOST;
	end += strspn(end, " \t");
	return *end == '\0' || *end == ',' ? number : -1;
}

int64_t http_retry_after(const char *text, const char *date, int64_t now)
{
	int64_t seconds = seconds_of(text), until, theirs;

	if (text == NULL)
		return 0;
	if (seconds < 0 && (until = http_date(text)) >= 0) {
		theirs = http_date(date);
		seconds = until - (theirs >= 0 ? theirs : now);
	}
	if (seconds > SECONDS_MOST)
		seconds = SECONDS_MOST;
	return seconds > 0 ? seconds * 1000 : 0;
}

/* Up to the next comma that is in no quotes. */
static size_t directive_len(const char *text)
{
	bool quoted = false;
	size_t len;

	for (len = 0; text[len] != '\0'; len++) {
		if (text[len] == '"')
			quoted = !quoted;
		else if (text[len] == ',' && !quoted)
			break;
	}
	return len;
}

/* What stands behind the name and its "=", with its quotes; "" if it stands
   alone; NULL: there is no such name. */
static const char *directive(const char *text, const char *name)
{
	size_t len = strlen(name);

	for (;; text++) {
		text += strspn(text, " \t,");
		if (strncasecmp(text, name, len) == 0) {
			if (text[len] == '=')
				return text + len + 1;
			if (strchr(" \t,", text[len]) != NULL)
				return "";
		}
		text += directive_len(text);
		if (*text == '\0')
			return NULL;
	}
}

int64_t http_max_age(const char *text, const char *age)
{
	const char *max = text != NULL ? directive(text, "max-age") : NULL;
	int64_t seconds, old = seconds_of(age);
	char digits[24] = "";

	if (max == NULL || directive(text, "no-cache") != NULL ||
	    directive(text, "no-store") != NULL)
		return 0;
	strncpy(digits, max + strspn(max, "\""), sizeof(digits) - 1);
	digits[strspn(digits, "0123456789")] = '\0';
	seconds = seconds_of(digits);
	if (old > 0)
		seconds -= old;
	return seconds > 0 ? seconds * 1000 : 0;
}
