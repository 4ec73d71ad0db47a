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

/* Whole numbers are printed much faster, and there are a great many of them. */
static json_t *number_json(double value)
{
	return value < 1 || value != (double)(json_int_t)value
	    ? json_real(value)
	    : json_integer((json_int_t)value);
}

json_t *count_json(json_t *zero, uint64_t n)
{
	return n > 0 ? json_integer((json_int_t)n) : json_incref(zero);
}

json_t *histogram_json(const struct histogram *histogram)
{
	json_t *bounds = json_array(), *counts = json_array();
	json_t *zero = json_integer(0);
	size_t i;

	for (i = 0; histogram->bounds[i] != 0; i++) {
		json_array_append_new(
		    bounds, number_json(histogram->bounds[i]));
		json_array_append_new(
		    counts, count_json(zero, histogram->counts[i]));
	}
	json_array_append_new(counts, count_json(zero, histogram->counts[i]));
	json_decref(zero);
	return json_pack("{s:o, s:o, s:f}", "le", bounds, "counts", counts,
	    "sum", histogram->sum);
}
