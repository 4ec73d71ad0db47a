/* Which earlier records a record is a copy of. */
#include <string.h>

#include "core/base/time.h"
#include "core/daemon/copies.h"

/* At the end, unless it is there or there are enough. */
static void copy_add(
    struct arena *arena, const struct dl_list **list, const char *id)
{
	struct dl_list *added;
	int n = 0;

	for (; *list != NULL; list = (const struct dl_list **)&(*list)->next) {
		if (strcmp((*list)->text, id) == 0 || ++n == SEEN_COPIES)
			return;
	}
	added = arena_alloc(arena, sizeof(*added));
	added->text = id;
	*list = added;
}

/* A story that has a fingerprint already is not a copy of what came behind it;
   one that is older than the window had one, as far as anybody knows. */
static bool is_searched(const struct known *known)
{
	return known->revision == 0 || known->done > time_now() - COPIES_WINDOW;
}

bool copies_find(struct seen *seen, struct arena *arena,
    const struct marked *of_commit, const char *id, const char *print,
    struct known *known)
{
	const struct dl_list *found = NULL;
	int64_t since = time_now() - COPIES_WINDOW;

	if (known->same_as == NULL &&
	    !seen_copies(seen, arena, id, &known->same_as))
		return false;
	if (print == NULL || !is_searched(known))
		return true;
	if (!seen_near(seen, arena, id, print, since, &found))
		return false;
	for (; found != NULL; found = found->next)
		copy_add(arena, &known->same_as, found->text);
	for (; of_commit != NULL && known->revision == 0;
	     of_commit = of_commit->next) {
		if (of_commit->seq > 0 && strcmp(of_commit->id, id) != 0 &&
		    seen_is_near(of_commit->fingerprint, print))
			copy_add(arena, &known->same_as, of_commit->id);
	}
	return true;
}
