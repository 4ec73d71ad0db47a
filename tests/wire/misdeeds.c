/*
 * The table of misdeeds. A new one is a row; what cannot be said in a row is a
 * few lines in manner.c or pack.c, or a part in pages/odd.localhost.html.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tests/wire/manner.h"
#include "tests/wire/misdeed.h"
#include "tests/wire/pack.h"

#define GIGA 1000000000UL
#define DATED "Last-Modified: Thu, 12 Nov 2026 01:30:00 GMT\r\n"
#define PLAIN "Content-Type: text/plain\r\n"
#define HTML "Content-Type: text/html; charset=utf-8\r\n"
#define PROXIED "proxy = http://127.0.0.1:@RAW@;allow_private = no"
#define INSIDE(address)                                                      \
	{                                                                    \
		"302 Found", "Location: http://" address ":@PORT@/feed\r\n", \
		    ""                                                       \
	}

/* One that leaves feed and page as they are for others to be compared with. */
static const struct misdeed misdeeds[] = {
	{ "fine", "an ordinary feed with one page", "fine|unchanged", "", 1 },

	/* ---- encodings and charsets ---- */
	{ "charset-lies", "UTF-8 that is declared as Latin-1", "fine|unchanged",
	    "", 1,
	    .feed = { NULL,
		"Content-Type: text/xml; charset=iso-8859-1\r\n" DATED,
		"feed-words" },
	    .page = { NULL, "Content-Type: text/html; charset=iso-8859-1\r\n",
		"page-words" } },
	{ "charset-unknown", "a charset that nobody knows", "fine|unchanged",
	    "", 1,
	    .feed = { NULL, "Content-Type: text/xml; charset=wibble\r\n" } },
	{ "utf-16", "UTF-16 without a mark, as the header says",
	    "fine|unchanged|unreadable", "", -1,
	    .feed = { NULL, "Content-Type: text/xml; charset=utf-16be\r\n",
		.pack = pack_utf16 } },
	{ "nfd", "titles in letters and marks apart", "fine|unchanged", "", 1,
	    .feed = { .part = "feed-nfd" }, .page = { .part = "page-nfd" } },
	{ "nul-body", "a NUL in the feed", "fine|unchanged|unreadable", "", -1,
	    .feed = { .pack = pack_nul } },
	{ "bomb-10g", "10 GB of nearly nothing, in gzip", "refused", "too-big",
	    0,
	    .feed = { NULL, "Content-Encoding: gzip\r\n", .send = send_bomb,
		.number = 10 * GIGA } },
	{ "endless", "a body that does not end", "refused", "too-big", 0,
	    .feed = { .send = send_endless } },
	{ "gzip", "gzip", "fine|unchanged", "", 1,
	    .feed = { NULL, "Content-Encoding: gzip\r\n" DATED,
		.pack = pack_gzip } },
	{ "gzip-twice", "gzip in gzip, and told so", "fine|unchanged", "", 1,
	    .feed = { NULL, "Content-Encoding: gzip, gzip\r\n" DATED,
		.pack = pack_gzip_twice } },
	{ "gzip-hidden", "gzip in gzip, of which one is told",
	    "not-a-feed|unreadable", "", 0,
	    .feed = { NULL, "Content-Encoding: gzip\r\n",
		.pack = pack_gzip_twice } },
	{ "gzip-cut", "half of what gzip has made",
	    "broken|unreadable|not-a-feed|no-entries", "", 0,
	    .feed = { NULL, "Content-Encoding: gzip\r\n",
		.pack = pack_gzip_cut } },
	{ "gzip-lies", "it says gzip, and is none", "broken", "", 0,
	    .feed = { NULL, "Content-Encoding: gzip\r\n" } },
	{ "encoding-unknown", "a Content-Encoding that nobody knows", "broken",
	    "", 0, .feed = { NULL, "Content-Encoding: wibble\r\n" } },
	{ "deflate-raw", "deflate without its header", "fine|unchanged", "", 1,
	    .feed = { NULL, "Content-Encoding: deflate\r\n" DATED,
		.pack = pack_deflate } },
	{ "brotli", "brotli", "fine|unchanged", "", 1,
	    .feed = { NULL, "Content-Encoding: br\r\n" DATED,
		.pack = pack_brotli } },
	{ "zstd", "zstd", "fine|unchanged", "", 1,
	    .feed = { NULL, "Content-Encoding: zstd\r\n" DATED,
		.pack = pack_zstd } },

	/* ---- slow ---- */
	{ "slow-headers", "headers, a byte every 100 ms, without end",
	    "timeout", "", 0, .feed = { .send = send_head_slowly } },
	{ "slow-body", "a body, a byte every 100 ms, without end", "timeout",
	    "", 0, .feed = { .send = send_body_slowly } },
	{ "slow-page", "a page, a byte every 100 ms, without end",
	    "fine|unchanged", "", 0, .page = { .send = send_body_slowly } },
	{ "silent", "nothing, and the connection stays", "timeout", "", 0,
	    .feed = { .send = send_silence } },

	/* ---- redirects ---- */
	{ "redirect-loop", "302 to itself", "redirects", "[Rr]edirect", 0,
	    .feed = { "302 Found", "Location: http://@HOST@/feed\r\n", "" } },
	{ "redirect-5", "five redirects", "fine|unchanged", "", 1,
	    .feed = { "302 Found", "Location: /hop/4\r\n", "" } },
	{ "redirect-6", "six redirects", "redirects", "[Rr]edirect", 0,
	    .feed = { "302 Found", "Location: /hop/5\r\n", "" } },
	{ "redirect-file", "302 to a file", "refused|redirects", "file", 0,
	    .feed = { "302 Found", "Location: file:///etc/passwd\r\n", "" } },
	{ "redirect-ftp", "302 to ftp", "refused|redirects", "ftp", 0,
	    .feed = { "302 Found", "Location: ftp://@NAME@/feed\r\n", "" } },
	{ "redirect-nowhere", "302 that does not say where", "redirects", "", 0,
	    .feed = { "302 Found", "", "" } },
	{ "redirect-garbage", "302 to what is no address", "refused|redirects",
	    "", 0,
	    .feed = { "302 Found", "Location: http://[::what/\r\n", "" } },
	{ "redirect-moved", "301 to another address, for good",
	    "fine|unchanged", "moved", 1,
	    .feed = { "301 Moved Permanently", "Location: /hop/0\r\n", "" } },
	{ "redirect-front", "pages redirect to the front page",
	    "fine|unchanged", "", 0,
	    .page = { "302 Found", "Location: http://@HOST@/\r\n", "" } },
	{ "locations-two", "two Location headers", "fine|unchanged|redirects",
	    "", -1,
	    .feed = { "302 Found", "Location: /hop/0\r\nLocation: /nowhere\r\n",
		"" } },
	{ "redirect-127", "302 to 127.0.0.1", "refused", "private", 0,
	    "http://redirect-127.odd.example:@RAW@/feed", PROXIED,
	    .feed = INSIDE("127.0.0.1") },
	{ "redirect-127-hex", "302 to 0x7f.1", "refused", "private", 0,
	    "http://redirect-127-hex.odd.example:@RAW@/feed", PROXIED,
	    .feed = INSIDE("0x7f.1") },
	{ "redirect-127-long", "302 to 2130706433", "refused", "private", 0,
	    "http://redirect-127-long.odd.example:@RAW@/feed", PROXIED,
	    .feed = INSIDE("2130706433") },
	{ "redirect-0", "302 to 0.0.0.0", "refused", "private", 0,
	    "http://redirect-0.odd.example:@RAW@/feed", PROXIED,
	    .feed = INSIDE("0.0.0.0") },
	{ "redirect-metadata", "302 to 169.254.169.254", "refused", "private",
	    0, "http://redirect-metadata.odd.example:@RAW@/feed", PROXIED,
	    .feed = INSIDE("169.254.169.254") },
	{ "redirect-six", "302 to [::1]", "refused", "private", 0,
	    "http://redirect-six.odd.example:@RAW@/feed", PROXIED,
	    .feed = INSIDE("[::1]") },
	{ "redirect-mapped", "302 to [::ffff:127.0.0.1]", "refused", "private",
	    0, "http://redirect-mapped.odd.example:@RAW@/feed", PROXIED,
	    .feed = INSIDE("[::ffff:127.0.0.1]") },
	{ "redirect-name", "302 to a name that has a private address",
	    "refused", "private", 0,
	    "http://redirect-name.odd.example:@RAW@/feed", "",
	    .feed = INSIDE("fine.odd.localhost") },
	{ "page-inside", "a page with a private address", "fine|unchanged",
	    "private", 0, "http://page-inside.odd.example:@RAW@/feed", "",
	    .feed = { .part = "feed-inside" } },
	{ "robots-inside", "robots.txt redirects to a private address",
	    "fine|unchanged|forbidden|refused", "", -1,
	    "http://robots-inside.odd.example:@RAW@/feed", "",
	    .robots = { "302 Found",
		"Location: http://127.0.0.1:@PORT@/robots.txt\r\n", "" } },

	/* ---- headers ---- */
	{ "headers-1000", "1000 headers", "fine|unchanged", "", 1,
	    .feed = { .send = send_headers, .number = 1000 } },
	{ "headers-1001", "1001 headers", "refused|broken", "headers", 0,
	    .feed = { .send = send_headers, .number = 1001 } },
	{ "header-1m", "a header of 1 MB", "refused|broken", "", 0,
	    .feed = { .send = send_header_long, .number = 1000000 } },
	{ "nul-header", "a NUL in a header", "broken|fine|unchanged", "", -1,
	    .feed = { .send = send_nul } },
	{ "header-folded", "a header in two lines", "fine|unchanged", "", 1,
	    .feed = { NULL, "X-Folded: one\r\n two\r\n" DATED } },
	{ "header-odd", "a header without a colon", "broken|fine|unchanged", "",
	    -1, .feed = { NULL, "What is this?\r\n" DATED } },
	{ "cookies", "cookies that want to come back", "fine|unchanged", "", 1,
	    .feed = { NULL,
		"Set-Cookie: who=@NTH@; Path=/; Max-Age=9999\r\n" DATED },
	    .page = { NULL, "Set-Cookie: read=@NTH@; Path=/\r\n" DATED } },
	{ "status-999", "the status 999", "broken|http-5xx", "", 0,
	    .feed = { "999 What", "", "" } },

	/* ---- bodies cut short, and the like ---- */
	{ "chunks", "chunks, and trailers behind them", "fine|unchanged", "", 1,
	    .feed = { .send = send_chunks } },
	{ "chunks-cut", "chunks of which the last are missing", "broken", "", 0,
	    .feed = { .send = send_chunks_cut } },
	{ "chunks-odd", "a chunk of a size that is no number", "broken", "", 0,
	    .feed = { .send = send_chunks_odd } },
	{ "chunks-and-length", "Transfer-Encoding and Content-Length",
	    "fine|unchanged|broken", "", -1, .feed = { .send = send_both } },
	{ "length-long", "Content-Length tells more than comes", "broken", "",
	    0, .feed = { .send = send_too_long } },
	{ "length-short", "Content-Length tells less than comes",
	    "unreadable|not-a-feed|fine|unchanged|no-entries", "", -1,
	    .feed = { .send = send_too_short } },
	{ "length-none", "no Content-Length, until it is closed",
	    "fine|unchanged", "", 1, .feed = { .send = send_no_length } },
	{ "reset", "a reset in the middle", "broken", "", 0,
	    .feed = { .send = send_reset } },
	{ "page-reset", "a reset in the middle of pages", "fine|unchanged", "",
	    0, .page = { .send = send_reset } },
	{ "empty-reply", "nothing, and it is closed", "broken", "", 0,
	    .feed = { .send = send_nothing } },
	{ "garbage", "what is no HTTP", "broken", "", 0,
	    .feed = { .part = "garbage", .send = send_bare } },
	{ "http-09", "a body without a head", "broken", "", 0,
	    .feed = { .send = send_bare } },

	/* ---- validators ---- */
	{ "etag-weak", "a weak ETag", "unchanged", "", 1,
	    .feed = { NULL, "ETag: W/\"odd\"\r\n" } },
	{ "etag-odd", "an ETag with commas and quotes in it", "unchanged", "",
	    1, .feed = { NULL, "ETag: \"a, b\"c\\\" W/\"d\"\r\n" } },
	{ "etag-unquoted", "an ETag without quotes", "unchanged", "", 1,
	    .feed = { NULL, "ETag: odd-17:a=b\r\n" } },
	{ "etag-empty", "an ETag of two quotes", "unchanged", "", 1,
	    .feed = { NULL, "ETag: \"\"\r\n" DATED } },
	{ "etag-utf-8", "an ETag in UTF-8", "unchanged", "", 1,
	    .feed = { NULL, "ETag: \"số-một\"\r\n" } },
	{ "etag-moves", "another ETag with every 304", "unchanged", "", 1,
	    .feed = { NULL, "ETag: \"odd-@NTH@\"\r\n" DATED } },
	{ "etag-stays", "an ETag that stays while the feed changes",
	    "fine|unchanged", "", -1, .settings = "distrust = 2",
	    .feed = { .part = "feed-grows" } },
	{ "modified-back", "a Last-Modified that goes back", "unchanged", "", 1,
	    .feed = { NULL, "Last-Modified: @<86400@\r\n" } },
	{ "modified-odd", "a Last-Modified that is no date", "unchanged", "", 1,
	    .feed = { NULL, "Last-Modified: yesterday,  about noon\r\n" } },
	{ "modified-future", "a Last-Modified of next week", "unchanged", "", 1,
	    .feed = { NULL,
		"Last-Modified: Fri, 01 Jan 2038 00:00:00 GMT\r\n" } },
	{ "validators-none", "no validators, and always the same",
	    "fine|unchanged", "", 1, .feed = { NULL, "" } },
	{ "validators-lost", "validators once, and never again",
	    "fine|unchanged", "", 1, .feed = { .times = 1 },
	    .then = { NULL, "", .fresh = NEVER } },
	{ "unchanged-then-not", "304 twice, then another feed",
	    "fine|unchanged", "", 4, .feed = { .times = 3 },
	    .then = { NULL, "ETag: \"odd-2\"\r\n", "feed-three",
		.fresh = NEVER } },
	{ "unchanged-unasked", "304 to who has nothing yet",
	    "broken|empty|unchanged|http-4xx", "304", 0,
	    .feed = { .fresh = ALWAYS } },

	/* ---- no ---- */
	{ "limited-seconds", "429 and Retry-After in seconds", "limited", "429",
	    0, .feed = { "429 Too Many Requests", "Retry-After: 3\r\n", "" } },
	{ "limited-date", "429 and Retry-After as a date", "limited", "429", 0,
	    .feed = { "429 Too Many Requests", "Retry-After: @+3@\r\n", "" } },
	{ "limited-past", "429 and Retry-After that is past", "limited", "429",
	    0,
	    .feed = { "429 Too Many Requests", "Retry-After: @-99@\r\n", "" } },
	{ "limited-bare", "429 and no Retry-After", "limited", "429", 0,
	    .feed = { "429 Too Many Requests", "", "" } },
	{ "limited-year", "429 and Retry-After of a year", "limited", "429", 0,
	    .feed = { "429 Too Many Requests", "Retry-After: 31536000\r\n",
		"" } },
	{ "limited-huge", "429 and Retry-After beyond 64 bits", "limited",
	    "429", 0,
	    .feed = { "429 Too Many Requests",
		"Retry-After: 99999999999999999999999\r\n", "" } },
	{ "limited-nonsense", "429 and Retry-After that is nothing", "limited",
	    "429", 0,
	    .feed = { "429 Too Many Requests", "Retry-After: soon, -1\r\n",
		"" } },
	{ "limited-pages", "429 for pages, and 3 seconds", "fine|unchanged",
	    "429", 0,
	    .page = { "429 Too Many Requests", "Retry-After: 3\r\n", "" } },
	{ "busy-seconds", "503 and Retry-After", "limited", "503", 0,
	    .feed = { "503 Service Unavailable", "Retry-After: 3\r\n", "" } },
	{ "busy", "503 and no Retry-After", "http-5xx", "503", 0,
	    .feed = { "503 Service Unavailable", "", "" } },
	{ "busy-then-not", "503 twice, then the feed", "fine|unchanged", "503",
	    1, .feed = { "503 Service Unavailable", "", "", .times = 2 } },
	{ "error-500", "500", "http-5xx", "500", 0,
	    .feed = { "500 Internal Server Error", "", "" } },
	{ "error-502", "502 with a page that says so", "http-5xx", "502", 0,
	    .feed = { "502 Bad Gateway", HTML, "front" } },
	{ "error-500-feed", "500, and the feed with it", "http-5xx", "500", 0,
	    .feed = { "500 Internal Server Error" } },
	{ "no-401", "401", "http-4xx", "401", 0,
	    .feed = { "401 Unauthorized", "WWW-Authenticate: Basic\r\n", "" } },
	{ "no-403", "403", "blocked", "403", 0,
	    .feed = { "403 Forbidden", HTML, "wall" } },
	{ "no-403-pages", "403 for pages, one after the other",
	    "fine|unchanged|blocked", "403", 0,
	    .feed = { .part = "feed-three" },
	    .page = { "403 Forbidden", "", "" } },
	{ "no-451", "451", "blocked", "451", 0,
	    .feed = { "451 Unavailable For Legal Reasons", "", "" } },
	{ "gone-410", "410", "gone", "410", 0, .feed = { "410 Gone", "", "" } },
	{ "gone-page", "410 for a page", "fine|unchanged", "410", 0,
	    .page = { "410 Gone", "", "" } },
	{ "not-found", "404", "not-found", "404", 0,
	    .feed = { "404 Not Found", "", "" } },
	{ "not-found-then-there", "404 twice, then the feed", "fine|unchanged",
	    "404", 1, .feed = { "404 Not Found", "", "", .times = 2 } },
	{ "no-robots", "400 to who does not look like a browser", "http-4xx",
	    "400", 0, .feed = { .send = send_to_browsers } },
	{ "browsers-only", "the same, and the source is browser_like",
	    "fine|unchanged", "", 1, .settings = "browser_like = yes",
	    .feed = { .send = send_to_browsers },
	    .page = { .send = send_to_browsers } },

	/* ---- what is no feed, or an odd one ---- */
	{ "html", "a page instead of a feed", "not-a-feed", "", 0,
	    .feed = { NULL, HTML, "front" } },
	{ "wall-202", "202, and a wall of JavaScript", "blocked", "", 0,
	    .feed = { "202 Accepted", HTML "x-amzn-waf-action: challenge\r\n",
		"wall" } },
	{ "wall-200", "200, and a wall of JavaScript", "blocked|not-a-feed", "",
	    0, .feed = { NULL, HTML, "wall" } },
	{ "wall-403", "403, and a wall of JavaScript", "blocked", "403", 0,
	    .feed = { "403 Forbidden", HTML "cf-mitigated: challenge\r\n",
		"wall" } },
	{ "wall-cookies", "302 to itself, until a cookie comes back",
	    "redirects|blocked", "", 0,
	    .feed = { "302 Found",
		"Location: http://@HOST@/feed\r\nSet-Cookie: gate=1\r\n",
		"" } },
	{ "empty-200", "200 and nothing", "empty", "", 0,
	    .feed = { .part = "", .fresh = NEVER } },
	{ "empty-204", "204", "empty", "", 0,
	    .feed = { "204 No Content", "", "" } },
	{ "no-entries", "a feed without an entry", "no-entries", "", 0,
	    .feed = { .part = "feed-none" } },
	{ "json", "JSON that is no feed", "not-a-feed|unreadable|no-entries",
	    "", 0,
	    .feed = { NULL, "Content-Type: application/json\r\n", "json" } },
	{ "laughs", "entities in entities, and one that is a file",
	    "fine|unchanged|unreadable|not-a-feed", "", -1,
	    .feed = { .part = "feed-laughs" } },
	{ "cut", "half a feed, and the length of the half",
	    "fine|unchanged|unreadable|not-a-feed|no-entries", "", -1,
	    .feed = { .pack = pack_cut } },
	{ "type-lies", "a feed that says it is text", "fine|unchanged", "", 1,
	    .feed = { NULL, PLAIN DATED } },
	{ "old", "a feed whose newest entry is of 2014", "fine|unchanged", "",
	    1, .feed = { .part = "feed-old" } },
	{ "guid-clash", "three entries with one guid", "fine|unchanged", "", 3,
	    .feed = { .part = "feed-clash" } },
	{ "renamed", "another address each time, and one guid",
	    "fine|unchanged", "", 1, .feed = { NULL, "", "feed-renamed" } },
	{ "entries-50000", "50,000 entries", "fine|unchanged", "", 3,
	    .settings = "backfill = 3",
	    .feed = { .pack = pack_feed, .number = 50000 } },

	/* ---- robots.txt ---- */
	{ "robots-forbid", "robots.txt forbids all", "forbidden", "robots", 0,
	    .robots = { .part = "robots-none" }, .forbid = "/" },
	{ "robots-pages", "robots.txt forbids the pages", "fine|unchanged",
	    "robots", 0, .robots = { .part = "robots-pages" },
	    .forbid = "/page/" },
	{ "robots-404", "robots.txt is not there", "fine|unchanged", "", 1,
	    .robots = { "404 Not Found", HTML, "front" } },
	{ "robots-403", "robots.txt is forbidden itself", "fine|unchanged", "",
	    1, .robots = { "403 Forbidden", "", "" } },
	{ "robots-500", "robots.txt is a 500", "http-5xx|forbidden", "robots",
	    0, .robots = { "500 Internal Server Error", "", "" },
	    .forbid = "/" },
	{ "robots-500-once", "robots.txt is a 500, then there",
	    "http-5xx|forbidden|fine|unchanged", "", -1,
	    .robots = { "500 Internal Server Error", "", "", .times = 1 } },
	{ "robots-slow", "robots.txt, a byte every 100 ms, without end",
	    "timeout|forbidden", "", 0, .robots = { .send = send_body_slowly },
	    .forbid = "/" },
	{ "robots-reset", "robots.txt, and a reset in it", "broken|forbidden",
	    "", 0, .robots = { .send = send_reset }, .forbid = "/" },
	{ "robots-redirect", "robots.txt is elsewhere", "fine|unchanged", "", 1,
	    .robots = { "301 Moved Permanently",
		"Location: http://fine.odd.localhost:@RAW@/robots.txt\r\n",
		"" } },
	{ "robots-html", "robots.txt is a page", "fine|unchanged", "", 1,
	    .robots = { NULL, HTML, "robots-html" } },
	{ "robots-delay", "robots.txt with a Crawl-delay of a second",
	    "fine|unchanged", "", 3, .feed = { .part = "feed-three" },
	    .robots = { .part = "robots-slow" }, .crawl_delay = 1 },
	{ "robots-5m", "5 MB of robots.txt, and a no at their end",
	    "fine|unchanged", "", 1,
	    .robots = { .pack = pack_grow, .number = 5000000 } },

	/* ---- not there ---- */
	{ "nobody", "nobody listens", "connect", "", 0,
	    "http://nobody.odd.localhost:1/feed" },
	{ "nowhere", "no such name", "dns", "", 0,
	    "http://nowhere.invalid/feed" },
	{ "ipv6-only", "nobody listens but at [::1]", "fine|unchanged", "", 1,
	    "http://ipv6-only.odd.localhost:@SIX@/feed" },
	{ "tls-good", "a certificate that is good", "fine|unchanged", "", 1,
	    "https://tls-good.odd.localhost:@TLS@/feed" },
	{ "tls-wrong-name", "a certificate of somebody else", "tls", "", 0,
	    "https://tls-wrong-name.odd.localhost:@TLS@/feed" },
	{ "tls-expired", "a certificate that has expired", "tls", "", 0,
	    "https://tls-expired.odd.localhost:@TLS@/feed" },
	{ "tls-self-signed", "a certificate that signs itself", "tls", "", 0,
	    "https://tls-self-signed.odd.localhost:@TLS@/feed" },
	{ "tls-none", "no TLS where it should be", "tls", "", 0,
	    "https://tls-none.odd.localhost:@RAW@/feed" },
};

enum { MISDEEDS = sizeof(misdeeds) / sizeof(misdeeds[0]) };
_Static_assert((int)MISDEEDS <= (int)MAX_MISDEEDS, "states for all of them");

const struct misdeed *misdeed_of(const char *host)
{
	size_t length = strcspn(host, ".:");

	for (size_t i = 0; i < MISDEEDS; i++) {
		if (strlen(misdeeds[i].name) == length &&
		    strncasecmp(misdeeds[i].name, host, length) == 0)
			return &misdeeds[i];
	}
	return NULL;
}

size_t misdeed_number(const struct misdeed *misdeed)
{
	return (size_t)(misdeed - misdeeds);
}

static const char *text_or(const char *text, const char *other)
{
	return text != NULL ? text : other;
}

void misdeeds_write(FILE *out)
{
	for (size_t i = 0; i < MISDEEDS; i++) {
		const struct misdeed *misdeed = &misdeeds[i];

		fprintf(out, "%s\t", misdeed->name);
		if (misdeed->url != NULL)
			fprintf(out, "%s\t", misdeed->url);
		else
			fprintf(out, "http://%s.odd.localhost:@RAW@/feed\t",
			    misdeed->name);
		fprintf(out, "%s\t%d\t%s\t%s\t%s\n", misdeed->class,
		    misdeed->records, text_or(misdeed->said, ""),
		    text_or(misdeed->settings, ""), misdeed->what);
	}
}

void misdeeds_own(struct owners *owners)
{
	for (size_t i = 0; i < MISDEEDS; i++) {
		const struct misdeed *misdeed = &misdeeds[i];
		char host[64];
		struct owner *owner;

		if (misdeed->forbid == NULL && misdeed->crawl_delay <= 0)
			continue;
		snprintf(host, sizeof(host), "%s.odd.localhost", misdeed->name);
		owner = owner_of(owners, host);
		owner->crawl_delay = misdeed->crawl_delay;
		snprintf(owner->forbid, sizeof(owner->forbid), "%s",
		    text_or(misdeed->forbid, ""));
	}
}
