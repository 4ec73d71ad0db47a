/* The lock-in: after it a worker can compute and answer, and nothing else. */
#ifndef SANDBOX_H
#define SANDBOX_H

/*
 * After it, `socket` may be read and written with the memory `through` alone,
 * and nobody may close it: of what a plugin would say in the worker's stead,
 * not a byte comes out. Of other descriptors only 0 to 2 may be written.
 *
 * NULL, or a sentence on what could not be done.
 */
const char *sandbox_enter(int socket, const void *through);

#endif
