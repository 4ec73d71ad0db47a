/* What is done to bodies. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "tests/wire/file.h"
#include "tests/wire/pack.h"

static void replace(struct body *body, char *bytes, size_t length)
{
	free(body->bytes);
	body->bytes = bytes;
	body->length = length;
}

/* 31: gzip and the largest window; -15: no header at all. */
static void deflate_all(struct body *body, int window)
{
	z_stream stream = { .zalloc = NULL };
	size_t room = body->length + 1024;
	char *packed = must(malloc(room));

	if (deflateInit2(&stream, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY))
		die("no deflate");
	stream.next_in = (Bytef *)body->bytes;
	stream.avail_in = (uInt)body->length;
	stream.next_out = (Bytef *)packed;
	stream.avail_out = (uInt)room;
	deflate(&stream, Z_FINISH);
	replace(body, packed, stream.total_out);
	deflateEnd(&stream);
}

void pack_gzip(
    struct call *call, const struct answer *answer, struct body *body)
{
	(void)call;
	(void)answer;
	deflate_all(body, 31);
}

void pack_gzip_twice(
    struct call *call, const struct answer *answer, struct body *body)
{
	pack_gzip(call, answer, body);
	pack_gzip(call, answer, body);
}

void pack_gzip_cut(
    struct call *call, const struct answer *answer, struct body *body)
{
	pack_gzip(call, answer, body);
	body->length /= 2;
}

void pack_deflate(
    struct call *call, const struct answer *answer, struct body *body)
{
	(void)call;
	(void)answer;
	deflate_all(body, -15);
}

/* RFC 7932: a window of 16 bits (one bit, 0), then a block that is not the
   last (0), of four nibbles (00), its length less one, not compressed (1); at
   the end one that is the last and empty (11). */
void pack_brotli(
    struct call *call, const struct answer *answer, struct body *body)
{
	size_t length = body->length;
	char *packed = must(malloc(length + 4));
	uint32_t head = ((uint32_t)length - 1) << 4 | (uint32_t)1 << 20;

	(void)call;
	(void)answer;
	if (length == 0 || length > 1 << 16)
		die("too long for one block of brotli");
	packed[0] = (char)head;
	packed[1] = (char)(head >> 8);
	packed[2] = (char)(head >> 16);
	memcpy(packed + 3, body->bytes, length);
	packed[3 + length] = 3;
	replace(body, packed, length + 4);
}

/* RFC 8878: the magic number, a head that only tells the length (four bytes),
   and one last raw block. */
void pack_zstd(
    struct call *call, const struct answer *answer, struct body *body)
{
	uint32_t length = (uint32_t)body->length, block = length << 3 | 1;
	unsigned char head[] = { 0x28, 0xb5, 0x2f, 0xfd, 0xa0,
		(unsigned char)length, (unsigned char)(length >> 8),
		(unsigned char)(length >> 16), (unsigned char)(length >> 24),
		(unsigned char)block, (unsigned char)(block >> 8),
		(unsigned char)(block >> 16) };
	char *packed = must(malloc(sizeof(head) + length));

	(void)call;
	(void)answer;
	if (length > 1 << 17)
		die("too long for one block of zstd");
	memcpy(packed, head, sizeof(head));
	memcpy(packed + sizeof(head), body->bytes, length);
	replace(body, packed, sizeof(head) + length);
}

/* Of ASCII, which is all that such a feed has. */
void pack_utf16(
    struct call *call, const struct answer *answer, struct body *body)
{
	char *wide = must(calloc(2, body->length));

	(void)call;
	(void)answer;
	for (size_t i = 0; i < body->length; i++)
		wide[2 * i + 1] = body->bytes[i];
	replace(body, wide, 2 * body->length);
}

void pack_cut(struct call *call, const struct answer *answer, struct body *body)
{
	(void)call;
	(void)answer;
	body->length /= 2;
}

void pack_nul(struct call *call, const struct answer *answer, struct body *body)
{
	char *at = strstr(body->bytes, "odd page");

	(void)call;
	(void)answer;
	if (at != NULL)
		at[3] = '\0';
}

/* What comes behind a megabyte of nothing is for nobody. */
void pack_grow(
    struct call *call, const struct answer *answer, struct body *body)
{
	static const char line[] = "# nothing to be seen here\n",
			  last[] = "User-agent: *\nDisallow: /\n";
	char *text = NULL;
	size_t size;
	FILE *out = must(open_memstream(&text, &size));

	(void)call;
	fwrite(body->bytes, 1, body->length, out);
	for (size_t at = body->length; at < answer->number; at += strlen(line))
		fputs(line, out);
	fputs(last, out);
	fclose(out);
	replace(body, text, size);
}

void pack_feed(
    struct call *call, const struct answer *answer, struct body *body)
{
	char *text = NULL;
	size_t size;
	FILE *out = must(open_memstream(&text, &size));

	(void)call;
	fputs("<rss version=\"2.0\"><channel><title>Much</title>", out);
	for (unsigned long i = answer->number; i > 0; i--)
		fprintf(out,
		    "<item><title>Ferry %lu</title><link>/page/%lu</link>"
		    "</item>",
		    i, i);
	fputs("</channel></rss>", out);
	fclose(out);
	replace(body, text, size);
}
