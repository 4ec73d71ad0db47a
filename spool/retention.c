/* Which segments may go. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "spool/consumer.h"
#include "spool/retention.h"
#include "spool/segment.h"
#include "spool/upkeep.h"

/* ---- deciding ---- */

/* Whether segment `i` is kept for a consumer. `bytes` are those from it to the
   newest. */
static bool is_needed(const struct retention *retention, size_t i,
    uint64_t bytes, const struct spool_limits *limits)
{
	const struct kept *segment = &retention->segments[i];
	int64_t age = retention->now - segment->newest;
	size_t j = 0;

	if ((limits->consumer_bytes > 0 && bytes > limits->consumer_bytes) ||
	    (limits->consumer_age > 0 && age > limits->consumer_age))
		return false;
	while (j < retention->n_positions &&
	    retention->positions[j] >= segment->next - 1)
		j++;
	return j < retention->n_positions;
}

/* Whether a limit says that segment `i` goes, `bytes` and `free` being what
   there is when all before it are gone. */
static bool is_over(const struct retention *retention, size_t i, uint64_t bytes,
    uint64_t free, const struct spool_limits *limits)
{
	int64_t age = retention->now - retention->segments[i].newest;

	return (limits->bytes > 0 && bytes > limits->bytes) ||
	    (limits->age > 0 && age > limits->age) || free < limits->free;
}

size_t retention_decide(
    const struct retention *retention, const struct spool_limits *limits)
{
	uint64_t bytes = 0, free = retention->free;
	size_t i;

	for (i = 0; i < retention->n_segments; i++)
		bytes += retention->segments[i].bytes;
	for (i = 0; i + 1 < retention->n_segments; i++) {
		if (!is_over(retention, i, bytes, free, limits) ||
		    is_needed(retention, i, bytes, limits))
			break;
		bytes -= retention->segments[i].bytes;
		free += retention->segments[i].bytes;
	}
	return i;
}

/* ---- looking ---- */

/* No line of a segment is newer than the segments behind it, the first of which
   may have a damaged header. */
static int64_t newest(const struct disk *disk, int folder, const uint64_t *list,
    size_t left, int64_t now)
{
	struct header header;

	for (; left > 1; list++, left--) {
		if (segment_header(disk, folder, list[1], &header) == 0)
			return header.created;
	}
	return now;
}

static int segment_look(const struct disk *disk, int folder,
    const uint64_t *list, size_t left, int64_t now, struct kept *kept)
{
	char name[SEGMENT_NAME];
	struct stat about;

	segment_name(name, list[0]);
	if (disk_stat(disk, folder, name, &about) != 0)
		return -1;
	*kept = (struct kept){ .first = list[0],
		.next = left > 1 ? list[1] : UINT64_MAX,
		.bytes = (uint64_t)about.st_size,
		.newest = newest(disk, folder, list, left, now) };
	return 0;
}

static struct kept *segments_look(
    const struct disk *disk, int folder, int64_t now, size_t *n)
{
	uint64_t *list = segment_list(disk, folder, n);
	struct kept *segments =
	    list != NULL ? calloc(*n, sizeof(*segments)) : NULL;
	size_t i;

	for (i = 0; segments != NULL && i < *n; i++) {
		if (segment_look(disk, folder, list + i, *n - i, now,
			&segments[i]) != 0) {
			free(segments);
			segments = NULL;
		}
	}
	free(list);
	return segments;
}

/* What a consumer with a damaged file has dealt with, nobody knows: nothing,
   then. One of another spool has nothing to do with this. */
static size_t positions_take(const struct consumer *list, size_t n,
    const uint8_t *uuid, uint64_t *positions)
{
	size_t taken = 0, i;

	for (i = 0; i < n; i++) {
		const struct position *position = &list[i].position;

		if (list[i].error != 0)
			positions[taken++] = 0;
		else if (uuid == NULL || memcmp(position->uuid, uuid, 16) == 0)
			positions[taken++] = position->seq;
	}
	return taken;
}

static uint64_t *positions_look(const struct disk *disk, int folder, size_t *n)
{
	uint8_t uuid[16];
	bool known = segments_uuid(disk, folder, uuid) == 0;
	struct consumer *list;
	uint64_t *positions = NULL;
	size_t all;

	if (!known && errno != ENODATA)
		return NULL;
	list = consumer_list(disk, folder, &all);
	if (list != NULL || errno == 0)
		positions = calloc(all + 1, sizeof(*positions));
	if (list != NULL && positions != NULL)
		*n = positions_take(list, all, known ? uuid : NULL, positions);
	free(list);
	return positions;
}

static int look(const struct disk *disk, int folder, int64_t now,
    struct retention *retention)
{
	*retention = (struct retention){ .now = now };
	retention->segments =
	    segments_look(disk, folder, now, &retention->n_segments);
	if (retention->segments == NULL && errno != 0)
		return -1;
	retention->positions =
	    positions_look(disk, folder, &retention->n_positions);
	if (retention->positions == NULL)
		return -1;
	return disk_space(disk, folder, &retention->free);
}

/* ---- doing ---- */

/* The oldest first: what a crash leaves is always the newer part. */
static int segments_remove(const struct disk *disk, int folder,
    const struct retention *retention, size_t n)
{
	char name[SEGMENT_NAME];
	size_t i;

	for (i = 0; i < n; i++) {
		segment_name(name, retention->segments[i].first);
		if (disk_unlink(disk, folder, name) != 0 && errno != ENOENT)
			return -1;
	}
	return n > 0 ? disk_sync_folder(disk, folder) : 0;
}

static void room_count(
    const struct retention *retention, size_t removed, struct spool_room *room)
{
	size_t i;

	*room =
	    (struct spool_room){ .segments = retention->n_segments - removed,
		    .free = retention->free,
		    .removed = removed };
	for (i = 0; i < retention->n_segments; i++) {
		if (i < removed)
			room->free += retention->segments[i].bytes;
		else
			room->bytes += retention->segments[i].bytes;
	}
	if (room->segments > 0)
		room->oldest = retention->segments[removed].first;
	if (removed > 0) {
		room->from = retention->segments[0].first;
		room->to = retention->segments[removed].first - 1;
	}
}

static int retain(const struct disk *disk, int folder,
    const struct spool_limits *limits, int64_t now, struct spool_room *room)
{
	struct retention retention;
	int done = look(disk, folder, now, &retention);

	if (done == 0) {
		size_t n = retention_decide(&retention, limits);

		done = segments_remove(disk, folder, &retention, n);
		room_count(&retention, n, room);
	}
	free((void *)retention.segments);
	free((void *)retention.positions);
	return done;
}

int spool_retain(const char *folder, const struct disk *disk,
    const struct spool_limits *limits, int64_t now, struct spool_room *room)
{
	struct upkeep upkeep;
	int done;

	*room = (struct spool_room){ 0 };
	if (upkeep_begin(&upkeep, disk, folder) != 0)
		return -1;
	done = retain(disk, upkeep.folder, limits, now, room);
	upkeep_end(&upkeep);
	return done;
}
