/*
 * Which elements a CSS selector means.
 *
 * A selector is kept as it is matched, from its right end to its left: chains
 * of steps that are parents and children of each other, with any number of
 * elements between two chains.
 *
 *     "main > article h1, h2"
 *
 *     struct selector  { chain(h1) -> chain(article '>' main) }
 *       .other       { chain(h2) }
 *
 * The last chain must stand at the element itself, each further one as near as
 * it can above the one before. The nearest place leaves the most room to the
 * chains that follow, so no other has to be tried: the way up is gone once.
 */
#include <string.h>
#include <strings.h>

#include "core/kit/job.h"
#include "core/kit/select.h"

enum kind { ANY, TAG, HAS, EQUALS, BEGINS, ENDS, CONTAINS, WORD, NOT };

struct test { /* one condition on one element */
	enum kind kind;
	GumboTag tag;
	const char *name; /* the tag, the attribute */
	const char *value;
	struct compound *none; /* NOT: none of these may hold */
	struct test *next;
};

struct compound { /* all the conditions on one element */
	struct test *tests;
	struct compound *parent; /* what its parent must be, or NULL */
	struct compound *other;  /* within :not(), after a comma */
};

struct chain {
	struct compound *last; /* its lower end */
	struct chain *above;
};

struct selector {
	const char *text;
	const char *alone; /* what this chain was made of */
	struct chain *chain;
	struct selector *other; /* after a comma */
	struct selector *next;  /* in job->selectors */
};

struct parser {
	struct dl_job *job;
	const char *at;
	bool failed;
};

static const char white[] = " \t\r\n\f";

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '_' || (c & 0x80);
}

static void parse_space(struct parser *p)
{
	p->at += strspn(p->at, white);
}

static bool parse_sign(struct parser *p, const char *sign)
{
	size_t len = strlen(sign);

	if (strncmp(p->at, sign, len) != 0)
		return false;
	p->at += len;
	return true;
}

static void parse_must(struct parser *p, const char *sign)
{
	if (!parse_sign(p, sign))
		p->failed = true;
}

static const char *parse_name(struct parser *p)
{
	const char *start = p->at;

	while (is_name(*p->at))
		p->at++;
	if (p->at == start)
		p->failed = true;
	return job_copy(p->job, start, (size_t)(p->at - start));
}

static const char *parse_value(struct parser *p)
{
	const char quote[] = { *p->at, '\0' };
	const char *start;
	size_t len;

	if (*quote != '"' && *quote != '\'')
		return parse_name(p);
	start = ++p->at;
	len = strcspn(start, quote);
	p->at += len;
	parse_must(p, quote);
	return job_copy(p->job, start, len);
}

/* After the `[` of `[name*=value]`. */
static void parse_attribute(struct parser *p, struct test *test)
{
	static const struct {
		const char *sign;
		enum kind kind;
	} compare[] = {
		{ "=", EQUALS },
		{ "^=", BEGINS },
		{ "$=", ENDS },
		{ "*=", CONTAINS },
		{ "~=", WORD },
	};
	size_t i;

	parse_space(p);
	test->kind = HAS;
	test->name = parse_name(p);
	parse_space(p);
	for (i = 0; i < sizeof(compare) / sizeof(compare[0]); i++) {
		if (parse_sign(p, compare[i].sign)) {
			test->kind = compare[i].kind;
			parse_space(p);
			test->value = parse_value(p);
			parse_space(p);
			break;
		}
	}
	parse_must(p, "]");
}

static void parse_tag(struct parser *p, struct test *test)
{
	if (parse_sign(p, "*")) {
		test->kind = ANY;
		return;
	}
	test->kind = TAG;
	test->name = parse_name(p);
	test->tag = gumbo_tag_enum(test->name);
}

/* What may follow the tag, but for :not(); false at the compound's end. */
static bool parse_test(struct parser *p, struct test *test)
{
	if (parse_sign(p, "#")) {
		test->kind = EQUALS;
		test->name = "id";
		test->value = parse_name(p);
	} else if (parse_sign(p, ".")) {
		test->kind = WORD;
		test->name = "class";
		test->value = parse_name(p);
	} else if (parse_sign(p, "[")) {
		parse_attribute(p, test);
	} else {
		return false;
	}
	return true;
}

/* One compound without :not(). */
static struct compound *parse_simple(struct parser *p)
{
	struct compound *compound = job_alloc(p->job, sizeof(*compound));
	struct test *test = job_alloc(p->job, sizeof(*test));
	struct test **end = &compound->tests;

	parse_space(p);
	if (is_name(*p->at) || *p->at == '*') {
		parse_tag(p, test);
		*end = test;
		end = &test->next;
		test = job_alloc(p->job, sizeof(*test));
	}
	while (!p->failed && parse_test(p, test)) {
		*end = test;
		end = &test->next;
		test = job_alloc(p->job, sizeof(*test));
	}
	return compound;
}

/* After the `:not(`. */
static void parse_not(struct parser *p, struct test *test)
{
	struct compound **end = &test->none;

	test->kind = NOT;
	do {
		*end = parse_simple(p);
		if ((*end)->tests == NULL)
			p->failed = true;
		end = &(*end)->other;
		parse_space(p);
	} while (!p->failed && parse_sign(p, ","));
	parse_must(p, ")");
}

/* One compound with any number of :not(), anywhere behind the tag. */
static struct compound *parse_compound(struct parser *p)
{
	struct compound *compound = parse_simple(p);
	struct test **end = &compound->tests;

	while (!p->failed) {
		while (*end != NULL)
			end = &(*end)->next;
		*end = job_alloc(p->job, sizeof(**end));
		if (parse_sign(p, ":not(")) {
			parse_not(p, *end);
		} else if (!parse_test(p, *end)) {
			*end = NULL;
			break;
		}
	}
	if (compound->tests == NULL)
		p->failed = true;
	return compound;
}

/* What stands between two commas. */
static struct chain *parse_chains(struct parser *p)
{
	struct chain *chain = NULL;
	bool child = false;

	for (;;) {
		struct compound *compound = parse_compound(p);
		struct chain *above = chain;

		if (child) {
			compound->parent = chain->last;
			above = chain->above;
		}
		chain = job_alloc(p->job, sizeof(*chain));
		chain->last = compound;
		chain->above = above;

		parse_space(p);
		if (p->failed || *p->at == '\0' || *p->at == ',')
			return chain;
		child = parse_sign(p, ">");
	}
}

static struct selector *parse_alternative(struct parser *p)
{
	struct selector *one = job_alloc(p->job, sizeof(*one));
	const char *start, *end;

	parse_space(p);
	start = p->at;
	one->chain = parse_chains(p);
	for (end = p->at; end > start && strchr(white, end[-1]) != NULL;)
		end--;
	one->alone = job_copy(p->job, start, (size_t)(end - start));
	return one;
}

static const struct selector *select_known(
    const struct dl_job *job, const char *text)
{
	const struct selector *known = job->selectors;

	while (known != NULL && strcmp(known->text, text) != 0)
		known = known->next;
	return known;
}

const struct selector *select_compile(struct dl_job *job, const char *text)
{
	struct parser p = { .job = job, .at = text };
	const struct selector *known;
	struct selector *all, *one;

	if (text == NULL)
		return NULL;
	known = select_known(job, text);
	if (known != NULL)
		return known;

	all = one = parse_alternative(&p);
	while (!p.failed && parse_sign(&p, ","))
		one = one->other = parse_alternative(&p);
	if (p.failed || *p.at != '\0') {
		job_break(job, "bad selector: %s", text);
		return NULL;
	}

	all->text = job_copy(job, text, strlen(text));
	all->next = job->selectors;
	job->selectors = all;
	return all;
}

static bool has_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	while (len > 0 && *text != '\0') {
		size_t n = strcspn(text, white);

		if (n == len && memcmp(text, word, len) == 0)
			return true;
		text += n;
		text += strspn(text, white);
	}
	return false;
}

static bool ends_with(const char *text, const char *end)
{
	size_t have = strlen(text), want = strlen(end);

	return have >= want && strcmp(text + have - want, end) == 0;
}

/* Tags that HTML does not know are only in the page's own words. */
static bool tag_is(const GumboElement *element, const struct test *test)
{
	GumboStringPiece name = element->original_tag;

	if (element->tag != GUMBO_TAG_UNKNOWN || test->tag != GUMBO_TAG_UNKNOWN)
		return element->tag == test->tag;
	if (name.data == NULL)
		return false;
	gumbo_tag_from_original_text(&name);
	return name.length == strlen(test->name) &&
	    strncasecmp(name.data, test->name, name.length) == 0;
}

/* As CSS has it, an empty value begins, ends and is in nothing. */
static bool value_holds(const struct test *test, const char *value)
{
	const char *want = test->value;

	switch (test->kind) {
	case HAS: return true;
	case EQUALS: return strcmp(value, want) == 0;
	case BEGINS:
		return *want != '\0' && strncmp(value, want, strlen(want)) == 0;
	case ENDS: return *want != '\0' && ends_with(value, want);
	case CONTAINS: return *want != '\0' && strstr(value, want) != NULL;
	default: return has_word(value, want);
	}
}

static bool attribute_holds(
    const struct test *test, const GumboElement *element)
{
	const GumboAttribute *attribute =
	    gumbo_get_attribute(&element->attributes, test->name);

	return attribute != NULL && value_holds(test, attribute->value);
}

/* All but :not(). */
static bool simple_holds(const struct test *test, const GumboElement *element)
{
	if (test->kind == ANY)
		return true;
	if (test->kind == TAG)
		return tag_is(element, test);
	return attribute_holds(test, element);
}

static bool none_holds(
    const struct compound *compound, const GumboElement *element)
{
	for (; compound != NULL; compound = compound->other) {
		const struct test *test = compound->tests;

		while (test != NULL && simple_holds(test, element))
			test = test->next;
		if (test == NULL)
			return false;
	}
	return true;
}

static bool compound_holds(
    const struct compound *compound, const GumboNode *node)
{
	const struct test *test;

	if (node == NULL || node->type != GUMBO_NODE_ELEMENT)
		return false;
	for (test = compound->tests; test != NULL; test = test->next) {
		if (test->kind == NOT
			? !none_holds(test->none, &node->v.element)
			: !simple_holds(test, &node->v.element))
			return false;
	}
	return true;
}

/* The element above the whole chain, if the chain stands with its lower end at
   the node; or else NULL. The document is above <html>. */
static const GumboNode *chain_top(
    const struct chain *chain, const GumboNode *node)
{
	const struct compound *compound = chain->last;

	for (; compound != NULL; compound = compound->parent) {
		if (node == NULL || !compound_holds(compound, node))
			return NULL;
		node = node->parent;
	}
	return node;
}

static bool chains_match(const struct chain *chain, const GumboNode *node)
{
	node = chain_top(chain, node);
	while (node != NULL && (chain = chain->above) != NULL) {
		const GumboNode *top = NULL;

		for (; node != NULL && top == NULL; node = node->parent)
			top = chain_top(chain, node);
		node = top;
	}
	return node != NULL;
}

const char *select_first(const struct selector *selector)
{
	return selector->alone;
}

const struct selector *select_rest(const struct selector *selector)
{
	return selector->other;
}

bool select_matches(const struct selector *selector, const GumboNode *node)
{
	for (; selector != NULL; selector = selector->other) {
		if (chains_match(selector->chain, node))
			return true;
	}
	return false;
}
