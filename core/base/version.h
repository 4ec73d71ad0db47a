/* What a program says of itself: its version, and what it is made of. */
#ifndef VERSION_H
#define VERSION_H

#include <stdbool.h>

/* That is loaded; a newer one than what the program was built with, say. */
struct library {
	const char *name;
	const char *(*version)(void);
};

/* Prints "datelined 0.1.0"; if verbose, also the interface that plugins are
   made for, how it was built, and these libraries, of which the last has no
   name. */
void version_print(
    const char *program, const struct library *libraries, bool verbose);

#endif
