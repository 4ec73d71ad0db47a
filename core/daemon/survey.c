/* What stands on the disk and nobody here counts. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/log.h"
#include "core/base/quarantine.h"
#include "core/base/time.h"
#include "core/base/xalloc.h"
#include "core/daemon/survey.h"
#include "spool/consumer.h"
#include "spool/segment.h"
#include "spool/spool.h"

#define LOOK_EVERY 15000 /* ms */

/* Pages in quarantine that are shown: more than that nobody reads, and the tool
   lists all. */
#define SHOWN_MOST 20

struct look {
	struct consumer *consumers;
	size_t n;
	uint8_t uuid[16]; /* of the spool, */
	uint64_t next;    /* and the number of its next line */

	struct arena arena; /* of what follows */
	struct quarantined *pages;
	size_t n_pages;
	struct timespec changed; /* the folder, when it was listed */
};

struct survey {
	uv_work_t work;
	char *spool, *quarantine; /* folders */
	uv_timer_t timer;
	bool looking, stopping;
	struct look look; /* the thread's, while looking; then the loop's */
	json_t *consumers, *pages; /* as told */
};

/* ---- on the thread ---- */

static void consumers_look(struct survey *survey)
{
	struct look *look = &survey->look;
	int folder = open(survey->spool, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	char uuid[37];
	uint64_t oldest;

	free(look->consumers);
	look->consumers = NULL;
	look->n = 0;
	if (folder < 0)
		return;
	look->consumers = consumer_list(&disk_real, folder, &look->n);
	if (spool_uuid(survey->spool, uuid) == 0)
		uuid_parse(uuid, look->uuid);
	if (spool_bounds(survey->spool, &oldest, &look->next) != 0)
		look->next = UINT64_MAX; /* nobody is beyond it */
	close(folder);
}

/* All of them are read only where one has come, gone or changed. */
static void quarantine_look_at(struct survey *survey)
{
	struct look *look = &survey->look;
	struct timespec none = { 0 }, changed = none;
	struct stat about;

	if (stat(survey->quarantine, &about) == 0)
		changed = about.st_mtim;
	if (memcmp(&changed, &look->changed, sizeof(changed)) == 0)
		return;
	arena_reset(&look->arena);
	look->pages = NULL;
	look->n_pages = 0;
	look->changed = none;
	if (quarantine_list(
		survey->quarantine, &look->arena, &look->pages, &look->n_pages))
		look->changed = changed;
}

static void look_work(uv_work_t *work)
{
	struct survey *survey = work->data;

	consumers_look(survey);
	quarantine_look_at(survey);
}

/* ---- on the loop ---- */

static json_t *consumer_json(
    const struct look *look, const struct consumer *one)
{
	const char *why = consumer_wrong(one, look->uuid, look->next);
	char acked[TIME_TEXT];

	if (why != NULL)
		return json_pack("{s:s, s:b, s:s}", "name", one->name, "held",
		    one->held, "error", why);
	return json_pack("{s:s, s:b, s:I, s:s}", "name", one->name, "held",
	    one->held, "position", (json_int_t)one->position.seq,
	    "acknowledged", time_millis(acked, one->position.acked));
}

static json_t *page_json(const struct quarantined *page)
{
	char kept[TIME_TEXT];

	return json_pack("{s:s, s:s*, s:s*, s:s*, s:s, s:I}", "name",
	    page->name, "source", page->first.source, "url",
	    page->first.entry.url, "reason", page->reason, "kept",
	    time_millis(kept, page->kept), "tries", (json_int_t)page->tries);
}

static void told(struct survey *survey)
{
	const struct look *look = &survey->look;
	size_t i;

	json_array_clear(survey->consumers);
	json_array_clear(survey->pages);
	for (i = 0; i < look->n; i++)
		json_array_append_new(survey->consumers,
		    consumer_json(look, &look->consumers[i]));
	for (i = 0; i < look->n_pages && i < SHOWN_MOST; i++)
		json_array_append_new(
		    survey->pages, page_json(&look->pages[i]));
}

static void look_done(uv_work_t *work, int status)
{
	struct survey *survey = work->data;

	(void)status;
	survey->looking = false;
	if (!survey->stopping)
		told(survey);
}

static void look_due(uv_timer_t *timer)
{
	struct survey *survey = timer->data;

	if (survey->looking)
		return;
	survey->looking = uv_queue_work(timer->loop, &survey->work, look_work,
			      look_done) == 0;
}

json_t *survey_consumers(const struct survey *survey, uint64_t last_seq)
{
	json_t *all = json_deep_copy(survey->consumers), *one;
	size_t i;

	json_array_foreach(all, i, one)
	{
		const json_t *position = json_object_get(one, "position");
		json_int_t seq = json_integer_value(position);

		if (position != NULL)
			json_object_set_new(one, "lag_lines",
			    json_integer((json_int_t)last_seq > seq
				    ? (json_int_t)last_seq - seq
				    : 0));
	}
	return all;
}

json_t *survey_quarantine(const struct survey *survey)
{
	return json_deep_copy(survey->pages);
}

/* ---- the whole ---- */

struct survey *survey_new(
    uv_loop_t *loop, const char *spool, const char *quarantine)
{
	struct survey *survey = xcalloc(1, sizeof(*survey));

	survey->spool = xstrdup(spool);
	survey->quarantine = xstrdup(quarantine);
	survey->consumers = json_array();
	survey->pages = json_array();
	uv_timer_init(loop, &survey->timer);
	survey->timer.data = survey->work.data = survey;
	return survey;
}

void survey_start(struct survey *survey)
{
	uv_timer_start(&survey->timer, look_due, 0, LOOK_EVERY);
}

void survey_stop(struct survey *survey)
{
	if (survey == NULL)
		return;
	survey->stopping = true;
	uv_close((uv_handle_t *)&survey->timer, NULL);
}

void survey_free(struct survey *survey)
{
	if (survey == NULL)
		return;
	free(survey->look.consumers);
	arena_reset(&survey->look.arena);
	json_decref(survey->consumers);
	json_decref(survey->pages);
	free(survey->quarantine);
	free(survey->spool);
	free(survey);
}
