/* A line per event on stderr. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/time.h"

#define LOG_LINE \
	2048 /* bytes: what is longer is cut; journald splits at more */

static size_t log_prefix(char *line, size_t room, enum log_level level)
{
	struct timespec now;
	char text[TIME_TEXT];
	int len;

	if (getenv("JOURNAL_STREAM") != NULL)
		return (size_t)snprintf(line, room, "<%d>", level);
	clock_gettime(CLOCK_REALTIME, &now);
	time_rfc3339(text, now.tv_sec, 0, true);
	len = snprintf(line, room, "%s %s", text,
	    level <= LOG_LEVEL_ERR        ? "error: "
		: level == LOG_LEVEL_WARN ? "warning: "
					  : "");
	return (size_t)len;
}

/* Of "https://user:secret@host/" three stars and the host are shown. */
static void hide_credentials(char *line)
{
	char *at = line, *end, *sign;

	while ((at = strstr(at, "://")) != NULL) {
		at += 3;
		end = at + strcspn(at, "/?# \t\"'");
		sign = memrchr(at, '@', (size_t)(end - at));
		if (sign == NULL || sign - at < 3)
			continue;
		memcpy(at, "***", 3);
		memmove(at + 3, sign, strlen(sign) + 1);
	}
}

/* One write a line, so that lines of several processes do not mix. */
static void __attribute__((format(printf, 2, 0)))
log_line(enum log_level level, const char *format, va_list args)
{
	char line[LOG_LINE];
	size_t at = log_prefix(line, sizeof(line), level), len;
	char *c;

	vsnprintf(line + at, sizeof(line) - at - 1, format, args);
	hide_credentials(line + at);
	for (c = line + at; *c != '\0'; c++) {
		if ((unsigned char)*c < ' ')
			*c = ' ';
	}
	len = strlen(line);
	line[len++] = '\n';
	if (write(STDERR_FILENO, line, len) < 0)
		return; /* nobody listens, and there is nobody to tell */
}

void log_err(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_line(LOG_LEVEL_ERR, format, args);
	va_end(args);
}

void log_warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_line(LOG_LEVEL_WARN, format, args);
	va_end(args);
}

void log_info(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	log_line(LOG_LEVEL_INFO, format, args);
	va_end(args);
}
