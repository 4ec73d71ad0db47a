/* A page that was saved is tried, and what came is told as expected.h has it.
 */
#ifndef ATTEMPT_H
#define ATTEMPT_H

#include <jansson.h>
#include <stdbool.h>

#include "core/tool/saved.h"

/* The page that a line of expected.jsonl is about, in a folder; a new
   reference. */
json_t *attempt_page(
    struct saved *saved, const char *folder, const json_t *line);

/* Where the line says no more than where the page is: by the looks of it. The
   line may get a url, which the page itself has told. */
json_t *attempt_guess(struct saved *saved, const char *folder, json_t *line);

/* Whether a file is a page, by its name. */
bool attempt_is_page(const char *name);

#endif
