/* The files that a new source begins with. */
#ifndef SCAFFOLD_H
#define SCAFFOLD_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

struct scaffold {           /* what is known of the source */
	const char *name;   /* "gazette" */
	const char *host;   /* NULL: no site was looked at */
	const char *agency; /* as the site calls itself; NULL: not known */
	const char *zone;   /* a guess, by the host's country; never NULL */
	const char *feed;   /* url; NULL: none was found */
	const char *boxes;  /* of a listing; or NULL */
	const json_t *told; /* of pages: see worker/probe.h; NULL: none came */
	bool private;       /* its host has a private address */
};

enum {
	PLACE_TITLE,
	PLACE_TEXT,
	PLACE_TIME,
	PLACE_AUTHOR,
	PLACE_CAPTION,
	N_PLACES
};

struct place { /* of a page; all zeroed: nothing was found */
	const char *from,
	    *how; /* "page" and a selector, or "meta", "json-ld" */
	const char *example;
	int matched, pages;
};

/* The best proposal for a field; of the selectors alone, where that is asked
   for. */
struct place scaffold_place(const json_t *told, int field, bool selectors);
extern const char *const scaffold_fields[N_PLACES];

/* The IANA zone of the country that a host belongs to, of the zones there are
   the one that is listed first; "UTC" where that is not known. The caller
   frees. */
char *scaffold_zone(const char *host);

/* A name for people of what a site is called: "gazette.example". Static. */
bool scaffold_name_is(const char *name);

/* A source of C, by what is proposed. */
void scaffold_source(FILE *out, const struct scaffold *scaffold);

/* Its .conf: where `alone`, of the plugin `feed`, with options. */
void scaffold_conf(FILE *out, const struct scaffold *scaffold, bool alone);

/* For a folder of its own: make, make test, make install. */
void scaffold_makefile(FILE *out, const struct scaffold *scaffold, bool alone);

#endif
