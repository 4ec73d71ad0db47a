/* How the service is, in a line for people: what systemctl(1) shows of it. */
#ifndef HEADLINE_H
#define HEADLINE_H

#include "core/daemon/edition.h"
#include "core/daemon/status.h"

/* Bytes at most. */
#define HEADLINE 256

/*
 * "5 sources, 1 failing (vgp: timeout); 123 records today, 4min behind; 12
 * pages pending". `trouble` is that of the disk and comes first; or NULL.
 */
void headline(char text[HEADLINE], const struct edition *edition,
    const struct status *status, const char *trouble, int64_t now);

#endif
