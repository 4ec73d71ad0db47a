/* JSON as sites write it. */
#ifndef JSON_H
#define JSON_H

#include <jansson.h>

struct dl_job;

/* From the first bracket on: with raw line ends in strings, commas in front of
   closing brackets, escapes that there are none of. NULL if it is no JSON even
   so; json_decref() frees. */
json_t *json_mended(struct dl_job *job, const char *wrong);

/* The first of an array, and of an array in it; else the value itself. */
const json_t *json_first(const json_t *value);

/* The value down the names of "author.name", through the first of each array;
   NULL if there is none. */
const json_t *json_at(const json_t *value, const char *path);

/* A string or a number, of an array its first; NULL if it is neither. */
const char *json_text(struct dl_job *job, const json_t *value);

#endif
