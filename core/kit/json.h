/* JSON as sites write it. */
#ifndef JSON_H
#define JSON_H

#include <jansson.h>

struct dl_job;

/* From the first bracket on: with raw line ends in strings, commas in front of
   closing brackets, escapes that there are none of. NULL if it is no JSON even
   so; json_decref() frees. */
json_t *json_mended(struct dl_job *job, const char *wrong);

#endif
