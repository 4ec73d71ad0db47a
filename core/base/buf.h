/*
 * Bytes that grow. A zeroed struct buf is an empty one; buf_free() takes it
 * back there. Where there is no memory the process ends: see arena.h.
 */
#ifndef BUF_H
#define BUF_H

#include <stddef.h>

struct buf {
	char *bytes; /* a NUL follows, once there was anything */
	size_t len;
	size_t room;
};

void buf_add(struct buf *buf, const void *bytes, size_t len);
void buf_text(struct buf *buf, const char *text);
void buf_printf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Takes `len` bytes off the front. */
void buf_shift(struct buf *buf, size_t len);
void buf_free(struct buf *buf);

#endif
