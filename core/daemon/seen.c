/* What the daemon knows of the world, in a file of SQLite. */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/base/url.h"
#include "core/base/xalloc.h"
#include "core/daemon/seen.h"

#define SCHEMA_VERSION 1
#define CLAIMED_MOST 8   /* of one source: others have slow hosts too */
#define BUSY_MILLIS 2000 /* somebody with sqlite3(1) may look in */

/* `claimed` is of this process: after a crash nobody holds anything. */
static const char schema[] =
    "CREATE TABLE IF NOT EXISTS spool ("
    "  uuid TEXT NOT NULL, last_seq INTEGER NOT NULL);"
    "CREATE TABLE IF NOT EXISTS feed ("
    "  source TEXT NOT NULL, url TEXT NOT NULL, etag TEXT, modified TEXT,"
    "  checked INTEGER NOT NULL, PRIMARY KEY (source, url)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS entry ("
    "  id TEXT PRIMARY KEY, source TEXT NOT NULL, url TEXT NOT NULL,"
    "  title TEXT, summary TEXT, author TEXT, html TEXT,"
    "  published TEXT, updated TEXT,"
    "  state INTEGER NOT NULL, due INTEGER NOT NULL,"
    "  tries INTEGER NOT NULL DEFAULT 0, found INTEGER NOT NULL,"
    "  sighted INTEGER NOT NULL, revision INTEGER NOT NULL DEFAULT 0,"
    "  seq INTEGER NOT NULL DEFAULT 0, hashes TEXT);"
    "CREATE INDEX IF NOT EXISTS entry_turn ON entry (source, due) "
    "WHERE state = 0;"
    "CREATE INDEX IF NOT EXISTS entry_state ON entry (state);"
    "CREATE TABLE IF NOT EXISTS sighting ("
    "  id TEXT NOT NULL, feed TEXT NOT NULL, said TEXT NOT NULL,"
    "  PRIMARY KEY (id, feed)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS alias ("
    "  url TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TEMP TABLE watched (source TEXT PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TEMP TABLE claimed ("
    "  id TEXT PRIMARY KEY, due INTEGER NOT NULL, source TEXT NOT NULL)"
    "  WITHOUT ROWID;";

/* What a feed has said anew while the page was on its way counts: the entry
   stays pending then. */
#define SETTLED(state)                                                     \
	"state = CASE WHEN EXISTS (SELECT 1 FROM claimed WHERE "           \
	"claimed.id = ?1 AND claimed.due <> entry.due) THEN 0 ELSE " state \
	" END"

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
	SIGHTING_GET,
	SIGHTING_PUT,
	ENTRY_NEW,
	ENTRY_AGAIN,
	ENTRY_SIGHTED,
	ALIAS_GET,
	ALIAS_PUT,
	UNWATCH,
	WATCH,
	UNWATCHED,
	TURNS,
	DUE,
	DUE_NEXT,
	CLAIM,
	UNCLAIM,
	SETTLE,
	RETRY,
	KNOWN,
	FEEDS,
	MARK,
	COUNTS,
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
	[FEED_GET] = "SELECT etag, modified FROM feed WHERE source = ?1 AND "
		     "url = ?2",
	[FEED_PUT] = "INSERT OR REPLACE INTO feed VALUES (?1, ?2, ?3, ?4, ?5)",
	[SIGHTING_GET] =
	    "SELECT said FROM sighting WHERE id = ?1 AND feed = ?2",
	[SIGHTING_PUT] = "INSERT OR REPLACE INTO sighting VALUES (?1, ?2, ?3)",
	[ENTRY_NEW] =
	    "INSERT OR IGNORE INTO entry (id, source, url, title, summary, "
	    "author, html, published, updated, state, due, found, sighted) "
	    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?10, ?10)",
	[ENTRY_AGAIN] =
	    "UPDATE entry SET url = ?3, title = ?4, summary = ?5, author = ?6, "
	    "html = ?7, published = ?8, updated = ?9, state = 0, due = ?10, "
	    "tries = 0, sighted = ?10 WHERE id = ?1 AND source = ?2",
	[ENTRY_SIGHTED] = "UPDATE entry SET sighted = ?2 WHERE id = ?1",
	[ALIAS_GET] = "SELECT id FROM alias WHERE url = ?1",
	[ALIAS_PUT] = "INSERT OR IGNORE INTO alias VALUES (?1, ?2)",
	[UNWATCH] = "DELETE FROM watched",
	[WATCH] = "INSERT OR IGNORE INTO watched VALUES (?1)",
	[UNWATCHED] = "DELETE FROM claimed WHERE source NOT IN "
		      "(SELECT source FROM watched)",
	[TURNS] = "SELECT source, (SELECT count(*) FROM claimed "
		  "WHERE claimed.source = watched.source) AS n FROM watched "
		  "WHERE n < ?1 ORDER BY n",
	[DUE] = "SELECT id, source, url, title, summary, author, html, "
		"published, updated, tries, revision FROM entry "
		"WHERE state = 0 AND source = ?3 AND due <= ?1 AND "
		"id NOT IN (SELECT id FROM claimed) ORDER BY due, rowid "
		"LIMIT ?2",
	[DUE_NEXT] = "SELECT min(due) FROM entry WHERE state = 0 AND "
		     "source = ?1 AND id NOT IN (SELECT id FROM claimed)",
	[CLAIM] = "INSERT OR REPLACE INTO claimed SELECT id, due, source "
		  "FROM entry WHERE id = ?1",
	[UNCLAIM] = "DELETE FROM claimed WHERE id = ?1",
	[SETTLE] = "UPDATE entry SET " SETTLED("?2") " WHERE id = ?1",
	[RETRY] = "UPDATE entry SET due = ?2, tries = tries + 1 WHERE id = ?1",
	[KNOWN] = "SELECT revision, hashes FROM entry WHERE id = ?1",
	[FEEDS] = "SELECT feed FROM sighting WHERE id = ?1 ORDER BY feed",
	[MARK] = "INSERT INTO entry (id, source, url, state, due, found, "
		 "sighted, revision, seq, hashes) "
		 "VALUES (?1, ?2, ?3, 1, ?7, ?7, ?7, ?4, ?5, ?6) "
		 "ON CONFLICT (id) DO UPDATE SET " SETTLED(
		     "1") ", "
			  "revision = ?4, seq = max(seq, ?5), hashes = ?6",
	[COUNTS] = "SELECT state, count(*) FROM entry GROUP BY state",
};

struct seen {
	sqlite3 *file;
	sqlite3_stmt *statements[N_STATEMENTS];
	char error[256]; /* of the last transaction that was rolled back */
};

static bool schema_make(struct seen *seen)
{
	sqlite3_stmt *version;
	int has;

	sqlite3_busy_timeout(seen->file, BUSY_MILLIS);
	if (sqlite3_exec(seen->file,
		"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", NULL,
		NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(seen->file, "PRAGMA user_version", -1, &version,
		NULL) != SQLITE_OK)
		return false;
	sqlite3_step(version);
	has = sqlite3_column_int(version, 0);
	sqlite3_finalize(version);
	if (has > SCHEMA_VERSION)
		return false; /* a newer daemon's: not for us to change */
	return sqlite3_exec(seen->file, schema, NULL, NULL, NULL) ==
	    SQLITE_OK &&
	    (has == SCHEMA_VERSION || /* nothing is written to a full disk */
		sqlite3_exec(seen->file, "PRAGMA user_version = 1", NULL, NULL,
		    NULL) == SQLITE_OK);
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

bool seen_validators(struct seen *seen, struct arena *arena, const char *source,
    const char *feed, struct validators *validators)
{
	sqlite3_stmt *get = bound(seen, FEED_GET, "tt", source, feed);
	bool fine = true;

	*validators = (struct validators){ NULL, NULL };
	while (row(get, &fine)) {
		validators->etag = column(arena, get, 0);
		validators->modified = column(arena, get, 1);
	}
	return fine;
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
    const struct dl_entry *entry, int64_t now)
{
	return run(bound(seen, how, "tttttttttn", id, source, entry->url,
	    entry->title, entry->summary, entry->author, entry->html,
	    moment_print(arena, entry->published),
	    moment_print(arena, entry->updated), now));
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

static bool note(struct seen *seen, struct arena *arena, const char *source,
    const char *feed, const struct dl_entry *entry, int64_t now,
    struct noted *noted)
{
	const char *now_said = said(arena, entry), *id, *before = NULL;
	sqlite3_stmt *get;
	bool fine = true;
	int changes;

	if (!owner(seen, arena, entry, &id))
		return false;
	get = bound(seen, SIGHTING_GET, "tt", id, feed);
	while (row(get, &fine))
		before = column(arena, get, 0);
	if (before != NULL && strcmp(before, now_said) == 0)
		return fine && run(bound(seen, ENTRY_SIGHTED, "tn", id, now));

	changes = sqlite3_total_changes(seen->file);
	fine =
	    fine && entry_write(seen, arena, ENTRY_NEW, id, source, entry, now);
	if (sqlite3_total_changes(seen->file) > changes) {
		noted->new ++;
	} else if (before != NULL) {
		fine = fine &&
		    entry_write(
			seen, arena, ENTRY_AGAIN, id, source, entry, now);
		noted->changed += sqlite3_total_changes(seen->file) > changes;
	}
	return fine &&
	    run(bound(seen, SIGHTING_PUT, "ttt", id, feed, now_said));
}

bool seen_note(struct seen *seen, const char *source, const char *feed,
    const struct validators *validators, const struct dl_entry *const *entries,
    size_t n, int64_t now, struct noted *noted)
{
	struct arena arena = { 0 };
	bool fine = begin(seen);
	size_t i;

	*noted = (struct noted){ 0, 0 };
	for (i = 0; i < n && fine; i++) {
		fine = note(seen, &arena, source, feed, entries[i], now, noted);
		if (i % 256 == 255)
			arena_reset(&arena);
	}
	fine = fine &&
	    run(bound(seen, FEED_PUT, "ttttn", source, feed, validators->etag,
		validators->modified, now));
	arena_reset(&arena);
	return commit(seen, fine);
}

bool seen_watch(struct seen *seen, const struct dl_list *sources)
{
	bool fine = run(bound(seen, UNWATCH, ""));

	for (; sources != NULL && fine; sources = sources->next)
		fine = run(bound(seen, WATCH, "t", sources->text));
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
	return due;
}

struct turn { /* of a source that may have more entries claimed */
	const char *source;
	int64_t room;
	struct turn *next;
};

/* First those that have the fewest. */
static bool turns(struct seen *seen, struct arena *arena, struct turn **end)
{
	sqlite3_stmt *get = bound(seen, TURNS, "n", (int64_t)CLAIMED_MOST);
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

/* Those of one source; how many, or -1. */
static int64_t claim_turn(struct seen *seen, struct arena *arena, int64_t now,
    int64_t most, const char *source, struct due **end)
{
	sqlite3_stmt *get = bound(seen, DUE, "nnt", now, most, source);
	struct due *due, **list = end;
	bool fine = true;
	int64_t n = 0;

	while (row(get, &fine)) {
		*end = due_read(arena, get);
		end = &(*end)->next;
	}
	for (due = *list; due != NULL && fine; due = due->next, n++)
		fine = run(bound(seen, CLAIM, "t", due->entry.id));
	return fine ? n : -1;
}

/* A source with no room left is looked at again when a claim of it ends. */
static bool wake_find(struct seen *seen, struct arena *arena, int64_t *wake)
{
	struct turn *turn;
	bool fine = turns(seen, arena, &turn);

	*wake = 0;
	for (; turn != NULL && fine; turn = turn->next) {
		sqlite3_stmt *get = bound(seen, DUE_NEXT, "t", turn->source);

		while (row(get, &fine)) {
			int64_t due = sqlite3_column_int64(get, 0);

			if (due > 0 && (*wake == 0 || due < *wake))
				*wake = due;
		}
	}
	return fine;
}

bool seen_claim(struct seen *seen, struct arena *arena, int64_t now, int most,
    struct due **list, int64_t *wake)
{
	struct due **end = list;
	int64_t left = most, n = 0;
	struct turn *turn;
	bool fine = turns(seen, arena, &turn);

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

bool seen_settle(
    struct seen *seen, const char *id, enum settled how, int64_t due)
{
	bool fine = begin(seen);

	if (how == SETTLED_AGAIN)
		fine = fine && run(bound(seen, RETRY, "tn", id, due));
	else
		fine = fine && run(bound(seen, SETTLE, "tn", id, (int64_t)how));
	fine = fine && run(bound(seen, UNCLAIM, "t", id));
	return commit(seen, fine);
}

bool seen_known(
    struct seen *seen, struct arena *arena, const char *id, struct known *known)
{
	sqlite3_stmt *get = bound(seen, KNOWN, "t", id);
	const struct dl_list **end = &known->feeds;
	bool fine = true;

	*known = (struct known){ 0 };
	while (row(get, &fine)) {
		known->revision = sqlite3_column_int64(get, 0);
		known->hashes = column(arena, get, 1);
	}
	if (!fine)
		return false;
	get = bound(seen, FEEDS, "t", id);
	while (row(get, &fine)) {
		struct dl_list *feed = arena_alloc(arena, sizeof(*feed));

		feed->text = column(arena, get, 0);
		*end = feed;
		end = &feed->next;
	}
	return fine;
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

static bool mark(struct seen *seen, struct arena *arena,
    const struct marked *marked, int64_t now)
{
	return run(bound(seen, MARK, "tttnntn", marked->id, marked->source,
		   text_or(marked->url, ""), marked->revision,
		   (int64_t)marked->seq, marked->hashes, now)) &&
	    run(bound(seen, UNCLAIM, "t", marked->id)) &&
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
	int64_t by_state[4] = { 0 };
	bool fine = true;

	while (row(get, &fine)) {
		int state = sqlite3_column_int(get, 0);

		if (state >= 0 && state < 4)
			by_state[state] = sqlite3_column_int64(get, 1);
	}
	*counts = (struct seen_counts){ by_state[0], by_state[1], by_state[2],
		by_state[3] };
	return fine;
}
