/* An entry of a feed or listing, and a further page that is wanted, as JSON. */
#ifndef ENTRY_H
#define ENTRY_H

#include <jansson.h>

#include "core/base/message.h"

/* A new object, with what is known of it. */
json_t *entry_json(const struct dl_entry *entry);

/* A new object: {"want": url, "role": "feed", "older" or "next"}. */
json_t *wanted_json(const struct wanted *wanted);

#endif
