/* What stands around a date. */
#include <ctype.h>
#include <string.h>

#include "core/kit/calendar.h"
#include "core/kit/form.h"
#include "core/kit/label.h"
#include "core/kit/number.h"

static const char *without_label(
    const struct calendar *calendar, const char *line)
{
	/* "Modifié le : 12/10/2025"; nothing, too, is between them */
	static const char *const colons[] = { " %n : ", " :- ", "%D", " :? " };
	size_t len = calendar_label(calendar, line), i;
	struct parts unused = { 0 };
	const char *end = NULL;

	if (len == 0)
		return line;
	for (i = 0; end == NULL && i < sizeof(colons) / sizeof(colons[0]); i++)
		end = form_match(colons[i], line + len, &unused);
	return end;
}

/* Bytes of "Source: "; 0 if no credit begins there. */
static size_t credit_at(const struct calendar *calendar, const char *at)
{
	size_t len = calendar_credit(calendar, at);
	struct parts unused = { 0 };
	const char *end = form_match(" : ", at + len, &unused);

	return len > 0 && end != NULL ? (size_t)(end - at) : 0;
}

static size_t digit_from(const char *at)
{
	size_t n = 0, len;

	while (at[n] != '\0' && number_digit(at + n, &len) < 0)
		n += len;
	return n;
}

/* A name in front ends at a bar, or where the numbers begin. */
static const char *without_front(
    const struct calendar *calendar, const char *line)
{
	size_t len = credit_at(calendar, line), digit, bar;

	if (len == 0)
		return line;
	digit = digit_from(line + len);
	bar = strcspn(line + len, "|");
	if (bar < digit)
		return line + len + bar + 1;
	return digit > 0 ? line + len + digit : line;
}

/* Whether there is one that is not of a time. */
static bool has_colon(const char *line)
{
	const char *at = line;

	while ((at = strchr(at, ':')) != NULL) {
		if (at > line && !isdigit((unsigned char)at[-1]))
			return true;
		at++;
	}
	return strstr(line, "：") != NULL;
}

/* Where the credit behind the date begins: what has a number may be another
   date. */
static size_t back_of(const struct calendar *calendar, const char *line)
{
	size_t at;

	if (!has_colon(line))
		return strlen(line);
	for (at = 1; line[at] != '\0'; at++) {
		if (strchr(" |(", line[at - 1]) != NULL &&
		    credit_at(calendar, line + at) > 0 &&
		    line[at + digit_from(line + at)] == '\0')
			return at;
	}
	return at;
}

const char *label_bare(struct dl_job *job, const char *line)
{
	const struct calendar *calendar = job->calendar;
	const char *bare = without_front(calendar, line);
	size_t end;

	if (bare != line)
		bare += strspn(bare, " |");
	bare = without_label(calendar, bare);
	if (*bare == '\0')
		return line;
	end = back_of(calendar, bare);
	if (bare == line && line[end] == '\0')
		return line;
	while (bare[end] != '\0' && strchr(" |-(", bare[end - 1]) != NULL)
		end--;
	return job_copy(job, bare, end);
}
