/* Tags in the bytes of a page, and what HTML says of their elements. */
#ifndef TAG_H
#define TAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum tag_marks {
	TAG_LEFT_OUT = 1,  /* nobody reads it, nor what is in it */
	TAG_VOID = 2,      /* nothing is in it */
	TAG_RAW = 4,       /* what is in it are no tags */
	TAG_SPECIAL = 8,   /* end tags of other elements do not close it */
	TAG_SCOPE = 16,    /* what is outside cannot be closed from inside */
	TAG_ENDS_P = 32,   /* closes an open <p> */
	TAG_FORMAT = 64,   /* its end tag closes it alone */
	TAG_PART = 128,    /* of a table: closes what was opened since */
	TAG_ALONE = 256,   /* cannot nest without others between */
	TAG_ENDS_SVG = 512 /* cannot be in <svg>: ends it */
};

struct tag {
	const char *at, *end; /* from its `<` to behind its `>` */
	const char *name;
	size_t len;  /* bytes of the name */
	uint32_t id; /* of the name: a hash, without regard to case */
	unsigned marks;
	bool closes;   /* </p> */
	bool empty;    /* <p/> */
	bool complete; /* its `>` is there */
};

/* The id of a name of `len` bytes. */
uint32_t tag_id(const char *name, size_t len);

/* The tag that begins at `at`; false if none does. */
bool tag_read(struct tag *tag, const char *at, const char *end);

bool tag_is(const struct tag *tag, const char *name);

/* Whether it has this text between its `<` and `>`, in either case. */
bool tag_has(const struct tag *tag, const char *text);

/* Behind a comment, <!DOCTYPE>, <?xml?> or </3>, which begins at `at`. */
const char *tag_comment_end(const char *at, const char *end);

/* At the end tag of a TAG_RAW element, which has this start tag; `end` and
 *found false if there is none. */
const char *tag_raw_end(const struct tag *tag, const char *end, bool *found);

/* HTML's white space. */
static inline bool is_white(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

#endif
