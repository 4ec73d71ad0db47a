/* What stands around a date where a page says when a story came, and who made
   it: "Cập nhật: …", "Source: … | … | Editor: …". */
#ifndef LABEL_H
#define LABEL_H

#include "core/kit/job.h"

/* The line without labels and credits, trimmed; the line itself, if it has
   none. The job has its calendar. */
const char *label_bare(struct dl_job *job, const char *line);

#endif
