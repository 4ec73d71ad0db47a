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

/* A record says that what a rule has found is from the text. */
static const char *from(enum dl_from from)
{
	return from == DL_FROM_RULE ? "rule" : line_from(from);
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

static void put_place(json_t *object, const struct trace *trace)
{
	if (trace->place != NULL) {
		put(object, "place", trace->place->name);
		put(object, "code", trace->place->code);
	}
	put(object, "as", trace->as);
}

static void put_image(json_t *object, const struct dl_image *image)
{
	if (image != NULL) {
		put(object, "caption", image->caption);
		put(object, "credit", image->credit);
	}
}

/* What was taken away has no value: it is null. */
static json_t *step(const struct trace *trace)
{
	json_t *object = json_object();

	put(object, "field", trace->field);
	put(object, "by", trace->plugin);
	put(object, "from", from(trace->from));
	put(object, "how", trace->how);
	put(object, "key", trace->key);
	if (trace->value != NULL)
		json_object_set_new(object, "value", json_string(trace->value));
	else
		json_object_set_new(object, "value", json_null());
	put_moment(object, trace->moment);
	put_place(object, trace);
	put_image(object, trace->image);
	json_object_set_new(
	    object, "taken", json_boolean(trace->refused == NULL));
	put(object, "why", trace->refused);
	return object;
}

/* ---- options ---- */

static bool is_selector(const struct dl_plugin *plugin, const char *name)
{
	const struct dl_option *option = plugin->options;

	while (option != NULL && option->name != NULL &&
	    strcmp(option->name, name) != 0)
		option++;
	return option != NULL && option->name != NULL &&
	    option->kind == DL_SELECTOR_OPTION;
}

/* One that does not parse finds nothing; where the plugin had needed it, there
   would be no record. */
static json_int_t found(
    struct dl_job *job, const struct dl_page *page, const char *selector)
{
	const bool broken = job->broken;
	const char *reason = job->reason;
	json_int_t n = 0;

	for (; page != NULL; page = page->next) {
		const struct dl_node *root = dom_root(job, page), *node = NULL;

		while ((node = dom_next(job, root, selector, node)) != NULL)
			n++;
	}
	job->broken = broken;
	job->reason = reason;
	return n;
}

static void add_options(
    json_t *steps, struct dl_job *job, const struct told *told)
{
	size_t i;

	if (strcmp(told->page->type, "text/plain") == 0)
		return;
	for (i = 0; i < told->order->n_options; i++) {
		const struct setting *option = &told->order->options[i];
		json_t *object;

		if (!is_selector(told->source, option->name))
			continue;
		object = json_object();
		put(object, "field", "options");
		put(object, "key", option->name);
		put(object, "value", option->value);
		json_object_set_new(object, "found",
		    json_integer(found(job, told->page, option->value)));
		json_array_append_new(steps, object);
	}
}

const char *trace_of(struct dl_job *job, const struct told *told)
{
	json_t *steps = json_array();
	const struct trace *trace;
	const char *text = NULL;
	char *dump;

	json_array_append_new(steps, step(told->id));
	for (trace = told->record->traces; trace != NULL; trace = trace->next)
		json_array_append_new(steps, step(trace));
	add_options(steps, job, told);
	dump = json_dumps(steps, JSON_COMPACT);
	json_decref(steps);
	if (dump != NULL)
		text = job_copy(job, dump, strlen(dump));
	free(dump);
	return text;
}
