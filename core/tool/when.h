/* Moments as people type them, and how long ago one is as they read it. */
#ifndef WHEN_H
#define WHEN_H

#include <stdbool.h>
#include <stdint.h>

/* What when_parse() takes, for whoever is told that it did not. */
#define WHEN_WANT                                          \
	"a time ago (30min, 2h, 7d), a time (2024-11-07, " \
	"\"2024-11-07 15:04\", 2024-11-07T15:04:05+07:00) or @SECONDS"

/*
 * Milliseconds since 1970 of a moment: so long before `now`; a day or a time of
 * day by the clocks here (see TZ in tzset(3)), unless it says its zone; seconds
 * since 1970 behind an "@". A day without a time is its midnight, a time that
 * the clocks show twice is the earlier one, and one that they leave out counts
 * as if they had not been changed yet. False where it is none of these.
 */
bool when_parse(const char *text, int64_t now, int64_t *millis);

/* When a line of the spool was committed; false for one that does not say it,
   as those of kind "loss". */
bool when_spooled(const char *line, int64_t *millis);

#define WHEN_AGE 24 /* bytes that when_age() writes at most */

/* "850ms", "12s", "4min", "3h", "9d"; what lies ahead is "0ms". */
char *when_age(char text[WHEN_AGE], int64_t millis);

#endif
