/* Ends its worker, or makes it useless, in many ways. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "evil.h"

static jmp_buf gone; /* into a call that has returned */

static enum dl_verdict prepare(struct dl_job *job)
{
	(void)job;
	if (setjmp(gone) != 0)
		abort();
	return DL_DONE;
}

static void ends_well(struct dl_job *job)
{
	(void)job;
	exit(0);
}

static void aborts(struct dl_job *job)
{
	(void)job;
	abort();
}

static void jumps(struct dl_job *job)
{
	(void)job;
	longjmp(gone, 1);
}

static void writes_constants(struct dl_job *job)
{
	static const char constant[] = "constant";

	(void)job;
	*(volatile char *)constant = 'C';
}

static void recurses(struct dl_job *job)
{
	volatile char much[4096];

	much[0] = (char)(job != NULL);
	if (much[0])
		recurses(job);
	much[1] = much[0];
}

static void divides(struct dl_job *job)
{
	(void)job;
	raise(SIGFPE);
}

static void stops(struct dl_job *job)
{
	(void)job;
	raise(SIGSTOP);
}

/* What can be blocked, is. */
static void spins_deaf(struct dl_job *job)
{
	sigset_t all;
	volatile int turns = 0;

	(void)job;
	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, NULL);
	for (;;)
		turns++;
}

static const struct way ways[] = {
	{ "exit", ends_well },
	{ "abort", aborts },
	{ "longjmp", jumps },
	{ "constant", writes_constants },
	{ "recursion", recurses },
	{ "division", divides },
	{ "stop", stops },
	{ "deaf", spins_deaf },
};

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	(void)record;
	return EVIL_WAYS(ways, job, page);
}

DL_PLUGIN = { .abi = DL_ABI,
	.name = "ends",
	.version = "1.0",
	.about = "ends its worker",
	.zone = "Asia/Ho_Chi_Minh",
	.prepare = prepare,
	.discover = feed_discover,
	.extract = extract };
