/* Asks the system for what a worker has no business with, in many ways. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include "evil.h"

static pid_t parent; /* as it was before the lock-in */

static enum dl_verdict prepare(struct dl_job *job)
{
	(void)job;
	parent = getppid();
	return DL_DONE;
}

static void connects(struct dl_job *job)
{
	const struct sockaddr_un there = { .sun_family = AF_UNIX };

	(void)job;
	connect(3, (const struct sockaddr *)&there, sizeof(there));
}

static void *nothing(void *whose)
{
	return whose;
}

static void threads(struct dl_job *job)
{
	pthread_t thread;

	(void)job;
	pthread_create(&thread, NULL, nothing, NULL);
}

static void executes(struct dl_job *job)
{
	char *argv[] = { "true", NULL };

	(void)job;
	execv("/bin/true", argv);
}

static void signals(struct dl_job *job)
{
	(void)job;
	kill(parent, SIGTERM);
}

/* As abort() does it, which is allowed; but not to oneself. */
static void raises(struct dl_job *job)
{
	(void)job;
	syscall(SYS_tgkill, parent, parent, SIGTERM);
}

static void traces(struct dl_job *job)
{
	(void)job;
	ptrace(PTRACE_ATTACH, parent, NULL, NULL);
}

static void hurries(struct dl_job *job)
{
	(void)job;
	setpriority(PRIO_PROCESS, 0, -20);
}

/* So that it would outlive its parent. */
static void outlives(struct dl_job *job)
{
	(void)job;
	prctl(PR_SET_PDEATHSIG, 0);
}

static void widens(struct dl_job *job)
{
	const struct rlimit all = { RLIM_INFINITY, RLIM_INFINITY };

	(void)job;
	setrlimit(RLIMIT_AS, &all);
}

static void filters(struct dl_job *job)
{
	(void)job;
	syscall(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 0, NULL);
}

static const struct way ways[] = {
	{ "connects", connects },
	{ "threads", threads },
	{ "executes", executes },
	{ "signals", signals },
	{ "raises", raises },
	{ "traces", traces },
	{ "hurries", hurries },
	{ "outlives", outlives },
	{ "widens", widens },
	{ "filters", filters },
};

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	(void)record;
	return EVIL_WAYS(ways, job, page);
}

DL_PLUGIN = { .abi = DL_ABI,
	.name = "calls",
	.version = "1.0",
	.about = "asks the system for too much",
	.zone = "Asia/Ho_Chi_Minh",
	.prepare = prepare,
	.discover = feed_discover,
	.extract = extract };
