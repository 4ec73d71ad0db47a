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

void histogram_add(struct histogram *histogram, double value);

/* {"le": [...], "counts": [...], "sum": ...}: a count more than bounds, each
   of what lies between two of them. The caller's. */
json_t *histogram_json(const struct histogram *histogram);

#endif
