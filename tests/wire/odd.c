/*
 * odd.localhost: a site that does what sites should not do. Its feeds and its
 * ordinary page are parts like everybody's; here is what cannot be written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "tests/wire/desk.h"
#include "tests/wire/file.h"
#include "tests/wire/reply.h"

enum {
	HUGE_BYTES = 6 << 20,  /* more than the 4 MiB of a page */
	BOMB_BYTES = 64 << 20, /* inflated; deflated some 64 KiB */
	SLOW_BYTES = 300,      /* one every 200 ms: a minute */
};

static const char opening[] = "<!DOCTYPE html><title>Odd</title><body>\n";
static const char filling[] = "<p>The bridge is long, and so is this.</p>\n";

/* `wanted` bytes: an opening, and the same paragraph over and over. */
static void filled(struct reply *reply, size_t wanted)
{
	size_t at = strlen(opening);

	reply->length = wanted;
	reply->body = must(malloc(wanted));
	memcpy(reply->body, opening, at);
	for (size_t i = 0; at + i < wanted; i++)
		reply->body[at + i] = filling[i % strlen(filling)];
}

static void huge(struct reply *reply)
{
	filled(reply, HUGE_BYTES);
}

static void bomb(struct reply *reply)
{
	struct reply plain = { .status = 200 };
	z_stream stream = { .zalloc = NULL };

	filled(&plain, BOMB_BYTES);
	/* 31: the largest window, and gzip's header before it. */
	if (deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY))
		die("no gzip");
	reply->length = deflateBound(&stream, BOMB_BYTES);
	reply->body = must(malloc(reply->length));
	stream.next_in = (Bytef *)plain.body;
	stream.avail_in = BOMB_BYTES;
	stream.next_out = (Bytef *)reply->body;
	stream.avail_out = (uInt)reply->length;
	deflate(&stream, Z_FINISH);
	reply->length = stream.total_out;
	reply->encoding = "gzip";
	deflateEnd(&stream);
	free(plain.body);
}

static void zero(struct reply *reply)
{
	reply->body = must(strdup(""));
}

static void slow(struct reply *reply)
{
	filled(reply, SLOW_BYTES);
	reply->slow = true;
}

static const struct odd {
	const char *kind;
	unsigned status;
	const char *location; /* of a redirect; a path is ours */
	void (*fill)(struct reply *reply);
} odds[] = {
	{ "huge", 200, NULL, huge },
	{ "bomb", 200, NULL, bomb },
	{ "zero", 200, NULL, zero },
	{ "slow", 200, NULL, slow },
	{ "gone", 404, NULL, zero },
	{ "redirect", 302, "/page/fine", zero },
	{ "loop", 302, "/page/loop", zero },
	{ "file", 302, "file:///etc/passwd", zero },
};

static void behave(
    struct wire *wire, const struct odd *odd, struct reply *reply)
{
	char *base = reply_base(wire, "odd.localhost");

	reply->status = odd->status;
	reply->type = "text/html; charset=utf-8";
	odd->fill(reply);
	if (odd->location != NULL)
		reply->location = format(
		    "%s%s", odd->location[0] == '/' ? base : "", odd->location);
	free(base);
}

/* A feed of one entry, or an ordinary page, that has `kind` in its text. */
static void ordinary(
    struct wire *wire, const char *name, const char *kind, struct reply *reply)
{
	const struct host *host = hosts_find(&wire->hosts, "odd.localhost");
	const struct part *part = host_part(host, name, NULL);
	char *base = reply_base(wire, host->name);
	struct scope scope = { .host = host, .base = base, .text = kind };
	FILE *out = must(open_memstream(&reply->body, &reply->length));

	render(out, &scope, part->text);
	fclose(out);
	reply->status = 200;
	reply->type = strcmp(name, "page") == 0
	    ? "text/html; charset=utf-8"
	    : "application/rss+xml; charset=utf-8";
	reply->kind = strcmp(name, "page") == 0 ? PAGE : FEED;
	reply->modified = 1794447000; /* 2026-11-12 01:30 UTC */
	free(base);
}

static void page_answer(
    struct wire *wire, const char *kind, struct reply *reply)
{
	for (size_t i = 0; i < sizeof(odds) / sizeof(*odds); i++) {
		if (strcmp(odds[i].kind, kind) == 0) {
			behave(wire, &odds[i], reply);
			return;
		}
	}
	ordinary(wire, "page", kind, reply);
}

void odd_answer(
    struct wire *wire, const struct asked *asked, struct reply *reply)
{
	char kind[64] = "";

	if (sscanf(asked->path, "/page/%63[a-z0-9-]", kind) == 1)
		page_answer(wire, kind, reply);
	else if (sscanf(asked->path, "/rss/%63[a-z0-9-].rss", kind) == 1)
		ordinary(wire, "feed", kind, reply);
	else
		site_answer(wire, asked, reply);
}
