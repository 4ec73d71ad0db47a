/* The daemon over HTTP. */
#include <errno.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "core/base/buf.h"
#include "core/base/xalloc.h"
#include "core/daemon/metrics.h"
#include "core/daemon/page.h"
#include "core/daemon/web.h"

#define PATIENCE 30 /* seconds for a client that says nothing */
#define PULSE_EVERY \
	15000 /* ms: who has left is noticed when it is written to */
#define NONCE_BYTES 16

/* Nothing of what it answers may do anything anywhere. */
#define POLICY                                                      \
	"default-src 'none'; base-uri 'none'; form-action 'none'; " \
	"frame-ancestors 'none'"

struct web {
	uv_poll_t poll;
	uv_timer_t timer; /* the server's own timeouts */
	uv_timer_t pulse;
	struct MHD_Daemon *server;
	char url[80];
	struct web_house house;
	struct follower *followers;
	int n_followers;
};

struct request {
	struct asker asker;
	struct web *web;
	struct MHD_Connection *connection;
	bool asked;        /* the teller, and waits, */
	struct told *told; /* for this; then NULL: there is no status yet */
};

struct follower { /* somebody who looks at /live */
	struct web *web;
	struct MHD_Connection *connection;
	uint64_t last;  /* record that it was told of */
	struct buf out; /* what is to be written, */
	size_t sent;    /* and how much of it was */
	bool suspended;
	struct follower *next, **from;
};

struct answer {     /* what a request comes to */
	bool later; /* it is asked for again when there is one */
	unsigned status;
	const char *type;
	struct buf policy;             /* empty: POLICY */
	struct buf body;               /* is taken */
	struct MHD_Response *response; /* in the place of a body */
};

/* ---- the loop ---- */

static void timer_due(uv_timer_t *timer);

static void web_run(struct web *web)
{
	MHD_UNSIGNED_LONG_LONG wait;

	MHD_run(web->server);
	if (MHD_get_timeout(web->server, &wait) == MHD_YES)
		uv_timer_start(&web->timer, timer_due, wait, 0);
	else
		uv_timer_stop(&web->timer);
}

static void timer_due(uv_timer_t *timer)
{
	web_run(timer->data);
}

static void readable(uv_poll_t *poll, int status, int events)
{
	(void)status;
	(void)events;
	web_run(poll->data);
}

/* ---- /live ---- */

static void follower_wake(struct follower *follower)
{
	if (!follower->suspended)
		return;
	follower->suspended = false;
	MHD_resume_connection(follower->connection);
}

/* Those that sleep go on when the server runs next: in a moment, and not from
   within what has told of it. */
static void followers_wake(struct web *web)
{
	struct follower *follower = web->followers;

	for (; follower != NULL; follower = follower->next)
		follower_wake(follower);
	uv_timer_start(&web->timer, timer_due, 0, 0);
}

/* A comment: it says nothing, and fails where nobody is. */
static void pulse_due(uv_timer_t *timer)
{
	struct web *web = timer->data;
	struct follower *follower = web->followers;

	for (; follower != NULL; follower = follower->next) {
		if (follower->suspended)
			buf_text(&follower->out, ":\n\n");
	}
	followers_wake(web);
}

static void record_came(void *whose)
{
	followers_wake(whose);
}

static void follower_fill(struct follower *follower)
{
	const struct live *live = follower->web->house.live;
	const char *record;

	if (follower->sent == follower->out.len) {
		buf_free(&follower->out);
		follower->sent = 0;
	}
	while ((record = live_next(live, &follower->last)) != NULL)
		buf_printf(&follower->out, "data: %s\n\n", record);
}

/* More of it; nothing is there where the connection sleeps until there is. */
static ssize_t follower_read(void *whose, uint64_t at, char *bytes, size_t most)
{
	struct follower *follower = whose;
	size_t len;

	(void)at;
	follower_fill(follower);
	len = follower->out.len - follower->sent;
	if (len == 0) {
		follower->suspended = true;
		MHD_suspend_connection(follower->connection);
		return 0;
	}
	if (len > most)
		len = most;
	memcpy(bytes, follower->out.bytes + follower->sent, len);
	follower->sent += len;
	return (ssize_t)len;
}

static void follower_free(void *whose)
{
	struct follower *follower = whose;

	*follower->from = follower->next;
	if (follower->next != NULL)
		follower->next->from = follower->from;
	follower->web->n_followers--;
	buf_free(&follower->out);
	free(follower);
}

static struct follower *follower_new(
    struct web *web, struct MHD_Connection *connection)
{
	struct follower *follower = xcalloc(1, sizeof(*follower));

	follower->web = web;
	follower->connection = connection;
	follower->next = web->followers;
	follower->from = &web->followers;
	if (follower->next != NULL)
		follower->next->from = &follower->next;
	web->followers = follower;
	web->n_followers++;
	buf_text(&follower->out, "retry: 3000\n\n");
	return follower;
}

/* ---- answers ---- */

static void answer_say(
    struct answer *answer, unsigned status, const char *sentence)
{
	answer->status = status;
	answer->type = "text/plain; charset=utf-8";
	buf_printf(&answer->body, "%s\n", sentence);
}

static void live_answer(struct request *request, struct answer *answer)
{
	struct web *web = request->web;

	if (web->n_followers >= WEB_FOLLOWERS) {
		answer_say(answer, MHD_HTTP_SERVICE_UNAVAILABLE,
		    "too many look at it already");
		return;
	}
	answer->type = "text/event-stream; charset=utf-8";
	answer->response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN,
	    8192, follower_read, follower_new(web, request->connection),
	    follower_free);
}

static void request_told(struct asker *asker, struct told *told)
{
	struct request *request = (struct request *)asker;

	request->told = told != NULL ? told_hold(told) : NULL;
	MHD_resume_connection(request->connection);
	uv_timer_start(&request->web->timer, timer_due, 0, 0);
}

static void teller_wait(
    struct request *request, enum told_as as, struct answer *answer)
{
	answer->later = request->asked = true;
	request->asker.as = as;
	request->asker.told = request_told;
	MHD_suspend_connection(request->connection);
	teller_ask(request->web->house.teller, &request->asker);
}

static void told_sent(void *told)
{
	told_release(told);
}

static void told_nothing(struct request *request, struct answer *answer)
{
	const struct web_house *house = &request->web->house;
	const char *trouble = house->trouble(house->whose);

	answer_say(answer, MHD_HTTP_SERVICE_UNAVAILABLE,
	    trouble != NULL ? trouble : "it ends");
}

static void told_answer(struct request *request, enum told_as as,
    const char *type, struct answer *answer)
{
	struct told *told = request->told;

	if (!request->asked) {
		teller_wait(request, as, answer);
	} else if (told == NULL) {
		told_nothing(request, answer);
	} else {
		answer->type = type;
		answer->response =
		    MHD_create_response_from_buffer_with_free_callback_cls(
			told->text.len, told->text.bytes, told_sent,
			told_hold(told));
	}
}

static void status_answer(struct request *request, struct answer *answer)
{
	told_answer(request, TOLD_STATUS, "application/json", answer);
}

static void metrics_answer(struct request *request, struct answer *answer)
{
	const char *accept = MHD_lookup_connection_value(
	    request->connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT);
	bool open = accept != NULL &&
	    strstr(accept, "application/openmetrics-text") != NULL;

	told_answer(request, open ? TOLD_OPEN_METRICS : TOLD_METRICS,
	    open ? METRICS_OPEN_TYPE : METRICS_TYPE, answer);
}

static void health_answer(struct request *request, struct answer *answer)
{
	const struct web_house *house = &request->web->house;
	const char *trouble = house->trouble(house->whose);

	if (trouble != NULL)
		answer_say(answer, MHD_HTTP_SERVICE_UNAVAILABLE, trouble);
	else
		answer_say(answer, MHD_HTTP_OK, "ok");
}

static bool nonce_make(char nonce[2 * NONCE_BYTES + 1])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[NONCE_BYTES];
	size_t i;

	if (getrandom(bytes, sizeof(bytes), 0) != sizeof(bytes))
		return false;
	for (i = 0; i < NONCE_BYTES; i++) {
		nonce[2 * i] = digits[bytes[i] >> 4];
		nonce[2 * i + 1] = digits[bytes[i] & 15];
	}
	nonce[2 * NONCE_BYTES] = '\0';
	return true;
}

static void page_put(struct buf *out, const char *nonce)
{
	const char *at = page_html, *mark;

	while ((mark = strstr(at, PAGE_NONCE)) != NULL) {
		buf_add(out, at, (size_t)(mark - at));
		buf_text(out, nonce);
		at = mark + strlen(PAGE_NONCE);
	}
	buf_text(out, at);
}

/* Its own style and script, and its own server: nothing else. */
static void page_answer(struct request *request, struct answer *answer)
{
	char nonce[2 * NONCE_BYTES + 1];

	(void)request;
	if (!nonce_make(nonce)) {
		answer_say(answer, MHD_HTTP_SERVICE_UNAVAILABLE,
		    "there are no random numbers yet");
		return;
	}
	buf_printf(&answer->policy,
	    POLICY "; connect-src 'self'; script-src 'nonce-%s'; "
		   "style-src 'nonce-%s'",
	    nonce, nonce);
	answer->type = "text/html; charset=utf-8";
	page_put(&answer->body, nonce);
}

/* ---- requests ---- */

static const struct route {
	const char *path;
	void (*answer)(struct request *request, struct answer *answer);
} routes[] = {
	{ "/", page_answer },
	{ "/status.json", status_answer },
	{ "/metrics", metrics_answer },
	{ "/healthz", health_answer },
	{ "/live", live_answer },
};

static const struct route *route_find(const char *path)
{
	size_t i;

	for (i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		if (strcmp(routes[i].path, path) == 0)
			return &routes[i];
	}
	return NULL;
}

static void answer_make(struct request *request, const char *path,
    const char *method, struct answer *answer)
{
	const struct route *route = route_find(path);
	const char *host = MHD_lookup_connection_value(
	    request->connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_HOST);

	if (!endpoint_is_own(host))
		answer_say(answer, MHD_HTTP_MISDIRECTED_REQUEST,
		    "ask for localhost, or for an address in numbers");
	else if (route == NULL)
		answer_say(answer, MHD_HTTP_NOT_FOUND,
		    "there are /, /status.json, /metrics, /healthz and /live");
	else if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
		answer_say(
		    answer, MHD_HTTP_METHOD_NOT_ALLOWED, "only GET and HEAD");
	else
		route->answer(request, answer);
}

static enum MHD_Result answer_send(
    struct MHD_Connection *connection, struct answer *answer)
{
	struct MHD_Response *response = answer->response;
	const char *policy =
	    answer->policy.len > 0 ? answer->policy.bytes : POLICY;
	const char *const headers[][2] = { { "Content-Type", answer->type },
		{ "Content-Security-Policy", policy },
		{ "X-Content-Type-Options", "nosniff" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
		{ "Referrer-Policy", "no-referrer" },
		{ "Cache-Control", "no-store" } };
	enum MHD_Result sent;
	size_t i;

	if (response == NULL)
		response = MHD_create_response_from_buffer(answer->body.len,
		    answer->body.bytes, MHD_RESPMEM_MUST_FREE);
	for (i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		MHD_add_response_header(response, headers[i][0], headers[i][1]);
	if (answer->status == MHD_HTTP_METHOD_NOT_ALLOWED)
		MHD_add_response_header(response, "Allow", "GET, HEAD");
	sent = MHD_queue_response(connection, answer->status, response);
	MHD_destroy_response(response);
	buf_free(&answer->policy);
	return sent;
}

static void request_new(
    struct web *web, struct MHD_Connection *connection, void **seen)
{
	struct request *request = xcalloc(1, sizeof(*request));

	request->web = web;
	request->connection = connection;
	*seen = request;
}

static void request_over(void *whose, struct MHD_Connection *connection,
    void **seen, enum MHD_RequestTerminationCode how)
{
	struct request *request = *seen;

	(void)whose;
	(void)connection;
	(void)how;
	if (request == NULL)
		return;
	told_release(request->told);
	free(request);
	*seen = NULL;
}

/* Called when a request's head is there, for each piece of a body, which is
   nothing to us, when all of it is, and when it was told what it waits for. */
static enum MHD_Result requested(void *whose, struct MHD_Connection *connection,
    const char *path, const char *method, const char *version, const char *body,
    size_t *len, void **seen)
{
	struct answer answer = { .status = MHD_HTTP_OK };

	(void)version;
	(void)body;
	if (*seen == NULL) {
		request_new(whose, connection, seen);
		return MHD_YES;
	}
	if (*len > 0) {
		*len = 0;
		return MHD_YES;
	}
	answer_make(*seen, path, method, &answer);
	return answer.later ? MHD_YES : answer_send(connection, &answer);
}

/* ---- the whole ---- */

static struct MHD_Daemon *server_start(
    struct web *web, const struct endpoint *endpoint)
{
	bool six = endpoint->address.ss_family == AF_INET6;

	return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME |
		(six ? MHD_USE_IPv6 : 0u),
	    0, NULL, NULL, requested, web, MHD_OPTION_SOCK_ADDR,
	    (const struct sockaddr *)&endpoint->address,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)WEB_CLIENTS,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)PATIENCE,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32 << 10,
	    MHD_OPTION_LISTENING_ADDRESS_REUSE, 1u, MHD_OPTION_NOTIFY_COMPLETED,
	    request_over, NULL, MHD_OPTION_END);
}

static void url_make(struct web *web, const struct endpoint *endpoint)
{
	const struct sockaddr *address =
	    (const struct sockaddr *)&endpoint->address;
	unsigned port =
	    MHD_get_daemon_info(web->server, MHD_DAEMON_INFO_BIND_PORT)->port;
	bool six = address->sa_family == AF_INET6;
	char host[NI_MAXHOST] = "";

	getnameinfo(address, endpoint->size, host, sizeof(host), NULL, 0,
	    NI_NUMERICHOST);
	snprintf(web->url, sizeof(web->url), "http://%s%.46s%s:%u/",
	    six ? "[" : "", host, six ? "]" : "", port);
}

const char *web_url(const struct web *web)
{
	return web->url;
}

struct web *web_open(uv_loop_t *loop, const struct endpoint *endpoint,
    const struct web_house *house)
{
	struct web *web = xcalloc(1, sizeof(*web));
	const union MHD_DaemonInfo *info;

	web->house = *house;
	web->server = server_start(web, endpoint);
	if (web->server == NULL) {
		free(web);
		return NULL;
	}
	url_make(web, endpoint);
	info = MHD_get_daemon_info(web->server, MHD_DAEMON_INFO_EPOLL_FD);
	uv_poll_init(loop, &web->poll, info->epoll_fd);
	uv_timer_init(loop, &web->timer);
	uv_timer_init(loop, &web->pulse);
	web->poll.data = web->timer.data = web->pulse.data = web;
	uv_poll_start(&web->poll, UV_READABLE, readable);
	uv_timer_start(&web->pulse, pulse_due, PULSE_EVERY, PULSE_EVERY);
	live_follow(web->house.live, record_came, web);
	return web;
}

void web_close(struct web *web)
{
	if (web == NULL)
		return;
	live_follow(web->house.live, NULL, NULL);
	followers_wake(web);
	uv_close((uv_handle_t *)&web->poll, NULL);
	uv_close((uv_handle_t *)&web->timer, NULL);
	uv_close((uv_handle_t *)&web->pulse, NULL);
	MHD_stop_daemon(web->server);
}

void web_free(struct web *web)
{
	free(web);
}

const char *web_library_version(void)
{
	return MHD_get_version();
}
