/*
 * The raw server:
 *
 *     listen > connection > request_read > request_answer > request_noted
 *
 * One request a connection. What is noted of an answer is read from the bytes
 * that were sent, whoever has made them.
 */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/wire/call.h"
#include "tests/wire/desk.h"
#include "tests/wire/file.h"
#include "tests/wire/filter.h"
#include "tests/wire/manner.h"
#include "tests/wire/raw.h"

enum {
	MAX_CONNECTIONS = 512,
	PATIENCE = 10000, /* ms for the head of a request */
};

struct raw {
	struct wire *wire;
	int listening[2], n_listening;
	int stop[2]; /* a pipe: its end is the sign */
	pthread_t listener;
	struct state state[MAX_MISDEEDS]; /* under the wire's lock */

	pthread_mutex_t lock; /* around the rest */
	pthread_cond_t ended;
	int connection[MAX_CONNECTIONS];
	unsigned connections;
};

/* ---- reading a request ---- */

static enum kind kind_of(const char *path)
{
	if (strcmp(path, "/robots.txt") == 0)
		return ROBOTS;
	return strcmp(path, "/feed") == 0 ? FEED : PAGE;
}

/* A proxy is asked for whole addresses; the path is what counts here, too. */
static void path_cut(char *path)
{
	const char *from = path;

	if (strncmp(path, "http://", strlen("http://")) == 0) {
		from = strchr(path + strlen("http://"), '/');
		from = from != NULL ? from : "/";
	}
	memmove(path, from, strlen(from) + 1);
}

static bool head_read(struct call *call)
{
	struct pollfd poller = { .fd = call->fd, .events = POLLIN };
	size_t length = 0;
	ssize_t got;

	while (strstr(call->head, "\r\n\r\n") == NULL) {
		if (length == sizeof(call->head) - 1 ||
		    poll(&poller, 1, PATIENCE) <= 0)
			return false;
		got = recv(call->fd, call->head + length,
		    sizeof(call->head) - 1 - length, 0);
		if (got <= 0)
			return false;
		length += (size_t)got;
		call->head[length] = '\0';
		if (!isupper((unsigned char)call->head[0])) {
			call_say(call, "HTTP/1.1 400 Bad Request\r\n\r\n");
			return false;
		}
	}
	return true;
}

static bool request_read(struct call *call)
{
	if (!head_read(call) ||
	    sscanf(call->head, "%15s %319s", call->method, call->path) != 2 ||
	    call_header(call, "Host", call->host, sizeof(call->host)) == NULL)
		return false;
	call->asked = clock_now();
	path_cut(call->path);
	call->kind = kind_of(call->path);
	call->misdeed = misdeed_of(call->host);
	return true;
}

static void name_only(char name[64], const struct call *call)
{
	snprintf(name, 64, "%.*s", (int)strcspn(call->host, ":"), call->host);
}

/* Before it is answered: who has the answer may come again at once. */
static void request_counted(struct raw *raw, struct call *call)
{
	struct wire *wire = raw->wire;
	char name[64];

	name_only(name, call);
	pthread_mutex_lock(&wire->lock);
	if (call->misdeed != NULL) {
		call->state = &raw->state[misdeed_number(call->misdeed)];
		call->nth = ++call->state->asked[call->kind];
	}
	if (call->kind == ROBOTS)
		score_robots(
		    &wire->score, owner_find(&wire->owners, name), name);
	pthread_mutex_unlock(&wire->lock);
}

/* ---- what is noted of it ---- */

/* Seconds or a date; 0 if it is neither. */
static double retry_after(const struct call *call)
{
	char value[64], *end;
	struct tm tm = { .tm_isdst = 0 };
	double seconds;

	if (call_told(call, "Retry-After", value, sizeof(value)) == NULL)
		return 0;
	seconds = strtod(value, &end);
	if (end == value &&
	    strptime(value, "%a, %d %b %Y %H:%M:%S GMT", &tm) != NULL)
		seconds = difftime(timegm(&tm), time(NULL));
	return seconds > 0 ? seconds : 0;
}

/* What was given with a feed is what should come back with the next request. */
static void validators_noted(struct call *call, unsigned status)
{
	struct state *state = call->state;
	char etag[sizeof(state->etag)], modified[sizeof(state->modified)];
	const char *told;

	if (call->kind != FEED || (status != 200 && status != 304))
		return;
	told = call_told(call, "ETag", etag, sizeof(etag));
	if (told != NULL || status == 200)
		strcpy(state->etag, told != NULL ? told : "");
	told = call_told(call, "Last-Modified", modified, sizeof(modified));
	if (told != NULL || status == 200)
		strcpy(state->modified, told != NULL ? told : "");
}

static void visit_noted(
    struct call *call, const char *host, struct request *request)
{
	static const char *const names[] = { "If-None-Match",
		"If-Modified-Since", "User-Agent", "Cookie", "Referer", "ETag",
		"Last-Modified" };
	static char value[7][8192]; /* under the wire's lock */
	const char *found[7];
	struct wire *wire = call->wire;

	for (size_t i = 0; i < 7; i++)
		found[i] = (i < 5 ? call_header : call_told)(
		    call, names[i], value[i], sizeof(value[i]));
	snprintf(request->since, sizeof(request->since), "%.*s",
	    (int)sizeof(request->since) - 1, found[1] != NULL ? found[1] : "");
	snprintf(request->agent, sizeof(request->agent), "%.*s",
	    (int)sizeof(request->agent) - 1, found[2] != NULL ? found[2] : "");
	request->match = found[0] != NULL;
	score_visit(&wire->score, owner_find(&wire->owners, host),
	    &(struct visit){ .host = host,
		.path = call->path,
		.kind = call->kind,
		.etag = found[0],
		.since = found[1],
		.agent = found[2],
		.cookie = found[3],
		.referrer = found[4],
		.status = request->status,
		.sent_etag = found[5],
		.sent_modified = found[6],
		.retry_after = retry_after(call),
		.asked = call->asked,
		.answered = clock_now() });
}

static void request_noted(struct call *call)
{
	struct wire *wire = call->wire;
	struct request request = { .status = 0 };

	name_only(request.host, call);
	snprintf(request.path, sizeof(request.path), "%s", call->path);
	sscanf(call->sent, "HTTP/%*d.%*d %u", &request.status);
	request.ms = (unsigned long)((call->asked - wire->begun) * 1000);
	pthread_mutex_lock(&wire->lock);
	if (call->misdeed != NULL)
		validators_noted(call, request.status);
	visit_noted(call, request.host, &request);
	requests_add(&wire->requests, &request);
	pthread_mutex_unlock(&wire->lock);
}

/* ---- connections ---- */

struct connection {
	struct raw *raw;
	int fd;
};

static void *connection_served(void *whose)
{
	struct connection *connection = whose;
	struct raw *raw = connection->raw;
	struct call *call = must(calloc(1, sizeof(*call)));
	unsigned i = 0;

	call->wire = raw->wire;
	call->fd = connection->fd;
	if (request_read(call)) {
		request_counted(raw, call);
		request_answer(call);
		request_noted(call);
	}
	pthread_mutex_lock(&raw->lock);
	while (raw->connection[i] != connection->fd)
		i++;
	raw->connection[i] = raw->connection[--raw->connections];
	close(connection->fd);
	pthread_cond_signal(&raw->ended);
	pthread_mutex_unlock(&raw->lock);
	free(call);
	free(connection);
	return NULL;
}

static void connection_open(struct raw *raw, int fd)
{
	struct connection *connection = must(malloc(sizeof(*connection)));
	pthread_t thread;

	*connection = (struct connection){ raw, fd };
	pthread_mutex_lock(&raw->lock);
	if (raw->connections == MAX_CONNECTIONS ||
	    pthread_create(&thread, NULL, connection_served, connection) != 0)
		die("too many connections");
	raw->connection[raw->connections++] = fd;
	pthread_detach(thread);
	pthread_mutex_unlock(&raw->lock);
}

static void *listen_on(void *whose)
{
	struct raw *raw = whose;
	struct pollfd poller[3] = { { .fd = raw->stop[0], .events = POLLIN } };
	int fd;

	for (int i = 0; i < raw->n_listening; i++)
		poller[i + 1] = (struct pollfd){ .fd = raw->listening[i],
			.events = POLLIN };
	for (;;) {
		poll(poller, 1 + (nfds_t)raw->n_listening, -1);
		if (poller[0].revents != 0)
			return NULL;
		for (int i = 0; i < raw->n_listening; i++) {
			if (poller[i + 1].revents == 0)
				continue;
			fd = accept(raw->listening[i], NULL, NULL);
			if (fd >= 0)
				connection_open(raw, fd);
		}
	}
}

/* ---- starting and stopping ---- */

/* A free port; 0 if the address is not to be had. */
static unsigned short port_open(
    struct raw *raw, const struct sockaddr *address, socklen_t length)
{
	struct sockaddr_storage at = { .ss_family = AF_UNSPEC };
	int fd = socket(address->sa_family, SOCK_STREAM, 0), yes = 1;
	socklen_t size = sizeof(at);

	if (fd >= 0 && address->sa_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &yes, sizeof(yes));
	if (fd < 0 || bind(fd, address, length) != 0 || listen(fd, 128) != 0) {
		close(fd);
		return 0;
	}
	getsockname(fd, (struct sockaddr *)&at, &size);
	raw->listening[raw->n_listening++] = fd;
	return ntohs(address->sa_family == AF_INET
		? ((struct sockaddr_in *)&at)->sin_port
		: ((struct sockaddr_in6 *)&at)->sin6_port);
}

struct raw *raw_start(struct wire *wire, const char *address)
{
	struct raw *raw = must(calloc(1, sizeof(*raw)));
	struct sockaddr_in four = { .sin_family = AF_INET };
	struct sockaddr_in6 six = { .sin6_family = AF_INET6,
		.sin6_addr = IN6ADDR_LOOPBACK_INIT };

	raw->wire = wire;
	pthread_mutex_init(&raw->lock, NULL);
	pthread_cond_init(&raw->ended, NULL);
	if (inet_pton(AF_INET, address, &four.sin_addr) != 1)
		die("%s: no address", address);
	wire->raw =
	    port_open(raw, (const struct sockaddr *)&four, sizeof(four));
	wire->six = port_open(raw, (const struct sockaddr *)&six, sizeof(six));
	if (wire->raw == 0)
		die("cannot listen on %s: %s", address, strerror(errno));
	if (pipe(raw->stop) != 0 ||
	    pthread_create(&raw->listener, NULL, listen_on, raw) != 0)
		die("no thread for misdeeds");
	return raw;
}

void raw_stop(struct raw *raw)
{
	close(raw->stop[1]);
	pthread_join(raw->listener, NULL);
	close(raw->stop[0]);
	for (int i = 0; i < raw->n_listening; i++)
		close(raw->listening[i]);
	pthread_mutex_lock(&raw->lock);
	for (unsigned i = 0; i < raw->connections; i++)
		shutdown(raw->connection[i], SHUT_RDWR);
	while (raw->connections > 0)
		pthread_cond_wait(&raw->ended, &raw->lock);
	pthread_mutex_unlock(&raw->lock);
	pthread_mutex_destroy(&raw->lock);
	pthread_cond_destroy(&raw->ended);
	free(raw);
}
