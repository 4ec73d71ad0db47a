/*
 * The news desk. The first wave is out at once; then comes one story after
 * the other, in the order of their dates; when the last is out, a correction.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/wire/desk.h"
#include "tests/wire/file.h"

/* In this order stories are corrected; only the first comes by itself. */
static const char *const sources[] = { "vgp", "vna", "azertac", "vns",
	"xinhua" };
enum { SOURCES = sizeof(sources) / sizeof(*sources) };

double clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct host *desk_host(struct wire *wire, const struct story *story)
{
	return hosts_find(&wire->hosts, story_field(story, "host"));
}

static bool is_from(const struct story *story, const char *source)
{
	return strcmp(story_field(story, "source"), source) == 0;
}

/* What a page lacks is told at the start, not when a test asks for it. */
static void page_check(struct wire *wire, struct story *story)
{
	struct scope scope = { .base = "", .story = story };
	const struct part *page;
	FILE *nowhere = must(fopen("/dev/null", "w"));

	scope.host = desk_host(wire, story);
	if (scope.host == NULL)
		die("%s: no page file for its host", story->name);
	page = host_part(scope.host, "page", story_field(story, "form"));
	if (page == NULL)
		die("%s: has no part page", scope.host->name);
	for (story->out = 1; story->out <= story->editions; story->out++)
		render(nowhere, &scope, page->text);
	story->out = 0;
	fclose(nowhere);
}

static void story_out(struct wire *wire, struct story *story)
{
	story->out++;
	desk_host(wire, story)->changes++;
}

static int count_from(const struct wire *wire, const char *source)
{
	int count = 0;

	for (unsigned i = 0; i < wire->stories.count; i++)
		count += is_from(wire->stories.story[i], source);
	return count;
}

static void first_wave(struct wire *wire, const char *source)
{
	int left = wire->pace.first;

	if (left < 0)
		left = count_from(wire, source) - 1;
	for (unsigned i = 0; i < wire->stories.count && left > 0; i++) {
		if (is_from(wire->stories.story[i], source)) {
			story_out(wire, wire->stories.story[i]);
			left--;
		}
	}
}

void desk_open(struct wire *wire)
{
	for (unsigned i = 0; i < wire->stories.count; i++)
		page_check(wire, wire->stories.story[i]);
	for (unsigned i = 0; i < SOURCES; i++)
		first_wave(wire, sources[i]);
	wire->begun = wire->last = clock_now();
}

static struct story *next_story(const struct wire *wire)
{
	for (unsigned i = 0; i < wire->stories.count; i++) {
		if (wire->stories.story[i]->out == 0)
			return wire->stories.story[i];
	}
	return NULL;
}

/* A story that nobody has read yet has nothing to be corrected. */
static struct story *next_correction(
    const struct wire *wire, const char *source)
{
	for (unsigned i = 0; i < wire->stories.count; i++) {
		struct story *story = wire->stories.story[i];

		if (is_from(story, source) && story->out == 1 &&
		    story->editions == 2)
			return story;
	}
	return NULL;
}

struct story *desk_publish(struct wire *wire, double now)
{
	struct story *story = next_story(wire);

	if (story != NULL) {
		story_out(wire, story);
		wire->last = now;
	}
	return story;
}

struct story *desk_correct(struct wire *wire)
{
	struct story *story = NULL;

	for (unsigned i = 0; i < SOURCES && story == NULL; i++)
		story = next_correction(wire, sources[i]);
	if (story != NULL)
		story_out(wire, story);
	return story;
}

void desk_tick(struct wire *wire, double now)
{
	const struct pace *pace = &wire->pace;
	struct story *story;

	if (pace->every <= 0)
		return;
	if (next_story(wire) != NULL) {
		if (now >= wire->last + pace->every)
			desk_publish(wire, now);
	} else if (now >= wire->last + pace->after) {
		story = next_correction(wire, sources[0]);
		if (story != NULL)
			story_out(wire, story);
	}
}

static int newest_first(const void *one, const void *other)
{
	const struct story *a = *(const struct story *const *)one;
	const struct story *b = *(const struct story *const *)other;

	return strcmp(story_updated(b), story_updated(a));
}

void desk_shown(
    const struct wire *wire, const struct host *host, struct shown *shown)
{
	shown->count = 0;
	for (unsigned i = 0; i < wire->stories.count; i++) {
		const struct story *story = wire->stories.story[i];

		if (story->out > 0 &&
		    strcmp(story_field(story, "host"), host->name) == 0)
			shown->story[shown->count++] = story;
	}
	qsort(
	    shown->story, shown->count, sizeof(shown->story[0]), newest_first);
}
