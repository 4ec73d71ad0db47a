/* What each plugin leaves behind in this worker. */
#include <malloc.h>

#include "core/worker/ledger.h"

/* Plugins that one order tells of: a source and its extractors are ten. */
#define LITTER_MOST 32

void ledger_open(struct arena *arena, struct ledger *ledger,
    const struct dl_plugin *const *plugins, size_t n)
{
	size_t i;

	ledger->n = n;
	ledger->accounts = arena_alloc(arena, n * sizeof(*ledger->accounts));
	for (i = 0; i < n; i++) {
		ledger->accounts[i].plugin = plugins[i];
		statics_remember(
		    arena, plugins[i], &ledger->accounts[i].statics);
	}
}

/* AddressSanitizer has a heap of its own: there where that is linked. */
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static size_t heap_of_all(void)
{
	struct mallinfo2 heap;

	if (__sanitizer_get_current_allocated_bytes != NULL)
		return __sanitizer_get_current_allocated_bytes();
	heap = mallinfo2();
	return heap.uordblks + heap.hblkhd;
}

int64_t ledger_heap(const struct dl_job *job)
{
	size_t ours = job->arena.taken + job->guards_arena.taken;

	return (int64_t)heap_of_all() - (int64_t)ours;
}

void ledger_called(
    struct ledger *ledger, const struct dl_job *job, int64_t before)
{
	size_t i;

	for (i = 0; i < ledger->n; i++) {
		struct account *account = &ledger->accounts[i];

		if (account->plugin != job->plugin)
			continue;
		account->grown += ledger_heap(job) - before;
		account->called = true;
	}
}

/* NULL: none has. */
static struct account *most_grown(const struct ledger *ledger)
{
	struct account *most = NULL;
	size_t i;

	for (i = 0; i < ledger->n; i++) {
		struct account *account = &ledger->accounts[i];

		if (account->grown > (most != NULL ? most->grown : 0))
			most = account;
	}
	return most;
}

static struct litter account_close(struct account *account)
{
	struct litter litter = { .plugin = account->plugin->name };

	litter.statics = (int64_t)statics_put_back(&account->statics);
	account->orders += account->called;
	account->called = false;
	return litter;
}

void ledger_close(struct ledger *ledger, struct dl_job *job, bool leaves,
    struct result *result)
{
	const struct account *most = leaves ? most_grown(ledger) : NULL;
	struct litter *litter = job_alloc(job, ledger->n * sizeof(*litter));
	size_t i, n = 0;

	for (i = 0; i < ledger->n; i++) {
		struct account *account = &ledger->accounts[i];

		litter[n] = account_close(account);
		if (most != NULL && account == most)
			litter[n].heap = account->grown / account->orders;
		n += litter[n].statics > 0 || litter[n].heap > 0;
	}
	result->litter = litter;
	result->n_litter = n < LITTER_MOST ? n : LITTER_MOST;
}
