/*
 * The lock-in: after it a worker can compute and answer, and nothing else.
 *
 * A call that libc makes by itself, when it looks for a locale or a table, is
 * answered with an error; any other that is not on the list ends the process,
 * for then somebody else is at the wheel. So does one that is, but for the
 * worker alone: who writes to the socket from other memory than the worker does
 * is a plugin that answers for it.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/base/limits.h"
#include "core/worker/sandbox.h"
#include "core/worker/sanitized.h"

/* Bytes beside the arena: programs, tables of charsets, the page and its tree
   of XML, which libxml2 takes from malloc. */
#define ROOM_BESIDE_ARENA ((rlim_t)256 << 20)

static const int allowed[] = {
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
	SCMP_SYS(brk),
	SCMP_SYS(mmap),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(madvise),
	SCMP_SYS(mprotect),
	SCMP_SYS(futex),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(time),
	SCMP_SYS(getrandom),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(sched_yield),
	SCMP_SYS(sysinfo), /* by qsort() of more than 1 KiB */
	SCMP_SYS(restart_syscall),
};

static const int refused[] = {
	SCMP_SYS(open),
	SCMP_SYS(openat),
	SCMP_SYS(access),
	SCMP_SYS(faccessat),
	SCMP_SYS(stat),
	SCMP_SYS(newfstatat),
	SCMP_SYS(fstat),
	SCMP_SYS(lstat),
	SCMP_SYS(readlink),
	SCMP_SYS(ioctl),
	SCMP_SYS(lseek),
	SCMP_SYS(fcntl),
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What may be called with some arguments only. */
static bool add_conditions(
    scmp_filter_ctx filter, int socket, const void *through)
{
	const scmp_datum_t fd = (scmp_datum_t)socket,
			   self = (scmp_datum_t)getpid();
	const scmp_datum_t memory = (scmp_datum_t)(uintptr_t)through;
	const struct {
		int call;
		unsigned n;
		struct scmp_arg_cmp arguments[2];
	} rules[] = {
		{ SCMP_SYS(read), 2,
		    { SCMP_A0(SCMP_CMP_EQ, fd),
			SCMP_A1(SCMP_CMP_EQ, memory) } },
		{ SCMP_SYS(write), 2,
		    { SCMP_A0(SCMP_CMP_EQ, fd),
			SCMP_A1(SCMP_CMP_EQ, memory) } },
		{ SCMP_SYS(read), 1, { SCMP_A0(SCMP_CMP_NE, fd) } },
		{ SCMP_SYS(readv), 1, { SCMP_A0(SCMP_CMP_NE, fd) } },
		{ SCMP_SYS(close), 1, { SCMP_A0(SCMP_CMP_NE, fd) } },
		/* For people, who read the log. */
		{ SCMP_SYS(write), 1, { SCMP_A0(SCMP_CMP_LE, 2) } },
		{ SCMP_SYS(writev), 1, { SCMP_A0(SCMP_CMP_LE, 2) } },
		/* By abort() and raise(); the daemon has the same user. */
		{ SCMP_SYS(tgkill), 1, { SCMP_A0(SCMP_CMP_EQ, self) } },
	};
	size_t i;

	for (i = 0; i < COUNT(rules); i++) {
		if (seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
			rules[i].call, rules[i].n, rules[i].arguments) != 0)
			return false;
	}
	return true;
}

static bool add_rules(scmp_filter_ctx filter)
{
	size_t i;

	for (i = 0; i < COUNT(allowed); i++) {
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) !=
		    0)
			return false;
	}
	for (i = 0; i < COUNT(refused); i++) {
		if (seccomp_rule_add(
			filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0) != 0)
			return false;
	}
	return true;
}

static const char *filter_load(int socket, const void *through)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	const char *why = NULL;

	/* Also for a thread that a plugin has begun before. */
	if (filter == NULL ||
	    seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) != 0 ||
	    !add_rules(filter) || !add_conditions(filter, socket, through))
		why = "the seccomp filter could not be made";
	else if (seccomp_load(filter) != 0)
		why = "the kernel refused the seccomp filter";
	seccomp_release(filter);
	return why;
}

static bool limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit now = { most, most };

	return setrlimit(what, &now) == 0;
}

const char *sandbox_enter(int socket, const void *through)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		return "the worker cannot be bound to its parent's life";
	if (prctl(PR_SET_DUMPABLE, 0) != 0 || !limit(RLIMIT_CORE, 0))
		return "core files could not be switched off";
	/* The sanitizers map terabytes of shadow; they keep the arena's cap. */
	if (!SANITIZED &&
	    !limit(RLIMIT_AS, LIMIT_WORKER_MEMORY + ROOM_BESIDE_ARENA))
		return "the memory could not be limited";
	return filter_load(socket, through);
}
