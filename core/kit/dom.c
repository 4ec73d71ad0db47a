/*
 * The page as a tree, by gumbo.
 *
 * Gumbo's nodes are the arena's, so gumbo_destroy_output(), which recurses as
 * deep as the page is nested, is never called; and no function here recurses.
 */
#include <assert.h>
#include <gumbo.h>
#include <string.h>

#include "core/base/limits.h"
#include "core/base/mend.h"
#include "core/kit/dom.h"
#include "core/kit/job.h"
#include "core/kit/origin.h"
#include "core/kit/select.h"
#include "core/kit/skim.h"

/* ---- parsing ---- */

static const GumboNode *gumbo_node(const struct dl_node *node)
{
	return (const GumboNode *)node;
}

static void *gumbo_alloc(void *job, size_t size)
{
	return arena_alloc(&((struct dl_job *)job)->arena, size);
}

static void gumbo_free(void *job, void *memory)
{
	(void)job;
	(void)memory;
}

static GumboOptions gumbo_options(struct dl_job *job)
{
	GumboOptions options = kGumboDefaultOptions;

	options.allocator = gumbo_alloc;
	options.deallocator = gumbo_free;
	options.userdata = job;
	options.max_errors = 0;
	return options;
}

static const struct dl_node *parse(
    struct dl_job *job, const struct skimmed *skimmed)
{
	GumboOptions options = gumbo_options(job);

	if (skimmed->deep) {
		job_break(job, "elements nest more than %d deep", LIMIT_DEPTH);
		return NULL;
	}
	return (const struct dl_node *)gumbo_parse_with_options(
	    &options, skimmed->bytes, skimmed->len)
	    ->root;
}

/* <base href> of the page that the job is about. */
static void take_base(struct dl_job *job, const struct tree *tree)
{
	const char *base;

	if (job->trees != tree || tree->next != NULL)
		return;
	base = dom_url(job, dom_first(job, tree->root, "base[href]"), "href");
	if (base != NULL)
		job->base = base;
}

struct tree *dom_tree(struct dl_job *job, const struct dl_page *page)
{
	struct tree *tree = job->trees;
	struct skimmed skimmed;

	if (page == NULL || page->bytes == NULL)
		return NULL;
	while (tree != NULL && tree->page != page)
		tree = tree->next;
	if (tree != NULL)
		return tree;

	skimmed = skim_page(&job->arena, page->bytes, page->len);
	tree = job_alloc(job, sizeof(*tree));
	tree->page = page;
	tree->root = parse(job, &skimmed);
	tree->ld = skimmed.ld;
	tree->ld_len = skimmed.ld_len;
	tree->next = job->trees;
	job->trees = tree;
	take_base(job, tree);
	return tree;
}

const struct dl_node *dom_root(struct dl_job *job, const struct dl_page *page)
{
	const struct tree *tree = dom_tree(job, page);

	return tree != NULL ? tree->root : NULL;
}

const struct dl_node *dom_fragment(struct dl_job *job, const char *html)
{
	struct skimmed skimmed;

	if (html == NULL)
		return NULL;
	skimmed = skim_page(&job->arena, html, strlen(html));
	return parse(job, &skimmed);
}

/* In a <title> entities are resolved and tags are none. */
const char *dom_unescape(struct dl_job *job, const char *text)
{
	GumboOptions options = gumbo_options(job);
	const GumboNode *root;

	if (text == NULL || strchr(text, '&') == NULL)
		return text;
	options.fragment_context = GUMBO_TAG_TITLE;
	root = gumbo_parse_with_options(&options, text, strlen(text))->root;
	if (root->v.element.children.length == 0)
		return "";
	root = root->v.element.children.data[0];
	return root->v.text.text;
}

/* ---- walking ---- */

static const GumboVector *children(const GumboNode *node)
{
	if (node->type == GUMBO_NODE_ELEMENT ||
	    node->type == GUMBO_NODE_TEMPLATE)
		return &node->v.element.children;
	return NULL;
}

static const GumboNode *first_child(const GumboNode *node)
{
	const GumboVector *in = children(node);

	return in != NULL && in->length > 0 ? in->data[0] : NULL;
}

static const GumboNode *next_sibling(const GumboNode *node)
{
	const GumboVector *in =
	    node->parent != NULL ? children(node->parent) : NULL;
	size_t next = node->index_within_parent + 1;

	return in != NULL && next < in->length ? in->data[next] : NULL;
}

/* The node after this one, in the page's order; NULL after the last of root. */
static const GumboNode *walk(const GumboNode *root, const GumboNode *node)
{
	const GumboNode *next = first_child(node);

	while (next == NULL && node != root) {
		next = next_sibling(node);
		node = node->parent;
	}
	return next;
}

static bool is_within(const GumboNode *root, const GumboNode *node)
{
	while (node != NULL && node != root)
		node = node->parent;
	return node != NULL;
}

const struct dl_node *dom_next(struct dl_job *job, const struct dl_node *root,
    const char *selector, const struct dl_node *after)
{
	const struct selector *wanted = select_compile(job, selector);
	const GumboNode *top = gumbo_node(root), *node;

	if (root == NULL || wanted == NULL)
		return NULL;
	node = after != NULL ? gumbo_node(after) : top;
	if (!is_within(top, node))
		return NULL;
	while ((node = walk(top, node)) != NULL) {
		if (select_matches(wanted, node))
			break;
	}
	origin_node(job, (const struct dl_node *)node, selector);
	return (const struct dl_node *)node;
}

const struct dl_node *dom_first(
    struct dl_job *job, const struct dl_node *root, const char *selector)
{
	return dom_next(job, root, selector, NULL);
}

const struct dl_node *dom_best(struct dl_job *job, const struct dl_node *root,
    const char *selectors, const char **how)
{
	const struct selector *all = select_compile(job, selectors);
	const struct dl_node *node = NULL;
	const char *one = NULL;

	for (; node == NULL && all != NULL; all = select_rest(all)) {
		one = select_first(all);
		node = dom_first(job, root, one);
	}
	if (how != NULL)
		*how = node != NULL ? one : NULL;
	return node;
}

int dom_is(struct dl_job *job, const struct dl_node *node, const char *selector)
{
	const struct selector *wanted = select_compile(job, selector);

	return node != NULL && select_matches(wanted, gumbo_node(node));
}

/* ---- text ---- */

struct prose { /* text that grows by words */
	struct dl_job *job;
	char *bytes;
	size_t len, room;
	enum { NO_GAP, SPACE, PARAGRAPH } gap; /* before the next word */
	unsigned breaks;                       /* <br> since the last word */
	unsigned pre;     /* open <pre>: there empty lines part paragraphs */
	bool spaced;      /* three spaces behind a sentence part them too */
	size_t paragraph; /* the number of the one at hand */
	const struct dl_image **images; /* where the next is put, or NULL */
};

struct picture {              /* an image, and where it stands */
	struct dl_image open; /* first: a dl_image * is a struct picture * */
	size_t paragraph;     /* its number, the next one's between two */
};

static void append(struct prose *prose, const char *bytes, size_t len)
{
	if (prose->len + len + 1 > prose->room) {
		size_t room = 2 * (prose->len + len + 1);
		char *more = job_alloc(prose->job, room);

		if (prose->len > 0)
			memcpy(more, prose->bytes, prose->len);
		prose->bytes = more;
		prose->room = room;
	}
	assert(prose->bytes != NULL);
	memcpy(prose->bytes + prose->len, bytes, len);
	prose->len += len;
	prose->bytes[prose->len] = '\0';
}

/* The wider gap counts. */
static void add_gap(struct prose *prose, int gap)
{
	if (prose->gap < (unsigned)gap)
		prose->gap = gap;
}

static size_t len_of_one(const char *at, const char *const *all, size_t n)
{
	for (; n-- > 0; all++) {
		if (strncmp(at, *all, strlen(*all)) == 0)
			return strlen(*all);
	}
	return 0;
}

/* Bytes of the white space at `at`, also of what is not HTML's: no-break and
   ideographic spaces and those of fixed width. */
static size_t white_len(const char *at)
{
	static const char *const others[] = {
		"\xc2\xa0",     /* U+00A0 */
		"\xe3\x80\x80", /* U+3000 */
		"\xe2\x80\xaf", /* U+202F */
		"\xe2\x81\x9f", /* U+205F */
		"\xe2\x80\xa8", /* U+2028 */
		"\xe2\x80\xa9", /* U+2029 */
	};
	const size_t n = sizeof(others) / sizeof(others[0]);

	if (*at == ' ' || (*at >= '\t' && *at <= '\r'))
		return 1;
	if (*at == '\0' || strchr("\xc2\xe2\xe3", *at) == NULL)
		return 0;
	if (memcmp(at, "\xe2\x80", 2) == 0 && (unsigned char)at[2] >= 0x80 &&
	    (unsigned char)at[2] <= 0x8a)
		return 3;
	return len_of_one(at, others, n);
}

/* The same of what has no width and no meaning: it is no word. */
static size_t nothing_len(const char *at)
{
	static const char *const all[] = {
		"\xe2\x80\x8b", /* U+200B */
		"\xe2\x80\x8c", /* U+200C */
		"\xe2\x80\x8d", /* U+200D */
		"\xe2\x80\x8e", /* U+200E */
		"\xe2\x80\x8f", /* U+200F */
		"\xe2\x81\xa0", /* U+2060 */
		"\xef\xbb\xbf", /* U+FEFF */
		"\xc2\xad",     /* U+00AD */
	};

	if (*at == '\0' || strchr("\xc2\xe2\xef", *at) == NULL)
		return 0;
	return len_of_one(at, all, sizeof(all) / sizeof(all[0]));
}

/* What stands behind a sentence's last word, in quotes and brackets or not. */
static bool is_behind_sentence(const struct prose *prose)
{
	static const char *const ends[] = { ".", "!", "?", ".\"", ".)", ".”",
		"!”", "?”", "…" };
	size_t i;

	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t len = strlen(ends[i]);

		if (prose->len >= len &&
		    memcmp(prose->bytes + prose->len - len, ends[i], len) == 0)
			return true;
	}
	return false;
}

/* White space up to the next word. */
static const char *add_white(struct prose *prose, const char *text)
{
	bool wide = prose->spaced && strncmp(text, "   ", 3) == 0;
	unsigned lines = 0;

	for (;;) {
		size_t white = white_len(text), nothing = nothing_len(text);

		if (white + nothing == 0)
			break;
		if (white > 0)
			add_gap(prose, SPACE);
		lines += *text == '\n';
		text += white + nothing;
	}
	if ((prose->pre > 0 && lines > 1) ||
	    (wide && prose->pre == 0 && is_behind_sentence(prose)))
		add_gap(prose, PARAGRAPH);
	return text;
}

static const char *word_end(const char *text)
{
	while ((*text > ' ' && *text < 0x7f) ||
	    (*text != '\0' && white_len(text) == 0))
		text++;
	return text;
}

static void add_words(struct prose *prose, const char *text)
{
	static const char *const between[] = { "", " ", "\n\n" };
	size_t len;
	/* Here, while its no-break spaces and soft hyphens are still there. */
	const char *mended =
	    mend_text(&prose->job->arena, text, strlen(text), &len);

	text = mended != NULL ? mended : text;
	for (;;) {
		const char *word = text = add_white(prose, text);

		text = word_end(text);
		if (text == word)
			return;
		if (prose->len > 0) {
			append(prose, between[prose->gap],
			    strlen(between[prose->gap]));
			prose->paragraph += prose->gap == PARAGRAPH;
		}
		append(prose, word, (size_t)(text - word));
		prose->gap = NO_GAP;
		prose->breaks = 0;
	}
}

const char *dom_line(struct dl_job *job, const char *text)
{
	struct prose prose = { .job = job };

	if (text != NULL)
		add_words(&prose, text);
	return job_clean(job, prose.bytes);
}

static GumboTag tag_of(const GumboNode *node)
{
	return node->type == GUMBO_NODE_ELEMENT ||
		node->type == GUMBO_NODE_TEMPLATE
	    ? node->v.element.tag
	    : GUMBO_TAG_UNKNOWN;
}

static bool is_tag(const GumboNode *node, GumboTag tag)
{
	return tag_of(node) == tag;
}

/* What no reader sees as text of the page. */
static bool is_unseen(const GumboNode *node)
{
	static const bool unseen[GUMBO_TAG_LAST] = {
		[GUMBO_TAG_HEAD] = true,
		[GUMBO_TAG_SCRIPT] = true,
		[GUMBO_TAG_STYLE] = true,
		[GUMBO_TAG_TEMPLATE] = true,
		[GUMBO_TAG_NOSCRIPT] = true,
		[GUMBO_TAG_IFRAME] = true,
		[GUMBO_TAG_NOEMBED] = true,
		[GUMBO_TAG_NOFRAMES] = true,
	};

	return unseen[tag_of(node)];
}

/* What has a border around it. */
static bool is_block(const GumboNode *node)
{
	static const bool block[GUMBO_TAG_LAST] = {
		[GUMBO_TAG_P] = true,
		[GUMBO_TAG_DIV] = true,
		[GUMBO_TAG_LI] = true,
		[GUMBO_TAG_UL] = true,
		[GUMBO_TAG_OL] = true,
		[GUMBO_TAG_H1] = true,
		[GUMBO_TAG_H2] = true,
		[GUMBO_TAG_H3] = true,
		[GUMBO_TAG_H4] = true,
		[GUMBO_TAG_H5] = true,
		[GUMBO_TAG_H6] = true,
		[GUMBO_TAG_SECTION] = true,
		[GUMBO_TAG_ARTICLE] = true,
		[GUMBO_TAG_ASIDE] = true,
		[GUMBO_TAG_HEADER] = true,
		[GUMBO_TAG_FOOTER] = true,
		[GUMBO_TAG_MAIN] = true,
		[GUMBO_TAG_NAV] = true,
		[GUMBO_TAG_BLOCKQUOTE] = true,
		[GUMBO_TAG_FIGURE] = true,
		[GUMBO_TAG_FIGCAPTION] = true,
		[GUMBO_TAG_TABLE] = true,
		[GUMBO_TAG_TR] = true,
		[GUMBO_TAG_CAPTION] = true,
		[GUMBO_TAG_TBODY] = true,
		[GUMBO_TAG_THEAD] = true,
		[GUMBO_TAG_TFOOT] = true,
		[GUMBO_TAG_PRE] = true,
		[GUMBO_TAG_HR] = true,
		[GUMBO_TAG_DL] = true,
		[GUMBO_TAG_DT] = true,
		[GUMBO_TAG_DD] = true,
		[GUMBO_TAG_FORM] = true,
		[GUMBO_TAG_FIELDSET] = true,
		[GUMBO_TAG_ADDRESS] = true,
		[GUMBO_TAG_CENTER] = true,
		[GUMBO_TAG_DETAILS] = true,
		[GUMBO_TAG_SUMMARY] = true,
		[GUMBO_TAG_MENU] = true,
		[GUMBO_TAG_DIR] = true,
		[GUMBO_TAG_HGROUP] = true,
		[GUMBO_TAG_BODY] = true,
		[GUMBO_TAG_TITLE] = true,
		[GUMBO_TAG_OPTION] = true,
		[GUMBO_TAG_LISTING] = true,
		[GUMBO_TAG_XMP] = true,
	};

	return block[tag_of(node)];
}

/* Two <br> in a row part paragraphs, one is a space. */
static void add_break(struct prose *prose)
{
	prose->breaks++;
	add_gap(prose, prose->breaks > 1 ? PARAGRAPH : SPACE);
}

static void add_image(struct prose *prose, const GumboNode *node)
{
	const struct dl_node *image = (const struct dl_node *)node;
	struct picture *picture;
	const char *url;

	origin_node(prose->job, image, "img");
	url = dom_image_url(prose->job, image);
	if (url == NULL)
		return;
	picture = job_alloc(prose->job, sizeof(*picture));
	picture->open.url = url;
	picture->paragraph =
	    prose->paragraph + (prose->len > 0 && prose->gap == PARAGRAPH);
	*prose->images = &picture->open;
	prose->images = &picture->open.next;
}

static void prose_enter(struct prose *prose, const GumboNode *node)
{
	if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA ||
	    node->type == GUMBO_NODE_WHITESPACE)
		add_words(prose, node->v.text.text);
	else if (is_tag(node, GUMBO_TAG_BR))
		add_break(prose);
	else if (is_tag(node, GUMBO_TAG_TD) || is_tag(node, GUMBO_TAG_TH))
		add_gap(prose, SPACE);
	else if (is_tag(node, GUMBO_TAG_IMG) && prose->images != NULL)
		add_image(prose, node);
	else if (is_block(node))
		add_gap(prose, PARAGRAPH);
	prose->pre += is_tag(node, GUMBO_TAG_PRE);
}

static void prose_leave(struct prose *prose, const GumboNode *node)
{
	if (is_block(node))
		add_gap(prose, PARAGRAPH);
	if (is_tag(node, GUMBO_TAG_PRE))
		prose->pre--;
}

/* The node after all that is in this one; its parents are left on the way. */
static const GumboNode *prose_over(
    struct prose *prose, const GumboNode *top, const GumboNode *node)
{
	const GumboNode *next = NULL;

	while (next == NULL && node != top) {
		next = next_sibling(node);
		node = node->parent;
		if (next == NULL)
			prose_leave(prose, node);
	}
	return next;
}

static void add_tree(
    struct prose *prose, const GumboNode *top, const struct selector *without)
{
	const GumboNode *node = top, *next;

	while (node != NULL) {
		bool unseen = node != top &&
		    (is_unseen(node) || select_matches(without, node));

		if (unseen && is_block(node))
			add_gap(prose, PARAGRAPH);
		if (!unseen)
			prose_enter(prose, node);
		next = unseen ? NULL : first_child(node);
		if (next == NULL) {
			if (!unseen)
				prose_leave(prose, node);
			next = prose_over(prose, top, node);
		}
		node = next;
	}
}

/* Cleaned one by one: what is left of a paragraph may be nothing. Line ends are
   between paragraphs only, two of them. */
static const char *clean_paragraphs(struct dl_job *job, char *text)
{
	struct prose clean = { .job = job };

	while (text != NULL) {
		char *end = strchr(text, '\n');
		const char *part;

		if (end != NULL)
			*end = '\0';
		part = job_clean(job, text);
		if (*part != '\0' && clean.len > 0)
			append(&clean, "\n\n", 2);
		append(&clean, part, strlen(part));
		text = end != NULL ? end + 2 : NULL;
	}
	return clean.len > 0 ? clean.bytes : NULL;
}

const char *dom_text(struct dl_job *job, const struct dl_node *node)
{
	struct prose prose = { .job = job };
	const char *line;

	if (node != NULL)
		add_tree(&prose, gumbo_node(node), NULL);
	line = dom_line(job, prose.bytes);
	origin_of_node(job, node, line, DL_FROM_PAGE);
	return line;
}

const char *dom_prose(
    struct dl_job *job, const struct dl_node *node, const char *without)
{
	const struct selector *left_out = select_compile(job, without);
	struct prose prose = { .job = job, .spaced = true };

	if (node == NULL)
		return NULL;
	add_tree(&prose, gumbo_node(node), left_out);
	return clean_paragraphs(job, prose.bytes);
}

/* Of several images at one paragraph the last has it. */
static void images_caption(
    struct dl_job *job, const struct dl_image *images, char *text)
{
	struct picture *picture = (struct picture *)images, *next;
	size_t n;

	for (n = 0; text != NULL && picture != NULL; n++) {
		char *end = strchr(text, '\n');

		if (end != NULL)
			*end = '\0';
		for (; picture != NULL && picture->paragraph == n;
		     picture = next) {
			next = (struct picture *)picture->open.next;
			if (next == NULL || next->paragraph != n)
				picture->open.caption =
				    text_or(job_clean(job, text), NULL);
		}
		text = end != NULL ? end + 2 : NULL;
	}
}

const struct dl_image *dom_images(
    struct dl_job *job, const struct dl_node *node, const char *without)
{
	const struct selector *left_out = select_compile(job, without);
	const struct dl_image *images = NULL;
	struct prose prose = { .job = job, .spaced = true, .images = &images };

	if (node != NULL)
		add_tree(&prose, gumbo_node(node), left_out);
	images_caption(job, images, prose.bytes);
	return images;
}

/* ---- names and attributes ---- */

const char *dom_name(const struct dl_node *node)
{
	const char *name =
	    gumbo_normalized_tagname(gumbo_node(node)->v.element.tag);

	return *name != '\0' ? name : NULL;
}

const char *dom_attr(
    struct dl_job *job, const struct dl_node *node, const char *name)
{
	const GumboAttribute *attribute;
	const char *line;

	if (node == NULL || name == NULL)
		return NULL;
	attribute =
	    gumbo_get_attribute(&gumbo_node(node)->v.element.attributes, name);
	if (attribute == NULL)
		return NULL;
	line = dom_line(job, attribute->value);
	origin_of_node(job, node, line, DL_FROM_NOWHERE);
	return line != NULL ? line : "";
}

static const char *attr_url(
    struct dl_job *job, const struct dl_node *node, const char *value)
{
	const char *url =
	    value != NULL ? url_absolute(job, job->base, value) : NULL;

	origin_of_node(job, node, url, DL_FROM_NOWHERE);
	return url;
}

const char *dom_url(
    struct dl_job *job, const struct dl_node *node, const char *name)
{
	return attr_url(job, node, dom_attr(job, node, name));
}

/* Before a script has put it there, src is of a placeholder or of nothing. */
const char *dom_image_url(struct dl_job *job, const struct dl_node *node)
{
	static const char *const names[] = { "data-original", "data-src",
		"src" };
	const char *url = NULL;
	size_t i;

	if (node != NULL && !is_tag(gumbo_node(node), GUMBO_TAG_IMG))
		node = dom_first(job, node, "img");
	for (i = 0; url == NULL && i < sizeof(names) / sizeof(names[0]); i++)
		url = attr_url(
		    job, node, text_or(dom_attr(job, node, names[i]), NULL));
	return url;
}
