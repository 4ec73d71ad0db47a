/* Files and strings that the stand-in newswire cannot live without. */
#ifndef WIRE_FILE_H
#define WIRE_FILE_H

#include <stdio.h>

/* One message on stderr, then exit(1): a broken wire proves nothing. */
void die(const char *format, ...)
    __attribute__((noreturn, format(printf, 1, 2)));

void *must(void *memory);             /* dies for want of memory */
char *file_read(const char *path);    /* ends with NUL; the caller frees it */
char *format(const char *format, ...) /* the caller frees it */
    __attribute__((format(printf, 1, 2)));

/* Calls `found` with each path that matches, in the order of the alphabet. */
void files_each(const char *pattern,
    void (*found)(void *whose, const char *path), void *whose);

/* A line of `rest` without its end, and `rest` moved behind it; or NULL. */
char *line_next(char **rest);
char *trimmed(char *text); /* in place */

#endif
