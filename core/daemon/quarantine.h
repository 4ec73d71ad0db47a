/*
 * Pages that were not understood, kept for somebody to look at: for each a file
 * with its bytes as they came, and one beside it that tells whose it is and
 * why. The oldest go when there are too many; see limits.h.
 */
#ifndef QUARANTINE_H
#define QUARANTINE_H

#include <stdbool.h>
#include <stddef.h>

struct quarantined {
	const char *source, *id, *url, *type, *reason;
	const char *bytes;
	size_t len;
};

/* Blocks for the disk. A second page of one id takes the place of the first.
   False with errno. */
bool quarantine_keep(const char *folder, const struct quarantined *page);

#endif
