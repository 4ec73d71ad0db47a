/*
 * The members of a JSON object, one after the other, as they stand there:
 * nothing is built, and what nobody asks for is only passed over. It is for
 * lines that are long or many, and compact, as our own are: it takes no white
 * space between its signs. And how such members are written.
 */
#ifndef MEMBER_H
#define MEMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/arena.h"
#include "core/base/buf.h"

struct member {            /* as long as the object */
	const char *key;   /* without its quotes */
	size_t key_len;    /* bytes */
	const char *value; /* with its quotes or brackets */
	size_t len;        /* bytes */
};

/*
 * `at` is the object's beginning, and then what the last call returned; `end`
 * is behind its last byte. NULL: there are no more, or it is no object.
 */
const char *member_next(const char *at, const char *end, struct member *member);

bool member_is(const struct member *member, const char *key);

/* What a string says, the arena's; *len its bytes, which a NUL follows. NULL:
   it is no string. A pair of surrogates is none of ours, and no string. */
char *member_string(
    struct arena *arena, const struct member *member, size_t *len);

/* The same of a string without a NUL in it. */
const char *member_text(struct arena *arena, const struct member *member);

/* A whole number; 0 for anything else. */
int64_t member_number(const struct member *member);

/* ---- writing ---- */

/* Whether a string can say it: it is there, and UTF-8. */
bool member_takes(const char *text);

/* Behind a "{", or with a comma before it. A text that a string cannot say is
   left out. */
void member_put_text(struct buf *out, const char *key, const char *text);
void member_put_number(struct buf *out, const char *key, int64_t number);

/* How a byte of 0 to 127 is written in a string of JSON, where that is not the
   byte itself: `escape`, or NULL. */
const char *member_escape(unsigned char byte, char escape[8]);

#endif
