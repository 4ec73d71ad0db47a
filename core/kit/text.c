/* Paragraphs and lists of text, and text as it is compared. */
#include <string.h>

#include "core/base/fold.h"
#include "core/kit/job.h"

static const char white[] = " \t\r\n";

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

/* Bytes of the separator that stands at `at`; 0 if there is none. */
static size_t separator_len(const char *at, const char *const *separators)
{
	for (; *separators != NULL; separators++) {
		size_t len = strlen(*separators);

		if (strncmp(at, *separators, len) == 0)
			return len;
	}
	return 0;
}

const struct dl_list *text_split(
    struct dl_job *job, const char *text, const char *const *separators)
{
	const struct dl_list *parts = NULL;
	const char *end, *next;

	for (text = text_or(text, ""); *text != '\0'; text = next) {
		size_t len = 0;

		for (end = text; *end != '\0' && len == 0; end += len == 0)
			len = separator_len(end, separators);
		next = end + len;
		text += strspn(text, white);
		while (end > text && strchr(white, end[-1]) != NULL)
			end--;
		if (end > text)
			text_append(job, &parts,
			    job_copy(job, text, (size_t)(end - text)));
	}
	return parts;
}

const char *text_lead(struct dl_job *job, const char *lead, const char *text)
{
	const struct dl_list *rest = text_paragraphs(job, text), *whole = NULL;

	if (lead == NULL)
		return text;
	text_append(job, &whole, lead);
	if (rest != NULL &&
	    strcmp(text_key(job, rest->text), text_key(job, lead)) == 0)
		rest = rest->next;
	for (; rest != NULL; rest = rest->next)
		text_append(job, &whole, rest->text);
	return text_join(job, whole);
}

/* How many paragraphs from this one on are the caption, which may stand in two,
   the second for its credit; 0 if they are something else. */
static size_t caption_len(const struct dl_list *one, const char *caption)
{
	size_t n;

	for (n = 1; one != NULL; one = one->next, n++) {
		size_t len = strlen(one->text);

		if (strncmp(caption, one->text, len) != 0)
			return 0;
		if (caption[len] == '\0')
			return n;
		if (caption[len] != ' ')
			return 0;
		caption += len + 1;
	}
	return 0;
}

const char *text_uncaptioned(
    struct dl_job *job, const char *text, const struct dl_image *images)
{
	const struct dl_list *one = text_paragraphs(job, text), *left = NULL;
	const struct dl_image *image;
	size_t n;

	while (one != NULL) {
		n = 0;
		for (image = images; n == 0 && image != NULL;
		     image = image->next)
			n = image->caption != NULL
			    ? caption_len(one, image->caption)
			    : 0;
		if (n == 0)
			text_append(job, &left, one->text);
		for (n += n == 0; n > 0; n--)
			one = one->next;
	}
	return text_join(job, left);
}

const char *text_ascii(struct dl_job *job, const char *text)
{
	return text != NULL ? fold_ascii(&job->arena, text) : NULL;
}

const char *text_key(struct dl_job *job, const char *text)
{
	return text != NULL ? fold_key(&job->arena, text) : NULL;
}
