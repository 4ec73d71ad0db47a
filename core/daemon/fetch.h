/*
 * Pages from the network: libcurl's multi interface on the loop.
 *
 * One request per host at a time and a pause between two; nothing here blocks.
 */
#ifndef FETCH_H
#define FETCH_H

#include <stdbool.h>
#include <uv.h>

#include "core/base/buf.h"

struct fetcher;

struct fetch_settings {
	const char *ca_file;     /* NULL: the system's */
	int64_t timeout;         /* milliseconds for one page */
	int64_t connect_timeout; /* milliseconds */
	size_t page_bytes;       /* decompressed; larger is an error */
};

struct get { /* what is wanted, until fetch_get() returns */
	const char *url;
	const char *user_agent;
	const char *etag, *modified; /* NULL: none known */
	int64_t pause;               /* milliseconds to leave the host alone */
	bool allow_private;
};

struct fetched {           /* until the callback returns */
	const char *error; /* why there is no page, as a sentence; else NULL */
	bool for_good;     /* asking again would bring the same error */
	long status;       /* of HTTP; 304: as it was. 0 with an error */
	const char *url;   /* after redirects */
	const char *type;  /* "text/html", or NULL */
	const char *charset, *etag, *modified; /* or NULL */
	struct buf body; /* may be taken: leave it zeroed */
};

typedef void fetched_fn(void *whose, struct fetched *got);

struct fetcher *fetch_new(uv_loop_t *loop);

/* Holds for what is asked from now on. */
void fetch_set(struct fetcher *fetcher, const struct fetch_settings *settings);

/* Calls `done` once, later, never before it returns. */
void fetch_get(struct fetcher *fetcher, const struct get *get, fetched_fn *done,
    void *whose);

struct fetch_counts {
	uint64_t requests, failed, bytes;
	int waiting, under_way;
};

void fetch_counts(const struct fetcher *fetcher, struct fetch_counts *counts);

/* Nothing that waits or is under way is answered any more. The memory is given
   back by fetch_free(), when the loop has closed its handles. */
void fetch_stop(struct fetcher *fetcher);
void fetch_free(struct fetcher *fetcher);

#endif
