/*
 * The control socket: whoever may connect sends a word and a newline, and gets
 * one JSON object back. The words are "status", "metrics", "reload", and
 * "poll", "pause", "resume", "replay" and "quarantine" with what is wanted
 * behind it; with the newline they have LIMIT_CONTROL bytes at most.
 */
#ifndef CONTROL_H
#define CONTROL_H

#include <jansson.h>
#include <uv.h>

struct control;
struct caller; /* who waits for an answer */

/* Asked for `word`: control_answer() must follow, now or later, once. */
typedef void asked_fn(void *whose, const char *word, struct caller *caller);

/* NULL and a sentence in *why; an old socket that nobody serves is replaced. */
struct control *control_open(uv_loop_t *loop, const char *path, asked_fn *asked,
    void *whose, const char **why);

/* Takes the answer over. NULL: it could not be made, for it is not UTF-8. */
void control_answer(struct caller *caller, json_t *answer);

/* The same, of one that is text already, which stays the caller's. */
void control_answer_text(struct caller *caller, const char *text, size_t len);

void control_close(struct control *control); /* the loop closes; then free */
void control_free(struct control *control);

#endif
