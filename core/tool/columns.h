/* Texts in the columns of a terminal. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <stddef.h>
#include <stdio.h>

#define COLUMNS_MOST 80 /* of a line, where a word is not longer */

/* How many there are: as many as COLUMNS in the environment says, or those of a
   terminal, but no more than COLUMNS_MOST; 0: no limit. */
int columns_there(FILE *out);

/* That a text takes; Chinese takes two a character, what only paints none. */
int columns_of(const char *utf8);

/* The text in so many columns at most; what is cut off is told by "…". How many
   it took. */
int columns_fit(FILE *out, const char *utf8, int most);

/* Bytes of its beginning that take at most so many. */
size_t columns_cut(const char *utf8, int columns);

/*
 * The text from column `at` on, in lines of at most `width` columns (0: in
 * one), the further ones indented. They are broken at spaces and between
 * characters of Chinese. The column behind it is returned.
 */
int columns_print(FILE *out, const char *utf8, int at, int indent, int width);

/* The text, whose first word comes at column `at`, and its other lines below
   that; the last one is ended. */
void columns_wrap(FILE *out, const char *utf8, int at);

#endif
