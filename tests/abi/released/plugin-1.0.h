/*
 * plugin.h - all that a plugin sees of dateline.
 *
 * A plugin is one .so file with one symbol, `this_plugin`. A source knows one
 * site, an extractor improves the records of any source:
 *
 *     feed --discover--> entries ==fetch==> page --extract--> record
 *                                                                |
 *                 spool <== record <--transform-- ... <----------+
 *
 * The double arrows are the daemon's, the single ones are yours.
 *
 * Calls     One at a time, in a process of their own that has one thread and,
 *           after prepare(), neither files nor network. What takes longer than
 *           the source's `patience` is killed, and costs that one page.
 * Memory    Whatever a function here returns belongs to the job and is gone
 *           when the job is done. Free nothing. Nothing returns NULL for lack
 *           of memory: the job ends with DL_FAIL, and a new worker comes.
 * NULL      means "there is none". Every function takes NULL for a node, a
 *           moment or a string and then finds nothing: calls nest without
 *           checks in between.
 * Strings   UTF-8 in NFC, ended by NUL, without control, zero-width and soft
 *           hyphen characters; U+00A0 and U+3000 are spaces. Urls are absolute.
 * Structs   Made by the host, never by a plugin (but for struct dl_plugin and
 *           struct dl_option), so that they can grow at their end. Those
 *           behind a pointer to const are changed by functions only.
 */
#ifndef DATELINE_PLUGIN_H
#define DATELINE_PLUGIN_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

/*
 * The major number rises when plugins have to be changed or compiled again, the
 * minor one when something was added. A plugin is loaded if its major number
 * is the host's and its minor number is not a later one; of a struct dl_plugin
 * the host reads no member that came after its minor number.
 *
 * 1.0  the first
 */
#define DL_ABI_MAJOR 1
#define DL_ABI_MINOR 0
#define DL_ABI (DL_ABI_MAJOR << 16 | DL_ABI_MINOR) /* also for #if */

struct dl_job;  /* one call of a plugin and all the memory it uses */
struct dl_node; /* an element of a page */

/* What a plugin says of the page it was given. */
enum dl_verdict {
	DL_DONE, /* it went well */
	DL_SKIP, /* nothing for us here: a video, a gallery */
	DL_FAIL, /* not the page we know: the site has changed, look at it */
};

/* Where a value comes from, in the order of trust for dates. */
enum dl_from {
	DL_FROM_NOWHERE,
	DL_FROM_META,     /* <meta>, <time datetime>, a header of the page */
	DL_FROM_JSON_LD,  /* the page's JSON-LD */
	DL_FROM_PAGE,     /* what the page shows */
	DL_FROM_FEED,     /* the feed or listing the entry was found in */
	DL_FROM_URL,      /* the page's address */
	DL_FROM_TEXT,     /* a line of the text itself */
	DL_FROM_DATELINE, /* the dateline */
	DL_FROM_RULE,     /* a rule of an extractor */
};

enum dl_precision { DL_DAY = 1, DL_MINUTE, DL_SECOND };

enum dl_zone {
	DL_ZONE_EXPLICIT = 1, /* the text named its zone */
	DL_ZONE_SOURCE,       /* the source's zone */
	DL_ZONE_ASSUMED,      /* anything else */
};

/* A point in time, as somebody wrote it. */
struct dl_moment {
	int64_t seconds; /* since 1970-01-01T00:00:00Z */
	int32_t offset;  /* seconds east of Greenwich at that place and time */
	enum dl_precision precision; /* with DL_DAY the time of day is 00:00 */
	enum dl_zone zone;
	enum dl_from from;
	const char *raw; /* the text it was read from */
};

/* What came from the network: a feed, or the page of an entry. */
struct dl_page {
	const char *url;  /* after redirects; NULL if it came from a file */
	const char *type; /* "text/html": lower case, without parameters */
	const char
	    *bytes;      /* in UTF-8, whatever it was sent in; a NUL follows */
	size_t len;      /* bytes, without the NUL */
	int64_t fetched; /* seconds since 1970-01-01T00:00:00Z */
	const struct dl_page *next; /* that page_want() brought, in its order */
};

/* What a feed or listing promises. Made by entry_new() or feed_next(). */
struct dl_entry {
	const char *url; /* required; of the page that shall be fetched */
	const char *id;  /* stays when the url changes; see dl_plugin.key */
	const char *title;
	const char *summary;
	const char *author;
	const char *html; /* the story itself, from feeds that bring it whole */
	const struct dl_moment *published;
	const struct dl_moment *updated;
};

/* Strings in the order in which they were added. */
struct dl_list {
	const char *text;
	const struct dl_list *next;
};

struct dl_image {
	const char *url; /* NULL where the page shows a caption only */
	const char *caption;
	const char *credit;
	const struct dl_image *next;
};

/* A country or one of its subdivisions, as the gazetteer has it. */
struct dl_place {
	const char *name;    /* canonical, with its diacritics: "Hà Nội" */
	const char *code;    /* ISO 3166-2 "VN-HN"; of a country "VN" */
	const char *country; /* ISO 3166-1 alpha-2 */
};

/* A place that a text names. */
struct dl_mention {
	const struct dl_place *place;
	const char *as; /* the form met: "Ha Noi" */
	size_t at, len; /* bytes into the text */
};

struct dl_dateline {
	const char *text; /* as printed: "HANOI, Oct. 12 (Xinhua) --" */
	const struct dl_place *place;
	const struct dl_moment *date; /* NULL where none is printed or no year
					 can be found */
	const char *agency;
};

/*
 * What goes into the spool. It comes to extract() with what the entry said, and
 * to each transform() as the one before has left it. Read it here; change it
 * by the record_ functions.
 */
struct dl_record {
	const char *url; /* the canonical one, where the page names it */
	const char *title;
	const char *title_ascii;
	const char *summary;
	const char *text; /* plain, an empty line between paragraphs */
	const char *text_ascii;
	const char *language; /* BCP 47: "en", "pt-BR" */
	const char *section;
	const char *license; /* url */
	const char *fingerprint;
	const struct dl_moment *published;
	const struct dl_moment *updated;
	const struct dl_dateline *dateline;
	const struct dl_list *authors;
	const struct dl_list *tags;
	const struct dl_list *credits; /* agencies the story comes from */
	const struct dl_list *quality; /* reasons to doubt */
	const struct dl_image *images;
};

/* The text fields of a record, for record_set(). */
enum dl_field {
	DL_URL = 1,
	DL_TITLE,
	DL_TITLE_ASCII,
	DL_SUMMARY,
	DL_TEXT,
	DL_TEXT_ASCII,
	DL_LANGUAGE,
	DL_SECTION,
	DL_LICENSE,
	DL_FINGERPRINT,
};

enum dl_option_kind {
	DL_TEXT_OPTION = 1,
	DL_NUMBER_OPTION,
	DL_SELECTOR_OPTION
};

/*
 * A setting of the plugin, as [options] of the source's .conf has it. This
 * struct does not grow within a major number: plugins make arrays of it.
 */
struct dl_option {
	const char *name; /* NULL ends the array */
	enum dl_option_kind kind;
	const char *standard; /* its value where none is given; may be NULL */
	const char *about;    /* a sentence for people */
};

struct dl_plugin {
	uint32_t abi;        /* DL_ABI */
	const char *name;    /* as in the file's name and in `plugin = name` */
	const char *version; /* of the plugin: "1.0" */
	const char *about;   /* a line for people */

	/* Where the source's .conf says nothing. A source must have a zone. */
	const char *agency; /* "VGP"; NULL: the source's name */
	const char *zone;   /* IANA name: "Asia/Ho_Chi_Minh" */
	unsigned hints;     /* of date_parse(), for the dates of feed_next() */

	const struct dl_option *options; /* NULL: it has none */

	/*
	 * Once per process, before it is locked in: the only call that may
	 * open files. DL_FAIL refuses the plugin. May be NULL.
	 */
	enum dl_verdict (*prepare)(struct dl_job *job);

	/*
	 * A source: the key of the story at `url`, which must stay the same
	 * when title, host or path change; NULL if the url has none, then the
	 * entry's own id counts, or else the url. May be NULL.
	 */
	const char *(*key)(struct dl_job *job, const char *url);
	/* Calls entry_add() for each entry of the feed, */
	enum dl_verdict (*discover)(
	    struct dl_job *job, const struct dl_page *feed);
	/* and makes a record of a page. Without a text, DL_DONE is DL_FAIL. */
	enum dl_verdict (*extract)(struct dl_job *job,
	    const struct dl_page *page, struct dl_record *record);

	/*
	 * An extractor: improves a record. DL_SKIP drops it; DL_FAIL is noted
	 * in its `quality`, and the record goes on as it was before.
	 */
	enum dl_verdict (*transform)(struct dl_job *job,
	    const struct dl_page *page, struct dl_record *record);
};

/* DL_PLUGIN = { .abi = DL_ABI, .name = "gazette", ... }; in C and in C++. */
extern const struct dl_plugin this_plugin;
#define DL_PLUGIN const struct dl_plugin this_plugin

/* ---- job: what the call is about ---- */

/* Ends a call: `return job_skip(job, "a video");`. The reason is logged. */
enum dl_verdict job_skip(struct dl_job *job, const char *reason, ...)
    __attribute__((format(printf, 2, 3)));
enum dl_verdict job_fail(struct dl_job *job, const char *reason, ...)
    __attribute__((format(printf, 2, 3)));

/*
 * The value of an option that the plugin has declared: from [options], or its
 * standard. Asking for one that it has not declared ends the job with DL_FAIL.
 */
const char *job_option(struct dl_job *job, const char *name);

/* The agency whose page this is, as the record will say it. */
const char *job_agency(struct dl_job *job);

/* Memory of the job: zeroed, aligned for anything, never NULL. */
void *job_alloc(struct dl_job *job, size_t size);
char *job_printf(struct dl_job *job, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *job_copy(struct dl_job *job, const char *text, size_t len);

/* ---- feed: RSS, Atom, sitemaps ---- */

/*
 * The entry after `after`, or the first if that is NULL; NULL after the last.
 * It counts only once it is given to entry_add(). A page that is no feed ends
 * the job with DL_FAIL. Of an index of sitemaps the newest are asked for by
 * page_want(). Dates are read by date_parse() with the plugin's `hints`.
 */
struct dl_entry *feed_next(struct dl_job *job, const struct dl_page *feed,
    const struct dl_entry *after);

/* Adds all of them: a whole discover() for most sources. */
enum dl_verdict feed_discover(struct dl_job *job, const struct dl_page *feed);

/* Whether the page is a feed or sitemap in XML: listings are not. */
int feed_is(struct dl_job *job, const struct dl_page *page);

/* An entry for a site without a feed: fill it in, then add it. */
struct dl_entry *entry_new(struct dl_job *job);
void entry_add(struct dl_job *job, struct dl_entry *entry);

enum dl_role {
	DL_WANT_FEED = 1, /* from discover(): discover() is called with it */
	DL_WANT_NEXT,     /* from extract(): it is called again, and
			     page->next is what was asked for */
	DL_WANT_OLDER,    /* from discover(), as DL_WANT_FEED, but only if
			     nobody has seen an entry of this page before: some
			     may have been missed */
};

/* Asks the daemon for a further page; each url counts once a job. */
void page_want(struct dl_job *job, const char *url, enum dl_role role);

/* ---- listing: pages that name stories, of sites without a feed ---- */

/*
 * Where a listing has what. Selectors; of a list in JSON the names of members
 * on the way there: "data.list", "url". Made by plugins: this struct does not
 * grow within a major number.
 */
struct dl_listing {
	const char *boxes;   /* an entry each */
	const char *link;    /* in the box, to the page; NULL: the box itself if
				it is a link, else its first one with a text;
				in JSON "url" */
	const char *title;   /* NULL: the text of the link; in JSON "title" */
	const char *summary; /* NULL: none */
	const char *time;    /* NULL: none. Its attribute datetime, what it
				shows, or its tooltip, by the plugin's hints; in
				JSON also seconds or milliseconds since 1970 */
	const char *older; /* link to a listing of older entries; NULL: none */
	unsigned hints;    /* of date_parse(), for times as they are shown */
};

/*
 * As feed_next(), of a page that is a listing; of a feed it is feed_next(). An
 * entry without a link or a title is left out. A page that has no box, or none
 * that is an entry, ends the job with DL_FAIL.
 */
struct dl_entry *listing_next(struct dl_job *job, const struct dl_page *page,
    const struct dl_listing *listing, const struct dl_entry *after);

/* ---- dom: the page as a tree that nobody changes ---- */

/*
 * The <html> element. Parsed once a page, however broken the page may be.
 * Scripts, styles and comments are not in it.
 */
const struct dl_node *dom_root(struct dl_job *job, const struct dl_page *page);

/* The same of a fragment of HTML: an entry's html, a value of JSON. */
const struct dl_node *dom_fragment(struct dl_job *job, const char *html);

/*
 * Elements below `root` that match a CSS selector, in the page's order:
 *
 *     const struct dl_node *a = NULL;
 *     while ((a = dom_next(job, root, "h2 > a[href]", a)) != NULL)
 *             ...
 *
 * Selectors have: tag * #id .class [a] [a=v] [a^=v] [a$=v] [a*=v] [a~=v],
 * :not(), descendants, `>` and commas. A selector that does not parse ends the
 * job with DL_FAIL.
 */
const struct dl_node *dom_first(
    struct dl_job *job, const struct dl_node *root, const char *selector);
const struct dl_node *dom_next(struct dl_job *job, const struct dl_node *root,
    const char *selector, const struct dl_node *after);

/*
 * As dom_first(), but of selectors between commas the first that finds any
 * counts, not the element that stands first: from the surest to the vaguest.
 * *how is that selector, for the record_ functions; may be NULL.
 */
const struct dl_node *dom_best(struct dl_job *job, const struct dl_node *root,
    const char *selectors, const char **how);

/* Whether the node itself matches. */
int dom_is(
    struct dl_job *job, const struct dl_node *node, const char *selector);

/* The value of an attribute; dom_url() makes it absolute. */
const char *dom_attr(
    struct dl_job *job, const struct dl_node *node, const char *name);
const char *dom_url(
    struct dl_job *job, const struct dl_node *node, const char *name);

/* The text in one line, runs of white space made one; NULL if there is none. */
const char *dom_text(struct dl_job *job, const struct dl_node *node);

/*
 * The text as paragraphs, parted by an empty line, without what matches
 * `without`, which may be NULL. A paragraph is what stands between two borders
 * of block elements or two <br> in a row, so bare text beside empty <p> counts;
 * three spaces behind a sentence part it, too, as some editors write them.
 */
const char *dom_prose(
    struct dl_job *job, const struct dl_node *node, const char *without);

/* The url of the image that the node is, or of the first in it; also of one
   that a script loads late. */
const char *dom_image_url(struct dl_job *job, const struct dl_node *node);

/*
 * The images in the node, but for what matches `without`, in the page's order.
 * The `caption` of each is the paragraph beside it, as dom_prose() has them:
 * the one it stands in, or else the next, if no other image comes before that.
 * Whether it speaks of the image is not known; NULL if there is none.
 */
const struct dl_image *dom_images(
    struct dl_job *job, const struct dl_node *node, const char *without);

/* ---- page: what pages say of themselves ---- */

/* <meta property|name|itemprop="name" content="...">, e.g. "og:image". */
const char *page_meta(
    struct dl_job *job, const struct dl_page *page, const char *name);

/*
 * A value from the page's JSON-LD, from the first object that has it:
 * "datePublished", "author.name". Raw line ends in strings are tolerated.
 */
const char *page_ld(
    struct dl_job *job, const struct dl_page *page, const char *path);

/* `url` as a page at `base` means it; NULL if it is not http or https. */
const char *url_absolute(struct dl_job *job, const char *base, const char *url);

/* ---- date ---- */

enum dl_hint {
	DL_DAY_FIRST = 1,   /* 05/09/2026 is in September; the default */
	DL_MONTH_FIRST = 2, /* 05/09/2026 is in May */
};

/*
 * The moment that a text names, if it names one completely and nothing else:
 * ISO 8601, RFC 822 and 2822, and what the README of plugins/ lists. A time
 * without a zone is taken in the source's zone. NULL if it does not parse:
 * never "now", never a guess. `hints` is of enum dl_hint, added up, or 0.
 */
const struct dl_moment *date_parse(
    struct dl_job *job, const char *text, enum dl_from from, unsigned hints);

/*
 * The first date inside a longer text, by the same grammar, but with its day,
 * month and year all there; *at and *len (bytes) tell where; may be NULL.
 */
const struct dl_moment *date_find(struct dl_job *job, const char *text,
    enum dl_from from, unsigned hints, size_t *at, size_t *len);

/*
 * A day without its year ("Oct. 12", "27 oktyabr"): the one next to `near`, at
 * most half a year away. NULL if `near` is.
 */
const struct dl_moment *date_near(struct dl_job *job, const char *text,
    enum dl_from from, const struct dl_moment *near);

/*
 * A day without its year: the last one that is not after `base`, as a story
 * tells of it that was written then. NULL if `base` is.
 */
const struct dl_moment *date_before(struct dl_job *job, const char *text,
    enum dl_from from, const struct dl_moment *base);

/* The calendar day at the moment's own offset, "2024-10-12". */
const char *date_day(struct dl_job *job, const struct dl_moment *moment);

/* ---- record: every change says where the value comes from ---- */

/*
 * Sets a text field. NULL and "" leave it as it is. `how` is the selector,
 * meta name, path or rule that found it: `dateline explain` shows it.
 */
void record_set(struct dl_job *job, struct dl_record *record,
    enum dl_field field, const char *value, enum dl_from from, const char *how);

/*
 * Another record of the same page, for pages that hold several (live pages):
 * `key` as in dl_plugin.key. It goes through the extractors like the first.
 */
struct dl_record *record_more(struct dl_job *job, const char *key);

/* Takes a field away, and says by which rule. */
void record_clear(struct dl_job *job, struct dl_record *record,
    enum dl_field field, const char *rule);

/* The text of the first element with any that matches; what most fields need.
 */
void record_take(struct dl_job *job, struct dl_record *record,
    enum dl_field field, const struct dl_node *root, const char *selector);

/*
 * What the head of the page says, where JSON-LD counts before <meta>: title,
 * section, language, a summary if there is none yet, and record_links().
 */
void record_head(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page);

/*
 * A candidate for `published` or `updated`: the one whose `from` is trusted
 * most is kept; two that are more than a day apart are noted as date-conflict.
 */
void record_published(struct dl_job *job, struct dl_record *record,
    const struct dl_moment *moment, const char *how);
void record_updated(struct dl_job *job, struct dl_record *record,
    const struct dl_moment *moment, const char *how);

/* All that <meta>, <time> and JSON-LD say of both. `hints` of date_parse(). */
void record_times(struct dl_job *job, struct dl_record *record,
    const struct dl_page *page, unsigned hints);

/* NULL, the empty string and what is there already are not added. */
void record_author(
    struct dl_job *job, struct dl_record *record, const char *name);
void record_tag(struct dl_job *job, struct dl_record *record, const char *tag);
void record_credit(
    struct dl_job *job, struct dl_record *record, const char *agency);
void record_doubt(
    struct dl_job *job, struct dl_record *record, const char *reason);

/* The text of each element that matches. */
void record_tags(struct dl_job *job, struct dl_record *record,
    const struct dl_node *root, const char *selector);

/* At least one of url and caption; a url that is there gets the caption. */
void record_image(struct dl_job *job, struct dl_record *record, const char *url,
    const char *caption, const char *credit);

/*
 * The first image of each box, which may be an <img> itself, and the text of
 * the first element in the box that matches `captions`. If that is NULL, all
 * the box's text is the caption, but for one that is as long as a story.
 */
void record_images(struct dl_job *job, struct dl_record *record,
    const struct dl_node *root, const char *boxes, const char *captions);

/* Another caption and another credit for an image of the record; NULL: none. */
void record_caption(struct dl_job *job, struct dl_record *record,
    const struct dl_image *image, const char *caption, const char *credit);

/* The same story in another language (hreflang). */
void record_alternate(struct dl_job *job, struct dl_record *record,
    const char *language, const char *url);

/* `in` is "dateline", "title", "text" or "caption". */
void record_place(struct dl_job *job, struct dl_record *record,
    const struct dl_place *place, const char *as, const char *in);

void record_dateline(struct dl_job *job, struct dl_record *record,
    const char *text, const struct dl_place *place,
    const struct dl_moment *date, const char *agency);

/* What <link> and <a rel=license> say: canonical url, other languages, licence.
 */
void record_links(
    struct dl_job *job, struct dl_record *record, const struct dl_page *page);

/* Anything else that is worth keeping; found under `extra` in the spool. */
void record_note(struct dl_job *job, struct dl_record *record, const char *key,
    const char *value);

/* ---- text and places ---- */

/* The paragraphs of a record's text, and such a text of paragraphs. */
const struct dl_list *text_paragraphs(struct dl_job *job, const char *text);
const char *text_join(struct dl_job *job, const struct dl_list *paragraphs);

/* Adds to the end, also what is empty or there already. */
void text_append(
    struct dl_job *job, const struct dl_list **list, const char *text);

/* What stands between separators, a NULL-ended row; not what is empty. */
const struct dl_list *text_split(
    struct dl_job *job, const char *text, const char *const *separators);

/* The text behind the lead, unless it begins with that itself. */
const char *text_lead(struct dl_job *job, const char *lead, const char *text);

/* The text without the paragraphs that are captions of these images. */
const char *text_uncaptioned(
    struct dl_job *job, const char *text, const struct dl_image *images);

/* Letters of Latin script, quotes, dashes and currency folded to ASCII; other
   scripts stay as they are. */
const char *text_ascii(struct dl_job *job, const char *text);

/* For comparing: folded, in lower case, only letters and digits, single spaces.
 */
const char *text_key(struct dl_job *job, const char *text);

/* The place of which the whole text is a name, with or without diacritics. */
const struct dl_place *place_named(struct dl_job *job, const char *text);

/* The place that a code of ISO 3166 stands for. */
const struct dl_place *place_coded(struct dl_job *job, const char *code);

/* Places named in a longer text, from left to right, the longest name first. */
const struct dl_mention *place_next(
    struct dl_job *job, const char *text, const struct dl_mention *after);

/* `text`, or `instead` where there is none. */
static inline const char *text_or(const char *text, const char *instead)
{
	return text && *text ? text : instead;
}

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif

#endif
