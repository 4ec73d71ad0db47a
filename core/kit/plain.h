/* Pages of type text/plain: a story without markup. */
#ifndef PLAIN_H
#define PLAIN_H

#include "plugins/plugin.h"

/*
 * A line is a paragraph. The first that is not of a list is the title if it is
 * short, without a final stop, and before any date or dateline, and if the
 * record has none yet; `date 2024-11-07` before the first is its date. DL_FAIL
 * if there is no text.
 */
enum dl_verdict plain_extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record);

#endif
