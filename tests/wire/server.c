/*
 * HTTP. A thread for each connection, since one of our pages takes a minute;
 * what they share is the wire, and whoever answers holds its lock.
 */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/wire/desk.h"
#include "tests/wire/file.h"
#include "tests/wire/reply.h"
#include "tests/wire/server.h"

enum {
	PATIENCE = 60,              /* seconds an idle connection lives */
	SLOWLY = 200 * 1000 * 1000, /* nanoseconds between slow bytes */
};

static const char http_time[] = "%a, %d %b %Y %H:%M:%S GMT";

static const char *header(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static void copy(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from != NULL ? from : "");
}

static void request_read(struct wire *wire, struct MHD_Connection *connection,
    const char *path, struct request *request)
{
	copy(request->host, sizeof(request->host), header(connection, "Host"));
	request->host[strcspn(request->host, ":")] = '\0';
	copy(request->path, sizeof(request->path), path);
	copy(request->since, sizeof(request->since),
	    header(connection, "If-Modified-Since"));
	copy(request->agent, sizeof(request->agent),
	    header(connection, "User-Agent"));
	request->match = header(connection, "If-None-Match") != NULL;
	request->ms = (unsigned long)((clock_now() - wire->begun) * 1000);
}

/* FNV-1a: the same bytes, the same tag. */
static void etag_make(const struct reply *reply, char etag[24])
{
	unsigned long long hash = 14695981039346656037ULL;

	for (size_t i = 0; i < reply->length; i++)
		hash =
		    (hash ^ (unsigned char)reply->body[i]) * 1099511628211ULL;
	snprintf(etag, 24, "\"%016llx\"", hash);
}

/* RFC 9110: who sends a tag is not asked for a date. */
static bool is_fresh(struct MHD_Connection *connection,
    const struct reply *reply, const char *etag)
{
	const char *match = header(connection, "If-None-Match");
	const char *since = header(connection, "If-Modified-Since");
	struct tm tm = { .tm_isdst = 0 };

	if (reply->status != 200 || reply->modified == 0)
		return false;
	if (match != NULL)
		return strstr(match, etag) != NULL || strcmp(match, "*") == 0;
	return since != NULL && strptime(since, http_time, &tm) != NULL &&
	    timegm(&tm) >= reply->modified;
}

static void answer(
    struct wire *wire, const struct asked *asked, struct reply *reply)
{
	const struct host *host = hosts_find(&wire->hosts, asked->host);

	if (wire->control && strcasecmp(asked->host, "wire.localhost") == 0)
		control_answer(wire, asked, reply);
	else if (host == NULL)
		reply_plain(reply, 404, "no such host");
	else if (host->status != 200)
		reply_plain(reply, host->status, "as ordered");
	else if (strcmp(asked->method, "GET") != 0 &&
	    strcmp(asked->method, "HEAD") != 0)
		reply_plain(reply, 405, "GET it");
	else if (strcmp(host->name, "odd.localhost") == 0)
		odd_answer(wire, asked, reply);
	else
		site_answer(wire, asked, reply);
}

struct slow {
	char *body;
	size_t length;
};

static ssize_t slow_read(void *whose, uint64_t at, char *to, size_t room)
{
	struct slow *slow = whose;
	struct timespec pause = { .tv_nsec = SLOWLY };

	if (at >= slow->length || room == 0)
		return MHD_CONTENT_READER_END_OF_STREAM;
	nanosleep(&pause, NULL);
	*to = slow->body[at];
	return 1;
}

static void slow_free(void *whose)
{
	struct slow *slow = whose;

	free(slow->body);
	free(slow);
}

/* The body is the response's from here on. */
static struct MHD_Response *response_make(const struct reply *reply)
{
	struct slow *slow;

	if (!reply->slow)
		return must(MHD_create_response_from_buffer(
		    reply->length, reply->body, MHD_RESPMEM_MUST_FREE));
	slow = must(malloc(sizeof(*slow)));
	*slow = (struct slow){ reply->body, reply->length };
	return must(MHD_create_response_from_callback(
	    reply->length, 1, slow_read, slow, slow_free));
}

static void headers_add(
    struct MHD_Response *response, const struct reply *reply, const char *etag)
{
	char modified[64];
	struct tm tm;

	MHD_add_response_header(response, "Content-Type", reply->type);
	if (reply->encoding != NULL)
		MHD_add_response_header(
		    response, "Content-Encoding", reply->encoding);
	if (reply->location != NULL)
		MHD_add_response_header(response, "Location", reply->location);
	if (reply->modified == 0)
		return;
	gmtime_r(&reply->modified, &tm);
	strftime(modified, sizeof(modified), http_time, &tm);
	MHD_add_response_header(response, "Last-Modified", modified);
	MHD_add_response_header(response, "ETag", etag);
}

static enum MHD_Result reply_send(
    struct MHD_Connection *connection, struct reply *reply, unsigned *status)
{
	char etag[24];
	struct MHD_Response *response;
	enum MHD_Result sent;

	etag_make(reply, etag);
	if (is_fresh(connection, reply, etag)) {
		reply->status = 304;
		reply->length = 0;
	}
	*status = reply->status;
	response = response_make(reply);
	headers_add(response, reply, etag);
	sent = MHD_queue_response(connection, reply->status, response);
	MHD_destroy_response(response);
	free(reply->location);
	return sent;
}

/* Called once for the head of a request, again for what it uploads. */
static enum MHD_Result requested(void *whose, struct MHD_Connection *connection,
    const char *path, const char *method, const char *version,
    const char *upload, size_t *size, void **seen)
{
	struct wire *wire = whose;
	struct request request = { .status = 0 };
	struct asked asked = { method, request.host, path };
	struct reply reply = { .status = 0 };
	enum MHD_Result sent;

	(void)version;
	(void)upload;
	if (*seen == NULL || *size > 0) {
		*seen = wire;
		*size = 0;
		return MHD_YES;
	}
	pthread_mutex_lock(&wire->lock);
	request_read(wire, connection, path, &request);
	answer(wire, &asked, &reply);
	sent = reply_send(connection, &reply, &request.status);
	if (strcasecmp(request.host, "wire.localhost") != 0)
		requests_add(&wire->requests, &request);
	pthread_mutex_unlock(&wire->lock);
	return sent;
}

struct MHD_Daemon *server_start(struct wire *wire, unsigned short port)
{
	struct sockaddr_in address = {
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	struct MHD_Daemon *server;

	/* Nobody is answered before the port, which is in every link, is known.
	 */
	pthread_mutex_lock(&wire->lock);
	server = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD |
		MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL,
	    port, NULL, NULL, requested, wire, MHD_OPTION_SOCK_ADDR,
	    (struct sockaddr *)&address, MHD_OPTION_CONNECTION_TIMEOUT,
	    (unsigned)PATIENCE, MHD_OPTION_END);
	if (server == NULL)
		die("cannot listen on 127.0.0.1:%u", port);
	wire->port =
	    MHD_get_daemon_info(server, MHD_DAEMON_INFO_BIND_PORT)->port;
	pthread_mutex_unlock(&wire->lock);
	return server;
}

void server_stop(struct MHD_Daemon *server)
{
	MHD_stop_daemon(server);
}
