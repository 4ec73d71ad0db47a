/* Places and all their names: a trie of folded words, read once. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "core/base/fold.h"
#include "core/kit/gazetteer.h"
#include "core/kit/job.h"

enum {
	BUCKETS = 1 << 13, /* twice the words of the table */
	WORD_BYTES = 48,   /* the longest word that a name may have */
	NAME_WORDS = 16,   /* and its words; bits of struct name.capital */
};

/* What a name that is also a word or somebody's name asks for. */
enum guard {
	NO_GUARD,
	AS_PRINTED, /* with its marks and letters, or all in capitals */
	ALONE,      /* that, and no capitalised word before it */
	FORENAME,   /* that, and none behind it either */
	AS_WHOLE,   /* a whole text, or "thành phố" before it */
};

static const struct {
	char sign;
	enum guard guard;
} signs[] = {
	{ '=', AS_PRINTED },
	{ '~', ALONE },
	{ '^', FORENAME },
	{ '!', AS_WHOLE },
};

enum { SMALL = 1, POINT = 2 }; /* may be in small letters, have a full stop */

/*
 * Before a Vietnamese name these make it a person's: as they are compared, and
 * with the marks that they must have where there are any. "Đỗ Hà Nam" is
 * somebody, "đô Hà Nội" the end of "thủ đô", "trường" no family.
 */
static const struct person {
	const char *key, *marked;
	unsigned may;
} before_persons[] = {
	{ "anh", "anh", SMALL },
	{ "ba", "bà", SMALL },
	{ "bui", "bùi", 0 },
	{ "chau", "châu", 0 },
	{ "dang", "đặng", 0 },
	{ "dinh", "đinh", 0 },
	{ "do", "đỗ", 0 },
	{ "dr", "dr", POINT },
	{ "duong", "dương", 0 },
	{ "ho", "hồ", 0 },
	{ "hoang", "hoàng", 0 },
	{ "huynh", "huỳnh", 0 },
	{ "le", "lê", 0 },
	{ "luong", "lương", 0 },
	{ "luu", "lưu", 0 },
	{ "ly", "lý", 0 },
	{ "mai", "mai", 0 },
	{ "mr", "mr", POINT },
	{ "mrs", "mrs", POINT },
	{ "ms", "ms", POINT },
	{ "ngo", "ngô", 0 },
	{ "nguyen", "nguyễn", 0 },
	{ "ong", "ông", SMALL },
	{ "pham", "phạm", 0 },
	{ "phan", "phan", 0 },
	{ "quach", "quách", 0 },
	{ "thi", "thị", 0 },
	{ "tran", "trần", 0 },
	{ "trinh", "trịnh", 0 },
	{ "truong", "trương", 0 },
	{ "van", "văn", 0 },
	{ "vo", "võ", 0 },
	{ "vu", "vũ", 0 },
};

/* Words with a capital at the beginning of a sentence, before a place. */
static const char *const before_places[] = { "as", "at", "both", "but", "by",
	"for", "from", "in", "o", "of", "on", "phia", "since", "tai", "that",
	"the", "theo", "to", "voi", "while", "with", NULL };

static const char *const before_cities[] = { "pho", "tp", NULL };

struct name {
	const struct dl_place *place; /* NULL: words that are no place */
	const char *printed;
	const char *capitals;
	unsigned capital; /* bit i: word i has a capital, and must have one */
	enum guard guard;
};

struct node { /* a row of words that names begin with */
	const struct node *before;
	const char *word;
	struct name *name; /* that ends here, or NULL */
	struct node *next; /* in the same bucket */
};

struct places {
	struct dl_place place;
	struct places *next;
};

struct gazetteer {
	struct arena arena;
	struct places *places;
	struct node root;
	struct node *buckets[BUCKETS];
};

struct word {
	const char *at;
	size_t len;
	bool capital; /* its first letter is one, or has no case */
	bool ideograph;
};

/* ---- words ---- */

static bool is_ideograph(uint32_t c)
{
	return (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
	    (c >= 0x20000 && c <= 0x3ffff);
}

static bool is_letter(uint32_t c)
{
	utf8proc_category_t kind;

	if (c < 0x80)
		return (c >= '0' && c <= '9') ||
		    ((c | 32) >= 'a' && (c | 32) <= 'z');
	kind = utf8proc_category((utf8proc_int32_t)c);
	return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO;
}

static bool is_lower(uint32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z';
	return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LL;
}

/* The next word at or after `text`; an ideograph is a word by itself. */
static bool word_next(const char *text, struct word *word)
{
	size_t len;
	uint32_t c;

	while ((c = fold_next(text, &len)) != 0 && !is_letter(c))
		text += len;
	if (c == 0)
		return false;

	*word = (struct word){ .at = text, .capital = !is_lower(c) };
	word->ideograph = is_ideograph(c);
	do {
		text += len;
		c = fold_next(text, &len);
	} while (!word->ideograph && is_letter(c) && !is_ideograph(c));
	word->len = (size_t)(text - word->at);
	return true;
}

/* The word as it is compared; false if it is longer than any of a name. */
static bool word_key(
    struct arena *arena, const struct word *word, char key[WORD_BYTES])
{
	const char *folded;
	bool ascii = true;
	size_t i;

	if (word->len >= WORD_BYTES)
		return false;
	for (i = 0; i < word->len; i++) {
		ascii = ascii && (unsigned char)word->at[i] < 0x80;
		key[i] = word->at[i] >= 'A' && word->at[i] <= 'Z'
		    ? (char)(word->at[i] | 32)
		    : word->at[i];
	}
	key[word->len] = '\0';
	if (ascii)
		return true;

	folded = fold_key(arena, key);
	if (strlen(folded) >= WORD_BYTES)
		return false;
	strcpy(key, folded);
	return true;
}

/* Whether two words may belong to one name: commas and line ends part them. */
static bool words_joined(const struct word *left, const struct word *right)
{
	static const char *const joints[] = { " ", "-", ".", ". ", "'", "’",
		" - ", "–", " – ", " & ", "(", " (", NULL };
	const char *from = left->at + left->len;
	size_t len = (size_t)(right->at - from);
	int i;

	if (len == 0)
		return left->ideograph || right->ideograph;
	for (i = 0; joints[i] != NULL; i++) {
		if (strlen(joints[i]) == len &&
		    memcmp(joints[i], from, len) == 0)
			return true;
	}
	return false;
}

/* The word that ends at `end`. */
static bool word_ending(const char *text, const char *end, struct word *word)
{
	const char *from, *back;
	size_t len;

	for (back = from = end; back > text; from = back) {
		do {
			back--;
		} while (back > text && ((unsigned char)*back & 0xc0) == 0x80);
		if (!is_letter(fold_next(back, &len)))
			break;
	}
	return from < end && word_next(from, word);
}

/* The word that a single space parts from `at`. */
static bool word_before(const char *text, const char *at, struct word *word)
{
	return at > text && at[-1] == ' ' && word_ending(text, at - 1, word);
}

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

	if (node != NULL)
		return node;
	node = arena_alloc(&gazetteer->arena, sizeof(*node));
	node->before = before;
	node->word = arena_dup(&gazetteer->arena, word);
	node->next = *first;
	*first = node;
	return node;
}

/* ---- reading ---- */

static char *capitals(struct arena *arena, const char *text)
{
	char *upper = arena_alloc(arena, strlen(text) * 3 + 4), *end = upper;
	uint32_t c;
	size_t len;

	for (; (c = fold_next(text, &len)) != 0; text += len)
		end +=
		    utf8proc_encode_char(utf8proc_toupper((utf8proc_int32_t)c),
			(utf8proc_uint8_t *)end);
	return upper;
}

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

/* The node of the name's last word; NULL if it is too long or has none. */
static struct node *name_node(
    struct gazetteer *gazetteer, const char *printed, unsigned *capital)
{
	struct node *node = &gazetteer->root;
	char key[WORD_BYTES];
	struct word word;
	int n;

	*capital = 0;
	for (n = 0; word_next(printed, &word); n++) {
		if (n == NAME_WORDS || !word_key(&gazetteer->arena, &word, key))
			return NULL;
		*capital |= (unsigned)word.capital << n;
		node = node_add(gazetteer, node, key);
		printed = word.at + word.len;
	}
	return n == 0 ? NULL : node;
}

/*
 * The first place that claims a name has it: cities stand before the districts
 * called after them. Told again, a name of one place gets the later guard.
 */
static bool name_add(struct gazetteer *gazetteer, const struct dl_place *place,
    const char *printed)
{
	enum guard guard = guard_of(&printed);
	struct name *name;
	struct node *node;
	unsigned capital;

	node = name_node(gazetteer, printed, &capital);
	if (node == NULL)
		return false;
	if (node->name != NULL && node->name->place != place)
		return true;
	if (node->name != NULL && guard == NO_GUARD)
		return true;

	name = arena_alloc(&gazetteer->arena, sizeof(*name));
	name->place = place;
	name->printed = arena_dup(&gazetteer->arena, printed);
	name->capitals = capitals(&gazetteer->arena, printed);
	name->capital = capital;
	name->guard = guard;
	node->name = name;
	return true;
}

static const struct dl_place *place_add(struct gazetteer *gazetteer,
    const char *code, const char *country, const char *name)
{
	struct places *known = arena_alloc(&gazetteer->arena, sizeof(*known));

	known->place.code = arena_dup(&gazetteer->arena, code);
	known->place.country = arena_dup(&gazetteer->arena, country);
	known->place.name = arena_dup(&gazetteer->arena, name);
	known->next = gazetteer->places;
	gazetteer->places = known;
	return &known->place;
}

/* NULL, or what is wrong with the line. */
static const char *line_read(struct gazetteer *gazetteer, char *line)
{
	const struct dl_place *place = NULL;
	char *code, *country, *name;

	line[strcspn(line, "\r\n")] = '\0';
	if (*line == '#' || *line == '\0')
		return NULL;
	code = strsep(&line, "\t");
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
		wrong = line_read(gazetteer, line);
	}
	if (wrong != NULL &&
	    asprintf(&why, "%s:%d: %s", path, number, wrong) < 0)
		why = NULL;
	else if (wrong == NULL && ferror(file) &&
	    asprintf(&why, "%s: cannot be read", path) < 0)
		why = NULL;
	free(line);
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

static bool is_one_of(const char *const *list, const char *key)
{
	for (; *list != NULL; list++) {
		if (strcmp(*list, key) == 0)
			return true;
	}
	return false;
}

static bool is_after(struct dl_job *job, const char *const *list,
    const char *text, const char *at)
{
	char key[WORD_BYTES];
	struct word word;

	return word_before(text, at, &word) &&
	    word_key(&job->arena, &word, key) && is_one_of(list, key);
}

/* Whether the word has these letters, which are small ones. */
static bool is_marked(const struct word *word, const char *marked)
{
	const char *at = word->at, *end = at + word->len;
	size_t len, small;
	uint32_t c;

	for (; at < end; at += len, marked += small) {
		c = fold_next(at, &len);
		if ((uint32_t)utf8proc_tolower((utf8proc_int32_t)c) !=
		    fold_next(marked, &small))
			return false;
	}
	return *marked == '\0';
}

static bool makes_person(struct dl_job *job, const struct word *word, bool ends)
{
	char key[WORD_BYTES];
	size_t i;

	if (!word_key(&job->arena, word, key))
		return false;
	for (i = 0; i < sizeof(before_persons) / sizeof(*before_persons); i++) {
		const struct person *person = &before_persons[i];

		if (strcmp(person->key, key) == 0)
			return (word->capital || (person->may & SMALL)) &&
			    (!ends || (person->may & POINT)) &&
			    (is_marked(word, key) ||
				is_marked(word, person->marked));
	}
	return false;
}

/* "Nguyễn Việt Nam", "Mr. Ha Nam". */
static bool is_after_person(
    struct dl_job *job, const char *text, const char *at)
{
	struct word word;
	bool ends;

	if (at - text < 2 || at[-1] != ' ')
		return false;
	ends = at[-2] == '.';
	return word_ending(text, at - 1 - ends, &word) &&
	    makes_person(job, &word, ends);
}

/* Whether a capitalised word stands before it that does not begin a sentence:
   a forename. */
static bool is_behind_name(struct dl_job *job, const char *text, const char *at)
{
	struct word before;

	return word_before(text, at, &before) && before.capital &&
	    !is_after(job, before_places, text, at);
}

static bool is_before_name(const char *end)
{
	struct word next;

	return *end == ' ' && word_next(end, &next) && next.at == end + 1 &&
	    next.capital && !next.ideograph && next.len > 1;
}

static bool is_printed(const struct name *name, const char *at, size_t len)
{
	const char *forms[] = { name->printed, name->capitals };
	int i;

	for (i = 0; i < 2; i++) {
		if (strlen(forms[i]) == len && memcmp(forms[i], at, len) == 0)
			return true;
	}
	return false;
}

static bool is_far_eastern(const char *country)
{
	return strcmp(country, "VN") == 0 || strcmp(country, "CN") == 0;
}

/* Whether people bear the name too, behind one of before_persons. */
static bool is_personal(const struct name *name)
{
	return name->guard == ALONE || name->guard == FORENAME ||
	    (name->guard != AS_WHOLE && (name->capital & 2) != 0 &&
		is_far_eastern(name->place->country));
}

/* Whether the words mean the place here, and not a person or a thing. */
static bool is_meant(struct dl_job *job, const struct name *name,
    const char *text, const char *at, size_t len)
{
	if (at[len] == '$' || at[len] == '@' || (at > text && at[-1] == '@'))
		return false;
	if (is_personal(name) && is_after_person(job, text, at))
		return false;

	switch (name->guard) {
	case NO_GUARD: return true;
	case AS_PRINTED: return is_printed(name, at, len);
	case ALONE:
		return is_printed(name, at, len) &&
		    !is_behind_name(job, text, at);
	case FORENAME:
		return is_printed(name, at, len) &&
		    !is_behind_name(job, text, at) && !is_before_name(at + len);
	case AS_WHOLE: return is_after(job, before_cities, text, at);
	}
	return false;
}

/* The longest name that begins with `word`, and its bytes. */
static const struct name *name_longest(
    struct dl_job *job, struct word word, size_t *len)
{
	const struct node *node = &job->gazetteer->root;
	const struct name *longest = NULL;
	const char *from = word.at;
	struct word last;
	char key[WORD_BYTES];
	unsigned capital = 0;
	int n = 0;

	do {
		if (!word_key(&job->arena, &word, key))
			break;
		node = node_find(job->gazetteer, node, key);
		if (node == NULL)
			break;
		capital |= (unsigned)word.capital << n++;
		if (node->name != NULL &&
		    (node->name->capital & ~capital) == 0) {
			longest = node->name;
			*len = (size_t)(word.at + word.len - from);
		}
		last = word;
	} while (
	    word_next(last.at + last.len, &word) && words_joined(&last, &word));
	return longest;
}

static const struct dl_mention *mention_new(struct dl_job *job,
    const struct name *name, const char *text, const char *at, size_t len)
{
	struct dl_mention *mention = job_alloc(job, sizeof(*mention));

	mention->place = name->place;
	mention->as = job_copy(job, at, len);
	mention->at = (size_t)(at - text);
	mention->len = len;
	return mention;
}

const struct dl_mention *place_next(
    struct dl_job *job, const char *text, const struct dl_mention *after)
{
	const struct name *name;
	struct word word;
	const char *at;
	size_t len;

	if (text == NULL || job->gazetteer == NULL)
		return NULL;
	at = text + (after == NULL ? 0 : after->at + after->len);
	for (; word_next(at, &word); at = word.at + len) {
		len = word.len;
		/* No name begins with a small letter. */
		name = word.capital ? name_longest(job, word, &len) : NULL;
		if (name != NULL && name->place != NULL &&
		    is_meant(job, name, text, word.at, len))
			return mention_new(job, name, text, word.at, len);
	}
	return NULL;
}

const struct dl_place *place_named(struct dl_job *job, const char *text)
{
	const struct node *node;
	char key[WORD_BYTES];
	struct word word, last;
	int n;

	if (text == NULL || job->gazetteer == NULL)
		return NULL;
	node = &job->gazetteer->root;
	for (n = 0; word_next(text, &word); n++) {
		if (n > 0 && !words_joined(&last, &word))
			return NULL;
		if (!word_key(&job->arena, &word, key))
			return NULL;
		node = node_find(job->gazetteer, node, key);
		if (node == NULL)
			return NULL;
		last = word;
		text = word.at + word.len;
	}
	return node->name == NULL ? NULL : node->name->place;
}

const struct dl_place *place_coded(struct dl_job *job, const char *code)
{
	const struct places *known;

	if (code == NULL || job->gazetteer == NULL)
		return NULL;
	known = job->gazetteer->places;
	while (known != NULL && strcmp(known->place.code, code) != 0)
		known = known->next;
	return known == NULL ? NULL : &known->place;
}
