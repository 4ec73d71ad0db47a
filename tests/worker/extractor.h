/* An extractor as it is built, and what it makes of a text; lines of a table.
 */
#ifndef TESTS_EXTRACTOR_H
#define TESTS_EXTRACTOR_H

#include <dlfcn.h>
#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/kit/job.h"
#include "core/kit/record.h"

/* Beside this test, in the folder of the build. */
static inline const struct dl_plugin *extractor_open(const char *name)
{
	char program[512], path[1024];
	const struct dl_plugin *plugin;
	void *object;

	snprintf(program, sizeof(program), "%s", program_invocation_name);
	snprintf(path, sizeof(path), "%s/../../plugins/%s.so", dirname(program),
	    name);
	object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	plugin = object != NULL ? dlsym(object, "this_plugin") : NULL;
	if (plugin == NULL)
		fprintf(stderr, "%s\n", dlerror());
	return plugin;
}

/* The job's, until job_finish(). `language` is what the page says, or NULL. */
static inline const struct dl_record *extractor_run(struct dl_job *job,
    const struct dl_plugin *plugin, const char *text, const char *language)
{
	struct record *record;

	job_init(job);
	job->plugin = plugin;
	record = record_new(job);
	record->open.text = text;
	record->open.language = language;
	if (plugin->transform(job, NULL, &record->open) != DL_DONE)
		abort();
	return &record->open;
}

/* The lines of a file of the tests, without their ends; NULL: the last one. */
static inline char **lines_of(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL, **lines;
	size_t room = 0, n = 0, most = 4096;
	ssize_t len;

	if (file == NULL) {
		perror(path);
		abort();
	}
	lines = arena_alloc(arena, (most + 1) * sizeof(*lines));
	while (n < most && (len = getline(&line, &room, file)) > 0)
		lines[n++] = arena_copy(
		    arena, line, (size_t)len - (line[len - 1] == '\n'));
	free(line);
	fclose(file);
	return lines;
}

#endif
