/* Words of a text as names of places are compared: folded, or as printed. */
#ifndef WORD_H
#define WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { WORD_BYTES = 48 }; /* a longer word is in no name */

struct word {
	const char *at;
	size_t len;
	bool capital; /* its first letter is one, or has no case */
	bool ideograph;
};

/* The next word at or after `text`; an ideograph is a word by itself. */
bool word_next(const char *text, struct word *word);

/* The word that ends at `end`, and the one that a space parts from `at`. */
bool word_ending(const char *text, const char *end, struct word *word);
bool word_before(const char *text, const char *at, struct word *word);

/* The word as it is compared; false if it is longer than any of a name. */
bool word_key(
    struct arena *arena, const struct word *word, char key[WORD_BYTES]);

/* Whether two words may belong to one name: commas and line ends part them. */
bool words_joined(const struct word *left, const struct word *right);

#endif
