/*
 * datelined: the daemon. What it is made of, how it starts, how it takes a new
 * configuration, and how it ends; what it does is in ingest.c.
 *
 *     start > places_open > loop_open > pool_try > plugins_told > serve
 *     reload_asked > reload_work > reload_read > pool_try > plugins_told
 *     stop_asked > fetch, pool and committer stopped > end
 */
#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "core/base/conf.h"
#include "core/base/log.h"
#include "core/base/quarantine.h"
#include "core/base/time.h"
#include "core/base/version.h"
#include "core/base/xalloc.h"
#include "core/daemon/again.h"
#include "core/daemon/commit.h"
#include "core/daemon/control.h"
#include "core/daemon/edition.h"
#include "core/net/fetch.h"
#include "core/daemon/headline.h"
#include "core/daemon/ingest.h"
#include "core/daemon/keeper.h"
#include "core/daemon/libraries.h"
#include "core/daemon/live.h"
#include "core/daemon/notify.h"
#include "core/daemon/pages.h"
#include "core/daemon/pause.h"
#include "core/daemon/pool.h"
#include "core/daemon/progress.h"
#include "core/daemon/queue.h"
#include "core/daemon/rebuild.h"
#include "core/daemon/release.h"
#include "core/daemon/replay.h"
#include "core/daemon/seen.h"
#include "core/daemon/status.h"
#include "core/daemon/survey.h"
#include "core/daemon/teller.h"
#include "core/daemon/web.h"
#include "spool/writer.h"

#define STARTING "it is only just starting"
#define ENDING "datelined ends"
#define STATUS_INTERVAL 2000 /* ms between two lines for systemctl status */
#define DRAIN 8 /* seconds to write what was extracted; systemd gives 10 */

static const int heard[] = { SIGTERM, SIGINT, SIGHUP };

#define N_SIGNALS (sizeof(heard) / sizeof(heard[0]))

struct reload { /* a configuration on trial */
	struct conf *conf;
	FILE *complaints;
	char *text; /* what is written there */
	size_t len;
	struct caller *caller; /* who waits for the outcome; or NULL */
};

struct daemon {
	char *path; /* of datelined.conf */
	uv_loop_t loop;
	uv_signal_t signals[N_SIGNALS];
	uv_timer_t status_timer, watchdog;
	char headline[HEADLINE]; /* as systemd has it */
	struct progress progress;
	bool stuck; /* the watchdog is not fed any more */
	struct queue queue;
	struct seen *seen;
	struct spool_writer *writer;
	struct fetcher *fetcher;
	struct pool *pool;
	struct keeper *keeper;
	struct committer *committer;
	struct pages *pages; /* NULL: its disk refused it */
	struct again *again;
	struct replay *replay;
	struct release *release;
	struct control *control;
	struct teller *teller;
	struct web *web; /* NULL: it is not wanted */
	struct survey *survey;
	struct live *live;
	struct status status;
	struct ingest ingest;
	struct reload *reload; /* under way; or NULL */
	bool reload_again;     /* a signal came while one was under way */
	bool serving, stopping;
	int exit;
};

static void stop(struct daemon *daemon, int status);
static void reload_asked(struct daemon *daemon, struct caller *caller);

/* ---- configurations: the first, and those that come after ---- */

static struct reload *reload_new(struct caller *caller)
{
	struct reload *reload = xcalloc(1, sizeof(*reload));

	reload->caller = caller;
	reload->complaints = open_memstream(&reload->text, &reload->len);
	if (reload->complaints == NULL)
		_exit(EX_OSERR);
	return reload;
}

static void reload_free(struct reload *reload)
{
	fclose(reload->complaints);
	free(reload->text);
	conf_free(reload->conf);
	free(reload);
}

static void complaints_log(const char *text)
{
	const char *end;

	for (; *text != '\0'; text = end + (*end == '\n')) {
		end = strchrnul(text, '\n');
		log_err("%.*s", (int)(end - text), text);
	}
}

/* Only what is new is told. */
static void headline_tell(struct daemon *daemon)
{
	char text[HEADLINE];

	if (!daemon->serving)
		return;
	headline(text, daemon->ingest.edition, &daemon->status,
	    commit_trouble(daemon->committer), time_now() / 1000);
	if (strcmp(text, daemon->headline) != 0)
		notify_status("%s", text);
	strcpy(daemon->headline, text);
}

/* Also the end of the first one, which is no reload yet. */
static void reload_end(struct daemon *daemon)
{
	reload_free(daemon->reload);
	daemon->reload = NULL;
	if (!daemon->serving)
		return;
	headline_tell(daemon);
	notify_ready();
	if (daemon->reload_again) {
		daemon->reload_again = false;
		reload_asked(daemon, NULL);
	}
}

/* What is at work stays; who asked is told why. The first time there is
   nothing to stay. */
static void reload_refused(struct daemon *daemon)
{
	struct reload *reload = daemon->reload;

	fflush(reload->complaints);
	complaints_log(reload->text);
	if (reload->caller != NULL)
		control_answer(reload->caller,
		    json_pack(
			"{s:b, s:s}", "ok", 0, "complaints", reload->text));
	reload_end(daemon);
	if (!daemon->serving)
		stop(daemon, EX_CONFIG);
}

static void settings_apply(struct daemon *daemon, const struct conf *conf)
{
	const struct spool_limits limits = {
		.bytes = (uint64_t)conf->retention_bytes,
		.age = conf->retention_age,
		.free = (uint64_t)conf->retention_free,
		.consumer_bytes = (uint64_t)conf->consumer_max_bytes,
		.consumer_age = conf->consumer_max_age
	};
	struct fetch_settings fetch = { .ca_file = conf->ca_file,
		.timeout = conf->timeout,
		.connect_timeout = conf->connect_timeout,
		.page_bytes = (size_t)conf->page_bytes };

	fetch_set(daemon->fetcher, &fetch);
	commit_set(daemon->committer, conf);
	keeper_set(daemon->keeper, &limits);
	pages_set(daemon->pages, conf);
}

/* What only a start can change. */
static bool is_same_place(struct daemon *daemon, const struct conf *conf)
{
	const struct conf *now;
	FILE *complaints = daemon->reload->complaints;

	if (!daemon->serving)
		return true;
	now = daemon->ingest.edition->conf;
	if (strcmp(now->spool, conf->spool) == 0 &&
	    strcmp(now->state, conf->state) == 0 &&
	    strcmp(now->control, conf->control) == 0 &&
	    strcmp(text_or(now->web, ""), text_or(conf->web, "")) == 0)
		return true;
	fprintf(complaints,
	    "%s: spool, state, control and web change only when "
	    "datelined is started anew\n",
	    conf->path);
	return false;
}

/* Whoever runs a site that we ask may want to write to somebody. */
static void contact_wanted(const struct conf *conf)
{
	const struct source *source = conf->sources;

	while (source != NULL && (!source->enabled || source->allow_private))
		source = source->next;
	if (source != NULL && conf->contact == NULL)
		log_warn("%s: write contact = an address, of the web or of "
			 "mail: it is told to the sites that are asked",
		    conf->path);
}

static void serve(struct daemon *daemon, struct edition *edition)
{
	size_t n = edition->n_feeds;

	contact_wanted(edition->conf);

	if (daemon->serving) {
		ingest_change(&daemon->ingest, edition);
		log_info("reloaded: %zu feed%s, generation %" PRIu64, n,
		    n == 1 ? "" : "s", edition->generation);
	} else {
		daemon->serving = true;
		daemon->ingest.edition = edition;
		ingest_start(&daemon->ingest);
		keeper_start(daemon->keeper);
		survey_start(daemon->survey);
		log_info("datelined " VERSION ": %zu feed%s, spool %s", n,
		    n == 1 ? "" : "s", edition->conf->spool);
	}
}

static void reload_taken(struct daemon *daemon)
{
	struct reload *reload = daemon->reload;
	struct now now = { (int64_t)uv_now(&daemon->loop), time_now() };
	struct edition *edition =
	    edition_new(reload->conf, daemon->ingest.edition, now, uv_hrtime());

	settings_apply(daemon, reload->conf);
	pool_adopt(daemon->pool);
	reload->conf = NULL;
	if (reload->caller != NULL)
		control_answer(reload->caller, json_pack("{s:b}", "ok", 1));
	serve(daemon, edition);
	reload_end(daemon);
}

static void plugins_told(void *whose, const struct ready *ready)
{
	struct daemon *daemon = whose;
	struct reload *reload = daemon->reload;

	if (daemon->stopping)
		return;
	if (ready == NULL)
		fprintf(reload->complaints, "worker = %s: it did not start\n",
		    reload->conf->worker);
	if (ready != NULL &&
	    conf_settle(reload->conf, ready, reload->complaints)) {
		reload_taken(daemon);
	} else {
		pool_forget(daemon->pool);
		reload_refused(daemon);
	}
}

static void plugins_try(struct daemon *daemon)
{
	struct conf *conf = daemon->reload->conf;
	struct pool_settings settings = { .program = conf->worker,
		.workers = (int)conf->workers,
		.pages_per_worker = conf->pages_per_worker };
	struct setup setup;

	conf_setup(conf, &setup);
	pool_try(daemon->pool, &settings, &setup, plugins_told, daemon);
}

/* NULL after a complaint. */
static struct conf *conf_whole(const char *path, FILE *complaints)
{
	struct conf *conf = conf_read(path, complaints);

	if (conf == NULL || conf_is_whole(conf, complaints))
		return conf;
	conf_free(conf);
	return NULL;
}

static void reload_work(void *whose)
{
	struct daemon *daemon = whose;

	daemon->reload->conf =
	    conf_whole(daemon->path, daemon->reload->complaints);
}

static void reload_read(void *whose)
{
	struct daemon *daemon = whose;
	struct reload *reload = daemon->reload;

	if (daemon->stopping)
		return;
	if (reload->conf == NULL || !is_same_place(daemon, reload->conf))
		reload_refused(daemon);
	else
		plugins_try(daemon);
}

static void reload_asked(struct daemon *daemon, struct caller *caller)
{
	if (daemon->reload != NULL || daemon->stopping) {
		if (caller != NULL)
			control_answer(caller,
			    json_pack("{s:b, s:s}", "ok", 0, "complaints",
				"another reload is under way"));
		else
			daemon->reload_again = true;
		return;
	}
	notify_reloading();
	daemon->reload = reload_new(caller);
	queue_add(&daemon->queue, reload_work, reload_read, daemon);
}

/* ---- what people and systemd ask ---- */

/* NULL: it is only just starting. */
static json_t *house_status(void *whose)
{
	const struct daemon *daemon = whose;
	const struct about about = { .status = &daemon->status,
		.edition = daemon->ingest.edition,
		.pool = daemon->pool,
		.fetcher = daemon->fetcher,
		.committer = daemon->committer,
		.keeper = daemon->keeper,
		.pages = daemon->pages,
		.survey = daemon->survey,
		.web = daemon->web,
		.now = { (int64_t)uv_now(&daemon->loop), time_now() } };

	return daemon->serving ? status_json(&about) : NULL;
}

static const char *house_trouble(void *whose)
{
	const struct daemon *daemon = whose;

	return daemon->serving ? commit_trouble(daemon->committer) : STARTING;
}

struct told_caller {
	struct asker asker;
	struct caller *caller;
};

static void caller_told(struct asker *asker, struct told *told)
{
	struct told_caller *one = (struct told_caller *)asker;

	if (told != NULL)
		control_answer_text(
		    one->caller, told->text.bytes, told->text.len);
	else
		again_refuse(one->caller, ENDING);
	free(one);
}

static void status_asked(
    struct daemon *daemon, enum told_as as, struct caller *caller)
{
	struct told_caller *one = xcalloc(1, sizeof(*one));

	one->asker = (struct asker){ .as = as, .told = caller_told };
	one->caller = caller;
	teller_ask(daemon->teller, &one->asker);
}

/* What stands behind the word; NULL: it is another. */
static const char *behind(const char *asked, const char *word)
{
	size_t len = strlen(word);

	return strncmp(asked, word, len) == 0 ? asked + len : NULL;
}

static void asked(void *whose, const char *word, struct caller *caller)
{
	struct daemon *daemon = whose;
	const char *wanted;

	if (strcmp(word, "reload") == 0)
		reload_asked(daemon, caller);
	else if (!daemon->serving)
		again_refuse(caller, STARTING);
	else if (strcmp(word, "status") == 0)
		status_asked(daemon, TOLD_STATUS, caller);
	else if (strcmp(word, "metrics") == 0)
		status_asked(daemon, TOLD_METRICS_IN_JSON, caller);
	else if ((wanted = behind(word, POLL_WORD)) != NULL)
		poll_asked(&daemon->ingest, wanted, caller);
	else if ((wanted = behind(word, PAUSE_WORD)) != NULL)
		pause_asked(&daemon->ingest, wanted, true, caller);
	else if ((wanted = behind(word, RESUME_WORD)) != NULL)
		pause_asked(&daemon->ingest, wanted, false, caller);
	else if ((wanted = behind(word, REPLAY_WORD)) != NULL)
		replay_asked(daemon->replay, wanted, caller);
	else if ((wanted = behind(word, RELEASE_WORD)) != NULL)
		release_asked(daemon->release, wanted, caller);
	else
		again_refuse(caller,
		    "the words are status, metrics, reload, poll, pause, "
		    "resume, replay and quarantine");
}

static void signalled(uv_signal_t *handle, int number)
{
	struct daemon *daemon = handle->data;

	if (number == SIGHUP)
		reload_asked(daemon, NULL);
	else
		stop(daemon, 0);
}

static void status_due(uv_timer_t *timer)
{
	headline_tell(timer->data);
}

/* Fed from the loop, so not where that hangs; and not where workers do. */
static void watchdog_due(uv_timer_t *timer)
{
	struct daemon *daemon = timer->data;
	int64_t now = (int64_t)uv_now(&daemon->loop);
	struct pool_counts counts;
	bool stuck;

	pool_counts(daemon->pool, &counts);
	stuck = !progress_is_made(&daemon->progress, &counts, now);
	if (stuck && !daemon->stuck)
		log_err("no page has come out of a worker for %" PRId64
			" s, and %d wait: the watchdog is not fed any more",
		    (now - daemon->progress.since) / 1000, counts.waiting);
	daemon->stuck = stuck;
	if (!stuck)
		notify_watchdog();
}

/* ---- the beginning ---- */

struct orders {
	const char *conf;
	const char *seal; /* a spool: that, and nothing else */
	bool rebuild;     /* the state, and nothing else */
	bool version;     /* that, and nothing else */
	bool verbose;
};

static void usage(FILE *out)
{
	fprintf(out,
	    "usage: datelined [--conf FILE] [--rebuild-state]\n"
	    "       datelined --seal SPOOL\n"
	    "       datelined --version [--verbose]\n"
	    "Reads the configuration, " SYSCONF
	    "/dateline/datelined.conf if none is named, and\n"
	    "serves until SIGTERM. See datelined(8).\n");
}

static void options(struct orders *orders, int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ "rebuild-state", no_argument, NULL, 'r' },
		{ "seal", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ "verbose", no_argument, NULL, 'w' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	*orders = (struct orders){ .conf = SYSCONF "/dateline/datelined.conf" };
	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 'c': orders->conf = optarg; break;
		case 'r': orders->rebuild = true; break;
		case 's': orders->seal = optarg; break;
		case 'h': usage(stdout); exit(0);
		case 'v': orders->version = true; break;
		case 'w': orders->verbose = true; break;
		default: usage(stderr); exit(EX_USAGE);
		}
	}
	if (optind != argc || (orders->verbose && !orders->version)) {
		usage(stderr);
		exit(EX_USAGE);
	}
	if (orders->version) {
		version_print("datelined", daemon_libraries, orders->verbose);
		exit(0);
	}
}

/* The folder that `key` names is there and ours to write. */
static int folder_check(
    const struct conf *conf, const char *key, const char *folder)
{
	struct stat about;

	if (stat(folder, &about) == 0 && !S_ISDIR(about.st_mode))
		errno = ENOTDIR;
	else if (access(folder, W_OK | X_OK) == 0)
		return 0;
	log_err("%s: %s = %s: %s: make the folder, for the service's user, or "
		"name another",
	    conf->path, key, folder, strerror(errno));
	return EX_CONFIG;
}

static int state_take(struct daemon *daemon, struct conf *conf)
{
	struct spool_recovered found;
	struct buf path = { 0 };
	char *why = NULL;

	notify_extend();
	notify_status("recovering");
	buf_printf(&path, "%s/state.sqlite", conf->state);
	daemon->seen = seen_open(path.bytes, &why);
	if (daemon->seen == NULL) {
		log_err("%s: %s", path.bytes, why);
	} else if (commit_recover(daemon->seen, daemon->writer, conf->spool,
		       &found, &why)) {
		buf_free(&path);
		if (!pause_remember(daemon->seen, conf))
			log_err("state: %s", seen_error(daemon->seen));
		daemon->status.last_seq = found.next - 1;
		if (found.published > 0 || found.cut > 0)
			log_info("%s: recovered: %" PRIu64 " lines published, "
				 "%" PRIu64 " bytes of a torn commit cut",
			    conf->spool, found.published, found.cut);
		return 0;
	} else {
		log_err("%s", why);
	}
	buf_free(&path);
	free(why);
	return EX_DATAERR;
}

static void hour_recall(void *whose, const char *source, int64_t at, int64_t n)
{
	struct source_counts *counts = status_of(whose, source);

	hours_add(&counts->hours, at, (uint32_t)n);
}

/* What came today, and in the last two days, before we were started. */
static void today_recall(struct daemon *daemon)
{
	int64_t millis = time_now(), now = millis / 1000;
	uint64_t records;

	if (!seen_done_since(
		daemon->seen, today_midnight(now) * 1000, millis, &records))
		records = 0;
	today_begin(&daemon->status.today, now, records);
	seen_hours(daemon->seen, (now - HOURS * 3600) * 1000, millis,
	    hour_recall, &daemon->status);
}

static int places_open(struct daemon *daemon, struct conf *conf)
{
	int failed = folder_check(conf, "spool", conf->spool);

	if (failed == 0)
		failed = folder_check(conf, "state", conf->state);
	if (failed == 0)
		daemon->writer = commit_writer(conf, &failed);
	if (failed == 0)
		failed = state_take(daemon, conf);
	if (failed == 0)
		today_recall(daemon);
	return failed;
}

static void signals_watch(struct daemon *daemon)
{
	size_t i;

	signal(SIGPIPE, SIG_IGN);
	for (i = 0; i < N_SIGNALS; i++) {
		uv_signal_init(&daemon->loop, &daemon->signals[i]);
		daemon->signals[i].data = daemon;
		uv_signal_start(&daemon->signals[i], signalled, heard[i]);
	}
}

static void timers_start(struct daemon *daemon)
{
	int64_t watchdog = notify_watchdog_interval();

	uv_timer_init(&daemon->loop, &daemon->status_timer);
	uv_timer_init(&daemon->loop, &daemon->watchdog);
	daemon->status_timer.data = daemon->watchdog.data = daemon;
	uv_timer_start(&daemon->status_timer, status_due, 0, STATUS_INTERVAL);
	if (watchdog > 0)
		uv_timer_start(
		    &daemon->watchdog, watchdog_due, 0, (uint64_t)watchdog);
}

/* Where they cannot be kept all else goes on. */
static void pages_open(struct daemon *daemon, const struct conf *conf)
{
	struct buf folder = { 0 };
	char *why = NULL;

	buf_printf(&folder, "%s/pages", conf->state);
	daemon->pages =
	    pages_new(&daemon->loop, &daemon->queue, folder.bytes, &why);
	if (daemon->pages == NULL)
		log_err("%s", why);
	daemon->again = again_new(&daemon->queue, &daemon->ingest);
	daemon->replay = replay_new(daemon->again, folder.bytes);
	buf_free(&folder);
	free(why);
}

static void quarantine_open(struct daemon *daemon, const struct conf *conf)
{
	struct buf folder = { 0 };

	buf_printf(&folder, "%s/" QUARANTINE_FOLDER, conf->state);
	daemon->release = release_new(daemon->again, &daemon->queue,
	    daemon->seen, &daemon->ingest, folder.bytes);
	daemon->survey = survey_new(&daemon->loop, conf->spool, folder.bytes);
	buf_free(&folder);
}

/* It tells of workers that take their time to start, too. */
static bool web_listen(struct daemon *daemon, const struct conf *conf)
{
	const struct web_house house = { .teller = daemon->teller,
		.trouble = house_trouble,
		.whose = daemon,
		.live = daemon->live };
	struct endpoint endpoint;

	if (conf->web == NULL)
		return true;
	endpoint_parse(conf->web, &endpoint);
	daemon->web = web_open(&daemon->loop, &endpoint, &house);
	if (daemon->web == NULL)
		log_err("%s: web = %s: %s: write another port, or none",
		    conf->path, conf->web, strerror(errno));
	return daemon->web != NULL;
}

static int loop_open(struct daemon *daemon, const struct conf *conf)
{
	const char *why;

	queue_init(&daemon->queue, &daemon->loop);
	daemon->control =
	    control_open(&daemon->loop, conf->control, asked, daemon, &why);
	if (daemon->control == NULL) {
		log_err("%s: control = %s: %s", conf->path, conf->control, why);
		return EX_CONFIG;
	}
	daemon->teller = teller_new(&daemon->loop, house_status, daemon);
	daemon->live = live_new();
	if (!web_listen(daemon, conf))
		return EX_CONFIG;
	daemon->fetcher = fetch_new(&daemon->loop);
	daemon->pool = pool_new(&daemon->loop);
	daemon->keeper = keeper_new(&daemon->loop, &daemon->queue, conf->spool);
	daemon->committer = commit_new(&daemon->loop, &daemon->queue,
	    daemon->seen, daemon->writer, daemon->keeper);
	pages_open(daemon, conf);
	quarantine_open(daemon, conf);
	daemon->ingest = (struct ingest){ .loop = &daemon->loop,
		.fetcher = daemon->fetcher,
		.pool = daemon->pool,
		.queue = &daemon->queue,
		.seen = daemon->seen,
		.committer = daemon->committer,
		.pages = daemon->pages,
		.status = &daemon->status,
		.live = daemon->live,
		.chance = uv_hrtime() };
	signals_watch(daemon);
	timers_start(daemon);
	return 0;
}

/* ---- the end ---- */

static void walk_close(uv_handle_t *handle, void *whose)
{
	(void)whose;
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

/* A reload under way comes to nothing, and who asked for it is told. */
static void reload_forget(struct daemon *daemon)
{
	struct reload *reload = daemon->reload;

	if (reload == NULL || reload->caller == NULL)
		return;
	control_answer(reload->caller,
	    json_pack("{s:b, s:s}", "ok", 0, "complaints", ENDING));
	reload->caller = NULL;
}

/*
 * A second signal, or a disk that hangs: whatever the loop and the thread are
 * at. Spool and state are made for being killed at any moment; workers, and who
 * seals, end with their parent.
 */
static void end_at_once(int number)
{
	static const char text[] =
	    "datelined: ended at once; what was not written is begun again "
	    "the next time\n";

	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(EX_IOERR);
	_exit(number == SIGALRM ? EX_IOERR : 0);
}

static void drain_watch(struct daemon *daemon)
{
	static const struct sigaction at_once = { .sa_handler = end_at_once };
	size_t i;

	for (i = 0; i < N_SIGNALS; i++)
		uv_close((uv_handle_t *)&daemon->signals[i], NULL);
	sigaction(SIGTERM, &at_once, NULL);
	sigaction(SIGINT, &at_once, NULL);
	sigaction(SIGALRM, &at_once, NULL);
	signal(SIGHUP, SIG_IGN);
	alarm(DRAIN);
}

/*
 * Nothing new begins; what the network and the workers were at is begun again
 * next time, for it is still pending. What was extracted is written. Then the
 * loop has nothing to wait for, and ends.
 */
static void stop(struct daemon *daemon, int status)
{
	if (daemon->stopping)
		return;
	daemon->stopping = true;
	daemon->exit = status;
	notify_stopping();
	drain_watch(daemon);
	if (daemon->serving)
		ingest_stop(&daemon->ingest);
	fetch_stop(daemon->fetcher);
	pool_stop(daemon->pool);
	commit_stop(daemon->committer);
	keeper_stop(daemon->keeper);
	pages_stop(daemon->pages);
	survey_stop(daemon->survey);
	reload_forget(daemon);
	again_stop(daemon->again);
	teller_stop(daemon->teller);
	control_close(daemon->control);
	web_close(daemon->web);
	uv_close((uv_handle_t *)&daemon->status_timer, NULL);
	uv_close((uv_handle_t *)&daemon->watchdog, NULL);
}

/* Whatever is still open on the loop. */
static void loop_close(struct daemon *daemon)
{
	uv_walk(&daemon->loop, walk_close, NULL);
	uv_run(&daemon->loop, UV_RUN_DEFAULT);
}

static void everything_free(struct daemon *daemon)
{
	ingest_free(&daemon->ingest);
	commit_free(daemon->committer);
	keeper_free(daemon->keeper);
	pages_free(daemon->pages);
	again_free(daemon->again);
	replay_free(daemon->replay);
	release_free(daemon->release);
	survey_free(daemon->survey);
	teller_free(daemon->teller);
	live_free(daemon->live);
	pool_free(daemon->pool);
	fetch_free(daemon->fetcher);
	control_free(daemon->control);
	web_free(daemon->web);
	if (daemon->reload != NULL)
		reload_free(daemon->reload);
}

static void loop_run(struct daemon *daemon, struct conf *conf)
{
	daemon->reload = reload_new(NULL);
	daemon->reload->conf = conf;
	plugins_try(daemon);
	uv_run(&daemon->loop, UV_RUN_DEFAULT);
	loop_close(daemon);
	everything_free(daemon);
}

/* A start that comes to nothing: what it has opened before. */
static void start_undo(struct daemon *daemon, struct conf *conf)
{
	if (daemon->control != NULL)
		control_close(daemon->control);
	loop_close(daemon);
	if (daemon->control != NULL)
		control_free(daemon->control);
	teller_free(daemon->teller);
	live_free(daemon->live);
	conf_free(conf);
}

static int daemon_run(struct conf *conf, const char *path)
{
	struct daemon daemon = { .path = xstrdup(path) };

	uv_loop_init(&daemon.loop);
	status_init(&daemon.status, &daemon.loop);
	daemon.exit = places_open(&daemon, conf);
	if (daemon.exit == 0)
		daemon.exit = loop_open(&daemon, conf);
	if (daemon.exit == 0)
		loop_run(&daemon, conf);
	else
		start_undo(&daemon, conf);
	loop_close(&daemon);
	seen_close(daemon.seen);
	spool_writer_close(daemon.writer);
	status_free(&daemon.status);
	uv_loop_close(&daemon.loop);
	free(daemon.path);
	return daemon.exit;
}

int main(int argc, char **argv)
{
	struct orders orders;
	struct conf *conf;
	int status;

	options(&orders, argc, argv);
	if (orders.seal != NULL)
		return keeper_seal(orders.seal);
	conf = orders.rebuild ? conf_read(orders.conf, stderr)
			      : conf_whole(orders.conf, stderr);
	if (conf == NULL)
		return EX_CONFIG;
	if (!orders.rebuild)
		return daemon_run(conf, orders.conf);
	status = rebuild(conf);
	conf_free(conf);
	return status;
}
