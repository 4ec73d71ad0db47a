/*
 * News agencies and the forms in which they name themselves: in datelines, in
 * sign-offs, under photographs and where one quotes another.
 */
#ifndef AGENCIES_H
#define AGENCIES_H

#include <string.h>

#include "plugin.h"

/* How an agency signs where a story opens. */
enum sign {
	OPENS = 1, /* with the bare name and a dash: "VGP - " */
	BARE = 2,  /* with nothing behind the name: "Baku, May 1, AZERTAC" */
};

struct agency {
	const char *key; /* of the form, as text_key() makes it */
	const char *form;
	const char *name; /* as records say it */
	unsigned signs;
};

/* In the order of their keys. */
static const struct agency agencies[] = {
	{ "24 kg", "24.kg", "24.kg", 0 },
	{ "aa", "AA", "Anadolu", 0 },
	{ "aap", "AAP", "AAP", 0 },
	{ "abi", "ABI", "ABI", 0 },
	{ "access newswire", "ACCESS Newswire", "ACCESSWIRE", 0 },
	{ "accesswire", "ACCESSWIRE", "ACCESSWIRE", 0 },
	{ "acn newswire", "ACN Newswire", "ACN Newswire", 0 },
	{ "adnkronos", "Adnkronos", "Adnkronos", 0 },
	{ "afp", "AFP", "AFP", 0 },
	{ "afp bbnews", "AFP BBNews", "AFP", 0 },
	{ "afp 時事", "AFP=時事", "AFP", 0 },
	{ "afp時事", "AFP時事", "AFP", 0 },
	{ "afp通信", "AFP通信", "AFP", 0 },
	{ "agence france presse", "Agence France Presse", "AFP", 0 },
	{ "agence france presse", "Agence France-Presse", "AFP", 0 },
	{ "agence vietnamienne d information",
	    "Agence vietnamienne d'information", "VNA", 0 },
	{ "agence vietnamienne d information",
	    "Agence vietnamienne d’Information", "VNA", 0 },
	{ "agencia brasil", "Agência Brasil", "Agência Brasil", 0 },
	{ "agencia de noticias xinhua", "Agencia de Noticias Xinhua", "Xinhua",
	    0 },
	{ "agencia efe", "Agencia EFE", "EFE", 0 },
	{ "agencia vietnamita de noticias", "Agencia Vietnamita de Noticias",
	    "VNA", 0 },
	{ "agerpres", "Agerpres", "Agerpres", 0 },
	{ "agi", "AGI", "AGI", 0 },
	{ "aip", "AIP", "AIP", 0 },
	{ "akipress", "AKIpress", "AKIpress", 0 },
	{ "akp", "AKP", "AKP", 0 },
	{ "amna", "AMNA", "ANA-MPA", 0 },
	{ "ana mpa", "ANA-MPA", "ANA-MPA", 0 },
	{ "anadolu", "Anadolu", "Anadolu", 0 },
	{ "anadolu agency", "Anadolu Agency", "Anadolu", 0 },
	{ "anadolu ajansi", "Anadolu Ajansi", "Anadolu", 0 },
	{ "anadolu ajansi", "Anadolu Ajansı", "Anadolu", 0 },
	{ "andina", "Andina", "Andina", 0 },
	{ "ani", "ANI", "ANI", 0 },
	{ "anka", "ANKA", "ANKA", 0 },
	{ "ann", "ANN", "ANN", 0 },
	{ "anp", "ANP", "ANP", 0 },
	{ "ansa", "ANSA", "ANSA", 0 },
	{ "antara", "ANTARA", "Antara", 0 },
	{ "antara news", "ANTARA News", "Antara", 0 },
	{ "ap", "AP", "AP", 0 },
	{ "apa", "APA", "APA", 0 },
	{ "app", "APP", "APP", 0 },
	{ "aps", "APS", "APS", 0 },
	{ "ap通信", "AP通信", "AP", 0 },
	{ "armenpress", "Armenpress", "Armenpress", 0 },
	{ "askanews", "askanews", "askanews", 0 },
	{ "associated press", "Associated Press", "AP", 0 },
	{ "ats", "ATS", "ATS", 0 },
	{ "ats", "ats", "ATS", 0 },
	{ "avi", "AVI", "VNA", 0 },
	{ "avn", "AVN", "AVN", 0 },
	{ "awp", "awp", "AWP", 0 },
	{ "azerbaijan state news agency", "Azerbaijan State News Agency",
	    "AZERTAC", BARE },
	{ "azertac", "AZERTAC", "AZERTAC", BARE },
	{ "azertac", "AZƏRTAC", "AZERTAC", BARE },
	{ "azertac", "AzerTAc", "AZERTAC", BARE },
	{ "azertac", "AzərTAc", "AZERTAC", BARE },
	{ "azertac", "azertac", "AZERTAC", BARE },
	{ "azertac", "azərtac", "AZERTAC", BARE },
	{ "azertag", "AZERTAG", "AZERTAC", BARE },
	{ "azertaj", "AZERTAJ", "AZERTAC", BARE },
	{ "azertaj", "AzerTaj", "AZERTAC", BARE },
	{ "aзертадж", "AЗЕРТАДЖ", "AZERTAC", BARE },
	{ "bakhtar", "Bakhtar", "Bakhtar", 0 },
	{ "baochinhphu vn", "baochinhphu.vn", "VGP", OPENS },
	{ "belga", "Belga", "Belga", 0 },
	{ "belta", "BelTA", "BelTA", 0 },
	{ "bernama", "Bernama", "Bernama", 0 },
	{ "bernama", "bernama", "Bernama", 0 },
	{ "bisnis com", "Bisnis.com", "Bisnis", 0 },
	{ "bizhub", "BIZHUB", "VNS", 0 },
	{ "bloomberg", "Bloomberg", "Bloomberg", 0 },
	{ "bna", "BNA", "BNA", 0 },
	{ "bnews", "BNEWS", "VNA", 0 },
	{ "bns", "BNS", "BNS", 0 },
	{ "bss", "BSS", "BSS", 0 },
	{ "bta", "BTA", "BTA", 0 },
	{ "business wire", "BUSINESS WIRE", "Business Wire", 0 },
	{ "canadian press", "Canadian Press", "CP", 0 },
	{ "cand", "CAND", "CAND", OPENS },
	{ "china news service", "China News Service", "CNS", 0 },
	{ "chinhphu vn", "Chinhphu.vn", "VGP", OPENS },
	{ "chinhphu vn", "chinhphu.vn", "VGP", OPENS },
	{ "clo", "CLO", "CLO", OPENS },
	{ "cna", "CNA", "CNA", 0 },
	{ "cnbc indonesia", "CNBC Indonesia", "CNBC Indonesia", 0 },
	{ "cnn", "CNN", "CNN", OPENS },
	{ "cnn indonesia", "CNN Indonesia", "CNN Indonesia", 0 },
	{ "cnw", "CNW", "CNW", 0 },
	{ "cp", "CP", "CP", 0 },
	{ "ctk", "CTK", "CTK", 0 },
	{ "ctk", "ČTK", "CTK", 0 },
	{ "cvn", "CVN", "VNA", 0 },
	{ "dan tri", "Dân trí", "Dân trí", OPENS },
	{ "dcsvn", "ĐCSVN", "ĐCSVN", OPENS },
	{ "dha", "DHA", "DHA", 0 },
	{ "dow jones", "Dow Jones", "Dow Jones", 0 },
	{ "dow jones newswires", "Dow Jones Newswires", "Dow Jones", 0 },
	{ "dpa", "DPA", "dpa", 0 },
	{ "dpa", "dpa", "dpa", 0 },
	{ "dpa afx", "dpa-AFX", "dpa", 0 },
	{ "dpa tmn", "dpa/tmn", "dpa", 0 },
	{ "efe", "EFE", "EFE", 0 },
	{ "einpresswire com", "EINPresswire.com", "EIN Presswire", 0 },
	{ "elta", "ELTA", "ELTA", 0 },
	{ "ena", "ENA", "ENA", 0 },
	{ "europa press", "Europa Press", "Europa Press", 0 },
	{ "fars", "Fars", "Fars", 0 },
	{ "fena", "FENA", "FENA", 0 },
	{ "fna", "FNA", "Fars", 0 },
	{ "gd td", "GD&TĐ", "GD&TĐ", OPENS },
	{ "globe newswire", "GLOBE NEWSWIRE", "GlobeNewswire", 0 },
	{ "globenewswire", "GlobeNewswire", "GlobeNewswire", 0 },
	{ "gna", "GNA", "GNA", 0 },
	{ "hina", "Hina", "Hina", 0 },
	{ "hnmo", "HNMO", "HNMO", OPENS },
	{ "ians", "IANS", "IANS", 0 },
	{ "iha", "IHA", "İHA", 0 },
	{ "iha", "İHA", "İHA", 0 },
	{ "ina", "INA", "INA", 0 },
	{ "inp", "INP", "INP", 0 },
	{ "interfax", "Interfax", "Interfax", 0 },
	{ "interfax azerbaijan", "Interfax-Azerbaijan", "Interfax", 0 },
	{ "interfax kazakhstan", "Interfax-Kazakhstan", "Interfax", 0 },
	{ "interfax ru", "INTERFAX.RU", "Interfax", 0 },
	{ "interfax ru", "Interfax.ru", "Interfax", 0 },
	{ "interfax ukraine", "Interfax-Ukraine", "Interfax", 0 },
	{ "interpressnews", "InterPressNews", "InterPressNews", 0 },
	{ "ipn", "IPN", "InterPressNews", 0 },
	{ "ips", "IPS", "IPS", 0 },
	{ "iqna", "IQNA", "IQNA", 0 },
	{ "irna", "IRNA", "IRNA", 0 },
	{ "isna", "ISNA", "ISNA", 0 },
	{ "itar tass", "ITAR-TASS", "TASS", 0 },
	{ "jiji press", "Jiji Press", "Jiji", 0 },
	{ "jta", "JTA", "JTA", 0 },
	{ "kabar", "Kabar", "Kabar", 0 },
	{ "kazinform", "Kazinform", "Kazinform", 0 },
	{ "kcna", "KCNA", "KCNA", 0 },
	{ "keystone ats", "Keystone-ATS", "ATS", 0 },
	{ "keystone sda", "Keystone-SDA", "SDA", 0 },
	{ "khovar", "Khovar", "Khovar", 0 },
	{ "kompas com", "KOMPAS.com", "Kompas", 0 },
	{ "korean central news agency", "Korean Central News Agency", "KCNA",
	    0 },
	{ "kpl", "KPL", "KPL", 0 },
	{ "ktdt", "KTĐT", "KTĐT", OPENS },
	{ "kuna", "KUNA", "KUNA", 0 },
	{ "kyodo", "Kyodo", "Kyodo", BARE },
	{ "kyodo", "kyodo", "Kyodo", 0 },
	{ "kyodo news", "Kyodo News", "Kyodo", BARE },
	{ "lana", "LANA", "LANA", 0 },
	{ "lapresse", "LaPresse", "LaPresse", 0 },
	{ "ldo", "LĐO", "LĐO", OPENS },
	{ "leta", "LETA", "LETA", 0 },
	{ "liputan6 com", "Liputan6.com", "Liputan6", 0 },
	{ "lusa", "Lusa", "Lusa", 0 },
	{ "map", "MAP", "MAP", 0 },
	{ "marketwatch", "MarketWatch", "MarketWatch", 0 },
	{ "media outreach", "Media OutReach", "Media OutReach", 0 },
	{ "media outreach newswire", "Media OutReach Newswire",
	    "Media OutReach", 0 },
	{ "mehr news agency", "Mehr News Agency", "Mehr", 0 },
	{ "mena", "MENA", "MENA", 0 },
	{ "merdeka com", "Merdeka.com", "Merdeka", 0 },
	{ "mia", "MIA", "MIA", 0 },
	{ "mizzima", "Mizzima", "Mizzima", 0 },
	{ "mna", "MNA", "Mehr", 0 },
	{ "moldpres", "Moldpres", "Moldpres", 0 },
	{ "montsame", "Montsame", "Montsame", 0 },
	{ "mti", "MTI", "MTI", 0 },
	{ "nampa", "NAMPA", "NAMPA", 0 },
	{ "nan", "NAN", "NAN", 0 },
	{ "ndo", "NDO", "NDO", OPENS },
	{ "new ziana", "New Ziana", "New Ziana", 0 },
	{ "newsfile corp", "Newsfile Corp.", "Newsfile", 0 },
	{ "nhan dan", "Nhan Dan", "NDO", OPENS },
	{ "nhk", "NHK", "NHK", 0 },
	{ "niat khovar", "NIAT Khovar", "Khovar", 0 },
	{ "nldo", "NLĐO", "NLĐO", OPENS },
	{ "nna", "NNA", "NNA", 0 },
	{ "nni", "NNI", "NNI", 0 },
	{ "nnt", "NNT", "NNT", 0 },
	{ "notimex", "Notimex", "Notimex", 0 },
	{ "ntb", "NTB", "NTB", 0 },
	{ "ona", "ONA", "ONA", 0 },
	{ "pa media", "PA Media", "PA", 0 },
	{ "pajhwok", "Pajhwok", "Pajhwok", 0 },
	{ "pana", "PANA", "PANA", 0 },
	{ "pano", "PANO", "QĐND", OPENS },
	{ "pap", "PAP", "PAP", 0 },
	{ "petra", "Petra", "Petra", 0 },
	{ "plo", "PLO", "PLO", OPENS },
	{ "pna", "PNA", "PNA", 0 },
	{ "ppi", "PPI", "PPI", 0 },
	{ "pr newswire", "PR Newswire", "PRNewswire", 0 },
	{ "prensa latina", "Prensa Latina", "Prensa Latina", 0 },
	{ "press association", "Press Association", "PA", 0 },
	{ "press tv", "Press TV", "Press TV", 0 },
	{ "prnewswire", "PRNewswire", "PRNewswire", 0 },
	{ "pti", "PTI", "PTI", 0 },
	{ "qazinform", "Qazinform", "Kazinform", 0 },
	{ "qdnd", "QĐND", "QĐND", OPENS },
	{ "qdnd online", "QĐND Online", "QĐND", OPENS },
	{ "qna", "QNA", "QNA", 0 },
	{ "report", "Report", "Report", 0 },
	{ "report az", "REPORT.AZ", "Report", 0 },
	{ "republika co id", "REPUBLIKA.CO.ID", "Republika", 0 },
	{ "reuters", "Reuters", "Reuters", 0 },
	{ "reuters", "reuters", "Reuters", 0 },
	{ "reuters breakingviews", "Reuters Breakingviews", "Reuters", 0 },
	{ "ria", "RIA", "RIA", 0 },
	{ "ria novosti", "RIA Novosti", "RIA", 0 },
	{ "ritzau", "Ritzau", "Ritzau", 0 },
	{ "rns", "RNS", "RNS", 0 },
	{ "rnz", "RNZ", "RNZ", 0 },
	{ "rss", "RSS", "RSS", 0 },
	{ "saba", "Saba", "Saba", 0 },
	{ "sana", "SANA", "SANA", 0 },
	{ "sanews gov za", "SAnews.gov.za", "SAnews", 0 },
	{ "sda", "sda", "SDA", 0 },
	{ "sda", "SDA", "SDA", 0 },
	{ "sggp", "SGGP", "SGGP", OPENS },
	{ "sggpo", "SGGPO", "SGGP", OPENS },
	{ "sinxua", "Sinxua", "Xinhua", 0 },
	{ "spa", "SPA", "SPA", 0 },
	{ "sputnik", "Sputnik", "Sputnik", 0 },
	{ "sputnik azerbaijan", "Sputnik Azerbaijan", "Sputnik", 0 },
	{ "sputnik азербайджан", "Sputnik Азербайджан", "Sputnik", 0 },
	{ "sta", "STA", "STA", 0 },
	{ "stt", "STT", "STT", 0 },
	{ "suna", "SUNA", "SUNA", 0 },
	{ "tan hoa xa", "Tân Hoa Xã", "Xinhua", 0 },
	{ "tan hoa xa", "Tân Hoa xã", "Xinhua", 0 },
	{ "tanjug", "Tanjug", "Tanjug", 0 },
	{ "tap", "TAP", "TAP", 0 },
	{ "tasnim", "Tasnim", "Tasnim", 0 },
	{ "tasr", "TASR", "TASR", 0 },
	{ "tass", "TASS", "TASS", 0 },
	{ "tdh", "TDH", "TDH", 0 },
	{ "telam", "Télam", "Télam", 0 },
	{ "tempo co", "TEMPO.CO", "Tempo", 0 },
	{ "the associated press", "The Associated Press", "AP", 0 },
	{ "the canadian press", "The Canadian Press", "CP", 0 },
	{ "thomson reuters foundation", "Thomson Reuters Foundation", "Reuters",
	    0 },
	{ "thong tan xa viet nam", "Thông tấn xã Việt Nam", "VNA", 0 },
	{ "thx", "THX", "Xinhua", 0 },
	{ "tna", "TNA", "TNA", 0 },
	{ "tpo", "TPO", "TPO", OPENS },
	{ "trend", "Trend", "Trend", 0 },
	{ "trend az", "Trend.az", "Trend", 0 },
	{ "tribunnews com", "TRIBUNNEWS.COM", "Tribunnews", 0 },
	{ "tt", "TT", "TT", 0 },
	{ "tto", "TTO", "TTO", OPENS },
	{ "ttxvn", "TTXVN", "VNA", 0 },
	{ "turan", "Turan", "Turan", 0 },
	{ "ukrinform", "Ukrinform", "Ukrinform", 0 },
	{ "unb", "UNB", "UNB", 0 },
	{ "uni", "UNI", "UNI", 0 },
	{ "unian", "UNIAN", "UNIAN", 0 },
	{ "upi", "UPI", "UPI", 0 },
	{ "uza", "UzA", "UzA", 0 },
	{ "vgp", "VGP", "VGP", OPENS },
	{ "vgp news", "VGP News", "VGP", OPENS },
	{ "viet nam news", "Viet Nam News", "VNS", 0 },
	{ "viet nam news", "Việt Nam News", "VNS", 0 },
	{ "viet nam news agency", "Viet Nam News Agency", "VNA", 0 },
	{ "vietnam", "Vietnam+", "VNA", 0 },
	{ "vietnam news agency", "Vietnam News Agency", "VNA", 0 },
	{ "vietnamplus", "VietnamPlus", "VNA", 0 },
	{ "vna", "VNA", "VNA", 0 },
	{ "vnanet vn", "vnanet.vn", "VNA", 0 },
	{ "vnexpress", "VnExpress", "VnExpress", OPENS },
	{ "vngop", "VNGOP", "VGP", OPENS },
	{ "vnp", "VNP", "VNA", 0 },
	{ "vns", "VNS", "VNS", 0 },
	{ "voa", "VOA", "VOA", 0 },
	{ "vov", "VOV", "VOV", OPENS },
	{ "vov vn", "VOV.VN", "VOV", OPENS },
	{ "vovworld", "VOVWORLD", "VOV", OPENS },
	{ "vovworld", "VOVworld", "VOV", OPENS },
	{ "vtc news", "VTC News", "VTC News", OPENS },
	{ "vtv vn", "VTV.vn", "VTV", OPENS },
	{ "wafa", "WAFA", "WAFA", 0 },
	{ "wam", "WAM", "WAM", 0 },
	{ "xinhua", "Xinhua", "Xinhua", 0 },
	{ "xinhua", "xinhua", "Xinhua", 0 },
	{ "xinhua news agency", "Xinhua News Agency", "Xinhua", 0 },
	{ "xinhuanet", "Xinhuanet", "Xinhua", 0 },
	{ "yonhap", "Yonhap", "Yonhap", 0 },
	{ "yonhap", "yonhap", "Yonhap", 0 },
	{ "yonhap news", "Yonhap News", "Yonhap", 0 },
	{ "yonhap news agency", "Yonhap News Agency", "Yonhap", 0 },
	{ "агентство синьхуа", "Агентство Синьхуа", "Xinhua", 0 },
	{ "азертаг", "АЗЕРТАГ", "AZERTAC", BARE },
	{ "азертадж", "АЗЕРТАДЖ", "AZERTAC", BARE },
	{ "азертадж", "АзерТАдж", "AZERTAC", BARE },
	{ "азертадж", "АзерТадж", "AZERTAC", BARE },
	{ "азертадж", "азертадж", "AZERTAC", BARE },
	{ "акиpress", "АКИpress", "AKIpress", 0 },
	{ "анадолу", "Анадолу", "Anadolu", 0 },
	{ "апа", "АПА", "APA", 0 },
	{ "арменпресс", "АРМЕНПРЕСС", "Armenpress", 0 },
	{ "арменпресс", "Арменпресс", "Armenpress", 0 },
	{ "ассошиэйтед пресс", "Ассошиэйтед Пресс", "AP", 0 },
	{ "афп", "АФП", "AFP", 0 },
	{ "белта", "БЕЛТА", "BelTA", 0 },
	{ "белта", "БелТА", "BelTA", 0 },
	{ "бта", "БТА", "BTA", 0 },
	{ "виа", "ВИА", "VNA", 0 },
	{ "дпа", "ДПА", "dpa", 0 },
	{ "иа синьхуа", "ИА Синьхуа", "Xinhua", 0 },
	{ "интерфакс", "Интерфакс", "Interfax", 0 },
	{ "интерфакс азербайджан", "Интерфакс-Азербайджан", "Interfax", 0 },
	{ "интерфакс казахстан", "Интерфакс-Казахстан", "Interfax", 0 },
	{ "интерфакс украина", "Интерфакс-Украина", "Interfax", 0 },
	{ "ирна", "ИРНА", "IRNA", 0 },
	{ "итар тасс", "ИТАР-ТАСС", "TASS", 0 },
	{ "иха", "ИХА", "İHA", 0 },
	{ "кабар", "Кабар", "Kabar", 0 },
	{ "казинформ", "Казинформ", "Kazinform", 0 },
	{ "киодо", "Киодо", "Kyodo", 0 },
	{ "молдпрес", "Молдпрес", "Moldpres", 0 },
	{ "монцамэ", "МОНЦАМЭ", "Montsame", 0 },
	{ "ниат ховар", "НИАТ Ховар", "Khovar", 0 },
	{ "пап", "ПАП", "PAP", 0 },
	{ "прайм", "ПРАЙМ", "PRIME", 0 },
	{ "рейтер", "Рейтер", "Reuters", 0 },
	{ "ренхап", "Ренхап", "Yonhap", 0 },
	{ "риа", "РИА", "RIA", 0 },
	{ "риа новости", "РИА Новости", "RIA", 0 },
	{ "риан", "РИАН", "RIA", 0 },
	{ "синьхуа", "Синьхуа", "Xinhua", 0 },
	{ "синьхуа", "синьхуа", "Xinhua", 0 },
	{ "спутник", "Спутник", "Sputnik", 0 },
	{ "танјуг", "Танјуг", "Tanjug", 0 },
	{ "тасс", "ТАСС", "TASS", 0 },
	{ "тасс", "тасс", "TASS", 0 },
	{ "тренд", "Тренд", "Trend", 0 },
	{ "ттхв", "ТТХВ", "VNA", 0 },
	{ "туран", "Туран", "Turan", 0 },
	{ "уза", "УзА", "UzA", 0 },
	{ "укринформ", "Укринформ", "Ukrinform", 0 },
	{ "укрінформ", "Укрінформ", "Ukrinform", 0 },
	{ "униан", "УНИАН", "UNIAN", 0 },
	{ "ховар", "Ховар", "Khovar", 0 },
	{ "цтак", "ЦТАК", "KCNA", 0 },
	{ "эфэ", "ЭФЭ", "EFE", 0 },
	{ "ёнхап", "Ёнхап", "Yonhap", 0 },
	{ "қазақпарат", "ҚазАқпарат", "Kazinform", 0 },
	{ "آذرتاج", "آذرتاج", "AZERTAC", BARE },
	{ "أ ب", "أ ب", "AP", 0 },
	{ "أ ش أ", "أ ش أ", "MENA", 0 },
	{ "أ ف ب", "أ ف ب", "AFP", 0 },
	{ "أذرتاج", "أذرتاج", "AZERTAC", BARE },
	{ "إرنا", "إرنا", "IRNA", 0 },
	{ "ا ف ب", "ا ف ب", "AFP", 0 },
	{ "الأناضول", "الأناضول", "Anadolu", BARE },
	{ "العمانية", "العمانية", "ONA", 0 },
	{ "بترا", "بترا", "Petra", 0 },
	{ "بنا", "بنا", "BNA", 0 },
	{ "تاس", "تاس", "TASS", 0 },
	{ "رويترز", "رويترز", "Reuters", 0 },
	{ "سانا", "سانا", "SANA", 0 },
	{ "سبأ", "سبأ", "Saba", 0 },
	{ "سبوتنيك", "سبوتنيك", "Sputnik", 0 },
	{ "سونا", "سونا", "SUNA", 0 },
	{ "شينخوا", "شينخوا", "Xinhua", 0 },
	{ "فرانس برس", "فرانس برس", "AFP", 0 },
	{ "قنا", "قنا", "QNA", 0 },
	{ "كونا", "كونا", "KUNA", 0 },
	{ "وأج", "وأج", "APS", 0 },
	{ "وات", "وات", "TAP", 0 },
	{ "واج", "واج", "APS", 0 },
	{ "واس", "واس", "SPA", 0 },
	{ "واع", "واع", "INA", 0 },
	{ "وام", "وام", "WAM", 0 },
	{ "وفا", "وفا", "WAFA", 0 },
	{ "وكالة الأناضول", "وكالة الأناضول", "Anadolu", 0 },
	{ "يونهاب", "يونهاب", "Yonhap", 0 },
	{ "タス通信", "タス通信", "TASS", 0 },
	{ "ロイター", "ロイター", "Reuters", 0 },
	{ "ロイター通信", "ロイター通信", "Reuters", 0 },
	{ "中东社", "中东社", "MENA", 0 },
	{ "中国新闻网", "中国新闻网", "CNS", 0 },
	{ "中国日报网", "中国日报网", "China Daily", 0 },
	{ "中國新聞社", "中國新聞社", "CNS", 0 },
	{ "中央社", "中央社", "CNA", 0 },
	{ "中新社", "中新社", "CNS", 0 },
	{ "中新网", "中新网", "CNS", 0 },
	{ "中通社", "中通社", "HKCNA", 0 },
	{ "人民日报", "人民日报", "People's Daily", 0 },
	{ "人民网", "人民网", "People's Daily", 0 },
	{ "伊通社", "伊通社", "IRNA", 0 },
	{ "俄塔社", "俄塔社", "TASS", 0 },
	{ "俄新社", "俄新社", "RIA", 0 },
	{ "光明网", "光明网", "Guangming Daily", 0 },
	{ "共同", "共同", "Kyodo", 0 },
	{ "共同社", "共同社", "Kyodo", BARE },
	{ "共同通信", "共同通信", "Kyodo", 0 },
	{ "共同通訊社", "共同通訊社", "Kyodo", 0 },
	{ "参考消息网", "参考消息网", "Reference News", 0 },
	{ "国际在线", "国际在线", "CRI", 0 },
	{ "国际文传电讯社", "国际文传电讯社", "Interfax", 0 },
	{ "埃菲社", "埃菲社", "EFE", 0 },
	{ "塔斯社", "塔斯社", "TASS", 0 },
	{ "央广网", "央广网", "CNR", 0 },
	{ "央视新闻", "央视新闻", "CCTV", 0 },
	{ "央视网", "央视网", "CCTV", 0 },
	{ "安塔拉通讯社", "安塔拉通讯社", "Antara", 0 },
	{ "安莎社", "安莎社", "ANSA", 0 },
	{ "巴特寮通讯社", "巴特寮通讯社", "KPL", 0 },
	{ "德新社", "德新社", "dpa", 0 },
	{ "拉美社", "拉美社", "Prensa Latina", 0 },
	{ "新华社", "新华社", "Xinhua", 0 },
	{ "新华网", "新华网", "Xinhua", 0 },
	{ "新華社", "新華社", "Xinhua", 0 },
	{ "时事社", "时事社", "Jiji", 0 },
	{ "時事", "時事", "Jiji", 0 },
	{ "時事通信", "時事通信", "Jiji", 0 },
	{ "朝中社", "朝中社", "KCNA", 0 },
	{ "柬新社", "柬新社", "AKP", 0 },
	{ "法新社", "法新社", "AFP", 0 },
	{ "海外网", "海外网", "Haiwainet", 0 },
	{ "环球网", "环球网", "Global Times", 0 },
	{ "美联社", "美联社", "AP", 0 },
	{ "美聯社", "美聯社", "AP", 0 },
	{ "聯合ニュース", "聯合ニュース", "Yonhap", 0 },
	{ "财联社", "财联社", "CLS", 0 },
	{ "越南通讯社", "越南通讯社", "VNA", 0 },
	{ "越通社", "越通社", "VNA", OPENS },
	{ "路透", "路透", "Reuters", 0 },
	{ "路透社", "路透社", "Reuters", 0 },
	{ "阿塞拜疆国家通讯社", "阿塞拜疆国家通讯社", "AZERTAC", BARE },
	{ "阿塞拜疆通讯社", "阿塞拜疆通讯社", "AZERTAC", BARE },
	{ "阿塞通社", "阿塞通社", "AZERTAC", BARE },
	{ "阿纳多卢社", "阿纳多卢社", "Anadolu", 0 },
	{ "阿纳多卢通讯社", "阿纳多卢通讯社", "Anadolu", 0 },
	{ "阿通社", "阿通社", "AZERTAC", BARE },
	{ "韩联社", "韩联社", "Yonhap", 0 },
	{ "马新社", "马新社", "Bernama", 0 },
	{ "뉴스1", "뉴스1", "News1", 0 },
	{ "뉴시스", "뉴시스", "Newsis", 0 },
	{ "로이터", "로이터", "Reuters", 0 },
	{ "연합뉴스", "연합뉴스", "Yonhap", 0 },
	{ "연합뉴스tv", "연합뉴스TV", "Yonhap", 0 },
	{ "조선중앙통신", "조선중앙통신", "KCNA", 0 },
};

#define AGENCY_ROW 120 /* bytes: longer texts are no row of agencies */
#define AGENCIES (sizeof(agencies) / sizeof(*agencies))

static inline int agency_letter(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* "الأناضول" is no part of a longer word. */
static inline int is_arabic(const char *text)
{
	return ((unsigned char)*text & 0xfc) == 0xd8;
}

/* The agency whose form the text begins with, the longest one, and the bytes of
   the form. */
static inline const struct agency *agency_at(const char *text, size_t *len)
{
	const struct agency *found = NULL;
	size_t i, size;

	*len = 0;
	for (i = 0; i < AGENCIES; i++) {
		const char *form = agencies[i].form;

		if (*form != *text)
			continue;
		size = strlen(form);
		if (size > *len && strncmp(text, form, size) == 0 &&
		    !(agency_letter(text[size]) &&
			agency_letter(text[size - 1])) &&
		    !(is_arabic(form) && is_arabic(text + size))) {
			found = &agencies[i];
			*len = size;
		}
	}
	return found;
}

/* The first with this key, or else where it would stand. */
static inline size_t agency_place(const char *key)
{
	size_t from = 0, end = AGENCIES;

	while (from < end) {
		size_t middle = from + (end - from) / 2;

		if (strcmp(agencies[middle].key, key) < 0)
			from = middle + 1;
		else
			end = middle;
	}
	return from;
}

/* "AP" is not "ap", and "Report" is not "report". Keys have no plus sign:
   "Vietnam" is not "Vietnam+". */
static inline int agency_is(const char *form, const char *text)
{
	return !(*form <= 'Z' && *text >= 'a' && *text <= 'z') &&
	    !(strlen(form) <= 4 && strncmp(text, form, strlen(form)) != 0) &&
	    !strchr(form, '+') == !strchr(text, '+');
}

/* The agency of which the whole text is a form, in capitals or not; the page's
   own one is known too. */
static inline const struct agency *agency_named(
    struct dl_job *job, const char *text)
{
	const char *key = text_key(job, text);
	struct agency *own;
	size_t i;

	if (key == NULL || *key == '\0')
		return NULL;
	for (i = agency_place(key);
	     i < AGENCIES && strcmp(agencies[i].key, key) == 0; i++) {
		if (agency_is(agencies[i].form, text))
			return &agencies[i];
	}
	if (job_agency(job) == NULL ||
	    strcmp(key, text_key(job, job_agency(job))) != 0)
		return NULL;
	own = (struct agency *)job_alloc(job, sizeof(*own));
	own->key = key;
	own->form = own->name = job_agency(job);
	own->signs = OPENS | BARE;
	return own;
}

/* "VI" in "VNA/VI": some department. */
static inline int are_initials(const char *text)
{
	size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return len >= 2 && len <= 5 && text[len] == '\0';
}

/*
 * The agencies in a row such as "VNA/VNS", as records say them. NULL if it has
 * none; with `all`, also if it has anything else but initials behind one.
 */
static inline const struct dl_list *agencies_in(
    struct dl_job *job, const char *text, int all)
{
	const struct dl_list *list = NULL;
	const struct agency *agency;
	const char *name;
	size_t len;

	if (strlen(text) > AGENCY_ROW)
		return NULL;
	for (; *text != '\0'; text += len + (text[len] == '/')) {
		len = strcspn(text, "/");
		name = job_copy(job, text, len);
		agency = agency_named(job, name);
		if (agency != NULL)
			text_append(job, &list, agency->name);
		else if (all && (list == NULL || !are_initials(name)))
			return NULL;
	}
	return list;
}

/* What stands behind a label of a line that says who made a story, "Source:
   Xinhua", "责任编辑：王萌"; NULL if the text begins with none. */
static inline const char *label_skip(const char *text)
{
	static const char *const labels[] = { "Source:", "Editor:", "来源：",
		"来源:", "责任编辑：", "责任编辑:", "编辑：",
		"Nguồn tin:", "Biên tập:" };
	static const char *const opens[] = { "【", "[", "（", "(" };
	size_t i;

	for (i = 0; i < sizeof(opens) / sizeof(*opens); i++) {
		if (strncmp(text, opens[i], strlen(opens[i])) == 0)
			text += strlen(opens[i]);
	}
	for (i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		if (strncmp(text, labels[i], strlen(labels[i])) == 0)
			return text + strlen(labels[i]);
	}
	return NULL;
}

#endif
