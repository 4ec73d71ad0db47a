/* A feed or a page that is worked on. */
#include <stdlib.h>
#include <string.h>

#include "core/base/limits.h"
#include "core/base/url.h"
#include "core/base/xalloc.h"
#include "core/daemon/ingest.h"
#include "core/daemon/task.h"

struct task *task_begin(struct ingest *ingest, const struct source *source)
{
	struct task *task = xcalloc(1, sizeof(*task));

	task->ingest = ingest;
	task->edition = edition_use(ingest->edition);
	task->source = source;
	task->counts = status_of(ingest->status, source->name);
	task->pages_end = &task->pages;
	task->next = ingest->tasks;
	task->from = &ingest->tasks;
	if (task->next != NULL)
		task->next->from = &task->next;
	ingest->tasks = task;
	return task;
}

/* Of pages that wait for workers: see limits.h. A story that waits for its next
   page does not count, or it would wait for itself. */
static void ordered_set(struct task *task, size_t bytes)
{
	struct ingest *ingest = task->ingest;

	ingest->ordered += bytes - task->ordered;
	task->ordered = bytes;
	if (!ingest->stopping)
		fetch_full(ingest->fetcher, ingest->ordered >= LIMIT_IN_FLIGHT);
}

void task_answered(struct task *task, struct answer *answer)
{
	task->answer = answer;
	ordered_set(task, 0);
}

void task_pages_drop(struct task *task)
{
	struct page *page;

	for (page = task->pages; page != NULL; page = page->next) {
		task->ingest->bytes -= page->body.len;
		buf_free(&page->body);
	}
	task->pages = NULL;
	task->pages_end = &task->pages;
}

void task_end(struct task *task)
{
	*task->from = task->next;
	if (task->next != NULL)
		task->next->from = task->from;
	task_pages_drop(task);
	ordered_set(task, 0);
	if (task->answer != NULL)
		answer_free(task->answer);
	edition_leave(task->edition);
	arena_reset(&task->arena);
	free(task);
}

void task_page_add(struct task *task, struct fetched *got, int64_t fetched)
{
	struct page *page = arena_alloc(&task->arena, sizeof(*page));

	page->url = arena_dup(&task->arena, got->url);
	page->type = arena_dup(&task->arena, got->type);
	page->charset = arena_dup(&task->arena, got->charset);
	page->etag = arena_dup(&task->arena, got->etag);
	page->robots = arena_dup(&task->arena, got->robots);
	page->status = got->status;
	page->fetched = fetched;
	page->body = got->body;
	got->body = (struct buf){ 0 };
	task->ingest->bytes += page->body.len;
	*task->pages_end = page;
	task->pages_end = &page->next;
}

size_t task_bytes(const struct task *task)
{
	const struct page *page;
	size_t bytes = 0;

	for (page = task->pages; page != NULL; page = page->next)
		bytes += page->body.len;
	return bytes;
}

void task_fetch(struct task *task, const char *url,
    const struct validators *validators, fetched_fn *done)
{
	struct get get = { .source = task->source, .url = url };

	if (validators != NULL) {
		get.etag = validators->etag;
		get.modified = validators->modified;
		get.at = validators->at;
	}
	fetch_get(task->ingest->fetcher, &get, done, task);
}

const char *task_feed_name(struct task *task)
{
	return url_shown(&task->arena, task->url);
}

struct order_page *task_parts(struct task *task, size_t *n)
{
	struct order_page *parts =
	    arena_alloc(&task->arena, (LIMIT_WANTED + 1) * sizeof(*parts));
	const struct page *page;

	*n = 0;
	for (page = task->pages; page != NULL; page = page->next)
		parts[(*n)++] = (struct order_page){ .url = page->url,
			.type = page->type,
			.charset = page->charset,
			.etag = page->etag,
			.bytes = page->body.bytes,
			.len = page->body.len,
			.status = (uint32_t)page->status,
			.fetched = page->fetched };
	return parts;
}

void task_order(struct task *task, enum task_kind kind, answer_fn *done)
{
	const struct source *source = task->source;
	struct order order = { .task = kind,
		.source = source->name,
		.plugin = source->plugin,
		.agency = source->agency,
		.zone = source->zone,
		.extractors = source->extractors,
		.options = source->options,
		.n_options = source->n_options,
		.robots = task->pages->robots,
		.entry = &task->due.entry };

	order.pages = task_parts(task, &order.n_pages);
	ordered_set(task, task_bytes(task));
	pool_order(task->ingest->pool, &order, source->patience, done, task);
}

static void want(struct task *task, const char *url)
{
	const struct dl_list **end = &task->wants;
	struct dl_list *one;

	for (; *end != NULL; end = (const struct dl_list **)&(*end)->next) {
		if (strcmp((*end)->text, url) == 0)
			return;
	}
	if (task->n_wants >= LIMIT_WANTED)
		return;
	one = arena_alloc(&task->arena, sizeof(*one));
	one->text = arena_dup(&task->arena, url);
	*end = one;
	if (task->wanted == NULL)
		task->wanted = one;
	task->n_wants++;
}

bool task_wants_take(struct task *task, enum dl_role role)
{
	const struct result *result = &task->answer->result;
	size_t i;

	for (i = 0; i < result->n_wanted; i++) {
		if (result->wanted[i].role == role)
			want(task, result->wanted[i].url);
	}
	return task->wanted != NULL;
}
