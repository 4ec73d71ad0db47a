/* What a plugin has left behind in a worker, in a sentence. */
#include <inttypes.h>

#include "core/base/litter.h"

void litter_say_statics(struct buf *out, const struct litter *litter)
{
	buf_printf(out,
	    "plugin %s keeps statics between pages (%" PRId64
	    " byte%s): they are put back after each page",
	    litter->plugin, litter->statics, litter->statics == 1 ? "" : "s");
}

void litter_say_heap(struct buf *out, const struct litter *litter)
{
	buf_printf(out,
	    "plugin %s: %.1f MiB more after each page: its worker is replaced",
	    litter->plugin, (double)litter->heap / (1 << 20));
}
