/*
 * `dateline tail`: the lines of a spool, and those to come.
 *
 * It begins somewhere, reads to the end, has what was printed flushed, and only
 * then acknowledged where it goes on for a consumer; then it waits for more.
 */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/tool/acks.h"
#include "core/tool/asked.h"
#include "core/tool/bookmark.h"
#include "core/tool/history.h"
#include "core/tool/tool.h"
#include "core/tool/when.h"
#include "spool/spool.h"

/* Milliseconds to wait for lines before standard input is looked at, and before
   it is looked whether somebody still reads the output. */
#define PATIENCE_ACKS 200
#define PATIENCE 1000

struct tail {
	struct asked asked;
	struct spool_reader *reader;
	struct bookmark bookmark;
	struct acks acks;
	struct history history;
	uint64_t next;    /* number that the next line had at the beginning */
	uint64_t printed; /* the last number that was */
	bool over;
};

static uint64_t number(const json_t *json, const char *key)
{
	return (uint64_t)json_integer_value(json_object_get(json, key));
}

/* ---- where it begins ---- */

static uint64_t first_said(const struct tail *tail, uint64_t oldest)
{
	const char *from = tail->asked.from;
	uint64_t first;

	if (strcmp(from, "oldest") == 0)
		return oldest;
	if (strcmp(from, "newest") == 0)
		return tail->next;
	first = strtoull(from, NULL, 10);
	if (first > tail->next)
		tool_die(EX_DATAERR,
		    "--from %s: the last line of this spool is %" PRIu64, from,
		    tail->next - 1);
	return first > 0 ? first : 1;
}

/* Without a filter the last lines are found by their numbers; with one, all
   have to be looked at. */
static uint64_t first_of_last(struct tail *tail, uint64_t oldest)
{
	uint64_t last = (uint64_t)tail->asked.last;

	if (last > 0 &&
	    (filter_asks(&tail->asked.filter) ||
		tail->asked.until != ASKED_NO_END)) {
		output_keep(&tail->asked.output, tail->asked.last);
		return oldest;
	}
	return tail->next - oldest > last ? tail->next - last : oldest;
}

static uint64_t first_line(struct tail *tail, uint64_t oldest)
{
	uint64_t next = bookmark_next(&tail->bookmark);

	if (next > 0)
		return next;
	if (tail->asked.last != ASKED_NO_LAST)
		return first_of_last(tail, oldest);
	if (tail->asked.from != NULL)
		return first_said(tail, oldest);
	return oldest;
}

/* What a line says is remembered, and what it was before is returned. */
static const char *learn(struct tail *tail, const char *line)
{
	return tail->asked.diff ? history_next(&tail->history, line) : NULL;
}

/* The number of the first line since then. */
static uint64_t first_since(struct tail *tail, int64_t since)
{
	const struct spool_line *line;
	uint64_t first;
	json_t *json;

	spool_seek_time(tail->reader, since);
	switch (spool_next(tail->reader, &line)) {
	case SPOOL_LINE:
		if (line->seq > 0)
			return line->seq;
		json = json_loads(line->text, 0, NULL);
		first = number(json, "from");
		json_decref(json);
		return first;
	case SPOOL_GAP:
	case SPOOL_DAMAGED: return line->from;
	default: return tail->next;
	}
}

/* To know what changed in the first lines, those before them are looked
   through: all for stories that are asked for, else as many as would be
   remembered. What is wrong with them is not what was asked. */
static void learn_before(struct tail *tail, uint64_t oldest, uint64_t first)
{
	const struct spool_line *line;
	enum spool_status status;
	const struct filter *filter = &tail->asked.filter;

	if (!filter_asks_ids(filter) && first - oldest > HISTORY_LINES)
		oldest = first - HISTORY_LINES;
	spool_seek(tail->reader, oldest);
	while ((status = spool_next(tail->reader, &line)) != SPOOL_END &&
	    status != SPOOL_ERROR) {
		if (status != SPOOL_LINE || line->seq == 0)
			continue;
		if (line->seq >= first)
			break;
		if (filter_may_count(filter, line->text))
			learn(tail, line->text);
	}
}

static void start(struct tail *tail)
{
	const struct asked *asked = &tail->asked;
	uint64_t first, oldest;

	tail->reader = spool_open(asked->folder);
	if (tail->reader == NULL ||
	    spool_bounds(asked->folder, &oldest, &tail->next) != 0)
		tool_no_spool(asked->folder);
	if (asked->consumer != NULL)
		bookmark_take(&tail->bookmark, asked->folder, asked->consumer);
	if (asked->since != ASKED_NO_TIME &&
	    bookmark_next(&tail->bookmark) == 0) {
		if (asked->diff)
			learn_before(
			    tail, oldest, first_since(tail, asked->since));
		spool_seek_time(tail->reader, asked->since);
		return;
	}
	first = first_line(tail, oldest);
	if (asked->diff && first > oldest)
		learn_before(tail, oldest, first);
	bookmark_begin(&tail->bookmark, first);
	tail->printed = first - 1;
	spool_seek(tail->reader, first);
}

/* ---- what has come ---- */

_Noreturn static void not_written(void)
{
	tool_die(EX_IOERR, "the output cannot be written: %s", strerror(errno));
}

/* First the output, then how far it is: lines may come twice, but none is left
   out. What is in a pipe has left us; what is in a file must last. */
static void settle(struct tail *tail)
{
	uint64_t upto =
	    tail->asked.by_hand ? tail->acks.upto : tail->bookmark.passed;

	if (fflush(stdout) != 0)
		not_written();
	if (!bookmark_is_behind(&tail->bookmark, upto))
		return;
	if (fdatasync(STDOUT_FILENO) != 0 && errno != EINVAL && errno != EROFS)
		not_written();
	bookmark_ack(&tail->bookmark, upto);
}

/* Numbers that came on standard input, waiting for them if there is patience.
   What was right before a wrong one counts. */
static void hear(struct tail *tail, int patience)
{
	bool right = acks_read(&tail->acks, tail->printed, patience);

	tail->over |= tail->acks.ended && tail->asked.follow;
	if (right)
		return;
	settle(tail);
	tool_die(EX_DATAERR, "standard input: %s", tail->acks.wrong);
}

/* Numbers that are gone are told in the stream, as a line of kind "gap". */
static void gap_came(
    struct tail *tail, const struct spool_line *line, const char *why)
{
	char text[256];

	if (line->to < line->from)
		return;
	bookmark_pass(&tail->bookmark, line->from, line->to);
	snprintf(text, sizeof(text),
	    "{\"v\":1,\"kind\":\"gap\",\"from\":%" PRIu64 ",\"to\":%" PRIu64
	    ",\"why\":\"%s\"}",
	    line->from, line->to, why);
	output_line(&tail->asked.output, text, NULL, NULL);
	tail->printed = line->to;
}

static void damage_came(struct tail *tail, const struct spool_line *line)
{
	fflush(stdout);
	fprintf(stderr, "dateline: %s/%s: damaged at byte %" PRIu64 "\n",
	    tail->asked.folder, line->file, line->offset);
	gap_came(tail, line, "damaged");
}

static void line_came(struct tail *tail, const struct spool_line *line)
{
	struct asked *asked = &tail->asked;
	uint64_t from = line->seq, to = line->seq;
	const char *before;
	json_t *json = NULL;
	int64_t spooled;

	if (asked->until != ASKED_NO_END &&
	    when_spooled(line->text, &spooled) && spooled > asked->until) {
		tail->over = true;
		return;
	}
	if (line->seq > 0 && !filter_may_count(&asked->filter, line->text)) {
		bookmark_pass(&tail->bookmark, from, to);
		return;
	}
	before = learn(tail, line->text);
	if (line->seq == 0 || filter_asks(&asked->filter))
		json = json_loads(line->text, 0, NULL);
	if (line->seq == 0) { /* it is a "loss" line */
		from = number(json, "from");
		to = number(json, "to");
	}
	bookmark_pass(&tail->bookmark, from, to);
	if (json == NULL || filter_counts(&asked->filter, json)) {
		output_line(&asked->output, line->text, json, before);
		tail->printed = to;
	}
	json_decref(json);
}

/* What came before it is dealt with, and need not come again. */
_Noreturn static void error_came(
    struct tail *tail, const struct spool_line *line)
{
	int error = errno;
	const char *what = error == EPROTONOSUPPORT
	    ? "this segment is of a later version of the format: use a newer "
	      "dateline"
	    : strerror(error);

	settle(tail);
	tool_die(error == EPROTONOSUPPORT ? EX_DATAERR : EX_IOERR,
	    "%s/%s: byte %" PRIu64 ": %s", tail->asked.folder,
	    line->file != NULL ? line->file : "", line->offset, what);
}

static void came(
    struct tail *tail, enum spool_status status, const struct spool_line *line)
{
	switch (status) {
	case SPOOL_LINE: line_came(tail, line); break;
	case SPOOL_GAP: gap_came(tail, line, "removed"); break;
	case SPOOL_DAMAGED: damage_came(tail, line); break;
	default: error_came(tail, line);
	}
	/* Numbers are taken while it catches up, too: or else each side may
	   wait for the other with its pipe full. */
	if (tail->asked.by_hand)
		hear(tail, 0);
	if (bookmark_is_due(&tail->bookmark))
		settle(tail);
}

/* Reads to the end of what is there now. */
static void read_on(struct tail *tail)
{
	const struct spool_line *line;
	enum spool_status status = SPOOL_LINE;

	while (!tail->over && status != SPOOL_END) {
		status = spool_next(tail->reader, &line);
		if (status != SPOOL_END)
			came(tail, status, line);
	}
	/* Where nothing was committed since then, a consumer begins behind what
	   was there. */
	if (status == SPOOL_END)
		bookmark_begin(&tail->bookmark, tail->next);
	output_release(&tail->asked.output);
	settle(tail);
}

/* ---- what is still to come ---- */

/* It would be learnt with the next line, which may take long, and a consumer
   would be held until then. */
static void end_if_nobody_reads(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO };

	if (poll(&out, 1, 0) == 1 && (out.revents & (POLLERR | POLLHUP)) != 0)
		raise(SIGPIPE);
}

static void wait_for_more(struct tail *tail)
{
	int patience = tail->asked.by_hand ? PATIENCE_ACKS : PATIENCE;

	if (spool_wait(tail->reader, patience) < 0 && errno != EINTR)
		tool_die(
		    EX_IOERR, "%s: %s", tail->asked.folder, strerror(errno));
	end_if_nobody_reads();
	if (tail->asked.by_hand)
		hear(tail, 0);
}

/* All was printed. Who reads it learns so by its end, and has the last word. */
static void hear_out(struct tail *tail)
{
	if (freopen("/dev/null", "w", stdout) == NULL)
		tool_die(EX_OSERR, "/dev/null: %s", strerror(errno));
	while (!tail->acks.ended && tail->acks.upto < tail->printed) {
		hear(tail, -1);
		if (bookmark_is_due(&tail->bookmark))
			settle(tail);
	}
	settle(tail);
}

int tail_main(int argc, char **argv)
{
	struct tail tail = { .over = false };

	signal(SIGPIPE, SIG_DFL); /* systemd has it ignored */
	asked_read(&tail.asked, argc, argv);
	start(&tail);
	read_on(&tail);
	while (tail.asked.follow && !tail.over) {
		wait_for_more(&tail);
		read_on(&tail);
	}
	if (tail.asked.by_hand && !tail.asked.follow)
		hear_out(&tail);

	bookmark_close(&tail.bookmark);
	spool_close(tail.reader);
	acks_free(&tail.acks);
	history_free(&tail.history);
	asked_free(&tail.asked);
	return 0;
}
