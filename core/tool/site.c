/* A site on the network, looked at by the tool. */
#include <stdlib.h>
#include <sysexits.h>
#include <time.h>

#include "core/base/limits.h"
#include "core/tool/site.h"

void site_open(struct site *site, struct conf *conf, struct source *source)
{
	struct fetch_settings settings;

	if (!conf_is_whole(conf, stderr))
		exit(EX_CONFIG);
	*site = (struct site){ .conf = conf, .source = source };
	/* Faults in other sources are not in the way of this one. */
	site->conf->sources = site->source;
	site->source->next = NULL;
	settings = (struct fetch_settings){ .ca_file = site->conf->ca_file,
		.timeout = site->conf->timeout,
		.connect_timeout = site->conf->connect_timeout,
		.page_bytes = (size_t)site->conf->page_bytes };
	site->visit = visit_new(&settings);
	worker_start(&site->worker, site->conf);
}

void site_close(struct site *site)
{
	worker_stop(&site->worker);
	visit_free(site->visit);
	arena_reset(&site->arena);
	conf_free(site->conf);
}

const struct came *site_get(
    struct site *site, const char *url, const char **why)
{
	const struct get get = { .source = site->source, .url = url };
	struct came *came = arena_alloc(&site->arena, sizeof(*came));
	struct fetched got = { .url = url };

	visit_get(site->visit, &site->arena, &get, &got);
	*why = got.error;
	site->answered = got.status != 0;
	if (got.outcome == OUTCOME_FINE && got.body.len == 0)
		*why = "an empty page";
	if (*why == NULL) {
		came->url = got.url;
		came->type = got.type;
		came->charset = got.charset;
		came->bytes =
		    arena_copy(&site->arena, got.body.bytes, got.body.len);
		came->len = got.body.len;
	}
	buf_free(&got.body);
	return *why == NULL ? came : NULL;
}

void site_order(struct site *site, enum task_kind task,
    const struct came *const *pages, size_t n, const struct dl_entry *entry,
    struct result *result)
{
	static const struct dl_entry none;
	struct order_page *parts =
	    arena_alloc(&site->arena, n * sizeof(*parts));
	struct order order = { .task = task,
		.pages = parts,
		.n_pages = n,
		.entry = entry != NULL ? entry : &none };
	size_t i;

	for (i = 0; i < n; i++)
		parts[i] = (struct order_page){ .url = pages[i]->url,
			.type = pages[i]->type,
			.charset = pages[i]->charset,
			.bytes = pages[i]->bytes,
			.len = pages[i]->len,
			.status = 200,
			.fetched = (int64_t)time(NULL) };
	if (site->worker.process == 0)
		worker_start(&site->worker, site->conf);
	worker_about(&order, site->source);
	order.explain = task == TASK_EXTRACT;
	worker_order(&site->worker, &site->arena, &order,
	    site->source->patience, result);
}
