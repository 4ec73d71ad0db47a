/* The inside of struct dl_record: what plugins read, and what is kept of where
   it came from. */
#ifndef RECORD_H
#define RECORD_H

#include "core/kit/job.h"

struct trace { /* one change of a field, or an offer that was not taken */
	const char *field, *value, *how;
	enum dl_from from;
	const char *plugin;
	const struct dl_moment *moment; /* of a time and a dateline, or NULL */
	const struct dl_place *place;   /* of a place and a dateline, or NULL */
	const char *as;                 /* the form of a place that is new */
	const char *key;                /* of a note or an alternate */
	const struct dl_image *image;   /* what is new of one, or NULL */
	const char *refused;            /* why it was not taken; NULL: it was */
	struct trace *next;
};

struct pair {
	const char *key, *value;
	struct pair *next;
};

struct place_use { /* a place, the forms met and where */
	const struct dl_place *place;
	const struct dl_list *as, *in;
	struct place_use *next;
};

struct record {
	struct dl_record open; /* first: a dl_record * is a struct record * */
	struct place_use *places;
	struct pair *extra, *alternates;
	struct trace *traces, **traces_end;
	const struct dl_list *extractors; /* "dates 1.0", in order */
	struct dl_job *job;               /* whose memory all this is */
	const char *key;                  /* of a record_more(); else NULL */
	struct record *next;              /* of the same page */
};

/* Adds one to the job's; record_more() is the same with a key. */
struct record *record_new(struct dl_job *job);

/*
 * The record as it is, and back as it was: a transform failed. What was traced
 * since then stays, refused for this reason.
 */
struct record record_copy(const struct record *record);
void record_undo(
    struct record *record, const struct record *copy, const char *why);

/* Words that language counts (characters for Chinese). */
int record_words(struct dl_job *job, const struct dl_record *record);

#endif
