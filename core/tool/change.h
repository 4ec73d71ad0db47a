/*
 * What changed from one revision of a story to another: in the fields that
 * datelined(8) compares, those first that the newer one names in `changed`.
 */
#ifndef CHANGE_H
#define CHANGE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/*
 * A new object: each field that differs, with what it was and is, "from" and
 * "to", as far as there is such a thing; of `text` instead the paragraphs that
 * were taken "out" and put "in". Images are without the queries of their urls.
 * Of a record that withdraws the story it is `status` alone.
 */
json_t *change_json(const json_t *before, const json_t *now);

/*
 * The same for people, below a line with the time of commit, the revision, the
 * id and what `changed` says. `before` is NULL where it is not known, and that
 * is told.
 */
void change_show(
    FILE *out, const json_t *before, const json_t *now, bool colour);

/* Whether a line is a revision of what was there before. */
bool change_is(const json_t *line);

#endif
