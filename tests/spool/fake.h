/*
 * A disk that fails when it is told to. It works on real files.
 */
#ifndef TESTS_FAKE_H
#define TESTS_FAKE_H

#include <limits.h>
#include <stdbool.h>

#include "spool/disk.h"
#include "tests/folder.h"

#define FOREVER INT_MAX

struct fault {
	const char *name;
	int error;   /* errno of the operations that fail */
	int times;   /* so many fail, one after the other */
	int again;   /* and all this once more after so many; or 0 */
	size_t half; /* first what is longer is cut short, without an error */
	bool reads;  /* reading can fail, too */
	bool cuts;   /* from the first one on no cut succeeds */
};

struct fake {
	struct disk disk;
	struct fault fault;
	int before; /* operations that succeed before the first that fails */
	int done;   /* operations, with those that read if they can fail */
};

enum doing { READS, WRITES, CUTS };

/* Whether this operation fails; then errno is set. */
static inline bool faulty(struct fake *fake, enum doing doing, bool *half)
{
	const struct fault *fault = &fake->fault;
	int at;

	*half = false;
	if (doing == READS && !fault->reads)
		return false;
	at = fake->done++ - fake->before;
	errno = fault->error;
	if (doing == CUTS && fault->cuts && at >= 0)
		return true;
	if (fault->again > 0 && at >= 0)
		at %= fault->again;
	if (fault->half > 0 && at >= 0)
		*half = at-- == 0;
	return !*half && at >= 0 && at < fault->times;
}

static inline bool fails(struct fake *fake, enum doing doing)
{
	bool half;

	return faulty(fake, doing, &half);
}

/* Where it makes no file, it is reading. */
static inline int fake_open(
    void *whose, int folder, const char *name, int flags)
{
	if (fails(whose, (flags & O_CREAT) != 0 ? WRITES : READS))
		return -1;
	return disk_real.open(NULL, folder, name, flags);
}

static inline size_t cut_short(const struct fake *fake, size_t len)
{
	return len > fake->fault.half ? len / 2 : len;
}

static inline ssize_t fake_pread(
    void *whose, int fd, void *bytes, size_t len, off_t at)
{
	bool half;

	if (faulty(whose, READS, &half))
		return -1;
	return pread(fd, bytes, half ? cut_short(whose, len) : len, at);
}

static inline ssize_t fake_pwrite(
    void *whose, int fd, const void *bytes, size_t len, off_t at)
{
	bool half;

	if (faulty(whose, WRITES, &half))
		return -1;
	return pwrite(fd, bytes, half ? cut_short(whose, len) : len, at);
}

/* Syncing takes long, and nothing here is for good. */
static inline int fake_sync(void *whose, int fd)
{
	(void)fd;
	return fails(whose, WRITES) ? -1 : 0;
}

static inline int fake_ftruncate(void *whose, int fd, off_t size)
{
	return fails(whose, CUTS) ? -1 : ftruncate(fd, size);
}

static inline int fake_rename(
    void *whose, int folder, const char *from, const char *to)
{
	if (fails(whose, WRITES))
		return -1;
	return renameat(folder, from, folder, to);
}

static inline int fake_link(
    void *whose, int folder, const char *from, const char *to)
{
	if (fails(whose, WRITES))
		return -1;
	return linkat(folder, from, folder, to, 0);
}

static inline int fake_unlink(void *whose, int folder, const char *name)
{
	return fails(whose, WRITES) ? -1 : unlinkat(folder, name, 0);
}

static inline int fake_mkdir(void *whose, int folder, const char *name)
{
	if (fails(whose, WRITES))
		return -1;
	return disk_real.mkdir(NULL, folder, name);
}

static inline int fake_stat(
    void *whose, int folder, const char *name, struct stat *about)
{
	if (fails(whose, READS))
		return -1;
	return disk_real.stat(NULL, folder, name, about);
}

/* opendir() and readdir() are not interrupted by signals. */
static inline int fake_list(void *whose, int folder,
    void (*found)(void *to, const char *name), void *to)
{
	struct fake *fake = whose;

	if (fake->fault.error != EINTR && fails(fake, READS))
		return -1;
	return disk_real.list(NULL, folder, found, to);
}

static inline int fake_space(void *whose, int folder, uint64_t *bytes)
{
	if (fails(whose, READS))
		return -1;
	return disk_real.space(NULL, folder, bytes);
}

/* One on which nothing fails yet. */
static inline void fake_begin(struct fake *fake)
{
	*fake = (struct fake){ 0 };
	fake->disk = (struct disk){ fake, fake_open, fake_pread, fake_pwrite,
		fake_sync, fake_sync, fake_ftruncate, fake_rename, fake_link,
		fake_unlink, disk_real.close, fake_stat, fake_list, fake_space,
		fake_mkdir };
}

#endif
