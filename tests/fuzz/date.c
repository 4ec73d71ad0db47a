/*
 * Dates: a line with a language, a line with a base, and any text. What is read
 * is a moment that can be printed and read again, what is not has a reason, and
 * a date in a longer text is where it is said to be.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/base/fold.h"
#include "core/base/zones.h"
#include "core/kit/date.h"
#include "tests/fuzz/must.h"
#include "tests/plain.h"

/* Bytes that are looked at: a date has less. */
#define BYTES_MOST 400

/* Bytes of a text that is made longer, to see that it takes as much longer. */
#define LONG 1600

static void check_moment(struct dl_job *job, const struct dl_moment *moment)
{
	int64_t local = moment->seconds + moment->offset;
	const struct dl_moment *again;
	char text[TIME_TEXT];

	MUST(moment->raw != NULL && is_plain(moment->raw));
	MUST(moment->precision >= DL_DAY && moment->precision <= DL_SECOND);
	MUST(moment->zone >= DL_ZONE_EXPLICIT &&
	    moment->zone <= DL_ZONE_ASSUMED);
	MUST(moment->precision != DL_DAY || local % 86400 == 0);
	MUST(moment->precision == DL_SECOND || local % 60 == 0);
	time_rfc3339(text, moment->seconds, moment->offset, false);
	again = date_parse(job, text, DL_FROM_META, 0);
	MUST(again != NULL);
	MUST(again->seconds == moment->seconds);
	MUST(again->offset == moment->offset);
}

static void check_line(
    struct dl_job *job, const char *text, const struct date_rules *rules)
{
	const char *why = NULL;
	const struct dl_moment *moment =
	    date_read(job, text, DL_FROM_TEXT, rules, &why);

	MUST((moment == NULL) == (why != NULL));
	if (moment != NULL)
		check_moment(job, moment);
	moment = date_near(job, text, DL_FROM_TEXT, rules->base);
	if (moment != NULL)
		check_moment(job, moment);
	moment = date_before(job, text, DL_FROM_TEXT, rules->base);
	if (moment != NULL)
		check_moment(job, moment);
	moment = date_parse(job, text, DL_FROM_TEXT, 0);
	if (moment != NULL)
		check_moment(job, moment);
	moment = date_ago(job, text, DL_FROM_FEED, 1700000000);
	if (moment != NULL)
		check_moment(job, moment);
}

static void check_find(struct dl_job *job, const char *text, enum dl_from from)
{
	size_t size = strlen(text), at = 0, len = 0;
	const struct dl_moment *moment =
	    date_find(job, text, from, 0, &at, &len);

	if (moment == NULL)
		return;
	check_moment(job, moment);
	MUST(len > 0 && at < size && len <= size - at);
	MUST(strlen(moment->raw) == len);
	MUST(*moment->raw == text[at]);
}

/* The text again and again: no part of it is looked at more often for that. */
static void check_long(struct dl_job *job, const char *text)
{
	size_t size = strlen(text), at;
	char *more = job_alloc(job, LONG + size + 1);

	for (at = 0; size > 0 && at < LONG; at += size)
		memcpy(more + at, text, size);
	check_find(job, more, DL_FROM_TEXT);
}

static const char *line_take(struct dl_job *job, const char **text)
{
	size_t len = strcspn(*text, "\n");
	const char *line = job_copy(job, *text, len);

	*text += len + ((*text)[len] == '\n');
	return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct zones *zones;
	struct date_rules rules = { 0 };
	struct dl_job job;
	const char *text;

	if (zones == NULL)
		zones = zones_open();
	job_init(&job);
	text = fold_clean(&job.arena, (const char *)data,
	    size < BYTES_MOST ? size : BYTES_MOST);
	rules.language = line_take(&job, &text);
	job.zones = zones;
	if (*rules.language != '\0')
		job.zone = zones_find(zones, "Asia/Baku", 9);
	rules.base = date_parse(&job, line_take(&job, &text), DL_FROM_RULE, 0);
	check_line(&job, text, &rules);
	check_find(&job, text, DL_FROM_TEXT);
	check_find(&job, text, DL_FROM_URL);
	check_long(&job, text);
	job_finish(&job);
	return 0;
}
