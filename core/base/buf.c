/* Bytes that grow. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/buf.h"

/* Most of what is printed is no longer: it is printed only once. */
#define SHORT 80

static void buf_grow(struct buf *buf, size_t len)
{
	size_t room = buf->room > 0 ? buf->room : 256;
	char *bytes;

	if (buf->len + len < buf->room)
		return;
	while (room <= buf->len + len)
		room *= 2;
	bytes = realloc(buf->bytes, room);
	if (bytes == NULL)
		_exit(EXIT_MEMORY);
	buf->bytes = bytes;
	buf->room = room;
}

void buf_add(struct buf *buf, const void *bytes, size_t len)
{
	buf_grow(buf, len);
	if (len > 0)
		memcpy(buf->bytes + buf->len, bytes, len);
	buf->len += len;
	buf->bytes[buf->len] = '\0';
}

void buf_text(struct buf *buf, const char *text)
{
	buf_add(buf, text, strlen(text));
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	size_t len;

	buf_grow(buf, SHORT);
	va_start(args, format);
	len = (size_t)vsnprintf(
	    buf->bytes + buf->len, buf->room - buf->len, format, args);
	va_end(args);
	if (len >= buf->room - buf->len) {
		buf_grow(buf, len);
		va_start(args, format);
		vsnprintf(buf->bytes + buf->len, len + 1, format, args);
		va_end(args);
	}
	buf->len += len;
}

void buf_shift(struct buf *buf, size_t len)
{
	if (len == 0)
		return;
	buf->len -= len;
	memmove(buf->bytes, buf->bytes + len, buf->len);
	buf->bytes[buf->len] = '\0';
}

void buf_free(struct buf *buf)
{
	free(buf->bytes);
	*buf = (struct buf){ 0 };
}
