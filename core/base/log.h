/*
 * A line per event on stderr: "vgp: https://…: no <article> in <main>".
 *
 * Where that is the journal's (JOURNAL_STREAM names it) the line goes there
 * with its priority, and one about a source has that in fields of its own:
 * DATELINE_SOURCE, DATELINE_URL and DATELINE_CLASS. Elsewhere it begins with
 * the time. Credentials in urls are not shown.
 */
#ifndef LOG_H
#define LOG_H

#include <stdarg.h>

enum log_level { LOG_LEVEL_ERR = 3, LOG_LEVEL_WARN = 4, LOG_LEVEL_INFO = 6 };

void log_err(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));

struct log_about { /* what is NULL is left out */
	const char *source;
	const char *url;
	const char *class; /* of a failure */
};

/* "SOURCE: URL: CLASS: " goes before the line. */
void log_about(enum log_level level, const struct log_about *about,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
