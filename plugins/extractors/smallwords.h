/*
 * The small words that no text does without, and some of the largest ones of
 * the news, with the languages that they belong to; and the letters beyond
 * ASCII. What is not told apart by these is not told apart.
 *
 * Besides the languages that records name there are those that look like one
 * of them: what is more Dutch than English is not English.
 */
#ifndef SMALLWORDS_H
#define SMALLWORDS_H

#include <stdint.h>

enum tongue { /* those from PT on are rivals */
	EN_,  /* English */
	FR_,  /* French */
	ES_,  /* Spanish */
	TR_,  /* Turkish */
	AZ_,  /* Azerbaijani */
	VI_,  /* Vietnamese, with its marks and without */
	RU_,  /* Russian */
	PT_,  /* Portuguese and Galician */
	IT_,  /* Italian */
	CA_,  /* Catalan */
	RO_,  /* Romanian */
	ID_,  /* Indonesian and Malay */
	DE_,  /* German */
	NL_,  /* Dutch and Afrikaans */
	SC_,  /* Danish, Norwegian, Swedish */
	PL_,  /* Polish */
	CS_,  /* Czech and Slovak */
	HU_,  /* Hungarian */
	FI_,  /* Finnish */
	SH_,  /* Croatian, Serbian */
	UZ_,  /* Uzbek */
	TK_,  /* Turkmen */
	KU_,  /* Kurdish */
	TL_,  /* Tagalog */
	LA_,  /* Latin */
	SW_,  /* Swahili */
	HT_,  /* Haitian */
	SO_,  /* Somali */
	SQ_,  /* Albanian */
	BG_,  /* Bulgarian */
	UK_,  /* Ukrainian */
	BE_,  /* Belarusian */
	SR_,  /* Serbian */
	MK_,  /* Macedonian */
	KK_,  /* Kazakh, Kyrgyz, Tatar, Mongolian, Tajik */
	TONGUES
};

/* As bits. */
#define EN (UINT64_C(1) << EN_)
#define FR (UINT64_C(1) << FR_)
#define ES (UINT64_C(1) << ES_)
#define TR (UINT64_C(1) << TR_)
#define AZ (UINT64_C(1) << AZ_)
#define VI (UINT64_C(1) << VI_)
#define RU (UINT64_C(1) << RU_)
#define PT (UINT64_C(1) << PT_)
#define IT (UINT64_C(1) << IT_)
#define CA (UINT64_C(1) << CA_)
#define RO (UINT64_C(1) << RO_)
#define ID (UINT64_C(1) << ID_)
#define DE (UINT64_C(1) << DE_)
#define NL (UINT64_C(1) << NL_)
#define SC (UINT64_C(1) << SC_)
#define PL (UINT64_C(1) << PL_)
#define CS (UINT64_C(1) << CS_)
#define HU (UINT64_C(1) << HU_)
#define FI (UINT64_C(1) << FI_)
#define SH (UINT64_C(1) << SH_)
#define UZ (UINT64_C(1) << UZ_)
#define TK (UINT64_C(1) << TK_)
#define KU (UINT64_C(1) << KU_)
#define TL (UINT64_C(1) << TL_)
#define LA (UINT64_C(1) << LA_)
#define SW (UINT64_C(1) << SW_)
#define HT (UINT64_C(1) << HT_)
#define SO (UINT64_C(1) << SO_)
#define SQ (UINT64_C(1) << SQ_)
#define BG (UINT64_C(1) << BG_)
#define UK (UINT64_C(1) << UK_)
#define BE (UINT64_C(1) << BE_)
#define SR (UINT64_C(1) << SR_)
#define MK (UINT64_C(1) << MK_)
#define KK (UINT64_C(1) << KK_)

struct small_word {
	char word[24]; /* in lower case */
	uint64_t of;
};

struct letter {
	uint32_t point; /* in lower case */
	uint64_t of;
};

/* clang-format off */

/* Sorted by bytes. */
static const struct small_word small_words[] = {
	{ "a", PT | CA | RO | CS | HU | SH }, { "aan", NL }, { "ab", LA },
	{ "aber", DE }, { "about", EN }, { "according", EN },
	{ "accordo", IT }, { "această", RO }, { "acest", RO },
	{ "acordo", PT }, { "acuerdo", ES }, { "ad", LA }, { "ada", ID },
	{ "adalah", ID }, { "además", ES }, { "after", EN }, { "against", EN },
	{ "ai", IT }, { "ainsi", FR }, { "aj", CS }, { "ak", HT },
	{ "akan", ID }, { "al", ES | IT | CA | RO | NL },
	{ "ale", RO | PL | CS }, { "alisema", SW }, { "all", EN },
	{ "alla", IT }, { "als", CA | DE | NL }, { "also", EN },
	{ "altın", TR }, { "am", DE }, { "ama", TR }, { "amb", CA },
	{ "amet", LA }, { "among", EN }, { "an", EN | DE }, { "ancak", TR },
	{ "ancaq", AZ }, { "anche", IT }, { "ancora", IT }, { "and", EN },
	{ "ang", TL }, { "anni", IT }, { "anno", IT }, { "annoncé", FR },
	{ "année", FR }, { "ano", PT }, { "anos", PT }, { "ans", FR },
	{ "antara", ID }, { "ao", PT }, { "aos", PT }, { "août", FR },
	{ "après", FR }, { "após", PT }, { "aquel", CA }, { "aquest", CA },
	{ "aquesta", CA }, { "arasında", TR | AZ }, { "are", EN },
	{ "arttı", TR }, { "artıq", AZ }, { "as", EN | PT },
	{ "at", EN | SC | TL }, { "ata", PT }, { "atau", ID }, { "att", SC },
	{ "até", PT }, { "au", FR | RO }, { "auch", DE }, { "auf", DE },
	{ "aunque", ES }, { "aus", DE }, { "aussi", FR }, { "aux", FR },
	{ "av", SC }, { "avait", FR }, { "avant", FR }, { "avec", FR },
	{ "avril", FR }, { "ay", TL }, { "ayaa", SO }, { "ayer", ES },
	{ "ayrıca", TR }, { "az", HU }, { "azərbaycan", AZ },
	{ "azərbaycanın", AZ }, { "açıkladı", TR }, { "açıldı", TR },
	{ "año", ES }, { "años", ES }, { "bahwa", ID }, { "bakanı", TR },
	{ "bang", VI }, { "bazı", TR }, { "başka", TR }, { "başkanı", TR },
	{ "be", EN }, { "because", EN }, { "been", EN }, { "before", EN },
	{ "bei", DE }, { "bekleniyor", TR }, { "belirtildi", TR },
	{ "ben", TR }, { "between", EN }, { "bi", SH | KU }, { "bij", NL },
	{ "bilan", UZ }, { "bildirib", AZ }, { "bildirildi", TR },
	{ "bildirir", AZ }, { "bilen", TK }, { "bir", TR | AZ | UZ | TK },
	{ "birgə", AZ }, { "birçok", TR }, { "bis", DE }, { "bisa", ID },
	{ "biz", TR | AZ }, { "bizim", AZ }, { "ble", SC }, { "blev", SC },
	{ "bo", KU }, { "boýunça", TK }, { "bu", TR | AZ | UZ | TK },
	{ "bugün", TR }, { "but", EN }, { "by", EN | CS }, { "był", PL },
	{ "było", PL }, { "bà", VI }, { "böyle", TR }, { "böyük", AZ },
	{ "bütün", AZ }, { "büyük", TR }, { "bị", VI }, { "ca", RO },
	{ "cac", VI }, { "cada", ES }, { "cal", CA }, { "can", EN },
	{ "care", RO }, { "ce", FR | RO }, { "cel", RO }, { "cele", RO },
	{ "cerca", ES }, { "ces", FR }, { "cet", FR }, { "cette", FR },
	{ "cha", SW }, { "che", IT }, { "chez", FR }, { "chinh", VI },
	{ "cho", VI }, { "chính", VI }, { "ci", IT }, { "cidade", PT },
	{ "cidades", PT }, { "ciento", ES }, { "cinco", ES }, { "cinq", FR },
	{ "città", IT }, { "ciudad", ES }, { "ciudades", ES },
	{ "co", PT | PL }, { "coa", PT }, { "com", PT | CA }, { "come", IT },
	{ "comme", FR }, { "como", ES | PT }, { "con", ES | IT },
	{ "contra", ES | PT }, { "contre", FR }, { "contro", IT },
	{ "cooperación", ES }, { "cooperation", EN }, { "coopération", FR },
	{ "could", EN }, { "country", EN }, { "csak", HU }, { "cu", RO },
	{ "cua", VI }, { "cuando", ES }, { "cuatro", ES }, { "cui", IT },
	{ "cum", LA }, { "cumhurbaşkanı", TR }, { "cung", VI }, { "các", VI },
	{ "còn", VI }, { "có", VI }, { "că", RO }, { "către", RO },
	{ "cũng", VI }, { "của", VI }, { "d", FR | IT | CA },
	{ "da", TR | AZ | VI | PT | IT | SH | KU }, { "daha", TR | AZ },
	{ "dal", IT }, { "dalam", ID }, { "dalla", IT }, { "dan", ID | NL },
	{ "dang", VI }, { "dans", FR }, { "dao", VI }, { "dari", ID },
	{ "das", PT | DE }, { "dass", DE }, { "dat", NL }, { "davlat", UZ },
	{ "de", FR | ES | TR | PT | CA | RO | NL | SC | HU | KU },
	{ "debe", ES }, { "dedi", TR }, { "degil", TK }, { "degli", IT },
	{ "dei", IT }, { "del", ES | IT | CA }, { "della", IT },
	{ "delle", IT }, { "dellos", CA }, { "dels", CA }, { "dem", DE },
	{ "den", VI | DE | SC }, { "dengan", ID }, { "depuis", FR },
	{ "der", DE }, { "dernier", FR }, { "dernière", FR },
	{ "des", FR | CA | DE }, { "desarrollo", ES }, { "desde", ES },
	{ "despre", RO }, { "det", SC }, { "deux", FR }, { "deuxième", FR },
	{ "devam", TR }, { "development", EN }, { "devlet", TR },
	{ "deyib", AZ }, { "deze", NL }, { "değil", TR }, { "dhe", SQ },
	{ "di", IT | ID | KU }, { "dia", ID }, { "die", DE | NL },
	{ "diez", ES }, { "dijo", ES }, { "dikkat", TR }, { "dimanche", FR },
	{ "din", RO }, { "dins", CA }, { "disse", PT }, { "dit", NL },
	{ "dix", FR }, { "diye", TR }, { "dla", PL },
	{ "do", VI | PT | PL | CS }, { "doit", FR }, { "doivent", FR },
	{ "dolor", LA }, { "domaine", FR }, { "domingo", ES }, { "donde", ES },
	{ "dong", VI }, { "dont", FR }, { "door", NL }, { "dopo", IT },
	{ "dos", ES | PT }, { "dove", IT }, { "du", FR }, { "due", IT },
	{ "dunha", PT }, { "duoc", VI }, { "după", RO },
	{ "durante", ES | PT }, { "durch", DE }, { "during", EN },
	{ "décembre", FR }, { "déclaré", FR }, { "développement", FR },
	{ "día", ES }, { "días", ES }, { "dövlət", AZ }, { "döwlet", TK },
	{ "dün", TR }, { "də", AZ }, { "e", PT | IT | SQ },
	{ "economia", PT | IT }, { "economic", EN }, { "economía", ES },
	{ "ed", IT }, { "eden", TR }, { "edi", UZ }, { "edib", AZ },
	{ "edildi", TR }, { "edilen", TR }, { "edilib", AZ }, { "edilir", AZ },
	{ "edir", AZ }, { "edən", AZ }, { "ee", SO }, { "een", NL },
	{ "efter", SC }, { "egy", HU }, { "ei", FI }, { "ein", DE },
	{ "eine", DE }, { "einem", DE }, { "einen", DE }, { "einer", DE },
	{ "ekonomi", TR }, { "el", ES | CA | HU }, { "ela", PT },
	{ "ele", PT }, { "elle", FR }, { "eller", SC }, { "elles", FR },
	{ "els", CA }, { "em", PT }, { "en", FR | ES | TR | CA | NL | SC },
	{ "encore", FR }, { "enero", ES }, { "entre", FR | ES | PT | CA },
	{ "er", DE | NL | SC }, { "es", ES | DE }, { "esa", ES },
	{ "ese", ES }, { "eski", TR }, { "esos", ES }, { "esse", LA },
	{ "essere", IT }, { "est", FR | LA }, { "esta", ES | PT },
	{ "estado", ES }, { "este", ES | PT | RO }, { "esti", CA },
	{ "estos", ES }, { "está", ES | PT }, { "et", FR | SC | LA },
	{ "ett", SC }, { "etter", SC }, { "etti", TR }, { "ettiği", TR },
	{ "että", FI }, { "ew", KU }, { "ex", LA }, { "exportaciones", ES },
	{ "ez", HU }, { "fait", FR }, { "faiz", AZ }, { "febrero", ES },
	{ "femme", FR }, { "femmes", FR }, { "fi", RO }, { "ficheiro", PT },
	{ "fins", CA }, { "first", EN }, { "fiyatları", TR }, { "foi", PT },
	{ "fois", FR }, { "for", EN | SC }, { "foram", PT }, { "fost", RO },
	{ "fra", SC }, { "from", EN }, { "från", SC }, { "fue", ES },
	{ "fuera", ES }, { "fueron", ES }, { "février", FR }, { "för", SC },
	{ "für", DE }, { "gen", HT }, { "gia", VI }, { "gibi", TR },
	{ "giua", VI }, { "giữa", VI }, { "gli", IT }, { "gobierno", ES },
	{ "gouvernement", FR }, { "government", EN }, { "governo", PT | IT },
	{ "guerre", FR }, { "göre", TR }, { "görə", AZ }, { "güvenlik", TR },
	{ "ha", ES | IT | CA }, { "haben", DE }, { "había", ES },
	{ "hacia", ES }, { "had", EN }, { "hai", VI }, { "ham", UZ },
	{ "hamda", UZ }, { "han", ES | CA | SC }, { "hanno", IT },
	{ "haqida", UZ }, { "haqqında", AZ }, { "har", SC }, { "hari", ID },
	{ "has", EN }, { "hasta", ES }, { "hat", DE }, { "have", EN },
	{ "hay", ES }, { "hayatını", TR }, { "he", EN }, { "heeft", NL },
	{ "hem", TR | TK }, { "her", EN | TR }, { "het", NL }, { "hii", SW },
	{ "hij", NL }, { "hindi", TL }, { "hingga", ID }, { "his", EN },
	{ "hizo", ES }, { "ho", VI }, { "hogy", HU }, { "hoi", VI },
	{ "hombre", ES }, { "hombres", ES }, { "homens", PT }, { "homme", FR },
	{ "hommes", FR }, { "hon", SC }, { "hop", VI }, { "hoy", ES },
	{ "hulle", NL }, { "há", PT }, { "hän", FI }, { "hơn", VI },
	{ "həmin", AZ }, { "hər", AZ }, { "i", CA | SC | PL | CS | SH | SQ },
	{ "if", EN }, { "iki", TR | AZ }, { "ikke", SC },
	{ "il", FR | AZ | IT }, { "ildə", AZ }, { "ile", TR },
	{ "ilgili", TR }, { "ili", SH }, { "ilin", AZ }, { "ilk", TR | AZ },
	{ "ils", FR }, { "ilə", AZ }, { "im", DE },
	{ "in", EN | IT | DE | NL | LA | SO }, { "indonesia", ID },
	{ "ini", ID }, { "inte", SC }, { "into", EN }, { "ipsum", LA },
	{ "is", EN | NL | HU }, { "isang", TL }, { "ise", TR }, { "isso", PT },
	{ "ist", DE }, { "isə", AZ }, { "it", EN }, { "ito", TL },
	{ "its", EN }, { "itu", ID }, { "iyo", SO }, { "iz", SH },
	{ "için", TR }, { "içinde", TR }, { "içün", TK }, { "ja", FI },
	{ "jaar", NL }, { "jahr", DE }, { "jahre", DE }, { "jak", PL },
	{ "jako", CS }, { "janvier", FR }, { "je", CS | SH }, { "jego", PL },
	{ "jeho", CS }, { "jest", PL }, { "jeudi", FR }, { "ji", KU },
	{ "joka", FI }, { "jour", FR }, { "jours", FR }, { "jsou", CS },
	{ "jueves", ES }, { "juga", ID }, { "juillet", FR }, { "juin", FR },
	{ "julio", ES }, { "już", PL }, { "já", PT }, { "jî", KU },
	{ "k", CS }, { "ka", SO }, { "kadar", TR }, { "kadın", TR },
	{ "kami", ID }, { "kan", SC }, { "kao", SH }, { "karena", ID },
	{ "karşı", TR }, { "kata", ID }, { "katika", SW }, { "kay", TL },
	{ "kaydetti", TR }, { "ke", ID }, { "kepada", ID }, { "kerja", ID },
	{ "keçirilib", AZ }, { "khi", VI }, { "khong", VI }, { "không", VI },
	{ "ki", TR | AZ | HT }, { "kimi", AZ }, { "kinh", VI },
	{ "kişiyi", TR }, { "koja", SH }, { "koji", SH }, { "která", CS },
	{ "který", CS }, { "które", PL }, { "który", PL }, { "ku", KU | SO },
	{ "kun", FI }, { "kuwa", SW }, { "kwa", SW }, { "l", FR | IT | CA },
	{ "la", FR | ES | IT | CA | RO | SW | HT }, { "lai", VI },
	{ "lakin", AZ }, { "lanh", VI }, { "las", ES }, { "le", FR | ES | IT },
	{ "leaders", EN }, { "lebih", ID }, { "legge", IT }, { "lei", PT },
	{ "les", FR | ES | CA }, { "leur", FR }, { "leurs", FR },
	{ "ley", ES }, { "li", KU | HT }, { "lo", ES | IT }, { "loi", FR },
	{ "lorem", LA }, { "loro", IT }, { "lors", FR }, { "los", ES },
	{ "lui", RO }, { "lundi", FR }, { "lunes", ES }, { "là", VI },
	{ "lại", VI }, { "ma", IT }, { "maar", NL }, { "mai", RO },
	{ "mais", FR | PT }, { "mamlakat", UZ }, { "man", DE }, { "many", EN },
	{ "marchés", FR }, { "mardi", FR }, { "martes", ES }, { "mas", PT },
	{ "may", EN }, { "me", SQ }, { "med", SC }, { "meer", NL },
	{ "meeting", EN }, { "meg", HU }, { "mehr", DE }, { "mejor", ES },
	{ "men", SC }, { "menjadi", ID }, { "menteri", ID }, { "mercado", PT },
	{ "mercados", ES | PT }, { "mercredi", FR }, { "mereka", ID },
	{ "met", NL }, { "mga", TL }, { "mi", TR }, { "mientras", ES },
	{ "million", EN }, { "millones", ES }, { "milyon", TR | AZ },
	{ "minister", EN }, { "ministre", FR }, { "ministro", ES | PT | IT },
	{ "mint", HU }, { "mit", DE }, { "miércoles", ES }, { "mois", FR },
	{ "molt", CA }, { "monde", FR }, { "more", EN }, { "morts", FR },
	{ "most", EN }, { "mot", VI | SC }, { "może", PL }, { "muito", PT },
	{ "mujer", ES }, { "mujeres", ES }, { "mukaan", FI }, { "munchu", CA },
	{ "mundo", ES }, { "musée", FR }, { "mutta", FI }, { "muy", ES },
	{ "myös", FI }, { "máis", PT }, { "már", HU }, { "más", ES },
	{ "még", HU }, { "més", CA }, { "même", FR }, { "mı", TR },
	{ "một", VI }, { "na", PT | PL | CS | SH | TL | SW }, { "naar", NL },
	{ "nach", DE }, { "nam", VI }, { "nan", HT }, { "nang", TL },
	{ "nas", PT }, { "nasıl", TR }, { "nay", VI }, { "nazir", AZ },
	{ "naziri", AZ }, { "ne", FR | TR }, { "nedeniyle", TR },
	{ "negara", ID }, { "nel", IT | CA }, { "nella", IT }, { "nem", HU },
	{ "neuf", FR }, { "new", EN }, { "ng", TL }, { "nga", SQ },
	{ "ngay", VI }, { "nguoi", VI }, { "ngày", VI }, { "người", VI },
	{ "nhan", VI }, { "nhieu", VI }, { "nhiều", VI }, { "nhu", VI },
	{ "nhung", VI }, { "như", VI }, { "nhất", VI }, { "những", VI },
	{ "ni", TL | SW }, { "nicht", DE }, { "nie", NL | PL | CS },
	{ "niet", NL }, { "nije", SH }, { "ningún", PT }, { "niya", TL },
	{ "një", SQ }, { "no", EN | ES | PT | CA }, { "noch", DE },
	{ "nog", NL }, { "non", PT | IT | LA }, { "nos", PT }, { "not", EN },
	{ "nous", FR }, { "nouveau", FR }, { "nouvelle", FR }, { "nova", PT },
	{ "novas", PT }, { "novembre", FR }, { "novo", PT }, { "novèl", CA },
	{ "nu", RO | SC }, { "nueva", ES }, { "nuevas", ES }, { "nueve", ES },
	{ "nuevo", ES }, { "nuevos", ES }, { "nun", CA }, { "nunha", PT },
	{ "nuoc", VI }, { "nuova", IT }, { "nuove", IT }, { "nuovo", IT },
	{ "nur", DE }, { "này", VI }, { "não", PT }, { "når", SC },
	{ "në", SQ }, { "năm", VI }, { "nước", VI },
	{ "o", TR | AZ | PT | RO | PL | CS }, { "och", SC }, { "ocho", ES },
	{ "octobre", FR }, { "od", PL | CS | SH }, { "oder", DE },
	{ "of", EN }, { "officials", EN }, { "og", SC }, { "også", SC },
	{ "okul", TR }, { "olacak", TR }, { "olacaq", AZ },
	{ "olan", TR | AZ }, { "olarak", TR }, { "olaraq", AZ },
	{ "oldu", TR }, { "olduğu", TR }, { "olduğunu", TR },
	{ "olduğunun", TR }, { "oleh", ID }, { "oli", FI }, { "olub", AZ },
	{ "olunub", AZ }, { "olunur", AZ }, { "om", NL | SC },
	{ "on", EN | CA | FI }, { "onde", PT }, { "one", EN },
	{ "onların", AZ }, { "only", EN }, { "ont", FR }, { "onun", AZ },
	{ "oo", SO }, { "ook", NL }, { "op", NL }, { "orang", ID },
	{ "oraz", PL }, { "os", PT }, { "other", EN }, { "otra", ES },
	{ "otro", ES }, { "otros", ES }, { "ou", FR | PT }, { "our", EN },
	{ "out", EN }, { "ovat", FI }, { "over", EN | NL }, { "où", FR },
	{ "pa", HT }, { "pada", ID }, { "paese", IT }, { "par", FR },
	{ "para", ES | PT | ID | TL }, { "pas", FR }, { "pays", FR },
	{ "país", ES | PT }, { "pe", RO }, { "pel", CA }, { "pela", PT },
	{ "pelo", PT }, { "pemerintah", ID }, { "pentru", RO },
	{ "people", EN }, { "per", IT | CA }, { "percent", EN },
	{ "pero", ES }, { "personas", ES }, { "persone", IT }, { "però", CA },
	{ "pessoas", PT }, { "peu", FR }, { "peut", FR }, { "phai", VI },
	{ "pho", VI }, { "phu", VI }, { "phát", VI }, { "phải", VI },
	{ "phố", VI }, { "pia", SW }, { "più", IT }, { "plus", FR },
	{ "po", PL | CS | SH }, { "podle", CS }, { "pola", PT },
	{ "police", EN }, { "policía", ES }, { "polizia", IT }, { "polo", PT },
	{ "polícia", PT }, { "por", ES | PT }, { "porque", ES }, { "pou", HT },
	{ "pour", FR }, { "pre", CS }, { "precio", ES }, { "precios", ES },
	{ "premier", FR }, { "première", FR }, { "presiden", ID },
	{ "president", EN }, { "presidente", ES | PT | IT },
	{ "prezident", AZ }, { "prezidenti", AZ | UZ }, { "prezzi", IT },
	{ "preços", PT }, { "primer", ES }, { "prin", RO }, { "prix", FR },
	{ "pro", CS }, { "projet", FR }, { "przed", PL }, { "przez", PL },
	{ "przy", PL }, { "président", FR }, { "puede", ES }, { "pueden", ES },
	{ "på", SC }, { "për", SQ }, { "při", CS }, { "qarşı", AZ },
	{ "qilish", UZ }, { "qu", FR }, { "qua", VI }, { "quando", PT },
	{ "quatre", FR }, { "que", FR | ES | PT | CA }, { "questa", IT },
	{ "questo", IT }, { "qui", FR | LA }, { "quoc", VI }, { "quod", LA },
	{ "quốc", VI }, { "që", SQ }, { "qədər", AZ }, { "ra", VI },
	{ "respublikasi", UZ }, { "respublikasının", AZ }, { "reunião", PT },
	{ "reunión", ES }, { "riunione", IT }, { "roku", PL | CS },
	{ "réunion", FR }, { "s", CS }, { "sa", FR | CS | SH | TL },
	{ "saat", ID }, { "said", EN }, { "sama", ID }, { "samedi", FR },
	{ "sans", FR }, { "santé", FR }, { "sau", VI | RO }, { "says", EN },
	{ "se", FR | ES | VI | PT | RO | CS | FI | SH | SQ },
	{ "sebagai", ID }, { "secara", ID }, { "secondo", IT }, { "sed", LA },
	{ "segons", CA }, { "segundo", PT }, { "seguridad", ES },
	{ "según", ES }, { "sei", DE }, { "sein", DE }, { "seis", ES },
	{ "selon", FR }, { "sem", PT }, { "semaine", FR }, { "septembre", FR },
	{ "ser", ES | PT | CA | KU }, { "serta", ID }, { "será", ES },
	{ "ses", FR }, { "seu", PT }, { "seus", PT }, { "she", EN },
	{ "shu", UZ }, { "si", ES | IT | CS | TL }, { "sich", DE },
	{ "sido", ES }, { "sie", DE }, { "sig", SC }, { "sin", ES | SC },
	{ "since", EN }, { "sind", DE }, { "sit", LA }, { "się", PL },
	{ "so", DE }, { "sobre", ES | PT | CA }, { "som", SC }, { "some", EN },
	{ "son", FR | ES }, { "sono", IT }, { "sonra", TR | AZ },
	{ "sont", FR }, { "sou", HT }, { "sous", FR }, { "stata", IT },
	{ "state", EN }, { "stato", IT }, { "su", ES | SH },
	{ "sua", PT | IT }, { "suas", PT }, { "such", EN }, { "sudah", ID },
	{ "sul", IT }, { "sulla", IT }, { "sunt", RO | LA }, { "suo", IT },
	{ "sur", FR }, { "sus", ES }, { "szerint", HU }, { "sábado", ES },
	{ "são", PT }, { "sécurité", FR }, { "són", CA }, { "söyledi", TR },
	{ "są", PL }, { "sırasında", TR }, { "sẽ", VI }, { "ta", UZ },
	{ "tac", VI }, { "tahun", ID }, { "tai", VI }, { "tak", CS },
	{ "také", CS }, { "talks", EN }, { "también", ES }, { "també", CA },
	{ "também", PT }, { "tamén", PT }, { "tarafından", TR },
	{ "te", VI | NL | HT }, { "telah", ID }, { "tem", PT },
	{ "tersebut", ID }, { "than", EN }, { "thang", VI }, { "thanh", VI },
	{ "that", EN }, { "the", EN }, { "their", EN }, { "theo", VI },
	{ "there", EN }, { "these", EN }, { "they", EN }, { "this", EN },
	{ "those", EN }, { "through", EN }, { "thu", VI }, { "thành", VI },
	{ "tháng", VI }, { "thì", VI }, { "tich", VI }, { "tidak", ID },
	{ "tien", CA }, { "tiene", ES }, { "tienen", ES }, { "til", SC },
	{ "to", EN | PL | CS | SH }, { "todo", ES }, { "todos", ES },
	{ "tomonidan", UZ }, { "toplantı", TR }, { "tot", NL }, { "tous", FR },
	{ "tout", FR }, { "toutes", FR }, { "tra", IT }, { "trade", EN },
	{ "tras", ES }, { "tren", VI }, { "trien", VI }, { "triển", VI },
	{ "triệu", VI }, { "trois", FR }, { "trong", VI }, { "trung", VI },
	{ "truoc", VI }, { "très", FR }, { "trên", VI }, { "tuong", VI },
	{ "two", EN }, { "tym", PL }, { "të", SQ }, { "tüm", TR },
	{ "türk", TR }, { "türkiye", TR }, { "türkmenistanyň", TK },
	{ "tərəfindən", AZ }, { "tại", VI }, { "tế", VI }, { "từ", VI },
	{ "tỷ", VI }, { "u", SH }, { "uchun", UZ }, { "uit", NL },
	{ "um", PT | DE }, { "uma", PT }, { "un", FR | ES | IT | CA | RO },
	{ "una", ES | IT | CA }, { "und", DE }, { "under", EN | SC },
	{ "une", FR }, { "unha", PT }, { "untuk", ID }, { "uomini", IT },
	{ "up", EN }, { "ut", LA }, { "uu", SO }, { "už", CS }, { "v", CS },
	{ "va", VI | CA | RO | UZ }, { "vagy", HU }, { "van", NL | HU },
	{ "vao", VI }, { "var", TR | AZ | SC }, { "ve", TR | VI | CS },
	{ "veces", ES }, { "vendredi", FR }, { "verib", AZ }, { "vers", FR },
	{ "veulent", FR }, { "veut", FR }, { "veya", TR }, { "viec", VI },
	{ "viernes", ES }, { "viet", VI }, { "vil", SC }, { "ville", FR },
	{ "villes", FR }, { "visit", EN }, { "visite", FR }, { "việc", VI },
	{ "voi", VI }, { "volt", HU }, { "volvieron", ES }, { "von", DE },
	{ "voor", NL }, { "vor", DE }, { "vous", FR }, { "và", VI },
	{ "vào", VI }, { "və", AZ }, { "về", VI }, { "với", VI }, { "w", PL },
	{ "wa", SW }, { "war", DE }, { "was", EN | NL }, { "wat", NL },
	{ "waxa", SO }, { "we", EN | TK }, { "werd", NL }, { "werden", DE },
	{ "were", EN }, { "what", EN }, { "when", EN }, { "where", EN },
	{ "which", EN }, { "while", EN }, { "who", EN }, { "wie", DE },
	{ "will", EN }, { "wird", DE }, { "with", EN }, { "worden", NL },
	{ "wordt", NL }, { "world", EN }, { "would", EN }, { "wurde", DE },
	{ "wê", KU }, { "wî", KU }, { "y", ES }, { "ya", ES | KU | SW },
	{ "yang", ID }, { "yaptı", TR }, { "yapılan", TR },
	{ "yaşındaki", TR }, { "ye", CA }, { "year", EN }, { "years", EN },
	{ "yeni", TR | AZ }, { "yil", UZ }, { "yo", HT }, { "yok", TR },
	{ "yon", HT }, { "you", EN }, { "yox", AZ }, { "yên", KU },
	{ "yüzde", TR }, { "yıl", TR }, { "z", PL | CS },
	{ "za", PL | CS | SH | SW }, { "ze", NL }, { "zijn", NL },
	{ "zu", DE }, { "zum", DE }, { "zur", DE }, { "à", PT }, { "är", SC },
	{ "çocuk", TR }, { "çok", TR }, { "çox", AZ }, { "è", IT },
	{ "é", PT }, { "économie", FR }, { "és", CA | HU }, { "état", FR },
	{ "été", FR }, { "être", FR }, { "është", SQ }, { "în", RO },
	{ "între", RO }, { "ông", VI }, { "ölkə", AZ }, { "ölkənin", AZ },
	{ "önce", TR }, { "önemli", TR }, { "över", SC }, { "û", KU },
	{ "über", DE }, { "ülke", TR }, { "ülkeler", TR }, { "üzerinde", TR },
	{ "üzrə", AZ }, { "üçin", TK }, { "üçün", AZ }, { "ýurdumyzyň", TK },
	{ "će", SH }, { "đang", VI }, { "đã", VI }, { "đó", VI },
	{ "được", VI }, { "đến", VI }, { "để", VI }, { "đồng", VI },
	{ "şehir", TR }, { "şekilde", TR }, { "şu", TR }, { "što", SH },
	{ "że", PL }, { "že", CS }, { "și", RO }, { "ən", AZ }, { "əsas", AZ },
	{ "əvvəl", AZ }, { "або", UK }, { "ад", BE }, { "аз", KK },
	{ "ако", BG }, { "але", UK | BE }, { "ба", KK }, { "байна", KK },
	{ "бе", BG }, { "без", RU }, { "белән", KK }, { "беше", BG },
	{ "бир", KK }, { "более", RU }, { "болон", KK }, { "бу", KK },
	{ "був", UK }, { "будет", RU }, { "бул", KK }, { "бы", RU },
	{ "был", RU }, { "была", RU }, { "были", RU }, { "было", RU },
	{ "бұл", KK }, { "в", RU | BG | UK }, { "ва", KK }, { "во", RU | MK },
	{ "время", RU }, { "все", RU }, { "выставка", RU }, { "від", UK },
	{ "він", UK }, { "где", RU }, { "ги", MK }, { "го", MK },
	{ "год", BE }, { "года", RU }, { "година", BG }, { "години", BG },
	{ "году", RU }, { "город", RU }, { "города", RU },
	{ "да", BG | BE | SR | MK }, { "дар", KK }, { "для", RU | UK | BE },
	{ "до", RU | BG | UK }, { "должен", RU }, { "е", BG | MK },
	{ "его", RU }, { "един", BG }, { "една", BG }, { "едно", BG },
	{ "ее", RU }, { "еще", RU }, { "ещё", RU }, { "её", RU },
	{ "жана", KK }, { "же", RU }, { "және", KK }, { "з", UK | BE },
	{ "за", RU | BG | UK | BE | SR | MK }, { "завтра", RU },
	{ "заявил", RU }, { "и", RU | BG | SR | MK }, { "из", RU | SR },
	{ "или", RU }, { "има", BG }, { "их", RU }, { "його", UK },
	{ "к", RU }, { "каза", BG }, { "как", RU }, { "као", SR },
	{ "като", BG }, { "когда", RU }, { "което", BG }, { "които", BG },
	{ "който", BG }, { "которая", RU }, { "которые", RU },
	{ "который", RU }, { "която", BG }, { "која", SR }, { "који", SR },
	{ "към", BG }, { "лет", RU }, { "людей", RU }, { "между", RU },
	{ "мен", KK }, { "менен", KK }, { "миллиона", RU },
	{ "миллионов", RU }, { "министр", RU }, { "министра", RU },
	{ "млн", RU }, { "могут", RU }, { "може", BG }, { "может", RU },
	{ "можно", RU }, { "му", BG }, { "мы", RU },
	{ "на", RU | BG | UK | BE | SR | MK }, { "над", RU },
	{ "не", RU | BG | UK | BE | MK }, { "нет", RU }, { "низ", BG },
	{ "никто", RU }, { "но", RU }, { "новая", RU }, { "новой", RU },
	{ "новые", RU }, { "новый", RU }, { "новых", RU }, { "нь", KK },
	{ "няма", BG }, { "о", RU }, { "об", RU }, { "области", RU },
	{ "од", SR | MK }, { "он", RU }, { "она", RU }, { "они", RU },
	{ "от", RU | BG }, { "отметил", RU }, { "очень", RU }, { "па", BE },
	{ "первый", RU }, { "по", RU | BG | UK }, { "под", RU },
	{ "подчеркнул", RU }, { "после", RU }, { "потом", RU }, { "пра", BE },
	{ "през", BG }, { "президент", RU }, { "при", RU | BG },
	{ "принял", RU }, { "приняли", RU }, { "про", UK },
	{ "процентов", RU }, { "прошла", RU }, { "під", UK }, { "після", UK },
	{ "района", RU }, { "результате", RU }, { "року", UK },
	{ "россии", RU }, { "россия", RU }, { "рублей", RU }, { "с", RU | BG },
	{ "са", BG | SR }, { "само", BG }, { "се", BG | SR | MK },
	{ "сегодня", RU }, { "сейчас", RU }, { "след", BG }, { "словам", RU },
	{ "со", RU | MK }, { "сообщил", RU }, { "сообщили", RU },
	{ "состоялась", RU }, { "состоялся", RU }, { "според", BG },
	{ "стран", RU }, { "страны", RU }, { "су", SR }, { "също", BG },
	{ "та", UK }, { "так", RU }, { "также", RU }, { "також", UK },
	{ "те", BG }, { "това", BG }, { "того", RU }, { "този", BG },
	{ "только", RU }, { "том", RU }, { "тыс", RU }, { "тысяч", RU },
	{ "у", UK | BE | SR }, { "уже", RU }, { "це", UK }, { "цены", RU },
	{ "че", BG }, { "человек", RU }, { "человека", RU }, { "чем", RU },
	{ "что", RU }, { "што", BE | SR | MK }, { "ще", BG }, { "що", UK },
	{ "энэ", KK }, { "это", RU }, { "этого", RU }, { "этой", RU },
	{ "этом", RU }, { "юм", KK }, { "як", UK | BE }, { "і", UK | BE },
	{ "је", SR }, { "ће", SR }, { "ў", BE }, { "үчүн", KK },
	{ "үшін", KK }, { "һәм", KK }, { "өчен", KK },
};

/* Sorted. Those from U+1EA0 to U+1EF9 are Vietnamese and not here. */
static const struct letter letters[] = {
	{ 0xdf, DE }, { 0xe0, FR | VI | PT | IT | CA },
	{ 0xe1, ES | VI | PT | CA | CS | HU },
	{ 0xe2, FR | TR | VI | PT | RO }, { 0xe3, VI | PT },
	{ 0xe4, DE | SC | CS | FI | TK }, { 0xe5, SC | FI }, { 0xe6, FR | SC },
	{ 0xe7, FR | TR | AZ | PT | CA | TK | KU | SQ },
	{ 0xe8, FR | VI | IT | CA | NL },
	{ 0xe9, EN | FR | ES | VI | PT | IT | CA | ID | NL | SC | CS | HU },
	{ 0xea, FR | VI | PT | NL | KU }, { 0xeb, FR | NL | SQ },
	{ 0xec, VI | IT }, { 0xed, ES | VI | PT | IT | CA | CS | HU },
	{ 0xee, FR | TR | IT | RO | KU }, { 0xef, FR | CA | NL },
	{ 0xf1, ES | PT | CA | TK }, { 0xf2, VI | IT | CA },
	{ 0xf3, ES | VI | PT | IT | CA | NL | PL | CS | HU },
	{ 0xf4, FR | VI | PT | CS }, { 0xf5, VI | PT },
	{ 0xf6, TR | AZ | DE | NL | SC | HU | FI | TK }, { 0xf8, SC },
	{ 0xf9, FR | VI | IT }, { 0xfa, ES | VI | PT | IT | CA | CS | HU },
	{ 0xfb, FR | TR | KU },
	{ 0xfc, FR | ES | TR | AZ | PT | CA | DE | NL | HU | TK },
	{ 0xfd, VI | CS | TK }, { 0xff, FR }, { 0x103, VI | RO },
	{ 0x105, PL }, { 0x107, PL | SH }, { 0x10d, CS | SH }, { 0x10f, CS },
	{ 0x111, VI | SH }, { 0x119, PL }, { 0x11b, CS }, { 0x11f, TR | AZ },
	{ 0x129, VI }, { 0x131, TR | AZ }, { 0x13a, CS }, { 0x13e, CS },
	{ 0x142, PL }, { 0x144, PL }, { 0x148, CS | TK }, { 0x151, HU },
	{ 0x153, FR }, { 0x155, CS }, { 0x159, CS }, { 0x15b, PL },
	{ 0x15f, TR | AZ | RO | TK | KU }, { 0x161, CS | SH }, { 0x163, RO },
	{ 0x165, CS }, { 0x169, VI }, { 0x16f, CS }, { 0x171, HU },
	{ 0x17a, PL }, { 0x17c, PL }, { 0x17e, CS | SH | TK }, { 0x1a1, VI },
	{ 0x1b0, VI }, { 0x219, RO }, { 0x21b, RO }, { 0x259, AZ },
	{ 0x2bb, UZ }, { 0x2bc, UZ },
	{ 0x430, RU | BG | UK | BE | SR | MK | KK },
	{ 0x431, RU | BG | UK | BE | SR | MK | KK },
	{ 0x432, RU | BG | UK | BE | SR | MK | KK },
	{ 0x433, RU | BG | UK | BE | SR | MK | KK },
	{ 0x434, RU | BG | UK | BE | SR | MK | KK },
	{ 0x435, RU | BG | UK | BE | SR | MK | KK },
	{ 0x436, RU | BG | UK | BE | SR | MK | KK },
	{ 0x437, RU | BG | UK | BE | SR | MK | KK },
	{ 0x438, RU | BG | UK | SR | MK | KK },
	{ 0x439, RU | BG | UK | BE | KK },
	{ 0x43a, RU | BG | UK | BE | SR | MK | KK },
	{ 0x43b, RU | BG | UK | BE | SR | MK | KK },
	{ 0x43c, RU | BG | UK | BE | SR | MK | KK },
	{ 0x43d, RU | BG | UK | BE | SR | MK | KK },
	{ 0x43e, RU | BG | UK | BE | SR | MK | KK },
	{ 0x43f, RU | BG | UK | BE | SR | MK | KK },
	{ 0x440, RU | BG | UK | BE | SR | MK | KK },
	{ 0x441, RU | BG | UK | BE | SR | MK | KK },
	{ 0x442, RU | BG | UK | BE | SR | MK | KK },
	{ 0x443, RU | BG | UK | BE | SR | MK | KK },
	{ 0x444, RU | BG | UK | BE | SR | MK | KK },
	{ 0x445, RU | BG | UK | BE | SR | MK | KK },
	{ 0x446, RU | BG | UK | BE | SR | MK | KK },
	{ 0x447, RU | BG | UK | BE | SR | MK | KK },
	{ 0x448, RU | BG | UK | BE | SR | MK | KK },
	{ 0x449, RU | BG | UK | KK }, { 0x44a, RU | BG | KK },
	{ 0x44b, RU | BE | KK }, { 0x44c, RU | BG | UK | BE | KK },
	{ 0x44d, RU | BE | KK }, { 0x44e, RU | BG | UK | BE | KK },
	{ 0x44f, RU | BG | UK | BE | KK }, { 0x451, RU | BE | KK },
	{ 0x452, SR }, { 0x453, MK }, { 0x454, UK }, { 0x455, MK },
	{ 0x456, UK | BE | KK }, { 0x457, UK }, { 0x458, SR | MK },
	{ 0x459, SR | MK }, { 0x45a, SR | MK }, { 0x45b, SR }, { 0x45c, MK },
	{ 0x45e, BE }, { 0x45f, SR | MK }, { 0x491, UK }, { 0x493, KK },
	{ 0x497, KK }, { 0x49b, KK }, { 0x4a3, KK }, { 0x4af, KK },
	{ 0x4b1, KK }, { 0x4b3, KK }, { 0x4b7, KK }, { 0x4bb, KK },
	{ 0x4d9, KK }, { 0x4e3, KK }, { 0x4e9, KK }, { 0x4ef, KK },
};

/* clang-format on */

#endif
