/*
 * bulk.localhost: news by the hundred, invented by a generator from a seed,
 * and corrected, withdrawn and dressed up by the hundred too. Corrections of
 * one story in ten show in its feed; of the others only who looks at a page
 * again sees them.
 */
#ifndef WIRE_BULK_H
#define WIRE_BULK_H

#include <stdbool.h>
#include <stdio.h>

struct wire;

enum gone { HERE, NOT_FOUND, GONE, TO_THE_FRONT, GONES };

struct bulk_story {
	unsigned edition; /* 1 as it was first told, then one more each time */
	unsigned trifles; /* adverts and counters changed since */
	enum gone gone;
};

struct bulk {
	unsigned seed;
	unsigned shown;           /* of the newest in its feed */
	struct bulk_story *story; /* those that are out */
	unsigned count;
};

/* What can be done to stories: publish, correct, withdraw, trivial. NULL: no
   such thing. Each takes one story on, and returns its number, or -1. */
typedef int bulk_fn(struct bulk *bulk);
bulk_fn *bulk_action(const char *name);

/* A line of /truth, and one for each. */
void bulk_tell(FILE *out, const struct wire *wire, unsigned number);
void bulk_truth(FILE *out, const struct wire *wire);
void bulk_free(struct bulk *bulk);

#endif
