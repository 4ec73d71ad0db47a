/* How a difference looks to people. */
#include <string.h>

#include "core/base/arena.h"
#include "core/tool/sight.h"

#define BOLD "\033[1m"
#define RED "\033[31m"
#define GREEN "\033[32m"

void sight_paint(const struct sight *sight, const char *colour)
{
	if (sight->colour)
		fputs(colour, sight->out);
}

void sight_name(const struct sight *sight, const char *name)
{
	fputs(SIGHT_INDENT, sight->out);
	sight_paint(sight, BOLD);
	fprintf(sight->out, "%s:", name);
	sight_paint(sight, SIGHT_PLAIN);
}

static struct diff_text whole(const char *bytes)
{
	return (struct diff_text){ bytes, strlen(bytes) };
}

/* On one line, whatever it was on. */
static void put_text(const struct sight *sight, struct diff_text text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		fputc(text.bytes[i] == '\n' ? ' ' : text.bytes[i], sight->out);
}

/* The signs stay where there is colour: not everybody sees red and green. */
static void put_piece(
    const struct sight *sight, enum diff_side side, struct diff_text text)
{
	static const struct {
		const char *colour, *begin, *end;
	} signs[] = {
		[DIFF_BOTH] = { "", "", "" },
		[DIFF_OLD] = { RED, "[-", "-]" },
		[DIFF_NEW] = { GREEN, "{+", "+}" },
	};

	sight_paint(sight, signs[side].colour);
	fputs(signs[side].begin, sight->out);
	put_text(sight, text);
	fputs(signs[side].end, sight->out);
	sight_paint(sight, side == DIFF_BOTH ? "" : SIGHT_PLAIN);
}

static void put_changed(
    const struct sight *sight, struct diff_text old, struct diff_text new)
{
	struct arena scratch = { .limit = 0 };
	const struct diff_piece *piece = diff_words(&scratch, old, new);

	for (; piece != NULL; piece = piece->next) {
		if (piece->spaced)
			fputc(' ', sight->out);
		put_piece(sight, piece->side, piece->text);
	}
	arena_reset(&scratch);
}

void sight_words(const struct sight *sight, const char *name, const char *old,
    const char *new)
{
	sight_name(sight, name);
	fputc(' ', sight->out);
	put_changed(sight, whole(old != NULL ? old : ""),
	    whole(new != NULL ? new : ""));
	fputc('\n', sight->out);
}

/* Of a time, say: its digits are not words of their own. */
void sight_whole(const struct sight *sight, const char *name, const char *old,
    const char *new)
{
	sight_name(sight, name);
	fputc(' ', sight->out);
	if (old != NULL)
		put_piece(sight, DIFF_OLD, whole(old));
	if (new != NULL)
		put_piece(sight, DIFF_NEW, whole(new));
	fputc('\n', sight->out);
}

static void put_paragraph(
    const struct sight *sight, const struct diff_paragraph *paragraph)
{
	fputs(SIGHT_INDENT SIGHT_INDENT, sight->out);
	if (paragraph->old.bytes == NULL)
		put_piece(sight, DIFF_NEW, paragraph->new);
	else if (paragraph->new.bytes == NULL)
		put_piece(sight, DIFF_OLD, paragraph->old);
	else
		put_changed(sight, paragraph->old, paragraph->new);
	fputc('\n', sight->out);
}

void sight_remark(const struct sight *sight, const char *text)
{
	fprintf(sight->out, SIGHT_INDENT SIGHT_INDENT "%s\n", text);
}

void sight_text(const struct sight *sight, const char *old, const char *new)
{
	struct arena arena = { .limit = 0 };
	const struct diff_paragraph *one = diff_paragraphs(
	    &arena, old != NULL ? old : "", new != NULL ? new : "");
	bool was_same = false, differ = false;

	for (; one != NULL; was_same = one->same, one = one->next) {
		differ = differ || !one->same;
		if (!one->same)
			put_paragraph(sight, one);
		else if (!was_same)
			sight_remark(sight, "...");
	}
	if (!differ)
		sight_remark(sight, "only empty lines differ");
	arena_reset(&arena);
}

void sight_paragraphs(const struct sight *sight, const char *name,
    const char *old, const char *new)
{
	sight_name(sight, name);
	fputc('\n', sight->out);
	sight_text(sight, old, new);
}

void sight_listed(
    const struct sight *sight, enum diff_side side, struct diff_text text)
{
	fputs(SIGHT_INDENT SIGHT_INDENT, sight->out);
	sight_paint(sight, side == DIFF_OLD ? RED : GREEN);
	fputs(side == DIFF_OLD ? "- " : "+ ", sight->out);
	put_text(sight, text);
	sight_paint(sight, SIGHT_PLAIN);
	fputc('\n', sight->out);
}
