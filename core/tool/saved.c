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

static const char *type_of(const struct saved_page *page)
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
	const char *dot = strrchr(page->path, '.');
	size_t i;

	if (page->type != NULL)
		return page->type;
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
	page->fetched = time(NULL);
	fclose(file);
	return NULL;
}

void saved_result(struct saved *saved, struct arena *arena, enum task_kind task,
    const struct saved_page *from, struct result *result)
{
	struct order_page page = { .url = from->url, .type = type_of(from) };
	struct dl_entry entry = { .url = from->url, .title = from->title };
	struct order order = {
		.task = task, .pages = &page, .n_pages = 1, .entry = &entry
	};
	const char *why = file_read(arena, from->path, &page);

	if (why != NULL) {
		*result = (struct result){ .verdict = DL_FAIL, .reason = why };
		return;
	}
	if (saved->worker.process == 0)
		worker_start(&saved->worker, saved->conf);
	order.explain = saved->explain;
	worker_about(&order, saved->source);
	worker_order(
	    &saved->worker, arena, &order, saved->source->patience, result);
}
