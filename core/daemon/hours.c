/* How many records came in each hour of the last two days. */
#include "core/daemon/histogram.h"
#include "core/daemon/hours.h"

#define HOUR 3600 /* seconds */

/* What lies between what was the latest hour and this one was empty. */
static void hours_pass(struct hours *hours, int64_t hour)
{
	int64_t at = hours->last + 1;

	if (at < hour - HOURS + 1)
		at = hour - HOURS + 1;
	for (; at <= hour; at++)
		hours->counts[at % HOURS] = 0;
	if (hour > hours->last)
		hours->last = hour;
}

void hours_add(struct hours *hours, int64_t at, uint32_t n)
{
	int64_t hour = at / HOUR;

	if (at < 0)
		return;
	if (hour <= hours->last - HOURS)
		*hours = (struct hours){ .last = hour };
	hours_pass(hours, hour);
	hours->counts[hour % HOURS] += n;
}

/* Those of an hour; what is not in the ring had none. */
static uint32_t hours_at(const struct hours *hours, int64_t hour)
{
	if (hour > hours->last || hour <= hours->last - HOURS || hour < 0)
		return 0;
	return hours->counts[hour % HOURS];
}

json_t *hours_json(const struct hours *hours, int64_t now)
{
	json_t *array = json_array(), *zero = json_integer(0);
	int64_t last = now / HOUR, hour;
	uint64_t all = 0;

	for (hour = last - HOURS + 1; hour <= last; hour++) {
		all += hours_at(hours, hour);
		json_array_append_new(
		    array, count_json(zero, hours_at(hours, hour)));
	}
	json_decref(zero);
	if (all > 0)
		return array;
	json_decref(array);
	return NULL;
}
