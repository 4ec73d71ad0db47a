/* Where texts of a page were found. */
#include <stdint.h>
#include <string.h>

#include "core/kit/origin.h"

static void note(struct dl_job *job, const char *at, size_t len,
    enum dl_from from, const char *how)
{
	struct origins *origins = job->origins;

	origins->ring[origins->n++ % ORIGINS] =
	    (struct origin){ at, len, from, how };
}

void origin_node(
    struct dl_job *job, const struct dl_node *node, const char *how)
{
	if (job->origins != NULL && node != NULL)
		note(job, (const char *)node, 0, DL_FROM_NOWHERE, how);
}

void origin_text(
    struct dl_job *job, const char *text, enum dl_from from, const char *how)
{
	if (job->origins != NULL && text != NULL)
		note(job, text, strlen(text), from, how);
}

/* The newest first: what was found twice was found again. */
const struct origin *origin_find(const struct dl_job *job, const char *text)
{
	const struct origins *origins = job->origins;
	const struct origin *origin;
	size_t i;

	if (origins == NULL || text == NULL)
		return NULL;
	for (i = origins->n; i > 0 && i + ORIGINS > origins->n; i--) {
		origin = &origins->ring[(i - 1) % ORIGINS];
		if ((uintptr_t)text - (uintptr_t)origin->at <= origin->len)
			return origin;
	}
	return NULL;
}

void origin_of_node(struct dl_job *job, const struct dl_node *node,
    const char *text, enum dl_from from)
{
	const struct origin *origin = origin_find(job, (const char *)node);

	if (origin != NULL && text != NULL)
		note(job, text, strlen(text), from, origin->how);
}

void origin_of_text(struct dl_job *job, const char *whole, const char *text)
{
	const struct origin *origin = origin_find(job, whole);

	if (origin != NULL && text != NULL)
		note(job, text, strlen(text), origin->from, origin->how);
}
