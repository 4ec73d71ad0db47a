/* Frames: lines, compressed by zstd. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "spool/frame.h"

/* As much room as is wanted, or more; NULL, with what there is as it was. */
static void *room_make(void *bytes, size_t *room, size_t want)
{
	void *more = bytes;

	if (want > *room) {
		more = realloc(bytes, want);
		if (more != NULL)
			*room = want;
	}
	return more;
}

/* Only one whole frame that says how long its lines are will do. */
static int unpack(struct frame_in *in, const uint8_t *frame, size_t size)
{
	unsigned long long len = ZSTD_getFrameContentSize(frame, size);
	char *lines;

	errno = EBADMSG;
	if (len > SEGMENT_LINES_MOST || len == 0 ||
	    ZSTD_findFrameCompressedSize(frame, size) != size)
		return -1;
	if (in->zstd == NULL)
		in->zstd = ZSTD_createDCtx();
	lines = room_make(in->lines, &in->room, (size_t)len + 1);
	if (lines != NULL)
		in->lines = lines;
	errno = ENOMEM;
	if (in->zstd == NULL || lines == NULL)
		return -1;
	errno = EBADMSG;
	if (ZSTD_decompressDCtx(
		in->zstd, in->lines, (size_t)len, frame, size) != len ||
	    in->lines[len - 1] != '\n')
		return -1;
	in->len = (size_t)len;
	in->lines[len] = '\0';
	return 0;
}

int frame_read(struct frame_in *in, const struct disk *disk, int fd,
    uint64_t at, const struct mark *mark)
{
	size_t size = mark->padding + (size_t)mark->frame;
	uint8_t *packed = room_make(in->packed, &in->packed_room, size + 1);

	in->len = 0;
	if (packed == NULL)
		return -1;
	in->packed = packed;
	if (disk_read(disk, fd, packed, size, at + SEGMENT_MARK) != 0)
		return -1;
	errno = EBADMSG;
	if (crc32(0, in->packed, (uInt)size) != mark->crc)
		return -1;
	return unpack(in, in->packed + mark->padding, mark->frame);
}

void frame_in_free(struct frame_in *in)
{
	ZSTD_freeDCtx(in->zstd);
	free(in->lines);
	free(in->packed);
	*in = (struct frame_in){ 0 };
}

static int zstd_make(struct frame_out *out)
{
	if (out->zstd != NULL)
		return 0;
	out->zstd = ZSTD_createCCtx();
	if (out->zstd == NULL) {
		errno = ENOMEM;
		return -1;
	}
	ZSTD_CCtx_setParameter(out->zstd, ZSTD_c_compressionLevel, out->level);
	ZSTD_CCtx_setParameter(out->zstd, ZSTD_c_windowLog, out->window);
	ZSTD_CCtx_setParameter(out->zstd, ZSTD_c_checksumFlag, 1);
	return 0;
}

int commit_make(
    struct frame_out *out, struct mark *mark, const char *lines, size_t len)
{
	size_t room = ZSTD_compressBound(len), frame;
	uint8_t head[SEGMENT_MARK_MOST];
	uint8_t *bytes =
	    room_make(out->bytes, &out->room, SEGMENT_MARK_MOST + room);

	if (bytes != NULL)
		out->bytes = bytes;
	if (bytes == NULL || zstd_make(out) != 0)
		return -1;
	frame = ZSTD_compress2(
	    out->zstd, out->bytes + SEGMENT_MARK_MOST, room, lines, len);
	errno = ENOMEM; /* there is no other reason */
	if (ZSTD_isError(frame))
		return -1;
	mark->frame = (uint32_t)frame;
	mark->padding = mark_padding(mark->frame);
	out->len = mark_size(mark) + frame;
	memmove(out->bytes + mark_size(mark), out->bytes + SEGMENT_MARK_MOST,
	    frame);
	memset(out->bytes + SEGMENT_MARK, 0, mark->padding);
	mark->crc = (uint32_t)crc32(
	    0, out->bytes + SEGMENT_MARK, (uInt)(mark->padding + frame));
	mark_put(head, mark);
	memcpy(out->bytes, head, mark_size(mark));
	return 0;
}

void frame_out_free(struct frame_out *out)
{
	ZSTD_freeCCtx(out->zstd);
	free(out->bytes);
	*out = (struct frame_out){ 0 };
}

size_t loss_put(
    char text[LOSS_TEXT], uint64_t from, uint64_t to, const char *why)
{
	return (size_t)snprintf(text, LOSS_TEXT,
	    "{\"v\":1,\"kind\":\"loss\",\"from\":%" PRIu64 ",\"to\":%" PRIu64
	    ",\"why\":\"%.120s\"}\n",
	    from, to, why);
}

const char *frame_zlib_version(void)
{
	return zlibVersion();
}

const char *frame_zstd_version(void)
{
	return ZSTD_versionString();
}
