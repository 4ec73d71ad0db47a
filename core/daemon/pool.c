/*
 * The worker processes. A worker lives like this:
 *
 *     start --setup--> (loading... ready) --> idle <--> at work (order, result)
 *       any of them --> dying --> gone, when process and socket are closed
 *
 * A worker belongs to a generation: the setup it was started with. The pool
 * works with one generation, and perhaps tries the next one.
 *
 * A plugin may have done anything to its worker, so nothing that comes from
 * there is believed: an answer is one only if it has the number of the order,
 * which is made by chance, and who is to blame for a death is read from a slate
 * that was shared, and only a name that is known counts.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/limits.h"
#include "core/base/log.h"
#include "core/base/slate.h"
#include "core/base/xalloc.h"
#include "core/daemon/pool.h"

#define WORKER_SOCKET 3
#define WORKER_SLATE 4
#define START_PATIENCE 30000 /* ms to load plugins and places */
#define RESTART_PAUSE 1000   /* ms before another try where starting failed */

struct generation {
	struct pool_settings settings;
	struct buf setup; /* the message */
	int users;        /* workers of it, and the pool */
};

struct waiting { /* an order nobody works on yet */
	struct buf message;
	uint64_t number;
	struct blamed *plugin; /* the source's */
	int64_t patience;
	answer_fn *done;
	void *whose;
	struct waiting *next;
};

struct worker {
	struct pool *pool;
	struct generation *generation;
	uv_process_t process;
	uv_pipe_t socket;
	uv_timer_t deadline;
	int open; /* of the three handles above */
	bool is_ready, dying, exited;
	char *loading;   /* the plugin that it is at; NULL: none */
	bool silent;     /* all that it has said has come */
	const char *why; /* it dies */
	char *refused;   /* likewise, of one that could not start; or NULL */
	int signal;
	int64_t orders; /* carried out */
	struct buf in;
	struct slate *slate;   /* NULL: there is none */
	struct waiting *order; /* at work on; NULL: idle */
	struct worker *next;
};

struct pool {
	uv_loop_t *loop;
	struct generation *now, *tried;
	struct worker *workers;
	struct waiting *waiting, **waiting_end;
	int n_waiting;
	struct pool_counts counts;
	struct blame blame;
	uv_timer_t restart;
	char *trouble; /* why the last one did not start; NULL: it did */
	bool stopping;
	ready_fn *ready; /* waits for the tried generation */
	void *ready_whose;
};

static void pool_fill(struct pool *pool);
static void pool_hand_out(struct pool *pool);

void answer_free(struct answer *answer)
{
	arena_reset(&answer->arena);
	buf_free(&answer->bytes);
	free(answer);
}

static void generation_leave(struct generation *generation)
{
	if (generation == NULL || --generation->users > 0)
		return;
	buf_free(&generation->setup);
	free((char *)generation->settings.program);
	free(generation);
}

static void waiting_free(struct waiting *order)
{
	buf_free(&order->message);
	free(order);
}

/* ---- the end of a worker ---- */

static void order_lost(struct waiting *order, const char *why)
{
	struct answer *answer = xcalloc(1, sizeof(*answer));

	answer->lost = arena_dup(&answer->arena, why);
	order->done(order->whose, answer);
	waiting_free(order);
}

static void restart_due(uv_timer_t *timer)
{
	pool_fill(timer->data);
}

static void worker_unlink(struct worker *worker)
{
	struct worker **at = &worker->pool->workers;

	while (*at != worker)
		at = &(*at)->next;
	*at = worker->next;
}

static const char *worker_end(const struct worker *worker, struct arena *arena)
{
	if (worker->why != NULL)
		return worker->why;
	if (worker->signal == SIGSYS)
		return "the worker did what it must not: bad system call";
	if (worker->signal == 0)
		return "the worker ended by itself";
	return arena_printf(
	    arena, "the worker crashed: %s", strsignal(worker->signal));
}

/* Whose code was at it, as far as that is known; and how it ended. */
static const char *worker_why(
    const struct worker *worker, const char *plugin, struct arena *arena)
{
	const char *end = worker_end(worker, arena);

	if (plugin == NULL)
		return end;
	return arena_printf(arena, "plugin %s: %s", plugin, end);
}

static void tried_failed(struct pool *pool, const struct ready *said)
{
	ready_fn *ready = pool->ready;

	pool->ready = NULL;
	if (ready != NULL)
		ready(pool->ready_whose, said);
}

/* It is tried again each second, and told when it is another one; NULL: it is
   over. */
static void start_trouble(struct pool *pool, const char *why)
{
	if (why != NULL &&
	    (pool->trouble == NULL || strcmp(pool->trouble, why) != 0))
		log_err("a worker did not start: %s", why);
	if (why == NULL && pool->trouble != NULL)
		log_info("workers start again");
	free(pool->trouble);
	pool->trouble = xstrdup(why);
}

/* It never came so far that it took an order. */
static void start_failed(struct worker *worker, const char *why)
{
	struct pool *pool = worker->pool;
	struct ready said = { .refused = why };
	struct arena arena = { 0 };
	bool at_plugin = worker->loading != NULL;

	if (at_plugin)
		message_not_ready(&arena, worker->loading, why, &said);
	if (worker->generation == pool->tried) {
		tried_failed(pool, at_plugin ? &said : NULL);
		pool_fill(pool);
	} else if (!pool->stopping) {
		start_trouble(pool, said.refused);
		uv_timer_start(&pool->restart, restart_due, RESTART_PAUSE, 0);
	}
	arena_reset(&arena);
}

/* Process, socket and deadline are closed: the last of it. */
static void worker_gone(struct worker *worker)
{
	struct pool *pool = worker->pool;
	struct waiting *order = worker->order;
	struct arena arena = { 0 };
	char name[SLATE_NAME];
	const char *by = slate_read(worker->slate, name);
	const char *why = worker_why(worker, by, &arena);

	worker_unlink(worker);
	if (order != NULL && !pool->stopping) {
		pool->counts.lost++;
		pool->counts.moves++;
		blame_lost(&pool->blame, order->plugin, by);
		order_lost(order, why);
	} else if (order != NULL) {
		waiting_free(order);
	}
	if (!worker->is_ready)
		start_failed(worker, why);
	else
		pool_fill(pool);
	arena_reset(&arena);
	generation_leave(worker->generation);
	slate_drop(worker->slate);
	free(worker->refused);
	buf_free(&worker->in);
	free(worker->loading);
	free(worker);
}

static void handle_closed(uv_handle_t *handle)
{
	struct worker *worker = handle->data;

	if (--worker->open == 0)
		worker_gone(worker);
}

static void worker_die(struct worker *worker, const char *why)
{
	if (worker->dying)
		return;
	worker->dying = true;
	worker->why = why;
	uv_close((uv_handle_t *)&worker->deadline, handle_closed);
	uv_close((uv_handle_t *)&worker->socket, handle_closed);
	if (!worker->exited)
		uv_process_kill(&worker->process, SIGKILL);
}

static bool worker_is_idle(const struct worker *worker)
{
	return worker->is_ready && worker->order == NULL;
}

/* Its exit tells why, and may be heard of before its last word was: a worker
   that leaves has answered. Only when both have come it is over. */
static void worker_silent(struct worker *worker)
{
	worker->silent = true;
	if (worker->exited)
		worker_die(worker, NULL);
	else if (worker_is_idle(worker))
		worker_die(worker, "it has hung up");
}

static void process_exited(uv_process_t *process, int64_t status, int signal)
{
	struct worker *worker = process->data;

	(void)status;
	worker->signal = signal;
	worker->exited = true;
	if (worker->silent || worker_is_idle(worker))
		worker_die(worker, NULL);
	uv_close((uv_handle_t *)process, handle_closed);
}

/* One that has ended is waited for no longer: a process that a plugin began
   before the lock-in may have its socket. */
static void patience_over(uv_timer_t *timer)
{
	struct worker *worker = timer->data;

	if (worker->exited)
		worker_die(worker, NULL);
	else
		worker_die(worker,
		    worker->is_ready
			? "the worker's patience is over: it took too long for "
			  "one page"
			: "the worker's patience is over: it took too long to "
			  "start");
}

/* ---- what a worker says ---- */

static void answered(struct worker *worker, size_t fields)
{
	struct answer *answer = xcalloc(1, sizeof(*answer));
	struct waiting *order = worker->order;

	buf_add(&answer->bytes, worker->in.bytes + MESSAGE_HEAD, fields);
	buf_shift(&worker->in, MESSAGE_HEAD + fields);
	if (!message_get_result(&answer->arena, answer->bytes.bytes,
		answer->bytes.len, &answer->result) ||
	    answer->result.number != order->number) {
		answer_free(answer);
		worker_die(worker, "the worker broke the protocol");
		return;
	}
	worker->order = NULL;
	worker->orders++;
	worker->pool->counts.moves++;
	uv_timer_stop(&worker->deadline);
	blame_answered(&worker->pool->blame, order->plugin, &answer->result);
	if (answer->result.last)
		worker_die(worker, "it has said that it leaves");
	order->done(order->whose, answer);
	waiting_free(order);
	pool_hand_out(worker->pool);
}

/* Who does not come so far that it is ready was killed by this plugin. */
static void is_loading(struct worker *worker, size_t fields)
{
	struct arena arena = { 0 };
	const char *plugin = NULL;

	if (!message_get_loading(
		&arena, worker->in.bytes + MESSAGE_HEAD, fields, &plugin))
		worker_die(worker, "the worker broke the protocol");
	free(worker->loading);
	worker->loading = plugin != NULL ? xstrdup(plugin) : NULL;
	buf_shift(&worker->in, MESSAGE_HEAD + fields);
	arena_reset(&arena);
}

/* What this setup had loaded before may be another file by now: pages wait for
   somebody to look, instead of failing one by one. NULL, or a sentence, which
   is the caller's. */
static char *refused(const struct ready *said)
{
	struct buf text = { 0 };
	size_t i;

	for (i = 0; i < said->n_plugins && text.len == 0; i++) {
		if (said->plugins[i].refused != NULL)
			buf_printf(&text, "plugin %s: %s",
			    said->plugins[i].name, said->plugins[i].refused);
	}
	if (text.len == 0 && said->refused != NULL)
		buf_text(&text, said->refused);
	return text.bytes;
}

static void became_ready(struct worker *worker, size_t fields)
{
	struct pool *pool = worker->pool;
	ready_fn *ready = pool->ready;
	struct arena arena = { 0 };
	struct ready said;
	bool fine = message_get_ready(
	    &arena, worker->in.bytes + MESSAGE_HEAD, fields, &said);

	uv_timer_stop(&worker->deadline);
	if (!fine) {
		worker_die(worker, "the worker broke the protocol");
	} else if (worker->generation == pool->tried && ready != NULL) {
		worker->is_ready = true;
		pool->ready = NULL;
		ready(pool->ready_whose, &said);
	} else if ((worker->refused = refused(&said)) != NULL) {
		worker_die(worker, worker->refused);
	} else {
		worker->is_ready = true;
		start_trouble(pool, NULL);
	}
	arena_reset(&arena);
	if (!worker->dying)
		buf_shift(&worker->in, MESSAGE_HEAD + fields);
	pool_hand_out(pool);
}

static void message_arrived(
    struct worker *worker, enum message kind, size_t fields)
{
	if (kind == MESSAGE_LOADING && !worker->is_ready)
		is_loading(worker, fields);
	else if (kind == MESSAGE_READY && !worker->is_ready)
		became_ready(worker, fields);
	else if (kind == MESSAGE_RESULT && worker->order != NULL)
		answered(worker, fields);
	else
		worker_die(worker, "the worker broke the protocol");
	if (worker->exited && worker_is_idle(worker))
		worker_die(worker, NULL); /* that was its last word */
}

static void room_wanted(uv_handle_t *handle, size_t suggested, uv_buf_t *room)
{
	(void)handle;
	room->base = xcalloc(1, suggested);
	room->len = suggested;
}

static void bytes_arrived(uv_stream_t *stream, ssize_t n, const uv_buf_t *room)
{
	struct worker *worker = stream->data;
	enum message kind;
	size_t fields;

	if (n > 0)
		buf_add(&worker->in, room->base, (size_t)n);
	free(room->base);
	if (n < 0) {
		uv_read_stop(stream);
		worker_silent(worker);
		return;
	}
	while (!worker->dying &&
	    message_head(worker->in.bytes, worker->in.len, &kind, &fields)) {
		if (fields > LIMIT_MESSAGE)
			worker_die(worker, "the worker broke the protocol");
		else if (worker->in.len < MESSAGE_HEAD + fields)
			return;
		else
			message_arrived(worker, kind, fields);
	}
}

/* ---- the beginning of a worker ---- */

struct sending {
	uv_write_t request;
	struct buf message;
};

static void sent(uv_write_t *request, int status)
{
	struct sending *sending = request->data;

	(void)status; /* who cannot be written to has exited, or will */
	buf_free(&sending->message);
	free(sending);
}

/* Takes the message over: a page is not copied once more on the loop. */
static void worker_send(struct worker *worker, struct buf *message)
{
	struct sending *sending = xcalloc(1, sizeof(*sending));
	uv_buf_t bytes;

	sending->message = *message;
	*message = (struct buf){ 0 };
	bytes =
	    uv_buf_init(sending->message.bytes, (unsigned)sending->message.len);
	sending->request.data = sending;
	if (uv_write(&sending->request, (uv_stream_t *)&worker->socket, &bytes,
		1, sent) != 0)
		sent(&sending->request, 0);
}

/* Without a slate nobody is named, and all else goes on. */
static void slate_give(struct worker *worker, uv_stdio_container_t *stdio)
{
	int fd;

	worker->slate = slate_make(&fd);
	if (worker->slate == NULL)
		return;
	stdio->flags = UV_INHERIT_FD;
	stdio->data.fd = fd;
}

static int worker_spawn(struct worker *worker)
{
	char *argv[] = { (char *)worker->generation->settings.program, NULL };
	char *env[] = { NULL };
	uv_stdio_container_t stdio[WORKER_SLATE + 1] = {
		{ .flags = UV_IGNORE },
		{ .flags = UV_IGNORE },
		{ .flags = UV_INHERIT_FD, .data.fd = 2 },
		{ .flags = UV_CREATE_PIPE | UV_READABLE_PIPE | UV_WRITABLE_PIPE,
		    .data.stream = (uv_stream_t *)&worker->socket },
		{ .flags = UV_IGNORE },
	};
	uv_process_options_t options = { .exit_cb = process_exited,
		.file = argv[0],
		.args = argv,
		.env = env,
		.stdio = stdio,
		.stdio_count = WORKER_SLATE + 1 };
	int error;

	slate_give(worker, &stdio[WORKER_SLATE]);
	error = uv_spawn(worker->pool->loop, &worker->process, &options);
	if (worker->slate != NULL)
		close(stdio[WORKER_SLATE].data.fd);
	return error;
}

static void worker_start(struct pool *pool, struct generation *generation)
{
	struct worker *worker = xcalloc(1, sizeof(*worker));
	struct buf setup = { 0 };
	int error;

	worker->pool = pool;
	worker->generation = generation;
	generation->users++;
	worker->process.data = worker->socket.data = worker->deadline.data =
	    worker;
	uv_pipe_init(pool->loop, &worker->socket, 0);
	uv_timer_init(pool->loop, &worker->deadline);
	worker->open = 3;
	worker->next = pool->workers;
	pool->workers = worker;
	pool->counts.started++;
	pool->counts.moves++;
	error = worker_spawn(worker);
	if (error != 0) {
		log_err(
		    "%s: %s", generation->settings.program, uv_strerror(error));
		worker->exited = true;
		worker_die(worker, "it could not be started");
		uv_close((uv_handle_t *)&worker->process, handle_closed);
		return;
	}
	uv_read_start(
	    (uv_stream_t *)&worker->socket, room_wanted, bytes_arrived);
	buf_add(&setup, generation->setup.bytes, generation->setup.len);
	worker_send(worker, &setup);
	uv_timer_start(&worker->deadline, patience_over, START_PATIENCE, 0);
}

/* ---- the pool ---- */

/* Whether the worker goes on after what it has done: those of an older setup
   do not, nor those that have seen enough pages. */
static bool worker_is_spent(const struct worker *worker)
{
	return worker->generation != worker->pool->now ||
	    worker->orders >= worker->generation->settings.pages_per_worker;
}

/* There are as many workers as there should be; old ones leave when idle. */
static void pool_fill(struct pool *pool)
{
	struct worker *worker, *next;
	int fresh = 0;

	if (pool->stopping || pool->now == NULL)
		return;
	for (worker = pool->workers; worker != NULL; worker = next) {
		next = worker->next;
		if (worker->dying)
			continue;
		if (worker->generation == pool->tried)
			continue;
		if (worker->order == NULL && worker->is_ready &&
		    worker_is_spent(worker))
			worker_die(worker, "it has done its share");
		else if (!worker_is_spent(worker))
			fresh++;
	}
	for (; fresh < pool->now->settings.workers; fresh++)
		worker_start(pool, pool->now);
}

static void worker_take(struct worker *worker, struct waiting *order)
{
	worker->order = order;
	worker->pool->counts.orders++;
	worker_send(worker, &order->message);
	uv_timer_start(
	    &worker->deadline, patience_over, (uint64_t)order->patience, 0);
}

static bool is_suspected(const struct waiting *order)
{
	return order->plugin->suspected > 0;
}

/* How many orders of suspects may be given out: of several workers one is kept
   for the others, who would else wait until a patience is over. */
static int room_for_suspects(const struct pool *pool)
{
	const struct worker *worker = pool->workers;
	int64_t room = pool->now->settings.workers - 1;

	if (room < 1)
		room = 1;
	for (; worker != NULL; worker = worker->next)
		room -= worker->order != NULL && is_suspected(worker->order);
	return (int)room;
}

/* The first that may be given out; it waits no longer. NULL: none. */
static struct waiting *waiting_next(struct pool *pool)
{
	struct waiting **at = &pool->waiting, *order;
	bool any = room_for_suspects(pool) > 0;

	while (*at != NULL && !any && is_suspected(*at))
		at = &(*at)->next;
	order = *at;
	if (order == NULL)
		return NULL;
	*at = order->next;
	if (*at == NULL)
		pool->waiting_end = at;
	pool->n_waiting--;
	return order;
}

static void pool_hand_out(struct pool *pool)
{
	struct worker *worker;
	struct waiting *order;

	pool_fill(pool);
	for (worker = pool->workers; worker != NULL; worker = worker->next) {
		if (worker->dying || worker->exited || !worker->is_ready ||
		    worker->order != NULL || worker->generation != pool->now)
			continue;
		order = waiting_next(pool);
		if (order == NULL)
			return;
		worker_take(worker, order);
	}
}

struct pool *pool_new(uv_loop_t *loop)
{
	struct pool *pool = xcalloc(1, sizeof(*pool));

	pool->loop = loop;
	pool->waiting_end = &pool->waiting;
	uv_timer_init(loop, &pool->restart);
	pool->restart.data = pool;
	return pool;
}

void pool_try(struct pool *pool, const struct pool_settings *settings,
    const struct setup *setup, ready_fn *ready, void *whose)
{
	struct generation *generation = xcalloc(1, sizeof(*generation));
	const struct dl_list *plugin = setup->plugins;

	generation->settings = *settings;
	generation->settings.program = xstrdup(settings->program);
	generation->users = 1;
	message_put_setup(&generation->setup, setup);
	for (; plugin != NULL; plugin = plugin->next)
		blame_of(&pool->blame, plugin->text);
	pool->tried = generation;
	pool->ready = ready;
	pool->ready_whose = whose;
	worker_start(pool, generation);
}

void pool_adopt(struct pool *pool)
{
	generation_leave(pool->now);
	pool->now = pool->tried;
	pool->tried = NULL;
	blame_anew(&pool->blame);
	pool_hand_out(pool);
}

void pool_forget(struct pool *pool)
{
	struct worker *worker;

	for (worker = pool->workers; worker != NULL; worker = worker->next) {
		if (worker->generation == pool->tried)
			worker_die(worker, "its configuration was refused");
	}
	generation_leave(pool->tried);
	pool->tried = NULL;
}

void pool_order(struct pool *pool, const struct order *order, int64_t patience,
    answer_fn *done, void *whose)
{
	struct waiting *waiting = xcalloc(1, sizeof(*waiting));
	struct order numbered = *order;

	arc4random_buf(&numbered.number, sizeof(numbered.number));
	waiting->number = numbered.number;
	waiting->plugin = blame_of(&pool->blame, order->plugin);
	waiting->patience = patience;
	waiting->done = done;
	waiting->whose = whose;
	message_put_order(&waiting->message, &numbered);
	*pool->waiting_end = waiting;
	pool->waiting_end = &waiting->next;
	pool->n_waiting++;
	pool_hand_out(pool);
}

static void patience_count(
    struct pool_counts *counts, const struct waiting *order)
{
	if (order->patience > counts->patience)
		counts->patience = order->patience;
}

void pool_counts(const struct pool *pool, struct pool_counts *counts)
{
	const struct worker *worker;
	const struct waiting *order;

	*counts = pool->counts;
	counts->working = counts->idle = 0;
	counts->waiting = pool->n_waiting;
	for (worker = pool->workers; worker != NULL; worker = worker->next) {
		counts->working += worker->order != NULL;
		counts->idle += worker->is_ready && worker->order == NULL;
		if (worker->order != NULL)
			patience_count(counts, worker->order);
	}
	for (order = pool->waiting; order != NULL; order = order->next)
		patience_count(counts, order);
}

const struct blame *pool_blame(const struct pool *pool)
{
	return &pool->blame;
}

void pool_stop(struct pool *pool)
{
	struct worker *worker;

	pool->stopping = true;
	uv_close((uv_handle_t *)&pool->restart, NULL);
	for (worker = pool->workers; worker != NULL; worker = worker->next)
		worker_die(worker, "the daemon ends");
}

void pool_free(struct pool *pool)
{
	struct waiting *order;

	while ((order = pool->waiting) != NULL) {
		pool->waiting = order->next;
		waiting_free(order);
	}
	blame_free(&pool->blame);
	free(pool->trouble);
	generation_leave(pool->now);
	generation_leave(pool->tried);
	free(pool);
}
