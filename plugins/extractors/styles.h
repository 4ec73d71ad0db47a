/*
 * How the houses open a story: places, a day and the agency, in each house's
 * own order and with its own marks.
 */
#ifndef STYLES_H
#define STYLES_H

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "extractors/agencies.h"

enum {
	PART_BYTES = 80,    /* a place between two commas */
	DATE_BYTES = 48,    /* a date */
	DAY_DIGITS = 4,     /* of a day and a month at most: "12/10" */
	DATE_ENDS = 12,     /* words that a date may end with */
	DATES_SEEN = 8,     /* places where a date was looked for, remembered */
	PARTS = 4,          /* of a place: "Washington, D.C., United States" */
	NAME_BYTES = 60,    /* an agency that stands without brackets */
	NAME_WORDS = 4,     /* and its words; also those of a reporter */
	NAMES_BYTES = 200,  /* of reporters */
	TITLE_LENGTH = 200, /* bytes of the title of a feature */
	GLANCE = 200,       /* bytes of a sentence that are looked at */
};

/* What closed the part that was read last. */
enum close { NOTHING, MARK, DASH };

/* What was read of the paragraph, for styles that begin alike. */
struct seen {
	struct {
		const char *from, *end; /* NULL: there is none */
	} dates[DATES_SEEN];
	int n_dates; /* that were looked for so far */
	const char *agency, *agency_end;
	const struct agency *agency_is;
	const char *places, *places_end, *places_are;
};

struct reading { /* of one paragraph by one style */
	struct dl_job *job;
	struct seen *seen;
	const char *at;
	const char *end;    /* of what is printed; NULL: `at` */
	const char *places; /* "BEIJING/HANOI", "CARBONDALE, United States" */
	const char *date;
	int is_dated;      /* the date is one of a language that we know */
	const char *names; /* of reporters */
	const char *other; /* in brackets where an agency stands */
	const struct agency *agency;
	const char *bracket; /* that closes the one that is open */
	enum close close;
	int bare; /* the agency stands without brackets */
};

/*
 * The styles: P places, D a date, A an agency, N a reporter's name, - a dash,
 * ~ what closes a dateline if anything does, ! the same if something does;
 * ; a comma, a stop or nothing, , a comma of any script; ( and ) brackets or
 * strokes of any kind; Q a place up to a stop or a stroke. In Chinese L what
 * may lead, C a city, T a date, E the word for telegram, R the reporters; in
 * Korean and Japanese, too, K places, T a date, H who reports and G a place
 * with the agency behind it. Anything else is itself, and a space may be
 * missing.
 */
enum need {
	AN_OPENER = 1,  /* only agencies that open a story with their name */
	A_SENTENCE = 2, /* one must follow, or nothing */
	A_DATE = 4,     /* that is one, without an agency to vouch for it */
	A_PLACE = 8,    /* that the gazetteer has */
	CAPITALS = 16,  /* the first place is in capitals */
	A_CITY = 32,    /* the place is not called as its country is */
	NOTHING_BEHIND = 64, /* nothing may follow */
	A_WORD = 128, /* what follows must not make a word of the last one */
	SPELT = 256,  /* the place is not in initials */
	A_STOP = 512, /* at the end of what follows, if anything does */
	FIRST = 1024, /* the first place is known, and not where it lies only */
};

static const struct {
	const char *form;
	unsigned needs;
} styles[] = {
	{ "P; D; (A) ~", 0 },
	{ "P; (A) ; D -", 0 },
	{ "P; (A) ~", 0 },
	{ "P; D - (A) ~", 0 },
	{ "P - D (A) ~", 0 },
	{ "P - (A) ~", 0 },
	{ "P; D; A (N) ~", 0 },
	{ "P; D; A ~", 0 },
	{ "P; D - A , N ~", 0 },
	{ "P; D - A ~", 0 },
	{ "P; D, N , A ~", 0 },
	{ "P; D, N , N , A ~", 0 },
	{ "P, A, D -", 0 },
	{ "P, A !", A_PLACE },
	{ "P - A - D -", 0 },
	{ "P - A !", A_PLACE },
	{ "Q. A (N) !", 0 },
	{ "Q. A !", 0 },
	{ "Q. N - A !", A_PLACE },
	{ "Q/ D/ A ~", A_PLACE },
	{ "Q/ A ~", A_PLACE },
	{ "Q/ N/ A ~", A_PLACE },
	{ "D, P (A) ~", A_DATE },
	{ "D (A) -", A_DATE },
	{ "D; A -", A_DATE },
	{ "(A) - P, D -", A_PLACE },
	{ "(A) - P -", A_PLACE | CAPITALS },
	{ "(A) P, D -", A_PLACE },
	{ "(A) ~", 0 },
	{ "A - P, D -", A_PLACE },
	{ "A P, D -", A_PLACE },
	{ "A, P, D -", A_PLACE },
	{ "A, D;", A_DATE | A_SENTENCE },
	{ "A / Q / N", A_PLACE | NOTHING_BEHIND },
	{ "A / Q", A_PLACE | NOTHING_BEHIND },
	{ "A, P -", A_PLACE },
	{ "A -", AN_OPENER | A_SENTENCE },
	{ "(P, D) -", A_PLACE | A_DATE | A_SENTENCE },
	{ "(P) -", A_PLACE | A_SENTENCE },
	{ "P (D) -", A_PLACE | CAPITALS | A_DATE | A_SENTENCE },
	{ "P, D -", A_PLACE | A_DATE | A_SENTENCE },
	{ "P, D:", A_PLACE | A_DATE | A_SENTENCE | A_STOP },
	{ "P, D.", A_PLACE | CAPITALS | A_DATE | A_SENTENCE },
	{ "P, D", A_PLACE | A_DATE | NOTHING_BEHIND },
	{ "P - P -", A_PLACE | CAPITALS | A_SENTENCE },
	{ "P -", A_PLACE | CAPITALS | A_CITY | A_SENTENCE },
	{ "P:",
	    A_PLACE | CAPITALS | A_CITY | SPELT | A_SENTENCE | A_STOP | FIRST },
	{ "P", A_PLACE | CAPITALS | A_CITY | SPELT | NOTHING_BEHIND | FIRST },
	{ "(K=A) H", 0 },
	{ "(K T 발 A) ~", 0 },
	{ "(K T A) ~", A_PLACE },
	{ "(T A) ~", 0 },
	{ "(G) ~", A_PLACE },
	{ "LA C T E R", 0 },
	{ "LA T E R", 0 },
	{ "LA E R", A_WORD },
	{ "LA快讯 ~", 0 },
	{ "LC T E R", A_PLACE | A_WORD },
	{ "C，T，A", A_PLACE | A_SENTENCE },
	{ "A C T -", A_PLACE },
	{ "A C -", A_PLACE },
};

/* ---- characters ---- */

static inline size_t character_len(const char *text)
{
	size_t len = *text != '\0';

	while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
		len++;
	return len;
}

/* Whether the text begins with a small letter, Latin or Cyrillic. */
static inline int is_small(struct dl_job *job, const char *text)
{
	unsigned char a = (unsigned char)text[0], b;

	if (a < 0x80)
		return islower(a);
	b = (unsigned char)text[1];
	if (a == 0xd0)
		return b >= 0xb0;
	if (a == 0xd1)
		return b < 0xa0;
	return islower((unsigned char)*text_ascii(
		   job, job_copy(job, text, character_len(text)))) != 0;
}

static inline int has_small(struct dl_job *job, const char *text)
{
	const char *at;

	for (at = text; *at != '\0' && at - text < GLANCE;
	     at += character_len(at)) {
		if (is_small(job, at))
			return 1;
	}
	return 0;
}

/* Scripts without capitals have none. */
static inline int has_capital(struct dl_job *job, const char *text)
{
	const char *first = job_copy(job, text, character_len(text));

	return isupper((unsigned char)*text_ascii(job, first)) ||
	    ((unsigned char)*text == 0xd0 && !is_small(job, text));
}

static inline int has_digit(const char *text)
{
	return strpbrk(text, "0123456789") != NULL;
}

static inline int is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline int has_digit_within(const char *text, size_t most)
{
	const char *at = text;

	while (*at != '\0' && (size_t)(at - text) < most && !is_digit(*at))
		at++;
	return (size_t)(at - text) < most && is_digit(*at);
}

static inline int is_chinese(const char *text)
{
	return (unsigned char)*text >= 0xe4 && (unsigned char)*text <= 0xe9;
}

static inline const char *space_skip(const char *text)
{
	return text + strspn(text, " \t\n");
}

/* The bytes of the first of a NULL-ended row that the text begins with. */
static inline size_t one_len(const char *const *row, const char *text)
{
	for (; *row != NULL; row++) {
		if (strncmp(*row, text, strlen(*row)) == 0)
			return strlen(*row);
	}
	return 0;
}

/* The same of the one that the text ends with, which ends at `end`. */
static inline size_t last_len(
    const char *const *row, const char *text, const char *end)
{
	for (; *row != NULL; row++) {
		size_t len = strlen(*row);

		if ((size_t)(end - text) > len &&
		    strncmp(end - len, *row, len) == 0)
			return len;
	}
	return 0;
}

/* Where `what` is within so many bytes; NULL if it is not. */
static inline const char *find_within(
    const char *text, const char *what, size_t most)
{
	const char *at;
	size_t len = strlen(what);

	for (at = text; *at != '\0' && (size_t)(at - text) < most; at++) {
		if (strncmp(at, what, len) == 0)
			return at;
	}
	return NULL;
}

static inline const char *glance(
    struct dl_job *job, const char *text, size_t most)
{
	size_t len = 0;

	while (len < most && text[len] != '\0')
		len++;
	return job_copy(job, text, len);
}

/* Longer ones first. */
static inline size_t dash_len(const char *text)
{
	static const char *const dashes[] = { "——", "—", "–", "―", "---", "--",
		"- -", "-", "_", NULL };

	return one_len(dashes, text);
}

static inline size_t comma_len(const char *text)
{
	static const char *const commas[] = { ",", "，", "،", NULL };

	return one_len(commas, text);
}

static inline size_t stop_len(const char *text)
{
	static const char *const stops[] = { ".", "。", NULL };

	return one_len(stops, text);
}

static const struct {
	const char *open, *close;
} brackets[] = {
	{ "(", ")" },
	{ "（", "）" },
	{ "[", "]" },
	{ "［", "］" },
	{ "【", "】" },
	{ "/", "/" },
	{ "|", "|" },
};

#define BRACKETS (sizeof(brackets) / sizeof(*brackets))

/* The bytes of the bracket that opens here, and in *close what closes it. */
static inline size_t open_len(const char *text, const char **close)
{
	size_t i;

	for (i = 0; i < BRACKETS; i++) {
		size_t len = strlen(brackets[i].open);

		if (strncmp(brackets[i].open, text, len) == 0) {
			*close = brackets[i].close;
			return len;
		}
	}
	return 0;
}

static inline const char *part_copy(
    struct dl_job *job, const char *from, const char *end)
{
	while (end > from && end[-1] == ' ')
		end--;
	while (from < end && *from == ' ')
		from++;
	return job_copy(job, from, (size_t)(end - from));
}

/* Whether a bracket, or a dash or stroke that stands apart, begins here. */
static inline int is_apart(const char *text, int space_before)
{
	static const char *const ends[] = { "(", "（", ")", "）", "[", "【",
		"】", "\n", "|", NULL };

	if (agency_letter(*text))
		return 0;
	if (*text == '\0' || one_len(ends, text) > 0)
		return 1;
	if (*text == '/')
		return space_before;
	return dash_len(text) > 1 ||
	    (dash_len(text) == 1 && (space_before || text[1] == ' '));
}

/* Where a part between commas ends: at a comma, a bracket, a number or a dash
   that stands apart. */
static inline const char *part_end(const char *text)
{
	const char *at = text;

	while (at - text < PART_BYTES && comma_len(at) == 0 && *at != ':') {
		int space = *at == ' ';

		if (agency_letter(*at)) {
			at++;
			continue;
		}
		if (!space && is_apart(at, 0))
			break;
		if (space && (is_digit(at[1]) || is_apart(at + 1, 1)))
			break;
		at += character_len(at);
	}
	return at;
}

/* ---- dates ---- */

static inline int digits_in(const char *text)
{
	int n = 0;

	for (; *text != '\0'; text++)
		n += is_digit(*text);
	return n;
}

/* "12/10", which is no date of itself, is one behind a place: with the word for
   day it is read day first. */
static inline const char *day_text(struct dl_job *job, const char *text)
{
	size_t first = strspn(text, "0123456789");
	const char *month = text + first + (text[first] == '/');
	size_t second = strspn(month, "0123456789");

	if (first == 0 || first > 2 || second == 0 || second > 2 ||
	    month == text + first || month[second] != '\0')
		return text;
	return job_printf(job, "ngày %s", text);
}

/* Whether the text is a day, with its year or without. */
static inline int is_date(struct dl_job *job, const char *text)
{
	static const struct dl_moment some = { .seconds = 86400 * 200,
		.precision = DL_DAY };

	return date_near(job, day_text(job, text), DL_FROM_DATELINE, &some) !=
	    NULL;
}

static inline int is_date_end(const char *text)
{
	return !agency_letter(*text) &&
	    (*text == '\0' || strchr(" .:/", *text) != NULL ||
		comma_len(text) > 0 || is_apart(text, 0));
}

/* Behind the digits of a day a comma parts it from a year or ends it. */
static inline int is_last_comma(const char *at, int digits)
{
	size_t len = comma_len(at);

	return len > 0 && digits && !is_digit(*space_skip(at + len));
}

/* Where words of a date may end, the longest last; in *n how many there are. */
static inline void date_ends(
    const char *from, const char *ends[DATE_ENDS], int *n)
{
	const char *at = from;
	int digits = 0, comma = 0;

	for (*n = 0; at - from < DATE_BYTES && *n < DATE_ENDS;
	     at += character_len(at)) {
		if (digits && !comma && at[-1] != ' ' && is_date_end(at))
			ends[(*n)++] = at;
		if (is_apart(at, at > from && at[-1] == ' ') ||
		    is_last_comma(at, digits))
			break;
		digits |= is_digit(*at);
		comma = comma_len(at) > 0;
	}
}

/* Whether a date that ends here may be a dateline's: no sentence goes on. */
static inline int is_closed(struct dl_job *job, const char *end)
{
	const char *rest = space_skip(end);

	return rest == end || !(is_digit(*rest) || is_small(job, rest));
}

static inline const char *longest_date(
    struct dl_job *job, const char *from, int closed)
{
	const char *ends[DATE_ENDS], *text;
	int n;

	/* Names of weekdays and months may stand before its first digit. */
	if (!has_digit_within(from, DATE_BYTES / 2))
		return NULL;
	date_ends(from, ends, &n);
	while (n-- > 0) {
		text = part_copy(job, from, ends[n]);
		if ((closed && !is_closed(job, ends[n])) ||
		    text[strspn(text, "0123456789")] == '\0')
			continue;
		if (is_date(job, text))
			return ends[n];
	}
	return NULL;
}

/* The end of the longest date that begins here; NULL if none does. */
static inline const char *date_end(struct reading *reading, const char *from)
{
	struct seen *seen = reading->seen;
	int i;

	for (i = 0; i < DATES_SEEN && i < seen->n_dates; i++) {
		if (seen->dates[i].from == from)
			return seen->dates[i].end;
	}
	i = seen->n_dates++ % DATES_SEEN;
	seen->dates[i].from = from;
	seen->dates[i].end = longest_date(reading->job, from, 1);
	return seen->dates[i].end;
}

static inline int words_in(const char *text)
{
	int n = 0;

	while (*(text += strspn(text, " ")) != '\0') {
		text += strcspn(text, " ");
		n++;
	}
	return n;
}

/* Of a language that we do not know: a number and a word or two. */
static inline const char *unknown_date_end(struct dl_job *job, const char *from)
{
	const char *end = from, *part;

	if (!has_digit_within(from, DATE_BYTES))
		return NULL;
	if (is_digit(*from))
		end += strspn(from, "0123456789");
	end = part_end(end);
	if (*end == ' ' && is_digit(end[1]))
		end = part_end(end + 1);
	part = part_copy(job, from, end);
	if (!has_digit(part) || end - from > DATE_BYTES || words_in(part) < 2 ||
	    words_in(part) > 4)
		return NULL;
	return end;
}

/* "Oct. 12", "10 août", "Oct. 12, 2024". */
static inline int read_date(struct reading *reading)
{
	const char *from = reading->at, *end = date_end(reading, from);

	reading->is_dated = end != NULL;
	if (end == NULL)
		end = unknown_date_end(reading->job, from);
	if (end == NULL)
		return 0;
	reading->at = end;
	reading->date = part_copy(reading->job, from, end);
	reading->close = stop_len(end - 1) > 0 ? MARK : NOTHING;
	return 1;
}

/* The bytes of digits, also of those as wide as signs. */
static inline size_t digits_len(const char *text, int *n)
{
	static const char *const wide[] = { "０", "１", "２", "３", "４", "５",
		"６", "７", "８", "９", NULL };
	const char *at = text;
	size_t len = 0;

	for (*n = 0;; at += len, ++*n) {
		len = is_digit(*at) ? 1 : one_len(wide, at);
		if (len == 0)
			return (size_t)(at - text);
	}
}

static inline int read_sign(
    const char **at, const char *const *signs, int digits)
{
	const char *from = space_skip(*at), *text;
	size_t len;
	int n;

	text = from + digits_len(from, &n);
	if (n == 0 || n > digits)
		return 0;
	text = space_skip(text);
	len = one_len(signs, text);
	*at = len > 0 ? text + len : *at;
	return len > 0;
}

/* "2024年10月12日"; "12日" is the day alone. */
static inline int read_chinese_date(struct reading *reading)
{
	static const char *const years[] = { "年", "년", NULL };
	static const char *const months[] = { "月", "월", NULL };
	static const char *const days[] = { "日", "일", NULL };
	const char *from = reading->at, *at = from;

	if (read_sign(&at, years, 4) && !read_sign(&at, months, 2))
		return 0;
	if (at == from)
		read_sign(&at, months, 2);
	if (!read_sign(&at, days, 2))
		return 0;
	reading->at = at;
	reading->date = part_copy(reading->job, from, at);
	reading->is_dated = 1;
	return 1;
}

/* ---- places ---- */

/* States and provinces, as wires write them behind a city. */
static const struct {
	const char *form, *code;
} states[] = {
	{ "Ala.", "US-AL" },
	{ "Alaska", "US-AK" },
	{ "Ariz.", "US-AZ" },
	{ "Ark.", "US-AR" },
	{ "Calif.", "US-CA" },
	{ "Colo.", "US-CO" },
	{ "Conn.", "US-CT" },
	{ "D.C.", "US-DC" },
	{ "Del.", "US-DE" },
	{ "Fla.", "US-FL" },
	{ "Ga.", "US-GA" },
	{ "Hawaii", "US-HI" },
	{ "Idaho", "US-ID" },
	{ "Ill.", "US-IL" },
	{ "Ind.", "US-IN" },
	{ "Iowa", "US-IA" },
	{ "Kan.", "US-KS" },
	{ "Kans.", "US-KS" },
	{ "Ky.", "US-KY" },
	{ "La.", "US-LA" },
	{ "Maine", "US-ME" },
	{ "Mass.", "US-MA" },
	{ "Md.", "US-MD" },
	{ "Mich.", "US-MI" },
	{ "Minn.", "US-MN" },
	{ "Miss.", "US-MS" },
	{ "Mo.", "US-MO" },
	{ "Mont.", "US-MT" },
	{ "N.C.", "US-NC" },
	{ "N.D.", "US-ND" },
	{ "N.H.", "US-NH" },
	{ "N.J.", "US-NJ" },
	{ "N.M.", "US-NM" },
	{ "N.Y.", "US-NY" },
	{ "Neb.", "US-NE" },
	{ "Nev.", "US-NV" },
	{ "Ohio", "US-OH" },
	{ "Okla.", "US-OK" },
	{ "Ore.", "US-OR" },
	{ "Pa.", "US-PA" },
	{ "Puerto Rico", "PR" },
	{ "R.I.", "US-RI" },
	{ "S.C.", "US-SC" },
	{ "S.D.", "US-SD" },
	{ "Tenn.", "US-TN" },
	{ "Texas", "US-TX" },
	{ "Utah", "US-UT" },
	{ "Va.", "US-VA" },
	{ "Vt.", "US-VT" },
	{ "W.Va.", "US-WV" },
	{ "Wash.", "US-WA" },
	{ "Wis.", "US-WI" },
	{ "Wyo.", "US-WY" },
	{ "Alta.", "CA-AB" },
	{ "B.C.", "CA-BC" },
	{ "Man.", "CA-MB" },
	{ "N.B.", "CA-NB" },
	{ "N.S.", "CA-NS" },
	{ "Ont.", "CA-ON" },
	{ "Que.", "CA-QC" },
	{ "Sask.", "CA-SK" },
};

#define STATES (sizeof(states) / sizeof(*states))

/* The state; its country if the gazetteer does not have it. */
static inline const struct dl_place *state_named(
    struct dl_job *job, const char *text)
{
	const struct dl_place *state;
	size_t i = 0;

	while (i < STATES && strcmp(states[i].form, text) != 0)
		i++;
	if (i == STATES)
		return NULL;
	state = place_coded(job, states[i].code);
	return state != NULL
	    ? state
	    : place_coded(job, job_copy(job, states[i].code, 2));
}

/* A place, also behind what kind of place it is. */
static inline const struct dl_place *place_bare(
    struct dl_job *job, const char *text)
{
	static const char *const kinds[] = { "Kota ", "Kab. ", "Kabupaten ",
		"City of ", "the ", "Thành phố ", "THÀNH PHỐ ", "Tỉnh ",
		"TỈNH ", "TP. ", "TP ", "г. ", NULL };
	static const char *const kinds_behind[] = { " City", " city", " CITY",
		" Province", " province", " PROVINCE", NULL };
	const struct dl_place *place = place_named(job, text);
	const char *end = text + strlen(text);
	size_t len = one_len(kinds, text);

	if (place == NULL && len > 0)
		place = place_named(job, text + len);
	len = last_len(kinds_behind, text, end);
	return place == NULL && len > 0
	    ? place_named(job, part_copy(job, text, end - len))
	    : place;
}

/* One place, or the first that is known of "BEIJING/HANOI". */
static inline const struct dl_place *part_place(
    struct dl_job *job, const char *part)
{
	static const char *const between[] = { "/", "·", "・", NULL };
	const struct dl_place *place = place_bare(job, part);
	const char *end;

	while (place == NULL && *part != '\0') {
		for (end = part; *end != '\0' && one_len(between, end) == 0;)
			end += character_len(end);
		place = place_bare(job, part_copy(job, part, end));
		part = end + one_len(between, end);
	}
	return place;
}

/* The place that is told from: a city, where its name is also a country's. */
static inline const struct dl_place *first_place(
    struct dl_job *job, const char *text)
{
	static const struct {
		const char *name, *code;
	} cities[] = { { "عمان", "JO-AM" }, { "عمّان", "JO-AM" } };
	size_t i;

	for (i = 0; i < sizeof(cities) / sizeof(*cities); i++) {
		if (strcmp(cities[i].name, text) == 0)
			return place_coded(job, cities[i].code);
	}
	return part_place(job, text);
}

/* A part behind the first one says where that lies. */
static inline const struct dl_place *region_place(
    struct dl_job *job, const char *part)
{
	const struct dl_place *state = state_named(job, part);

	return state != NULL ? state : part_place(job, part);
}

/* "Georgia" is two. */
static inline int lies_in(
    const struct dl_place *city, const struct dl_place *region)
{
	if (strcmp(region->code, "GE") == 0 && strcmp(city->country, "US") == 0)
		return 1;
	return strcmp(city->country, region->country) == 0 &&
	    (strchr(region->code, '-') == NULL ||
		strcmp(city->code, region->code) == 0);
}

/* The first part that lies where those behind it say: "PARIS, United States"
   is not the one in France. */
static inline const struct dl_place *place_of(
    struct dl_job *job, const char *places)
{
	const char *end = places + strlen(places), *from;
	const struct dl_place *place = NULL, *part;

	while (end > places) {
		for (from = end; from > places && from[-1] != ',';)
			from--;
		part = from > places
		    ? region_place(job, part_copy(job, from, end))
		    : first_place(job, part_copy(job, from, end));
		if (part != NULL && (place == NULL || lies_in(part, place)))
			place = part;
		end = from > places ? from - 1 : places;
	}
	return place;
}

static inline int first_known(struct dl_job *job, const char *places)
{
	return part_place(job,
		   part_copy(job, places, places + strcspn(places, ","))) !=
	    NULL;
}

/* Whether each part behind the first one is known. */
static inline int regions_known(struct dl_job *job, const char *places)
{
	const char *at = strchr(places, ','), *end;

	for (; at != NULL; at = *end == ',' ? end : NULL) {
		end = at + 1 + strcspn(at + 1, ",");
		if (region_place(job, part_copy(job, at + 1, end)) == NULL)
			return 0;
	}
	return 1;
}

/* "TP HCM: Floods" is a heading. */
static inline int is_spelt(const char *key)
{
	size_t len;

	for (; *key != '\0'; key += len + (key[len] == ' ')) {
		len = strcspn(key, " ");
		if (len >= 4)
			return 1;
	}
	return 0;
}

/* Whether it is more than a country: "VIETNAM: Floods" is a heading. Some
   cities are called as their countries are. */
static inline int is_city(struct dl_job *job, const char *places)
{
	static const char *const both[] = { "SG", "LU", "DJ", "KW", "MC", "SM",
		"PA", "GT", "VA", "HK", "MO", NULL };
	static const char *const countries[] = { "vietnam", "britain",
		"great britain", "england", "scotland", "wales", "turkey",
		"america", "holland", "burma", NULL };
	const struct dl_place *place = place_of(job, places);
	const char *key = text_key(job, places);
	int i;

	if (place == NULL)
		return 0;
	if (strchr(place->code, '-') != NULL || one_len(both, place->code) > 0)
		return 1;
	for (i = 0; countries[i] != NULL; i++) {
		if (strcmp(countries[i], key) == 0)
			return 0;
	}
	return strcmp(text_key(job, place->name), key) != 0;
}

/* The end of the part, past a dash that is inside a name: "BÀ RỊA – VŨNG TÀU".
 */
static inline const char *place_end(struct dl_job *job, const char *text)
{
	const char *end = part_end(text), *rest = space_skip(end), *far;
	size_t dash = dash_len(rest);

	if (dash == 0)
		return end;
	far = part_end(space_skip(rest + dash));
	return place_named(job, part_copy(job, text, far)) != NULL ? far : end;
}

/* "HANOI Oct 12": where the name of the month begins. */
static inline const char *before_month(
    struct reading *reading, const char *from, const char *end)
{
	const char *word = end;

	while (word > from && word[-1] != ' ')
		word--;
	return word > from && date_end(reading, word) != NULL ? word - 1 : end;
}

/* "d'Ivoire", "l’Aquila". */
static inline int has_article(struct dl_job *job, const char *word)
{
	static const char *const marks[] = { "'", "’", NULL };
	size_t len =
	    *word == 'd' || *word == 'l' ? one_len(marks, word + 1) : 0;

	return len > 0 && !is_small(job, word + 1 + len);
}

/* Whether it begins with a letter and not with a mark. */
static inline int is_begun(const char *text)
{
	static const char *const marks[] = { "“", "”", "‘", "’", "«", "»", "„",
		"•", "…", "·", "《", "「", "『", NULL };

	return (unsigned char)*text < 0x80 ? isalpha((unsigned char)*text)
					   : one_len(marks, text) == 0;
}

/* Names have capitals, but for the likes of "Dar es Salaam". */
static inline int is_name(struct dl_job *job, const char *text)
{
	static const char *const small[] = { "of", "de", "del", "do", "du",
		"da", "des", "di", "es", "la", "las", "le", "les", "los", "el",
		"al", "am", "an", "the", "and", "y", "upon", "on", "sur",
		"city", "province", "phố", NULL };
	size_t len;
	int i;

	if (!is_begun(text) || has_digit(text) || is_small(job, text))
		return 0;
	for (; *text != '\0'; text += len, text += strspn(text, " /")) {
		len = strcspn(text, " /");
		for (i = 0; small[i] != NULL; i++) {
			if (strlen(small[i]) == len &&
			    strncmp(small[i], text, len) == 0)
				break;
		}
		if (small[i] == NULL && is_small(job, text) &&
		    !has_article(job, text))
			return 0;
	}
	return 1;
}

/* Behind "New Delhi" in "New Delhi [India]": where it lies. */
static inline const char *bracketed_region(
    struct dl_job *job, const char *end, const char **region)
{
	const char *from = space_skip(end), *close, *stop;
	size_t len = open_len(from, &close);

	if (len == 0 || *from == '/' || *from == '|')
		return end;
	stop = find_within(from + len, close, PART_BYTES);
	if (stop == NULL)
		return end;
	*region = part_copy(job, from + len, stop);
	return !is_small(job, *region) && place_named(job, *region) != NULL
	    ? stop + strlen(close)
	    : end;
}

/* One part of a place, if one is here; NULL otherwise. */
static inline const char *place_part(
    struct reading *reading, const char *at, int n, const char **part)
{
	static const char *const articles[] = { "the ", NULL };
	static const char *const before_days[] = { " في", " on", NULL };
	struct dl_job *job = reading->job;
	const char *end = place_end(job, at);
	size_t len;

	if (n > 0 && date_end(reading, at) != NULL)
		return NULL;
	if (*end == ' ' && is_digit(end[1])) {
		end = before_month(reading, at, end);
		if (n > 0 && *end == ' ' && is_digit(end[1]))
			return NULL;
	}
	*part = part_copy(job, at, end - last_len(before_days, at, end));
	/* "新华社照片，北京，" is a caption. */
	if (is_chinese(*part) && agency_at(*part, &len) != NULL)
		return NULL;
	if (!is_name(job, *part + (n > 0 ? one_len(articles, *part) : 0)) &&
	    (!is_begun(*part) || place_named(job, *part) == NULL))
		return NULL;
	return agency_named(job, *part) != NULL ? NULL : end;
}

/* Parts up to one that is a date or an agency, and in *end where they end. */
static inline const char *places_ahead(
    struct reading *reading, const char *at, const char **end)
{
	const char *places = NULL, *stop, *part, *region = NULL;
	struct dl_job *job = reading->job;
	int n;

	for (n = 0; n < PARTS; n++) {
		stop = place_part(reading, at, n, &part);
		if (stop == NULL)
			break;
		places =
		    n == 0 ? part : job_printf(job, "%s, %s", places, part);
		for (; (*end = bracketed_region(job, stop, &region)) != stop;
		     stop = *end)
			places = job_printf(job, "%s, %s", places, region);
		if (comma_len(*end) == 0)
			break;
		at = space_skip(*end + comma_len(*end));
	}
	if (places == NULL || agency_named(job, places) != NULL)
		return NULL;
	return places;
}

/* "HANOI", "Port-au-Prince", "Washington, D.C.", "BEIJING/HANOI". */
static inline int read_places(struct reading *reading)
{
	struct seen *seen = reading->seen;

	if (seen->places != reading->at) {
		seen->places_are =
		    places_ahead(reading, reading->at, &seen->places_end);
		seen->places = reading->at;
	}
	if (seen->places_are == NULL)
		return 0;
	reading->at = seen->places_end;
	if (reading->places != NULL)
		return place_of(reading->job, seen->places_are) != NULL;
	reading->places = seen->places_are;
	return 1;
}

/* "Baku" in "Baku. May 1", "Bakı" in "Bakı/01.05.24/Turan". */
static inline int read_short_place(struct reading *reading)
{
	const char *from = reading->at;
	size_t len = strcspn(from, "./\n");

	if (len == 0 || len > PART_BYTES)
		return 0;
	reading->at = from + len;
	reading->places = part_copy(reading->job, from, from + len);
	return is_name(reading->job, reading->places);
}

/* ---- agencies and reporters ---- */

/* The first agency of a row such as "VNA/VNS". */
static inline const struct agency *agency_of_row(
    struct dl_job *job, const char *text)
{
	const struct agency *agency = agency_named(job, text);
	size_t len = strcspn(text, "/");

	if (agency == NULL && text[len] == '/')
		agency = agency_of_row(job, text + len + 1);
	if (text[len] != '/')
		return agency;
	return agency_named(job, part_copy(job, text, text + len)) != NULL
	    ? agency_named(job, part_copy(job, text, text + len))
	    : agency;
}

/* Where the words of an agency may end that stands without brackets, the
   longest last. */
static inline int agency_ends(
    struct dl_job *job, const char *text, const char *ends[NAME_WORDS])
{
	const char *at;
	int n = 0;

	for (at = text; at - text < NAME_BYTES && n < NAME_WORDS;
	     at += character_len(at)) {
		if (at > text && is_apart(at, at[-1] == ' '))
			break;
		if (at > text &&
		    (strchr(" ,:;./", *at) != NULL ||
			(*at == '-' && !is_small(job, at + 1))))
			ends[n++] = at;
		if (strchr(",:;/", *at) != NULL || (*at == '.' && at[1] == ' '))
			return n;
	}
	if (n < NAME_WORDS && at > text && at[-1] != ' ')
		ends[n++] = at;
	return n;
}

/* "AZERTACThe bridge": a line end was lost behind a name in capitals. */
static inline const struct agency *agency_glued(
    struct dl_job *job, const char *text, size_t *len)
{
	size_t i;

	for (i = 0; i < AGENCIES; i++) {
		const char *form = agencies[i].form, *rest;

		*len = strlen(form);
		if (!(agencies[i].signs & BARE) || *form != *text ||
		    strncmp(text, form, *len) != 0 || has_small(job, form))
			continue;
		rest = text + *len;
		if (has_capital(job, rest) &&
		    is_small(job, rest + character_len(rest)))
			return &agencies[i];
	}
	return NULL;
}

/* The agency with which the text begins by whole words, and where it ends. */
static inline const struct agency *agency_ahead(
    struct dl_job *job, const char *text, const char **end)
{
	const char *ends[NAME_WORDS];
	const struct agency *agency = NULL;
	int n = agency_ends(job, text, ends);
	size_t len;

	while (n-- > 0 && agency == NULL) {
		*end = ends[n];
		agency = agency_named(job, part_copy(job, text, *end));
	}
	if (agency != NULL)
		return agency;
	agency = (unsigned char)*text < 0xe3 ? agency_glued(job, text, &len)
					     : agency_at(text, &len);
	*end = text + len;
	return agency;
}

/* "N.Petrov": the dot is not the one of a sentence. */
static inline int is_initial(const char *stop)
{
	return *stop == '.' && stop[1] != '\0' && stop[1] != ' ';
}

/* "Ivan Petrov": some words with a capital each, and nothing else. */
static inline int is_person(struct dl_job *job, const char *text)
{
	const char *stop = strchr(text, '.');
	int words = words_in(text) + (stop != NULL && is_initial(stop));

	return words >= 2 && words <= NAME_WORDS && is_name(job, text) &&
	    place_named(job, text) == NULL && strpbrk(text, "/:;|") == NULL;
}

/* What stands in brackets beside an agency: "Correspondent Ivan Petrov", a
   partner. */
static inline int beside_agency(struct reading *reading, const char *text)
{
	static const char *const words[] = { " correspondent", " Correspondent",
		" News", ",", "/", " -", " –", " —", "-", "－", "—", NULL };
	size_t len = one_len(words, text);
	const char *names = space_skip(text + len);

	if (is_person(reading->job, names) && (len > 0 || *text == ' '))
		reading->names = names;
	return len > 0 || reading->names != NULL;
}

/* All that is in the brackets. */
static inline int read_bracketed_agency(struct reading *reading)
{
	static const char *const leads[] = { "Корр. ", "корр. ", "Corr. ",
		"By ", "по сообщению ", NULL };
	struct dl_job *job = reading->job;
	const char *close =
	    find_within(reading->at, reading->bracket, NAMES_BYTES);
	const char *text, *end;

	if (close == NULL)
		return 0;
	text = part_copy(job, reading->at, close);
	if (strchr(text, ':') != NULL) /* "Photo: VNA" */
		return 0;
	text += one_len(leads, text);
	reading->at = close;
	reading->agency = agency_of_row(job, text);
	if (reading->agency != NULL)
		return 1;
	reading->agency = agency_ahead(job, text, &end);
	if (reading->agency != NULL)
		return beside_agency(reading, end);
	reading->other = text;
	return is_name(job, text) && strlen(text) <= NAME_BYTES;
}

/* The end of a row such as "NDO/VNA" that goes on here. */
static inline const char *agencies_end(struct dl_job *job, const char *at)
{
	const char *end;

	while (*at == '/' && agency_ahead(job, at + 1, &end) != NULL)
		at = end;
	return at;
}

/* Up to a mark or a space. */
static inline int read_agency(struct reading *reading)
{
	struct seen *seen = reading->seen;

	if (reading->bracket != NULL)
		return read_bracketed_agency(reading);
	if (seen->agency != reading->at) {
		seen->agency = reading->at;
		seen->agency_is =
		    agency_ahead(reading->job, reading->at, &seen->agency_end);
		if (seen->agency_is != NULL)
			seen->agency_end =
			    agencies_end(reading->job, seen->agency_end);
	}
	reading->agency = seen->agency_is;
	if (reading->agency == NULL)
		return 0;
	reading->at = seen->agency_end;
	reading->bare = 1;
	return 1;
}

static inline int read_name(struct reading *reading)
{
	const char *from = reading->at, *end = part_end(from);
	const char *const stops[] = { text_or(reading->bracket, "."), "/" };
	size_t i;

	for (i = 0; i < sizeof(stops) / sizeof(*stops); i++) {
		const char *stop =
		    find_within(from, stops[i], (size_t)(end - from));

		if (stop != NULL && !is_initial(stop))
			end = stop;
	}
	reading->names = part_copy(reading->job, from, end);
	reading->at = end;
	return is_person(reading->job, reading->names);
}

/* ---- Chinese ---- */

static inline size_t role_len(const char *text)
{
	static const char *const roles[] = { "记者", "記者", "通讯员", "编译",
		"特约记者", "实习记者", "实习生", "参与记者", NULL };

	return one_len(roles, text);
}

/* The longest end of the text that is a place; the text where none is. */
static inline const char *city_in(
    struct dl_job *job, const char *from, const char *end)
{
	const char *city;

	for (city = from; city < end; city += character_len(city)) {
		if (place_named(job, part_copy(job, city, end)) != NULL)
			return city;
	}
	return from;
}

/* Where the longest beginning of the text ends that is a place: "云南" of
   "云南河口"; its end where none is. */
static inline const char *province_in(
    struct dl_job *job, const char *from, const char *end)
{
	const char *at = end;

	while (
	    at > from && place_named(job, part_copy(job, from, at)) == NULL) {
		do
			at--;
		while (((unsigned char)*at & 0xc0) == 0x80);
	}
	return at > from ? at : end;
}

/* The bytes of a stroke between two cities. */
static inline size_t stroke_len(const char *text)
{
	static const char *const strokes[] = { "/", "／", NULL };
	size_t len = one_len(strokes, text);

	return is_chinese(text + len) ? len : 0;
}

/* A character of a city's name; of "“雪龙2”号", a ship's, all that is quoted.
 */
static inline size_t city_len(const char *text)
{
	const char *close;

	if (is_chinese(text))
		return character_len(text);
	if (strncmp(text, "“", strlen("“")) != 0)
		return 0;
	close = find_within(text, "”", PART_BYTES / 2);
	return close != NULL ? (size_t)(close - text) + strlen("”") : 0;
}

static inline const char *city_end(const char *from)
{
	const char *end = from;

	while (end - from < PART_BYTES / 2 && city_len(end) > 0)
		end += city_len(end);
	return end;
}

/* Behind a first city that is not known, the next one that is. */
static inline void cities_skip(struct reading *reading)
{
	struct dl_job *job = reading->job;
	const char *from;

	while (stroke_len(reading->at) > 0) {
		from = reading->at + stroke_len(reading->at);
		reading->at = city_end(from);
		if (place_named(job, reading->places) == NULL)
			reading->places = part_copy(job, from, reading->at);
	}
}

/* "北京"; "客户端石家庄"; of "记者王明台北" the name, too; the first of
   "北京/河内". "在新华社北京" quotes. */
static inline int read_city(struct reading *reading)
{
	struct dl_job *job = reading->job;
	const char *from = reading->at, *end = city_end(from), *city;
	size_t len;

	city = city_in(job, from, end);
	if (city > from && role_len(from) > 0)
		reading->names = part_copy(job, from, city);
	else if (city > from && reading->agency == NULL &&
	    agency_at(from + character_len(from), &len) != NULL)
		return 0;
	reading->at = end;
	if (city == from && reading->agency != NULL)
		end = province_in(job, from, end);
	reading->places = part_copy(job, city, end);
	cities_skip(reading);
	return reading->at > from;
}

/* "据" quotes; a bracket may open before the agency. */
static inline int read_lead(struct reading *reading)
{
	static const char *const leads[] = { "（", "【", "据", "综合", NULL };

	reading->at += one_len(leads, reading->at);
	return 1;
}

/* "电", and what it may be called besides; anything but that only behind an
   agency. */
static inline int read_telegram(struct reading *reading)
{
	static const char *const words[] = { "电讯", "电", "電", "专电",
		"新媒体专电", "体育专电", "專電", "讯", "訊", NULL };
	static const char *const reports[] = { "消息", "报道", "報導",
		"综合报道", "綜合報導", "綜合外電報導", "】", NULL };
	size_t len = one_len(words, reading->at);

	if (reading->agency == NULL)
		len = len <= strlen("电") ? len : 0;
	else if (len == 0 && reading->date != NULL)
		len = one_len(reports, reading->at);
	/* A sentence says "新华社10月12日报道，". */
	if (one_len(reports, reading->at) > 0 &&
	    comma_len(reading->at + len) > 0)
		return 0;
	reading->at += len;
	reading->close = MARK;
	return len > 0;
}

/* "北京10月12日电影节开幕": the festival of films, and no telegram. */
static inline int makes_word(const char *text)
{
	static const char *const rests[] = { "影", "视", "视", "力", "话", "子",
		"动", "网", "商", "池", "竞", "信", "台", "脑", "气", "器",
		"梯", "站", "价", "厂", "机", "车", "缆", "邮", "报", "源",
		"路", "压", "流", "费", "量", "改", "磁", "灯", "焊", NULL };

	return one_len(rests, text) > 0;
}

/* The title of a feature that stands before the names of its reporters:
   "题：小镇的夜 新华社记者王明、李强 夜里十点". */
static inline void feature_skip(struct reading *reading)
{
	static const char *const marks[] = { "题：", "题:", NULL };
	const char *from = space_skip(reading->at), *at = from;
	const char *names;
	size_t len = one_len(marks, from), form;

	if (len == 0)
		return;
	for (at += len; *at != '\0' && at - from < TITLE_LENGTH;
	     at += character_len(at)) {
		if (at[-1] != ' ' || agency_at(at, &form) == NULL ||
		    role_len(at + form) == 0)
			continue;
		names = at + form + role_len(at + form);
		len = strcspn(names, " \n");
		if (len > NAMES_BYTES)
			return;
		reading->names = part_copy(reading->job, names, names + len);
		reading->end = reading->at;
		reading->at = names + len;
		return;
	}
}

/* "(王明 李强)": two to four characters each. */
static inline int are_names(const char *from, const char *end)
{
	int n = 0;

	for (; from < end; from += character_len(from)) {
		if (!is_chinese(from) && n < 2)
			return 0;
		n = is_chinese(from) ? n + 1 : 0;
		if (n > 4)
			return 0;
	}
	return n >= 2;
}

/* Behind "新华社" or "“新华视点”", whose reporters follow. */
static inline const char *house_skip(const char *text)
{
	const char *end;
	size_t len;

	if (agency_at(text, &len) != NULL)
		return text + len;
	if (strncmp(text, "“", 3) != 0)
		return text;
	end = find_within(text, "”", NAME_BYTES);
	return end != NULL ? end + strlen("”") : text;
}

/* "（记者唐霁）" behind a Chinese dateline; there may be none. */
static inline int read_reporters(struct reading *reading)
{
	static const char *const long_dashes[] = { "——", "—", NULL };
	const char *close = NULL, *end;
	const char *from = reading->at + open_len(reading->at, &close);

	from = house_skip(space_skip(from));
	end = close == NULL ? NULL : find_within(from, close, NAMES_BYTES);
	if (end != NULL && (role_len(from) > 0 || are_names(from, end))) {
		reading->names = part_copy(reading->job, from, end);
		reading->at = end + strlen(close);
	}
	if (strncmp(reading->at, "）", 3) == 0 ||
	    strncmp(reading->at, "】", 3) == 0)
		reading->at += 3;
	if (strncmp(reading->at, "：", 3) == 0)
		reading->at += 3;
	reading->at += one_len(long_dashes, reading->at);
	feature_skip(reading);
	return 1;
}

/* ---- Korean and Japanese ---- */

/* "서울·부산", "ロンドン": up to what is of no such script. */
static inline int read_wide_places(struct reading *reading)
{
	const char *from = reading->at, *end = from;

	while (((unsigned char)*end >= 0xe3 && (unsigned char)*end <= 0xed &&
		   open_len(end, &reading->places) == 0) ||
	    strncmp(end, "·", strlen("·")) == 0)
		end += character_len(end);
	reading->places = part_copy(reading->job, from, end);
	reading->at = end;
	return end > from && end - from <= PART_BYTES;
}

/* "ソウル共同": the longest agency at its end, behind a place. */
static inline int read_glued(struct reading *reading)
{
	struct dl_job *job = reading->job;
	const char *from = reading->at, *at;
	const char *end = find_within(from, reading->bracket, PART_BYTES);

	if (end == NULL || (unsigned char)*from < 0xe3)
		return 0;
	for (at = from + character_len(from);
	     at < end && reading->agency == NULL; at += character_len(at)) {
		reading->places = part_copy(job, from, at);
		reading->agency = agency_named(job, part_copy(job, at, end));
	}
	reading->at = end;
	return reading->agency != NULL;
}

/* "홍길동 기자 =" behind the bracket; there may be nobody. */
static inline int read_korean_reporters(struct reading *reading)
{
	static const char *const roles[] = { "기자", "특파원", "통신원",
		"논설위원", NULL };
	const char *from = reading->at;
	const char *end = find_within(from, "=", NAMES_BYTES), *at;

	for (at = from; end != NULL && at < end; at += character_len(at)) {
		if (one_len(roles, at) == 0 ||
		    space_skip(at + one_len(roles, at)) != end)
			continue;
		reading->names = part_copy(reading->job, from, at);
		reading->at = end + 1;
		break;
	}
	reading->close = MARK;
	return 1;
}

/* ---- marks ---- */

/* The hyphen of "AZƏRTAC-ın" is no dash. */
static inline int read_dash(struct reading *reading)
{
	size_t len = dash_len(reading->at);

	if (len == 1 && is_small(reading->job, reading->at + 1) &&
	    reading->at[-1] != ' ')
		return 0;
	reading->at += len;
	reading->close = len > 0 ? DASH : NOTHING;
	return len > 0;
}

/* ".- ", ":", "." and the like, or a dash. */
static inline int read_close(struct reading *reading)
{
	static const char *const marks[] = { ":", "：", ".", "。", "/", "|",
		"=", NULL };
	size_t len;

	if (read_dash(reading))
		return 1;
	reading->close = NOTHING;
	len = one_len(marks, reading->at);
	if (len == 0)
		return 1;
	reading->at += len;
	if (dash_len(space_skip(reading->at)) > 0) {
		reading->at = space_skip(reading->at);
		return read_dash(reading);
	}
	reading->close = MARK;
	return 1;
}

static inline int read_sure_close(struct reading *reading)
{
	return read_close(reading) && reading->close != NOTHING;
}

static inline int read_comma(struct reading *reading)
{
	size_t len = comma_len(reading->at);

	reading->at += len;
	return len > 0;
}

static inline int read_any_mark(struct reading *reading)
{
	size_t stop;

	reading->at += comma_len(reading->at);
	stop = stop_len(reading->at);
	reading->at += stop;
	if (stop > 0)
		reading->close = MARK;
	return 1;
}

static inline int read_open(struct reading *reading)
{
	size_t len = open_len(reading->at, &reading->bracket);

	reading->at += len;
	return len > 0;
}

static inline int read_shut(struct reading *reading)
{
	const char *bracket = reading->bracket;

	if (strncmp(reading->at, bracket, strlen(bracket)) != 0)
		return 0;
	reading->at += strlen(bracket);
	reading->bracket = NULL;
	return 1;
}

/* ---- styles ---- */

static const struct {
	char letter;
	int (*read)(struct reading *reading);
} readers[] = {
	{ 'P', read_places },
	{ 'Q', read_short_place },
	{ 'D', read_date },
	{ 'A', read_agency },
	{ 'N', read_name },
	{ '-', read_dash },
	{ '~', read_close },
	{ '!', read_sure_close },
	{ ',', read_comma },
	{ ';', read_any_mark },
	{ '(', read_open },
	{ ')', read_shut },
	{ 'L', read_lead },
	{ 'C', read_city },
	{ 'T', read_chinese_date },
	{ 'E', read_telegram },
	{ 'R', read_reporters },
	{ 'K', read_wide_places },
	{ 'G', read_glued },
	{ 'H', read_korean_reporters },
};

#define READERS (sizeof(readers) / sizeof(*readers))

static inline int letter_read(struct reading *reading, char letter)
{
	size_t i;

	for (i = 0; i < READERS; i++) {
		if (readers[i].letter == letter)
			return readers[i].read(reading);
	}
	return *reading->at++ == letter;
}

/* What may be missing at the end of a text. */
static inline int may_miss(char letter)
{
	return strchr("RH~; ", letter) != NULL;
}

static inline int form_read(struct reading *reading, const char *form)
{
	for (; *form != '\0'; form++) {
		if (*form == ' ')
			reading->at = space_skip(reading->at);
		else if (*reading->at == '\0' && !may_miss(*form))
			return 0;
		else if (!letter_read(reading, *form))
			return 0;
	}
	return 1;
}

/* ---- what a style needs ---- */

/* Captions, whose credit comes last, and lines such as "Editor: huaxia" do not
   end like what is looked at. */
static inline int is_sentence(const char *text)
{
	static const char *const stops[] = { ".", "!", "?", "…", "\"", "”",
		"。", "！", "？" };
	size_t i, len = strlen(text);

	for (i = 0; i < sizeof(stops) / sizeof(*stops); i++) {
		size_t stop = strlen(stops[i]);

		if (len > stop && strcmp(text + len - stop, stops[i]) == 0)
			return 1;
	}
	return 0;
}

/* "12 – 15 October", "12 - November 3": a span of days goes on. */
static inline int goes_on(struct reading *reading, const char *rest)
{
	const char *behind = rest + strspn(rest, "0123456789");

	if (reading->date == NULL || reading->agency != NULL)
		return 0;
	if (longest_date(reading->job, rest, 0) != NULL)
		return 1;
	return behind > rest &&
	    !(*behind == ' ' && is_small(reading->job, behind + 1));
}

/* "HANOI – HAI PHONG expressway": a road has two ends. */
static inline int is_way(struct dl_job *job, const char *rest)
{
	const struct dl_mention *other =
	    place_next(job, glance(job, rest, PART_BYTES), NULL);

	return other != NULL && other->at == 0 && other->len > 3 &&
	    !has_small(job, other->as) && rest[other->len] == ' ' &&
	    is_small(job, rest + other->len + 1);
}

static inline int is_sentence_begun(struct dl_job *job, const char *rest)
{
	if (*rest == '\0')
		return 1;
	if (has_capital(job, rest) && !has_small(job, rest))
		return 0; /* a heading */
	return !is_small(job, rest) && strchr(",.;:)/([", *rest) == NULL;
}

/* What the place is called is printed in capitals, but for "HCM City", and a
   sentence is not. */
static inline int is_in_capitals(
    struct reading *reading, const char *places, const char *rest)
{
	static const char city[] = " City";
	size_t len = strcspn(places, ","), city_len = sizeof(city) - 1;
	const char *first;

	if (len > city_len &&
	    strncmp(places + len - city_len, city, city_len) == 0)
		len -= city_len;
	first = job_copy(reading->job, places, len);

	return has_capital(reading->job, first) &&
	    !has_small(reading->job, first) &&
	    (*rest == '\0' || has_small(reading->job, rest)) &&
	    regions_known(reading->job, places) && !is_way(reading->job, rest);
}

/* "Vector Network Analyzer (VNA)": what a short name is short for, the small
   words left out, or what has it in it. */
static inline int is_short_for(
    struct dl_job *job, const char *form, const char *words)
{
	if (strstr(words, form) != NULL)
		return 1;
	for (; *words != '\0'; words += strcspn(words, " -")) {
		words += strspn(words, " -");
		if (*words != '\0' && !is_small(job, words) &&
		    *words != *form++)
			return 0;
	}
	return *form == '\0';
}

/* An agency vouches for what is before it, but only if something closes it or
   the place is known, too. */
static inline int is_vouched(struct reading *reading, const char *rest)
{
	struct dl_job *job = reading->job;
	int known =
	    reading->places == NULL || place_of(job, reading->places) != NULL;

	if (reading->agency != NULL && reading->places == NULL &&
	    reading->close == NOTHING && (*rest == '\0' || is_digit(*rest)))
		return 0;
	if (reading->agency != NULL && !known &&
	    is_short_for(job, reading->agency->form, reading->places))
		return 0;
	if (reading->agency == NULL) /* one that we do not know */
		return known && reading->places != NULL &&
		    reading->date != NULL && reading->close != NOTHING &&
		    is_sentence_begun(job, rest) && reading->is_dated;
	if (reading->date != NULL && !known && *rest != '\0' &&
	    !reading->is_dated && !is_chinese(reading->places))
		return 0;
	if (reading->close == DASH)
		return known || reading->date != NULL ||
		    is_sentence_begun(job, rest);
	if (reading->close == NOTHING && reading->bare && *rest != '\0' &&
	    !(reading->agency->signs & BARE))
		return 0;
	return is_sentence_begun(job, rest) && (known || reading->date != NULL);
}

static inline int needs_met(struct reading *reading, unsigned needs)
{
	struct dl_job *job = reading->job;
	const char *places = text_or(reading->places, "");
	const char *rest = space_skip(reading->at);
	int signed_off = reading->agency != NULL || reading->other != NULL;

	if ((needs & AN_OPENER) &&
	    (reading->agency == NULL || !(reading->agency->signs & OPENS)))
		return 0;
	/* With a time of day it is what a page says of itself. */
	if ((needs & NOTHING_BEHIND) &&
	    (*rest != '\0' || strchr(text_or(reading->date, ""), ':') != NULL))
		return 0;
	if ((needs & A_PLACE) && place_of(job, places) == NULL)
		return 0;
	if ((needs & CAPITALS) && !is_in_capitals(reading, places, rest))
		return 0;
	if ((needs & A_CITY) && !is_city(job, places))
		return 0;
	if ((needs & FIRST) && !first_known(job, places))
		return 0;
	if ((needs & SPELT) && !is_spelt(text_key(job, places)))
		return 0;
	if ((needs & A_DATE) && (!reading->is_dated || goes_on(reading, rest)))
		return 0;
	if ((needs & A_WORD) && makes_word(reading->at))
		return 0;
	if ((needs & A_SENTENCE) && !is_sentence_begun(job, rest))
		return 0;
	if ((needs & A_STOP) && *rest != '\0' && !is_sentence(rest))
		return 0;
	return !signed_off || is_vouched(reading, rest);
}

/* Whether the text begins with a dateline in any style. */
static inline int dateline_read(
    struct dl_job *job, const char *text, struct reading *reading)
{
	struct seen seen = { .n_dates = 0 };
	size_t i;

	for (i = 0; i < sizeof(styles) / sizeof(*styles); i++) {
		*reading =
		    (struct reading){ .job = job, .seen = &seen, .at = text };
		if (form_read(reading, styles[i].form) &&
		    needs_met(reading, styles[i].needs)) {
			reading->seen = NULL;
			return 1;
		}
	}
	return 0;
}

#endif
