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
	copy(request->key, sizeof(request->key), header(connection, "X-Key"));
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

static void insert(struct reply *reply, size_t at, const char *text)
{
	char *old = reply->body;
	size_t length = reply->length;
	FILE *out = must(open_memstream(&reply->body, &reply->length));

	fwrite(old, 1, at, out);
	fputs(text, out);
	fwrite(old + at, 1, length - at, out);
	fclose(out);
	free(old);
}

static void ttl_insert(struct reply *reply, unsigned minutes)
{
	static const char mark[] = "<channel>";
	const char *at = memmem(reply->body, reply->length, mark, strlen(mark));
	char text[32];

	snprintf(text, sizeof(text), "<ttl>%u</ttl>", minutes);
	if (at != NULL)
		insert(reply, (size_t)(at - reply->body) + strlen(mark), text);
}

static void robots_rules(struct reply *reply, const struct owner *owner)
{
	char text[256];

	snprintf(text, sizeof(text), "Disallow: %s\n", owner->forbid);
	if (owner->forbid[0] != '\0')
		insert(reply, reply->length, text);
	snprintf(text, sizeof(text), "Crawl-delay: %g\n", owner->crawl_delay);
	if (owner->crawl_delay > 0)
		insert(reply, reply->length, text);
}

/* What the owner has laid down is told where it belongs. */
static void owner_tells(const struct owner *owner, struct reply *reply)
{
	if (reply->status == 429 || reply->status == 503)
		reply->retry_after = owner->retry_after;
	if (reply->status != 200)
		return;
	if (reply->kind == ROBOTS)
		robots_rules(reply, owner);
	if (reply->kind != FEED)
		return;
	reply->max_age = owner->max_age;
	if (owner->ttl > 0)
		ttl_insert(reply, owner->ttl);
}

static bool is_robots(const struct asked *asked)
{
	return strcmp(asked->path, "/robots.txt") == 0;
}

static void answer(
    struct wire *wire, const struct asked *asked, struct reply *reply)
{
	const struct host *host = hosts_find(&wire->hosts, asked->host);

	if (wire->control && strcasecmp(asked->host, "wire.localhost") == 0)
		control_answer(wire, asked, reply);
	else if (host == NULL)
		reply_plain(reply, 404, "no such host");
	else if (host->status != 200 && !is_robots(asked))
		reply_plain(reply, host->status, "as ordered");
	else if (strcmp(asked->method, "GET") != 0 &&
	    strcmp(asked->method, "HEAD") != 0)
		reply_plain(reply, 405, "GET it");
	else if (strcmp(host->name, "odd.localhost") == 0)
		odd_answer(wire, asked, reply);
	else if (strcmp(host->name, "bulk.localhost") == 0)
		bulk_answer(wire, asked, reply);
	else
		site_answer(wire, asked, reply);
}

static void owner_dress(
    const struct wire *wire, const struct asked *asked, struct reply *reply)
{
	const struct owner *owner = owner_find(&wire->owners, asked->host);

	if (is_robots(asked))
		reply->kind = ROBOTS;
	if (owner != NULL)
		owner_tells(owner, reply);
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

static void number_add(struct MHD_Response *response, const char *name,
    const char *before, unsigned number)
{
	char text[32];

	snprintf(text, sizeof(text), "%s%u", before, number);
	if (number > 0)
		MHD_add_response_header(response, name, text);
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
	number_add(response, "Retry-After", "", reply->retry_after);
	number_add(response, "Cache-Control", "max-age=", reply->max_age);
	if (reply->modified == 0)
		return;
	gmtime_r(&reply->modified, &tm);
	strftime(modified, sizeof(modified), http_time, &tm);
	MHD_add_response_header(response, "Last-Modified", modified);
	MHD_add_response_header(response, "ETag", etag);
}

/* As it went out. */
static void visit_score(struct wire *wire, struct MHD_Connection *connection,
    const struct request *request, const struct reply *reply,
    struct MHD_Response *response)
{
	double now = clock_now();
	struct visit visit = {
		.host = request->host,
		.path = request->path,
		.kind = reply->kind,
		.etag = header(connection, "If-None-Match"),
		.since = header(connection, "If-Modified-Since"),
		.agent = header(connection, "User-Agent"),
		.cookie = header(connection, "Cookie"),
		.referrer = header(connection, "Referer"),
		.status = reply->status,
		.sent_etag = MHD_get_response_header(response, "ETag"),
		.sent_modified =
		    MHD_get_response_header(response, "Last-Modified"),
		.retry_after = reply->retry_after,
		.asked = now,
		.answered = now,
	};

	score_visit(
	    &wire->score, owner_find(&wire->owners, request->host), &visit);
}

static enum MHD_Result reply_send(struct wire *wire,
    struct MHD_Connection *connection, struct reply *reply,
    struct request *request)
{
	char etag[24];
	struct MHD_Response *response;
	enum MHD_Result sent;

	etag_make(reply, etag);
	if (is_fresh(connection, reply, etag)) {
		reply->status = 304;
		reply->length = 0;
	}
	request->status = reply->status;
	response = response_make(reply);
	headers_add(response, reply, etag);
	if (strcasecmp(request->host, "wire.localhost") != 0) {
		visit_score(wire, connection, request, reply, response);
		requests_add(&wire->requests, request);
	}
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
	owner_dress(wire, &asked, &reply);
	sent = reply_send(wire, connection, &reply, &request);
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
