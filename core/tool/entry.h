/* An entry of a feed or listing, as JSON. */
#ifndef ENTRY_H
#define ENTRY_H

#include <jansson.h>

#include "plugins/plugin.h"

/* A new object, with what is known of it. */
json_t *entry_json(const struct dl_entry *entry);

#endif
