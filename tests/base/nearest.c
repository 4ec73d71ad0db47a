/* Which of some words somebody has meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/nearest.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define X62 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static void the_nearest_is_found(void **state)
{
	static const char *const words[] = { "vgp", "vna", "xinhua", "feed",
		"interval", "" };
	static const struct {
		const char *to, *best; /* NULL: none */
	} rows[] = {
		{ "vgp", "vgp" },
		{ "vpg", "vgp" },
		{ "vg", "vgp" },
		{ "vnaa", "vna" },
		{ "xinhau", "xinhua" },
		{ "intervall", "interval" },
		{ "intvl", "interval" },
		{ "fd", NULL },
		/* the first of two that are as near */
		{ "vn", "vna" },
		{ "va", "vna" },
		{ "vxx", "vgp" },
		/* nothing of it is left */
		{ "qqq", NULL },
		{ "q", NULL },
		{ "", NULL },
		{ "international", NULL },
		{ X62, NULL },
		{ X62 "x", NULL },
	};
	struct nearest nearest;
	size_t i, k;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		nearest = (struct nearest){ .to = rows[i].to };
		for (k = 0; k < COUNT(words); k++)
			nearest_try(&nearest, words[k]);
		if (rows[i].best == NULL)
			assert_null(nearest.best);
		else
			assert_string_equal(nearest.best, rows[i].best);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_nearest_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
