/*
 * Records as IPTC ninjs 3.1. What a record does not say is left out, as in the
 * record itself: ninjs wants nothing but a uri.
 */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "core/base/arena.h"
#include "core/base/buf.h"
#include "core/base/fold.h"
#include "core/base/url.h"
#include "core/tool/ninjs.h"

#define SCHEMA "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
#define PLAIN "text/plain"

static const char *text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void put(json_t *object, const char *key, const char *value)
{
	if (value != NULL && *value != '\0')
		json_object_set_new(object, key, json_string(value));
}

/* An array that would be empty is left out. */
static void put_array(json_t *object, const char *key, json_t *array)
{
	if (json_array_size(array) > 0)
		json_object_set(object, key, array);
	json_decref(array);
}

/* ---- addresses ---- */

/* An address as RFC 3986 has it; NULL where it cannot be one. */
static void put_url(json_t *object, const char *key, const char *url)
{
	struct arena arena = { 0 };

	if (url != NULL)
		put(object, key, url_join(&arena, NULL, url));
	arena_reset(&arena);
}

/* The name of a story, the same in all its revisions: a page may move, an id
   does not. What a urn must not have is escaped. */
static void put_uri(json_t *object, const char *id)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz"
				    "0123456789-._~!$&'()*+,;=:@/";
	struct buf uri = { 0 };

	buf_text(&uri, "urn:dateline:");
	for (; id != NULL && *id != '\0'; id++) {
		if (strchr(plain, *id) != NULL)
			buf_add(&uri, id, 1);
		else
			buf_printf(&uri, "%%%02X", (unsigned char)*id);
	}
	put(object, "uri", uri.bytes);
	buf_free(&uri);
}

/* ---- texts ---- */

static bool is_chinese(const char *language)
{
	return language != NULL && strncasecmp(language, "zh", 2) == 0 &&
	    (language[2] == '\0' || language[2] == '-');
}

/* Without a script and a country: what Chinese is called here. */
static void put_language(json_t *object, const char *language)
{
	put(object, "language", is_chinese(language) ? "zh" : language);
}

static json_int_t characters(const char *value)
{
	json_int_t n = 0;
	size_t used;

	for (; fold_next(value, &used) != 0; value += used)
		n++;
	return n;
}

/* headlines, descriptions and bodies have this in common. */
static json_t *put_text(
    json_t *object, const char *key, const char *role, const char *value)
{
	json_t *array, *one;

	if (value == NULL || *value == '\0')
		return NULL;
	array = json_array();
	one = json_object();
	put(one, "role", role);
	put(one, "contentType", PLAIN);
	put(one, "value", value);
	json_array_append_new(array, one);
	json_object_set_new(object, key, array);
	return one;
}

/* A record counts the words of a Chinese story by its characters. */
static void put_body(json_t *object, const json_t *record)
{
	const json_t *words = json_object_get(record, "words");
	const char *value = text(record, "text");
	json_t *body = put_text(object, "bodies", "main", value);

	if (body == NULL)
		return;
	json_object_set_new(body, "charCount", json_integer(characters(value)));
	if (json_is_integer(words) && !is_chinese(text(record, "language")))
		json_object_set_new(
		    body, "wordCount", json_integer(json_integer_value(words)));
}

/* "An Roe, Binh Roe" */
static void put_authors(json_t *object, const json_t *record)
{
	const json_t *authors = json_object_get(record, "authors"), *author;
	struct buf names = { 0 };
	size_t i;

	json_array_foreach(authors, i, author)
	{
		if (json_is_string(author))
			buf_printf(&names, "%s%s", names.len > 0 ? ", " : "",
			    json_string_value(author));
	}
	put(object, "by", names.bytes);
	buf_free(&names);
}

/* ---- lists ---- */

static void add_named(
    json_t *array, const char *name, const char *key, const char *value)
{
	json_t *one;

	if (name == NULL || *name == '\0')
		return;
	one = json_object();
	put(one, "name", name);
	put(one, key, value);
	json_array_append_new(array, one);
}

/* Where a list of a record has only names; one of them may be known. */
static void add_names(json_t *array, const json_t *names, const char *known,
    const char *key, const char *value)
{
	const json_t *name;
	size_t i;

	json_array_foreach(names, i, name)
	{
		const char *one = json_string_value(name);

		if (one != NULL && (known == NULL || strcmp(one, known) != 0))
			add_named(array, one, key, value);
	}
}

static json_t *places(const json_t *record)
{
	const json_t *list = json_object_get(record, "places"), *place;
	json_t *array = json_array();
	size_t i;

	json_array_foreach(list, i, place)
	{
		add_named(
		    array, text(place, "name"), "literal", text(place, "code"));
	}
	return array;
}

static json_t *subjects(const json_t *record)
{
	json_t *array = json_array();

	add_named(array, text(record, "section"), "rel", "section");
	add_names(array, json_object_get(record, "tags"), NULL, "rel", "tag");
	return array;
}

/* The agency that has it, and those that the story itself gives as its own. */
static json_t *sources(const json_t *record)
{
	json_t *array = json_array();
	const char *agency = text(record, "agency");

	add_named(array, agency, "role", "publisher");
	add_names(array, json_object_get(record, "credits"), agency, "role",
	    "credit");
	return array;
}

static json_t *rendition(const char *name, const char *url)
{
	json_t *array = json_array(), *one = json_object();

	put(one, "name", name);
	put_url(one, "href", url);
	if (text(one, "href") != NULL)
		json_array_append(array, one);
	json_decref(one);
	return array;
}

static json_t *picture(const json_t *image, size_t number)
{
	json_t *one = json_object();
	struct buf name = { 0 };

	buf_printf(&name, "picture-%zu", number);
	put(one, "name", name.bytes);
	put(one, "rel", "picture");
	put_url(one, "uri", text(image, "url"));
	put(one, "type", "picture");
	put(one, "by", text(image, "credit"));
	put_text(one, "descriptions", "caption", text(image, "caption"));
	put_array(one, "renditions", rendition("original", text(image, "url")));
	buf_free(&name);
	return one;
}

/* A picture that nobody can fetch is none. */
static json_t *pictures(const json_t *record)
{
	const json_t *images = json_object_get(record, "images"), *image;
	json_t *array = json_array();
	size_t i;

	json_array_foreach(images, i, image)
	{
		json_t *one = picture(image, i + 1);

		if (text(one, "uri") != NULL)
			json_array_append(array, one);
		json_decref(one);
	}
	return array;
}

/* ---- what it is ---- */

static void put_version(json_t *object, const json_t *record)
{
	json_int_t revision =
	    json_integer_value(json_object_get(record, "revision"));
	struct buf version = { 0 };

	if (revision < 1)
		return;
	buf_printf(&version, "%lld", (long long)revision);
	put(object, "version", version.bytes);
	buf_free(&version);
}

/* Of what was withdrawn there is nothing to use but its name. */
static void put_status(json_t *object, const json_t *record)
{
	const char *status = text(record, "status");
	bool gone = status != NULL && strcmp(status, "withdrawn") == 0;

	put(object, "representationType", gone ? "partial" : "full");
	if (status != NULL)
		put(object, "pubStatus", gone ? "canceled" : "usable");
}

static void put_standard(json_t *object)
{
	json_t *standard = json_object();

	put(standard, "name", "ninjs");
	put(standard, "version", "3.1");
	put(standard, "schema", SCHEMA);
	json_object_set_new(object, "standard", standard);
}

static json_t *alt_ids(const json_t *record)
{
	json_t *array = json_array(), *one = json_object();

	put(one, "role", "dateline");
	put(one, "value", text(record, "id"));
	json_array_append_new(array, one);
	return array;
}

static void put_rights(json_t *object, const json_t *record)
{
	const json_t *rights = json_object_get(record, "rights");
	json_t *info = json_object();

	put_url(info, "linkedRights", text(rights, "license"));
	if (json_object_size(info) > 0)
		json_object_set(object, "rightsInfo", info);
	json_decref(info);
}

json_t *ninjs(const json_t *record)
{
	const char *kind = text(record, "kind");
	const json_t *dateline = json_object_get(record, "dateline");
	json_t *object;

	if (kind == NULL || strcmp(kind, "record") != 0)
		return NULL;
	object = json_object();
	put_uri(object, text(record, "id"));
	put_standard(object);
	put(object, "type", "text");
	put_status(object, record);
	put_version(object, record);
	put(object, "versionCreated", text(record, "spooled"));
	put(object, "contentCreated", text(record, "published"));
	put_language(object, text(record, "language"));
	put(object, "copyrightHolder", text(record, "agency"));
	put_array(object, "infoSources", sources(record));
	put_authors(object, record);
	put(object, "located",
	    text(json_object_get(dateline, "place"), "name"));
	put_text(object, "headlines", "main", text(record, "title"));
	put_text(object, "descriptions", "summary", text(record, "summary"));
	put_body(object, record);
	put_array(object, "places", places(record));
	put_array(object, "subjects", subjects(record));
	put_array(object, "renditions", rendition("web", text(record, "url")));
	put_array(object, "associations", pictures(record));
	put_array(object, "altIds", alt_ids(record));
	put_rights(object, record);
	return object;
}
