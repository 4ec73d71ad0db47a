/*
 * Where a tag, a comment or a script begins and ends, by the rules of HTML's
 * tokenizer: what a browser says.
 */
#include <string.h>
#include <strings.h>

#include "core/kit/tag.h"

#define BLOCK (TAG_SPECIAL | TAG_ENDS_P)
#define OUT TAG_ENDS_SVG

/* In the order of the alphabet. What is not here is like <span>. */
static const struct {
	const char *name;
	unsigned marks;
} known[] = {
	{ "a", TAG_ALONE },
	{ "address", BLOCK },
	{ "applet", TAG_SPECIAL | TAG_SCOPE },
	{ "area", TAG_VOID },
	{ "article", BLOCK },
	{ "aside", BLOCK },
	{ "b", TAG_FORMAT | OUT },
	{ "base", TAG_VOID },
	{ "big", TAG_FORMAT | OUT },
	{ "blockquote", BLOCK | OUT },
	{ "body", TAG_ALONE | OUT },
	{ "br", TAG_VOID | OUT },
	{ "button", TAG_ALONE },
	{ "caption", TAG_PART },
	{ "center", BLOCK | OUT },
	{ "code", TAG_FORMAT | OUT },
	{ "col", TAG_VOID },
	{ "colgroup", TAG_PART },
	{ "dd", BLOCK | OUT },
	{ "details", BLOCK },
	{ "dir", BLOCK },
	{ "div", BLOCK | OUT },
	{ "dl", BLOCK | OUT },
	{ "dt", BLOCK | OUT },
	{ "em", TAG_FORMAT | OUT },
	{ "embed", TAG_VOID | OUT },
	{ "fieldset", BLOCK },
	{ "figcaption", BLOCK },
	{ "figure", BLOCK },
	{ "font", TAG_FORMAT },
	{ "footer", BLOCK },
	{ "form", BLOCK },
	{ "h1", BLOCK | OUT },
	{ "h2", BLOCK | OUT },
	{ "h3", BLOCK | OUT },
	{ "h4", BLOCK | OUT },
	{ "h5", BLOCK | OUT },
	{ "h6", BLOCK | OUT },
	{ "head", TAG_ALONE | OUT },
	{ "header", BLOCK },
	{ "hgroup", BLOCK },
	{ "hr", TAG_VOID | TAG_ENDS_P | OUT },
	{ "html", TAG_ALONE },
	{ "i", TAG_FORMAT | OUT },
	{ "iframe", TAG_RAW },
	{ "img", TAG_VOID | OUT },
	{ "input", TAG_VOID },
	{ "li", BLOCK | OUT },
	{ "link", TAG_VOID },
	{ "listing", BLOCK | OUT },
	{ "main", BLOCK },
	{ "marquee", TAG_SPECIAL | TAG_SCOPE },
	{ "menu", BLOCK | OUT },
	{ "meta", TAG_VOID | OUT },
	{ "nav", BLOCK },
	{ "nobr", TAG_FORMAT | OUT },
	{ "noembed", TAG_RAW },
	{ "noframes", TAG_RAW },
	{ "noscript", TAG_LEFT_OUT | TAG_RAW },
	{ "object", TAG_SPECIAL | TAG_SCOPE },
	{ "ol", BLOCK | OUT },
	{ "optgroup", TAG_ALONE },
	{ "option", TAG_ALONE },
	{ "p", BLOCK | OUT },
	{ "param", TAG_VOID },
	{ "plaintext", TAG_RAW },
	{ "pre", BLOCK | OUT },
	{ "s", TAG_FORMAT | OUT },
	{ "script", TAG_LEFT_OUT | TAG_RAW },
	{ "section", BLOCK },
	{ "small", TAG_FORMAT | OUT },
	{ "source", TAG_VOID },
	{ "span", OUT },
	{ "strike", TAG_FORMAT | OUT },
	{ "strong", TAG_FORMAT | OUT },
	{ "style", TAG_LEFT_OUT | TAG_RAW },
	{ "sub", OUT },
	{ "summary", BLOCK },
	{ "sup", OUT },
	{ "svg", TAG_LEFT_OUT },
	{ "table", TAG_SPECIAL | TAG_SCOPE | OUT },
	{ "tbody", TAG_PART },
	{ "td", TAG_PART },
	{ "template", TAG_LEFT_OUT },
	{ "textarea", TAG_RAW },
	{ "tfoot", TAG_PART },
	{ "th", TAG_PART },
	{ "thead", TAG_PART },
	{ "title", TAG_RAW },
	{ "tr", TAG_PART },
	{ "track", TAG_VOID },
	{ "tt", TAG_FORMAT | OUT },
	{ "u", TAG_FORMAT | OUT },
	{ "ul", BLOCK | OUT },
	{ "var", OUT },
	{ "wbr", TAG_VOID },
	{ "xmp", TAG_RAW | TAG_ENDS_P },
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name_end(char c)
{
	return is_white(c) || c == '/' || c == '>';
}

bool tag_is(const struct tag *tag, const char *name)
{
	return strlen(name) == tag->len &&
	    strncasecmp(tag->name, name, tag->len) == 0;
}

bool tag_has(const struct tag *tag, const char *text)
{
	size_t len = strlen(text);
	const char *at = tag->at;

	for (; (size_t)(tag->end - at) >= len; at++) {
		if (strncasecmp(at, text, len) == 0)
			return true;
	}
	return false;
}

static unsigned marks_of(const struct tag *tag)
{
	size_t low = 0, high = sizeof(known) / sizeof(known[0]);

	while (low < high) {
		size_t middle = (low + high) / 2;
		const char *name = known[middle].name;
		int order = strncasecmp(tag->name, name, tag->len);

		if (order == 0 && name[tag->len] == '\0')
			return known[middle].marks;
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return 0;
}

/* FNV-1a of the name in lower case. */
uint32_t tag_id(const char *name, size_t len)
{
	uint32_t id = 2166136261u;
	size_t i;

	for (i = 0; i < len; i++)
		id = (id ^ (uint8_t)(name[i] | 0x20)) * 16777619u;
	return id;
}

static const char *skip_white(const char *at, const char *end)
{
	while (at < end && is_white(*at))
		at++;
	return at;
}

/* Behind the value that begins at `at`; `end` if its quote is never closed. */
static const char *value_end(const char *at, const char *end)
{
	if (at < end && (*at == '"' || *at == '\'')) {
		const char *quote = memchr(at + 1, *at, (size_t)(end - at - 1));

		return quote != NULL ? quote + 1 : end;
	}
	while (at < end && !is_white(*at) && *at != '>')
		at++;
	return at;
}

/* Behind one attribute. It may begin with any character, even with `=`. */
static const char *attribute_end(const char *at, const char *end)
{
	at++;
	while (at < end && !is_name_end(*at) && *at != '=')
		at++;
	at = skip_white(at, end);
	if (at == end || *at != '=')
		return at;
	return value_end(skip_white(at + 1, end), end);
}

bool tag_read(struct tag *tag, const char *at, const char *end)
{
	*tag = (struct tag){ .at = at };
	if (at < end && *at == '<')
		at++;
	if (at < end && *at == '/') {
		tag->closes = true;
		at++;
	}
	if (at == end || !is_letter(*at))
		return false;
	tag->name = at;
	while (at < end && !is_name_end(*at))
		at++;
	tag->len = (size_t)(at - tag->name);
	tag->id = tag_id(tag->name, tag->len);
	tag->marks = marks_of(tag);

	while (at < end && *at != '>') {
		tag->empty = *at == '/';
		if (is_white(*at) || *at == '/')
			at++;
		else
			at = attribute_end(at, end);
	}
	tag->complete = at < end;
	tag->end = tag->complete ? at + 1 : end;
	return true;
}

/* `-->` or `--!>`; the dashes of `<!--` may be those of `-->`. */
static const char *dashes_end(const char *at, const char *end)
{
	const char *dash = at + 2;

	while ((dash = memchr(dash, '-', (size_t)(end - dash))) != NULL) {
		if (end - dash >= 3 && memcmp(dash, "-->", 3) == 0)
			return dash + 3;
		if (dash >= at + 4 && end - dash >= 4 &&
		    memcmp(dash, "--!>", 4) == 0)
			return dash + 4;
		dash++;
	}
	return end;
}

const char *tag_comment_end(const char *at, const char *end)
{
	const char *close;

	if (end - at >= 4 && memcmp(at, "<!--", 4) == 0)
		return dashes_end(at, end);
	close = memchr(at, '>', (size_t)(end - at));
	return close != NULL ? close + 1 : end;
}

static bool is_end_of(const struct tag *tag, const char *at, const char *end)
{
	return (size_t)(end - at) > tag->len + 2 && at[1] == '/' &&
	    strncasecmp(at + 2, tag->name, tag->len) == 0 &&
	    is_name_end(at[tag->len + 2]);
}

static bool is_start_of(const struct tag *tag, const char *at, const char *end)
{
	return (size_t)(end - at) > tag->len + 1 &&
	    strncasecmp(at + 1, tag->name, tag->len) == 0 &&
	    is_name_end(at[tag->len + 1]);
}

/*
 * A script may hold `<!-- <script> </script> -->`; that end is not its own.
 *
 *     PLAIN --<!----> HIDDEN --<script>--> TWICE
 *           <---->--         <--</script>--
 *           <------------------->-----------
 */
static const char *script_end(const struct tag *tag, const char *end)
{
	enum { PLAIN, HIDDEN, TWICE } state = PLAIN;
	const char *at = tag->end;

	for (; at < end; at++) {
		if (*at == '<' && is_end_of(tag, at, end)) {
			if (state != TWICE)
				return at;
			state = HIDDEN;
		} else if (*at == '<' && state == HIDDEN) {
			if (is_start_of(tag, at, end))
				state = TWICE;
		} else if (*at == '<' && state == PLAIN) {
			if (end - at >= 4 && memcmp(at, "<!--", 4) == 0) {
				state = HIDDEN;
				at++; /* `<!-->` ends at once */
			}
		} else if (*at == '-' && state != PLAIN) {
			if (end - at >= 3 && memcmp(at, "-->", 3) == 0)
				state = PLAIN;
		}
	}
	return end;
}

const char *tag_raw_end(const struct tag *tag, const char *end, bool *found)
{
	const char *at = tag->end;

	if (tag_is(tag, "plaintext"))
		at = end;
	else if (tag_is(tag, "script"))
		at = script_end(tag, end);
	else
		while ((at = memchr(at, '<', (size_t)(end - at))) != NULL &&
		    !is_end_of(tag, at, end))
			at++;
	*found = at != NULL && at < end;
	return *found ? at : end;
}
