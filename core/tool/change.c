/* What changed from one revision of a story to another. */
#include <ctype.h>
#include <string.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/tool/change.h"
#include "core/tool/sight.h"

#define DIM "\033[2m"
#define YELLOW "\033[33m"

struct field {
	const char *name;
	/* What of it is compared; a new reference. */
	json_t *(*value)(const json_t *value);
	json_t *(*json)(const json_t *from, const json_t *to);
	void (*show)(const struct sight *sight, const struct field *field,
	    const json_t *from, const json_t *to);
	/* Of a list: a line for one of it. */
	void (*line)(struct buf *line, const json_t *one);
};

static const char *text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value != NULL ? value : "";
}

static const char *string(const json_t *value)
{
	return json_is_string(value) ? json_string_value(value) : "";
}

static bool is_withdrawn(const json_t *record)
{
	return strcmp(text(record, "status"), "withdrawn") == 0;
}

/* ---- what is compared ---- */

static json_t *as_it_is(const json_t *value)
{
	return json_incref((json_t *)value);
}

/* Resizers put times into the queries of their urls. Nobody else has changed
   an image than who changed its url or its caption. */
static json_t *images_value(const json_t *images)
{
	json_t *bare = json_array(), *url;
	const json_t *image;
	size_t i;

	json_array_foreach(images, i, image)
	{
		const char *full = text(image, "url");

		url = *full != '\0' ? json_stringn(full, strcspn(full, "?#"))
				    : NULL;
		json_array_append_new(bare,
		    json_pack("{s:o*, s:O*}", "url", url, "caption",
			json_object_get(image, "caption")));
	}
	if (images != NULL)
		return bare;
	json_decref(bare);
	return NULL;
}

static json_t *value_of(const struct field *field, const json_t *record)
{
	const json_t *value = json_object_get(record, field->name);

	return value != NULL ? field->value(value) : NULL;
}

/* ---- as JSON ---- */

static json_t *from_to(const json_t *from, const json_t *to)
{
	return json_pack(
	    "{s:O*, s:O*}", "from", (json_t *)from, "to", (json_t *)to);
}

static void append(json_t *array, struct diff_text text)
{
	if (text.bytes != NULL)
		json_array_append_new(
		    array, json_stringn(text.bytes, text.len));
}

static json_t *out_in(const json_t *from, const json_t *to)
{
	json_t *out = json_array(), *in = json_array();
	struct arena arena = { .limit = 0 };
	const struct diff_paragraph *one =
	    diff_paragraphs(&arena, string(from), string(to));

	for (; one != NULL; one = one->next) {
		append(one->same ? NULL : out, one->old);
		append(one->same ? NULL : in, one->new);
	}
	arena_reset(&arena);
	return json_pack("{s:o, s:o}", "out", out, "in", in);
}

/* ---- for people ---- */

static void show_words(const struct sight *sight, const struct field *field,
    const json_t *from, const json_t *to)
{
	sight_words(sight, field->name, string(from), string(to));
}

static void show_whole(const struct sight *sight, const struct field *field,
    const json_t *from, const json_t *to)
{
	sight_whole(
	    sight, field->name, json_string_value(from), json_string_value(to));
}

static void show_paragraphs(const struct sight *sight,
    const struct field *field, const json_t *from, const json_t *to)
{
	sight_paragraphs(sight, field->name, string(from), string(to));
}

/* ---- lists ---- */

static void author_line(struct buf *line, const json_t *author)
{
	buf_text(line, string(author));
}

static void join(struct buf *line, const char *before, const json_t *strings)
{
	const json_t *one;
	size_t i;

	json_array_foreach(strings, i, one)
	{
		buf_text(line, i == 0 ? before : ", ");
		buf_text(line, string(one));
	}
}

/* With its forms and where they are: they may be all that differs. */
static void place_line(struct buf *line, const json_t *place)
{
	const char *code = text(place, "code");

	buf_text(line, text(place, "name"));
	if (*code != '\0')
		buf_printf(line, " (%s)", code);
	join(line, ", as ", json_object_get(place, "as"));
	join(line, ", in ", json_object_get(place, "in"));
}

static void image_line(struct buf *line, const json_t *image)
{
	const char *url = text(image, "url"), *caption = text(image, "caption");

	buf_text(line, url);
	buf_text(line, *url != '\0' && *caption != '\0' ? ": " : "");
	buf_text(line, caption);
}

static bool has(const json_t *array, const json_t *wanted)
{
	const json_t *one;
	size_t i;

	json_array_foreach(array, i, one)
	{
		if (json_equal(one, wanted))
			return true;
	}
	return false;
}

/* Those of a list that the other has not; how many there were. */
static int put_others(const struct sight *sight, const struct field *field,
    enum diff_side side, const json_t *list, const json_t *others)
{
	struct buf line = { .len = 0 };
	const json_t *one;
	int n = 0;
	size_t i;

	json_array_foreach(list, i, one)
	{
		if (has(others, one))
			continue;
		n++;
		line.len = 0;
		field->line(&line, one);
		sight_listed(
		    sight, side, (struct diff_text){ line.bytes, line.len });
	}
	buf_free(&line);
	return n;
}

static void show_list(const struct sight *sight, const struct field *field,
    const json_t *from, const json_t *to)
{
	int n;

	sight_name(sight, field->name);
	fputc('\n', sight->out);
	n = put_others(sight, field, DIFF_OLD, from, to);
	n += put_others(sight, field, DIFF_NEW, to, from);
	if (n == 0)
		sight_remark(sight, "the same, in another order");
}

/* ---- all fields ---- */

static const struct field fields[] = {
	{ "status", as_it_is, from_to, show_whole, NULL },
	{ "title", as_it_is, from_to, show_words, NULL },
	{ "summary", as_it_is, from_to, show_words, NULL },
	{ "text", as_it_is, out_in, show_paragraphs, NULL },
	{ "authors", as_it_is, from_to, show_list, author_line },
	{ "published", as_it_is, from_to, show_whole, NULL },
	{ "updated", as_it_is, from_to, show_whole, NULL },
	{ "places", as_it_is, from_to, show_list, place_line },
	{ "images", images_value, from_to, show_list, image_line },
};

#define FIELDS (sizeof(fields) / sizeof(fields[0]))

struct visit {                     /* of each field that differs */
	const struct sight *sight; /* it is shown; NULL: */
	json_t *diff;              /* it is put here */
	int n;                     /* how many there were */
	bool seen[FIELDS];
};

static void visit_field(
    struct visit *visit, size_t i, const json_t *before, const json_t *now)
{
	const struct field *field = fields + i;
	json_t *from, *to;

	if (visit->seen[i])
		return;
	visit->seen[i] = true;
	from = value_of(field, before);
	to = value_of(field, now);
	if (from != to && !json_equal(from, to)) {
		visit->n++;
		if (visit->sight != NULL)
			field->show(visit->sight, field, from, to);
		else
			json_object_set_new(
			    visit->diff, field->name, field->json(from, to));
	}
	json_decref(from);
	json_decref(to);
}

static size_t field_called(const char *name)
{
	size_t i = 0;

	while (i < FIELDS && strcmp(fields[i].name, name) != 0)
		i++;
	return i;
}

/* A withdrawn story has no other fields, which says nothing about them. */
static void visit_all(
    struct visit *visit, const json_t *before, const json_t *now)
{
	const json_t *changed = json_object_get(now, "changed"), *name;
	size_t i, field;

	if (is_withdrawn(now)) {
		visit_field(visit, field_called("status"), before, now);
		return;
	}
	json_array_foreach(changed, i, name)
	{
		field = field_called(string(name));
		if (field < FIELDS)
			visit_field(visit, field, before, now);
	}
	for (i = 0; i < FIELDS; i++)
		visit_field(visit, i, before, now);
}

json_t *change_json(const json_t *before, const json_t *now)
{
	struct visit visit = { .diff = json_object() };

	visit_all(&visit, before, now);
	return visit.diff;
}

/* ---- a revision ---- */

static json_int_t revision(const json_t *record)
{
	return json_integer_value(json_object_get(record, "revision"));
}

bool change_is(const json_t *line)
{
	return strcmp(text(line, "kind"), "record") == 0 && revision(line) > 1;
}

static void put_heading(const struct sight *sight, const json_t *now)
{
	const char *spooled = text(now, "spooled");
	struct buf changed = { .len = 0 };

	sight_paint(sight, DIM);
	if (strlen(spooled) > 16)
		fprintf(sight->out, "%.10s %.5s UTC", spooled, spooled + 11);
	else
		fprintf(sight->out, "%-20s", "-");
	sight_paint(sight, SIGHT_PLAIN);
	join(&changed, ": ", json_object_get(now, "changed"));
	sight_paint(sight, YELLOW);
	fprintf(sight->out, " revision %" JSON_INTEGER_FORMAT " of %s%s",
	    revision(now), text(now, "id"),
	    changed.len > 0 ? changed.bytes : "");
	sight_paint(sight, SIGHT_PLAIN);
	fputc('\n', sight->out);
	buf_free(&changed);
}

static void put_withdrawal(const struct sight *sight, const json_t *now)
{
	const char *title = text(now, "title");

	fputs(SIGHT_INDENT "The story was withdrawn", sight->out);
	if (*title != '\0')
		fprintf(sight->out, ": %s", title);
	fputc('\n', sight->out);
}

static void put_unknown(const struct sight *sight, const json_t *now)
{
	fprintf(sight->out,
	    SIGHT_INDENT
	    "What it was before is not known: revision %" JSON_INTEGER_FORMAT
	    " is not there any more, or came too "
	    "long ago.\n",
	    revision(now) - 1);
}

static void show_change(
    const struct sight *sight, const json_t *before, const json_t *now)
{
	struct visit visit = { .sight = sight };

	if (revision(before) != revision(now) - 1)
		fprintf(sight->out,
		    SIGHT_INDENT "(compared with revision %" JSON_INTEGER_FORMAT
				 ")\n",
		    revision(before));
	visit_all(&visit, before, now);
	if (visit.n == 0)
		fputs(SIGHT_INDENT "Nothing of it has changed.\n", sight->out);
}

void change_show(
    FILE *out, const json_t *before, const json_t *now, bool colour)
{
	struct sight sight = { .out = out, .colour = colour };

	put_heading(&sight, now);
	if (is_withdrawn(now))
		put_withdrawal(&sight, now);
	else if (before == NULL)
		put_unknown(&sight, now);
	else
		show_change(&sight, before, now);
}
