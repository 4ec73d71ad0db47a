/*
 * Pages in quarantine as people read and name them. A short name is the
 * beginning of the hash in a page's name, as long as it must be so that it is
 * no other page's.
 */
#ifndef LISTING_H
#define LISTING_H

#include <jansson.h>
#include <stdio.h>

#include "core/base/quarantine.h"

/* How many digits the short names of these pages have. */
int listing_digits(const struct quarantined *list, size_t n);

/* The page that is meant by a name, a short name, or what is longer than the
   least one; NULL, and in *many whether that could be several. */
const struct quarantined *listing_find(
    const struct quarantined *list, size_t n, const char *said, bool *many);

/* The heading; and two lines: short name, age, source and reason in 80 columns,
   and below them the address. `source` is the width of that column. */
void listing_head(FILE *out, int digits, int source);
void listing_row(FILE *out, const struct quarantined *page, int digits,
    int source, int64_t now);

/* The columns that a list's sources need, but not too many. */
int listing_source(const struct quarantined *list, size_t n);

/* All that is known of it; its file is in that folder. The caller's. */
json_t *listing_json(const struct quarantined *page, const char *folder);

#endif
