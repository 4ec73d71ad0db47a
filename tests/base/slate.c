/* What is written on a slate is read by another process, and nothing else is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/slate.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void a_name_stays_when_who_wrote_it_is_gone(void **state)
{
	char name[SLATE_NAME];
	int fd, status;
	struct slate *slate = slate_make(&fd), *taken;
	pid_t child;

	(void)state;
	assert_non_null(slate);
	assert_null(slate_read(slate, name));
	child = fork();
	if (child == 0) {
		taken = slate_take(fd);
		slate_write(taken, "first");
		slate_write(taken, NULL);
		slate_write(taken, "second-one");
		abort();
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_string_equal(slate_read(slate, name), "second-one");
	close(fd);
	slate_drop(slate);
}

/* A file that could become shorter would end who reads it. */
static void it_keeps_its_size(void **state)
{
	int fd;
	struct slate *slate = slate_make(&fd);

	(void)state;
	assert_int_equal(ftruncate(fd, 0), -1);
	assert_int_equal(ftruncate(fd, 1 << 20), -1);
	close(fd);
	slate_drop(slate);
}

static void what_is_no_name_is_not_read(void **state)
{
	static const struct {
		const char *written, *read;
	} rows[] = {
		{ "vgp", "vgp" },
		{ "A-z_0.9", "A-z_0.9" },
		{ "", NULL },
		{ "two words", NULL },
		{ "\033[31m", NULL },
		{ "a\nline", NULL },
		{ "\xc3\xa9", NULL },
		{ "../x", NULL },
	};
	struct slate *slate = slate_take(-1);
	char name[SLATE_NAME];
	const char *read;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		slate_write(slate, rows[i].written);
		read = slate_read(slate, name);
		if ((read != NULL) != (rows[i].read != NULL) ||
		    (read != NULL && strcmp(read, rows[i].read) != 0))
			fail_msg("row %zu: %s", i, read);
	}
	/* Filled to its end, by whoever has written beside. */
	memset(slate, 'a', sizeof(*slate));
	assert_int_equal(strlen(slate_read(slate, name)), SLATE_NAME - 1);
	slate_drop(slate);
}

static void without_a_slate_nobody_is_named(void **state)
{
	char name[SLATE_NAME];
	struct slate *slate;

	(void)state;
	assert_null(slate_read(NULL, name));
	slate_drop(NULL);
	slate = slate_take(999); /* no such descriptor */
	slate_write(slate, "nobody reads it");
	slate_drop(slate);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_stays_when_who_wrote_it_is_gone),
		cmocka_unit_test(it_keeps_its_size),
		cmocka_unit_test(what_is_no_name_is_not_read),
		cmocka_unit_test(without_a_slate_nobody_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
