/* Letters that look like those of another script. */
#ifndef TWINS_H
#define TWINS_H

struct arena;

/*
 * The text with each word in the letters of one script: "Bаkı" and "Мoсквa"
 * hold some that are only drawn alike. NULL if there is no such word. A word
 * that has letters of both scripts that nothing is like stays as it is; so does
 * one that is all of one script, unless it may be of either and stands in a
 * text where others are mended and nothing else is of its script.
 */
char *twins_mend(struct arena *arena, const char *text);

#endif
