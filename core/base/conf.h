/*
 * The configuration: datelined.conf, and sources.d beside it, a file a source.
 *
 * The two tables in conf.c name every key, its kind, default and meaning;
 * reading, checking and the manual's list all come from them.
 */
#ifndef CONF_H
#define CONF_H

#include <stdbool.h>
#include <stdio.h>

#include "core/base/arena.h"
#include "core/base/message.h"

/* What is taken of the entries that a new feed shows. */
struct backfill {
	int64_t age;  /* milliseconds; 0: however old they are */
	int64_t most; /* the newest so many; -1: all */
};

struct source {
	const char *name; /* of its file, without .conf */
	const char *file; /* path, for complaints */
	const char *plugin;
	const char *agency;          /* NULL: the plugin's */
	const char *zone;            /* IANA name; NULL: the plugin's */
	const struct dl_list *feeds; /* urls */
	const struct dl_list *extractors;
	const char *user_agent;
	const char *proxy;             /* url; NULL: none */
	const struct dl_list *headers; /* "Name: value", sent with requests */
	bool enabled;
	bool allow_private;
	bool browser_like; /* its user agent looks like a browser's */
	bool robots;       /* robots.txt is asked, and obeyed */
	bool honour_ttl;   /* what a feed wants its interval to be counts */
	bool http2, compression;
	int64_t interval; /* milliseconds: both of the following; or 0 */
	int64_t min_interval, max_interval; /* between two looks at a feed */
	int64_t distrust; /* polls with validators before one without */
	int64_t pause;    /* milliseconds between two requests to its hosts */
	int64_t connections; /* to a host at a time */
	int64_t patience;    /* milliseconds a worker may take for one page */
	struct backfill backfill;
	const int64_t *recheck;  /* milliseconds after a page's first record,
				    rising, ended by 0 */
	struct setting *options; /* for the plugin */
	int *option_lines;       /* where each stands in the file */
	size_t n_options;
	bool paused; /* no setting: an operator lets it rest */
	struct source *next;
};

struct conf {
	const char *path;
	const char *spool;   /* folder */
	const char *state;   /* folder: state.sqlite, quarantine/ */
	const char *control; /* socket */
	const char *web;     /* where it listens; NULL: nowhere */
	const char *worker;  /* program */
	const struct dl_list *plugin_path; /* folders */
	const char *gazetteer;             /* file */
	const char *sources_folder;
	const char *contact;      /* url or e-mail, told in the user agent */
	const char *ca_file;      /* certificates; NULL: the system's */
	int64_t workers;          /* processes */
	int64_t pages_per_worker; /* then it is replaced */

	/* Of sources that do not say: as in struct source. */
	const char *user_agent, *proxy;
	const struct dl_list *extractors, *headers;
	bool browser_like, robots, honour_ttl, http2, compression;
	int64_t interval, min_interval, max_interval, distrust;
	int64_t pause, connections, patience;
	struct backfill backfill;
	const int64_t *recheck;

	int64_t timeout; /* milliseconds for one page from the network */
	int64_t connect_timeout; /* milliseconds */
	int64_t commit_interval; /* milliseconds */
	int64_t commit_bytes;
	int64_t segment_bytes;
	int64_t segment_age;     /* milliseconds */
	int64_t retention_bytes; /* of the spool; 0, as of all five: no limit */
	int64_t retention_age;   /* milliseconds */
	int64_t retention_free;  /* bytes that others find on the disk */
	int64_t consumer_max_bytes, consumer_max_age; /* kept for consumers */
	int64_t keep_pages;       /* milliseconds; 0: pages are not kept */
	int64_t keep_pages_bytes; /* of all that are kept */
	int64_t retry;            /* milliseconds before the first new try */
	int64_t page_bytes;       /* decompressed */
	int64_t max_line;         /* bytes of a record in the spool */
	struct source *sources;
	const char *without; /* a complaint: a credential that is named, where
				there are none; or NULL */
	struct arena arena;  /* all of the above */
};

/*
 * Reads and checks. Complaints go to `complaints`, a line each: file, line,
 * what, and what to do. NULL after at least one. conf_free() takes NULL.
 */
struct conf *conf_read(const char *path, FILE *complaints);
void conf_free(struct conf *conf);

/*
 * datelined.conf alone, whatever is wrong with it: the keys that could be read,
 * and the defaults of the others. For who only wants to reach the daemon, which
 * goes on with the configuration that was right.
 */
struct conf *conf_glance(const char *path);

/*
 * Outside of the service no credential can be had, and all else can be read and
 * checked. Whoever asks sites needs a configuration that is whole: false after
 * a complaint.
 */
bool conf_is_whole(const struct conf *conf, FILE *complaints);

/*
 * What only plugins know: that each source's plugin and extractors are there,
 * that it has a zone, and that its options are the plugin's. Fills in zone and
 * agency where the .conf left them out. False after a complaint.
 */
bool conf_settle(
    struct conf *conf, const struct ready *ready, FILE *complaints);

struct source *conf_source(const struct conf *conf, const char *name);

/* A source that has no .conf: `plugin` with every setting's default. */
struct source *conf_bare(struct conf *conf, const char *name);

/*
 * A source that lies elsewhere, in the file `path`, behind all others; it needs
 * no feed. NULL after a complaint.
 */
struct source *conf_take(
    struct conf *conf, const char *name, const char *path, FILE *complaints);

/* The defaults alone, for the tool where nothing is configured. */
struct conf *conf_standard(void);

/* What a worker has to load for this configuration. */
void conf_setup(struct conf *conf, struct setup *setup);

/* "15min", "64MiB": false if the text is none. */
bool conf_duration(const char *text, int64_t *millis);
bool conf_size(const char *text, int64_t *bytes);

#endif
