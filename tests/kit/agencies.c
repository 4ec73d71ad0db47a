/* The table of agencies, which is searched by keys that stand in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/kit/job.h"
#include "extractors/agencies.h"

static void each_key_is_that_of_its_form(void **state)
{
	struct dl_job job;
	size_t i;

	(void)state;
	job_init(&job);
	for (i = 0; i < AGENCIES; i++)
		assert_string_equal(
		    agencies[i].key, text_key(&job, agencies[i].form));
	job_finish(&job);
}

static void keys_rise(void **state)
{
	size_t i;

	(void)state;
	for (i = 1; i < AGENCIES; i++) {
		if (strcmp(agencies[i - 1].key, agencies[i].key) > 0)
			fail_msg("%s stands before %s", agencies[i - 1].key,
			    agencies[i].key);
	}
}

static void each_form_is_found(void **state)
{
	struct dl_job job;
	size_t i, len;

	(void)state;
	job_init(&job);
	for (i = 0; i < AGENCIES; i++) {
		const char *form = agencies[i].form;

		assert_string_equal(
		    agency_named(&job, form)->name, agencies[i].name);
		assert_string_equal(
		    agency_at(form, &len)->name, agencies[i].name);
		assert_int_equal(len, strlen(form));
	}
	job_finish(&job);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_key_is_that_of_its_form),
		cmocka_unit_test(keys_rise),
		cmocka_unit_test(each_form_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
