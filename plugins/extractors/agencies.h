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
	const char *form;
	const char *name; /* as records say it */
	unsigned signs;
};

/* Of two forms that begin alike the longer one stands first. */
static const struct agency agencies[] = {
	{ "VGP News", "VGP", OPENS },
	{ "VGP", "VGP", OPENS },
	{ "VNGOP", "VGP", OPENS },
	{ "Chinhphu.vn", "VGP", OPENS },
	{ "baochinhphu.vn", "VGP", OPENS },
	{ "VNA", "VNA", 0 },
	{ "TTXVN", "VNA", 0 },
	{ "Vietnam News Agency", "VNA", 0 },
	{ "Viet Nam News Agency", "VNA", 0 },
	{ "Thông tấn xã Việt Nam", "VNA", 0 },
	{ "VietnamPlus", "VNA", 0 },
	{ "Vietnam+", "VNA", 0 },
	{ "VNP", "VNA", 0 },
	{ "CVN", "VNA", 0 },
	{ "BNEWS", "VNA", 0 },
	{ "vnanet.vn", "VNA", 0 },
	{ "越通社", "VNA", OPENS },
	{ "ВИА", "VNA", 0 },
	{ "越南通讯社", "VNA", 0 },
	{ "Agencia Vietnamita de Noticias", "VNA", 0 },
	{ "Agence vietnamienne d’Information", "VNA", 0 },
	{ "VNS", "VNS", 0 },
	{ "BIZHUB", "VNS", 0 },
	{ "Viet Nam News", "VNS", 0 },
	{ "Việt Nam News", "VNS", 0 },
	{ "Xinhua News Agency", "Xinhua", 0 },
	{ "Xinhuanet", "Xinhua", 0 },
	{ "Xinhua", "Xinhua", 0 },
	{ "Tân Hoa xã", "Xinhua", 0 },
	{ "Tân Hoa Xã", "Xinhua", 0 },
	{ "THX", "Xinhua", 0 },
	{ "Sinxua", "Xinhua", 0 },
	{ "Синьхуа", "Xinhua", 0 },
	{ "新华社", "Xinhua", 0 },
	{ "新華社", "Xinhua", 0 },
	{ "新华网", "Xinhua", 0 },
	{ "شينخوا", "Xinhua", 0 },
	{ "AZERTAC", "AZERTAC", BARE },
	{ "AZERTAG", "AZERTAC", BARE },
	{ "AZƏRTAC", "AZERTAC", BARE },
	{ "AzərTAc", "AZERTAC", BARE },
	{ "AzerTAc", "AZERTAC", BARE },
	{ "АЗЕРТАДЖ", "AZERTAC", BARE },
	{ "AЗЕРТАДЖ", "AZERTAC", BARE },
	{ "АзерТАдж", "AZERTAC", BARE },
	{ "АЗЕРТАГ", "AZERTAC", BARE },
	{ "أذرتاج", "AZERTAC", BARE },
	{ "阿塞拜疆通讯社", "AZERTAC", BARE },
	{ "阿塞拜疆国家通讯社", "AZERTAC", BARE },
	{ "Reuters Breakingviews", "Reuters", 0 },
	{ "Thomson Reuters Foundation", "Reuters", 0 },
	{ "Reuters", "Reuters", 0 },
	{ "Рейтер", "Reuters", 0 },
	{ "路透社", "Reuters", 0 },
	{ "رويترز", "Reuters", 0 },
	{ "AFP", "AFP", 0 },
	{ "Agence France-Presse", "AFP", 0 },
	{ "АФП", "AFP", 0 },
	{ "法新社", "AFP", 0 },
	{ "أ ف ب", "AFP", 0 },
	{ "AP", "AP", 0 },
	{ "Associated Press", "AP", 0 },
	{ "The Associated Press", "AP", 0 },
	{ "美联社", "AP", 0 },
	{ "美聯社", "AP", 0 },
	{ "ITAR-TASS", "TASS", 0 },
	{ "TASS", "TASS", 0 },
	{ "ИТАР-ТАСС", "TASS", 0 },
	{ "ТАСС", "TASS", 0 },
	{ "塔斯社", "TASS", 0 },
	{ "俄塔社", "TASS", 0 },
	{ "Interfax", "Interfax", 0 },
	{ "INTERFAX.RU", "Interfax", 0 },
	{ "Interfax-Azerbaijan", "Interfax", 0 },
	{ "Interfax-Ukraine", "Interfax", 0 },
	{ "Интерфакс", "Interfax", 0 },
	{ "Интерфакс-Азербайджан", "Interfax", 0 },
	{ "Интерфакс-Украина", "Interfax", 0 },
	{ "国际文传电讯社", "Interfax", 0 },
	{ "RIA Novosti", "RIA", 0 },
	{ "RIA", "RIA", 0 },
	{ "РИА Новости", "RIA", 0 },
	{ "РИАН", "RIA", 0 },
	{ "俄新社", "RIA", 0 },
	{ "Sputnik", "Sputnik", 0 },
	{ "Спутник", "Sputnik", 0 },
	{ "ПРАЙМ", "PRIME", 0 },
	{ "Anadolu Agency", "Anadolu", 0 },
	{ "Anadolu Ajansı", "Anadolu", 0 },
	{ "Anadolu", "Anadolu", 0 },
	{ "AA", "Anadolu", 0 },
	{ "阿纳多卢通讯社", "Anadolu", 0 },
	{ "الأناضول", "Anadolu", 0 },
	{ "DHA", "DHA", 0 },
	{ "İHA", "İHA", 0 },
	{ "Yonhap News Agency", "Yonhap", 0 },
	{ "Yonhap News", "Yonhap", 0 },
	{ "Yonhap", "Yonhap", 0 },
	{ "韩联社", "Yonhap", 0 },
	{ "연합뉴스", "Yonhap", 0 },
	{ "Kyodo News", "Kyodo", BARE },
	{ "Kyodo", "Kyodo", BARE },
	{ "共同社", "Kyodo", BARE },
	{ "Jiji Press", "Jiji", 0 },
	{ "时事社", "Jiji", 0 },
	{ "Bernama", "Bernama", 0 },
	{ "马新社", "Bernama", 0 },
	{ "ANTARA News", "Antara", 0 },
	{ "ANTARA", "Antara", 0 },
	{ "安塔拉通讯社", "Antara", 0 },
	{ "PTI", "PTI", 0 },
	{ "IANS", "IANS", 0 },
	{ "ANI", "ANI", 0 },
	{ "UNI", "UNI", 0 },
	{ "EFE", "EFE", 0 },
	{ "Agencia EFE", "EFE", 0 },
	{ "埃菲社", "EFE", 0 },
	{ "Europa Press", "Europa Press", 0 },
	{ "Prensa Latina", "Prensa Latina", 0 },
	{ "拉美社", "Prensa Latina", 0 },
	{ "Notimex", "Notimex", 0 },
	{ "Télam", "Télam", 0 },
	{ "Lusa", "Lusa", 0 },
	{ "dpa", "dpa", 0 },
	{ "DPA", "dpa", 0 },
	{ "dpa-AFX", "dpa", 0 },
	{ "dpa/tmn", "dpa", 0 },
	{ "德新社", "dpa", 0 },
	{ "ANSA", "ANSA", 0 },
	{ "sda", "SDA", 0 },
	{ "Keystone-SDA", "SDA", 0 },
	{ "awp", "AWP", 0 },
	{ "安莎社", "ANSA", 0 },
	{ "KCNA", "KCNA", 0 },
	{ "Korean Central News Agency", "KCNA", 0 },
	{ "朝中社", "KCNA", 0 },
	{ "조선중앙통신", "KCNA", 0 },
	{ "CNA", "CNA", 0 },
	{ "中央社", "CNA", 0 },
	{ "China News Service", "CNS", 0 },
	{ "中新社", "CNS", 0 },
	{ "中新网", "CNS", 0 },
	{ "中國新聞社", "CNS", 0 },
	{ "人民网", "People's Daily", 0 },
	{ "人民日报", "People's Daily", 0 },
	{ "APA", "APA", 0 },
	{ "АПА", "APA", 0 },
	{ "Trend", "Trend", 0 },
	{ "Trend.az", "Trend", 0 },
	{ "Тренд", "Trend", 0 },
	{ "REPORT.AZ", "Report", 0 },
	{ "Report", "Report", 0 },
	{ "Turan", "Turan", 0 },
	{ "Туран", "Turan", 0 },
	{ "Armenpress", "Armenpress", 0 },
	{ "АРМЕНПРЕСС", "Armenpress", 0 },
	{ "Kazinform", "Kazinform", 0 },
	{ "Казинформ", "Kazinform", 0 },
	{ "Qazinform", "Kazinform", 0 },
	{ "ҚазАқпарат", "Kazinform", 0 },
	{ "BelTA", "BelTA", 0 },
	{ "БЕЛТА", "BelTA", 0 },
	{ "БелТА", "BelTA", 0 },
	{ "Ukrinform", "Ukrinform", 0 },
	{ "Укринформ", "Ukrinform", 0 },
	{ "Укрінформ", "Ukrinform", 0 },
	{ "UNIAN", "UNIAN", 0 },
	{ "УНИАН", "UNIAN", 0 },
	{ "Moldpres", "Moldpres", 0 },
	{ "Молдпрес", "Moldpres", 0 },
	{ "Kabar", "Kabar", 0 },
	{ "Кабар", "Kabar", 0 },
	{ "NIAT Khovar", "Khovar", 0 },
	{ "Khovar", "Khovar", 0 },
	{ "Ховар", "Khovar", 0 },
	{ "НИАТ Ховар", "Khovar", 0 },
	{ "Montsame", "Montsame", 0 },
	{ "МОНЦАМЭ", "Montsame", 0 },
	{ "IRNA", "IRNA", 0 },
	{ "ИРНА", "IRNA", 0 },
	{ "伊通社", "IRNA", 0 },
	{ "MNA", "Mehr", 0 },
	{ "Mehr News Agency", "Mehr", 0 },
	{ "Tasnim", "Tasnim", 0 },
	{ "ISNA", "ISNA", 0 },
	{ "FNA", "Fars", 0 },
	{ "Fars", "Fars", 0 },
	{ "MENA", "MENA", 0 },
	{ "中东社", "MENA", 0 },
	{ "WAM", "WAM", 0 },
	{ "وام", "WAM", 0 },
	{ "SPA", "SPA", 0 },
	{ "واس", "SPA", 0 },
	{ "QNA", "QNA", 0 },
	{ "قنا", "QNA", 0 },
	{ "KUNA", "KUNA", 0 },
	{ "كونا", "KUNA", 0 },
	{ "BNA", "BNA", 0 },
	{ "بنا", "BNA", 0 },
	{ "ONA", "ONA", 0 },
	{ "Petra", "Petra", 0 },
	{ "بترا", "Petra", 0 },
	{ "SANA", "SANA", 0 },
	{ "سانا", "SANA", 0 },
	{ "WAFA", "WAFA", 0 },
	{ "وفا", "WAFA", 0 },
	{ "INA", "INA", 0 },
	{ "NNA", "NNA", 0 },
	{ "APS", "APS", 0 },
	{ "TAP", "TAP", 0 },
	{ "NAN", "NAN", 0 },
	{ "GNA", "GNA", 0 },
	{ "APP", "APP", 0 },
	{ "BSS", "BSS", 0 },
	{ "UNB", "UNB", 0 },
	{ "PNA", "PNA", 0 },
	{ "TNA", "TNA", 0 },
	{ "NNT", "NNT", 0 },
	{ "AKP", "AKP", 0 },
	{ "柬新社", "AKP", 0 },
	{ "KPL", "KPL", 0 },
	{ "巴特寮通讯社", "KPL", 0 },
	{ "AAP", "AAP", 0 },
	{ "UPI", "UPI", 0 },
	{ "The Canadian Press", "CP", 0 },
	{ "Canadian Press", "CP", 0 },
	{ "PA Media", "PA", 0 },
	{ "BTA", "BTA", 0 },
	{ "PAP", "PAP", 0 },
	{ "CTK", "CTK", 0 },
	{ "ČTK", "CTK", 0 },
	{ "Agerpres", "Agerpres", 0 },
	{ "Tanjug", "Tanjug", 0 },
	{ "Hina", "Hina", 0 },
	{ "MTI", "MTI", 0 },
	{ "CNN Indonesia", "CNN Indonesia", 0 },
	{ "CNBC Indonesia", "CNBC Indonesia", 0 },
	{ "CNN", "CNN", 0 },
	{ "Bloomberg", "Bloomberg", 0 },
	{ "NHK", "NHK", 0 },
	{ "PRNewswire", "PRNewswire", 0 },
	{ "PR Newswire", "PRNewswire", 0 },
	{ "GLOBE NEWSWIRE", "GlobeNewswire", 0 },
	{ "GlobeNewswire", "GlobeNewswire", 0 },
	{ "BUSINESS WIRE", "Business Wire", 0 },
	{ "Media OutReach Newswire", "Media OutReach", 0 },
	{ "Media OutReach", "Media OutReach", 0 },
	{ "ACN Newswire", "ACN Newswire", 0 },
	{ "VOV.VN", "VOV", OPENS },
	{ "VOV", "VOV", OPENS },
	{ "NDO", "NDO", OPENS },
	{ "TTO", "TTO", OPENS },
	{ "KOMPAS.com", "Kompas", 0 },
	{ "Liputan6.com", "Liputan6", 0 },
	{ "TEMPO.CO", "Tempo", 0 },
	{ "REPUBLIKA.CO.ID", "Republika", 0 },
};

#define AGENCY_ROW 120 /* bytes: longer texts are no row of agencies */
#define AGENCIES (sizeof(agencies) / sizeof(*agencies))

static inline int agency_letter(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* The agency whose form the text begins with, and the bytes of the form. */
static inline const struct agency *agency_at(const char *text, size_t *len)
{
	size_t i;

	*len = 0;
	for (i = 0; i < AGENCIES; i++) {
		if (*agencies[i].form != *text)
			continue;
		*len = strlen(agencies[i].form);
		if (strncmp(text, agencies[i].form, *len) == 0 &&
		    !(agency_letter(text[*len]) &&
			agency_letter(text[*len - 1])))
			return &agencies[i];
	}
	return NULL;
}

/* Whether a form may have this key: keys of all forms would be dear. */
static inline int agency_begins(const char *form, const char *key)
{
	unsigned char first = (unsigned char)*form, other = (unsigned char)*key;

	if (first < 0x80)
		return (first | 32) == (other | 32);
	if (first < 0xcc) /* a Latin one with a mark, which keys have not */
		return other < 0x80;
	if (first < 0xe3) /* with capitals, which keys have not */
		return other >= 0x80 && other < 0xe3;
	return strncmp(form, key, 3) == 0;
}

/* "AP" is not "ap", and "Report" is not "report". */
static inline int agency_is(
    struct dl_job *job, const char *form, const char *text, const char *key)
{
	if (!agency_begins(form, key) ||
	    (*form <= 'Z' && *text >= 'a' && *text <= 'z') ||
	    (strlen(form) <= 4 && strncmp(text, form, strlen(form)) != 0))
		return 0;
	/* Keys have no plus sign: "Vietnam" is not "Vietnam+". */
	return strcmp(key, text_key(job, form)) == 0 &&
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
	for (i = 0; i < AGENCIES; i++) {
		if (agency_is(job, agencies[i].form, text, key))
			return &agencies[i];
	}
	if (job_agency(job) == NULL ||
	    strcmp(key, text_key(job, job_agency(job))) != 0)
		return NULL;
	own = (struct agency *)job_alloc(job, sizeof(*own));
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
