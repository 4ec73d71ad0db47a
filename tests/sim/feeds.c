/*
 * What the judge sees of feeds. One that was answered is owed its next look
 *
 *     not before   min_interval; its own floor where that is honoured; never in
 *                  an hour that it wants to be skipped
 *     not after    the longest interval that the daemon may choose: the floor
 *                  or max_interval, or, where the answer was none, what such an
 *                  answer is worth; a tenth more, for not all come at once; the
 *                  longest row of hours that are skipped
 *
 * and then as soon as its host has had nothing else to do for a while.
 */
#include <inttypes.h>

#include "tests/sim/judged.h"

#define SLACK (3 * MINUTE)  /* that a host may be idle though it is owed to */
#define LATER (11 * MINUTE) /* behind hours that are skipped */
#define SILENCE 4 /* looks before a whole one may be asked for once more */

static int64_t max(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static bool is_skipped(const struct truth *truth, int64_t date)
{
	int64_t hour = date / HOUR, day = (hour / 24 + 4) % 7;

	return truth->skip_hours >> hour % 24 & 1 ||
	    truth->skip_days >> day & 1;
}

/* Hours in a row; 0 also if it is all of them, which nobody can mean. */
static int64_t skipped_most(const struct truth *truth)
{
	int64_t hour, row = 0, most = 0;

	if (truth->skip_hours == 0 && truth->skip_days == 0)
		return 0;
	for (hour = 0; hour < 2 * 7 * 24; hour++) {
		row = is_skipped(truth, hour * HOUR) ? row + 1 : 0;
		most = max(most, row);
	}
	return most < 7 * 24 ? most : 0;
}

static struct judged_feed *feed_of(struct judge *judge, size_t source, int feed)
{
	return &judge->sources[source].feeds[feed];
}

void feed_init(struct judge *judge, size_t source, int feed)
{
	int64_t hours = skipped_most(world_truth(judge->world, source, feed));
	bool honoured = world_plan(judge->world, source)->honour_ttl;

	*feed_of(judge, source, feed) = (struct judged_feed){ .asked = -1,
		.answered = -1,
		.due = HOUR,
		.late_mark = NEVER,
		.skips = honoured && hours > 0 ? hours * HOUR + LATER : 0,
		.shown = -1 };
}

int64_t feed_interval_most(const struct judge *judge, size_t source, int feed)
{
	const struct plan *plan = world_plan(judge->world, source);
	int64_t floor = judge->sources[source].feeds[feed].floor;
	int64_t most = max(plan->max_interval, plan->honour_ttl ? floor : 0);

	return most * 11 / 10 + judge->sources[source].feeds[feed].skips;
}

/* ---- asked ---- */

static void interval_kept(struct judge *judge, const struct asked *asked,
    const struct truth *truth, struct judged_feed *feed)
{
	const struct plan *plan = world_plan(judge->world, asked->source);
	int64_t now = judge->sim->now, wall = sim_wall(judge->sim);
	bool restarted = judge->started >= feed->answered;
	bool clock_set = judge->clock_set >= feed->answered;

	if (feed->answered < 0)
		return;
	if (!holds(judge, RULE_INTERVAL,
		now >= feed->not_before || (restarted && clock_set)))
		broken(judge, RULE_INTERVAL, asked->place.host,
		    "%" PRId64 " ms too early after %" PRId64
		    " s (least %" PRId64 " s, floor %" PRId64 " s%s)",
		    feed->not_before - now, (now - feed->answered) / SECOND,
		    plan->min_interval / SECOND, feed->floor / SECOND,
		    plan->honour_ttl ? "" : ", which is not honoured");
	if (!feed->floors || clock_set || feed->skips == 0)
		return;
	/* It may have had to wait for its host. */
	if (!holds(judge, RULE_SKIPPED,
		!is_skipped(truth, wall) || !is_skipped(truth, wall - HOUR)))
		broken(judge, RULE_SKIPPED, asked->place.host,
		    "hours %x, days %x are skipped",
		    (unsigned)truth->skip_hours, (unsigned)truth->skip_days);
}

/* A whole feed is asked for where there are no validators, or where they lie,
   or may: after so many looks with them, and once in a silence; how long that
   is nobody knows whose clock is set. */
static bool has_reason(const struct judge *judge,
    const struct judged_feed *feed, const struct plan *plan)
{
	int64_t looks = feed->conditional + feed->in_vain;
	bool again = feed->extra > 0 &&
	    judge->clock_set + HOUR < feed->extra_at; /* it may wait */

	return !feed->whole || feed->etag == 0 || feed->lies ||
	    looks >= plan->distrust || (looks >= SILENCE && !again);
}

static void validators_right(
    struct judge *judge, const struct asked *asked, struct judged_feed *feed)
{
	const struct plan *plan = world_plan(judge->world, asked->source);

	feed->unconditional = asked->etag == 0;
	if (asked->etag == 0) {
		if (!holds(judge, RULE_UNCONDITIONAL,
			has_reason(judge, feed, plan)))
			broken(judge, RULE_UNCONDITIONAL, asked->place.host,
			    "after %" PRId64 " with validators, of %" PRId64
			    "; %" PRId64 " others since its last news",
			    feed->conditional, plan->distrust, feed->extra);
		return;
	}
	if (!holds(judge, RULE_VALIDATORS, asked->etag == feed->etag))
		broken(judge, RULE_VALIDATORS, asked->place.host,
		    "%" PRIx64 ", and the last was %" PRIx64, asked->etag,
		    feed->etag);
	if (!holds(judge, RULE_WHOLE_LATE, feed->conditional < plan->distrust))
		broken(judge, RULE_WHOLE_LATE, asked->place.host,
		    "%" PRId64 " looks with validators, of %" PRId64,
		    feed->conditional, plan->distrust);
}

void feed_asked(struct judge *judge, const struct asked *asked)
{
	const struct place *place = &asked->place;
	const struct truth *truth =
	    world_truth(judge->world, place->source, place->feed);
	struct judged_feed *feed = feed_of(judge, place->source, place->feed);

	if (place->kind == A_MOVED_FEED || !truth->moved) {
		interval_kept(judge, asked, truth, feed);
		feed->asked = judge->sim->now;
		feed->late_mark = NEVER;
	}
	if (place->kind == A_FEED)
		validators_right(judge, asked, feed);
}

/* ---- answered ---- */

/* What could not be seen: it came and went between two looks. */
static bool has_lost(
    const struct judged_feed *feed, const struct answer *answer)
{
	return feed->shown >= 0 && feed->shown + answer->every < answer->first;
}

static bool stories_shown(
    struct judge *judge, const struct asked *asked, const struct answer *answer)
{
	struct judged_source *source = &judge->sources[asked->place.source];
	bool news = false;
	int64_t story;

	stories_look(judge, asked->place.source); /* it knows them all then */
	for (story = answer->first; story <= answer->last;
	     story += answer->every) {
		if (source->stories[story].shown >= 0)
			continue;
		story_shown(
		    judge, asked->place.source, asked->place.feed, story);
		news = true;
	}
	return news;
}

static void whole_came(struct judge *judge, const struct asked *asked,
    struct judged_feed *feed, const struct answer *answer)
{
	const struct truth *truth =
	    world_truth(judge->world, asked->place.source, asked->place.feed);
	bool news = stories_shown(judge, asked, answer);
	bool known = feed->shown >= answer->first;
	int64_t floor = max(truth->ttl, truth->max_age);

	feed->unsaid_overflow = news && has_lost(feed, answer);
	feed->false_overflow = known || feed->shown < 0;
	feed->caught = news && feed->unconditional && feed->whole &&
	    !feed->lies && answer->etag != 0 && answer->etag == feed->etag &&
	    answer->body != feed->body;
	feed->lies = feed->lies || feed->caught;
	if (feed->unconditional) {
		if (feed->conditional + feed->in_vain <
		    world_plan(judge->world, asked->source)->distrust) {
			feed->extra++;
			feed->extra_at = judge->sim->now;
		}
		feed->conditional = feed->in_vain = 0;
	}
	if (news || answer->last > feed->shown)
		feed->extra = 0;
	feed->shown = max(feed->shown, answer->last);
	feed->whole = true;
	feed->empty = answer->last < answer->first;
	feed->body = answer->body;
	feed->floors = true;
	feed->floor = floor < DAY ? floor : DAY;
	judge->report.whole++;
}

static int64_t owed_in(
    const struct judge *judge, const struct asked *asked, enum class class)
{
	size_t source = asked->place.source;
	const struct plan *plan = world_plan(judge->world, source);
	const struct judged_feed *feed =
	    &judge->sources[source].feeds[asked->place.feed];
	int64_t wait = max(plan->min_interval, class_back_off(class));

	if (class_is_fine(class))
		return feed_interval_most(judge, source, asked->place.feed);
	wait = max(wait, plan->honour_ttl ? feed->floor : 0);
	return wait * 11 / 10 + feed->skips;
}

/* A feed came, be it one of nothing. */
static bool is_whole(
    const struct asked *asked, enum class class, const struct answer *answer)
{
	return asked->place.kind == A_FEED && answer->looks == LIKE_A_FEED &&
	    (class == FINE || class == NO_ENTRIES);
}

void feed_answered(struct judge *judge, const struct asked *asked,
    enum class class, const struct answer *answer)
{
	struct judged_feed *feed =
	    feed_of(judge, asked->place.source, asked->place.feed);
	const struct plan *plan = world_plan(judge->world, asked->source);
	int64_t now = judge->sim->now;

	if (class == REDIRECT)
		return;
	judge->report.polls++;
	judge->report.unchanged += class == UNCHANGED;
	feed->unsaid_overflow = feed->false_overflow = feed->caught = false;
	if (asked->etag != 0) {
		feed->conditional += class_is_fine(class);
		feed->in_vain += !class_is_fine(class);
	}
	if (is_whole(asked, class, answer))
		whole_came(judge, asked, feed, answer);
	if (is_whole(asked, class, answer) || class == UNCHANGED)
		feed->etag = answer->etag;
	if (class == UNCHANGED && feed->empty)
		class = NO_ENTRIES;
	if (class_is_fine(class) && !class_is_fine(feed->class))
		feed->recovered = now;
	feed->class = class;
	feed->answered = now;
	feed->not_before =
	    now + max(plan->min_interval, plan->honour_ttl ? feed->floor : 0);
	feed->due = now + owed_in(judge, asked, class);
	feed->late_mark = NEVER;
}

void judge_said(
    struct judge *judge, size_t source, int number, bool overflow, bool lies)
{
	struct judged_feed *feed = feed_of(judge, source, number);
	size_t host = world_truth(judge->world, source, number)->host;

	if (!holds(judge, RULE_OVERFLOW, overflow || !feed->unsaid_overflow))
		broken(judge, RULE_OVERFLOW, host,
		    "stories of %zu/%d were missed, and nobody was told",
		    source, number);
	if (!holds(judge, RULE_OVERFLOW, !overflow || !feed->false_overflow))
		broken(judge, RULE_OVERFLOW, host,
		    "no story of %zu/%d was missed", source, number);
	if (!holds(judge, RULE_LIES, lies || !feed->caught))
		broken(judge, RULE_LIES, host,
		    "%zu/%d lies, and nobody was told", source, number);
	if (!holds(judge, RULE_LIES, !lies || (feed->caught)))
		broken(judge, RULE_LIES, host,
		    "%zu/%d does not lie, or no more", source, number);
}

/* ---- late ---- */

/* Who is started in hours that are skipped waits for their end; and under
   another clock nobody knows how much of the time is over. */
static int64_t due_of(const struct judge *judge, size_t source, int number)
{
	const struct judged_feed *feed = &judge->sources[source].feeds[number];
	int64_t skips = feed->skips;
	bool clock_set = judge->clock_set > feed->answered;
	int64_t due = feed->due + (clock_set ? skips : 0);
	int64_t again = judge->started + skips;

	if (judge->started <= feed->answered)
		return due;
	if (clock_set)
		again += feed->due - feed->answered;
	return max(due, again);
}

static void feed_look(struct judge *judge, size_t source, int number)
{
	struct judged_feed *feed = feed_of(judge, source, number);
	size_t host = world_truth(judge->world, source, number)->host;
	int64_t spare = host_spare(judge, host), now = judge->sim->now;
	int64_t left = judge->hosts[host].left_until + feed->skips;

	if (now < due_of(judge, source, number) || now < left ||
	    (world_plan(judge->world, source)->robots &&
		judge->hosts[host].forbade_until > now)) {
		feed->late_mark = NEVER;
	} else if (feed->late_mark == NEVER) {
		feed->late_mark = spare;
	}
	if (holds(judge, RULE_FEED_LATE,
		feed->late_mark == NEVER ||
		    spare - feed->late_mark <=
			host_slack(judge, source, host, feed->due)))
		return;
	broken(judge, RULE_FEED_LATE, host,
	    "feed %zu/%d was due %" PRId64 " s ago; its last answer, %" PRId64
	    " s ago, was %s",
	    source, number, (now - feed->due) / SECOND,
	    (now - feed->answered) / SECOND, class_name(feed->class));
	feed->due = now + HOUR;
	feed->late_mark = NEVER;
}

void feeds_look(struct judge *judge, size_t source)
{
	int i;

	for (i = 0; i < world_plan(judge->world, source)->n_feeds; i++)
		feed_look(judge, source, i);
}
