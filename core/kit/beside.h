/*
 * Words beside a name that say whether a place is meant by it: as they are
 * compared, folded, in lists that end in NULL. For mention.c, which says what
 * each list is for.
 */
#ifndef BESIDE_H
#define BESIDE_H

#include <stddef.h>

enum { SMALL = 1, POINT = 2 }; /* may be in small letters, have a full stop */

/*
 * Before a Vietnamese name these make it a person's: as they are compared, and
 * with the marks that they must have where there are any. "Đỗ Hà Nam" is
 * somebody, "đô Hà Nội" the end of "thủ đô", "trường" no family.
 */
static const struct person {
	const char *key, *marked;
	unsigned may;
} before_persons[] = {
	{ "anh", "anh", SMALL },
	{ "ba", "bà", SMALL },
	{ "bac", "bác", SMALL },
	{ "be", "bé", SMALL },
	{ "bui", "bùi", 0 },
	{ "chau", "châu", 0 },
	{ "chau", "cháu", SMALL },
	{ "chi", "chị", SMALL },
	{ "co", "cô", SMALL },
	{ "cu", "cụ", SMALL },
	{ "dang", "đặng", 0 },
	{ "dao", "đào", 0 },
	{ "dinh", "đinh", 0 },
	{ "do", "đỗ", 0 },
	{ "doan", "đoàn", 0 },
	{ "dr", "dr", POINT },
	{ "duong", "dương", 0 },
	{ "em", "em", SMALL },
	{ "ho", "hồ", 0 },
	{ "hoang", "hoàng", 0 },
	{ "huynh", "huỳnh", 0 },
	{ "le", "lê", 0 },
	{ "luong", "lương", 0 },
	{ "luu", "lưu", 0 },
	{ "ly", "lý", 0 },
	{ "mai", "mai", 0 },
	{ "mr", "mr", POINT },
	{ "mrs", "mrs", POINT },
	{ "ms", "ms", POINT },
	{ "ngo", "ngô", 0 },
	{ "nguyen", "nguyễn", 0 },
	{ "ong", "ông", SMALL },
	{ "pham", "phạm", 0 },
	{ "phan", "phan", 0 },
	{ "phung", "phùng", 0 },
	{ "quach", "quách", 0 },
	{ "ta", "tạ", 0 },
	{ "thay", "thầy", SMALL },
	{ "thi", "thị", 0 },
	{ "to", "tô", 0 },
	{ "tran", "trần", 0 },
	{ "trinh", "trịnh", 0 },
	{ "truong", "trương", 0 },
	{ "van", "văn", 0 },
	{ "vo", "võ", 0 },
	{ "vu", "vũ", 0 },
};

/* Chinese families, which stand before the name: "Li Hainan". */
static const char *const chinese_families[] = { "wang", "li", "zhang", "liu",
	"chen", "yang", "zhao", "huang", "zhou", "wu", "xu", "sun", "ma", "zhu",
	"hu", "guo", "he", "gao", "lin", "luo", "zheng", "liang", "xie", "tang",
	"deng", "feng", "han", "cao", "zeng", "peng", "xiao", "cai", "pan",
	"tian", "dong", "yuan", "yu", "ye", "jiang", "du", "su", "wei", "cheng",
	"lu", "ding", "ren", "shen", "yao", "fu", "zhong", "cui", "liao", "jia",
	"xia", "zou", "xiong", "bai", "meng", "qin", "qiu", "hou", NULL };

/* Words with a capital at the beginning of a sentence, before a place. */
static const char *const before_places[] = { "and", "or", "as", "at", "between",
	"both", "but", "by", "con", "cung", "for", "from", "giua", "hien", "in",
	"into", "khi", "near", "nuoc", "o", "of", "on", "outside", "phia",
	"since", "sau", "tai", "that", "the", "theo", "through", "to", "toward",
	"towards", "trong", "truoc", "tu", "va", "voi", "while", "with", "в",
	"во", "из", "на", "по", "с", "для", "между", "и", NULL };

/* Of a country a Vietnamese text says who somebody is in it: what comes behind
   may be the name of whom it means, "Tổng thống Nga Putin". */
static const char *const before_countries[] = { "nuoc", "thong", "tuong",
	"truong", "su", "phu", "hoi", "vien", "hoang", "nguoi", "dan", "quan",
	"doi", "gia", "chuc", "giao", "phong", "te", "bang", "uong", "khach",
	"hang", "ty", "nghiep", "sy", "si", "thu", "phia", "phan", "lenh",
	"tuyen", NULL };

/* The same in small letters: with a capital some are names. */
static const char *const before_countries_small[] = { "van", "tho", "bao",
	"hoc", "dien", "vot", "dao", "doan", "vua", "mau", "luyen", "tay",
	NULL };

/* Of these the country has but one: "Vua Jordan Abdullah II". */
static const char *const before_rulers[] = { "thong", "vua", "tuong", "truong",
	"phu", "nuoc", "quoc", NULL };

/* The same in English, with a word between: "President of Georgia Mikheil
   Kavelashvili", "Ambassador to Jordan". */
static const char *const between_rulers[] = { "of", "to", "de", NULL };
static const char *const before_of[] = { "president", "presidente", "minister",
	"king", "queen", "ambassador", "parliament", "affairs", "speaker",
	"government", "embassy", "republic", "kingdom", "envoy", "chairman",
	"delegation", "visit", NULL };

/* These may stand before a country, and before much else. */
static const char *const beside_countries[] = { "tai", "o", "cua", "voi", "va",
	"sang", "den", "tu", "toi", "giua", "tham", "cung", "theo", "cho",
	"hay", "hoac", "gom", "roi", "ve", "nhu", "gap", "thang", "thua", "vao",
	"khoi", NULL };

static const char *const before_cities[] = { "pho", "tp", "tinh", "dao", "khu",
	NULL };

/* What a place may be called behind its name. */
static const char *const behind_cities[] = { "province", "provinces", "city",
	"airport", "prefecture", "oblast", "state", "county", "district",
	"region", "rayonu", "rayonunda", "seheri", "seherinde", "vilayeti",
	"область", "области", "край", "kenti", "kentinde", "ili", "ilinde",
	"ilinin", "valisi", "belediyesi", "province's", "archipelago",
	"archipelagos", "archipelagoes", NULL };

/* What several places are behind the last name of theirs. */
static const char *const behind_lists[] = { "provinces", "districts",
	"prefectures", "counties", "regions", "states", NULL };

static const char *const behind_streets[] = { "street", "avenue", "boulevard",
	"road", "kucesi", "kucesinde", "kucesinin", "prospekti", "prospektinde",
	"caddesi", "caddesinde", "sokagi", NULL };

/* With a capital behind a forename that is a place's, too: no surname. */
static const char *const behind_forenames[] = { "accuses", "agrees", "airport",
	"ambassador", "armed", "army", "bans", "beats", "beynelxalq", "border",
	"bridge", "calls", "capital", "cathedral", "central", "city",
	"condemns", "council", "court", "defeats", "defence", "defense",
	"embassy", "faces", "fc", "festival", "film", "fire", "football",
	"foreign", "forum", "gets", "government", "has", "holds", "hornets",
	"hospital", "hosts", "international", "is", "joins", "king", "launches",
	"magic", "man", "marathon", "mayor", "men", "ministry", "museum",
	"national", "nets", "opens", "opera", "opposition", "parliament",
	"police", "port", "president", "prime", "protests", "receives",
	"reports", "residents", "river", "ruling", "says", "school", "seeks",
	"signs", "stadium", "state", "stock", "summit", "swans", "swears",
	"symphony", "team", "teen", "university", "votes", "vs", "welcomes",
	"will", "wins", "woman", "women", NULL };

/* "Air India", "Kenya Airways": whom one flies with. */
static const char *const before_companies[] = { "air", NULL };
static const char *const behind_companies[] = { "airlines", "airways", NULL };

#endif
