/* The status page: page.html, as the build has put it into the program. */
#ifndef PAGE_H
#define PAGE_H

/* Where this stands in it, the nonce of the answer comes: only styles and
   scripts that have it are the browser's to run. */
#define PAGE_NONCE "@NONCE@"

extern const char page_html[]; /* ended by a NUL */

#endif
