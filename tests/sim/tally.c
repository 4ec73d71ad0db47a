/* The model's own memory, counted. */
#include <malloc.h>
#include <stdlib.h>

#include "core/base/xalloc.h"
#include "tests/sim/tally.h"

static size_t ours; /* bytes, with what the allocator adds */

static size_t size_of(void *bytes)
{
	return bytes == NULL ? 0 : malloc_usable_size(bytes) + sizeof(size_t);
}

void *tally_new(size_t n, size_t size)
{
	void *new = xcalloc(n, size);

	ours += size_of(new);
	return new;
}

void *tally_more(void *old, size_t size)
{
	void *more;

	ours -= size_of(old);
	more = realloc(old, size);
	if (more == NULL)
		abort();
	ours += size_of(more);
	return more;
}

void tally_free(void *old)
{
	ours -= size_of(old);
	free(old);
}

size_t tally_others(void)
{
	struct mallinfo2 info = mallinfo2();
	size_t all = info.uordblks + info.hblkhd;

	return all > ours ? all - ours : 0;
}
