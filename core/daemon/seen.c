/* What the daemon knows of the world: what sql.h says to its file, and why. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/limits.h"
#include "core/base/time.h"
#include "core/base/url.h"
#include "core/base/xalloc.h"
#include "core/daemon/seen.h"
#include "core/daemon/sql.h"

#define CLAIMED_MOST 8     /* of one source: others have slow hosts too */
#define FORGOTTEN_MOST 500 /* at once: others wait for the disk, too */

/* ms: how exact a last sighting is; each costs a write */
#define SIGHTED_EXACT ((int64_t)24 * 3600 * 1000)

/* ms: nobody waits longer for another try; the clock was ahead */
#define AHEAD_MOST ((int64_t)2 * 24 * 3600 * 1000)

_Static_assert(BANDS *(BAND_APART + 1) > LIMIT_COPY_BITS, "bands");

struct seen {
	struct sql *sql;
};

struct seen *seen_open(const char *path, char **why)
{
	struct sql *sql = sql_open(path, why);
	struct seen *seen;

	if (sql == NULL)
		return NULL;
	seen = xcalloc(1, sizeof(*seen));
	seen->sql = sql;
	return seen;
}

void seen_close(struct seen *seen)
{
	if (seen == NULL)
		return;
	sql_close(seen->sql);
	free(seen);
}

const char *seen_error(struct seen *seen)
{
	return sql_error(seen->sql);
}

bool seen_spool(struct seen *seen, struct seen_spool *spool)
{
	sqlite3_stmt *get = sql_bound(seen->sql, SPOOL_GET, "");
	bool fine = true;

	*spool = (struct seen_spool){ "", 0 };
	while (sql_row(get, &fine)) {
		const char *uuid = (const char *)sqlite3_column_text(get, 0);

		strncpy(
		    spool->uuid, text_or(uuid, ""), sizeof(spool->uuid) - 1);
		spool->last_seq = (uint64_t)sqlite3_column_int64(get, 1);
	}
	return fine;
}

bool seen_spool_set(struct seen *seen, const struct seen_spool *spool)
{
	bool fine = sql_begin(seen->sql);

	fine = fine && sql_run(sql_bound(seen->sql, SPOOL_DROP, "")) &&
	    sql_run(sql_bound(seen->sql, SPOOL_PUT, "tn", spool->uuid,
		(int64_t)spool->last_seq));
	return sql_commit(seen->sql, fine);
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
	sqlite3_stmt *get = sql_bound(seen->sql, FEED_GET, "tt", source, feed);
	bool fine = true;

	*known = (struct seen_feed){ 0 };
	while (sql_row(get, &fine)) {
		known->known = true;
		known->validators.etag = sql_column(arena, get, 0);
		known->validators.modified = sql_column(arena, get, 1);
		known->hash = sql_column(arena, get, 2);
		known->shown = sqlite3_column_int64(get, 3);
		known->watch = sql_column(arena, get, 4);
		known->validators.at = sql_column(arena, get, 5);
	}
	return fine;
}

bool seen_unchanged(struct seen *seen, const char *source, const char *feed,
    const struct validators *validators, int64_t now)
{
	return sql_run(sql_bound(seen->sql, FEED_UNCHANGED, "ttttnt", source,
	    feed, validators->etag, validators->modified, now, validators->at));
}

bool seen_watched(struct seen *seen, const char *source, const char *feed,
    const char *watch, int64_t now)
{
	return sql_run(
	    sql_bound(seen->sql, FEED_WATCH, "tttn", source, feed, watch, now));
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
	return sql_run(sql_bound(seen->sql, how, "tttttttttnn", id, source,
	    entry->url, entry->title, entry->summary, entry->author,
	    entry->html, moment_print(arena, entry->published),
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
	sqlite3_stmt *get = sql_bound(seen->sql, SIGHTING_GET, "tt", id, feed);
	bool fine = true;

	*before = NULL;
	while (sql_row(get, &fine))
		*before = sql_column(arena, get, 0);
	return fine;
}

static bool note_sighted(struct seen *seen, const char *id, int64_t now)
{
	return sql_run(sql_bound(
	    seen->sql, ENTRY_SIGHTED, "tnn", id, now, now - SIGHTED_EXACT));
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

	changes = sqlite3_total_changes(seen->sql->file);
	fine =
	    entry_write(seen, arena, ENTRY_NEW, id, source, entry, now, state);
	if (sqlite3_total_changes(seen->sql->file) > changes) {
		noted->new ++;
	} else if (before != NULL) {
		fine = fine &&
		    entry_write(seen, arena, ENTRY_AGAIN, id, source, entry,
			now, PENDING);
		noted->changed +=
		    sqlite3_total_changes(seen->sql->file) > changes;
	}
	return fine &&
	    sql_run(sql_bound(
		seen->sql, SIGHTING_PUT, "ttt", id, showing->feed, now_said));
}

bool seen_note(struct seen *seen, const struct showing *showing, int64_t now,
    struct noted *noted)
{
	const struct validators *validators = &showing->validators;
	struct arena arena = { 0 };
	bool fine = sql_begin(seen->sql);
	size_t i;

	*noted = (struct noted){ 0 };
	for (i = 0; i < showing->n && fine; i++) {
		fine = note(seen, &arena, showing, i, now, noted);
		if (i % 256 == 255)
			arena_reset(&arena);
	}
	fine = fine &&
	    sql_run(sql_bound(seen->sql, FEED_PUT, "ttttntt", showing->source,
		showing->feed, validators->etag, validators->modified, now,
		showing->hash, validators->at));
	arena_reset(&arena);
	return sql_commit(seen->sql, fine);
}

bool seen_set_back(struct seen *seen, int64_t millis, int64_t now)
{
	return sql_run(sql_bound(seen->sql, SET_BACK, "nn", millis, now));
}

bool seen_watch(struct seen *seen, const struct dl_list *sources)
{
	int64_t now = time_now();
	bool fine = sql_run(sql_bound(seen->sql, UNWATCH, ""));

	for (; sources != NULL && fine; sources = sources->next)
		fine = sql_run(sql_bound(seen->sql, WATCH, "t", sources->text));
	/* These are our own tables; the file may be somebody else's just now.
	 */
	sql_run(sql_bound(seen->sql, AHEAD, "nn", now, now + AHEAD_MOST));
	return fine && sql_run(sql_bound(seen->sql, UNWATCHED, ""));
}

static struct due *due_read(struct arena *arena, sqlite3_stmt *row_)
{
	struct due *due = arena_alloc(arena, sizeof(*due));
	struct dl_entry *entry = &due->entry;

	entry->id = sql_column(arena, row_, 0);
	due->source = sql_column(arena, row_, 1);
	entry->url = sql_column(arena, row_, 2);
	entry->title = sql_column(arena, row_, 3);
	entry->summary = sql_column(arena, row_, 4);
	entry->author = sql_column(arena, row_, 5);
	entry->html = sql_column(arena, row_, 6);
	entry->published = moment_read(arena, sql_column(arena, row_, 7));
	entry->updated = moment_read(arena, sql_column(arena, row_, 8));
	due->tries = sqlite3_column_int64(row_, 9);
	due->revision = sqlite3_column_int64(row_, 10);
	due->again = sqlite3_column_int(row_, 11) == WATCHED;
	due->validators.etag = sql_column(arena, row_, 12);
	due->validators.modified = sql_column(arena, row_, 13);
	due->hash = sql_column(arena, row_, 14);
	due->done = sqlite3_column_int64(row_, 15);
	due->gone = sqlite3_column_int64(row_, 16);
	due->validators.at = sql_column(arena, row_, 17);
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
	    sql_bound(seen->sql, TURNS, "nn", (int64_t)CLAIMED_MOST, until);
	bool fine = true;

	*end = NULL;
	while (sql_row(get, &fine)) {
		struct turn *turn = arena_alloc(arena, sizeof(*turn));

		turn->source = sql_column(arena, get, 0);
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
		sqlite3_stmt *get = sql_bound(
		    seen->sql, kinds[i], "nnt", now, most - n, source);

		for (; sql_row(get, &fine); n++) {
			*end = due_read(arena, get);
			end = &(*end)->next;
		}
	}
	for (due = *list; due != NULL && fine; due = due->next)
		fine = sql_run(sql_bound(seen->sql, CLAIM, "t", due->entry.id));
	return fine ? n : -1;
}

static bool wake_least(sqlite3_stmt *get, int64_t *wake)
{
	bool fine = true;

	while (sql_row(get, &fine)) {
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
		fine = wake_least(
		    sql_bound(seen->sql, DUE_NEXT, "t", turn->source), wake);
	return fine &&
	    wake_least(sql_bound(seen->sql, DUE_NEXT_AGAIN, "n",
			   (int64_t)CLAIMED_MOST),
		wake);
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

	return sql_run(sql_bound(seen->sql, SAME, "tnnn", id, state,
		   settlement->due, settlement->gone)) &&
	    (!settlement->anew ||
		sql_run(sql_bound(seen->sql, SAME_PAGE, "ttttt", id, page->etag,
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
		return sql_run(sql_bound(seen->sql, RETRY, "tnnnn", id,
		    settlement->due, settlement->tries, settlement->gone,
		    (int64_t)settlement->why));
	case SETTLED_SAME: return settle_same(seen, id, settlement);
	default:
		return sql_run(sql_bound(seen->sql, SETTLE, "tn", id,
		    (int64_t)states[settlement->how]));
	}
}

bool seen_settle(
    struct seen *seen, const char *id, const struct settlement *settlement)
{
	bool fine = sql_begin(seen->sql);

	fine = fine && settle(seen, id, settlement) &&
	    sql_run(sql_bound(seen->sql, UNCLAIM, "t", id));
	return sql_commit(seen->sql, fine);
}

bool seen_quarantined(
    struct seen *seen, struct arena *arena, struct patient **list)
{
	sqlite3_stmt *get = sql_bound(seen->sql, QUARANTINED_ALL, "");
	bool fine = true;

	*list = NULL;
	while (sql_row(get, &fine)) {
		struct patient *one = arena_alloc(arena, sizeof(*one));

		one->id = sql_column(arena, get, 0);
		one->source = sql_column(arena, get, 1);
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
	fine = sql_begin(seen->sql);
	for (; list != NULL && fine; list = list->next)
		fine = sql_run(sql_bound(seen->sql, LET_GO, "t", list->id));
	return sql_commit(seen->sql, fine);
}

/* The texts that are the rows of a statement. */
static bool texts_of(
    struct arena *arena, sqlite3_stmt *get, const struct dl_list **end)
{
	bool fine = true;

	*end = NULL;
	while (sql_row(get, &fine)) {
		struct dl_list *one = arena_alloc(arena, sizeof(*one));

		one->text = sql_column(arena, get, 0);
		*end = one;
		end = &one->next;
	}
	return fine;
}

bool seen_known(
    struct seen *seen, struct arena *arena, const char *id, struct known *known)
{
	sqlite3_stmt *get = sql_bound(seen->sql, KNOWN, "t", id);
	bool fine = true;

	*known = (struct known){ 0 };
	while (sql_row(get, &fine)) {
		known->revision = sqlite3_column_int64(get, 0);
		known->hashes = sql_column(arena, get, 1);
		known->done = sqlite3_column_int64(get, 2);
		known->seq = (uint64_t)sqlite3_column_int64(get, 3);
		known->url = sql_column(arena, get, 4);
		known->title = sql_column(arena, get, 5);
		known->withdrawn = sqlite3_column_int64(get, 6) < 0;
	}
	return fine &&
	    texts_of(
		arena, sql_bound(seen->sql, FEEDS, "t", id), &known->feeds);
}

bool seen_alias(struct seen *seen, struct arena *arena, const char *url,
    const char *id, const char **other)
{
	sqlite3_stmt *get = sql_bound(
	    seen->sql, ALIAS_GET, "t", url_strip(arena, text_or(url, "")));
	bool fine = true;

	*other = NULL;
	while (sql_row(get, &fine)) {
		const char *found = sql_column(arena, get, 0);

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
	return texts_of(arena, sql_bound(seen->sql, COPIES, "t", id), list);
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
	get = sql_bound(seen->sql, NEAR, "nnnntn", bands[0], bands[1], bands[2],
	    bands[3], id, since);
	while (sql_row(get, &fine)) {
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

	return sql_run(sql_bound(seen->sql, marked->again ? MARK_AGAIN : MARK,
		   "tttnntnnnntttnt", marked->id, marked->source,
		   text_or(marked->url, ""), marked->revision,
		   (int64_t)marked->seq, marked->hashes, now, state,
		   marked->due > 0 ? marked->due : now, marked->done,
		   page->etag, page->modified, marked->hash,
		   (int64_t)(marked->withdrawn ? -1 : 0), page->at)) &&
	    (marked->again ||
		sql_run(sql_bound(seen->sql, UNCLAIM, "t", marked->id)));
}

/* What another page says of it changes nothing about its own. */
static bool mark_other(
    struct seen *seen, const struct marked *marked, int64_t now)
{
	return sql_run(sql_bound(seen->sql, MARK_OTHER, "tttnntn", marked->id,
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
	    ? sql_run(sql_bound(seen->sql, PRINT_PUT, "tnn", marked->id,
		  print_read(marked->fingerprint), marked->spooled))
	    : sql_run(sql_bound(seen->sql, PRINT_DROP, "t", marked->id));
	for (; other != NULL && fine; other = other->next)
		fine = sql_run(sql_bound(
		    seen->sql, COPY_PUT, "tt", marked->id, other->text));
	return fine;
}

static bool mark(struct seen *seen, struct arena *arena,
    const struct marked *marked, int64_t now)
{
	bool fine = marked->visited ? mark_visited(seen, marked, now)
				    : mark_other(seen, marked, now);

	return fine && mark_copies(seen, marked) &&
	    (marked->url == NULL ||
		sql_run(sql_bound(seen->sql, ALIAS_PUT, "tt",
		    url_strip(arena, marked->url), marked->id)));
}

bool seen_mark(struct seen *seen, const struct marked *marked,
    uint64_t last_seq, int64_t now)
{
	struct arena arena = { 0 };
	bool fine = sql_begin(seen->sql);

	for (; marked != NULL && fine; marked = marked->next)
		fine = mark(seen, &arena, marked, now);
	fine = fine &&
	    sql_run(sql_bound(seen->sql, SPOOL_LAST, "n", (int64_t)last_seq));
	arena_reset(&arena);
	return sql_commit(seen->sql, fine);
}

bool seen_counts(struct seen *seen, struct seen_counts *counts)
{
	sqlite3_stmt *get = sql_bound(seen->sql, COUNTS, "");
	int64_t n[N_STATES] = { 0 };
	bool fine = true;

	while (sql_row(get, &fine)) {
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

bool seen_done_since(struct seen *seen, int64_t since, int64_t now, uint64_t *n)
{
	sqlite3_stmt *get = sql_bound(seen->sql, DONE_SINCE, "nn", since, now);
	bool fine = true;

	*n = 0;
	while (sql_row(get, &fine))
		*n = (uint64_t)sqlite3_column_int64(get, 0);
	return fine;
}

bool seen_hours(struct seen *seen, int64_t since, int64_t now,
    seen_hour_fn *told, void *whose)
{
	sqlite3_stmt *get = sql_bound(seen->sql, DONE_HOURS, "nn", since, now);
	bool fine = true;

	while (sql_row(get, &fine))
		told(whose, (const char *)sqlite3_column_text(get, 0),
		    sqlite3_column_int64(get, 1), sqlite3_column_int64(get, 2));
	return fine;
}

/* ---- forgetting ---- */

static bool forget(struct seen *seen, const char *id)
{
	return sql_run(sql_bound(seen->sql, FORGET_SIGHTINGS, "t", id)) &&
	    sql_run(sql_bound(seen->sql, FORGET_ALIASES, "t", id)) &&
	    sql_run(sql_bound(seen->sql, FORGET_COPIES, "t", id)) &&
	    sql_run(sql_bound(seen->sql, FORGET, "t", id));
}

bool seen_forget(struct seen *seen, int64_t before, bool *more)
{
	sqlite3_stmt *get =
	    sql_bound(seen->sql, OLD, "nn", before, (int64_t)FORGOTTEN_MOST);
	struct dl_list *old = NULL, *one;
	struct arena arena = { 0 };
	bool fine = true;
	int n = 0;

	for (; sql_row(get, &fine); n++) {
		one = arena_alloc(&arena, sizeof(*one));
		one->text = sql_column(&arena, get, 0);
		one->next = old;
		old = one;
	}
	*more = n == FORGOTTEN_MOST;
	if (n > 0 && fine) {
		fine = sql_begin(seen->sql);
		for (; old != NULL && fine; old = (struct dl_list *)old->next)
			fine = forget(seen, old->text);
		fine = sql_commit(seen->sql, fine);
	}
	arena_reset(&arena);
	return fine;
}

bool seen_forget_prints(struct seen *seen, int64_t before, bool *more)
{
	bool fine = sql_run(sql_bound(
	    seen->sql, PRINTS_OLD, "nn", before, (int64_t)FORGOTTEN_MOST));

	*more = fine && sqlite3_changes(seen->sql->file) == FORGOTTEN_MOST;
	return fine;
}

/* ---- hosts and sources ---- */

bool seen_pause(struct seen *seen, const char *source, bool paused, int64_t now)
{
	if (!paused)
		return sql_run(sql_bound(seen->sql, PAUSE_DROP, "t", source));
	return sql_run(sql_bound(seen->sql, PAUSE_PUT, "tn", source, now));
}

bool seen_paused(
    struct seen *seen, struct arena *arena, const struct dl_list **list)
{
	return texts_of(arena, sql_bound(seen->sql, PAUSED, ""), list);
}

bool seen_hold(struct seen *seen, const struct held *held)
{
	return sql_run(sql_bound(seen->sql, HOLD, "tnnt", held->host,
	    held->since, held->until, held->why));
}

bool seen_held(
    struct seen *seen, struct arena *arena, int64_t now, struct held **list)
{
	bool fine = sql_run(sql_bound(seen->sql, HELD_DROP, "n", now));
	sqlite3_stmt *get = sql_bound(seen->sql, HELD, "n", now);

	*list = NULL;
	while (fine && sql_row(get, &fine)) {
		struct held *held = arena_alloc(arena, sizeof(*held));

		held->host = sql_column(arena, get, 0);
		held->since = sqlite3_column_int64(get, 1);
		held->until = sqlite3_column_int64(get, 2);
		held->why = sql_column(arena, get, 3);
		held->next = *list;
		*list = held;
	}
	return fine;
}

bool seen_drift(struct seen *seen, struct arena *arena, const char *source,
    const char **drift)
{
	sqlite3_stmt *get = sql_bound(seen->sql, DRIFT_GET, "t", source);
	bool fine = true;

	*drift = NULL;
	while (sql_row(get, &fine))
		*drift = sql_column(arena, get, 0);
	return fine;
}

bool seen_drift_keep(struct seen *seen, const char *source, const char *drift)
{
	return sql_run(sql_bound(seen->sql, DRIFT_PUT, "tt", source, drift));
}

const char *seen_library_version(void)
{
	return sqlite3_libversion();
}
