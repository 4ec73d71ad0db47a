/* After the lock-in a process can compute and answer, whatever it calls. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/worker/sandbox.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define CALLS 600 /* numbers of system calls, and some that are none yet */
#define LET 42    /* exit status: the call has returned */
#define NOT_PERMITTED 43

/* A second time, for who changes the list: what a worker may, whatever the
   arguments; and what it may only with some. */
static const int may[] = { SYS_exit, SYS_exit_group, SYS_brk, SYS_mmap,
	SYS_munmap, SYS_mremap, SYS_madvise, SYS_mprotect, SYS_futex,
	SYS_rt_sigreturn, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_sigaltstack,
	SYS_clock_gettime, SYS_gettimeofday, SYS_getrandom, SYS_getpid,
	SYS_gettid, SYS_sched_yield, SYS_sysinfo, SYS_restart_syscall,
#ifdef SYS_time
	SYS_time,
#endif
	/* if it is not for the socket */
	SYS_read, SYS_readv, SYS_write, SYS_writev, SYS_close };
static const int in_vain[] = {
	SYS_openat,
	SYS_faccessat,
	SYS_newfstatat,
	SYS_fstat,
	SYS_ioctl,
	SYS_lseek,
	SYS_fcntl,
#ifdef SYS_open
	SYS_open,
	SYS_access,
	SYS_stat,
	SYS_lstat,
	SYS_readlink,
#endif
};

/* Newer kernels have these for their own probes, let them pass any filter, and
   end who calls them otherwise. */
static const int of_the_kernel[] = { 335, 336 };

static char through[64];
static char other[64];

static int fd; /* of the socket */

static int is_in(const int *list, size_t n, long call)
{
	while (n > 0 && list[n - 1] != call)
		n--;
	return n > 0;
}

static int socket_make(void **state)
{
	int ends[2];

	(void)state;
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
		return -1;
	fd = ends[0];
	return write(ends[1], "what the daemon says", 20) == 20 ? 0 : -1;
}

/* How a process ends that locks itself in and makes one call. */
static int call_in_a_child(long call, long a, long b, long c)
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		if (sandbox_enter(fd, through) != NULL)
			_exit(1);
		if (syscall(call, a, b, c, 0, 0, 0) < 0 && errno == EPERM)
			_exit(NOT_PERMITTED);
		_exit(LET);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static int is_stopped(int status)
{
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
}

static int is_let(int status, int exit)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == exit;
}

/* With arguments that do no harm where a call is let through by mistake. */
static void every_call_that_is_not_listed_ends_the_process(void **state)
{
	long call;

	(void)state;
	for (call = 0; call < CALLS; call++) {
		int status;

		if (is_in(may, COUNT(may), call) ||
		    is_in(of_the_kernel, COUNT(of_the_kernel), call))
			continue;
		status = call_in_a_child(call, -1, -1, -1);
		if (is_in(in_vain, COUNT(in_vain), call)
			? !is_let(status, NOT_PERMITTED)
			: !is_stopped(status))
			fail_msg("system call %ld: status %x", call, status);
	}
}

static void what_it_may_depends_on_whom_it_is_for(void **state)
{
	const long own = (long)through, another = (long)other;
	int copy = dup(fd);
	const struct {
		long call, a, b, c;
		int let;
	} rows[] = {
		{ SYS_write, fd, own, 4, 1 },
		{ SYS_write, fd, another, 4, 0 },
		{ SYS_write, fd, own + 1, 4, 0 },
		{ SYS_write, copy, own, 4, 0 },
		{ SYS_write, copy, another, 4, 0 },
		{ SYS_write, 1, another, 0, 1 },
		{ SYS_writev, fd, 0, 0, 0 },
		{ SYS_writev, copy, 0, 0, 0 },
		{ SYS_writev, 2, 0, 0, 1 },
		{ SYS_read, fd, own, 4, 1 },
		{ SYS_read, fd, another, 4, 0 },
		{ SYS_readv, fd, 0, 0, 0 },
		{ SYS_close, fd, 0, 0, 0 },
		{ SYS_close, copy, 0, 0, 1 },
		{ SYS_tgkill, getpid(), getpid(), 0, 0 }, /* its parent */
		{ SYS_tgkill, getppid(), getppid(), 0, 0 },
		{ SYS_tgkill, 1, 1, 0, 0 },
		{ SYS_mprotect, 0, 0, PROT_READ, 1 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		int status = call_in_a_child(
		    rows[i].call, rows[i].a, rows[i].b, rows[i].c);

		if (rows[i].let ? !is_let(status, LET) : !is_stopped(status))
			fail_msg("row %zu: status %x", i, status);
	}
	close(copy);
}

/* Its own end is its own matter. */
static void it_may_end_itself(void **state)
{
	int status;
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		signal(SIGUSR1, SIG_DFL);
		if (sandbox_enter(fd, through) == NULL)
			raise(SIGUSR1);
		_exit(1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGUSR1);
}

static void *goes_on(void *whose)
{
	(void)whose;
	for (;;)
		syscall(SYS_getppid);
	return NULL;
}

/* One that was begun before is in it too. */
static void a_thread_is_locked_in_with_the_others(void **state)
{
	int status;
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		pthread_t thread;

		if (pthread_create(&thread, NULL, goes_on, NULL) != 0 ||
		    sandbox_enter(fd, through) != NULL)
			_exit(1);
		for (;;)
			sched_yield();
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(is_stopped(status));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    every_call_that_is_not_listed_ends_the_process,
		    socket_make),
		cmocka_unit_test_setup(
		    what_it_may_depends_on_whom_it_is_for, socket_make),
		cmocka_unit_test_setup(it_may_end_itself, socket_make),
		cmocka_unit_test_setup(
		    a_thread_is_locked_in_with_the_others, socket_make),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
