/*
 * A slate: on it a worker has written whose code it runs, for when it cannot
 * say so any more. It is memory that the two processes share, and who reads it
 * believes only what looks like a name.
 */
#ifndef SLATE_H
#define SLATE_H

#define SLATE_NAME 64 /* bytes of a plugin's name, with its NUL */

struct slate {
	char plugin[SLATE_NAME]; /* "": it is none's */
};

/* For a worker that is to be started: *fd is for it alone, the caller closes
   it. NULL with errno. */
struct slate *slate_make(int *fd);

/* The worker's: `fd` is closed. Where there is no slate behind it, or no `fd`,
   it writes on one that nobody reads. */
struct slate *slate_take(int fd);

void slate_drop(struct slate *slate); /* takes NULL */

/* NULL: none. */
void slate_write(struct slate *slate, const char *plugin);

/* A copy in `plugin`; NULL if it is none's, or no name, or there is no slate.
 */
const char *slate_read(const struct slate *slate, char plugin[SLATE_NAME]);

#endif
