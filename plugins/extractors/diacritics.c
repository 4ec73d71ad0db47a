/*
 * Vietnamese tone marks in one style, and the text in ASCII beside it.
 */
#include <string.h>

#include "extractors/letters.h"
#include "extractors/tones.h"
#include "plugin.h"

/* The text in that style; NULL if nothing had to be changed. */
static const char *restyle(
    struct dl_job *job, const char *text, enum style style)
{
	char *styled = job_alloc(job, tones_room(text));

	return tones_move(text, styled, style) ? styled : NULL;
}

static int is_ascii(const char *text)
{
	while (*text != '\0' && (unsigned char)*text < 0x80)
		text++;
	return *text == '\0';
}

/* For readers that cannot have more than ASCII; not where that loses text. */
static void set_ascii(struct dl_job *job, struct dl_record *record,
    enum dl_field field, const char *text)
{
	const char *ascii;

	if (text == NULL || is_ascii(text))
		return;
	ascii = text_ascii(job, text);
	if (is_ascii(ascii))
		record_set(
		    job, record, field, ascii, DL_FROM_RULE, "folded to ASCII");
}

static enum style style_of(struct dl_job *job)
{
	static const struct {
		const char *name;
		enum style style;
	} styles[] = { { "old", OLD }, { "new", NEW }, { "keep", KEEP } };
	const char *name = text_or(job_option(job, "tone_style"), "old");
	size_t i;

	for (i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
		if (strcmp(name, styles[i].name) == 0)
			return styles[i].style;
	}
	job_fail(job, "tone_style is old, new or keep, not %s", name);
	return UNKNOWN;
}

static void set_style(struct dl_job *job, struct dl_record *record,
    enum dl_field field, const char *text, enum style style)
{
	if (text != NULL && style != KEEP)
		record_set(job, record, field, restyle(job, text, style),
		    DL_FROM_RULE,
		    style == OLD ? "tone marks in the old style"
				 : "tone marks in the new style");
}

static enum dl_verdict transform(
    struct dl_job *job, const struct dl_page *page, struct dl_record *record)
{
	enum style style = style_of(job);

	(void)page;
	if (style == UNKNOWN)
		return DL_FAIL;
	set_style(job, record, DL_TITLE, record->title, style);
	set_style(job, record, DL_SUMMARY, record->summary, style);
	set_style(job, record, DL_TEXT, record->text, style);
	set_ascii(job, record, DL_TITLE_ASCII, record->title);
	set_ascii(job, record, DL_TEXT_ASCII, record->text);
	return DL_DONE;
}

static const struct dl_option options[] = {
	{ "tone_style", DL_TEXT_OPTION, "old",
	    "where Vietnamese has its tone marks: old (hòa), new (hoà), keep" },
	{ NULL, 0, NULL, NULL },
};

DL_PLUGIN = {
	.abi = DL_ABI,
	.name = "diacritics",
	.version = "1.0",
	.about = "Vietnamese tone marks in one style; title and text in ASCII",
	.options = options,
	.transform = transform,
};
