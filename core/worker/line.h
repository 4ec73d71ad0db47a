/* A record as the line of JSON that spool/README.md describes, but for what
   only the daemon knows: seq, spooled, revision, changed, status, feeds. */
#ifndef LINE_H
#define LINE_H

#include "core/base/message.h"
#include "core/kit/record.h"

/* Memory of the job; NULL if a field is not UTF-8. The page is the one that
   the record was made of, decoded; the first of the order is the same as it
   came. */
const char *line_of(struct dl_job *job, const struct record *record,
    const struct dl_page *page, const struct order *order, const char *id);

/* As a record names them: "json-ld", "source", "minute"; NULL for none. */
const char *line_from(enum dl_from from);
const char *line_zone(enum dl_zone zone);
const char *line_precision(enum dl_precision precision);

/* SHA-256 in hexadecimal. */
const char *line_digest(struct dl_job *job, const char *bytes, size_t len);

#endif
