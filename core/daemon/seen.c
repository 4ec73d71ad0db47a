/* What the daemon knows of the world, in a file of SQLite. */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/limits.h"
#include "core/base/time.h"
#include "core/base/url.h"
#include "core/base/xalloc.h"
#include "core/daemon/seen.h"

#define SCHEMA_VERSION 2
#define CLAIMED_MOST 8     /* of one source: others have slow hosts too */
#define BUSY_MILLIS 2000   /* somebody with sqlite3(1) may look in */
#define FORGOTTEN_MOST 500 /* at once: others wait for the disk, too */

/* ms: how exact a last sighting is; each costs a write */
#define SIGHTED_EXACT ((int64_t)24 * 3600 * 1000)

/* ms: nobody waits longer for another try; the clock was ahead */
#define AHEAD_MOST ((int64_t)2 * 24 * 3600 * 1000)

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

/* What an entry counts as: one that is withdrawn may still be watched. */
#define KIND(row) "CASE WHEN " row ".gone < 0 THEN 5 ELSE " row ".state END"

/* `claimed` is of this process: after a crash nobody holds anything. */
static const char schema[] =
    "CREATE TABLE IF NOT EXISTS spool ("
    "  uuid TEXT NOT NULL, last_seq INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS feed ("
    "  source TEXT NOT NULL, url TEXT NOT NULL, etag TEXT, modified TEXT,"
    "  checked INTEGER NOT NULL, hash TEXT,"
    "  shown INTEGER NOT NULL DEFAULT 0, watch TEXT, at TEXT,"
    "  PRIMARY KEY (source, url)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS entry ("
    "  id TEXT PRIMARY KEY, source TEXT NOT NULL, url TEXT NOT NULL,"
    "  title TEXT, summary TEXT, author TEXT, html TEXT,"
    "  published TEXT, updated TEXT,"
    "  state INTEGER NOT NULL, due INTEGER NOT NULL,"
    "  tries INTEGER NOT NULL DEFAULT 0, found INTEGER NOT NULL,"
    "  sighted INTEGER NOT NULL, revision INTEGER NOT NULL DEFAULT 0,"
    "  seq INTEGER NOT NULL DEFAULT 0, hashes TEXT, etag TEXT,"
    "  modified TEXT, hash TEXT, done INTEGER NOT NULL DEFAULT 0,"
    "  gone INTEGER NOT NULL DEFAULT 0, at TEXT,"
    "  why INTEGER NOT NULL DEFAULT 0);"
    "CREATE TABLE IF NOT EXISTS sighting ("
    "  id TEXT NOT NULL, feed TEXT NOT NULL, said TEXT NOT NULL,"
    "  PRIMARY KEY (id, feed)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS alias ("
    "  url TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS print ("
    "  id TEXT PRIMARY KEY, print INTEGER NOT NULL, at INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS copy ("
    "  id TEXT NOT NULL, other TEXT NOT NULL, UNIQUE (id, other));"
    "CREATE TABLE IF NOT EXISTS host ("
    "  name TEXT PRIMARY KEY, since INTEGER NOT NULL,"
    "  until INTEGER NOT NULL, why TEXT NOT NULL)"
    "  WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS paused ("
    "  source TEXT PRIMARY KEY, since INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS counted ("
    "  state INTEGER PRIMARY KEY, n INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS drift ("
    "  source TEXT PRIMARY KEY, said TEXT NOT NULL) WITHOUT ROWID;";

/* From the version before; what is new as a whole is made by the above. */
static const char upgrade_1[] =
    "BEGIN;"
    "ALTER TABLE feed ADD COLUMN hash TEXT;"
    "ALTER TABLE feed ADD COLUMN shown INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE feed ADD COLUMN watch TEXT;"
    "ALTER TABLE feed ADD COLUMN at TEXT;"
    "ALTER TABLE entry ADD COLUMN etag TEXT;"
    "ALTER TABLE entry ADD COLUMN modified TEXT;"
    "ALTER TABLE entry ADD COLUMN hash TEXT;"
    "ALTER TABLE entry ADD COLUMN done INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE entry ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE entry ADD COLUMN at TEXT;"
    "ALTER TABLE entry ADD COLUMN why INTEGER NOT NULL DEFAULT 0;"
    "PRAGMA user_version = 2;"
    "COMMIT;";

/*
 * Fingerprints are found by their four bands of sixteen bits: of two that
 * differ in eleven bits there is a band in which they differ in two at most. So
 * 137 looks into each index find all, however many there are.
 */
#define BANDS 4
#define BAND_BITS 16
#define BAND_APART 2
#define BAND(from) "print >> " from " & 65535"
_Static_assert(BANDS *(BAND_APART + 1) > LIMIT_COPY_BITS, "bands");

/* Those that have one of four bands, the record itself and what came behind it
   left out. */
/* clang-format off */
#define NEAR_ONES \
    "SELECT id, print, at FROM print " \
    "WHERE (" BAND("0") " = ?1 OR " BAND("16") " = ?2 " \
    "OR " BAND("32") " = ?3 OR " BAND("48") " = ?4) " \
    "AND at >= ?6 AND id <> ?5 AND NOT EXISTS " \
    "(SELECT 1 FROM print AS own WHERE own.id = ?5 AND own.at <= print.at)"
/* clang-format on */

/* Indexes come last, when all columns are there; and what counts entries, since
   counting a million takes too long to do it each time. */
/* clang-format off */
static const char rest[] =
    "INSERT INTO counted SELECT column1, (SELECT count(*) FROM entry "
    "WHERE " KIND("entry") " = column1) "
    "FROM (VALUES (0), (1), (2), (3), (4), (5)) "
    "WHERE NOT EXISTS (SELECT 1 FROM counted);"
    "CREATE TRIGGER IF NOT EXISTS counted_new AFTER INSERT ON entry BEGIN "
    "UPDATE counted SET n = n + 1 WHERE state = " KIND("new") "; END;"
    "CREATE TRIGGER IF NOT EXISTS counted_gone AFTER DELETE ON entry BEGIN "
    "UPDATE counted SET n = n - 1 WHERE state = " KIND("old") "; END;"
    "CREATE TRIGGER IF NOT EXISTS counted_changed "
    "AFTER UPDATE OF state, gone ON entry "
    "WHEN " KIND("old") " <> " KIND("new") " BEGIN "
    "UPDATE counted SET n = n - 1 WHERE state = " KIND("old") ";"
    "UPDATE counted SET n = n + 1 WHERE state = " KIND("new") "; END;"
    "CREATE INDEX IF NOT EXISTS entry_turn ON entry (source, due) "
    "WHERE state = 0;"
    "CREATE INDEX IF NOT EXISTS entry_again ON entry (due, source) "
    "WHERE state = 4;"
    "CREATE INDEX IF NOT EXISTS entry_quarantined ON entry (source) "
    "WHERE state = 3;"
    "CREATE INDEX IF NOT EXISTS entry_sighted ON entry (sighted);"
    "CREATE INDEX IF NOT EXISTS alias_id ON alias (id);"
    "CREATE INDEX IF NOT EXISTS print_0 ON print (" BAND("0") ");"
    "CREATE INDEX IF NOT EXISTS print_1 ON print (" BAND("16") ");"
    "CREATE INDEX IF NOT EXISTS print_2 ON print (" BAND("32") ");"
    "CREATE INDEX IF NOT EXISTS print_3 ON print (" BAND("48") ");"
    "CREATE INDEX IF NOT EXISTS print_at ON print (at);"
    "CREATE TEMP TABLE watched (source TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TEMP TABLE claimed ("
    "  id TEXT PRIMARY KEY, due INTEGER NOT NULL, source TEXT NOT NULL)"
    "  WITHOUT ROWID;";
/* clang-format on */

/* What a feed has said anew while the page was on its way counts: the entry
   stays pending then, and due. */
#define ANEW                                                       \
	"EXISTS (SELECT 1 FROM claimed WHERE claimed.id = ?1 AND " \
	"claimed.due <> entry.due)"
#define SETTLED(state, next)                                     \
	"state = CASE WHEN " ANEW " THEN 0 ELSE " state " END, " \
	"due = CASE WHEN " ANEW " THEN entry.due ELSE " next " END"

/* Who waits for a page, or has somebody on the way for it, does so still. */
#define AWAITED "(state = 0 OR id IN (SELECT claimed.id FROM claimed))"
#define LEFT_ALONE(state, next)                                         \
	"state = CASE WHEN " AWAITED " THEN state ELSE " state " END, " \
	"due = CASE WHEN " AWAITED " THEN due ELSE " next " END"

/* A record of the entry's own page. */
#define MARKED(turn)                                                       \
	"INSERT INTO entry (id, source, url, state, due, found, sighted, " \
	"revision, seq, hashes, done, etag, modified, hash, gone, at) "    \
	"VALUES (?1, ?2, ?3, ?8, ?9, ?7, ?7, ?4, ?5, ?6, ?10, ?11, ?12, "  \
	"?13, ?14, ?15) ON CONFLICT (id) DO UPDATE SET " turn ", "         \
	"revision = ?4, seq = max(seq, ?5), "                              \
	"hashes = coalesce(?6, hashes), "                                  \
	"done = CASE WHEN done = 0 THEN ?10 ELSE done END, etag = ?11, "   \
	"modified = ?12, hash = ?13, tries = 0, gone = ?14, at = ?15"

/* Of the texts below: columns of a struct due. */
#define DUE_COLUMNS                                                     \
	"id, source, url, title, summary, author, html, published, "    \
	"updated, tries, revision, state, etag, modified, hash, done, " \
	"gone, at, why"
#define DUE_WHERE(state)                                           \
	"SELECT " DUE_COLUMNS " FROM entry WHERE state = " state   \
	" AND source = ?3 AND due <= ?1 AND id NOT IN (SELECT id " \
	"FROM claimed) ORDER BY due, rowid LIMIT ?2"

/* Sources that have something pending, one step in the index each; and those
   whose pages are to be looked at again before ?2. */
#define READY                                                               \
	"WITH RECURSIVE pending (source) AS ("                              \
	"SELECT (SELECT min(source) FROM entry WHERE state = 0) UNION ALL " \
	"SELECT (SELECT min(source) FROM entry WHERE state = 0 AND "        \
	"source > pending.source) FROM pending WHERE source IS NOT NULL), " \
	"ready (source) AS ("                                               \
	"SELECT source FROM pending WHERE source IS NOT NULL UNION "        \
	"SELECT source FROM entry WHERE state = 4 AND due <= ?2) "

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

static const char *const texts[N_STATEMENTS] = {
	[BEGIN] = "BEGIN IMMEDIATE",
	[COMMIT] = "COMMIT",
	[ROLLBACK] = "ROLLBACK",
	[SPOOL_GET] = "SELECT uuid, last_seq FROM spool",
	[SPOOL_DROP] = "DELETE FROM spool",
	[SPOOL_PUT] = "INSERT INTO spool VALUES (?1, ?2)",
	[SPOOL_LAST] = "UPDATE spool SET last_seq = max(last_seq, ?1)",
	[FEED_GET] = "SELECT etag, modified, hash, shown, watch, at FROM feed "
		     "WHERE source = ?1 AND url = ?2",
	[FEED_PUT] =
	    "INSERT INTO feed (source, url, etag, modified, checked, hash, "
	    "shown, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?5, ?7) "
	    "ON CONFLICT (source, url) DO UPDATE SET etag = ?3, modified = ?4, "
	    "checked = ?5, hash = ?6, shown = ?5, at = ?7",
	[FEED_UNCHANGED] = "UPDATE feed SET etag = ?3, modified = ?4, "
			   "checked = ?5, at = ?6 "
			   "WHERE source = ?1 AND url = ?2",
	[FEED_WATCH] =
	    "INSERT INTO feed (source, url, watch, checked) "
	    "VALUES (?1, ?2, ?3, ?4) "
	    "ON CONFLICT (source, url) DO UPDATE SET watch = ?3, checked = ?4",
	[SIGHTING_GET] =
	    "SELECT said FROM sighting WHERE id = ?1 AND feed = ?2",
	[SIGHTING_PUT] = "INSERT OR REPLACE INTO sighting VALUES (?1, ?2, ?3)",
	/* Due at once, whatever the clock says: 0 is nothing to wait for. */
	[ENTRY_NEW] =
	    "INSERT OR IGNORE INTO entry (id, source, url, title, summary, "
	    "author, html, published, updated, state, due, found, sighted) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?11, 1, ?10, ?10)",
	[ENTRY_AGAIN] =
	    "UPDATE entry SET url = ?3, title = ?4, summary = ?5, author = ?6, "
	    "html = ?7, published = ?8, updated = ?9, state = ?11, due = ?10, "
	    "tries = 0, sighted = ?10 WHERE id = ?1 AND source = ?2",
	[ENTRY_SIGHTED] =
	    "UPDATE entry SET sighted = ?2 WHERE id = ?1 AND sighted < ?3",
	[ALIAS_GET] = "SELECT id FROM alias WHERE url = ?1",
	[ALIAS_PUT] = "INSERT OR IGNORE INTO alias VALUES (?1, ?2)",
	[AHEAD] = "UPDATE entry SET due = ?1 WHERE state = 0 AND due > ?2",
	[SET_BACK] = "UPDATE entry SET due = due - ?1 WHERE state IN (0, 4) "
		     "AND due > ?2 AND id NOT IN (SELECT id FROM claimed)",
	[UNWATCH] = "DELETE FROM watched",
	[WATCH] = "INSERT OR IGNORE INTO watched VALUES (?1)",
	[UNWATCHED] = "DELETE FROM claimed WHERE source NOT IN "
		      "(SELECT source FROM watched)",
	[TURNS] = READY "SELECT source, (SELECT count(*) FROM claimed "
			"WHERE claimed.source = ready.source) AS n "
			"FROM ready JOIN watched USING (source) "
			"WHERE n < ?1 ORDER BY n, random()",
	[DUE] = DUE_WHERE("0"),
	[DUE_AGAIN] = DUE_WHERE("4"),
	[DUE_NEXT] = "SELECT min(due) FROM entry WHERE state = 0 AND "
		     "source = ?1 AND id NOT IN (SELECT id FROM claimed)",
	[DUE_NEXT_AGAIN] =
	    "SELECT due FROM entry WHERE state = 4 AND "
	    "source IN (SELECT source FROM watched) AND "
	    "id NOT IN (SELECT id FROM claimed) AND "
	    "(SELECT count(*) FROM claimed WHERE "
	    "claimed.source = entry.source) < ?1 ORDER BY due LIMIT 1",
	[CLAIM] = "INSERT OR REPLACE INTO claimed SELECT id, due, source "
		  "FROM entry WHERE id = ?1",
	[UNCLAIM] = "DELETE FROM claimed WHERE id = ?1",
	[SETTLE] =
	    "UPDATE entry SET " SETTLED("?2", "entry.due") " WHERE id = ?1",
	[SAME] =
	    "UPDATE entry SET " SETTLED("?2", "?3") ", tries = 0, "
						    "gone = ?4 WHERE id = ?1",
	[SAME_PAGE] = "UPDATE entry SET etag = ?2, modified = ?3, hash = ?4, "
		      "at = ?5 WHERE id = ?1",
	[RETRY] =
	    "UPDATE entry SET due = CASE WHEN " ANEW " THEN entry.due ELSE ?2 "
	    "END, tries = CASE WHEN " ANEW " THEN 0 ELSE ?3 END, gone = ?4, "
	    "why = ?5 WHERE id = ?1",
	[QUARANTINED_ALL] = "SELECT id, source FROM entry WHERE state = 3",
	[LET_GO] = "UPDATE entry SET state = 2 WHERE id = ?1 AND state = 3",
	[KNOWN] =
	    "SELECT revision, hashes, done, seq, url, title, gone FROM entry "
	    "WHERE id = ?1",
	[FEEDS] = "SELECT feed FROM sighting WHERE id = ?1 ORDER BY feed",
	[MARK] = MARKED(SETTLED("?8", "?9")),
	[MARK_AGAIN] = MARKED(LEFT_ALONE("?8", "?9")),
	[MARK_OTHER] =
	    "INSERT INTO entry (id, source, url, state, due, found, sighted, "
	    "revision, seq, hashes, done) "
	    "VALUES (?1, ?2, ?3, 1, ?7, ?7, ?7, ?4, ?5, ?6, ?7) "
	    "ON CONFLICT (id) DO UPDATE SET revision = ?4, "
	    "seq = max(seq, ?5), hashes = coalesce(?6, hashes), "
	    "done = CASE WHEN done = 0 THEN ?7 ELSE done END, "
	    "state = CASE WHEN state = 5 OR (state = 0 AND id NOT IN "
	    "(SELECT id FROM claimed)) THEN 1 ELSE state END, "
	    "gone = max(gone, 0)",
	[COPIES] = "SELECT other FROM copy WHERE id = ?1 ORDER BY rowid",
	[COPY_PUT] = "INSERT OR IGNORE INTO copy VALUES (?1, ?2)",
	[NEAR] = NEAR_ONES,
	[PRINT_PUT] = "INSERT INTO print VALUES (?1, ?2, ?3) "
		      "ON CONFLICT (id) DO UPDATE SET print = ?2",
	[PRINT_DROP] = "DELETE FROM print WHERE id = ?1",
	[PRINTS_OLD] = "DELETE FROM print WHERE rowid IN "
		       "(SELECT rowid FROM print WHERE at < ?1 LIMIT ?2)",
	[COUNTS] = "SELECT state, n FROM counted",
	[DONE_SINCE] = "SELECT count(*) FROM entry WHERE done >= ?1",
	[DONE_HOURS] =
	    "SELECT source, done / 3600000 * 3600 AS at, count(*) FROM entry "
	    "WHERE done >= ?1 GROUP BY source, at ORDER BY at",
	[OLD] = "SELECT id FROM entry WHERE sighted < ?1 AND state <> 0 "
		"LIMIT ?2",
	[FORGET_SIGHTINGS] = "DELETE FROM sighting WHERE id = ?1",
	[FORGET_ALIASES] = "DELETE FROM alias WHERE id = ?1",
	[FORGET_COPIES] = "DELETE FROM copy WHERE id = ?1",
	[FORGET] = "DELETE FROM entry WHERE id = ?1",
	[HOLD] = "INSERT OR REPLACE INTO host VALUES (?1, ?2, ?3, ?4)",
	[HELD] = "SELECT name, since, until, why FROM host WHERE until > ?1",
	[HELD_DROP] = "DELETE FROM host WHERE until <= ?1",
	[PAUSE_PUT] = "INSERT OR IGNORE INTO paused VALUES (?1, ?2)",
	[PAUSE_DROP] = "DELETE FROM paused WHERE source = ?1",
	[PAUSED] = "SELECT source FROM paused",
	[DRIFT_GET] = "SELECT said FROM drift WHERE source = ?1",
	[DRIFT_PUT] = "INSERT OR REPLACE INTO drift VALUES (?1, ?2)",
};

struct seen {
	sqlite3 *file;
	sqlite3_stmt *statements[N_STATEMENTS];
	char error[256]; /* of the last transaction that was rolled back */
};

static bool execute(struct seen *seen, const char *text)
{
	return sqlite3_exec(seen->file, text, NULL, NULL, NULL) == SQLITE_OK;
}

/* Of the file; 0: it is new. -1: it cannot be read. */
static int schema_version(struct seen *seen)
{
	sqlite3_stmt *version;
	int has = -1;

	if (sqlite3_prepare_v2(seen->file, "PRAGMA user_version", -1, &version,
		NULL) != SQLITE_OK)
		return -1;
	if (sqlite3_step(version) == SQLITE_ROW)
		has = sqlite3_column_int(version, 0);
	sqlite3_finalize(version);
	return has;
}

/* A newer daemon's is not for us to change; to a full disk nothing is written
   that is there already. */
static bool schema_make(struct seen *seen)
{
	int has;

	sqlite3_busy_timeout(seen->file, BUSY_MILLIS);
	if (!execute(
		seen, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"))
		return false;
	has = schema_version(seen);
	if (has < 0 || has > SCHEMA_VERSION)
		return false;
	return (has != 1 || execute(seen, upgrade_1)) &&
	    execute(seen, schema) && execute(seen, rest) &&
	    (has != 0 || execute(seen, "PRAGMA user_version = 2"));
}

static bool prepare(struct seen *seen)
{
	int i;

	for (i = 0; i < N_STATEMENTS; i++) {
		if (sqlite3_prepare_v3(seen->file, texts[i], -1,
			SQLITE_PREPARE_PERSISTENT, &seen->statements[i],
			NULL) != SQLITE_OK)
			return false;
	}
	return true;
}

struct seen *seen_open(const char *path, char **why)
{
	struct seen *seen = xcalloc(1, sizeof(*seen));

	if (sqlite3_open_v2(path, &seen->file,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
		    SQLITE_OPEN_NOMUTEX,
		NULL) == SQLITE_OK &&
	    schema_make(seen) && prepare(seen))
		return seen;
	*why = xstrdup(sqlite3_errcode(seen->file) == SQLITE_OK
		? "it was made by a newer dateline"
		: sqlite3_errmsg(seen->file));
	seen_close(seen);
	return NULL;
}

void seen_close(struct seen *seen)
{
	int i;

	if (seen == NULL)
		return;
	for (i = 0; i < N_STATEMENTS; i++)
		sqlite3_finalize(seen->statements[i]);
	sqlite3_close(seen->file);
	free(seen);
}

const char *seen_error(struct seen *seen)
{
	if (sqlite3_errcode(seen->file) == SQLITE_OK ||
	    sqlite3_errcode(seen->file) == SQLITE_DONE)
		return seen->error;
	return sqlite3_errmsg(seen->file);
}

/* A statement with its arguments: `t` a text or NULL, `n` an int64_t. */
static sqlite3_stmt *bound(
    struct seen *seen, enum statement which, const char *kinds, ...)
{
	sqlite3_stmt *statement = seen->statements[which];
	va_list args;
	int i;

	sqlite3_reset(statement);
	va_start(args, kinds);
	for (i = 0; kinds[i] != '\0'; i++) {
		if (kinds[i] == 't')
			sqlite3_bind_text(statement, i + 1,
			    va_arg(args, const char *), -1, SQLITE_TRANSIENT);
		else
			sqlite3_bind_int64(
			    statement, i + 1, va_arg(args, int64_t));
	}
	va_end(args);
	return statement;
}

/* Runs a statement that has no rows. */
static bool run(sqlite3_stmt *statement)
{
	int done = sqlite3_step(statement);

	sqlite3_reset(statement);
	return done == SQLITE_DONE;
}

/* A statement that has rows: true while there is one. */
static bool row(sqlite3_stmt *statement, bool *fine)
{
	int step = sqlite3_step(statement);

	if (step == SQLITE_ROW)
		return true;
	*fine = step == SQLITE_DONE;
	sqlite3_reset(statement);
	return false;
}

static bool begin(struct seen *seen)
{
	return run(seen->statements[BEGIN]);
}

/* All or nothing. */
static bool commit(struct seen *seen, bool fine)
{
	if (fine && run(seen->statements[COMMIT]))
		return true;
	snprintf(
	    seen->error, sizeof(seen->error), "%s", sqlite3_errmsg(seen->file));
	run(seen->statements[ROLLBACK]);
	return false;
}

static const char *column(struct arena *arena, sqlite3_stmt *statement, int i)
{
	return arena_dup(
	    arena, (const char *)sqlite3_column_text(statement, i));
}

bool seen_spool(struct seen *seen, struct seen_spool *spool)
{
	sqlite3_stmt *get = bound(seen, SPOOL_GET, "");
	bool fine = true;

	*spool = (struct seen_spool){ "", 0 };
	while (row(get, &fine)) {
		const char *uuid = (const char *)sqlite3_column_text(get, 0);

		strncpy(
		    spool->uuid, text_or(uuid, ""), sizeof(spool->uuid) - 1);
		spool->last_seq = (uint64_t)sqlite3_column_int64(get, 1);
	}
	return fine;
}

bool seen_spool_set(struct seen *seen, const struct seen_spool *spool)
{
	bool fine = begin(seen);

	fine = fine && run(bound(seen, SPOOL_DROP, "")) &&
	    run(bound(
		seen, SPOOL_PUT, "tn", spool->uuid, (int64_t)spool->last_seq));
	return commit(seen, fine);
}

static bool text_same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool validators_same(const struct validators *a, const struct validators *b)
{
	return text_same(a->etag, b->etag) &&
	    text_same(a->modified, b->modified) && text_same(a->at, b->at);
}

bool seen_feed(struct seen *seen, struct arena *arena, const char *source,
    const char *feed, struct seen_feed *known)
{
	sqlite3_stmt *get = bound(seen, FEED_GET, "tt", source, feed);
	bool fine = true;

	*known = (struct seen_feed){ 0 };
	while (row(get, &fine)) {
		known->known = true;
		known->validators.etag = column(arena, get, 0);
		known->validators.modified = column(arena, get, 1);
		known->hash = column(arena, get, 2);
		known->shown = sqlite3_column_int64(get, 3);
		known->watch = column(arena, get, 4);
		known->validators.at = column(arena, get, 5);
	}
	return fine;
}

bool seen_unchanged(struct seen *seen, const char *source, const char *feed,
    const struct validators *validators, int64_t now)
{
	return run(bound(seen, FEED_UNCHANGED, "ttttnt", source, feed,
	    validators->etag, validators->modified, now, validators->at));
}

bool seen_watched(struct seen *seen, const char *source, const char *feed,
    const char *watch, int64_t now)
{
	return run(bound(seen, FEED_WATCH, "tttn", source, feed, watch, now));
}

/* A moment as a column: all of it, and its raw text last. */
static const char *moment_print(
    struct arena *arena, const struct dl_moment *moment)
{
	const char *raw;
	char *text;
	size_t room;

	if (moment == NULL)
		return NULL;
	raw = text_or(moment->raw, "");
	room = strlen(raw) + 80;
	text = arena_alloc(arena, room);
	snprintf(text, room, "%" PRId64 " %d %d %d %d %s", moment->seconds,
	    moment->offset, moment->precision, moment->zone, moment->from, raw);
	return text;
}

static const struct dl_moment *moment_read(
    struct arena *arena, const char *text)
{
	struct dl_moment *moment = arena_alloc(arena, sizeof(*moment));
	int precision, zone, from, at = 0;

	if (text == NULL ||
	    sscanf(text, "%" SCNd64 " %d %d %d %d %n", &moment->seconds,
		&moment->offset, &precision, &zone, &from, &at) != 5)
		return NULL;
	moment->precision = (enum dl_precision)precision;
	moment->zone = (enum dl_zone)zone;
	moment->from = (enum dl_from)from;
	moment->raw = text + at;
	return moment;
}

/* What a feed says of an entry, as far as a change of it means a new look. */
static const char *said(struct arena *arena, const struct dl_entry *entry)
{
	const char *published = moment_print(arena, entry->published);
	const char *updated = moment_print(arena, entry->updated);
	size_t room = strlen(text_or(published, "")) +
	    strlen(text_or(updated, "")) + strlen(text_or(entry->title, "")) +
	    4;
	char *text = arena_alloc(arena, room);

	snprintf(text, room, "%s\n%s\n%s", text_or(published, ""),
	    text_or(updated, ""), text_or(entry->title, ""));
	return text;
}

static bool entry_write(struct seen *seen, struct arena *arena,
    enum statement how, const char *id, const char *source,
    const struct dl_entry *entry, int64_t now, enum state state)
{
	return run(bound(seen, how, "tttttttttnn", id, source, entry->url,
	    entry->title, entry->summary, entry->author, entry->html,
	    moment_print(arena, entry->published),
	    moment_print(arena, entry->updated), now, (int64_t)state));
}

/* Whose entry it is: its own id's, or that of the story with its url. */
static bool owner(struct seen *seen, struct arena *arena,
    const struct dl_entry *entry, const char **id)
{
	struct known known;
	const char *other;

	*id = entry->id;
	if (!seen_known(seen, arena, entry->id, &known))
		return false;
	if (known.revision > 0)
		return true;
	if (!seen_alias(seen, arena, entry->url, entry->id, &other))
		return false;
	if (other != NULL)
		*id = other;
	return true;
}

/* What this feed has said of the entry before; NULL: nothing. */
static bool said_before(struct seen *seen, struct arena *arena, const char *id,
    const char *feed, const char **before)
{
	sqlite3_stmt *get = bound(seen, SIGHTING_GET, "tt", id, feed);
	bool fine = true;

	*before = NULL;
	while (row(get, &fine))
		*before = column(arena, get, 0);
	return fine;
}

static bool note_sighted(struct seen *seen, const char *id, int64_t now)
{
	return run(
	    bound(seen, ENTRY_SIGHTED, "tnn", id, now, now - SIGHTED_EXACT));
}

static bool note(struct seen *seen, struct arena *arena,
    const struct showing *showing, size_t i, int64_t now, struct noted *noted)
{
	const struct dl_entry *entry = showing->entries[i];
	const char *now_said = said(arena, entry), *id, *before, *source;
	enum state state = showing->unwanted != NULL && showing->unwanted[i]
	    ? DROPPED
	    : PENDING;
	int changes;
	bool fine;

	source = showing->source;
	if (!owner(seen, arena, entry, &id) ||
	    !said_before(seen, arena, id, showing->feed, &before))
		return false;
	noted->known += before != NULL;
	if (before != NULL && strcmp(before, now_said) == 0)
		return note_sighted(seen, id, now);

	changes = sqlite3_total_changes(seen->file);
	fine =
	    entry_write(seen, arena, ENTRY_NEW, id, source, entry, now, state);
	if (sqlite3_total_changes(seen->file) > changes) {
		noted->new ++;
	} else if (before != NULL) {
		fine = fine &&
		    entry_write(seen, arena, ENTRY_AGAIN, id, source, entry,
			now, PENDING);
		noted->changed += sqlite3_total_changes(seen->file) > changes;
	}
	return fine &&
	    run(bound(seen, SIGHTING_PUT, "ttt", id, showing->feed, now_said));
}

bool seen_note(struct seen *seen, const struct showing *showing, int64_t now,
    struct noted *noted)
{
	const struct validators *validators = &showing->validators;
	struct arena arena = { 0 };
	bool fine = begin(seen);
	size_t i;

	*noted = (struct noted){ 0 };
	for (i = 0; i < showing->n && fine; i++) {
		fine = note(seen, &arena, showing, i, now, noted);
		if (i % 256 == 255)
			arena_reset(&arena);
	}
	fine = fine &&
	    run(bound(seen, FEED_PUT, "ttttntt", showing->source, showing->feed,
		validators->etag, validators->modified, now, showing->hash,
		validators->at));
	arena_reset(&arena);
	return commit(seen, fine);
}

bool seen_set_back(struct seen *seen, int64_t millis, int64_t now)
{
	return run(bound(seen, SET_BACK, "nn", millis, now));
}

bool seen_watch(struct seen *seen, const struct dl_list *sources)
{
	int64_t now = time_now();
	bool fine = run(bound(seen, UNWATCH, ""));

	for (; sources != NULL && fine; sources = sources->next)
		fine = run(bound(seen, WATCH, "t", sources->text));
	/* These are our own tables; the file may be somebody else's just now.
	 */
	run(bound(seen, AHEAD, "nn", now, now + AHEAD_MOST));
	return fine && run(bound(seen, UNWATCHED, ""));
}

static struct due *due_read(struct arena *arena, sqlite3_stmt *row_)
{
	struct due *due = arena_alloc(arena, sizeof(*due));
	struct dl_entry *entry = &due->entry;

	entry->id = column(arena, row_, 0);
	due->source = column(arena, row_, 1);
	entry->url = column(arena, row_, 2);
	entry->title = column(arena, row_, 3);
	entry->summary = column(arena, row_, 4);
	entry->author = column(arena, row_, 5);
	entry->html = column(arena, row_, 6);
	entry->published = moment_read(arena, column(arena, row_, 7));
	entry->updated = moment_read(arena, column(arena, row_, 8));
	due->tries = sqlite3_column_int64(row_, 9);
	due->revision = sqlite3_column_int64(row_, 10);
	due->again = sqlite3_column_int(row_, 11) == WATCHED;
	due->validators.etag = column(arena, row_, 12);
	due->validators.modified = column(arena, row_, 13);
	due->hash = column(arena, row_, 14);
	due->done = sqlite3_column_int64(row_, 15);
	due->gone = sqlite3_column_int64(row_, 16);
	due->validators.at = column(arena, row_, 17);
	due->why = sqlite3_column_int(row_, 18);
	return due;
}

static const struct dl_moment *moment_copy(
    struct arena *arena, const struct dl_moment *from)
{
	struct dl_moment *copy;

	if (from == NULL)
		return NULL;
	copy = arena_alloc(arena, sizeof(*copy));
	*copy = *from;
	copy->raw = arena_dup(arena, from->raw);
	return copy;
}

void due_copy(struct arena *arena, struct due *to, const struct due *from)
{
	const struct dl_entry *entry = &from->entry;

	*to = *from;
	to->source = arena_dup(arena, from->source);
	to->hash = arena_dup(arena, from->hash);
	to->validators.etag = arena_dup(arena, from->validators.etag);
	to->validators.modified = arena_dup(arena, from->validators.modified);
	to->validators.at = arena_dup(arena, from->validators.at);
	to->entry = (struct dl_entry){ .id = arena_dup(arena, entry->id),
		.url = arena_dup(arena, entry->url),
		.title = arena_dup(arena, entry->title),
		.summary = arena_dup(arena, entry->summary),
		.author = arena_dup(arena, entry->author),
		.html = arena_dup(arena, entry->html),
		.published = moment_copy(arena, entry->published),
		.updated = moment_copy(arena, entry->updated) };
}

struct turn { /* of a source that may have more entries claimed */
	const char *source;
	int64_t room;
	struct turn *next;
};

/* First those that have the fewest. `until` is when pages that are looked at
   again count; 0: they do not. */
static bool turns(
    struct seen *seen, struct arena *arena, int64_t until, struct turn **end)
{
	sqlite3_stmt *get =
	    bound(seen, TURNS, "nn", (int64_t)CLAIMED_MOST, until);
	bool fine = true;

	*end = NULL;
	while (row(get, &fine)) {
		struct turn *turn = arena_alloc(arena, sizeof(*turn));

		turn->source = column(arena, get, 0);
		turn->room = CLAIMED_MOST - sqlite3_column_int64(get, 1);
		*end = turn;
		end = &turn->next;
	}
	return fine;
}

/* Those of one source, the new ones first; how many, or -1. */
static int64_t claim_turn(struct seen *seen, struct arena *arena, int64_t now,
    int64_t most, const char *source, struct due **end)
{
	static const enum statement kinds[] = { DUE, DUE_AGAIN };
	struct due *due, **list = end;
	bool fine = true;
	int64_t n = 0;
	int i;

	for (i = 0; i < 2 && fine; i++) {
		sqlite3_stmt *get =
		    bound(seen, kinds[i], "nnt", now, most - n, source);

		for (; row(get, &fine); n++) {
			*end = due_read(arena, get);
			end = &(*end)->next;
		}
	}
	for (due = *list; due != NULL && fine; due = due->next)
		fine = run(bound(seen, CLAIM, "t", due->entry.id));
	return fine ? n : -1;
}

static bool wake_least(sqlite3_stmt *get, int64_t *wake)
{
	bool fine = true;

	while (row(get, &fine)) {
		int64_t due = sqlite3_column_int64(get, 0);

		if (due > 0 && (*wake == 0 || due < *wake))
			*wake = due;
	}
	return fine;
}

/* A source with no room left is looked at again when a claim of it ends. */
static bool wake_find(struct seen *seen, struct arena *arena, int64_t *wake)
{
	struct turn *turn;
	bool fine = turns(seen, arena, 0, &turn);

	*wake = 0;
	for (; turn != NULL && fine; turn = turn->next)
		fine =
		    wake_least(bound(seen, DUE_NEXT, "t", turn->source), wake);
	return fine &&
	    wake_least(
		bound(seen, DUE_NEXT_AGAIN, "n", (int64_t)CLAIMED_MOST), wake);
}

bool seen_claim(struct seen *seen, struct arena *arena, int64_t now, int most,
    struct due **list, int64_t *wake)
{
	struct due **end = list;
	int64_t left = most, n = 0;
	struct turn *turn;
	bool fine = turns(seen, arena, now, &turn);

	*list = NULL;
	*wake = 0;
	for (; turn != NULL && left > 0 && fine; turn = turn->next) {
		n = claim_turn(seen, arena, now,
		    turn->room < left ? turn->room : left, turn->source, end);
		fine = n >= 0;
		left -= n;
		while (*end != NULL)
			end = &(*end)->next;
	}
	return fine && wake_find(seen, arena, wake);
}

static bool settle_same(
    struct seen *seen, const char *id, const struct settlement *settlement)
{
	const struct validators *page = &settlement->validators;
	int64_t state = settlement->due > 0 ? WATCHED
	    : settlement->gone < 0          ? WITHDRAWN
					    : DONE;

	return run(bound(seen, SAME, "tnnn", id, state, settlement->due,
		   settlement->gone)) &&
	    (!settlement->anew ||
		run(bound(seen, SAME_PAGE, "ttttt", id, page->etag,
		    page->modified, settlement->hash, page->at)));
}

static bool settle(
    struct seen *seen, const char *id, const struct settlement *settlement)
{
	static const enum state states[] = { [SETTLED_DONE] = DONE,
		[SETTLED_DROPPED] = DROPPED,
		[SETTLED_QUARANTINED] = QUARANTINED };

	switch (settlement->how) {
	case SETTLED_AGAIN:
		return run(bound(seen, RETRY, "tnnnn", id, settlement->due,
		    settlement->tries, settlement->gone,
		    (int64_t)settlement->why));
	case SETTLED_SAME: return settle_same(seen, id, settlement);
	default:
		return run(bound(
		    seen, SETTLE, "tn", id, (int64_t)states[settlement->how]));
	}
}

bool seen_settle(
    struct seen *seen, const char *id, const struct settlement *settlement)
{
	bool fine = begin(seen);

	fine = fine && settle(seen, id, settlement) &&
	    run(bound(seen, UNCLAIM, "t", id));
	return commit(seen, fine);
}

bool seen_quarantined(
    struct seen *seen, struct arena *arena, struct patient **list)
{
	sqlite3_stmt *get = bound(seen, QUARANTINED_ALL, "");
	bool fine = true;

	*list = NULL;
	while (row(get, &fine)) {
		struct patient *one = arena_alloc(arena, sizeof(*one));

		one->id = column(arena, get, 0);
		one->source = column(arena, get, 1);
		one->next = *list;
		*list = one;
	}
	return fine;
}

bool seen_let_go(struct seen *seen, const struct patient *list)
{
	bool fine;

	if (list == NULL)
		return true;
	fine = begin(seen);
	for (; list != NULL && fine; list = list->next)
		fine = run(bound(seen, LET_GO, "t", list->id));
	return commit(seen, fine);
}

/* The texts that are the rows of a statement. */
static bool texts_of(
    struct arena *arena, sqlite3_stmt *get, const struct dl_list **end)
{
	bool fine = true;

	*end = NULL;
	while (row(get, &fine)) {
		struct dl_list *one = arena_alloc(arena, sizeof(*one));

		one->text = column(arena, get, 0);
		*end = one;
		end = &one->next;
	}
	return fine;
}

bool seen_known(
    struct seen *seen, struct arena *arena, const char *id, struct known *known)
{
	sqlite3_stmt *get = bound(seen, KNOWN, "t", id);
	bool fine = true;

	*known = (struct known){ 0 };
	while (row(get, &fine)) {
		known->revision = sqlite3_column_int64(get, 0);
		known->hashes = column(arena, get, 1);
		known->done = sqlite3_column_int64(get, 2);
		known->seq = (uint64_t)sqlite3_column_int64(get, 3);
		known->url = column(arena, get, 4);
		known->title = column(arena, get, 5);
		known->withdrawn = sqlite3_column_int64(get, 6) < 0;
	}
	return fine &&
	    texts_of(arena, bound(seen, FEEDS, "t", id), &known->feeds);
}

bool seen_alias(struct seen *seen, struct arena *arena, const char *url,
    const char *id, const char **other)
{
	sqlite3_stmt *get =
	    bound(seen, ALIAS_GET, "t", url_strip(arena, text_or(url, "")));
	bool fine = true;

	*other = NULL;
	while (row(get, &fine)) {
		const char *found = column(arena, get, 0);

		if (strcmp(found, id) != 0)
			*other = found;
	}
	return fine;
}

/* ---- copies ---- */

/* In hexadecimal; a column is signed. */
static int64_t print_read(const char *fingerprint)
{
	return (int64_t)strtoull(fingerprint, NULL, 16);
}

static bool is_near(int64_t a, int64_t b)
{
	return __builtin_popcountll((uint64_t)(a ^ b)) <= LIMIT_COPY_BITS;
}

bool seen_is_near(const char *a, const char *b)
{
	return a != NULL && b != NULL && is_near(print_read(a), print_read(b));
}

bool seen_copies(struct seen *seen, struct arena *arena, const char *id,
    const struct dl_list **list)
{
	return texts_of(arena, bound(seen, COPIES, "t", id), list);
}

struct near {                /* those found so far, the oldest first */
	struct dl_list open; /* first: a struct near * is a dl_list * */
	int64_t at;
};

/* In its place, once. */
static void near_add(struct arena *arena, const struct dl_list **list,
    const char *id, int64_t at)
{
	const struct dl_list *one;
	struct near *added;

	for (one = *list; one != NULL; one = one->next) {
		if (strcmp(one->text, id) == 0)
			return;
	}
	while (*list != NULL && ((const struct near *)*list)->at <= at)
		list = (const struct dl_list **)&(*list)->next;
	added = arena_alloc(arena, sizeof(*added));
	*added = (struct near){ { arena_dup(arena, id), *list }, at };
	*list = &added->open;
}

/* Those of which a band is that of the print with other bits in it. */
static bool near_find(struct seen *seen, struct arena *arena, const char *id,
    int64_t print, int64_t since, int64_t other, const struct dl_list **list)
{
	int64_t bands[BANDS];
	sqlite3_stmt *get;
	bool fine = true;
	int i;

	for (i = 0; i < BANDS; i++)
		bands[i] =
		    (int64_t)((uint64_t)print >> i * BAND_BITS & 0xffff) ^
		    other;
	get = bound(seen, NEAR, "nnnntn", bands[0], bands[1], bands[2],
	    bands[3], id, since);
	while (row(get, &fine)) {
		if (is_near(print, sqlite3_column_int64(get, 1)))
			near_add(arena, list,
			    (const char *)sqlite3_column_text(get, 0),
			    sqlite3_column_int64(get, 2));
	}
	return fine;
}

bool seen_near(struct seen *seen, struct arena *arena, const char *id,
    const char *fingerprint, int64_t since, const struct dl_list **list)
{
	int64_t print = print_read(fingerprint);
	bool fine;
	int i, k;

	*list = NULL;
	fine = near_find(seen, arena, id, print, since, 0, list);
	/* Bit 16 is none: with it, only the other one is changed. */
	for (i = 0; i < BAND_BITS; i++) {
		for (k = i + 1; k <= BAND_BITS && fine; k++)
			fine = near_find(seen, arena, id, print, since,
			    (1 << i | 1 << k) & 0xffff, list);
	}
	return fine;
}

/* ---- marking ---- */

static bool mark_visited(
    struct seen *seen, const struct marked *marked, int64_t now)
{
	const struct validators *page = &marked->validators;
	int64_t state = marked->due > 0 ? WATCHED
	    : marked->withdrawn         ? WITHDRAWN
					: DONE;

	return run(bound(seen, marked->again ? MARK_AGAIN : MARK,
		   "tttnntnnnntttnt", marked->id, marked->source,
		   text_or(marked->url, ""), marked->revision,
		   (int64_t)marked->seq, marked->hashes, now, state,
		   marked->due > 0 ? marked->due : now, marked->done,
		   page->etag, page->modified, marked->hash,
		   (int64_t)(marked->withdrawn ? -1 : 0), page->at)) &&
	    (marked->again || run(bound(seen, UNCLAIM, "t", marked->id)));
}

/* What another page says of it changes nothing about its own. */
static bool mark_other(
    struct seen *seen, const struct marked *marked, int64_t now)
{
	return run(bound(seen, MARK_OTHER, "tttnntn", marked->id,
	    marked->source, text_or(marked->url, ""), marked->revision,
	    (int64_t)marked->seq, marked->hashes, now));
}

/* Of what is in the spool. What is withdrawn has no fingerprint, and so nobody
   is a copy of it. */
static bool mark_copies(struct seen *seen, const struct marked *marked)
{
	const struct dl_list *other = marked->same_as;
	bool fine;

	if (marked->seq == 0)
		return true;
	fine = marked->fingerprint != NULL
	    ? run(bound(seen, PRINT_PUT, "tnn", marked->id,
		  print_read(marked->fingerprint), marked->spooled))
	    : run(bound(seen, PRINT_DROP, "t", marked->id));
	for (; other != NULL && fine; other = other->next)
		fine =
		    run(bound(seen, COPY_PUT, "tt", marked->id, other->text));
	return fine;
}

static bool mark(struct seen *seen, struct arena *arena,
    const struct marked *marked, int64_t now)
{
	bool fine = marked->visited ? mark_visited(seen, marked, now)
				    : mark_other(seen, marked, now);

	return fine && mark_copies(seen, marked) &&
	    (marked->url == NULL ||
		run(bound(seen, ALIAS_PUT, "tt", url_strip(arena, marked->url),
		    marked->id)));
}

bool seen_mark(struct seen *seen, const struct marked *marked,
    uint64_t last_seq, int64_t now)
{
	struct arena arena = { 0 };
	bool fine = begin(seen);

	for (; marked != NULL && fine; marked = marked->next)
		fine = mark(seen, &arena, marked, now);
	fine = fine && run(bound(seen, SPOOL_LAST, "n", (int64_t)last_seq));
	arena_reset(&arena);
	return commit(seen, fine);
}

bool seen_counts(struct seen *seen, struct seen_counts *counts)
{
	sqlite3_stmt *get = bound(seen, COUNTS, "");
	int64_t n[N_STATES] = { 0 };
	bool fine = true;

	while (row(get, &fine)) {
		int state = sqlite3_column_int(get, 0);

		if (state >= 0 && state < N_STATES)
			n[state] = sqlite3_column_int64(get, 1);
	}
	*counts = (struct seen_counts){ .pending = n[PENDING],
		.done = n[DONE] + n[WATCHED],
		.dropped = n[DROPPED],
		.quarantined = n[QUARANTINED],
		.withdrawn = n[WITHDRAWN],
		.watched = n[WATCHED] };
	return fine;
}

bool seen_done_since(struct seen *seen, int64_t since, uint64_t *n)
{
	sqlite3_stmt *get = bound(seen, DONE_SINCE, "i", since);
	bool fine = true;

	*n = 0;
	while (row(get, &fine))
		*n = (uint64_t)sqlite3_column_int64(get, 0);
	return fine;
}

bool seen_hours(
    struct seen *seen, int64_t since, seen_hour_fn *told, void *whose)
{
	sqlite3_stmt *get = bound(seen, DONE_HOURS, "i", since);
	bool fine = true;

	while (row(get, &fine))
		told(whose, (const char *)sqlite3_column_text(get, 0),
		    sqlite3_column_int64(get, 1), sqlite3_column_int64(get, 2));
	return fine;
}

/* ---- forgetting ---- */

static bool forget(struct seen *seen, const char *id)
{
	return run(bound(seen, FORGET_SIGHTINGS, "t", id)) &&
	    run(bound(seen, FORGET_ALIASES, "t", id)) &&
	    run(bound(seen, FORGET_COPIES, "t", id)) &&
	    run(bound(seen, FORGET, "t", id));
}

bool seen_forget(struct seen *seen, int64_t before, bool *more)
{
	sqlite3_stmt *get =
	    bound(seen, OLD, "nn", before, (int64_t)FORGOTTEN_MOST);
	struct dl_list *old = NULL, *one;
	struct arena arena = { 0 };
	bool fine = true;
	int n = 0;

	for (; row(get, &fine); n++) {
		one = arena_alloc(&arena, sizeof(*one));
		one->text = column(&arena, get, 0);
		one->next = old;
		old = one;
	}
	*more = n == FORGOTTEN_MOST;
	if (n > 0 && fine) {
		fine = begin(seen);
		for (; old != NULL && fine; old = (struct dl_list *)old->next)
			fine = forget(seen, old->text);
		fine = commit(seen, fine);
	}
	arena_reset(&arena);
	return fine;
}

bool seen_forget_prints(struct seen *seen, int64_t before, bool *more)
{
	bool fine =
	    run(bound(seen, PRINTS_OLD, "nn", before, (int64_t)FORGOTTEN_MOST));

	*more = fine && sqlite3_changes(seen->file) == FORGOTTEN_MOST;
	return fine;
}

/* ---- hosts and sources ---- */

bool seen_pause(struct seen *seen, const char *source, bool paused, int64_t now)
{
	if (!paused)
		return run(bound(seen, PAUSE_DROP, "t", source));
	return run(bound(seen, PAUSE_PUT, "tn", source, now));
}

bool seen_paused(
    struct seen *seen, struct arena *arena, const struct dl_list **list)
{
	return texts_of(arena, bound(seen, PAUSED, ""), list);
}

bool seen_hold(struct seen *seen, const struct held *held)
{
	return run(bound(seen, HOLD, "tnnt", held->host, held->since,
	    held->until, held->why));
}

bool seen_held(
    struct seen *seen, struct arena *arena, int64_t now, struct held **list)
{
	bool fine = run(bound(seen, HELD_DROP, "n", now));
	sqlite3_stmt *get = bound(seen, HELD, "n", now);

	*list = NULL;
	while (fine && row(get, &fine)) {
		struct held *held = arena_alloc(arena, sizeof(*held));

		held->host = column(arena, get, 0);
		held->since = sqlite3_column_int64(get, 1);
		held->until = sqlite3_column_int64(get, 2);
		held->why = column(arena, get, 3);
		held->next = *list;
		*list = held;
	}
	return fine;
}

bool seen_drift(struct seen *seen, struct arena *arena, const char *source,
    const char **drift)
{
	sqlite3_stmt *get = bound(seen, DRIFT_GET, "t", source);
	bool fine = true;

	*drift = NULL;
	while (row(get, &fine))
		*drift = column(arena, get, 0);
	return fine;
}

bool seen_drift_keep(struct seen *seen, const char *source, const char *drift)
{
	return run(bound(seen, DRIFT_PUT, "tt", source, drift));
}

const char *seen_library_version(void)
{
	return sqlite3_libversion();
}
