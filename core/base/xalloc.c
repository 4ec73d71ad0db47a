/* calloc(), realloc() and strdup() that end the process where there is no
 * memory. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/xalloc.h"

void *xcalloc(size_t n, size_t size)
{
	void *memory = calloc(n, size);

	if (memory == NULL)
		_exit(EXIT_MEMORY);
	return memory;
}

void *xrealloc(void *memory, size_t size)
{
	memory = realloc(memory, size);
	if (memory == NULL)
		_exit(EXIT_MEMORY);
	return memory;
}

char *xstrdup(const char *text)
{
	char *copy = text != NULL ? strdup(text) : NULL;

	if (text != NULL && copy == NULL)
		_exit(EXIT_MEMORY);
	return copy;
}
