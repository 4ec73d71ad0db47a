/* Pages that were not understood, kept for somebody to look at. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/limits.h"
#include "core/base/time.h"
#include "core/daemon/quarantine.h"

#define NAME_ROOM 256

struct kept {
	char name[NAME_ROOM];
	time_t when;
	off_t bytes;
};

/* An id is anything; a file's name is not. */
static void base_name(char name[NAME_ROOM], const struct quarantined *page)
{
	uint64_t hash = 0xcbf29ce484222325u;
	const char *c;

	for (c = page->id; *c != '\0'; c++)
		hash = (hash ^ (unsigned char)*c) * 0x100000001b3u;
	snprintf(name, NAME_ROOM, "%.100s-%016" PRIx64, page->source, hash);
}

static bool file_write(int folder, const char *base, const char *suffix,
    const char *bytes, size_t len)
{
	char name[NAME_ROOM + 8];
	int fd;
	ssize_t n;

	snprintf(name, sizeof(name), "%s%s", base, suffix);
	fd = openat(
	    folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	if (fd < 0)
		return false;
	n = write(fd, bytes, len);
	close(fd);
	return n == (ssize_t)len;
}

/* A type or an address may be any bytes. */
static void put_text(json_t *object, const char *key, const char *text)
{
	json_t *value = text != NULL ? json_string(text) : json_null();

	json_object_set_new(
	    object, key, value != NULL ? value : json_string("(not UTF-8)"));
}

static bool about_write(
    int folder, const char *base, const struct quarantined *page)
{
	char when[TIME_TEXT], *text;
	json_t *about = json_object();
	bool fine;

	put_text(about, "kept", time_rfc3339(when, time(NULL), 0, true));
	put_text(about, "source", page->source);
	put_text(about, "id", page->id);
	put_text(about, "url", page->url);
	put_text(about, "type", page->type);
	put_text(about, "reason", page->reason);
	text = json_dumps(about, JSON_INDENT(1));
	fine = text != NULL &&
	    file_write(folder, base, ".json", text, strlen(text));
	free(text);
	json_decref(about);
	return fine;
}

static int newest_first(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	return (x->when < y->when) - (x->when > y->when);
}

static struct kept *kept_list(const char *folder, size_t *n)
{
	struct kept *list = NULL, *more;
	DIR *open = opendir(folder);
	struct dirent *file;
	struct stat about;

	*n = 0;
	while (open != NULL && (file = readdir(open)) != NULL) {
		if (fstatat(dirfd(open), file->d_name, &about, 0) != 0 ||
		    !S_ISREG(about.st_mode))
			continue;
		more = realloc(list, (*n + 1) * sizeof(*list));
		if (more == NULL)
			break;
		list = more;
		snprintf(list[*n].name, NAME_ROOM, "%s", file->d_name);
		list[*n].when = about.st_mtime;
		list[(*n)++].bytes = about.st_size;
	}
	if (open != NULL)
		closedir(open);
	return list;
}

static void prune(const char *folder, int fd)
{
	size_t n, i, bytes = 0;
	struct kept *list = kept_list(folder, &n);

	if (list == NULL)
		return;
	qsort(list, n, sizeof(*list), newest_first);
	for (i = 0; i < n; i++) {
		bytes += (size_t)list[i].bytes;
		if (i >= 2 * LIMIT_QUARANTINE_FILES ||
		    bytes > LIMIT_QUARANTINE_BYTES)
			unlinkat(fd, list[i].name, 0);
	}
	free(list);
}

bool quarantine_keep(const char *folder, const struct quarantined *page)
{
	char base[NAME_ROOM];
	bool fine;
	int fd;

	if (mkdir(folder, 0750) != 0 && errno != EEXIST)
		return false;
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	base_name(base, page);
	fine = file_write(fd, base, ".page", page->bytes, page->len) &&
	    about_write(fd, base, page);
	prune(folder, fd);
	close(fd);
	return fine;
}
