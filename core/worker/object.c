/*
 * The .so file of a plugin: opened, or in a sentence why not.
 *
 * The dynamic linker's own words are for those who make linkers. What goes
 * wrong most is said here, with what is to be done about it.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/worker/object.h"
#include "core/worker/sanitized.h"
#include "core/worker/table.h"

/*
 * A plugin's own functions come before those of the same name that the worker
 * and its libraries have: what a later minor adds takes no name away from the
 * plugins that are there.
 */
#define OWN_FIRST (SANITIZED ? 0 : RTLD_DEEPBIND)

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

typedef ElfW(Ehdr) elf_head;

/* The head of the program's own file: a plugin is for the same machine. */
extern const elf_head __ehdr_start __attribute__((visibility("hidden")));

static bool is_for_us(const elf_head *head)
{
	const unsigned char *ours = __ehdr_start.e_ident;

	return head->e_ident[EI_CLASS] == ours[EI_CLASS] &&
	    head->e_ident[EI_DATA] == ours[EI_DATA] &&
	    head->e_machine == __ehdr_start.e_machine;
}

/* The table of sections is the last thing in a file, where it has one. */
static bool is_whole(const elf_head *head, off_t size)
{
	return head->e_shoff + (uint64_t)head->e_shnum * head->e_shentsize <=
	    (uint64_t)size;
}

/* 0, or -1 with errno. A file that is too short for a head has none. */
static int head_read(const char *path, elf_head *head, off_t *size)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC), error;
	struct stat about = { 0 };
	ssize_t len;

	memset(head, 0, sizeof(*head));
	if (fd < 0)
		return -1;
	len = read(fd, head, sizeof(*head));
	error = errno;
	fstat(fd, &about);
	close(fd);
	*size = about.st_size;
	errno = error;
	return len < 0 ? -1 : 0;
}

/*
 * What the linker says of such files is wrong or no help: one for another
 * machine is called missing, and one that is cut short ends the process.
 */
static const char *flaw(const elf_head *head, off_t size)
{
	static const char no_object[] =
	    "is no shared object: make it with cc -shared -fPIC";

	if (memcmp(head->e_ident, ELFMAG, SELFMAG) != 0)
		return no_object;
	if (!is_for_us(head))
		return "was compiled for another kind of machine: compile it "
		       "again for this one";
	if (head->e_type != ET_DYN)
		return no_object;
	return is_whole(head, size) ? NULL : "is cut short: copy it again";
}

static const char *check_file(struct arena *arena, const char *path)
{
	const char *what;
	elf_head head;
	off_t size;

	if (head_read(path, &head, &size) != 0)
		return arena_printf(arena,
		    "%s cannot be read: %s: put a shared object there, and let "
		    "the user that runs dateline read it",
		    path, strerror(errno));
	what = flaw(&head, size);
	return what != NULL ? arena_printf(arena, "%s %s", path, what) : NULL;
}

/* The linker's sentences that have a word of use in them, and ours with it. */
static const struct complaint {
	const char *before, *behind; /* the word */
	const char *ours[2];         /* before and behind it, too */
} complaints[] = {
	{ "undefined symbol: ", "",
	    { "it wants ",
		", which neither this dateline nor a library of the "
		"plugin has: install a newer dateline, or link the "
		"library" } },
	{ "version `", "' not found",
	    { "it was compiled on a newer system, one with ",
		": compile it again on this one" } },
	{ "", ": cannot open shared object file",
	    { "it wants the library ", ", which is not there: install it" } },
};

/* NULL if it is not of this form. */
static const char *retold(struct arena *arena, const char *said,
    const struct complaint *complaint, const char **word)
{
	const char *start = strstr(said, complaint->before), *end;

	if (start == NULL)
		return NULL;
	start += strlen(complaint->before);
	end = *complaint->behind == '\0' ? start + strlen(start)
					 : strstr(start, complaint->behind);
	if (end == NULL)
		return NULL;
	*word = arena_copy(arena, start, (size_t)(end - start));
	return arena_printf(
	    arena, "%s%s%s", complaint->ours[0], *word, complaint->ours[1]);
}

/*
 * A plugin that was made for a later minor may want functions that are not
 * here: opened once more lazily, it can be asked for its version.
 */
static const char *later_minor(struct arena *arena, const char *path)
{
	void *object = dlopen(path, RTLD_LAZY | RTLD_LOCAL | OWN_FIRST);
	const void *table;
	const char *why;
	size_t size;

	if (object == NULL)
		return NULL;
	table = object_table(object, &size);
	why = table_version(arena, table, size);
	dlclose(object);
	return why;
}

static const char *refusal(struct arena *arena, const char *path)
{
	const char *said = arena_dup(arena, dlerror()), *why = NULL, *word;
	const char *version = later_minor(arena, path);
	size_t i;

	for (i = 0; i < COUNT(complaints) && why == NULL; i++)
		why = retold(arena, said, &complaints[i], &word);
	if (why == NULL)
		return arena_printf(
		    arena, "%s: compile it again on this machine", said);
	if (version != NULL)
		return arena_printf(arena, "%s (it wants %s)", version, word);
	return why;
}

void *object_open(struct arena *arena, const char *path, const char **why)
{
	void *object;

	*why = check_file(arena, path);
	if (*why != NULL)
		return NULL;
	object = dlopen(path, RTLD_NOW | RTLD_LOCAL | OWN_FIRST);
	if (object == NULL)
		*why = refusal(arena, path);
	return object;
}

const void *object_table(void *object, size_t *size)
{
	const void *table = dlsym(object, "this_plugin");
	const ElfW(Sym) *symbol = NULL;
	Dl_info about;

	*size = 0;
	if (table != NULL &&
	    dladdr1(table, &about, (void **)&symbol, RTLD_DL_SYMENT) != 0 &&
	    symbol != NULL)
		*size = symbol->st_size;
	return table;
}
