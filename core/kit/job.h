/*
 * The inside of struct dl_job, for the kit and the worker; plugins see its
 * name. A job is one call for one page: discover(), or extract() and its
 * transforms, and all the memory that they use.
 */
#ifndef JOB_H
#define JOB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>

#include "core/base/arena.h"
#include "core/base/message.h"
#include "plugins/plugin.h"

enum { JOB_COUNTRIES = (26 * 26 + 63) / 64 };

struct calendar;
struct gazetteer;
struct origins;
struct zone;
struct zones;

struct option {
	const char *name;
	const char *value;
	const struct option *next;
};

struct found { /* an entry that was added, or made and not yet added */
	struct dl_entry entry; /* first: a dl_entry * is a struct found * */
	struct found *next;
};

struct want { /* a further page that was asked for */
	const char *url;
	enum dl_role role;
	struct want *next;
};

struct guards; /* see guard.h */

struct dl_job {
	struct arena arena;

	/* What the job is about; whoever runs it fills this in. */
	const struct dl_plugin *plugin; /* whose code runs at the moment */
	const char *source;             /* name of the .conf */
	const char *agency;
	const struct zone *zone;           /* the source's */
	const struct zones *zones;         /* that texts may name, or NULL */
	const struct gazetteer *gazetteer; /* NULL: no places are known */
	const struct calendar *calendar;   /* names of months and weekdays;
					      NULL: made when needed */
	const struct option *options;
	int64_t fetched; /* seconds since 1970; 0: the page came from a file, of
			    which nobody knows how old it is */
	const char *base; /* url of the page: relative ones are joined to it */

	/* What came of it. */
	struct found *found, **found_end;
	size_t n_found;
	struct want *wants, **wants_end;
	size_t n_wants;
	struct record *records, **records_end;
	const char *reason; /* of a verdict other than DL_DONE */
	bool broken;        /* the plugin made a mistake: it is DL_FAIL */
	bool not_a_feed;    /* the page was read as one, and is none */
	struct hints hints; /* of the feed that was read */

	struct origins *origins; /* of a job that explains, else NULL */

	/* The countries that its texts have named, a bit each: what they have
	   to do with tells what an ambiguous name means. */
	uint64_t countries[JOB_COUNTRIES];

	/* Work that is done once a job. */
	struct tree *trees;         /* pages parsed so far */
	struct selector *selectors; /* compiled so far */
	const struct dl_page *read; /* the feed that `entries` is of */
	struct found *entries;

	/* Apart from what they guard, lest it writes over them. */
	struct arena guards_arena;
	struct guards *guards;

	jmp_buf *exhausted; /* where to go when the memory is spent */
};

void job_init(struct dl_job *job);
void job_finish(struct dl_job *job);

/* Notes a mistake of the plugin; the first reason counts. */
void job_break(struct dl_job *job, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The text as plugins get it: see fold_clean(). NULL of NULL. */
const char *job_clean(struct dl_job *job, const char *text);

#endif
