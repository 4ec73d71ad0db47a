/* A story without markup: which line is its title, and which its date. */
#include <string.h>

#include "core/base/fold.h"
#include "core/kit/dom.h"
#include "core/kit/job.h"
#include "core/kit/plain.h"

/* Bytes of a title at most: a paragraph is longer, in Vietnamese too. */
#define TITLE_MOST ((size_t)200)

/* Of a section that stands over the title: "Politics", "Kinh tế", "时政". */
#define LABEL_MOST ((size_t)24)
#define LABEL_CHINESE ((size_t)12)
#define LABEL_WORDS 2

/* Bytes in which a dateline is over: two cities, a country, day and agency. */
#define DATELINE_MOST ((size_t)80)

struct plain {
	struct dl_job *job;
	struct dl_record *record;
	const struct dl_list *lines; /* the text so far */
	const char *label;           /* a word or two before the title */
	bool begun;                  /* a line was there */
	bool dated;                  /* it had a date before it */
	bool decided;                /* whether there is a title */
};

static bool begins_with(const char *line, const char *const *all, size_t n)
{
	while (n-- > 0) {
		if (strncmp(line, all[n], strlen(all[n])) == 0)
			return true;
	}
	return false;
}

static bool is_listed(const char *line)
{
	static const char *const bullets[] = {
		"•",
		"·",
		"▪",
		"●",
		"◦",
		"‣",
		"○",
		"■ ",
		"* ",
		"- ",
		"– ",
		"+ ",
	};

	return begins_with(line, bullets, sizeof(bullets) / sizeof(bullets[0]));
}

static bool ends_sentence(const char *line)
{
	static const char *const stops[] = { ".", "。", ";", ":", "；", "：" };
	size_t i, len = strlen(line);

	for (i = 0; i < sizeof(stops) / sizeof(stops[0]); i++) {
		size_t stop = strlen(stops[i]);

		if (len >= stop && strcmp(line + len - stop, stops[i]) == 0)
			return true;
	}
	return false;
}

/* Bytes of a spaced dash at `at`, 0 if none is there. */
static size_t dash_len(const char *at)
{
	static const char *const dashes[] = { "--", "-", "–", "—" };
	size_t i, space = strspn(at, " ");

	for (i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++) {
		size_t len = strlen(dashes[i]);

		if (strncmp(at + space, dashes[i], len) == 0 &&
		    (at[space + len] == ' ' || at[space + len] == '\0'))
			return space + len;
	}
	return 0;
}

/* "Hanoi (VNA) –", "HANOI, Oct. 12 (Xinhua) --": brackets, then a dash. */
static bool has_agency(const char *line)
{
	const char *close = strchr(line, ')');

	return close != NULL && memchr(line, '(', (size_t)(close - line)) &&
	    (size_t)(close - line) < DATELINE_MOST && dash_len(close + 1) > 0;
}

/* Whether these bytes have capital letters and no small ones. */
static bool is_capitals(const struct plain *plain, const char *text, size_t len)
{
	const char *ascii =
	    text_ascii(plain->job, job_copy(plain->job, text, len));
	bool capital = false;

	for (; *ascii != '\0'; ascii++) {
		if (*ascii >= 'a' && *ascii <= 'z')
			return false;
		capital |= *ascii >= 'A' && *ascii <= 'Z';
	}
	return capital;
}

/* "VGP - ", "HÀ NỘI — ": capitals, then a dash with spaces around. */
static bool has_capitals(const struct plain *plain, const char *line)
{
	const char *space = line;

	while ((space = strchr(space, ' ')) != NULL &&
	    (size_t)(space - line) < DATELINE_MOST) {
		if (dash_len(space) > 0)
			return is_capitals(plain, line, (size_t)(space - line));
		space++;
	}
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A day behind a comma: ", Oct. 12", ", 10 août", ", 27 oktyabr". */
static bool is_day(const char *at)
{
	at += strspn(at, " ");
	if (is_digit(*at))
		return true;
	at += strcspn(at, " ,(");
	at += strspn(at, " ");
	return is_digit(at[0]) && !is_digit(at[is_digit(at[1]) ? 2 : 1]);
}

/* "Baku, October 27, AZERTAC", "HANOI, Oct. 12": a place, and a day that is
   near; the place or what ends the line is in capitals. */
static bool has_day(const struct plain *plain, const char *line)
{
	const char *comma = strchr(line, ','), *last = strrchr(line, ',');

	while (comma != NULL && (size_t)(comma - line) < DATELINE_MOST) {
		if (is_day(comma + 1))
			return is_capitals(
				   plain, line, (size_t)(comma - line)) ||
			    (strlen(line) < DATELINE_MOST && last != comma &&
				is_capitals(plain, last, strlen(last)));
		comma = strchr(comma + 1, ',');
	}
	return false;
}

/* "新华社北京1月1日电", "巴库，1月5日，…"; 日 may also be of a city's name. */
static bool has_chinese_day(const char *line)
{
	static const char day[] = "日", wired[] = "电", comma[] = "，";
	const char *parted = strstr(line, comma), *at = line;

	while ((at = strstr(at + 1, day)) != NULL &&
	    (size_t)(at - line) < DATELINE_MOST) {
		const char *end = at + strlen(day);

		if (!is_digit(at[-1]))
			continue;
		if (strncmp(end, wired, strlen(wired)) == 0)
			return true;
		if (parted != NULL && parted < at &&
		    strncmp(end, comma, strlen(comma)) == 0)
			return true;
	}
	return false;
}

/* A day and a time of day: no headline has both. */
static bool has_time(const struct plain *plain, const char *line)
{
	const struct dl_moment *moment =
	    date_find(plain->job, line, DL_FROM_TEXT, 0, NULL, NULL);

	return moment != NULL && moment->precision != DL_DAY;
}

static bool is_dateline(const struct plain *plain, const char *line)
{
	return has_agency(line) || has_capitals(plain, line) ||
	    has_day(plain, line) || has_chinese_day(line) ||
	    has_time(plain, line) ||
	    date_parse(plain->job, line, DL_FROM_TEXT, 0) != NULL;
}

/* "… (Xinhua/Li Ming)", "…. (Xinhua)", "… - Photo: VGP": who took a photograph.
 */
static bool is_caption(const char *line)
{
	static const char *const labels[] = {
		"Photo: ", "Photo : ", "Ảnh: ", "Photo by "
	};
	const char *open = strrchr(line, '('), *end = line + strlen(line);
	size_t i;

	for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		if (strstr(line, labels[i]) != NULL)
			return true;
	}
	if (open == NULL || end[-1] != ')' || open - line < 2)
		return false;
	return (strpbrk(open, ":/") != NULL &&
		   strpbrk(open, "0123456789") == NULL) ||
	    open[-1] == '.' || open[-2] == '.';
}

static bool is_title(const struct plain *plain, const char *line)
{
	return strlen(line) <= TITLE_MOST && !ends_sentence(line) &&
	    !is_caption(line) && !is_dateline(plain, line);
}

static int words_in(const char *line)
{
	int n = 0;

	for (; *line != '\0'; line += strcspn(line, " "), n++)
		line += strspn(line, " ");
	return n;
}

/* What may be a section, if a title stands below it. */
static bool is_label(const char *line)
{
	size_t most = (unsigned char)*line < 0xe3 ? LABEL_MOST : LABEL_CHINESE;

	return strlen(line) <= most && words_in(line) <= LABEL_WORDS;
}

static void title_set(const struct plain *plain, const char *title)
{
	record_set(plain->job, plain->record, DL_TITLE, title, DL_FROM_TEXT,
	    "first line");
}

/* A line below what may be the section: the title is one of the two. */
static bool take_below_label(struct plain *plain, const char *line)
{
	if (!is_title(plain, line) || strlen(line) <= LABEL_MOST) {
		title_set(plain, plain->label);
		return false;
	}
	title_set(plain, line);
	record_set(plain->job, plain->record, DL_SECTION, plain->label,
	    DL_FROM_TEXT, "line before the title");
	return true;
}

/* The title of the entry stays; where the page repeats it, once is enough. */
static bool take_title(struct plain *plain, const char *line)
{
	const char *have = plain->record->title;

	plain->decided = true;
	if (have != NULL)
		return strcmp(text_key(plain->job, have),
			   text_key(plain->job, line)) == 0;
	if (plain->label != NULL)
		return take_below_label(plain, line);
	if (plain->dated || !is_title(plain, line))
		return false;
	plain->decided = !is_label(line);
	if (plain->decided)
		title_set(plain, line);
	else
		plain->label = line;
	return true;
}

/* Behind `date 2024-11-07`, with which some archives begin a story. */
static const char *take_date(struct plain *plain, const char *line)
{
	static const char word[] = "date ", day[] = "2024-11-07";
	const char *from = line + strlen(word);
	const struct dl_moment *moment = NULL;

	if (strncmp(line, word, strlen(word)) == 0 &&
	    strspn(from, "0123456789-") == strlen(day))
		moment = date_parse(plain->job,
		    job_copy(plain->job, from, strlen(day)), DL_FROM_TEXT, 0);
	if (moment == NULL)
		return line;

	record_published(plain->job, plain->record, moment, "date of the text");
	plain->dated = true;
	from += strlen(day);
	return from + strspn(from, " ");
}

static void plain_line(struct plain *plain, const char *line)
{
	bool title = false;

	if (!plain->begun)
		line = take_date(plain, line);
	plain->begun = true;
	if (*line == '\0')
		return;

	if (!plain->decided && !is_listed(line))
		title = take_title(plain, line);
	if (!title)
		text_append(plain->job, &plain->lines, line);
}

enum dl_verdict plain_extract(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	struct plain plain = { .job = job, .record = record };
	const char *at = page->bytes, *end = at + page->len;

	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		const char *line;

		if (stop == NULL)
			stop = end;
		line = dom_line(job, job_copy(job, at, (size_t)(stop - at)));
		if (line != NULL)
			plain_line(&plain, line);
		at = stop < end ? stop + 1 : end;
	}
	if (!plain.decided && plain.label != NULL)
		title_set(&plain, plain.label);
	if (plain.lines == NULL)
		return job_fail(job, "no text");
	record_set(job, record, DL_TEXT, text_join(job, plain.lines),
	    DL_FROM_TEXT, "lines");
	return DL_DONE;
}
