/* Reads the files of parts: a host is data, there is no code for an agency. */
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/wire/file.h"
#include "tests/wire/host.h"

/* == NAME == or == NAME PATH CHARSET TYPE ==, where TYPE may have spaces. */
static struct part part_head(char *line)
{
	char *rest = line + strlen("== ");
	struct part part = { .text = "" };

	strstr(rest, " ==")[0] = '\0';
	part.name = strsep(&rest, " ");
	part.path = strsep(&rest, " ");
	part.charset = strsep(&rest, " ");
	part.type = rest;
	return part;
}

static char *next_head(char *from)
{
	while (strncmp(from, "== ", 3) != 0) {
		from = strchr(from, '\n');
		if (from == NULL)
			return NULL;
		from++;
	}
	return from;
}

/* The newline at the end of a part belongs to the heading behind it. */
static void parts_read(struct host *host, char *head)
{
	while (head != NULL) {
		struct part *part = &host->part[host->parts++];
		char *text = head;

		if (host->parts == MAX_PARTS || strchr(head, '\n') == NULL)
			die("%s: too many parts, or no end", host->name);
		line_next(&text);
		*part = part_head(head);
		part->text = text;
		head = next_head(text);
		if (head == text)
			part->text = "";
		else if (head != NULL)
			head[-1] = '\0';
	}
}

static void host_read(void *whose, const char *path)
{
	struct hosts *hosts = whose;
	struct host *host = &hosts->host[hosts->count++];
	char *name = must(strdup(path)), *head, *zone;

	if (hosts->count == MAX_HOSTS)
		die("%s: one host too many", path);
	host->name = must(strdup(basename(name)));
	host->name[strlen(host->name) - strlen(".html")] = '\0';
	free(name);
	host->bytes = file_read(path);
	host->status = 200;
	head = next_head(host->bytes);
	zone = strstr(host->bytes, "zone: ");
	if (head == NULL || zone == NULL || zone > head)
		die("%s: has no zone, or no part", path);
	host->zone = zone + strlen("zone: ");
	zone[strcspn(zone, "\n")] = '\0';
	parts_read(host, head);
}

void hosts_read(struct hosts *hosts, const char *dir)
{
	char *pattern = format("%s/*.html", dir);

	files_each(pattern, host_read, hosts);
	free(pattern);
}

void hosts_free(struct hosts *hosts)
{
	for (unsigned i = 0; i < hosts->count; i++) {
		free(hosts->host[i].name);
		free(hosts->host[i].bytes);
	}
}

struct host *hosts_find(struct hosts *hosts, const char *name)
{
	for (unsigned i = 0; i < hosts->count; i++) {
		if (strcasecmp(hosts->host[i].name, name) == 0)
			return &hosts->host[i];
	}
	return NULL;
}

static const struct part *part_named(const struct host *host, const char *name)
{
	for (unsigned i = 0; i < host->parts; i++) {
		if (strcmp(host->part[i].name, name) == 0)
			return &host->part[i];
	}
	return NULL;
}

const struct part *host_part(
    const struct host *host, const char *name, const char *form)
{
	char both[128];
	const struct part *part;

	snprintf(both, sizeof(both), "%s.%s", name, form != NULL ? form : "");
	part = part_named(host, both);
	return part != NULL ? part : part_named(host, name);
}

const struct part *host_served(const struct host *host, const char *path)
{
	for (unsigned i = 0; i < host->parts; i++) {
		const struct part *part = &host->part[i];

		if (part->path != NULL && strcmp(part->path, path) == 0)
			return part;
	}
	return NULL;
}
