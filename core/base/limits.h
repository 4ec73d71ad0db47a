/* Every number that is a limit, with its unit and its reason. */
#ifndef LIMITS_H
#define LIMITS_H

#include <stdint.h>

/* Bytes of a page after decompression: gumbo takes 12 times a page's size and
   minutes for hostile nesting. */
#define LIMIT_PAGE ((size_t)4 << 20)

/* Bytes a job may take from its arena: a page at the limit needs 60 MiB. */
#define LIMIT_WORKER_MEMORY ((size_t)256 << 20)

/* Bytes of statics a plugin may have: they are compared after each page, which
   at the limit takes a tenth of a millisecond. Tables belong into constants,
   and what is worked with into the job's memory. */
#define LIMIT_STATICS ((size_t)1 << 20)

/* Bytes of one message between daemon and worker: a page and its entry, or all
   entries of a sitemap. */
#define LIMIT_MESSAGE ((size_t)16 << 20)

/* Bytes of a line in the spool: a record of a page at the limit, escaped. */
#define LIMIT_LINE ((size_t)4 << 20)

/* Bytes of pages that wait for a worker: what a slow worker may cost. */
#define LIMIT_IN_FLIGHT ((size_t)16 << 20)

/* Pages and their bytes in quarantine/, the oldest go first: a site that has
   changed brings so many in a week or two, in which somebody has looked; and a
   disk of the smallest machine has room for them. */
#define LIMIT_QUARANTINE_PAGES 1000
#define LIMIT_QUARANTINE_BYTES ((size_t)256 << 20)

/* Entries of one feed: a monthly sitemap has 30,000. */
#define LIMIT_ENTRIES 50000

/* Milliseconds that a feed may want between two requests: some say a year, and
   mean nothing by it. */
#define LIMIT_TTL ((int64_t)7 * 24 * 60 * 60 * 1000)

/* Further pages that one feed or one story may ask for. */
#define LIMIT_WANTED 16

/* Authors, tags, images, places or notes of one record: each new one is
   compared with all that are there. */
#define LIMIT_LIST 1000

/* Redirects followed for one page; browsers stop at 20, five is a mistake. */
#define LIMIT_REDIRECTS 5

/* Response header lines of one page: some sites send over a hundred. */
#define LIMIT_HEADERS 1000

/* Bytes of what the control socket is asked: a word, and at most an id. */
#define LIMIT_CONTROL 8192

/* Levels of elements in a page: the parser looks through all of them at every
   tag, and takes minutes for more. */
#define LIMIT_DEPTH 2000

/* Bytes of a line of configuration without its end: inih cuts what is longer.
 */
#define LIMIT_CONF_LINE 198

/* Bytes of a robots.txt that are read: the least that RFC 9309 allows, which
   Google reads too; what is longer was made by a program gone wrong. */
#define LIMIT_ROBOTS ((size_t)500 << 10)

/* Bytes of one line in it, the rest does not count. Google's parser has the
   same limit: eight times the longest address that a browser once took. */
#define LIMIT_ROBOTS_LINE ((size_t)8 * 2083 - 1)

/* Bits of 64 in which the fingerprints of copies differ at most: measured in
   tests/worker/copies.c. Two texts by chance differ in 32. */
#define LIMIT_COPY_BITS 11

#endif
