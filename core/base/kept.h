/*
 * A page that is kept: a line of the pages' spool, and back. Each read stands
 * beside its write, as in message.c. A line is
 *
 *     {"v":1,"kind":"page","id","source","url","type","charset","etag",
 *      "status","fetched","part","parts","entry":{...},"encoding","body"}
 *
 * and what a page has not is left out; so is what should be text and is not
 * UTF-8, but for the body, which is any bytes. In a body of encoding "latin1"
 * each byte is the character of that number, which keeps what is written in
 * Latin letters readable; where that would be longer, it is "base64".
 */
#ifndef KEPT_H
#define KEPT_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/base/message.h"

struct kept_page {
	const char *source;
	struct dl_entry entry; /* that it was fetched for; its id is the page's.
				  html: the feed has brought it whole, and it
				  is the body */
	struct order_page page;
	int part, parts; /* of those that one order was made of, from 1 on */
};

/* Adds the line, without a newline: at most 4/3 of the body, and the texts six
   times. Nothing is added of an entry whose id or url is not UTF-8. */
void kept_put(struct buf *out, const struct kept_page *kept);

/* The same of a page whose bytes are kept elsewhere: only their number stands
   there, as "bytes", and the body is empty. */
void kept_put_head(struct buf *out, const struct kept_page *kept);

/*
 * Reads a line. What it found is the arena's: twice the line at most. False for
 * a line of another kind, and for one that is none of ours.
 */
bool kept_get(
    struct arena *arena, const char *line, size_t len, struct kept_page *kept);

/* The same without the bytes of the page, which are NULL: far quicker. Their
   number is known if they are kept elsewhere, else it is 0; an entry's html,
   where there was one, is empty. */
bool kept_look(
    struct arena *arena, const char *line, size_t len, struct kept_page *kept);

#endif
