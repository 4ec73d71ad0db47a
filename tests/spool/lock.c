/* Locks: who has one, and when it ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "spool/lock.h"
#include "spool/upkeep.h"
#include "tests/folder.h"
#include "tests/spool/other.h"

static int lock_open(const char *folder, int flags)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s", folder, LOCK_WRITER);
	return open(path, flags | O_CREAT, 0644);
}

static bool taken(const char *folder)
{
	return lock_hold(lock_open(folder, O_RDWR)) == 0;
}

static void check_free(int fd)
{
	assert_false(lock_is_held(fd));
	assert_int_equal(lock_hold(fd), 0);
}

static void a_lock_is_held_by_one_process(void **state)
{
	struct folder *folder = *state;
	int fd = lock_open(folder->path, O_RDWR);
	struct other other = other_begin(folder->path, taken);

	assert_true(lock_is_held(fd));
	errno = 0;
	assert_int_equal(lock_hold(fd), -1);
	assert_int_equal(errno, EWOULDBLOCK);
	assert_true(lock_is_held(fd));
	other_end(&other);
	check_free(fd);
	close(fd);
}

/* Each descriptor is for itself, in one process, too. */
static void a_lock_ends_with_its_descriptor(void **state)
{
	struct folder *folder = *state;
	int fd = lock_open(folder->path, O_RDWR);
	int mine = lock_open(folder->path, O_RDWR);
	int third = lock_open(folder->path, O_RDWR);

	assert_false(lock_is_held(fd));
	assert_int_equal(lock_hold(mine), 0);
	assert_int_equal(lock_hold(mine), 0);
	assert_false(lock_is_held(mine));
	assert_true(lock_is_held(fd));
	assert_int_equal(lock_hold(fd), -1);
	assert_int_equal(errno, EWOULDBLOCK);

	/* One that does not have it takes nothing along. */
	close(third);
	assert_true(lock_is_held(fd));
	close(mine);
	check_free(fd);
	close(fd);
}

static void who_only_reads_can_ask(void **state)
{
	struct folder *folder = *state;
	int mine = lock_open(folder->path, O_RDWR);
	int fd = lock_open(folder->path, O_RDONLY);

	assert_false(lock_is_held(fd));
	assert_int_equal(lock_hold(mine), 0);
	assert_true(lock_is_held(fd));
	close(mine);
	assert_false(lock_is_held(fd));
	close(fd);
	assert_false(lock_is_held(-1));
	assert_int_equal(lock_hold(-1), -1);
	assert_int_equal(errno, EBADF);
}

static void upkeep_is_for_one_at_a_time(void **state)
{
	struct folder *folder = *state;
	struct upkeep upkeep, another;
	int fd = lock_open(folder->path, O_RDWR);

	assert_int_equal(upkeep_begin(&upkeep, &disk_real, folder->path), 0);
	assert_int_equal(upkeep_begin(&another, &disk_real, folder->path), -1);
	assert_int_equal(errno, EWOULDBLOCK);

	/* Who writes is not in its way. */
	assert_int_equal(lock_hold(fd), 0);
	close(fd);
	upkeep_end(&upkeep);
	assert_int_equal(upkeep_begin(&another, &disk_real, folder->path), 0);
	upkeep_end(&another);
	folder_file(folder, "none");
	assert_int_equal(upkeep_begin(&upkeep, &disk_real, folder->file), -1);
	assert_int_equal(errno, ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_lock_is_held_by_one_process),
		IN_FOLDER(a_lock_ends_with_its_descriptor),
		IN_FOLDER(who_only_reads_can_ask),
		IN_FOLDER(upkeep_is_for_one_at_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
