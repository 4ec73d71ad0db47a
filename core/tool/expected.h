/*
 * A line of expected.jsonl, beside what came of its page.
 *
 * A line says where the page is and how it is read (path, url, type, given,
 * next, why); whatever else it says is wanted:
 *
 *     {"path": …, "title": "…"}               of the one record
 *     {"path": …, "records": 2, "all": […]}   so many, and of each
 *     {"path": …, "entries": 9, "first": {…}} of a feed or listing
 *     {"path": …, "fails": "…"}               a part of the reason
 *     {…, "wants": ["…"]}                     of any: further pages
 *
 * The url of a record is `canonical` there. Of an object only the members that
 * are named are compared, and null is for what must not be there; what is in a
 * list is compared as a whole. What came is an object with "records" or
 * "entries", which are lists, "fails" where they are none: the whole reason,
 * and "wants" where there are any.
 */
#ifndef EXPECTED_H
#define EXPECTED_H

#include <jansson.h>
#include <stdbool.h>

#include "core/tool/sight.h"

/* A few words on what came. */
void expected_tell(FILE *out, const json_t *came);

/* Whether a line is of a feed or listing. */
bool expected_is_feed(const json_t *line);

/* Whether a line says only where the page is. */
bool expected_is_bare(json_t *line);

/* How many fields are not as the line says. Each is shown: the line's as what
   is gone, the other as what has come; `sight` may be NULL. */
int expected_compare(const struct sight *sight, json_t *line, json_t *came);

/*
 * The line that would have been right; a new reference. It says the same
 * things, in the same order; where it wanted nothing at all or another kind of
 * result, it now has the fields that matter most.
 */
json_t *expected_renew(json_t *line, json_t *came);

#endif
