/*
 * Consumers. A file is one line of always the same length, shorter than a
 * sector, written in place: so a crash leaves the old position or the new one.
 *
 *     dateline-consumer 1 UUID POSITION TIME CRC
 *
 * Who holds a consumer holds a lock on its file. An empty file is a consumer
 * that has not acknowledged anything yet.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>
#include <zlib.h>

#include "spool/consumer.h"
#include "spool/lock.h"
#include "spool/moment.h"
#include "spool/segment.h"

#define SIGN "dateline-consumer "
#define VERSION_AND_SIGN SIGN "1 "
/* The folder is the group's: no link leads elsewhere, and no pipe waits. */
#define FILE_ONLY (O_NOFOLLOW | O_NONBLOCK)
#define PATH_ROOM (sizeof(CONSUMER_FOLDER) + CONSUMER_NAME)

struct spool_consumer {
	const struct disk *disk;
	int folder, fd;
	struct position position;
	bool placed;  /* it has a position */
	uint64_t end; /* a number that no line had when it was looked */
};

/* ---- the file ---- */

void position_put(char text[CONSUMER_TEXT], const struct position *position)
{
	char uuid[37], acked[MOMENT_TEXT];
	int len;

	uuid_text(uuid, position->uuid);
	moment_put(acked, position->acked);
	len = snprintf(text, CONSUMER_TEXT,
	    VERSION_AND_SIGN "%s %020" PRIu64 " %s ", uuid, position->seq,
	    acked);
	snprintf(text + len, CONSUMER_TEXT - (size_t)len, "%08" PRIx32 "\n",
	    (uint32_t)crc32(0, (const uint8_t *)text, (uInt)len));
}

/* What is written again is the same: so every byte of it is as it must be. No
   spool has so many lines that a position can be negative. */
static bool position_parse(const char *text, struct position *position)
{
	char uuid[37], acked[MOMENT_LEN + 1], again[CONSUMER_TEXT];

	if (sscanf(text, VERSION_AND_SIGN "%36s %20" SCNu64 " %24s", uuid,
		&position->seq, acked) != 3 ||
	    !uuid_parse(uuid, position->uuid) ||
	    !moment_get(acked, &position->acked) || position->seq > INT64_MAX)
		return false;
	position_put(again, position);
	return strcmp(again, text) == 0;
}

int position_get(const char *bytes, size_t len, struct position *position)
{
	char text[CONSUMER_TEXT];

	errno = EBADMSG;
	if (len >= sizeof(text))
		return -1;
	memcpy(text, bytes, len);
	text[len] = '\0';
	if (strlen(text) == len && position_parse(text, position))
		return 0;
	errno = strncmp(text, SIGN, strlen(SIGN)) == 0 &&
		strncmp(text, VERSION_AND_SIGN, strlen(VERSION_AND_SIGN)) != 0
	    ? EPROTONOSUPPORT
	    : EBADMSG;
	return -1;
}

/* A power cut may leave the length of a first line without its bytes. */
static bool is_empty(const char *bytes, size_t len)
{
	size_t i = 0;

	while (i < len && bytes[i] == '\0')
		i++;
	return i == len;
}

/* 1, or 0 for an empty file, or -1 and errno. */
static int position_read(
    const struct disk *disk, int fd, struct position *position)
{
	char text[CONSUMER_TEXT];
	struct stat about;
	size_t len;

	if (disk_stat(disk, fd, "", &about) != 0)
		return -1;
	errno = EBADMSG;
	if (about.st_size >= CONSUMER_TEXT)
		return -1;
	len = (size_t)about.st_size;
	if (disk_read(disk, fd, text, len, 0) != 0)
		return -1;
	if (is_empty(text, len))
		return 0;
	return position_get(text, len, position) == 0 ? 1 : -1;
}

/* ---- who holds one ---- */

static bool is_name(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len < CONSUMER_NAME && name[0] != '.' &&
	    strspn(name,
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789._-") == len;
}

static int consumer_path(char path[PATH_ROOM], const char *name)
{
	errno = EINVAL;
	snprintf(
	    path, PATH_ROOM, CONSUMER_FOLDER "/%.*s", CONSUMER_NAME - 1, name);
	return is_name(name) ? 0 : -1;
}

/* Ours and nobody else's: others of the group may have put a link there. */
static bool is_new(const struct stat *about)
{
	return S_ISREG(about->st_mode) && about->st_size == 0 &&
	    about->st_nlink == 1 && about->st_uid == geteuid();
}

/* Opened and locked, twice: as flock(1) does it, and as it can be asked for.
   One that was removed in between is not it any more. */
static int consumer_lock(
    const struct disk *disk, int folder, const char *path, int flags)
{
	int fd = disk_open(disk, folder, path, O_RDWR | FILE_ONLY | flags);
	struct stat mine, named = { 0 };

	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0 || lock_hold(fd) != 0 ||
	    disk_stat(disk, fd, "", &mine) != 0 ||
	    (disk_stat(disk, folder, path, &named) != 0 && errno != ENOENT))
		goto fail;
	if (named.st_ino == mine.st_ino) {
		if (is_new(&mine)) /* all of the group may, whatever umask is */
			fchmod(fd, 0664);
		return fd;
	}
	errno = EWOULDBLOCK;
fail:
	disk_close(disk, fd);
	return -1;
}

/* Whether a spool has a line of this number; ERANGE if not. */
static int line_check(struct spool_consumer *consumer, uint64_t seq)
{
	uint64_t oldest;

	if (seq >= consumer->end &&
	    segments_bounds(
		consumer->disk, consumer->folder, &oldest, &consumer->end) != 0)
		return -1;
	errno = ERANGE;
	return seq < consumer->end ? 0 : -1;
}

/* A position counts only in its own spool, and not beyond its end. */
static int position_check(struct spool_consumer *consumer)
{
	uint8_t uuid[16] = { 0 };

	if (segments_uuid(consumer->disk, consumer->folder, uuid) != 0 &&
	    errno != ENODATA)
		return -1;
	if (memcmp(uuid, consumer->position.uuid, sizeof(uuid)) != 0) {
		errno = ESTALE;
		return -1;
	}
	return line_check(consumer, consumer->position.seq);
}

struct spool_consumer *consumer_open(
    const struct disk *disk, const char *folder, const char *name)
{
	struct spool_consumer *consumer = calloc(1, sizeof(*consumer));
	char path[PATH_ROOM];
	int placed;

	if (consumer == NULL)
		return NULL;
	consumer->disk = disk;
	consumer->fd = -1;
	consumer->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (consumer->folder < 0 || consumer_path(path, name) != 0)
		goto fail;
	consumer->fd = consumer_lock(disk, consumer->folder, path, O_CREAT);
	if (consumer->fd < 0)
		goto fail;
	placed = position_read(disk, consumer->fd, &consumer->position);
	if (placed < 0 || (placed > 0 && position_check(consumer) != 0))
		goto fail;
	consumer->placed = placed > 0;
	return consumer;
fail:
	spool_consumer_close(consumer);
	return NULL;
}

struct spool_consumer *spool_consumer_open(const char *folder, const char *name)
{
	return consumer_open(&disk_real, folder, name);
}

/* A name that is new, or gone, must last. */
static int names_sync(const struct disk *disk, int folder)
{
	int fd =
	    disk_open(disk, folder, CONSUMER_FOLDER, O_RDONLY | O_DIRECTORY);
	int done = fd < 0 ? -1 : disk_sync_folder(disk, fd);

	disk_close(disk, fd);
	return done;
}

int consumer_forget(
    const struct disk *disk, const char *folder, const char *name)
{
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), fd = -1;
	char path[PATH_ROOM];
	int done = -1;

	if (dir >= 0 && consumer_path(path, name) == 0)
		fd = consumer_lock(disk, dir, path, 0);
	if (fd >= 0 && disk_unlink(disk, dir, path) == 0)
		done = names_sync(disk, dir);
	disk_close(disk, fd);
	disk_close(&disk_real, dir);
	return done;
}

void spool_consumer_close(struct spool_consumer *consumer)
{
	int error = errno;

	if (consumer == NULL)
		return;
	disk_close(consumer->disk, consumer->fd);
	if (consumer->folder >= 0)
		close(consumer->folder);
	free(consumer);
	errno = error;
}

uint64_t spool_consumer_next(const struct spool_consumer *consumer)
{
	return consumer->placed ? consumer->position.seq + 1 : 0;
}

/* A position belongs to a spool; one that has no line yet has no number. */
static int consumer_place(
    struct spool_consumer *consumer, struct position *position)
{
	if (consumer->placed)
		return 0;
	if (segments_uuid(consumer->disk, consumer->folder, position->uuid) !=
	    0)
		return -1;
	return names_sync(consumer->disk, consumer->folder);
}

int spool_consumer_ack(struct spool_consumer *consumer, uint64_t seq)
{
	struct position position = consumer->position;
	char text[CONSUMER_TEXT];

	if (seq < position.seq) {
		errno = EINVAL;
		return -1;
	}
	if (consumer_place(consumer, &position) != 0 ||
	    line_check(consumer, seq) != 0)
		return -1;
	position.seq = seq;
	position.acked = moment_now();
	position_put(text, &position);
	if (disk_write(consumer->disk, consumer->fd, text, strlen(text), 0) !=
		0 ||
	    disk_sync(consumer->disk, consumer->fd) != 0)
		return -1;
	consumer->position = position;
	consumer->placed = true;
	return 0;
}

/* ---- all of them ---- */

struct list {
	struct consumer *consumers;
	size_t n;
};

static void list_add(void *to, const char *name)
{
	struct list *list = to;
	struct consumer *more;

	if (!is_name(name))
		return;
	more = realloc(list->consumers, (list->n + 1) * sizeof(*more));
	if (more == NULL)
		abort();
	list->consumers = more;
	more[list->n] = (struct consumer){ 0 };
	strcpy(more[list->n++].name, name);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct consumer *)a)->name,
	    ((const struct consumer *)b)->name);
}

/* False for one without a position. */
static bool consumer_look(
    const struct disk *disk, int folder, struct consumer *consumer)
{
	int fd = disk_open(disk, folder, consumer->name, O_RDONLY | FILE_ONLY);
	int found = fd < 0 ? -1 : position_read(disk, fd, &consumer->position);

	if (fd < 0 && errno == ENOENT)
		return false; /* it was removed just now */
	consumer->error = found < 0 ? errno : 0;
	consumer->held = fd >= 0 && lock_is_held(fd);
	disk_close(disk, fd);
	return found != 0;
}

struct consumer *consumer_list(const struct disk *disk, int folder, size_t *n)
{
	int fd =
	    disk_open(disk, folder, CONSUMER_FOLDER, O_RDONLY | O_DIRECTORY);
	struct list list = { 0 };
	size_t i;

	*n = 0;
	if (fd < 0 || disk_list(disk, fd, list_add, &list) != 0) {
		errno = fd < 0 && errno == ENOENT ? 0 : errno;
		disk_close(disk, fd);
		free(list.consumers);
		return NULL;
	}
	for (i = 0; i < list.n; i++) {
		if (consumer_look(disk, fd, &list.consumers[i]))
			list.consumers[(*n)++] = list.consumers[i];
	}
	disk_close(disk, fd);
	errno = 0;
	if (*n == 0) {
		free(list.consumers);
		return NULL;
	}
	qsort(list.consumers, *n, sizeof(*list.consumers), by_name);
	return list.consumers;
}

/* What spool_consumer_open() would say of it, in words. */
const char *consumer_wrong(
    const struct consumer *consumer, const uint8_t uuid[16], uint64_t next)
{
	if (consumer->error == EPROTONOSUPPORT)
		return "its file is of a later version";
	if (consumer->error == EBADMSG)
		return "its file is damaged";
	if (consumer->error != 0)
		return strerror(consumer->error);
	if (memcmp(consumer->position.uuid, uuid, 16) != 0)
		return "its position is in another spool";
	if (consumer->position.seq >= next)
		return "its position is beyond the end";
	return NULL;
}

int consumers_know(
    const struct disk *disk, int folder, const uint8_t uuid[16], uint64_t *next)
{
	size_t n, i;
	struct consumer *list = consumer_list(disk, folder, &n);

	*next = 0;
	if (list == NULL)
		return errno == 0 ? 0 : -1;
	for (i = 0; i < n; i++) {
		const struct position *position = &list[i].position;

		if (list[i].error == 0 &&
		    memcmp(position->uuid, uuid, 16) == 0 &&
		    position->seq >= *next)
			*next = position->seq + 1;
	}
	free(list);
	return 0;
}
