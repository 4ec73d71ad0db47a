/* What `dateline tail` prints. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/xalloc.h"
#include "core/tool/ninjs.h"
#include "core/tool/output.h"
#include "core/tool/show.h"

struct form {
	const char *name;
	/* One of the two: of the line as it is, or of what it says. */
	void (*print)(const char *line);
	void (*show)(const struct output *output, const json_t *json);
};

static void print_line(const char *line)
{
	puts(line);
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
	{ "json", print_line, NULL },
	{ "text", NULL, show_text },
	{ "ninjs", NULL, show_ninjs },
	{ NULL, NULL, NULL },
};

bool output_open(struct output *output, const char *name)
{
	const struct form *form = forms;

	if (name == NULL)
		name = isatty(STDOUT_FILENO) ? "text" : "json";
	while (form->name != NULL && strcmp(form->name, name) != 0)
		form++;
	output->form = form;
	output->colour = show_colour(stdout);
	return form->name != NULL;
}

static void print(
    const struct output *output, const char *line, const json_t *json)
{
	json_t *own = NULL;

	if (output->form->print != NULL) {
		output->form->print(line);
		return;
	}
	if (json == NULL)
		json = own = json_loads(line, 0, NULL);
	if (json != NULL)
		output->form->show(output, json);
	json_decref(own);
}

void output_keep(struct output *output, long last)
{
	output->last = last;
	output->n_kept = 0;
	output->kept = xcalloc((size_t)last, sizeof(char *));
}

void output_release(struct output *output)
{
	long i = output->n_kept - output->last;

	if (output->kept == NULL)
		return;
	for (i = i > 0 ? i : 0; i < output->n_kept; i++)
		print(output, output->kept[i % output->last], NULL);
	for (i = 0; i < output->last; i++)
		free(output->kept[i]);
	free(output->kept);
	output->kept = NULL;
}

void output_line(struct output *output, const char *line, const json_t *json)
{
	char **place;

	if (output->kept == NULL) {
		print(output, line, json);
		return;
	}
	place = &output->kept[output->n_kept++ % output->last];
	free(*place);
	*place = xstrdup(line);
}
