/* The grammar of dates: what a text says, part by part. See grammar.c. */
#ifndef GRAMMAR_H
#define GRAMMAR_H

#include <stdbool.h>

#include "core/kit/form.h"

enum grammar_dates {
	GRAMMAR_YEARS, /* days with their year */
	GRAMMAR_DAYS,  /* days without */
	GRAMMAR_PATHS, /* folders of an address: "/2024/10/12/" */
};

struct grammar {                         /* what counts */
	const struct calendar *calendar; /* the names */
	const struct zones *zones;       /* that may be named */
	enum grammar_dates dates;
	bool month_first; /* 05/09/2026 is in May */
	bool whole;       /* the text is a date and nothing else */
	bool buddhist;    /* the language counts years so */
	const char *why;  /* what was read is no moment, because; of a whole
			     text, the first reason that was found */
};

/*
 * Where the moment that begins at `at` ends; NULL if none does. Its parts are
 * those of a day and a time that there are, in hours of 24; but a day without
 * year may be 29 February, and a path has not been looked at.
 */
const char *grammar_read(
    const char *at, struct grammar *grammar, struct parts *parts);

/* Whether the word at `at` can begin a date. */
bool grammar_is_month(const struct grammar *grammar, const char *at);

/* Whether there is such a day, and on the weekday that is said. */
bool grammar_is_day(const struct parts *parts);

#endif
