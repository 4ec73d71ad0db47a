/* Pages in UTF-8, whatever they were sent in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/arena.h"
#include "core/kit/charsets.h"
#include "core/kit/decode.h"

/* "中文", "Việt Nam" and "é" in UTF-8. */
#define ZH "\xe4\xb8\xad\xe6\x96\x87"
#define VI "Vi\xe1\xbb\x87t Nam"
#define E_ACUTE "\xc3\xa9"
#define ZH_GB "\xd6\xd0\xce\xc4"
#define BAD "\xef\xbf\xbd"

struct row {
	const char *charset, *type;
	const char *bytes;
	size_t len; /* 0: up to the NUL */
	const char *text;
};

static void check(const struct row *rows, size_t n)
{
	struct decoder *decoder;
	const char *why = NULL;
	size_t i;

	assert_true(decode_prepare(&decoder, &why));
	for (i = 0; i < n; i++) {
		struct arena arena = { 0 };
		size_t len = rows[i].len, out_len = 0;
		char *text;

		if (len == 0)
			len = strlen(rows[i].bytes);
		text = decode_page(&arena, decoder, rows[i].bytes, len,
		    rows[i].charset, rows[i].type, &out_len, &why);
		if (text == NULL)
			fail_msg("row %zu: %s", i, why);
		if (strcmp(text, rows[i].text) != 0)
			fail_msg("row %zu: %s", i, text);
		assert_int_equal(out_len, strlen(rows[i].text));
		arena_reset(&arena);
	}
	decode_close(decoder);
}

#define CHECK(rows) check(rows, sizeof(rows) / sizeof((rows)[0]))

static const char html[] = "text/html", xml[] = "application/xml";

static void marks_and_zeros_count_first(void **state)
{
	static const char le[] = "<\0a\0>\0\x2d\x4e<\0/\0a\0>\0";
	static const char be[] = "\0<\0a\0>\x4e\x2d\0<\0/\0a\0>";
	static const struct row rows[] = {
		{ "gbk", html, "\xef\xbb\xbf<p>" ZH, 0, "<p>" ZH },
		{ NULL, xml, "\xff\xfe<\0a\0>\0", 8, "<a>" },
		{ NULL, xml, "\xfe\xff\0<\0a\0>", 8, "<a>" },
		{ NULL, xml, le, sizeof(le) - 1, "<a>\xe4\xb8\xad</a>" },
		{ "utf-8", xml, be, sizeof(be) - 1, "<a>\xe4\xb8\xad</a>" },
		{ "utf-16", xml, le, sizeof(le) - 1, "<a>\xe4\xb8\xad</a>" },
		/* It says UTF-16, but has no zeros. */
		{ NULL, xml, "<?xml version='1.0' encoding='utf-16'?><a>" VI, 0,
		    "<?xml version='1.0' encoding='utf-16'?><a>" VI },
		{ "utf-16", xml, "<a>ascii", 0, "<a>ascii" },
		/* A surrogate without its other half, first or second. */
		{ NULL, xml, "\xff\xfe<\0\x3d\xd8>\0\x00\xde<\0", 12,
		    "<" BAD ">" BAD "<" },
		{ NULL, xml, "\xfe\xff\0<\xd8\x3d\0>", 8, "<" BAD ">" },
		{ NULL, xml, "\xff\xfe\x3d\xd8\x00\xde", 6,
		    "\xf0\x9f\x98\x80" },
		/* Half a character is left over. */
		{ NULL, xml, "\xff\xfe<\0a\0>", 7, "<a" BAD },
	};

	(void)state;
	CHECK(rows);
}

static void what_is_utf8_is_utf8(void **state)
{
	static const struct row rows[] = {
		{ "iso-8859-1", html, "<p>" VI, 0, "<p>" VI },
		{ "gb2312", html, "<meta charset=gb2312><p>" ZH, 0,
		    "<meta charset=gb2312><p>" ZH },
		{ NULL, NULL, VI, 0, VI },
		{ "x-unheard-of", html, VI, 0, VI },
		/* One byte is broken, or the end cut off. */
		{ NULL, html,
		    VI VI VI VI VI VI VI VI VI VI VI VI VI VI VI VI VI VI VI VI
		    "\xff",
		    0,
		    VI VI VI VI VI VI VI VI VI VI VI VI VI VI VI VI VI VI VI VI
			BAD },
		{ "gbk", html, ZH "\xe4\xb8", 0, ZH BAD },
		{ "utf-8", html, "caf\xe9 x", 0, "caf" BAD " x" },
		{ "utf-8", html, "\xe4\xb8<p>\xc0\xaf\xed\xa0\x80", 0,
		    BAD "<p>" BAD BAD BAD BAD BAD },
		{ "utf-8", html, "a\0b", 3, "ab" },
		{ NULL, html, "plain", 0, "plain" },
	};

	(void)state;
	CHECK(rows);
}

static void else_header_and_page_say_it(void **state)
{
	static const struct row rows[] = {
		{ "gb2312", html, ZH_GB, 0, ZH },
		{ " GBK ", html, ZH_GB, 0, ZH },
		{ NULL, html, "<meta charset=\"gb2312\">" ZH_GB, 0,
		    "<meta charset=\"gb2312\">" ZH },
		{ NULL, html,
		    "<META http-equiv=Content-Type "
		    "content='text/html; charset = gbk'>" ZH_GB,
		    0,
		    "<META http-equiv=Content-Type "
		    "content='text/html; charset = gbk'>" ZH },
		{ NULL, xml, "<?xml version=\"1.0\" encoding=\"GBK\"?>" ZH_GB,
		    0, "<?xml version=\"1.0\" encoding=\"GBK\"?>" ZH },
		/* The header first, unless the bytes disprove it. */
		{ "gbk", html, "<meta charset=big5>" ZH_GB, 0,
		    "<meta charset=big5>" ZH },
		{ "utf-8", html, "<meta charset=gbk>" ZH_GB, 0,
		    "<meta charset=gbk>" ZH },
		{ "none", html, "<meta charset=gbk>" ZH_GB, 0,
		    "<meta charset=gbk>" ZH },
		{ NULL, html,
		    "<!-- <meta charset=big5> --><meta charset=gbk>" ZH_GB, 0,
		    "<!-- <meta charset=big5> --><meta charset=gbk>" ZH },
		{ NULL, html,
		    "<meta name=x><meta charset=utf-8><meta charset=gbk>", 0,
		    "<meta name=x><meta charset=utf-8><meta charset=gbk>" },
		/* Text has no declarations. */
		{ "windows-1252", "text/plain", "<meta charset=gbk>\xe9", 0,
		    "<meta charset=gbk>" E_ACUTE },
	};

	(void)state;
	CHECK(rows);
}

static void labels_mean_what_browsers_mean(void **state)
{
	static const struct row rows[] = {
		{ "iso-8859-1", html,
		    "\x93"
		    "a\x94 \x80",
		    0,
		    "\xe2\x80\x9c"
		    "a\xe2\x80\x9d \xe2\x82\xac" },
		{ "us-ascii", html, "\xe9", 0, E_ACUTE },
		{ "gb2312", html, "\x81\x30\x81\x34", 0, "\xc2\x84" },
		{ "windows-1258", html, "Vi\xea\xf2t", 0, "Vi\xe1\xbb\x87t" },
		{ "iso-8859-9", html, "\xfe", 0, "\xc5\x9f" },
		{ "windows-1251", html, "\xc1\xe0\xea\xf3", 0,
		    "\xd0\x91\xd0\xb0\xd0\xba\xd1\x83" },
		{ "ks_c_5601-1987", html, "\xb0\xa1", 0, "\xea\xb0\x80" },
		{ "x-sjis", html, "\x82\xa0", 0, "\xe3\x81\x82" },
		{ "viscii", html, "Vi\xaet", 0, "Vi\xe1\xbb\x87t" },
		/* What is no character of it is a mistake, and the rest goes
		   on. */
		{ "gbk", html, "\xff" ZH_GB "\x81", 0, BAD ZH BAD },
	};

	(void)state;
	CHECK(rows);
}

/* "Tiếng Việt", "Hà Nội họp" and words without marks. */
#define MEANT                                                          \
	"<p class='tieng'>Ti\xe1\xba\xbfng Vi\xe1\xbb\x87t</p> trong " \
	"H\xc3\xa0 "                                                   \
	"N\xe1\xbb\x99i, h\xe1\xbb\x8dp"
#define IN_VNI                                                  \
	"<p class='tieng'>Tie\xe1ng Vie\xe4t</p> trong Ha\xf8 " \
	"No\xe4i, ho\xefp"
#define IN_TCVN3                                             \
	"<p class='tieng'>Ti\xd5ng Vi\xd6t</p> trong H\xb5 " \
	"N\xe9i, h\xe4p"
#define IN_1258                                                      \
	"<p class='tieng'>Ti\xea\xecng Vi\xea\xf2t</p> trong H\xe0 " \
	"N\xf4\xf2i, ho\xf2p"

static void letters_of_fonts_are_read(void **state)
{
	static const char *const said[] = { NULL, "iso-8859-1", "windows-1252",
		"x-user-defined", "x-viet-vni" };
	static const char *const pages[] = { IN_VNI, IN_TCVN3, IN_1258 };
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		for (k = 0; k < sizeof(pages) / sizeof(pages[0]); k++) {
			struct row row = { said[i], html, pages[k], 0, MEANT };

			check(&row, 1);
		}
	}
}

static void other_languages_are_no_letters_of_fonts(void **state)
{
	static const struct row rows[] = {
		{ "iso-8859-1", html, "<p>O\xf9 va la for\xeat ?", 0,
		    "<p>O\xc3\xb9 va la for\xc3\xaat ?" },
		{ "iso-8859-1", html, "<p>Pu\xf2 bast\xe0re", 0,
		    "<p>Pu\xc3\xb2 bast\xc3\xa0re" },
		{ "iso-8859-1", html, "n\xe3o h\xe1 \xb5", 0,
		    "n\xc3\xa3o h\xc3\xa1 \xc2\xb5" },
	};

	(void)state;
	CHECK(rows);
}

#define LATIN8 "\xe9 \xe8 \xe0 \xf4 \xe9 \xe8 \xe0 \xf4 "
#define LATIN32 LATIN8 LATIN8 LATIN8 LATIN8
#define LATIN128 LATIN32 LATIN32 LATIN32 LATIN32

static void what_nobody_knows_is_not_guessed(void **state)
{
	static const struct {
		const char *charset, *bytes, *why;
	} rows[] = {
		{ "x-unheard-of", "caf\xe9", "unknown charset: x-unheard-of" },
		{ NULL, "caf\xe9", "no charset is named, and it is not UTF-8" },
		{ NULL, "<meta charset=x-unheard-of>caf\xe9",
		    "unknown charset: that the page names" },
		{ "hz-gb-2312", "caf\xe9", "unknown charset: hz-gb-2312" },
		{ "utf-8", LATIN128, "it says that it is UTF-8, and is not" },
		{ NULL, "<meta charset=utf-8>" LATIN128,
		    "it says that it is UTF-8, and is not" },
	};
	struct decoder *decoder;
	const char *why;
	size_t i, len;

	(void)state;
	assert_true(decode_prepare(&decoder, &why));
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct arena arena = { 0 };

		assert_null(decode_page(&arena, decoder, rows[i].bytes,
		    strlen(rows[i].bytes), rows[i].charset, html, &len, &why));
		assert_string_equal(why, rows[i].why);
		arena_reset(&arena);
	}
	decode_close(decoder);
}

/* The state that one page leaves behind is not the next one's. */
static void pages_do_not_mix(void **state)
{
	static const struct row rows[] = {
		{ "iso-2022-jp", html, "\x1b$B$\"", 0, "\xe3\x81\x82" },
		{ "iso-2022-jp", html, "ab", 0, "ab" },
		{ "windows-1258", html, "a", 0, "a" },
		{ "windows-1258", html, "\xec", 0, "\xcc\x81" },
	};

	(void)state;
	CHECK(rows);
}

static void labels_are_compared_as_a_whole(void **state)
{
	static const char *const labels[] = { "utf8", "L1", "x-gbk",
		"iso-8859-16", "Windows-31J", "logical", "cp1258", "866" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
		assert_non_null(charset_named(labels[i], strlen(labels[i])));
	assert_null(charset_named("", 0));
	assert_null(charset_named(" ", 1));
	assert_null(charset_named("utf", 3));
	assert_null(charset_named("gbk chinese", 11));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_and_zeros_count_first),
		cmocka_unit_test(what_is_utf8_is_utf8),
		cmocka_unit_test(else_header_and_page_say_it),
		cmocka_unit_test(labels_mean_what_browsers_mean),
		cmocka_unit_test(letters_of_fonts_are_read),
		cmocka_unit_test(other_languages_are_no_letters_of_fonts),
		cmocka_unit_test(what_nobody_knows_is_not_guessed),
		cmocka_unit_test(pages_do_not_mix),
		cmocka_unit_test(labels_are_compared_as_a_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
