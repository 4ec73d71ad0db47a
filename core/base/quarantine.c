/* Pages that were not understood, kept for somebody to look at. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/fold.h"
#include "core/base/hash.h"
#include "core/base/limits.h"
#include "core/base/member.h"
#include "core/base/quarantine.h"
#include "core/base/time.h"
#include "core/base/xalloc.h"

#define FILE_ROOM (QUARANTINE_NAME + 16) /* a name, and what ends it */
#define READ_AGAIN 3 /* times that a page may be replaced while it is read */

void quarantine_name(
    char name[QUARANTINE_NAME], const char *source, const char *id)
{
	uint64_t whose = hash_bytes(HASH_BEGIN, source, strlen(source) + 1);
	char hash[HASH_TEXT];

	/* An id is anything; a file's name is not. */
	hash_print(hash, hash_bytes(whose, id, strlen(id)));
	snprintf(name, QUARANTINE_NAME, "%.100s-%s", source, hash);
}

static int folder_open(const char *folder)
{
	return open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static void folder_close(int folder)
{
	int error = errno;

	close(folder);
	errno = error;
}

static const char *file_of(
    char file[FILE_ROOM], const char *name, const char *suffix)
{
	snprintf(file, FILE_ROOM, "%s%s", name, suffix);
	return file;
}

/* ---- what is said of a page ---- */

static void put_time(struct buf *out, const char *key, int64_t millis)
{
	char text[TIME_TEXT];

	member_put_text(out, key, time_millis(text, millis));
}

/* Who looks at the file alone has on one line what there is to know first. */
static void put_about(struct buf *out, const struct quarantined *page)
{
	const struct dl_entry *entry = &page->first.entry;
	struct arena arena = { 0 };
	const char *reason = text_or(page->reason, "");

	buf_text(out, "{\"v\":1,\"kind\":\"quarantined\"");
	put_time(out, "kept", page->kept);
	put_time(out, "tried", page->tried);
	member_put_number(out, "tries", page->tries);
	member_put_text(out, "source", page->first.source);
	member_put_text(out, "id", entry->id);
	member_put_text(out, "url", entry->url);
	member_put_text(
	    out, "reason", fold_clean(&arena, reason, strlen(reason)));
	buf_text(out, "}\n");
	arena_reset(&arena);
}

/* False: an id or an address cannot be said. */
static bool put_lines(struct buf *out, const struct quarantined *page)
{
	struct kept_page kept = page->first;
	size_t i, before;

	put_about(out, page);
	kept.parts = (int)page->n;
	for (i = 0; i < page->n; i++) {
		before = out->len;
		kept.part = (int)i + 1;
		kept.page = page->pages[i];
		kept_put_head(out, &kept);
		if (out->len == before) {
			errno = EILSEQ;
			return false;
		}
		buf_text(out, "\n");
	}
	return true;
}

static int64_t get_time(struct arena *arena, const struct member *member)
{
	int64_t millis = 0;

	time_parse(text_or(member_text(arena, member), ""), &millis);
	return millis;
}

static bool get_about(struct arena *arena, const char *at, const char *end,
    struct quarantined *page)
{
	const char *kind = NULL;
	struct member member;

	while ((at = member_next(at, end, &member)) != NULL) {
		if (member_is(&member, "kind"))
			kind = member_text(arena, &member);
		else if (member_is(&member, "kept"))
			page->kept = get_time(arena, &member);
		else if (member_is(&member, "tried"))
			page->tried = get_time(arena, &member);
		else if (member_is(&member, "tries"))
			page->tries = member_number(&member);
		else if (member_is(&member, "reason"))
			page->reason = member_text(arena, &member);
	}
	return kind != NULL && strcmp(kind, "quarantined") == 0;
}

/* A further line, of one of its pages. */
static bool get_part(struct arena *arena, const char *line, size_t len,
    struct quarantined *page, struct order_page *pages)
{
	struct kept_page kept;

	if (page->n > LIMIT_WANTED || !kept_look(arena, line, len, &kept) ||
	    (size_t)kept.part != page->n + 1 || kept.page.len > LIMIT_MESSAGE)
		return false;
	if (page->n == 0)
		page->first = kept;
	pages[page->n++] = kept.page;
	page->bytes += kept.page.len;
	return kept.parts == page->first.parts;
}

static bool get_lines(
    struct arena *arena, const char *text, size_t len, struct quarantined *page)
{
	struct order_page *pages =
	    arena_alloc(arena, (LIMIT_WANTED + 1) * sizeof(*pages));
	const char *at = text, *end = text + len, *line_end;
	bool fine = true;

	page->pages = pages;
	for (; fine && at < end; at = line_end + 1) {
		line_end = memchr(at, '\n', (size_t)(end - at));
		if (line_end == NULL)
			return false;
		fine = at == text
		    ? get_about(arena, at, line_end, page)
		    : get_part(arena, at, (size_t)(line_end - at), page, pages);
	}
	return fine && page->n > 0 && page->n == (size_t)page->first.parts;
}

/* ---- files ---- */

static bool bytes_write(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

/* What is not whole yet has another name. */
static bool file_begin(int folder, const char *name, const char *suffix,
    const struct order_page *pieces, size_t n)
{
	char file[FILE_ROOM];
	bool fine = true;
	size_t i;
	int fd;

	file_of(file, name, suffix);
	fd = openat(
	    folder, file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	if (fd < 0)
		return false;
	for (i = 0; i < n && fine; i++)
		fine = bytes_write(fd, pieces[i].bytes, pieces[i].len);
	fine = fine && fdatasync(fd) == 0;
	folder_close(fd);
	return fine;
}

static bool lines_begin(int folder, const struct quarantined *page)
{
	struct buf text = { 0 };
	bool fine = put_lines(&text, page);
	const struct order_page piece = { .bytes = text.bytes,
		.len = text.len };

	fine = fine && file_begin(folder, page->name, ".json.new", &piece, 1);
	buf_free(&text);
	return fine;
}

static bool file_end(int folder, const char *name, const char *suffix)
{
	char from[FILE_ROOM], to[FILE_ROOM];

	file_of(from, name, suffix);
	snprintf(
	    to, sizeof(to), "%.*s", (int)(strlen(from) - strlen(".new")), from);
	return renameat(folder, from, folder, to) == 0;
}

static void file_drop(int folder, const char *name, const char *suffix)
{
	char file[FILE_ROOM];

	unlinkat(folder, file_of(file, name, suffix), 0);
}

/* The whole of it, the arena's, with a NUL behind. */
static char *file_read(struct arena *arena, int folder, const char *name,
    const char *suffix, size_t *len)
{
	char file[FILE_ROOM], *bytes = NULL;
	int fd =
	    openat(folder, file_of(file, name, suffix), O_RDONLY | O_CLOEXEC);
	struct stat about;
	ssize_t n = 0;

	if (fd < 0)
		return NULL;
	*len = 0;
	if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode) &&
	    about.st_size <= (off_t)LIMIT_MESSAGE)
		bytes = arena_alloc(arena, (size_t)about.st_size + 1);
	while (bytes != NULL && *len < (size_t)about.st_size &&
	    (n = read(fd, bytes + *len, (size_t)about.st_size - *len)) > 0)
		*len += (size_t)n;
	folder_close(fd);
	if (bytes == NULL)
		errno = EBADMSG;
	return n < 0 ? NULL : bytes;
}

/* ---- reading ---- */

static bool page_look(
    int folder, const char *name, struct arena *arena, struct quarantined *page)
{
	size_t len;
	char *text = file_read(arena, folder, name, ".json", &len);

	*page = (struct quarantined){ .name = arena_dup(arena, name) };
	if (text == NULL)
		return false;
	if (get_lines(arena, text, len, page))
		return true;
	errno = EBADMSG;
	return false;
}

/* Each of its pages has its part of them. */
static bool bytes_take(
    int folder, struct arena *arena, struct quarantined *page)
{
	struct order_page *pages = (struct order_page *)page->pages;
	size_t len, i;
	char *bytes = file_read(arena, folder, page->name, ".page", &len);

	if (bytes == NULL || len != page->bytes)
		return false;
	for (i = 0; i < page->n; i++) {
		pages[i].bytes = arena_copy(arena, bytes, pages[i].len);
		bytes += pages[i].len;
	}
	page->first.page = pages[0];
	if (page->first.entry.html != NULL)
		page->first.entry.html = pages[0].bytes;
	return true;
}

/* Whether it is still the one that was looked at. */
static bool is_same(int folder, const struct quarantined *page)
{
	struct arena arena = { 0 };
	struct quarantined now;
	bool same = page_look(folder, page->name, &arena, &now) &&
	    now.kept == page->kept;

	arena_reset(&arena);
	return same;
}

bool quarantine_look(const char *folder, const char *name, struct arena *arena,
    struct quarantined *page)
{
	int fd = folder_open(folder);
	bool fine;

	if (fd < 0)
		return false;
	fine = page_look(fd, name, arena, page);
	folder_close(fd);
	return fine;
}

/* The daemon may be replacing it. */
bool quarantine_read(const char *folder, const char *name, struct arena *arena,
    struct quarantined *page)
{
	int fd = folder_open(folder), tries = 0;
	bool looked, fine = false;

	if (fd < 0)
		return false;
	do {
		looked = page_look(fd, name, arena, page);
		fine = looked && bytes_take(fd, arena, page);
	} while (looked && !is_same(fd, page) && ++tries < READ_AGAIN);
	if (looked && !fine)
		errno = EBADMSG;
	folder_close(fd);
	return fine;
}

bool quarantine_has(const char *folder, const char *source, const char *id)
{
	char name[QUARANTINE_NAME], file[FILE_ROOM];
	int fd = folder_open(folder);
	bool has;

	if (fd < 0)
		return errno != ENOENT;
	quarantine_name(name, source, id);
	has = faccessat(fd, file_of(file, name, ".json"), F_OK, 0) == 0 ||
	    errno != ENOENT;
	folder_close(fd);
	return has;
}

/* ---- all of them ---- */

static bool ends(const char *file, const char *suffix)
{
	size_t len = strlen(file), end = strlen(suffix);

	return len > end && strcmp(file + len - end, suffix) == 0;
}

/* A .json, in `name` without that. */
static bool is_page(const char *file, char name[QUARANTINE_NAME])
{
	size_t len = strlen(file);

	if (file[0] == '.' || !ends(file, ".json") ||
	    len - strlen(".json") >= QUARANTINE_NAME)
		return false;
	snprintf(
	    name, QUARANTINE_NAME, "%.*s", (int)(len - strlen(".json")), file);
	return true;
}

static int newest_first(const void *a, const void *b)
{
	const struct quarantined *x = a, *y = b;

	if (x->kept != y->kept)
		return x->kept < y->kept ? 1 : -1;
	return strcmp(x->name, y->name);
}

/* One that cannot be read is there all the same. */
static void unreadable(int folder, struct quarantined *page)
{
	char file[FILE_ROOM];
	struct stat about = { .st_mtim = { 0, 0 } };

	fstatat(folder, file_of(file, page->name, ".json"), &about, 0);
	*page = (struct quarantined){ .name = page->name,
		.reason = "its .json cannot be read",
		.kept = (int64_t)about.st_mtim.tv_sec * 1000 };
}

static void list_add(struct arena *arena, int folder, const char *name,
    struct quarantined **list, size_t *n)
{
	struct quarantined page;

	if (!page_look(folder, name, arena, &page)) {
		if (errno == ENOENT)
			return; /* it went just now */
		unreadable(folder, &page);
	}
	*list = xrealloc(*list, (*n + 1) * sizeof(**list));
	(*list)[(*n)++] = page;
}

bool quarantine_list(const char *folder, struct arena *arena,
    struct quarantined **list, size_t *n)
{
	DIR *open = opendir(folder);
	struct quarantined *found = NULL;
	char name[QUARANTINE_NAME];
	struct dirent *file;

	*n = 0;
	*list = NULL;
	if (open == NULL)
		return errno == ENOENT;
	while ((file = readdir(open)) != NULL) {
		if (is_page(file->d_name, name))
			list_add(arena, dirfd(open), name, &found, n);
	}
	closedir(open);
	if (*n > 0) {
		qsort(found, *n, sizeof(*found), newest_first);
		*list = arena_alloc(arena, *n * sizeof(*found));
		memcpy(*list, found, *n * sizeof(*found));
	}
	free(found);
	return true;
}

static bool is_listed(const struct dl_list *list, const char *text)
{
	while (list != NULL && strcmp(list->text, text) != 0)
		list = list->next;
	return list != NULL;
}

bool quarantine_wanted(
    const struct quarantine_wish *wish, const struct quarantined *page)
{
	const char *source = page->first.source;

	if (wish->source != NULL &&
	    (source == NULL || strcmp(source, wish->source) != 0))
		return false;
	if (wish->before != 0 && page->kept >= wish->before)
		return false;
	return wish->names == NULL || is_listed(wish->names, page->name);
}

/* ---- writing ---- */

static bool page_drop(int folder, const char *name)
{
	char file[FILE_ROOM];

	if (unlinkat(folder, file_of(file, name, ".json"), 0) != 0)
		return false;
	file_drop(folder, name, ".page");
	return true;
}

struct stored { /* a page, as far as the folder knows */
	char name[QUARANTINE_NAME];
	struct timespec when;
	size_t bytes;
};

static int latest_first(const void *a, const void *b)
{
	const struct stored *x = a, *y = b;

	if (x->when.tv_sec != y->when.tv_sec)
		return x->when.tv_sec < y->when.tv_sec ? 1 : -1;
	if (x->when.tv_nsec != y->when.tv_nsec)
		return x->when.tv_nsec < y->when.tv_nsec ? 1 : -1;
	return strcmp(x->name, y->name);
}

/* The bytes are never written again, what is said of them is. */
static bool stored_look(int folder, const char *name, struct stored *stored)
{
	char file[FILE_ROOM];
	struct stat about;

	if (fstatat(folder, file_of(file, name, ".page"), &about, 0) != 0)
		return false;
	snprintf(stored->name, sizeof(stored->name), "%s", name);
	stored->when = about.st_mtim;
	stored->bytes = (size_t)about.st_size;
	return true;
}

/* What a crash has left half done is nobody's: bytes without their .json, and
   what was not whole yet. */
static bool is_left_over(int folder, const char *file)
{
	char json[FILE_ROOM];
	int len = (int)(strlen(file) - strlen(".page"));

	if (ends(file, ".json.new") || ends(file, ".page.new"))
		return true;
	return ends(file, ".page") &&
	    snprintf(json, sizeof(json), "%.*s.json", len, file) <
	    (int)sizeof(json) &&
	    faccessat(folder, json, F_OK, 0) != 0;
}

static struct stored *stored_list(int folder, size_t *n)
{
	DIR *open = fdopendir(dup(folder));
	struct stored *list = NULL, one;
	char name[QUARANTINE_NAME];
	struct dirent *file;

	*n = 0;
	if (open == NULL)
		return NULL;
	rewinddir(open);
	while ((file = readdir(open)) != NULL) {
		if (is_left_over(folder, file->d_name))
			unlinkat(folder, file->d_name, 0);
		if (!is_page(file->d_name, name) ||
		    !stored_look(folder, name, &one))
			continue;
		list = xrealloc(list, (*n + 1) * sizeof(*list));
		list[(*n)++] = one;
	}
	closedir(open);
	return list;
}

/* How many had to go. */
static size_t prune(int folder)
{
	size_t n, i, bytes = 0, gone = 0;
	struct stored *list = stored_list(folder, &n);

	if (n > 0)
		qsort(list, n, sizeof(*list), latest_first);
	for (i = 0; i < n; i++) {
		bytes += list[i].bytes;
		if (i < LIMIT_QUARANTINE_PAGES &&
		    bytes <= LIMIT_QUARANTINE_BYTES)
			continue;
		page_drop(folder, list[i].name);
		gone++;
	}
	free(list);
	return gone;
}

/* First all of it is on the disk, then it takes the place of the old one. */
static bool page_put(int folder, const struct quarantined *page)
{
	if (!file_begin(
		folder, page->name, ".page.new", page->pages, page->n) ||
	    !lines_begin(folder, page))
		return false;
	file_drop(folder, page->name, ".json");
	return file_end(folder, page->name, ".page.new") &&
	    file_end(folder, page->name, ".json.new") && fsync(folder) == 0;
}

bool quarantine_keep(
    const char *folder, const struct quarantined *page, size_t *gone)
{
	struct quarantined named = *page;
	char name[QUARANTINE_NAME];
	bool fine;
	int fd;

	*gone = 0;
	if (mkdir(folder, 0750) != 0 && errno != EEXIST)
		return false;
	fd = folder_open(folder);
	if (fd < 0)
		return false;
	quarantine_name(name, page->first.source, page->first.entry.id);
	named.name = name;
	fine = page_put(fd, &named);
	if (fine)
		*gone = prune(fd);
	folder_close(fd);
	return fine;
}

/* The one that is meant: NAME as of then, or as it is. */
static bool page_meant(int folder, const char *name, int64_t kept,
    struct arena *arena, struct quarantined *page)
{
	if (!page_look(folder, name, arena, page)) {
		if (errno != EBADMSG)
			return false;
		unreadable(folder, page);
	}
	if (kept == 0 || page->kept == kept)
		return true;
	errno = ESTALE;
	return false;
}

bool quarantine_again(const char *folder, const char *name, int64_t kept,
    const char *reason, int64_t now)
{
	struct arena arena = { 0 };
	struct quarantined page;
	int fd = folder_open(folder);
	bool fine;

	if (fd < 0)
		return false;
	fine = page_meant(fd, name, kept, &arena, &page) && page.n > 0;
	if (fine) {
		page.reason = reason;
		page.tried = now;
		page.tries++;
		fine = lines_begin(fd, &page) &&
		    file_end(fd, name, ".json.new") && fsync(fd) == 0;
	}
	arena_reset(&arena);
	folder_close(fd);
	return fine;
}

bool quarantine_let_go(const char *folder, const char *name, int64_t kept)
{
	struct arena arena = { 0 };
	struct quarantined page;
	int fd = folder_open(folder);
	bool fine;

	if (fd < 0)
		return false;
	fine = page_meant(fd, name, kept, &arena, &page) && page_drop(fd, name);
	arena_reset(&arena);
	folder_close(fd);
	return fine;
}

bool quarantine_clear(
    const char *folder, const struct quarantine_wish *wish, size_t *n)
{
	struct arena arena = { 0 };
	struct quarantined *list;
	size_t all, i;
	int error = 0;

	*n = 0;
	if (!quarantine_list(folder, &arena, &list, &all))
		return false;
	for (i = 0; i < all; i++) {
		if (!quarantine_wanted(wish, &list[i]))
			continue;
		if (quarantine_let_go(folder, list[i].name, list[i].kept))
			(*n)++;
		else if (errno != ENOENT && errno != ESTALE)
			error = errno;
	}
	arena_reset(&arena);
	errno = error;
	return error == 0;
}
