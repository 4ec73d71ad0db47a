/* How the parts of a date are written: a form, and what it reads. */
#ifndef FORM_H
#define FORM_H

#include <stdbool.h>

#include "core/kit/calendar.h"
#include "plugins/plugin.h"

struct zones;

struct parts { /* what was read so far */
	int year, month, day;
	int hour, minute, second;
	int weekday;                      /* 1 to 7; 0: none was said */
	const struct calendar_part *part; /* of the day, or NULL */
	enum dl_precision precision;      /* of the time; 0: there is none */
	bool zoned;                       /* the text has its zone: */
	const char *zone;                 /* its name, and bytes of that; */
	size_t zone_len;                  /* 0: it is `offset` */
	int offset;
	bool by_program; /* the weekday is written as RFC 822 has it */
	bool machine;    /* a T stands before the time */
	bool american;   /* by a clock with AM and PM */
	bool buddhist;   /* years are those of the Buddhist era */
	const struct calendar *calendar;
	const struct zones *zones; /* that may be named */
};

static inline bool form_is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* What the text at `at` leaves behind this form, which form.c explains; NULL if
   it has not that form. */
const char *form_match(const char *form, const char *at, struct parts *parts);

#endif
