/*
 * Who made the story: by-lines, reporters, lines such as "Editor: huaxia", and
 * the names of its senders below it.
 */
#include "extractors/paragraphs.h"

enum {
	BYLINES = 5,    /* paragraphs that "by Li Ming" may be one of */
	NAME_LEAST = 2, /* words of a name */
	NAME_MOST = 4,
};

/* Of names, in ASCII. */
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.'-"

/* ---- names ---- */

/* "Nhật Bắc", "Vugar Aghayev": words with a capital each, and no more. */
static int is_person(struct dl_job *job, const char *text)
{
	const char *ascii = text_ascii(job, text);
	int words = 0, small = 0;

	if (strlen(text) > BARE_BYTES || place_named(job, text) != NULL)
		return 0;
	for (; *ascii != '\0'; words++) {
		size_t len = strcspn(ascii, " ");

		if (len == 0 || *ascii < 'A' || *ascii > 'Z' ||
		    strspn(ascii, LETTERS) < len)
			return 0;
		small += len > 1 && ascii[1] >= 'a' && ascii[1] <= 'z';
		ascii += len + (ascii[len] == ' ');
	}
	return words >= NAME_LEAST && words <= NAME_MOST && small == words;
}

/* The bytes before what parts two names, and in *parts the bytes of that. */
static size_t name_len(const char *names, size_t *parts)
{
	static const char *const between[] = { " - ", " – ", ", ", " and ",
		" và ", " & ", "/", NULL };
	const char *at;
	int i;

	for (at = names; *at != '\0'; at++) {
		for (i = 0; between[i] != NULL; i++) {
			*parts = strlen(between[i]);
			if (begins(at, between[i]))
				return (size_t)(at - names);
		}
	}
	*parts = 0;
	return (size_t)(at - names);
}

/* How many persons the text names, if it has nothing else but agencies. */
static int names_count(struct dl_job *job, const char *names)
{
	size_t len, parts;
	int n = 0;

	for (; *names != '\0'; names += len + parts) {
		const char *name;

		len = name_len(names, &parts);
		name = job_copy(job, names, len);
		if (is_person(job, name))
			n++;
		else if (agency_named(job, name) == NULL)
			return 0;
	}
	return n;
}

/* Behind "By ", and what the persons are: "by Xinhua writers Li Ming". */
static const char *by_skip(const char *text)
{
	static const char *const by[] = { "By ", "by ", "BY ", NULL };
	static const char *const who[] = { "Xinhua writers ", "Xinhua writer ",
		"Xinhua correspondents ", "Xinhua correspondent ",
		"Xinhua reporters ", "Xinhua reporter ", NULL };
	const char *rest = skip_one_of(by, text), *names;

	if (rest == NULL)
		return NULL;
	names = skip_one_of(who, rest);
	return names != NULL ? names : rest;
}

/* "Hà Văn - Thu Giang", "By Thuy Dung", "Văn Giáp/BNEWS/TTXVN". */
static int names_take(struct paragraphs *story, const char *text)
{
	const char *names = by_skip(text);
	size_t len, parts;

	names = names != NULL ? names : text;
	if (strlen(names) > LINE_BYTES || names_count(story->job, names) == 0)
		return 0;
	for (; *names != '\0'; names += len + parts) {
		const struct agency *agency;
		const char *name;

		len = name_len(names, &parts);
		name = job_copy(story->job, names, len);
		agency = agency_named(story->job, name);
		if (agency != NULL)
			record_credit(story->job, story->record, agency->name);
		else
			record_author(story->job, story->record, name);
	}
	return 1;
}

static size_t reporter_len(const char *names)
{
	const char *next = strstr(names, "、");
	size_t len = strcspn(names, " ");

	return next != NULL && (size_t)(next - names) < len
	    ? (size_t)(next - names)
	    : len;
}

/* "新华社记者王其冰 单磊", a line of its own. */
static int reporters_take(struct paragraphs *story, const char *text)
{
	static const char who[] = "记者";
	const char *names = text;
	size_t len;

	if (strlen(text) > LINE_BYTES || ends_as_sentence(text) ||
	    agency_at(text, &len) == NULL || !begins(text + len, who))
		return 0;
	for (names += len + strlen(who); *names != '\0'; names += len) {
		names += strspn(names, " ");
		names += begins(names, "、") ? strlen("、") : 0;
		len = reporter_len(names);
		record_author(story->job, story->record,
		    job_copy(story->job, names, len));
	}
	return 1;
}

/* "Source: Xinhua", "Editor: huaxia", "【责任编辑:王萌】". */
static int is_label(struct paragraphs *story, const char *text)
{
	static const char *const leftovers[] = { "video playerclose",
		"video player close", "纠错", NULL };
	const char *rest;

	if (strlen(text) > LINE_BYTES || ends_as_sentence(text))
		return 0;
	rest = label_skip(text);
	if (rest == NULL)
		return is_one_of(leftovers, text_key(story->job, text));
	agencies_credit(story, cut(story->job, rest, rest + strlen(rest)));
	return 1;
}

/* The lines around a story that say who made it; names at its end are left to
   the sign-offs. */
static void lines_drop(struct paragraphs *story)
{
	size_t i;

	for (i = 0; i < story->n; i++) {
		const char **text = &story->texts[i];

		if (*text != NULL &&
		    (is_label(story, *text) || reporters_take(story, *text) ||
			(i < BYLINES && by_skip(*text) != NULL &&
			    names_take(story, *text))))
			*text = NULL;
	}
}

/*
 * A name alone: below the last sentence of a story, or below it and above what
 * says whose correspondent it is.
 */
static int is_name_below(struct paragraphs *story, const char **text)
{
	const char **above = paragraph_above(story, text);

	return above != NULL && ends_as_sentence(*above) &&
	    names_take(story, *text);
}

/* "AZERTAC's special correspondent", "AZƏRTAC-ın xüsusi müxbiri": over the
   name of a city, or with nothing below. */
static int is_correspondent(const char *text)
{
	static const char *const words[] = { "correspondent", "müxbiri",
		"корреспондент", NULL };
	int i;

	if (strlen(text) > BARE_BYTES || ends_as_sentence(text))
		return 0;
	for (i = 0; words[i] != NULL; i++) {
		if (strstr(text, words[i]) != NULL)
			return 1;
	}
	return 0;
}

/* The lines below a story that say who sent it, from the last one up. */
static int sender_drop(struct paragraphs *story, const char **last)
{
	const char **above = paragraph_above(story, last);

	if (is_correspondent(*last) || is_name_below(story, last)) {
		*last = NULL;
		return 1;
	}
	if (above == NULL || !is_correspondent(*above) ||
	    place_named(story->job, *last) == NULL)
		return 0;
	*last = *above = NULL;
	return 1;
}

static void senders_drop(struct paragraphs *story)
{
	const char **last = story->texts + story->n;

	while ((last = paragraph_above(story, last)) != NULL &&
	    sender_drop(story, last))
		;
}

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	struct paragraphs story = paragraphs_read(job, record);

	(void)page;
	lines_drop(&story);
	senders_drop(&story);
	paragraphs_write(&story, "without by-lines");
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "bylines",
	.version = "1.0",
	.about = "takes out the lines that say who made the story, and keeps "
		 "the names",
	.transform = transform,
};
