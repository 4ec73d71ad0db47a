/*
 * Names in running text, by the real table: the rows of places.tsv, the cities
 * of cities.tsv, and what ISO 3166-2 has. What each rule does alone is in
 * gazetteer.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <jansson.h>
#include <utf8proc.h>

#include "core/base/arena.h"
#include "core/base/fold.h"
#include "core/base/time.h"
#include "core/kit/gazetteer.h"
#include "core/kit/job.h"

/* The table that was built beside this program. */
static struct gazetteer *built(void)
{
	char path[4096];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 64);
	const char *why;
	int i;

	assert_true(len > 0);
	path[len] = '\0';
	for (i = 0; i < 3; i++)
		*strrchr(path, '/') = '\0';
	strcat(path, "/gazetteer.tsv");
	return gazetteer_open(path, &why);
}

static int64_t day_of(const char *text)
{
	int y, m, d;

	if (*text == '-')
		return INT64_MIN;
	assert_int_equal(sscanf(text, "%d-%d-%d", &y, &m, &d), 3);
	return time_days(y, m, d);
}

/* "VN-HN Hanoi; CN China", each once. */
static const char *found_in(struct dl_job *job, const char *text, int64_t day)
{
	const struct dl_mention *mention = NULL;
	const char *all = "";

	while ((mention = place_next(job, text, mention)) != NULL) {
		const struct dl_place *place =
		    gazetteer_on(job->gazetteer, mention->place, day);
		const char *one =
		    job_printf(job, "%s %s", place->code, mention->as);

		assert_memory_equal(
		    text + mention->at, mention->as, mention->len);
		if (strstr(job_printf(job, "; %s;", all),
			job_printf(job, "; %s;", one)) == NULL)
			all = job_printf(
			    job, "%s%s%s", all, *all == '\0' ? "" : "; ", one);
	}
	return all;
}

/* How many rows are not so; each is shown. */
static int rows_wrong(const struct gazetteer *gazetteer, FILE *file, int *rows)
{
	char *line = NULL, *rest;
	size_t size = 0;
	int wrong = 0;

	while (getline(&line, &size, file) > 0) {
		const char *day, *text, *want, *found;
		struct dl_job job;

		line[strcspn(line, "\n")] = '\0';
		if (*line == '#')
			continue;
		rest = line;
		day = strsep(&rest, "\t");
		text = strsep(&rest, "\t");
		want = rest;
		assert_non_null(want);
		job_init(&job);
		job.gazetteer = gazetteer;
		found = found_in(&job, text, day_of(day));
		if (strcmp(found, want) != 0)
			print_error(
			    "%s: not \"%s\" but \"%s\"\n", text, want, found);
		wrong += strcmp(found, want) != 0;
		job_finish(&job);
		++*rows;
	}
	free(line);
	return wrong;
}

static void each_text_names_these_places(void **state)
{
	struct gazetteer *gazetteer = built();
	FILE *file = fopen("tests/kit/places.tsv", "re");
	int rows = 0;

	(void)state;
	assert_non_null(gazetteer);
	assert_non_null(file);
	assert_int_equal(rows_wrong(gazetteer, file, &rows), 0);
	assert_true(rows >= 300);
	fclose(file);
	gazetteer_close(gazetteer);
}

/* ---- cities, and the subdivisions of ISO 3166-2 ---- */

/* Whether the text begins with the place, or names it at all. */
static bool names(const struct gazetteer *gazetteer, const char *text,
    const char *code, bool first)
{
	const struct dl_mention *mention = NULL;
	struct dl_job job;
	bool found = false;

	job_init(&job);
	job.gazetteer = gazetteer;
	while (!found && (mention = place_next(&job, text, mention)) != NULL)
		found = strcmp(mention->place->code, code) == 0 &&
		    (!first || mention->at == 0);
	job_finish(&job);
	if (!found)
		print_error("%s: %s is not found\n", text, code);
	return found;
}

static void each_city_is_found_where_it_lies(void **state)
{
	struct gazetteer *gazetteer = built();
	FILE *file = fopen("tests/kit/cities.tsv", "re");
	char *line = NULL, text[256];
	size_t size = 0;
	int cities = 0, lost = 0;

	(void)state;
	assert_non_null(gazetteer);
	assert_non_null(file);
	while (getline(&line, &size, file) > 0) {
		char *city = strchr(line, '\t');

		if (*line == '#')
			continue;
		assert_non_null(city);
		*city++ = '\0';
		city[strcspn(city, "\n")] = '\0';
		snprintf(text, sizeof(text), "%s, Oct. 12 (Xinhua) --", city);
		lost += !names(gazetteer, text, line, true);
		cities++;
	}
	assert_int_equal(lost, 0);
	assert_true(cities >= 900);
	free(line);
	fclose(file);
	gazetteer_close(gazetteer);
}

/* Countries whose subdivisions are in the table, all of them. */
static const char *const whole[] = { "VN", "CN", "AZ", "TH", "LA", "KH", "MY",
	"ID", "PH", "SG", "JP", "KR", "RU", "KZ", "GE", "TR", "IR", "US", "IN",
	NULL };

/* What needs more than its name and its country: it has the name of a city or
   of a greater place, or is a country of ISO 3166-1, too. */
static const struct {
	const char *code, *text, *found;
} others[] = {
	{ "AZ-BAB", "Babək rayonu", "AZ-BAB" },
	{ "AZ-LAN", "Lənkəran rayonu", "AZ-LAN" },
	{ "AZ-NV", "Naxçıvan şəhəri", "AZ-NV" },
	{ "AZ-SAK", "Şəki rayonu", "AZ-SAK" },
	{ "AZ-YEV", "Yevlax rayonu", "AZ-YEV" },
	{ "CN-HK", "Hong Kong, China", "HK" },
	{ "CN-MO", "Macao, China", "MO" },
	{ "CN-TW", "Taiwan, China", "TW" },
	{ "ID-ML", "Maluku, Indonesia", "ID-MA" },
	{ "LA-VI", "Viangchan province, Laos", "LA-VI" },
	{ "US-AS", "American Samoa", "AS" },
	{ "US-GU", "Guam", "GU" },
	{ "US-MP", "Northern Mariana Islands", "MP" },
	{ "US-PR", "Puerto Rico", "PR" },
	{ "US-UM", "United States Minor Outlying Islands", "UM" },
	{ "US-VI", "U.S. Virgin Islands", "VI" },
};

static bool is_whole(const char *code)
{
	size_t i = 0;

	while (whole[i] != NULL && strncmp(code, whole[i], 2) != 0)
		i++;
	return whole[i] != NULL;
}

static bool subdivision_found(
    const struct gazetteer *gazetteer, const char *code)
{
	const struct dl_place *place, *country;
	struct dl_job job;
	char alpha[3] = { code[0], code[1], '\0' }, text[256];
	size_t i;

	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (strcmp(others[i].code, code) == 0)
			return names(
			    gazetteer, others[i].text, others[i].found, false);
	}
	job_init(&job);
	job.gazetteer = gazetteer;
	place = place_coded(&job, code);
	country = place_coded(&job, alpha);
	if (place != NULL && country != NULL)
		snprintf(
		    text, sizeof(text), "%s, %s", place->name, country->name);
	job_finish(&job);
	if (place == NULL)
		print_error("%s is not in the table\n", code);
	return place != NULL && names(gazetteer, text, code, true);
}

static void each_subdivision_is_found_by_its_name(void **state)
{
	static const char path[] = "/usr/share/iso-codes/json/iso_3166-2.json";
	struct gazetteer *gazetteer = built();
	json_t *all = json_load_file(path, 0, NULL), *one;
	size_t i;
	int found = 0, lost = 0;

	(void)state;
	assert_non_null(gazetteer);
	assert_non_null(all);
	json_array_foreach(json_object_get(all, "3166-2"), i, one)
	{
		const char *code =
		    json_string_value(json_object_get(one, "code"));

		if (!is_whole(code))
			continue;
		if (subdivision_found(gazetteer, code))
			found++;
		else
			lost++;
	}
	assert_int_equal(lost, 0);
	assert_true(found > 800);
	json_decref(all);
	gazetteer_close(gazetteer);
}

/* ---- names ---- */

static bool is_guarded(const char *name)
{
	return strchr("=~^!*&+?%$,>", *name) != NULL;
}

/* Whether the line has the name with a guard, too. */
static bool has_guarded(const char *line, const char *name)
{
	const char *at = line;
	size_t len = strlen(name);

	while ((at = strstr(at, name)) != NULL &&
	    !((at[len] == '\t' || at[len] == '\0') && is_guarded(at - 1)))
		at++;
	return at != NULL;
}

/* The code that the names of the line are found with. */
static const char *found_with(const char *code)
{
	size_t i;

	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (strcmp(others[i].code, code) == 0)
			return NULL;
	}
	return code;
}

/* One spelling's guard may hide another one, and another place's name a third
   one: what has no sign in front is found wherever it stands. */
static void each_name_without_a_sign_is_found(void **state)
{
	struct gazetteer *gazetteer = built();
	FILE *file = fopen("conf/places.tsv", "re");
	char *line = NULL, *whole_line, *rest, *code, *name, text[256];
	size_t size = 0;
	int found = 0, lost = 0;

	(void)state;
	assert_non_null(gazetteer);
	assert_non_null(file);
	while (getline(&line, &size, file) > 0) {
		line[strcspn(line, "\n")] = '\0';
		whole_line = strdup(line);
		rest = line;
		code = strsep(&rest, "\t");
		while (strpbrk(code, "-#@") != code && found_with(code) &&
		    (name = strsep(&rest, "\t")) != NULL) {
			snprintf(text, sizeof(text), ": %s", name);
			if (is_guarded(name) || has_guarded(whole_line, name))
				continue;
			if (names(gazetteer, text, code, false))
				found++;
			else
				lost++;
		}
		free(whole_line);
	}
	assert_int_equal(lost, 0);
	assert_true(found > 6000);
	free(line);
	fclose(file);
	gazetteer_close(gazetteer);
}

/* ---- Chinese names in traditional characters ---- */

/* Characters of the plane that Unicode had first, by their number. */
enum { PLANE = 0x10000 };

static void characters_named(bool *named)
{
	FILE *file = fopen("conf/places.tsv", "re");
	char *line = NULL;
	size_t size = 0, len;

	assert_non_null(file);
	while (getline(&line, &size, file) > 0) {
		const char *at = line;

		for (; *line != '#' && *at != '\0'; at += len) {
			uint32_t c = fold_next(at, &len);

			if (c >= 0x4e00 && c <= 0x9fff)
				named[c] = true;
		}
	}
	free(line);
	fclose(file);
}

/* The number behind "U+"; *text is moved behind it, to NULL at the end. */
static unsigned variant_next(char **text)
{
	char *at = strstr(*text, "U+");
	unsigned c = at == NULL ? 0 : (unsigned)strtoul(at + 2, &at, 16);

	*text = at;
	return c;
}

static bool same_key(struct arena *arena, unsigned one, unsigned other)
{
	char texts[2][8] = { "", "" }, keys[2][WORD_BYTES];
	unsigned both[] = { one, other };
	struct word word;
	int i;

	for (i = 0; i < 2; i++) {
		utf8proc_encode_char(
		    (utf8proc_int32_t)both[i], (utf8proc_uint8_t *)texts[i]);
		assert_true(word_next(texts[i], &word));
		assert_true(word_key(arena, &word, keys[i]));
	}
	return strcmp(keys[0], keys[1]) == 0;
}

static void each_name_is_found_in_traditional_characters(void **state)
{
	FILE *unihan = popen("bzcat /usr/share/unicode/Unihan_Variants.txt.bz2 "
			     "| grep kTraditionalVariant",
	    "re");
	bool *named = calloc(PLANE, sizeof(*named));
	struct arena arena = { 0 };
	char *line = NULL, *at;
	size_t size = 0;
	int pairs = 0, lost = 0;

	(void)state;
	assert_non_null(unihan);
	characters_named(named);
	while (getline(&line, &size, unihan) > 0) {
		unsigned c, variant;

		at = line;
		c = variant_next(&at);
		if (c >= PLANE || !named[c])
			continue;
		while ((variant = variant_next(&at)) != 0) {
			if (variant < 0x4e00 || variant > 0x9fff ||
			    named[variant])
				continue;
			pairs++;
			if (same_key(&arena, c, variant))
				continue;
			print_error("U+%04X is not U+%04X\n", variant, c);
			lost++;
		}
	}
	assert_int_equal(lost, 0);
	assert_true(pairs > 200);
	arena_reset(&arena);
	free(line);
	free(named);
	assert_int_equal(pclose(unihan), 0);
}

/* The quick way to a key makes what folding makes. */
static void each_latin_letter_is_compared_as_it_is_folded(void **state)
{
	struct arena arena = { 0 };
	char text[16], key[WORD_BYTES];
	struct word word;
	uint32_t c;
	int letters = 0;

	(void)state;
	for (c = 0xc0; c <= 0x1eff; c = c == 0x24f ? 0x1e00 : c + 1) {
		size_t len = (size_t)utf8proc_encode_char(
		    (utf8proc_int32_t)c, (utf8proc_uint8_t *)text + 1);

		text[0] = 'a';
		strcpy(text + 1 + len, "b");
		assert_true(word_next(text, &word));
		if (word.len != strlen(text))
			continue;
		assert_true(word_key(&arena, &word, key));
		assert_string_equal(key, fold_key(&arena, text));
		letters++;
	}
	assert_true(letters > 600);
	arena_reset(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_text_names_these_places),
		cmocka_unit_test(each_city_is_found_where_it_lies),
		cmocka_unit_test(each_subdivision_is_found_by_its_name),
		cmocka_unit_test(each_name_without_a_sign_is_found),
		cmocka_unit_test(each_name_is_found_in_traditional_characters),
		cmocka_unit_test(each_latin_letter_is_compared_as_it_is_folded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
