/* A line of expected.jsonl, beside what came of its page. */
#include <stdlib.h>
#include <string.h>

#include "core/base/buf.h"
#include "core/base/time.h"
#include "core/tool/expected.h"

/* What of a line is not compared. */
static const char *const heads[] = { "path", "url", "type", "given", "next",
	"why" };

/* What is said of any kind of result, beside it. */
static const char wants[] = "wants";

/* What a line says that nobody has written. */
static const char *const of_a_record[] = { "id", "title", "published",
	"updated", "authors", "section", "language", "text", "images", "tags",
	NULL };
static const char *const of_an_entry[] = { "id", "url", "title", "published",
	NULL };

struct kind { /* of a result that is a list */
	const char *name, *one;
	const char *const *main;
};

static const struct kind kinds[] = {
	{ "records", "record", of_a_record },
	{ "entries", "entry", of_an_entry },
};

static const struct kind *kind_of(const json_t *object)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (json_object_get(object, kinds[i].name) != NULL)
			return &kinds[i];
	}
	return NULL;
}

static const char *text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static bool is_head(const char *key)
{
	size_t i;

	for (i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		if (strcmp(heads[i], key) == 0)
			return true;
	}
	return false;
}

/* Whether a key is of the record. */
static bool is_field(const char *key)
{
	return !is_head(key) && strcmp(key, wants) != 0;
}

bool expected_is_feed(const json_t *line)
{
	return json_object_get(line, "entries") != NULL;
}

static bool is_given(const json_t *line, const char *key)
{
	return strcmp(key, "title") == 0 &&
	    json_is_true(json_object_get(line, "given"));
}

bool expected_is_bare(json_t *line)
{
	const char *key;
	json_t *value;

	json_object_foreach(line, key, value)
	{
		if (!is_head(key) && !is_given(line, key))
			return false;
	}
	return true;
}

void expected_tell(FILE *out, const json_t *came)
{
	const struct kind *kind = kind_of(came);
	const json_t *list = json_object_get(came, kind->name);
	const char *fails = text(came, "fails");
	const char *title = text(json_array_get(list, 0), "title");
	size_t n = json_array_size(list);

	if (fails != NULL)
		fprintf(out, "nothing: %s", fails);
	else if (n == 1)
		fprintf(
		    out, "one %s: %s", kind->one, title != NULL ? title : "-");
	else
		fprintf(out, "%zu %s", n, kind->name);
}

/* The member of the record that a key of the line is about: `url` is taken. */
static const char *member_of(const char *key)
{
	return strcmp(key, "canonical") == 0 ? "url" : key;
}

/* ---- comparing ---- */

struct comparing {
	const struct sight *sight; /* NULL: nothing is shown */
	struct buf name;           /* of the field: "images[0].caption" */
	int differ;
};

static bool is_time(const char *text)
{
	int64_t millis;

	return text != NULL && time_parse(text, &millis);
}

static bool has_paragraphs(const char *text)
{
	return text != NULL && strchr(text, '\n') != NULL;
}

static void show_texts(const struct sight *sight, const char *name,
    const char *old, const char *new)
{
	if (has_paragraphs(old) || has_paragraphs(new))
		sight_paragraphs(sight, name, old, new);
	else if (is_time(old) || is_time(new))
		sight_whole(sight, name, old, new);
	else
		sight_words(sight, name, old, new);
}

/* A text as it is, anything else as JSON. */
static void add_value(struct buf *to, const json_t *value)
{
	char *json;

	if (json_is_string(value)) {
		buf_text(to, json_string_value(value));
		return;
	}
	json = json_dumps(value, JSON_ENCODE_ANY);
	buf_text(to, json != NULL ? json : "");
	free(json);
}

static bool has(const json_t *list, const json_t *wanted)
{
	const json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		if (json_equal(one, wanted))
			return true;
	}
	return false;
}

/* Those of a list that the other has not; how many there were. */
static int show_others(const struct sight *sight, enum diff_side side,
    const json_t *list, const json_t *others)
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
		add_value(&line, one);
		sight_listed(
		    sight, side, (struct diff_text){ line.bytes, line.len });
	}
	buf_free(&line);
	return n;
}

static void show_lists(const struct sight *sight, const char *name,
    const json_t *old, const json_t *new)
{
	int n;

	sight_name(sight, name);
	fputc('\n', sight->out);
	n = show_others(sight, DIFF_OLD, old, new);
	n += show_others(sight, DIFF_NEW, new, old);
	if (n == 0)
		sight_remark(sight, "the same, in another order or number");
}

static void show_values(const struct sight *sight, const char *name,
    const json_t *old, const json_t *new)
{
	struct buf from = { .len = 0 }, to = { .len = 0 };

	if (old != NULL)
		add_value(&from, old);
	if (new != NULL)
		add_value(&to, new);
	sight_whole(sight, name, from.bytes, to.bytes);
	buf_free(&from);
	buf_free(&to);
}

/* One of both may be none. */
static void differ(
    struct comparing *comparing, const json_t *want, const json_t *have)
{
	const struct sight *sight = comparing->sight;
	const char *name = comparing->name.bytes;
	const json_t *any = want != NULL ? want : have;
	bool alike = want == NULL || have == NULL ||
	    json_typeof(want) == json_typeof(have);

	comparing->differ++;
	if (sight == NULL)
		return;
	if (alike && json_is_string(any))
		show_texts(sight, name, json_string_value(want),
		    json_string_value(have));
	else if (alike && json_is_array(any))
		show_lists(sight, name, want, have);
	else
		show_values(sight, name, want, have);
}

static void compare(
    struct comparing *comparing, json_t *want, json_t *have, bool whole);

static void compare_member(struct comparing *comparing, const char *key,
    json_t *want, json_t *have, bool whole)
{
	size_t len = comparing->name.len;

	buf_printf(&comparing->name, "%s%s", len > 0 ? "." : "", key);
	compare(comparing, want, have, whole);
	comparing->name.len = len;
}

/* All members, where they are a part of something that is in a list. */
static void compare_objects(
    struct comparing *comparing, json_t *want, json_t *have, bool whole)
{
	const char *key;
	json_t *value;

	json_object_foreach(want, key, value)
	{
		compare_member(
		    comparing, key, value, json_object_get(have, key), whole);
	}
	if (!whole)
		return;
	json_object_foreach(have, key, value)
	{
		if (json_object_get(want, key) == NULL)
			compare_member(comparing, key, NULL, value, whole);
	}
}

static void compare_place(struct comparing *comparing, size_t place,
    json_t *want, json_t *have, bool whole)
{
	size_t len = comparing->name.len;

	buf_printf(&comparing->name, "[%zu]", place);
	compare(comparing, want, have, whole);
	comparing->name.len = len;
}

static bool are_objects(const json_t *list)
{
	const json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		if (!json_is_object(one))
			return false;
	}
	return true;
}

/* Whether each of a list stands for the one at its place in the other. */
static bool are_pairs(const json_t *want, const json_t *have)
{
	return json_is_array(want) && json_is_array(have) &&
	    json_array_size(want) == json_array_size(have) &&
	    are_objects(want) && are_objects(have);
}

static void compare(
    struct comparing *comparing, json_t *want, json_t *have, bool whole)
{
	json_t *one;
	size_t i;

	want = json_is_null(want) ? NULL : want;
	have = json_is_null(have) ? NULL : have;
	if (want == NULL && have == NULL)
		return;
	if (json_is_object(want) && json_is_object(have)) {
		compare_objects(comparing, want, have, whole);
	} else if (are_pairs(want, have)) {
		json_array_foreach(want, i, one) compare_place(
		    comparing, i, one, json_array_get(have, i), true);
	} else if (!json_equal(want, have)) {
		differ(comparing, want, have);
	}
}

/* ---- results ---- */

static void compare_number(
    struct comparing *comparing, const char *name, json_int_t want, size_t have)
{
	json_t *wanted = json_integer(want);
	json_t *had = json_integer((json_int_t)have);

	compare_member(comparing, name, wanted, had, true);
	json_decref(wanted);
	json_decref(had);
}

/* What entries or records are known by. */
static json_t *names_of(const json_t *list)
{
	json_t *names = json_array();
	const json_t *one;
	const char *name;
	size_t i;

	json_array_foreach(list, i, one)
	{
		name = text(one, "url");
		if (name == NULL)
			name = text(one, "title");
		if (name == NULL)
			name = text(one, "id");
		if (name != NULL)
			json_array_append_new(names, json_string(name));
	}
	return names;
}

/* Where they are not as many, the places say nothing. */
static void show_missing(
    const struct sight *sight, const json_t *want, const json_t *have)
{
	json_t *old = names_of(want), *new = names_of(have);

	if (sight != NULL) {
		show_others(sight, DIFF_OLD, old, new);
		show_others(sight, DIFF_NEW, new, old);
	}
	json_decref(old);
	json_decref(new);
}

static void compare_list(struct comparing *comparing, const struct kind *kind,
    json_t *line, json_t *came)
{
	json_t *have = json_object_get(came, kind->name), *one;
	json_t *all = json_object_get(line, "all");
	json_t *first = json_object_get(line, "first");
	json_int_t wanted =
	    json_integer_value(json_object_get(line, kind->name));
	size_t n = json_array_size(have), i;

	compare_number(comparing, kind->name, wanted, n);
	buf_text(&comparing->name, kind->name);
	if (all == NULL && first != NULL && n > 0)
		compare_place(
		    comparing, 0, first, json_array_get(have, 0), false);
	if (comparing->differ > 0 && all != NULL) {
		show_missing(comparing->sight, all, have);
		return;
	}
	json_array_foreach(all, i, one)
	{
		if (i < n)
			compare_place(
			    comparing, i, one, json_array_get(have, i), false);
	}
}

static void compare_record(
    struct comparing *comparing, json_t *line, const json_t *came)
{
	const json_t *records = json_object_get(came, "records");
	const json_t *record = json_array_get(records, 0);
	const char *key;
	json_t *value;

	compare_number(comparing, "records", 1, json_array_size(records));
	json_object_foreach(line, key, value)
	{
		if (record != NULL && is_field(key))
			compare_member(comparing, key, value,
			    json_object_get(record, member_of(key)), false);
	}
}

static void compare_fails(
    struct comparing *comparing, json_t *line, const json_t *came)
{
	const char *want = text(line, "fails"), *have = text(came, "fails");

	if (want != NULL && have != NULL && strstr(have, want) != NULL)
		return;
	compare_member(comparing, "fails", json_object_get(line, "fails"),
	    json_object_get(came, "fails"), true);
	if (have != NULL || comparing->sight == NULL)
		return;
	fputs(SIGHT_INDENT SIGHT_INDENT "it came to ", comparing->sight->out);
	expected_tell(comparing->sight->out, came);
	fputc('\n', comparing->sight->out);
}

int expected_compare(const struct sight *sight, json_t *line, json_t *came)
{
	struct comparing comparing = { .sight = sight };
	const struct kind *kind = kind_of(line);

	if (text(line, "fails") != NULL || text(came, "fails") != NULL)
		compare_fails(&comparing, line, came);
	else if (kind != NULL)
		compare_list(&comparing, kind, line, came);
	else
		compare_record(&comparing, line, came);
	comparing.name.len = 0;
	if (json_object_get(line, wants) != NULL)
		compare_member(&comparing, wants, json_object_get(line, wants),
		    json_object_get(came, wants), true);
	buf_free(&comparing.name);
	return comparing.differ;
}

/* ---- renewing ---- */

/* The same members, as they are now. */
static json_t *renewed(json_t *want, json_t *have)
{
	const char *key;
	json_t *value, *object;

	if (!json_is_object(want) || !json_is_object(have))
		return have != NULL ? json_incref(have) : json_null();
	object = json_object();
	json_object_foreach(want, key, value) json_object_set_new(
	    object, key, renewed(value, json_object_get(have, key)));
	return object;
}

static json_t *main_of(const json_t *object, const char *const *names)
{
	json_t *some = json_object();

	for (; *names != NULL; names++)
		json_object_set(some, *names, json_object_get(object, *names));
	return some;
}

/* One that is new says what the last one has said. */
static json_t *all_renewed(
    const struct kind *kind, const json_t *all, const json_t *have)
{
	json_t *list = json_array(), *one, *like;
	size_t n = json_array_size(all), i;

	json_array_foreach(have, i, one)
	{
		like = json_array_get(all, i < n ? i : n - 1);
		json_array_append_new(list,
		    like != NULL ? renewed(like, one)
				 : main_of(one, kind->main));
	}
	return list;
}

static void renew_list(
    json_t *line, const struct kind *kind, const json_t *have)
{
	json_t *all = json_object_get(line, "all");
	json_t *first = json_object_get(line, "first");
	size_t n = json_array_size(have);

	json_object_set_new(line, kind->name, json_integer((json_int_t)n));
	if (all != NULL)
		json_object_set_new(line, "all", all_renewed(kind, all, have));
	if (first != NULL && n > 0)
		json_object_set_new(
		    line, "first", renewed(first, json_array_get(have, 0)));
	else if (first != NULL)
		json_object_del(line, "first");
}

static void renew_record(json_t *line, json_t *said, const json_t *record)
{
	const char *key;
	json_t *value;

	json_object_foreach(said, key, value)
	{
		if (is_field(key) && !is_given(line, key))
			json_object_set_new(line, key,
			    renewed(value,
				json_object_get(record, member_of(key))));
	}
}

/* What stays when a page comes to something else than before. */
static json_t *head_of(json_t *line)
{
	json_t *head = json_object(), *value;
	const char *key;

	json_object_foreach(line, key, value)
	{
		if (is_head(key) || is_given(line, key))
			json_object_set(head, key, value);
	}
	return head;
}

static json_t *main_of_all(const struct kind *kind, const json_t *have)
{
	size_t n = json_array_size(have);
	json_t *all;

	if (kind->main == of_a_record && n == 1)
		return main_of(json_array_get(have, 0), kind->main);
	all = json_pack("{s:I}", kind->name, (json_int_t)n);
	if (kind->main == of_a_record)
		json_object_set_new(all, "all", all_renewed(kind, NULL, have));
	else if (n > 0)
		json_object_set_new(
		    all, "first", main_of(json_array_get(have, 0), kind->main));
	return all;
}

/* A feed that fails has to be read as a feed again. */
static json_t *failure_of(const struct kind *kind, const json_t *came)
{
	json_t *failure = json_object();

	if (kind->main == of_an_entry)
		json_object_set_new(failure, kind->name, json_integer(0));
	json_object_set(failure, "fails", json_object_get(came, "fails"));
	return failure;
}

/* With what matters most, below a head. */
static json_t *anew(json_t *line, const json_t *came)
{
	const struct kind *kind = kind_of(came);
	json_t *head = head_of(line), *rest;

	if (text(came, "fails") != NULL)
		rest = failure_of(kind, came);
	else
		rest = main_of_all(kind, json_object_get(came, kind->name));
	json_object_set(rest, wants, json_object_get(came, wants));
	json_object_update_missing(head, rest);
	json_decref(rest);
	return head;
}

json_t *expected_renew(json_t *line, json_t *came)
{
	const struct kind *kind = kind_of(line);
	bool fails = text(line, "fails") != NULL;
	const json_t *records = json_object_get(came, "records");
	json_t *copy;

	if (expected_is_bare(line))
		return anew(line, came);
	if (expected_compare(NULL, line, came) == 0)
		return json_incref(line);
	if (fails || text(came, "fails") != NULL ||
	    (kind == NULL && json_array_size(records) != 1))
		return anew(line, came);
	copy = json_copy(line);
	if (kind != NULL)
		renew_list(copy, kind, json_object_get(came, kind->name));
	else
		renew_record(copy, line, json_array_get(records, 0));
	if (json_object_get(line, wants) != NULL)
		json_object_set_new(copy, wants,
		    renewed(json_object_get(line, wants),
			json_object_get(came, wants)));
	return copy;
}
