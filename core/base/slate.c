/* A slate: on it a worker has written whose code it runs. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/arena.h"
#include "core/base/slate.h"

static struct slate *map(int fd)
{
	int flags = fd >= 0 ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS;
	void *memory = mmap(
	    NULL, sizeof(struct slate), PROT_READ | PROT_WRITE, flags, fd, 0);

	return memory != MAP_FAILED ? memory : NULL;
}

/* A worker that made it shorter would end who reads it. */
static bool make(int fd)
{
	return ftruncate(fd, sizeof(struct slate)) == 0 &&
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) ==
	    0;
}

struct slate *slate_make(int *fd)
{
	struct slate *slate = NULL;
	int error;

	*fd = memfd_create("slate", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (*fd < 0)
		return NULL;
	if (make(*fd))
		slate = map(*fd);
	if (slate == NULL) {
		error = errno;
		close(*fd);
		*fd = -1;
		errno = error;
	}
	return slate;
}

struct slate *slate_take(int fd)
{
	struct slate *slate = fd >= 0 ? map(fd) : NULL;

	if (fd >= 0)
		close(fd);
	if (slate == NULL)
		slate = map(-1);
	if (slate == NULL)
		_exit(EXIT_MEMORY);
	return slate;
}

void slate_drop(struct slate *slate)
{
	if (slate != NULL)
		munmap(slate, sizeof(*slate));
}

void slate_write(struct slate *slate, const char *plugin)
{
	if (plugin == NULL)
		plugin = "";
	strncpy(slate->plugin, plugin, SLATE_NAME - 1);
}

static bool is_of_a_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

const char *slate_read(const struct slate *slate, char plugin[SLATE_NAME])
{
	size_t i;

	if (slate == NULL)
		return NULL;
	memcpy(plugin, slate->plugin, SLATE_NAME);
	plugin[SLATE_NAME - 1] = '\0';
	for (i = 0; plugin[i] != '\0'; i++) {
		if (!is_of_a_name(plugin[i]))
			return NULL;
	}
	return i > 0 ? plugin : NULL;
}
