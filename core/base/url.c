/* Addresses on the web, by RFC 3986. */
#include <string.h>
#include <strings.h>

#include "core/base/arena.h"
#include "core/base/url.h"

struct piece { /* a part of an address; `at` is NULL where it is missing */
	const char *at;
	size_t len;
};

struct parts {
	struct piece scheme, authority, path, query, fragment;
};

struct host { /* what an authority is made of */
	struct piece user, name, port;
};

/* Room for a new address, each byte of which may be escaped to three. */
struct writer {
	char *start, *at;
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static struct piece piece_until(const char **at, const char *ends)
{
	struct piece piece = { *at, strcspn(*at, ends) };

	*at += piece.len;
	return piece;
}

static size_t scheme_len(const char *url)
{
	size_t len = 0;

	if (!is_letter(*url))
		return 0;
	while (is_letter(url[len]) || is_digit(url[len]) ||
	    (url[len] != '\0' && strchr("+-.", url[len]) != NULL))
		len++;
	return url[len] == ':' ? len : 0;
}

static struct parts url_parts(const char *url)
{
	struct parts parts = { { NULL, 0 } };
	size_t len = scheme_len(url);

	if (len > 0) {
		parts.scheme = (struct piece){ url, len };
		url += len + 1;
	}
	if (strncmp(url, "//", 2) == 0) {
		url += 2;
		parts.authority = piece_until(&url, "/?#");
	}
	parts.path = piece_until(&url, "?#");
	if (*url == '?') {
		url++;
		parts.query = piece_until(&url, "#");
	}
	if (*url == '#')
		parts.fragment = (struct piece){ url + 1, strlen(url + 1) };
	return parts;
}

static bool piece_is(struct piece scheme, const char *name)
{
	return scheme.len == strlen(name) &&
	    strncasecmp(scheme.at, name, scheme.len) == 0;
}

static struct host host_parts(struct piece authority)
{
	const char *end = authority.at + authority.len, *at, *colon;
	struct host host = { .name = authority };

	if (authority.len == 0)
		return host;
	at = memrchr(authority.at, '@', authority.len);
	if (at != NULL) {
		host.user =
		    (struct piece){ authority.at, (size_t)(at - authority.at) };
		host.name = (struct piece){ at + 1, (size_t)(end - at - 1) };
	}
	colon = memrchr(host.name.at, ':', host.name.len);
	if (colon != NULL &&
	    memchr(colon, ']', (size_t)(end - colon)) == NULL) {
		host.port =
		    (struct piece){ colon + 1, (size_t)(end - colon - 1) };
		host.name.len = (size_t)(colon - host.name.at);
	}
	return host;
}

/* Of a name, an address in digits or one in brackets: no more is looked at
   than what could make two programs read two hosts out of one address. */
static bool is_host(struct piece name)
{
	bool brackets =
	    name.len > 2 && name.at[0] == '[' && name.at[name.len - 1] == ']';
	const char *marks = brackets ? "[]:.%" : ".-_";
	size_t i;

	for (i = 0; i < name.len; i++) {
		char c = name.at[i];

		if (!is_letter(c) && !is_digit(c) && strchr(marks, c) == NULL &&
		    (brackets || !(c & 0x80)))
			return false;
	}
	return name.len > 0 && name.len < 256;
}

static bool is_port(struct piece port)
{
	long number = 0;
	size_t i;

	for (i = 0; i < port.len; i++) {
		if (!is_digit(port.at[i]) || number > 65535)
			return false;
		number = number * 10 + port.at[i] - '0';
	}
	return number <= 65535;
}

static bool is_user(struct piece user)
{
	size_t i;

	for (i = 0; i < user.len; i++) {
		unsigned char c = (unsigned char)user.at[i];

		if (c <= ' ' || c >= 0x7f || strchr("@\\[]<>\"", c) != NULL)
			return false;
	}
	return true;
}

static bool parts_are_web(const struct parts *parts)
{
	struct host host;

	if (!piece_is(parts->scheme, "http") &&
	    !piece_is(parts->scheme, "https"))
		return false;
	if (parts->authority.at == NULL)
		return false;
	host = host_parts(parts->authority);
	return is_host(host.name) && is_port(host.port) && is_user(host.user);
}

bool url_is_web(const char *url)
{
	struct parts parts;

	if (url == NULL)
		return false;
	for (parts = url_parts(url); *url != '\0'; url++) {
		if ((unsigned char)*url <= ' ' || *url == 0x7f)
			return false;
	}
	return parts_are_web(&parts);
}

/* Without white space around and line ends and tabs inside, backslashes before
   the query turned round, as browsers have it. */
static char *ref_mended(struct arena *arena, const char *ref)
{
	static const char white[] = " \t\r\n\f\v";
	size_t len;
	char *mended, *out;

	ref += strspn(ref, white);
	len = strlen(ref);
	while (len > 0 && strchr(white, ref[len - 1]) != NULL)
		len--;
	mended = out = arena_alloc(arena, len + 1);
	for (; len > 0; len--, ref++) {
		if (strchr("\t\r\n", *ref) == NULL)
			*out++ = *ref;
	}
	len = strcspn(mended, "?#");
	for (out = mended; out < mended + len; out++) {
		if (*out == '\\')
			*out = '/';
	}
	return mended;
}

static void write_bytes(struct writer *out, struct piece piece)
{
	if (piece.len > 0)
		memcpy(out->at, piece.at, piece.len);
	out->at += piece.len;
}

static void write_text(struct writer *out, const char *text)
{
	write_bytes(out, (struct piece){ text, strlen(text) });
}

static void write_lower(struct writer *out, struct piece piece)
{
	size_t i;

	for (i = 0; i < piece.len; i++)
		*out->at++ = lower(piece.at[i]);
}

/* What may not stand in an address is escaped; what is escaped stays so. */
static void write_escaped(struct writer *out, struct piece piece)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t i;

	for (i = 0; i < piece.len; i++) {
		unsigned char c = (unsigned char)piece.at[i];

		if (c > ' ' && c < 0x7f && strchr("\"<>\\^`{|}", c) == NULL) {
			*out->at++ = (char)c;
			continue;
		}
		*out->at++ = '%';
		*out->at++ = hex[c >> 4];
		*out->at++ = hex[c & 15];
	}
}

static void write_site(struct writer *out, const struct parts *parts)
{
	struct host host = host_parts(parts->authority);
	const char *standard = piece_is(parts->scheme, "https") ? "443" : "80";

	write_lower(out, parts->scheme);
	write_text(out, "://");
	if (host.user.len > 0) {
		write_bytes(out, host.user);
		write_text(out, "@");
	}
	write_lower(out, host.name);
	if (host.port.len > 0 && !piece_is(host.port, standard)) {
		write_text(out, ":");
		write_bytes(out, host.port);
	}
}

/* Up to and with the slash before the last segment; never past `root`. */
static char *segment_before(char *root, char *end)
{
	while (end > root && end[-1] != '/')
		end--;
	return end;
}

/* The path from `root` on, without its segments `.` and `..`. */
static void write_dotless(struct writer *out, char *root)
{
	char *from = root, *to = root, *end = out->at;

	while (from < end) {
		char *slash = memchr(from, '/', (size_t)(end - from));
		size_t len = (size_t)((slash != NULL ? slash + 1 : end) - from);
		size_t name = len - (slash != NULL);

		if (name == 2 && memcmp(from, "..", 2) == 0) {
			if (to > root + 1)
				to = segment_before(root + 1, to - 1);
		} else if (name != 1 || *from != '.') {
			memmove(to, from, len);
			to += len;
		}
		from += len;
	}
	memset(to, '\0', (size_t)(end - to));
	out->at = to;
}

/* What a relative path stands behind: the base's, up to its last slash. */
static struct piece path_folder(struct piece path)
{
	const char *slash = memrchr(path.at, '/', path.len);

	if (slash == NULL)
		return (struct piece){ "/", 1 };
	return (struct piece){ path.at, (size_t)(slash - path.at) + 1 };
}

static void write_path(
    struct writer *out, const struct parts *base, struct piece path)
{
	char *root = out->at;

	if (path.len == 0 || path.at[0] != '/') {
		if (base != NULL)
			write_escaped(out, path_folder(base->path));
		else
			write_text(out, "/");
	}
	write_escaped(out, path);
	write_dotless(out, root);
}

static struct writer writer_new(struct arena *arena, size_t len)
{
	char *room = arena_alloc(arena, 3 * len + 8);

	return (struct writer){ room, room };
}

/* RFC 3986, 5.2.2. */
static char *parts_join(
    struct writer *out, const struct parts *base, const struct parts *ref)
{
	bool same_page = ref->authority.at == NULL && ref->path.len == 0;
	struct piece query = ref->query;

	write_site(out, ref->authority.at != NULL ? ref : base);
	if (same_page) {
		write_path(out, NULL, base->path);
		query = query.at != NULL ? query : base->query;
	} else {
		write_path(
		    out, ref->authority.at != NULL ? NULL : base, ref->path);
	}
	if (query.at != NULL) {
		write_text(out, "?");
		write_escaped(out, query);
	}
	if (ref->fragment.at != NULL) {
		write_text(out, "#");
		write_escaped(out, ref->fragment);
	}
	return out->start;
}

char *url_join(struct arena *arena, const char *base, const char *ref)
{
	struct parts of_base = { { NULL, 0 } }, of_ref;
	struct writer out;

	if (ref == NULL)
		return NULL;
	ref = ref_mended(arena, ref);
	of_ref = url_parts(ref);
	if (of_ref.scheme.at == NULL) {
		if (!url_is_web(base))
			return NULL;
		of_base = url_parts(base);
		if (of_ref.authority.at != NULL)
			of_ref.scheme = of_base.scheme;
	}
	if (!parts_are_web(of_ref.scheme.at != NULL ? &of_ref : &of_base))
		return NULL;
	out =
	    writer_new(arena, strlen(ref) + (base != NULL ? strlen(base) : 0));
	return parts_join(&out, &of_base, &of_ref);
}

char *url_host(struct arena *arena, const char *url)
{
	struct parts parts;
	struct writer out;
	struct host host;

	if (!url_is_web(url))
		return NULL;
	parts = url_parts(url);
	host = host_parts(parts.authority);
	out = writer_new(arena, host.name.len);
	write_lower(&out, host.name);
	return out.start;
}

char *url_shown(struct arena *arena, const char *url)
{
	struct parts parts = url_parts(url);
	struct piece user = host_parts(parts.authority).user;
	size_t before = (size_t)(user.at - url);
	char *shown = arena_dup(arena, url);

	if (user.at != NULL)
		memmove(shown + before, url + before + user.len + 1,
		    strlen(url) - before - user.len);
	return shown;
}

bool url_is_front(const char *url)
{
	struct parts parts = url_parts(url);
	const char *at = parts.path.at, *end = at + parts.path.len;

	if (parts.query.len > 0)
		return false;
	at += at < end; /* the slash */
	if (end - at >= 2 && is_letter(at[0]) && is_letter(at[1]) &&
	    (at + 2 == end || at[2] == '/'))
		at += at + 2 == end ? 2 : 3;
	if (end - at > 5 && strncasecmp(at, "index.", 6) == 0)
		return memchr(at, '/', (size_t)(end - at)) == NULL;
	return at == end;
}

/* Parameters that tell who has sent the reader, and nothing of the page. */
static bool is_tracking(struct piece name)
{
	static const char *const known[] = { "_ga", "_gl", "_hsenc", "_hsmi",
		"_openstat", "cmpid", "dclid", "fbclid", "gbraid", "gclid",
		"gclsrc", "igsh", "igshid", "mc_cid", "mc_eid", "mkt_tok",
		"msclkid", "oly_anon_id", "oly_enc_id", "spm", "srsltid",
		"ttclid", "twclid", "vero_id", "wbraid", "wickedid", "yclid",
		"ysclid", "zanpid", "zarsrc" };
	size_t i;

	if (name.len >= 4 && strncasecmp(name.at, "utm_", 4) == 0)
		return true;
	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (piece_is(name, known[i]))
			return true;
	}
	return false;
}

static void write_query(struct writer *out, struct piece query)
{
	const char *at = query.at, *end = query.at + query.len;
	const char *sign = "?";

	while (at < end) {
		const char *stop = memchr(at, '&', (size_t)(end - at));
		struct piece pair, name;

		if (stop == NULL)
			stop = end;
		pair = (struct piece){ at, (size_t)(stop - at) };
		name = pair;
		if (memchr(at, '=', pair.len) != NULL)
			name.len =
			    (size_t)((char *)memchr(at, '=', pair.len) - at);
		at = stop + 1;
		if (pair.len == 0 || is_tracking(name))
			continue;
		write_text(out, sign);
		write_bytes(out, pair);
		sign = "&";
	}
}

char *url_strip(struct arena *arena, const char *url)
{
	struct parts parts;
	struct writer out;

	if (!url_is_web(url))
		return NULL;
	parts = url_parts(url);
	out = writer_new(arena, strlen(url));
	write_site(&out, &parts);
	if (parts.path.len == 0)
		write_text(&out, "/");
	write_bytes(&out, parts.path);
	if (parts.query.at != NULL)
		write_query(&out, parts.query);
	return out.start;
}
