/*
 * `dateline quarantine`: pages that were not understood. Who is in there is
 * read from its folder, what a page is now is asked of a worker of our own, and
 * whoever shall be let out is told to the daemon, which alone writes there; but
 * what is cleared away while none runs goes at our own hand, under the lock of
 * its spool.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/fold.h"
#include "core/base/limits.h"
#include "core/base/quarantine.h"
#include "core/base/time.h"
#include "core/tool/control.h"
#include "core/tool/listing.h"
#include "core/tool/tool.h"
#include "core/tool/when.h"
#include "core/tool/worker.h"
#include "spool/lock.h"

struct asking {
	const char *conf_path, *source, *older;
	bool json, page, all;
	char **names; /* as they were typed */
	int n_names;

	struct conf *conf;
	struct buf folder;
	struct arena arena; /* of all that follows */
	struct quarantined *list;
	size_t n;
	struct quarantine_wish wish;
	struct worker worker;
};

/* ---- who is there ---- */

_Noreturn static void folder_die(const struct asking *asking)
{
	tool_die(errno == EACCES || errno == EPERM || errno == EROFS ? EX_NOPERM
								     : EX_IOERR,
	    "%s: %s", asking->folder.bytes, strerror(errno));
}

static void list_read(struct asking *asking)
{
	if (!quarantine_list(asking->folder.bytes, &asking->arena,
		&asking->list, &asking->n))
		folder_die(asking);
}

static const struct quarantined *find(
    const struct asking *asking, const char *said)
{
	bool many;
	const struct quarantined *page =
	    listing_find(asking->list, asking->n, said, &many);

	if (many)
		tool_die(EX_USAGE,
		    "%s: several pages begin so: write more of the name", said);
	if (page == NULL)
		tool_die(EX_NOINPUT, "%s: there is no such page in quarantine",
		    said);
	return page;
}

/* Short names become whole ones. */
static void wish_make(struct asking *asking)
{
	const struct dl_list **end = &asking->wish.names;
	int64_t age;
	int i;

	asking->wish.source = asking->source;
	if (asking->older != NULL && !conf_duration(asking->older, &age))
		tool_die(EX_USAGE,
		    "--older-than %s: want a duration with its unit: ms, s, "
		    "min, h, d",
		    asking->older);
	if (asking->older != NULL)
		asking->wish.before = time_now() - age;
	for (i = 0; i < asking->n_names; i++) {
		struct dl_list *name =
		    arena_alloc(&asking->arena, sizeof(*name));

		name->text = find(asking, asking->names[i])->name;
		*end = name;
		end = &name->next;
	}
}

static void print_json(json_t *object, size_t flags)
{
	json_dumpf(object, stdout, flags);
	putchar('\n');
	json_decref(object);
}

/* Those that are wanted, below a heading if there are any; how many. */
static size_t print_rows(const struct asking *asking)
{
	int digits = listing_digits(asking->list, asking->n);
	int source = listing_source(asking->list, asking->n);
	int64_t now = time_now();
	size_t i, n = 0;

	for (i = 0; i < asking->n; i++) {
		if (!quarantine_wanted(&asking->wish, &asking->list[i]))
			continue;
		if (n++ == 0)
			listing_head(stdout, digits, source);
		listing_row(stdout, &asking->list[i], digits, source, now);
	}
	return n;
}

static void print_sum(const struct asking *asking)
{
	size_t i, n = 0, bytes = 0;

	for (i = 0; i < asking->n; i++) {
		if (!quarantine_wanted(&asking->wish, &asking->list[i]))
			continue;
		n++;
		bytes += asking->list[i].bytes;
	}
	printf("%zu page%s, %zu KiB (at most %d pages, %zu MiB: the oldest "
	       "go)\n",
	    n, n == 1 ? "" : "s", (bytes + 1023) / 1024, LIMIT_QUARANTINE_PAGES,
	    LIMIT_QUARANTINE_BYTES >> 20);
}

static int list(struct asking *asking)
{
	size_t i;

	list_read(asking);
	wish_make(asking);
	for (i = 0; i < asking->n && asking->json; i++) {
		if (quarantine_wanted(&asking->wish, &asking->list[i]))
			print_json(listing_json(
				       &asking->list[i], asking->folder.bytes),
			    JSON_COMPACT);
	}
	if (!asking->json) {
		print_rows(asking);
		print_sum(asking);
	}
	return 0;
}

/* ---- one of them ---- */

/* What came of the page just now. */
struct verdict {
	const char *word;   /* "understood" */
	const char *reason; /* or NULL */
	bool fine;
};

static struct verdict verdict(
    const struct quarantined *page, const struct result *result)
{
	if (result->verdict == DL_SKIP)
		return (struct verdict){ "skipped", result->reason, true };
	if (result->verdict == DL_FAIL)
		return (
		    struct verdict){ "not understood", result->reason, false };
	if (result->n_wanted > 0 && page->n == 1)
		return (struct verdict){ "understood so far",
			"it goes on in other pages, which a retry fetches",
			true };
	if (result->n_records == 0)
		return (struct verdict){ "not understood",
			"no record came of it", false };
	return (struct verdict){ "understood", NULL, true };
}

/* As the daemon would order it. Faults in other sources are not in the way. */
static void try(struct asking *asking, const struct quarantined *page,
    struct result *result)
{
	struct conf *conf = asking->conf;
	struct source *source = conf_source(conf, page->first.source);
	struct order order = { .task = TASK_EXTRACT,
		.pages = page->pages,
		.n_pages = page->n,
		.entry = &page->first.entry };

	if (source == NULL) {
		*result = (struct result){ .verdict = DL_FAIL,
			.reason = "there is no such source any more" };
		return;
	}
	conf->sources = source;
	source->next = NULL;
	worker_start(&asking->worker, conf);
	worker_about(&order, source);
	worker_order(
	    &asking->worker, &asking->arena, &order, source->patience, result);
}

static void print_field(
    struct asking *asking, const char *name, const char *text)
{
	if (text != NULL)
		printf("%-8s %s\n", name,
		    fold_clean(&asking->arena, text, strlen(text)));
}

static void print_time(const char *name, int64_t millis, int64_t now)
{
	char text[TIME_TEXT], age[WHEN_AGE];

	if (millis > 0)
		printf("%-8s %s, %s ago\n", name,
		    time_rfc3339(text, millis / 1000, 0, true),
		    when_age(age, now - millis));
}

static void print_file(struct asking *asking, const struct quarantined *page)
{
	const struct order_page *first = &page->first.page;
	struct buf text = { 0 };

	buf_printf(&text, "%s/%s.page, %zu bytes", asking->folder.bytes,
	    page->name, page->bytes);
	if (page->n > 1)
		buf_printf(&text, " of %zu pages", page->n);
	if (first->type != NULL)
		buf_printf(&text, ", %s", first->type);
	buf_printf(&text, ", charset %s", text_or(first->charset, "not said"));
	print_field(asking, "file", text.bytes);
	buf_free(&text);
}

static void print_about(struct asking *asking, const struct quarantined *page)
{
	const struct dl_entry *entry = &page->first.entry;
	int64_t now = time_now();

	print_field(asking, "name", page->name);
	print_field(asking, "source", page->first.source);
	print_field(asking, "id", entry->id);
	print_field(asking, "url", entry->url);
	print_field(asking, "title", entry->title);
	print_time("fetched", page->first.page.fetched * 1000, now);
	print_time("kept", page->kept, now);
	print_time("tried", page->tried, now);
	printf("%-8s %" PRId64 "\n", "tries", page->tries);
	print_file(asking, page);
	print_field(asking, "reason", page->reason);
}

static void show_text(struct asking *asking, const struct quarantined *page,
    const struct result *result)
{
	const struct verdict now = verdict(page, result);
	size_t i;

	print_about(asking, page);
	printf("now      %s%s%s\n", now.word, now.reason != NULL ? ": " : "",
	    now.reason != NULL
		? fold_clean(&asking->arena, now.reason, strlen(now.reason))
		: "");
	for (i = 0; i < result->n_records; i++)
		print_json(json_loads(result->records[i].json, 0, NULL),
		    JSON_INDENT(2));
}

static void show_json(struct asking *asking, const struct quarantined *page,
    const struct result *result)
{
	const struct verdict now = verdict(page, result);
	json_t *object = listing_json(page, asking->folder.bytes);
	json_t *records = json_array();
	size_t i;

	for (i = 0; i < result->n_records; i++)
		json_array_append_new(
		    records, json_loads(result->records[i].json, 0, NULL));
	json_object_set_new(object, "now", json_string(now.word));
	if (now.reason != NULL)
		json_object_set_new(object, "now_reason",
		    json_string(fold_clean(
			&asking->arena, now.reason, strlen(now.reason))));
	json_object_set_new(object, "records", records);
	print_json(object, JSON_INDENT(2));
}

static void bytes_print(const struct quarantined *page)
{
	size_t i;

	for (i = 0; i < page->n; i++)
		fwrite(page->pages[i].bytes, 1, page->pages[i].len, stdout);
}

static int show(struct asking *asking)
{
	struct quarantined page;
	struct result result;
	const char *name;
	bool fine;

	list_read(asking);
	name = find(asking, asking->names[0])->name;
	if (!quarantine_read(
		asking->folder.bytes, name, &asking->arena, &page)) {
		if (errno == EBADMSG)
			tool_die(EX_DATAERR,
			    "%s/%s: its files are not what they should be",
			    asking->folder.bytes, name);
		folder_die(asking);
	}
	if (asking->page) {
		bytes_print(&page);
		return 0;
	}
	try(asking, &page, &result);
	(asking->json ? show_json : show_text)(asking, &page, &result);
	fine = verdict(&page, &result).fine;
	worker_stop(&asking->worker); /* the result goes with it */
	return fine ? 0 : EX_DATAERR;
}

/* ---- letting them out ---- */

/* What the daemon is to do: see its release.h. */
static void word_make(
    const struct asking *asking, const char *what, struct buf *word)
{
	const struct quarantine_wish *wish = &asking->wish;
	json_t *wanted = json_pack("{s:s}", "do", what), *names = json_array();
	const struct dl_list *name;
	char *object;

	if (wish->source != NULL)
		json_object_set_new(
		    wanted, "source", json_string(wish->source));
	if (wish->before != 0)
		json_object_set_new(
		    wanted, "before", json_integer(wish->before));
	for (name = wish->names; name != NULL; name = name->next)
		json_array_append_new(names, json_string(name->text));
	if (wish->names != NULL)
		json_object_set(wanted, "names", names);
	object = json_dumps(wanted, JSON_COMPACT);
	buf_printf(word, "quarantine %s", text_or(object, "{}"));
	if (word->len + 1 > LIMIT_CONTROL)
		tool_die(EX_USAGE, "these are too many names for one go");
	free(object);
	json_decref(names);
	json_decref(wanted);
}

static int64_t number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

/* The exit status where it was not done. */
static int not_done(const json_t *answer)
{
	const char *why =
	    json_string_value(json_object_get(answer, "complaints"));

	fprintf(stderr, "dateline: %s\n", text_or(why, "the daemon gave none"));
	return json_is_true(json_object_get(answer, "busy")) ? EX_TEMPFAIL
							     : EX_UNAVAILABLE;
}

/* What stays is listed, with the reasons of today. */
static void print_retried(struct asking *asking, const json_t *answer)
{
	int64_t pages = number(answer, "pages"),
		lines = number(answer, "lines");
	int64_t failed = number(answer, "failed");

	printf("%" PRId64 " page%s, %" PRId64 " line%s appended", pages,
	    pages == 1 ? "" : "s", lines, lines == 1 ? "" : "s");
	if (lines > 0)
		printf(", from line %" PRId64 " on", number(answer, "first"));
	if (failed > 0)
		printf(", %" PRId64 " not understood", failed);
	putchar('\n');
	if (failed > 0) {
		list_read(asking);
		print_rows(asking);
	}
}

static int retry(struct asking *asking)
{
	struct buf word = { 0 };
	json_t *answer;
	int status;

	if (asking->n_names > 0)
		list_read(asking);
	wish_make(asking);
	word_make(asking, "retry", &word);
	answer =
	    control_ask(asking->conf->control, word.bytes, CONTROL_WHENEVER);
	buf_free(&word);
	if (!json_is_true(json_object_get(answer, "ok"))) {
		status = not_done(answer);
		json_decref(answer);
		return status;
	}
	status = number(answer, "failed") > 0 ? EX_DATAERR : 0;
	if (!asking->json)
		print_retried(asking, answer);
	else
		print_json(json_incref(answer), JSON_COMPACT);
	json_decref(answer);
	return status;
}

/* A daemon that only just starts must not write there now. Where there is no
   lock none has ever run. */
static void lock_take(const struct asking *asking)
{
	struct buf path = { 0 };
	int fd;

	buf_printf(&path, "%s/" LOCK_WRITER, asking->conf->spool);
	fd = open(path.bytes, O_RDWR | O_CLOEXEC);
	if (fd < 0 && errno != ENOENT)
		tool_die(EX_NOPERM, "%s: %s", path.bytes, strerror(errno));
	if (fd >= 0 && lock_hold(fd) != 0)
		tool_die(EX_TEMPFAIL,
		    "%s: datelined runs, but nobody answers at %s", path.bytes,
		    asking->conf->control);
	buf_free(&path);
	/* The lock ends with us. */
}

static int64_t clear_alone(const struct asking *asking)
{
	size_t n;

	lock_take(asking);
	if (!quarantine_clear(asking->folder.bytes, &asking->wish, &n))
		folder_die(asking);
	return (int64_t)n;
}

static int clear(struct asking *asking)
{
	struct buf word = { 0 };
	json_t *answer;
	int64_t n;

	if (asking->source == NULL && asking->older == NULL && !asking->all &&
	    asking->n_names == 0)
		tool_die(EX_USAGE,
		    "which pages? Name some, or write --source, --older-than "
		    "or --all");
	if (asking->n_names > 0)
		list_read(asking);
	wish_make(asking);
	word_make(asking, "clear", &word);
	answer =
	    control_try(asking->conf->control, word.bytes, CONTROL_WHENEVER);
	buf_free(&word);
	if (answer != NULL && !json_is_true(json_object_get(answer, "ok"))) {
		int status = not_done(answer);

		json_decref(answer);
		return status;
	}
	n = answer != NULL ? number(answer, "pages") : clear_alone(asking);
	printf("%" PRId64 " page%s cleared\n", n, n == 1 ? "" : "s");
	json_decref(answer);
	return 0;
}

/* ---- the command ---- */

static const struct {
	const char *word;
	int (*act)(struct asking *asking);
	const char *options; /* that it has */
	int least, most;     /* names */
} acts[] = {
	{ "list", list, "csj", 0, 0 },
	{ "show", show, "cjp", 1, 1 },
	{ "retry", retry, "csj", 0, INT_MAX },
	{ "clear", clear, "csoa", 0, INT_MAX },
};

static size_t act_of(const char *word)
{
	size_t i = 0;

	while (i < sizeof(acts) / sizeof(acts[0]) &&
	    strcmp(acts[i].word, text_or(word, "")) != 0)
		i++;
	if (i == sizeof(acts) / sizeof(acts[0]))
		tool_usage("quarantine");
	return i;
}

static void options(struct asking *asking, size_t act, int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ "source", required_argument, NULL, 's' },
		{ "older-than", required_argument, NULL, 'o' },
		{ "json", no_argument, NULL, 'j' },
		{ "page", no_argument, NULL, 'p' },
		{ "all", no_argument, NULL, 'a' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		if (strchr(acts[act].options, option) == NULL)
			tool_usage("quarantine");
		switch (option) {
		case 'c': asking->conf_path = optarg; break;
		case 's': asking->source = optarg; break;
		case 'o': asking->older = optarg; break;
		case 'j': asking->json = true; break;
		case 'p': asking->page = true; break;
		case 'a': asking->all = true; break;
		default: break;
		}
	}
	asking->names = argv + optind;
	asking->n_names = argc - optind;
	if (asking->n_names < acts[act].least ||
	    asking->n_names > acts[act].most)
		tool_usage("quarantine");
}

/* Names say all there is to say; and so does --all. */
static void options_check(const struct asking *asking)
{
	bool chosen = asking->source != NULL || asking->older != NULL;

	if ((asking->n_names > 0) + chosen + asking->all > 1 ||
	    (asking->json && asking->page))
		tool_usage("quarantine");
}

int quarantine_main(int argc, char **argv)
{
	struct asking asking = { .conf = NULL };
	size_t act = act_of(argv[1]);
	int status;

	signal(SIGPIPE, SIG_DFL);
	options(&asking, act, argc - 1, argv + 1);
	options_check(&asking);
	asking.conf = tool_conf(asking.conf_path);
	buf_printf(&asking.folder, "%s/" QUARANTINE_FOLDER, asking.conf->state);
	status = acts[act].act(&asking);
	arena_reset(&asking.arena);
	buf_free(&asking.folder);
	conf_free(asking.conf);
	return status;
}
