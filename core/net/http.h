/* What headers of HTTP mean to us. Pure; RFC 9110 and 9111. */
#ifndef HTTP_H
#define HTTP_H

#include <stdint.h>

/* Seconds since 1970 of an HTTP-date in any of its three forms; -1: none. */
int64_t http_date(const char *text);

/*
 * Milliseconds that a Retry-After asks for; 0: none, or none that can be read.
 * A date is compared with the server's own clock where its `date` header is
 * given, else with `now` (seconds since 1970).
 */
int64_t http_retry_after(const char *text, const char *date, int64_t now);

/* Milliseconds for which a Cache-Control says that an answer holds, less the
   `age` (a header too, or NULL) that it has already; 0: it does not say. */
int64_t http_max_age(const char *text, const char *age);

#endif
