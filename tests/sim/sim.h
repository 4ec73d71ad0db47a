/*
 * Time that is only a number: what is to happen stands in a heap, and the clock
 * is set to whatever is next. A month passes as fast as there is nothing to do.
 */
#ifndef SIM_H
#define SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SECOND ((int64_t)1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

typedef void sim_fn(void *whose);

struct happening {
	int64_t at;
	uint64_t number; /* of two at one moment the first that was told of */
	sim_fn *happens;
	void *whose;
};

struct sim {
	int64_t now;    /* true time: milliseconds since the run began */
	int64_t began;  /* milliseconds since 1970 when it did */
	int64_t wrong;  /* so far is the daemon's clock on the wall off */
	int64_t booted; /* its steady clock counts from here */
	uint64_t steps;

	struct happening *heap;
	size_t n, room;
};

/* Once, `at` that moment or as soon as it can be. */
void sim_at(struct sim *sim, int64_t at, sim_fn *happens, void *whose);

/* What is next happens, unless it is later than `until`; false: nothing has. */
bool sim_step(struct sim *sim, int64_t until);

/* What is to happen is forgotten. */
void sim_free(struct sim *sim);

/* Both clocks as the daemon sees them, in milliseconds. */
int64_t sim_steady(const struct sim *sim);
int64_t sim_wall(const struct sim *sim);

/* True time as milliseconds since 1970. */
int64_t sim_date(const struct sim *sim);

#endif
