/* Addresses that a page on the web has no business to be at. */
#include <arpa/inet.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "core/net/address.h"

/* IANA's special-purpose registries, as far as they are not global. */
static const struct {
	uint32_t from;
	int bits;
} ranges4[] = {
	{ 0x00000000, 8 },  /* this network */
	{ 0x0a000000, 8 },  /* private */
	{ 0x64400000, 10 }, /* shared, behind carriers */
	{ 0x7f000000, 8 },  /* loopback */
	{ 0xa9fe0000, 16 }, /* link-local, metadata services */
	{ 0xac100000, 12 }, /* private */
	{ 0xc0000000, 24 }, /* protocol assignments */
	{ 0xc0000200, 24 }, /* documentation */
	{ 0xc0586300, 24 }, /* 6to4 relays, given up */
	{ 0xc0a80000, 16 }, /* private */
	{ 0xc6120000, 15 }, /* benchmarks */
	{ 0xc6336400, 24 }, /* documentation */
	{ 0xcb007100, 24 }, /* documentation */
	{ 0xe0000000, 3 },  /* multicast, reserved, broadcast */
};

/* Of IPv6 only 2000::/3 is given to anybody, but for these in it. */
static const struct range6 {
	uint8_t from[16];
	int bits;
} global6 = { { 0x20 }, 3 },
  ranges6[] = {
	  { { 0x20, 0x01, 0x00 }, 23 },       /* protocol assignments */
	  { { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, /* documentation */
	  { { 0x3f, 0xff, 0x00 }, 20 },       /* documentation */
  };

/* Those that wrap an IPv4 address: where it begins. */
static const struct {
	uint8_t from[16];
	int bits, at;
} wrappers[] = {
	{ { [10] = 0xff, [11] = 0xff }, 96, 12 }, /* mapped */
	{ { 0x00, 0x64, 0xff, 0x9b }, 96, 12 },   /* NAT64 */
	{ { 0x20, 0x02 }, 16, 2 },                /* 6to4 */
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool private4(uint32_t address)
{
	size_t i;

	for (i = 0; i < COUNT(ranges4); i++) {
		if ((address ^ ranges4[i].from) >> (32 - ranges4[i].bits) == 0)
			return true;
	}
	return false;
}

static bool begins(const uint8_t address[16], const uint8_t from[16], int bits)
{
	int whole = bits / 8, rest = bits % 8;

	if (memcmp(address, from, (size_t)whole) != 0)
		return false;
	return rest == 0 || (address[whole] ^ from[whole]) >> (8 - rest) == 0;
}

static bool private6(const uint8_t address[16])
{
	size_t i;

	for (i = 0; i < COUNT(wrappers); i++) {
		const uint8_t *in = address + wrappers[i].at;

		if (begins(address, wrappers[i].from, wrappers[i].bits))
			return private4((uint32_t)in[0] << 24 |
			    (uint32_t)in[1] << 16 | (uint32_t)in[2] << 8 |
			    in[3]);
	}
	for (i = 0; i < COUNT(ranges6); i++) {
		if (begins(address, ranges6[i].from, ranges6[i].bits))
			return true;
	}
	return !begins(address, global6.from, global6.bits);
}

bool address_is_private(const struct sockaddr *address)
{
	const struct sockaddr_in *in4 = (const void *)address;
	const struct sockaddr_in6 *in6 = (const void *)address;

	if (address->sa_family == AF_INET)
		return private4(ntohl(in4->sin_addr.s_addr));
	if (address->sa_family == AF_INET6)
		return private6(in6->sin6_addr.s6_addr);
	return true;
}

bool address_text_is_private(const char *text)
{
	uint8_t bytes[16];
	uint32_t four;

	if (inet_pton(AF_INET, text, &four) == 1)
		return private4(ntohl(four));
	if (inet_pton(AF_INET6, text, bytes) == 1)
		return private6(bytes);
	return true;
}

/* RFC 6761, 6.3: this machine, whatever anybody resolves. */
static bool is_localhost(const char *host)
{
	static const char name[] = "localhost";
	size_t len = strlen(host), own = strlen(name);

	return len >= own && strcasecmp(host + len - own, name) == 0 &&
	    (len == own || host[len - own - 1] == '.');
}

static bool bracketed_is_private(char *text)
{
	size_t len = strlen(text);

	if (len < 3)
		return true; /* who would write that? */
	text[len - 1] = '\0';
	text[strcspn(text, "%")] = '\0'; /* a zone */
	return address_text_is_private(text + 1);
}

bool address_literal_is_private(const char *host)
{
	char text[256];
	size_t len = strlen(host);
	uint8_t bytes[16];

	if (len >= sizeof(text)) /* no name is so long */
		return host[0] == '[';
	memcpy(text, host, len + 1);
	if (len > 0 && text[len - 1] == '.')
		text[len - 1] = '\0';
	if (text[0] == '[')
		return bracketed_is_private(text);
	return is_localhost(text) ||
	    (inet_pton(AF_INET, text, bytes) == 1 &&
		address_text_is_private(text));
}
