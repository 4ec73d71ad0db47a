/*
 * What plugins keep in their statics: remembered when they are prepared, and
 * put back after each page, so that every page sees what the first one saw.
 *
 * Looked at are the writable bytes of the plugin's own .so, but for those that
 * the loader has sealed, and its thread-local ones. Not looked at are the
 * libraries that it is linked with, and the heap: what a static pointed to
 * stays there when the pointer is put back, and counts as a leak (ledger.h).
 * Counters that a compiler adds (--coverage) are statics like any others.
 */
#ifndef STATICS_H
#define STATICS_H

#include "core/base/arena.h"
#include "plugins/plugin.h"

struct statics { /* of one plugin; zeroed: it has none */
	struct piece *pieces;
	size_t bytes;
};

/* Bytes that a plugin may change at all. */
size_t statics_size(const struct dl_plugin *plugin);

/* Remembers what they are now; the copy is the arena's. */
void statics_remember(struct arena *arena, const struct dl_plugin *plugin,
    struct statics *statics);

/* Bytes that had changed, by words of eight. */
size_t statics_put_back(const struct statics *statics);

#endif
