/*
 * Captions that stand among the paragraphs, which of the record's images they
 * are of, and the credits of photographs at the end of any caption.
 */
#include "extractors/paragraphs.h"

enum {
	CAPTION_BYTES = 1200, /* a longer one is the story */
	CREDIT_BYTES = 120,
	LABEL_BYTES = 40,
	LONE_BYTES = 400, /* of a caption that has an agency for its credit */
	BESIDE = 1000,    /* images that each paragraph is compared with */
};

/* How sure it is that a text is a caption. */
enum { A_PARAGRAPH, BESIDE_AN_IMAGE, A_CAPTION };

/* ---- credits of photographs ---- */

/* What stands before a photographer's or agency's name at the end of a caption:
   in brackets, behind a dash or behind a full stop. */
static const char *const before_credit[] = { "Photo: ", "Photo:", "Photo : ",
	"Photos: ", "Photo by ", "Photo courtesy of ",
	"Ảnh: ", "Ảnh:", "Ảnh : ", "Nguồn ảnh: ", "Foto: ", "Фото: ", NULL };

/* In brackets also these. */
static const char *const before_source[] = {
	"Source: ", "Source:", "Nguồn: ", "Nguồn:", NULL
};

/* What is said of a photograph that shows nothing particular, as text_key() has
   it; before a colon and a name, too. */
static const char *const illustrative[] = { "illustration photo",
	"illustrative photo", "illustrative image", "illustration image",
	"photo for illustration", "photo for illustration purpose",
	"photo for illustrative purposes", "illustrative", "illustration",
	"file photo", "anh minh hoa", "hinh minh hoa", "anh tu lieu", NULL };

static const char *const openings[] = { " - ", " – ", " — ", ". ", NULL };

struct credit {
	int sure;         /* that it is one of a caption */
	const char *from; /* the caption ends here */
	const char *name;
	const char *caption;
};

/* "Photo: VNA", "Illustrative photo: VNA": what follows the label. */
static const char *credit_labelled(struct dl_job *job, const char *text)
{
	const char *name = skip_one_of(before_credit, text);
	const char *colon = strchr(text, ':');

	if (name != NULL || colon == NULL || colon - text > LABEL_BYTES ||
	    !is_one_of(illustrative, text_key(job, cut(job, text, colon))))
		return name;
	return colon + 1 + strspn(colon + 1, " ");
}

/* "Xinhua/Liu Weibing", beside an image also "Li Ming/Xinhua": an agency and
   somebody's name. "TTXVN/Vietnam+" is a sign-off. */
static int is_photographer(
    struct dl_job *job, const char *name, const struct credit *credit)
{
	const char *agency = credit->sure >= BESIDE_AN_IMAGE
	    ? name
	    : job_copy(job, name, strcspn(name, "/"));

	return strchr(name, '/') != NULL &&
	    agencies_in(job, agency, 0) != NULL &&
	    agencies_in(job, name, 1) == NULL;
}

/* "…, Jan. 5, 2025. (Xinhua)", "… (Str/Xinhua)", "… (WAM via Xinhua)": what is
   no caption yet has to say its day and year, as those under photographs do. */
static int is_lone_credit(struct dl_job *job, const char *text,
    const char *name, const struct credit *credit)
{
	const char *via = strstr(name, " via ");

	if (via != NULL)
		name = via + strlen(" via ");
	if (agencies_in(job, name, 0) == NULL ||
	    credit->from - text >= LONE_BYTES)
		return 0;
	return credit->sure == A_CAPTION ||
	    date_find(job, cut(job, text, credit->from), DL_FROM_TEXT, 0, NULL,
		NULL) != NULL;
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
	credit->name = credit_labelled(job, name);
	/* "… (Source: GSO)." is a sentence with its source. */
	if (credit->name == NULL && ends(text, text + strlen(text), ")"))
		credit->name = skip_one_of(before_source, name);
	if (credit->name == NULL &&
	    (is_photographer(job, name, credit) ||
		is_lone_credit(job, text, name, credit)))
		credit->name = name;
	space = credit->name == NULL ? NULL : strstr(credit->name, " /");
	if (space != NULL)
		credit->name = job_printf(job, "%.*s%s",
		    (int)(space - credit->name), credit->name, space + 1);
	return credit->name != NULL;
}

/* "Photo moit.gov.vn", beside an image also "Photo Việt Thanh". */
static int is_bare_name(
    struct dl_job *job, const char *name, const struct credit *credit)
{
	if (strchr(name, ' ') == NULL &&
	    (strchr(name, '.') != NULL || agencies_in(job, name, 1) != NULL))
		return 1;
	return credit->sure >= BESIDE_AN_IMAGE &&
	    ((*name >= 'A' && *name <= 'Z') || (unsigned char)*name >= 0x80);
}

/* "Photo: VGP", "Ảnh: An Bình/BNEWS", "VNA/VNS Photo Minh Thu", "Photo
   moit.gov.vn"; a sentence that begins so has its stop. */
static const char *credit_named(
    struct dl_job *job, const char *text, const struct credit *credit)
{
	static const char bare[] = "Photo ";
	const char *photo = strstr(text, " Photo");
	const char *name = credit_labelled(job, text);

	if (name != NULL || strlen(text) > BARE_BYTES || ends_as_sentence(text))
		return name;
	if (begins(text, bare) &&
	    is_bare_name(job, text + strlen(bare), credit))
		return text + strlen(bare);
	if (photo == NULL ||
	    agencies_in(job, cut(job, text, photo),
		credit->sure < BESIDE_AN_IMAGE) == NULL)
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
			    credit_named(job, at + strlen(openings[i]), credit);
			if (credit->name != NULL)
				return 1;
		}
	}
	return 0;
}

/* "… một buổi sáng Ảnh: VGP": nothing but a space is before the label. */
static int behind_space(
    struct dl_job *job, const char *text, struct credit *credit)
{
	const char *end = text + strlen(text);

	if (credit->sure < BESIDE_AN_IMAGE)
		return 0;
	for (credit->from = end; credit->from > text; credit->from--) {
		if (end - credit->from > CREDIT_BYTES)
			return 0;
		if (*credit->from != ' ')
			continue;
		credit->name = credit_labelled(job, credit->from + 1);
		if (credit->name != NULL)
			return 1;
	}
	return 0;
}

/* "新华社记者 王明", "新华社发": who took a photograph, or sent it. */
static int is_maker(const char *at, const char **end)
{
	static const char *const does[] = { "记者", "发", NULL };
	size_t len;

	if (agency_at(at, &len) == NULL)
		return 0;
	*end = skip_one_of(does, at + len);
	return *end != NULL;
}

/* The last maker before `end`, in reach of it. */
static const char *maker_before(
    const char *text, const char *end, const char **behind)
{
	const char *at;

	for (at = end; at > text && end - at < CREDIT_BYTES;) {
		if (is_maker(--at, behind))
			return at;
	}
	return NULL;
}

/* "…。新华社记者 王明 摄", "…（新华社记者王明摄）", "…。新华社发（李明 摄）",
   beside an image also "…（李明 摄）". */
static int in_chinese(
    struct dl_job *job, const char *text, struct credit *credit)
{
	static const char taken[] = "摄", open[] = "（", close[] = "）";
	const char *bracket = last_bracket(text, open, close);
	const char *end = text + strlen(text), *stop = end, *maker;
	const char *behind = NULL;

	if (bracket != NULL)
		stop -= strlen(close);
	if (!ends(text, stop, taken))
		return 0;
	stop -= strlen(taken);
	maker = maker_before(text, bracket != NULL ? bracket : stop, &behind);
	credit->from = maker;
	if (bracket == NULL) {
		credit->name = maker != NULL ? cut(job, maker, stop) : NULL;
	} else if (maker != NULL && behind == bracket) {
		credit->name = maker;
	} else {
		credit->from = bracket;
		credit->name = cut(job, bracket + strlen(open), stop);
		return credit->sure || strstr(credit->name, "记者") != NULL;
	}
	return credit->name != NULL;
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
	credit->from = text;
	credit->name = credit_labelled(job, text);
	return credit->name != NULL && strlen(text) <= BARE_BYTES &&
	    !ends_as_sentence(text);
}

static int credit_find(
    struct dl_job *job, const char *text, struct credit *credit)
{
	static int (*const finders[])(struct dl_job * job, const char *text,
	    struct credit *credit) = { is_all, in_brackets, behind_dash,
		behind_space, in_chinese, behind_chinese };
	size_t i;

	if (strlen(text) > CAPTION_BYTES)
		return 0;
	text = without_illustrative(job, text);
	for (i = 0; i < sizeof(finders) / sizeof(*finders); i++) {
		if (!finders[i](job, text, credit))
			continue;
		if (strlen(credit->name) > CREDIT_BYTES)
			break;
		credit->name = credit_trim(job, credit->name);
		credit->caption = cut(job, text, credit->from);
		return 1;
	}
	credit->name = NULL;
	return 0;
}

/* ---- images ---- */

struct beside { /* what stands beside an image that has no caption yet */
	const char *text, *url;
	struct beside *next;
};

/* Whether the record has this image, and nobody knows what it shows. */
static int is_bare(const struct dl_record *record, const char *url)
{
	const struct dl_image *image = record->images;

	while (image != NULL &&
	    (image->url == NULL || strcmp(image->url, url) != 0))
		image = image->next;
	return image != NULL && image->caption == NULL;
}

static int has_bare(const struct dl_record *record)
{
	const struct dl_image *image = record->images;

	while (image != NULL && (image->url == NULL || image->caption != NULL))
		image = image->next;
	return image != NULL;
}

static struct beside *beside_find(struct dl_job *job,
    const struct dl_page *page, const struct dl_record *record)
{
	struct beside *first = NULL, **end = &first;
	const struct dl_image *image;
	int n = 0;

	if (!has_bare(record) ||
	    strcmp(text_or(page->type, ""), "text/plain") == 0)
		return NULL;
	for (; page != NULL; page = page->next) {
		image = dom_images(job, dom_root(job, page), NULL);
		for (; image != NULL && n < BESIDE; image = image->next) {
			if (image->caption == NULL ||
			    !is_bare(record, image->url))
				continue;
			*end = job_alloc(job, sizeof(**end));
			(*end)->text = image->caption;
			(*end)->url = image->url;
			end = &(*end)->next;
			n++;
		}
	}
	return first;
}

/* The url of an image that the text stands beside; NULL if there is none, or
   if it has another caption by now. */
static const char *image_beside(const struct beside *beside,
    const struct dl_record *record, const char *text)
{
	for (; beside != NULL; beside = beside->next) {
		if (strcmp(beside->text, text) == 0 &&
		    is_bare(record, beside->url))
			return beside->url;
	}
	return NULL;
}

/* Captions that the source has found go to their images, and the credits off
   their ends. */
static void images_caption(
    struct dl_job *job, struct dl_record *record, const struct beside *beside)
{
	const struct dl_image *image;
	struct credit credit = { .sure = A_CAPTION };

	for (image = record->images; image != NULL; image = image->next) {
		const char *url = image->url == NULL
		    ? image_beside(beside, record, image->caption)
		    : NULL;

		if (url != NULL)
			record_image(
			    job, record, url, image->caption, image->credit);
	}
	for (image = record->images; image != NULL; image = image->next) {
		if (image->credit == NULL && image->caption != NULL &&
		    credit_find(job, image->caption, &credit))
			record_caption(
			    job, record, image, credit.caption, credit.name);
	}
}

/* ---- captions ---- */

struct captions {
	struct paragraphs *story;
	const struct beside *beside;
	const char *open;   /* the caption before, if it had no credit */
	int is_behind_mark; /* of a photograph */
	size_t list_end;    /* of the list before: places are no captions */
	size_t pictured;    /* paragraphs that went to an image, */
	size_t others;      /* and captions that went to none */
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

/* What the caption is of; the one of a credit below it stands beside it. */
static void caption_put(struct captions *captions, const char *url,
    const char *caption, const char *credit)
{
	struct paragraphs *story = captions->story;

	if (url == NULL && caption != NULL)
		url = image_beside(captions->beside, story->record, caption);
	record_image(story->job, story->record, url, caption, credit);
	captions->pictured += url != NULL;
	captions->others += url == NULL;
}

static void caption_keep(struct captions *captions, size_t i)
{
	struct paragraphs *story = captions->story;
	const char *text = story->texts[i];
	const char *url = image_beside(captions->beside, story->record, text);
	struct credit credit = { .caption = text,
		.sure = url != NULL ? BESIDE_AN_IMAGE : A_PARAGRAPH };

	if (!credit_find(story->job, text, &credit) &&
	    !is_caption(captions, text)) {
		captions->open = NULL;
		return;
	}
	if (*credit.caption == '\0')
		credit.caption = caption_above(captions, i);
	caption_put(captions, url, credit.caption, credit.name);
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

static void captions_take(struct captions *captions)
{
	struct paragraphs *story = captions->story;
	size_t i, end;

	for (i = 0; i < story->n; i++) {
		end = list_end(story, i);
		if (end > i)
			captions->list_end = end;
		if (i < captions->list_end || is_title(story, story->texts[i]))
			continue;
		if (is_photo_mark(story, story->texts[i])) {
			story->texts[i] = NULL;
			captions->is_behind_mark = 1;
			continue;
		}
		caption_keep(captions, i);
		captions->is_behind_mark = 0;
	}
}

/* A page of nothing but images and what stands beside them. */
static int is_gallery(const struct captions *captions)
{
	const struct paragraphs *story = captions->story;
	size_t i = 0;

	while (i < story->n && story->texts[i] == NULL)
		i++;
	return i == story->n && captions->pictured > 0 && captions->others == 0;
}

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	struct paragraphs story = paragraphs_read(job, record);
	struct captions captions = { .story = &story,
		.beside = beside_find(job, page, record) };

	images_caption(job, record, captions.beside);
	captions_take(&captions);
	if (is_gallery(&captions))
		return job_skip(job, "a gallery");
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
