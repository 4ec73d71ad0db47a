/*
 * A text by its paragraphs, for extractors that take some of them out: reading
 * them, looking at how they begin and end, and writing back what is left.
 */
#ifndef PARAGRAPHS_H
#define PARAGRAPHS_H

#include <string.h>

#include "extractors/agencies.h"

enum {
	BARE_BYTES = 60,  /* of a credit without a colon, or a name */
	LINE_BYTES = 150, /* of one that says who made the story */
	HEADLINE_BYTES = 250,
	TITLE_BYTES = 500,
	BRACKET_BYTES = 120, /* of a name in brackets at the end */
	LIST_LEAST = 5,      /* paragraphs in a row that make a list */
	BULLET_WORDS = 4,    /* a longer one may belong to the story */
	SHORT = 200,         /* characters of a text that is doubted */
	SHORT_CHINESE = 60,
};

struct paragraphs {
	struct dl_job *job;
	struct dl_record *record;
	const char **texts; /* NULL: gone */
	size_t n;
	const char *title; /* as text_key() has it; "" if there is none */
};

/* ---- bytes and characters ---- */

static inline const char *cut(
    struct dl_job *job, const char *from, const char *end)
{
	while (end > from && (unsigned char)end[-1] <= ' ')
		end--;
	while (from < end && (unsigned char)*from <= ' ')
		from++;
	return job_copy(job, from, (size_t)(end - from));
}

static inline int begins(const char *text, const char *with)
{
	while (*with != '\0' && *text == *with) {
		text++;
		with++;
	}
	return *with == '\0';
}

static inline int ends(const char *text, const char *end, const char *with)
{
	size_t len = strlen(with);

	return (size_t)(end - text) >= len && memcmp(end - len, with, len) == 0;
}

static inline int ends_as_sentence(const char *text)
{
	static const char *const stops[] = { ".", "!", "?", ".\"", ".”", ".'",
		".)", "?”", "!”", "。", "！", "？", "。”", "…", ":", "；", ";",
		NULL };
	const char *end = text + strlen(text);
	int i;

	for (i = 0; stops[i] != NULL; i++) {
		if (ends(text, end, stops[i]))
			return 1;
	}
	return 0;
}

/* What follows one of the labels, a NULL-ended row; NULL if the text has none
   of them. */
static inline const char *skip_one_of(
    const char *const *labels, const char *text)
{
	for (; *labels != NULL; labels++) {
		if (begins(text, *labels))
			return text + strlen(*labels);
	}
	return NULL;
}

static inline int is_one_of(const char *const *keys, const char *key)
{
	while (*keys != NULL && strcmp(*keys, key) != 0)
		keys++;
	return *keys != NULL;
}

/* Where the last `(` of the text opens a bracket that closes its end. */
static inline const char *last_bracket(
    const char *text, const char *open, const char *close)
{
	const char *end = text + strlen(text), *at;

	if (end > text && end[-1] == '.')
		end--;
	if (!ends(text, end, close))
		return NULL;
	for (at = end - strlen(close); at > text; at--) {
		if (begins(at, open))
			return at;
		if ((size_t)(end - at) > BRACKET_BYTES)
			return NULL;
	}
	return NULL;
}

/* ---- paragraphs ---- */

/* Whether a paragraph is the title once more. Nearly all are told from it by
   their first word. */
static inline int is_title(const struct paragraphs *story, const char *text)
{
	struct dl_job *job = story->job;
	const char *word = job_copy(job, text, strcspn(text, " "));

	return *story->title != '\0' && strlen(text) <= TITLE_BYTES &&
	    begins(story->title, text_key(job, word)) &&
	    strcmp(text_key(job, text), story->title) == 0;
}

/* The paragraph before; NULL if there is none that stays. */
static inline const char **paragraph_above(
    const struct paragraphs *story, const char **text)
{
	while (text > story->texts) {
		text--;
		if (*text != NULL)
			return text;
	}
	return NULL;
}

/* Whether the text is a row of agencies, which the story then comes from. */
static inline int agencies_credit(struct paragraphs *story, const char *text)
{
	const struct dl_list *name = agencies_in(story->job, text, 1);

	if (name == NULL)
		return 0;
	for (; name != NULL; name = name->next)
		record_credit(story->job, story->record, name->text);
	return 1;
}

/* ---- lists of places ---- */

static inline const char *bullet_skip(const char *text)
{
	static const char *const bullets[] = { "•", "·", "●", "▪", "* ", "- ",
		NULL };
	int i;

	for (i = 0; bullets[i] != NULL; i++) {
		if (begins(text, bullets[i]))
			return text + strlen(bullets[i]);
	}
	return NULL;
}

static inline int words_in(const char *text)
{
	int n = 0;

	while (*(text += strspn(text, " \t\n")) != '\0') {
		text += strcspn(text, " \t\n");
		n++;
	}
	return n;
}

static inline int is_of_list(struct dl_job *job, const char *paragraph)
{
	const char *bare = bullet_skip(paragraph);

	if (bare != NULL && words_in(bare) <= BULLET_WORDS)
		return 1;
	return place_named(job, paragraph) != NULL;
}

/* Where a list ends that begins with this paragraph; here, if none does. */
static inline size_t list_end(const struct paragraphs *story, size_t i)
{
	size_t end = i;

	while (end < story->n && story->texts[end] != NULL &&
	    is_of_list(story->job, story->texts[end]))
		end++;
	return end - i >= LIST_LEAST ? end : i;
}

/* ---- the record ---- */

/* Too little to be a story: characters are counted, Chinese says more with one.
 */
static inline int is_short(const char *text)
{
	size_t n = 0, chinese = 0;

	for (; *text != '\0'; text++) {
		n += ((unsigned char)*text & 0xc0) != 0x80;
		chinese += (unsigned char)*text >= 0xe3 &&
		    (unsigned char)*text <= 0xe9;
	}
	return n < (chinese * 2 > n ? SHORT_CHINESE : SHORT);
}

static inline struct paragraphs paragraphs_read(
    struct dl_job *job, struct dl_record *record)
{
	struct paragraphs story = { .job = job, .record = record };
	const struct dl_list *first = text_paragraphs(job, record->text), *one;

	for (one = first; one != NULL; one = one->next)
		story.n++;
	story.texts = job_alloc(job, (story.n + 1) * sizeof(*story.texts));
	story.n = 0;
	for (one = first; one != NULL; one = one->next)
		story.texts[story.n++] = one->text;
	story.title = text_or(text_key(job, record->title), "");
	return story;
}

/* What is left; where nothing is, the text stays as it was. */
static inline void paragraphs_write(struct paragraphs *story, const char *how)
{
	const struct dl_list *kept = NULL;
	const char *text;
	size_t i;

	for (i = 0; i < story->n; i++) {
		if (story->texts[i] != NULL)
			text_append(story->job, &kept, story->texts[i]);
	}
	text = text_join(story->job, kept);
	record_set(story->job, story->record, DL_TEXT, text, DL_FROM_RULE, how);
	if (text == NULL || is_short(text))
		record_doubt(story->job, story->record, "short");
}

#endif
