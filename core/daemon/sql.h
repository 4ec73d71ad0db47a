/*
 * The tables of the state's file, and what is said to them: all of SQL that
 * there is. For seen.c, which knows what it means.
 */
#ifndef SQL_H
#define SQL_H

#include <sqlite3.h>
#include <stdbool.h>

#include "core/base/arena.h"

/* As they are in the column. */
enum state {
	PENDING,
	DONE,
	DROPPED,
	QUARANTINED,
	WATCHED,
	WITHDRAWN,
	N_STATES
};

/*
 * Fingerprints are found by their four bands of sixteen bits: of two that
 * differ in eleven bits there is a band in which they differ in two at most. So
 * 137 looks into each index find all, however many there are.
 */
#define BANDS 4
#define BAND_BITS 16
#define BAND_APART 2

enum statement {
	BEGIN,
	COMMIT,
	ROLLBACK,
	SPOOL_GET,
	SPOOL_DROP,
	SPOOL_PUT,
	SPOOL_LAST,
	FEED_GET,
	FEED_PUT,
	FEED_UNCHANGED,
	FEED_WATCH,
	SIGHTING_GET,
	SIGHTING_PUT,
	ENTRY_NEW,
	ENTRY_AGAIN,
	ENTRY_SIGHTED,
	ALIAS_GET,
	ALIAS_PUT,
	AHEAD,
	SET_BACK,
	UNWATCH,
	WATCH,
	UNWATCHED,
	TURNS,
	DUE,
	DUE_AGAIN,
	DUE_NEXT,
	DUE_NEXT_AGAIN,
	CLAIM,
	UNCLAIM,
	SETTLE,
	SAME,
	SAME_PAGE,
	RETRY,
	QUARANTINED_ALL,
	LET_GO,
	KNOWN,
	FEEDS,
	MARK,
	MARK_AGAIN,
	MARK_OTHER,
	COPIES,
	COPY_PUT,
	NEAR,
	PRINT_PUT,
	PRINT_DROP,
	PRINTS_OLD,
	COUNTS,
	DONE_SINCE,
	DONE_HOURS,
	OLD,
	FORGET_SIGHTINGS,
	FORGET_ALIASES,
	FORGET_COPIES,
	FORGET,
	PAUSE_PUT,
	PAUSE_DROP,
	PAUSED,
	HOLD,
	HELD,
	HELD_DROP,
	DRIFT_GET,
	DRIFT_PUT,
	N_STATEMENTS,
};

struct sql {
	sqlite3 *file;
	sqlite3_stmt *statements[N_STATEMENTS];
	char error[256]; /* of the last transaction that was rolled back */
};

/* NULL and a sentence, which the caller frees, in *why. */
struct sql *sql_open(const char *path, char **why);
void sql_close(struct sql *sql); /* takes NULL */
const char *sql_error(struct sql *sql);

/* A statement with its arguments: `t` a text or NULL, `n` an int64_t. */
sqlite3_stmt *sql_bound(
    struct sql *sql, enum statement which, const char *kinds, ...);

/* Runs a statement that has no rows. */
bool sql_run(sqlite3_stmt *statement);

/* A statement that has rows: true while there is one. */
bool sql_row(sqlite3_stmt *statement, bool *fine);

/* A text of the row; NULL: there is none. The arena's. */
const char *sql_column(struct arena *arena, sqlite3_stmt *statement, int i);

bool sql_begin(struct sql *sql);

/* All or, where it is not `fine`, nothing. */
bool sql_commit(struct sql *sql, bool fine);

#endif
