/*
 * What may be where on pages of a site that nobody knows: proposals for who
 * writes a source, from a page and others of the same kind behind it.
 *
 *     {"pages": 3, "site": "The Gazette",
 *      "feeds": [{"url": …, "type": …, "title": …}],
 *      "listing": [{"boxes": "ul.news a", "entries": 23, "titles": […]}],
 *      "fields": {"title": [{"from": "page", "how": "h1.name", "matched": 3,
 *                            "values": […]}], "text": …},
 *      "without": [{"how": ".share", "matched": 2}]}
 *
 * `site` is there where the pages say it; `feeds` and `listing` are of the
 * first, `values` one a page, null where there is none. What is surer stands
 * first.
 */
#ifndef PROBE_H
#define PROBE_H

#include "core/kit/job.h"

/* One object of JSON, the job's. */
const char *probe_pages(struct dl_job *job, const struct dl_page *first);

#endif
