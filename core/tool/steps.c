/* How the fields of a record came about. */
#include <string.h>

#include "core/base/buf.h"
#include "core/tool/columns.h"
#include "core/tool/steps.h"

#define DIM "\033[2m"
#define BOLD "\033[1m"
#define YELLOW "\033[33m"

#define INDENT 8     /* columns of what goes on on a further line */
#define BY_MOST 16   /* columns of a plugin's name that others stand behind, */
#define HOW_MOST 34  /* and of where it has a value from */
#define NAME_WIDE 13 /* in a list of all fields */
#define VALUE_WIDE 40

static const char *text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value != NULL ? value : "";
}

static bool is_of(const json_t *step, const struct field *field)
{
	return strcmp(text(step, "field"), field->name) == 0;
}

static bool is_taken(const json_t *step)
{
	return json_is_true(json_object_get(step, "taken"));
}

static bool is_there(const struct steps *steps, const struct field *field)
{
	return field_value(field, steps->record) != NULL;
}

static void add_value(
    struct buf *line, const struct steps *steps, const struct field *field)
{
	if (is_there(steps, field))
		field->value(line, field, steps->record);
	else
		buf_text(line, "there is none");
}

/* ---- a field ---- */

struct shown { /* the steps of one field */
	const struct steps_on *on;
	const struct field *field;
	int by, how;        /* columns of the widest */
	int n;              /* that were shown */
	const char *before; /* the text that the last step has left */
};

/* "meta article:published_time"; what was not said is not there. */
static void add_how(struct buf *line, const json_t *step)
{
	const char *from = text(step, "from"), *how = text(step, "how");

	buf_text(line, from);
	buf_text(line, *from != '\0' && *how != '\0' ? " " : "");
	buf_text(line, how);
}

static int wider(int width, const char *words, int most)
{
	int columns = columns_of(words);

	if (columns > most)
		columns = most;
	return columns > width ? columns : width;
}

static void measure(struct shown *shown, const json_t *step)
{
	struct buf how = { .len = 0 };

	add_how(&how, step);
	shown->by = wider(shown->by, text(step, "by"), BY_MOST);
	shown->how = wider(shown->how, how.len > 0 ? how.bytes : "", HOW_MOST);
	buf_free(&how);
}

/* Columns that a text wants on the line that it begins on: all of it, if a line
   has them, or some of its words. */
static int wanted(const struct buf *words, int width)
{
	struct buf first = { .len = 0 };
	int columns = columns_of(words->bytes);

	if (INDENT + columns <= width)
		return columns;
	buf_add(&first, words->bytes, strcspn(words->bytes, " "));
	columns = columns_of(first.bytes);
	buf_free(&first);
	return columns > width / 3 ? columns : width / 3;
}

/* From a column on, or behind what is there already; on a line of its own where
   it has too little room. The column behind it. */
static int put_at(
    const struct steps_on *on, const struct buf *words, int at, int from)
{
	if (at + 2 > from)
		from = at + 2;
	if (on->width > 0 && from + wanted(words, on->width) > on->width) {
		fputc('\n', on->sight.out);
		at = 0;
		from = INDENT;
	}
	fprintf(on->sight.out, "%*s", from - at, "");
	return columns_print(
	    on->sight.out, words->bytes, from, INDENT, on->width);
}

/* Who, and where from. The column behind it, and in *next the one in which the
   values of steps begin. */
static int put_head(const struct shown *shown, const json_t *step, int *next)
{
	const struct steps_on *on = shown->on;
	const char *by = text(step, "by");
	struct buf how = { .len = 0 };
	int at = 4 + columns_of(by), begin = 4 + shown->by + 2;

	*next = shown->how > 0 ? begin + shown->how + 2 : begin;
	fprintf(on->sight.out, "%3d %s", shown->n, by);
	add_how(&how, step);
	if (how.len > 0) {
		at = put_at(on, &how, at, begin);
		if (columns_of(how.bytes) > shown->how)
			*next = 0;
	}
	buf_free(&how);
	return at;
}

/* What the first step has given a text: all of it where that is short. */
static void add_first(struct buf *line, const char *words)
{
	if (strstr(words, "\n\n") == NULL)
		field_quote(line, words);
	else
		field_amount(line, words);
}

static void add_given(
    struct buf *line, const struct shown *shown, const json_t *step)
{
	if (!json_is_string(json_object_get(step, "value")))
		buf_text(line, "it was taken away");
	else if (shown->field->step != NULL)
		shown->field->step(line, step);
	else if (shown->before == NULL)
		add_first(line, text(step, "value"));
}

static void add_refusal(struct buf *line, const json_t *step)
{
	if (is_taken(step))
		return;
	buf_text(line, "not taken: ");
	buf_text(line, text(step, "why"));
}

/* Indented lines, within the columns that there are. */
static void put_lines(const struct steps_on *on, char *lines)
{
	char *line, *rest = NULL;

	for (line = strtok_r(lines, "\n", &rest); line != NULL;
	     line = strtok_r(NULL, "\n", &rest)) {
		fprintf(on->sight.out, "%*s", INDENT, "");
		columns_print(on->sight.out, line, INDENT, INDENT, on->width);
		fputc('\n', on->sight.out);
	}
}

/* Which words of a text a step took out, and put in. */
static void put_change(const struct shown *shown, const json_t *step)
{
	const char *now = json_string_value(json_object_get(step, "value"));
	struct sight sight = shown->on->sight;
	char *lines = NULL;
	size_t len = 0;

	if (shown->field->step != NULL || shown->before == NULL || now == NULL)
		return;
	sight.out = open_memstream(&lines, &len);
	if (sight.out == NULL)
		return;
	sight_text(&sight, shown->before, now);
	fclose(sight.out);
	put_lines(shown->on, lines);
	free(lines);
}

static void put_step(struct shown *shown, const json_t *step)
{
	const struct steps_on *on = shown->on;
	struct buf given = { .len = 0 }, refusal = { .len = 0 };
	int at, next;

	shown->n++;
	add_given(&given, shown, step);
	add_refusal(&refusal, step);
	sight_paint(&on->sight, is_taken(step) ? "" : DIM);
	at = put_head(shown, step, &next);
	if (given.len > 0)
		at = put_at(on, &given, at, next);
	if (refusal.len > 0)
		put_at(on, &refusal, at, 0);
	sight_paint(&on->sight, is_taken(step) ? "" : SIGHT_PLAIN);
	fputc('\n', on->sight.out);
	put_change(shown, step);
	if (is_taken(step))
		shown->before =
		    json_string_value(json_object_get(step, "value"));
	buf_free(&refusal);
	buf_free(&given);
}

static void put_value(const struct steps_on *on, const struct steps *steps,
    const struct field *field)
{
	struct buf line = { .len = 0 };

	sight_paint(&on->sight, BOLD);
	fputs(field->name, on->sight.out);
	sight_paint(&on->sight, SIGHT_PLAIN);
	add_value(&line, steps, field);
	field_evidence(&line, field, steps->record);
	if (line.len > 0)
		put_at(on, &line, columns_of(field->name), 0);
	fputc('\n', on->sight.out);
	buf_free(&line);
}

static void put_about(const struct steps_on *on, const struct field *field)
{
	fprintf(on->sight.out, "    %s\n",
	    field->about != NULL ? field->about : "nobody has said anything");
}

void steps_show(const struct steps_on *on, const struct steps *steps,
    const struct field *field)
{
	struct shown shown = { .on = on, .field = field };
	const json_t *step;
	size_t i;

	put_value(on, steps, field);
	json_array_foreach(steps->trace, i, step)
	{
		if (is_of(step, field))
			measure(&shown, step);
	}
	json_array_foreach(steps->trace, i, step)
	{
		if (is_of(step, field))
			put_step(&shown, step);
	}
	if (shown.n == 0)
		put_about(on, field);
}

/* ---- all fields, shortly ---- */

/* The last that was taken; where none was, the last one. */
static const json_t *last_step(
    const struct steps *steps, const struct field *field)
{
	const json_t *step, *last = NULL;
	size_t i;

	json_array_foreach(steps->trace, i, step)
	{
		if (is_of(step, field) &&
		    (is_taken(step) || last == NULL || !is_taken(last)))
			last = step;
	}
	return last;
}

/* To so many columns, with a mark where something is missing; as it is where
   that is not above 0. The columns that are left. */
static int cut(struct buf *words, int width)
{
	if (words->len == 0)
		buf_text(words, "");
	if (width > 0 && columns_of(words->bytes) > width) {
		words->len = columns_cut(words->bytes, width - 1);
		buf_text(words, "…");
	}
	return width > 0 ? width - columns_of(words->bytes) : 0;
}

static void add_giver(
    struct buf *line, const struct field *field, const json_t *step)
{
	struct buf how = { .len = 0 };

	if (step == NULL) {
		buf_text(line, field->about != NULL ? field->about : "");
		return;
	}
	add_how(&how, step);
	buf_text(line, text(step, "by"));
	if (how.len > 0)
		buf_printf(line, " %s", how.bytes);
	if (!is_taken(step)) {
		buf_text(line, ", ");
		add_refusal(line, step);
	}
	buf_free(&how);
}

static void put_row(const struct steps_on *on, const struct steps *steps,
    const struct field *field, const json_t *last)
{
	int rest = on->width > 0 ? on->width - NAME_WIDE : 0;
	int wide = rest > 0 ? rest * 2 / 5 : VALUE_WIDE;
	struct buf value = { .len = 0 }, giver = { .len = 0 };

	sight_paint(&on->sight, BOLD);
	fprintf(on->sight.out, "%-*s", NAME_WIDE, field->name);
	sight_paint(&on->sight, SIGHT_PLAIN);
	add_value(&value, steps, field);
	add_giver(&giver, field, last);
	rest -= wide + 2;
	wide = cut(&value, wide);
	cut(&giver, rest);
	fputs(value.bytes, on->sight.out);
	if (giver.len > 0)
		fprintf(on->sight.out, "%*s%s", wide + 2, "", giver.bytes);
	fputc('\n', on->sight.out);
	buf_free(&giver);
	buf_free(&value);
}

/* Their selectors are the source's own, and somebody meant something by them.
 */
static void put_options(const struct steps_on *on, const struct steps *steps)
{
	const json_t *step, *found;
	size_t i;
	int n = 0;

	json_array_foreach(steps->trace, i, step)
	{
		found = json_object_get(step, "found");
		if (found == NULL || json_integer_value(found) > 0)
			continue;
		if (n++ == 0)
			fputs("\nOptions that find nothing on this page:\n",
			    on->sight.out);
		sight_paint(&on->sight, YELLOW);
		fprintf(on->sight.out, "    %s = %s", text(step, "key"),
		    text(step, "value"));
		sight_paint(&on->sight, SIGHT_PLAIN);
		fputc('\n', on->sight.out);
	}
}

void steps_list(const struct steps_on *on, const struct steps *steps)
{
	const struct field *field;
	const json_t *last;

	for (field = fields; field->name != NULL; field++) {
		last = last_step(steps, field);
		if (field_is_own(field) &&
		    (last != NULL || is_there(steps, field)))
			put_row(on, steps, field, last);
	}
	put_options(on, steps);
}

/* ---- as JSON ---- */

static json_t *field_json(const struct steps *steps, const struct field *field)
{
	json_t *array = json_array(), *step;
	size_t i;

	json_array_foreach(steps->trace, i, step)
	{
		if (is_of(step, field))
			json_array_append(array, step);
	}
	return json_pack("{s:O?, s:o}", "value",
	    field_value(field, steps->record), "steps", array);
}

static json_t *fields_json(const struct steps *steps)
{
	json_t *object = json_object();
	const struct field *field;

	for (field = fields; field->name != NULL; field++) {
		if (field_is_own(field) &&
		    (last_step(steps, field) != NULL || is_there(steps, field)))
			json_object_set_new(
			    object, field->name, field_json(steps, field));
	}
	return object;
}

static json_t *options_json(const struct steps *steps)
{
	json_t *array = json_array(), *step;
	size_t i;

	json_array_foreach(steps->trace, i, step)
	{
		if (json_object_get(step, "found") != NULL)
			json_array_append(array, step);
	}
	return array;
}

json_t *steps_json(const struct steps *steps, const struct field *field)
{
	json_t *whole = json_pack("{s:O?, s:O?}", "id",
	    json_object_get(steps->record, "id"), "source",
	    json_object_get(steps->record, "source"));

	if (field != NULL) {
		json_object_set_new(whole, "fields",
		    json_pack("{s:o}", field->name, field_json(steps, field)));
		return whole;
	}
	json_object_set_new(whole, "fields", fields_json(steps));
	json_object_set_new(whole, "options", options_json(steps));
	return whole;
}
