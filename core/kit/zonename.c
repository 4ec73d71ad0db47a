/*
 * What texts call zones: by abbreviations, by words, and by the names that IANA
 * has given them.
 */
#include <ctype.h>
#include <string.h>

#include "core/base/zones.h"
#include "core/kit/probe.h"
#include "core/kit/zonename.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define HOURS(h) ((int)((h)*3600))

#define CHINA                                                   \
	"Asia/Shanghai|Asia/Chongqing|Asia/Harbin|Asia/Taipei|" \
	"Asia/Macau|Asia/Macao|PRC|ROC"

/*
 * The first row of a name that counts is what it means. Nobody knows whose CST
 * is meant, but on the clocks of Chicago and of Shanghai, and in a date as
 * programs write it (RFC 822 says six hours west).
 */
static const struct row {
	const char *name;  /* with a small letter: folded words */
	int offset;        /* seconds east of Greenwich, */
	bool by_program;   /* only in dates of programs, */
	const char *where; /* on clocks of these zones; NULL: everywhere */
	int since, until;  /* on days, "2011-03-27" as 20110327; 0: always */
	const char *zone;  /* instead of an offset: that of this zone */
} rows[] = {
	{ "z", 0 },
	{ "utc", 0 },
	{ "gmt", 0 },
	{ "UT", 0 },
	/* RFC 822 */
	{ "EST", HOURS(10), .where = "Australia/" },
	{ "EST", HOURS(-5) },
	{ "EDT", HOURS(-4) },
	{ "CST", HOURS(-5), .where = "America/Havana|Cuba" },
	{ "CST", HOURS(-6), .where = "America/|US/|Canada/|Mexico/" },
	{ "CST", HOURS(8), .where = CHINA },
	{ "CST", HOURS(-6), .by_program = true },
	{ "CDT", HOURS(-4), .where = "America/Havana|Cuba" },
	{ "CDT", HOURS(-5) },
	{ "MST", HOURS(8), .where = "Asia/Kuala_Lumpur|Asia/Kuching" },
	{ "MST", HOURS(-7) },
	{ "MDT", HOURS(-6) },
	{ "PST", HOURS(8), .where = "Asia/Manila" },
	{ "PST", HOURS(-8) },
	{ "PDT", HOURS(-7) },
	/* Those that are an hour ahead in summer */
	{ "ET", .zone = "America/New_York" },
	{ "CT", .zone = "America/Chicago" },
	{ "MT", .zone = "America/Denver" },
	{ "PT", .zone = "America/Los_Angeles" },
	/* Asia */
	{ "ICT", HOURS(7) },
	{ "WIB", HOURS(7) },
	{ "WITA", HOURS(8) },
	{ "WIT", HOURS(9) },
	{ "SGT", HOURS(8) },
	{ "HKT", HOURS(8) },
	{ "MYT", HOURS(8) },
	{ "PHT", HOURS(8) },
	{ "PHST", HOURS(8) },
	{ "BNT", HOURS(8) },
	{ "JST", HOURS(9) },
	{ "KST", HOURS(9) },
	{ "MMT", HOURS(6.5) },
	{ "IST", HOURS(5.5), .where = "Asia/Kolkata|Asia/Calcutta" },
	{ "IST", HOURS(2), .where = "Asia/Jerusalem|Asia/Tel_Aviv|Israel" },
	{ "IST", HOURS(1), .where = "Europe/Dublin|Eire" },
	{ "IDT", HOURS(3) },
	{ "NPT", HOURS(5.75) },
	{ "PKT", HOURS(5) },
	{ "UZT", HOURS(5) },
	{ "TMT", HOURS(5) },
	{ "TJT", HOURS(5) },
	{ "AFT", HOURS(4.5) },
	{ "IRST", HOURS(3.5) },
	{ "IRDT", HOURS(4.5) },
	{ "ALMT", .zone = "Asia/Almaty" },
	{ "AZT", HOURS(4) },
	{ "AZST", HOURS(5) },
	{ "GET", HOURS(4) },
	{ "AMT", HOURS(4), .where = "Asia/Yerevan" },
	{ "AMT", HOURS(-4), .where = "America/|Brazil/" },
	{ "GST", HOURS(4) },
	{ "ULAT", HOURS(8) },
	/* Europe */
	{ "WET", 0 },
	{ "WEST", HOURS(1) },
	{ "BST", HOURS(1), .where = "Europe/|GB|GB-Eire" },
	{ "BST", HOURS(6), .where = "Asia/Dhaka|Asia/Dacca" },
	{ "CET", HOURS(1) },
	{ "CEST", HOURS(2) },
	{ "MEZ", HOURS(1) },
	{ "MESZ", HOURS(2) },
	{ "EET", HOURS(2) },
	{ "EEST", HOURS(3) },
	{ "TRT", HOURS(3) },
	{ "FET", HOURS(3) },
	{ "MSK", HOURS(4), .since = 20110327, .until = 20141025 },
	{ "MSK", HOURS(3) },
	{ "MSD", HOURS(4) },
	{ "SAMT", HOURS(4) },
	{ "YEKT", HOURS(5) },
	{ "OMST", HOURS(6) },
	{ "NOVT", HOURS(7) },
	{ "KRAT", HOURS(7) },
	{ "IRKT", HOURS(8) },
	{ "YAKT", HOURS(9) },
	{ "VLAT", HOURS(10) },
	/* Elsewhere */
	{ "AST", HOURS(-4), .where = "America/|Atlantic/|Canada/" },
	{ "AST", HOURS(3), .where = "Asia/" },
	{ "ADT", HOURS(-3) },
	{ "NST", HOURS(-3.5) },
	{ "NDT", HOURS(-2.5) },
	{ "AKST", HOURS(-9) },
	{ "AKDT", HOURS(-8) },
	{ "HST", HOURS(-10) },
	{ "BRT", HOURS(-3) },
	{ "ART", HOURS(-3) },
	{ "COT", HOURS(-5) },
	{ "CLT", HOURS(-4) },
	{ "CLST", HOURS(-3) },
	{ "UYT", HOURS(-3) },
	{ "BOT", HOURS(-4) },
	{ "PET", HOURS(-5) },
	{ "CAT", HOURS(2) },
	{ "EAT", HOURS(3) },
	{ "WAT", HOURS(1) },
	{ "SAST", HOURS(2) },
	{ "AWST", HOURS(8) },
	{ "ACST", HOURS(9.5) },
	{ "ACDT", HOURS(10.5) },
	{ "AEST", HOURS(10) },
	{ "AEDT", HOURS(11) },
	{ "NZST", HOURS(12) },
	{ "NZDT", HOURS(13) },
	/* in words */
	{ "gio viet nam|gio ha noi|gio dong duong", HOURS(7) },
	{ "vietnam time|hanoi time|indochina time|vietnam standard time",
	    HOURS(7) },
	{ "beijing time|china standard time", HOURS(8) },
	{ "北京时间|北京時間", HOURS(8) },
	{ "baku time|baki vaxti|baki vaxti ile", .zone = "Asia/Baku" },
	{ "мск", HOURS(4), .since = 20110327, .until = 20141025 },
	{ "мск", HOURS(3) },
	{ "по московскому времени", .zone = "Europe/Moscow" },
	{ "по бакинскому времени", .zone = "Asia/Baku" },
	{ "по гринвичу", 0 },
	{ "tsi", .zone = "Europe/Istanbul" },
	{ "coordinated universal time|universal time|greenwich mean time", 0 },
	{ "eastern time|new york time|washington time|gio new york",
	    .zone = "America/New_York" },
	{ "central time", .zone = "America/Chicago" },
	{ "mountain time", .zone = "America/Denver" },
	{ "pacific time", .zone = "America/Los_Angeles" },
	{ "eastern standard time", HOURS(-5) },
	{ "eastern daylight time", HOURS(-4) },
	{ "central standard time", HOURS(-6) },
	{ "central daylight time", HOURS(-5) },
	{ "mountain standard time", HOURS(-7) },
	{ "mountain daylight time", HOURS(-6) },
	{ "pacific standard time", HOURS(-8) },
	{ "pacific daylight time", HOURS(-7) },
	{ "东部时间|美东时间", .zone = "America/New_York" },
	{ "western european time", 0 },
	{ "central european time|central european standard time", HOURS(1) },
	{ "central european summer time", HOURS(2) },
	{ "eastern european time|eastern european standard time", HOURS(2) },
	{ "eastern european summer time", HOURS(3) },
	{ "london time|uk time|gio london|伦敦时间", .zone = "Europe/London" },
	{ "british summer time", HOURS(1) },
	{ "heure de paris|paris time|gio paris", .zone = "Europe/Paris" },
	{ "berlin time|gio berlin", .zone = "Europe/Berlin" },
	{ "hora peninsular|hora de madrid", .zone = "Europe/Madrid" },
	{ "istanbul time|turkish time|turkiye saati|turkiye saatiyle",
	    .zone = "Europe/Istanbul" },
	{ "kyiv time|kiev time|по киевскому времени", .zone = "Europe/Kyiv" },
	{ "minsk time|по минскому времени", .zone = "Europe/Minsk" },
	{ "moscow time|moscow standard time|gio moskva|gio matxcova|莫斯科时间|"
	  "moskva vaxti|moskva vaxti ile|heure de moscou|hora de moscu",
	    .zone = "Europe/Moscow" },
	{ "gio baku|azerbaijan time|azerbaijan standard time|heure de bakou|"
	  "巴库时间",
	    .zone = "Asia/Baku" },
	{ "tbilisi time", .zone = "Asia/Tbilisi" },
	{ "tehran time|iran time", .zone = "Asia/Tehran" },
	{ "astana time|по времени астаны|время астаны", .zone = "Asia/Almaty" },
	{ "tashkent time|по ташкентскому времени", .zone = "Asia/Tashkent" },
	{ "gio bac kinh|gio trung quoc|heure de pekin|hora de beijing|"
	  "по пекинскому времени",
	    HOURS(8) },
	{ "heure de hanoi|hora de hanoi|по ханойскому времени|河内时间|"
	  "越南时间",
	    HOURS(7) },
	{ "tokyo time|japan time|japan standard time|gio nhat ban|日本時間|"
	  "东京时间",
	    HOURS(9) },
	{ "seoul time|korea time|korea standard time|gio han quoc", HOURS(9) },
	{ "bangkok time|thailand time|gio thai lan|gio bangkok", HOURS(7) },
	{ "jakarta time|western indonesia time|waktu indonesia barat",
	    HOURS(7) },
	{ "central indonesia time|waktu indonesia tengah", HOURS(8) },
	{ "eastern indonesia time|waktu indonesia timur", HOURS(9) },
	{ "singapore time|singapore standard time|gio singapore", HOURS(8) },
	{ "malaysia time|waktu malaysia|manila time|philippine time|"
	  "philippine standard time",
	    HOURS(8) },
	{ "hong kong time|hong kong standard time|香港时间|香港時間",
	    HOURS(8) },
	{ "taipei time|taipei standard time|台北時間|台北时间", HOURS(8) },
	{ "india time|indian standard time|india standard time", HOURS(5.5) },
};

/* ---- what stands there ---- */

/* "ICT" is a zone and "ist" a word of German. */
static size_t row_match(const struct row *row, const struct probe *probe)
{
	size_t len;
	char next;

	if (*row->name < 'A' || *row->name > 'Z')
		return probe_any(probe, row->name);
	len = strlen(row->name);
	if (strncmp(probe->text, row->name, len) != 0)
		return 0;
	next = probe->text[len] | 0x20;
	return next >= 'a' && next <= 'z' ? 0 : len;
}

/* "Asia/Ho_Chi_Minh", but neither "Japan" nor "Asia/Pacific". */
static size_t iana_match(const struct zones *zones, const char *text)
{
	size_t len = 0;

	if (*text < 'A' || *text > 'Z')
		return 0;
	while (isalnum((unsigned char)text[len]) ||
	    (text[len] != '\0' && strchr("/_+-", text[len]) != NULL))
		len++;
	if (memchr(text, '/', len) == NULL ||
	    zones_find(zones, text, len) == NULL)
		return 0;
	return len;
}

size_t zonename_at(const struct zones *zones, const char *text)
{
	size_t i, len, most = iana_match(zones, text);
	struct probe probe;

	if (most > 0 || !probe_make(&probe, text))
		return most;
	for (i = 0; i < COUNT(rows); i++) {
		len = row_match(&rows[i], &probe);
		if (len > most)
			most = len;
	}
	return most;
}

/* ---- what it means ---- */

static int day_number(int64_t local)
{
	int year, month, day;

	time_civil(
	    (local >= 0 ? local : local - 86399) / 86400, &year, &month, &day);
	return year * 10000 + month * 100 + day;
}

/* Whether the zone is one of `where`: names, and folders with their slash. */
static bool is_there(const struct zone *zone, const char *where)
{
	const char *name = zone_name(zone);

	while (name != NULL && *where != '\0') {
		size_t len = strcspn(where, "|");

		if (strncmp(name, where, len) == 0 &&
		    (where[len - 1] == '/' || name[len] == '\0'))
			return true;
		where += len + (where[len] == '|');
	}
	return false;
}

static bool row_counts(
    const struct row *row, const struct zonename *name, int today)
{
	if (row->until != 0 && (today < row->since || today > row->until))
		return false;
	if (row->by_program && !name->by_program)
		return false;
	return row->where == NULL || is_there(name->own, row->where);
}

static bool zone_shows(const struct zone *zone, int64_t local, int *offset)
{
	int64_t moment;

	if (zone == NULL)
		return false;
	moment = zone_moment(zone, local);
	*offset = zone_offset(zone, moment);
	return moment + *offset == local;
}

bool zonename_offset(const struct zonename *name, int64_t local, int *offset)
{
	const struct zone *zone =
	    zones_find(name->zones, name->text, name->len);
	int today = day_number(local);
	struct probe probe;
	size_t i;

	if (zone != NULL && memchr(name->text, '/', name->len) != NULL)
		return zone_shows(zone, local, offset);
	if (!probe_make(&probe, name->text))
		return false;
	for (i = 0; i < COUNT(rows); i++) {
		const struct row *row = &rows[i];

		if (row_match(row, &probe) != name->len ||
		    !row_counts(row, name, today))
			continue;
		*offset = row->offset;
		return row->zone == NULL ||
		    zone_shows(
			zones_find(name->zones, row->zone, strlen(row->zone)),
			local, offset);
	}
	return false;
}

bool zonename_may_be(const char *text, size_t len, int offset)
{
	struct probe probe;
	size_t i;

	if (memchr(text, '/', len) != NULL)
		return true;
	if (!probe_make(&probe, text))
		return false;
	for (i = 0; i < COUNT(rows); i++) {
		if (row_match(&rows[i], &probe) == len &&
		    (rows[i].zone != NULL || rows[i].offset == offset))
			return true;
	}
	return false;
}
