/* The tables of the state's file, and what is said to them. */
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/xalloc.h"
#include "core/daemon/sql.h"

#define SCHEMA_VERSION 2
#define BUSY_MILLIS 2000 /* somebody with sqlite3(1) may look in */

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

#define BAND(from) "print >> " from " & 65535"

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
	[DONE_SINCE] =
	    "SELECT count(*) FROM entry WHERE done >= ?1 AND done <= ?2",
	[DONE_HOURS] =
	    "SELECT source, done / 3600000 * 3600 AS at, count(*) FROM entry "
	    "WHERE done >= ?1 AND done <= ?2 GROUP BY source, at ORDER BY at",
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

static bool execute(struct sql *sql, const char *text)
{
	return sqlite3_exec(sql->file, text, NULL, NULL, NULL) == SQLITE_OK;
}

/* Of the file; 0: it is new. -1: it cannot be read. */
static int schema_version(struct sql *sql)
{
	sqlite3_stmt *version;
	int has = -1;

	if (sqlite3_prepare_v2(sql->file, "PRAGMA user_version", -1, &version,
		NULL) != SQLITE_OK)
		return -1;
	if (sqlite3_step(version) == SQLITE_ROW)
		has = sqlite3_column_int(version, 0);
	sqlite3_finalize(version);
	return has;
}

/* A newer daemon's is not for us to change; to a full disk nothing is written
   that is there already. */
static bool schema_make(struct sql *sql)
{
	int has;

	sqlite3_busy_timeout(sql->file, BUSY_MILLIS);
	if (!execute(
		sql, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"))
		return false;
	has = schema_version(sql);
	if (has < 0 || has > SCHEMA_VERSION)
		return false;
	return (has != 1 || execute(sql, upgrade_1)) && execute(sql, schema) &&
	    execute(sql, rest) &&
	    (has != 0 || execute(sql, "PRAGMA user_version = 2"));
}

static bool prepare(struct sql *sql)
{
	int i;

	for (i = 0; i < N_STATEMENTS; i++) {
		if (sqlite3_prepare_v3(sql->file, texts[i], -1,
			SQLITE_PREPARE_PERSISTENT, &sql->statements[i],
			NULL) != SQLITE_OK)
			return false;
	}
	return true;
}

struct sql *sql_open(const char *path, char **why)
{
	struct sql *sql = xcalloc(1, sizeof(*sql));

	if (sqlite3_open_v2(path, &sql->file,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
		    SQLITE_OPEN_NOMUTEX,
		NULL) == SQLITE_OK &&
	    schema_make(sql) && prepare(sql))
		return sql;
	*why = xstrdup(sqlite3_errcode(sql->file) == SQLITE_OK
		? "it was made by a newer dateline"
		: sqlite3_errmsg(sql->file));
	sql_close(sql);
	return NULL;
}

void sql_close(struct sql *sql)
{
	int i;

	if (sql == NULL)
		return;
	for (i = 0; i < N_STATEMENTS; i++)
		sqlite3_finalize(sql->statements[i]);
	sqlite3_close(sql->file);
	free(sql);
}

const char *sql_error(struct sql *sql)
{
	if (sqlite3_errcode(sql->file) == SQLITE_OK ||
	    sqlite3_errcode(sql->file) == SQLITE_DONE)
		return sql->error;
	return sqlite3_errmsg(sql->file);
}

sqlite3_stmt *sql_bound(
    struct sql *sql, enum statement which, const char *kinds, ...)
{
	sqlite3_stmt *statement = sql->statements[which];
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

bool sql_run(sqlite3_stmt *statement)
{
	int done = sqlite3_step(statement);

	sqlite3_reset(statement);
	return done == SQLITE_DONE;
}

bool sql_row(sqlite3_stmt *statement, bool *fine)
{
	int step = sqlite3_step(statement);

	if (step == SQLITE_ROW)
		return true;
	*fine = step == SQLITE_DONE;
	sqlite3_reset(statement);
	return false;
}

bool sql_begin(struct sql *sql)
{
	return sql_run(sql->statements[BEGIN]);
}

bool sql_commit(struct sql *sql, bool fine)
{
	if (fine && sql_run(sql->statements[COMMIT]))
		return true;
	snprintf(
	    sql->error, sizeof(sql->error), "%s", sqlite3_errmsg(sql->file));
	sql_run(sql->statements[ROLLBACK]);
	return false;
}

const char *sql_column(struct arena *arena, sqlite3_stmt *statement, int i)
{
	return arena_dup(
	    arena, (const char *)sqlite3_column_text(statement, i));
}
