/* How many records came in each hour of the last two days. */
#ifndef HOURS_H
#define HOURS_H

#include <jansson.h>
#include <stdint.h>

#define HOURS 48

struct hours {
	int64_t last; /* of the wall's clock, hours since 1970: the latest */
	uint32_t counts[HOURS]; /* a ring: that of an hour is at it % HOURS */
};

/* `at` is in seconds since 1970. What is older than all of them tells of a
   clock that was ahead: they begin anew. */
void hours_add(struct hours *hours, int64_t at, uint32_t n);

/* The oldest first, the last is that of `now`. The caller's; NULL: there was
   nothing in all of them. */
json_t *hours_json(const struct hours *hours, int64_t now);

#endif
