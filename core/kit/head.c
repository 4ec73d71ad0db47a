/* What the head of a page says of its story, by all the names there are. */
#include "core/kit/job.h"

/* ---- title, section, language, summary ---- */

struct said { /* under which name, and in JSON-LD or in <meta> */
	const char *name;
	enum dl_from from;
	enum dl_field field;
};

static const char *ask(
    struct dl_job *job, const struct dl_page *page, const struct said *said)
{
	return said->from == DL_FROM_JSON_LD ? page_ld(job, page, said->name)
					     : page_meta(job, page, said->name);
}

/* The last one that is said stays. */
static const struct said texts[] = {
	{ "inLanguage", DL_FROM_JSON_LD, DL_LANGUAGE },
	{ "og:title", DL_FROM_META, DL_TITLE },
	{ "headline", DL_FROM_JSON_LD, DL_TITLE },
	{ "article:section", DL_FROM_META, DL_SECTION },
	{ "articleSection", DL_FROM_JSON_LD, DL_SECTION },
};

/* Each only if there is none: feeds have better ones. */
static const struct said summaries[] = {
	{ "og:description", DL_FROM_META, DL_SUMMARY },
	{ "description", DL_FROM_META, DL_SUMMARY },
	{ "description", DL_FROM_JSON_LD, DL_SUMMARY },
};

static void say(struct dl_job *job, struct dl_record *record,
    const struct dl_page *page, const struct said *said)
{
	record_set(job, record, said->field, ask(job, page, said), said->from,
	    said->name);
}

void record_head(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page)
{
	size_t i;

	record_links(job, record, page);
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		say(job, record, page, &texts[i]);
	for (i = 0; i < sizeof(summaries) / sizeof(summaries[0]); i++) {
		if (record->summary == NULL)
			say(job, record, page, &summaries[i]);
	}
	record_set(job, record, DL_LANGUAGE,
	    dom_attr(job, dom_root(job, page), "lang"), DL_FROM_META,
	    "html[lang]");
}

/* ---- when ---- */

/* In <meta>, also as its itemprop. */
static const char *const published_names[] = { "article:published_time",
	"og:published_time", "og:article:published_time", "datePublished",
	"pubdate", "publishdate", "publish_date", "publish-date",
	"published_time", "date.published", "dc.date.issued", "dcterms.created",
	"dc.date", "parsely-pub-date", "cms-date", NULL };

static const char *const updated_names[] = { "article:modified_time",
	"og:updated_time", "og:article:modified_time", "dateModified",
	"modified_time", "dcterms.modified", "dc.date.modified", NULL };

static const char *const published_elements[] = {
	"time[itemprop=datePublished][datetime]",
	"time[pubdate][datetime]",
	NULL,
};

static const char *const updated_elements[] = {
	"time[itemprop=dateModified][datetime]",
	NULL,
};

struct kind { /* of a date: the first or the last of a story */
	const char *const *names, *const *elements;
	const char *path; /* in JSON-LD */
	void (*offer)(struct dl_job *job, struct dl_record *record,
	    const struct dl_moment *moment, const char *how);
};

static const struct kind kinds[] = {
	{ published_names, published_elements, "datePublished",
	    record_published },
	{ updated_names, updated_elements, "dateModified", record_updated },
};

static void offer(struct dl_job *job, struct dl_record *record,
    const struct dl_page *page, const struct kind *kind, unsigned hints)
{
	const struct dl_node *root = dom_root(job, page);
	const char *const *at, *text;

	for (at = kind->names; *at != NULL; at++) {
		text = page_meta(job, page, *at);
		kind->offer(job, record,
		    date_parse(job, text, DL_FROM_META, hints), *at);
	}
	for (at = kind->elements; *at != NULL; at++) {
		text = dom_attr(job, dom_first(job, root, *at), "datetime");
		kind->offer(job, record,
		    date_parse(job, text, DL_FROM_META, hints), *at);
	}
	text = page_ld(job, page, kind->path);
	kind->offer(job, record, date_parse(job, text, DL_FROM_JSON_LD, hints),
	    kind->path);
}

void record_times(struct dl_job *job, struct dl_record *record,
    const struct dl_page *page, unsigned hints)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		offer(job, record, page, &kinds[i], hints);
}
