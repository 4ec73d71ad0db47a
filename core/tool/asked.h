/* What `dateline tail` was asked for, checked. */
#ifndef ASKED_H
#define ASKED_H

#include <stdbool.h>
#include <stdint.h>

#include "core/tool/filter.h"
#include "core/tool/output.h"

struct asked {
	const char *folder;   /* the spool */
	const char *from;     /* "oldest", "newest", a number, */
	int64_t since;        /* or a time: milliseconds since 1970, */
	long last;            /* or so many of the last lines; */
	int64_t until;        /* up to this time */
	bool follow;          /* and then those to come */
	const char *consumer; /* NULL: for none */
	bool by_hand;         /* it acknowledges on standard input */
	bool diff;            /* with what changed from revision to revision */
	struct filter filter;
	struct output output;
	struct conf *conf; /* what `folder` is of; NULL: it was said */
};

#define ASKED_NO_TIME INT64_MIN /* `since` where it begins elsewhere */
#define ASKED_NO_LAST (-1)      /* and so `last` */
#define ASKED_NO_END INT64_MAX  /* `until` */

/* Ends with EX_USAGE, or EX_CONFIG, where it makes no sense. */
void asked_read(struct asked *asked, int argc, char **argv);
void asked_free(struct asked *asked);

#endif
