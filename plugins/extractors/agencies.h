/*
 * News agencies and the forms in which they name themselves: in datelines, in
 * sign-offs, under photographs and where one quotes another.
 */
#ifndef AGENCIES_H
#define AGENCIES_H

#include <string.h>

#include "plugin.h"

struct agency {
	const char *form;
	const char *name; /* as records say it */
	int opens;        /* stories begin with the bare name: "VGP - " */
};

/* Of two forms that begin alike the longer one stands first. */
static const struct agency agencies[] = {
	{ "VGP News", "VGP", 1 },
	{ "VGP", "VGP", 1 },
	{ "Chinhphu.vn", "VGP", 1 },
	{ "baochinhphu.vn", "VGP", 1 },
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
	{ "越通社", "VNA", 1 },
	{ "ВИА", "VNA", 0 },
	{ "VNS", "VNS", 0 },
	{ "BIZHUB", "VNS", 0 },
	{ "Viet Nam News", "VNS", 0 },
	{ "Việt Nam News", "VNS", 0 },
	{ "Xinhua News Agency", "Xinhua", 0 },
	{ "Xinhuanet", "Xinhua", 0 },
	{ "Xinhua", "Xinhua", 0 },
	{ "Tân Hoa xã", "Xinhua", 0 },
	{ "Tân Hoa Xã", "Xinhua", 0 },
	{ "Sinxua", "Xinhua", 0 },
	{ "Синьхуа", "Xinhua", 0 },
	{ "新华社", "Xinhua", 0 },
	{ "新华网", "Xinhua", 0 },
	{ "AZERTAC", "AZERTAC", 0 },
	{ "AZERTAG", "AZERTAC", 0 },
	{ "AZƏRTAC", "AZERTAC", 0 },
	{ "AzərTAc", "AZERTAC", 0 },
	{ "AzerTAc", "AZERTAC", 0 },
	{ "АЗЕРТАДЖ", "AZERTAC", 0 },
	{ "АзерТАдж", "AZERTAC", 0 },
	{ "阿塞拜疆通讯社", "AZERTAC", 0 },
	{ "阿塞拜疆国家通讯社", "AZERTAC", 0 },
	{ "Reuters", "Reuters", 0 },
	{ "Рейтер", "Reuters", 0 },
	{ "路透社", "Reuters", 0 },
	{ "AFP", "AFP", 0 },
	{ "法新社", "AFP", 0 },
	{ "AP", "AP", 0 },
	{ "美联社", "AP", 0 },
	{ "TASS", "TASS", 0 },
	{ "ТАСС", "TASS", 0 },
	{ "塔斯社", "TASS", 0 },
	{ "Kyodo News", "Kyodo", 0 },
	{ "Kyodo", "Kyodo", 0 },
	{ "共同社", "Kyodo", 0 },
	{ "Yonhap", "Yonhap", 0 },
	{ "韩联社", "Yonhap", 0 },
	{ "Anadolu", "Anadolu", 0 },
	{ "Bernama", "Bernama", 0 },
	{ "ANTARA", "ANTARA", 0 },
	{ "KPL", "KPL", 0 },
	{ "KCNA", "KCNA", 0 },
	{ "中新社", "CNS", 0 },
	{ "dpa", "dpa", 0 },
	{ "EFE", "EFE", 0 },
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

	for (i = 0; i < AGENCIES; i++) {
		*len = strlen(agencies[i].form);
		if (strncmp(text, agencies[i].form, *len) == 0 &&
		    !agency_letter(text[*len]))
			return &agencies[i];
	}
	return NULL;
}

/* Whether a form may have this key: keys of all forms would be dear. */
static inline int agency_begins(const char *form, const char *key)
{
	if ((unsigned char)*form >= 0x80 || (unsigned char)*key >= 0x80)
		return (unsigned char)*form >= 0x80 &&
		    (unsigned char)*key >= 0x80;
	return (*form | 32) == (*key | 32);
}

/* The agency of which the whole text is a form, in capitals or not; the page's
   own one is known too. Keys have no plus sign: "Vietnam" is not "Vietnam+". */
static inline const struct agency *agency_named(
    struct dl_job *job, const char *text)
{
	const char *key = text_key(job, text);
	struct agency *own;
	size_t i;

	if (key == NULL || *key == '\0')
		return NULL;
	for (i = 0; i < AGENCIES; i++) {
		if (agency_begins(agencies[i].form, key) &&
		    strcmp(key, text_key(job, agencies[i].form)) == 0 &&
		    !strchr(agencies[i].form, '+') == !strchr(text, '+'))
			return &agencies[i];
	}
	if (job_agency(job) == NULL ||
	    strcmp(key, text_key(job, job_agency(job))) != 0)
		return NULL;
	own = (struct agency *)job_alloc(job, sizeof(*own));
	own->form = own->name = job_agency(job);
	own->opens = 1;
	return own;
}

/*
 * The agencies in a row such as "VNA/VNS", as records say them. NULL if it has
 * none; with `all`, also if it has anything else.
 */
static inline const struct dl_list *agencies_in(
    struct dl_job *job, const char *text, int all)
{
	const struct dl_list *list = NULL;
	const struct agency *agency;
	size_t len;

	if (strlen(text) > AGENCY_ROW)
		return NULL;
	for (; *text != '\0'; text += len + (text[len] == '/')) {
		len = strcspn(text, "/");
		agency = agency_named(job, job_copy(job, text, len));
		if (agency != NULL)
			text_append(job, &list, agency->name);
		else if (all)
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
