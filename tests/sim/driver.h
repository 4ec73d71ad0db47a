/*
 * The daemon without its network, its disk and its clock: the same decision
 * code, driven as core/daemon/ingest.c and fetch.c drive it. What they keep in
 * the state outlives a restart here, too.
 */
#ifndef DRIVER_H
#define DRIVER_H

#include <stddef.h>

#include "tests/sim/judge.h"
#include "tests/sim/sim.h"
#include "tests/sim/world.h"

struct driver;

/* What a driver can be made to do wrong, to see whether the judge sees it. */
enum wrong {
	NOTHING_WRONG,
	WRONG_PAUSE,      /* hosts are told that no source wants a pause */
	WRONG_ROBOTS,     /* nor that robots.txt be asked */
	WRONG_RETRY,      /* Retry-After is not passed on */
	WRONG_INTERVAL,   /* a feed is looked at after half of its time */
	WRONG_FULL,       /* validators are never sent */
	WRONG_VALIDATORS, /* those of the look before the last are sent */
	WRONG_TRUST,      /* a whole feed is never asked for again */
	WRONG_CLAIMS,     /* one page of many is forgotten */
	WRONG_LADDER,     /* pages are not looked at again */
	WRONG_SILENCE,    /* nothing that is to be said is said */
	WRONG_DRIFT,      /* drift is told that each look brings something */
	WRONG_STUCK,      /* one feed in many is not looked at any more */
	N_WRONGS
};

/* `wrong` is true of the decision code's surroundings, not of itself. */
struct driver *driver_new(struct sim *sim, struct world *world,
    struct judge *judge, uint64_t seed, enum wrong wrong);
void driver_free(struct driver *driver);

/* It begins, under whatever the clocks say; it ends at once, as by SIGKILL; the
   configuration is read anew; the clock on the wall was set. */
void driver_start(struct driver *driver);
void driver_kill(struct driver *driver);
void driver_reload(struct driver *driver);

/* Hosts that are remembered, and bytes that are not its own but the model's
   disk's: see tally.h. */
size_t driver_hosts(const struct driver *driver);
size_t driver_disk(const struct driver *driver);

#endif
