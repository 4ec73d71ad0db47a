/*
 * Pages from the network. A request goes this way:
 *
 *     fetch_get > its host's queue > queue_go_on > request_begin
 *         > curl and the loop > request_ended > the callback
 *
 * What is redirected goes into the queue of the host that it is sent to; a
 * robots.txt that must be read first is a request, too.
 *
 * Curl tells which sockets it waits for (socket_wanted) and until when
 * (time_wanted); the loop tells when something happens there. Sources that may
 * reach private addresses have a multi handle, and so connections, of their
 * own: a connection that was checked for them is never used for others.
 */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/hash.h"
#include "core/base/limits.h"
#include "core/base/url.h"
#include "core/base/xalloc.h"
#include "core/net/address.h"
#include "core/net/fetch.h"
#include "core/net/http.h"
#include "core/net/politeness.h"
#include "core/net/wall.h"

#define UNDER_WAY_MOST 64 /* requests at once: sockets are not for nothing */

enum header {
	ETAG,
	MODIFIED,
	RETRY_AFTER,
	DATE,
	CACHE_CONTROL,
	AGE,
	N_HEADERS
};

static const char *const header_names[N_HEADERS] = { [ETAG] = "etag:",
	[MODIFIED] = "last-modified:",
	[RETRY_AFTER] = "retry-after:",
	[DATE] = "date:",
	[CACHE_CONTROL] = "cache-control:",
	[AGE] = "age:" };

/* A page that is wanted, or the robots.txt that must be read before it. */
struct request {
	struct fetcher *fetcher;
	struct turn turn;           /* of this hop */
	struct request *robots_for; /* who waits for this one; or NULL */
	fetched_fn *done;
	void *whose;
	const struct source *source;
	struct arena arena; /* of the texts below */
	const char *url;    /* of this hop */
	const char *asked_etag, *asked_modified, *asked_at;
	const char *moved_to; /* for good */
	bool strays;          /* the hops since are not for good */
	int hops;

	CURL *curl;
	struct curl_slist *slist;
	size_t limit;
	bool cut;            /* enough of it has come */
	const char *refused; /* by us, and why */
	const char *headers[N_HEADERS];
	int n_headers;
	bool body_begun;
	struct buf body;
	uint64_t hash;        /* of it */
	struct request *next; /* of those under way, or waiting */
	struct request **from;
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
	struct hosts *hosts;
	struct request *requests; /* all of them */
	uv_timer_t queue_timer;   /* when the next host may be asked again */
	struct fetch_counts counts;
	held_fn *held;
	void *held_whose;
	bool full; /* nothing is begun while somebody has too much */
	bool stopped;
};

struct watched { /* a socket of curl's */
	uv_poll_t poll;
	struct lane *lane;
	curl_socket_t socket;
};

static void queue_go_on(struct fetcher *fetcher);
static void queue_due(uv_timer_t *timer);

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
	queue_go_on(lane->fetcher);
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

static bool is_proxied(const struct request *request)
{
	return request->source->proxy != NULL;
}

/* Behind a proxy only what the address itself says can be seen. */
static bool is_literally_private(const struct request *request)
{
	CURLU *parts = curl_url();
	char *host = NULL;
	bool private;

	if (parts == NULL)
		_exit(EXIT_MEMORY);
	curl_url_set(parts, CURLUPART_URL, request->url, 0);
	curl_url_get(parts, CURLUPART_HOST, &host, 0);
	private = !request->source->allow_private && host != NULL &&
	    address_literal_is_private(host);
	curl_free(host);
	curl_url_cleanup(parts);
	return private;
}

static curl_socket_t address_opened(
    void *whose, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct request *request = whose;

	(void)purpose;
	if (is_proxied(request) ? is_literally_private(request)
				: !request->source->allow_private &&
		    address_is_private(&address->addr)) {
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
	request->refused = NULL; /* another address of the host will do */
	if (is_proxied(request) ? !is_literally_private(request)
				: request->source->allow_private ||
		    !address_text_is_private(to))
		return CURL_PREREQFUNC_OK;
	request->refused = "its host has a private address";
	return CURL_PREREQFUNC_ABORT;
}

static size_t body_arrived(char *bytes, size_t size, size_t n, void *whose)
{
	struct request *request = whose;
	size_t room = request->limit - request->body.len;

	n *= size;
	if (n < room)
		room = n;
	buf_add(&request->body, bytes, room);
	/* Bit by bit: all of it at once would be a long turn of the loop. */
	request->hash = hash_bytes(request->hash, bytes, room);
	if (n == room)
		return n;
	/* Of a robots.txt the beginning counts. */
	request->cut = request->robots_for != NULL;
	if (!request->cut)
		request->refused = "too-big: more bytes than page_bytes allows";
	return 0;
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
	int i;

	n *= size;
	if (n > 5 && strncmp(line, "HTTP/", 5) == 0) { /* after a 100, too */
		memset(request->headers, 0, sizeof(request->headers));
		request->n_headers = 0;
		request->body_begun = false;
		return n;
	}
	if (n <= 2)
		request->body_begun = true;
	if (n > 2 && ++request->n_headers > LIMIT_HEADERS) {
		request->refused = "more headers than anybody needs";
		return 0;
	}
	/* Trailers tell of the body, not of the page. */
	for (i = 0; i < N_HEADERS && !request->body_begun; i++) {
		const char *value =
		    header_value(request, line, n, header_names[i]);

		if (value != NULL)
			request->headers[i] = value;
	}
	return n;
}

/* ---- what is asked ---- */

static void header_add(
    struct request *request, const char *name, const char *value)
{
	struct buf line = { 0 };

	if (value == NULL)
		return;
	buf_printf(&line, "%s%s", name, value);
	request->slist = curl_slist_append(request->slist, line.bytes);
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
	curl_easy_setopt(curl, CURLOPT_NOPROXY, "");
	curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	curl_easy_setopt(curl, CURLOPT_CA_CACHE_TIMEOUT, -1L);
	if (settings->ca_file != NULL)
		curl_easy_setopt(curl, CURLOPT_CAINFO, settings->ca_file);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
}

static void ask_as(struct request *request)
{
	const struct source *source = request->source;
	CURL *curl = request->curl;

	curl_easy_setopt(curl, CURLOPT_USERAGENT, source->user_agent);
	if (source->proxy != NULL)
		curl_easy_setopt(curl, CURLOPT_PROXY, source->proxy);
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION,
	    (long)(source->http2 ? CURL_HTTP_VERSION_2TLS
				 : CURL_HTTP_VERSION_1_1));
	if (source->compression)
		curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
}

static bool is_same_site(struct arena *arena, const char *a, const char *b)
{
	a = url_join(arena, url_shown(arena, a), "/");
	b = url_join(arena, url_shown(arena, b), "/");
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* The source's own headers may tell who it is: they are for the sites of its
   feeds, and not for whoever these lead to. */
static bool is_at_home(struct request *request)
{
	const struct dl_list *feed = request->source->feeds;

	while (feed != NULL &&
	    !is_same_site(&request->arena, feed->text, request->url))
		feed = feed->next;
	return feed != NULL && request->robots_for == NULL;
}

static void ask_headers(struct request *request)
{
	const struct dl_list *own = request->source->headers;

	if (strcmp(url_shown(&request->arena, request->url),
		text_or(request->asked_at, "")) == 0) {
		header_add(request, "If-None-Match: ", request->asked_etag);
		header_add(
		    request, "If-Modified-Since: ", request->asked_modified);
	}
	for (; own != NULL && is_at_home(request); own = own->next)
		header_add(request, "", own->text);
	curl_easy_setopt(request->curl, CURLOPT_HTTPHEADER, request->slist);
}

static void ask_what(struct request *request)
{
	CURL *curl = request->curl;

	curl_easy_setopt(curl, CURLOPT_PRIVATE, request);
	curl_easy_setopt(curl, CURLOPT_URL, request->url);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, address_opened);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, request);
	curl_easy_setopt(curl, CURLOPT_PREREQFUNCTION, request_may_go);
	curl_easy_setopt(curl, CURLOPT_PREREQDATA, request);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, body_arrived);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, request);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, header_arrived);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, request);
}

/* ---- a request's life ---- */

static struct request *request_new(
    struct fetcher *fetcher, const struct source *source, const char *url)
{
	struct request *request = xcalloc(1, sizeof(*request));

	request->fetcher = fetcher;
	request->source = source;
	request->hash = HASH_BEGIN;
	request->url = url_join(&request->arena, NULL, url);
	if (request->url == NULL) /* curl will say what is wrong with it */
		request->url = arena_dup(&request->arena, url);
	request->turn = (struct turn){ .pause = source->pause,
		.connections = (int)source->connections,
		.robots = source->robots };
	request->next = fetcher->requests;
	request->from = &fetcher->requests;
	if (request->next != NULL)
		request->next->from = &request->next;
	fetcher->requests = request;
	return request;
}

static void request_free(struct request *request)
{
	*request->from = request->next;
	if (request->next != NULL)
		request->next->from = request->from;
	if (request->curl != NULL)
		curl_easy_cleanup(request->curl);
	curl_slist_free_all(request->slist);
	buf_free(&request->body);
	arena_reset(&request->arena);
	free(request);
}

static void request_queue(struct request *request)
{
	struct fetcher *fetcher = request->fetcher;

	request->turn.url = request->url;
	fetcher->counts.waiting++;
	hosts_add(
	    fetcher->hosts, &request->turn, (int64_t)uv_now(fetcher->loop));
	if (!uv_is_active((uv_handle_t *)&fetcher->queue_timer) ||
	    uv_timer_get_due_in(&fetcher->queue_timer) > 0)
		uv_timer_start(&fetcher->queue_timer, queue_due, 0, 0);
}

static int lane_of(const struct request *request)
{
	return request->source->allow_private ? PRIVATE : PUBLIC;
}

static void request_begin(struct request *request)
{
	struct fetcher *fetcher = request->fetcher;

	fetcher->counts.requests++;
	fetcher->counts.under_way++;
	request->limit = request->robots_for != NULL
	    ? LIMIT_ROBOTS + 1 /* one that is cut can be told */
	    : fetcher->settings.page_bytes;
	request->curl = curl_easy_init();
	if (request->curl == NULL)
		_exit(EXIT_MEMORY);
	ask_how(request->curl, &fetcher->settings);
	ask_as(request);
	ask_headers(request);
	ask_what(request);
	curl_multi_add_handle(
	    fetcher->lanes[lane_of(request)].multi, request->curl);
}

/* ---- what came of it ---- */

static enum outcome outcome_of_curl(CURLcode code)
{
	switch (code) {
	case CURLE_OK: return OUTCOME_FINE;
	case CURLE_URL_MALFORMAT: return OUTCOME_REFUSED;
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_RESOLVE_HOST: return OUTCOME_DNS;
	case CURLE_COULDNT_CONNECT: return OUTCOME_CONNECT;
	case CURLE_OPERATION_TIMEDOUT: return OUTCOME_TIMEOUT;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS: return OUTCOME_TLS;
	default: return OUTCOME_BROKEN;
	}
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

static void __attribute__((format(printf, 3, 4))) tell_error(
    struct request *request, struct fetched *got, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	got->error = arena_dup(&request->arena, text);
}

/* A wall may stand there with any status. */
static void tell_status(struct request *request, struct fetched *got)
{
	const char *wall = wall_name(request->body.bytes, request->body.len);

	got->again = http_retry_after(
	    request->headers[RETRY_AFTER], request->headers[DATE], time(NULL));
	if (got->again > RETRY_AFTER_MOST)
		got->again = RETRY_AFTER_MOST;
	got->outcome = outcome_of_status(got->status, got->again > 0);
	if (got->outcome != OUTCOME_LIMITED)
		got->again = 0;
	if (wall != NULL && request->robots_for == NULL) {
		got->outcome = OUTCOME_BLOCKED;
		tell_error(request, got,
		    "HTTP status %ld with a wall against robots: %s",
		    got->status, wall);
	} else if (!outcome_is_fine(got->outcome)) {
		tell_error(request, got, "HTTP status %ld", got->status);
	}
}

static void tell_answer(struct request *request, struct fetched *got)
{
	curl_easy_getinfo(request->curl, CURLINFO_RESPONSE_CODE, &got->status);
	got->url = url_shown(&request->arena, request->url);
	got->redirected = request->hops > 0;
	got->moved_to = request->moved_to;
	got->etag = request->headers[ETAG];
	got->modified = request->headers[MODIFIED];
	got->max_age = http_max_age(
	    request->headers[CACHE_CONTROL], request->headers[AGE]);
	got->robots = hosts_rights(&request->turn);
	content_type(request, got);
	tell_status(request, got);
	got->body = request->body;
	got->hash = request->hash;
	request->body = (struct buf){ 0 };
}

static void tell(struct request *request, CURLcode code, struct fetched *got)
{
	if (request->cut)
		code = CURLE_OK;
	got->outcome = outcome_of_curl(code);
	if (code == CURLE_OK) {
		tell_answer(request, got);
	} else if (request->refused != NULL) {
		got->outcome = OUTCOME_REFUSED;
		got->error = request->refused;
	} else {
		got->error = curl_easy_strerror(code);
	}
}

/* ---- redirects ---- */

/* For good, as far as all hops before it were. */
static void moved(struct request *request, const char *to, long status)
{
	if (status != 301 && status != 308)
		request->strays = true;
	if (!request->strays)
		request->moved_to = url_shown(&request->arena, to);
}

static void hop_clear(struct request *request)
{
	curl_easy_cleanup(request->curl);
	request->curl = NULL;
	curl_slist_free_all(request->slist);
	request->slist = NULL;
	buf_free(&request->body);
	request->hash = HASH_BEGIN;
	memset(request->headers, 0, sizeof(request->headers));
	request->n_headers = 0;
	request->cut = false;
}

/* True if it goes on elsewhere; else *got says why it does not. */
static bool request_goes_on(struct request *request, struct fetched *got)
{
	char *to = NULL;

	if (got->outcome != OUTCOME_REDIRECTS)
		return false;
	curl_easy_getinfo(request->curl, CURLINFO_REDIRECT_URL, &to);
	if (to == NULL)
		return false; /* 300, or a 302 to nowhere */
	if (request->hops >= LIMIT_REDIRECTS) {
		tell_error(
		    request, got, "more than %d redirects", LIMIT_REDIRECTS);
		return false;
	}
	if (!url_is_web(to)) {
		got->outcome = OUTCOME_REFUSED;
		tell_error(request, got,
		    "redirected to %.200s, which is no http or https", to);
		return false;
	}
	moved(request, to, got->status);
	request->hops++;
	request->url = url_join(&request->arena, to, "");
	return true;
}

static void robots_came(struct request *request, const struct fetched *got);

static void request_done(struct request *request, struct fetched *got)
{
	if (!outcome_is_fine(got->outcome))
		request->fetcher->counts.failed++;
	if (request->robots_for != NULL)
		robots_came(request, got);
	else
		request->done(request->whose, got);
	request_free(request);
}

static void request_ended(struct request *request, CURLcode code)
{
	struct fetcher *fetcher = request->fetcher;
	struct fetched got = { 0 };

	fetcher->counts.under_way--;
	fetcher->counts.bytes += request->body.len;
	tell(request, code, &got);
	hosts_ended(fetcher->hosts, &request->turn, got.outcome, got.again,
	    (int64_t)uv_now(fetcher->loop));
	if (got.outcome == OUTCOME_LIMITED && got.again > 0 &&
	    fetcher->held != NULL)
		fetcher->held(fetcher->held_whose, got.url, got.again);
	if (request_goes_on(request, &got)) {
		hop_clear(request);
		request_queue(request);
	} else {
		request_done(request, &got);
	}
	buf_free(&got.body);
}

/* ---- the hosts' queues ---- */

static void robots_begin(struct request *page, char *url)
{
	struct request *request = request_new(page->fetcher, page->source, url);

	free(url);
	request->robots_for = page;
	request->turn.robots = false;
	request->turn.first = true; /* the others wait for it */
	request->turn.host = page->turn.host;
	request->turn.url = request->url;
	request_begin(request);
}

static void robots_came(struct request *request, const struct fetched *got)
{
	struct fetcher *fetcher = request->fetcher;
	struct request *page = request->robots_for;

	page->refused = got->outcome == OUTCOME_REFUSED
	    ? arena_dup(&page->arena, got->error)
	    : NULL;
	hosts_robots(fetcher->hosts, &page->turn, got->outcome, got->body.bytes,
	    got->body.len, (int64_t)uv_now(fetcher->loop));
}

static void request_refuse(
    struct request *request, const struct hosts_next *next)
{
	struct fetched got = { .outcome = next->outcome,
		.unasked = true,
		.again = next->again,
		.error = next->why };

	if (request->refused != NULL)
		got.error = request->refused;
	got.url = url_shown(&request->arena, request->url);
	request_done(request, &got);
}

static struct request *request_of(struct turn *turn)
{
	return (
	    struct request *)((char *)turn - offsetof(struct request, turn));
}

static void turn_came(struct fetcher *fetcher, const struct hosts_next *next)
{
	struct request *request = request_of(next->turn);

	switch (next->what) {
	case HOSTS_GO:
		fetcher->counts.waiting--;
		request_begin(request);
		break;
	case HOSTS_ASK_ROBOTS: robots_begin(request, next->robots); break;
	case HOSTS_NO:
		fetcher->counts.waiting--;
		request_refuse(request, next);
		break;
	case HOSTS_NOTHING: break;
	}
}

static void queue_go_on(struct fetcher *fetcher)
{
	struct hosts_next next = { .what = HOSTS_GO };

	while (next.what != HOSTS_NOTHING && !fetcher->full &&
	    fetcher->counts.under_way < UNDER_WAY_MOST && !fetcher->stopped) {
		hosts_next(
		    fetcher->hosts, (int64_t)uv_now(fetcher->loop), &next);
		if (next.what != HOSTS_NOTHING)
			turn_came(fetcher, &next);
	}
	if (next.what == HOSTS_NOTHING && next.wait >= 0)
		uv_timer_start(
		    &fetcher->queue_timer, queue_due, (uint64_t)next.wait, 0);
}

static void queue_due(uv_timer_t *timer)
{
	queue_go_on(timer->data);
}

void fetch_get(struct fetcher *fetcher, const struct get *get, fetched_fn *done,
    void *whose)
{
	struct request *request = request_new(fetcher, get->source, get->url);

	request->done = done;
	request->whose = whose;
	request->asked_etag = arena_dup(&request->arena, get->etag);
	request->asked_modified = arena_dup(&request->arena, get->modified);
	request->asked_at = url_shown(
	    &request->arena, get->at != NULL ? get->at : request->url);
	request_queue(request);
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
	fetcher->hosts = hosts_new();
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

void fetch_full(struct fetcher *fetcher, bool full)
{
	bool again = fetcher->full && !full && !fetcher->stopped;

	fetcher->full = full;
	if (again)
		uv_timer_start(&fetcher->queue_timer, queue_due, 0, 0);
}

void fetch_hold(struct fetcher *fetcher, const char *host, int64_t millis)
{
	int64_t now = (int64_t)uv_now(fetcher->loop);

	hosts_hold(fetcher->hosts, host, now + millis, now);
}

void fetch_retry(struct fetcher *fetcher, const char *url)
{
	hosts_retry(fetcher->hosts, url, (int64_t)uv_now(fetcher->loop));
}

void fetch_on_held(struct fetcher *fetcher, held_fn *held, void *whose)
{
	fetcher->held = held;
	fetcher->held_whose = whose;
}

const struct hosts *fetch_hosts(const struct fetcher *fetcher)
{
	return fetcher->hosts;
}

static void requests_drop(struct fetcher *fetcher)
{
	struct request *request, *next;

	for (request = fetcher->requests; request != NULL; request = next) {
		next = request->next;
		if (request->curl != NULL)
			curl_multi_remove_handle(
			    fetcher->lanes[lane_of(request)].multi,
			    request->curl);
		request_free(request);
	}
}

void fetch_stop(struct fetcher *fetcher)
{
	int i;

	fetcher->stopped = true;
	requests_drop(fetcher);
	hosts_free(fetcher->hosts);
	fetcher->hosts = NULL;
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

const char *fetch_curl_version(void)
{
	return curl_version();
}

const char *fetch_uv_version(void)
{
	return uv_version_string();
}
