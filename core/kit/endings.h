/*
 * What a name may end in where a language declines it: "в Москве", "Bakıdan";
 * in Arabic, what is written to its beginning. By rule: the table of places has
 * each name once.
 */
#ifndef ENDINGS_H
#define ENDINGS_H

#include <stdbool.h>

#include "core/kit/word.h"

struct ending { /* where the search is; zeroed before the first call */
	size_t row;
};

/*
 * The next form that the word may have been declined from, as a key, into
 * `form`; `key` is the word's own. False after the last one. Languages of
 * Turkic kind are taken for it where `turkic` says that the text is in one.
 */
bool ending_off(struct ending *ending, const struct word *word, const char *key,
    bool turkic, char form[WORD_BYTES]);

/* Whether letters of the text are of Azerbaijani or Turkish only. */
bool ending_turkic(const char *text);

#endif
