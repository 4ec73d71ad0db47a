/*
 * The dateline of a wire story, "HANOI, Oct. 12 (Xinhua) --": kept as data and
 * taken off the text.
 */
#include <stdlib.h>
#include <string.h>

#include "extractors/styles.h"

#define DAY 86400

enum {
	LOOKED_AT = 5, /* paragraphs, past title, captions and the like */
	LINES = 40,    /* of any kind */
	DATES = 100,   /* in full, that a day is compared with */
	AHEAD = 1,     /* days from what is known to the dateline: it may be
			  tomorrow where that was written */
};

/* ---- dates ---- */

static struct dl_moment *moved(
    struct dl_job *job, const struct dl_moment *moment, int days)
{
	struct dl_moment *other = job_alloc(job, sizeof(*other));

	*other = *moment;
	other->seconds += (int64_t)days * DAY;
	return other;
}

/* "12日": of this month or, if that is still to come, of the one before. */
static const struct dl_moment *day_of_month(
    struct dl_job *job, const char *date, const struct dl_moment *near)
{
	const char *last = date_day(job, moved(job, near, AHEAD));
	int year = atoi(last), month = atoi(last + 5), n;
	const struct dl_moment *day;

	for (n = 0; n < 2; n++, month--) {
		if (month == 0) {
			year--;
			month = 12;
		}
		day = date_parse(job,
		    job_printf(job, "%d年%d月%s", year, month, date),
		    DL_FROM_DATELINE, 0);
		if (day != NULL && strcmp(date_day(job, day), last) <= 0)
			return day;
	}
	return NULL;
}

/* The day that is printed, in the last year in which it is not after `near`. */
static const struct dl_moment *day_near(
    struct dl_job *job, const char *date, const struct dl_moment *near)
{
	int n;

	if (near == NULL)
		return NULL;
	if (strcmp(date + digits_len(date, &n), "日") == 0)
		return day_of_month(job, date, near);
	return date_before(
	    job, date, DL_FROM_DATELINE, moved(job, near, AHEAD));
}

/* The day in the year in which the text has the same day in full. */
static const struct dl_moment *day_in(
    struct dl_job *job, const char *date, const char *text)
{
	const struct dl_moment *full, *day;
	size_t at, len;
	int n = 0;

	while (text != NULL && n++ < DATES &&
	    (full = date_find(job, text, DL_FROM_TEXT, 0, &at, &len)) != NULL) {
		day = date_near(job, date, DL_FROM_DATELINE, full);
		if (day == NULL)
			return NULL;
		if (strcmp(date_day(job, day), date_day(job, full)) == 0)
			return day;
		text += at + len;
	}
	return NULL;
}

static const struct dl_moment *date_of(struct dl_job *job,
    const struct dl_page *page, const struct dl_record *record,
    const char *date)
{
	const struct dl_moment *day;
	const struct dl_image *image;

	if (date == NULL)
		return NULL;
	date = day_text(job, date);
	day = digits_in(date) < DAY_DIGITS
	    ? NULL
	    : date_parse(job, date, DL_FROM_DATELINE, 0);
	if (day == NULL)
		day = day_near(job, date, record->published);
	if (day == NULL && page->url != NULL)
		day = day_near(job, date,
		    date_find(job, page->url, DL_FROM_URL, 0, NULL, NULL));
	for (image = record->images; day == NULL && image != NULL;
	     image = image->next)
		day = day_in(job, date, image->caption);
	return day != NULL ? day : day_in(job, date, record->text);
}

/* ---- reporters ---- */

static const char *names_skip(const char *names)
{
	static const char *const between[] = { "、", "，", " ", "：", "通讯员",
		"特约记者", "实习记者", "实习生", "编译", "记者", "記者",
		NULL };
	int i;

	for (i = 0; between[i] != NULL; i++) {
		if (strncmp(names, between[i], strlen(between[i])) == 0) {
			names += strlen(between[i]);
			i = -1;
		}
	}
	return names;
}

static size_t name_len(const char *names)
{
	const char *end = strstr(names, "、");
	size_t len = strcspn(names, " ");

	return end != NULL && (size_t)(end - names) < len
	    ? (size_t)(end - names)
	    : len;
}

/* "记者唐霁、王明 通讯员李强" is three people, "Ivan Petrov" is one. */
static void reporters_credit(
    struct dl_job *job, struct dl_record *record, const char *names)
{
	size_t len;

	if (names == NULL || (unsigned char)*names < 0xe3) {
		record_author(job, record, names);
		return;
	}
	for (names = names_skip(names); *names != '\0';
	     names = names_skip(names + len)) {
		len = name_len(names);
		record_author(job, record, job_copy(job, names, len));
	}
}

/* ---- the record ---- */

static void dateline_keep(struct dl_job *job, const struct dl_page *page,
    struct dl_record *record, const char *text, const struct reading *reading)
{
	const struct dl_place *place =
	    reading->places == NULL ? NULL : place_of(job, reading->places);

	const char *end = reading->end != NULL ? reading->end : reading->at;

	record_dateline(job, record, part_copy(job, text, end), place,
	    date_of(job, page, record, reading->date),
	    reading->agency != NULL ? reading->agency->name : reading->other);
	reporters_credit(job, record, reading->names);
}

/* What may stand before the paragraphs that are looked at. */
static int is_before_story(
    struct dl_job *job, const char *paragraph, const char *title_key)
{
	return strncmp(paragraph, "•", strlen("•")) == 0 ||
	    place_named(job, paragraph) != NULL ||
	    strcmp(text_key(job, paragraph), title_key) == 0;
}

/* "ANKARA" in a paragraph of its own, over the story and in no list. */
static int is_bare_place(struct dl_job *job, const struct dl_list *before,
    const struct dl_list *paragraph, struct reading *reading)
{
	const struct dl_list *next = paragraph->next;

	return dateline_read(job, paragraph->text, reading) &&
	    (before == NULL || place_named(job, before->text) == NULL) &&
	    (next == NULL || is_sentence(next->text));
}

/* The paragraph that begins with the dateline. */
static const struct dl_list *dateline_find(struct dl_job *job,
    const struct dl_record *record, const struct dl_list *paragraph,
    struct reading *reading)
{
	const char *title = text_key(job, text_or(record->title, ""));
	const struct dl_list *before = NULL;
	int n = 0, lines = 0;

	for (; paragraph != NULL && n < LOOKED_AT && lines < LINES;
	     before = paragraph, paragraph = paragraph->next) {
		const char *text = paragraph->text;

		if (place_named(job, text) != NULL &&
		    is_bare_place(job, before, paragraph, reading))
			return paragraph;
		if (is_before_story(job, text, title))
			continue;
		if (dateline_read(job, text, reading))
			return paragraph;
		n += is_sentence(text);
		lines++;
	}
	return NULL;
}

static void text_cut(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const struct dl_list *one = text_paragraphs(job, record->text);
	const struct dl_list *kept = NULL, *found;
	struct reading reading;

	found = dateline_find(job, record, one, &reading);
	if (found == NULL)
		return;
	dateline_keep(job, page, record, found->text, &reading);
	for (; one != NULL; one = one->next)
		text_append(job, &kept,
		    one == found ? space_skip(reading.at) : one->text);
	record_set(job, record, DL_TEXT, text_join(job, kept), DL_FROM_RULE,
	    "without its dateline");
}

/* The lead stands there a second time. */
static void summary_cut(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	const char *summary = record->summary;
	struct reading reading;

	if (summary == NULL || !dateline_read(job, summary, &reading))
		return;
	if (record->dateline == NULL)
		dateline_keep(job, page, record, summary, &reading);
	record_set(job, record, DL_SUMMARY, space_skip(reading.at),
	    DL_FROM_RULE, "without its dateline");
}

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	text_cut(job, page, record);
	summary_cut(job, page, record);
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "dateline",
	.version = "1.0",
	.about = "place, date and agency from the line that opens a story",
	.transform = transform,
};
