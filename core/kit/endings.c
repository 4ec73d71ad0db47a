/* Endings of declined names, and what stands there in the nominative. */
#include <string.h>

#include "core/base/fold.h"
#include "core/kit/endings.h"

/*
 * Russian: without the first, with the second it is the nominative, or no name
 * is found. Those in -о are left out: their genitive is a surname ("Иванова").
 */
static const struct russian {
	const char *ending, *instead;
} russian[] = {
	{ "а", "" }, /* Вьетнама */
	{ "у", "" },
	{ "ом", "" },
	{ "ем", "" }, /* Парижем */
	{ "е", "" },
	{ "ы", "а" }, /* Москвы */
	{ "и", "а" }, /* Праги */
	{ "е", "а" },
	{ "у", "а" },
	{ "ой", "а" },
	{ "ей", "а" },
	{ "и", "я" }, /* России */
	{ "ю", "я" },
	{ "е", "я" },
	{ "ей", "я" },
	{ "и", "ь" }, /* Казани */
	{ "ью", "ь" },
	{ "я", "ь" }, /* Израиля */
	{ "ю", "ь" },
	{ "ем", "ь" },
	{ "е", "ь" },
	{ "я", "й" }, /* Китая */
	{ "ю", "й" },
	{ "ем", "й" },
	{ "е", "й" },
	{ "ов", "ы" }, /* Штатов */
	{ "ам", "ы" }, /* Афинам */
	{ "ами", "ы" },
	{ "ах", "ы" },
	{ "", "ы" },    /* Филиппин */
	{ "ой", "ая" }, /* Южной Кореи */
	{ "ую", "ая" },
	{ "его", "ий" }, /* Нижнего Новгорода */
	{ "ему", "ий" },
	{ "ем", "ий" },
	{ "им", "ий" },
	{ "ого", "ий" }, /* Алтайского края */
	{ "ому", "ий" },
	{ "ом", "ий" },
	{ "ого", "ый" },
	{ "ому", "ый" },
	{ "ом", "ый" },
	{ "ых", "ые" }, /* Соединённых Штатов */
	{ "ым", "ые" },
	{ "их", "ие" }, /* Арабских Эмиратов */
	{ "им", "ие" },
};

/* Arabic: what is written to the beginning of a name, and stands for it. */
static const struct arabic {
	const char *beginning, *instead;
} arabic[] = {
	{ "و", "" }, /* وهانوي, and Hanoi */
	{ "ف", "" },
	{ "ب", "" }, /* بالصين, in China */
	{ "ل", "" },
	{ "ك", "" },
	{ "لل", "ال" }, /* للصين: the article loses its alef */
	{ "وب", "" },
	{ "ول", "" },
	{ "وك", "" },
	{ "ولل", "ال" },
};

enum {
	ARABIC_STEM = 6,   /* bytes: three letters */
	RUSSIAN_STEM = 6,  /* bytes that are left at least: three letters */
	TURKIC_STEM = 3,   /* "Çində" */
	TURKIC_UNSURE = 5, /* "Moskvada", in a text without its letters */
};

/*
 * Azerbaijani and Turkish, as keys: behind which kind of letter, and whether
 * they tell enough where nothing else says that the text is in one of them.
 */
static const struct turkic {
	const char *ending;
	bool behind_vowel, behind_consonant, alone;
} turkic[] = {
	{ "da", true, true, true },
	{ "de", true, true, false },
	{ "dan", true, true, true },
	{ "den", true, true, false },
	{ "daki", true, true, false },
	{ "deki", true, true, false },
	{ "nin", true, false, true },
	{ "nun", true, false, true },
	{ "in", false, true, false },
	{ "un", false, true, false },
	{ "ya", true, false, false },
	{ "ye", true, false, false },
	{ "a", false, true, false },
	{ "e", false, true, false },
	{ "ni", true, false, false },
	{ "nu", true, false, false },
	{ "i", false, true, false },
	{ "u", false, true, false },
	{ "la", true, true, false },
	{ "le", true, true, false },
	{ "yla", true, false, false },
	{ "yle", true, false, false },
	{ "na", true, false, false }, /* behind a possessive: "Ştatlarına" */
	{ "ne", true, false, false },
	{ "nda", true, false, false },
	{ "nde", true, false, false },
	{ "ndan", true, false, false },
	{ "nden", true, false, false },
	{ "ndaki", true, false, false },
	{ "ndeki", true, false, false },
};

#define N_RUSSIAN (sizeof(russian) / sizeof(russian[0]))
#define N_TURKIC (sizeof(turkic) / sizeof(turkic[0]))
#define N_ARABIC (sizeof(arabic) / sizeof(arabic[0]))

bool ending_turkic(const char *text)
{
	static const char *const letters[] = { "ə", "Ə", "ı", "İ", "ğ", "ş",
		"Ş" };
	size_t i;

	for (; *text != '\0'; text++) {
		if ((unsigned char)*text != 0xc4 &&
		    (unsigned char)*text != 0xc5 &&
		    (unsigned char)*text != 0xc6 &&
		    (unsigned char)*text != 0xc9)
			continue;
		for (i = 0; i < sizeof(letters) / sizeof(*letters); i++) {
			if (memcmp(text, letters[i], 2) == 0)
				return true;
		}
	}
	return false;
}

static bool ends_in(const char *key, size_t len, const char *ending)
{
	size_t ends = strlen(ending);

	return len > ends && memcmp(key + len - ends, ending, ends) == 0;
}

static bool russian_off(
    const struct russian *row, const char *key, char form[WORD_BYTES])
{
	size_t len = strlen(key), stem;

	if (!ends_in(key, len, row->ending))
		return false;
	stem = len - strlen(row->ending);
	if (stem < RUSSIAN_STEM || stem + strlen(row->instead) >= WORD_BYTES)
		return false;
	memcpy(form, key, stem);
	strcpy(form + stem, row->instead);
	return true;
}

static bool is_vowel(char c)
{
	return c != '\0' && strchr("aeiou", c) != NULL;
}

enum { NO_VOWEL, BACK, FRONT };

static int vowel_of(uint32_t c)
{
	static const struct {
		uint32_t point;
		int kind;
	} vowels[] = { { 'a', BACK }, { 'A', BACK }, { 'o', BACK },
		{ 'O', BACK }, { 'u', BACK }, { 'U', BACK }, { 'I', BACK },
		{ 0x131, BACK }, { 'e', FRONT }, { 'E', FRONT }, { 'i', FRONT },
		{ 0x130, FRONT }, { 0xf6, FRONT }, { 0xd6, FRONT },
		{ 0xfc, FRONT }, { 0xdc, FRONT }, { 0x259, FRONT },
		{ 0x18f, FRONT } };
	size_t i;

	for (i = 0; i < sizeof(vowels) / sizeof(*vowels); i++) {
		if (vowels[i].point == c)
			return vowels[i].kind;
	}
	return NO_VOWEL;
}

/*
 * Whether the vowels of the ending, the last `n` letters, go with the last one
 * before it, as they are printed: "Şirvanı" is Shirvan, "Şirvani" somebody.
 */
static bool is_harmonic(const struct word *word, size_t n)
{
	const char *at = word->at, *end = at + word->len;
	size_t len, letters = 0;
	int before = NO_VOWEL, kind;

	for (; at < end; at += len, letters++)
		fold_next(at, &len);
	for (at = word->at; at < end; at += len, letters--) {
		kind = vowel_of(fold_next(at, &len));
		if (kind == NO_VOWEL)
			continue;
		if (letters <= n && before != NO_VOWEL && kind != before)
			return false;
		before = kind;
	}
	return true;
}

static bool turkic_off(const struct turkic *row, const struct word *word,
    const char *key, bool is_turkic, char form[WORD_BYTES])
{
	size_t len = strlen(key), n = strlen(row->ending);

	if (!is_turkic && !row->alone)
		return false;
	if (!ends_in(key, len, row->ending) ||
	    len - n < (size_t)(is_turkic ? TURKIC_STEM : TURKIC_UNSURE))
		return false;
	if (!(is_vowel(key[len - n - 1]) ? row->behind_vowel
					 : row->behind_consonant) ||
	    !is_harmonic(word, n))
		return false;
	memcpy(form, key, len - n);
	form[len - n] = '\0';
	return true;
}

static bool arabic_off(
    const struct arabic *row, const char *key, char form[WORD_BYTES])
{
	size_t len = strlen(row->beginning), instead = strlen(row->instead);

	if (strncmp(key, row->beginning, len) != 0)
		return false;
	key += len;
	if (strlen(key) < ARABIC_STEM || strlen(key) + instead >= WORD_BYTES)
		return false;
	memcpy(form, row->instead, instead);
	strcpy(form + instead, key);
	return true;
}

enum script { LATIN, RUSSIAN, ARABIC, OTHER };

/* Of these the first byte says which letters they are. */
static enum script script_of(const char *key)
{
	unsigned char c = (unsigned char)*key;

	if (c >= 'a' && c <= 'z')
		return LATIN;
	if (c == 0xd0 || c == 0xd1)
		return RUSSIAN;
	return c == 0xd8 || c == 0xd9 ? ARABIC : OTHER;
}

bool ending_off(struct ending *ending, const struct word *word, const char *key,
    bool is_turkic, char form[WORD_BYTES])
{
	static const size_t rows[] = {
		[LATIN] = N_TURKIC,
		[RUSSIAN] = N_RUSSIAN,
		[ARABIC] = N_ARABIC,
		[OTHER] = 0,
	};
	enum script script = script_of(key);
	size_t row;
	bool off = false;

	while (!off && (row = ending->row++) < rows[script]) {
		switch (script) {
		case LATIN:
			off = turkic_off(
			    &turkic[row], word, key, is_turkic, form);
			break;
		case RUSSIAN:
			off = russian_off(&russian[row], key, form);
			break;
		case ARABIC: off = arabic_off(&arabic[row], key, form); break;
		case OTHER: break;
		}
	}
	return off;
}
