/* What pages say of themselves: <meta> and JSON-LD. */
#include <jansson.h>
#include <string.h>
#include <strings.h>

#include "core/kit/dom.h"
#include "core/kit/job.h"
#include "core/kit/json.h"
#include "core/kit/origin.h"

/* ---- <meta> ---- */

#define NAMES 3 /* attributes that may name it */

struct meta { /* that has a content */
	const char *names[NAMES], *content;
	const struct meta *next;
};

static const struct meta *metas_read(
    struct dl_job *job, const struct dl_node *root)
{
	static const char *const keys[NAMES] = { "property", "name",
		"itemprop" };
	const struct meta *first = NULL, **end = &first;
	const struct dl_node *node = NULL;
	size_t i;

	while ((node = dom_next(job, root, "meta[content]", node)) != NULL) {
		struct meta *meta = job_alloc(job, sizeof(*meta));

		for (i = 0; i < NAMES; i++)
			meta->names[i] = dom_attr(job, node, keys[i]);
		meta->content = dom_attr(job, node, "content");
		*end = meta;
		end = &meta->next;
	}
	return first;
}

/* They are read once a page: a source asks for many, and most are not there. Of
   what is looked at on the way nothing is told. */
static const struct meta *metas_of(
    struct dl_job *job, const struct dl_page *page)
{
	struct origins *origins = job->origins;
	struct tree *tree = dom_tree(job, page);

	if (tree == NULL || tree->metas_read)
		return tree != NULL ? tree->metas : NULL;
	job->origins = NULL;
	tree->metas = metas_read(job, tree->root);
	tree->metas_read = true;
	job->origins = origins;
	return tree->metas;
}

static bool meta_is(const struct meta *meta, const char *name)
{
	size_t i;

	for (i = 0; i < NAMES; i++) {
		if (meta->names[i] != NULL &&
		    strcasecmp(meta->names[i], name) == 0)
			return *meta->content != '\0';
	}
	return false;
}

const char *page_meta(
    struct dl_job *job, const struct dl_page *page, const char *name)
{
	const struct meta *meta = metas_of(job, page);

	if (name == NULL)
		return NULL;
	while (meta != NULL && !meta_is(meta, name))
		meta = meta->next;
	if (meta == NULL)
		return NULL;
	origin_text(job, meta->content, DL_FROM_META, name);
	return meta->content;
}

/* ---- JSON-LD ---- */

/* Sites escape their texts for HTML once more than JSON wants it. */
static const char *clean_of(struct dl_job *job, const char *text)
{
	return dom_line(job, dom_unescape(job, text));
}

/* NewsArticle, ReportageNewsArticle, Article ... */
static bool is_story(const json_t *object)
{
	const char *type =
	    json_string_value(json_first(json_object_get(object, "@type")));
	const char story[] = "Article";
	size_t len = type != NULL ? strlen(type) : 0;

	return len >= strlen(story) &&
	    strcmp(type + len - strlen(story), story) == 0;
}

/* Puts the objects that the value holds behind those that are there already. */
static void add_inner(json_t *queue, json_t *value)
{
	static const char *const keys[] = { "@graph", "mainEntity" };
	json_t *inner;
	size_t i;

	json_array_foreach(value, i, inner) json_array_append(queue, inner);
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		inner = json_object_get(value, keys[i]);
		if (inner != NULL)
			json_array_append(queue, inner);
	}
}

struct search {
	const char *path;
	const char *story, *other; /* the first that was found in either */
};

static void search_json(struct dl_job *job, struct search *search, json_t *json)
{
	json_t *queue = json_array(), *value;
	size_t i;

	json_array_append(queue, json);
	json_array_foreach(queue, i, value)
	{
		const char **found =
		    is_story(value) ? &search->story : &search->other;

		if (json_is_object(value) && *found == NULL)
			*found = clean_of(
			    job, json_text(job, json_at(value, search->path)));
		add_inner(queue, value);
	}
	json_decref(queue);
}

/* A script that does not parse is passed over. */
const char *page_ld(
    struct dl_job *job, const struct dl_page *page, const char *path)
{
	const struct tree *tree = dom_tree(job, page);
	struct search search = { .path = path };
	size_t at = 0;

	while (tree != NULL && path != NULL && at < tree->ld_len &&
	    search.story == NULL) {
		json_t *json = json_mended(job, tree->ld + at);

		search_json(job, &search, json);
		json_decref(json);
		at += strlen(tree->ld + at) + 1;
	}
	search.story = search.story != NULL ? search.story : search.other;
	origin_text(job, search.story, DL_FROM_JSON_LD, path);
	return search.story;
}
