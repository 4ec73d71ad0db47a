/*
 * Pages from the network. A request goes this way:
 *
 *     fetch_get > its host's queue > request_begin > curl and the loop
 *         > request_ended > the callback, and the host's next one
 *
 * Curl tells which sockets it waits for (socket_wanted) and until when
 * (time_wanted); the loop tells when something happens there. Sources that may
 * reach private addresses have a multi handle, and so connections, of their
 * own: a connection that was checked for them is never used for others.
 */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/limits.h"
#include "core/base/url.h"
#include "core/base/xalloc.h"
#include "core/daemon/address.h"
#include "core/daemon/fetch.h"
#include "core/daemon/politeness.h"

#define UNDER_WAY_MOST 64 /* requests at once: sockets are not for nothing */
#define MILLIS 1000
#define YEAR ((curl_off_t)365 * 24 * 3600) /* seconds */

struct request {
	struct fetcher *fetcher;
	struct host *host;
	fetched_fn *done;
	void *whose;
	struct arena arena; /* of the texts below */
	const char *url, *user_agent, *asked_etag, *asked_modified;
	int64_t pause;
	bool allow_private;

	CURL *curl;
	struct curl_slist *headers;
	size_t limit;
	const char *refused; /* by us, and why */
	const char *etag, *modified;
	int n_headers;
	struct buf body;
	struct request *next; /* in the host's queue, or of those under way */
};

struct host {
	char *name;
	struct politeness politeness;
	struct request *waiting, **waiting_end;
	struct host *next;
};

struct lane { /* a multi handle and its clock */
	struct fetcher *fetcher;
	CURLM *multi;
	uv_timer_t timer;
};

enum { PUBLIC, PRIVATE, N_LANES };

struct fetcher {
	uv_loop_t *loop;
	struct lane lanes[N_LANES];
	struct fetch_settings settings;
	char *ca_file;
	struct host *hosts;
	struct request *under_way;
	uv_timer_t queue_timer; /* when the next host may be asked again */
	struct fetch_counts counts;
	bool stopped;
};

struct watched { /* a socket of curl's */
	uv_poll_t poll;
	struct lane *lane;
	curl_socket_t socket;
};

static void queues_go_on(struct fetcher *fetcher);

/* ---- curl on the loop ---- */

static void request_ended(struct request *request, CURLcode code);

static void lane_harvest(struct lane *lane)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(lane->multi, &left)) != NULL) {
		CURLcode code = message->data.result;
		struct request *request;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(
		    message->easy_handle, CURLINFO_PRIVATE, &request);
		curl_multi_remove_handle(lane->multi, request->curl);
		request_ended(request, code);
		if (lane->fetcher->stopped)
			return;
	}
	queues_go_on(lane->fetcher);
}

static void lane_act(struct lane *lane, curl_socket_t socket, int what)
{
	int running;

	curl_multi_socket_action(lane->multi, socket, what, &running);
	lane_harvest(lane);
}

static void socket_ready(uv_poll_t *poll, int status, int what)
{
	struct watched *watched = poll->data;
	int flags = (what & UV_READABLE ? CURL_CSELECT_IN : 0) |
	    (what & UV_WRITABLE ? CURL_CSELECT_OUT : 0);

	if (status < 0)
		flags = CURL_CSELECT_ERR;
	lane_act(watched->lane, watched->socket, flags);
}

static void time_up(uv_timer_t *timer)
{
	lane_act(timer->data, CURL_SOCKET_TIMEOUT, 0);
}

static int time_wanted(CURLM *multi, long millis, void *whose)
{
	struct lane *lane = whose;

	(void)multi;
	if (lane->fetcher->stopped)
		return 0;
	if (millis < 0)
		uv_timer_stop(&lane->timer);
	else
		uv_timer_start(&lane->timer, time_up, (uint64_t)millis, 0);
	return 0;
}

static void watched_closed(uv_handle_t *handle)
{
	free(handle->data);
}

static int socket_wanted(
    CURL *curl, curl_socket_t socket, int what, void *whose, void *known)
{
	struct lane *lane = whose;
	struct watched *watched = known;
	int events = (what != CURL_POLL_OUT ? UV_READABLE : 0) |
	    (what != CURL_POLL_IN ? UV_WRITABLE : 0);

	(void)curl;
	if (what == CURL_POLL_REMOVE) {
		if (watched != NULL)
			uv_close((uv_handle_t *)&watched->poll, watched_closed);
		curl_multi_assign(lane->multi, socket, NULL);
		return 0;
	}
	if (watched == NULL) {
		watched = xcalloc(1, sizeof(*watched));
		watched->lane = lane;
		watched->socket = socket;
		watched->poll.data = watched;
		uv_poll_init_socket(
		    lane->fetcher->loop, &watched->poll, socket);
		curl_multi_assign(lane->multi, socket, watched);
	}
	uv_poll_start(&watched->poll, events, socket_ready);
	return 0;
}

/* ---- what curl asks us in between ---- */

static curl_socket_t address_opened(
    void *whose, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct request *request = whose;

	(void)purpose;
	if (!request->allow_private && address_is_private(&address->addr)) {
		request->refused = "its host has a private address; write "
				   "allow_private = yes if that is meant";
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
	    address->protocol);
}

/* A connection that is used again was not opened just now. */
static int request_may_go(
    void *whose, char *to, char *from, int to_port, int from_port)
{
	struct request *request = whose;

	(void)from;
	(void)to_port;
	(void)from_port;
	if (request->allow_private || !address_text_is_private(to))
		return CURL_PREREQFUNC_OK;
	request->refused = "its host has a private address";
	return CURL_PREREQFUNC_ABORT;
}

static size_t body_arrived(char *bytes, size_t size, size_t n, void *whose)
{
	struct request *request = whose;

	n *= size;
	if (n > request->limit - request->body.len) {
		request->refused = "too-big: more bytes than page_bytes allows";
		return 0;
	}
	buf_add(&request->body, bytes, n);
	return n;
}

static const char *header_value(
    struct request *request, const char *line, size_t len, const char *name)
{
	size_t at = strlen(name);

	if (len <= at || strncasecmp(line, name, at) != 0)
		return NULL;
	while (at < len && (line[at] == ' ' || line[at] == '\t'))
		at++;
	while (len > at && (unsigned char)line[len - 1] <= ' ')
		len--;
	return arena_copy(&request->arena, line + at, len - at);
}

static size_t header_arrived(char *line, size_t size, size_t n, void *whose)
{
	struct request *request = whose;
	const char *value;

	n *= size;
	if (++request->n_headers > LIMIT_HEADERS) {
		request->refused = "more headers than anybody needs";
		return 0;
	}
	if (n > 5 && strncmp(line, "HTTP/", 5) == 0)
		request->etag = request->modified = NULL; /* of a redirect */
	value = header_value(request, line, n, "etag:");
	if (value != NULL)
		request->etag = value;
	value = header_value(request, line, n, "last-modified:");
	if (value != NULL)
		request->modified = value;
	return n;
}

/* ---- a request's life ---- */

static void header_add(
    struct request *request, const char *name, const char *value)
{
	struct buf line = { 0 };

	if (value == NULL)
		return;
	buf_printf(&line, "%s: %s", name, value);
	request->headers = curl_slist_append(request->headers, line.bytes);
	buf_free(&line);
}

static void ask_how(CURL *curl, const struct fetch_settings *settings)
{
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)settings->timeout);
	curl_easy_setopt(
	    curl, CURLOPT_CONNECTTIMEOUT_MS, (long)settings->connect_timeout);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	curl_easy_setopt(curl, CURLOPT_CA_CACHE_TIMEOUT, -1L);
	if (settings->ca_file != NULL)
		curl_easy_setopt(curl, CURLOPT_CAINFO, settings->ca_file);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)LIMIT_REDIRECTS);
	curl_easy_setopt(
	    curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
}

static void ask_what(struct request *request)
{
	CURL *curl = request->curl;

	curl_easy_setopt(curl, CURLOPT_PRIVATE, request);
	curl_easy_setopt(curl, CURLOPT_URL, request->url);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, request->user_agent);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, address_opened);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, request);
	curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, request_may_go);
	curl_easy_setopt(curl, CURLOPT_PREREQDATA, request);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, body_arrived);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, request);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, header_arrived);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, request);
	header_add(request, "If-None-Match", request->asked_etag);
	header_add(request, "If-Modified-Since", request->asked_modified);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, request->headers);
}

static void request_begin(struct request *request)
{
	struct fetcher *fetcher = request->fetcher;
	int lane = request->allow_private ? PRIVATE : PUBLIC;

	politeness_begin(&request->host->politeness);
	fetcher->counts.requests++;
	fetcher->counts.under_way++;
	request->limit = fetcher->settings.page_bytes;
	request->curl = curl_easy_init();
	if (request->curl == NULL)
		_exit(EXIT_MEMORY);
	request->next = fetcher->under_way;
	fetcher->under_way = request;
	ask_how(request->curl, &fetcher->settings);
	ask_what(request);
	curl_multi_add_handle(fetcher->lanes[lane].multi, request->curl);
}

static void request_free(struct request *request)
{
	if (request->curl != NULL)
		curl_easy_cleanup(request->curl);
	curl_slist_free_all(request->headers);
	buf_free(&request->body);
	arena_reset(&request->arena);
	free(request);
}

/* "Text/HTML; charset=UTF-8": the type, and the charset where it is said. */
static void content_type(struct request *request, struct fetched *got)
{
	char *type = NULL, *at, *charset;

	curl_easy_getinfo(request->curl, CURLINFO_CONTENT_TYPE, &type);
	if (type == NULL)
		return;
	type = arena_dup(&request->arena, type);
	charset = strcasestr(type, "charset=");
	if (charset != NULL) {
		charset += strlen("charset=");
		charset += strspn(charset, " \"'");
		got->charset = arena_copy(
		    &request->arena, charset, strcspn(charset, " ;,\"'"));
	}
	type[strcspn(type, "; ,")] = '\0';
	for (at = type; *at != '\0'; at++) {
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at - 'A' + 'a');
	}
	got->type = *type != '\0' ? type : NULL;
}

static void tell_result(struct request *request, struct fetched *got)
{
	char *url = NULL;

	curl_easy_getinfo(request->curl, CURLINFO_RESPONSE_CODE, &got->status);
	curl_easy_getinfo(request->curl, CURLINFO_EFFECTIVE_URL, &url);
	got->url = url != NULL ? url : request->url;
	got->etag = request->etag;
	got->modified = request->modified;
	content_type(request, got);
	got->body = request->body;
	request->body = (struct buf){ 0 };
}

static int64_t retry_after(struct request *request, long status)
{
	curl_off_t seconds = 0;

	if (status != 429 && status != 503)
		return 0;
	curl_easy_getinfo(request->curl, CURLINFO_RETRY_AFTER, &seconds);
	return (int64_t)(seconds < YEAR ? seconds : YEAR) * MILLIS;
}

static void request_unlink(struct request *request)
{
	struct request **at = &request->fetcher->under_way;

	while (*at != request)
		at = &(*at)->next;
	*at = request->next;
}

static void request_ended(struct request *request, CURLcode code)
{
	struct fetcher *fetcher = request->fetcher;
	struct fetched got = { 0 };

	request_unlink(request);
	fetcher->counts.under_way--;
	fetcher->counts.bytes += request->body.len;
	if (code == CURLE_OK) {
		tell_result(request, &got);
	} else {
		fetcher->counts.failed++;
		got.for_good = request->refused != NULL ||
		    code == CURLE_UNSUPPORTED_PROTOCOL;
		got.error = request->refused != NULL ? request->refused
						     : curl_easy_strerror(code);
	}
	politeness_end(&request->host->politeness,
	    (int64_t)uv_now(fetcher->loop), request->pause,
	    retry_after(request, got.status));
	request->done(request->whose, &got);
	buf_free(&got.body);
	request_free(request);
}

/* ---- queues of hosts ---- */

static struct host *host_of(struct fetcher *fetcher, const char *url)
{
	struct arena arena = { 0 };
	const char *name = url_host(&arena, url);
	struct host *host = fetcher->hosts;

	name = name != NULL ? name : "";
	while (host != NULL && strcmp(host->name, name) != 0)
		host = host->next;
	if (host == NULL) {
		host = xcalloc(1, sizeof(*host));
		host->name = xstrdup(name);
		host->waiting_end = &host->waiting;
		host->next = fetcher->hosts;
		fetcher->hosts = host;
	}
	arena_reset(&arena);
	return host;
}

static void queue_due(uv_timer_t *timer)
{
	queues_go_on(timer->data);
}

/* A host that may be asked at once has nothing to be remembered for; a feed can
   name thousands of them. */
static void hosts_forget(struct fetcher *fetcher)
{
	struct host **at = &fetcher->hosts, *host;
	int64_t now = (int64_t)uv_now(fetcher->loop);

	while ((host = *at) != NULL) {
		if (host->waiting != NULL ||
		    politeness_wait(&host->politeness, now) != 0) {
			at = &host->next;
			continue;
		}
		*at = host->next;
		free(host->name);
		free(host);
	}
}

/* The first of each queue, as far as its host may be asked. */
static void queues_go_on(struct fetcher *fetcher)
{
	int64_t now = (int64_t)uv_now(fetcher->loop), wait, least = -1;
	struct host *host;

	hosts_forget(fetcher);
	for (host = fetcher->hosts; host != NULL; host = host->next) {
		struct request *request = host->waiting;

		if (request == NULL)
			continue;
		wait = politeness_wait(&host->politeness, now);
		if (wait == 0 && fetcher->counts.under_way < UNDER_WAY_MOST) {
			host->waiting = request->next;
			if (host->waiting == NULL)
				host->waiting_end = &host->waiting;
			fetcher->counts.waiting--;
			request_begin(request);
		} else if (wait > 0 && (least < 0 || wait < least)) {
			least = wait;
		}
	}
	if (least > 0)
		uv_timer_start(
		    &fetcher->queue_timer, queue_due, (uint64_t)least, 0);
}

void fetch_get(struct fetcher *fetcher, const struct get *get, fetched_fn *done,
    void *whose)
{
	struct request *request = xcalloc(1, sizeof(*request));
	struct arena *arena = &request->arena;
	struct host *host = host_of(fetcher, get->url);

	request->fetcher = fetcher;
	request->host = host;
	request->done = done;
	request->whose = whose;
	request->url = arena_dup(arena, get->url);
	request->user_agent = arena_dup(arena, get->user_agent);
	request->asked_etag = arena_dup(arena, get->etag);
	request->asked_modified = arena_dup(arena, get->modified);
	request->pause = get->pause;
	request->allow_private = get->allow_private;
	*host->waiting_end = request;
	host->waiting_end = &request->next;
	fetcher->counts.waiting++;
	uv_timer_start(&fetcher->queue_timer, queue_due, 0, 0);
}

/* ---- the fetcher ---- */

/* A port of ours that takes connections and says nothing. */
static int silent_port(uint16_t *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&at, len) != 0 ||
	    listen(fd, 1) != 0 ||
	    getsockname(fd, (struct sockaddr *)&at, &len) != 0) {
		close(fd);
		return -1;
	}
	*port = ntohs(at.sin_port);
	return fd;
}

/*
 * Curl reads the system's certificates, 60 ms of them, when the first TLS
 * connection of a multi handle is made, and keeps them: so one is begun here,
 * before the loop runs, and dropped again.
 */
static void lane_warm(struct lane *lane)
{
	const struct fetch_settings patient = { .timeout = 200,
		.connect_timeout = 200 };
	CURL *curl = curl_easy_init();
	uint16_t port;
	int fd = silent_port(&port), running = 1;
	char url[64];

	if (fd < 0 || curl == NULL)
		return;
	snprintf(url, sizeof(url), "https://127.0.0.1:%u/", port);
	ask_how(curl, &patient);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_multi_add_handle(lane->multi, curl);
	while (running > 0) {
		curl_multi_perform(lane->multi, &running);
		curl_multi_poll(lane->multi, NULL, 0, 50, NULL);
	}
	curl_multi_remove_handle(lane->multi, curl);
	curl_easy_cleanup(curl);
	close(fd);
}

static void lane_open(struct fetcher *fetcher, struct lane *lane)
{
	lane->fetcher = fetcher;
	lane->multi = curl_multi_init();
	if (lane->multi == NULL)
		_exit(EXIT_MEMORY);
	lane_warm(lane);
	uv_timer_init(fetcher->loop, &lane->timer);
	lane->timer.data = lane;
	curl_multi_setopt(lane->multi, CURLMOPT_SOCKETFUNCTION, socket_wanted);
	curl_multi_setopt(lane->multi, CURLMOPT_SOCKETDATA, lane);
	curl_multi_setopt(lane->multi, CURLMOPT_TIMERFUNCTION, time_wanted);
	curl_multi_setopt(lane->multi, CURLMOPT_TIMERDATA, lane);
}

struct fetcher *fetch_new(uv_loop_t *loop)
{
	struct fetcher *fetcher = xcalloc(1, sizeof(*fetcher));
	int i;

	curl_global_init(CURL_GLOBAL_DEFAULT);
	fetcher->loop = loop;
	uv_timer_init(loop, &fetcher->queue_timer);
	fetcher->queue_timer.data = fetcher;
	for (i = 0; i < N_LANES; i++)
		lane_open(fetcher, &fetcher->lanes[i]);
	return fetcher;
}

void fetch_set(struct fetcher *fetcher, const struct fetch_settings *settings)
{
	free(fetcher->ca_file);
	fetcher->settings = *settings;
	fetcher->ca_file = xstrdup(settings->ca_file);
	fetcher->settings.ca_file = fetcher->ca_file;
}

void fetch_counts(const struct fetcher *fetcher, struct fetch_counts *counts)
{
	*counts = fetcher->counts;
}

static void hosts_drop(struct fetcher *fetcher)
{
	struct request *request;
	struct host *host;

	while ((host = fetcher->hosts) != NULL) {
		while ((request = host->waiting) != NULL) {
			host->waiting = request->next;
			request_free(request);
		}
		fetcher->hosts = host->next;
		free(host->name);
		free(host);
	}
}

static void under_way_drop(struct fetcher *fetcher)
{
	struct request *request;

	while ((request = fetcher->under_way) != NULL) {
		int lane = request->allow_private ? PRIVATE : PUBLIC;

		fetcher->under_way = request->next;
		curl_multi_remove_handle(
		    fetcher->lanes[lane].multi, request->curl);
		request_free(request);
	}
}

void fetch_stop(struct fetcher *fetcher)
{
	int i;

	fetcher->stopped = true;
	under_way_drop(fetcher);
	hosts_drop(fetcher);
	uv_close((uv_handle_t *)&fetcher->queue_timer, NULL);
	for (i = 0; i < N_LANES; i++) {
		curl_multi_cleanup(fetcher->lanes[i].multi);
		uv_close((uv_handle_t *)&fetcher->lanes[i].timer, NULL);
	}
}

void fetch_free(struct fetcher *fetcher)
{
	free(fetcher->ca_file);
	free(fetcher);
	curl_global_cleanup();
}
