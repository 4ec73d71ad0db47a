/* Numbers in texts: in digits of any script, and in Chinese signs. */
#include <stdint.h>
#include <string.h>

#include "core/base/fold.h"
#include "core/kit/number.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

int number_digit(const char *at, size_t *len)
{
	/* Arabic, Persian, Indian, Bengali, Thai, Lao, Burmese, Khmer and the
	   digits of full width, each from its 0 on. */
	static const uint32_t zeros[] = { 0x0660, 0x06f0, 0x0966, 0x09e6,
		0x0e50, 0x0ed0, 0x1040, 0x17e0, 0xff10 };
	uint32_t point;
	size_t i;

	*len = 1;
	if ((unsigned char)*at < 0x80)
		return *at >= '0' && *at <= '9' ? *at - '0' : -1;
	point = fold_next(at, len);
	for (i = 0; i < COUNT(zeros); i++) {
		if (point >= zeros[i] && point - zeros[i] < 10)
			return (int)(point - zeros[i]);
	}
	return -1;
}

const char *number_read(const char *at, size_t least, size_t most, int *number)
{
	size_t n = 0, len;
	int digit;

	for (*number = 0; n <= most && (digit = number_digit(at, &len)) >= 0;
	     n++, at += len)
		*number = *number * 10 + digit;
	return n >= least && n <= most ? at : NULL;
}

/* 0 to 10 in Chinese signs, of three bytes each; -1: it is none. */
static int chinese_digit(const char *at)
{
	static const char *const signs[] = { "〇", "一", "二", "三", "四", "五",
		"六", "七", "八", "九", "十", "零", "○" };
	int i;

	for (i = 0; i < (int)COUNT(signs); i++) {
		if (strncmp(at, signs[i], 3) == 0)
			return i <= 10 ? i : 0;
	}
	return -1;
}

const char *number_chinese_year(const char *at, int *year)
{
	int i, digit;

	for (*year = 0, i = 0; i < 4; i++, at += 3) {
		digit = chinese_digit(at);
		if (digit < 0 || digit > 9)
			return NULL;
		*year = *year * 10 + digit;
	}
	return at;
}

const char *number_chinese(const char *at, int *number)
{
	int tens = chinese_digit(at), units;

	if (tens < 0)
		return NULL;
	at += 3;
	*number = tens;
	units = chinese_digit(at);
	if (tens < 10 && units == 10) {
		*number *= 10;
		at += 3;
		units = chinese_digit(at);
	} else if (tens < 10) {
		return at;
	}
	if (units < 1 || units > 9)
		return at;
	*number += units;
	return at + 3;
}
