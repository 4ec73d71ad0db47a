/* What `dateline tail` prints: lines as they are, as text, or as ninjs. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <jansson.h>
#include <stdbool.h>

struct form;

struct output {
	const struct form *form;
	bool colour;
	bool diff;         /* with what changed from revision to revision */
	struct kept *kept; /* the last lines, as a ring; NULL: they are printed
			    */
	long last;         /* how many there can be */
	long n_kept;       /* how many there were */
};

/* By its name, or by what stdout is where that is NULL, but text for a `diff`;
   false if there is none of that name, or it has no way to say that. */
bool output_open(struct output *output, const char *form, bool diff);

/* From now on lines are kept, and only the last so many. */
void output_keep(struct output *output, long last);

/* Prints those that were kept, and from now on all. */
void output_release(struct output *output);

/* `json` is the same line, which may get a diff, or NULL where nobody has
   needed it yet; `before` is the line of the revision before it, or NULL where
   none is known. */
void output_line(
    struct output *output, const char *line, json_t *json, const char *before);

#endif
