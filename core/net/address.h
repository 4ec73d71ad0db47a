/* Addresses that a page on the web has no business to be at. */
#ifndef ADDRESS_H
#define ADDRESS_H

#include <stdbool.h>

struct sockaddr;

/* Private, loopback, link-local, metadata, multicast and reserved ranges, also
   where an IPv6 address only wraps such a one; and what is no IP at all. */
bool address_is_private(const struct sockaddr *address);

/* The same of its text: "127.0.0.1", "::1". */
bool address_text_is_private(const char *text);

/* Of the host in a url: "10.0.0.1", "[::1]", "localhost"; false of any other
   name. */
bool address_literal_is_private(const char *host);

#endif
