/*
 * The score. A visit is judged by each judge in turn, with what was known
 * before it; then what it has learned is remembered.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tests/wire/file.h"
#include "tests/wire/filter.h"
#include "tests/wire/score.h"

/* Both ends measure in their own time, to the millisecond. */
static const double tolerance = 0.010; /* seconds */

static const char *const names[FAULTS] = {
	[UNCONDITIONAL] = "unconditional",
	[WRONG_VALIDATORS] = "wrong-validators",
	[TOO_SOON] = "too-soon",
	[INSIDE_RETRY_AFTER] = "inside-retry-after",
	[FORBIDDEN] = "forbidden",
	[ROBOTS_NOT_ASKED] = "robots-not-asked",
	[CRAWL_DELAY] = "crawl-delay",
	[NO_CONTACT] = "no-contact",
	[COOKIE] = "cookie",
	[REFERRER] = "referrer",
};

struct seen_page {
	char *host, *path;
	char *etag, *modified; /* given last, or NULL */
	unsigned since_full;   /* requests with validators since */
	double answered;       /* with 200 or 304; 0: never */
	double interval;       /* seconds, as that answer said */
	bool pardoned;         /* until it is asked for again */
};

struct seen_host {
	char *host;
	bool robots;  /* have they been asked for? */
	char *forbid; /* as they said then */
	double delay;
	double asked;                /* last, but for robots.txt; 0: never */
	double closed, closed_until; /* when it was said, by Retry-After */
};

struct matter { /* what a judge looks at */
	struct score *score;
	const struct owner *owner;
	const struct visit *visit;
	struct seen_page *page;
	struct seen_host *host;
};

__attribute__((format(printf, 3, 4))) static void fault(
    const struct matter *matter, enum fault fault, const char *why, ...)
{
	struct score *score = matter->score;
	unsigned long nth = score->count[fault]++;
	struct example *example;
	va_list arguments;

	if (nth >= MAX_EXAMPLES)
		return;
	example = &score->example[fault][nth];
	snprintf(
	    example->host, sizeof(example->host), "%s", matter->visit->host);
	snprintf(
	    example->path, sizeof(example->path), "%s", matter->visit->path);
	example->when = matter->visit->asked;
	va_start(arguments, why);
	vsnprintf(example->why, sizeof(example->why), why, arguments);
	va_end(arguments);
}

static bool is_conditional(const struct visit *visit)
{
	return visit->etag != NULL || visit->since != NULL;
}

/* A page may be asked for anew whenever its entry has changed: only feeds. */
static void judge_unconditional(const struct matter *matter)
{
	const struct seen_page *page = matter->page;

	if (matter->visit->kind != FEED || is_conditional(matter->visit) ||
	    (page->etag == NULL && page->modified == NULL))
		return;
	if (matter->owner->distrust == 0 ||
	    page->since_full < matter->owner->distrust)
		fault(matter, UNCONDITIONAL,
		    "no validators after %u requests with them, and %s was "
		    "given",
		    page->since_full,
		    page->etag != NULL ? page->etag : page->modified);
}

static void compare(const struct matter *matter, const char *header,
    const char *sent, const char *given)
{
	if (strcmp(sent != NULL ? sent : "", given != NULL ? given : "") != 0)
		fault(matter, WRONG_VALIDATORS,
		    "%s: %.80s, but %.80s was given", header,
		    sent != NULL ? sent : "(none)",
		    given != NULL ? given : "nothing");
}

/* Where only a redirect is, those are sent of the place that it leads to. */
static void judge_validators(const struct matter *matter)
{
	if (!is_conditional(matter->visit) || matter->page->answered <= 0)
		return;
	compare(
	    matter, "If-None-Match", matter->visit->etag, matter->page->etag);
	compare(matter, "If-Modified-Since", matter->visit->since,
	    matter->page->modified);
}

static void judge_interval(const struct matter *matter)
{
	double interval = matter->page->interval;
	double passed = matter->visit->asked - matter->page->answered;

	if (matter->visit->kind == FEED && matter->page->answered > 0 &&
	    passed < interval - tolerance)
		fault(matter, TOO_SOON, "after %.3f s, and not %.0f s", passed,
		    interval);
}

/* Two answers may be noted in another order than they were given in. */
static void judge_retry_after(const struct matter *matter)
{
	const struct seen_host *host = matter->host;
	double left = host->closed_until - matter->visit->asked;

	if (left > tolerance && matter->visit->asked > host->closed)
		fault(
		    matter, INSIDE_RETRY_AFTER, "%.3f s before its end", left);
}

static void judge_forbidden(const struct matter *matter)
{
	const char *forbid = matter->host->forbid;

	if (matter->visit->kind != ROBOTS && forbid != NULL &&
	    strncmp(matter->visit->path, forbid, strlen(forbid)) == 0)
		fault(matter, FORBIDDEN, "Disallow: %s", forbid);
}

static void judge_robots(const struct matter *matter)
{
	if (matter->visit->kind != ROBOTS && !matter->host->robots)
		fault(matter, ROBOTS_NOT_ASKED, "before robots.txt");
}

static void judge_delay(const struct matter *matter)
{
	double delay = matter->host->delay;
	double passed = matter->visit->asked - matter->host->asked;

	if (passed < 0)
		passed = -passed;
	if (matter->visit->kind != ROBOTS && delay > 0 &&
	    matter->host->asked > 0 && passed < delay - tolerance)
		fault(matter, CRAWL_DELAY, "after %.3f s, and not %.3f s",
		    passed, delay);
}

static void judge_agent(const struct matter *matter)
{
	const char *agent = matter->visit->agent;

	if (agent == NULL ||
	    (strstr(agent, "://") == NULL && strchr(agent, '@') == NULL))
		fault(matter, NO_CONTACT, "User-Agent: %.120s",
		    agent != NULL ? agent : "(none)");
}

static void judge_privacy(const struct matter *matter)
{
	if (matter->visit->cookie != NULL)
		fault(matter, COOKIE, "Cookie: %.120s", matter->visit->cookie);
	if (matter->visit->referrer != NULL)
		fault(matter, REFERRER, "Referer: %.120s",
		    matter->visit->referrer);
}

/* ---- what is remembered ---- */

static struct seen_page *page_of(struct score *score, const struct visit *visit)
{
	struct seen_page *page;

	for (size_t i = score->pages; i > 0; i--) {
		page = &score->page[i - 1];
		if (strcmp(page->path, visit->path) == 0 &&
		    strcmp(page->host, visit->host) == 0)
			return page;
	}
	if (score->pages == score->room) {
		score->room = 2 * score->room + 64;
		score->page = must(
		    realloc(score->page, score->room * sizeof(*score->page)));
	}
	page = &score->page[score->pages++];
	*page = (struct seen_page){ .host = must(strdup(visit->host)),
		.path = must(strdup(visit->path)) };
	return page;
}

static struct seen_host *host_of(struct score *score, const char *name)
{
	struct seen_host *host;

	for (size_t i = 0; i < score->hosts; i++) {
		if (strcmp(score->host[i].host, name) == 0)
			return &score->host[i];
	}
	score->host = must(
	    realloc(score->host, (score->hosts + 1) * sizeof(*score->host)));
	host = &score->host[score->hosts++];
	*host = (struct seen_host){ .host = must(strdup(name)) };
	return host;
}

static void given(char **text, const char *now)
{
	free(*text);
	*text = now != NULL ? must(strdup(now)) : NULL;
}

/* A 304 that does not repeat them leaves the validators as they were. */
static void page_learns(struct seen_page *page, const struct owner *owner,
    const struct visit *visit)
{
	if (is_conditional(visit))
		page->since_full++;
	else if (visit->status == 200) /* what was refused was not full */
		page->since_full = 0;
	if (visit->status != 200 && visit->status != 304)
		return;
	page->answered = visit->answered;
	page->interval = owner_interval(owner);
	if (visit->status == 200 || visit->sent_etag != NULL)
		given(&page->etag, visit->sent_etag);
	if (visit->status == 200 || visit->sent_modified != NULL)
		given(&page->modified, visit->sent_modified);
}

static const struct owner nobody = { .host = "" };

/* What an owner lays down later is not known before it is told. */
void score_robots(
    struct score *score, const struct owner *owner, const char *name)
{
	struct seen_host *host = host_of(score, name);

	if (owner == NULL)
		owner = &nobody;
	host->robots = true;
	host->delay = owner->crawl_delay;
	given(&host->forbid, owner->forbid[0] != '\0' ? owner->forbid : NULL);
}

static void host_closes(struct seen_host *host, const struct visit *visit)
{
	host->closed = visit->answered;
	host->closed_until = visit->answered + visit->retry_after;
}

static void host_learns(struct seen_host *host, const struct visit *visit)
{
	if (visit->kind != ROBOTS && visit->asked > host->asked)
		host->asked = visit->asked;
	if (visit->status == 429 || visit->status == 503)
		host_closes(host, visit);
}

void score_visit(
    struct score *score, const struct owner *owner, const struct visit *visit)
{
	static const struct {
		void (*judge)(const struct matter *matter);
		bool of_host; /* or of the page's last answer */
	} judges[] = {
		{ judge_unconditional, false },
		{ judge_validators, false },
		{ judge_interval, false },
		{ judge_retry_after, true },
		{ judge_forbidden, true },
		{ judge_robots, true },
		{ judge_delay, true },
		{ judge_agent, true },
		{ judge_privacy, true },
	};
	struct matter matter = { score, owner != NULL ? owner : &nobody, visit,
		page_of(score, visit), host_of(score, visit->host) };

	for (size_t i = 0; i < sizeof(judges) / sizeof(*judges); i++) {
		if (judges[i].of_host || !matter.page->pardoned)
			judges[i].judge(&matter);
	}
	matter.page->pardoned = false;
	if (visit->kind == ROBOTS)
		score_robots(score, matter.owner, visit->host);
	score->visits++;
	score->feeds += visit->kind == FEED;
	score->conditional += visit->kind == FEED && is_conditional(visit);
	score->unchanged += visit->kind == FEED && visit->status == 304;
	page_learns(matter.page, matter.owner, visit);
	host_learns(matter.host, visit);
}

unsigned score_pardon(struct score *score, double now)
{
	unsigned count = 0;

	for (size_t i = 0; i < score->pages; i++) {
		score->page[i].pardoned = score->page[i].answered > now - 1;
		count += score->page[i].pardoned;
	}
	for (size_t i = 0; i < score->hosts; i++) {
		if (score->host[i].closed > now - 1)
			score->host[i].closed_until = 0;
	}
	return count;
}

/* ---- what is told ---- */

static void text_write(FILE *out, const char *name, const char *value)
{
	fprintf(out, ",\"%s\":\"", name);
	filter(out, "json", value);
	fputc('"', out);
}

static void examples_write(
    FILE *out, const struct score *score, enum fault which, double begun)
{
	for (unsigned i = 0; i < MAX_EXAMPLES && i < score->count[which]; i++) {
		const struct example *example = &score->example[which][i];

		fprintf(out, "%s{\"ms\":%.0f", i > 0 ? "," : "",
		    (example->when - begun) * 1000);
		text_write(out, "host", example->host);
		text_write(out, "path", example->path);
		text_write(out, "why", example->why);
		fputc('}', out);
	}
}

void score_write(FILE *out, const struct score *score, double begun)
{
	unsigned long total = 0;

	fprintf(out,
	    "{\"visits\":%lu,\"feeds\":%lu,\"conditional\":%lu,"
	    "\"unchanged\":%lu,\"faults\":{",
	    score->visits, score->feeds, score->conditional, score->unchanged);
	for (unsigned i = 0; i < FAULTS; i++) {
		fprintf(out, "%s\"%s\":%lu", i > 0 ? "," : "", names[i],
		    score->count[i]);
		total += score->count[i];
	}
	fprintf(out, "},\"total\":%lu,\"examples\":{", total);
	for (unsigned i = 0; i < FAULTS; i++) {
		fprintf(out, "%s\"%s\":[", i > 0 ? "," : "", names[i]);
		examples_write(out, score, i, begun);
		fputc(']', out);
	}
	fputs("}}\n", out);
}

void score_free(struct score *score)
{
	for (size_t i = 0; i < score->pages; i++) {
		free(score->page[i].host);
		free(score->page[i].path);
		free(score->page[i].etag);
		free(score->page[i].modified);
	}
	for (size_t i = 0; i < score->hosts; i++) {
		free(score->host[i].host);
		free(score->host[i].forbid);
	}
	free(score->page);
	free(score->host);
}
