/*
 * A folder of a test's own, and files in it: setup and teardown for cmocka, so
 * that it goes away when the test has failed, too.
 */
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define IN_FOLDER(test) \
	cmocka_unit_test_setup_teardown(test, folder_make, folder_drop)

struct folder {
	char path[64];
	char file[512]; /* what folder_file() returns */
};

static inline int folder_make_in(void **state, const char *place)
{
	struct folder *folder = calloc(1, sizeof(*folder));

	snprintf(folder->path, sizeof(folder->path), "%s/dateline-test-XXXXXX",
	    place);
	*state = folder;
	return mkdtemp(folder->path) != NULL ? 0 : -1;
}

/* In memory, where there is such a place: nothing here has to last. */
static inline int folder_make(void **state)
{
	return folder_make_in(
	    state, access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
}

static inline int folder_drop_one(
    const char *path, const struct stat *about, int kind, struct FTW *where)
{
	(void)about, (void)kind, (void)where;
	return remove(path);
}

static inline void files_drop(const char *path)
{
	DIR *open = opendir(path);
	struct dirent *file;

	while (open != NULL && (file = readdir(open)) != NULL)
		unlinkat(dirfd(open), file->d_name, 0);
	if (open != NULL)
		closedir(open);
}

/* Takes away the files in it, and those of a spool's consumers. */
static inline void folder_empty(struct folder *folder)
{
	char consumers[sizeof(folder->path) + 16];

	files_drop(folder->path);
	snprintf(consumers, sizeof(consumers), "%s/consumers", folder->path);
	files_drop(consumers);
}

static inline int folder_drop(void **state)
{
	struct folder *folder = *state;

	nftw(folder->path, folder_drop_one, 8, FTW_DEPTH | FTW_PHYS);
	free(folder);
	return 0;
}

/* The path of a file in it, until the next call. */
static inline const char *folder_file(struct folder *folder, const char *name)
{
	snprintf(
	    folder->file, sizeof(folder->file), "%s/%s", folder->path, name);
	return folder->file;
}

static inline void file_write(const char *path, const char *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), len);
	close(fd);
}

/* The whole of it, with a NUL behind; the caller frees. */
static inline char *file_read(const char *path, size_t *len)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat about;
	char *bytes;

	assert_true(fd >= 0);
	assert_int_equal(fstat(fd, &about), 0);
	*len = (size_t)about.st_size;
	bytes = calloc(1, *len + 1);
	assert_int_equal(read(fd, bytes, *len), *len);
	close(fd);
	return bytes;
}

/* What a command prints, until the end; *status as of wait(2). */
static inline char *printed_by(const char *command, int *status)
{
	FILE *pipe = popen(command, "r");
	size_t len = 0, room = 0;
	char *text = NULL;

	assert_non_null(pipe);
	do {
		if (len + 4096 >= room) {
			room = 2 * room + 8192;
			text = realloc(text, room);
			assert_non_null(text);
		}
		len += fread(text + len, 1, 4096, pipe);
	} while (!feof(pipe) && !ferror(pipe));
	text[len] = '\0';
	*status = pclose(pipe);
	return text;
}

#endif
