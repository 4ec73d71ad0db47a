/*
 * Extraction once more, over pages that lie on the disk: of a replay those that
 * are kept, of a retry those in quarantine. They are read on the thread, a
 * moment at a time, for records have to be written there, too; some of them are
 * at work at a time, beside all that the daemon does; and whoever has asked has
 * his answer when all are done. One of all kinds is under way at a time.
 */
#ifndef AGAIN_H
#define AGAIN_H

#include "core/base/kept.h"
#include "core/base/limits.h"
#include "core/daemon/control.h"
#include "core/daemon/ingest.h"
#include "core/daemon/queue.h"

struct again;

/* ms that a take() may hold the thread up. */
#define AGAIN_MOMENT 50

enum taken {
	TAKEN,       /* there is a page */
	TAKEN_LATER, /* the moment is over: take() is called again */
	TAKEN_BAD,   /* one that cannot be read, which was told in the log */
	TAKEN_ALL,   /* there are no more */
	TAKEN_ERROR, /* nor can there be: errno */
};

struct again_page { /* until take() is called again */
	const struct kept_page *first;
	const struct order_page *pages;
	size_t n;
	const char *name; /* for tried(); copied; or NULL */
	int64_t version;
};

/* What came of it; as long as tried() runs. */
struct again_result {
	const char *name;
	int64_t version;
	const char *id;
	const char *reason; /* why it was not understood; NULL: it was */
};

struct again_kind {
	const char *word;  /* for the log: "replay" */
	const char *lines; /* what it calls those that it appends */
	bool goes_on;      /* see struct again_order */

	/* On the thread: the next page; and what came of one. `tried` may be
	   NULL. */
	enum taken (*take)(void *whose, struct again_page *page);
	void (*tried)(void *whose, const struct again_result *result);

	/* On the loop: all is done, or the daemon ends. What was read can be
	   freed. */
	void (*ended)(void *whose);
};

struct again *again_new(struct queue *queue, struct ingest *ingest);

/* The answer to what cannot be begun. */
void again_refuse(struct caller *caller, const char *complaint);

/* Whether nothing can be begun now: the caller has his answer then, with
   "busy":true if something is under way. */
bool again_refused(struct again *again, struct caller *caller);

/*
 * To be called when it is not refused. The caller is answered at the end:
 * {"ok":true, "pages", the lines that were appended, under the name that the
 * kind has for them, "first" (the number of the first of them), "failed" (pages
 * of which no record came)}; or {"ok":false, "complaints"}.
 */
void again_begin(struct again *again, const struct again_kind *kind,
    void *whose, struct caller *caller);

/* Ends what is under way, and says so. What was appended stays. */
void again_stop(struct again *again);
void again_free(struct again *again); /* nobody may call back any more */

#endif
