/* What names a place, and what only looks like it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/base/time.h"
#include "core/kit/gazetteer.h"
#include "core/kit/job.h"

static const char table[] =
    "# Invented from the ways in which names are written.\n"
    "-\t-\tThái Bình Dương\tSouth China Sea\t北京时间\n"
    "VN\tVN\tViệt Nam\tVietnam\t越南\n"
    "CN\tCN\tChina\tTrung Quốc\tКитай\t中国\n"
    "LA\tLA\tLaos\t~Lào\n"
    "CI\tCI\tCôte d'Ivoire\n"
    "TT\tTT\tTrinidad and Tobago\n"
    "GE\tGE\tGeorgia\n"
    "JO\tJO\tJordan\t~Jordan\n"
    "US\tUS\tUnited States\t=US\t=U.S\n"
    "IN\tIN\tIndia\t印度\n"
    "ID\tID\tIndonesia\t印度尼西亚\n"
    "VN-HN\tVN\tHà Nội\tHanoi\t河内\n"
    "VN-02\tVN\tLào Cai\n"
    "VN-20\tVN\tThái Bình\n"
    "VN-26\tVN\tThừa Thiên-Huế\t=Huế\tHue City\n"
    "VN-43\tVN\tBà Rịa - Vũng Tàu\tVũng Tàu\n"
    "VN-44\tVN\tAn Giang\n"
    "VN-57\tVN\tBình Dương\n"
    "VN-63\tVN\tHà Nam\n"
    "VN-SG\tVN\tHồ Chí Minh\t!Hồ Chí Minh\tHo Chi Minh City\tTP.HCM\n"
    "CN-YN\tCN\tYunnan\tKunming\t云南\t昆明\n"
    "AZ-BA\tAZ\tBakı\tBaku\tBakıda\tБаку\n"
    "AZ-LA\tAZ\tLənkəran\n"
    "AZ-LAN\tAZ\tLənkəran\n"
    "AZ-SR\tAZ\tŞirvan\n"
    "RU\tRU\tRussia\tРоссия\n"
    "KR\tKR\tSouth Korea\tЮжная Корея\n"
    "GB\tGB\tUnited Kingdom\t+Anh\n"
    "FR\tFR\tFrance\t&Pháp\n"
    "QA\tQA\tQatar\t%Qatar\n"
    "FR-06\tFR\tNice\t?Nice\n"
    "PH-ANT\tPH\tAntique\t!Antique\n"
    "US-GA\tUS\tGeorgia\t?Georgia\tAtlanta\n"
    "US-FL\tUS\tFlorida\n"
    "VN-14\tVN\tHòa Bình\t*Hòa Bình\n"
    "VN-68\tVN\tPhú Thọ\n"
    "@2025-01-01\tVN-26\tVN-26\tHuế\n"
    "@2025-07-01\tVN-68\tVN-14\n";

static struct gazetteer *opened(const char *lines, const char **why)
{
	char path[] = "/tmp/gazetteer.XXXXXX";
	int fd = mkstemp(path);
	struct gazetteer *gazetteer;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, lines, strlen(lines)), strlen(lines));
	close(fd);
	gazetteer = gazetteer_open(path, why);
	unlink(path);
	return gazetteer;
}

static int setup(void **state)
{
	struct dl_job *job = calloc(1, sizeof(*job));
	const char *why;

	job_init(job);
	job->gazetteer = opened(table, &why);
	*state = job;
	return job->gazetteer == NULL;
}

static int teardown(void **state)
{
	struct dl_job *job = *state;

	gazetteer_close((struct gazetteer *)job->gazetteer);
	job_finish(job);
	free(job);
	return 0;
}

/* "VN-HN as Hanoi; CN as China". */
static const char *found_in(struct dl_job *job, const char *text)
{
	const struct dl_mention *mention = NULL;
	const char *all = "";

	while ((mention = place_next(job, text, mention)) != NULL) {
		assert_memory_equal(
		    text + mention->at, mention->as, mention->len);
		assert_int_equal(strlen(mention->as), mention->len);
		all = job_printf(job, "%s%s%s as %s", all,
		    *all == '\0' ? "" : "; ", mention->place->code,
		    mention->as);
	}
	return all;
}

static const struct {
	const char *text, *found;
} running[] = {
	{ "Talks in Hanoi", "VN-HN as Hanoi" },
	{ "Ha Noi, HÀ NỘI và Hà Nội",
	    "VN-HN as Ha Noi; VN-HN as HÀ NỘI; VN-HN as Hà Nội" },
	{ "in Kunming, China's Yunnan province",
	    "CN-YN as Kunming; CN as China; CN-YN as Yunnan" },
	{ "the Vietnam-China border", "VN as Vietnam; CN as China" },
	{ "Lao Cai–Ha Noi–Vung Tau",
	    "VN-02 as Lao Cai; VN-HN as Ha Noi; VN-43 as Vung Tau" },
	{ "Bà Rịa – Vũng Tàu", "VN-43 as Bà Rịa – Vũng Tàu" },
	{ "Thua Thien Hue", "VN-26 as Thua Thien Hue" },
	{ "Côte d’Ivoire and Trinidad and Tobago",
	    "CI as Côte d’Ivoire; TT as Trinidad and Tobago" },
	{ "COTE D'IVOIRE", "CI as COTE D'IVOIRE" },

	/* What is no place. */
	{ "Angiang and Vietnamese and hanoi", "" },
	{ "a China-based firm", "CN as China" },
	{ "china cups in Chinatown", "" },
	{ "Hà, Nội", "" },
	{ "An\n\nGiang", "" },
	{ "châu Á - Thái Bình Dương", "" },
	{ "the South China Sea off China", "CN as China" },
	{ "Thái Bình và Bình Dương",
	    "VN-20 as Thái Bình; "
	    "VN-57 as Bình Dương" },

	/* Words and persons. */
	{ "a hue of Hue, Huệ in HUẾ or Huế", "VN-26 as HUẾ; VN-26 as Huế" },
	{ "in Hue City", "VN-26 as Hue City" },
	{ "ông Trần Hà Nam ở Hà Nam", "VN-63 as Hà Nam" },
	{ "Mr Nguyen Thai Binh", "" },
	{ "President Ho Chi Minh", "" },
	{ "thành phố Hồ Chí Minh", "VN-SG as Hồ Chí Minh" },
	{ "Ho Chi Minh City, TP.HCM, TP. HCM",
	    "VN-SG as Ho Chi Minh City; VN-SG as TP.HCM; VN-SG as TP. HCM" },
	{ "Michael Jordan in Jordan", "JO as Jordan" },
	{ "Georgia", "GE as Georgia" },
	{ "quan hệ với Lào", "LA as Lào" },
	{ "Lao and Phạm Lào", "" },
	{ "US$5 for us in the US and U.S.", "US as US; US as U.S." },

	/* By what stands beside it, or in the same text. */
	{ "Thủ tướng Anh; tại Anh; Anh và Pháp; Anh đi",
	    "GB as Anh; GB as Anh; GB as Anh; FR as Pháp" },
	{ "Tổng thống Pháp Macron, tại Pháp Vân", "FR as Pháp" },
	{ "Nice words", "" },
	{ "Nice words in France", "FR as France" },
	{ "in Nice, France", "FR-06 as Nice; FR as France" },
	{ "Antique chairs, Antique province", "PH-ANT as Antique" },
	{ "in Qatar", "QA as Qatar" },
	{ "Qatar gəldi", "" },
	{ "VÌ HÒA BÌNH, tỉnh Hòa Bình, TỈNH HÒA BÌNH",
	    "VN-14 as Hòa Bình; VN-14 as HÒA BÌNH" },
	{ "Atlanta, Georgia", "US-GA as Atlanta; US-GA as Georgia" },
	{ "Florida and Georgia", "US-FL as Florida; US-GA as Georgia" },
	{ "Georgia, US.", "US-GA as Georgia; US as US" },
	{ "Georgia, US agree", "GE as Georgia; US as US" },
	{ "Georgia and Florida's Atlanta trip; Georgia",
	    "US-GA as Georgia; US-FL as Florida; US-GA as Atlanta; "
	    "US-GA as Georgia" },

	/* Declined. */
	{ "В России, из Южной Кореи", "RU as России; KR as Южной Кореи" },
	{ "Китаем и Баку", "CN as Китаем; AZ-BA as Баку" },
	{ "Китаянка и Россиянин", "" },
	{ "Lənkəranda, LƏNKƏRANDAN",
	    "AZ-LA as Lənkəranda; AZ-LA as LƏNKƏRANDAN" },
	{ "Şirvanı və Şirvani", "AZ-SR as Şirvanı" },
	{ "Chinada, Indiada, Laosi", "CN as Chinada; IN as Indiada" },

	/* Without word borders, and in other scripts. */
	{ "李强抵达河内", "VN-HN as 河内" },
	{ "云南昆明与越南", "CN-YN as 云南; CN-YN as 昆明; VN as 越南" },
	{ "印度尼西亚和印度", "ID as 印度尼西亚; IN as 印度" },
	{ "北京时间", "" },
	{ "В Баку и Китай", "AZ-BA as Баку; CN as Китай" },
	{ "Bakıda və BAKI", "AZ-BA as Bakıda; AZ-BA as BAKI" },
	{ "", "" },
};

static void names_are_found_in_running_text(void **state)
{
	size_t i;

	for (i = 0; i < sizeof(running) / sizeof(*running); i++)
		assert_string_equal(
		    found_in(*state, running[i].text), running[i].found);
}

static const struct {
	const char *text, *code;
} whole[] = {
	{ "Ha Noi", "VN-HN" },
	{ "HANOI", "VN-HN" },
	{ "  • Lao Cai", "VN-02" },
	{ "Hue", "VN-26" },
	{ "Ho Chi Minh", "VN-SG" },
	{ "hà nội", "VN-HN" },
	{ "Lankaran", NULL },
	{ "Lenkeran", "AZ-LA" },
	{ "LƏNKƏRAN", "AZ-LA" },
	{ "河内", "VN-HN" },
	{ "Hanoi today", NULL },
	{ "Hanoi, Vietnam", NULL },
	{ "South China Sea", NULL },
	{ "", NULL },
	{ NULL, NULL },
};

static void a_whole_text_may_be_a_name(void **state)
{
	size_t i;

	for (i = 0; i < sizeof(whole) / sizeof(*whole); i++) {
		const struct dl_place *place =
		    place_named(*state, whole[i].text);

		if (whole[i].code == NULL) {
			assert_null(place);
			continue;
		}
		assert_non_null(place);
		assert_string_equal(place->code, whole[i].code);
	}
}

static void a_city_wins_over_its_district(void **state)
{
	assert_string_equal(place_named(*state, "Lənkəran")->code, "AZ-LA");
	assert_string_equal(place_coded(*state, "AZ-LAN")->name, "Lənkəran");
}

static void a_code_stands_for_a_place(void **state)
{
	const struct dl_place *place = place_coded(*state, "VN-HN");

	assert_string_equal(place->name, "Hà Nội");
	assert_string_equal(place->country, "VN");
	assert_string_equal(place_coded(*state, "VN")->country, "VN");
	assert_null(place_coded(*state, "VN-99"));
	assert_null(place_coded(*state, "-"));
	assert_null(place_coded(*state, NULL));
}

static const struct {
	int year, month, day;
	const char *code, *is, *name;
} merged[] = {
	{ 2024, 12, 31, "VN-26", "VN-26", "Thừa Thiên-Huế" },
	{ 2025, 1, 1, "VN-26", "VN-26", "Huế" },
	{ 2025, 6, 30, "VN-14", "VN-14", "Hòa Bình" },
	{ 2025, 7, 1, "VN-14", "VN-68", "Phú Thọ" },
	{ 2025, 7, 1, "VN-68", "VN-68", "Phú Thọ" },
};

static void a_place_is_what_it_was_on_the_day(void **state)
{
	struct dl_job *job = *state;
	size_t i;

	for (i = 0; i < sizeof(merged) / sizeof(*merged); i++) {
		const struct dl_place *place = gazetteer_on(job->gazetteer,
		    place_coded(job, merged[i].code),
		    time_days(merged[i].year, merged[i].month, merged[i].day));

		assert_string_equal(place->code, merged[i].is);
		assert_string_equal(place->name, merged[i].name);
	}
	assert_null(gazetteer_on(job->gazetteer, NULL, 30000));
}

static void without_a_gazetteer_no_place_is_known(void **state)
{
	struct dl_job *job = *state;
	struct dl_job bare;

	job_init(&bare);
	assert_null(place_named(&bare, "Hanoi"));
	assert_null(place_coded(&bare, "VN"));
	assert_null(place_next(&bare, "Hanoi", NULL));
	assert_null(place_next(job, NULL, NULL));
	job_finish(&bare);
}

static void a_fault_is_told_with_its_line(void **state)
{
	static const struct {
		const char *lines, *why;
	} faults[] = {
		{ "VN\tVN\n", ":1: code, country and name are needed" },
		{ "# x\n\nVN\t\tViệt Nam\n",
		    ":3: code, country and name are needed" },
		{ "VN\tVN\t--\n", ":1: a name has no words" },
		{ "VN\tVN\tA\n@2025-07-01\tVN\tVN-01\n",
		    ":2: a change is of codes that stand before it" },
		{ "VN\tVN\tA\n@2025-02-30\tVN\tVN\n",
		    ":2: a change has no day" },
		{ "@2025-07-01\n",
		    ":1: a change is of codes that stand before it" },
		{ "VN\tVN\ta b c d e f g h i j k l m n o p q\n",
		    ":1: a name has no words, or too long ones" },
	};
	const char *why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(faults) / sizeof(*faults); i++) {
		assert_null(opened(faults[i].lines, &why));
		assert_non_null(strstr(why, faults[i].why));
		free((char *)why);
	}
	assert_null(gazetteer_open("/nowhere", &why));
	assert_string_equal(why, "/nowhere: No such file or directory");
	free((char *)why);
	gazetteer_close(NULL);
}

/* A text at the limit of a page is a matter of seconds, not of minutes. */
static void a_long_text_takes_time_by_its_length(void **state)
{
	static const char part[] =
	    "Thừa Thiên Thái Bình Nguyễn Hà Nam Côte d' ";
	size_t len = sizeof(part) - 1, n = ((size_t)1 << 20) / len, i;
	char *text = malloc(n * len + 1);
	const struct dl_mention *mention = NULL;
	size_t found = 0;

	for (i = 0; i < n; i++)
		memcpy(text + i * len, part, len);
	text[n * len] = '\0';
	while ((mention = place_next(*state, text, mention)) != NULL)
		found++;
	assert_int_equal(found, n);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found_in_running_text),
		cmocka_unit_test(a_whole_text_may_be_a_name),
		cmocka_unit_test(a_city_wins_over_its_district),
		cmocka_unit_test(a_code_stands_for_a_place),
		cmocka_unit_test(a_place_is_what_it_was_on_the_day),
		cmocka_unit_test(without_a_gazetteer_no_place_is_known),
		cmocka_unit_test(a_fault_is_told_with_its_line),
		cmocka_unit_test(a_long_text_takes_time_by_its_length),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
