/* A consumer that `dateline tail` goes on for. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include "core/tool/bookmark.h"
#include "core/tool/tool.h"

/* Milliseconds between two writes of the position: each waits for the disk. */
#define PAUSE 1000

static int64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* errno says why. */
_Noreturn static void not_taken(const char *folder, const char *name)
{
	static const char group[] =
	    "cannot be written: be of the group that the folder \"consumers\" "
	    "belongs to";
	static const struct {
		int error, status;
		const char *what;
		bool forget; /* is the way out */
	} reasons[] = {
		{ EWOULDBLOCK, EX_TEMPFAIL, "is held by another", false },
		{ ESTALE, EX_DATAERR, "has its position in another spool",
		    true },
		{ ERANGE, EX_DATAERR,
		    "has a position beyond the end of this spool", true },
		{ EBADMSG, EX_DATAERR,
		    "has a file that is damaged, its position is lost", true },
		{ EPROTONOSUPPORT, EX_DATAERR,
		    "has a file of a later version: use a newer dateline",
		    false },
		{ ENOENT, EX_NOINPUT,
		    "cannot be kept: there is no folder \"consumers\", which "
		    "datelined makes",
		    false },
		{ EACCES, EX_NOPERM, group, false },
		{ EPERM, EX_NOPERM, group, false },
	};
	size_t i;

	if (errno == EINVAL)
		tool_die(EX_USAGE,
		    "--consumer %s: want letters, digits and \"._-\", at most "
		    "64, the first no dot",
		    name);
	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		if (reasons[i].error == errno && reasons[i].forget)
			tool_die(reasons[i].status,
			    "%s: consumer %s %s: \"dateline consumers --forget "
			    "%s\" lets it begin anew",
			    folder, name, reasons[i].what, name);
		else if (reasons[i].error == errno)
			tool_die(reasons[i].status, "%s: consumer %s %s",
			    folder, name, reasons[i].what);
	}
	tool_die(
	    EX_IOERR, "%s/consumers/%s: %s", folder, name, strerror(errno));
}

void bookmark_take(
    struct bookmark *bookmark, const char *folder, const char *name)
{
	*bookmark = (struct bookmark){ .folder = folder, .name = name };
	bookmark->consumer = spool_consumer_open(folder, name);
	if (bookmark->consumer == NULL)
		not_taken(folder, name);
	bookmark->begun = bookmark_next(bookmark) > 0;
	if (bookmark->begun)
		bookmark->acked = bookmark_next(bookmark) - 1;
	bookmark->passed = bookmark->acked;
	bookmark->due = clock_now() + PAUSE;
}

void bookmark_close(struct bookmark *bookmark)
{
	spool_consumer_close(bookmark->consumer);
	bookmark->consumer = NULL;
}

uint64_t bookmark_next(const struct bookmark *bookmark)
{
	return bookmark->consumer != NULL
	    ? spool_consumer_next(bookmark->consumer)
	    : 0;
}

bool bookmark_is_behind(const struct bookmark *bookmark, uint64_t seq)
{
	return bookmark->consumer != NULL && bookmark->acked < seq;
}

_Noreturn static void not_written(const struct bookmark *bookmark)
{
	tool_die(EX_IOERR,
	    "%s: the position of consumer %s cannot be written: %s",
	    bookmark->folder, bookmark->name, strerror(errno));
}

void bookmark_ack(struct bookmark *bookmark, uint64_t seq)
{
	if (!bookmark_is_behind(bookmark, seq))
		return;
	if (spool_consumer_ack(bookmark->consumer, seq) != 0)
		not_written(bookmark);
	bookmark->acked = seq;
}

void bookmark_begin(struct bookmark *bookmark, uint64_t seq)
{
	if (bookmark->consumer == NULL || bookmark->begun)
		return;
	if (spool_consumer_ack(bookmark->consumer, seq - 1) == 0)
		bookmark->begun = true;
	else if (errno != ENODATA) /* a spool without lines has no positions */
		not_written(bookmark);
	bookmark->acked = seq - 1;
}

void bookmark_pass(struct bookmark *bookmark, uint64_t from, uint64_t to)
{
	bookmark_begin(bookmark, from);
	bookmark->passed = to;
}

bool bookmark_is_due(struct bookmark *bookmark)
{
	int64_t now;

	if (bookmark->consumer == NULL)
		return false;
	now = clock_now();
	if (now < bookmark->due)
		return false;
	bookmark->due = now + PAUSE;
	return true;
}
