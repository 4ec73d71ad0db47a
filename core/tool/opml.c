/* The feeds that an OPML file lists. */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>
#include <strings.h>

#include "core/base/buf.h"
#include "core/base/fold.h"
#include "core/base/url.h"
#include "core/tool/opml.h"
#include "plugins/plugin.h"

#define TEXT(from) ((const char *)(from))
#define FAULTS_TOLD 20 /* of the XML: one often brings others */

struct reading {
	struct arena *arena;
	const char *file;
	FILE *complaints;
	struct opml *opml;
	struct opml_feed **end;
	size_t xml_faults;
};

static void __attribute__((format(printf, 3, 4)))
complain(struct reading *reading, long line, const char *format, ...)
{
	va_list args;

	reading->opml->faults++;
	fprintf(reading->complaints, "%s:%ld: ", reading->file, line);
	va_start(args, format);
	vfprintf(reading->complaints, format, args);
	va_end(args);
	fputc('\n', reading->complaints);
}

/* ---- texts ---- */

/* In one line, without white space at its ends; NULL: there is nothing. */
static const char *one_line(struct arena *arena, const char *text, size_t len)
{
	static const char white[] = " \t\r\n";
	char *clean = fold_clean(arena, text, len), *to = clean;
	const char *at = clean;

	while (*(at += strspn(at, white)) != '\0') {
		size_t word = strcspn(at, white);

		if (to != clean)
			*to++ = ' ';
		memmove(to, at, word);
		to += word;
		at += word;
	}
	*to = '\0';
	return to != clean ? clean : NULL;
}

/* Of entities only those of XML itself are texts; others stay out of it. */
static const char *attr_text(struct reading *reading, const xmlAttr *attr)
{
	const xmlNode *piece;
	struct buf whole = { 0 };
	const char *text = NULL;

	for (piece = attr->children; piece != NULL; piece = piece->next) {
		if (piece->type == XML_TEXT_NODE && piece->content != NULL)
			buf_text(&whole, TEXT(piece->content));
		else if (piece->type == XML_ENTITY_REF_NODE)
			complain(reading, xmlGetLineNo(attr->parent),
			    "&%s; is left out: entities are not read",
			    TEXT(piece->name));
	}
	if (whole.len > 0)
		text = one_line(reading->arena, whole.bytes, whole.len);
	buf_free(&whole);
	return text;
}

/* Some write xmlurl, or XMLURL. */
static const char *attr(
    struct reading *reading, const xmlNode *node, const char *name)
{
	const xmlAttr *attr = node->properties;

	while (attr != NULL && strcasecmp(TEXT(attr->name), name) != 0)
		attr = attr->next;
	return attr != NULL ? attr_text(reading, attr) : NULL;
}

/* "feed://…" is http, and "feed:https://…" what it says. */
static const char *address(struct arena *arena, const char *text)
{
	struct buf http = { 0 };
	char *url;

	if (strncasecmp(text, "feed:", 5) != 0)
		return url_join(arena, NULL, text);
	text += 5;
	if (strncmp(text, "//", 2) == 0)
		buf_text(&http, "http:");
	buf_text(&http, text);
	url = url_join(arena, NULL, http.bytes);
	buf_free(&http);
	return url;
}

/* ---- outlines ---- */

static const char *folder_in(
    struct arena *arena, const char *folder, const char *title)
{
	struct buf path = { 0 };
	const char *copy;

	if (folder == NULL || title == NULL)
		return text_or(title, folder);
	buf_printf(&path, "%s / %s", folder, title);
	copy = arena_dup(arena, path.bytes);
	buf_free(&path);
	return copy;
}

static void feed_add(struct reading *reading, const xmlNode *outline,
    const char *folder, const char *title, const char *said)
{
	struct arena *arena = reading->arena;
	long line = xmlGetLineNo(outline);
	const char *url = address(arena, said);
	struct opml_feed *feed;

	if (url == NULL) {
		complain(reading, line,
		    "xmlUrl = %s: want an http or https "
		    "URL",
		    said);
		return;
	}
	feed = arena_alloc(arena, sizeof(*feed));
	*feed = (struct opml_feed){ .title = title,
		.url = url,
		.page = attr(reading, outline, "htmlUrl"),
		.folder = folder,
		.line = line };
	*reading->end = feed;
	reading->end = &feed->next;
}

static bool is_outline(const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE &&
	    strcasecmp(TEXT(node->name), "outline") == 0;
}

/* Its tag has no end, so its address may have none either: see xml_fault(). */
static bool is_half(const xmlNode *outline)
{
	return outline->_private != NULL;
}

/* What lies in it lies in the folder that is returned. */
static const char *outline_read(
    struct reading *reading, const xmlNode *outline, const char *folder)
{
	const char *url = attr(reading, outline, "xmlUrl");
	const char *type = text_or(attr(reading, outline, "type"), "");
	const char *title = text_or(
	    attr(reading, outline, "title"), attr(reading, outline, "text"));

	if (url != NULL && !is_half(outline))
		feed_add(reading, outline, folder, title, url);
	else if (strcasecmp(type, "include") == 0)
		complain(reading, xmlGetLineNo(outline),
		    "another OPML is not read: import it by itself");
	return folder_in(reading->arena, folder, title);
}

/* libxml2 takes no more than 256 levels. */
static void outlines_read(
    struct reading *reading, const xmlNode *parent, const char *folder)
{
	const xmlNode *node;

	for (node = parent->children; node != NULL; node = node->next) {
		const char *below = folder;

		if (is_outline(node))
			below = outline_read(reading, node, folder);
		if (node->type == XML_ELEMENT_NODE)
			outlines_read(reading, node, below);
	}
}

/* ---- XML ---- */

static bool is_name(const char *at, const char *end)
{
	const char *from = at;

	while (at < end && ((*at | 0x20) >= 'a' && (*at | 0x20) <= 'z'))
		at++;
	while (at < end && at > from && *at >= '0' && *at <= '9')
		at++;
	return at > from && at < end && *at == ';';
}

/* An "&" that begins nothing, as in an address that nobody has escaped: the
   parser would leave out what follows it. */
static bool is_bare(const char *at, const char *end)
{
	return !(at + 1 < end && at[1] == '#') && !is_name(at + 1, end);
}

/* In UTF-16 and its like an "&" is not one byte. */
static bool is_wide(const char *bytes, size_t len)
{
	return memchr(bytes, '\0', len < 4 ? len : 4) != NULL ||
	    (len >= 2 && (bytes[0] & 0xFE) == 0xFE);
}

static void mend(struct buf *out, const char *bytes, size_t len)
{
	const char *at = bytes, *end = bytes + len, *sign;

	while (!is_wide(bytes, len) &&
	    (sign = memchr(at, '&', (size_t)(end - at))) != NULL) {
		buf_add(out, at, (size_t)(sign + 1 - at));
		if (is_bare(sign, end))
			buf_text(out, "amp;");
		at = sign + 1;
	}
	buf_add(out, at, (size_t)(end - at));
}

static void xml_fault(void *whose, const xmlError *error)
{
	const xmlParserCtxt *parser = whose;
	struct reading *reading = parser->_private;
	const char *what = text_or(error->message, "a fault in the XML");

	if (error->code == XML_ERR_GT_REQUIRED && parser->node != NULL)
		parser->node->_private = reading;
	if (++reading->xml_faults > FAULTS_TOLD)
		reading->opml->faults++;
	else
		complain(reading, error->line, "%.*s", (int)strcspn(what, "\n"),
		    what);
}

static xmlDoc *tree_read(struct reading *reading, const struct buf *text)
{
	const int options =
	    XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_BIG_LINES;
	xmlParserCtxt *parser = xmlNewParserCtxt();
	xmlDoc *tree;

	if (parser == NULL)
		return NULL;
	parser->_private = reading;
	parser->sax->serror = (xmlStructuredErrorFunc)xml_fault;
	tree = xmlCtxtReadMemory(
	    parser, text->bytes, (int)text->len, NULL, NULL, options);
	xmlFreeParserCtxt(parser);
	return tree;
}

bool opml_read(struct arena *arena, const char *bytes, size_t len,
    const char *file, FILE *complaints, struct opml *opml)
{
	struct reading reading = { .arena = arena,
		.file = file,
		.complaints = complaints,
		.opml = opml,
		.end = &opml->feeds };
	const xmlNode *root = NULL;
	struct buf text = { 0 };
	xmlDoc *tree;
	bool is;

	*opml = (struct opml){ 0 };
	mend(&text, bytes, len);
	tree = text.len > 0 ? tree_read(&reading, &text) : NULL;
	if (tree != NULL)
		root = xmlDocGetRootElement(tree);
	is = root != NULL && strcasecmp(TEXT(root->name), "opml") == 0;
	if (is)
		outlines_read(&reading, root, NULL);
	else
		complain(&reading, root != NULL ? xmlGetLineNo(root) : 1,
		    "it is no OPML");
	if (reading.xml_faults > FAULTS_TOLD)
		fprintf(complaints, "%s: %zu more faults in the XML\n", file,
		    reading.xml_faults - FAULTS_TOLD);
	xmlFreeDoc(tree);
	buf_free(&text);
	return is;
}

const char *opml_library_version(void)
{
	return xmlParserVersion;
}
