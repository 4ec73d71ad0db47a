/* Numbers as they lie in a segment: little-endian. */
#ifndef BYTES_H
#define BYTES_H

#include <stdint.h>

static inline void put32(uint8_t *at, uint32_t number)
{
	int i;

	for (i = 0; i < 4; i++)
		at[i] = (uint8_t)(number >> 8 * i);
}

static inline void put64(uint8_t *at, uint64_t number)
{
	put32(at, (uint32_t)number);
	put32(at + 4, (uint32_t)(number >> 32));
}

static inline uint32_t get32(const uint8_t *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
	    (uint32_t)at[3] << 24;
}

static inline uint64_t get64(const uint8_t *at)
{
	return get32(at) | (uint64_t)get32(at + 4) << 32;
}

#endif
