/* Moments as lines and consumers have them: "2026-11-05T07:20:03.311Z". They
   are as long as each other, and sort as what they say. */
#ifndef MOMENT_H
#define MOMENT_H

#include <stdbool.h>
#include <stdint.h>

#define MOMENT_TEXT 40 /* bytes, with a NUL, of any */
#define MOMENT_LEN 24  /* characters, of a year with four digits */

void moment_put(char text[MOMENT_TEXT], int64_t millis); /* since 1970 */

/* False where it is not exactly that. */
bool moment_get(const char *text, int64_t *millis);

/* Whether a moment has such a text: from 1970 to 9999. */
bool moment_is(int64_t millis);

int64_t moment_now(void);

#endif
