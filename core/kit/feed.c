/*
 * What feeds and sitemaps promise: RSS of any age, Atom, sitemaps with their
 * extension for news, and indexes of sitemaps. JSON Feed is read elsewhere.
 *
 * The bytes come in UTF-8 whatever their prolog says, so the parser gets them
 * from the root element on: no encoding is believed, and as no DTD is ever
 * seen there are no entities to load or to expand.
 */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/limits.h"
#include "core/base/time.h"
#include "core/kit/entry.h"
#include "core/kit/hints.h"
#include "core/kit/job.h"
#include "core/kit/jsonfeed.h"
#include "core/kit/soup.h"

#define TEXT(node) ((const char *)(node))

static const char white[] = " \t\r\n";

/* ---- which pages are feeds ---- */

enum kind { RSS, ATOM, SITEMAP, SITEMAP_INDEX };

enum family { PLAIN, ATOM_FAMILY, DC, CONTENT, NEWS, BURNER, SY, OTHER };

static const struct {
	const char *root, *entry;
	enum kind kind;
	enum family family; /* of elements without a prefix */
} kinds[] = {
	{ "rss", "item", RSS, PLAIN },
	{ "RDF", "item", RSS, PLAIN },
	{ "feed", "entry", ATOM, ATOM_FAMILY },
	{ "urlset", "url", SITEMAP, PLAIN },
	{ "sitemapindex", "sitemap", SITEMAP_INDEX, PLAIN },
};

#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* Past a doctype with all that it declares; NULL if it does not end. */
static const char *past_doctype(const char *at)
{
	int open = 0;

	while (*(at += strcspn(at, "[]<>\"'")) != '\0') {
		if (strncmp(at, "<!--", 4) == 0) {
			at = strstr(at + 4, "-->");
			if (at == NULL)
				return NULL;
			at += 3;
			continue;
		}
		if (*at == '"' || *at == '\'') {
			at = strchr(at + 1, *at);
			if (at == NULL)
				return NULL;
		}
		open += *at == '[' || *at == '<';
		open -= *at == ']' || *at == '>';
		at++;
		if (open == 0 && at[-1] == '>')
			return at;
	}
	return NULL;
}

/* The `<` of the first element, past prolog, comments and doctype. */
static const char *first_element(const char *at)
{
	static const struct {
		const char *start, *end;
	} skipped[] = { { "<?", "?>" }, { "<!--", "-->" } };
	size_t i;

	if (strncmp(at, "\xef\xbb\xbf", 3) == 0)
		at += 3;
again:
	at += strspn(at, white);
	for (i = 0; i < sizeof(skipped) / sizeof(skipped[0]); i++) {
		if (strncmp(at, skipped[i].start, strlen(skipped[i].start)) !=
		    0)
			continue;
		at = strstr(at, skipped[i].end);
		if (at == NULL)
			return NULL;
		at += strlen(skipped[i].end);
		goto again;
	}
	if (strncasecmp(at, "<!doctype", 9) == 0) {
		at = past_doctype(at);
		if (at == NULL)
			return NULL;
		goto again;
	}
	return *at == '<' ? at : NULL;
}

/* The name of the element that begins here, without its prefix. */
static size_t local_name(const char *tag, const char **name)
{
	size_t len;

	tag += 1 + (tag[1] == '/');
	len = strcspn(tag, ":/> \t\r\n");
	if (tag[len] == ':') {
		tag += len + 1;
		len = strcspn(tag, "/> \t\r\n");
	}
	*name = tag;
	return len;
}

static bool is_named(const char *tag, const char *name)
{
	const char *local;
	size_t len = local_name(tag, &local);

	return len == strlen(name) && strncasecmp(local, name, len) == 0;
}

/* An index into kinds[], N_KINDS if it is no feed. */
static size_t root_kind(const char *root)
{
	size_t i;

	for (i = 0; root != NULL && root[1] != '/' && i < N_KINDS; i++) {
		if (is_named(root, kinds[i].root))
			return i;
	}
	return N_KINDS;
}

/* What servers put in front of a feed: a warning, a line of text. */
#define MOST_JUNK 4096

/* Where the feed begins that has junk in front of it, NULL if there is none.
   Of a page of HTML nothing is. */
static const char *past_junk(const char *at)
{
	static const char *const pages[] = { "html", "head", "body", "script",
		"!doctype html" };
	const char *end = at + strnlen(at, MOST_JUNK);
	size_t i;

	for (; (at = memchr(at, '<', (size_t)(end - at))) != NULL; at++) {
		if (strncmp(at, "<?xml", 5) == 0 || root_kind(at) < N_KINDS)
			return at;
		for (i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
			if (strncasecmp(at + 1, pages[i], strlen(pages[i])) ==
			    0)
				return NULL;
		}
	}
	return NULL;
}

/* The `<` of a feed's root; of a page that is no feed that of its first
   element, or NULL. */
static const char *root_element(const char *bytes)
{
	const char *root = first_element(bytes), *feed;

	if (root_kind(root) < N_KINDS)
		return root;
	feed = past_junk(bytes + strspn(bytes, white));
	feed = feed != NULL ? first_element(feed) : NULL;
	return root_kind(feed) < N_KINDS ? feed : root;
}

int feed_is(struct dl_job *job, const struct dl_page *page)
{
	(void)job;
	return page != NULL &&
	    (jsonfeed_is(page->bytes) ||
		root_kind(root_element(page->bytes)) < N_KINDS);
}

static void refuse(struct dl_job *job, const struct dl_page *feed)
{
	const char *start = feed->bytes + strspn(feed->bytes, white);
	const char *root = root_element(feed->bytes), *name;
	int len;

	job->not_a_feed = true;

	if (*start == '\0') {
		job_break(job, "an empty page");
		return;
	}
	if (strncasecmp(start, "<!doctype html", 14) == 0 ||
	    (root != NULL && strncasecmp(root, "<html", 5) == 0)) {
		job_break(job, "not a feed: HTML");
		return;
	}
	if (root == NULL) {
		job_break(job, "not a feed: %s",
		    strchr("{[", *start) != NULL ? "JSON" : "no XML");
		return;
	}
	len = (int)local_name(root, &name);
	job_break(job, "not a feed: <%.*s>", len < 40 ? len : 40, name);
}

/* ---- from bytes to a tree ---- */

/*
 * Where a feed that was cut off has its last whole entry, so that half an
 * address is never taken for one; the end of the page if it is whole.
 */
static const char *whole_end(const char *root, const char *end, size_t kind)
{
	const char *at, *last = NULL;

	for (at = end - 1; at > root; at--) {
		if (at[0] != '<' || at[1] != '/')
			continue;
		if (is_named(at, kinds[kind].root))
			return end;
		if (last == NULL && is_named(at, kinds[kind].entry))
			last = at;
	}
	return last != NULL ? last + strcspn(last, ">") + 1 : root;
}

/* ---- from the tree to entries ---- */

/* Of two that fit the first counts. */
static const struct {
	const char *uri, *prefix;
	enum family family;
} families[] = {
	{ "w3.org/2005/Atom", "atom", ATOM_FAMILY },
	{ "purl.org/atom/", "atom", ATOM_FAMILY },
	{ "purl.org/dc/", "dc", DC },
	{ "purl.org/rss/1.0/modules/content", "content", CONTENT },
	{ "schemas/sitemap-news", "news", NEWS },
	{ "rssnamespace.org/feedburner", "feedburner", BURNER },
	{ "purl.org/dc/terms", "dcterms", DC },
	{ "purl.org/rss/1.0/modules/syndication", "sy", SY },
	{ "purl.org/rss/1.0/modules/", "", OTHER },
	{ "purl.org/rss/1.0/", "rss", PLAIN },
	{ "netscape.com/rdf/simple/", "", PLAIN },
	{ "backend.userland.com/rss", "", PLAIN },
};

/* Of two elements that say the same, the one with the lower rank counts, of two
   with the same rank the first. */
static const struct rule {
	enum family family;
	const char *name;
	enum part part;
	int rank;
} rules[] = {
	{ BURNER, "origLink", URL, 1 },
	{ PLAIN, "link", URL, 2 },
	{ ATOM_FAMILY, "link", URL, 3 },
	{ PLAIN, "loc", URL, 2 },
	{ PLAIN, "guid", ID, 1 },
	{ ATOM_FAMILY, "id", ID, 1 },
	{ PLAIN, "title", TITLE, 1 },
	{ ATOM_FAMILY, "title", TITLE, 1 },
	{ NEWS, "title", TITLE, 1 },
	{ DC, "title", TITLE, 2 },
	{ PLAIN, "description", SUMMARY, 1 },
	{ ATOM_FAMILY, "summary", SUMMARY, 1 },
	{ DC, "description", SUMMARY, 2 },
	{ DC, "creator", AUTHOR, 1 },
	{ ATOM_FAMILY, "author", AUTHOR, 1 },
	{ PLAIN, "author", AUTHOR, 2 },
	{ CONTENT, "encoded", HTML, 1 },
	{ ATOM_FAMILY, "content", HTML, 2 },
	{ PLAIN, "pubDate", PUBLISHED, 1 },
	{ ATOM_FAMILY, "published", PUBLISHED, 1 },
	{ NEWS, "publication_date", PUBLISHED, 1 },
	{ DC, "date", PUBLISHED, 2 },
	{ DC, "issued", PUBLISHED, 2 },
	{ DC, "created", PUBLISHED, 3 },
	{ ATOM_FAMILY, "issued", PUBLISHED, 2 },
	{ ATOM_FAMILY, "created", PUBLISHED, 3 },
	{ ATOM_FAMILY, "updated", UPDATED, 1 },
	{ PLAIN, "lastmod", UPDATED, 1 },
	{ ATOM_FAMILY, "modified", UPDATED, 2 },
	{ DC, "modified", UPDATED, 2 },
};

/* The element's own name; where its prefix was never declared, libxml2 leaves
   that in front. */
static const char *element_name(const xmlNode *node)
{
	const char *colon = strchr(TEXT(node->name), ':');

	return colon != NULL ? colon + 1 : TEXT(node->name);
}

static bool has_prefix(const xmlNode *node, const char *prefix)
{
	size_t len = strlen(prefix);

	return strncmp(TEXT(node->name), prefix, len) == 0 &&
	    TEXT(node->name)[len] == ':';
}

static enum family element_family(const xmlNode *node)
{
	size_t i;

	for (i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		if (node->ns != NULL && node->ns->href != NULL &&
		    strstr(TEXT(node->ns->href), families[i].uri) != NULL)
			return families[i].family;
		if (node->ns == NULL && has_prefix(node, families[i].prefix))
			return families[i].family;
	}
	if (node->ns != NULL)
		return node->ns->prefix == NULL ? PLAIN : OTHER;
	return strchr(TEXT(node->name), ':') == NULL ? PLAIN : OTHER;
}

static bool is_element(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE &&
	    strcasecmp(element_name(node), name) == 0;
}

static bool is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE ||
	    node->type == XML_CDATA_SECTION_NODE;
}

/* The node after this one, in the order of the feed; NULL after the last of
   `top`. */
static xmlNode *walk(const xmlNode *top, xmlNode *node, bool into)
{
	if (into && node->children != NULL && node->type == XML_ELEMENT_NODE)
		return node->children;
	while (node != top && node->next == NULL)
		node = node->parent;
	return node != top ? node->next : NULL;
}

/* All the text in an element; NULL if there is none but white space. */
static const char *element_text(struct dl_job *job, xmlNode *top)
{
	size_t len = 0;
	xmlNode *node;
	char *text, *at;

	for (node = top; node != NULL; node = walk(top, node, true))
		len += is_text(node) ? strlen(TEXT(node->content)) : 0;
	text = at = job_alloc(job, len + 1);
	for (node = top; node != NULL; node = walk(top, node, true)) {
		if (is_text(node))
			at = stpcpy(at, TEXT(node->content));
	}
	return text[strspn(text, white)] != '\0' ? text : NULL;
}

static const char *element_attr(const xmlNode *node, const char *name)
{
	const xmlAttr *attr;

	for (attr = node->properties; attr != NULL; attr = attr->next) {
		if (strcmp(TEXT(attr->name), name) == 0)
			return attr->children != NULL
			    ? text_or(TEXT(attr->children->content), "")
			    : "";
	}
	return NULL;
}

/* What its own xml:base makes of a base. */
static const char *rebased(
    struct dl_job *job, const xmlNode *node, const char *base)
{
	const xmlAttr *attr;

	for (attr = node->properties; attr != NULL; attr = attr->next) {
		if (attr->ns != NULL && attr->ns->prefix != NULL &&
		    strcmp(TEXT(attr->ns->prefix), "xml") == 0 &&
		    strcmp(TEXT(attr->name), "base") == 0 &&
		    attr->children != NULL)
			return text_or(url_absolute(job, base,
					   TEXT(attr->children->content)),
			    base);
	}
	return base;
}

/* Against which its addresses are read: the root's and that of all between. */
static const char *base_of(const struct reading *reading, const xmlNode *node)
{
	const xmlNode *parent = node->parent;

	if (parent == NULL || parent->type != XML_ELEMENT_NODE)
		return reading->base;
	return rebased(reading->job, node, base_of(reading, parent));
}

static const char *address(
    const struct reading *reading, const xmlNode *node, const char *text)
{
	const char *url = url_absolute(reading->job, NULL, text);

	if (url == NULL && text != NULL)
		url = url_absolute(reading->job, base_of(reading, node), text);
	return url;
}

/* Links to the feed itself, to comments and sounds are no pages. */
static const char *read_link(const struct reading *reading, xmlNode *node)
{
	const char *rel = element_attr(node, "rel");
	const char *href = element_attr(node, "href");

	if (rel != NULL && *rel != '\0' && strcasecmp(rel, "alternate") != 0)
		return NULL;
	if (href == NULL)
		href = element_text(reading->job, node);
	return address(reading, node, href);
}

static const char *read_author(struct dl_job *job, xmlNode *node)
{
	xmlNode *child;

	for (child = node->children; child != NULL; child = child->next) {
		if (is_element(child, "name"))
			return element_text(job, child);
	}
	return element_text(job, node);
}

/* All the markup in an element. */
static const char *element_markup(struct dl_job *job, xmlNode *node)
{
	xmlBuffer *buffer = xmlBufferCreate();
	const char *html = NULL;
	xmlNode *child;

	if (buffer == NULL)
		return NULL;
	for (child = node->children; child != NULL; child = child->next)
		xmlNodeDump(buffer, node->doc, child, 0, 0);
	if (xmlBufferLength(buffer) > 0)
		html = job_copy(job, TEXT(xmlBufferContent(buffer)),
		    (size_t)xmlBufferLength(buffer));
	xmlBufferFree(buffer);
	return html;
}

/* Text, escaped HTML, or HTML that nobody escaped. */
static const char *element_prose(struct dl_job *job, xmlNode *node)
{
	const xmlNode *child = node->children;

	while (child != NULL && child->type != XML_ELEMENT_NODE)
		child = child->next;
	return child != NULL ? element_markup(job, node)
			     : element_text(job, node);
}

/* The content of an entry of Atom says what it is, that of RSS is HTML. */
static const char *read_html(
    struct dl_job *job, xmlNode *node, const struct rule *rule)
{
	const char *type = element_attr(node, "type");

	if (rule->family == CONTENT ||
	    (type != NULL && strstr(type, "html") != NULL))
		return element_prose(job, node);
	if (type == NULL || strcmp(type, "text") == 0 ||
	    strcmp(type, "text/plain") == 0)
		return html_of(job, element_text(job, node));
	return NULL;
}

/* An id that is an address may be the only one. */
static void read_id(
    const struct reading *reading, struct raw *raw, xmlNode *node)
{
	const char *text = element_text(reading->job, node);
	const char *is_link = element_attr(node, "isPermaLink");

	raw_say(raw, ID, text, 1);
	if (is_link == NULL || strcasecmp(is_link, "true") == 0)
		raw_say(raw, URL, url_absolute(reading->job, NULL, text), 9);
}

static const struct rule *rule_in(enum family family, const xmlNode *node)
{
	size_t i;

	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (rules[i].family == family &&
		    is_element(node, rules[i].name))
			return &rules[i];
	}
	return NULL;
}

/* Where the namespace is a wrong one, what stands without a prefix is the
   feed's own. */
static const struct rule *rule_of(const xmlNode *node, size_t kind)
{
	const struct rule *rule = rule_in(element_family(node), node);

	if (rule == NULL && strchr(TEXT(node->name), ':') == NULL &&
	    (node->ns == NULL || node->ns->prefix == NULL))
		rule = rule_in(kinds[kind].family, node);
	return rule;
}

static void read_part(const struct reading *reading, struct raw *raw,
    xmlNode *node, const struct rule *rule)
{
	struct dl_job *job = reading->job;

	if (rule->part == ID)
		read_id(reading, raw, node);
	else if (rule->part == URL)
		raw_say(raw, URL, read_link(reading, node), rule->rank);
	else if (rule->part == AUTHOR)
		raw_say(raw, AUTHOR, read_author(job, node), rule->rank);
	else if (rule->part == HTML)
		raw_say(raw, HTML, read_html(job, node, rule), rule->rank);
	else if (rule->part == TITLE || rule->part == SUMMARY)
		raw_say(raw, rule->part, element_prose(job, node), rule->rank);
	else
		raw_say(raw, rule->part, element_text(job, node), rule->rank);
}

/* What news: says of a page of a sitemap stands one level deeper. What image:
   says there is a picture's. */
static bool is_wrapped(const xmlNode *node)
{
	return element_family(node) == NEWS && is_element(node, "news");
}

static struct raw read_raw(
    const struct reading *reading, xmlNode *element, size_t kind)
{
	struct raw raw = { { NULL }, { 0 } };
	xmlNode *node = element->children;

	while (node != NULL) {
		bool element_node = node->type == XML_ELEMENT_NODE;
		bool wrapped = element_node && is_wrapped(node);
		const struct rule *rule =
		    element_node && !wrapped ? rule_of(node, kind) : NULL;

		if (rule != NULL)
			read_part(reading, &raw, node, rule);
		node = walk(element, node, wrapped);
	}
	/* Of RDF, where it should be the link. */
	raw_say(&raw, URL,
	    url_absolute(reading->job, NULL, element_attr(element, "about")),
	    10);
	return raw;
}

/* ---- indexes of sitemaps ---- */

struct newest { /* sitemaps, the newest first */
	const char *urls[LIMIT_WANTED];
	int64_t times[LIMIT_WANTED];
	size_t n;
};

/* The month in a name like news-2026-9.xml, for indexes without dates. */
static int64_t month_in(const char *url)
{
	int64_t time = INT64_MIN;

	while (*(url += strcspn(url, "0123456789")) != '\0') {
		size_t digits = strspn(url, "0123456789");
		int year = atoi(digits == 4 ? url : "0"), month = 0;

		url += digits;
		if (digits == 4 && *url != '\0')
			month = atoi(url + 1);
		month = month >= 1 && month <= 12 ? month : 1;
		if (year >= 1990 && year < 2200)
			time = time_days(year, month, 1) * 86400;
	}
	return time;
}

static void newest_add(struct newest *newest, const char *url, int64_t time)
{
	size_t at = newest->n;

	while (at > 0 && newest->times[at - 1] < time)
		at--;
	if (at == LIMIT_WANTED)
		return;
	if (newest->n == LIMIT_WANTED)
		newest->n--;
	memmove(&newest->urls[at + 1], &newest->urls[at],
	    (newest->n - at) * sizeof(newest->urls[0]));
	memmove(&newest->times[at + 1], &newest->times[at],
	    (newest->n - at) * sizeof(newest->times[0]));
	newest->urls[at] = url;
	newest->times[at] = time;
	newest->n++;
}

static void read_sitemap(
    struct reading *reading, const struct raw *raw, struct newest *newest)
{
	const char *url = raw->parts[URL];
	const struct dl_moment *updated = date_parse(
	    reading->job, raw->parts[UPDATED], DL_FROM_FEED, reading->hints);

	if (url != NULL)
		newest_add(newest, url,
		    updated != NULL ? updated->seconds : month_in(url));
}

/* ---- how often the feed wants to be asked ---- */

static bool is_hint(const xmlNode *node, enum family family, const char *name)
{
	return is_element(node, name) && element_family(node) == family;
}

struct said { /* by a feed, of itself */
	const char *ttl, *period, *frequency;
	uint32_t hours, days;
};

static void read_hint(struct dl_job *job, struct said *said, xmlNode *node)
{
	if (is_hint(node, PLAIN, "ttl") && hints_ttl(said->ttl) == 0)
		said->ttl = element_text(job, node);
	else if (is_hint(node, SY, "updatePeriod"))
		said->period = element_text(job, node);
	else if (is_hint(node, SY, "updateFrequency"))
		said->frequency = element_text(job, node);
	else if (is_hint(node, PLAIN, "hour") &&
	    is_element(node->parent, "skipHours"))
		said->hours |= hints_hour(element_text(job, node));
	else if (is_hint(node, PLAIN, "day") &&
	    is_element(node->parent, "skipDays"))
		said->days |= hints_day(element_text(job, node));
}

/* A feed that is never to be asked has said nothing. */
static void read_hints(struct dl_job *job, xmlNode *root, const char *entry)
{
	const uint32_t all_hours = 0xffffff, all_days = 0x7f;
	struct said said = { NULL };
	struct hints *hints = &job->hints;
	xmlNode *node = root;

	while (node != NULL) {
		bool into = !is_element(node, entry);

		if (into)
			read_hint(job, &said, node);
		node = walk(root, node, into);
	}
	hints->ttl = hints_ttl(said.ttl);
	if (hints->ttl == 0)
		hints->ttl = hints_period(said.period, said.frequency);
	if (said.hours != all_hours)
		hints->skip_hours = said.hours;
	if (said.days != all_days)
		hints->skip_days = (uint8_t)said.days;
}

/* ---- feeds in several pages ---- */

/* RFC 5005: <link rel="next"> of the feed itself, or of its archive. */
static const char *older_page(
    const struct reading *reading, xmlNode *root, const char *entry)
{
	xmlNode *node = root;

	while (node != NULL) {
		bool into = !is_element(node, entry);
		const char *rel = into && is_element(node, "link")
		    ? element_attr(node, "rel")
		    : NULL;

		if (rel != NULL &&
		    (strcmp(rel, "next") == 0 ||
			strcmp(rel, "prev-archive") == 0))
			return url_absolute(reading->job, reading->base,
			    element_attr(node, "href"));
		node = walk(root, node, into);
	}
	return NULL;
}

/* ---- the whole ---- */

/* Elements of one name wherever they stand. */
static void read_tree(struct reading *reading, xmlNode *root, size_t kind)
{
	struct newest newest = { .n = 0 };
	xmlNode *node;
	size_t i;

	reading->base = rebased(reading->job, root, reading->base);
	if (kinds[kind].kind == RSS)
		read_hints(reading->job, root, kinds[kind].entry);
	for (node = root; node != NULL && !reading_is_full(reading);
	     node = walk(root, node, true)) {
		struct raw raw;

		if (!is_element(node, kinds[kind].entry))
			continue;
		raw = read_raw(reading, node, kind);
		if (kinds[kind].kind == SITEMAP_INDEX)
			read_sitemap(reading, &raw, &newest);
		else
			reading_add(reading, &raw);
	}
	for (i = 0; i < newest.n; i++)
		page_want(reading->job, newest.urls[i], DL_WANT_FEED);
	page_want(reading->job, older_page(reading, root, kinds[kind].entry),
	    DL_WANT_OLDER);
}

static void read_xml(struct reading *reading, const struct dl_page *feed,
    const char *root, size_t kind)
{
	const int options = XML_PARSE_RECOVER | XML_PARSE_NONET |
	    XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA;
	const char *end = whole_end(root, feed->bytes + feed->len, kind);
	const char *bytes;
	xmlDoc *tree;
	size_t len;

	if (end == root)
		return; /* it was cut off within its first entry */
	bytes = soup_xml(reading->job, root, end, kinds[kind].entry, &len);
	tree = xmlReadMemory(bytes, (int)len, NULL, "UTF-8", options);
	if (tree != NULL && xmlDocGetRootElement(tree) != NULL)
		read_tree(reading, xmlDocGetRootElement(tree), kind);
	else
		job_break(reading->job, "no tree could be made of the feed");
	xmlFreeDoc(tree);
}

static void feed_read(struct dl_job *job, const struct dl_page *feed)
{
	const char *root = root_element(feed->bytes);
	size_t kind = root_kind(root);
	struct reading reading;

	job->hints = (struct hints){ 0 };
	reading_begin(
	    &reading, job, text_or(feed->url, job->base), &job->entries);
	if (kind < N_KINDS)
		read_xml(&reading, feed, root, kind);
	else if (!jsonfeed_is(feed->bytes) ||
	    !jsonfeed_read(&reading, feed->bytes))
		refuse(job, feed);
	reading_end(&reading, job->entries);
}

struct dl_entry *feed_next(struct dl_job *job, const struct dl_page *feed,
    const struct dl_entry *after)
{
	if (feed == NULL)
		return NULL;
	if (job->read != feed) {
		job->read = feed;
		job->entries = NULL;
		feed_read(job, feed);
	}
	return entry_after(job, after);
}

enum dl_verdict feed_discover(struct dl_job *job, const struct dl_page *feed)
{
	struct dl_entry *entry = NULL;

	while ((entry = feed_next(job, feed, entry)) != NULL)
		entry_add(job, entry);
	return job->broken ? DL_FAIL : DL_DONE;
}
