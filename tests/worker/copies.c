/*
 * How far the fingerprints of copies lie apart, and those of stories that only
 * look alike. The stories are in copies.txt:
 *
 *     == name      a story, a paragraph a line
 *     -- how       a copy of it; =1-3 are its paragraphs, =2 a|b is one in
 *                  which a is b now, anything else is new
 *     %% name      a series: a form with gaps {1} {2} ...
 *     | a | b      and what fills them, a line for each story of it
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/buf.h"
#include "core/base/limits.h"
#include "tests/worker/extractor.h"

#define STORIES "tests/worker/copies.txt"
#define MOST 32      /* of one kind: paragraphs, stories of a series, gaps */
#define UNRELATED 32 /* bits of 64 that two texts differ in by chance */

static const struct dl_plugin *plugin;
static struct arena arena;

static uint64_t print_of(const char *text)
{
	const struct dl_record *record;
	struct dl_job job;
	uint64_t print;

	record = extractor_run(&job, plugin, text, NULL);
	assert_non_null(record->fingerprint);
	assert_int_equal(strlen(record->fingerprint), 16);
	print = strtoull(record->fingerprint, NULL, 16);
	job_finish(&job);
	return print;
}

static int apart(uint64_t a, uint64_t b)
{
	return __builtin_popcountll(a ^ b);
}

static void paragraph_add(struct buf *text, const char *paragraph, size_t len)
{
	if (text->len > 0)
		buf_text(text, "\n\n");
	buf_add(text, paragraph, len);
}

static uint64_t print_once(struct buf *text)
{
	uint64_t print = print_of(text->bytes);

	buf_free(text);
	return print;
}

/* A paragraph of a story in which something is something else: "a|b". */
static void paragraph_change(
    struct buf *text, const char *paragraph, const char *change)
{
	size_t len = strcspn(change, "|");
	const char *was = arena_copy(&arena, change, len);
	const char *at = strstr(paragraph, was);

	assert_non_null(at);
	paragraph_add(text, paragraph, (size_t)(at - paragraph));
	buf_text(text, change + len + 1);
	buf_text(text, at + len);
}

/* A line of a copy: paragraphs of the story, or a new one. */
static void copy_line(struct buf *text, char *const *story, const char *line)
{
	long first, last;
	char *end;

	if (*line != '=') {
		paragraph_add(text, line, strlen(line));
		return;
	}
	first = last = strtol(line + 1, &end, 10);
	if (*end == '-')
		last = strtol(end + 1, &end, 10);
	if (*end == ' ')
		paragraph_change(text, story[first++], end + 1);
	for (; first <= last; first++)
		paragraph_add(text, story[first], strlen(story[first]));
}

/* ---- copies ---- */

struct tally {
	int n, found, far; /* the last is the farthest one's */
};

static void copy_count(struct tally *tally, const char *name, const char *how,
    uint64_t story, struct buf *text)
{
	int bits;

	if (how == NULL)
		return;
	bits = apart(story, print_once(text));
	tally->n++;
	tally->found += bits <= LIMIT_COPY_BITS;
	if (bits > tally->far)
		tally->far = bits;
	if (bits > LIMIT_COPY_BITS)
		printf("not found: %s, %s: %d bits\n", name, how, bits);
}

/* One story and its copies; where they end. */
static char **story_read(char **line, struct tally *tally)
{
	char *story[MOST] = { *line + 3 }, *how = NULL; /* [0] is its name */
	struct buf text = { 0 };
	uint64_t print;
	int n = 1;

	for (line++; **line != '\0' && strncmp(*line, "-- ", 3) != 0; line++) {
		paragraph_add(&text, *line, strlen(*line));
		story[n++] = *line;
	}
	print = print_once(&text);
	for (; *line != NULL && **line != '\0'; line++) {
		if (strncmp(*line, "-- ", 3) == 0) {
			copy_count(tally, story[0], how, print, &text);
			how = *line + 3;
		} else {
			copy_line(&text, story, *line);
		}
	}
	copy_count(tally, story[0], how, print, &text);
	return line;
}

static void copies_are_found(void **state)
{
	char **line = lines_of(&arena, STORIES);
	struct tally tally = { 0 };

	(void)state;
	while (*line != NULL) {
		if (strncmp(*line, "== ", 3) == 0)
			line = story_read(line, &tally);
		else
			line++;
	}
	printf("%d of %d copies are at most %d bits apart, all at most %d\n",
	    tally.found, tally.n, LIMIT_COPY_BITS, tally.far);
	assert_true(tally.n >= 40);
	assert_true(tally.found * 4 >= tally.n * 3);
	assert_true(tally.far < UNRELATED * 3 / 4);
}

/* ---- and what only looks alike is not ---- */

/* A form with its gaps filled. */
static uint64_t print_filled(char *const *form, int n_form, const char *row)
{
	struct buf text = { 0 };
	char *gaps[MOST], *next = arena_dup(&arena, row), *gap;
	int n = 0, i;

	while (n < MOST && (gap = strsep(&next, "|")) != NULL)
		gaps[n++] = gap + strspn(gap, " ");
	for (i = 0; i < n_form; i++) {
		const char *at = form[i], *open;

		paragraph_add(&text, "", 0);
		for (; (open = strchr(at, '{')) != NULL;
		     at = strchr(open, '}') + 1) {
			buf_add(&text, at, (size_t)(open - at));
			gap = gaps[atoi(open + 1)];
			buf_text(&text, gap);
			text.len -= text.bytes[text.len - 1] == ' ';
		}
		buf_text(&text, at);
	}
	return print_once(&text);
}

/* All stories of a series against each other; where it ends. */
static char **series_read(char **line, struct tally *tally)
{
	const char *name = *line++ + 3;
	char **form = line;
	uint64_t prints[MOST];
	int n = 0, n_form, i;

	while (**line != '|')
		line++;
	n_form = (int)(line - form);
	for (; *line != NULL && **line == '|'; line++, n++) {
		prints[n] = print_filled(form, n_form, *line);
		for (i = 0; i < n; i++) {
			int bits = apart(prints[i], prints[n]);

			tally->n++;
			tally->found += bits <= LIMIT_COPY_BITS;
			if (bits < tally->far)
				tally->far = bits;
			if (bits <= LIMIT_COPY_BITS)
				printf("no copies: %s, %d and %d: %d bits\n",
				    name, i + 1, n + 1, bits);
		}
	}
	return line;
}

static void what_only_looks_alike_is_not_found(void **state)
{
	char **line = lines_of(&arena, STORIES);
	struct tally tally = { .far = 64 };

	(void)state;
	while (*line != NULL) {
		if (strncmp(*line, "%% ", 3) == 0)
			line = series_read(line, &tally);
		else
			line++;
	}
	printf("%d pairs that look alike are at least %d bits apart\n", tally.n,
	    tally.far);
	assert_true(tally.n >= 200);
	assert_int_equal(tally.found, 0);
}

static void a_short_text_has_none(void **state)
{
	static const char text[] = "The bridge is shut until further notice.";
	struct dl_job job;

	(void)state;
	assert_null(extractor_run(&job, plugin, text, NULL)->fingerprint);
	job_finish(&job);
	assert_null(extractor_run(&job, plugin, NULL, NULL)->fingerprint);
	job_finish(&job);
}

/* Marks, capitals and signs between words are how one types, not what. */
static void folding_makes_no_difference(void **state)
{
	static const char marked[] =
	    "Ủy ban nhân dân hai huyện đã thống nhất sửa chữa cây cầu sắt cũ "
	    "nối hai bờ sông trước mùa mưa năm nay, kinh phí do hai bên chịu.";
	static const char bare[] =
	    "UY BAN nhan dan hai huyen da thong nhat sua chua cay cau sat cu "
	    "noi hai bo song truoc mua mua nam nay: kinh phi do hai ben chiu";

	(void)state;
	assert_true(print_of(marked) == print_of(bare));
}

/* What is in a spool is compared with what comes years later. */
static void a_fingerprint_stays_what_it_is(void **state)
{
	static const char text[] =
	    "The two towns will mend the old bridge before the rains and share "
	    "what it costs, their councils said after a meeting that lasted "
	    "until late in the evening of 12 March.";
	struct dl_job job;

	(void)state;
	assert_string_equal(
	    extractor_run(&job, plugin, text, NULL)->fingerprint,
	    "85201461936c876c");
	job_finish(&job);
}

static int make(void **state)
{
	(void)state;
	plugin = extractor_open("fingerprint");
	return plugin != NULL ? 0 : -1;
}

static int drop(void **state)
{
	(void)state;
	arena_reset(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(copies_are_found),
		cmocka_unit_test(what_only_looks_alike_is_not_found),
		cmocka_unit_test(a_short_text_has_none),
		cmocka_unit_test(folding_makes_no_difference),
		cmocka_unit_test(a_fingerprint_stays_what_it_is),
	};

	return cmocka_run_group_tests(tests, make, drop);
}
