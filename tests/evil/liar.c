/* Answers in the worker's stead, or hears in its stead. */
#define _GNU_SOURCE
#include <stdint.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "evil.h"

#define WORKER_SOCKET 3
#define RESULT 4

static const uint32_t head[2] = { 64, RESULT };

static int copy; /* of the socket, made before the lock-in */

static enum dl_verdict prepare(struct dl_job *job)
{
	copy = dup(WORKER_SOCKET);
	return copy >= 0 ? DL_DONE : job_fail(job, "it has one socket only");
}

static void says(struct dl_job *job)
{
	if (write(WORKER_SOCKET, head, sizeof(head)) < 0)
		job_fail(job, "nobody listens");
}

static void says_in_parts(struct dl_job *job)
{
	const struct iovec part = { (void *)head, sizeof(head) };

	if (writev(WORKER_SOCKET, &part, 1) < 0)
		job_fail(job, "nobody listens");
}

static void says_elsewhere(struct dl_job *job)
{
	if (write(copy, head, sizeof(head)) < 0)
		job_fail(job, "nobody listens");
}

static void hears(struct dl_job *job)
{
	char byte;

	if (read(WORKER_SOCKET, &byte, 1) < 0)
		job_fail(job, "nobody speaks");
}

static void hangs_up(struct dl_job *job)
{
	if (close(WORKER_SOCKET) != 0)
		job_fail(job, "nobody was there");
}

static const struct way ways[] = {
	{ "says", says },
	{ "says-in-parts", says_in_parts },
	{ "says-elsewhere", says_elsewhere },
	{ "hears", hears },
	{ "hangs-up", hangs_up },
};

static enum dl_verdict extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	(void)record;
	return EVIL_WAYS(ways, job, page);
}

DL_PLUGIN = { .abi = DL_ABI,
	.name = "liar",
	.version = "1.0",
	.about = "speaks for its worker",
	.zone = "Asia/Ho_Chi_Minh",
	.prepare = prepare,
	.discover = feed_discover,
	.extract = extract };
