/*
 * The status as text, for the tool, for monitoring and for the status page.
 * That of a thousand sources is long: the loop only takes down what there is,
 * and a thread puts it into words. However many ask meanwhile, they are told
 * together, next; so nobody is told what is older than his question.
 */
#ifndef TELLER_H
#define TELLER_H

#include <jansson.h>
#include <uv.h>

#include "core/base/buf.h"

enum told_as {
	TOLD_STATUS,          /* a JSON object */
	TOLD_METRICS,         /* see metrics.h */
	TOLD_OPEN_METRICS,    /* the same, as OpenMetrics */
	TOLD_METRICS_IN_JSON, /* {"metrics": TOLD_METRICS} */
	N_TOLD_AS
};

struct told { /* one text, for all who asked for it */
	struct buf text;
	unsigned holders;
};

struct asker { /* the caller's, until he is told */
	enum told_as as;
	/* On the loop, later, once. NULL: there is no status yet, or the daemon
	   ends. Who wants to keep it holds it. */
	void (*told)(struct asker *asker, struct told *told);
	struct asker *next;
};

struct teller;

/* `status` makes the status_json() of now, or NULL. */
struct teller *teller_new(
    uv_loop_t *loop, json_t *(*status)(void *whose), void *whose);

void teller_ask(struct teller *teller, struct asker *asker);

/* For the loop's thread alone, as all the rest. */
struct told *told_hold(struct told *told);
void told_release(struct told *told);

void teller_stop(struct teller *teller); /* all are told NULL; then free */
void teller_free(struct teller *teller);

#endif
