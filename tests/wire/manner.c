/* How answers are sent. What is wrong with one is in its few lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "tests/wire/desk.h"
#include "tests/wire/file.h"
#include "tests/wire/manner.h"

enum { SLOWLY = 100 }; /* ms between slow bytes */

/* ---- as it should be, and nearly so ---- */

static void head_send(
    struct call *call, const struct answer *answer, const char *more)
{
	char *head = call_head(call, answer);

	call_say(call, "%s%s\r\n", head, more);
	free(head);
}

static void head_of_length(
    struct call *call, const struct answer *answer, size_t length)
{
	char more[80];

	snprintf(more, sizeof(more),
	    "Content-Length: %zu\r\nConnection: close\r\n", length);
	head_send(call, answer, more);
}

static void send_whole(
    struct call *call, const struct answer *answer, const struct body *body)
{
	head_of_length(call, answer, body->length);
	call_send(call, body->bytes, body->length);
}

void send_too_short(
    struct call *call, const struct answer *answer, const struct body *body)
{
	head_of_length(call, answer, body->length / 2);
	call_send(call, body->bytes, body->length);
}

void send_too_long(
    struct call *call, const struct answer *answer, const struct body *body)
{
	head_of_length(call, answer, body->length * 2);
	call_send(call, body->bytes, body->length);
}

void send_no_length(
    struct call *call, const struct answer *answer, const struct body *body)
{
	head_send(call, answer, "Connection: close\r\n");
	call_send(call, body->bytes, body->length);
}

/* The other side must have read its half before the reset overtakes it. */
void send_reset(
    struct call *call, const struct answer *answer, const struct body *body)
{
	head_of_length(call, answer, body->length);
	call_send(call, body->bytes, body->length / 2);
	call_pause(call, 2 * SLOWLY);
	call_reset(call);
}

void send_bare(
    struct call *call, const struct answer *answer, const struct body *body)
{
	(void)answer;
	call_send(call, body->bytes, body->length);
}

/* ---- nothing, or slowly ---- */

void send_nothing(
    struct call *call, const struct answer *answer, const struct body *body)
{
	(void)call;
	(void)answer;
	(void)body;
}

void send_silence(
    struct call *call, const struct answer *answer, const struct body *body)
{
	(void)answer;
	(void)body;
	while (call_pause(call, 1000))
		;
}

static void drip(struct call *call, const char *bytes, size_t length)
{
	for (size_t i = 0; call_pause(call, SLOWLY); i++)
		call_send(call, i < length ? bytes + i : "a", 1);
}

void send_head_slowly(
    struct call *call, const struct answer *answer, const struct body *body)
{
	char *head = call_head(call, answer);
	char *slow = format("%sX-Slow: ", head);

	(void)body;
	drip(call, slow, strlen(slow));
	free(slow);
	free(head);
}

void send_body_slowly(
    struct call *call, const struct answer *answer, const struct body *body)
{
	head_send(call, answer, "Connection: close\r\n");
	drip(call, body->bytes, body->length);
}

/* ---- chunks ---- */

static void chunk_send(struct call *call, const char *bytes, size_t length)
{
	call_say(call, "%zx\r\n", length);
	call_send(call, bytes, length);
	call_say(call, "\r\n");
}

static void halves_send(struct call *call, const struct body *body)
{
	size_t half = body->length / 2;

	chunk_send(call, body->bytes, half);
	chunk_send(call, body->bytes + half, body->length - half);
}

static const char chunked[] =
    "Transfer-Encoding: chunked\r\nConnection: close\r\n";

void send_chunks(
    struct call *call, const struct answer *answer, const struct body *body)
{
	head_send(call, answer, chunked);
	halves_send(call, body);
	call_say(call, "0\r\nETag: \"of-the-trailer\"\r\nX-Sum: 17\r\n\r\n");
}

void send_chunks_cut(
    struct call *call, const struct answer *answer, const struct body *body)
{
	head_send(call, answer, chunked);
	chunk_send(call, body->bytes, body->length / 2);
}

void send_chunks_odd(
    struct call *call, const struct answer *answer, const struct body *body)
{
	head_send(call, answer, chunked);
	call_say(call, "many\r\n");
	call_send(call, body->bytes, body->length);
}

void send_both(
    struct call *call, const struct answer *answer, const struct body *body)
{
	char *both = format("Content-Length: 7\r\n%s", chunked);

	head_send(call, answer, both);
	halves_send(call, body);
	call_say(call, "0\r\n\r\n");
	free(both);
}

/* ---- heads that are too much ---- */

/* The status line is not a header, so one line more is there than headers. */
static unsigned long headers_in(const char *head)
{
	unsigned long lines = 0;

	for (; (head = strchr(head, '\n')) != NULL; head++)
		lines++;
	return lines - 1;
}

void send_headers(
    struct call *call, const struct answer *answer, const struct body *body)
{
	char *head = call_head(call, answer);
	unsigned long there = headers_in(head) + 2;

	call_say(call, "%s", head);
	for (; there < answer->number; there++)
		call_say(call, "X-Number-%lu: one more\r\n", there);
	call_say(call, "Content-Length: %zu\r\nConnection: close\r\n\r\n",
	    body->length);
	call_send(call, body->bytes, body->length);
	free(head);
}

void send_header_long(
    struct call *call, const struct answer *answer, const struct body *body)
{
	char *head = call_head(call, answer);
	char *value = must(malloc(answer->number));

	memset(value, 'a', answer->number);
	call_say(call, "%sContent-Length: %zu\r\nX-Long: ", head, body->length);
	call_send(call, value, answer->number);
	call_say(call, "\r\n\r\n");
	call_send(call, body->bytes, body->length);
	free(value);
	free(head);
}

void send_nul(
    struct call *call, const struct answer *answer, const struct body *body)
{
	static const char nul[] = "X-Nul: a\0b\r\nConnection: close\r\n\r\n";
	char *head = call_head(call, answer);

	call_say(call, "%s", head);
	call_send(call, nul, sizeof(nul) - 1);
	call_send(call, body->bytes, body->length);
	free(head);
}

/* ---- bodies that are too much ---- */

static const char filling[] = "<p>The bridge is long, and so is this.</p>\n";

static void filled(char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		bytes[i] = filling[i % (sizeof(filling) - 1)];
}

/* Packed as it goes: nobody holds so many bytes, neither side. */
void send_bomb(
    struct call *call, const struct answer *answer, const struct body *body)
{
	static const size_t piece = 1 << 20;
	unsigned char *packed = must(malloc(piece));
	char *plain = must(malloc(piece));
	z_stream stream = { .zalloc = NULL };

	(void)body;
	filled(plain, piece);
	if (deflateInit2(&stream, 1, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY))
		die("no gzip");
	head_send(call, answer, "Connection: close\r\n");
	for (unsigned long left = answer->number; left > 0 && !call->lost;
	     left -= left < piece ? left : piece) {
		stream.next_in = (Bytef *)plain;
		stream.avail_in = (uInt)(left < piece ? left : piece);
		stream.next_out = packed;
		stream.avail_out = (uInt)piece;
		deflate(&stream, left <= piece ? Z_FINISH : Z_SYNC_FLUSH);
		call_send(call, packed, piece - stream.avail_out);
	}
	deflateEnd(&stream);
	free(plain);
	free(packed);
}

void send_endless(
    struct call *call, const struct answer *answer, const struct body *body)
{
	char piece[1 << 14];

	filled(piece, sizeof(piece));
	head_send(call, answer, "Connection: close\r\n");
	call_send(call, body->bytes, body->length);
	while (!call->lost)
		call_send(call, piece, sizeof(piece));
}

/* ---- not for everybody ---- */

void send_to_browsers(
    struct call *call, const struct answer *answer, const struct body *body)
{
	static const struct answer no = { .status = "400 Bad Request" };
	static char none[] = "";
	const struct body nothing = { none, 0 };
	char agent[512];

	if (call_header(call, "User-Agent", agent, sizeof(agent)) != NULL &&
	    strstr(agent, "Mozilla/5.0") != NULL)
		send_whole(call, answer, body);
	else
		send_whole(call, &no, &nothing);
}

/* ---- which answer ---- */

static const struct answer ordinary = { .status = NULL };
static const struct answer nowhere = { .status = "404 Not Found", .part = "" };

/* /hop/5 leads to /hop/4, and so on; /hop/0 is the feed. */
static const struct answer *hop(struct call *call)
{
	static const struct answer hops[] = {
		{ .status = NULL },
		{ "302 Found", "Location: http://@HOST@/hop/0\r\n", "" },
		{ "302 Found", "Location: http://@HOST@/hop/1\r\n", "" },
		{ "302 Found", "Location: http://@HOST@/hop/2\r\n", "" },
		{ "302 Found", "Location: http://@HOST@/hop/3\r\n", "" },
		{ "302 Found", "Location: http://@HOST@/hop/4\r\n", "" },
	};
	unsigned at = 0;

	sscanf(call->path, "/hop/%u", &at);
	if (at == 0)
		call->kind = FEED;
	return at < sizeof(hops) / sizeof(*hops) ? &hops[at] : &nowhere;
}

static const struct answer *turn(
    const struct call *call, const struct answer *answer)
{
	if (answer->times > 0 && call->nth > answer->times)
		return &call->misdeed->then;
	return answer;
}

static const struct answer *answer_of(struct call *call)
{
	if (call->misdeed == NULL)
		return &nowhere;
	switch (call->kind) {
	case FEED: return turn(call, &call->misdeed->feed);
	case ROBOTS: return turn(call, &call->misdeed->robots);
	default: break;
	}
	if (strncmp(call->path, "/hop/", strlen("/hop/")) == 0)
		return hop(call);
	if (strncmp(call->path, "/page/", strlen("/page/")) == 0)
		return &call->misdeed->page;
	return strcmp(call->path, "/") == 0 ? &ordinary : &nowhere;
}

/* ---- its body ---- */

static const char *part_of(const struct call *call)
{
	static const char *const parts[] = {
		[PAGE] = "page",
		[FEED] = "feed",
		[ROBOTS] = "robots",
	};

	return strcmp(call->path, "/") == 0 ? "front" : parts[call->kind];
}

static void body_make(
    struct call *call, const struct answer *answer, struct body *body)
{
	struct host *host = hosts_find(&call->wire->hosts, "odd.localhost");
	bool secret = strncmp(call->host, "tls-", 4) == 0;
	char *base = format("%s://%s", secret ? "https" : "http", call->host);
	const char *at = strrchr(call->path, '/');
	struct scope scope = {
		.host = host, .base = base, .number = call->nth
	};
	const struct part *part = host_part(
	    host, answer->part != NULL ? answer->part : part_of(call), NULL);
	FILE *out = must(open_memstream(&body->bytes, &body->length));

	scope.text = call->misdeed != NULL ? call->misdeed->name : "";
	if (call->kind == PAGE && at != NULL)
		scope.text = at + 1;
	if (part != NULL)
		render(out, &scope, part->text);
	fclose(out);
	free(base);
	if (answer->pack != NULL)
		answer->pack(call, answer, body);
}

/* ---- unchanged ---- */

/* Whether a request brings what was given, in `now` or with the last feed. */
static bool same(const struct call *call, const char *header, const char *given)
{
	char value[sizeof(call->state->etag)];
	const char *asked = call_header(call, header, value, sizeof(value));

	return strcmp(asked != NULL ? asked : "", given) == 0;
}

static bool is_unchanged(const struct call *call, const struct answer *answer)
{
	char nothing[8];
	bool asked =
	    call_header(call, "If-None-Match", nothing, sizeof(nothing)) ||
	    call_header(call, "If-Modified-Since", nothing, sizeof(nothing));
	const struct state *state = call->state;

	if (answer->fresh != IF_SAME)
		return answer->fresh == ALWAYS;
	if (!asked || state == NULL || call->kind == ROBOTS ||
	    answer->status != NULL)
		return false;
	if (call->kind == PAGE)
		return answer->headers == NULL &&
		    same(call, "If-None-Match", "\"odd-1\"");
	return same(call, "If-None-Match", state->etag) &&
	    same(call, "If-Modified-Since", state->modified);
}

static void unchanged_send(struct call *call, const struct answer *answer)
{
	char *head = call_head(call, answer), *rest = strchr(head, '\n') + 1;

	call_say(call,
	    "HTTP/1.1 304 Not Modified\r\n%sConnection: close\r\n\r\n", rest);
	free(head);
}

void request_answer(struct call *call)
{
	const struct answer *answer = answer_of(call);
	struct body body = { NULL, 0 };

	if (is_unchanged(call, answer)) {
		unchanged_send(call, answer);
		return;
	}
	body_make(call, answer, &body);
	(answer->send != NULL ? answer->send : send_whole)(call, answer, &body);
	free(body.bytes);
}
