/* All that the spool does to the disk. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "spool/disk.h"

static int real_open(void *whose, int folder, const char *name, int flags)
{
	(void)whose;
	return openat(folder, name, flags | O_CLOEXEC, 0664);
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

static int real_link(void *whose, int folder, const char *from, const char *to)
{
	(void)whose;
	return linkat(folder, from, folder, to, 0);
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

static int real_stat(
    void *whose, int folder, const char *name, struct stat *about)
{
	(void)whose;
	return fstatat(
	    folder, name, about, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW);
}

/* A descriptor of its own: what has been read of one is read. */
static int real_list(void *whose, int folder,
    void (*found)(void *to, const char *name), void *to)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *open = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *file;
	int error;

	(void)whose;
	if (open == NULL) {
		disk_close(&disk_real, fd);
		return -1;
	}
	for (errno = 0; (file = readdir(open)) != NULL; errno = 0) {
		if (file->d_type == DT_REG || file->d_type == DT_UNKNOWN)
			found(to, file->d_name);
	}
	error = errno;
	closedir(open);
	errno = error;
	return error == 0 ? 0 : -1;
}

static int real_space(void *whose, int folder, uint64_t *bytes)
{
	struct statvfs about;

	(void)whose;
	if (fstatvfs(folder, &about) != 0)
		return -1;
	*bytes = (uint64_t)about.f_bavail * about.f_frsize;
	return 0;
}

static int real_mkdir(void *whose, int folder, const char *name)
{
	(void)whose;
	if (mkdirat(folder, name, 0775) != 0)
		return -1;
	return fchmodat(folder, name, 0775, 0); /* whatever the umask is */
}

const struct disk disk_real = {
	.open = real_open,
	.pread = real_pread,
	.pwrite = real_pwrite,
	.fdatasync = real_fdatasync,
	.fsync = real_fsync,
	.ftruncate = real_ftruncate,
	.rename = real_rename,
	.link = real_link,
	.unlink = real_unlink,
	.close = real_close,
	.stat = real_stat,
	.list = real_list,
	.space = real_space,
	.mkdir = real_mkdir,
};

int disk_open(const struct disk *disk, int folder, const char *name, int flags)
{
	return (int)TEMP_FAILURE_RETRY(
	    disk->open(disk->whose, folder, name, flags));
}

int disk_sync(const struct disk *disk, int fd)
{
	return (int)TEMP_FAILURE_RETRY(disk->fdatasync(disk->whose, fd));
}

int disk_sync_folder(const struct disk *disk, int folder)
{
	return (int)TEMP_FAILURE_RETRY(disk->fsync(disk->whose, folder));
}

int disk_cut(const struct disk *disk, int fd, uint64_t size)
{
	return (int)TEMP_FAILURE_RETRY(
	    disk->ftruncate(disk->whose, fd, (off_t)size));
}

int disk_rename(
    const struct disk *disk, int folder, const char *from, const char *to)
{
	return (int)TEMP_FAILURE_RETRY(
	    disk->rename(disk->whose, folder, from, to));
}

int disk_link(
    const struct disk *disk, int folder, const char *from, const char *to)
{
	return (int)TEMP_FAILURE_RETRY(
	    disk->link(disk->whose, folder, from, to));
}

int disk_unlink(const struct disk *disk, int folder, const char *name)
{
	return (int)TEMP_FAILURE_RETRY(disk->unlink(disk->whose, folder, name));
}

/* Linux has closed it whatever it says. */
void disk_close(const struct disk *disk, int fd)
{
	int error = errno;

	if (fd >= 0)
		disk->close(disk->whose, fd);
	errno = error;
}

int disk_stat(
    const struct disk *disk, int folder, const char *name, struct stat *about)
{
	return (int)TEMP_FAILURE_RETRY(
	    disk->stat(disk->whose, folder, name, about));
}

int disk_list(const struct disk *disk, int folder,
    void (*found)(void *to, const char *name), void *to)
{
	return disk->list(disk->whose, folder, found, to);
}

int disk_space(const struct disk *disk, int folder, uint64_t *bytes)
{
	return (int)TEMP_FAILURE_RETRY(disk->space(disk->whose, folder, bytes));
}

int disk_mkdir(const struct disk *disk, int folder, const char *name)
{
	return (int)TEMP_FAILURE_RETRY(disk->mkdir(disk->whose, folder, name));
}

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
