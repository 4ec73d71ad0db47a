/* FNV-1a: to tell versions of one thing apart, not to keep anybody out. */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_BEGIN UINT64_C(0xcbf29ce484222325)
#define HASH_TEXT 17 /* bytes that hash_print() writes */

uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t len);

/* In hexadecimal; returns `text`. */
char *hash_print(char text[HASH_TEXT], uint64_t hash);

#endif
