/*
 * Gumbo looks through all open elements at every tag, so that hostile nesting
 * takes it minutes. This counts them by the same rules of what a tag closes,
 * in their simplest form: elements that cannot nest by themselves alone do not
 * count.
 */
#include <string.h>

#include "core/kit/nest.h"

/* The innermost open element of that name plus one, if nothing with one of
   the marks is in between; or else 0. */
static size_t find(const struct nest *nest, uint32_t id, unsigned until)
{
	size_t i;

	for (i = nest->depth; i > 0; i--) {
		if (nest->open[i - 1].id == id)
			return i;
		if (nest->open[i - 1].marks & until)
			break;
	}
	return 0;
}

/* Closes the element and all that is in it. */
static void close_from(struct nest *nest, size_t found)
{
	if (found > 0)
		nest->depth = found - 1;
}

static void close_named(struct nest *nest, const char *name, unsigned until)
{
	close_from(nest, find(nest, tag_id(name, strlen(name)), until));
}

/* A cell, a row: whatever was opened in the one before is closed. */
static void close_cell(struct nest *nest)
{
	size_t table = find(nest, tag_id("table", 5), 0);

	if (table > 0)
		nest->depth = table;
}

/* An entry of a list ends the one before, but none of a list around it. */
static void close_entry(struct nest *nest, const struct tag *tag)
{
	static const struct {
		const char *name, *before;
	} entries[] = {
		{ "li", "li" },
		{ "dd", "dd" },
		{ "dd", "dt" },
		{ "dt", "dd" },
		{ "dt", "dt" },
	};
	size_t i;

	for (i = 0; i < sizeof(entries) / sizeof(entries[0]); i++) {
		if (tag_is(tag, entries[i].name))
			close_named(nest, entries[i].before, TAG_SPECIAL);
	}
}

static bool nest_open(struct nest *nest, const struct tag *tag)
{
	if (tag->marks & TAG_PART)
		close_cell(nest);
	if (tag->marks & TAG_ENDS_P)
		close_named(nest, "p", TAG_SCOPE);
	close_entry(nest, tag);
	if (tag->marks & (TAG_PART | TAG_VOID | TAG_RAW | TAG_ALONE))
		return true;

	if (nest->depth == LIMIT_DEPTH)
		return false;
	nest->open[nest->depth].id = tag->id;
	nest->open[nest->depth].marks = tag->marks;
	nest->depth++;
	return true;
}

/* </b> leaves blocks open that were opened in its <b>. */
static void close_format(struct nest *nest, size_t found)
{
	size_t i;

	for (i = found; i < nest->depth; i++) {
		if (nest->open[i].marks & TAG_SPECIAL) {
			memmove(&nest->open[found - 1], &nest->open[found],
			    (nest->depth - found) * sizeof(nest->open[0]));
			nest->depth--;
			return;
		}
	}
	close_from(nest, found);
}

/* How far an end tag reaches. */
static unsigned reach(const struct tag *tag)
{
	if (tag->marks & TAG_SCOPE)
		return 0;
	return tag->marks & (TAG_SPECIAL | TAG_FORMAT) ? TAG_SCOPE
						       : TAG_SPECIAL;
}

bool nest_has(const struct nest *nest, const struct tag *tag)
{
	if (tag->marks & TAG_PART)
		return find(nest, tag_id("table", 5), 0) > 0;
	return find(nest, tag->id, reach(tag)) > 0;
}

bool nest_tag(struct nest *nest, const struct tag *tag)
{
	size_t found;

	if (!tag->closes)
		return nest_open(nest, tag);
	if (tag->marks & TAG_PART)
		close_cell(nest);
	found = find(nest, tag->id, reach(tag));
	if (found > 0 && tag->marks & TAG_FORMAT)
		close_format(nest, found);
	else
		close_from(nest, found);
	return true;
}
