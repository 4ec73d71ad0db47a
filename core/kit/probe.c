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

/* Bytes of `text` that are these words, one sign or none between two. */
static size_t words_match(const char *words, size_t size, const char *text)
{
	const char *end = words + size;
	char key[PROBE_WORD];
	size_t len = 0, used;

	for (;;) {
		const char *gap = memchr(words, ' ', (size_t)(end - words));

		size = (size_t)((gap != NULL ? gap : end) - words);
		used = fold_word(text + len, key, sizeof(key));
		if (used == 0 || strlen(key) != size ||
		    memcmp(key, words, size) != 0)
			return 0;
		len += used;
		if (gap == NULL)
			return len;
		words = gap + 1;
		len += text[len] == '.';
		len +=
		    text[len] == ' ' || text[len] == '-' || text[len] == '\'';
	}
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
	return words_match(words, size, probe->text);
}

bool probe_may(const struct probe *probe, char first)
{
	return first == *probe->key || first == *probe->text;
}

size_t probe_any(const struct probe *probe, const char *all)
{
	size_t most = 0, size, len;

	for (; all != NULL && *all != '\0'; all += size + (all[size] == '|')) {
		bool may = probe_may(probe, *all);

		for (size = 0; all[size] != '\0' && all[size] != '|';)
			size++;
		len = may ? probe_match(probe, all, size) : 0;
		if (len > most)
			most = len;
	}
	return most;
}
