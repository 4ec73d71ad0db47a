/* calloc(), realloc() and strdup() that end the process where there is no
 * memory. */
#ifndef XALLOC_H
#define XALLOC_H

#include <stddef.h>

void *xcalloc(size_t n, size_t size);
void *xrealloc(void *memory, size_t size);
char *xstrdup(const char *text); /* NULL of NULL */

#endif
