/* How values are spread: how many of them are up to each of some bounds. */
#ifndef HISTOGRAM_H
#define HISTOGRAM_H

#include <jansson.h>
#include <stdint.h>

#define HISTOGRAM_BOUNDS 12 /* at most */

struct histogram {
	const double *bounds; /* rising, ended by 0; in the values' unit */
	uint64_t counts[HISTOGRAM_BOUNDS + 1]; /* the last: beyond all bounds */
	double sum;
};

/* A number for JSON: `zero`, shared, where it is 0, as most are where there are
   a great many. */
json_t *count_json(json_t *zero, uint64_t n);

void histogram_add(struct histogram *histogram, double value);

/* {"le": [...], "counts": [...], "sum": ...}: a count more than bounds, each
   of what lies between two of them. The caller's. */
json_t *histogram_json(const struct histogram *histogram);

#endif
