/* The agencies that a story says it comes from. */
#include <string.h>

#include "extractors/agencies.h"

enum {
	TAIL_BYTES = 60, /* between an agency's name and what quotes it */
	FORM_BYTES = 64, /* the longest form, and more */
};

/* What quotes the agency that follows. */
static const char *const before_agency[] = { "according to ", "According to ",
	"reported by ", "reports by ", "report by ", "citing ", "quoting ",
	"quoted by ", "cited by ", "with reference to ", "told ",
	"in an interview with ", "Theo ", "theo ", "Dẫn lời ", "dẫn lời ",
	"dẫn nguồn ", "со ссылкой на ", "Как сообщает ", "как сообщает ",
	"Как сообщило ", "как сообщило ", "сообщает ", "сообщили ",
	"по данным ", "По данным ", "по сообщению ", "передаёт ", "передает ",
	"selon ", "Selon ", "d'après ", "d’après ", "según ", "Según ",
	"citando a ", "laut ", "Laut ", "据", "根据", "引述", "援引", NULL };

/* What may stand between the two. */
static const char *const fillers[] = { "the ", "a ", "state news agency ",
	"news agency ", "agency ", "phóng viên ", "hãng thông tấn ",
	"hãng tin ", "hãng ", "корреспондент ", "корреспонденту ", "агентство ",
	"агентству ", "агентства ", "l'agence ", "l’agence ", "la agencia ",
	NULL };

/* And what quotes the one before it: at once, or later in the sentence. */
static const struct {
	const char *words;
	int later;
} behind_agency[] = {
	{ "istinadən", 1 },
	{ "məlumatına görə", 1 },
	{ "xəbər verir", 1 },
	{ "' correspondent reported", 0 },
	{ " correspondent reported", 0 },
	{ " reported", 0 },
	{ " reports", 0 },
	{ " has learned", 0 },
	{ " đưa tin", 0 },
	{ " dẫn lời", 0 },
	{ " dẫn nguồn", 0 },
	{ " сообщает", 0 },
	{ " сообщило", 0 },
	{ " a rapporté", 0 },
	{ " informó", 0 },
	{ "报道", 0 },
	{ "消息", 0 },
};

#define BEHIND (sizeof(behind_agency) / sizeof(*behind_agency))

/* Whether a word may begin at `at`. */
static int is_border(const char *text, const char *at)
{
	return at == text || !agency_letter(at[-1]);
}

static const char *fillers_skip(const char *at)
{
	const char *const *filler;

	for (filler = fillers; *filler != NULL; filler++) {
		if (strncmp(at, *filler, strlen(*filler)) == 0) {
			at += strlen(*filler);
			filler = fillers - 1;
		}
	}
	return at;
}

static void before_credit(struct dl_job *job, struct dl_record *record,
    const char *text, const char *words)
{
	const struct agency *agency;
	const char *at = text;
	size_t len;

	for (; (at = strstr(at, words)) != NULL; at += strlen(words)) {
		if (!is_border(text, at))
			continue;
		agency = agency_at(fillers_skip(at + strlen(words)), &len);
		if (agency != NULL)
			record_credit(job, record, agency->name);
	}
}

/* The agency that ends at `end`, or at most `later` bytes before it in the
   same sentence, behind `from`. */
static const struct agency *agency_before(
    const char *from, const char *end, size_t later)
{
	const struct agency *agency;
	const char *at = end;
	size_t len;

	while (at > from && (size_t)(end - at) < FORM_BYTES + later) {
		at--;
		if (*at == '\n' || (*at == '.' && at[1] == ' '))
			return NULL;
		agency = is_border(from, at) ? agency_at(at, &len) : NULL;
		if (agency != NULL && at + len <= end &&
		    at + len + later >= end)
			return agency;
	}
	return NULL;
}

/* What was looked at for one quotation is not looked at again. */
static void behind_credit(struct dl_job *job, struct dl_record *record,
    const char *text, const char *words, size_t later)
{
	const struct agency *agency;
	const char *from = text, *at;

	while ((at = strstr(from, words)) != NULL) {
		agency = agency_before(from, at, later);
		if (agency != NULL)
			record_credit(job, record, agency->name);
		from = at + strlen(words);
	}
}

static void quoted_credit(
    struct dl_job *job, struct dl_record *record, const char *text)
{
	const char *const *words;
	size_t i;

	if (text == NULL)
		return;
	for (words = before_agency; *words != NULL; words++)
		before_credit(job, record, text, *words);
	for (i = 0; i < BEHIND; i++)
		behind_credit(job, record, text, behind_agency[i].words,
		    behind_agency[i].later ? TAIL_BYTES : 0);
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
