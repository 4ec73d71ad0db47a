/*
 * Which pages are walls against programs. They come with any status, 200 as
 * well, and as HTML whatever was asked for.
 *
 * Nearly every mark of a wall stands on ordinary pages, too: those of a site
 * behind it have its script, and some tell of walls. So a wall is known by two
 * marks or more, of which one is markup that only its own page has; or by a
 * script alone on a page that has nothing to read.
 */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "core/net/wall.h"

#define HEAD ((size_t)65536) /* bytes in which a wall tells itself */
#define MOST_MARKS 3

static const struct wall {
	const char *whose;
	const char *marks[MOST_MARKS]; /* all of them must be there */
	bool bare; /* and nothing of what pages to be read have */
} walls[] = {
	{ "Cloudflare", { "<title>Just a moment...</title>", "_cf_chl_opt" } },
	{ "Cloudflare",
	    { "<title>Just a moment...</title>",
		"/cdn-cgi/challenge-platform/" } },
	{ "Cloudflare", { "<title>Just a moment...</title>", "jschl" } },
	/* The title is in the reader's language, the rest is not. */
	{ "Cloudflare",
	    { "name=\"robots\" content=\"noindex,nofollow\"", "_cf_chl_opt",
		"/orchestrate/" } },
	{ "Cloudflare",
	    { "<title>Please Wait... | Cloudflare</title>", "cf-" } },
	{ "Cloudflare",
	    { "<title>Attention Required! | Cloudflare</title>", "cf-" } },
	{ "Cloudflare",
	    { "used Cloudflare to restrict access</title>", "cf-" } },
	{ "AWS WAF", { "awsWafCookieDomainList", "gokuProps" } },
	{ "AWS WAF",
	    { "awsWafCookieDomainList", "<div id=\"challenge-container\"" } },
	{ "AWS WAF",
	    { "awsWafCookieDomainList", "<div id=\"captcha-container\"" } },
	{ "AWS WAF",
	    { "awsWafCookieDomainList", "challenge.js", "<title></title>" } },
	{ "AWS WAF",
	    { "gokuProps", "challenge.js",
		"<div id=\"challenge-container\"" } },
	{ "AWS WAF", { ".awswaf.com/", "challenge.js" }, .bare = true },
	{ "Imperva", { "/_Incapsula_Resource?", "Incapsula incident ID" } },
	{ "Imperva", { "/_Incapsula_Resource?", "id=\"main-iframe\"" } },
	{ "Imperva", { "/_Incapsula_Resource?" }, .bare = true },
	{ "DDoS-Guard", { "<title>DDoS-Guard</title>", "ddos-guard/" } },
	{ "DDoS-Guard", { "<title>DDOS-GUARD</title>", "ddos-guard/" } },
	{ "DDoS-Guard",
	    { "data-ddg-origin", "/.well-known/ddos-guard/js-challenge/" } },
	{ "DDoS-Guard", { "data-ddg-origin", "<title>DDoS-Guard</title>" } },
	{ "Sucuri",
	    { "<title>You are being redirected...</title>",
		"sucuri_cloudproxy_js" } },
	{ "Sucuri", { "sucuri_cloudproxy_js" }, .bare = true },
	{ "Sucuri", { "<title>Sucuri WebSite Firewall", "sucuri.net" } },
	{ "Akamai", { "<TITLE>Access Denied</TITLE>", "edgesuite" } },
	{ "Akamai", { "sec-if-cpt-container", "/_sec/cp_challenge/" } },
	{ "DataDome", { "captcha-delivery.com/", "var dd={" } },
	{ "HUMAN", { "id=\"px-captcha\"", "_pxAppId" } },
	{ "Imunify360",
	    { "<title>One moment, please...</title>", "location.reload(" } },
	{ "SiteGround", { "/.well-known/sgcaptcha/", "http-equiv=\"refresh\"" },
	    .bare = true },
	{ "Vercel",
	    { "<title>Vercel Security Checkpoint</title>",
		"/.well-known/vercel/" } },
	{ "Anubis", { "id=\"anubis_challenge\"", "/anubis/" } },
	{ "F5", { "<title>Request Rejected</title>", "support ID is" } },
	{ "Alibaba Cloud", { "acw_sc__v2", "arg1=" }, .bare = true },
	{ "a script that sets a cookie",
	    { "<script", "document.cookie", "location.reload" }, .bare = true },
	{ "a script that sets a cookie",
	    { "<script", "document.cookie", "location.replace" },
	    .bare = true },
	{ "a script that sets a cookie",
	    { "<script", "document.cookie", "location.href" }, .bare = true },
	{ "a script that sets a cookie",
	    { "<script", "document.cookie", "location=" }, .bare = true },
	{ "a script that sets a cookie",
	    { "<script", "document.cookie", "location =" }, .bare = true },
};

static bool has(const char *bytes, size_t len, const char *mark)
{
	return memmem(bytes, len, mark, strlen(mark)) != NULL;
}

/* A feed may tell of walls in all their markup. */
static bool is_data(const char *bytes, size_t len)
{
	static const char *const starts[] = { "<?xml", "<rss", "<feed", "<rdf",
		"<urlset", "<sitemapindex", "{", "[" };
	size_t i;

	if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		len -= 3;
	}
	while (len > 0 && memchr(" \t\r\n", *bytes, 4) != NULL) {
		bytes++;
		len--;
	}
	for (i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		size_t start = strlen(starts[i]);

		if (len >= start && strncasecmp(bytes, starts[i], start) == 0)
			return true;
	}
	return false;
}

/* Nothing to go to, to look at, or to make it look well. */
static bool is_bare(const char *bytes, size_t len)
{
	static const char *const tags[] = { "<a ", "<A ", "<article", "<img",
		"<IMG", "<link", "<LINK" };
	size_t i;

	for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		if (has(bytes, len, tags[i]))
			return false;
	}
	return true;
}

static bool is_wall(const struct wall *wall, const char *bytes, size_t len)
{
	size_t i;

	for (i = 0; i < MOST_MARKS && wall->marks[i] != NULL; i++) {
		if (!has(bytes, len, wall->marks[i]))
			return false;
	}
	return !wall->bare || is_bare(bytes, len);
}

const char *wall_name(const char *bytes, size_t len)
{
	size_t i;

	len = len < HEAD ? len : HEAD;
	if (len == 0 || is_data(bytes, len))
		return NULL;
	for (i = 0; i < sizeof(walls) / sizeof(walls[0]); i++) {
		if (is_wall(&walls[i], bytes, len))
			return walls[i].whose;
	}
	return NULL;
}
