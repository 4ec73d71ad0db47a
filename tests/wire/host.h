/*
 * A host of the wire: a file of parts in pages/, named after the host. A part
 * is a template; some have a path and are served as they are (feeds,
 * listings), others are what pages are made of.
 */
#ifndef WIRE_HOST_H
#define WIRE_HOST_H

enum { MAX_HOSTS = 16, MAX_PARTS = 40 };

struct part {
	const char *name;
	const char *path;    /* NULL: not served by itself */
	const char *charset; /* of the bytes we send */
	const char *type;    /* Content-Type, whatever it says */
	const char *text;
};

struct host {
	char *name;
	char *bytes;      /* of its file; all strings lie in here */
	const char *zone; /* "+07:00" */
	struct part part[MAX_PARTS];
	unsigned parts;
	unsigned status;  /* of all its pages; 200 when all is well */
	unsigned changes; /* stories told and corrected so far */
};

struct hosts {
	struct host host[MAX_HOSTS];
	unsigned count;
};

void hosts_read(struct hosts *hosts, const char *dir); /* or dies */
void hosts_free(struct hosts *hosts);
struct host *hosts_find(struct hosts *hosts, const char *name); /* or NULL */

/* "figure.bare" for the form "bare" if there is one, else "figure", or NULL. */
const struct part *host_part(
    const struct host *host, const char *name, const char *form);
const struct part *host_served(const struct host *host, const char *path);

#endif
