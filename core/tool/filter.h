/*
 * Which records count: what the options of `dateline tail` ask for. Values of
 * one option are alternatives; what different options ask for must all be so.
 */
#ifndef FILTER_H
#define FILTER_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"

enum filter_by {
	BY_SOURCE,
	BY_AGENCY,
	BY_PLACE,
	BY_LANG,
	BY_GREP,
	BY_ID,
	BY_PUBLISHED,
	FILTERS, /* how many there are */
};

struct want;

struct filter { /* zeroed: everything counts */
	struct want *wants[FILTERS];
	struct arena arena;   /* of the wants */
	struct arena scratch; /* of the record that is looked at */
};

/* The option's name, without its dashes: "published-since". */
const char *filter_option(enum filter_by by);

/*
 * One more value of an option; times ago are counted from `now`, milliseconds
 * since 1970. NULL, or what is wrong with it, which is the filter's.
 */
const char *filter_want(
    struct filter *filter, enum filter_by by, const char *value, int64_t now);

/* Whether there is anything that a record could fail. */
bool filter_asks(const struct filter *filter);

/* Whether it asks for certain stories: the history of each is what counts. */
bool filter_asks_ids(const struct filter *filter);

/* False for the line of a record that cannot count, which is seen without
   parsing it: the id that is asked for is nowhere in it. */
bool filter_may_count(const struct filter *filter, const char *line);

/* Lines that are no records ("loss", "gap") always count. */
bool filter_counts(struct filter *filter, const json_t *line);

void filter_free(struct filter *filter);

#endif
