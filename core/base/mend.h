/* Mojibake: UTF-8 that somebody took for Windows-1252, "HÃ Ná»™i". */
#ifndef MEND_H
#define MEND_H

#include <stddef.h>

struct arena;

/*
 * The text as it was before it was misread, its bytes in *mended; NULL if it
 * was not, or if that cannot be proven. The proof: each of its characters
 * stands for a byte, all these bytes together are UTF-8, and what they say are
 * letters and signs that people use.
 *
 * It must see the text before fold_clean() takes away what looks like controls
 * and soft hyphens and is half a letter here.
 */
char *mend_text(
    struct arena *arena, const char *text, size_t len, size_t *mended);

#endif
