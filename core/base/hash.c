/* FNV-1a. */
#include <inttypes.h>
#include <stdio.h>

#include "core/base/hash.h"

uint64_t hash_bytes(uint64_t hash, const char *bytes, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
	return hash;
}

char *hash_print(char text[HASH_TEXT], uint64_t hash)
{
	snprintf(text, HASH_TEXT, "%016" PRIx64, hash);
	return text;
}
