/*
 * Pages as they came, on their way into a spool of their own:
 *
 *     pages_keep ... > write_begin > (thread) lines_make > spool_write
 *         > write_done
 *
 * Where nothing comes any more, the last segment would never be finished and
 * its pages never go: a line of kind "turn" ends it, when it is old enough.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/kept.h"
#include "core/base/limits.h"
#include "core/base/log.h"
#include "core/base/xalloc.h"
#include "core/daemon/pages.h"
#include "spool/writer.h"

#define COLLECT_MILLIS 1000 /* pages of one site pack well together, */
#define COLLECT_BYTES ((size_t)1 << 20) /* as far as zstd looks back */

/* Bytes that wait for a slow disk: twice what may be in flight. */
#define WAITING_MOST (2 * LIMIT_IN_FLIGHT)

/* Bytes of an order's lines: with all that is collected, one commit holds it.
   A page at its limit is 6 MiB. */
#define ORDER_MOST (SEGMENT_LINES_MOST / 2)

/* What is kept is so many segments, by bytes; by time it is half as many. */
#define SEGMENTS 16
#define SEGMENT_LEAST 4096
#define SEGMENT_MOST ((int64_t)64 << 20)
#define AGE_LEAST 1000              /* ms */
#define AGE_MOST (24 * 3600 * 1000) /* ms */

struct sheaf { /* what one order was made of: as it goes to a worker */
	struct buf order;
	struct sheaf *next;
};

struct sheaves {
	struct sheaf *first, **end;
	size_t bytes;
};

struct pages {
	struct queue *queue;
	char *folder;
	struct spool_writer *writer;
	struct keeper *keeper;
	uv_timer_t write_timer, turn_timer;
	bool on, set; /* pages are kept; pages_set() was called */
	uint64_t segment_bytes;
	int64_t segment_age;
	struct sheaves waiting;
	struct pages_counts counts;

	/* The thread's, while it works. */
	struct sheaves writing;
	uint64_t bytes_now;
	int64_t age_now;
	bool turning;
	size_t odd; /* of them: no line can be made of those */
	int error;
	uint64_t segment; /* number in the name of the one that grows */

	bool busy, turn_wanted;
	bool turned; /* the last line is a turn, */
	bool quiet;  /* and since the last look at that nothing has come */
	bool losing; /* it was told that pages are not kept */
	bool stopping;
};

/* ---- sheaves ---- */

static void sheaves_init(struct sheaves *sheaves)
{
	*sheaves = (struct sheaves){ .end = &sheaves->first };
}

static void sheaves_add(struct sheaves *sheaves, struct sheaf *sheaf)
{
	sheaf->next = NULL;
	*sheaves->end = sheaf;
	sheaves->end = &sheaf->next;
	sheaves->bytes += sheaf->order.room;
}

/* As many as are collected for one commit; the first whatever its size. */
static void sheaves_take(struct sheaves *to, struct sheaves *from)
{
	struct sheaf *sheaf;

	while ((sheaf = from->first) != NULL &&
	    (to->first == NULL ||
		to->bytes + sheaf->order.room <= COLLECT_BYTES)) {
		from->first = sheaf->next;
		from->bytes -= sheaf->order.room;
		sheaves_add(to, sheaf);
	}
	if (from->first == NULL)
		from->end = &from->first;
}

static void sheaves_drop(struct sheaves *sheaves)
{
	struct sheaf *sheaf;

	while ((sheaf = sheaves->first) != NULL) {
		sheaves->first = sheaf->next;
		buf_free(&sheaf->order);
		free(sheaf);
	}
	sheaves_init(sheaves);
}

/* A message has its own way of copying all that. The html is in the page: it is
   only kept in mind that there was one. */
static struct sheaf *sheaf_make(const char *source,
    const struct dl_entry *entry, const struct order_page *parts, size_t n)
{
	struct sheaf *sheaf = xcalloc(1, sizeof(*sheaf));
	struct dl_entry about = *entry;
	struct order order = { .task = TASK_EXTRACT,
		.source = source,
		.plugin = source,
		.pages = parts,
		.n_pages = n,
		.entry = &about };

	about.html = entry->html != NULL ? "" : NULL;
	message_put_order(&sheaf->order, &order);
	return sheaf;
}

/* ---- on the thread ---- */

/* All lines of an order, or none of them. */
static bool lines_add(struct spool_batch *batch, const struct order *order)
{
	struct kept_page kept = { .source = order->source,
		.entry = *order->entry,
		.parts = (int)order->n_pages };
	const struct spool_batch before = *batch;
	struct buf line = { 0 };
	bool fine = true;

	while (fine && kept.part < kept.parts) {
		kept.page = order->pages[kept.part++];
		line.len = 0;
		kept_put(&line, &kept);
		fine = line.len > 0 &&
		    batch->len - before.len + line.len < ORDER_MOST;
		if (fine)
			spool_add(batch, line.bytes, line.len);
	}
	if (!fine) {
		batch->len = before.len;
		batch->n_lines = before.n_lines;
	}
	buf_free(&line);
	return fine;
}

static bool lines_make(const struct sheaf *sheaf, struct spool_batch *batch)
{
	struct arena arena = { 0 };
	struct order order;
	bool fine = message_get_order(&arena, sheaf->order.bytes + MESSAGE_HEAD,
			sheaf->order.len - MESSAGE_HEAD, &order) &&
	    lines_add(batch, &order);

	arena_reset(&arena);
	return fine;
}

/* The batch is not kept: it is large, and that is seldom. */
static void write_work(void *whose)
{
	static const char turn[] = "{\"v\":1,\"kind\":\"turn\"}";
	struct pages *pages = whose;
	struct spool_batch batch = { 0 };
	const struct sheaf *sheaf;
	uint64_t first;

	pages->odd = 0;
	for (sheaf = pages->writing.first; sheaf != NULL; sheaf = sheaf->next)
		pages->odd += !lines_make(sheaf, &batch);
	if (pages->turning)
		spool_add(&batch, turn, strlen(turn));
	spool_writer_set(pages->writer, pages->bytes_now, pages->age_now);
	pages->error = 0;
	if (spool_write(pages->writer, &batch, &first) != 0)
		pages->error = errno;
	pages->segment = spool_writer_segment(pages->writer);
	spool_batch_free(&batch);
}

/* ---- on the loop ---- */

/* Only the first one in a row is told, and that it is over. */
static void dropped(struct pages *pages, size_t n, const char *why)
{
	pages->counts.dropped += n;
	if (!pages->losing)
		log_warn("%s: pages are not kept: %s", pages->folder, why);
	pages->losing = true;
}

static size_t sheaves_count(const struct sheaves *sheaves)
{
	const struct sheaf *sheaf;
	size_t n = 0;

	for (sheaf = sheaves->first; sheaf != NULL; sheaf = sheaf->next)
		n++;
	return n;
}

static void written(struct pages *pages)
{
	size_t n = sheaves_count(&pages->writing);

	pages->turned = pages->turning;
	pages->quiet = pages->quiet && pages->turning;
	pages->counts.kept += n - pages->odd;
	if (pages->odd > 0)
		dropped(pages, pages->odd,
		    "one is too long, or has an id that is "
		    "no text");
	else if (pages->losing && pages->waiting.first == NULL) {
		log_info("%s: pages are kept again", pages->folder);
		pages->losing = false;
	}
	keeper_segment(pages->keeper, pages->segment);
}

static void not_written(struct pages *pages)
{
	if (pages->error == ENOSPC && !pages->losing && !pages->stopping)
		keeper_short(pages->keeper);
	dropped(pages, sheaves_count(&pages->writing), strerror(pages->error));
}

static void close_if_wanted(struct pages *pages)
{
	if (!pages->stopping || pages->busy)
		return;
	uv_close((uv_handle_t *)&pages->write_timer, NULL);
	uv_close((uv_handle_t *)&pages->turn_timer, NULL);
}

static void write_soon(struct pages *pages);

static void write_done(void *whose)
{
	struct pages *pages = whose;

	pages->busy = false;
	if (pages->error == 0)
		written(pages);
	else
		not_written(pages);
	sheaves_drop(&pages->writing);
	write_soon(pages);
	close_if_wanted(pages);
}

static void write_begin(struct pages *pages)
{
	if (pages->busy ||
	    (pages->waiting.first == NULL && !pages->turn_wanted))
		return;
	pages->busy = true;
	pages->turning = pages->turn_wanted;
	pages->turn_wanted = false;
	/* No segment is as small as that. */
	pages->bytes_now = pages->turning ? 0 : pages->segment_bytes;
	pages->age_now = pages->segment_age;
	if (!pages->turning)
		sheaves_take(&pages->writing, &pages->waiting);
	queue_add(pages->queue, write_work, write_done, pages);
}

static void write_due(uv_timer_t *timer)
{
	write_begin(timer->data);
}

static void write_soon(struct pages *pages)
{
	if (pages->stopping || pages->turn_wanted ||
	    pages->waiting.bytes >= COLLECT_BYTES)
		write_begin(pages);
	else if (pages->waiting.first != NULL &&
	    !uv_is_active((uv_handle_t *)&pages->write_timer))
		uv_timer_start(
		    &pages->write_timer, write_due, COLLECT_MILLIS, 0);
}

void pages_keep(struct pages *pages, const char *source,
    const struct dl_entry *entry, const struct order_page *parts, size_t n)
{
	if (pages == NULL || !pages->on || pages->stopping)
		return;
	if (pages->waiting.bytes >= WAITING_MOST) {
		dropped(pages, 1, "the disk is too slow");
		return;
	}
	sheaves_add(&pages->waiting, sheaf_make(source, entry, parts, n));
	write_soon(pages);
}

/* ---- when pages go ---- */

static void turn_due(uv_timer_t *timer)
{
	struct pages *pages = timer->data;

	if (pages->quiet && !pages->turned) {
		pages->turn_wanted = true;
		write_soon(pages);
	}
	pages->quiet = true;
}

static int64_t between(int64_t value, int64_t least, int64_t most)
{
	return value < least ? least : value > most ? most : value;
}

/* Nobody's position keeps them; and where nothing is to be kept, any segment is
   one too many. */
static void limits_set(struct pages *pages, const struct conf *conf)
{
	struct spool_limits limits = { .bytes = 1,
		.age = 1,
		.free = 2 * (uint64_t)conf->retention_free,
		.consumer_bytes = 1,
		.consumer_age = 1 };

	if (pages->on) {
		limits.bytes = (uint64_t)conf->keep_pages_bytes;
		limits.age = conf->keep_pages;
	}
	keeper_set(pages->keeper, &limits);
}

void pages_set(struct pages *pages, const struct conf *conf)
{
	bool was_on;
	int64_t age;

	if (pages == NULL)
		return;
	was_on = pages->on;
	pages->on = conf->keep_pages > 0 && conf->keep_pages_bytes > 0;
	pages->segment_bytes = (uint64_t)between(
	    conf->keep_pages_bytes / SEGMENTS, SEGMENT_LEAST, SEGMENT_MOST);
	age = between(conf->keep_pages / (SEGMENTS / 2), AGE_LEAST, AGE_MOST);
	limits_set(pages, conf);
	if (!pages->set)
		keeper_start(pages->keeper);
	if (!pages->set || age != pages->segment_age)
		uv_timer_start(
		    &pages->turn_timer, turn_due, (uint64_t)age, (uint64_t)age);
	pages->segment_age = age;
	if (!pages->on && (was_on || !pages->set)) {
		sheaves_drop(&pages->waiting);
		pages->quiet = true;
		turn_due(&pages->turn_timer);
	}
	pages->set = true;
}

/* ---- the whole ---- */

static char *why_not(const char *folder)
{
	struct buf text = { 0 };

	buf_printf(&text, "%s: pages are not kept: %s", folder,
	    errno == EWOULDBLOCK ? "another datelined writes there"
		: errno == EPROTONOSUPPORT
		? "a segment is of a later version of the format"
		: strerror(errno));
	return text.bytes;
}

static struct spool_writer *writer_open(
    const char *folder, struct spool_recovered *found)
{
	const struct spool_settings settings = { .segment_bytes = SEGMENT_MOST,
		.segment_age = AGE_MOST };
	struct spool_writer *writer;

	if (mkdir(folder, 0750) != 0 && errno != EEXIST)
		return NULL;
	writer = spool_writer_open(folder, &settings);
	if (writer != NULL && spool_recover(writer, found) != 0) {
		spool_writer_close(writer);
		return NULL;
	}
	return writer;
}

struct pages *pages_new(
    uv_loop_t *loop, struct queue *queue, const char *folder, char **why)
{
	struct spool_recovered found;
	struct spool_writer *writer = writer_open(folder, &found);
	struct pages *pages;

	if (writer == NULL) {
		*why = why_not(folder);
		return NULL;
	}
	pages = xcalloc(1, sizeof(*pages));
	pages->queue = queue;
	pages->folder = xstrdup(folder);
	pages->writer = writer;
	pages->keeper = keeper_new(loop, queue, folder);
	pages->turned = found.next == 1; /* there is nothing to end */
	sheaves_init(&pages->waiting);
	sheaves_init(&pages->writing);
	uv_timer_init(loop, &pages->write_timer);
	uv_timer_init(loop, &pages->turn_timer);
	pages->write_timer.data = pages->turn_timer.data = pages;
	return pages;
}

void pages_counts(const struct pages *pages, struct pages_counts *counts)
{
	*counts = (struct pages_counts){ 0 };
	if (pages == NULL)
		return;
	*counts = pages->counts;
	keeper_kept(pages->keeper, &counts->spool);
}

void pages_stop(struct pages *pages)
{
	if (pages == NULL)
		return;
	pages->stopping = true;
	write_begin(pages);
	keeper_stop(pages->keeper);
	close_if_wanted(pages);
}

void pages_free(struct pages *pages)
{
	if (pages == NULL)
		return;
	sheaves_drop(&pages->waiting);
	sheaves_drop(&pages->writing);
	spool_writer_close(pages->writer);
	keeper_free(pages->keeper);
	free(pages->folder);
	free(pages);
}
