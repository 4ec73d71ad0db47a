/* Places and all their names: a trie of folded words, read once. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/kit/endings.h"
#include "core/kit/gazetteer.h"
#include "core/kit/job.h"

enum {
	BUCKETS = 1 << 14, /* as many as the words of the table */
	NAME_WORDS = 16,   /* of a name; bits of struct name.capital */
	STEP_BYTES = WORD_BYTES + 1,
};

static const struct {
	char sign;
	enum guard guard;
} signs[] = {
	{ '=', AS_PRINTED },
	{ '~', ALONE },
	{ '^', FORENAME },
	{ '!', AS_WHOLE },
	{ '*', IN_SMALL },
	{ '&', SYLLABLE },
	{ '+', COUNTRY },
	{ '?', NEAR },
	{ '%', FOREIGN },
	{ '$', TURKIC },
	{ ',', STATE },
	{ '>', PEOPLE },
};

struct node { /* a row of words that names begin with */
	const struct node *before;
	struct name *name; /* that ends here, or NULL */
	struct node *next; /* in the same bucket */
	char word[];
};

struct places {
	struct dl_place place;
	struct places *next;
};

struct change { /* of what a place belongs to, or is called */
	int64_t day;
	const struct dl_place *was, *is;
	struct change *next;
};

struct gazetteer {
	struct arena arena;
	struct places *places, **places_end;
	struct change *changes, **changes_end;
	struct node *root;
	struct node *buckets[BUCKETS];
	struct arena keys; /* while it is read */
};

/* ---- the trie ---- */

static unsigned bucket(const struct node *before, const char *word)
{
	uintptr_t hash = (uintptr_t)before >> 4;

	for (; *word != '\0'; word++)
		hash = (hash ^ (unsigned char)*word) * 0x01000193u;
	return (unsigned)((hash ^ hash >> 15) % BUCKETS);
}

static struct node *node_find(const struct gazetteer *gazetteer,
    const struct node *before, const char *word)
{
	struct node *node = gazetteer->buckets[bucket(before, word)];

	while (node != NULL &&
	    (node->before != before || strcmp(node->word, word) != 0))
		node = node->next;
	return node;
}

static struct node *node_add(
    struct gazetteer *gazetteer, const struct node *before, const char *word)
{
	struct node *node = node_find(gazetteer, before, word);
	struct node **first = &gazetteer->buckets[bucket(before, word)];
	size_t size = strlen(word) + 1;

	if (node != NULL)
		return node;
	node = arena_alloc(&gazetteer->arena, sizeof(*node) + size);
	node->before = before;
	memcpy(node->word, word, size);
	node->next = *first;
	*first = node;
	return node;
}

/* ---- reading ---- */

static enum guard guard_of(const char **printed)
{
	size_t i;

	for (i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		if (**printed == signs[i].sign) {
			++*printed;
			return signs[i].guard;
		}
	}
	return NO_GUARD;
}

/*
 * The word as a row goes on with it. Behind a comma it is another one, so that
 * "Washington, D.C." is one name and "Hà, Nội" is none.
 */
static bool step_key(
    struct arena *arena, const struct word *word, bool comma, char *key)
{
	if (comma)
		*key++ = ',';
	return word_key(arena, word, key);
}

static bool is_comma(const struct word *left, const struct word *right)
{
	const char *from = left->at + left->len;

	return right->at - from == 2 && memcmp(from, ", ", 2) == 0;
}

/* The node of the name's last word; NULL if it is too long or has none. */
static struct node *name_node(
    struct gazetteer *gazetteer, const char *printed, uint16_t *capital)
{
	struct node *node = gazetteer->root;
	char key[STEP_BYTES];
	struct word word, last = { 0 };
	int n;

	*capital = 0;
	for (n = 0; word_next(printed, &word); n++, last = word) {
		if (n == NAME_WORDS ||
		    !step_key(&gazetteer->keys, &word,
			n > 0 && is_comma(&last, &word), key))
			return NULL;
		*capital |= (uint16_t)(word.capital << n);
		node = node_add(gazetteer, node, key);
		printed = word.at + word.len;
	}
	return n == 0 ? NULL : node;
}

/* The place's own among the names that are these words, or where one goes that
   is printed in another way. */
static struct name **name_slot(
    struct node *node, const struct dl_place *place, enum guard guard)
{
	struct name **slot = &node->name;

	while (*slot != NULL &&
	    ((*slot)->place != place ||
		(guard != NO_GUARD && (*slot)->guard != NO_GUARD)))
		slot = (struct name **)&(*slot)->next;
	return slot;
}

/*
 * Told again, a name of one place gets the later guard, and needs the capitals
 * that both have. Words that are no place are none, whoever has them for a
 * name.
 */
static bool name_add(struct gazetteer *gazetteer, const struct dl_place *place,
    const char *printed)
{
	enum guard guard = guard_of(&printed);
	struct name *name, **slot;
	struct node *node;
	uint16_t capital;

	node = name_node(gazetteer, printed, &capital);
	if (node == NULL)
		return false;
	if (node->name != NULL && node->name->place == NULL && place != NULL)
		return true;
	slot = name_slot(node, place, guard);
	if (*slot != NULL && guard == NO_GUARD) {
		(*slot)->capital &= capital;
		return true;
	}
	name = *slot != NULL ? *slot
			     : arena_alloc(&gazetteer->arena, sizeof(*name));
	name->place = place;
	name->printed = printed;
	name->capital = capital;
	name->guard = (uint8_t)guard;
	if (place == NULL)
		name->next = NULL;
	if (place == NULL && *slot == NULL)
		slot = &node->name;
	*slot = name;
	return true;
}

/* The strings are the gazetteer's. */
static struct dl_place *place_add(struct gazetteer *gazetteer, const char *code,
    const char *country, const char *name)
{
	struct places *known = arena_alloc(&gazetteer->arena, sizeof(*known));

	known->place.code = code;
	known->place.country = country;
	known->place.name = name;
	*gazetteer->places_end = known;
	gazetteer->places_end = &known->next;
	return &known->place;
}

static const struct dl_place *coded(
    const struct gazetteer *gazetteer, const char *code)
{
	const struct places *known = gazetteer->places;

	while (known != NULL && strcmp(known->place.code, code) != 0)
		known = known->next;
	return known == NULL ? NULL : &known->place;
}

/* "@2025-07-01", the code that it is since then, the one that it was, and the
   name where that is new. NULL, or what is wrong with the line. */
static const char *change_read(
    struct gazetteer *gazetteer, const char *day, char *rest)
{
	const char *is = strsep(&rest, "\t"), *was = strsep(&rest, "\t");
	struct change *change = arena_alloc(&gazetteer->arena, sizeof(*change));
	int y, m, d;

	if (sscanf(day, "%d-%d-%d", &y, &m, &d) != 3 || !time_is_day(y, m, d))
		return "a change has no day";
	change->day = time_days(y, m, d);
	change->was = was == NULL ? NULL : coded(gazetteer, was);
	change->is = is == NULL ? NULL : coded(gazetteer, is);
	if (change->was == NULL || change->is == NULL)
		return "a change is of codes that stand before it";
	if (rest != NULL) {
		struct dl_place *called =
		    arena_alloc(&gazetteer->arena, sizeof(*called));

		*called = *change->is;
		called->name = rest;
		change->is = called;
	}
	*gazetteer->changes_end = change;
	gazetteer->changes_end = &change->next;
	return NULL;
}

/* NULL, or what is wrong with the line. */
static const char *line_read(struct gazetteer *gazetteer, char *line)
{
	const struct dl_place *place = NULL;
	char *code, *country, *name;

	if (*line == '#' || *line == '\0')
		return NULL;
	code = strsep(&line, "\t");
	if (*code == '@')
		return change_read(gazetteer, code + 1, line);
	country = strsep(&line, "\t");
	name = strsep(&line, "\t");
	if (name == NULL || *code == '\0' || *country == '\0' || *name == '\0')
		return "code, country and name are needed";
	if (strcmp(code, "-") != 0)
		place = place_add(gazetteer, code, country, name);

	for (; name != NULL; name = strsep(&line, "\t")) {
		if (*name != '\0' && !name_add(gazetteer, place, name))
			return "a name has no words, or too long ones";
	}
	return NULL;
}

static char *lines_read(
    struct gazetteer *gazetteer, FILE *file, const char *path)
{
	char *line = NULL, *why = NULL;
	const char *wrong = NULL;
	size_t size = 0;
	int number = 0;

	while (wrong == NULL && getline(&line, &size, file) >= 0) {
		number++;
		line[strcspn(line, "\r\n")] = '\0';
		wrong =
		    line_read(gazetteer, arena_dup(&gazetteer->arena, line));
	}
	if (wrong != NULL &&
	    asprintf(&why, "%s:%d: %s", path, number, wrong) < 0)
		why = NULL;
	else if (wrong == NULL && ferror(file) &&
	    asprintf(&why, "%s: cannot be read", path) < 0)
		why = NULL;
	free(line);
	arena_reset(&gazetteer->keys);
	return why;
}

struct gazetteer *gazetteer_open(const char *path, const char **why)
{
	struct gazetteer *gazetteer;
	FILE *file = fopen(path, "re");
	char *wrong = NULL;

	*why = NULL;
	if (file == NULL) {
		if (asprintf(&wrong, "%s: %s", path, strerror(errno)) >= 0)
			*why = wrong;
		return NULL;
	}
	gazetteer = calloc(1, sizeof(*gazetteer));
	if (gazetteer == NULL)
		exit(EXIT_MEMORY);
	gazetteer->root =
	    arena_alloc(&gazetteer->arena, sizeof(*gazetteer->root));
	gazetteer->places_end = &gazetteer->places;
	gazetteer->changes_end = &gazetteer->changes;
	*why = lines_read(gazetteer, file, path);
	fclose(file);
	if (*why == NULL)
		return gazetteer;
	gazetteer_close(gazetteer);
	return NULL;
}

void gazetteer_close(struct gazetteer *gazetteer)
{
	if (gazetteer == NULL)
		return;
	arena_reset(&gazetteer->arena);
	free(gazetteer);
}

/* ---- finding ---- */

/* Whether one of them has no other capitals than these. */
static bool has_capitals(const struct name *name, unsigned capital)
{
	while (name != NULL && (name->capital & ~capital) != 0)
		name = name->next;
	return name != NULL;
}

struct search { /* for the longest name from `from` on */
	struct dl_job *job;
	const char *from;
	bool turkic;
	const struct name *longest;
	size_t len;
	bool declined;
};

static void search_word(struct search *search, const struct node *node,
    const struct word *word, bool comma, unsigned capital, int n);

/* The `n`th word of a name led to the node: `capital` tells which had one. */
static void search_node(struct search *search, const struct node *node,
    const struct word *word, bool declined, unsigned capital, int n)
{
	const char *end = word->at + word->len;
	size_t len = (size_t)(end - search->from);
	struct word next;
	bool comma;

	capital |= (unsigned)word->capital << n;
	if (has_capitals(node->name, capital) && len > search->len) {
		search->longest = node->name;
		search->len = len;
		search->declined = declined;
	}
	if (!word_next(end, &next))
		return;
	comma = is_comma(word, &next);
	if (comma || words_joined(word, &next))
		search_word(search, node, &next, comma, capital, n + 1);
}

/*
 * The rows that go on with the word as it is, or else with whatever it may be
 * declined from: "Красноярском" is the city, and "Красноярском крае" is not.
 * No deeper than the longest name has words.
 */
static void search_word(struct search *search, const struct node *node,
    const struct word *word, bool comma, unsigned capital, int n)
{
	const struct gazetteer *gazetteer = search->job->gazetteer;
	char key[STEP_BYTES], form[WORD_BYTES];
	const struct node *found;
	struct ending ending = { 0 };

	if (!step_key(&search->job->arena, word, comma, key))
		return;
	found = node_find(gazetteer, node, key);
	if (found != NULL)
		search_node(search, found, word, false, capital, n);
	if (found != NULL || word->ideograph || comma)
		return;
	while (ending_off(&ending, word, key, search->turkic, form)) {
		found = node_find(gazetteer, node, form);
		if (found != NULL)
			search_node(search, found, word, true, capital, n);
	}
}

const struct name *gazetteer_longest(struct dl_job *job, struct word word,
    bool turkic, size_t *len, bool *declined)
{
	struct search search = {
		.job = job, .from = word.at, .turkic = turkic
	};

	search_word(&search, job->gazetteer->root, &word, false, 0, 0);
	if (search.longest != NULL) {
		*len = search.len;
		*declined = search.declined;
	}
	return search.longest;
}

const struct dl_place *gazetteer_on(const struct gazetteer *gazetteer,
    const struct dl_place *place, int64_t day)
{
	const struct change *change =
	    gazetteer == NULL ? NULL : gazetteer->changes;

	for (; change != NULL && place != NULL; change = change->next) {
		if (day >= change->day && change->was == place)
			return change->is;
	}
	return place;
}

/* The first of the places whose name it is, but those behind them that have it
   in some texts only: London is not the one in Ontario. */
static const struct dl_place *greatest(const struct name *names)
{
	const struct name *name = names;

	while (name != NULL &&
	    (name->guard == NEAR || name->guard == TURKIC ||
		name->guard == STATE))
		name = name->next;
	if (name == NULL)
		name = names;
	return name == NULL || name->guard == PEOPLE ? NULL : name->place;
}

const struct dl_place *place_named(struct dl_job *job, const char *text)
{
	const struct node *node;
	char key[STEP_BYTES];
	struct word word, last = { 0 };
	bool comma = false;
	int n;

	if (text == NULL || job->gazetteer == NULL)
		return NULL;
	node = job->gazetteer->root;
	for (n = 0; word_next(text, &word); n++) {
		comma = n > 0 && is_comma(&last, &word);
		if (n > 0 && !comma && !words_joined(&last, &word))
			return NULL;
		if (!step_key(&job->arena, &word, comma, key))
			return NULL;
		node = node_find(job->gazetteer, node, key);
		if (node == NULL)
			return NULL;
		last = word;
		text = word.at + word.len;
	}
	return greatest(node->name);
}

const struct dl_place *place_coded(struct dl_job *job, const char *code)
{
	if (code == NULL || job->gazetteer == NULL)
		return NULL;
	return coded(job->gazetteer, code);
}
