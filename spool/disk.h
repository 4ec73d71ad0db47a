/*
 * All that the spool does to the disk, as one table of functions, so that a
 * test can note, fail, cut or reorder each. They are those of the system (see
 * their manual pages), seen from the spool's folder.
 */
#ifndef DISK_H
#define DISK_H

#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

struct disk {
	void *whose; /* given to each */
	int (*open)(void *whose, int folder, const char *name, int flags);
	ssize_t (*pread)(
	    void *whose, int fd, void *bytes, size_t len, off_t at);
	ssize_t (*pwrite)(
	    void *whose, int fd, const void *bytes, size_t len, off_t at);
	int (*fdatasync)(void *whose, int fd);
	int (*fsync)(void *whose, int fd); /* also of the folder */
	int (*ftruncate)(void *whose, int fd, off_t size);
	int (*rename)(
	    void *whose, int folder, const char *from, const char *to);
	int (*link)(void *whose, int folder, const char *from, const char *to);
	int (*unlink)(void *whose, int folder, const char *name);
	int (*close)(void *whose, int fd);

	/* Of a file in the folder, or with "" of the open file itself. */
	int (*stat)(
	    void *whose, int folder, const char *name, struct stat *about);

	/* Tells the name of every file in the folder, in no order. */
	int (*list)(void *whose, int folder,
	    void (*found)(void *to, const char *name), void *to);

	/* Bytes that an ordinary user may still write there. */
	int (*space)(void *whose, int folder, uint64_t *bytes);

	/* For its group, too, to write in. */
	int (*mkdir)(void *whose, int folder, const char *name);
};

extern const struct disk disk_real;

/*
 * The same, but for being interrupted by a signal, which they are not: 0, a
 * descriptor, or -1 and errno. A sync that failed is not tried again.
 */
int disk_open(const struct disk *disk, int folder, const char *name, int flags);
int disk_sync(const struct disk *disk, int fd); /* fdatasync() */
int disk_sync_folder(const struct disk *disk, int folder);
int disk_cut(const struct disk *disk, int fd, uint64_t size);
int disk_rename(
    const struct disk *disk, int folder, const char *from, const char *to);
int disk_link(
    const struct disk *disk, int folder, const char *from, const char *to);
int disk_unlink(const struct disk *disk, int folder, const char *name);
void disk_close(const struct disk *disk, int fd); /* keeps errno; takes -1 */
int disk_stat(
    const struct disk *disk, int folder, const char *name, struct stat *about);
int disk_list(const struct disk *disk, int folder,
    void (*found)(void *to, const char *name), void *to);
int disk_mkdir(const struct disk *disk, int folder, const char *name);
int disk_space(const struct disk *disk, int folder, uint64_t *bytes);

/* The whole of it, however a call is shortened: 0, or -1 and errno (ENODATA
   where the file ends before). */
int disk_write(const struct disk *disk, int fd, const void *bytes, size_t len,
    uint64_t at);
int disk_read(
    const struct disk *disk, int fd, void *bytes, size_t len, uint64_t at);

#endif
