/* Paragraphs and lists of text, and text as it is compared. */
#include <string.h>

#include "core/base/fold.h"
#include "core/kit/job.h"

/*
 * The first of a list knows a later one, so that a text of ten thousand
 * paragraphs is not walked ten thousand times. Only text_append() makes them.
 */
struct strung {
	struct dl_list open; /* first: a dl_list * is a struct strung * */
	struct strung *later;
};

void text_append(
    struct dl_job *job, const struct dl_list **list, const char *text)
{
	struct strung *added = job_alloc(job, sizeof(*added));
	struct strung *first = (struct strung *)*list, *last;

	added->open.text = text_or(text, "");
	if (first == NULL) {
		*list = &added->open;
		return;
	}
	last = first->later != NULL ? first->later : first;
	while (last->open.next != NULL)
		last = (struct strung *)last->open.next;
	last->open.next = &added->open;
	first->later = added;
}

/* Where the paragraph at `text` ends: at an empty line, or at the end. */
static const char *paragraph_end(const char *text)
{
	const char *line = text;

	while ((line = strchr(line, '\n')) != NULL) {
		const char *next = line + 1 + strspn(line + 1, " \t\r");

		if (*next == '\n' || *next == '\0')
			return line;
		line = next;
	}
	return text + strlen(text);
}

const struct dl_list *text_paragraphs(struct dl_job *job, const char *text)
{
	static const char white[] = " \t\r\n";
	const struct dl_list *paragraphs = NULL;

	if (text == NULL)
		return NULL;
	while (*(text += strspn(text, white)) != '\0') {
		const char *end = paragraph_end(text), *stop = end;

		while (stop > text && strchr(white, stop[-1]) != NULL)
			stop--;
		text_append(job, &paragraphs,
		    job_copy(job, text, (size_t)(stop - text)));
		text = end;
	}
	return paragraphs;
}

const char *text_join(struct dl_job *job, const struct dl_list *paragraphs)
{
	const struct dl_list *one;
	char *text, *at;
	size_t len = 1;

	for (one = paragraphs; one != NULL; one = one->next)
		len += strlen(one->text) + 2;
	text = at = job_alloc(job, len);
	for (one = paragraphs; one != NULL; one = one->next) {
		if (*one->text == '\0')
			continue;
		if (at > text)
			at = stpcpy(at, "\n\n");
		at = stpcpy(at, one->text);
	}
	return at > text ? text : NULL;
}

const char *text_ascii(struct dl_job *job, const char *text)
{
	return text != NULL ? fold_ascii(&job->arena, text) : NULL;
}

const char *text_key(struct dl_job *job, const char *text)
{
	return text != NULL ? fold_key(&job->arena, text) : NULL;
}
