/* Texts in the columns of a terminal. */
#ifndef COLUMNS_H
#define COLUMNS_H

#include <stdio.h>

#define COLUMNS_MOST 80 /* of a line, where a word is not longer */

/* That a text takes; Chinese takes two a character. */
int columns_of(const char *utf8);

/* The text in so many columns at most; what is cut off is told by "…". How many
   it took. */
int columns_cut(FILE *out, const char *utf8, int most);

/* The text, whose first word comes at column `at`, and its other lines below
   that; the last one is ended. */
void columns_wrap(FILE *out, const char *utf8, int at);

#endif
