/* Pages that were saved as files, and the worker that reads them. */
#ifndef SAVED_H
#define SAVED_H

#include "core/base/conf.h"
#include "core/tool/worker.h"

struct saved {
	struct conf *conf;
	struct source *source;
	struct worker worker;
	bool explain; /* how the fields came about is asked for, too */
};

struct saved_page {
	const char *path;
	const char *url, *title, *type; /* NULL: not said */
	const struct dl_list *next;     /* paths of the story's further pages */
};

/* Ends with EX_USAGE where nothing is known of such a source. */
void saved_open(struct saved *saved, const char *conf, const char *source);

/* For a source of a configuration that is saved's from now on; false after
   complaints on stderr. */
bool saved_begin(struct saved *saved, struct conf *conf, struct source *source);
void saved_close(struct saved *saved);

/*
 * The result of one page; a DL_FAIL too where a file cannot be read. A further
 * page has the url that is asked for, as the daemon would fetch it; what is not
 * asked for is a DL_FAIL.
 */
void saved_result(struct saved *saved, struct arena *arena, enum task_kind task,
    const struct saved_page *page, struct result *result);

#endif
