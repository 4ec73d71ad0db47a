/* Memory of a job: what it holds, and who writes beyond it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/limits.h"
#include "core/kit/guard.h"
#include "core/kit/job.h"

static const struct dl_plugin one = { .name = "one" }, two = { .name = "two" };

static int begin(void **state)
{
	struct dl_job *job = calloc(1, sizeof(*job));

	job_init(job);
	job->plugin = &one;
	*state = job;
	return 0;
}

static int end(void **state)
{
	job_finish(*state);
	free(*state);
	return 0;
}

static void memory_is_zeroed_and_may_be_filled(void **state)
{
	struct dl_job *job = *state;
	size_t size, at;

	for (size = 0; size < 5000; size = 2 * size + 1) {
		char *memory = job_alloc(job, size);

		assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
		for (at = 0; at < size; at++)
			assert_int_equal(memory[at], 0);
		memset(memory, 0xff, size);
	}
	assert_string_equal(job_copy(job, "a copy", 4), "a co");
	assert_string_equal(job_printf(job, "%d", 42), "42");
	assert_null(guard_overrun(job, &size));
}

/* By one byte, whatever it is, of whatever has however many. */
static void each_byte_too_many_is_noticed(void **state)
{
	static const char bytes[] = { 0, 1, 'a', ' ', '\n', (char)0xff };
	struct dl_job *job = *state;
	size_t size, found, k;

	for (size = 0; size < 40; size++) {
		for (k = 0; k < sizeof(bytes); k++) {
			char *memory = job_alloc(job, size), was = memory[size];

			job_alloc(job, 16);
			memory[size] = bytes[k];
			assert_ptr_equal(guard_overrun(job, &found), &one);
			assert_int_equal(found, size);
			memory[size] = was;
			assert_null(guard_overrun(job, &found));
		}
	}
}

/* Of thousands, and whoever has come between; and text too. */
static void it_is_whose_memory_it_was(void **state)
{
	struct dl_job *job = *state;
	char *mine = NULL;
	size_t i, size;

	for (i = 0; i < 3000; i++) {
		char *memory = job_alloc(job, 24);

		job->plugin = i == 1234 ? &two : &one;
		if (i == 1235)
			mine = memory;
	}
	strcpy(mine, "a text that has no room in twenty-four bytes");
	assert_ptr_equal(guard_overrun(job, &size), &two);
	assert_int_equal(size, 24);
}

static void a_copy_and_a_text_are_guarded_too(void **state)
{
	struct dl_job *job = *state;
	size_t size;

	strcat(job_copy(job, "copied", 6), "!");
	assert_ptr_equal(guard_overrun(job, &size), &one);
	assert_int_equal(size, 7);
	end(state);
	begin(state);
	job = *state;
	strcat(job_printf(job, "%s", "printed"), "!");
	assert_ptr_equal(guard_overrun(job, &size), &one);
	assert_int_equal(size, 8);
}

static void memory_that_nobody_has_ends_the_job(void **state)
{
	static const size_t sizes[] = { LIMIT_WORKER_MEMORY + 1, SIZE_MAX / 2,
		SIZE_MAX - 16, SIZE_MAX - 1, SIZE_MAX };
	struct dl_job *job = *state;
	static jmp_buf exhausted;
	volatile size_t i;

	job->exhausted = &exhausted;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		if (setjmp(exhausted) == 0) {
			job_alloc(job, sizes[i]);
			fail_msg("there were %zu bytes", sizes[i]);
		}
	}
}

#define OF_A_JOB(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		OF_A_JOB(memory_is_zeroed_and_may_be_filled),
		OF_A_JOB(each_byte_too_many_is_noticed),
		OF_A_JOB(it_is_whose_memory_it_was),
		OF_A_JOB(a_copy_and_a_text_are_guarded_too),
		OF_A_JOB(memory_that_nobody_has_ends_the_job),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
