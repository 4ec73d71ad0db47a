/* What is taken of a feed that is seen for the first time. */
#include <stdint.h>
#include <stdlib.h>

#include "core/base/xalloc.h"
#include "core/daemon/backfill.h"

struct ranked {
	int64_t date; /* seconds since 1970 */
	size_t at;
};

static int newest_first(const void *a, const void *b)
{
	const struct ranked *one = a, *other = b;

	if (one->date != other->date)
		return one->date > other->date ? -1 : 1;
	return one->at < other->at ? -1 : one->at > other->at;
}

static int64_t date_of(const struct dl_entry *entry)
{
	const struct dl_moment *date =
	    entry->published != NULL ? entry->published : entry->updated;

	return date != NULL ? date->seconds : INT64_MAX;
}

/* All but the newest `most`. */
static void drop_rest(const struct dl_entry *const *entries, size_t n,
    size_t most, bool *unwanted)
{
	struct ranked *ranked = xcalloc(n, sizeof(*ranked));
	size_t i;

	for (i = 0; i < n; i++)
		ranked[i] = (struct ranked){ date_of(entries[i]), i };
	qsort(ranked, n, sizeof(*ranked), newest_first);
	for (i = most; i < n; i++)
		unwanted[ranked[i].at] = true;
	free(ranked);
}

void backfill_choose(const struct backfill *backfill,
    const struct dl_entry *const *entries, size_t n, int64_t now,
    bool *unwanted)
{
	int64_t oldest =
	    backfill->age > 0 ? (now - backfill->age) / 1000 : INT64_MIN;
	size_t i;

	for (i = 0; i < n; i++)
		unwanted[i] = date_of(entries[i]) < oldest;
	if (backfill->most >= 0 && (size_t)backfill->most < n)
		drop_rest(entries, n, (size_t)backfill->most, unwanted);
}
