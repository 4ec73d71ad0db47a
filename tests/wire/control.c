/* wire.localhost: where a test moves the news on, and asks what is true. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/wire/desk.h"
#include "tests/wire/file.h"
#include "tests/wire/filter.h"
#include "tests/wire/reply.h"

static void pair_write(
    FILE *out, const char *before, const char *name, const char *value)
{
	fprintf(out, "%s\"%s\":\"", before, name);
	filter(out, "json", value);
	fputc('"', out);
}

static void value_write(FILE *out, const struct scope *scope, const char *name)
{
	char *value = render_value(scope, name);

	if (value[0] != '\0')
		pair_write(out, ",", name, value);
	free(value);
}

static void story_write(FILE *out, struct wire *wire, const struct story *story)
{
	struct scope scope = { .host = desk_host(wire, story), .story = story };
	char *base = reply_base(wire, scope.host->name);

	scope.base = base;
	pair_write(out, "{", "source", story_field(story, "source"));
	value_write(out, &scope, "key");
	value_write(out, &scope, "url");
	value_write(out, &scope, "title");
	fprintf(out, ",\"revisions\":%u,\"published\":\"%s%s\"", story->out,
	    story_field(story, "published"), scope.host->zone);
	value_write(out, &scope, "place");
	fputs("}\n", out);
	free(base);
}

static void truth_write(FILE *out, struct wire *wire)
{
	for (unsigned i = 0; i < wire->stories.count; i++) {
		if (wire->stories.story[i]->out > 0)
			story_write(out, wire, wire->stories.story[i]);
	}
	bulk_truth(out, wire);
}

static void score_tell(FILE *out, struct wire *wire)
{
	score_write(out, &wire->score, wire->begun);
}

static void requests_tell(FILE *out, struct wire *wire)
{
	requests_write(out, &wire->requests);
}

static void score_forgive(FILE *out, struct wire *wire)
{
	fprintf(out, "{\"pardoned\":%u}\n",
	    score_pardon(&wire->score, clock_now()));
}

static void next_publish(FILE *out, struct wire *wire)
{
	struct story *story = desk_publish(wire, clock_now());

	if (story != NULL)
		story_write(out, wire, story);
}

static void next_correct(FILE *out, struct wire *wire)
{
	struct story *story = desk_correct(wire);

	if (story != NULL)
		story_write(out, wire, story);
}

/* /bulk/ACTION/N */
static void bulk_order(FILE *out, struct wire *wire, const char *path)
{
	char action[16] = "";
	unsigned count = 0;
	int number;
	bulk_fn *act;

	sscanf(path, "/bulk/%15[^/]/%u", action, &count);
	act = bulk_action(action);
	for (; act != NULL && count > 0; count--) {
		number = act(&wire->bulk);
		if (number >= 0)
			bulk_tell(out, wire, (unsigned)number);
	}
}

/* /hosts/NAME/RULE/VALUE; see owner.h. Any host may have an owner. */
static void host_rule(FILE *out, struct wire *wire, const char *path)
{
	char name[64] = "", rule[16] = "", value[128] = "";

	sscanf(path, "/hosts/%63[^/]/%15[^/]/%127s", name, rule, value);
	if (!owner_rule(owner_of(&wire->owners, name), rule, value))
		return;
	pair_write(out, "{", "host", name);
	pair_write(out, ",", rule, value);
	fputs("}\n", out);
}

/* /hosts/NAME/STATUS */
static void host_status(FILE *out, struct wire *wire, const char *path)
{
	char name[64] = "";
	unsigned status = 0;
	struct host *host;

	if (sscanf(path, "/hosts/%63[^/]/%u", name, &status) < 2) {
		host_rule(out, wire, path);
		return;
	}
	host = hosts_find(&wire->hosts, name);
	if (host == NULL || status < 200 || status > 599)
		return;
	host->status = status;
	pair_write(out, "{", "host", host->name);
	fprintf(out, ",\"status\":%u}\n", status);
}

static bool wrote(FILE *out, struct wire *wire, const struct asked *asked)
{
	static const struct {
		const char *method, *path;
		void (*write)(FILE *out, struct wire *wire);
	} commands[] = {
		{ "POST", "/publish", next_publish },
		{ "POST", "/correct", next_correct },
		{ "GET", "/truth", truth_write },
		{ "GET", "/requests", requests_tell },
		{ "GET", "/score", score_tell },
		{ "POST", "/score/pardon", score_forgive },
	};
	static const struct {
		const char *prefix;
		void (*write)(FILE *out, struct wire *wire, const char *path);
	} orders[] = {
		{ "/hosts/", host_status },
		{ "/bulk/", bulk_order },
	};

	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		if (strcmp(commands[i].method, asked->method) == 0 &&
		    strcmp(commands[i].path, asked->path) == 0) {
			commands[i].write(out, wire);
			return true;
		}
	}
	for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); i++) {
		if (strcmp(asked->method, "POST") == 0 &&
		    strncmp(asked->path, orders[i].prefix,
			strlen(orders[i].prefix)) == 0) {
			orders[i].write(out, wire, asked->path);
			return true;
		}
	}
	return false;
}

/* A command that found nothing to do writes nothing: that is a conflict. */
void control_answer(
    struct wire *wire, const struct asked *asked, struct reply *reply)
{
	FILE *out = must(open_memstream(&reply->body, &reply->length));
	bool known = wrote(out, wire, asked);

	fclose(out);
	reply->status = 200;
	reply->type = "application/x-ndjson; charset=utf-8";
	if (!known)
		reply_plain(reply, 404, "no such command");
	else if (reply->length == 0 && strcmp(asked->method, "POST") == 0)
		reply_plain(reply, 409, "nothing left, or no such host");
}
