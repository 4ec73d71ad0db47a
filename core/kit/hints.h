/* What a feed says about how often it wants to be asked, read from its texts;
   what makes no sense was not said. */
#ifndef HINTS_H
#define HINTS_H

#include <stdint.h>

/* Milliseconds, LIMIT_TTL at most; 0 of NULL and of nonsense. */
int64_t hints_ttl(const char *minutes);

/* The same of "daily", so many times; NULL means what the module for
   syndication says that it means: daily, once. Both NULL: 0. */
int64_t hints_period(const char *period, const char *frequency);

/* The bit of an hour, "0" to "24", or of a day, "Sunday"; 0 if it is none. */
uint32_t hints_hour(const char *hour);
uint32_t hints_day(const char *day);

#endif
