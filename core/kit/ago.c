/* Times that are told from the time at which they are read. The forms are those
   of form.c. */
#include <stdio.h>
#include <string.h>

#include "core/kit/ago.h"
#include "core/kit/form.h"
#include "core/kit/number.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

#define WORD 64   /* bytes of a form, and more */
#define MOST 9999 /* of what is counted */

static const int units[] = { 1, 60, 3600, 86400 };

/* A row for each way to say it; `|` is between two words for the same. */
static const struct {
	const char *before, *behind;
	const char *units[COUNT(units)];
} ways[] = {
	{ "", " ago",
	    { "second|seconds|sec|secs|s", "minute|minutes|min|mins|m",
		"hour|hours|hr|hrs|h", "day|days|d" } },
	{ "", " truoc", { "giay", "phut", "gio|tieng|h", "ngay|hom" } },
	{ "cach day ", "", { "giay", "phut", "gio|tieng|h", "ngay|hom" } },
	{ "", " 前",
	    { "秒|秒钟|秒鐘", "分钟|分鐘|分", "小时|小時|个小时|個小時|時間",
		"天|日" } },
	{ "", " назад",
	    { "секунду|секунды|секунд|сек .?", "минуту|минуты|минут|мин .?",
		"час|часа|часов|ч .?", "день|дня|дней|дн .?" } },
	{ "", " evvel", { "saniye", "deqiqe", "saat", "gun" } },
	{ "", " once", { "saniye|sn", "dakika|dk", "saat|sa", "gun" } },
	{ "il y a ", "",
	    { "seconde|secondes|s", "minute|minutes|min|mn", "heure|heures|h",
		"jour|jours|j" } },
	{ "hace ", "",
	    { "segundo|segundos|s", "minuto|minutos|min", "hora|horas|h",
		"dia|dias" } },
	{ "ha ", "",
	    { "segundo|segundos", "minuto|minutos|min", "hora|horas|h",
		"dia|dias" } },
	{ "", " atras",
	    { "segundo|segundos", "minuto|minutos|min", "hora|horas|h",
		"dia|dias" } },
	{ "", " fa",
	    { "secondo|secondi", "minuto|minuti|min", "ora|ore",
		"giorno|giorni" } },
	{ "vor ", "",
	    { "sekunde|sekunden", "minute|minuten|min .?",
		"stunde|stunden|std .?", "tag|tagen" } },
	{ "", " yang? lalu", { "detik", "menit", "jam", "hari" } },
	{ "", " yang? lalu", { "saat", "minit", "jam", "hari" } },
	{ "", " 전", { "초", "분", "시간", "일" } },
	{ "منذ ", "",
	    { "ثانية|ثوان", "دقيقة|دقائق", "ساعة|ساعات", "يوم|أيام" } },
	{ "", " ที่แล้ว", { "วินาที", "นาที", "ชั่วโมง", "วัน" } },
};

/* Instead of a number; a missing one, too, is one. */
static const char *const ones[] = { "an ", "a ", "one ", "mot ", "une ", "un ",
	"una ", "uma ", "um ", "bir ", "einer ", "einem ", "один ", "одну " };

static const char *const nows[] = { "just now", "now", "moments ago",
	"vua xong", "vua moi", "moi day", "刚刚", "剛剛", "только что",
	"сейчас", "indice", "simdi", "az once", "a l'instant", "ahora mismo",
	"baru saja" };

static const struct {
	const char *form;
	int days;
} days[] = {
	{ "today", 0 },
	{ "yesterday", 1 },
	{ "hom nay", 0 },
	{ "hom qua", 1 },
	{ "hom kia", 2 },
	{ "今天", 0 },
	{ "今日", 0 },
	{ "昨天", 1 },
	{ "昨日", 1 },
	{ "前天", 2 },
	{ "сегодня", 0 },
	{ "вчера", 1 },
	{ "позавчера", 2 },
	{ "bu gun", 0 },
	{ "dunen", 1 },
	{ "bugun", 0 },
	{ "dun", 1 },
	{ "aujourd'hui", 0 },
	{ "hier", 1 },
	{ "hoy", 0 },
	{ "ayer", 1 },
	{ "hari ini", 0 },
	{ "kemarin", 1 },
	{ "semalam", 1 },
	{ "hoje", 0 },
	{ "ontem", 1 },
	{ "oggi", 0 },
	{ "ieri", 1 },
	{ "heute", 0 },
	{ "gestern", 1 },
	{ "오늘", 0 },
	{ "어제", 1 },
	{ "اليوم", 0 },
	{ "أمس", 1 },
	{ "วันนี้", 0 },
	{ "เมื่อวาน", 1 },
};

static const char *match(const char *form, const char *at)
{
	struct parts unused = { 0 };

	return form_match(form, at, &unused);
}

static const char *read_count(const char *at, int64_t *count)
{
	const char *end = NULL;
	size_t i, len;
	int digit;

	*count = 0;
	for (; *count <= MOST && (digit = number_digit(at, &len)) >= 0;
	     at += len, end = at)
		*count = *count * 10 + digit;
	if (end != NULL)
		return *count <= MOST ? match(" ", end) : NULL;
	*count = 1;
	for (i = 0; end == NULL && i < COUNT(ones); i++)
		end = match(ones[i], at);
	return end != NULL ? end : at;
}

/* Whether nothing is left behind one of the words and what ends the way. */
static bool is_unit(const char *at, const char *words, const char *behind)
{
	char form[WORD];

	for (; *words != '\0'; words += *words == '|') {
		size_t size = strcspn(words, "|");
		const char *end;

		snprintf(
		    form, sizeof(form), "%.*s%s", (int)size, words, behind);
		end = match(form, at);
		if (end != NULL && *end == '\0')
			return true;
		words += size;
	}
	return false;
}

static bool read_way(const char *text, size_t way, struct ago *ago)
{
	const char *at = match(ways[way].before, text);
	int64_t count;
	size_t i;

	at = at != NULL ? read_count(at, &count) : NULL;
	for (i = 0; at != NULL && i < COUNT(units); i++) {
		if (!is_unit(at, ways[way].units[i], ways[way].behind))
			continue;
		ago->unit = units[i];
		ago->seconds = count * units[i];
		return true;
	}
	return false;
}

static bool read_day(const char *text, struct ago *ago)
{
	const char *end;
	size_t i;

	for (i = 0; i < COUNT(days); i++) {
		end = match(days[i].form, text);
		if (end == NULL)
			continue;
		ago->unit = 86400;
		ago->seconds = (int64_t)days[i].days * ago->unit;
		ago->time = match(" ,? ", end);
		return true;
	}
	return false;
}

bool ago_read(const char *text, struct ago *ago)
{
	const char *end;
	size_t i;

	*ago = (struct ago){ .unit = 60 };
	for (i = 0; i < COUNT(nows); i++) {
		end = match(nows[i], text);
		if (end != NULL && *end == '\0')
			return true;
	}
	for (i = 0; i < COUNT(ways); i++) {
		if (read_way(text, i, ago))
			return true;
	}
	return read_day(text, ago);
}
