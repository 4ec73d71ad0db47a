/* Numbers on standard input: what the program that reads the output of
   `dateline tail --ack` has dealt with. */
#ifndef ACKS_H
#define ACKS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buf.h"

struct acks { /* zeroed: nothing came yet */
	struct buf input;
	uint64_t upto; /* the largest that came */
	bool ended;    /* no more will come */
	char wrong[160];
};

/*
 * Takes what is there, waiting at most `patience` milliseconds for something
 * (-1: as long as it takes). Numbers up to `printed` are right. False where one
 * is not, and `wrong` says why; those before it count.
 */
bool acks_read(struct acks *acks, uint64_t printed, int patience);

void acks_free(struct acks *acks);

#endif
