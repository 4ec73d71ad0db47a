/* The files that a new source begins with. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/xalloc.h"
#include "core/tool/scaffold.h"

#define ZONES "/usr/share/zoneinfo/zone.tab"
#define NAME_MOST 64

const char *const scaffold_fields[N_PLACES] = {
	[PLACE_TITLE] = "title",
	[PLACE_TEXT] = "text",
	[PLACE_TIME] = "time",
	[PLACE_AUTHOR] = "author",
	[PLACE_CAPTION] = "caption",
};

/* ---- what is proposed ---- */

static const char *text_at(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static const char *example_of(const json_t *one)
{
	const json_t *values = json_object_get(one, "values"), *value;
	size_t i;

	json_array_foreach(values, i, value)
	{
		if (json_is_string(value))
			return json_string_value(value);
	}
	return NULL;
}

struct place scaffold_place(const json_t *told, int field, bool selectors)
{
	const json_t *list = json_object_get(
	    json_object_get(told, "fields"), scaffold_fields[field]);
	const json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		if (selectors && strcmp(text_at(one, "from"), "page") != 0)
			continue;
		return (struct place){
			.from = text_at(one, "from"),
			.how = text_at(one, "how"),
			.example = example_of(one),
			.matched = (int)json_integer_value(
			    json_object_get(one, "matched")),
			.pages = (int)json_integer_value(
			    json_object_get(told, "pages")),
		};
	}
	return (struct place){ 0 };
}

bool scaffold_name_is(const char *name)
{
	const char *at = name;

	if (!islower((unsigned char)*name) || strlen(name) > NAME_MOST)
		return false;
	while (islower((unsigned char)*at) || isdigit((unsigned char)*at) ||
	    *at == '-' || *at == '_')
		at++;
	return *at == '\0';
}

/* A line is "VN\t+1045+10640\tAsia/Ho_Chi_Minh", with a remark or without. */
static char *zone_in(FILE *zones, const char *country)
{
	char line[512], code[3], zone[128];

	while (fgets(line, sizeof(line), zones) != NULL) {
		if (sscanf(line, "%2s %*s %127s", code, zone) == 2 &&
		    strcasecmp(code, country) == 0)
			return xstrdup(zone);
	}
	return NULL;
}

char *scaffold_zone(const char *host)
{
	const char *dot = host != NULL ? strrchr(host, '.') : NULL;
	FILE *zones = fopen(ZONES, "r");
	char *zone = NULL;

	if (zones != NULL && dot != NULL && strlen(dot) == 3)
		zone = zone_in(
		    zones, strcasecmp(dot, ".uk") == 0 ? "GB" : dot + 1);
	if (zones != NULL)
		fclose(zones);
	return zone != NULL ? zone : xstrdup("UTC");
}

/* ---- C ---- */

/* A string of C; the rest of a text that has line ends is one more line. */
static void put_string(FILE *out, const char *text)
{
	putc('"', out);
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			putc('\\', out);
		putc(*text == '\n' || *text == '?' ? ' ' : *text, out);
	}
	putc('"', out);
}

/* "how", or what stands for it where nothing was found. */
static void put_how(FILE *out, const struct place *place, const char *standard)
{
	put_string(out, place->how != NULL ? place->how : standard);
}

static void source_discover(FILE *out, const char *boxes)
{
	fputs("static enum dl_verdict discover(struct dl_job *job, "
	      "const struct dl_page *page)\n{\n"
	      "\tstatic const struct dl_listing listing = {\n"
	      "\t\t.boxes = ",
	    out);
	put_string(out, boxes);
	fputs(",\n\t};\n"
	      "\tstruct dl_entry *entry = NULL;\n\n"
	      "\twhile ((entry = listing_next(job, page, &listing, entry)) "
	      "!= NULL)\n"
	      "\t\tentry_add(job, entry);\n"
	      "\treturn DL_DONE;\n}\n\n",
	    out);
}

static void source_head(FILE *out, const struct scaffold *scaffold)
{
	fprintf(out, "/* %s: %s. */\n#include \"plugin.h\"\n\n", scaffold->name,
	    scaffold->host != NULL ? scaffold->host : "a site");
	if (scaffold->boxes != NULL)
		source_discover(out, scaffold->boxes);
	fputs("static enum dl_verdict extract(\n"
	      "    struct dl_job *job, const struct dl_page *page, "
	      "struct dl_record *record)\n{\n",
	    out);
}

static void source_body(FILE *out, const struct scaffold *scaffold)
{
	struct place text = scaffold_place(scaffold->told, PLACE_TEXT, true);
	struct place title = scaffold_place(scaffold->told, PLACE_TITLE, true);
	struct place caption =
	    scaffold_place(scaffold->told, PLACE_CAPTION, true);

	fputs("\tstatic const char body_is[] = ", out);
	put_how(out, &text, "article");
	fputs(",\n\t\t\t  boxes[] = \"figure, aside, .related, .share\";\n"
	      "\tconst struct dl_node *root = dom_root(job, page);\n"
	      "\tconst struct dl_node *body = dom_first(job, root, body_is);\n"
	      "\n\tif (body == NULL)\n"
	      "\t\treturn job_fail(job, \"no text: no %s\", body_is);\n"
	      "\trecord_head(job, record, page);\n"
	      "\trecord_take(job, record, DL_TITLE, root, ",
	    out);
	put_how(out, &title, "h1");
	fputs(");\n\trecord_set(job, record, DL_TEXT, "
	      "dom_prose(job, body, boxes),\n"
	      "\t    DL_FROM_PAGE, body_is);\n"
	      "\trecord_images(job, record, body, \"figure, img\", ",
	    out);
	put_how(out, &caption, "figcaption");
	fputs(");\n", out);
}

/* Both what the head says and what is shown: the better one is kept. */
static void source_time(FILE *out, const struct scaffold *scaffold)
{
	struct place said = scaffold_place(scaffold->told, PLACE_TIME, false);
	struct place shown = scaffold_place(scaffold->told, PLACE_TIME, true);

	if (said.how != NULL && strcmp(said.from, "page") != 0)
		fputs("\trecord_times(job, record, page, 0);\n", out);
	if (said.how != NULL && shown.how == NULL)
		return;
	fputs("\trecord_published(job, record,\n"
	      "\t    date_find(job, dom_text(job, dom_first(job, root, ",
	    out);
	put_how(out, &shown, "time");
	fputs(")),\n\t\tDL_FROM_PAGE, 0, NULL, NULL),\n\t    ", out);
	put_how(out, &shown, "time");
	fputs(");\n", out);
}

static void source_author(FILE *out, const struct scaffold *scaffold)
{
	struct place said = scaffold_place(scaffold->told, PLACE_AUTHOR, false);

	if (said.how == NULL)
		return;
	fputs("\trecord_author(job, record,\n\t    ", out);
	if (strcmp(said.from, "page") == 0) {
		fputs("dom_text(job, dom_first(job, root, ", out);
		put_string(out, said.how);
		fputs(")));\n", out);
	} else {
		fprintf(out, "%s(job, page, \"%s\"));\n",
		    strcmp(said.from, "json-ld") == 0 ? "page_ld" : "page_meta",
		    said.how);
	}
}

static void source_table(FILE *out, const struct scaffold *scaffold)
{
	fprintf(out,
	    "DL_PLUGIN = {\n\t.abi = DL_ABI,\n\t.name = \"%s\",\n"
	    "\t.version = \"1.0\",\n\t.about = ",
	    scaffold->name);
	put_string(
	    out, scaffold->host != NULL ? scaffold->host : scaffold->name);
	fputs(",\n\t.agency = ", out);
	put_string(
	    out, scaffold->agency != NULL ? scaffold->agency : scaffold->name);
	fprintf(out,
	    ",\n\t.zone = \"%s\",\n\t.discover = %s,\n"
	    "\t.extract = extract,\n};\n",
	    scaffold->zone,
	    scaffold->boxes != NULL ? "discover" : "feed_discover");
}

void scaffold_source(FILE *out, const struct scaffold *scaffold)
{
	source_head(out, scaffold);
	source_body(out, scaffold);
	source_time(out, scaffold);
	source_author(out, scaffold);
	fputs("\treturn DL_DONE;\n}\n\n", out);
	source_table(out, scaffold);
}

/* ---- .conf ---- */

/* inih ends a value at " ;", and has no quotes. */
static bool fits_conf(const char *text)
{
	return strchr(text, '\n') == NULL && strstr(text, " ;") == NULL;
}

static void conf_option(
    FILE *out, const json_t *told, int field, const char *standard)
{
	struct place place = scaffold_place(told, field, field == PLACE_TEXT);

	/* What the head says, the plugin finds by itself. */
	if (place.how == NULL || strcmp(place.from, "page") != 0 ||
	    strcmp(place.how, standard) == 0 || !fits_conf(place.how))
		return;
	fprintf(out, "# on %d of %d pages\n%s = %s\n", place.matched,
	    place.pages, scaffold_fields[field], place.how);
}

void scaffold_conf(FILE *out, const struct scaffold *scaffold, bool alone)
{
	static const char *const standards[N_PLACES] = {
		[PLACE_TITLE] = "h1",
		[PLACE_TEXT] = "",
		[PLACE_TIME] = "time",
		[PLACE_AUTHOR] = "",
		[PLACE_CAPTION] = "figcaption",
	};
	int i;

	fprintf(out, "# %s\n",
	    scaffold->host != NULL ? scaffold->host : scaffold->name);
	if (alone)
		fputs("plugin = feed\n", out);
	fprintf(out, "%sfeed = %s\n", scaffold->feed != NULL ? "" : "#",
	    scaffold->feed != NULL ? scaffold->feed
				   : "https://site.example/feed.xml");
	if (scaffold->feed == NULL)
		fputs("enabled = no\n", out);
	if (alone && scaffold->agency != NULL && fits_conf(scaffold->agency))
		fprintf(out, "agency = %s\n", scaffold->agency);
	if (alone)
		fprintf(out,
		    "# of times without a zone: look whether it is right\n"
		    "zone = %s\n",
		    scaffold->zone);
	if (scaffold->private)
		fputs("allow_private = yes\n", out);
	if (!alone)
		return;
	fputs("\n[options]\n", out);
	if (scaffold->boxes != NULL)
		fprintf(out, "entries = %s\n", scaffold->boxes);
	for (i = 0; i < N_PLACES; i++)
		conf_option(out, scaffold->told, i, standards[i]);
}

/* ---- a folder of its own ---- */

void scaffold_makefile(FILE *out, const struct scaffold *scaffold, bool alone)
{
	static const char ask[] = "$(shell pkg-config --variable=";
	const char *name = scaffold->name;

	fprintf(out,
	    "# make           builds %s\n"
	    "# make test      tries it on the pages that are here\n"
	    "# make install   gives it to the daemon: then `dateline "
	    "reload`\n\n"
	    "plugins = %splugindir dateline-plugin)\n"
	    "confs = %sconfdir dateline-plugin)\n\n",
	    alone ? "nothing: all is in the .conf" : "the plugin", ask, ask);
	if (!alone)
		fprintf(out,
		    "%s.so: %s.c\n"
		    "\t$(CC) -std=c11 -Wall -Wextra "
		    "-Wno-missing-field-initializers -O2 -fPIC -shared \\\n"
		    "\t\t$$(pkg-config --cflags dateline-plugin) $< -o $@.new\n"
		    "\tmv $@.new $@\n\n",
		    name, name);
	fprintf(out, "test:%s%s%s\n\tdateline plugin test .\n\ninstall: test\n",
	    alone ? "" : " ", alone ? "" : name, alone ? "" : ".so");
	if (!alone) /* renamed: workers may run the old one */
		fprintf(out,
		    "\tinstall -D %s.so $(DESTDIR)$(plugins)/.%s.so\n"
		    "\tmv $(DESTDIR)$(plugins)/.%s.so "
		    "$(DESTDIR)$(plugins)/%s.so\n",
		    name, name, name, name);
	fprintf(out,
	    "\tinstall -D -m 644 -t $(DESTDIR)$(confs) %s.conf\n\n"
	    ".PHONY: test install\n",
	    name);
}
