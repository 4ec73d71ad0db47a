/* Words of a text as names of places are compared: folded, or as printed. */
#include <string.h>
#include <utf8proc.h>

#include "core/base/arena.h"
#include "core/base/ascii.h"
#include "core/base/fold.h"
#include "core/kit/word.h"

static bool is_ideograph(uint32_t c)
{
	return (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
	    (c >= 0x20000 && c <= 0x3ffff);
}

/* Of Arabic: within a word, and mostly not printed at all; tatweel, too. */
static bool is_vowel_sign(uint32_t c)
{
	return (c >= 0x64b && c <= 0x652) || c == 0x640 || c == 0x670;
}

static bool is_letter(uint32_t c)
{
	utf8proc_category_t kind;

	if (c < 0x80)
		return (c >= '0' && c <= '9') ||
		    ((c | 32) >= 'a' && (c | 32) <= 'z');
	if (is_vowel_sign(c))
		return true;
	kind = utf8proc_category((utf8proc_int32_t)c);
	return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO;
}

static bool is_lower(uint32_t c)
{
	if (c < 0x80)
		return c >= 'a' && c <= 'z';
	return utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LL;
}

bool word_next(const char *text, struct word *word)
{
	size_t len;
	uint32_t c;

	while ((c = fold_next(text, &len)) != 0 && !is_letter(c))
		text += len;
	if (c == 0)
		return false;

	*word = (struct word){ .at = text, .capital = !is_lower(c) };
	word->ideograph = is_ideograph(c);
	do {
		text += len;
		c = fold_next(text, &len);
	} while (!word->ideograph && is_letter(c) && !is_ideograph(c));
	word->len = (size_t)(text - word->at);
	return true;
}

bool word_ending(const char *text, const char *end, struct word *word)
{
	const char *from, *back;
	size_t len;

	for (back = from = end; back > text && end - back < WORD_BYTES;
	     from = back) {
		do {
			back--;
		} while (back > text && ((unsigned char)*back & 0xc0) == 0x80);
		if (!is_letter(fold_next(back, &len)))
			break;
	}
	return from < end && word_next(from, word);
}

bool word_before(const char *text, const char *at, struct word *word)
{
	return at > text && at[-1] == ' ' && word_ending(text, at - 1, word);
}

/* Alef with whatever it bears: few print its hamza each time. */
static uint32_t arabic(uint32_t c)
{
	return c == 0x622 || c == 0x623 || c == 0x625 || c == 0x671 ? 0x627 : c;
}

enum { PAIR = 6 }; /* bytes: two characters of three */

static uint32_t character(const char *at)
{
	const unsigned char *byte = (const unsigned char *)at;

	return (byte[0] & 0xfu) << 12 | (byte[1] & 0x3fu) << 6 |
	    (byte[2] & 0x3fu);
}

/* A character of the traditional set as the names of the table of places have
   it, which are in the simplified one; tests/kit/places.c tells what lacks. */
static uint32_t simplified(uint32_t c)
{
	static const char pairs[] =
	    "乾干亞亚來来侖仑們们倫伦傑杰傢家優优兒儿內内凈净凱凯別别則则剋克"
	    "剛刚劍剑動动務务勞劳勻匀區区協协卻却參参吳吴呂吕喬乔噹当國国圖图"
	    "堅坚報报場场塢坞壙圹壟垄壩坝壽寿奧奥婁娄孫孙學学宮宫實实寧宁寶宝"
	    "屬属岡冈峴岘島岛峽峡崑昆崗岗嶺岭嶼屿嶽岳帶带幹干幾几庫库廈厦廣广"
	    "廬庐張张彥彦後后徹彻恆恒愛爱慶庆憑凭憲宪懞蒙懷怀戰战戶户捨舍揚扬"
	    "撣掸撫抚撾挝敘叙數数時时晉晋曆历會会東东條条棗枣楨桢業业極极榮荣"
	    "樂乐樓楼樹树橋桥橫横檯台檳槟櫪枥欽钦歐欧歷历歸归氣气沖冲涼凉淺浅"
	    "渾浑湯汤溝沟溫温滄沧滿满漢汉澤泽濛蒙濟济濰潍濱滨瀋沈瀘泸瀾澜灕漓"
	    "灘滩灣湾灤滦烏乌無无煙烟熱热營营爭争爾尔猶犹琿珲瑤瑶瑪玛環环瓊琼"
	    "甌瓯產产畢毕當当發发盞盏盤盘盧卢眾众矇蒙硃朱磯矶礦矿穀谷窩窝競竞"
	    "節节約约紅红納纳紐纽紹绍組组給给統统綏绥經经綠绿維维網网綿绵線线"
	    "緬缅縣县織织繩绳纍累羅罗義义聖圣聯联聲声聶聂肅肃脫脱膠胶臘腊臨临"
	    "臺台興兴舊旧艦舰茲兹荊荆莊庄華华萊莱萬万葉叶蓋盖蓮莲蔔卜蕪芜薩萨"
	    "藍蓝蘆芦蘇苏蘭兰蘿萝衕同衚胡衛卫衝冲裏里裡里訥讷設设許许誌志誕诞"
	    "語语諒谅諸诸諾诺謝谢謨谟證证識识讓让豐丰貝贝貢贡貨货貴贵買买費费"
	    "賀贺資资賈贾賓宾賴赖賽赛贊赞贛赣車车輔辅農农連连運运達达遠远遷迁"
	    "遼辽邁迈邊边郵邮鄉乡鄭郑鄲郸釐厘銀银銅铜錢钱錦锦錫锡鎮镇鏡镜鐵铁"
	    "長长門门開开間间閤合閩闽闆板關关陝陕陰阴陸陆陽阳際际隨随隴陇雙双"
	    "雞鸡雲云電电靂雳靈灵靜静鞦秋韃鞑韆千韋韦韓韩頂顶順顺頓顿頗颇領领"
	    "頭头顏颜顛颠颱台飛飞餘余饒饶馬马駐驻騰腾騷骚髮发鬆松鬍胡魯鲁鮮鲜"
	    "鯨鲸鰲鳌鳥鸟鳳凤鴉鸦鴨鸭鶴鹤鷹鹰鹹咸鹽盐麗丽麥麦麯曲黃黄黨党齊齐"
	    "齋斋齣出龍龙";
	size_t from = 0, to = sizeof(pairs) / PAIR;

	while (from < to) {
		size_t middle = (from + to) / 2;
		uint32_t found = character(pairs + middle * PAIR);

		if (found == c)
			return character(pairs + middle * PAIR + PAIR / 2);
		if (found < c)
			from = middle + 1;
		else
			to = middle;
	}
	return c;
}

/* What folding does to a letter of these: its small one, with Russian yo as it
   is mostly printed; 0 of a letter that has to be folded as others are. */
static uint32_t quickly(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c | 32 : c;
	if (c == 0x401 || c == 0x451)
		return 0x435;
	if (c >= 0x400 && c < 0x460)
		return c < 0x410 ? c + 80 : c < 0x430 ? c + 32 : c;
	if (c >= 0x620 && c < 0x6d4)
		return arabic(c);
	return c >= 0x4e00 && c <= 0x9fff ? simplified(c) : 0;
}

/* A Latin letter with marks as folding makes it: its small ASCII letters, and
   how many they are; 0 of what else it is. */
static size_t latin(uint32_t c, char *key)
{
	char ascii[ASCII_SIZE];
	size_t n, len;

	if (!(c >= 0xc0 && c <= 0x24f) && !(c >= 0x1e00 && c <= 0x1eff))
		return 0;
	len = ascii_of(c, ascii);
	for (n = 0; n < len; n++) {
		key[n] = (char)(ascii[n] | 32);
		if (key[n] < 'a' || key[n] > 'z')
			return 0;
	}
	return len;
}

/* Puts a letter into the key and returns its bytes; -1 if it has to be folded
   with what is beside it. */
static int key_letter(uint32_t c, char *key)
{
	size_t letters;

	if (is_vowel_sign(c))
		return 0;
	letters = latin(c, key);
	if (letters > 0)
		return (int)letters;
	c = quickly(c);
	return c == 0 ? -1
		      : (int)utf8proc_encode_char(
			    (utf8proc_int32_t)c, (utf8proc_uint8_t *)key);
}

static bool key_quickly(const struct word *word, char *key)
{
	const char *at = word->at, *end = at + word->len;
	size_t len;
	int bytes;

	for (; at < end; at += len, key += bytes) {
		bytes = key_letter(fold_next(at, &len), key);
		if (bytes < 0)
			return false;
	}
	*key = '\0';
	return true;
}

bool word_key(
    struct arena *arena, const struct word *word, char key[WORD_BYTES])
{
	const char *folded;

	if (word->len >= WORD_BYTES)
		return false;
	if (key_quickly(word, key))
		return true;

	memcpy(key, word->at, word->len);
	key[word->len] = '\0';
	folded = fold_key(arena, key);
	if (strlen(folded) >= WORD_BYTES)
		return false;
	strcpy(key, folded);
	return true;
}

bool words_joined(const struct word *left, const struct word *right)
{
	static const char *const joints[] = { " ", "-", ".", ". ", "'", "’",
		" - ", "–", " – ", " — ", " & ", "(", " (", "（", NULL };
	const char *from = left->at + left->len;
	size_t len = (size_t)(right->at - from);
	int i;

	if (len == 0)
		return left->ideograph || right->ideograph;
	for (i = 0; joints[i] != NULL; i++) {
		if (strlen(joints[i]) == len &&
		    memcmp(joints[i], from, len) == 0)
			return true;
	}
	return false;
}
