/* A state of the daemon in a folder of a test's own, and short ways to ask. */
#ifndef TESTS_STATE_H
#define TESTS_STATE_H

#include "core/daemon/seen.h"
#include "tests/folder.h"

#define WITH_STATE(test) cmocka_unit_test_setup_teardown(test, folder_make, end)

#define A "https://a.example/rss"
#define B "https://a.example/other"

static struct seen *seen;
static struct arena arena;

static inline void begin(struct folder *folder)
{
	char *why = NULL;

	seen = seen_open(folder_file(folder, "state.sqlite"), &why);
	if (seen == NULL)
		fail_msg("%s", why);
}

static inline int end(void **state)
{
	seen_close(seen);
	seen = NULL;
	arena_reset(&arena);
	return folder_drop(state);
}

static inline void reopen(struct folder *folder)
{
	seen_close(seen);
	begin(folder);
}

static inline void watch(const char *one, const char *other)
{
	const struct dl_list second = { other, NULL },
			     first = { one, other != NULL ? &second : NULL };

	assert_true(seen_watch(seen, one != NULL ? &first : NULL));
}

/* What a feed shows, without validators. */
static inline void show(const char *source, const char *feed,
    const struct dl_entry *const *entries, const bool *unwanted, size_t n,
    int64_t now, struct noted *noted)
{
	const struct showing showing = { .source = source,
		.feed = feed,
		.entries = entries,
		.unwanted = unwanted,
		.n = n };

	assert_true(seen_note(seen, &showing, now, noted));
}

/* A feed of source s shows one entry: "new", "changed", or "". */
static inline const char *note_at(const char *feed, const char *id,
    const char *title, const char *url, int64_t now)
{
	const struct dl_entry entry = { .url = url, .id = id, .title = title };
	const struct dl_entry *const entries[] = { &entry };
	struct noted noted;

	show("s", feed, entries, NULL, 1, now, &noted);
	assert_true(noted.new + noted.changed <= 1);
	return noted.new > 0 ? "new" : noted.changed > 0 ? "changed" : "";
}

static inline const char *note(
    const char *feed, const char *id, const char *title, int64_t now)
{
	return note_at(feed, id, title, "https://a.example/1", now);
}

/* The ids of what is due, parted by spaces, and when to look again. */
static inline const char *claim(int64_t now, int most, int64_t *wake)
{
	static char text[1024];
	struct due *due;
	int at = 0;

	text[0] = '\0';
	assert_true(seen_claim(seen, &arena, now, most, &due, wake));
	for (; due != NULL; due = due->next)
		at += sprintf(
		    text + at, "%s%s", at > 0 ? " " : "", due->entry.id);
	return text;
}

static inline void check_due(int64_t now, const char *ids)
{
	int64_t wake;

	assert_string_equal(claim(now, 100, &wake), ids);
}

static inline void settle_as(
    const char *id, const struct settlement *settlement)
{
	assert_true(seen_settle(seen, id, settlement));
}

static inline void settle(const char *id, enum settled how, int64_t due)
{
	const struct settlement settlement = { .how = how, .due = due };

	settle_as(id, &settlement);
}

static inline void settle_again(const char *id, int64_t due, int64_t tries)
{
	const struct settlement settlement = {
		.how = SETTLED_AGAIN, .due = due, .tries = tries
	};

	settle_as(id, &settlement);
}

static inline void mark_as(const struct marked *marked, int64_t now)
{
	assert_true(seen_mark(seen, marked, marked->seq, now));
}

static inline void mark(const char *id, const char *url, int64_t revision,
    uint64_t seq, const char *hashes)
{
	const struct marked marked = { .id = id,
		.source = "s",
		.url = url,
		.hashes = hashes,
		.revision = revision,
		.seq = seq,
		.visited = true };

	mark_as(&marked, 5000);
}

static inline void check_counts(
    int64_t pending, int64_t done, int64_t dropped, int64_t quarantined)
{
	struct seen_counts counts;

	assert_true(seen_counts(seen, &counts));
	assert_int_equal(counts.pending, pending);
	assert_int_equal(counts.done, done);
	assert_int_equal(counts.dropped, dropped);
	assert_int_equal(counts.quarantined, quarantined);
}

#endif
