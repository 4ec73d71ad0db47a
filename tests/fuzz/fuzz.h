/*
 * What the fuzzers of the spool share: checksums that are right again after
 * bytes have been changed, for behind a wrong one there is nothing to be found.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "spool/segment.h"
#include "tests/fuzz/must.h"

/* Bytes as a disk with one file, which can only be read. */
struct bytes {
	const uint8_t *data;
	size_t size;
};

static inline ssize_t bytes_pread(
    void *whose, int fd, void *bytes, size_t len, off_t at)
{
	const struct bytes *all = whose;

	(void)fd;
	if ((size_t)at >= all->size)
		return 0;
	if (len > all->size - (size_t)at)
		len = all->size - (size_t)at;
	memcpy(bytes, all->data + at, len);
	return (ssize_t)len;
}

static inline uint32_t number_at(const uint8_t *at)
{
	return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
	    (uint32_t)at[3] << 24;
}

static inline void sum_put(uint8_t *at, const uint8_t *bytes, size_t len)
{
	uint32_t sum = (uint32_t)crc32(0, bytes, (uInt)len);
	int i;

	for (i = 0; i < 4; i++)
		at[i] = (uint8_t)(sum >> 8 * i);
}

static inline void mark_mend(uint8_t *mark, size_t left)
{
	size_t padding = number_at(mark + 20), frame = number_at(mark + 16);

	if (padding + frame <= left - SEGMENT_MARK)
		sum_put(mark + 52, mark + SEGMENT_MARK, padding + frame);
	sum_put(mark + 12, mark + 16, SEGMENT_MARK - 16);
}

/* All that looks like a header, a mark or an index gets its checksum. */
static inline void sums_mend(uint8_t *data, size_t size)
{
	size_t at;

	for (at = 0; at + SEGMENT_MARK <= size; at++) {
		uint8_t *sign = data + at + 8;
		size_t own = number_at(data + at + 4);

		if (memcmp(sign, "dateline", 8) == 0)
			sum_put(sign + 8, sign + 12, SEGMENT_HEADER - 20);
		else if (memcmp(sign, "DLMK", 4) == 0)
			mark_mend(data + at, size - at);
		else if (memcmp(sign, "DLIX", 4) == 0 && own >= 8 &&
		    own <= size - at - 8)
			sum_put(sign + 4, sign + 8, own - 8);
	}
}

#endif
