/* The model's own memory, counted: what else there is on the heap is what the
   decision code has taken. */
#ifndef TALLY_H
#define TALLY_H

#include <stddef.h>

void *tally_new(size_t n, size_t size); /* zeroed */
void *tally_more(void *old, size_t size);
void tally_free(void *old);

/* Bytes on the heap that are not the model's; 0 where nobody can say (under
   the sanitizers). */
size_t tally_others(void);

#endif
