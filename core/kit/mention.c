/*
 * The places that a text names: what is meant by a name that is also a word,
 * somebody's, or that of several places.
 *
 * A text is read once, by the first call. First comes what every name says for
 * itself and the words beside it, then what the others are told by those: a
 * name of a list of countries is a country, "Athens, Georgia" is in the United
 * States.
 */
#include <string.h>
#include <utf8proc.h>

#include "core/base/fold.h"
#include "core/kit/beside.h"
#include "core/kit/endings.h"
#include "core/kit/gazetteer.h"
#include "core/kit/job.h"

enum {
	AROUND = 8, /* mentions on each side that are looked at */
};

struct mention {
	struct dl_mention open; /* first: a dl_mention * is a mention * */
	struct mention *before, *next;
	const struct name *names; /* that may be meant */
	bool declined;
};

struct reading {
	struct dl_job *job;
	const char *text;
	bool turkic;
	struct mention *first, *last;
};

/* ---- the words beside a name ---- */

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

static bool word_behind(const char *end, struct word *word)
{
	return *end == ' ' && word_next(end, word) && word->at == end + 1;
}

static bool is_before(
    struct dl_job *job, const char *const *list, const char *end)
{
	char key[WORD_BYTES];
	struct word word;

	return word_behind(end, &word) && word_key(&job->arena, &word, key) &&
	    is_one_of(list, key);
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

		if (strcmp(person->key, key) == 0 &&
		    (word->capital || (person->may & SMALL)) &&
		    (!ends || (person->may & POINT)) &&
		    (is_marked(word, key) || is_marked(word, person->marked)))
			return true;
	}
	return false;
}

/* "Nguyễn Việt Nam", "Mr. Ha Nam", "Nguyễn Đức Bình Dương". */
static bool is_after_person(
    struct dl_job *job, const char *text, const char *at)
{
	struct word word, family;
	bool ends;

	if (at - text < 2 || at[-1] != ' ')
		return false;
	ends = at[-2] == '.';
	if (!word_ending(text, at - 1 - ends, &word))
		return false;
	if (makes_person(job, &word, ends))
		return true;
	return !ends && word.capital && word_before(text, word.at, &family) &&
	    family.capital && makes_person(job, &family, false);
}

/* Whether its letters are neither great nor small. */
static bool is_caseless(const struct word *word)
{
	size_t len;

	return utf8proc_category((utf8proc_int32_t)fold_next(word->at, &len)) ==
	    UTF8PROC_CATEGORY_LO;
}

/* "U23", "2025" */
static bool has_digit(const struct word *word)
{
	const char *last = word->at + word->len - 1;

	return *last >= '0' && *last <= '9';
}

/* "Michael B. Jordan"; "the U.S. Jordan" is none. */
static bool is_behind_initial(const char *text, const char *at)
{
	struct word initial, forename;

	return at - text > 3 && at[-1] == ' ' && at[-2] == '.' &&
	    word_ending(text, at - 2, &initial) && initial.capital &&
	    initial.len <= 2 && word_before(text, initial.at, &forename) &&
	    forename.capital;
}

/* Whether a capitalised word stands before it that does not begin a sentence:
   a forename. */
static bool is_behind_name(struct dl_job *job, const char *text, const char *at)
{
	struct word before;

	if (is_behind_initial(text, at))
		return true;
	return word_before(text, at, &before) && before.capital &&
	    !is_caseless(&before) && !has_digit(&before) &&
	    !is_after(job, before_places, text, at);
}

/* "B. Peterson", "O'Keeffe" */
static bool begins_surname(const struct word *word)
{
	const char *end = word->at + word->len;

	return word->len == 1 &&
	    (*end == '.' || *end == '\'' || strncmp(end, "’", 3) == 0);
}

/* Whether a surname may stand behind it; that of "GEORGIA AND" is none. */
static bool is_before_name(struct dl_job *job, const char *end)
{
	struct word next;

	if (!word_behind(end, &next) || !next.capital || is_caseless(&next) ||
	    (next.at[0] >= '0' && next.at[0] <= '9'))
		return false;
	return begins_surname(&next) ||
	    (next.len > 1 && !is_before(job, before_places, end));
}

/* "đường Điện Biên Phủ", "phố Huế"; "thành phố Huế" is the city, "đường phố
   Huế" are its streets. */
static bool is_street(
    struct dl_job *job, const char *text, const char *at, const char *end)
{
	struct word word, first;

	if (is_before(job, behind_streets, end))
		return true;
	if (!word_before(text, at, &word))
		return false;
	if (is_marked(&word, "đường"))
		return true;
	return is_marked(&word, "phố") &&
	    !(word_before(text, word.at, &first) &&
		(is_marked(&first, "thành") || is_marked(&first, "đường")));
}

/* "tiếng Pháp" is what is spoken there. */
static bool is_language(const char *text, const char *at)
{
	struct word word;

	return word_before(text, at, &word) &&
	    (is_marked(&word, "tiếng") || is_marked(&word, "tieng"));
}

static bool is_company(
    struct dl_job *job, const char *text, const char *at, const char *end)
{
	struct word word;

	if (word_behind(end, &word) && word.capital &&
	    is_before(job, behind_companies, end))
		return true;
	return word_before(text, at, &word) && word.capital &&
	    is_after(job, before_companies, text, at);
}

/* ---- what a name says for itself ---- */

static bool is_same_letter(uint32_t printed, uint32_t form, bool capitals)
{
	if (!capitals)
		return printed == form;
	return printed == (uint32_t)utf8proc_toupper((utf8proc_int32_t)form) ||
	    (form == 'i' && printed == 0x130);
}

/* The bytes of a bracket that closes what was opened in the name: "刚果（金）".
 */
static size_t bracket(const char *at, size_t len)
{
	static const char *const brackets[][2] = { { "(", ")" },
		{ "（", "）" } };
	size_t i;

	for (i = 0; i < sizeof(brackets) / sizeof(brackets[0]); i++) {
		size_t closing = strlen(brackets[i][1]);

		if (memmem(at, len, brackets[i][0], strlen(brackets[i][0])) !=
			NULL &&
		    strncmp(at + len, brackets[i][1], closing) == 0)
			return closing;
	}
	return 0;
}

/* As it is printed in the table, or so in capitals; of a declined name all but
   its last letter. */
static bool is_form(
    const struct mention *mention, const char *form, bool capitals)
{
	const char *at = mention->open.as, *end = at + mention->open.len;
	size_t len, n;

	/* Arabic is declined at the beginning. */
	if (mention->declined && (*form & 0xfc) == 0xd8 &&
	    (size_t)(end - at) > strlen(form))
		at = end - strlen(form);
	for (; *form != '\0' && at < end; form += n, at += len) {
		if (!is_same_letter(
			fold_next(at, &len), fold_next(form, &n), capitals))
			return mention->declined && form[n] == '\0';
	}
	return *form == '\0' &&
	    (mention->declined || at == end || strncmp(at, ".", 1) == 0 ||
		bracket(mention->open.as, (size_t)(at - mention->open.as)) !=
		    0);
}

static bool is_printed(const struct mention *mention, const struct name *name)
{
	return is_form(mention, name->printed, false) ||
	    is_form(mention, name->printed, true);
}

static bool is_in_capitals(const struct mention *mention)
{
	const char *at = mention->open.as, *end = at + mention->open.len;
	size_t len;

	for (; at < end; at += len) {
		if (utf8proc_category((utf8proc_int32_t)fold_next(at, &len)) ==
		    UTF8PROC_CATEGORY_LL)
			return false;
	}
	return true;
}

static bool is_whole_country(const struct dl_place *place)
{
	return strchr(place->code, '-') == NULL;
}

static bool is_far_eastern(const char *country)
{
	return strcmp(country, "VN") == 0 || strcmp(country, "CN") == 0;
}

/* Of Vietnam, and one word: a given name, too. */
static bool is_syllabic(const struct name *name)
{
	return strcmp(name->place->country, "VN") == 0 &&
	    strpbrk(name->printed, " -") == NULL;
}

/* Whether people bear the name too, behind one of before_persons. */
static bool is_personal(const struct name *name)
{
	switch (name->guard) {
	case ALONE:
	case FORENAME:
	case SYLLABLE:
	case COUNTRY: return true;
	case AS_PRINTED: return is_syllabic(name);
	case AS_WHOLE: return false;
	}
	return (name->capital & 2) != 0 && is_far_eastern(name->place->country);
}

/* "Li Hainan": one word, and a family in front of it. */
static bool is_after_family(struct dl_job *job, const struct name *name,
    const char *text, const char *at)
{
	struct word word;

	return strncmp(name->place->code, "CN-", 3) == 0 &&
	    strchr(name->printed, ' ') == NULL &&
	    word_before(text, at, &word) && word.capital &&
	    is_after(job, chinese_families, text, at);
}

/* "Türkiyənin Rizə şəhəri": what stands before it is a place, no forename. */
static bool is_behind_place(const struct mention *mention)
{
	const struct mention *before = mention->before;

	return before != NULL && before->open.place != NULL &&
	    before->open.at + before->open.len + 1 == mention->open.at;
}

/*
 * Turkish, where names that are words have their endings behind an apostrophe:
 * "Ordu'da", "Batman'dan"; of "Ordu'nun Ünye ilçesi" what is in it tells.
 */
static bool is_turkish_place(
    const struct reading *reading, const struct mention *mention)
{
	static const char *const where[] = { "da", "de", "ta", "te", "dan",
		"den", "tan", "ten", "daki", "deki", "taki", "teki", NULL };
	static const char *const parts[] = { "ilcesi", "ilcesinde",
		"ilcesindeki", "ilcesine", "ilcesinden", "kentinde", "ilinde",
		"sehrinde", "koyunde", NULL };
	const char *end = reading->text + mention->open.at + mention->open.len;
	struct dl_job *job = reading->job;
	struct word ending, part;
	char key[WORD_BYTES];

	end += *end == '\'' ? 1 : strncmp(end, "’", 3) == 0 ? 3 : 0;
	if (end[0] == ' ' || !word_next(end, &ending) || ending.at != end ||
	    ending.capital || !word_key(&job->arena, &ending, key))
		return false;
	if (is_one_of(where, key))
		return true;
	end = ending.at + ending.len;
	return word_behind(end, &part) &&
	    is_before(job, parts, part.at + part.len);
}

/* Whether one of what it may mean is there. */
static bool is_in_country(const struct mention *mention, const char *country)
{
	const struct name *name = mention->names;

	while (name != NULL && strcmp(name->place->country, country) != 0)
		name = name->next;
	return name != NULL;
}

static bool is_alone(const struct reading *reading,
    const struct mention *mention, const struct name *name)
{
	return is_printed(mention, name) &&
	    (is_behind_place(mention) ||
		!is_behind_name(reading->job, reading->text,
		    reading->text + mention->open.at));
}

/* Whether the word before it says that it is somebody's country. */
static bool is_of_somebody(const struct reading *reading, const char *at)
{
	struct word word;

	return is_after(reading->job, before_countries, reading->text, at) ||
	    (word_before(reading->text, at, &word) && !word.capital &&
		is_after(
		    reading->job, before_countries_small, reading->text, at));
}

static bool is_syllable(const struct reading *reading,
    const struct mention *mention, const struct name *name)
{
	const char *at = reading->text + mention->open.at;

	if (!is_printed(mention, name))
		return false;
	return is_of_somebody(reading, at) ||
	    (!is_behind_name(reading->job, reading->text, at) &&
		!is_before_name(reading->job, at + mention->open.len));
}

static bool is_country(const struct reading *reading,
    const struct mention *mention, const struct name *name)
{
	const char *at = reading->text + mention->open.at;

	if (!is_printed(mention, name))
		return false;
	return is_of_somebody(reading, at) ||
	    (is_after(reading->job, beside_countries, reading->text, at) &&
		!is_before_name(reading->job, at + mention->open.len));
}

static bool is_of_ruler(struct dl_job *job, const char *text, const char *at)
{
	struct word word;

	return is_after(job, before_rulers, text, at) ||
	    (is_after(job, between_rulers, text, at) &&
		word_before(text, at, &word) &&
		is_after(job, before_of, text, word.at));
}

/* Whether nobody is meant who is called so: "Jordan Spieth" is somebody,
   "Jordan Police" are none, and behind a king's country stands his own name. */
static bool is_forename_place(const struct reading *reading,
    const struct mention *mention, const struct name *name)
{
	const char *at = reading->text + mention->open.at;
	const char *end = at + mention->open.len;

	if (is_whole_country(name->place) && is_printed(mention, name) &&
	    is_of_ruler(reading->job, reading->text, at))
		return true;
	return is_alone(reading, mention, name) &&
	    (!is_before_name(reading->job, end) ||
		is_before(reading->job, behind_forenames, end));
}

/* Whether no more than a comma parts them. */
static bool is_joined(const struct mention *left, const struct mention *right)
{
	return left != NULL && right != NULL &&
	    left->open.at + left->open.len + 2 == right->open.at;
}

/*
 * "Ann Arbor, Mich.", "Ann Arbor, MI" behind a city that is known to lie in the
 * country: short forms are words, too.
 */
static bool is_state(const struct reading *reading,
    const struct mention *mention, const struct name *name)
{
	const char *text = reading->text, *at = text + mention->open.at;
	const struct mention *city = mention->before;
	struct word before;

	if (!is_printed(mention, name) || at - text < 2 ||
	    memcmp(at - 2, ", ", 2) != 0)
		return false;
	if (at[mention->open.len - 1] == '.')
		return word_ending(text, at - 2, &before) && before.capital;
	return is_joined(city, mention) &&
	    is_in_country(city, name->place->country);
}

/* Whether the words mean the place here, and not a person or a thing. */
static bool is_meant(const struct reading *reading,
    const struct mention *mention, const struct name *name)
{
	const char *text = reading->text, *at = text + mention->open.at;
	const char *end = at + mention->open.len;
	struct dl_job *job = reading->job;

	if ((is_personal(name) && is_after_person(job, text, at)) ||
	    is_after_family(job, name, text, at) ||
	    is_street(job, text, at, end) || is_language(text, at) ||
	    is_company(job, text, at, end))
		return false;
	switch ((enum guard)name->guard) {
	case NO_GUARD: return true;
	case AS_PRINTED: return is_printed(mention, name);
	case ALONE: return is_alone(reading, mention, name);
	case FORENAME: return is_forename_place(reading, mention, name);
	case AS_WHOLE:
		return is_after(job, before_cities, text, at) ||
		    is_before(job, behind_cities, end);
	case IN_SMALL:
		return !is_in_capitals(mention) ||
		    is_after(job, before_cities, text, at);
	case SYLLABLE: return is_syllable(reading, mention, name);
	case COUNTRY: return is_country(reading, mention, name);
	case NEAR: return is_alone(reading, mention, name);
	case FOREIGN:
		return !reading->turkic && is_alone(reading, mention, name);
	case TURKIC: return reading->turkic && is_alone(reading, mention, name);
	case STATE: return is_state(reading, mention, name);
	case PEOPLE: return false;
	}
	return false;
}

/* ---- what others say of it ---- */

static unsigned country_bit(const char *country)
{
	return (unsigned)(country[0] - 'A') % 26 * 26 +
	    (unsigned)(country[1] - 'A') % 26;
}

static void country_told(struct dl_job *job, const struct dl_place *place)
{
	unsigned bit = country_bit(place->country);

	job->countries[bit / 64] |= (uint64_t)1 << bit % 64;
}

static bool is_told(const struct dl_job *job, const struct dl_place *place)
{
	unsigned bit = country_bit(place->country);

	return (job->countries[bit / 64] >> bit % 64 & 1) != 0;
}

static bool in_one_country(const struct name *name)
{
	const char *country = name->place->country;

	while ((name = name->next) != NULL) {
		if (strcmp(name->place->country, country) != 0)
			return false;
	}
	return true;
}

/* The place of which nobody else has to be asked, or NULL. */
static const struct dl_place *sure_place(
    const struct reading *reading, const struct mention *mention)
{
	const struct name *name = mention->names;

	if (!in_one_country(name))
		return NULL;
	for (; name != NULL; name = name->next) {
		if (name->guard != NEAR && name->guard != COUNTRY &&
		    is_meant(reading, mention, name))
			return name->place;
	}
	return NULL;
}

/* What stands between two names of a list, and of a place and what it is in. */
static const struct joint {
	const char *text;
	bool within;
} joints[] = {
	{ ", ", true },
	{ " (", true },
	{ "，", true },
	{ "（", true },
	{ "/", false },
	{ "、", false },
	{ "-", false },
	{ "–", false },
	{ " - ", false },
	{ " – ", false },
	{ " and ", false },
	{ ", and ", false },
	{ " và ", false },
	{ " və ", false },
	{ " и ", false },
	{ " ve ", false },
	{ " et ", false },
	{ " y ", false },
	{ " dan ", false },
	{ "和", false },
};

static const struct joint *joint_of(const struct reading *reading,
    const struct mention *left, const struct mention *right)
{
	size_t end, i;

	if (left == NULL || right == NULL)
		return NULL;
	end = left->open.at + left->open.len;
	for (i = 0; i < sizeof(joints) / sizeof(*joints); i++) {
		size_t len = strlen(joints[i].text);

		if (end + len == right->open.at &&
		    memcmp(reading->text + end, joints[i].text, len) == 0)
			return &joints[i];
	}
	return NULL;
}

static bool is_sure_country(const struct mention *mention)
{
	return mention->open.place != NULL &&
	    is_whole_country(mention->open.place);
}

/* Whether it stands in a list with a country that is sure, and with nothing but
   what may be one in between: "Áo, Bỉ, Hà Lan". */
static bool is_listed(
    const struct reading *reading, const struct mention *mention)
{
	const struct mention *left = mention->before, *right = mention;
	int i;

	if (joint_of(reading, left, mention) != NULL && is_sure_country(left))
		return true;
	for (i = 0; i < AROUND; i++, right = right->next) {
		if (!is_whole_country(right->names->place) ||
		    joint_of(reading, right, right->next) == NULL)
			return false;
		if (is_sure_country(right->next))
			return true;
	}
	return false;
}

/* "Osh, Kyrgyzstan" */
static bool is_with_country(const struct reading *reading,
    const struct mention *mention, const struct name *name)
{
	const struct mention *next = mention->next;
	const struct joint *joint = joint_of(reading, mention, next);

	return joint != NULL && joint->within && next->open.place != NULL &&
	    !is_whole_country(name->place) &&
	    is_whole_country(next->open.place) &&
	    strcmp(next->open.place->country, name->place->country) == 0;
}

/* "Birmingham, Alabama", whatever else is named besides. */
static bool is_within_same(const struct reading *reading,
    const struct mention *mention, const struct name *name)
{
	const struct mention *next = mention->next;
	const struct joint *joint = joint_of(reading, mention, next);

	return joint != NULL && joint->within &&
	    next->open.place == name->place;
}

/* "Georgia, US" at the end of what it belongs to: "Georgia, US discuss" are two
   countries. */
static bool is_within_next(const struct reading *reading,
    const struct mention *mention, const struct name *name)
{
	const struct mention *next = mention->next;
	struct word word;

	return is_with_country(reading, mention, name) &&
	    !word_behind(reading->text + next->open.at + next->open.len, &word);
}

/* "Athens, Georgia", "Florida and Georgia". */
static bool is_beside(const struct reading *reading,
    const struct mention *mention, const struct name *name)
{
	const struct mention *beside[] = { mention->before, mention->next };
	int i;

	for (i = 0; i < 2; i++) {
		const struct mention *left = i == 0 ? beside[0] : mention;
		const struct mention *right = i == 0 ? mention : beside[1];
		const struct dl_place *place =
		    beside[i] == NULL ? NULL : beside[i]->open.place;

		if (place != NULL && !is_whole_country(place) &&
		    strcmp(place->country, name->place->country) == 0 &&
		    joint_of(reading, left, right) != NULL)
			return true;
	}
	return false;
}

/* Whether the very place is named by another name that only it has. */
static bool is_named_around(
    const struct mention *mention, const struct name *name)
{
	const struct mention *left = mention->before, *right = mention->next;
	int i;

	for (i = 0; i < AROUND; i++) {
		if ((left != NULL && left->open.place == name->place) ||
		    (right != NULL && right->open.place == name->place))
			return true;
		left = left == NULL ? NULL : left->before;
		right = right == NULL ? NULL : right->next;
	}
	return false;
}

/* Whether the words beside it say that it is somewhere: "in Nice", "tỉnh Hà
   Nam"; what is not in Latin letters is seldom a word besides. "À" is told from
   "a" by its mark. */
static bool is_placed(
    const struct reading *reading, const struct mention *mention)
{
	const char *at = reading->text + mention->open.at;
	struct word word;

	return (unsigned char)*at >= 0xd0 ||
	    (word_before(reading->text, at, &word) && is_marked(&word, "à")) ||
	    is_after(reading->job, before_places, reading->text, at) ||
	    is_after(reading->job, before_cities, reading->text, at) ||
	    is_after(reading->job, beside_countries, reading->text, at) ||
	    is_before(reading->job, behind_cities, at + mention->open.len);
}

/* Whether its country is, and of a lesser place that of no greater one. */
static bool is_of_told(const struct reading *reading,
    const struct mention *mention, const struct name *name)
{
	const struct name *other = mention->names;

	if (!is_told(reading->job, name->place))
		return false;
	if (name->guard != NEAR)
		return true;
	for (; other != NULL; other = other->next) {
		if (other->guard != NEAR && other->place != name->place &&
		    is_told(reading->job, other->place))
			return false;
	}
	return is_placed(reading, mention);
}

static bool is_around(const struct reading *reading,
    const struct mention *mention, const struct name *name)
{
	(void)reading;
	return is_named_around(mention, name);
}

/* "HALIFAX, Oct. 12 (Xinhua)", "新华社尼斯6月9日电": what begins a dateline is
   a place. */
static bool is_dateline(
    const struct reading *reading, const struct mention *mention)
{
	static const char *const months[] = { "jan", "feb", "mar", "apr", "may",
		"jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
		"january", "february", "march", "april", "june", "july",
		"august", "september", "october", "november", "december",
		NULL };
	static const char agency[] = "新华社";
	const char *at = reading->text + mention->open.at;
	const char *end = at + mention->open.len;

	if (mention->open.at >= strlen(agency) &&
	    memcmp(at - strlen(agency), agency, strlen(agency)) == 0)
		return true;
	return mention->open.at == 0 && *end == ',' &&
	    is_in_capitals(mention) && is_before(reading->job, months, end + 1);
}

/* What speaks for one of several places, the strongest first. */
static bool (*const reasons[])(const struct reading *reading,
    const struct mention *mention, const struct name *name) = {
	is_within_next,
	is_within_same,
	is_around,
	is_beside,
	is_of_told,
};

/* "Quirino, Isabela and Cagayan provinces" */
static bool is_in_list(
    const struct reading *reading, const struct mention *mention)
{
	const struct mention *last = mention;
	int i;

	for (i = 0; i < AROUND; i++, last = last->next) {
		if (joint_of(reading, last, last->next) == NULL)
			break;
	}
	return is_before(reading->job, behind_lists,
	    reading->text + last->open.at + last->open.len);
}

static bool is_allowed(const struct reading *reading,
    const struct mention *mention, const struct name *name)
{
	if (is_meant(reading, mention, name))
		return true;
	if (name->guard == AS_WHOLE && is_alone(reading, mention, name) &&
	    (is_with_country(reading, mention, name) ||
		is_in_list(reading, mention)))
		return true;
	/* "Azerbaijan, Georgia Discuss Ties" */
	return is_printed(mention, name) && is_whole_country(name->place) &&
	    is_listed(reading, mention);
}

/* Whether a country of that name comes before what is only in one that the
   text is about, too. */
static bool is_country_first(const struct name *name)
{
	return name != NULL && is_whole_country(name->place) &&
	    name->guard != NEAR;
}

static const struct dl_place *place_of(
    const struct reading *reading, const struct mention *mention)
{
	const struct name *name;
	size_t i;

	for (i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
		if (reasons[i] == is_of_told &&
		    is_country_first(mention->names))
			break;
		for (name = mention->names; name != NULL; name = name->next) {
			if (reasons[i](reading, mention, name) &&
			    is_allowed(reading, mention, name))
				return name->place;
		}
	}
	for (name = mention->names; name != NULL; name = name->next) {
		if (name->guard != NEAR && is_allowed(reading, mention, name))
			return name->place;
	}
	for (name = mention->names; name != NULL; name = name->next) {
		if (name->guard != STATE && is_dateline(reading, mention))
			return name->place;
		if (strcmp(name->place->country, "TR") == 0 &&
		    is_alone(reading, mention, name) &&
		    is_turkish_place(reading, mention))
			return name->place;
	}
	return NULL;
}

/* ---- the text ---- */

/* The full stop of "U.S." and "Mich." is a part of them. */
static bool has_stop(const struct name *name, const char *at, size_t len)
{
	const char *last = at + len - 1;

	if (last[1] != '.')
		return false;
	for (; name != NULL; name = name->next) {
		if (name->guard == STATE)
			return true;
	}
	return len > 2 && *last >= 'A' && *last <= 'Z' && last[-1] == '.';
}

static void mention_add(struct reading *reading, const struct name *names,
    const char *at, size_t len, bool declined)
{
	struct mention *mention = job_alloc(reading->job, sizeof(*mention));

	mention->names = names;
	mention->declined = declined;
	mention->open.as = at;
	mention->open.at = (size_t)(at - reading->text);
	mention->open.len = len + has_stop(names, at, len) + bracket(at, len);
	mention->before = reading->last;
	if (reading->last == NULL)
		reading->first = mention;
	else
		reading->last->next = mention;
	reading->last = mention;
	mention->open.place = sure_place(reading, mention);
	if (mention->open.place != NULL)
		country_told(reading->job, mention->open.place);
}

/* "HK$5", "@Hanoi"; and the point in the middle of a foreigner's name in
   Chinese, "杰克·伦敦". */
static bool is_sign(const struct reading *reading, const char *at, size_t len)
{
	static const char point[] = "·";
	size_t before = (size_t)(at - reading->text);

	return at[len] == '$' || at[len] == '@' ||
	    (before > 0 && at[-1] == '@') ||
	    strncmp(at + len, point, strlen(point)) == 0 ||
	    (before >= strlen(point) &&
		memcmp(at - strlen(point), point, strlen(point)) == 0);
}

static void text_read(struct reading *reading)
{
	const char *at = reading->text;
	const struct name *names;
	struct word word;
	bool declined;
	size_t len;

	for (; word_next(at, &word); at = word.at + len) {
		len = word.len;
		/* No name begins with a small letter. */
		names = !word.capital ? NULL
				      : gazetteer_longest(reading->job, word,
					    reading->turkic, &len, &declined);
		if (names == NULL || names->place == NULL ||
		    is_sign(reading, word.at, len))
			continue;
		if (names->guard == PEOPLE)
			country_told(reading->job, names->place);
		else
			mention_add(reading, names, word.at, len, declined);
	}
}

/* Whether the place is one of those that it may mean. */
static bool may_be(const struct mention *mention, const struct dl_place *place)
{
	const struct name *name = mention->names;

	while (name != NULL && name->place != place)
		name = name->next;
	return name != NULL;
}

/* "Texas", of which no city has the name. */
static bool is_state_itself(const struct mention *state)
{
	const struct dl_place *place = state->open.place;

	return place != NULL && strcmp(place->country, "US") == 0 &&
	    !is_whole_country(place) && strcmp(place->code, "US-NY") != 0 &&
	    strlen(place->name) == state->open.len &&
	    memcmp(place->name, state->open.as, state->open.len) == 0;
}

/* "Iowa, Ohio and Utah", "Canada, Maine, Vermont" */
static bool is_list(const struct reading *reading,
    const struct mention *mention, const struct mention *state)
{
	const char *end = reading->text + state->open.at + state->open.len;

	return is_state_itself(mention) ||
	    (is_joined(state, state->next) && *end == ',') ||
	    is_before(reading->job, before_places, end);
}

/* Whether the state behind it says that it is there, where no place of the
   table is: "Athens, Ga.", "Paris, Texas". */
static bool is_elsewhere(
    const struct reading *reading, const struct mention *mention)
{
	const struct mention *state = mention->next;

	if (!is_joined(mention, state) || state->open.place == NULL ||
	    state->names->next != NULL ||
	    reading->text[mention->open.at + mention->open.len] != ',' ||
	    may_be(mention, state->open.place))
		return false;
	return state->names->guard == STATE ||
	    (is_state_itself(state) && !is_list(reading, mention, state));
}

/* From left to right: what has been found out helps with the next one. Those
   that mean no place are taken out of the row. */
static const struct dl_mention *told_apart(const struct reading *reading)
{
	struct mention *mention, **row, *first = reading->first;

	for (row = &first; (mention = *row) != NULL;) {
		const struct mention *sure =
		    mention->open.place != NULL && mention->names->next == NULL
		    ? mention
		    : NULL;

		if (is_elsewhere(reading, mention))
			mention->open.place = NULL;
		else if (sure == NULL)
			mention->open.place = place_of(reading, mention);
		if (mention->open.place != NULL) {
			mention->open.as = job_copy(
			    reading->job, mention->open.as, mention->open.len);
			row = &mention->next;
			continue;
		}
		*row = mention->next;
		if (mention->next != NULL)
			mention->next->before = mention->before;
	}
	return first == NULL ? NULL : &first->open;
}

const struct dl_mention *place_next(
    struct dl_job *job, const char *text, const struct dl_mention *after)
{
	struct reading reading = { .job = job, .text = text };
	const struct mention *last = (const struct mention *)after;

	if (last != NULL)
		return last->next == NULL ? NULL : &last->next->open;
	if (text == NULL || job->gazetteer == NULL)
		return NULL;
	reading.turkic = ending_turkic(text);
	text_read(&reading);
	return told_apart(&reading);
}
