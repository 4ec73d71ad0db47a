/* The words at one place of a text, compared with those of tables. */
#ifndef PROBE_H
#define PROBE_H

#include <stdbool.h>
#include <stddef.h>

#define PROBE_WORD 64 /* bytes of a word, and more */

struct probe { /* made once for all the words of a table */
	const char *text;
	char key[PROBE_WORD]; /* of its first word */
	size_t used;          /* bytes of it in the text; 0: it is unspaced */
};

/* False if no word begins at `text`. */
bool probe_make(struct probe *probe, const char *text);

/* Bytes of the text that are these words, of `size` bytes; 0 if it begins with
   others. */
size_t probe_match(const struct probe *probe, const char *words, size_t size);

/* The longest of `words|words` that the text begins with: its bytes. */
size_t probe_any(const struct probe *probe, const char *all);

#endif
