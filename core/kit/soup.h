/* Markup as people write it, made XML. */
#ifndef SOUP_H
#define SOUP_H

#include <stddef.h>

struct dl_job;

/*
 * What stands from the `<` of the root element up to `end`, as XML in which
 * every tag is ended: entries (elements of that name) are in no other entry,
 * texts like titles in no other text. Attributes are quoted, a bare `&` or `<`
 * is escaped, entities of HTML are escaped once more; comments and instructions
 * are left out, and so is what nests too deep. Memory of the job.
 */
char *soup_xml(struct dl_job *job, const char *root, const char *end,
    const char *entry, size_t *len);

#endif
