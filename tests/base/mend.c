/* Mojibake is mended where it is proven, and only there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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
		/* as Windows-1258 shows it */
		{ "ThĂ¡ng BĂ¡ ở", NULL },
		{ "ThĂ¡ng BĂ¡", "Tháng Bá" },
	};
	struct arena arena = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		const char *mended = mend(&arena, rows[i][0]);

		if (rows[i][1] == NULL) {
			assert_null(mended);
			continue;
		}
		assert_non_null(mended);
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
		"Đà Nẵng", "ă¡", "\xff\xfe", "Ã\xff" };
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_that_was_misread_is_as_before),
		cmocka_unit_test(text_that_is_all_right_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
