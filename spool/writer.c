/*
 * Writing a spool. A commit goes this way:
 *
 *     spool_write > lines_number > frame_make > segment_ready
 *         > commit: write it pending > fdatasync > publish
 *
 * and what a crash leaves of it is one of three things, which spool_recover()
 * tells apart: nothing, a torn end, or a whole commit that is still pending.
 */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>
#include <zstd.h>

#include "spool/writer.h"

#define LOCK_NAME ".lock"
#define NEW_NAME ".new" /* a segment whose header is not on the disk yet */
#define LEVEL 3         /* of compression: sealing does better later */
#define LINE_HEAD 96    /* bytes that number and time take at most */

struct spool_writer {
	struct spool_settings settings;
	const struct disk *disk;
	int folder, lock;
	int fd;          /* of the segment that grows; -1: none yet */
	uint64_t end;    /* bytes of it that are published */
	int64_t created; /* of it */
	uint64_t next;   /* number of the next line */
	int64_t last;    /* time of the last commit */
	uint8_t uuid[16];
	bool has_uuid;
};

static int64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

struct spool_writer *spool_writer_open(
    const char *folder, const struct spool_settings *settings)
{
	struct spool_writer *writer = calloc(1, sizeof(*writer));

	if (writer == NULL)
		return NULL;
	writer->settings = *settings;
	writer->disk = settings->disk != NULL ? settings->disk : &disk_real;
	if (settings->now == NULL)
		writer->settings.now = clock_now;
	writer->fd = writer->lock = -1;
	writer->next = 1;
	writer->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (writer->folder < 0)
		goto fail;
	writer->lock = openat(
	    writer->folder, LOCK_NAME, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (writer->lock < 0 || flock(writer->lock, LOCK_EX | LOCK_NB) != 0)
		goto fail;
	return writer;
fail:
	spool_writer_close(writer);
	return NULL;
}

static void segment_close(struct spool_writer *writer)
{
	if (writer->fd >= 0)
		writer->disk->close(writer->disk->whose, writer->fd);
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
	free(writer);
	errno = error;
}

static int size_write(
    struct spool_writer *writer, uint64_t at, const struct mark *mark)
{
	uint8_t size[4];

	mark_put_size(size, mark);
	return disk_write(writer->disk, writer->fd, size, sizeof(size), at + 4);
}

static int publish(struct spool_writer *writer, struct mark *mark)
{
	mark->pending = false;
	if (size_write(writer, writer->end, mark) != 0)
		return -1;
	writer->end += mark_size(mark) + mark->frame;
	writer->next = mark->next;
	writer->last = mark->committed;
	return 0;
}

/* Where the published part ends, and what the last mark says: FOUND_MARK where
   a pending commit comes behind it, FOUND_END, or FOUND_ERROR. */
static enum found segment_hop(struct spool_writer *writer, struct mark *pending)
{
	struct mark mark;
	uint64_t at = SEGMENT_HEADER, skip;
	enum found found;

	for (;;) {
		found = segment_at(writer->disk, writer->fd, at, &mark, &skip);
		if (found == FOUND_NOTHING)
			skip = segment_resume(writer->disk, writer->fd, at);
		if (found == FOUND_NOTHING && skip != 0) {
			at = skip; /* damage in the middle stays: verify */
			continue;
		}
		writer->end = at;
		if (found == FOUND_ERROR || found == FOUND_END)
			return found;
		if (found == FOUND_NOTHING)
			return FOUND_END;
		if (found == FOUND_MARK && mark.pending) {
			*pending = mark;
			return FOUND_MARK;
		}
		if (found == FOUND_MARK && mark.stale &&
		    size_write(writer, at, &mark) != 0)
			return FOUND_ERROR;
		if (found == FOUND_MARK) {
			writer->next = mark.next;
			writer->last = mark.committed;
		}
		at += skip;
	}
}

/* What lies behind the published part goes; it was never shown to anybody. */
static int cut(struct spool_writer *writer, uint64_t *bytes)
{
	const struct disk *disk = writer->disk;
	off_t size = lseek(writer->fd, 0, SEEK_END);

	if (size < 0)
		return -1;
	if ((uint64_t)size <= writer->end)
		return 0;
	*bytes += (uint64_t)size - writer->end;
	if (disk->ftruncate(disk->whose, writer->fd, (off_t)writer->end) != 0)
		return -1;
	return disk->fdatasync(disk->whose, writer->fd);
}

/* A commit whose mark and frame are whole was on the disk, and may have been
   shown: it is published. */
static int publish_whole(struct spool_writer *writer, struct mark *pending,
    struct spool_recovered *found)
{
	const struct disk *disk = writer->disk;
	size_t len;
	char *lines =
	    segment_lines(disk, writer->fd, writer->end, pending, &len);

	if (lines == NULL)
		return errno == EBADMSG || errno == ENODATA ? 0 : -1;
	free(lines);
	found->published += pending->next - pending->first;
	if (disk->fdatasync(disk->whose, writer->fd) != 0)
		return -1;
	return publish(writer, pending);
}

/* False where the header is bad; its commits may be good all the same. */
static bool header_take(struct spool_writer *writer, uint64_t first)
{
	uint8_t bytes[SEGMENT_HEADER];
	struct header header;

	if (disk_read(writer->disk, writer->fd, bytes, sizeof(bytes), 0) != 0 ||
	    !header_get(bytes, &header) || header.first != first)
		return false;
	memcpy(writer->uuid, header.uuid, sizeof(writer->uuid));
	writer->has_uuid = true;
	writer->created = header.created;
	return true;
}

static int segment_reopen(struct spool_writer *writer, uint64_t first)
{
	const struct disk *disk = writer->disk;
	char name[SEGMENT_NAME];

	segment_close(writer);
	segment_name(name, first);
	writer->fd = disk->open(disk->whose, writer->folder, name, O_RDWR);
	return writer->fd < 0 ? -1 : 0;
}

/* A segment's end made whole; numbers from `behind` on are another's. */
static int segment_mend(struct spool_writer *writer, uint64_t first,
    uint64_t behind, struct spool_recovered *found)
{
	struct mark pending;
	bool good;

	if (segment_reopen(writer, first) != 0)
		return -1;
	good = header_take(writer, first);
	writer->next = first;
	switch (segment_hop(writer, &pending)) {
	case FOUND_ERROR: return -1;
	case FOUND_MARK:
		if (pending.next <= behind &&
		    publish_whole(writer, &pending, found) != 0)
			return -1;
		break;
	default: break;
	}
	if (cut(writer, &found->cut) != 0)
		return -1;
	if (!good)
		segment_close(writer); /* nothing grows behind a bad header */
	return 0;
}

/* The last segment, and the one before it: a crash or an error may have left
   that one in the act when the last was begun. */
static int segments_mend(
    struct spool_writer *writer, struct spool_recovered *found)
{
	size_t n, i;
	uint64_t *list = segment_list(writer->folder, &n);
	int done = list == NULL && errno != 0 ? -1 : 0;

	for (i = n > 1 ? n - 2 : 0; list != NULL && i < n && done == 0; i++)
		done = segment_mend(writer, list[i],
		    i + 1 < n ? list[i + 1] : UINT64_MAX, found);
	free(list);
	return done;
}

int spool_recover(struct spool_writer *writer, struct spool_recovered *found)
{
	const struct disk *disk = writer->disk;

	*found = (struct spool_recovered){ 0 };
	disk->unlink(disk->whose, writer->folder, NEW_NAME);
	if (segments_mend(writer, found) != 0)
		return -1;
	found->next = writer->next;
	if (writer->has_uuid)
		uuid_text(found->uuid, writer->uuid);
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

/* One of this name that has no line yet is taken again: a reader may have it
   open. Its name may not be on the disk yet. False where there is none. */
static bool segment_again(struct spool_writer *writer)
{
	const struct disk *disk = writer->disk;

	if (segment_reopen(writer, writer->next) == 0 &&
	    header_take(writer, writer->next) &&
	    disk->ftruncate(disk->whose, writer->fd, SEGMENT_HEADER) == 0 &&
	    disk->fsync(disk->whose, writer->folder) == 0) {
		writer->end = SEGMENT_HEADER;
		return true;
	}
	segment_close(writer);
	return false;
}

/* Made under a name that readers do not look at, and renamed when its header is
   on the disk. */
static int segment_make(struct spool_writer *writer)
{
	const struct disk *disk = writer->disk;
	uint8_t bytes[SEGMENT_HEADER];
	char name[SEGMENT_NAME];
	struct header header = { .first = writer->next,
		.created = writer->settings.now() };

	if (uuid_take(writer, NULL) != 0)
		return -1;
	memcpy(header.uuid, writer->uuid, sizeof(header.uuid));
	header_put(bytes, &header);
	segment_name(name, header.first);
	writer->fd = disk->open(
	    disk->whose, writer->folder, NEW_NAME, O_RDWR | O_CREAT | O_TRUNC);
	if (writer->fd < 0)
		return -1;
	if (disk_write(disk, writer->fd, bytes, sizeof(bytes), 0) != 0 ||
	    disk->fdatasync(disk->whose, writer->fd) != 0 ||
	    disk->rename(disk->whose, writer->folder, NEW_NAME, name) != 0 ||
	    disk->fsync(disk->whose, writer->folder) != 0) {
		segment_close(writer);
		return -1;
	}
	writer->created = header.created;
	writer->end = SEGMENT_HEADER;
	return 0;
}

/* The last commit of the one before is on the disk, but perhaps not yet that it
   is published; where this sync fails, recovery makes up for it. */
static int segment_begin(struct spool_writer *writer)
{
	if (writer->fd >= 0)
		writer->disk->fdatasync(writer->disk->whose, writer->fd);
	return segment_again(writer) ? 0 : segment_make(writer);
}

/* A segment that is empty is never full: its successor would have its name. */
static int segment_ready(struct spool_writer *writer)
{
	bool empty = writer->end == SEGMENT_HEADER;
	int64_t age = writer->settings.now() - writer->created;

	if (writer->fd >= 0 &&
	    (empty ||
		(writer->end < writer->settings.segment_bytes &&
		    age < writer->settings.segment_age)))
		return 0;
	return segment_begin(writer);
}

/* Time of the commit: the clock may go back, the spool does not. */
static int64_t commit_time(const struct spool_writer *writer)
{
	int64_t now = writer->settings.now();

	return now > writer->last ? now : writer->last;
}

static void time_text(char text[40], int64_t millis)
{
	time_t seconds = (time_t)(millis / 1000);
	struct tm day;
	size_t len;

	gmtime_r(&seconds, &day);
	len = strftime(text, 24, "%Y-%m-%dT%H:%M:%S", &day);
	snprintf(text + len, 40 - len, ".%03dZ", (int)(millis % 1000));
}

/* Each line gets its number and its time, right behind its first brace. */
static char *lines_number(const struct spool_writer *writer,
    const struct spool_batch *batch, int64_t now, size_t *len)
{
	const char *line = batch->bytes, *end = line + batch->len, *next;
	char *lines = malloc(batch->len + batch->n_lines * LINE_HEAD + 1);
	char *at = lines, time[40];
	uint64_t seq = writer->next;

	time_text(time, now);
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

/* A mark with room for itself, and the frame behind it, in one piece. */
static uint8_t *commit_make(
    struct mark *mark, const char *lines, size_t len, size_t *size)
{
	size_t room = ZSTD_compressBound(len), frame;
	uint8_t *bytes = malloc(SEGMENT_MARK_MOST + room);
	ZSTD_CCtx *zstd = ZSTD_createCCtx();

	errno = ENOMEM;
	if (bytes == NULL || zstd == NULL)
		goto fail;
	ZSTD_CCtx_setParameter(zstd, ZSTD_c_compressionLevel, LEVEL);
	ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1);
	frame =
	    ZSTD_compress2(zstd, bytes + SEGMENT_MARK_MOST, room, lines, len);
	if (ZSTD_isError(frame))
		goto fail;
	ZSTD_freeCCtx(zstd);
	mark->frame = (uint32_t)frame;
	mark->padding = mark_padding(mark->frame);
	memmove(bytes + mark_size(mark), bytes + SEGMENT_MARK_MOST, frame);
	*size = mark_size(mark) + frame;
	return bytes;
fail:
	ZSTD_freeCCtx(zstd);
	free(bytes);
	return NULL;
}

/*
 * A commit that failed is taken off again. Where even that fails, or a sync
 * did, nobody knows what is on the disk: the segment is left at its last good
 * commit, and the next one begins another. fdatasync is not tried again.
 */
static int commit_failed(struct spool_writer *writer)
{
	const struct disk *disk = writer->disk;
	int error = errno;

	if (disk->ftruncate(disk->whose, writer->fd, (off_t)writer->end) != 0 ||
	    error == EIO)
		segment_close(writer);
	errno = error;
	return -1;
}

static int commit(struct spool_writer *writer, struct mark *mark,
    const char *lines, size_t len)
{
	const struct disk *disk = writer->disk;
	uint8_t *bytes, head[SEGMENT_MARK_MOST];
	size_t size;
	int done = -1;

	bytes = commit_make(mark, lines, len, &size);
	if (bytes == NULL)
		return -1;
	if (segment_ready(writer) == 0) {
		mark->pending = true;
		mark_put(head, mark);
		memcpy(bytes, head, mark_size(mark));
		if (disk_write(disk, writer->fd, bytes, size, writer->end) !=
			0 ||
		    disk->fdatasync(disk->whose, writer->fd) != 0 ||
		    publish(writer, mark) != 0)
			done = commit_failed(writer);
		else
			done = 0;
	}
	free(bytes);
	return done;
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
	done = commit(writer, &mark, lines, len);
	free(lines);
	return done;
}

int spool_resume(struct spool_writer *writer, uint64_t next, const char *uuid,
    const char *why)
{
	struct mark mark = { .first = writer->next,
		.next = next,
		.committed = commit_time(writer),
		.kind = MARK_LOSS };
	char line[256];
	int len;

	if (uuid_take(writer, uuid) != 0)
		return -1;
	if (next <= writer->next)
		return 0;
	len = snprintf(line, sizeof(line),
	    "{\"v\":1,\"kind\":\"loss\",\"from\":%" PRIu64 ",\"to\":%" PRIu64
	    ",\"why\":\"%.120s\"}\n",
	    mark.first, next - 1, why);
	return commit(writer, &mark, line, (size_t)len);
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

uint64_t spool_writer_next(const struct spool_writer *writer)
{
	return writer->next;
}

void spool_writer_uuid(const struct spool_writer *writer, char uuid[37])
{
	uuid_text(uuid, writer->uuid);
}
