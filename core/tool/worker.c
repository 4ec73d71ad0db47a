/* A worker of the tool's own: the same program, locked in the same way. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/litter.h"
#include "core/base/slate.h"
#include "core/tool/tool.h"
#include "core/tool/worker.h"

#define WORKER_SOCKET 3
#define WORKER_SLATE 4

/* Both may have the number that the other one is to get: out of the way first.
   Whatever else is open the worker closes itself. */
static _Noreturn void worker_exec(const char *program, int socket, int slate)
{
	char *argv[] = { (char *)"dateline-worker", NULL }, *env[] = { NULL };

	socket = fcntl(socket, F_DUPFD, WORKER_SLATE + 1);
	slate = fcntl(slate, F_DUPFD, WORKER_SLATE + 1);
	dup2(socket, WORKER_SOCKET);
	dup2(slate, WORKER_SLATE);
	execve(program, argv, env);
	_exit(EX_UNAVAILABLE);
}

static void worker_fork(struct worker *worker, const char *program)
{
	int pair[2], slate;

	if (access(program, X_OK) != 0)
		tool_die(EX_UNAVAILABLE, "no worker: %s: %s", program,
		    strerror(errno));
	slate_drop(worker->slate);
	worker->slate = slate_make(&slate);
	if (worker->slate == NULL ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		tool_die(
		    EX_OSERR, "no socket for a worker: %s", strerror(errno));
	worker->process = fork();
	if (worker->process < 0)
		tool_die(EX_OSERR, "no worker: %s", strerror(errno));
	if (worker->process == 0)
		worker_exec(program, pair[1], slate);
	close(pair[1]);
	close(slate);
	worker->socket = pair[0];
}

/* How the worker came to its end, as a reason. */
static const char *worker_end(struct worker *worker)
{
	int status;

	close(worker->socket);
	waitpid(worker->process, &status, 0);
	worker->process = 0;
	if (WIFSIGNALED(status))
		return strsignal(WTERMSIG(status));
	return "it ended by itself";
}

/* What it says when it is ready, or what is to be said of it when it dies. */
static bool told(
    struct worker *worker, struct arena *arena, struct ready *ready)
{
	char through[MESSAGE_PIECE];
	const char *plugin = NULL;
	enum message kind;

	while (
	    message_receive(worker->socket, through, &worker->fields, &kind)) {
		const char *bytes = worker->fields.bytes;
		size_t len = worker->fields.len;

		if (kind == MESSAGE_READY)
			return message_get_ready(arena, bytes, len, ready);
		if (kind != MESSAGE_LOADING ||
		    !message_get_loading(arena, bytes, len, &plugin))
			return false;
		plugin = arena_dup(arena, plugin);
	}
	if (plugin == NULL)
		return false;
	message_not_ready(arena, plugin,
	    arena_printf(arena, "the worker died: %s", worker_end(worker)),
	    ready);
	return true;
}

void worker_open(struct worker *worker, const char *program,
    const struct setup *setup, struct arena *arena, struct ready *ready)
{
	struct buf out = { 0 };
	char through[MESSAGE_PIECE];

	signal(SIGPIPE, SIG_IGN);
	worker_fork(worker, program);
	message_put_setup(&out, setup);
	if (!message_send(worker->socket, through, &out) ||
	    !told(worker, arena, ready))
		tool_die(
		    EX_UNAVAILABLE, "%s: the worker did not start", program);
	buf_free(&out);
	signal(SIGPIPE, SIG_DFL);
}

bool worker_begin(struct worker *worker, struct conf *conf)
{
	struct arena arena = { 0 };
	struct setup setup;
	struct ready ready;
	bool fine;

	conf_setup(conf, &setup);
	worker_open(worker, conf->worker, &setup, &arena, &ready);
	fine = conf_settle(conf, &ready, stderr);
	arena_reset(&arena);
	return fine;
}

void worker_start(struct worker *worker, struct conf *conf)
{
	if (!worker_begin(worker, conf))
		exit(EX_CONFIG);
}

/* What it said last stays. */
static void worker_leave(struct worker *worker)
{
	if (worker->process <= 0)
		return;
	close(worker->socket);
	kill(worker->process, SIGKILL);
	waitpid(worker->process, NULL, 0);
	worker->process = 0;
}

void worker_stop(struct worker *worker)
{
	worker_leave(worker);
	slate_drop(worker->slate);
	worker->slate = NULL;
	buf_free(&worker->fields);
	buf_free(&worker->told);
}

/* Whose code was at it, as far as that is known. */
static void result_fail(const struct worker *worker, struct arena *arena,
    struct result *result, const char *what, const char *why)
{
	char name[SLATE_NAME];
	const char *plugin = slate_read(worker->slate, name);
	struct buf text = { 0 };

	if (plugin != NULL)
		buf_printf(&text, "plugin %s: ", plugin);
	buf_printf(&text, "%s: %s", what, why);
	*result = (struct result){ .verdict = DL_FAIL,
		.reason = arena_dup(arena, text.bytes) };
	buf_free(&text);
}

/* The first time is enough. */
static void tell(struct worker *worker, const struct litter *litter,
    void (*say)(struct buf *out, const struct litter *litter))
{
	struct buf line = { 0 };

	say(&line, litter);
	buf_text(&line, "\n");
	if (worker->told.len == 0 ||
	    strstr(worker->told.bytes, line.bytes) == NULL) {
		fprintf(stderr, "dateline: %s", line.bytes);
		buf_text(&worker->told, line.bytes);
	}
	buf_free(&line);
}

static void litter_tell(struct worker *worker, const struct result *result)
{
	size_t i;

	for (i = 0; i < result->n_litter; i++) {
		const struct litter *litter = &result->litter[i];

		if (litter->statics > 0)
			tell(worker, litter, litter_say_statics);
		if (litter->heap > 0)
			tell(worker, litter, litter_say_heap);
	}
}

void worker_order(struct worker *worker, struct arena *arena,
    const struct order *order, int64_t patience, struct result *result)
{
	struct pollfd fd = { .fd = worker->socket, .events = POLLIN };
	struct order numbered = *order;
	struct buf out = { 0 };
	char through[MESSAGE_PIECE];
	enum message kind;

	signal(SIGPIPE, SIG_IGN);
	arc4random_buf(&numbered.number, sizeof(numbered.number));
	message_put_order(&out, &numbered);
	if (message_send(worker->socket, through, &out) &&
	    poll(&fd, 1, (int)patience) == 0) {
		kill(worker->process, SIGKILL);
		result_fail(worker, arena, result, "the worker was killed",
		    "its patience is over");
		worker_end(worker);
	} else if (!message_receive(
		       worker->socket, through, &worker->fields, &kind)) {
		result_fail(worker, arena, result, "the worker died",
		    worker_end(worker));
	} else if (kind != MESSAGE_RESULT ||
	    !message_get_result(
		arena, worker->fields.bytes, worker->fields.len, result) ||
	    result->number != numbered.number) {
		result_fail(worker, arena, result,
		    "the worker broke the protocol", "no result");
		worker_stop(worker);
	}
	litter_tell(worker, result);
	if (result->last)
		worker_leave(worker);
	buf_free(&out);
	signal(SIGPIPE, SIG_DFL);
}

void worker_about(struct order *order, const struct source *source)
{
	order->source = source->name;
	order->plugin = source->plugin;
	order->agency = source->agency;
	order->zone = source->zone;
	order->extractors = source->extractors;
	order->options = source->options;
	order->n_options = source->n_options;
}
