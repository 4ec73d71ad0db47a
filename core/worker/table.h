/*
 * A plugin's table, this_plugin: copied as far as the plugin has it, and looked
 * over. Nobody else in the worker reads what is the plugin's own.
 */
#ifndef TABLE_H
#define TABLE_H

#include <stddef.h>

#include "core/base/arena.h"
#include "plugins/plugin.h"

/* Why a table of this size, or none, cannot be read at all; or NULL. */
const char *table_version(struct arena *arena, const void *theirs, size_t size);

/* A struct of this minor, with zeroes where theirs is an older one. */
const struct dl_plugin *table_copy(struct arena *arena, const void *theirs);

/* Why the plugin in the file of this name is none that can work, or NULL. */
const char *table_check(
    struct arena *arena, const struct dl_plugin *plugin, const char *name);

#endif
