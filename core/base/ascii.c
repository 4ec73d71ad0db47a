/*
 * What a character is in ASCII: Latin letters of any language without what
 * ASCII has not got, and signs as people type them where they have no others.
 */
#include <string.h>

#include <utf8proc.h>

#include "core/base/ascii.h"

/* Code points that one may decompose into: U+FDFA has 18. */
#define PIECES 24

/*
 * Letters that are one of ASCII, by blocks: what nearly all of a text's letters
 * beyond ASCII are. A dot stands where it takes more than one, or none.
 */
static const struct block {
	uint32_t first, end;
	const char *ascii;
} blocks[] = {
	{ 0x00c0, 0x0250,
	    "AAAAAA.CEEEEIIIIDNOOOOOxOUUUUY..aaaaaa.ceeeeiiiidnooooo/ouuuuy.y"
	    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKkkLlLlLlL"
	    "lLlNnNnNn...OoOoOo..RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"
	    "bBBb66OCcDDDddEEEFfGG.IIKkllWNnOOo..PpR22..tTtTUuUVYyZz....255.w"
	    "|..!.........AaIiOoUuUuUuUuUueAaAa..GgGgKkOoOo..j...Gg.WNnAa..Oo"
	    "AaAaEeEeIiIiOoOoRrRrUuUuSsTtYyHhNd..ZzAaEeOoOoOoOoYylntj..ACcLTs"
	    "z''BUVEeJjQqRrYy" },
	{ 0x1e00, 0x1f00,
	    "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm"
	    "MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv"
	    "WwWwWwWwWwXxXxYyZzZzZzhtwyasss.dAaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe"
	    "EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy.."
	    "VvYy" },
};

/* Scripts that have none of it: what is left of a text's letters. */
static const struct block others[] = {
	{ 0x0380, 0x060b, NULL },
	{ 0x060c, 0x09f2, NULL },
	{ 0x09f4, 0x0e3f, NULL },
	{ 0x2e80, 0x3200, NULL },
	{ 0x3400, 0xa720, NULL },
	{ 0xac00, 0xfb00, NULL },
};

/* Letters side by side, "-" where none of ours is. */
struct letters {
	uint32_t first;
	const char *ascii; /* at most 16, a space between them */
};

/*
 * Other letters of Latin script that do not decompose into ASCII and marks:
 * named after the letter that they look like or are made of ("đ" d, "ə" e,
 * "ı" i), else after their sound. Phonetic letters that are neither are what
 * a keyboard has nearest to them.
 */
static const struct letters letters[] = {
	{ 0x00c6, "AE" },
	{ 0x00de, "Th ss" },
	{ 0x00e6, "ae" },
	{ 0x00fe, "th" },
	{ 0x0149, "'n NG ng" },
	{ 0x0152, "OE oe" },
	{ 0x0195, "hv" },
	{ 0x01a2, "OI oi - - - - - SH sh" },
	{ 0x01b7, "ZH ZH zh zh - - - ts" },
	{ 0x01c1, "|| |=" },
	{ 0x01e2, "AE ae - - - - - - - - - - ZH zh" },
	{ 0x01f6, "HV - - - - - AE ae" },
	{ 0x0222, "OU ou" },
	{ 0x0238, "db qp" },
	{ 0x0250, "a a a b o c d d e e e e e e e j" },
	{ 0x0260, "g g g g u y h h i i I l l l lzh w" },
	{ 0x0270, "w m n n n o OE o f r r r r r r r" },
	{ 0x0280, "R R s sh j sh sh t t u u v v w y Y" },
	{ 0x0290, "z z zh zh ' ' ' c @ B e G H j k L" },
	{ 0x02a0, "q ' ' dz dzh dz ts tsh tc fng ls lz ww t h h" },
	{ 0x02b1, "h - - r r r" },
	{ 0x02e0, "g - - - '" },
	{ 0x1d00, "A AE ae B C D D E e i J K L M N O" },
	{ 0x1d10, "O o o o oe OU o o P R R T U u u m" },
	{ 0x1d20, "V W Z ZH ' ' - - - - - - - AE - B" },
	{ 0x1d32, "E - - - - - - - - N - OU" },
	{ 0x1d44, "a a ae - - - e e e - i" },
	{ 0x1d51, "ng - o o o - - - u m - '" },
	{ 0x1d6b, "ue b d f m" },
	{ 0x1d70, "n p r r s t z g - g th I i p U u" },
	{ 0x1d80, "b d f g k l m n p r s sh v x z a" },
	{ 0x1d90, "a d e e e e i o sh u zh a - c d e" },
	{ 0x1da1, "j g h i i I I j l l L m m n n" },
	{ 0x1db0, "N o f s sh t u u U v v - z z zh" },
	{ 0x1e9e, "SS" },
	{ 0x1efa, "LL ll" },
	{ 0x2094, "e" },
	{ 0x2132, "F" },
	{ 0x214e, "f" },
	{ 0x2180, "M V X C c VI L L C" },
	{ 0x2c60, "L l L P R a t H h K k Z z A M A" },
	{ 0x2c70, "A v W w v H h f e r o E - - S Z" },
	{ 0xa722, "' ' ' ' H h TZ tz 3 3 4 4 4 4" },
	{ 0xa730, "F S AA aa AO ao AU au AV av AV av AY ay C c" },
	{ 0xa740, "K k K k K k L l L l O o O o OO oo" },
	{ 0xa750, "P p P p P p Q q Q q R r RUM rum V v" },
	{ 0xa760, "VY vy Z z TH th TH th V v ET et IS is CON con" },
	{ 0xa770, "us dum lum mum num rum RUM tum um D d F f G G g" },
	{ 0xa780, "L l R r S s T t - - - ' ' Y l ." },
	{ 0xa790, "N n C c c h B b F f AE ae OE oe UE ue" },
	{ 0xa7a0, "G g K k N n R r S s H E G L I Q" },
	{ 0xa7b0, "K T J X B b O o U u A a I i U u" },
	{ 0xa7c0, "O o W w C S Z D d S s" },
	{ 0xa7d0, "G g - tth - ww S s S s" },
	{ 0xa7f5, "H h I H oe M F P M I M" },
	{ 0xab30, "a ae e e e f g l l l m n ng o o o" },
	{ 0xab40, "oe oe oe oo oo r R r rr r rr r r sh u u" },
	{ 0xab50, "ui ui u x x x x x x x y - h l l u" },
	{ 0xab60, "ia ie oe uo a - dz ts r w" },
	{ 0x10780, "AA : : ae B b - dz dz dz dzh d d d e e" },
	{ 0x10790, "fng u G g G h H h j ls lz l L l lzh lzh" },
	{ 0x107a0, "y y o OE o - r r r r R tc ts ts tsh t" },
	{ 0x107b0, "v - Y ' ' @ | || |= ! s" },
	{ 0x1df00, "fng g G k L lzh y ng r t ! sh sh t ' c" },
	{ 0x1df10, "K l dzh l ng r r tsh zh dzh i o tsh c s" },
	{ 0x1df25, "d l n r s t" },
};

struct sign {
	uint32_t point;
	const char *ascii;
};

/* Quotes, dashes, currency by its code, and what tables and lists have. */
static const struct sign signs[] = {
	{ 0x00a1, "!" },
	{ 0x00a2, "c" },
	{ 0x00a3, "GBP" },
	{ 0x00a4, "$" },
	{ 0x00a5, "YEN" },
	{ 0x00a6, "|" },
	{ 0x00a7, "S" },
	{ 0x00a8, "\"" },
	{ 0x00a9, "(c)" },
	{ 0x00ab, "\"" },
	{ 0x00ac, "-" },
	{ 0x00ae, "(R)" },
	{ 0x00af, "-" },
	{ 0x00b0, "deg" },
	{ 0x00b1, "+-" },
	{ 0x00b4, "'" },
	{ 0x00b5, "u" },
	{ 0x00b6, "P" },
	{ 0x00b7, "-" },
	{ 0x00b8, "," },
	{ 0x00bb, "\"" },
	{ 0x00bf, "?" },
	{ 0x02b9, "'" },
	{ 0x02ba, "\"" },
	{ 0x02bb, "'" },
	{ 0x02bc, "'" },
	{ 0x02bd, "'" },
	{ 0x02be, "'" },
	{ 0x02bf, "'" },
	{ 0x02c6, "^" },
	{ 0x02c8, "'" },
	{ 0x02ca, "'" },
	{ 0x02cb, "`" },
	{ 0x02cd, "_" },
	{ 0x02d0, ":" },
	{ 0x02d7, "-" },
	{ 0x02dc, "~" },
	{ 0x02ee, "\"" },
	{ 0x060b, "AFN" },
	{ 0x09f3, "BDT" },
	{ 0x0e3f, "THB" },
	{ 0x17db, "KHR" },
	{ 0x2010, "-" },
	{ 0x2011, "-" },
	{ 0x2012, "-" },
	{ 0x2013, "-" },
	{ 0x2014, "--" },
	{ 0x2015, "--" },
	{ 0x2016, "||" },
	{ 0x2017, "_" },
	{ 0x2018, "'" },
	{ 0x2019, "'" },
	{ 0x201a, "'" },
	{ 0x201b, "'" },
	{ 0x201c, "\"" },
	{ 0x201d, "\"" },
	{ 0x201e, "\"" },
	{ 0x201f, "\"" },
	{ 0x2020, "+" },
	{ 0x2021, "++" },
	{ 0x2022, "*" },
	{ 0x2023, "*" },
	{ 0x2024, "." },
	{ 0x2025, ".." },
	{ 0x2026, "..." },
	{ 0x2027, "-" },
	{ 0x2030, "o/oo" },
	{ 0x2031, "o/ooo" },
	{ 0x2032, "'" },
	{ 0x2033, "\"" },
	{ 0x2034, "'''" },
	{ 0x2035, "'" },
	{ 0x2036, "\"" },
	{ 0x2037, "'''" },
	{ 0x2038, "^" },
	{ 0x2039, "'" },
	{ 0x203a, "'" },
	{ 0x203c, "!!" },
	{ 0x2043, "-" },
	{ 0x2044, "/" },
	{ 0x2047, "??" },
	{ 0x2048, "?!" },
	{ 0x2049, "!?" },
	{ 0x204e, "*" },
	{ 0x2052, "%" },
	{ 0x2053, "~" },
	{ 0x2057, "''''" },
	{ 0x207a, "+" },
	{ 0x207b, "-" },
	{ 0x208a, "+" },
	{ 0x208b, "-" },
	{ 0x20a0, "ECU" },
	{ 0x20a1, "CRC" },
	{ 0x20a2, "Cr" },
	{ 0x20a3, "FRF" },
	{ 0x20a4, "ITL" },
	{ 0x20a5, "mil" },
	{ 0x20a6, "NGN" },
	{ 0x20a7, "Pts" },
	{ 0x20a8, "Rs" },
	{ 0x20a9, "KRW" },
	{ 0x20aa, "ILS" },
	{ 0x20ab, "VND" },
	{ 0x20ac, "EUR" },
	{ 0x20ad, "LAK" },
	{ 0x20ae, "MNT" },
	{ 0x20af, "GRD" },
	{ 0x20b0, "pf" },
	{ 0x20b1, "PHP" },
	{ 0x20b2, "PYG" },
	{ 0x20b3, "ARA" },
	{ 0x20b4, "UAH" },
	{ 0x20b5, "GHS" },
	{ 0x20b6, "lt" },
	{ 0x20b7, "Sm" },
	{ 0x20b8, "KZT" },
	{ 0x20b9, "INR" },
	{ 0x20ba, "TRY" },
	{ 0x20bb, "Mk" },
	{ 0x20bc, "AZN" },
	{ 0x20bd, "RUB" },
	{ 0x20be, "GEL" },
	{ 0x20bf, "BTC" },
	{ 0x20c0, "KGS" },
	{ 0x2103, "degC" },
	{ 0x2109, "degF" },
	{ 0x2116, "No." },
	{ 0x2117, "(P)" },
	{ 0x2122, "(TM)" },
	{ 0x2126, "Ohm" },
	{ 0x2190, "<-" },
	{ 0x2192, "->" },
	{ 0x2194, "<->" },
	{ 0x2212, "-" },
	{ 0x2215, "/" },
	{ 0x2217, "*" },
	{ 0x2219, "-" },
	{ 0x223c, "~" },
	{ 0x2248, "~" },
	{ 0x2264, "<=" },
	{ 0x2265, ">=" },
	{ 0x22c5, "-" },
	{ 0x25a0, "*" },
	{ 0x25aa, "*" },
	{ 0x25cf, "*" },
	{ 0x25e6, "*" },
	{ 0x275b, "'" },
	{ 0x275c, "'" },
	{ 0x275d, "\"" },
	{ 0x275e, "\"" },
	{ 0x2e3a, "--" },
	{ 0x2e3b, "---" },
	{ 0xfdfc, "IRR" },
	{ 0xfe58, "--" },
	{ 0xfe63, "-" },
	{ 0xfe69, "$" },
	{ 0xff04, "$" },
	{ 0xffe0, "c" },
	{ 0xffe1, "GBP" },
	{ 0xffe5, "YEN" },
	{ 0xffe6, "KRW" },
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static size_t put_string(char *ascii, const char *string)
{
	size_t len = strcspn(string, " ");

	memcpy(ascii, string, len);
	return len;
}

/* The word number `n` of a list; NULL if it has not as many. */
static const char *word_of(const char *list, size_t n)
{
	for (; n > 0 && list != NULL; n--) {
		list = strchr(list, ' ');
		if (list != NULL)
			list++;
	}
	return list;
}

static const char *letter_of(uint32_t point)
{
	size_t low = 0, high = COUNT(letters);
	const char *word;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (letters[middle].first <= point)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0 || point - letters[low - 1].first >= 16)
		return NULL;
	word = word_of(letters[low - 1].ascii, point - letters[low - 1].first);
	return word != NULL && *word != '-' ? word : NULL;
}

static const char *sign_of(uint32_t point)
{
	size_t low = 0, high = COUNT(signs);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (signs[middle].point < point)
			low = middle + 1;
		else if (signs[middle].point > point)
			high = middle;
		else
			return signs[middle].ascii;
	}
	return NULL;
}

static const struct block *block_of(
    const struct block *blocks_, size_t n, uint32_t point)
{
	size_t i;

	for (i = 0; i < n && point >= blocks_[i].first; i++) {
		if (point < blocks_[i].end)
			return &blocks_[i];
	}
	return NULL;
}

/* Bytes, 0 for what no table has. */
static size_t listed(uint32_t point, char *ascii)
{
	const struct block *block = block_of(blocks, COUNT(blocks), point);
	const char *known;

	if (block != NULL && block->ascii[point - block->first] != '.') {
		*ascii = block->ascii[point - block->first];
		return 1;
	}
	known = letter_of(point);
	if (known == NULL)
		known = sign_of(point);
	return known != NULL ? put_string(ascii, known) : 0;
}

/* Letters, numbers, and what is drawn of them: "①", "Ⅷ", "㎏". */
static bool may_decompose(uint32_t point)
{
	utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)point);

	return (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO) ||
	    (kind >= UTF8PROC_CATEGORY_ND && kind <= UTF8PROC_CATEGORY_NO) ||
	    kind == UTF8PROC_CATEGORY_SO;
}

static bool is_mark(uint32_t point)
{
	utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)point);

	return kind >= UTF8PROC_CATEGORY_MN && kind <= UTF8PROC_CATEGORY_ME;
}

/* A letter without its marks, where that is ASCII: "ế" e, "ﬁ" fi, "Ａ" A,
   and "ǽ" by way of æ. */
static size_t decomposed(uint32_t point, char *ascii)
{
	const utf8proc_option_t how = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT;
	utf8proc_int32_t pieces[PIECES];
	utf8proc_ssize_t n, i;
	size_t len = 0;
	int boundary = 0;

	if (!may_decompose(point))
		return 0;
	n = utf8proc_decompose_char(
	    (utf8proc_int32_t)point, pieces, PIECES, how, &boundary);
	for (i = 0; i < n && n <= PIECES; i++) {
		uint32_t piece = (uint32_t)pieces[i];
		size_t more = piece < 0x80 ? 0 : listed(piece, ascii + len);

		if (piece < 0x80 && (piece != ' ' || i > 0))
			ascii[len++] = (char)piece;
		else if (more == 0 && (i == 0 || !is_mark(piece)))
			return 0;
		len += more;
	}
	return len;
}

size_t ascii_of(uint32_t point, char *ascii)
{
	size_t len = 0;

	if (block_of(others, COUNT(others), point) == NULL) {
		len = listed(point, ascii);
		if (len == 0)
			len = decomposed(point, ascii);
	}
	ascii[len] = '\0';
	return len;
}
