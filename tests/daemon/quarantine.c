/* Pages that were not understood are kept, but not for ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <time.h>

#include "core/base/limits.h"
#include "core/daemon/quarantine.h"
#include "tests/folder.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const struct quarantined page = { "vgp", "vgp:1", "https://a.example/1",
	"text/html", "no <article> in <main>", "<p>\0a page", 11 };

/* The folder, with one file in it whose name ends so: its path, until the next
   call. NULL: there is none, or more than one. */
static const char *only(const char *folder, const char *suffix)
{
	static char path[512];
	DIR *open = opendir(folder);
	struct dirent *file;
	int n = 0;

	assert_non_null(open);
	while ((file = readdir(open)) != NULL) {
		const char *found = strstr(file->d_name, suffix);

		if (found == NULL || strcmp(found, suffix) != 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, file->d_name);
		n++;
	}
	closedir(open);
	return n == 1 ? path : NULL;
}

static int count(const char *folder)
{
	DIR *open = opendir(folder);
	struct dirent *file;
	int n = 0;

	while ((file = readdir(open)) != NULL)
		n += file->d_name[0] != '.';
	closedir(open);
	return n;
}

static void check_kept(const char *folder, const struct quarantined *kept)
{
	json_t *about;
	size_t len;
	char *bytes;

	assert_non_null(only(folder, ".page"));
	bytes = file_read(only(folder, ".page"), &len);
	assert_int_equal(len, kept->len);
	assert_memory_equal(bytes, kept->bytes, len);
	free(bytes);
	about = json_load_file(only(folder, ".json"), 0, NULL);
	assert_non_null(about);
	assert_string_equal(
	    json_string_value(json_object_get(about, "source")), kept->source);
	assert_string_equal(
	    json_string_value(json_object_get(about, "id")), kept->id);
	assert_string_equal(
	    json_string_value(json_object_get(about, "url")), kept->url);
	assert_string_equal(
	    json_string_value(json_object_get(about, "reason")), kept->reason);
	assert_int_equal(
	    json_is_null(json_object_get(about, "type")), kept->type == NULL);
	assert_non_null(json_object_get(about, "kept"));
	json_decref(about);
}

static void a_page_is_kept_with_what_it_is(void **state)
{
	static const struct quarantined rows[] = {
		{ "vgp", "vgp:1", "https://a.example/1", "text/html", "why", "",
		    0 },
		{ "vgp", "../../etc/passwd", "https://a.example/?q=/a&b", NULL,
		    "\"quoted\" \x01 Hà Nội", "x", 1 },
		{ "vgp", "vgp:2", "https://a.example/2", "text/h\xe9tml", "why",
		    "x", 1 },
		{ "a-source-with-a-name-that-is-much-too-long-for-a-file-and-"
		  "longer-than-one-hundred-bytes-as-one-could-easily-write-it",
		    "", "", "", "", "\xff\xfe", 2 },
	};
	struct folder *folder = *state;
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		assert_true(quarantine_keep(folder->path, &rows[i]));
		check_kept(folder->path, &rows[i]);
		assert_int_equal(count(folder->path), 2);
		folder_empty(folder);
	}
}

static void the_folder_is_made_where_it_is_missing(void **state)
{
	struct folder *folder = *state;

	folder_file(folder, "quarantine");
	assert_true(quarantine_keep(folder->file, &page));
	check_kept(folder->file, &page);
	folder_file(folder, "none/quarantine");
	errno = 0;
	assert_false(quarantine_keep(folder->file, &page));
	assert_int_equal(errno, ENOENT);
	file_write(folder_file(folder, "file"), "", 0);
	assert_false(quarantine_keep(folder->file, &page));
}

static void a_second_page_takes_the_place_of_the_first(void **state)
{
	struct folder *folder = *state;
	struct quarantined other = page;

	assert_true(quarantine_keep(folder->path, &page));
	other.bytes = "other";
	other.len = 5;
	other.reason = "another";
	assert_true(quarantine_keep(folder->path, &other));
	check_kept(folder->path, &other);
	other.id = "vgp:2";
	assert_true(quarantine_keep(folder->path, &other));
	assert_int_equal(count(folder->path), 4);
	other.source = "vna";
	assert_true(quarantine_keep(folder->path, &other));
	assert_int_equal(count(folder->path), 6);
}

/* Sparse, and from so many hours ago. */
static void old_file(struct folder *folder, int hours, off_t bytes)
{
	struct timespec times[2];
	char name[32];

	sprintf(name, "old-%05d.page", hours);
	file_write(folder_file(folder, name), "", 0);
	assert_int_equal(truncate(folder->file, bytes), 0);
	clock_gettime(CLOCK_REALTIME, &times[0]);
	times[0].tv_sec -= hours * 3600;
	times[1] = times[0];
	assert_int_equal(utimensat(AT_FDCWD, folder->file, times, 0), 0);
}

static bool is_there(struct folder *folder, int hours)
{
	char name[32];

	sprintf(name, "old-%05d.page", hours);
	return access(folder_file(folder, name), F_OK) == 0;
}

/* A page is two files. */
static void the_oldest_go_when_there_are_too_many(void **state)
{
	struct folder *folder = *state;
	const int most = 2 * LIMIT_QUARANTINE_FILES;
	int hours;

	for (hours = 1; hours <= most - 2; hours++)
		old_file(folder, hours, 1);
	assert_true(quarantine_keep(folder->path, &page));
	assert_int_equal(count(folder->path), most);
	for (hours = most - 1; hours < most + 10; hours++)
		old_file(folder, hours, 1);
	assert_true(quarantine_keep(folder->path, &page));
	assert_int_equal(count(folder->path), most);
	assert_true(is_there(folder, 1));
	assert_true(is_there(folder, most - 2));
	assert_false(is_there(folder, most - 1));
	assert_non_null(only(folder->path, ".json"));
}

static void the_oldest_go_when_there_is_too_much(void **state)
{
	const off_t half = (off_t)LIMIT_QUARANTINE_BYTES / 2;
	struct folder *folder = *state;

	old_file(folder, 1, half);
	old_file(folder, 2, half - 4096);
	assert_true(quarantine_keep(folder->path, &page));
	assert_true(is_there(folder, 1));
	assert_true(is_there(folder, 2));
	old_file(folder, 3, 8192);
	assert_true(quarantine_keep(folder->path, &page));
	assert_true(is_there(folder, 2));
	assert_false(is_there(folder, 3));
	old_file(folder, 1, half + 8192);
	assert_true(quarantine_keep(folder->path, &page));
	assert_true(is_there(folder, 1));
	assert_false(is_there(folder, 2));
	assert_non_null(only(folder->path, ".json"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_page_is_kept_with_what_it_is),
		IN_FOLDER(the_folder_is_made_where_it_is_missing),
		IN_FOLDER(a_second_page_takes_the_place_of_the_first),
		IN_FOLDER(the_oldest_go_when_there_are_too_many),
		IN_FOLDER(the_oldest_go_when_there_is_too_much),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
