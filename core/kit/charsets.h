/* Charsets by the labels that pages give them. */
#ifndef CHARSETS_H
#define CHARSETS_H

#include <stddef.h>

struct charset {
	const char *name;   /* as the Encoding Standard has it, in lower case */
	const char *iconv;  /* as iconv has it */
	const char *labels; /* others, each between spaces */
};

extern const struct charset charsets[]; /* charsets[0] is UTF-8 */
extern const size_t n_charsets;

/* NULL if there is none by that label; case and space around do not count. */
const struct charset *charset_named(const char *label, size_t len);

#endif
