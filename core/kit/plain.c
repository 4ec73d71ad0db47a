/* A story without markup: which line is its title, and which its date. */
#include <string.h>

#include "core/base/fold.h"
#include "core/kit/dom.h"
#include "core/kit/job.h"
#include "core/kit/plain.h"

/* Bytes of a title at most: a paragraph is longer, in Vietnamese too. */
#define TITLE_MOST ((size_t)200)

/* Bytes in which a dateline is over: two cities, a country, day and agency. */
#define DATELINE_MOST ((size_t)80)

struct plain {
	struct dl_job *job;
	struct dl_record *record;
	const struct dl_list *lines; /* the text so far */
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

static bool is_dateline(const struct plain *plain, const char *line)
{
	return has_agency(line) || has_capitals(plain, line) ||
	    has_day(plain, line) ||
	    date_parse(plain->job, line, DL_FROM_TEXT, 0) != NULL;
}

static bool is_title(const struct plain *plain, const char *line)
{
	return strlen(line) <= TITLE_MOST && !ends_sentence(line) &&
	    !is_dateline(plain, line);
}

/* The title of the entry stays; where the page repeats it, once is enough. */
static bool take_title(struct plain *plain, const char *line)
{
	const char *have = plain->record->title;

	if (have != NULL)
		return strcmp(text_key(plain->job, have),
			   text_key(plain->job, line)) == 0;
	if (plain->dated || !is_title(plain, line))
		return false;
	record_set(plain->job, plain->record, DL_TITLE, line, DL_FROM_TEXT,
	    "first line");
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

	if (!plain->decided && !is_listed(line)) {
		title = take_title(plain, line);
		plain->decided = true;
	}
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
	if (plain.lines == NULL)
		return job_fail(job, "no text");
	record_set(job, record, DL_TEXT, text_join(job, plain.lines),
	    DL_FROM_TEXT, "lines");
	return DL_DONE;
}
