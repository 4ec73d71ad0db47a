/* A source that the plugin "feed" reads: its name and its file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/conf.h"
#include "core/base/limits.h"
#include "core/tool/newsource.h"
#include "tests/folder.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define TEN "Hà Nội ơi "
#define FIFTY TEN TEN TEN TEN TEN

static struct arena arena;

static void names_are_ascii(void **state)
{
	static const struct {
		const char *title, *url, *name;
	} rows[] = {
		{ "Tuổi Trẻ", "https://a.example/rss", "tuoi-tre" },
		{ "  VnExpress – Thời sự (RSS 2.0)! ", "https://a.example/",
		    "vnexpress-thoi-su-rss-2-0" },
		{ "Bakı xəbərləri", "https://a.example/", "baki-xeberleri" },
		{ "../../etc/passwd", "https://a.example/", "etc-passwd" },
		{ ".hidden", "https://a.example/", "hidden" },
		{ "人民网", "http://www.people.example:8080/rss",
		    "people-example" },
		{ "人民网 World", "http://www.people.example/", "world" },
		{ "Новости", "http://NEWS.example/", "news-example" },
		{ NULL, "https://user:Xyzzy@a.example/rss", "a-example" },
		{ "---", "http://[2001:db8::1]/rss", "2001-db8-1" },
		{ "One word after the other until there is no more room",
		    "https://a.example/",
		    "one-word-after-the-other-until-there-is" },
		{ "Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
		    "https://a.example/",
		    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const struct opml_feed feed = { .title = rows[i].title,
			.url = rows[i].url };

		assert_string_equal(
		    newsource_name(&arena, &feed), rows[i].name);
	}
	arena_reset(&arena);
}

static void one_feed_has_many_addresses(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} rows[] = {
		{ "http://a.example/rss", "https://a.example/rss", true },
		{ "http://a.example/rss", "http://A.example:80/rss#x", true },
		{ "http://a.example/rss", "http://a.example/rss?utm_source=b",
		    true },
		{ "http://a.example/rss", "http://a.example/rss?page=2",
		    false },
		{ "http://a.example/rss", "http://www.a.example/rss", false },
		{ "http://a.example/rss", "http://a.example/RSS", false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(
		    newsource_same(&arena, rows[i].a, rows[i].b), rows[i].same);
	arena_reset(&arena);
}

/* The configuration with this one source, as it is read. */
static struct conf *conf_with(struct folder *folder, const struct buf *source)
{
	struct conf *conf;
	char *complaints;
	size_t len;
	FILE *out = open_memstream(&complaints, &len);

	folder_file(folder, "sources.d");
	assert_true(mkdir(folder->file, 0755) == 0 || errno == EEXIST);
	file_write(folder_file(folder, "sources.d/new.conf"), source->bytes,
	    source->len);
	file_write(folder_file(folder, "datelined.conf"), "", 0);
	conf = conf_read(folder->file, out);
	fclose(out);
	if (conf == NULL)
		fail_msg("%s\n%s", source->bytes, complaints);
	free(complaints);
	return conf;
}

static void whatever_it_is_called_the_file_is_read(void **state)
{
	static const struct opml_feed feeds[] = {
		{ "Tuổi Trẻ", "https://a.example/rss?a=1&b=2;c",
		    "https://a.example/", "Việt Nam / Báo", 7, NULL },
		{ NULL, "http://a.example/", NULL, NULL, 1, NULL },
		{ "a ; comment; # another = and: [section]",
		    "http://a.example/", "x ; y", "; z", 1, NULL },
		{ "; at once", "http://a.example/", NULL, NULL, 1, NULL },
		{ FIFTY FIFTY FIFTY FIFTY FIFTY, "http://a.example/",
		    "http://a.example/" FIFTY FIFTY FIFTY FIFTY,
		    FIFTY FIFTY FIFTY FIFTY FIFTY, 1, NULL },
		{ "x" FIFTY FIFTY FIFTY FIFTY FIFTY, "http://a.example/", NULL,
		    "xx" FIFTY FIFTY FIFTY FIFTY FIFTY, 1, NULL },
	};
	const struct source *source;
	struct buf text = { 0 };
	struct conf *conf;
	size_t i;

	for (i = 0; i < COUNT(feeds); i++) {
		text.len = 0;
		assert_true(newsource_put(&text, &feeds[i], "some/f.opml"));
		conf = conf_with(*state, &text);
		source = conf_source(conf, "new");
		assert_non_null(source);
		assert_true(source->enabled);
		assert_string_equal(source->plugin, "feed");
		assert_string_equal(source->zone, "UTC");
		assert_string_equal(source->feeds->text, feeds[i].url);
		assert_null(source->feeds->next);
		assert_int_equal(source->n_options, 0);
		conf_free(conf);
	}
	buf_free(&text);
}

static void what_it_says_is_what_the_outline_said(void **state)
{
	static const struct opml_feed feed = { "Tuổi Trẻ",
		"https://a.example.vn/rss", "https://a.example.vn/",
		"Việt Nam / Báo", 7, NULL };
	struct buf text = { 0 };

	(void)state;
	assert_true(newsource_put(&text, &feed, "/home/an/feeds.opml"));
	assert_string_equal(text.bytes,
	    "# Tuổi Trẻ\n"
	    "# In the folder Việt Nam / Báo.\n"
	    "# Its pages are at https://a.example.vn/\n"
	    "# Imported from feeds.opml.\n"
	    "plugin = feed\n"
	    "agency = Tuổi Trẻ\n"
	    "# Look at this: times that do not name their zone are of this "
	    "one.\n"
	    "# In the country of its host Asia/Ho_Chi_Minh is one.\n"
	    "zone = UTC\n"
	    "feed = https://a.example.vn/rss\n");
	buf_free(&text);
}

static void an_address_that_fits_no_line_is_refused(void **state)
{
	char url[LIMIT_CONF_LINE + 8] = "http://a.example/";
	const size_t most = LIMIT_CONF_LINE - strlen("feed = ");
	struct opml_feed feed = { .title = "A", .url = url };
	struct buf text = { 0 };
	struct conf *conf;

	memset(url + strlen(url), 'x', most - strlen(url));
	assert_true(newsource_put(&text, &feed, "f"));
	conf = conf_with(*state, &text);
	assert_string_equal(conf_source(conf, "new")->feeds->text, url);
	conf_free(conf);
	strcat(url, "x");
	assert_false(newsource_put(&text, &feed, "f"));
	buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_ascii),
		cmocka_unit_test(one_feed_has_many_addresses),
		IN_FOLDER(whatever_it_is_called_the_file_is_read),
		cmocka_unit_test(what_it_says_is_what_the_outline_said),
		IN_FOLDER(an_address_that_fits_no_line_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
