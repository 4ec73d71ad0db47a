/* What plugins have done to workers, counted and told. */
#include <stdlib.h>
#include <string.h>

#include "core/base/litter.h"
#include "core/base/log.h"
#include "core/base/xalloc.h"
#include "core/daemon/blame.h"

#define SUSPECTED 8 /* orders: one page in many may be bad for years */

static struct blamed *find(const struct blame *blame, const char *plugin)
{
	struct blamed *one = blame->first;

	while (one != NULL && strcmp(one->plugin, plugin) != 0)
		one = one->next;
	return one;
}

struct blamed *blame_of(struct blame *blame, const char *plugin)
{
	struct blamed *one = find(blame, plugin);

	if (one != NULL)
		return one;
	one = xcalloc(1, sizeof(*one));
	one->plugin = xstrdup(plugin);
	one->next = blame->first;
	blame->first = one;
	return one;
}

/* Only the first time is told; *told remembers it. */
static void tell(bool *told, const struct litter *litter,
    void (*say)(struct buf *out, const struct litter *litter))
{
	struct buf text = { 0 };

	if (!*told) {
		say(&text, litter);
		log_warn("%s", text.bytes);
		buf_free(&text);
	}
	*told = true;
}

static void litter_note(struct blamed *one, const struct litter *litter)
{
	if (litter->statics > 0) {
		one->statics++;
		one->statics_bytes = litter->statics;
		tell(&one->statics_told, litter, litter_say_statics);
	}
	if (litter->heap > 0) {
		one->leaks++;
		one->heap_bytes = litter->heap;
		tell(&one->leak_told, litter, litter_say_heap);
	}
	one->lost += litter->spoilt;
}

void blame_answered(
    struct blame *blame, struct blamed *source, const struct result *result)
{
	size_t i;

	source->suspected -= source->suspected > 0;
	for (i = 0; i < result->n_litter; i++) {
		struct blamed *one = find(blame, result->litter[i].plugin);

		if (one != NULL)
			litter_note(one, &result->litter[i]);
	}
}

void blame_lost(struct blame *blame, struct blamed *source, const char *by)
{
	struct blamed *one = by != NULL ? find(blame, by) : NULL;

	source->suspected = SUSPECTED;
	if (one != NULL)
		one->lost++;
}

void blame_anew(struct blame *blame)
{
	struct blamed *one = blame->first;

	for (; one != NULL; one = one->next) {
		one->statics_told = one->leak_told = false;
		one->suspected = 0;
	}
}

void blame_free(struct blame *blame)
{
	struct blamed *one;

	while ((one = blame->first) != NULL) {
		blame->first = one->next;
		free((char *)one->plugin);
		free(one);
	}
}
