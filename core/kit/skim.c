/*
 * One pass over a page: what nobody reads is left out before gumbo makes a
 * tree of it. Where something was left out in the midst of a word, an empty
 * comment stands for it, so that the halves make no entity and no tag.
 */
#include <string.h>

#include "core/base/arena.h"
#include "core/kit/nest.h"
#include "core/kit/skim.h"
#include "core/kit/tag.h"

struct skim {
	const char *at, *end;
	struct skimmed out;
	struct nest nest;
	unsigned templates; /* open ones: nothing is kept */
	unsigned pre;       /* open ones: white space counts */
	bool cut;           /* something was left out here */
	bool unclosed;      /* no </noscript> follows */
};

static void keep(struct skim *skim, const char *bytes, size_t len)
{
	if (skim->templates > 0)
		return;
	memcpy(skim->out.bytes + skim->out.len, bytes, len);
	skim->out.len += len;
	skim->cut = false;
}

static bool after_white(const struct skim *skim)
{
	return skim->out.len > 0 &&
	    is_white(skim->out.bytes[skim->out.len - 1]);
}

/* Nothing that is left out has less bytes than the comment. */
static void keep_apart(struct skim *skim)
{
	if (skim->cut && skim->out.len > 0 && !after_white(skim) &&
	    skim->out.bytes[skim->out.len - 1] != '>')
		keep(skim, "<!-->", 5);
	skim->cut = false;
}

/* White space up to `to`: all of it, or a character if there is none yet; three
   spaces may part paragraphs, and stay. */
static void skim_white(struct skim *skim, const char *to)
{
	if (skim->pre > 0)
		keep(skim, skim->at, (size_t)(to - skim->at));
	else if (!after_white(skim))
		keep(skim, skim->at,
		    to - skim->at >= 3 && memcmp(skim->at, "   ", 3) == 0 ? 3
									  : 1);
}

/* Text up to `to`. */
static void skim_text(struct skim *skim, const char *to)
{
	while (skim->at < to) {
		bool white = is_white(*skim->at);
		const char *part = skim->at;

		while (part < to && is_white(*part) == white)
			part++;
		if (white) {
			skim_white(skim, part);
		} else {
			keep_apart(skim);
			keep(skim, skim->at, (size_t)(part - skim->at));
		}
		skim->at = part;
	}
}

/* Elements of <svg> that have HTML in them. */
static bool has_html(const struct tag *tag)
{
	return tag_is(tag, "foreignObject") || tag_is(tag, "desc") ||
	    tag_is(tag, "title");
}

static const char *cdata_end(const char *at, const char *end)
{
	static const char opens[] = "<![CDATA[", closes[] = "]]>";
	const char *found;

	if ((size_t)(end - at) < strlen(opens) ||
	    memcmp(at, opens, strlen(opens)) != 0)
		return tag_comment_end(at, end);
	found = memmem(at, (size_t)(end - at), closes, strlen(closes));
	return found != NULL ? found + strlen(closes) : end;
}

/* HTML begins again, or an element around the <svg> is closed. */
static bool ends_svg(const struct nest *nest, const struct tag *tag)
{
	if (!tag->closes)
		return tag->marks & TAG_ENDS_SVG;
	return nest_has(nest, tag);
}

/* Where the page goes on after <svg>: behind its end tag, or at a tag that
   cannot be in it. */
static const char *svg_end(
    const struct nest *nest, const char *at, const char *end)
{
	unsigned depth = 1, html = 0;
	struct tag tag;

	while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
		if (!tag_read(&tag, at, end)) {
			at = end - at > 1 && memchr("!?/", at[1], 3) != NULL
			    ? cdata_end(at, end)
			    : at + 1;
			continue;
		}
		at = tag.end;
		if (tag_is(&tag, "svg")) {
			if (!tag.closes && !tag.empty)
				depth++;
			else if (tag.closes && --depth == 0)
				return at;
		} else if (has_html(&tag)) {
			if (!tag.closes && !tag.empty)
				html++;
			else if (tag.closes && html > 0)
				html--;
		} else if (html == 0 && ends_svg(nest, &tag)) {
			return tag.at;
		}
	}
	return end;
}

static bool is_ld(const struct tag *tag)
{
	return tag_has(tag, "ld+json") || tag_has(tag, "ld&#x2b;json") ||
	    tag_has(tag, "ld&#43;json");
}

static void keep_ld(struct skim *skim, const char *script, const char *to)
{
	size_t len = (size_t)(to - script);

	if (skim->templates > 0)
		return;
	memcpy(skim->out.ld + skim->out.ld_len, script, len);
	skim->out.ld[skim->out.ld_len + len] = '\0';
	skim->out.ld_len += len + 1;
}

/* A page that ends in <script> has nothing after it; one that never closes its
   <noscript> goes on, and no other is looked for. */
static const char *raw_left_out(struct skim *skim, const struct tag *tag)
{
	bool found = false;
	const char *end = tag->end;
	struct tag close;

	if (!tag_is(tag, "noscript") || !skim->unclosed)
		end = tag_raw_end(tag, skim->end, &found);
	if (tag_is(tag, "noscript") && !found) {
		skim->unclosed = true;
		return tag->end;
	}
	if (tag_is(tag, "script") && found && is_ld(tag))
		keep_ld(skim, tag->end, end);
	if (!found)
		return end;
	tag_read(&close, end, skim->end);
	return close.end;
}

/* A stray end tag of these has no meaning. */
static void leave_out(struct skim *skim, const struct tag *tag)
{
	skim->at = tag->end;
	if (tag_is(tag, "template")) {
		if (!tag->closes)
			skim->templates++;
		else if (skim->templates > 0)
			skim->templates--;
	} else if (!tag->closes && tag->marks & TAG_RAW) {
		skim->at = raw_left_out(skim, tag);
	} else if (!tag->closes && !tag->empty) {
		skim->at = svg_end(&skim->nest, tag->end, skim->end);
	}
	skim->cut = true;
}

static void count_pre(struct skim *skim, const struct tag *tag)
{
	if (!tag_is(tag, "pre") && !tag_is(tag, "listing"))
		return;
	if (!tag->closes)
		skim->pre++;
	else if (skim->pre > 0)
		skim->pre--;
}

static void skim_tag(struct skim *skim, const struct tag *tag)
{
	const char *to = tag->end;
	bool found;

	if (tag->complete && tag->marks & TAG_LEFT_OUT) {
		leave_out(skim, tag);
		return;
	}
	if (!tag->closes && tag->marks & TAG_RAW)
		to = tag_raw_end(tag, skim->end, &found);
	if (skim->templates == 0) {
		count_pre(skim, tag);
		if (!nest_tag(&skim->nest, tag))
			skim->out.deep = true;
	}
	keep(skim, tag->at, (size_t)(to - tag->at));
	skim->at = to;
}

/* Comments are left out; <!DOCTYPE> is none, nor is `<` that begins nothing. */
static void skim_mark(struct skim *skim)
{
	size_t left = (size_t)(skim->end - skim->at);
	const char *to;

	if (left < 2 || memchr("!?/", skim->at[1], 3) == NULL) {
		skim_text(skim, skim->at + 1);
		return;
	}
	to = tag_comment_end(skim->at, skim->end);
	if (left >= 4 && memcmp(skim->at, "<!--", 4) == 0)
		skim->cut = true;
	else
		keep(skim, skim->at, (size_t)(to - skim->at));
	skim->at = to;
}

struct skimmed skim_page(struct arena *arena, const char *bytes, size_t len)
{
	struct skim *skim = arena_alloc(arena, sizeof(*skim));
	struct tag tag;

	skim->at = bytes;
	skim->end = bytes + len;
	skim->out.bytes = arena_alloc(arena, len + 1);
	skim->out.ld = arena_alloc(arena, len + 1);

	while (skim->at < skim->end && !skim->out.deep) {
		const char *mark =
		    memchr(skim->at, '<', (size_t)(skim->end - skim->at));

		skim_text(skim, mark != NULL ? mark : skim->end);
		if (mark == NULL)
			break;
		if (tag_read(&tag, mark, skim->end))
			skim_tag(skim, &tag);
		else
			skim_mark(skim);
	}
	skim->out.bytes[skim->out.len] = '\0';
	return skim->out;
}
