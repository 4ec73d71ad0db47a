/*
 * The lines of a file of JSON objects, one a line, to be written again: what
 * nobody has changed stays byte for byte as it was.
 */
#ifndef ROWS_H
#define ROWS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct row {
	char *text;   /* as it was read; NULL: it is new */
	json_t *line; /* NULL: it is empty */
};

struct rows {
	struct row *rows;
	size_t n;
	bool changed; /* since it was read */
};

/* Of no file at all there are none. Ends with EX_DATAERR where a line is none,
   and with EX_NOINPUT where the file cannot be read. */
void rows_read(struct rows *rows, const char *path);

/* A new line, or another one in the place of `row`; takes the reference. */
void rows_add(struct rows *rows, json_t *line);
void rows_change(struct rows *rows, struct row *row, json_t *line);

/* The whole file at once. Ends with EX_CANTCREAT where it cannot be. */
void rows_write(struct rows *rows, const char *path);

void rows_free(struct rows *rows);

#endif
