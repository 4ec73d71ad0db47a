/* A site on the network, looked at by the tool: as politely as the daemon asks,
   its pages read in a worker. */
#ifndef SITE_H
#define SITE_H

#include <jansson.h>

#include "core/net/visit.h"
#include "core/tool/worker.h"

struct site {
	struct conf *conf;
	struct source *source; /* whose settings and plugin count */
	struct visit *visit;
	struct worker worker;
	struct arena arena; /* all that is told of the site */
	bool answered;      /* a host did, at the last site_get() */
};

/* A page that came; the site's. */
struct came {
	const char *url, *type, *charset;
	const char *bytes;
	size_t len;
};

/* Takes the configuration over; `source` is one of it. Ends with EX_CONFIG or
   EX_UNAVAILABLE where no worker can be started for it. */
void site_open(struct site *site, struct conf *conf, struct source *source);
void site_close(struct site *site);

/* NULL where it did not come; *why is a sentence then. */
const struct came *site_get(
    struct site *site, const char *url, const char **why);

/* What the plugin makes of it: of TASK_DISCOVER one page counts, of the others
   all. Never without a verdict. */
void site_order(struct site *site, enum task_kind task,
    const struct came *const *pages, size_t n, const struct dl_entry *entry,
    struct result *result);

#endif
