/* Mojibake is mended where it is proven, and only there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/arena.h"
#include "core/base/fold.h"
#include "core/base/mend.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *mend(struct arena *arena, const char *text)
{
	size_t len;

	return mend_text(arena, text, strlen(text), &len);
}

static void text_that_was_misread_is_as_before(void **state)
{
	static const char *const rows[][2] = {
		{ "HÃ Ná»™i", NULL }, /* half of "à" is gone already */
		{ "HÃ\xc2\xa0 Ná»™i", "Hà Nội" },
		{ "Ä\xc2\x90Æ°á»\xc2\x9dng phá»‘", "Đường phố" },
		{ "VÄƒn phÃ²ng ChÃ\xc2\xadnh phá»§", "Văn phòng Chính phủ" },
		{ "caf\xc3\x83\xc2\xa9", "café" },
		{ "AzÉ™rbaycan, ÅžÉ™ki", "Azərbaycan, Şəki" },
		{ "he said â€œyesâ€\xc2\x9d â€” twice",
		    "he said “yes” — twice" },
		{ "itâ€™s", "it’s" },
		{ "Ð¼Ð¸Ñ€", "мир" },
		{ "æ–°å\xc2\x8dŽç¤¾", "新华社" },
		/* twice, and three times */
		{ "HÃƒÂ\xc2\xa0 NÃ¡Â»â„¢i", "Hà Nội" },
		{ "cafÃƒÆ’Ã‚Â© crÃƒÆ’Ã‚Â¨me", "café crème" },
		{ "ÃƒÂ©tÃƒÂ©", "été" },
		/* as Windows-1251 shows it, and 1254 */
		{ "РџСЂРµР·РёРґРµРЅС‚ РІ РњРѕСЃРєРІРµ", "Президент в Москве" },
		{ "РђР·РµСЂР±Р°Р№РґР¶Р°РЅ вЂ” СЃС‚СЂР°РЅР°",
		    "Азербайджан — страна" },
		{ "ViГЎВ»вЂЎt Nam", "Việt Nam" }, /* behind 1252 */
		{ "Viб»‡t Nam", "Việt Nam" },
		{ "TГјrkiyЙ™", "Türkiyə" },
		{ "Ğ\xc2\x9cĞ¾ÑĞºĞ²Ğ°", NULL }, /* a control went before */
		{ "Ğ¼Ğ¸Ñ€", "мир" },
		/* beside what is all right */
		{ "Thá»§ tÆ°á»›ng | Báo điện tử", "Thủ tướng | Báo điện tử" },
		{ "Tin tá»« HÃ?Ná»™i", NULL },
		/* as Windows-1258 shows it */
		{ "ThĂ¡ng BĂ¡ ở", NULL },
		{ "ThĂ¡ng BĂ¡", "Tháng Bá" },
		{ "ThĂ¡ng nĂ y, Viá»‡t Nam", NULL },
		{ "ThĂ¡ng Viá»‡t", "Tháng Việt" },
		/* a sign within a word is no chance */
		{ "dÄ©n", "dĩn" },
		{ "nghÄ©a trÆ°ng", "nghĩa trưng" },
		{ "ЕџЙ™hЙ™r", "şəhər" },
		{ "xoГЈy", "xoãy" },
		/* as GBK shows it: what it had not is gone */
		{ "H脿 N峄檌", NULL },
	};
	struct arena arena = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const char *mended = mend(&arena, rows[i][0]);

		if (rows[i][1] == NULL) {
			if (mended != NULL)
				fail_msg(
				    "\"%s\" became \"%s\"", rows[i][0], mended);
			continue;
		}
		if (mended == NULL)
			fail_msg("\"%s\" is not mended", rows[i][0]);
		assert_string_equal(mended, rows[i][1]);
		assert_string_equal(
		    fold_clean(&arena, rows[i][0], strlen(rows[i][0])),
		    rows[i][1]);
	}
	arena_reset(&arena);
}

static void text_that_is_all_right_is_left_alone(void **state)
{
	static const char *const texts[] = { "", "plain", "Hà Nội",
		"Tổng Bí thư Tô Lâm", "São Paulo, IRMÃ", "CAFÉ™", "«CAFÉ»",
		"À», Á", "ÄÖÜ äöü ß", "naïve café", "Gəncə, Şəki", "Москва",
		"武汉", "“quoted” — so", "Ã", "Â", "Ð¼ и мир", "5 °C ± 1",
		"Đà Nẵng", "ă¡", "\xff\xfe", "Ã\xff",
		/* French quotations, which would be Chinese */
		"la clé\xc2\xa0»",
		"«\xc2\xa0été\xc2\xa0» et «\xc2\xa0"
		"clé\xc2\xa0»",
		"5\xc2\xa0€ l’unité\xc2\xa0», dit-il", "café\xc2\xa0!",
		"«chiếc lá»…", "À\xc2\xa0°", "«Б»", "В «А»", "группа «В»",
		"витамин С°", "Ü™", "Français à l’étranger…", "‘Ä’ und „Ö“",
		"İstanbul’da «Ğ»", "100 €–200 €", "Łódź Ñandú" };
	struct arena arena = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(texts); i++) {
		const char *mended = mend(&arena, texts[i]);

		if (mended != NULL)
			fail_msg("\"%s\" became \"%s\"", texts[i], mended);
	}
	arena_reset(&arena);
}

/* Of all that the languages extractor is asked about. */
static void texts_of_seventy_languages_are_left_alone(void **state)
{
	FILE *file = fopen("tests/worker/language.tsv", "r");
	struct arena arena = { 0 };
	char line[4096];
	size_t n = 0;

	(void)state;
	assert_non_null(file);
	for (; fgets(line, sizeof(line), file) != NULL; n++) {
		const char *mended = mend(&arena, line);

		if (mended != NULL)
			fail_msg("\"%s\" became \"%s\"", line, mended);
		arena_reset(&arena);
	}
	fclose(file);
	assert_true(n > 600);
}

/* Letters of Vietnamese fonts: VNI, TCVN3, and Windows-1258 read as 1252. */
static void letters_of_fonts_are_mended(void **state)
{
	static const char *const rows[][2] = {
		{ "Tieáng Vieät", "Tiếng Việt" },
		{ "Vieät Nam", "Việt Nam" },
		{ "Ñaïi hoäi Ñaûng", "Đại hội Đảng" },
		{ "ÑAÏI HOÄI ÑAÛNG", "ĐẠI HỘI ĐẢNG" },
		{ "ngöôøi daân ñöôïc höôûng", "người dân được hưởng" },
		{ "UÛy ban nhaân daân thaønh phoá Hoà Chí Minh",
		    "Ủy ban nhân dân thành phố Hồ Chí Minh" },
		{ "kyõ thuaät, xaõ Myõ Lyù, quaù", "kỹ thuật, xã Mỹ Lý, quá" },
		{ "TiÕng ViÖt", "Tiếng Việt" },
		{ "ViÖt Nam", "Việt Nam" },
		{ "§¹i héi §¶ng", "Đại hội Đảng" },
		{ "§¹I HéI §¶NG", "ĐẠI HỘI ĐẢNG" },
		{ "ng\xc2\xadêi d©n ®\xc2\xadîc h\xc2\xadëng",
		    "người dân được hưởng" },
		{ "Hµ Néi (TTXVN) – S¸ng 5/3, t¹i Hµ Néi",
		    "Hà Nội (TTXVN) – Sáng 5/3, tại Hà Nội" },
		{ "Tiêìng Viêòt", "Tiếng Việt" },
		{ "Hà Nôòi", "Hà Nội" },
		{ "ðaòi hôòi ÐaÒng", "đại hội Đảng" },
		/* A name from elsewhere stays. */
		{ "Toång thoáng François tieáp chuû tòch nöôùc vaø caùc "
		  "boä tröôûng ôû Haø Noäi",
		    "Tổng thống François tiếp chủ tịch nước và các bộ trưởng "
		    "ở Hà Nội" },
	};
	struct arena arena = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const char *clean =
		    fold_clean(&arena, rows[i][0], strlen(rows[i][0]));

		if (strcmp(clean, rows[i][1]) != 0)
			fail_msg("\"%s\" became \"%s\"", rows[i][0], clean);
	}
	arena_reset(&arena);
}

/* Each has a word that one of the fonts could have meant, or is near to it. */
static void other_languages_have_no_letters_of_fonts(void **state)
{
	static const char *const texts[] = { /* French */
		"Où va-t-on ? Où ?", "Noël à la forêt, août, goût, maïs",
		"la Thaïlande, où l’on a haï", "Thaï, où, hé, dû", "Hé là !",
		"L’été dernier, déjà très chaud, a coûté cher", "Hanoï, Taïwan",
		"le thé, le bébé, la clé", "ÉTÉ À PARIS", "Raoul là-bas",
		"Le 1ª n° 5", "«mot», dit-il", "café au lait", "luît",
		/* Spanish */
		"El niño está aquí, según él", "¡Da! ¿Qué más? Sí, señor",
		"Mª José", "1ª y 2º, año 2025", "deán", "tú, mí, sí, té",
		"Ñandú", "La canción más oída del país", "PERÚ Y MÉXICO",
		/* Portuguese */
		"São Paulo não é só isso", "João e Caém", "avô, pôr, há, lá",
		"a leoa, os leões, a mãe e o pão", "já não há", "pé, fé, sé",
		/* Turkish, Azerbaijani */
		"göl, gün, söz, dört, çöp, ön, hâlâ", "Bakü'de yön",
		"Gül, dün, gün, kül", "Öz sözü, göy, çöl", "BÖYÜK GÖL",
		/* Italian, German, Swedish, Icelandic, Estonian, Welsh */
		"può, più, così, là, né, lì", "Può bastare", "Öl für Höhe",
		"schön, hör, Tür, für", "en poäng", "Það er ný bók",
		"või, lõi, sõi, kõik", "dŵr, tŷ, môr",
		/* Vietnamese as it should be, and without its marks */
		"Hà Nam có quà", "toà nhà, hoà", "Tieng Viet o Ha Noi",
		"Ông Võ Văn Thưởng", "có gì lạ đâu", "bò, bí, bù, bà",
		/* signs */
		"10 µm", "µm", "5 £m", "Brand® ©2025", "5° ± 1²", "a·b", "Ha¹",
		"plan B»", "½ kg", "Hé zé, bù dà", "x × y ÷ z"
	};
	struct arena arena = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(texts); i++) {
		const char *mended = mend(&arena, texts[i]);

		if (mended != NULL)
			fail_msg("\"%s\" became \"%s\"", texts[i], mended);
	}
	arena_reset(&arena);
}

static void words_are_of_one_script(void **state)
{
	static const char *const rows[][2] = {
		/* Cyrillic а, о, е, с, р, х, К, В, ә among Latin letters */
		{ "Bаkı şəhəri", "Bakı şəhəri" },
		{ "Аzәrbаycаn Rеspublikаsı", "Azərbaycan Respublikası" },
		{ "Respubliкası", "Respublikası" },
		{ "о, Bаkıdadır", "o, Bakıdadır" },
		{ "Вakı, СOVID", "Bakı, COVID" },
		{ "Gӧyçay", "Göyçay" },
		/* Latin among Cyrillic */
		{ "Moсквa и Tвepь", "Москва и Тверь" },
		{ "HATО и Рoссия", "НАТО и Россия" },
		{ "10 kВт", "10 кВт" },
		{ "Украiна", "Украіна" },
		{ "й\xcc\x81", "й\xcc\x81" },
		/* a numeral is Latin */
		{ "ХХI век", "XXI век" },
		/* what joins with a mark only now */
		{ "Bаkı\xcc\x87 \xd0\xb0\xcc\x81z", "Bakı\xcc\x87 áz" },
		/* no word of two scripts, or rightly one */
		{ "СССР and USA", "СССР and USA" },
		{ "SMSки, CEOшник, iPhone'ы, IT-компания",
		    "SMSки, CEOшник, iPhone'ы, IT-компания" },
		{ "Жirinovski", "Жirinovski" },
		{ "Баку, Bakı", "Баку, Bakı" },
		{ "о нас", "о нас" },
	};
	struct arena arena = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const char *clean =
		    fold_clean(&arena, rows[i][0], strlen(rows[i][0]));

		if (strcmp(clean, rows[i][1]) != 0)
			fail_msg("\"%s\" became \"%s\"", rows[i][0], clean);
	}
	arena_reset(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_that_was_misread_is_as_before),
		cmocka_unit_test(text_that_is_all_right_is_left_alone),
		cmocka_unit_test(texts_of_seventy_languages_are_left_alone),
		cmocka_unit_test(letters_of_fonts_are_mended),
		cmocka_unit_test(other_languages_have_no_letters_of_fonts),
		cmocka_unit_test(words_are_of_one_script),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
