/* What a look at a feed has shown. */
#include <string.h>

#include "core/base/time.h"
#include "core/daemon/shown.h"

#define DAY ((int64_t)24 * 3600 * 1000)

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Dates that lie in the future are mistakes, or of what is yet to be. */
static void dates_look(const struct result *result, struct poll *poll)
{
	int64_t soon = time_now() + DAY;
	size_t i;

	for (i = 0; i < result->n_entries; i++) {
		const struct dl_moment *date = result->entries[i]->published;
		int64_t at = date != NULL ? date->seconds * 1000 : 0;

		if (at <= 0 || at > soon)
			continue;
		if (poll->newest < at)
			poll->newest = at;
		if (poll->oldest == 0 || poll->oldest > at)
			poll->oldest = at;
	}
}

/* Of a further page it is no matter which one has shown it before. */
static int64_t known_of(const struct task *task)
{
	if (task->url == task->feed->url)
		return (int64_t)task->noted.known;
	return (int64_t)(task->answer->result.n_entries - task->noted.new);
}

struct poll shown_poll(const struct task *task)
{
	const struct result *result = &task->answer->result;
	const struct validators *now = &task->validators;
	struct poll poll = { .outcome = OUTCOME_FINE,
		.conditional = task->conditional,
		.entries = (int64_t)result->n_entries,
		.new = (int64_t)task->noted.new,
		.known = known_of(task),
		.max_age = task->max_age,
		.ttl = result->hints.ttl,
		.skip_hours = result->hints.skip_hours,
		.skip_days = result->hints.skip_days };

	poll.lied = (now->etag != NULL || now->modified != NULL) &&
	    validators_same(now, &task->known.validators) &&
	    task->known.hash != NULL &&
	    strcmp(task->hash, task->known.hash) != 0;
	dates_look(result, &poll);
	return poll;
}

/* What the urls have brought that one feed is made of. */
void shown_add(struct poll *all, const struct poll *one)
{
	all->outcome = OUTCOME_FINE;
	all->conditional = all->conditional || one->conditional;
	all->lied = all->lied || one->lied;
	all->entries += one->entries;
	all->new += one->new;
	all->known += one->known;
	all->newest = most(all->newest, one->newest);
	if (all->oldest == 0 || (one->oldest > 0 && all->oldest > one->oldest))
		all->oldest = one->oldest;
	all->ttl = most(all->ttl, one->ttl);
	all->max_age = most(all->max_age, one->max_age);
	all->skip_hours |= one->skip_hours;
	all->skip_days |= one->skip_days;
}
