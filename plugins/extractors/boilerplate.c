/*
 * What stands among the paragraphs and is not the story: lists of places, the
 * title once more, related headlines, sign-offs.
 */
#include "extractors/paragraphs.h"

enum {
	SIGN_BYTES = 60, /* what may stand behind the last dash */
	SIGNS = 4,       /* in a row at the end of a paragraph */
	LINES_BELOW = 6, /* such as names, below the paragraph with the signs */
};

/* ---- lists of places, the title once more ---- */

static void lists_drop(struct paragraphs *story)
{
	size_t i, end;

	for (i = 0; i < story->n; i++) {
		for (end = list_end(story, i); i < end; i++)
			story->texts[i] = NULL;
	}
}

static void titles_drop(struct paragraphs *story)
{
	size_t i;

	for (i = 0; i < story->n; i++) {
		if (story->texts[i] != NULL && is_title(story, story->texts[i]))
			story->texts[i] = NULL;
	}
}

/* ---- related headlines ---- */

/* Over boxes of other stories, as text_key() has them. */
static const char *const related[] = { "tham khao them", "xem them", "doc them",
	"tin lien quan", "bai lien quan", "read also", "read more", "see also",
	"related news", "related stories", "related story", "related articles",
	"oxsar xeberler", "elaqeli xeberler", "相关新闻", "延伸阅读",
	"читайте также", NULL };

/* The label is all of the paragraph: headlines follow in those below it. */
static const char *related_label(struct dl_job *job, const char *text)
{
	const char *key;
	size_t len;
	int i;

	if (strlen(text) > HEADLINE_BYTES)
		return NULL;
	key = text_key(job, text);
	for (i = 0; related[i] != NULL; i++) {
		len = strlen(related[i]);
		if (strncmp(key, related[i], len) == 0 &&
		    (key[len] == '\0' || strchr(text, ':') != NULL))
			return key + len;
	}
	return NULL;
}

static int is_headline(const char *text)
{
	return strlen(text) <= HEADLINE_BYTES && !ends_as_sentence(text);
}

static void related_drop(struct paragraphs *story)
{
	int in_box = 0;
	const char *rest;
	size_t i;

	for (i = 0; i < story->n; i++) {
		const char **text = &story->texts[i];

		if (*text == NULL)
			continue;
		rest = related_label(story->job, *text);
		if (rest != NULL)
			in_box = *rest == '\0';
		else if (!begins(*text, ">>") &&
		    !(in_box && is_headline(*text)))
			in_box = 0;
		else
			rest = "";
		if (rest != NULL)
			*text = NULL;
	}
}

/* ---- sign-offs ---- */

/* At the end of a story, alone or glued to its last sentence. */
static const char *const end_marks[] = { "Enditem", "enditem", "■", "（完）",
	"(完)", "【完】", "(End)", NULL };

static const char *mark_drop(struct paragraphs *story, const char *text)
{
	const char *end = text + strlen(text);
	int i;

	for (i = 0; end_marks[i] != NULL; i++) {
		if (ends(text, end, end_marks[i]))
			return cut(
			    story->job, text, end - strlen(end_marks[i]));
	}
	if (ends(text, end, "./."))
		return cut(story->job, text, end - 2);
	if (ends(text, end, "/."))
		return job_printf(
		    story->job, "%.*s.", (int)(end - text) - 2, text);
	return NULL;
}

static int ends_in(const char *text, const char *end, const char *const *stops)
{
	for (; *stops != NULL; stops++) {
		if (ends(text, end, *stops))
			return 1;
	}
	return 0;
}

/* The last dash of the text, if it is near the end; in *len its bytes. */
static const char *last_dash(const char *text, size_t *len)
{
	static const char *const dashes[] = { "—", "–", " - ", "--", NULL };
	const char *end = text + strlen(text), *at;
	int i;

	for (at = end; at > text && end - at < SIGN_BYTES; at--) {
		for (i = 0; dashes[i] != NULL; i++) {
			*len = strlen(dashes[i]);
			if (begins(at, dashes[i]))
				return at;
		}
	}
	return NULL;
}

/* The same of the last stop: "… next week. VNA", "… next week.-VNA"; behind
   what ends more than a sentence there need be nothing: "…./.VNA". */
static const char *last_stop(const char *text, size_t *len)
{
	static const char *const stops[] = { ".", "!", "?", "\"", "”", NULL };
	static const char *const ends_all[] = { "/.", "。", "！", "？", "）",
		NULL };
	const char *end = text + strlen(text), *at;

	for (at = end; at > text && end - at < SIGN_BYTES; at--) {
		*len = strspn(at, " -");
		if ((*len > 0 && ends_in(text, at, stops)) ||
		    ends_in(text, at, ends_all))
			return at;
	}
	return NULL;
}

/* "VNA", "Theo TTXVN", "VNA/VNS": agencies and nothing else. */
static int sign_credit(struct paragraphs *story, const char *text)
{
	static const char *const leads[] = { "Theo ", "theo ",
		"Nguồn: ", "Nguồn ", "Source: ", "Source : ", "Fuente: ",
		"Источник: ", "По материалам ", "据", "来源：", "图自",
		"图源：", NULL };
	const char *rest = skip_one_of(leads, text);

	return agencies_credit(story, rest != NULL ? rest : text);
}

/* "VNA", " (TTXVN/Vietnam+)", " — VNA/VNS" at the end. */
static const char *agencies_drop(struct paragraphs *story, const char *text)
{
	static const struct {
		const char *open, *close;
	} brackets[] = { { "(", ")" }, { "（", "）" }, { "[", "]" } };
	static const char *(*const last[])(
	    const char *text, size_t *len) = { last_dash, last_stop };
	const char *end = text + strlen(text), *from;
	size_t i, len = 0;

	if (sign_credit(story, text))
		return "";
	for (i = 0; i < sizeof(brackets) / sizeof(*brackets); i++) {
		const char *inside;

		from = last_bracket(text, brackets[i].open, brackets[i].close);
		if (from == NULL)
			continue;
		inside = from + strlen(brackets[i].open);
		if (sign_credit(story,
			cut(story->job, inside,
			    strstr(inside, brackets[i].close))))
			return cut(story->job, text, from);
	}
	for (i = 0; i < sizeof(last) / sizeof(*last); i++) {
		from = last[i](text, &len);
		if (from != NULL &&
		    sign_credit(story, cut(story->job, from + len, end)))
			return cut(story->job, text, from);
	}
	return NULL;
}

/* "…next week./. (TTXVN/Vietnam+) ■": from the end, sign by sign. */
static const char *signs_drop(struct paragraphs *story, const char *text)
{
	const char *rest;
	int n;

	for (n = 0; n < SIGNS; n++) {
		rest = mark_drop(story, text);
		if (rest == NULL)
			rest = agencies_drop(story, text);
		if (rest == NULL)
			break;
		text = rest;
	}
	return *text == '\0' ? NULL : text;
}

/* Of the last paragraphs, past the lines that say who sent the story. */
static void sign_offs_drop(struct paragraphs *story)
{
	const char **last = story->texts + story->n;
	int lines = 0;

	while (lines <= LINES_BELOW &&
	    (last = paragraph_above(story, last)) != NULL) {
		*last = signs_drop(story, *last);
		if (*last == NULL)
			continue;
		if (strlen(*last) > LINE_BYTES || ends_as_sentence(*last))
			return;
		lines++;
	}
}

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	struct paragraphs story = paragraphs_read(job, record);

	(void)page;
	lists_drop(&story);
	titles_drop(&story);
	related_drop(&story);
	sign_offs_drop(&story);
	paragraphs_write(&story, "without boilerplate");
	if (record->title == NULL)
		record_doubt(job, record, "no-title");
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "boilerplate",
	.version = "1.0",
	.about = "takes out what is not the story",
	.transform = transform,
};
