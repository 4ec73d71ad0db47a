/* robots.txt: whose rules they are, which one wins, and what hostile ones cost.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/limits.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* memmem() takes one step a byte; what it was given is what it costs. */
static size_t steps;

static void *counted_memmem(
    const void *all, size_t all_len, const void *part, size_t len)
{
	const char *found = memmem(all, all_len, part, len);

	steps += len + 1;
	steps += found != NULL ? (size_t)(found - (const char *)all) : all_len;
	return (void *)found;
}

#define memmem counted_memmem
#include "core/base/robots.c"
#undef memmem

#define HOST "https://news.example"
#define ALL "User-agent: *\n"
#define US "User-agent: dateline\n"

struct row {
	const char *file, *agent, *url;
	bool allowed;
	int line;
};

static void check_row(const struct row *row)
{
	struct robots *robots =
	    robots_read(row->file, strlen(row->file), row->agent);
	struct robots_verdict verdict;

	robots_ask(robots, row->url, &verdict);
	if (verdict.allowed != row->allowed || verdict.line != row->line)
		print_error("%s\n%s asks for %s: %s, line %d\n", row->file,
		    row->agent, row->url,
		    verdict.allowed ? "allowed" : "disallowed", verdict.line);
	assert_int_equal(verdict.allowed, row->allowed);
	assert_int_equal(verdict.line, row->line);
	assert_true((verdict.rule == NULL) == (row->line == 0));
	robots_free(robots);
}

static void check_rows(const struct row *rows, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		check_row(&rows[i]);
}

static void lines_are_read_as_people_write_them(void **state)
{
	static const struct row rows[] = {
		{ "", "dateline", HOST "/", true, 0 },
		{ "\n\n\n", "dateline", HOST "/", true, 0 },
		{ ALL "Disallow: /\n", "dateline", HOST "/a", false, 2 },
		{ ALL "Disallow: /", "dateline", HOST "/a", false, 2 },
		{ ALL "disallow: /\n", "dateline", HOST "/a", false, 2 },
		{ ALL "DISALLOW: /\n", "dateline", HOST "/a", false, 2 },
		{ "uSeR-aGeNt: *\nDiSaLlOw: /\n", "dateline", HOST "/a", false,
		    2 },
		{ "User-agent:*\nDisallow:/\n", "dateline", HOST "/a", false,
		    2 },
		{ " \tUser-agent \t: \t* \t\n\tDisallow\t:\t/\t\n", "dateline",
		    HOST "/a", false, 2 },
		/* ends of lines */
		{ "User-agent: *\rDisallow: /\r", "dateline", HOST "/a", false,
		    2 },
		{ "User-agent: *\r\nDisallow: /\r\n", "dateline", HOST "/a",
		    false, 2 },
		{ "\r\rUser-agent: *\r\r\r\nDisallow: /", "dateline", HOST "/a",
		    false, 6 },
		{ "\n\r\n\n\rUser-agent: *\nDisallow: /\n", "dateline",
		    HOST "/a", false, 6 },
		{ "User-agent: *\n\n\nDisallow: /a\r\n\r\nDisallow: /b",
		    "dateline", HOST "/b", false, 6 },
		/* what stands in front of the first line */
		{ "\xef\xbb\xbf" ALL "Disallow: /\n", "dateline", HOST "/",
		    false, 2 },
		{ "\xef\xbb" ALL "Disallow: /\n", "dateline", HOST "/", false,
		    2 },
		{ "\xef" ALL "Disallow: /\n", "dateline", HOST "/", false, 2 },
		{ "\xef\x11\xbf" ALL "Disallow: /\n", "dateline", HOST "/",
		    true, 0 },
		{ ALL "\xef\xbb\xbf"
		      "Disallow: /\n",
		    "dateline", HOST "/", true, 0 },
		{ "\xef\xbb\xbf\n" ALL "Disallow: /\n", "dateline", HOST "/",
		    false, 3 },
		/* comments */
		{ "# all\n" ALL "# none\nDisallow: /\n", "dateline", HOST "/",
		    false, 4 },
		{ "User-agent: * # all\nDisallow: /a # but a\n", "dateline",
		    HOST "/a", false, 2 },
		{ "User-agent: *#all\nDisallow: /a#b\n", "dateline", HOST "/ab",
		    false, 2 },
		{ ALL "#Disallow: /\n", "dateline", HOST "/", true, 0 },
		{ ALL "Disallow: #/\n", "dateline", HOST "/", true, 0 },
		{ ALL "Disallow#: /\n", "dateline", HOST "/", true, 0 },
		/* misspelled, and still clear */
		{ "User-agent *\nDisallow /\n", "dateline", HOST "/", false,
		    2 },
		{ "User-agent\t*\nDisallow \t /a \n", "dateline", HOST "/a",
		    false, 2 },
		{ ALL "Disallow /a /b\n", "dateline", HOST "/a", true, 0 },
		{ ALL "Disallow\n", "dateline", HOST "/a", true, 0 },
		{ ALL "/\n", "dateline", HOST "/a", true, 0 },
		{ "useragent: *\nDisallow: /\n", "dateline", HOST "/", false,
		    2 },
		{ "User Agent: *\nDisallow: /\n", "dateline", HOST "/", false,
		    2 },
		{ ALL "Dissallow: /\n", "dateline", HOST "/", false, 2 },
		{ ALL "Dissalow: /\n", "dateline", HOST "/", false, 2 },
		{ ALL "Disalow: /\n", "dateline", HOST "/", false, 2 },
		{ ALL "Diasllow: /\n", "dateline", HOST "/", false, 2 },
		{ ALL "Disallaw: /\n", "dateline", HOST "/", false, 2 },
		/* no rules */
		{ "foo: *\nbar: /\n", "dateline", HOST "/", true, 0 },
		{ ALL "Disallowed: /\n", "dateline", HOST "/", true, 0 },
		{ ALL "Noindex: /\n", "dateline", HOST "/", true, 0 },
		{ ALL "Allows: /a\nDisallow: /\n", "dateline", HOST "/a", false,
		    3 },
		{ ALL ": /\n:\n::\n", "dateline", HOST "/", true, 0 },
		{ "<!DOCTYPE html>\n<title>robots: none</title>\n", "dateline",
		    HOST "/", true, 0 },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void the_rules_are_those_of_our_group(void **state)
{
	static const char two[] = ALL "Disallow: /a\n" US "Disallow: /b\n";
	static const char first[] = US "Disallow: /b\n" ALL "Disallow: /a\n";
	static const char merged[] =
	    US "Disallow: /a\n"
	       "User-agent: other\nDisallow: /b\n" US "Disallow: /c\n";
	static const char shared[] =
	    "User-agent: one\n" US
	    "User-agent: two\nDisallow: /a\nUser-agent: three\nDisallow: /b\n";
	static const struct row rows[] = {
		{ two, "dateline", HOST "/a", true, 0 },
		{ two, "dateline", HOST "/b", false, 4 },
		{ two, "other", HOST "/a", false, 2 },
		{ two, "other", HOST "/b", true, 0 },
		{ first, "dateline", HOST "/a", true, 0 },
		{ first, "dateline", HOST "/b", false, 2 },
		{ first, "other", HOST "/a", false, 4 },
		{ merged, "dateline", HOST "/a", false, 2 },
		{ merged, "dateline", HOST "/b", true, 0 },
		{ merged, "dateline", HOST "/c", false, 6 },
		{ merged, "other", HOST "/c", true, 0 },
		{ merged, "fourth", HOST "/a", true, 0 },
		{ shared, "one", HOST "/a", false, 4 },
		{ shared, "dateline", HOST "/a", false, 4 },
		{ shared, "two", HOST "/a", false, 4 },
		{ shared, "two", HOST "/b", true, 0 },
		{ shared, "three", HOST "/b", false, 6 },
		/* several groups for everybody are one */
		{ ALL "Disallow: /a\nUser-agent: x\nDisallow: /x\n" ALL
		      "Disallow: /b\n",
		    "dateline", HOST "/b", false, 6 },
		{ ALL "Disallow: /a\n" ALL "Disallow: /b\n", "dateline",
		    HOST "/a", false, 2 },
		/* a group without rules, or with an empty one, allows all */
		{ ALL "Disallow: /\n" US, "dateline", HOST "/", true, 0 },
		{ ALL "Disallow: /\n" US "Disallow:\n", "dateline", HOST "/",
		    true, 0 },
		{ ALL "Disallow: /\n" US "Allow: \n", "dateline", HOST "/",
		    true, 0 },
		{ US "Disallow:\n" ALL "Disallow: /\n", "dateline", HOST "/",
		    true, 0 },
		{ US ALL "Disallow: /\n", "dateline", HOST "/", false, 3 },
		{ ALL US "Disallow: /\n", "other", HOST "/", false, 3 },
		{ ALL US "Disallow: /\n" ALL "Disallow: /a\n", "dateline",
		    HOST "/a", false, 3 },
		/* nothing else ends the names, or a group */
		{ US "\n\n# and\nUser-agent: x\nDisallow: /\n", "dateline",
		    HOST "/", false, 6 },
		{ US "Sitemap: https://news.example/map.xml\n"
		     "User-agent: x\nDisallow: /\n",
		    "dateline", HOST "/", false, 4 },
		{ US "Crawl-delay: 5\nUser-agent: x\nDisallow: /\n", "dateline",
		    HOST "/", false, 4 },
		{ US "Disallow: /a\nSitemap: /map.xml\nHost: x\n\n"
		     "Disallow: /b\n",
		    "dateline", HOST "/b", false, 6 },
		{ US "nonsense\nDisallow: /b\n", "dateline", HOST "/b", false,
		    3 },
		/* but rules do, whatever they say */
		{ US "Disallow:\nUser-agent: x\nDisallow: /\n", "dateline",
		    HOST "/", true, 0 },
		{ US "Disallow: b\nUser-agent: x\nDisallow: /\n", "dateline",
		    HOST "/", true, 0 },
		/* rules of nobody */
		{ "Disallow: /\n" ALL "Disallow: /a\n", "dateline", HOST "/b",
		    true, 0 },
		{ "Disallow: /\n", "dateline", HOST "/b", true, 0 },
		{ "User-agent:\nDisallow: /\n", "dateline", HOST "/", true, 0 },
		{ US "Allow: /\nUser-agent:\nDisallow: /b\n", "dateline",
		    HOST "/b", true, 2 },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

#define NAMED(name) "User-agent: " name "\nDisallow: /\n"

static void a_name_is_a_whole_word(void **state)
{
	static const struct row rows[] = {
		{ NAMED("dateline"), "dateline", HOST "/", false, 2 },
		{ NAMED("DateLine"), "dateline", HOST "/", false, 2 },
		{ NAMED("dateline"), "DATELINE", HOST "/", false, 2 },
		{ NAMED("datelinebot"), "dateline", HOST "/", true, 0 },
		{ NAMED("dateline-bot"), "dateline", HOST "/", true, 0 },
		{ NAMED("dateline_bot"), "dateline", HOST "/", true, 0 },
		{ NAMED("date"), "dateline", HOST "/", true, 0 },
		{ NAMED("line"), "dateline", HOST "/", true, 0 },
		{ NAMED("the dateline"), "dateline", HOST "/", true, 0 },
		{ NAMED("dateline/1.0"), "dateline", HOST "/", false, 2 },
		{ NAMED("dateline 1.0"), "dateline", HOST "/", false, 2 },
		{ NAMED("dateline reader"), "dateline", HOST "/", false, 2 },
		{ NAMED("dateline*"), "dateline", HOST "/", false, 2 },
		{ NAMED("dateline2"), "dateline", HOST "/", false, 2 },
		{ NAMED("dateline, other"), "dateline", HOST "/", false, 2 },
		{ NAMED("dateline, other"), "other", HOST "/", true, 0 },
		{ NAMED("*dateline"), "dateline", HOST "/", true, 0 },
		{ NAMED("dateline-bot"), "Dateline-Bot", HOST "/", false, 2 },
		{ NAMED("*"), "dateline", HOST "/", false, 2 },
		{ NAMED("* all of you"), "dateline", HOST "/", false, 2 },
		{ NAMED("**"), "dateline", HOST "/", true, 0 },
		{ NAMED("*bot"), "dateline", HOST "/", true, 0 },
		/* ours may be a whole header */
		{ NAMED("dateline"), "dateline/0.1", HOST "/", false, 2 },
		{ NAMED("dateline"),
		    "dateline/0.1 (+https://desk.example/robot)", HOST "/",
		    false, 2 },
		{ NAMED("dateline"), "dateline (+https://desk.example)",
		    HOST "/", false, 2 },
		{ NAMED("Mozilla"), "Mozilla/5.0 (compatible; dateline/0.1)",
		    HOST "/", false, 2 },
		/* or no name at all: then we are one of all */
		{ NAMED("dateline"), "dateline reader", HOST "/", true, 0 },
		{ NAMED("dateline"), "4dateline", HOST "/", true, 0 },
		{ NAMED("dateline"), "dateline4", HOST "/", true, 0 },
		{ NAMED("dateline"), "", HOST "/", true, 0 },
		{ NAMED(""), "", HOST "/", true, 0 },
		{ NAMED("*"), "", HOST "/", false, 2 },
		{ NAMED("*"), "*", HOST "/", false, 2 },
		{ NAMED("*") NAMED("news"), "news desk", HOST "/", false, 2 },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void the_longest_match_wins(void **state)
{
	static const char nested[] =
	    ALL "Disallow: /a\nAllow: /a/b\nDisallow: /a/b/c\n";
	static const char reversed[] =
	    ALL "Disallow: /a/b/c\nAllow: /a/b\nDisallow: /a\n";
	static const char even[] = ALL "Disallow: /a\nAllow: /a\n";
	static const char kind[] = ALL "Allow: /page\nDisallow: /*.htm\n";
	static const char home[] = ALL "Allow: /$\nDisallow: /\n";
	static const struct row rows[] = {
		{ nested, "dateline", HOST "/", true, 0 },
		{ nested, "dateline", HOST "/a", false, 2 },
		{ nested, "dateline", HOST "/a/b", true, 3 },
		{ nested, "dateline", HOST "/a/b/c/d", false, 4 },
		{ reversed, "dateline", HOST "/a", false, 4 },
		{ reversed, "dateline", HOST "/a/b", true, 3 },
		{ reversed, "dateline", HOST "/a/b/c/d", false, 2 },
		{ even, "dateline", HOST "/a", true, 3 },
		{ ALL "Allow: /a\nDisallow: /a\n", "dateline", HOST "/a", true,
		    2 },
		{ ALL "Disallow: /a\nDisallow: /a\n", "dateline", HOST "/a",
		    false, 2 },
		{ ALL "Disallow: /a*c\nAllow: /*bc\n", "dateline", HOST "/abc",
		    true, 3 },
		{ kind, "dateline", HOST "/page.htm", false, 3 },
		{ kind, "dateline", HOST "/page", true, 2 },
		{ home, "dateline", HOST "/", true, 2 },
		{ home, "dateline", HOST, true, 2 },
		{ home, "dateline", HOST "/a", false, 3 },
		{ home, "dateline", HOST "/?a", false, 3 },
		{ ALL "Disallow: /a/\nAllow: /a*\n", "dateline", HOST "/a/b",
		    true, 3 },
		{ ALL "Disallow: /*\nAllow: /\n", "dateline", HOST "/a", false,
		    2 },
		/* as many octets, however they are written */
		{ ALL "Disallow: /\xc3\xa1\nAllow: /%c3%A1\n", "dateline",
		    HOST "/%C3%A1", true, 3 },
		{ ALL "Disallow: /%61%62\nAllow: /ab\n", "dateline", HOST "/ab",
		    true, 3 },
		{ ALL "Disallow: /%61\nAllow: /ab\n", "dateline", HOST "/abc",
		    true, 3 },
		/* groups that are merged are one */
		{ US "Disallow: /a/b\n\n" US "Allow: /a\n", "dateline",
		    HOST "/a/b", false, 2 },
		/* our own file is always ours to read */
		{ ALL "Disallow: /\n", "dateline", HOST "/robots.txt", true,
		    0 },
		{ ALL "Disallow: /robots.txt\n", "dateline", "/robots.txt",
		    true, 0 },
		{ ALL "Disallow: /\n", "dateline", HOST "/robots.txt#a", true,
		    0 },
		{ ALL "Disallow: /\n", "dateline", HOST "/robots%2Etxt", true,
		    0 },
		{ ALL "Disallow: /\n", "dateline", HOST "/robots.txt.gz", false,
		    2 },
		{ ALL "Disallow: /\n", "dateline", HOST "/a/robots.txt", false,
		    2 },
		{ ALL "Disallow: /\n", "dateline", HOST "/Robots.txt", false,
		    2 },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

#define NOT(pattern) ALL "Disallow: " pattern "\n"

static void stars_and_ends_are_special(void **state)
{
	static const struct row rows[] = {
		{ NOT("/fish"), "dateline", HOST "/fish", false, 2 },
		{ NOT("/fish"), "dateline", HOST "/fish.html", false, 2 },
		{ NOT("/fish"), "dateline", HOST "/fish/carp", false, 2 },
		{ NOT("/fish"), "dateline", HOST "/fish?id=1", false, 2 },
		{ NOT("/fish"), "dateline", HOST "/Fish", true, 0 },
		{ NOT("/fish"), "dateline", HOST "/dogfish", true, 0 },
		{ NOT("/fish"), "dateline", HOST "/?id=/fish", true, 0 },
		{ NOT("/fish"), "dateline", HOST "/a/fish", true, 0 },
		{ NOT("/fish*"), "dateline", HOST "/fish", false, 2 },
		{ NOT("/fish*"), "dateline", HOST "/fishing", false, 2 },
		{ NOT("/fish*"), "dateline", HOST "/fis", true, 0 },
		{ NOT("/fish/"), "dateline", HOST "/fish/", false, 2 },
		{ NOT("/fish/"), "dateline", HOST "/fish/?id", false, 2 },
		{ NOT("/fish/"), "dateline", HOST "/fish", true, 0 },
		{ NOT("/fish/"), "dateline", HOST "/fish.html", true, 0 },
		{ NOT("/*.php"), "dateline", HOST "/a.php", false, 2 },
		{ NOT("/*.php"), "dateline", HOST "/a/b.php?c", false, 2 },
		{ NOT("/*.php"), "dateline", HOST "/a?b=c.php/", false, 2 },
		{ NOT("/*.php"), "dateline", HOST "//a/b.php.html", false, 2 },
		{ NOT("/*.php"), "dateline", HOST "/a.PHP", true, 0 },
		{ NOT("/*.php"), "dateline", HOST "/php/", true, 0 },
		{ NOT("/*.php$"), "dateline", HOST "/a.php", false, 2 },
		{ NOT("/*.php$"), "dateline", HOST "/a.php/b.php", false, 2 },
		{ NOT("/*.php$"), "dateline", HOST "/a.php?b", true, 0 },
		{ NOT("/*.php$"), "dateline", HOST "/a.php5", true, 0 },
		{ NOT("/*.php$"), "dateline", HOST "/aphp", true, 0 },
		{ NOT("/fish*.php"), "dateline", HOST "/fish.php", false, 2 },
		{ NOT("/fish*.php"), "dateline", HOST "/fishes/a.php?b", false,
		    2 },
		{ NOT("/fish*.php"), "dateline", HOST "/fi.php", true, 0 },
		{ NOT("/this/*/exactly"), "dateline", HOST "/this/or/exactly",
		    false, 2 },
		{ NOT("/this/*/exactly"), "dateline", HOST "/this//exactly",
		    false, 2 },
		{ NOT("/this/*/exactly"), "dateline", HOST "/this/exactly",
		    true, 0 },
		{ NOT("/this/exactly$"), "dateline", HOST "/this/exactly",
		    false, 2 },
		{ NOT("/this/exactly$"), "dateline", HOST "/this/exactly/",
		    true, 0 },
		{ NOT("/a$b"), "dateline", HOST "/a$b", false, 2 },
		{ NOT("/a$b"), "dateline", HOST "/a", true, 0 },
		{ NOT("/a$$"), "dateline", HOST "/a$", false, 2 },
		{ NOT("/a$$"), "dateline", HOST "/a", true, 0 },
		{ NOT("/a*$"), "dateline", HOST "/abc", false, 2 },
		{ NOT("/a*b*c"), "dateline", HOST "/a-b-c", false, 2 },
		{ NOT("/a*b*c"), "dateline", HOST "/a-c-b", true, 0 },
		{ NOT("/a*bb$"), "dateline", HOST "/abbb", false, 2 },
		{ NOT("/ab*b$"), "dateline", HOST "/ab", true, 0 },
		{ NOT("/a***b"), "dateline", HOST "/ab", false, 2 },
		{ NOT("/*a*a*b"), "dateline", HOST "/aaac", true, 0 },
		{ NOT("*.gif$"), "dateline", HOST "/a/b.gif", false, 2 },
		{ NOT("*.gif$"), "dateline", HOST "/a/b.gif?c", true, 0 },
		{ NOT("*"), "dateline", HOST "/", false, 2 },
		{ NOT("*$"), "dateline", HOST "/a", false, 2 },
		{ NOT("*/b"), "dateline", HOST "/b", false, 2 },
		{ NOT("$"), "dateline", HOST "/", true, 0 },
		{ NOT("fish"), "dateline", HOST "/fish", true, 0 },
		{ NOT("https://news.example/"), "dateline", HOST "/", true, 0 },
		{ NOT("/?"), "dateline", HOST "/?a", false, 2 },
		{ NOT("/*?"), "dateline", HOST "/a?b", false, 2 },
		{ NOT("/*?"), "dateline", HOST "/a", true, 0 },
		{ NOT("/*?$"), "dateline", HOST "/a?", false, 2 },
		{ NOT("/*?$"), "dateline", HOST "/a?b", true, 0 },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void escapes_are_compared_by_what_they_mean(void **state)
{
	static const struct row rows[] = {
		{ NOT("/tin-\xc3\xa1"), "dateline", HOST "/tin-%C3%A1", false,
		    2 },
		{ NOT("/tin-\xc3\xa1"), "dateline", HOST "/tin-%c3%a1", false,
		    2 },
		{ NOT("/tin-%c3%a1"), "dateline", HOST "/tin-\xc3\xa1", false,
		    2 },
		{ NOT("/tin-\xc3\xa1"), "dateline", HOST "/tin-\xc3\xa1", false,
		    2 },
		{ NOT("/tin-\xe1"), "dateline", HOST "/tin-%E1", false, 2 },
		{ NOT("/tin-\xe1"), "dateline", HOST "/tin-%C3%A1", true, 0 },
		{ NOT("/\xe3\x83\x84"), "dateline", HOST "/%E3%83%84", false,
		    2 },
		{ NOT("/%62%61%7A"), "dateline", HOST "/baz", false, 2 },
		{ NOT("/baz"), "dateline", HOST "/%62%61%7a", false, 2 },
		{ NOT("/%7Eroe"), "dateline", HOST "/~roe", false, 2 },
		{ NOT("/~roe"), "dateline", HOST "/%7eroe", false, 2 },
		{ NOT("/a%2db"), "dateline", HOST "/a-b", false, 2 },
		/* what divides an address */
		{ NOT("/a%2Fb"), "dateline", HOST "/a/b", true, 0 },
		{ NOT("/a/b"), "dateline", HOST "/a%2Fb", true, 0 },
		{ NOT("/a%2fb"), "dateline", HOST "/a%2Fb", false, 2 },
		{ NOT("/*%2F"), "dateline", HOST "/a/b", true, 0 },
		{ NOT("/*%2F"), "dateline", HOST "/a%2fb", false, 2 },
		{ NOT("/*%2F"), "dateline", HOST "/a?b=%2fc", false, 2 },
		{ NOT("/a%3Fb"), "dateline", HOST "/a?b", true, 0 },
		{ NOT("/a?b"), "dateline", HOST "/a%3Fb", true, 0 },
		{ NOT("/a?b%26c"), "dateline", HOST "/a?b&c", true, 0 },
		{ NOT("/a?b%3Dc"), "dateline", HOST "/a?b=c", true, 0 },
		{ NOT("/a%23b"), "dateline", HOST "/a%23b", false, 2 },
		{ NOT("/a%23b"), "dateline", HOST "/a#b", true, 0 },
		/* and what does not, where it stands */
		{ NOT("/a?b=c"), "dateline", HOST "/a?b=c", false, 2 },
		{ NOT("/a?u=https://b"), "dateline", HOST "/a?u=https://b/c",
		    false, 2 },
		{ NOT("/a?u=https://b"), "dateline",
		    HOST "/a?u=https%3A%2F%2Fb%2Fc", false, 2 },
		{ NOT("/a?u=https%3A%2F%2Fb"), "dateline",
		    HOST "/a?u=https://b/c", false, 2 },
		{ NOT("/a?u=https%3a%2f%2fb"), "dateline",
		    HOST "/a?u=https%3A%2F%2Fb", false, 2 },
		{ NOT("/*https://"), "dateline", HOST "/a?u=https://b", false,
		    2 },
		{ NOT("/*https://"), "dateline", HOST "/a?u=https%3A%2F%2Fb",
		    false, 2 },
		{ NOT("/on:air"), "dateline", HOST "/on%3Aair", false, 2 },
		{ NOT("/a%2Cb%3Bc"), "dateline", HOST "/a,b;c", false, 2 },
		/* stars and dollars that are none */
		{ NOT("/a-%2A.html"), "dateline", HOST "/a-*.html", false, 2 },
		{ NOT("/a-%2a.html"), "dateline", HOST "/a-%2A.html", false,
		    2 },
		{ NOT("/a-%2A.html"), "dateline", HOST "/a-b.html", true, 0 },
		{ NOT("/a-*.html"), "dateline", HOST "/a-%2A.html", false, 2 },
		{ NOT("/a-%24"), "dateline", HOST "/a-$", false, 2 },
		{ NOT("/a-%24"), "dateline", HOST "/a-%24b", false, 2 },
		{ NOT("/a-%24"), "dateline", HOST "/a-", true, 0 },
		{ NOT("/a-%24$"), "dateline", HOST "/a-$b", true, 0 },
		/* what should have been escaped, and what is no escape */
		{ NOT("/a b"), "dateline", HOST "/a%20b", false, 2 },
		{ NOT("/a%20b"), "dateline", HOST "/a b", false, 2 },
		{ NOT("/{a}"), "dateline", HOST "/%7Ba%7d", false, 2 },
		{ NOT("/100%"), "dateline", HOST "/100%", false, 2 },
		{ NOT("/100%zz"), "dateline", HOST "/100%zz", false, 2 },
		{ NOT("/%2"), "dateline", HOST "/%2", false, 2 },
		{ NOT("/*%"), "dateline", HOST "/a%C3%A1", false, 2 },
		{ NOT("/a%2561"), "dateline", HOST "/a%61", true, 0 },
		{ NOT("/a%00b"), "dateline", HOST "/a%00b", false, 2 },
		{ NOT("/a%00b"), "dateline", HOST "/a", true, 0 },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void an_address_is_its_path_and_query(void **state)
{
	static const struct row rows[] = {
		{ NOT("/"), "dateline", "", false, 2 },
		{ NOT("/$"), "dateline", "https://news.example", false, 2 },
		{ NOT("/$"), "dateline", "https://news.example/", false, 2 },
		{ NOT("/$"), "dateline", "https://news.example#/a", false, 2 },
		{ NOT("/a$"), "dateline", "https://news.example/a", false, 2 },
		{ NOT("/a$"), "dateline", "https://news.example:8443/a", false,
		    2 },
		{ NOT("/a$"), "dateline", "https://roe:pw@news.example/a#b",
		    false, 2 },
		{ NOT("/a?c=d&e=f$"), "dateline",
		    "https://news.example/a?c=d&e=f#/b", false, 2 },
		{ NOT("/?a$"), "dateline", "https://news.example?a", false, 2 },
		{ NOT("/a?u=https://b$"), "dateline", "/a?u=https://b", false,
		    2 },
		{ NOT("/a$"), "dateline", "/a", false, 2 },
		{ NOT("/a$"), "dateline", "news.example/a", false, 2 },
		{ NOT("/$"), "dateline", "news.example", false, 2 },
		{ NOT("/b/c$"), "dateline", "//a/b/c", false, 2 },
		{ NOT("/a;b$"), "dateline", "news.example/a;b#c", false, 2 },
		{ NOT("/;b$"), "dateline", "https://news.example;b", false, 2 },
		{ NOT("//a$"), "dateline", "https://news.example//a", false,
		    2 },
	};

	(void)state;
	check_rows(rows, COUNT(rows));
}

static void the_rule_is_told_as_it_stands_there(void **state)
{
	static const struct {
		const char *file, *rule;
	} rows[] = {
		{ NOT("/a"), "Disallow: /a" },
		{ ALL " disallow:/a \t# why\n", "disallow:/a" },
		{ ALL "ALLOW :\t/\r\n", "ALLOW :\t/" },
		{ ALL "Dissallow /a\n", "Dissallow /a" },
		{ NOT("/%61\xc3\xa1*"), "Disallow: /%61\xc3\xa1*" },
		{ NOT("/%61$") "Allow: /x", "Disallow: /%61$" },
	};
	struct robots_verdict verdict;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct robots *robots =
		    robots_read(rows[i].file, strlen(rows[i].file), "dateline");

		robots_ask(robots, i == 4 ? "/a%C3%A1" : "/a", &verdict);
		assert_non_null(verdict.rule);
		assert_string_equal(verdict.rule, rows[i].rule);
		robots_free(robots);
	}
}

static void the_delay_is_that_of_our_group(void **state)
{
	static const struct {
		const char *file;
		int64_t delay;
	} rows[] = {
		{ "", 0 },
		{ ALL "Disallow: /a\n", 0 },
		{ ALL "Crawl-delay: 10\n", 10000 },
		{ ALL "Crawl-delay: 0\n", 0 },
		{ ALL "crawl-DELAY:2.5 # slow\n", 2500 },
		{ ALL "Crawl-delay: 0.0625\n", 62 },
		{ ALL "Crawl-delay: .5\n", 500 },
		{ ALL "Crawl-delay: 3.\n", 3000 },
		{ ALL "Crawl-delay: 10s\n", 10000 },
		{ ALL "Crawl-delay 4\n", 4000 },
		{ ALL "Crawl-delay: -1\n", 0 },
		{ ALL "Crawl-delay: soon\n", 0 },
		{ ALL "Crawl-delay:\n", 0 },
		{ ALL "Crawl-delay: 86400\n", 86400000 },
		{ ALL "Crawl-delay: 86400.5\n", 86400000 },
		{ ALL "Crawl-delay: 1000000\n", 86400000 },
		{ ALL "Crawl-delay: 99999999999999999999999999.9\n", 86400000 },
		{ ALL "Crawl-delay: 0.99999999999999999999999999\n", 999 },
		{ ALL "Crawl-delay: 5\nCrawl-delay: 3\n", 5000 },
		{ ALL "Disallow: /\nCrawl-delay: 7\n", 7000 },
		{ "Crawl-delay: 5\n" ALL "Disallow:\n", 0 },
		{ ALL "Crawl-delay: 9\n" US "Crawl-delay: 2\n", 2000 },
		{ US "Crawl-delay: 2\nDisallow:\n" ALL "Crawl-delay: 9\n",
		    2000 },
		{ ALL "Crawl-delay: 9\nAllow: /\n" US "Disallow:\n", 0 },
		{ "User-agent: x\nCrawl-delay: 9\n" US "Disallow: /\n", 0 },
		{ US "Crawl-delay: 2\nDisallow:\nUser-agent: x\n"
		     "Crawl-delay: 9\n",
		    2000 },
		{ US "Crawl-delay: 2\nAllow: /\n\n" US "Crawl-delay: 3\n",
		    3000 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct robots *robots =
		    robots_read(rows[i].file, strlen(rows[i].file), "dateline");

		if (robots_delay(robots) != rows[i].delay)
			print_error("%s\n", rows[i].file);
		assert_int_equal(robots_delay(robots), rows[i].delay);
		robots_free(robots);
	}
}

/* ---- limits ---- */

static void add(struct buf *buf, const char *text, size_t times)
{
	while (times-- > 0)
		buf_text(buf, text);
}

static int line_for(const struct buf *file, const char *url)
{
	struct robots *robots = robots_read(file->bytes, file->len, "dateline");
	struct robots_verdict verdict;

	robots_ask(robots, url, &verdict);
	robots_free(robots);
	return verdict.line;
}

static void a_line_ends_at_its_limit(void **state)
{
	struct buf file = { 0 }, url = { 0 };

	(void)state;
	add(&file, ALL "Disallow: /", 1);
	add(&file, "a", LIMIT_ROBOTS_LINE - strlen("Disallow: /") - 1);
	add(&url, file.bytes + strlen(ALL "Disallow: "), 1);
	add(&file, "b", 1);
	assert_int_equal(line_for(&file, url.bytes), 0);
	add(&url, "b", 1);
	assert_int_equal(line_for(&file, url.bytes), 2);
	add(&file, "cdef\nDisallow: /c\n", 1);
	assert_int_equal(line_for(&file, url.bytes), 2);
	assert_int_equal(line_for(&file, "/c"), 3);
	buf_free(&file);
	buf_free(&url);
}

/* Each octet of the longest line may need three. */
static void the_longest_pattern_is_compared_to_its_end(void **state)
{
	struct buf file = { 0 }, url = { 0 };

	(void)state;
	add(&file, ALL "Disallow: /", 1);
	add(&url, "/", 1);
	add(&file, "\xc3", LIMIT_ROBOTS_LINE - strlen("Disallow: /"));
	add(&url, "%C3", LIMIT_ROBOTS_LINE - strlen("Disallow: /") - 1);
	assert_int_equal(line_for(&file, url.bytes), 0);
	add(&url, "%C3", 1);
	assert_int_equal(line_for(&file, url.bytes), 2);
	buf_free(&file);
	buf_free(&url);
}

static void what_is_behind_the_limit_is_not_read(void **state)
{
	static const char last[] = "Disallow: /last";
	struct buf file = { 0 };

	(void)state;
	add(&file, ALL, 1);
	add(&file, "#\n", (LIMIT_ROBOTS - strlen(ALL) - strlen(last)) / 2);
	add(&file, "#", LIMIT_ROBOTS - strlen(last) - file.len - 1);
	add(&file, "\n", 1);
	add(&file, last, 1);
	assert_int_equal(file.len, LIMIT_ROBOTS);
	assert_int_not_equal(line_for(&file, "/last"), 0);
	add(&file, "\nDisallow: /behind\n", 1);
	assert_int_not_equal(line_for(&file, "/last"), 0);
	assert_int_equal(line_for(&file, "/behind"), 0);

	/* Half a line: "Disallow: /l" would forbid more than was meant. */
	file.len = LIMIT_ROBOTS;
	add(&file, "ing\n", 1);
	assert_int_equal(line_for(&file, "/last"), 0);
	assert_int_equal(line_for(&file, "/lasting"), 0);
	buf_free(&file);
}

static void a_limit_without_a_line_leaves_nothing(void **state)
{
	struct buf file = { 0 };

	(void)state;
	add(&file, "Disallow: /", LIMIT_ROBOTS / 10);
	assert_int_equal(line_for(&file, "/"), 0);
	buf_free(&file);
}

/* ---- hostile ones ---- */

static size_t steps_for(const struct buf *file, const char *url)
{
	struct robots *robots = robots_read(file->bytes, file->len, "dateline");
	struct robots_verdict verdict;

	steps = 0;
	robots_ask(robots, url, &verdict);
	assert_true(verdict.allowed);
	robots_free(robots);
	return steps;
}

static void many_stars_cost_no_more_than_their_length(void **state)
{
	static const char *const patterns[] = {
		"*a",
		"a*",
		"*aa",
		"**",
		"*a*%61",
		"*?",
		"*/",
	};
	struct buf file = { 0 }, url = { 0 };
	size_t i, n;

	(void)state;
	add(&url, "/", 1);
	add(&url, "a", 4000);
	for (i = 0; i < COUNT(patterns); i++) {
		n = LIMIT_ROBOTS_LINE / strlen(patterns[i]) - 20;
		file.len = 0;
		add(&file, ALL "Disallow: /", 1);
		add(&file, patterns[i], n);
		add(&file, "*b*c$\n", 1);
		n = steps_for(&file, url.bytes);
		assert_in_range(n, 1, 2 * LIMIT_ROBOTS_LINE + url.len);
	}
	buf_free(&file);
	buf_free(&url);
}

static void many_rules_cost_one_look_at_the_address_each(void **state)
{
	static const char rule[] = "Allow:/*b\n";
	struct buf file = { 0 }, url = { 0 };
	size_t n = (LIMIT_ROBOTS - strlen(ALL)) / strlen(rule);

	(void)state;
	add(&url, "/", 1);
	add(&url, "a", 2000);
	add(&file, ALL, 1);
	add(&file, rule, n);
	assert_in_range(steps_for(&file, url.bytes), n, n * (url.len + 2));
	buf_free(&file);
	buf_free(&url);
}

static uint32_t next_random(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* What is random all through would never be a rule. */
static void add_nonsense(struct buf *file, uint32_t *seed)
{
	static const char *const words[] = {
		"\nUser-agent:",
		"\nuser-agent *",
		"dateline",
		"*",
		"\n",
		"\r",
		"\nDisallow:",
		"\nDisallow:/",
		"\nAllow:",
		"/",
		"%",
		"%2",
		"%2F",
		"$",
		"#",
		" ",
		"a",
		"\nCrawl-delay:",
		"9",
		".",
		"\xef\xbb\xbf",
		"\xc3",
		"?",
	};
	uint32_t kind = next_random(seed) % (COUNT(words) + 1);
	unsigned char any = (unsigned char)next_random(seed);

	if (kind < COUNT(words))
		buf_text(file, words[kind]);
	else
		buf_add(file, &any, 1);
}

static void check_verdict(
    const struct robots_verdict *verdict, const struct buf *file)
{
	if (verdict->line == 0) {
		assert_true(verdict->allowed);
		assert_null(verdict->rule);
		return;
	}
	assert_in_range(verdict->line, 1, file->len);
	assert_non_null(memmem(
	    file->bytes, file->len, verdict->rule, strlen(verdict->rule)));
	assert_true(
	    strncasecmp(verdict->rule, "allow", 5) == 0 || !verdict->allowed);
}

static void nonsense_does_no_harm(void **state)
{
	uint32_t seed = 9309;
	size_t turn, n, ruled = 0;

	(void)state;
	for (turn = 0; turn < 20000; turn++) {
		struct buf file = { 0 }, url = { 0 };
		struct robots_verdict verdict;
		struct robots *robots;

		for (n = next_random(&seed) % 60; n > 0; n--)
			add_nonsense(&file, &seed);
		buf_text(&url, "/");
		for (n = next_random(&seed) % 10; n > 0; n--)
			add_nonsense(&url, &seed);
		robots = robots_read(file.bytes, file.len, "dateline");
		robots_ask(robots, url.bytes, &verdict);
		check_verdict(&verdict, &file);
		assert_in_range(robots_delay(robots), 0, 86400000);
		ruled += verdict.line > 0;
		robots_free(robots);
		buf_free(&file);
		buf_free(&url);
	}
	assert_in_range(ruled, 100, 20000);
}

static void a_nul_ends_a_line(void **state)
{
	static const char file[] = ALL "Disallow: /a\0b\nDisallow: /c\0\n\0/";
	struct robots *robots = robots_read(file, sizeof(file) - 1, "dateline");
	struct robots_verdict verdict;

	(void)state;
	robots_ask(robots, "/a", &verdict);
	assert_int_equal(verdict.line, 2);
	robots_ask(robots, "/c", &verdict);
	assert_int_equal(verdict.line, 3);
	robots_free(robots);
	robots_free(robots_read(NULL, 0, "dateline"));
	robots_free(NULL);
}

static void only_our_rules_are_kept(void **state)
{
	struct buf file = { 0 };
	struct robots *robots;

	(void)state;
	add(&file, NOT("/for/everybody"), 1000);
	add(&file, "User-agent: other\nDisallow: /for/others\n", 1000);
	add(&file, US "Disallow: /us\nDisallow: /%75s\n", 1);
	robots = robots_read(file.bytes, file.len, "dateline");
	assert_int_equal(robots->rules.len, 2 * sizeof(struct rule));
	assert_int_equal(robots->rules.room, robots->rules.len);
	assert_int_equal(robots->texts.len,
	    sizeof("Disallow: /us") + sizeof("Disallow: /%75s") +
		strlen("/us"));
	assert_int_equal(robots->texts.room, robots->texts.len);
	robots_free(robots);
	buf_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_read_as_people_write_them),
		cmocka_unit_test(the_rules_are_those_of_our_group),
		cmocka_unit_test(a_name_is_a_whole_word),
		cmocka_unit_test(the_longest_match_wins),
		cmocka_unit_test(stars_and_ends_are_special),
		cmocka_unit_test(escapes_are_compared_by_what_they_mean),
		cmocka_unit_test(an_address_is_its_path_and_query),
		cmocka_unit_test(the_rule_is_told_as_it_stands_there),
		cmocka_unit_test(the_delay_is_that_of_our_group),
		cmocka_unit_test(a_line_ends_at_its_limit),
		cmocka_unit_test(the_longest_pattern_is_compared_to_its_end),
		cmocka_unit_test(what_is_behind_the_limit_is_not_read),
		cmocka_unit_test(a_limit_without_a_line_leaves_nothing),
		cmocka_unit_test(many_stars_cost_no_more_than_their_length),
		cmocka_unit_test(many_rules_cost_one_look_at_the_address_each),
		cmocka_unit_test(nonsense_does_no_harm),
		cmocka_unit_test(a_nul_ends_a_line),
		cmocka_unit_test(only_our_rules_are_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
