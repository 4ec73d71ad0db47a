/*
 * A disk that fails when it is told to. It works on real files, and knows what
 * of them has been synced: so that the power can be cut.
 */
#ifndef TESTS_FAKE_H
#define TESTS_FAKE_H

#include <limits.h>

#include "spool/segment.h"
#include "tests/folder.h"

#define FOREVER INT_MAX

struct fault {
	const char *name;
	int error; /* errno of the operations that fail */
	int times; /* so many fail, one after the other */
	bool half; /* a write first does half of its work, without an error */
	enum power {
		STAYS,
		LOSES_ALL,  /* that was not synced */
		KEEPS_LAST, /* write of each file, and loses those before it */
	} power;            /* when the run has ended */
};

struct image { /* what is on the disk for good of a file */
	ino_t inode;
	char name[64], synced_name[64];
	char *synced;
	size_t len;
	char *last; /* write that is not synced */
	size_t last_len;
	off_t last_at;
};

struct fake {
	struct disk disk;
	struct fault fault;
	int before; /* operations that succeed before the first that fails */
	int done;   /* operations; reading is none */
	struct image images[64];
	int n_images;
};

/* Whether this operation fails; then errno is set. */
static inline bool faulty(struct fake *fake, bool *half)
{
	int at = fake->done++ - fake->before;

	*half = false;
	if (fake->fault.half && at >= 0)
		*half = at-- == 0;
	if (*half || at < 0 || at >= fake->fault.times)
		return false;
	errno = fake->fault.error;
	return true;
}

static inline struct image *image_of(struct fake *fake, int fd)
{
	struct stat about;
	int i = 0;

	assert_int_equal(fstat(fd, &about), 0);
	while (i < fake->n_images && fake->images[i].inode != about.st_ino)
		i++;
	assert_true(i < 64);
	if (i == fake->n_images)
		fake->images[fake->n_images++].inode = about.st_ino;
	return &fake->images[i];
}

static inline void image_free(struct image *image)
{
	free(image->synced);
	free(image->last);
	image->synced = image->last = NULL;
	image->len = image->last_len = 0;
}

static inline void image_sync(struct image *image, int fd)
{
	struct stat about;

	image_free(image);
	assert_int_equal(fstat(fd, &about), 0);
	image->len = (size_t)about.st_size;
	image->synced = calloc(1, image->len + 1);
	assert_int_equal(pread(fd, image->synced, image->len, 0), image->len);
}

static inline int fake_open(
    void *whose, int folder, const char *name, int flags)
{
	struct image *image;
	bool half;
	int fd;

	if (faulty(whose, &half))
		return -1;
	fd = disk_real.open(NULL, folder, name, flags);
	if (fd >= 0 && (flags & O_DIRECTORY) == 0) {
		image = image_of(whose, fd);
		strcpy(image->name, name);
		if ((flags & O_TRUNC) != 0) {
			image_free(image);
			image->synced_name[0] = '\0';
		}
	}
	return fd;
}

static inline ssize_t fake_pwrite(
    void *whose, int fd, const void *bytes, size_t len, off_t at)
{
	struct image *image = image_of(whose, fd);
	bool half;

	if (faulty(whose, &half))
		return -1;
	if (half && len > 1)
		len /= 2;
	free(image->last);
	image->last = malloc(len);
	memcpy(image->last, bytes, len);
	image->last_len = len;
	image->last_at = at;
	return pwrite(fd, bytes, len, at);
}

static inline int fake_sync(void *whose, int fd)
{
	struct fake *fake = whose;
	struct stat about;
	bool half;
	int i;

	if (faulty(whose, &half))
		return -1;
	assert_int_equal(fstat(fd, &about), 0);
	if (!S_ISDIR(about.st_mode))
		image_sync(image_of(whose, fd), fd);
	for (i = 0; i < fake->n_images && S_ISDIR(about.st_mode); i++)
		memcpy(fake->images[i].synced_name, fake->images[i].name,
		    sizeof(fake->images[i].name));
	return 0;
}

static inline int fake_ftruncate(void *whose, int fd, off_t size)
{
	bool half;

	return faulty(whose, &half) ? -1 : ftruncate(fd, size);
}

static inline int fake_rename(
    void *whose, int folder, const char *from, const char *to)
{
	struct fake *fake = whose;
	bool half;
	int i;

	if (faulty(whose, &half))
		return -1;
	for (i = 0; i < fake->n_images; i++) {
		struct image *image = &fake->images[i];

		if (strcmp(image->name, to) == 0)
			image->name[0] = '\0';
		else if (strcmp(image->name, from) == 0)
			strcpy(image->name, to);
	}
	return renameat(folder, from, folder, to);
}

static inline int fake_link(
    void *whose, int folder, const char *from, const char *to)
{
	bool half;

	return faulty(whose, &half) ? -1 : linkat(folder, from, folder, to, 0);
}

static inline int fake_unlink(void *whose, int folder, const char *name)
{
	bool half;

	return faulty(whose, &half) ? -1 : unlinkat(folder, name, 0);
}

/* A disk on which all segments of a folder are synced. */
static inline void fake_begin(struct fake *fake, struct folder *folder)
{
	int dir = open(folder->path, O_RDONLY | O_DIRECTORY), fd;
	size_t n, i;
	uint64_t *list = segment_list(&disk_real, dir, &n);

	*fake = (struct fake){ .disk = disk_real };
	fake->disk.whose = fake;
	fake->disk.open = fake_open;
	fake->disk.pwrite = fake_pwrite;
	fake->disk.fdatasync = fake->disk.fsync = fake_sync;
	fake->disk.ftruncate = fake_ftruncate;
	fake->disk.rename = fake_rename;
	fake->disk.link = fake_link;
	fake->disk.unlink = fake_unlink;
	for (i = 0; i < n; i++) {
		char name[SEGMENT_NAME];
		struct image *image;

		segment_name(name, list[i]);
		fd = openat(dir, name, O_RDONLY);
		image = image_of(fake, fd);
		image_sync(image, fd);
		strcpy(image->name, name);
		strcpy(image->synced_name, name);
		close(fd);
	}
	free(list);
	close(dir);
}

static inline void image_restore(
    const struct image *image, struct folder *folder, enum power power)
{
	const char *path = folder_file(folder, image->synced_name);
	int fd;

	file_write(
	    path, image->synced != NULL ? image->synced : "", image->len);
	if (power != KEEPS_LAST || image->last == NULL)
		return;
	fd = open(path, O_WRONLY);
	assert_int_equal(
	    pwrite(fd, image->last, image->last_len, image->last_at),
	    image->last_len);
	close(fd);
}

/* The run is over: the power stays or goes. */
static inline void fake_end(struct fake *fake, struct folder *folder)
{
	int i;

	if (fake->fault.power != STAYS)
		folder_empty(folder);
	for (i = 0; i < fake->n_images; i++) {
		struct image *image = &fake->images[i];

		if (fake->fault.power != STAYS && image->synced_name[0] != '\0')
			image_restore(image, folder, fake->fault.power);
		image_free(image);
	}
}

#endif
