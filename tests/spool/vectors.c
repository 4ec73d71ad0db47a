/*
 * Small spools that were made without this code, and what a reader tells of
 * each; see vectors/README.md.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sys/wait.h>

#include "spool/verify.h"
#include "tests/spool/told.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define VECTORS "tests/spool/vectors"
#define READER "spool/reader.py"
#define TEXT 8192 /* bytes of all that is told of a spool */

struct text {
	char text[TEXT];
	size_t len;
};

static void __attribute__((format(printf, 2, 3)))
add(struct text *text, const char *format, ...)
{
	va_list values;

	va_start(values, format);
	text->len += (size_t)vsnprintf(
	    text->text + text->len, TEXT - text->len, format, values);
	va_end(values);
	assert_true(text->len < TEXT);
}

/* ---- a case ---- */

/* What is told is written elsewhere: the tree stays as it is. */
static void case_copy(struct folder *folder, const char *name)
{
	char command[512];

	snprintf(command, sizeof(command),
	    "rm -rf %s/spool && cp -r " VECTORS "/%s %s/spool", folder->path,
	    name, folder->path);
	assert_int_equal(system(command), 0);
	folder_file(folder, "spool");
}

static char *expected_read(const char *name)
{
	char path[512];
	size_t len;

	snprintf(path, sizeof(path), VECTORS "/%s/expected.txt", name);
	return file_read(path, &len);
}

static void one_told(
    struct text *told, enum spool_status status, const struct spool_line *line)
{
	switch (status) {
	case SPOOL_LINE: add(told, "%s\n", line->text); break;
	case SPOOL_GAP:
		add(told, "gap %" PRIu64 "-%" PRIu64 "\n", line->from,
		    line->to);
		break;
	case SPOOL_DAMAGED:
		add(told, "damaged %s@%" PRIu64, line->file, line->offset);
		if (line->from <= line->to)
			add(told, " %" PRIu64 "-%" PRIu64, line->from,
			    line->to);
		add(told, "\n");
		break;
	default: add(told, "error %s %s\n", strerrorname_np(errno), line->file);
	}
}

static void lines_told(struct text *told, const char *spool)
{
	struct spool_reader *reader = spool_open(spool);
	const struct spool_line *line;
	enum spool_status status;

	assert_non_null(reader);
	spool_seek(reader, 1);
	do {
		status = spool_next(reader, &line);
		if (status != SPOOL_END)
			one_told(told, status, line);
	} while (status != SPOOL_END && status != SPOOL_ERROR);
	spool_close(reader);
}

/* Of the consumers that are expected. */
static void consumers_told(
    struct text *told, const char *spool, const char *expected)
{
	const char *at = expected;
	char name[65];

	for (; (at = strstr(at, "consumer ")) != NULL; at++) {
		struct spool_consumer *consumer;

		if (sscanf(at, "consumer %64s", name) != 1 ||
		    (at > expected && at[-1] != '\n'))
			continue;
		consumer = spool_consumer_open(spool, name);
		if (consumer == NULL)
			add(told, "consumer %s %s\n", name,
			    strerrorname_np(errno));
		else
			add(told, "consumer %s %" PRIu64 "\n", name,
			    spool_consumer_next(consumer));
		spool_consumer_close(consumer);
	}
}

static void check_case(struct folder *folder, const char *name)
{
	struct text told = { 0 };
	char *expected = expected_read(name);

	case_copy(folder, name);
	lines_told(&told, folder->file);
	consumers_told(&told, folder->file, expected);
	if (strcmp(told.text, expected) != 0)
		fail_msg("%s:\n%sand not:\n%s", name, told.text, expected);
	free(expected);
}

/* ---- all of them ---- */

static int is_case(const struct dirent *file)
{
	return file->d_type == DT_DIR && file->d_name[0] != '.' &&
	    file->d_name[0] != '_';
}

static void each_case(struct folder *folder,
    void (*check)(struct folder *folder, const char *name))
{
	struct dirent **cases;
	int n = scandir(VECTORS, &cases, is_case, alphasort), i;

	assert_true(n > 20);
	for (i = 0; i < n; i++) {
		check(folder, cases[i]->d_name);
		free(cases[i]);
	}
	free(cases);
}

static void readers_tell_what_is_expected(void **state)
{
	each_case(*state, check_case);
}

/* What it does not promise: it knows of one version, and takes a mark for one
   wherever it is. */
static bool is_for_python(const char *name)
{
	return strcmp(name, "later-version") != 0 &&
	    strcmp(name, "commit-in-a-foreign-frame") != 0;
}

/* Records only, which are all lines with a number. */
static void check_reader(struct folder *folder, const char *name)
{
	static const char show[] = "{ python3 " READER " %s && echo fine; } | "
				   "grep -E '^(.\"seq\":|fine)'";
	static const char expect[] =
	    "grep '^.\"seq\":' " VECTORS "/%s/expected.txt; echo fine";
	char command[1024], *shown, *expected;
	int status;

	if (!is_for_python(name))
		return;
	case_copy(folder, name);
	snprintf(command, sizeof(command), show, folder->file);
	shown = printed_by(command, &status);
	snprintf(command, sizeof(command), expect, name);
	expected = printed_by(command, &status);
	if (strcmp(shown, expected) != 0)
		fail_msg("%s:\n%sand not:\n%s", name, shown, expected);
	free(shown);
	free(expected);
}

static void a_reader_in_python_shows_the_same_records(void **state)
{
	if (access(READER, R_OK) != 0)
		skip();
	each_case(*state, check_reader);
}

/* ---- other ways ---- */

/* Records from a number on: how many, and the first of them. */
static int records_from(
    struct spool_reader *reader, uint64_t seq, uint64_t *first)
{
	const struct spool_line *line;
	enum spool_status status;
	int n = 0;

	*first = 0;
	spool_seek(reader, seq);
	while ((status = spool_next(reader, &line)) != SPOOL_END &&
	    status != SPOOL_ERROR) {
		if (status != SPOOL_LINE || line->seq == 0)
			continue;
		*first = n++ == 0 ? line->seq : *first;
	}
	return n;
}

/* By an index or without: after each number come those that come after it. */
static void check_seeking(struct folder *folder, const char *name)
{
	struct spool_reader *reader;
	uint64_t seq, first, next = 0;
	int left;

	case_copy(folder, name);
	reader = spool_open(folder->file);
	assert_non_null(reader);
	left = records_from(reader, 1, &next);
	for (seq = 2; left > 0; seq++) {
		int n = records_from(reader, seq, &first);

		left -= seq > next;
		if (n != left || (n > 0 && first < seq))
			fail_msg(
			    "%s: %d records from %d on", name, n, (int)seq);
		next = first;
	}
	spool_close(reader);
}

static void every_line_is_found_by_its_number(void **state)
{
	each_case(*state, check_seeking);
}

static void finding_ignored(void *whose, const struct spool_finding *finding)
{
	(void)whose, (void)finding;
}

/* Others write what this code calls whole. */
static void what_is_whole_is_called_so(void **state)
{
	static const char *const whole[] = { "live", "empty", "two-segments",
		"loss", "pending-at-the-end", "sealed", "sealed-and-live",
		"files-of-others", "removed-oldest" };
	struct folder *folder = *state;
	struct spool_verified verified;
	size_t i;

	for (i = 0; i < COUNT(whole); i++) {
		case_copy(folder, whole[i]);
		assert_int_equal(spool_verify(folder->file, &disk_real,
				     finding_ignored, NULL, &verified),
		    0);
		if (verified.damaged > 0)
			fail_msg("%s", whole[i]);
	}
	case_copy(folder, "sealed-and-live");
	assert_int_equal(spool_verify(folder->file, &disk_real, finding_ignored,
			     NULL, &verified),
	    0);
	assert_int_equal(verified.sealed, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(readers_tell_what_is_expected),
		IN_FOLDER(a_reader_in_python_shows_the_same_records),
		IN_FOLDER(every_line_is_found_by_its_number),
		IN_FOLDER(what_is_whole_is_called_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
