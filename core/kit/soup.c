/*
 * Feeds are made by hand and by templates: tags are not ended, attributes not
 * quoted, texts not escaped. A parser of XML stops there or guesses wrong; who
 * knows what feeds have in them guesses better.
 *
 * The soup is gone through twice: once for its length, once to write it.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/kit/job.h"
#include "core/kit/soup.h"

#define MOST_DEPTH 100     /* elements in each other; libxml2 stops at 256 */
#define MOST_ATTRIBUTES 64 /* of one tag: each is compared with all others */

static const char white[] = " \t\r\n";

struct span {
	const char *at;
	size_t len;
};

enum mark { COMMENT_END, CDATA_START, CDATA_END, PI_END, TAG_END, N_MARKS };

struct soup {
	const char *at, *end;
	const char *entry;
	char *out; /* NULL while only the length is wanted */
	size_t len;
	struct span open[MOST_DEPTH]; /* names, the root's first */
	size_t depth;
	size_t entry_at, leaf_at;   /* which is an entry, a leaf; 0: none */
	size_t too_deep;            /* left out, and not yet ended */
	bool done;                  /* the root has ended */
	const char *marks[N_MARKS]; /* where each was found last */
};

/* ---- writing ---- */

static void put(struct soup *soup, const char *text, size_t len)
{
	if (soup->out != NULL)
		memcpy(soup->out + soup->len, text, len);
	soup->len += len;
}

static void put_text(struct soup *soup, const char *text)
{
	put(soup, text, strlen(text));
}

/* Bytes of what no XML may have: control characters, U+FFFE, U+FFFF. */
static size_t forbidden(const char *at)
{
	if ((unsigned char)*at < ' ')
		return memchr("\t\r\n", *at, 3) == NULL;
	if (strncmp(at, "\xef\xbf\xbe", 3) == 0 ||
	    strncmp(at, "\xef\xbf\xbf", 3) == 0)
		return 3;
	return 0;
}

/* The number in "&#8220;" or "&#x201c;" and how many bytes that takes: 0 if it
   is none. */
static uint32_t reference(const char *at, size_t *len)
{
	const char *digits = "0123456789", *from = at + 2;
	int base = 10;
	size_t n;

	*len = 0;
	if (strncmp(at, "&#", 2) != 0)
		return 0;
	if (*from == 'x' || *from == 'X') {
		digits = "0123456789abcdefABCDEF";
		base = 16;
		from++;
	}
	n = strspn(from, digits);
	if (n == 0 || n > 8 || from[n] != ';')
		return 0;
	*len = (size_t)(from - at) + n + 1;
	return (uint32_t)strtoul(from, NULL, base);
}

static bool is_half(uint32_t code, uint32_t first)
{
	return code >= first && code < first + 0x400;
}

static bool is_character(uint32_t code)
{
	if (code < ' ')
		return code == '\t' || code == '\n' || code == '\r';
	return code < 0xd800 || (code >= 0xe000 && code < 0xfffe) ||
	    (code >= 0x10000 && code < 0x110000);
}

/* A character by its number. Some programs write one as two halves; those of
   Windows-1252 are left to HTML, which knows them. */
static void put_reference(struct soup *soup, uint32_t code, size_t len)
{
	const char *format =
	    code >= 0x80 && code < 0xa0 ? "&amp;#%u;" : "&#%u;";
	uint32_t second;
	char text[24];
	size_t more;

	second = reference(soup->at + len, &more);
	if (is_half(code, 0xd800) && is_half(second, 0xdc00)) {
		code = 0x10000 + ((code - 0xd800) << 10) + (second - 0xdc00);
		len += more;
	}
	snprintf(text, sizeof(text), format,
	    is_character(code) ? (unsigned)code : ' ');
	put_text(soup, text);
	soup->at += len;
}

/* What XML knows stays as it is; what HTML knows is resolved later, and a bare
   `&` means itself. */
static void put_entity(struct soup *soup)
{
	static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;",
		"&apos;" };
	uint32_t code;
	size_t i, len;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		len = strlen(known[i]);
		if (strncmp(soup->at, known[i], len) != 0)
			continue;
		put(soup, known[i], len);
		soup->at += len;
		return;
	}
	code = reference(soup->at, &len);
	if (len > 0) {
		put_reference(soup, code, len);
		return;
	}
	put_text(soup, "&amp;");
	soup->at++;
}

/* One character of a text or of an attribute. */
static void put_character(struct soup *soup)
{
	size_t len = forbidden(soup->at);

	if (*soup->at == '&') {
		put_entity(soup);
		return;
	}
	if (len > 0)
		put_text(soup, " ");
	else if (*soup->at == '<')
		put_text(soup, "&lt;");
	else if (*soup->at == '>')
		put_text(soup, "&gt;");
	else if (*soup->at == '"')
		put_text(soup, "&quot;");
	else
		put(soup, soup->at, 1);
	soup->at += len > 0 ? len : 1;
}

/* As it is but for what is forbidden: in CDATA. */
static void put_raw(struct soup *soup, const char *until)
{
	while (soup->at < until) {
		size_t len = forbidden(soup->at);

		put(soup, len > 0 ? " " : soup->at, 1);
		soup->at += len > 0 ? len : 1;
	}
}

/* ---- looking ahead ---- */

static bool begins(const struct soup *soup, const char *text)
{
	return strncmp(soup->at, text, strlen(text)) == 0;
}

/*
 * Where the next of these marks is, `end` if there is none. What was found is
 * kept until it is passed: else many that never end would each be looked for up
 * to the end of the feed.
 */
static const char *next_mark(
    struct soup *soup, const char *from, enum mark mark)
{
	static const char *const texts[] = { "-->", "<![CDATA[", "]]>", "?>",
		">" };
	const char **found = &soup->marks[mark];

	if (*found == NULL || *found < from) {
		*found = memmem(from, (size_t)(soup->end - from), texts[mark],
		    strlen(texts[mark]));
		if (*found == NULL)
			*found = soup->end;
	}
	return *found;
}

static struct span name_at(const char *at)
{
	return (struct span){ at, strcspn(at, " \t\r\n/><=\"'") };
}

static bool is_name(struct span name)
{
	size_t i;

	for (i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.at[i];
		bool letter = (c >= 'a' && c <= 'z') ||
		    (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;

		if (!letter && (i == 0 || strchr("0123456789.-:", c) == NULL))
			return false;
	}
	return name.len > 0 && name.at[name.len - 1] != ':';
}

static bool same(struct span a, struct span b)
{
	return a.len == b.len && strncasecmp(a.at, b.at, a.len) == 0;
}

static bool is_one_of(struct span name, const char *const *names, size_t n)
{
	while (n-- > 0) {
		if (same(name, (struct span){ names[n], strlen(names[n]) }))
			return true;
	}
	return false;
}

/* Whatever its prefix. */
static bool is_entry(const struct soup *soup, struct span name)
{
	const char *colon = memchr(name.at, ':', name.len);
	size_t prefix = colon != NULL ? (size_t)(colon + 1 - name.at) : 0;

	return same((struct span){ name.at + prefix, name.len - prefix },
	    (struct span){ soup->entry, strlen(soup->entry) });
}

/* ---- what is open ---- */

/* Ends all that was begun behind the first `depth` elements. */
static void close_to(struct soup *soup, size_t depth)
{
	while (soup->depth > depth) {
		struct span name = soup->open[--soup->depth];

		put_text(soup, "</");
		put(soup, name.at, name.len);
		put_text(soup, ">");
	}
	if (soup->entry_at >= depth)
		soup->entry_at = 0;
	if (soup->leaf_at >= depth)
		soup->leaf_at = 0;
	soup->too_deep = 0;
	soup->done = depth == 0;
}

/* Elements that have nothing but a text. */
static bool is_leaf(struct span name)
{
	static const char *const leaves[] = { "title", "link", "description",
		"guid", "pubDate", "author", "category", "comments", "loc",
		"lastmod", "id", "updated", "published", "issued", "modified",
		"created", "summary", "language", "ttl" };

	return is_one_of(name, leaves, sizeof(leaves) / sizeof(leaves[0]));
}

/* Elements that stand in no text: where one begins, the text has ended. */
static bool ends_leaf(const struct soup *soup, struct span name)
{
	static const char *const others[] = { "content:encoded", "dc:date",
		"dc:creator", "enclosure", "source", "content", "image",
		"skipHours", "skipDays" };

	return is_leaf(name) || is_entry(soup, name) ||
	    is_one_of(name, others, sizeof(others) / sizeof(others[0]));
}

/* What must have ended where this element begins, though nobody said so. */
static void close_before(struct soup *soup, struct span name)
{
	if (soup->leaf_at > 0 && ends_leaf(soup, name))
		close_to(soup, soup->leaf_at);
	if (soup->entry_at > 0 && is_entry(soup, name))
		close_to(soup, soup->entry_at);
}

/* There is one leaf at most, and one entry. */
static void open_element(struct soup *soup, struct span name)
{
	if (soup->depth > 0 && is_entry(soup, name))
		soup->entry_at = soup->depth;
	else if (soup->depth > 0 && soup->leaf_at == 0 && is_leaf(name))
		soup->leaf_at = soup->depth;
	soup->open[soup->depth++] = name;
}

/* ---- tags ---- */

/* Where the value of an attribute ends. A quote that does not end before the
   next tag was none. */
static const char *value_end(const char *at, char quote)
{
	const char ends[] = { quote, '<', '\0' };
	const char *end;

	if (quote == '\0') {
		end = at + strcspn(at, " \t\r\n><");
		return end > at && *end == '>' && end[-1] == '/' ? end - 1
								 : end;
	}
	end = at + strcspn(at, ends);
	return *end == quote ? end : at + strcspn(at, "<>");
}

/* Its value between quotes, empty if it has none. */
static void put_value(struct soup *soup)
{
	const char *until;
	char quote = '\0';

	put_text(soup, "=\"");
	soup->at += strspn(soup->at, white);
	if (*soup->at == '=') {
		soup->at++;
		soup->at += strspn(soup->at, white);
		if (*soup->at == '"' || *soup->at == '\'')
			quote = *soup->at++;
		until = value_end(soup->at, quote);
		while (soup->at < until)
			put_character(soup);
		soup->at += quote != '\0' && *soup->at == quote;
	}
	put_text(soup, "\"");
}

static void read_attribute(struct soup *soup, bool kept)
{
	struct span name = name_at(soup->at);
	size_t len = soup->len;
	char *out = soup->out;

	kept = kept && is_name(name);
	if (!kept)
		soup->out = NULL;
	put_text(soup, " ");
	put(soup, name.at, name.len);
	soup->at += name.len;
	put_value(soup);
	soup->out = out;
	if (!kept)
		soup->len = len;
}

/* Up to the end of the tag; true if it ends its element, too. */
static bool read_attributes(struct soup *soup)
{
	bool ended = false;
	int left = MOST_ATTRIBUTES;

	while (soup->at < soup->end && *soup->at != '<') {
		char c = *soup->at;

		if (c == '>') {
			soup->at++;
			return ended;
		}
		ended = c == '/';
		if (strchr(" \t\r\n/\"'=", c) != NULL)
			soup->at++;
		else
			read_attribute(soup, left-- > 0);
	}
	return ended;
}

/* These have no end in HTML. */
static bool is_void(struct span name)
{
	static const char *const names[] = { "br", "img", "hr", "wbr",
		"input" };

	return is_one_of(name, names, sizeof(names) / sizeof(names[0]));
}

static void read_start(struct soup *soup, struct span name)
{
	char *out = soup->out;
	size_t len;
	bool ended;

	close_before(soup, name);
	len = soup->len;
	if (soup->depth == MOST_DEPTH)
		soup->out = NULL;
	put_text(soup, "<");
	put(soup, name.at, name.len);
	soup->at += 1 + name.len;
	ended = read_attributes(soup) || is_void(name);
	put_text(soup, ended ? "/>" : ">");
	if (soup->depth == MOST_DEPTH) {
		soup->out = out;
		soup->len = len;
		soup->too_deep += !ended;
	} else if (!ended) {
		open_element(soup, name);
	}
	soup->done = soup->depth == 0;
}

/* The end of what nobody began is left out. */
static void read_end(struct soup *soup, struct span name)
{
	size_t i = soup->depth;

	soup->at += 2 + name.len;
	soup->at += strcspn(soup->at, "<>");
	soup->at += *soup->at == '>';
	if (soup->too_deep > 0) {
		soup->too_deep--;
		return;
	}
	while (i > 0 && !same(soup->open[i - 1], name))
		i--;
	if (i > 0)
		close_to(soup, i - 1);
}

/* ---- CDATA ---- */

/* Where the element ends that is open; NULL if that is not before `until`. */
static const char *element_end(const struct soup *soup, const char *until)
{
	const char *at = soup->at;
	struct span name;

	if (soup->depth == 0)
		return NULL;
	name = soup->open[soup->depth - 1];
	while ((at = memmem(at, (size_t)(until - at), "</", 2)) != NULL) {
		if (same(name_at(at + 2), name))
			return at;
		at += 2;
	}
	return NULL;
}

/* One that was never ended ends where its element does. */
static void read_cdata(struct soup *soup)
{
	const char *end, *next, *until = NULL;

	soup->at += strlen("<![CDATA[");
	end = next_mark(soup, soup->at, CDATA_END);
	next = next_mark(soup, soup->at, CDATA_START);
	if (next < end || end == soup->end)
		until = element_end(soup, next < end ? next : end);
	if (until == NULL)
		until = end;
	put_text(soup, "<![CDATA[");
	put_raw(soup, until);
	put_text(soup, "]]>");
	if (until == end && end < soup->end)
		soup->at += strlen("]]>");
}

/* ---- the whole: a copy of the soup, which ends with a NUL ---- */

/* A comment, an instruction, a declaration: nothing that is said to readers.
   One that does not end is only its first bytes. */
static void skip(struct soup *soup, size_t start, enum mark mark, size_t len)
{
	const char *end = next_mark(soup, soup->at + start, mark);

	soup->at = end < soup->end ? end + len : soup->at + start;
}

/* "a<b", and no end of a tag before the next one. */
static bool is_stray(const struct soup *soup, struct span name)
{
	const char *end = name.at + strcspn(name.at, "<>\"'");

	return soup->depth > 0 && (*end == '<' || *end == '\0') &&
	    !ends_leaf(soup, name);
}

static void read_markup(struct soup *soup)
{
	bool is_end = soup->at[1] == '/';
	struct span name = name_at(soup->at + 1 + is_end);

	if (begins(soup, "<!--"))
		skip(soup, 4, COMMENT_END, 3);
	else if (begins(soup, "<![CDATA["))
		read_cdata(soup);
	else if (begins(soup, "<?"))
		skip(soup, 2, PI_END, 2);
	else if (begins(soup, "<!"))
		skip(soup, 2, TAG_END, 1);
	else if (!is_name(name) || (!is_end && is_stray(soup, name)))
		put_character(soup);
	else if (is_end)
		read_end(soup, name);
	else
		read_start(soup, name);
}

static size_t go_through(struct soup *soup, const char *root, char *out)
{
	soup->at = root;
	soup->out = out;
	soup->len = 0;
	soup->done = false;
	memset(soup->marks, 0, sizeof(soup->marks));
	while (soup->at < soup->end && !soup->done) {
		if (*soup->at == '<')
			read_markup(soup);
		else
			put_character(soup);
	}
	close_to(soup, 0);
	return soup->len;
}

char *soup_xml(struct dl_job *job, const char *root, const char *end,
    const char *entry, size_t *len)
{
	const char *copy = job_copy(job, root, (size_t)(end - root));
	struct soup soup = { .end = copy + (end - root), .entry = entry };
	char *out = job_alloc(job, go_through(&soup, copy, NULL) + 1);

	*len = go_through(&soup, copy, out);
	return out;
}
