/* Chance that can be had again: every number comes of a seed. */
#ifndef CHANCE_H
#define CHANCE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

struct chance {
	uint64_t at;
};

/* Sebastiano Vigna's splitmix64: any number in, one without a pattern out. */
static inline uint64_t chance_mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

/* A chance of its own for each thing that has a number. */
static inline struct chance chance_of(uint64_t seed, uint64_t a, uint64_t b)
{
	return (
	    struct chance){ chance_mix(seed ^ chance_mix(a ^ chance_mix(b))) };
}

static inline uint64_t chance_any(struct chance *chance)
{
	return chance_mix(chance->at++);
}

/* From `least` to `most`, both of them too. */
static inline int64_t chance_between(
    struct chance *chance, int64_t least, int64_t most)
{
	return least +
	    (int64_t)(chance_any(chance) % (uint64_t)(most - least + 1));
}

static inline bool chance_once_in(struct chance *chance, uint64_t n)
{
	return chance_any(chance) % n == 0;
}

/* From 0 to 1, which it never is. */
static inline double chance_part(struct chance *chance)
{
	return (double)(chance_any(chance) >> 11) * 0x1p-53;
}

/* How long it takes until what takes so long in the mean. */
static inline int64_t chance_while(struct chance *chance, int64_t mean)
{
	return (int64_t)(-log(1 - chance_part(chance)) * (double)mean);
}

/* How many come of what brings so many in the mean. */
static inline int chance_many(struct chance *chance, double mean)
{
	double all = chance_part(chance), least = exp(-mean);
	int n = 0;

	for (; all > least; n++)
		all *= chance_part(chance);
	return n;
}

/* Between `least` and `most`, small ones as often as large ones. */
static inline int64_t chance_scale(
    struct chance *chance, int64_t least, int64_t most)
{
	double way = log((double)most / (double)least);

	return (int64_t)((double)least * exp(way * chance_part(chance)));
}

#endif
