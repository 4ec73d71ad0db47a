/*
 * The daemon without its network, its disk and its clock.
 *
 *     feeds_due > feed_begin > feed_fetched > feed_noted > feed_end
 *     pages_due > page_begin > page_fetched > page_settle
 *
 *     request_new > its host's queue > queue_go_on > request_begin
 *         > the world > request_ended > feed_fetched, page_fetched
 *
 * What is written to the disk there is true at once here.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/xalloc.h"
#include "core/daemon/drift.h"
#include "core/daemon/edition.h"
#include "core/net/hosts.h"
#include "core/net/http.h"
#include "core/net/outcome.h"
#include "core/net/politeness.h"
#include "core/daemon/schedule.h"
#include "tests/sim/driver.h"
#include "tests/sim/shelf.h"
#include "tests/sim/tally.h"

/* As they have it. */
#define TASKS_MOST 1024
#define UNDER_WAY_MOST 64
#define REDIRECTS_MOST 5
#define FIRST_RETRY MINUTE
#define TRIES_AGAIN 3
#define GONE_TWICE 2
#define GONE_AGAIN (15 * MINUTE)
#define SET_BACK_LEAST MINUTE
#define DRIFT_EVERY MINUTE
#define SIGHTED DAY

struct feed_state { /* what the disk knows of a feed */
	bool known;
	uint64_t etag, body; /* 0: none */
	int64_t read;        /* when those bytes were, by the wall's clock */
	int64_t shown;       /* the last story; -1 */
	char *watch;
	uint64_t older; /* the etag before */
};

struct source_state {
	struct feed_state feeds[WORLD_FEEDS];
	char *drift;
};

struct counts { /* of a source, since the start */
	struct drift drift;
	bool drift_known, listening;
	int64_t drift_kept;
};

struct held {
	char host[WORLD_URL];
	int64_t since, until; /* by the wall's clock */
	struct held *next;
};

struct timer {
	struct driver *driver;
	int64_t at; /* true time; -1: it is not set */
	sim_fn *due;
};

struct task { /* a feed or a page that is worked on */
	struct driver *driver;
	struct edition *edition;
	size_t source;
	struct feed *feed; /* or */
	struct page *page;
	bool first, conditional;
	struct poll poll;
};

struct request {
	struct driver *driver;
	bool dead; /* it died while this was under way */
	struct turn turn;
	struct task *task;
	struct request *robots_for; /* who waits for this robots.txt */
	char url[WORLD_URL];
	uint64_t etag;
	int hops;
	bool begun;
	struct asked asked;
	struct answer answer;
	struct request *next, **from;
};

struct fetched {
	enum outcome outcome;
	bool unasked;
	int64_t again, max_age;
	const char *url;             /* after redirects */
	const struct answer *answer; /* NULL: it was not asked */
};

struct driver {
	struct sim *sim;
	struct world *world;
	struct judge *judge;
	struct chance chance;
	enum wrong wrong;

	/* On the disk. */
	struct source_state *sources;
	struct shelf *shelf;
	struct held *held;

	/* In memory. */
	struct edition *edition;
	struct counts *counts;
	struct hosts *hosts;
	struct request *requests, *dead;
	int n_pages, under_way; /* tasks, and requests */
	int64_t wall_ahead;     /* of the steady clock */
	struct timer feeds, pages, queue, drift;
};

static struct now now_of(const struct driver *driver)
{
	return (struct now){ sim_steady(driver->sim), sim_wall(driver->sim) };
}

/* ---- timers ---- */

static void timer_due(void *whose)
{
	struct timer *timer = whose;

	if (timer->at < 0 || timer->at != timer->driver->sim->now)
		return; /* it was set anew */
	timer->at = -1;
	timer->due(timer->driver);
}

static void timer_set(struct timer *timer, int64_t in)
{
	struct sim *sim = timer->driver->sim;

	timer->at = sim->now + (in > 0 ? in : 0);
	sim_at(sim, timer->at, timer_due, timer);
}

/* Not later than it stands. */
static void timer_hurry(struct timer *timer, int64_t in)
{
	if (timer->at < 0 || timer->at > timer->driver->sim->now + in)
		timer_set(timer, in);
}

static void timer_init(struct driver *driver, struct timer *timer, sim_fn *due)
{
	*timer = (struct timer){ .driver = driver, .at = -1, .due = due };
}

/* ---- requests ---- */

static void request_link(struct request *request, struct request **list)
{
	request->next = *list;
	request->from = list;
	if (request->next != NULL)
		request->next->from = &request->next;
	*list = request;
}

static void request_unlink(struct request *request)
{
	*request->from = request->next;
	if (request->next != NULL)
		request->next->from = request->from;
}

static void request_free(struct request *request)
{
	request_unlink(request);
	free(request);
}

static struct request *request_new(
    struct driver *driver, struct task *task, const char *url)
{
	const struct plan *plan = world_plan(driver->world, task->source);
	struct request *request = xcalloc(1, sizeof(*request));

	request->driver = driver;
	request->task = task;
	snprintf(request->url, sizeof(request->url), "%s", url);
	request->turn = (struct turn){ .url = request->url,
		.pause = driver->wrong == WRONG_PAUSE ? 0 : plan->pause,
		.connections = plan->connections,
		.robots = plan->robots && driver->wrong != WRONG_ROBOTS };
	request_link(request, &driver->requests);
	return request;
}

/* The loop comes to it a moment later. */
static void request_queue(struct request *request)
{
	struct driver *driver = request->driver;
	int64_t in = chance_between(&driver->chance, 0, 2);

	if (chance_once_in(&driver->chance, 200))
		in = chance_between(&driver->chance, 0, 500);
	hosts_add(driver->hosts, &request->turn, sim_steady(driver->sim));
	timer_hurry(&driver->queue, in);
}

static void request_ended(void *whose);

static void request_begin(struct request *request)
{
	struct driver *driver = request->driver;
	struct asked *asked = &request->asked;

	request->begun = true;
	driver->under_way++;
	world_place(driver->world, request->url, &asked->place);
	asked->source = request->task->source;
	asked->etag = request->robots_for == NULL ? request->etag : 0;
	judge_asked(driver->judge, asked);
	world_ask(driver->world, request->url, asked->etag, &request->answer);
	sim_at(driver->sim, driver->sim->now + request->answer.took,
	    request_ended, request);
}

static enum outcome outcome_of(
    const struct answer *answer, const struct fetched *got)
{
	static const enum outcome ways[] = { [NO_NAME] = OUTCOME_DNS,
		[NO_CONNECTION] = OUTCOME_CONNECT,
		[NO_TLS] = OUTCOME_TLS,
		[TOO_SLOW] = OUTCOME_TIMEOUT,
		[CUT_SHORT] = OUTCOME_BROKEN };

	if (answer->way != CAME)
		return ways[answer->way];
	return outcome_of_status(answer->status, got->again > 0);
}

static const char *text(const char *header)
{
	return *header != '\0' ? header : NULL;
}

static void tell(struct request *request, struct fetched *got)
{
	const struct answer *answer = &request->answer;
	struct driver *driver = request->driver;

	got->answer = answer;
	got->url = request->url;
	got->max_age = http_max_age(text(answer->cache), NULL);
	got->again = http_retry_after(text(answer->retry_after),
	    text(answer->date), sim_wall(driver->sim) / SECOND);
	if (got->again > RETRY_AFTER_MOST)
		got->again = RETRY_AFTER_MOST;
	if (driver->wrong == WRONG_RETRY)
		got->again = 0;
	got->outcome = outcome_of(answer, got);
	if (got->outcome != OUTCOME_LIMITED)
		got->again = 0;
}

static void feed_fetched(struct task *task, const struct fetched *got);
static void page_fetched(struct task *task, const struct fetched *got);

static void request_done(struct request *request, const struct fetched *got)
{
	struct driver *driver = request->driver;
	struct request *page = request->robots_for;
	const char *bytes = got->answer != NULL && got->answer->bytes != NULL
	    ? got->answer->bytes
	    : "";

	if (page != NULL)
		hosts_robots(driver->hosts, &page->turn, got->outcome, bytes,
		    strlen(bytes), sim_steady(driver->sim));
	else if (request->task->feed != NULL)
		feed_fetched(request->task, got);
	else
		page_fetched(request->task, got);
	request_free(request);
}

static bool request_goes_on(struct request *request, const struct fetched *got)
{
	if (got->outcome != OUTCOME_REDIRECTS ||
	    *request->answer.location == '\0' ||
	    request->hops++ >= REDIRECTS_MOST)
		return false;
	memcpy(request->url, request->answer.location, sizeof(request->url));
	request->begun = false;
	return true;
}

/* What a host wants is remembered after a restart. */
static void host_hold(struct driver *driver, const struct fetched *got)
{
	const char *url = got->url;
	size_t len = strcspn(url + 8, "/"); /* behind https:// */
	struct held *held = driver->held;

	if (got->outcome != OUTCOME_LIMITED || got->again == 0)
		return;
	while (held != NULL &&
	    (strncmp(held->host, url + 8, len) != 0 || held->host[len] != '\0'))
		held = held->next;
	if (held == NULL) {
		held = tally_new(1, sizeof(*held));
		memcpy(held->host, url + 8, len);
		held->next = driver->held;
		driver->held = held;
	}
	held->since = sim_wall(driver->sim);
	held->until = held->since + got->again;
}

static void request_ended(void *whose)
{
	struct request *request = whose;
	struct driver *driver = request->driver;
	struct fetched got = { 0 };

	if (request->dead) {
		request_free(request);
		return;
	}
	driver->under_way--;
	judge_answered(driver->judge, &request->asked, &request->answer);
	tell(request, &got);
	hosts_ended(driver->hosts, &request->turn, got.outcome, got.again,
	    sim_steady(driver->sim));
	host_hold(driver, &got);
	if (request_goes_on(request, &got))
		request_queue(request);
	else
		request_done(request, &got);
	timer_hurry(&driver->queue, 0);
}

static void robots_begin(struct request *page, char *url)
{
	struct request *request = request_new(page->driver, page->task, url);
	struct place place;

	free(url);
	world_place(page->driver->world, request->url, &place);
	request->asked.robots_of = place.host;
	request->robots_for = page;
	request->turn.robots = false;
	request->turn.first = true;
	request->turn.host = page->turn.host;
	request_begin(request);
}

static void turn_came(struct driver *driver, const struct hosts_next *next)
{
	struct request *request = (struct request *)((char *)next->turn -
	    offsetof(struct request, turn));
	struct fetched got = {
		.outcome = next->outcome, .unasked = true, .again = next->again
	};

	(void)driver;
	switch (next->what) {
	case HOSTS_GO: request_begin(request); break;
	case HOSTS_ASK_ROBOTS: robots_begin(request, next->robots); break;
	case HOSTS_NO: request_done(request, &got); break;
	case HOSTS_NOTHING: break;
	}
}

static void queue_go_on(void *whose)
{
	struct driver *driver = whose;
	struct hosts_next next = { .what = HOSTS_GO };

	while (
	    next.what != HOSTS_NOTHING && driver->under_way < UNDER_WAY_MOST) {
		hosts_next(driver->hosts, sim_steady(driver->sim), &next);
		if (next.what != HOSTS_NOTHING)
			turn_came(driver, &next);
	}
	if (next.what == HOSTS_NOTHING && next.wait >= 0)
		timer_hurry(&driver->queue, next.wait);
}

/* Never more than what was asked for, whatever the clock says. */
static void hosts_remember(struct driver *driver)
{
	const struct held *held = driver->held;
	struct now now = now_of(driver);

	for (; held != NULL; held = held->next) {
		int64_t left = held->until - now.wall;
		int64_t all = held->until - held->since;

		if (left > 0)
			hosts_hold(driver->hosts, held->host,
			    now.steady + (left < all ? left : all), now.steady);
	}
}

/* ---- feeds ---- */

static struct feed_state *state_of(const struct task *task)
{
	struct source_state *source = &task->driver->sources[task->source];
	const struct dl_list *first = task->feed->source->feeds;

	return &source->feeds[task->feed->url != first->text];
}

static char *kept(struct buf *buf)
{
	char *copy = tally_new(1, buf->len + 1);

	memcpy(copy, buf->bytes, buf->len);
	buf_free(buf);
	return copy;
}

static void feeds_watch(struct driver *driver)
{
	const struct feed *feed = edition_next(driver->edition);

	if (feed != NULL)
		timer_set(
		    &driver->feeds, feed->watch.due - sim_steady(driver->sim));
}

static void drift_keep(struct driver *driver, size_t source, int64_t now)
{
	struct counts *counts = &driver->counts[source];
	struct buf line = { 0 };

	if (now - counts->drift_kept < HOUR)
		return;
	drift_print(&counts->drift, &line);
	tally_free(driver->sources[source].drift);
	driver->sources[source].drift = kept(&line);
	counts->drift_kept = now;
}

static void drift_look(struct task *task)
{
	struct driver *driver = task->driver;
	struct counts *counts = &driver->counts[task->source];
	int64_t new = driver->wrong == WRONG_DRIFT ? 1 : task->poll.new;
	bool held = task->poll.outcome == OUTCOME_HELD;

	if (!held)
		counts->listening = outcome_is_fine(task->feed->watch.outcome);
	drift_passes(&counts->drift, sim_wall(driver->sim), counts->listening);
	if (counts->listening && !held)
		drift_entries(&counts->drift, task->first ? 0 : new);
	drift_keep(driver, task->source, sim_steady(driver->sim));
}

static void feed_say(struct task *task, unsigned say)
{
	struct driver *driver = task->driver;

	if (driver->wrong == WRONG_SILENCE)
		say = 0;
	judge_said(driver->judge, task->source,
	    task->feed->url != task->feed->source->feeds->text,
	    (say & SAY_OVERFLOW) != 0, (say & SAY_LIES) != 0);
}

static void task_end(struct task *task)
{
	edition_leave(task->edition);
	free(task);
}

/* Under the edition that is at work now, if that has the feed. */
static struct feed *feed_at_work(struct task *task)
{
	struct driver *driver = task->driver;
	struct feed *heir = edition_hand_over(driver->edition, task->feed);

	if (heir != NULL) {
		edition_leave(task->edition);
		task->edition = edition_use(driver->edition);
		task->feed = heir;
	}
	return task->feed;
}

static void feed_end(struct task *task)
{
	struct driver *driver = task->driver;
	struct watch *watch = &feed_at_work(task)->watch;
	struct feed_state *state = state_of(task);
	struct now now = now_of(driver);
	struct buf line = { 0 };
	unsigned say;

	say = schedule_next(watch, &task->feed->pace, &task->poll, now,
	    chance_any(&driver->chance) >> 33);
	if (driver->wrong == WRONG_INTERVAL)
		watch->due -= (watch->due - now.steady) / 2;
	if (task->poll.outcome == OUTCOME_FINE)
		feed_say(task, say);
	drift_look(task);
	state->known = true;
	tally_free(state->watch);
	schedule_print(watch, now, &line);
	state->watch = kept(&line);
	if (driver->wrong != WRONG_STUCK || task->source % 16 != 3)
		edition_turn(task->edition, task->feed);
	task_end(task);
	feeds_watch(driver);
}

static void feed_fail(struct task *task, enum outcome outcome)
{
	task->poll.outcome = outcome;
	task->poll.conditional = task->conditional;
	feed_end(task);
}

static void feed_unchanged(struct task *task, const struct answer *answer)
{
	struct feed_state *state = state_of(task);

	if (answer->etag != 0)
		state->etag = answer->etag;
	task->poll.outcome = OUTCOME_UNCHANGED;
	task->poll.conditional = task->conditional;
	feed_end(task);
}

/* Each entry, newer ones last. */
static void entries_note(struct task *task, const struct answer *answer)
{
	struct driver *driver = task->driver;
	struct feed_state *state = state_of(task);
	struct poll *poll = &task->poll;
	int64_t story;

	for (story = answer->first; story <= answer->last;
	     story += answer->every) {
		poll->entries++;
		poll->known += story <= state->shown;
		poll->new += shelf_note(driver->shelf, task->source, story);
	}
	if (poll->entries == 0)
		return;
	poll->newest = driver->sim->began +
	    world_when(driver->world, task->source, answer->last);
	poll->oldest = driver->sim->began +
	    world_when(driver->world, task->source, answer->first);
	if (answer->last > state->shown)
		state->shown = answer->last;
}

static void feed_noted(
    struct task *task, const struct fetched *got, const struct truth *truth)
{
	struct driver *driver = task->driver;
	struct feed_state *state = state_of(task);
	const struct answer *answer = got->answer;

	task->poll = (struct poll){ .outcome = OUTCOME_FINE,
		.again = got->again,
		.conditional = task->conditional,
		.lied = answer->etag != 0 && answer->etag == state->etag &&
		    state->body != 0 && state->body != answer->body,
		.max_age = got->max_age,
		.ttl = truth->ttl,
		.skip_hours = truth->skip_hours,
		.skip_days = truth->skip_days };
	entries_note(task, answer);
	state->older = state->etag;
	state->etag = answer->etag;
	state->body = answer->body;
	state->read = sim_wall(driver->sim);
	if (task->poll.new > 0)
		timer_hurry(&driver->pages, 0);
	if (task->poll.entries == 0)
		feed_fail(task, OUTCOME_NO_ENTRIES);
	else
		feed_end(task);
}

static void feed_came(struct task *task, const struct fetched *got)
{
	static const enum outcome looks[] = { [LIKE_A_PAGE] =
						  OUTCOME_NOT_A_FEED,
		[LIKE_NOTHING] = OUTCOME_EMPTY,
		[LIKE_HTML] = OUTCOME_NOT_A_FEED,
		[LIKE_NOISE] = OUTCOME_UNREADABLE };
	const struct answer *answer = got->answer;
	const struct feed_state *state = state_of(task);
	int number = task->feed->url != task->feed->source->feeds->text;

	if (answer->looks != LIKE_A_FEED)
		feed_fail(task, looks[answer->looks]);
	else if (answer->body == state->body &&
	    sim_wall(task->driver->sim) - state->read < SIGHTED)
		feed_unchanged(task, answer);
	else
		feed_noted(task, got,
		    world_truth(task->driver->world, task->source, number));
}

static void feed_fetched(struct task *task, const struct fetched *got)
{
	task->poll.again = got->again;
	task->poll.unasked = got->unasked;
	if (got->outcome == OUTCOME_UNCHANGED && task->conditional)
		feed_unchanged(task, got->answer);
	else if (got->outcome == OUTCOME_UNCHANGED)
		feed_fail(task, OUTCOME_BROKEN);
	else if (got->outcome != OUTCOME_FINE)
		feed_fail(task, got->outcome);
	else
		feed_came(task, got);
}

static void feed_remember(struct task *task)
{
	struct driver *driver = task->driver;
	struct counts *counts = &driver->counts[task->source];
	const struct feed_state *state = state_of(task);
	const char *drift = driver->sources[task->source].drift;
	struct now now = now_of(driver);

	if (!counts->drift_known) {
		drift_read(&counts->drift, drift != NULL ? drift : "");
		counts->drift_kept = now.steady;
		counts->drift_known = true;
	}
	task->first = !state->known;
	if (!task->feed->remembered)
		schedule_read(
		    &task->feed->watch, &task->feed->pace, state->watch, now);
	task->feed->remembered = true;
}

static void feed_ask(struct task *task)
{
	struct driver *driver = task->driver;
	const struct feed_state *state = state_of(task);
	struct request *request = request_new(driver, task, task->feed->url);

	task->conditional = state->etag != 0 && state->body != 0 &&
	    (driver->wrong == WRONG_TRUST ||
		!schedule_full(
		    &task->feed->watch, &task->feed->pace, now_of(driver)));
	if (driver->wrong == WRONG_FULL)
		task->conditional = false;
	if (task->conditional)
		request->etag = driver->wrong == WRONG_VALIDATORS ? state->older
								  : state->etag;
	request_queue(request);
}

static struct task *task_begin(struct driver *driver, size_t source)
{
	struct task *task = xcalloc(1, sizeof(*task));

	task->driver = driver;
	task->edition = edition_use(driver->edition);
	task->source = source;
	return task;
}

static void feed_begin(struct driver *driver, struct feed *feed)
{
	struct task *task =
	    task_begin(driver, strtoull(feed->source->name + 1, NULL, 10));

	edition_busy(driver->edition, feed);
	task->feed = feed;
	feed_remember(task);
	if (feed->watch.due <= sim_steady(driver->sim)) {
		feed_ask(task);
		return;
	}
	edition_turn(task->edition, feed); /* it was asked before the start */
	task_end(task);
}

static void feeds_due(void *whose)
{
	struct driver *driver = whose;
	struct feed *feed;

	while ((feed = edition_next(driver->edition)) != NULL &&
	    feed->watch.due <= sim_steady(driver->sim))
		feed_begin(driver, feed);
	feeds_watch(driver);
}

/* ---- pages ---- */

static void pages_wake(struct driver *driver, int64_t in)
{
	timer_hurry(&driver->pages, in);
}

/* `due` 0: never again. */
static void page_settle(struct task *task, int64_t due)
{
	struct driver *driver = task->driver;

	if (due > 0)
		shelf_settle(driver->shelf, task->page, due);
	else
		shelf_forget(driver->shelf, task->page);
	driver->n_pages--;
	task_end(task);
	pages_wake(driver, 0);
}

/* Its record stays, and it has its next turn on the ladder. */
static void page_stays(struct task *task)
{
	const struct plan *plan = world_plan(task->driver->world, task->source);
	struct page *page = task->page;

	page->again = true;
	page->tries = page->gone = page->why = 0;
	page_settle(task,
	    task->driver->wrong == WRONG_LADDER
		? 0
		: schedule_recheck(
		      plan->ladder, page->done, sim_wall(task->driver->sim)));
}

/* Who has less patience than the class before counts from the start. */
static int64_t tries_of(const struct page *page, enum outcome outcome)
{
	return outcome_tries(outcome) < outcome_tries((enum outcome)page->why)
	    ? 0
	    : page->tries;
}

static void page_again(struct task *task, enum outcome outcome, int64_t wait)
{
	struct driver *driver = task->driver;
	struct page *page = task->page;
	int64_t tries = tries_of(page, outcome);
	int64_t retry = schedule_retry(
	    FIRST_RETRY, tries, chance_any(&driver->chance) >> 33);

	page->tries = tries + 1;
	page->why = (int)outcome;
	page_settle(
	    task, sim_wall(driver->sim) + (wait > retry ? wait : retry));
}

static void page_held(struct task *task, int64_t wait)
{
	struct sim *sim = task->driver->sim;
	int64_t more = chance_between(&task->driver->chance, 0, wait / 10);

	page_settle(task, sim_wall(sim) + wait + more);
}

static void page_failed(struct task *task, enum outcome outcome, int64_t wait)
{
	struct page *page = task->page;
	int64_t most = page->again ? TRIES_AGAIN : outcome_tries(outcome);

	if (tries_of(page, outcome) + 1 < most)
		page_again(task, outcome, wait);
	else if (page->again)
		page_stays(task);
	else
		page_settle(task, 0);
}

static void page_gone(struct task *task)
{
	const struct plan *plan = world_plan(task->driver->world, task->source);

	if (++task->page->gone < GONE_TWICE)
		page_again(task, OUTCOME_NOT_FOUND,
		    plan->ladder[0] > 0 ? plan->ladder[0] : GONE_AGAIN);
	else
		page_settle(task, 0);
}

static void page_came(struct task *task, const struct answer *answer)
{
	struct page *page = task->page;

	if (!page->again)
		page->done = sim_wall(task->driver->sim);
	if (answer->etag != 0)
		page->etag = answer->etag;
	page_stays(task);
}

static void page_fetched(struct task *task, const struct fetched *got)
{
	struct page *page = task->page;
	bool gone =
	    got->outcome == OUTCOME_NOT_FOUND || got->outcome == OUTCOME_GONE;

	if (got->outcome == OUTCOME_HELD)
		page_held(task, got->again);
	else if (gone && page->again)
		page_gone(task);
	else if (got->outcome == OUTCOME_UNCHANGED && page->again)
		page_came(task, got->answer);
	else if (got->outcome == OUTCOME_FORBIDDEN && page->again)
		page_stays(task);
	else if (got->outcome == OUTCOME_FORBIDDEN)
		page_settle(task, 0);
	else if (got->outcome != OUTCOME_FINE)
		page_failed(task, got->outcome, got->again);
	else
		page_came(task, got->answer);
}

static void page_begin(struct driver *driver, struct page *page)
{
	struct task *task = task_begin(driver, page->source);
	struct request *request;
	char url[WORLD_URL];

	driver->n_pages++;
	task->page = page;
	if (driver->wrong == WRONG_CLAIMS && page->story % 64 == 63) {
		page_settle(task, 0);
		return;
	}
	world_page_url(driver->world, page->source, page->story, url);
	request = request_new(driver, task, url);
	request->etag = page->again ? page->etag : 0;
	request_queue(request);
}

static void pages_due(void *whose)
{
	struct driver *driver = whose;
	int64_t wall = sim_wall(driver->sim), wake;
	int64_t ahead = wall - sim_steady(driver->sim);
	struct page *page;

	if (driver->wall_ahead - ahead > SET_BACK_LEAST)
		shelf_set_back(driver->shelf, driver->wall_ahead - ahead, wall);
	driver->wall_ahead = ahead;
	while (driver->n_pages < TASKS_MOST &&
	    (page = shelf_claim(driver->shelf, wall)) != NULL)
		page_begin(driver, page);
	wake = shelf_wake(driver->shelf);
	if (driver->n_pages < TASKS_MOST && wake >= 0)
		pages_wake(driver, wake - wall);
}

/* Some may have been put off under a clock that was ahead. */
static void pages_watch(struct driver *driver)
{
	shelf_ahead(driver->shelf, sim_wall(driver->sim));
	pages_wake(driver, 0);
}

/* ---- now and then ---- */

static void drift_due(void *whose)
{
	struct driver *driver = whose;
	int64_t now = sim_wall(driver->sim);
	bool hour = driver->sim->now % HOUR < DRIFT_EVERY;
	char say[256];
	size_t i;

	for (i = 0; i < world_sources(driver->world); i++) {
		struct counts *counts = &driver->counts[i];

		if (!counts->drift_known)
			continue;
		drift_passes(&counts->drift, now, counts->listening);
		if (hour)
			judge_drift(driver->judge, i,
			    drift_verdict(
				&counts->drift, now, say, sizeof(say)) != NULL);
	}
	timer_set(&driver->drift, DRIFT_EVERY);
}

/* ---- the whole ---- */

static const struct dl_list *feeds_of(
    struct driver *driver, struct conf *conf, size_t source)
{
	const struct dl_list *list = NULL;
	int i;

	for (i = world_plan(driver->world, source)->n_feeds - 1; i >= 0; i--) {
		struct dl_list *one = arena_alloc(&conf->arena, sizeof(*one));
		char url[WORLD_URL];

		world_feed_url(driver->world, source, i, url);
		one->text = arena_dup(&conf->arena, url);
		one->next = list;
		list = one;
	}
	return list;
}

static struct conf *conf_make(struct driver *driver)
{
	struct conf *conf = xcalloc(1, sizeof(*conf));
	size_t i = world_sources(driver->world);
	char name[32];

	while (i-- > 0) {
		const struct plan *plan = world_plan(driver->world, i);
		struct source *source =
		    arena_alloc(&conf->arena, sizeof(*source));

		snprintf(name, sizeof(name), "s%zu", i);
		*source =
		    (struct source){ .name = arena_dup(&conf->arena, name),
			    .feeds = feeds_of(driver, conf, i),
			    .enabled = true,
			    .robots = plan->robots,
			    .honour_ttl = plan->honour_ttl,
			    .min_interval = plan->min_interval,
			    .max_interval = plan->max_interval,
			    .distrust = plan->distrust,
			    .pause = plan->pause,
			    .connections = plan->connections,
			    .next = conf->sources };
		conf->sources = source;
	}
	return conf;
}

struct driver *driver_new(struct sim *sim, struct world *world,
    struct judge *judge, uint64_t seed, enum wrong wrong)
{
	struct driver *driver = tally_new(1, sizeof(*driver));
	size_t i, n = world_sources(world);
	int k;

	driver->sim = sim;
	driver->world = world;
	driver->judge = judge;
	driver->chance = chance_of(seed, 8, 0);
	driver->wrong = wrong;
	driver->sources = tally_new(n, sizeof(*driver->sources));
	driver->shelf = shelf_new(n);
	for (i = 0; i < n; i++) {
		for (k = 0; k < WORLD_FEEDS; k++)
			driver->sources[i].feeds[k].shown = -1;
	}
	return driver;
}

void driver_start(struct driver *driver)
{
	driver->edition = edition_new(conf_make(driver), NULL, now_of(driver),
	    chance_any(&driver->chance) >> 33);
	driver->counts =
	    xcalloc(world_sources(driver->world), sizeof(*driver->counts));
	driver->hosts = hosts_new();
	timer_init(driver, &driver->feeds, feeds_due);
	timer_init(driver, &driver->pages, pages_due);
	timer_init(driver, &driver->queue, queue_go_on);
	timer_init(driver, &driver->drift, drift_due);
	judge_started(driver->judge);
	hosts_remember(driver);
	timer_set(&driver->drift, DRIFT_EVERY);
	feeds_watch(driver);
	pages_watch(driver);
}

/* The world does not know that nobody waits for its answers any more. */
static void requests_drop(struct driver *driver)
{
	struct request *request;

	while ((request = driver->requests) != NULL) {
		if (request->robots_for == NULL)
			task_end(request->task);
		request_unlink(request);
		if (request->begun) {
			request->dead = true;
			request_link(request, &driver->dead);
		} else {
			free(request);
		}
	}
}

void driver_kill(struct driver *driver)
{
	if (driver->hosts == NULL)
		return;
	judge_stopped(driver->judge);
	requests_drop(driver);
	shelf_unclaim(driver->shelf);
	hosts_free(driver->hosts);
	driver->hosts = NULL;
	edition_leave(driver->edition);
	free(driver->counts);
	driver->n_pages = driver->under_way = 0;
	driver->feeds.at = driver->pages.at = driver->queue.at =
	    driver->drift.at = -1;
}

void driver_reload(struct driver *driver)
{
	struct edition *before = driver->edition;

	if (driver->hosts == NULL)
		return;
	driver->edition = edition_new(conf_make(driver), before, now_of(driver),
	    chance_any(&driver->chance) >> 33);
	edition_leave(before);
	feeds_watch(driver);
	pages_watch(driver);
}

size_t driver_hosts(const struct driver *driver)
{
	return driver->hosts != NULL ? hosts_count(driver->hosts) : 0;
}

size_t driver_disk(const struct driver *driver)
{
	return shelf_bytes(driver->shelf);
}

void driver_free(struct driver *driver)
{
	struct held *held;
	size_t i;
	int k;

	driver_kill(driver);
	while (driver->dead != NULL)
		request_free(driver->dead);
	while ((held = driver->held) != NULL) {
		driver->held = held->next;
		tally_free(held);
	}
	for (i = 0; i < world_sources(driver->world); i++) {
		tally_free(driver->sources[i].drift);
		for (k = 0; k < WORLD_FEEDS; k++)
			tally_free(driver->sources[i].feeds[k].watch);
	}
	tally_free(driver->sources);
	shelf_free(driver->shelf);
	tally_free(driver);
}
