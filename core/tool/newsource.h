/* A source that the plugin "feed" reads: its name and its file. */
#ifndef NEWSOURCE_H
#define NEWSOURCE_H

#include <stdbool.h>

#include "core/base/buf.h"
#include "core/tool/opml.h"

/*
 * Of the title in ASCII, in lower case, words joined by hyphens: "tuoi-tre".
 * Where none of it is ASCII it is of the address' host: "news-cn". The arena's.
 */
const char *newsource_name(struct arena *arena, const struct opml_feed *feed);

/* Adds the lines of the .conf; `file` is where the feed was listed. False: its
   address is too long for a line. */
bool newsource_put(
    struct buf *out, const struct opml_feed *feed, const char *file);

/* Whether two addresses are one feed's: http or https counts for nothing. */
bool newsource_same(struct arena *arena, const char *a, const char *b);

#endif
