/* Numbers on standard input, one a line. */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/tool/acks.h"

/* Bytes of a line without its end; a number has twenty digits at most. */
#define LINE 64

static bool acks_line(
    struct acks *acks, const char *line, size_t len, uint64_t printed)
{
	uint64_t seq;
	char *end;

	errno = 0;
	seq = strtoull(line, &end, 10);
	if (!isdigit((unsigned char)*line) || end != line + len || seq == 0 ||
	    len >= LINE) {
		snprintf(acks->wrong, sizeof(acks->wrong),
		    "\"%.*s\" is no number of a line", LINE, line);
		return false;
	}
	if (errno != 0 || seq > printed) {
		snprintf(acks->wrong, sizeof(acks->wrong),
		    "%.*s was not printed yet, the last one was %" PRIu64, LINE,
		    line, printed);
		return false;
	}
	if (seq > acks->upto)
		acks->upto = seq;
	return true;
}

/* The lines that have come whole, and what cannot become one. */
static bool acks_lines(struct acks *acks, uint64_t printed)
{
	char *line = acks->input.bytes, *end;
	size_t left = acks->input.len;
	bool right = true;

	while (right && left > 0) {
		end = memchr(line, '\n', left);
		if (end == NULL && left <= LINE)
			break;
		if (end == NULL)
			end = line + LINE;
		*end = '\0';
		right = acks_line(acks, line, (size_t)(end - line), printed);
		left -= (size_t)(end + 1 - line);
		line = end + 1;
	}
	buf_shift(&acks->input, acks->input.len - left);
	return right;
}

bool acks_read(struct acks *acks, uint64_t printed, int patience)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	char piece[4096];
	ssize_t n;

	if (acks->ended || poll(&in, 1, patience) < 1)
		return true;
	n = read(STDIN_FILENO, piece, sizeof(piece));
	if (n > 0) {
		buf_add(&acks->input, piece, (size_t)n);
		return acks_lines(acks, printed);
	}
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return true;
	/* The last line need not have an end. */
	acks->ended = true;
	if (acks->input.len > 0)
		buf_add(&acks->input, "\n", 1);
	return acks_lines(acks, printed);
}

void acks_free(struct acks *acks)
{
	buf_free(&acks->input);
}
