/* What plugins keep in their statics, remembered and put back. */
#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#include "core/worker/statics.h"

struct piece { /* of memory that can be written */
	char *now, *then;
	size_t bytes;
	struct piece *next;
};

struct search { /* for the .so that a plugin is in */
	uintptr_t at;
	struct dl_phdr_info found;
};

/* What finds a piece: `whose` is the caller's. */
typedef void piece_fn(void *whose, uintptr_t from, uintptr_t to);

/* Allocates the thread's part of a module, where nobody has used it yet. */
extern void *__tls_get_addr(size_t module_and_offset[2]);

/* ---- where they are ---- */

static uintptr_t begin_of(
    const struct dl_phdr_info *file, const ElfW(Phdr) * segment)
{
	return file->dlpi_addr + segment->p_vaddr;
}

static bool has(const struct dl_phdr_info *file, uintptr_t at)
{
	int i;

	for (i = 0; i < file->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &file->dlpi_phdr[i];

		if (segment->p_type == PT_LOAD &&
		    at - begin_of(file, segment) < segment->p_memsz)
			return true;
	}
	return false;
}

static int file_look(struct dl_phdr_info *file, size_t size, void *whose)
{
	struct search *search = whose;

	(void)size;
	if (!has(file, search->at))
		return 0;
	search->found = *file;
	return 1;
}

static bool file_find(const struct dl_plugin *plugin, struct dl_phdr_info *file)
{
	/* The table is a copy of the host's; its name is in the file. */
	struct search search = { .at = (uintptr_t)plugin->name };

	if (dl_iterate_phdr(file_look, &search) == 0)
		return false;
	if (search.found.dlpi_tls_modid != 0 &&
	    search.found.dlpi_tls_data == NULL) {
		__tls_get_addr((size_t[2]){ search.found.dlpi_tls_modid, 0 });
		dl_iterate_phdr(file_look, &search);
	}
	*file = search.found;
	return true;
}

/* The whole pages that the loader has made read-only after it had filled them
   in: nobody writes there any more. */
static void sealed_find(
    const struct dl_phdr_info *file, uintptr_t *from, uintptr_t *to)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	int i;

	*from = *to = 0;
	for (i = 0; i < file->dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &file->dlpi_phdr[i];

		if (segment->p_type != PT_GNU_RELRO)
			continue;
		*from = begin_of(file, segment) / page * page;
		*to =
		    (begin_of(file, segment) + segment->p_memsz) / page * page;
	}
}

static void segment_each(const struct dl_phdr_info *file,
    const ElfW(Phdr) * segment, piece_fn *piece, void *whose)
{
	uintptr_t from = begin_of(file, segment), to = from + segment->p_memsz;
	uintptr_t sealed_from, sealed_to;

	sealed_find(file, &sealed_from, &sealed_to);
	if (sealed_from >= to || sealed_to <= from) {
		piece(whose, from, to);
		return;
	}
	if (sealed_from > from)
		piece(whose, from, sealed_from);
	if (sealed_to < to)
		piece(whose, sealed_to, to);
}

static void pieces_each(
    const struct dl_plugin *plugin, piece_fn *piece, void *whose)
{
	struct dl_phdr_info file;
	int i;

	if (!file_find(plugin, &file))
		return;
	for (i = 0; i < file.dlpi_phnum; i++) {
		const ElfW(Phdr) *segment = &file.dlpi_phdr[i];
		uintptr_t of_thread = (uintptr_t)file.dlpi_tls_data;

		if (segment->p_type == PT_LOAD && segment->p_flags & PF_W)
			segment_each(&file, segment, piece, whose);
		else if (segment->p_type == PT_TLS && of_thread != 0)
			piece(whose, of_thread, of_thread + segment->p_memsz);
	}
}

/* ---- what is in them ---- */

/*
 * A plugin may have been made with AddressSanitizer, which has marked what
 * lies between two variables as out of bounds. To it, a word that is read here
 * is none of the plugin's mistakes; and memcpy() and memcmp(), which it has
 * replaced, are not called, nor put in by the compiler: hence the volatile.
 */
#define UNWATCHED __attribute__((no_sanitize("address")))

typedef volatile uint64_t __attribute__((aligned(1), may_alias)) word;

UNWATCHED static void bytes_copy(char *to, const char *from, size_t bytes)
{
	size_t i;

	for (i = 0; i < bytes; i++)
		((volatile char *)to)[i] = ((const volatile char *)from)[i];
}

UNWATCHED static size_t piece_put_back(const struct piece *piece)
{
	size_t changed = 0, rest = 0, i = 0;

	for (; i + sizeof(word) <= piece->bytes; i += sizeof(word)) {
		word *now = (word *)(piece->now + i);
		const word *then = (const word *)(piece->then + i);

		if (*now != *then) {
			*now = *then;
			changed += sizeof(word);
		}
	}
	for (; i < piece->bytes; i++) {
		if (piece->now[i] != piece->then[i]) {
			piece->now[i] = piece->then[i];
			rest = piece->bytes % sizeof(word);
		}
	}
	return changed + rest;
}

size_t statics_put_back(const struct statics *statics)
{
	const struct piece *piece = statics->pieces;
	size_t changed = 0;

	for (; piece != NULL; piece = piece->next)
		changed += piece_put_back(piece);
	return changed;
}

/* ---- the whole ---- */

struct taking {
	struct arena *arena;
	struct statics *statics;
};

static void piece_count(void *whose, uintptr_t from, uintptr_t to)
{
	*(size_t *)whose += to - from;
}

size_t statics_size(const struct dl_plugin *plugin)
{
	size_t bytes = 0;

	pieces_each(plugin, piece_count, &bytes);
	return bytes;
}

static void piece_take(void *whose, uintptr_t from, uintptr_t to)
{
	struct taking *taking = whose;
	struct piece *piece = arena_alloc(taking->arena, sizeof(*piece));

	piece->now = (char *)from;
	piece->bytes = to - from;
	piece->then = arena_alloc(taking->arena, piece->bytes);
	bytes_copy(piece->then, piece->now, piece->bytes);
	piece->next = taking->statics->pieces;
	taking->statics->pieces = piece;
	taking->statics->bytes += piece->bytes;
}

void statics_remember(struct arena *arena, const struct dl_plugin *plugin,
    struct statics *statics)
{
	struct taking taking = { arena, statics };

	*statics = (struct statics){ 0 };
	pieces_each(plugin, piece_take, &taking);
}
