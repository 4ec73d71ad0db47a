/*
 * What the daemon (or the tool) and a worker say to each other, over a socket:
 *
 *     daemon                      worker
 *     setup   ----------------->          what to load, before the lock-in
 *             <-----------------  loading  the plugin that it is at
 *       ...                         ...
 *             <-----------------  ready   what was loaded, what was refused
 *     order   ----------------->          a page, and whose it is
 *             <-----------------  result  entries, or records
 *       ...                         ...
 *
 * A message is its length and its kind, 32 bits each in the machine's order
 * (both ends are one machine), then its fields. Each read stands beside its
 * write in message.c, in the same order. Who reads trusts nothing: a message
 * that is too long, too short or of the wrong kind is refused whole, and so is
 * a setup of who was built apart.
 */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "plugins/plugin.h"

enum message {
	MESSAGE_SETUP = 1,
	MESSAGE_LOADING,
	MESSAGE_READY,
	MESSAGE_ORDER,
	MESSAGE_RESULT
};

#define MESSAGE_HEAD 8 /* bytes: length of what follows, kind */
#define MESSAGE_PIECE ((size_t)64 << 10) /* bytes that are sent at once */

struct setup {
	const struct dl_list
	    *folders; /* where plugins are looked for, in order */
	const struct dl_list
	    *plugins;                /* their names; NULL: all that are there */
	const struct dl_list *zones; /* that sources name */
	const char *gazetteer;       /* file; NULL: no places */
	const struct dl_list *values; /* of options: some may be selectors */
};

struct loaded_option {
	const char *name, *standard, *about;
	enum dl_option_kind kind;
};

struct loaded { /* a plugin, or why there is none */
	const char *name, *path;
	const char *refused; /* a sentence; the rest is empty then */
	const char *version, *about, *agency, *zone;
	uint32_t abi;
	bool source;
	const struct loaded_option *options;
	size_t n_options;
};

struct ready {
	const char *refused; /* why the worker cannot work at all */
	const struct loaded *plugins;
	size_t n_plugins;
	const struct dl_list *zones;        /* that were there */
	const struct dl_list *no_selectors; /* those values that are none */
};

struct setting {
	const char *name, *value;
};

struct order_page {
	const char *url, *type, *charset, *etag;
	const char *bytes; /* as they came */
	size_t len;
	uint32_t status; /* of HTTP; 0: it came from a file */
	int64_t fetched; /* seconds since 1970 */
};

enum task_kind {
	TASK_DISCOVER = 1,
	TASK_EXTRACT,
	TASK_PROBE, /* pages of a site that nobody knows: see worker/probe.h */
	TASK_FOLD,  /* texts, a line each: see worker/texts.h */
	TASK_PLACES,
	TASK_DATELINE,
	TASK_DATE, /* the same */
};

struct order {
	enum task_kind task;
	const char *source, *plugin, *agency, *zone;
	const char *robots; /* what robots.txt said of the page: "allowed"; or
			       NULL */
	const struct dl_list *extractors;
	const struct setting *options;
	size_t n_options;
	const struct order_page *pages; /* the page, then what it asked for */
	size_t n_pages;
	const struct dl_entry
	    *entry;      /* of an extract; its html is in the page */
	bool explain;    /* how each field came about is told, too */
	uint64_t number; /* nobody can guess it; the result has the same */
};

struct wanted {
	const char *url;
	enum dl_role role;
};

struct result_record {
	const char *id;    /* "vgp:102260905122709839" */
	const char *url;   /* canonical */
	const char *json;  /* one object, one line */
	const char *trace; /* of an order to explain, see worker/trace.h; or
			      NULL */
};

struct litter { /* what a plugin has left behind in a worker */
	const char *plugin;
	int64_t
	    statics;  /* bytes that the page had changed: they are put back */
	int64_t heap; /* bytes more after each page: the worker leaves for
			 that; or 0 */
	bool spoilt;  /* likewise, for its memory is spent or overrun */
};

/* What a feed says about how often it wants to be asked. */
struct hints {
	int64_t ttl;         /* milliseconds; 0: it does not say */
	uint32_t skip_hours; /* a bit for each hour of the day, UTC */
	uint8_t skip_days;   /* a bit for each day, 0 is Sunday */
};

struct result {
	enum dl_verdict verdict;
	uint64_t number;    /* the order's */
	const char *reason; /* of DL_SKIP and DL_FAIL */
	bool last;          /* the worker leaves now: it takes no more orders */
	bool not_a_feed;    /* of DL_FAIL: the bytes are of no kind of feed */
	struct hints hints;
	const struct dl_entry *const *entries; /* each has its id */
	size_t n_entries;
	const struct wanted *wanted;
	size_t n_wanted;
	const struct result_record *records;
	size_t n_records;
	const struct litter *litter; /* whatever the verdict */
	size_t n_litter;
};

/* Bytes that an entry takes in a result. */
size_t message_entry_size(const struct dl_entry *entry);

/* Each adds a whole message to `out`. */
void message_put_setup(struct buf *out, const struct setup *setup);
void message_put_loading(struct buf *out, const char *plugin);
void message_put_ready(struct buf *out, const struct ready *ready);
void message_put_order(struct buf *out, const struct order *order);
void message_put_result(struct buf *out, const struct result *result);

/*
 * Each reads the fields of a message: `len` bytes behind its head. What it
 * found is the arena's, but texts and the bytes of pages stay where they are;
 * false if it is not such a message.
 */
bool message_get_setup(
    struct arena *arena, const char *bytes, size_t len, struct setup *setup);
bool message_get_loading(
    struct arena *arena, const char *bytes, size_t len, const char **plugin);
bool message_get_ready(
    struct arena *arena, const char *bytes, size_t len, struct ready *ready);
bool message_get_order(
    struct arena *arena, const char *bytes, size_t len, struct order *order);
bool message_get_result(
    struct arena *arena, const char *bytes, size_t len, struct result *result);

/* What a worker would have said that died before it was ready, while it was
   loading a plugin. */
void message_not_ready(struct arena *arena, const char *plugin, const char *why,
    struct ready *ready);

/* Whether `len` bytes begin with a whole head: kind and length of the fields.
 */
bool message_head(
    const char *bytes, size_t len, enum message *kind, size_t *fields);

/*
 * A message over a blocking socket: false with errno, or 0 where it ended. All
 * of it goes through the caller's `through`: where a worker's socket is used
 * with other memory, it is not the worker who does so (worker/sandbox.h).
 */
bool message_send(
    int fd, char through[MESSAGE_PIECE], const struct buf *message);
bool message_receive(int fd, char through[MESSAGE_PIECE], struct buf *fields,
    enum message *kind);

#endif
