/* Unicode: what text must look like inside, and how it is compared. */
#ifndef FOLD_H
#define FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * NFC, without control, zero-width, bidi and soft hyphen characters and what is
 * no character; U+00A0, U+3000 and their like are spaces. Bytes that are no
 * UTF-8 become U+FFFD. What is proven to be mojibake is mended first, see
 * mend.h, and letters among those of another script last, see twins.h. Clean
 * text stays as it is.
 */
char *fold_clean(struct arena *arena, const char *text, size_t len);

/* Latin letters of any language, quotes, dashes and currency signs in ASCII
   ("đ" d, "ə" e, "ı" i, "—" --, "“" "); other scripts stay as they are. */
char *fold_ascii(struct arena *arena, const char *text);

/* Both, for a text as it comes; what is folded stays as it is. */
char *fold_text(struct arena *arena, const char *text, size_t len);

/* For comparing: folded to ASCII, lower case, letters and digits of any script
   only, what stands between them a single space, none at the ends. */
char *fold_key(struct arena *arena, const char *text);

bool fold_is_ascii(const char *text);

/* The word at `text`, letters only, as fold_key() has it, into `key`; its bytes
   in `text`, 0 if none begins here or `key` has not `size` for it. */
size_t fold_word(const char *text, char *key, size_t size);

/* The code point at `text` and, in *len, its bytes (1 where it is no UTF-8,
   the answer is U+FFFD then); 0 at the end, with *len 0. */
uint32_t fold_next(const char *text, size_t *len);

#endif
