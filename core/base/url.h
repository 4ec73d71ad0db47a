/*
 * Addresses on the web: joined, compared, told from others.
 *
 * Nothing here decodes what is escaped, so two that differ in escapes only are
 * two. What is returned is the arena's; where there is nothing it is NULL.
 */
#ifndef URL_H
#define URL_H

#include <stdbool.h>

struct arena;

/* Whether it is http or https and names a host that can be one. */
bool url_is_web(const char *url);

/*
 * What `ref` means on a page at `base`, by RFC 3986, with what browsers
 * forgive: white space around and line ends inside it, backslashes, letters
 * that should have been escaped. NULL if that is no address on the web. `base`
 * may be NULL.
 */
char *url_join(struct arena *arena, const char *base, const char *ref);

/* In lower case, without name, password and port; an IPv6 one in brackets. */
char *url_host(struct arena *arena, const char *url);

/* For people and files: without name and password. */
char *url_shown(struct arena *arena, const char *url);

/* Whether it is the first page of a site, or of its edition in a language:
   "/", "/en/", "/index.html". */
bool url_is_front(const char *url);

/*
 * For comparing: without fragment and the parameters that only tell who has
 * sent the reader; scheme and host in lower case, no default port.
 */
char *url_strip(struct arena *arena, const char *url);

#endif
