/* Plugins: from a .so file to a struct dl_plugin, or to why not. */
#ifndef LOAD_H
#define LOAD_H

#include "core/base/arena.h"
#include "core/base/message.h"
#include "plugins/plugin.h"

struct plugins {
	const struct dl_plugin **loaded;
	size_t n_loaded;
	struct loaded *told; /* each one asked for, loaded or refused */
	size_t n_told;
};

/* Loads what a setup asks for; everything is the arena's. */
void load_plugins(
    struct arena *arena, const struct setup *setup, struct plugins *plugins);

const struct dl_plugin *load_find(
    const struct plugins *plugins, const char *name);

#endif
