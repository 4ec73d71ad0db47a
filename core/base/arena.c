/* An arena: memory that is given back all at once. */
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/arena.h"

/* Bytes: the first chunk is small, for many arenas hold but a url; the next is
   as large as all before it. */
#define CHUNK_LEAST ((size_t)512)
#define CHUNK_MOST ((size_t)64 * 1024)

struct chunk {
	struct chunk *next;
	alignas(max_align_t) char bytes[];
};

static _Noreturn void arena_exhausted(struct arena *arena)
{
	if (arena->exhausted != NULL)
		arena->exhausted(arena->whose);
	_exit(EXIT_MEMORY);
}

static size_t chunk_size(const struct arena *arena, size_t size)
{
	size_t room = arena->taken;

	if (room < CHUNK_LEAST)
		room = CHUNK_LEAST;
	if (room > CHUNK_MOST)
		room = CHUNK_MOST;
	return size > room ? size : room;
}

static void arena_grow(struct arena *arena, size_t size)
{
	size_t room = chunk_size(arena, size);
	struct chunk *chunk;

	if (arena->limit != 0 &&
	    (room > arena->limit || arena->taken > arena->limit - room))
		arena_exhausted(arena);
	chunk = calloc(1, sizeof(*chunk) + room);
	if (chunk == NULL)
		arena_exhausted(arena);
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	arena->free = chunk->bytes;
	arena->left = room;
	arena->taken += room;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = alignof(max_align_t);
	void *memory;

	if (size > SIZE_MAX / 2)
		arena_exhausted(arena);
	if (size == 0)
		size = 1; /* never NULL */
	size = (size + align - 1) / align * align;
	if (size > arena->left)
		arena_grow(arena, size);

	memory = arena->free;
	arena->free += size;
	arena->left -= size;
	return memory;
}

char *arena_copy(struct arena *arena, const char *text, size_t len)
{
	char *copy = arena_alloc(arena, len + 1);

	if (len > 0)
		memcpy(copy, text, len);
	return copy;
}

char *arena_dup(struct arena *arena, const char *text)
{
	return text != NULL ? arena_copy(arena, text, strlen(text)) : NULL;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args, again;
	char *text;
	int len;

	va_start(args, format);
	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);
	text = arena_alloc(arena, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return text;
}

void arena_reset(struct arena *arena)
{
	while (arena->chunks != NULL) {
		struct chunk *chunk = arena->chunks;

		arena->chunks = chunk->next;
		free(chunk);
	}
	arena->free = NULL;
	arena->left = 0;
	arena->taken = 0;
}
