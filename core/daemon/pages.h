/*
 * Pages as they came, kept for a while, so that extraction can be run over them
 * again: a spool of their own, in the folder pages/ of the state. A line is a
 * page, see core/base/kept.h; the pages that one order was made of follow each
 * other. Lines of another kind only end a segment.
 *
 * A page goes at the latest an eighth of keep_pages after its time; and all of
 * them go before records do, where retention has to make room.
 */
#ifndef PAGES_H
#define PAGES_H

#include <uv.h>

#include "core/base/conf.h"
#include "core/base/message.h"
#include "core/daemon/keeper.h"
#include "core/daemon/queue.h"

struct pages; /* the writer, on the loop; each function takes NULL */

/*
 * Blocks. `folder` is made where it is not there. NULL and a sentence, which
 * the caller frees, in *why where it cannot be written. Nothing is kept before
 * pages_set().
 */
struct pages *pages_new(
    uv_loop_t *loop, struct queue *queue, const char *folder, char **why);

/* keep_pages, keep_pages_bytes: where one of them is 0 nothing is kept from now
   on, and what there is goes. Of retention_free it leaves twice as much. */
void pages_set(struct pages *pages, const struct conf *conf);

/*
 * Keeps what one order was made of: the pages with the bytes as they came, and
 * the entry. All is copied; it is on the disk a second later. A disk that
 * fails, or is too slow, costs pages, which is told once in the log.
 */
void pages_keep(struct pages *pages, const char *source,
    const struct dl_entry *entry, const struct order_page *parts, size_t n);

struct pages_counts {
	uint64_t kept, dropped; /* orders, since the start */
	struct kept_spool spool;
};

void pages_counts(const struct pages *pages, struct pages_counts *counts);

/* Writes what is collected, once more; the loop ends after that. Then
   pages_free(). */
void pages_stop(struct pages *pages);
void pages_free(struct pages *pages);

#endif
