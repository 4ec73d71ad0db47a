/*
 * What the evil plugins share: their discover() is an ordinary one. Each is a
 * source whose extract() does one thing that a worker must survive or not.
 */
#ifndef EVIL_H
#define EVIL_H

#include <stddef.h>
#include <string.h>

#include "plugin.h"

/* A way to be evil: some plugins know several, and do what the last part of the
   page's address says. */
struct way {
	const char *name;
	void (*go)(struct dl_job *job);
};

#define EVIL_WAYS(ways, job, page) \
	evil_go(ways, sizeof(ways) / sizeof((ways)[0]), job, page)

static inline enum dl_verdict evil_go(const struct way *ways, size_t n,
    struct dl_job *job, const struct dl_page *page)
{
	const char *name = strrchr(page->url, '/') + 1;
	size_t i;

	for (i = 0; i < n; i++) {
		if (strcmp(ways[i].name, name) == 0) {
			ways[i].go(job);
			return job_fail(job, "nobody has stopped it");
		}
	}
	return job_fail(job, "it knows no way called %s", name);
}

#define EVIL(name_, about_)                 \
	DL_PLUGIN = { .abi = DL_ABI,        \
		.name = name_,              \
		.version = "1.0",           \
		.about = about_,            \
		.zone = "Asia/Ho_Chi_Minh", \
		.discover = feed_discover,  \
		.extract = extract }

#endif
