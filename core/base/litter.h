/* What a plugin has left behind in a worker, in a sentence. */
#ifndef LITTER_H
#define LITTER_H

#include "core/base/buf.h"
#include "core/base/message.h"

/* "plugin vgp keeps statics between pages (8 bytes): they are ..." */
void litter_say_statics(struct buf *out, const struct litter *litter);

/* "plugin vgp: 1.0 MiB more after each page: its worker is replaced" */
void litter_say_heap(struct buf *out, const struct litter *litter);

#endif
