/*
 * Vietnamese as its fonts had it before Unicode, read as Latin 1: VNI, "Tieáng
 * Vieät", TCVN3 or ABC, "TiÕng ViÖt", and the marks of Windows-1258, "Tiêìng".
 */
#ifndef LEGACY_H
#define LEGACY_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/*
 * The text as it was meant, its bytes in *mended; NULL where that cannot be
 * proven. The proof: its words are syllables of Vietnamese then, and are not as
 * they stand; those without marks mostly are, too; and some are such as no
 * language has that is written in Latin 1.
 *
 * With `markup` what stands between < and > neither counts nor changes.
 */
char *legacy_text(struct arena *arena, const char *text, size_t len,
    bool markup, size_t *mended);

#endif
