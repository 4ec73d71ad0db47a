/*
 * Pages one after the other, for a program without a loop of its own. It asks
 * as the daemon does: robots.txt, pauses, the same refusals.
 */
#ifndef VISIT_H
#define VISIT_H

#include "core/base/arena.h"
#include "core/net/fetch.h"

struct visit;

struct visit *visit_new(const struct fetch_settings *settings);
void visit_free(struct visit *visit);

/* Waits for the answer. Its texts are the arena's, its body the caller's. */
void visit_get(struct visit *visit, struct arena *arena, const struct get *get,
    struct fetched *got);

#endif
