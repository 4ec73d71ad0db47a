/* A line of the spool as people read it: time, agency, place, title. */
#ifndef SHOW_H
#define SHOW_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

void show_line(FILE *out, const json_t *line, bool colour);

/* Colour is for terminals, and for those who have not said NO_COLOR. */
bool show_colour(FILE *out);

#endif
