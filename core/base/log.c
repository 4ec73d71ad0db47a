/* A line per event on stderr, or in the journal. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/time.h"

#define LOG_LINE \
	2048 /* bytes: what is longer is cut; journald splits at more */
#define JOURNAL "/run/systemd/journal/socket"

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

static void clean(char *text)
{
	hide_credentials(text);
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text < ' ')
			*text = ' ';
	}
}

/* ---- the journal ---- */

/* Whether stderr is the journal's: it may have been redirected since. */
static bool is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long device, inode;
	struct stat about;

	return stream != NULL &&
	    sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
	    fstat(STDERR_FILENO, &about) == 0 && about.st_dev == device &&
	    about.st_ino == inode;
}

static size_t put_field(
    char *out, size_t at, const char *name, const char *value)
{
	char *text = out + at;

	if (value == NULL)
		return at;
	snprintf(text, LOG_LINE + 32, "%s=%.*s", name, LOG_LINE, value);
	clean(text);
	at += strlen(text);
	out[at++] = '\n';
	return at;
}

static bool journal_send(const char *fields, size_t len)
{
	const struct sockaddr_un to = { .sun_family = AF_UNIX,
		.sun_path = JOURNAL };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool sent = fd >= 0 &&
	    sendto(fd, fields, len, MSG_NOSIGNAL, (const struct sockaddr *)&to,
		sizeof(to)) == (ssize_t)len;

	if (fd >= 0)
		close(fd);
	return sent;
}

/* What has fields. All else takes the way by stderr: of that the journal knows
   whose it is, also where the process ends before it was asked. */
static bool journal_put(
    enum log_level level, const struct log_about *about, const char *line)
{
	char fields[5 * (LOG_LINE + 32)],
	    priority[] = { (char)('0' + level), '\0' };
	size_t len = 0;

	if (about->source == NULL || !is_journal())
		return false;
	len = put_field(fields, len, "MESSAGE", line);
	len = put_field(fields, len, "PRIORITY", priority);
	len = put_field(
	    fields, len, "SYSLOG_IDENTIFIER", program_invocation_short_name);
	len = put_field(fields, len, "DATELINE_SOURCE", about->source);
	len = put_field(fields, len, "DATELINE_URL", about->url);
	len = put_field(fields, len, "DATELINE_CLASS", about->class);
	return journal_send(fields, len);
}

/* ---- lines ---- */

/* For a reader that knows priorities, or for people. */
static size_t put_head(char *line, size_t room, enum log_level level)
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

/* One write a line, so that lines of several processes do not mix. */
static void stderr_put(enum log_level level, const char *line)
{
	char text[LOG_LINE + 64];
	size_t at = put_head(text, sizeof(text), level);
	int len = snprintf(text + at, sizeof(text) - at, "%s\n", line);

	if (write(STDERR_FILENO, text, at + (size_t)len) < 0)
		return; /* nobody listens, and there is nobody to tell */
}

static size_t put_about(char *line, const struct log_about *about)
{
	const char *const parts[] = { about->source, about->url, about->class };
	size_t i, at = 0;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i] != NULL && at < LOG_LINE)
			at += (size_t)snprintf(
			    line + at, LOG_LINE - at, "%s: ", parts[i]);
	}
	return at < LOG_LINE ? at : LOG_LINE - 1;
}

static void __attribute__((format(printf, 3, 0))) put(enum log_level level,
    const struct log_about *about, const char *format, va_list args)
{
	char line[LOG_LINE];
	size_t at = put_about(line, about);

	vsnprintf(line + at, sizeof(line) - at, format, args);
	clean(line);
	if (!journal_put(level, about, line))
		stderr_put(level, line);
}

void log_about(enum log_level level, const struct log_about *about,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put(level, about, format, args);
	va_end(args);
}

void log_err(const char *format, ...)
{
	const struct log_about nothing = { NULL, NULL, NULL };
	va_list args;

	va_start(args, format);
	put(LOG_LEVEL_ERR, &nothing, format, args);
	va_end(args);
}

void log_warn(const char *format, ...)
{
	const struct log_about nothing = { NULL, NULL, NULL };
	va_list args;

	va_start(args, format);
	put(LOG_LEVEL_WARN, &nothing, format, args);
	va_end(args);
}

void log_info(const char *format, ...)
{
	const struct log_about nothing = { NULL, NULL, NULL };
	va_list args;

	va_start(args, format);
	put(LOG_LEVEL_INFO, &nothing, format, args);
	va_end(args);
}
