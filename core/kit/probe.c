/*
 * The words at one place of a text, compared with those of tables. These stand
 * as fold_word() has them, without marks and capitals, and a space where a
 * space, a hyphen or a full stop may stand.
 */
#include <string.h>

#include "core/base/fold.h"
#include "core/kit/probe.h"

/* Writing that puts no spaces between words: Thai, Chinese, Korean ... */
static bool is_unspaced(const char *words)
{
	return (unsigned char)words[0] == 0xe0 ||
	    (unsigned char)words[0] >= 0xe3;
}

static bool is_word(const char *key, const char *word, size_t size)
{
	return strncmp(key, word, size) == 0 && key[size] == '\0';
}

static size_t word_size(const char *words, const char *end)
{
	const char *gap = memchr(words, ' ', (size_t)(end - words));

	return (size_t)((gap != NULL ? gap : end) - words);
}

/* Bytes from the end of a word to the next one: one sign, or none, and the full
   stop of an abbreviation. */
static size_t gap_at(const char *text)
{
	size_t len = *text == '.';

	return len +
	    (text[len] == ' ' || text[len] == '-' || text[len] == '\'');
}

/* Bytes of the text that are these words. */
static size_t words_match(
    const struct probe *probe, const char *words, const char *end)
{
	size_t size = word_size(words, end), len = probe->used, used;
	char key[PROBE_WORD];

	if (!is_word(probe->key, words, size))
		return 0;
	while ((words += size) < end) {
		words++;
		len += gap_at(probe->text + len);
		size = word_size(words, end);
		used = fold_word(probe->text + len, key, sizeof(key));
		if (used == 0 || !is_word(key, words, size))
			return 0;
		len += used;
	}
	return len;
}

bool probe_make(struct probe *probe, const char *text)
{
	probe->text = text;
	probe->used = 0;
	*probe->key = '\0';
	if ((unsigned char)*text < 0x80 && (*text | 0x20) < 'a')
		return false;
	if (!is_unspaced(text))
		probe->used = fold_word(text, probe->key, PROBE_WORD);
	return probe->used > 0 || is_unspaced(text);
}

size_t probe_match(const struct probe *probe, const char *words, size_t size)
{
	if (is_unspaced(words))
		return strncmp(probe->text, words, size) == 0 ? size : 0;
	if (probe->used == 0 || *words != *probe->key)
		return 0;
	return words_match(probe, words, words + size);
}

static bool may_begin(const struct probe *probe, char first)
{
	return first == *probe->key || first == *probe->text;
}

size_t probe_any(const struct probe *probe, const char *all)
{
	size_t most = 0, size, len;

	for (; all != NULL && *all != '\0'; all += size + (all[size] == '|')) {
		bool may = may_begin(probe, *all);

		for (size = 0; all[size] != '\0' && all[size] != '|';)
			size++;
		len = may ? probe_match(probe, all, size) : 0;
		if (len > most)
			most = len;
	}
	return most;
}
