/* Pages are let out of quarantine. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/log.h"
#include "core/base/quarantine.h"
#include "core/base/time.h"
#include "core/base/xalloc.h"
#include "core/daemon/release.h"

struct release {
	struct again *again;
	struct queue *queue;
	struct seen *seen;
	struct ingest *ingest;
	char *folder;

	/* All that follows is of the retry under way: the thread's. */
	json_t *wanted;
	bool listed;
	struct arena arena; /* of the list */
	struct quarantined *list;
	size_t left; /* of it: the oldest is taken first */
	struct quarantined page;
	struct arena bytes; /* of the page */
	struct seen_counts counts;
};

static const char *text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* ---- which pages ---- */

/* What is said there is as long as the JSON is. No names at all are no wish for
   everything. */
static void wish_read(
    struct arena *arena, const json_t *wanted, struct quarantine_wish *wish)
{
	static const struct dl_list nobody = { "", NULL };
	const json_t *one, *names = json_object_get(wanted, "names");
	const struct dl_list **end = &wish->names;
	size_t i;

	*wish = (struct quarantine_wish){ .source = text(wanted, "source"),
		.before =
		    json_integer_value(json_object_get(wanted, "before")) };
	json_array_foreach(names, i, one)
	{
		struct dl_list *name = arena_alloc(arena, sizeof(*name));

		name->text = text_or(json_string_value(one), "");
		*end = name;
		end = &name->next;
	}
	if (names != NULL && wish->names == NULL)
		wish->names = &nobody;
}

/* ---- the state ---- */

/* Whose page is still there is left out; what is not, is dropped. */
static const struct patient *gone_of(struct patient *list, const char *folder)
{
	struct patient *gone = NULL, *next;

	for (; list != NULL; list = next) {
		next = list->next;
		if (quarantine_has(folder, list->source, list->id))
			continue;
		list->next = gone;
		gone = list;
	}
	return gone;
}

void release_tidy(struct seen *seen, const char *folder)
{
	struct arena arena = { 0 };
	struct patient *list;

	if (!seen_quarantined(seen, &arena, &list) ||
	    !seen_let_go(seen, gone_of(list, folder)))
		log_err("state: %s", seen_error(seen));
	arena_reset(&arena);
}

/* Who looks at the status next is told the right numbers; and they are counted
   again, for others have changed them since. */
static void entries_count(struct seen *seen, struct seen_counts *counts)
{
	if (!seen_counts(seen, counts))
		log_err("state: %s", seen_error(seen));
}

static void entries_tell(
    struct ingest *ingest, const struct seen_counts *counts)
{
	ingest->status->entries = *counts;
	ingest_wake(ingest, 0);
}

static void tidy_work(void *whose)
{
	struct release *release = whose;

	release_tidy(release->seen, release->folder);
}

static void tidy_done(void *whose)
{
	(void)whose; /* what could not be tidied up is, next time */
}

/* ---- a retry ---- */

/* Only those that are wanted stay in it. */
static bool list_read(struct release *release)
{
	struct arena *arena = &release->arena;
	struct quarantine_wish wish;
	size_t n, i;

	if (!quarantine_list(release->folder, arena, &release->list, &n))
		return false;
	wish_read(arena, release->wanted, &wish);
	release->left = 0;
	entries_count(release->seen, &release->counts);
	for (i = 0; i < n; i++) {
		if (quarantine_wanted(&wish, &release->list[i]))
			release->list[release->left++] = release->list[i];
	}
	release->listed = true;
	return true;
}

static enum taken take(void *whose, struct again_page *to)
{
	struct release *release = whose;
	struct quarantined *page = &release->page;
	const char *name;

	if (!release->listed)
		return list_read(release) ? TAKEN_LATER : TAKEN_ERROR;
	if (release->left == 0)
		return TAKEN_ALL;
	name = release->list[--release->left].name;
	arena_reset(&release->bytes);
	if (!quarantine_read(release->folder, name, &release->bytes, page)) {
		if (errno == ENOENT)
			return TAKEN_LATER; /* it was cleared just now */
		log_warn("quarantine: %s: it cannot be read", name);
		return TAKEN_BAD;
	}
	*to = (struct again_page){ .first = &page->first,
		.pages = page->pages,
		.n = page->n,
		.name = page->name,
		.version = page->kept };
	return TAKEN;
}

/* A newer page of the story may have come in between: it stays. */
static void tried(void *whose, const struct again_result *result)
{
	struct release *release = whose;
	const struct patient patient = { .id = result->id };
	bool fine;

	if (result->reason != NULL)
		fine = quarantine_again(release->folder, result->name,
		    result->version, result->reason, time_now());
	else
		fine = quarantine_let_go(
		    release->folder, result->name, result->version);
	if (!fine && errno != ESTALE && errno != ENOENT)
		log_err("quarantine: %s: %s", result->name, strerror(errno));
	if (fine && result->reason == NULL &&
	    !seen_let_go(release->seen, &patient))
		log_err("state: %s", seen_error(release->seen));
	entries_count(release->seen, &release->counts);
}

static void ended(void *whose)
{
	struct release *release = whose;

	json_decref(release->wanted);
	release->wanted = NULL;
	release->listed = false;
	arena_reset(&release->arena);
	arena_reset(&release->bytes);
	entries_tell(release->ingest, &release->counts);
}

/* Takes over what is wanted. */
static void retry(
    struct release *release, json_t *wanted, struct caller *caller)
{
	static const struct again_kind kind = { .word = "retry",
		.lines = "lines",
		.goes_on = true,
		.take = take,
		.tried = tried,
		.ended = ended };

	if (again_refused(release->again, caller)) {
		json_decref(wanted);
		return;
	}
	release->wanted = wanted;
	again_begin(release->again, &kind, release, caller);
}

/* ---- clearing away ---- */

struct clearing {
	struct release *release;
	struct caller *caller;
	json_t *wanted;
	struct seen_counts counts; /* a retry may be under way, with its own */
	size_t n;
	int error;
};

static void clear_work(void *whose)
{
	struct clearing *clearing = whose;
	struct release *release = clearing->release;
	struct quarantine_wish wish;
	struct arena arena = { 0 };

	wish_read(&arena, clearing->wanted, &wish);
	if (!quarantine_clear(release->folder, &wish, &clearing->n))
		clearing->error = errno;
	release_tidy(release->seen, release->folder);
	entries_count(release->seen, &clearing->counts);
	arena_reset(&arena);
}

static void cleared(void *whose)
{
	struct clearing *clearing = whose;
	struct release *release = clearing->release;

	entries_tell(release->ingest, &clearing->counts);
	if (clearing->error != 0)
		again_refuse(clearing->caller, strerror(clearing->error));
	else
		control_answer(clearing->caller,
		    json_pack("{s:b, s:I}", "ok", 1, "pages",
			(json_int_t)clearing->n));
	json_decref(clearing->wanted);
	free(clearing);
}

/* Takes over what is wanted, as retry() does. */
static void clear(
    struct release *release, json_t *wanted, struct caller *caller)
{
	struct clearing *clearing = xcalloc(1, sizeof(*clearing));

	*clearing = (struct clearing){
		.release = release, .caller = caller, .wanted = wanted
	};
	queue_add(release->queue, clear_work, cleared, clearing);
}

/* ---- the whole ---- */

void release_asked(
    struct release *release, const char *wanted, struct caller *caller)
{
	static const struct {
		const char *word;
		void (*act)(struct release *release, json_t *wanted,
		    struct caller *caller);
	} acts[] = { { "retry", retry }, { "clear", clear } };
	json_t *object = json_loads(wanted, 0, NULL);
	size_t i;

	for (i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (strcmp(text_or(text(object, "do"), ""), acts[i].word) != 0)
			continue;
		acts[i].act(release, object, caller);
		return;
	}
	again_refuse(caller,
	    "quarantine wants a JSON object with \"do\": retry or clear");
	json_decref(object);
}

struct release *release_new(struct again *again, struct queue *queue,
    struct seen *seen, struct ingest *ingest, const char *folder)
{
	struct release *release = xcalloc(1, sizeof(*release));

	release->again = again;
	release->queue = queue;
	release->seen = seen;
	release->ingest = ingest;
	release->folder = xstrdup(folder);
	queue_add(queue, tidy_work, tidy_done, release);
	return release;
}

void release_free(struct release *release)
{
	free(release->folder);
	free(release);
}
