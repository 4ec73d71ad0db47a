/*
 * A folder of test pages: where its expected.jsonl is, and of which source the
 * pages are.
 *
 * It is a folder of tests/plugins in the tree that this program was built in;
 * or any other, and then pages and expected.jsonl are in it, or in `pages` in
 * it. The source is the one of its source.conf, or of its only .conf; where it
 * has none, the one that is configured under the folder's name, or the plugin
 * of that name. The plugin may lie in it, beside it, or in a `build` in either.
 */
#ifndef TRIAL_H
#define TRIAL_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/conf.h"

#define TRIAL_LINES "expected.jsonl"

struct trial {
	const char *name;   /* of the source */
	const char *shown;  /* what people know it by, to be put before a page;
			       "": nothing */
	const char *folder; /* of the lines and the pages, an absolute path */
	const char *root;   /* the same, or the one that `pages` is in */
	const char *conf;   /* of the source; NULL: it has none, */
	int confs;          /* or so many that none is meant */
};

/* Each makes a trial, which is the arena's; false: there is no such folder, or
   no test pages of the plugin `name` whose file is `path`. */
bool trial_in_tree(struct trial *trial, struct arena *arena, const char *name);
bool trial_at(struct trial *trial, struct arena *arena, const char *path);
bool trial_of(struct trial *trial, struct arena *arena, const char *name,
    const char *path);

/* The source, as a part of `conf`, whose plugin_path may grow; NULL after a
   complaint. */
struct source *trial_source(
    const struct trial *trial, struct conf *conf, FILE *complaints);

/* "tests/plugins" in the tree that this program was built in; NULL: it was
   installed. */
const char *trial_tree(struct arena *arena);

#endif
