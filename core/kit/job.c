/* One call of a plugin: its memory, its options, its verdict. */
#include <stdio.h>
#include <string.h>

#include "core/base/fold.h"
#include "core/base/limits.h"
#include "core/kit/guard.h"
#include "core/kit/job.h"
#include "core/kit/origin.h"

/* Memory is spent: the call ends here, whatever the plugin was doing. */
static void job_exhausted(void *whose)
{
	struct dl_job *job = whose;

	if (job->exhausted != NULL)
		longjmp(*job->exhausted, 1);
}

void job_init(struct dl_job *job)
{
	*job = (struct dl_job){ .arena.limit = LIMIT_WORKER_MEMORY };
	job->arena.exhausted = job_exhausted;
	job->arena.whose = job;
	job->guards_arena.exhausted = job_exhausted;
	job->guards_arena.whose = job;
	job->found_end = &job->found;
	job->wants_end = &job->wants;
	job->records_end = &job->records;
}

void job_finish(struct dl_job *job)
{
	arena_reset(&job->arena);
	arena_reset(&job->guards_arena);
}

void *job_alloc(struct dl_job *job, size_t size)
{
	return guard_alloc(job, size);
}

char *job_copy(struct dl_job *job, const char *text, size_t len)
{
	char *copy = job_alloc(job, len + 1);

	if (len > 0)
		memcpy(copy, text, len);
	origin_of_text(job, text, copy);
	return copy;
}

const char *job_clean(struct dl_job *job, const char *text)
{
	if (text == NULL)
		return NULL;
	return fold_clean(&job->arena, text, strlen(text));
}

static char *__attribute__((format(printf, 2, 0)))
job_vprintf(struct dl_job *job, const char *format, va_list args)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, again);
	va_end(again);

	text = job_alloc(job, (size_t)len + 1);
	vsnprintf(text, (size_t)len + 1, format, args);
	return text;
}

char *job_printf(struct dl_job *job, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = job_vprintf(job, format, args);
	va_end(args);
	return text;
}

/* The first reason that a job is given is the one that is told. */
static void __attribute__((format(printf, 2, 0)))
job_reason(struct dl_job *job, const char *format, va_list args)
{
	if (job->reason == NULL)
		job->reason = job_vprintf(job, format, args);
}

enum dl_verdict job_skip(struct dl_job *job, const char *reason, ...)
{
	va_list args;

	va_start(args, reason);
	job_reason(job, reason, args);
	va_end(args);
	return DL_SKIP;
}

enum dl_verdict job_fail(struct dl_job *job, const char *reason, ...)
{
	va_list args;

	va_start(args, reason);
	job_reason(job, reason, args);
	va_end(args);
	return DL_FAIL;
}

void job_break(struct dl_job *job, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	job_reason(job, format, args);
	va_end(args);
	job->broken = true;
}

static const struct dl_option *declared(
    const struct dl_plugin *plugin, const char *name)
{
	const struct dl_option *option = plugin->options;

	for (; option != NULL && option->name != NULL; option++) {
		if (strcmp(option->name, name) == 0)
			return option;
	}
	return NULL;
}

const char *job_option(struct dl_job *job, const char *name)
{
	const struct dl_option *known = declared(job->plugin, name);
	const struct option *option;

	if (known == NULL) {
		job_break(job, "option %s is not in the plugin's table", name);
		return NULL;
	}
	for (option = job->options; option != NULL; option = option->next) {
		if (strcmp(option->name, name) == 0)
			return option->value;
	}
	return known->standard;
}

const char *job_agency(struct dl_job *job)
{
	return job->agency;
}
