/*
 * The dateline of a wire story, "HANOI, Oct. 12 (Xinhua) --": kept as data and
 * taken off the text.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "extractors/agencies.h"

enum {
	LOOKED_AT = 5,    /* paragraphs, past title, captions and the like */
	LINES = 40,       /* of any kind */
	PART_BYTES = 60,  /* a place between two commas */
	DATE_BYTES = 30,  /* a date */
	PARTS = 4,        /* of a place: "Washington, D.C., United States" */
	DATES = 100,      /* in full, that a day is compared with */
	NAMES_BYTES = 200 /* of reporters */
};

struct reading { /* of one paragraph by one style */
	struct dl_job *job;
	const char *at;
	const char *places; /* "BEIJING/HANOI", "CARBONDALE, United States" */
	const char *date;
	const char *reporters;
	const struct agency *agency;
};

/*
 * The styles of the houses: P places, D a date, A an agency, - a dash; in
 * Chinese C a city, T a date, R the reporters; anything else is itself, and a
 * space may be missing.
 */
enum need {
	AN_OPENER = 1,     /* only agencies that open a story with their name */
	A_KNOWN_PLACE = 2, /* in capitals */
	A_SENTENCE = 4,    /* one must follow, or nothing */
	A_DATE = 8,        /* that is one, without an agency to vouch for it */
	A_PLACE = 16,      /* that the gazetteer has */
};

static const struct {
	const char *form;
	unsigned needs;
} styles[] = {
	{ "P, D (A) -", 0 },
	{ "P, D (A)", A_SENTENCE },
	{ "P (A) -", 0 },
	{ "P, (A) -", 0 },
	{ "P, D, A -", 0 },
	{ "P, D, A", A_SENTENCE },
	{ "(A) -", 0 },
	{ "(A)", A_SENTENCE },
	{ "A -", AN_OPENER | A_SENTENCE },
	{ "P, D -", A_KNOWN_PLACE | A_DATE | A_SENTENCE },
	{ "P -", A_KNOWN_PLACE | A_SENTENCE },
	{ "A C T电 R", 0 },
	{ "C T电 R", 0 },
	{ "C，T，A", A_PLACE | A_SENTENCE },
	{ "A C -", A_PLACE },
};

/* Longer ones first. */
static const char *const dashes[] = { "——", "—", "–", "―", "--", "-", NULL };

/* ---- characters ---- */

static size_t character_len(const char *text)
{
	size_t len = *text != '\0';

	while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
		len++;
	return len;
}

/* Whether the text begins with a small letter, Latin or Cyrillic. */
static int is_small(struct dl_job *job, const char *text)
{
	unsigned char a = (unsigned char)text[0], b;

	if (a < 0x80)
		return islower(a);
	b = (unsigned char)text[1];
	if (a == 0xd0)
		return b >= 0xb0;
	if (a == 0xd1)
		return b < 0xa0;
	return islower((unsigned char)*text_ascii(
		   job, job_copy(job, text, character_len(text)))) != 0;
}

static int has_small(struct dl_job *job, const char *text)
{
	for (; *text != '\0'; text += character_len(text)) {
		if (is_small(job, text))
			return 1;
	}
	return 0;
}

static size_t dash_len(const char *text)
{
	int i;

	for (i = 0; dashes[i] != NULL; i++) {
		if (strncmp(text, dashes[i], strlen(dashes[i])) == 0)
			return strlen(dashes[i]);
	}
	return 0;
}

static const char *space_skip(const char *text)
{
	return text + strspn(text, " \t\n");
}

/* Where a part between commas ends: at , ( or a dash that stands apart. */
static const char *part_end(const char *text)
{
	const char *at = text;

	while (*at != '\0' && at - text < PART_BYTES &&
	    strchr(",(\n", *at) == NULL) {
		if (dash_len(at) > 1 || (*at == ' ' && dash_len(at + 1) > 0))
			break;
		at++;
	}
	return at;
}

static const char *part_copy(
    struct dl_job *job, const char *from, const char *end)
{
	while (end > from && end[-1] == ' ')
		end--;
	return job_copy(job, from, (size_t)(end - from));
}

/* The same, past a dash that is inside a name: "BÀ RỊA – VŨNG TÀU". */
static const char *place_end(struct dl_job *job, const char *text)
{
	const char *end = part_end(text), *rest = space_skip(end), *far;
	size_t dash = dash_len(rest);

	if (dash == 0)
		return end;
	far = part_end(space_skip(rest + dash));
	return place_named(job, part_copy(job, text, far)) != NULL ? far : end;
}

static int has_digit(const char *text)
{
	return strpbrk(text, "0123456789") != NULL;
}

/* ---- places ---- */

/* Names have capitals, but for the likes of "Dar es Salaam". */
static int is_name(struct dl_job *job, const char *text)
{
	static const char *const small[] = { "of", "de", "do", "du", "da", "es",
		"the", "and", "city", "province", NULL };
	size_t len;
	int i;

	if (*text == '\0' || has_digit(text) || is_small(job, text))
		return 0;
	for (; *text != '\0'; text += len, text += strspn(text, " /")) {
		len = strcspn(text, " /");
		for (i = 0; small[i] != NULL; i++) {
			if (strlen(small[i]) == len &&
			    strncmp(small[i], text, len) == 0)
				break;
		}
		if (small[i] == NULL && is_small(job, text))
			return 0;
	}
	return 1;
}

/* "HANOI", "Port-au-Prince", "Washington, D.C.", "BEIJING/HANOI": parts up to
   one that is a date or an agency. */
static int read_places(struct reading *reading)
{
	struct dl_job *job = reading->job;
	const char *from = reading->at, *at = from, *end, *part;
	int n;

	for (n = 0; n < PARTS; n++) {
		end = place_end(job, at);
		part = part_copy(job, at, end);
		if (!is_name(job, part))
			break;
		if (n > 0 && agency_named(job, part) != NULL)
			break;
		reading->at = end;
		if (*end != ',')
			break;
		at = space_skip(end + 1);
	}
	if (reading->at == from)
		return 0;
	reading->places = part_copy(job, from, reading->at);
	return agency_named(job, reading->places) == NULL;
}

static int is_chinese(const char *text)
{
	return (unsigned char)*text >= 0xe4 && (unsigned char)*text <= 0xe9;
}

static int read_city(struct reading *reading)
{
	const char *from = reading->at;

	while (is_chinese(reading->at) && reading->at - from < PART_BYTES / 2)
		reading->at += character_len(reading->at);
	reading->places = part_copy(reading->job, from, reading->at);
	return reading->at > from;
}

/* The first city; the country behind it, if the two do not fit or if the city
   is not in the gazetteer. */
static const struct dl_place *place_of(struct dl_job *job, const char *places)
{
	const struct dl_place *city, *last;
	const char *comma = strrchr(places, ',');

	city = place_named(
	    job, part_copy(job, places, places + strcspn(places, ",/")));
	if (comma == NULL)
		return city;
	last = place_named(job, comma + 1);
	if (last == NULL ||
	    (city != NULL && strcmp(city->country, last->country) == 0))
		return city;
	return last;
}

/* ---- dates ---- */

static size_t year_len(const char *text)
{
	const char *at = text + (*text == ',');

	at = space_skip(at);
	if (strspn(at, "0123456789") != 4 || agency_letter(at[4]))
		return 0;
	return (size_t)(at + 4 - text);
}

static int words_in(const char *text)
{
	int n = 0;

	while (*(text += strspn(text, " ")) != '\0') {
		text += strcspn(text, " ");
		n++;
	}
	return n;
}

/* "Oct. 12", "10 août", "Oct. 12, 2024": a number and a word or two. */
static int read_date(struct reading *reading)
{
	const char *from = reading->at, *end = part_end(from);
	const char *part = part_copy(reading->job, from, end);

	if (!has_digit(part) || strlen(part) > DATE_BYTES || words_in(part) > 4)
		return 0;
	if (*end == ',')
		end += year_len(end);
	reading->at = end;
	reading->date = part_copy(reading->job, from, end);
	return 1;
}

static int read_sign(const char **at, const char *sign, int digits)
{
	const char *text = *at + strspn(*at, "0123456789");

	if (text == *at || text - *at > digits ||
	    strncmp(text, sign, strlen(sign)) != 0)
		return 0;
	*at = text + strlen(sign);
	return 1;
}

static int read_chinese_date(struct reading *reading)
{
	const char *from = reading->at, *at = from;

	read_sign(&at, "年", 4);
	if (!read_sign(&at, "月", 2) || !read_sign(&at, "日", 2))
		return 0;
	reading->at = at;
	reading->date = part_copy(reading->job, from, at);
	return 1;
}

/* The day that is printed, in the year of the nearest date that is known. */
static const struct dl_moment *day_near(
    struct dl_job *job, const char *date, const struct dl_moment *near)
{
	return date_near(job, date, DL_FROM_DATELINE, near);
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
		day = day_near(job, date, full);
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
	day = date_parse(job, date, DL_FROM_DATELINE, 0);
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

/* Whether the text is a day, in whatever year. */
static int is_date(struct dl_job *job, const char *text)
{
	static const struct dl_moment some = { .seconds = 86400 * 200,
		.precision = DL_DAY };

	return date_parse(job, text, DL_FROM_DATELINE, 0) != NULL ||
	    day_near(job, text, &some) != NULL;
}

/* ---- agencies and reporters ---- */

/* Whether what stands before `end` is an agency, or a row that one leads. */
static int agency_take(struct reading *reading, const char *end)
{
	const char *name = part_copy(reading->job, reading->at, end);
	size_t first = strcspn(name, "/");

	reading->agency = agency_named(reading->job, name);
	if (reading->agency == NULL && name[first] == '/')
		reading->agency = agency_named(
		    reading->job, job_copy(reading->job, name, first));
	if (reading->agency == NULL)
		return 0;
	reading->at = end;
	return 1;
}

/* All up to a bracket, comma or dash, a word, or what has no spaces behind it.
 */
static int read_agency(struct reading *reading)
{
	const char *from = reading->at, *end = part_end(from);
	size_t len = strcspn(from, ")");

	if (len < (size_t)(end - from))
		end = from + len;
	if (agency_take(reading, end) ||
	    agency_take(reading, from + strcspn(from, " ),\n")))
		return 1;
	reading->agency = agency_at(from, &len);
	reading->at = from + len;
	return reading->agency != NULL;
}

/* "（记者唐霁）" behind a Chinese dateline; there may be none. */
static int read_reporters(struct reading *reading)
{
	static const char open[] = "（", close[] = "）", who[] = "记者";
	const char *from = reading->at + strlen(open), *end;

	if (strncmp(reading->at, open, strlen(open)) != 0)
		return 1;
	end = strstr(from, close);
	if (end == NULL || end - from > NAMES_BYTES)
		return 1;
	if (strncmp(from, who, strlen(who)) == 0)
		reading->reporters = part_copy(reading->job, from, end);
	reading->at = end + strlen(close);
	return 1;
}

static const char *names_skip(const char *names)
{
	static const char *const between[] = { "、", " ", "通讯员", "记者",
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

/* "记者唐霁、王明 通讯员李强" is three people. */
static void reporters_credit(
    struct dl_job *job, struct dl_record *record, const char *names)
{
	size_t len;

	if (names == NULL)
		return;
	for (names = names_skip(names); *names != '\0';
	     names = names_skip(names + len)) {
		len = name_len(names);
		record_author(job, record, job_copy(job, names, len));
	}
}

/* ---- styles ---- */

static int read_dash(struct reading *reading)
{
	size_t len = dash_len(reading->at);

	reading->at += len;
	return len > 0;
}

static const struct {
	char letter;
	int (*read)(struct reading *reading);
} readers[] = {
	{ 'P', read_places },
	{ 'D', read_date },
	{ 'A', read_agency },
	{ '-', read_dash },
	{ 'C', read_city },
	{ 'T', read_chinese_date },
	{ 'R', read_reporters },
};

#define READERS (sizeof(readers) / sizeof(*readers))

static int letter_read(struct reading *reading, char letter)
{
	size_t i;

	for (i = 0; i < READERS; i++) {
		if (readers[i].letter == letter)
			return readers[i].read(reading);
	}
	return *reading->at++ == letter;
}

static int form_read(struct reading *reading, const char *form)
{
	for (; *form != '\0'; form++) {
		if (*form == ' ')
			reading->at = space_skip(reading->at);
		else if (*reading->at == '\0' && *form != 'R')
			return 0;
		else if (!letter_read(reading, *form))
			return 0;
	}
	return 1;
}

static int needs_met(const struct reading *reading, unsigned needs)
{
	struct dl_job *job = reading->job;
	const char *places = text_or(reading->places, "");
	const char *rest = space_skip(reading->at);

	if ((needs & AN_OPENER) &&
	    (reading->agency == NULL || !reading->agency->opens))
		return 0;
	if ((needs & A_KNOWN_PLACE) &&
	    (has_small(job, places) || !has_small(job, rest) ||
		place_of(job, places) == NULL))
		return 0;
	if ((needs & A_PLACE) && place_of(job, places) == NULL)
		return 0;
	if ((needs & A_DATE) && !is_date(job, reading->date))
		return 0;
	if ((needs & A_SENTENCE) && *rest != '\0' &&
	    (is_small(job, rest) || strchr(",.;:)", *rest) != NULL))
		return 0;
	return 1;
}

/* Whether the text begins with a dateline in any style. */
static int dateline_read(
    struct dl_job *job, const char *text, struct reading *reading)
{
	size_t i;

	for (i = 0; i < sizeof(styles) / sizeof(*styles); i++) {
		*reading = (struct reading){ .job = job, .at = text };
		if (form_read(reading, styles[i].form) &&
		    needs_met(reading, styles[i].needs))
			return 1;
	}
	return 0;
}

/* ---- the record ---- */

static void dateline_keep(struct dl_job *job, const struct dl_page *page,
    struct dl_record *record, const char *text, const struct reading *reading)
{
	const struct dl_place *place =
	    reading->places == NULL ? NULL : place_of(job, reading->places);

	record_dateline(job, record, part_copy(job, text, reading->at), place,
	    date_of(job, page, record, reading->date),
	    reading->agency != NULL ? reading->agency->name : NULL);
	reporters_credit(job, record, reading->reporters);
}

/* What may stand before the paragraphs that are looked at. */
static int is_before_story(
    struct dl_job *job, const char *paragraph, const char *title_key)
{
	return strncmp(paragraph, "•", strlen("•")) == 0 ||
	    place_named(job, paragraph) != NULL ||
	    strcmp(text_key(job, paragraph), title_key) == 0;
}

/* Captions, whose credit comes last, and lines such as "Editor: huaxia" do not
   end like what is looked at. */
static int is_sentence(const char *text)
{
	static const char *const stops[] = { ".", "!", "?", "\"", "”", "。",
		"！", "？" };
	size_t i, len = strlen(text);

	for (i = 0; i < sizeof(stops) / sizeof(*stops); i++) {
		size_t stop = strlen(stops[i]);

		if (len > stop && strcmp(text + len - stop, stops[i]) == 0)
			return 1;
	}
	return 0;
}

/* The paragraph that begins with the dateline. */
static const struct dl_list *dateline_find(struct dl_job *job,
    const struct dl_record *record, const struct dl_list *paragraph,
    struct reading *reading)
{
	const char *title = text_key(job, text_or(record->title, ""));
	int n = 0, lines = 0;

	for (; paragraph != NULL && n < LOOKED_AT && lines < LINES;
	     paragraph = paragraph->next) {
		if (is_before_story(job, paragraph->text, title))
			continue;
		if (dateline_read(job, paragraph->text, reading))
			return paragraph;
		n += is_sentence(paragraph->text);
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
