/* The control socket: a word comes in, one JSON object goes out. */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/buf.h"
#include "core/base/limits.h"
#include "core/base/xalloc.h"
#include "core/daemon/control.h"

#define CALLERS_MOST 32 /* at once: more is no operator */

struct caller {
	struct control *control;
	uv_pipe_t pipe;
	uv_write_t write;
	struct buf in, out;
	bool asked;  /* and waits for the answer */
	bool closed; /* gone before it came */
	struct caller *next, **from;
};

struct control {
	uv_pipe_t pipe;
	uv_loop_t *loop;
	char *path;
	asked_fn *asked;
	void *whose;
	struct caller *first; /* of those that are here */
	int callers;
};

static void caller_free(struct caller *caller)
{
	*caller->from = caller->next;
	if (caller->next != NULL)
		caller->next->from = caller->from;
	caller->control->callers--;
	buf_free(&caller->in);
	buf_free(&caller->out);
	free(caller);
}

static void caller_closed(uv_handle_t *handle)
{
	struct caller *caller = handle->data;

	caller->closed = true;
	if (!caller->asked)
		caller_free(caller);
}

static void caller_leave(struct caller *caller)
{
	if (!uv_is_closing((uv_handle_t *)&caller->pipe))
		uv_close((uv_handle_t *)&caller->pipe, caller_closed);
}

static void answer_sent(uv_write_t *write, int status)
{
	(void)status; /* who does not read it has left */
	caller_leave(write->data);
}

void control_answer_text(struct caller *caller, const char *text, size_t len)
{
	uv_buf_t bytes;

	caller->asked = false;
	if (caller->closed) {
		caller_free(caller);
		return;
	}
	buf_add(&caller->out, text, len);
	buf_text(&caller->out, "\n");
	bytes = uv_buf_init(caller->out.bytes, (unsigned)caller->out.len);
	caller->write.data = caller;
	if (uv_write(&caller->write, (uv_stream_t *)&caller->pipe, &bytes, 1,
		answer_sent) != 0)
		caller_leave(caller);
}

void control_answer(struct caller *caller, json_t *answer)
{
	char *text = answer != NULL
	    ? json_dumps(answer, JSON_COMPACT)
	    : xstrdup(
		  "{\"ok\":false,\"complaints\":\"not UTF-8, see the log\"}");

	json_decref(answer);
	control_answer_text(caller, text, strlen(text));
	free(text);
}

static void room_wanted(uv_handle_t *handle, size_t suggested, uv_buf_t *room)
{
	(void)handle;
	(void)suggested;
	*room = uv_buf_init(xcalloc(1, LIMIT_CONTROL), LIMIT_CONTROL);
}

static void bytes_arrived(uv_stream_t *stream, ssize_t n, const uv_buf_t *room)
{
	struct caller *caller = stream->data;
	char *end;

	if (n > 0)
		buf_add(&caller->in, room->base, (size_t)n);
	free(room->base);
	if (n == UV_EOF && caller->asked) {
		uv_read_stop(stream); /* it still wants its answer */
		return;
	}
	if (n < 0 || caller->in.len > LIMIT_CONTROL) {
		caller_leave(caller);
		return;
	}
	end = caller->in.len > 0
	    ? memchr(caller->in.bytes, '\n', caller->in.len)
	    : NULL;
	if (end == NULL || caller->asked)
		return;
	*end = '\0';
	caller->asked = true;
	caller->control->asked(
	    caller->control->whose, caller->in.bytes, caller);
}

/* The one that has said nothing for longest; NULL: all are waited upon. */
static struct caller *silent(const struct control *control)
{
	struct caller *caller = control->first, *found = NULL;

	for (; caller != NULL; caller = caller->next) {
		if (!caller->asked && caller->out.len == 0 &&
		    !uv_is_closing((uv_handle_t *)&caller->pipe))
			found = caller;
	}
	return found;
}

static void caller_came(uv_stream_t *stream, int status)
{
	struct control *control = stream->data;
	struct caller *caller;

	if (status < 0)
		return;
	caller = xcalloc(1, sizeof(*caller));
	caller->control = control;
	caller->next = control->first;
	caller->from = &control->first;
	if (caller->next != NULL)
		caller->next->from = &caller->next;
	control->first = caller;
	control->callers++;
	uv_pipe_init(control->loop, &caller->pipe, 0);
	caller->pipe.data = caller;
	if (uv_accept(stream, (uv_stream_t *)&caller->pipe) != 0)
		caller_leave(caller);
	else
		uv_read_start(
		    (uv_stream_t *)&caller->pipe, room_wanted, bytes_arrived);
	/* Who says nothing makes room: the new one, if all others have asked.
	 */
	if (control->callers > CALLERS_MOST &&
	    (caller = silent(control)) != NULL)
		caller_leave(caller);
}

/* Whether somebody serves the socket: then it is not ours to replace. */
static bool is_served(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	bool served;
	int fd;

	if (strlen(path) >= sizeof(to.sun_path))
		return false;
	strcpy(to.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	served = connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0;
	close(fd);
	return served;
}

static const char *control_listen(struct control *control)
{
	int error;

	if (is_served(control->path))
		return "another datelined serves it";
	unlink(control->path);
	error = uv_pipe_bind(&control->pipe, control->path);
	if (error == 0)
		error =
		    uv_listen((uv_stream_t *)&control->pipe, 8, caller_came);
	if (error == 0 && chmod(control->path, 0660) != 0)
		return strerror(errno);
	return error == 0 ? NULL : uv_strerror(error);
}

struct control *control_open(uv_loop_t *loop, const char *path, asked_fn *asked,
    void *whose, const char **why)
{
	struct control *control = xcalloc(1, sizeof(*control));

	control->loop = loop;
	control->path = xstrdup(path);
	control->asked = asked;
	control->whose = whose;
	uv_pipe_init(loop, &control->pipe, 0);
	control->pipe.data = control;
	*why = control_listen(control);
	if (*why == NULL)
		return control;
	uv_close((uv_handle_t *)&control->pipe, NULL);
	uv_run(loop, UV_RUN_NOWAIT);
	control_free(control);
	return NULL;
}

/* Who has not had his answer by now will not get it: the loop must end. */
void control_close(struct control *control)
{
	struct caller *caller;

	for (caller = control->first; caller != NULL; caller = caller->next)
		caller_leave(caller);
	uv_close((uv_handle_t *)&control->pipe, NULL);
}

void control_free(struct control *control)
{
	free(control->path);
	free(control);
}
