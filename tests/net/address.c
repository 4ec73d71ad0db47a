/* Addresses that a page on the web has no business to be at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cmocka.h>

#include "core/net/address.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *const open[] = { "1.1.1.1", "8.8.8.8", "9.255.255.255",
	"11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
	"128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255",
	"172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.3.0",
	"192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
	"192.88.98.255", "192.88.100.0", "198.51.99.255", "198.51.101.0",
	"203.0.112.255", "203.0.114.0", "223.255.255.255",
	/* version 6 */
	"2000::", "2001:200::1", "2001:db7:ffff::1", "2001:db9::1",
	"2606:4700:4700::1111", "2a00:1450:4001::200e", "3ffe::1",
	"3fff:1000::1",
	/* and what wraps an open one: mapped, NAT64, 6to4 */
	"::ffff:1.1.1.1", "::ffff:808:808", "64:ff9b::1.1.1.1",
	"64:ff9b::ac0f:ffff", "2002:101:101::1",
	"2002:808:808::", "2002:ac20:1::1" };

static const char *const closed[] = {
	/* this network, private, carriers', loopback, link-local */
	"0.0.0.0", "0.1.2.3", "0.255.255.255", "10.0.0.0", "10.0.0.1",
	"10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.0",
	"127.0.0.1", "127.255.255.255", "169.254.0.0", "169.254.169.254",
	"169.254.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0",
	"192.168.255.255",
	/* protocols, documentation, benchmarks */
	"192.0.0.0", "192.0.0.255", "192.0.2.0", "192.0.2.255", "198.18.0.0",
	"198.19.255.255", "198.51.100.0", "198.51.100.255", "203.0.113.0",
	"203.0.113.255",
	/* relays of 6to4, given up */
	"192.88.99.0", "192.88.99.1", "192.88.99.255",
	/* multicast, reserved, broadcast */
	"224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
	/* the same of version 6 */
	"::", "::1", "100::", "100::ffff:ffff:ffff:ffff",
	"2001::", "2001:0:5ef5:79fb::1", "2001:10::1", "2001:20::1",
	"2001:1ff::1", "2001:db8::", "2001:db8:ffff::1", "fc00::", "fd00::1",
	"fdff:ffff::1", "fe80::", "fe80::1", "febf::1", "fec0::1", "feff::1",
	"ff00::", "ff02::1", "ffff::1", "100:0:0:1::1", "3fff::1",
	"3fff:fff:ffff::1", "5f00::1",
	/* what nobody has been given yet */
	"200::1", "1fff:ffff::1", "4000::1", "8000::1", "e000::1",
	/* compatible, mapped, translated, NAT64 and its local kin, 6to4 */
	"::127.0.0.1", "::1.1.1.1", "::ffff:127.0.0.1", "::ffff:7f00:1",
	"::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0.0.0.0",
	"::ffff:0:127.0.0.1", "::ffff:0:1.1.1.1", "64:ff9b::127.0.0.1",
	"64:ff9b::a9fe:a9fe", "64:ff9b::10.1.2.3", "64:ff9b:1::1",
	"64:ff9b:1::1.1.1.1", "2002:7f00:1::", "2002:a00:1::1",
	"2002:c0a8:101::1", "2002:a9fe:a9fe::"
};

/* Other ways to write 127.0.0.1, and what is no address. */
static const char *const nonsense[] = { "", " ", "localhost", "127.1", "0x7f.1",
	"2130706433", "0177.0.0.1", "127.0.0.1.", " 1.1.1.1", "1.1.1.1 ",
	"1.1.1", "1.1.1.256", "[::1]", "fe80::1%lo", "2606::1%1",
	":::", "2606:4700::1::1", "a.example" };

static void check_text(const char *text, bool private)
{
	if (address_text_is_private(text) != private)
		fail_msg("\"%s\" is%s", text, private ? "" : " not");
}

static void check_address(const char *text, bool private)
{
	struct sockaddr_storage storage = { 0 };
	struct sockaddr_in *four = (void *)&storage;
	struct sockaddr_in6 *six = (void *)&storage;

	if (strchr(text, ':') == NULL) {
		four->sin_family = AF_INET;
		assert_int_equal(inet_pton(AF_INET, text, &four->sin_addr), 1);
	} else {
		six->sin6_family = AF_INET6;
		assert_int_equal(inet_pton(AF_INET6, text, &six->sin6_addr), 1);
	}
	if (address_is_private((struct sockaddr *)&storage) != private)
		fail_msg("%s is%s", text, private ? "" : " not");
}

static void open_addresses_are_open(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(open); i++) {
		check_text(open[i], false);
		check_address(open[i], false);
	}
}

static void private_addresses_are_private(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(closed); i++) {
		check_text(closed[i], true);
		check_address(closed[i], true);
	}
}

static void what_is_no_address_is_private(void **state)
{
	struct sockaddr_un local = { .sun_family = AF_UNIX };
	struct sockaddr_storage none = { .ss_family = AF_UNSPEC };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(nonsense); i++)
		check_text(nonsense[i], true);
	assert_true(address_is_private((struct sockaddr *)&local));
	assert_true(address_is_private((struct sockaddr *)&none));
}

/* Behind a proxy nothing but the address itself is seen: a name is none. */
static void a_literal_in_an_address_is_looked_at(void **state)
{
	static const struct {
		const char *host;
		bool private;
	} rows[] = {
		{ "127.0.0.1", true },
		{ "10.0.0.1", true },
		{ "169.254.169.254", true },
		{ "0.0.0.0", true },
		{ "93.184.215.14", false },
		{ "[::1]", true },
		{ "[::]", true },
		{ "[fe80::1%25eth0]", true },
		{ "[fe80::1%eth0]", true },
		{ "[::ffff:10.0.0.1]", true },
		{ "[::ffff:93.184.215.14]", false },
		{ "[fd00::1]", true },
		{ "[2606:2800:21f::1]", false },
		/* in brackets, and no address: nobody knows what it is */
		{ "[127.0.0.1.]", true },
		{ "[x]", true },
		{ "[v1.fe80::a]", true },
		{ "a.example", false },
		{ "localhost", true },
		{ "x.localhost", true },
		{ "LOCALHOST.", true },
		{ "127.0.0.1.", true },
		{ "169.254.169.254.", true },
		{ "mylocalhost", false },
		{ "localhost.example", false },
		{ "10.0.0.1.a.example", false },
		{ "", false },
		{ "[", true },
		{ "[]", true },
	};
	char longest[300];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (address_literal_is_private(rows[i].host) != rows[i].private)
			fail_msg("%s", rows[i].host);
	}
	memset(longest, '1', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_false(address_literal_is_private(longest));
	longest[0] = '[';
	longest[sizeof(longest) - 2] = ']';
	assert_true(address_literal_is_private(longest));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(open_addresses_are_open),
		cmocka_unit_test(private_addresses_are_private),
		cmocka_unit_test(what_is_no_address_is_private),
		cmocka_unit_test(a_literal_in_an_address_is_looked_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
