/*
 * Reading a spool, by hopping from mark to mark:
 *
 *     spool_next > line in hand
 *                > segment_find > mark > frame > line in hand
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

#include "spool/frame.h"
#include "spool/index.h"
#include "spool/moment.h"
#include "spool/segment.h"
#include "spool/spool.h"

/* Bytes that are not worth halving: a commit of the default size, packed. */
#define HOPS ((uint64_t)128 << 10)
#define POLL_MOST 1000 /* ms between two looks where inotify tells nothing */

struct spool_reader {
	const struct disk *disk;
	int folder, watch;
	uint64_t want; /* number of the line to come; 0: of the oldest */

	bool by_time;  /* not `want` says which line comes next, but */
	int64_t since; /* this time, milliseconds since 1970, */
	char since_text[MOMENT_TEXT]; /* and the same as lines have it */

	int fd;           /* of the open segment; -1: none */
	ino_t inode;      /* of it */
	uint64_t first;   /* in its name */
	uint64_t at;      /* offset of the next mark */
	bool ended;       /* its end was seen once since a successor exists */
	bool told_header; /* that it is damaged */
	char name[SEGMENT_NAME];

	struct frame_in frame; /* in hand, */
	char *line;            /* the next line in it, */
	size_t left;           /* bytes from there on, */
	uint64_t seq;          /* its number; 0: a loss line, */
	uint64_t after;        /* and the number to want then */

	struct spool_line told;
	char told_file[SEGMENT_NAME];
};

struct spool_reader *spool_open(const char *folder)
{
	struct spool_reader *reader = calloc(1, sizeof(*reader));

	if (reader == NULL)
		return NULL;
	reader->disk = &disk_real;
	reader->fd = reader->watch = -1;
	reader->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (reader->folder < 0 ||
	    spool_is_there(reader->disk, reader->folder) != 0) {
		spool_close(reader);
		return NULL;
	}
	reader->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (reader->watch >= 0 &&
	    inotify_add_watch(reader->watch, folder,
		IN_MODIFY | IN_MOVED_TO | IN_DELETE) < 0) {
		close(reader->watch); /* there are too many watches */
		reader->watch = -1;
	}
	return reader;
}

static void segment_leave(struct spool_reader *reader)
{
	reader->left = 0;
	disk_close(reader->disk, reader->fd);
	reader->fd = -1;
}

void spool_close(struct spool_reader *reader)
{
	int error = errno;

	if (reader == NULL)
		return;
	segment_leave(reader);
	frame_in_free(&reader->frame);
	if (reader->watch >= 0)
		close(reader->watch);
	if (reader->folder >= 0)
		close(reader->folder);
	free(reader);
	errno = error;
}

void spool_seek(struct spool_reader *reader, uint64_t seq)
{
	segment_leave(reader);
	reader->by_time = reader->told_header = false;
	reader->want = seq > 0 ? seq : 1;
}

void spool_seek_time(struct spool_reader *reader, int64_t millis)
{
	spool_seek(reader, 1);
	reader->by_time = true;
	reader->since = millis > 0 ? millis : 0;
	moment_put(reader->since_text, reader->since);
}

/* ---- what is told besides lines ---- */

static enum spool_status gap(struct spool_reader *reader, uint64_t next)
{
	reader->told =
	    (struct spool_line){ .from = reader->want, .to = next - 1 };
	reader->want = next;
	return SPOOL_GAP;
}

/* Of numbers up to `next`, and what is read next comes behind them. */
static enum spool_status damage(
    struct spool_reader *reader, uint64_t offset, uint64_t next)
{
	memcpy(reader->told_file, reader->name, sizeof(reader->told_file));
	if (next < reader->want)
		next = reader->want;
	reader->told = (struct spool_line){ .from = reader->want,
		.to = next - 1,
		.file = reader->told_file,
		.offset = offset };
	reader->want = next;
	return SPOOL_DAMAGED;
}

static enum spool_status error(struct spool_reader *reader)
{
	memcpy(reader->told_file, reader->name, sizeof(reader->told_file));
	reader->told = (struct spool_line){
		.from = 1, .file = reader->told_file, .offset = reader->at
	};
	return SPOOL_ERROR;
}

/* ---- segments ---- */

/* A damaged header is told once; its commits may be good all the same. */
static enum spool_status header_look(struct spool_reader *reader)
{
	struct header header;
	bool told = reader->told_header;

	reader->told_header = false;
	if (header_read(reader->disk, reader->fd, &header) == 0)
		return SPOOL_LINE;
	if (errno != EBADMSG) {
		segment_leave(reader);
		return error(reader);
	}
	reader->told_header = true;
	return told ? SPOOL_LINE : damage(reader, 0, 0);
}

/* Whether what is wanted is in a commit or behind it. */
static bool is_behind(
    const struct spool_reader *reader, const struct mark *mark)
{
	return reader->by_time ? mark->committed < reader->since
			       : mark->first <= reader->want;
}

/*
 * Where to begin in a segment without an index: it is halved, and the first
 * mark of the second half says which half it is, until few hops are left. The
 * hops alone would touch the whole segment, and wait for the disk each time.
 */
static uint64_t segment_halve(const struct spool_reader *reader, uint64_t size)
{
	uint64_t low = SEGMENT_HEADER, high = size, middle;
	struct step step;
	enum found found;

	while (high > low + HOPS) {
		middle = low + (high - low) / 2;
		found = segment_step(reader->disk, reader->fd, middle, &step);
		if (found == FOUND_DAMAGE)
			found = segment_step(
			    reader->disk, reader->fd, step.next, &step);
		if (found == FOUND_COMMIT && step.at < high &&
		    is_behind(reader, &step.mark))
			low = step.at;
		else
			high = middle;
	}
	return low;
}

static uint64_t segment_begin(const struct spool_reader *reader, uint64_t size)
{
	struct step step;
	uint64_t at;

	if (!reader->by_time && reader->want <= reader->first)
		return SEGMENT_HEADER;
	at = index_find(reader->disk, reader->fd,
	    reader->by_time ? 0 : reader->want, reader->since);
	if (at > 0 &&
	    segment_step(reader->disk, reader->fd, at, &step) == FOUND_COMMIT &&
	    step.at == at)
		return at;
	return segment_halve(reader, size);
}

/* LINE: it is open; END: it is not there any more. */
static enum spool_status segment_open(
    struct spool_reader *reader, uint64_t first)
{
	struct stat about;

	segment_leave(reader);
	if (first != reader->first)
		reader->told_header = false;
	if (reader->want == 0)
		reader->want = first;
	segment_name(reader->name, first);
	reader->first = first;
	reader->ended = false;
	reader->at = 0;
	reader->fd =
	    disk_open(reader->disk, reader->folder, reader->name, O_RDONLY);
	if (reader->fd < 0)
		return errno == ENOENT ? SPOOL_END : error(reader);
	if (disk_stat(reader->disk, reader->fd, "", &about) != 0) {
		segment_leave(reader);
		return error(reader);
	}
	reader->inode = about.st_ino;
	reader->at = segment_begin(reader, (uint64_t)about.st_size);
	return header_look(reader);
}

/* Whether a segment was begun before the time that is wanted; one whose header
   cannot be read is not taken for it. */
static bool is_begun(const struct spool_reader *reader, uint64_t first)
{
	struct header header;

	return segment_header(reader->disk, reader->folder, first, &header) ==
	    0 &&
	    header.created < reader->since;
}

/* Which segment has the line that is wanted, or should have it: the last one
   that was begun before it, or else the first. */
static size_t segment_choose(
    const struct spool_reader *reader, const uint64_t *list, size_t n)
{
	while (--n > 0) {
		if (reader->by_time ? is_begun(reader, list[n])
				    : list[n] <= reader->want)
			break;
	}
	return n;
}

static bool segment_is_there(const struct spool_reader *reader, uint64_t first)
{
	char name[SEGMENT_NAME];
	struct stat about;

	segment_name(name, first);
	return first > reader->first && !reader->by_time &&
	    disk_stat(reader->disk, reader->folder, name, &about) == 0;
}

/* 0 where there is none, with errno 0, or where the disk does not say. */
static uint64_t segment_wanted(const struct spool_reader *reader)
{
	uint64_t *list, first = 0;
	size_t n;

	list = segment_list(reader->disk, reader->folder, &n);
	if (n > 0)
		first = list[segment_choose(reader, list, n)];
	free(list);
	return first;
}

/* A list of a large folder may lack a name that is just given to another file.
   So lines are missing at the beginning only if two lists say so. */
static enum spool_status segment_find(struct spool_reader *reader)
{
	enum spool_status status = SPOOL_END;
	uint64_t first = 0, before;

	while (status == SPOOL_END) {
		do {
			before = first;
			first = segment_wanted(reader);
			if (first == 0)
				return errno == 0 ? SPOOL_END : error(reader);
		} while (first > reader->want && first != before);
		status = segment_open(reader, first);
	}
	if (status == SPOOL_LINE && !reader->by_time && first > reader->want)
		return gap(reader, first);
	return status;
}

/* The segment after the open one; 0: there is none, with errno 0, or the disk
   does not say. As a rule it has the name of the line that is wanted. */
static uint64_t successor(const struct spool_reader *reader)
{
	uint64_t *list, next = 0;
	size_t n, i;

	if (segment_is_there(reader, reader->want))
		return reader->want;
	list = segment_list(reader->disk, reader->folder, &n);
	for (i = 0; i < n && next == 0; i++) {
		if (list[i] > reader->first)
			next = list[i];
	}
	free(list);
	return next;
}

/* Whether the open segment is still the one that its name means: another takes
   its place when it is sealed, repaired, or begun once more. */
static bool is_named(const struct spool_reader *reader)
{
	struct stat about;

	return disk_stat(reader->disk, reader->folder, reader->name, &about) ==
	    0 &&
	    about.st_ino == reader->inode;
}

/* Numbers that are missing where a segment ends were lost with its end, if
   there is something behind the last commit. */
static enum spool_status segment_next(
    struct spool_reader *reader, enum found found, uint64_t next)
{
	if (!reader->by_time && next > reader->want && found == FOUND_TORN)
		return damage(reader, reader->at, next);
	switch (segment_open(reader, next)) {
	case SPOOL_END: return SPOOL_LINE; /* gone already: find another */
	case SPOOL_DAMAGED: return SPOOL_DAMAGED;
	case SPOOL_ERROR: return SPOOL_ERROR;
	default: break;
	}
	if (!reader->by_time && next > reader->want)
		return gap(reader, next);
	return SPOOL_LINE;
}

/*
 * A segment may have grown between the look at its end and the look for its
 * successor: so its end is looked at once more before it is left.
 */
static enum spool_status segment_ended(
    struct spool_reader *reader, enum found found)
{
	uint64_t next;

	if (!is_named(reader)) {
		segment_leave(reader);
		return segment_find(reader);
	}
	next = successor(reader);
	if (next == 0)
		return errno == 0 ? SPOOL_END : error(reader);
	if (!reader->ended) {
		reader->ended = true;
		return SPOOL_LINE;
	}
	return segment_next(reader, found, next);
}

/* ---- commits ---- */

static enum spool_status frame_take(
    struct spool_reader *reader, const struct step *step)
{
	const struct mark *mark = &step->mark;

	if (frame_read(&reader->frame, reader->disk, reader->fd, step->at,
		mark) != 0) {
		if (errno != EBADMSG && errno != ENODATA)
			return error(reader);
		reader->at = step->next;
		return damage(reader, step->at, mark->next);
	}
	reader->line = reader->frame.lines;
	reader->left = reader->frame.len;
	reader->seq = mark->kind == MARK_LOSS ? 0 : mark->first;
	reader->after = mark->next;
	reader->at = step->next;
	reader->ended = false;
	return SPOOL_LINE;
}

static enum spool_status commit_found(
    struct spool_reader *reader, const struct step *step)
{
	const struct mark *mark = &step->mark;
	bool before = reader->by_time ? mark->committed < reader->since
				      : mark->next <= reader->want;

	if (before) {
		reader->at = step->next;
		return SPOOL_LINE;
	}
	if (reader->by_time)
		reader->want = mark->first;
	else if (mark->first > reader->want)
		return gap(reader, mark->first);
	return frame_take(reader, step);
}

/* Goes on at the next good mark of the segment. */
static enum spool_status damage_found(
    struct spool_reader *reader, const struct step *step)
{
	uint64_t offset = step->at;
	struct step behind;

	if (segment_step(reader->disk, reader->fd, step->next, &behind) ==
	    FOUND_ERROR)
		return error(reader);
	reader->at = step->next;
	return damage(reader, offset, reader->by_time ? 0 : behind.mark.first);
}

/* The numbers of a pending commit are used again where it has failed: with a
   successor that goes on behind them, it was published. */
static enum spool_status pending_found(
    struct spool_reader *reader, const struct step *step)
{
	uint64_t next = successor(reader);

	if (next != 0 && next >= step->mark.next)
		return commit_found(reader, step);
	return segment_ended(reader, FOUND_PENDING);
}

/* A step towards the next frame; LINE: there may be lines in hand now. */
static enum spool_status hop(struct spool_reader *reader)
{
	struct step step;
	enum found found;

	if (reader->fd < 0)
		return segment_find(reader);
	found = segment_step(reader->disk, reader->fd, reader->at, &step);
	switch (found) {
	case FOUND_COMMIT: return commit_found(reader, &step);
	case FOUND_PENDING: return pending_found(reader, &step);
	case FOUND_DAMAGE: return damage_found(reader, &step);
	case FOUND_ERROR: return error(reader);
	default: return segment_ended(reader, found);
	}
}

/* ---- lines ---- */

/* The next line of the frame in hand; false where that has no more. */
static bool line_take(struct spool_reader *reader)
{
	char *newline;
	size_t len;

	if (reader->left == 0)
		return false;
	newline = memchr(reader->line, '\n', reader->left);
	*newline = '\0';
	len = (size_t)(newline - reader->line);
	reader->told = (struct spool_line){
		.seq = reader->seq, .text = reader->line, .len = len
	};
	reader->left -= len + 1;
	reader->line = newline + 1;
	reader->seq += reader->seq != 0;
	return true;
}

/* Whether a line was committed before the time that is wanted. Its time stands
   right behind its number, and sorts as text. */
static bool line_is_before(const struct spool_reader *reader)
{
	static const char sign[] = "\"spooled\":\"";
	const char *time = strstr(reader->told.text, sign);

	return time != NULL &&
	    strncmp(time + strlen(sign), reader->since_text, MOMENT_LEN) < 0;
}

static bool line_is_wanted(struct spool_reader *reader)
{
	uint64_t seq = reader->told.seq;

	if (seq == 0) {
		reader->want = reader->after;
		reader->by_time = false;
		return true;
	}
	if (reader->by_time ? line_is_before(reader) : seq < reader->want)
		return false;
	reader->by_time = false;
	reader->want = seq + 1;
	return true;
}

enum spool_status spool_next(
    struct spool_reader *reader, const struct spool_line **line)
{
	enum spool_status status;

	*line = &reader->told;
	do {
		while (line_take(reader)) {
			if (line_is_wanted(reader))
				return SPOOL_LINE;
		}
		status = hop(reader);
	} while (status == SPOOL_LINE);
	return status;
}

/* ---- waiting ---- */

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
	return reader->watch < 0 && n == 0 && patience != 0 ? 1 : n;
}

/* ---- about a spool ---- */

int spool_bounds(const char *folder, uint64_t *oldest, uint64_t *next)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int done = -1;

	if (fd >= 0 && spool_is_there(&disk_real, fd) == 0)
		done = segments_bounds(&disk_real, fd, oldest, next);
	disk_close(&disk_real, fd);
	return done;
}

int spool_uuid(const char *folder, char uuid[37])
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	uint8_t bytes[16];
	int done = -1;

	if (fd >= 0)
		done = segments_uuid(&disk_real, fd, bytes);
	if (done == 0)
		uuid_text(uuid, bytes);
	disk_close(&disk_real, fd);
	return done;
}
