/*
 * Pages are let out of quarantine: because they are understood now, or because
 * somebody clears them away. And the state is told, so that an entry is in
 * quarantine only as long as its page is.
 */
#ifndef RELEASE_H
#define RELEASE_H

#include "core/daemon/again.h"
#include "core/daemon/seen.h"

struct release;

/*
 * What the control socket's word begins with; a JSON object follows: "do" is
 * "retry" or "clear"; and which pages: "source", "before" (kept before that, in
 * milliseconds since 1970), "names" (of files). What is not said, all fit.
 */
#define RELEASE_WORD "quarantine "

/* `folder` is that of the quarantine. The state is tidied up at once: somebody
   may have cleared it while nobody was there. */
struct release *release_new(struct again *again, struct queue *queue,
    struct seen *seen, struct ingest *ingest, const char *folder);

/* Of a retry the caller is answered as again_begin() does, of a clear by
   {"ok":true, "pages" (so many)}. */
void release_asked(
    struct release *release, const char *wanted, struct caller *caller);

/* On the thread. Entries in quarantine whose pages are not there are dropped.
 */
void release_tidy(struct seen *seen, const char *folder);

void release_free(struct release *release); /* after what it runs in */

#endif
