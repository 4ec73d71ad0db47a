/*
 * What stands on the disk and nobody here counts: how far the spool's consumers
 * are, and the newest pages in quarantine. Looked at now and then, on a thread
 * beside that of the commits: anybody may read there, and a long list keeps no
 * commit waiting.
 */
#ifndef SURVEY_H
#define SURVEY_H

#include <jansson.h>
#include <stdint.h>
#include <uv.h>

struct survey;

/* `spool` and `quarantine` are folders; the latter need not be there. */
struct survey *survey_new(
    uv_loop_t *loop, const char *spool, const char *quarantine);
void survey_start(struct survey *survey);

/* As of the last look; the caller's. The lag is that behind `last_seq`. */
json_t *survey_consumers(const struct survey *survey, uint64_t last_seq);
json_t *survey_quarantine(const struct survey *survey);

void survey_stop(struct survey *survey); /* the loop closes; then free */
void survey_free(struct survey *survey);

#endif
