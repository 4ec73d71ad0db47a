/* What every fuzzer has: its checks, and what libFuzzer calls. */
#ifndef TESTS_MUST_H
#define TESTS_MUST_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define MUST(what)                                                       \
	do {                                                             \
		if (!(what)) {                                           \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, \
			    __LINE__, #what);                            \
			abort();                                         \
		}                                                        \
	} while (0)

/* libFuzzer's own, and what it calls. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(
    uint8_t *data, size_t size, size_t most, unsigned int seed);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
