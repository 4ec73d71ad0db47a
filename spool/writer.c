/*
 * Writing a spool. A commit goes this way:
 *
 *     spool_write > lines_number > commit_make > segment_ready
 *         > commit: write it pending > fdatasync > publish
 *
 * and what a crash leaves of it is one of three things, which recovery.c tells
 * apart: nothing, a torn end, or a whole commit that is still pending.
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "spool/consumer.h"
#include "spool/frame.h"
#include "spool/lock.h"
#include "spool/moment.h"
#include "spool/recovery.h"
#include "spool/segment.h"
#include "spool/writer.h"

#define LEVEL 3      /* of compression: sealing does better later */
#define LINE_HEAD 96 /* bytes that number and time take at most */

struct spool_writer {
	struct spool_settings settings;
	const struct disk *disk;
	int folder, lock;
	int fd;          /* of the segment that grows; -1: none yet */
	uint64_t first;  /* in its name */
	uint64_t end;    /* bytes of it that are published */
	int64_t created; /* of it */
	uint64_t next;   /* number of the next line */
	int64_t last;    /* time of the last commit */
	uint8_t uuid[16];
	bool has_uuid;
	struct frame_out frame;
};

struct spool_writer *spool_writer_open(
    const char *folder, const struct spool_settings *settings)
{
	struct spool_writer *writer = calloc(1, sizeof(*writer));

	if (writer == NULL)
		return NULL;
	writer->settings = *settings;
	writer->disk = settings->disk != NULL ? settings->disk : &disk_real;
	if (settings->now == NULL)
		writer->settings.now = moment_now;
	writer->fd = writer->lock = -1;
	writer->next = 1;
	writer->frame.level = LEVEL;
	writer->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (writer->folder < 0)
		goto fail;
	writer->lock = disk_open(
	    writer->disk, writer->folder, LOCK_WRITER, O_RDWR | O_CREAT);
	if (writer->lock < 0 || lock_hold(writer->lock) != 0)
		goto fail;
	if (disk_mkdir(writer->disk, writer->folder, CONSUMER_FOLDER) != 0 &&
	    errno != EEXIST)
		goto fail;
	return writer;
fail:
	spool_writer_close(writer);
	return NULL;
}

static void segment_close(struct spool_writer *writer)
{
	disk_close(writer->disk, writer->fd);
	writer->fd = -1;
}

void spool_writer_close(struct spool_writer *writer)
{
	int error = errno;

	if (writer == NULL)
		return;
	segment_close(writer);
	if (writer->lock >= 0)
		close(writer->lock);
	if (writer->folder >= 0)
		close(writer->folder);
	frame_out_free(&writer->frame);
	free(writer);
	errno = error;
}

void spool_writer_set(
    struct spool_writer *writer, uint64_t segment_bytes, int64_t segment_age)
{
	writer->settings.segment_bytes = segment_bytes;
	writer->settings.segment_age = segment_age;
}

static void recovery_take(
    struct spool_writer *writer, const struct recovery *recovery)
{
	segment_close(writer);
	writer->fd = recovery->fd;
	writer->first = recovery->first;
	writer->end = recovery->end;
	writer->created = recovery->created;
	writer->next = recovery->next;
	writer->last = recovery->last;
	writer->has_uuid = recovery->has_uuid;
	memcpy(writer->uuid, recovery->uuid, sizeof(writer->uuid));
}

int spool_recover(struct spool_writer *writer, struct spool_recovered *found)
{
	struct recovery recovery;

	*found = (struct spool_recovered){ 0 };
	if (recovery_run(writer->disk, writer->folder, &recovery) != 0)
		return -1;
	recovery_take(writer, &recovery);
	found->published = recovery.published;
	found->cut = recovery.cut;
	if (writer->has_uuid)
		uuid_text(found->uuid, writer->uuid);
	if (writer->has_uuid && spool_resume(writer, 0, NULL, "") != 0)
		return -1;
	found->next = writer->next;
	return 0;
}

/* A new spool gets a number of its own: that of the state, if it has one. */
static int uuid_take(struct spool_writer *writer, const char *uuid)
{
	if (writer->has_uuid)
		return 0;
	if ((uuid == NULL || !uuid_parse(uuid, writer->uuid)) &&
	    getrandom(writer->uuid, sizeof(writer->uuid), 0) !=
		(ssize_t)sizeof(writer->uuid))
		return -1;
	writer->has_uuid = true;
	return 0;
}

/* Time of the commit: the clock may go back, the spool does not. */
static int64_t commit_time(const struct spool_writer *writer)
{
	int64_t now = writer->settings.now();

	return now > writer->last ? now : writer->last;
}

static void segment_begun(
    struct spool_writer *writer, const struct header *header)
{
	writer->first = header->first;
	writer->created = header->created;
	writer->end = SEGMENT_HEADER;
	if (header->created > writer->last)
		writer->last = header->created;
}

/* One of this name that has no line yet is taken again: a reader may have it
   open. Its name may not be on the disk yet. False where there is none. */
static bool segment_again(struct spool_writer *writer, const char *name)
{
	const struct disk *disk = writer->disk;
	struct header header;

	writer->fd = disk_open(disk, writer->folder, name, O_RDWR);
	if (writer->fd >= 0 && header_read(disk, writer->fd, &header) == 0 &&
	    header.first == writer->next &&
	    disk_cut(disk, writer->fd, SEGMENT_HEADER) == 0 &&
	    disk_sync_folder(disk, writer->folder) == 0) {
		segment_begun(writer, &header);
		return true;
	}
	segment_close(writer);
	return false;
}

/* Made under a name that readers do not look at, and renamed when its header is
   on the disk. */
static int segment_make(
    struct spool_writer *writer, const char *name, int64_t now)
{
	const struct disk *disk = writer->disk;
	uint8_t bytes[SEGMENT_HEADER];
	struct header header = { .first = writer->next, .created = now };

	memcpy(header.uuid, writer->uuid, sizeof(header.uuid));
	header_put(bytes, &header);
	writer->fd = disk_open(
	    disk, writer->folder, SEGMENT_NEW, O_RDWR | O_CREAT | O_TRUNC);
	if (writer->fd < 0)
		return -1;
	if (disk_write(disk, writer->fd, bytes, sizeof(bytes), 0) != 0 ||
	    disk_sync(disk, writer->fd) != 0 ||
	    disk_rename(disk, writer->folder, SEGMENT_NEW, name) != 0 ||
	    disk_sync_folder(disk, writer->folder) != 0) {
		segment_close(writer);
		return -1;
	}
	segment_begun(writer, &header);
	return 0;
}

/* The last commit of the one before is on the disk, but perhaps not yet that it
   is published; where this sync fails, recovery makes up for it. */
static int segment_begin(struct spool_writer *writer, int64_t now)
{
	char name[SEGMENT_NAME];

	if (uuid_take(writer, NULL) != 0)
		return -1;
	if (writer->fd >= 0)
		disk_sync(writer->disk, writer->fd);
	segment_close(writer);
	segment_name(name, writer->next);
	return segment_again(writer, name) ? 0
					   : segment_make(writer, name, now);
}

/* A segment that is empty is never full: its successor would have its name. */
static int segment_ready(struct spool_writer *writer, int64_t now)
{
	bool empty = writer->end == SEGMENT_HEADER;
	int64_t age = now - writer->created;

	if (writer->fd >= 0 &&
	    (empty ||
		(writer->end < writer->settings.segment_bytes &&
		    age < writer->settings.segment_age)))
		return 0;
	return segment_begin(writer, now);
}

/* Each line gets its number and its time, right behind its first brace. */
static char *lines_number(const struct spool_writer *writer,
    const struct spool_batch *batch, int64_t now, size_t *len)
{
	const char *line = batch->bytes, *end = line + batch->len, *next;
	char *lines = malloc(batch->len + batch->n_lines * LINE_HEAD + 1);
	char *at = lines, time[MOMENT_TEXT];
	uint64_t seq = writer->next;

	moment_put(time, now);
	for (; lines != NULL && line < end; line = next) {
		next =
		    (const char *)memchr(line, '\n', (size_t)(end - line)) + 1;
		at += sprintf(at, "{\"seq\":%" PRIu64 ",\"spooled\":\"%s\",",
		    seq++, time);
		memcpy(at, line + 1, (size_t)(next - line - 1));
		at += next - line - 1;
	}
	*len = (size_t)(at - lines);
	return lines;
}

/*
 * A commit that failed is taken off again. Where even that fails, or after EIO,
 * nobody knows what is on the disk: the segment is left at its last good
 * commit, and the next one begins another. fdatasync is not tried again.
 */
static int commit_failed(struct spool_writer *writer)
{
	int error = errno;

	if (disk_cut(writer->disk, writer->fd, writer->end) != 0 ||
	    error == EIO)
		segment_close(writer);
	errno = error;
	return -1;
}

/*
 * What is on the disk is committed, even where this write fails, for half of it
 * may have been done. A segment behind it tells readers so, too.
 */
static void publish(struct spool_writer *writer, struct mark *mark)
{
	int done = mark_publish(writer->disk, writer->fd, writer->end, mark);

	writer->end += mark_size(mark) + mark->frame;
	writer->next = mark->next;
	writer->last = mark->committed;
	if (done != 0)
		segment_begin(writer, mark->committed);
}

static int commit(struct spool_writer *writer, struct mark *mark,
    const char *lines, size_t len)
{
	const struct disk *disk = writer->disk;
	struct frame_out *frame = &writer->frame;

	mark->pending = true;
	if (commit_make(frame, mark, lines, len) != 0 ||
	    segment_ready(writer, mark->committed) != 0)
		return -1;
	if (disk_write(
		disk, writer->fd, frame->bytes, frame->len, writer->end) != 0 ||
	    disk_sync(disk, writer->fd) != 0)
		return commit_failed(writer);
	publish(writer, mark);
	return 0;
}

int spool_write(struct spool_writer *writer, const struct spool_batch *batch,
    uint64_t *first)
{
	struct mark mark = { .first = writer->next,
		.next = writer->next + batch->n_lines,
		.committed = commit_time(writer),
		.kind = MARK_RECORDS };
	size_t len;
	char *lines;
	int done;

	*first = mark.first;
	if (batch->n_lines == 0)
		return 0;
	lines = lines_number(writer, batch, mark.committed, &len);
	if (lines == NULL)
		return -1;
	errno = EFBIG;
	done =
	    len <= SEGMENT_LINES_MOST ? commit(writer, &mark, lines, len) : -1;
	free(lines);
	return done;
}

static int loss(struct spool_writer *writer, uint64_t next, const char *why)
{
	struct mark mark = { .first = writer->next,
		.next = next,
		.committed = commit_time(writer),
		.kind = MARK_LOSS };
	char line[LOSS_TEXT];
	size_t len = loss_put(line, mark.first, next - 1, why);

	return commit(writer, &mark, line, len);
}

int spool_resume(struct spool_writer *writer, uint64_t next, const char *uuid,
    const char *why)
{
	uint64_t known;

	if (uuid_take(writer, uuid) != 0 ||
	    consumers_know(
		writer->disk, writer->folder, writer->uuid, &known) != 0)
		return -1;
	if (known > next) {
		next = known;
		why = "lines that a consumer had are not in the spool";
	}
	return next > writer->next ? loss(writer, next, why) : 0;
}

void spool_add(struct spool_batch *batch, const char *json, size_t len)
{
	char *more;

	assert(len > 2 && json[0] == '{' && json[1] == '"');
	if (batch->len + len + 1 > batch->room) {
		batch->room = 2 * (batch->len + len + 1);
		more = realloc(batch->bytes, batch->room);
		if (more == NULL)
			abort();
		batch->bytes = more;
	}
	memcpy(batch->bytes + batch->len, json, len);
	batch->bytes[batch->len + len] = '\n';
	batch->len += len + 1;
	batch->n_lines++;
}

void spool_batch_free(struct spool_batch *batch)
{
	free(batch->bytes);
	*batch = (struct spool_batch){ 0 };
}

uint64_t spool_writer_segment(const struct spool_writer *writer)
{
	return writer->fd >= 0 ? writer->first : 0;
}

uint64_t spool_writer_next(const struct spool_writer *writer)
{
	return writer->next;
}

void spool_writer_uuid(const struct spool_writer *writer, char uuid[37])
{
	uuid_text(uuid, writer->uuid);
}
