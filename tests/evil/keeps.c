/*
 * Keeps statics from page to page: a counter, a pointer into memory of a job
 * that has ended, one into the heap, and a counter of its thread. Of each
 * record it says what it has seen of the pages before.
 */
#include <stdlib.h>

#include "evil.h"

static int pages;
static const char *first; /* address of the first page that came */
static char *heap;
static _Thread_local int of_thread;

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	pages++;
	of_thread++;
	if (first == NULL)
		first = job_printf(job, "%s", page->url);
	if (heap == NULL)
		heap = malloc(16);
	record_note(job, record, "kept",
	    job_printf(job, "%d %d %s", pages, of_thread,
		strcmp(first, page->url) == 0 ? "itself" : first));
	return DL_DONE;
}

DL_PLUGIN = { .abi = DL_ABI,
	.name = "keeps",
	.version = "1.0",
	.about = "keeps statics between pages",
	.transform = transform };
