/* The members of a JSON object, one after the other, as they stand there. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "core/base/member.h"

/* Behind the closing quote; NULL: there is none. */
static const char *string_end(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++) {
		if (*at == '\\')
			at++;
	}
	return at < end ? at + 1 : NULL;
}

static const char *brackets_end(const char *at, const char *end)
{
	int depth = 0;

	while (at != NULL && at < end) {
		if (*at == '"') {
			at = string_end(at, end);
			continue;
		}
		depth +=
		    (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
		at++;
		if (depth == 0)
			return at;
	}
	return NULL;
}

/* Behind a value: what follows is a comma, or the end of what it is in. */
static const char *value_end(const char *at, const char *end)
{
	if (at == end)
		return NULL;
	if (*at == '"')
		return string_end(at, end);
	if (*at == '{' || *at == '[')
		return brackets_end(at, end);
	while (at < end && *at != ',' && *at != '}' && *at != ']')
		at++;
	return at < end ? at : NULL;
}

const char *member_next(const char *at, const char *end, struct member *member)
{
	const char *behind;

	if (end - at < 2 || (*at != '{' && *at != ',') || at[1] != '"')
		return NULL;
	behind = string_end(at + 1, end);
	if (behind == NULL || behind == end || *behind != ':')
		return NULL;
	member->key = at + 2;
	member->key_len = (size_t)(behind - 1 - member->key);
	member->value = behind + 1;
	behind = value_end(member->value, end);
	if (behind == NULL)
		return NULL;
	member->len = (size_t)(behind - member->value);
	return behind;
}

bool member_is(const struct member *member, const char *key)
{
	return strlen(key) == member->key_len &&
	    memcmp(key, member->key, member->key_len) == 0;
}

/* ---- strings ---- */

/* Four hexadecimal digits; -1: they are none. */
static int hex_read(const char *at)
{
	char digits[5] = { 0 };
	size_t i;

	for (i = 0; i < 4; i++)
		digits[i] = at[i];
	if (strspn(digits, "0123456789abcdefABCDEF") != 4)
		return -1;
	return (int)strtol(digits, NULL, 16);
}

static char *utf8_put(char *to, int code)
{
	if (code < 0x80) {
		*to++ = (char)code;
	} else if (code < 0x800) {
		*to++ = (char)(0xC0 | code >> 6);
		*to++ = (char)(0x80 | (code & 0x3F));
	} else {
		*to++ = (char)(0xE0 | code >> 12);
		*to++ = (char)(0x80 | (code >> 6 & 0x3F));
		*to++ = (char)(0x80 | (code & 0x3F));
	}
	return to;
}

/* What stands behind a backslash, of which there are `left` bytes: how many of
   them it is, or 0. */
static size_t escape_read(const char *at, size_t left, char **to)
{
	static const char signs[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	const char *sign = left > 0 && *at != '\0' ? strchr(signs, *at) : NULL;
	int code;

	if (sign != NULL) {
		*(*to)++ = meant[sign - signs];
		return 1;
	}
	code = left >= 5 && *at == 'u' ? hex_read(at + 1) : -1;
	if (code < 0 || (code >= 0xD800 && code < 0xE000))
		return 0;
	*to = utf8_put(*to, code);
	return 5;
}

char *member_string(
    struct arena *arena, const struct member *member, size_t *len)
{
	const char *at = member->value + 1;
	const char *end = member->value + member->len - 1;
	char *text, *to;
	size_t run;

	if (member->len < 2 || member->value[0] != '"')
		return NULL;
	text = to = arena_alloc(arena, member->len);
	while (at < end) {
		const char *escape = memchr(at, '\\', (size_t)(end - at));

		run = (size_t)((escape != NULL ? escape : end) - at);
		memcpy(to, at, run);
		to += run;
		at += run;
		if (escape == NULL)
			break;
		run = escape_read(at + 1, (size_t)(end - at - 1), &to);
		if (run == 0)
			return NULL;
		at += 1 + run;
	}
	*to = '\0';
	*len = (size_t)(to - text);
	return text;
}

const char *member_text(struct arena *arena, const struct member *member)
{
	size_t len;
	const char *text = member_string(arena, member, &len);

	return text != NULL && strlen(text) == len ? text : NULL;
}

int64_t member_number(const struct member *member)
{
	char digits[24] = { 0 }, *end;
	long long number;

	if (member->len >= sizeof(digits))
		return 0;
	memcpy(digits, member->value, member->len);
	number = strtoll(digits, &end, 10);
	return *end == '\0' ? number : 0;
}

/* ---- writing ---- */

bool member_takes(const char *text)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
	utf8proc_int32_t code;

	while (at != NULL && *at != '\0') {
		utf8proc_ssize_t used = utf8proc_iterate(at, -1, &code);

		if (used < 1)
			return false;
		at += used;
	}
	return at != NULL;
}

const char *member_escape(unsigned char byte, char escape[8])
{
	static const char signs[] = "\b\f\n\r\t\"\\", words[] = "bfnrt\"\\";
	static const char hex[] = "0123456789abcdef";
	const char *sign = byte != '\0' ? strchr(signs, byte) : NULL;

	if (sign == NULL && byte >= ' ')
		return NULL;
	memcpy(escape, "\\u0000", 7);
	if (sign != NULL) {
		escape[1] = words[sign - signs];
		escape[2] = '\0';
	} else {
		escape[4] = hex[byte >> 4];
		escape[5] = hex[byte & 15];
	}
	return escape;
}

static void put_string(struct buf *out, const char *text)
{
	const char *run = text, *at, *escape;
	char room[8];

	buf_add(out, "\"", 1);
	for (at = text; *at != '\0'; at++) {
		escape = member_escape((unsigned char)*at, room);
		if (escape == NULL)
			continue;
		buf_add(out, run, (size_t)(at - run));
		buf_text(out, escape);
		run = at + 1;
	}
	buf_add(out, run, (size_t)(at - run));
	buf_add(out, "\"", 1);
}

static void put_key(struct buf *out, const char *key)
{
	buf_printf(out, "%s\"%s\":",
	    out->len > 0 && out->bytes[out->len - 1] == '{' ? "" : ",", key);
}

void member_put_text(struct buf *out, const char *key, const char *text)
{
	if (!member_takes(text))
		return;
	put_key(out, key);
	put_string(out, text);
}

void member_put_number(struct buf *out, const char *key, int64_t number)
{
	put_key(out, key);
	buf_printf(out, "%" PRId64, number);
}
