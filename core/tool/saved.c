/* Pages that were saved as files, and the worker that reads them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <sys/stat.h>
#include <time.h>

#include "core/base/limits.h"
#include "core/tool/saved.h"
#include "core/tool/tool.h"

bool saved_begin(struct saved *saved, struct conf *conf, struct source *source)
{
	*saved = (struct saved){ .conf = conf, .source = source };
	/* Faults in other sources are not in the way of this one. */
	conf->sources = source;
	source->next = NULL;
	return worker_begin(&saved->worker, conf);
}

void saved_open(struct saved *saved, const char *path, const char *name)
{
	struct conf *conf = tool_conf(path);
	struct source *source = conf_source(conf, name);

	if (source == NULL)
		source = conf_bare(conf, name);
	if (!saved_begin(saved, conf, source))
		exit(EX_CONFIG);
}

void saved_close(struct saved *saved)
{
	worker_stop(&saved->worker);
	conf_free(saved->conf);
}

static const char *type_of(const char *path)
{
	static const struct {
		const char *suffix, *type;
	} types[] = {
		{ ".txt", "text/plain" },
		{ ".xml", "application/xml" },
		{ ".rss", "application/rss+xml" },
		{ ".atom", "application/atom+xml" },
		{ ".json", "application/json" },
	};
	const char *dot = strrchr(path, '.');
	size_t i;

	for (i = 0; dot != NULL && i < sizeof(types) / sizeof(types[0]); i++) {
		if (strcmp(dot, types[i].suffix) == 0)
			return types[i].type;
	}
	return "text/html";
}

/* NULL, or why the file is no page. */
static const char *file_read(
    struct arena *arena, const char *path, struct order_page *page)
{
	FILE *file = fopen(path, "rb");
	struct stat about;
	char *bytes;

	if (file == NULL)
		return strerror(errno);
	if (fstat(fileno(file), &about) != 0 || !S_ISREG(about.st_mode)) {
		fclose(file);
		return "not a file";
	}
	if (about.st_size > (off_t)LIMIT_PAGE) {
		fclose(file);
		return "too big: a page has at most 4 MiB";
	}
	bytes = arena_alloc(arena, (size_t)about.st_size + 1);
	page->len = fread(bytes, 1, (size_t)about.st_size, file);
	page->bytes = bytes;
	page->type = type_of(path);
	page->fetched = time(NULL);
	fclose(file);
	return NULL;
}

/* The url of a further page of the story that the order has not yet. */
static const char *url_wanted(
    struct arena *arena, const struct result *result, const struct order *order)
{
	size_t i, k;

	for (i = 0; i < result->n_wanted; i++) {
		const struct wanted *wanted = &result->wanted[i];

		if (wanted->role != DL_WANT_NEXT)
			continue;
		for (k = 1; k < order->n_pages; k++) {
			if (strcmp(order->pages[k].url, wanted->url) == 0)
				break;
		}
		if (k == order->n_pages)
			return arena_dup(arena, wanted->url);
	}
	return NULL;
}

/* NULL, or why there is no such page in the order now. */
static const char *page_add(struct arena *arena, const char *path,
    const struct result *result, struct order *order, struct order_page *page)
{
	const char *url = order->n_pages <= LIMIT_WANTED
	    ? url_wanted(arena, result, order)
	    : NULL;
	const char *why;

	if (url == NULL)
		return arena_printf(
		    arena, "%s: no such page is asked for", path);
	page->url = url;
	order->n_pages++;
	why = file_read(arena, path, page);
	return why != NULL ? arena_printf(arena, "%s: %s", path, why) : NULL;
}

static void order_send(struct saved *saved, struct arena *arena,
    struct order *order, struct result *result)
{
	if (saved->worker.process == 0)
		worker_start(&saved->worker, saved->conf);
	worker_about(order, saved->source);
	worker_order(
	    &saved->worker, arena, order, saved->source->patience, result);
}

void saved_result(struct saved *saved, struct arena *arena, enum task_kind task,
    const struct saved_page *from, struct result *result)
{
	struct order_page pages[1 + LIMIT_WANTED] = { { .url = from->url } };
	struct dl_entry entry = { .url = from->url, .title = from->title };
	struct order order = { .task = task,
		.pages = pages,
		.n_pages = 1,
		.entry = &entry,
		.explain = saved->explain };
	const struct dl_list *next = from->next;
	const char *why = file_read(arena, from->path, &pages[0]);

	if (from->type != NULL)
		pages[0].type = from->type;
	if (why == NULL)
		order_send(saved, arena, &order, result);
	for (; why == NULL && next != NULL && result->verdict == DL_DONE;
	     next = next->next) {
		why = page_add(
		    arena, next->text, result, &order, &pages[order.n_pages]);
		if (why == NULL)
			order_send(saved, arena, &order, result);
	}
	if (why != NULL)
		*result = (struct result){ .verdict = DL_FAIL, .reason = why };
}
