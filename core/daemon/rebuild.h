/* The state made anew, from the spool alone. */
#ifndef REBUILD_H
#define REBUILD_H

#include "core/base/conf.h"

/*
 * What the process ends with: 0; EX_TEMPFAIL while a datelined runs. The old
 * state is kept as state.sqlite.old. What only it knew is begun anew: feeds are
 * read in full, and pages that were pending are found in them again.
 */
int rebuild(const struct conf *conf);

#endif
