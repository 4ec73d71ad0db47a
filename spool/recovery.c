/*
 * What a start finds at the end of a spool. Of each segment that may be
 * unfinished:
 *
 *     COMMIT ... COMMIT > END        all is well
 *                       > PENDING    publish it if it is whole, else cut it
 *                       > TORN       cut it: nobody was ever shown it
 *
 * What the disk cannot read is an error, and never cut.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "spool/frame.h"
#include "spool/index.h"
#include "spool/recovery.h"
#include "spool/segment.h"

static void commit_count(struct recovery *recovery, const struct step *step)
{
	recovery->end = step->next;
	recovery->next = step->mark.next;
	recovery->last = step->mark.committed;
}

/* A pending commit whose frame is whole was perhaps seen before a power cut. */
static int pending_publish(
    const struct disk *disk, struct recovery *recovery, struct step *step)
{
	struct frame_in in = { 0 };
	int done = frame_read(&in, disk, recovery->fd, step->at, &step->mark);

	frame_in_free(&in);
	if (done != 0)
		return errno == EBADMSG || errno == ENODATA ? 0 : -1;
	if (disk_sync(disk, recovery->fd) != 0 ||
	    mark_publish(disk, recovery->fd, step->at, &step->mark) != 0)
		return -1;
	recovery->published += step->mark.next - step->mark.first;
	commit_count(recovery, step);
	return 0;
}

/* From commit to commit, to the end of what is published. Numbers from `behind`
   on are another segment's. */
static int commits_walk(
    const struct disk *disk, struct recovery *recovery, uint64_t behind)
{
	struct step step;

	recovery->end = SEGMENT_HEADER;
	for (;;) {
		enum found found =
		    segment_step(disk, recovery->fd, recovery->end, &step);

		switch (found) {
		case FOUND_COMMIT:
			if (step.stale &&
			    mark_publish(
				disk, recovery->fd, step.at, &step.mark) != 0)
				return -1;
			commit_count(recovery, &step);
			break;
		case FOUND_DAMAGE: recovery->end = step.next; break;
		case FOUND_PENDING:
			recovery->end = step.at;
			if (step.mark.first > recovery->next)
				recovery->next = step.mark.first;
			return step.mark.next > behind
			    ? 0
			    : pending_publish(disk, recovery, &step);
		case FOUND_ERROR: return -1;
		default: recovery->end = step.at; return 0;
		}
	}
}

/* What lies behind the published part goes. 1: something is amiss with what
   lies before it, so that nothing shall grow there. */
static int rest_cut(const struct disk *disk, struct recovery *recovery)
{
	struct stat about;
	uint64_t size;

	if (disk_stat(disk, recovery->fd, "", &about) != 0)
		return -1;
	size = (uint64_t)about.st_size;
	if (size <= recovery->end)
		return size < recovery->end;
	recovery->cut += size - recovery->end;
	if (disk_cut(disk, recovery->fd, recovery->end) != 0 ||
	    disk_sync(disk, recovery->fd) != 0)
		return -1;
	return 0;
}

/* 1 where the header is damaged; its commits may be good all the same. */
static int header_take(
    const struct disk *disk, struct recovery *recovery, uint64_t first)
{
	struct header header;

	if (header_read(disk, recovery->fd, &header) != 0)
		return errno == EBADMSG ? 1 : -1;
	if (header.first != first)
		return 1;
	memcpy(recovery->uuid, header.uuid, sizeof(recovery->uuid));
	recovery->has_uuid = true;
	recovery->created = header.created;
	if (header.created > recovery->last)
		recovery->last = header.created;
	return 0;
}

/* Nothing of it is to be cut off: it is sealed, or numbers are missing before
   the next segment, so that what is there is damage. */
static bool is_finished(
    const struct disk *disk, const struct recovery *recovery, uint64_t behind)
{
	return index_is_there(disk, recovery->fd) ||
	    (behind != UINT64_MAX && recovery->next != behind);
}

static void segment_leave(const struct disk *disk, struct recovery *recovery)
{
	disk_close(disk, recovery->fd);
	recovery->fd = -1;
}

/* A segment's end made whole. It stays open if more can be written there. One
   that has nothing of ours is kept: the next commit will want its name. */
static int segment_mend(const struct disk *disk, int folder, uint64_t first,
    uint64_t behind, struct recovery *recovery)
{
	char name[SEGMENT_NAME];
	int bad, rest;

	segment_leave(disk, recovery);
	segment_name(name, first);
	recovery->fd = disk_open(disk, folder, name, O_RDWR);
	if (recovery->fd < 0)
		return -1;
	recovery->first = recovery->next = first;
	bad = header_take(disk, recovery, first);
	if (bad < 0 || commits_walk(disk, recovery, behind) != 0)
		return -1;
	if (bad && recovery->next == first) {
		segment_leave(disk, recovery);
		return segment_keep(disk, folder, name);
	}
	rest =
	    is_finished(disk, recovery, behind) ? 1 : rest_cut(disk, recovery);
	if (rest < 0)
		return -1;
	if (bad || rest)
		segment_leave(disk, recovery);
	return 0;
}

static bool is_sealed(const struct disk *disk, int folder, uint64_t first)
{
	char name[SEGMENT_NAME];
	bool is;
	int fd;

	segment_name(name, first);
	fd = disk_open(disk, folder, name, O_RDONLY);
	is = fd >= 0 && index_is_there(disk, fd);
	disk_close(disk, fd);
	return is;
}

/* The first one to look at: the newest that is sealed, of which only what its
   header and its marks say is wanted. */
static size_t segments_from(
    const struct disk *disk, int folder, const uint64_t *list, size_t n)
{
	size_t from = n - 1;

	while (
	    from > 0 && (from == n - 1 || !is_sealed(disk, folder, list[from])))
		from--;
	return from;
}

static int segments_mend(
    const struct disk *disk, int folder, struct recovery *recovery)
{
	size_t n, i;
	uint64_t *list = segment_list(disk, folder, &n);
	int done = 0;

	if (list == NULL)
		return errno == 0 ? 0 : -1;
	for (i = segments_from(disk, folder, list, n); i < n && done == 0; i++)
		done = segment_mend(disk, folder, list[i],
		    i + 1 < n ? list[i + 1] : UINT64_MAX, recovery);
	free(list);
	return done;
}

/* Where no header that was looked at is good, an older one may be. */
static int uuid_look(
    const struct disk *disk, int folder, struct recovery *recovery)
{
	if (recovery->has_uuid)
		return 0;
	recovery->has_uuid = segments_uuid(disk, folder, recovery->uuid) == 0;
	return recovery->has_uuid || errno == ENODATA ? 0 : -1;
}

int recovery_run(const struct disk *disk, int folder, struct recovery *recovery)
{
	*recovery = (struct recovery){ .fd = -1, .next = 1 };
	if (disk_unlink(disk, folder, SEGMENT_NEW) != 0 && errno != ENOENT)
		return -1;
	if (segments_mend(disk, folder, recovery) == 0 &&
	    uuid_look(disk, folder, recovery) == 0)
		return 0;
	segment_leave(disk, recovery);
	return -1;
}
