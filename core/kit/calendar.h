/* The words of dates: months, weekdays, halves of the day, zones. */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

enum calendar {
	CALENDAR_MONTH,   /* 1 to 12 */
	CALENDAR_WEEKDAY, /* 1: which one does not matter to us */
	CALENDAR_HALF,    /* of the day: 1 AM, 2 PM */
};

/* What the word or words at `text` mean, in any language that is known; 0 if
   nothing. *len are their bytes, with the full stop of an abbreviation. */
int calendar_name(enum calendar kind, const char *text, size_t *len);

/* The offset of a zone's abbreviation ("ICT"), in seconds east of Greenwich.
   Where two zones use it, the one that is `own` wins. False if unknown. */
bool calendar_zone(const char *name, size_t len, int own, int *offset);

#endif
