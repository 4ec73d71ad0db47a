/* Two texts on one line, shortened to where they differ. */
#ifndef EXCERPT_H
#define EXCERPT_H

#include <stdio.h>

/* "old -> new", in UTF-8 and without an end of line. What is cut off is told by
   "…"; a text of up to 72 bytes is not shortened. */
void excerpt_print(FILE *out, const char *old, const char *new);

#endif
