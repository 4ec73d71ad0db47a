/* All that the spool's writer does to the disk. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "spool/disk.h"

static int real_open(void *whose, int folder, const char *name, int flags)
{
	(void)whose;
	return openat(folder, name, flags | O_CLOEXEC, 0644);
}

static ssize_t real_pread(
    void *whose, int fd, void *bytes, size_t len, off_t at)
{
	(void)whose;
	return pread(fd, bytes, len, at);
}

static ssize_t real_pwrite(
    void *whose, int fd, const void *bytes, size_t len, off_t at)
{
	(void)whose;
	return pwrite(fd, bytes, len, at);
}

static int real_fdatasync(void *whose, int fd)
{
	(void)whose;
	return fdatasync(fd);
}

static int real_fsync(void *whose, int fd)
{
	(void)whose;
	return fsync(fd);
}

static int real_ftruncate(void *whose, int fd, off_t size)
{
	(void)whose;
	return ftruncate(fd, size);
}

static int real_rename(
    void *whose, int folder, const char *from, const char *to)
{
	(void)whose;
	return renameat(folder, from, folder, to);
}

static int real_unlink(void *whose, int folder, const char *name)
{
	(void)whose;
	return unlinkat(folder, name, 0);
}

static int real_close(void *whose, int fd)
{
	(void)whose;
	return close(fd);
}

const struct disk disk_real = {
	.open = real_open,
	.pread = real_pread,
	.pwrite = real_pwrite,
	.fdatasync = real_fdatasync,
	.fsync = real_fsync,
	.ftruncate = real_ftruncate,
	.rename = real_rename,
	.unlink = real_unlink,
	.close = real_close,
};

int disk_write(
    const struct disk *disk, int fd, const void *bytes, size_t len, uint64_t at)
{
	const char *left = bytes;

	while (len > 0) {
		ssize_t n = disk->pwrite(disk->whose, fd, left, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		left += n;
		len -= (size_t)n;
		at += (uint64_t)n;
	}
	return 0;
}

int disk_read(
    const struct disk *disk, int fd, void *bytes, size_t len, uint64_t at)
{
	char *left = bytes;

	while (len > 0) {
		ssize_t n = disk->pread(disk->whose, fd, left, len, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n == 0)
			errno = ENODATA;
		if (n <= 0)
			return -1;
		left += n;
		len -= (size_t)n;
		at += (uint64_t)n;
	}
	return 0;
}
