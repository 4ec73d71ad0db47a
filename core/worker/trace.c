/* How the fields of a record came about. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/time.h"
#include "core/worker/line.h"
#include "core/worker/trace.h"

static void put(json_t *object, const char *key, const char *text)
{
	if (text != NULL)
		json_object_set_new(object, key, json_string(text));
}

static void put_moment(json_t *object, const struct dl_moment *moment)
{
	char text[TIME_TEXT];

	if (moment == NULL)
		return;
	put(object, "moment",
	    time_rfc3339(text, moment->seconds, moment->offset, false));
	put(object, "zone", line_zone(moment->zone));
	put(object, "precision", line_precision(moment->precision));
}

/* What was taken away has no value: it is null. */
static json_t *step(const struct trace *trace)
{
	json_t *object = json_object();

	put(object, "field", trace->field);
	put(object, "by", trace->plugin);
	put(object, "from", line_from(trace->from));
	put(object, "how", trace->how);
	if (trace->value != NULL)
		json_object_set_new(object, "value", json_string(trace->value));
	else
		json_object_set_new(object, "value", json_null());
	put_moment(object, trace->moment);
	json_object_set_new(object, "taken", json_boolean(!trace->refused));
	return object;
}

const char *trace_of(struct dl_job *job, const struct record *record)
{
	json_t *steps = json_array();
	const struct trace *trace;
	const char *text = NULL;
	char *dump;

	for (trace = record->traces; trace != NULL; trace = trace->next)
		json_array_append_new(steps, step(trace));
	dump = json_dumps(steps, JSON_COMPACT);
	json_decref(steps);
	if (dump != NULL)
		text = job_copy(job, dump, strlen(dump));
	free(dump);
	return text;
}
