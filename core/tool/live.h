/* A source on its site as it is now. */
#ifndef LIVE_H
#define LIVE_H

#include "core/base/conf.h"

/*
 * Asks for its first feed and for three pages of that, as politely as the
 * daemon, and prints which fields were found, and where. Takes the
 * configuration over. How many feeds and pages were not understood.
 */
int live_try(struct conf *conf, struct source *source);

#endif
