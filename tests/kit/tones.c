/* Each syllable of Vietnamese: with its tone mark where either style has it,
   and as one that was misread. */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <utf8proc.h>

#include "core/base/arena.h"
#include "core/base/fold.h"
#include "core/base/syllable.h"
#include "extractors/tones.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *const all_onsets[] = { "", "b", "c", "ch", "d", "đ", "g",
	"gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph",
	"qu", "r", "s", "t", "th", "tr", "v", "x" };

/* Rimes, and the letters before the one that has the tone, as the two styles
   count them. */
static const struct {
	const char *rimes;
	size_t old, new;
} rimes[] = {
	{ "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc "
	  "âm ân âng âp ât âu ây e ec em en eng eo ep et ê êc êch êm ên êng "
	  "ênh êp êt êu i ia ich im in inh ip it iu o oc oi om on ong op ot ô "
	  "ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut ư "
	  "ưa ưc ưi ưm ưng ưt ưu y ych ynh yt",
	    0, 0 },
	{ "oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt "
	  "oen oeo oet ooc oong ôông iêc iêm iên iêng iêp iêt iêu yêm yên yêng "
	  "yêt yêu uân uâng uât uây uê uêch uênh uêt uơ uôc uôi uôm uôn uông "
	  "uôt ươc ươi ươm ươn ương ươp ươt ươu uya uych uynh uyp uyt uyu",
	    1, 1 },
	{ "uyên uyêt", 2, 2 },
	{ "oa oe uy", 0, 1 },
};

static const uint32_t marks[] = { 0, 0x300, 0x301, 0x303, 0x309, 0x323 };

struct syllable {
	const char *onset, *rime;
	size_t len; /* of the rime */
	uint32_t mark;
	bool capitals;
};

/* The syllable with its mark behind that letter of its rime. */
static void spell(const struct syllable *syllable, size_t letter, char *out)
{
	char text[64], mark[5] = "";
	utf8proc_uint8_t *normal;
	const char *at = syllable->rime;
	size_t i, before;

	if (syllable->mark != 0)
		mark[utf8proc_encode_char((utf8proc_int32_t)syllable->mark,
		    (utf8proc_uint8_t *)mark)] = '\0';
	for (i = 0; i <= letter; i++)
		at += utf8proc_utf8class[(unsigned char)*at];
	before = (size_t)(at - syllable->rime);
	snprintf(text, sizeof(text), "%s%.*s%s%.*s", syllable->onset,
	    (int)before, syllable->rime, mark, (int)(syllable->len - before),
	    at);
	normal = utf8proc_NFC((const utf8proc_uint8_t *)text);
	strcpy(out, (const char *)normal);
	free(normal);
}

static void make_large(char *text)
{
	char copy[64], *out = text;
	const char *at = copy;
	size_t len;

	strcpy(copy, text);
	for (; *at != '\0'; at += len)
		out += utf8proc_encode_char(
		    utf8proc_toupper((utf8proc_int32_t)point_at(at, &len)),
		    (utf8proc_uint8_t *)out);
}

static bool is_syllable(const char *text)
{
	uint32_t points[16];
	size_t n = 0, len;

	for (; *text != '\0' && n < COUNT(points); text += len)
		points[n++] = point_at(text, &len);
	return syllable_is(points, n);
}

static void check_moved(const char *from, const char *to, enum style style)
{
	char moved[64];
	int changed = tones_move(from, moved, style);

	if (strcmp(moved, to) != 0 || changed != (strcmp(from, to) != 0))
		fail_msg("\"%s\" became \"%s\"", from, moved);
}

/* What is to be true of each of them; false if it is none. */
typedef bool check(
    const struct syllable *syllable, size_t old_at, size_t new_at);

static bool check_styles(
    const struct syllable *syllable, size_t old_at, size_t new_at)
{
	char old[64], new[64];

	/* There are no two styles of "quý". */
	if (strcmp(syllable->onset, "qu") == 0 ||
	    strcmp(syllable->onset, "gi") == 0)
		old_at = new_at;
	spell(syllable, old_at, old);
	spell(syllable, new_at, new);
	if (!is_syllable(old))
		return false;
	if (syllable->capitals) {
		make_large(old);
		make_large(new);
	}
	assert_true(is_syllable(new));
	check_moved(old, new, NEW);
	check_moved(new, old, OLD);
	check_moved(old, old, OLD);
	check_moved(new, new, NEW);
	return true;
}

static size_t check_rime(const struct syllable *with, size_t row, check *holds)
{
	struct syllable syllable = *with;
	size_t i, k, n = 0;

	for (i = 0; i < COUNT(all_onsets); i++) {
		syllable.onset = all_onsets[i];
		for (k = 0; k < 2 * COUNT(marks); k++) {
			syllable.mark = marks[k / 2];
			syllable.capitals = k % 2;
			n += holds(&syllable, rimes[row].old, rimes[row].new);
		}
	}
	return n;
}

static void check_all(check *holds)
{
	size_t row, n = 0, kinds = 0;

	for (row = 0; row < COUNT(rimes); row++) {
		const char *at = rimes[row].rimes;

		for (; *at != '\0'; at += *at == ' ') {
			struct syllable syllable = { .rime = at };
			size_t found;

			at += syllable.len = strcspn(at, " ");
			found = check_rime(&syllable, row, holds);
			if (found == 0)
				fail_msg("no syllable in %.*s",
				    (int)syllable.len, syllable.rime);
			n += found;
			kinds++;
		}
	}
	assert_true(kinds > 150);
	assert_true(n > 30000);
}

static void each_syllable_comes_back(void **state)
{
	(void)state;
	check_all(check_styles);
}

/* ---- misread ---- */

static const char *const charsets[] = { "CP1252", "ISO-8859-1", "CP1258",
	"CP1254", "CP1251" };

/* How the charset shows each byte; those that it has not, as Latin 1 does. */
static struct shown {
	char text[256][8];
} shown[COUNT(charsets)];

static int learn_charsets(void **state)
{
	size_t i;
	int byte;

	(void)state;
	for (i = 0; i < COUNT(charsets); i++) {
		iconv_t from = iconv_open("UTF-8", charsets[i]);

		for (byte = 1; byte < 256; byte++) {
			char one = (char)byte, *in = &one;
			char *out = shown[i].text[byte];
			size_t n = 1, room = sizeof(shown[i].text[byte]);

			/* It keeps letters that a mark may follow. */
			if (iconv(from, &in, &n, &out, &room) == (size_t)-1)
				utf8proc_encode_char(
				    byte, (utf8proc_uint8_t *)out);
			iconv(from, NULL, NULL, &out, &room);
		}
		iconv_close(from);
	}
	return 0;
}

static void misread(char *text, size_t size, const struct shown *as)
{
	char copy[1024], *out = text;
	const unsigned char *at = (const unsigned char *)copy;

	assert_true(strlen(text) * 3 < size && size <= sizeof(copy));
	strcpy(copy, text);
	for (; *at != '\0'; at++)
		out = stpcpy(out, as->text[*at]);
}

/* One syllable alone may be anything, so there is a word beside it. */
static bool check_misread(
    const struct syllable *syllable, size_t old_at, size_t new_at)
{
	struct arena arena = { 0 };
	char word[64], right[80];
	size_t i, k;

	(void)new_at;
	spell(syllable, old_at, word);
	if (!is_syllable(word))
		return false;
	if (syllable->capitals)
		make_large(word);
	snprintf(right, sizeof(right), "%s ở Huế", word);
	for (i = 0; i < 2 * COUNT(charsets); i++) {
		char text[1024];
		const char *clean;

		strcpy(text, right);
		for (k = 0; k <= i % 2; k++) /* once, and twice */
			misread(text, sizeof(text), &shown[i / 2]);
		clean = fold_clean(&arena, text, strlen(text));
		if (strcmp(clean, right) != 0)
			fail_msg("\"%s\" in %s, %zu times: \"%s\"", right,
			    charsets[i / 2], k, clean);
	}
	arena_reset(&arena);
	return true;
}

static void each_syllable_is_mended(void **state)
{
	(void)state;
	check_all(check_misread);
}

static void words_are_moved_where_they_stand(void **state)
{
	static const char *const rows[][2] = {
		/* old, new */
		{ "Hòa Bình, Thủy Nguyên", "Hoà Bình, Thuỷ Nguyên" },
		{ "HÒA BÌNH", "HOÀ BÌNH" },
		{ "khỏe, lòe xòe, ngòe, nghòe", "khoẻ, loè xoè, ngoè, nghoè" },
		{ "tòa (ủy ban) họa", "toà (uỷ ban) hoạ" },
		{ "quý, quà, quỳ, giếng, gìn, gì, già",
		    "quý, quà, quỳ, giếng, gìn, gì, già" },
		{ "khuỷu, ngoằn, ngoèo, hoài, thuyền",
		    "khuỷu, ngoằn, ngoèo, hoài, thuyền" },
		{ "của, mía, mùi, thuở, Huế, ruồi, rượu",
		    "của, mía, mùi, thuở, Huế, ruồi, rượu" },
		{ "Goiás, Zoë, Joào, Óaxaca", "Goiás, Zoë, Joào, Óaxaca" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		char moved[256];

		assert_true(tones_room(rows[i][0]) < sizeof(moved));
		tones_move(rows[i][0], moved, NEW);
		assert_string_equal(moved, rows[i][1]);
		tones_move(rows[i][1], moved, OLD);
		assert_string_equal(moved, rows[i][0]);
	}
}

static void what_is_no_syllable_is_none(void **state)
{
	static const char *const words[] = { "", "les", "việts", "nghà", "cê",
		"ka", "gê", "kát", "cài̋", "viêp̂", "tàt", "mạcch", "hôà", "qua1",
		"zô", "fa", "hoạá", "nghiêngs", "ưt", "b", "ngh" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(words); i++) {
		if (is_syllable(words[i]))
			fail_msg("\"%s\" is one", words[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_syllable_comes_back),
		cmocka_unit_test_setup(each_syllable_is_mended, learn_charsets),
		cmocka_unit_test(words_are_moved_where_they_stand),
		cmocka_unit_test(what_is_no_syllable_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
