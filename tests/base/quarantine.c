/* Pages that were not understood are kept, but not for ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <time.h>

#include "core/base/limits.h"
#include "core/base/quarantine.h"
#include "tests/folder.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define NOW INT64_C(1731024000123)

static struct arena arena;

static int arena_end(void **state)
{
	arena_reset(&arena);
	return folder_drop(state);
}

#define IN_QUARANTINE(test) \
	cmocka_unit_test_setup_teardown(test, folder_make, arena_end)

static const struct order_page bytes = { .url = "https://a.example/1",
	.type = "text/html",
	.charset = "windows-1258",
	.etag = "\"7\"",
	.bytes = "<p>\0a page",
	.len = 10,
	.status = 200,
	.fetched = 1731023000 };

/* One of that id, kept so many minutes after NOW. */
static struct quarantined page_of(
    const char *source, const char *id, int minute)
{
	return (struct quarantined){ .reason = "no <article> in <main>",
		.kept = NOW + minute * 60000,
		.tried = NOW + minute * 60000,
		.tries = 3,
		.first = { .source = source,
		    .entry = { .id = id, .url = "https://a.example/feed/1" } },
		.pages = &bytes,
		.n = 1 };
}

static const char *name_of(const struct quarantined *page)
{
	static char name[QUARANTINE_NAME];

	quarantine_name(name, page->first.source, page->first.entry.id);
	return name;
}

static void keep(struct folder *folder, const struct quarantined *page)
{
	size_t gone;

	assert_true(quarantine_keep(folder->path, page, &gone));
	assert_int_equal(gone, 0);
}

static int files(struct folder *folder)
{
	DIR *open = opendir(folder->path);
	struct dirent *file;
	int n = 0;

	while ((file = readdir(open)) != NULL)
		n += file->d_name[0] != '.';
	closedir(open);
	return n;
}

static size_t listed(struct folder *folder, struct quarantined **list)
{
	size_t n;

	assert_true(quarantine_list(folder->path, &arena, list, &n));
	return n;
}

static void check_text(const char *a, const char *b)
{
	assert_int_equal(a == NULL, b == NULL);
	if (a != NULL)
		assert_string_equal(a, b);
}

static void check_page(const struct order_page *a, const struct order_page *b)
{
	check_text(a->url, b->url);
	check_text(a->type, b->type);
	check_text(a->charset, b->charset);
	check_text(a->etag, b->etag);
	assert_int_equal(a->status, b->status);
	assert_int_equal(a->fetched, b->fetched);
	assert_int_equal(a->len, b->len);
	assert_memory_equal(a->bytes, b->bytes, a->len);
}

static void check_same(
    const struct quarantined *kept, const struct quarantined *back)
{
	const struct dl_entry *a = &kept->first.entry, *b = &back->first.entry;
	size_t i;

	assert_string_equal(back->name, name_of(kept));
	assert_int_equal(kept->kept, back->kept);
	assert_int_equal(kept->tried, back->tried);
	assert_int_equal(kept->tries, back->tries);
	check_text(kept->first.source, back->first.source);
	check_text(a->id, b->id);
	check_text(a->url, b->url);
	check_text(a->title, b->title);
	assert_int_equal(a->published == NULL, b->published == NULL);
	assert_int_equal(kept->n, back->n);
	for (i = 0; i < kept->n; i++)
		check_page(&kept->pages[i], &back->pages[i]);
}

static void all_that_is_known_of_a_page_comes_back(void **state)
{
	static const struct dl_moment noon = { .seconds = 1731024000,
		.precision = DL_SECOND,
		.zone = DL_ZONE_EXPLICIT,
		.raw = "noon" };
	static const struct order_page story[] = {
		{ .url = "https://a.example/1", .bytes = "one", .len = 3 },
		{ .url = "https://a.example/1-2", .bytes = "", .len = 0 },
		{ .url = "https://a.example/1-3",
		    .type = "text/plain",
		    .bytes = "\xff\xfe\n\n",
		    .len = 4,
		    .status = 203 },
	};
	struct quarantined pages[] = { page_of("vgp", "vgp:1", 0),
		page_of("a-b", "../../etc/passwd", 1),
		page_of("a-source-with-a-name-that-is-much-too-long-for-a-file-"
			"and-longer-than-one-hundred-bytes-as-one-could-easily-"
			"write-it",
		    "", 2),
		page_of("vgp", "vgp:story", 3) };
	struct folder *folder = *state;
	struct quarantined back;
	size_t i;

	pages[0].first.entry.title = "\"Hà Nội\"\\";
	pages[0].first.entry.published = &noon;
	pages[1].reason = NULL;
	pages[3].pages = story;
	pages[3].n = COUNT(story);
	for (i = 0; i < COUNT(pages); i++) {
		keep(folder, &pages[i]);
		assert_int_equal(files(folder), 2 * (i + 1));
		assert_true(quarantine_has(folder->path, pages[i].first.source,
		    pages[i].first.entry.id));
		assert_true(quarantine_read(
		    folder->path, name_of(&pages[i]), &arena, &back));
		check_same(&pages[i], &back);
		assert_int_equal(back.bytes, i == 3 ? 7 : 10);
		check_text(back.reason, text_or(pages[i].reason, ""));
		assert_true(quarantine_look(
		    folder->path, name_of(&pages[i]), &arena, &back));
		assert_int_equal(back.pages[0].len, pages[i].pages[0].len);
		assert_null(back.pages[0].bytes);
	}
	assert_false(quarantine_has(folder->path, "vgp", "vgp:2"));
}

static void what_a_feed_brought_whole_is_the_entry_s_too(void **state)
{
	struct folder *folder = *state;
	struct quarantined page = page_of("vgp", "vgp:1", 0), back;
	const struct order_page whole = {
		.url = "https://a.example/1", .bytes = "<p>whole", .len = 8
	};

	page.first.entry.html = "<p>whole";
	page.pages = &whole;
	keep(folder, &page);
	assert_true(
	    quarantine_read(folder->path, name_of(&page), &arena, &back));
	assert_string_equal(back.first.entry.html, "<p>whole");
	assert_true(quarantine_again(
	    folder->path, name_of(&page), page.kept, "still not", NOW));
	assert_true(
	    quarantine_read(folder->path, name_of(&page), &arena, &back));
	assert_string_equal(back.first.entry.html, "<p>whole");
}

/* What came from outside may be any bytes. */
static void what_is_no_text_is_left_out_or_mended(void **state)
{
	struct folder *folder = *state;
	struct quarantined page = page_of("vgp", "vgp:1", 0), back;
	struct order_page odd = bytes;
	size_t gone;

	page.reason = "no \xff\x1b[31m here\n\"";
	odd.type = "text/h\xe9tml";
	page.pages = &odd;
	keep(folder, &page);
	assert_true(
	    quarantine_read(folder->path, name_of(&page), &arena, &back));
	assert_null(strchr(back.reason, '\x1b'));
	assert_non_null(strstr(back.reason, "here"));
	assert_null(back.pages[0].type);
	page.first.entry.id = "\xff";
	errno = 0;
	assert_false(quarantine_keep(folder->path, &page, &gone));
	assert_int_equal(errno, EILSEQ);
}

static void the_folder_is_made_where_it_is_missing(void **state)
{
	const struct quarantined page = page_of("vgp", "vgp:1", 0);
	struct folder *folder = *state;
	struct quarantined *list;
	size_t gone, n;

	folder_file(folder, "quarantine");
	assert_true(quarantine_list(folder->file, &arena, &list, &n));
	assert_int_equal(n, 0);
	assert_true(quarantine_keep(folder->file, &page, &gone));
	assert_true(quarantine_list(folder->file, &arena, &list, &n));
	assert_int_equal(n, 1);
	folder_file(folder, "none/quarantine");
	errno = 0;
	assert_false(quarantine_keep(folder->file, &page, &gone));
	assert_int_equal(errno, ENOENT);
	file_write(folder_file(folder, "file"), "", 0);
	assert_false(quarantine_keep(folder->file, &page, &gone));
	assert_false(quarantine_list(folder->file, &arena, &list, &n));
}

static void a_second_page_takes_the_place_of_the_first(void **state)
{
	struct quarantined page = page_of("vgp", "vgp:1", 0), back;
	const struct order_page shorter = {
		.url = "https://a.example/1", .bytes = "other", .len = 5
	};
	struct folder *folder = *state;

	keep(folder, &page);
	page.kept++;
	page.pages = &shorter;
	keep(folder, &page);
	assert_true(
	    quarantine_read(folder->path, name_of(&page), &arena, &back));
	check_same(&page, &back);
	page.first.entry.id = "vgp:2";
	keep(folder, &page);
	assert_int_equal(files(folder), 4);
	page.first.source = "vna";
	keep(folder, &page);
	assert_int_equal(files(folder), 6);
}

static void the_newest_comes_first_in_the_list(void **state)
{
	static const int minutes[] = { 3, 1, 5, 2, 4 };
	struct folder *folder = *state;
	struct quarantined *list, page;
	char id[8];
	size_t i;

	for (i = 0; i < COUNT(minutes); i++) {
		sprintf(id, "a:%d", minutes[i]);
		page = page_of("a", id, minutes[i]);
		keep(folder, &page);
	}
	assert_int_equal(listed(folder, &list), COUNT(minutes));
	for (i = 0; i < COUNT(minutes); i++) {
		assert_int_equal(list[i].kept, NOW + (int64_t)(5 - i) * 60000);
		assert_int_equal(list[i].bytes, 10);
	}
}

/* Whoever was tried again may have been replaced, or cleared away. */
static void only_the_page_that_is_meant_is_changed(void **state)
{
	struct quarantined page = page_of("vgp", "vgp:1", 0), back;
	struct folder *folder = *state;
	const char *name = name_of(&page);

	keep(folder, &page);
	assert_true(quarantine_again(
	    folder->path, name, page.kept, "another reason", NOW + 7));
	assert_true(quarantine_read(folder->path, name, &arena, &back));
	assert_string_equal(back.reason, "another reason");
	assert_int_equal(back.kept, page.kept);
	assert_int_equal(back.tried, NOW + 7);
	assert_int_equal(back.tries, 4);
	check_page(&page.pages[0], &back.pages[0]);

	assert_false(
	    quarantine_again(folder->path, name, NOW - 1, "not this", NOW));
	assert_int_equal(errno, ESTALE);
	assert_false(quarantine_let_go(folder->path, name, NOW - 1));
	assert_int_equal(errno, ESTALE);
	assert_true(quarantine_look(folder->path, name, &arena, &back));
	assert_string_equal(back.reason, "another reason");

	assert_true(quarantine_let_go(folder->path, name, page.kept));
	assert_int_equal(files(folder), 0);
	assert_false(quarantine_let_go(folder->path, name, page.kept));
	assert_int_equal(errno, ENOENT);
	assert_false(
	    quarantine_again(folder->path, name, page.kept, "gone", NOW));
	assert_int_equal(errno, ENOENT);
	assert_int_equal(files(folder), 0);
}

static void what_is_damaged_is_told_and_can_be_cleared(void **state)
{
	static const char *const lines[] = { "", "{}\n", "null", "\n\n",
		"{\"v\":1,\"kind\":\"quarantined\"}\n",
		"{\"v\":1,\"kind\":\"quarantined\"}\n{\"v\":1}\n",
		"{\"v\":1,\"kind\":\"page\"}\n" };
	const struct quarantined page = page_of("vgp", "vgp:1", 0);
	const struct quarantine_wish all = { .source = NULL };
	struct folder *folder = *state;
	struct quarantined *list, back;
	char json[QUARANTINE_NAME + 8];
	size_t i, len, n;
	char *whole;

	sprintf(json, "%s.json", name_of(&page));
	for (i = 0; i < COUNT(lines); i++) {
		keep(folder, &page);
		file_write(
		    folder_file(folder, json), lines[i], strlen(lines[i]));
		errno = 0;
		assert_false(quarantine_read(
		    folder->path, name_of(&page), &arena, &back));
		assert_int_equal(errno, EBADMSG);
		assert_int_equal(listed(folder, &list), 1);
		assert_null(list[0].first.source);
		assert_non_null(list[0].reason);
		assert_true(quarantine_clear(folder->path, &all, &n));
		assert_int_equal(n, 1);
		assert_int_equal(files(folder), 0);
	}
	/* Bytes that are not those of the .json; and half a .json. */
	keep(folder, &page);
	sprintf(json, "%s.page", name_of(&page));
	file_write(folder_file(folder, json), "short", 5);
	assert_false(
	    quarantine_read(folder->path, name_of(&page), &arena, &back));
	assert_int_equal(errno, EBADMSG);
	keep(folder, &page);
	sprintf(json, "%s.json", name_of(&page));
	whole = file_read(folder_file(folder, json), &len);
	for (n = 0; n < len; n += 7) {
		file_write(folder_file(folder, json), whole, n);
		assert_false(quarantine_look(
		    folder->path, name_of(&page), &arena, &back));
	}
	free(whole);
}

static void a_wish_says_which_pages(void **state)
{
	static const struct dl_list second = { "b", NULL },
				    names = { "a", &second },
				    nobody = { "", NULL };
	static const struct {
		struct quarantine_wish wish;
		const char *fits; /* of the pages a, b and c */
	} rows[] = {
		{ { NULL, 0, NULL }, "abc" },
		{ { "vgp", 0, NULL }, "ab" },
		{ { "vg", 0, NULL }, "" },
		{ { NULL, NOW + 1, NULL }, "a" },
		{ { NULL, NOW, NULL }, "" },
		{ { "vna", NOW + 120001, NULL }, "" },
		{ { NULL, 0, &names }, "ab" },
		{ { NULL, 0, &nobody }, "" },
	};
	struct quarantined pages[] = { page_of("vgp", "1", 0),
		page_of("vgp", "2", 1), page_of(NULL, "3", 2) };
	static const char *const called[] = { "a", "b", "c" };
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		for (k = 0; k < COUNT(pages); k++) {
			pages[k].name = called[k];
			assert_int_equal(
			    quarantine_wanted(&rows[i].wish, &pages[k]),
			    strstr(rows[i].fits, called[k]) != NULL);
		}
	}
}

static void only_what_is_wanted_is_cleared(void **state)
{
	const struct quarantined pages[] = { page_of("vgp", "1", 0),
		page_of("vgp", "2", 1), page_of("vna", "1", 2) };
	struct quarantine_wish wish = { .source = "vgp", .before = NOW + 1 };
	struct folder *folder = *state;
	size_t i, n;

	for (i = 0; i < COUNT(pages); i++)
		keep(folder, &pages[i]);
	assert_true(quarantine_clear(folder->path, &wish, &n));
	assert_int_equal(n, 1);
	assert_false(quarantine_has(folder->path, "vgp", "1"));
	assert_true(quarantine_has(folder->path, "vgp", "2"));
	wish = (struct quarantine_wish){ .source = NULL };
	assert_true(quarantine_clear(folder->path, &wish, &n));
	assert_int_equal(n, 2);
	assert_int_equal(files(folder), 0);
	assert_true(quarantine_clear(folder->path, &wish, &n));
	assert_int_equal(n, 0);
}

/* Sparse, and from so many hours ago. */
static void old_page(struct folder *folder, int hours, off_t len)
{
	struct timespec times[2];
	char name[32];

	sprintf(name, "old-%05d.json", hours);
	file_write(folder_file(folder, name), "", 0);
	sprintf(name, "old-%05d.page", hours);
	file_write(folder_file(folder, name), "", 0);
	assert_int_equal(truncate(folder->file, len), 0);
	clock_gettime(CLOCK_REALTIME, &times[0]);
	times[0].tv_sec -= hours * 3600;
	times[1] = times[0];
	assert_int_equal(utimensat(AT_FDCWD, folder->file, times, 0), 0);
}

static bool is_there(struct folder *folder, int hours)
{
	char name[32];
	bool json;

	sprintf(name, "old-%05d.json", hours);
	json = access(folder_file(folder, name), F_OK) == 0;
	sprintf(name, "old-%05d.page", hours);
	assert_int_equal(access(folder_file(folder, name), F_OK) == 0, json);
	return json;
}

static void the_oldest_go_when_there_are_too_many(void **state)
{
	const struct quarantined page = page_of("vgp", "vgp:1", 0);
	const int most = LIMIT_QUARANTINE_PAGES;
	struct folder *folder = *state;
	size_t gone;
	int hours;

	for (hours = 1; hours < most; hours++)
		old_page(folder, hours, 1);
	keep(folder, &page);
	assert_int_equal(files(folder), 2 * most);
	for (hours = most; hours < most + 10; hours++)
		old_page(folder, hours, 1);
	assert_true(quarantine_keep(folder->path, &page, &gone));
	assert_int_equal(gone, 10);
	assert_int_equal(files(folder), 2 * most);
	assert_true(is_there(folder, 1));
	assert_true(is_there(folder, most - 1));
	assert_false(is_there(folder, most));
	assert_true(quarantine_has(folder->path, "vgp", "vgp:1"));
}

static void the_oldest_go_when_there_is_too_much(void **state)
{
	const off_t half = (off_t)LIMIT_QUARANTINE_BYTES / 2;
	const struct quarantined page = page_of("vgp", "vgp:1", 0);
	struct folder *folder = *state;
	size_t gone;

	old_page(folder, 1, half);
	old_page(folder, 2, half - 10);
	keep(folder, &page);
	assert_true(is_there(folder, 1));
	assert_true(is_there(folder, 2));
	old_page(folder, 3, 1);
	assert_true(quarantine_keep(folder->path, &page, &gone));
	assert_int_equal(gone, 1);
	assert_true(is_there(folder, 2));
	assert_false(is_there(folder, 3));
	old_page(folder, 1, half + 1);
	assert_true(quarantine_keep(folder->path, &page, &gone));
	assert_int_equal(gone, 1);
	assert_true(is_there(folder, 1));
	assert_false(is_there(folder, 2));
	assert_true(quarantine_has(folder->path, "vgp", "vgp:1"));
}

/* A page counts from its first day, though it was tried again since. */
static void a_try_makes_nobody_younger(void **state)
{
	const struct quarantined page = page_of("vgp", "vgp:1", 0),
				 other = page_of("vgp", "vgp:2", 0);
	struct timespec times[2] = { { 0, 0 }, { 0, 0 } };
	char file[QUARANTINE_NAME + 8];
	struct folder *folder = *state;
	size_t gone;
	int hours;

	keep(folder, &page);
	sprintf(file, "%s.page", name_of(&page));
	assert_int_equal(
	    utimensat(AT_FDCWD, folder_file(folder, file), times, 0), 0);
	assert_true(quarantine_again(
	    folder->path, name_of(&page), page.kept, "still not", NOW));
	for (hours = 1; hours < LIMIT_QUARANTINE_PAGES; hours++)
		old_page(folder, hours, 1);
	assert_true(quarantine_keep(folder->path, &other, &gone));
	assert_int_equal(gone, 1);
	assert_false(quarantine_has(folder->path, "vgp", "vgp:1"));
}

static void what_a_crash_has_left_goes(void **state)
{
	static const char *const left[] = { "vgp-0000000000000001.page",
		"vgp-0000000000000002.page.new",
		"vgp-0000000000000003.json.new" };
	const struct quarantined page = page_of("vgp", "vgp:1", 0);
	struct folder *folder = *state;
	struct quarantined *list;
	size_t i;

	for (i = 0; i < COUNT(left); i++)
		file_write(folder_file(folder, left[i]), "x", 1);
	file_write(folder_file(folder, "README"), "x", 1);
	assert_int_equal(listed(folder, &list), 0);
	keep(folder, &page);
	assert_int_equal(files(folder), 3);
	assert_int_equal(access(folder_file(folder, "README"), F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_QUARANTINE(all_that_is_known_of_a_page_comes_back),
		IN_QUARANTINE(what_a_feed_brought_whole_is_the_entry_s_too),
		IN_QUARANTINE(what_is_no_text_is_left_out_or_mended),
		IN_QUARANTINE(the_folder_is_made_where_it_is_missing),
		IN_QUARANTINE(a_second_page_takes_the_place_of_the_first),
		IN_QUARANTINE(the_newest_comes_first_in_the_list),
		IN_QUARANTINE(only_the_page_that_is_meant_is_changed),
		IN_QUARANTINE(what_is_damaged_is_told_and_can_be_cleared),
		IN_QUARANTINE(a_wish_says_which_pages),
		IN_QUARANTINE(only_what_is_wanted_is_cleared),
		IN_QUARANTINE(the_oldest_go_when_there_are_too_many),
		IN_QUARANTINE(the_oldest_go_when_there_is_too_much),
		IN_QUARANTINE(a_try_makes_nobody_younger),
		IN_QUARANTINE(what_a_crash_has_left_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
