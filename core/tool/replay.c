/*
 * `dateline replay`: what the extraction of today would make of the pages that
 * are kept, beside what is in the spool.
 *
 *     pages_note > lines_note > pages_take > page_again > record_compare
 *
 * Only numbers are kept of pages and lines, see newest.h: of a spool with a
 * million stories 64 MiB. With --append the daemon does it, and appends.
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "core/base/limits.h"
#include "core/base/member.h"
#include "core/base/time.h"
#include "core/base/xalloc.h"
#include "core/tool/change.h"
#include "core/tool/control.h"
#include "core/tool/excerpt.h"
#include "core/tool/keptpages.h"
#include "core/tool/lines.h"
#include "core/tool/tool.h"
#include "core/tool/when.h"
#include "core/tool/worker.h"

#define ARENA_MOST ((size_t)1 << 20) /* bytes, until it is emptied again */

struct replaying {
	const char *source, *id; /* NULL: all */
	bool json, append;

	struct conf *conf;
	struct keptpages kept;
	struct worker worker;
	struct spool_reader *spool;
	struct newest lines; /* of the spool, for each id the last */
	struct arena arena;  /* for what is looked at in a line */
	int64_t pages, changed, absent, failed;
	bool told; /* a story was printed */
};

/* ---- reading ---- */

static void pages_note(struct replaying *replaying)
{
	if (!keptpages_note(&replaying->kept, replaying->conf))
		tool_die(EX_NOINPUT,
		    "%s: no pages are kept there: see keep_pages in "
		    "datelined.conf(5)",
		    replaying->kept.folder.bytes);
}

/* NULL: it is no record. */
static const char *id_of(struct arena *arena, const struct spool_line *line)
{
	const char *at = line->text, *end = at + line->len;
	struct member member;

	while ((at = member_next(at, end, &member)) != NULL) {
		if (member_is(&member, "id"))
			return member_text(arena, &member);
	}
	return NULL;
}

static void line_note(void *whose, const struct spool_line *line)
{
	struct replaying *replaying = whose;
	struct arena *arena = &replaying->arena;
	const char *id = id_of(arena, line);

	if (id != NULL)
		newest_note(&replaying->lines, id, line->seq);
	if (arena->taken > ARENA_MOST)
		arena_reset(arena);
}

static void lines_note(struct replaying *replaying)
{
	const char *folder = replaying->conf->spool;

	replaying->spool = spool_open(folder);
	if (replaying->spool == NULL)
		tool_no_spool(folder);
	lines_each(replaying->spool, folder, true, line_note, replaying);
}

/* The last record of a story in the spool; NULL: there is none. */
static json_t *record_of(struct replaying *replaying, const char *id)
{
	uint64_t seq = newest_of(&replaying->lines, id);
	const struct spool_line *line;
	enum spool_status status = SPOOL_END;
	json_t *record = NULL;
	const char *other;

	if (seq == 0)
		return NULL;
	spool_seek(replaying->spool, seq);
	while ((status = spool_next(replaying->spool, &line)) == SPOOL_GAP)
		continue;
	if (status == SPOOL_LINE && line->seq == seq)
		record = json_loadb(line->text, line->len, 0, NULL);
	other = json_string_value(json_object_get(record, "id"));
	if (other != NULL && strcmp(other, id) == 0)
		return record;
	json_decref(record);
	return NULL;
}

/* ---- telling ---- */

static const char *text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value != NULL ? value : "";
}

static void tell_json(struct replaying *replaying, json_t *story)
{
	fputs(replaying->told ? ",\n" : "\n", stdout);
	replaying->told = true;
	json_dumpf(story, stdout, JSON_COMPACT);
}

static void tell_failed(struct replaying *replaying, const char *why)
{
	const struct kept_page *page = &replaying->kept.pick.first;
	json_t *story;

	replaying->failed++;
	fprintf(stderr, "dateline: %s: %s: %s\n", page->source, page->entry.url,
	    why);
	if (!replaying->json)
		return;
	story = json_pack("{s:s, s:s, s:s, s:s}", "id", page->entry.id,
	    "source", page->source, "outcome", "failed", "why", why);
	if (story != NULL)
		tell_json(replaying, story);
	json_decref(story);
}

/* As JSON has it, so that nothing in it is taken for something else. Of a text
   that is what was taken out of it, and put in. The caller frees. */
static char *side(const json_t *change, const char *key, const char *of_text)
{
	const json_t *value = json_object_get(change, key);
	char *whole;

	if (value == NULL)
		value = json_object_get(change, of_text);
	whole = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	return whole != NULL ? whole : xstrdup("none");
}

static void print_changes(const json_t *changes)
{
	const char *field;
	json_t *change;

	json_object_foreach((json_t *)changes, field, change)
	{
		char *old = side(change, "from", "out");
		char *new = side(change, "to", "in");

		printf("  %s: ", field);
		excerpt_print(stdout, old, new);
		putchar('\n');
		free(old);
		free(new);
	}
}

/* Takes the changes over; NULL: the spool has no such story. */
static void tell_story(struct replaying *replaying, const json_t *record,
    int64_t revision, json_t *changes)
{
	json_t *story;

	if (!replaying->json) {
		printf("%s  %s\n", text(record, "id"), text(record, "title"));
		if (changes != NULL)
			print_changes(changes);
		else
			puts("  it is not in the spool");
		json_decref(changes);
		return;
	}
	story = json_pack("{s:s, s:s, s:s}", "id", text(record, "id"), "source",
	    text(record, "source"), "outcome",
	    changes != NULL ? "changed" : "absent");
	if (changes != NULL) {
		json_object_set_new(story, "revision", json_integer(revision));
		json_object_set_new(story, "fields", changes);
	}
	tell_json(replaying, story);
	json_decref(story);
}

static void print_sum(const struct replaying *replaying)
{
	printf("%" PRId64 " page%s, %" PRId64 " stor%s would change",
	    replaying->pages, replaying->pages == 1 ? "" : "s",
	    replaying->changed, replaying->changed == 1 ? "y" : "ies");
	if (replaying->absent > 0)
		printf(", %" PRId64 " not in the spool", replaying->absent);
	if (replaying->failed > 0)
		printf(", %" PRId64 " not understood", replaying->failed);
	putchar('\n');
}

/* ---- extracting ---- */

/* Where something newer was made of the story since, or it was withdrawn, a
   page that is kept has nothing more to say. */
static bool is_overtaken(const json_t *before, int64_t fetched)
{
	int64_t millis;

	return strcmp(text(before, "status"), "withdrawn") == 0 ||
	    (time_parse(text(before, "fetched"), &millis) &&
		millis / 1000 > fetched);
}

static void record_compare(struct replaying *replaying, const char *json)
{
	json_t *now = json_loads(json, 0, NULL), *changes;
	json_t *before = record_of(replaying, text(now, "id"));

	if (before == NULL) {
		replaying->absent++;
		tell_story(replaying, now, 0, NULL);
	} else if (!is_overtaken(
		       before, replaying->kept.pick.first.page.fetched)) {
		json_object_set(
		    now, "status", json_object_get(before, "status"));
		changes = change_json(before, now);
		if (json_object_size(changes) > 0) {
			replaying->changed++;
			tell_story(replaying, now,
			    json_integer_value(
				json_object_get(before, "revision")),
			    changes);
		} else {
			json_decref(changes);
		}
	}
	json_decref(before);
	json_decref(now);
}

static void result_compare(
    struct replaying *replaying, const struct result *result)
{
	size_t i;

	if (result->verdict != DL_DONE)
		tell_failed(replaying, result->reason);
	else if (result->n_records == 0)
		tell_failed(replaying,
		    result->n_wanted > 0 ? "it wants pages that are not kept"
					 : "no record came of it");
	for (i = 0; i < result->n_records && result->verdict == DL_DONE; i++)
		record_compare(replaying, result->records[i].json);
}

static void page_again(void *whose)
{
	struct replaying *replaying = whose;
	const struct source *source =
	    conf_source(replaying->conf, replaying->kept.pick.first.source);
	struct arena arena = { 0 };
	struct result result;
	struct order order;

	replaying->pages++;
	if (source == NULL) {
		tell_failed(replaying, "there is no such source any more");
		return;
	}
	if (replaying->worker.process == 0)
		worker_start(&replaying->worker, replaying->conf);
	order = keptpages_order(&replaying->kept, source);
	worker_order(
	    &replaying->worker, &arena, &order, source->patience, &result);
	result_compare(replaying, &result);
	arena_reset(&arena);
}

static void pages_take(struct replaying *replaying)
{
	if (replaying->json)
		fputs("{\"stories\":[", stdout);
	keptpages_take(&replaying->kept, page_again, replaying);
	if (replaying->json)
		printf("],\n\"pages\":%" PRId64 ",\"changed\":%" PRId64
		       ",\"absent\":%" PRId64 ",\"failed\":%" PRId64 "}\n",
		    replaying->pages, replaying->changed, replaying->absent,
		    replaying->failed);
	else
		print_sum(replaying);
}

static int replay_show(struct replaying *replaying)
{
	pages_note(replaying);
	lines_note(replaying);
	worker_start(&replaying->worker, replaying->conf);
	pages_take(replaying);
	worker_stop(&replaying->worker);
	spool_close(replaying->spool);
	newest_free(&replaying->lines);
	arena_reset(&replaying->arena);
	return replaying->failed > 0 ? EX_DATAERR : 0;
}

/* ---- appending ---- */

static json_t *daemon_ask(const struct replaying *replaying)
{
	json_t *wanted = json_object(), *answer;
	struct buf word = { 0 };
	char *object;

	if (replaying->source != NULL)
		json_object_set_new(
		    wanted, "source", json_string(replaying->source));
	if (replaying->id != NULL)
		json_object_set_new(wanted, "id", json_string(replaying->id));
	if (replaying->kept.since != 0)
		json_object_set_new(
		    wanted, "since", json_integer(replaying->kept.since));
	object = json_dumps(wanted, JSON_COMPACT);
	buf_printf(&word, "replay %s", object);
	if (word.len + 1 > LIMIT_CONTROL)
		tool_die(EX_USAGE, "--id: it is too long");
	answer =
	    control_ask(replaying->conf->control, word.bytes, CONTROL_WHENEVER);
	free(object);
	json_decref(wanted);
	buf_free(&word);
	return answer;
}

static int64_t number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static void print_appended(const json_t *answer)
{
	printf("%" PRId64 " page%s, %" PRId64 " revision%s appended",
	    number(answer, "pages"), number(answer, "pages") == 1 ? "" : "s",
	    number(answer, "revisions"),
	    number(answer, "revisions") == 1 ? "" : "s");
	if (number(answer, "revisions") > 0)
		printf(", from line %" PRId64 " on", number(answer, "first"));
	if (number(answer, "failed") > 0)
		printf(", %" PRId64 " came to nothing: see the log",
		    number(answer, "failed"));
	putchar('\n');
}

static int replay_append(const struct replaying *replaying)
{
	json_t *answer = daemon_ask(replaying);
	bool fine = json_is_true(json_object_get(answer, "ok"));
	int status = json_is_true(json_object_get(answer, "busy"))
	    ? EX_TEMPFAIL
	    : EX_UNAVAILABLE;

	if (fine)
		status = number(answer, "failed") > 0 ? EX_DATAERR : 0;
	else
		fprintf(stderr, "dateline: %s\n", text(answer, "complaints"));
	if (replaying->json) {
		json_dumpf(answer, stdout, JSON_COMPACT);
		putchar('\n');
	} else if (fine) {
		print_appended(answer);
	}
	json_decref(answer);
	return status;
}

/* ---- the command ---- */

static int64_t since_said(const char *said)
{
	int64_t millis = 0;

	if (said != NULL && !when_parse(said, time_now(), &millis))
		tool_die(EX_USAGE, "--since %s: want " WHEN_WANT, said);
	return millis;
}

static const char *options(struct replaying *replaying, int argc, char **argv)
{
	static const struct option known[] = {
		{ "source", required_argument, NULL, 's' },
		{ "since", required_argument, NULL, 't' },
		{ "id", required_argument, NULL, 'i' },
		{ "append", no_argument, NULL, 'a' },
		{ "json", no_argument, NULL, 'j' },
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	const char *conf = NULL;
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 's': replaying->source = optarg; break;
		case 't': replaying->kept.since = since_said(optarg); break;
		case 'i': replaying->id = optarg; break;
		case 'a': replaying->append = true; break;
		case 'j': replaying->json = true; break;
		case 'c': conf = optarg; break;
		default: tool_usage("replay");
		}
	}
	if (optind != argc)
		tool_usage("replay");
	return conf;
}

/* Faults in other sources are not in the way of this one. */
static void only_source(struct replaying *replaying)
{
	struct source *source = conf_source(replaying->conf, replaying->source);

	if (source == NULL)
		tool_die(EX_NOINPUT, "--source %s: there is no such source",
		    replaying->source);
	replaying->conf->sources = source;
	source->next = NULL;
}

int replay_main(int argc, char **argv)
{
	struct replaying replaying = { .pages = 0 };
	int status;

	signal(SIGPIPE, SIG_DFL);
	replaying.conf = tool_conf(options(&replaying, argc, argv));
	if (replaying.source != NULL)
		only_source(&replaying);
	replaying.kept.pick.source = replaying.source;
	replaying.kept.pick.id = replaying.id;
	status = replaying.append ? replay_append(&replaying)
				  : replay_show(&replaying);
	keptpages_free(&replaying.kept);
	conf_free(replaying.conf);
	return status;
}
