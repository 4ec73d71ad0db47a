/* What the judge remembers; between its own files. Times are true ones. */
#ifndef JUDGED_H
#define JUDGED_H

#include "tests/sim/judge.h"

#define NEVER INT64_MAX
#define LAST_TOLD 8 /* requests of a host that are shown when a rule breaks */

enum class { /* of an answer */
	FINE,
	UNCHANGED,
	DNS,
	CONNECT,
	TLS,
	TIMEOUT,
	BROKEN,
	HTTP_4XX,
	HTTP_5XX,
	NOT_FOUND,
	GONE,
	LIMITED,
	BLOCKED,
	REDIRECT,
	EMPTY,      /* no byte */
	NO_ENTRIES, /* a feed, of nothing */
	HTML,
	NOISE,
	N_CLASSES
};

struct told {              /* of a request, for people */
	int64_t at, ended; /* -1: not yet */
	struct place place;
	size_t source;
	uint64_t etag;
	enum class class;
	long status;
};

struct judged_host {
	int under_way;
	int64_t begun, begun_pause; /* the last request, and its pause */
	bool begun_robots;          /* it asked for a robots.txt */
	int64_t ended, ended_pause;
	int64_t not_before;      /* Retry-After */
	int64_t limited;         /* when it said so; -1 */
	int64_t left_until;      /* it may be left alone so long */
	int64_t asked_for;       /* by the last Retry-After; 0: none */
	int64_t troubled;        /* the last answer that was none */
	int64_t failed;          /* how many were none */
	int64_t pause;           /* the longest of those who ask here */
	int64_t skips;           /* the longest row of hours, likewise, as ms */
	int64_t idle, idle_from; /* time in which nothing was to be done */
	int64_t busy;            /* time in which something was */

	/* Its robots.txt. */
	int64_t robots_fine;     /* when the last was asked for that came; -1 */
	int64_t robots_rules;    /* when that was whose rules hold; -1 */
	int64_t robots_asked;    /* likewise, whatever came; -1 */
	bool robots_failed;      /* the last did not come */
	int64_t robots_troubled; /* it did not come last; -1 */
	int64_t forbade_until;   /* it forbade something then; or NEVER */

	struct told told[LAST_TOLD];
	unsigned n_told;
};

struct judged_feed {
	int64_t asked, answered; /* -1: never */
	enum class class;        /* of the last answer */
	int64_t recovered;       /* when that became a fine one */
	int64_t not_before, due; /* from the last answer on: see feeds.c */
	int64_t late_mark;       /* spare time of its host when it was due; or
				    NEVER */
	bool whole;              /* one has come */
	uint64_t etag, body;     /* of the last answer that had them */
	int64_t floor;           /* that it asks for itself */
	int64_t skips;           /* the longest row of hours, in ms */
	bool floors;             /* the same, whole */
	int64_t conditional; /* looks with validators since the last whole */
	int64_t in_vain;     /* and of those that failed */
	bool empty;          /* it has shown nothing, last */
	int64_t extra;       /* whole ones without need since the last news */
	int64_t extra_at;    /* the last of them */
	int64_t shown;       /* the last story that it has shown; or -1 */
	bool unconditional;  /* the look that is under way */
	bool unsaid_overflow, false_overflow; /* of the last answer */
	bool caught;                          /* in that answer */
	bool lies, lies_said;                 /* since ever */
};

struct judged_story {
	int64_t shown; /* in an answer; -1: not yet */
	int64_t due;   /* its page, then */
	int64_t
	    late_mark; /* spare time of its host when it was due; or NEVER */
	int64_t done;  /* its page came first; -1 */
	int64_t asked; /* its page, last; -1 */
	int64_t busy;  /* of its host, when it was published */
	uint8_t looks, fails;
	enum class class; /* of the last look */
	bool patient;     /* its feed had failed before */
	int8_t feed;      /* that has shown it first */
	bool over;        /* nothing more is owed */
};

struct judged_source {
	struct judged_feed feeds[WORLD_FEEDS];
	struct judged_story *stories; /* by number */
	int64_t n, room;
	int64_t open;    /* all before are over */
	int64_t alarmed; /* drift, told last; or -1 */
	int64_t silent;  /* hours of silence that could be heard */
};

struct judge {
	struct sim *sim;
	struct world *world;
	uint64_t seed;
	FILE *out;
	struct judged_host *hosts;
	struct judged_source *sources;
	int64_t started, stopped, clock_set; /* last; -1: never */
	bool running;
	int under_way;
	int64_t full, full_from; /* time in which that was all there may be */
	int64_t trace;           /* a host of which all is told; or -1 */
	struct judge_report report;
	uint32_t late[4096]; /* stories by how late: see late_row() */
};

/* Whether it holds; it is counted. If not, broken() says what is wrong, with
   the last requests of the host. */
bool holds(struct judge *judge, enum rule rule, bool fine);
void broken(struct judge *judge, enum rule rule, size_t host,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* What is known of classes: see judge.c. */
bool class_is_fine(enum class class);
int64_t class_back_off(enum class class);
int class_tries(enum class class);
const char *class_name(enum class class);

/* Retry-After, in milliseconds, as the server meant it; 0: none. */
int64_t retry_after(const struct answer *answer);

/* Time that a host has had nothing to do, and was not without a socket; that
   was busy with it, or with all others. Differences of them count. */
int64_t host_spare(const struct judge *judge, size_t host);
int64_t host_busy(const struct judge *judge, size_t host);

/* What it may have been spared, of something that has been due for so long. */
int64_t host_slack(
    const struct judge *judge, size_t source, size_t host, int64_t due);

/* Nothing was wrong with it, nor with the daemon and its clock, since then. */
bool is_calm(const struct judge *judge, size_t host, int64_t since);

/* The parts. */
void feed_asked(struct judge *judge, const struct asked *asked);
void feed_answered(struct judge *judge, const struct asked *asked,
    enum class class, const struct answer *answer);
void feeds_look(struct judge *judge, size_t source);
int64_t feed_interval_most(const struct judge *judge, size_t source, int feed);
void feed_init(struct judge *judge, size_t source, int feed);

void story_shown(struct judge *judge, size_t source, int feed, int64_t story);
void page_asked(struct judge *judge, const struct asked *asked);
void page_answered(struct judge *judge, const struct asked *asked,
    enum class class, const struct answer *answer);
void stories_look(struct judge *judge, size_t source);

#endif
