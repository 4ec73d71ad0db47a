/*
 * What keeps the spool in order:
 *
 *     each minute, or the disk is full > keeper_look > (thread) retain
 *     a segment is finished            > keeper_look > ... > child: keeper_seal
 */
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/log.h"
#include "core/base/time.h"
#include "core/base/xalloc.h"
#include "core/daemon/keeper.h"
#include "spool/seal.h"

#define LOOK_INTERVAL 60000 /* ms; a segment is finished once a day */

struct keeper {
	uv_loop_t *loop;
	struct queue *queue;
	char *folder;
	uv_timer_t timer;
	uint64_t segment; /* that grows, as was told last */
	bool seal_wanted, look_wanted;
	bool seal_again; /* at the next minute's look */
	bool sealing, looking, stopping;
	uv_process_t child; /* while sealing */

	struct spool_limits limits;

	/* The thread's, while looking. */
	struct spool_limits now;
	struct spool_room found;
	int error;

	struct spool_room room;
	int failed; /* errno of the last look; or 0 */
};

static void keeper_look(struct keeper *keeper);

/* ---- the child that seals ---- */

/* Whatever else wants the machine goes first; and it ends with its parent. */
static void step_back(void)
{
	enum { IOPRIO_WHO_PROCESS = 1, IOPRIO_IDLE = 3 << 13 };

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setpriority(PRIO_PROCESS, 0, 19);
	syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0, IOPRIO_IDLE);
}

int keeper_seal(const char *folder)
{
	struct spool_sealed sealed;
	int error = 0;

	step_back();
	if (spool_seal(folder, &disk_real, &sealed) != 0)
		error = errno;
	if (error != 0 && error != EWOULDBLOCK)
		log_err("%s: sealing: %s", folder, strerror(error));
	if (sealed.segments > 0)
		log_info("%s: %zu segment%s sealed: %" PRIu64
			 " bytes are %" PRIu64 " now",
		    folder, sealed.segments, sealed.segments == 1 ? "" : "s",
		    sealed.before, sealed.after);
	if (sealed.left > 0)
		log_warn("%s: %zu damaged segment%s not sealed: see dateline "
			 "verify",
		    folder, sealed.left, sealed.left == 1 ? "" : "s");
	if (error != 0)
		return error == EWOULDBLOCK ? EX_TEMPFAIL : EX_IOERR;
	return sealed.left > 0 ? EX_DATAERR : 0;
}

static void child_closed(uv_handle_t *handle)
{
	struct keeper *keeper = handle->data;

	keeper->sealing = false;
	if (keeper->look_wanted)
		keeper_look(keeper);
}

static void child_exited(uv_process_t *child, int64_t status, int signal)
{
	struct keeper *keeper = child->data;

	/* What it has not done is begun anew in a minute, and not at once: it
	   was killed, the disk was full, or another has the spool's upkeep. */
	keeper->seal_again =
	    signal != 0 || status == EX_TEMPFAIL || status == EX_IOERR;
	if (signal != 0 && signal != SIGTERM && !keeper->stopping &&
	    !keeper->look_wanted)
		log_warn(
		    "%s: sealing ended by signal %d", keeper->folder, signal);
	uv_close((uv_handle_t *)child, child_closed);
}

/* One that has not begun, or has ended, has no number: 0 would be all of us. */
static void child_kill(struct keeper *keeper)
{
	if (keeper->sealing && uv_is_active((uv_handle_t *)&keeper->child))
		uv_process_kill(&keeper->child, SIGKILL);
}

/* This very program, once more. */
static void seal_begin(struct keeper *keeper)
{
	char program[] = "/proc/self/exe", name[] = "datelined",
	     option[] = "--seal";
	char *args[] = { name, option, keeper->folder, NULL };
	uv_stdio_container_t stdio[] = { { .flags = UV_IGNORE },
		{ .flags = UV_IGNORE },
		{ .flags = UV_INHERIT_FD, .data.fd = STDERR_FILENO } };
	uv_process_options_t options = { .file = program,
		.args = args,
		.exit_cb = child_exited,
		.stdio = stdio,
		.stdio_count = 3 };
	int error;

	keeper->sealing = true;
	keeper->seal_wanted = false;
	keeper->child.data = keeper;
	error = uv_spawn(keeper->loop, &keeper->child, &options);
	if (error == 0)
		return;
	log_err("%s: sealing: %s", keeper->folder, uv_strerror(error));
	uv_close((uv_handle_t *)&keeper->child, child_closed);
}

/* ---- retention ---- */

static void retain_work(void *whose)
{
	struct keeper *keeper = whose;

	keeper->error = 0;
	if (spool_retain(keeper->folder, &disk_real, &keeper->now, time_now(),
		&keeper->found) != 0)
		keeper->error = errno;
}

static void retain_told(struct keeper *keeper)
{
	const struct spool_room *room = &keeper->found;
	int error = keeper->error == EWOULDBLOCK ? 0 : keeper->error;

	if (error != 0 && error != keeper->failed)
		log_err("%s: retention: %s", keeper->folder, strerror(error));
	keeper->failed = error;
	if (keeper->error != 0)
		return;
	keeper->room = *room;
	if (room->removed > 0)
		log_info("%s: %zu segment%s removed: lines %" PRIu64
			 " to %" PRIu64,
		    keeper->folder, room->removed,
		    room->removed == 1 ? "" : "s", room->from, room->to);
}

static void retain_done(void *whose)
{
	struct keeper *keeper = whose;

	keeper->looking = false;
	retain_told(keeper);
	if (keeper->stopping)
		return;
	if (keeper->look_wanted)
		keeper_look(keeper);
	else if (keeper->seal_wanted)
		seal_begin(keeper);
}

static void keeper_look(struct keeper *keeper)
{
	if (keeper->looking || keeper->sealing || keeper->stopping) {
		keeper->look_wanted = true;
		return;
	}
	keeper->looking = true;
	keeper->look_wanted = false;
	keeper->now = keeper->limits;
	queue_add(keeper->queue, retain_work, retain_done, keeper);
}

/* ---- when ---- */

static void look_due(uv_timer_t *timer)
{
	struct keeper *keeper = timer->data;

	keeper->seal_wanted |= keeper->seal_again;
	keeper->seal_again = false;
	keeper_look(keeper);
}

void keeper_segment(struct keeper *keeper, uint64_t first)
{
	if (keeper->segment == first)
		return;
	keeper->segment = first;
	keeper->seal_wanted = true;
	keeper_look(keeper);
}

/* What the child writes takes room, too. */
void keeper_short(struct keeper *keeper)
{
	keeper_look(keeper);
	child_kill(keeper);
}

struct keeper *keeper_new(
    uv_loop_t *loop, struct queue *queue, const char *folder)
{
	struct keeper *keeper = xcalloc(1, sizeof(*keeper));

	keeper->loop = loop;
	keeper->queue = queue;
	keeper->folder = xstrdup(folder);
	uv_timer_init(loop, &keeper->timer);
	keeper->timer.data = keeper;
	return keeper;
}

void keeper_set(struct keeper *keeper, const struct spool_limits *limits)
{
	keeper->limits = *limits;
	if (uv_is_active((uv_handle_t *)&keeper->timer))
		keeper_look(keeper);
}

void keeper_start(struct keeper *keeper)
{
	keeper->seal_wanted = true;
	uv_timer_start(&keeper->timer, look_due, 0, LOOK_INTERVAL);
}

void keeper_kept(const struct keeper *keeper, struct kept_spool *kept)
{
	*kept = (struct kept_spool){ .room = keeper->room,
		.sealing = keeper->sealing };
	if (keeper->failed != 0)
		kept->failed = strerror(keeper->failed);
}

void keeper_stop(struct keeper *keeper)
{
	keeper->stopping = true;
	uv_close((uv_handle_t *)&keeper->timer, NULL);
	child_kill(keeper);
}

void keeper_free(struct keeper *keeper)
{
	free(keeper->folder);
	free(keeper);
}
