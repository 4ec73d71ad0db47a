/* Histograms of the daemon's status. */
#include "core/tool/lag.h"

static json_int_t count_at(const json_t *counts, size_t i)
{
	return json_integer_value(json_array_get(counts, i));
}

static double bound_at(const json_t *bounds, size_t i)
{
	return json_number_value(json_array_get(bounds, i));
}

/* Between two bounds values are taken to be spread evenly. */
double lag_quantile(const json_t *histogram, double part)
{
	const json_t *bounds = json_object_get(histogram, "le");
	const json_t *counts = json_object_get(histogram, "counts");
	double all = 0, before = 0, wanted;
	size_t i, n = json_array_size(bounds);

	for (i = 0; i < json_array_size(counts); i++)
		all += (double)count_at(counts, i);
	if (all <= 0)
		return -1;
	wanted = part * all;
	for (i = 0; i < n; i++) {
		double here = (double)count_at(counts, i);
		double least = i > 0 ? bound_at(bounds, i - 1) : 0;

		if (here > 0 && before + here >= wanted)
			return least +
			    (bound_at(bounds, i) - least) * (wanted - before) /
			    here;
		before += here;
	}
	return n > 0 ? bound_at(bounds, n - 1) : -1;
}
