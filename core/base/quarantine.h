/*
 * Pages that were not understood, kept for somebody to look at: a folder, and
 * in it two files for each,
 *
 *     NAME.page   its bytes as they came; of a story that goes on elsewhere
 *                 those of all its pages, one behind the other
 *     NAME.json   a line that tells whose it is and why it is here; then a
 *                 line for each of these pages: see kept_put_head() in kept.h
 *
 * A page is there when its .json is. Only the daemon writes here, one thing at
 * a time; where none runs, whoever has the lock of its spool may. Anybody may
 * read while it does. All functions block for the disk, and where they return
 * false there is an errno.
 */
#ifndef QUARANTINE_H
#define QUARANTINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/kept.h"

#define QUARANTINE_FOLDER "quarantine" /* in that of the state */
#define QUARANTINE_NAME 128            /* bytes of a name, with its NUL */

struct quarantined {
	const char *name;       /* of its files */
	const char *reason;     /* a sentence; NULL: it could not be said */
	int64_t kept;           /* since then it is here: ms since 1970 */
	int64_t tried;          /* extraction was run over it last: likewise */
	int64_t tries;          /* and so often */
	struct kept_page first; /* source and entry; the source of one whose
				   .json cannot be read is NULL */
	const struct order_page *pages; /* the first one, too */
	size_t n;
	size_t bytes; /* of all of them */
};

/* Of the story's page in any folder. */
void quarantine_name(
    char name[QUARANTINE_NAME], const char *source, const char *id);

/*
 * A second page of a story takes the place of the first. On the disk when it
 * returns; the name is made here. *gone: so many of the oldest had to go, for
 * there are LIMIT_QUARANTINE_PAGES at most, and of _BYTES.
 */
bool quarantine_keep(
    const char *folder, const struct quarantined *page, size_t *gone);

/*
 * What is known of a page, and with its bytes; all the arena's. ENOENT: there
 * is none of this name; EBADMSG: its files are not what they should be.
 */
bool quarantine_look(const char *folder, const char *name, struct arena *arena,
    struct quarantined *page);
bool quarantine_read(const char *folder, const char *name, struct arena *arena,
    struct quarantined *page);

/* All of them without their bytes, the newest first; the arena's. Where there
   is no folder there are none. */
bool quarantine_list(const char *folder, struct arena *arena,
    struct quarantined **list, size_t *n);

struct quarantine_wish { /* which of them; what is not said, all fit */
	const char *source;
	int64_t before; /* kept before that: ms since 1970; 0: whenever */
	const struct dl_list *names;
};

bool quarantine_wanted(
    const struct quarantine_wish *wish, const struct quarantined *page);

/* Whether there is a page of this story; yes, where nobody can look. */
bool quarantine_has(const char *folder, const char *source, const char *id);

/*
 * It was tried again, in vain; and: it is let go. `kept` tells which page is
 * meant: one that has taken its place since is left alone (ESTALE). 0:
 * whichever it is.
 */
bool quarantine_again(const char *folder, const char *name, int64_t kept,
    const char *reason, int64_t now);
bool quarantine_let_go(const char *folder, const char *name, int64_t kept);

/* All that are wanted are let go; *n: so many were. */
bool quarantine_clear(
    const char *folder, const struct quarantine_wish *wish, size_t *n);

#endif
