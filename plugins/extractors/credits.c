/* The agencies that a story says it comes from. */
#include <string.h>

#include "extractors/agencies.h"

enum { TAIL_BYTES = 60 }; /* looked at behind an agency's name */

/* What quotes the agency that follows. */
static const char *const before_agency[] = { "according to ",
	"according to the ", "According to ", "According to the ",
	"as reported by ", "as reported by the ", "reported by ", "citing ",
	"citing the ", "quoting ", "with reference to ",
	"with reference to the ", "told ", "told the ", "Theo ", "theo ",
	"Theo phóng viên ", "theo phóng viên ", "dẫn lời ", "со ссылкой на ",
	"Как сообщает ", "как сообщает ", "сообщает ", "по данным ", "selon ",
	"Selon ", "según ", "Según ", "据", "根据", NULL };

/* And what quotes the one before it, in the same sentence. */
static const char *const behind_agency[] = { "istinadən", "məlumatına görə",
	"xəbər verir", "' correspondent reported", NULL };

static int begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* Whether a word may begin at `at`. */
static int is_border(const char *text, const char *at)
{
	return at == text || !agency_letter(at[-1]);
}

static int is_quoted_before(const char *text, const char *at)
{
	size_t len;
	int i;

	for (i = 0; before_agency[i] != NULL; i++) {
		len = strlen(before_agency[i]);
		if ((size_t)(at - text) >= len &&
		    begins(at - len, before_agency[i]) &&
		    is_border(text, at - len))
			return 1;
	}
	return 0;
}

static int is_quoted_behind(const char *text)
{
	const char *at;
	int i;

	for (at = text; at - text < TAIL_BYTES; at++) {
		if (strchr(".\n", *at) != NULL) /* or the end */
			return 0;
		for (i = 0; behind_agency[i] != NULL; i++) {
			if (begins(at, behind_agency[i]))
				return 1;
		}
	}
	return 0;
}

/* Whether the text quotes the agency by this form of its name. */
static int is_quoted(const char *text, const char *form)
{
	const char *at = text;
	size_t len = strlen(form);

	for (; (at = strstr(at, form)) != NULL; at += len) {
		if (is_border(text, at) && !agency_letter(at[len]) &&
		    (is_quoted_before(text, at) || is_quoted_behind(at + len)))
			return 1;
	}
	return 0;
}

static void quoted_credit(
    struct dl_job *job, struct dl_record *record, const char *text)
{
	size_t i;

	for (i = 0; text != NULL && i < AGENCIES; i++) {
		if (is_quoted(text, agencies[i].form))
			record_credit(job, record, agencies[i].name);
	}
}

/* A photograph of another agency does not make the story its; one of our own
   shows that our people were there. */
static void captions_credit(struct dl_job *job, struct dl_record *record)
{
	const char *own = text_or(job_agency(job), "");
	const struct dl_image *image = record->images;
	const struct dl_list *name;

	for (; image != NULL; image = image->next) {
		name = agencies_in(job, text_or(image->credit, ""), 0);
		for (; name != NULL; name = name->next) {
			if (strcmp(name->text, own) == 0)
				record_credit(job, record, own);
		}
	}
}

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	(void)page;
	if (record->dateline != NULL)
		record_credit(job, record, record->dateline->agency);
	captions_credit(job, record);
	quoted_credit(job, record, record->text);
	if (record->credits == NULL)
		record_credit(job, record, job_agency(job));
	return DL_DONE;
}

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "credits",
	.version = "1.0",
	.about = "the agencies that a story says it comes from",
	.transform = transform,
};
