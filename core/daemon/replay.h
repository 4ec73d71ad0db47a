/*
 * Extraction once more, over the pages that are kept: of each story the newest
 * one, in the order in which they came. What differs from the spool is
 * appended to it. One replay at a time, beside all that the daemon does.
 */
#ifndef REPLAY_H
#define REPLAY_H

#include "core/daemon/control.h"
#include "core/daemon/ingest.h"
#include "core/daemon/queue.h"

struct replay;

/* What the control socket's word begins with; a JSON object follows, with what
   is wanted: "source", "id", and "since" in milliseconds since 1970. */
#define REPLAY_WORD "replay "

/* `folder` is that of the pages. */
struct replay *replay_new(
    struct queue *queue, struct ingest *ingest, const char *folder);

/*
 * The caller is answered when all is done: {"ok":true, "pages", "revisions"
 * (lines that were appended), "first" (the number of the first of them),
 * "failed" (pages that came to nothing)}. Where it cannot be, at once or on the
 * way: {"ok":false, "complaints"}, with "busy":true if another is under way.
 */
void replay_asked(
    struct replay *replay, const char *wanted, struct caller *caller);

/* Ends what is under way, and says so. What was appended stays. */
void replay_stop(struct replay *replay);
void replay_free(struct replay *replay); /* nobody may call back any more */

#endif
