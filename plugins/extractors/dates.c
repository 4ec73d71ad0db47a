/*
 * When a story was published and updated, as the page says it in many places.
 *
 * All that is found is offered; record_published() keeps what is trusted most.
 */
#include <string.h>

#include "extractors/agencies.h"

#define LINE_BYTES 150 /* of a line with a date and who says it */

/* Only where nothing else is known: an address may name the day of a list or
   of the event it tells of. */
static void offer_url(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	if (record->published != NULL)
		return;
	record_published(job, record,
	    date_find(job, page->url, DL_FROM_URL, 0, NULL, NULL),
	    "address of the page");
}

/* Whether there is nothing, or a label with what it is for. */
static int is_label(const char *text, size_t len)
{
	while (len > 0 && strchr(" |-", text[len - 1]) != NULL)
		len--;
	while (len > 0 && strchr(" |-", *text) != NULL) {
		text++;
		len--;
	}
	return len == 0 || label_skip(text) != NULL;
}

/* "Source: Xinhua| 2018-05-10 22:40:23|Editor: Lifang", "2024-10-12 21:38:15
   来源：新华网", "VNA Thursday, November 07, 2024 10:34". */
static const struct dl_moment *moment_labelled(
    struct dl_job *job, const char *text)
{
	const struct dl_moment *moment;
	size_t at, len;

	if (strlen(text) > LINE_BYTES)
		return NULL;
	if (agency_at(text, &len) != NULL)
		return date_parse(job, text + len, DL_FROM_TEXT, 0);
	moment = date_find(job, text, DL_FROM_TEXT, 0, &at, &len);
	if (moment == NULL || moment->precision == DL_DAY ||
	    !is_label(text, at) ||
	    !is_label(text + at + len, strlen(text + at + len)))
		return NULL;
	return moment;
}

static const struct dl_moment *moment_of(struct dl_job *job, const char *text)
{
	const struct dl_moment *moment = date_parse(job, text, DL_FROM_TEXT, 0);

	return moment != NULL ? moment : moment_labelled(job, text);
}

/*
 * The paragraph that is the date of the story. A chronicle has many days for
 * its headings, and none of them is.
 */
static const struct dl_list *find_date(
    struct dl_job *job, const struct dl_list *paragraph)
{
	const struct dl_list *found = NULL;

	for (; paragraph != NULL; paragraph = paragraph->next) {
		const struct dl_moment *moment =
		    moment_of(job, paragraph->text);

		if (moment == NULL)
			continue;
		if (moment->precision != DL_DAY)
			return paragraph;
		if (found != NULL)
			return NULL;
		found = paragraph;
	}
	return found;
}

static void take_paragraph(struct dl_job *job, struct dl_record *record)
{
	const struct dl_list *all = text_paragraphs(job, record->text);
	const struct dl_list *date = find_date(job, all), *kept = NULL;

	if (date == NULL)
		return;
	record_published(
	    job, record, moment_of(job, date->text), "paragraph of its own");
	for (; all != NULL; all = all->next) {
		if (all != date)
			text_append(job, &kept, all->text);
	}
	record_set(job, record, DL_TEXT, text_join(job, kept), DL_FROM_RULE,
	    "without the date");
}

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	if (strcmp(text_or(page->type, ""), "text/plain") != 0)
		record_times(job, record, page, 0);
	take_paragraph(job, record);
	offer_url(job, page, record);
	if (record->dateline != NULL)
		record_published(
		    job, record, record->dateline->date, "dateline");
	return DL_DONE;
}

/* The kit looks at them, whoever offers a time. */
static const struct dl_option options[] = {
	{ "oldest", DL_NUMBER_OPTION, "1990",
	    "the first year in which a story can have been published" },
	{ "ahead", DL_NUMBER_OPTION, "1",
	    "days after the fetch of its page at which it can still be" },
	{ NULL, 0, NULL, NULL },
};

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "dates",
	.version = "1.0",
	.about = "when it was published, from the page and its text",
	.options = options,
	.transform = transform,
};
