/*
 * Captions that stand among the paragraphs, and the credits of photographs at
 * the end of any caption.
 */
#include "extractors/paragraphs.h"

enum {
	CAPTION_BYTES = 1200, /* a longer one is the story */
	CREDIT_BYTES = 120,
	LONE_BYTES = 400, /* of a caption that has an agency for its credit */
};

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

struct captions {
	struct paragraphs *story;
	const char *open;   /* the caption before, if it had no credit */
	int is_behind_mark; /* of a photograph */
	size_t list_end;    /* of the list before: places are no captions */
};

/* The caption of a credit that is a paragraph of its own: the one before. */
static const char *caption_above(struct captions *captions, size_t i)
{
	struct paragraphs *story = captions->story;
	const char **text = &story->texts[i > 0 ? i - 1 : 0], *caption;

	if (i == 0 || *text == NULL || is_title(story, *text) ||
	    i == captions->list_end)
		return captions->open;
	if (ends_as_sentence(*text) || strlen(*text) > HEADLINE_BYTES)
		return NULL;
	caption = *text;
	*text = NULL;
	return caption;
}

/* A caption that has no credit is a line without a final stop. */
static int is_caption(const struct captions *captions, const char *text)
{
	if (strlen(text) > CAPTION_BYTES || ends_as_sentence(text))
		return 0;
	return captions->is_behind_mark ||
	    (strlen(text) <= BARE_BYTES &&
		is_one_of(illustrative, text_key(captions->story->job, text)));
}

static void caption_keep(struct captions *captions, size_t i)
{
	struct paragraphs *story = captions->story;
	const char *text = story->texts[i];
	struct credit credit = { .caption = text };

	if (!credit_find(story->job, text, &credit) &&
	    !is_caption(captions, text)) {
		captions->open = NULL;
		return;
	}
	if (*credit.caption == '\0')
		credit.caption = caption_above(captions, i);
	record_image(
	    story->job, story->record, NULL, credit.caption, credit.name);
	captions->open = credit.name == NULL ? credit.caption : NULL;
	story->texts[i] = NULL;
}

/* "Ảnh 2." and "<title>- Ảnh 2." stand where a photograph was. */
static int is_photo_mark(const struct paragraphs *story, const char *text)
{
	const char *key, *last, *word;
	size_t len;

	if (strlen(text) > TITLE_BYTES)
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

static void captions_take(struct paragraphs *story)
{
	struct captions captions = { .story = story };
	size_t i, end;

	for (i = 0; i < story->n; i++) {
		end = list_end(story, i);
		if (end > i)
			captions.list_end = end;
		if (i < captions.list_end || is_title(story, story->texts[i]))
			continue;
		if (is_photo_mark(story, story->texts[i])) {
			story->texts[i] = NULL;
			captions.is_behind_mark = 1;
			continue;
		}
		caption_keep(&captions, i);
		captions.is_behind_mark = 0;
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

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	struct paragraphs story = paragraphs_read(job, record);

	(void)page;
	images_credit(job, record);
	captions_take(&story);
	paragraphs_write(&story, "without captions");
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "captions",
	.version = "1.0",
	.about =
	    "takes captions out of the text, and reads credits of photographs",
	.transform = transform,
};
