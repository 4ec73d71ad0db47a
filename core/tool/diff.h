/*
 * What changed from one text to another: which paragraphs, and in them which
 * words.
 *
 * A word is a row of letters and digits, "350,000" and "30/11" as a whole;
 * what stands between words, and each character of Chinese and other scripts
 * without spaces, is one of its own. No piece begins or ends inside of what
 * people take for one character. Texts are UTF-8 and end with a NUL or lie in
 * one that does; pieces point into them. All that is returned is the arena's.
 */
#ifndef DIFF_H
#define DIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/arena.h"

/* Words, or paragraphs, that may be taken out and put in before the whole is
   said to be another: the time grows with their number, times the length. */
#define DIFF_EDITS 1000

/* Bytes of a paragraph in which words are compared; a longer one that differs
   is another one: for each byte there may be a word to remember. */
#define DIFF_BYTES ((size_t)1 << 20)

/* Pairs of paragraphs between two unchanged ones that are tried for which has
   become which; where there are more, they are paired by their order. */
#define DIFF_PAIRS 2500

struct diff_text {
	const char *bytes; /* NULL: there is none */
	size_t len;
};

enum diff_side {
	DIFF_BOTH,
	DIFF_OLD, /* it was taken out */
	DIFF_NEW, /* it was put in */
};

struct diff_piece {
	enum diff_side side;
	bool spaced;           /* a space belongs before it */
	struct diff_text text; /* where it is in BOTH: that of the new one */
	const struct diff_piece *next;
};

/* The words of both, in order; where something is replaced, the OLD ones come
   before the NEW ones. NULL if neither has any. */
const struct diff_piece *diff_words(
    struct arena *arena, struct diff_text old, struct diff_text new);

struct diff_paragraph {
	struct diff_text old, new; /* one of them may be none */
	bool same;
	const struct diff_paragraph *next;
};

/* The paragraphs of both, in order; they are parted by empty lines. Those that
   share half of their words are one that has changed. */
const struct diff_paragraph *diff_paragraphs(
    struct arena *arena, const char *old, const char *new);

#endif
