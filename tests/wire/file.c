/* Files and strings that the stand-in newswire cannot live without. */
#include <ctype.h>
#include <errno.h>
#include <glob.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "tests/wire/file.h"

void die(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	fputs("wire: ", stderr);
	vfprintf(stderr, format, arguments);
	fputc('\n', stderr);
	va_end(arguments);
	exit(1);
}

void *must(void *memory)
{
	if (memory == NULL)
		die("out of memory");
	return memory;
}

char *file_read(const char *path)
{
	FILE *file = fopen(path, "r");
	char *bytes = NULL;
	size_t size = 0;
	ssize_t length;

	if (file == NULL)
		die("%s: %s", path, strerror(errno));
	/* A text holds no NUL, so up to the first one is all of it. */
	length = getdelim(&bytes, &size, '\0', file);
	if (length < 0 || strlen(bytes) != (size_t)length)
		die("%s: empty, or not a text", path);
	fclose(file);
	return bytes;
}

char *format(const char *how, ...)
{
	va_list arguments;
	char *text = NULL;

	va_start(arguments, how);
	if (vasprintf(&text, how, arguments) < 0)
		die("out of memory");
	va_end(arguments);
	return text;
}

void files_each(const char *pattern,
    void (*found)(void *whose, const char *path), void *whose)
{
	glob_t paths;

	if (glob(pattern, 0, NULL, &paths) != 0)
		die("%s: no such file", pattern);
	for (size_t i = 0; i < paths.gl_pathc; i++)
		found(whose, paths.gl_pathv[i]);
	globfree(&paths);
}

char *line_next(char **rest)
{
	return *rest != NULL && **rest != '\0' ? strsep(rest, "\n") : NULL;
}

char *trimmed(char *text)
{
	char *end = text + strlen(text);

	while (end > text && isspace((unsigned char)end[-1]))
		*--end = '\0';
	while (isspace((unsigned char)*text))
		text++;
	return text;
}
