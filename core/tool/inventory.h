/* Which plugins there are: a worker that loads them all has the answer. */
#ifndef INVENTORY_H
#define INVENTORY_H

#include "core/base/conf.h"
#include "core/tool/worker.h"

#define INVENTORY_ABI 24 /* bytes of "1.0" at most */

struct inventory {
	struct worker worker; /* the two that have all that follows */
	struct arena arena;
	struct ready ready;
};

/* All in the plugin_path. Ends with EX_UNAVAILABLE or EX_CONFIG where no worker
   can be started. */
void inventory_take(struct inventory *inventory, struct conf *conf);
void inventory_free(struct inventory *inventory);

/* Ends with EX_NOINPUT, and with the nearest name, where there is none. */
const struct loaded *inventory_find(
    const struct inventory *inventory, const char *name);

/* "source", "extractor" or "refused". */
const char *inventory_kind(const struct loaded *plugin);
const char *inventory_abi(
    char text[INVENTORY_ABI], const struct loaded *plugin);

#endif
