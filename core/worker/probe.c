/* What may be where on pages of a site that nobody knows. */
#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/url.h"
#include "core/kit/dom.h"
#include "core/kit/job.h"
#include "core/worker/probe.h"

#define PAGES_MOST 8
#define CANDIDATES_MOST 64 /* of one field; the sure ones come first */
#define PROPOSED_MOST 6    /* of one field, that are told */
#define LONG_LINE 80       /* bytes: a paragraph, and no label */
#define TITLE_LEAST 8      /* bytes of a title's key */
#define LINK_LEAST 16      /* bytes of a story's title in a listing */
#define NAME_MOST 60       /* bytes of a person's name */
#define EXAMPLES_MOST 3

struct candidate {
	const char *how;
	enum dl_from from;
	const char *values[PAGES_MOST];
	size_t matched;
	struct candidate *next;
};

struct probe {
	struct dl_job *job;
	const struct dl_page *pages[PAGES_MOST];
	size_t n;
	json_t *out;
};

/* What a place says of the page: NULL if it says nothing of the kind. */
typedef const char *value_fn(
    struct probe *probe, size_t page, const struct dl_node *node);

struct field {
	const char *name;
	const char *const *said; /* JSON-LD, then meta; NULL-ended, both */
	const char *const *metas;
	const char *seeds; /* elements that may be it */
	value_fn *value;
};

/* ---- values ---- */

/* What the head says the title is: more than the title, as a rule. */
static const char *head_title(struct probe *probe, size_t page)
{
	struct dl_job *job = probe->job;
	const struct dl_node *root = dom_root(job, probe->pages[page]);
	const char *title = page_meta(job, probe->pages[page], "og:title");

	return title != NULL ? title
			     : dom_text(job, dom_first(job, root, "title"));
}

static const char *title_value(
    struct probe *probe, size_t page, const struct dl_node *node)
{
	struct dl_job *job = probe->job;
	const char *text = dom_text(job, node), *key = text_key(job, text);
	const char *head = text_key(job, head_title(probe, page));

	if (key == NULL || head == NULL || strlen(key) < TITLE_LEAST)
		return NULL;
	return strstr(head, key) != NULL ? text : NULL;
}

static size_t long_bytes(struct dl_job *job, const struct dl_node *node)
{
	const struct dl_list *one =
	    text_paragraphs(job, dom_prose(job, node, "a, aside, nav"));
	size_t bytes = 0;

	for (; one != NULL; one = one->next) {
		if (strlen(one->text) >= LONG_LINE)
			bytes += strlen(one->text);
	}
	return bytes;
}

static const char *text_value(
    struct probe *probe, size_t page, const struct dl_node *node)
{
	(void)page;
	if (long_bytes(probe->job, node) < 2 * LONG_LINE)
		return NULL;
	return dom_prose(probe->job, node, NULL);
}

static const char *time_value(
    struct probe *probe, size_t page, const struct dl_node *node)
{
	struct dl_job *job = probe->job;
	const char *attribute = dom_attr(job, node, "datetime");
	const char *text = dom_text(job, node);

	(void)page;
	if (date_parse(job, attribute, DL_FROM_META, 0) != NULL)
		return attribute;
	if (text == NULL || strlen(text) > 2 * LONG_LINE)
		return NULL;
	return date_find(job, text, DL_FROM_PAGE, 0, NULL, NULL) != NULL ? text
									 : NULL;
}

static const char *author_value(
    struct probe *probe, size_t page, const struct dl_node *node)
{
	const char *text = dom_text(probe->job, node);

	(void)page;
	if (text == NULL || strlen(text) > NAME_MOST || strlen(text) < 3 ||
	    strpbrk(text, "0123456789") != NULL)
		return NULL;
	return text;
}

static const char *caption_value(
    struct probe *probe, size_t page, const struct dl_node *node)
{
	(void)page;
	return dom_text(probe->job, node);
}

/* ---- fields ---- */

static const char *const title_said[] = { "headline", NULL };
static const char *const title_metas[] = { "og:title", NULL };
static const char *const text_said[] = { NULL };
static const char *const time_said[] = { "datePublished", NULL };
static const char *const time_metas[] = { "article:published_time",
	"datePublished", "pubdate", "publishdate", NULL };
static const char *const author_said[] = { "author.name", NULL };
static const char *const author_metas[] = { "article:author", "author", NULL };

static const struct field fields[] = {
	{ "title", title_said, title_metas,
	    "[itemprop=headline], h1, h2, h3, [class*=title], "
	    "[class*=headline], [id*=title]",
	    title_value },
	{ "text", text_said, text_said,
	    "[itemprop=articleBody], article, section, main, div, td",
	    text_value },
	{ "time", time_said, time_metas,
	    "[itemprop=datePublished], time, [datetime], [class*=date], "
	    "[class*=time], [class*=publish], [class*=posted], "
	    "[class*=stamp], [id*=date], [id*=time]",
	    time_value },
	{ "author", author_said, author_metas,
	    "[itemprop=author], [rel~=author], [class*=author], "
	    "[class*=byline], [class*=writer]",
	    author_value },
	{ "caption", text_said, text_said, "figcaption, [class*=caption]",
	    caption_value },
};

/* ---- candidates ---- */

static bool is_name(const char *text)
{
	if (!isalpha((unsigned char)*text))
		return false;
	for (; *text != '\0'; text++) {
		if (!isalpha((unsigned char)*text) && *text != '-' &&
		    *text != '_')
			return false;
	}
	return true;
}

static struct candidate *candidate_add(struct probe *probe,
    struct candidate **list, enum dl_from from, const char *how)
{
	struct candidate **end = list;
	size_t n = 0;

	for (; *end != NULL; end = &(*end)->next, n++) {
		if (strcmp((*end)->how, how) == 0 && (*end)->from == from)
			return NULL;
	}
	if (n >= CANDIDATES_MOST)
		return NULL;
	*end = job_alloc(probe->job, sizeof(**end));
	(*end)->how = how;
	(*end)->from = from;
	return *end;
}

static void candidate_count(struct candidate *one)
{
	size_t i;

	for (i = 0; i < PAGES_MOST; i++)
		one->matched += one->values[i] != NULL;
}

static void said_add(struct probe *probe, struct candidate **list,
    enum dl_from from, const char *name)
{
	struct candidate *one = candidate_add(probe, list, from, name);
	size_t i;

	for (i = 0; one != NULL && i < probe->n; i++)
		one->values[i] = from == DL_FROM_JSON_LD
		    ? page_ld(probe->job, probe->pages[i], name)
		    : page_meta(probe->job, probe->pages[i], name);
	if (one != NULL)
		candidate_count(one);
}

/* The first place that the selector finds counts, as it would in a plugin. */
static void selector_add(struct probe *probe, struct candidate **list,
    const struct field *field, const char *selector)
{
	struct candidate *one =
	    candidate_add(probe, list, DL_FROM_PAGE, selector);
	size_t i;

	for (i = 0; one != NULL && i < probe->n; i++) {
		const struct dl_node *root =
		    dom_root(probe->job, probe->pages[i]);

		one->values[i] = field->value(
		    probe, i, dom_first(probe->job, root, selector));
	}
	if (one != NULL)
		candidate_count(one);
}

/* "div.story" of each class, "#story", "[itemprop=…]", and the bare name of
   what is there for that. */
static void node_add(struct probe *probe, struct candidate **list,
    const struct field *field, const struct dl_node *node)
{
	static const char *const attributes[] = { "itemprop", "id",
		"data-role" };
	struct dl_job *job = probe->job;
	const char *name = dom_name(node), *value;
	const char *classes = text_or(dom_attr(job, node, "class"), "");
	size_t i;

	for (i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++) {
		value = dom_attr(job, node, attributes[i]);
		if (value != NULL && is_name(value))
			selector_add(probe, list, field,
			    i == 1 ? job_printf(job, "#%s", value)
				   : job_printf(
					 job, "[%s=%s]", attributes[i], value));
	}
	for (; name != NULL && *classes != '\0';
	     classes += strspn(classes, " ")) {
		size_t len = strcspn(classes, " ");

		value = job_copy(job, classes, len);
		if (is_name(value))
			selector_add(probe, list, field,
			    job_printf(job, "%s.%s", name, value));
		classes += len;
	}
	if (dom_is(job, node, "h1, time, article, main, figcaption, [rel]"))
		selector_add(probe, list, field,
		    dom_is(job, node, "[rel]") ? "[rel~=author]" : name);
}

/* The story is in the innermost element that still has nearly all of it. */
static bool is_body(
    struct probe *probe, const struct dl_node *node, const struct dl_node *root)
{
	static const char inner[] = "article, section, main, div, td";
	struct dl_job *job = probe->job;
	size_t all = long_bytes(job, root), mine = long_bytes(job, node);
	const struct dl_node *child = NULL;

	if (all == 0 || mine * 10 < all * 8)
		return false;
	while ((child = dom_next(job, node, inner, child)) != NULL) {
		if (long_bytes(job, child) * 10 >= mine * 9)
			return false;
	}
	return true;
}

static void page_add(struct probe *probe, struct candidate **list,
    const struct field *field, size_t page)
{
	struct dl_job *job = probe->job;
	const struct dl_node *root = dom_root(job, probe->pages[page]);
	const struct dl_node *node = NULL;

	while ((node = dom_next(job, root, field->seeds, node)) != NULL) {
		if (field->value(probe, page, node) == NULL)
			continue;
		if (field->value == text_value && !is_body(probe, node, root))
			continue;
		node_add(probe, list, field, node);
	}
}

/* ---- telling ---- */

/* Best first: what matches most often, and then what was found first. */
static struct candidate *best_take(struct candidate **list)
{
	struct candidate **at, **best = list, *one;

	for (at = list; *at != NULL; at = &(*at)->next) {
		if ((*at)->matched > (*best)->matched)
			best = at;
	}
	one = *best;
	if (one != NULL)
		*best = one->next;
	return one;
}

static json_t *candidate_json(
    const struct probe *probe, const struct candidate *one)
{
	static const char *const from[] = { [DL_FROM_META] = "meta",
		[DL_FROM_JSON_LD] = "json-ld",
		[DL_FROM_PAGE] = "page" };
	json_t *object = json_object(), *values = json_array();
	size_t i;

	json_object_set_new(object, "from", json_string(from[one->from]));
	json_object_set_new(object, "how", json_string(one->how));
	json_object_set_new(
	    object, "matched", json_integer((json_int_t)one->matched));
	for (i = 0; i < probe->n; i++)
		json_array_append_new(values,
		    one->values[i] != NULL ? json_string(one->values[i])
					   : json_null());
	json_object_set_new(object, "values", values);
	return object;
}

static void field_tell(
    struct probe *probe, json_t *out, const struct field *field)
{
	struct candidate *list = NULL, *one;
	json_t *array = json_array();
	const char *const *name;
	size_t i;

	for (name = field->said; *name != NULL; name++)
		said_add(probe, &list, DL_FROM_JSON_LD, *name);
	for (name = field->metas; *name != NULL; name++)
		said_add(probe, &list, DL_FROM_META, *name);
	for (i = 0; i < probe->n; i++)
		page_add(probe, &list, field, i);
	while ((one = best_take(&list)) != NULL && one->matched > 0 &&
	    json_array_size(array) < PROPOSED_MOST)
		json_array_append_new(array, candidate_json(probe, one));
	json_object_set_new(out, field->name, array);
}

/* What sites put into their stories, and readers do not want. */
static void without_tell(struct probe *probe)
{
	static const char *const usual[] = { ".related", ".share", ".social",
		".tags", ".promo", ".advertisement", ".newsletter", ".signup",
		"aside", "figure", "table" };
	json_t *array = json_array();
	size_t i, k, matched;

	for (i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
		for (matched = k = 0; k < probe->n; k++)
			matched += dom_first(probe->job,
				       dom_root(probe->job, probe->pages[k]),
				       usual[i]) != NULL;
		if (matched > 0)
			json_array_append_new(array,
			    json_pack("{s:s, s:i}", "how", usual[i], "matched",
				(int)matched));
	}
	json_object_set_new(probe->out, "without", array);
}

/* ---- where stories are named ---- */

static void feeds_tell(struct probe *probe)
{
	static const char links[] =
	    "link[rel~=alternate][type*=rss], link[rel~=alternate][type*=atom],"
	    " link[rel~=alternate][type*=json]";
	struct dl_job *job = probe->job;
	const struct dl_node *root = dom_root(job, probe->pages[0]);
	const struct dl_node *link = NULL;
	json_t *array = json_array();

	while ((link = dom_next(job, root, links, link)) != NULL) {
		const char *url = dom_url(job, link, "href");

		if (url != NULL)
			json_array_append_new(array,
			    json_pack("{s:s, s:s?, s:s?}", "url", url, "type",
				dom_attr(job, link, "type"), "title",
				dom_attr(job, link, "title")));
	}
	json_object_set_new(probe->out, "feeds", array);
}

/* A long text, and an address with a number or several words. */
static bool is_story_link(struct dl_job *job, const struct dl_node *link)
{
	const char *text = dom_text(job, link), *at;
	const char *url = dom_url(job, link, "href");
	size_t digits = 0, dashes = 0;

	if (text == NULL || url == NULL || strlen(text) < LINK_LEAST ||
	    url_is_front(url))
		return false;
	at = strstr(url, "://") + 3;
	for (at += strcspn(at, "/"); *at != '\0'; at++) {
		digits += isdigit((unsigned char)*at) != 0;
		dashes += *at == '-' || *at == '_';
	}
	return digits >= 4 || dashes >= 2;
}

/* Whether all of them lead to stories, and how many there are. */
static size_t stories_of(struct probe *probe, const char *boxes, json_t *titles)
{
	struct dl_job *job = probe->job;
	const struct dl_node *root = dom_root(job, probe->pages[0]);
	const struct dl_node *link = NULL;
	size_t stories = 0, others = 0;

	while ((link = dom_next(job, root, boxes, link)) != NULL) {
		if (!is_story_link(job, link)) {
			others += dom_text(job, link) != NULL;
			continue;
		}
		if (stories++ < EXAMPLES_MOST)
			json_array_append_new(
			    titles, json_string(dom_text(job, link)));
	}
	return stories > others ? stories - others : 0;
}

static void listing_add(struct probe *probe, json_t *array, const char *boxes)
{
	json_t *titles = json_array(), *one;
	size_t entries = stories_of(probe, boxes, titles), i;

	json_array_foreach(array, i, one)
	{
		if (strcmp(json_string_value(json_object_get(one, "boxes")),
			boxes) == 0)
			entries = 0; /* it stands there already */
	}
	i = 0;
	while (i < json_array_size(array) &&
	    json_integer_value(json_object_get(
		json_array_get(array, i), "entries")) >= (json_int_t)entries)
		i++;
	if (entries >= 3 && i < PROPOSED_MOST)
		json_array_insert_new(array, i,
		    json_pack("{s:s, s:i, s:O}", "boxes", boxes, "entries",
			(int)entries, "titles", titles));
	if (json_array_size(array) > PROPOSED_MOST)
		json_array_remove(array, PROPOSED_MOST);
	json_decref(titles);
}

/* Links below each class that the page has. */
static void listing_tell(struct probe *probe)
{
	struct dl_job *job = probe->job;
	const struct dl_node *root = dom_root(job, probe->pages[0]);
	const struct dl_node *box = NULL;
	json_t *array = json_array();

	while ((box = dom_next(job, root, "[class]", box)) != NULL) {
		const char *name = dom_name(box);
		const char *class = dom_attr(job, box, "class");
		size_t len = strcspn(class, " ");

		class = job_copy(job, class, len);
		if (name == NULL || !is_name(class))
			continue;
		listing_add(probe, array,
		    strcmp(name, "a") == 0
			? job_printf(job, "a.%s", class)
			: job_printf(job, "%s.%s a", name, class));
	}
	json_object_set_new(probe->out, "listing", array);
}

static void site_tell(struct probe *probe)
{
	const char *site =
	    page_meta(probe->job, probe->pages[0], "og:site_name");

	if (site != NULL)
		json_object_set_new(probe->out, "site", json_string(site));
}

const char *probe_pages(struct dl_job *job, const struct dl_page *first)
{
	struct probe probe = { .job = job, .out = json_object() };
	json_t *told = json_object();
	const char *text;
	char *dump;
	size_t i;

	for (; first != NULL && probe.n < PAGES_MOST; first = first->next)
		probe.pages[probe.n++] = first;
	json_object_set_new(
	    probe.out, "pages", json_integer((json_int_t)probe.n));
	site_tell(&probe);
	feeds_tell(&probe);
	listing_tell(&probe);
	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		field_tell(&probe, told, &fields[i]);
	json_object_set_new(probe.out, "fields", told);
	without_tell(&probe);
	dump = json_dumps(probe.out, JSON_COMPACT);
	json_decref(probe.out);
	text = job_copy(job, text_or(dump, "{}"), strlen(text_or(dump, "{}")));
	free(dump);
	return text;
}
