/* What a record keeps of what it is told, and who told it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/limits.h"
#include "core/kit/record.h"

static const struct dl_plugin gazette = { .abi = DL_ABI, .name = "gazette" };

static struct dl_record *begin(struct dl_job *job)
{
	job_init(job);
	job->plugin = &gazette;
	job->base = "https://news.example/world/1.html";
	return &record_new(job)->open;
}

static struct record *inside(struct dl_record *record)
{
	return (struct record *)record;
}

/* The last that was noted of a field; NULL if nothing was. */
static const struct trace *last(struct dl_record *record, const char *field)
{
	const struct trace *one = inside(record)->traces, *found = NULL;

	for (; one != NULL; one = one->next) {
		if (strcmp(one->field, field) == 0)
			found = one;
	}
	return found;
}

static const char *barred(struct dl_job *job, const struct dl_list *list)
{
	const char *text = "";

	for (; list != NULL; list = list->next)
		text = job_printf(job, "%s|%s", text, list->text);
	return text;
}

static void a_value_is_kept_with_where_it_came_from(void **state)
{
	struct dl_job job;
	struct dl_record *record = begin(&job);

	(void)state;
	record_set(&job, record, DL_TITLE, "  Rain in Hue \n", DL_FROM_META,
	    "og:title");
	assert_string_equal(record->title, "Rain in Hue");
	assert_string_equal(last(record, "title")->value, "Rain in Hue");
	assert_string_equal(last(record, "title")->how, "og:title");
	assert_string_equal(last(record, "title")->plugin, "gazette");
	assert_int_equal(last(record, "title")->from, DL_FROM_META);
	job_finish(&job);
}

static void nothing_leaves_a_field_as_it_is(void **state)
{
	static const char *const nothing[] = { NULL, "", " \n\t ", "\u200b" };
	struct dl_job job;
	struct dl_record *record = begin(&job);
	size_t i;

	(void)state;
	record_set(
	    &job, record, DL_TEXT, "It rained.\n\nTwice.", DL_FROM_PAGE, "p");
	for (i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++)
		record_set(
		    &job, record, DL_TEXT, nothing[i], DL_FROM_RULE, "x");
	assert_string_equal(record->text, "It rained.\n\nTwice.");
	assert_string_equal(last(record, "text")->how, "p");
	record_clear(&job, record, DL_TEXT, "sign-off");
	assert_null(record->text);
	assert_null(last(record, "text")->value);
	assert_string_equal(last(record, "text")->how, "sign-off");
	job_finish(&job);
}

static void a_url_is_absolute_and_of_the_web(void **state)
{
	struct dl_job job;
	struct dl_record *record = begin(&job);

	(void)state;
	record_set(&job, record, DL_URL, "2.html", DL_FROM_META, "canonical");
	assert_string_equal(record->url, "https://news.example/world/2.html");
	record_set(&job, record, DL_URL, "javascript:x()", DL_FROM_META, "x");
	assert_string_equal(record->url, "https://news.example/world/2.html");
	record_set(&job, record, DL_LICENSE, "/terms", DL_FROM_PAGE, "a");
	assert_string_equal(record->license, "https://news.example/terms");
	job_finish(&job);
}

static void a_field_that_there_is_not_breaks_the_job(void **state)
{
	struct dl_job job;
	struct dl_record *record = begin(&job);

	(void)state;
	record_set(&job, record, (enum dl_field)99, "x", DL_FROM_META, "x");
	assert_true(job.broken);
	job_finish(&job);
}

#define HOUR 3600
#define DAY 86400

static struct dl_moment moment(
    int64_t seconds, enum dl_precision precision, enum dl_from from)
{
	return (struct dl_moment){ .seconds = seconds,
		.offset = 7 * HOUR,
		.precision = precision,
		.from = from,
		.raw = "raw" };
}

static void the_most_trusted_date_is_kept(void **state)
{
	/* The first day is one of 17:00 UTC, so of 00:00 in Hanoi. */
	const int64_t midnight = 20000LL * DAY - 7 * HOUR;
	static const struct {
		const char *what;
		int64_t hours[2]; /* after that midnight */
		enum dl_precision precisions[2];
		enum dl_from from[2];
		int kept;
		bool conflict;
		const char *why; /* the second was not kept */
	} cases[] = {
		{ "the second is better", { 9, 8 }, { DL_SECOND, DL_SECOND },
		    { DL_FROM_FEED, DL_FROM_META }, 1, false },
		{ "the second is worse", { 9, 8 }, { DL_SECOND, DL_SECOND },
		    { DL_FROM_META, DL_FROM_FEED }, 0, false, "less trusted" },
		{ "the same", { 9, 9 }, { DL_SECOND, DL_SECOND },
		    { DL_FROM_META, DL_FROM_FEED }, 0, false, "the same" },
		{ "the first of two equals", { 9, 8 }, { DL_SECOND, DL_SECOND },
		    { DL_FROM_META, DL_FROM_META }, 0, false,
		    "not more trusted" },
		{ "anything is better than nowhere", { 9, 8 },
		    { DL_SECOND, DL_SECOND }, { DL_FROM_NOWHERE, DL_FROM_RULE },
		    1, false },
		{ "a day apart", { 0, 24 }, { DL_MINUTE, DL_MINUTE },
		    { DL_FROM_META, DL_FROM_FEED }, 0, false, "less trusted" },
		{ "more than a day", { 0, 25 }, { DL_MINUTE, DL_MINUTE },
		    { DL_FROM_META, DL_FROM_FEED }, 0, true, "less trusted" },
		{ "a conflict, and the better wins", { 60, 0 },
		    { DL_MINUTE, DL_MINUTE }, { DL_FROM_FEED, DL_FROM_META }, 1,
		    true },
		{ "days that are neighbours", { 0, 47 }, { DL_DAY, DL_MINUTE },
		    { DL_FROM_META, DL_FROM_FEED }, 0, false, "less trusted" },
		{ "days that are not", { 0, 48 }, { DL_DAY, DL_MINUTE },
		    { DL_FROM_META, DL_FROM_FEED }, 0, true, "less trusted" },
		{ "a time on the day says more", { 0, 23 },
		    { DL_DAY, DL_SECOND }, { DL_FROM_META, DL_FROM_FEED }, 1,
		    false },
		{ "a day does not replace a time on it", { 23, 0 },
		    { DL_SECOND, DL_DAY }, { DL_FROM_FEED, DL_FROM_META }, 0,
		    false, "only the day" },
	};
	struct dl_moment given[2];
	struct dl_record *record;
	struct dl_job job;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		record = begin(&job);
		for (k = 0; k < 2; k++) {
			given[k] = moment(midnight + cases[i].hours[k] * HOUR,
			    cases[i].precisions[k], cases[i].from[k]);
			record_published(&job, record, &given[k], "meta");
			record_updated(&job, record, &given[k], "meta");
		}
		record_published(&job, record, NULL, "nothing");
		if (record->published != &given[cases[i].kept] ||
		    record->updated != record->published ||
		    (record->quality != NULL) != cases[i].conflict)
			fail_msg("%s", cases[i].what);
		/* What was not taken is noted as well. */
		assert_ptr_equal(last(record, "published")->moment, &given[1]);
		if (cases[i].kept == 1)
			assert_null(last(record, "published")->refused);
		else
			assert_string_equal(
			    last(record, "published")->refused, cases[i].why);
		job_finish(&job);
	}
}

static void a_zone_that_is_assumed_counts_for_less(void **state)
{
	struct dl_moment told = moment(9 * HOUR, DL_MINUTE, DL_FROM_FEED);
	struct dl_moment day = moment(20000LL * DAY, DL_DAY, DL_FROM_URL);
	struct dl_record *record;
	struct dl_job job;

	(void)state;
	told.seconds += 20002LL * DAY;
	told.zone = DL_ZONE_ASSUMED;
	record = begin(&job);
	record_published(&job, record, &told, "5 minutes ago");
	record_published(&job, record, &day, "address of the page");
	assert_ptr_equal(record->published, &day);
	job_finish(&job);
}

/* It came on 2024-11-07 at 12:00 UTC, or from a file. */
static void a_time_that_cannot_be_is_no_candidate(void **state)
{
	static const struct {
		int64_t seconds;
		const char *oldest, *ahead;
		const char *refused; /* NULL: it is not */
		bool file;
	} rows[] = {
		{ 1730980800, NULL, NULL, NULL },
		{ 1730980800 + DAY, NULL, NULL, NULL },
		{ 1730980800 + DAY + 1, NULL, NULL, "after the page came" },
		{ 1730980800 + DAY + 1, NULL, NULL, NULL, true },
		{ 1730980800 + 3 * DAY, NULL, "7", NULL },
		{ 1730980800 + 8 * DAY, NULL, "7", "after the page came" },
		{ 1730980800 + 1, NULL, "0", "after the page came" },
		{ 631152000, NULL, NULL, NULL }, /* 1990-01-01, 07:00 */
		{ 631152000 - 8 * HOUR, NULL, NULL, "too long ago" },
		{ 631152000 - 8 * HOUR, NULL, NULL, "too long ago", true },
		{ 0, "1970", NULL, NULL },
		{ 631152000, "2000", NULL, "too long ago" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct option ahead = { "ahead", rows[i].ahead, NULL };
		struct option oldest = { "oldest", rows[i].oldest, NULL };
		struct dl_moment given =
		    moment(rows[i].seconds, DL_SECOND, DL_FROM_META);
		struct dl_job job;
		struct dl_record *record = begin(&job);

		if (rows[i].ahead != NULL)
			job.options = &ahead;
		if (rows[i].oldest != NULL)
			job.options = &oldest;
		job.fetched = rows[i].file ? 0 : 1730980800;
		record_published(&job, record, &given, "meta");
		assert_string_equal(
		    text_or(last(record, "published")->refused, "-"),
		    text_or(rows[i].refused, "-"));
		assert_ptr_equal(
		    record->published, rows[i].refused == NULL ? &given : NULL);
		assert_null(record->quality);
		job_finish(&job);
	}
}

static void names_are_kept_once_and_in_order(void **state)
{
	struct dl_job job;
	struct dl_record *record = begin(&job);
	int i;

	(void)state;
	record_author(&job, record, "An Nguyễn");
	record_author(&job, record, " Li Wei ");
	record_author(&job, record, "An Nguyễn");
	record_author(&job, record, "");
	record_author(&job, record, NULL);
	assert_string_equal(barred(&job, record->authors), "|An Nguyễn|Li Wei");
	record_credit(&job, record, "VNA");
	record_doubt(&job, record, "short");
	assert_string_equal(barred(&job, record->credits), "|VNA");
	assert_string_equal(barred(&job, record->quality), "|short");
	for (i = 0; i < 2 * LIMIT_LIST; i++)
		record_tag(&job, record, job_printf(&job, "tag %d", i));
	for (i = 0; record->tags != NULL; i++)
		record->tags = record->tags->next;
	assert_int_equal(i, LIMIT_LIST);
	job_finish(&job);
}

static const char *images(struct dl_job *job, const struct dl_image *image)
{
	const char *text = "";

	for (; image != NULL; image = image->next)
		text = job_printf(job, "%s|%s,%s,%s", text,
		    text_or(image->url, "-"), text_or(image->caption, "-"),
		    text_or(image->credit, "-"));
	return text;
}

static void an_image_is_known_by_its_url_or_its_caption(void **state)
{
	static const struct {
		const char *given[3][3], *kept;
	} cases[] = {
		{ { { "/a.jpg" }, { "/a.jpg", "Rain", "VNA" } },
		    "|https://news.example/a.jpg,Rain,VNA" },
		{ { { NULL, "Rain", NULL }, { "/a.jpg", "Rain", "VNA" } },
		    "|https://news.example/a.jpg,Rain,VNA" },
		{ { { "/a.jpg", "Rain", NULL }, { NULL, "Rain", "VNA" } },
		    "|https://news.example/a.jpg,Rain,VNA" },
		{ { { "/a.jpg" }, { NULL, "Rain", "VNA" },
		      { "/a.jpg", "Rain", NULL } },
		    "|https://news.example/a.jpg,Rain,VNA" },
		{ { { "/a.jpg", "Rain", NULL }, { "/b.jpg", "Rain", NULL } },
		    "|https://news.example/a.jpg,Rain,-"
		    "|https://news.example/b.jpg,Rain,-" },
		{ { { "/a.jpg", "Rain", NULL }, { "/a.jpg", "Snow", "AZ" } },
		    "|https://news.example/a.jpg,Rain,AZ" },
		{ { { "data:image/gif;base64,R0", "Rain", NULL } },
		    "|-,Rain,-" },
		{ { { NULL, NULL, "VNA" }, { "data:x", "", NULL } }, "" },
	};
	struct dl_record *record;
	struct dl_job job;
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		record = begin(&job);
		for (k = 0; k < 3; k++)
			record_image(&job, record, cases[i].given[k][0],
			    cases[i].given[k][1], cases[i].given[k][2]);
		assert_string_equal(
		    images(&job, record->images), cases[i].kept);
		job_finish(&job);
	}
}

static void each_element_is_a_tag(void **state)
{
	struct dl_job job;
	struct dl_record *record = begin(&job);

	(void)state;
	record_tags(&job, record,
	    dom_fragment(&job,
		"<ul><li><a>rain</a><li><a> </a><li><a>snow <b>and "
		"hail</b></a><li><a>rain</a></ul><a>wind</a>"),
	    "ul a");
	record_tags(&job, record, NULL, "a");
	assert_string_equal(barred(&job, record->tags), "|rain|snow and hail");
	job_finish(&job);
}

#define A "https://news.example/a.jpg"
#define B "https://news.example/b.jpg"

static void images_come_in_boxes(void **state)
{
	static const struct {
		const char *html, *boxes, *captions, *kept;
	} cases[] = {
		{ "<figure><img src=/a.jpg><figcaption>Rain</figcaption>"
		  "<b>Enlarge</b></figure>",
		    "figure", "figcaption", "|" A ",Rain,-" },
		{ "<figure><img src=/a.jpg><b>Enlarge</b></figure>", "figure",
		    "figcaption", "|" A ",-,-" },
		/* Only what is said of an image that is not there. */
		{ "<figure><video></video><figcaption>Rain</figcaption>"
		  "</figure>",
		    "figure", "figcaption", "|-,Rain,-" },
		/* All of a box, if it has an image and is no story. */
		{ "<table><tr><td><img src=/a.jpg><tr><td>Rain<br>in Hue"
		  "</table><table><tr><td>1<td>2</table>",
		    "table", NULL, "|" A ",Rain in Hue,-" },
		/* The image itself, once. */
		{ "<figure><img src=/a.jpg><figcaption>Rain</figcaption>"
		  "</figure><img data-src=/b.jpg>",
		    "figure, img", "figcaption", "|" A ",Rain,-|" B ",-,-" },
		{ "<p><img src=/a.jpg>Rain</p><p>Snow</p>", "p img", NULL,
		    "|" A ",-,-" },
	};
	struct dl_record *record;
	struct dl_job job;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		record = begin(&job);
		record_images(&job, record, dom_fragment(&job, cases[i].html),
		    cases[i].boxes, cases[i].captions);
		assert_string_equal(
		    images(&job, record->images), cases[i].kept);
		job_finish(&job);
	}
}

static void a_box_as_long_as_a_story_is_no_caption(void **state)
{
	static const int words[] = { 99, 101 }; /* of five bytes */
	struct dl_job job;
	int i, k;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct dl_record *record = begin(&job);
		const char *text = "<img src=/a.jpg>";

		for (k = 0; k < words[i]; k++)
			text = job_printf(&job, "%s rain", text);
		record_images(&job, record,
		    dom_fragment(&job, job_printf(&job, "<div>%s</div>", text)),
		    "div", NULL);
		assert_int_equal(record->images->caption != NULL, i == 0);
		job_finish(&job);
	}
}

static void a_caption_can_be_another_one(void **state)
{
	static const struct dl_image strange = { .caption = "Fog" };
	struct dl_job job;
	struct dl_record *record = begin(&job);
	const struct dl_image *image;

	(void)state;
	record_image(&job, record, "/a.jpg", "Rain. Photo: An", NULL);
	record_image(&job, record, NULL, "Photo: Bo", NULL);
	record_image(&job, record, NULL, "Rain.", "VNA");
	image = record->images;
	record_caption(&job, record, image, " Rain. ", "An");
	/* Which is also the one that nobody knew the image of. */
	assert_string_equal(
	    images(&job, record->images), "|" A ",Rain.,An|-,Photo: Bo,-");
	assert_string_equal(last(record, "images")->value, A);
	assert_string_equal(last(record, "images")->image->caption, "Rain.");
	assert_string_equal(last(record, "images")->image->credit, "An");
	assert_int_equal(last(record, "images")->from, DL_FROM_RULE);
	/* Without a caption there is no image without a url. */
	record_caption(&job, record, image->next, "", "Bo");
	record_caption(&job, record, image, NULL, "An");
	record_caption(&job, record, &strange, "Mist", NULL);
	record_caption(&job, record, NULL, "Mist", NULL);
	assert_string_equal(images(&job, record->images), "|" A ",-,An");
	job_finish(&job);
}

static void a_place_gathers_its_forms(void **state)
{
	static const struct dl_place hanoi = { "Hà Nội", "VN-HN", "VN" },
				     again = { "Hà Nội", "VN-HN", "VN" },
				     baku = { "Bakı", "AZ-BA", "AZ" };
	struct dl_job job;
	struct dl_record *record = begin(&job);
	struct place_use *uses;

	(void)state;
	record_place(&job, record, &hanoi, "HANOI", "dateline");
	record_place(&job, record, &baku, "Baku", "text");
	record_place(&job, record, &again, "Hanoi", "text");
	record_place(&job, record, &again, "Hanoi", "text");
	record_place(&job, record, NULL, "Nowhere", "text");
	uses = inside(record)->places;
	assert_string_equal(barred(&job, uses->as), "|HANOI|Hanoi");
	assert_string_equal(barred(&job, uses->in), "|dateline|text");
	assert_ptr_equal(uses->next->place, &baku);
	assert_null(uses->next->next);
	job_finish(&job);
}

static void notes_alternates_and_dateline_are_kept(void **state)
{
	struct dl_job job;
	struct dl_record *record = begin(&job);

	(void)state;
	record_note(&job, record, "editor", "huaxia");
	record_note(&job, record, "editor", "Li Wei");
	record_note(&job, record, "desk", NULL);
	assert_string_equal(inside(record)->extra->value, "Li Wei");
	assert_null(inside(record)->extra->next);
	record_alternate(&job, record, "fr", "/fr/1.html");
	record_alternate(&job, record, "ru", "mailto:ru@news.example");
	assert_string_equal(inside(record)->alternates->key, "fr");
	assert_null(inside(record)->alternates->next);
	record_dateline(&job, record, "", NULL, NULL, "VNA");
	assert_null(record->dateline);
	record_dateline(&job, record, "HANOI (VNA) -- ", NULL, NULL, "VNA");
	assert_string_equal(record->dateline->text, "HANOI (VNA) --");
	job_finish(&job);
}

static void a_failed_transform_leaves_nothing_behind(void **state)
{
	static const struct dl_place hanoi = { "Hà Nội", "VN-HN", "VN" };
	struct dl_job job;
	struct dl_record *record = begin(&job);
	struct record copy;

	(void)state;
	record_author(&job, record, "An");
	record_image(&job, record, "/a.jpg", NULL, NULL);
	record_note(&job, record, "editor", "huaxia");
	record_place(&job, record, &hanoi, "HANOI", "text");
	copy = record_copy(inside(record));

	record_author(&job, record, "Li");
	record_image(&job, record, "/a.jpg", "Rain", "VNA");
	record_image(&job, record, "/b.jpg", NULL, NULL);
	record_note(&job, record, "editor", "Li");
	record_place(&job, record, &hanoi, "Hanoi", "text");
	record_set(&job, record, DL_TITLE, "Wrong", DL_FROM_RULE, "x");
	record_undo(inside(record), &copy, "it failed");

	assert_string_equal(barred(&job, record->authors), "|An");
	assert_string_equal(
	    images(&job, record->images), "|https://news.example/a.jpg,-,-");
	assert_string_equal(inside(record)->extra->value, "huaxia");
	assert_string_equal(barred(&job, inside(record)->places->as), "|HANOI");
	assert_null(record->title);
	record_author(&job, record, "Mai");
	assert_string_equal(barred(&job, record->authors), "|An|Mai");
	job_finish(&job);
}

/* Each author that was traced, and what was refused. */
static const char *authors_traced(struct dl_job *job, struct dl_record *record)
{
	const struct trace *one = inside(record)->traces;
	const char *text = "";

	for (; one != NULL; one = one->next)
		text = job_printf(job, "%s|%s,%s", text, one->value,
		    text_or(one->refused, "-"));
	return text;
}

static void an_empty_record_can_be_put_back_too(void **state)
{
	struct dl_job job;
	struct dl_record *record = begin(&job);
	struct record copy = record_copy(inside(record));

	(void)state;
	record_author(&job, record, "An");
	record_undo(inside(record), &copy, "it failed");
	assert_null(record->authors);
	record_author(&job, record, "Li");
	copy = record_copy(inside(record));
	record_author(&job, record, "Mai");
	record_undo(inside(record), &copy, "it failed too");
	record_author(&job, record, "Bo");
	assert_string_equal(authors_traced(&job, record),
	    "|An,it failed|Li,-|Mai,it failed too|Bo,-");
	assert_string_equal(barred(&job, record->authors), "|Li|Bo");
	job_finish(&job);
}

/* What was there already is no step. */
static void only_what_is_new_is_traced(void **state)
{
	static const struct dl_place hanoi = { "Hà Nội", "VN-HN", "VN" };
	struct dl_job job;
	struct dl_record *record = begin(&job);
	const struct trace *one;
	size_t n = 0;

	(void)state;
	record_image(&job, record, "/a.jpg", NULL, NULL);
	record_image(&job, record, "/a.jpg", "Rain", "VNA");
	one = last(record, "images");
	assert_string_equal(one->value, "https://news.example/a.jpg");
	assert_null(one->image->url);
	assert_string_equal(one->image->caption, "Rain");
	assert_string_equal(one->image->credit, "VNA");
	record_image(&job, record, "/a.jpg", "Snow", NULL);
	record_place(&job, record, &hanoi, "HANOI", "dateline");
	assert_string_equal(last(record, "places")->as, "HANOI");
	record_place(&job, record, &hanoi, "HANOI", "text");
	one = last(record, "places");
	assert_null(one->as);
	assert_string_equal(one->how, "text");
	assert_ptr_equal(one->place, &hanoi);
	record_place(&job, record, &hanoi, "HANOI", "text");
	record_note(&job, record, "editor", "huaxia");
	record_note(&job, record, "editor", "huaxia");
	assert_string_equal(last(record, "extra")->key, "editor");
	record_alternate(&job, record, "fr", "/fr/1.html");
	record_alternate(&job, record, "fr", "/fr/1.html");
	assert_string_equal(last(record, "alternates")->key, "fr");
	record_dateline(&job, record, "HANOI (VNA) --", &hanoi, NULL, "VNA");
	assert_ptr_equal(last(record, "dateline")->place, &hanoi);
	for (one = inside(record)->traces; one != NULL; one = one->next)
		n++;
	assert_int_equal(n, 2 + 2 + 1 + 1 + 1);
	job_finish(&job);
}

static void words_are_counted_as_their_language_does(void **state)
{
	static const struct {
		const char *text;
		int words;
	} cases[] = {
		{ NULL, 0 },
		{ "It rained.", 2 },
		{ "HÀ NỘI — Deputy Prime Minister\n\nLê Thành Long", 8 },
		{ "They don’t know \u201cwhy\u201d", 4 },
		{ "武汉的声音：有英勇的你", 10 },
		{ "\u201c妈妈，为什么？\u201d", 5 },
		{ "2024年10月12日 VNA", 7 },
	};
	struct dl_record *record;
	struct dl_job job;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		record = begin(&job);
		record_set(
		    &job, record, DL_TEXT, cases[i].text, DL_FROM_PAGE, "p");
		assert_int_equal(record_words(&job, record), cases[i].words);
		job_finish(&job);
	}
}

static void a_page_may_hold_several_records(void **state)
{
	struct dl_job job;
	struct dl_record *first = begin(&job), *more;

	(void)state;
	more = record_more(&job, "7");
	assert_ptr_equal(job.records, first);
	assert_ptr_equal(job.records->next, more);
	assert_string_equal(inside(more)->key, "7");
	job_finish(&job);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_kept_with_where_it_came_from),
		cmocka_unit_test(nothing_leaves_a_field_as_it_is),
		cmocka_unit_test(a_url_is_absolute_and_of_the_web),
		cmocka_unit_test(a_field_that_there_is_not_breaks_the_job),
		cmocka_unit_test(the_most_trusted_date_is_kept),
		cmocka_unit_test(a_zone_that_is_assumed_counts_for_less),
		cmocka_unit_test(a_time_that_cannot_be_is_no_candidate),
		cmocka_unit_test(names_are_kept_once_and_in_order),
		cmocka_unit_test(an_image_is_known_by_its_url_or_its_caption),
		cmocka_unit_test(each_element_is_a_tag),
		cmocka_unit_test(images_come_in_boxes),
		cmocka_unit_test(a_box_as_long_as_a_story_is_no_caption),
		cmocka_unit_test(a_caption_can_be_another_one),
		cmocka_unit_test(a_place_gathers_its_forms),
		cmocka_unit_test(notes_alternates_and_dateline_are_kept),
		cmocka_unit_test(a_failed_transform_leaves_nothing_behind),
		cmocka_unit_test(an_empty_record_can_be_put_back_too),
		cmocka_unit_test(only_what_is_new_is_traced),
		cmocka_unit_test(words_are_counted_as_their_language_does),
		cmocka_unit_test(a_page_may_hold_several_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
