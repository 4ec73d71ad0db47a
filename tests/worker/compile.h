/* Plugins that a test writes, compiles and loads. */
#ifndef TESTS_WORKER_COMPILE_H
#define TESTS_WORKER_COMPILE_H

#include "tests/folder.h"

/* What is loaded must be where programs may be. */
static inline int on_disk(void **state)
{
	return folder_make_in(state, "/tmp");
}

/* NAME.so in the folder. */
static inline void plugin_compile(struct folder *folder, const char *name,
    const char *flags, const char *begin, const char *text)
{
	const char *cc = getenv("CC") != NULL ? getenv("CC") : "cc";
	char file[64], source[512], command[1024];
	char *all = malloc(strlen(begin) + strlen(text) + 1);

	strcat(strcpy(all, begin), text);
	snprintf(file, sizeof(file), "%s.c", name);
	snprintf(source, sizeof(source), "%s", folder_file(folder, file));
	file_write(source, all, strlen(all));
	free(all);
	snprintf(command, sizeof(command),
	    "%s -std=c11 -Wall -Wextra -Werror -Wno-missing-field-initializers "
	    "-Iplugins -fPIC -shared %s %s -o %s/%s.so",
	    cc, flags, source, folder->path, name);
	assert_int_equal(system(command), 0);
}

#endif
