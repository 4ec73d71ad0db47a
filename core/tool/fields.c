/* The fields of a record, and each of them on a line. */
#include <string.h>

#include "core/base/nearest.h"
#include "core/tool/fields.h"

static const char *text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value != NULL ? value : "";
}

static bool is(const json_t *object, const char *key, const char *value)
{
	return strcmp(text(object, key), value) == 0;
}

/* On one line, whatever it was on. */
static void add_line(struct buf *line, const char *words)
{
	size_t len;

	for (; *words != '\0'; words += len) {
		len = strcspn(words, "\n");
		buf_add(line, words, len);
		if (words[len] == '\n') {
			buf_text(line, " ");
			len += strspn(words + len, "\n");
		}
	}
}

void field_quote(struct buf *line, const char *words)
{
	buf_text(line, "\"");
	add_line(line, words);
	buf_text(line, "\"");
}

/* "3 images" */
static void add_number(struct buf *line, json_int_t n, const char *what)
{
	buf_printf(
	    line, "%" JSON_INTEGER_FORMAT " %s%s", n, what, n == 1 ? "" : "s");
}

void field_amount(struct buf *line, const char *words)
{
	json_int_t n = *words != '\0';

	while ((words = strstr(words, "\n\n")) != NULL) {
		words += strspn(words, "\n");
		n++;
	}
	add_number(line, n, "paragraph");
}

const json_t *field_value(const struct field *field, const json_t *record)
{
	if (strcmp(field->name, "license") == 0)
		record = json_object_get(record, "rights");
	return json_object_get(record, field->name);
}

/* ---- what a field is ---- */

static void as_text(
    struct buf *line, const struct field *field, const json_t *record)
{
	const json_t *value = field_value(field, record);

	add_line(line, json_is_string(value) ? json_string_value(value) : "");
}

static void as_prose(
    struct buf *line, const struct field *field, const json_t *record)
{
	const json_t *words = json_object_get(record, "words");

	if (strcmp(field->name, "text") == 0 && words != NULL) {
		add_number(line, json_integer_value(words), "word");
		buf_text(line, " in ");
	}
	field_amount(line, text(record, field->name));
}

void field_evidence(
    struct buf *line, const struct field *field, const json_t *record)
{
	static const struct {
		const char *key, *value, *words;
	} about[] = {
		{ "precision", "day", ", only the day" },
		{ "precision", "minute", ", to the minute" },
		{ "precision", "second", ", to the second" },
		{ "zone", "explicit", ", with its zone" },
		{ "zone", "source", ", in the zone of the source" },
		{ "zone", "assumed", ", in a zone that is assumed" },
	};
	char name[64];
	const json_t *evidence;
	size_t i;

	snprintf(name, sizeof(name), "%s_evidence", field->name);
	evidence = json_object_get(record, name);
	for (i = 0; i < sizeof(about) / sizeof(about[0]); i++) {
		if (is(evidence, about[i].key, about[i].value))
			buf_text(line, about[i].words);
	}
}

static void add_place(struct buf *line, const char *name, const char *code)
{
	buf_text(line, name);
	if (*code != '\0')
		buf_printf(line, " (%s)", code);
}

static void as_dateline(
    struct buf *line, const struct field *field, const json_t *record)
{
	static const char *const rest[] = { "date", "agency" };
	const json_t *dateline = field_value(field, record);
	const json_t *place = json_object_get(dateline, "place");
	size_t i;

	field_quote(line, text(dateline, "text"));
	if (place != NULL) {
		buf_text(line, ", ");
		add_place(line, text(place, "name"), text(place, "code"));
	}
	for (i = 0; i < sizeof(rest) / sizeof(rest[0]); i++) {
		if (*text(dateline, rest[i]) != '\0')
			buf_printf(line, ", %s", text(dateline, rest[i]));
	}
}

/* Strings, or objects that are known by one of their members. */
static void add_list(struct buf *line, const json_t *list, const char *key)
{
	const json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		buf_text(line, i == 0 ? "" : ", ");
		add_line(line,
		    json_is_string(one) ? json_string_value(one)
					: text(one, key));
	}
}

static void as_list(
    struct buf *line, const struct field *field, const json_t *record)
{
	add_list(line, field_value(field, record), "name");
}

static void as_alternates(
    struct buf *line, const struct field *field, const json_t *record)
{
	add_list(line, field_value(field, record), "language");
}

static void as_images(
    struct buf *line, const struct field *field, const json_t *record)
{
	add_number(line,
	    (json_int_t)json_array_size(field_value(field, record)), "image");
}

static void as_pairs(
    struct buf *line, const struct field *field, const json_t *record)
{
	json_t *pairs = (json_t *)field_value(field, record), *value;
	const char *key;
	bool behind = false;

	json_object_foreach(pairs, key, value)
	{
		buf_printf(line, "%s%s: ", behind ? ", " : "", key);
		if (json_is_string(value))
			add_line(line, json_string_value(value));
		else
			buf_printf(line, "%" JSON_INTEGER_FORMAT,
			    json_integer_value(value));
		behind = true;
	}
}

static void as_number(
    struct buf *line, const struct field *field, const json_t *record)
{
	buf_printf(line, "%" JSON_INTEGER_FORMAT,
	    json_integer_value(field_value(field, record)));
}

/* ---- what a step has given ---- */

static void given_quoted(struct buf *line, const json_t *step)
{
	field_quote(line, text(step, "value"));
}

/* The moment as far as it is known. */
static void add_moment(struct buf *line, const json_t *step)
{
	const char *moment = text(step, "moment");

	if (is(step, "precision", "day"))
		buf_printf(line, "%.10s", moment);
	else if (is(step, "precision", "minute") && strlen(moment) == 25)
		buf_printf(line, "%.16s%s", moment, moment + 19);
	else
		buf_text(line, moment);
}

/* What was written, and what was read from it where that is not the same. */
static void given_time(struct buf *line, const json_t *step)
{
	struct buf moment = { .len = 0 };

	given_quoted(line, step);
	add_moment(&moment, step);
	if (moment.len > 0 && !is(step, "value", moment.bytes))
		buf_printf(line, " -> %s", moment.bytes);
	if (is(step, "zone", "source"))
		buf_text(line, " in the zone of the source");
	buf_free(&moment);
}

static void given_dateline(struct buf *line, const json_t *step)
{
	given_quoted(line, step);
	if (*text(step, "place") != '\0') {
		buf_text(line, ", ");
		add_place(line, text(step, "place"), text(step, "code"));
	}
	if (*text(step, "moment") != '\0')
		buf_printf(line, ", %.10s", text(step, "moment"));
}

static void given_bare(struct buf *line, const json_t *step)
{
	add_line(line, text(step, "value"));
}

static void given_keyed(struct buf *line, const json_t *step)
{
	add_line(line, text(step, "key"));
	buf_text(line, ": ");
	given_bare(line, step);
}

static void given_place(struct buf *line, const json_t *step)
{
	add_place(line, text(step, "value"), text(step, "code"));
	if (*text(step, "as") != '\0')
		buf_printf(line, ", as %s", text(step, "as"));
}

static void given_image(struct buf *line, const json_t *step)
{
	static const char *const parts[] = { "caption", "credit" };
	size_t i;

	given_bare(line, step);
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const char *part = text(step, parts[i]);

		if (*part == '\0' || is(step, "value", part))
			continue;
		buf_printf(line, ", %s ", parts[i]);
		field_quote(line, part);
	}
}

/* ---- all of them ---- */

static const char by_daemon[] = "only the daemon knows it";
static const char of_all[] = "the same in all records";

const struct field fields[] = {
	{ "id", as_text, given_quoted },
	{ "source", as_text, NULL, "the name of its .conf" },
	{ "agency", as_text, NULL, "as the source or its plugin says" },
	{ "url", as_text, given_quoted },
	{ "title", as_text, given_quoted },
	{ "title_ascii", as_text, given_quoted },
	{ "dateline", as_dateline, given_dateline },
	{ "published", as_text, given_time },
	{ "published_evidence", .of = "published" },
	{ "updated", as_text, given_time },
	{ "updated_evidence", .of = "updated" },
	{ "language", as_text, given_quoted },
	{ "authors", as_list, given_bare },
	{ "section", as_text, given_quoted },
	{ "tags", as_list, given_bare },
	{ "summary", as_text },
	{ "text", as_prose },
	{ "text_ascii", as_prose },
	{ "words", as_number, NULL, "counted in the text" },
	{ "images", as_images, given_image },
	{ "places", as_list, given_place },
	{ "credits", as_list, given_bare },
	{ "fingerprint", as_text, given_quoted },
	{ "alternates", as_alternates, given_keyed },
	{ "extra", as_pairs, given_keyed },
	{ "quality", as_list, given_bare },
	{ "extractors", as_list, NULL, "those that had their turn" },
	{ "fetched", as_text, NULL, "when the page came" },
	{ "http", as_pairs, NULL, "of the page as it came" },
	{ "license", as_text, given_quoted },
	{ "rights", as_pairs, NULL, "of robots.txt, the page, its license" },
	{ "v", as_number, NULL, of_all },
	{ "kind", as_text, NULL, of_all },
	{ "seq", as_number, NULL, by_daemon },
	{ "spooled", as_text, NULL, by_daemon },
	{ "revision", as_number, NULL, by_daemon },
	{ "changed", as_list, NULL, by_daemon },
	{ "status", as_text, NULL, by_daemon },
	{ "feeds", as_list, NULL, by_daemon },
	{ "same_as", as_list, NULL, by_daemon },
	{ NULL },
};

const struct field *field_called(const char *name)
{
	const struct field *field = fields;

	while (field->name != NULL && strcmp(field->name, name) != 0)
		field++;
	if (field->name == NULL)
		return NULL;
	return field->of != NULL ? field_called(field->of) : field;
}

const char *field_nearest(const char *name)
{
	struct nearest nearest = { .to = name };
	const struct field *field;

	for (field = fields; field->name != NULL; field++)
		nearest_try(&nearest, field->name);
	return nearest.best;
}

bool field_is_own(const struct field *field)
{
	return field->of == NULL && field->about != of_all;
}
