/* The lines of a file of JSON objects. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "core/tool/rows.h"
#include "core/tool/tool.h"
#include "tests/folder.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* It is only called in a child. */
void tool_die(int status, const char *format, ...)
{
	(void)format;
	_exit(status);
}

static void what_nobody_changed_stays_as_it_was(void **state)
{
	static const char *const texts[] = {
		"",
		"{\"path\": \"a\"}\n",
		"{\"path\":\"a\"}\n\n  {\"path\" : \"b\",\"n\":1.50}\t\n",
		"{\"path\": \"\\u00e0/\\/\"}\n \t\n",
	};
	struct folder *folder = *state;
	struct rows rows;
	size_t i, len;
	char *text;

	for (i = 0; i < COUNT(texts); i++) {
		const char *path = folder_file(folder, "f");

		file_write(path, texts[i], strlen(texts[i]));
		rows_read(&rows, path);
		assert_false(rows.changed);
		rows_write(&rows, path);
		rows_free(&rows);
		text = file_read(path, &len);
		assert_string_equal(text, texts[i]);
		free(text);
	}
}

static void what_has_changed_is_written_in_one_form(void **state)
{
	struct folder *folder = *state;
	const char *path = folder_file(folder, "f");
	const char *was = "{\"path\":\"a\"}\n{\"b\":1}\n{\"c\":1}";
	struct rows rows;
	size_t len;
	char *text;

	file_write(path, was, strlen(was));
	rows_read(&rows, path);
	assert_int_equal(rows.n, 3);
	rows_change(&rows, &rows.rows[1],
	    json_pack("{s:s, s:[i,i]}", "path", "Hà/", "n", 1, 2));
	rows_add(&rows, json_pack("{s:n}", "d"));
	assert_true(rows.changed);
	rows_write(&rows, path);
	assert_false(rows.changed);
	rows_free(&rows);
	text = file_read(path, &len);
	assert_string_equal(text,
	    "{\"path\":\"a\"}\n{\"path\": \"Hà/\", \"n\": [1, 2]}\n"
	    "{\"c\":1}\n{\"d\": null}\n");
	free(text);
}

static void there_need_not_be_a_file(void **state)
{
	struct folder *folder = *state;
	const char *path = folder_file(folder, "f");
	struct rows rows;

	rows_read(&rows, path);
	assert_int_equal(rows.n, 0);
	rows_add(&rows, json_pack("{s:i}", "a", 1));
	rows_write(&rows, path);
	rows_free(&rows);
	rows_read(&rows, path);
	assert_int_equal(rows.n, 1);
	rows_free(&rows);
}

static int ends_with(void (*act)(const char *path), const char *path)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		act(path);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void read_it(const char *path)
{
	struct rows rows;

	rows_read(&rows, path);
	rows_free(&rows);
}

static void write_it(const char *path)
{
	struct rows rows = { .n = 0 };

	rows_write(&rows, path);
}

static void what_is_no_line_of_it_is_the_end(void **state)
{
	static const char *const texts[] = { "{\"path\": \"a\"\n", "[1]\n",
		"\"a\"\n", "{\"path\": 1, \"path\": 2}\n", "{}\n{}{}\n" };
	struct folder *folder = *state;
	const char *path = folder_file(folder, "f");
	size_t i;

	for (i = 0; i < COUNT(texts); i++) {
		file_write(path, texts[i], strlen(texts[i]));
		assert_int_equal(ends_with(read_it, path), EX_DATAERR);
	}
	assert_int_equal(ends_with(read_it, folder->path), EX_NOINPUT);
	assert_int_equal(
	    ends_with(write_it, folder_file(folder, "no/f")), EX_CANTCREAT);
	assert_int_equal(ends_with(write_it, folder_file(folder, "f")), EX_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(what_nobody_changed_stays_as_it_was),
		IN_FOLDER(what_has_changed_is_written_in_one_form),
		IN_FOLDER(there_need_not_be_a_file),
		IN_FOLDER(what_is_no_line_of_it_is_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
