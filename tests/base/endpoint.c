/* Where a server of ours listens, and what it is called by those who ask it. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/endpoint.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static void an_address_in_numbers_and_a_port(void **state)
{
	static const struct {
		const char *text;
		int family, port; /* 0: it is none */
	} rows[] = {
		{ "127.0.0.1:9419", AF_INET, 9419 },
		{ "0.0.0.0:1", AF_INET, 1 },
		{ "[::1]:9419", AF_INET6, 9419 },
		{ "[fe80::1]:65535", AF_INET6, 65535 },
		{ "127.0.0.1", 0, 0 },
		{ "127.0.0.1:", 0, 0 },
		{ "127.0.0.1:65536", 0, 0 },
		{ "127.0.0.1:000001", 0, 0 },
		{ "127.0.0.1:80x", 0, 0 },
		{ "127.0.0.1:-1", 0, 0 },
		{ "127.0.0:80", 0, 0 },
		{ "::1:80", 0, 0 },
		{ "[::1]", 0, 0 },
		{ "[::1", 0, 0 },
		{ "[::1]80", 0, 0 },
		{ "localhost:80", 0, 0 },
		{ ":80", 0, 0 },
		{ "", 0, 0 },
		{ "[::::::::::::::::::::::::::::::::::::::::::::::::::::::::::"
		  "::::::::::::::::]:80",
		    0, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct endpoint endpoint;
		const struct sockaddr_in *four =
		    (const struct sockaddr_in *)&endpoint.address;
		bool fine = endpoint_parse(rows[i].text, &endpoint);

		if (fine != (rows[i].family != 0))
			fail_msg("%s", rows[i].text);
		if (!fine)
			continue;
		assert_int_equal(endpoint.address.ss_family, rows[i].family);
		assert_int_equal(ntohs(four->sin_port), rows[i].port);
	}
}

static void no_foreign_name_is_our_own(void **state)
{
	static const struct {
		const char *host;
		bool own;
	} rows[] = {
		{ "localhost", true },
		{ "LocalHost:9419", true },
		{ "127.0.0.1:9419", true },
		{ "192.0.2.7", true },
		{ "[::1]:9419", true },
		{ "[::1]", true },
		{ "localhost.evil.example", false },
		{ "evil.example:9419", false },
		{ "127.0.0.1.evil.example", false },
		{ "127.0.0.1:9419@evil.example", false },
		{ "localhost:", false },
		{ "::1", false },
		{ "", false },
		{ NULL, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (endpoint_is_own(rows[i].host) != rows[i].own)
			fail_msg("%s", rows[i].host ? rows[i].host : "NULL");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_in_numbers_and_a_port),
		cmocka_unit_test(no_foreign_name_is_our_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
