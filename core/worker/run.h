/* An order carried out: discover(), or extract() and its transforms. */
#ifndef RUN_H
#define RUN_H

#include <stdbool.h>

#include "core/base/message.h"
#include "core/worker/load.h"

struct calendar;
struct decoder;
struct ledger;
struct gazetteer;
struct slate;
struct zones;

struct tools { /* all that orders need; made once, before the lock-in */
	struct plugins plugins;
	struct zones *zones;
	const struct calendar *calendar;
	struct gazetteer *gazetteer;
	struct decoder *decoder;
	struct ledger *ledger;
	struct slate *slate;
};

/* Adds the result to `out`. False if it says that it is the last one. */
bool run_order(
    const struct tools *tools, const struct order *order, struct buf *out);

#endif
