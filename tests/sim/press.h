/*
 * When a source publishes: by the hour of the week in its own zone, which may
 * have daylight time, in ones or in batches, less on holidays, and in some
 * weeks not at all.
 */
#ifndef PRESS_H
#define PRESS_H

#include <stddef.h>
#include <stdint.h>

#include "tests/sim/chance.h"

struct press { /* of one source */
	struct chance chance;
	int zone;    /* a row of a table */
	int rhythm;  /* likewise */
	double rate; /* stories a day, in the mean */
	int batch;   /* stories that come out together, in the mean */
	int64_t silent_from, silent_until; /* true time; both 0: never */

	int64_t hour; /* the next that is made up, from the run's beginning */
	int64_t *at;  /* of each story, by number */
	int64_t n, room;
};

/* `began`: milliseconds since 1970 of the run's beginning. `source` is its
   number, and with the seed all that it is made of. */
void press_begin(
    struct press *press, uint64_t seed, size_t source, int64_t days);
void press_free(struct press *press);

/* Makes up what comes out until then. */
void press_run(struct press *press, int64_t began, int64_t until);

/* How many of the stories came out until then. */
int64_t press_count(const struct press *press, int64_t until);

#endif
