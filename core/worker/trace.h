/* How the fields of a record came about, for `dateline explain`. */
#ifndef TRACE_H
#define TRACE_H

#include "core/kit/record.h"

/*
 * An array of JSON, an object for each change and each offer that was not
 * taken, in the order in which they came: field, by (the plugin), from, how,
 * value, and of times `moment` as it was read and what its zone is. Memory of
 * the job; NULL if a value is not UTF-8.
 */
const char *trace_of(struct dl_job *job, const struct record *record);

#endif
