/*
 * A robots.txt: the rules for one robot, and what they say of an address.
 *
 * RFC 9309, and where it leaves something open what Google's parser does, from
 * which the RFC was made:
 *
 * - A name in the file ends at the first octet that no product token can have:
 *   `dateline/1.0` and `dateline reader` mean us, `datelinebot` does not.
 * - Only Allow and Disallow end the names of a group. Whatever else is written
 *   between two names, an empty line or Crawl-delay, leaves them together.
 * - A few frequent misspellings count, and a colon that was forgotten where
 *   there are just two words. Without them a page would be fetched that
 *   somebody clearly does not want to be. No other key counts, not even one
 *   that begins like a rule, as Google's would.
 * - A rule that begins neither with a slash nor with a star matches nothing.
 * - Google's "/index.html is also /" is not in the RFC, and not here.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/buf.h"
#include "core/base/limits.h"
#include "core/base/robots.h"
#include "core/base/xalloc.h"

#define BLANKS " \t\v\f"
#define DAY INT64_C(86400000) /* ms */

struct rule {
	uint32_t text;    /* where its line begins in `texts` */
	uint32_t pattern; /* and what it matches: most often inside the line */
	uint16_t length;  /* of the pattern: the longest that matches wins */
	bool allow;
	int line;
};

struct robots {
	struct buf rules; /* struct rule, the one that wins first */
	struct buf texts;
	int64_t delay; /* ms */
};

struct span {
	const char *at;
	size_t len;
};

struct line {
	struct span whole; /* without comment and white space around it */
	struct span value;
	int number;
};

struct reading {
	struct robots *robots;
	struct span token; /* our name */
	bool named;        /* a group has had our name: `*` is for others */
	bool ours;         /* the group at hand is for us */
	bool has_rules;    /* and the next name begins another */
};

/* ---- octets ---- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_one_of(unsigned char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (is_letter(c) && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

/* The octet that "%" and two digits at `at` stand for; -1: it is none. */
static int escaped(const char *at, const char *end)
{
	int high, low;

	if (end - at < 3 || *at != '%')
		return -1;
	high = hex_digit(at[1]);
	low = hex_digit(at[2]);
	return high < 0 || low < 0 ? -1 : high << 4 | low;
}

/*
 * One spelling for what means the same.
 *
 * What needs no escape loses it, what needs one gets it, in capitals. Reserved
 * octets are the same with and without, as the RFC wants it, but for those that
 * divide an address: they are other ones when they are escaped. In a query "/"
 * divides nothing, there it may lose its escape too (`slashes`). In a rule a
 * star, and "$" at the end, are special; anywhere else they are letters.
 */
struct spelling {
	bool rule, slashes;
};

static const char same[] = "0123456789-._~:@!'()+,;[]";
static const char divide[] = "/?&=%";

static void spell(struct buf *to, struct span text, struct spelling how)
{
	const char *at, *end = text.at + text.len;
	bool query = false;
	int code;

	for (at = text.at; at < end; at += code >= 0 ? 3 : 1) {
		unsigned char c = (unsigned char)*at;
		bool raw, special;

		code = escaped(at, end);
		if (code >= 0)
			c = (unsigned char)code;
		query = query || (code < 0 && c == '?');
		special = how.rule && (c == '*' || (c == '$' && at + 1 == end));
		raw = code < 0 && (special || is_one_of(c, divide));
		if (raw || is_letter((char)c) || is_one_of(c, same) ||
		    (c == '/' && query && how.slashes))
			buf_add(to, &c, 1);
		else
			buf_printf(to, "%%%02X", c);
	}
}

/* ---- lines ---- */

static struct span trim(struct span text)
{
	while (text.len > 0 &&
	    is_one_of((unsigned char)text.at[text.len - 1], BLANKS))
		text.len--;
	while (text.len > 0 && is_one_of((unsigned char)*text.at, BLANKS)) {
		text.at++;
		text.len--;
	}
	return text;
}

static struct span cut_at(struct span text, char c)
{
	const char *found = memchr(text.at, c, text.len);

	if (found != NULL)
		text.len = (size_t)(found - text.at);
	return text;
}

static size_t word(struct span text)
{
	size_t n = 0;

	while (n < text.len && !is_one_of((unsigned char)text.at[n], BLANKS))
		n++;
	return n;
}

/* Bytes of the key; 0 if the line has none. A blank does for the colon if there
   are two words. */
static size_t key_length(struct span line)
{
	const char *colon = memchr(line.at, ':', line.len);
	struct span rest;
	size_t first;

	if (colon != NULL)
		return (size_t)(colon - line.at);
	first = word(line);
	rest.at = line.at + first;
	rest.len = line.len - first;
	rest = trim(rest);
	return rest.len > 0 && word(rest) == rest.len ? first : 0;
}

enum kind {
	OTHER,
	AGENT,
	ALLOW,
	DISALLOW,
	DELAY,
};

static enum kind key_kind(struct span key)
{
	static const struct {
		const char *name;
		enum kind kind;
	} keys[] = {
		{ "user-agent", AGENT },
		{ "useragent", AGENT },
		{ "user agent", AGENT },
		{ "allow", ALLOW },
		{ "disallow", DISALLOW },
		{ "dissallow", DISALLOW },
		{ "dissalow", DISALLOW },
		{ "disalow", DISALLOW },
		{ "diasllow", DISALLOW },
		{ "disallaw", DISALLOW },
		{ "crawl-delay", DELAY },
	};
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strlen(keys[i].name) == key.len &&
		    strncasecmp(keys[i].name, key.at, key.len) == 0)
			return keys[i].kind;
	}
	return OTHER;
}

/* ---- what a line says ---- */

static struct span token_of(struct span text)
{
	size_t n = 0;

	while (n < text.len &&
	    (is_letter(text.at[n]) ||
		is_one_of((unsigned char)text.at[n], "-_")))
		n++;
	text.len = n;
	return text;
}

static bool names_us(const struct reading *reading, struct span name)
{
	struct span token = token_of(name);

	return token.len > 0 && token.len == reading->token.len &&
	    strncasecmp(token.at, reading->token.at, token.len) == 0;
}

/* Once we are named, what was for everybody is for everybody else. */
static void forget_rules(struct robots *robots)
{
	robots->rules.len = robots->texts.len = 0;
	robots->delay = 0;
}

static void agent_read(struct reading *reading, const struct line *line)
{
	bool everybody = word(line->value) == 1 && *line->value.at == '*';

	if (reading->has_rules)
		reading->ours = reading->has_rules = false;
	if (names_us(reading, line->value)) {
		if (!reading->named)
			forget_rules(reading->robots);
		reading->named = reading->ours = true;
	} else if (everybody && !reading->named) {
		reading->ours = true;
	}
}

/* The pattern is spelled behind the line, and kept there only if it is not as
   it was written. */
static void rule_read(
    struct reading *reading, const struct line *line, bool allow)
{
	const struct spelling how = { .rule = true, .slashes = true };
	struct buf *texts = &reading->robots->texts;
	size_t spelled, written;
	struct rule rule = {
		.text = (uint32_t)texts->len,
		.allow = allow,
		.line = line->number,
	};

	reading->has_rules = true;
	if (!reading->ours || line->value.len == 0 ||
	    !is_one_of((unsigned char)*line->value.at, "/*"))
		return;
	written = texts->len + (size_t)(line->value.at - line->whole.at);
	buf_add(texts, line->whole.at, line->whole.len);
	buf_add(texts, "", 1);
	spelled = texts->len;
	spell(texts, line->value, how);
	rule.length = (uint16_t)(texts->len - spelled);
	rule.pattern = (uint32_t)spelled;
	if (rule.length == line->value.len &&
	    memcmp(texts->bytes + written, texts->bytes + spelled,
		rule.length) == 0) {
		rule.pattern = (uint32_t)written;
		texts->len = spelled;
	}
	buf_add(&reading->robots->rules, &rule, sizeof(rule));
}

/* Seconds, with a fraction or without; what stands behind them is no matter.
   Of several the longest. */
static void delay_read(struct reading *reading, const struct line *line)
{
	const char *at = line->value.at, *end = at + line->value.len;
	int64_t delay = 0, unit;

	if (!reading->ours)
		return;
	for (; at < end && *at >= '0' && *at <= '9'; at++)
		delay = delay > DAY ? delay : 10 * delay + (*at - '0') * 1000;
	if (at < end && *at++ == '.') {
		for (unit = 100; at < end && *at >= '0' && *at <= '9'; at++) {
			delay += unit * (*at - '0');
			unit /= 10;
		}
	}
	if (delay > DAY)
		delay = DAY;
	if (delay > reading->robots->delay)
		reading->robots->delay = delay;
}

static void line_read(struct reading *reading, struct span text, int number)
{
	struct line line = { .number = number };
	struct span key;
	size_t len;

	if (text.len > LIMIT_ROBOTS_LINE)
		text.len = LIMIT_ROBOTS_LINE;
	line.whole = trim(cut_at(cut_at(text, '\0'), '#'));
	len = key_length(line.whole);
	if (len == 0)
		return;
	key.at = line.whole.at;
	key.len = len;
	line.value.at = line.whole.at + len + 1;
	line.value.len = line.whole.len - len - 1;
	line.value = trim(line.value);
	switch (key_kind(trim(key))) {
	case AGENT: agent_read(reading, &line); break;
	case ALLOW: rule_read(reading, &line, true); break;
	case DISALLOW: rule_read(reading, &line, false); break;
	case DELAY: delay_read(reading, &line); break;
	case OTHER: break;
	}
}

/* ---- the file ---- */

static bool ends_line(char c)
{
	return c == '\n' || c == '\r';
}

/* Half a line at the limit could be a rule of another meaning. */
static struct span within_limit(const char *bytes, size_t len)
{
	struct span file = { bytes, len };

	if (len <= LIMIT_ROBOTS)
		return file;
	file.len = LIMIT_ROBOTS;
	while (file.len > 0 && !ends_line(bytes[file.len]))
		file.len--;
	return file;
}

/* A byte order mark, or what is left of one. */
static struct span without_mark(struct span file)
{
	const char *mark = "\xef\xbb\xbf";

	for (; *mark != '\0' && file.len > 0 && *file.at == *mark; mark++) {
		file.at++;
		file.len--;
	}
	return file;
}

static void file_read(struct reading *reading, struct span file)
{
	const char *at = file.at, *end = file.at + file.len;
	int number;

	for (number = 1; at < end; number++) {
		struct span line = { at, 0 };

		while (at < end && !ends_line(*at))
			at++;
		line.len = (size_t)(at - line.at);
		line_read(reading, line, number);
		if (end - at >= 2 && at[0] == '\r' && at[1] == '\n')
			at++;
		at++;
	}
}

/* Our name as a header may have it: alone, with a version, with a comment. */
static struct span our_token(const char *agent)
{
	struct span all = { agent, strlen(agent) }, token = token_of(all);
	const char *behind = agent + token.len;

	if (*behind == '/')
		return token;
	behind += strspn(behind, BLANKS);
	if (*behind != '\0' && *behind != '(')
		token.len = 0;
	return token;
}

/* The longest first, Allow before Disallow, and as they stand in the file. */
static int rule_order(const void *one, const void *other)
{
	const struct rule *a = one, *b = other;

	if (a->length != b->length)
		return a->length > b->length ? -1 : 1;
	if (a->allow != b->allow)
		return a->allow ? -1 : 1;
	return a->line < b->line ? -1 : 1;
}

/* What was read is kept for a day, for each host. */
static void shrink(struct buf *buf)
{
	char *bytes;

	if (buf->len == 0) {
		buf_free(buf);
		return;
	}
	bytes = realloc(buf->bytes, buf->len);
	if (bytes == NULL)
		return;
	buf->bytes = bytes;
	buf->room = buf->len;
}

struct robots *robots_read(const char *bytes, size_t len, const char *agent)
{
	struct robots *robots = xcalloc(1, sizeof(*robots));
	struct reading reading = {
		.robots = robots,
		.token = our_token(agent),
	};

	if (len > 0)
		file_read(&reading, without_mark(within_limit(bytes, len)));
	if (robots->rules.len > 0)
		qsort(robots->rules.bytes,
		    robots->rules.len / sizeof(struct rule),
		    sizeof(struct rule), rule_order);
	shrink(&robots->rules);
	shrink(&robots->texts);
	return robots;
}

void robots_free(struct robots *robots)
{
	if (robots == NULL)
		return;
	buf_free(&robots->rules);
	buf_free(&robots->texts);
	free(robots);
}

int64_t robots_delay(const struct robots *robots)
{
	return robots->delay;
}

/* ---- an address ---- */

/*
 * Path and query. Without a scheme, what stands before the first slash is taken
 * for a host: "news.example/a" is "/a", and "//news.example/a" too.
 */
static struct span path_of(const char *url)
{
	const char *start = url + (strncmp(url, "//", 2) == 0 ? 2 : 0);
	const char *scheme = strstr(start, "://");
	struct span path;

	if (scheme != NULL && start + strcspn(start, "/?;#") > scheme)
		start = scheme + 3;
	path.at = start + strcspn(start, "/?;#");
	path.len = strcspn(path.at, "#");
	return path;
}

/* Each piece between two stars is looked for behind the one before, where it
   comes first; so nothing is ever tried again. */
static bool matches(struct span pattern, struct span path)
{
	const char *end = path.at + path.len, *at = path.at, *found;
	bool to_end = pattern.at[pattern.len - 1] == '$';
	struct span piece;

	if (to_end)
		pattern.len--;
	piece = cut_at(pattern, '*');
	if (piece.len > path.len || memcmp(piece.at, at, piece.len) != 0)
		return false;
	at += piece.len;
	while (piece.len < pattern.len) {
		pattern.at += piece.len + 1;
		pattern.len -= piece.len + 1;
		piece = cut_at(pattern, '*');
		if (to_end && piece.len == pattern.len)
			return piece.len <= (size_t)(end - at) &&
			    memcmp(end - piece.len, piece.at, piece.len) == 0;
		found = memmem(at, (size_t)(end - at), piece.at, piece.len);
		if (found == NULL)
			return false;
		at = found + piece.len;
	}
	return !to_end || at == end;
}

/* An address spelled both ways: see spell(). */
struct asked {
	struct buf escaped, slashes;
};

static void asked_read(struct asked *asked, const char *url)
{
	struct span path = path_of(url);
	const char *root = path.len > 0 && *path.at == '/' ? "" : "/";

	buf_text(&asked->escaped, root);
	buf_text(&asked->slashes, root);
	spell(&asked->escaped, path, (struct spelling){ .slashes = false });
	spell(&asked->slashes, path, (struct spelling){ .slashes = true });
}

static const struct rule *rule_for(
    const struct robots *robots, const struct asked *asked)
{
	const struct rule *rules = (const struct rule *)robots->rules.bytes;
	size_t i, n = robots->rules.len / sizeof(*rules);
	const struct span one = { asked->escaped.bytes, asked->escaped.len };
	const struct span other = { asked->slashes.bytes, asked->slashes.len };

	for (i = 0; i < n; i++) {
		struct span pattern = { robots->texts.bytes + rules[i].pattern,
			rules[i].length };

		if (matches(pattern, one) ||
		    (one.len != other.len && matches(pattern, other)))
			return &rules[i];
	}
	return NULL;
}

void robots_ask(const struct robots *robots, const char *url,
    struct robots_verdict *verdict)
{
	struct asked asked = { 0 };
	const struct rule *rule = NULL;

	asked_read(&asked, url);
	if (strcmp(asked.escaped.bytes, "/robots.txt") != 0)
		rule = rule_for(robots, &asked);
	*verdict = (struct robots_verdict){ .allowed = true };
	if (rule != NULL) {
		verdict->allowed = rule->allow;
		verdict->line = rule->line;
		verdict->rule = robots->texts.bytes + rule->text;
	}
	buf_free(&asked.escaped);
	buf_free(&asked.slashes);
}
