/*
 * The daemon's status as people read it: what is not as it should be first.
 * Whatever a daemon of another version does not say is left out.
 */
#ifndef REPORT_H
#define REPORT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* `now` is in milliseconds since 1970; what is to come is told by how long it
   takes. */
void report_show(FILE *out, const json_t *status, int64_t now, bool colour);

/* One source of it, and each of its feeds. */
void report_source(FILE *out, const json_t *source, int64_t now, bool colour);

/* NULL if there is none of that name. */
json_t *report_find(const json_t *status, const char *source);

#endif
