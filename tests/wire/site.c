/* What an agency's host answers: its feeds and listings, and its pages. */
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/wire/desk.h"
#include "tests/wire/file.h"
#include "tests/wire/filter.h"
#include "tests/wire/reply.h"

void reply_plain(struct reply *reply, unsigned status, const char *text)
{
	free(reply->body);
	*reply = (struct reply){
		.status = status,
		.body = format("%s\n", text),
		.length = strlen(text) + 1,
		.type = "text/plain; charset=utf-8",
	};
}

char *reply_base(const struct wire *wire, const char *host)
{
	return format("http://%s:%u", host, wire->port);
}

/* UTF-16LE without a byte order mark, as bnews sends its feeds. */
static void recode(struct reply *reply, const char *charset)
{
	iconv_t way = iconv_open(charset, "UTF-8");
	size_t left = reply->length, room = 4 * left + 4, size = room;
	char *from = reply->body, *body = must(malloc(room)), *to = body;

	if (way == (iconv_t)-1 ||
	    iconv(way, &from, &left, &to, &room) == (size_t)-1)
		die("cannot write %s", charset);
	iconv_close(way);
	free(reply->body);
	reply->body = body;
	reply->length = size - room;
}

static time_t utc_of(const struct host *host, const char *text)
{
	int hours = 0, minutes = 0;

	sscanf(host->zone, "%d:%d", &hours, &minutes);
	return time_read(text) - hours * 3600 - minutes * 60;
}

/* Listings are feeds, too; a front page is not asked for as one. */
static enum kind kind_of(const char *part)
{
	if (strcmp(part, "robots") == 0)
		return ROBOTS;
	return strcmp(part, "front") == 0 ? PAGE : FEED;
}

static void part_reply(
    struct reply *reply, const struct scope *scope, const struct part *part)
{
	FILE *out = must(open_memstream(&reply->body, &reply->length));

	render(out, scope, part->text);
	fclose(out);
	reply->status = 200;
	reply->type = part->type;
	reply->kind = kind_of(part->name);
	if (part->charset != NULL && strcasecmp(part->charset, "utf-8") != 0)
		recode(reply, part->charset);
}

/*
 * A second for each change: a story that comes out later may well have an
 * older date than what the feed has already, and the feed has changed.
 */
static time_t feed_modified(const struct host *host, const struct shown *shown)
{
	time_t newest = time_read("2026-10-01T00:00:00");

	if (shown->count > 0)
		newest = utc_of(host, story_updated(shown->story[0]));
	return newest + (time_t)host->changes;
}

static const struct story *story_at(struct scope *scope, const char *path)
{
	for (unsigned i = 0; i < scope->shown->count; i++) {
		char *other;
		bool same;

		scope->story = scope->shown->story[i];
		other = render_value(scope, "path");
		same = strcmp(other, path) == 0;
		free(other);
		if (same)
			return scope->story;
	}
	return NULL;
}

static void page_reply(
    struct reply *reply, struct scope *scope, const char *path)
{
	const struct story *story = story_at(scope, path);
	const struct part *page;

	if (story == NULL) {
		reply_plain(reply, 404, "no such page");
		return;
	}
	page = host_part(scope->host, "page", story_field(story, "form"));
	part_reply(reply, scope, page);
	reply->kind = PAGE;
	reply->type = "text/html; charset=utf-8";
	reply->modified = utc_of(scope->host, story_updated(story));
}

void site_answer(
    struct wire *wire, const struct asked *asked, struct reply *reply)
{
	const struct host *host = hosts_find(&wire->hosts, asked->host);
	const struct part *part;
	struct shown shown;
	struct scope scope = { .host = host, .shown = &shown };
	char *base = reply_base(wire, asked->host);

	scope.base = base;
	desk_shown(wire, host, &shown);
	part = host_served(host, asked->path);
	if (part != NULL) {
		part_reply(reply, &scope, part);
		reply->modified = feed_modified(host, &shown);
	} else {
		page_reply(reply, &scope, asked->path);
	}
	free(base);
}
