/*
 * Whether a source brings what it usually brings: as many entries as at this
 * hour of the week, and records whose fields are filled. Pure: functions of
 * (drift, event, now); times are milliseconds since 1970, UTC.
 */
#ifndef DRIFT_H
#define DRIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"

#define DRIFT_HOURS 168 /* of a week; the first begins Monday 00:00 UTC */

/* Fields that a source fills, or does not, and is judged by. */
enum drift_field { DRIFT_TEXT, DRIFT_PUBLISHED, DRIFT_AUTHORS, DRIFT_FIELDS };

struct drift_hour {          /* of the week */
	uint32_t usual : 25; /* thousandths of an entry */
	uint32_t weeks : 4;  /* learned from; 0: not heard yet */
	uint32_t passed : 3; /* weeks not learned from: it was drifting */
};

struct drift_filled {     /* one field */
	uint32_t last;    /* records, a bit each, the newest lowest */
	uint16_t usual;   /* share of records where it is filled, of 65535 */
	uint16_t learned; /* records that `usual` comes from */
	uint16_t passed;  /* records since it was lost */
	bool lost;
};

/* Of one source; zeroed at first, less than a KiB. Private. */
struct drift {
	struct drift_hour hours[DRIFT_HOURS];
	struct drift_filled fields[DRIFT_FIELDS];
	int64_t until;   /* time accounted for; 0: none yet */
	int64_t silence; /* these three as drift.c counts them */
	int64_t high;    /* the most since `silence` was nothing */
	int64_t peak;    /* the most that it got over; forgotten slowly */
	int64_t lasted;  /* milliseconds listened since it was nothing */
	int64_t came;    /* entries since then */
	int64_t heard;   /* entries in this hour */
	uint8_t records; /* in `last` */
	bool whole;      /* this hour was listened to from its beginning */
	bool ill;        /* in this hour it was drifting */
	bool drifting;
};

/* Time has passed without a word; call it before the others, and every few
   minutes. `listening`: whether the source could be asked since the last call
   (what is not heard while the daemon is off, or the source fails, is no
   silence). A quarter of an hour without a call is not listening, whatever it
   says: the clock has jumped, or the machine slept. */
void drift_passes(struct drift *drift, int64_t now, bool listening);

/* A feed has answered and shown so many new entries, 0 as well: nothing is
   silence before a feed was asked and had nothing. What a feed shows at the
   very first look, or a backfill, is not news: leave it out. */
void drift_entries(struct drift *drift, int64_t n);

/* A record came of a page: a bit (1 << enum drift_field) for each that is
   filled. */
void drift_record(struct drift *drift, unsigned filled);

/* NULL: it brings what it usually brings. Else `text`, which says what is
   wrong: "brings no entries, and at this hour usually 40", "authors are empty
   in 18 of the last 20 records, usually in 3 of 100"; several with "; ". */
const char *drift_verdict(
    const struct drift *drift, int64_t now, char *text, size_t size);

/* For the state: one line of text, without its end, and back; false if it is
   none (then it is zeroed). What was heard in an hour that had not ended is
   not kept. */
void drift_print(const struct drift *drift, struct buf *out);
bool drift_read(struct drift *drift, const char *text);

#endif
