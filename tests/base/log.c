/* Lines of the log: what people read, and what no line may hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/base/log.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct log_about vgp = { "vgp", "https://a:b@vgp.example/1",
	"http-5xx" };

static void long_line(void)
{
	char text[5000];

	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	log_about(LOG_LEVEL_WARN, &vgp, "%s", text);
}

static void plain(void)
{
	log_err("%s: %d", "spool", 5);
}

static void about(void)
{
	log_about(LOG_LEVEL_WARN, &vgp, "HTTP status %d", 503);
}

static void control(void)
{
	log_info("a\nb\033[31mc\tto https://user:secret@host/ ftp://x@y");
}

/* What is written to stderr meanwhile. */
static void said(void (*say)(void), char *text, size_t size)
{
	int ends[2], before = dup(STDERR_FILENO);
	ssize_t len;

	assert_int_equal(pipe(ends), 0);
	dup2(ends[1], STDERR_FILENO);
	close(ends[1]);
	say();
	dup2(before, STDERR_FILENO);
	close(before);
	len = read(ends[0], text, size - 1);
	close(ends[0]);
	assert_true(len > 0);
	text[len] = '\0';
}

/* A journal that stderr is not: it was redirected since. Priorities are for
   whoever reads it there. */
static void lines_have_their_priority(void **state)
{
	static const struct {
		void (*say)(void);
		const char *line;
	} rows[] = {
		{ plain, "<3>spool: 5\n" },
		{ about,
		    "<4>vgp: https://***@vgp.example/1: http-5xx: "
		    "HTTP status 503\n" },
		{ control, "<6>a b [31mc to https://***@host/ ftp://x@y\n" },
	};
	char text[8192];
	size_t i;

	(void)state;
	setenv("JOURNAL_STREAM", "1:2", 1);
	for (i = 0; i < COUNT(rows); i++) {
		said(rows[i].say, text, sizeof(text));
		assert_string_equal(text, rows[i].line);
	}
	unsetenv("JOURNAL_STREAM");
}

static void people_are_told_when(void **state)
{
	char text[8192];

	(void)state;
	unsetenv("JOURNAL_STREAM");
	said(plain, text, sizeof(text));
	assert_int_equal(text[0], '2');
	assert_non_null(strstr(text, "Z error: spool: 5\n"));
	said(about, text, sizeof(text));
	assert_non_null(strstr(text, "Z warning: vgp: https://***@vgp"));
}

static void what_is_too_long_is_cut(void **state)
{
	char text[8192];

	(void)state;
	said(long_line, text, sizeof(text));
	assert_true(strlen(text) > 2000 && strlen(text) < 2200);
	assert_int_equal(text[strlen(text) - 1], '\n');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_have_their_priority),
		cmocka_unit_test(people_are_told_when),
		cmocka_unit_test(what_is_too_long_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
