/*
 * An order carried out, in the order in which things happen:
 *
 *     run_order > decode > discover > answer
 *                        > extract > transform ... > answer
 *
 * Each call of a plugin stands between call_begin() and call_end(): the slate
 * says whose code it is, should the process not survive it, and the ledger what
 * it leaves behind, should it survive. What the plugins have changed of their
 * statics is put back before the answer goes out; a process whose memory one of
 * them has spent or overrun says so, and takes no other order.
 */
#include <assert.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "core/base/limits.h"
#include "core/base/slate.h"
#include "core/base/url.h"
#include "core/base/zones.h"
#include "core/kit/decode.h"
#include "core/kit/guard.h"
#include "core/kit/job.h"
#include "core/kit/origin.h"
#include "core/kit/plain.h"
#include "core/kit/record.h"
#include "core/worker/ledger.h"
#include "core/worker/line.h"
#include "core/worker/probe.h"
#include "core/worker/run.h"
#include "core/worker/texts.h"
#include "core/worker/trace.h"

/* Bytes beside the job's own: plugins, places, charsets and the order at hand
   take less than half of it. */
#define HEAP_MOST ((size_t)64 << 20)

/* Bytes of a result beside its entries and wanted pages, and more. */
#define RESULT_REST ((size_t)4096)

struct run { /* one order, and what comes of it */
	const struct tools *tools;
	const struct order *order;
	struct dl_job *job;
	const struct dl_plugin *source;
	struct result result;
	size_t room;   /* bytes that entries and wanted pages may still take */
	size_t traces; /* and those that traces may */
	int64_t heap;  /* of the process, before the call under way */
	struct buf *out;
};

/* From here on it is this plugin's code that runs, until call_end(). */
static void call_begin(struct run *run, const struct dl_plugin *plugin)
{
	run->job->plugin = plugin;
	slate_write(run->tools->slate, plugin->name);
	run->heap = ledger_heap(run->job);
}

static void call_end(struct run *run)
{
	ledger_called(run->tools->ledger, run->job, run->heap);
	slate_write(run->tools->slate, NULL);
}

/* The page's bytes in UTF-8; what it asked for hangs behind it. */
static const struct dl_page *decode(struct run *run, const char **why)
{
	const struct dl_page *first = NULL, **end = &first;
	struct dl_job *job = run->job;
	size_t i;

	for (i = 0; i < run->order->n_pages; i++) {
		const struct order_page *raw = &run->order->pages[i];
		struct dl_page *page = job_alloc(job, sizeof(*page));

		page->url = raw->url;
		page->type = text_or(raw->type, "text/html");
		page->fetched = raw->fetched;
		page->bytes =
		    decode_page(&job->arena, run->tools->decoder, raw->bytes,
			raw->len, raw->charset, page->type, &page->len, why);
		if (page->bytes == NULL)
			return NULL;
		*end = page;
		end = &page->next;
	}
	return first;
}

static void options_take(struct run *run)
{
	const struct order *order = run->order;
	const struct option **end = &run->job->options;
	size_t i;

	for (i = 0; i < order->n_options; i++) {
		struct option *option = job_alloc(run->job, sizeof(*option));

		option->name = order->options[i].name;
		option->value = order->options[i].value;
		*end = option;
		end = &option->next;
	}
}

static const char *key_told(
    struct trace *told, const char *key, enum dl_from from, const char *how)
{
	told->from = from;
	told->how = how;
	return key;
}

static const char *key_of(struct run *run, const char *url, const char *id,
    const struct dl_page *page, struct trace *told)
{
	const struct dl_plugin *source = run->source;
	struct dl_job *job = run->job;
	const char *key = NULL;

	job->plugin = source;
	if (source->key != NULL && url != NULL)
		key = source->key(job, url);
	if (key != NULL)
		return key_told(told, key, DL_FROM_URL, "key of the address");
	if (id != NULL)
		return key_told(told, id, DL_FROM_FEED, "id of the entry");
	if (url != NULL)
		return key_told(told, url_strip(&job->arena, url), DL_FROM_URL,
		    "the address itself");
	assert(page != NULL); /* entries have a url */
	key = job_printf(
	    job, "file-%s", line_digest(job, page->bytes, page->len));
	return key_told(told, key, DL_FROM_PAGE, "SHA-256 of the page");
}

/*
 * Who a story is, as long as it lives: the plugin's key for its url, else the
 * entry's own id, else the url without what only tracks; of a file without any,
 * what is in it.
 */
static const char *identity(struct run *run, const char *url, const char *id,
    const struct dl_page *page, struct trace *told)
{
	const struct dl_plugin *source = run->source;

	return job_printf(run->job, "%s:%s",
	    source->key != NULL ? source->name : run->order->source,
	    key_of(run, url, id, page, told));
}

static void wanted_answer(struct run *run)
{
	struct dl_job *job = run->job;
	struct wanted *wanted = job_alloc(job, job->n_wants * sizeof(*wanted));
	const struct want *want;

	run->result.wanted = wanted;
	for (want = job->wants; want != NULL; want = want->next) {
		size_t size = strlen(want->url) + 32;

		if (size > run->room)
			break;
		run->room -= size;
		wanted[run->result.n_wanted++] =
		    (struct wanted){ want->url, want->role };
	}
}

/* What is too long for the message goes without its text, which its page has
   too, or not at all. */
static bool entry_fits(struct run *run, struct dl_entry *entry)
{
	if (message_entry_size(entry) > run->room)
		entry->html = NULL;
	if (message_entry_size(entry) > run->room)
		return false;
	run->room -= message_entry_size(entry);
	return true;
}

static void entries_answer(struct run *run)
{
	struct dl_job *job = run->job;
	const struct dl_entry **entries =
	    job_alloc(job, job->n_found * sizeof(struct dl_entry *));
	struct trace told; /* which nobody wants to know */
	struct found *found;

	run->result.entries = entries;
	call_begin(run, run->source); /* its key() */
	for (found = job->found; found != NULL; found = found->next) {
		found->entry.id = identity(
		    run, found->entry.url, found->entry.id, NULL, &told);
		if (!entry_fits(run, &found->entry))
			break;
		entries[run->result.n_entries++] = &found->entry;
	}
	call_end(run);
}

static enum dl_verdict discover(struct run *run, const struct dl_page *page)
{
	struct dl_job *job = run->job;
	enum dl_verdict verdict;

	call_begin(run, run->source);
	verdict = run->source->discover(job, page);
	call_end(run);
	if (verdict == DL_DONE && !job->broken) {
		wanted_answer(run);
		entries_answer(run);
		run->result.hints = job->hints;
	}
	return verdict;
}

/* A record begins with what its entry promised. */
static struct record *record_begin(struct run *run)
{
	const struct dl_entry *entry = run->order->entry;
	struct dl_job *job = run->job;
	struct record *record = record_new(job);

	record_set(
	    job, &record->open, DL_TITLE, entry->title, DL_FROM_FEED, "entry");
	record_set(job, &record->open, DL_SUMMARY, entry->summary, DL_FROM_FEED,
	    "entry");
	origin_text(job, entry->author, DL_FROM_FEED, "entry");
	record_author(job, &record->open, entry->author);
	record_published(job, &record->open, entry->published, "entry");
	record_updated(job, &record->open, entry->updated, "entry");
	return record;
}

/* A transform that fails leaves the record as it was, and a doubt. */
static bool transform(struct run *run, const struct dl_plugin *plugin,
    const struct dl_page *page, struct record *record)
{
	struct record before = record_copy(record);
	struct dl_job *job = run->job;
	enum dl_verdict verdict;

	call_begin(run, plugin);
	verdict = plugin->transform(job, page, &record->open);
	call_end(run);
	if (verdict == DL_SKIP)
		return false;
	if (verdict == DL_DONE && !job->broken) {
		text_append(job, &record->extractors,
		    job_printf(job, "%s %s", plugin->name, plugin->version));
		return true;
	}
	record_undo(
	    record, &before, job_printf(job, "%s failed", plugin->name));
	record_doubt(job, &record->open,
	    job_printf(job, "%s-failed: %s", plugin->name,
		text_or(job->reason, "no reason given")));
	job->broken = false;
	job->reason = NULL;
	return true;
}

static bool transforms(
    struct run *run, const struct dl_page *page, struct record *record)
{
	const struct dl_list *name;
	const struct dl_plugin *plugin;

	for (name = run->order->extractors; name != NULL; name = name->next) {
		plugin = load_find(&run->tools->plugins, name->text);
		if (plugin == NULL || plugin->transform == NULL)
			job_break(
			    run->job, "there is no extractor %s", name->text);
		else if (!transform(run, plugin, page, record))
			return false;
	}
	return true;
}

/* What an entry brings was found out when it was discovered. */
static const char *record_id(struct run *run, const struct dl_page *page,
    const struct record *record, struct trace *told)
{
	const struct dl_entry *entry = run->order->entry;
	struct dl_job *job = run->job;

	if (record->key != NULL) {
		key_told(told, NULL, DL_FROM_PAGE, "key of the record");
		return job_printf(job, "%s:%s", run->source->name, record->key);
	}
	if (entry->id == NULL)
		return identity(run, text_or(page->url, record->open.url), NULL,
		    page, told);
	if (run->order->explain &&
	    strcmp(identity(run, entry->url, NULL, page, told), entry->id) != 0)
		key_told(told, NULL, DL_FROM_FEED, "id of the entry");
	return entry->id;
}

/* NULL where it would not fit into a message. */
static const char *explained(struct run *run, const struct dl_page *page,
    const struct record *record, const struct trace *id)
{
	const struct told told = { .source = run->source,
		.order = run->order,
		.page = page,
		.record = record,
		.id = id };
	const char *trace;

	if (!run->order->explain)
		return NULL;
	trace = trace_of(run->job, &told);
	if (trace == NULL || strlen(trace) > run->traces)
		return NULL;
	run->traces -= strlen(trace);
	return trace;
}

static void record_answer(
    struct run *run, const struct dl_page *page, struct record *record)
{
	struct result_record *answers =
	    (struct result_record *)run->result.records;
	struct trace told = { .field = "id", .plugin = run->source->name };
	struct dl_job *job = run->job;
	const char *json;

	job->plugin = run->source;
	if (record->open.url == NULL)
		record_set(job, &record->open, DL_URL, page->url, DL_FROM_URL,
		    "fetched");
	call_begin(run, run->source); /* its key() */
	told.value = record_id(run, page, record, &told);
	call_end(run);
	json = line_of(job, record, page, run->order, told.value);
	if (json == NULL)
		job_break(job, "a field of the record is not UTF-8");
	else
		answers[run->result.n_records++] =
		    (struct result_record){ told.value, record->open.url, json,
			    explained(run, page, record, &told) };
}

static enum dl_verdict extract_page(
    struct run *run, const struct dl_page *page, struct record *record)
{
	struct dl_job *job = run->job;
	enum dl_verdict verdict;

	call_begin(run, run->source);
	if (strcmp(page->type, "text/plain") == 0)
		verdict = plain_extract(job, page, &record->open);
	else
		verdict = run->source->extract(job, page, &record->open);
	call_end(run);
	if (verdict == DL_DONE && !job->broken && job->wants == NULL &&
	    record->open.text == NULL)
		return job_fail(job, "no text was found");
	return verdict;
}

static enum dl_verdict extract(struct run *run, const struct dl_page *page)
{
	struct record *record = record_begin(run);
	struct dl_job *job = run->job;
	enum dl_verdict verdict = extract_page(run, page, record);
	size_t n = 0;

	if (verdict != DL_DONE || job->broken)
		return verdict;
	wanted_answer(run);
	if (record->open.text == NULL)
		return DL_DONE; /* it is on the pages that are wanted */
	for (record = job->records; record != NULL; record = record->next)
		n++;
	run->result.records = job_alloc(job, n * sizeof(*run->result.records));
	for (record = job->records; record != NULL; record = record->next) {
		if (transforms(run, page, record))
			record_answer(run, page, record);
	}
	if (run->result.n_records == 0)
		return job_skip(job, "an extractor dropped it");
	return DL_DONE;
}

static enum dl_verdict probe(struct run *run, const struct dl_page *page)
{
	struct result_record *told = job_alloc(run->job, sizeof(*told));

	*told = (struct result_record){ .id = "probe",
		.json = probe_pages(run->job, page) };
	run->result.records = told;
	run->result.n_records = 1;
	return DL_DONE;
}

static enum dl_verdict texts(struct run *run)
{
	struct result_record *told = job_alloc(run->job, sizeof(*told));

	*told = (struct result_record){ .id = "texts",
		.json = texts_of(run->job, &run->tools->plugins, run->order) };
	run->result.records = told;
	run->result.n_records = 1;
	return DL_DONE;
}

static enum dl_verdict carry_out(struct run *run)
{
	const struct order *order = run->order;
	struct dl_job *job = run->job;
	const struct dl_page *page;
	const char *zone, *why = NULL;

	run->source = load_find(&run->tools->plugins, order->plugin);
	if (run->source == NULL || run->source->extract == NULL)
		return job_fail(
		    job, "there is no source plugin %s", order->plugin);
	job->plugin = run->source;
	zone = text_or(order->zone, text_or(run->source->zone, "(none)"));
	job->zones = run->tools->zones;
	job->zone = zones_find(job->zones, zone, strlen(zone));
	if (job->zone == NULL)
		return job_fail(job, "zone %s was not loaded", zone);
	options_take(run);
	if (order->explain)
		job->origins = job_alloc(job, sizeof(*job->origins));
	if (texts_is(order->task))
		return texts(run);
	page = decode(run, &why);
	if (page == NULL)
		return job_fail(job, "%s", why);
	if (page->len == 0)
		return job_fail(job, "an empty page");
	job->base = page->url;
	if (order->pages[0].status != 0)
		job->fetched = page->fetched;
	switch (order->task) {
	case TASK_DISCOVER: return discover(run, page);
	case TASK_PROBE: return probe(run, page);
	default: return extract(run, page);
	}
}

/* What plugins and libraries leave on the heap takes the room of the pages to
   come; a worker that has grown so is better replaced. */
static bool heap_is_swollen(const struct dl_job *job)
{
	return ledger_heap(job) > (int64_t)HEAP_MOST;
}

static void answer(struct run *run, enum dl_verdict verdict, bool last)
{
	struct result *result = &run->result;

	if (run->job->broken)
		verdict = DL_FAIL;
	if (verdict != DL_DONE)
		*result = (struct result){ .reason = run->job->reason,
			.not_a_feed = run->job->not_a_feed };
	if (verdict != DL_DONE && result->reason == NULL)
		result->reason = "the plugin gave no reason";
	result->verdict = verdict;
	result->number = run->order->number;
	result->last = last;
	ledger_close(run->tools->ledger, run->job, last, result);
	message_put_result(run->out, result);
}

/* This process cannot be trusted with another page, nor this one's memory. */
static void answer_spoilt(
    struct run *run, const struct dl_plugin *plugin, const char *what)
{
	const struct litter litter = { .plugin = plugin->name, .spoilt = true };
	const struct result result = { .verdict = DL_FAIL,
		.number = run->order->number,
		.last = true,
		.reason = what,
		.litter = &litter,
		.n_litter = 1 };

	message_put_result(run->out, &result);
}

/* Whose code ran has taken the last of it; or nobody's, of a page that is too
   large when it is decoded. */
static void answer_exhausted(struct run *run)
{
	static const struct dl_plugin nobody = { .name = "(none)" };
	const struct dl_plugin *plugin = run->job->plugin;
	char reason[SLATE_NAME + 64];

	if (plugin == NULL)
		plugin = &nobody;
	snprintf(reason, sizeof(reason),
	    "plugin %.*s: it took more memory than a worker may have",
	    SLATE_NAME, plugin->name);
	answer_spoilt(run, plugin, reason);
}

/* False if no other order can be carried out. */
static bool order_end(struct run *run, enum dl_verdict verdict)
{
	struct dl_job *job = run->job;
	size_t size;
	const struct dl_plugin *overrun = guard_overrun(job, &size);
	bool swollen = heap_is_swollen(job);

	if (overrun != NULL)
		answer_spoilt(run, overrun,
		    job_printf(job,
			"plugin %s: it wrote beyond %zu bytes that it had from "
			"job_alloc()",
			overrun->name, size));
	else
		answer(run, verdict, swollen);
	return overrun == NULL && !swollen;
}

/* Where the memory is spent, all that was called is left behind. False if no
   other order can be carried out. */
static bool order_run(struct run *run)
{
	volatile bool goes_on = false;
	jmp_buf exhausted;

	run->job->exhausted = &exhausted;
	if (setjmp(exhausted) == 0)
		goes_on = order_end(run, carry_out(run));
	else
		answer_exhausted(run);
	run->job->exhausted = NULL;
	return goes_on;
}

bool run_order(
    const struct tools *tools, const struct order *order, struct buf *out)
{
	struct dl_job job;
	struct run run = { .tools = tools,
		.order = order,
		.job = &job,
		.room = LIMIT_MESSAGE - RESULT_REST,
		.traces = LIMIT_MESSAGE / 2,
		.out = out };
	bool goes_on;

	job_init(&job);
	job.source = order->source;
	job.agency = text_or(order->agency, order->source);
	job.gazetteer = tools->gazetteer;
	job.calendar = tools->calendar;
	goes_on = order_run(&run);
	job_finish(&job);
	return goes_on;
}
