/* Hosts that want to be left alone, also after a restart. */
#ifndef HOLDS_H
#define HOLDS_H

#include <stdint.h>

struct ingest;

/* The state remembers it: a held_fn of fetch.h; `whose` is the ingest. */
void holds_keep(void *whose, const char *url, int64_t millis);

/* What the state remembers, for the fetcher; before anything is asked. */
void holds_remember(struct ingest *ingest);

#endif
