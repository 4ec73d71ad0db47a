/*
 * Which earlier records a record is a copy of: the same story as another agency
 * has brought it. What is a copy is said in its line, `same_as`, and never left
 * out.
 *
 * It is for life: a revision has what the record before it had, and what has
 * been found since. What came later is not in it, nor what is withdrawn, nor
 * what is older than a fortnight.
 */
#ifndef COPIES_H
#define COPIES_H

#include "core/daemon/record.h"
#include "core/daemon/seen.h"

#define COPIES_WINDOW ((int64_t)14 * 24 * 3600 * 1000) /* ms */

/* Fills in known->same_as for a record that becomes a line; `fingerprint` may
   be NULL. `of_commit` are records that the state does not know yet. */
bool copies_find(struct seen *seen, struct arena *arena,
    const struct marked *of_commit, const char *id, const char *fingerprint,
    struct known *known);

#endif
