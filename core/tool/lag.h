/* Histograms of the daemon's status. */
#ifndef LAG_H
#define LAG_H

#include <jansson.h>
#include <stdint.h>

/* The value that this part of all (0 to 1) does not exceed, as far as the
   bounds tell; beyond the last one that one. -1: there are no values. */
double lag_quantile(const json_t *histogram, double part);

#endif
