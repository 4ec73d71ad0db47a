/* Leaks a mebibyte of the heap a page, and is fine otherwise. */
#include <stdlib.h>

#include "evil.h"

#define LEAK ((size_t)1 << 20)

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const struct dl_node *root = dom_root(job, page);
	volatile char *leak = malloc(LEAK);
	size_t at;

	if (leak == NULL)
		return job_fail(job, "there is no more to leak");
	for (at = 0; at < LEAK; at += 1024)
		leak[at] = 1;
	record_set(job, record, DL_TEXT,
	    dom_prose(job, dom_first(job, root, "article"), NULL), DL_FROM_PAGE,
	    "article");
	return DL_DONE;
}

EVIL("leaky", "leaks a mebibyte a page");
