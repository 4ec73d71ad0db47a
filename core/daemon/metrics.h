/*
 * The daemon's status as Prometheus takes it: its text format, version 0.0.4,
 * or OpenMetrics 1.0.
 */
#ifndef METRICS_H
#define METRICS_H

#include <jansson.h>
#include <stdbool.h>

#include "core/base/buf.h"

#define METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"
#define METRICS_OPEN_TYPE \
	"application/openmetrics-text; version=1.0.0; charset=utf-8"

/* `status` is status_json()'s. */
void metrics_put(struct buf *out, const json_t *status, bool open);

#endif
