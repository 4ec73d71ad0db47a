/* `dateline robots`: what a robots.txt that was saved says of an address. */
#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "core/base/buf.h"
#include "core/base/fold.h"
#include "core/base/limits.h"
#include "core/base/robots.h"
#include "core/tool/tool.h"

struct asking {
	const char *agent, *url, *path;
	bool json;
};

/* A byte more than the limit tells a file that was cut. */
static void file_read(struct buf *bytes, const char *path)
{
	bool from_stdin = strcmp(path, "-") == 0;
	FILE *file = from_stdin ? stdin : fopen(path, "rb");
	char part[65536];
	size_t n;

	if (file == NULL)
		tool_die(EX_NOINPUT, "%s: %s", path, strerror(errno));
	while (bytes->len <= LIMIT_ROBOTS &&
	    (n = fread(part, 1, sizeof(part), file)) > 0)
		buf_add(bytes, part, n);
	if (ferror(file))
		tool_die(EX_NOINPUT, "%s: %s", path, strerror(errno));
	if (!from_stdin)
		fclose(file);
}

/* Anybody may write a robots.txt: what comes out is UTF-8, and does nothing to
   a terminal. */
static void add_readable(struct buf *to, const char *text)
{
	size_t len;
	uint32_t c;

	for (; (c = fold_next(text, &len)) != 0; text += len) {
		if ((c < ' ' && c != '\t') || (c >= 0x7f && c < 0xa0))
			buf_text(to, "?");
		else if (c == 0xfffd && len == 1)
			buf_text(to, "\xef\xbf\xbd");
		else
			buf_add(to, text, len);
	}
}

static json_t *json_readable(const char *text)
{
	struct buf buf = { 0 };
	json_t *string;

	if (text == NULL)
		return json_null();
	add_readable(&buf, text);
	string = json_stringn(buf.len > 0 ? buf.bytes : "", buf.len);
	buf_free(&buf);
	return string;
}

static void print_json(const struct asking *asking,
    const struct robots_verdict *verdict, int64_t delay)
{
	json_t *object = json_pack("{sb si so so so}", "allowed",
	    verdict->allowed, "line", verdict->line, "rule",
	    json_readable(verdict->rule), "agent", json_readable(asking->agent),
	    "url", json_readable(asking->url));

	if (delay > 0)
		json_object_set_new(object, "delay_ms", json_integer(delay));
	json_dumpf(object, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(object);
}

static void print_line(const struct robots_verdict *verdict, int64_t delay)
{
	struct buf line = { 0 };

	buf_text(&line, verdict->allowed ? "allowed: " : "disallowed: ");
	if (verdict->rule != NULL) {
		buf_printf(&line, "line %d: ", verdict->line);
		add_readable(&line, verdict->rule);
	} else {
		buf_text(&line, "no rule matches");
	}
	if (delay > 0)
		buf_printf(&line, ", delay %.8gs", (double)delay / 1000);
	puts(line.bytes);
	buf_free(&line);
}

static void options(struct asking *asking, int argc, char **argv)
{
	static const struct option known[] = {
		{ "agent", required_argument, NULL, 'a' },
		{ "url", required_argument, NULL, 'u' },
		{ "json", no_argument, NULL, 'j' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", known, NULL)) != -1) {
		switch (option) {
		case 'a': asking->agent = optarg; break;
		case 'u': asking->url = optarg; break;
		case 'j': asking->json = true; break;
		default: tool_usage("robots");
		}
	}
	if (asking->url == NULL || optind != argc - 1)
		tool_usage("robots");
	asking->path = argv[optind];
}

int robots_main(int argc, char **argv)
{
	struct asking asking = { .agent = "dateline" };
	struct robots_verdict verdict;
	struct buf bytes = { 0 };
	struct robots *robots;

	options(&asking, argc, argv);
	file_read(&bytes, asking.path);
	robots = robots_read(bytes.bytes, bytes.len, asking.agent);
	robots_ask(robots, asking.url, &verdict);
	if (asking.json)
		print_json(&asking, &verdict, robots_delay(robots));
	else
		print_line(&verdict, robots_delay(robots));
	robots_free(robots);
	buf_free(&bytes);
	return 0;
}
