/*
 * Pages from the network: libcurl's multi interface on the loop. Who may ask,
 * and when, is said by hosts.h; nothing here blocks.
 */
#ifndef FETCH_H
#define FETCH_H

#include <stdbool.h>
#include <uv.h>

#include "core/base/buf.h"
#include "core/base/conf.h"
#include "core/net/hosts.h"
#include "core/net/outcome.h"

struct fetcher;

struct fetch_settings {
	const char *ca_file;     /* NULL: the system's */
	int64_t timeout;         /* milliseconds for one answer */
	int64_t connect_timeout; /* milliseconds */
	size_t page_bytes;       /* decompressed; larger is an error */
};

struct get { /* what is wanted, until fetch_get() returns */
	const struct source *source; /* whose; until it is answered */
	const char *url;
	const char *etag, *modified; /* NULL: none known */
	const char *at; /* url that gave them; NULL: that one itself */
};

struct fetched { /* until the callback returns */
	enum outcome outcome;
	const char *error; /* why there is no page, as a sentence; NULL where
			      there is one, or it is UNCHANGED */
	int64_t again;     /* milliseconds not to ask before; 0 */
	long status;       /* of HTTP; 0: none came */
	const char *url;   /* after redirects, without name and password */
	bool redirected;
	const char *moved_to; /* where it has moved for good, or NULL */
	const char *type;     /* "text/html", or NULL */
	const char *charset, *etag, *modified; /* or NULL */
	bool unasked;                          /* nobody was: see HOSTS_NO */
	const char *robots; /* "allowed", or NULL: it was not asked */
	int64_t max_age;    /* milliseconds, of Cache-Control; 0 */
	struct buf body;    /* may be taken: leave it zeroed */
	uint64_t hash;      /* of the body, by hash_bytes() */
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

/* While it is full, what waits goes on waiting; what is under way comes. */
void fetch_full(struct fetcher *fetcher, bool full);

/* A host wants to be left alone for so many milliseconds from now. */
void fetch_hold(struct fetcher *fetcher, const char *host, int64_t millis);

/* The host of `url` may be there again: see hosts_retry(). */
void fetch_retry(struct fetcher *fetcher, const char *url);

/* Told whenever a host wants to be left alone: who it is, and for how long. */
typedef void held_fn(void *whose, const char *url, int64_t millis);
void fetch_on_held(struct fetcher *fetcher, held_fn *held, void *whose);

/* For looking at. */
const struct hosts *fetch_hosts(const struct fetcher *fetcher);

/* Nothing that waits or is under way is answered any more. The memory is given
   back by fetch_free(), when the loop has closed its handles. */
void fetch_stop(struct fetcher *fetcher);
void fetch_free(struct fetcher *fetcher);

/* Of the libraries that are loaded. */
const char *fetch_curl_version(void);
const char *fetch_uv_version(void);

#endif
