/* What is taken of a feed that is seen for the first time. Pure. */
#ifndef BACKFILL_H
#define BACKFILL_H

#include <stdbool.h>

#include "core/base/conf.h"

/*
 * A bit for each entry that is too old to be fetched, in unwanted[0..n). The
 * newest are those with the latest date; what has no date counts as just
 * published, and of equals the feed's first is the newer one. `now` is in
 * milliseconds since 1970.
 */
void backfill_choose(const struct backfill *backfill,
    const struct dl_entry *const *entries, size_t n, int64_t now,
    bool *unwanted);

#endif
