/*
 * What stands among the paragraphs and is not the story: lists of places, the
 * title once more, captions, related headlines, sign-offs.
 */
#include <string.h>

#include "extractors/agencies.h"

enum {
	LIST_LEAST = 5,       /* paragraphs in a row that make a list */
	BULLET_WORDS = 4,     /* a longer one may belong to the story */
	CAPTION_BYTES = 1200, /* a longer one is the story */
	CREDIT_BYTES = 120,
	LONE_BYTES = 400, /* of a caption that has an agency for its credit */
	BARE_BYTES = 60,  /* of a credit without a colon */
	LINE_BYTES = 150, /* of one that says who made the story */
	BYLINES = 5,      /* paragraphs that "by Li Ming" may be one of */
	NAME_LEAST = 2,   /* words of a name */
	NAME_MOST = 4,
	HEADLINE_BYTES = 250,
	SIGN_BYTES = 60, /* what may stand behind the last dash */
	SIGNS = 4,       /* in a row at the end of a paragraph */
	SHORT = 200,     /* characters of a text that is doubted */
	SHORT_CHINESE = 60,
};

/* Of names, in ASCII. */
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.'-"

struct story {
	struct dl_job *job;
	struct dl_record *record;
	const char **paragraphs; /* NULL: gone */
	size_t n;
	const char *title;   /* as text_key() has it; "" if there is none */
	const char *caption; /* the paragraph before, if it had no credit */
};

/* ---- bytes and characters ---- */

static const char *cut(struct dl_job *job, const char *from, const char *end)
{
	while (end > from && (unsigned char)end[-1] <= ' ')
		end--;
	while (from < end && (unsigned char)*from <= ' ')
		from++;
	return job_copy(job, from, (size_t)(end - from));
}

static int begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static int ends(const char *text, const char *end, const char *with)
{
	size_t len = strlen(with);

	return (size_t)(end - text) >= len && memcmp(end - len, with, len) == 0;
}

static int ends_as_sentence(const char *text)
{
	static const char *const stops[] = { ".", "!", "?", ".\"", ".”", ".'",
		".)", "?”", "!”", "。", "！", "？", "。”", "…", ":", "；", ";",
		NULL };
	int i;

	for (i = 0; stops[i] != NULL; i++) {
		if (ends(text, text + strlen(text), stops[i]))
			return 1;
	}
	return 0;
}

/* ---- lists of places ---- */

static const char *bullet_skip(const char *text)
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

static int words_in(const char *text)
{
	int n = 0;

	while (*(text += strspn(text, " \t\n")) != '\0') {
		text += strcspn(text, " \t\n");
		n++;
	}
	return n;
}

static int is_of_list(struct dl_job *job, const char *paragraph)
{
	const char *bare = bullet_skip(paragraph);

	if (bare != NULL && words_in(bare) <= BULLET_WORDS)
		return 1;
	return place_named(job, paragraph) != NULL;
}

static void lists_drop(struct story *story)
{
	const char **first = story->paragraphs, **last = first;
	const char **end = first + story->n;

	for (; first < end; first = ++last) {
		while (last < end && is_of_list(story->job, *last))
			last++;
		if (last - first >= LIST_LEAST)
			memset(
			    first, 0, (size_t)(last - first) * sizeof(*first));
		if (last == end)
			return;
	}
}

/* ---- credits of photographs ---- */

/* What stands before a photographer's or agency's name at the end of a caption:
   in brackets, behind a dash or behind a full stop. */
static const char *const before_credit[] = { "Photo: ", "Photo:", "Photo : ",
	"Photos: ", "Photo by ", "Photo courtesy of ",
	"Ảnh: ", "Ảnh:", "Ảnh : ", "Ảnh minh họa: ", "Ảnh minh hoạ: ",
	"Nguồn ảnh: ", "Foto: ", "Фото: ", NULL };

/* In brackets also these. */
static const char *const before_source[] = {
	"Source: ", "Source:", "Nguồn: ", "Nguồn:", NULL
};

/* What a photograph shows nothing particular with, as text_key() has it. */
static const char *const illustrative[] = { "illustration photo",
	"illustrative photo", "illustrative image", "illustration image",
	"photo for illustration", "photo for illustration purpose",
	"photo for illustrative purposes", "illustrative", "illustration",
	"file photo", "anh minh hoa", "hinh minh hoa", NULL };

static const char *const openings[] = { " - ", " – ", " — ", ". ", NULL };

struct credit {
	const char *from; /* the caption ends here */
	const char *name;
	const char *caption;
};

/* Where the last `(` of the text opens a bracket that closes its end. */
static const char *last_bracket(
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
		if ((size_t)(end - at) > CREDIT_BYTES)
			return NULL;
	}
	return NULL;
}

/* What follows one of the labels, a NULL-ended row; NULL if the text has none
   of them. */
static const char *skip_one_of(const char *const *labels, const char *text)
{
	for (; *labels != NULL; labels++) {
		if (begins(text, *labels))
			return text + strlen(*labels);
	}
	return NULL;
}

static int is_one_of(const char *const *keys, const char *key)
{
	while (*keys != NULL && strcmp(*keys, key) != 0)
		keys++;
	return *keys != NULL;
}

/* "Xinhua/Liu Weibing": an agency and somebody's name. "TTXVN/Vietnam+" is a
   sign-off. */
static int is_photographer(struct dl_job *job, const char *name)
{
	return strchr(name, '/') != NULL &&
	    agencies_in(job, job_copy(job, name, strcspn(name, "/")), 1) !=
	    NULL &&
	    agencies_in(job, name, 1) == NULL;
}

/* "…, Jan. 5, 2025. (Xinhua)", "… (Str/Xinhua)", "… (WAM via Xinhua)": behind a
   sentence that says its day and year, as those under photographs do. */
static int is_lone_credit(
    struct dl_job *job, const char *text, const char *from, const char *name)
{
	const char *via = strstr(name, " via ");

	if (via != NULL)
		name = via + strlen(" via ");
	return agencies_in(job, name, 0) != NULL && from - text < LONE_BYTES &&
	    date_find(job, cut(job, text, from), DL_FROM_TEXT, 0, NULL, NULL) !=
	    NULL;
}

/* "(Photo: VNA) - illustrative": the text without what stands behind. */
static const char *without_illustrative(struct dl_job *job, const char *text)
{
	const char *close = strrchr(text, ')');

	if (close == NULL || close[1] == '\0' ||
	    !is_one_of(illustrative, text_key(job, close + 1)))
		return text;
	return job_copy(job, text, (size_t)(close + 1 - text));
}

/* "(Photo: VNA)", "(Photo by Li Ming /Xinhua)", "(Xinhua/Liu Weibing)". */
static int in_brackets(
    struct dl_job *job, const char *text, struct credit *credit)
{
	const char *from = last_bracket(text, "(", ")"), *name, *space;

	if (from == NULL)
		return 0;
	credit->from = from;
	name = cut(job, from + 1, from + strcspn(from, ")"));
	credit->name = skip_one_of(before_credit, name);
	/* "… (Source: GSO)." is a sentence with its source. */
	if (credit->name == NULL && ends(text, text + strlen(text), ")"))
		credit->name = skip_one_of(before_source, name);
	if (credit->name == NULL &&
	    (is_photographer(job, name) ||
		is_lone_credit(job, text, from, name)))
		credit->name = name;
	space = credit->name == NULL ? NULL : strstr(credit->name, " /");
	if (space != NULL)
		credit->name = job_printf(job, "%.*s%s",
		    (int)(space - credit->name), credit->name, space + 1);
	return credit->name != NULL;
}

/* "Photo: VGP", "Ảnh: An Bình/BNEWS", "VNA/VNS Photo Minh Thu", "Photo
   moit.gov.vn"; a sentence that begins so has its stop. */
static const char *credit_named(struct dl_job *job, const char *text)
{
	static const char bare[] = "Photo ";
	const char *photo = strstr(text, " Photo");
	const char *name = skip_one_of(before_credit, text);

	if (name != NULL || strlen(text) > BARE_BYTES || ends_as_sentence(text))
		return name;
	if (begins(text, bare) && !strchr(text + strlen(bare), ' ') &&
	    (strchr(text, '.') != NULL ||
		agencies_in(job, text + strlen(bare), 1) != NULL))
		return text + strlen(bare);
	if (photo == NULL || agencies_in(job, cut(job, text, photo), 1) == NULL)
		return NULL;
	return text;
}

/* Without the stop that ends the caption; "A. B." may be somebody's name. */
static const char *credit_trim(struct dl_job *job, const char *name)
{
	const char *end = name + strlen(name);

	if (end - name < 3 || end[-1] != '.' || end[-3] == ' ' ||
	    end[-3] == '.')
		return name;
	return job_copy(job, name, (size_t)(end - 1 - name));
}

/* A credit behind a dash or a full stop, near the end. */
static int behind_dash(
    struct dl_job *job, const char *text, struct credit *credit)
{
	const char *end = text + strlen(text), *at;
	int i;

	for (at = end; at > text && end - at < CREDIT_BYTES; at--) {
		for (i = 0; openings[i] != NULL; i++) {
			if (!begins(at, openings[i]))
				continue;
			credit->from = at + (*at == '.');
			credit->name =
			    credit_named(job, at + strlen(openings[i]));
			if (credit->name != NULL)
				return 1;
		}
	}
	return 0;
}

/* "…。新华社记者 王明 摄", "…（新华社记者王明摄）". */
static int in_chinese(
    struct dl_job *job, const char *text, struct credit *credit)
{
	static const char who[] = "记者", taken[] = "摄";
	const char *from = last_bracket(text, "（", "）"), *end, *at;
	const char *name = from;
	size_t len;

	end = text + strlen(text);
	if (from != NULL) {
		name = from + strlen("（");
		end -= strlen("）");
	}
	if (!ends(text, end, taken))
		return 0;
	end -= strlen(taken);
	for (at = end; name == NULL && at > text && end - at < CREDIT_BYTES;
	     at--) {
		if (agency_at(at, &len) != NULL && begins(at + len, who))
			name = at;
	}
	if (name == NULL || strstr(name, who) == NULL)
		return 0;
	credit->from = from != NULL ? from : name;
	credit->name = cut(job, name, end);
	return 1;
}

/* "…。图自越通社", "…（图片来源：新华网）". */
static int behind_chinese(
    struct dl_job *job, const char *text, struct credit *credit)
{
	static const char *const labels[] = { "图自", "图片来源：", "图源：",
		NULL };
	const char *end = text + strlen(text), *at;

	for (at = end; at > text && end - at < CREDIT_BYTES;) {
		at--;
		credit->name = skip_one_of(labels, at);
		if (credit->name == NULL)
			continue;
		credit->from = at;
		if (at - text >= 3 && ends(text, at, "（")) {
			credit->from -= strlen("（");
			credit->name = job_copy(
			    job, credit->name, strcspn(credit->name, "）"));
		}
		return *credit->name != '\0' && !ends_as_sentence(text);
	}
	return 0;
}

/* All of the text: "Photo: VNA", below its caption or in place of one. */
static int is_all(struct dl_job *job, const char *text, struct credit *credit)
{
	(void)job;
	credit->from = text;
	credit->name = skip_one_of(before_credit, text);
	return credit->name != NULL && strlen(text) <= BARE_BYTES &&
	    !ends_as_sentence(text);
}

static int credit_find(
    struct dl_job *job, const char *text, struct credit *credit)
{
	static int (*const finders[])(struct dl_job * job, const char *text,
	    struct credit *credit) = { is_all, in_brackets, behind_dash,
		in_chinese, behind_chinese };
	size_t i;

	if (strlen(text) > CAPTION_BYTES)
		return 0;
	text = without_illustrative(job, text);
	for (i = 0; i < sizeof(finders) / sizeof(*finders); i++) {
		if (!finders[i](job, text, credit))
			continue;
		credit->name = credit_trim(job, credit->name);
		credit->caption = cut(job, text, credit->from);
		return strlen(credit->name) <= CREDIT_BYTES;
	}
	return 0;
}

/* ---- captions ---- */

/* The caption of a credit that is a paragraph of its own: the one before. */
static const char *caption_above(struct story *story, size_t i)
{
	const char **text = &story->paragraphs[i > 0 ? i - 1 : 0], *caption;

	if (i == 0 || *text == NULL)
		return story->caption;
	if (ends_as_sentence(*text) || strlen(*text) > HEADLINE_BYTES)
		return NULL;
	caption = *text;
	*text = NULL;
	return caption;
}

/* A caption that has no credit is a line without a final stop. */
static int is_caption(struct story *story, const char *text, int is_behind_mark)
{
	if (strlen(text) > CAPTION_BYTES || ends_as_sentence(text))
		return 0;
	return is_behind_mark ||
	    (strlen(text) <= BARE_BYTES &&
		is_one_of(illustrative, text_key(story->job, text)));
}

static void caption_keep(struct story *story, size_t i, int is_behind_mark)
{
	const char *text = story->paragraphs[i];
	struct credit credit = { .caption = text };

	if (!credit_find(story->job, text, &credit) &&
	    !is_caption(story, text, is_behind_mark)) {
		story->caption = NULL;
		return;
	}
	if (*credit.caption == '\0')
		credit.caption = caption_above(story, i);
	record_image(
	    story->job, story->record, NULL, credit.caption, credit.name);
	story->caption = credit.name == NULL ? credit.caption : NULL;
	story->paragraphs[i] = NULL;
}

/* "Ảnh 2." and "<title>- Ảnh 2." stand where a photograph was. */
static int is_photo_mark(struct story *story, const char *text)
{
	const char *key, *last, *word;
	size_t len;

	if (strlen(text) > HEADLINE_BYTES * 2)
		return 0;
	key = text_key(story->job, text);
	last = strrchr(key, ' ');
	if (last == NULL || strspn(last + 1, "0123456789") != strlen(last + 1))
		return 0;
	for (word = last; word > key && word[-1] != ' ';)
		word--;
	len = (size_t)(last - word);
	if ((len != 3 || strncmp(word, "anh", 3) != 0) &&
	    (len != 5 || strncmp(word, "photo", 5) != 0))
		return 0;
	return word == key ||
	    (*story->title != '\0' && begins(key, story->title)) ||
	    strstr(text, "- Ảnh ") != NULL || strstr(text, "- Photo ") != NULL;
}

static void captions_take(struct story *story)
{
	int is_behind_mark = 0;
	size_t i;

	for (i = 0; i < story->n; i++) {
		if (story->paragraphs[i] == NULL)
			continue;
		if (is_photo_mark(story, story->paragraphs[i])) {
			story->paragraphs[i] = NULL;
			is_behind_mark = 1;
			continue;
		}
		caption_keep(story, i, is_behind_mark);
		is_behind_mark = 0;
	}
}

/* Captions that the source has found already still have the credit in them. */
static void images_credit(struct dl_job *job, struct dl_record *record)
{
	const struct dl_image *image = record->images;
	struct credit credit;

	for (; image != NULL; image = image->next) {
		if (image->credit == NULL && image->caption != NULL &&
		    credit_find(job, image->caption, &credit))
			record_image(job, record, image->url, image->caption,
			    credit.name);
	}
}

/* ---- the title once more, related headlines ---- */

static void titles_drop(struct story *story)
{
	size_t i;

	for (i = 0; i < story->n; i++) {
		if (story->paragraphs[i] != NULL && *story->title != '\0' &&
		    strlen(story->paragraphs[i]) <= HEADLINE_BYTES * 2 &&
		    strcmp(text_key(story->job, story->paragraphs[i]),
			story->title) == 0)
			story->paragraphs[i] = NULL;
	}
}

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

static void related_drop(struct story *story)
{
	int in_box = 0;
	const char *rest;
	size_t i;

	for (i = 0; i < story->n; i++) {
		const char **text = &story->paragraphs[i];

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

/* ---- who wrote it ---- */

static int agencies_credit(struct story *story, const char *text)
{
	const struct dl_list *name = agencies_in(story->job, text, 1);

	if (name == NULL)
		return 0;
	for (; name != NULL; name = name->next)
		record_credit(story->job, story->record, name->text);
	return 1;
}

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
static int names_take(struct story *story, const char *text)
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
static int reporters_take(struct story *story, const char *text)
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
static int is_label(struct story *story, const char *text)
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
static void lines_drop(struct story *story)
{
	size_t i;

	for (i = 0; i < story->n; i++) {
		const char **text = &story->paragraphs[i];

		if (*text != NULL &&
		    (is_label(story, *text) || reporters_take(story, *text) ||
			(i < BYLINES && by_skip(*text) != NULL &&
			    names_take(story, *text))))
			*text = NULL;
	}
}

/* ---- sign-offs ---- */

/* At the end of a story, alone or glued to its last sentence. */
static const char *const end_marks[] = { "Enditem", "enditem", "■", "（完）",
	"(完)", "【完】", "(End)", NULL };

static const char *mark_drop(struct story *story, const char *text)
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

/* The same of the last stop: "… next week. VNS", "… next week.-VNA". */
static const char *last_stop(const char *text, size_t *len)
{
	const char *end = text + strlen(text), *at;

	for (at = end; at > text && end - at < SIGN_BYTES; at--) {
		*len = strspn(at, " -");
		if (*len > 0 &&
		    (strchr(".!?\"", at[-1]) != NULL || ends(text, at, "”")))
			return at;
	}
	return NULL;
}

/* "VNA", " (TTXVN/Vietnam+)", " — VNA/VNS": agencies and nothing else. */
static const char *agencies_drop(struct story *story, const char *text)
{
	const char *end = text + strlen(text), *from;
	size_t len = 0;

	if (agencies_credit(story, text))
		return "";
	from = last_bracket(text, "(", ")");
	if (from != NULL &&
	    agencies_credit(
		story, cut(story->job, from + 1, from + strcspn(from, ")"))))
		return cut(story->job, text, from);
	from = last_dash(text, &len);
	if (from != NULL &&
	    agencies_credit(story, cut(story->job, from + len, end)))
		return cut(story->job, text, from);
	from = last_stop(text, &len);
	if (from != NULL &&
	    agencies_credit(story, cut(story->job, from + len, end)))
		return cut(story->job, text, from);
	return NULL;
}

/* "…next week./. (TTXVN/Vietnam+) ■": from the end, sign by sign. */
static const char *signs_drop(struct story *story, const char *text)
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

/* The paragraph before; NULL if there is none that stays. */
static const char **paragraph_above(struct story *story, const char **text)
{
	while (text > story->paragraphs) {
		text--;
		if (*text != NULL)
			return text;
	}
	return NULL;
}

/*
 * A name alone: below the last sentence of a story, or below it and above what
 * says whose correspondent it is.
 */
static int is_name_below(struct story *story, const char **text)
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
static int sender_drop(struct story *story, const char **last)
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

static void sign_offs_drop(struct story *story)
{
	const char **last = story->paragraphs + story->n;

	while ((last = paragraph_above(story, last)) != NULL) {
		if (sender_drop(story, last))
			continue;
		*last = signs_drop(story, *last);
		if (*last != NULL && !sender_drop(story, last))
			return;
	}
}

/* ---- the record ---- */

/* Too little to be a story: characters are counted, Chinese says more with one.
 */
static int is_short(const char *text)
{
	size_t n = 0, chinese = 0;

	for (; *text != '\0'; text++) {
		n += ((unsigned char)*text & 0xc0) != 0x80;
		chinese += (unsigned char)*text >= 0xe3 &&
		    (unsigned char)*text <= 0xe9;
	}
	return n < (chinese * 2 > n ? SHORT_CHINESE : SHORT);
}

static struct story story_read(struct dl_job *job, struct dl_record *record)
{
	struct story story = { .job = job, .record = record };
	const struct dl_list *first = text_paragraphs(job, record->text), *one;

	for (one = first; one != NULL; one = one->next)
		story.n++;
	story.paragraphs =
	    job_alloc(job, (story.n + 1) * sizeof(*story.paragraphs));
	story.n = 0;
	for (one = first; one != NULL; one = one->next)
		story.paragraphs[story.n++] = one->text;
	story.title = text_or(text_key(job, record->title), "");
	return story;
}

static void story_write(struct story *story)
{
	const struct dl_list *kept = NULL;
	const char *text;
	size_t i;

	for (i = 0; i < story->n; i++) {
		if (story->paragraphs[i] != NULL)
			text_append(story->job, &kept, story->paragraphs[i]);
	}
	text = text_join(story->job, kept);
	record_set(story->job, story->record, DL_TEXT, text, DL_FROM_RULE,
	    "without boilerplate");
	if (text == NULL || is_short(text))
		record_doubt(story->job, story->record, "short");
}

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	struct story story = story_read(job, record);

	(void)page;
	lists_drop(&story);
	titles_drop(&story);
	images_credit(job, record);
	captions_take(&story);
	related_drop(&story);
	lines_drop(&story);
	sign_offs_drop(&story);
	story_write(&story);
	if (record->title == NULL)
		record_doubt(job, record, "no-title");
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "boilerplate",
	.version = "1.0",
	.about = "takes out what is not the story, and keeps its captions",
	.transform = transform,
};
