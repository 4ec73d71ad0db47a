/* The words of dates in English, Vietnamese, Azerbaijani, Russian, Chinese,
   French, Spanish and Turkish, as fold_word() has them: no marks, no capitals.
 */
#include <string.h>

#include "core/base/fold.h"
#include "core/kit/calendar.h"

#define WORD 64 /* bytes of a word, and more */

struct name {
	const char *words;
	int means;
};

static const struct name months[] = {
	/* English, with the abbreviations of AP style */
	{ "january", 1 },
	{ "february", 2 },
	{ "march", 3 },
	{ "april", 4 },
	{ "may", 5 },
	{ "june", 6 },
	{ "july", 7 },
	{ "august", 8 },
	{ "september", 9 },
	{ "october", 10 },
	{ "november", 11 },
	{ "december", 12 },
	{ "jan", 1 },
	{ "feb", 2 },
	{ "mar", 3 },
	{ "apr", 4 },
	{ "jun", 6 },
	{ "jul", 7 },
	{ "aug", 8 },
	{ "sep", 9 },
	{ "sept", 9 },
	{ "oct", 10 },
	{ "nov", 11 },
	{ "dec", 12 },
	/* Vietnamese, in words; in digits it is a form of its own */
	{ "thang mot", 1 },
	{ "thang gieng", 1 },
	{ "thang hai", 2 },
	{ "thang ba", 3 },
	{ "thang tu", 4 },
	{ "thang nam", 5 },
	{ "thang sau", 6 },
	{ "thang bay", 7 },
	{ "thang tam", 8 },
	{ "thang chin", 9 },
	{ "thang muoi", 10 },
	{ "thang muoi mot", 11 },
	{ "thang muoi hai", 12 },
	/* Azerbaijani */
	{ "yanvar", 1 },
	{ "fevral", 2 },
	{ "mart", 3 },
	{ "aprel", 4 },
	{ "iyun", 6 },
	{ "iyul", 7 },
	{ "avqust", 8 },
	{ "sentyabr", 9 },
	{ "oktyabr", 10 },
	{ "noyabr", 11 },
	{ "dekabr", 12 },
	/* Russian, in the genitive of dates and by itself */
	{ "января", 1 },
	{ "февраля", 2 },
	{ "марта", 3 },
	{ "апреля", 4 },
	{ "мая", 5 },
	{ "июня", 6 },
	{ "июля", 7 },
	{ "августа", 8 },
	{ "сентября", 9 },
	{ "октября", 10 },
	{ "ноября", 11 },
	{ "декабря", 12 },
	{ "январь", 1 },
	{ "февраль", 2 },
	{ "март", 3 },
	{ "апрель", 4 },
	{ "май", 5 },
	{ "июнь", 6 },
	{ "июль", 7 },
	{ "август", 8 },
	{ "сентябрь", 9 },
	{ "октябрь", 10 },
	{ "ноябрь", 11 },
	{ "декабрь", 12 },
	{ "янв", 1 },
	{ "фев", 2 },
	{ "мар", 3 },
	{ "апр", 4 },
	{ "июн", 6 },
	{ "июл", 7 },
	{ "авг", 8 },
	{ "сен", 9 },
	{ "сент", 9 },
	{ "окт", 10 },
	{ "ноя", 11 },
	{ "нояб", 11 },
	{ "дек", 12 },
	/* French */
	{ "janvier", 1 },
	{ "fevrier", 2 },
	{ "mars", 3 },
	{ "avril", 4 },
	{ "mai", 5 },
	{ "juin", 6 },
	{ "juillet", 7 },
	{ "aout", 8 },
	{ "septembre", 9 },
	{ "octobre", 10 },
	{ "novembre", 11 },
	{ "decembre", 12 },
	{ "janv", 1 },
	{ "fevr", 2 },
	{ "avr", 4 },
	{ "juil", 7 },
	/* Spanish */
	{ "enero", 1 },
	{ "febrero", 2 },
	{ "marzo", 3 },
	{ "abril", 4 },
	{ "mayo", 5 },
	{ "junio", 6 },
	{ "julio", 7 },
	{ "agosto", 8 },
	{ "septiembre", 9 },
	{ "setiembre", 9 },
	{ "octubre", 10 },
	{ "noviembre", 11 },
	{ "diciembre", 12 },
	{ "ene", 1 },
	{ "abr", 4 },
	{ "ago", 8 },
	{ "dic", 12 },
	/* Turkish */
	{ "ocak", 1 },
	{ "subat", 2 },
	{ "nisan", 4 },
	{ "mayis", 5 },
	{ "haziran", 6 },
	{ "temmuz", 7 },
	{ "agustos", 8 },
	{ "eylul", 9 },
	{ "ekim", 10 },
	{ "kasim", 11 },
	{ "aralik", 12 },
};

static const struct name weekdays[] = {
	{ "monday", 1 },
	{ "tuesday", 1 },
	{ "wednesday", 1 },
	{ "thursday", 1 },
	{ "friday", 1 },
	{ "saturday", 1 },
	{ "sunday", 1 },
	{ "mon", 1 },
	{ "tue", 1 },
	{ "tues", 1 },
	{ "wed", 1 },
	{ "thu", 1 },
	{ "thur", 1 },
	{ "thurs", 1 },
	{ "fri", 1 },
	{ "sat", 1 },
	{ "sun", 1 },
	{ "thu hai", 1 },
	{ "thu ba", 1 },
	{ "thu tu", 1 },
	{ "thu nam", 1 },
	{ "thu sau", 1 },
	{ "thu bay", 1 },
	{ "chu nhat", 1 },
	{ "bazar ertesi", 1 },
	{ "cersenbe axsami", 1 },
	{ "cersenbe", 1 },
	{ "cume axsami", 1 },
	{ "cume", 1 },
	{ "senbe", 1 },
	{ "bazar", 1 },
	{ "понедельник", 1 },
	{ "вторник", 1 },
	{ "среда", 1 },
	{ "четверг", 1 },
	{ "пятница", 1 },
	{ "суббота", 1 },
	{ "воскресенье", 1 },
	{ "пн", 1 },
	{ "вт", 1 },
	{ "ср", 1 },
	{ "чт", 1 },
	{ "пт", 1 },
	{ "сб", 1 },
	{ "вс", 1 },
	{ "星期一", 1 },
	{ "星期二", 1 },
	{ "星期三", 1 },
	{ "星期四", 1 },
	{ "星期五", 1 },
	{ "星期六", 1 },
	{ "星期日", 1 },
	{ "星期天", 1 },
	{ "周一", 1 },
	{ "周二", 1 },
	{ "周三", 1 },
	{ "周四", 1 },
	{ "周五", 1 },
	{ "周六", 1 },
	{ "周日", 1 },
	{ "lundi", 1 },
	{ "mardi", 1 },
	{ "mercredi", 1 },
	{ "jeudi", 1 },
	{ "vendredi", 1 },
	{ "samedi", 1 },
	{ "dimanche", 1 },
	{ "lunes", 1 },
	{ "martes", 1 },
	{ "miercoles", 1 },
	{ "jueves", 1 },
	{ "viernes", 1 },
	{ "sabado", 1 },
	{ "domingo", 1 },
	{ "pazartesi", 1 },
	{ "sali", 1 },
	{ "carsamba", 1 },
	{ "persembe", 1 },
	{ "cuma", 1 },
	{ "cumartesi", 1 },
	{ "pazar", 1 },
};

static const struct name halves[] = {
	{ "am", 1 },
	{ "pm", 2 },
	{ "a m", 1 },
	{ "p m", 2 },
	{ "sa", 1 }, /* sáng, chiều: how Vietnamese Windows prints them */
	{ "ch", 2 },
	{ "sang", 1 },
	{ "chieu", 2 },
	{ "toi", 2 },
	{ "утра", 1 },
	{ "дня", 2 },
	{ "вечера", 2 },
	{ "凌晨", 1 },
	{ "早上", 1 },
	{ "上午", 1 },
	{ "中午", 2 },
	{ "下午", 2 },
	{ "晚上", 2 },
	{ "oo", 1 }, /* öğleden önce, öğleden sonra */
	{ "os", 2 },
};

static const struct {
	const struct name *names;
	size_t n;
} calendars[] = {
	[CALENDAR_MONTH] = { months, sizeof(months) / sizeof(months[0]) },
	[CALENDAR_WEEKDAY] = { weekdays,
	    sizeof(weekdays) / sizeof(weekdays[0]) },
	[CALENDAR_HALF] = { halves, sizeof(halves) / sizeof(halves[0]) },
};

/* Chinese writes its words without borders between them. */
static bool is_chinese(const char *words)
{
	return (unsigned char)words[0] >= 0xe3;
}

/* Bytes of `text` that are these words, one space or full stop between two. */
static size_t words_match(const char *words, const char *text)
{
	char key[WORD];
	size_t len = 0, used, size = strcspn(words, " ");

	for (;; words += size + 1, size = strcspn(words, " ")) {
		used = fold_word(text + len, key, sizeof(key));
		if (used == 0 || strlen(key) != size ||
		    memcmp(key, words, size) != 0)
			return 0;
		len += used;
		if (words[size] == '\0')
			return len;
		len += text[len] == '.';
		len += text[len] == ' ';
	}
}

static size_t name_match(
    const struct name *name, const char *text, const char *first)
{
	size_t len = strlen(name->words);

	if (is_chinese(name->words))
		return strncmp(text, name->words, len) == 0 ? len : 0;
	/* Most names are another word already in their first letter. */
	return name->words[0] == *first ? words_match(name->words, text) : 0;
}

int calendar_name(enum calendar kind, const char *text, size_t *len)
{
	char first[WORD];
	int means = 0;
	size_t i, matched;

	*len = 0;
	if (fold_word(text, first, sizeof(first)) == 0) {
		if (!is_chinese(text))
			return 0;
		*first = '\0';
	}
	for (i = 0; i < calendars[kind].n; i++) {
		const struct name *name = &calendars[kind].names[i];

		matched = name_match(name, text, first);
		if (matched > *len) {
			*len = matched;
			means = name->means;
		}
	}
	if (means != 0 && text[*len] == '.')
		(*len)++;
	return means;
}

#define HOURS(h) ((int)((h)*3600))

bool calendar_zone(const char *name, size_t len, int own, int *offset)
{
	/* Of two meanings, the first is the one that RFC 2822 gives. */
	static const struct {
		const char *name;
		int offset;
	} zones[] = {
		{ "Z", 0 },
		{ "UT", 0 },
		{ "UTC", 0 },
		{ "GMT", 0 },
		{ "EST", HOURS(-5) },
		{ "EDT", HOURS(-4) },
		{ "CST", HOURS(-6) },
		{ "CST", HOURS(8) },
		{ "CDT", HOURS(-5) },
		{ "MST", HOURS(-7) },
		{ "MDT", HOURS(-6) },
		{ "PST", HOURS(-8) },
		{ "PDT", HOURS(-7) },
		{ "ICT", HOURS(7) },
		{ "WIB", HOURS(7) },
		{ "AZT", HOURS(4) },
		{ "AZST", HOURS(5) },
		{ "MSK", HOURS(3) },
		{ "TRT", HOURS(3) },
		{ "SGT", HOURS(8) },
		{ "HKT", HOURS(8) },
		{ "MYT", HOURS(8) },
		{ "PHT", HOURS(8) },
		{ "JST", HOURS(9) },
		{ "KST", HOURS(9) },
		{ "AEST", HOURS(10) },
		{ "AEDT", HOURS(11) },
		{ "WET", 0 },
		{ "WEST", HOURS(1) },
		{ "BST", HOURS(1) },
		{ "CET", HOURS(1) },
		{ "CEST", HOURS(2) },
		{ "EET", HOURS(2) },
		{ "EEST", HOURS(3) },
	};
	bool known = false;
	size_t i;

	for (i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		if (strlen(zones[i].name) != len ||
		    memcmp(zones[i].name, name, len) != 0)
			continue;
		if (!known || zones[i].offset == own)
			*offset = zones[i].offset;
		known = true;
	}
	return known;
}
