/* The lines of a spool, one after the other. */
#ifndef LINES_H
#define LINES_H

#include <stdbool.h>

#include "spool/spool.h"

/* Calls `line_read` for each, until there are no more. Damage is told on stderr
   if `tells`; ends with EX_IOERR where the spool cannot be read. */
void lines_each(struct spool_reader *reader, const char *folder, bool tells,
    void (*line_read)(void *whose, const struct spool_line *line), void *whose);

#endif
