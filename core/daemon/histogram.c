/* How values are spread. */
#include "core/daemon/histogram.h"

void histogram_add(struct histogram *histogram, double value)
{
	size_t i = 0;

	while (histogram->bounds[i] != 0 && value > histogram->bounds[i])
		i++;
	histogram->counts[i]++;
	histogram->sum += value;
}

json_t *histogram_json(const struct histogram *histogram)
{
	json_t *bounds = json_array(), *counts = json_array();
	size_t i;

	for (i = 0; histogram->bounds[i] != 0; i++) {
		json_array_append_new(bounds, json_real(histogram->bounds[i]));
		json_array_append_new(
		    counts, json_integer((json_int_t)histogram->counts[i]));
	}
	json_array_append_new(
	    counts, json_integer((json_int_t)histogram->counts[i]));
	return json_pack("{s:o, s:o, s:f}", "le", bounds, "counts", counts,
	    "sum", histogram->sum);
}
