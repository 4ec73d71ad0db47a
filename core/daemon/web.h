/*
 * The daemon over HTTP, for monitoring and for people: a status page, its
 * numbers, its health, and the newest records as they come. It only tells; what
 * changes something is the control socket's.
 *
 *     /             the status page (page.html)
 *     /status.json  what `dateline status --json` prints
 *     /metrics      for Prometheus: its text format, or OpenMetrics
 *     /healthz      200 and "ok", or 503 and what is wrong
 *     /live         the newest records, then those that come: server-sent
 *                   events, each a line of live.h
 *
 * Who asks by a foreign host name is refused (421): see endpoint_is_own(). Who
 * closes its half of the connection right behind a request for the status or
 * for metrics, which take a moment, is taken for one who has left.
 */
#ifndef WEB_H
#define WEB_H

#include <uv.h>

#include "core/base/endpoint.h"
#include "core/daemon/live.h"
#include "core/daemon/teller.h"

#define WEB_CLIENTS 64   /* connections at once */
#define WEB_FOLLOWERS 24 /* of them, those that look at /live */

struct web;

struct web_house { /* whom it asks */
	struct teller *teller;
	/* NULL: all is well; else a sentence. */
	const char *(*trouble)(void *whose);
	void *whose;
	struct live *live;
};

/* NULL and errno where it cannot listen there. */
struct web *web_open(uv_loop_t *loop, const struct endpoint *endpoint,
    const struct web_house *house);

/* "http://127.0.0.1:9419/": where it is, also if any port was wanted. */
const char *web_url(const struct web *web);

/* The teller has stopped: nobody waits for it. The loop closes; then free. */
void web_close(struct web *web);
void web_free(struct web *web);

/* Of libmicrohttpd, as loaded. */
const char *web_library_version(void);

#endif
