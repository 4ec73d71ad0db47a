/*
 * Lines for measuring: records as the daemon makes them, of news that nobody
 * wrote. Words, phrases and topics come back about as often as in real prose of
 * their language, for that is what compression lives on; a few records are
 * corrections of earlier ones.
 */
#ifndef TESTS_BENCH_LINES_H
#define TESTS_BENCH_LINES_H

#include <stddef.h>
#include <stdint.h>

#define BENCH_LINE 16384 /* bytes that a line takes at most, with a NUL */

struct vocabulary;

struct vocabulary *vocabulary_make(void);
void vocabulary_free(struct vocabulary *words);

/* The nth record, without seq and spooled, as spool_add() takes it: always the
   same one. Its length. */
size_t bench_line(
    const struct vocabulary *words, uint64_t n, char line[BENCH_LINE]);

#endif
