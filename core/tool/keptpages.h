/* The pages that datelined(8) has kept: of each story the newest. */
#ifndef KEPTPAGES_H
#define KEPTPAGES_H

#include "core/base/conf.h"
#include "core/base/pick.h"

struct keptpages {         /* all zero at first, but for what is wanted: */
	int64_t since;     /* milliseconds since 1970: kept since then */
	struct pick pick;  /* and of whom; then also what was found */
	struct buf folder; /* they are in */
};

/*
 * First which pages those are, then each of them, with whatever was kept with
 * it: `taken` is called, and finds it in `pick`. False: none are kept there.
 * Both end where the pages cannot be read.
 */
bool keptpages_note(struct keptpages *kept, const struct conf *conf);
void keptpages_take(
    struct keptpages *kept, void (*taken)(void *whose), void *whose);

void keptpages_free(struct keptpages *kept);

/* What the daemon would order today, for the page that was taken. */
struct order keptpages_order(
    const struct keptpages *kept, const struct source *source);

#endif
