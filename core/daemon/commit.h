/*
 * Records on their way into the spool. They are collected for a moment, then
 * become one commit: first the lines are on the disk and visible, then the
 * state says so. A crash between the two is mended by commit_recover().
 *
 * Where the disk fails, what was collected waits, and is tried again; nothing
 * is lost, and commit_trouble() tells.
 */
#ifndef COMMIT_H
#define COMMIT_H

#include <stdbool.h>
#include <uv.h>

#include "core/base/conf.h"
#include "core/daemon/histogram.h"
#include "core/daemon/keeper.h"
#include "core/daemon/pool.h"
#include "core/daemon/queue.h"
#include "core/daemon/record.h"
#include "core/daemon/seen.h"
#include "spool/writer.h"

struct committer;

struct committed {      /* what became of the records of one page */
	enum news news; /* of the first of them */
	int64_t revision;
	uint64_t seq; /* 0: no line was written */
	bool own;     /* the entry's own record was one of them */
	bool withdrawn;
	unsigned filled;   /* bits of enum drift_field, of the first */
	const char *brief; /* likewise, as in struct composed; gone after */
	int64_t lag;       /* likewise */
};

typedef void committed_fn(void *whose, const struct committed *committed);

/* The keeper is told when a segment is finished and when the disk fails. */
struct committer *commit_new(uv_loop_t *loop, struct queue *queue,
    struct seen *seen, struct spool_writer *writer, struct keeper *keeper);
void commit_set(struct committer *committer, const struct conf *conf);

struct visit {          /* to an entry's page; until `done` is called */
	const char *id; /* the entry's */
	const struct source *source;
	struct validators validators; /* of the page, for the next visit */
	const char *hash;             /* of its bytes; or NULL */
	bool once; /* the page is not looked at again: it came with the feed */
	bool any;  /* what other extractors have changed is a revision, too */
};

/*
 * The records of an entry's page; the answer is taken over. `done` is called
 * once, later, when its lines cannot be lost any more.
 */
void commit_add(struct committer *committer, const struct visit *visit,
    struct answer *answer, committed_fn *done, void *whose);

/* The entry's page has gone: its record is withdrawn. */
void commit_withdraw(struct committer *committer, const struct visit *visit,
    committed_fn *done, void *whose);

/* Seconds that it took to make what was collected safe, each time. */
const struct histogram *commit_latency(const struct committer *committer);

/* What is wrong with the disk, as a sentence; NULL: nothing. */
const char *commit_trouble(const struct committer *committer);

/* Called whenever the trouble has come or gone. */
void commit_on_trouble(
    struct committer *committer, void (*changed)(void *), void *whose);

/* Writes what is collected, once more; the loop ends after that. Then
   commit_free(). */
void commit_stop(struct committer *committer);
void commit_free(struct committer *committer);

/* The spool of a configuration, to be written by us alone. NULL, *status being
   what the process ends with, and why is logged. */
struct spool_writer *commit_writer(const struct conf *conf, int *status);

/*
 * Before the loop runs; blocks. Makes the end of the spool whole, brings state
 * and spool together, and says in `found` what it found. False and a sentence
 * on what is wrong, which the caller frees.
 */
bool commit_recover(struct seen *seen, struct spool_writer *writer,
    const char *folder, struct spool_recovered *found, char **why);

#endif
