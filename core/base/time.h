/* Days, zones and the texts of times. Zones are read from TZif files by us:
   after the lock-in libc's localtime() silently answers UTC. */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Days from 1970-01-01 to a day of the Gregorian calendar. */
int64_t time_days(int year, int month, int day);
void time_civil(int64_t days, int *year, int *month, int *day);
bool time_is_day(int year, int month, int day);

#define TIME_TEXT 40 /* bytes that time_rfc3339() writes at most */

/* "2024-11-07T15:24:00+07:00"; with offset 0 and `utc`, "…Z". */
char *time_rfc3339(char text[TIME_TEXT], int64_t seconds, int offset, bool utc);

/* "2026-11-21T08:00:00.123Z" of milliseconds since 1970. */
char *time_millis(char text[TIME_TEXT], int64_t millis);

/* Milliseconds since 1970, by the clock on the wall. */
int64_t time_now(void);

/* Reads what time_rfc3339() and time_millis() write. */
bool time_parse(const char *text, int64_t *millis);

#define ZONE_FOLDER "/usr/share/zoneinfo/"
#define ZONE_NAME 64 /* bytes; the longest name has 32 */

struct zone; /* an IANA zone with its history */

/* NULL where there is no such zone or its file is none. zone_close() frees. */
struct zone *zone_open(const char *name);
void zone_close(struct zone *zone);
const char *zone_name(const struct zone *zone);

/* Seconds east of Greenwich at that moment. */
int zone_offset(const struct zone *zone, int64_t seconds);

/* The moment at which clocks of the zone show this, counted as if it were UTC;
   the earlier of two, and the later side of a gap. */
int64_t zone_moment(const struct zone *zone, int64_t local);

#endif
