/*
 * How a value is written: the agencies escape the same letters in different
 * ways, and readers must undo all of them.
 */
#ifndef WIRE_FILTER_H
#define WIRE_FILTER_H

#include <stdio.h>
#include <time.h>

/*
 * Writes `value` as the filter says: raw, html, dec, hex, json, nfd; one that
 * begins with % is a format of strftime() for a value that is a time.
 */
void filter(FILE *out, const char *name, const char *value);

/* "2026-11-12T09:30:00", read as UTC; the caller takes the zone off. */
time_t time_read(const char *text);

#endif
