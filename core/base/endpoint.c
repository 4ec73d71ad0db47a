/* Where a server of ours listens. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/endpoint.h"

#define HOST_SIZE 64 /* bytes of an address in numbers, and its NUL */

/* The host without its brackets; where its port is, or NULL. False if it is
   too long for an address. */
static bool parts(const char *text, char host[HOST_SIZE], const char **port)
{
	bool bracket = *text == '[';
	size_t len = strcspn(text += bracket, bracket ? "]" : ":");
	const char *end = text + len;

	if (len >= HOST_SIZE || (bracket && *end++ != ']'))
		return false;
	memcpy(host, text, len);
	host[len] = '\0';
	*port = *end == ':' ? end + 1 : NULL;
	return *end == ':' || *end == '\0';
}

static bool port_read(const char *text, in_port_t *port)
{
	size_t len = strspn(text, "0123456789");
	unsigned long number = strtoul(text, NULL, 10);

	*port = htons((in_port_t)number);
	return len > 0 && len < 6 && text[len] == '\0' && number < 65536;
}

bool endpoint_parse(const char *text, struct endpoint *endpoint)
{
	struct sockaddr_in *four = (struct sockaddr_in *)&endpoint->address;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)&endpoint->address;
	char host[HOST_SIZE];
	const char *port;

	memset(endpoint, 0, sizeof(*endpoint));
	if (!parts(text, host, &port) || port == NULL)
		return false;
	if (*text == '[') {
		six->sin6_family = AF_INET6;
		endpoint->size = sizeof(*six);
		return inet_pton(AF_INET6, host, &six->sin6_addr) == 1 &&
		    port_read(port, &six->sin6_port);
	}
	four->sin_family = AF_INET;
	endpoint->size = sizeof(*four);
	return inet_pton(AF_INET, host, &four->sin_addr) == 1 &&
	    port_read(port, &four->sin_port);
}

bool endpoint_is_own(const char *host)
{
	char name[HOST_SIZE];
	unsigned char bytes[16];
	const char *port;
	in_port_t number;

	if (host == NULL || !parts(host, name, &port) ||
	    (port != NULL && !port_read(port, &number)))
		return false;
	return *host == '[' ? inet_pton(AF_INET6, name, bytes) == 1
			    : strcasecmp(name, "localhost") == 0 ||
		inet_pton(AF_INET, name, bytes) == 1;
}
