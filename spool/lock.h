/*
 * Locks on files of the spool's folder. They end with the descriptor, or with
 * its process, and whether one is held can be asked without taking it.
 */
#ifndef LOCK_H
#define LOCK_H

#include <stdbool.h>

#define LOCK_WRITER ".lock"   /* of who appends to the last segment */
#define LOCK_UPKEEP ".upkeep" /* of who rewrites or removes segments */

/* For writing, of the open file; -1 and errno: EWOULDBLOCK. */
int lock_hold(int fd);
bool lock_is_held(int fd);

#endif
