/*
 * Places and all their names, read once before the lock-in.
 *
 * The file has a place a line: code, country, name, then any number of other
 * names, tab-separated. `#` begins a comment. Code `-` is for words that are no
 * place ("Thái Bình Dương"). A line `@DAY`, a code, another code and perhaps a
 * name says that since that day the second place belongs to the first one, or
 * that the place is called so.
 *
 * Names are not declined: endings.h does that. A name that several places have
 * is the first one's where nothing speaks for another, see mention.c. One that
 * is also a word or a person's has a sign in front, of the table below.
 */
#ifndef GAZETTEER_H
#define GAZETTEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/kit/word.h"
#include "plugins/plugin.h"

struct gazetteer;
struct node;

/* What a name that is also a word or somebody's name asks for; the signs of
   conf/README.md. They are for place_next(): place_named() heeds none,
   but names those last that count in some texts only. */
enum guard {
	NO_GUARD,
	AS_PRINTED, /* = with its marks and letters, or all in capitals */
	ALONE,      /* ~ that, and no capitalised word before it */
	FORENAME,   /* ^ that, and no surname behind it either */
	AS_WHOLE,   /* ! a word beside it that says what it is: "province" */
	IN_SMALL,   /* * not all in capitals */
	SYLLABLE,   /* & Vietnamese: not where it is a part of another name */
	COUNTRY,    /* + that, and behind a word that asks for a country */
	NEAR,       /* ? as ALONE, where the text names its country */
	FOREIGN,    /* % as ALONE, in texts that are not in Azerbaijani */
	TURKIC,     /* $ as ALONE, in texts that are, or in Turkish */
	PEOPLE,     /* > never: it says which country is spoken of */
	STATE,      /* , behind a city and a comma: "Ann Arbor, Mich." */
};

struct name {
	const struct dl_place *place; /* NULL: words that are no place */
	const char *printed;
	const struct name *next; /* of another place, the same words */
	uint16_t capital; /* bit i: word i has a capital, and must have one */
	uint8_t guard;
};

/* NULL and a sentence in *why if the file cannot be read or has a fault (then
   with the line's number); the sentence is the caller's to free().
   gazetteer_close() frees the gazetteer; it takes NULL. */
struct gazetteer *gazetteer_open(const char *path, const char **why);
void gazetteer_close(struct gazetteer *gazetteer);

/*
 * The names that are the words from `word` on, the longest there are, whose
 * capitals are printed; NULL if there are none. *len are their bytes, *declined
 * tells whether an ending was taken off the last word.
 */
const struct name *gazetteer_longest(struct dl_job *job, struct word word,
    bool turkic, size_t *len, bool *declined);

/* What the place is on that day, in days since 1970: before a merger itself,
   since then what it belongs to. */
const struct dl_place *gazetteer_on(const struct gazetteer *gazetteer,
    const struct dl_place *place, int64_t day);

#endif
