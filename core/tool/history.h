/*
 * The last revision of each story, as far as they are remembered: of those that
 * came last, and no more than the limits say.
 */
#ifndef HISTORY_H
#define HISTORY_H

#include <jansson.h>
#include <stddef.h>

/* Stories that are remembered: two weeks of a busy agency. */
#define HISTORY_IDS 10000

/* Bytes of their lines: a record is some 5 KiB long, and 4 MiB at most. */
#define HISTORY_BYTES ((size_t)64 << 20)

/* Lines before the one to begin with that are looked through for what came
   before: more would not be remembered anyway. */
#define HISTORY_LINES 10000

struct history {     /* zeroed: nothing is remembered */
	json_t *ids; /* id: its last line; what came last is last */
	json_t *before;
	size_t bytes; /* of all lines */
};

/*
 * Remembers a line of the spool. What is known of its story is returned, until
 * the next call: the line before it, or NULL. A line that withdraws it has no
 * text: then it is the line before that, with what the withdrawal says in it.
 */
const char *history_next(struct history *history, const char *line);
void history_free(struct history *history);

#endif
