/*
 * The generator of bulk.localhost. A story is written as a story file is, in
 * the edition that is out, and read like one; what its pages look like says
 * pages/bulk.localhost.html.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/wire/bulk.h"
#include "tests/wire/desk.h"
#include "tests/wire/file.h"
#include "tests/wire/filter.h"
#include "tests/wire/reply.h"

static const char name[] = "bulk.localhost";

/* The first story: half a million of them come before the others' November. */
enum { FIRST = 1761955200 }; /* 2025-11-01 00:00 UTC */
enum { APART = 60 };         /* seconds from one to the next */

/* ---- what happens to stories ---- */

static int publish(struct bulk *bulk)
{
	bulk->story = must(
	    realloc(bulk->story, (bulk->count + 1) * sizeof(bulk->story[0])));
	bulk->story[bulk->count] = (struct bulk_story){ .edition = 1 };
	return (int)bulk->count++;
}

/* The first of those that are there and were changed least. */
static int least(const struct bulk *bulk, bool trifles)
{
	int found = -1;
	unsigned fewest = 0;

	for (unsigned i = 0; i < bulk->count; i++) {
		const struct bulk_story *story = &bulk->story[i];
		unsigned changes = trifles ? story->trifles : story->edition;

		if (story->gone == HERE && (found < 0 || changes < fewest)) {
			found = (int)i;
			fewest = changes;
		}
	}
	return found;
}

static int correct(struct bulk *bulk)
{
	int number = least(bulk, false);

	if (number >= 0)
		bulk->story[number].edition++;
	return number;
}

static int trivial(struct bulk *bulk)
{
	int number = least(bulk, true);

	if (number >= 0)
		bulk->story[number].trifles++;
	return number;
}

/* From the end, each in another way than the one before. */
static int withdraw(struct bulk *bulk)
{
	for (unsigned i = bulk->count; i > 0; i--) {
		struct bulk_story *story = &bulk->story[i - 1];

		if (story->gone == HERE) {
			story->gone = 1 + i % (GONES - 1);
			return (int)i - 1;
		}
	}
	return -1;
}

bulk_fn *bulk_action(const char *action)
{
	static const struct {
		const char *name;
		bulk_fn *act;
	} actions[] = {
		{ "publish", publish },
		{ "correct", correct },
		{ "withdraw", withdraw },
		{ "trivial", trivial },
	};

	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++) {
		if (strcmp(actions[i].name, action) == 0)
			return actions[i].act;
	}
	return NULL;
}

/* ---- how they are told ---- */

/* splitmix64: the same story for the same seed, number and place in it. */
static unsigned chance(unsigned seed, unsigned number, unsigned place)
{
	unsigned long long x = seed * 0x9e3779b97f4a7c15ULL +
	    number * 0xbf58476d1ce4e5b9ULL + place * 0x94d049bb133111ebULL;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ x >> 27) * 0x94d049bb133111ebULL;
	return (unsigned)(x >> 33);
}

struct teller {
	FILE *out;
	unsigned seed, number, place;
};

static const char *word(
    struct teller *teller, const char *const words[], unsigned count)
{
	return words[chance(teller->seed, teller->number, teller->place++) %
	    count];
}
#define WORD(teller, words) \
	word(teller, words, sizeof(words) / sizeof((words)[0]))

static const char *town(struct teller *teller)
{
	static const char *const towns[] = { "Aldmouth", "Bexley Ferry",
		"Cá Vàng", "Dernholm", "Eastwick Sands", "Fourgates", "Gülnar",
		"Hạ Thôn", "Inverlay", "Jasper Bay", "Kirkdale", "Lĩnh Sơn" };

	return WORD(teller, towns);
}

static const char *thing(struct teller *teller)
{
	static const char *const things[] = { "harbour wall", "night market",
		"tram line", "fish auction", "school kitchen", "lighthouse",
		"river ferry", "rice mill", "public library", "salt works",
		"bicycle bridge", "weather station", "botanical garden" };

	return WORD(teller, things);
}

static const char *who(struct teller *teller)
{
	static const char *const people[] = { "The town council", "The mayor",
		"A committee of neighbours", "The harbour office",
		"The district office", "The parents' association" };

	return WORD(teller, people);
}

static const char *when(struct teller *teller)
{
	static const char *const days[] = { "on Monday", "on Tuesday evening",
		"before the rains", "in the first week of December",
		"by the end of spring", "on the day of the regatta" };

	return WORD(teller, days);
}

/* So that no two paragraphs of all stories are the same. */
static unsigned sum(struct teller *teller)
{
	return 100 + teller->number * 7 +
	    chance(teller->seed, teller->number, teller->place++) % 7;
}

static void paragraphs_tell(struct teller *teller, const char *where,
    const char *what, unsigned edition)
{
	fprintf(teller->out,
	    "%s of %s has decided to repair the %s %s, and %u residents "
	    "came to hear the plan read out in the market hall.\n",
	    who(teller), where, what, when(teller), sum(teller));
	fprintf(teller->out,
	    "The work costs %u,000 crowns, of which the town pays a third; "
	    "the rest comes from a fund that was set up after the flood at "
	    "%s.\n",
	    sum(teller), town(teller));
	fprintf(teller->out,
	    "\"We have waited for the %s long enough,\" said a shopkeeper "
	    "who has counted %u broken tiles from her window %s.\n",
	    what, sum(teller), when(teller));
	if (edition > 1)
		fprintf(teller->out,
		    "In correction number %u the town asked us to say that "
		    "the sum is %u,000 crowns, and that the work ends %s.\n",
		    edition - 1, sum(teller) + edition, when(teller));
}

static time_t told_at(unsigned number)
{
	return FIRST + (time_t)number * APART;
}

static void field_tell(FILE *out, const char *field, time_t value)
{
	char text[64];
	struct tm tm;

	gmtime_r(&value, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	fprintf(out, "%s: %s\n", field, text);
}

static time_t updated_at(const struct bulk_story *story, unsigned number)
{
	return told_at(number) + (time_t)(story->edition - 1) * 3600;
}

/* Of one story in ten. */
static bool shows(unsigned number)
{
	return number % 10 == 9;
}

/* As in a .story: see README.md. */
static struct story *story_tell(const struct bulk *bulk, unsigned number)
{
	const struct bulk_story *story = &bulk->story[number];
	struct teller teller = { NULL, bulk->seed, number, 0 };
	const char *where = town(&teller), *what = thing(&teller);
	time_t told = told_at(number), updated = updated_at(story, number);
	char *text = NULL;
	size_t size;

	teller.out = must(open_memstream(&text, &size));
	fprintf(teller.out, "host: %s\nsource: bulk\nid: %06u\nslug: s\n", name,
	    number);
	fprintf(teller.out, "title: %s repairs its %s, plan %u\n", where, what,
	    number);
	fprintf(teller.out, "advert: Umbrellas, %u of them, in our shop\n",
	    chance(bulk->seed, number, 100 + story->trifles) % 10000);
	fprintf(teller.out, "readers: %u\n", 17 + story->trifles * 31);
	field_tell(teller.out, "published", told);
	field_tell(teller.out, "updated", updated);
	field_tell(teller.out, "shown", shows(number) ? updated : told);
	fputc('\n', teller.out);
	paragraphs_tell(&teller, where, what, story->edition);
	fclose(teller.out);
	return story_from(name, must(text));
}

/* ---- what the host answers ---- */

static void part_write(FILE *out, const struct scope *scope, const char *part)
{
	render(out, scope, host_part(scope->host, part, NULL)->text);
}

static void story_write(FILE *out, const struct bulk *bulk, struct scope *scope,
    unsigned number, const char *part)
{
	struct story *story = story_tell(bulk, number);

	scope->story = story;
	part_write(out, scope, part);
	scope->story = NULL;
	story_free(story);
}

/* What has changed is newer by a second each time. */
static time_t story_modified(const struct bulk_story *story, unsigned number)
{
	return told_at(number) + story->edition + story->trifles;
}

static time_t corrections_shown(const struct bulk *bulk)
{
	time_t shown = 0;

	for (unsigned i = 0; i < bulk->count; i++)
		shown += shows(i) ? (time_t)bulk->story[i].edition - 1 : 0;
	return shown;
}

/* The oldest that its feed still has. */
static unsigned oldest(const struct bulk *bulk)
{
	return bulk->count > bulk->shown ? bulk->count - bulk->shown : 0;
}

/* A withdrawn story stays in the feed, as on many sites. */
static void feed_answer(
    const struct bulk *bulk, struct scope *scope, struct reply *reply)
{
	FILE *out = must(open_memstream(&reply->body, &reply->length));

	part_write(out, scope, "head");
	for (unsigned i = bulk->count; i > oldest(bulk); i--)
		story_write(out, bulk, scope, i - 1, "entry");
	part_write(out, scope, "tail");
	fclose(out);
	reply->status = 200;
	reply->kind = FEED;
	reply->type = "application/rss+xml; charset=utf-8";
	reply->modified = told_at(bulk->count) + corrections_shown(bulk);
}

static void page_answer(const struct bulk *bulk, struct scope *scope,
    unsigned number, struct reply *reply)
{
	const struct bulk_story *story = &bulk->story[number];
	FILE *out;

	switch (story->gone) {
	case NOT_FOUND: reply_plain(reply, 404, "no such page"); return;
	case GONE: reply_plain(reply, 410, "it is gone"); return;
	case TO_THE_FRONT:
		reply_plain(reply, 302, "back to the front page");
		reply->location = format("%s/", scope->base);
		return;
	default: break;
	}
	out = must(open_memstream(&reply->body, &reply->length));
	story_write(out, bulk, scope, number, "page");
	fclose(out);
	reply->status = 200;
	reply->type = "text/html; charset=utf-8";
	reply->modified = story_modified(story, number);
}

/* The front page and robots.txt are parts like everybody's. */
void bulk_answer(
    struct wire *wire, const struct asked *asked, struct reply *reply)
{
	char *base = reply_base(wire, name);
	struct scope scope = { .host = hosts_find(&wire->hosts, name),
		.base = base };
	unsigned number;

	if (strcmp(asked->path, "/feed.rss") == 0)
		feed_answer(&wire->bulk, &scope, reply);
	else if (sscanf(asked->path, "/story/%u.html", &number) == 1 &&
	    number < wire->bulk.count)
		page_answer(&wire->bulk, &scope, number, reply);
	else
		site_answer(wire, asked, reply);
	free(base);
}

/* ---- what is true ---- */

static void value_tell(FILE *out, const struct scope *scope, const char *field)
{
	char *value = render_value(scope, field);

	fprintf(out, ",\"%s\":\"", field);
	filter(out, "json", value);
	fputc('"', out);
	free(value);
}

/* A withdrawal is a revision, too. */
void bulk_tell(FILE *out, const struct wire *wire, unsigned number)
{
	static const char *const ways[GONES] = { NULL, "404", "410", "front" };
	const struct bulk_story *bulk = &wire->bulk.story[number];
	struct story *story = story_tell(&wire->bulk, number);
	char *base = reply_base(wire, name);
	struct scope scope = { .base = base, .story = story };

	for (unsigned i = 0; i < wire->hosts.count; i++) {
		if (strcmp(wire->hosts.host[i].name, name) == 0)
			scope.host = &wire->hosts.host[i];
	}
	fputs("{\"source\":\"bulk\"", out);
	value_tell(out, &scope, "key");
	value_tell(out, &scope, "url");
	value_tell(out, &scope, "title");
	fprintf(out, ",\"revisions\":%u,\"trivial\":%u,\"published\":\"%s%s\"",
	    bulk->edition + (bulk->gone != HERE), bulk->trifles,
	    story_field(story, "published"), scope.host->zone);
	if (shows(number))
		fputs(",\"shows\":true", out);
	if (bulk->gone != HERE)
		fprintf(out, ",\"withdrawn\":\"%s\"", ways[bulk->gone]);
	fputs("}\n", out);
	free(base);
	story_free(story);
}

void bulk_truth(FILE *out, const struct wire *wire)
{
	for (unsigned i = 0; i < wire->bulk.count; i++)
		bulk_tell(out, wire, i);
}

void bulk_free(struct bulk *bulk)
{
	free(bulk->story);
}
