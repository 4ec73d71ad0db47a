/* What there is is taken down on the loop, and put into words on a thread. */
#include <stdbool.h>
#include <stdlib.h>

#include "core/base/xalloc.h"
#include "core/daemon/metrics.h"
#include "core/daemon/teller.h"

struct teller {
	uv_work_t work;
	uv_timer_t timer; /* the next round, when the loop comes around */
	json_t *(*status)(void *whose);
	void *whose;
	struct asker *waiting; /* for the next round, */
	struct asker *asking;  /* and those of this one */
	bool telling;

	json_t *taken; /* the thread's, while it tells; so are these */
	struct told *told[N_TOLD_AS]; /* NULL: nobody wants it */
};

/* ---- on the thread ---- */

static int json_more(const char *bytes, size_t len, void *out)
{
	buf_add(out, bytes, len);
	return 0;
}

static void status_put(struct buf *out, const json_t *status)
{
	json_dump_callback(status, json_more, out, JSON_COMPACT);
}

static void text_put(struct buf *out, const json_t *status)
{
	metrics_put(out, status, false);
}

static void open_text_put(struct buf *out, const json_t *status)
{
	metrics_put(out, status, true);
}

static void text_in_json_put(struct buf *out, const json_t *status)
{
	struct buf text = { 0 };
	json_t *object;

	metrics_put(&text, status, false);
	object = json_pack("{s:s}", "metrics", text.bytes);
	status_put(out, object);
	json_decref(object);
	buf_free(&text);
}

static void tell_work(uv_work_t *work)
{
	static void (*const put[N_TOLD_AS])(
	    struct buf * out, const json_t *status) = {
		[TOLD_STATUS] = status_put,
		[TOLD_METRICS] = text_put,
		[TOLD_OPEN_METRICS] = open_text_put,
		[TOLD_METRICS_IN_JSON] = text_in_json_put,
	};
	struct teller *teller = work->data;
	int i;

	for (i = 0; i < N_TOLD_AS; i++) {
		if (teller->told[i] != NULL)
			put[i](&teller->told[i]->text, teller->taken);
	}
	json_decref(teller->taken);
}

/* ---- on the loop ---- */

struct told *told_hold(struct told *told)
{
	told->holders++;
	return told;
}

void told_release(struct told *told)
{
	if (told == NULL || --told->holders > 0)
		return;
	buf_free(&told->text);
	free(told);
}

static void tell(struct asker *list, struct told *const told[N_TOLD_AS])
{
	struct asker *asker;

	while ((asker = list) != NULL) {
		list = asker->next;
		asker->told(asker, told[asker->as]);
	}
}

static struct asker *asked_take(struct asker **list)
{
	struct asker *taken = *list;

	*list = NULL;
	return taken;
}

static void round_end(struct teller *teller)
{
	int i;

	tell(asked_take(&teller->asking), teller->told);
	for (i = 0; i < N_TOLD_AS; i++) {
		told_release(teller->told[i]);
		teller->told[i] = NULL;
	}
}

static void round_due(uv_timer_t *timer);

static void told_all(uv_work_t *work, int status)
{
	struct teller *teller = work->data;

	(void)status;
	teller->telling = false;
	round_end(teller);
	if (teller->waiting != NULL)
		uv_timer_start(&teller->timer, round_due, 0, 0);
}

static void round_due(uv_timer_t *timer)
{
	struct teller *teller = timer->data;
	struct asker *asker;

	teller->asking = asked_take(&teller->waiting);
	teller->taken = teller->status(teller->whose);
	if (teller->taken == NULL) {
		round_end(teller);
		return;
	}
	for (asker = teller->asking; asker != NULL; asker = asker->next) {
		struct told **told = &teller->told[asker->as];

		if (*told == NULL)
			*told = told_hold(xcalloc(1, sizeof(**told)));
	}
	teller->telling = true;
	uv_queue_work(timer->loop, &teller->work, tell_work, told_all);
}

void teller_ask(struct teller *teller, struct asker *asker)
{
	asker->next = teller->waiting;
	teller->waiting = asker;
	if (!teller->telling)
		uv_timer_start(&teller->timer, round_due, 0, 0);
}

/* ---- the whole ---- */

struct teller *teller_new(
    uv_loop_t *loop, json_t *(*status)(void *whose), void *whose)
{
	struct teller *teller = xcalloc(1, sizeof(*teller));

	teller->status = status;
	teller->whose = whose;
	uv_timer_init(loop, &teller->timer);
	teller->timer.data = teller->work.data = teller;
	return teller;
}

/* What the thread is at comes to nothing. */
void teller_stop(struct teller *teller)
{
	static struct told *const none[N_TOLD_AS];

	if (teller == NULL)
		return;
	tell(asked_take(&teller->asking), none);
	tell(asked_take(&teller->waiting), none);
	uv_close((uv_handle_t *)&teller->timer, NULL);
}

void teller_free(struct teller *teller)
{
	free(teller);
}
