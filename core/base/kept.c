/* A page that is kept: a line of the pages' spool, and back. */
#include <inttypes.h>
#include <string.h>

#include "core/base/kept.h"
#include "core/base/member.h"

static const char base64_signs[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* ---- the body ---- */

static size_t base64_size(size_t len)
{
	return (len + 2) / 3 * 4;
}

/* How many bytes each byte takes as the character of its number. */
static void latin1_costs(size_t costs[256])
{
	char escape[8];
	size_t i;

	for (i = 0; i < 256; i++) {
		const char *how = member_escape((unsigned char)i, escape);

		costs[i] = i >= 0x80 ? 2 : how != NULL ? strlen(how) : 1;
	}
}

static size_t latin1_size(const char *bytes, size_t len)
{
	size_t costs[256], size = 0, i;

	latin1_costs(costs);
	for (i = 0; i < len; i++)
		size += costs[(unsigned char)bytes[i]];
	return size;
}

static void put_latin1(struct buf *out, const char *bytes, size_t len)
{
	size_t costs[256], n = 0, i;
	char piece[4096];

	latin1_costs(costs);
	for (i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)bytes[i];

		if (byte >= 0x80) {
			piece[n++] = (char)(0xC0 | byte >> 6);
			piece[n++] = (char)(0x80 | (byte & 0x3F));
		} else if (costs[byte] == 1) {
			piece[n++] = (char)byte;
		} else {
			member_escape(byte, piece + n);
			n += costs[byte];
		}
		if (n > sizeof(piece) - 8) {
			buf_add(out, piece, n);
			n = 0;
		}
	}
	buf_add(out, piece, n);
}

/* Text in UTF-8 back to the bytes, in place; false: a character is no byte. */
static bool latin1_back(char *text, size_t *len)
{
	size_t from = 0, to = 0;

	while (from < *len) {
		unsigned char byte = (unsigned char)text[from++];

		if (byte >= 0x80) {
			if ((byte & 0xFE) != 0xC2 || from == *len ||
			    ((unsigned char)text[from] & 0xC0) != 0x80)
				return false;
			byte = (unsigned char)(byte << 6 |
			    ((unsigned char)text[from++] & 0x3F));
		}
		text[to++] = (char)byte;
	}
	text[to] = '\0';
	*len = to;
	return true;
}

static void put_base64(struct buf *out, const char *bytes, size_t len)
{
	const unsigned char *at = (const unsigned char *)bytes;
	char four[4];
	size_t left;

	for (left = len; left > 0; left -= left < 3 ? left : 3, at += 3) {
		uint32_t three = (uint32_t)at[0] << 16;

		three |= left > 1 ? (uint32_t)at[1] << 8 : 0;
		three |= left > 2 ? at[2] : 0;
		four[0] = base64_signs[three >> 18];
		four[1] = base64_signs[three >> 12 & 63];
		four[2] = left > 1 ? base64_signs[three >> 6 & 63] : '=';
		four[3] = left > 2 ? base64_signs[three & 63] : '=';
		buf_add(out, four, 4);
	}
}

/* -1: it is none of the signs. */
static int base64_digit(char sign)
{
	const char *at = sign != '\0' ? strchr(base64_signs, sign) : NULL;

	return at != NULL ? (int)(at - base64_signs) : -1;
}

/* Up to three bytes of four signs: how many, or 0. */
static size_t base64_read(const char *four, char *to)
{
	uint32_t three = 0;
	size_t n = 0;
	int digit;

	while (n < 4 && (digit = base64_digit(four[n])) >= 0) {
		three |= (uint32_t)digit << (18 - 6 * n);
		n++;
	}
	if (n < 2 || (n < 4 && four[3] != '=') || (n < 3 && four[2] != '='))
		return 0;
	to[0] = (char)(three >> 16);
	if (n > 2)
		to[1] = (char)(three >> 8);
	if (n > 3)
		to[2] = (char)three;
	return n - 1;
}

/* Text back to the bytes, in place; false: it is no base64. */
static bool base64_back(char *text, size_t *len)
{
	size_t from, to = 0, n = 3;

	for (from = 0; from + 4 <= *len && n == 3; from += 4) {
		n = base64_read(text + from, text + to);
		to += n;
	}
	if (from != *len || n == 0)
		return false;
	text[to] = '\0';
	*len = to;
	return true;
}

static void put_body(struct buf *out, const char *bytes, size_t len)
{
	bool latin1 = latin1_size(bytes, len) <= base64_size(len);

	member_put_text(out, "encoding", latin1 ? "latin1" : "base64");
	buf_text(out, ",\"body\":\"");
	if (latin1)
		put_latin1(out, bytes, len);
	else
		put_base64(out, bytes, len);
	buf_text(out, "\"");
}

static bool get_body(struct arena *arena, const char *encoding,
    const struct member *body, struct order_page *page)
{
	char *bytes = member_string(arena, body, &page->len);

	page->bytes = bytes;
	if (bytes == NULL || encoding == NULL)
		return false;
	if (strcmp(encoding, "latin1") == 0)
		return latin1_back(bytes, &page->len);
	return strcmp(encoding, "base64") == 0 &&
	    base64_back(bytes, &page->len);
}

/* ---- the entry ---- */

static void put_moment(
    struct buf *out, const char *key, const struct dl_moment *moment)
{
	if (moment == NULL)
		return;
	buf_printf(out, ",\"%s\":{\"seconds\":%" PRId64, key, moment->seconds);
	member_put_number(out, "offset", moment->offset);
	member_put_number(out, "precision", moment->precision);
	member_put_number(out, "zone", moment->zone);
	member_put_number(out, "from", moment->from);
	member_put_text(out, "raw", moment->raw);
	buf_text(out, "}");
}

/* NULL where it is none. */
static const struct dl_moment *get_moment(
    struct arena *arena, const struct member *object)
{
	struct dl_moment *moment = arena_alloc(arena, sizeof(*moment));
	const char *at = object->value, *end = at + object->len;
	struct member member;

	while ((at = member_next(at, end, &member)) != NULL) {
		int64_t number = member_number(&member);

		if (member_is(&member, "seconds"))
			moment->seconds = number;
		else if (member_is(&member, "offset"))
			moment->offset = (int32_t)number;
		else if (member_is(&member, "precision"))
			moment->precision = (enum dl_precision)number;
		else if (member_is(&member, "zone"))
			moment->zone = (enum dl_zone)number;
		else if (member_is(&member, "from"))
			moment->from = (enum dl_from)number;
		else if (member_is(&member, "raw"))
			moment->raw = member_text(arena, &member);
	}
	if (moment->precision < DL_DAY || moment->precision > DL_SECOND ||
	    moment->zone < DL_ZONE_EXPLICIT || moment->zone > DL_ZONE_ASSUMED ||
	    moment->from > DL_FROM_RULE)
		return NULL;
	return moment;
}

static void put_entry(struct buf *out, const struct dl_entry *entry)
{
	buf_text(out, ",\"entry\":{");
	member_put_text(out, "url", entry->url);
	member_put_text(out, "title", entry->title);
	member_put_text(out, "summary", entry->summary);
	member_put_text(out, "author", entry->author);
	if (entry->html != NULL)
		buf_text(out, ",\"html\":true");
	put_moment(out, "published", entry->published);
	put_moment(out, "updated", entry->updated);
	buf_text(out, "}");
}

/* *html: the body is the entry's, too. */
static void get_entry(struct arena *arena, const struct member *object,
    struct dl_entry *entry, bool *html)
{
	const char *at = object->value, *end = at + object->len;
	struct member member;

	while ((at = member_next(at, end, &member)) != NULL) {
		if (member_is(&member, "url"))
			entry->url = member_text(arena, &member);
		else if (member_is(&member, "title"))
			entry->title = member_text(arena, &member);
		else if (member_is(&member, "summary"))
			entry->summary = member_text(arena, &member);
		else if (member_is(&member, "author"))
			entry->author = member_text(arena, &member);
		else if (member_is(&member, "html"))
			*html = true;
		else if (member_is(&member, "published"))
			entry->published = get_moment(arena, &member);
		else if (member_is(&member, "updated"))
			entry->updated = get_moment(arena, &member);
	}
}

/* ---- the line ---- */

/* All that stands before the body; false: it cannot be said. */
static bool put_head(struct buf *out, const struct kept_page *kept)
{
	const struct order_page *page = &kept->page;
	const struct dl_entry *entry = &kept->entry;

	if (!member_takes(entry->id) || !member_takes(entry->url))
		return false;
	buf_text(out, "{\"v\":1,\"kind\":\"page\"");
	member_put_text(out, "id", entry->id);
	member_put_text(out, "source", kept->source);
	member_put_text(out, "url", page->url);
	member_put_text(out, "type", page->type);
	member_put_text(out, "charset", page->charset);
	member_put_text(out, "etag", page->etag);
	member_put_number(out, "status", page->status);
	member_put_number(out, "fetched", page->fetched);
	member_put_number(out, "part", kept->part);
	member_put_number(out, "parts", kept->parts);
	put_entry(out, entry);
	return true;
}

void kept_put(struct buf *out, const struct kept_page *kept)
{
	if (!put_head(out, kept))
		return;
	put_body(out, kept->page.bytes, kept->page.len);
	buf_text(out, "}");
}

void kept_put_head(struct buf *out, const struct kept_page *kept)
{
	if (!put_head(out, kept))
		return;
	member_put_number(out, "bytes", (int64_t)kept->page.len);
	put_body(out, "", 0);
	buf_text(out, "}");
}

struct getting { /* of a line */
	struct arena *arena;
	struct kept_page *kept;
	const char *kind, *encoding;
	struct member body;
	bool html;
};

static void get_member(struct getting *getting, const struct member *member)
{
	struct kept_page *kept = getting->kept;
	const struct {
		const char *key, **text;
	} texts[] = {
		{ "kind", &getting->kind },
		{ "id", &kept->entry.id },
		{ "source", &kept->source },
		{ "url", &kept->page.url },
		{ "type", &kept->page.type },
		{ "charset", &kept->page.charset },
		{ "etag", &kept->page.etag },
		{ "encoding", &getting->encoding },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (member_is(member, texts[i].key))
			*texts[i].text = member_text(getting->arena, member);
	}
	if (member_is(member, "status"))
		kept->page.status = (uint32_t)member_number(member);
	else if (member_is(member, "fetched"))
		kept->page.fetched = member_number(member);
	else if (member_is(member, "bytes"))
		kept->page.len = (size_t)member_number(member);
	else if (member_is(member, "part"))
		kept->part = (int)member_number(member);
	else if (member_is(member, "parts"))
		kept->parts = (int)member_number(member);
	else if (member_is(member, "entry"))
		get_entry(getting->arena, member, &kept->entry, &getting->html);
}

/* Up to the body, which is long and comes last. */
static bool get_head(struct getting *getting, const char *at, const char *end)
{
	const struct kept_page *kept = getting->kept;
	struct member *member = &getting->body;

	while ((at = member_next(at, end, member)) != NULL &&
	    !member_is(member, "body"))
		get_member(getting, member);
	return at != NULL && getting->kind != NULL &&
	    strcmp(getting->kind, "page") == 0 && kept->entry.id != NULL &&
	    kept->entry.url != NULL && kept->source != NULL &&
	    kept->part >= 1 && kept->part <= kept->parts;
}

bool kept_get(
    struct arena *arena, const char *line, size_t len, struct kept_page *kept)
{
	struct getting getting = { .arena = arena, .kept = kept };

	*kept = (struct kept_page){ .parts = 0 };
	if (!get_head(&getting, line, line + len) ||
	    !get_body(arena, getting.encoding, &getting.body, &kept->page))
		return false;
	if (getting.html)
		kept->entry.html = kept->page.bytes;
	return true;
}

bool kept_look(
    struct arena *arena, const char *line, size_t len, struct kept_page *kept)
{
	struct getting getting = { .arena = arena, .kept = kept };

	*kept = (struct kept_page){ .parts = 0 };
	if (!get_head(&getting, line, line + len))
		return false;
	if (getting.html)
		kept->entry.html = "";
	return true;
}
