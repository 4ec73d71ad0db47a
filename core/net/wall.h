/* Pages that are there to keep programs out, and come instead of what was
   asked for. */
#ifndef WALL_H
#define WALL_H

#include <stddef.h>

/*
 * Whose wall a page is, as one says it in a sentence: "Cloudflare", "a script
 * that sets a cookie"; a constant. NULL if it is none. The bytes are as they
 * came, without the coding of the transfer, and may be NULL if there are none;
 * a wall tells itself in the first 64 KiB.
 */
const char *wall_name(const char *bytes, size_t len);

#endif
