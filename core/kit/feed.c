/*
 * What feeds and sitemaps promise: RSS of any age, Atom, sitemaps with their
 * extensions for news and images, and indexes of sitemaps.
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
#include "core/base/url.h"
#include "core/kit/dom.h"
#include "core/kit/hints.h"
#include "core/kit/job.h"

#define TEXT(node) ((const char *)(node))

static const char white[] = " \t\r\n";

/* ---- which pages are feeds ---- */

enum kind { NO_FEED, RSS, ATOM, SITEMAP, SITEMAP_INDEX };

static const struct {
	const char *root, *entry;
	enum kind kind;
} kinds[] = {
	{ "rss", "item", RSS },
	{ "RDF", "item", RSS },
	{ "feed", "entry", ATOM },
	{ "urlset", "url", SITEMAP },
	{ "sitemapindex", "sitemap", SITEMAP_INDEX },
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
static const char *root_element(const char *at)
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

	return len == strlen(name) && memcmp(local, name, len) == 0;
}

/* An index into kinds[], N_KINDS if it is no feed. */
static size_t root_kind(const char *root)
{
	size_t i;

	for (i = 0; root != NULL && i < N_KINDS; i++) {
		if (is_named(root, kinds[i].root))
			return i;
	}
	return N_KINDS;
}

int feed_is(struct dl_job *job, const struct dl_page *page)
{
	(void)job;
	return page != NULL && root_kind(root_element(page->bytes)) < N_KINDS;
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
		job_break(job, "not a feed: no XML");
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

/* Bytes of what `&` begins if XML knows it: "&amp;", "&#8220;"; else 0. */
static size_t entity_len(const char *at)
{
	static const char *const known[] = { "&amp;", "&lt;", "&gt;", "&quot;",
		"&apos;" };
	size_t i, len;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strncmp(at, known[i], strlen(known[i])) == 0)
			return strlen(known[i]);
	}
	if (strncmp(at, "&#", 2) != 0)
		return 0;
	len = 2 + (at[2] == 'x');
	len += strspn(at + len, "0123456789abcdefABCDEF");
	return at[len] == ';' && len < 12 ? len + 1 : 0;
}

/*
 * What feeds do wrong most: a bare `&` in an address, entities of HTML and
 * control characters. The first two are escaped, the last made spaces.
 */
static char *feed_mended(
    struct dl_job *job, const char *at, const char *end, size_t *len)
{
	const char *raw = at; /* up to here it is CDATA: `&` means itself */
	size_t room = 1;
	const char *c;
	char *mended, *out;

	for (c = at; c < end; c++)
		room += *c == '&' ? 5 : 1;
	mended = out = job_alloc(job, room);
	for (; at < end; at++) {
		if (at >= raw && strncmp(at, "<![CDATA[", 9) == 0) {
			raw = memmem(at, (size_t)(end - at), "]]>", 3);
			raw = raw != NULL ? raw : end;
		}
		if ((unsigned char)*at >= ' ' ||
		    memchr("\t\r\n", *at, 3) != NULL)
			*out++ = *at;
		else
			*out++ = ' ';
		if (*at == '&' && at >= raw && entity_len(at) == 0)
			out = stpcpy(out, "amp;");
	}
	*len = (size_t)(out - mended);
	return mended;
}

/* ---- from the tree to entries ---- */

enum family { PLAIN, ATOM_FAMILY, DC, CONTENT, NEWS, IMAGE, BURNER, SY, OTHER };

static const struct {
	const char *uri, *prefix;
	enum family family;
} families[] = {
	{ "w3.org/2005/Atom", "atom", ATOM_FAMILY },
	{ "purl.org/atom/", "atom", ATOM_FAMILY },
	{ "purl.org/dc/", "dc", DC },
	{ "purl.org/rss/1.0/modules/content", "content", CONTENT },
	{ "schemas/sitemap-news", "news", NEWS },
	{ "schemas/sitemap-image", "image", IMAGE },
	{ "rssnamespace.org/feedburner", "feedburner", BURNER },
	{ "purl.org/rss/1.0/modules/syndication", "sy", SY },
};

enum part {
	URL,
	ID,
	TITLE,
	SUMMARY,
	AUTHOR,
	HTML,
	PUBLISHED,
	UPDATED,
	N_PARTS
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
	{ IMAGE, "title", TITLE, 3 },
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
	{ ATOM_FAMILY, "issued", PUBLISHED, 2 },
	{ ATOM_FAMILY, "updated", UPDATED, 1 },
	{ PLAIN, "lastmod", UPDATED, 1 },
	{ ATOM_FAMILY, "modified", UPDATED, 2 },
	{ DC, "modified", UPDATED, 2 },
};

struct raw { /* what an entry says, as the feed has it */
	const char *parts[N_PARTS];
	int ranks[N_PARTS]; /* 0: not said */
};

struct reading { /* one feed */
	struct dl_job *job;
	const char *base;
	unsigned hints;
	struct found **end;
	size_t n;
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

/* Whether there is something that only HTML can mean: a tag, an entity. */
static bool is_markup(const char *text, const char *signs)
{
	for (; *(text += strcspn(text, signs)) != '\0'; text++) {
		size_t len = strspn(text + 1,
		    "abcdefghijklmnopqrstuvwxyz"
		    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		    "0123456789#/!");

		if (len > 0 && (*text == '<' || text[1 + len] == ';'))
			return true;
	}
	return false;
}

/* Text in one line, of text or HTML; entities that were escaped once too often
   are resolved as well. */
static const char *plain(struct dl_job *job, const char *text)
{
	if (text == NULL)
		return NULL;
	if (is_markup(text, "<"))
		text = dom_text(job, dom_fragment(job, text));
	else if (is_markup(text, "&"))
		text = dom_unescape(job, text);
	if (text != NULL && is_markup(text, "&"))
		text = dom_unescape(job, text);
	return dom_line(job, text);
}

/* "desk@news.example (An Nguyen)" is An Nguyen; an address alone is no name. */
static const char *author_name(struct dl_job *job, const char *text)
{
	const char *open, *close;

	if (text == NULL || strchr(text, '@') == NULL)
		return plain(job, text);
	open = strchr(text, '(');
	close = open != NULL ? strrchr(open, ')') : NULL;
	if (close == NULL)
		return NULL;
	return plain(job, job_copy(job, open + 1, (size_t)(close - open - 1)));
}

static void say(struct raw *raw, enum part part, const char *text, int rank)
{
	if (text == NULL || (raw->ranks[part] > 0 && raw->ranks[part] <= rank))
		return;
	raw->parts[part] = text;
	raw->ranks[part] = rank;
}

/* Links to the feed itself, to comments and sounds are no pages. */
static const char *read_link(struct dl_job *job, xmlNode *node)
{
	const char *rel = element_attr(node, "rel");
	const char *href = element_attr(node, "href");

	if (rel != NULL && strcmp(rel, "alternate") != 0)
		return NULL;
	return href != NULL ? job_copy(job, href, strlen(href))
			    : element_text(job, node);
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

static const char *read_xhtml(struct dl_job *job, xmlNode *node)
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

/* The content of an entry of Atom says what it is, that of RSS is HTML. */
static const char *read_html(
    struct dl_job *job, xmlNode *node, const struct rule *rule)
{
	const char *type = element_attr(node, "type");

	if (rule->family == CONTENT)
		return element_text(job, node);
	if (type == NULL)
		return NULL;
	if (strcmp(type, "xhtml") == 0 ||
	    strcmp(type, "application/xhtml+xml") == 0)
		return read_xhtml(job, node);
	if (strcmp(type, "html") == 0 || strcmp(type, "text/html") == 0)
		return element_text(job, node);
	return NULL;
}

static void read_id(struct dl_job *job, struct raw *raw, xmlNode *node)
{
	const char *text = element_text(job, node);
	const char *is_link = element_attr(node, "isPermaLink");

	say(raw, ID, text, 1);
	if (is_link == NULL || strcmp(is_link, "false") != 0)
		say(raw, URL, text, 9);
}

static const struct rule *rule_of(const xmlNode *node)
{
	enum family family = element_family(node);
	size_t i;

	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (rules[i].family == family &&
		    is_element(node, rules[i].name))
			return &rules[i];
	}
	return NULL;
}

static void read_part(struct dl_job *job, struct raw *raw, xmlNode *node)
{
	const struct rule *rule = rule_of(node);

	if (rule == NULL)
		return;
	if (rule->part == ID)
		read_id(job, raw, node);
	else if (rule->part == URL)
		say(raw, URL, read_link(job, node), rule->rank);
	else if (rule->part == AUTHOR)
		say(raw, AUTHOR, read_author(job, node), rule->rank);
	else if (rule->part == HTML)
		say(raw, HTML, read_html(job, node, rule), rule->rank);
	else
		say(raw, rule->part, element_text(job, node), rule->rank);
}

/* What news: and image: say of a page of a sitemap stands one level deeper. */
static bool is_wrapped(const xmlNode *node)
{
	enum family family = element_family(node);

	return (family == NEWS && is_element(node, "news")) ||
	    (family == IMAGE && is_element(node, "image"));
}

static struct raw read_raw(struct dl_job *job, xmlNode *element)
{
	struct raw raw = { { NULL }, { 0 } };
	xmlNode *node = element->children;

	while (node != NULL) {
		bool wrapped =
		    node->type == XML_ELEMENT_NODE && is_wrapped(node);

		if (node->type == XML_ELEMENT_NODE && !wrapped)
			read_part(job, &raw, node);
		node = walk(element, node, wrapped);
	}
	return raw;
}

static void read_entry(struct reading *reading, xmlNode *element)
{
	struct dl_job *job = reading->job;
	struct raw raw = read_raw(job, element);
	struct found *found;
	struct dl_entry *entry;
	const char *html, *url;

	url = url_absolute(job, reading->base, raw.parts[URL]);
	if (url == NULL || reading->n++ >= LIMIT_ENTRIES)
		return;
	*reading->end = found = job_alloc(job, sizeof(*found));
	reading->end = &found->next;
	entry = &found->entry;
	entry->url = url;
	entry->id = dom_line(job, raw.parts[ID]);
	entry->title = plain(job, raw.parts[TITLE]);
	entry->summary = plain(job, raw.parts[SUMMARY]);
	entry->author = author_name(job, raw.parts[AUTHOR]);
	entry->published =
	    date_parse(job, raw.parts[PUBLISHED], DL_FROM_FEED, reading->hints);
	entry->updated =
	    date_parse(job, raw.parts[UPDATED], DL_FROM_FEED, reading->hints);
	html = plain(job, raw.parts[HTML]);
	if (html != NULL && strlen(html) > strlen(text_or(entry->summary, "")))
		entry->html = job_clean(job, raw.parts[HTML]);
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
    struct reading *reading, xmlNode *element, struct newest *newest)
{
	struct raw raw = read_raw(reading->job, element);
	const char *url =
	    url_absolute(reading->job, reading->base, raw.parts[URL]);
	const struct dl_moment *updated = date_parse(
	    reading->job, raw.parts[UPDATED], DL_FROM_FEED, reading->hints);

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
	*hints = (struct hints){ .ttl = hints_ttl(said.ttl) };
	if (hints->ttl == 0)
		hints->ttl = hints_period(said.period, said.frequency);
	if (said.hours != all_hours)
		hints->skip_hours = said.hours;
	if (said.days != all_days)
		hints->skip_days = (uint8_t)said.days;
}

/* ---- the whole ---- */

/* Elements of one name wherever they stand: broken markup nests them. */
static void read_tree(struct reading *reading, xmlNode *root, size_t kind)
{
	struct newest newest = { .n = 0 };
	xmlNode *node;
	size_t i;

	if (kinds[kind].kind == RSS)
		read_hints(reading->job, root, kinds[kind].entry);
	for (node = root; node != NULL; node = walk(root, node, true)) {
		if (!is_element(node, kinds[kind].entry))
			continue;
		if (kinds[kind].kind == SITEMAP_INDEX)
			read_sitemap(reading, node, &newest);
		else
			read_entry(reading, node);
	}
	for (i = 0; i < newest.n; i++)
		page_want(reading->job, newest.urls[i], DL_WANT_FEED);
}

static int compare_ids(const void *a, const void *b)
{
	const struct found *const *left = a, *const *right = b;

	return strcmp((*left)->entry.id, (*right)->entry.id);
}

/* An id that several pages share says nothing. */
static void drop_shared_ids(struct found **sorted, size_t n)
{
	size_t from, to, i;

	for (from = 0; from < n; from = to) {
		const char *id = sorted[from]->entry.id;
		const char *url = sorted[from]->entry.url;
		bool shared = false;

		for (to = from; to < n && strcmp(sorted[to]->entry.id, id) == 0;
		     to++)
			shared |= strcmp(sorted[to]->entry.url, url) != 0;
		for (i = from; shared && i < to; i++)
			sorted[i]->entry.id = NULL;
	}
}

static void check_ids(struct dl_job *job, struct found *entries, size_t n)
{
	struct found **sorted = job_alloc(job, n * sizeof(*sorted));
	size_t with = 0;

	for (; entries != NULL; entries = entries->next) {
		if (entries->entry.id != NULL)
			sorted[with++] = entries;
	}
	qsort(sorted, with, sizeof(*sorted), compare_ids);
	drop_shared_ids(sorted, with);
}

/* The plugin's, unless it leaves the order of dates to its sources. */
static unsigned feed_hints(struct dl_job *job)
{
	static const char name[] = "date_order";
	const struct dl_option *option =
	    job->plugin != NULL ? job->plugin->options : NULL;

	while (option != NULL && option->name != NULL &&
	    strcmp(option->name, name) != 0)
		option++;
	if (option == NULL || option->name == NULL)
		return job->plugin != NULL ? job->plugin->hints : 0;
	return strcmp(text_or(job_option(job, name), "day"), "month") == 0
	    ? DL_MONTH_FIRST
	    : DL_DAY_FIRST;
}

static void feed_read(struct dl_job *job, const struct dl_page *feed)
{
	const int options = XML_PARSE_RECOVER | XML_PARSE_NONET |
	    XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
	struct reading reading = { .job = job, .end = &job->entries };
	const char *root = root_element(feed->bytes), *bytes;
	size_t kind = root_kind(root), len;
	xmlParserCtxt *parser;
	xmlDoc *tree;

	if (kind == N_KINDS) {
		refuse(job, feed);
		return;
	}
	bytes = feed_mended(
	    job, root, whole_end(root, feed->bytes + feed->len, kind), &len);
	reading.base = text_or(feed->url, job->base);
	reading.hints = feed_hints(job);
	parser = xmlNewParserCtxt();
	if (parser == NULL)
		return;
	tree =
	    xmlCtxtReadMemory(parser, bytes, (int)len, NULL, "UTF-8", options);
	xmlFreeParserCtxt(parser);
	if (tree != NULL && xmlDocGetRootElement(tree) != NULL)
		read_tree(&reading, xmlDocGetRootElement(tree), kind);
	xmlFreeDoc(tree);
	check_ids(job, job->entries, reading.n);
}

struct dl_entry *feed_next(struct dl_job *job, const struct dl_page *feed,
    const struct dl_entry *after)
{
	struct found *found;

	if (feed == NULL)
		return NULL;
	if (job->read != feed) {
		job->read = feed;
		job->entries = NULL;
		feed_read(job, feed);
	}
	found =
	    after == NULL ? job->entries : ((const struct found *)after)->next;
	return found != NULL ? &found->entry : NULL;
}

enum dl_verdict feed_discover(struct dl_job *job, const struct dl_page *feed)
{
	struct dl_entry *entry = NULL;

	while ((entry = feed_next(job, feed, entry)) != NULL)
		entry_add(job, entry);
	return job->broken ? DL_FAIL : DL_DONE;
}

struct dl_entry *entry_new(struct dl_job *job)
{
	return &((struct found *)job_alloc(job, sizeof(struct found)))->entry;
}

/* What a plugin has put together is made as clean as what we have read. */
void entry_add(struct dl_job *job, struct dl_entry *entry)
{
	struct found *found;
	const char *url;

	if (entry == NULL || job->n_found >= LIMIT_ENTRIES)
		return;
	url = url_absolute(job, job->base, entry->url);
	if (url == NULL)
		return;
	found = job_alloc(job, sizeof(*found));
	found->entry = *entry;
	found->entry.url = url;
	found->entry.id = job_clean(job, entry->id);
	found->entry.title = job_clean(job, entry->title);
	found->entry.summary = job_clean(job, entry->summary);
	found->entry.author = job_clean(job, entry->author);
	*job->found_end = found;
	job->found_end = &found->next;
	job->n_found++;
}

const char *url_absolute(struct dl_job *job, const char *base, const char *url)
{
	return url_join(&job->arena, base, url);
}

void page_want(struct dl_job *job, const char *url, enum dl_role role)
{
	struct want *want;

	url = url_absolute(job, job->base, url);
	if (url == NULL || job->n_wants >= LIMIT_WANTED)
		return;
	for (want = job->wants; want != NULL; want = want->next) {
		if (strcmp(want->url, url) == 0)
			return;
	}
	want = job_alloc(job, sizeof(*want));
	want->url = url;
	want->role = role;
	*job->wants_end = want;
	job->wants_end = &want->next;
	job->n_wants++;
}
