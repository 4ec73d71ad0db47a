/*
 * All that the spool's writer does to the disk, as one table of functions, so
 * that a test can note, fail, cut or reorder each. They are those of the system
 * (see their manual pages), seen from the spool's folder.
 */
#ifndef DISK_H
#define DISK_H

#include <stddef.h>
#include <stdint.h>
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
	int (*unlink)(void *whose, int folder, const char *name);
	int (*close)(void *whose, int fd);
};

extern const struct disk disk_real;

/* The whole of it, whatever interrupts or shortens a call: 0, or -1 and errno
   (ENODATA where the file ends before). */
int disk_write(const struct disk *disk, int fd, const void *bytes, size_t len,
    uint64_t at);
int disk_read(
    const struct disk *disk, int fd, void *bytes, size_t len, uint64_t at);

#endif
