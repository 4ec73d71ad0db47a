/*
 * When a feed is looked at next, and whether with validators. Pure: functions
 * of (watch, what came, now); chance comes in as a number.
 *
 * The interval is the usual time between two new entries, between the source's
 * min_interval and max_interval; while nothing comes it grows. What the feed
 * itself asks for (ttl, sy:updatePeriod, Cache-Control) is a floor, hours and
 * days that it names are skipped. Failures wait for min_interval, twice as long
 * each time, each class up to its own cap, and nothing is ever given up.
 */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buf.h"
#include "core/net/outcome.h"

struct now {            /* milliseconds */
	int64_t steady; /* of a clock that only goes forward */
	int64_t wall;   /* since 1970: it may be set, and jump */
};

struct pace { /* what the configuration says, of one source */
	int64_t min_interval, max_interval; /* milliseconds */
	int64_t distrust; /* polls with validators between two without */
	bool honour_ttl;
};

struct watch {       /* over one feed; zeroed at first */
	int64_t due; /* steady: not before this */

	/* Kept in the state; times are of the wall's clock, 0 is never. */
	int64_t asked;    /* the last answer */
	int64_t full;     /* the last whole feed */
	int64_t news;     /* the last new entry */
	int64_t newest;   /* its entries' latest date */
	int64_t usual;    /* milliseconds between two new entries; 0: unknown */
	int64_t interval; /* that was chosen last */
	int64_t floor;    /* that the feed asks for */
	uint32_t skip_hours;
	uint8_t skip_days;
	int64_t
	    since_full;   /* polls with validators since the last one without */
	int64_t failures; /* in a row */
	enum outcome outcome; /* the last one, but for HELD; NO_ENTRIES also of
				 what has not changed since */
	bool lies;            /* it has said "unchanged" of what had changed */
};

struct poll { /* what came of one look */
	enum outcome outcome;
	int64_t again;    /* the host wants to be left alone so long; or 0 */
	bool conditional; /* it was asked with validators */
	bool unasked; /* nobody was asked: its host is held, its robots.txt is
			 missing or says no */
	bool lied;    /* other bytes under the same validators */
	int64_t entries;        /* that it shows; 0 where it was unchanged */
	int64_t new;            /* of them, that nobody has shown before */
	int64_t known;          /* of them, that this feed has shown before */
	int64_t newest, oldest; /* dates of them, ms since 1970; 0: none */
	int64_t max_age;        /* ms, of Cache-Control; 0 */
	int64_t ttl;            /* ms, of the feed itself; 0 */
	uint32_t skip_hours;
	uint8_t skip_days;
};

/* What there is to be said, once. */
enum {
	SAY_OVERFLOW = 1, /* no entry of the last look is there any more */
	SAY_LIES = 2,     /* its validators are not to be trusted */
};

/* The first look: feeds of one start are spread over a tenth of the least
   interval, at most a minute. `chance` is any number. */
void schedule_begin(struct watch *watch, const struct pace *pace,
    struct now now, uint64_t chance);

/* Whether the next look is one without validators. */
bool schedule_full(
    const struct watch *watch, const struct pace *pace, struct now now);

/* Takes in what came and sets `due`; returns what is to be said. */
unsigned schedule_next(struct watch *watch, const struct pace *pace,
    const struct poll *poll, struct now now, uint64_t chance);

/* "stale" is a feed whose newest entry is so old that it must be dead. */
bool schedule_is_stale(const struct watch *watch, struct now now);

/* For the state: one line of text and back. `due` survives a restart, and a
   clock that was set in between. False if it is none: then nothing is known. */
void schedule_print(const struct watch *watch, struct now now, struct buf *out);
bool schedule_read(struct watch *watch, const struct pace *pace,
    const char *text, struct now now);

/* Milliseconds before a page that failed `tries` times is tried again. */
int64_t schedule_retry(int64_t first, int64_t tries, uint64_t chance);

/* When a page is looked at again whose first record came at `done` (wall): the
   next step of the ladder (milliseconds after `done`, rising, ended by 0); 0:
   no more. */
int64_t schedule_recheck(const int64_t *ladder, int64_t done, int64_t wall);

#endif
