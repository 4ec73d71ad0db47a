/* The model network. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/press.h"
#include "tests/sim/tally.h"
#include "tests/sim/weather.h"
#include "tests/sim/world.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))
#define NEVER INT64_MAX
#define TROUBLE_EVERY (4 * DAY) /* at a host, in the mean */
#define GONE_EVERY (12 * DAY)   /* our own network */

struct site {
	enum robots_kind robots;
	int64_t delay;                     /* of its robots.txt, seconds */
	int64_t closed_from, closed_until; /* of ROBOTS_CHANGES */
	int64_t latency;                   /* milliseconds, usually */
	int limit;           /* requests a minute, else 429; 0: none */
	int64_t minute;      /* that is counted */
	int asked;           /* in it */
	bool says_how_long;  /* that one is to wait */
	char delay_text[64]; /* its robots.txt, where it has that */
	struct weather weather;
};

struct outlet { /* a source */
	struct plan plan;
	struct press press;
	struct truth feeds[WORLD_FEEDS];
	bool moved_pages; /* their addresses lead to another host */
};

struct world {
	struct sim *sim;
	uint64_t seed;
	struct chance chance; /* of what nobody has to get again elsewhere */
	int days;
	size_t n_sites, n_outlets;
	struct site *sites;
	struct outlet *outlets;
	struct weather own; /* our own network */
};

/* ---- how it is made ---- */

/* One of those in the table, each as often as its share says. */
static int pick(struct chance *chance, const int *shares, int n)
{
	int all = 0, i;
	int64_t at;

	for (i = 0; i < n; i++)
		all += shares[i];
	at = chance_between(chance, 0, all - 1);
	for (i = 0; at >= shares[i]; i++)
		at -= shares[i];
	return i;
}

static void site_make(struct world *world, size_t number)
{
	static const int robots[N_ROBOTS] = { 10, 20, 6, 1, 1, 3, 2, 2, 1, 2, 2,
		2 };
	struct site *site = &world->sites[number];
	struct chance chance = chance_of(world->seed, 2, number);

	site->latency = chance_scale(&chance, 30, 1500);
	site->robots = (enum robots_kind)pick(&chance, robots, N_ROBOTS);
	if (number == 0) /* to whose robots.txt others lead */
		site->robots = ROBOTS_FREE;
	if (site->robots == ROBOTS_DELAY)
		site->delay = chance_once_in(&chance, 5)
		    ? chance_scale(&chance, 20, 600)
		    : chance_scale(&chance, 1, 20);
	snprintf(site->delay_text, sizeof(site->delay_text),
	    "User-agent: *\nDisallow: /admin\nCrawl-delay: %" PRId64 "\n",
	    site->delay);
	site->closed_from = chance_between(&chance, 0, world->days * DAY);
	site->closed_until = site->closed_from + DAY + DAY / 2;
	if (chance_once_in(&chance, 12))
		site->limit = (int)chance_between(&chance, 4, 20);
	site->says_how_long = chance_once_in(&chance, 2);
	weather_begin(&site->weather, chance, world->days, TROUBLE_EVERY);
}

static void plan_make(struct plan *plan, struct chance *chance)
{
	static const struct {
		int64_t least, most;
	} intervals[] = { { MINUTE, HOUR }, { 5 * MINUTE, HOUR },
		{ 5 * MINUTE, 6 * HOUR }, { 15 * MINUTE, 15 * MINUTE },
		{ 15 * MINUTE, 2 * HOUR }, { MINUTE, 10 * MINUTE } };
	static const int64_t pauses[] = { 0, SECOND, 2 * SECOND, 2 * SECOND,
		2 * SECOND, 5 * SECOND };
	static const int64_t ladders[][WORLD_LADDER] = {
		{ 15 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, 0 },
		{ 15 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, 0 },
		{ 30 * MINUTE, 12 * HOUR, 0 },
		{ 0 },
	};
	int64_t row = chance_between(chance, 0, COUNT(intervals) - 1);

	plan->min_interval = intervals[row].least;
	plan->max_interval = intervals[row].most;
	plan->pause = pauses[chance_between(chance, 0, COUNT(pauses) - 1)];
	plan->distrust = chance_once_in(chance, 4) ? 6 : 24;
	plan->connections = chance_once_in(chance, 6) ? 3 : 1;
	plan->robots = !chance_once_in(chance, 15);
	plan->honour_ttl = !chance_once_in(chance, 10);
	row = chance_between(chance, 0, COUNT(ladders) - 1);
	memcpy(plan->ladder, ladders[row], sizeof(plan->ladder));
	plan->n_feeds = chance_once_in(chance, 8) ? 2 : 1;
}

/* What a feed itself says about when it wants to be asked. */
static void wishes_make(struct truth *feed, struct chance *chance)
{
	if (chance_once_in(chance, 4))
		feed->ttl = chance_between(chance, 1, 12) * 10 * MINUTE;
	if (chance_once_in(chance, 60))
		feed->ttl = 30 * DAY; /* somebody has mixed up the units */
	if (chance_once_in(chance, 4))
		feed->max_age = chance_between(chance, 1, 90) * MINUTE;
	if (chance_once_in(chance, 12))
		feed->skip_hours = 0xff << chance_between(chance, 0, 12);
	if (chance_once_in(chance, 60))
		feed->skip_hours = 0xffffff; /* which nobody can mean */
	if (chance_once_in(chance, 20))
		feed->skip_days = 1 | 1 << 6;
}

static void feed_make(struct truth *feed, struct chance *chance, int64_t days)
{
	static const int shares[N_VALIDATORS] = { 20, 8, 4, 3, 2, 2, 1 };
	static const int windows[] = { 10, 15, 20, 20, 30, 50, 100 };

	feed->window = windows[chance_between(chance, 0, COUNT(windows) - 1)];
	feed->validators = (enum validators)pick(chance, shares, N_VALIDATORS);
	feed->moved = chance_once_in(chance, 12);
	feed->tells_changes = chance_once_in(chance, 5);
	wishes_make(feed, chance);
	feed->gone = chance_once_in(chance, 40)
	    ? chance_between(chance, days * DAY / 2, days * DAY)
	    : NEVER;
}

/* Some share a host: an agency has many sections. */
static size_t host_pick(struct world *world, struct chance *chance, size_t wish)
{
	if (wish < world->n_sites && !chance_once_in(chance, 8))
		return wish;
	return (size_t)chance_between(
	    chance, 0, (int64_t)(world->n_sites - 1) / 10);
}

static void outlet_make(struct world *world, size_t number)
{
	struct outlet *outlet = &world->outlets[number];
	struct chance chance = chance_of(world->seed, 3, number);
	struct truth *feed = outlet->feeds;
	int i;

	press_begin(&outlet->press, world->seed, number, world->days);
	plan_make(&outlet->plan, &chance);
	feed->host = feed->page_host = host_pick(world, &chance, number);
	if (chance_once_in(&chance, 5))
		feed->page_host = host_pick(world, &chance, number);
	outlet->moved_pages = chance_once_in(&chance, 15);
	for (i = 0; i < WORLD_FEEDS; i++) {
		feed[i].source = number;
		feed[i].host = feed->host;
		feed[i].page_host = feed->page_host;
		feed[i].every = i == 0 ? 1 : 3;
		feed_make(&feed[i], &chance, world->days);
	}
}

struct world *world_new(
    struct sim *sim, uint64_t seed, size_t sources, size_t hosts, int days)
{
	struct world *world = tally_new(1, sizeof(*world));
	size_t i;

	world->sim = sim;
	world->seed = seed;
	world->chance = chance_of(seed, 4, 0);
	world->days = days;
	world->n_sites = hosts;
	world->n_outlets = sources;
	world->sites = tally_new(hosts, sizeof(*world->sites));
	world->outlets = tally_new(sources, sizeof(*world->outlets));
	for (i = 0; i < hosts; i++)
		site_make(world, i);
	for (i = 0; i < sources; i++)
		outlet_make(world, i);
	weather_begin(&world->own, chance_of(seed, 5, 0), days, GONE_EVERY);
	return world;
}

void world_free(struct world *world)
{
	size_t i;

	for (i = 0; i < world->n_sites; i++)
		weather_free(&world->sites[i].weather);
	for (i = 0; i < world->n_outlets; i++)
		press_free(&world->outlets[i].press);
	weather_free(&world->own);
	tally_free(world->sites);
	tally_free(world->outlets);
	tally_free(world);
}

/* ---- what is true of it ---- */

size_t world_sources(const struct world *world)
{
	return world->n_outlets;
}

size_t world_hosts(const struct world *world)
{
	return world->n_sites;
}

const struct plan *world_plan(const struct world *world, size_t source)
{
	return &world->outlets[source].plan;
}

const struct truth *world_truth(
    const struct world *world, size_t source, int feed)
{
	return &world->outlets[source].feeds[feed];
}

/* Whose robots.txt counts. */
static const struct site *robots_of(const struct world *world, size_t host)
{
	const struct site *site = &world->sites[host];

	return site->robots == ROBOTS_MOVED ? &world->sites[0] : site;
}

enum robots_kind world_robots(const struct world *world, size_t host)
{
	return robots_of(world, host)->robots;
}

int64_t world_delay(const struct world *world, size_t host)
{
	return robots_of(world, host)->delay * SECOND;
}

static bool is_closed(const struct site *site, int64_t at)
{
	return site->robots == ROBOTS_CHANGES && at >= site->closed_from &&
	    at < site->closed_until;
}

bool world_allows(
    const struct world *world, const struct place *place, int64_t at)
{
	const struct site *site = robots_of(world, place->host);

	switch (site->robots) {
	case ROBOTS_CLOSED:
	case ROBOTS_US: return false;
	case ROBOTS_PAGES: return place->kind != A_PAGE;
	default: return !is_closed(site, at);
	}
}

void world_silence(
    const struct world *world, size_t source, int64_t *from, int64_t *until)
{
	const struct press *press = &world->outlets[source].press;

	*from = press->silent_from;
	*until = press->silent_until;
}

int64_t world_published(struct world *world, size_t source)
{
	struct press *press = &world->outlets[source].press;

	press_run(press, world->sim->began, world->sim->now);
	return press_count(press, world->sim->now);
}

int64_t world_when(const struct world *world, size_t source, int64_t story)
{
	return world->outlets[source].press.at[story];
}

static struct chance fate(
    const struct world *world, size_t source, int64_t story)
{
	return chance_of(world->seed + 6, source, (uint64_t)story);
}

int64_t world_corrected(const struct world *world, size_t source, int64_t story)
{
	struct chance chance = fate(world, source, story);
	int64_t when = world_when(world, source, story);

	if (!chance_once_in(&chance, 10))
		return NEVER;
	return when + chance_scale(&chance, MINUTE, 2 * DAY);
}

/* Some are withdrawn. */
static int64_t withdrawn(
    const struct world *world, size_t source, int64_t story)
{
	struct chance chance = fate(world, source, story + (INT64_C(1) << 32));
	int64_t when = world_when(world, source, story);

	if (!chance_once_in(&chance, 300))
		return NEVER;
	return when + chance_scale(&chance, 10 * MINUTE, 2 * DAY);
}

/* ---- addresses ---- */

static void url_make(char url[WORLD_URL], size_t host, const char *path,
    size_t source, int64_t number)
{
	snprintf(url, WORLD_URL, "https://h%zu.example/%s/%zu/%" PRId64, host,
	    path, source, number);
}

void world_feed_url(
    const struct world *world, size_t source, int feed, char url[WORLD_URL])
{
	const struct truth *truth = world_truth(world, source, feed);

	url_make(url, truth->host, truth->moved ? "old" : "feed", source, feed);
}

void world_page_url(const struct world *world, size_t source, int64_t story,
    char url[WORLD_URL])
{
	const struct outlet *outlet = &world->outlets[source];
	const struct truth *truth = outlet->feeds;

	url_make(url, outlet->moved_pages ? truth->host : truth->page_host,
	    outlet->moved_pages ? "go" : "s", source, story);
}

bool world_place(
    const struct world *world, const char *url, struct place *place)
{
	static const struct {
		const char *path;
		enum kind kind;
	} rows[] = { { "robots.txt", A_ROBOTS }, { "feed/", A_FEED },
		{ "old/", A_MOVED_FEED }, { "s/", A_PAGE },
		{ "go/", A_MOVED_PAGE } };
	char *at;
	int i;

	*place = (struct place){ .kind = A_STRANGER };
	if (strncmp(url, "https://h", 9) != 0)
		return false;
	place->host = strtoull(url + 9, &at, 10);
	if (strncmp(at, ".example/", 9) != 0 || place->host >= world->n_sites)
		return false;
	at += 9;
	for (i = 0; i < COUNT(rows); i++) {
		size_t len = strlen(rows[i].path);

		if (strncmp(at, rows[i].path, len) != 0)
			continue;
		place->kind = rows[i].kind;
		if (place->kind == A_ROBOTS)
			return true;
		place->source = strtoull(at + len, &at, 10);
		place->story = strtoll(at + (*at == '/'), &at, 10);
		place->feed = (int)place->story;
		return place->source < world->n_outlets;
	}
	return true;
}

/* ---- answers ---- */

static void robots_answer(
    struct world *world, size_t host, struct answer *answer)
{
	static const char *const texts[N_ROBOTS] = {
		[ROBOTS_FREE] = "User-agent: *\nDisallow: /tmp/\nDisallow: "
				"/search?\nAllow: /\n\nSitemap: /map.xml\n",
		[ROBOTS_CLOSED] = "# keep out\nuser-agent:*\ndisallow:/\n",
		[ROBOTS_US] = "User-agent: dateline\nUser-agent: spambot\n"
			      "Disallow: /\n\nUser-agent: *\nDisallow:\n",
		[ROBOTS_OTHERS] = "User-agent: *\nDisallow: /\n\n"
				  "User-agent: Dateline\nDisallow: /x$\n",
		[ROBOTS_PAGES] = "\xef\xbb\xbfUser-agent: *\r\nDisallow: "
				 "/*s/\r\nAllow: /feed\r\n",
		[ROBOTS_HTML] = "<!DOCTYPE html><title>Welcome</title>\n",
	};
	const struct site *site = &world->sites[host];
	enum robots_kind kind = site->robots;

	answer->status = 200;
	if (kind == ROBOTS_CHANGES)
		kind = is_closed(site, world->sim->now) ? ROBOTS_CLOSED
							: ROBOTS_FREE;
	switch (kind) {
	case ROBOTS_NONE: answer->status = 404; break;
	case ROBOTS_WALL: answer->status = 403; break;
	case ROBOTS_BROKEN: answer->status = 500; break;
	case ROBOTS_MOVED:
		answer->status = 301;
		snprintf(answer->location, WORLD_URL,
		    "https://h0.example/robots.txt");
		break;
	case ROBOTS_DELAY: answer->bytes = site->delay_text; break;
	default: answer->bytes = texts[kind]; break;
	}
}

/* How many of the stories that are shown have been corrected until now. */
static uint64_t corrections(
    const struct world *world, const struct truth *feed, struct answer *answer)
{
	uint64_t sum = 0;
	int64_t story;

	for (story = answer->first; story <= answer->last;
	     story += answer->every) {
		int64_t at = world_corrected(world, feed->source, story);

		if (at <= world->sim->now)
			sum += chance_mix((uint64_t)story);
	}
	return sum;
}

/* Seconds only: what changes twice within one is not told apart. */
static uint64_t last_modified(
    const struct world *world, const struct truth *feed, int64_t last)
{
	int64_t at = last < 0 ? 0 : world_when(world, feed->source, last);

	return (uint64_t)((world->sim->began + at) / SECOND);
}

static void feed_shows(
    struct world *world, const struct truth *feed, struct answer *answer)
{
	int64_t n = world_published(world, feed->source);

	answer->every = feed->every;
	answer->last = n - 1 - ((n - 1) % feed->every);
	answer->first =
	    answer->last - (int64_t)(feed->window - 1) * feed->every;
	if (n == 0)
		answer->last = answer->first = -1;
	else if (answer->first < 0)
		answer->first = 0;
	answer->body = chance_mix((uint64_t)answer->last + 1);
	if (feed->tells_changes && feed->validators != DATED && n > 0)
		answer->body += corrections(world, feed, answer);
	if (n == 0)
		answer->last = answer->first - answer->every;
}

static void feed_validates(
    struct world *world, const struct truth *feed, struct answer *answer)
{
	switch (feed->validators) {
	case NONE: answer->etag = 0; break;
	case STUCK: answer->etag = 1 + feed->source; break;
	case DATED:
		answer->etag = last_modified(world, feed, answer->last);
		break;
	case NEVER_SAME: answer->etag = chance_any(&world->chance) | 1; break;
	case NOISY:
		answer->etag = chance_any(&world->chance) | 1;
		answer->body = answer->etag;
		break;
	default: answer->etag = answer->body | 1; break;
	}
}

static void feed_answer(struct world *world, const struct place *place,
    uint64_t etag, struct answer *answer)
{
	const struct truth *feed =
	    world_truth(world, place->source, place->feed);

	if (world->sim->now >= feed->gone) {
		answer->status = 410;
		return;
	}
	answer->status = 200;
	answer->looks = LIKE_A_FEED;
	feed_shows(world, feed, answer);
	feed_validates(world, feed, answer);
	if (feed->max_age > 0)
		snprintf(answer->cache, sizeof(answer->cache),
		    "public, max-age=%" PRId64, feed->max_age / SECOND);
	if (etag != 0 && etag == answer->etag && feed->validators != IGNORED)
		answer->status = 304;
}

static void page_answer(struct world *world, const struct place *place,
    uint64_t etag, struct answer *answer)
{
	int64_t now = world->sim->now;

	if (place->story >= world_published(world, place->source)) {
		answer->status = 404;
		return;
	}
	answer->looks = LIKE_A_PAGE;
	answer->etag =
	    2 + (world_corrected(world, place->source, place->story) <= now);
	answer->body = answer->etag;
	answer->status = etag == answer->etag ? 304 : 200;
	if (withdrawn(world, place->source, place->story) <= now)
		answer->status = place->story % 2 == 0 ? 410 : 404;
}

static void moved_answer(
    struct world *world, const struct place *place, struct answer *answer)
{
	const struct truth *feed = world_truth(world, place->source, 0);

	answer->status = place->kind == A_MOVED_FEED ? 301 : 302;
	if (place->kind == A_MOVED_FEED)
		url_make(answer->location, feed->host, "feed", place->source,
		    place->feed);
	else
		url_make(answer->location, feed->page_host, "s", place->source,
		    place->story);
}

/* A host that counts: who comes too often is told so. */
static bool is_too_often(
    struct world *world, struct site *site, struct answer *answer)
{
	int64_t minute = world->sim->now / MINUTE;

	if (site->limit == 0)
		return false;
	if (site->minute != minute)
		site->asked = 0;
	site->minute = minute;
	if (++site->asked <= site->limit)
		return false;
	answer->status = 429;
	if (site->says_how_long)
		snprintf(answer->retry_after, sizeof(answer->retry_after),
		    "%" PRId64,
		    MINUTE / SECOND - world->sim->now % MINUTE / SECOND);
	return true;
}

static int64_t latency(struct world *world, const struct site *site)
{
	struct chance *chance = &world->chance;

	if (chance_once_in(chance, 1000))
		return chance_between(chance, 5 * SECOND, 30 * SECOND);
	return chance_between(chance, site->latency / 2, site->latency * 2);
}

/* Not each outage is the host's: none is reached where our network is gone. */
static bool is_down(struct world *world, const struct place *place,
    const struct site *site, struct answer *answer)
{
	struct sim *sim = world->sim;

	if (weather_strikes(&world->own, A_STRANGER, sim->now, sim_date(sim),
		&world->chance, answer)) {
		*answer =
		    (struct answer){ .way = NO_NAME, .took = answer->took };
		return true;
	}
	return weather_strikes(&site->weather, place->kind, sim->now,
	    sim_date(sim), &world->chance, answer);
}

void world_ask(
    struct world *world, const char *url, uint64_t etag, struct answer *answer)
{
	struct place place;
	struct site *site;

	memset(answer, 0, sizeof(*answer));
	if (!world_place(world, url, &place)) {
		answer->way = NO_NAME;
		answer->took = 20;
		return;
	}
	site = &world->sites[place.host];
	if (is_down(world, &place, site, answer))
		return;
	answer->took = latency(world, site);
	if (is_too_often(world, site, answer))
		return;
	switch (place.kind) {
	case A_ROBOTS: robots_answer(world, place.host, answer); break;
	case A_FEED: feed_answer(world, &place, etag, answer); break;
	case A_PAGE: page_answer(world, &place, etag, answer); break;
	case A_STRANGER: answer->status = 404; break;
	default: moved_answer(world, &place, answer); break;
	}
}
