/* What a feed says of an entry, whatever kind of feed it is, and the entry that
   is made of it. */
#ifndef ENTRY_H
#define ENTRY_H

#include <stdbool.h>
#include <stddef.h>

struct dl_entry;
struct dl_job;
struct found;

enum part {
	URL, /* an address on the web, whole */
	ID,
	TITLE,
	SUMMARY,
	AUTHOR,
	HTML,
	PUBLISHED,
	UPDATED,
	N_PARTS
};

struct raw { /* as the feed has it: text, or HTML */
	const char *parts[N_PARTS];
	int ranks[N_PARTS]; /* 0: not said */
};

struct reading { /* one feed, being read; its entries are the job's */
	struct dl_job *job;
	const char *base; /* its url */
	unsigned hints;   /* for its dates */
	struct found **end;
	size_t n, size; /* entries, and what they take in a message */
};

void reading_begin(struct reading *reading, struct dl_job *job,
    const char *base, struct found **first);

/* Whether no more entries are taken: there are enough, or one message could not
   carry them. */
bool reading_is_full(const struct reading *reading);

/* Adds an entry that is clean already, unless the reading is full. */
void reading_put(struct reading *reading, const struct dl_entry *entry);

/* Makes an entry of it, unless it has no url. */
void reading_add(struct reading *reading, const struct raw *raw);

/* Takes away ids that cannot be any. */
void reading_end(struct reading *reading, struct found *first);

/* Of the entries that were read: the next one, or the first after NULL. */
struct dl_entry *entry_after(struct dl_job *job, const struct dl_entry *after);

/* Of two texts for one part, that with the lower rank counts, of two with the
   same rank the first; NULL is none. */
void raw_say(struct raw *raw, enum part part, const char *text, int rank);

/* Text as HTML: an empty line ends a paragraph. NULL of NULL. */
const char *html_of(struct dl_job *job, const char *text);

#endif
