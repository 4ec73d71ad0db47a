/* Bytes to and from whoever asks the raw server. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

#include "tests/wire/call.h"
#include "tests/wire/file.h"

/* The last of that name, without what folds lines. */
static const char *header_in(
    const char *head, const char *name, char *value, size_t size)
{
	const char *line = head, *found = NULL;
	size_t length = strlen(name);

	while ((line = strchr(line, '\n')) != NULL && *++line != '\r') {
		if (strncasecmp(line, name, length) == 0 && line[length] == ':')
			found = line + length + 1;
	}
	if (found == NULL)
		return NULL;
	found += strspn(found, " \t");
	length = strcspn(found, "\r\n");
	snprintf(value, size, "%.*s", (int)length, found);
	return value;
}

const char *call_header(
    const struct call *call, const char *name, char *value, size_t size)
{
	return header_in(call->head, name, value, size);
}

const char *call_told(
    const struct call *call, const char *name, char *value, size_t size)
{
	return header_in(call->sent, name, value, size);
}

/* The beginning is kept: it ends with a NUL, and so at one. */
static void keep(struct call *call, const char *bytes, size_t length)
{
	size_t room = sizeof(call->sent) - 1 - call->n_sent;

	if (length > room)
		length = room;
	memcpy(call->sent + call->n_sent, bytes, length);
	call->n_sent += length;
}

void call_send(struct call *call, const void *bytes, size_t length)
{
	const char *at = bytes;
	ssize_t sent;

	keep(call, bytes, length);
	while (length > 0 && !call->lost) {
		sent = send(call->fd, at, length, MSG_NOSIGNAL);
		if (sent < 0 && errno == EINTR)
			continue;
		call->lost = sent <= 0;
		at += sent;
		length -= (size_t)sent;
	}
}

void call_say(struct call *call, const char *how, ...)
{
	va_list arguments;
	char *text = NULL;

	va_start(arguments, how);
	if (vasprintf(&text, how, arguments) < 0)
		die("out of memory");
	va_end(arguments);
	call_send(call, text, strlen(text));
	free(text);
}

bool call_pause(struct call *call, int millis)
{
	struct pollfd poller = { .fd = call->fd, .events = POLLIN };
	char nothing[256];

	if (!call->lost && poll(&poller, 1, millis) > 0)
		call->lost = recv(call->fd, nothing, sizeof(nothing), 0) <= 0;
	return !call->lost;
}

void call_reset(struct call *call)
{
	struct linger linger = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(call->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	call->lost = true;
}

/* ---- the head of an answer ---- */

static void place_fill(FILE *out, const struct call *call, const char *place)
{
	const struct wire *wire = call->wire;
	char host[sizeof(call->host)];

	snprintf(host, sizeof(host), "%.*s", (int)strcspn(call->host, ":"),
	    call->host);
	if (strncmp(place, "@RAW@", 5) == 0)
		fprintf(out, "%u", wire->raw);
	else if (strncmp(place, "@PORT@", 6) == 0)
		fprintf(out, "%u", wire->port);
	else if (strncmp(place, "@NTH@", 5) == 0)
		fprintf(out, "%u", call->nth);
	else if (strncmp(place, "@NAME@", 6) == 0)
		fputs(host, out);
	else if (strncmp(place, "@HOST@", 6) == 0)
		fputs(call->host, out);
}

/* Times that depend on when it is: @+SECONDS@ or @-SECONDS@ from now, and from
   a day on, so much earlier each time, @<SECONDS@. */
static void time_fill(FILE *out, const struct call *call, const char *place)
{
	char text[64];
	long seconds = strtol(place + 2, NULL, 10);
	time_t when = time(NULL) + (place[1] == '+' ? seconds : -seconds);
	struct tm tm;

	if (place[1] == '<')
		when = 1794447000 - (time_t)call->nth * seconds;
	gmtime_r(&when, &tm);
	strftime(text, sizeof(text), "%a, %d %b %Y %H:%M:%S GMT", &tm);
	fputs(text, out);
}

static void headers_fill(
    FILE *out, const struct call *call, const char *headers)
{
	const char *open, *close;

	while ((open = strchr(headers, '@')) != NULL &&
	    (close = strchr(open + 1, '@')) != NULL) {
		fwrite(headers, 1, (size_t)(open - headers), out);
		if (strchr("+-<", open[1]) != NULL)
			time_fill(out, call, open);
		else
			place_fill(out, call, open);
		headers = close + 1;
	}
	fputs(headers, out);
}

static const char *const types[] = {
	[PAGE] = "text/html; charset=utf-8",
	[FEED] = "application/rss+xml; charset=utf-8",
	[ROBOTS] = "text/plain; charset=utf-8",
};

static const char validators[] =
    "ETag: \"odd-1\"\r\n"
    "Last-Modified: Thu, 12 Nov 2026 01:30:00 GMT\r\n";

char *call_head(struct call *call, const struct answer *answer)
{
	const char *status = answer->status ? answer->status : "200 OK";
	const char *headers = answer->headers;
	char *head = NULL;
	size_t size;
	FILE *out = must(open_memstream(&head, &size));

	if (headers == NULL)
		headers = call->kind != ROBOTS && answer->status == NULL
		    ? validators
		    : "";
	fprintf(out, "HTTP/1.1 %s\r\n", status);
	headers_fill(out, call, "Date: @+0@\r\nServer: odd/1.0\r\n");
	if (strstr(headers, "Content-Type:") == NULL)
		fprintf(out, "Content-Type: %s\r\n", types[call->kind]);
	headers_fill(out, call, headers);
	fclose(out);
	return must(head);
}
