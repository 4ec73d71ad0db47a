/*
 * What the measurements share: a clock, what lies in the middle, and a clock
 * for a writer that shall believe that time passes.
 */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "spool/disk.h"
#include "tests/bench/lines.h"

static inline double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static inline int by_size(const void *a, const void *b)
{
	const double *one = a, *other = b;

	return (*one > *other) - (*one < *other);
}

/* The value that so many of a hundred do not exceed; sorts them. */
static inline double percentile(double *values, size_t n, size_t of_hundred)
{
	qsort(values, n, sizeof(*values), by_size);
	return values[(n - 1) * of_hundred / 100];
}

/* What cannot be measured is not. */
static inline void need(int fine, const char *what)
{
	if (fine)
		return;
	perror(what);
	exit(1);
}

/* Times to find a line in a spool of `bytes`, made in `folder` and removed. */
void bench_seek(
    const struct vocabulary *words, const char *folder, uint64_t bytes);

#endif
