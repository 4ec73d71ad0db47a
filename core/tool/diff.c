/*
 * What changed from one text to another, after Myers: "An O(ND) Difference
 * Algorithm and Its Variations", in the variation that needs little memory.
 *
 * Two rows of texts (words, or paragraphs) span a grid: to go right is to take
 * one out, to go down is to put one in, and where both are the same there is a
 * diagonal for nothing. Two fronts go for the cheapest way, one from each
 * corner; where they meet the grid is cut in two.
 */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "core/base/fold.h"
#include "core/tool/diff.h"

struct row { /* of words, or of paragraphs */
	struct diff_text *texts;
	bool *differ; /* each: whether only this row has it */
	long n;
};

/* How far each diagonal was come along, by x - y. */
struct front {
	long *x;
	long low, high; /* those that were come to */
};

struct grid {
	struct row old, new;
	struct front ahead, back; /* x of `back` is counted from the end */
	long steps;               /* that each may make */
};

struct part { /* of a grid: from x and y on, n wide, m high */
	long x, y, n, m;
};

/* ---- words ---- */

enum sort {
	SPACE,
	LETTER,
	DIGIT,
	ALONE, /* each is a word of its own */
};

/* Written without spaces between words: Thai, Lao, Burmese, Khmer, kana,
   Chinese. */
static bool is_unspaced(uint32_t point)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
		{ 0x0e00, 0x0eff },
		{ 0x1000, 0x109f },
		{ 0x1780, 0x17ff },
		{ 0x2e80, 0x318f },
		{ 0x31a0, 0x9fff },
		{ 0xf900, 0xfaff },
		{ 0xff66, 0xff9d },
		{ 0x20000, 0x3ffff },
	};
	size_t i;

	for (i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
		if (point >= ranges[i].first && point <= ranges[i].last)
			return true;
	}
	return false;
}

static enum sort sort_of_ascii(unsigned char sign)
{
	if (sign <= ' ')
		return SPACE;
	if (isdigit(sign))
		return DIGIT;
	return isalpha(sign) ? LETTER : ALONE;
}

static enum sort sort_of(uint32_t point)
{
	utf8proc_category_t category =
	    utf8proc_category((utf8proc_int32_t)point);

	if (point < 0x20 || category == UTF8PROC_CATEGORY_ZS)
		return SPACE;
	if (is_unspaced(point) || category > UTF8PROC_CATEGORY_NO)
		return ALONE;
	return category >= UTF8PROC_CATEGORY_ND ? DIGIT : LETTER;
}

/* What people take for one character: a letter with its marks. Its bytes, and
   of what sort; 0 at the end. */
static size_t character(
    const char *at, const char *end, enum sort *sort, uint32_t *first)
{
	utf8proc_int32_t state = 0, point, next;
	size_t used, len;

	*first = 0;
	*sort = SPACE;
	if (at == end)
		return 0;
	/* Marks are not in ASCII; most of the time there is nothing more to
	   look at. */
	if ((*at & 0x80) == 0 && (at + 1 == end || (at[1] & 0x80) == 0)) {
		*first = (unsigned char)*at;
		*sort = sort_of_ascii((unsigned char)*at);
		return 1;
	}
	point = (utf8proc_int32_t)(*first = fold_next(at, &used));
	*sort = sort_of(*first);
	while (at + used < end) {
		next = (utf8proc_int32_t)fold_next(at + used, &len);
		if (utf8proc_grapheme_break_stateful(point, next, &state))
			break;
		used += len;
		point = next;
	}
	return used;
}

/* "390,000", "16:40" and "don't" are one word. */
static bool is_joint(uint32_t point, enum sort before, enum sort behind)
{
	if (point == '\'' || point == 0x2019)
		return before == LETTER && behind == LETTER;
	return point > 0 && point < 0x80 && before == DIGIT &&
	    behind == DIGIT && strchr(".,:/-", (int)point) != NULL;
}

/* Bytes of the word at `at`, where there is no space. */
static size_t word(const char *at, const char *end)
{
	enum sort sort, next, behind;
	uint32_t point;
	size_t len = character(at, end, &sort, &point), used, more;

	if (sort == ALONE)
		return len;
	for (;; sort = next) {
		used = character(at + len, end, &next, &point);
		if (used > 0 && next == ALONE) {
			more = used;
			used += character(
			    at + len + more, end, &behind, &(uint32_t){ 0 });
			if (!is_joint(point, sort, behind))
				return len;
			next = behind;
		}
		if (used == 0 || next == SPACE)
			return len;
		len += used;
	}
}

/* A row of all the words of a text, which are counted first. */
static long read_words(struct diff_text text, struct diff_text *words)
{
	const char *at = text.bytes, *end = at + text.len;
	enum sort sort;
	uint32_t point;
	size_t used;
	long n = 0;

	while (at < end) {
		used = character(at, end, &sort, &point);
		if (sort != SPACE) {
			used = word(at, end);
			if (words != NULL)
				words[n] = (struct diff_text){ at, used };
			n++;
		}
		at += used;
	}
	return n;
}

static struct row row_of(struct arena *arena, long n)
{
	size_t size = (size_t)n;

	return (struct row){
		.texts = arena_alloc(arena, size * sizeof(struct diff_text)),
		.differ = arena_alloc(arena, size * sizeof(bool)),
		.n = n,
	};
}

static struct row words_of(struct arena *arena, struct diff_text text)
{
	struct row row = row_of(arena, read_words(text, NULL));

	read_words(text, row.texts);
	return row;
}

/* ---- the cheapest way ---- */

static bool is_same(struct diff_text a, struct diff_text b)
{
	return a.len == b.len && memcmp(a.bytes, b.bytes, a.len) == 0;
}

static bool meets(const struct grid *grid, long x, long y)
{
	return is_same(grid->old.texts[x], grid->new.texts[y]);
}

/* What is the same at both ends needs no search. */
static struct part trim(const struct grid *grid, struct part part)
{
	while (part.n > 0 && part.m > 0 && meets(grid, part.x, part.y)) {
		part.x++, part.y++;
		part.n--, part.m--;
	}
	while (part.n > 0 && part.m > 0 &&
	    meets(grid, part.x + part.n - 1, part.y + part.m - 1))
		part.n--, part.m--;
	return part;
}

/* One diagonal more on either side; at the border of the grid one less. What
   lies beside is behind all others, so nobody comes from there. */
static void widen(struct front *front, const struct part *part)
{
	if (front->low > -part->m)
		front->x[--front->low - 1] = -1;
	else
		front->low++;
	if (front->high < part->n)
		front->x[++front->high + 1] = -1;
	else
		front->high--;
}

/* As far as it goes for nothing; seen from the end where that is said. */
static long slide(const struct grid *grid, const struct part *part,
    bool from_end, long x, long k)
{
	while (x < part->n && x - k < part->m) {
		long right = from_end ? part->n - 1 - x : x;
		long down = from_end ? part->m - 1 - (x - k) : x - k;

		if (!meets(grid, part->x + right, part->y + down))
			break;
		x++;
	}
	return x;
}

/* A step more; true, with the diagonal, where it met the other one. */
static bool step(
    struct grid *grid, const struct part *part, bool from_end, long *met)
{
	struct front *mine = from_end ? &grid->back : &grid->ahead;
	const struct front *other = from_end ? &grid->ahead : &grid->back;
	long delta = part->n - part->m, k, x;
	/* Fronts on diagonals of the other kind cannot meet now. */
	bool can = (delta % 2 == 0) == from_end;

	widen(mine, part);
	for (k = mine->high; k >= mine->low; k -= 2) {
		x = mine->x[k - 1] >= mine->x[k + 1] ? mine->x[k - 1] + 1
						     : mine->x[k + 1];
		mine->x[k] = slide(grid, part, from_end, x, k);
		if (can && delta - k >= other->low &&
		    delta - k <= other->high &&
		    mine->x[k] + other->x[delta - k] >= part->n) {
			*met = from_end ? delta - k : k;
			return true;
		}
	}
	return false;
}

/* Fronts may have run over the border by one. False for a corner, which would
   not make the rest any smaller. */
static bool cut_at(
    const struct grid *grid, const struct part *part, long k, long *x, long *y)
{
	*x = grid->ahead.x[k];
	if (*x > part->n)
		*x = part->n;
	if (*x > part->m + k)
		*x = part->m + k;
	*y = *x - k;
	return *x >= 0 && *y >= 0 && *x + *y > 0 && *x + *y < part->n + part->m;
}

/* Where to cut; false if the way is too long. */
static bool cut(struct grid *grid, const struct part *part, long *x, long *y)
{
	long d, k;

	grid->ahead.low = grid->ahead.high = grid->ahead.x[0] = 0;
	grid->back.low = grid->back.high = grid->back.x[0] = 0;
	for (d = 0; d < grid->steps; d++) {
		if (step(grid, part, false, &k) || step(grid, part, true, &k))
			return cut_at(grid, part, k, x, y);
	}
	return false;
}

static void compare(struct grid *grid, struct part part)
{
	long x, y;

	part = trim(grid, part);
	if (part.n > 0 && part.m > 0 && cut(grid, &part, &x, &y)) {
		compare(grid, (struct part){ part.x, part.y, x, y });
		compare(grid,
		    (struct part){
			part.x + x, part.y + y, part.n - x, part.m - y });
		return;
	}
	memset(grid->old.differ + part.x, true, (size_t)part.n);
	memset(grid->new.differ + part.y, true, (size_t)part.m);
}

static long *front(struct arena *arena, long steps)
{
	/* One more on either side, for what lies beside. */
	long *x = arena_alloc(arena, (size_t)(2 * steps + 5) * sizeof(long));

	return x + steps + 2;
}

/* With all steps of both, everything could be taken out and put in. */
static void compare_rows(
    struct arena *arena, struct grid *grid, struct row old, struct row new)
{
	long steps = (old.n + new.n) / 2 + 1;

	if (steps > DIFF_EDITS / 2)
		steps = DIFF_EDITS / 2;
	*grid = (struct grid){
		.old = old,
		.new = new,
		.ahead.x = front(arena, steps),
		.back.x = front(arena, steps),
		.steps = steps,
	};
	compare(grid, (struct part){ 0, 0, old.n, new.n });
}

/* Behind x and y: what was taken out and put in there; false at the end. */
static bool next_change(const struct grid *grid, struct part *part)
{
	long x = part->x + part->n, y = part->y + part->m;

	while (x < grid->old.n && y < grid->new.n && !grid->old.differ[x] &&
	    !grid->new.differ[y])
		x++, y++;
	*part = (struct part){ x, y, 0, 0 };
	while (x < grid->old.n && grid->old.differ[x])
		x++, part->n++;
	while (y < grid->new.n && grid->new.differ[y])
		y++, part->m++;
	return part->n + part->m > 0;
}

/* ---- pieces ---- */

struct pieces {
	struct arena *arena;
	const struct diff_piece *first, **end;
};

static long larger(const struct part *part)
{
	return part->n > part->m ? part->n : part->m;
}

/* Few words that stay between many that do not are there by chance, and are
   read more easily as a part of the change. */
static void smooth(struct grid *grid)
{
	struct part last = { 0 }, next = { 0 };
	long same;

	if (!next_change(grid, &last))
		return;
	for (next = last; next_change(grid, &next); last = next) {
		same = next.x - (last.x + last.n);
		if (same >= larger(&last) || same >= larger(&next))
			continue;
		memset(grid->old.differ + last.x + last.n, true, (size_t)same);
		memset(grid->new.differ + last.y + last.m, true, (size_t)same);
		next = (struct part){ last.x, last.y, next.x + next.n - last.x,
			next.y + next.m - last.y };
	}
}

/* Whether there is a space before a word. */
static bool is_spaced(const struct row *row, long i)
{
	const struct diff_text *text = row->texts + i;

	return i > 0 && i < row->n &&
	    text[-1].bytes + text[-1].len < text->bytes;
}

static void piece_add(struct pieces *pieces, enum diff_side side,
    const struct row *row, long from, long n, bool spaced)
{
	struct diff_piece *piece;
	const struct diff_text *last = row->texts + from + n - 1;

	if (n == 0)
		return;
	piece = arena_alloc(pieces->arena, sizeof(*piece));
	piece->side = side;
	piece->spaced = spaced && pieces->first != NULL;
	piece->text.bytes = row->texts[from].bytes;
	piece->text.len = (size_t)(last->bytes + last->len - piece->text.bytes);
	*pieces->end = piece;
	pieces->end = &piece->next;
}

static void pieces_of(const struct grid *grid, struct pieces *pieces)
{
	struct part part = { 0 };
	bool more = true, spaced;
	long x, y;

	while (more) {
		x = part.x + part.n, y = part.y + part.m;
		more = next_change(grid, &part);
		spaced = is_spaced(&grid->old, x) || is_spaced(&grid->new, y);
		piece_add(pieces, DIFF_BOTH, &grid->new, y, part.y - y, spaced);
		spaced = (part.n > 0 && is_spaced(&grid->old, part.x)) ||
		    (part.m > 0 && is_spaced(&grid->new, part.y));
		piece_add(pieces, DIFF_OLD, &grid->old, part.x, part.n, spaced);
		piece_add(pieces, DIFF_NEW, &grid->new, part.y, part.m,
		    spaced && part.n == 0);
	}
}

/* All was taken out, and all put in. */
static void replaced(
    struct pieces *pieces, struct diff_text *old, struct diff_text *new)
{
	const struct row from = { old, NULL, old->len > 0 };
	const struct row to = { new, NULL, new->len > 0 };

	piece_add(pieces, DIFF_OLD, &from, 0, from.n, false);
	piece_add(pieces, DIFF_NEW, &to, 0, to.n, false);
}

const struct diff_piece *diff_words(
    struct arena *arena, struct diff_text old, struct diff_text new)
{
	struct pieces pieces = { .arena = arena, .end = &pieces.first };
	struct grid grid;

	if (old.len > DIFF_BYTES || new.len > DIFF_BYTES) {
		replaced(&pieces, &old, &new);
		return pieces.first;
	}
	compare_rows(arena, &grid, words_of(arena, old), words_of(arena, new));
	/* Where only spaces differ, no word does. */
	if (!next_change(&grid, &(struct part){ 0 }) && !is_same(old, new)) {
		replaced(&pieces, &old, &new);
		return pieces.first;
	}
	smooth(&grid);
	pieces_of(&grid, &pieces);
	return pieces.first;
}

/* ---- paragraphs ---- */

struct pairing { /* of what lies between two unchanged paragraphs */
	const struct grid *grid;
	struct part part;
	struct row *old, *new; /* the words of each, sorted */
	double *best;          /* of the rest from (x, y) on */
};

struct paragraphs {
	struct arena *arena;
	const struct diff_paragraph *first, **end;
};

/* Bytes up to an empty line, or to the end. */
static size_t paragraph(const char *text)
{
	size_t len = strcspn(text, "\n");

	while (text[len] != '\0' && text[len + 1] != '\n')
		len += 1 + strcspn(text + len + 1, "\n");
	return len;
}

static long read_paragraphs(const char *text, struct diff_text *paragraphs)
{
	long n = 0;
	size_t len;

	for (text += strspn(text, "\n"); *text != '\0';
	     text += strspn(text, "\n")) {
		len = paragraph(text);
		if (paragraphs != NULL)
			paragraphs[n] = (struct diff_text){ text, len };
		n++;
		text += len;
	}
	return n;
}

static struct row paragraphs_of(struct arena *arena, const char *text)
{
	struct row row = row_of(arena, read_paragraphs(text, NULL));

	read_paragraphs(text, row.texts);
	return row;
}

static int by_bytes(const void *a, const void *b)
{
	const struct diff_text *one = a, *other = b;
	size_t len = one->len < other->len ? one->len : other->len;
	int order = memcmp(one->bytes, other->bytes, len);

	return order != 0 ? order
			  : (one->len > other->len) - (one->len < other->len);
}

static struct row *sorted_words(
    struct arena *arena, const struct diff_text *paragraphs, long n)
{
	struct row *rows = arena_alloc(arena, (size_t)n * sizeof(*rows));
	long i;

	for (i = 0; i < n; i++) {
		if (paragraphs[i].len > DIFF_BYTES)
			continue;
		rows[i] = words_of(arena, paragraphs[i]);
		qsort(rows[i].texts, (size_t)rows[i].n,
		    sizeof(struct diff_text), by_bytes);
	}
	return rows;
}

/* The share of words that two have in common, from 0 to 1; less than half is
   none. */
static double likeness(const struct row *a, const struct row *b)
{
	long i = 0, j = 0, common = 0, all = a->n + b->n;

	if (2 * (a->n < b->n ? a->n : b->n) * 2 < all)
		return 0;
	while (i < a->n && j < b->n) {
		int order = by_bytes(a->texts + i, b->texts + j);

		common += order == 0;
		i += order <= 0;
		j += order >= 0;
	}
	return all > 0 && 4 * common >= all ? 2.0 * (double)common / (double)all
					    : 0;
}

static double *best_at(const struct pairing *pairing, long x, long y)
{
	return pairing->best + x * (pairing->part.m + 1) + y;
}

/* Which pairs are the most alike in all, from the end on. */
static void pair_up(struct pairing *pairing)
{
	const struct part *part = &pairing->part;
	long x, y;

	for (x = part->n - 1; x >= 0; x--) {
		for (y = part->m - 1; y >= 0; y--) {
			double *best = best_at(pairing, x, y);
			double right = *best_at(pairing, x + 1, y);
			double down = *best_at(pairing, x, y + 1);
			double like =
			    likeness(pairing->old + x, pairing->new + y);

			*best = right > down ? right : down;
			if (like > 0 &&
			    like + *best_at(pairing, x + 1, y + 1) >= *best)
				*best = like + *best_at(pairing, x + 1, y + 1);
		}
	}
}

/* Whether these two are a pair. */
static bool is_pair(const struct pairing *pairing, long x, long y)
{
	double like;

	if (x >= pairing->part.n || y >= pairing->part.m)
		return false;
	if (pairing->best == NULL)
		return x == y &&
		    likeness(pairing->old + x, pairing->new + y) > 0;
	like = *best_at(pairing, x, y);
	return like > *best_at(pairing, x + 1, y) &&
	    like > *best_at(pairing, x, y + 1);
}

static void paragraph_add(struct paragraphs *list, const struct diff_text *old,
    const struct diff_text *new, bool same)
{
	struct diff_paragraph *one = arena_alloc(list->arena, sizeof(*one));

	if (old != NULL)
		one->old = *old;
	if (new != NULL)
		one->new = *new;
	one->same = same;
	*list->end = one;
	list->end = &one->next;
}

/* Whether the best way goes by taking out this one. */
static bool is_out(const struct pairing *pairing, long x, long y)
{
	if (x >= pairing->part.n || y >= pairing->part.m)
		return x < pairing->part.n;
	return pairing->best == NULL
	    ? x <= y
	    : *best_at(pairing, x + 1, y) >= *best_at(pairing, x, y + 1);
}

static void add_changed(struct paragraphs *list, const struct pairing *pairing)
{
	const struct part *part = &pairing->part;
	const struct diff_text *old = pairing->grid->old.texts + part->x;
	const struct diff_text *new = pairing->grid->new.texts + part->y;
	long x = 0, y = 0;

	while (x < part->n || y < part->m) {
		if (is_pair(pairing, x, y))
			paragraph_add(list, old + x++, new + y++, false);
		else if (is_out(pairing, x, y))
			paragraph_add(list, old + x++, NULL, false);
		else
			paragraph_add(list, NULL, new + y++, false);
	}
}

static void change_add(
    struct paragraphs *list, const struct grid *grid, const struct part *part)
{
	struct arena scratch = { 0 };
	struct pairing pairing = {
		.grid = grid,
		.part = *part,
		.old =
		    sorted_words(&scratch, grid->old.texts + part->x, part->n),
		.new =
		    sorted_words(&scratch, grid->new.texts + part->y, part->m),
	};

	if (part->n * part->m <= DIFF_PAIRS) {
		pairing.best = arena_alloc(&scratch,
		    (size_t)((part->n + 1) * (part->m + 1)) * sizeof(double));
		pair_up(&pairing);
	}
	add_changed(list, &pairing);
	arena_reset(&scratch);
}

const struct diff_paragraph *diff_paragraphs(
    struct arena *arena, const char *old, const char *new)
{
	struct paragraphs list = { .arena = arena, .end = &list.first };
	struct part part = { 0 };
	struct grid grid;
	bool more = true;
	long x, y;

	compare_rows(
	    arena, &grid, paragraphs_of(arena, old), paragraphs_of(arena, new));
	while (more) {
		x = part.x + part.n, y = part.y + part.m;
		more = next_change(&grid, &part);
		for (; x < part.x; x++, y++)
			paragraph_add(&list, grid.old.texts + x,
			    grid.new.texts + y, true);
		if (more)
			change_add(&list, &grid, &part);
	}
	return list.first;
}
