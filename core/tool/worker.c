/* A worker of the tool's own: the same program, locked in the same way. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/tool/tool.h"
#include "core/tool/worker.h"

#define WORKER_SOCKET 3

static _Noreturn void worker_exec(const char *program, int theirs)
{
	char *argv[] = { (char *)"dateline-worker", NULL }, *env[] = { NULL };

	if (theirs != WORKER_SOCKET) {
		dup2(theirs, WORKER_SOCKET);
		close(theirs);
	}
	execve(program, argv, env);
	_exit(EX_UNAVAILABLE);
}

static void worker_fork(struct worker *worker, const char *program)
{
	int pair[2];

	if (access(program, X_OK) != 0)
		tool_die(EX_UNAVAILABLE, "no worker: %s: %s", program,
		    strerror(errno));
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		tool_die(
		    EX_OSERR, "no socket for a worker: %s", strerror(errno));
	worker->process = fork();
	if (worker->process < 0)
		tool_die(EX_OSERR, "no worker: %s", strerror(errno));
	if (worker->process == 0)
		worker_exec(program, pair[1]);
	close(pair[1]);
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
	const char *plugin = NULL;
	enum message kind;

	while (message_receive(worker->socket, &worker->fields, &kind)) {
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

	signal(SIGPIPE, SIG_IGN);
	worker_fork(worker, program);
	message_put_setup(&out, setup);
	if (!message_send(worker->socket, &out) || !told(worker, arena, ready))
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
	buf_free(&worker->fields);
}

static void result_fail(struct arena *arena, struct result *result,
    const char *what, const char *why)
{
	struct buf text = { 0 };

	buf_printf(&text, "%s: %s", what, why);
	*result = (struct result){ .verdict = DL_FAIL,
		.reason = arena_dup(arena, text.bytes) };
	buf_free(&text);
}

void worker_order(struct worker *worker, struct arena *arena,
    const struct order *order, int64_t patience, struct result *result)
{
	struct pollfd fd = { .fd = worker->socket, .events = POLLIN };
	struct buf out = { 0 };
	enum message kind;

	signal(SIGPIPE, SIG_IGN);
	message_put_order(&out, order);
	if (message_send(worker->socket, &out) &&
	    poll(&fd, 1, (int)patience) == 0) {
		kill(worker->process, SIGKILL);
		result_fail(arena, result, "the worker was killed",
		    "its patience is over");
		worker_end(worker);
	} else if (!message_receive(worker->socket, &worker->fields, &kind)) {
		result_fail(
		    arena, result, "the worker died", worker_end(worker));
	} else if (kind != MESSAGE_RESULT ||
	    !message_get_result(
		arena, worker->fields.bytes, worker->fields.len, result)) {
		result_fail(arena, result, "the worker broke the protocol",
		    "no result");
		worker_stop(worker);
	}
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
