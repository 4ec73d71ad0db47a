/* What a character is in ASCII. */
#ifndef ASCII_H
#define ASCII_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of one that is folded, and its NUL: 24 pieces of at most four. */
#define ASCII_SIZE 97

/* The character in ASCII, ended by a NUL, into `ascii` of ASCII_SIZE bytes; its
   bytes, 0 where it stays as it is. Not for ASCII itself. */
size_t ascii_of(uint32_t point, char *ascii);

#endif
