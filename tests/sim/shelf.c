/* What the model's state remembers of stories. */
#include <stddef.h>

#include "tests/sim/shelf.h"
#include "tests/sim/sim.h"
#include "tests/sim/tally.h"

#define AHEAD_MOST (2 * DAY)
#define CLAIMED_MOST 8 /* of one source */

struct board {                    /* of one source */
	struct heap fresh, again; /* pages, by when they are due */
	int claimed;
	struct heap_node turn; /* by when its first page is due */
	uint8_t *shown;        /* a bit a story */
	size_t room;
};

struct shelf {
	struct board *boards;
	size_t n;
	struct heap turns[CLAIMED_MOST]; /* boards, by what they have claimed */
	struct page *pages;
};

static struct page *page_of(struct heap_node *node)
{
	return node == NULL
	    ? NULL
	    : (struct page *)((char *)node - offsetof(struct page, turn));
}

/* It stands where it belongs by what it has claimed, and what is due. Who
   changes what it has claimed takes it out before. */
static void board_turn(struct shelf *shelf, struct board *board)
{
	const struct heap_node *fresh = heap_first(&board->fresh);
	const struct heap_node *again = heap_first(&board->again);

	if (board->claimed == CLAIMED_MOST)
		return;
	if (fresh == NULL && again == NULL)
		heap_remove(&shelf->turns[board->claimed], &board->turn);
	else if (fresh == NULL || (again != NULL && again->key < fresh->key))
		heap_set(
		    &shelf->turns[board->claimed], &board->turn, again->key);
	else
		heap_set(
		    &shelf->turns[board->claimed], &board->turn, fresh->key);
}

static void page_due(struct shelf *shelf, struct page *page, int64_t due)
{
	struct board *board = &shelf->boards[page->source];

	page->due = due;
	heap_set(page->again ? &board->again : &board->fresh, &page->turn, due);
	board_turn(shelf, board);
}

struct shelf *shelf_new(size_t sources)
{
	struct shelf *shelf = tally_new(1, sizeof(*shelf));

	shelf->boards = tally_new(sources, sizeof(*shelf->boards));
	shelf->n = sources;
	return shelf;
}

void shelf_free(struct shelf *shelf)
{
	struct page *page;
	size_t i;

	while ((page = shelf->pages) != NULL) {
		shelf->pages = page->next;
		tally_free(page);
	}
	for (i = 0; i < shelf->n; i++) {
		heap_free(&shelf->boards[i].fresh);
		heap_free(&shelf->boards[i].again);
		tally_free(shelf->boards[i].shown);
	}
	for (i = 0; i < CLAIMED_MOST; i++)
		heap_free(&shelf->turns[i]);
	tally_free(shelf->boards);
	tally_free(shelf);
}

/* True the first time. */
static bool is_new(struct board *board, int64_t story)
{
	size_t byte = (size_t)story / 8, i = board->room;
	uint8_t bit = (uint8_t)(1 << story % 8);

	if (byte >= board->room) {
		board->room = byte + byte / 2 + 16;
		board->shown = tally_more(board->shown, board->room);
		for (; i < board->room; i++)
			board->shown[i] = 0;
	}
	if (board->shown[byte] & bit)
		return false;
	board->shown[byte] |= bit;
	return true;
}

bool shelf_note(struct shelf *shelf, size_t source, int64_t story)
{
	struct board *board = &shelf->boards[source];
	struct page *page;

	if (!is_new(board, story))
		return false;
	page = tally_new(1, sizeof(*page));
	*page = (struct page){ .source = source,
		.story = story,
		.due = 1,
		.next = shelf->pages,
		.from = &shelf->pages };
	if (page->next != NULL)
		page->next->from = &page->next;
	shelf->pages = page;
	heap_set(&board->fresh, &page->turn, page->due);
	board_turn(shelf, board);
	return true;
}

/* New ones first. */
static struct page *board_claim(
    struct shelf *shelf, struct board *board, int64_t now)
{
	struct page *page = page_of(heap_first(&board->fresh));
	struct heap *heap = &board->fresh;

	if (page == NULL || page->due > now) {
		heap = &board->again;
		page = page_of(heap_first(heap));
	}
	heap_remove(heap, &page->turn);
	page->claimed = true;
	heap_remove(&shelf->turns[board->claimed], &board->turn);
	board->claimed++;
	board_turn(shelf, board);
	return page;
}

struct page *shelf_claim(struct shelf *shelf, int64_t now)
{
	int i;

	for (i = 0; i < CLAIMED_MOST; i++) {
		struct heap_node *first = heap_first(&shelf->turns[i]);

		if (first != NULL && first->key <= now)
			return board_claim(shelf,
			    (struct board *)((char *)first -
				offsetof(struct board, turn)),
			    now);
	}
	return NULL;
}

int64_t shelf_wake(const struct shelf *shelf)
{
	int64_t least = -1;
	int i;

	for (i = 0; i < CLAIMED_MOST; i++) {
		const struct heap_node *first = heap_first(&shelf->turns[i]);

		if (first != NULL && (least < 0 || first->key < least))
			least = first->key;
	}
	return least;
}

static void claim_ends(struct shelf *shelf, struct page *page)
{
	struct board *board = &shelf->boards[page->source];

	if (board->claimed < CLAIMED_MOST)
		heap_remove(&shelf->turns[board->claimed], &board->turn);
	board->claimed--;
	page->claimed = false;
}

void shelf_settle(struct shelf *shelf, struct page *page, int64_t due)
{
	claim_ends(shelf, page);
	page_due(shelf, page, due);
}

void shelf_forget(struct shelf *shelf, struct page *page)
{
	claim_ends(shelf, page);
	board_turn(shelf, &shelf->boards[page->source]);
	*page->from = page->next;
	if (page->next != NULL)
		page->next->from = page->from;
	tally_free(page);
}

void shelf_unclaim(struct shelf *shelf)
{
	struct page *page;

	for (page = shelf->pages; page != NULL; page = page->next) {
		if (page->claimed)
			shelf_settle(shelf, page, page->due);
	}
}

void shelf_ahead(struct shelf *shelf, int64_t now)
{
	struct page *page;

	for (page = shelf->pages; page != NULL; page = page->next) {
		if (page->again || page->claimed ||
		    page->due <= now + AHEAD_MOST)
			continue;
		page_due(shelf, page, now);
	}
}

void shelf_set_back(struct shelf *shelf, int64_t millis, int64_t now)
{
	struct page *page;

	for (page = shelf->pages; page != NULL; page = page->next) {
		if (!page->claimed && page->due > now)
			page_due(shelf, page, page->due - millis);
	}
}

size_t shelf_bytes(const struct shelf *shelf)
{
	size_t nodes = 0, i;

	for (i = 0; i < shelf->n; i++)
		nodes +=
		    shelf->boards[i].fresh.room + shelf->boards[i].again.room;
	for (i = 0; i < CLAIMED_MOST; i++)
		nodes += shelf->turns[i].room;
	return nodes * sizeof(struct heap_node *);
}
