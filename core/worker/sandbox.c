/*
 * The lock-in: after it a worker can compute and answer, and nothing else.
 *
 * A call that libc makes by itself, when it looks for a locale or a table, is
 * answered with an error; any other that is not on the list ends the process,
 * for then somebody else is at the wheel.
 */
#include <errno.h>
#include <seccomp.h>
#include <stdbool.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "core/base/limits.h"
#include "core/worker/sandbox.h"
#include "core/worker/sanitized.h"

/* Bytes beside the arena: programs, tables of charsets, the page and its tree
   of XML, which libxml2 takes from malloc. */
#define ROOM_BESIDE_ARENA ((rlim_t)256 << 20)

static const int allowed[] = {
	SCMP_SYS(read),
	SCMP_SYS(write),
	SCMP_SYS(readv),
	SCMP_SYS(writev),
	SCMP_SYS(close),
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
	SCMP_SYS(tgkill),
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

static const char *filter_load(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	const char *why = NULL;

	if (filter == NULL || !add_rules(filter))
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

const char *sandbox_enter(void)
{
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
		return "the worker cannot be bound to its parent's life";
	if (prctl(PR_SET_DUMPABLE, 0) != 0 || !limit(RLIMIT_CORE, 0))
		return "core files could not be switched off";
	/* The sanitizers map terabytes of shadow; they keep the arena's cap. */
	if (!SANITIZED &&
	    !limit(RLIMIT_AS, LIMIT_WORKER_MEMORY + ROOM_BESIDE_ARENA))
		return "the memory could not be limited";
	return filter_load();
}
