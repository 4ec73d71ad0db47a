/* The words of dates: months, weekdays, parts of the day, labels. */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A month, 1 to 12, or a weekday, 1 (Monday) to 7, that is named at `text`. */
struct calendar_name {
	int means;            /* 0: nothing is */
	size_t len;           /* bytes, with the full stop of an abbreviation */
	const char *language; /* the first that has the word: "th" */
};

struct arena;
struct calendar; /* all names, by their first letters */

/* Made once for many texts; the arena's. */
const struct calendar *calendar_new(struct arena *arena);

struct calendar_name calendar_month(
    const struct calendar *calendar, const char *text);
struct calendar_name calendar_weekday(
    const struct calendar *calendar, const char *text);

/* Bytes of what a page writes before a date ("Updated"), and before the name of
   who made the story ("Source"), 0 if none of it stands at `text`. */
size_t calendar_label(const struct calendar *calendar, const char *text);
size_t calendar_credit(const struct calendar *calendar, const char *text);

/* A part of the day, which tells what hour of 24 an hour means. */
struct calendar_part {
	const char *words;
	int first, last; /* hours of 24 that are in it */
	int twelve;      /* what 12 means there; -1 if it is not clear */
	int most;        /* the greatest hour that is written with it */
	bool english;
};

/* NULL if none is named at `text`. *len as above. */
const struct calendar_part *calendar_part(const char *text, size_t *len);

/* The hour of 24 that is meant by `hour` there; -1 if none is. */
int calendar_hour(const struct calendar_part *part, int hour);

/* The order of the numbers in 05/09/2026. */
enum calendar_order {
	CALENDAR_UNSAID, /* by the form of the time, else the day first */
	CALENDAR_DAY,
	CALENDAR_MONTH,
};

/* Of a language as BCP 47 has it: "vi", "en-US"; NULL says nothing. */
enum calendar_order calendar_order(const char *language);

/* Whether years are counted from Buddha's death there. */
bool calendar_is_buddhist(const char *language);

#endif
