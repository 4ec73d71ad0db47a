/* Plugins: from a .so file to a struct dl_plugin, or to why not. */
#ifndef LOAD_H
#define LOAD_H

#include "core/base/arena.h"
#include "core/base/message.h"
#include "plugins/plugin.h"

struct plugins {
	const struct dl_plugin **loaded; /* the host's copies of tables */
	size_t n_loaded;
	struct loaded *told; /* each one asked for, loaded or refused */
	size_t n_told;
};

/* Called before code of a plugin runs that nobody has seen run: if the process
   does not survive it, that was why. NULL: none runs. */
typedef void at_fn(const char *name);

/* Loads what a setup asks for; everything is the arena's. */
void load_plugins(struct arena *arena, const struct setup *setup,
    struct plugins *plugins, at_fn *at);

/* Lets each one prepare itself, its only call that may open files; those that
   fail are refused. */
void load_prepare(struct arena *arena, struct plugins *plugins, at_fn *at);

const struct dl_plugin *load_find(
    const struct plugins *plugins, const char *name);

#endif
