/* Which records count. */
#include <ctype.h>
#include <regex.h>
#include <string.h>
#include <strings.h>

#include "core/base/fold.h"
#include "core/base/time.h"
#include "core/tool/filter.h"
#include "core/tool/when.h"

#define DAY (INT64_C(86400) * 1000) /* milliseconds */

struct want { /* a value of an option, and what of it is compared */
	const char *value;
	const char *key;       /* of AGENCY and PLACE: see bare_key() */
	size_t len;            /* of ID: bytes before the star */
	bool star;             /* of ID: there is one */
	const char *sure;      /* of ID: see sure_of() */
	int64_t since;         /* of PUBLISHED: milliseconds since 1970 */
	regex_t plain, folded; /* of GREP */
	bool folds;            /* of GREP: there is a folded one */
	struct want *next;
};

static const char *text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value != NULL ? value : "";
}

/* For comparing names: "Hà Nội", "HA NOI" and "Hanoi" are one. */
static char *bare_key(struct arena *arena, const char *name)
{
	char *key = fold_key(arena, name), *from = key, *to = key;

	for (; *from != '\0'; from++) {
		if (*from != ' ')
			*to++ = *from;
	}
	*to = '\0';
	return key;
}

/* ---- what an option takes ---- */

static const char *take_text(
    struct filter *filter, struct want *want, int64_t now)
{
	(void)filter, (void)now;
	return *want->value != '\0' ? NULL : "want a name";
}

static const char *take_name(
    struct filter *filter, struct want *want, int64_t now)
{
	(void)now;
	want->key = bare_key(&filter->arena, want->value);
	return *want->key != '\0' ? NULL : "want a name";
}

/* The longest part of an id that no writer of JSON writes in another way. */
static char *sure_of(struct arena *arena, const char *id, size_t len)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789:._-";
	size_t at, run, best = 0, most = 0;

	for (at = 0; at < len; at += run + 1) {
		run = strspn(id + at, plain);
		if (run > len - at)
			run = len - at;
		if (run > most)
			most = run, best = at;
	}
	return arena_copy(arena, id + best, most);
}

static const char *take_id(
    struct filter *filter, struct want *want, int64_t now)
{
	(void)now;
	want->len = strlen(want->value);
	want->star = want->len > 0 && want->value[want->len - 1] == '*';
	want->len -= want->star;
	want->sure = sure_of(&filter->arena, want->value, want->len);
	return *want->value != '\0'
	    ? NULL
	    : "want an id (vgp:102241107152407), or its begin and a star "
	      "(vgp:*)";
}

static const char *take_time(
    struct filter *filter, struct want *want, int64_t now)
{
	(void)filter;
	return when_parse(want->value, now, &want->since) ? NULL
							  : "want " WHEN_WANT;
}

/* ---- patterns ---- */

/* Bytes of a bracket expression, "[^]abc[:digit:]]"; 1 where it has no end. */
static size_t bracket(const char *pattern)
{
	const char *at = pattern + 1, *end;

	at += *at == '^';
	at += *at == ']';
	while (*at != '\0' && *at != ']') {
		const char close[] = { at[1], ']', '\0' };

		end = *at == '[' && at[1] != '\0' && strchr(":.=", at[1])
		    ? strstr(at + 2, close)
		    : NULL;
		at = end != NULL ? end + 2 : at + 1;
	}
	return *at == ']' ? (size_t)(at + 1 - pattern) : 1;
}

/* A character in ASCII, itself where it has none. */
static const char *in_ascii(
    struct arena *arena, const char *pattern, size_t len)
{
	return fold_ascii(arena, arena_copy(arena, pattern, len));
}

/* Between brackets only letters can be folded: one for one, and none of them
   means anything there. */
static char *fold_bracket(
    struct arena *arena, char *out, const char *pattern, size_t len)
{
	size_t at, used;

	for (at = 0; at < len; at += used) {
		const char *ascii;

		fold_next(pattern + at, &used);
		ascii = in_ascii(arena, pattern + at, used);
		if (strlen(ascii) == 1 && isalnum((unsigned char)*ascii))
			*out++ = *ascii;
		else
			out = mempcpy(out, pattern + at, used);
	}
	return out;
}

/* Elsewhere what it becomes is meant as it is written, and counts as one:
   "№+" is "(No\.)+". */
static char *fold_sign(char *out, const char *ascii)
{
	bool group = strlen(ascii) > 1;

	if (group)
		*out++ = '(';
	for (; *ascii != '\0'; ascii++) {
		if (strchr(".[]{}()\\*+?|^$", *ascii) != NULL)
			*out++ = '\\';
		*out++ = *ascii;
	}
	if (group)
		*out++ = ')';
	return out;
}

/* The pattern for a text that fold_ascii() has folded. */
static const char *fold_pattern(struct arena *arena, const char *pattern)
{
	/* A sign of two bytes becomes five at most, each escaped, and a pair of
	   parentheses. */
	char *folded = arena_alloc(arena, strlen(pattern) * 6 + 1);
	char *out = folded;
	size_t used;

	for (; *pattern != '\0'; pattern += used) {
		uint32_t point = fold_next(pattern, &used);
		const char *ascii;

		if (point == '[') {
			used = bracket(pattern);
			out = fold_bracket(arena, out, pattern, used);
			continue;
		}
		used += point == '\\' && pattern[1] != '\0';
		ascii = point < 0x80 ? NULL : in_ascii(arena, pattern, used);
		if (ascii == NULL || !fold_is_ascii(ascii))
			out = mempcpy(out, pattern, used);
		else
			out = fold_sign(out, ascii);
	}
	return folded;
}

static int compile(regex_t *regex, const char *pattern)
{
	return regcomp(
	    regex, pattern, REG_EXTENDED | REG_ICASE | REG_NOSUB | REG_NEWLINE);
}

static const char *take_pattern(
    struct filter *filter, struct want *want, int64_t now)
{
	struct arena *arena = &filter->arena;
	const char *pattern =
	    fold_clean(arena, want->value, strlen(want->value));
	char words[128];
	int error = compile(&want->plain, pattern);

	(void)now;
	if (error != 0) {
		regerror(error, &want->plain, words, sizeof(words));
		return arena_dup(arena, words);
	}
	/* "[é-đ]" is a range, and "[e-d]" is none. */
	want->folds = compile(&want->folded, fold_pattern(arena, pattern)) == 0;
	return NULL;
}

/* ---- what a record has ---- */

static bool has_source(
    struct filter *filter, const struct want *want, const json_t *record)
{
	(void)filter;
	return strcmp(text(record, "source"), want->value) == 0;
}

static bool is_named(
    struct filter *filter, const struct want *want, const char *name)
{
	return strcmp(bare_key(&filter->scratch, name), want->key) == 0;
}

static bool has_agency(
    struct filter *filter, const struct want *want, const json_t *record)
{
	return is_named(filter, want, text(record, "agency"));
}

static bool is_place(
    struct filter *filter, const struct want *want, const json_t *place)
{
	const json_t *forms = json_object_get(place, "as"), *form;
	size_t i;

	if (strcasecmp(text(place, "code"), want->value) == 0 ||
	    strcasecmp(text(place, "country"), want->value) == 0 ||
	    is_named(filter, want, text(place, "name")))
		return true;
	json_array_foreach(forms, i, form)
	{
		if (json_is_string(form) &&
		    is_named(filter, want, json_string_value(form)))
			return true;
	}
	return false;
}

static bool has_place(
    struct filter *filter, const struct want *want, const json_t *record)
{
	const json_t *dateline = json_object_get(record, "dateline");
	const json_t *places = json_object_get(record, "places"), *place;
	size_t i;

	if (is_place(filter, want, json_object_get(dateline, "place")))
		return true;
	json_array_foreach(places, i, place)
	{
		if (is_place(filter, want, place))
			return true;
	}
	return false;
}

/* "zh" is a prefix of "zh-Hant", and not of "zhx". */
static bool has_language(
    struct filter *filter, const struct want *want, const json_t *record)
{
	const char *language = text(record, "language");
	size_t len = strlen(want->value);

	(void)filter;
	return strncasecmp(language, want->value, len) == 0 &&
	    (language[len] == '\0' || language[len] == '-');
}

static bool has_pattern(
    struct filter *filter, const struct want *want, const char *plain)
{
	const char *folded;

	if (regexec(&want->plain, plain, 0, NULL, 0) == 0)
		return true;
	folded = fold_ascii(&filter->scratch, plain);
	return want->folds && regexec(&want->folded, folded, 0, NULL, 0) == 0;
}

static bool has_words(
    struct filter *filter, const struct want *want, const json_t *record)
{
	static const char *const fields[] = { "title", "summary", "text" };
	const char *plain;
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		plain = json_string_value(json_object_get(record, fields[i]));
		if (plain != NULL && has_pattern(filter, want, plain))
			return true;
	}
	return false;
}

static bool has_id(
    struct filter *filter, const struct want *want, const json_t *record)
{
	const char *id = text(record, "id");

	(void)filter;
	return strncmp(id, want->value, want->len) == 0 &&
	    (want->star || id[want->len] == '\0');
}

/* Of a record that knows only its day, any time of that day may be the one. */
static bool is_published(
    struct filter *filter, const struct want *want, const json_t *record)
{
	const json_t *evidence = json_object_get(record, "published_evidence");
	int64_t published;

	(void)filter;
	if (!time_parse(text(record, "published"), &published))
		return false;
	if (strcmp(text(evidence, "precision"), "day") == 0)
		published += DAY - 1;
	return published >= want->since;
}

/* ---- all of it ---- */

static const struct {
	const char *option;
	const char *(*take)(struct filter *, struct want *, int64_t now);
	bool (*has)(struct filter *, const struct want *, const json_t *record);
} kinds[FILTERS] = {
	[BY_SOURCE] = { "source", take_text, has_source },
	[BY_AGENCY] = { "agency", take_name, has_agency },
	[BY_PLACE] = { "place", take_name, has_place },
	[BY_LANG] = { "lang", take_text, has_language },
	[BY_ID] = { "id", take_id, has_id },
	[BY_PUBLISHED] = { "published-since", take_time, is_published },
	[BY_GREP] = { "grep", take_pattern, has_words },
};

const char *filter_option(enum filter_by by)
{
	return kinds[by].option;
}

const char *filter_want(
    struct filter *filter, enum filter_by by, const char *value, int64_t now)
{
	struct want *want = arena_alloc(&filter->arena, sizeof(*want));
	const char *wrong;

	want->value = arena_dup(&filter->arena, value);
	wrong = kinds[by].take(filter, want, now);
	if (wrong == NULL) {
		want->next = filter->wants[by];
		filter->wants[by] = want;
	}
	return wrong;
}

bool filter_asks(const struct filter *filter)
{
	int by = 0;

	while (by < FILTERS && filter->wants[by] == NULL)
		by++;
	return by < FILTERS;
}

bool filter_asks_ids(const struct filter *filter)
{
	return filter->wants[BY_ID] != NULL;
}

bool filter_may_count(const struct filter *filter, const char *line)
{
	const struct want *want = filter->wants[BY_ID];

	if (want == NULL)
		return true;
	while (want != NULL && strstr(line, want->sure) == NULL)
		want = want->next;
	return want != NULL;
}

static bool has_one(
    struct filter *filter, enum filter_by by, const json_t *record)
{
	const struct want *want = filter->wants[by];

	if (want == NULL)
		return true;
	while (want != NULL && !kinds[by].has(filter, want, record))
		want = want->next;
	return want != NULL;
}

bool filter_counts(struct filter *filter, const json_t *line)
{
	int by = 0;

	if (strcmp(text(line, "kind"), "record") != 0)
		return true;
	while (by < FILTERS && has_one(filter, (enum filter_by)by, line))
		by++;
	arena_reset(&filter->scratch);
	return by == FILTERS;
}

void filter_free(struct filter *filter)
{
	struct want *want = filter->wants[BY_GREP];

	for (; want != NULL; want = want->next) {
		regfree(&want->plain);
		if (want->folds)
			regfree(&want->folded);
	}
	arena_reset(&filter->scratch);
	arena_reset(&filter->arena);
	memset(filter, 0, sizeof(*filter));
}
