/*
 * What is wrong with a host, and when: outages of every class, for minutes or
 * for days, of the whole host or of a part of it; and at times our own network
 * is gone, and with it all hosts.
 */
#ifndef WEATHER_H
#define WEATHER_H

#include <stddef.h>
#include <stdint.h>

#include "tests/sim/world.h"

struct trouble {
	int64_t from, until;
	int row; /* of the table of troubles */
};

struct weather {                  /* of one host */
	struct trouble *troubles; /* in their order; none overlaps another */
	size_t n;
};

/* `mean`: milliseconds between two troubles. */
void weather_begin(
    struct weather *weather, struct chance chance, int64_t days, int64_t mean);
void weather_free(struct weather *weather);

/* Fills in the answer and says true where trouble is in the way of a thing of
   that kind. `date`: now, in milliseconds since 1970. */
bool weather_strikes(const struct weather *weather, enum kind kind, int64_t now,
    int64_t date, struct chance *chance, struct answer *answer);

/* "Fri, 06 Nov 2026 08:00:00 GMT". */
void weather_date(char text[32], int64_t date);

#endif
