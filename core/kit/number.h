/* Numbers in texts: in digits of any script, and in Chinese signs. */
#ifndef NUMBER_H
#define NUMBER_H

#include <stddef.h>

/* The value of the digit at `at`, of any script, and its bytes; -1: none. */
int number_digit(const char *at, size_t *len);

/* Behind a number of so many digits (nine, at most), with no digit behind it;
   NULL if there is none. */
const char *number_read(const char *at, size_t least, size_t most, int *number);

/* Behind "七", "十", "十七", "三十", "三十一"; and behind four digits:
 * "二〇二四".
 */
const char *number_chinese(const char *at, int *number);
const char *number_chinese_year(const char *at, int *year);

#endif
