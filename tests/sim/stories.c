/*
 * What the judge sees of stories. One that a feed has shown is fetched as soon
 * as its host has had nothing else to do for a while; after a failure a minute
 * later, two minutes, up to six hours. So in the end, where nothing fails, it
 * is there after
 *
 *     the longest that its feed is left alone (see feeds.c)
 *     + what both hosts were busy with in between (requests, and their pauses)
 *     + a quarter of an hour for all that is not counted
 *
 * from its publication on; if its feed's validators lie, and nobody knows yet,
 * as often the first as looks are made before one without. What has left its
 * feed before anybody looked could not be seen, and is counted apart.
 */
#include <inttypes.h>
#include <math.h>

#include "tests/sim/judged.h"
#include "tests/sim/tally.h"

#define BOUND_SLACK (15 * MINUTE)
#define FIRST_RETRY MINUTE
#define RETRY_MOST (6 * HOUR)
#define PATIENCE (7 * DAY)
#define LADDER_SLACK (3 * HOUR)
#define SLOW \
	(20 * SECOND) /* a pause of which queues come in which steps pass */
#define FAILS_EVERY (6 * HOUR) /* whose host fails more often is not known */
#define SELDOM (150 * MINUTE)  /* what is looked at so seldom comes in heaps */
#define SILENT_MOST 48         /* stories that a source may owe */
#define SOON (5 * SECOND)      /* by which the daemon's own time may be off */

static int64_t max(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static const struct truth *truth_of(const struct judge *judge, size_t source)
{
	return world_truth(judge->world, source, 0);
}

static size_t page_host(const struct judge *judge, size_t source)
{
	return truth_of(judge, source)->page_host;
}

void story_shown(struct judge *judge, size_t source, int feed, int64_t number)
{
	struct judged_story *story = &judge->sources[source].stories[number];
	const struct judged_feed *from = &judge->sources[source].feeds[feed];

	if (story->over) { /* it was on its way when it left its feed */
		story->over = false;
		if (world_when(judge->world, source, number) > 0)
			judge->report.overflowed--;
		if (number < judge->sources[source].open)
			judge->sources[source].open = number;
	}
	story->feed = (int8_t)feed;
	story->patient = !class_is_fine(from->class) ||
	    judge->started >= from->answered ||
	    judge->clock_set >= from->answered ||
	    from->recovered >= world_when(judge->world, source, number);
	story->shown = story->due = judge->sim->now;
	story->late_mark = NEVER;
}

/* ---- asked ---- */

/* How many steps of the ladder have come since then. */
static int steps(const struct plan *plan, int64_t since)
{
	int n = 0;

	while (plan->ladder[n] != 0 && plan->ladder[n] <= since)
		n++;
	return n;
}

/* It has failed, and in between the ladder has come to its next step. */
static bool is_step(
    const struct plan *plan, const struct judged_story *story, int64_t now)
{
	return story->done >= 0 &&
	    steps(plan, now - story->done + SOON) >
	    steps(plan, story->asked - story->done);
}

static void page_in_time(struct judge *judge, const struct asked *asked,
    const struct judged_story *story)
{
	const struct plan *plan = world_plan(judge->world, asked->source);
	int64_t now = judge->sim->now, set = judge->clock_set;

	/* What was put off in that moment may be off by as much. */
	if (set >= 0)
		set += MINUTE;
	if (set >= story->asked || judge->started >= story->asked)
		return;
	if (story->fails > 0 && !is_step(plan, story, now) &&
	    !holds(judge, RULE_PAGE_OFTEN,
		now - story->asked >= FIRST_RETRY * 9 / 10))
		broken(judge, RULE_PAGE_OFTEN, asked->place.host,
		    "%" PRId64 " ms after it failed", now - story->asked);
	if (story->done < 0 || set >= story->done)
		return;
	if (!holds(judge, RULE_PAGE_OFTEN,
		story->looks <= steps(plan, now - story->done + SOON)))
		broken(judge, RULE_PAGE_OFTEN, asked->place.host,
		    "look %d, %" PRId64 " s after the first", story->looks + 1,
		    (now - story->done) / SECOND);
}

void page_asked(struct judge *judge, const struct asked *asked)
{
	struct judged_story *story =
	    &judge->sources[asked->place.source].stories[asked->place.story];

	page_in_time(judge, asked, story);
	story->asked = judge->sim->now;
}

/* ---- answered ---- */

static void late_count(struct judge *judge, int64_t late)
{
	int row = (int)(log2(1 + (double)max(late, 0) / SECOND) * 128);

	judge->late[row < 4096 ? row : 4095]++;
	judge->report.late_most = max(judge->report.late_most, late);
}

static int64_t bound(
    const struct judge *judge, size_t source, const struct judged_story *story)
{
	const struct truth *truth =
	    world_truth(judge->world, source, story->feed);
	const struct plan *plan = world_plan(judge->world, source);
	int64_t looks = 1, busy;

	busy = host_busy(judge, truth->host) - story->busy;
	if (truth->page_host != truth->host)
		busy += host_busy(judge, truth->page_host);
	if (truth->validators == STUCK)
		looks = plan->distrust + 1;
	return looks * feed_interval_most(judge, source, story->feed) + busy +
	    BOUND_SLACK;
}

static void story_fetched(
    struct judge *judge, const struct asked *asked, struct judged_story *story)
{
	size_t source = asked->place.source;
	int64_t when = world_when(judge->world, source, asked->place.story);
	int64_t now = judge->sim->now, most = bound(judge, source, story);

	story->done = now;
	judge->report.fetched++;
	if (when <= 0)
		return; /* it was there before the daemon */
	late_count(judge, now - when);
	if (story->patient ||
	    !is_calm(judge, truth_of(judge, source)->host, when) ||
	    !is_calm(judge, page_host(judge, source), when))
		return;
	if (!holds(judge, RULE_STORY_BOUND, now - when <= most))
		broken(judge, RULE_STORY_BOUND, asked->place.host,
		    "story %" PRId64 " of %zu after %" PRId64
		    " min, of %" PRId64 "; it was shown after %" PRId64,
		    asked->place.story, source, (now - when) / MINUTE,
		    most / MINUTE, (story->shown - when) / MINUTE);
}

static void page_failed(struct judge *judge, size_t source,
    struct judged_story *story, enum class class)
{
	const struct judged_host *host =
	    &judge->hosts[page_host(judge, source)];
	int64_t wait = FIRST_RETRY << (story->fails < 12 ? story->fails : 12);
	int tries = class_tries(class);

	story->fails += story->fails < UINT8_MAX;
	story->due =
	    judge->sim->now + (wait < RETRY_MOST ? wait : RETRY_MOST) * 11 / 10;
	story->late_mark = NEVER;
	/* Where robots.txt did not come, there are tries that nobody sees. */
	if (story->done >= 0 ||
	    (story->fails < tries && host->robots_troubled < story->shown))
		return;
	story->over = true;
	judge->report.given_up++;
}

void page_answered(struct judge *judge, const struct asked *asked,
    enum class class, const struct answer *answer)
{
	struct judged_story *story =
	    &judge->sources[asked->place.source].stories[asked->place.story];

	(void)answer;
	if (class == REDIRECT)
		return;
	judge->report.pages++;
	story->class = class;
	if (!class_is_fine(class)) {
		page_failed(judge, asked->place.source, story, class);
		return;
	}
	if (story->done < 0)
		story_fetched(judge, asked, story);
	else
		judge->report.rechecks++;
	story->fails = 0;
	story->looks += story->looks < UINT8_MAX;
}

/* ---- late ---- */

/* It has left its feed, and nobody has seen it there. */
static void unseen_look(struct judge *judge, size_t source, int64_t number)
{
	const struct truth *truth = truth_of(judge, source);
	struct judged_story *story = &judge->sources[source].stories[number];

	if (number + truth->window >= judge->sources[source].n)
		return;
	story->over = true;
	if (world_when(judge->world, source, number) > 0)
		judge->report.overflowed++;
}

static bool is_excused(
    struct judge *judge, size_t source, const struct judged_story *story)
{
	size_t host = page_host(judge, source);

	return (world_plan(judge->world, source)->robots &&
		   judge->hosts[host].forbade_until >= story->shown) ||
	    judge->sim->now - story->shown > PATIENCE;
}

/* The address of its page may lead from one host to another: it waits for both.
 */
static int64_t path_spare(const struct judge *judge, size_t source)
{
	size_t first = truth_of(judge, source)->host;
	size_t last = page_host(judge, source);

	if (first == last)
		return host_spare(judge, last);
	return host_spare(judge, first) + host_spare(judge, last) -
	    judge->sim->now;
}

static int64_t path_slack(const struct judge *judge, size_t source, int64_t due)
{
	return max(
	    host_slack(judge, source, truth_of(judge, source)->host, due),
	    host_slack(judge, source, page_host(judge, source), due));
}

static bool is_left_alone(const struct judge *judge, size_t number)
{
	const struct judged_host *host = &judge->hosts[number];

	return judge->sim->now < host->left_until || host->under_way > 0;
}

static void unfetched_look(struct judge *judge, size_t source, int64_t number)
{
	struct judged_story *story = &judge->sources[source].stories[number];
	size_t host = page_host(judge, source);
	int64_t spare = path_spare(judge, source), now = judge->sim->now;

	if (is_excused(judge, source, story)) {
		story->over = true;
		judge->report.given_up++;
		return;
	}
	if (now < story->due ||
	    is_left_alone(judge, truth_of(judge, source)->host) ||
	    is_left_alone(judge, page_host(judge, source))) {
		story->late_mark = NEVER;
	} else if (story->late_mark == NEVER) {
		story->late_mark = spare;
	}
	if (holds(judge, RULE_STORY_LATE,
		story->late_mark == NEVER ||
		    spare - story->late_mark <=
			path_slack(judge, source, story->due)))
		return;
	broken(judge, RULE_STORY_LATE, host,
	    "story %" PRId64 " of %zu was shown %" PRId64
	    " s ago, and due %" PRId64
	    " s ago; it has failed %d times, last %s",
	    number, source, (now - story->shown) / SECOND,
	    (now - story->due) / SECOND, story->fails,
	    class_name(story->class));
	story->over = true;
}

/* The ladder is behind it: if nothing was in its way, all its steps were. */
static void fetched_look(struct judge *judge, size_t source, int64_t number)
{
	struct judged_story *story = &judge->sources[source].stories[number];
	const struct plan *plan = world_plan(judge->world, source);
	size_t host = page_host(judge, source), first;
	int n = steps(plan, NEVER);
	int64_t last = n > 0 ? plan->ladder[n - 1] : 0;

	first = truth_of(judge, source)->host;
	if (judge->sim->now - story->done < last + LADDER_SLACK)
		return;
	story->over = true;
	if (!is_calm(judge, host, story->done) ||
	    !is_calm(judge, first, story->done))
		return;
	if (!holds(judge, RULE_LADDER,
		story->looks == n + 1 ||
		    (story->looks <= n && judge->hosts[host].pause > SLOW)))
		broken(judge, RULE_LADDER, host,
		    "story %" PRId64 " of %zu was looked at %d times, not %d",
		    number, source, story->looks, n + 1);
}

static void stories_know(struct judge *judge, size_t number)
{
	struct judged_source *source = &judge->sources[number];
	const struct truth *truth = truth_of(judge, number);
	int64_t n = world_published(judge->world, number);
	int64_t busy = host_busy(judge, truth->host);

	if (truth->page_host != truth->host)
		busy += host_busy(judge, truth->page_host);
	if (n > source->room) {
		source->room = n + n / 2 + 16;
		source->stories = tally_more(source->stories,
		    (size_t)source->room * sizeof(*source->stories));
	}
	for (; source->n < n; source->n++) {
		source->stories[source->n] = (struct judged_story){ .shown = -1,
			.late_mark = NEVER,
			.done = -1,
			.asked = -1,
			.busy = busy };
		judge->report.stories++;
	}
}

void stories_look(struct judge *judge, size_t number)
{
	struct judged_source *source = &judge->sources[number];
	int64_t i;

	stories_know(judge, number);
	while (source->open < source->n && source->stories[source->open].over)
		source->open++;
	for (i = source->open; i < source->n; i++) {
		const struct judged_story *story = &source->stories[i];

		if (story->over)
			continue;
		if (story->shown < 0)
			unseen_look(judge, number, i);
		else if (story->done < 0)
			unfetched_look(judge, number, i);
		else
			fetched_look(judge, number, i);
	}
}

/* ---- silence ---- */

/* Whether anybody can hear it: its feed answers, and is asked. */
static bool is_heard(const struct judge *judge, size_t source)
{
	const struct truth *truth = truth_of(judge, source);
	const struct judged_feed *feed = &judge->sources[source].feeds[0];
	int64_t since = judge->sim->now - feed->answered;

	return class_is_fine(feed->class) &&
	    since <= feed_interval_most(judge, source, 0) &&
	    feed_interval_most(judge, source, 0) <= SELDOM &&
	    truth->validators != STUCK &&
	    judge->hosts[truth->host].forbade_until != NEVER;
}

/* Stories a day that it has shown in the two weeks before. */
static double shown_before(const struct judged_source *source, int64_t from)
{
	int64_t i, n = 0;

	for (i = source->n - 1; i >= 0; i--) {
		int64_t shown = source->stories[i].shown;

		n += shown >= from - 14 * DAY && shown < from;
	}
	return (double)n / 14;
}

/* What could be heard of it was the silence of so many stories. */
static void silence_look(struct judge *judge, size_t number, int64_t from)
{
	struct judged_source *source = &judge->sources[number];
	double rate = shown_before(source, from);
	double missing = (double)source->silent * rate / 24;
	int64_t failed = judge->hosts[truth_of(judge, number)->host].failed;

	source->silent = -1; /* it is looked at once */
	if (missing < SILENT_MOST || failed > from / FAILS_EVERY)
		return;
	if (!holds(judge, RULE_DRIFT, source->alarmed >= from))
		broken(judge, RULE_DRIFT, truth_of(judge, number)->host,
		    "source %zu, looked at every %" PRId64 " min at most, "
		    "showed %.0f stories a day, and was silent for %.0f",
		    number, feed_interval_most(judge, number, 0) / MINUTE, rate,
		    missing);
}

void judge_drift(struct judge *judge, size_t number, bool drifts)
{
	struct judged_source *source = &judge->sources[number];
	int64_t from, until, now = judge->sim->now;

	world_silence(judge->world, number, &from, &until);
	judge->report.watched++;
	if (drifts)
		source->alarmed = now;
	if (drifts && (until == 0 || now < from || now > until + DAY))
		judge->report.alarms++;
	if (now < from || until == 0 || source->silent < 0)
		return;
	if (now < until)
		source->silent += is_heard(judge, number);
	else
		silence_look(judge, number, from);
}

/* ---- the report ---- */

static int64_t late_part(const struct judge *judge, double part)
{
	double all = 0, sum = 0;
	int row;

	for (row = 0; row < 4096; row++)
		all += judge->late[row];
	for (row = 0; row < 4095 && sum + judge->late[row] < all * part; row++)
		sum += judge->late[row];
	return (int64_t)((exp2((row + 1) / 128.0) - 1) * SECOND);
}

void judge_tell(struct judge *judge, struct judge_report *report)
{
	judge->report.late_half = late_part(judge, 0.5);
	judge->report.late_tenth = late_part(judge, 0.9);
	*report = judge->report;
}
