/*
 * `dateline explain`: how the fields of a record came about, of a page that was
 * saved as a file, or of a story whose page is kept.
 */
#include <getopt.h>
#include <signal.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/tool/columns.h"
#include "core/tool/keptpages.h"
#include "core/tool/saved.h"
#include "core/tool/show.h"
#include "core/tool/steps.h"
#include "core/tool/tool.h"

struct explaining {
	const char *what; /* a file, or the id of a story */
	const char *source, *conf;
	struct saved_page page;
	const struct field *field; /* NULL: all */
	bool json;

	struct conf *kept_by; /* of a story: who kept its page */
	struct keptpages kept;
	int status; /* of the exit; -1: nothing was found yet */
};

/* ---- telling ---- */

static void tell_steps(
    const struct explaining *explaining, const struct steps *steps)
{
	const struct steps_on on = { { stdout, show_colour(stdout) },
		columns_there(stdout) };
	json_t *whole;

	if (explaining->json) {
		whole = steps_json(steps, explaining->field);
		json_dumpf(whole, stdout, JSON_COMPACT);
		putchar('\n');
		json_decref(whole);
	} else if (explaining->field != NULL) {
		steps_show(&on, steps, explaining->field);
	} else {
		steps_list(&on, steps);
	}
}

static void complain(struct explaining *explaining, const char *source,
    const char *what, const char *why)
{
	fprintf(stderr, "dateline: %s: %s: %s%s\n", source, explaining->what,
	    what, why);
	explaining->status = EX_DATAERR;
}

static void tell_record(struct explaining *explaining, const char *source,
    const struct result_record *record)
{
	json_t *json, *trace;
	struct steps steps;

	if (record->trace == NULL) {
		complain(explaining, source, "",
		    "how it came about is too long to be told");
		return;
	}
	json = json_loads(record->json, 0, NULL);
	trace = json_loads(record->trace, 0, NULL);
	steps = (struct steps){ json, trace };
	tell_steps(explaining, &steps);
	json_decref(trace);
	json_decref(json);
}

/* A page may have several records. */
static void tell_result(struct explaining *explaining, const char *source,
    const struct result *result)
{
	size_t i;

	explaining->status = 0;
	if (result->verdict != DL_DONE)
		complain(explaining, source,
		    result->verdict == DL_SKIP ? "skipped, " : "",
		    result->reason);
	else if (result->n_records == 0)
		complain(explaining, source, "",
		    "no record comes of it: it wants further pages");
	for (i = 0; i < result->n_records; i++) {
		if (result->n_records > 1 && !explaining->json)
			printf("%s%s:\n", i > 0 ? "\n" : "",
			    result->records[i].id);
		tell_record(explaining, source, &result->records[i]);
	}
}

/* ---- a page that was saved ---- */

static void explain_file(struct explaining *explaining)
{
	struct arena arena = { 0 };
	struct result result;
	struct saved saved;

	if (explaining->source == NULL)
		tool_die(EX_USAGE, "%s: say whose page it is, with --source",
		    explaining->what);
	saved_open(&saved, explaining->conf, explaining->source);
	saved.explain = true;
	explaining->page.path = explaining->what;
	saved_result(&saved, &arena, TASK_EXTRACT, &explaining->page, &result);
	tell_result(explaining, explaining->source, &result);
	saved_close(&saved);
	arena_reset(&arena);
}

/* ---- a story whose page is kept ---- */

/* Faults in other sources are not in the way of this one. */
static struct source *only_source(struct conf *conf, const char *name)
{
	struct source *source = conf_source(conf, name);

	if (source != NULL) {
		conf->sources = source;
		source->next = NULL;
	}
	return source;
}

static void page_taken(void *whose)
{
	struct explaining *explaining = whose;
	const char *name = explaining->kept.pick.first.source;
	struct source *source = only_source(explaining->kept_by, name);
	struct worker worker = { .process = 0 };
	struct arena arena = { 0 };
	struct result result;
	struct order order;

	if (source == NULL) {
		complain(explaining, name, "",
		    "its page is kept, but there is no such source any more");
		return;
	}
	worker_start(&worker, explaining->kept_by);
	order = keptpages_order(&explaining->kept, source);
	order.explain = true;
	worker_order(&worker, &arena, &order, source->patience, &result);
	tell_result(explaining, name, &result);
	worker_stop(&worker);
	arena_reset(&arena);
}

/* Whether it begins as ids do: with a source or its plugin. */
static bool is_like_id(const struct conf *conf, const char *what)
{
	const struct source *source = conf->sources;
	size_t len = strcspn(what, ":");

	for (; source != NULL && what[len] == ':'; source = source->next) {
		if ((strncmp(source->name, what, len) == 0 &&
			source->name[len] == '\0') ||
		    (strncmp(source->plugin, what, len) == 0 &&
			source->plugin[len] == '\0'))
			return true;
	}
	return false;
}

static void explain_story(struct explaining *explaining)
{
	struct keptpages *kept = &explaining->kept;
	const char *what = explaining->what;

	explaining->kept_by = tool_conf(explaining->conf);
	kept->pick.id = what;
	kept->pick.source = explaining->source;
	if (keptpages_note(kept, explaining->kept_by))
		keptpages_take(kept, page_taken, explaining);
	if (explaining->status < 0 && is_like_id(explaining->kept_by, what))
		tool_die(EX_NOINPUT,
		    "%s: no page of this story is kept any more: see "
		    "keep_pages in datelined.conf(5)",
		    what);
	if (explaining->status < 0)
		tool_die(EX_NOINPUT,
		    "%s: there is neither such a file nor, in %s, a page of a "
		    "story with this id",
		    what, kept->folder.bytes);
	keptpages_free(kept);
	conf_free(explaining->kept_by);
}

/* ---- the command ---- */

static const struct field *field_said(const char *name)
{
	const struct field *field = field_called(name);
	const char *meant = field_nearest(name);

	if (field == NULL && meant != NULL)
		tool_die(EX_USAGE,
		    "a record has no field \"%s\": did you mean \"%s\"?", name,
		    meant);
	if (field == NULL)
		tool_die(EX_USAGE,
		    "a record has no field \"%s\": see dateline-spool(5)",
		    name);
	return field;
}

static void options(struct explaining *explaining, int argc, char **argv)
{
	static const struct option known[] = {
		{ "source", required_argument, NULL, 's' },
		{ "url", required_argument, NULL, 'u' },
		{ "title", required_argument, NULL, 't' },
		{ "type", required_argument, NULL, 'y' },
		{ "json", no_argument, NULL, 'j' },
		{ "conf", required_argument, NULL, 'c' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 's': explaining->source = optarg; break;
		case 'u': explaining->page.url = optarg; break;
		case 't': explaining->page.title = optarg; break;
		case 'y': explaining->page.type = optarg; break;
		case 'j': explaining->json = true; break;
		case 'c': explaining->conf = optarg; break;
		default: tool_usage("explain");
		}
	}
	if (optind != argc - 1 && optind != argc - 2)
		tool_usage("explain");
	explaining->what = argv[optind];
	if (optind == argc - 2)
		explaining->field = field_said(argv[optind + 1]);
}

int explain_main(int argc, char **argv)
{
	struct explaining explaining = { .status = -1 };

	signal(SIGPIPE, SIG_DFL);
	options(&explaining, argc, argv);
	if (access(explaining.what, F_OK) == 0)
		explain_file(&explaining);
	else
		explain_story(&explaining);
	return explaining.status;
}
