/* A line of the spool as people read it: time, agency, place, title. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/tool/columns.h"
#include "core/tool/show.h"

#define DIM "\033[2m"
#define BOLD "\033[1m"
#define CYAN "\033[36m"
#define YELLOW "\033[33m"
#define PLAIN "\033[0m"

#define AGENCY_WIDTH 8 /* columns */
#define PLACE_WIDTH 16

bool show_colour(FILE *out)
{
	const char *no = getenv("NO_COLOR");

	return isatty(fileno(out)) && (no == NULL || *no == '\0');
}

static const char *text(const json_t *object, const char *key)
{
	const char *value = json_string_value(json_object_get(object, key));

	return value != NULL ? value : "";
}

static void put_column(
    FILE *out, const char *colour, const char *utf8, int width)
{
	int left = width - columns_of(utf8);

	fprintf(out, "%s%s%s%*s ", colour, utf8, *colour ? PLAIN : "",
	    left > 0 ? left : 0, "");
}

/* "2026-11-12T09:30:00+07:00" is shown as "2026-11-12 09:30 +07", and without
   its time where that is only a placeholder. */
static void put_time(FILE *out, const json_t *line, const char *colour)
{
	const json_t *evidence = json_object_get(line, "published_evidence");
	const char *published = text(line, "published");
	char time[32] = "-";

	if (strlen(published) == 25 &&
	    strcmp(text(evidence, "precision"), "day") == 0)
		snprintf(time, sizeof(time), "%.10s", published);
	else if (strlen(published) == 25)
		snprintf(time, sizeof(time), "%.10s %.5s %.3s", published,
		    published + 11, published + 19);
	put_column(out, colour, time, 20);
}

static const char *place(const json_t *line)
{
	const json_t *dateline = json_object_get(line, "dateline");
	const json_t *first =
	    json_array_get(json_object_get(line, "places"), 0);
	const char *name = text(json_object_get(dateline, "place"), "name");

	return *name != '\0' ? name : text(first, "name");
}

/* A record without a title is known by its first words. */
static void put_title(FILE *out, const json_t *line, bool colour)
{
	const char *title = text(line, "title"), *body = text(line, "text");
	int len = (int)strcspn(body, "\n");

	if (*title != '\0') {
		fprintf(out, "%s%s%s", colour ? BOLD : "", title,
		    colour ? PLAIN : "");
		return;
	}
	if (len > 80)
		len = 80;
	while (len > 0 && ((unsigned char)body[len] & 0xC0) == 0x80)
		len--;
	fprintf(out, "%.*s%s", len, body, body[len] != '\0' ? "…" : "");
}

static void put_revision(FILE *out, const json_t *line, bool colour)
{
	const json_t *changed = json_object_get(line, "changed"), *field;
	json_int_t revision =
	    json_integer_value(json_object_get(line, "revision"));
	size_t i;

	if (revision < 2)
		return;
	fprintf(out, "  %s[revision %" JSON_INTEGER_FORMAT,
	    colour ? YELLOW : "", revision);
	json_array_foreach(changed, i, field)
	    fprintf(out, "%s %s", i == 0 ? ":" : ",", json_string_value(field));
	fprintf(out, "]%s", colour ? PLAIN : "");
}

/* Of which records it is a copy. */
static void put_copies(FILE *out, const json_t *line, bool colour)
{
	const json_t *same_as = json_object_get(line, "same_as"), *id;
	size_t i;

	if (json_array_size(same_as) == 0)
		return;
	fprintf(out, "  %s[as", colour ? YELLOW : "");
	json_array_foreach(same_as, i, id)
	    fprintf(out, "%s %s", i == 0 ? "" : ",", json_string_value(id));
	fprintf(out, "]%s", colour ? PLAIN : "");
}

static void show_notice(FILE *out, const json_t *line, bool colour)
{
	fprintf(out,
	    "%s-- %s: lines %" JSON_INTEGER_FORMAT " to %" JSON_INTEGER_FORMAT
	    ": %s%s\n",
	    colour ? YELLOW : "", text(line, "kind"),
	    json_integer_value(json_object_get(line, "from")),
	    json_integer_value(json_object_get(line, "to")), text(line, "why"),
	    colour ? PLAIN : "");
}

void show_line(FILE *out, const json_t *line, bool colour)
{
	if (strcmp(text(line, "kind"), "record") != 0) {
		show_notice(out, line, colour);
		return;
	}
	put_time(out, line, colour ? DIM : "");
	put_column(out, colour ? CYAN : "", text(line, "agency"), AGENCY_WIDTH);
	put_column(out, "", place(line), PLACE_WIDTH);
	put_title(out, line, colour);
	put_revision(out, line, colour);
	put_copies(out, line, colour);
	fputc('\n', out);
}
