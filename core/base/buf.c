/* Bytes that grow. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/buf.h"

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
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	buf_grow(buf, (size_t)len);
	va_start(args, format);
	vsnprintf(buf->bytes + buf->len, (size_t)len + 1, format, args);
	va_end(args);
	buf->len += (size_t)len;
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
