/*
 * The daemon's status in the text format of Prometheus, for the textfile
 * collector of its node exporter, say.
 */
#ifndef METRICS_H
#define METRICS_H

#include <jansson.h>
#include <stdio.h>

void metrics_show(FILE *out, const json_t *status);

#endif
