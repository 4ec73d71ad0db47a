/* The hosts that are asked. */
#include <search.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/heap.h"
#include "core/base/robots.h"
#include "core/base/url.h"
#include "core/base/xalloc.h"
#include "core/net/hosts.h"
#include "core/net/politeness.h"

#define SECOND ((int64_t)1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

#define ROBOTS_FRESH DAY              /* RFC 9309, 2.4 */
#define DELAY_MOST (ROBOTS_FRESH / 2) /* else only robots.txt was asked */
#define ROBOTS_GIVEN_UP                                                  \
	(30 * DAY)             /* unreachable for so long: there is none \
				*/
#define ROBOTS_AGAIN MINUTE    /* at first, then twice as long, */
#define ROBOTS_AGAIN_MOST HOUR /* up to this */

/* A host that is held for longer gives its turns back: what they hold (a claim,
   a place among the pages under way) is needed elsewhere. */
#define HELD_PATIENCE (10 * SECOND)

/* Likewise behind the first where that has to wait for a longer pause. */
#define PAUSE_PATIENCE MINUTE

/* Of hosts that nobody waits for, before those are forgotten that have only a
   robots.txt: a feed may name thousands. */
#define IDLE_MOST 4096

#define PAUSE_MOST HOUR /* that a source may have, see conf.c */

#define AGENT "dateline" /* whose rules count, whatever the User-Agent */

struct site {                 /* scheme, host and port: what has a robots.txt */
	char *url;            /* of it */
	struct robots *rules; /* NULL: none are known */
	bool asked;           /* it is on its way */
	int64_t until;        /* not asked again before */
	enum outcome trouble; /* FINE: the rules hold */
	int64_t troubled_since; /* and so often in a row */
	int troubles;
	struct site *next;
};

struct host {
	char *name;
	struct politeness politeness;
	struct site *sites; /* one, or two */
	struct turn *waiting, **waiting_end;
	int n_waiting;
	struct heap_node ready;
	struct host *next, **from; /* all hosts, for walking */
};

struct hosts {
	void *by_name; /* a tree of tsearch(3) */
	struct host *all;
	struct heap ready; /* those with turns, by when the first may go */
	size_t n, forget_at;
};

static int by_name(const void *a, const void *b)
{
	const struct host *one = a, *other = b;

	return strcmp(one->name, other->name);
}

struct hosts *hosts_new(void)
{
	struct hosts *hosts = xcalloc(1, sizeof(*hosts));

	hosts->forget_at = IDLE_MOST;
	return hosts;
}

static void host_free(struct hosts *hosts, struct host *host)
{
	struct site *site;

	while ((site = host->sites) != NULL) {
		host->sites = site->next;
		robots_free(site->rules);
		free(site->url);
		free(site);
	}
	heap_remove(&hosts->ready, &host->ready);
	tdelete(host, &hosts->by_name, by_name);
	*host->from = host->next;
	if (host->next != NULL)
		host->next->from = host->from;
	hosts->n--;
	free(host->name);
	free(host);
}

void hosts_free(struct hosts *hosts)
{
	if (hosts == NULL)
		return;
	while (hosts->all != NULL)
		host_free(hosts, hosts->all);
	heap_free(&hosts->ready);
	free(hosts);
}

static struct host *host_new(struct hosts *hosts, char *name)
{
	struct host *host = xcalloc(1, sizeof(*host));

	host->name = name;
	host->waiting_end = &host->waiting;
	host->next = hosts->all;
	host->from = &hosts->all;
	if (host->next != NULL)
		host->next->from = &host->next;
	hosts->all = host;
	hosts->n++;
	return host;
}

static struct host *host_named(struct hosts *hosts, const char *name)
{
	struct host like = { .name = (char *)name };
	struct host *host, **found = tfind(&like, &hosts->by_name, by_name);

	if (found != NULL)
		return *found;
	host = host_new(hosts, xstrdup(name));
	if (tsearch(host, &hosts->by_name, by_name) == NULL)
		_exit(EXIT_MEMORY);
	return host;
}

static struct host *host_of(struct hosts *hosts, const char *url)
{
	struct arena arena = { 0 };
	const char *name = url_host(&arena, url);
	struct host *host = host_named(hosts, name != NULL ? name : "");

	arena_reset(&arena);
	return host;
}

/* ---- forgetting ---- */

static bool host_is_idle(const struct host *host)
{
	return host->waiting == NULL && host->politeness.under_way == 0;
}

/* What it was asked for politely is remembered as long as it holds. */
static bool host_is_forgettable(const struct host *host, int64_t now)
{
	return host_is_idle(host) &&
	    politeness_wait(&host->politeness, 1, PAUSE_MOST, now) == 0;
}

/* Walks over all of them only when they have doubled. */
static void hosts_forget(struct hosts *hosts, int64_t now)
{
	struct host *host, *next;

	if (hosts->n < hosts->forget_at)
		return;
	for (host = hosts->all; host != NULL; host = next) {
		next = host->next;
		if (host_is_forgettable(host, now))
			host_free(hosts, host);
	}
	hosts->forget_at = 2 * hosts->n > IDLE_MOST ? 2 * hosts->n : IDLE_MOST;
}

/* ---- robots.txt ---- */

static struct site *site_of(struct host *host, const char *url)
{
	struct arena arena = { 0 };
	const char *robots =
	    url_join(&arena, url_shown(&arena, url), "/robots.txt");
	struct site *site = host->sites;

	if (robots == NULL) /* no address: the fetcher will say so */
		robots = "";
	while (site != NULL && strcmp(site->url, robots) != 0)
		site = site->next;
	if (site == NULL) {
		site = xcalloc(1, sizeof(*site));
		site->url = xstrdup(robots);
		site->until = INT64_MIN;
		site->next = host->sites;
		host->sites = site;
	}
	arena_reset(&arena);
	return site;
}

static void site_rules(
    struct site *site, const char *bytes, size_t len, int64_t now)
{
	robots_free(site->rules);
	site->rules = robots_read(bytes, len, AGENT);
	site->until = now + ROBOTS_FRESH;
	site->trouble = OUTCOME_FINE;
	site->troubles = 0;
}

/* Old rules hold on; without any all is forbidden, until it is there again. */
static void site_unreachable(
    struct site *site, enum outcome outcome, int64_t now)
{
	int64_t again = ROBOTS_AGAIN;
	int i;

	if (site->troubles++ == 0)
		site->troubled_since = now;
	for (i = 1; i < site->troubles && again < ROBOTS_AGAIN_MOST; i++)
		again *= 2;
	site->until =
	    now + (again < ROBOTS_AGAIN_MOST ? again : ROBOTS_AGAIN_MOST);
	site->trouble = site->rules != NULL ? OUTCOME_FINE : outcome;
	if (site->trouble != OUTCOME_FINE &&
	    now - site->troubled_since > ROBOTS_GIVEN_UP)
		site_rules(site, "", 0, now);
}

/* Of who has walled himself in a 403 may be of all his pages: rules that are
   known hold on. */
static void site_blocked(struct site *site, int64_t now)
{
	if (site->rules == NULL)
		site_rules(site, "", 0, now);
	else
		site->until = now + ROBOTS_FRESH;
}

/* RFC 9309, 2.3.1: what is not there forbids nothing; what does not answer
   forbids all. What we refuse to one source, another may be allowed. */
static void site_learn(struct site *site, enum outcome outcome,
    const char *bytes, size_t len, int64_t now)
{
	switch (outcome) {
	case OUTCOME_FINE: site_rules(site, bytes, len, now); break;
	case OUTCOME_BLOCKED: site_blocked(site, now); break;
	case OUTCOME_EMPTY:
	case OUTCOME_HTTP_4XX:
	case OUTCOME_NOT_FOUND:
	case OUTCOME_GONE:
	case OUTCOME_REDIRECTS: site_rules(site, "", 0, now); break;
	case OUTCOME_REFUSED: break;
	default: site_unreachable(site, outcome, now);
	}
}

const char *hosts_rights(const struct turn *turn)
{
	return turn->site != NULL ? "allowed" : NULL;
}

/* ---- turns ---- */

static int64_t turn_pause(const struct turn *turn)
{
	const struct site *site = turn->site;
	int64_t theirs =
	    site != NULL && site->rules != NULL ? robots_delay(site->rules) : 0;

	if (theirs > DELAY_MOST)
		theirs = DELAY_MOST;
	return theirs > turn->pause ? theirs : turn->pause;
}

static void no(struct hosts_next *next, enum outcome outcome, int64_t again)
{
	next->what = HOSTS_NO;
	next->outcome = outcome;
	next->again = again;
}

static void no_robots(
    struct hosts_next *next, const struct site *site, int64_t now)
{
	no(next, site->trouble, site->until - now);
	snprintf(next->why, sizeof(next->why),
	    "its robots.txt cannot be had (%s), so nothing may be asked",
	    outcome_name(site->trouble));
}

static void robots_judge(
    struct hosts_next *next, const struct site *site, const char *url)
{
	struct robots_verdict verdict;

	robots_ask(site->rules, url, &verdict);
	if (verdict.allowed)
		return;
	no(next, OUTCOME_FORBIDDEN, 0);
	snprintf(next->why, sizeof(next->why),
	    "its robots.txt forbids it, line %d: %.100s", verdict.line,
	    verdict.rule != NULL ? verdict.rule : "");
}

static int64_t turn_wait(const struct turn *turn, int64_t now)
{
	return politeness_wait(
	    &turn->host->politeness, turn->connections, turn_pause(turn), now);
}

/* What is to be done about a turn, whenever it may be done: only requests wait
   for a pause. */
static void turn_judge(
    const struct turn *turn, int64_t now, struct hosts_next *next)
{
	const struct politeness *polite = &turn->host->politeness;
	const struct site *site = turn->site;

	*next = (struct hosts_next){ .what = HOSTS_GO };
	if (turn->refused) {
		no(next, OUTCOME_REFUSED, 0);
	} else if (polite->held > now + HELD_PATIENCE) {
		no(next, OUTCOME_HELD, polite->held - now);
		snprintf(next->why, sizeof(next->why),
		    "the host is left alone for now (%s)",
		    outcome_name(polite->why));
	} else if (site != NULL && site->until <= now) {
		next->what = HOSTS_ASK_ROBOTS;
	} else if (site != NULL && site->trouble != OUTCOME_FINE) {
		no_robots(next, site, now);
	} else if (site != NULL) {
		robots_judge(next, site, turn->url);
	}
}

/* The second in line, or NULL. Redirected ones go before all. */
static struct turn *turn_behind(struct turn *first)
{
	while (first->first && first->next != NULL)
		first = first->next;
	return first->next;
}

static void no_patience(struct hosts_next *next, int64_t wait)
{
	no(next, OUTCOME_HELD, wait);
	snprintf(next->why, sizeof(next->why),
	    "the host wants a long pause between two requests");
}

/* Whether anything is to be done about the host's turns now. The first keeps
   its place however long it waits, or those with a short pause would always be
   there before it. */
static bool host_judge(
    const struct host *host, int64_t now, struct hosts_next *next)
{
	struct turn *behind = turn_behind(host->waiting);
	int64_t wait = turn_wait(host->waiting, now);

	turn_judge(host->waiting, now, next);
	next->turn = host->waiting;
	if (next->what == HOSTS_NO || wait == 0)
		return true;
	if (wait <= PAUSE_PATIENCE || behind == NULL)
		return false;
	no_patience(next, wait);
	next->turn = behind;
	return true;
}

/* The host stands in the heap at the time at which something is to be done
   about its turns. */
static void host_line_up(struct hosts *hosts, struct host *host, int64_t now)
{
	const struct turn *turn = host->waiting;
	const struct site *site = turn != NULL ? turn->site : NULL;
	struct hosts_next next;
	int64_t wait;

	if (turn == NULL || (site != NULL && site->asked)) {
		heap_remove(&hosts->ready, &host->ready);
		return;
	}
	wait = host_judge(host, now, &next) ? 0 : turn_wait(turn, now);
	if (wait < 0)
		heap_remove(&hosts->ready, &host->ready);
	else
		heap_set(&hosts->ready, &host->ready, now + wait);
}

static void turn_take(struct host *host, struct turn *turn)
{
	struct turn **at = &host->waiting;

	while (*at != turn)
		at = &(*at)->next;
	*at = turn->next;
	if (turn->next == NULL)
		host->waiting_end = at;
	host->n_waiting--;
	turn->next = NULL;
}

static void turn_put(struct host *host, struct turn *turn)
{
	struct turn **at = turn->first ? &host->waiting : host->waiting_end;

	turn->next = *at;
	*at = turn;
	if (turn->next == NULL)
		host->waiting_end = &turn->next;
	host->n_waiting++;
}

void hosts_add(struct hosts *hosts, struct turn *turn, int64_t now)
{
	struct host *host;

	hosts_forget(hosts, now);
	host = host_of(hosts, turn->url);
	turn->host = host;
	turn->site = turn->robots ? site_of(host, turn->url) : NULL;
	turn->refused = false;
	turn_put(host, turn);
	host_line_up(hosts, host, now);
}

static void robots_begin(struct turn *turn, struct hosts_next *next)
{
	struct site *site = turn->site;

	site->asked = true; /* and it stays the first of its queue */
	next->robots = xstrdup(site->url);
}

/* The first host about whose turns something is to be done now. What it was
   lined up for may be over, if that was a while ago: then it waits once more.
 */
static struct host *host_first(
    struct hosts *hosts, int64_t now, struct hosts_next *next)
{
	struct heap_node *first;
	struct host *host;

	while (
	    (first = heap_first(&hosts->ready)) != NULL && first->key <= now) {
		host = (struct host *)((char *)first -
		    offsetof(struct host, ready));
		if (host_judge(host, now, next))
			return host;
		host_line_up(hosts, host, now);
	}
	*next = (struct hosts_next){ .what = HOSTS_NOTHING,
		.wait = first != NULL ? first->key - now : -1 };
	return NULL;
}

void hosts_next(struct hosts *hosts, int64_t now, struct hosts_next *next)
{
	struct host *host = host_first(hosts, now, next);

	if (host == NULL)
		return;
	if (next->what == HOSTS_ASK_ROBOTS)
		robots_begin(next->turn, next);
	else
		turn_take(host, next->turn);
	if (next->what != HOSTS_NO)
		politeness_begin(
		    &host->politeness, turn_pause(next->turn), now);
	host_line_up(hosts, host, now);
}

void hosts_ended(struct hosts *hosts, const struct turn *turn,
    enum outcome outcome, int64_t retry_after, int64_t now)
{
	politeness_end(&turn->host->politeness, outcome, retry_after,
	    turn_pause(turn), now);
	host_line_up(hosts, turn->host, now);
}

void hosts_robots(struct hosts *hosts, struct turn *turn, enum outcome outcome,
    const char *bytes, size_t len, int64_t now)
{
	struct site *site = turn->site;

	site->asked = false;
	turn->refused = outcome == OUTCOME_REFUSED;
	site_learn(site, outcome, bytes, len, now);
	host_line_up(hosts, turn->host, now);
}

void hosts_hold(
    struct hosts *hosts, const char *name, int64_t until, int64_t now)
{
	struct host *host = host_named(hosts, name);
	struct politeness *polite = &host->politeness;

	if (until > now + RETRY_AFTER_MOST)
		until = now + RETRY_AFTER_MOST;
	if (until <= polite->held)
		return;
	polite->held = until;
	polite->why = OUTCOME_LIMITED;
	host_line_up(hosts, host, now);
}

void hosts_retry(struct hosts *hosts, const char *url, int64_t now)
{
	struct host *host = host_of(hosts, url);
	struct site *site = host->sites;

	politeness_retry(&host->politeness, now);
	for (; site != NULL; site = site->next) {
		if (site->troubles > 0)
			site->until = now;
	}
	host_line_up(hosts, host, now);
}

/* ---- for people ---- */

void hosts_each(const struct hosts *hosts, int64_t now,
    void (*tell)(void *whose, const struct host_about *about), void *whose)
{
	const struct host *host;

	for (host = hosts->all; host != NULL; host = host->next) {
		const struct politeness *polite = &host->politeness;
		int64_t held = polite->held > now ? polite->held - now : 0;
		struct host_about about = { .name = host->name,
			.held = held,
			.why = held > 0 ? polite->why : OUTCOME_FINE,
			.waiting = host->n_waiting,
			.under_way = polite->under_way };

		if (held > 0 || host->n_waiting > 0)
			tell(whose, &about);
	}
}

size_t hosts_count(const struct hosts *hosts)
{
	return hosts->n;
}
