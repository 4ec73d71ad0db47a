/* What pages say of themselves: <meta> and JSON-LD. */
#include <jansson.h>
#include <string.h>
#include <strings.h>

#include "core/kit/dom.h"
#include "core/kit/job.h"
#include "core/kit/json.h"
#include "core/kit/origin.h"

/* ---- <meta> ---- */

static bool meta_is(
    struct dl_job *job, const struct dl_node *meta, const char *name)
{
	static const char *const keys[] = { "property", "name", "itemprop" };
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		const char *value = dom_attr(job, meta, keys[i]);

		if (value != NULL && strcasecmp(value, name) == 0)
			return true;
	}
	return false;
}

static const char *meta_content(
    struct dl_job *job, const struct dl_page *page, const char *name)
{
	static const char metas[] = "meta[content]";
	const struct dl_node *root = dom_root(job, page), *meta = NULL;

	if (name == NULL)
		return NULL;
	while ((meta = dom_next(job, root, metas, meta)) != NULL) {
		const char *content;

		if (!meta_is(job, meta, name))
			continue;
		content = dom_attr(job, meta, "content");
		if (*content != '\0')
			return content;
	}
	return NULL;
}

/* Of what is looked at on the way nothing is told. */
const char *page_meta(
    struct dl_job *job, const struct dl_page *page, const char *name)
{
	struct origins *origins = job->origins;
	const char *content;

	job->origins = NULL;
	content = meta_content(job, page, name);
	job->origins = origins;
	origin_text(job, content, DL_FROM_META, name);
	return content;
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
