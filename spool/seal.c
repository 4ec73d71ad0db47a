/*
 * Sealing a segment:
 *
 *     lines of its commits > gathered to larger ones > index
 *         > on the disk > read again and compared > in its place
 *
 * A crash leaves the old one or the new one, and perhaps ".sealing".
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "spool/frame.h"
#include "spool/index.h"
#include "spool/rewrite.h"
#include "spool/seal.h"
#include "spool/segment.h"
#include "spool/upkeep.h"

#define TEMPORARY ".sealing"

struct sealing {
	const struct disk *disk;
	int folder;
	int fd; /* of the old one */
	char name[SEGMENT_NAME];
	uint64_t at;        /* offset in it */
	uint64_t want;      /* number of the line to come */
	uint64_t successor; /* number in the next segment's name */
	struct frame_in in;
	struct rewrite to;

	struct mark mark; /* of what is gathered */
	char *lines;
	size_t len, room;
};

static int flush(struct sealing *sealing)
{
	int done;

	if (sealing->len == 0)
		return 0;
	done = rewrite_commit(
	    &sealing->to, &sealing->mark, sealing->lines, sealing->len);
	sealing->len = 0;
	return done;
}

static int gather(struct sealing *sealing, const struct mark *mark,
    const char *lines, size_t len)
{
	/* What is large already stays alone: a frame has its limit. */
	if (len >= SEAL_LINES && flush(sealing) != 0)
		return -1;
	if (sealing->len + len > sealing->room) {
		sealing->room = sealing->len + len + SEAL_LINES;
		sealing->lines = realloc(sealing->lines, sealing->room);
		if (sealing->lines == NULL)
			abort();
	}
	if (sealing->len == 0)
		sealing->mark = *mark;
	sealing->mark.next = mark->next;
	sealing->mark.committed = mark->committed;
	memcpy(sealing->lines + sealing->len, lines, len);
	sealing->len += len;
	return sealing->len >= SEAL_LINES ? flush(sealing) : 0;
}

/* A loss keeps a commit of its own: its line is told by its mark. */
static int commit_take(struct sealing *sealing, const struct mark *mark)
{
	const struct frame_in *in = &sealing->in;

	if (mark->kind == MARK_RECORDS)
		return gather(sealing, mark, in->lines, in->len);
	if (flush(sealing) != 0)
		return -1;
	return rewrite_commit(&sealing->to, mark, in->lines, in->len);
}

/*
 * The next commit of a segment that is finished: 1; 0 at its end, -1 and errno,
 * EBADMSG where it is damaged. What is torn or pending at the end was never
 * seen by anybody, as long as no number is missing.
 */
static int commit_next(struct sealing *sealing, struct step *step)
{
	enum found found =
	    segment_step(sealing->disk, sealing->fd, sealing->at, step);
	bool published = found == FOUND_COMMIT ||
	    (found == FOUND_PENDING && step->mark.next <= sealing->successor);

	if (found == FOUND_ERROR)
		return -1;
	if (!published && found != FOUND_DAMAGE &&
	    sealing->want == sealing->successor)
		return 0;
	errno = EBADMSG;
	if (!published || step->mark.first != sealing->want ||
	    frame_read(&sealing->in, sealing->disk, sealing->fd, step->at,
		&step->mark) != 0)
		return -1;
	sealing->want = step->mark.next;
	sealing->at = step->next;
	return 1;
}

static int commits_take(struct sealing *sealing)
{
	struct step step;
	int found;

	while ((found = commit_next(sealing, &step)) == 1) {
		if (commit_take(sealing, &step.mark) != 0)
			return -1;
	}
	if (found < 0 || flush(sealing) != 0)
		return -1;
	return rewrite_index(&sealing->to);
}

/* ---- reading it again ---- */

struct stream { /* the lines of a segment, as they come */
	struct sealing at;
	size_t done; /* bytes of the frame in hand */
	bool new;    /* nothing may be amiss with it */
};

static int stream_fill(struct stream *stream)
{
	struct step step;
	int found = 1;

	if (stream->done == stream->at.in.len) {
		found = commit_next(&stream->at, &step);
		stream->done = 0;
		if (found == 1 && stream->new &&
		    (step.stale || step.mark.pending))
			found = -1;
	}
	return found;
}

/* 0 where both have the same lines to the end. */
static int streams_compare(struct stream *a, struct stream *b)
{
	for (;;) {
		int more = stream_fill(a), other = stream_fill(b);
		size_t len = a->at.in.len - a->done;

		if (more < 0 || other < 0)
			return -1;
		errno = EBADMSG;
		if (more != other)
			return -1;
		if (more == 0)
			return 0;
		if (len > b->at.in.len - b->done)
			len = b->at.in.len - b->done;
		if (memcmp(a->at.in.lines + a->done, b->at.in.lines + b->done,
			len) != 0)
			return -1;
		a->done += len;
		b->done += len;
	}
}

static bool lines_are_same(const struct sealing *sealing, uint64_t first)
{
	struct stream old = { .at = { .disk = sealing->disk,
				  .fd = sealing->fd,
				  .at = SEGMENT_HEADER,
				  .want = first,
				  .successor = sealing->successor } };
	struct stream new = old;
	bool same;

	new.new = true;
	new.at.fd = sealing->to.fd;
	same = streams_compare(&old, &new) == 0;
	frame_in_free(&old.at.in);
	frame_in_free(&new.at.in);
	return same;
}

/* What cannot be read as it was written must not take the old one's place. */
static int check(const struct sealing *sealing, const struct header *header)
{
	struct header again;

	if (header_read(sealing->disk, sealing->to.fd, &again) == 0 &&
	    memcmp(&again, header, sizeof(again)) == 0 &&
	    lines_are_same(sealing, header->first) &&
	    rewrite_index_is_right(&sealing->to))
		return 0;
	errno = EIO;
	return -1;
}

/* ---- one, and all ---- */

static int rewrite(struct sealing *sealing, const struct header *header)
{
	int done = rewrite_begin(&sealing->to, sealing->disk, sealing->folder,
	    TEMPORARY, header, SEAL_LEVEL);

	sealing->to.frame.window = SEAL_WINDOW;
	if (done == 0)
		done = commits_take(sealing);
	if (done == 0)
		done = rewrite_sync(&sealing->to);
	if (done == 0)
		done = check(sealing, header);
	if (done == 0)
		done = rewrite_take(&sealing->to, sealing->name);
	rewrite_drop(&sealing->to);
	return done;
}

static int seal_unless_done(struct sealing *sealing, uint64_t first)
{
	struct header header;

	if (index_is_there(sealing->disk, sealing->fd))
		return 0;
	if (header_read(sealing->disk, sealing->fd, &header) != 0)
		return -1;
	errno = EBADMSG;
	return header.first == first ? rewrite(sealing, &header) : -1;
}

static int seal_one(const struct disk *disk, int folder, uint64_t first,
    uint64_t successor, struct spool_sealed *sealed)
{
	struct sealing sealing = { .disk = disk,
		.folder = folder,
		.at = SEGMENT_HEADER,
		.want = first,
		.successor = successor };
	struct stat before, after;
	int done = -1;

	segment_name(sealing.name, first);
	sealing.fd = disk_open(disk, folder, sealing.name, O_RDONLY);
	if (sealing.fd >= 0 && disk_stat(disk, sealing.fd, "", &before) == 0)
		done = seal_unless_done(&sealing, first);
	if (done == 0 && disk_stat(disk, folder, sealing.name, &after) == 0 &&
	    after.st_ino != before.st_ino) {
		sealed->segments++;
		sealed->before += (uint64_t)before.st_size;
		sealed->after += (uint64_t)after.st_size;
	}
	disk_close(disk, sealing.fd);
	frame_in_free(&sealing.in);
	free(sealing.lines);
	return done;
}

/* A damaged one is left as it is, and so is one of a later version, or one that
   was just removed. */
static int seal_all(
    const struct disk *disk, int folder, struct spool_sealed *sealed)
{
	size_t n, i;
	uint64_t *list = segment_list(disk, folder, &n);
	int done = 0;

	if (list == NULL)
		return errno == 0 ? 0 : -1;
	for (i = 0; i + 1 < n && done == 0; i++) {
		done = seal_one(disk, folder, list[i], list[i + 1], sealed);
		if (done == 0)
			continue;
		sealed->left += errno == EBADMSG || errno == ENODATA;
		if (errno == EBADMSG || errno == ENODATA || errno == ENOENT ||
		    errno == EPROTONOSUPPORT)
			done = 0;
	}
	free(list);
	return done;
}

int spool_seal(
    const char *folder, const struct disk *disk, struct spool_sealed *sealed)
{
	struct upkeep upkeep;
	int done;

	*sealed = (struct spool_sealed){ 0 };
	if (upkeep_begin(&upkeep, disk, folder) != 0)
		return -1;
	disk_unlink(disk, upkeep.folder, TEMPORARY);
	done = seal_all(disk, upkeep.folder, sealed);
	upkeep_end(&upkeep);
	return done;
}
