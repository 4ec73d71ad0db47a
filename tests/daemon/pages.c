/* Pages are kept as they came, for as long as is wanted, and not longer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/resource.h>
#include <signal.h>

#include "core/base/kept.h"
#include "core/base/limits.h"
#include "core/base/xalloc.h"
#include "core/daemon/pages.h"
#include "spool/spool.h"
#include "spool/verify.h"
#include "tests/folder.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define PATIENCE 60000 /* ms; nothing depends on how long it takes */

static uv_loop_t loop;
static struct queue queue;
static struct pages *pages;
static struct conf conf;
static uv_timer_t deadline;
static struct arena arena;
static char pages_folder[128];

/* ---- a loop with pages on it ---- */

static void too_late(uv_timer_t *timer)
{
	(void)timer;
	fprintf(stderr, "it never came true\n");
	abort();
}

static void begin(struct folder *folder)
{
	char *why = NULL;

	snprintf(pages_folder, sizeof(pages_folder), "%s/pages", folder->path);
	uv_loop_init(&loop);
	queue_init(&queue, &loop);
	uv_timer_init(&loop, &deadline);
	uv_timer_start(&deadline, too_late, PATIENCE, 0);
	pages = pages_new(&loop, &queue, pages_folder, &why);
	if (pages == NULL)
		fail_msg("%s", why);
	conf = (struct conf){ .keep_pages = 3 * 24 * 3600 * 1000,
		.keep_pages_bytes = 1 << 30 };
}

static void finish(void)
{
	pages_stop(pages);
	uv_close((uv_handle_t *)&deadline, NULL);
	uv_run(&loop, UV_RUN_DEFAULT);
	pages_free(pages);
	pages = NULL;
	assert_int_equal(uv_loop_close(&loop), 0);
}

static int make(void **state)
{
	int done = folder_make(state);

	begin(*state);
	return done;
}

static int drop(void **state)
{
	if (pages != NULL)
		finish();
	arena_reset(&arena);
	return folder_drop(state);
}

#define WITH_PAGES(test) cmocka_unit_test_setup_teardown(test, make, drop)

static struct pages_counts counts(void)
{
	struct pages_counts now;

	pages_counts(pages, &now);
	return now;
}

/* Turns the loop until so many are kept, and so many dropped. */
static void until(uint64_t kept, uint64_t lost)
{
	while (counts().kept < kept || counts().dropped < lost)
		uv_run(&loop, UV_RUN_ONCE);
	assert_int_equal(counts().kept, kept);
	assert_int_equal(counts().dropped, lost);
}

/* ---- what is kept ---- */

static void keep(const char *id, const char *bytes, size_t len)
{
	const struct dl_entry entry = { .id = id, .url = "https://a.example/" };
	const struct order_page page = { .url = "https://a.example/",
		.bytes = bytes,
		.len = len,
		.status = 200,
		.fetched = 1790000000 };

	pages_keep(pages, "gazette", &entry, &page, 1);
}

static void keep_text(const char *id, const char *text)
{
	keep(id, text, strlen(text));
}

/* "id part/parts body" of each line, and "turn" of others, parted by "|". */
static const char *what_is_kept(void)
{
	struct spool_reader *reader = spool_open(pages_folder);
	const struct spool_line *line;
	static struct buf text;
	enum spool_status status;
	struct kept_page kept;

	assert_non_null(reader);
	text.len = 0;
	buf_text(&text, "");
	while ((status = spool_next(reader, &line)) != SPOOL_END) {
		if (status == SPOOL_GAP)
			continue;
		assert_int_equal(status, SPOOL_LINE);
		if (!kept_get(&arena, line->text, line->len, &kept))
			buf_text(&text, "turn|");
		else
			buf_printf(&text, "%s %d/%d %s|", kept.entry.id,
			    kept.part, kept.parts, kept.page.bytes);
	}
	spool_close(reader);
	arena_reset(&arena);
	return text.bytes;
}

static void no_finding(void *whose, const struct spool_finding *finding)
{
	(void)whose;
	fail_msg("%s: %s", finding->file, finding->what);
}

static void check_whole(uint64_t lines)
{
	struct spool_verified found = { 0 };

	assert_int_equal(
	    spool_verify(pages_folder, &disk_real, no_finding, NULL, &found),
	    0);
	assert_int_equal(found.lines, lines);
}

static void pages_are_there_a_moment_later(void **state)
{
	static const struct dl_entry entry = {
		.id = "gazette:3", .url = "https://a.example/3", .html = "three"
	};
	static const struct order_page parts[] = {
		{ .bytes = "3 of", .len = 4 }, { .bytes = "two", .len = 3 }
	};

	(void)state;
	pages_set(pages, &conf);
	keep_text("gazette:1", "one");
	keep_text("gazette:2", "two\n");
	pages_keep(pages, "gazette", &entry, parts, COUNT(parts));
	keep_text("gazette:1", "");
	until(4, 0);
	assert_string_equal(what_is_kept(),
	    "gazette:1 1/1 one|gazette:2 1/1 two\n|gazette:3 1/2 3 of|"
	    "gazette:3 2/2 two|gazette:1 1/1 |");
	check_whole(5);
}

static void what_waits_is_written_at_the_end(void **state)
{
	char *large = xcalloc(1, LIMIT_PAGE);
	int i;

	pages_set(pages, &conf);
	keep_text("gazette:1", "one");
	for (i = 0; i < 3; i++)
		keep("gazette:2", large, LIMIT_PAGE);
	free(large);
	finish();
	check_whole(4);
	begin(*state); /* and goes on behind it */
	pages_set(pages, &conf);
	keep_text("gazette:3", "three");
	until(1, 0);
	check_whole(5);
}

static void what_no_line_can_be_made_of_costs_only_itself(void **state)
{
	char *summary = malloc(8 << 20);
	struct dl_entry entry = { .id = "gazette:2",
		.url = "https://a.example/2",
		.summary = summary };
	const struct order_page page = { .bytes = "", .len = 0 };

	(void)state;
	memset(summary, '\x01', (8 << 20) - 1);
	summary[(8 << 20) - 1] = '\0';
	pages_set(pages, &conf);
	keep_text("gazette:1", "one");
	pages_keep(pages, "gazette", &entry, &page, 1);
	entry.id = "\xff";
	entry.summary = NULL;
	pages_keep(pages, "gazette", &entry, &page, 1);
	keep_text("gazette:3", "three");
	free(summary);
	until(2, 2);
	assert_string_equal(
	    what_is_kept(), "gazette:1 1/1 one|gazette:3 1/1 three|");
}

/* ---- how long ---- */

static void nothing_is_kept_before_or_without_being_wanted(void **state)
{
	(void)state;
	keep_text("gazette:1", "too early");
	conf.keep_pages_bytes = 0;
	pages_set(pages, &conf);
	keep_text("gazette:1", "no room");
	conf.keep_pages_bytes = 1 << 20;
	conf.keep_pages = 0;
	pages_set(pages, &conf);
	keep_text("gazette:1", "no time");
	conf.keep_pages = 1000;
	pages_set(pages, &conf);
	keep_text("gazette:1", "now");
	until(1, 0);
	assert_string_equal(what_is_kept(), "gazette:1 1/1 now|");
}

static void all_goes_when_nothing_is_wanted_any_more(void **state)
{
	(void)state;
	pages_set(pages, &conf);
	keep_text("gazette:1", "one");
	until(1, 0);
	keep_text("gazette:2", "it has not been written yet");
	conf.keep_pages = 0;
	pages_set(pages, &conf);
	while (counts().spool.room.removed == 0)
		uv_run(&loop, UV_RUN_ONCE);
	assert_string_equal(what_is_kept(), "turn|");
	assert_int_equal(counts().kept, 1);

	conf.keep_pages = 3600 * 1000;
	pages_set(pages, &conf);
	keep_text("gazette:3", "three");
	until(2, 0);
	assert_string_equal(what_is_kept(), "turn|gazette:3 1/1 three|");
	check_whole(2);
}

/* They were kept by a daemon before this one. */
static void what_is_left_from_before_goes_too(void **state)
{
	pages_set(pages, &conf);
	keep_text("gazette:1", "one");
	finish();
	begin(*state);
	conf.keep_pages = 0;
	pages_set(pages, &conf);
	while (counts().spool.room.removed == 0)
		uv_run(&loop, UV_RUN_ONCE);
	assert_string_equal(what_is_kept(), "turn|");
}

/* Also where no other page comes to end their segment. Setting the same once
   more has the keeper look, who otherwise does so each minute. */
static void old_pages_go(void **state)
{
	(void)state;
	conf.keep_pages = 1;
	pages_set(pages, &conf);
	keep_text("gazette:1", "one");
	until(1, 0);
	while (counts().spool.room.oldest != 2) {
		pages_set(pages, &conf);
		uv_run(&loop, UV_RUN_ONCE);
	}
	assert_string_equal(what_is_kept(), "turn|");
}

/* No consumer, however slow, keeps them. */
static void the_oldest_go_where_there_are_too_many(void **state)
{
	static char bytes[20000];
	struct spool_consumer *slow;
	uint32_t chance = 1;
	size_t i, n;

	(void)state;
	conf.keep_pages_bytes = 500000;
	pages_set(pages, &conf);
	for (n = 1; n <= 40; n++) {
		for (i = 0; i < sizeof(bytes); i++) {
			chance = chance * 1664525 + 1013904223;
			bytes[i] = (char)(chance >> 24);
		}
		keep("gazette:1", bytes, sizeof(bytes));
		if (n % 10 == 0)
			until(n, 0);
		if (n == 10) {
			slow = spool_consumer_open(pages_folder, "slow");
			assert_int_equal(spool_consumer_ack(slow, 1), 0);
			spool_consumer_close(slow);
		}
	}
	while (counts().spool.room.bytes > 500000 ||
	    counts().spool.room.oldest < 20) {
		pages_set(pages, &conf);
		uv_run(&loop, UV_RUN_ONCE);
	}
	assert_true(counts().spool.room.bytes > 200000);
}

/* ---- when the disk is not as it should be ---- */

static void a_folder_that_cannot_be_is_told(void **state)
{
	struct folder *folder = *state;
	char *why = NULL;

	assert_null(pages_new(&loop, &queue, pages_folder, &why));
	assert_non_null(strstr(why, "another datelined"));
	free(why);
	file_write(folder_file(folder, "file"), "", 0);
	assert_null(pages_new(&loop, &queue, folder->file, &why));
	assert_non_null(strstr(why, strerror(ENOTDIR)));
	free(why);
	assert_null(pages_new(&loop, &queue, folder_file(folder, "a/b"), &why));
	assert_non_null(strstr(why, strerror(ENOENT)));
	free(why);
}

static void files_may_have(rlim_t bytes)
{
	struct rlimit limit;

	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static int times_told(const char *log, const char *what)
{
	size_t len;
	char *text = file_read(log, &len), *at = text;
	int n = 0;

	while ((at = strstr(at, what)) != NULL) {
		at++;
		n++;
	}
	free(text);
	return n;
}

static void a_disk_that_fails_costs_pages_and_is_told_once(void **state)
{
	char log[512];
	int was = dup(STDERR_FILENO), fd, i;

	snprintf(log, sizeof(log), "%s", folder_file(*state, "log"));
	fd = open(log, O_RDWR | O_CREAT | O_APPEND, 0600);
	dup2(fd, STDERR_FILENO);
	signal(SIGXFSZ, SIG_IGN);
	pages_set(pages, &conf);
	keep_text("gazette:1", "one");
	until(1, 0);
	files_may_have(100);
	for (i = 1; i <= 3; i++) {
		keep_text("gazette:2", "two");
		until(1, (uint64_t)i);
	}
	files_may_have(RLIM_INFINITY);
	keep_text("gazette:3", "three");
	until(2, 3);
	dup2(was, STDERR_FILENO);
	close(was);
	close(fd);
	assert_string_equal(
	    what_is_kept(), "gazette:1 1/1 one|gazette:3 1/1 three|");
	assert_int_equal(times_told(log, "pages are not kept"), 1);
	assert_int_equal(times_told(log, "pages are kept again"), 1);
}

static void wait_work(void *whose)
{
	uv_sem_wait(whose);
}

static void wait_done(void *whose)
{
	(void)whose;
}

/* What waits for it is bounded, and is written when it goes on. */
static void a_disk_that_is_slow_costs_pages(void **state)
{
	char *large = xcalloc(1, LIMIT_PAGE);
	uv_sem_t disk;
	int i;

	(void)state;
	uv_sem_init(&disk, 0);
	queue_add(&queue, wait_work, wait_done, &disk);
	pages_set(pages, &conf);
	for (i = 0; counts().dropped < 5; i++)
		keep("gazette:1", large, LIMIT_PAGE);
	free(large);
	assert_true((size_t)i * LIMIT_PAGE <= 4 * LIMIT_IN_FLIGHT);
	uv_sem_post(&disk);
	until((uint64_t)i - 5, 5);
	check_whole((uint64_t)i - 5);
	uv_sem_destroy(&disk);
}

static void no_pages_are_no_trouble(void **state)
{
	struct pages_counts none = { .kept = 1 };
	const struct dl_entry entry = { .id = "gazette:1", .url = "u" };
	const struct order_page page = { .bytes = "", .len = 0 };

	(void)state;
	pages_set(NULL, &conf);
	pages_keep(NULL, "gazette", &entry, &page, 1);
	pages_counts(NULL, &none);
	assert_int_equal(none.kept, 0);
	pages_stop(NULL);
	pages_free(NULL);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		WITH_PAGES(pages_are_there_a_moment_later),
		WITH_PAGES(what_waits_is_written_at_the_end),
		WITH_PAGES(what_no_line_can_be_made_of_costs_only_itself),
		WITH_PAGES(nothing_is_kept_before_or_without_being_wanted),
		WITH_PAGES(all_goes_when_nothing_is_wanted_any_more),
		WITH_PAGES(what_is_left_from_before_goes_too),
		WITH_PAGES(old_pages_go),
		WITH_PAGES(the_oldest_go_where_there_are_too_many),
		WITH_PAGES(a_folder_that_cannot_be_is_told),
		WITH_PAGES(a_disk_that_fails_costs_pages_and_is_told_once),
		WITH_PAGES(a_disk_that_is_slow_costs_pages),
		cmocka_unit_test(no_pages_are_no_trouble),
	};

	if (argc == 3) /* the keeper runs this program to seal a segment */
		return keeper_seal(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
