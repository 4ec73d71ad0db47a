/*
 * Places and all their names, read once before the lock-in.
 *
 * The file has a place a line: code, country, name, then any number of other
 * names, tab-separated. `#` begins a comment. Where two places share a name,
 * the first has it. Code `-` is for words that are no place ("Thái Bình
 * Dương").
 *
 * A name that is also a word or a person's has a sign in front: `=Huế` must be
 * printed so, or in capitals; `~Pháp` that, and no capitalised word before it,
 * but for the likes of "In"; `^Jordan` that, and none behind it either;
 * `!Hồ Chí Minh` must be a whole text or stand behind "thành phố". The signs
 * are for place_next(): place_named() does not heed them.
 */
#ifndef GAZETTEER_H
#define GAZETTEER_H

struct gazetteer;

/* NULL and a sentence in *why if the file cannot be read or has a fault (then
   with the line's number); the sentence is the caller's to free().
   gazetteer_close() frees the gazetteer; it takes NULL. */
struct gazetteer *gazetteer_open(const char *path, const char **why);
void gazetteer_close(struct gazetteer *gazetteer);

#endif
