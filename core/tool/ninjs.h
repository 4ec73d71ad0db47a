/* Records as IPTC ninjs 3.1, which other newsrooms read. */
#ifndef NINJS_H
#define NINJS_H

#include <jansson.h>

/* The caller's to json_decref(); NULL where the line is no record. */
json_t *ninjs(const json_t *record);

#endif
