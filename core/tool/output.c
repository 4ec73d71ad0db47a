/* What `dateline tail` prints. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/xalloc.h"
#include "core/tool/change.h"
#include "core/tool/ninjs.h"
#include "core/tool/output.h"
#include "core/tool/show.h"

struct form {
	const char *name;
	/* One of the two: of the line as it is, or of what it says. */
	void (*print)(const char *line);
	void (*show)(const struct output *output, const json_t *json);
	/* Of a revision, with what it was before, which may be NULL. */
	void (*diff)(
	    const struct output *output, json_t *json, const json_t *before);
};

struct kept {
	char *line, *before;
};

static void print_line(const char *line)
{
	puts(line);
}

/* The line, with what changed in it, and since which revision; null where that
   is not known. */
static void diff_json(
    const struct output *output, json_t *json, const json_t *before)
{
	(void)output;
	if (before == NULL) {
		json_object_set_new(json, "diff", json_null());
	} else {
		json_object_set(
		    json, "diff_from", json_object_get(before, "revision"));
		json_object_set_new(json, "diff", change_json(before, json));
	}
	json_dumpf(json, stdout, JSON_COMPACT);
	putchar('\n');
}

/* What is first seen of a story is a line like others, whatever revision. */
static void diff_text(
    const struct output *output, json_t *json, const json_t *before)
{
	if (before == NULL)
		show_line(stdout, json, output->colour);
	change_show(stdout, before, json, output->colour);
}

static void show_text(const struct output *output, const json_t *json)
{
	show_line(stdout, json, output->colour);
}

/* What is missing cannot be said in ninjs, and must not be kept secret. */
static void tell_missing(const json_t *json)
{
	const char *why = json_string_value(json_object_get(json, "why"));

	fflush(stdout);
	fprintf(stderr,
	    "dateline: lines %" JSON_INTEGER_FORMAT " to %" JSON_INTEGER_FORMAT
	    ": %s\n",
	    json_integer_value(json_object_get(json, "from")),
	    json_integer_value(json_object_get(json, "to")),
	    why != NULL ? why : "missing");
}

static void show_ninjs(const struct output *output, const json_t *json)
{
	json_t *object = ninjs(json);

	(void)output;
	if (object == NULL) {
		tell_missing(json);
		return;
	}
	json_dumpf(object, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(object);
}

static const struct form forms[] = {
	{ "json", print_line, NULL, diff_json },
	{ "text", NULL, show_text, diff_text },
	{ "ninjs", NULL, show_ninjs, NULL },
	{ NULL, NULL, NULL, NULL },
};

bool output_open(struct output *output, const char *name, bool diff)
{
	const struct form *form = forms;

	if (name == NULL)
		name = diff || isatty(STDOUT_FILENO) ? "text" : "json";
	while (form->name != NULL && strcmp(form->name, name) != 0)
		form++;
	output->form = form;
	output->colour = show_colour(stdout);
	output->diff = diff;
	return form->name != NULL && (!diff || form->diff != NULL);
}

/* Whether it is a revision, and so was printed with what changed in it. */
static bool print_diff(
    const struct output *output, json_t *now, const char *before)
{
	json_t *then;

	if (!change_is(now))
		return false;
	then = before != NULL ? json_loads(before, 0, NULL) : NULL;
	output->form->diff(output, now, then);
	json_decref(then);
	return true;
}

static void print(const struct output *output, const char *line, json_t *json,
    const char *before)
{
	const struct form *form = output->form;
	json_t *own = NULL;

	if (json == NULL && (output->diff || form->show != NULL))
		json = own = json_loads(line, 0, NULL);
	if (output->diff && print_diff(output, json, before)) {
		json_decref(own);
		return;
	}
	if (form->print != NULL)
		form->print(line);
	else if (json != NULL)
		form->show(output, json);
	json_decref(own);
}

void output_keep(struct output *output, long last)
{
	output->last = last;
	output->n_kept = 0;
	output->kept = xcalloc((size_t)last, sizeof(struct kept));
}

static void kept_free(struct kept *kept)
{
	free(kept->line);
	free(kept->before);
}

void output_release(struct output *output)
{
	long i = output->n_kept - output->last;
	const struct kept *kept;

	if (output->kept == NULL)
		return;
	for (i = i > 0 ? i : 0; i < output->n_kept; i++) {
		kept = &output->kept[i % output->last];
		print(output, kept->line, NULL, kept->before);
	}
	for (i = 0; i < output->last; i++)
		kept_free(&output->kept[i]);
	free(output->kept);
	output->kept = NULL;
}

void output_line(
    struct output *output, const char *line, json_t *json, const char *before)
{
	struct kept *place;

	if (output->kept == NULL) {
		print(output, line, json, before);
		return;
	}
	place = &output->kept[output->n_kept++ % output->last];
	kept_free(place);
	*place = (struct kept){ xstrdup(line), xstrdup(before) };
}
