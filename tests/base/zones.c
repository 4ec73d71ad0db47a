/* All zones of this machine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/zones.h"

static void each_zone_is_found_by_its_whole_name(void **state)
{
	static const char *const names[] = { "UTC", "Asia/Baku",
		"Asia/Ho_Chi_Minh", "Etc/GMT-7", "America/Argentina/Ushuaia" };
	struct zones *zones = zones_open();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct zone *zone =
		    zones_find(zones, names[i], strlen(names[i]));

		assert_non_null(zone);
		assert_string_equal(zone_name(zone), names[i]);
	}
	zones_close(zones);
}

static void what_is_no_zone_is_not_found(void **state)
{
	static const char *const names[] = { "", "Asia", "Asia/", "Asia/Bak",
		"Asia/Baku/", "asia/baku", "posix/Asia/Baku", "zone.tab" };
	struct zones *zones = zones_open();
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_null(zones_find(zones, names[i], strlen(names[i])));
	assert_null(zones_find(NULL, "UTC", 3));
	assert_null(zones_find(zones, NULL, 0));
	zones_close(zones);
	zones_close(NULL);
}

static void only_the_bytes_that_are_said_count(void **state)
{
	struct zones *zones = zones_open();
	const struct zone *zone = zones_find(zones, "Asia/Baku time", 9);

	(void)state;
	assert_non_null(zone);
	/* In July 2015 Baku had daylight time, in July 2017 it had not. */
	assert_int_equal(zone_offset(zone, 1435708800), 18000);
	assert_int_equal(zone_offset(zone, 1498867200), 14400);
	zones_close(zones);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_zone_is_found_by_its_whole_name),
		cmocka_unit_test(what_is_no_zone_is_not_found),
		cmocka_unit_test(only_the_bytes_that_are_said_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
