/* JSON Feed 1.0 and 1.1: https://www.jsonfeed.org/version/1.1/ */
#ifndef JSONFEED_H
#define JSONFEED_H

#include <stdbool.h>

struct reading;

/* Whether it looks like one. */
bool jsonfeed_is(const char *bytes);

/* Reads its entries, of one that was cut off the whole ones; false if there is
   no list of them. */
bool jsonfeed_read(struct reading *reading, const char *bytes);

#endif
