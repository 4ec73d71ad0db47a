/* The configuration: tables of keys, and the reading over them. */
#include <assert.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <ini.h>
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/conf.h"
#include "core/base/credential.h"
#include "core/base/endpoint.h"
#include "core/base/limits.h"
#include "core/base/nearest.h"
#include "core/base/url.h"

enum kind {
	TEXT,
	PATH,
	URL,
	LIST,
	PATHS,
	URLS,    /* one a line, several times */
	HEADERS, /* likewise */
	YES_NO,
	NUMBER,
	DURATION,
	SIZE,
	LADDER,
	BACKFILL,
	ENDPOINT, /* or none */
};

struct key {
	const char *name;
	enum kind kind;
	size_t at;
	const char *standard;
	int64_t least, most; /* of NUMBER, DURATION, SIZE */
};

#define CONF(name_) offsetof(struct conf, name_)
#define SOURCE(name_) offsetof(struct source, name_)
#define SECOND ((int64_t)1000)
#define HOUR (3600 * SECOND)
#define DAY (24 * HOUR)
#define MIB ((int64_t)1 << 20)
#define STEP_MOST (180 * DAY) /* then an entry is forgotten */

static const struct key conf_keys[] = {
	{ "spool", PATH, CONF(spool), "/var/spool/dateline", 0, 0 },
	{ "state", PATH, CONF(state), "/var/lib/dateline", 0, 0 },
	{ "control", PATH, CONF(control), "/run/dateline/control", 0, 0 },
	{ "web", ENDPOINT, CONF(web), "127.0.0.1:9419", 0, 0 },
	{ "worker", PATH, CONF(worker), PREFIX "/libexec/dateline-worker", 0,
	    0 },
	{ "plugin_path", PATHS, CONF(plugin_path), PLUGIN_PATH, 0, 0 },
	{ "gazetteer", PATH, CONF(gazetteer),
	    PREFIX "/share/dateline/gazetteer.tsv", 0, 0 },
	{ "sources", PATH, CONF(sources_folder), "sources.d", 0, 0 },
	{ "contact", TEXT, CONF(contact), NULL, 0, 0 },
	{ "user_agent", TEXT, CONF(user_agent), NULL, 0, 0 },
	{ "browser_like", YES_NO, CONF(browser_like), "no", 0, 0 },
	{ "header", HEADERS, CONF(headers), NULL, 0, 0 },
	{ "proxy", URL, CONF(proxy), NULL, 0, 0 },
	{ "http2", YES_NO, CONF(http2), "yes", 0, 0 },
	{ "compression", YES_NO, CONF(compression), "yes", 0, 0 },
	{ "robots", YES_NO, CONF(robots), "yes", 0, 0 },
	{ "ca_file", PATH, CONF(ca_file), NULL, 0, 0 },
	{ "extractors", LIST, CONF(extractors),
	    "dateline dates captions boilerplate bylines places diacritics "
	    "language credits fingerprint",
	    0, 0 },
	{ "workers", NUMBER, CONF(workers), "2", 1, 64 },
	{ "pages_per_worker", NUMBER, CONF(pages_per_worker), "1000", 1,
	    1000000 },
	{ "interval", DURATION, CONF(interval), NULL, SECOND / 10, 7 * DAY },
	{ "min_interval", DURATION, CONF(min_interval), "5min", SECOND / 10,
	    7 * DAY },
	{ "max_interval", DURATION, CONF(max_interval), "1h", SECOND / 10,
	    7 * DAY },
	{ "honour_ttl", YES_NO, CONF(honour_ttl), "yes", 0, 0 },
	{ "distrust", NUMBER, CONF(distrust), "24", 1, 1000000 },
	{ "backfill", BACKFILL, CONF(backfill), "all", 0, 0 },
	{ "recheck", LADDER, CONF(recheck), "15min 1h 6h 24h 72h", 0, 0 },
	{ "pause", DURATION, CONF(pause), "2s", 0, HOUR },
	{ "connections", NUMBER, CONF(connections), "1", 1, 16 },
	{ "patience", DURATION, CONF(patience), "10s", SECOND / 10, HOUR },
	{ "timeout", DURATION, CONF(timeout), "60s", SECOND / 10, HOUR },
	{ "connect_timeout", DURATION, CONF(connect_timeout), "15s",
	    SECOND / 10, HOUR },
	{ "retry", DURATION, CONF(retry), "1min", SECOND / 100, DAY },
	{ "commit_interval", DURATION, CONF(commit_interval), "200ms", 1,
	    HOUR },
	{ "commit_bytes", SIZE, CONF(commit_bytes), "256KiB", 1, 4 * MIB },
	{ "segment_bytes", SIZE, CONF(segment_bytes), "64MiB", 4096,
	    1024 * MIB },
	{ "segment_age", DURATION, CONF(segment_age), "1d", SECOND, 366 * DAY },
	{ "retention_bytes", SIZE, CONF(retention_bytes), "10GiB", 0,
	    1024 * 1024 * 1024 * MIB },
	{ "retention_age", DURATION, CONF(retention_age), "0s", 0,
	    100 * 366 * DAY },
	{ "retention_free", SIZE, CONF(retention_free), "512MiB", 0,
	    1024 * 1024 * 1024 * MIB },
	{ "consumer_max_bytes", SIZE, CONF(consumer_max_bytes), "5GiB", 0,
	    1024 * 1024 * 1024 * MIB },
	{ "consumer_max_age", DURATION, CONF(consumer_max_age), "30d", 0,
	    100 * 366 * DAY },
	{ "keep_pages", DURATION, CONF(keep_pages), "3d", 0, 366 * DAY },
	{ "keep_pages_bytes", SIZE, CONF(keep_pages_bytes), "1GiB", MIB,
	    1024 * 1024 * MIB },
	{ "page_bytes", SIZE, CONF(page_bytes), "4MiB", 1024,
	    (int64_t)LIMIT_PAGE },
	{ "max_line", SIZE, CONF(max_line), "4MiB", 1024, (int64_t)LIMIT_LINE },
	{ NULL, TEXT, 0, NULL, 0, 0 },
};

/* A standard of NULL here: what datelined.conf says for all sources. */
static const struct key source_keys[] = {
	{ "plugin", TEXT, SOURCE(plugin), NULL, 0, 0 },
	{ "agency", TEXT, SOURCE(agency), NULL, 0, 0 },
	{ "zone", TEXT, SOURCE(zone), NULL, 0, 0 },
	{ "feed", URLS, SOURCE(feeds), NULL, 0, 0 },
	{ "extractors", LIST, SOURCE(extractors), NULL, 0, 0 },
	{ "user_agent", TEXT, SOURCE(user_agent), NULL, 0, 0 },
	{ "browser_like", YES_NO, SOURCE(browser_like), NULL, 0, 0 },
	{ "header", HEADERS, SOURCE(headers), NULL, 0, 0 },
	{ "proxy", URL, SOURCE(proxy), NULL, 0, 0 },
	{ "http2", YES_NO, SOURCE(http2), NULL, 0, 0 },
	{ "compression", YES_NO, SOURCE(compression), NULL, 0, 0 },
	{ "robots", YES_NO, SOURCE(robots), NULL, 0, 0 },
	{ "enabled", YES_NO, SOURCE(enabled), "yes", 0, 0 },
	{ "allow_private", YES_NO, SOURCE(allow_private), "no", 0, 0 },
	{ "interval", DURATION, SOURCE(interval), NULL, SECOND / 10, 7 * DAY },
	{ "min_interval", DURATION, SOURCE(min_interval), NULL, SECOND / 10,
	    7 * DAY },
	{ "max_interval", DURATION, SOURCE(max_interval), NULL, SECOND / 10,
	    7 * DAY },
	{ "honour_ttl", YES_NO, SOURCE(honour_ttl), NULL, 0, 0 },
	{ "distrust", NUMBER, SOURCE(distrust), NULL, 1, 1000000 },
	{ "backfill", BACKFILL, SOURCE(backfill), NULL, 0, 0 },
	{ "recheck", LADDER, SOURCE(recheck), NULL, 0, 0 },
	{ "pause", DURATION, SOURCE(pause), NULL, 0, HOUR },
	{ "connections", NUMBER, SOURCE(connections), NULL, 1, 16 },
	{ "patience", DURATION, SOURCE(patience), NULL, SECOND / 10, HOUR },
	{ NULL, TEXT, 0, NULL, 0, 0 },
};

struct reading { /* of one file */
	struct conf *conf;
	struct source *source; /* NULL: datelined.conf itself */
	const struct key *keys;
	char *what; /* the struct that the keys are offsets into */
	const char *file;
	FILE *input, *complaints;
	int line;
	bool opened, failed;
	bool secret;    /* the value has, or names, a credential */
	uint64_t given; /* a bit for each key that was set */
};

static void __attribute__((format(printf, 3, 4)))
complain(struct reading *reading, int line, const char *format, ...)
{
	va_list args;

	fprintf(reading->complaints, "%s:", reading->file);
	if (line > 0)
		fprintf(reading->complaints, "%d:", line);
	fputc(' ', reading->complaints);
	va_start(args, format);
	vfprintf(reading->complaints, format, args);
	va_end(args);
	fputc('\n', reading->complaints);
	reading->failed = true;
}

struct unit {
	const char *name;
	int64_t is;
};

static bool parse_units(
    const char *text, const struct unit *units, int64_t *value)
{
	char *end;
	long long number;
	int i;

	errno = 0;
	number = strtoll(text, &end, 10);
	if (end == text || errno != 0 || number < 0 || !isdigit(*text))
		return false;
	end += strspn(end, " ");
	for (i = 0; units[i].name != NULL; i++) {
		if (strcmp(end, units[i].name) == 0) {
			if (number > INT64_MAX / units[i].is)
				return false;
			*value = number * units[i].is;
			return true;
		}
	}
	return false;
}

bool conf_duration(const char *text, int64_t *millis)
{
	static const struct unit units[] = {
		{ "ms", 1 },
		{ "s", SECOND },
		{ "min", 60 * SECOND },
		{ "h", HOUR },
		{ "d", DAY },
		{ NULL, 0 },
	};

	return parse_units(text, units, millis);
}

bool conf_size(const char *text, int64_t *bytes)
{
	static const struct unit units[] = {
		{ "B", 1 },
		{ "KiB", 1024 },
		{ "MiB", MIB },
		{ "GiB", 1024 * MIB },
		{ "TiB", 1024 * 1024 * MIB },
		{ NULL, 0 },
	};

	return parse_units(text, units, bytes);
}

static bool parse_number(const char *text, int64_t *number)
{
	static const struct unit one[] = { { "", 1 }, { NULL, 0 } };

	return parse_units(text, one, number);
}

static bool parse_yes_no(const char *text, bool *yes)
{
	*yes = strcmp(text, "yes") == 0;
	return *yes || strcmp(text, "no") == 0;
}

/* Paths are seen from the folder that datelined.conf lies in. */
static const char *path_from(struct conf *conf, const char *path)
{
	const char *slash = strrchr(conf->path, '/');
	size_t folder = slash != NULL ? (size_t)(slash - conf->path) + 1 : 0;
	char *whole;

	if (path[0] == '/' || folder == 0)
		return arena_dup(&conf->arena, path);
	whole = arena_alloc(&conf->arena, folder + strlen(path) + 1);
	memcpy(whole, conf->path, folder);
	strcpy(whole + folder, path);
	return whole;
}

static void list_append(
    struct arena *arena, const struct dl_list **list, const char *text)
{
	struct dl_list *one = arena_alloc(arena, sizeof(*one));

	while (*list != NULL)
		list = (const struct dl_list **)&(*list)->next;
	one->text = text;
	*list = one;
}

/* Words parted by white space; paths by ":" too. */
static const struct dl_list *parse_list(
    struct conf *conf, const char *text, bool paths)
{
	const char *gap = paths ? " \t:" : " \t,";
	const struct dl_list *list = NULL;

	for (text += strspn(text, gap); *text != '\0';
	     text += strspn(text, gap)) {
		size_t len = strcspn(text, gap);
		const char *word = arena_copy(&conf->arena, text, len);

		list_append(
		    &conf->arena, &list, paths ? path_from(conf, word) : word);
		text += len;
	}
	return list;
}

static void set_number(
    struct reading *reading, const struct key *key, const char *value)
{
	static const struct {
		bool (*parse)(const char *text, int64_t *value);
		const char *want;
	} kinds[] = {
		[NUMBER] = { parse_number, "a whole number" },
		[DURATION] = { conf_duration,
		    "a duration with its unit: ms, s, min, h, d" },
		[SIZE] = { conf_size,
		    "a size with its unit: B, KiB, MiB, GiB, TiB" },
	};
	int64_t number;

	assert(kinds[key->kind].parse != NULL);
	if (!kinds[key->kind].parse(value, &number))
		complain(reading, reading->line, "%s = %s: want %s", key->name,
		    value, kinds[key->kind].want);
	else if (number < key->least || number > key->most)
		complain(reading, reading->line,
		    "%s = %s: out of range, write one between the limits of "
		    "datelined.conf(5)",
		    key->name, value);
	else
		memcpy(reading->what + key->at, &number, sizeof(number));
}

static void set_text(
    struct reading *reading, const struct key *key, const char *value)
{
	const char *text = key->kind == PATH
	    ? path_from(reading->conf, value)
	    : arena_dup(&reading->conf->arena, value);

	if (*value == '\0')
		complain(reading, reading->line, "%s has no value", key->name);
	memcpy(reading->what + key->at, &text, sizeof(text));
}

static void set_endpoint(
    struct reading *reading, const struct key *key, const char *value)
{
	const char *text = NULL;
	struct endpoint endpoint;

	if (strcmp(value, "none") != 0) {
		text = arena_dup(&reading->conf->arena, value);
		if (!endpoint_parse(value, &endpoint))
			complain(reading, reading->line,
			    "%s = %s: want an address in numbers and a port, "
			    "as in 127.0.0.1:9419 or [::1]:9419, or none",
			    key->name, value);
	}
	memcpy(reading->what + key->at, &text, sizeof(text));
}

/* What stands in the place of a credential is not told, nor looked at outside
   of the service. */
static void check_url(
    struct reading *reading, const struct key *key, const char *value)
{
	if (!reading->secret && !url_is_web(value))
		complain(reading, reading->line,
		    "%s = %s: want an http or https URL", key->name, value);
	else if (strstr(value, CREDENTIAL) == NULL && !url_is_web(value))
		complain(reading, reading->line,
		    "%s: the credential is no http or https URL", key->name);
}

/* What HTTP is about is ours; the rest is the operator's. */
static void check_header(struct reading *reading, const char *value)
{
	static const char *const ours[] = { "host", "connection", "te",
		"content-length", "transfer-encoding", "accept-encoding",
		"if-none-match", "if-modified-since", "range", "user-agent" };
	size_t len = strspn(value,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789-_");
	size_t i;

	if (len == 0 || value[len] != ':')
		complain(reading, reading->line,
		    "header: want header = Name: value");
	for (i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
		if (len == strlen(ours[i]) &&
		    strncasecmp(value, ours[i], len) == 0)
			complain(reading, reading->line,
			    "header = %s: datelined writes that one itself%s",
			    ours[i],
			    strcmp(ours[i], "user-agent") == 0
				? ": write user_agent"
				: "");
	}
}

static bool is_listed(const struct dl_list *list, const char *text)
{
	while (list != NULL && strcmp(list->text, text) != 0)
		list = list->next;
	return list != NULL;
}

static void set_list(
    struct reading *reading, const struct key *key, const char *value)
{
	struct arena *arena = &reading->conf->arena;
	const struct dl_list **place =
	    (const struct dl_list **)(void *)(reading->what + key->at);

	if (key->kind == LIST || key->kind == PATHS) {
		*place = parse_list(reading->conf, value, key->kind == PATHS);
		return;
	}
	if (key->kind == URLS)
		check_url(reading, key, value);
	else
		check_header(reading, value);
	if (is_listed(*place, value))
		complain(reading, reading->line, "the same %s is given twice",
		    key->name); /* it may have a password */
	list_append(arena, place, arena_dup(arena, value));
}

/* "15min 1h 6h", or "none". */
static void set_ladder(
    struct reading *reading, const struct key *key, const char *value)
{
	const struct dl_list *word = parse_list(reading->conf, value, false);
	int64_t *steps = arena_alloc(
	    &reading->conf->arena, (strlen(value) + 1) * sizeof(*steps));
	size_t n = 0;

	if (word == NULL)
		complain(reading, reading->line, "%s has no value", key->name);
	else if (word->next == NULL && strcmp(word->text, "none") == 0)
		word = NULL;
	for (; word != NULL; word = word->next, n++) {
		if (!conf_duration(word->text, &steps[n]) ||
		    steps[n] > STEP_MOST ||
		    steps[n] <= (n > 0 ? steps[n - 1] : 0)) {
			complain(reading, reading->line,
			    "%s = %s: want durations with their units, each "
			    "longer than the one before, up to 180d, or none",
			    key->name, value);
			break;
		}
	}
	steps[n] = 0;
	memcpy(reading->what + key->at, &steps, sizeof(steps));
}

/* "7d", "20", "all" or "none". */
static void set_backfill(
    struct reading *reading, const struct key *key, const char *value)
{
	struct backfill backfill = { .age = 0, .most = -1 };

	if (strcmp(value, "none") == 0)
		backfill.most = 0;
	else if (strcmp(value, "all") != 0 &&
	    !parse_number(value, &backfill.most) &&
	    (!conf_duration(value, &backfill.age) || backfill.age == 0))
		complain(reading, reading->line,
		    "%s = %s: want a duration (7d), a number of entries, all "
		    "or none",
		    key->name, value);
	memcpy(reading->what + key->at, &backfill, sizeof(backfill));
}

static void set(
    struct reading *reading, const struct key *key, const char *value)
{
	bool yes;

	switch (key->kind) {
	case URL: check_url(reading, key, value); /* fall through */
	case TEXT:
	case PATH: set_text(reading, key, value); break;
	case LIST:
	case PATHS:
	case URLS:
	case HEADERS: set_list(reading, key, value); break;
	case LADDER: set_ladder(reading, key, value); break;
	case BACKFILL: set_backfill(reading, key, value); break;
	case ENDPOINT: set_endpoint(reading, key, value); break;
	case YES_NO:
		if (!parse_yes_no(value, &yes))
			complain(reading, reading->line,
			    "%s = %s: want yes or no", key->name, value);
		memcpy(reading->what + key->at, &yes, sizeof(yes));
		break;
	default: set_number(reading, key, value);
	}
}

static const char *nearest(const struct key *keys, const char *name)
{
	struct nearest nearest = { .to = name };
	int i;

	for (i = 0; keys[i].name != NULL; i++)
		nearest_try(&nearest, keys[i].name);
	return nearest.best;
}

static void unknown_key(
    struct reading *reading, const struct key *keys, const char *name)
{
	const char *meant = nearest(keys, name);

	if (meant != NULL)
		complain(reading, reading->line,
		    "unknown key \"%s\": did you mean \"%s\"?", name, meant);
	else
		complain(reading, reading->line,
		    "unknown key \"%s\": see datelined.conf(5)", name);
}

static void add_option(
    struct reading *reading, const char *name, const char *value)
{
	struct arena *arena = &reading->conf->arena;
	struct source *source = reading->source;
	size_t n = source->n_options, i;
	struct setting *options =
	    arena_alloc(arena, (n + 1) * sizeof(*options));
	int *lines = arena_alloc(arena, (n + 1) * sizeof(*lines));

	for (i = 0; i < n; i++) {
		options[i] = source->options[i];
		lines[i] = source->option_lines[i];
		if (strcmp(options[i].name, name) == 0)
			complain(reading, reading->line,
			    "%s is given twice, also in line %d", name,
			    lines[i]);
	}
	options[n].name = arena_dup(arena, name);
	options[n].value = arena_dup(arena, value);
	lines[n] = reading->line;
	source->options = options;
	source->option_lines = lines;
	source->n_options = n + 1;
}

/* The first one is told to who needs it. */
static void credential_missed(struct reading *reading, const struct key *key)
{
	if (reading->conf->without == NULL)
		reading->conf->without = arena_printf(&reading->conf->arena,
		    "%s:%d: %s: there are no credentials here: they are for "
		    "the service, by LoadCredential= in its unit",
		    reading->file, reading->line, key->name);
}

/* The value with the credential that it names, in place of the name; NULL after
   a complaint. Only keys that may be secret have any. */
static const char *credential_put(
    struct reading *reading, const struct key *key, const char *value)
{
	struct arena *arena = &reading->conf->arena;
	const char *at = key->kind == URL || key->kind == HEADERS
	    ? strstr(value, CREDENTIAL)
	    : NULL;
	const char *name = at != NULL ? at + strlen(CREDENTIAL) : NULL;
	const char *secret, *why;

	reading->secret = at != NULL;
	if (at == NULL)
		return value;
	if (!credential_any()) {
		credential_missed(reading, key);
		return value;
	}
	secret = credential_read(arena, name, &why);
	if (secret == NULL) {
		complain(reading, reading->line,
		    "%s: credential %s: %s: see LoadCredential= of the unit",
		    key->name, name, why);
		return NULL;
	}
	return arena_printf(arena, "%.*s%s", (int)(at - value), value, secret);
}

static int key_read(
    void *whose, const char *section, const char *name, const char *value)
{
	struct reading *reading = whose;
	const struct key *keys = reading->keys;
	int i;

	if (strcmp(section, "options") == 0 && reading->source != NULL) {
		add_option(reading, name, value);
		return 1;
	}
	if (*section != '\0') {
		complain(
		    reading, reading->line, "unknown section [%s]", section);
		return 1;
	}
	for (i = 0; keys[i].name != NULL; i++) {
		if (strcmp(keys[i].name, name) != 0)
			continue;
		if ((reading->given >> i & 1) != 0 && keys[i].kind != URLS &&
		    keys[i].kind != HEADERS)
			complain(
			    reading, reading->line, "%s is given twice", name);
		reading->given |= UINT64_C(1) << i;
		value = credential_put(reading, &keys[i], value);
		if (value != NULL)
			set(reading, &keys[i], value);
		return 1;
	}
	unknown_key(reading, keys, name);
	return 1;
}

/* What inih would silently cut or join is an error: it knows no line numbers,
   so the lines are counted and looked at here. */
static char *line_read(char *line, int room, void *whose)
{
	struct reading *reading = whose;
	char *got = fgets(line, room, reading->input);
	const char *value;
	int c;

	if (got == NULL)
		return NULL;
	reading->line++;
	if (strchr(line, '\n') == NULL && !feof(reading->input)) {
		complain(reading, reading->line,
		    "longer than %d bytes: break it into several keys",
		    LIMIT_CONF_LINE);
		while ((c = fgetc(reading->input)) != EOF && c != '\n')
			;
		line[0] = '\0';
		return got;
	}
	if (isspace((unsigned char)line[0]) &&
	    line[strspn(line, " \t\r\n")] != '\0')
		complain(reading, reading->line,
		    "begins with white space: write the key again, or remove "
		    "the space");
	value = strpbrk(line, "=:");
	if (line[0] != '#' && line[0] != ';' && value != NULL &&
	    (strstr(value, " ;") != NULL || strstr(value, "\t;") != NULL))
		complain(reading, reading->line,
		    "\";\" after white space would begin a comment: remove it");
	return got;
}

static void set_standards(struct reading *reading)
{
	int i;

	for (i = 0; reading->keys[i].name != NULL; i++) {
		if (reading->keys[i].standard != NULL)
			set(reading, &reading->keys[i],
			    reading->keys[i].standard);
	}
}

static void file_read(struct reading *reading)
{
	int line;

	set_standards(reading);
	reading->input = fopen(reading->file, "r");
	if (reading->input == NULL) {
		complain(reading, 0, "%s", strerror(errno));
		return;
	}
	reading->opened = true;
	line = ini_parse_stream(line_read, reading, key_read, reading);
	if (line > 0)
		complain(reading, line, "want \"key = value\"");
	fclose(reading->input);
}

static bool is_given(const struct reading *reading, const char *name)
{
	int i;

	for (i = 0; reading->keys[i].name != NULL; i++) {
		if (strcmp(reading->keys[i].name, name) == 0)
			return reading->given >> i & 1;
	}
	return false;
}

static size_t size_of(enum kind kind)
{
	switch (kind) {
	case YES_NO: return sizeof(bool);
	case NUMBER:
	case DURATION:
	case SIZE: return sizeof(int64_t);
	case BACKFILL: return sizeof(struct backfill);
	default: return sizeof(void *);
	}
}

/* What a source does not say, datelined.conf says for it. */
static void source_inherit(struct reading *reading)
{
	const struct key *key, *from;

	for (key = source_keys; key->name != NULL; key++) {
		if (is_given(reading, key->name) || key->standard != NULL)
			continue;
		for (from = conf_keys; from->name != NULL; from++) {
			if (strcmp(from->name, key->name) == 0)
				memcpy(reading->what + key->at,
				    (const char *)reading->conf + from->at,
				    size_of(key->kind));
		}
	}
}

/* `interval` is both limits, but for one that is named itself. */
static void interval_settle(
    struct reading *reading, int64_t interval, int64_t *least, int64_t *most)
{
	bool named = is_given(reading, "max_interval");

	if (is_given(reading, "interval")) {
		if (!is_given(reading, "min_interval"))
			*least = interval;
		if (!named)
			*most = interval;
	}
	if (*most < *least && named && is_given(reading, "min_interval"))
		complain(reading, 0,
		    "max_interval is less than min_interval: make it longer");
	else if (*most < *least)
		*(named ? least : most) = named ? *most : *least;
}

/* An honest one, with somebody to write to. */
static const char *user_agent(struct conf *conf, bool browser_like)
{
	const char *contact = conf->contact;
	struct buf text = { 0 };
	char *copy;

	buf_printf(&text, "%sdateline/%s%s%s%s",
	    browser_like ? "Mozilla/5.0 (compatible; " : "", VERSION,
	    contact != NULL ? browser_like ? "; +" : " (+" : "",
	    text_or(contact, ""), browser_like || contact != NULL ? ")" : "");
	copy = arena_dup(&conf->arena, text.bytes);
	buf_free(&text);
	return copy;
}

static void source_defaults(struct reading *reading, struct source *source)
{
	source_inherit(reading);
	source->plugin = text_or(source->plugin, source->name);
	if (source->user_agent == NULL ||
	    (is_given(reading, "browser_like") &&
		!is_given(reading, "user_agent")))
		source->user_agent =
		    user_agent(reading->conf, source->browser_like);
	interval_settle(reading, source->interval, &source->min_interval,
	    &source->max_interval);
}

static struct source *source_new(struct conf *conf, const char *name)
{
	struct source *source = arena_alloc(&conf->arena, sizeof(*source));

	source->name = arena_dup(&conf->arena, name);
	return source;
}

/* What `reading` is of, behind the sources that are there. */
static void source_from(
    struct reading *reading, const char *name, const char *path)
{
	struct conf *conf = reading->conf;
	struct source *source = source_new(conf, name), **end = &conf->sources;

	source->file = arena_dup(&conf->arena, path);
	reading->file = source->file;
	reading->source = source;
	reading->keys = source_keys;
	reading->what = (char *)source;
	file_read(reading);
	source_defaults(reading, source);
	while (*end != NULL)
		end = &(*end)->next;
	*end = source;
}

struct source *conf_take(
    struct conf *conf, const char *name, const char *path, FILE *complaints)
{
	struct reading reading = { .conf = conf, .complaints = complaints };

	source_from(&reading, name, path);
	return reading.failed ? NULL : reading.source;
}

static bool source_read(struct conf *conf, const char *file, FILE *complaints)
{
	struct reading reading = { .conf = conf, .complaints = complaints };
	char *path = arena_alloc(
	    &conf->arena, strlen(conf->sources_folder) + strlen(file) + 2);

	sprintf(path, "%s/%s", conf->sources_folder, file);
	source_from(&reading,
	    arena_copy(&conf->arena, file, strlen(file) - strlen(".conf")),
	    path);
	if (!reading.failed && reading.source->enabled &&
	    reading.source->feeds == NULL)
		complain(&reading, 0, "no feed: write feed = URL");
	return !reading.failed;
}

static int is_conf(const struct dirent *file)
{
	size_t len = strlen(file->d_name);

	return file->d_name[0] != '.' && len > strlen(".conf") &&
	    strcmp(file->d_name + len - strlen(".conf"), ".conf") == 0;
}

static bool sources_read(struct conf *conf, FILE *complaints)
{
	struct dirent **files;
	int n = scandir(conf->sources_folder, &files, is_conf, alphasort), i;
	bool fine = true;

	if (n < 0) {
		fprintf(complaints, "%s: sources = %s: %s\n", conf->path,
		    conf->sources_folder, strerror(errno));
		return false;
	}
	for (i = 0; i < n; i++) {
		fine = source_read(conf, files[i]->d_name, complaints) && fine;
		free(files[i]);
	}
	free(files);
	return fine;
}

static struct conf *conf_new(const char *path)
{
	struct conf *conf = calloc(1, sizeof(*conf));

	if (conf == NULL)
		_exit(EXIT_MEMORY);
	conf->path = arena_dup(&conf->arena, path);
	return conf;
}

struct conf *conf_read(const char *path, FILE *complaints)
{
	struct conf *conf = conf_new(path);
	struct reading reading = { .conf = conf,
		.keys = conf_keys,
		.what = (char *)conf,
		.complaints = complaints };
	bool fine;

	reading.file = conf->path;
	file_read(&reading);
	interval_settle(
	    &reading, conf->interval, &conf->min_interval, &conf->max_interval);
	fine = !reading.failed;
	if (reading.opened)
		fine = sources_read(conf, complaints) && fine;
	if (fine)
		return conf;
	conf_free(conf);
	return NULL;
}

struct conf *conf_glance(const char *path)
{
	struct conf *conf = conf_new(path);
	struct reading reading = { .conf = conf,
		.keys = conf_keys,
		.what = (char *)conf,
		.complaints = fopen("/dev/null", "w") };

	reading.file = conf->path;
	if (reading.complaints == NULL)
		reading.complaints = stderr;
	file_read(&reading);
	if (reading.complaints != stderr)
		fclose(reading.complaints);
	return conf;
}

bool conf_is_whole(const struct conf *conf, FILE *complaints)
{
	if (conf->without != NULL)
		fprintf(complaints, "%s\n", conf->without);
	return conf->without == NULL;
}

struct conf *conf_standard(void)
{
	struct conf *conf = conf_new(SYSCONF "/dateline/datelined.conf");
	struct reading reading = { .conf = conf,
		.keys = conf_keys,
		.what = (char *)conf,
		.complaints = stderr };

	reading.file = conf->path;
	set_standards(&reading);
	return conf;
}

void conf_free(struct conf *conf)
{
	struct arena arena;

	if (conf == NULL)
		return;
	arena = conf->arena;
	free(conf);
	arena_reset(&arena);
}

struct source *conf_source(const struct conf *conf, const char *name)
{
	struct source *source = conf->sources;

	while (source != NULL && strcmp(source->name, name) != 0)
		source = source->next;
	return source;
}

struct source *conf_bare(struct conf *conf, const char *name)
{
	struct source *source = source_new(conf, name);
	struct reading reading = { .conf = conf,
		.source = source,
		.keys = source_keys,
		.what = (char *)source };

	source->file = "(built in)";
	source_defaults(&reading, source);
	source->next = conf->sources;
	conf->sources = source;
	return source;
}

static void list_once(
    struct conf *conf, const struct dl_list **list, const char *text)
{
	if (text != NULL && !is_listed(*list, text))
		list_append(&conf->arena, list, text);
}

void conf_setup(struct conf *conf, struct setup *setup)
{
	const struct dl_list *extractor;
	const struct source *source;
	size_t i;

	*setup = (struct setup){ .folders = conf->plugin_path,
		.gazetteer = conf->gazetteer };
	for (source = conf->sources; source != NULL; source = source->next) {
		list_once(conf, &setup->plugins, source->plugin);
		list_once(conf, &setup->zones, source->zone);
		for (extractor = source->extractors; extractor != NULL;
		     extractor = extractor->next)
			list_once(conf, &setup->plugins, extractor->text);
		for (i = 0; i < source->n_options; i++)
			list_once(
			    conf, &setup->values, source->options[i].value);
	}
}

static const struct loaded *loaded(const struct ready *ready, const char *name)
{
	size_t i;

	for (i = 0; i < ready->n_plugins; i++) {
		if (strcmp(ready->plugins[i].name, name) == 0)
			return &ready->plugins[i];
	}
	return NULL;
}

/* The plugin, if it was loaded and is of the kind that is wanted here. */
static const struct loaded *settle_plugin(struct reading *reading,
    const struct ready *ready, const char *name, bool source)
{
	const struct loaded *plugin = loaded(ready, name);

	if (plugin == NULL)
		complain(reading, 0, "plugin %s was not loaded", name);
	else if (plugin->refused != NULL)
		complain(reading, 0, "plugin %s: %s", name, plugin->refused);
	else if (plugin->source != source)
		complain(reading, 0, "plugin %s is not %s", name,
		    source ? "a source" : "an extractor");
	else
		return plugin;
	return NULL;
}

/* Options are those of the source's plugin and of its extractors: how many, and
   each, where `all` is not NULL. */
static size_t options_known(const struct ready *ready, const char *plugin,
    const struct loaded_option **all, size_t n)
{
	const struct loaded *told = loaded(ready, plugin);
	size_t i;

	for (i = 0; told != NULL && i < told->n_options && all != NULL; i++)
		all[n + i] = &told->options[i];
	return n + (told != NULL ? told->n_options : 0);
}

static size_t options_of_all(const struct ready *ready,
    const struct source *source, const struct loaded_option **all)
{
	const struct dl_list *extractor = source->extractors;
	size_t n = options_known(ready, source->plugin, all, 0);

	for (; extractor != NULL; extractor = extractor->next)
		n = options_known(ready, extractor->text, all, n);
	return n;
}

static void unknown_option(struct reading *reading,
    const struct loaded_option **all, size_t n, const char *name)
{
	struct key *keys =
	    arena_alloc(&reading->conf->arena, (n + 1) * sizeof(*keys));
	size_t i;

	for (i = 0; i < n; i++)
		keys[i].name = all[i]->name;
	unknown_key(reading, keys, name);
}

/* A selector that does not parse would fail page by page. */
static void settle_value(struct reading *reading, const struct ready *ready,
    const struct loaded_option *option, const char *value)
{
	int64_t number;

	if (option->kind == DL_NUMBER_OPTION && !parse_number(value, &number))
		complain(reading, reading->line, "%s = %s: want a whole number",
		    option->name, value);
	if (option->kind == DL_SELECTOR_OPTION &&
	    is_listed(ready->no_selectors, value))
		complain(reading, reading->line,
		    "%s = %s: want a CSS selector, see dom_next() in "
		    "dateline-plugin(3)",
		    option->name, value);
}

static void settle_options(struct reading *reading, const struct ready *ready)
{
	const struct source *source = reading->source;
	size_t n = options_of_all(ready, source, NULL), i, k;
	const struct loaded_option **all = arena_alloc(
	    &reading->conf->arena, n * sizeof(struct loaded_option *));

	options_of_all(ready, source, all);
	for (i = 0; i < source->n_options; i++) {
		const struct setting *option = &source->options[i];

		for (k = 0; k < n; k++) {
			if (strcmp(all[k]->name, option->name) == 0)
				break;
		}
		reading->line = source->option_lines[i];
		if (k == n)
			unknown_option(reading, all, n, option->name);
		else
			settle_value(reading, ready, all[k], option->value);
	}
}

static void settle_source(struct reading *reading, const struct ready *ready)
{
	struct source *source = reading->source;
	struct arena *arena = &reading->conf->arena;
	const struct dl_list *extractor;
	const struct loaded *plugin;

	for (extractor = source->extractors; extractor != NULL;
	     extractor = extractor->next)
		settle_plugin(reading, ready, extractor->text, false);
	plugin = settle_plugin(reading, ready, source->plugin, true);
	if (plugin == NULL)
		return;
	settle_options(reading, ready);
	source->agency = text_or(source->agency,
	    text_or(arena_dup(arena, plugin->agency), source->name));
	source->zone = text_or(source->zone, arena_dup(arena, plugin->zone));
	if (source->zone == NULL)
		complain(reading, 0,
		    "no zone: write zone = Asia/Ho_Chi_Minh or its like");
	else if (!is_listed(ready->zones, source->zone))
		complain(reading, 0, "zone = %s: there is no such zone",
		    source->zone);
}

bool conf_settle(struct conf *conf, const struct ready *ready, FILE *complaints)
{
	bool fine = true;
	struct source *source;

	if (ready->refused != NULL) {
		fprintf(complaints, "%s: %s\n", conf->path, ready->refused);
		return false;
	}
	for (source = conf->sources; source != NULL; source = source->next) {
		struct reading reading = { .conf = conf,
			.source = source,
			.file = source->file,
			.complaints = complaints };

		settle_source(&reading, ready);
		fine = fine && !reading.failed;
	}
	return fine;
}
