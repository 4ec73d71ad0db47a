/* Another process that holds something of a spool, as long as a test wants. */
#ifndef TESTS_OTHER_H
#define TESTS_OTHER_H

#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

struct other {
	pid_t process;
	int leash; /* it goes when this is closed, be it by a test's end */
};

/* Takes it in the other process, and does not give it back. */
typedef bool other_take_fn(const char *folder);

static inline void other_runs(
    const char *folder, other_take_fn *take, int tell, int leash)
{
	char byte = 0;

	if (take(folder) && write(tell, &byte, 1) == 1)
		_exit(read(leash, &byte, 1) == 0 ? 0 : 1);
	_exit(1);
}

/* It has it when this returns. */
static inline struct other other_begin(const char *folder, other_take_fn *take)
{
	struct other other;
	int told[2], leash[2];
	char byte;

	assert_int_equal(pipe(told), 0);
	assert_int_equal(pipe(leash), 0);
	other.process = fork();
	assert_true(other.process >= 0);
	if (other.process == 0) {
		close(leash[1]);
		other_runs(folder, take, told[1], leash[0]);
	}
	close(told[1]);
	close(leash[0]);
	assert_int_equal(read(told[0], &byte, 1), 1);
	close(told[0]);
	other.leash = leash[1];
	return other;
}

/* It is gone when this returns. */
static inline void other_end(struct other *other)
{
	int status;

	close(other->leash);
	assert_int_equal(waitpid(other->process, &status, 0), other->process);
	assert_int_equal(status, 0);
}

#endif
