/* Locks on files of the spool's folder. */
#include <fcntl.h>

#include "spool/lock.h"

int lock_hold(int fd)
{
	struct flock lock = { .l_type = F_WRLCK };

	return fcntl(fd, F_OFD_SETLK, &lock);
}

bool lock_is_held(int fd)
{
	struct flock lock = { .l_type = F_WRLCK };

	return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}
