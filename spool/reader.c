/*
 * Reading a spool, by hopping from mark to mark:
 *
 *     spool_next > line in hand
 *                > segment_open > mark > frame > line in hand
 *                                      > end > successor?
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "spool/segment.h"
#include "spool/spool.h"

#define POLL_MOST 1000 /* ms between two looks where inotify tells nothing */

struct spool_reader {
	const struct disk *disk;
	int folder, watch;
	uint64_t want; /* number of the line to come */

	int fd;         /* of the open segment; -1: none */
	uint64_t first; /* in its name */
	uint64_t at;    /* offset of the next mark */
	bool ended;     /* its end was seen once since a successor exists */
	char name[SEGMENT_NAME];

	char *lines, *line; /* of the frame in hand, and the next in it */
	size_t left;        /* bytes from `line` on */
	char *newline;      /* that was made a NUL for the line in hand */
	uint64_t seq;       /* number of `line`; 0: a loss line */
	uint64_t after;     /* the frame: the number to want then */
};

struct spool_reader *spool_open(const char *folder)
{
	struct spool_reader *reader = calloc(1, sizeof(*reader));

	if (reader == NULL)
		return NULL;
	reader->disk = &disk_real;
	reader->fd = reader->watch = -1;
	reader->want = 1;
	reader->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (reader->folder < 0) {
		free(reader);
		return NULL;
	}
	reader->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (reader->watch >= 0)
		inotify_add_watch(
		    reader->watch, folder, IN_MODIFY | IN_MOVED_TO | IN_DELETE);
	return reader;
}

static void frame_drop(struct spool_reader *reader)
{
	free(reader->lines);
	reader->lines = reader->line = reader->newline = NULL;
	reader->left = 0;
}

static void segment_leave(struct spool_reader *reader)
{
	frame_drop(reader);
	if (reader->fd >= 0)
		close(reader->fd);
	reader->fd = -1;
}

void spool_close(struct spool_reader *reader)
{
	if (reader == NULL)
		return;
	segment_leave(reader);
	if (reader->watch >= 0)
		close(reader->watch);
	close(reader->folder);
	free(reader);
}

void spool_seek(struct spool_reader *reader, uint64_t seq)
{
	segment_leave(reader);
	reader->want = seq > 0 ? seq : 1;
}

static bool segment_open(struct spool_reader *reader, uint64_t first)
{
	segment_leave(reader);
	segment_name(reader->name, first);
	reader->fd = openat(reader->folder, reader->name, O_RDONLY | O_CLOEXEC);
	reader->first = first;
	reader->at = SEGMENT_HEADER;
	reader->ended = false;
	return reader->fd >= 0;
}

static enum spool_status gap(
    struct spool_reader *reader, struct spool_line *line, uint64_t next)
{
	*line = (struct spool_line){ .from = reader->want, .to = next - 1 };
	reader->want = next;
	return SPOOL_GAP;
}

/* Opens the segment that has the line that is wanted, or should have it. */
static enum spool_status segment_find(
    struct spool_reader *reader, struct spool_line *line)
{
	size_t n, i;
	uint64_t *list, first = 0;

	list = segment_list(reader->folder, &n);
	if (n == 0)
		return errno != 0 ? SPOOL_ERROR : SPOOL_END;
	for (i = 0; i < n && list[i] <= reader->want; i++)
		first = list[i];
	if (first == 0)
		first = list[0];
	free(list);
	if (!segment_open(reader, first))
		return errno == ENOENT ? segment_find(reader, line)
				       : SPOOL_ERROR;
	if (first > reader->want)
		return gap(reader, line, first);
	return SPOOL_LINE;
}

/* The segment after the open one; 0: there is none. */
static uint64_t successor(const struct spool_reader *reader)
{
	uint64_t *list, next = 0;
	size_t n, i;

	list = segment_list(reader->folder, &n);
	for (i = 0; i < n && next == 0; i++) {
		if (list[i] > reader->first)
			next = list[i];
	}
	free(list);
	return next;
}

/*
 * A segment may have grown between the look at its end and the look for its
 * successor: so its end is looked at once more before it is left.
 */
static enum spool_status segment_ended(
    struct spool_reader *reader, struct spool_line *line)
{
	uint64_t next = successor(reader);

	if (next == 0)
		return SPOOL_END;
	if (!reader->ended) {
		reader->ended = true;
		return SPOOL_LINE;
	}
	if (!segment_open(reader, next))
		segment_leave(reader); /* gone already: find another */
	else if (next > reader->want)
		return gap(reader, line, next);
	return SPOOL_LINE;
}

/*
 * Goes on at the next good mark of the segment, or with the next segment. Where
 * there is neither, it is the torn end of a commit, and nobody has seen it.
 */
static enum spool_status damaged(
    struct spool_reader *reader, struct spool_line *line)
{
	uint64_t resume = segment_resume(reader->disk, reader->fd, reader->at);
	uint64_t offset = reader->at, skip, next;
	struct mark mark;

	if (resume != 0) {
		segment_at(reader->disk, reader->fd, resume, &mark, &skip);
		next = mark.first;
		reader->at = resume;
	} else {
		next = successor(reader);
		if (next == 0)
			return SPOOL_END;
		reader->at = UINT64_MAX / 4; /* where nothing is: its end */
	}
	*line = (struct spool_line){ .from = reader->want,
		.to = next - 1,
		.file = reader->name,
		.offset = offset };
	if (next > reader->want)
		reader->want = next;
	return SPOOL_DAMAGED;
}

static enum spool_status frame_take(struct spool_reader *reader,
    const struct mark *mark, uint64_t skip, struct spool_line *line)
{
	reader->lines = segment_lines(
	    reader->disk, reader->fd, reader->at, mark, &reader->left);
	if (reader->lines == NULL) {
		reader->left = 0;
		*line = (struct spool_line){ .from = reader->want,
			.to = mark->next - 1,
			.file = reader->name,
			.offset = reader->at };
		reader->at += skip;
		reader->want = mark->next;
		return errno == ENOMEM ? SPOOL_ERROR : SPOOL_DAMAGED;
	}
	reader->line = reader->lines;
	reader->seq = mark->kind == MARK_LOSS ? 0 : mark->first;
	reader->after = mark->next;
	reader->at += skip;
	reader->ended = false;
	return SPOOL_LINE;
}

/* A step towards the next frame; LINE: there may be lines in hand now. */
static enum spool_status hop(
    struct spool_reader *reader, struct spool_line *line)
{
	struct mark mark;
	uint64_t skip;

	if (reader->fd < 0)
		return segment_find(reader, line);
	switch (
	    segment_at(reader->disk, reader->fd, reader->at, &mark, &skip)) {
	case FOUND_MARK:
		if (mark.pending)
			return segment_ended(reader, line);
		if (mark.first > reader->want)
			return gap(reader, line, mark.first);
		if (mark.next > reader->want)
			return frame_take(reader, &mark, skip, line);
		reader->at += skip;
		return SPOOL_LINE;
	case FOUND_OTHER: reader->at += skip; return SPOOL_LINE;
	case FOUND_END: return segment_ended(reader, line);
	case FOUND_ERROR: return SPOOL_ERROR;
	default: return damaged(reader, line);
	}
}

/* The next line of the frame in hand; false where that has no more. */
static bool line_take(struct spool_reader *reader, struct spool_line *line)
{
	char *newline;

	if (reader->left == 0)
		return false;
	newline = memchr(reader->line, '\n', reader->left);
	*newline = '\0';
	*line = (struct spool_line){ .seq = reader->seq,
		.text = reader->line,
		.len = (size_t)(newline - reader->line) };
	reader->left -= line->len + 1;
	reader->line = newline + 1;
	reader->want = reader->seq != 0 ? reader->seq + 1 : reader->after;
	reader->seq += reader->seq != 0;
	return true;
}

enum spool_status spool_next(
    struct spool_reader *reader, struct spool_line *line)
{
	enum spool_status status;

	for (;;) {
		uint64_t want = reader->want;

		while (line_take(reader, line)) {
			if (line->seq == 0 || line->seq >= want)
				return SPOOL_LINE;
			reader->want = want;
		}
		frame_drop(reader);
		status = hop(reader, line);
		if (status != SPOOL_LINE)
			return status;
	}
}

/* What has happened in the folder is one thing: it is looked at. */
static void watch_drain(int watch)
{
	char told[4096];

	while (read(watch, told, sizeof(told)) > 0)
		;
}

int spool_wait(struct spool_reader *reader, int patience)
{
	struct pollfd fd = { .fd = reader->watch, .events = POLLIN };
	int n;

	if (reader->watch < 0 && (patience < 0 || patience > POLL_MOST))
		patience = POLL_MOST;
	n = poll(&fd, reader->watch >= 0, patience);
	if (n > 0)
		watch_drain(reader->watch);
	return reader->watch < 0 && n == 0 ? 1 : n;
}

/* The number behind the last mark of a segment; 0 and errno. */
static uint64_t segment_next(int folder, uint64_t first)
{
	char name[SEGMENT_NAME];
	struct mark mark;
	uint64_t at = SEGMENT_HEADER, skip, next = first;
	enum found found = FOUND_OTHER;
	int fd;

	segment_name(name, first);
	fd = openat(folder, name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	while (found == FOUND_OTHER || found == FOUND_MARK) {
		found = segment_at(&disk_real, fd, at, &mark, &skip);
		at += skip;
		if (found == FOUND_MARK && mark.pending)
			found = FOUND_END;
		else if (found == FOUND_MARK)
			next = mark.next;
		else if (found == FOUND_NOTHING &&
		    (at = segment_resume(&disk_real, fd, at)) != 0)
			found = FOUND_OTHER;
	}
	close(fd);
	return found == FOUND_ERROR ? 0 : next;
}

int spool_bounds(const char *folder, uint64_t *oldest, uint64_t *next)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	uint64_t *list;
	bool fine;
	size_t n;

	if (fd < 0)
		return -1;
	list = segment_list(fd, &n);
	fine = n > 0 || errno == 0;
	*oldest = n > 0 ? list[0] : 1;
	*next = n > 0 ? segment_next(fd, list[n - 1]) : 1;
	free(list);
	close(fd);
	return fine && *next > 0 ? 0 : -1;
}

/* The number in a segment's header; false if it is bad. */
static bool segment_uuid(int folder, uint64_t first, char uuid[37])
{
	uint8_t bytes[SEGMENT_HEADER];
	char name[SEGMENT_NAME];
	struct header header;
	bool fine;
	int fd;

	segment_name(name, first);
	fd = openat(folder, name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	fine = disk_read(&disk_real, fd, bytes, sizeof(bytes), 0) == 0 &&
	    header_get(bytes, &header);
	if (fine)
		uuid_text(uuid, header.uuid);
	close(fd);
	return fine;
}

int spool_uuid(const char *folder, char uuid[37])
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	uint64_t *list = NULL;
	bool found = false;
	size_t n = 0;

	if (fd < 0)
		return -1;
	list = segment_list(fd, &n);
	errno = n > 0 ? EBADMSG : errno;
	while (n > 0 && !found)
		found = segment_uuid(fd, list[--n], uuid);
	free(list);
	close(fd);
	return found ? 0 : -1;
}
