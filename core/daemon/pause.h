/*
 * What an operator asks of a source, over the control socket: to be looked at
 * now, to rest, to go on. One that rests does so after a restart, too: its
 * feeds are not looked at, and no page of it is fetched; what is under way
 * ends.
 */
#ifndef PAUSE_H
#define PAUSE_H

#include <stdbool.h>

#include "core/base/conf.h"
#include "core/daemon/control.h"
#include "core/daemon/ingest.h"
#include "core/daemon/seen.h"

#define POLL_WORD "poll "
#define PAUSE_WORD "pause "
#define RESUME_WORD "resume "

/* The answer is {"ok":true}, and of a poll "feeds": so many have their turn
   now; others are being looked at. Or {"ok":false, "complaints"}. */
void poll_asked(
    struct ingest *ingest, const char *source, struct caller *caller);
void pause_asked(struct ingest *ingest, const char *source, bool paused,
    struct caller *caller);

/* Before the first edition: marks those that rested. Blocks. */
bool pause_remember(struct seen *seen, struct conf *conf);

#endif
