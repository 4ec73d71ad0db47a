/* Syllables of Vietnamese: what its spelling can write, tones and all. */
#ifndef SYLLABLE_H
#define SYLLABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Letters of one at most: "nghiêng" has seven. */
#define SYLLABLE_MOST 7

/* Whether these code points, in NFC and of any case, are one. */
bool syllable_is(const uint32_t *points, size_t n);

/* A Vietnamese letter in lower case. */
uint32_t syllable_lower(uint32_t point);

#endif
