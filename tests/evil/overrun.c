/* Writes beyond the memory that it was given. */
#include <string.h>

#include "evil.h"

#define LEN 24

/* The NUL that was forgotten. */
static void by_one(struct dl_job *job)
{
	char *text = job_alloc(job, LEN);

	memset(text, 'a', LEN);
	text[LEN] = '\0';
}

/* Into the memory of whoever comes behind, which stays inside the arena. */
static void by_many(struct dl_job *job)
{
	char *text = job_copy(job, "a copy", 6);
	char *behind = job_printf(job, "%s", "what stands behind");

	memset(text, 'a', 100);
	behind[0] = 'b';
}

/* Out of the arena, over what malloc() knows of its pieces. */
static void by_far(struct dl_job *job)
{
	char *text = job_alloc(job, LEN);

	memset(text, 'a', (size_t)1 << 20);
}

static const struct way ways[] = {
	{ "by-one", by_one },
	{ "by-many", by_many },
	{ "by-far", by_far },
};

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	(void)record;
	return EVIL_WAYS(ways, job, page);
}

EVIL("overrun", "writes beyond its memory");
