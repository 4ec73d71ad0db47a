/* Fills in the parts of a host: values and lists, and nothing cleverer. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "tests/wire/file.h"
#include "tests/wire/filter.h"
#include "tests/wire/render.h"

enum { MAX_TAG = 256 }; /* bytes between the braces */

/* The story at hand; a feed as a whole is as new as its newest. */
static const char *field_of(const struct scope *scope, const char *name)
{
	const struct story *story = scope->story;

	if (story == NULL && scope->shown != NULL && scope->shown->count > 0)
		story = scope->shown->story[0];
	if (story == NULL)
		return NULL;
	if (strcmp(name, "updated") == 0)
		return story_updated(story);
	return story_field(story, name);
}

static const char *form_of(const struct scope *scope)
{
	return scope->story != NULL ? story_field(scope->story, "form") : NULL;
}

/* The second of "caption | credit", say; "" if there are not so many. */
static char *column(const char *text, unsigned number)
{
	const char *end;

	while (--number > 0 && text != NULL) {
		text = strstr(text, " | ");
		text = text != NULL ? text + strlen(" | ") : NULL;
	}
	if (text == NULL)
		return must(strdup(""));
	end = strstr(text, " | ");
	return must(
	    end != NULL ? strndup(text, (size_t)(end - text)) : strdup(text));
}

static char *part_filled(const struct scope *scope, const char *name)
{
	const struct part *part = host_part(scope->host, name, form_of(scope));
	char *text = NULL;
	size_t size;
	FILE *out = must(open_memstream(&text, &size));

	if (part != NULL)
		render(out, scope, part->text);
	fclose(out);
	return must(text);
}

char *render_value(const struct scope *scope, const char *name)
{
	const char *text = scope->text != NULL ? scope->text : "";

	if (strcmp(name, "text") == 0)
		return must(strdup(text));
	if (isdigit((unsigned char)name[0]))
		return column(text, (unsigned)strtoul(name, NULL, 10));
	if (strcmp(name, "number") == 0)
		return format("%u", scope->number > 0 ? scope->number : 1);
	if (strcmp(name, "base") == 0)
		return must(strdup(scope->base));
	if (field_of(scope, name) != NULL)
		return must(strdup(field_of(scope, name)));
	return part_filled(scope, name);
}

static void value_write(FILE *out, const struct scope *scope, char *tag)
{
	char *how = tag, *name = strsep(&how, "|");
	char *value = render_value(scope, name);

	filter(out, how != NULL ? how : "html", value);
	free(value);
}

static void part_write(FILE *out, const struct scope *scope, const char *name)
{
	const struct part *part = host_part(scope->host, name, form_of(scope));

	if (part == NULL)
		die("%s: has no part %s", scope->host->name, name);
	render(out, scope, part->text);
}

static void blocks_write(FILE *out, const struct scope *scope)
{
	const struct edition *edition = story_edition(scope->story);
	struct scope inner = *scope;

	for (unsigned i = 0; i < edition->blocks; i++) {
		inner.text = edition->block[i].text;
		inner.number = 1;
		for (unsigned j = 0; j < i; j++)
			inner.number += strcmp(edition->block[i].kind,
					    edition->block[j].kind) == 0;
		part_write(out, &inner, edition->block[i].kind);
	}
}

/* `only` is "field:beginning", or NULL for all. */
static void entries_write(
    FILE *out, const struct scope *scope, const char *part, char *only)
{
	struct scope inner = *scope;
	const char *field = strsep(&only, ":"), *value;

	for (unsigned i = 0; i < scope->shown->count; i++) {
		inner.story = scope->shown->story[i];
		value = field != NULL ? field_of(&inner, field) : NULL;
		if (field == NULL ||
		    (value != NULL && strncmp(value, only, strlen(only)) == 0))
			part_write(out, &inner, part);
	}
}

static void values_write(
    FILE *out, const struct scope *scope, const char *part, const char *field)
{
	const char *value = field_of(scope, field);
	char *values = must(strdup(value != NULL ? value : "")), *rest = values;
	struct scope inner = *scope;
	char *one;

	inner.number = 1;
	while (value != NULL && (one = strsep(&rest, ",")) != NULL) {
		inner.text = trimmed(one);
		part_write(out, &inner, part);
		inner.number++;
	}
	free(values);
}

static void list_write(FILE *out, const struct scope *scope, char *tag)
{
	const char *part = strsep(&tag, " "), *list = strsep(&tag, " ");

	if (list == NULL)
		blocks_write(out, scope);
	else if (strcmp(list, "entries") == 0)
		entries_write(out, scope, part, tag);
	else
		values_write(out, scope, part, list);
}

void render(FILE *out, const struct scope *scope, const char *text)
{
	const char *open, *close;
	char tag[MAX_TAG];

	while ((open = strstr(text, "{{")) != NULL) {
		close = strstr(open, "}}");
		if (close == NULL || close - open >= MAX_TAG)
			die("%s: braces without end", scope->host->name);
		fwrite(text, 1, (size_t)(open - text), out);
		snprintf(tag, sizeof(tag), "%.*s", (int)(close - open - 2),
		    open + 2);
		if (tag[0] == '@')
			list_write(out, scope, tag + 1);
		else
			value_write(out, scope, tag);
		text = close + 2;
	}
	fputs(text, out);
}
