/*
 * Extraction once more, over the pages that are kept: of each story the newest
 * one, in the order in which they came. What differs from the spool is
 * appended to it.
 */
#ifndef REPLAY_H
#define REPLAY_H

#include "core/daemon/again.h"

struct replay;

/* What the control socket's word begins with; a JSON object follows, with what
   is wanted: "source", "id", and "since" in milliseconds since 1970. */
#define REPLAY_WORD "replay "

/* `folder` is that of the pages. */
struct replay *replay_new(struct again *again, const char *folder);

/* The caller is answered as again_begin() does. */
void replay_asked(
    struct replay *replay, const char *wanted, struct caller *caller);

void replay_free(struct replay *replay); /* after what it runs in */

#endif
