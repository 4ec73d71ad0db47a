/* All zones of this machine, for those who cannot open files any more. */
#ifndef BASE_ZONES_H
#define BASE_ZONES_H

#include <stddef.h>

#include "core/base/time.h"

struct zones;

/* Of a machine without zones, none. zones_close() frees. */
struct zones *zones_open(void);
void zones_close(struct zones *zones);

/* The zone that the first `len` bytes name; NULL if none is; NULL flows. */
const struct zone *zones_find(
    const struct zones *zones, const char *name, size_t len);

#endif
