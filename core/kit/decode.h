/*
 * Pages in UTF-8, whatever they were sent in.
 *
 * A page says what it is written in up to four times, and may be wrong each
 * time: by a byte order mark, by the charset of its Content-Type, by its XML
 * declaration and by <meta>. The bytes decide where they can: what is UTF-8
 * beyond ASCII was hardly meant as anything else, and a zero in every other
 * byte is UTF-16. Labels mean what browsers mean by them: gb2312 is GB18030,
 * iso-8859-1 is windows-1252.
 *
 * Vietnamese pages from before Unicode have letters of fonts in the place of
 * those of Latin 1; where their words prove it, see core/base/legacy.h, they
 * are read as what was meant, whatever the page says or leaves out.
 *
 * An XML declaration stays as it was, and is then wrong: whoever parses the
 * page has to tell the parser that it is UTF-8.
 */
#ifndef DECODE_H
#define DECODE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct decoder; /* an open conversion of every charset */

/* To be called before the process is locked in: conversions cannot be opened
   later. False and a sentence in *why if there is no memory; what the system
   cannot convert is only missed by a page that needs it. */
bool decode_prepare(struct decoder **decoder, const char **why);
void decode_close(struct decoder *decoder);

/*
 * The page in valid UTF-8 without byte order mark and NUL, ended by a NUL;
 * what cannot be decoded is U+FFFD. `charset` is that of the Content-Type
 * header, `type` its type, NULL if there is none. NULL and a sentence in *why
 * where the charset is neither known nor proven: it is never guessed.
 */
char *decode_page(struct arena *arena, const struct decoder *decoder,
    const char *bytes, size_t len, const char *charset, const char *type,
    size_t *out_len, const char **why);

#endif
