/* The characters of a text: what the extractors that look at letters share. */
#ifndef LETTERS_H
#define LETTERS_H

#include <stddef.h>
#include <stdint.h>

static inline size_t point_len(unsigned char first)
{
	if (first < 0xc0)
		return 1;
	return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* The text is valid UTF-8: the host has seen to it. */
static inline uint32_t point_at(const char *text, size_t *len)
{
	const unsigned char *bytes = (const unsigned char *)text;
	uint32_t point = bytes[0];
	size_t i;

	*len = point_len(bytes[0]);
	if (*len > 1)
		point &= 0x7fu >> *len;
	for (i = 1; i < *len; i++)
		point = point << 6 | (bytes[i] & 0x3f);
	return point;
}

#endif
