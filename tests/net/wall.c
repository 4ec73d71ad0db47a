/* Walls against programs are known, and nothing else is taken for one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/net/wall.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define COOKIE "a script that sets a cookie"

/* What an ordinary page has around its scripts. */
#define PAGE(head, body)                                                   \
	"<!DOCTYPE html><html><head><title>Ferry to run by night</title>"  \
	"<link rel=stylesheet href=/a.css>" head "</head><body><h1>Ferry " \
	"to run by night</h1><a href='/'>Front</a>" body "</body></html>"

struct row {
	const char *page, *whose;
};

static void check(const struct row *rows, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const char *whose =
		    wall_name(rows[i].page, strlen(rows[i].page));

		if (whose == rows[i].whose)
			continue;
		if (whose == NULL || rows[i].whose == NULL ||
		    strcmp(whose, rows[i].whose) != 0)
			fail_msg("row %zu: %s, not %s", i,
			    whose != NULL ? whose : "none",
			    rows[i].whose != NULL ? rows[i].whose : "none");
	}
}

static void walls_are_known(void **state)
{
	static const struct row rows[] = {
		{ "<html><body><script>document.cookie=\"D1N=00\"+\"; path=/\";"
		  "window.location.reload(true);</script></body></html>",
		    COOKIE },
		{ "\n<html><head><title>Wait</title></head><body><script>\n"
		  "document.cookie = 'gate=1'; location.reload();</script>"
		  "<noscript><p>Turn scripts on.</p></noscript></body></html>",
		    COOKIE },
		{ "<html><body><script src=\"/aes.js\"></script><script>var a="
		  "toNumbers(\"00\");document.cookie=\"__test=\"+toHex(a);"
		  "location.href=\"http://news.example/?i=1\";</script></body>"
		  "</html>",
		    COOKIE },
		{ "<script>document.cookie='k=1';window.location='/'</script>",
		    COOKIE },
		{ "<script>document.cookie='k=1';window.location = '/'"
		  "</script>",
		    COOKIE },
		{ "<script>document.cookie='k=1';location.replace('/')"
		  "</script>",
		    COOKIE },
		{ "<!DOCTYPE html><html lang=\"en-US\"><head><title>Just a "
		  "moment...</title></head><body><script>(function(){window."
		  "_cf_chl_opt = {cvId: '3'};}());</script></body></html>",
		    "Cloudflare" },
		{ "<!DOCTYPE html><html lang=\"vi\"><head><title>Ch\xe1\xbb\x9d"
		  "m\xe1\xbb\x99t ch\xc3\xbat...</title><meta name=\"robots\" "
		  "content=\"noindex,nofollow\"></head><body><script>window."
		  "_cf_chl_opt={};a.src='/cdn-cgi/challenge-platform/h/b/"
		  "orchestrate/chl_page/v1?ray=0';</script></body></html>",
		    "Cloudflare" },
		{ "<html><head><title>Just a moment...</title></head><body>"
		  "<form id=\"challenge-form\"><input name=\"jschl_vc\"></form>"
		  "</body></html>",
		    "Cloudflare" },
		{ "<html><head><title>Attention Required! | Cloudflare</title>"
		  "</head><body><div id=\"cf-wrapper\">You are blocked.</div>"
		  "<a href=\"/\">back</a></body></html>",
		    "Cloudflare" },
		{ "<title>Access denied | news.example used Cloudflare to "
		  "restrict access</title><div id=\"cf-error-details\">",
		    "Cloudflare" },
		{ "<!DOCTYPE html><html><head><title></title><script>window."
		  "awsWafCookieDomainList = [];window.gokuProps = {};</script>"
		  "<script src=\"https://0.edge.sdk.awswaf.com/0/0/challenge.js"
		  "\"></script></head><body><div id=\"challenge-container\">"
		  "</div></body></html>",
		    "AWS WAF" },
		{ "<html><head><title></title><script>window."
		  "awsWafCookieDomainList=[];</script><script src=\"/x/"
		  "challenge.js\"></script></head></html>",
		    "AWS WAF" },
		{ "<html><head><script src=\"https://0.token.awswaf.com/0/"
		  "challenge.js\"></script></head><body></body></html>",
		    "AWS WAF" },
		{ "<html style=\"height:100%\"><head><META NAME=\"ROBOTS\" "
		  "CONTENT=\"NOINDEX, NOFOLLOW\"><script src=\"/_Incapsula_"
		  "Resource?SWJIYLWA=0\"></script></head><body></body></html>",
		    "Imperva" },
		{ "<html><body><iframe id=\"main-iframe\" src=\"/_Incapsula_"
		  "Resource?CWUDNSAI=24\">Request unsuccessful. Incapsula "
		  "incident ID: 0-0</iframe><a href='/'>x</a></body></html>",
		    "Imperva" },
		{ "<!doctype html><html><head><title>DDoS-Guard</title><script "
		  "src=\"/.well-known/ddos-guard/js-challenge/index.js\">"
		  "</script></head><body data-ddg-origin=\"true\">",
		    "DDoS-Guard" },
		{ "<html><head><title>DDOS-GUARD</title><link rel=\"stylesheet"
		  "\" href=\"/.well-known/ddos-guard/ddg-captcha-page/index.css"
		  "\"></head>",
		    "DDoS-Guard" },
		{ "<html><title>You are being redirected...</title><noscript>"
		  "Javascript is required.</noscript><script>var s={},"
		  "sucuri_cloudproxy_js='';</script></html>",
		    "Sucuri" },
		{ "<html><head><title>Sucuri WebSite Firewall - Access Denied"
		  "</title></head><body><a href=\"https://sucuri.net/\">",
		    "Sucuri" },
		{ "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY>"
		  "<P>https&#58;&#47;&#47;errors&#46;edgesuite&#46;net",
		    "Akamai" },
		{ "<html><head><title>news.example</title></head><body><script>"
		  "var dd={'rt':'c'}</script><script src=\"https://ct.captcha-"
		  "delivery.com/c.js\"></script></body></html>",
		    "DataDome" },
		{ "<meta http-equiv=\"refresh\" content=\"0;/.well-known/"
		  "sgcaptcha/?r=%2F\">",
		    "SiteGround" },
		{ "<html><head><script>setTimeout(function(){window.location."
		  "reload();},5000);</script><title>One moment, please..."
		  "</title></head>",
		    "Imunify360" },
		{ "<html><head><title>Request Rejected</title></head><body>"
		  "Your support ID is: 0<br><br><a href='#'>[Go Back]</a>",
		    "F5" },
		{ "<html><script>var arg1='00';function setCookie(a){document."
		  "cookie='acw_sc__v2='+a;location.reload()}</script></html>",
		    "Alibaba Cloud" },
		{ "<html><script id=\"anubis_challenge\" type=\"application/"
		  "json\">{}</script><script src=\"/.within.website/x/cmd/"
		  "anubis/static/js/main.mjs\"></script><a href='#'>why</a>",
		    "Anubis" },
	};

	(void)state;
	check(rows, COUNT(rows));
}

/* What pages have that stand behind a wall, or tell of one. */
static void ordinary_pages_are_not(void **state)
{
	static const struct row rows[] = {
		{ "", NULL },
		{ "Just a moment...", NULL },
		{ "<html><title>Just a moment...</title><p>A poem.</p></html>",
		    NULL },
		{ PAGE("<script>document.cookie='seen=1';function f(){location."
		       "reload()}</script>",
		      ""),
		    NULL },
		{ "<html><head><script>document.cookie='a=1';location.href"
		  "</script><link rel=stylesheet href=/a.css></head><body><div "
		  "id=root></div><script src=/app.js></script></body></html>",
		    NULL },
		{ PAGE("",
		      "<script>a.src='/cdn-cgi/challenge-platform/scripts/"
		      "jsd/main.js';</script>"),
		    NULL },
		{ PAGE("",
		      "<p>The page says <code>&lt;title&gt;Just a moment..."
		      "&lt;/title&gt;</code> and sets window._cf_chl_opt "
		      "before "
		      "/cdn-cgi/challenge-platform/h/b/orchestrate/ is asked."),
		    NULL },
		{ PAGE("<script src=\"/_Incapsula_Resource?SWJIYLWA=0&ns=1\">"
		       "</script>",
		      ""),
		    NULL },
		{ PAGE("<script>window.awsWafCookieDomainList=['.a.example'];"
		       "</script><script src=\"https://0.edge.sdk.awswaf.com/0/"
		       "challenge.js\" defer></script>",
		      ""),
		    NULL },
		{ PAGE("<script src=\"https://check.ddos-guard.net/check.js\">"
		       "</script>",
		      "<p>DDoS-Guard and Sucuri sell walls; the variable "
		      "sucuri_cloudproxy_js is in one of them."),
		    NULL },
		{ PAGE("<script src=\"https://js.captcha-delivery.com/t.js\">"
		       "</script><script>window._pxAppId='0'</script>",
		      ""),
		    NULL },
		{ "<title>Access denied</title><p>The bridge is closed.",
		    NULL },
		/* A feed that tells of walls with their markup. */
		{ "\xef\xbb\xbf\n<?xml version='1.0'?><rss><channel><item>"
		  "<description><![CDATA[<title>Just a moment...</title>"
		  "_cf_chl_opt]]></description>",
		    NULL },
		{ "<RSS><description><![CDATA[<script>document.cookie="
		  "'a';location.reload()</script>]]></description>",
		    NULL },
		{ " {\"content_html\": \"<script>document.cookie='a';location."
		  "reload()</script>\"}",
		    NULL },
	};

	(void)state;
	check(rows, COUNT(rows));
}

static void no_mark_alone_is_a_wall(void **state)
{
	static const char *const marks[] = { "_cf_chl_opt", "gokuProps",
		"awsWafCookieDomainList", "challenge.js", "data-ddg-origin",
		"/_Incapsula_Resource?", "sucuri_cloudproxy_js",
		"arg1=", "document.cookie", "location.reload",
		"id=\"px-captcha\"", "<title>DDoS-Guard</title>",
		"<TITLE>Access Denied</TITLE>" };
	char page[256];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(marks); i++) {
		strcat(
		    strcpy(page, "<html><a href='/'>x</a><script>"), marks[i]);
		if (wall_name(page, strlen(page)) != NULL)
			fail_msg("%s is one", marks[i]);
	}
}

/* Bytes are not a string, and what comes late is not looked at. */
static void only_the_head_is_searched(void **state)
{
	static const char wall[] =
	    "<script>document.cookie='a';location.reload()</script>";
	const size_t head = 65536, size = sizeof(wall) - 1;
	char *page = calloc(1, head + size);

	(void)state;
	assert_null(wall_name(NULL, 0));
	memcpy(page + head - size, wall, size);
	assert_string_equal(wall_name(page, head), COOKIE);
	assert_null(wall_name(page, head - size / 2));
	memset(page, 0, head);
	memcpy(page + head, wall, size);
	assert_null(wall_name(page, head + size));
	free(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(walls_are_known),
		cmocka_unit_test(ordinary_pages_are_not),
		cmocka_unit_test(no_mark_alone_is_a_wall),
		cmocka_unit_test(only_the_head_is_searched),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
