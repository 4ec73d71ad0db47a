/*
 * A line per event on stderr: "vgp: https://…: no <article> in <main>".
 *
 * Under systemd (where JOURNAL_STREAM is set) a line begins with its priority,
 * "<4>"; elsewhere with the time. Credentials in urls are not shown.
 */
#ifndef LOG_H
#define LOG_H

#include <stdarg.h>

enum log_level { LOG_LEVEL_ERR = 3, LOG_LEVEL_WARN = 4, LOG_LEVEL_INFO = 6 };

void log_err(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
