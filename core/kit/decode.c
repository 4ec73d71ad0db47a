/*
 * What a page is written in, and its text in UTF-8.
 *
 * The marks of the bytes themselves count first, then valid UTF-8 with letters
 * beyond ASCII, then what header and page say, in this order and without what
 * the bytes disprove.
 */
#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/arena.h"
#include "core/base/legacy.h"
#include "core/kit/charsets.h"
#include "core/kit/decode.h"

#define REPLACEMENT "\xef\xbf\xbd"
#define NOT_OPEN ((iconv_t)-1)

/* Bytes in which a page says its charset; browsers read 1,024. */
#define HEAD ((size_t)8192)

struct decoder {
	size_t n;
	iconv_t open[]; /* one for each of charsets[] */
};

struct input {
	const char *bytes;
	size_t len;
	const char *type;
};

bool decode_prepare(struct decoder **decoder, const char **why)
{
	size_t i;

	*decoder = calloc(
	    1, sizeof(**decoder) + n_charsets * sizeof((*decoder)->open[0]));
	if (*decoder == NULL) {
		*why = "no memory for the charsets";
		return false;
	}
	(*decoder)->n = n_charsets;
	for (i = 0; i < n_charsets; i++)
		(*decoder)->open[i] = iconv_open("UTF-8", charsets[i].iconv);
	return true;
}

void decode_close(struct decoder *decoder)
{
	size_t i;

	for (i = 0; decoder != NULL && i < decoder->n; i++) {
		if (decoder->open[i] != NOT_OPEN)
			iconv_close(decoder->open[i]);
	}
	free(decoder);
}

/* ---- UTF-8 ---- */

/*
 * Bytes of the character at `at`; 0 if it is none, and then *bad bytes are one
 * mistake. A character that the page's end cuts off is *cut.
 */
static size_t utf8_next(const uint8_t *at, size_t left, size_t *bad, bool *cut)
{
	static const struct {
		uint8_t first, last, least, most; /* of bytes one and two */
		size_t len;
	} forms[] = {
		{ 0x00, 0x7f, 0x00, 0x00, 1 },
		{ 0xc2, 0xdf, 0x80, 0xbf, 2 },
		{ 0xe0, 0xe0, 0xa0, 0xbf, 3 },
		{ 0xe1, 0xec, 0x80, 0xbf, 3 },
		{ 0xed, 0xed, 0x80, 0x9f, 3 },
		{ 0xee, 0xef, 0x80, 0xbf, 3 },
		{ 0xf0, 0xf0, 0x90, 0xbf, 4 },
		{ 0xf1, 0xf3, 0x80, 0xbf, 4 },
		{ 0xf4, 0xf4, 0x80, 0x8f, 4 },
	};
	size_t i = 0, n = 1;

	*bad = 1;
	*cut = false;
	while (i < sizeof(forms) / sizeof(forms[0]) && *at > forms[i].last)
		i++;
	if (i == sizeof(forms) / sizeof(forms[0]) || *at < forms[i].first)
		return 0;
	for (; n < forms[i].len; n++) {
		uint8_t least = n == 1 ? forms[i].least : 0x80;
		uint8_t most = n == 1 ? forms[i].most : 0xbf;

		if (n == left || at[n] < least || at[n] > most) {
			*bad = n;
			*cut = n == left;
			return 0;
		}
	}
	return n;
}

struct tally { /* characters beyond ASCII, and what is none */
	size_t good, bad;
};

static struct tally utf8_tally(const struct input *in)
{
	const uint8_t *at = (const uint8_t *)in->bytes;
	struct tally tally = { 0, 0 };
	size_t i = 0, bad;
	bool cut;

	while (i < in->len) {
		size_t n = 1;

		if (at[i] >= 0x80) {
			n = utf8_next(at + i, in->len - i, &bad, &cut);
			tally.good += n > 0;
			tally.bad += n == 0 && (!cut || tally.good == 0);
		}
		i += n > 0 ? n : bad;
	}
	return tally;
}

static char *utf8_copy(
    struct arena *arena, const struct input *in, bool valid, size_t *out_len)
{
	const uint8_t *at = (const uint8_t *)in->bytes;
	char *out = arena_alloc(arena, (valid ? 1 : 3) * in->len + 4);
	size_t i = 0, len = 0, bad;
	bool cut;

	while (i < in->len) {
		size_t n = 1;

		if (at[i] >= 0x80)
			n = utf8_next(at + i, in->len - i, &bad, &cut);
		memcpy(out + len, n > 0 ? in->bytes + i : REPLACEMENT,
		    n > 0 ? n : 3);
		len += n > 0 ? n : 3;
		i += n > 0 ? n : bad;
	}
	*out_len = len;
	return out;
}

/* ---- other charsets ---- */

/* No charset takes more than six bytes for two, or three for one, and a
   mistake is three. One is `unit` bytes long. */
static char *convert(struct arena *arena, iconv_t open, size_t unit,
    const struct input *in, size_t *out_len)
{
	char *from = (char *)(uintptr_t)in->bytes, *out, *to;
	size_t left = in->len, room = 3 * in->len + 16;

	out = to = arena_alloc(arena, room);
	iconv(open, NULL, NULL, NULL, NULL);
	while (
	    left > 0 && iconv(open, &from, &left, &to, &room) == (size_t)-1) {
		if (errno == E2BIG || left == 0 || room < 3)
			break;
		memcpy(to, REPLACEMENT, 3);
		to += 3;
		room -= 3;
		from += left < unit ? left : unit;
		left -= left < unit ? left : unit;
	}
	iconv(open, NULL, NULL, &to, &room);
	*out_len = (size_t)(to - out);
	return out;
}

/* ---- what the page says ---- */

/* The label behind `charset` or `encoding`, its `=` and its quote. */
static const struct charset *labelled(
    const char *at, const char *end, bool *unknown)
{
	const char *start;
	const struct charset *charset;

	while (at < end && memchr(" \t\r\n\"'", *at, 6) != NULL)
		at++;
	if (at == end || *at++ != '=')
		return NULL;
	while (at < end && memchr(" \t\r\n\"'", *at, 6) != NULL)
		at++;
	start = at;
	while (at < end && memchr(" \t\r\n\"';/>?", *at, 10) == NULL)
		at++;
	charset = charset_named(start, (size_t)(at - start));
	if (charset == NULL && at > start)
		*unknown = true;
	return charset;
}

static const char *find(const char *at, const char *end, const char *text)
{
	size_t len = strlen(text);

	for (; (size_t)(end - at) >= len; at++) {
		if (strncasecmp(at, text, len) == 0)
			return at;
	}
	return NULL;
}

/* <?xml version="1.0" encoding="gb2312"?>, at the very beginning. */
static const struct charset *of_xml(const struct input *in, bool *unknown)
{
	const char *end = in->bytes + (in->len < HEAD ? in->len : HEAD);
	const char *at = in->bytes, *close;

	while (at < end && memchr(" \t\r\n", *at, 4) != NULL)
		at++;
	if (end - at < 5 || memcmp(at, "<?xml", 5) != 0)
		return NULL;
	close = find(at, end, "?>");
	if (close != NULL)
		at = find(at, close, "encoding");
	if (close == NULL || at == NULL)
		return NULL;
	return labelled(at + strlen("encoding"), close, unknown);
}

/* Behind a comment that begins here, or here. */
static const char *past_comment(const char *at, const char *end)
{
	const char *close;

	if (end - at < 4 || memcmp(at, "<!--", 4) != 0)
		return at;
	close = find(at + 4, end, "-->");
	return close != NULL ? close : end;
}

/* <meta charset="x"> and <meta http-equiv content="text/html; charset=x">. */
static const struct charset *of_meta(const struct input *in, bool *unknown)
{
	const char *end = in->bytes + (in->len < HEAD ? in->len : HEAD);
	const char *at = in->bytes;

	while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
		const struct charset *charset = NULL;
		const char *close, *found;

		at = past_comment(at, end);
		if (end - at < 5 || strncasecmp(at, "<meta", 5) != 0) {
			at += at < end;
			continue;
		}
		close = memchr(at, '>', (size_t)(end - at));
		close = close != NULL ? close : end;
		found = find(at, close, "charset");
		if (found != NULL)
			charset =
			    labelled(found + strlen("charset"), close, unknown);
		if (charset != NULL)
			return charset;
		at = close;
	}
	return NULL;
}

static bool is_plain(const struct input *in)
{
	return in->type != NULL &&
	    (strcmp(in->type, "text/plain") == 0 ||
		strstr(in->type, "json") != NULL);
}

/* ---- which it is ---- */

static bool is_utf16(const struct charset *charset)
{
	return strncmp(charset->name, "utf-16", 6) == 0;
}

/* A byte order mark, which is taken off. */
static const struct charset *of_mark(struct input *in)
{
	static const struct {
		const char *mark;
		size_t len;
		const char *name;
	} marks[] = {
		{ "\xef\xbb\xbf", 3, "utf-8" },
		{ "\xff\xfe", 2, "utf-16le" },
		{ "\xfe\xff", 2, "utf-16be" },
	};
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (in->len >= marks[i].len &&
		    memcmp(in->bytes, marks[i].mark, marks[i].len) == 0) {
			in->bytes += marks[i].len;
			in->len -= marks[i].len;
			return charset_named(
			    marks[i].name, strlen(marks[i].name));
		}
	}
	return NULL;
}

/* UTF-16 without a mark: its markup has a zero in every other byte, always on
   the same side. A few are a mistake of the page. */
static const struct charset *of_zeros(const struct input *in)
{
	size_t len = in->len < HEAD ? in->len : HEAD;
	size_t zeros[2] = { 0, 0 };
	size_t i;

	for (i = 0; i < len; i++)
		zeros[i % 2] += in->bytes[i] == '\0';
	if (zeros[0] + zeros[1] < 3)
		return NULL;
	if (zeros[1] > len / 8 && zeros[1] > 8 * zeros[0])
		return charset_named("utf-16le", 8);
	if (zeros[0] > len / 8 && zeros[0] > 8 * zeros[1])
		return charset_named("utf-16be", 8);
	return NULL;
}

/* Bytes of another charset are now and then a character of UTF-8, but not
   twenty times as often as not. */
static bool is_utf8(struct tally tally)
{
	return tally.good > 0 && tally.good >= 20 * tally.bad;
}

static const struct charset *of_labels(const struct input *in,
    const char *header, struct tally tally, const char **unknown)
{
	const struct charset *said[3] = { NULL, NULL, NULL };
	bool strange = false;
	size_t i;

	if (header != NULL && *header != '\0') {
		said[0] = charset_named(header, strlen(header));
		if (said[0] == NULL)
			*unknown = header;
	}
	if (!is_plain(in)) {
		said[1] = of_xml(in, &strange);
		said[2] = of_meta(in, &strange);
	}
	if (strange && *unknown == NULL)
		*unknown = "that the page names";

	/* Had it been UTF-16, its zeros would have told. */
	for (i = 0; i < 3; i++) {
		if (said[i] != NULL && !is_utf16(said[i]) &&
		    (said[i] != charsets || tally.bad == 0))
			return said[i];
	}
	return said[0] != NULL ? said[0] : said[1] != NULL ? said[1] : said[2];
}

/* Bytes that are no UTF-8, on a page that says it is: more are no stray quotes
   of another charset, they are its text. */
#define STRAY_MOST 100

/* NULL and a reason where nobody knows. */
static const struct charset *decide(struct arena *arena, struct input *in,
    const char *header, struct tally *tally, const char **why)
{
	const struct charset *charset = of_mark(in);
	const char *unknown = NULL;

	if (charset == NULL)
		charset = of_zeros(in);
	if (charset != NULL && is_utf16(charset))
		return charset;
	*tally = utf8_tally(in);
	if (charset != NULL || is_utf8(*tally))
		return charsets;

	charset = of_labels(in, header, *tally, &unknown);
	if (charset != NULL && is_utf16(charset))
		return charsets;
	if (charset == charsets && tally->bad > tally->good &&
	    tally->bad > STRAY_MOST) {
		*why = "it says that it is UTF-8, and is not";
		return NULL;
	}
	if (charset != NULL || tally->bad == 0)
		return charset != NULL ? charset : charsets;
	*why = "no charset is named, and it is not UTF-8";
	if (unknown != NULL) {
		char *text = arena_alloc(arena, strlen(unknown) + 40);

		strcpy(text, "unknown charset: ");
		*why = strcat(text, unknown);
	}
	return NULL;
}

/* Without NUL, which would end strings before their end. */
static char *without_zeros(char *text, size_t *len)
{
	size_t i, n = 0;

	for (i = 0; i < *len; i++) {
		if (text[i] != '\0')
			text[n++] = text[i];
	}
	text[n] = '\0';
	*len = n;
	return text;
}

/* Letters of Vietnamese fonts that say they are Latin 1, or nothing; NULL
   where the page does not prove it. */
static char *of_fonts(struct arena *arena, const struct decoder *decoder,
    const struct input *in, size_t *out_len)
{
	const struct charset *latin = charset_named("windows-1252", 12);
	iconv_t open = decoder->open[latin - charsets];
	size_t len;
	char *text;

	if (open == NOT_OPEN)
		return NULL;
	text = convert(arena, open, 1, in, &len);
	text = without_zeros(text, &len);
	return legacy_text(arena, text, len, true, out_len);
}

char *decode_page(struct arena *arena, const struct decoder *decoder,
    const char *bytes, size_t len, const char *charset, const char *type,
    size_t *out_len, const char **why)
{
	struct input in = { bytes, len, type };
	struct tally tally = { 0, 0 };
	const struct charset *found = decide(arena, &in, charset, &tally, why);
	iconv_t open;
	char *text;

	if (found == NULL || strcmp(found->name, "windows-1252") == 0) {
		text = of_fonts(arena, decoder, &in, out_len);
		if (found == NULL || text != NULL)
			return text;
	}
	open = decoder->open[found - charsets];
	if (found == charsets) {
		text = utf8_copy(arena, &in, tally.bad == 0, out_len);
	} else if (open == NOT_OPEN) {
		*why = "a charset that was not loaded";
		return NULL;
	} else {
		text =
		    convert(arena, open, is_utf16(found) ? 2 : 1, &in, out_len);
	}
	return without_zeros(text, out_len);
}
