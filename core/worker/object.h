/* The .so file of a plugin: opened, or in a sentence why not. */
#ifndef OBJECT_H
#define OBJECT_H

#include <stddef.h>

#include "core/base/arena.h"

/* It stays open as long as the process lives. NULL with *why, the arena's. */
void *object_open(struct arena *arena, const char *path, const char **why);

/* The plugin's table and its size in bytes; NULL if it has none. */
const void *object_table(void *object, size_t *size);

#endif
