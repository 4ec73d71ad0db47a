/* What must be true of whoever asks the model network: hosts, robots.txt, and
   the telling of it. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/sim/judged.h"
#include "tests/sim/tally.h"

#define TOLD_MOST 3 /* of one rule */
#define ROBOTS_HOLDS DAY
#define ROBOTS_SOON (DAY / 2)
#define SETTLES (10 * MINUTE) /* until a new clock is everywhere */
#define SLACK (5 * MINUTE)
#define LOTS 8          /* that may be drawn until it is one's turn */
#define SOCKETS 64      /* requests at a time that a daemon may afford */
#define QUEUE_MOST HOUR /* a request is judged by, and waits for its turn */

static const char *const rule_names[N_RULES] = {
	[RULE_PAUSE] = "pause",
	[RULE_CONNECTIONS] = "connections",
	[RULE_RETRY_AFTER] = "retry-after",
	[RULE_INTERVAL] = "interval",
	[RULE_SKIPPED] = "skipped-hours",
	[RULE_UNCONDITIONAL] = "unconditional",
	[RULE_VALIDATORS] = "validators",
	[RULE_ROBOTS] = "robots",
	[RULE_ROBOTS_OFTEN] = "robots-often",
	[RULE_PAGE_OFTEN] = "page-often",
	[RULE_FEED_LATE] = "feed-late",
	[RULE_WHOLE_LATE] = "whole-late",
	[RULE_STORY_LATE] = "story-late",
	[RULE_STORY_BOUND] = "story-bound",
	[RULE_LADDER] = "ladder",
	[RULE_OVERFLOW] = "overflow",
	[RULE_LIES] = "lies",
	[RULE_DRIFT] = "drift",
	[RULE_HOSTS] = "hosts",
};

/*
 * How long a feed of which this comes is left alone at most, and how long all
 * of its host is; how often a page is asked for before it may be given up (36
 * times take a week).
 */
static const struct {
	const char *name;
	int64_t feed, host;
	int tries;
} classes[N_CLASSES] = {
	[FINE] = { "fine", 0, 0, 0 },
	[UNCHANGED] = { "unchanged", 0, 0, 0 },
	[DNS] = { "dns", 15 * MINUTE, 15 * MINUTE, 36 },
	[CONNECT] = { "connect", 15 * MINUTE, 15 * MINUTE, 36 },
	[TLS] = { "tls", HOUR, 15 * MINUTE, 36 },
	[TIMEOUT] = { "timeout", HOUR, 15 * MINUTE, 36 },
	[BROKEN] = { "broken", HOUR, 0, 10 },
	[HTTP_4XX] = { "4xx", DAY, 0, 4 },
	[HTTP_5XX] = { "5xx", HOUR, 15 * MINUTE, 36 },
	[NOT_FOUND] = { "404", DAY, 0, 4 },
	[GONE] = { "410", 7 * DAY, 0, 1 },
	[LIMITED] = { "limited", 6 * HOUR, 6 * HOUR, 36 },
	[BLOCKED] = { "blocked", 6 * HOUR, 6 * HOUR, 36 },
	[REDIRECT] = { "redirect", DAY, 0, 4 },
	[EMPTY] = { "empty", 6 * HOUR, 0, 4 },
	[NO_ENTRIES] = { "no-entries", 6 * HOUR, 0, 4 },
	[HTML] = { "html", 6 * HOUR, 0, 4 },
	[NOISE] = { "noise", 6 * HOUR, 0, 3 },
};

bool class_is_fine(enum class class)
{
	return class == FINE || class == UNCHANGED;
}

int64_t class_back_off(enum class class)
{
	return classes[class].feed;
}

int class_tries(enum class class)
{
	return classes[class].tries;
}

const char *class_name(enum class class)
{
	return classes[class].name;
}

const char *judge_rule(enum rule rule)
{
	return rule_names[rule];
}

/* ---- telling ---- */

static void told_print(struct judge *judge, const struct told *told)
{
	static const char *const kinds[] = { "robots", "feed", "moved feed",
		"page", "moved page", "?" };

	fprintf(judge->out,
	    "    %13.3f, %+.3f s: %s of source %zu/%" PRId64
	    " for %zu, etag %" PRIx64 ": ",
	    (double)told->at / 1000,
	    (double)(told->at - judge->sim->now) / 1000,
	    kinds[told->place.kind], told->place.source, told->place.story,
	    told->source, told->etag);
	if (told->ended < 0)
		fprintf(judge->out, "under way\n");
	else
		fprintf(judge->out, "%s %ld at %+.3f s\n",
		    class_name(told->class), told->status,
		    (double)(told->ended - judge->sim->now) / 1000);
}

static void host_print(struct judge *judge, size_t number)
{
	const struct judged_host *host = &judge->hosts[number];
	unsigned i;

	for (i = 0; i < LAST_TOLD; i++) {
		const struct told *told =
		    &host->told[(host->n_told + i) % LAST_TOLD];

		if (host->n_told + i >= LAST_TOLD)
			told_print(judge, told);
	}
}

bool holds(struct judge *judge, enum rule rule, bool fine)
{
	judge->report.checks[rule]++;
	return fine;
}

void broken(
    struct judge *judge, enum rule rule, size_t host, const char *format, ...)
{
	int64_t now = judge->sim->now;
	va_list args;

	if (judge->report.broken[rule]++ >= TOLD_MOST)
		return;
	fprintf(judge->out,
	    "seed %" PRIu64 ", step %" PRIu64 ", day %" PRId64 " %02d:%02d:%02d"
	    " (%" PRId64 "): %s: ",
	    judge->seed, judge->sim->steps, now / DAY, (int)(now % DAY / HOUR),
	    (int)(now % HOUR / MINUTE), (int)(now % MINUTE / SECOND), now,
	    rule_names[rule]);
	va_start(args, format);
	vfprintf(judge->out, format, args);
	va_end(args);
	fprintf(judge->out,
	    "\n  the daemon began %" PRId64 " s ago, its clock was set %" PRId64
	    " s ago and is %" PRId64 " s off\n  host %zu, its last requests:\n",
	    (now - judge->started) / SECOND, (now - judge->clock_set) / SECOND,
	    judge->sim->wrong / SECOND, host);
	host_print(judge, host);
}

uint64_t judge_broken(const struct judge *judge)
{
	uint64_t n = 0;
	int i;

	for (i = 0; i < N_RULES; i++)
		n += judge->report.broken[i];
	return n;
}

/* ---- answers ---- */

static enum class class_of_status(const struct answer *answer) {
	long status = answer->status;

	if (status == 429 ||
	    (status == 503 && *answer->retry_after != '\0')) return LIMITED;
	if (status == 403 || status == 202) return BLOCKED;
	if (status == 404) return NOT_FOUND;
	if (status == 410) return GONE;
	if (status >= 500) return HTTP_5XX;
	if (status >= 400) return HTTP_4XX;
	if (status == 304) return UNCHANGED;
	return status >= 300 ? REDIRECT : FINE;
}

static enum class class_of(
    const struct asked *asked, const struct answer *answer) {
	static const enum class ways[] = { [NO_NAME] = DNS,
	    [NO_CONNECTION] = CONNECT,
	    [NO_TLS] = TLS,
	    [TOO_SLOW] = TIMEOUT,
	    [CUT_SHORT] = BROKEN };
	static const enum class looks[] = { [LIKE_NOTHING] = EMPTY,
	    [LIKE_HTML] = HTML,
	    [LIKE_NOISE] = NOISE };
	enum class class;

	if (answer->way != CAME) return ways[answer->way];
	class = class_of_status(answer);
	if (class == FINE && asked->place.kind == A_FEED &&
	    answer->looks != LIKE_A_FEED) return looks[answer->looks];
	if (class == FINE && asked->place.kind == A_FEED &&
	    answer->last < answer->first) return NO_ENTRIES;
	return class;
}

static int64_t date_of(const char *text)
{
	struct tm at = { 0 };

	if (strptime(text, "%a, %d %b %Y %H:%M:%S GMT", &at) == NULL)
		return -1;
	return timegm(&at);
}

int64_t retry_after(const struct answer *answer)
{
	int64_t until = date_of(answer->retry_after), theirs, wait;

	if (until >= 0) {
		theirs = date_of(answer->date);
		wait = (until - theirs) * SECOND;
	} else {
		wait = strtoll(answer->retry_after, NULL, 10) * SECOND;
	}
	return wait < DAY ? wait : DAY; /* who says more is not believed */
}

/* ---- hosts ---- */

static int64_t max(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/*
 * A host is idle while no request is under way, its pauses are over (the
 * longest of those who ask there), it has not said or shown that it wants to be
 * left alone, and the daemon runs.
 */
static int64_t host_idle(const struct judge *judge, size_t number)
{
	const struct judged_host *host = &judge->hosts[number];
	int64_t from = max(host->idle_from, host->left_until);

	from = max(from, judge->started);
	if (host->under_way > 0 || !judge->running || judge->sim->now < from)
		return host->idle;
	return host->idle + judge->sim->now - from;
}

static void host_idle_ends(struct judge *judge, size_t number)
{
	struct judged_host *host = &judge->hosts[number];

	host->idle = host_idle(judge, number);
	host->idle_from = max(host->idle_from, judge->sim->now);
}

static int64_t full_so_far(const struct judge *judge)
{
	return judge->full +
	    (judge->under_way < SOCKETS ? 0
					: judge->sim->now - judge->full_from);
}

static void under_way_set(struct judge *judge, int n)
{
	judge->full = full_so_far(judge);
	judge->full_from = judge->sim->now;
	judge->under_way = n;
}

int64_t host_spare(const struct judge *judge, size_t number)
{
	return host_idle(judge, number) - full_so_far(judge);
}

/* What is in one's way when it asks: the pause that its source has, and that
   of robots.txt where it is asked. */
static int64_t pause_of(const struct judge *judge, size_t source, size_t number)
{
	const struct plan *plan = world_plan(judge->world, source);
	const struct judged_host *host = &judge->hosts[number];

	if (!plan->robots || host->robots_rules < max(judge->started, 0))
		return plan->pause;
	return max(plan->pause, world_delay(judge->world, number));
}

/* Behind a long pause nobody waits in the queue but one: a tenth may pass until
   the next one comes, and who comes first is drawn by lot. */
int64_t host_slack(
    const struct judge *judge, size_t source, size_t number, int64_t due)
{
	int64_t pause =
	    max(judge->hosts[number].pause, pause_of(judge, source, number));

	if (pause <= MINUTE)
		return SLACK;
	return SLACK + LOTS * pause + (judge->sim->now - due) / 8;
}

/* Requests and the pauses behind them. */
int64_t host_busy(const struct judge *judge, size_t number)
{
	return judge->hosts[number].busy + full_so_far(judge);
}

bool is_calm(const struct judge *judge, size_t number, int64_t since)
{
	const struct judged_host *host = &judge->hosts[number];

	return host->troubled < since && host->left_until < since &&
	    judge->stopped < since && judge->clock_set + SETTLES < since &&
	    host->forbade_until < since;
}

static void host_asked(struct judge *judge, const struct asked *asked)
{
	size_t number = asked->place.host;
	struct judged_host *host = &judge->hosts[number];
	int64_t now = judge->sim->now, pause;
	int most = world_plan(judge->world, asked->source)->connections;

	pause = pause_of(judge, asked->source, number);
	if (!holds(judge, RULE_PAUSE,
		host->begun <= judge->started ||
		    now - host->begun >= max(pause, host->begun_pause) ||
		    (host->begun_robots &&
			now - host->begun >=
			    world_plan(judge->world, asked->source)->pause)))
		broken(judge, RULE_PAUSE, number,
		    "%" PRId64 " ms after the last request, whose pause is "
		    "%" PRId64 "; that of source %zu is %" PRId64,
		    now - host->begun, host->begun_pause, asked->source, pause);
	if (!holds(judge, RULE_PAUSE,
		host->ended <= judge->started || host->under_way > 0 ||
		    now - host->ended >= host->ended_pause))
		broken(judge, RULE_PAUSE, number,
		    "%" PRId64 " ms after the last answer, pause %" PRId64,
		    now - host->ended, host->ended_pause);
	if (!holds(judge, RULE_CONNECTIONS, host->under_way < most))
		broken(judge, RULE_CONNECTIONS, number,
		    "%d requests are under way, and source %zu has %d",
		    host->under_way, asked->source, most);
	if (!holds(judge, RULE_RETRY_AFTER, now >= host->not_before))
		broken(judge, RULE_RETRY_AFTER, number,
		    "%" PRId64 " ms too early", host->not_before - now);
	host_idle_ends(judge, number);
	under_way_set(judge, judge->under_way + 1);
	host->under_way++;
	host->begun = now;
	host->begun_pause = pause;
	host->begun_robots = asked->place.kind == A_ROBOTS;
}

static void host_answered(struct judge *judge, const struct asked *asked,
    enum class class, const struct answer *answer)
{
	size_t number = asked->place.host;
	struct judged_host *host = &judge->hosts[number];
	int64_t now = judge->sim->now, wait = retry_after(answer), left;

	under_way_set(judge, judge->under_way - 1);
	host->under_way--;
	host->ended = now;
	host->ended_pause = host->begun_robots
	    ? world_plan(judge->world, asked->source)->pause
	    : pause_of(judge, asked->source, number);
	host->busy += answer->took + host->pause;
	host->idle_from = max(host->idle_from, now + host->pause);
	if (class == LIMITED || (class == BLOCKED && wait > 0)) {
		host->not_before = max(host->not_before, now + wait);
		host->limited = now;
	}
	host->asked_for = max(host->asked_for, wait);
	left = wait > 0 ? wait : classes[class].host;
	if (asked->place.kind == A_ROBOTS && !class_is_fine(class))
		left += 7 * HOUR + host->skips; /* all have failed */
	if (left > 0)
		host->left_until = max(host->left_until, now + left * 11 / 10);
	if (class_is_fine(class) || class == REDIRECT)
		return;
	host->troubled = now;
	host->failed++;
}

/* ---- robots.txt ---- */

static void robots_asked(struct judge *judge, const struct asked *asked)
{
	struct judged_host *host = &judge->hosts[asked->robots_of];
	int64_t now = judge->sim->now;
	int64_t least = host->robots_failed ? MINUTE : ROBOTS_SOON;

	if (asked->robots_of != asked->place.host)
		return; /* it was sent there */
	if (!holds(judge, RULE_ROBOTS_OFTEN,
		host->robots_asked <= judge->started ||
		    now - host->robots_asked >= least))
		broken(judge, RULE_ROBOTS_OFTEN, asked->place.host,
		    "%" PRId64 " s after the last",
		    (now - host->robots_asked) / SECOND);
	host->robots_asked = now;
}

static void robots_answered(
    struct judge *judge, const struct asked *asked, enum class class)
{
	size_t number = asked->robots_of;
	struct judged_host *host = &judge->hosts[number];
	struct place place = { .host = number, .kind = A_PAGE };

	host->robots_failed = class != FINE && class != NOT_FOUND &&
	    class != BLOCKED && class != HTTP_4XX && class != GONE &&
	    class != EMPTY;
	if (class == REDIRECT)
		return; /* it goes on elsewhere, if that host lets us */
	if (host->robots_failed) {
		host->robots_troubled = judge->sim->now;
		if (number != asked->place.host)
			host->left_until = max(host->left_until,
			    judge->sim->now + 8 * HOUR + host->skips);
		host->troubled = judge->sim->now;
		return;
	}
	host->robots_fine = host->robots_asked;
	/* Behind a wall the rules that are known hold on. */
	if (class == BLOCKED && host->robots_rules > judge->started)
		return;
	host->robots_rules = class == FINE ? host->robots_asked : -1;
	if (class == FINE &&
	    !world_allows(judge->world, &place, host->robots_rules))
		host->forbade_until = NEVER;
	else if (host->forbade_until == NEVER)
		host->forbade_until =
		    judge->sim->now + DAY * 11 / 10 + host->skips;
}

static void robots_obeyed(struct judge *judge, const struct asked *asked)
{
	const struct judged_host *host = &judge->hosts[asked->place.host];
	int64_t now = judge->sim->now;

	if (!world_plan(judge->world, asked->source)->robots)
		return;
	if (!holds(judge, RULE_ROBOTS, host->robots_fine >= 0)) {
		broken(judge, RULE_ROBOTS, asked->place.host,
		    "it has not been asked");
		return;
	}
	if (!holds(judge, RULE_ROBOTS,
		host->robots_failed ||
		    now - host->robots_fine <= ROBOTS_HOLDS + QUEUE_MOST))
		broken(judge, RULE_ROBOTS, asked->place.host,
		    "what is known of it is %" PRId64 " minutes old",
		    (now - host->robots_fine) / MINUTE);
	if (!holds(judge, RULE_ROBOTS,
		host->robots_rules < 0 ||
		    world_allows(
			judge->world, &asked->place, host->robots_fine)))
		broken(judge, RULE_ROBOTS, asked->place.host, "it forbids it");
}

/* ---- the whole ---- */

static void told_put(struct judge *judge, const struct asked *asked)
{
	struct judged_host *host = &judge->hosts[asked->place.host];

	host->told[host->n_told++ % LAST_TOLD] =
	    (struct told){ .at = judge->sim->now,
		    .ended = -1,
		    .place = asked->place,
		    .source = asked->source,
		    .etag = asked->etag };
}

static void told_end(struct judge *judge, const struct asked *asked,
    enum class class, const struct answer *answer)
{
	struct judged_host *host = &judge->hosts[asked->place.host];
	unsigned i;

	for (i = 0; i < LAST_TOLD; i++) {
		struct told *told = &host->told[i];

		if (told->ended >= 0 || told->source != asked->source ||
		    told->place.kind != asked->place.kind ||
		    told->place.story != asked->place.story)
			continue;
		told->ended = judge->sim->now;
		told->class = class;
		told->status = answer->status;
		if ((int64_t)asked->place.host == judge->trace)
			told_print(judge, told);
		return;
	}
}

void judge_asked(struct judge *judge, const struct asked *asked)
{
	told_put(judge, asked);
	judge->report.requests++;
	host_asked(judge, asked);
	if (asked->place.kind == A_ROBOTS) {
		judge->report.robots++;
		robots_asked(judge, asked);
		return;
	}
	robots_obeyed(judge, asked);
	switch (asked->place.kind) {
	case A_FEED:
	case A_MOVED_FEED: feed_asked(judge, asked); break;
	case A_PAGE: page_asked(judge, asked); break;
	default: break;
	}
}

void judge_answered(
    struct judge *judge, const struct asked *asked, const struct answer *answer)
{
	enum class class = class_of(asked, answer);

	told_end(judge, asked, class, answer);
	host_answered(judge, asked, class, answer);
	judge->report.failed += !class_is_fine(class) && class != REDIRECT;
	switch (asked->place.kind) {
	case A_ROBOTS: robots_answered(judge, asked, class); break;
	case A_FEED:
	case A_MOVED_FEED: feed_answered(judge, asked, class, answer); break;
	case A_PAGE:
	case A_MOVED_PAGE: page_answered(judge, asked, class, answer); break;
	default: break;
	}
}

void judge_hosts(struct judge *judge, size_t n)
{
	if (!holds(judge, RULE_HOSTS, n <= world_hosts(judge->world)))
		broken(judge, RULE_HOSTS, 0, "%zu are remembered, of %zu", n,
		    world_hosts(judge->world));
}

void judge_stopped(struct judge *judge)
{
	size_t i;

	for (i = 0; i < world_hosts(judge->world); i++) {
		host_idle_ends(judge, i);
		judge->hosts[i].under_way = 0;
	}
	under_way_set(judge, 0);
	judge->running = false;
	judge->stopped = judge->sim->now;
}

/* If the clock was set nobody knows how much of a Retry-After is over: then
   none of it need be waited for, and all of it may be once more. */
void judge_started(struct judge *judge)
{
	int64_t now = judge->sim->now;
	size_t i;

	judge->running = true;
	judge->started = judge->stopped = now;
	for (i = 0; i < world_hosts(judge->world); i++) {
		struct judged_host *host = &judge->hosts[i];

		if (host->forbade_until > 0 && host->forbade_until != NEVER &&
		    judge->clock_set > host->robots_asked - DAY)
			host->forbade_until = max(host->forbade_until,
			    now + DAY * 11 / 10 + host->skips);
		if (judge->clock_set <= host->limited)
			continue;
		host->not_before = now;
		host->left_until = max(host->left_until,
		    now + host->skips + (host->asked_for + 6 * HOUR) * 11 / 10);
	}
}

void judge_clock_set(struct judge *judge)
{
	judge->clock_set = judge->sim->now;
}

void judge_look(struct judge *judge)
{
	size_t i;

	if (!judge->running)
		return;
	for (i = 0; i < world_sources(judge->world); i++) {
		feeds_look(judge, i);
		stories_look(judge, i);
	}
}

static void source_init(struct judge *judge, size_t number)
{
	struct judged_source *source = &judge->sources[number];
	const struct plan *plan = world_plan(judge->world, number);
	int i;

	source->alarmed = -1;
	for (i = 0; i < WORLD_FEEDS; i++) {
		const struct truth *truth =
		    world_truth(judge->world, number, i);
		struct judged_host *host = &judge->hosts[truth->host];
		struct judged_host *pages = &judge->hosts[truth->page_host];

		feed_init(judge, number, i);
		host->skips = max(host->skips, source->feeds[i].skips);
		host->pause = max(host->pause, plan->pause);
		pages->pause = max(pages->pause, plan->pause);
	}
}

struct judge *judge_new(struct sim *sim, struct world *world, uint64_t seed,
    int64_t trace, FILE *out)
{
	struct judge *judge = tally_new(1, sizeof(*judge));
	size_t i;

	judge->sim = sim;
	judge->world = world;
	judge->seed = seed;
	judge->trace = trace;
	judge->out = out;
	judge->hosts = tally_new(world_hosts(world), sizeof(*judge->hosts));
	judge->sources =
	    tally_new(world_sources(world), sizeof(*judge->sources));
	judge->started = judge->stopped = judge->clock_set = -1;
	for (i = 0; i < world_hosts(world); i++) {
		judge->hosts[i].pause = world_delay(world, i);
		judge->hosts[i].begun = judge->hosts[i].ended = -1;
		judge->hosts[i].troubled = judge->hosts[i].left_until = -1;
		judge->hosts[i].robots_fine = judge->hosts[i].limited = -1;
		judge->hosts[i].robots_asked = -1;
		judge->hosts[i].robots_rules = -1;
		judge->hosts[i].robots_troubled = -1;
		judge->hosts[i].forbade_until = -1;
	}
	for (i = 0; i < world_sources(world); i++)
		source_init(judge, i);
	return judge;
}

void judge_free(struct judge *judge)
{
	size_t i;

	for (i = 0; i < world_sources(judge->world); i++)
		tally_free(judge->sources[i].stories);
	tally_free(judge->sources);
	tally_free(judge->hosts);
	tally_free(judge);
}
