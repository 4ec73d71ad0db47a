/* Where a server of ours listens: "127.0.0.1:9419", "[::1]:9419". */
#ifndef ENDPOINT_H
#define ENDPOINT_H

#include <stdbool.h>
#include <sys/socket.h>

struct endpoint {
	struct sockaddr_storage address;
	socklen_t size;
};

/* An address in numbers and a port; false if the text is none. */
bool endpoint_parse(const char *text, struct endpoint *endpoint);

/*
 * Whether what a client calls the server is an address in numbers or
 * "localhost", with a port or without: what no foreign name can lead a browser
 * to (DNS rebinding). NULL is not.
 */
bool endpoint_is_own(const char *host);

#endif
