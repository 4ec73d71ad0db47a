/* A segment written anew. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "spool/rewrite.h"

int rewrite_begin(struct rewrite *rewrite, const struct disk *disk, int folder,
    const char *temporary, const struct header *header, int level)
{
	uint8_t bytes[SEGMENT_HEADER];

	*rewrite = (struct rewrite){ .disk = disk,
		.folder = folder,
		.temporary = temporary,
		.end = SEGMENT_HEADER,
		.frame = { .level = level } };
	rewrite->fd =
	    disk_open(disk, folder, temporary, O_RDWR | O_CREAT | O_TRUNC);
	if (rewrite->fd < 0)
		return -1;
	header_put(bytes, header);
	return disk_write(disk, rewrite->fd, bytes, sizeof(bytes), 0);
}

int rewrite_commit(struct rewrite *rewrite, const struct mark *mark,
    const char *lines, size_t len)
{
	struct frame_out *frame = &rewrite->frame;
	struct mark own = *mark;

	own.pending = false;
	if (commit_make(frame, &own, lines, len) != 0 ||
	    disk_write(rewrite->disk, rewrite->fd, frame->bytes, frame->len,
		rewrite->end) != 0)
		return -1;
	index_add(&rewrite->index, rewrite->end, &own, len);
	rewrite->end += frame->len;
	return 0;
}

int rewrite_loss(struct rewrite *rewrite, uint64_t first, uint64_t next,
    int64_t committed, const char *why)
{
	struct mark mark = { .first = first,
		.next = next,
		.committed = committed,
		.kind = MARK_LOSS };
	char line[LOSS_TEXT];
	size_t len = loss_put(line, first, next - 1, why);

	return rewrite_commit(rewrite, &mark, line, len);
}

int rewrite_index(struct rewrite *rewrite)
{
	size_t len;
	uint8_t *bytes = index_make(&rewrite->index, &len);
	int done = -1;

	if (bytes != NULL)
		done = disk_write(
		    rewrite->disk, rewrite->fd, bytes, len, rewrite->end);
	free(bytes);
	return done;
}

bool rewrite_index_is_right(const struct rewrite *rewrite)
{
	return index_check(rewrite->disk, rewrite->fd, rewrite->end,
		   &rewrite->index) == 1;
}

int rewrite_sync(struct rewrite *rewrite)
{
	return disk_sync(rewrite->disk, rewrite->fd);
}

int rewrite_take(struct rewrite *rewrite, const char *name)
{
	if (disk_rename(
		rewrite->disk, rewrite->folder, rewrite->temporary, name) != 0)
		return -1;
	rewrite->temporary = NULL;
	return disk_sync_folder(rewrite->disk, rewrite->folder);
}

void rewrite_drop(struct rewrite *rewrite)
{
	int error = errno;

	disk_close(rewrite->disk, rewrite->fd);
	if (rewrite->temporary != NULL && rewrite->fd >= 0)
		disk_unlink(rewrite->disk, rewrite->folder, rewrite->temporary);
	index_free(&rewrite->index);
	frame_out_free(&rewrite->frame);
	errno = error;
}
