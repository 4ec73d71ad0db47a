/* Of the pages that are kept, the newest of each id. */
#include <string.h>

#include "core/base/pick.h"

static bool is_or_any(const char *want, const char *text)
{
	return want == NULL || strcmp(want, text) == 0;
}

/* An order is known by the line of its first page. */
void pick_note(struct pick *pick, uint64_t seq, const char *line, size_t len)
{
	struct arena arena = { 0 };
	struct kept_page kept;

	if (kept_look(&arena, line, len, &kept) && kept.part == 1 &&
	    is_or_any(pick->source, kept.source) &&
	    is_or_any(pick->id, kept.entry.id))
		newest_note(&pick->newest, kept.entry.id, seq);
	arena_reset(&arena);
}

/* Whether this page is the next one of what is to be taken. */
static bool is_next(
    struct pick *pick, uint64_t seq, const struct kept_page *kept)
{
	const char *id = kept->entry.id;

	if (kept->parts > LIMIT_WANTED + 1)
		return false;
	if (kept->part == 1) {
		pick->n = 0;
		return newest_of(&pick->newest, id) == seq;
	}
	return pick->n > 0 && (size_t)kept->part == pick->n + 1 &&
	    kept->parts == pick->first.parts &&
	    strcmp(id, pick->first.entry.id) == 0;
}

bool pick_take(struct pick *pick, uint64_t seq, const char *line, size_t len)
{
	struct arena arena = { 0 };
	struct kept_page kept;
	bool next =
	    kept_look(&arena, line, len, &kept) && is_next(pick, seq, &kept);

	arena_reset(&arena);
	if (!next) {
		pick->n = 0;
		return false;
	}
	if (pick->n == 0)
		arena_reset(&pick->arena);
	if (!kept_get(&pick->arena, line, len, &kept)) {
		pick->n = 0;
		return false;
	}
	if (pick->n == 0)
		pick->first = kept;
	pick->pages[pick->n++] = kept.page;
	return pick->n == (size_t)kept.parts;
}

void pick_free(struct pick *pick)
{
	newest_free(&pick->newest);
	arena_reset(&pick->arena);
}
